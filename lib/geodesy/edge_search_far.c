/* SPDX-License-Identifier: MIT */
/* Searching the box tree for a far point. The chord bounds a geodesic only to within a hundredth of it, the difference between the
 * ellipsoid's flattest and most curved place; at 10,000 km that would leave a whole border to look
 * at. So a far box is judged by the geodesic to one of its own vertices, less how far anything in
 * the box lies from that vertex: the triangle inequality, with a slack of the box's size alone. */
#include <math.h>

#include "geodesy/edge_search.h"

/* Toward the antipode a distance bends more sharply than any bound below assumes. */
static const double antipode_m = 19.5e6;
/* From far_box_m up to antipode_m the second derivative of the distance along an edge, |M21 / m12| at
 * most, stays below this: on a sphere it is cot(s/R)/R, which is 1 / 400 km at 400 km and 1 / 500 km at
 * the other end. */
static const double bend_most = 1 / 390e3;
static const double far_box_m = 400e3;

/* Upper bound on the distance between two points of the surface whose chord is c: no normal section
 * is more curved than the smallest radius says. */
static double arc_bound(double chord_m)
{
    const double two_r = 2 * INCMAP__WGS84_RADIUS_MIN;
    return chord_m < two_r ? two_r * asin(chord_m / two_r) : INFINITY;
}

/* Geodesic distance to a vertex, which is a candidate itself. */
static double try_vertex(struct incmap__search *s, size_t vertex)
{
    const incmap_coord v = s->index->vertices[vertex];
    struct incmap__found found = { .edge = vertex, .exact = true, .coord = v };

    incmap__geodesic_inverse(s->from.coord, v, &found.distance_m, NULL, NULL);
    incmap__search_take(s, &found);
    return found.distance_m;
}

static void try_exactly(struct incmap__search *s, size_t edge)
{
    const struct incmap__found found = incmap__search_exact_foot(s, edge);
    incmap__search_take(s, &found);
}

/* The distance along an edge bends by at most bend_most, so it is nowhere more than that times
 * L^2 / 8 below the nearer end's; a seventh covers the difference of chord and length. */
static void try_far_leaf(struct incmap__search *s, size_t leaf, double box_m)
{
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * INCMAP__TREE_FANOUT;
    double at_end = try_vertex(s, first);

    for (size_t e = first; e < first + INCMAP__TREE_FANOUT && e < index->count; e++) {
        const double at_start = at_end;
        const double chord = incmap__chord_length(incmap__edge_index_point(index, e),
                                                  incmap__edge_index_point(index, e + 1));
        const double dip = bend_most * chord * chord / 7;
        const bool bends_more = box_m < far_box_m || fmax(at_start, at_end) > antipode_m;
        if (e + 1 < index->count) at_end = try_vertex(s, e + 1);
        if (!index->ends[e] && (bends_more || fmin(at_start, at_end) - dip <= s->best.distance_m))
            try_exactly(s, e);
    }
}

/* Distance from p to the farthest corner of box k. */
static double farthest_corner(const incmap__boxes *node, size_t k, incmap__ecef p)
{
    const double v[3] = { p.x, p.y, p.z };
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        const double by = fabs(v[i] - (double)node->middle[i][k]) + (double)node->half[i][k];
        sum += by * by;
    }
    return sqrt(sum);
}

static size_t edges_below(int level)
{
    size_t n = INCMAP__TREE_FANOUT;
    while (level-- > 0)
        n *= INCMAP__TREE_FANOUT;
    return n;
}

/* Lower bound on the geodesic distance to anything in box k of a node, which covers the edges from
 * `first` on. */
static double geodesic_bound(struct incmap__search *s, const incmap__boxes *node, size_t k,
                             size_t first, size_t count)
{
    const size_t left = s->index->count - first;
    const size_t middle = first + (count < left ? count : left) / 2;
    const double around = farthest_corner(node, k, incmap__edge_index_point(s->index, middle));
    return try_vertex(s, middle) - arc_bound(around);
}

static void search_far_node(struct incmap__search *s, int level, size_t number)
{
    unsigned char order[INCMAP__TREE_FANOUT];
    float squared[INCMAP__TREE_FANOUT];
    const incmap__boxes *node = &s->index->boxes[s->index->level_start[level] + number];
    const size_t n = incmap__search_rank(s, s->index->level_start[level] + number, order, squared);

    for (size_t i = 0; i < n; i++) {
        const size_t k = order[i], below = number * INCMAP__TREE_FANOUT + k;
        const size_t count = edges_below(level);
        const double straight = sqrt((double)squared[k]) * (1 - 1e-6);
        if (straight > incmap__chord_bound(s->best.distance_m)) continue;
        if (geodesic_bound(s, node, k, below * count, count) > s->best.distance_m) continue;
        if (level == 0)
            try_far_leaf(s, below, straight);
        else
            search_far_node(s, level - 1, below);
    }
}

void incmap__search_far(struct incmap__search *s, size_t hint)
{
    s->best.distance_m = INFINITY;
    (void)try_vertex(s, hint);
    s->limit_squared = INFINITY;
    search_far_node(s, s->index->levels - 1, 0);
}
