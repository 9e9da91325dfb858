/* SPDX-License-Identifier: MIT */
/* The report of row problems: what it keeps, counts, passes on and words. */
#include "harness.h"

#include <incmap/report.h>

#include <stdio.h>
#include <string.h>

#include "base/report.h"
#include "faulty_allocator.h"

static incmap_ctx *ctx;
static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
}
static void teardown(void)
{
    incmap_ctx_free(ctx);
}

static const incmap_problem bad_number = { .severity = INCMAP_PROBLEM_REFUSED,
                                           .file = "places.csv",
                                           .row = 17,
                                           .column = 10,
                                           .column_name = "lon_deg",
                                           .found = "95x",
                                           .expected = "a number from -180 to 180" };

START_TEST(problems_are_kept_in_order_and_copied)
{
    incmap_report *report = NULL;
    char found[] = "first";
    incmap_problem p = bad_number;

    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    p.found = found;
    incmap__report_add(report, &p);
    memcpy(found, "other", sizeof found);
    p.severity = INCMAP_PROBLEM_WARNING;
    p.row = 18;
    incmap__report_add(report, &p);
    ck_assert_uint_eq(incmap_report_count(report), 2);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_uint_eq(incmap_report_listed(report), 2);
    ck_assert_str_eq(incmap_report_get(report, 0)->found, "first");
    ck_assert_uint_eq(incmap_report_get(report, 0)->row, 17);
    ck_assert_str_eq(incmap_report_get(report, 1)->found, "other");
    ck_assert_int_eq(incmap_report_get(report, 1)->severity, INCMAP_PROBLEM_WARNING);
    ck_assert_ptr_null(incmap_report_get(report, 2));
    incmap_report_free(report);
}
END_TEST

static void count_problem(void *user, const incmap_problem *problem)
{
    size_t *rows = user;
    *rows += problem->row;
}

START_TEST(past_the_capacity_problems_are_still_counted_and_passed_on)
{
    incmap_report *report = NULL;
    incmap_report_options options = INCMAP_REPORT_OPTIONS_INIT;
    size_t rows = 0;

    options.capacity = 3;
    options.problem = count_problem;
    options.user = &rows;
    ck_assert_int_eq(incmap_report_new(ctx, &options, &report), INCMAP_OK);
    for (size_t row = 1; row <= 100; row++) {
        incmap_problem p = bad_number;
        p.row = row;
        incmap__report_add(report, &p);
    }
    ck_assert_uint_eq(incmap_report_count(report), 100);
    ck_assert_uint_eq(incmap_report_refused(report), 100);
    ck_assert_uint_eq(incmap_report_listed(report), 3);
    ck_assert_uint_eq(rows, 5050);
    ck_assert_uint_eq(incmap_report_get(report, 2)->row, 3);
    incmap_report_free(report);
}
END_TEST

START_TEST(what_was_found_is_cut_at_80_bytes_between_characters)
{
    incmap_report *report = NULL;
    incmap_problem p = bad_number;
    char found[300] = "x";

    for (size_t i = 1; i + 2 < sizeof found; i += 2)
        memcpy(found + i, "ж", 3);
    p.found = found;
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    incmap__report_add(report, &p);
    ck_assert_uint_eq(strlen(incmap_report_get(report, 0)->found), 79);
    ck_assert_mem_eq(incmap_report_get(report, 0)->found, found, 79);
    incmap_report_free(report);
}
END_TEST

static const struct {
    const char *why;
    incmap_problem problem;
    const char *text;
} lines[] = {
    { "all there",
      { 1, "places.csv", 17, 10, "lon_deg", "95x", "a number" },
      "places.csv:17: column 10 (lon_deg): found \"95x\", expected a number" },
    { "the row as a whole",
      { 1, "a.csv", 2, 0, "", "3 fields", "4" },
      "a.csv:2: found \"3 fields\", expected 4" },
    { "the file as a whole", { 1, "a.csv", 0, 0, "", "nothing", "" }, "a.csv: found \"nothing\"" },
    { "a column without a name",
      { 1, "a.csv", 2, 3, "", "x", "y" },
      "a.csv:2: column 3: found \"x\", expected y" },
    { "one line, whatever stands in the file",
      { 1, "a.csv", 2, 3, "", "x\r\ny\x1B[0m", "z" },
      "a.csv:2: column 3: found \"x  y [0m\", expected z" },
};

START_TEST(a_problem_is_worded_in_one_line)
{
    char buffer[200];
    const size_t n = incmap_problem_text(&lines[_i].problem, buffer, sizeof buffer);
    ck_assert_msg(strcmp(buffer, lines[_i].text) == 0, "%s: %s", lines[_i].why, buffer);
    ck_assert_uint_eq(n, strlen(lines[_i].text));
}
END_TEST

START_TEST(a_wording_that_does_not_fit_is_cut_and_its_length_told)
{
    char whole[200], buffer[200];
    const size_t n = incmap_problem_text(&bad_number, whole, sizeof whole);

    for (size_t size = 1; size <= n + 1; size++) {
        ck_assert_uint_eq(incmap_problem_text(&bad_number, buffer, size), n);
        ck_assert_uint_eq(strlen(buffer), size - 1);
        ck_assert_mem_eq(buffer, whole, size - 1);
    }
}
END_TEST

START_TEST(nothing_is_done_without_a_report)
{
    incmap_report *report = NULL;
    incmap__report_add(NULL, &bad_number);
    incmap_report_free(NULL);
    ck_assert_uint_eq(incmap_report_count(NULL), 0);
    ck_assert_uint_eq(incmap_report_refused(NULL), 0);
    ck_assert_uint_eq(incmap_report_listed(NULL), 0);
    ck_assert_ptr_null(incmap_report_get(NULL, 0));
    ck_assert_int_eq(incmap_report_new(NULL, NULL, &report), INCMAP_EARG);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, NULL), INCMAP_EARG);
    ck_assert_ptr_null(report);
}
END_TEST

START_TEST(texts_that_are_not_given_are_empty)
{
    incmap_report *report = NULL;
    const incmap_problem nothing = { .severity = INCMAP_PROBLEM_WARNING };
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    incmap__report_add(report, &nothing);
    ck_assert_str_eq(incmap_report_get(report, 0)->file, "");
    ck_assert_str_eq(incmap_report_get(report, 0)->column_name, "");
    ck_assert_str_eq(incmap_report_get(report, 0)->found, "");
    ck_assert_str_eq(incmap_report_get(report, 0)->expected, "");
    incmap_report_free(report);
}
END_TEST

/* Without memory the list stays short, but no problem goes uncounted. */
START_TEST(without_memory_problems_are_counted_all_the_same)
{
    struct faulty f = { 0 };
    incmap_ctx *poor = faulty_ctx(&f);
    bool whole = false;

    ck_assert_ptr_nonnull(poor);
    for (long budget = 0; !whole; budget++) {
        const long before = f.blocks;
        incmap_report *report = NULL;
        incmap_status st;
        f.budget = budget;
        st = incmap_report_new(poor, NULL, &report);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_ptr_null(report);
        } else {
            incmap__report_add(report, &bad_number);
            incmap__report_add(report, &bad_number);
            ck_assert_uint_eq(incmap_report_count(report), 2);
            ck_assert_uint_eq(incmap_report_refused(report), 2);
            whole = incmap_report_listed(report) == 2;
        }
        incmap_report_free(report);
        ck_assert_int_eq(f.blocks, before);
        ck_assert_int_lt(budget, 20);
    }
    incmap_ctx_free(poor);
    ck_assert_int_eq(f.blocks, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report");
    TCase *tc = tcase_create("report");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, problems_are_kept_in_order_and_copied);
    tcase_add_test(tc, past_the_capacity_problems_are_still_counted_and_passed_on);
    tcase_add_test(tc, what_was_found_is_cut_at_80_bytes_between_characters);
    tcase_add_loop_test(tc, a_problem_is_worded_in_one_line, 0,
                        (int)(sizeof lines / sizeof *lines));
    tcase_add_test(tc, a_wording_that_does_not_fit_is_cut_and_its_length_told);
    tcase_add_test(tc, nothing_is_done_without_a_report);
    tcase_add_test(tc, texts_that_are_not_given_are_empty);
    tcase_add_test(tc, without_memory_problems_are_counted_all_the_same);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
