/* SPDX-License-Identifier: MIT */
/* Kinds of places, their names, and what a place covers. */
#include "places/place.h"

#include <math.h>
#include <string.h>

const char *const incmap__place_kind_names[INCMAP__PLACE_KINDS] = {
    "other",       "country", "historical_country",    "region",  "district",
    "city",        "town",    "urban_type_settlement", "village", "settlement",
    "border_post",
};

const char *incmap_place_kind_text(incmap_place_kind kind)
{
    return (unsigned)kind < INCMAP__PLACE_KINDS ? incmap__place_kind_names[kind] : "other";
}

bool incmap_place_kind_parse(const char *text, incmap_place_kind *out)
{
    if (!text || !out) return false;
    for (int i = 0; i < INCMAP__PLACE_KINDS; i++)
        if (strcmp(text, incmap__place_kind_names[i]) == 0) {
            *out = (incmap_place_kind)i;
            return true;
        }
    return false;
}

const char *incmap_place_name_in(const incmap_place *place, const char *language)
{
    if (!place || !place->name_count) return "";
    for (size_t i = 0; language && i < place->name_count; i++) {
        const incmap_place_name *name = &place->names[i];
        if (!name->alternate && strcmp(name->language, language) == 0) return name->text;
    }
    return place->names[0].text;
}

double incmap__place_kind_bound(incmap_place_kind kind)
{
    switch (kind) {
    case INCMAP_PLACE_BORDER_POST: return 0;
    case INCMAP_PLACE_VILLAGE:
    case INCMAP_PLACE_SETTLEMENT: return 1000;
    case INCMAP_PLACE_TOWN:
    case INCMAP_PLACE_URBAN_TYPE_SETTLEMENT: return 2500;
    case INCMAP_PLACE_DISTRICT: return 30000;
    case INCMAP_PLACE_REGION: return 150000;
    case INCMAP_PLACE_COUNTRY:
    case INCMAP_PLACE_HISTORICAL_COUNTRY: return 2500000;
    case INCMAP_PLACE_CITY:
    case INCMAP_PLACE_OTHER: break;
    }
    /* What kind it is nobody says: as wide as the widest settlement. */
    return 10000;
}

incmap_extent incmap_place_extent(const incmap_place *place)
{
    if (!place) return (incmap_extent){ NAN, false };
    if (!isnan(place->extent_radius_m)) return (incmap_extent){ place->extent_radius_m, true };
    /* A post is a site: that it covers nothing is known. */
    return (incmap_extent){ incmap__place_kind_bound(place->kind),
                            place->kind == INCMAP_PLACE_BORDER_POST };
}

double incmap_place_uncertainty_m(const incmap_place *place)
{
    if (!place) return NAN;
    if (!isnan(place->coord_uncertainty_m)) return place->coord_uncertainty_m;
    return fmax(incmap_place_extent(place).radius_m, INCMAP__UNCERTAINTY_UNSTATED_M);
}

bool incmap__post_side_part(const char *name, int part, const char **start, size_t *length)
{
    const char *open = strstr(name, " (");
    const char *close = open ? strrchr(open, ')') : NULL;

    if (!name[0] || part < 0 || part > 2) return false;
    *start = name;
    *length = strlen(name);
    if (part == 0) return true;
    if (!close || open == name) return false;
    if (part == 1) {
        *length = (size_t)(open - name);
    } else {
        *start = open + 2;
        *length = (size_t)(close - *start);
    }
    return *length > 0;
}

/* With what is put behind it, or nothing. */
static bool is_part_of(const char *name, const char *text, const char *behind)
{
    const char *start;
    size_t length;

    for (int part = 0; incmap__post_side_part(name, part, &start, &length); part++)
        if (strncmp(start, text, length) == 0 && strcmp(text + length, behind) == 0) return true;
    return false;
}

bool incmap__post_side_has_name(const incmap_post_side *side, const char *text)
{
    return is_part_of(side->name_en, text, "") || is_part_of(side->name_native, text, "") ||
           is_part_of(side->name_en, text, INCMAP__POST_WORDS);
}

bool incmap__post_is_side_name(const incmap_post *post, const char *text)
{
    for (int i = 0; i < 2; i++)
        if (is_part_of(post->sides[i].name_en, text, "") ||
            is_part_of(post->sides[i].name_native, text, ""))
            return true;
    return false;
}
