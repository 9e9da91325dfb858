/* SPDX-License-Identifier: MIT */
/* A country's outline: rings of geodesic edges, cut into short runs with a box each, so that a
 * question decodes only the runs that it touches. The vertices lie in memory as they were read, in whole
 * millionths of a degree, or packed as differences (lib/geodesy/outline_pack.h). Immutable once built.
 *
 * Runs come in groups with a box each, so that most of a long outline is told off at a glance.
 *
 *   ring    v0 --- v1 --- ... --- v63 --- v64 --- ... --- v(n-1) --- v0
 *   runs    |<----- run 0: 64 edges ---->|<-- run 1: the rest ------->|
 */
#ifndef INCMAP_GEODESY_OUTLINE_H
#define INCMAP_GEODESY_OUTLINE_H

#include <math.h>
#include <stdint.h>

#include <incmap/coord.h>

#include "base/failure.h"
#include "base/memory.h"

enum { INCMAP__RUN_EDGES = 64, INCMAP__GROUP_RUNS = 32 };

/* Longitudes of one ring are continuous: no edge spans more than half a turn, so a ring over the
 * antimeridian goes past 180 (or below -180). */
typedef struct {
    double west, east, south, north; /* box of its vertices, degrees */
    incmap_coord start, end;         /* first and last vertex */
    size_t first;                    /* number of its first vertex; packed: byte offset of its
                                        differences */
    unsigned edges;                  /* 1 to INCMAP__RUN_EDGES */
} incmap__run;

typedef struct {
    size_t first_run;
    size_t edges;
} incmap__ring;

/* A position in whole millionths of a degree. */
typedef struct {
    int32_t lat, lon;
} incmap__steps;

/* To a degree. */
#define INCMAP__STEPS 1e6

/* Divided, not multiplied: n / 1e6 is the double nearest to the decimal number, as strtod gives. */
static inline incmap_coord incmap__steps_coord(incmap__steps s)
{
    return (incmap_coord){ .lat = s.lat / INCMAP__STEPS, .lon = s.lon / INCMAP__STEPS };
}

/* The nearest; for |lon| up to 540. */
static inline incmap__steps incmap__steps_of(incmap_coord c)
{
    return (incmap__steps){ .lat = (int32_t)lround(c.lat * INCMAP__STEPS),
                            .lon = (int32_t)lround(c.lon * INCMAP__STEPS) };
}

typedef struct {
    incmap_allocator allocator;
    incmap__ring *rings;
    size_t ring_count;
    incmap__run *runs;
    size_t run_count;
    incmap__run *groups; /* of INCMAP__GROUP_RUNS runs each, over rings: only the box counts */
    size_t edge_count;
    bool holds_north_pole; /* where a look north from a point ends */
    /* Of these at most one is there. */
    incmap_coord *vertices;      /* owned */
    incmap__steps *steps;        /* owned */
    const unsigned char *packed; /* borrowed */
    size_t packed_size;
} incmap__outline;

/* Builds an outline over copies of the points: ring r is points[starts[r]] up to starts[r + 1]
 * (starts has ring_count + 1 entries). A ring is closed if it is not yet, a vertex said twice in a row is
 * taken once, and a ring of fewer than three different vertices is passed over, for it bounds nothing. INCMAP_EDATA for a vertex that is no
 * coordinate, INCMAP_ENOMEM; *out is unchanged then. */
incmap_status incmap__outline_build(incmap__outline *out, const incmap_coord points[],
                                    const size_t starts[], size_t ring_count,
                                    const incmap_allocator *a, incmap_error *err);
/* Keeps vertices that are whole millionths of a degree as such, in half the room; others stay as they are. Pointers
 * to the outline's vertices end here. */
void incmap__outline_shrink(incmap__outline *outline);
/* A zeroed outline may be freed. */
void incmap__outline_free(incmap__outline *outline);

/* How many groups there are. */
size_t incmap__outline_group_count(const incmap__outline *outline);
/* Makes the groups, when all runs are there. INCMAP_ENOMEM. */
incmap_status incmap__outline_group(incmap__outline *outline, incmap_error *err);
/* Whether the north pole is inside, by the rings that wind around the earth; for building. */
bool incmap__outline_find_pole(const incmap__outline *outline);

/* The edges + 1 vertices of a run: as they lie in memory, or decoded into buffer. */
const incmap_coord *incmap__outline_run(const incmap__outline *outline, size_t run,
                                        incmap_coord buffer[INCMAP__RUN_EDGES + 1]);

/* Vertices offset ... offset + edges of a ring, counted round and round: edges + 1 of them. */
void incmap__outline_copy(const incmap__outline *outline, size_t ring, size_t offset, size_t edges,
                          incmap_coord out[]);

/* How far poleward, in degrees of latitude, a geodesic can bulge past both its ends when they are
 * `width` degrees of longitude apart. On a sphere a great circle between two points of latitude u
 * rises by at most atan(tan u / cos(w/2)) - u, which for w below one radian is less than w^2 / 14
 * (largest at 45 degrees, where it is w^2 / 16 to first order); the ellipsoid changes that by less
 * than a hundredth. Wider edges can go up to the pole. */
static inline double incmap__edge_bulge(double width)
{
    const double per_square = 0.017453292519943295769 / 12; /* w^2 / 12, radians */
    return width < 57 ? width * width * per_square : 90;
}

/* What queries of single edges share: whether the edge's ends lie on different sides of a
 * meridian; whether it then crosses that meridian north of the point; and whether it is a cut at the
 * edge of the map rather than outline. */
bool incmap__edge_straddles(incmap_coord a, incmap_coord b, double lon);
bool incmap__edge_crosses_north(incmap_coord a, incmap_coord b, incmap_coord point);
bool incmap__edge_is_cut(incmap_coord a, incmap_coord b);

/* How many degrees of longitude a way of radius_m can lead east or west from anywhere between the
 * latitudes south and north: 180 where that is all around. */
double incmap__lon_reach(double radius_m, double south, double north);
/* The same for latitude. */
double incmap__lat_reach(double radius_m);

/* Whether the point lies inside: an odd number of edges cross its meridian north of it, or an even one
 * where the north pole is inside. On an edge
 * the answer is that of one of its sides, the same one for every outline that has the edge. */
bool incmap__outline_contains(const incmap__outline *outline, incmap_coord point);

/* Whether any edge lies within radius_m of the point. Edges along the antimeridian or through a
 * pole, where the data cut a country in two, are no outline and do not count. */
bool incmap__outline_is_near(const incmap__outline *outline, incmap_coord point, double radius_m);

#endif
