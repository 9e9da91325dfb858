/* SPDX-License-Identifier: MIT */
/* The CSV scanner: what a row is, where it lies, and that no broken row takes others with it. */
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "faulty_tries.h"
#include "io/csv.h"
#include "random.h"
#include "scratch.h"

static incmap_allocator libc_memory;
static incmap_error err;

static void setup(void)
{
    libc_memory = incmap__allocator_default();
    scratch_make();
}
static void teardown(void)
{
    scratch_remove();
}

/* ---- rows as a text: "line@offset[field][field]", with "!fault column@offset" in front of the
 * fields of a broken one ---- */

static const char *const fault_names[] = { "", "!open ", "!inside ", "!nul ", "!utf8 ", "!long " };

static void add_row(char *text, size_t size, size_t *used, const incmap__csv_row *row,
                    size_t lines_before, uint64_t bytes_before)
{
    incmap__text_add(text, size, used, "%zu@%llu", row->line - lines_before,
                     (unsigned long long)(row->offset - bytes_before));
    if (row->fault)
        incmap__text_add(text, size, used, "%s%zu@%llu", fault_names[row->fault], row->fault_column,
                         (unsigned long long)(row->fault_offset - bytes_before));
    for (size_t i = 0; i < row->count; i++) {
        ck_assert_uint_eq(strlen(row->fields[i].text), row->fields[i].length);
        incmap__text_add(text, size, used, "[%s]", row->fields[i].text);
    }
    incmap__text_add(text, size, used, " ");
}

/* Reads to the end and closes; rows of the first lines_before lines are left out. */
static void describe(incmap__csv *csv, char *text, size_t size, size_t lines_before,
                     uint64_t bytes_before)
{
    incmap__csv_row row;
    bool found = true;
    size_t used = 0;

    text[0] = '\0';
    while (found) {
        if (incmap__csv_next(csv, &row, &found, &err)) ck_abort_msg("%s", err.message);
        if (found && row.line > lines_before)
            add_row(text, size, &used, &row, lines_before, bytes_before);
    }
    /* The end stays the end. */
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
    ck_assert(!found);
    incmap__csv_close(csv);
}

static const char *write_file(const char *name, const void *bytes, size_t size)
{
    const char *path = scratch_path(name);
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
    ck_assert_int_eq(fclose(f), 0);
    return path;
}

#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
    const char *why;
    const char *bytes;
    size_t size;
    incmap__csv_options options;
    const char *rows;
} files[] = {
    { "nothing", BYTES(""), { 0 }, "" },
    { "CRLF", BYTES("a,b\r\n1,2\r\n"), { 0 }, "1@0[a][b] 2@5[1][2] " },
    { "LF", BYTES("a,b\n1,2\n"), { 0 }, "1@0[a][b] 2@4[1][2] " },
    { "CR", BYTES("a,b\r1,2\r"), { 0 }, "1@0[a][b] 2@4[1][2] " },
    { "all three mixed", BYTES("a\rb\r\nc\nd"), { 0 }, "1@0[a] 2@2[b] 3@5[c] 4@7[d] " },
    { "no last line break", BYTES("a,b\n1,2"), { 0 }, "1@0[a][b] 2@4[1][2] " },
    { "BOM",
      BYTES("\xEF\xBB\xBF"
            "a,b\n1,2\n"),
      { 0 },
      "1@3[a][b] 2@7[1][2] " },
    { "BOM alone", BYTES("\xEF\xBB\xBF"), { 0 }, "" },
    { "half a BOM is a fault", BYTES("\xEF\xBB\na\n"), { 0 }, "1@0!utf8 1@0 2@3[a] " },
    { "a BOM further on is text",
      BYTES("a\n\xEF\xBB\xBF"
            "b\n"),
      { 0 },
      "1@0[a] 2@2[\xEF\xBB\xBF"
      "b] " },
    { "empty lines are stepped over and counted",
      BYTES("\n\na\n\r\n\nb\n"),
      { 0 },
      "3@2[a] 6@7[b] " },
    { "an empty quoted field is a row", BYTES("\"\"\na\n"), { 0 }, "1@0[] 2@3[a] " },
    { "empty fields", BYTES(",,\n,x,\n"), { 0 }, "1@0[][][] 2@3[][x][] " },
    { "a separator at the very end", BYTES("a,"), { 0 }, "1@0[a][] " },
    { "spaces belong to the field", BYTES(" a , b\t\n"), { 0 }, "1@0[ a ][ b\t] " },
    { "quoted", BYTES("\"a\",\"b c\"\n"), { 0 }, "1@0[a][b c] " },
    { "separator and breaks in quotes",
      BYTES("\"a,b\",\"c\nd\r\ne\rf\"\ng\n"),
      { 0 },
      "1@0[a,b][c\nd\r\ne\rf] 5@17[g] " },
    { "doubled quotes",
      BYTES("\"\"\"\",\"a\"\"b\"\"\",\"\"\"\"\"\"\n"),
      { 0 },
      "1@0[\"][a\"b\"][\"\"] " },
    { "quoted to the end of the file", BYTES("a,\"b\""), { 0 }, "1@0[a][b] " },
    { "quoted, CR at the end of the file", BYTES("a,\"b\"\r"), { 0 }, "1@0[a][b] " },
    { "Cyrillic",
      BYTES("Козинка,Гора-Подол\n\"Грайворон\"\n"),
      { 0 },
      "1@0[Козинка][Гора-Подол] 2@35[Грайворон] " },

    { "an open quote is told, the lines behind it are read",
      BYTES("a,b\n1,\"x\n2,y\n3,z\n"),
      { 0 },
      "1@0[a][b] 2@4!open 2@6[1] 3@9[2][y] 4@13[3][z] " },
    { "an open quote that the next quoted field seems to close",
      BYTES("1,\"x\n2,\"y\"\n3,z\n"),
      { 0 },
      "1@0!inside 2@8[1] 2@5[2][y] 3@11[3][z] " },
    { "an open quote at the end of the file", BYTES("a,\""), { 0 }, "1@0!open 2@2[a] " },
    { "doubled, so not closed", BYTES("\"a\"\"\nb\n"), { 0 }, "1@0!open 1@0 2@5[b] " },
    { "a quote inside a field", BYTES("a,b\"c,d\ne,f\n"), { 0 }, "1@0!inside 2@3[a] 2@8[e][f] " },
    { "a quote behind a space", BYTES("a, \"b\"\nc,d\n"), { 0 }, "1@0!inside 2@3[a] 2@7[c][d] " },
    { "text behind a closing quote", BYTES("\"a\"b,c\nd,e\n"), { 0 }, "1@0!inside 1@3 2@7[d][e] " },
    { "a fault on a later line of a row: each line is read again",
      BYTES("1,\"two\nlines\",\"x\"y\n3,z\n"),
      { 0 },
      "1@0!inside 3@17[1] 2@7!inside 1@12 3@19[3][z] " },
    { "fields before the fault are unquoted",
      BYTES("\"a\"\"b\",c\"\nd\n"),
      { 0 },
      "1@0!inside 2@8[a\"b] 2@10[d] " },
    { "a zero byte", BYTES("a,b\0c,d\ne,f\n"), { 0 }, "1@0!nul 2@3[a] 2@8[e][f] " },
    { "a zero byte in quotes", BYTES("a,\"b\0\"\ne,f\n"), { 0 }, "1@0!nul 2@4[a] 2@7[e][f] " },
    { "a zero byte in a row of two lines",
      BYTES("a,\"b\0\nc\"\ne,f\n"),
      { 0 },
      "1@0!nul 2@4[a] 2@6!inside 1@7 3@9[e][f] " },
    { "a zero byte at the end", BYTES("a\0"), { 0 }, "1@0!nul 1@1 " },
    { "bytes that are not UTF-8",
      BYTES("a,b,\xFF"
            "c\ne,f\n"),
      { 0 },
      "1@0!utf8 3@4[a][b] 2@7[e][f] " },
    { "a character cut by the separator",
      BYTES("a,\xD0,\x96\ne,f\n"),
      { 0 },
      "1@0!utf8 2@2[a] 2@6[e][f] " },
    { "Latin-1 in quotes", BYTES("a,\"caf\xE9\",b\ne\n"), { 0 }, "1@0!utf8 2@6[a] 2@11[e] " },
    { "the first of two faults is told", BYTES("a\0,b\"c\nd\n"), { 0 }, "1@0!nul 1@1 2@7[d] " },

    { "another separator", BYTES("a;b,c;\"d;\"\n"), { .separator = ';' }, "1@0[a][b,c][d;] " },
    { "tabs, quotes are bytes",
      BYTES("a\t\"b\t\"c\"\n"),
      { .separator = '\t', .no_quotes = true },
      "1@0[a][\"b][\"c\"] " },

    { "just within the limit",
      BYTES("12345678\r\n\"345678\"\n1,3,5,78"),
      { .longest_row = 8 },
      "1@0[12345678] 2@10[345678] 3@19[1][3][5][78] " },
    { "one past the limit",
      BYTES("1,3456789\nx\n"),
      { .longest_row = 8 },
      "1@0!long 2@8[1] 2@10[x] " },
    { "far past the limit",
      BYTES("1,34567890123456789012345678901234567890\nx\n"),
      { .longest_row = 8 },
      "1@0!long 2@8[1] 2@41[x] " },
    { "the separator is past the limit",
      BYTES("12345678,\nx\n"),
      { .longest_row = 8 },
      "1@0!long 2@8[12345678] 2@10[x] " },
    { "too long and the last", BYTES("123456789"), { .longest_row = 8 }, "1@0!long 1@8 " },
    { "a quote open past the limit",
      BYTES("1,\"\n56\n8901\"\nx\n"),
      { .longest_row = 8 },
      "1@0!open 2@2[1] 2@4[56] 3@7!inside 1@11 4@13[x] " },
    { "a fault past the limit is not looked for",
      BYTES("1,3456789\"\nx\n"),
      { .longest_row = 8 },
      "1@0!long 2@8[1] 2@11[x] " },
    { "a fault before the limit is told as such",
      BYTES("1,34\"6789\nx\n"),
      { .longest_row = 8 },
      "1@0!inside 2@4[1] 2@10[x] " },
};

START_TEST(a_file_has_these_rows_and_faults)
{
    incmap__csv *csv = NULL;
    char text[1000];

    ck_assert_int_eq(incmap__csv_open_memory(&csv, "memory", files[_i].bytes, files[_i].size,
                                             &files[_i].options, &libc_memory, &err),
                     INCMAP_OK);
    describe(csv, text, sizeof text, 0, 0);
    ck_assert_msg(strcmp(text, files[_i].rows) == 0, "%s: %s", files[_i].why, text);

    ck_assert_int_eq(incmap__csv_open(&csv, write_file("a.csv", files[_i].bytes, files[_i].size),
                                      &files[_i].options, &libc_memory, &err),
                     INCMAP_OK);
    describe(csv, text, sizeof text, 0, 0);
    ck_assert_msg(strcmp(text, files[_i].rows) == 0, "%s, from a file: %s", files[_i].why, text);
}
END_TEST

/* The buffer is filled with 64 KiB at a time: rows before the case shift it over that edge. */
START_TEST(the_rows_are_the_same_wherever_the_buffer_ends)
{
    enum { EDGE = 64 * 1024, ROW = 1000 };
    static char bytes[2 * EDGE];
    char text[1000];

    if (files[_i].size && (unsigned char)files[_i].bytes[0] == 0xEF) return; /* begins the file */
    for (size_t shift = 0; shift <= files[_i].size + 1; shift++) {
        const size_t before = EDGE - shift;
        incmap__csv *csv = NULL;
        size_t lines = 0;
        for (size_t at = 0; at < before; lines++) {
            const size_t n = before - at < ROW ? before - at : ROW;
            memset(bytes + at, 'x', n);
            at += n;
            bytes[at - 1] = '\n';
        }
        memcpy(bytes + before, files[_i].bytes, files[_i].size);
        ck_assert_int_eq(incmap__csv_open_memory(&csv, "memory", bytes, before + files[_i].size,
                                                 &files[_i].options, &libc_memory, &err),
                         INCMAP_OK);
        describe(csv, text, sizeof text, lines, before);
        ck_assert_msg(strcmp(text, files[_i].rows) == 0, "%s, %zu before the edge: %s",
                      files[_i].why, shift, text);
    }
}
END_TEST

/* ---- written rows come back ---- */

static test_random numbers;

enum { MOST_ROWS = 60, MOST_COLUMNS = 6, PIECES = 12 };

struct sheet {
    size_t rows, columns;
    char fields[MOST_ROWS][MOST_COLUMNS][80];
    uint64_t offsets[MOST_ROWS][MOST_COLUMNS];
    size_t lines[MOST_ROWS + 1];
    char bytes[MOST_ROWS * MOST_COLUMNS * 200];
    size_t size;
};

static void make_field(char *field, bool plain)
{
    static const char *const pieces[PIECES] = { "a",  " ", "Ж",  "€",  "12", "😀",
                                                "\"", ",", "\n", "\r", ";",  "\"\"" };
    field[0] = '\0';
    for (uint32_t n = random_below(&numbers, plain ? 6 : 12); n > 0; n--)
        strcat(field, pieces[random_below(&numbers, plain ? 6 : PIECES)]);
}

static void put(struct sheet *s, const char *text)
{
    const size_t n = strlen(text);
    memcpy(s->bytes + s->size, text, n);
    s->size += n;
}

static void put_quoted(struct sheet *s, const char *field, size_t *lines)
{
    put(s, "\"");
    for (const char *c = field; *c; c++) {
        const char one[] = { *c, '\0' };
        if (*c == '"') put(s, "\"");
        if (*c == '\n' || (*c == '\r' && c[1] != '\n')) ++*lines;
        put(s, one);
    }
    put(s, "\"");
}

/* A random sheet, written with quotes where they must be and in some other places. */
static void make_sheet(struct sheet *s, bool plain)
{
    static const char *const breaks[] = { "\n", "\r\n", "\r" };
    const char *line_break = breaks[random_below(&numbers, plain ? 2 : 3)];
    size_t line = 1;

    s->size = 0;
    s->rows = 2 + random_below(&numbers, MOST_ROWS - 2);
    s->columns = 2 + random_below(&numbers, MOST_COLUMNS - 2);
    for (size_t r = 0; r < s->rows; r++) {
        s->lines[r] = line;
        for (size_t c = 0; c < s->columns; c++) {
            char *field = s->fields[r][c];
            make_field(field, plain);
            s->offsets[r][c] = s->size + (c > 0);
            if (c) put(s, ",");
            if (strpbrk(field, "\",\r\n") || (!plain && random_below(&numbers, 4) == 0))
                put_quoted(s, field, &line);
            else
                put(s, field);
        }
        line++;
        if (r + 1 < s->rows || random_below(&numbers, 2)) put(s, line_break);
    }
    s->lines[s->rows] = line;
}

/* True if the row at hand is row r of the sheet. */
static bool is_row(const struct sheet *s, size_t r, const incmap__csv_row *row)
{
    if (row->fault || row->line != s->lines[r] || row->count != s->columns) return false;
    for (size_t c = 0; c < s->columns; c++)
        if (row->fields[c].offset != s->offsets[r][c] ||
            strcmp(row->fields[c].text, s->fields[r][c]) != 0)
            return false;
    return true;
}

START_TEST(written_rows_come_back)
{
    static struct sheet s;

    for (uint32_t seed = 1; seed <= 2000; seed++) {
        incmap__csv *csv = NULL;
        incmap__csv_row row;
        bool found;

        numbers.state = seed;
        make_sheet(&s, false);
        ck_assert_int_eq(
            incmap__csv_open_memory(&csv, "memory", s.bytes, s.size, NULL, &libc_memory, &err),
            INCMAP_OK);
        for (size_t r = 0; r < s.rows; r++) {
            if (incmap__csv_next(csv, &row, &found, &err) || !found || !is_row(&s, r, &row))
                ck_abort_msg("seed %u, row %zu", seed, r);
        }
        if (incmap__csv_next(csv, &row, &found, &err) || found) ck_abort_msg("seed %u, end", seed);
        incmap__csv_close(csv);
    }
}
END_TEST

static incmap__csv *scanner_of(const char *bytes, size_t size)
{
    incmap__csv *csv = NULL;
    ck_assert_int_eq(incmap__csv_open_memory(&csv, "memory", bytes, size, NULL, &libc_memory, &err),
                     INCMAP_OK);
    return csv;
}

/* Every other separator, quote and line break is where it may not be. A scanner that has read no row yet takes
 * a row field by field, for want of room for its fields; behind a header it finds all of them at once. */
START_TEST(rows_found_at_once_are_those_found_field_by_field)
{
    static const char *const pieces[] = { "a",     ",",     ",",        "\"",
                                          "\"",    "\"\"",  "\n",       "\r\n",
                                          ",\"",   "\",\"", "\xD0\x96", "\xE2",
                                          "words", "\",",   "\r",       "sixteen letters.." };
    static const char header[] = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23\n";
    const size_t pieces_count = sizeof pieces / sizeof *pieces, before = strlen(header);
    static char first[8192], second[8192];

    for (uint32_t seed = 1; seed <= 60000; seed++) {
        char text[600];
        size_t size = before;
        numbers.state = seed;
        memcpy(text, header, before);
        for (uint32_t n = random_below(&numbers, seed % 2 ? 12 : 40); n > 0; n--) {
            const char *piece = pieces[random_below(&numbers, (uint32_t)pieces_count)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        if (random_below(&numbers, 8) == 0)
            text[before + random_below(&numbers, (uint32_t)(size - before) + 1)] = 0;
        text[size++] = '\n';
        describe(scanner_of(text + before, size - before), first, sizeof first, 0, 0);
        describe(scanner_of(text, size), second, sizeof second, 1, before);
        if (strcmp(first, second) != 0) ck_abort_msg("seed %u: %s, not %s", seed, second, first);
    }
}
END_TEST

/* ---- stray quotes ---- */

static void insert_quote(struct sheet *s)
{
    const size_t at = random_below(&numbers, (uint32_t)s->size);
    memmove(s->bytes + at + 1, s->bytes + at, s->size - at);
    s->bytes[at] = '"';
    s->size++;
}

START_TEST(one_stray_quote_breaks_its_own_line_and_no_other)
{
    static struct sheet s;

    for (uint32_t seed = 1; seed <= 2000; seed++) {
        incmap__csv *csv = NULL;
        incmap__csv_row row;
        bool found = true;
        size_t broken = 0, whole = 0;

        numbers.state = seed;
        make_sheet(&s, true);
        insert_quote(&s);
        ck_assert_int_eq(
            incmap__csv_open_memory(&csv, "memory", s.bytes, s.size, NULL, &libc_memory, &err),
            INCMAP_OK);
        while (!incmap__csv_next(csv, &row, &found, &err) && found) {
            broken += row.fault != INCMAP__CSV_ROW_WHOLE;
            whole += row.count == s.columns && !row.fault;
        }
        incmap__csv_close(csv);
        /* A quote between CR and LF makes a line of its own. */
        if (broken != 1 || whole < s.rows - 1)
            ck_abort_msg("seed %u: %zu, %zu", seed, broken, whole);
    }
}
END_TEST

/* Whatever is broken: the lines of whole rows and those of broken ones follow each other without a
 * gap, so that none is passed over in silence. */
START_TEST(with_many_stray_quotes_every_line_is_read_or_told)
{
    static struct sheet s;

    for (uint32_t seed = 1; seed <= 3000; seed++) {
        incmap__csv *csv = NULL;
        incmap__csv_row row;
        bool found = true;
        size_t next_line = 1;

        numbers.state = seed;
        make_sheet(&s, true);
        for (uint32_t n = 1 + random_below(&numbers, 10); n > 0; n--)
            insert_quote(&s);
        ck_assert_int_eq(
            incmap__csv_open_memory(&csv, "memory", s.bytes, s.size, NULL, &libc_memory, &err),
            INCMAP_OK);
        while (!incmap__csv_next(csv, &row, &found, &err) && found) {
            if (row.line != next_line) ck_abort_msg("seed %u: line %zu", seed, row.line);
            next_line = row.line + 1;
            for (size_t i = 0; i < row.count && !row.fault; i++)
                for (const char *c = row.fields[i].text; *c; c++)
                    next_line += *c == '\n' || (*c == '\r' && c[1] != '\n');
        }
        incmap__csv_close(csv);
    }
}
END_TEST

/* ---- long fields, memory ---- */

START_TEST(a_field_of_ten_megabytes_is_read_whole)
{
    const size_t length = 10 * 1000 * 1000;
    char *bytes = malloc(length + 100);
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found;
    size_t at;

    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, "a,b\n1,\"", 7);
    for (size_t i = 0; i < length; i++)
        bytes[7 + i] = i % 1000 == 500 ? '\n' : i % 1000 == 700 || i % 1000 == 701 ? '"' : 'x';
    at = 7 + length;
    memcpy(bytes + at, "\"\n2,y\n", 6);
    ck_assert_int_eq(
        incmap__csv_open(&csv, write_file("big.csv", bytes, at + 6), NULL, &libc_memory, &err),
        INCMAP_OK);
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
    ck_assert(found && row.count == 2 && !row.fault);
    ck_assert_uint_eq(row.fields[1].length, length - length / 1000);
    ck_assert_uint_eq(strlen(row.fields[1].text), row.fields[1].length);
    ck_assert_mem_eq(row.fields[1].text + 695, "xxxxx\"xxx", 9);
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
    ck_assert(found && row.count == 2);
    ck_assert_uint_eq(row.line, 3 + length / 1000);
    ck_assert_uint_eq(row.offset, at + 2);
    ck_assert_str_eq(row.fields[1].text, "y");
    incmap__csv_close(csv);
    free(bytes);
}
END_TEST

/* An allocator that remembers the largest block asked for. */
static size_t largest;
static void *note_realloc(void *user, void *block, size_t size)
{
    (void)user;
    if (size > largest) largest = size;
    return realloc(block, size);
}
static void *note_alloc(void *user, size_t size)
{
    return note_realloc(user, NULL, size);
}
static void note_free(void *user, void *block)
{
    (void)user;
    free(block);
}

START_TEST(memory_follows_the_longest_row_not_the_file)
{
    const incmap_allocator a = { note_alloc, note_realloc, note_free, NULL };
    const size_t size = 6 * 1000 * 1000;
    char *bytes = malloc(size);
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found = true;
    size_t rows = 0;

    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < size; i++)
        bytes[i] = i % 60 == 59 ? '\n' : i % 10 == 9 ? ',' : 'x';
    ck_assert_int_eq(incmap__csv_open(&csv, write_file("long.csv", bytes, size), NULL, &a, &err),
                     INCMAP_OK);
    while (!incmap__csv_next(csv, &row, &found, &err) && found)
        rows++;
    incmap__csv_close(csv);
    free(bytes);
    ck_assert_uint_eq(rows, size / 60);
    ck_assert_uint_le(largest, 128 * 1024);
}
END_TEST

START_TEST(an_endless_line_takes_no_more_than_the_limit_allows)
{
    const incmap_allocator a = { note_alloc, note_realloc, note_free, NULL };
    const incmap__csv_options options = { .longest_row = 100 * 1000 };
    const size_t size = 6 * 1000 * 1000;
    char *bytes = malloc(size);
    incmap__csv *csv = NULL;
    char text[100];

    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 'x', size);
    memcpy(bytes, "a\n1,", 4);
    memcpy(bytes + size - 3, "\nb\n", 3);
    ck_assert_int_eq(incmap__csv_open_memory(&csv, "memory", bytes, size, &options, &a, &err),
                     INCMAP_OK);
    describe(csv, text, sizeof text, 0, 0);
    free(bytes);
    ck_assert_str_eq(text, "1@0[a] 2@2!long 2@100002[1] 3@5999998[b] ");
    ck_assert_uint_le(largest, 256 * 1024);
}
END_TEST

START_TEST(a_row_of_too_many_fields_is_told)
{
    const size_t commas = 70000;
    char *bytes = malloc(commas + 3);
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found;

    ck_assert_ptr_nonnull(bytes);
    memset(bytes, ',', commas);
    memcpy(bytes + commas, "\nx\n", 3);
    ck_assert_int_eq(
        incmap__csv_open_memory(&csv, "memory", bytes, commas + 3, NULL, &libc_memory, &err),
        INCMAP_OK);
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
    ck_assert_int_eq(row.fault, INCMAP__CSV_ROW_TOO_LONG);
    ck_assert_uint_eq(row.fault_column, 65537);
    ck_assert_uint_eq(row.count, 65536);
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_OK);
    ck_assert(found && row.line == 2 && strcmp(row.fields[0].text, "x") == 0);
    incmap__csv_close(csv);
    free(bytes);
}
END_TEST

/* ---- real files ---- */

/* Every field of the project's data lies in the file where the scanner says. */
static void check_real_file(const char *path)
{
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found = true;
    size_t size = 0, rows = 0, columns = 0;
    char *bytes = scratch_bytes(path, &size);

    ck_assert_ptr_nonnull(bytes);
    ck_assert_int_eq(incmap__csv_open(&csv, path, NULL, &libc_memory, &err), INCMAP_OK);
    while (!incmap__csv_next(csv, &row, &found, &err) && found) {
        if (!rows++) columns = row.count;
        ck_assert_msg(!row.fault && row.count == columns, "%s:%zu", path, row.line);
        for (size_t i = 0; i < row.count; i++) {
            const incmap__csv_field *f = &row.fields[i];
            const char *at = bytes + f->offset + f->quoted;
            if (!strchr(f->text, '"'))
                ck_assert_msg(strncmp(at, f->text, f->length) == 0, "%s:%zu", path, row.line);
            ck_assert(f->offset == 0 || strchr(",\r\n", bytes[f->offset - 1]));
        }
    }
    ck_assert_msg(!found && rows > 1 && columns > 1, "%s", path);
    incmap__csv_close(csv);
    free(bytes);
}

START_TEST(the_project_s_own_data_are_read_whole)
{
    const char *folder = getenv("INCMAP_TEST_DATA");
    DIR *dir = opendir(folder ? folder : "data");
    char path[600];
    int files_read = 0;

    ck_assert_ptr_nonnull(dir);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        const char *dot = strrchr(e->d_name, '.');
        if (!dot || strcmp(dot, ".csv") != 0) continue;
        (void)snprintf(path, sizeof path, "%s/%s", folder ? folder : "data", e->d_name);
        check_real_file(path);
        files_read++;
    }
    closedir(dir);
    ck_assert_int_ge(files_read, 7);
}
END_TEST

/* ---- what cannot be read ---- */

START_TEST(a_file_that_cannot_be_opened_is_named)
{
    incmap__csv *csv = NULL;
    const char *missing = scratch_path("missing.csv");
    ck_assert_int_eq(incmap__csv_open(&csv, missing, NULL, &libc_memory, &err), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, missing));
    ck_assert_ptr_nonnull(strstr(err.message, ": cannot be opened: "));
    ck_assert_int_eq(incmap__csv_open(&csv, scratch, NULL, &libc_memory, &err), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, scratch));
    ck_assert_ptr_null(csv);
}
END_TEST

#ifdef __linux__
START_TEST(a_failing_read_is_told_and_not_taken_for_the_end)
{
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found = true;
    /* Address 0 of a process is never mapped, so reading there is an input error. */
    ck_assert_int_eq(incmap__csv_open(&csv, "/proc/self/mem", NULL, &libc_memory, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__csv_next(csv, &row, &found, &err), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "/proc/self/mem: cannot be read: "));
    ck_assert(found);
    incmap__csv_close(csv);
}
END_TEST
#endif

START_TEST(each_fault_has_words)
{
    for (int a = INCMAP__CSV_ROW_WHOLE; a <= INCMAP__CSV_ROW_TOO_LONG; a++)
        for (int b = INCMAP__CSV_ROW_WHOLE; b < a; b++) {
            ck_assert_str_ne(incmap__csv_fault_found((incmap__csv_fault)a),
                             incmap__csv_fault_found((incmap__csv_fault)b));
            ck_assert_str_ne(incmap__csv_fault_expected((incmap__csv_fault)a),
                             incmap__csv_fault_expected((incmap__csv_fault)b));
        }
}
END_TEST

/* ---- without memory ---- */

/* Opens and reads all, with what memory there is; how far it came in *rows. */
static incmap_status read_all(const char *path, const incmap_allocator *a, size_t *rows)
{
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found = true;
    incmap_status st = incmap__csv_open(&csv, path, NULL, a, &err);

    while (!st && found) {
        const incmap__csv_row before = row = (incmap__csv_row){ .line = 99 };
        st = incmap__csv_next(csv, &row, &found, &err);
        if (st) ck_assert_mem_eq(&row, &before, sizeof row);
        *rows += !st && found;
    }
    if (!csv) ck_assert_int_ne(st, INCMAP_OK);
    incmap__csv_close(csv);
    return st;
}

START_TEST(each_allocation_that_fails_is_out_of_memory_and_leaks_nothing)
{
    const size_t size = 400 * 1000;
    char *bytes = malloc(size);
    faulty_tries t = faulty_begin_at_most(30);
    size_t rows = 0;
    const char *path;

    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 'x', size); /* makes the buffer grow three times */
    memcpy(bytes, "a,b,c,d,e,f,g,h,i\n", 18);
    path = write_file("faults.csv", bytes, size);
    while (faulty_next(&t, NULL)) {
        rows = 0;
        t.st = read_all(path, &t.memory, &rows);
    }
    ck_assert_uint_eq(rows, 2);
    faulty_end(&t, 8); /* 3 to open, 2 for the fields, 3 for the buffer */
    free(bytes);
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

int main(void)
{
    Suite *suite = suite_create("csv");
    TCase *tc = tcase_create("csv");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, a_file_has_these_rows_and_faults, 0, COUNT(files));
    tcase_add_loop_test(tc, the_rows_are_the_same_wherever_the_buffer_ends, 0, COUNT(files));
    tcase_add_test(tc, written_rows_come_back);
    tcase_add_test(tc, rows_found_at_once_are_those_found_field_by_field);
    tcase_add_test(tc, one_stray_quote_breaks_its_own_line_and_no_other);
    tcase_add_test(tc, with_many_stray_quotes_every_line_is_read_or_told);
    tcase_add_test(tc, a_field_of_ten_megabytes_is_read_whole);
    tcase_add_test(tc, memory_follows_the_longest_row_not_the_file);
    tcase_add_test(tc, an_endless_line_takes_no_more_than_the_limit_allows);
    tcase_add_test(tc, a_row_of_too_many_fields_is_told);
    tcase_add_test(tc, the_project_s_own_data_are_read_whole);
    tcase_add_test(tc, a_file_that_cannot_be_opened_is_named);
#ifdef __linux__
    tcase_add_test(tc, a_failing_read_is_told_and_not_taken_for_the_end);
#endif
    tcase_add_test(tc, each_fault_has_words);
    tcase_add_test(tc, each_allocation_that_fails_is_out_of_memory_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
