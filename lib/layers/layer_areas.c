/* SPDX-License-Identifier: MIT */
/* Areas of uncertainty: the circle within which the true point of incidents is believed to lie. Those
 * at one point that are as vague share one, so that circles do not pile up to a darker spot. */
#include <math.h>
#include <stdint.h>

#include "layers/incident_row.h"
#include "layers/zone_shape.h"

enum column {
    INCIDENTS,
    N_INCID,
    DATES,                                /* first and last day */
    PLACE = DATES + INCMAP__DATE_COLUMNS, /* key, names and precision */
    UNCERT_M = PLACE + INCMAP__PLACE_COLUMNS,
    CLAIMS,
    SOURCES,
    COLUMNS
};

/* In the order of the enumeration. */
static const incmap__layer_column columns[COLUMNS] = {
    { "INCID", INCMAP__COLUMN_LIST, 0 },
    { "N_INCID", INCMAP__COLUMN_INT, 0 },
    INCMAP__DATE_COLUMN_LIST,
    INCMAP__PLACE_COLUMN_LIST,
    { "UNCERT_M", INCMAP__COLUMN_NUMBER, 1 },
    { "CLAIMS", INCMAP__COLUMN_LIST, 0 },
    { "SOURCES", INCMAP__COLUMN_LIST, 0 },
};

/* What a circle may be; a smaller one would not be seen, a larger one says nothing. */
static const double radius_least_m = 1.0, radius_most_m = 5000000.0;
/* A circle of some hundred vertices. */
static const double tolerance_share = 1.0 / 2000, tolerance_most_m = 10000.0;

struct source {
    incmap_ctx *ctx;
    const incmap_dataset *dataset;
    incmap__spots spots;
    size_t *starts; /* area i holds incidents spots.order[starts[i]] to [starts[i + 1]] */
    size_t count;
    incmap__id_list incidents, claims, sources;
    incmap__zone_rings rings;
};

static const incmap_incident *incident_at(const struct source *s, size_t i)
{
    return incmap_dataset_incident(s->dataset, s->spots.order[i]);
}

static bool same_area(const incmap_incident *a, const incmap_incident *b)
{
    return a->at.lat == b->at.lat && a->at.lon == b->at.lon &&
           a->uncertainty_m == b->uncertainty_m && a->location_precision == b->location_precision;
}

static incmap_status find_areas(struct source *s)
{
    const incmap_allocator *a = &s->ctx->allocator;
    incmap_status st = incmap__spots_find(&s->spots, s->dataset, a, &s->ctx->error);

    if (st) return st;
    s->starts = incmap__alloc(a, s->spots.located + 1, sizeof *s->starts);
    if (!s->starts) return incmap__fail_memory(&s->ctx->error);
    for (size_t i = 0; i < s->spots.located; i++)
        if (i == 0 || !same_area(incident_at(s, i - 1), incident_at(s, i)))
            s->starts[s->count++] = i;
    s->starts[s->count] = s->spots.located;
    return INCMAP_OK;
}

static incmap_status draw(struct source *s, const incmap_incident *incident, incmap__layer_row *row)
{
    const double radius_m = incident->uncertainty_m;
    incmap_zone_options options = INCMAP_ZONE_OPTIONS_INIT;
    incmap_zone *zone = NULL;
    incmap_status st;

    if (!(radius_m >= radius_least_m && radius_m <= radius_most_m)) return INCMAP_OK;
    options.tolerance_m = fmin(radius_m * tolerance_share, tolerance_most_m);
    if (options.tolerance_m < 0.01) options.tolerance_m = 0.01;
    st = incmap_zone_circle(s->ctx, incident->at, radius_m, &options, &zone);
    if (!st) st = incmap__zone_shape(&s->rings, zone, &row->shape, &s->ctx->error);
    incmap_zone_free(zone);
    return st;
}

/* The whole time of an area; open where one of its incidents is. */
static void widen(incmap_date *all, const incmap_date *when)
{
    if (when->earliest < all->earliest) all->earliest = when->earliest; /* open is the least */
    if (all->before != INCMAP_DAY_OPEN &&
        (when->before == INCMAP_DAY_OPEN || when->before > all->before))
        all->before = when->before;
}

static incmap_status add_incident(struct source *s, const incmap_incident *incident)
{
    incmap_error *err = &s->ctx->error;
    incmap_status st = incmap__id_list_add(&s->incidents, incident->id, err);

    if (!st) st = incmap__claims_add(&s->claims, s->dataset, incident, err);
    if (!st) st = incmap__id_list_merge(&s->sources, incident->sources, err);
    return st;
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct source *s = user;
    const incmap_incident *first = incident_at(s, s->starts[i]);
    incmap_date when = first->when;
    incmap_status st = incmap__id_list_start(&s->incidents, err);

    if (!st) st = incmap__id_list_start(&s->claims, err);
    if (!st) st = incmap__id_list_start(&s->sources, err);
    for (size_t k = s->starts[i]; !st && k < s->starts[i + 1]; k++) {
        st = add_incident(s, incident_at(s, k));
        widen(&when, &incident_at(s, k)->when);
    }
    if (st) return st;
    incmap__row_text(row, INCIDENTS, s->incidents.text);
    incmap__row_int(row, N_INCID, (int64_t)(s->starts[i + 1] - s->starts[i]));
    incmap__row_dates(row, DATES, &when);
    incmap__row_place(row, PLACE, first);
    incmap__row_number(row, UNCERT_M, first->uncertainty_m);
    incmap__row_text(row, CLAIMS, s->claims.text);
    incmap__row_text(row, SOURCES, s->sources.text);
    return row->measuring ? INCMAP_OK : draw(s, first, row);
}

static void free_source(struct source *s)
{
    incmap__id_list_free(&s->incidents);
    incmap__id_list_free(&s->claims);
    incmap__id_list_free(&s->sources);
    incmap__zone_rings_free(&s->rings);
    incmap__free(&s->ctx->allocator, s->starts);
    incmap__spots_free(&s->spots);
}

incmap_status incmap_layer_write_areas(incmap_ctx *ctx, const char *path,
                                       const incmap_dataset *dataset,
                                       const incmap_layer_options *options,
                                       incmap_layer_result *result)
{
    struct source source = { .ctx = ctx, .dataset = dataset };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !dataset)
        return incmap__fail(&ctx->error, INCMAP_EARG, "areas layer: path or dataset is NULL");
    source.incidents.allocator = source.claims.allocator = source.sources.allocator =
        source.rings.allocator = source.spots.allocator = &ctx->allocator;
    st = find_areas(&source);
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "areas",
        .style = &incmap__style_areas,
        .type = INCMAP__SHAPE_POLYGON,
        .columns = columns,
        .column_count = COLUMNS,
        .row_count = source.count,
        .fill = fill,
        .user = &source,
        .title = "Areas of uncertainty",
        .abstract =
            "The circle of UNCERT_M metres, on the ellipsoid, within which the true point of "
            "the incidents is believed to lie. Incidents at one point that are as vague share "
            "one. It is no area in which anything happened.",
        .credit = "",
        .data_date = "",
    };
    if (!st) st = incmap__layer_write(ctx, &plan, options, result);
    free_source(&source);
    return st;
}
