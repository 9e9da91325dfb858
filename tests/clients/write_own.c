/* SPDX-License-Identifier: MIT */
/* write_own DIR: layers of a program's own, with whatever other writers get wrong, for the GIS programs
 * that read them in the tests beside. own_layers.py knows what is in them. */
#include <incmap/incmap.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 954 };

static const incmap_field fields[] = {
    { "place_name", INCMAP_FIELD_TEXT, 0, 0, 0, 0 }, { "notes", INCMAP_FIELD_TEXT, 0, 0, 9, 0 },
    { "number", INCMAP_FIELD_INT, 0, 0, 0, 0 },      { "big", INCMAP_FIELD_INT, 0, 0, 0, 0 },
    { "depth_m", INCMAP_FIELD_NUMBER, 0, 2, 0, 0 },  { "day", INCMAP_FIELD_DATE, 0, 0, 0, 0 },
};
enum { FIELDS = sizeof fields / sizeof *fields };

static void set_text(incmap_value *value, const char *text)
{
    value->kind = INCMAP_VALUE_TEXT;
    value->as.text = text;
}

static void set_whole(incmap_value *value, int64_t whole)
{
    value->kind = INCMAP_VALUE_INT;
    value->as.whole = whole;
}

/* Row i; every seventh has nothing but its number, every ninth no position. */
static void fill(size_t i, incmap_value row[FIELDS])
{
    static char name[64], notes[1200];

    memset(row, 0, FIELDS * sizeof *row);
    set_whole(&row[2], (int64_t)i);
    if (i % 7 == 0) return;
    (void)snprintf(name, sizeof name, "\u041A\u0430\u043C%s\u044F\u043D\u043A\u0430 \U0001F33B %zu",
                   i % 2 ? "\u02BC" : "\u2019", i);
    set_text(&row[0], name);
    notes[0] = '\0';
    for (size_t k = 0; k < i % 120; k++)
        (void)snprintf(notes + strlen(notes), sizeof notes - strlen(notes), "\u0441%zu ", k);
    if (notes[0]) notes[strlen(notes) - 1] = '.';
    set_text(&row[1], notes);
    set_whole(&row[3], INT64_C(100000000000000000) + (int64_t)i);
    row[4].kind = INCMAP_VALUE_NUMBER;
    row[4].as.number = i % 5 ? ((double)i - 500) / 8 : NAN;
    row[5].kind = INCMAP_VALUE_DAY;
    (void)incmap_day_from_civil(1850 + (int)(i % 300), 1 + (int)(i % 12), 1 + (int)(i % 28),
                                &row[5].as.day);
}

static incmap_coord place(size_t i)
{
    return (incmap_coord){ 48 + (double)(i % 53) / 10, 32 + (double)(i % 89) / 10 };
}

static incmap_status write_points(incmap_ctx *ctx, const char *path, const char *crs)
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_layer_writer *w = NULL;
    incmap_value row[FIELDS];
    incmap_status st;

    options.crs = crs;
    st = incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, fields, FIELDS, &options, &w);
    for (size_t i = 0; !st && i < ROWS; i++) {
        const incmap_coord at = place(i);
        const incmap_shape shape = { INCMAP_SHAPE_POINT, &at, 1, NULL, 0, NULL, NULL };
        fill(i, row);
        st = incmap_layer_writer_add(ctx, w, i % 9 ? &shape : NULL, row);
    }
    if (!st) st = incmap_layer_writer_finish(ctx, w, NULL);
    incmap_layer_writer_free(w);
    return st;
}

/* Squares with a hole in each, or the same rings as lines with a measure. */
static incmap_status write_rings(incmap_ctx *ctx, const char *path, incmap_shape_type type)
{
    static const size_t parts[] = { 0, 5, 10 };
    static const double measures[] = { 0, 1, NAN, 3, 4, 5, 6, 7, 8, 9.5 };
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_layer_writer *w = NULL;
    incmap_value row[FIELDS];
    incmap_status st;

    options.has_m = type == INCMAP_SHAPE_LINE;
    st = incmap_layer_writer_open(ctx, path, type, fields, FIELDS, &options, &w);
    for (size_t i = 0; !st && i < 40; i++) {
        const incmap_coord a = place(i);
        const double d = 0.3;
        const incmap_coord ring[] = {
            a,
            { a.lat, a.lon + d },
            { a.lat + d, a.lon + d },
            { a.lat + d, a.lon },
            a,
            { a.lat + 0.1, a.lon + 0.1 },
            { a.lat + 0.1, a.lon + 0.2 },
            { a.lat + 0.2, a.lon + 0.2 },
            { a.lat + 0.2, a.lon + 0.1 },
            { a.lat + 0.1, a.lon + 0.1 },
        };
        const incmap_shape shape = { type, ring, 10, parts, 2, NULL, measures };
        fill(i, row);
        st = incmap_layer_writer_add(ctx, w, &shape, row);
    }
    if (!st) st = incmap_layer_writer_finish(ctx, w, NULL);
    incmap_layer_writer_free(w);
    return st;
}

static const char *in(const char *folder, const char *name)
{
    static char paths[8][1024];
    static int turn;
    char *path = paths[turn++ % 8];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

int main(int argc, char **argv)
{
    incmap_ctx *ctx = NULL;
    incmap_status st;

    if (argc != 2) {
        fprintf(stderr, "usage: write_own DIR\n");
        return 2;
    }
    st = incmap_ctx_new(NULL, &ctx);
    if (!st) st = write_points(ctx, in(argv[1], "points"), NULL);
    if (!st) st = write_points(ctx, in(argv[1], "utm37"), "EPSG:32637");
    if (!st) st = write_points(ctx, in(argv[1], "web"), "EPSG:3857");
    if (!st) st = write_points(ctx, in(argv[1], "laea"), "EPSG:3035");
    if (!st) st = write_rings(ctx, in(argv[1], "lines"), INCMAP_SHAPE_LINE);
    if (!st) st = write_rings(ctx, in(argv[1], "polygons"), INCMAP_SHAPE_POLYGON);
    if (st) fprintf(stderr, "write_own: %s\n", incmap_ctx_message(ctx));
    incmap_ctx_free(ctx);
    return st ? EXIT_FAILURE : EXIT_SUCCESS;
}
