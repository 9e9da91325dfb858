/* SPDX-License-Identifier: MIT */
/* Days of the calendar, and dates as exact as they were stated. */
#include "harness.h"

#include <incmap/date.h>

#include <string.h>

#include "base/date.h"

static incmap_ctx *ctx;
static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
}
static void teardown(void)
{
    incmap_ctx_free(ctx);
}

static const struct {
    const char *why;
    int year, month, mday;
    incmap_day day;
} days[] = {
    { "the epoch", 1970, 1, 1, 0 },
    { "the day before", 1969, 12, 31, -1 },
    { "the raid", 2023, 5, 22, 19499 }, /* date -d 2023-05-22 +%s, divided by 86400 */
    { "a leap day", 2000, 2, 29, 11016 },
    { "no leap year, by the century", 1900, 3, 1, -25508 },
    { "Unix time's 32-bit end", 2038, 1, 19, 24855 },
    { "year 0 is 1 BC", 0, 3, 1, -719468 },
    { "first of all", -9999, 1, 1, -4371587 },
    { "last of all", 9999, 12, 31, 2932896 },
};

START_TEST(known_days_have_their_number)
{
    incmap_day day = 42;
    int y, m, d;
    ck_assert(incmap_day_from_civil(days[_i].year, days[_i].month, days[_i].mday, &day));
    ck_assert_msg(day == days[_i].day, "%s: %d", days[_i].why, day);
    incmap_day_to_civil(days[_i].day, &y, &m, &d);
    ck_assert_msg(y == days[_i].year && m == days[_i].month && d == days[_i].mday, "%s: %d-%d-%d",
                  days[_i].why, y, m, d);
}
END_TEST

START_TEST(every_day_of_twenty_thousand_years_follows_the_one_before)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    incmap_day expected = -4371587;

    for (int year = -9999; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            const int length = lengths[month - 1] + (month == 2 && leap);
            for (int mday = 1; mday <= length; mday++, expected++) {
                incmap_day day;
                int y, m, d;
                if (!incmap_day_from_civil(year, month, mday, &day) || day != expected)
                    ck_abort_msg("%d-%d-%d", year, month, mday);
                incmap_day_to_civil(day, &y, &m, &d);
                if (y != year || m != month || d != mday) ck_abort_msg("day %d", day);
            }
        }
    }
    ck_assert_int_eq(expected, 2932897);
}
END_TEST

START_TEST(the_far_ends_of_a_day_do_not_overflow)
{
    int y = 0, m = 0, d = 0;
    /* 5,879,610 years of 365.2425 days lie between the epoch and 2^31 days. */
    incmap_day_to_civil(INT32_MAX, &y, &m, &d);
    ck_assert_int_eq(y, 5881580);
    incmap_day_to_civil(INT32_MIN + 1, &y, &m, &d);
    ck_assert_int_eq(y, -5877641);
    incmap_day_to_civil(0, NULL, NULL, NULL);
}
END_TEST

START_TEST(days_that_do_not_exist_are_refused)
{
    static const int none[][3] = { { 2023, 2, 29 }, { 1900, 2, 29 }, { 2023, 13, 1 },
                                   { 2023, 0, 1 },  { 2023, 4, 31 }, { 2023, 1, 0 },
                                   { 2023, 1, 32 }, { 10000, 1, 1 }, { -10000, 12, 31 } };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        incmap_day day = 42;
        ck_assert(!incmap_day_from_civil(none[i][0], none[i][1], none[i][2], &day));
        ck_assert_int_eq(day, 42);
    }
    ck_assert(!incmap_day_from_civil(2023, 1, 1, NULL));
}
END_TEST

static const struct {
    const char *text;
    incmap_date_precision precision;
    int first[3], last[3];
} dates[] = {
    { "2023-05-22", INCMAP_DATE_DAY, { 2023, 5, 22 }, { 2023, 5, 22 } },
    { "2023-05", INCMAP_DATE_MONTH, { 2023, 5, 1 }, { 2023, 5, 31 } },
    { "2024-02", INCMAP_DATE_MONTH, { 2024, 2, 1 }, { 2024, 2, 29 } },
    { "2023", INCMAP_DATE_YEAR, { 2023, 1, 1 }, { 2023, 12, 31 } },
    { "9999", INCMAP_DATE_YEAR, { 9999, 1, 1 }, { 9999, 12, 31 } },
    { "-0044-03-15", INCMAP_DATE_DAY, { -44, 3, 15 }, { -44, 3, 15 } },
    { "2024-12-31", INCMAP_DATE_DAY, { 2024, 12, 31 }, { 2024, 12, 31 } },
};

START_TEST(a_date_covers_what_was_stated_and_is_worded_as_it_was)
{
    incmap_date date;
    incmap_day first, last;
    char buffer[INCMAP_DATE_TEXT_SIZE];

    ck_assert_int_eq(incmap_date_parse(ctx, dates[_i].text, &date), INCMAP_OK);
    ck_assert(
        incmap_day_from_civil(dates[_i].first[0], dates[_i].first[1], dates[_i].first[2], &first));
    ck_assert(
        incmap_day_from_civil(dates[_i].last[0], dates[_i].last[1], dates[_i].last[2], &last));
    ck_assert_int_eq(date.earliest, first);
    ck_assert_int_eq(date.before, last + 1);
    ck_assert_int_eq(date.precision, dates[_i].precision);
    ck_assert_int_eq(date.utc_offset_min, INCMAP_UTC_UNKNOWN);
    ck_assert_str_eq(incmap_date_text(&date, buffer), dates[_i].text);
}
END_TEST

static const struct {
    const char *text;
    incmap_status status;
    const char *message;
} refused[] = {
    { "", INCMAP_EPARSE, "date: found \"\", expected YYYY-MM-DD, YYYY-MM or YYYY" },
    { "22.05.2023", INCMAP_EPARSE,
      "date: found \"22.05.2023\", expected YYYY-MM-DD, YYYY-MM or YYYY" },
    { "2023-5-22", INCMAP_EPARSE, NULL },
    { "2023-05-22 ", INCMAP_EPARSE, NULL },
    { " 2023-05-22", INCMAP_EPARSE, NULL },
    { "2023-05-22T10:00", INCMAP_EPARSE, NULL },
    { "20230522", INCMAP_EPARSE, NULL },
    { "2023-", INCMAP_EPARSE, NULL },
    { "2023-05-", INCMAP_EPARSE, NULL },
    { "-", INCMAP_EPARSE, NULL },
    { "+2023", INCMAP_EPARSE, NULL },
    { "23", INCMAP_EPARSE, NULL },
    { "2023-+5", INCMAP_EPARSE, NULL },
    { "2023-13", INCMAP_EDOMAIN, "date: found \"2023-13\", expected a month 01 to 12" },
    { "2023-00-10", INCMAP_EDOMAIN, "date: found \"2023-00-10\", expected a month 01 to 12" },
    { "2023-02-29", INCMAP_EDOMAIN,
      "date: found \"2023-02-29\", expected a day 01 to 28 of that month" },
    { "2023-05-00", INCMAP_EDOMAIN,
      "date: found \"2023-05-00\", expected a day 01 to 31 of that month" },
};

START_TEST(other_texts_are_refused_and_the_output_is_left_alone)
{
    incmap_date date = { 1, 2, INCMAP_DATE_RANGE, 3 };
    ck_assert_msg(incmap_date_parse(ctx, refused[_i].text, &date) == refused[_i].status, "\"%s\"",
                  refused[_i].text);
    ck_assert_int_eq(incmap_ctx_status(ctx), refused[_i].status);
    if (refused[_i].message) ck_assert_str_eq(incmap_ctx_message(ctx), refused[_i].message);
    ck_assert(date.earliest == 1 && date.before == 2 && date.precision == INCMAP_DATE_RANGE &&
              date.utc_offset_min == 3);
}
END_TEST

START_TEST(a_missing_pointer_is_told)
{
    incmap_date date;
    ck_assert_int_eq(incmap_date_parse(NULL, "2023", &date), INCMAP_EARG);
    ck_assert_int_eq(incmap_date_parse(ctx, NULL, &date), INCMAP_EARG);
    ck_assert_int_eq(incmap_date_parse(ctx, "2023", NULL), INCMAP_EARG);
}
END_TEST

static const struct {
    const char *why;
    incmap_date_precision precision;
    const char *first, *last; /* NULL: open */
    const char *text;
} worded[] = {
    { "a day", INCMAP_DATE_DAY, "2023-05-22", "2023-05-22", "2023-05-22" },
    { "an episode of two days", INCMAP_DATE_DAY, "2023-05-22", "2023-05-23",
      "2023-05-22 to 2023-05-23" },
    { "a month shows no day", INCMAP_DATE_MONTH, "2023-05-10", "2023-05-20", "2023-05" },
    { "two months", INCMAP_DATE_MONTH, "2023-05-01", "2023-06-30", "2023-05 to 2023-06" },
    { "a year shows no month", INCMAP_DATE_YEAR, "2022-03-01", "2022-12-31", "2022" },
    { "a season is its two ends", INCMAP_DATE_SEASON, "2022-09-01", "2022-11-30",
      "2022-09-01 to 2022-11-30" },
    { "a series", INCMAP_DATE_RANGE, "2023-03-02", "2023-05-22", "2023-03-02 to 2023-05-22" },
    { "a series that goes on", INCMAP_DATE_RANGE, "2023-03-02", NULL, "from 2023-03-02" },
    { "the end alone", INCMAP_DATE_BEFORE, NULL, "2023-05-21", "before 2023-05-22" },
    { "the end alone, of a series", INCMAP_DATE_RANGE, NULL, "2023-05-21", "before 2023-05-22" },
    { "nothing", INCMAP_DATE_RANGE, NULL, NULL, "unknown" },
    { "nothing, said so", INCMAP_DATE_UNKNOWN, "2023-05-22", "2023-05-22", "unknown" },
};

static incmap_day day_of(const char *text, int behind)
{
    incmap_date date = { 0 };
    if (!text) return INCMAP_DAY_OPEN;
    ck_assert_int_eq(incmap_date_parse(ctx, text, &date), INCMAP_OK);
    return date.earliest + behind;
}

START_TEST(a_date_is_worded_as_exact_as_its_precision)
{
    char buffer[INCMAP_DATE_TEXT_SIZE];
    const incmap_date date = { day_of(worded[_i].first, 0), day_of(worded[_i].last, 1),
                               worded[_i].precision, INCMAP_UTC_UNKNOWN };
    ck_assert_msg(strcmp(incmap_date_text(&date, buffer), worded[_i].text) == 0, "%s: %s",
                  worded[_i].why, buffer);
}
END_TEST

START_TEST(odd_dates_are_worded_within_the_buffer)
{
    char buffer[INCMAP_DATE_TEXT_SIZE];
    const incmap_date widest = { INT32_MIN + 1, INT32_MAX, INCMAP_DATE_RANGE, 0 };
    const incmap_date reversed = { 100, 50, INCMAP_DATE_RANGE, 0 };
    ck_assert_str_eq(incmap_date_text(&widest, buffer), "-5877641-06-24 to 5881580-07-10");
    ck_assert_str_eq(incmap_date_text(&reversed, buffer), "1970-04-11");
    ck_assert_str_eq(incmap_date_text(NULL, buffer), "unknown");
    ck_assert_str_eq(incmap_date_text(&reversed, NULL), "");
}
END_TEST

START_TEST(each_precision_has_its_own_word)
{
    static const char *const names[] = { "unknown", "day",   "month", "season",
                                         "year",    "range", "before" };
    for (int p = INCMAP_DATE_UNKNOWN; p <= INCMAP_DATE_BEFORE; p++)
        ck_assert_str_eq(incmap_date_precision_text((incmap_date_precision)p), names[p]);
    ck_assert_str_eq(incmap_date_precision_text((incmap_date_precision)99), "unknown");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("date");
    TCase *tc = tcase_create("date");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, known_days_have_their_number, 0, COUNT(days));
    tcase_add_test(tc, every_day_of_twenty_thousand_years_follows_the_one_before);
    tcase_add_test(tc, the_far_ends_of_a_day_do_not_overflow);
    tcase_add_test(tc, days_that_do_not_exist_are_refused);
    tcase_add_loop_test(tc, a_date_covers_what_was_stated_and_is_worded_as_it_was, 0, COUNT(dates));
    tcase_add_loop_test(tc, other_texts_are_refused_and_the_output_is_left_alone, 0,
                        COUNT(refused));
    tcase_add_test(tc, a_missing_pointer_is_told);
    tcase_add_loop_test(tc, a_date_is_worded_as_exact_as_its_precision, 0, COUNT(worded));
    tcase_add_test(tc, odd_dates_are_worded_within_the_buffer);
    tcase_add_test(tc, each_precision_has_its_own_word);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
