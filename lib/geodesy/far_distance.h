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

/* An upper bound on the closeness of every point of the sphere in a box (half extents, not negative), or 4
 * for a box too large to say. Points whose cosine is below the least count with C + pi f S, which their
 * true cos(s/a) cannot exceed: the ellipsoid is nowhere shorter than b/a times the sphere.
 *
 * On the way from the middle, lifted to the sphere, by an angle rho to any point in the box, closeness
 * grows by its slope times sin rho, the more by rho / sin rho, and bends by less than 1.1 (on the sphere
 * 1). At the antipode it has a kink: what f adds to the cosine has a slope of pi f at most there, in
 * every direction. */
INCMAP__INLINE double incmap__far_box(incmap__ecef p, incmap__ecef middle, incmap__ecef half)
{
    const double near_antipode = -0.93, pi_f = 0.0107 /* a little more */, large = 0.16;
    const double m2 = middle.x * middle.x + middle.y * middle.y + middle.z * middle.z;
    const double h2 = half.x * half.x + half.y * half.y + half.z * half.z;
    const double rho2 = h2 * (1 + h2 / 2), per_m = 1 / sqrt(m2 + 1e-30);
    const incmap__ecef u = { middle.x * per_m, middle.y * per_m, middle.z * per_m };
    const incmap__far_view v = incmap__far_look(p, u);
    const double is_good = v.cosine > INCMAP__FAR_COSINE_LEAST ? 1.0 : 0.0;
    const double at_middle = is_good > 0 ? v.closeness : v.cosine + 0.17 * pi_f;
    const double by_c = is_good > 0 ? v.by_cosine : 1, by_z = is_good > 0 ? v.by_z : 0;
    const double gx = by_c * p.x, gy = by_c * p.y, gz = by_c * p.z + by_z;
    const double up = gx * u.x + gy * u.y + gz * u.z;
    const double grows =
        fabs(gx - up * u.x) * half.x + fabs(gy - up * u.y) * half.y + fabs(gz - up * u.z) * half.z;
    const double kink = v.cosine > near_antipode ? 0 : 2.2 * pi_f * (half.x + half.y + half.z);
    const double most = at_middle + grows + kink + rho2 * (0.55 + grows / 4);
    return h2 < large ? most : 4;
}

/* What the closeness of the inside of an edge of at most 12 km can exceed that of its better end by, from
 * both ends' closeness, the cosine at one and the square of the edge's length on the sphere. Along the
 * edge closeness bends down by at most q, the cosine times that square; 0.03 is for what f adds and
 * for an edge that is no great circle of the sphere, a hundredth for the cosine elsewhere on it. */
INCMAP__INLINE double incmap__far_excess(double start, double end, double cosine, double squared)
{
    const double bent = cosine + 0.03, q = (bent > 0 ? bent : 0) * squared * 1.01;
    const double d = q / 2 - fabs(end - start), in = d > 0 ? d : 0;
    return in * in / (2 * q + 1e-300);
}

#endif
