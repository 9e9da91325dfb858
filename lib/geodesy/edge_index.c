/* SPDX-License-Identifier: MIT */
/* The box tree. The order of the edges along their lines is the packing: box i of a level covers
 * the eight things 8 i ... 8 i + 7 of the level below, so nothing is sorted and no pointer kept.
 * A box holds the curved edges themselves: their ends, widened by how far an edge can leave its
 * chord. So the straight distance to a box is a lower bound for all in it. */
#include "geodesy/edge_index.h"

#include <math.h>

static void widen(incmap__box *box, incmap__ecef p, double by)
{
    box->low.x = fmin(box->low.x, p.x - by);
    box->low.y = fmin(box->low.y, p.y - by);
    box->low.z = fmin(box->low.z, p.z - by);
    box->high.x = fmax(box->high.x, p.x + by);
    box->high.y = fmax(box->high.y, p.y + by);
    box->high.z = fmax(box->high.z, p.z + by);
}

static incmap__box empty_box(void)
{
    return (incmap__box){ { INFINITY, INFINITY, INFINITY }, { -INFINITY, -INFINITY, -INFINITY } };
}

static size_t edge_end(const incmap__edge_index *index, size_t edge)
{
    return index->ends[edge] ? edge : edge + 1;
}

static incmap__box leaf_box(const incmap__edge_index *index, size_t leaf)
{
    const size_t first = leaf * INCMAP__TREE_FANOUT;
    incmap__box box = empty_box();
    for (size_t e = first; e < first + INCMAP__TREE_FANOUT && e < index->count; e++) {
        const incmap__ecef a = index->points[e], b = index->points[edge_end(index, e)];
        const double by = incmap__edge_sagitta(incmap__chord_distance(a, a, b));
        widen(&box, a, by);
        widen(&box, b, by);
    }
    return box;
}

static incmap__box parent_box(const incmap__box *children, size_t n)
{
    incmap__box box = empty_box();
    for (size_t i = 0; i < n; i++) {
        widen(&box, children[i].low, 0);
        widen(&box, children[i].high, 0);
    }
    return box;
}

static size_t eighth(size_t n)
{
    return (n + INCMAP__TREE_FANOUT - 1) / INCMAP__TREE_FANOUT;
}

/* Fills level_start and levels; returns how many boxes there are in all. */
static size_t plan_levels(incmap__edge_index *index)
{
    size_t total = 0, n = eighth(index->count);
    for (;;) {
        index->level_start[index->levels++] = total;
        total += n;
        if (n == 1) break;
        n = eighth(n);
    }
    index->level_start[index->levels] = total;
    return total;
}

static void fill_boxes(incmap__edge_index *index)
{
    for (size_t i = 0; i < index->level_start[1]; i++)
        index->boxes[i] = leaf_box(index, i);
    for (int level = 1; level < index->levels; level++) {
        const size_t below = index->level_start[level - 1], here = index->level_start[level];
        for (size_t i = here; i < index->level_start[level + 1]; i++) {
            const size_t first = below + (i - here) * INCMAP__TREE_FANOUT, left = here - first;
            index->boxes[i] = parent_box(index->boxes + first,
                                         left < INCMAP__TREE_FANOUT ? left : INCMAP__TREE_FANOUT);
        }
    }
}

incmap_status incmap__edge_index_build(incmap__edge_index *out, const incmap_coord vertices[],
                                       const bool ends[], size_t count, const incmap_allocator *a,
                                       incmap_error *err)
{
    incmap__edge_index index = {
        .allocator = *a, .vertices = vertices, .ends = ends, .count = count
    };

    index.points = incmap__alloc(a, count, sizeof *index.points);
    index.boxes = incmap__alloc(a, plan_levels(&index), sizeof *index.boxes);
    if (!index.points || !index.boxes) {
        incmap__edge_index_free(&index);
        return incmap__fail_memory(err);
    }
    for (size_t i = 0; i < count; i++)
        index.points[i] = incmap__ecef_from_coord(vertices[i]);
    fill_boxes(&index);
    *out = index;
    return INCMAP_OK;
}

void incmap__edge_index_free(incmap__edge_index *index)
{
    if (index->allocator.free) {
        incmap__free(&index->allocator, index->points);
        incmap__free(&index->allocator, index->boxes);
    }
    *index = (incmap__edge_index){ .count = 0 };
}

static double outside_by(double low, double value, double high)
{
    return value < low ? low - value : value > high ? value - high : 0;
}

static double box_distance(const incmap__box *box, incmap__ecef p)
{
    const double x = outside_by(box->low.x, p.x, box->high.x);
    const double y = outside_by(box->low.y, p.y, box->high.y);
    const double z = outside_by(box->low.z, p.z, box->high.z);
    return sqrt(x * x + y * y + z * z);
}

struct search {
    const incmap__edge_index *index;
    incmap_coord point;
    incmap__ecef at;
    double reach; /* no edge whose chord is farther than this can be nearer than the best */
    size_t edge;
    incmap__edge_foot best;
};

static void take_if_nearer(struct search *s, size_t edge, incmap__edge_foot foot)
{
    if (foot.distance_m < s->best.distance_m) {
        s->best = foot;
        s->edge = edge;
        s->reach = incmap__chord_bound(foot.distance_m);
    }
}

static void try_edge(struct search *s, size_t edge)
{
    const incmap_coord *v = s->index->vertices;
    take_if_nearer(s, edge, incmap__edge_nearest(v[edge], v[edge_end(s->index, edge)], s->point));
}

/* Geodesic distance to a vertex, which is a candidate itself. */
static double try_vertex(struct search *s, size_t vertex)
{
    const incmap_coord v = s->index->vertices[vertex];
    double distance_m;
    incmap__geodesic_inverse(s->point, v, &distance_m, NULL, NULL);
    take_if_nearer(s, vertex, (incmap__edge_foot){ distance_m, 0, v });
    return distance_m;
}

/* ---- far off ----
 * The chord bounds a geodesic only to within a hundredth of it, the difference between the
 * ellipsoid's flattest and most curved place; at 10,000 km that would leave a whole border to look
 * at. So beyond far_m a box is also judged by the geodesic to one of its own vertices, less how far
 * anything in the box lies from that vertex: the triangle inequality, with a slack of the box's
 * size alone. */

static const double far_m = 500e3;
/* Toward the antipode a distance bends more sharply than any bound below assumes. */
static const double antipode_m = 19.5e6;
/* Between the two the second derivative of the distance along an edge, |M21 / m12| at most, stays
 * below 1 / 400 km: on a sphere it is cot(s/R)/R, which is 1 / 499 km at both ends. */
static const double bend = 1 / 400e3;

/* Upper bound on the distance between two points of the surface whose chord is c: no normal section
 * is more curved than the smallest radius says. */
static double arc_bound(double chord_m)
{
    const double two_r = 2 * INCMAP__WGS84_RADIUS_MIN;
    return chord_m < two_r ? two_r * asin(chord_m / two_r) : INFINITY;
}

/* Distance from p to the farthest corner of a box. */
static double farthest_corner(const incmap__box *box, incmap__ecef p)
{
    const double x = fmax(p.x - box->low.x, box->high.x - p.x);
    const double y = fmax(p.y - box->low.y, box->high.y - p.y);
    const double z = fmax(p.z - box->low.z, box->high.z - p.z);
    return sqrt(x * x + y * y + z * z);
}

/* Lower bound on the geodesic distance to anything in a box that covers the edges from first on,
 * count of them. */
static double geodesic_bound(struct search *s, const incmap__box *box, size_t first, size_t count)
{
    const size_t left = s->index->count - first;
    const size_t middle = first + (count < left ? count : left) / 2;
    return try_vertex(s, middle) - arc_bound(farthest_corner(box, s->index->points[middle]));
}

/* Edges of a far leaf: the distance along one bends by at most `bend`, so it is nowhere more than
 * bend L^2 / 8 below the nearer end's. */
static void search_far_leaf(struct search *s, size_t first, size_t end)
{
    const incmap__ecef *points = s->index->points;
    double at_end = try_vertex(s, first);

    for (size_t e = first; e < end; e++) {
        const size_t other = edge_end(s->index, e);
        const double at_start = at_end;
        const double chord = incmap__chord_distance(points[e], points[e], points[other]);
        const double dip = bend * chord * chord / 7;
        if (e + 1 < s->index->count) at_end = try_vertex(s, e + 1);
        if (other != e &&
            (at_end > antipode_m || fmin(at_start, at_end) - dip <= s->best.distance_m))
            try_edge(s, e);
    }
}

/* ---- going down the tree ---- */

/* Things below a box, nearest first, so that the reach shrinks early. */
struct ranked {
    size_t item;
    double least;
};

static void insert_ranked(struct ranked list[], size_t n, struct ranked r)
{
    for (; n > 0 && list[n - 1].least > r.least; n--)
        list[n] = list[n - 1];
    list[n] = r;
}

static void search_near_leaf(struct search *s, size_t first, size_t end)
{
    const incmap__edge_index *index = s->index;
    struct ranked list[INCMAP__TREE_FANOUT];
    size_t n = 0;

    for (size_t e = first; e < end; e++) {
        const incmap__ecef a = index->points[e], b = index->points[edge_end(index, e)];
        const double by = incmap__edge_sagitta(incmap__chord_distance(a, a, b));
        const double least = incmap__chord_distance(a, b, s->at) - by;
        insert_ranked(list, n++, (struct ranked){ e, least });
    }
    for (size_t i = 0; i < n && list[i].least <= s->reach; i++)
        try_edge(s, list[i].item);
}

static void search_leaf(struct search *s, size_t leaf)
{
    const size_t first = leaf * INCMAP__TREE_FANOUT;
    const size_t left = s->index->count - first;
    const size_t end = first + (left < INCMAP__TREE_FANOUT ? left : INCMAP__TREE_FANOUT);

    if (box_distance(&s->index->boxes[leaf], s->at) > far_m)
        search_far_leaf(s, first, end);
    else
        search_near_leaf(s, first, end);
}

static size_t edges_below(int level)
{
    size_t n = INCMAP__TREE_FANOUT;
    while (level-- > 0)
        n *= INCMAP__TREE_FANOUT;
    return n;
}

static bool is_out_of_reach(struct search *s, int level, struct ranked r)
{
    const size_t n = edges_below(level);
    const incmap__box *box = &s->index->boxes[s->index->level_start[level] + r.item];
    return r.least > s->reach ||
           (r.least > far_m && geodesic_bound(s, box, r.item * n, n) > s->best.distance_m);
}

static void search_level(struct search *s, int level, size_t item)
{
    const incmap__edge_index *index = s->index;
    struct ranked list[INCMAP__TREE_FANOUT];
    size_t n = 0, below, end;

    if (level == 0) {
        search_leaf(s, item);
        return;
    }
    below = index->level_start[level - 1];
    end = index->level_start[level] - below;
    for (size_t i = item * INCMAP__TREE_FANOUT; i < (item + 1) * INCMAP__TREE_FANOUT && i < end;
         i++)
        insert_ranked(list, n++,
                      (struct ranked){ i, box_distance(&index->boxes[below + i], s->at) });
    for (size_t i = 0; i < n; i++)
        if (!is_out_of_reach(s, level - 1, list[i])) search_level(s, level - 1, list[i].item);
}

size_t incmap__edge_index_nearest(const incmap__edge_index *index, incmap_coord point,
                                  incmap__edge_foot *foot)
{
    struct search s = { .index = index,
                        .point = point,
                        .at = incmap__ecef_from_coord(point),
                        .reach = INFINITY,
                        .best = { .distance_m = INFINITY } };
    search_level(&s, index->levels - 1, 0);
    *foot = s.best;
    return s.edge;
}
