/* SPDX-License-Identifier: MIT */
/* How near points far away are, roughly and without trigonometry: which of two is the nearer, or that
 * it takes a true geodesic to tell. For loops over lanes.
 *
 * Points are those of the auxiliary sphere: the ellipsoid's with x and y over a, z over b, which makes
 * them unit vectors at reduced latitudes. With C the cosine of the angle sigma between two of them,
 * S its sine, and zs, zd the sum and the difference of their z, Lambert's formula (Andoyer's in reduced
 * latitudes; Lambert 1942, J. Wash. Acad. Sci. 32) is
 *
 *   s / a = sigma - f delta,   delta = ((sigma - S) zs^2 / (1 + C) + (sigma + S) zd^2 / (1 - C)) / 4
 *
 * and so, but for squares of f,
 *
 *   cos(s / a) = C + f delta S
 *
 * which is called closeness: it grows where the distance shrinks. With y = cos(sigma/2) it is
 *
 *   C + f/4 (A zs^2 + B zd^2),   A = 2 (1 - y^2)(P/y - 1),   B = 2 y (P + y),
 *   P(y) = arccos(y) / sqrt(1 - y^2)
 *
 * where P is smooth up to the antipode. What it is off by is as good as the same for neighbours: that is
 * what the search counts on. */
#ifndef INCMAP_GEODESY_FAR_DISTANCE_H
#define INCMAP_GEODESY_FAR_DISTANCE_H

#include <math.h>

#include "geodesy/ellipsoid.h"
#include "geodesy/lanes.h"

/* Least C that closeness is good for: 18,990 km, give or take 20. */
#define INCMAP__FAR_COSINE_LEAST -0.9868

/* By how much the error of closeness can differ between two points, at most, for each unit of
 * |dx| + |dy| + |dz| between them, where their cosines and those between them are at least this;
 * tests/test_edge_search_far.c finds less than half of it everywhere. */
INCMAP__INLINE double incmap__far_drift(double cosine)
{
    const double root = sqrt(1 + cosine);
    return 2e-5 / (root * sqrt(root));
}

INCMAP__INLINE incmap__ecef incmap__far_unit(double x, double y, double z)
{
    const double per_a = 1 / INCMAP__WGS84_A, per_b = 1 / INCMAP__WGS84_B;
    return (incmap__ecef){ x * per_a, y * per_a, z * per_b };
}

/* P above, to 2.4e-6 for 0.05 <= y <= 1: a Chebyshev fit. */
INCMAP__INLINE double incmap__far_angle(double y)
{
    return 1.57076467198 +
           y * (-0.998967869741 +
                y * (0.773765395354 +
                     y * (-0.60374775561 +
                          y * (0.398777073345 + y * (-0.177949482145 + y * 0.0373597031129)))));
}

typedef struct {
    double cosine, closeness;
    double by_cosine, by_z; /* how closeness grows with the cosine, with z alone */
} incmap__far_view;

/* Of u from p. With a cosine below the least the rest means nothing, but is finite. */
INCMAP__INLINE incmap__far_view incmap__far_look(incmap__ecef p, incmap__ecef u)
{
    const double f = INCMAP__WGS84_F;
    const double c = p.x * u.x + p.y * u.y + p.z * u.z;
    const double y2 = c > INCMAP__FAR_COSINE_LEAST ? 0.5 + 0.5 * c : 0.005;
    const double y = sqrt(y2), per_y = 1 / y, rest = 1 - y2;
    const double zs = p.z + u.z, zd = u.z - p.z, zs2 = zs * zs, zd2 = zd * zd;
    const double angle = incmap__far_angle(y), ratio = angle * per_y;
    const double a = 2 * rest * (ratio - 1), b = 2 * y * (angle + y);
    /* The derivatives of A and B by y; P' = (y P - 1) / (1 - y^2). */
    const double da = 4 * y - 2 * per_y - 2 * ratio * per_y;
    const double db = 2 * angle + 4 * y;
    const double db_rest = 2 * y * (y * angle - 1) * (zd2 / (rest + 1e-30));
    return (incmap__far_view){
        .cosine = c,
        .closeness = c + f / 4 * (a * zs2 + b * zd2),
        .by_cosine = 1 + f / 16 * per_y * (da * zs2 + db * zd2 + db_rest),
        .by_z = f / 2 * (a * zs + b * zd),
    };
}

#endif
