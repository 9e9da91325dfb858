/* SPDX-License-Identifier: MIT */
/* What every benchmark shares: clocks, and the median of a few rounds. */
#ifndef INCMAP_TESTS_BENCH_TIMING_H
#define INCMAP_TESTS_BENCH_TIMING_H

#include <stdlib.h>
#include <time.h>

static inline double clock_ns(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* The time that this thread was given: on a machine with other work to do the clock on the wall
 * measures that as well. */
static inline double now_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

/* The clock on the wall, for what reads files. */
static inline double wall_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

static inline int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Sorts the values. */
static inline double median(double values[], size_t n)
{
    qsort(values, n, sizeof *values, by_value);
    return values[n / 2];
}

#endif
