/* SPDX-License-Identifier: MIT */
/* Layers read back: what was written comes again, what others wrote in their encodings too, and what is
 * broken is told with file, feature and field. */
#include "harness.h"

#include <incmap/layer_reader.h>

#include <math.h>
#include <string.h>

#include "faulty_tries.h"
#include "fixture_scratch.h"
#include "random.h"
#include "shapes_made.h"

static const char *message(void)
{
    return incmap_ctx_message(ctx);
}

static incmap_layer_reader *open_reader(const char *name,
                                        const incmap_layer_reader_options *options)
{
    incmap_layer_reader *r = NULL;
    ck_assert_msg(incmap_layer_reader_open(ctx, scratch_path(name), options, &r) == INCMAP_OK, "%s",
                  message());
    return r;
}

enum { F_NAME, F_COUNT, F_BIG, F_DEPTH, F_DAY, FIELDS };

static const incmap_field fields[FIELDS] = {
    { "NAME", INCMAP_FIELD_TEXT, 0, 0, 0, 0 }, { "COUNT", INCMAP_FIELD_INT, 0, 0, 0, 0 },
    { "BIG", INCMAP_FIELD_INT, 0, 0, 0, 0 },   { "DEPTH_M", INCMAP_FIELD_NUMBER, 0, 2, 0, 0 },
    { "DAY", INCMAP_FIELD_DATE, 0, 0, 0, 0 },
};

static const incmap_coord square[] = { { 0, 0 }, { 0, 4 }, { 4, 4 }, { 4, 0 }, { 0, 0 },
                                       { 1, 1 }, { 2, 1 }, { 2, 2 }, { 1, 2 }, { 1, 1 } };
static const size_t parts[] = { 0, 5, 10 };
static const double heights[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
static const double measures[] = { 0, 10, NAN, 30, 40, 50, 60, 70, 80, -5 };

static void fill(incmap_value row[FIELDS])
{
    memset(row, 0, FIELDS * sizeof *row);
    row[F_NAME].kind = INCMAP_VALUE_TEXT;
    row[F_NAME].as.text =
        "\u0421\u0435\u043B\u043E \U0001F33B \u041A\u0430\u043C\u02BC\u044F\u043D\u043A\u0430";
    row[F_COUNT].kind = INCMAP_VALUE_INT;
    row[F_COUNT].as.whole = -42;
    row[F_BIG].kind = INCMAP_VALUE_INT;
    row[F_BIG].as.whole = INT64_C(123456789012345678);
    row[F_DEPTH].kind = INCMAP_VALUE_NUMBER;
    row[F_DEPTH].as.number = -1794.25;
    row[F_DAY].kind = INCMAP_VALUE_DAY;
    row[F_DAY].as.day = 19499;
}

/* Two features: one with everything, one with nothing. */
static void write_two(const char *name, incmap_shape_type type, bool has_z, bool has_m,
                      const char *crs)
{
    const bool is_point = type == INCMAP_SHAPE_POINT;
    const incmap_shape shape = {
        type,    square + 1, is_point ? 1 : 10, is_point ? NULL : parts, is_point ? 0 : 2,
        heights, measures
    };
    incmap_shape whole = shape;
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_layer_writer *w = NULL;
    incmap_value row[FIELDS];
    if (!is_point) whole.points = square;
    options.has_z = has_z;
    options.has_m = has_m;
    options.crs = crs;
    fill(row);
    ck_assert_msg(incmap_layer_writer_open(ctx, scratch_path(name), type, fields, FIELDS, &options,
                                           &w) == INCMAP_OK,
                  "%s", message());
    ck_assert_msg(incmap_layer_writer_add(ctx, w, type ? &whole : NULL, row) == INCMAP_OK, "%s",
                  message());
    memset(row, 0, sizeof row);
    ck_assert_int_eq(incmap_layer_writer_add(ctx, w, NULL, row), INCMAP_OK);
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, NULL), INCMAP_OK);
    incmap_layer_writer_free(w);
}

static const struct {
    const char *why;
    incmap_shape_type type;
    bool z, m;
} kinds[] = {
    { "points", INCMAP_SHAPE_POINT, false, false },
    { "points with heights and measures", INCMAP_SHAPE_POINT, true, true },
    { "lines", INCMAP_SHAPE_LINE, false, false },
    { "lines with measures", INCMAP_SHAPE_LINE, false, true },
    { "lines with heights", INCMAP_SHAPE_LINE, true, false },
    { "polygons", INCMAP_SHAPE_POLYGON, false, false },
    { "polygons with heights and measures", INCMAP_SHAPE_POLYGON, true, true },
    { "a table", INCMAP_SHAPE_NULL, false, false },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void assert_values(const incmap_value got[FIELDS])
{
    incmap_value row[FIELDS];
    fill(row);
    for (int i = 0; i < FIELDS; i++)
        ck_assert_int_eq(got[i].kind, row[i].kind);
    ck_assert_str_eq(got[F_NAME].as.text, row[F_NAME].as.text);
    ck_assert_int_eq(got[F_COUNT].as.whole, -42);
    ck_assert(got[F_BIG].as.whole == row[F_BIG].as.whole);
    ck_assert_double_eq(got[F_DEPTH].as.number, -1794.25);
    ck_assert_int_eq(got[F_DAY].as.day, 19499);
}

START_TEST(what_was_written_comes_back)
{
    incmap_value got[FIELDS];
    incmap_shape shape;
    write_two("k", kinds[_i].type, kinds[_i].z, kinds[_i].m, NULL);
    incmap_layer_reader *r = open_reader(_i % 2 ? "k.shp" : "k", NULL);
    ck_assert_int_eq(incmap_layer_reader_type(r), kinds[_i].type);
    ck_assert_uint_eq(incmap_layer_reader_count(r), 2);
    ck_assert_uint_eq(incmap_layer_reader_field_count(r), FIELDS);
    ck_assert_msg(incmap_layer_reader_read(ctx, r, 0, &shape, got) == INCMAP_OK, "%s", message());
    assert_values(got);
    ck_assert_int_eq(shape.type, kinds[_i].type);
    if (kinds[_i].type == INCMAP_SHAPE_POINT) {
        ck_assert_double_eq(shape.points[0].lon, 4);
        ck_assert_double_eq(shape.points[0].lat, 0);
        if (kinds[_i].z) ck_assert_double_eq(shape.z[0], 1);
        if (kinds[_i].m) ck_assert_double_eq(shape.m[0], 0);
    } else if (kinds[_i].type == INCMAP_SHAPE_LINE) {
        ck_assert_uint_eq(shape.part_count, 2);
        ck_assert_mem_eq(shape.part_starts, parts, sizeof parts);
        ck_assert_mem_eq(shape.points, square, sizeof square);
        if (kinds[_i].z) ck_assert_mem_eq(shape.z, heights, sizeof heights);
        if (kinds[_i].m) {
            ck_assert_double_eq(shape.m[1], 10);
            ck_assert(isnan(shape.m[2]));
        }
    } else {
        ck_assert_uint_eq(shape.point_count, kinds[_i].type ? 10 : 0);
    }
    ck_assert((shape.z != NULL) == kinds[_i].z);
    ck_assert((shape.m != NULL) == kinds[_i].m);
    ck_assert_int_eq(incmap_layer_reader_read(ctx, r, 1, &shape, got), INCMAP_OK);
    ck_assert_int_eq(shape.type, INCMAP_SHAPE_NULL);
    for (int i = 0; i < FIELDS; i++)
        ck_assert_int_eq(got[i].kind, INCMAP_VALUE_NULL);
    incmap_layer_reader_free(r);
}
END_TEST

START_TEST(fields_are_described_and_found_by_name)
{
    incmap_field field = { NULL, INCMAP_FIELD_TEXT, 0, 0, 0, 0 };
    write_two("k", INCMAP_SHAPE_POINT, false, false, NULL);
    incmap_layer_reader *r = open_reader("k", NULL);
    ck_assert_uint_eq(incmap_layer_reader_find(r, "depth_m"), F_DEPTH);
    ck_assert_uint_eq(incmap_layer_reader_find(r, "none"), SIZE_MAX);
    ck_assert(incmap_layer_reader_field(r, F_DEPTH, &field));
    ck_assert_str_eq(field.name, "DEPTH_M");
    ck_assert_int_eq(field.kind, INCMAP_FIELD_NUMBER);
    ck_assert_int_eq(field.decimals, 2);
    ck_assert_int_eq(field.width, 8);
    ck_assert(!incmap_layer_reader_field(r, FIELDS, &field));
    ck_assert_int_eq(strncmp(incmap_layer_reader_crs(r), "GEOGCS[\"GCS_WGS_1984\"", 21), 0);
    incmap_layer_reader_free(r);
}
END_TEST

START_TEST(coordinates_come_in_degrees_from_any_system_or_as_they_are_stored)
{
    incmap_layer_reader_options stored = INCMAP_LAYER_READER_OPTIONS_INIT;
    incmap_shape shape;
    const char *const systems[] = { "EPSG:32631", "EPSG:3857", "EPSG:3035" };
    for (size_t s = 0; s < 3; s++) {
        write_two("c", INCMAP_SHAPE_POLYGON, false, false, systems[s]);
        incmap_layer_reader *r = open_reader("c", NULL);
        ck_assert_int_eq(incmap_layer_reader_read(ctx, r, 0, &shape, NULL), INCMAP_OK);
        for (size_t i = 0; i < 10; i++) {
            bool found = false;
            /* a millimetre is 1e-8 degrees; rings may have been turned */
            for (size_t k = 0; k < 10; k++)
                found = found || (fabs(shape.points[i].lat - square[k].lat) < 1e-8 &&
                                  fabs(shape.points[i].lon - square[k].lon) < 1e-8);
            ck_assert_msg(found, "%s: point %zu at %.10f, %.10f", systems[s], i,
                          shape.points[i].lat, shape.points[i].lon);
        }
        incmap_layer_reader_free(r);
        stored.stored = true;
        r = open_reader("c", &stored);
        ck_assert_int_eq(incmap_layer_reader_read(ctx, r, 0, &shape, NULL), INCMAP_OK);
        double most = 0;
        for (size_t i = 0; i < 10; i++)
            most = fmax(most, fabs(shape.points[i].lat) + fabs(shape.points[i].lon));
        ck_assert_double_gt(most, 1000);
        incmap_layer_reader_free(r);
    }
}
END_TEST

/* ---- what others write ---- */

/* One row of raw bytes. */
static void write_raw(incmap__field_type type, int width, int decimals, const char *bytes)
{
    const incmap__field field = { "F", type, width, decimals };
    const incmap_allocator a = incmap__allocator_default();
    const incmap__cell cell = cell_of(bytes);
    incmap__shapewriter *w = NULL;
    incmap_error err;
    ck_assert_int_eq(
        shapes_open(&w, scratch_path("raw"), INCMAP__SHAPE_NULL, &field, 1, NULL, &a, &err),
        INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_add(w, NULL, &cell, &err), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, &err), INCMAP_OK);
}

static const struct {
    const char *why, *cpg, *option;
    int language; /* byte 29 of the .dbf */
    const char *bytes, *text;
} encodings[] = {
    { "UTF-8 said", "UTF-8", NULL, 0, "\u0413\u0440\u0430\u0439\u0432\u043E\u0440\u043E\u043D",
      "\u0413\u0440\u0430\u0439\u0432\u043E\u0440\u043E\u043D" },
    { "nothing said: UTF-8", NULL, NULL, 0, "\u0413\u0440\u0430\u0439",
      "\u0413\u0440\u0430\u0439" },
    { "65001", "65001", NULL, 0, "\u0413\u0440\u0430\u0439", "\u0413\u0440\u0430\u0439" },
    { "a code page by its number", "1251", NULL, 0, "\xC3\xF0\xE0\xE9",
      "\u0413\u0440\u0430\u0439" },
    { "by the name of ESRI", "ANSI 1251", NULL, 0, "\xC3\xF0\xE0\xE9", "\u0413\u0440\u0430\u0439" },
    { "ISO 8859-5", "88595", NULL, 0, "\xB3\xE0\xD0\xD9", "\u0413\u0440\u0430\u0439" },
    { "the head's byte for Russian Windows", NULL, NULL, 201, "\xC3\xF0\xE0\xE9",
      "\u0413\u0440\u0430\u0439" },
    { "the head's byte for DOS", NULL, NULL, 101, "\x83\xE0\xA0\xA9", "\u0413\u0440\u0430\u0439" },
    { "a wrong .cpg, and an option that knows better", "UTF-8", "CP1251", 0, "\xC3\xF0\xE0\xE9",
      "\u0413\u0440\u0430\u0439" },
    { "bytes that are no UTF-8", "UTF-8", NULL, 0, "\xC3\xF0\xE0\xE9", NULL },
};

START_TEST(texts_of_other_encodings_come_in_utf8)
{
    incmap_layer_reader_options options = INCMAP_LAYER_READER_OPTIONS_INIT;
    incmap_value value = { .kind = INCMAP_VALUE_DAY };
    write_raw(INCMAP__FIELD_TEXT, 20, 0, encodings[_i].bytes);
    ck_assert_int_eq(unlink(scratch_path("raw.cpg")), 0);
    if (encodings[_i].cpg)
        scratch_write(scratch_path("raw.cpg"), encodings[_i].cpg, strlen(encodings[_i].cpg));
    scratch_poke(scratch_path("raw.dbf"), 29, (unsigned char)encodings[_i].language);
    options.encoding = encodings[_i].option;
    incmap_layer_reader *r = open_reader("raw", &options);
    const incmap_status st = incmap_layer_reader_read(ctx, r, 0, NULL, &value);
    if (encodings[_i].text) {
        ck_assert_msg(st == INCMAP_OK, "%s: %s", encodings[_i].why, message());
        ck_assert_str_eq(value.as.text, encodings[_i].text);
    } else {
        ck_assert_int_eq(st, INCMAP_EDATA);
        ck_assert_ptr_nonnull(strstr(message(), "raw.dbf: feature 0 (from 0), field F: bytes"));
        ck_assert_int_eq(value.kind, INCMAP_VALUE_DAY);
    }
    incmap_layer_reader_free(r);
}
END_TEST

static const struct {
    const char *why;
    incmap__field_type type;
    int width, decimals;
    const char *bytes;
    incmap_value_kind kind; /* NULL: refused */
} raws[] = {
    { "a whole number", INCMAP__FIELD_INT, 6, 0, "12", INCMAP_VALUE_INT },
    { "of 19 digits: not every one fits 64 bits", INCMAP__FIELD_INT, 19, 0, "12",
      INCMAP_VALUE_NUMBER },
    { "letters in a number", INCMAP__FIELD_INT, 6, 0, "1x", INCMAP_VALUE_NULL },
    { "a point in a whole number", INCMAP__FIELD_INT, 6, 0, "1.5", INCMAP_VALUE_NULL },
    { "an exponent", INCMAP__FIELD_NUMBER, 9, 2, "1.5e3", INCMAP_VALUE_NUMBER },
    { "a hexadecimal", INCMAP__FIELD_NUMBER, 9, 2, "0x1p3", INCMAP_VALUE_NULL },
    { "nan", INCMAP__FIELD_NUMBER, 9, 2, "nan", INCMAP_VALUE_NULL },
    { "a day that is none", INCMAP__FIELD_DATE, 8, 0, "20230229", INCMAP_VALUE_NULL },
    { "a day with letters", INCMAP__FIELD_DATE, 8, 0, "2023May1", INCMAP_VALUE_NULL },
    { "a day", INCMAP__FIELD_DATE, 8, 0, "20240229", INCMAP_VALUE_DAY },
};

START_TEST(values_that_are_none_are_told_with_feature_and_field)
{
    incmap_value value = { .kind = INCMAP_VALUE_TEXT };
    write_raw(raws[_i].type, raws[_i].width, raws[_i].decimals, raws[_i].bytes);
    incmap_layer_reader *r = open_reader("raw", NULL);
    const incmap_status st = incmap_layer_reader_read(ctx, r, 0, NULL, &value);
    ck_assert_msg(st == (raws[_i].kind ? INCMAP_OK : INCMAP_EDATA), "%s: %s", raws[_i].why,
                  message());
    if (st)
        ck_assert_ptr_nonnull(strstr(message(), "raw.dbf: feature 0 (from 0), field F: found \""));
    else
        ck_assert_int_eq(value.kind, raws[_i].kind);
    incmap_layer_reader_free(r);
}
END_TEST

START_TEST(rows_marked_as_deleted_are_told)
{
    write_two("d", INCMAP_SHAPE_POINT, false, false, NULL);
    incmap_layer_reader *r = open_reader("d", NULL);
    ck_assert(!incmap_layer_reader_is_deleted(r, 0));
    incmap_layer_reader_free(r);
    scratch_poke(scratch_path("d.dbf"), 32 + FIELDS * 32 + 1, '*');
    r = open_reader("d", NULL);
    ck_assert(incmap_layer_reader_is_deleted(r, 0));
    ck_assert(!incmap_layer_reader_is_deleted(r, 1));
    ck_assert(!incmap_layer_reader_is_deleted(r, 99));
    incmap_layer_reader_free(r);
}
END_TEST

/* ---- what is broken ---- */

START_TEST(what_cannot_be_opened_is_told)
{
    incmap_layer_reader_options options = INCMAP_LAYER_READER_OPTIONS_INIT;
    incmap_layer_reader *r = NULL;
    ck_assert_int_eq(incmap_layer_reader_open(NULL, "x", NULL, &r), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_reader_open(ctx, NULL, NULL, &r), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_reader_open(ctx, "x", NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_reader_open(ctx, scratch_path("none"), NULL, &r), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(message(), "none.shp: cannot be opened"));
    write_two("k", INCMAP_SHAPE_POINT, false, false, NULL);
    options.encoding = "nonsense";
    ck_assert_int_eq(incmap_layer_reader_open(ctx, scratch_path("k"), &options, &r), INCMAP_EDATA);
    scratch_write(scratch_path("k.prj"), "PROJCS[nonsense", 15);
    ck_assert_int_eq(incmap_layer_reader_open(ctx, scratch_path("k"), NULL, &r), INCMAP_ELIBRARY);
    ck_assert_ptr_null(r);
    incmap_layer_reader_free(NULL);
    ck_assert_uint_eq(incmap_layer_reader_count(NULL), 0);
    ck_assert_uint_eq(incmap_layer_reader_field_count(NULL), 0);
    ck_assert_int_eq(incmap_layer_reader_type(NULL), INCMAP_SHAPE_NULL);
    ck_assert_int_eq(incmap_layer_reader_read(NULL, NULL, 0, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_layer_reader_read(ctx, NULL, 0, NULL, NULL), INCMAP_EARG);
}
END_TEST

START_TEST(rows_that_the_file_cannot_hold_are_told_at_once)
{
    incmap_layer_reader *r = NULL;
    write_two("t", INCMAP_SHAPE_NULL, false, false, NULL);
    scratch_poke(scratch_path("t.dbf"), 7, 0x7F);
    ck_assert_int_eq(incmap_layer_reader_open(ctx, scratch_path("t"), NULL, &r), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(message(), "announces 2130706434 rows"));
    ck_assert_ptr_null(r);
}
END_TEST

START_TEST(interrupted_layer_is_told_with_the_call_that_mends_it)
{
    incmap_layer_reader *r = NULL;
    ck_assert_int_eq(mkdir(scratch_path(".l.incmap"), 0700), 0);
    scratch_write(scratch_path(".l.incmap/journal"), "", 0);
    ck_assert_int_eq(incmap_layer_reader_open(ctx, scratch_path("l"), NULL, &r), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(message(), "incmap_layer_recover"));
}
END_TEST

START_TEST(ring_that_does_not_close_and_coordinates_that_are_none_are_told)
{
    incmap_shape shape = { INCMAP_SHAPE_LINE, NULL, 7, NULL, 0, NULL, NULL };
    const size_t points = 100 + 8 + 52; /* of the first feature, behind its head and two parts */
    const double nan = NAN;
    write_two("o", INCMAP_SHAPE_POLYGON, false, false, NULL);
    scratch_poke(scratch_path("o.shp"), points + 7, 0x40);
    incmap_layer_reader *r = open_reader("o", NULL);
    ck_assert_int_eq(incmap_layer_reader_read(ctx, r, 0, &shape, NULL), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(message(), "o.shp: feature 0 (from 0): a ring"));
    ck_assert_uint_eq(shape.point_count, 7);
    incmap_layer_reader_free(r);
    write_two("p", INCMAP_SHAPE_POINT, false, false, NULL);
    for (size_t i = 0; i < 8; i++)
        scratch_poke(scratch_path("p.shp"), 100 + 12 + i, ((const unsigned char *)&nan)[i]);
    r = open_reader("p", NULL);
    ck_assert_int_eq(incmap_layer_reader_read(ctx, r, 0, &shape, NULL), INCMAP_EDATA);
    incmap_layer_reader_free(r);
}
END_TEST

/* Opens and reads whatever is there; only that it neither crashes nor says nothing. */
static void read_all(const char *path)
{
    incmap_layer_reader *r = NULL;
    incmap_value values[64];
    incmap_shape shape;
    if (incmap_layer_reader_open(ctx, path, NULL, &r)) {
        ck_assert_str_ne(message(), "");
        return;
    }
    for (size_t i = 0; i < incmap_layer_reader_count(r) && i < 10; i++) {
        const bool few = incmap_layer_reader_field_count(r) <= 64;
        (void)incmap_layer_reader_is_deleted(r, i);
        if (incmap_layer_reader_read(ctx, r, i, &shape, few ? values : NULL) == INCMAP_OK)
            for (size_t p = 0; p < shape.part_count; p++)
                ck_assert_uint_le(shape.part_starts[p + 1], shape.point_count);
    }
    incmap_layer_reader_free(r);
}

START_TEST(no_bad_byte_and_no_bad_end_of_a_file_harms_the_reader)
{
    static const char *const files[] = { "v.shp", "v.shx", "v.dbf" };
    static const unsigned char values[] = { 0x00, 0x7F, 0x80, 0xFF };
    test_random r = { test_seed(61) };
    size_t size = 0;
    write_two("v", INCMAP_SHAPE_POLYGON, true, true, NULL);
    ck_assert_int_eq(unlink(scratch_path("v.prj")), 0); /* spares PROJ thousands of openings */
    char *good = scratch_bytes(scratch_path(files[_i]), &size);
    for (size_t at = 0; at < size; at++) {
        for (size_t v = 0; v < sizeof values; v++) {
            scratch_poke(scratch_path(files[_i]), at, values[v]);
            read_all(scratch_path("v"));
        }
        scratch_poke(scratch_path(files[_i]), at, (unsigned char)good[at]);
    }
    for (int i = 0; i < 2000; i++) {
        char *bad = malloc(size);
        memcpy(bad, good, size);
        for (int k = 0; k < 4; k++)
            bad[(size_t)random_between(&r, 0, (double)size)] = (char)random_bits(&r);
        scratch_write(scratch_path(files[_i]), bad,
                      (size_t)random_between(&r, 0, (double)size + 1));
        read_all(scratch_path("v"));
        free(bad);
    }
    free(good);
}
END_TEST

START_TEST(every_failed_allocation_is_out_of_memory_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(100);

    write_two("m", INCMAP_SHAPE_POLYGON, true, true, "EPSG:32631");
    scratch_write(scratch_path("m.cpg"), "1251", 4);
    while (faulty_next(&t, NULL)) {
        incmap_layer_reader *r = NULL;
        incmap_value values[FIELDS];
        incmap_shape shape = { .point_count = 7 };
        t.st = incmap_layer_reader_open(t.ctx, scratch_path("m"), NULL, &r);
        if (!t.st) {
            t.st = incmap_layer_reader_read(t.ctx, r, 0, &shape, values);
            if (t.st) ck_assert_uint_eq(shape.point_count, 7);
        }
        incmap_layer_reader_free(r);
    }
    faulty_end(&t, 15);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layer_reader");
    TCase *tc = tcase_create("layer_reader");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, what_was_written_comes_back, 0, KINDS);
    tcase_add_test(tc, fields_are_described_and_found_by_name);
    tcase_add_test(tc, coordinates_come_in_degrees_from_any_system_or_as_they_are_stored);
    tcase_add_loop_test(tc, texts_of_other_encodings_come_in_utf8, 0,
                        sizeof encodings / sizeof *encodings);
    tcase_add_loop_test(tc, values_that_are_none_are_told_with_feature_and_field, 0,
                        sizeof raws / sizeof *raws);
    tcase_add_test(tc, rows_marked_as_deleted_are_told);
    tcase_add_test(tc, what_cannot_be_opened_is_told);
    tcase_add_test(tc, rows_that_the_file_cannot_hold_are_told_at_once);
    tcase_add_test(tc, interrupted_layer_is_told_with_the_call_that_mends_it);
    tcase_add_test(tc, ring_that_does_not_close_and_coordinates_that_are_none_are_told);
    tcase_add_loop_test(tc, no_bad_byte_and_no_bad_end_of_a_file_harms_the_reader, 0, 3);
    tcase_add_test(tc, every_failed_allocation_is_out_of_memory_and_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
