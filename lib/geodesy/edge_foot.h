/* SPDX-License-Identifier: MIT */
/* The foot of a near point on one short edge, by the short geodesic's series: without a branch, so that it
 * can be in a loop over lanes. */
#ifndef INCMAP_GEODESY_EDGE_FOOT_H
#define INCMAP_GEODESY_EDGE_FOOT_H

#include "geodesy/short_geodesic.h"

typedef struct {
    double distance_m, along_m; /* from the point; from the edge's start */
    double t;                   /* part of the edge's chord; 0 and 1 are its vertices */
    incmap__ecef at;            /* the foot */
    incmap__ecef away;          /* tangent at the point that leads to it, but for a turn */
    double turn;                /* clockwise, radians */
} incmap__near_foot;

/* Length along an edge to part t of its chord. Points are lifted from the chord straight up, so their
 * angles at the centre of curvature are even in their tangents: with u from the middle the length is
 * u (1 + c^2/8R^2 - u^2/3R^2). */
INCMAP__INLINE double incmap__along_chord(double t, double chord)
{
    const double u = (t - 0.5) * chord, r2 = INCMAP__WGS84_A * INCMAP__WGS84_B;
    const double half = chord / 2 * (1 + chord * chord / (24 * r2));
    const double along = half + u * (1 + chord * chord / (8 * r2) - u * u / (3 * r2));
    return t > 0 ? along : 0;
}

INCMAP__INLINE double incmap__part_of_unit(double t)
{
    const double low = t > 0 ? t : 0;
    return low < 1 ? low : 1;
}

/* The point of an edge above part t of its chord; the ends are the vertices, to the last bit. */
INCMAP__INLINE incmap__ecef incmap__point_above(double t, incmap__ecef a, incmap__ecef v,
                                                incmap__ecef b)
{
    const incmap__ecef p = incmap__ecef_lift(incmap__plus(a, t, v));
    const double x = t > 0 ? p.x : a.x, y = t > 0 ? p.y : a.y, z = t > 0 ? p.z : a.z;
    return (incmap__ecef){ t < 1 ? x : b.x, t < 1 ? y : b.y, t < 1 ? z : b.z };
}

/* From the straight foot one step of Newton's method on half the squared distance, f = s^2/2, along the
 * edge: f' = s slope, f'' = slope^2 + (1 - slope^2) x cot x with x^2 = K s^2 and the surface's curvature
 * K. The straight foot is off by a metre or two at 500 km and by eight at 1,000 km, so that the step
 * leaves some 10 um of the foot. The distance there follows from f, f' and f'' alone, the third
 * derivative adding nanometres; and the direction from the point turns by what the foot moves across
 * the way over the reduced length, s (1 - x^2/6 + x^4/120). */
INCMAP__INLINE incmap__near_foot incmap__edge_near_foot(incmap__ecef p, incmap__ecef a,
                                                        incmap__ecef b)
{
    const incmap__ecef v = incmap__plus(b, -1, a), from_a = incmap__plus(p, -1, a);
    const double squared = incmap__dot(v, v), length = sqrt(squared);
    const double per_squared = 1 / (squared + 1e-300);
    const double straight = incmap__part_of_unit(incmap__dot(from_a, v) * per_squared);
    const incmap__ecef tried = incmap__point_above(straight, a, v, b);
    const incmap__short_geodesic way = incmap__short_geodesic_between(p, tried);
    /* The edge's own direction there, level, of unit length. */
    const incmap__ecef up = incmap__ecef_up(tried), level = incmap__ecef_level(up, v);
    const double per_length = 1 / sqrt(incmap__dot(level, level) + 1e-300);
    const double s = way.distance_m, slope = incmap__dot(way.at_q, level) * per_length;
    const double x2 = s * s * way.curvature;
    const double x_cot_x = 1 - x2 * (1.0 / 3 + x2 * (1.0 / 45 + x2 * (2.0 / 945)));
    const double bend = x_cot_x + slope * slope * (1 - x_cot_x);
    const double t = incmap__part_of_unit(straight - s * slope * (length * per_squared) / bend);
    const double step = (t - straight) * length;
    const double moved = s * s + step * (2 * s * slope + bend * step);
    const double reduced = s * (1 - x2 * (1.0 / 6 - x2 * (1.0 / 120)));
    const incmap__ecef right = { way.at_q.y * up.z - way.at_q.z * up.y,
                                 way.at_q.z * up.x - way.at_q.x * up.z,
                                 way.at_q.x * up.y - way.at_q.y * up.x };
    const double turn_per_step = incmap__dot(right, level) * per_length / (reduced + 1e-300);

    return (incmap__near_foot){
        .distance_m = sqrt(moved > 0 ? moved : 0),
        .along_m = incmap__along_chord(t, length),
        .t = t,
        .turn = step * turn_per_step,
        .at = incmap__point_above(t, a, v, b),
        .away = { -way.at_p.x, -way.at_p.y, -way.at_p.z },
    };
}

#endif
