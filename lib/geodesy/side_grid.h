/* SPDX-License-Identifier: MIT */
/* Which side of two outlines a point is on, in constant time: a grid of cells over the whole earth,
 * wholly in or out of each outline or with the edges that touch them. Immutable once built. */
#ifndef INCMAP_GEODESY_SIDE_GRID_H
#define INCMAP_GEODESY_SIDE_GRID_H

#include "geodesy/outline.h"

typedef struct incmap__side_grid incmap__side_grid;

/* The grid copies what it needs from the outlines. INCMAP_ENOMEM. For the default border it takes
 * 60 to 90 ms and 20 MB. */
incmap_status incmap__side_grid_build(incmap__side_grid **out, const incmap__outline *inside,
                                      const incmap__outline *outside, const incmap_allocator *a,
                                      incmap_error *err);
void incmap__side_grid_free(incmap__side_grid *grid);

/* The same answers as incmap__outline_contains of both outlines. */
typedef struct {
    bool inside, outside;
} incmap__containment;

incmap__containment incmap__side_grid_contains(const incmap__side_grid *grid, incmap_coord point);

/* The same answer as incmap__outline_is_near of either outline. */
bool incmap__side_grid_is_near(const incmap__side_grid *grid, incmap_coord point, double radius_m);

#endif
