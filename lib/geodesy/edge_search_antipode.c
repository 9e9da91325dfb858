/* SPDX-License-Identifier: MIT */
/* Searching the box tree for a point whose nearest edge lies near its antipode, where geodesics meet and no
 * quick formula for their length is good. A box is judged by the true geodesic to one of its vertices,
 * less how far anything in the box lies from that vertex: the triangle inequality, with a slack of the
 * box's size alone. It is slow, a geodesic for each box and vertex that is looked at. */
#include "geodesy/edge_search_antipode.h"

#include <assert.h>
#include <math.h>

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

struct search {
    const incmap__edge_index *index;
    incmap_coord point;
    incmap__ecef at;
    size_t edge; /* the nearest so far */
    incmap__edge_foot best;
};

static void take(struct search *s, size_t edge, const incmap__edge_foot *foot)
{
    if (foot->distance_m > s->best.distance_m) return;
    if (foot->distance_m == s->best.distance_m && edge >= s->edge) return;
    s->best = *foot;
    s->edge = edge;
}

/* Geodesic distance to a vertex, which is a candidate itself. */
static double try_vertex(struct search *s, size_t vertex)
{
    incmap__edge_foot foot = { .foot = incmap__edge_index_coord(s->index, vertex) };
    incmap__geodesic_inverse(s->point, foot.foot, &foot.distance_m, NULL, NULL);
    take(s, vertex, &foot);
    return foot.distance_m;
}

static void try_edge(struct search *s, size_t edge)
{
    const incmap__edge_foot foot =
        incmap__edge_nearest(incmap__edge_index_coord(s->index, edge),
                             incmap__edge_index_coord(s->index, edge + 1), s->point);
    take(s, edge, &foot);
}

/* On an edge of length L nothing is nearer than half of what both ends' distances are longer than L together:
 * the triangle inequality. Where the distance bends by at most bend_most, it is nowhere more than that
 * times L^2 / 8 below the nearer end's; a seventh covers the difference of chord and length. */
static double least_on_edge(double at_start, double at_end, double chord_m, double box_m)
{
    const bool bends_more = box_m < far_box_m || fmax(at_start, at_end) > antipode_m;
    const double by_ends = (at_start + at_end - arc_bound(chord_m)) / 2;
    const double dip = bend_most * chord_m * chord_m / 7;
    return bends_more ? by_ends : fmax(by_ends, fmin(at_start, at_end) - dip);
}

static void try_far_leaf(struct search *s, size_t leaf, double box_m)
{
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * INCMAP__LEAF_EDGES;
    double at_end = try_vertex(s, first);

    for (size_t e = first; e < first + INCMAP__LEAF_EDGES && e < index->count; e++) {
        const double at_start = at_end;
        const double chord = incmap__chord_length(incmap__edge_index_point(index, e),
                                                  incmap__edge_index_point(index, e + 1));
        if (e + 1 < index->count) at_end = try_vertex(s, e + 1);
        if (!incmap__edge_index_stops(index, e) &&
            least_on_edge(at_start, at_end, chord, box_m) <= s->best.distance_m)
            try_edge(s, e);
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
    size_t n = INCMAP__LEAF_EDGES;
    while (level-- > 0)
        n *= INCMAP__TREE_FANOUT;
    return n;
}

/* Lower bound on the geodesic distance to anything in box k of a node, which covers the edges from
 * `first` on. */
static double geodesic_bound(struct search *s, const incmap__boxes *node, size_t k, size_t first,
                             size_t count)
{
    const size_t left = s->index->count - first;
    const size_t middle = first + (count < left ? count : left) / 2;
    const double around = farthest_corner(node, k, incmap__edge_index_point(s->index, middle));
    return try_vertex(s, middle) - arc_bound(around);
}

/* The nearest box first. */
static size_t order_boxes(const struct search *s, const incmap__boxes *node, size_t order[],
                          double straight[INCMAP__TREE_FANOUT])
{
    const double p[3] = { s->at.x, s->at.y, s->at.z };
    size_t n = 0;
    for (size_t k = 0; k < INCMAP__TREE_FANOUT; k++) {
        double sum = 0;
        size_t at = n;
        if (node->half[0][k] < 0) continue;
        for (int i = 0; i < 3; i++) {
            const double off = fabs(p[i] - (double)node->middle[i][k]) - (double)node->half[i][k];
            sum += off > 0 ? off * off : 0;
        }
        straight[k] = sqrt(sum);
        for (; at > 0 && straight[order[at - 1]] > straight[k]; at--)
            order[at] = order[at - 1];
        order[at] = k;
        n++;
    }
    return n;
}

static void search_node(struct search *s, int level, size_t number)
{
    size_t order[INCMAP__TREE_FANOUT];
    double straight[INCMAP__TREE_FANOUT];
    const incmap__boxes *node = &s->index->boxes[s->index->level_start[level] + number];
    const size_t n = order_boxes(s, node, order, straight);

    for (size_t i = 0; i < n; i++) {
        const size_t k = order[i], below = number * INCMAP__TREE_FANOUT + k;
        const size_t count = edges_below(level);
        if (straight[k] > incmap__chord_bound(s->best.distance_m)) continue;
        if (geodesic_bound(s, node, k, below * count, count) > s->best.distance_m) continue;
        if (level == 0)
            try_far_leaf(s, below, straight[k]);
        else
            search_node(s, level - 1, below);
    }
}

static double azimuth_to(incmap_coord from, incmap_coord to)
{
    double azimuth;
    incmap__geodesic_inverse(from, to, NULL, &azimuth, NULL);
    if (azimuth < 0) azimuth += 360;
    return azimuth < 360 ? azimuth : 0; /* what is just below 0 rounds up to 360 */
}

static bool is_end(const incmap__edge_index *index, size_t edge, incmap_coord foot)
{
    const bool stops = incmap__edge_index_stops(index, edge);
    const incmap_coord end = incmap__edge_index_coord(index, stops ? edge : edge + 1);
    return !stops && foot.lat == end.lat && foot.lon == end.lon;
}

incmap__nearest_edge incmap__edge_index_nearest_antipode(const incmap__edge_index *index,
                                                         incmap_coord point, size_t hint)
{
    struct search s = {
        index, point, incmap__ecef_from_coord(point), SIZE_MAX, { INFINITY, 0, point }
    };
    incmap__nearest_edge found;

    assert(hint < index->count);
    (void)try_vertex(&s, hint);
    search_node(&s, index->levels - 1, 0);
    found = (incmap__nearest_edge){ .edge = s.edge,
                                    .foot = s.best,
                                    .azimuth_deg = azimuth_to(point, s.best.foot) };
    incmap__edge_index_answer(index, s.best.along_m == 0, is_end(index, s.edge, s.best.foot),
                              &found);
    return found;
}
