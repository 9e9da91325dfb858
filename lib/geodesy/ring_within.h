/* SPDX-License-Identifier: MIT */
/* Whether a ring lies wholly within an outline: an enclave that has no hole there, or a polygon that another
 * one covers. */
#ifndef INCMAP_GEODESY_RING_WITHIN_H
#define INCMAP_GEODESY_RING_WITHIN_H

#include "geodesy/outline.h"

/* True when every vertex lies inside, and no edge runs along the outline (within a centimetre at both its
 * ends): it may touch in single vertices. */
bool incmap__ring_is_within(const incmap_coord ring[], size_t n, const incmap__outline *outline);

#endif
