/* SPDX-License-Identifier: MIT */
/* Sine, cosine and arc tangent of degrees, for loops that the compiler makes vectors of; the C
 * library's own cannot be in such a loop, and pick their instructions by processor, which changes
 * last digits from one machine to the next. These are plain sums and products, the same everywhere.
 *
 * The polynomials are Chebyshev fits (mpmath's chebyfit at 40 digits) to better than 2e-17. */
#ifndef INCMAP_GEODESY_TRIG_H
#define INCMAP_GEODESY_TRIG_H

#include <math.h>

#include "geodesy/lanes.h"

#define INCMAP__DEGREES_PER_RADIAN 57.295779513082320877
#define INCMAP__RADIANS_PER_DEGREE 0.017453292519943295769

/* Nearest whole number, for |x| < 2^51: adding this leaves no place for a fraction. */
INCMAP__INLINE double incmap__nearest_whole(double x)
{
    const double no_fraction = 6755399441055744.0; /* 1.5 * 2^52 */
    return (x + no_fraction) - no_fraction;
}

/* For -225 <= deg <= 225; multiples of 90 exact, others to an ulp of 1 or so. */
INCMAP__INLINE void incmap__sincos_degrees(double deg, double *sine, double *cosine)
{
    const double quarter = incmap__nearest_whole(deg / 90);
    const double x = (deg - 90 * quarter) * INCMAP__RADIANS_PER_DEGREE, s = x * x;
    const double s2 = s * s, s4 = s2 * s2;
    /* Pairs first, for fewer steps one after the other. */
    const double sin_0 = -0.16666666666666664624 + s * 0.0083333333333309484855,
                 sin_2 = -0.00019841269836758574323 + s * 2.7557316102552440119e-6,
                 sin_4 = -2.5051131845003624417e-8 + s * 1.5918129294866608667e-10;
    const double cos_0 = 0.041666666666666665389 - s * 0.0013888888888887397237,
                 cos_2 = 0.000024801587298765687927 - s * 2.7557317271729792882e-7,
                 cos_4 = 2.0876146268403197893e-9 - s * 1.1382632425521718005e-11;
    const double sin_x = x + x * s * (sin_0 + s2 * sin_2 + s4 * sin_4);
    const double cos_x = 1 - s / 2 + s2 * (cos_0 + s2 * cos_2 + s4 * cos_4);
    const double turned = quarter > 0 ? 1.0 : -1.0, flipped = fabs(quarter) > 1.5 ? -1.0 : 1.0;
    const double is_odd = fabs(quarter) == 1 ? 1.0 : 0.0;
    *sine = is_odd > 0 ? turned * cos_x : flipped * sin_x;
    *cosine = is_odd > 0 ? -turned * sin_x : flipped * cos_x;
}

/* -180 to 180 degrees; 0 where both are 0. Good to 2e-16 of the angle or of 90 degrees. */
INCMAP__INLINE double incmap__atan2_degrees(double y, double x)
{
    const double tan_eighth = 0.41421356237309504880; /* of 22.5 degrees */
    const double ax = fabs(x), ay = fabs(y);
    const double small = ay > ax ? ax : ay, big = ay > ax ? ay : ax;
    const double is_mid = small > tan_eighth * big ? 1.0 : 0.0;
    const double r = (is_mid > 0 ? small - big : small) /
                     ((is_mid > 0 ? small + big : big) + 1e-300 /* both 0 */);
    const double s = r * r, s2 = s * s, s4 = s2 * s2, s8 = s4 * s4;
    const double c0 = -0.33333333333333121163 + s * 0.19999999999940891462,
                 c2 = -0.14285714279250244942 + s * 0.11111110744919658237,
                 c4 = -0.090908968090640270761 + s * 0.076920453309022249521,
                 c6 = -0.066629518136291900881 + s * 0.058468782973308725201,
                 c8 = -0.050351024566015518428 + s * 0.037965257453865936236 -
                      s2 * 0.017805397205419445228;
    const double atan_r = r + r * s * (c0 + s2 * c2 + s4 * (c4 + s2 * c6) + s8 * c8);
    const double mid = is_mid * 45 + atan_r * INCMAP__DEGREES_PER_RADIAN;
    const double first = ay > ax ? 90 - mid : mid;
    const double upper = x < 0 ? 180 - first : first;
    return y < 0 ? -upper : upper;
}

#endif
