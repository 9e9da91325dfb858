/* SPDX-License-Identifier: MIT */
/* One search by name: looking in all the ways that a name may be written, and what comes out of it. */
#ifndef INCMAP_PLACES_FIND_H
#define INCMAP_PLACES_FIND_H

#include "places/candidates.h"

void incmap__name_search_init(incmap__name_search *search, incmap_ctx *ctx,
                              const incmap_gazetteer *g);
incmap_status incmap__name_search_run(incmap__name_search *search, incmap_ctx *ctx,
                                      const incmap_gazetteer *g, const char *name,
                                      const incmap_find_options *options);
void incmap__name_search_free(incmap__name_search *search);
/* Makes and judges what the first `n` candidates are handed out with; false when there is no memory. */
bool incmap__name_search_prepare(incmap__name_search *search, size_t n);
/* A candidate that was prepared, as the caller gets it. */
incmap_match incmap__name_search_match(const incmap__name_search *search, size_t i);

#endif
