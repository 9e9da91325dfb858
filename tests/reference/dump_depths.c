/* SPDX-License-Identifier: MIT */
/* Measures one of the sets of points of tests/bench against one of its borders and writes questions and
 * answers as doubles, for the judge stress_border.cpp. dump_depths COUNTRIES.shp B1|B2 P1|P2|P3|P4 N FILE
 * [many|single|prepared] */
#include <incmap/context.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "border_sets.h"

/* The layout that stress_border.cpp reads, in the machine's own byte order. */
struct row {
    double lat, lon, depth_m, band_m, nearest_lat, nearest_lon, azimuth_deg, along_m, line, side,
        side_certain, unmatched;
};

static struct row row_of(incmap_coord p, const incmap_depth *d)
{
    return (struct row){ .lat = p.lat,
                         .lon = p.lon,
                         .depth_m = d->depth_m,
                         .band_m = d->band_m,
                         .nearest_lat = d->nearest.lat,
                         .nearest_lon = d->nearest.lon,
                         .azimuth_deg = d->azimuth_deg,
                         .along_m = d->along_m,
                         .line = d->line,
                         .side = d->side,
                         .side_certain = d->side_certain,
                         .unmatched = d->unmatched };
}

static bool write_rows(const char *path, const incmap_coord points[], const incmap_depth answers[],
                       size_t n)
{
    FILE *f = fopen(path, "wb");
    bool good = f != NULL;
    for (size_t i = 0; good && i < n; i++) {
        const struct row r = row_of(points[i], &answers[i]);
        good = fwrite(&r, sizeof r, 1, f) == 1;
    }
    return f && fclose(f) == 0 && good;
}

static void make_points(const char *set, const incmap_border *b1, const incmap_border *asked,
                        size_t n, incmap_coord points[], incmap_coord other[])
{
    if (strcmp(set, "P3") == 0)
        border_sets_anywhere(n, points);
    else if (strcmp(set, "P4") == 0)
        border_sets_hugging(asked, n, points);
    else if (strcmp(set, "P1") == 0)
        border_sets_points(b1, n, points, other);
    else
        border_sets_points(b1, n, other, points);
}

/* many: all at once; single: one by one; prepared: one by one on a prepared border. */
static incmap_status measure(incmap_ctx *ctx, incmap_border *b, const incmap_coord points[],
                             size_t n, const char *how, incmap_depth out[])
{
    incmap_status st = INCMAP_OK;
    if (strcmp(how, "many") == 0) return incmap_border_measure_many(ctx, b, points, NULL, n, out);
    if (strcmp(how, "prepared") == 0) st = incmap_border_prepare(ctx, b);
    for (size_t i = 0; !st && i < n; i++)
        st = incmap_border_measure(ctx, b, points[i], 0, &out[i]);
    return st;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 4 ? strtoul(argv[4], NULL, 10) : 0;
    const char *how = argc > 6 ? argv[6] : "many";
    incmap_coord *points = calloc(n + 1, sizeof *points), *other = calloc(n + 1, sizeof *other);
    incmap_depth *answers = calloc(n + 1, sizeof *answers);
    incmap_ctx *ctx = NULL;
    incmap_border *b1 = NULL, *b2 = NULL;
    int status = EXIT_FAILURE;

    if (!n || !points || !other || !answers || incmap_ctx_new(NULL, &ctx)) {
        fputs("usage: dump_depths COUNTRIES.shp B1|B2 P1|P2|P3|P4 N FILE "
              "[many|single|prepared]\n",
              stderr);
        goto done;
    }
    b1 = border_sets_b1(ctx);
    if (b1 && strcmp(argv[2], "B2") == 0) b2 = border_sets_b2(ctx, argv[1]);
    if (!b1 || (!b2 && strcmp(argv[2], "B1") != 0)) {
        fprintf(stderr, "dump_depths: %s: %s\n", argv[2], incmap_ctx_message(ctx));
        goto done;
    }
    make_points(argv[3], b1, b2 ? b2 : b1, n, points, other);
    if (measure(ctx, b2 ? b2 : b1, points, n, how, answers))
        fprintf(stderr, "dump_depths: %s\n", incmap_ctx_message(ctx));
    else if (!write_rows(argv[5], points, answers, n))
        fprintf(stderr, "dump_depths: %s could not be written\n", argv[5]);
    else
        status = EXIT_SUCCESS;

done:
    incmap_border_free(b1);
    incmap_border_free(b2);
    incmap_ctx_free(ctx);
    free(points);
    free(other);
    free(answers);
    return status;
}
