/* SPDX-License-Identifier: MIT */
/* CSV by column name: the header, rows that do not fit it, and values that are checked; each fault
 * told with file, line and column. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "faulty_tries.h"
#include "io/table.h"

static incmap_allocator libc_memory;
static incmap_error err;
static incmap_ctx *ctx;
static incmap_report *report;

static void setup(void)
{
    libc_memory = incmap__allocator_default();
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
}
static void teardown(void)
{
    incmap_report_free(report);
    incmap_ctx_free(ctx);
}

enum { KEY, LAT, COUNT_, DAY, KIND, MISSING, COLUMNS };

static const incmap__column columns[COLUMNS] = {
    [KEY] = { "key", true },  [LAT] = { "lat_deg", true }, [COUNT_] = { "count", false },
    [DAY] = { "day", false }, [KIND] = { "kind", false },  [MISSING] = { "missing", false },
};

static const char *const kinds[] = { "village", "town", "city" };

static incmap_status open_text(incmap__table **out, const char *text)
{
    incmap__csv *csv = NULL;
    ck_assert_int_eq(
        incmap__csv_open_memory(&csv, "t.csv", text, strlen(text), NULL, &libc_memory, &err),
        INCMAP_OK);
    return incmap__table_open(out, csv, columns, COLUMNS, report, &libc_memory, &err);
}

static incmap__table *must_open(const char *text)
{
    incmap__table *table = NULL;
    ck_assert_msg(open_text(&table, text) == INCMAP_OK, "%s", err.message);
    return table;
}

static bool next(incmap__table *table)
{
    bool found = false;
    ck_assert_int_eq(incmap__table_next(table, &found, &err), INCMAP_OK);
    return found;
}

/* Problem i of the report in words. */
static const char *problem(size_t i)
{
    static char text[600];
    const incmap_problem *p = incmap_report_get(report, i);
    ck_assert_ptr_nonnull(p);
    (void)incmap_problem_text(p, text, sizeof text);
    return text;
}

/* ---- the header ---- */

START_TEST(columns_are_found_by_name_whatever_their_order_case_and_spaces)
{
    incmap__table *t = must_open("other, LAT_deg\t,Kind,\"KEY\"\nx,50.5,town,a\n");
    ck_assert(incmap__table_has(t, KEY) && incmap__table_has(t, LAT));
    ck_assert(!incmap__table_has(t, MISSING));
    ck_assert_uint_eq(incmap__table_field(t, KEY), 4);
    ck_assert_uint_eq(incmap__table_field(t, MISSING), 0);
    ck_assert(next(t));
    ck_assert_str_eq(incmap__table_text(t, KEY), "a");
    ck_assert_str_eq(incmap__table_text(t, LAT), "50.5");
    ck_assert_str_eq(incmap__table_text(t, MISSING), "");
    ck_assert_uint_eq(incmap__table_length(t, LAT), 4);
    ck_assert_uint_eq(incmap__table_length(t, MISSING), 0);
    ck_assert_uint_eq(incmap__table_line(t), 2);
    ck_assert(!next(t));
    ck_assert_str_eq(incmap__table_text(t, KEY), "");
    incmap__table_close(t);
}
END_TEST

static const struct {
    const char *why, *text, *message;
} bad_headers[] = {
    { "an empty file", "", "t.csv: found no row at all, expected a header" },
    { "a required column is missing", "key,name\n",
      "t.csv:1: found a header without lat_deg, expected this column in it" },
    { "all that are missing are named", "name\na\n",
      "t.csv:1: found a header without key, lat_deg, expected these columns in it" },
    { "empty lines before it count", "\n\nkey\n",
      "t.csv:3: found a header without lat_deg, expected this column in it" },
    { "the usual reason: semicolons", "key;lat_deg\na;1\n",
      "t.csv:1: found a header without key, lat_deg, expected these columns in it; its fields seem "
      "to be separated by ;" },
    { "the other usual reason: tabs", "key\tlat_deg\na\t1\n",
      "t.csv:1: found a header without key, lat_deg, expected these columns in it; its fields seem "
      "to be separated by tabs" },
    { "a column is there twice", "key,lat_deg,x,Key\n",
      "t.csv:1: found the column \"key\" twice (fields 1 and 4), expected it once" },
    { "an optional column is there twice", "key,lat_deg,day,day\n",
      "t.csv:1: found the column \"day\" twice (fields 3 and 4), expected it once" },
    { "a quote", "key,\"lat_deg\na,1\n",
      "t.csv:1: found a quote that is never closed at byte 4 in the header, expected a closing "
      "quote at the end of the field" },
    { "UTF-16", "\xFF\xFEk",
      "t.csv:1: found bytes that are not UTF-8 at byte 0 in the header, expected text in UTF-8" },
};

START_TEST(a_header_that_does_not_do_is_refused_with_its_reason)
{
    incmap__table *t = NULL;
    ck_assert_int_eq(open_text(&t, bad_headers[_i].text), INCMAP_EDATA);
    ck_assert_msg(strcmp(err.message, bad_headers[_i].message) == 0, "%s: %s", bad_headers[_i].why,
                  err.message);
    ck_assert_ptr_null(t);
    ck_assert_uint_eq(incmap_report_count(report), 0);
}
END_TEST

START_TEST(unknown_columns_may_be_there_twice)
{
    incmap__table *t = must_open("x,key,x,lat_deg,,\n1,a,2,50,,\n");
    ck_assert(next(t));
    ck_assert_str_eq(incmap__table_text(t, LAT), "50");
    incmap__table_close(t);
}
END_TEST

/* ---- rows ---- */

static const struct {
    const char *why;
    const char *row; /* line 3, between two good ones */
    const char *problem;
} bad_rows[] = {
    { "too few fields", "b", "t.csv:3: found \"1 field\", expected 3 as in the header" },
    { "too many fields", "b,1,x,", "t.csv:3: found \"4 fields\", expected 3 as in the header" },
    { "an open quote", "b,\"1,x",
      "t.csv:3: column 2 (lat_deg): found \"a quote that is never closed at byte 23\", expected a "
      "closing quote at the end of the field" },
    { "a quote inside", "b,1,x\"y",
      "t.csv:3: column 3: found \"a quote inside a field, or text behind a closing quote at byte "
      "26\","
      " expected quotes around the whole field, and each quote in it doubled" },
    { "bytes that are not UTF-8", "b\xE9,1,x",
      "t.csv:3: column 1 (key): found \"bytes that are not UTF-8 at byte 22\", expected text in "
      "UTF-8" },
};

START_TEST(a_row_that_does_not_do_is_told_counted_and_stepped_over)
{
    char text[200];
    incmap__table *t;

    (void)snprintf(text, sizeof text, "key,lat_deg,z\na,50,\r\n%s\nc,51,\n", bad_rows[_i].row);
    t = must_open(text);
    ck_assert(next(t));
    ck_assert_str_eq(incmap__table_text(t, KEY), "a");
    ck_assert(next(t));
    ck_assert_str_eq(incmap__table_text(t, KEY), "c");
    ck_assert_uint_eq(incmap__table_line(t), 4);
    ck_assert(!next(t));
    ck_assert_uint_eq(incmap__table_rows(t), 2);
    ck_assert_uint_eq(incmap__table_refused(t), 1);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_msg(strcmp(problem(0), bad_rows[_i].problem) == 0, "%s: %s", bad_rows[_i].why,
                  problem(0));
    incmap__table_close(t);
}
END_TEST

static const struct {
    const char *why, *text;
    size_t rows;
    bool has_tags;
} tagged[] = {
    { "tags behind the header", "key,lat_deg,z\n#meta+id,#geo+lat,\na,50,\n", 1, true },
    { "one tag is enough", "key,lat_deg,z\n,,#x\na,50,\n", 1, true },
    { "tags farther down are a row like any other", "key,lat_deg,z\na,50,\n#meta+id,,\n", 2,
      false },
    { "a row with anything else is none of tags", "key,lat_deg,z\n#meta+id,50,\n", 1, false },
    { "a number is no tag", "key,lat_deg,z\n#1,,\n", 1, false },
    { "an empty row is none of tags", "key,lat_deg,z\n,,\n", 1, false },
};

START_TEST(a_row_of_hxl_tags_is_passed_over_behind_the_header_alone)
{
    incmap__table *t = must_open(tagged[_i].text);
    size_t rows = 0;

    while (next(t))
        rows++;
    ck_assert_msg(rows == tagged[_i].rows, "%s", tagged[_i].why);
    incmap__table_close(t);
    ck_assert(incmap_report_file_get(report, 0)->has_tags == tagged[_i].has_tags);
    ck_assert_uint_eq(incmap_report_file_get(report, 0)->rows, rows);
    ck_assert_uint_eq(incmap_report_count(report), 0);
}
END_TEST

START_TEST(without_a_report_rows_are_counted_all_the_same)
{
    static const char text[] = "key,lat_deg\nbroken\nb,95\n";
    incmap__csv *csv = NULL;
    incmap__table *t = NULL;
    double value = 42;

    ck_assert_int_eq(
        incmap__csv_open_memory(&csv, "t.csv", text, sizeof text - 1, NULL, &libc_memory, &err),
        INCMAP_OK);
    ck_assert_int_eq(incmap__table_open(&t, csv, columns, COLUMNS, NULL, &libc_memory, &err),
                     INCMAP_OK);
    ck_assert(next(t));
    ck_assert(!incmap__table_number(t, LAT, -90, 90, &value));
    ck_assert(!next(t));
    ck_assert_uint_eq(incmap__table_refused(t), 2);
    incmap__table_close(t);
}
END_TEST

START_TEST(a_row_refused_twice_is_one_row_and_two_problems)
{
    incmap__table *t = must_open("key,lat_deg\na,x\nb,1\n");
    ck_assert(next(t));
    incmap__table_refuse(t, KEY, "a key of the list");
    incmap__table_refuse(t, LAT, "degrees");
    incmap__table_warn(t, MISSING, "something");
    ck_assert(next(t));
    incmap__table_warn(t, KEY, "better");
    ck_assert_uint_eq(incmap__table_refused(t), 1);
    ck_assert_uint_eq(incmap__table_rows(t), 2);
    ck_assert_uint_eq(incmap_report_count(report), 4);
    ck_assert_uint_eq(incmap_report_refused(report), 2);
    ck_assert_str_eq(problem(0),
                     "t.csv:2: column 1 (key): found \"a\", expected a key of the list");
    ck_assert_str_eq(problem(1), "t.csv:2: column 2 (lat_deg): found \"x\", expected degrees");
    ck_assert_str_eq(problem(2), "t.csv:2 (missing): found \"\", expected something");
    ck_assert_str_eq(problem(3), "t.csv:3: column 1 (key): found \"b\", expected better");
    ck_assert_int_eq(incmap_report_get(report, 3)->severity, INCMAP_PROBLEM_WARNING);
    incmap__table_close(t);
}
END_TEST

/* ---- values ---- */

/* A table of one row with this text in the column, at its first row. */
static incmap__table *one_value(int column, const char *value)
{
    char text[400];
    incmap__table *t;
    (void)snprintf(text, sizeof text, "key,lat_deg,count,day,kind\n%s,%s,%s,%s,%s\n",
                   column == KEY ? value : "k", column == LAT ? value : "",
                   column == COUNT_ ? value : "", column == DAY ? value : "",
                   column == KIND ? value : "");
    t = must_open(text);
    ck_assert(next(t));
    return t;
}

/* Closes; a value that was bad must have refused the row in these words, or some if NULL. */
static void check_and_close(incmap__table *t, bool good, const char *expected)
{
    ck_assert_uint_eq(incmap__table_refused(t), !good);
    ck_assert_uint_eq(incmap_report_refused(report), !good);
    if (expected) ck_assert_str_eq(problem(0), expected);
    incmap__table_close(t);
}

static const struct {
    const char *text;
    bool good;
    double value;
    const char *problem;
} numbers[] = {
    { "50.46", true, 50.46, NULL },
    { "-90", true, -90, NULL },
    { "9e1", true, 90, NULL },
    { "95", false, 0,
      "t.csv:2: column 2 (lat_deg): found \"95\", expected a number from -90 to 90" },
    { "90.0000001", false, 0, NULL },
    { "nan", false, 0,
      "t.csv:2: column 2 (lat_deg): found \"nan\", expected a number from -90 to 90" },
    { "NaN", false, 0, NULL },
    { "inf", false, 0, NULL },
    { "-Infinity", false, 0, NULL },
    { "1e400", false, 0, NULL },
    { "0x10", false, 0, NULL },
    { "50.46N", false, 0, NULL },
    { "\"50,46\"", false, 0,
      "t.csv:2: column 2 (lat_deg): found \"50,46\", expected a number from -90 to 90" },
    { " 50", false, 0, NULL },
    { "-", false, 0, NULL },
    { "\"5\n0\"", false, 0,
      "t.csv:2: column 2 (lat_deg): found \"5 0\", expected a number from -90 to 90" },
};

START_TEST(a_number_is_in_its_range_or_refuses_the_row)
{
    incmap__table *t = one_value(LAT, numbers[_i].text);
    double value = 42;
    ck_assert_msg(incmap__table_number(t, LAT, -90, 90, &value) == numbers[_i].good, "%s",
                  numbers[_i].text);
    ck_assert_double_eq(value, numbers[_i].good ? numbers[_i].value : 42);
    check_and_close(t, numbers[_i].good, numbers[_i].problem);
}
END_TEST

static const struct {
    double least, most;
    const char *problem;
} ranges[] = {
    { -INFINITY, INFINITY, "t.csv:2: column 2 (lat_deg): found \"x\", expected a number" },
    { 0, INFINITY, "t.csv:2: column 2 (lat_deg): found \"x\", expected a number of at least 0" },
    { -INFINITY, 1.5,
      "t.csv:2: column 2 (lat_deg): found \"x\", expected a number of at most 1.5" },
};

START_TEST(an_open_range_is_worded_as_open)
{
    incmap__table *t = one_value(LAT, "x");
    double value;
    ck_assert(!incmap__table_number(t, LAT, ranges[_i].least, ranges[_i].most, &value));
    check_and_close(t, false, ranges[_i].problem);
}
END_TEST

static const struct {
    const char *text;
    bool good;
    int64_t value;
    const char *problem;
} integers[] = {
    { "7", true, 7, NULL },
    { "-5", true, -5, NULL },
    { "1000", true, 1000, NULL },
    { "1001", false, 0,
      "t.csv:2: column 3 (count): found \"1001\", expected a whole number from -5 to 1000" },
    { "-6", false, 0, NULL },
    { "7.0", false, 0, NULL },
    { "99999999999999999999", false, 0, NULL },
    { "several", false, 0, NULL },
};

START_TEST(a_whole_number_is_in_its_range_or_refuses_the_row)
{
    incmap__table *t = one_value(COUNT_, integers[_i].text);
    int64_t value = 42;
    ck_assert(incmap__table_int(t, COUNT_, -5, 1000, &value) == integers[_i].good);
    ck_assert_int_eq(value, integers[_i].good ? integers[_i].value : 42);
    check_and_close(t, integers[_i].good, integers[_i].problem);
}
END_TEST

START_TEST(an_empty_or_missing_value_is_unknown_not_zero)
{
    incmap__table *t = must_open("key,lat_deg,day\nk,,\n");
    double number = 42;
    int64_t integer = 42;
    incmap_date date = { 1, 2, INCMAP_DATE_DAY, 3 };
    int kind = 42;

    ck_assert(next(t));
    ck_assert(incmap__table_number(t, LAT, -90, 90, &number) && isnan(number));
    ck_assert(incmap__table_int(t, COUNT_, 1, 2, &integer) && integer == INT64_MIN);
    ck_assert(incmap__table_date(t, DAY, &date));
    ck_assert(date.earliest == INCMAP_DAY_OPEN && date.before == INCMAP_DAY_OPEN);
    ck_assert(date.precision == INCMAP_DATE_UNKNOWN && date.utc_offset_min == INCMAP_UTC_UNKNOWN);
    ck_assert(incmap__table_enum(t, KIND, kinds, 3, -1, &kind) && kind == -1);
    check_and_close(t, true, NULL);
}
END_TEST

static const struct {
    const char *text;
    incmap_date_precision precision; /* UNKNOWN: refused */
    const char *problem;
} dates[] = {
    { "2023-05-22", INCMAP_DATE_DAY, NULL },
    { "2023-05", INCMAP_DATE_MONTH, NULL },
    { "2023", INCMAP_DATE_YEAR, NULL },
    { "22.05.2023", INCMAP_DATE_UNKNOWN,
      "t.csv:2: column 4 (day): found \"22.05.2023\", expected a date as 2023-05-22, 2023-05 or "
      "2023" },
    { "2023-02-30", INCMAP_DATE_UNKNOWN,
      "t.csv:2: column 4 (day): found \"2023-02-30\", expected a date that exists" },
};

START_TEST(a_date_is_one_or_refuses_the_row)
{
    incmap__table *t = one_value(DAY, dates[_i].text);
    incmap_date date = { 1, 2, INCMAP_DATE_UNKNOWN, 3 };
    const bool good = dates[_i].precision != INCMAP_DATE_UNKNOWN;
    ck_assert(incmap__table_date(t, DAY, &date) == good);
    ck_assert_int_eq(date.precision, dates[_i].precision);
    ck_assert(good || (date.earliest == 1 && date.before == 2));
    check_and_close(t, good, dates[_i].problem);
}
END_TEST

START_TEST(a_text_of_a_list_is_its_number_or_refuses_the_row)
{
    incmap__table *t = one_value(KIND, "town");
    int kind = 42;
    ck_assert(incmap__table_enum(t, KIND, kinds, 3, -1, &kind));
    ck_assert_int_eq(kind, 1);
    check_and_close(t, true, NULL);

    t = one_value(KIND, "Town");
    kind = 42;
    ck_assert(!incmap__table_enum(t, KIND, kinds, 3, -1, &kind));
    ck_assert_int_eq(kind, 42);
    check_and_close(
        t, false, "t.csv:2: column 5 (kind): found \"Town\", expected one of village, town, city");
}
END_TEST

START_TEST(a_text_that_is_needed_is_there_or_refuses_the_row)
{
    incmap__table *t = one_value(KEY, "\"a \"\"b\"\"\"");
    const char *text = "unchanged";
    ck_assert(incmap__table_needed(t, KEY, &text));
    ck_assert_str_eq(text, "a \"b\"");
    check_and_close(t, true, NULL);

    t = one_value(KEY, "");
    text = "unchanged";
    ck_assert(!incmap__table_needed(t, KEY, &text));
    ck_assert_str_eq(text, "unchanged");
    check_and_close(t, false, "t.csv:2: column 1 (key): found \"\", expected a value");
}
END_TEST

/* ---- without memory ---- */

START_TEST(each_allocation_that_fails_is_out_of_memory_and_leaks_nothing)
{
    static const char text[] = "key,lat_deg\na,1\nbroken\nb,2\n";
    faulty_tries t = faulty_begin_at_most(30);

    while (faulty_next(&t, NULL)) {
        incmap__csv *csv = NULL;
        incmap__table *table = NULL;
        bool found = true;
        t.st = incmap__csv_open_memory(&csv, "t.csv", text, sizeof text - 1, NULL, &t.memory, &err);
        if (!t.st)
            t.st = incmap__table_open(&table, csv, columns, COLUMNS, report, &t.memory, &err);
        ck_assert((t.st == INCMAP_OK) == (table != NULL));
        while (!t.st && found)
            t.st = incmap__table_next(table, &found, &err);
        incmap__table_close(table);
    }
    faulty_end(&t, 5); /* 3 for the scanner, 2 for the table, 1 for the fields */
}
END_TEST

#define LENGTH(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("table");
    TCase *tc = tcase_create("table");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, columns_are_found_by_name_whatever_their_order_case_and_spaces);
    tcase_add_loop_test(tc, a_header_that_does_not_do_is_refused_with_its_reason, 0,
                        LENGTH(bad_headers));
    tcase_add_test(tc, unknown_columns_may_be_there_twice);
    tcase_add_loop_test(tc, a_row_that_does_not_do_is_told_counted_and_stepped_over, 0,
                        LENGTH(bad_rows));
    tcase_add_test(tc, without_a_report_rows_are_counted_all_the_same);
    tcase_add_loop_test(tc, a_row_of_hxl_tags_is_passed_over_behind_the_header_alone, 0,
                        sizeof tagged / sizeof *tagged);
    tcase_add_test(tc, a_row_refused_twice_is_one_row_and_two_problems);
    tcase_add_loop_test(tc, a_number_is_in_its_range_or_refuses_the_row, 0, LENGTH(numbers));
    tcase_add_loop_test(tc, an_open_range_is_worded_as_open, 0, LENGTH(ranges));
    tcase_add_loop_test(tc, a_whole_number_is_in_its_range_or_refuses_the_row, 0, LENGTH(integers));
    tcase_add_test(tc, an_empty_or_missing_value_is_unknown_not_zero);
    tcase_add_loop_test(tc, a_date_is_one_or_refuses_the_row, 0, LENGTH(dates));
    tcase_add_test(tc, a_text_of_a_list_is_its_number_or_refuses_the_row);
    tcase_add_test(tc, a_text_that_is_needed_is_there_or_refuses_the_row);
    tcase_add_test(tc, each_allocation_that_fails_is_out_of_memory_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
