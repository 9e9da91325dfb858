/* SPDX-License-Identifier: MIT */
/* What one check of a gazetteer knows of its rows and their areas: shared by the files that look at
 * them from several sides. */
#ifndef INCMAP_PLACES_DOUBT_CHECK_H
#define INCMAP_PLACES_DOUBT_CHECK_H

#include <incmap/doubt.h>

#include "places/gazetteer.h"

#define INCMAP__METRES_PER_DEGREE 111195.0 /* of latitude, on average */
enum { INCMAP__NO_AREA = -1 };

typedef struct {
    const char *country, *admin1;
    const incmap_place *place; /* of the reference; NULL: it knows no such region */
    int same;                  /* the first region that is this one, by whatever name */
    bool known;                /* at and radius_m are */
    incmap_coord at;
    double radius_m;
    bool has_known; /* the first that is the same: settlements of the reference are in it */
} incmap__doubt_region;

typedef struct {
    const char *country, *admin1, *admin2;
    uint64_t root;       /* hash of the root of its name in its region */
    int same;            /* the first district that is this one, by whatever name */
    size_t first, count; /* of its places in the order of districts */
    bool scattered, has_middle, has_known; /* the last as above */
    incmap_coord middle;
    double spread_m;
} incmap__doubt_district;

typedef struct {
    uint32_t place;
    int region, district; /* INCMAP__NO_AREA: it names none */
    incmap_coord at;      /* NaN: not located */
    uint64_t name;        /* hash of how its first name sounds */
    bool confirmed;       /* the reference has that name there */
    bool edge;            /* outside its region, but beside its district's places that are inside */
    incmap_doubt doubt;
} incmap__doubt_row;

/* A settlement of the reference. */
typedef struct {
    uint32_t place;
    int region, district; /* the first ones that are the same */
    incmap_coord at;
} incmap__doubt_known;

typedef struct {
    incmap_ctx *ctx;
    const incmap_gazetteer *g, *reference; /* the same one: nothing to compare with */
    const incmap_doubt_options *options;   /* NULL: all defaults */
    incmap__doubt_row *rows; /* in the order that each look wants; by place in the end */
    size_t count;
    incmap__doubt_region *regions;
    size_t region_count, region_room;
    incmap__doubt_district *districts;
    size_t district_count, district_room;
    incmap__index region_index, district_index, root_index;
    double *numbers;            /* room for as many as there are rows */
    incmap__doubt_known *known; /* by latitude; none when g is its own reference */
    size_t known_count;
} incmap__doubt_check;

/* Near enough for telling 30 km from 60: on a sphere, flat between the two. */
double incmap__doubt_apart_m(incmap_coord a, incmap_coord b);
/* The distance that is told: on the ellipsoid. */
double incmap__doubt_distance_m(incmap_coord a, incmap_coord b);

/* Of a text whose like is looked for; the same in every run. */
uint64_t incmap__doubt_hash(const char *bytes, size_t length);

/* The numbers of a place's region and district, which become known if they were not;
 * INCMAP__NO_AREA where it names none. */
incmap_status incmap__doubt_areas(incmap__doubt_check *check, const incmap__facts *facts,
                                  int *region, int *district);
bool incmap__doubt_in_region(const incmap__doubt_region *region, incmap_coord at);

/* Far from the places of its district, or these scattered; puts rows in the order of districts. */
void incmap__doubt_look_at_siblings(incmap__doubt_check *check);
/* Others around, shared points, duplicates; puts rows in the order of latitudes. */
void incmap__doubt_look_around(incmap__doubt_check *check);
/* Rows far from their district, among the places of one that has another of that name; after both
 * of the above. Puts rows in the order of names. */
void incmap__doubt_look_for_homonyms(incmap__doubt_check *check);

/* Gathers what the reference knows, and compares a row with it. */
incmap_status incmap__doubt_gather_known(incmap__doubt_check *check);
incmap_status incmap__doubt_compare(incmap__doubt_check *check, incmap__doubt_row *row);

static inline bool incmap__doubt_is_located(const incmap__doubt_row *row)
{
    return row->at.lat == row->at.lat; /* NaN differs from itself */
}

static inline bool incmap__doubt_is_outside(const incmap__doubt_row *row)
{
    return !incmap__doubt_is_located(row) || (row->doubt.doubts & INCMAP_DOUBT_OUTSIDE_REGION);
}

#endif
