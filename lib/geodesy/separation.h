/* SPDX-License-Identifier: MIT */
/* How far two lines run apart: the farthest that a point of either lies from the other. */
#ifndef INCMAP_GEODESY_SEPARATION_H
#define INCMAP_GEODESY_SEPARATION_H

#include <incmap/coord.h>

#include "base/failure.h"
#include "base/memory.h"

/* A bound that is at most a metre above it; more than most_m, and no bound, as soon as it is found to be.
 * Each line has two vertices or more. INCMAP_ENOMEM. */
incmap_status incmap__separation(const incmap_coord a[], size_t n_a, const incmap_coord b[],
                                 size_t n_b, double most_m, double *separation_m,
                                 const incmap_allocator *allocator, incmap_error *err);

#endif
