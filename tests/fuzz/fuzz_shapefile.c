/* SPDX-License-Identifier: MIT */
/* Any bytes as a shapefile set: two lengths of two bytes (of .shp and .shx, low byte first), then
 * .shp, .shx and the rest as .dbf. All of it is read through both doors, and a border is looked for. */
#include "fuzz.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <incmap/border.h>
#include <incmap/layer_reader.h>

#include "base/context.h"
#include "io/shapefile.h"

static char folder[64], path[3][96];

static void remove_set(void)
{
    for (size_t i = 0; i < sizeof path / sizeof *path; i++)
        (void)unlink(path[i]);
    (void)rmdir(folder);
}

/* In memory where that can be; once for all inputs. */
static void make_folder(void)
{
    static const char *const extensions[] = { "shp", "shx", "dbf" };
    const bool memory = access("/dev/shm", W_OK | X_OK) == 0;

    (void)snprintf(folder, sizeof folder, "%s/incmap-fuzz-XXXXXX", memory ? "/dev/shm" : "/tmp");
    FUZZ_CHECK(mkdtemp(folder));
    for (size_t i = 0; i < sizeof path / sizeof *path; i++)
        (void)snprintf(path[i], sizeof path[i], "%s/set.%s", folder, extensions[i]);
    FUZZ_CHECK(atexit(remove_set) == 0);
}

static void write_file(const char *name, const uint8_t *bytes, size_t size)
{
    FILE *f = fopen(name, "wb");

    FUZZ_CHECK(f && fwrite(bytes, 1, size, f) == size);
    FUZZ_CHECK(fclose(f) == 0);
}

/* Takes the next part of an announced length, or what is left. */
static const uint8_t *take(const uint8_t **bytes, size_t *size, size_t wanted, size_t *length)
{
    const uint8_t *part = *bytes;

    *length = wanted < *size ? wanted : *size;
    *bytes += *length;
    *size -= *length;
    return part;
}

static void write_set(const uint8_t *bytes, size_t size)
{
    size_t wanted[2] = { 0, 0 }, length;

    if (size >= 4) {
        wanted[0] = bytes[0] | (size_t)bytes[1] << 8;
        wanted[1] = bytes[2] | (size_t)bytes[3] << 8;
        bytes += 4;
        size -= 4;
    }
    for (int i = 0; i < 2; i++) {
        const uint8_t *part = take(&bytes, &size, wanted[i], &length);
        write_file(path[i], part, length);
    }
    write_file(path[2], bytes, size);
}

/* What the header promises of a shape, and that every point of it can be read. */
static void check_shape(const incmap__shape *shape)
{
    volatile double sum = 0; /* read, so that a sanitizer sees every point */

    if (!shape->part_count) return;
    FUZZ_CHECK(shape->part_starts[shape->part_count] == shape->point_count);
    for (size_t p = 0; p < shape->part_count; p++)
        FUZZ_CHECK(shape->part_starts[p] <= shape->part_starts[p + 1]);
    for (size_t i = 0; i < shape->point_count; i++)
        sum += shape->points[i].lat + shape->points[i].lon;
    (void)sum;
}

static void check_status(incmap_status st, const incmap_error *err)
{
    FUZZ_CHECK(st == INCMAP_OK || st == INCMAP_EDATA || st == INCMAP_EIO || st == INCMAP_ENOMEM);
    FUZZ_CHECK(st == INCMAP_OK || (err->status == st && err->message[0]));
}

static void read_rows(void)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap_error err = { INCMAP_OK, "" };
    incmap__shapefile *file = NULL;
    incmap_status st = incmap__shapefile_open(&file, path[0], &a, &err);

    check_status(st, &err);
    FUZZ_CHECK((st == INCMAP_OK) == (file != NULL));
    for (size_t row = 0; !st && row < incmap__shapefile_count(file) && row < 64; row++) {
        incmap__shape shape;
        const char *text = NULL;

        st = incmap__shapefile_read(file, row, &shape, &err);
        check_status(st, &err);
        if (!st) check_shape(&shape);
        if (incmap__shapefile_field(file, "A3") < 0) continue;
        st = incmap__shapefile_text(file, row, incmap__shapefile_field(file, "A3"), &text, &err);
        check_status(st, &err);
        FUZZ_CHECK(st || strlen(text) < 256);
        st = INCMAP_OK; /* a row that cannot be read keeps nobody from the next */
    }
    incmap__shapefile_close(file);
}

/* The same through the public door, which promises closed rings and finite points besides. */
static void read_layer(incmap_ctx *ctx)
{
    incmap_layer_reader *r = NULL;
    incmap_status st = incmap_layer_reader_open(ctx, path[0], NULL, &r);

    FUZZ_CHECK((st == INCMAP_OK) == (r != NULL));
    for (size_t row = 0; r && row < incmap_layer_reader_count(r) && row < 64; row++) {
        incmap_value values[256];
        incmap_shape shape;

        (void)incmap_layer_reader_is_deleted(r, row);
        st = incmap_layer_reader_read(ctx, r, row, &shape,
                                      incmap_layer_reader_field_count(r) <= 256 ? values : NULL);
        FUZZ_CHECK(st == INCMAP_OK || st == INCMAP_EDATA || st == INCMAP_EIO);
        for (size_t i = 0; !st && i < shape.point_count; i++)
            FUZZ_CHECK(isfinite(shape.points[i].lat) && isfinite(shape.points[i].lon));
        if (!st) check_shape(&shape);
    }
    incmap_layer_reader_free(r);
}

static void look_for_border(incmap_ctx *ctx)
{
    static const incmap_coord points[] = { { 0.5, 0.5 }, { 0.5, 1.5 }, { -90, 0 }, { 1, 180 } };
    incmap_border *border = NULL;
    const incmap_status st = incmap_border_between(ctx, path[0], "A3", "AAA", "BBB", NULL, &border);

    FUZZ_CHECK((st == INCMAP_OK) == (border != NULL));
    FUZZ_CHECK(st != INCMAP_EARG && st != INCMAP_ELIBRARY);
    for (size_t i = 0; border && i < sizeof points / sizeof *points; i++) {
        incmap_depth depth;
        FUZZ_CHECK(!incmap_border_measure(ctx, border, points[i], 10, &depth));
        FUZZ_CHECK(incmap_coord_is_valid(depth.nearest));
        FUZZ_CHECK(depth.line >= 0 && (size_t)depth.line < incmap_border_line_count(border));
    }
    incmap_border_free(border);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    incmap_ctx *ctx = NULL;

    if (!folder[0]) make_folder();
    write_set(data, size);
    read_rows();
    FUZZ_CHECK(!incmap_ctx_new(NULL, &ctx));
    read_layer(ctx);
    look_for_border(ctx);
    incmap_ctx_free(ctx);
    return 0;
}
