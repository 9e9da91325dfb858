/* SPDX-License-Identifier: MIT */
/* Words before or behind a name that say that it was not there but near: "outskirts of", "4 km north of",
 * "вблизи", "на околиці", "area". */
#ifndef INCMAP_PLACES_ABOUT_H
#define INCMAP_PLACES_ABOUT_H

#include <stdbool.h>
#include <stddef.h>

/* What is near when nobody says how near: UCDP's codebook has 25 km for events near a known point. */
#define INCMAP__ABOUT_M 25e3

typedef struct {
    size_t first, length; /* of the rest of the key, the name */
    double radius_m;      /* how far off it may have been: as stated, or INCMAP__ABOUT_M */
    bool stated;
} incmap__about;

/* Of a folded key; false where it has no such words, or nothing else. */
bool incmap__about_read(incmap__about *about, const char *key, size_t length);

#endif
