/* SPDX-License-Identifier: MIT */
/* Straight distances to eight boxes and to eight chords at a time, in whatever vector instructions
 * the processor has. */
#ifndef INCMAP_GEODESY_EDGE_EIGHT_H
#define INCMAP_GEODESY_EDGE_EIGHT_H

#include "geodesy/edge_index.h"

/* Squared straight distances from p to the eight boxes of a node. */
void incmap__eight_boxes(const incmap__boxes *restrict node, const float p[restrict 3],
                         float squared[restrict INCMAP__TREE_FANOUT]);

/* Squared straight distances from p to the chords of eight consecutive edges, that is from vertex k to
 * k + 1 of nine; an edge that `live` says 0 of is its start alone, one that it says 1 of is whole. */
void incmap__eight_chords(const double x[restrict], const double y[restrict],
                          const double z[restrict], const double live[restrict INCMAP__TREE_FANOUT],
                          const double p[restrict 3], double squared[restrict INCMAP__TREE_FANOUT]);

#endif
