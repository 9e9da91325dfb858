/* SPDX-License-Identifier: MIT */
/* A row beside what a reference knows: places of its name there or elsewhere, and whose places lie
 * around it. The reference is another source, so that it may confirm a row as well. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "places/doubt_check.h"

#define HOMONYM_M 5000.0 /* at most so far off it is the same point to two sources */
#define ELSEWHERE_M 20e3 /* a town's post offices lie within it */
#define OWN_FAR_M 30e3   /* a district reaches so far from its known places */
#define OWN_SHARE (1 / 3.0)
#define OWN_FACTOR 2.0 /* others must be that much nearer than the row's own */
enum { NAMESAKES = 64 };

/* ---- what the reference knows ----------------------------------------------------------------- */

static int by_latitude(const void *a, const void *b)
{
    const incmap__doubt_known *x = a, *y = b;

    if (x->at.lat != y->at.lat) return x->at.lat < y->at.lat ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int same_region(const incmap__doubt_check *check, int region)
{
    return region == INCMAP__NO_AREA ? region : check->regions[region].same;
}

static int same_district(const incmap__doubt_check *check, int district)
{
    return district == INCMAP__NO_AREA ? district : check->districts[district].same;
}

static incmap_status find_areas(incmap__doubt_check *check, const incmap__facts *facts,
                                incmap__doubt_known *known)
{
    int region, district;
    const incmap_status st = incmap__doubt_areas(check, facts, &region, &district);

    if (st) return st;
    known->region = same_region(check, region);
    known->district = same_district(check, district);
    return INCMAP_OK;
}

incmap_status incmap__doubt_gather_known(incmap__doubt_check *check)
{
    const size_t n = incmap_gazetteer_count(check->reference);
    incmap_status st = INCMAP_OK;

    if (check->reference == check->g || !n) return INCMAP_OK;
    check->known = incmap__alloc(&check->ctx->allocator, n, sizeof *check->known);
    if (!check->known) return incmap__fail_memory(&check->ctx->error);
    for (size_t i = 0; i < n; i++) {
        incmap__doubt_known known = { .place = (uint32_t)i };
        incmap__facts facts;
        incmap__gazetteer_facts(check->reference, i, &facts);
        if (!facts.located || !(INCMAP_PLACE_SETTLEMENTS & INCMAP_PLACE_BIT(facts.kind))) continue;
        known.at = facts.at;
        st = find_areas(check, &facts, &known);
        if (st) break;
        if (known.region != INCMAP__NO_AREA) check->regions[known.region].has_known = true;
        if (known.district != INCMAP__NO_AREA) check->districts[known.district].has_known = true;
        check->known[check->known_count++] = known;
    }
    if (check->known_count)
        qsort(check->known, check->known_count, sizeof *check->known, by_latitude);
    return st;
}

/* ---- whose places lie around ------------------------------------------------------------------ */

/* The nearest known place of the row's own area, and the nearest of another. */
struct nearest {
    int region, district; /* of the row; by district where the reference knows it, else by region */
    const incmap__doubt_known *own, *other;
    double own_m, other_m;
};

static bool is_own(const struct nearest *nearest, const incmap__doubt_known *known)
{
    return nearest->district != INCMAP__NO_AREA ? known->district == nearest->district
                                                : known->region == nearest->region;
}

/* A place without a district may lie in any of its region. */
static bool is_other(const struct nearest *nearest, const incmap__doubt_known *known)
{
    if (known->region != nearest->region) return known->region != INCMAP__NO_AREA;
    return nearest->district != INCMAP__NO_AREA && known->district != INCMAP__NO_AREA &&
           known->district != nearest->district;
}

/* False when neither this one nor any farther north or south can be nearer than those found. */
static bool offer(struct nearest *nearest, incmap_coord at, const incmap__doubt_known *known)
{
    const double north_m = fabs(known->at.lat - at.lat) * INCMAP__METRES_PER_DEGREE;
    double distance_m;

    if (north_m > nearest->own_m && north_m > nearest->other_m) return false;
    distance_m = incmap__doubt_apart_m(at, known->at);
    if (is_own(nearest, known)) {
        if (distance_m < nearest->own_m) nearest->own = known;
        nearest->own_m = fmin(nearest->own_m, distance_m);
    } else if (is_other(nearest, known)) {
        if (distance_m < nearest->other_m) nearest->other = known;
        nearest->other_m = fmin(nearest->other_m, distance_m);
    }
    return true;
}

static size_t first_north_of(const incmap__doubt_check *check, double lat)
{
    size_t low = 0, high = check->known_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (check->known[middle].at.lat < lat)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void find_nearest(const incmap__doubt_check *check, incmap_coord at, struct nearest *nearest)
{
    size_t up = first_north_of(check, at.lat), down = up;
    const size_t n = check->known_count;

    nearest->own_m = nearest->other_m = INFINITY;
    while (up < n || down > 0) {
        if (up < n && !offer(nearest, at, &check->known[up++])) up = n;
        if (down > 0 && !offer(nearest, at, &check->known[--down])) down = 0;
    }
}

/* Much nearer to others than to its own; or nearer to others, and so far from its own district's that it
 * would reach through a third of the region. */
static bool is_far_off(const incmap__doubt_check *check, const struct nearest *nearest)
{
    const incmap__doubt_region *region = &check->regions[nearest->region];

    if (nearest->own_m < OWN_FAR_M || nearest->other_m > nearest->own_m) return false;
    return nearest->other_m * OWN_FACTOR <= nearest->own_m ||
           (nearest->district != INCMAP__NO_AREA && region->known &&
            nearest->own_m > region->radius_m * OWN_SHARE);
}

static incmap_status look_whose_is_around(const incmap__doubt_check *check, incmap__doubt_row *row)
{
    struct nearest nearest = { .region = same_region(check, row->region),
                               .district = same_district(check, row->district) };

    if (nearest.region == INCMAP__NO_AREA || !check->regions[nearest.region].has_known)
        return INCMAP_OK;
    if (nearest.district != INCMAP__NO_AREA && !check->districts[nearest.district].has_known)
        nearest.district = INCMAP__NO_AREA;
    find_nearest(check, row->at, &nearest);
    if (!nearest.own || !nearest.other || !is_far_off(check, &nearest)) return INCMAP_OK;
    row->doubt.around = incmap_gazetteer_get(check->reference, nearest.other->place);
    row->doubt.own = incmap_gazetteer_get(check->reference, nearest.own->place);
    row->doubt.around_m = incmap__doubt_distance_m(row->at, nearest.other->at);
    row->doubt.own_m = incmap__doubt_distance_m(row->at, nearest.own->at);
    row->doubt.doubts |= INCMAP_DOUBT_OTHERS_KNOWN;
    return row->doubt.around && row->doubt.own ? INCMAP_OK
                                               : incmap__fail_memory(&check->ctx->error);
}

/* ---- places of that name ---------------------------------------------------------------------- */

/* "Белгород 10" is a post office of Белгород: the name without a number behind it. */
static void copy_base(const char *name, char base[256])
{
    size_t used = 0, length;

    base[0] = '\0';
    incmap__text_add(base, 256, &used, "%s", name);
    length = strlen(base);
    while (length > 0 && base[length - 1] >= '0' && base[length - 1] <= '9')
        length--;
    if (length > 1 && base[length] && base[length - 1] == ' ') base[length - 1] = '\0';
}

static incmap_status find_namesakes(const incmap__doubt_check *check, const incmap__doubt_row *row,
                                    incmap_match matches[NAMESAKES], size_t *count)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    char base[256];
    incmap_status st;

    *count = 0;
    options.kinds = INCMAP_PLACE_SETTLEMENTS;
    options.near = &row->at;
    options.spelling = INCMAP_SPELLING_LISTED;
    copy_base(row->doubt.place->names[0].text, base);
    st = incmap_gazetteer_find(check->ctx, check->reference, base, &options, matches, NAMESAKES,
                               count);
    if (*count > NAMESAKES) *count = NAMESAKES;
    return st == INCMAP_EPARSE ? INCMAP_OK : st; /* a name of no letters */
}

static bool is_town(const incmap_place *place)
{
    return place->kind == INCMAP_PLACE_CITY || place->kind == INCMAP_PLACE_TOWN ||
           place->kind == INCMAP_PLACE_URBAN_TYPE_SETTLEMENT;
}

/* Whether a namesake in the row's region must be what the row means: it is in the same district, or
 * the row names none and the namesake is a town. A village's name may be that of several. */
static bool is_meant(const incmap__doubt_check *check, const incmap__doubt_row *row,
                     const incmap__doubt_known *areas, const incmap_place *namesake)
{
    const int district = same_district(check, row->district);

    if (district == INCMAP__NO_AREA) return is_town(namesake);
    return district == areas->district;
}

struct namesakes {
    bool here;                     /* one of its region lies within ELSEWHERE_M */
    const incmap_place *elsewhere; /* the nearest that is meant */
    double elsewhere_m;
};

/* One within HOMONYM_M: the place itself, or one that it was taken for. Of a right row it is the place
 * itself, so that only a doubtful one can have been taken for another. */
static void look_at_near(const incmap__doubt_check *check, incmap__doubt_row *row,
                         const incmap__doubt_known *areas, const incmap_place *namesake)
{
    const unsigned doubtful = INCMAP_DOUBT_OUTSIDE_REGION | INCMAP_DOUBT_FAR_FROM_SIBLINGS |
                              INCMAP_DOUBT_OTHERS_AROUND | INCMAP_DOUBT_OTHERS_KNOWN;
    const int region = same_region(check, row->region);
    const int district = same_district(check, row->district);
    const bool other_district = district != INCMAP__NO_AREA && areas->district != INCMAP__NO_AREA &&
                                district != areas->district;
    const bool other_region = region != INCMAP__NO_AREA && areas->region != region;

    if (!other_region && !other_district) {
        row->confirmed = true;
    } else if (row->doubt.doubts & doubtful) {
        row->doubt.doubts |= INCMAP_DOUBT_HOMONYM;
        row->doubt.other = namesake;
        row->doubt.other_m = incmap__doubt_distance_m(row->at, namesake->at);
    }
}

static incmap_status look_at_namesake(incmap__doubt_check *check, incmap__doubt_row *row,
                                      const incmap_match *match, struct namesakes *all)
{
    const incmap_place *p = match->place;
    const incmap__facts facts = { .country = p->country, .admin1 = p->admin1, .admin2 = p->admin2 };
    incmap__doubt_known areas;
    const incmap_status st = find_areas(check, &facts, &areas);

    if (st || isnan(match->near_m)) return st;
    if (match->near_m <= HOMONYM_M) look_at_near(check, row, &areas, p);
    if (areas.region == INCMAP__NO_AREA || areas.region != same_region(check, row->region))
        return INCMAP_OK;
    all->here = all->here || match->near_m <= ELSEWHERE_M + incmap_place_uncertainty_m(p);
    if (match->reason != INCMAP_REASON_FORM && is_meant(check, row, &areas, p) &&
        match->near_m < all->elsewhere_m) {
        all->elsewhere = p;
        all->elsewhere_m = match->near_m;
    }
    return INCMAP_OK;
}

static incmap_status look_at_namesakes(incmap__doubt_check *check, incmap__doubt_row *row)
{
    struct namesakes all = { .elsewhere_m = INFINITY };
    incmap_match matches[NAMESAKES];
    size_t count;
    incmap_status st = find_namesakes(check, row, matches, &count);

    for (size_t i = 0; !st && i < count; i++)
        st = look_at_namesake(check, row, &matches[i], &all);
    if (st || all.here || !all.elsewhere) return st;
    row->doubt.doubts |= INCMAP_DOUBT_KNOWN_ELSEWHERE;
    row->doubt.known = all.elsewhere;
    row->doubt.known_m = all.elsewhere_m;
    return INCMAP_OK;
}

incmap_status incmap__doubt_compare(incmap__doubt_check *check, incmap__doubt_row *row)
{
    incmap_status st;

    if (check->reference == check->g || !incmap__doubt_is_located(row)) return INCMAP_OK;
    st = look_whose_is_around(check, row);
    return st ? st : look_at_namesakes(check, row);
}
