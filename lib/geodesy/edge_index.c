/* SPDX-License-Identifier: MIT */
/* Building the box tree. The order of the edges along their lines is the packing: box i of a level
 * covers the eight things 8 i ... 8 i + 7 of the level below, so nothing is sorted and no pointer
 * kept. A box holds the curved edges themselves: their ends, widened by how far an edge can leave its
 * chord. So the straight distance to a box is a lower bound for all in it.
 *
 *   level 2 (root)   node 0: 8 boxes, each around a node of level 1
 *   level 1          node 0: 8 boxes, each around a node of level 0 ...
 *   level 0          node 0: 8 boxes, each around a leaf, node 1: ...
 *   leaves           8 consecutive edges each
 */
#include "geodesy/edge_index.h"

#include <float.h>
#include <math.h>

#include "geodesy/ellipsoid.h"

/* Positions are compared in float, where the earth's radius has steps of 0.5 m: rounding the point,
 * the box and their difference errs by less than this near the earth. */
static const double float_slack_m = 4;

struct box {
    double low[3], high[3];
};

/* fmin and fmax are calls, for the sake of NaN; there is none here. */
static double lesser(double a, double b)
{
    return a < b ? a : b;
}

static double greater(double a, double b)
{
    return a > b ? a : b;
}

static struct box empty_box(void)
{
    return (struct box){ { INFINITY, INFINITY, INFINITY }, { -INFINITY, -INFINITY, -INFINITY } };
}

static void widen(struct box *box, incmap__ecef p, double by)
{
    const double v[3] = { p.x, p.y, p.z };
    for (int i = 0; i < 3; i++) {
        box->low[i] = lesser(box->low[i], v[i] - by);
        box->high[i] = greater(box->high[i], v[i] + by);
    }
}

static size_t edge_end(const incmap__edge_index *index, size_t edge)
{
    return index->ends[edge] ? edge : edge + 1;
}

/* Also notes what else there is to know of the leaf. */
static struct box leaf_box(incmap__edge_index *index, size_t leaf)
{
    const size_t first = leaf * INCMAP__TREE_FANOUT;
    double most = 0;
    struct box box = empty_box();

    for (size_t e = first; e < first + INCMAP__TREE_FANOUT && e < index->count; e++) {
        const incmap__ecef a = incmap__edge_index_point(index, e);
        const incmap__ecef b = incmap__edge_index_point(index, edge_end(index, e));
        const double by = incmap__edge_sagitta(incmap__chord_length(a, b));
        widen(&box, a, by + float_slack_m);
        widen(&box, b, by + float_slack_m);
        most = greater(most, by);
    }
    index->sagitta[leaf] = nextafterf((float)most, INFINITY);
    index->broken[leaf] = first + INCMAP__TREE_FANOUT > index->count;
    for (size_t e = first; e < first + INCMAP__TREE_FANOUT && e < index->count; e++)
        index->broken[leaf] = index->broken[leaf] || index->ends[e];
    return box;
}

static struct box node_box(const incmap__boxes *node)
{
    struct box box = empty_box();
    for (int k = 0; k < INCMAP__TREE_FANOUT; k++)
        for (int i = 0; i < 3; i++) {
            const double middle = (double)node->middle[i][k], half = (double)node->half[i][k];
            box.low[i] = lesser(box.low[i], middle - half);
            box.high[i] = greater(box.high[i], middle + half);
        }
    return box;
}

static void put_box(incmap__boxes *node, size_t k, const struct box *box)
{
    for (int i = 0; i < 3; i++) {
        const bool empty = box->low[i] > box->high[i];
        const float middle = empty ? 0 : (float)((box->low[i] + box->high[i]) / 2);
        const double half = greater(box->high[i] - (double)middle, (double)middle - box->low[i]);
        node->middle[i][k] = middle;
        node->half[i][k] = empty ? -INFINITY : nextafterf((float)half, INFINITY);
    }
}

static size_t eighth(size_t n)
{
    return (n + INCMAP__TREE_FANOUT - 1) / INCMAP__TREE_FANOUT;
}

/* Fills level_start and levels; returns how many nodes there are in all. */
static size_t plan_levels(incmap__edge_index *index)
{
    size_t total = 0, n = eighth(eighth(index->count));
    for (;;) {
        index->level_start[index->levels++] = total;
        total += n;
        if (n == 1) break;
        n = eighth(n);
    }
    index->level_start[index->levels] = total;
    return total;
}

static void fill_level(incmap__edge_index *index, int level)
{
    const size_t here = index->level_start[level];
    const size_t nodes = index->level_start[level + 1] - here;
    const size_t below = level ? here - index->level_start[level - 1] : eighth(index->count);

    for (size_t i = 0; i < nodes * INCMAP__TREE_FANOUT; i++) {
        struct box box = empty_box();
        if (i < below)
            box = level ? node_box(&index->boxes[index->level_start[level - 1] + i])
                        : leaf_box(index, i);
        put_box(&index->boxes[here + i / INCMAP__TREE_FANOUT], i % INCMAP__TREE_FANOUT, &box);
    }
}

static void fill_points(incmap__edge_index *index)
{
    for (size_t i = 0; i < index->count + INCMAP__TREE_FANOUT + 1; i++) {
        const size_t from = i < index->count ? i : index->count - 1;
        const incmap__ecef p = i < index->count ? incmap__ecef_from_coord(index->vertices[i])
                                                : incmap__edge_index_point(index, from);
        index->x[i] = p.x;
        index->y[i] = p.y;
        index->z[i] = p.z;
    }
}

incmap_status incmap__edge_index_build(incmap__edge_index *out, const incmap_coord vertices[],
                                       const bool ends[], size_t count, const incmap_allocator *a,
                                       incmap_error *err)
{
    const size_t room = count + INCMAP__TREE_FANOUT + 1;
    incmap__edge_index index = {
        .allocator = *a, .vertices = vertices, .ends = ends, .count = count
    };

    index.x = incmap__alloc(a, room, sizeof *index.x);
    index.y = incmap__alloc(a, room, sizeof *index.y);
    index.z = incmap__alloc(a, room, sizeof *index.z);
    index.sagitta = incmap__alloc(a, eighth(count), sizeof *index.sagitta);
    index.broken = incmap__alloc(a, eighth(count), sizeof *index.broken);
    index.boxes = incmap__alloc(a, plan_levels(&index), sizeof *index.boxes);
    if (!index.x || !index.y || !index.z || !index.sagitta || !index.broken || !index.boxes) {
        incmap__edge_index_free(&index);
        return incmap__fail_memory(err);
    }
    fill_points(&index);
    for (int level = 0; level < index.levels; level++)
        fill_level(&index, level);
    *out = index;
    return INCMAP_OK;
}

void incmap__edge_index_free(incmap__edge_index *index)
{
    if (index->allocator.free) {
        incmap__free(&index->allocator, index->x);
        incmap__free(&index->allocator, index->y);
        incmap__free(&index->allocator, index->z);
        incmap__free(&index->allocator, index->sagitta);
        incmap__free(&index->allocator, index->broken);
        incmap__free(&index->allocator, index->boxes);
    }
    *index = (incmap__edge_index){ .count = 0 };
}

incmap__ecef incmap__edge_index_point(const incmap__edge_index *index, size_t vertex)
{
    return (incmap__ecef){ index->x[vertex], index->y[vertex], index->z[vertex] };
}
