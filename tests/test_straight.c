/* SPDX-License-Identifier: MIT */
/* Straight edges, followed by geodesics to a millimetre. */
#include "harness.h"

#include <math.h>

#include "geodesy/edge.h"
#include "geodesy/straight.h"
#include "random.h"

/* The farthest that the straight edge from a to b lies from the geodesics of its pieces, sampled. */
static double farthest(incmap_coord a, incmap_coord b, size_t pieces, size_t most_pieces)
{
    const size_t stride = pieces / most_pieces + 1;
    double most = 0;

    for (size_t i = 0; i < pieces; i += stride) {
        const incmap_coord p = incmap__straight_point(a, b, i, pieces);
        const incmap_coord q = incmap__straight_point(a, b, i + 1, pieces);
        double lon = q.lon - p.lon;
        if (fabs(lon) > 180) lon = remainder(lon, 360);
        for (int k = 1; k < 8; k++) {
            const double t = k / 8.0;
            const incmap_coord on = { p.lat + t * (q.lat - p.lat), p.lon + t * lon };
            most = fmax(most, incmap__edge_nearest(incmap_coord_wrap(p), incmap_coord_wrap(q),
                                                   incmap_coord_wrap(on))
                                  .distance_m);
        }
    }
    return most;
}

/* How far the straight edge and the one geodesic between its ends lie apart, by GeographicLib's exact
 * geodesics: the edge sampled at 199 points, the distance from each minimised over the geodesic. */
static const struct {
    const char *why;
    incmap_coord a, b;
    double apart_m, tolerance_m;
} known[] = {
    { "49th parallel: the longest edge there of countries-coastline-1m",
      { 49.000492, -97.952822 },
      { 49.000456, -97.481667 },
      26.744749,
      1e-3 },
    { "49th parallel as one edge, from the Strait of Georgia to the Lake of the Woods",
      { 49, -123.3222 },
      { 49, -95.1533 },
      96360.4936,
      1 },
    { "across the equator: an S, whose middles meet", { -10, 0 }, { 10, 20 }, 4631.2289, 1 },
    { "a steep one", { 60, 30 }, { 70, 30.5 }, 2214.1271, 1 },
};

START_TEST(one_geodesic_misses_a_straight_edge_by_what_is_known_and_the_pieces_by_a_millimetre)
{
    const incmap_coord a = known[_i].a, b = known[_i].b;
    double apart = 0;

    for (int k = 1; k < 200; k++) {
        const double t = k / 200.0;
        const incmap_coord on = { a.lat + t * (b.lat - a.lat), a.lon + t * (b.lon - a.lon) };
        apart = fmax(apart, incmap__edge_nearest(a, b, on).distance_m);
    }
    ck_assert_msg(fabs(apart - known[_i].apart_m) <= known[_i].tolerance_m, "%s: %.6f m",
                  known[_i].why, apart);
    apart = farthest(a, b, incmap__straight_pieces(a, b), 200);
    ck_assert_msg(apart < 1e-3, "%s: %.9f m", known[_i].why, apart);
}
END_TEST

START_TEST(pieces_stay_within_a_millimetre_of_any_straight_edge)
{
    test_random r = { test_seed(41) };
    double most = 0;

    for (int i = 0; i < 400; i++) {
        const double size = random_log(&r, 1e-4, 120);
        const double top = i % 4 ? 90 : 89.999; /* often at a pole */
        const incmap_coord a = random_coord(&r);
        const incmap_coord b = { fmax(-top, fmin(top, a.lat + size * random_between(&r, -1, 1))),
                                 a.lon + size * random_between(&r, -1, 1) };
        const size_t n = incmap__straight_pieces(a, b);
        const double apart = farthest(a, b, n, 12);
        most = fmax(most, apart);
        ck_assert_msg(apart < 1e-3, "%.17g %.17g to %.17g %.17g: %zu pieces, %.9f m", a.lat, a.lon,
                      b.lat, b.lon, n, apart);
    }
    /* The bound is no idle one: pieces are about as long as they may be. */
    ck_assert_double_gt(most, 0.5e-3);
}
END_TEST

START_TEST(edge_taken_backwards_has_the_same_points_to_the_last_bit)
{
    test_random r = { test_seed(42) };

    for (int i = 0; i < 300; i++) {
        const incmap_coord a = random_coord(&r);
        const incmap_coord b = {
            a.lat / 2, incmap_coord_wrap((incmap_coord){ 0, a.lon + random_between(&r, -3, 3) }).lon
        };
        const size_t n = incmap__straight_pieces(a, b);
        ck_assert_uint_eq(n, incmap__straight_pieces(b, a));
        for (size_t k = 1; k < n; k += 1 + n / 20) {
            const incmap_coord p = incmap__straight_point(a, b, k, n);
            const incmap_coord q = incmap__straight_point(b, a, n - k, n);
            ck_assert(p.lat == q.lat && p.lon == q.lon);
        }
    }
}
END_TEST

static const struct {
    const char *why;
    incmap_coord a, b;
    size_t pieces;
} simple[] = {
    { "along a meridian", { -60, 30 }, { 75, 30 }, 1 },
    { "no way at all", { 12, 34 }, { 12, 34 }, 1 },
    { "at a pole", { 90, -180 }, { 90, 180 }, 1 },
    { "a cut down to the pole", { -78, 180 }, { -90, 180 }, 1 },
    { "along the equator: a geodesic, but cut every 100 km", { 0, 0 }, { 0, 1 }, 2 },
};

START_TEST(edges_that_are_geodesics_are_let_be)
{
    ck_assert_msg(incmap__straight_pieces(simple[_i].a, simple[_i].b) == simple[_i].pieces,
                  "%s: %zu", simple[_i].why, incmap__straight_pieces(simple[_i].a, simple[_i].b));
}
END_TEST

START_TEST(edge_over_the_antimeridian_goes_the_short_way)
{
    const incmap_coord a = { 49, 179.5 }, b = { 49, -179.5 };
    const size_t n = incmap__straight_pieces(a, b);

    ck_assert_uint_lt(n, 600); /* 73 km */
    for (size_t i = 0; i <= n; i++) {
        const incmap_coord p = incmap_coord_wrap(incmap__straight_point(a, b, i, n));
        ck_assert_double_eq(p.lat, 49);
        ck_assert_double_ge(fabs(p.lon), 179.5);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("straight");
    TCase *tc = tcase_create("straight");
    tcase_add_loop_test(
        tc, one_geodesic_misses_a_straight_edge_by_what_is_known_and_the_pieces_by_a_millimetre, 0,
        sizeof known / sizeof *known);
    tcase_add_test(tc, pieces_stay_within_a_millimetre_of_any_straight_edge);
    tcase_add_test(tc, edge_taken_backwards_has_the_same_points_to_the_last_bit);
    tcase_add_loop_test(tc, edges_that_are_geodesics_are_let_be, 0, sizeof simple / sizeof *simple);
    tcase_add_test(tc, edge_over_the_antimeridian_goes_the_short_way);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
