/* SPDX-License-Identifier: MIT */
/* What other files of the library need to know about kinds of places. */
#ifndef INCMAP_PLACES_PLACE_H
#define INCMAP_PLACES_PLACE_H

#include <incmap/place.h>

/* Number of kinds, and their names in the order of their values, for tables. */
enum { INCMAP__PLACE_KINDS = INCMAP_PLACE_BORDER_POST + 1 };
extern const char *const incmap__place_kind_names[INCMAP__PLACE_KINDS];

/* Half the earth's girth, metres: no radius on it is larger. */
#define INCMAP__RADIUS_MOST 20003932.0

/* Upper bound on the radius that a place of a kind covers, where nobody says: incmap_place_extent
 * explains the values. */
double incmap__place_kind_bound(incmap_place_kind kind);

/* Taken where nobody states how good a coordinate is: incmap_place_uncertainty_m explains it. */
#define INCMAP__UNCERTAINTY_UNSTATED_M 2000.0

/* Names under which a border post's side goes: for "Grayvoron (Kozinka)" the whole, "Grayvoron" and
 * "Kozinka". Returns false past the last; *start points into name. */
bool incmap__post_side_part(const char *name, int part, const char **start, size_t *length);

/* What is put behind a side's English name, to say that no village is meant. */
#define INCMAP__POST_WORDS " border post"

/* True when the text is one of those names of that side, with those words or without. */
bool incmap__post_side_has_name(const incmap_post_side *side, const char *text);
/* True when the text is one of those names of either side. */
bool incmap__post_is_side_name(const incmap_post *post, const char *text);

#endif
