/* SPDX-License-Identifier: MIT */
/* The nearest edge of any point, by geodesics alone: for those whose nearest edge is near the antipode. */
#ifndef INCMAP_GEODESY_EDGE_SEARCH_ANTIPODE_H
#define INCMAP_GEODESY_EDGE_SEARCH_ANTIPODE_H

#include "geodesy/edge_index.h"

incmap__nearest_edge incmap__edge_index_nearest_antipode(const incmap__edge_index *index,
                                                         incmap_coord point, size_t hint);

#endif
