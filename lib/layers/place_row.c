/* SPDX-License-Identifier: MIT */
/* Names and radii of places, as layers show them. */
#include "layers/place_row.h"

#include <math.h>
#include <string.h>

const char *incmap__place_own_name(const incmap_place *place, const char *language)
{
    for (size_t i = 0; i < place->name_count; i++)
        if (!place->names[i].alternate && strcmp(place->names[i].language, language) == 0)
            return place->names[i].text;
    return "";
}

double incmap__place_uncertainty_m(const incmap_place *place)
{
    if (!isnan(place->coord_uncertainty_m)) return place->coord_uncertainty_m;
    return fmax(incmap_place_extent(place).radius_m, 1000);
}
