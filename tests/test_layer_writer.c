/* SPDX-License-Identifier: MIT */
/* Layers of one's own: names, widths, texts, numbers, parts, reference systems; and what is refused. */
#include "harness.h"

#include <incmap/layer_writer.h>

#include <errno.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "faulty_tries.h"
#include "faulty_calls.h"
#include "layers/field_names.h"
#include "layers_read.h"
#include "places/fold.h"

static incmap_ctx *ctx;

static void setup(void)
{
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    options.log = keep_log;
    logged[0] = '\0';
    calls_work();
    ck_assert_int_eq(incmap_ctx_new(&options, &ctx), INCMAP_OK);
    scratch_make();
}

static void teardown(void)
{
    calls_work();
    scratch_remove();
    incmap_ctx_free(ctx);
}

/* ---- values and reading back ---- */

static incmap_value text_value(const char *text)
{
    incmap_value value = { .kind = INCMAP_VALUE_TEXT };
    value.as.text = text;
    return value;
}

static incmap_value int_value(int64_t whole)
{
    incmap_value value = { .kind = INCMAP_VALUE_INT };
    value.as.whole = whole;
    return value;
}

static incmap_value number_value(double number)
{
    incmap_value value = { .kind = INCMAP_VALUE_NUMBER };
    value.as.number = number;
    return value;
}

static incmap_value day_value(int year, int month, int mday)
{
    incmap_value value = { .kind = INCMAP_VALUE_DAY };
    ck_assert(incmap_day_from_civil(year, month, mday, &value.as.day));
    return value;
}

static const incmap_value null_value = { .kind = INCMAP_VALUE_NULL };

static const char *message(void)
{
    return incmap_ctx_message(ctx);
}

static const incmap_coord kozinka = { 50.4614, 35.6025 };
static const incmap_shape point = { INCMAP_SHAPE_POINT, &kozinka, 1, NULL, 0, NULL, NULL };

static incmap_layer_writer *open_writer(const char *name, incmap_shape_type type,
                                        const incmap_field fields[], size_t n,
                                        const incmap_layer_writer_options *options)
{
    incmap_layer_writer *w = NULL;
    ck_assert_msg(incmap_layer_writer_open(ctx, scratch_path(name), type, fields, n, options, &w) ==
                      INCMAP_OK,
                  "%s", message());
    return w;
}

static incmap_layer_result finish(incmap_layer_writer *w)
{
    incmap_layer_result result = { .features = 99 };
    ck_assert_msg(incmap_layer_writer_finish(ctx, w, &result) == INCMAP_OK, "%s", message());
    incmap_layer_writer_free(w);
    return result;
}

/* ---- names ---- */

static const struct {
    const char *why, *given, *name;
} names[] = {
    { "as it is", "DEPTH_M", "DEPTH_M" },
    { "small letters", "depth_m", "DEPTH_M" },
    { "ten letters", "side_sured", "SIDE_SURED" },
    { "vowels go first", "event_date_precision", "EVN_DAT_PR" },
    { "one long word", "uncertainty", "UNCERTAINT" },
    { "other characters part words", "place / key", "PLACE_KEY" },
    { "a digit in front", "2023 dead", "F2023_DEAD" },
    { "no letter of ASCII", "\u043F\u043E\u043B\u0435", "F" },
    { "nothing", "", "F" },
    { "many words", "a b c d e f g h i j", "A_B_C_D_E" },
};

START_TEST(long_names_become_ten_letters_that_can_be_read)
{
    char name[INCMAP__FIELD_NAME_SIZE];
    incmap__field_name_make(name, names[_i].given, 10);
    ck_assert_msg(strcmp(name, names[_i].name) == 0, "%s: %s, expected %s", names[_i].why, name,
                  names[_i].name);
}
END_TEST

START_TEST(no_two_fields_have_one_name)
{
    static const incmap_field fields[] = {
        { "event_date_precision", INCMAP_FIELD_INT, 0, 0, 0, 0 },
        { "event_date_precision_of_source", INCMAP_FIELD_INT, 0, 0, 0, 0 },
        { "NAME", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },
        { "name", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },
        { "Name_2", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },
        { "EVN_DAT_PR", INCMAP_FIELD_INT, 0, 0, 0, 0 },
    };
    enum { N = sizeof fields / sizeof *fields };
    incmap_layer_writer *w = open_writer("n", INCMAP_SHAPE_POINT, fields, N, NULL);
    for (size_t i = 0; i < N; i++) {
        const char *name = incmap_layer_writer_field_name(w, i);
        ck_assert_uint_le(strlen(name), 10);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(name, incmap_layer_writer_field_name(w, j));
    }
    ck_assert_str_eq(incmap_layer_writer_field_name(w, 3), "NAME_2");
    ck_assert_str_eq(incmap_layer_writer_field_name(w, 4), "NAME_2_2");
    ck_assert_str_eq(incmap_layer_writer_field_name(w, N), "");
    (void)finish(w);
}
END_TEST

START_TEST(fields_of_a_text_in_parts_meet_no_other_field)
{
    static const incmap_field fields[] = { { "NOTES", INCMAP_FIELD_TEXT, 4, 0, 3, 0 },
                                           { "NOTES_2", INCMAP_FIELD_INT, 0, 0, 0, 0 } };
    const incmap_value row[] = { text_value("abcdefghij"), int_value(7) };
    incmap_layer_writer *w = open_writer("n", INCMAP_SHAPE_POINT, fields, 2, NULL);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, NULL, row), INCMAP_OK);
    (void)finish(w);
    incmap__shapefile *file = open_layer("n");
    ck_assert_str_eq(value_of(file, 0, "NOTES"), "abcd");
    ck_assert_str_eq(value_of(file, 0, "NOTES_2"), "7");
    ck_assert_str_eq(value_of(file, 0, "NOTES_11"), "efgh");
    ck_assert_str_eq(value_of(file, 0, "NOTES_3"), "ij");
    incmap__shapefile_close(file);
}
END_TEST

/* ---- both ways of finding widths ---- */

enum { F_NAME, F_COUNT, F_DEPTH, F_DAY, F_IDS, FIELDS };

static const incmap_field fields[FIELDS] = {
    { "name", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },      { "count", INCMAP_FIELD_INT, 0, 0, 0, 0 },
    { "depth_m", INCMAP_FIELD_NUMBER, 0, 2, 0, 0 }, { "day", INCMAP_FIELD_DATE, 0, 0, 0, 0 },
    { "ids", INCMAP_FIELD_TEXT, 0, 0, 9, '|' },
};

static void make_row(size_t i, incmap_value row[FIELDS])
{
    static char name[2][64], ids[2][900];
    char *n = name[i % 2], *list = ids[i % 2];
    (void)snprintf(n, sizeof name[0], "Село %zu", i * i);
    list[0] = '\0';
    for (size_t k = 0; k < i % 60; k++)
        (void)snprintf(list + strlen(list), sizeof ids[0] - strlen(list), "%sid%zu_%zu",
                       k ? "|" : "", i, k);
    row[F_NAME] = text_value(n);
    row[F_COUNT] = i % 5 ? int_value((int64_t)i - 50) : null_value;
    row[F_DEPTH] = number_value(i % 7 ? (double)i * 1.005 - 30 : NAN);
    row[F_DAY] = day_value(1850 + (int)i, 1 + (int)i % 12, 1 + (int)i % 28);
    row[F_IDS] = text_value(list);
}

/* By spool, or with the rows measured before. */
static incmap_layer_result write_rows(const char *name, size_t n, bool measured,
                                      const incmap_layer_writer_options *options)
{
    incmap_layer_writer *w = open_writer(name, INCMAP_SHAPE_POINT, fields, FIELDS, options);
    incmap_value row[FIELDS];
    for (size_t i = 0; measured && i < n; i++) {
        make_row(i, row);
        ck_assert_int_eq(incmap_layer_writer_measure(ctx, w, row), INCMAP_OK);
    }
    for (size_t i = 0; i < n; i++) {
        const incmap_coord at = { 50 + (double)i / 100, 36 };
        const incmap_shape shape = { INCMAP_SHAPE_POINT, &at, 1, NULL, 0, NULL, NULL };
        make_row(i, row);
        ck_assert_msg(incmap_layer_writer_add(ctx, w, i % 11 ? &shape : NULL, row) == INCMAP_OK,
                      "%s", message());
    }
    return finish(w);
}

static const char *const endings[] = { "dbf", "shx", "prj", "cpg", "qix", "shp" };
enum { ENDINGS = sizeof endings / sizeof *endings };

static void assert_same_layer(const char *a, const char *b)
{
    char one[64], other[64];
    for (int e = 0; e < ENDINGS; e++) {
        (void)snprintf(one, sizeof one, "%s.%s", a, endings[e]);
        (void)snprintf(other, sizeof other, "%s.%s", b, endings[e]);
        assert_same_file(scratch_path(one), scratch_path(other));
    }
}

START_TEST(rows_spooled_and_rows_measured_give_the_same_bytes)
{
    const incmap_layer_result one = write_rows("a", 200, false, NULL);
    const incmap_layer_result other = write_rows("b", 200, true, NULL);
    ck_assert_mem_eq(&one, &other, sizeof one);
    ck_assert_uint_eq(one.features, 200);
    ck_assert_uint_eq(one.unlocated, 19);
    ck_assert_uint_eq(one.parts, 1);
    ck_assert_uint_eq(one.cut_texts, 0);
    ck_assert_uint_gt(one.split_texts, 20);
    /* every 5th count, every 7th depth, every 60th list */
    ck_assert_uint_eq(one.null_values, 40 + 29 + 4);
    assert_same_layer("a", "b");
    ck_assert_int_eq(scratch_count(scratch), 2 * ENDINGS);
}
END_TEST

START_TEST(every_value_comes_back)
{
    incmap_value row[FIELDS];
    char digits[32], list[900];
    (void)write_rows("a", 130, _i, NULL);
    incmap__shapefile *file = open_layer("a");
    ck_assert_uint_eq(incmap__shapefile_count(file), 130);
    for (size_t i = 0; i < 130; i++) {
        make_row(i, row);
        ck_assert_str_eq(value_of(file, i, "NAME"), row[F_NAME].as.text);
        (void)snprintf(digits, sizeof digits, "%d", (int)i - 50);
        ck_assert_str_eq(value_of(file, i, "COUNT"), i % 5 ? digits : "");
        (void)snprintf(digits, sizeof digits, "%.2f", (double)i * 1.005 - 30);
        ck_assert_str_eq(value_of(file, i, "DEPTH_M"), i % 7 ? digits : "");
        (void)snprintf(digits, sizeof digits, "%04zu%02zu%02zu", 1850 + i, 1 + i % 12, 1 + i % 28);
        ck_assert_str_eq(value_of(file, i, "DAY"), digits);
        strcpy(list, value_of(file, i, "IDS"));
        for (int part = 2; part <= 4; part++) {
            (void)snprintf(digits, sizeof digits, "IDS_%d", part);
            if (incmap__shapefile_field(file, digits) < 0 || !*value_of(file, i, digits)) break;
            strcat(list, "|");
            strcat(list, value_of(file, i, digits));
        }
        ck_assert_str_eq(list, row[F_IDS].as.text);
    }
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(layer_of_no_rows_and_of_one_is_whole)
{
    ck_assert_uint_eq(write_rows("none", 0, false, NULL).features, 0);
    ck_assert_uint_eq(write_rows("one", 1, false, NULL).features, 1);
    incmap__shapefile *file = open_layer("none");
    ck_assert_uint_eq(incmap__shapefile_count(file), 0);
    ck_assert_int_ge(incmap__shapefile_field(file, "DEPTH_M"), 0);
    incmap__shapefile_close(file);
    file = open_layer("one");
    ck_assert_uint_eq(incmap__shapefile_count(file), 1);
    incmap__shapefile_close(file);
    ck_assert_int_eq(scratch_count(scratch), 2 * ENDINGS);
}
END_TEST

/* ---- texts ---- */

static const struct {
    const char *why, *text;
    size_t most, cut;
} graphemes[] = {
    { "it fits", "abc", 3, 3 },
    { "plain letters", "abcdef", 4, 4 },
    { "within a letter of two bytes", "\u0430\u0431\u0432", 3, 2 },
    { "a letter and its stress mark stay together", "a\u0438\u0301b", 4, 1 },
    { "a mark at the very place of the cut", "ab\u0301", 2, 1 },
    { "the two bytes of a line's end", "a\r\nb", 2, 1 },
    { "between two letters of Cyrillic", "\u0433\u0434\u0435", 4, 4 },
    { "a flag is two letters", "x\U0001F1FA\U0001F1E6y", 6, 1 },
    { "and is kept where it fits", "x\U0001F1FA\U0001F1E6y", 9, 9 },
    { "two flags are parted between them", "\U0001F1FA\U0001F1E6\U0001F1F7\U0001F1FA", 13, 8 },
    { "a family is one", "ab\U0001F468\u200D\U0001F469\u200D\U0001F467", 17, 2 },
    { "one that is longer than the field is cut between code points", "a\u0301\u0301\u0301\u0301",
      4, 3 },
};

START_TEST(text_is_cut_between_what_readers_see_as_characters)
{
    const size_t cut =
        incmap__grapheme_cut(graphemes[_i].text, strlen(graphemes[_i].text), graphemes[_i].most);
    ck_assert_msg(cut == graphemes[_i].cut, "%s: %zu, expected %zu", graphemes[_i].why, cut,
                  graphemes[_i].cut);
}
END_TEST

START_TEST(cut_is_counted_and_logged_with_feature_and_field)
{
    static const incmap_field two[] = { { "id", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },
                                        { "notes", INCMAP_FIELD_TEXT, 5, 0, 0, 0 } };
    incmap_value row[] = { text_value("first"), text_value("short") };
    incmap_layer_writer *w = open_writer("c", INCMAP_SHAPE_POINT, two, 2, NULL);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_OK);
    row[0] = text_value("second");
    row[1] = text_value("abc\u0438\u0301"); /* 3 + 4 bytes, the last two of one character */
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_OK);
    ck_assert_uint_eq(finish(w).cut_texts, 1);
    ck_assert_ptr_nonnull(strstr(logged, "/c: feature 1 (from 0) second: NOTES cut at 5 bytes"));
    incmap__shapefile *file = open_layer("c");
    ck_assert_str_eq(value_of(file, 1, "NOTES"), "abc");
    incmap__shapefile_close(file);
}
END_TEST

/* Of a long text only its front is kept, and a cut is where the whole text has it all the same: a family of
 * emoji, 25 bytes of one character, at every place about the end of the field. */
START_TEST(a_long_text_is_cut_where_the_whole_of_it_is)
{
    static const incmap_field one = { "notes", INCMAP_FIELD_TEXT, 0, 0, 0, 0 };
    static const char family[] = "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466";
    enum { ROWS = 60, WIDTH = 254 };
    static char texts[ROWS][700];
    incmap_layer_writer *w = open_writer("c", INCMAP_SHAPE_POINT, &one, 1, NULL);
    for (size_t i = 0; i < ROWS; i++) {
        memset(texts[i], 'a', WIDTH - 40 + i);
        while (strlen(texts[i]) < 600)
            strcat(texts[i], family);
        const incmap_value row = text_value(texts[i]);
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &row), INCMAP_OK);
    }
    ck_assert_uint_eq(finish(w).cut_texts, ROWS);
    incmap__shapefile *file = open_layer("c");
    for (size_t i = 0; i < ROWS; i++) {
        texts[i][incmap__grapheme_cut(texts[i], strlen(texts[i]), WIDTH)] = '\0';
        ck_assert_str_eq(value_of(file, i, "NOTES"), texts[i]);
    }
    incmap__shapefile_close(file);
}
END_TEST

/* Also behind what is kept of it, and where one text ends within a character and the next goes on with the
 * rest of it. */
START_TEST(no_text_that_is_no_utf8_is_taken)
{
    static const incmap_field two[] = { { "a", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },
                                        { "b", INCMAP_FIELD_TEXT, 0, 0, 0, 0 } };
    static char note[600];
    incmap_value row[] = { text_value(note), text_value("good") };
    incmap_layer_writer *w = open_writer("u", INCMAP_SHAPE_POINT, two, 2, NULL);
    for (size_t at = 1; at < sizeof note - 1; at += 13) {
        memset(note, 'n', sizeof note - 1);
        note[at] = (char)0xFF;
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EPARSE);
        ck_assert_ptr_nonnull(strstr(message(), "feature 0 (from 0), field A: bytes that are no"));
    }
    row[0] = text_value("\xD0");
    row[1] = text_value("\x96");
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EPARSE);
    ck_assert_ptr_nonnull(strstr(message(), "field A: bytes that are no"));
    row[0] = null_value;
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EPARSE);
    ck_assert_ptr_nonnull(strstr(message(), "field B: bytes that are no"));
    ck_assert_uint_eq(finish(w).features, 0);
}
END_TEST

/* Words of all lengths with single and double blanks: where a part ends the blank must not be lost. */
START_TEST(parts_of_a_note_joined_are_the_note)
{
    static const incmap_field one = { "notes", INCMAP_FIELD_TEXT, 0, 0, 9, 0 };
    static char note[2200];
    char joined[2400] = "", name[16];
    strcpy(note, "A"); /* readers take blanks off the front as well */
    for (size_t i = 0; strlen(note) < 2000; i++) {
        for (size_t k = 0; k < i % 9; k++)
            strcat(note, i % 3 ? "\u0449" : "e\u0301");
        strcat(note, i % 4 ? " " : "  ");
    }
    note[strlen(note) - 1] = '.';
    const incmap_value row = text_value(note);
    incmap_layer_writer *w = open_writer("n", INCMAP_SHAPE_POINT, &one, 1, NULL);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &row), INCMAP_OK);
    const incmap_layer_result result = finish(w);
    ck_assert_uint_eq(result.split_texts, 1);
    ck_assert_uint_eq(result.cut_texts, 0);
    incmap__shapefile *file = open_layer("n");
    strcpy(joined, value_of(file, 0, "NOTES"));
    for (int part = 2; part <= 9; part++) {
        (void)snprintf(name, sizeof name, "NOTES_%d", part);
        if (incmap__shapefile_field(file, name) >= 0) strcat(joined, value_of(file, 0, name));
    }
    ck_assert_str_eq(joined, note);
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(note_longer_than_all_its_fields_is_cut_after_the_last)
{
    static const incmap_field one = { "notes", INCMAP_FIELD_TEXT, 0, 0, 2, 0 };
    static char note[70001];
    memset(note, 'n', sizeof note - 1);
    const incmap_value row = text_value(note);
    for (int measured = 0; measured < 2; measured++) {
        incmap_layer_writer *w = open_writer("n", INCMAP_SHAPE_POINT, &one, 1, NULL);
        if (measured) ck_assert_int_eq(incmap_layer_writer_measure(ctx, w, &row), INCMAP_OK);
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &row), INCMAP_OK);
        ck_assert_uint_eq(finish(w).cut_texts, 1);
        ck_assert_ptr_nonnull(strstr(logged, "NOTES_2 cut at 254 bytes"));
        incmap__shapefile *file = open_layer("n");
        ck_assert_uint_eq(strlen(value_of(file, 0, "NOTES_2")), 254);
        incmap__shapefile_close(file);
    }
}
END_TEST

/* ---- numbers ---- */

static const struct {
    const char *why;
    int width, decimals;
    double value;
    const char *expected; /* NULL: refused */
} numbers[] = {
    { "minus zero", 0, 1, -0.0, "0.0" },
    { "rounds to minus zero", 0, 1, -0.04, "0.0" },
    { "NaN is NULL", 0, 1, NAN, "" },
    { "infinite", 0, 1, INFINITY, NULL },
    { "1e300 has too many digits for any field", 0, 1, 1e300, NULL },
    { "12345 in a field of 3", 3, 0, 12345, NULL },
    { "as wide as its field", 5, 0, 12345, "12345" },
    { "with the minus one too wide", 5, 0, -12345, NULL },
};

START_TEST(number_that_does_not_fit_is_an_error_with_row_and_field_and_the_writer_goes_on)
{
    const incmap_field one = { "n", INCMAP_FIELD_NUMBER, numbers[_i].width, numbers[_i].decimals, 0,
                               0 };
    const incmap_value row = number_value(numbers[_i].value), good = int_value(1);
    incmap_layer_writer *w = open_writer("n", INCMAP_SHAPE_POINT, &one, 1, NULL);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &good), INCMAP_OK);
    const incmap_status st = incmap_layer_writer_add(ctx, w, &point, &row);
    ck_assert_msg(st == (numbers[_i].expected ? INCMAP_OK : INCMAP_EDATA), "%s", numbers[_i].why);
    if (st) ck_assert_ptr_nonnull(strstr(message(), "/n: feature 1 (from 0), field N: "));
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &good), INCMAP_OK);
    ck_assert_uint_eq(finish(w).features, st ? 2 : 3);
    incmap__shapefile *file = open_layer("n");
    if (!st) ck_assert_str_eq(value_of(file, 1, "N"), numbers[_i].expected);
    ck_assert_str_eq(value_of(file, st ? 1 : 2, "N"), numbers[_i].decimals ? "1.0" : "1");
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(whole_numbers_of_64_bits_keep_every_digit_in_either_field)
{
    static const incmap_field two[] = { { "i", INCMAP_FIELD_INT, 0, 0, 0, 0 },
                                        { "d", INCMAP_FIELD_NUMBER, 0, 2, 0, 0 } };
    const incmap_value row[] = { int_value(INT64_MIN), int_value(INT64_MAX) };
    incmap_layer_writer *w = open_writer("n", INCMAP_SHAPE_NULL, two, 2, NULL);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, NULL, row), INCMAP_OK);
    (void)finish(w);
    size_t size = 0;
    char *bytes = scratch_bytes(scratch_path("n.dbf"), &size);
    ck_assert_int_eq(
        memcmp(bytes + 32 + 2 * 32 + 1, " -92233720368547758089223372036854775807.00", 1 + 20 + 22),
        0);
    free(bytes);
}
END_TEST

START_TEST(days_before_1900_and_after_2100_are_kept_and_those_without_a_year_refused)
{
    static const incmap_field one = { "d", INCMAP_FIELD_DATE, 0, 0, 0, 0 };
    const incmap_value good[] = { day_value(1, 1, 1), day_value(1812, 9, 7), day_value(2101, 1, 1),
                                  day_value(9999, 12, 31) };
    static const char *const expected[] = { "00010101", "18120907", "21010101", "99991231" };
    incmap_value bad = day_value(1, 1, 1);
    incmap_layer_writer *w = open_writer("d", INCMAP_SHAPE_POINT, &one, 1, NULL);
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &good[i]), INCMAP_OK);
    bad.as.day--;
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &bad), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(message(), "feature 4 (from 0), field D: the year 0"));
    bad.as.day = INT32_MAX;
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &bad), INCMAP_EDATA);
    bad.as.day = INCMAP_DAY_OPEN;
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &bad), INCMAP_OK);
    ck_assert_uint_eq(finish(w).null_values, 1);
    incmap__shapefile *file = open_layer("d");
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(value_of(file, i, "D"), expected[i]);
    ck_assert_str_eq(value_of(file, 4, "D"), "");
    incmap__shapefile_close(file);
}
END_TEST

/* ---- shapes ---- */

static const incmap_coord square[] = { { 0, 0 }, { 4, 0 }, { 4, 4 }, { 0, 4 }, { 0, 0 },
                                       { 1, 1 }, { 2, 1 }, { 2, 2 }, { 1, 2 }, { 1, 1 } };
static const size_t square_parts[] = { 0, 5, 10 };
static const double heights[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
static const double measures[] = { 0, 10, NAN, 30, 40, 50, 60, 70, 80, -5 };

static const struct {
    const char *why;
    incmap_shape_type type;
    bool z, m;
    int file_type;
} kinds[] = {
    { "points", INCMAP_SHAPE_POINT, false, false, 1 },
    { "points with heights", INCMAP_SHAPE_POINT, true, false, 11 },
    { "points with measures", INCMAP_SHAPE_POINT, false, true, 21 },
    { "lines", INCMAP_SHAPE_LINE, false, false, 3 },
    { "lines with heights and measures", INCMAP_SHAPE_LINE, true, true, 13 },
    { "lines with measures", INCMAP_SHAPE_LINE, false, true, 23 },
    { "polygons", INCMAP_SHAPE_POLYGON, false, false, 5 },
    { "polygons with heights", INCMAP_SHAPE_POLYGON, true, false, 15 },
    { "polygons with measures", INCMAP_SHAPE_POLYGON, false, true, 25 },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

START_TEST(shapes_of_every_kind_are_written)
{
    static const incmap_field one = { "n", INCMAP_FIELD_INT, 4, 0, 0, 0 };
    const bool is_point = kinds[_i].type == INCMAP_SHAPE_POINT;
    const incmap_shape shape = { kinds[_i].type,    square,
                                 is_point ? 1 : 10, is_point ? NULL : square_parts,
                                 is_point ? 0 : 2,  heights,
                                 measures };
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    const incmap_value row = int_value(1);
    incmap__shape back;
    incmap_error err;
    size_t size = 0;
    options.has_z = kinds[_i].z;
    options.has_m = kinds[_i].m;
    incmap_layer_writer *w = open_writer("k", kinds[_i].type, &one, 1, &options);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &shape, &row), INCMAP_OK);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, NULL, &row), INCMAP_OK);
    ck_assert_uint_eq(finish(w).unlocated, 1);
    char *bytes = scratch_bytes(scratch_path("k.shp"), &size);
    ck_assert_int_eq(bytes[32], kinds[_i].file_type);
    free(bytes);
    incmap__shapefile *file = open_layer("k");
    ck_assert_int_eq(incmap__shapefile_read(file, 0, &back, &err), INCMAP_OK);
    ck_assert_uint_eq(back.point_count, shape.point_count);
    incmap__shapefile_close(file);
}
END_TEST

/* Outer rings clockwise, holes the other way, whichever way they came. */
START_TEST(rings_are_turned_as_the_format_wants_them)
{
    static const incmap_field one = { "n", INCMAP_FIELD_INT, 4, 0, 0, 0 };
    incmap_coord other_way[10];
    const incmap_value row = int_value(1);
    incmap__shape back;
    incmap_error err;
    for (size_t i = 0; i < 5; i++) {
        other_way[i] = square[4 - i];
        other_way[5 + i] = square[9 - i];
    }
    const incmap_shape shapes[] = {
        { INCMAP_SHAPE_POLYGON, square, 10, square_parts, 2, NULL, NULL },
        { INCMAP_SHAPE_POLYGON, other_way, 10, square_parts, 2, NULL, NULL },
    };
    incmap_layer_writer *w = open_writer("r", INCMAP_SHAPE_POLYGON, &one, 1, NULL);
    for (size_t i = 0; i < 2; i++)
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &shapes[i], &row), INCMAP_OK);
    (void)finish(w);
    incmap__shapefile *file = open_layer("r");
    for (size_t i = 0; i < 2; i++) {
        double twice[2] = { 0, 0 };
        ck_assert_int_eq(incmap__shapefile_read(file, i, &back, &err), INCMAP_OK);
        for (size_t part = 0; part < 2; part++)
            for (size_t k = part * 5; k < part * 5 + 4; k++)
                twice[part] += back.points[k].lon * back.points[k + 1].lat -
                               back.points[k + 1].lon * back.points[k].lat;
        ck_assert_double_eq(twice[0], -32); /* clockwise */
        ck_assert_double_eq(twice[1], 2);
    }
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(extent_begins_with_the_first_point_also_at_0_0)
{
    static const incmap_field one = { "n", INCMAP_FIELD_INT, 4, 0, 0, 0 };
    static const incmap_coord at[] = { { 0, 0 }, { 5, 6 }, { 3, 8 } };
    const incmap_value row = int_value(1);
    double bounds[4];
    size_t size = 0;
    incmap_layer_writer *w = open_writer("e", INCMAP_SHAPE_POINT, &one, 1, NULL);
    for (size_t i = 0; i < 3; i++) {
        const incmap_shape shape = { INCMAP_SHAPE_POINT, &at[i], 1, NULL, 0, NULL, NULL };
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &shape, &row), INCMAP_OK);
    }
    (void)finish(w);
    char *bytes = scratch_bytes(scratch_path("e.shp"), &size);
    memcpy(bounds, bytes + 36, sizeof bounds); /* little-endian, as the machines of the tests */
    free(bytes);
    ck_assert_double_eq(bounds[0], 0);
    ck_assert_double_eq(bounds[1], 0);
    ck_assert_double_eq(bounds[2], 8);
    ck_assert_double_eq(bounds[3], 5);
}
END_TEST

static const size_t crossing[] = { 0, 7, 3 }, short_of[] = { 0, 4 };

static const struct {
    const char *why;
    incmap_shape_type layer;
    incmap_shape shape;
    incmap_status status;
} bad_shapes[] = {
    { "a line in a layer of points",
      INCMAP_SHAPE_POINT,
      { INCMAP_SHAPE_LINE, square, 5, NULL, 0, NULL, NULL },
      INCMAP_EARG },
    { "two points in one",
      INCMAP_SHAPE_POINT,
      { INCMAP_SHAPE_POINT, square, 2, NULL, 0, NULL, NULL },
      INCMAP_EARG },
    { "no points where there are some",
      INCMAP_SHAPE_POINT,
      { INCMAP_SHAPE_POINT, NULL, 1, NULL, 0, NULL, NULL },
      INCMAP_EARG },
    { "a line of one point",
      INCMAP_SHAPE_LINE,
      { INCMAP_SHAPE_LINE, square, 1, NULL, 0, NULL, NULL },
      INCMAP_EDATA },
    { "a ring that does not close",
      INCMAP_SHAPE_POLYGON,
      { INCMAP_SHAPE_POLYGON, square, 4, NULL, 0, NULL, NULL },
      INCMAP_EDATA },
    { "a ring of three points",
      INCMAP_SHAPE_POLYGON,
      { INCMAP_SHAPE_POLYGON, square, 3, NULL, 0, NULL, NULL },
      INCMAP_EDATA },
    { "parts out of order",
      INCMAP_SHAPE_LINE,
      { INCMAP_SHAPE_LINE, square, 3, crossing, 2, NULL, NULL },
      INCMAP_EARG },
    { "parts that leave points over",
      INCMAP_SHAPE_LINE,
      { INCMAP_SHAPE_LINE, square, 5, short_of, 1, NULL, NULL },
      INCMAP_EARG },
};

START_TEST(shapes_that_readers_cannot_take_are_refused)
{
    static const incmap_field one = { "n", INCMAP_FIELD_INT, 4, 0, 0, 0 };
    const incmap_value row = int_value(1);
    incmap_layer_writer *w = open_writer("b", bad_shapes[_i].layer, &one, 1, NULL);
    ck_assert_msg(incmap_layer_writer_add(ctx, w, &bad_shapes[_i].shape, &row) ==
                      bad_shapes[_i].status,
                  "%s", bad_shapes[_i].why);
    ck_assert_ptr_nonnull(strstr(message(), "/b: feature 0 (from 0): "));
    ck_assert_uint_eq(finish(w).features, 0);
}
END_TEST

START_TEST(coordinates_out_of_range_are_refused)
{
    static const incmap_field one = { "n", INCMAP_FIELD_INT, 4, 0, 0, 0 };
    static const incmap_coord bad[] = { { 90.1, 0 }, { NAN, 0 }, { 0, INFINITY }, { -91, 5 } };
    const incmap_value row = int_value(1);
    incmap_layer_writer *w = open_writer("b", INCMAP_SHAPE_POINT, &one, 1, NULL);
    for (size_t i = 0; i < 4; i++) {
        const incmap_shape shape = { INCMAP_SHAPE_POINT, &bad[i], 1, NULL, 0, NULL, NULL };
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &shape, &row), INCMAP_EDOMAIN);
    }
    ck_assert_uint_eq(finish(w).features, 0);
}
END_TEST

/* ---- reference systems ---- */

/* cs2cs EPSG:4326 EPSG:32637 of PROJ 9.1.1 for 50.4614 35.6025. */
START_TEST(coordinates_are_brought_into_the_system_asked_for)
{
    static const incmap_field one = { "n", INCMAP_FIELD_INT, 0, 0, 0, 0 };
    const incmap_value row = int_value(1);
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap__shape back;
    incmap_error err;
    size_t size = 0;
    options.crs = "EPSG:32637";
    incmap_layer_writer *w = open_writer("u", INCMAP_SHAPE_POINT, &one, 1, &options);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, &row), INCMAP_OK);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, NULL, &row), INCMAP_OK);
    (void)finish(w);
    incmap__shapefile *file = open_layer("u");
    ck_assert_int_eq(incmap__shapefile_read(file, 0, &back, &err), INCMAP_OK);
    ck_assert_double_eq_tol(back.points[0].lon, 258876.060538661, 1e-3);
    ck_assert_double_eq_tol(back.points[0].lat, 5595449.555363669, 1e-3);
    incmap__shapefile_close(file);
    char *prj = scratch_bytes(scratch_path("u.prj"), &size);
    ck_assert_int_eq(strncmp(prj, "PROJCS[\"WGS_1984_UTM_Zone_37N\"", 30), 0);
    free(prj);
    options.crs = "EPSG:1";
    w = NULL;
    ck_assert_int_eq(
        incmap_layer_writer_open(ctx, scratch_path("v"), INCMAP_SHAPE_POINT, &one, 1, &options, &w),
        INCMAP_ELIBRARY);
    ck_assert_ptr_null(w);
}
END_TEST

/* ---- the set ---- */

START_TEST(past_the_limit_a_layer_goes_on_in_a_second_part)
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    char name[32];
    size_t rows = 0;
    options.part_bytes = 30000;
    const incmap_layer_result result = write_rows("p", 200, _i, &options);
    ck_assert_uint_eq(result.features, 200);
    ck_assert_uint_ge(result.parts, 3);
    ck_assert_ptr_nonnull(strstr(logged, "and those after it are in"));
    ck_assert_int_eq(scratch_count(scratch), (int)result.parts * ENDINGS);
    for (size_t part = 1; part <= result.parts; part++) {
        struct stat about;
        incmap_value row[FIELDS];
        (void)snprintf(name, sizeof name, part == 1 ? "p" : "p_part%zu", part);
        incmap__shapefile *file = open_layer(name);
        for (size_t i = 0; i < incmap__shapefile_count(file); i++) {
            make_row(rows + i, row);
            ck_assert_str_eq(value_of(file, i, "NAME"), row[F_NAME].as.text);
        }
        rows += incmap__shapefile_count(file);
        incmap__shapefile_close(file);
        strcat(name, ".dbf");
        ck_assert_int_eq(stat(scratch_path(name), &about), 0);
        ck_assert_int_le(about.st_size, 30000);
    }
    ck_assert_uint_eq(rows, 200);
    /* a smaller layer over it leaves no part behind */
    ck_assert_uint_eq(write_rows("p", 20, false, NULL).parts, 1);
    ck_assert_int_eq(scratch_count(scratch), ENDINGS);
}
END_TEST

START_TEST(table_is_a_dbf_alone_and_takes_the_shapes_of_an_earlier_layer_away)
{
    static const incmap_field one = { "n", INCMAP_FIELD_INT, 0, 0, 0, 0 };
    const incmap_value row = int_value(5);
    (void)write_rows("t", 10, false, NULL);
    incmap_layer_writer *w = open_writer("t", INCMAP_SHAPE_NULL, &one, 1, NULL);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, NULL, &row), INCMAP_OK);
    const incmap_layer_result result = finish(w);
    ck_assert_uint_eq(result.features, 1);
    ck_assert_uint_eq(result.unlocated, 0);
    ck_assert_int_eq(scratch_count(scratch), 2);
    ck_assert_int_eq(access(scratch_path("t.dbf"), F_OK), 0);
    ck_assert_int_eq(access(scratch_path("t.cpg"), F_OK), 0);
}
END_TEST

START_TEST(layer_without_an_index_takes_the_earlier_one_away)
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    (void)write_rows("i", 10, false, NULL);
    ck_assert_int_eq(access(scratch_path("i.qix"), F_OK), 0);
    options.no_index = true;
    (void)write_rows("i", 10, false, &options);
    ck_assert_int_ne(access(scratch_path("i.qix"), F_OK), 0);
    ck_assert_int_eq(scratch_count(scratch), ENDINGS - 1);
}
END_TEST

START_TEST(day_in_the_header_is_the_one_asked_for)
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    static const struct {
        int year, month, mday;
        unsigned char bytes[3];
    } days[] = { { 2023, 5, 22, { 123, 5, 22 } },
                 { 1812, 9, 7, { 0, 1, 1 } },
                 { 2200, 1, 1, { 255, 12, 31 } } };
    size_t size = 0;
    for (size_t i = 0; i < 3; i++) {
        options.dated = day_value(days[i].year, days[i].month, days[i].mday).as.day;
        (void)write_rows("d", 1, false, &options);
        char *bytes = scratch_bytes(scratch_path("d.dbf"), &size);
        ck_assert_mem_eq(bytes + 1, days[i].bytes, 3);
        free(bytes);
    }
}
END_TEST

START_TEST(writer_that_is_freed_unfinished_leaves_the_earlier_layer)
{
    (void)write_rows("kept", 20, false, NULL);
    (void)write_rows("f", 20, false, NULL);
    incmap_layer_writer *w = open_writer("f", INCMAP_SHAPE_POINT, fields, FIELDS, NULL);
    incmap_value row[FIELDS];
    make_row(1, row);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_OK);
    incmap_layer_writer_free(w);
    assert_same_layer("f", "kept");
    ck_assert_int_eq(scratch_count(scratch), 2 * ENDINGS);
    incmap_layer_writer_free(NULL);
}
END_TEST

/* ---- what is refused ---- */

START_TEST(null_and_what_is_out_of_range_is_refused)
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_layer_writer *w = NULL;
    const char *path = scratch_path("x");
    static const incmap_field bad[] = {
        { NULL, INCMAP_FIELD_INT, 0, 0, 0, 0 },      { "a", INCMAP_FIELD_TEXT, 255, 0, 0, 0 },
        { "a", INCMAP_FIELD_INT, 33, 0, 0, 0 },      { "a", INCMAP_FIELD_INT, 0, 1, 0, 0 },
        { "a", INCMAP_FIELD_NUMBER, 0, 16, 0, 0 },   { "a", INCMAP_FIELD_NUMBER, 4, 3, 0, 0 },
        { "a", INCMAP_FIELD_TEXT, 0, 0, 10, 0 },     { "a", INCMAP_FIELD_INT, 0, 0, 2, 0 },
        { "a", (incmap_field_kind)9, 0, 0, 0, 0 },   { "a", INCMAP_FIELD_TEXT, -1, 0, 0, 0 },
        { "a", INCMAP_FIELD_TEXT, 0, 0, 2, '\xD0' },
    };
    ck_assert_int_eq(incmap_layer_writer_open(NULL, path, INCMAP_SHAPE_POINT, fields, 1, NULL, &w),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_open(ctx, NULL, INCMAP_SHAPE_POINT, fields, 1, NULL, &w),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, NULL, 1, NULL, &w),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, fields, 1, NULL, NULL),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, fields, 0, NULL, &w),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_open(ctx, path, (incmap_shape_type)8, fields, 1, NULL, &w),
                     INCMAP_EARG);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, &bad[i], 1, NULL,
                                               &w) == INCMAP_EARG,
                      "field %zu", i);
    options.part_bytes = UINT64_C(3000000000);
    ck_assert_int_eq(
        incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, fields, 1, &options, &w),
        INCMAP_EARG);
    ck_assert_ptr_null(w);
    ck_assert_int_eq(scratch_count(scratch), 0);
    ck_assert_int_eq(incmap_layer_writer_add(NULL, NULL, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, NULL, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_measure(NULL, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_measure(ctx, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_finish(NULL, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_recover(NULL, path, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_recover(ctx, NULL, NULL), INCMAP_EARG);
}
END_TEST

START_TEST(values_of_another_kind_and_texts_that_are_no_utf8_are_refused)
{
    incmap_layer_writer *w = open_writer("v", INCMAP_SHAPE_POINT, fields, FIELDS, NULL);
    incmap_value row[FIELDS];
    make_row(1, row);
    row[F_COUNT] = number_value(1);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EARG);
    ck_assert_ptr_nonnull(strstr(message(), "feature 0 (from 0), field COUNT"));
    make_row(1, row);
    row[F_NAME] = text_value("\xD0");
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EPARSE);
    make_row(1, row);
    row[F_NAME] = text_value(NULL);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_OK);
    ck_assert_int_eq(incmap_layer_writer_measure(ctx, w, row), INCMAP_EARG);
    const incmap_layer_result result = finish(w);
    ck_assert_uint_eq(result.features, 1);
    ck_assert_uint_eq(result.null_values, 1);
}
END_TEST

/* The texts of a row are checked in one piece, and of very long ones a part is kept: _i 0 through a spool,
 * 1 written at once. */
START_TEST(each_text_is_checked_by_itself_and_to_its_end)
{
    const int width = _i ? 200 : 0;
    const incmap_field two[] = { { "a", INCMAP_FIELD_TEXT, width, 0, 0, 0 },
                                 { "b", INCMAP_FIELD_TEXT, width, 0, 0, 0 } };
    enum { LONG = 100000 };
    static char text[LONG + 1];
    incmap_layer_writer *w = open_writer("e", INCMAP_SHAPE_POINT, two, 2, NULL);
    incmap_value row[] = { text_value("x\xD0"), text_value("\x96x") };
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EPARSE);
    ck_assert_ptr_nonnull(strstr(message(), "field A: bytes that are no UTF-8"));
    row[0] = text_value("x");
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EPARSE);
    ck_assert_ptr_nonnull(strstr(message(), "field B: bytes that are no UTF-8"));
    memset(text, 'y', LONG);
    text[LONG - 1] = '\xD0';
    row[0] = text_value(text);
    row[1] = text_value("\xD0\x96");
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EPARSE);
    ck_assert_ptr_nonnull(strstr(message(), "field A: bytes that are no UTF-8"));
    text[LONG - 1] = 'y';
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_OK);
    const incmap_layer_result result = finish(w);
    ck_assert_uint_eq(result.features, 1);
    ck_assert_uint_eq(result.cut_texts, 1);
    incmap__shapefile *file = open_layer("e");
    ck_assert_uint_eq(strlen(value_of(file, 0, "A")), _i ? 200 : 254);
    ck_assert_str_eq(value_of(file, 0, "B"), "\xD0\x96");
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(finished_writer_takes_no_more)
{
    incmap_layer_writer *w = open_writer("f", INCMAP_SHAPE_POINT, fields, FIELDS, NULL);
    incmap_layer_result result = { .features = 77 };
    incmap_value row[FIELDS];
    make_row(1, row);
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &point, row), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, &result), INCMAP_EARG);
    ck_assert_ptr_nonnull(strstr(message(), "the layer is finished"));
    ck_assert_uint_eq(result.features, 77);
    incmap_layer_writer_free(w);
}
END_TEST

/* ---- memory and disk ---- */

static incmap_status try_all(incmap_ctx *with, const char *path, bool measured,
                             incmap_layer_result *result)
{
    static const incmap_field two[] = { { "name", INCMAP_FIELD_TEXT, 0, 0, 3, 0 },
                                        { "n", INCMAP_FIELD_NUMBER, 0, 1, 0, 0 } };
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    const incmap_value row[] = { text_value("some text that is not short"), number_value(1.5) };
    incmap_layer_writer *w = NULL;
    options.crs = "EPSG:32637";
    options.part_bytes = 400;
    incmap_status st =
        incmap_layer_writer_open(with, path, INCMAP_SHAPE_POINT, two, 2, &options, &w);
    if (!st && measured) st = incmap_layer_writer_measure(with, w, row);
    for (int i = 0; !st && i < 12; i++)
        st = incmap_layer_writer_add(with, w, &point, row);
    if (!st) st = incmap_layer_writer_finish(with, w, result);
    incmap_layer_writer_free(w);
    return st;
}

START_TEST(every_failed_allocation_is_out_of_memory_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(400);

    while (faulty_next(&t, NULL)) {
        incmap_layer_result result = { .features = 7 };
        t.st = try_all(t.ctx, scratch_path("l"), _i, &result);
        if (t.st) {
            ck_assert_uint_eq(result.features, 7);
            ck_assert_int_eq(scratch_count(scratch), 0);
        }
    }
    faulty_end(&t, 40);
}
END_TEST

START_TEST(every_failed_call_is_told_and_nothing_is_left)
{
    const int all = CALL_OPEN | CALL_WRITE | CALL_SYNC | CALL_RENAME | CALL_FOLDER;
    long n = 0;
    ck_assert_int_eq(mkdir(scratch_path("out"), 0700), 0);
    for (; n < 600; n++) {
        incmap_layer_result result = { .features = 7 };
        calls_fail(all, n, _i >= 2, ENOSPC);
        const incmap_status st = try_all(ctx, scratch_path("out/l"), _i % 2, &result);
        calls_work();
        if (calls.failed == 0) {
            ck_assert_int_eq(st, INCMAP_OK);
            break;
        }
        ck_assert_msg(st == INCMAP_EIO || st == INCMAP_ELIBRARY, "%ld: status %d, %s", n, (int)st,
                      message());
        ck_assert_uint_eq(result.features, 7);
        /* where nothing at all works any more the remains wait for the next write */
        if (_i < 2) ck_assert_int_eq(scratch_count(scratch_path("out")), 0);
    }
    ck_assert_int_gt(n, 40);
    ck_assert_int_lt(n, 600);
}
END_TEST

static TCase *what_is_written(void)
{
    TCase *tc = tcase_create("written");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, long_names_become_ten_letters_that_can_be_read, 0,
                        sizeof names / sizeof *names);
    tcase_add_test(tc, no_two_fields_have_one_name);
    tcase_add_test(tc, fields_of_a_text_in_parts_meet_no_other_field);
    tcase_add_test(tc, rows_spooled_and_rows_measured_give_the_same_bytes);
    tcase_add_loop_test(tc, every_value_comes_back, 0, 2);
    tcase_add_test(tc, layer_of_no_rows_and_of_one_is_whole);
    tcase_add_loop_test(tc, text_is_cut_between_what_readers_see_as_characters, 0,
                        sizeof graphemes / sizeof *graphemes);
    tcase_add_test(tc, cut_is_counted_and_logged_with_feature_and_field);
    tcase_add_test(tc, a_long_text_is_cut_where_the_whole_of_it_is);
    tcase_add_test(tc, no_text_that_is_no_utf8_is_taken);
    tcase_add_test(tc, parts_of_a_note_joined_are_the_note);
    tcase_add_test(tc, note_longer_than_all_its_fields_is_cut_after_the_last);
    tcase_add_loop_test(
        tc, number_that_does_not_fit_is_an_error_with_row_and_field_and_the_writer_goes_on, 0,
        sizeof numbers / sizeof *numbers);
    tcase_add_test(tc, whole_numbers_of_64_bits_keep_every_digit_in_either_field);
    tcase_add_test(tc, days_before_1900_and_after_2100_are_kept_and_those_without_a_year_refused);
    tcase_add_loop_test(tc, shapes_of_every_kind_are_written, 0, KINDS);
    tcase_add_test(tc, rings_are_turned_as_the_format_wants_them);
    tcase_add_test(tc, extent_begins_with_the_first_point_also_at_0_0);
    tcase_add_test(tc, coordinates_are_brought_into_the_system_asked_for);
    tcase_add_loop_test(tc, past_the_limit_a_layer_goes_on_in_a_second_part, 0, 2);
    tcase_add_test(tc, table_is_a_dbf_alone_and_takes_the_shapes_of_an_earlier_layer_away);
    tcase_add_test(tc, layer_without_an_index_takes_the_earlier_one_away);
    tcase_add_test(tc, day_in_the_header_is_the_one_asked_for);
    return tc;
}

static TCase *what_is_refused(void)
{
    TCase *tc = tcase_create("refused");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, shapes_that_readers_cannot_take_are_refused, 0,
                        sizeof bad_shapes / sizeof *bad_shapes);
    tcase_add_test(tc, coordinates_out_of_range_are_refused);
    tcase_add_test(tc, writer_that_is_freed_unfinished_leaves_the_earlier_layer);
    tcase_add_test(tc, null_and_what_is_out_of_range_is_refused);
    tcase_add_test(tc, values_of_another_kind_and_texts_that_are_no_utf8_are_refused);
    tcase_add_loop_test(tc, each_text_is_checked_by_itself_and_to_its_end, 0, 2);
    tcase_add_test(tc, finished_writer_takes_no_more);
    tcase_add_loop_test(tc, every_failed_allocation_is_out_of_memory_and_leaks_nothing, 0, 2);
    tcase_add_loop_test(tc, every_failed_call_is_told_and_nothing_is_left, 0, 4);
    return tc;
}

int main(void)
{
    Suite *suite = suite_create("layer_writer");
    suite_add_tcase(suite, what_is_written());
    suite_add_tcase(suite, what_is_refused());
    return run_suite(suite);
}
