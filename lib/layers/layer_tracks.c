/* SPDX-License-Identifier: MIT */
/* Tracks: the fights of the same actors within one incident, joined in the order of their dates, with
 * the depth at each as the measure M. Where the dates leave the order open, the track says so. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "layers/geo_line.h"
#include "layers/incident_row.h"
#include "layers/whole_steps.h"

enum column {
    TRACK,
    TITLE,
    DATES, /* first and last day */
    ACTOR_1 = DATES + INCMAP__DATE_COLUMNS,
    ORDER_BY,
    N_INCID,
    INCIDENTS,
    TIMES,
    DEPTHS_M,
    BANDS_M,
    REACH_M,
    CLAIMS,
    SOURCES,
    COLUMNS
};

/* In the order of the enumeration. */
static const incmap__layer_column columns[COLUMNS] = {
    { "TRACK", INCMAP__COLUMN_TEXT, 0 },
    { "TITLE", INCMAP__COLUMN_TEXT, 0 },
    INCMAP__DATE_COLUMN_LIST,
    { "ACTOR_1", INCMAP__COLUMN_LIST, 0 },
    { "ORDER_BY", INCMAP__COLUMN_TEXT, 0 },
    { "N_INCID", INCMAP__COLUMN_INT, 0 },
    { "INCID", INCMAP__COLUMN_LIST, 0 },
    { "TIMES", INCMAP__COLUMN_LIST, 0 },
    { "DEPTHS_M", INCMAP__COLUMN_LIST, 0 },
    { "BANDS_M", INCMAP__COLUMN_LIST, 0 },
    { "REACH_M", INCMAP__COLUMN_NUMBER, 1 },
    { "CLAIMS", INCMAP__COLUMN_LIST, 0 },
    { "SOURCES", INCMAP__COLUMN_LIST, 0 },
};

/* An incident that can be a point of a track; by itself it can be compared. */
struct stop {
    size_t track, incident; /* indices of incidents */
    incmap_day earliest, before;
};

struct source {
    incmap_ctx *ctx;
    const incmap_dataset *dataset;
    const incmap_border *border; /* NULL: no depths */
    struct stop *stops;          /* by track and time */
    size_t *starts;              /* track t is stops[starts[t]] to stops[starts[t + 1]] */
    size_t count;
    incmap__geo_line line;
    incmap__id_list incidents, times, depths, bands, claims, sources;
};

/* ---- which incidents make a track ---- */

/* A fight at a point that was named, by those who carried out the whole. What is known by district
 * alone ("toward Grayvoron") is a direction, and no point that anybody says was reached. */
static bool is_stop(const incmap_dataset *dataset, const incmap_incident *incident)
{
    const incmap_incident *whole;

    if (incident->parent == SIZE_MAX || !incident->located) return false;
    if (incident->location_precision < INCMAP_LOCATION_SETTLEMENT) return false;
    whole = incmap_dataset_incident(dataset, incident->parent);
    return *incident->actor1 && strcmp(incident->actor1, whole->actor1) == 0 &&
           strcmp(incident->event_type, "Battles") == 0;
}

static int compare_stops(const void *a, const void *b)
{
    const struct stop *one = a, *other = b;

    if (one->track != other->track) return one->track < other->track ? -1 : 1;
    if (one->earliest != other->earliest) return one->earliest < other->earliest ? -1 : 1;
    if (one->before != other->before) return one->before < other->before ? -1 : 1;
    return (one->incident > other->incident) - (one->incident < other->incident);
}

static bool same_point(const struct source *s, size_t a, size_t b)
{
    const incmap_coord one = incmap_dataset_incident(s->dataset, s->stops[a].incident)->at;
    const incmap_coord other = incmap_dataset_incident(s->dataset, s->stops[b].incident)->at;
    return one.lat == other.lat && one.lon == other.lon;
}

/* Keeps those of a track that has two points at least. */
static void keep_tracks(struct source *s, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0, end; i < n; i = end) {
        bool moves = false;
        for (end = i + 1; end < n && s->stops[end].track == s->stops[i].track; end++)
            moves = moves || !same_point(s, i, end);
        if (!moves) continue;
        s->starts[s->count++] = kept;
        for (size_t k = i; k < end; k++)
            s->stops[kept++] = s->stops[k];
    }
    s->starts[s->count] = kept;
}

static incmap_status find_tracks(struct source *s)
{
    const incmap_allocator *a = &s->ctx->allocator;
    const size_t n = incmap_dataset_incident_count(s->dataset);
    size_t found = 0;

    s->stops = incmap__alloc(a, n, sizeof *s->stops);
    s->starts = incmap__alloc(a, n + 1, sizeof *s->starts);
    if (!s->stops || !s->starts) return incmap__fail_memory(&s->ctx->error);
    for (size_t i = 0; i < n; i++) {
        const incmap_incident *incident = incmap_dataset_incident(s->dataset, i);
        if (is_stop(s->dataset, incident))
            s->stops[found++] = (struct stop){ incident->parent, i, incident->when.earliest,
                                               incident->when.before };
    }
    qsort(s->stops, found, sizeof *s->stops, compare_stops);
    keep_tracks(s, found);
    return INCMAP_OK;
}

/* ---- a track's row ---- */

static bool dates_order(const struct source *s, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++) {
        const incmap_day before = s->stops[i].before, next = s->stops[i + 1].earliest;
        if (before == INCMAP_DAY_OPEN || next == INCMAP_DAY_OPEN || before > next) return false;
    }
    return true;
}

/* The whole time of a track; open where one of its points is. */
static incmap_date span(const struct source *s, size_t from, size_t to)
{
    incmap_date all = { s->stops[from].earliest, s->stops[from].before, INCMAP_DATE_RANGE,
                        INCMAP_UTC_UNKNOWN };

    for (size_t i = from + 1; i < to; i++) {
        const struct stop *stop = &s->stops[i];
        if (stop->earliest < all.earliest) all.earliest = stop->earliest; /* open is the least */
        if (all.before != INCMAP_DAY_OPEN &&
            (stop->before == INCMAP_DAY_OPEN || stop->before > all.before))
            all.before = stop->before;
    }
    return all;
}

static incmap_status add_metres(incmap__id_list *list, double metres, incmap_error *err)
{
    char text[48] = "?";

    if (!isnan(metres)) {
        (void)snprintf(text, sizeof text, "%.1f", metres);
        incmap__text_point(text);
    }
    return incmap__id_list_add(list, text, err);
}

static incmap_status add_stop(struct source *s, const incmap_incident *incident, double *reach_m)
{
    incmap_error *err = &s->ctx->error;
    char date[INCMAP_DATE_TEXT_SIZE];
    incmap_placed placed = INCMAP_PLACED_NOWHERE;
    incmap_depth depth = { .depth_m = NAN, .band_m = NAN };
    double signed_m = NAN;
    incmap_status st = INCMAP_OK;

    if (s->border) st = incmap_incident_measure(s->ctx, incident, s->border, &depth, &placed);
    if (st) return st;
    if (placed == INCMAP_PLACED_MEASURED &&
        (depth.side == INCMAP_SIDE_INSIDE || depth.side == INCMAP_SIDE_OUTSIDE))
        signed_m = incmap__whole_metres(depth.depth_m);
    if (!isnan(signed_m) && (isnan(*reach_m) || signed_m > *reach_m)) *reach_m = signed_m;
    st = incmap__geo_line_to(&s->line, incident->at, signed_m);
    if (!st) st = incmap__id_list_add(&s->incidents, incident->id, err);
    if (!st) st = incmap__id_list_add(&s->times, incmap__date_iso(&incident->when, date), err);
    if (!st) st = add_metres(&s->depths, signed_m, err);
    if (!st) st = add_metres(&s->bands, isnan(signed_m) ? NAN : depth.band_m, err);
    if (!st) st = incmap__claims_add(&s->claims, s->dataset, incident, err);
    if (!st) st = incmap__id_list_merge(&s->sources, incident->sources, err);
    return st;
}

static incmap_status start_lists(struct source *s)
{
    incmap__id_list *const lists[] = { &s->incidents, &s->times,  &s->depths,
                                       &s->bands,     &s->claims, &s->sources };
    incmap_status st = INCMAP_OK;

    incmap__geo_line_start(&s->line);
    for (size_t i = 0; !st && i < sizeof lists / sizeof *lists; i++)
        st = incmap__id_list_start(lists[i], &s->ctx->error);
    return st;
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct source *s = user;
    const size_t from = s->starts[i], to = s->starts[i + 1];
    const incmap_incident *whole = incmap_dataset_incident(s->dataset, s->stops[from].track);
    const incmap_date when = span(s, from, to);
    double reach_m = NAN;
    incmap_status st = start_lists(s);

    (void)err;
    for (size_t k = from; !st && k < to; k++)
        st = add_stop(s, incmap_dataset_incident(s->dataset, s->stops[k].incident), &reach_m);
    if (st) return st;
    incmap__row_text(row, TRACK, whole->id);
    incmap__row_text(row, TITLE, whole->title);
    incmap__row_dates(row, DATES, &when);
    incmap__row_text(row, ACTOR_1, whole->actor1);
    incmap__row_text(row, ORDER_BY, dates_order(s, from, to) ? "dates" : "file");
    incmap__row_int(row, N_INCID, (int64_t)(to - from));
    incmap__row_text(row, INCIDENTS, s->incidents.text);
    incmap__row_text(row, TIMES, s->times.text);
    if (s->border) incmap__row_text(row, DEPTHS_M, s->depths.text);
    if (s->border) incmap__row_text(row, BANDS_M, s->bands.text);
    incmap__row_number(row, REACH_M, reach_m);
    incmap__row_text(row, CLAIMS, s->claims.text);
    incmap__row_text(row, SOURCES, s->sources.text);
    row->shape = incmap__geo_line_shape(&s->line, true);
    return INCMAP_OK;
}

static void free_source(struct source *s)
{
    incmap__id_list *const lists[] = { &s->incidents, &s->times,  &s->depths,
                                       &s->bands,     &s->claims, &s->sources };

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        incmap__id_list_free(lists[i]);
    incmap__geo_line_free(&s->line);
    incmap__free(&s->ctx->allocator, s->stops);
    incmap__free(&s->ctx->allocator, s->starts);
}

static void start_source(struct source *s)
{
    const incmap_allocator *a = &s->ctx->allocator;

    s->incidents.allocator = s->times.allocator = s->depths.allocator = a;
    s->bands.allocator = s->claims.allocator = s->sources.allocator = a;
    s->line.ctx = s->ctx;
}

incmap_status incmap_layer_write_tracks(incmap_ctx *ctx, const char *path,
                                        const incmap_dataset *dataset, const incmap_border *border,
                                        const incmap_layer_options *options,
                                        incmap_layer_result *result)
{
    struct source source = { .ctx = ctx, .dataset = dataset, .border = border };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !dataset)
        return incmap__fail(&ctx->error, INCMAP_EARG, "tracks layer: path or dataset is NULL");
    start_source(&source);
    st = find_tracks(&source);
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "tracks",
        .style = &incmap__style_tracks,
        .type = INCMAP__SHAPE_LINE,
        .has_m = true,
        .columns = columns,
        .column_count = COLUMNS,
        .row_count = source.count,
        .fill = fill,
        .user = &source,
        .title = "Tracks through incidents",
        .abstract = "Joins the points of the battles that the same actors fought as parts of one "
                    "incident, TRACK, in the order of their dates. ORDER_BY file: the dates leave "
                    "the order open, and it is that of the data. M is the depth at each point in "
                    "metres, no value where none was measured. It is no route: nobody reports what "
                    "lies between the points.",
        .credit = border ? incmap_border_attribution(border) : "",
        .data_date = border ? incmap_border_data_date(border) : "",
        .depths_behind = border,
    };
    if (!st) st = incmap__layer_write(ctx, &plan, options, result);
    free_source(&source);
    return st;
}
