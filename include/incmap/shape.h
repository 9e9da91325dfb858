/* SPDX-License-Identifier: MIT */
/* Points, lines and polygons as layers hold them, for writing and for reading.
 *
 * Threads: no function here. */
#ifndef INCMAP_SHAPE_H
#define INCMAP_SHAPE_H

#include <incmap/coord.h>

INCMAP_BEGIN_DECLS

/** What a layer's features are. Values as in the file format. */
typedef enum {
    INCMAP_SHAPE_NULL = 0,   /**< of a feature: no position; of a layer: a table without shapes */
    INCMAP_SHAPE_POINT = 1,  /**< one point */
    INCMAP_SHAPE_LINE = 3,   /**< parts of two points and more */
    INCMAP_SHAPE_POLYGON = 5 /**< rings, each closed: its last point is its first */
} incmap_shape_type;

/** One shape. Zeroed it is a null shape. */
typedef struct {
    incmap_shape_type type;
    const incmap_coord *points;
    size_t point_count;
    const size_t *part_starts; /**< part_count + 1 of them: part p has the points from
                                    part_starts[p] up to part_starts[p + 1]; NULL: one part of all */
    size_t part_count;
    const double *z; /**< one for each point, in what the layer says; NULL: none */
    const double *m; /**< a measure for each point; NaN: none there; NULL: none at all */
} incmap_shape;

INCMAP_END_DECLS

#endif
