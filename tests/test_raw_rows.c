/* SPDX-License-Identifier: MIT */
/* What the filter passes on: rows told apart whatever stands in them and wherever a block ends, put as
 * so many fields with nothing lost, and numbers as printf writes them. */
#include "harness.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/number.h"
#include "common/raw_rows.h"
#include "io/csv.h"
#include "random.h"

static bytes block_of(const char *text, size_t length)
{
    bytes b = { NULL, 0, 0 };
    bytes_put(&b, text, length);
    return b;
}

static const struct {
    const char *why, *text;
    size_t end, fields;
    bool broken;
} rows[] = {
    { "nothing but a line end", "\n", 0, 1, false },
    { "two fields", "a,b\n", 3, 2, false },
    { "CRLF is no text", "a,b\r\n", 3, 2, false },
    { "an empty last field", "a,\n", 2, 2, false },
    { "a separator in quotes", "\"a,b\",c\n", 7, 2, false },
    { "a line break in quotes", "\"a\nb\",c\nd", 7, 2, false },
    { "a doubled quote", "\"a\"\"b\",c\n", 8, 2, false },
    { "a quote within a field opens none", "5\" shell,b\n", 10, 2, false },
    { "a quote that never closes ends with its line", "a,\"b,c\nd\n", 6, 2, true },
    { "text behind a closing quote", "\"a\"b,c\n", 6, 1, true },
    { "a last line without its end", "a,\"b\"", 5, 2, false },
    { "a last line that ends in CR", "a,\"b\"\r", 5, 2, false },
};

START_TEST(a_row_ends_where_it_ends)
{
    bytes block = block_of(rows[_i].text, strlen(rows[_i].text));
    raw_row row;
    ck_assert_msg(raw_row_next(&block, 0, true, ',', &row), "%s", rows[_i].why);
    ck_assert_msg(row.end == rows[_i].end, "%s: ends at %zu", rows[_i].why, row.end);
    ck_assert_msg(row.fields == rows[_i].fields, "%s: %zu fields", rows[_i].why, row.fields);
    ck_assert_msg((row.broken != SIZE_MAX) == rows[_i].broken, "%s", rows[_i].why);
    free(block.text);
}
END_TEST

/* Bytes of the kinds that matter, most of them in rows that are as they should be. */
static bytes hostile_table(test_random *r, size_t length)
{
    static const char kinds[] = "ab,,,\"\"\n\n\r;x";
    bytes b = { NULL, 0, 0 };
    while (b.used < length) {
        const char *good[] = { "12,36.5,50.25,note\n", "7,\"a, \"\"b\"\"\",3,\r\n", ",,,\n" };
        const int pick = (int)random_between(r, 0, 6);
        if (pick < 3)
            bytes_text(&b, good[pick]);
        else
            bytes_char(&b, kinds[(size_t)random_between(r, 0, sizeof kinds - 1)]);
    }
    return b;
}

/* However much of what follows is there, the answer is the same, or that more is needed. */
START_TEST(a_row_is_the_same_wherever_the_block_ends)
{
    test_random r = { test_seed(71) };
    for (int i = 0; i < 300; i++) {
        bytes all = hostile_table(&r, 120), some = all;
        raw_row whole, part;
        for (size_t at = 0; at < all.used; at = whole.eol) {
            ck_assert(raw_row_next(&all, at, true, ',', &whole));
            ck_assert_uint_gt(whole.eol, at);
            for (some.used = at; some.used < all.used; some.used++) {
                if (!raw_row_next(&some, at, false, ',', &part)) continue;
                ck_assert_uint_eq(part.end, whole.end);
                ck_assert_uint_eq(part.eol, whole.eol);
                ck_assert_uint_eq(part.fields, whole.fields);
                ck_assert_uint_eq(part.broken, whole.broken);
            }
        }
        free(all.text);
    }
}
END_TEST

/* A field that is open for long is taken for a stray quote, wherever the block ends. */
START_TEST(a_quote_open_for_too_long_is_told_alike_in_every_block)
{
    static const int over[] = { -2, -1, 0, 1, 2, 5000 };
    for (size_t i = 0; i < sizeof over / sizeof *over; i++) {
        bytes all = { NULL, 0, 0 }, some;
        raw_row whole, part;
        bytes_text(&all, "a,\"b\n");
        bytes_repeat(&all, 'x', (size_t)(RAW_OPEN_QUOTE + over[i] - 4));
        bytes_text(&all, "\",c\n");
        some = all;
        ck_assert(raw_row_next(&all, 0, true, ',', &whole));
        ck_assert_int_eq(whole.broken != SIZE_MAX, over[i] > 0);
        for (some.used = all.used - 5100 > all.used ? 0 : all.used - 5100; some.used < all.used;
             some.used++) {
            if (!raw_row_next(&some, 0, false, ',', &part)) continue;
            ck_assert_uint_eq(part.end, whole.end);
            ck_assert_uint_eq(part.broken, whole.broken);
        }
        free(all.text);
    }
}
END_TEST

/* The bytes of b without quotes, which putting may double, in order. */
static size_t without_quotes(const char *from, size_t length, char *to)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        if (from[i] != '"') to[n++] = from[i];
    return n;
}

/* Reads what was put with the library's own scanner, which knows nothing of raw rows. */
static size_t fields_read(const bytes *put)
{
    const incmap__csv_options options = { 0 };
    const incmap_allocator a = incmap__allocator_default();
    incmap_error err = { 0 };
    incmap__csv *csv = NULL;
    incmap__csv_row row = { 0 };
    bool found = false;
    size_t count;
    ck_assert_int_eq(incmap__csv_open_memory(&csv, "put", put->text, put->used, &options, &a, &err),
                     INCMAP_OK);
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
    count = found && !row.fault ? row.count : 0;
    if (found && !row.fault) {
        ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
        ck_assert_msg(!found, "what was put reads as two rows");
    }
    incmap__csv_close(csv);
    return count;
}

/* The scanner is stricter: it takes no quote inside a plain field, and ends a line at CR. */
static bool is_plain_to_others(const bytes *table, const raw_row *row)
{
    const char *text = table->text;
    for (size_t i = row->start; i < row->end; i++) {
        const bool opens = i == row->start || text[i - 1] == ',';
        if (text[i] == '\r' ||
            (text[i] == '"' && !opens && row->broken == SIZE_MAX && row->quote == i))
            return false;
    }
    return true;
}

START_TEST(a_row_put_has_its_number_of_fields_and_all_its_bytes)
{
    test_random r = { test_seed(72) };
    size_t read = 0;
    for (int i = 0; i < 2000; i++) {
        bytes all = hostile_table(&r, 60), put = { NULL, 0, 0 };
        raw_row row;
        for (size_t at = 0; at < all.used; at = row.eol) {
            char before[8192], after[8192];
            const size_t columns = 1 + (size_t)random_between(&r, 0, 6);
            ck_assert(raw_row_next(&all, at, true, ',', &row));
            put.used = 0;
            raw_row_put(&put, &all, &row, ',', columns);
            const size_t n = without_quotes(all.text + at, row.end - at, before);
            const size_t m = without_quotes(put.text, put.used, after);
            ck_assert_uint_ge(m, n);
            ck_assert_mem_eq(before, after, n);
            for (size_t k = n; k < m; k++)
                ck_assert_int_eq(after[k], ',');
            if (row.fields == columns && row.broken == SIZE_MAX) {
                ck_assert_uint_eq(put.used, row.end - at);
                if (put.used) ck_assert_mem_eq(put.text, all.text + at, put.used);
            }
            if (!put.used || !is_plain_to_others(&all, &row)) continue;
            bytes_char(&put, '\n');
            const size_t fields = fields_read(&put);
            if (!fields) continue; /* not to that scanner's taste in a field that was kept */
            ck_assert_uint_eq(fields, columns);
            read++;
        }
        free(all.text);
        free(put.text);
    }
    ck_assert_uint_gt(read, 3000);
}
END_TEST

START_TEST(fields_are_those_that_a_walk_finds)
{
    test_random r = { test_seed(73) };
    for (int i = 0; i < 2000; i++) {
        bytes all = hostile_table(&r, 80);
        raw_row row;
        for (size_t at = 0; at < all.used; at = row.eol) {
            ck_assert(raw_row_next(&all, at, true, ',', &row));
            if (row.broken != SIZE_MAX || row.quote < row.end) continue;
            const char *walk = all.text + at, *end = all.text + row.end;
            for (size_t f = 0; f < row.fields; f++) {
                const char *stop = memchr(walk, ',', (size_t)(end - walk));
                raw_field field;
                if (!stop) stop = end;
                ck_assert(raw_row_fields(&all, &row, ',', &f, 1, &field));
                ck_assert_ptr_eq(field.text, walk);
                ck_assert_uint_eq(field.length, (size_t)(stop - walk));
                walk = stop + 1;
            }
        }
        free(all.text);
    }
}
END_TEST

/* Rows of some hundred bytes, a line end, separator or quote at any place of a word of 64; the quotes
 * stand within fields, where they open none. */
static bytes long_table(test_random *r, size_t length)
{
    bytes b = { NULL, 0, 0 };
    while (b.used < length) {
        const double which = random_between(r, 0, 1);
        bytes_text(&b, which < 0.008 ? "\n" : which < 0.012 ? "\r\n" : which < 0.1 ? "," : "x");
        if (which > 0.995) bytes_char(&b, '"');
    }
    return b;
}

/* Each field of the row alone and with the one behind it, and none behind the last. */
static void check_fields(const bytes *all, const raw_row *row)
{
    const char *walk = all->text + row->start, *end = all->text + row->end;
    size_t f = 0;
    for (bool more = true; more; f++) {
        const size_t wanted[] = { f, f + 1 };
        const char *stop = memchr(walk, ',', (size_t)(end - walk));
        raw_field got[2];
        more = stop != NULL;
        if (!stop) stop = end;
        ck_assert(raw_row_fields(all, row, ',', wanted, 1, got));
        ck_assert_ptr_eq(got->text, walk);
        ck_assert_uint_eq(got->length, (size_t)(stop - walk));
        ck_assert_int_eq(raw_row_fields(all, row, ',', wanted, 2, got), more);
        walk = stop + 1;
        if (more) ck_assert_ptr_eq(got[1].text, walk);
    }
    ck_assert_uint_eq(row->fields, f);
}

START_TEST(long_rows_are_those_of_a_walk_byte_by_byte)
{
    test_random r = { test_seed(75) };
    for (int i = 0; i < 200; i++) {
        bytes all = long_table(&r, 1000 + (size_t)i);
        raw_row row;
        for (size_t at = 0; at < all.used; at = row.eol) {
            const char *newline = memchr(all.text + at, '\n', all.used - at);
            size_t end = newline ? (size_t)(newline - all.text) : all.used;
            ck_assert(raw_row_next(&all, at, true, ',', &row));
            ck_assert_uint_eq(row.eol, end + (newline != NULL));
            if (end > at && all.text[end - 1] == '\r') end--;
            ck_assert_uint_eq(row.end, end);
            check_fields(&all, &row);
        }
        free(all.text);
    }
}
END_TEST

START_TEST(fields_behind_quotes_are_found_without_them)
{
    const char *text = "a,\"b, \"\"c\"\"\",5\" d,\"\",last\n";
    const char *const expected[] = { "a", "b, \"\"c\"\"", "5\" d", "", "last" };
    bytes block = block_of(text, strlen(text));
    raw_row row;
    ck_assert(raw_row_next(&block, 0, true, ',', &row));
    ck_assert_uint_eq(row.fields, 5);
    for (size_t i = 0; i < 5; i++) {
        raw_field field;
        ck_assert(raw_row_fields(&block, &row, ',', &i, 1, &field));
        ck_assert_uint_eq(field.length, strlen(expected[i]));
        ck_assert_mem_eq(field.text, expected[i], field.length);
    }
    ck_assert(!raw_row_fields(&block, &row, ',', (const size_t[]){ 5 }, 1, &(raw_field){ 0 }));
    free(block.text);
}
END_TEST

/* Found in one walk where their numbers rise, and all the same where they do not. */
START_TEST(several_fields_are_found_in_whatever_order_they_are_asked_for)
{
    static const char *const texts[] = { "a,bb,,\"d,d\",e,\n", "a,bb,,dd,e,\n",
                                         "a,bb,,d,e,\"\"\n" };
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        bytes block = block_of(texts[t], strlen(texts[t]));
        raw_row row;
        ck_assert(raw_row_next(&block, 0, true, ',', &row));
        for (size_t i = 0; i < 7 * 7 * 7; i++) {
            const size_t wanted[] = { i % 7, i / 7 % 7, i / 49 };
            const bool there = wanted[0] < 6 && wanted[1] < 6 && wanted[2] < 6;
            raw_field got[3], one;
            ck_assert_int_eq(raw_row_fields(&block, &row, ',', wanted, 3, got), there);
            for (size_t k = 0; there && k < 3; k++) {
                ck_assert(raw_row_fields(&block, &row, ',', &wanted[k], 1, &one));
                ck_assert_ptr_eq(got[k].text, one.text);
                ck_assert_uint_eq(got[k].length, one.length);
            }
        }
        free(block.text);
    }
}
END_TEST

/* printf rounds the exact binary value half to even, this its product with a power of ten half away:
 * they may differ by one in the last place where that product lies on a half. */
START_TEST(numbers_are_those_of_printf)
{
    static const int decimals[] = { 0, 1, 2, 3, 7 };
    static const double edges[] = { 0,       -0.0, 0.0004,     -0.0004, 0.9995, 9.9999,
                                    99.9996, 0.05, -12.34,     1e6,     1e7,    20003931.458,
                                    -180,    180,  89.9999999, 10 };
    test_random r = { test_seed(74) };
    for (int i = 0; i < 200000; i++) {
        const int d = decimals[i % 5];
        const double value =
            i < 80 ? edges[i / 5] : random_between(&r, -1, 1) * (d == 7 ? 180 : 20003931);
        char expected[64], *end;
        bytes got = { NULL, 0, 0 };
        (void)snprintf(expected, sizeof expected, "%.*f", d, value);
        bytes_fixed(&got, value, d);
        bytes_char(&got, '\0');
        if (strcmp(expected[0] == '-' && strtod(expected, &end) == 0 ? expected + 1 : expected,
                   got.text) != 0)
            ck_assert_msg(fabs(strtod(got.text, &end) - value) <= 0.5000001 * pow(10, -d),
                          "%.17g: %s, printf %s", value, got.text, expected);
        ck_assert_uint_eq(strlen(got.text), got.used - 1);
        free(got.text);
    }
}
END_TEST

static const struct {
    const char *why, *text;
    bool good;
    double value;
} parsed[] = {
    { "degrees", "35.6025", true, 35.6025 },
    { "six digits behind the point", "35.602500", true, 35.6025 },
    { "south, six digits", "-35.602500", true, -35.6025 },
    { "a plus, six digits", "+35.602500", true, 35.6025 },
    { "nine digits behind the point", "35.602500001", true, 35.602500001 },
    { "four before it", "1035.602500", true, 1035.6025 },
    { "none before it", ".60250000", true, .6025 },
    { "none behind it", "10035602.", true, 10035602 },
    { "what is behind nine, among the digits", "35.602:00", false, 0 },
    { "what is before nought", "35.602/00", false, 0 },
    { "a byte beyond ASCII",
      "35.602\xB2"
      "00",
      false, 0 },
    { "two points", "35.60.500", false, 0 },
    { "two signs before six digits", "--35.602500", false, 0 },
    { "blanks around", "  -35.6025 ", true, -35.6025 },
    { "a plus", "+50", true, 50 },
    { "zeros in front", "0000000000000000000050.4614", true, 50.4614 },
    { "an exponent", "3.56e1", true, 35.6 },
    { "as pandas writes small ones", "5e-05", true, .00005 },
    { "as spreadsheets do", "-1.5E-02", true, -.015 },
    { "an exponent with a plus", "3.56E+1", true, 35.6 },
    { "next to nothing", "1e-300", true, 1e-300 },
    { "less than any double", "1e-400", true, 0 },
    { "more than any double", "1e400", true, INFINITY },
    { "less than any, negative", "-1e400", true, -INFINITY },
    { "17 digits, which two roundings would spoil", "0.50000000000000111", true,
      0.50000000000000111 },
    { "half-way between two doubles, to even", "9007199254740993", true, 9007199254740992 },
    { "just past half-way, 60 digits behind",
      "9007199254740993.000000000000000000000000000000000000000000000000000000000001", true,
      9007199254740994 },
    { "a long tail", "35.60250000000000000000000000000000000000000000000000000000000000000000000",
      true, 35.6025 },
    { "a long exponent", "1e-99999999999999999999999999999999999", true, 0 },
    { "nothing", "", false, 0 },
    { "blanks", "  ", false, 0 },
    { "a point", ".", false, 0 },
    { "a sign", "-", false, 0 },
    { "two signs", "--1", false, 0 },
    { "no digits before the exponent", "e5", false, 0 },
    { "a point before the exponent", ".e5", false, 0 },
    { "no exponent", "1e", false, 0 },
    { "no digits in the exponent", "1e+", false, 0 },
    { "a broken exponent", "1e5.0", false, 0 },
    { "a decimal comma", "35,6", false, 0 },
    { "two points", "1.5.2", false, 0 },
    { "hexadecimal", "0x10", false, 0 },
    { "hexadecimal with an exponent", "0x1p3", false, 0 },
    { "no number", "nan", false, 0 },
    { "endless", "inf", false, 0 },
    { "a blank within", "1 000", false, 0 },
};

START_TEST(a_number_is_the_nearest_double_or_none)
{
    double value = 42;
    const bool good = number_parse(parsed[_i].text, strlen(parsed[_i].text), &value);
    ck_assert_msg(good == parsed[_i].good, "%s: \"%s\"", parsed[_i].why, parsed[_i].text);
    ck_assert_msg(value == (good ? parsed[_i].value : 42), "%s: \"%s\" gave %.17g", parsed[_i].why,
                  parsed[_i].text, value);
}
END_TEST

/* glibc's strtod is exact, and so is this where it does not call it. */
START_TEST(numbers_of_any_digits_are_those_of_strtod)
{
    test_random r = { test_seed(75) };
    for (int i = 0; i < 200000; i++) {
        char text[64], *end;
        double value = 0;
        (void)snprintf(text, sizeof text, i % 2 ? "%.*f" : "%.*e", i % 19,
                       random_between(&r, -180, 180) * pow(10, -(i % 7)));
        ck_assert(number_parse(text, strlen(text), &value));
        ck_assert_msg(value == strtod(text, &end), "%s", text);
    }
}
END_TEST

START_TEST(names_of_columns_are_compared_without_case_and_spaces)
{
    const char *text = " Lat ,\"lon\",LAT,latitude\n";
    bytes block = block_of(text, strlen(text));
    raw_row row;
    size_t again;
    ck_assert(raw_row_next(&block, 0, true, ',', &row));
    ck_assert_uint_eq(raw_row_column(&block, &row, ',', "lat", &again), 0);
    ck_assert_uint_eq(again, 2);
    ck_assert_uint_eq(raw_row_column(&block, &row, ',', "lon", &again), 1);
    ck_assert_uint_eq(again, SIZE_MAX);
    ck_assert_uint_eq(raw_row_column(&block, &row, ',', "la", &again), SIZE_MAX);
    free(block.text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("raw_rows");
    TCase *tc = tcase_create("raw_rows");
    tcase_add_loop_test(tc, a_row_ends_where_it_ends, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tc, a_row_is_the_same_wherever_the_block_ends);
    tcase_add_test(tc, a_quote_open_for_too_long_is_told_alike_in_every_block);
    tcase_add_test(tc, a_row_put_has_its_number_of_fields_and_all_its_bytes);
    tcase_add_test(tc, fields_are_those_that_a_walk_finds);
    tcase_add_test(tc, long_rows_are_those_of_a_walk_byte_by_byte);
    tcase_add_test(tc, fields_behind_quotes_are_found_without_them);
    tcase_add_test(tc, several_fields_are_found_in_whatever_order_they_are_asked_for);
    tcase_add_test(tc, numbers_are_those_of_printf);
    tcase_add_loop_test(tc, a_number_is_the_nearest_double_or_none, 0,
                        sizeof parsed / sizeof *parsed);
    tcase_add_test(tc, numbers_of_any_digits_are_those_of_strtod);
    tcase_add_test(tc, names_of_columns_are_compared_without_case_and_spaces);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
