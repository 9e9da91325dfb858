/* SPDX-License-Identifier: MIT */
/* How far a line that is straight in longitude and latitude leaves the geodesic between its ends, and the
 * points that keep the two together.
 *
 * On a sphere of radius R such a line, at latitude u with azimuth z, has the geodesic curvature
 *   k = sin z tan u (1 + cos^2 z) / R,
 * by Liouville's formula: tan z = cos u dlon/dlat there, so that z' = -sin z cos^2 z tan u / R along it,
 * while along a geodesic z' = sin z tan u / R. A curve of curvature k leaves its chord by k L^2 / 8. */
#include "geodesy/straight.h"

#include <math.h>

#include "geodesy/ellipsoid.h"

#define RADIANS (3.14159265358979323846 / 180)

/* A tenth below what is promised; and how much the ellipsoid can add to the curvature of a sphere: the
 * ratio of its two radii changes with latitude by at most e^2 sin 2u = 2 e^2 cos^2 u tan u. */
static const double most_m = 0.9e-3, ellipsoid_factor = 1.03;
/* Longer pieces are no longer small against the earth, and the formula no longer good. */
static const double longest_m = 100e3;

/* An edge in the one direction that both neighbours agree on. */
struct edge {
    incmap_coord from;
    double lon, lat; /* the way from there, degrees */
    bool swapped;
};

static bool is_after(incmap_coord a, incmap_coord b)
{
    return a.lat > b.lat || (a.lat == b.lat && a.lon > b.lon);
}

static struct edge ordered(incmap_coord a, incmap_coord b)
{
    const incmap_coord p = incmap_coord_wrap(a), q = incmap_coord_wrap(b);
    const bool swapped = is_after(p, q);
    const incmap_coord from = swapped ? q : p, to = swapped ? p : q;
    double lon = to.lon - from.lon;

    if (lon > 180) lon -= 360;
    if (lon < -180) lon += 360;
    return (struct edge){ from, lon, to.lat - from.lat, swapped };
}

size_t incmap__straight_pieces(incmap_coord a, incmap_coord b)
{
    const struct edge e = ordered(a, b);
    const double lon = fabs(e.lon) * RADIANS, lat = fabs(e.lat) * RADIANS;
    const double u = e.from.lat * RADIANS, v = u + e.lat * RADIANS;
    const double sine = fmax(fabs(sin(u)), fabs(sin(v)));
    const double least = fmax(fmin(cos(u), cos(v)), 0); /* cosines: the nearest to a pole */
    const double most = u * v <= 0 ? 1 : fmax(cos(u), cos(v));
    const double way = hypot(least * lon, lat); /* on the unit sphere, at the least */
    const double length = INCMAP__WGS84_RADIUS_MAX * hypot(most * lon, lat);
    double curvature, leaves, pieces;

    if (lon == 0 || way == 0) return 1; /* along a meridian, or at a pole */
    /* sin z tan u = lon sin u / way: finite also where the line ends at a pole. */
    curvature = ellipsoid_factor * lon * sine / way * (2 - pow(least * lon / way, 2)) /
                INCMAP__WGS84_RADIUS_MIN;
    leaves = curvature * length * length / 8;
    pieces = fmax(ceil(sqrt(leaves / most_m)), ceil(length / longest_m));
    return pieces > 1 ? (size_t)pieces : 1;
}

incmap_coord incmap__straight_point(incmap_coord a, incmap_coord b, size_t i, size_t n)
{
    struct edge e;
    double t;

    if (i == 0) return a;
    if (i == n) return b;
    e = ordered(a, b);
    t = (double)(e.swapped ? n - i : i) / (double)n;
    return (incmap_coord){ .lat = e.from.lat + t * e.lat, .lon = e.from.lon + t * e.lon };
}
