/* SPDX-License-Identifier: MIT */
/* How far two lines run apart: the farthest that a point of either lies from the other. */
#ifndef INCMAP_GEODESY_SEPARATION_H
#define INCMAP_GEODESY_SEPARATION_H

#include <incmap/coord.h>

#include "base/failure.h"
#include "base/memory.h"
#include "geodesy/edge_index.h"

/* A line with an index of its edges; zeroed, it may be freed. What making it leaves after INCMAP_ENOMEM is to
 * be freed as well. */
typedef struct {
    incmap_coord *vertices;
    bool *ends;
    size_t count;
    incmap__edge_index index;
} incmap__strand;

incmap_status incmap__strand_make(incmap__strand *out, const incmap_coord vertices[], size_t n,
                                  const incmap_allocator *a, incmap_error *err);
void incmap__strand_free(incmap__strand *strand, const incmap_allocator *a);
/* From a point to the strand; hint as for the index, kept from one point to the next. */
double incmap__strand_distance(const incmap__strand *strand, incmap_coord point, size_t *hint);

/* A bound that is at most a metre above it; more than most_m, and no bound, as soon as it is found to be.
 * Each line has two vertices or more. INCMAP_ENOMEM. */
incmap_status incmap__separation(const incmap_coord a[], size_t n_a, const incmap_coord b[],
                                 size_t n_b, double most_m, double *separation_m,
                                 const incmap_allocator *allocator, incmap_error *err);

#endif
