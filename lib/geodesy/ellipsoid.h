/* SPDX-License-Identifier: MIT */
/* Geodesics on WGS 84 in incmap's terms: the one adapter to PROJ's geodesic.h. Angles are degrees,
 * lengths metres; whatever goes in must be a valid coordinate, the doors check that before. */
#ifndef INCMAP_GEODESY_ELLIPSOID_H
#define INCMAP_GEODESY_ELLIPSOID_H

#include <math.h>

#include <incmap/coord.h>

#include "geodesy/lanes.h"

/* WGS 84: the equatorial radius and the flattening define it, the rest follows, rounded to the
 * nearest double. */
#define INCMAP__WGS84_A 6378137.0
#define INCMAP__WGS84_F (1 / 298.257223563)
#define INCMAP__WGS84_B 6356752.3142451794975639966
#define INCMAP__WGS84_E2 0.0066943799901413169961372 /* f (2 - f) */
/* Radii of curvature of the surface: smallest b^2/a, of the meridian at the equator; largest
 * a^2/b, at the poles in every direction. */
#define INCMAP__WGS84_RADIUS_MIN 6335439.3272928200308
#define INCMAP__WGS84_RADIUS_MAX 6399593.6257584930735
/* Half the meridian: no two points are farther apart. */
#define INCMAP__WGS84_DISTANCE_MAX 20003931.4586254470

/* Earth-centred cartesian, metres: x toward 0 N 0 E, y toward 0 N 90 E, z toward the north pole. */
typedef struct {
    double x, y, z;
} incmap__ecef;

/* The point on the ellipsoid itself (height 0), in closed form; good to a few nanometres. */
incmap__ecef incmap__ecef_from_coord(incmap_coord c);

/* 1/sqrt(1 - u) for |u| up to e^2/(1 - e^2), to the last digit or so: what is under the roots of the
 * ellipsoid's formulas differs from 1 so little that a few products are sooner done. */
INCMAP__INLINE double incmap__rsqrt_1_minus(double u)
{
    const double u2 = u * u, low = 1.0 / 2 + u * (3.0 / 8), middle = 5.0 / 16 + u * (35.0 / 128),
                 high = 63.0 / 256 + u * (231.0 / 1024) + u2 * (429.0 / 2048);
    return 1 + u * (low + u2 * (middle + u2 * high));
}

/* The same from the sines and cosines of its position. */
INCMAP__INLINE incmap__ecef incmap__ecef_from_sines(double sin_lat, double cos_lat, double sin_lon,
                                                    double cos_lon)
{
    const double normal =
        INCMAP__WGS84_A * incmap__rsqrt_1_minus(INCMAP__WGS84_E2 * sin_lat * sin_lat);
    return (incmap__ecef){ normal * cos_lat * cos_lon, normal * cos_lat * sin_lon,
                           normal * (1 - INCMAP__WGS84_E2) * sin_lat };
}

/* Distance and azimuths at both ends, both *forward* (the direction of travel from a to b), in
 * [-180, 180], as PROJ gives them; any pointer may be NULL, and what is not asked for costs
 * nothing. Coincident points: distance 0 exactly, and azimuths without a meaning (both the same). */
void incmap__geodesic_inverse(incmap_coord a, incmap_coord b, double *distance_m,
                              double *azimuth_a_deg, double *azimuth_b_deg);

/* The inverse problem with what tells how neighbouring geodesics spread. */
typedef struct {
    double distance_m;
    double azimuth_a_deg;    /* forward, at a */
    double azimuth_b_deg;    /* forward, at b */
    double reduced_length_m; /* m12: a turn of d radians at a moves the far end by m12 d */
    double scale_ab; /* M12: geodesics that leave a parallel, t apart, are M12 t apart at b */
    double scale_ba; /* M21: the same from b to a */
} incmap__geodesic_full;

void incmap__geodesic_inverse_scale(incmap_coord a, incmap_coord b, incmap__geodesic_full *out);

/* Where one arrives, lon in [-180, 180], and the forward azimuth there (may be NULL). The azimuth
 * and the distance may be any finite numbers; a negative distance goes backwards. */
incmap_coord incmap__geodesic_direct(incmap_coord from, double azimuth_deg, double distance_m,
                                     double *azimuth_there_deg);

/* A geodesic prepared for many points along it: plain storage, copied freely, nothing to free.
 * It holds PROJ's own struct, which this header hides. */
typedef struct {
    double storage[80];
} incmap__geodesic_line;

void incmap__geodesic_line_init(incmap__geodesic_line *line, incmap_coord from, double azimuth_deg);

/* The point `at_m` metres from the start, as incmap__geodesic_direct. */
incmap_coord incmap__geodesic_line_at(const incmap__geodesic_line *line, double at_m,
                                      double *azimuth_there_deg);

#endif
