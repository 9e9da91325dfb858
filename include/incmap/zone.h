/* SPDX-License-Identifier: MIT */
/* Zones: the belt within given distances of a border and the circle about a point, as polygons with
 * holes in longitude and latitude that maps and planar geometry libraries take as they are.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_ZONE_H
#define INCMAP_ZONE_H

#include <incmap/border.h>

INCMAP_BEGIN_DECLS

/**
 * Opaque and immutable: parts, which do not overlap, each with one outer ring and its holes.
 *
 * Rings are closed: the last vertex is the first one. Outer rings run clockwise and holes the other way,
 * as shapefiles have them (GeoJSON wants both the other way round). Longitudes are in [-180, 180]; a
 * zone over the antimeridian is cut there into parts that end at 180 and at -180, and one around a
 * pole runs along the map's edge: up the antimeridian to the pole's latitude, along that, and down.
 *
 * The edge lies everywhere within the tolerance of the stated distance, whichever way the line between two
 * vertices is read: straight in longitude and latitude, as shapefiles, GeoJSON and planar libraries
 * mean it, or as a geodesic. There are as many vertices as that takes. Where a zone is bounded by a
 * side, its edge is the countries' outline, as exactly.
 */
typedef struct incmap_zone incmap_zone;

typedef struct {
    int version;      /**< 1 */
    incmap_side side; /**< of a belt: only the part whose points incmap_border_measure puts on that
                           side, INSIDE, OUTSIDE, BOTH or NEITHER; UNKNOWN, the default: all
                           around, whatever the side, sea and third countries too. Together the
                           four sides make up the whole. A circle has none */
    double tolerance_m; /**< how far the edge may lie off the stated distance: 0.01 to 10 000 m;
                             0: 0.5 m. Never more than a tenth of a distance or of a belt's width.
                             A greater one makes fewer vertices, as its square root */
} incmap_zone_options;

#define INCMAP_ZONE_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * The area between two distances from a border: where the depth that incmap_border_measure answers is,
 * its sign aside, more than inner_m and at most outer_m, but for the tolerance.
 *
 * @param border   matched lines and, where the outlines run apart, both count, as they do for depths
 * @param inner_m  0 or more
 * @param outer_m  at least 1 m more than inner_m, at most 5 000 000
 * @param options  borrowed; NULL: all defaults
 * @param out      receives the zone, owned by the caller; unchanged on failure. It has no part where
 *                 nothing lies on that side
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG      a pointer is NULL, a side that is none, a tolerance out of its range; a side
 *                          of a border of plain lines, which has no countries behind it
 * @return INCMAP_EDOMAIN   a distance out of its range or not finite; or a single edge of the border so
 *                          long that the ring around it goes around both poles
 * @return INCMAP_ELIBRARY  GEOS failed; the message says at what
 *
 * Everything within 5, 20 or 50 km of the default border, 1982 km, takes 0.3, 0.1 and 0.06 s, one side of
 * it 0.3 to 0.6 s (tests/bench/zone_speed.py); the narrower the belt, the more vertices and time. GEOS
 * needs several times the zone's memory meanwhile.
 *
 * Method:   the border is cut into pieces no longer than the distance; the ring around each is drawn by
 *           geodesics, vertices by Newton's method on the distance itself, until bounds on it (it is
 *           convex along a straight line) say that no edge strays; GEOS unites the pieces, and cuts
 *           the whole along the outlines.
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_zone_belt(incmap_ctx *ctx, const incmap_border *border,
                                          double inner_m, double outer_m,
                                          const incmap_zone_options *options, incmap_zone **out);

/**
 * The area within a distance of a point: where it may truly lie.
 *
 * @param centre    degrees
 * @param radius_m  1 to 5 000 000 m
 * @param options   borrowed; NULL: all defaults; its side must be UNKNOWN
 * @param out       receives the zone, owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG      out is NULL, a side, a tolerance out of its range
 * @return INCMAP_EDOMAIN   the centre is no coordinate, the radius out of its range or not finite
 * @return INCMAP_ELIBRARY  GEOS failed; the message says at what
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_zone_circle(incmap_ctx *ctx, incmap_coord centre, double radius_m,
                                            const incmap_zone_options *options, incmap_zone **out);

/** Free a zone; NULL does nothing. */
INCMAP_API void incmap_zone_free(incmap_zone *zone);

/** Number of parts. */
INCMAP_API size_t incmap_zone_part_count(const incmap_zone *zone);
/** Number of rings of a part: its outer ring and its holes; 0 past the end. */
INCMAP_API size_t incmap_zone_ring_count(const incmap_zone *zone, size_t part);
/**
 * A ring's vertices, the first one again at the end.
 *
 * @param ring   0: the outer one; from 1 on the holes
 * @param count  receives how many vertices there are, at least 4; 0 past the end; may be NULL
 * @return they live as long as the zone; NULL past the end
 */
INCMAP_API const incmap_coord *incmap_zone_ring(const incmap_zone *zone, size_t part, size_t ring,
                                                size_t *count);

INCMAP_END_DECLS

#endif
