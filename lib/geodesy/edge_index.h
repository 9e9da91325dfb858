/* SPDX-License-Identifier: MIT */
/* Nearest edge among many: a tree of boxes in earth-centred coordinates over runs of consecutive
 * edges. Immutable once built. */
#ifndef INCMAP_GEODESY_EDGE_INDEX_H
#define INCMAP_GEODESY_EDGE_INDEX_H

#include "base/failure.h"
#include "base/memory.h"
#include "geodesy/edge.h"

/* Edges in a leaf, and boxes in a node: as many as fill the widest vector registers with floats. */
enum { INCMAP__TREE_FANOUT = 8, INCMAP__TREE_LEVELS = 24 };

/* Eight boxes side by side, rounded outward to float. A box that is not there has a half extent of
 * minus infinity: it is infinitely far from everything. */
typedef struct {
    float middle[3][INCMAP__TREE_FANOUT], half[3][INCMAP__TREE_FANOUT];
} incmap__boxes;

typedef struct {
    incmap_allocator allocator;
    const incmap_coord *vertices; /* borrowed; edge i runs from vertex i to i + 1 */
    const bool *ends;             /* borrowed; ends[i]: vertex i is the last of its line, and edge i
                                     that point alone */
    size_t count;                 /* vertices, and so edges */
    double *x, *y, *z;            /* of every vertex; behind the last one it is repeated, so that
                                     eight edges can always be read */
    float *sagitta;               /* of every leaf: how far its edges can leave their chords */
    bool *broken;                 /* of every leaf: a line ends in it, or it is not full */
    incmap__boxes *boxes; /* level by level from the leaves, eight to a node; the root last */
    size_t level_start[INCMAP__TREE_LEVELS + 1]; /* first node of a level */
    int levels;
} incmap__edge_index;

/* count > 0. INCMAP_ENOMEM. */
incmap_status incmap__edge_index_build(incmap__edge_index *out, const incmap_coord vertices[],
                                       const bool ends[], size_t count, const incmap_allocator *a,
                                       incmap_error *err);
/* A zeroed index may be freed. */
void incmap__edge_index_free(incmap__edge_index *index);

incmap__ecef incmap__edge_index_point(const incmap__edge_index *index, size_t vertex);

/* The nearest edge and its foot; of edges that are as near as one another, any. `hint` is an edge that may
 * be near (that of a neighbouring point): it changes the time, not the distance. */
typedef struct {
    size_t edge;
    incmap__edge_foot foot;
    double azimuth_deg; /* from the point to the foot, 0 <= azimuth < 360; 0 at distance 0 */
} incmap__nearest_edge;

incmap__nearest_edge incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                                size_t hint);

#endif
