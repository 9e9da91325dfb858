/* SPDX-License-Identifier: MIT */
/* What measuring one point and many have in common: a whole answer from the nearest edge. */
#ifndef INCMAP_GEODESY_BORDER_DEPTH_H
#define INCMAP_GEODESY_BORDER_DEPTH_H

#include "geodesy/border.h"

bool incmap__border_is_measurable(incmap_coord point, double uncertainty_m);

/* The answer for a measurable point, of which the border's index says `nearest`. grid may be NULL. */
void incmap__border_depth(const incmap_border *border, const incmap__side_grid *grid,
                          incmap_coord point, double uncertainty_m,
                          const incmap__nearest_edge *nearest, incmap_depth *out);

/* *out is NULL where a grid would be no use. INCMAP_ENOMEM. */
incmap_status incmap__border_make_grid(const incmap_border *border, incmap__side_grid **out,
                                       const incmap_allocator *a, incmap_error *err);

#endif
