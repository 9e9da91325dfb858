/* SPDX-License-Identifier: MIT */
/* Any bytes as GeoJSON: all features are read, a border is looked for in it, made of its lines, and countries are
 * asked for. */
#include "fuzz.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include <incmap/countries.h>

#include "io/feature_reader.h"

static char path[96];

static void remove_file(void)
{
    (void)unlink(path);
}

/* In memory where that can be; one file for all inputs. */
static void write_file(const uint8_t *bytes, size_t size)
{
    FILE *f;

    if (!path[0]) {
        const bool memory = access("/dev/shm", W_OK | X_OK) == 0;
        int fd;
        (void)snprintf(path, sizeof path, "%s/incmap-fuzz-XXXXXX", memory ? "/dev/shm" : "/tmp");
        fd = mkstemp(path);
        FUZZ_CHECK(fd >= 0 && close(fd) == 0 && atexit(remove_file) == 0);
    }
    f = fopen(path, "wb");
    FUZZ_CHECK(f && fwrite("{", 1, 1, f) == 1 && fwrite(bytes, 1, size, f) == size);
    FUZZ_CHECK(fclose(f) == 0);
}

static void check_shape(const incmap__shape *shape)
{
    if (!shape->part_count) return;
    FUZZ_CHECK(shape->part_starts[0] == 0);
    FUZZ_CHECK(shape->part_starts[shape->part_count] == shape->point_count);
    for (size_t i = 0; i < shape->point_count; i++)
        FUZZ_CHECK(incmap_coord_is_valid(shape->points[i]) && fabs(shape->points[i].lon) <= 540);
}

static void read_features(incmap__shape_type wanted)
{
    const incmap__features_query query = { path, wanted, { "A3", NULL } };
    const incmap_allocator a = incmap__allocator_default();
    incmap_error err = { INCMAP_OK, "" };
    incmap__features *file = NULL;
    bool found = true;
    incmap_status st = incmap__features_open(&file, &query, &a, &err);

    while (!st && found) {
        incmap__shape shape;
        const char *text;
        st = incmap__features_next(file, &found, &err);
        if (st || !found) break;
        FUZZ_CHECK(!incmap__features_text(file, 0, &text, &err) && text);
        if (!incmap__features_shape(file, &shape, &err)) check_shape(&shape);
    }
    FUZZ_CHECK(!st || (st == INCMAP_EDATA && err.message[0]));
    incmap__features_close(file);
}

static void measure(incmap_ctx *ctx, incmap_status st, incmap_border *border)
{
    static const incmap_coord points[] = { { 0.5, 0.5 }, { 1, 1 }, { -90, 0 }, { 89, 180 } };

    FUZZ_CHECK((st == INCMAP_OK) == (border != NULL));
    for (size_t i = 0; border && i < sizeof points / sizeof *points; i++) {
        incmap_depth d;
        FUZZ_CHECK(!incmap_border_measure(ctx, border, points[i], 10, &d));
        FUZZ_CHECK(incmap_coord_is_valid(d.nearest) && d.depth_m == d.depth_m);
        FUZZ_CHECK(d.line >= 0 && (size_t)d.line < incmap_border_line_count(border));
        FUZZ_CHECK(d.side != INCMAP_SIDE_UNKNOWN || (!d.side_certain && d.depth_m >= 0));
    }
    incmap_border_free(border);
}

static void make_borders(incmap_ctx *ctx)
{
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    incmap_countries *countries = NULL;
    incmap_border *border = NULL;
    size_t count;
    incmap_status st = incmap_border_between(ctx, path, "A3", "A", "B", NULL, &border);

    measure(ctx, st, border);
    options.inside_at = INCMAP_LINE_SIDE_LEFT;
    border = NULL;
    st = incmap_border_from_lines(ctx, path, &options, &border);
    measure(ctx, st, border);
    st = incmap_countries_open(ctx, path, "A3", NULL, &countries);
    FUZZ_CHECK((st == INCMAP_OK) == (countries != NULL));
    if (countries)
        FUZZ_CHECK(!incmap_countries_find(ctx, countries, (incmap_coord){ 0.5, 0.5 }, 10, NULL, 0,
                                          &count));
    incmap_countries_free(countries);
}

/* The bytes stand behind a first "{", by which content is known for GeoJSON. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    incmap_ctx *ctx = NULL;

    write_file(data, size);
    read_features(INCMAP__SHAPE_POLYGON);
    read_features(INCMAP__SHAPE_LINE);
    FUZZ_CHECK(!incmap_ctx_new(NULL, &ctx));
    make_borders(ctx);
    incmap_ctx_free(ctx);
    return 0;
}
