/* SPDX-License-Identifier: MIT */
/* A line from each incident to the nearest point of the border: what its depth is the length of. One
 * row for each incident; where nothing was measured its shape is null. */
#include "layers/geo_line.h"
#include "layers/incident_row.h"
#include "layers/whole_steps.h"

enum column {
    ID,
    TITLE,
    DATES,                                /* first and last day */
    PLACE = DATES + INCMAP__DATE_COLUMNS, /* key, names and precision */
    PLACED = PLACE + INCMAP__PLACE_COLUMNS,
    DEPTH, /* and the others of a depth */
    DEPTH_TXT = DEPTH + INCMAP__DEPTH_COLUMNS,
    NEAR_LAT,
    NEAR_LON,
    AZIMUTH,
    CLAIMS,
    SOURCES,
    COLUMNS
};

/* In the order of the enumeration; dates, place and depth stand as blocks. */
static const incmap__layer_column columns[COLUMNS] = {
    { "ID", INCMAP__COLUMN_TEXT, 0 },
    { "TITLE", INCMAP__COLUMN_TEXT, 0 },
    INCMAP__DATE_COLUMN_LIST,
    INCMAP__PLACE_COLUMN_LIST,
    { "PLACED", INCMAP__COLUMN_TEXT, 0 },
    INCMAP__DEPTH_COLUMN_LIST,
    { "DEPTH_TXT", INCMAP__COLUMN_TEXT, 0 },
    { "NEAR_LAT", INCMAP__COLUMN_NUMBER, 7 },
    { "NEAR_LON", INCMAP__COLUMN_NUMBER, 7 },
    { "AZIMUTH", INCMAP__COLUMN_NUMBER, 2 },
    { "CLAIMS", INCMAP__COLUMN_LIST, 0 },
    { "SOURCES", INCMAP__COLUMN_LIST, 0 },
};

struct source {
    incmap_ctx *ctx;
    const incmap_dataset *dataset;
    const incmap_border *border;
    incmap__id_list claims;
    char depth_text[INCMAP_MEASURE_TEXT_SIZE];
    incmap__geo_line line;
};

static incmap_status draw(struct source *s, const incmap_incident *incident,
                          const incmap_depth *depth, incmap__layer_row *row)
{
    incmap_status st;

    incmap__geo_line_start(&s->line);
    if (depth->depth_m == 0) return INCMAP_OK; /* on the line: no direction, no shape */
    st = incmap__geo_line_to(&s->line, incident->at, 0);
    if (!st) st = incmap__geo_line_to(&s->line, incmap__whole_coord(depth->nearest), 0);
    if (!st) row->shape = incmap__geo_line_shape(&s->line, false);
    return st;
}

static incmap_status fill_depth(struct source *s, const incmap_incident *incident,
                                incmap__layer_row *row)
{
    incmap_placed placed = INCMAP_PLACED_NOWHERE;
    incmap_depth depth;
    const incmap_status st = incmap_incident_measure(s->ctx, incident, s->border, &depth, &placed);

    if (st) return st;
    incmap__row_text(row, PLACED, incmap__placed_text(incident, placed));
    if (placed != INCMAP_PLACED_NOWHERE)
        incmap__row_depth(row, DEPTH, &depth, placed == INCMAP_PLACED_ON_BORDER);
    if (placed != INCMAP_PLACED_MEASURED || depth.side == INCMAP_SIDE_UNKNOWN) return INCMAP_OK;
    incmap__row_text(row, DEPTH_TXT, incmap__depth_text(&depth, s->depth_text));
    incmap__row_number(row, NEAR_LAT, depth.nearest.lat);
    incmap__row_number(row, NEAR_LON, depth.nearest.lon);
    incmap__row_number(row, AZIMUTH, depth.azimuth_deg);
    return row->measuring ? INCMAP_OK : draw(s, incident, &depth, row);
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct source *s = user;
    const incmap_incident *incident = incmap_dataset_incident(s->dataset, i);
    incmap_status st = incmap__id_list_start(&s->claims, err);

    if (!st) st = incmap__claims_add(&s->claims, s->dataset, incident, err);
    if (st) return st;
    incmap__row_text(row, ID, incident->id);
    incmap__row_text(row, TITLE, incident->title);
    incmap__row_dates(row, DATES, &incident->when);
    incmap__row_place(row, PLACE, incident);
    incmap__row_text(row, CLAIMS, s->claims.text);
    incmap__row_text(row, SOURCES, incident->sources);
    return fill_depth(s, incident, row);
}

incmap_status incmap_layer_write_connectors(incmap_ctx *ctx, const char *path,
                                            const incmap_dataset *dataset,
                                            const incmap_border *border,
                                            const incmap_layer_options *options,
                                            incmap_layer_result *result)
{
    struct source source = { .ctx = ctx, .dataset = dataset, .border = border };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !dataset || !border)
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "connectors layer: path, dataset or border is NULL");
    source.claims.allocator = &ctx->allocator;
    source.line.ctx = ctx;
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "connectors",
        .style = &incmap__style_connectors,
        .type = INCMAP__SHAPE_LINE,
        .columns = columns,
        .column_count = COLUMNS,
        .row_count = incmap_dataset_incident_count(dataset),
        .fill = fill,
        .user = &source,
        .title = "Shortest way to the border",
        .abstract =
            "The geodesic from each incident to the nearest point of the border, which "
            "NEAR_LAT and NEAR_LON give; its length is DIST_M, good to BAND_M. Where PLACED "
            "is not measured the row is there and its shape is null.",
        .credit = incmap_border_attribution(border),
        .data_date = incmap_border_data_date(border),
        .depths_behind = border,
    };
    st = incmap__layer_write(ctx, &plan, options, result);
    incmap__id_list_free(&source.claims);
    incmap__geo_line_free(&source.line);
    return st;
}
