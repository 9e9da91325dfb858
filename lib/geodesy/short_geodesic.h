/* SPDX-License-Identifier: MIT */
/* The geodesic between two points of the ellipsoid that are not far apart, from their straight
 * chord: no trigonometry, and derivatives for both ends at the price of a few multiplications. */
#ifndef INCMAP_GEODESY_SHORT_GEODESIC_H
#define INCMAP_GEODESY_SHORT_GEODESIC_H

#include "geodesy/ellipsoid.h"

/* Up to here the distance is within 2 um of the true one and the directions within 1e-9 degrees
 * (tests/test_short_geodesic.c). */
#define INCMAP__SHORT_GEODESIC_MOST 1000e3

typedef struct {
    double distance_m;
    incmap__ecef at_p,
        at_q; /* how the distance grows when that end moves: unit vectors in the tangent
                                plane, away from the other end; without a meaning at distance 0 */
} incmap__short_geodesic;

incmap__short_geodesic incmap__short_geodesic_between(incmap__ecef p, incmap__ecef q);

/* The point of the ellipsoid straight above a point below its surface by a metre (good to 0.1 um) or
 * ten (10 um, all of it along the normal). */
incmap__ecef incmap__ecef_lift(incmap__ecef below);

/* v without its part along the vertical at a point of the ellipsoid. */
incmap__ecef incmap__ecef_level(incmap__ecef at, incmap__ecef v);

/* Position of a point of the ellipsoid. */
incmap_coord incmap__ecef_to_coord(incmap__ecef p);

/* Azimuth, 0 <= azimuth < 360, of a vector seen from there; its upward part is ignored. */
double incmap__station_azimuth(const incmap__station *from, incmap__ecef v);

#endif
