/* SPDX-License-Identifier: MIT */
/* One geodesic edge: its nearest point to a point, exactly, and bounds that need no geodesic. */
#ifndef INCMAP_GEODESY_EDGE_H
#define INCMAP_GEODESY_EDGE_H

#include <incmap/coord.h>

#include <math.h>

#include "geodesy/ellipsoid.h"
#include "geodesy/lanes.h"

typedef struct {
    double distance_m; /* from the point to the foot */
    double along_m;    /* from the edge's start to the foot */
    incmap_coord foot;
} incmap__edge_foot;

/* The nearest point of the geodesic from a to b, ends included. */
incmap__edge_foot incmap__edge_nearest(incmap_coord a, incmap_coord b, incmap_coord point);

/* Whether the edge comes within radius_m of the point; most edges are told by their chord alone. */
bool incmap__edge_is_within(incmap_coord a, incmap_coord b, incmap_coord point, double radius_m);

/* Length of the geodesic from a to b, whose earth-centred positions are pa and pb: by series for
 * edges below 20 km, where they are good to 1 nm (tests/test_edge.c), else by the inverse problem. */
double incmap__edge_length(incmap_coord a, incmap_coord b, incmap__ecef pa, incmap__ecef pb);

/* incmap__edge_length for chords of at most INCMAP__ARC_MOST m, also in loops over lanes. An arc of constant
 * curvature kappa over a chord c has length c (1 + k/24 + 3 k^2/640), k = (kappa c)^2; with the unnormalized
 * normal D p of the ellipsoid, D = diag(1, 1, 1/(1 - e^2)), the curvature of the normal section
 * along v is (v . D v) / (v . v |D p|), here at the middle. */
#define INCMAP__ARC_MOST 4e3

INCMAP__INLINE double incmap__edge_arc(incmap__ecef p, incmap__ecef q)
{
    const double d = 1 / (1 - INCMAP__WGS84_E2);
    const double x = q.x - p.x, y = q.y - p.y, z = q.z - p.z;
    const double level = x * x + y * y, up = z * z, squared = level + up, bent = level + d * up;
    const double mx = p.x + q.x, my = p.y + q.y, mz = d * (p.z + q.z);
    const double normal = (mx * mx + my * my + mz * mz) / 4;
    const double k = bent * bent / (squared * normal + 1e-300); /* the least number: c may be 0 */
    return sqrt(squared) * (1 + k * (1.0 / 24 + k * (3.0 / 640)));
}

/* How far a geodesic can leave its chord of length chord_m, at most: the sagitta of the smallest
 * circle of curvature, with two per cent on top. */
double incmap__edge_sagitta(double chord_m);

/* Straight through the earth. */
double incmap__chord_length(incmap__ecef a, incmap__ecef b);
/* Distance from p to the chord a-b, straight through the earth. */
double incmap__chord_distance(incmap__ecef a, incmap__ecef b, incmap__ecef p);

/* The longest chord that two points at most distance_m apart on the ellipsoid can have. */
double incmap__chord_bound(double distance_m);

#endif
