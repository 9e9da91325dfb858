/* SPDX-License-Identifier: MIT */
/* A zone as the shape of a row: its rings one behind the other. */
#ifndef INCMAP_LAYERS_ZONE_SHAPE_H
#define INCMAP_LAYERS_ZONE_SHAPE_H

#include <incmap/zone.h>

#include "io/shapefile.h"

typedef struct {
    const incmap_allocator *allocator;
    incmap_coord *points;
    size_t *parts;
    size_t point_room, part_room;
} incmap__zone_rings;

/* The shape lives until the rings are used again; its type is NULL for a zone without parts. */
incmap_status incmap__zone_shape(incmap__zone_rings *rings, const incmap_zone *zone,
                                 incmap__shape *out, incmap_error *err);
void incmap__zone_rings_free(incmap__zone_rings *rings);

#endif
