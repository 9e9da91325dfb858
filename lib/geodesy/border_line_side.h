/* SPDX-License-Identifier: MIT */
/* The side of a point where a border is plain lines: the hand of the nearest edge. */
#ifndef INCMAP_GEODESY_BORDER_LINE_SIDE_H
#define INCMAP_GEODESY_BORDER_LINE_SIDE_H

#include "geodesy/border.h"

/* Sets side and side_certain of d, whose other members are there, depth_m without a sign. `nearest` is
 * what the border's index answered for the point. Only where border->sides is not OUTLINES. */
void incmap__line_side(const incmap_border *border, incmap_coord point,
                       const incmap__nearest_edge *nearest, incmap_depth *d);

#endif
