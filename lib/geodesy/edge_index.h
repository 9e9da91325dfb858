/* SPDX-License-Identifier: MIT */
/* Nearest edge among many: a tree of boxes in earth-centred coordinates over runs of consecutive
 * edges. Immutable once built. */
#ifndef INCMAP_GEODESY_EDGE_INDEX_H
#define INCMAP_GEODESY_EDGE_INDEX_H

#include "base/failure.h"
#include "base/memory.h"
#include "geodesy/edge.h"

typedef struct {
    incmap__ecef low, high;
} incmap__box;

enum { INCMAP__TREE_FANOUT = 8, INCMAP__TREE_LEVELS = 24 };

typedef struct {
    incmap_allocator allocator;
    const incmap_coord *vertices; /* borrowed; edge i runs from vertex i to i + 1 */
    const bool *ends;             /* borrowed; ends[i]: vertex i is the last of its line, and edge i
                                     that point alone */
    size_t count;                 /* vertices, and so edges */
    incmap__ecef *points;
    incmap__box *boxes; /* level 0, over 8 edges each, first; the root last */
    size_t level_start[INCMAP__TREE_LEVELS + 1];
    int levels;
} incmap__edge_index;

/* count > 0. INCMAP_ENOMEM. */
incmap_status incmap__edge_index_build(incmap__edge_index *out, const incmap_coord vertices[],
                                       const bool ends[], size_t count, const incmap_allocator *a,
                                       incmap_error *err);
/* A zeroed index may be freed. */
void incmap__edge_index_free(incmap__edge_index *index);

/* The nearest edge and its foot; of edges that are as near as one another, any. */
size_t incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                  incmap__edge_foot *foot);

#endif
