/* SPDX-License-Identifier: MIT */
/* Rings or lines gathered from the features of a layer, one behind the other. */
#ifndef INCMAP_GEODESY_GATHER_H
#define INCMAP_GEODESY_GATHER_H

#include <incmap/border.h>

#include "geodesy/outline.h"
#include "io/feature_reader.h"

/* Part p is points[starts[p]] up to starts[p + 1]; zeroed to begin with. */
typedef struct {
    incmap_coord *points;
    size_t *starts;
    bool *outer; /* of every part: it begins a polygon, the parts behind it are of the same one */
    size_t point_count, count, point_room, start_room, outer_room;
} incmap__gathered;

/* Adds all parts of the feature in hand, and to straight edges the points that make geodesics of them;
 * rings are closed. INCMAP_EDATA when that takes more than 67 million points. */
incmap_status incmap__gather(incmap__gathered *to, incmap__features *file, incmap_edges edges,
                             const incmap_allocator *a, incmap_error *err);

/* An outline of gathered rings: what any of their polygons holds. A polygon that stands there twice, or lies
 * within another one, adds nothing; within one polygon a ring in a ring is a hole, and a ring in that an
 * island. As incmap__outline_build. */
incmap_status incmap__gathered_outline(incmap__gathered *rings, incmap__outline *out,
                                       const incmap_allocator *a, incmap_error *err);
void incmap__gathered_free(incmap__gathered *gathered, const incmap_allocator *a);

#endif
