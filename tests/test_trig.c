/* SPDX-License-Identifier: MIT */
/* Our own sine, cosine and arc tangent against the C library's in extended precision. */
#include "harness.h"

#include <math.h>

#include "geodesy/trig.h"
#include "random.h"

static const long double radians = 0.01745329251994329576923690768488612713L;

START_TEST(sines_and_cosines_are_good_to_the_last_digit)
{
    test_random r = { test_seed(81) };
    for (int i = 0; i < 200000; i++) {
        const double deg = random_between(&r, -225, 225);
        double sine, cosine;
        incmap__sincos_degrees(deg, &sine, &cosine);
        /* An ulp below 1 is 1.1e-16; the angle in radians, rounded, adds as much at 45 degrees. */
        ck_assert_double_le((double)fabsl((long double)sine - sinl((long double)deg * radians)),
                            2.5e-16);
        ck_assert_double_le((double)fabsl((long double)cosine - cosl((long double)deg * radians)),
                            2.5e-16);
    }
}
END_TEST

START_TEST(quarter_turns_are_exact)
{
    static const struct {
        double deg, sine, cosine;
    } turns[] = { { 0, 0, 1 }, { 90, 1, 0 }, { 180, 0, -1 }, { -90, -1, 0 }, { -180, 0, -1 } };
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        double sine, cosine;
        incmap__sincos_degrees(turns[i].deg, &sine, &cosine);
        ck_assert_double_eq(sine, turns[i].sine);
        ck_assert_double_eq(cosine, turns[i].cosine);
        ck_assert_double_eq(fabs(incmap__atan2_degrees(sine, cosine)), fabs(turns[i].deg));
    }
    ck_assert_double_eq(incmap__atan2_degrees(0, 0), 0);
}
END_TEST

START_TEST(arc_tangents_are_good_to_the_last_digit)
{
    test_random r = { test_seed(82) };
    for (int i = 0; i < 200000; i++) {
        const double angle = random_between(&r, -180, 180), size = random_log(&r, 1e-6, 1e7);
        const double x = size * cos(angle / 57.3), y = size * sin(angle / 57.3);
        const long double exact = atan2l((long double)y, (long double)x) / radians;
        /* An ulp below 180 is 2.8e-14. */
        ck_assert_double_le((double)fabsl((long double)incmap__atan2_degrees(y, x) - exact), 3e-14);
    }
}
END_TEST

START_TEST(small_angles_keep_their_digits)
{
    test_random r = { test_seed(83) };
    for (int i = 0; i < 50000; i++) {
        const double angle = random_log(&r, 1e-15, 1);
        double sine, cosine;
        incmap__sincos_degrees(angle, &sine, &cosine);
        ck_assert_double_eq_tol(sine / (double)sinl((long double)angle * radians), 1, 4e-16);
        ck_assert_double_eq_tol(incmap__atan2_degrees(sine, cosine) / angle, 1, 8e-16);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("trig");
    TCase *tc = tcase_create("trig");
    tcase_add_test(tc, sines_and_cosines_are_good_to_the_last_digit);
    tcase_add_test(tc, quarter_turns_are_exact);
    tcase_add_test(tc, arc_tangents_are_good_to_the_last_digit);
    tcase_add_test(tc, small_angles_keep_their_digits);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
