/* SPDX-License-Identifier: MIT */
/* The series from the chord against PROJ's geodesics. */
#include "harness.h"

#include <math.h>

#include "geodesy/edge.h"
#include "geodesy/short_geodesic.h"
#include "random.h"

/* The promise is the last row's 2 um. Below 300 km it is the rounding of earth-centred positions that
 * counts, up to a nanometre in each of six numbers. */
static const struct {
    double least_m, most_m;
    double distance_m;
} limits[] = {
    { 0.01, 10, 1e-8 },     { 10, 1e3, 1e-8 },      { 1e3, 100e3, 1e-8 },
    { 100e3, 300e3, 1e-8 }, { 300e3, 700e3, 1e-7 }, { 700e3, 1000e3, 2e-6 },
};

/* Degrees: the series' own error, and that rounding over the way. */
static double azimuth_limit(double distance_m)
{
    return 1e-9 + 57.3 * 1e-8 / distance_m;
}

/* Of a vector seen from there. */
static double azimuth_of(incmap_coord from, incmap__ecef v)
{
    const double lat = from.lat / 57.29577951308232, lon = from.lon / 57.29577951308232;
    const double east = v.y * cos(lon) - v.x * sin(lon);
    const double out = v.x * cos(lon) + v.y * sin(lon);
    return atan2(east, v.z * cos(lat) - out * sin(lat)) * 57.29577951308232;
}

START_TEST(distance_and_azimuths_agree_with_the_inverse_problem)
{
    test_random r = { test_seed(51 + (uint64_t)_i) };

    for (int i = 0; i < 40000; i++) {
        const incmap_coord a = random_coord(&r);
        const incmap_coord b =
            incmap__geodesic_direct(a, random_between(&r, 0, 360),
                                    random_log(&r, limits[_i].least_m, limits[_i].most_m), NULL);
        const incmap__short_geodesic g =
            incmap__short_geodesic_between(incmap__ecef_from_coord(a), incmap__ecef_from_coord(b));
        const incmap__ecef toward_b = { -g.at_p.x, -g.at_p.y, -g.at_p.z };
        double s, azimuth_a, azimuth_b;

        incmap__geodesic_inverse(a, b, &s, &azimuth_a, &azimuth_b);
        ck_assert_double_eq_tol(g.distance_m, s, limits[_i].distance_m);
        /* An azimuth is a matter of longitude too: near a pole both change by as much. */
        if (fabs(a.lat) < 89)
            ck_assert_double_le(fabs(remainder(azimuth_of(a, toward_b) - azimuth_a, 360)),
                                azimuth_limit(s));
        if (fabs(b.lat) < 89)
            ck_assert_double_le(fabs(remainder(azimuth_of(b, g.at_q) - azimuth_b, 360)),
                                azimuth_limit(s));
    }
}
END_TEST

START_TEST(coincident_points_have_distance_zero)
{
    const incmap__ecef p = incmap__ecef_from_coord((incmap_coord){ 50, 36 });
    ck_assert_double_eq(incmap__short_geodesic_between(p, p).distance_m, 0);
}
END_TEST

START_TEST(lifted_points_lie_on_the_ellipsoid_above)
{
    test_random r = { test_seed(61) };
    for (int i = 0; i < 20000; i++) {
        const incmap_coord c = random_coord(&r);
        const incmap__ecef p = incmap__ecef_from_coord(c);
        const double depth_m = random_between(&r, 0, 10);
        const double lat = c.lat / 57.29577951308232, lon = c.lon / 57.29577951308232;
        const incmap__ecef below = { p.x - depth_m * cos(lat) * cos(lon),
                                     p.y - depth_m * cos(lat) * sin(lon),
                                     p.z - depth_m * sin(lat) };
        const incmap__ecef q = incmap__ecef_lift(below);
        /* 10 m below, the step leaves 10^2 / 2 R: 8 um along the normal, and none across. */
        ck_assert_double_le(incmap__chord_length(p, q), 1e-5);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("short_geodesic");
    TCase *tc = tcase_create("short_geodesic");
    tcase_add_loop_test(tc, distance_and_azimuths_agree_with_the_inverse_problem, 0,
                        sizeof limits / sizeof *limits);
    tcase_add_test(tc, coincident_points_have_distance_zero);
    tcase_add_test(tc, lifted_points_lie_on_the_ellipsoid_above);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
