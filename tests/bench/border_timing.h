/* SPDX-License-Identifier: MIT */
/* Nanoseconds of a depth and of the inverse geodesic that it is compared with. */
#ifndef INCMAP_TESTS_BENCH_BORDER_TIMING_H
#define INCMAP_TESTS_BENCH_BORDER_TIMING_H

#include <incmap/border.h>

#include <geodesic.h>
#include <math.h>

#include "timing.h"

enum { ROUNDS = 7 };

/* One round: PROJ's geod_inverse between two random ones of the points, with all that it answers
 * (distance and both azimuths), what all else is compared with; a whole answer, many at a time; and
 * one by one. NaN: a measure failed. */
static inline double inverse_once(const incmap_coord p[], size_t n)
{
    struct geod_geodesic g;
    double start, sum = 0;
    geod_init(&g, 6378137, 1 / 298.257223563);
    start = now_ns();
    for (size_t i = 0; i < n; i++) {
        const incmap_coord *to = &p[(i * 7919 + 1) % n];
        double distance, azimuth, there;
        geod_inverse(&g, p[i].lat, p[i].lon, to->lat, to->lon, &distance, &azimuth, &there);
        sum += distance + azimuth + there;
    }
    return isfinite(sum) ? (now_ns() - start) / (double)n : NAN;
}

static inline double many_once(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[],
                               size_t n, incmap_depth out[])
{
    const double start = now_ns();
    if (incmap_border_measure_many(ctx, b, p, NULL, n, out)) return NAN;
    return (now_ns() - start) / (double)n;
}

static inline double single_once(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[],
                                 size_t n, incmap_depth out[])
{
    const double start = now_ns();
    for (size_t i = 0; i < n; i++)
        if (incmap_border_measure(ctx, b, p[i], 0, &out[i])) return NAN;
    return (now_ns() - start) / (double)n;
}

/* The medians of several rounds. */
static inline double inverse_ns(const incmap_coord p[], size_t n)
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++)
        rounds[k] = inverse_once(p, n);
    return median(rounds, ROUNDS);
}

static inline double many_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[],
                             size_t n, incmap_depth out[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++)
        rounds[k] = many_once(ctx, b, p, n, out);
    return median(rounds, ROUNDS);
}

static inline double single_ns(incmap_ctx *ctx, const incmap_border *b, const incmap_coord p[],
                               size_t n, incmap_depth out[])
{
    double rounds[ROUNDS];
    for (int k = 0; k < ROUNDS; k++)
        rounds[k] = single_once(ctx, b, p, n, out);
    return median(rounds, ROUNDS);
}

#endif
