/* SPDX-License-Identifier: MIT */
/* Borders from plain lines: joining, the hand of the inside, and what no side can be told of. */
#include "harness.h"

#include <incmap/border.h>
#include <incmap/distance.h>

#include <math.h>

#include "faulty_tries.h"
#include "fixture_scratch.h"
#include "layers_made.h"
#include "random.h"

static incmap_status load(const char *features, incmap_line_side inside_at, incmap_edges edges,
                          incmap_border **out)
{
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    options.inside_at = inside_at;
    options.edges = edges;
    options.accuracy_m = 10;
    return incmap_border_from_lines(ctx, write_collection("lines.geojson", features), &options,
                                    out);
}

static incmap_border *border_of(const char *features, incmap_line_side inside_at)
{
    incmap_border *b = NULL;
    ck_assert_msg(load(features, inside_at, INCMAP_EDGES_GEODESIC, &b) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    return b;
}

static incmap_depth measure(const incmap_border *b, double lat, double lon)
{
    incmap_depth d;
    ck_assert_int_eq(incmap_border_measure(ctx, b, (incmap_coord){ lat, lon }, 0, &d), INCMAP_OK);
    return d;
}

/* Eastward along the equator, then a sharp turn to the left, back north-westward. */
#define BENT FEATURE("", LINE("[0,0],[1,0],[2,0],[1,1]"))

static const struct {
    const char *why;
    double lat, lon;
    incmap_side left_inside; /* with the inside on the left */
} sides[] = {
    { "left of an edge", 0.01, 0.5, INCMAP_SIDE_INSIDE },
    { "right of an edge", -0.01, 0.5, INCMAP_SIDE_OUTSIDE },
    { "left of a vertex without a turn", 0.01, 1, INCMAP_SIDE_INSIDE },
    { "right of a vertex without a turn", -0.01, 1, INCMAP_SIDE_OUTSIDE },
    { "outside of the sharp turn, before the first edge's perpendicular", -0.01, 2.0,
      INCMAP_SIDE_OUTSIDE },
    { "outside of the sharp turn, in line with the first edge", 0, 2.01, INCMAP_SIDE_OUTSIDE },
    { "outside of the sharp turn, left of the first edge", 0.005, 2.01, INCMAP_SIDE_OUTSIDE },
    { "outside of the sharp turn, right of both", -0.005, 2.01, INCMAP_SIDE_OUTSIDE },
    { "within the sharp turn", 0.05, 1.9, INCMAP_SIDE_INSIDE },
    { "right of the last edge", 0.6, 1.6, INCMAP_SIDE_OUTSIDE },
    { "beyond the line's beginning", 0.01, -0.5, INCMAP_SIDE_UNKNOWN },
    { "beyond the line's end", 1.5, 0.9, INCMAP_SIDE_UNKNOWN },
    { "on the line", 0, 0.5, INCMAP_SIDE_UNKNOWN },
    { "on a vertex", 0, 1, INCMAP_SIDE_UNKNOWN },
};

START_TEST(side_is_the_hand_on_which_the_point_lies)
{
    incmap_border *left = border_of(BENT, INCMAP_LINE_SIDE_LEFT);
    incmap_border *right = border_of(BENT, INCMAP_LINE_SIDE_RIGHT);
    const incmap_depth l = measure(left, sides[_i].lat, sides[_i].lon);
    const incmap_depth r = measure(right, sides[_i].lat, sides[_i].lon);
    const bool told = sides[_i].left_inside != INCMAP_SIDE_UNKNOWN;

    ck_assert_msg(l.side == sides[_i].left_inside, "%s: %s", sides[_i].why,
                  incmap_side_text(l.side));
    ck_assert_msg(r.side == (told ? INCMAP_SIDE_INSIDE + INCMAP_SIDE_OUTSIDE - l.side : l.side),
                  "%s: %s", sides[_i].why, incmap_side_text(r.side));
    ck_assert_double_eq(l.depth_m, told ? -r.depth_m : r.depth_m);
    ck_assert_int_eq(l.depth_m < 0, l.side == INCMAP_SIDE_OUTSIDE);
    if (!told) ck_assert(!l.side_certain);
    incmap_border_free(left);
    incmap_border_free(right);
}
END_TEST

START_TEST(without_a_stated_hand_no_side_is_told)
{
    incmap_border *b = border_of(BENT, INCMAP_LINE_SIDE_UNKNOWN);
    incmap_depth d = measure(b, -0.01, 0.5);

    ck_assert(!incmap_border_has_sides(b));
    ck_assert_int_eq(d.side, INCMAP_SIDE_UNKNOWN);
    ck_assert(!d.side_certain);
    /* 0.01 degree of the meridian at the equator: 0.01 pi/180 b^2/a = 1105.743 m */
    ck_assert_double_eq_tol(d.depth_m, 1105.743, 1e-3);
    ck_assert_double_eq(d.band_m, 10);
    ck_assert_int_eq(incmap_border_prepare(ctx, b), INCMAP_OK);
    ck_assert_double_eq(measure(b, -0.01, 0.5).depth_m, d.depth_m);
    ck_assert_str_eq(incmap_border_inside(b), "one side of the line");
    incmap_border_free(b);
    b = border_of(BENT, INCMAP_LINE_SIDE_RIGHT);
    ck_assert(incmap_border_has_sides(b));
    ck_assert(!incmap_border_has_sides(NULL));
    ck_assert_str_eq(incmap_border_inside(b), "right of the line");
    ck_assert_str_eq(incmap_border_outside(b), "left of the line");
    ck_assert_str_eq(incmap_border_name(b), "border of plain lines");
    incmap_border_free(b);
}
END_TEST

START_TEST(side_is_certain_only_when_it_is_the_same_all_over_the_band)
{
    incmap_border *b = border_of(BENT, INCMAP_LINE_SIDE_LEFT);
    incmap_depth d;

    ck_assert(measure(b, 0.01, 0.5).side_certain);
    ck_assert(!measure(b, 0.00001, 0.5).side_certain); /* 1 m off, within the 10 m of the data */
    /* 2 km from the line, known to 1.1 km, and only 1 km from where its beginning leaves the side open */
    ck_assert_int_eq(incmap_border_measure(ctx, b, (incmap_coord){ 0.02, 0.009 }, 1100, &d),
                     INCMAP_OK);
    ck_assert_int_eq(d.side, INCMAP_SIDE_INSIDE);
    ck_assert(!d.side_certain);
    ck_assert_int_eq(incmap_border_measure(ctx, b, (incmap_coord){ 0.02, 0.03 }, 1100, &d),
                     INCMAP_OK);
    ck_assert(d.side_certain);
    incmap_border_free(b);
}
END_TEST

/* The same line whole, in pieces out of order, in pieces of a multi-line, and of a straight line. */
static const char *const pieces[] = {
    FEATURE("", LINE("[30,50],[31,51],[32,50.5],[33,51.5],[34,51]")),
    FEATURE("", LINE("[32,50.5],[33,51.5],[34,51]")) "," FEATURE(
        "", LINE("[30,50],[31,51]")) "," FEATURE("", LINE("[31,51],[32,50.5]")),
    FEATURE("", LINES("[[31,51],[32,50.5],[33,51.5]],[[33,51.5],[34,51]],[[30,50],[31,51]]")),
};

START_TEST(line_in_pieces_is_the_same_border_as_the_whole)
{
    incmap_border *whole = border_of(pieces[0], INCMAP_LINE_SIDE_LEFT);
    incmap_border *b = border_of(pieces[_i], INCMAP_LINE_SIDE_LEFT);
    test_random r = { test_seed(51) };
    incmap_border_line line;

    ck_assert_uint_eq(incmap_border_line_count(b), 1);
    ck_assert(incmap_border_line_get(b, 0, &line));
    ck_assert_uint_eq(line.vertices, 5);
    for (int i = 0; i < 500; i++) {
        const double lat = random_between(&r, 48, 53), lon = random_between(&r, 28, 36);
        const incmap_depth a = measure(whole, lat, lon), c = measure(b, lat, lon);
        ck_assert_double_eq(a.depth_m, c.depth_m);
        ck_assert_double_eq(a.along_m, c.along_m);
        ck_assert_int_eq(a.side, c.side);
        ck_assert_int_eq(a.side_certain, c.side_certain);
    }
    incmap_border_free(whole);
    incmap_border_free(b);
}
END_TEST

START_TEST(border_in_two_pieces_that_do_not_touch_has_two_lines)
{
    incmap_border *b =
        border_of(FEATURE("", LINES("[[0,0],[1,0]],[[2,0],[3,0]]")), INCMAP_LINE_SIDE_LEFT);
    incmap_border_line first, second;

    ck_assert_uint_eq(incmap_border_line_count(b), 2);
    ck_assert(incmap_border_line_get(b, 0, &first) && incmap_border_line_get(b, 1, &second));
    ck_assert_double_eq_tol(second.start_m, first.length_m, 1e-9);
    ck_assert_int_eq(measure(b, 0.1, 2.5).line, 1);
    ck_assert_int_eq(measure(b, 0.1, 1.4).side, INCMAP_SIDE_UNKNOWN); /* in the gap */
    incmap_border_free(b);
}
END_TEST

/* A ring drawn as a line, counter-clockwise, in two pieces: its left is the area in it. */
START_TEST(closed_line_has_a_side_everywhere)
{
    incmap_border *b =
        border_of(FEATURE("", LINE("[0,0],[1,0],[1,1]")) "," FEATURE("", LINE("[1,1],[0,1],[0,0]")),
                  INCMAP_LINE_SIDE_LEFT);
    test_random r = { test_seed(52) };

    ck_assert_uint_eq(incmap_border_line_count(b), 1);
    for (int i = 0; i < 2000; i++) {
        const double lat = random_between(&r, -1, 2), lon = random_between(&r, -1, 2);
        /* The north edge bulges by 17 m: points that near it are left out. */
        const bool near = fabs(lat - 1) < 2e-4 && lon > 0 && lon < 1;
        const bool in = lat > 0 && lat < 1 && lon > 0 && lon < 1;
        if (near) continue;
        ck_assert_msg(measure(b, lat, lon).side == (in ? INCMAP_SIDE_INSIDE : INCMAP_SIDE_OUTSIDE),
                      "%.6f %.6f", lat, lon);
    }
    incmap_border_free(b);
}
END_TEST

START_TEST(edges_of_no_length_and_doubled_vertices_do_not_disturb)
{
    incmap_border *plain = border_of(BENT, INCMAP_LINE_SIDE_LEFT);
    incmap_border *doubled =
        border_of(FEATURE("", LINE("[0,0],[0,0],[1,0],[1,0],[1,0],[2,0],[2,0],[1,1],[1,1]")),
                  INCMAP_LINE_SIDE_LEFT);

    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        const incmap_depth a = measure(plain, sides[i].lat, sides[i].lon);
        const incmap_depth b = measure(doubled, sides[i].lat, sides[i].lon);
        /* Another tree, another order of search: the last bits may differ. */
        ck_assert_double_eq_tol(a.depth_m, b.depth_m, 1e-8);
        ck_assert_msg(a.side == b.side, "%s: %s", sides[i].why, incmap_side_text(b.side));
    }
    incmap_border_free(plain);
    incmap_border_free(doubled);
}
END_TEST

START_TEST(line_over_the_antimeridian_goes_the_short_way)
{
    incmap_border *b = border_of(FEATURE("", LINE("[179,10],[-179,10]")), INCMAP_LINE_SIDE_LEFT);
    incmap_border *past = border_of(FEATURE("", LINE("[179,10],[181,10]")), INCMAP_LINE_SIDE_LEFT);
    const incmap_depth d = measure(b, 10.5, 180);

    ck_assert_int_eq(d.side, INCMAP_SIDE_INSIDE);
    ck_assert_double_lt(d.depth_m, 60e3);
    ck_assert_double_eq_tol(measure(past, 10.5, -180).depth_m, d.depth_m, 1e-6);
    incmap_border_free(b);
    incmap_border_free(past);
}
END_TEST

/* The parallel of 49 degrees from the Lake of the Woods to the Strait of Georgia, of two vertices. */
START_TEST(straight_edge_follows_the_parallel_where_a_geodesic_leaves_it_by_kilometres)
{
    const char *parallel = FEATURE("", LINE("[-123.3222,49],[-95.1533,49]"));
    incmap_border *straight = NULL, *geodesic = border_of(parallel, INCMAP_LINE_SIDE_RIGHT);
    double most = 0;

    ck_assert_int_eq(load(parallel, INCMAP_LINE_SIDE_RIGHT, INCMAP_EDGES_STRAIGHT, &straight),
                     INCMAP_OK);
    for (double lon = -123; lon < -95.2; lon += 0.37) {
        const incmap_depth on = measure(straight, 49, lon);
        const incmap_depth south = measure(straight, 48.9, lon);
        const incmap_depth by_geodesic = measure(geodesic, 49, lon);
        ck_assert_double_lt(fabs(on.depth_m), 1e-3); /* what cutting promises */
        ck_assert_int_eq(south.side, INCMAP_SIDE_INSIDE);
        /* A tenth of a degree of the meridian, by GeographicLib's GeodSolve: 11120.877 m. */
        ck_assert_double_eq_tol(south.depth_m, 11120.877, 2e-3);
        most = fmax(most, by_geodesic.depth_m);
    }
    /* 96,360 m by GeographicLib's exact geodesics (tests/test_straight.c). */
    ck_assert_double_gt(most, 96e3);
    incmap_border_free(straight);
    incmap_border_free(geodesic);
}
END_TEST

START_TEST(shapefile_gives_what_geojson_gives)
{
    static const incmap_coord line[] = { { 0, 0 }, { 0, 1 }, { 0, 2 }, { 1, 1 } };
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    incmap_border *a = border_of(BENT, INCMAP_LINE_SIDE_LEFT), *b = NULL;

    options.inside_at = INCMAP_LINE_SIDE_LEFT;
    options.name = "front";
    options.attribution = "me";
    options.data_date = "2024-05";
    options.inside_name = "Here";
    options.outside_name = "There";
    ck_assert_int_eq(incmap_border_from_lines(
                         ctx, write_shape("line", INCMAP__SHAPE_LINE, line, 4, "x"), &options, &b),
                     INCMAP_OK);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        ck_assert_double_eq(measure(a, sides[i].lat, sides[i].lon).depth_m,
                            measure(b, sides[i].lat, sides[i].lon).depth_m);
    ck_assert_str_eq(incmap_border_name(b), "front");
    ck_assert_str_eq(incmap_border_attribution(b), "me");
    ck_assert_str_eq(incmap_border_data_date(b), "2024-05");
    ck_assert_str_eq(incmap_border_inside(b), "Here");
    ck_assert_str_eq(incmap_border_outside(b), "There");
    ck_assert_double_eq(incmap_border_accuracy_m(b), 100);
    ck_assert(!incmap_border_accuracy_is_stated(b));
    incmap_border_free(b);
    b = NULL;
    options.accuracy_m = 100; /* the same figure, but somebody says it */
    ck_assert_int_eq(incmap_border_from_lines(
                         ctx, write_shape("line", INCMAP__SHAPE_LINE, line, 4, "x"), &options, &b),
                     INCMAP_OK);
    ck_assert(incmap_border_accuracy_is_stated(b));
    ck_assert(!incmap_border_accuracy_is_stated(NULL));
    incmap_border_free(a);
    incmap_border_free(b);
}
END_TEST

START_TEST(many_answers_equal_single_ones)
{
    enum { MANY = 9000 };
    static incmap_coord points[MANY];
    static incmap_depth many[MANY];
    incmap_border *b = border_of(BENT, INCMAP_LINE_SIDE_LEFT);
    test_random r = { test_seed(53) };

    for (int i = 0; i < MANY; i++)
        points[i] = (incmap_coord){ random_between(&r, -2, 3), random_between(&r, -2, 4) };
    ck_assert_int_eq(incmap_border_measure_many(ctx, b, points, NULL, MANY, many), INCMAP_OK);
    for (int i = 0; i < MANY; i += 7) {
        const incmap_depth one = measure(b, points[i].lat, points[i].lon);
        ck_assert_double_eq_tol(one.depth_m, many[i].depth_m, 1e-8);
        ck_assert_int_eq(one.side, many[i].side);
        ck_assert_int_eq(one.side_certain, many[i].side_certain);
    }
    incmap_border_free(b);
}
END_TEST

static const struct {
    const char *why, *features;
    incmap_line_side inside_at;
    incmap_status status;
    const char *message;
} refused[] = {
    { "no line", "", INCMAP_LINE_SIDE_LEFT, INCMAP_ENOTFOUND,
      ": found no line, expected one or more" },
    { "no geometry", FEATURE("", "null"), INCMAP_LINE_SIDE_LEFT, INCMAP_ENOTFOUND,
      ": found no line, expected one or more" },
    { "a line of no vertex", FEATURE("", LINE("")), INCMAP_LINE_SIDE_LEFT, INCMAP_ENOTFOUND,
      ": found no line, expected one or more" },
    { "a line of one vertex", FEATURE("", LINE("[1,2]")), INCMAP_LINE_SIDE_LEFT, INCMAP_EDATA,
      ": feature 0 (from 0): found a line of 1 vertices, expected 2 or more" },
    { "polygons", FEATURE("", POLYGON("[[0,0],[1,0],[1,1],[0,0]]")), INCMAP_LINE_SIDE_LEFT,
      INCMAP_EDATA, ": feature 0 (from 0): found Polygon, expected lines" },
    { "beyond the pole", FEATURE("", LINE("[1,2],[3,-90.0001]")), INCMAP_LINE_SIDE_LEFT,
      INCMAP_EDATA, ": feature 0, vertex 1 (from 0): found lat -90.0001, lon 3" },
    { "head to head", FEATURE("", LINES("[[0,0],[1,0]],[[2,0],[1,0]]")), INCMAP_LINE_SIDE_LEFT,
      INCMAP_EDATA,
      "lines 0 and 1 (from 0) both end at lat 0, lon 1: found opposite directions, expected one, "
      "as "
      "the side is told by it" },
    { "back to back", FEATURE("", LINES("[[1,0],[0,0]],[[1,0],[2,0]]")), INCMAP_LINE_SIDE_RIGHT,
      INCMAP_EDATA, "lines 0 and 1 (from 0) both begin at lat 0, lon 1" },
    { "no hand", BENT, (incmap_line_side)7, INCMAP_EARG, "inside at 7" },
};

START_TEST(lines_that_make_no_border_are_refused_with_the_reason)
{
    incmap_border *b = NULL;
    const incmap_status st =
        load(refused[_i].features, refused[_i].inside_at, INCMAP_EDGES_GEODESIC, &b);

    ck_assert_msg(st == refused[_i].status, "%s: %d %s", refused[_i].why, (int)st,
                  incmap_ctx_message(ctx));
    ck_assert_ptr_null(b);
    ck_assert_msg(strstr(incmap_ctx_message(ctx), refused[_i].message) != NULL, "%s: %s",
                  refused[_i].why, incmap_ctx_message(ctx));
}
END_TEST

START_TEST(lines_head_to_head_are_no_fault_where_no_side_is_told)
{
    incmap_border *b =
        border_of(FEATURE("", LINES("[[0,0],[1,0]],[[2,0],[1,0]]")), INCMAP_LINE_SIDE_UNKNOWN);
    ck_assert_uint_eq(incmap_border_line_count(b), 2);
    incmap_border_free(b);
}
END_TEST

START_TEST(straight_edges_around_the_world_without_number_are_refused)
{
    static char text[1 << 16];
    size_t used = 0;
    incmap_border *b = NULL;

    /* Each of these edges takes some ten thousands of pieces. */
    for (int i = 0; i < 4000 && used + 32 < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s[%d,%d]", i ? "," : "",
                                 i % 2 ? 170 : 0, i % 2 ? 70 : 10);
    {
        static char feature[(1 << 16) + 200];
        (void)snprintf(feature, sizeof feature, "{\"type\":\"LineString\",\"coordinates\":[%s]}",
                       text);
        write_text("world.json", feature);
    }
    {
        incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
        options.edges = INCMAP_EDGES_STRAIGHT;
        ck_assert_int_eq(incmap_border_from_lines(ctx, scratch_path("world.json"), &options, &b),
                         INCMAP_EDATA);
    }
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "straight edges so long"));
    ck_assert_ptr_null(b);
}
END_TEST

START_TEST(null_where_the_header_forbids_it_is_refused)
{
    incmap_border *b = NULL;
    ck_assert_int_eq(incmap_border_from_lines(NULL, "x", NULL, &b), INCMAP_EARG);
    ck_assert_int_eq(incmap_border_from_lines(ctx, NULL, NULL, &b), INCMAP_EARG);
    ck_assert_int_eq(incmap_border_from_lines(ctx, "x", NULL, NULL), INCMAP_EARG);
    ck_assert_ptr_null(b);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    const char *path = write_collection("lines.geojson", pieces[1]);
    faulty_tries t = faulty_begin_at_most(200);
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    incmap_border *b = NULL;

    options.inside_at = INCMAP_LINE_SIDE_LEFT;
    while (faulty_next(&t, b))
        t.st = incmap_border_from_lines(t.ctx, path, &options, &b);
    incmap_border_free(b);
    faulty_end(&t, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("border_lines");
    TCase *tc = tcase_create("border_lines");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, side_is_the_hand_on_which_the_point_lies, 0,
                        sizeof sides / sizeof *sides);
    tcase_add_test(tc, without_a_stated_hand_no_side_is_told);
    tcase_add_test(tc, side_is_certain_only_when_it_is_the_same_all_over_the_band);
    tcase_add_loop_test(tc, line_in_pieces_is_the_same_border_as_the_whole, 0,
                        sizeof pieces / sizeof *pieces);
    tcase_add_test(tc, border_in_two_pieces_that_do_not_touch_has_two_lines);
    tcase_add_test(tc, closed_line_has_a_side_everywhere);
    tcase_add_test(tc, edges_of_no_length_and_doubled_vertices_do_not_disturb);
    tcase_add_test(tc, line_over_the_antimeridian_goes_the_short_way);
    tcase_add_test(tc, straight_edge_follows_the_parallel_where_a_geodesic_leaves_it_by_kilometres);
    tcase_add_test(tc, shapefile_gives_what_geojson_gives);
    tcase_add_test(tc, many_answers_equal_single_ones);
    tcase_add_loop_test(tc, lines_that_make_no_border_are_refused_with_the_reason, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(tc, lines_head_to_head_are_no_fault_where_no_side_is_told);
    tcase_add_test(tc, straight_edges_around_the_world_without_number_are_refused);
    tcase_add_test(tc, null_where_the_header_forbids_it_is_refused);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
