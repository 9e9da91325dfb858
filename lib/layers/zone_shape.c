/* SPDX-License-Identifier: MIT */
/* A zone as the shape of a row. Shapefiles tell outer rings from holes by the way they turn, which is
 * the zone's own. */
#include "layers/zone_shape.h"

#include "layers/whole_steps.h"

static incmap_status add_ring(incmap__zone_rings *rings, const incmap_coord *ring, size_t n,
                              incmap__shape *shape, incmap_error *err)
{
    incmap_status st = incmap__grow(rings->allocator, &rings->points, &rings->point_room,
                                    shape->point_count + n, sizeof *rings->points, err);

    if (!st)
        st = incmap__grow(rings->allocator, &rings->parts, &rings->part_room, shape->part_count + 2,
                          sizeof *rings->parts, err);
    if (st) return st;
    for (size_t i = 0; i < n; i++)
        rings->points[shape->point_count + i] = incmap__whole_coord(ring[i]);
    rings->parts[shape->part_count++] = shape->point_count;
    shape->point_count += n;
    rings->parts[shape->part_count] = shape->point_count;
    return INCMAP_OK;
}

incmap_status incmap__zone_shape(incmap__zone_rings *rings, const incmap_zone *zone,
                                 incmap__shape *out, incmap_error *err)
{
    incmap__shape shape = { .type = INCMAP__SHAPE_NULL };
    incmap_status st = INCMAP_OK;

    for (size_t p = 0; p < incmap_zone_part_count(zone); p++)
        for (size_t r = 0; !st && r < incmap_zone_ring_count(zone, p); r++) {
            size_t n = 0;
            const incmap_coord *ring = incmap_zone_ring(zone, p, r, &n);
            st = add_ring(rings, ring, n, &shape, err);
        }
    if (st) return st;
    if (shape.part_count > 0) shape.type = INCMAP__SHAPE_POLYGON;
    shape.points = rings->points;
    shape.part_starts = rings->parts;
    *out = shape;
    return INCMAP_OK;
}

void incmap__zone_rings_free(incmap__zone_rings *rings)
{
    incmap__free(rings->allocator, rings->points);
    incmap__free(rings->allocator, rings->parts);
    rings->points = NULL;
    rings->parts = NULL;
    rings->point_room = rings->part_room = 0;
}
