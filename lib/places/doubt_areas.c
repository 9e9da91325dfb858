/* SPDX-License-Identifier: MIT */
/* The regions and districts that a gazetteer under check and its reference name, and which of them are
 * one and the same: a file says БОРИСОВСКИЙ РАЙОН where the reference says Borisovsky District. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "places/choice.h"
#include "places/doubt_check.h"

/* A region is no circle: the far end of Belgorod Oblast is 1.6 radii of equal area from its middle. */
#define REGION_FACTOR 1.65

enum { KEY_SIZE = 512 };

static size_t area_key(char key[KEY_SIZE], const char *a, const char *b, const char *c)
{
    size_t used = 0;
    incmap__text_add(key, KEY_SIZE, &used, "%s\x1f%s\x1f%s", a, b, c);
    return used < KEY_SIZE ? used : KEY_SIZE - 1;
}

bool incmap__doubt_in_region(const incmap__doubt_region *region, incmap_coord at)
{
    return incmap__doubt_apart_m(at, region->at) <= region->radius_m;
}

/* ---- regions ---------------------------------------------------------------------------------- */

/* What the reference says of a region: its point and how far it reaches. */
static incmap_status look_up_region(const incmap__doubt_check *check, incmap__doubt_region *region)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match match;
    incmap_status st;
    size_t count = 0;

    options.country = region->country[0] ? region->country : NULL;
    options.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_REGION);
    options.spelling = INCMAP_SPELLING_LISTED;
    st = incmap_gazetteer_find(check->ctx, check->reference, region->admin1, &options, &match, 1,
                               &count);
    if (st == INCMAP_EPARSE || (!st && !count)) return INCMAP_OK;
    if (st) return st;
    region->place = match.place;
    region->known = match.place->located && !isnan(match.place->extent_radius_m);
    region->at = match.place->at;
    region->radius_m =
        match.place->extent_radius_m * REGION_FACTOR + incmap_place_uncertainty_m(match.place);
    for (size_t i = 0; i < check->region_count; i++)
        if (check->regions[i].place == region->place) {
            region->same = (int)i;
            break;
        }
    return INCMAP_OK;
}

static incmap_status region_of(incmap__doubt_check *check, const incmap__facts *facts, int *number)
{
    const incmap_allocator *a = &check->ctx->allocator;
    incmap__doubt_region region = { facts->country, facts->admin1,
                                    .same = (int)check->region_count };
    char key[KEY_SIZE];
    const size_t length = area_key(key, facts->country, facts->admin1, "");
    uint32_t i = incmap__index_first(&check->region_index, key, length);
    incmap_status st;

    *number = INCMAP__NO_AREA;
    if (!facts->admin1[0]) return INCMAP_OK;
    for (; i != INCMAP__INDEX_END; i = incmap__index_next(&check->region_index, i)) {
        *number = (int)i;
        if (strcmp(check->regions[i].country, facts->country) == 0 &&
            strcmp(check->regions[i].admin1, facts->admin1) == 0)
            return INCMAP_OK;
    }
    st = look_up_region(check, &region);
    if (!st)
        st = incmap__grow(a, &check->regions, &check->region_room, check->region_count + 1,
                          sizeof region, &check->ctx->error);
    if (!st) st = incmap__index_add(&check->region_index, a, key, length, &check->ctx->error);
    if (st) return st;
    *number = (int)check->region_count;
    check->regions[check->region_count++] = region;
    return INCMAP_OK;
}

/* ---- districts -------------------------------------------------------------------------------- */

/* Of the root of the district's name in its region: the same root is the same district. What has none, a
 * number, is the same only as itself. */
static uint64_t hash_root(const incmap__doubt_check *check, const incmap__facts *facts, int region)
{
    char key[KEY_SIZE], number[16] = "-";
    char root[INCMAP__SOUND_MOST + 1];
    incmap__sound sound;
    size_t used = 0;

    if (!incmap__choice_read_area(facts->admin2, &check->ctx->allocator, &sound) ||
        !sound.root_length)
        return incmap__doubt_hash(key, area_key(key, facts->country, facts->admin1, facts->admin2));
    memcpy(root, sound.root, sound.root_length);
    root[sound.root_length] = '\0';
    if (region != INCMAP__NO_AREA)
        incmap__text_add(number, sizeof number, &used, "%d", check->regions[region].same);
    return incmap__doubt_hash(key, area_key(key, facts->country, number, root));
}

static incmap_status add_district(incmap__doubt_check *check, const incmap__facts *facts,
                                  int region)
{
    incmap_error *err = &check->ctx->error;
    incmap__doubt_district district = { facts->country, facts->admin1, facts->admin2,
                                        .root = hash_root(check, facts, region),
                                        .same = (int)check->district_count };
    const char *root = (const char *)&district.root;
    uint32_t i = incmap__index_first(&check->root_index, root, sizeof district.root);
    incmap_status st;

    for (; i != INCMAP__INDEX_END; i = incmap__index_next(&check->root_index, i))
        if (check->districts[i].root == district.root) district.same = (int)i; /* the first last */
    st = incmap__grow(&check->ctx->allocator, &check->districts, &check->district_room,
                      check->district_count + 1, sizeof district, err);
    if (!st)
        st = incmap__index_add(&check->root_index, &check->ctx->allocator, root,
                               sizeof district.root, err);
    if (!st) check->districts[check->district_count++] = district;
    return st;
}

static incmap_status district_of(incmap__doubt_check *check, const incmap__facts *facts, int region,
                                 int *number)
{
    char key[KEY_SIZE];
    const size_t length = area_key(key, facts->country, facts->admin1, facts->admin2);
    uint32_t i = incmap__index_first(&check->district_index, key, length);
    incmap_status st;

    *number = INCMAP__NO_AREA;
    if (!facts->admin2[0]) return INCMAP_OK;
    for (; i != INCMAP__INDEX_END; i = incmap__index_next(&check->district_index, i)) {
        *number = (int)i;
        if (strcmp(check->districts[i].country, facts->country) == 0 &&
            strcmp(check->districts[i].admin1, facts->admin1) == 0 &&
            strcmp(check->districts[i].admin2, facts->admin2) == 0)
            return INCMAP_OK;
    }
    st = incmap__index_add(&check->district_index, &check->ctx->allocator, key, length,
                           &check->ctx->error);
    if (!st) st = add_district(check, facts, region);
    if (st) return st;
    *number = (int)check->district_count - 1;
    return INCMAP_OK;
}

incmap_status incmap__doubt_areas(incmap__doubt_check *check, const incmap__facts *facts,
                                  int *region, int *district)
{
    const incmap_status st = region_of(check, facts, region);
    return st ? st : district_of(check, facts, *region, district);
}
