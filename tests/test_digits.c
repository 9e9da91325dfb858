/* SPDX-License-Identifier: MIT */
/* Numbers of a .dbf, digit for digit as printf writes them, which is the reference here. */
#include "harness.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/digits.h"
#include "random.h"

static void assert_as_printf(double value, int decimals)
{
    char found[INCMAP__DIGITS_SIZE], expected[INCMAP__DIGITS_SIZE];
    size_t length;
    (void)snprintf(expected, sizeof expected, "%.*f", decimals, value);
    if (expected[0] == '-' && strspn(expected + 1, "0.") == strlen(expected + 1))
        memmove(expected, expected + 1, strlen(expected));
    length = incmap__digits_number(found, value, decimals);
    ck_assert_msg(strcmp(found, expected) == 0 && length == strlen(found),
                  "%a with %d decimals: %s, expected %s", value, decimals, found, expected);
}

static const struct {
    const char *why;
    double value;
    int decimals;
} numbers[] = {
    { "zero", 0.0, 0 },
    { "minus zero has no minus", -0.0, 2 },
    { "what rounds to zero has none either", -0.004, 2 },
    { "digits behind the point only", 0.05, 3 },
    { "a half, to even below", 0.5, 0 },
    { "a half, to even above", 1.5, 0 },
    { "the product is a half, the value below", 2.675, 2 },
    { "the product is a half, the value above", 1.115, 2 },
    { "a half that is exact", 0.125, 2 },
    { "carry through all digits", 999.995, 2 },
    { "just below 2^52 when scaled", 45035996273704.95, 2 },
    { "just above", 45035996273704.97, 2 },
    { "a whole number beyond 64 bits", 1e25, 3 },
    { "the largest", DBL_MAX, 2 },
    { "the smallest", DBL_TRUE_MIN, 15 },
    { "many decimals", -0.1, 20 },
    { "the most decimals that go through whole numbers", 1.23456789012345, 14 },
};

START_TEST(hard_numbers_are_as_printf_writes_them)
{
    assert_as_printf(numbers[_i].value, numbers[_i].decimals);
    assert_as_printf(-numbers[_i].value, numbers[_i].decimals);
}
END_TEST

START_TEST(random_numbers_are_as_printf_writes_them)
{
    test_random r = { test_seed(4) };
    for (int i = 0; i < 200000; i++) {
        const int decimals = (int)random_between(&r, 0, 16);
        const double size = pow(10, random_between(&r, -8, 18));
        assert_as_printf(random_between(&r, -size, size), decimals);
        /* ties and their neighbours */
        const double half = floor(random_between(&r, -1e6, 1e6)) / 8 + 0.0625;
        assert_as_printf(half, decimals % 4);
        assert_as_printf(nextafter(half, 1e9), decimals % 4);
        assert_as_printf(floor(half) / 1000 + 0.0005, 3);
    }
}
END_TEST

START_TEST(whole_numbers_have_all_their_digits)
{
    static const int64_t known[] = { 0,         1,         -1,      9,         10,
                                     -10,       99,        100,     -12345,    INT64_MAX,
                                     INT64_MIN, INT32_MIN, 1000000, 9999999999 };
    char found[INCMAP__DIGITS_SIZE], expected[32];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        (void)snprintf(expected, sizeof expected, "%" PRId64, known[i]);
        ck_assert_uint_eq(incmap__digits_int(found, known[i]), strlen(expected));
        ck_assert_str_eq(found, expected);
    }
}
END_TEST

START_TEST(day_has_eight_digits)
{
    char digits[9];
    incmap__digits_day(digits, 2023, 5, 22);
    ck_assert_str_eq(digits, "20230522");
    incmap__digits_day(digits, 1, 12, 31);
    ck_assert_str_eq(digits, "00011231");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("digits");
    TCase *tc = tcase_create("digits");
    tcase_add_loop_test(tc, hard_numbers_are_as_printf_writes_them, 0,
                        sizeof numbers / sizeof *numbers);
    tcase_add_test(tc, random_numbers_are_as_printf_writes_them);
    tcase_add_test(tc, whole_numbers_have_all_their_digits);
    tcase_add_test(tc, day_has_eight_digits);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
