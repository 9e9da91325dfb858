/* SPDX-License-Identifier: MIT */
/* Borders from countries' layers of all kinds: enclaves with and without holes, polygons that touch or cover
 * one another, straight edges, GeoJSON beside shapefiles, and what is said when there is no border. */
#include "harness.h"

#include <incmap/border.h>

#include <math.h>

#include "faulty_tries.h"
#include "fixture_scratch.h"
#include "layers_made.h"
#include "random.h"

static incmap_border *between(const char *path, const char *inside, const char *outside,
                              const incmap_border_options *options)
{
    incmap_border *b = NULL;
    ck_assert_msg(incmap_border_between(ctx, path, "A3", inside, outside, options, &b) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    return b;
}

static incmap_depth measure(const incmap_border *b, double lat, double lon)
{
    incmap_depth d;
    ck_assert_int_eq(incmap_border_measure(ctx, b, (incmap_coord){ lat, lon }, 0, &d), INCMAP_OK);
    return d;
}

/* ---- Baarle ---- */

static const char *baarle(const char *name)
{
    static char path[1024];
    (void)snprintf(path, sizeof path, "%s/tests/reference/%s", getenv("INCMAP_TEST_SOURCE"), name);
    return path;
}

/* Within the largest of the exclaves, and in the Netherlands between them. */
static const incmap_coord baarle_hertog = { 51.4358, 4.9315 }, baarle_nassau = { 51.4300, 4.9500 };

START_TEST(exclaves_in_holes_are_border_all_around_and_have_sides)
{
    incmap_border *b = between(baarle("baarle_holes.geojson"), "NLD", "BEL", NULL);
    incmap_border_line line;

    ck_assert_uint_eq(incmap_border_line_count(b), 20);
    for (size_t i = 0; incmap_border_line_get(b, i, &line); i++) {
        incmap_coord ends[512];
        const size_t n = incmap_border_line_vertices(b, i, ends, 512);
        ck_assert(!line.unmatched && !line.enclosed);
        ck_assert(ends[0].lat == ends[n - 1].lat && ends[0].lon == ends[n - 1].lon);
    }
    ck_assert_int_eq(measure(b, baarle_hertog.lat, baarle_hertog.lon).side, INCMAP_SIDE_OUTSIDE);
    ck_assert_int_eq(measure(b, baarle_nassau.lat, baarle_nassau.lon).side, INCMAP_SIDE_INSIDE);
    incmap_border_free(b);
}
END_TEST

START_TEST(exclaves_without_holes_are_border_too_and_said_to_be_in_both)
{
    incmap_border *holes = between(baarle("baarle_holes.geojson"), "NLD", "BEL", NULL);
    incmap_border *b = between(baarle("baarle.geojson"), "NLD", "BEL", NULL);
    test_random r = { test_seed(71) };
    double along_m = 0;
    incmap_border_line line;
    int exclave = 0;

    ck_assert_uint_eq(incmap_border_line_count(b), 20);
    for (size_t i = 0; incmap_border_line_get(b, i, &line); i++) {
        ck_assert(line.enclosed && !line.unmatched);
        ck_assert_int_eq(line.outline, INCMAP_SIDE_OUTSIDE);
        ck_assert_double_eq_tol(line.start_m, along_m, 1e-6);
        along_m += line.length_m;
    }
    for (int i = 0; i < 2000; i++) {
        const double lat = random_between(&r, 51.39, 51.49), lon = random_between(&r, 4.81, 5.04);
        const incmap_depth with = measure(holes, lat, lon), without = measure(b, lat, lon);
        ck_assert_double_eq_tol(fabs(with.depth_m), fabs(without.depth_m), 1e-8);
        ck_assert_int_eq(without.side,
                         with.side == INCMAP_SIDE_OUTSIDE ? INCMAP_SIDE_BOTH : INCMAP_SIDE_INSIDE);
        exclave += with.side == INCMAP_SIDE_OUTSIDE;
    }
    ck_assert_int_gt(exclave, 10);
    incmap_border_free(holes);
    incmap_border_free(b);
}
END_TEST

static incmap_side swapped_side(incmap_side side)
{
    return side == INCMAP_SIDE_INSIDE    ? INCMAP_SIDE_OUTSIDE
           : side == INCMAP_SIDE_OUTSIDE ? INCMAP_SIDE_INSIDE
                                         : side;
}

static const char *const layers_to_swap[] = { "baarle.geojson", "baarle_holes.geojson" };

START_TEST(exchanging_the_countries_exchanges_the_sides_and_nothing_else)
{
    const char *path = baarle(layers_to_swap[_i]);
    incmap_border *a = between(path, "nld", "bel", NULL), *b = between(path, "BEL", "NLD", NULL);
    test_random r = { test_seed(72) };

    for (int i = 0; i < 2000; i++) {
        const double lat = random_between(&r, 51.39, 51.49), lon = random_between(&r, 4.81, 5.04);
        const incmap_depth p = measure(a, lat, lon), q = measure(b, lat, lon);
        const bool signs = p.side == INCMAP_SIDE_INSIDE || p.side == INCMAP_SIDE_OUTSIDE;
        /* Edges are taken the other way round: the last bits of a foot may differ. */
        ck_assert_double_eq_tol(p.depth_m, signs ? -q.depth_m : q.depth_m, 1e-7);
        ck_assert_double_eq(p.band_m, q.band_m);
        ck_assert_int_eq(p.side, swapped_side(q.side));
        ck_assert_int_eq(p.side_certain, q.side_certain);
        ck_assert_int_eq(p.unmatched, q.unmatched);
        ck_assert_double_eq_tol(p.nearest.lat, q.nearest.lat, 1e-11);
        ck_assert_double_eq_tol(p.nearest.lon, q.nearest.lon, 1e-11);
    }
    incmap_border_free(a);
    incmap_border_free(b);
}
END_TEST

/* ---- made layers ---- */

#define WEST "[[0,0],[1,0],[1,1],[1,2],[0,2],[0,0]]"
#define EAST "[[1,0],[2,0],[2,2],[1,2],[1,1],[1,0]]"

/* As where one country's outline holds land that is another's too: their edges run the same way. */
START_TEST(outlines_that_overlap_have_no_border_and_it_is_said_why)
{
    const char *path = write_collection(
        "over.json", FEATURE("A", POLYGON("[[0,0],[2,0],[2,2],[0,2],[0,0]]")) "," FEATURE(
                         "B", POLYGON("[[1,0],[2,0],[2,2],[1,1],[1,0]]")));
    incmap_border *b = NULL;

    ck_assert_int_eq(incmap_border_between(ctx, path, "A3", "A", "B", NULL, &b), INCMAP_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "or both hold the land between them"));
    ck_assert_ptr_null(b);
}
END_TEST

START_TEST(polygons_that_touch_in_one_point_share_no_edge_and_it_is_said_how_near_they_come)
{
    const char *path = write_collection(
        "touch.json",
        FEATURE("A", POLYGON("[[0,0],[1,0],[1,1],[0,1],[0,0]]")) "," FEATURE(
            "B",
            POLYGON("[[1,1],[2,1],[2,2],[1,2],[1,1]]")) "," FEATURE("C",
                                                                    POLYGON(
                                                                        "[[1.001,0],[2,0],[2,0.9],["
                                                                        "1.001,0.9],[1.001,0]]")));
    incmap_border *b = NULL;

    ck_assert_int_eq(incmap_border_between(ctx, path, "A3", "A", "B", NULL, &b), INCMAP_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx),
                                 "the outlines of \"A\" and \"B\" touch but share no edge from "
                                 "both sides: they meet in points"));
    ck_assert_int_eq(incmap_border_between(ctx, path, "A3", "A", "C", NULL, &b), INCMAP_ENOTFOUND);
    /* A thousandth of a degree of longitude at 0.9 N: 111.32 m times cos 0.9 degrees = 111.306 m. */
    ck_assert_ptr_nonnull(
        strstr(incmap_ctx_message(ctx), "the nearest vertex of one lies 111 m from"));
    ck_assert_ptr_null(b);
}
END_TEST

START_TEST(country_in_several_features_is_one)
{
    const char *whole =
        write_collection("a.json", FEATURE("A", POLYGON(WEST)) "," FEATURE("B", POLYGON(EAST)));
    const char *parts = write_collection(
        "b.json", FEATURE("B", POLYGON(EAST)) "," FEATURE("A", POLYGON(WEST)) "," FEATURE(
                      "a", POLYGON("[[-5,0],[-4,0],[-4,1],[-5,0]]")));
    incmap_border *a = between(whole, "A", "B", NULL), *b = between(parts, "A", "B", NULL);

    ck_assert_double_eq(measure(a, 0.5, 0.7).depth_m, measure(b, 0.5, 0.7).depth_m);
    ck_assert_int_eq(measure(b, 0.2, -4.2).side, INCMAP_SIDE_INSIDE);
    ck_assert_int_eq(measure(a, 0.2, -4.2).side, INCMAP_SIDE_NEITHER);
    incmap_border_free(a);
    incmap_border_free(b);
}
END_TEST

/* Counting crossings alone would take a point under two polygons of one country for an outsider. */
static const struct {
    const char *why, *features;
} covered[] = {
    { "a feature twice",
      FEATURE("A", POLYGON(WEST)) "," FEATURE("A", POLYGON(WEST)) "," FEATURE("B", POLYGON(EAST)) },
    { "a polygon in another feature's",
      FEATURE("A", POLYGON(WEST)) "," FEATURE(
          "A", POLYGON("[[0.4,0.4],[0.6,0.4],[0.6,0.6],[0.4,0.6],"
                       "[0.4,0.4]]")) "," FEATURE("B", POLYGON(EAST)) },
    { "a polygon in another, the smaller first",
      FEATURE("A",
              "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[0.4,0.4],[0.6,0.4],[0.6,0.6],[0.4,"
              "0.4]]],[" WEST "]]}") "," FEATURE("B", POLYGON(EAST)) },
};

START_TEST(point_under_two_polygons_of_one_country_is_in_it)
{
    incmap_border *b = between(write_collection("c.json", covered[_i].features), "A", "B", NULL);
    const incmap_depth d = measure(b, 0.45, 0.55);

    ck_assert_msg(d.side == INCMAP_SIDE_INSIDE, "%s: %s", covered[_i].why,
                  incmap_side_text(d.side));
    ck_assert_uint_eq(incmap_border_line_count(b), 1);
    incmap_border_free(b);
}
END_TEST

START_TEST(island_in_a_lake_is_land_again)
{
    /* The lake is a hole, the island in it a polygon of its own. */
    incmap_border *b = between(
        write_collection(
            "lake.json",
            FEATURE("A",
                    "{\"type\":\"MultiPolygon\",\"coordinates\":[[" WEST
                    ",[[0.2,0.2],[0.2,0.8],[0.8,0.8],[0.8,0.2],[0.2,0.2]]],[[[0.4,0.4],[0.6,0.4],"
                    "[0.6,0.6],[0.4,0.6],[0.4,0.4]]]]}") "," FEATURE("B", POLYGON(EAST))),
        "A", "B", NULL);

    ck_assert_int_eq(measure(b, 0.3, 0.3).side, INCMAP_SIDE_NEITHER);
    ck_assert_int_eq(measure(b, 0.5, 0.5).side, INCMAP_SIDE_INSIDE);
    incmap_border_free(b);
}
END_TEST

START_TEST(same_border_in_two_pieces_has_two_lines)
{
    /* The neighbours part for 200 km around a bay of the sea. */
    incmap_border *b = between(
        write_collection(
            "two.json",
            FEATURE(
                "A",
                POLYGON(
                    "[[0,0],[1,0],[1,1],[0.5,2],[1,3],[1,4],"
                    "[0,4],[0,0]]")) "," FEATURE("B",
                                                 POLYGON(
                                                     "[[1,0],[2,0],[2,4],[1,4],[1,3],[1.5,2],[1,1],"
                                                     "[1,0]]"))),
        "A", "B", NULL);
    incmap_border_line line;

    ck_assert_uint_eq(incmap_border_line_count(b), 2);
    ck_assert(incmap_border_line_get(b, 1, &line));
    ck_assert(!line.unmatched);
    ck_assert_int_eq(measure(b, 2, 1).side, INCMAP_SIDE_NEITHER);
    incmap_border_free(b);
}
END_TEST

START_TEST(straight_edges_make_the_parallel_the_border_of_both)
{
    const char *path = write_collection(
        "parallel.json",
        FEATURE("N", POLYGON("[[0,50],[10,50],[10,55],[0,55],[0,50]]")) "," FEATURE(
            "S", POLYGON("[[0,45],[10,45],[10,50],[0,50],[0,45]]")));
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    incmap_border *geodesic = between(path, "N", "S", NULL), *straight;

    options.edges = INCMAP_EDGES_STRAIGHT;
    straight = between(path, "N", "S", &options);
    ck_assert_uint_eq(incmap_border_line_count(straight), 1);
    for (double lon = 0.05; lon < 10; lon += 0.1) {
        ck_assert_double_lt(fabs(measure(straight, 50, lon).depth_m), 1e-3);
        ck_assert_int_eq(measure(straight, 50.0001, lon).side, INCMAP_SIDE_INSIDE);
        ck_assert_int_eq(measure(straight, 49.9999, lon).side, INCMAP_SIDE_OUTSIDE);
        ck_assert_int_eq(measure(geodesic, 50.0001, lon).side, INCMAP_SIDE_OUTSIDE);
    }
    /* tan 50 L^2 / 8 N with L = 716 km, N = 6,390.7 km: near 11.9 km; the series' next term is 0.2 per
     * cent of that. */
    ck_assert_double_eq_tol(measure(geodesic, 50, 5).depth_m, -11.94e3, 60);
    incmap_border_free(geodesic);
    incmap_border_free(straight);
}
END_TEST

START_TEST(geojson_gives_what_the_shapefile_gives)
{
    static const incmap_coord west[] = {
        { 0, 0 }, { 2, 0 }, { 2, 1 }, { 1, 1 }, { 0, 1 }, { 0, 0 }
    };
    static const incmap_coord east[] = {
        { 0, 1 }, { 1, 1 }, { 2, 1 }, { 2, 2 }, { 0, 2 }, { 0, 1 }
    };
    static const incmap_coord *const rings[] = { west, east };
    static const size_t starts[] = { 0, 6 };
    const incmap_allocator a = incmap__allocator_default();
    const incmap__field field = { "A3", INCMAP__FIELD_TEXT, 1, 0 };
    const char *path = scratch_path("set");
    incmap__shapewriter *w = NULL;
    incmap_border *x, *y;
    test_random r = { test_seed(73) };

    ck_assert_int_eq(shapes_open(&w, path, INCMAP__SHAPE_POLYGON, &field, 1, "", &a, NULL),
                     INCMAP_OK);
    for (int i = 0; i < 2; i++) {
        const incmap__shape shape = { .type = INCMAP__SHAPE_POLYGON,
                                      .points = rings[i],
                                      .point_count = 6,
                                      .part_starts = starts,
                                      .part_count = 1 };
        const incmap__cell cell = cell_of(i ? "B" : "A");
        ck_assert_int_eq(incmap__shapewriter_add(w, &shape, &cell, NULL), INCMAP_OK);
    }
    ck_assert_int_eq(incmap__shapewriter_close(w, NULL), INCMAP_OK);
    x = between(path, "A", "B", NULL);
    y = between(
        write_collection("set.json", FEATURE("A", POLYGON(WEST)) "," FEATURE("B", POLYGON(EAST))),
        "A", "B", NULL);
    for (int i = 0; i < 500; i++) {
        const double lat = random_between(&r, -1, 3), lon = random_between(&r, -1, 3);
        const incmap_depth p = measure(x, lat, lon), q = measure(y, lat, lon);
        ck_assert_double_eq_tol(p.depth_m, q.depth_m, 1e-8); /* a ring may begin elsewhere */
        ck_assert_int_eq(p.side, q.side);
    }
    incmap_border_free(x);
    incmap_border_free(y);
}
END_TEST

START_TEST(unknown_edges_are_refused)
{
    const char *path = write_collection("a.json", FEATURE("A", POLYGON(WEST)));
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    incmap_border *b = NULL;

    options.edges = (incmap_edges)2;
    ck_assert_int_eq(incmap_border_between(ctx, path, "A3", "A", "B", &options, &b), INCMAP_EARG);
    ck_assert_int_eq(incmap_border_between(ctx, path, "A3", "A", "B", NULL, &b), INCMAP_ENOTFOUND);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "no polygon whose A3 is \"B\""));
    ck_assert_ptr_null(b);
}
END_TEST

/* A found border, and one that is not there, with all that is made to say by how much. */
static const char *const outsides[] = { "BEL", "LUX" };

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    const char *path = write_collection(
        "a.json",
        FEATURE("NLD", POLYGON("[[0,0],[9,0],[9,9],[0,9],[0,0]]")) "," FEATURE(
            "NLD",
            POLYGON("[[1,1],[2,1],[2,2],[1,1]]")) "," FEATURE("BEL",
                                                              POLYGON(
                                                                  "[[4,4],[5,4],[5,5],[4,4]"
                                                                  "]")) "," FEATURE("LUX",
                                                                                    POLYGON("[["
                                                                                            "10,"
                                                                                            "0],["
                                                                                            "11,"
                                                                                            "0],["
                                                                                            "11,"
                                                                                            "1],["
                                                                                            "10,"
                                                                                            "0]"
                                                                                            "]")));
    const incmap_status end = _i ? INCMAP_ENOTFOUND : INCMAP_OK;
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    faulty_tries t = faulty_begin_at_most(500);
    incmap_border *b = NULL;

    options.edges = INCMAP_EDGES_STRAIGHT;
    while (faulty_next(&t, b)) {
        t.st = incmap_border_between(t.ctx, path, "A3", "NLD", outsides[_i], &options, &b);
        if (t.st == end) break;
    }
    ck_assert_msg(t.st == end, "%s", incmap_ctx_message(t.ctx));
    if (end) ck_assert_ptr_null(b);
    incmap_border_free(b);
    faulty_end(&t, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("border_layers");
    TCase *tc = tcase_create("border_layers");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, exclaves_in_holes_are_border_all_around_and_have_sides);
    tcase_add_test(tc, exclaves_without_holes_are_border_too_and_said_to_be_in_both);
    tcase_add_loop_test(tc, exchanging_the_countries_exchanges_the_sides_and_nothing_else, 0, 2);
    tcase_add_test(
        tc, polygons_that_touch_in_one_point_share_no_edge_and_it_is_said_how_near_they_come);
    tcase_add_test(tc, outlines_that_overlap_have_no_border_and_it_is_said_why);
    tcase_add_test(tc, country_in_several_features_is_one);
    tcase_add_loop_test(tc, point_under_two_polygons_of_one_country_is_in_it, 0,
                        sizeof covered / sizeof *covered);
    tcase_add_test(tc, island_in_a_lake_is_land_again);
    tcase_add_test(tc, same_border_in_two_pieces_has_two_lines);
    tcase_add_test(tc, straight_edges_make_the_parallel_the_border_of_both);
    tcase_add_test(tc, geojson_gives_what_the_shapefile_gives);
    tcase_add_test(tc, unknown_edges_are_refused);
    tcase_add_loop_test(tc, every_failing_allocation_is_told_and_leaks_nothing, 0, 2);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
