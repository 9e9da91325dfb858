/* SPDX-License-Identifier: MIT */
/* Looking one name up: in all the ways in which it may be written, among the names of a gazetteer. What else a
 * text may say than one name is for those who ask. */
#ifndef INCMAP_PLACES_LOOK_UP_H
#define INCMAP_PLACES_LOOK_UP_H

#include "places/candidates.h"

/* All that the key in the search's folder may mean goes among its candidates. */
void incmap__look_up_name(incmap__name_search *search);

/* Only the places whose names it is as it stands, beside the candidates that there are; the best score is that
 * of these. */
void incmap__look_up_as_spelt(incmap__name_search *search);

#endif
