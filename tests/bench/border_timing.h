/* SPDX-License-Identifier: MIT */
/* Nanoseconds of a depth and of the inverse geodesic that it is compared with: medians of several
 * rounds. */
#ifndef INCMAP_TESTS_BENCH_BORDER_TIMING_H
#define INCMAP_TESTS_BENCH_BORDER_TIMING_H

#include <incmap/border.h>
#include <incmap/distance.h>

#include <math.h>

#include "timing.h"

enum { ROUNDS = 7 };

/* One inverse geodesic of PROJ between two random ones of the points: what all else is compared with. */
static inline double inverse_ns(incmap_ctx *ctx, const incmap_coord p[], size_t n)
{
    double rounds[ROUNDS], d, sum = 0;
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        for (size_t i = 0; i < n; i++)
            if (!incmap_distance(ctx, p[i], p[(i * 7919 + 1) % n], &d)) sum += d;
        rounds[k] = (now_ns() - start) / (double)n;
    }
    if (sum < 0) abort(); /* so that nothing is left out as unused */
    return median(rounds, ROUNDS);
}

/* A whole answer, many at a time; one by one. NaN: a measure failed. */
static inline double many_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[],
                             size_t n, incmap_depth out[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        if (incmap_border_measure_many(ctx, b, p, NULL, n, out)) return NAN;
        rounds[k] = (now_ns() - start) / (double)n;
    }
    return median(rounds, ROUNDS);
}

static inline double single_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[],
                               size_t n, incmap_depth out[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        const double start = now_ns();
        for (size_t i = 0; i < n; i++)
            if (incmap_border_measure(ctx, b, p[i], 0, &out[i])) return NAN;
        rounds[k] = (now_ns() - start) / (double)n;
    }
    return median(rounds, ROUNDS);
}

#endif
