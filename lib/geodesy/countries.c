/* SPDX-License-Identifier: MIT */
/* All countries of a layer. Each feature is an outline of its own; the runs of all of them stand in columns of
 * longitude (run_columns.h), and a question looks through the one or few that it touches, outline by outline.
 *
 *   countries ---< areas (features: an outline each) ---< runs of 64 edges >---< columns
 */
#include <incmap/countries.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/gather.h"
#include "geodesy/run_columns.h"
#include "io/feature_reader.h"

static const double default_accuracy_m = 100;

/* One feature. */
struct area {
    size_t country, number; /* number: of the area in the file */
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
    incmap__run_columns columns;
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
    if (!st) c->area_count++;
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

/* Makes the columns of all outlines. */
static incmap_status index_areas(incmap_countries *c, incmap_error *err)
{
    const incmap__outline **outlines =
        incmap__alloc(&c->allocator, c->area_count, sizeof *outlines);
    incmap_status st;

    if (!outlines) return incmap__fail_memory(err);
    for (size_t i = 0; i < c->area_count; i++)
        outlines[i] = &c->areas[i].outline;
    st = incmap__run_columns_build(&c->columns, outlines, c->area_count, &c->allocator, err);
    incmap__free(&c->allocator, outlines);
    return st;
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
    if (!st) st = index_areas(c, err);
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
        incmap__run_columns_free(&c->columns);
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

/* A question on its way through the columns that it touches. */
struct question {
    const incmap_countries *countries;
    incmap_coord point;
    double reach_m, lat_reach, lon_reach;
    int first, n; /* columns, round and round */
    int meridian; /* the one that the point's meridian is in, counted from the first */
    size_t at[INCMAP__COLUMNS]; /* next item in each */
};

static struct question question_of(const incmap_countries *c, incmap_coord point, double reach_m)
{
    struct question q = { .countries = c, .point = point, .reach_m = reach_m };
    const double lon = incmap__lon_reach(reach_m, point.lat, point.lat);
    const double west = floor((point.lon - lon + 180) * INCMAP__COLUMNS_PER_DEGREE);
    const double east = floor((point.lon + lon + 180) * INCMAP__COLUMNS_PER_DEGREE);

    q.lon_reach = lon;
    q.lat_reach = incmap__lat_reach(reach_m) + 1e-9;
    q.n = east - west + 1 < INCMAP__COLUMNS ? (int)(east - west) + 1 : INCMAP__COLUMNS;
    q.first = incmap__column_of(point.lon - lon);
    q.meridian = (incmap__column_of(point.lon) - q.first + INCMAP__COLUMNS) % INCMAP__COLUMNS;
    for (int k = 0; k < q.n; k++)
        q.at[k] = c->columns.starts[(q.first + k) % INCMAP__COLUMNS];
    return q;
}

static size_t end_of(const struct question *q, int k)
{
    return q->countries->columns.starts[(q->first + k) % INCMAP__COLUMNS + 1];
}

/* The lowest number of an area that is still to be asked; area_count when there is none. */
static size_t next_area(const struct question *q)
{
    size_t least = q->countries->area_count;

    for (int k = 0; k < q->n; k++)
        if (q->at[k] < end_of(q, k) && q->countries->columns.items[q->at[k]].outline < least)
            least = q->countries->columns.items[q->at[k]].outline;
    return least;
}

/* Whether the item's box comes within the reach of the point, a turn on as well. */
static bool may_be_near(const struct question *q, const incmap__column_item *item)
{
    if (item->south - q->lat_reach > q->point.lat) return false;
    for (int turn = -1; turn <= 1; turn++) {
        const double lon = q->point.lon + 360 * turn;
        if (lon >= item->west - q->lon_reach && lon <= item->east + q->lon_reach) return true;
    }
    return q->lon_reach >= 180;
}

/* Asks all runs that one column has of the area, and goes past them. */
static void ask_column(struct question *q, int k, size_t area, incmap_country_hit *hit)
{
    const incmap__outline *o = &q->countries->areas[area].outline;

    for (; q->at[k] < end_of(q, k); q->at[k]++) {
        const incmap__column_item *item = &q->countries->columns.items[q->at[k]];
        if (item->outline != area) break;
        if (item->north + q->lat_reach < q->point.lat) continue;
        if (k == q->meridian && incmap__column_item_crosses_north(item, o, q->point))
            hit->holds = !hit->holds;
        if (hit->certain && may_be_near(q, item) &&
            incmap__run_comes_near(o, item->run, q->point, q->reach_m))
            hit->certain = false;
    }
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
    struct question q = question_of(c, incmap_coord_wrap(point), uncertainty_m + c->accuracy_m);
    incmap_country_hit all = { SIZE_MAX, false, true };
    size_t count = 0, holding = 0, area;

    do {
        area = next_area(&q);
        if (area == c->area_count || c->areas[area].country != all.country) {
            if (all.holds || !all.certain) put_hit(all, hits, capacity, &count, &holding);
            if (area < c->area_count)
                all = (incmap_country_hit){ c->areas[area].country, false, true };
        }
        if (area < c->area_count) {
            incmap_country_hit one = { all.country, c->areas[area].outline.holds_north_pole, true };
            for (int k = 0; k < q.n; k++)
                ask_column(&q, k, area, &one);
            all.holds = all.holds || one.holds;
            all.certain = all.certain && one.certain;
        }
    } while (area < c->area_count);
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
