/* SPDX-License-Identifier: MIT */
/* Incidents as points, each with its depth behind a border and the ids of what it rests on. */
#include <math.h>
#include <stdint.h>

#include "layers/incident_row.h"

enum column {
    ID,
    TITLE,
    DATES, /* first and last day */
    DATE_ISO = DATES + INCMAP__DATE_COLUMNS,
    DATE_PREC,
    DATE_BASIS,
    EVENT_TYPE,
    SUB_TYPE,
    ACTOR_1,
    ACTOR_2,
    PLACE, /* key, names and precision */
    POST_KEY = PLACE + INCMAP__PLACE_COLUMNS,
    GEO_PREC,
    PLACED,
    UNCERT_M,
    EXT_KNOWN,
    DEPTH, /* and the others of a depth */
    DEPTH_TXT = DEPTH + INCMAP__DEPTH_COLUMNS,
    PART_OF,
    SPOT_NO,
    SPOT_OF,
    VERIF,
    N_CLAIMS,
    CLAIMS,
    SOURCES,
    NOTES,
    COLUMNS,
    /* Only where an incident's place was looked up by its name: */
    ASKED = COLUMNS,
    VERDICT,
    SCORE,
    REASON,
    CANDIDATES,
    COLUMNS_WITH_NAMES
};

/* In the order of the enumeration; the depth's columns stand as one block. */
static const incmap__layer_column columns[COLUMNS_WITH_NAMES] = {
    { "ID", INCMAP__COLUMN_TEXT, 0 },
    { "TITLE", INCMAP__COLUMN_TEXT, 0 },
    INCMAP__DATE_COLUMN_LIST,
    { "DATE_ISO", INCMAP__COLUMN_TEXT, 0 },
    { "DATE_PREC", INCMAP__COLUMN_TEXT, 0 },
    { "DATE_BASIS", INCMAP__COLUMN_TEXT, 0 },
    { "EVENT_TYPE", INCMAP__COLUMN_TEXT, 0 },
    { "SUB_TYPE", INCMAP__COLUMN_TEXT, 0 },
    { "ACTOR_1", INCMAP__COLUMN_LIST, 0 },
    { "ACTOR_2", INCMAP__COLUMN_LIST, 0 },
    INCMAP__PLACE_COLUMN_LIST,
    { "POST_KEY", INCMAP__COLUMN_TEXT, 0 },
    { "GEO_PREC", INCMAP__COLUMN_INT, 0 },
    { "PLACED", INCMAP__COLUMN_TEXT, 0 },
    { "UNCERT_M", INCMAP__COLUMN_NUMBER, 1 },
    { "EXT_KNOWN", INCMAP__COLUMN_INT, 0 },
    INCMAP__DEPTH_COLUMN_LIST,
    { "DEPTH_TXT", INCMAP__COLUMN_TEXT, 0 },
    { "PART_OF", INCMAP__COLUMN_TEXT, 0 },
    { "SPOT_NO", INCMAP__COLUMN_INT, 0 },
    { "SPOT_OF", INCMAP__COLUMN_INT, 0 },
    { "VERIF", INCMAP__COLUMN_TEXT, 0 },
    { "N_CLAIMS", INCMAP__COLUMN_INT, 0 },
    { "CLAIMS", INCMAP__COLUMN_LIST, 0 },
    { "SOURCES", INCMAP__COLUMN_LIST, 0 },
    { "NOTES", INCMAP__COLUMN_TEXT, 0 },
    { "PLACE_ASK", INCMAP__COLUMN_TEXT, 0 },
    { "ASK_RESULT", INCMAP__COLUMN_TEXT, 0 },
    { "ASK_SCORE", INCMAP__COLUMN_NUMBER, 3 },
    { "ASK_REASON", INCMAP__COLUMN_TEXT, 0 },
    { "ASK_KEYS", INCMAP__COLUMN_LIST, 0 },
};

struct source {
    incmap_ctx *ctx;
    const incmap_dataset *dataset;
    const incmap_border *border; /* NULL: no depths */
    bool with_names;
    incmap__spots spots;
    incmap__id_list claims;
    char date_text[INCMAP_DATE_TEXT_SIZE], depth_text[INCMAP_MEASURE_TEXT_SIZE];
};

static void fill_where(incmap__layer_row *row, const incmap_incident *incident)
{
    incmap__row_place(row, PLACE, incident);
    incmap__row_text(row, POST_KEY, incident->post_key);
    if (incident->acled_geo_precision >= 0)
        incmap__row_int(row, GEO_PREC, incident->acled_geo_precision);
    if (incident->located) {
        incmap__row_number(row, UNCERT_M, incident->uncertainty_m);
        incmap__row_int(row, EXT_KNOWN, incident->extent_known);
        incmap__row_point(row, incident->at);
    }
}

/* Without a border there is still a difference between a point of its own and one that was computed
 * from a border, or none; nothing was measured then. */
static incmap_status fill_depth(struct source *s, const incmap_incident *incident,
                                incmap__layer_row *row)
{
    incmap_placed placed = INCMAP_PLACED_NOWHERE;
    incmap_depth depth;
    incmap_status st = INCMAP_OK;

    if (s->border) st = incmap_incident_measure(s->ctx, incident, s->border, &depth, &placed);
    if (st) return st;
    incmap__row_text(row, PLACED, incmap__placed_text(incident, placed));
    if (placed != INCMAP_PLACED_NOWHERE)
        incmap__row_depth(row, DEPTH, &depth, placed == INCMAP_PLACED_ON_BORDER);
    if (placed == INCMAP_PLACED_MEASURED)
        incmap__row_text(row, DEPTH_TXT, incmap__depth_text(&depth, s->depth_text));
    return INCMAP_OK;
}

static incmap_status fill_claims(struct source *s, const incmap_incident *incident,
                                 incmap__layer_row *row, incmap_error *err)
{
    incmap_status st = incmap__id_list_start(&s->claims, err);

    if (!st) st = incmap__claims_add(&s->claims, s->dataset, incident, err);
    if (st) return st;
    incmap__row_int(row, N_CLAIMS, (int64_t)incident->claim_count);
    incmap__row_text(row, CLAIMS, s->claims.text);
    incmap__row_text(row, VERIF, incmap__claims_state(s->dataset, incident));
    return INCMAP_OK;
}

/* How the name that a report gives was understood. */
static void fill_name(incmap__layer_row *row, const incmap_incident *incident)
{
    if (!incident->place_asked[0]) return;
    incmap__row_text(row, ASKED, incident->place_asked);
    incmap__row_text(row, VERDICT, incmap_verdict_text(incident->place_verdict));
    if (!isnan(incident->place_score)) incmap__row_number(row, SCORE, incident->place_score);
    incmap__row_text(row, REASON, incident->place_reason);
    incmap__row_text(row, CANDIDATES, incident->place_candidates);
}

static bool any_name(const incmap_dataset *dataset)
{
    for (size_t i = 0; i < incmap_dataset_incident_count(dataset); i++)
        if (incmap_dataset_incident(dataset, i)->place_asked[0]) return true;
    return false;
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct source *s = user;
    const incmap_incident *incident = incmap_dataset_incident(s->dataset, i);
    incmap_status st;

    incmap__row_text(row, ID, incident->id);
    incmap__row_text(row, TITLE, incident->title);
    incmap__row_dates(row, DATES, &incident->when);
    incmap__row_text(row, DATE_ISO, incmap__date_iso(&incident->when, s->date_text));
    incmap__row_text(row, DATE_PREC, incmap_date_precision_text(incident->when.precision));
    incmap__row_text(row, DATE_BASIS, incident->date_basis);
    incmap__row_text(row, EVENT_TYPE, incident->event_type);
    incmap__row_text(row, SUB_TYPE, incident->sub_event_type);
    incmap__row_text(row, ACTOR_1, incident->actor1);
    incmap__row_text(row, ACTOR_2, incident->actor2);
    fill_where(row, incident);
    if (incident->parent != SIZE_MAX)
        incmap__row_text(row, PART_OF, incmap_dataset_incident(s->dataset, incident->parent)->id);
    if (incident->located) {
        incmap__row_int(row, SPOT_NO, s->spots.turns[i].number);
        incmap__row_int(row, SPOT_OF, s->spots.turns[i].count);
    }
    incmap__row_text(row, SOURCES, incident->sources);
    incmap__row_text(row, NOTES, incident->notes);
    if (s->with_names) fill_name(row, incident);
    st = fill_claims(s, incident, row, err);
    return st ? st : fill_depth(s, incident, row);
}

incmap_status incmap_layer_write_incidents(incmap_ctx *ctx, const char *path,
                                           const incmap_dataset *dataset,
                                           const incmap_border *border,
                                           const incmap_layer_options *options,
                                           incmap_layer_result *result)
{
    struct source source = { .ctx = ctx, .dataset = dataset, .border = border };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !dataset)
        return incmap__fail(&ctx->error, INCMAP_EARG, "incidents layer: path or dataset is NULL");
    source.claims.allocator = &ctx->allocator;
    source.with_names = any_name(dataset);
    st = incmap__spots_find(&source.spots, dataset, &ctx->allocator, &ctx->error);
    if (st) return st;
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "incidents",
        .style = &incmap__style_incidents,
        .type = INCMAP__SHAPE_POINT,
        .columns = columns,
        .column_count = source.with_names ? COLUMNS_WITH_NAMES : COLUMNS,
        .row_count = incmap_dataset_incident_count(dataset),
        .fill = fill,
        .user = &source,
        .title = "Incidents",
        .abstract = "Reported incidents and the ids of the claims and sources that they rest on. "
                    "DEPTH_M is the depth behind the border: positive inside the country asked "
                    "about, negative in the other, NULL where the side has no sign or PLACED is "
                    "not measured; DIST_M is the distance without a sign; BAND_M is the plus-minus "
                    "of either. PLACED on_border: the position was computed from the border, so it "
                    "has no depth. DATE_FROM and DATE_TO are the first and the last day that it "
                    "can have been. VERIF sums up what the claims say of one "
                    "another; they stand in the table of claims. NULL is unknown.",
        .credit = border ? incmap_border_attribution(border) : "",
        .data_date = border ? incmap_border_data_date(border) : "",
        .depths_behind = border,
    };
    st = incmap__layer_write(ctx, &plan, options, result);
    incmap__id_list_free(&source.claims);
    incmap__spots_free(&source.spots);
    return st;
}
