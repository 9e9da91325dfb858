/* SPDX-License-Identifier: MIT */
/* Seeded random numbers for property tests: the same on every machine. A failing test prints its
 * seed; INCMAP_TEST_SEED in the environment sets another. */
#ifndef INCMAP_TESTS_RANDOM_H
#define INCMAP_TESTS_RANDOM_H

#include <incmap/coord.h>

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
    uint64_t state;
} test_random;

static inline uint64_t test_seed(uint64_t otherwise)
{
    const char *text = getenv("INCMAP_TEST_SEED");
    return text ? strtoull(text, NULL, 10) : otherwise;
}

/* splitmix64 */
static inline uint64_t random_bits(test_random *r)
{
    uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* 0 to below - 1. */
static inline uint32_t random_below(test_random *r, uint32_t below)
{
    return (uint32_t)(random_bits(r) % below);
}

/* Uniform in [low, high). */
static inline double random_between(test_random *r, double low, double high)
{
    return low + (high - low) * ((double)(random_bits(r) >> 11) / 9007199254740992.0);
}

/* Evenly spread by magnitude. */
static inline double random_log(test_random *r, double low, double high)
{
    return exp(random_between(r, log(low), log(high)));
}

/* Uniform on the sphere. */
static inline incmap_coord random_coord(test_random *r)
{
    const double z = random_between(r, -1, 1);
    return (incmap_coord){ .lat = asin(z) * 57.29577951308232,
                           .lon = random_between(r, -180, 180) };
}

#endif
