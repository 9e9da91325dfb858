/* SPDX-License-Identifier: MIT */
/* A line on the map along geodesics: vertices in between, where a straight line in longitude and
 * latitude would stray, and a cut at the antimeridian, so that no line crosses the whole map. */
#ifndef INCMAP_LAYERS_GEO_LINE_H
#define INCMAP_LAYERS_GEO_LINE_H

#include <incmap/distance.h>

#include "base/context.h"
#include "io/shapefile.h"

typedef struct {
    incmap_ctx *ctx;
    incmap_coord *points;
    double *m; /* one for each point; NaN: none */
    size_t *parts;
    size_t point_count, part_count;
    size_t point_room, m_room, part_room;
} incmap__geo_line;

void incmap__geo_line_start(incmap__geo_line *line);
/* Goes on to a point that bears the measure m. */
incmap_status incmap__geo_line_to(incmap__geo_line *line, incmap_coord to, double m);
/* The line as a shape, which lives until the line is changed; NULL type with less than two points. */
incmap__shape incmap__geo_line_shape(incmap__geo_line *line, bool with_m);
void incmap__geo_line_free(incmap__geo_line *line);

#endif
