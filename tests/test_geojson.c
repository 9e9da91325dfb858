/* SPDX-License-Identifier: MIT */
/* GeoJSON files that are right, and all ways in which they can be wrong. */
#include "harness.h"

#include <locale.h>
#include <math.h>

#include "faulty_tries.h"
#include "io/feature_reader.h"
#include "io/geojson.h"
#include "layers_made.h"

static incmap_allocator memory;
static incmap_error err;

static void setup(void)
{
    memory = incmap__allocator_default();
    err = (incmap_error){ INCMAP_OK, "" };
    scratch_make();
}

static void teardown(void)
{
    scratch_remove();
}

/* What a layer came to. */
struct sums {
    size_t features, parts, points;
    double lat, lon;
    char codes[256]; /* each with a ";" behind */
};

static incmap_status add_one(incmap__features *file, struct sums *s)
{
    incmap__shape shape;
    const char *code;
    incmap_status st = incmap__features_text(file, 0, &code, &err);

    if (!st) st = incmap__features_shape(file, &shape, &err);
    if (st) return st;
    ck_assert_uint_eq(incmap__features_number(file), s->features);
    s->features++;
    s->parts += shape.part_count;
    s->points += shape.point_count;
    for (size_t i = 0; i < shape.point_count; i++) {
        s->lat += shape.points[i].lat;
        s->lon += shape.points[i].lon;
    }
    (void)snprintf(s->codes + strlen(s->codes), sizeof s->codes - strlen(s->codes), "%s;", code);
    return st;
}

static incmap_status read_layer(const char *path, incmap__shape_type wanted, struct sums *s)
{
    const incmap__features_query query = { path, wanted, { "A3", NULL } };
    incmap__features *file = NULL;
    bool found = true;
    incmap_status st = incmap__features_open(&file, &query, &memory, &err);

    *s = (struct sums){ .features = 0 };
    while (!st && found) {
        st = incmap__features_next(file, &found, &err);
        if (!st && found) st = add_one(file, s);
    }
    incmap__features_close(file);
    return st;
}

#define SQUARE "[[0,0],[1,0],[1,1],[0,1],[0,0]]"
#define HOLE "[[0.2,0.2],[0.2,0.4],[0.4,0.4],[0.2,0.2]]"

static const struct {
    const char *why, *text, *codes;
    bool lines;
    size_t features, parts, points;
} good[] = {
    { "polygon with a hole",
      "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("AAA",
                                                               POLYGON(SQUARE "," HOLE)) "]}",
      "AAA;", false, 1, 2, 9 },
    { "members in another order, strange ones between, spaces and a mark before",
      "\xEF\xBB\xBF \n{ \"features\" : [ {\"geometry\":" POLYGON(
          SQUARE) ",\"properties\":{\"x\":{\"A3\":\"no\"},\"A3\":\"\\u00c5\"},\"type\":"
                  "\"Feature\"} ] ,\r\n\"bbox\":[0,0,1,1],\"name\":\"}]\",\"type\":"
                  "\"FeatureCollection\" }\n\n",
      "\xC3\x85;", false, 1, 1, 5 },
    { "several polygons, heights, whole numbers and exponents",
      "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
          "A", "{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE
               "],[[[5,5,100],[6e0,5,1],[6,6,2],[5,5,100]]]]}") "]}",
      "A;", false, 1, 2, 9 },
    { "lines in a collection of geometries",
      "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
          "A", "{\"type\":\"GeometryCollection\",\"geometries\":[" LINE("[0,0],[1,1]") "," LINES(
                   "[[2,2],[3,3]],[[4,4],[5,5],[6,6]]") "]}") "]}",
      "A;", true, 1, 3, 7 },
    { "one feature", FEATURE("Q", POLYGON(SQUARE)), "Q;", false, 1, 1, 5 },
    { "one bare geometry", LINE("[0,0],[1,1]"), ";", true, 1, 1, 2 },
    { "null geometries, and none at all",
      "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("A",
                                                               "null") ",{\"type\":\"Feature\","
                                                                       "\"properties\":{"
                                                                       "\"A3\":\"B\"}}]}",
      "A;B;", false, 2, 0, 0 },
    { "codes that are numbers, truth values or null",
      "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"A3\":"
      "643},\"geometry\":null},{\"type\":\"Feature\",\"properties\":{\"A3\":null},\"geometry\":"
      "null},{\"type\":\"Feature\",\"properties\":null,\"geometry\":null}]}",
      "643;;;", false, 3, 0, 0 },
    { "no features", "{\"type\":\"FeatureCollection\",\"features\":[]}", "", false, 0, 0, 0 },
    { "the old way to say WGS 84",
      "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\",\"properties\":{\"name\":"
      "\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":[]}",
      "", false, 0, 0, 0 },
    { "a longitude of 181, as outlines over the antimeridian have",
      "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE(
          "A", POLYGON("[[179,0],[181,0],[181,1],[179,0]]")) "]}",
      "A;", false, 1, 1, 4 },
};

START_TEST(what_is_geojson_is_read)
{
    struct sums s;
    const char *path = write_text("good.json", good[_i].text);
    const incmap_status st =
        read_layer(path, good[_i].lines ? INCMAP__SHAPE_LINE : INCMAP__SHAPE_POLYGON, &s);

    /* The layer without any feature with the field is told by "codes that are numbers" alone. */
    ck_assert_msg(st == INCMAP_OK || (st == INCMAP_EDATA && !strcmp(good[_i].codes, ";")), "%s: %s",
                  good[_i].why, err.message);
    ck_assert_msg(
        s.features == good[_i].features && s.parts == good[_i].parts && s.points == good[_i].points,
        "%s: %zu features, %zu parts, %zu points", good[_i].why, s.features, s.parts, s.points);
    ck_assert_msg(strcmp(s.codes, good[_i].codes) == 0, "%s: %s", good[_i].why, s.codes);
}
END_TEST

#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static const struct {
    const char *why, *text, *message; /* what stands behind the path */
} bad[] = {
    { "empty file", "",
      "line 1, column 1: found the end of the file, expected \"{\", the start of GeoJSON" },
    { "a list", "[1]", "line 1, column 1: found \"[\", expected \"{\", the start of GeoJSON" },
    { "an object of nothing", "{}",
      "found an object of type \"\" without features, expected a FeatureCollection, a Feature or a "
      "geometry" },
    { "a collection without features", "{\"type\":\"FeatureCollection\"}",
      "found an object of type \"FeatureCollection\" without features, expected a "
      "FeatureCollection, "
      "a Feature or a geometry" },
    { "features of something else", "{\"type\":\"Topology\",\"features\":[]}",
      "found an object of type \"Topology\" with features, expected a FeatureCollection, a Feature "
      "or "
      "a geometry" },
    { "features twice", "{\"features\":[],\n\"features\":[]}",
      "line 2, column 12: found \"features\" a second time, expected them once" },
    { "features that are no list", "{\"features\":{}}",
      "line 1, column 13: found \"{\", expected \"[\", the list of features" },
    { "a feature that is no object", COLLECTION("7"), "feature 0 (from 0): expected an object" },
    { "a null feature", COLLECTION("null"), "feature 0 (from 0): expected an object" },
    { "cut off in a number", "{\"type\":\"FeatureCollection\",\"features\":[{\"a\":12",
      "line 1, column 48: found the end of the file, expected the rest of a value" },
    { "cut off between features", "{\"type\":\"FeatureCollection\",\"features\":[{}",
      "line 1, column 43: found the end of the file, expected \",\" or \"]\"" },
    { "no comma between features", COLLECTION("{}{}"),
      "line 1, column 43: found \"{\", expected \",\" or \"]\"" },
    { "a comma too many", COLLECTION("{},"), "found unexpected character, expected JSON" },
    { "no colon", "{\"type\" 1}", "line 1, column 9: found \"1\", expected \":\"" },
    { "a name without quotes", "{type: 1}",
      "line 1, column 2: found \"t\", expected the name of a member" },
    { "more behind the end", "{\"type\":\"FeatureCollection\",\"features\":[]} x",
      "line 1, column 44: found more, expected the end of the file" },
    { "single quotes", "{'type':1}", "expected the name of a member" },
    { "not UTF-8", "{\"type\":\"\xFF\"}", "found invalid utf-8 string, expected JSON" },
    { "another coordinate system",
      "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":{\"type\":\"name\",\"properties\":{"
      "\"name\":\"urn:ogc:def:crs:EPSG::3857\"}}}",
      "found the coordinate system \"urn:ogc:def:crs:EPSG::3857\", expected WGS 84 (CRS84)" },
    { "points", COLLECTION(FEATURE("A", "{\"type\":\"Point\",\"coordinates\":[1,2]}")),
      "feature 0 (from 0): found Point, expected polygons" },
    { "lines where polygons are wanted",
      COLLECTION("{\"geometry\":null}," FEATURE("A", LINE("[1,2],[3,4]"))),
      "feature 1 (from 0): found LineString, expected polygons" },
    { "a geometry without a type", COLLECTION("{\"geometry\":{\"coordinates\":[]}}"),
      "feature 0 (from 0): found a geometry without a type, expected polygons" },
    { "no coordinates", COLLECTION("{\"geometry\":{\"type\":\"Polygon\"}}"),
      "feature 0 (from 0): found coordinates that are no list, expected lists of positions" },
    { "too shallow", COLLECTION(FEATURE("A", POLYGON("[1,2],[3,4]"))),
      "feature 0 (from 0): found 1, expected a position, [lon, lat] in finite numbers" },
    { "a position of one number", COLLECTION(FEATURE("A", POLYGON("[[1],[2,3],[3,4]]"))),
      "feature 0 (from 0): found [ 1 ], expected a position, [lon, lat] in finite numbers" },
    { "a position of texts", COLLECTION(FEATURE("A", POLYGON("[[\"1\",\"2\"]]"))),
      "expected a position, [lon, lat] in finite numbers" },
    { "a position that is null", COLLECTION(FEATURE("A", POLYGON("[[0,0],null]"))),
      "feature 0 (from 0): found null, expected a position, [lon, lat] in finite numbers" },
    { "not a number", COLLECTION(FEATURE("A", POLYGON("[[NaN,2],[3,4],[5,6]]"))), "found " },
    { "a number without end", COLLECTION(FEATURE("A", POLYGON("[[1e999,2],[3,4],[5,6]]"))),
      "expected a position, [lon, lat] in finite numbers" },
    { "beyond the pole", COLLECTION(FEATURE("A", POLYGON("[[1,2],[3,90.0001],[5,6]]"))),
      "feature 0, vertex 1 (from 0): found lat 90.0001, lon 3, expected degrees: lat -90 to 90, "
      "lon "
      "-540 to 540" },
    { "metres for degrees", COLLECTION(FEATURE("A", POLYGON("[[4000000,2],[3,4],[5,6]]"))),
      "feature 0, vertex 0 (from 0): found lat 2, lon 4000000, expected degrees" },
    { "no feature with the field", COLLECTION("{\"properties\":{\"a3\":\"RUS\"}}"),
      "found no field \"A3\"" },
};

START_TEST(what_is_wrong_is_told_with_its_place)
{
    struct sums s;
    const char *path = write_text("bad.geojson", bad[_i].text);
    const incmap_status st = read_layer(path, INCMAP__SHAPE_POLYGON, &s);

    ck_assert_msg(st == INCMAP_EDATA, "%s: %d %s", bad[_i].why, (int)st, err.message);
    ck_assert_msg(strncmp(err.message, path, strlen(path)) == 0, "%s: %s", bad[_i].why,
                  err.message);
    ck_assert_msg(strstr(err.message, bad[_i].message) != NULL, "%s: %s", bad[_i].why, err.message);
}
END_TEST

START_TEST(zero_byte_is_told)
{
    static const char text[] = "{\"type\":\"Feature\",\"geometry\":\0null}";
    struct sums s;

    scratch_write(scratch_path("zero.json"), text, sizeof text - 1);
    ck_assert_int_eq(read_layer(scratch_path("zero.json"), INCMAP__SHAPE_POLYGON, &s),
                     INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(err.message, "line 1, column 30"));
}
END_TEST

START_TEST(brackets_without_end_are_refused_without_running_out_of_stack)
{
    enum { DEEP = 200000 };
    static char text[DEEP + 64];
    struct sums s;
    const size_t head = (size_t)snprintf(text, 64, "{\"type\":\"Polygon\",\"coordinates\":");

    memset(text + head, '[', DEEP);
    scratch_write(scratch_path("deep.json"), text, head + DEEP);
    ck_assert_int_eq(read_layer(scratch_path("deep.json"), INCMAP__SHAPE_POLYGON, &s),
                     INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(err.message, "nesting too deep"));
}
END_TEST

/* Features that lie over the ends of the buffer in every way. */
START_TEST(features_over_the_ends_of_the_buffer_are_whole)
{
    enum { FEATURES = 4000 };
    FILE *f = fopen(scratch_path("long.json"), "wb");
    struct sums s;

    ck_assert_ptr_nonnull(f);
    fputs("{\"type\":\"FeatureCollection\",\"features\":[\n", f);
    for (int i = 0; i < FEATURES; i++)
        fprintf(f,
                "%s{\"type\":\"Feature\",\"properties\":{\"A3\":\"\"},\"geometry\":{\"type\":"
                "\"Polygon\",\"coordinates\":[[[%d.25,1.5],[2.125,3],[%.*f,-1],[0,0]]]}}",
                i ? ",\n" : "", i % 100, i % 13, 1.0);
    fputs("]}", f);
    ck_assert_int_eq(fclose(f), 0);
    ck_assert_int_eq(read_layer(scratch_path("long.json"), INCMAP__SHAPE_POLYGON, &s), INCMAP_OK);
    ck_assert_uint_eq(s.features, FEATURES);
    ck_assert_uint_eq(s.points, 4 * FEATURES);
    /* Sums of binary fractions are exact. */
    ck_assert_double_eq(s.lat, 3.5 * FEATURES);
    ck_assert_double_eq(s.lon, (49.5 + 0.25 + 2.125 + 1) * FEATURES);
}
END_TEST

/* Letters of two, three and four bytes, so that each end of the buffer falls at each byte of some. */
START_TEST(characters_over_the_ends_of_the_buffer_are_whole)
{
    static const char *const letters[] = { "\u0451", "\u20ac", "\U0001F30D" };
    for (int pad = 0; pad < 12; pad++) {
        FILE *file = fopen(scratch_path("long.geojson"), "wb");
        struct sums s;
        ck_assert_ptr_nonnull(file);
        (void)fprintf(file, "%*s{\"type\":\"FeatureCollection\",\"features\":[", pad, "");
        for (int i = 0; i < 3; i++) {
            (void)fprintf(file, "%s{\"type\":\"Feature\",\"properties\":{\"A3\":\"X\",\"t\":\"",
                          i ? "," : "");
            for (int k = 0; k < 100000; k++)
                (void)fputs(letters[i], file);
            (void)fputs("\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}}",
                        file);
        }
        (void)fputs("]}", file);
        ck_assert_int_eq(fclose(file), 0);
        ck_assert_msg(read_layer(scratch_path("long.geojson"), INCMAP__SHAPE_POLYGON, &s) ==
                          INCMAP_OK,
                      "%s", err.message);
        ck_assert_uint_eq(s.features, 3);
    }
}
END_TEST

START_TEST(a_character_that_ends_with_the_file_is_told)
{
    struct sums s;
    scratch_write(scratch_path("cut.geojson"), "{\"type\":\"\xe2\x82", 11);
    ck_assert_int_eq(read_layer(scratch_path("cut.geojson"), INCMAP__SHAPE_POLYGON, &s),
                     INCMAP_EDATA);
}
END_TEST

START_TEST(content_tells_geojson_from_a_shapefile)
{
    static const incmap_coord ring[] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 0 } };
    struct sums s;

    write_text("layer.txt", " \n" COLLECTION(FEATURE("A", POLYGON(SQUARE))));
    ck_assert_int_eq(read_layer(scratch_path("layer.txt"), INCMAP__SHAPE_POLYGON, &s), INCMAP_OK);
    ck_assert_str_eq(s.codes, "A;");
    write_shape("set", INCMAP__SHAPE_POLYGON, ring, 4, "B");
    ck_assert_int_eq(read_layer(scratch_path("set"), INCMAP__SHAPE_POLYGON, &s), INCMAP_OK);
    ck_assert_str_eq(s.codes, "B;");
    ck_assert_int_eq(read_layer(scratch_path("set.shp"), INCMAP__SHAPE_LINE, &s), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(err.message, "found no lines"));
    ck_assert_int_eq(read_layer(scratch_path("none.geojson"), INCMAP__SHAPE_LINE, &s), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "none.geojson: cannot be opened"));
    ck_assert_int_eq(read_layer(scratch, INCMAP__SHAPE_LINE, &s), INCMAP_EIO);
}
END_TEST

START_TEST(shapefile_vertices_beyond_the_pole_are_told_with_their_place)
{
    static const incmap_coord ring[] = { { 0, 0 }, { 1, 0 }, { 90.0001, 1 }, { 0, 0 } };
    struct sums s;

    write_shape("set", INCMAP__SHAPE_POLYGON, ring, 4, "B");
    ck_assert_int_eq(read_layer(scratch_path("set"), INCMAP__SHAPE_POLYGON, &s), INCMAP_EDATA);
    ck_assert_ptr_nonnull(
        strstr(err.message, "feature 0, vertex 2 (from 0): found lat 90.0001, lon 1, expected"));
}
END_TEST

START_TEST(numbers_have_a_point_in_every_locale)
{
    struct sums s;
    const char *path = write_text("good.json", COLLECTION(FEATURE("A", POLYGON(HOLE))));

    /* Where no locale with a decimal comma is installed this is the test above. */
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) setlocale(LC_ALL, "ru_RU.UTF-8");
    ck_assert_int_eq(read_layer(path, INCMAP__SHAPE_POLYGON, &s), INCMAP_OK);
    ck_assert_double_eq_tol(s.lat, 1.2, 1e-15);
    setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    const char *path = write_text("good.json", COLLECTION(FEATURE("A", POLYGON(SQUARE "," HOLE))));
    faulty_tries t = faulty_begin_at_most(100);
    struct sums s;

    while (faulty_next(&t, NULL)) {
        memory = t.memory;
        t.st = read_layer(path, INCMAP__SHAPE_POLYGON, &s);
    }
    ck_assert_uint_eq(s.points, 9);
    faulty_end(&t, 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("geojson");
    TCase *tc = tcase_create("geojson");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, what_is_geojson_is_read, 0, sizeof good / sizeof *good);
    tcase_add_loop_test(tc, what_is_wrong_is_told_with_its_place, 0, sizeof bad / sizeof *bad);
    tcase_add_test(tc, zero_byte_is_told);
    tcase_add_test(tc, brackets_without_end_are_refused_without_running_out_of_stack);
    tcase_add_test(tc, features_over_the_ends_of_the_buffer_are_whole);
    tcase_add_test(tc, characters_over_the_ends_of_the_buffer_are_whole);
    tcase_add_test(tc, a_character_that_ends_with_the_file_is_told);
    tcase_add_test(tc, content_tells_geojson_from_a_shapefile);
    tcase_add_test(tc, shapefile_vertices_beyond_the_pole_are_told_with_their_place);
    tcase_add_test(tc, numbers_have_a_point_in_every_locale);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
