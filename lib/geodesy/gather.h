/* SPDX-License-Identifier: MIT */
/* Rings or lines gathered from the features of a layer, one behind the other. */
#ifndef INCMAP_GEODESY_GATHER_H
#define INCMAP_GEODESY_GATHER_H

#include <incmap/border.h>

#include "io/feature_reader.h"

/* Part p is points[starts[p]] up to starts[p + 1]; zeroed to begin with. */
typedef struct {
    incmap_coord *points;
    size_t *starts;
    size_t point_count, count, point_room, start_room;
} incmap__gathered;

/* Adds all parts of a shape, and to straight edges the points that make geodesics of them; rings are
 * closed. INCMAP_EDATA when that takes more than 67 million points. */
incmap_status incmap__gather(incmap__gathered *to, const incmap__shape *shape, incmap_edges edges,
                             const incmap_allocator *a, incmap_error *err);
void incmap__gathered_free(incmap__gathered *gathered, const incmap_allocator *a);

#endif
