/* SPDX-License-Identifier: MIT */
/* Gazetteers of other people that are wrong in every way: each reader tells each fault with file, line
 * and column, what it found and what it expected, and loads the rest. */
#include "harness.h"

#include <string.h>

#include "gazetteer_rows.h"

/* ---- the readers ---- */

#define TOWN(id, name) TOWN_ROW(id, name, "")

static incmap_status read_geonames(const char *path)
{
    return incmap_gazetteer_add_geonames(ctx, g, path, NULL, report);
}

static incmap_status read_alternates(const char *path)
{
    incmap_geonames_options options = INCMAP_GEONAMES_OPTIONS_INIT;
    /* A dump for the alternate names to belong to. */
    const char *whole = file_of("whole.txt", TOWN("1", "Sumy") TOWN("2", "Romny"));

    options.alternate_names = path;
    return incmap_gazetteer_add_geonames(ctx, g, whole, &options, report);
}

static incmap_status read_postal(const char *path)
{
    return incmap_gazetteer_add_postal(ctx, g, path, report);
}

static incmap_status read_own(const char *path)
{
    incmap_column_map map = INCMAP_COLUMN_MAP_INIT;

    map.name = "name";
    map.lat = "lat";
    map.lon = "lon";
    map.alternates = "also";
    return incmap_gazetteer_add_table(ctx, g, path, &map, report);
}

/* What a file of each reader is made of. Long: the row up to a long field, and behind it. */
static const struct reader {
    const char *name, *head, *first, *last, *too_few, *too_many, *not_utf8, *no_position;
    const char *long_from, *long_to, *quoted_from, *quoted_to;
    incmap_status (*read)(const char *path);
    const char *first_name, *last_name; /* as they are found once loaded */
} readers[] = {
    { "geonames", "", TOWN("1", "Sumy"), TOWN("2", "Romny"), "3\tToo\tfew\n",
      "3\tNorth\tNorth\t\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\tmore\n",
      "3\tCaf\xE9\tCafe\t\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n",
      "3\tNorth\tNorth\t\t95\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n", "3\tLong\tLong\t",
      "\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n", NULL, NULL, read_geonames, "Sumy",
      "Romny" },
    { "alternate", "", "11\t1\tru\tСумы\t1\t\t\t\t\t\n", "12\t2\tru\tРомны\t1\t\t\t\t\t\n",
      "13\t1\tde\tSsumy\n", "13\t1\tde\tSsumy\t\t\t\t\t\t\tmore\n",
      "13\t1\tde\tS\xFCmy\t\t\t\t\t\t\n", NULL, "13\t1\tde\t", "\t\t\t\t\t\t\n", NULL, NULL,
      read_alternates, "Сумы", "Ромны" },
    { "postal", "", "RU\t309370\tГрайворон\tБелгородская Область\t\t\t\t\t\t50.4783\t35.6658\t4\n",
      "RU\t309376\tГора-Подол\tБелгородская Область\t\t\t\t\t\t50.4667\t35.6419\t4\n",
      "RU\t309377\tКозинка\n", "RU\t309377\tКозинка\t\t\t\t\t\t\t50.4\t35.6\t4\tmore\n",
      "RU\t309377\tКозинк\xD0\t\t\t\t\t\t\t50.4\t35.6\t4\n",
      "RU\t309377\tКозинка\t\t\t\t\t\t\t50.4\teast\t4\n", "RU\t309377\t",
      "\t\t\t\t\t\t\t50.4\t35.6\t4\n", NULL, NULL, read_postal, "Грайворон", "Гора-Подол" },
    { "own", "name,lat,lon,also\n", "Depot 7,50.5,35.5,\n", "Depot 8,50.6,35.6,Склад\n",
      "Depot 9,50.7\n", "Depot 9,50.7,35.7,,more\n",
      "Depot 9,50.7,35.7,S\xFC"
      "d\n",
      "Depot 9,50.7,,\n", "Depot 9,50.7,35.7,", "\n", "Depot 9,50.7,35.7,\"", "\"\n", read_own,
      "Depot 7", "Склад" },
};
enum { READERS = sizeof readers / sizeof *readers };

/* Writes a file of the pieces, NULL behind the last, reads it, and expects the two good rows. */
static const char *read_file(const struct reader *reader, const char *const pieces[])
{
    char name[32];
    char *text = NULL;
    size_t size = 0;
    const char *path;

    (void)snprintf(name, sizeof name, "%s.txt", reader->name);
    for (size_t i = 0; pieces[i]; i++) {
        const size_t length = strlen(pieces[i]);
        text = realloc(text, size + length + 1);
        ck_assert_ptr_nonnull(text);
        memcpy(text + size, pieces[i], length + 1);
        size += length;
    }
    path = scratch_path(name);
    scratch_write(path, text, size);
    free(text);
    ck_assert_msg(reader->read(path) == INCMAP_OK, "%s: %s", reader->name, incmap_ctx_message(ctx));
    return report_lines(report);
}

static void assert_found(const char *name)
{
    size_t count = 0;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, name, NULL, NULL, 0, &count), INCMAP_OK);
    ck_assert_msg(count >= 1, "%s is not there", name);
}

/* One row refused for that reason, the rows around it loaded. */
static void assert_told(const struct reader *reader, const char *lines, const char *expected)
{
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_msg(strstr(lines, expected) != NULL, "%s: \"%s\" is not in \"%s\"", reader->name,
                  expected, lines);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 2);
    assert_found(reader->first_name);
    assert_found(reader->last_name);
}

static void assert_row_told(int i, const char *row, const char *expected)
{
    const struct reader *r = &readers[i];
    const char *const pieces[] = { r->head, r->first, row, r->last, NULL };
    assert_told(r, read_file(r, pieces), expected);
}

/* ---- the faults ---- */

START_TEST(a_row_of_too_few_fields_is_told)
{
    static const char *const told[READERS] = {
        "geonames.txt:2: found \"3 fields\", expected 19\n",
        "alternate.txt:2: found \"4 fields\", expected 10\n",
        "postal.txt:2: found \"3 fields\", expected 12\n",
        "own.txt:3: found \"2 fields\", expected 4 as in the header",
    };
    assert_row_told(_i, readers[_i].too_few, told[_i]);
}
END_TEST

START_TEST(a_row_of_too_many_fields_is_told)
{
    static const char *const told[READERS] = {
        "geonames.txt:2: found \"20 fields\", expected 19\n",
        "alternate.txt:2: found \"11 fields\", expected 10\n",
        "postal.txt:2: found \"13 fields\", expected 12\n",
        "own.txt:3: found \"5 fields\", expected 4 as in the header",
    };
    assert_row_told(_i, readers[_i].too_many, told[_i]);
}
END_TEST

START_TEST(bytes_that_are_no_utf8_are_told_with_their_place)
{
    static const char *const told[READERS] = {
        "geonames.txt:2: column 2 (name): found \"bytes that are not UTF-8 at byte ",
        "alternate.txt:2: column 4 (alternate name): found \"bytes that are not UTF-8 at byte ",
        "postal.txt:2: column 3 (place name): found \"bytes that are not UTF-8 at byte ",
        "own.txt:3: column 4 (also): found \"bytes that are not UTF-8 at byte ",
    };
    assert_row_told(_i, readers[_i].not_utf8, told[_i]);
}
END_TEST

START_TEST(a_position_that_is_none_is_told)
{
    static const char *const told[READERS] = {
        "geonames.txt:2: column 5 (latitude): found \"95\", expected a number from -90 to 90",
        NULL,
        "postal.txt:2: column 11 (longitude): found \"east\", expected a number from -180 to 180",
        "own.txt:3: column 3 (lon): found \"\", expected degrees here too, or in neither column",
    };
    if (told[_i]) assert_row_told(_i, readers[_i].no_position, told[_i]);
}
END_TEST

START_TEST(a_field_of_ten_megabytes_is_told_and_not_kept)
{
    static const char *const told[READERS] = {
        "geonames.txt:2: column 4 (alternatenames): found \"a row longer than is read at byte ",
        "alternate.txt:2: column 4 (alternate name): found \"a row longer than is read at byte ",
        "postal.txt:2: column 3 (place name): found \"a row longer than is read at byte ",
        "own.txt:3: column 4 (also): found \"a row longer than is read at byte ",
    };
    const size_t size = 10u << 20;
    const struct reader *r = &readers[_i];
    char *field = malloc(size + 1);

    ck_assert_ptr_nonnull(field);
    memset(field, 'a', size);
    field[size] = '\0';
    const char *const pieces[] = {
        r->head, r->first, r->long_from, field, r->long_to, r->last, NULL
    };
    assert_told(r, read_file(r, pieces), told[_i]);
    free(field);
}
END_TEST

/* Whoever forgets to close a quote swallows no row that follows. */
START_TEST(a_quoted_field_of_ten_megabytes_is_told_and_not_kept)
{
    const size_t size = 10u << 20;
    const struct reader *r = &readers[READERS - 1];
    char *field = malloc(size + 1);

    ck_assert_ptr_nonnull(field);
    memset(field, 'a', size);
    field[size] = '\0';
    const char *const pieces[] = { r->head, r->first, r->quoted_from, field, r->quoted_to,
                                   r->last, NULL };
    assert_told(r, read_file(r, pieces), "own.txt:3: column 4 (also): found \"");
    free(field);
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_the_first_field)
{
    const struct reader *r = &readers[_i];
    const char *const pieces[] = { "\xEF\xBB\xBF", r->head, r->first, r->last, NULL };

    ck_assert_str_eq(read_file(r, pieces), "");
    ck_assert_uint_eq(incmap_report_count(report), 0);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 2);
    assert_found(r->first_name);
    assert_found(r->last_name);
}
END_TEST

START_TEST(line_ends_of_windows_and_a_missing_last_one_are_no_fault)
{
    const struct reader *r = &readers[_i];
    char first[512], last[512];

    (void)snprintf(first, sizeof first, "%.*s\r\n", (int)strlen(r->first) - 1, r->first);
    (void)snprintf(last, sizeof last, "%.*s", (int)strlen(r->last) - 1, r->last);
    const char *const pieces[] = { r->head, first, last, NULL };
    ck_assert_str_eq(read_file(r, pieces), "");
    ck_assert_uint_eq(incmap_gazetteer_count(g), 2);
    assert_found(r->last_name);
}
END_TEST

START_TEST(a_byte_of_zero_is_told)
{
    const struct reader *r = &readers[_i];
    char text[2048];
    size_t size = 0;
    char name[32];

    for (int piece = 0; piece < 3; piece++) {
        const char *const pieces[] = { r->head, r->first, r->last };
        memcpy(text + size, pieces[piece], strlen(pieces[piece]));
        size += strlen(pieces[piece]);
    }
    text[size - strlen(r->last) + 1] = '\0';
    (void)snprintf(name, sizeof name, "%s.txt", r->name);
    const char *path = scratch_path(name);
    scratch_write(path, text, size);
    ck_assert_int_eq(r->read(path), INCMAP_OK);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_ptr_nonnull(strstr(report_lines(report), "column 1 ("));
    assert_found(r->first_name);
}
END_TEST

/* Every fault in one file: each is told once, and the good rows among them are all there. */
START_TEST(faults_one_after_another_are_each_told)
{
    const struct reader *r = &readers[_i];
    const char *const pieces[] = { r->head,     r->first,
                                   r->too_few,  r->too_many,
                                   r->not_utf8, r->no_position ? r->no_position : r->too_few,
                                   r->last,     NULL };
    const char *lines = read_file(r, pieces);

    ck_assert_uint_eq(incmap_report_refused(report), 4);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 2);
    assert_found(r->last_name);
    for (int line = 2; line <= 5; line++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "%s.txt:%d: ", r->name,
                       line + (r->head[0] != '\0'));
        ck_assert_msg(strstr(lines, expected) != NULL, "%s in \"%s\"", expected, lines);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("bad_gazetteers");
    TCase *tcase = tcase_create("bad_gazetteers");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, a_row_of_too_few_fields_is_told, 0, READERS);
    tcase_add_loop_test(tcase, a_row_of_too_many_fields_is_told, 0, READERS);
    tcase_add_loop_test(tcase, bytes_that_are_no_utf8_are_told_with_their_place, 0, READERS);
    tcase_add_loop_test(tcase, a_position_that_is_none_is_told, 0, READERS);
    tcase_add_loop_test(tcase, a_field_of_ten_megabytes_is_told_and_not_kept, 0, READERS);
    tcase_add_test(tcase, a_quoted_field_of_ten_megabytes_is_told_and_not_kept);
    tcase_add_loop_test(tcase, a_byte_order_mark_is_no_part_of_the_first_field, 0, READERS);
    tcase_add_loop_test(tcase, line_ends_of_windows_and_a_missing_last_one_are_no_fault, 0,
                        READERS);
    tcase_add_loop_test(tcase, a_byte_of_zero_is_told, 0, READERS);
    tcase_add_loop_test(tcase, faults_one_after_another_are_each_told, 0, READERS);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
