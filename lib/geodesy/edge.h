/* SPDX-License-Identifier: MIT */
/* One geodesic edge: its nearest point to a point, exactly, and bounds that need no geodesic. */
#ifndef INCMAP_GEODESY_EDGE_H
#define INCMAP_GEODESY_EDGE_H

#include <incmap/coord.h>

#include "geodesy/ellipsoid.h"

typedef struct {
    double distance_m; /* from the point to the foot */
    double along_m;    /* from the edge's start to the foot */
    incmap_coord foot;
} incmap__edge_foot;

/* The nearest point of the geodesic from a to b, ends included. */
incmap__edge_foot incmap__edge_nearest(incmap_coord a, incmap_coord b, incmap_coord point);

/* Whether the edge comes within radius_m of the point; most edges are told by their chord alone. */
bool incmap__edge_is_within(incmap_coord a, incmap_coord b, incmap_coord point, double radius_m);

/* Length of the geodesic from a to b, whose earth-centred positions are pa and pb: by a series for
 * edges below 20 km, where it is good to 1 nm (tests/test_edge.c), else by the inverse problem. */
double incmap__edge_length(incmap_coord a, incmap_coord b, incmap__ecef pa, incmap__ecef pb);

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
