/* SPDX-License-Identifier: MIT */
/* All countries of a layer. Each feature is an outline of its own with a box about it; behind the boxes the
 * outlines' own groups and runs are the index.
 *
 *   countries ---< areas (features: a box, an outline) ---< groups of runs ---< runs of 64 edges
 */
#include <incmap/countries.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/gather.h"
#include "geodesy/outline.h"
#include "io/feature_reader.h"

static const double default_accuracy_m = 100;

/* One feature. */
struct area {
    size_t country, number; /* number: of the area in the file */
    double south, north;    /* of its vertices, with the bulge of their edges */
    double west, east;
    bool around; /* the box is in longitudes past 180 degrees: they rule nothing out */
    bool polar;  /* a ring goes around a pole: what lies beyond its vertices can be inside */
    incmap__outline outline;
};

struct country {
    const char *code, *name;
};

struct incmap_countries {
    incmap_allocator allocator;
    incmap__arena texts;
    const char *attribution, *data_date;
    double accuracy_m;
    struct country *items;
    size_t count, room;
    struct area *areas; /* in the order of their countries */
    size_t area_count, area_room;
};

/* ---- loading ---- */

static bool is_text(const char *text)
{
    return !text || incmap__utf8_check(text, strlen(text)) == strlen(text);
}

static incmap_status keep_text(incmap_countries *c, const char *text, const char **out,
                               incmap_error *err)
{
    const char *given = text ? text : "";
    *out = incmap__arena_text(&c->texts, given, strlen(given));
    return *out ? INCMAP_OK : incmap__fail_memory(err);
}

/* The number of the feature's country, which is made when it is the first with its code. */
static incmap_status find_country(incmap_countries *c, incmap__features *file, const char *path,
                                  size_t *number, incmap_error *err)
{
    const char *text, *name;
    struct country *made;
    incmap_status st = incmap__features_text(file, 0, &text, err);

    if (st) return st;
    for (*number = 0; *number < c->count; ++*number)
        if (incmap__text_same(c->items[*number].code, text)) return INCMAP_OK;
    if (!is_text(text))
        return incmap__fail(err, INCMAP_EPARSE, "%s: feature %zu (from 0): its code is not UTF-8",
                            path, incmap__features_number(file));
    st = incmap__grow(&c->allocator, &c->items, &c->room, c->count + 1, sizeof *c->items, err);
    if (st) return st;
    made = &c->items[c->count];
    st = keep_text(c, text, &made->code, err);
    if (!st) st = incmap__features_text(file, 1, &name, err);
    if (st) return st;
    if (!is_text(name))
        return incmap__fail(err, INCMAP_EPARSE, "%s: feature %zu (from 0): its name is not UTF-8",
                            path, incmap__features_number(file));
    if (name[0])
        st = keep_text(c, name, &made->name, err);
    else
        made->name = made->code;
    if (!st) c->count++;
    return st;
}

static void measure_box(struct area *area)
{
    const incmap__outline *o = &area->outline;

    area->south = area->west = INFINITY;
    area->north = area->east = -INFINITY;
    for (size_t g = 0; g < incmap__outline_group_count(o); g++) {
        const incmap__run *box = &o->groups[g];
        const double rise = incmap__edge_bulge(box->east - box->west);
        area->south = fmin(area->south, box->south - rise);
        area->north = fmax(area->north, box->north + rise);
        area->west = fmin(area->west, box->west);
        area->east = fmax(area->east, box->east);
    }
    area->around = area->west < -180 || area->east > 180;
    for (size_t r = 0; r < o->ring_count; r++) {
        const incmap__run *first = &o->runs[o->rings[r].first_run];
        const incmap__run *last =
            &o->runs[o->rings[r].first_run + (o->rings[r].edges - 1) / INCMAP__RUN_EDGES];
        area->polar = area->polar || fabs(first->start.lon - last->end.lon) > 180;
    }
}

static incmap_status add_area(incmap_countries *c, size_t country, incmap__gathered *rings,
                              incmap_error *err)
{
    struct area *area;
    incmap_status st = incmap__grow(&c->allocator, &c->areas, &c->area_room, c->area_count + 1,
                                    sizeof *c->areas, err);
    if (st) return st;
    area = &c->areas[c->area_count];
    *area = (struct area){ .country = country, .number = c->area_count };
    st = incmap__gathered_outline(rings, &area->outline, &c->allocator, err);
    if (st) return st;
    measure_box(area);
    c->area_count++;
    return st;
}

static incmap_status add_feature(incmap_countries *c, incmap__features *file, const char *path,
                                 incmap_edges edges, incmap_error *err)
{
    incmap__gathered rings = { .count = 0 };
    size_t country;
    incmap_status st = incmap__gather(&rings, file, edges, &c->allocator, err);

    if (!st && rings.count) { /* a feature without a geometry holds nothing */
        st = find_country(c, file, path, &country, err);
        if (!st) st = add_area(c, country, &rings, err);
    }
    incmap__gathered_free(&rings, &c->allocator);
    return st;
}

static int by_country(const void *x, const void *y)
{
    const struct area *a = x, *b = y;

    if (a->country != b->country) return a->country < b->country ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static incmap_status read_file(incmap_countries *c, const char *path, const char *code_field,
                               const incmap_countries_options *opt, incmap_error *err)
{
    const incmap__features_query query = { path,
                                           INCMAP__SHAPE_POLYGON,
                                           { code_field, opt->name_field } };
    incmap__features *file = NULL;
    bool found = true;
    incmap_status st = incmap__features_open(&file, &query, &c->allocator, err);

    while (!st && found) {
        st = incmap__features_next(file, &found, err);
        if (!st && found) st = add_feature(c, file, path, opt->edges, err);
    }
    if (!st && !c->area_count)
        st =
            incmap__fail(err, INCMAP_ENOTFOUND, "%s: found no polygon, expected one or more", path);
    if (!st) qsort(c->areas, c->area_count, sizeof *c->areas, by_country);
    incmap__features_close(file);
    return st;
}

static incmap_status check_options(const incmap_countries_options *opt, incmap_error *err)
{
    if (!(opt->accuracy_m > 0) || !isfinite(opt->accuracy_m))
        return incmap__fail(err, INCMAP_EARG,
                            "countries' accuracy %s m: expected a finite number, 0 m or more",
                            incmap__number(opt->accuracy_m).text);
    if (opt->edges > INCMAP_EDGES_STRAIGHT)
        return incmap__fail(err, INCMAP_EARG, "countries' edges %d: expected 0 or 1",
                            (int)opt->edges);
    if (!is_text(opt->attribution) || !is_text(opt->data_date))
        return incmap__fail(err, INCMAP_EPARSE, "a date or credit of countries is not UTF-8");
    return INCMAP_OK;
}

incmap_status incmap_countries_open(incmap_ctx *ctx, const char *path, const char *code_field,
                                    const incmap_countries_options *options, incmap_countries **out)
{
    incmap_countries_options opt =
        options ? *options : (incmap_countries_options)INCMAP_COUNTRIES_OPTIONS_INIT;
    incmap_countries *c;
    incmap_error *err;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    err = &ctx->error;
    if (!path || !code_field || !out)
        return incmap__fail(err, INCMAP_EARG, "path, field or result of countries is NULL");
    if (opt.accuracy_m == 0) opt.accuracy_m = default_accuracy_m;
    st = check_options(&opt, err);
    if (st) return st;
    c = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *c);
    if (!c) return incmap__fail_memory(err);
    c->allocator = ctx->allocator;
    c->accuracy_m = opt.accuracy_m;
    incmap__arena_init(&c->texts, &c->allocator);
    st = keep_text(c, opt.attribution, &c->attribution, err);
    if (!st) st = keep_text(c, opt.data_date, &c->data_date, err);
    if (!st) st = read_file(c, path, code_field, &opt, err);
    if (st)
        incmap_countries_free(c);
    else
        *out = c;
    return st;
}

void incmap_countries_free(incmap_countries *c)
{
    if (c) {
        const incmap_allocator allocator = c->allocator;
        for (size_t i = 0; i < c->area_count; i++)
            incmap__outline_free(&c->areas[i].outline);
        incmap__free(&allocator, c->areas);
        incmap__free(&allocator, c->items);
        incmap__arena_free(&c->texts);
        incmap__free(&allocator, c);
    }
}

/* ---- what it is made from ---- */

size_t incmap_countries_count(const incmap_countries *c)
{
    return c ? c->count : 0;
}

const char *incmap_countries_code(const incmap_countries *c, size_t i)
{
    return c && i < c->count ? c->items[i].code : "";
}

const char *incmap_countries_name(const incmap_countries *c, size_t i)
{
    return c && i < c->count ? c->items[i].name : "";
}

const char *incmap_countries_attribution(const incmap_countries *c)
{
    return c ? c->attribution : "";
}

const char *incmap_countries_data_date(const incmap_countries *c)
{
    return c ? c->data_date : "";
}

double incmap_countries_accuracy_m(const incmap_countries *c)
{
    return c ? c->accuracy_m : 0;
}

/* ---- the question ---- */

/* Safe to say that the area and all within reach_m of it are elsewhere. */
static bool is_elsewhere(const struct area *area, incmap_coord point, double reach_m)
{
    const double lat = incmap__lat_reach(reach_m);
    double lon;

    if (point.lat > area->north + lat) return true;
    if (point.lat < area->south - lat && !area->polar) return true;
    if (area->around) return false;
    lon = incmap__lon_reach(reach_m, fmin(point.lat, area->south), fmax(point.lat, area->north));
    for (int turn = -1; turn <= 1; turn++) {
        const double there = point.lon + 360 * turn;
        if (there >= area->west - lon && there <= area->east + lon) return false;
    }
    return true;
}

/* What one area says of a point; false when it has nothing to say. */
static bool ask_area(const struct area *area, incmap_coord point, double reach_m,
                     incmap_country_hit *hit)
{
    if (is_elsewhere(area, point, reach_m)) return false;
    hit->country = area->country;
    hit->holds = incmap__outline_contains(&area->outline, point);
    hit->certain = !incmap__outline_is_near(&area->outline, point, reach_m);
    return hit->holds || !hit->certain;
}

/* Puts a hit in its place among those that are there, or adds it to its country's own. */
static void put_hit(incmap_country_hit hit, incmap_country_hit hits[], size_t capacity,
                    size_t *count, size_t *holding)
{
    size_t at = hit.holds ? (*holding)++ : *count;

    if (capacity) {
        const size_t last = *count < capacity ? *count : capacity - 1;
        for (size_t i = last; i > at && at < capacity; i--)
            hits[i] = hits[i - 1];
        if (at < capacity) hits[at] = hit;
    }
    ++*count;
}

static size_t find(const incmap_countries *c, incmap_coord point, double uncertainty_m,
                   incmap_country_hit hits[], size_t capacity)
{
    const double reach_m = uncertainty_m + c->accuracy_m;
    size_t count = 0, holding = 0;

    point = incmap_coord_wrap(point);
    for (size_t i = 0; i < c->area_count;) {
        const size_t country = c->areas[i].country;
        incmap_country_hit all = { country, false, true }, one;
        bool any = false;
        for (; i < c->area_count && c->areas[i].country == country; i++) {
            if (!ask_area(&c->areas[i], point, reach_m, &one)) continue;
            any = true;
            all.holds = all.holds || one.holds;
            all.certain = all.certain && one.certain;
        }
        if (any) put_hit(all, hits, capacity, &count, &holding);
    }
    return count;
}

static bool is_askable(incmap_coord point, double uncertainty_m)
{
    return incmap_coord_is_valid(point) && uncertainty_m >= 0 && isfinite(uncertainty_m);
}

incmap_status incmap_countries_find(incmap_ctx *ctx, const incmap_countries *countries,
                                    incmap_coord point, double uncertainty_m,
                                    incmap_country_hit hits[], size_t capacity, size_t *count)
{
    if (!ctx) return INCMAP_EARG;
    if (!countries || !count || (capacity && !hits))
        return incmap__fail(&ctx->error, INCMAP_EARG, "countries, hits or count are NULL");
    if (!is_askable(point, uncertainty_m))
        return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                            "found lat %s, lon %s, uncertainty %s m, expected a latitude of "
                            "-90 to 90, finite numbers, 0 m or more",
                            incmap__number(point.lat).text, incmap__number(point.lon).text,
                            incmap__number(uncertainty_m).text);
    *count = find(countries, point, uncertainty_m, hits, capacity);
    return INCMAP_OK;
}

incmap_status incmap_countries_find_many(incmap_ctx *ctx, const incmap_countries *countries,
                                         const incmap_coord points[], const double uncertainty_m[],
                                         size_t n, incmap_country_hit hits[], size_t capacity,
                                         size_t counts[])
{
    size_t bad = 0, first = 0;

    if (!ctx) return INCMAP_EARG;
    if (!countries || (n && (!points || !counts || (capacity && !hits))))
        return incmap__fail(&ctx->error, INCMAP_EARG, "countries, points, hits or counts are NULL");
    for (size_t i = 0; i < n; i++) {
        const double uncertainty = uncertainty_m ? uncertainty_m[i] : 0;
        if (is_askable(points[i], uncertainty)) {
            counts[i] = find(countries, points[i], uncertainty,
                             capacity ? hits + i * capacity : NULL, capacity);
        } else {
            counts[i] = INCMAP_COUNTRIES_NO_POINT;
            if (!bad++) first = i;
        }
    }
    return bad ? incmap__fail(&ctx->error, INCMAP_EPARTIAL,
                              "%zu of %zu points are no coordinates; the first is number %zu", bad,
                              n, first)
               : INCMAP_OK;
}
