/* SPDX-License-Identifier: MIT */
/* Morton order: the bits of the two coordinates interleaved make one number. */
#include "geodesy/point_order.h"

#include <math.h>

#include "geodesy/keyed_sort.h"

/* 2,048 steps each way: finer than a million points lie apart. */
enum { AXIS_BITS = 11 };

/* The 16 bits of x with a zero between each two. */
static uint32_t spread(uint32_t x)
{
    x = (x | x << 8) & 0x00FF00FF;
    x = (x | x << 4) & 0x0F0F0F0F;
    x = (x | x << 2) & 0x33333333;
    return (x | x << 1) & 0x55555555;
}

static uint32_t step_of(double value, double low, double high)
{
    const double part = high > low ? (value - low) / (high - low) : 0;
    const double last = (1 << AXIS_BITS) - 1;
    return part > 0 ? (uint32_t)(part < 1 ? part * last : last) : 0;
}

static void fill_keys(incmap__keyed keys[], const incmap_coord points[], size_t n)
{
    incmap_coord low = { INFINITY, INFINITY }, high = { -INFINITY, -INFINITY };

    for (size_t i = 0; i < n; i++) {
        const incmap_coord c = points[i];
        if (!(fabs(c.lat) <= 90 && fabs(c.lon) < INFINITY)) continue;
        low =
            (incmap_coord){ c.lat < low.lat ? c.lat : low.lat, c.lon < low.lon ? c.lon : low.lon };
        high = (incmap_coord){ c.lat > high.lat ? c.lat : high.lat,
                               c.lon > high.lon ? c.lon : high.lon };
    }
    for (size_t i = 0; i < n; i++)
        keys[i] = (incmap__keyed){ spread(step_of(points[i].lat, low.lat, high.lat)) << 1 |
                                       spread(step_of(points[i].lon, low.lon, high.lon)),
                                   (uint32_t)i };
}

uint32_t *incmap__point_order(const incmap_coord points[], size_t n, const incmap_allocator *a)
{
    incmap__keyed *keys = n < UINT32_MAX ? incmap__alloc(a, n, sizeof *keys) : NULL;
    incmap__keyed *room = keys ? incmap__alloc(a, n, sizeof *room) : NULL;
    uint32_t *order = room ? incmap__alloc(a, n, sizeof *order) : NULL;

    if (order) {
        const incmap__keyed *sorted;
        fill_keys(keys, points, n);
        sorted = incmap__keyed_sort(keys, room, n, 2 * AXIS_BITS);
        for (size_t i = 0; i < n; i++)
            order[i] = sorted[i].number;
    }
    incmap__free(a, keys);
    incmap__free(a, room);
    return order;
}
