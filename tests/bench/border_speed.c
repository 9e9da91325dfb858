/* SPDX-License-Identifier: MIT */
/* How long a depth takes, against one inverse geodesic of PROJ in the same run: the borders B1 (Russia
 * and Ukraine) and B2 (every ring of Russia's biggest polygon), the points P1 (anywhere around) and P2
 * (near B1). Prints medians of several rounds. border_speed COUNTRIES.shp [POINTS] */
#include <incmap/distance.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "border_sets.h"
#include "timing.h"

enum { ROUNDS = 7, PAIRS = 100000, SINGLES = 200000 };

/* Time per point or pair of each round. A round does all three, one after the other, so that whatever
 * else slows the machine down slows them all: what counts is the ratio within a round. */
struct times {
    double inverse[ROUNDS], many[ROUNDS], single[ROUNDS];
};

static double inverse_ns(incmap_ctx *ctx, const incmap_coord p[], size_t n)
{
    const double start = thread_ns();
    double d, sum = 0;
    for (size_t i = 0; i < n; i++)
        if (!incmap_distance(ctx, p[i], p[(i * 7919 + 1) % n], &d)) sum += d;
    return sum > 0 ? (thread_ns() - start) / (double)n : NAN;
}

static double many_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[], size_t n,
                      incmap_depth out[])
{
    const double start = thread_ns();
    if (incmap_border_measure_many(ctx, b, p, NULL, n, out)) return NAN;
    return (thread_ns() - start) / (double)n;
}

static double single_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[], size_t n,
                        incmap_depth out[])
{
    const double start = thread_ns();
    for (size_t i = 0; i < n; i++)
        if (incmap_border_measure(ctx, b, p[i], 0, &out[i])) return NAN;
    return (thread_ns() - start) / (double)n;
}

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void print_row(const char *what, struct times *t)
{
    double many[ROUNDS], single[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        many[k] = t->many[k] / t->inverse[k];
        single[k] = t->single[k] / t->inverse[k];
    }
    printf("%s %6.0f ns     %6.0f ns %5.2f   %6.0f ns %5.2f\n", what, median(t->inverse, ROUNDS),
           median(t->many, ROUNDS), median(many, ROUNDS), median(t->single, ROUNDS),
           median(single, ROUNDS));
}

int main(int argc, char **argv)
{
    const size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
    incmap_coord *points[2] = { malloc(n * sizeof(incmap_coord)),
                                malloc(n * sizeof(incmap_coord)) };
    incmap_depth *out = malloc(n * sizeof *out);
    incmap_ctx *ctx = NULL;
    incmap_border *b[2] = { NULL, NULL };

    if (argc < 2 || !points[0] || !points[1] || !out || incmap_ctx_new(NULL, &ctx) ||
        !(b[0] = border_sets_b1(ctx)) || !(b[1] = border_sets_b2(ctx, argv[1]))) {
        fprintf(stderr, "usage: border_speed COUNTRIES.shp [POINTS]\n%s\n",
                incmap_ctx_message(ctx));
        return EXIT_FAILURE;
    }
    border_sets_points(b[0], n, points[0], points[1]);
    printf("%zu points a set; medians of %d rounds, and of the ratios to geod_inverse in each\n", n,
           ROUNDS);
    printf("work  geod_inverse   measure_many        measure\n");
    for (int i = 0; i < 2; i++) {
        if (incmap_border_prepare(ctx, b[i])) return EXIT_FAILURE;
        for (int k = 0; k < 2; k++) {
            const char what[] = { 'B', (char)('1' + i), ' ', 'P', (char)('1' + k), '\0' };
            struct times t;
            for (int round = 0; round < ROUNDS; round++) {
                t.inverse[round] = inverse_ns(ctx, points[0], lesser(n, PAIRS));
                t.many[round] = many_ns(ctx, b[i], points[k], n, out);
                t.single[round] = single_ns(ctx, b[i], points[k], lesser(n, SINGLES), out);
            }
            print_row(what, &t);
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
