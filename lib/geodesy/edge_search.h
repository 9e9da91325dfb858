/* SPDX-License-Identifier: MIT */
/* One search in the box tree, shared by its two ways: near and far. */
#ifndef INCMAP_GEODESY_EDGE_SEARCH_H
#define INCMAP_GEODESY_EDGE_SEARCH_H

#include "geodesy/edge_index.h"
#include "geodesy/short_geodesic.h"

enum { INCMAP__CANDIDATES = 64 };

/* An edge that may be the nearest. */
struct incmap__candidate {
    size_t edge;
    double least; /* lower bound on the straight distance */
};

/* The nearest foot found so far. */
struct incmap__found {
    size_t edge;
    double along_m, distance_m;
    bool exact; /* coord is known; else it follows from foot, and the azimuth from away */
    incmap_coord coord;
    double t; /* part of the edge; 0 and 1 are its vertices */
    incmap__ecef foot, away;
};

struct incmap__search {
    const incmap__edge_index *index;
    incmap__station from;
    double p[3];
    float pf[3];
    size_t hint_leaf;
    double most;  /* upper bound on the straight distance to the nearest edge */
    double limit; /* what is farther, straight, cannot be nearest */
    float limit_squared;
    struct incmap__candidate list[INCMAP__CANDIDATES];
    size_t count;
    size_t vertex; /* to which to_vertex leads */
    incmap__short_geodesic to_vertex;
    struct incmap__found best; /* of edges that were measured already */
};

/* The vertex in which an edge ends. */
size_t incmap__search_edge_end(const struct incmap__search *s, size_t edge);
/* Takes a foot as the best if it is nearer. */
void incmap__search_take(struct incmap__search *s, const struct incmap__found *found);
/* The edge by the geodesic itself. */
struct incmap__found incmap__search_exact_foot(const struct incmap__search *s, size_t edge);
/* Numbers of the boxes of a node within limit_squared, nearest first, and the squared distances of all
 * eight; returns how many. */
size_t incmap__search_rank(const struct incmap__search *s, size_t node, unsigned char order[],
                           float squared[INCMAP__TREE_FANOUT]);

/* Finds s->best by whole geodesics, for points beyond the short geodesic's reach. */
void incmap__search_far(struct incmap__search *s, size_t hint);

#endif
