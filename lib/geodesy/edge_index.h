/* SPDX-License-Identifier: MIT */
/* Nearest edge among many: a tree of boxes in earth-centred coordinates over runs of consecutive
 * edges. Immutable once built. */
#ifndef INCMAP_GEODESY_EDGE_INDEX_H
#define INCMAP_GEODESY_EDGE_INDEX_H

#include <stdint.h>

#include "base/failure.h"
#include "base/memory.h"
#include "geodesy/edge.h"
#include "geodesy/lanes.h"

/* Edges in a leaf: as many as the vector units take at a time; boxes in a node: twice that, for fewer
 * steps down. */
enum {
    INCMAP__LEAF_EDGES = INCMAP__LANES,
    INCMAP__TREE_FANOUT = 2 * INCMAP__LANES,
    INCMAP__TREE_LEVELS = 18
};

/* Boxes side by side, rounded outward to float. A box that is not there has a half extent of
 * minus infinity: it is infinitely far from everything. */
typedef struct {
    float middle[3][INCMAP__TREE_FANOUT], half[3][INCMAP__TREE_FANOUT];
} incmap__boxes;

/* A vertex that was put in where a long edge is indexed in pieces, or a line of one vertex as an edge
 * of no length. */
typedef struct {
    incmap_coord coord;
    double from_m; /* along the edge, from its start */
    size_t edge;   /* the given one */
} incmap__piece_vertex;

typedef struct {
    incmap_allocator allocator;
    const incmap_coord *vertices; /* borrowed; edge i runs from vertex i to i + 1 */
    size_t given;                 /* of these */
    incmap__piece_vertex *pieces; /* the vertices behind them */
    size_t count;                 /* vertices of both sorts, and so edges */
    double *x, *y, *z;            /* of every vertex; behind the last one it is repeated, so that
                                     eight edges can always be read */
    float *sagitta;               /* of every leaf: how far its edges can leave their chords */
    unsigned char
        *dead; /* of every leaf: bit k says that in vertex k of it no edge begins: there is
                                     none, or it is the last of its line, or the start of an edge that
                                     is indexed in pieces */
    incmap__boxes *boxes;                        /* level by level from the leaves; the root last */
    size_t level_start[INCMAP__TREE_LEVELS + 1]; /* first node of a level */
    int levels;
} incmap__edge_index;

/* count > 0; ends[i]: vertex i is the last of its line. INCMAP_ENOMEM. */
incmap_status incmap__edge_index_build(incmap__edge_index *out, const incmap_coord vertices[],
                                       const bool ends[], size_t count, const incmap_allocator *a,
                                       incmap_error *err);
/* A zeroed index may be freed. */
void incmap__edge_index_free(incmap__edge_index *index);

static inline incmap__ecef incmap__edge_index_point(const incmap__edge_index *index, size_t vertex)
{
    return (incmap__ecef){ index->x[vertex], index->y[vertex], index->z[vertex] };
}

static inline incmap_coord incmap__edge_index_coord(const incmap__edge_index *index, size_t vertex)
{
    return vertex < index->given ? index->vertices[vertex]
                                 : index->pieces[vertex - index->given].coord;
}

/* No edge begins in this vertex. */
static inline bool incmap__edge_index_stops(const incmap__edge_index *index, size_t vertex)
{
    return index->dead[vertex / INCMAP__LEAF_EDGES] >> vertex % INCMAP__LEAF_EDGES & 1;
}

/* Length of a given edge, which is not the last vertex of a line: the same bits whether it is indexed in
 * pieces or not as incmap__edge_length gives. */
double incmap__edge_index_length(const incmap__edge_index *index, size_t edge);

#define INCMAP__NO_VERTEX SIZE_MAX
#define INCMAP__NO_HINT SIZE_MAX

/* The nearest edge and its foot; of edges that are as near as one another, the first. */
typedef struct {
    size_t edge; /* the vertex it begins with, of those given */
    size_t
        vertex; /* of those given, where the foot is one: the edge's start or end; else NO_VERTEX */
    incmap__edge_foot foot;
    double azimuth_deg; /* from the point to the foot, 0 <= azimuth < 360; 0 at distance 0 */
    size_t hint;        /* for the search of a point nearby */
} incmap__nearest_edge;

/* For 1 to INCMAP__LANES points, which had better lie near one another. `hint` is that of an earlier
 * answer, or INCMAP__NO_HINT: it changes the time, not the answers, which are the same to the last bit whatever points are
 * asked for together, and whatever instructions the processor has. */
void incmap__edge_index_nearest_many(const incmap__edge_index *index, const incmap_coord points[],
                                     size_t n, size_t hint, incmap__nearest_edge out[]);

/* What both searches end with: an answer about edge `found->edge` of the index, maybe a piece, whose foot
 * is at its start or its end or neither, becomes one about the edge that was given. */
void incmap__edge_index_answer(const incmap__edge_index *index, bool at_start, bool at_end,
                               incmap__nearest_edge *found);

/* The same for one point; faster with a good hint. */
incmap__nearest_edge incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                                size_t hint);

#endif
