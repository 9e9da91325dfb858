/* SPDX-License-Identifier: MIT */
/* A short geodesic edge as its chord lifted to the ellipsoid: the points above parts of the chord, and
 * their lengths along the edge. For edges as the index has them, below 12 km. */
#ifndef INCMAP_GEODESY_LIFTED_CHORD_H
#define INCMAP_GEODESY_LIFTED_CHORD_H

#include "geodesy/short_geodesic.h"

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
INCMAP__INLINE incmap__ecef incmap__above_chord(double t, incmap__ecef a, incmap__ecef v,
                                                incmap__ecef b)
{
    const incmap__ecef p = incmap__ecef_lift(incmap__plus(a, t, v));
    const double x = t > 0 ? p.x : a.x, y = t > 0 ? p.y : a.y, z = t > 0 ? p.z : a.z;
    return (incmap__ecef){ t < 1 ? x : b.x, t < 1 ? y : b.y, t < 1 ? z : b.z };
}

#endif
