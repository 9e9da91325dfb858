/* SPDX-License-Identifier: MIT */
/* The geodesic between two points of the ellipsoid that are not far apart, from their straight
 * chord: no trigonometry and no branch, so that it can be in a loop over lanes, and derivatives for
 * both ends at the price of a few multiplications.
 *
 * With chord c along the unit vector t, unit normal n at the middle and kappa = (1 + e'^2 t_z^2) / N,
 * the curvature there of the section along t, the geodesic has the length
 *
 *   s = c (1 + k/24 + c2 k^2 + c3 k^3 + 35 k^4/294912),  k = (kappa c)^2,  T = t_z^2,  U = n_z^2
 *   c2 = 3/640 - e^2/160 (T - U) + e^4 (second order in T, U),   c3 = 5/7168 + e^2 (first order)
 *
 * The terms in k alone are those of a circle's arc, 2/kappa asin(kappa c / 2). The others are what
 * remains of the change of curvature along the way. The first of them was guessed from its order and
 * confirmed, the rest fitted by least squares to Karney's geodesics (40,000 of 300 to 1,200 km; what
 * is left at 1,000 km is below 1 um). The derivatives are those of this very series, so that a
 * minimum found with them is the minimum of it. */
#ifndef INCMAP_GEODESY_SHORT_GEODESIC_H
#define INCMAP_GEODESY_SHORT_GEODESIC_H

#include <math.h>

#include "geodesy/ellipsoid.h"
#include "geodesy/lanes.h"

/* Up to here the distance is within 2 um of the true one and the directions within 1e-9 degrees
 * (tests/test_short_geodesic.c). */
#define INCMAP__SHORT_GEODESIC_MOST 1000e3

typedef struct {
    double distance_m;
    double curvature; /* Gaussian, of the surface at the middle, 1/m^2 */
    incmap__ecef at_p,
        at_q; /* how the distance grows when that end moves: unit vectors in the tangent
                                plane, away from the other end; 0 at distance 0 */
} incmap__short_geodesic;

INCMAP__INLINE double incmap__dot(incmap__ecef a, incmap__ecef b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

/* p + f q */
INCMAP__INLINE incmap__ecef incmap__plus(incmap__ecef p, double f, incmap__ecef q)
{
    return (incmap__ecef){ p.x + f * q.x, p.y + f * q.y, p.z + f * q.z };
}

INCMAP__INLINE incmap__short_geodesic incmap__short_geodesic_between(incmap__ecef p, incmap__ecef q)
{
    /* Of e^4 T, e^4 U, e^4 T^2, e^4 T U, e^4 U^2 in c2; of e^2 T, e^2 U in c3. */
    const double c2_t = -0.0069678508, c2_u = -0.0042378463, c2_tt = 0.0069824132,
                 c2_tu = 0.0048873211, c2_uu = 0.0105251878, c3_t = -0.0016838191,
                 c3_u = 0.0016953930;
    const double e2 = INCMAP__WGS84_E2, flat = 1 / (1 - INCMAP__WGS84_E2), ep2 = e2 * flat;
    const incmap__ecef d = incmap__plus(q, -1, p), up = { 0, 0, 1 };
    const double cc = incmap__dot(d, d), c = sqrt(cc);
    const double per_cc = 1 / (cc + 1e-300 /* where there is no chord, t is 0 */),
                 per_c = c * per_cc;
    const incmap__ecef t = { d.x * per_c, d.y * per_c, d.z * per_c };
    /* The normal at the middle, to within the chord's sagitta over the radius times e^2, is w over its
     * length; the length itself is not needed. */
    const incmap__ecef w = { (p.x + q.x) / 2, (p.y + q.y) / 2, flat * (p.z + q.z) / 2 };
    const double per_ww = 1 / incmap__dot(w, w), uu = w.z * w.z * per_ww; /* n_z^2 */

    /* kappa = bent / N with 1/N^2 = narrow / a^2, of which the square is all that is needed. */
    const double narrow = 1 - e2 * uu, tt = d.z * d.z * per_cc, bent = 1 + ep2 * tt;
    const double k_bent = bent * cc * (1 / (INCMAP__WGS84_A * INCMAP__WGS84_A));
    const double per_bent = k_bent * narrow, per_narrow = k_bent * bent; /* k over each */
    const double k = per_bent * bent, kk = k * k, e4 = e2 * e2;
    const double c2 = 3.0 / 640 - e2 / 160 * (tt - uu) +
                      e4 * (tt * (c2_t + c2_tt * tt + c2_tu * uu) + uu * (c2_u + c2_uu * uu));
    const double c3 = 5.0 / 7168 + e2 * (c3_t * tt + c3_u * uu), c4 = 35.0 / 294912;
    const double series = 1 + k * (1.0 / 24) + kk * (c2 + k * c3 + kk * c4);
    const double slope = 1.0 / 24 + k * (2 * c2) + kk * (3 * c3 + k * (4 * c4));

    /* ds = by_c dc + c by_t dt_z / t_z + c by_nn dn_z^2; what k^2 and k^3 have of T and U, by them. */
    const double by_c = series + 2 * k * slope;
    const double of_tt = -e2 / 160 + e4 * (c2_t + 2 * c2_tt * tt + c2_tu * uu) + k * e2 * c3_t;
    const double of_uu = e2 / 160 + e4 * (c2_u + 2 * c2_uu * uu + c2_tu * tt) + k * e2 * c3_u;
    const double by_t = t.z * (4 * ep2 * slope * per_bent + 2 * kk * of_tt);
    /* By n_z^2 = w_z^2 / w w, with what d(n_z^2) has in common for all axes. */
    const double by_nn = c * (kk * of_uu - e2 * slope * per_narrow) * per_ww * w.z;
    /* dc = t dq and dt_z = (up - t_z t)/c dq, both with the other sign for dp; d(n_z^2) is the same for
     * both, each end moving the middle by half. */
    const incmap__ecef turn = incmap__plus(up, -t.z, t);
    const incmap__ecef dnn = { -w.z * w.x * per_ww, -w.z * w.y * per_ww, flat * (1 - uu) };
    const incmap__ecef away =
        incmap__plus((incmap__ecef){ by_c * t.x, by_c * t.y, by_c * t.z }, by_t, turn);
    return (incmap__short_geodesic){
        .distance_m = c * series,
        .curvature = narrow * narrow * (1 / (INCMAP__WGS84_B * INCMAP__WGS84_B)),
        .at_p = incmap__plus((incmap__ecef){ -away.x, -away.y, -away.z }, by_nn, dnn),
        .at_q = incmap__plus(away, by_nn, dnn),
    };
}

/* The point of the ellipsoid straight above a point below its surface by a metre (good to 0.1 um) or
 * ten (10 um, all of it along the normal). Half the gradient of x^2/a^2 + y^2/a^2 + z^2/b^2 is w/a^2. */
INCMAP__INLINE incmap__ecef incmap__ecef_lift(incmap__ecef m)
{
    const double per_a2 = 1 / (INCMAP__WGS84_A * INCMAP__WGS84_A);
    const incmap__ecef w = { m.x, m.y, m.z * (1 / (1 - INCMAP__WGS84_E2)) };
    const double level = incmap__dot(m, w) * per_a2 - 1;
    /* -1/2 over 1 + x, for x up to e^2/(1 - e^2), to 2e-9 of a level of a millionth at most */
    const double x = incmap__dot(w, w) * per_a2 - 1, per = (x - 1) * (0.5 + x * x / 2);
    return incmap__plus(m, level * per, w);
}

/* The vertical at a point of the ellipsoid, of unit length. */
INCMAP__INLINE incmap__ecef incmap__ecef_up(incmap__ecef at)
{
    const double per_a2 = 1 / (INCMAP__WGS84_A * INCMAP__WGS84_A);
    const incmap__ecef w = { at.x, at.y, at.z * (1 / (1 - INCMAP__WGS84_E2)) };
    const double per_length =
        incmap__rsqrt_1_minus(1 - incmap__dot(w, w) * per_a2) / INCMAP__WGS84_A;
    return (incmap__ecef){ w.x * per_length, w.y * per_length, w.z * per_length };
}

/* v without its part along a vertical. */
INCMAP__INLINE incmap__ecef incmap__ecef_level(incmap__ecef up, incmap__ecef v)
{
    return incmap__plus(v, -incmap__dot(v, up), up);
}

#endif
