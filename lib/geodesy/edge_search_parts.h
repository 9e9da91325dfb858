/* SPDX-License-Identifier: MIT */
/* What searches of the box tree for near points have in common: boxes by their distance, the edges of a leaf by
 * their straight chords, and how far either is from being the nearest. */
#ifndef INCMAP_GEODESY_EDGE_SEARCH_PARTS_H
#define INCMAP_GEODESY_EDGE_SEARCH_PARTS_H

#include <math.h>
#include <string.h>

#include "geodesy/edge_index.h"
#include "geodesy/ellipsoid.h"
#include "geodesy/short_geodesic.h"
#include "geodesy/trig.h"

/* An edge that may be the nearest. */
typedef struct {
    size_t edge;
    double squared; /* straight distance to its chord */
    double sagitta;
} incmap__candidate;

INCMAP__INLINE int32_t incmap__box_key(float squared)
{
    int32_t key;
    memcpy(&key, &squared, sizeof key);
    return key;
}

/* A chord of length c belongs to a geodesic of c + kappa^2 c^3/24 + ..., where kappa^2 differs by at
 * most this between the most and the least curved section of the ellipsoid. So an edge whose chord
 * is longer than another's by more than what follows from that cannot be the nearer. The next term
 * of the series is covered by the factor; it is good to 1,000 km. */
INCMAP__INLINE double incmap__chord_limit(double chord_m)
{
    const double low = 1 / INCMAP__WGS84_RADIUS_MAX, high = 1 / INCMAP__WGS84_RADIUS_MIN;
    const double spread = 1.1 * (high * high - low * low) / 24;
    return chord_m + spread * chord_m * chord_m * chord_m + 1e-6;
}

/* Rounded up, and by what the sum of three rounded squares can be short. What is beyond the reach of the
 * series is left to another search. */
INCMAP__INLINE float incmap__limit_squared(double limit_m)
{
    const double reach =
        limit_m < INCMAP__SHORT_GEODESIC_MOST ? limit_m : INCMAP__SHORT_GEODESIC_MOST;
    return (float)(reach * reach * (1 + 1e-6));
}

/* The greatest key of a box within a limit. */
INCMAP__INLINE int32_t incmap__limit_key(float limit_squared)
{
    return incmap__box_key(4 * limit_squared) | (INCMAP__TREE_FANOUT - 1);
}

INCMAP__INLINE size_t incmap__lowest_bit(uint32_t bits)
{
#if defined(__GNUC__)
    return (size_t)__builtin_ctz(bits);
#else
    size_t k = 0;
    while (!(bits >> k & 1))
        k++;
    return k;
#endif
}

/* Twice what p lies outside an interval: 0 in it. Twice, since that takes no branch. */
INCMAP__INLINE float incmap__twice_beyond(float middle, float half, float p)
{
    const float d = fabsf(p - middle) - half;
    return d + fabsf(d);
}

/* From a box around points (half: NULL for a point alone) to the boxes of a node: four times the squared straight distances,
 * as numbers in the same order with the box's own number in the last four bits: less by two millionths at most. */
INCMAP__INLINE void incmap__rank_boxes(const float middle[3], const float half[3],
                                       const incmap__boxes *node, int32_t keys[INCMAP__TREE_FANOUT])
{
    const float hx = half ? half[0] : 0, hy = half ? half[1] : 0, hz = half ? half[2] : 0;
    float squared[INCMAP__TREE_FANOUT];
    int32_t whole[INCMAP__TREE_FANOUT];
    INCMAP__LANE_LOOP
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++) {
        const float nx = half ? node->half[0][k] + hx : node->half[0][k];
        const float ny = half ? node->half[1][k] + hy : node->half[1][k];
        const float nz = half ? node->half[2][k] + hz : node->half[2][k];
        const float x = incmap__twice_beyond(node->middle[0][k], nx, middle[0]);
        const float y = incmap__twice_beyond(node->middle[1][k], ny, middle[1]);
        const float z = incmap__twice_beyond(node->middle[2][k], nz, middle[2]);
        squared[k] = x * x + y * y + z * z;
    }
    memcpy(whole, squared, sizeof whole);
    INCMAP__LANE_LOOP
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++)
        keys[k] = (whole[k] & ~(INCMAP__TREE_FANOUT - 1)) | k;
}

/* Which boxes have no greater key than another, a bit for each. */
INCMAP__INLINE uint32_t incmap__boxes_within(const int32_t keys[INCMAP__TREE_FANOUT], int32_t most)
{
    uint32_t within = 0;
    INCMAP__LANE_LOOP
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++)
        within |= keys[k] <= most ? 1u << k : 0;
    return within;
}

/* The chords of a leaf, for the distances of several points from them. */
typedef struct {
    const double *x, *y, *z; /* where they begin */
    double along_x[INCMAP__LEAF_EDGES], along_y[INCMAP__LEAF_EDGES], along_z[INCMAP__LEAF_EDGES];
    double per_squared[INCMAP__LEAF_EDGES]; /* 1 over the square of the length */
    uint32_t dead;
} incmap__chords;

INCMAP__INLINE void incmap__chords_of(const incmap__edge_index *index, size_t leaf,
                                      incmap__chords *c)
{
    const size_t first = leaf * INCMAP__LEAF_EDGES;
    const double *x = c->x = index->x + first, *y = c->y = index->y + first,
                 *z = c->z = index->z + first;
    c->dead = index->dead[leaf];
    INCMAP__LANE_LOOP
    for (int k = 0; k < INCMAP__LEAF_EDGES; k++) {
        const double bx = x[k + 1] - x[k], by = y[k + 1] - y[k], bz = z[k + 1] - z[k];
        c->along_x[k] = bx;
        c->along_y[k] = by;
        c->along_z[k] = bz;
        /* The least number keeps an edge of no length from dividing by zero. */
        c->per_squared[k] = 1 / (bx * bx + by * by + bz * bz + 1e-300);
    }
}

/* Squared straight distances from a point to them. */
INCMAP__INLINE void incmap__chord_distances(const incmap__chords *restrict c, incmap__ecef p,
                                            double squared[restrict INCMAP__LEAF_EDGES])
{
    INCMAP__LANE_LOOP
    for (int k = 0; k < INCMAP__LEAF_EDGES; k++) {
        const double px = p.x - c->x[k], py = p.y - c->y[k], pz = p.z - c->z[k];
        const double t =
            (px * c->along_x[k] + py * c->along_y[k] + pz * c->along_z[k]) * c->per_squared[k];
        const double low = t > 0 ? t : 0, u = low < 1 ? low : 1;
        const double qx = px - u * c->along_x[k], qy = py - u * c->along_y[k],
                     qz = pz - u * c->along_z[k];
        squared[k] = qx * qx + qy * qy + qz * qz;
    }
    for (uint32_t dead = c->dead; dead; dead &= dead - 1)
        squared[incmap__lowest_bit(dead)] = INFINITY;
}

/* Which edges are within a reach, a bit for each. */
INCMAP__INLINE uint32_t incmap__edges_near(const double squared[INCMAP__LEAF_EDGES], double reach)
{
    static const uint64_t bit[INCMAP__LEAF_EDGES] = { 1, 2, 4, 8, 16, 32, 64, 128 };
    const double most = reach * reach;
    uint64_t near = 0;
    INCMAP__LANE_LOOP
    for (int k = 0; k < INCMAP__LEAF_EDGES; k++)
        near |= squared[k] <= most ? bit[k] : 0;
    return (uint32_t)near;
}

INCMAP__INLINE double incmap__lesser(double a, double b)
{
    return a < b ? a : b;
}

INCMAP__INLINE double incmap__least_of(const double v[INCMAP__LEAF_EDGES])
{
    return incmap__lesser(incmap__lesser(incmap__lesser(v[0], v[1]), incmap__lesser(v[2], v[3])),
                          incmap__lesser(incmap__lesser(v[4], v[5]), incmap__lesser(v[6], v[7])));
}

INCMAP__INLINE bool incmap__may_be_nearest(const incmap__candidate *c, double limit_m)
{
    const double reach = limit_m + c->sagitta;
    return c->squared <= reach * reach;
}

/* The nearest vertex is in two edges, and mostly it is the foot on both of them: where the straight foot
 * lies farther beyond the end of the first and before the start of the second than the true foot can be
 * from the straight one, measuring the first is enough. The two differ by the tilt of the chord against
 * the level, L/2R, over the dip of the view, s/2R, and by a geodesic's turn against its chord, less than
 * e^2 (s/R)^2 / 4; this is twice as much. */
INCMAP__INLINE bool incmap__shares_foot(const incmap__edge_index *index, incmap__ecef p,
                                        double limit_m, size_t edge)
{
    const incmap__ecef b = incmap__edge_index_point(index, edge + 1);
    const incmap__ecef v = incmap__plus(b, -1, incmap__edge_index_point(index, edge));
    const incmap__ecef w = incmap__plus(incmap__edge_index_point(index, edge + 2), -1, b);
    const incmap__ecef from_b = incmap__plus(p, -1, b);
    const double beyond_v = incmap__dot(from_b, v), beyond_w = -incmap__dot(from_b, w);
    const double vv = incmap__dot(v, v), ww = incmap__dot(w, w), far = limit_m;
    const double longest = sqrt(vv > ww ? vv : ww);
    const double off =
        far * far * (longest + 0.01 * far) * (1 / (2 * INCMAP__WGS84_B * INCMAP__WGS84_B)) + 1e-3;
    return beyond_v > 0 && beyond_w > 0 && beyond_v * beyond_v > off * off * vv &&
           beyond_w * beyond_w > off * off * ww;
}

/* What an angle is the arc tangent of, so that several can be found side by side. */
typedef struct {
    double y, x;
} incmap__ratio;

INCMAP__INLINE incmap__ratio incmap__foot_lat(incmap__ecef at)
{
    const double flat = 1 / (1 - INCMAP__WGS84_E2);
    return (incmap__ratio){ at.z * flat, sqrt(at.x * at.x + at.y * at.y) };
}

INCMAP__INLINE incmap__ratio incmap__foot_lon(incmap__ecef at)
{
    return (incmap__ratio){ at.y, at.x };
}

/* The direction of a foot's `away` (edge_foot.h) at a point. */
INCMAP__INLINE incmap__ratio incmap__foot_direction(incmap__ecef away, double sin_lat,
                                                    double cos_lat, double sin_lon, double cos_lon)
{
    const double east = away.y * cos_lon - away.x * sin_lon;
    const double out = away.x * cos_lon + away.y * sin_lon;
    return (incmap__ratio){ east, away.z * cos_lat - out * sin_lat };
}

/* Of that direction and the foot's `turn`, from 0 to less than 360. */
INCMAP__INLINE double incmap__foot_azimuth(double direction_deg, double turn, double distance_m)
{
    const double azimuth = direction_deg + turn * INCMAP__DEGREES_PER_RADIAN;
    const double turned = azimuth < 0 ? azimuth + 360 : azimuth;
    /* What is just below 0 rounds up to 360; at the foot itself there is no direction. */
    return turned < 360 && distance_m > 0 ? turned : 0;
}

#endif
