/* SPDX-License-Identifier: MIT */
/* Which side of two outlines a point is on, in constant time: a grid of cells over the earth, wholly in
 * or out of each outline or with the edges that touch them. Immutable once built. */
#ifndef INCMAP_GEODESY_SIDE_GRID_H
#define INCMAP_GEODESY_SIDE_GRID_H

#include "geodesy/outline.h"

typedef struct incmap__side_grid incmap__side_grid;

/* What is known of an edge of the border's lines. */
typedef enum {
    INCMAP__LINE_STOPS = 0, /* no edge: the line ends */
    INCMAP__LINE_SHARED,    /* in both outlines, in opposite directions */
    INCMAP__LINE_ALONE      /* in one of them */
} incmap__line_edge;

/* The lines that depths are measured from; edge i runs from vertex i to i + 1. */
typedef struct {
    const incmap_coord *vertices;
    const unsigned char *edges; /* incmap__line_edge of each vertex */
    size_t count;
} incmap__side_lines;

/* The outlines are borrowed, the lines only for the call; NULL: none. *out is NULL where the outlines'
 * edges reach so far that no grid is worth its memory: two outlines of few edges answer as well.
 * INCMAP_ENOMEM. */
incmap_status incmap__side_grid_build(incmap__side_grid **out, const incmap__outline *inside,
                                      const incmap__outline *outside,
                                      const incmap__side_lines *lines, const incmap_allocator *a,
                                      incmap_error *err);
void incmap__side_grid_free(incmap__side_grid *grid);

/* inside, outside: as incmap__outline_contains of the two. near: an edge of an outline lies within
 * radius_m of the point; for points that no line comes so near to, which the
 * caller knows. False without a look when radius_m is negative. */
typedef struct {
    bool inside, outside, near;
} incmap__sides_at;

incmap__sides_at incmap__side_grid_at(const incmap__side_grid *grid, incmap_coord point,
                                      double radius_m);

#endif
