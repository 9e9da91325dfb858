/* SPDX-License-Identifier: MIT */
/* Finds the border between two outlines: the lines that both have, in opposite directions, and the
 * stretches between their ends where the two outlines run apart. */
#ifndef INCMAP_GEODESY_BORDER_MATCH_H
#define INCMAP_GEODESY_BORDER_MATCH_H

#include "geodesy/outline.h"

/* One writing for one position: a turn of longitude, which rounds, the sign of zero and the longitude of a
 * pole make no difference. Longitudes are compared to 1e-9 degree, 0.1 mm. */
incmap_coord incmap__one_writing(incmap_coord c);

/* A piece of a ring of one of the outlines, in the direction of the inside country's. */
typedef struct {
    bool outside; /* whose ring: the outside country's, then taken backwards */
    bool unmatched;
    bool enclosed;       /* a whole ring that lies in the other outline, which has no hole for it */
    size_t ring, offset; /* first edge, in the ring's own direction */
    size_t edges;        /* may run over the ring's end */
    double separation_m; /* of an unmatched part; else 0 */
} incmap__border_part;

typedef struct {
    incmap__border_part *parts; /* lines in order, between them the parts of unmatched stretches:
                                   the inside country's, then the outside country's; enclosed rings
                                   last */
    size_t count;
} incmap__border_parts;

/* Besides the edges that both have, a ring of one outline that shares no edge with the other and lies wholly
 * in it (an enclave for which the surrounding country's data have no hole) is border as a whole.
 *
 * gap_max_m: how far apart, straight, two ends may be for the stretch between them to count as
 * unmatched border, and how far apart the outlines may run in it. Farther ones are where the outlines run nowhere farther apart than half of it. Negative:
 * never. No part at all when the outlines share no edge. */
incmap_status incmap__border_match(const incmap__outline *inside, const incmap__outline *outside,
                                   double gap_max_m, incmap__border_parts *out,
                                   const incmap_allocator *a, incmap_error *err);

/* Distance from the nearest vertex of one outline to the other's nearest edge: how far two outlines that
 * share no edge miss one another. INCMAP_ENOMEM. */
incmap_status incmap__border_miss(const incmap__outline *inside, const incmap__outline *outside,
                                  double *apart_m, const incmap_allocator *a, incmap_error *err);

/* The part's edges + 1 vertices, in the direction of the border. */
void incmap__border_part_vertices(const incmap__border_part *part, const incmap__outline *inside,
                                  const incmap__outline *outside, incmap_coord out[]);

#endif
