/* SPDX-License-Identifier: MIT */
/* Edges that are straight in longitude and latitude, as GeoJSON means them and as maps without a
 * projection draw them: cut into geodesics that stay within a millimetre of them. */
#ifndef INCMAP_GEODESY_STRAIGHT_H
#define INCMAP_GEODESY_STRAIGHT_H

#include <incmap/coord.h>

/* How many geodesic pieces the edge from a to b takes, at least 1: each of them leaves the straight edge
 * by less than 1 mm. An edge of more than half a turn of longitude goes the other way round. The same for
 * an edge taken backwards. */
size_t incmap__straight_pieces(incmap_coord a, incmap_coord b);

/* Where piece i of n begins; piece n, where the edge ends. To the last bit the point that the edge taken
 * backwards has as n - i, so that neighbours go on sharing it. lon may be up to 360. */
incmap_coord incmap__straight_point(incmap_coord a, incmap_coord b, size_t i, size_t n);

#endif
