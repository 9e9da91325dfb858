/* SPDX-License-Identifier: MIT */
/* Places that are no border posts, as points, with the depth of each point behind a border. */
#include <math.h>

#include "layers/id_list.h"
#include "layers/incident_row.h"
#include "layers/layer_set.h"
#include "layers/place_row.h"

enum column {
    KEY,
    NAME,
    NAME_EN,
    NAME_RU,
    NAME_UK,
    ALT_NAMES,
    KIND,
    COUNTRY,
    REGION,
    DISTRICT,
    UNCERT_M,
    EXTENT_M,
    POP,
    POP_YEAR,
    DEPTH, /* and the others of a depth */
    DEPTH_TXT = DEPTH + INCMAP__DEPTH_COLUMNS,
    COORD_BY,
    COORD_SRC,
    NAMED_IN,
    NOTES,
    COLUMNS
};

/* In the order of the enumeration; the depth's columns stand as one block. */
static const incmap__layer_column columns[COLUMNS] = {
    { "KEY", INCMAP__COLUMN_TEXT, 0 },
    { "NAME", INCMAP__COLUMN_TEXT, 0 },
    { "NAME_EN", INCMAP__COLUMN_TEXT, 0 },
    { "NAME_RU", INCMAP__COLUMN_TEXT, 0 },
    { "NAME_UK", INCMAP__COLUMN_TEXT, 0 },
    { "ALT_NAME", INCMAP__COLUMN_LIST, 0 },
    { "KIND", INCMAP__COLUMN_TEXT, 0 },
    { "COUNTRY", INCMAP__COLUMN_TEXT, 0 },
    { "REGION", INCMAP__COLUMN_TEXT, 0 },
    { "DISTRICT", INCMAP__COLUMN_TEXT, 0 },
    { "UNCERT_M", INCMAP__COLUMN_NUMBER, 1 },
    { "EXTENT_M", INCMAP__COLUMN_NUMBER, 1 },
    { "POP", INCMAP__COLUMN_INT, 0 },
    { "POP_YEAR", INCMAP__COLUMN_INT, 0 },
    INCMAP__DEPTH_COLUMN_LIST,
    { "DEPTH_TXT", INCMAP__COLUMN_TEXT, 0 },
    { "COORD_BY", INCMAP__COLUMN_TEXT, 0 },
    { "COORD_SRC", INCMAP__COLUMN_TEXT, 0 },
    { "NAMED_IN", INCMAP__COLUMN_LIST, 0 },
    { "NOTES", INCMAP__COLUMN_TEXT, 0 },
};

struct source {
    incmap_ctx *ctx;
    const incmap_border *border; /* NULL: no depths */
    const incmap_place **places;
    size_t count;
    incmap__id_list names;
    char depth_text[INCMAP_MEASURE_TEXT_SIZE];
};

static incmap_status choose_places(struct source *s, const incmap_gazetteer *g)
{
    const size_t n = incmap_gazetteer_count(g);

    s->places = incmap__alloc(&s->ctx->allocator, n, sizeof *s->places);
    if (!s->places) return incmap__fail_memory(&s->ctx->error);
    for (size_t i = 0; i < n; i++) {
        const incmap_place *place = incmap_gazetteer_get(g, i);
        if (place->kind != INCMAP_PLACE_BORDER_POST) s->places[s->count++] = place;
    }
    return INCMAP_OK;
}

/* All names but the main ones of the three languages that have a field of their own. */
static incmap_status fill_names(struct source *s, const incmap_place *place, incmap__layer_row *row,
                                incmap_error *err)
{
    incmap_status st = incmap__id_list_start(&s->names, err);

    incmap__row_text(row, NAME, place->names[0].text);
    incmap__row_text(row, NAME_EN, incmap__place_own_name(place, "en"));
    incmap__row_text(row, NAME_RU, incmap__place_own_name(place, "ru"));
    incmap__row_text(row, NAME_UK, incmap__place_own_name(place, "uk"));
    for (size_t i = 0; !st && i < place->name_count; i++) {
        const char *text = place->names[i].text;
        if (text != row->values[NAME].as.text && text != row->values[NAME_EN].as.text &&
            text != row->values[NAME_RU].as.text && text != row->values[NAME_UK].as.text)
            st = incmap__id_list_add(&s->names, text, err);
    }
    if (!st) incmap__row_text(row, ALT_NAMES, s->names.text);
    return st;
}

static incmap_status fill_depth(struct source *s, const incmap_place *place, incmap__layer_row *row)
{
    incmap_depth depth;
    incmap_status st;

    if (!s->border || !place->located) return INCMAP_OK;
    st = incmap_border_measure(s->ctx, s->border, place->at, incmap_place_uncertainty_m(place),
                               &depth);
    if (st) return st;
    incmap__row_depth(row, DEPTH, &depth, false);
    incmap__row_text(row, DEPTH_TXT, incmap__depth_text(&depth, s->depth_text));
    return INCMAP_OK;
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct source *s = user;
    const incmap_place *place = s->places[i];
    incmap_status st;

    incmap__row_text(row, KEY, place->key);
    st = fill_names(s, place, row, err);
    incmap__row_text(row, KIND, incmap_place_kind_text(place->kind));
    incmap__row_text(row, COUNTRY, place->country);
    incmap__row_text(row, REGION, place->admin1);
    incmap__row_text(row, DISTRICT, place->admin2);
    if (place->located) incmap__row_number(row, UNCERT_M, place->coord_uncertainty_m);
    incmap__row_number(row, EXTENT_M, place->extent_radius_m);
    if (place->population >= 0) incmap__row_int(row, POP, place->population);
    if (place->population_year >= 0) incmap__row_int(row, POP_YEAR, place->population_year);
    incmap__row_text(row, COORD_BY, place->coord_method);
    incmap__row_text(row, COORD_SRC, place->coord_source);
    incmap__row_text(row, NAMED_IN, place->named_in);
    incmap__row_text(row, NOTES, place->notes);
    if (place->located) incmap__row_point(row, place->at);
    return st ? st : fill_depth(s, place, row);
}

incmap_status incmap_layer_write_places(incmap_ctx *ctx, const char *path,
                                        const incmap_gazetteer *g, const incmap_border *border,
                                        const incmap_layer_options *options,
                                        incmap_layer_result *result)
{
    struct source source = { .ctx = ctx, .border = border };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !g)
        return incmap__fail(&ctx->error, INCMAP_EARG, "places layer: path or gazetteer is NULL");
    source.names.allocator = &ctx->allocator;
    st = choose_places(&source, g);
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "places",
        .style = &incmap__style_places,
        .type = INCMAP__SHAPE_POINT,
        .columns = columns,
        .column_count = COLUMNS,
        .row_count = source.count,
        .fill = fill,
        .user = &source,
        .title = "Places",
        .abstract = "Places with their names. DEPTH_M is how far the point lies behind the border: "
                    "positive inside the country asked about, negative in the other, NULL where "
                    "the side has no sign; DIST_M is the distance without a sign; BAND_M is the "
                    "plus-minus of either. UNCERT_M is the radius within which the true point is "
                    "believed to lie, EXTENT_M what the place covers; NULL is unknown.",
        .credit = border ? incmap_border_attribution(border) : "",
        .data_date = border ? incmap_border_data_date(border) : "",
        .depths_behind = border,
    };
    if (!st) st = incmap__layer_write(ctx, &plan, options, result);
    incmap__id_list_free(&source.names);
    incmap__free(&ctx->allocator, source.places);
    return st;
}
