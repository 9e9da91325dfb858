/* SPDX-License-Identifier: MIT */
/* Plane geometry in longitude and latitude, edges straight in them: the one adapter to GEOS. A plane
 * holds what one call needs and is used by one thread; GEOS keeps its own memory. */
#ifndef INCMAP_GEODESY_PLANAR_H
#define INCMAP_GEODESY_PLANAR_H

#include <incmap/coord.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct incmap__plane incmap__plane;
/* Polygons that do not overlap; or none. */
typedef struct incmap__polygons incmap__polygons;

incmap_status incmap__plane_open(incmap__plane **out, const incmap_allocator *a, incmap_error *err);
/* NULL does nothing. Shapes are freed before. */
void incmap__plane_close(incmap__plane *plane);
/* NULL does nothing. */
void incmap__polygons_free(incmap__plane *plane, incmap__polygons *shape);

/*
 * All that follow return INCMAP_OK, INCMAP_ENOMEM, or INCMAP_ELIBRARY with what GEOS said.
 *
 * A plane has one heap, onto which polygons and lines are put, and from which the calls further down
 * make shapes; they leave it empty.
 */

/* A ring, closed (its first vertex again at the end), longitudes continuous. What lies beyond 180
 * degrees comes in again on the other side, cut at vertices of the ring exactly where it crosses. */
incmap_status incmap__plane_add_polygon(incmap__plane *plane, const incmap_coord ring[], size_t n,
                                        incmap_error *err);
incmap_status incmap__plane_add_line(incmap__plane *plane, const incmap_coord line[], size_t n,
                                     incmap_error *err);
/* The outer and inner rings of a shape, as lines. */
incmap_status incmap__plane_add_outline(incmap__plane *plane, const incmap__polygons *shape,
                                        incmap_error *err);

/* All polygons of the heap as one shape. */
incmap_status incmap__plane_unite(incmap__plane *plane, incmap__polygons **out, incmap_error *err);

/* Those faces between the lines of the heap that lie in `within` and that wanted() takes by a point
 * inside them, as one shape. */
incmap_status incmap__plane_faces(incmap__plane *plane, const incmap__polygons *within,
                                  bool (*wanted)(const void *user, incmap_coord point),
                                  const void *user, incmap__polygons **out, incmap_error *err);

/* a without b. */
incmap_status incmap__plane_subtract(incmap__plane *plane, const incmap__polygons *a,
                                     const incmap__polygons *b, incmap__polygons **out,
                                     incmap_error *err);

/* INCMAP_ELIBRARY with GEOS's reason when the shape is not valid. */
incmap_status incmap__plane_check(incmap__plane *plane, const incmap__polygons *shape,
                                  incmap_error *err);

/* Hands out the rings, part by part, each part's outer ring first (its first vertex comes again at
 * the end; in any rotation), in an order that depends on the shape alone. What take() does not
 * answer with INCMAP_OK ends it. The vertices are borrowed for the call. */
typedef incmap_status (*incmap__take_ring)(void *user, size_t part, bool outer,
                                           const incmap_coord ring[], size_t n, incmap_error *err);
incmap_status incmap__plane_read(incmap__plane *plane, const incmap__polygons *shape,
                                 incmap__take_ring take, void *user, incmap_error *err);

#endif
