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

static void try_edge(struct search *s, size_t edge)
{
    const incmap__edge_index *index = s->index;
    const size_t end = edge_end(index, edge);
    const incmap__edge_foot foot =
        incmap__edge_nearest(index->vertices[edge], index->vertices[end], s->point);

    if (foot.distance_m < s->best.distance_m) {
        s->best = foot;
        s->edge = edge;
        s->reach = incmap__chord_bound(foot.distance_m);
    }
}

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

static void search_leaf(struct search *s, size_t leaf)
{
    const incmap__edge_index *index = s->index;
    const size_t first = leaf * INCMAP__TREE_FANOUT;
    struct ranked list[INCMAP__TREE_FANOUT];
    size_t n = 0;

    for (size_t e = first; e < first + INCMAP__TREE_FANOUT && e < index->count; e++) {
        const incmap__ecef a = index->points[e], b = index->points[edge_end(index, e)];
        const double by = incmap__edge_sagitta(incmap__chord_distance(a, a, b));
        const double least = incmap__chord_distance(a, b, s->at) - by;
        insert_ranked(list, n++, (struct ranked){ e, least });
    }
    for (size_t i = 0; i < n && list[i].least <= s->reach; i++)
        try_edge(s, list[i].item);
}

static void search_level(struct search *s, int level, size_t item)
{
    const incmap__edge_index *index = s->index;
    struct ranked list[INCMAP__TREE_FANOUT];
    size_t n = 0;

    if (level == 0) {
        search_leaf(s, item);
        return;
    }
    const size_t below = index->level_start[level - 1];
    const size_t end = index->level_start[level] - below;
    for (size_t i = item * INCMAP__TREE_FANOUT; i < (item + 1) * INCMAP__TREE_FANOUT && i < end;
         i++)
        insert_ranked(list, n++,
                      (struct ranked){ i, box_distance(&index->boxes[below + i], s->at) });
    for (size_t i = 0; i < n && list[i].least <= s->reach; i++)
        search_level(s, level - 1, list[i].item);
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
