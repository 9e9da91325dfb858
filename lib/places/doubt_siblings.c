/* SPDX-License-Identifier: MIT */
/* A row beside the other rows of its file: the places of its district, what lies around it, and what has
 * its very point or its name. */
#include <math.h>
#include <stdlib.h>

#include "places/doubt_check.h"

#define FAR_FACTOR 2.5
#define FAR_LEAST_M 30e3
#define EDGE_M 30e3
#define DUPLICATE_M 1000.0
enum { AROUND = 8, AROUND_LEAST = 2, SIBLINGS_LEAST = 3 };

/* ---- districts -------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double numbers[], size_t n)
{
    qsort(numbers, n, sizeof *numbers, by_number);
    return n % 2 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

static int by_district(const void *a, const void *b)
{
    const incmap__doubt_row *x = a, *y = b;
    if (x->district != y->district) return x->district < y->district ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The middle of the places that are where their region is; rows stand by district. */
static void find_middle(incmap__doubt_check *check, incmap__doubt_district *d)
{
    const incmap__doubt_row *rows = check->rows + d->first;
    size_t n = 0;

    for (size_t i = 0; i < d->count; i++)
        if (!incmap__doubt_is_outside(&rows[i])) check->numbers[n++] = rows[i].at.lat;
    d->scattered = d->count >= SIBLINGS_LEAST && n * 2 < d->count;
    d->has_middle = n >= SIBLINGS_LEAST;
    if (!d->has_middle) return;
    d->middle.lat = median(check->numbers, n);
    n = 0;
    for (size_t i = 0; i < d->count; i++)
        if (!incmap__doubt_is_outside(&rows[i])) check->numbers[n++] = rows[i].at.lon;
    d->middle.lon = median(check->numbers, n);
    n = 0;
    for (size_t i = 0; i < d->count; i++)
        if (!incmap__doubt_is_outside(&rows[i]))
            check->numbers[n++] = incmap__doubt_apart_m(rows[i].at, d->middle);
    d->spread_m = median(check->numbers, n);
}

static void look_at_district(const incmap__doubt_district *d, incmap__doubt_row *row)
{
    if (d->scattered) row->doubt.doubts |= INCMAP_DOUBT_SCATTERED;
    if (!d->has_middle || !incmap__doubt_is_located(row)) return;
    row->doubt.siblings_m = incmap__doubt_distance_m(row->at, d->middle);
    if (row->doubt.siblings_m > FAR_LEAST_M && row->doubt.siblings_m > FAR_FACTOR * d->spread_m)
        row->doubt.doubts |= INCMAP_DOUBT_FAR_FROM_SIBLINGS;
}

void incmap__doubt_look_at_siblings(incmap__doubt_check *check)
{
    if (check->count) qsort(check->rows, check->count, sizeof *check->rows, by_district);
    for (size_t i = 0; i < check->count; i++) {
        incmap__doubt_district *d;
        if (check->rows[i].district == INCMAP__NO_AREA) continue;
        d = &check->districts[check->rows[i].district];
        if (!d->count++) d->first = i;
    }
    for (size_t i = 0; i < check->district_count; i++)
        find_middle(check, &check->districts[i]);
    for (size_t i = 0; i < check->count; i++)
        if (check->rows[i].district != INCMAP__NO_AREA)
            look_at_district(&check->districts[check->rows[i].district], &check->rows[i]);
}

/* ---- what lies around ------------------------------------------------------------------------- */

static int by_latitude(const void *a, const void *b)
{
    const incmap__doubt_row *x = a, *y = b;

    /* Those without a position last. */
    if (incmap__doubt_is_located(x) != incmap__doubt_is_located(y))
        return incmap__doubt_is_located(x) ? -1 : 1;
    if (x->at.lat != y->at.lat && incmap__doubt_is_located(x))
        return x->at.lat < y->at.lat ? -1 : 1;
    if (x->at.lon != y->at.lon && incmap__doubt_is_located(x))
        return x->at.lon < y->at.lon ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The nearest so far, in ascending order. */
struct around {
    double distance_m[AROUND], own_m; /* the last: of the nearest of the own district */
    bool own[AROUND];
    size_t count;
};

static void put_around(struct around *around, double distance_m, bool own)
{
    size_t i;

    if (around->count == AROUND && around->distance_m[AROUND - 1] <= distance_m) return;
    i = around->count < AROUND ? around->count++ : AROUND - 1;
    for (; i > 0 && around->distance_m[i - 1] > distance_m; i--) {
        around->distance_m[i] = around->distance_m[i - 1];
        around->own[i] = around->own[i - 1];
    }
    around->distance_m[i] = distance_m;
    around->own[i] = own;
}

/* Notes a pair of places, `other` farther north or south than all before it; false when no place
 * beyond can be among the nearest or a duplicate. */
static bool look_at_pair(incmap__doubt_check *check, incmap__doubt_row *row,
                         const incmap__doubt_row *other, struct around *around)
{
    const double north_m = fabs(other->at.lat - row->at.lat) * INCMAP__METRES_PER_DEGREE;
    double distance_m;

    if (north_m > DUPLICATE_M && around->count == AROUND &&
        north_m > around->distance_m[AROUND - 1])
        return false;
    distance_m = incmap__doubt_apart_m(row->at, other->at);
    if (distance_m <= DUPLICATE_M && row->name == other->name && row->name &&
        row->district == other->district && row->region == other->region) {
        row->doubt.doubts |= INCMAP_DOUBT_DUPLICATE;
        row->doubt.other = incmap_gazetteer_get(check->g, other->place);
    }
    if (distance_m == 0) {
        if (row->district == other->district) return true;
        row->doubt.doubts |= INCMAP_DOUBT_SHARED_POINT;
        if (!row->doubt.other) row->doubt.other = incmap_gazetteer_get(check->g, other->place);
        return true;
    }
    if (other->district == INCMAP__NO_AREA || incmap__doubt_is_outside(other)) return true;
    put_around(around, distance_m, other->district == row->district);
    if (other->district == row->district) around->own_m = fmin(around->own_m, distance_m);
    return true;
}

static void look_around(incmap__doubt_check *check, size_t at, size_t located)
{
    incmap__doubt_row *row = &check->rows[at];
    struct around around = { .own_m = INFINITY };
    size_t up = at + 1, down = at, own = 0;

    /* Up and down in turn, so that the nearest are soon found and the search ends. */
    while (up < located || down > 0) {
        if (up < located && !look_at_pair(check, row, &check->rows[up++], &around)) up = located;
        if (down > 0 && !look_at_pair(check, row, &check->rows[--down], &around)) down = 0;
    }
    for (size_t i = 0; i < around.count; i++)
        own += around.own[i];
    if (row->district != INCMAP__NO_AREA && around.count == AROUND && own < AROUND_LEAST)
        row->doubt.doubts |= INCMAP_DOUBT_OTHERS_AROUND;
    row->edge = own >= AROUND_LEAST && incmap__doubt_is_outside(row) && around.own_m <= EDGE_M;
}

void incmap__doubt_look_around(incmap__doubt_check *check)
{
    size_t located = 0;

    if (check->count) qsort(check->rows, check->count, sizeof *check->rows, by_latitude);
    while (located < check->count && incmap__doubt_is_located(&check->rows[located]))
        located++;
    for (size_t i = 0; i < located; i++)
        look_around(check, i, located);
}

/* ---- homonyms --------------------------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const incmap__doubt_row *x = a, *y = b;
    if (x->name != y->name) return x->name < y->name ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static bool is_among(const incmap__doubt_check *check, incmap_coord at, int district)
{
    const incmap__doubt_district *d;

    if (district == INCMAP__NO_AREA) return false;
    d = &check->districts[district];
    return d->has_middle &&
           incmap__doubt_apart_m(at, d->middle) <= fmax(FAR_LEAST_M, FAR_FACTOR * d->spread_m);
}

/* A row that is not where its district is, among the places of a district that has the same name: of
 * two homonyms exchanged each lies among the other's. */
static void look_for_homonym(incmap__doubt_check *check, incmap__doubt_row *row,
                             const incmap__doubt_row group[], size_t n)
{
    const unsigned astray = INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OUTSIDE_REGION;

    if (!incmap__doubt_is_located(row) || !(row->doubt.doubts & astray)) return;
    for (size_t i = 0; i < n; i++) {
        if (group[i].district == row->district || !is_among(check, row->at, group[i].district))
            continue;
        row->doubt.doubts |= INCMAP_DOUBT_HOMONYM;
        row->doubt.other = incmap_gazetteer_get(check->g, group[i].place);
        row->doubt.other_m = incmap__doubt_distance_m(row->at, group[i].at);
        return;
    }
}

void incmap__doubt_look_for_homonyms(incmap__doubt_check *check)
{
    incmap__doubt_row *rows = check->rows;
    size_t end;

    if (check->count) qsort(rows, check->count, sizeof *rows, by_name);
    for (size_t start = 0; start < check->count; start = end) {
        for (end = start + 1; end < check->count && rows[end].name == rows[start].name;)
            end++;
        for (size_t i = start; rows[start].name && end - start > 1 && i < end; i++)
            look_for_homonym(check, &rows[i], rows + start, end - start);
    }
}
