/* SPDX-License-Identifier: MIT */
/* Places of one layer of a gazetteer that are the same as places of a layer below: Kupiansk of one's own
 * table and Kupiansk of GeoNames' dump. The rule stands in incmap/gazetteer.h. */
#ifndef INCMAP_PLACES_JOIN_H
#define INCMAP_PLACES_JOIN_H

#include "places/gazetteer.h"

/* Sees to it that all places are compared. INCMAP_ENOMEM leaves what was known. */
incmap_status incmap__join_ready(const incmap_gazetteer *g, incmap_error *err);

/* The joins of an opened file, which were found when it was saved. INCMAP_ENOMEM. */
incmap_status incmap__join_take_saved(incmap_gazetteer *g, incmap_error *err);

/* The place on top that stands for this one; itself where there is none. Once join_ready() was called. */
size_t incmap__join_upper(const incmap_gazetteer *g, size_t place);
/* The first below that this one stands for; itself where there is none. */
size_t incmap__join_lower(const incmap_gazetteer *g, size_t place);

#endif
