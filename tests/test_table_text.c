/* SPDX-License-Identifier: MIT */
/* The examples' tables, texts, CSV output and country codes: what people print and publish. */
#include "harness.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "common/country.h"
#include "common/csv_out.h"
#include "common/table.h"
#include "common/text.h"

/* "е" with a combining acute, as stress marks in Russian sources are written. */
#define STRESSED "е\u0301"

static const struct {
    const char *why, *text;
    size_t width;
} widths[] = {
    { "nothing", "", 0 },
    { "ASCII", "Kozinka", 7 },
    { "Cyrillic takes two bytes and one column", "Козинка", 7 },
    { "Ukrainian i, yi and apostrophe", "Кам\u2019янка-Ї", 10 },
    { "a combining mark takes none", "б" STRESSED "лгород", 8 },
    { "plus-minus sign", "±0.9", 4 },
    { "CJK takes two", "北京", 4 },
    { "a byte that is no UTF-8 takes one",
      "a\xff"
      "b",
      3 },
    { "a zero-width space takes none", "a\u200bb", 2 },
};

START_TEST(width_counts_columns_not_bytes)
{
    ck_assert_msg(text_width(widths[_i].text) == widths[_i].width, "%s: got %zu", widths[_i].why,
                  text_width(widths[_i].text));
}
END_TEST

START_TEST(a_cut_keeps_letters_whole_and_their_marks)
{
    const char *text = "б" STRESSED "лгород";
    ck_assert_uint_eq(text_cut(text, 1), strlen("б"));
    ck_assert_uint_eq(text_cut(text, 2), strlen("б" STRESSED));
    ck_assert_uint_eq(text_cut(text, 100), strlen(text));
    ck_assert_uint_eq(text_cut("北京", 3), strlen("北"));
    ck_assert_uint_eq(text_cut("abc", 0), 0);
}
END_TEST

static const struct {
    const char *why, *text;
    size_t columns;
    const char *lines[5];
} wraps[] = {
    { "what fits stays", "Gora-Podol", 10, { "Gora-Podol" } },
    { "broken at a space, which goes",
      "Russian Volunteer Corps",
      10,
      { "Russian", "Volunteer", "Corps" } },
    { "a space at the very end of the line",
      "Russian Volunteer",
      7,
      { "Russian", "Volunte", "er" } },
    { "broken behind a hyphen", "Velyka-Pysarivka", 9, { "Velyka-", "Pysarivka" } },
    { "a date is kept whole", "before 2023-05-22", 13, { "before", "2023-05-22" } },
    { "so are words with a slash",
      "violence: Air/drone strike",
      15,
      { "violence:", "Air/drone", "strike" } },
    { "a long word is cut between letters", "Грайворон", 4, { "Грай", "воро", "н" } },
    { "asked-for breaks", "a" LINE_BREAK "b c", 10, { "a", "b c" } },
    { "an asked-for empty line", "a" LINE_BREAK LINE_BREAK "b", 10, { "a", "", "b" } },
    { "a letter wider than the column is not lost", "北京", 1, { "北", "京" } },
    { "nothing", "", 5, { "" } },
};

START_TEST(text_is_wrapped_where_a_reader_expects_it)
{
    const char *at = wraps[_i].text;
    size_t next, length, n = 0;

    do {
        length = text_wrap(at, wraps[_i].columns, &next);
        ck_assert_msg(n < 5 && wraps[_i].lines[n], "%s: too many lines", wraps[_i].why);
        ck_assert_msg(length == strlen(wraps[_i].lines[n]) &&
                          memcmp(at, wraps[_i].lines[n], length) == 0,
                      "%s: line %zu is \"%.*s\"", wraps[_i].why, n, (int)length, at);
        n++;
        at += next;
    } while (*at);
    ck_assert_msg(n == 5 || !wraps[_i].lines[n], "%s: %zu lines only", wraps[_i].why, n);
}
END_TEST

static const struct {
    const char *why, *text, *clean;
} cleanings[] = {
    { "plain text stays", "Козинка ±1", "Козинка ±1" },
    { "an escape sequence cannot reach the terminal", "a\x1b[31mb", "a [31mb" },
    { "newlines and tabs become spaces", "a\n\tb", "a  b" },
    { "C1 controls too",
      "a\xc2\x9b"
      "b",
      "a b" },
    { "overrides of the direction vanish", "a\u202eb\u2066c", "abc" },
    { "bytes that are no UTF-8 are shown as such", "a\xc3(", "a\uFFFD(" },
    { "a break of the table's own stays", "a" LINE_BREAK "b", "a" LINE_BREAK "b" },
};

START_TEST(what_goes_to_a_terminal_is_harmless)
{
    char *clean = text_clean(cleanings[_i].text);
    ck_assert_msg(strcmp(clean, cleanings[_i].clean) == 0, "%s: got \"%s\"", cleanings[_i].why,
                  clean);
    free(clean);
}
END_TEST

/* What a function printed, owned by the caller. */
static char *read_back(FILE *file)
{
    long size = ftell(file);
    char *text = calloc(1, (size_t)size + 1);
    rewind(file);
    ck_assert_uint_eq(fread(text, 1, (size_t)size, file), (size_t)size);
    fclose(file);
    return text;
}

static void expect_table(table *t, const char *expected)
{
    FILE *file = tmpfile();
    char *printed;
    ck_assert_ptr_nonnull(file);
    table_print(t, file);
    printed = read_back(file);
    ck_assert_str_eq(printed, expected);
    free(printed);
    table_free(t);
}

/* Walked from its start for each line, this took longer than anybody waits. */
START_TEST(a_cell_of_a_megabyte_is_wrapped_at_once)
{
    enum { LETTERS = 500000 };
    char *text = calloc(2 * LETTERS + 1, 1);
    FILE *file = tmpfile();
    table *t = table_new();
    long size;

    for (size_t i = 0; i < LETTERS; i++)
        memcpy(text + 2 * i, "Ж", 2);
    table_column(t, "a", ALIGN_LEFT, 10);
    table_cell(t, text);
    table_print(t, file);
    size = ftell(file);
    ck_assert_int_eq(size, 2 + 11 + LETTERS / 10 * 21); /* head, rule, lines */
    fclose(file);
    table_free(t);
    free(text);
}
END_TEST

START_TEST(no_line_ends_with_a_space_that_a_cell_brought)
{
    table *t = table_new();
    table_column(t, "a", ALIGN_LEFT, 6);
    table_cell(t, "one two " LINE_BREAK "three ");
    expect_table(t, "a\n-----\none\ntwo\nthree\n");
}
END_TEST

START_TEST(columns_hold_with_cyrillic_and_combining_marks)
{
    table *t = table_new();
    table_column(t, "place", ALIGN_LEFT, 0);
    table_column(t, "n", ALIGN_RIGHT, 0);
    table_cell(t, "Козинка");
    table_cell(t, "1");
    table_cell(t, "б" STRESSED "лгород");
    table_cell(t, "20");
    table_cell(t, "Sumy");
    table_cell(t, "300");
    expect_table(t, "place       n\n"
                    "--------  ---\n"
                    "Козинка     1\n"
                    "б" STRESSED "лгород   20\n"
                    "Sumy      300\n");
}
END_TEST

START_TEST(bands_and_points_stand_under_one_another)
{
    table *t = table_new();
    table_column(t, "depth", ALIGN_BAND, 0);
    table_column(t, "km", ALIGN_POINT, 0);
    table_column(t, "", ALIGN_LEFT, 0);
    table_cell(t, "+1.8 ±0.9");
    table_cell(t, "5.6");
    table_cell(t, "");
    table_cell(t, "-36 ±2");
    table_cell(t, "580");
    table_cell(t, "x");
    table_cell(t, "on it");
    table_cell(t, "");
    table_cell(t, "y");
    expect_table(t, "    depth     km\n"
                    "---------  -----  -\n"
                    "+1.8 ±0.9    5.6\n"
                    " -36 ±2    580    x\n"
                    "on it             y\n");
}
END_TEST

START_TEST(long_cells_are_wrapped_and_rows_kept_apart)
{
    table *t = table_new();
    table_column(t, "who", ALIGN_LEFT, 9);
    table_column(t, "what", ALIGN_LEFT, 0);
    table_cell(t, "Russian Volunteer Corps");
    table_cell(t, "a" LINE_BREAK "b");
    table_gap(t);
    table_cellf(t, "%s", "BBC");
    table_cell(t, "c");
    expect_table(t, "who        what\n"
                    "---------  ----\n"
                    "Russian    a\n"
                    "Volunteer  b\n"
                    "Corps\n"
                    "\n"
                    "BBC        c\n");
}
END_TEST

START_TEST(a_table_grows_past_its_first_room)
{
    table *t = table_new();
    FILE *file = tmpfile();
    char *printed;
    size_t lines = 0;

    ck_assert_ptr_nonnull(file);
    table_column(t, "n", ALIGN_RIGHT, 0);
    for (int i = 0; i < 1000; i++) {
        if (i % 10 == 0 && i) table_gap(t);
        table_cellf(t, "%d", i);
    }
    ck_assert_uint_eq(table_width(t), 3);
    table_print(t, file);
    printed = read_back(file);
    for (const char *c = printed; *c; c++)
        lines += *c == '\n';
    ck_assert_uint_eq(lines, 2 + 1000 + 99);
    free(printed);
    table_free(t);
}
END_TEST

START_TEST(csv_is_quoted_as_rfc_4180_has_it)
{
    FILE *file = tmpfile();
    csv_out csv = { file, 0 };
    char *printed;

    ck_assert_ptr_nonnull(file);
    csv_head(&csv, "a,b");
    csv_text(&csv, "plain");
    csv_text(&csv, "a \"b\", c\nd");
    csv_text(&csv, "");
    csv_number(&csv, 1.25, 1);
    csv_number(&csv, -0.0004, 3);
    csv_number(&csv, -1.5, 3);
    csv_number(&csv, NAN, 3);
    csv_bool(&csv, true);
    csv_empty(&csv, 2);
    csv_count(&csv, 7);
    csv_end(&csv);
    csv_text(&csv, "x");
    csv_end(&csv);
    printed = read_back(file);
    ck_assert_str_eq(printed,
                     "a,b\r\nplain,\"a \"\"b\"\", c\nd\",,1.2,0.000,-1.500,,true,,,7\r\nx\r\n");
    free(printed);
}
END_TEST

START_TEST(country_codes_are_found_by_either_form)
{
    char code[3] = "??";
    ck_assert(country_alpha2("RUS", code));
    ck_assert_str_eq(code, "RU");
    ck_assert(country_alpha2("ukr", code));
    ck_assert_str_eq(code, "UA");
    ck_assert(country_alpha2("lv", code));
    ck_assert_str_eq(code, "LV");
    ck_assert(country_alpha2("ZWE", code)); /* the last of the list */
    ck_assert_str_eq(code, "ZW");
    ck_assert(!country_alpha2("XXX", code));
    ck_assert(!country_alpha2("Russia", code));
    ck_assert(!country_alpha2("", code));
    ck_assert_str_eq(code, "ZW");
}
END_TEST

START_TEST(lists_and_appended_texts_are_whole)
{
    char *text = text_list("road|rail");
    ck_assert_str_eq(text, "road, rail");
    text_append(&text, " %d %s", 5, "posts");
    ck_assert_str_eq(text, "road, rail 5 posts");
    free(text);
    text = NULL;
    text_append(&text, "%s", "");
    ck_assert_str_eq(text, "");
    free(text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("table_text");
    TCase *tc = tcase_create("table_text");
    tcase_add_loop_test(tc, width_counts_columns_not_bytes, 0, sizeof widths / sizeof *widths);
    tcase_add_test(tc, a_cut_keeps_letters_whole_and_their_marks);
    tcase_add_loop_test(tc, text_is_wrapped_where_a_reader_expects_it, 0,
                        sizeof wraps / sizeof *wraps);
    tcase_add_loop_test(tc, what_goes_to_a_terminal_is_harmless, 0,
                        sizeof cleanings / sizeof *cleanings);
    tcase_add_test(tc, a_cell_of_a_megabyte_is_wrapped_at_once);
    tcase_add_test(tc, no_line_ends_with_a_space_that_a_cell_brought);
    tcase_add_test(tc, columns_hold_with_cyrillic_and_combining_marks);
    tcase_add_test(tc, bands_and_points_stand_under_one_another);
    tcase_add_test(tc, long_cells_are_wrapped_and_rows_kept_apart);
    tcase_add_test(tc, a_table_grows_past_its_first_room);
    tcase_add_test(tc, csv_is_quoted_as_rfc_4180_has_it);
    tcase_add_test(tc, country_codes_are_found_by_either_form);
    tcase_add_test(tc, lists_and_appended_texts_are_whole);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
