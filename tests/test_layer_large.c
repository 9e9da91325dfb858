/* SPDX-License-Identifier: MIT */
/* Layers that are truly larger than 2 GB, of which the other tests see only the rule with a lowered limit.
 * INCMAP_TEST_LARGE names the folder in which they are written, 5 GB at a time; without it all is skipped. */
#include "harness.h"

#include <incmap/builtin.h>
#include <incmap/layer.h>
#include <incmap/layer_reader.h>
#include <incmap/layer_writer.h>
#include <incmap/project.h>

#include "scratch.h"

enum {
    SKIPPED = 77,
    TEXTS = 30,
    TEXT_WIDTH = 254,
    FIELDS = TEXTS + 1,
    DBF_ROWS =
        2147483647 / (TEXTS * TEXT_WIDTH + 9 + 1) + 1000, /* a thousand more than one takes */
    LINE_POINTS = 1 << 20,
    SHP_ROWS = 2147483647 / (16 * LINE_POINTS) + 3
};

#define LARGEST 2147483647

static incmap_ctx *ctx;
static char warned[512];

static void keep_log(void *user, incmap_log_level level, const char *text)
{
    (void)user;
    if (level == INCMAP_LOG_WARNING) (void)snprintf(warned, sizeof warned, "%s", text);
}

static void setup(void)
{
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    options.log = keep_log;
    warned[0] = '\0';
    ck_assert_int_eq(incmap_ctx_new(&options, &ctx), INCMAP_OK);
    ck_assert_int_eq(setenv("TMPDIR", getenv("INCMAP_TEST_LARGE"), 1), 0);
    scratch_make();
}

static void teardown(void)
{
    scratch_remove();
    incmap_ctx_free(ctx);
}

static incmap_coord place_of(size_t row)
{
    return (incmap_coord){ 44 + (double)(row % 9000) / 1000, 22 + (double)(row % 20011) / 1000.55 };
}

static void fill_row(size_t row, char text[TEXT_WIDTH + 1], incmap_value values[FIELDS])
{
    memset(text, 'x', TEXT_WIDTH);
    text[TEXT_WIDTH] = '\0';
    text[snprintf(text, TEXT_WIDTH, "row %zu", row)] = ' ';
    values[0].kind = INCMAP_VALUE_INT;
    values[0].as.whole = (int64_t)row;
    for (int f = 1; f < FIELDS; f++) {
        values[f].kind = INCMAP_VALUE_TEXT;
        values[f].as.text = text;
    }
}

/* Wide rows of points: the .dbf grows past the limit. */
static incmap_layer_result write_wide_rows(void)
{
    incmap_field fields[FIELDS] = { { "N", INCMAP_FIELD_INT, 9, 0, 0, 0 } };
    incmap_value values[FIELDS];
    incmap_layer_result result;
    incmap_layer_writer *w = NULL;
    char text[TEXT_WIDTH + 1];

    for (int f = 1; f < FIELDS; f++)
        fields[f] = (incmap_field){ "T", INCMAP_FIELD_TEXT, TEXT_WIDTH, 0, 0, 0 };
    ck_assert_int_eq(incmap_layer_writer_open(ctx, scratch_path("large"), INCMAP_SHAPE_POINT,
                                              fields, FIELDS, NULL, &w),
                     INCMAP_OK);
    for (size_t i = 0; i < DBF_ROWS; i++) {
        const incmap_coord at = place_of(i);
        const incmap_shape shape = { INCMAP_SHAPE_POINT, &at, 1, NULL, 0, NULL, NULL };
        fill_row(i, text, values);
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &shape, values), INCMAP_OK);
    }
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, &result), INCMAP_OK);
    incmap_layer_writer_free(w);
    return result;
}

/* Long lines: the .shp does. */
static incmap_layer_result write_long_lines(void)
{
    static incmap_coord points[LINE_POINTS];
    const incmap_field field = { "N", INCMAP_FIELD_INT, 9, 0, 0, 0 };
    const incmap_shape shape = { INCMAP_SHAPE_LINE, points, LINE_POINTS, NULL, 0, NULL, NULL };
    incmap_value value = { .kind = INCMAP_VALUE_INT };
    incmap_layer_result result;
    incmap_layer_writer *w = NULL;

    ck_assert_int_eq(incmap_layer_writer_open(ctx, scratch_path("large"), INCMAP_SHAPE_LINE, &field,
                                              1, NULL, &w),
                     INCMAP_OK);
    for (size_t i = 0; i < SHP_ROWS; i++) {
        for (size_t p = 0; p < LINE_POINTS; p++)
            points[p] = place_of(i + p);
        value.as.whole = (int64_t)i;
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &shape, &value), INCMAP_OK);
    }
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, &result), INCMAP_OK);
    incmap_layer_writer_free(w);
    return result;
}

static long long size_of(const char *name)
{
    struct stat about;
    ck_assert_msg(stat(scratch_path(name), &about) == 0, "%s is not there", name);
    return (long long)about.st_size;
}

/* To read all of them takes long: every thousandth or so, and the last. */
static size_t next_sample(size_t i, size_t count)
{
    return i + 1 < count && i + 1009 >= count ? count - 1 : i + 1009;
}

/* The features of a part, of which the first has the number `first`. */
static size_t read_part(const char *name, size_t first)
{
    incmap_layer_reader *r = NULL;
    incmap_value values[FIELDS];
    incmap_shape shape;

    ck_assert_msg(incmap_layer_reader_open(ctx, scratch_path(name), NULL, &r) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    const size_t count = incmap_layer_reader_count(r);
    for (size_t i = 0; i < count; i = next_sample(i, count)) {
        const size_t row = first + i;
        ck_assert_int_eq(incmap_layer_reader_read(ctx, r, i, &shape, values), INCMAP_OK);
        ck_assert_int_eq(values[0].as.whole, (int64_t)row);
        ck_assert_double_eq(shape.points[0].lat, place_of(row).lat);
        ck_assert_double_eq(shape.points[0].lon, place_of(row).lon);
    }
    incmap_layer_reader_free(r);
    return count;
}

/* As GDAL counts them, in a program of its own; -1: it is not installed. */
static long count_by_gdal(const char *name)
{
    char command[700], line[256];
    long count = -1;
    FILE *told;

    (void)snprintf(command, sizeof command, "ogrinfo -so -al '%s' 2>&1", scratch_path(name));
    told = popen(command, "r");
    ck_assert_ptr_nonnull(told);
    while (fgets(line, sizeof line, told))
        (void)sscanf(line, "Feature Count: %ld", &count);
    (void)pclose(told);
    return count;
}

static void assert_gdal_counts(const char *name, size_t count)
{
    const long counted = count_by_gdal(name);
    if (counted < 0)
        puts("GDAL's ogrinfo is not installed: the parts were read by incmap alone");
    else
        ck_assert_uint_eq((size_t)counted, count);
}

/* Style and metadata of another layer, which a project copies as they are. */
static void lend(const char *ending)
{
    char from[32], to[32];
    (void)snprintf(from, sizeof from, "small%s", ending);
    (void)snprintf(to, sizeof to, "large%s", ending);
    ck_assert_int_eq(rename(scratch_path(from), scratch_path(to)), 0);
}

static void assert_project_has_both(void)
{
    incmap_project_layer layer = { .path = NULL };
    incmap_gazetteer *gazetteer = NULL;
    size_t size;
    char *text;

    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &gazetteer), INCMAP_OK);
    ck_assert_int_eq(
        incmap_layer_write_places(ctx, scratch_path("small"), gazetteer, NULL, NULL, NULL),
        INCMAP_OK);
    incmap_gazetteer_free(gazetteer);
    lend(".qml");
    lend(".qmd");
    layer.path = scratch_path("large");
    ck_assert_msg(incmap_project_write(ctx, scratch_path("both"), &layer, 1, NULL) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    text = scratch_bytes(scratch_path("both.qgs"), &size);
    ck_assert_ptr_nonnull(strstr(text, "large.shp"));
    ck_assert_ptr_nonnull(strstr(text, "large_part2.shp"));
    ck_assert_ptr_null(strstr(text, "large_part3.shp"));
    free(text);
}

START_TEST(layer_past_2_gb_lies_whole_in_two_parts)
{
    const size_t rows = _i ? SHP_ROWS : DBF_ROWS;
    const char *const file = _i ? ".shp" : ".dbf";
    const incmap_layer_result result = _i ? write_long_lines() : write_wide_rows();
    char first[16], second[16];

    (void)snprintf(first, sizeof first, "large%s", file);
    (void)snprintf(second, sizeof second, "large_part2%s", file);
    ck_assert_uint_eq(result.features, rows);
    ck_assert_uint_eq(result.parts, 2);
    ck_assert_ptr_nonnull(strstr(warned, "past 2147483647 bytes"));
    ck_assert_ptr_nonnull(strstr(warned, "large_part2"));
    ck_assert_int_le(size_of(first), LARGEST);
    ck_assert_int_gt(size_of(first) + size_of(second), LARGEST);
    const size_t in_first = read_part("large", 0);
    const size_t in_second = read_part("large_part2", in_first);
    ck_assert_uint_eq(in_first + in_second, rows);
    ck_assert_int_gt(size_of("large.qix"), 0);
    ck_assert_int_gt(size_of("large_part2.qix"), 0);
    assert_gdal_counts("large.shp", in_first);
    assert_gdal_counts("large_part2.shp", in_second);
    assert_project_has_both();
}
END_TEST

int main(void)
{
    Suite *suite;
    TCase *tc;

    if (!getenv("INCMAP_TEST_LARGE")) {
        puts("skipped: INCMAP_TEST_LARGE names no folder with 5 GB of room");
        return SKIPPED;
    }
    suite = suite_create("layer_large");
    tc = tcase_create("layer_large");
    tcase_set_timeout(tc, 900);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, layer_past_2_gb_lies_whole_in_two_parts, 0, 2);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
