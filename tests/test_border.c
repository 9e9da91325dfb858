/* SPDX-License-Identifier: MIT */
/* The border through its public door: the default one, and one loaded from a countries layer. */
#include "harness.h"

#include <incmap/border.h>
#include <incmap/builtin.h>
#include <incmap/distance.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "faulty_tries.h"
#include "random.h"
#include "scratch.h"
#include "shapes_made.h"

static incmap_ctx *ctx;
static incmap_border *border;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
}

static void teardown(void)
{
    incmap_border_free(border);
    incmap_ctx_free(ctx);
}

static incmap_depth measure(double lat, double lon, double uncertainty_m)
{
    incmap_depth d;
    ck_assert_int_eq(
        incmap_border_measure(ctx, border, (incmap_coord){ lat, lon }, uncertainty_m, &d),
        INCMAP_OK);
    return d;
}

/* Figures of data/places.csv's coordinates, measured independently with GeographicLib
 * (tests/reference/make_border_depths.cpp); 2 m are the tolerance in which they are quoted. */
static const struct {
    const char *why;
    double lat, lon, uncertainty_m;
    double depth_m;
    incmap_side side;
    bool certain;
} known[] = {
    { "Kozinka", 50.46139, 35.60250, 800, 1794, INCMAP_SIDE_INSIDE, true },
    { "Glotovo, nearer than its band", 50.4328, 35.5947, 1000, 543, INCMAP_SIDE_INSIDE, false },
    { "Grayvoron", 50.4767, 35.6773, 500, 7191, INCMAP_SIDE_INSIDE, true },
    { "Kozinka as printed in 2023, in whole minutes", 50.45, 35 + 35 / 60.0, 2197, -62,
      INCMAP_SIDE_OUTSIDE, false },
    { "Kyiv", 50.45466, 30.5238, 1000, -201612, INCMAP_SIDE_OUTSIDE, true },
};

START_TEST(known_places_have_their_depth_side_and_certainty)
{
    const incmap_depth d = measure(known[_i].lat, known[_i].lon, known[_i].uncertainty_m);
    ck_assert_msg(fabs(d.depth_m - known[_i].depth_m) <= 2, "%s: %.3f m", known[_i].why, d.depth_m);
    ck_assert_msg(d.side == known[_i].side, "%s: %s", known[_i].why, incmap_side_text(d.side));
    ck_assert_msg(d.side_certain == known[_i].certain, "%s", known[_i].why);
    ck_assert_double_eq(d.band_m, known[_i].uncertainty_m + 100);
}
END_TEST

START_TEST(both_and_neither_carry_no_sign)
{
    const incmap_depth crimea = measure(45.308415, 34.345155, 0);
    const incmap_depth sea = measure(46, 36.5, 0);
    ck_assert_int_eq(crimea.side, INCMAP_SIDE_BOTH);
    ck_assert_double_gt(crimea.depth_m, 0);
    ck_assert_int_eq(sea.side, INCMAP_SIDE_NEITHER);
    ck_assert_double_gt(sea.depth_m, 0);
}
END_TEST

START_TEST(border_has_eight_matched_lines_and_seven_stretches_that_run_apart)
{
    /* Straight distances between the ends of the matched lines, as tests/reference/border_lines.csv
     * has them from GeographicLib. */
    static const double gaps_m[] = { 2988, 67, 1942, 237, 431, 230, 6857 };
    double matched_m = 0, apart_m = 0;
    size_t edges = 0, matched = 0, gaps = 0;
    incmap_border_line line;

    for (size_t i = 0; i < incmap_border_line_count(border); i++) {
        incmap_coord ends[16384];
        size_t n;
        ck_assert(incmap_border_line_get(border, i, &line));
        if (!line.unmatched) {
            matched++;
            edges += line.vertices - 1;
            matched_m += line.length_m;
        } else if (line.outline == INCMAP_SIDE_INSIDE) {
            double straight_m;
            n = incmap_border_line_vertices(border, i, ends, 16384);
            ck_assert_int_eq(incmap_distance(ctx, ends[0], ends[n - 1], &straight_m), INCMAP_OK);
            ck_assert_double_eq_tol(straight_m, gaps_m[gaps], 1); /* quoted in whole metres */
            gaps++;
            apart_m += line.length_m;
            /* Sampled by hand: the outlines are never more than 52 m apart. */
            ck_assert_double_gt(line.separation_m, 5);
            ck_assert_double_lt(line.separation_m, 60);
        }
    }
    ck_assert_uint_eq(matched, 8);
    ck_assert_uint_eq(edges, 8737);
    ck_assert_double_eq_tol(matched_m, 1982e3, 500); /* quoted in whole kilometres */
    ck_assert_uint_eq(gaps, 7);
    ck_assert_double_eq_tol(apart_m, 14.7e3, 50); /* quoted in tenths of a kilometre */
    ck_assert(!incmap_border_line_get(border, 22, &line));
}
END_TEST

START_TEST(chainage_runs_through_the_lines_in_order)
{
    incmap_border_line line, before;
    ck_assert(incmap_border_line_get(border, 0, &before));
    ck_assert_double_eq(before.start_m, 0);
    for (size_t i = 1; i < incmap_border_line_count(border); i++) {
        ck_assert(incmap_border_line_get(border, i, &line));
        if (line.outline == INCMAP_SIDE_OUTSIDE) {
            ck_assert_double_eq(line.start_m, before.start_m);
        } else {
            ck_assert_double_eq_tol(line.start_m, before.start_m + before.length_m, 1e-6);
            before = line;
        }
        if (line.outline == INCMAP_SIDE_INSIDE) before = line;
    }
}
END_TEST

START_TEST(vertices_of_the_border_lie_on_it_at_their_chainage)
{
    static incmap_coord v[16384];
    for (size_t i = 0; i < incmap_border_line_count(border); i++) {
        const size_t n = incmap_border_line_vertices(border, i, v, 16384);
        for (size_t k = 0; k < n; k += 1 + n / 50) {
            const incmap_depth d = measure(v[k].lat, v[k].lon, 0);
            ck_assert_double_eq(d.depth_m, 0);
            ck_assert_double_eq(d.azimuth_deg, 0);
            ck_assert(!d.side_certain);
        }
    }
}
END_TEST

START_TEST(answer_is_consistent_in_itself)
{
    test_random r = { test_seed(21) };
    for (int i = 0; i < 2000; i++) {
        const incmap_coord p =
            i % 2 ? random_coord(&r)
                  : (incmap_coord){ random_between(&r, 44, 54), random_between(&r, 30, 41) };
        const incmap_depth d = measure(p.lat, p.lon, 0);
        incmap_border_line line;
        incmap_geodesic way;

        ck_assert_int_eq(incmap_inverse(ctx, p, d.nearest, &way), INCMAP_OK);
        /* Near points are measured by a series, good to 2 um; azimuths of short ways carry some
         * nanometres over the way. */
        ck_assert_double_eq_tol(way.distance_m, fabs(d.depth_m), 2e-6);
        ck_assert_double_le(fabs(remainder(way.azimuth_deg - d.azimuth_deg, 360)),
                            1e-9 + 1e-6 / way.distance_m);
        ck_assert(incmap_border_line_get(border, (size_t)d.line, &line));
        ck_assert_double_ge(d.along_m, line.start_m);
        ck_assert_double_le(d.along_m, line.start_m + line.length_m + 1e-6);
        ck_assert_int_eq(d.unmatched, line.unmatched);
        ck_assert_double_eq_tol(d.band_m, 100 + line.separation_m, 1e-9);
        ck_assert_int_eq(d.depth_m < 0, d.side == INCMAP_SIDE_OUTSIDE);
    }
}
END_TEST

START_TEST(turn_of_longitude_makes_no_difference)
{
    const incmap_depth a = measure(50.46139, 35.6025, 0), b = measure(50.46139, 395.6025, 0);
    /* 395.6025 - 360 differs from 35.6025 in the last bits: some nanometres. */
    ck_assert_double_eq_tol(a.depth_m, b.depth_m, 1e-7);
    ck_assert_int_eq(a.side, b.side);
}
END_TEST

START_TEST(what_is_no_coordinate_is_refused_and_leaves_the_result_alone)
{
    const incmap_coord good = { 50, 36 };
    incmap_depth d = { .depth_m = 42 };
    ck_assert_int_eq(incmap_border_measure(ctx, border, (incmap_coord){ 95, 36 }, 0, &d),
                     INCMAP_EDOMAIN);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "found lat 95, lon 36, uncertainty 0 m, expected a latitude of -90 to 90, "
                     "finite numbers, 0 m or more");
    ck_assert_int_eq(incmap_border_measure(ctx, border, (incmap_coord){ NAN, 36 }, 0, &d),
                     INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_border_measure(ctx, border, (incmap_coord){ 50, INFINITY }, 0, &d),
                     INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_border_measure(ctx, border, good, -1, &d), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_border_measure(ctx, border, good, NAN, &d), INCMAP_EDOMAIN);
    ck_assert_int_eq(incmap_border_measure(ctx, NULL, good, 0, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_border_measure(ctx, border, good, 0, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_border_measure(NULL, border, good, 0, &d), INCMAP_EARG);
    ck_assert_double_eq(d.depth_m, 42);
}
END_TEST

START_TEST(many_answers_equal_single_ones_and_bad_points_are_counted)
{
    const incmap_coord points[] = {
        { 50.46139, 35.6025 }, { 95, 0 }, { 50.4767, 35.6773 }, { 0, NAN }
    };
    const double uncertainty[] = { 800, 0, 500, 0 };
    incmap_depth many[4];
    ck_assert_int_eq(incmap_border_measure_many(ctx, border, points, uncertainty, 4, many),
                     INCMAP_EPARTIAL);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "2 of 4 points are no coordinates; the first is number 1");
    for (int i = 0; i < 4; i += 2) {
        const incmap_depth one = measure(points[i].lat, points[i].lon, uncertainty[i]);
        ck_assert_double_eq(many[i].depth_m, one.depth_m);
        ck_assert_double_eq(many[i].band_m, one.band_m);
        ck_assert_int_eq(many[i].side, one.side);
    }
    ck_assert_int_eq(many[1].side, INCMAP_SIDE_UNKNOWN);
    ck_assert(isnan(many[1].depth_m) && isnan(many[3].depth_m));
    ck_assert_int_eq(incmap_border_measure_many(ctx, border, points, NULL, 1, many), INCMAP_OK);
    ck_assert_int_eq(incmap_border_measure_many(ctx, border, NULL, NULL, 0, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap_border_measure_many(ctx, border, NULL, NULL, 1, many), INCMAP_EARG);
}
END_TEST

/* All of two answers, but for the NaN of what is no coordinate. */
static void assert_same(const incmap_depth *a, const incmap_depth *b)
{
    /* The search starts elsewhere, so of two edges that meet in the foot either may be named. */
    ck_assert_double_eq_tol(a->depth_m, b->depth_m, 1e-8);
    ck_assert_double_eq_tol(a->nearest.lat, b->nearest.lat, 1e-10);
    ck_assert_double_eq_tol(a->along_m, b->along_m, 1e-4);
    ck_assert_double_eq(a->band_m, b->band_m);
    ck_assert_int_eq(a->side, b->side);
    ck_assert_int_eq(a->side_certain, b->side_certain);
}

enum { LOTS = 9000 };

static void lots_of_points(incmap_coord points[LOTS], double uncertainty[LOTS])
{
    test_random r = { test_seed(24) };
    for (int i = 0; i < LOTS; i++) {
        points[i] = i % 10
                        ? (incmap_coord){ random_between(&r, 44, 54), random_between(&r, 30, 41) }
                        : random_coord(&r);
        uncertainty[i] = i % 3 ? random_log(&r, 1, 1e5) : 0;
    }
}

START_TEST(prepared_border_gives_the_same_answers)
{
    static incmap_coord points[LOTS];
    static double uncertainty[LOTS];
    incmap_border *prepared = NULL;

    lots_of_points(points, uncertainty);
    ck_assert_int_eq(incmap_border_builtin(ctx, &prepared), INCMAP_OK);
    ck_assert_int_eq(incmap_border_prepare(ctx, prepared), INCMAP_OK);
    ck_assert_int_eq(incmap_border_prepare(ctx, prepared), INCMAP_OK);
    ck_assert_int_eq(incmap_border_prepare(ctx, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_border_prepare(NULL, prepared), INCMAP_EARG);
    for (int i = 0; i < LOTS; i += 3) {
        const incmap_depth a = measure(points[i].lat, points[i].lon, uncertainty[i]);
        incmap_depth b;
        ck_assert_int_eq(incmap_border_measure(ctx, prepared, points[i], uncertainty[i], &b),
                         INCMAP_OK);
        assert_same(&a, &b);
    }
    incmap_border_free(prepared);
}
END_TEST

START_TEST(lots_of_answers_equal_single_ones_with_and_without_memory)
{
    static incmap_coord points[LOTS];
    static double uncertainty[LOTS];
    static incmap_depth many[2][LOTS];
    struct faulty f;
    incmap_ctx *scarce = faulty_ctx(&f);

    lots_of_points(points, uncertainty);
    points[4711].lat = 95;
    points[1234].lon = NAN;
    ck_assert_int_eq(incmap_border_measure_many(ctx, border, points, uncertainty, LOTS, many[0]),
                     INCMAP_EPARTIAL);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "2 of 9000 points are no coordinates; the first is number 1234");
    f.budget = 0;
    ck_assert_int_eq(incmap_border_measure_many(scarce, border, points, uncertainty, LOTS, many[1]),
                     INCMAP_EPARTIAL);
    for (int i = 0; i < LOTS; i++) {
        if (i == 4711 || i == 1234) continue;
        assert_same(&many[0][i], &many[1][i]);
        if (i % 3 == 0) {
            const incmap_depth one = measure(points[i].lat, points[i].lon, uncertainty[i]);
            assert_same(&many[0][i], &one);
        }
    }
    incmap_ctx_free(scarce);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

START_TEST(border_tells_its_name_accuracy_age_and_credit)
{
    ck_assert_str_eq(incmap_border_name(border), "Russia - Ukraine, OpenStreetMap");
    ck_assert_double_eq(incmap_border_accuracy_m(border), 100);
    ck_assert_str_eq(incmap_border_data_date(border), "2017-11");
    ck_assert_str_eq(incmap_border_inside(border), "Russia");
    ck_assert_str_eq(incmap_border_outside(border), "Ukraine");
    ck_assert_ptr_nonnull(strstr(incmap_border_attribution(border), "OpenStreetMap"));
    ck_assert_ptr_nonnull(strstr(incmap_border_attribution(border), "ODbL"));
    ck_assert_ptr_nonnull(strstr(incmap_builtin_attribution(), "GeoNames"));
}
END_TEST

/* ---- from a countries layer ---- */

static const char *countries(void)
{
    static char path[1024];
    (void)snprintf(path, sizeof path, "%s/countries/countries.shp", getenv("INCMAP_TEST_DATA"));
    return path;
}

START_TEST(loaded_border_gives_the_same_answers_as_the_default_one)
{
    incmap_border *loaded = NULL;
    test_random r = { test_seed(22) };

    ck_assert_int_eq(incmap_border_between(ctx, countries(), "A3", "RUS", "UKR", NULL, &loaded),
                     INCMAP_OK);
    ck_assert_str_eq(incmap_border_name(loaded), "border of RUS and UKR");
    ck_assert_str_eq(incmap_border_inside(loaded), "RUS");
    ck_assert_uint_eq(incmap_border_line_count(loaded), incmap_border_line_count(border));
    for (int i = 0; i < 3000; i++) {
        const incmap_coord p = { random_between(&r, 44, 54), random_between(&r, 30, 41) };
        const double uncertainty_m = random_log(&r, 1, 1e5);
        incmap_depth a, b;
        ck_assert_int_eq(incmap_border_measure(ctx, border, p, uncertainty_m, &a), INCMAP_OK);
        ck_assert_int_eq(incmap_border_measure(ctx, loaded, p, uncertainty_m, &b), INCMAP_OK);
        ck_assert_double_eq(a.depth_m, b.depth_m);
        ck_assert_double_eq(a.along_m, b.along_m);
        ck_assert_int_eq(a.side, b.side);
        ck_assert_int_eq(a.side_certain, b.side_certain);
        /* The packed separation is rounded up to a millimetre. */
        ck_assert_double_eq_tol(a.band_m, b.band_m, 1e-3);
    }
    incmap_border_free(loaded);
}
END_TEST

START_TEST(texts_that_are_not_utf8_and_numbers_that_are_none_are_refused)
{
    const struct {
        incmap_status status;
        incmap_border_options options;
    } cases[] = {
        { INCMAP_EPARSE, { .version = 1, .name = "caf\xE9" } },
        { INCMAP_EPARSE, { .version = 1, .attribution = "\xC3" } },
        { INCMAP_EPARSE, { .version = 1, .outside_name = "\xFF" } },
        { INCMAP_EARG, { .version = 1, .accuracy_m = -1 } },
        { INCMAP_EARG, { .version = 1, .accuracy_m = NAN } },
        { INCMAP_EARG, { .version = 1, .gap_max_m = NAN } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        incmap_border *b = NULL;
        ck_assert_int_eq(
            incmap_border_between(ctx, countries(), "A3", "RUS", "UKR", &cases[i].options, &b),
            cases[i].status);
        ck_assert_ptr_null(b);
    }
}
END_TEST

START_TEST(swapped_countries_swap_the_sign)
{
    incmap_border *swapped = NULL;
    test_random r = { test_seed(23) };

    ck_assert_int_eq(incmap_border_between(ctx, countries(), "a3", "ukr", "rus", NULL, &swapped),
                     INCMAP_OK);
    for (int i = 0; i < 500; i++) {
        const incmap_coord p = { random_between(&r, 47, 52.5), random_between(&r, 31, 40) };
        const incmap_depth a = measure(p.lat, p.lon, 0);
        incmap_depth b;
        ck_assert_int_eq(incmap_border_measure(ctx, swapped, p, 0, &b), INCMAP_OK);
        if (a.side == INCMAP_SIDE_INSIDE || a.side == INCMAP_SIDE_OUTSIDE)
            ck_assert_double_eq_tol(a.depth_m, -b.depth_m, 1e-7); /* edges taken backwards */
        else
            ck_assert_double_eq_tol(a.depth_m, b.depth_m, 1e-7);
    }
    incmap_border_free(swapped);
}
END_TEST

static const struct {
    const char *why;
    const char *field, *inside, *outside;
    bool no_file;
    incmap_status status;
    const char *message; /* its end */
} refused[] = {
    { "no such file", "A3", "RUS", "UKR", true, INCMAP_EIO, NULL },
    { "no such field", "ISO", "RUS", "UKR", false, INCMAP_EDATA, ": found no field \"ISO\"" },
    { "no such country", "A3", "RUS", "XXX", false, INCMAP_ENOTFOUND,
      ": no polygon whose A3 is \"XXX\"" },
    { "one country twice", "A3", "RUS", "rus", false, INCMAP_EARG,
      "a border needs two countries, found \"RUS\" twice" },
};

START_TEST(border_that_cannot_be_made_is_refused_with_the_reason)
{
    incmap_border *b = NULL;
    const incmap_status st =
        incmap_border_between(ctx, refused[_i].no_file ? "/no/such/file.shp" : countries(),
                              refused[_i].field, refused[_i].inside, refused[_i].outside, NULL, &b);
    const char *message = incmap_ctx_message(ctx);

    ck_assert_msg(st == refused[_i].status, "%s: %s", refused[_i].why, message);
    ck_assert_ptr_null(b);
    if (refused[_i].message)
        ck_assert_str_eq(message + strlen(message) - strlen(refused[_i].message),
                         refused[_i].message);
    else
        ck_assert_ptr_nonnull(strstr(message, "/no/such/file"));
}
END_TEST

/* Two countries that meet along 10 degrees north from 179 E to 179 W. */
static void write_antimeridian(const char *base)
{
    static const incmap_coord north[] = { { 10, 179 },    { 11, 179 },   { 11, -179 }, { 10, -179 },
                                          { 10, -179.5 }, { 10, 179.5 }, { 10, 179 } };
    static const incmap_coord south[] = { { 10, 179 }, { 10, 179.5 }, { 10, -179.5 }, { 10, -179 },
                                          { 9, -179 }, { 9, 179 },    { 10, 179 } };
    static const incmap_coord *const rings[] = { north, south };
    static const size_t starts[] = { 0, 7 };
    const incmap_allocator a = incmap__allocator_default();
    const incmap__field field = { "A3", INCMAP__FIELD_TEXT, 1, 0 };
    incmap__shapewriter *w = NULL;

    ck_assert_int_eq(shapes_open(&w, base, INCMAP__SHAPE_POLYGON, &field, 1, "", &a, NULL),
                     INCMAP_OK);
    for (int i = 0; i < 2; i++) {
        const incmap__shape shape = { INCMAP__SHAPE_POLYGON, rings[i], 7, starts, 1, NULL, NULL };
        const incmap__cell cell = cell_of(i ? "S" : "N");
        ck_assert_int_eq(incmap__shapewriter_add(w, &shape, &cell, NULL), INCMAP_OK);
    }
    ck_assert_int_eq(incmap__shapewriter_close(w, NULL), INCMAP_OK);
}

START_TEST(border_over_the_antimeridian_is_answered_in_longitudes_up_to_180)
{
    incmap_border *b = NULL;
    incmap_coord v[8];
    incmap_depth d;

    scratch_make();
    write_antimeridian(scratch_path("two"));
    ck_assert_int_eq(incmap_border_between(ctx, scratch_path("two"), "A3", "N", "S", NULL, &b),
                     INCMAP_OK);
    ck_assert_uint_eq(incmap_border_line_count(b), 1);
    ck_assert_uint_eq(incmap_border_line_vertices(b, 0, v, 8), 4);
    ck_assert_uint_eq(incmap_border_line_vertices(b, 0, NULL, 8), 4);
    for (int i = 0; i < 4; i++)
        ck_assert_double_le(fabs(v[i].lon), 180);
    /* Beyond either end, so that a vertex is the nearest point; and across the middle. */
    for (double lon = 178.5; lon <= 181.5; lon += 0.25) {
        ck_assert_int_eq(incmap_border_measure(ctx, b, (incmap_coord){ 10.2, lon }, 0, &d),
                         INCMAP_OK);
        ck_assert_double_le(fabs(d.nearest.lon), 180);
        ck_assert_int_eq(d.side,
                         lon < 179 || lon >= 181 ? INCMAP_SIDE_NEITHER : INCMAP_SIDE_INSIDE);
    }
    incmap_border_free(b);
    scratch_remove();
}
END_TEST

START_TEST(every_failing_allocation_of_the_default_border_is_told_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(1000);
    incmap_border *b = NULL;

    while (faulty_next(&t, b))
        t.st = incmap_border_builtin(t.ctx, &b);
    t.faulty.budget = 0; /* a measure needs no memory */
    ck_assert_int_eq(
        incmap_border_measure(t.ctx, b, (incmap_coord){ 50, 36 }, 0, &(incmap_depth){ 0 }),
        INCMAP_OK);
    incmap_border_free(b);
    faulty_end(&t, 10);
}
END_TEST

/* Some of them: tests/test_border_layers.c tries every one, on files that are read in no time. */
START_TEST(failing_allocations_of_a_large_border_are_told_and_leak_nothing)
{
    faulty_tries t = faulty_begin();
    incmap_border *b = NULL;

    while (faulty_next(&t, b)) {
        t.st = incmap_border_between(t.ctx, countries(), "A3", "RUS", "UKR", NULL, &b);
        t.done += (t.done - 1) / 4; /* not each one: there are thousands */
    }
    incmap_border_free(b);
    faulty_end(&t, 100);
}
END_TEST

/* ---- threads ---- */

enum { THREADS = 4, EACH = 500 };

static void *measure_in_thread(void *out)
{
    incmap_depth *answers = out;
    incmap_ctx *own = NULL;
    test_random r = { 31 };

    if (incmap_ctx_new(NULL, &own) == INCMAP_OK)
        for (int i = 0; i < EACH; i++)
            incmap_border_measure(
                own, border,
                (incmap_coord){ random_between(&r, 44, 54), random_between(&r, 30, 41) }, 1000,
                &answers[i]);
    incmap_ctx_free(own);
    return NULL;
}

START_TEST(threads_with_their_own_contexts_share_one_border)
{
    static incmap_depth answers[THREADS][EACH];
    pthread_t threads[THREADS];
    for (int t = 0; t < THREADS; t++)
        ck_assert_int_eq(pthread_create(&threads[t], NULL, measure_in_thread, answers[t]), 0);
    for (int t = 0; t < THREADS; t++)
        pthread_join(threads[t], NULL);
    for (int t = 1; t < THREADS; t++)
        for (int i = 0; i < EACH; i++) {
            ck_assert_double_eq(answers[t][i].depth_m, answers[0][i].depth_m);
            ck_assert_int_ne(answers[t][i].side, INCMAP_SIDE_UNKNOWN);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("border");
    TCase *tc = tcase_create("border");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, known_places_have_their_depth_side_and_certainty, 0,
                        sizeof known / sizeof *known);
    tcase_add_test(tc, both_and_neither_carry_no_sign);
    tcase_add_test(tc, border_has_eight_matched_lines_and_seven_stretches_that_run_apart);
    tcase_add_test(tc, chainage_runs_through_the_lines_in_order);
    tcase_add_test(tc, vertices_of_the_border_lie_on_it_at_their_chainage);
    tcase_add_test(tc, answer_is_consistent_in_itself);
    tcase_add_test(tc, turn_of_longitude_makes_no_difference);
    tcase_add_test(tc, what_is_no_coordinate_is_refused_and_leaves_the_result_alone);
    tcase_add_test(tc, many_answers_equal_single_ones_and_bad_points_are_counted);
    tcase_add_test(tc, prepared_border_gives_the_same_answers);
    tcase_add_test(tc, lots_of_answers_equal_single_ones_with_and_without_memory);
    tcase_add_test(tc, border_tells_its_name_accuracy_age_and_credit);
    tcase_add_test(tc, loaded_border_gives_the_same_answers_as_the_default_one);
    tcase_add_test(tc, texts_that_are_not_utf8_and_numbers_that_are_none_are_refused);
    tcase_add_test(tc, swapped_countries_swap_the_sign);
    tcase_add_loop_test(tc, border_that_cannot_be_made_is_refused_with_the_reason, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(tc, border_over_the_antimeridian_is_answered_in_longitudes_up_to_180);
    tcase_add_test(tc, every_failing_allocation_of_the_default_border_is_told_and_leaks_nothing);
    tcase_add_test(tc, failing_allocations_of_a_large_border_are_told_and_leak_nothing);
    tcase_add_test(tc, threads_with_their_own_contexts_share_one_border);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
