/* SPDX-License-Identifier: MIT */
/* Whether an index of names holds together, whoever wrote it: no number in it leads out of it, or into the
 * middle of something. */
#ifndef INCMAP_PLACES_NAME_INDEX_CHECK_H
#define INCMAP_PLACES_NAME_INDEX_CHECK_H

#include "places/name_index.h"

/* near_counts: how many texts each list has room for; places: numbers that a listing may have. INCMAP_ENOMEM
 * leaves *good alone. */
incmap_status incmap__name_index_check(const incmap__name_index *index,
                                       const size_t near_counts[INCMAP__ALPHABETS], size_t places,
                                       const incmap_allocator *a, bool *good);

#endif
