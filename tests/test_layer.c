/* SPDX-License-Identifier: MIT */
/* The layers: every record is there, with its ids, and nothing is said that is not known. */
#include "harness.h"

#include <incmap/builtin.h>
#include <incmap/layer.h>

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>

#include "base/context.h"
#include "faulty_tries.h"
#include "faulty_calls.h"
#include "layers/layer_set.h"
#include "layers_read.h"

static incmap_ctx *ctx;
static incmap_gazetteer *gazetteer;
static incmap_border *border;
static incmap_dataset *dataset;

static void setup(void)
{
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    options.log = keep_log;
    logged[0] = '\0';
    calls_work();
    ck_assert_int_eq(incmap_ctx_new(&options, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &gazetteer), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_builtin(ctx, gazetteer, &dataset), INCMAP_OK);
    scratch_make();
}

static void teardown(void)
{
    calls_work();
    scratch_remove();
    incmap_dataset_free(dataset);
    incmap_border_free(border);
    incmap_gazetteer_free(gazetteer);
    incmap_ctx_free(ctx);
}

/* ---- reading a layer back ---- */

static size_t row_of(incmap__shapefile *file, const char *field, const char *text)
{
    for (size_t i = 0; i < incmap__shapefile_count(file); i++)
        if (strcmp(value_of(file, i, field), text) == 0) return i;
    ck_abort_msg("no row with %s %s", field, text);
    return 0;
}

/* A depth as one decimal prints it. */
static void assert_metres(const char *text, double expected)
{
    ck_assert_str_ne(text, "");
    ck_assert_msg(fabs(strtod(text, NULL) - expected) <= 0.0501, "%s for %.3f", text, expected);
}

/* ---- a gazetteer of the tests ---- */

static incmap_place_name some_names[] = {
    { "Kamianka", "en", false },     { "Каменка", "ru", false }, { "Кам\u02BCянка", "uk", false },
    { "Кам\u2019янка", "uk", true }, { "\U0001F33B", "", true },
};

static incmap_place some_place(void)
{
    return (incmap_place){ .key = "k",
                           .kind = INCMAP_PLACE_VILLAGE,
                           .located = true,
                           .at = { .lat = 50.4614, .lon = 35.6025 },
                           .coord_uncertainty_m = 800,
                           .extent_radius_m = NAN,
                           .country = "UA",
                           .names = some_names,
                           .name_count = 5,
                           .population = -1,
                           .population_year = -1 };
}

static incmap_gazetteer *gazetteer_of(const incmap_place *place)
{
    incmap_gazetteer *g = NULL;
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    if (place) ck_assert_int_eq(incmap_gazetteer_add(ctx, g, place), INCMAP_OK);
    return g;
}

/* ---- places ---- */

START_TEST(place_keeps_its_names_and_what_is_unknown_is_null)
{
    const incmap_place place = some_place();
    incmap_gazetteer *g = gazetteer_of(&place);
    incmap_layer_result result = { .features = 9 };
    static const char *const null[] = { "EXTENT_M", "POP",       "POP_YEAR", "REGION", "DISTRICT",
                                        "DEPTH_M",  "DIST_M",    "BAND_M",   "SIDE",   "NOTES",
                                        "ALONG_M",  "SIDE_SURE", "UNMATCHED" };
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, NULL, NULL, &result),
                     INCMAP_OK);
    ck_assert_uint_eq(result.features, 1);
    ck_assert_uint_eq(result.unlocated, 0);
    ck_assert_uint_eq(result.cut_texts, 0);
    incmap__shapefile *file = open_layer("p");
    ck_assert_str_eq(value_of(file, 0, "KEY"), "k");
    ck_assert_str_eq(value_of(file, 0, "NAME_EN"), "Kamianka");
    ck_assert_str_eq(value_of(file, 0, "NAME_RU"), "Каменка");
    ck_assert_str_eq(value_of(file, 0, "NAME_UK"), "Кам\u02BCянка");
    ck_assert_str_eq(value_of(file, 0, "ALT_NAME"), "Кам\u2019янка|\U0001F33B");
    ck_assert_str_eq(value_of(file, 0, "UNCERT_M"), "800.0");
    for (size_t i = 0; i < sizeof null / sizeof *null; i++)
        ck_assert_msg(value_of(file, 0, null[i])[0] == '\0', "%s", null[i]);
    ck_assert_double_eq(shape_of(file, 0).points[0].lon, 35.6025);
    ck_assert_double_eq(shape_of(file, 0).points[0].lat, 50.4614);
    incmap__shapefile_close(file);
    incmap_gazetteer_free(g);
}
END_TEST

START_TEST(name_of_another_language_does_not_stand_in)
{
    incmap_place place = some_place();
    place.name_count = 1;
    incmap_gazetteer *g = gazetteer_of(&place);
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, NULL, NULL, NULL),
                     INCMAP_OK);
    incmap__shapefile *file = open_layer("p");
    ck_assert_str_eq(value_of(file, 0, "NAME_RU"), "");
    ck_assert_str_eq(value_of(file, 0, "NAME_UK"), "");
    ck_assert_str_eq(value_of(file, 0, "ALT_NAME"), "");
    incmap__shapefile_close(file);
    incmap_gazetteer_free(g);
}
END_TEST

START_TEST(depth_has_a_sign_only_where_the_side_has_one)
{
    static const struct {
        const char *why;
        incmap_coord at;
        const char *side;
        int sign;
    } points[] = {
        { "Kozinka", { 50.4614, 35.6025 }, "inside", 1 },
        { "Kharkiv", { 49.98, 36.25 }, "outside", -1 },
        { "Simferopol, in both outlines", { 44.95, 34.10 }, "both", 0 },
        { "Lisbon", { 38.72, -9.14 }, "neither", 0 },
    };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        incmap_place place = some_place();
        incmap_depth depth;
        place.at = points[i].at;
        incmap_gazetteer *g = gazetteer_of(&place);
        ck_assert_int_eq(incmap_border_measure(ctx, border, place.at, 800, &depth), INCMAP_OK);
        ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, border, NULL, NULL),
                         INCMAP_OK);
        incmap__shapefile *file = open_layer("p");
        ck_assert_str_eq(value_of(file, 0, "SIDE"), points[i].side);
        assert_metres(value_of(file, 0, "DIST_M"), fabs(depth.depth_m));
        assert_metres(value_of(file, 0, "BAND_M"), depth.band_m);
        assert_metres(value_of(file, 0, "ALONG_M"), depth.along_m);
        ck_assert_str_eq(value_of(file, 0, "SIDE_SURE"), depth.side_certain ? "1" : "0");
        if (points[i].sign)
            assert_metres(value_of(file, 0, "DEPTH_M"), points[i].sign * fabs(depth.depth_m));
        else
            ck_assert_str_eq(value_of(file, 0, "DEPTH_M"), "");
        incmap__shapefile_close(file);
        incmap_gazetteer_free(g);
    }
}
END_TEST

START_TEST(place_without_a_position_is_there_as_a_null_shape)
{
    incmap_place place = some_place();
    incmap_layer_result result;
    place.located = false;
    place.at = (incmap_coord){ 0, 0 };
    incmap_gazetteer *g = gazetteer_of(&place);
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, border, NULL, &result),
                     INCMAP_OK);
    ck_assert_uint_eq(result.features, 1);
    ck_assert_uint_eq(result.unlocated, 1);
    incmap__shapefile *file = open_layer("p");
    ck_assert_int_eq(shape_of(file, 0).type, INCMAP__SHAPE_NULL);
    ck_assert_str_eq(value_of(file, 0, "DEPTH_M"), "");
    ck_assert_str_eq(value_of(file, 0, "UNCERT_M"), "");
    incmap__shapefile_close(file);
    incmap_gazetteer_free(g);
}
END_TEST

START_TEST(unknown_uncertainty_of_a_place_is_not_measured_as_zero)
{
    incmap_place place = some_place();
    place.coord_uncertainty_m = NAN;
    incmap_gazetteer *g = gazetteer_of(&place);
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, border, NULL, NULL),
                     INCMAP_OK);
    incmap__shapefile *file = open_layer("p");
    ck_assert_str_eq(value_of(file, 0, "UNCERT_M"), "");
    /* a village of unknown extent and uncertainty: at least 2 km */
    ck_assert_double_ge(strtod(value_of(file, 0, "BAND_M"), NULL), 2000);
    incmap__shapefile_close(file);
    incmap_gazetteer_free(g);
}
END_TEST

START_TEST(empty_gazetteer_gives_an_empty_layer)
{
    incmap_gazetteer *g = gazetteer_of(NULL);
    incmap_layer_result result = { .features = 9 };
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, border, NULL, &result),
                     INCMAP_OK);
    ck_assert_uint_eq(result.features, 0);
    ck_assert_int_eq(incmap_layer_write_posts(ctx, scratch_path("q"), g, NULL, NULL), INCMAP_OK);
    incmap__shapefile_close(open_layer("p"));
    incmap__shapefile_close(open_layer("q"));
    incmap_gazetteer_free(g);
}
END_TEST

/* ---- the default data ---- */

START_TEST(every_place_and_post_of_the_default_data_is_in_one_of_two_layers)
{
    incmap_layer_result places, posts;
    ck_assert_int_eq(
        incmap_layer_write_places(ctx, scratch_path("places"), gazetteer, border, NULL, &places),
        INCMAP_OK);
    ck_assert_int_eq(incmap_layer_write_posts(ctx, scratch_path("posts"), gazetteer, NULL, &posts),
                     INCMAP_OK);
    ck_assert_uint_eq(places.features + posts.features, incmap_gazetteer_count(gazetteer));
    incmap__shapefile *in_places = open_layer("places"), *in_posts = open_layer("posts");
    for (size_t i = 0; i < incmap_gazetteer_count(gazetteer); i++) {
        const incmap_place *place = incmap_gazetteer_get(gazetteer, i);
        incmap__shapefile *file = place->kind == INCMAP_PLACE_BORDER_POST ? in_posts : in_places;
        const size_t row = row_of(file, "KEY", place->key);
        ck_assert_str_eq(value_of(file, row, "NAME"), place->names[0].text);
        const incmap__shape shape = shape_of(file, row);
        ck_assert_int_eq(shape.type, place->located ? INCMAP__SHAPE_POINT : INCMAP__SHAPE_NULL);
        if (place->located) {
            ck_assert_double_eq(shape.points[0].lat, place->at.lat);
            ck_assert_double_eq(shape.points[0].lon, place->at.lon);
        }
    }
    const size_t kozinka = row_of(in_places, "KEY", "kozinka");
    ck_assert_str_eq(value_of(in_places, kozinka, "NAME_RU"), "Козинка");
    ck_assert_str_eq(value_of(in_places, kozinka, "SIDE"), "inside");
    /* 1,794 m plus-minus 2: the reference depth of that place */
    ck_assert_double_eq_tol(strtod(value_of(in_places, kozinka, "DEPTH_M"), NULL), 1794, 2);
    incmap__shapefile_close(in_places);
    incmap__shapefile_close(in_posts);
}
END_TEST

/* All parts of a list column, joined again. */
static void join_list(incmap__shapefile *file, size_t row, const char *field, char *text)
{
    char name[16];
    strcpy(text, value_of(file, row, field));
    for (int part = 2; part <= 9; part++) {
        (void)snprintf(name, sizeof name, "%s_%d", field, part);
        if (incmap__shapefile_field(file, name) < 0) return;
        const char *more = value_of(file, row, name);
        if (*more) {
            strcat(text, "|");
            strcat(text, more);
        }
    }
}

static void assert_claims(incmap__shapefile *file, size_t row, const incmap_incident *incident)
{
    char expected[4096] = "", found[4096];
    for (size_t c = 0; c < incident->claim_count; c++) {
        if (c) strcat(expected, "|");
        strcat(expected, incmap_dataset_claim(dataset, incident->claims[c])->id);
    }
    join_list(file, row, "CLAIMS", found);
    ck_assert_str_eq(found, expected);
    ck_assert_uint_eq(strtoul(value_of(file, row, "N_CLAIMS"), NULL, 10), incident->claim_count);
    join_list(file, row, "SOURCES", found);
    ck_assert_str_eq(found, incident->sources);
}

static void assert_depth(incmap__shapefile *file, size_t row, const incmap_incident *incident)
{
    incmap_depth depth;
    incmap_placed placed;
    ck_assert_int_eq(incmap_incident_measure(ctx, incident, border, &depth, &placed), INCMAP_OK);
    if (placed == INCMAP_PLACED_MEASURED) {
        ck_assert_str_eq(value_of(file, row, "PLACED"), "measured");
        ck_assert_str_eq(value_of(file, row, "SIDE"), incmap_side_text(depth.side));
        assert_metres(value_of(file, row, "DIST_M"), fabs(depth.depth_m));
        assert_metres(value_of(file, row, "BAND_M"), depth.band_m);
        if (depth.side == INCMAP_SIDE_INSIDE || depth.side == INCMAP_SIDE_OUTSIDE)
            assert_metres(value_of(file, row, "DEPTH_M"), depth.depth_m);
        else
            ck_assert_str_eq(value_of(file, row, "DEPTH_M"), "");
        return;
    }
    ck_assert_str_eq(value_of(file, row, "PLACED"),
                     placed == INCMAP_PLACED_ON_BORDER ? "on_border" : "nowhere");
    ck_assert_str_eq(value_of(file, row, "DEPTH_M"), "");
    ck_assert_str_eq(value_of(file, row, "DIST_M"), "");
    ck_assert_str_eq(value_of(file, row, "BAND_M"), "");
    ck_assert_str_eq(value_of(file, row, "SIDE"), "");
    ck_assert_str_eq(value_of(file, row, "SIDE_SURE"), "");
}

static void assert_day(const char *text, incmap_day day)
{
    int year, month, mday;
    char expected[48] = "";
    if (day != INCMAP_DAY_OPEN) {
        incmap_day_to_civil(day, &year, &month, &mday);
        (void)snprintf(expected, sizeof expected, "%04d%02d%02d", year, month, mday);
    }
    ck_assert_str_eq(text, expected);
}

START_TEST(every_incident_carries_its_depth_its_days_and_all_its_ids)
{
    incmap_layer_result result;
    ck_assert_int_eq(
        incmap_layer_write_incidents(ctx, scratch_path("i"), dataset, border, NULL, &result),
        INCMAP_OK);
    ck_assert_uint_eq(result.features, incmap_dataset_incident_count(dataset));
    ck_assert_uint_gt(result.features, 20);
    incmap__shapefile *file = open_layer("i");
    for (size_t i = 0; i < result.features; i++) {
        const incmap_incident *incident = incmap_dataset_incident(dataset, i);
        ck_assert_str_eq(value_of(file, i, "ID"), incident->id);
        ck_assert_str_eq(value_of(file, i, "TITLE"), incident->title);
        ck_assert_str_eq(value_of(file, i, "EVENT_TYPE"), incident->event_type);
        ck_assert_str_eq(value_of(file, i, "DATE_PREC"),
                         incmap_date_precision_text(incident->when.precision));
        assert_day(value_of(file, i, "DATE_FROM"), incident->when.earliest);
        assert_day(value_of(file, i, "DATE_TO"), incident->when.before == INCMAP_DAY_OPEN
                                                     ? INCMAP_DAY_OPEN
                                                     : incident->when.before - 1);
        ck_assert_str_eq(value_of(file, i, "PART_OF"),
                         incident->parent == SIZE_MAX
                             ? ""
                             : incmap_dataset_incident(dataset, incident->parent)->id);
        assert_claims(file, i, incident);
        assert_depth(file, i, incident);
    }
    const size_t post = row_of(file, "ID", "bel23_border_post");
    ck_assert_str_eq(value_of(file, post, "PLACED"), "on_border");
    ck_assert_str_eq(value_of(file, post, "DATE_FROM"), "20230522");
    ck_assert_str_eq(value_of(file, post, "DATE_TO"), "20230522");
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(incidents_without_a_border_have_no_depth_and_are_not_said_to_be_measured)
{
    ck_assert_int_eq(
        incmap_layer_write_incidents(ctx, scratch_path("i"), dataset, NULL, NULL, NULL), INCMAP_OK);
    incmap__shapefile *file = open_layer("i");
    for (size_t i = 0; i < incmap__shapefile_count(file); i++) {
        ck_assert_str_eq(value_of(file, i, "DEPTH_M"), "");
        ck_assert_str_eq(value_of(file, i, "SIDE"), "");
        ck_assert_str_ne(value_of(file, i, "PLACED"), "measured");
    }
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(border_layer_has_every_vertex_in_order_and_the_credit)
{
    incmap_layer_result result;
    ck_assert_int_eq(incmap_layer_write_border(ctx, scratch_path("b"), border, NULL, &result),
                     INCMAP_OK);
    ck_assert_uint_eq(result.features, incmap_border_line_count(border));
    incmap__shapefile *file = open_layer("b");
    for (size_t i = 0; i < result.features; i++) {
        incmap_border_line line;
        ck_assert(incmap_border_line_get(border, i, &line));
        incmap_coord *vertices = malloc(line.vertices * sizeof *vertices);
        ck_assert_uint_eq(incmap_border_line_vertices(border, i, vertices, line.vertices),
                          line.vertices);
        const incmap__shape shape = shape_of(file, i);
        ck_assert_uint_eq(shape.point_count, line.vertices);
        ck_assert_mem_eq(shape.points, vertices, line.vertices * sizeof *vertices);
        free(vertices);
        ck_assert_str_eq(value_of(file, i, "CREDIT"), incmap_border_attribution(border));
        ck_assert_str_eq(value_of(file, i, "ACC_BASIS"),
                         incmap_border_accuracy_is_stated(border) ? "stated" : "assumed");
        ck_assert_str_eq(value_of(file, i, "STATUS"), line.unmatched ? "unmatched" : "matched");
        assert_metres(value_of(file, i, "START_M"), line.start_m);
        assert_metres(value_of(file, i, "LENGTH_M"), line.length_m);
        if (line.unmatched)
            assert_metres(value_of(file, i, "SEPAR_M"), line.separation_m);
        else
            ck_assert_str_eq(value_of(file, i, "SEPAR_M"), "");
    }
    incmap__shapefile_close(file);
}
END_TEST

/* Each of the four, by number. */
static incmap_status write_layer(incmap_ctx *with, int which, const char *path,
                                 const incmap_layer_options *options, incmap_layer_result *result)
{
    switch (which) {
    case 0: return incmap_layer_write_places(with, path, gazetteer, border, options, result);
    case 1: return incmap_layer_write_posts(with, path, gazetteer, options, result);
    case 2: return incmap_layer_write_incidents(with, path, dataset, border, options, result);
    default: return incmap_layer_write_border(with, path, border, options, result);
    }
}

enum { LAYERS = 4, SET = 9 };

static const char *const extensions[SET] = { "shp", "shx", "dbf", "prj",       "qix",
                                             "cpg", "qmd", "qml", "fields.csv" };

START_TEST(credit_travels_with_every_layer_that_owes_to_a_border)
{
    size_t size = 0;
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("c"), NULL, NULL), INCMAP_OK);
    char *text = scratch_bytes(scratch_path("c.qmd"), &size);
    ck_assert_ptr_nonnull(strstr(text, "<rights>"));
    ck_assert_ptr_nonnull(strstr(text, "OpenStreetMap"));
    ck_assert_ptr_nonnull(strstr(text, "ODbL"));
    ck_assert_int_eq(strncmp(text, "<!DOCTYPE qgis", 14), 0);
    free(text);
    text = scratch_bytes(scratch_path("c.prj"), &size);
    ck_assert_int_eq(strncmp(text, "GEOGCS[\"GCS_WGS_1984\"", 21), 0);
    free(text);
}
END_TEST

START_TEST(metadata_say_which_country_is_inside_and_whom_else_to_credit)
{
    static const char *const needed[] = {
        "Inside (positive) is Russia, outside (negative) Ukraine.",
        "<rights>Border: (c) OpenStreetMap",
        "<rights>Places: A &amp; B</rights>",
        "<license>Places: A &amp; B</license>",
        "<license>Posts: C</license>",
    };
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    size_t size = 0;

    options.credit = "Places: A & B\nPosts: C";
    ck_assert_int_eq(
        incmap_layer_write_places(ctx, scratch_path("m"), gazetteer, border, &options, NULL),
        INCMAP_OK);
    char *text = scratch_bytes(scratch_path("m.qmd"), &size);
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        ck_assert_msg(strstr(text, needed[i]) != NULL, "%s is not in %s", needed[i], text);
    free(text);
}
END_TEST

START_TEST(same_data_give_the_same_bytes)
{
    char a[32], b[32];
    ck_assert_int_eq(mkdir(scratch_path("a"), 0700), 0);
    ck_assert_int_eq(mkdir(scratch_path("b"), 0700), 0);
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("a/l"), NULL, NULL), INCMAP_OK);
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("b/l"), NULL, NULL), INCMAP_OK);
    for (int e = 0; e < SET; e++) {
        (void)snprintf(a, sizeof a, "a/l.%s", extensions[e]);
        (void)snprintf(b, sizeof b, "b/l.%s", extensions[e]);
        assert_same_file(scratch_path(a), scratch_path(b));
    }
    ck_assert_int_eq(scratch_count(scratch_path("a")), SET);
}
END_TEST

START_TEST(comma_locale_does_not_reach_the_numbers)
{
    size_t size = 0;
    ck_assert_int_eq(write_layer(ctx, 2, scratch_path("point"), NULL, NULL), INCMAP_OK);
    if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") && !setlocale(LC_NUMERIC, "ru_RU.UTF-8")) return;
    ck_assert_int_eq(write_layer(ctx, 2, scratch_path("comma"), NULL, NULL), INCMAP_OK);
    setlocale(LC_NUMERIC, "C");
    assert_same_file(scratch_path("point.dbf"), scratch_path("comma.dbf"));
    free(scratch_bytes(scratch_path("comma.dbf"), &size));
}
END_TEST

/* ---- what does not fit ---- */

struct one_text {
    const char *texts[2];
};

static incmap_status fill_one(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    const struct one_text *one = user;
    (void)i;
    (void)err;
    incmap__row_text(row, 0, "key1");
    incmap__row_text(row, 1, one->texts[0]);
    incmap__row_text(row, 2, one->texts[1]);
    return INCMAP_OK;
}

static const incmap__layer_column one_columns[] = { { "KEY", INCMAP__COLUMN_TEXT, 0 },
                                                    { "TEXT", INCMAP__COLUMN_TEXT, 0 },
                                                    { "IDS", INCMAP__COLUMN_LIST, 0 } };

static incmap_layer_result write_one(const char *text, const char *ids)
{
    struct one_text one = { { text, ids } };
    incmap_layer_result result = { .features = 0 };
    const incmap__layer_plan plan = { .path = scratch_path("one"),
                                      .type = INCMAP__SHAPE_POINT,
                                      .columns = one_columns,
                                      .column_count = 3,
                                      .row_count = 1,
                                      .fill = fill_one,
                                      .user = &one,
                                      .title = "<One> & \"two\"",
                                      .abstract = "\x01\xFF",
                                      .credit = "",
                                      .data_date = "" };
    ck_assert_int_eq(incmap__layer_write(ctx, &plan, NULL, &result), INCMAP_OK);
    return result;
}

START_TEST(long_text_is_cut_between_characters_counted_and_logged)
{
    char text[600] = "", expected[600] = "";
    for (int i = 0; i < 150; i++) {
        strcat(text, "щ");
        if (i < 127) strcat(expected, "щ"); /* 127 letters of two bytes are 254 */
    }
    const incmap_layer_result result = write_one(text, "");
    ck_assert_uint_eq(result.cut_texts, 1);
    ck_assert_ptr_nonnull(strstr(logged, "feature 0 (from 0) key1: TEXT cut at 254 bytes"));
    incmap__shapefile *file = open_layer("one");
    ck_assert_str_eq(value_of(file, 0, "TEXT"), expected);
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(long_list_goes_on_in_further_fields_and_only_past_the_ninth_is_it_cut)
{
    static char ids[8192], found[8192];
    char id[16];
    ids[0] = '\0';
    for (int i = 0; i < 282;
         i++) { /* 31 ids of 8 bytes with their bar fill a field: 9 * 31 = 279 */
        (void)snprintf(id, sizeof id, "%s%07d", i ? "|" : "", i);
        strcat(ids, id);
        if (i == 278) {
            const incmap_layer_result whole = write_one("", ids);
            ck_assert_uint_eq(whole.cut_texts, 0);
            incmap__shapefile *file = open_layer("one");
            join_list(file, 0, "IDS", found);
            ck_assert_str_eq(found, ids);
            ck_assert_int_ge(incmap__shapefile_field(file, "IDS_9"), 0);
            incmap__shapefile_close(file);
        }
    }
    const incmap_layer_result result = write_one("", ids);
    ck_assert_uint_eq(result.cut_texts, 1);
    ck_assert_ptr_nonnull(strstr(logged, "key1: IDS_9 cut"));
    incmap__shapefile *file = open_layer("one");
    join_list(file, 0, "IDS", found);
    ck_assert_uint_eq(strlen(found), 279 * 8 - 1); /* whole ids */
    ck_assert_int_eq(strncmp(found, ids, strlen(found)), 0);
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(long_text_goes_on_in_further_fields_when_asked)
{
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    incmap_layer_result result = { .features = 0 };
    incmap_place place = some_place();
    char notes[700] = "", joined[1024];
    for (int i = 0; i < 100; i++)
        strcat(notes, i % 10 == 9 ? " " : "щы");
    strcat(notes, ".");
    place.notes = notes;
    incmap_gazetteer *g = gazetteer_of(&place);
    options.split_texts = true;
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, NULL, &options, &result),
                     INCMAP_OK);
    ck_assert_uint_eq(result.cut_texts, 0);
    ck_assert_uint_eq(result.split_texts, 1);
    incmap__shapefile *file = open_layer("p");
    strcpy(joined, value_of(file, 0, "NOTES"));
    strcat(joined, value_of(file, 0, "NOTES_2"));
    ck_assert_str_eq(joined, notes);
    incmap__shapefile_close(file);
    incmap_gazetteer_free(g);
}
END_TEST

/* cs2cs EPSG:4326 EPSG:32637 of PROJ 9.1.1 for 50.4614 35.6025; within a millimetre. */
START_TEST(layer_is_written_in_the_system_asked_for)
{
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    const incmap_place place = some_place();
    incmap_gazetteer *g = gazetteer_of(&place);
    size_t size = 0;
    options.crs = "EPSG:32637";
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("p"), g, NULL, &options, NULL),
                     INCMAP_OK);
    incmap__shapefile *file = open_layer("p");
    ck_assert_double_eq_tol(shape_of(file, 0).points[0].lon, 258876.060538661, 1e-3);
    ck_assert_double_eq_tol(shape_of(file, 0).points[0].lat, 5595449.555363669, 1e-3);
    incmap__shapefile_close(file);
    char *text = scratch_bytes(scratch_path("p.qmd"), &size);
    ck_assert_ptr_nonnull(strstr(text, "<authid>EPSG:32637</authid>"));
    free(text);
    options.crs = "EPSG:999999";
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("q"), g, NULL, &options, NULL),
                     INCMAP_ELIBRARY);
    incmap_gazetteer_free(g);
}
END_TEST

START_TEST(metadata_is_xml_whatever_the_texts_hold)
{
    size_t size = 0;
    (void)write_one("x", "");
    char *text = scratch_bytes(scratch_path("one.qmd"), &size);
    ck_assert_ptr_nonnull(strstr(text, "<title>&lt;One&gt; &amp; &quot;two&quot;</title>"));
    ck_assert_ptr_nonnull(strstr(text, "<abstract> \xEF\xBF\xBD</abstract>"));
    free(text);
}
END_TEST

/* ---- what can go wrong ---- */

START_TEST(null_is_refused_and_results_stay)
{
    incmap_layer_result result = { .features = 7 };
    ck_assert_int_eq(incmap_layer_write_places(NULL, "x", gazetteer, NULL, NULL, &result),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_places(ctx, NULL, gazetteer, NULL, NULL, &result),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_places(ctx, "x", NULL, NULL, NULL, &result), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_posts(ctx, "x", NULL, NULL, &result), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_incidents(ctx, "x", NULL, border, NULL, &result),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_write_border(ctx, "x", NULL, NULL, &result), INCMAP_EARG);
    ck_assert_uint_eq(result.features, 7);
}
END_TEST

START_TEST(missing_folder_is_told_by_name)
{
    incmap_layer_result result = { .features = 7 };
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("none/l"), NULL, &result), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "none/"));
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "No such file"));
    ck_assert_uint_eq(result.features, 7);
    ck_assert_int_eq(scratch_count(scratch), 0);
}
END_TEST

START_TEST(no_overwrite_leaves_the_earlier_layer)
{
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    options.no_overwrite = true;
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("l"), &options, NULL), INCMAP_OK);
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("l"), &options, NULL), INCMAP_EEXIST);
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("l"), NULL, NULL), INCMAP_OK);
    ck_assert_int_eq(scratch_count(scratch), SET);
}
END_TEST

START_TEST(index_of_an_earlier_layer_goes_with_it_and_files_of_others_stay)
{
    size_t size = 0;
    scratch_write(scratch_path("l.qix"), "index", 5);
    scratch_write(scratch_path("l.sbn"), "index", 5);
    scratch_write(scratch_path("l.txt"), "notes", 5);
    ck_assert_int_eq(write_layer(ctx, _i, scratch_path("l"), NULL, NULL), INCMAP_OK);
    ck_assert_int_ne(access(scratch_path("l.sbn"), F_OK), 0);
    char *index = scratch_bytes(scratch_path("l.qix"), &size);
    ck_assert_int_eq(strncmp(index, "SQT", 3), 0);
    free(index);
    ck_assert_int_eq(access(scratch_path("l.txt"), F_OK), 0);
    ck_assert_int_eq(scratch_count(scratch), SET + 1);
}
END_TEST

START_TEST(every_failed_allocation_is_out_of_memory_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(300);

    while (faulty_next(&t, NULL)) {
        incmap_layer_result result = { .features = 7 };
        t.st = write_layer(t.ctx, _i, scratch_path("l"), NULL, &result);
        if (t.st) {
            ck_assert_uint_eq(result.features, 7);
            ck_assert_int_eq(scratch_count(scratch), 0);
        }
    }
    faulty_end(&t, 20);
}
END_TEST

/* The earlier layer is that of the tests' own place, in out/; kept/ has its copy. */
static void make_earlier(void)
{
    const incmap_place place = some_place();
    incmap_gazetteer *g = gazetteer_of(&place);
    ck_assert(mkdir(scratch_path("out"), 0700) == 0 || errno == EEXIST);
    ck_assert(mkdir(scratch_path("kept"), 0700) == 0 || errno == EEXIST);
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("out/l"), g, NULL, NULL, NULL),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_layer_write_places(ctx, scratch_path("kept/l"), g, NULL, NULL, NULL),
                     INCMAP_OK);
    incmap_gazetteer_free(g);
}

static void assert_earlier_stands(void)
{
    char out[32], kept[32];
    ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
    for (int e = 0; e < SET; e++) {
        (void)snprintf(out, sizeof out, "out/l.%s", extensions[e]);
        (void)snprintf(kept, sizeof kept, "kept/l.%s", extensions[e]);
        assert_same_file(scratch_path(out), scratch_path(kept));
    }
}

START_TEST(every_failed_system_call_is_told_and_the_earlier_layer_stands)
{
    const int kinds = CALL_OPEN | CALL_WRITE | CALL_SYNC | CALL_CLOSE | CALL_RENAME | CALL_FOLDER;
    long n = 0;
    make_earlier();
    for (; n < 500; n++) {
        incmap_layer_result result = { .features = 7 };
        calls_fail(kinds, n, false, ENOSPC);
        const incmap_status st = write_layer(ctx, _i, scratch_path("out/l"), NULL, &result);
        calls_work();
        /* the last to be closed is the lock, when all is done */
        if (calls.failed == 0 || (st == INCMAP_OK && n > 60)) {
            ck_assert_int_eq(st, INCMAP_OK);
            ck_assert_int_eq(scratch_count(scratch_path("out")), SET);
            break;
        }
        /* PROJ opens its database too, and says so in its own words */
        ck_assert_msg(st == INCMAP_EIO || st == INCMAP_ELIBRARY, "%ld: status %d, %s", n, (int)st,
                      incmap_ctx_message(ctx));
        ck_assert_str_ne(incmap_ctx_message(ctx), "");
        ck_assert_uint_eq(result.features, 7);
        assert_earlier_stands();
    }
    ck_assert_int_gt(n, 20);
    ck_assert_int_lt(n, 500);
}
END_TEST

START_TEST(file_that_grows_past_the_limit_is_an_error_and_the_earlier_layer_stands)
{
    struct rlimit before, small;
    make_earlier();
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &before), 0);
    ck_assert(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
    small = before;
    for (rlim_t bytes = 0; bytes < 4000; bytes += 500) {
        small.rlim_cur = bytes;
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
        const incmap_status st = write_layer(ctx, _i, scratch_path("out/l"), NULL, NULL);
        ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
        ck_assert_int_eq(st, INCMAP_EIO);
        ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), strerror(EFBIG)));
        ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), scratch));
        assert_earlier_stands();
    }
    (void)signal(SIGXFSZ, SIG_DFL);
}
END_TEST

static TCase *records(void)
{
    TCase *tc = tcase_create("records");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, place_keeps_its_names_and_what_is_unknown_is_null);
    tcase_add_test(tc, name_of_another_language_does_not_stand_in);
    tcase_add_test(tc, depth_has_a_sign_only_where_the_side_has_one);
    tcase_add_test(tc, place_without_a_position_is_there_as_a_null_shape);
    tcase_add_test(tc, unknown_uncertainty_of_a_place_is_not_measured_as_zero);
    tcase_add_test(tc, empty_gazetteer_gives_an_empty_layer);
    tcase_add_test(tc, every_place_and_post_of_the_default_data_is_in_one_of_two_layers);
    tcase_add_test(tc, every_incident_carries_its_depth_its_days_and_all_its_ids);
    tcase_add_test(tc, incidents_without_a_border_have_no_depth_and_are_not_said_to_be_measured);
    tcase_add_test(tc, border_layer_has_every_vertex_in_order_and_the_credit);
    tcase_add_test(tc, metadata_say_which_country_is_inside_and_whom_else_to_credit);
    tcase_add_loop_test(tc, credit_travels_with_every_layer_that_owes_to_a_border, 0, LAYERS);
    tcase_add_loop_test(tc, same_data_give_the_same_bytes, 0, LAYERS);
    tcase_add_test(tc, comma_locale_does_not_reach_the_numbers);
    tcase_add_test(tc, long_text_is_cut_between_characters_counted_and_logged);
    tcase_add_test(tc, long_list_goes_on_in_further_fields_and_only_past_the_ninth_is_it_cut);
    tcase_add_test(tc, long_text_goes_on_in_further_fields_when_asked);
    tcase_add_test(tc, layer_is_written_in_the_system_asked_for);
    tcase_add_test(tc, metadata_is_xml_whatever_the_texts_hold);
    return tc;
}

static TCase *faults(void)
{
    TCase *tc = tcase_create("faults");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, null_is_refused_and_results_stay);
    tcase_add_loop_test(tc, missing_folder_is_told_by_name, 0, LAYERS);
    tcase_add_loop_test(tc, no_overwrite_leaves_the_earlier_layer, 0, LAYERS);
    tcase_add_loop_test(tc, index_of_an_earlier_layer_goes_with_it_and_files_of_others_stay, 0,
                        LAYERS);
    tcase_add_loop_test(tc, every_failed_allocation_is_out_of_memory_and_leaks_nothing, 0, LAYERS);
    tcase_add_loop_test(tc, every_failed_system_call_is_told_and_the_earlier_layer_stands, 0,
                        LAYERS);
    tcase_add_loop_test(tc, file_that_grows_past_the_limit_is_an_error_and_the_earlier_layer_stands,
                        0, LAYERS);
    return tc;
}

int main(void)
{
    Suite *suite = suite_create("layer");
    suite_add_tcase(suite, records());
    suite_add_tcase(suite, faults());
    return run_suite(suite);
}
