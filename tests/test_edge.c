/* SPDX-License-Identifier: MIT */
/* One geodesic edge: foot, length and bounds, against sampling and PROJ's inverse problem. */
#include "harness.h"

#include <math.h>

#include "geodesy/edge.h"
#include "random.h"

static double chord(incmap_coord a, incmap_coord b)
{
    const incmap__ecef p = incmap__ecef_from_coord(a), q = incmap__ecef_from_coord(b);
    return incmap__chord_distance(p, p, q);
}

static double geodesic(incmap_coord a, incmap_coord b)
{
    double d;
    incmap__geodesic_inverse(a, b, &d, NULL, NULL);
    return d;
}

static incmap_coord toward(test_random *r, incmap_coord from, double metres)
{
    return incmap__geodesic_direct(from, random_between(r, 0, 360), metres, NULL);
}

/* An independent slow answer: the edge sampled finely, then the best interval sampled again until
 * it is below a tenth of a millimetre. */
static double sampled_distance(incmap_coord a, incmap_coord b, incmap_coord p)
{
    double length, azimuth, low = 0, high, best = INFINITY, at = 0;

    incmap__geodesic_inverse(a, b, &length, &azimuth, NULL);
    for (high = length; best == INFINITY || high - low > 1e-4;) {
        const double step = (high - low) / 64;
        for (int i = 0; i <= 64; i++) {
            const double d = geodesic(p, incmap__geodesic_direct(a, azimuth, low + i * step, NULL));
            if (d < best) {
                best = d;
                at = low + i * step;
            }
        }
        low = fmax(0, at - step);
        high = fmin(length, at + step);
        if (step == 0) break;
    }
    return best;
}

START_TEST(foot_is_as_near_as_dense_sampling_finds)
{
    const uint64_t seed = test_seed(1);
    test_random r = { seed };

    for (int i = 0; i < 1500; i++) {
        const incmap_coord a = random_coord(&r), b = toward(&r, a, random_log(&r, 0.01, 300e3));
        const incmap_coord p = toward(&r, a, random_log(&r, 0.001, 9e6));
        const incmap__edge_foot f = incmap__edge_nearest(a, b, p);
        const double slow = sampled_distance(a, b, p);
        /* Sampling stops at 0.1 mm along the edge: that far from the foot, a distance of more than
         * a metre differs by less than 5 nm, and a shorter one by at most the 0.1 mm. */
        ck_assert_msg(fabs(f.distance_m - slow) <= (slow > 1 ? 1e-7 : 1e-4),
                      "seed %llu, case %d: %.9f m, sampled %.9f m", (unsigned long long)seed, i,
                      f.distance_m, slow);
        ck_assert_msg(fabs(geodesic(p, f.foot) - f.distance_m) <= 1e-8,
                      "seed %llu, case %d: foot is not where the distance says",
                      (unsigned long long)seed, i);
    }
}
END_TEST

START_TEST(foot_lies_along_the_edge_where_it_says)
{
    test_random r = { test_seed(2) };
    for (int i = 0; i < 1000; i++) {
        const incmap_coord a = random_coord(&r), b = toward(&r, a, random_log(&r, 1, 100e3));
        const incmap_coord p = toward(&r, a, random_log(&r, 1, 100e3));
        const incmap__edge_foot f = incmap__edge_nearest(a, b, p);
        /* Two geodesics' rounding, some nanometres each. */
        ck_assert_double_eq_tol(geodesic(a, f.foot), f.along_m, 2e-8);
        ck_assert_double_eq_tol(geodesic(a, f.foot) + geodesic(f.foot, b), geodesic(a, b), 4e-8);
    }
}
END_TEST

START_TEST(points_on_the_edge_and_at_its_ends_have_distance_zero)
{
    const incmap_coord a = { 50.45, 35.58 }, b = { 50.46, 35.60 };
    double length, azimuth;
    incmap__geodesic_inverse(a, b, &length, &azimuth, NULL);
    ck_assert_double_eq(incmap__edge_nearest(a, b, a).distance_m, 0);
    ck_assert_double_eq(incmap__edge_nearest(a, b, a).along_m, 0);
    /* The far end is computed from the start; the rest is rounding. */
    ck_assert_double_le(incmap__edge_nearest(a, b, b).distance_m, 1e-8);
    for (int i = 1; i < 10; i++) {
        const incmap_coord p = incmap__geodesic_direct(a, azimuth, length * i / 10, NULL);
        ck_assert_double_le(incmap__edge_nearest(a, b, p).distance_m, 1e-7);
    }
}
END_TEST

START_TEST(edge_of_no_length_is_a_point)
{
    const incmap_coord a = { 50.45, 35.58 }, p = { 51, 36 };
    const incmap__edge_foot f = incmap__edge_nearest(a, a, p);
    ck_assert_double_eq(f.distance_m, geodesic(a, p));
    ck_assert_double_eq(f.along_m, 0);
    ck_assert_double_eq(incmap__edge_nearest(a, a, a).distance_m, 0);
}
END_TEST

START_TEST(edges_over_the_antimeridian_and_the_pole_are_short)
{
    const incmap_coord west = { 66, 179.99 }, east = { 66, -179.99 };
    const incmap_coord over = { 89.9, 0 }, beyond = { 89.9, 180 };
    ck_assert_double_le(incmap__edge_nearest(west, east, (incmap_coord){ 66, 180 }).distance_m, 1);
    ck_assert_double_le(incmap__edge_nearest(over, beyond, (incmap_coord){ 90, 77 }).distance_m,
                        1e-6);
}
END_TEST

/* The azimuth in a pole depends on the longitude that the pole is given. */
START_TEST(edge_that_ends_in_a_pole_is_the_one_that_starts_there)
{
    test_random r = { test_seed(7) };
    for (int i = 0; i < 4000; i++) {
        const double sign = i % 2 ? -1 : 1;
        const incmap_coord pole = { 90 * sign, random_between(&r, -180, 180) };
        const incmap_coord a = { random_between(&r, 70, 89.9) * sign,
                                 random_between(&r, -180, 180) };
        const incmap_coord p = toward(&r, pole, random_log(&r, 1e-3, 1e6));
        const incmap__edge_foot to = incmap__edge_nearest(a, pole, p);
        const incmap__edge_foot from = incmap__edge_nearest(pole, a, p);
        /* Both are good to some nanometres; at a tenth of a millimetre along, see above. */
        ck_assert_double_eq_tol(to.distance_m, from.distance_m, 1e-7);
        ck_assert_double_eq_tol(geodesic(to.foot, from.foot), 0, 1e-3);
    }
    /* Where the pole is no foot: 0.366 m, not the 0.528 m to the pole. */
    ck_assert_double_eq_tol(incmap__edge_nearest((incmap_coord){ 80, 90 }, (incmap_coord){ 90, 0 },
                                                 (incmap_coord){ 89.999995272038, 46.098107315272 })
                                .distance_m,
                            0.3660, 1e-3);
}
END_TEST

START_TEST(short_edge_length_agrees_with_the_inverse_problem)
{
    test_random r = { test_seed(3) };
    for (int i = 0; i < 20000; i++) {
        const incmap_coord a = random_coord(&r), b = toward(&r, a, random_log(&r, 0.01, 25e3));
        const double length =
            incmap__edge_length(a, b, incmap__ecef_from_coord(a), incmap__ecef_from_coord(b));
        /* Positions in doubles of 6.4e6 m carry 1 nm each; the series adds less than that. */
        ck_assert_double_eq_tol(length, geodesic(a, b), 5e-9);
    }
}
END_TEST

START_TEST(no_chord_is_longer_than_its_bound)
{
    test_random r = { test_seed(4) };
    for (int i = 0; i < 200000; i++) {
        const incmap_coord a = random_coord(&r), b = toward(&r, a, random_log(&r, 1, 20.003e6));
        ck_assert_double_le(chord(a, b), incmap__chord_bound(geodesic(a, b)));
    }
}
END_TEST

START_TEST(no_edge_leaves_its_chord_farther_than_the_sagitta)
{
    test_random r = { test_seed(5) };
    for (int i = 0; i < 20000; i++) {
        const incmap_coord a = random_coord(&r), b = toward(&r, a, random_log(&r, 1, 3e6));
        const incmap__ecef p = incmap__ecef_from_coord(a), q = incmap__ecef_from_coord(b);
        double length, azimuth;
        incmap__geodesic_inverse(a, b, &length, &azimuth, NULL);
        for (int k = 1; k < 8; k++) {
            const incmap_coord m = incmap__geodesic_direct(a, azimuth, length * k / 8, NULL);
            /* 4 nm: rounding of positions, which alone counts for edges of a few metres. */
            ck_assert_double_le(incmap__chord_distance(p, q, incmap__ecef_from_coord(m)),
                                incmap__edge_sagitta(chord(a, b)) + 4e-9);
        }
    }
}
END_TEST

START_TEST(within_agrees_with_the_distance)
{
    test_random r = { test_seed(6) };
    for (int i = 0; i < 3000; i++) {
        const incmap_coord a = random_coord(&r), b = toward(&r, a, random_log(&r, 1, 50e3));
        const incmap_coord p = toward(&r, a, random_log(&r, 1, 5e6));
        const double d = incmap__edge_nearest(a, b, p).distance_m;
        ck_assert(incmap__edge_is_within(a, b, p, d * (1 + 1e-9) + 1e-6));
        ck_assert(!incmap__edge_is_within(a, b, p, d * (1 - 1e-9) - 1e-6));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edge");
    TCase *tc = tcase_create("edge");
    tcase_add_test(tc, foot_is_as_near_as_dense_sampling_finds);
    tcase_add_test(tc, foot_lies_along_the_edge_where_it_says);
    tcase_add_test(tc, points_on_the_edge_and_at_its_ends_have_distance_zero);
    tcase_add_test(tc, edge_of_no_length_is_a_point);
    tcase_add_test(tc, edges_over_the_antimeridian_and_the_pole_are_short);
    tcase_add_test(tc, edge_that_ends_in_a_pole_is_the_one_that_starts_there);
    tcase_add_test(tc, short_edge_length_agrees_with_the_inverse_problem);
    tcase_add_test(tc, no_chord_is_longer_than_its_bound);
    tcase_add_test(tc, no_edge_leaves_its_chord_farther_than_the_sagitta);
    tcase_add_test(tc, within_agrees_with_the_distance);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
