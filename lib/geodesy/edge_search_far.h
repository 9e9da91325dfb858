/* SPDX-License-Identifier: MIT */
/* The nearest edge of a point beyond the short geodesic's reach. */
#ifndef INCMAP_GEODESY_EDGE_SEARCH_FAR_H
#define INCMAP_GEODESY_EDGE_SEARCH_FAR_H

#include "geodesy/edge_index.h"

incmap__nearest_edge incmap__edge_index_nearest_far(const incmap__edge_index *index,
                                                    incmap_coord point, size_t hint);

#endif
