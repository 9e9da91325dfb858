/* SPDX-License-Identifier: MIT */
/* What the layers of places and of incidents both take from a place. */
#ifndef INCMAP_LAYERS_PLACE_ROW_H
#define INCMAP_LAYERS_PLACE_ROW_H

#include <incmap/place.h>

/* The place's main name in a language; "" where it has none: no other language stands in. */
const char *incmap__place_own_name(const incmap_place *place, const char *language);

#endif
