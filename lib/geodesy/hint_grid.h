/* SPDX-License-Identifier: MIT */
/* Which edge of an index is nearly the nearest: a grid of cells in longitude and latitude, each with the
 * nearest edge of its middle; blocks that come near the edges have cells, the others are one. Immutable
 * once built. */
#ifndef INCMAP_GEODESY_HINT_GRID_H
#define INCMAP_GEODESY_HINT_GRID_H

#include "geodesy/edge_index.h"

typedef struct incmap__hint_grid incmap__hint_grid;

/* The index is borrowed for the call. INCMAP_ENOMEM. */
incmap_status incmap__hint_grid_build(incmap__hint_grid **out, const incmap__edge_index *index,
                                      const incmap_allocator *a, incmap_error *err);
void incmap__hint_grid_free(incmap__hint_grid *grid);

/* A hint for incmap__edge_index_nearest of that index; INCMAP__NO_HINT beyond the grid. */
size_t incmap__hint_grid_at(const incmap__hint_grid *grid, incmap_coord point);

#endif
