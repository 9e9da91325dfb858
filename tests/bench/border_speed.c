/* SPDX-License-Identifier: MIT */
/* How long a depth takes, against one inverse geodesic of PROJ in the same run: the borders B1 (Russia
 * and Ukraine) and B2 (every ring of Russia's biggest polygon), the points P1 (anywhere around) and P2
 * (near B1). Prints medians of several rounds. border_speed COUNTRIES.shp [POINTS] */
#include <incmap/builtin.h>
#include <incmap/distance.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/context.h"
#include "geodesy/border.h"
#include "random.h"

enum { ROUNDS = 7 };

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double values[ROUNDS])
{
    qsort(values, ROUNDS, sizeof *values, by_value);
    return values[ROUNDS / 2];
}

/* Two independent gaussians by Box and Muller, metres, no farther out than 20 km. */
static incmap_coord around(test_random *r, incmap_coord v)
{
    double east, north;
    do {
        const double radius = 8e3 * sqrt(-2 * log(1 - random_between(r, 0, 1)));
        const double angle = random_between(r, 0, 6.283185307179586);
        east = radius * cos(angle);
        north = radius * sin(angle);
    } while (east * east + north * north > 20e3 * 20e3);
    return (incmap_coord){ v.lat + north / 111200,
                           v.lon + east / (111320 * cos(v.lat * 0.017453292519943295)) };
}

/* Ring `ring` of an outline as an outline of its own. */
static bool only_ring(incmap__outline *out, const incmap__outline *all, size_t ring,
                      const incmap_allocator *a)
{
    const size_t starts[2] = { 0, all->rings[ring].edges };
    incmap_coord *points = malloc((starts[1] + 1) * sizeof *points);
    bool done = false;
    if (points) {
        incmap__outline_copy(all, ring, 0, starts[1], points);
        done = incmap__outline_build(out, points, starts, 1, a, NULL) == INCMAP_OK;
    }
    free(points);
    return done;
}

/* The ring with the most edges is the biggest polygon's outer one. Its holes are taken with it: rings
 * whose first vertex it holds. */
static bool load_biggest(incmap__outline *out, const char *path, const incmap_allocator *a,
                         incmap_error *err)
{
    incmap__outline all, outer;
    size_t biggest = 0, rings = 0, used = 0;

    if (incmap__outline_load(&all, path, "A3", "RUS", a, err)) return false;
    for (size_t i = 0; i < all.ring_count; i++)
        if (all.rings[i].edges > all.rings[biggest].edges) biggest = i;
    incmap_coord *points = malloc((all.edge_count + all.ring_count) * sizeof *points);
    size_t *starts = malloc((all.ring_count + 1) * sizeof *starts);
    bool done = points && starts && only_ring(&outer, &all, biggest, a);
    for (size_t i = 0; done && i < all.ring_count; i++) {
        incmap__outline_copy(&all, i, 0, all.rings[i].edges, points + used);
        if (i != biggest && !incmap__outline_contains(&outer, points[used])) continue;
        starts[rings++] = used;
        used += all.rings[i].edges + 1;
    }
    if (done) {
        starts[rings] = used;
        done = !incmap__outline_build(out, points, starts, rings, a, err);
        incmap__outline_free(&outer);
    }
    free(points);
    free(starts);
    incmap__outline_free(&all);
    return done;
}

static incmap_border *biggest_polygon(incmap_ctx *ctx, const char *path)
{
    const incmap_allocator *a = &ctx->allocator;
    incmap__outline inside, outside = { .allocator = *a };
    incmap__border_parts parts = { NULL, 0 };
    incmap_border *border = NULL;
    incmap__border_plan plan = { .name = "B2",
                                 .inside_name = "RUS",
                                 .outside_name = "",
                                 .accuracy_m = 100,
                                 .inside = &inside,
                                 .outside = &outside,
                                 .parts = &parts };

    if (!load_biggest(&inside, path, a, &ctx->error)) return NULL;
    parts.parts = incmap__alloc_zeroed(a, inside.ring_count, sizeof *parts.parts);
    for (; parts.parts && parts.count < inside.ring_count; parts.count++)
        parts.parts[parts.count] =
            (incmap__border_part){ .ring = parts.count, .edges = inside.rings[parts.count].edges };
    if (incmap__border_assemble(&plan, &border, a, &ctx->error)) border = NULL;
    incmap__free(a, parts.parts);
    incmap__outline_free(&inside);
    return border;
}

static double inverse_ns(incmap_ctx *ctx, const incmap_coord p[], size_t n)
{
    double rounds[ROUNDS], d, sum = 0;
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        for (size_t i = 0; i < n; i++)
            if (!incmap_distance(ctx, p[i], p[(i * 7919 + 1) % n], &d)) sum += d;
        rounds[k] = (now_ns() - start) / (double)n;
    }
    if (sum < 0) puts("");
    return median(rounds);
}

static double many_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[], size_t n,
                      incmap_depth out[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        if (incmap_border_measure_many(ctx, b, p, NULL, n, out)) return NAN;
        rounds[k] = (now_ns() - start) / (double)n;
    }
    return median(rounds);
}

static double single_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[], size_t n,
                        incmap_depth out[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        for (size_t i = 0; i < n; i++)
            if (incmap_border_measure(ctx, b, p[i], 0, &out[i])) return NAN;
        rounds[k] = (now_ns() - start) / (double)n;
    }
    return median(rounds);
}

int main(int argc, char **argv)
{
    const size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
    incmap_coord *points[2] = { malloc(n * sizeof(incmap_coord)),
                                malloc(n * sizeof(incmap_coord)) };
    incmap_depth *out = malloc(n * sizeof *out);
    incmap_ctx *ctx = NULL;
    incmap_border *b[2] = { NULL, NULL };
    test_random r = { 2023 };
    double inverse;

    if (argc < 2 || !points[0] || !points[1] || !out || incmap_ctx_new(NULL, &ctx) ||
        incmap_border_builtin(ctx, &b[0]) || !(b[1] = biggest_polygon(ctx, argv[1]))) {
        fprintf(stderr, "usage: border_speed COUNTRIES.shp [POINTS]\n%s\n",
                incmap_ctx_message(ctx));
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < n; i++) {
        points[0][i] = (incmap_coord){ random_between(&r, 44, 54), random_between(&r, 30, 41) };
        points[1][i] = around(&r, b[0]->vertices[random_bits(&r) % b[0]->vertex_count]);
    }
    inverse = inverse_ns(ctx, points[0], n < 100000 ? n : 100000);
    printf("one geod_inverse between two of P1: %.0f ns; %zu points a set\n", inverse, n);
    printf("border  points   measure_many        measure\n");
    for (int i = 0; i < 2; i++) {
        if (incmap_border_prepare(ctx, b[i])) return EXIT_FAILURE;
        for (int k = 0; k < 2; k++) {
            const double many = many_ns(ctx, b[i], points[k], n, out);
            const double single = single_ns(ctx, b[i], points[k], n < 200000 ? n : 200000, out);
            printf("B%d      P%d     %6.0f ns %5.2f   %6.0f ns %5.2f\n", i + 1, k + 1, many,
                   many / inverse, single, single / inverse);
        }
    }
    incmap_border_free(b[0]);
    incmap_border_free(b[1]);
    incmap_ctx_free(ctx);
    free(points[0]);
    free(points[1]);
    free(out);
    return EXIT_SUCCESS;
}
