/* SPDX-License-Identifier: MIT */
/* A ring within an outline. Most rings are told off by their first vertex. */
#include "geodesy/ring_within.h"

static const double touching_m = 0.01;

bool incmap__ring_is_within(const incmap_coord ring[], size_t n, const incmap__outline *outline)
{
    bool touched = n > 0 && incmap__outline_contains(outline, ring[0]) &&
                   incmap__outline_is_near(outline, ring[n - 1], touching_m);
    bool within = n > 0;

    for (size_t i = 0; within && i < n; i++) {
        bool touches;
        within = incmap__outline_contains(outline, ring[i]);
        if (!within) break;
        touches = incmap__outline_is_near(outline, ring[i], touching_m);
        within = !(touches && touched);
        touched = touches;
    }
    return within;
}
