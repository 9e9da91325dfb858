/* SPDX-License-Identifier: MIT */
/* The inside of a zone, and the steps in which one is made: rings on the ellipsoid around pieces of a
 * border, laid into the plane of longitude and latitude, united, and split by side.
 *
 *   piece        run of short edges     one long edge         point
 *   its ring         .-'''''-.        .-------------.         .--.
 *                   /  _/\_   \      ( ------------- )       (  . )
 *                   \_/    \__/       '-------------'         '--'
 *   drawn from    rays of the centre    its two sides and     its one cap
 *                                       two caps
 */
#ifndef INCMAP_GEODESY_ZONE_H
#define INCMAP_GEODESY_ZONE_H

#include <incmap/zone.h>

#include "geodesy/border.h"
#include "geodesy/edge_index.h"
#include "geodesy/planar.h"

typedef struct {
    size_t first, count; /* vertices, the first one again at the end */
    bool outer;          /* begins a part */
} incmap__zone_ring;

struct incmap_zone {
    incmap_allocator allocator;
    incmap_coord *vertices;
    size_t vertex_count, vertex_capacity;
    incmap__zone_ring *rings;
    size_t ring_count, ring_capacity;
    size_t *parts; /* first ring of each, and behind them ring_count */
    size_t part_count, part_capacity;
};

/* How exact a ring is drawn: what it may stray from distance_m by being straight between its vertices,
 * and by how much the two ways of reading "straight" may differ. */
typedef struct {
    double distance_m;
    double chord_m, reading_m;
} incmap__zone_rule;

/* The rule that keeps within tolerance_m altogether. */
incmap__zone_rule incmap__zone_rule_for(double distance_m, double tolerance_m);

/* How far, at most, the straight line in longitude and latitude between two points, chord_m apart, and
 * the geodesic between them lie from one another. The geodesic turns against the meridians by the
 * difference of longitudes times the sine of the latitude; the other line turns as well, by no more
 * than that; a line of length L that turns by u is L u/8 from its chord. */
double incmap__zone_reading_gap(incmap_coord a, incmap_coord b, double chord_m);

/* A ring in the making, open, longitudes of -180 to 180. */
typedef struct {
    incmap_allocator allocator;
    incmap_coord *at;
    size_t count, capacity;
    int pole; /* the pole that it goes around: 1 north, -1 south, 0 none */
} incmap__zone_loop;

/*
 * Rings at rule->distance_m around a piece, appended to *loop, which must be empty. Where `all`, the
 * index of the whole border, says that a stretch lies well within the zone, the ring is drawn coarsely,
 * for nothing of it will be left. INCMAP_ENOMEM.
 */

/* Around n vertices, all edges among them no farther than 0.6 distance_m from the one numbered centre. So
 * every circle around a point of the run holds the centre, their union is seen from there whole, and
 * each ray meets its rim once. */
incmap_status incmap__zone_around_run(const incmap__zone_rule *rule, const incmap__edge_index *all,
                                      const incmap_coord vertices[], size_t n, size_t centre,
                                      incmap__zone_loop *loop, incmap_error *err);
/* Around one geodesic of any length; a point where both ends are the same. all may be NULL. */
incmap_status incmap__zone_around_edge(const incmap__zone_rule *rule, const incmap__edge_index *all,
                                       incmap_coord a, incmap_coord b, incmap__zone_loop *loop,
                                       incmap_error *err);

/* Puts a loop onto the plane's heap as polygons: closed, cut at the antimeridian, and led over the
 * edge of the map where it goes around a pole. */
incmap_status incmap__zone_lay(const incmap__zone_loop *loop, incmap__plane *plane,
                               incmap_error *err);

/* The area within rule->distance_m of a border. */
incmap_status incmap__zone_around_border(const incmap__zone_rule *rule, const incmap_border *border,
                                         incmap__plane *plane, incmap__polygons **out,
                                         const incmap_allocator *a, incmap_error *err);

/* Of a shape within distance_m of the border, the part whose points measure to that side. */
incmap_status incmap__zone_take_side(const incmap__zone_rule *rule, const incmap_border *border,
                                     incmap_side side, const incmap__polygons *shape,
                                     incmap__plane *plane, incmap__polygons **out,
                                     incmap_error *err);

#endif
