/* SPDX-License-Identifier: MIT */
/* What to offer a person for a name that is near no listed one: the nearest spellings there are, however far
 * off, never to be taken for it. */
#ifndef INCMAP_PLACES_FAR_NAMES_H
#define INCMAP_PLACES_FAR_NAMES_H

#include "places/candidates.h"

/* Of one search: no place comes twice, and no spelling. */
enum { INCMAP__FAR_NAMES = 5 };

/* Offers the names nearest to a search's folded text, which found no candidate: those with the fewest letters
 * wrong, an exchange of neighbours being one (incmap__spelling_far), and of equals those that share more runs
 * of three letters, then more of the beginning and of the end. Names in the script of the text are compared by
 * their letters; where none of these is near enough, others are by their sounds. At most two letters of
 * three may be wrong, and a text of fewer than three letters is near nothing. Where the text names an area
 * beside the place, of that area, by letters only, if there is one such; else of any. Sets search->failed
 * where there is no memory. */
void incmap__far_names_offer(incmap__name_search *search);

#endif
