/* SPDX-License-Identifier: MIT */
/* Names of places, as layers show them. */
#include "layers/place_row.h"

#include <string.h>

const char *incmap__place_own_name(const incmap_place *place, const char *language)
{
    for (size_t i = 0; i < place->name_count; i++)
        if (!place->names[i].alternate && strcmp(place->names[i].language, language) == 0)
            return place->names[i].text;
    return "";
}
