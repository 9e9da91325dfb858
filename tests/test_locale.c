/* SPDX-License-Identifier: MIT */
/* What the library reads and writes is the same in a process whose locale has a decimal comma. */
#include "harness.h"

#include <incmap/incmap.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/digits.h"

enum { SKIPPED = 77 };

static char folder[] = "/tmp/incmap-locale-XXXXXX";

/* The system's locale, else one made for this run. */
static bool set_comma_locale(void)
{
    char command[200];

    if (setlocale(LC_ALL, "de_DE.UTF-8")) return true;
    (void)snprintf(command, sizeof command,
                   "localedef -i de_DE -f UTF-8 %s/de_DE.UTF-8 >/dev/null 2>&1", folder);
    return system(command) == 0 && !setenv("LOCPATH", folder, 1) &&
           setlocale(LC_ALL, "de_DE.UTF-8");
}

static incmap_ctx *ctx;

static void setup(void)
{
    char comma[8];
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    /* Else the tests could not fail. */
    (void)snprintf(comma, sizeof comma, "%.1f", 0.5);
    ck_assert_str_eq(comma, "0,5");
}

static void teardown(void)
{
    incmap_ctx_free(ctx);
}

START_TEST(messages_have_a_point_before_the_decimals)
{
    const incmap_coord beyond = { 95.25, 36.5 };
    const incmap_place place = { .key = "k",
                                 .names = &(incmap_place_name){ "K", "en", false },
                                 .name_count = 1,
                                 .located = true,
                                 .at = beyond };
    incmap_gazetteer *g = NULL;
    incmap_near near;
    incmap_coord_text text;
    double metres;
    size_t count;

    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_distance(ctx, beyond, beyond, &metres), INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "95.25"));
    ck_assert_int_eq(incmap_distance_many(ctx, (incmap_coord){ 0, 0 }, &beyond, 1, &metres),
                     INCMAP_EPARTIAL);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "95.25, longitude 36.5"));
    ck_assert_int_eq(incmap_coord_parse(ctx, "95.25 36.5", &text), INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "95.25"));
    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "95.25, lon 36.5"));
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, g, beyond, NULL, 1, &near, &count),
                     INCMAP_EDOMAIN);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "95.25, lon 36.5"));
    incmap_gazetteer_free(g);
}
END_TEST

START_TEST(numbers_are_read_with_a_point_and_not_with_a_comma)
{
    incmap_coord_text text;
    double value = 0;

    ck_assert(incmap__text_to_double("-12.625", 7, &value));
    ck_assert_double_eq(value, -12.625);
    ck_assert(incmap__text_to_double("1.5e3", 5, &value));
    ck_assert_double_eq(value, 1500);
    ck_assert(incmap__text_to_double("3.5602512345678901e+01", 22, &value));
    ck_assert_double_eq(value, 35.602512345678901);
    ck_assert(!incmap__text_to_double("12,5", 4, &value));
    ck_assert(!incmap__text_to_double("1.2.5", 5, &value));
    ck_assert_int_eq(incmap_coord_parse(ctx, "50.4614, 35.6025", &text), INCMAP_OK);
    ck_assert_double_eq(text.at.lat, 50.4614);
    ck_assert_double_eq(text.at.lon, 35.6025);
}
END_TEST

START_TEST(numbers_are_written_with_a_point)
{
    char text[INCMAP_MEASURE_TEXT_SIZE], digits[INCMAP__DIGITS_SIZE];

    ck_assert_str_eq(incmap_measure_text(1794, 900, INCMAP_UNIT_KM, text), "1.8 \u00B10.9");
    ck_assert_str_eq(incmap__number(-0.0625).text, "-0.0625");
    ck_assert_str_eq(incmap__number(1e300).text, "1e+300");
    ck_assert_str_eq(incmap__number(NAN).text[0] == '-' ? "nan" : incmap__number(NAN).text, "nan");
    ck_assert_uint_eq(incmap__digits_number(digits, -12.25, 2), strlen("-12.25"));
    ck_assert_str_eq(digits, "-12.25");
}
END_TEST

START_TEST(default_data_load_as_in_any_locale)
{
    incmap_gazetteer *g = NULL;
    incmap_dataset *d = NULL;

    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    ck_assert_double_eq(incmap_gazetteer_by_key(g, "kozinka")->at.lat, 50.46139);
    ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &d), INCMAP_OK);
    incmap_dataset_free(d);
    incmap_gazetteer_free(g);
}
END_TEST

START_TEST(point_of_several_bytes_becomes_one)
{
    char arabic[] = "-12\xD9\xAB"
                    "5e+07";
    incmap__text_point(arabic);
    ck_assert_str_eq(arabic, "-12.5e+07");
}
END_TEST

static int run_all(void)
{
    Suite *suite = suite_create("locale");
    TCase *tc = tcase_create("locale");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, messages_have_a_point_before_the_decimals);
    tcase_add_test(tc, numbers_are_read_with_a_point_and_not_with_a_comma);
    tcase_add_test(tc, numbers_are_written_with_a_point);
    tcase_add_test(tc, default_data_load_as_in_any_locale);
    tcase_add_test(tc, point_of_several_bytes_becomes_one);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}

int main(void)
{
    char command[200];
    int failed;

    if (!mkdtemp(folder)) return EXIT_FAILURE;
    failed = set_comma_locale() ? run_all() : SKIPPED;
    (void)snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command) == 0 ? failed : EXIT_FAILURE;
}
