/* SPDX-License-Identifier: MIT */
/* Shapefiles out and in again, and what happens when the disk or the memory says no. */
#include "harness.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "faulty_allocator.h"
#include "faulty_calls.h"
#include "io/diskfile.h"
#include "io/staging.h"
#include "scratch.h"
#include "shapes_made.h"

static incmap_allocator memory;
static incmap_error err;

static void setup(void)
{
    memory = incmap__allocator_default();
    err = (incmap_error){ 0 };
    calls_work();
    scratch_make();
}

static void teardown(void)
{
    calls_work();
    scratch_remove();
}

enum { F_NAME, F_COUNT, F_DEPTH, F_DAY, FIELDS };

static const incmap__field fields[FIELDS] = {
    { "NAME", INCMAP__FIELD_TEXT, 60, 0 },
    { "COUNT", INCMAP__FIELD_INT, 6, 0 },
    { "DEPTH_M", INCMAP__FIELD_NUMBER, 10, 2 },
    { "DAY", INCMAP__FIELD_DATE, 8, 0 },
};

static const incmap__cell null_row[FIELDS];

static const char prj[] = "GEOGCS[\"GCS_WGS_1984\"]";

static incmap_status put_row(incmap__shapewriter *w, const incmap_coord *at, const char *name)
{
    const incmap__shape point = { .type = INCMAP__SHAPE_POINT, .points = at, .point_count = 1 };
    const incmap__cell cells[FIELDS] = { cell_of(name), cell_of("-42"), cell_of("1794.26"),
                                         cell_of("20230522") };
    return incmap__shapewriter_add(w, at ? &point : NULL, cells, &err);
}

static incmap_status write_points(const char *base, size_t rows, const incmap_allocator *a)
{
    incmap__shapewriter *w = NULL;
    const incmap_coord at = { .lat = 50.4614, .lon = 35.6025 };
    incmap_status st, closed;

    st = shapes_open(&w, base, INCMAP__SHAPE_POINT, fields, FIELDS, prj, a, &err);
    for (size_t i = 0; !st && i < rows; i++)
        st = put_row(w, &at, "Козинка");
    closed = incmap__shapewriter_close(w, st ? NULL : &err);
    return st ? st : closed;
}

/* ---- round trips ---- */

static void assert_text(incmap__shapefile *file, size_t row, const char *field,
                        const char *expected)
{
    const char *text = NULL;
    ck_assert_int_eq(
        incmap__shapefile_text(file, row, incmap__shapefile_field(file, field), &text, &err),
        INCMAP_OK);
    ck_assert_str_eq(text, expected);
}

static const struct {
    const char *why;
    const char *text;
} texts[] = {
    { "Cyrillic", "Козинка" },
    { "both apostrophes of Ukrainian", "Кам\u2019янка, Кам\u02BCянка" },
    { "beyond the basic plane", "\U0001F33B поле" },
    { "inner spaces and quotes", "a  \"b\" , c" },
    { "as wide as the field", "ЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫ" },
};

START_TEST(text_comes_back_as_it_went)
{
    incmap__shapewriter *w = NULL;
    incmap__shapefile *file = NULL;
    const incmap_coord at = { .lat = 1, .lon = 2 };
    ck_assert_int_eq(
        shapes_open(&w, scratch_path("t"), INCMAP__SHAPE_POINT, fields, FIELDS, prj, &memory, &err),
        INCMAP_OK);
    ck_assert_int_eq(put_row(w, &at, texts[_i].text), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("t.shp"), &memory, &err),
                     INCMAP_OK);
    assert_text(file, 0, "name", texts[_i].text);
    assert_text(file, 0, "COUNT", "-42");
    assert_text(file, 0, "DEPTH_M", "1794.26");
    assert_text(file, 0, "DAY", "20230522");
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(cells_without_bytes_are_null)
{
    incmap__shapewriter *w = NULL;
    incmap__shapefile *file = NULL;
    size_t size = 0;
    char *bytes;
    ck_assert_int_eq(
        shapes_open(&w, scratch_path("n"), INCMAP__SHAPE_POINT, fields, FIELDS, prj, &memory, &err),
        INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_add(w, NULL, null_row, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("n"), &memory, &err), INCMAP_OK);
    for (int f = 0; f < FIELDS; f++)
        assert_text(file, 0, fields[f].name, "");
    incmap__shapefile_close(file);
    /* Blanks, which every reader takes for NULL: no asterisks, zeros or zero bytes. */
    bytes = scratch_bytes(scratch_path("n.dbf"), &size);
    ck_assert_uint_eq(size, 32 + FIELDS * 32 + 1 + (1 + 60 + 6 + 10 + 8) + 1);
    for (size_t i = 32 + FIELDS * 32 + 1; i < size - 1; i++)
        ck_assert_int_eq(bytes[i], ' ');
    free(bytes);
}
END_TEST

START_TEST(null_as_other_programs_write_it_is_read_as_null)
{
    incmap__shapefile *file = NULL;
    const size_t row = 32 + FIELDS * 32 + 1;
    size_t size = 0;
    char *bytes;
    ck_assert_int_eq(write_points(scratch_path("o"), 1, &memory), INCMAP_OK);
    bytes = scratch_bytes(scratch_path("o.dbf"), &size);
    memset(bytes + row + 1 + 60, '*', 6 + 10);     /* the two numbers */
    memset(bytes + row + 1 + 60 + 6 + 10, '0', 8); /* the date */
    scratch_write(scratch_path("o.dbf"), bytes, size);
    free(bytes);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("o"), &memory, &err), INCMAP_OK);
    assert_text(file, 0, "NAME", "Козинка");
    assert_text(file, 0, "COUNT", "");
    assert_text(file, 0, "DEPTH_M", "");
    assert_text(file, 0, "DAY", "");
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(null_shape_before_points_leaves_the_extent_to_the_points)
{
    incmap__shapewriter *w = NULL;
    incmap__shapefile *file = NULL;
    incmap__shape shape;
    const incmap_coord at[] = { { 50, 35 }, { 51, 36 } };
    size_t size = 0;
    char *bytes;
    double bounds[4];
    ck_assert_int_eq(
        shapes_open(&w, scratch_path("s"), INCMAP__SHAPE_POINT, fields, FIELDS, prj, &memory, &err),
        INCMAP_OK);
    ck_assert_int_eq(put_row(w, NULL, "nowhere"), INCMAP_OK);
    ck_assert_int_eq(put_row(w, &at[0], "a"), INCMAP_OK);
    ck_assert_int_eq(put_row(w, &at[1], "b"), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    bytes = scratch_bytes(scratch_path("s.shp"), &size);
    memcpy(bounds, bytes + 36, sizeof bounds); /* little-endian, as the machines of the tests */
    free(bytes);
    ck_assert_double_eq(bounds[0], 35);
    ck_assert_double_eq(bounds[1], 50);
    ck_assert_double_eq(bounds[2], 36);
    ck_assert_double_eq(bounds[3], 51);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("s"), &memory, &err), INCMAP_OK);
    ck_assert_uint_eq(incmap__shapefile_count(file), 3);
    ck_assert_int_eq(incmap__shapefile_read(file, 0, &shape, &err), INCMAP_OK);
    ck_assert_int_eq(shape.type, INCMAP__SHAPE_NULL);
    ck_assert_uint_eq(shape.point_count, 0);
    ck_assert_int_eq(incmap__shapefile_read(file, 2, &shape, &err), INCMAP_OK);
    ck_assert_int_eq(shape.type, INCMAP__SHAPE_POINT);
    ck_assert_double_eq(shape.points[0].lat, 51);
    ck_assert_double_eq(shape.points[0].lon, 36);
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(lines_and_polygons_keep_parts_and_vertices)
{
    static const incmap_coord ring[] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 0 },
                                         { 5, 5 }, { 6, 5 }, { 6, 6 }, { 5, 5 } };
    static const size_t starts[] = { 0, 4, 8 };
    const incmap__shape_type type = _i ? INCMAP__SHAPE_POLYGON : INCMAP__SHAPE_LINE;
    const incmap__shape shape = { type, ring, 8, starts, 2, NULL, NULL };
    incmap__shapewriter *w = NULL;
    incmap__shapefile *file = NULL;
    incmap__shape back;
    ck_assert_int_eq(shapes_open(&w, scratch_path("l"), type, fields, FIELDS, prj, &memory, &err),
                     INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_add(w, &shape, null_row, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("l"), &memory, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapefile_type(file), type);
    ck_assert_int_eq(incmap__shapefile_read(file, 0, &back, &err), INCMAP_OK);
    ck_assert_uint_eq(back.part_count, 2);
    ck_assert_uint_eq(back.point_count, 8);
    ck_assert_mem_eq(back.part_starts, starts, sizeof starts);
    ck_assert_mem_eq(back.points, ring, sizeof ring);
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(layer_without_rows_is_whole)
{
    incmap__shapefile *file = NULL;
    ck_assert_int_eq(write_points(scratch_path("zero"), 0, &memory), INCMAP_OK);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("zero"), &memory, &err), INCMAP_OK);
    ck_assert_uint_eq(incmap__shapefile_count(file), 0);
    ck_assert_int_eq(incmap__shapefile_field(file, "DEPTH_M"), F_DEPTH);
    ck_assert_int_eq(incmap__shapefile_field(file, "none"), -1);
    incmap__shapefile_close(file);
}
END_TEST

START_TEST(thousands_of_rows_come_back_each_in_its_place)
{
    enum { ROWS = 5000 }; /* several buffers of the file layer */
    incmap__shapewriter *w = NULL;
    incmap__shapefile *file = NULL;
    char name[32];
    ck_assert_int_eq(shapes_open(&w, scratch_path("many"), INCMAP__SHAPE_POINT, fields, FIELDS, prj,
                                 &memory, &err),
                     INCMAP_OK);
    for (int i = 0; i < ROWS; i++) {
        const incmap_coord at = { .lat = i / 100.0, .lon = -i / 50.0 };
        (void)snprintf(name, sizeof name, "Номер %d", i);
        ck_assert_int_eq(put_row(w, &at, name), INCMAP_OK);
    }
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("many"), &memory, &err), INCMAP_OK);
    ck_assert_uint_eq(incmap__shapefile_count(file), ROWS);
    for (int k = 0; k < ROWS; k++) {
        const int i = k * 1237 % ROWS; /* every row, in no order: 1237 and 5000 share no factor */
        incmap__shape shape;
        (void)snprintf(name, sizeof name, "Номер %d", i);
        assert_text(file, (size_t)i, "NAME", name);
        ck_assert_int_eq(incmap__shapefile_read(file, (size_t)i, &shape, &err), INCMAP_OK);
        ck_assert_double_eq(shape.points[0].lat, i / 100.0);
        ck_assert_double_eq(shape.points[0].lon, -i / 50.0);
    }
    incmap__shapefile_close(file);
}
END_TEST

/* ---- what the bytes are ---- */

START_TEST(header_has_no_code_page_and_a_fixed_date_and_cpg_says_utf8)
{
    size_t size = 0;
    char *bytes;
    ck_assert_int_eq(write_points(scratch_path("h"), 1, &memory), INCMAP_OK);
    bytes = scratch_bytes(scratch_path("h.dbf"), &size);
    ck_assert_int_eq(bytes[29], 0);
    ck_assert_mem_eq(bytes + 1, "\x64\x01\x01", 3); /* 2000-01-01 */
    free(bytes);
    bytes = scratch_bytes(scratch_path("h.cpg"), &size);
    ck_assert_str_eq(bytes, "UTF-8");
    free(bytes);
    bytes = scratch_bytes(scratch_path("h.prj"), &size);
    ck_assert_str_eq(bytes, prj);
    free(bytes);
}
END_TEST

START_TEST(same_rows_give_the_same_bytes)
{
    static const char *const parts[] = { "shp", "shx", "dbf", "prj", "cpg" };
    char a[16], b[16];
    ck_assert_int_eq(write_points(scratch_path("a"), 300, &memory), INCMAP_OK);
    ck_assert_int_eq(write_points(scratch_path("b"), 300, &memory), INCMAP_OK);
    for (size_t i = 0; i < 5; i++) {
        (void)snprintf(a, sizeof a, "a.%s", parts[i]);
        (void)snprintf(b, sizeof b, "b.%s", parts[i]);
        assert_same_file(scratch_path(a), scratch_path(b));
    }
    /* and nothing else was written */
    ck_assert_int_eq(scratch_count(scratch), 10);
}
END_TEST

/* Texts and numbers of all widths and lengths: behind cells with room stand bytes that must not come along, and behind
 * the others nothing that may be read. */
static void write_widths(const char *base, bool roomy)
{
    enum { COLUMNS = 40, ROWS = 300 };
    static char bytes[INCMAP__TEXT_WIDTH_MOST + INCMAP__CELL_ROOM];
    char names[COLUMNS][4];
    incmap__field columns[COLUMNS];
    incmap__cell cells[COLUMNS];
    incmap__shapewriter *w = NULL;
    const incmap__shapespec spec = {
        .fields = columns, .n_fields = COLUMNS, .dated = INCMAP__SHAPE_DATED, .roomy_cells = roomy
    };

    for (int i = 0; i < COLUMNS; i++) {
        const bool number = i % 3 == 0;
        (void)snprintf(names[i], sizeof names[i], "F%d", i);
        columns[i] =
            (incmap__field){ names[i], number ? INCMAP__FIELD_INT : INCMAP__FIELD_TEXT,
                             number ? 1 + i * 31 / (COLUMNS - 1) : 1 + i * 253 / (COLUMNS - 2), 0 };
    }
    memset(bytes, '7', sizeof bytes);
    ck_assert_int_eq(incmap__shapewriter_open(&w, base, &spec, &memory, &err), INCMAP_OK);
    for (size_t row = 0; row < ROWS; row++) {
        char *exact[COLUMNS];
        for (size_t i = 0; i < COLUMNS; i++) {
            const size_t length = (row * 7 + i * 5) % ((size_t)columns[i].width + 1);
            exact[i] = malloc(length + 1);
            ck_assert_ptr_nonnull(exact[i]);
            memset(exact[i], '7', length + 1);
            cells[i] = (incmap__cell){ roomy ? bytes : exact[i] + 1, length };
        }
        ck_assert_int_eq(incmap__shapewriter_add(w, NULL, cells, &err), INCMAP_OK);
        for (size_t i = 0; i < COLUMNS; i++)
            free(exact[i]);
    }
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
}

START_TEST(cells_with_room_give_the_same_bytes)
{
    write_widths(scratch_path("exact"), false);
    write_widths(scratch_path("roomy"), true);
    assert_same_file(scratch_path("exact.dbf"), scratch_path("roomy.dbf"));
}
END_TEST

/* ---- values that do not fit ---- */

static const struct {
    const char *why;
    int field;
    const char *bytes, *told; /* told NULL: it fits */
} cells_of_size[] = {
    { "a number fills the field", F_DEPTH, "9999999.99", NULL },
    { "one digit too many", F_DEPTH, "10000000.00", "field DEPTH_M: 10000000.00 has 11 bytes" },
    { "the minus is one too many", F_COUNT, "-100000", "field COUNT: -100000 has 7 bytes" },
    { "a text of 62 bytes", F_NAME, "ЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫ",
      "field NAME: ЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫЫ... has 62 bytes, expected at most 60" },
};

START_TEST(cell_that_does_not_fit_is_an_error_and_never_asterisks)
{
    incmap__shapewriter *w = NULL;
    incmap__shapefile *file = NULL;
    incmap__cell cells[FIELDS] = { { NULL, 0 } };
    const incmap_coord at = { 1, 2 };
    incmap_status st;
    ck_assert_int_eq(
        shapes_open(&w, scratch_path("x"), INCMAP__SHAPE_POINT, fields, FIELDS, prj, &memory, &err),
        INCMAP_OK);
    cells[cells_of_size[_i].field] = cell_of(cells_of_size[_i].bytes);
    st = incmap__shapewriter_add(w, NULL, cells, &err);
    ck_assert_msg(st == (cells_of_size[_i].told ? INCMAP_EDATA : INCMAP_OK), "%s",
                  cells_of_size[_i].why);
    if (st) ck_assert_ptr_nonnull(strstr(err.message, cells_of_size[_i].told));
    if (st) ck_assert_ptr_nonnull(strstr(err.message, "x.dbf: feature 0"));
    /* what was refused left nothing behind */
    ck_assert_int_eq(put_row(w, &at, "next"), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("x"), &memory, &err), INCMAP_OK);
    ck_assert_uint_eq(incmap__shapefile_count(file), st ? 1 : 2);
    assert_text(file, st ? 0 : 1, "NAME", "next");
    if (!st) assert_text(file, 0, fields[cells_of_size[_i].field].name, cells_of_size[_i].bytes);
    incmap__shapefile_close(file);
}
END_TEST

static const struct {
    const char *why;
    incmap__field fields[2];
} bad_fields[] = {
    { "no name", { { "", INCMAP__FIELD_INT, 4, 0 }, { "B", INCMAP__FIELD_INT, 4, 0 } } },
    { "11 bytes",
      { { "ABCDEFGHIJK", INCMAP__FIELD_INT, 4, 0 }, { "B", INCMAP__FIELD_INT, 4, 0 } } },
    { "lower case", { { "a", INCMAP__FIELD_INT, 4, 0 }, { "B", INCMAP__FIELD_INT, 4, 0 } } },
    { "twice", { { "B", INCMAP__FIELD_INT, 4, 0 }, { "B", INCMAP__FIELD_INT, 4, 0 } } },
    { "text of 255", { { "A", INCMAP__FIELD_TEXT, 255, 0 }, { "B", INCMAP__FIELD_INT, 4, 0 } } },
    { "no width", { { "A", INCMAP__FIELD_TEXT, 0, 0 }, { "B", INCMAP__FIELD_INT, 4, 0 } } },
    { "only decimals", { { "A", INCMAP__FIELD_NUMBER, 4, 4 }, { "B", INCMAP__FIELD_INT, 4, 0 } } },
};

START_TEST(fields_that_the_format_cannot_hold_are_refused_before_anything_is_written)
{
    incmap__shapewriter *w = NULL;
    ck_assert_msg(shapes_open(&w, scratch_path("f"), INCMAP__SHAPE_POINT, bad_fields[_i].fields, 2,
                              prj, &memory, &err) == INCMAP_EARG,
                  "%s", bad_fields[_i].why);
    ck_assert_ptr_null(w);
    ck_assert_int_eq(scratch_count(scratch), 0);
}
END_TEST

/* ---- reading what is broken ---- */

START_TEST(missing_and_disagreeing_files_are_told_by_name)
{
    incmap__shapefile *file = NULL;
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("none"), &memory, &err),
                     INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "none.shp: cannot be opened: No such file"));
    ck_assert_int_eq(write_points(scratch_path("p"), 2, &memory), INCMAP_OK);
    ck_assert_int_eq(write_points(scratch_path("q"), 3, &memory), INCMAP_OK);
    ck_assert_int_eq(rename(scratch_path("q.dbf"), scratch_path("p.dbf")), 0);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("p"), &memory, &err), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(err.message, "2 shapes but 3 rows"));
    ck_assert_int_eq(unlink(scratch_path("p.dbf")), 0);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("p"), &memory, &err), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "p.dbf: cannot be opened"));
    ck_assert_int_eq(mkdir(scratch_path("d.shp"), 0700), 0);
    ck_assert_int_eq(incmap__shapefile_open(&file, scratch_path("d"), &memory, &err), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "Is a directory"));
    ck_assert_ptr_null(file);
}
END_TEST

/* Two points: 100 bytes of head and 28 each in the .shp, 8 each in the .shx; in the .dbf a row of some 60. */
static const struct {
    const char *why, *part;
    int size; /* the file is cut to it; -1: not */
    int at;   /* of a byte that is poked; -1: none */
    unsigned value;
    const char *told;
} claims[] = {
    { "4 GB announced", "c.shp", -1, 24, 0x7F,
      "c.shp: found 156 bytes, expected the 4261413020 that" },
    { "two bytes more announced", "c.shp", -1, 27, 79,
      "c.shp: found 156 bytes, expected the 158 that its head announces" },
    { "half a .shp", "c.shp", 130, -1, 0, "c.shp: found 130 bytes, expected the 156 that" },
    { "half the head of a .shp", "c.shp", 20, -1, 0,
      "c.shp: found 20 bytes, expected the 100 that" },
    { "a .shx two bytes short", "c.shx", 114, -1, 0,
      "c.shx: found 114 bytes, expected the 116 that its head announces" },
    { "4 GB of index", "c.shx", -1, 24, 0x7F,
      "c.shx: found 116 bytes, expected the 4261412980 that" },
    { "an empty .shx", "c.shx", 0, -1, 0, "c.shx: found 0 bytes, expected the 100 that" },
    { "half the head of a .dbf", "c.dbf", 40, -1, 0, "c.dbf: found 40 bytes, expected the " },
    { "an empty .dbf", "c.dbf", 0, -1, 0, "c.dbf: found 0 bytes, expected the 32 that" },
};

START_TEST(a_part_shorter_than_its_head_announces_is_told_with_both_numbers)
{
    incmap__shapefile *file = NULL;
    const char *part;
    ck_assert_int_eq(write_points(scratch_path("c"), 2, &memory), INCMAP_OK);
    part = scratch_path(claims[_i].part);
    if (claims[_i].size >= 0) ck_assert_int_eq(truncate(part, claims[_i].size), 0);
    if (claims[_i].at >= 0)
        scratch_poke(part, (size_t)claims[_i].at, (unsigned char)claims[_i].value);
    ck_assert_msg(incmap__shapefile_open(&file, scratch_path("c"), &memory, &err) == INCMAP_EDATA,
                  "%s", claims[_i].why);
    ck_assert_msg(strstr(err.message, claims[_i].told) != NULL, "%s: %s", claims[_i].why,
                  err.message);
    ck_assert_ptr_null(file);
}
END_TEST

START_TEST(a_short_part_is_told_whichever_allocation_fails)
{
    struct faulty f = { 0, 0 };
    const incmap_allocator a = faulty_allocator(&f);
    incmap__shapefile *file = NULL;
    incmap_status st = INCMAP_ENOMEM;
    ck_assert_int_eq(write_points(scratch_path("c"), 2, &memory), INCMAP_OK);
    ck_assert_int_eq(truncate(scratch_path("c.shx"), 110), 0);
    for (int tries = 0; st == INCMAP_ENOMEM && tries < 100; tries++) {
        f.budget = tries;
        st = incmap__shapefile_open(&file, scratch_path("c"), &a, &err);
        ck_assert_int_eq(f.blocks, 0);
        ck_assert_ptr_null(file);
    }
    ck_assert_int_eq(st, INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(err.message, "c.shx: found 110 bytes, expected the 116 that"));
}
END_TEST

/* Opens and reads whatever is there; only that it neither crashes nor says nothing. */
static void read_all(const char *base)
{
    incmap__shapefile *file = NULL;
    incmap__shape shape;
    const char *text = NULL;
    err.message[0] = '\0';
    if (incmap__shapefile_open(&file, base, &memory, &err)) {
        ck_assert_str_ne(err.message, "");
        return;
    }
    for (size_t i = 0; i < incmap__shapefile_count(file) && i < 10; i++) {
        if (!incmap__shapefile_read(file, i, &shape, &err))
            for (size_t p = 0; p < shape.part_count; p++)
                ck_assert_uint_le(shape.part_starts[p + 1], shape.point_count);
        for (int f = 0; f < FIELDS; f++)
            (void)incmap__shapefile_text(file, i, f, &text, &err);
    }
    incmap__shapefile_close(file);
}

/* Every byte of the headers and of the first record set to the values that hurt most. */
START_TEST(no_single_bad_byte_in_a_file_harms_the_reader)
{
    static const char *const parts[] = { "v.shp", "v.shx", "v.dbf" };
    static const unsigned char values[] = { 0x00, 0x7F, 0x80, 0xFF };
    static const incmap_coord ring[] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 0 } };
    static const size_t starts[] = { 0, 4 };
    const incmap__shape shape = { INCMAP__SHAPE_POLYGON, ring, 4, starts, 1, NULL, NULL };
    incmap__shapewriter *w = NULL;
    size_t size = 0;
    char *good;

    ck_assert_int_eq(shapes_open(&w, scratch_path("v"), INCMAP__SHAPE_POLYGON, fields, FIELDS, prj,
                                 &memory, &err),
                     INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_add(w, &shape, null_row, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
    good = scratch_bytes(scratch_path(parts[_i]), &size);
    for (size_t at = 0; at < size; at++) {
        for (size_t v = 0; v < sizeof values; v++) {
            scratch_poke(scratch_path(parts[_i]), at, values[v]);
            read_all(scratch_path("v"));
        }
        scratch_poke(scratch_path(parts[_i]), at, (unsigned char)good[at]);
    }
    for (size_t length = size; length-- > 0;) {
        ck_assert_int_eq(truncate(scratch_path(parts[_i]), (off_t)length), 0);
        read_all(scratch_path("v"));
    }
    free(good);
}
END_TEST

/* ---- memory and disk ---- */

START_TEST(every_failed_allocation_is_told_and_leaks_nothing)
{
    struct faulty f = { 0, 0 };
    const incmap_allocator a = faulty_allocator(&f);
    incmap_status st = INCMAP_ENOMEM;
    int tries = 0;
    for (; st == INCMAP_ENOMEM && tries < 100; tries++) {
        incmap__shapefile *file = NULL;
        incmap__shape shape;
        f.budget = tries;
        st = write_points(scratch_path("m"), 2, &a);
        ck_assert_int_eq(f.blocks, 0);
        if (!st) {
            st = incmap__shapefile_open(&file, scratch_path("m"), &a, &err);
            if (!st) st = incmap__shapefile_read(file, 0, &shape, &err);
            if (st) ck_assert_int_eq(st, INCMAP_ENOMEM);
            incmap__shapefile_close(file);
        }
        ck_assert_int_eq(f.blocks, 0);
    }
    ck_assert_int_eq(st, INCMAP_OK);
    ck_assert_int_gt(tries, 10);
}
END_TEST

static const char *const set_order[] = { ".dbf", ".shx", ".prj", ".cpg", ".shp" };
static const char *const set_stale[] = { ".qix" };
static const incmap__staging_set set = { set_order, 5, set_stale, 1, false };

static incmap_status write_staged(const char *path, size_t rows)
{
    incmap__staging *staging = NULL;
    incmap_status st = incmap__staging_new(&staging, path, &set, &memory, &err);
    if (!st) st = write_points(incmap__staging_file(staging, ""), rows, &memory);
    if (!st) st = incmap__staging_commit(staging, &err);
    ck_assert(incmap__staging_free(staging));
    return st;
}

/* The layer of two rows that was there before, with its index, byte for byte. */
static void make_earlier(void)
{
    ck_assert_int_eq(write_points(scratch_path("kept"), 2, &memory), INCMAP_OK);
    scratch_clear(scratch_path("out"));
    ck_assert(mkdir(scratch_path("out"), 0700) == 0 || errno == EEXIST);
    ck_assert_int_eq(write_points(scratch_path("out/it"), 2, &memory), INCMAP_OK);
    scratch_write(scratch_path("out/it.qix"), "index", 5);
}

static void assert_earlier_stands(void)
{
    char name[32];
    ck_assert_int_eq(scratch_count(scratch_path("out")), 6);
    for (size_t i = 0; i < set.count; i++) {
        (void)snprintf(name, sizeof name, "kept%s", set_order[i]);
        const char *kept = scratch_path(name);
        (void)snprintf(name, sizeof name, "out/it%s", set_order[i]);
        assert_same_file(kept, scratch_path(name));
    }
    ck_assert_int_eq(access(scratch_path("out/it.qix"), F_OK), 0);
}

static const struct {
    const char *why;
    int kinds;
    bool lasting;
    int code;
} disk_faults[] = {
    { "one write", CALL_WRITE, false, ENOSPC },
    { "full disk", CALL_WRITE | CALL_SYNC | CALL_CLOSE, true, ENOSPC },
    { "one sync", CALL_SYNC, false, EIO },
    { "one close", CALL_CLOSE, false, EDQUOT },
    { "one opening", CALL_OPEN, false, EMFILE },
    { "one rename", CALL_RENAME, false, EACCES },
    { "staging folder", CALL_FOLDER, false, EROFS },
};

START_TEST(each_failed_call_is_told_and_the_earlier_layer_stands)
{
    incmap_status st = INCMAP_EIO;
    long n = 0;
    make_earlier();
    for (; st && n < 200; n++) {
        err = (incmap_error){ 0 };
        calls_fail(disk_faults[_i].kinds, n, disk_faults[_i].lasting, disk_faults[_i].code);
        st = write_staged(scratch_path("out/it"), 2000);
        calls_work();
        /* the last to be closed is the lock, when all is done */
        if (calls.failed == 0 || (!st && disk_faults[_i].kinds & CALL_CLOSE)) break;
        ck_assert_msg(st == INCMAP_EIO, "%s %ld: status %d", disk_faults[_i].why, n, (int)st);
        ck_assert_msg(strstr(err.message, strerror(disk_faults[_i].code)) &&
                          strstr(err.message, scratch),
                      "%s %ld: %s", disk_faults[_i].why, n, err.message);
        assert_earlier_stands();
    }
    ck_assert_int_eq(st, INCMAP_OK);
    ck_assert_int_gt(n, 0);
    ck_assert_int_eq(scratch_count(scratch_path("out")), 5); /* and the old index is gone */
}
END_TEST

START_TEST(room_that_is_given_back_is_free_and_the_rest_of_the_file_stands)
{
    enum { BYTES = 1 << 20 };
    incmap__diskfile *file = NULL;
    char *bytes = malloc(BYTES), *back = malloc(BYTES / 2);
    struct stat before, after;
    ck_assert(bytes && back);
    memset(bytes, 'x', BYTES);
    ck_assert_int_eq(
        incmap__diskfile_open(&file, scratch_path("d"), INCMAP__DISKFILE_CREATE, &memory, &err),
        INCMAP_OK);
    ck_assert_uint_eq(incmap__diskfile_write(file, bytes, BYTES), BYTES);
    ck_assert(incmap__diskfile_flush(file));
    ck_assert_int_eq(stat(scratch_path("d"), &before), 0);
    incmap__diskfile_drop(file, 0, BYTES / 2);
    ck_assert_int_eq(stat(scratch_path("d"), &after), 0);
    ck_assert_int_eq(after.st_size, BYTES);
    incmap__diskfile_seek(file, BYTES / 2);
    ck_assert_uint_eq(incmap__diskfile_read(file, back, BYTES / 2), BYTES / 2);
    ck_assert_mem_eq(back, bytes, BYTES / 2);
    ck_assert_int_eq(incmap__diskfile_close(file, false, &err), INCMAP_OK);
    /* a file system without holes keeps all of it */
    ck_assert_int_le(after.st_blocks, before.st_blocks);
    printf("of %lld blocks %lld are left\n", (long long)before.st_blocks,
           (long long)after.st_blocks);
    free(bytes);
    free(back);
}
END_TEST

START_TEST(every_file_and_the_folder_are_synced)
{
    calls.syncs = 0;
    ck_assert_int_eq(write_staged(scratch_path("it"), 3), INCMAP_OK);
    /* the set; the folder that it lies in, the journal, the folder again; the folder that it goes to */
    ck_assert_int_eq(calls.syncs, (long)set.count + 4);
}
END_TEST

static incmap__staging_outcome recovered(const char *path)
{
    incmap__staging_outcome outcome = INCMAP__STAGING_NOTHING;
    ck_assert_msg(incmap__staging_recover(path, &outcome, &memory, &err) == INCMAP_OK, "%s",
                  err.message);
    return outcome;
}

/* From the third rename of the placing on none goes well, not even back. */
START_TEST(layer_that_cannot_be_put_back_is_kept_told_and_mended_later)
{
    incmap__staging *staging = NULL;
    make_earlier();
    ck_assert_int_eq(incmap__staging_new(&staging, scratch_path("out/it"), &set, &memory, &err),
                     INCMAP_OK);
    ck_assert_int_eq(write_points(incmap__staging_file(staging, ""), 3, &memory), INCMAP_OK);
    calls_fail(CALL_RENAME, 3, true, EIO);
    ck_assert_int_eq(incmap__staging_commit(staging, &err), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "out/.it.incmap until the next write"));
    (void)incmap__staging_free(staging);
    ck_assert(incmap__staging_is_interrupted(scratch_path("out/it"), &memory));
    calls_work();
    /* the new set is whole in the folder: it is what stands then */
    ck_assert_int_eq(recovered(scratch_path("out/it")), INCMAP__STAGING_COMPLETED);
    ck_assert_int_eq(scratch_count(scratch_path("out")), 5);
    ck_assert(!incmap__staging_is_interrupted(scratch_path("out/it"), &memory));
    ck_assert_int_eq(recovered(scratch_path("out/it")), INCMAP__STAGING_NOTHING);
}
END_TEST

/* A failed placing leads to an undo, which a second failure ends at its n-th step. */
START_TEST(undo_that_was_begun_is_ended_by_recovery)
{
    for (long n = 0; n < 14; n++) {
        incmap__staging *staging = NULL;
        make_earlier();
        ck_assert_int_eq(incmap__staging_new(&staging, scratch_path("out/it"), &set, &memory, &err),
                         INCMAP_OK);
        ck_assert_int_eq(write_points(incmap__staging_file(staging, ""), 3, &memory), INCMAP_OK);
        calls_fail(CALL_RENAME, 9, false,
                   EIO); /* the journal's, six out of the way, two in place */
        calls.again = n;
        ck_assert_int_eq(incmap__staging_commit(staging, &err), INCMAP_EIO);
        (void)incmap__staging_free(staging);
        calls_work();
        if (calls.failed > 1) {
            const incmap__staging_outcome outcome = recovered(scratch_path("out/it"));
            /* the first rename of the undo is that which says that it began */
            ck_assert_int_eq(outcome,
                             n == 0 ? INCMAP__STAGING_COMPLETED : INCMAP__STAGING_RESTORED);
        }
        if (n > 0) assert_earlier_stands();
        ck_assert_int_eq(access(scratch_path("out/.it.incmap"), F_OK), -1);
    }
}
END_TEST

START_TEST(writer_that_finds_remains_mends_them_and_goes_on)
{
    make_earlier();
    ck_assert_int_eq(mkdir(scratch_path("out/.it.incmap"), 0700), 0);
    scratch_write(scratch_path("out/.it.incmap/it.shp"), "half", 4);
    ck_assert_int_eq(write_staged(scratch_path("out/it"), 3), INCMAP_OK);
    ck_assert_int_eq(scratch_count(scratch_path("out")), 5);
    /* without a journal the earlier set stands */
    make_earlier();
    ck_assert_int_eq(mkdir(scratch_path("out/.it.incmap"), 0700), 0);
    scratch_write(scratch_path("out/.it.incmap/it.shp"), "half", 4);
    ck_assert_int_eq(recovered(scratch_path("out/it")), INCMAP__STAGING_CLEARED);
    assert_earlier_stands();
}
END_TEST

static const struct {
    const char *why, *journal;
} bad_journals[] = {
    { "empty", "" },
    { "cut off", "incmap journal 1\nput .dbf\n" },
    { "of another kind", "incmap journal 2\nput .dbf\nend\n" },
    { "a path out of the folder", "incmap journal 1\nput ./../../x\nend\n" },
    { "neither put nor drop", "incmap journal 1\ntake .dbf\nend\n" },
    { "a long name", "incmap journal 1\nput .dbfdbfdbfdbfdbfdbfdbfdbfdbf\nend\n" },
};

START_TEST(journal_that_is_none_is_told_and_nothing_is_touched)
{
    incmap__staging_outcome outcome = INCMAP__STAGING_RESTORED;
    make_earlier();
    ck_assert_int_eq(mkdir(scratch_path("out/.it.incmap"), 0700), 0);
    scratch_write(scratch_path("out/.it.incmap/journal"), bad_journals[_i].journal,
                  strlen(bad_journals[_i].journal));
    ck_assert_msg(incmap__staging_recover(scratch_path("out/it"), &outcome, &memory, &err) ==
                      INCMAP_EDATA,
                  "%s", bad_journals[_i].why);
    ck_assert_int_eq(outcome, INCMAP__STAGING_RESTORED);
    ck_assert_ptr_nonnull(strstr(err.message, "/journal"));
    ck_assert_int_eq(write_staged(scratch_path("out/it"), 3), INCMAP_EDATA);
    ck_assert_int_eq(access(scratch_path("out/.it.incmap/journal"), F_OK), 0);
    ck_assert_int_eq(scratch_count(scratch_path("out")), 7);
}
END_TEST

/* So that who opens it meanwhile finds one of the two, and a kill leaves nothing to mend. */
START_TEST(file_alone_is_replaced_by_one_rename_or_not_at_all)
{
    static const char *const alone[] = { "" };
    const incmap__staging_set one = { alone, 1, NULL, 0, false };
    const char *path = scratch_path("alone");

    scratch_write(path, "earlier", 7);
    for (long renames = 0; renames < 2; renames++) {
        incmap__staging *staging = NULL;
        ck_assert_int_eq(incmap__staging_new(&staging, path, &one, &memory, &err), INCMAP_OK);
        scratch_write(incmap__staging_file(staging, ""), "new", 3);
        calls_fail(CALL_RENAME, renames, true, EIO);
        ck_assert_int_eq(incmap__staging_commit(staging, &err), renames ? INCMAP_OK : INCMAP_EIO);
        calls_work();
        ck_assert_int_eq(calls.failed, renames ? 0 : 1);
        ck_assert(!incmap__staging_is_interrupted(path, &memory));
        ck_assert(incmap__staging_free(staging));
        scratch_write(scratch_path("expected"), renames ? "new" : "earlier", renames ? 3 : 7);
        assert_same_file(path, scratch_path("expected"));
    }
}
END_TEST

/* As root "--save /dev/full" would have put a file in place of the device. */
START_TEST(device_pipe_or_link_of_that_name_is_told_and_left_alone)
{
    incmap__staging *staging = NULL;
    struct stat about;

    make_earlier();
    ck_assert_int_eq(unlink(scratch_path("out/it.prj")), 0);
    ck_assert_int_eq(mkfifo(scratch_path("out/it.prj"), 0600), 0);
    ck_assert_int_eq(incmap__staging_new(&staging, scratch_path("out/it"), &set, &memory, &err),
                     INCMAP_EIO);
    ck_assert_ptr_nonnull(
        strstr(err.message, "it.prj: found a device or pipe, expected a file or nothing"));
    ck_assert_int_eq(lstat(scratch_path("out/it.prj"), &about), 0);
    ck_assert(S_ISFIFO(about.st_mode));
    ck_assert_int_eq(unlink(scratch_path("out/it.prj")), 0);
    ck_assert_int_eq(symlink("elsewhere", scratch_path("out/it.prj")), 0);
    ck_assert_int_eq(incmap__staging_new(&staging, scratch_path("out/it"), &set, &memory, &err),
                     INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "it.prj: found a symbolic link, expected a file"));
    ck_assert_int_eq(lstat(scratch_path("out/it.prj"), &about), 0);
    ck_assert(S_ISLNK(about.st_mode));
    ck_assert_ptr_null(staging);
}
END_TEST

START_TEST(second_writer_of_a_layer_is_told_and_the_first_goes_on)
{
    incmap__staging *first = NULL, *second = NULL;
    incmap__staging_outcome outcome = INCMAP__STAGING_NOTHING;
    ck_assert_int_eq(incmap__staging_new(&first, scratch_path("it"), &set, &memory, &err),
                     INCMAP_OK);
    ck_assert_int_eq(incmap__staging_new(&second, scratch_path("it"), &set, &memory, &err),
                     INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "it: another writer is at work on it"));
    ck_assert_int_eq(incmap__staging_recover(scratch_path("it"), &outcome, &memory, &err),
                     INCMAP_EIO);
    /* another layer of the folder is nobody's business */
    ck_assert_int_eq(write_staged(scratch_path("other"), 1), INCMAP_OK);
    ck_assert_int_eq(write_points(incmap__staging_file(first, ""), 1, &memory), INCMAP_OK);
    ck_assert_int_eq(incmap__staging_commit(first, &err), INCMAP_OK);
    ck_assert(incmap__staging_free(first));
    ck_assert_int_eq(write_staged(scratch_path("it"), 1), INCMAP_OK);
    ck_assert_int_eq(scratch_count(scratch), 10);
}
END_TEST

START_TEST(folders_that_cannot_take_a_layer_are_told)
{
    static const struct {
        const char *path, *message;
    } bad[] = {
        { "missing/it", "missing/" },
        { "file/it", "Not a directory" },
        { "out/", "expected the name of a layer" },
        { "out/..", "expected the name of a layer" },
        { "out/taken", "taken.dbf: cannot be written: Is a directory" },
    };
    ck_assert_int_eq(mkdir(scratch_path("out"), 0700), 0);
    ck_assert_int_eq(mkdir(scratch_path("out/taken.dbf"), 0700), 0);
    scratch_write(scratch_path("file"), "", 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_int_eq(write_staged(scratch_path(bad[i].path), 1), INCMAP_EIO);
        ck_assert_msg(strstr(err.message, bad[i].message), "%s: %s", bad[i].path, err.message);
    }
    ck_assert_int_eq(scratch_count(scratch_path("out")), 1);
}
END_TEST

START_TEST(folder_without_the_right_to_write_is_told)
{
    if (geteuid() == 0) return; /* root may write anywhere */
    ck_assert_int_eq(mkdir(scratch_path("out"), 0500), 0);
    ck_assert_int_eq(write_staged(scratch_path("out/it"), 1), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(err.message, "Permission denied"));
}
END_TEST

START_TEST(files_get_the_rights_that_the_umask_leaves)
{
    struct stat about;
    const mode_t before = umask(027);
    ck_assert_int_eq(write_staged(scratch_path("r"), 1), INCMAP_OK);
    (void)umask(before);
    for (size_t i = 0; i < set.count; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "r%s", set_order[i]);
        ck_assert_int_eq(stat(scratch_path(name), &about), 0);
        ck_assert_int_eq(about.st_mode & 0777, 0640);
    }
}
END_TEST

START_TEST(existing_layer_is_left_alone_when_asked)
{
    incmap__staging_set careful = set;
    incmap__staging *staging = NULL;
    careful.no_overwrite = true;
    make_earlier();
    ck_assert_int_eq(incmap__staging_new(&staging, scratch_path("out/it"), &careful, &memory, &err),
                     INCMAP_EEXIST);
    assert_earlier_stands();
    /* also when it comes up in the meantime */
    ck_assert_int_eq(
        incmap__staging_new(&staging, scratch_path("out/new"), &careful, &memory, &err), INCMAP_OK);
    ck_assert_int_eq(write_points(incmap__staging_file(staging, ""), 1, &memory), INCMAP_OK);
    scratch_write(scratch_path("out/new.dbf"), "mine", 4);
    ck_assert_int_eq(incmap__staging_commit(staging, &err), INCMAP_EEXIST);
    ck_assert(incmap__staging_free(staging));
    ck_assert_int_eq(scratch_count(scratch_path("out")), 7);
}
END_TEST

START_TEST(default_hooks_of_shapelib_never_speak)
{
    FILE *caught = tmpfile();
    const int before = dup(2);
    ck_assert_ptr_nonnull(caught);
    ck_assert_int_ge(dup2(fileno(caught), 2), 0);
    read_all(scratch_path("none"));
    calls_fail(CALL_WRITE, 2, true, ENOSPC);
    (void)write_staged(scratch_path("it"), 5000);
    calls_work();
    ck_assert_int_ge(dup2(before, 2), 0);
    close(before);
    ck_assert_int_eq(fseek(caught, 0, SEEK_END), 0);
    ck_assert_int_eq(ftell(caught), 0);
    fclose(caught);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("shapefile");
    TCase *tc = tcase_create("shapefile");
    const int n_texts = sizeof texts / sizeof *texts,
              n_cells = sizeof cells_of_size / sizeof *cells_of_size;
    const int n_faults = sizeof disk_faults / sizeof *disk_faults;
    const int n_bad = sizeof bad_fields / sizeof *bad_fields;
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, text_comes_back_as_it_went, 0, n_texts);
    tcase_add_test(tc, cells_without_bytes_are_null);
    tcase_add_test(tc, null_as_other_programs_write_it_is_read_as_null);
    tcase_add_test(tc, null_shape_before_points_leaves_the_extent_to_the_points);
    tcase_add_loop_test(tc, lines_and_polygons_keep_parts_and_vertices, 0, 2);
    tcase_add_test(tc, layer_without_rows_is_whole);
    tcase_add_test(tc, thousands_of_rows_come_back_each_in_its_place);
    tcase_add_test(tc, header_has_no_code_page_and_a_fixed_date_and_cpg_says_utf8);
    tcase_add_test(tc, same_rows_give_the_same_bytes);
    tcase_add_test(tc, cells_with_room_give_the_same_bytes);
    tcase_add_loop_test(tc, cell_that_does_not_fit_is_an_error_and_never_asterisks, 0, n_cells);
    tcase_add_loop_test(
        tc, fields_that_the_format_cannot_hold_are_refused_before_anything_is_written, 0, n_bad);
    tcase_add_test(tc, missing_and_disagreeing_files_are_told_by_name);
    tcase_add_loop_test(tc, a_part_shorter_than_its_head_announces_is_told_with_both_numbers, 0,
                        sizeof claims / sizeof *claims);
    tcase_add_test(tc, a_short_part_is_told_whichever_allocation_fails);
    tcase_add_loop_test(tc, no_single_bad_byte_in_a_file_harms_the_reader, 0, 3);
    tcase_add_test(tc, every_failed_allocation_is_told_and_leaks_nothing);
    tcase_add_loop_test(tc, each_failed_call_is_told_and_the_earlier_layer_stands, 0, n_faults);
    tcase_add_test(tc, room_that_is_given_back_is_free_and_the_rest_of_the_file_stands);
    tcase_add_test(tc, every_file_and_the_folder_are_synced);
    tcase_add_test(tc, layer_that_cannot_be_put_back_is_kept_told_and_mended_later);
    tcase_add_test(tc, undo_that_was_begun_is_ended_by_recovery);
    tcase_add_test(tc, writer_that_finds_remains_mends_them_and_goes_on);
    tcase_add_loop_test(tc, journal_that_is_none_is_told_and_nothing_is_touched, 0,
                        sizeof bad_journals / sizeof *bad_journals);
    tcase_add_test(tc, second_writer_of_a_layer_is_told_and_the_first_goes_on);
    tcase_add_test(tc, file_alone_is_replaced_by_one_rename_or_not_at_all);
    tcase_add_test(tc, device_pipe_or_link_of_that_name_is_told_and_left_alone);
    tcase_add_test(tc, folders_that_cannot_take_a_layer_are_told);
    tcase_add_test(tc, folder_without_the_right_to_write_is_told);
    tcase_add_test(tc, files_get_the_rights_that_the_umask_leaves);
    tcase_add_test(tc, existing_layer_is_left_alone_when_asked);
    tcase_add_test(tc, default_hooks_of_shapelib_never_speak);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
