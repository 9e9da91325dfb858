/* SPDX-License-Identifier: MIT */
/* Border posts, as points. They bear no depth: most positions were computed from the border. */
#include <math.h>

#include "layers/layer_set.h"
#include "layers/place_row.h"

/* What a side has, in the order of its columns. */
enum side_column { COUNTRY, NAME_EN, NAME, REGION, PLACE, SIDE_COLUMNS };

enum column {
    KEY,
    TITLE,
    TITLE_RU,
    TITLE_UK,
    SIDE_1,
    SIDE_2 = SIDE_1 + SIDE_COLUMNS,
    MODES = SIDE_2 + SIDE_COLUMNS,
    CATEGORY,
    STATUS,
    PAIR_BASIS,
    POS_METHOD,
    ON_BORDER,
    UNCERT_M,
    COORD_SRC,
    NOTES,
    COLUMNS
};

/* In the order of the enumeration. */
static const incmap__layer_column columns[COLUMNS] = {
    { "KEY", INCMAP__COLUMN_TEXT, 0 },        { "NAME", INCMAP__COLUMN_TEXT, 0 },
    { "NAME_RU", INCMAP__COLUMN_TEXT, 0 },    { "NAME_UK", INCMAP__COLUMN_TEXT, 0 },
    { "COUNTRY_1", INCMAP__COLUMN_TEXT, 0 },  { "NAME_EN_1", INCMAP__COLUMN_TEXT, 0 },
    { "NAME_1", INCMAP__COLUMN_TEXT, 0 },     { "REGION_1", INCMAP__COLUMN_TEXT, 0 },
    { "PLACE_1", INCMAP__COLUMN_TEXT, 0 },    { "COUNTRY_2", INCMAP__COLUMN_TEXT, 0 },
    { "NAME_EN_2", INCMAP__COLUMN_TEXT, 0 },  { "NAME_2", INCMAP__COLUMN_TEXT, 0 },
    { "REGION_2", INCMAP__COLUMN_TEXT, 0 },   { "PLACE_2", INCMAP__COLUMN_TEXT, 0 },
    { "MODES", INCMAP__COLUMN_LIST, 0 },      { "CATEGORY", INCMAP__COLUMN_TEXT, 0 },
    { "STATUS", INCMAP__COLUMN_TEXT, 0 },     { "PAIR_BASIS", INCMAP__COLUMN_TEXT, 0 },
    { "POS_METHOD", INCMAP__COLUMN_TEXT, 0 }, { "ON_BORDER", INCMAP__COLUMN_INT, 0 },
    { "UNCERT_M", INCMAP__COLUMN_NUMBER, 1 }, { "COORD_SRC", INCMAP__COLUMN_TEXT, 0 },
    { "NOTES", INCMAP__COLUMN_TEXT, 0 },
};

static void fill_side(incmap__layer_row *row, size_t first, const incmap_post_side *side)
{
    incmap__row_text(row, first + COUNTRY, side->country);
    incmap__row_text(row, first + NAME_EN, side->name_en);
    incmap__row_text(row, first + NAME, side->name_native);
    incmap__row_text(row, first + REGION, side->admin1);
    incmap__row_text(row, first + PLACE, side->place_key);
}

static void fill_post(incmap__layer_row *row, const incmap_place *place, const incmap_post *post)
{
    fill_side(row, SIDE_1, &post->sides[0]);
    fill_side(row, SIDE_2, &post->sides[1]);
    incmap__row_text(row, MODES, post->modes);
    incmap__row_text(row, CATEGORY, post->category);
    incmap__row_text(row, STATUS, post->status);
    incmap__row_text(row, PAIR_BASIS, post->pair_basis);
    incmap__row_text(row, POS_METHOD, post->method);
    if (place->located) incmap__row_int(row, ON_BORDER, post->on_border);
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    const incmap_place *const *posts = user;
    const incmap_place *place = posts[i];

    (void)err;
    incmap__row_text(row, KEY, place->key);
    incmap__row_text(row, TITLE, place->names[0].text);
    incmap__row_text(row, TITLE_RU, incmap__place_own_name(place, "ru"));
    incmap__row_text(row, TITLE_UK, incmap__place_own_name(place, "uk"));
    if (place->post) fill_post(row, place, place->post);
    if (place->located) incmap__row_number(row, UNCERT_M, place->coord_uncertainty_m);
    incmap__row_text(row, COORD_SRC, place->coord_source);
    incmap__row_text(row, NOTES, place->notes);
    if (place->located) incmap__row_point(row, place->at);
    return INCMAP_OK;
}

static const char credit_if_computed[] =
    "Where ON_BORDER is 1 the position was computed from a border, and the credit of that border's "
    "data goes with it; for the default data: © OpenStreetMap contributors, ODbL 1.0";

static size_t choose_posts(const incmap_gazetteer *g, const incmap_place **posts,
                           bool *any_computed)
{
    size_t n = 0;
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *place = incmap_gazetteer_get(g, i);
        if (place->kind != INCMAP_PLACE_BORDER_POST) continue;
        posts[n++] = place;
        *any_computed = *any_computed || (place->post && place->post->on_border);
    }
    return n;
}

incmap_status incmap_layer_write_posts(incmap_ctx *ctx, const char *path, const incmap_gazetteer *g,
                                       const incmap_layer_options *options,
                                       incmap_layer_result *result)
{
    const incmap_place **posts;
    bool any_computed = false;
    size_t n;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !g)
        return incmap__fail(&ctx->error, INCMAP_EARG, "posts layer: path or gazetteer is NULL");
    posts = incmap__alloc(&ctx->allocator, incmap_gazetteer_count(g), sizeof *posts);
    if (!posts) return incmap__fail_memory(&ctx->error);
    n = choose_posts(g, posts, &any_computed);
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "border_posts",
        .style = &incmap__style_posts,
        .type = INCMAP__SHAPE_POINT,
        .columns = columns,
        .column_count = COLUMNS,
        .row_count = n,
        .fill = fill,
        .user = posts,
        .title = "Border posts",
        .abstract =
            "Border posts with the names on both sides. ON_BORDER 1: the position was "
            "computed from a border, so that it lies on it by construction. A post is a "
            "circle of UNCERT_M, not a surveyed site; without a point nobody has placed it.",
        .credit = any_computed ? credit_if_computed : "",
        .data_date = "",
    };
    st = incmap__layer_write(ctx, &plan, options, result);
    incmap__free(&ctx->allocator, posts);
    return st;
}
