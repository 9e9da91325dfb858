/* SPDX-License-Identifier: MIT */
/* Morton order by a radix sort: the bits of the two coordinates interleaved make one number. */
#include "geodesy/point_order.h"

#include <math.h>
#include <string.h>

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS, PASSES = 3 }; /* of 32 bits */

struct keyed {
    uint32_t key, number;
};

/* The 16 bits of x with a zero between each two. */
static uint32_t spread(uint32_t x)
{
    x = (x | x << 8) & 0x00FF00FF;
    x = (x | x << 4) & 0x0F0F0F0F;
    x = (x | x << 2) & 0x33333333;
    return (x | x << 1) & 0x55555555;
}

static uint32_t sixteen_bits(double value, double low, double high)
{
    const double part = high > low ? (value - low) / (high - low) : 0;
    return part > 0 ? part < 1 ? (uint32_t)(part * 65535) : 65535 : 0;
}

static void fill_keys(struct keyed keys[], const incmap_coord points[], size_t n)
{
    incmap_coord low = { INFINITY, INFINITY }, high = { -INFINITY, -INFINITY };

    for (size_t i = 0; i < n; i++) {
        if (!incmap_coord_is_valid(points[i])) continue;
        low = (incmap_coord){ fmin(low.lat, points[i].lat), fmin(low.lon, points[i].lon) };
        high = (incmap_coord){ fmax(high.lat, points[i].lat), fmax(high.lon, points[i].lon) };
    }
    for (size_t i = 0; i < n; i++)
        keys[i] = (struct keyed){ spread(sixteen_bits(points[i].lat, low.lat, high.lat)) << 1 |
                                      spread(sixteen_bits(points[i].lon, low.lon, high.lon)),
                                  (uint32_t)i };
}

static void sort_pass(const struct keyed from[], struct keyed to[], size_t n, int shift)
{
    size_t at[RADIX] = { 0 }, sum = 0;

    for (size_t i = 0; i < n; i++)
        at[from[i].key >> shift & (RADIX - 1)]++;
    for (size_t k = 0; k < RADIX; k++) {
        const size_t count = at[k];
        at[k] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i].key >> shift & (RADIX - 1)]++] = from[i];
}

uint32_t *incmap__point_order(const incmap_coord points[], size_t n, const incmap_allocator *a)
{
    struct keyed *keys = n < UINT32_MAX ? incmap__alloc(a, n, sizeof *keys) : NULL;
    struct keyed *other = keys ? incmap__alloc(a, n, sizeof *other) : NULL;
    uint32_t *order = other ? incmap__alloc(a, n, sizeof *order) : NULL;

    if (order) {
        fill_keys(keys, points, n);
        for (int pass = 0; pass < PASSES; pass++) {
            struct keyed *swap = keys;
            sort_pass(keys, other, n, pass * RADIX_BITS);
            keys = other;
            other = swap;
        }
        for (size_t i = 0; i < n; i++)
            order[i] = keys[i].number;
    }
    incmap__free(a, keys);
    incmap__free(a, other);
    return order;
}
