/* SPDX-License-Identifier: MIT */
/* Building the box tree. The order of the edges along their lines is the packing: box i of a level
 * covers the sixteen things 16 i ... 16 i + 15 of the level below, so nothing is sorted and no pointer
 * kept. A box holds the curved edges themselves: their ends, widened by how far an edge can leave its
 * chord. So the straight distance to a box is a lower bound for all in it.
 *
 *   level 2 (root)   node 0: 16 boxes, each around a node of level 1
 *   level 1          node 0: 16 boxes, each around a node of level 0 ...
 *   level 0          node 0: 16 boxes, each around a leaf, node 1: ...
 *   leaves           8 consecutive edges each
 */
#include "geodesy/edge_index.h"

#include <float.h>
#include <math.h>
#include <string.h>

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

/* Also notes how far the leaf's edges leave their chords. */
static struct box leaf_box(incmap__edge_index *index, size_t leaf)
{
    const size_t first = leaf * INCMAP__LEAF_EDGES;
    double most = 0;
    struct box box = empty_box();

    for (size_t e = first; e < first + INCMAP__LEAF_EDGES && e < index->count; e++) {
        const incmap__ecef a = incmap__edge_index_point(index, e);
        const incmap__ecef b = incmap__edge_index_point(index, e + 1);
        const double by = incmap__edge_sagitta(incmap__chord_length(a, b));
        if (incmap__edge_index_stops(index, e)) continue;
        widen(&box, a, by + float_slack_m);
        widen(&box, b, by + float_slack_m);
        most = greater(most, by);
    }
    index->sagitta[leaf] = nextafterf((float)most, INFINITY);
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

static size_t leaves_for(size_t vertices)
{
    return (vertices + INCMAP__LEAF_EDGES - 1) / INCMAP__LEAF_EDGES;
}

static size_t leaves_of(const incmap__edge_index *index)
{
    return leaves_for(index->count);
}

static size_t nodes_over(size_t n)
{
    return (n + INCMAP__TREE_FANOUT - 1) / INCMAP__TREE_FANOUT;
}

/* Fills level_start and levels; returns how many nodes there are in all. */
static size_t plan_levels(incmap__edge_index *index)
{
    size_t total = 0, n = nodes_over(leaves_of(index));
    for (;;) {
        index->level_start[index->levels++] = total;
        total += n;
        if (n == 1) break;
        n = nodes_over(n);
    }
    index->level_start[index->levels] = total;
    return total;
}

static void fill_level(incmap__edge_index *index, int level)
{
    const size_t here = index->level_start[level];
    const size_t nodes = index->level_start[level + 1] - here;
    const size_t below = level ? here - index->level_start[level - 1] : leaves_of(index);

    for (size_t i = 0; i < nodes * INCMAP__TREE_FANOUT; i++) {
        struct box box = empty_box();
        if (i < below)
            box = level ? node_box(&index->boxes[index->level_start[level - 1] + i])
                        : leaf_box(index, i);
        put_box(&index->boxes[here + i / INCMAP__TREE_FANOUT], i % INCMAP__TREE_FANOUT, &box);
    }
}

/* Edges longer than this are indexed in pieces: the lifted chord leaves a geodesic of 12 km by 2 um
 * sideways, and short pieces have small boxes. */
static const double longest_m = INCMAP__ARC_MOST;

static double edge_length(const incmap__edge_index *index, size_t edge)
{
    const incmap__ecef a = incmap__edge_index_point(index, edge);
    const incmap__ecef b = incmap__edge_index_point(index, edge + 1);
    return incmap__edge_length(index->vertices[edge], index->vertices[edge + 1], a, b);
}

/* Into how many pieces an edge goes: 0 when it stays as it is, 1 for a line of one vertex. */
static size_t pieces_of(const incmap__edge_index *index, size_t edge)
{
    size_t pieces = 0;
    if (incmap__edge_index_stops(index, edge))
        pieces = edge == 0 || incmap__edge_index_stops(index, edge - 1) ? 1 : 0;
    else if (incmap__chord_length(incmap__edge_index_point(index, edge),
                                  incmap__edge_index_point(index, edge + 1)) > longest_m)
        pieces = (size_t)ceil(edge_length(index, edge) / longest_m) + 1;
    return pieces;
}

static void set_stop(incmap__edge_index *index, size_t vertex, bool stops)
{
    unsigned char *dead = &index->dead[vertex / INCMAP__LEAF_EDGES];
    const unsigned bit = 1u << vertex % INCMAP__LEAF_EDGES;
    *dead = (unsigned char)(stops ? *dead | bit : *dead & ~bit);
}

static void cut_edge(incmap__edge_index *index, size_t edge, size_t pieces)
{
    const bool alone = incmap__edge_index_stops(index, edge);
    const incmap_coord a = index->vertices[edge], b = index->vertices[alone ? edge : edge + 1];
    const double length = alone ? 0 : edge_length(index, edge);
    incmap__geodesic_line line;
    double azimuth;

    incmap__geodesic_inverse(a, b, NULL, &azimuth, NULL);
    incmap__geodesic_line_init(&line, a, azimuth);
    for (size_t i = 0; i <= pieces; i++) {
        incmap__piece_vertex *v = &index->pieces[index->count - index->given];
        const double from_m = i < pieces ? length * (double)i / (double)pieces : length;
        *v = (incmap__piece_vertex){ a, from_m, edge };
        if (i == pieces) v->coord = b;
        if (i > 0 && i < pieces) v->coord = incmap__geodesic_line_at(&line, from_m, NULL);
        set_stop(index, index->count++, i == pieces);
    }
}

static void set_point(incmap__edge_index *index, size_t i, incmap__ecef p)
{
    index->x[i] = p.x;
    index->y[i] = p.y;
    index->z[i] = p.z;
}

/* Room for so many vertices, and the reading behind them. */
static bool make_room(incmap__edge_index *index, size_t vertices)
{
    const size_t room = vertices + INCMAP__LEAF_EDGES + 1;
    double **const columns[] = { &index->x, &index->y, &index->z };
    unsigned char *dead;

    for (int i = 0; i < 3; i++) {
        double *column = incmap__realloc(&index->allocator, *columns[i], room, sizeof *column);
        if (!column) return false;
        *columns[i] = column;
    }
    dead = incmap__realloc(&index->allocator, index->dead, leaves_for(vertices), sizeof *dead);
    if (dead) index->dead = dead;
    return dead != NULL;
}

static bool fill_given(incmap__edge_index *index, const bool ends[])
{
    if (!make_room(index, index->given)) return false;
    memset(index->dead, 0, leaves_of(index));
    for (size_t i = 0; i < index->given; i++) {
        set_stop(index, i, ends[i]);
        set_point(index, i, incmap__ecef_from_coord(index->vertices[i]));
    }
    return true;
}

/* Long edges stop where they begin, and follow behind all vertices as lines of their pieces. */
static bool fill_pieces(incmap__edge_index *index)
{
    size_t more = 0;

    for (size_t i = 0; i < index->given; i++) {
        const size_t pieces = pieces_of(index, i);
        more += pieces ? pieces + 1 : 0;
    }
    if (more == 0) return true;
    index->pieces = incmap__alloc(&index->allocator, more, sizeof *index->pieces);
    if (!index->pieces || !make_room(index, index->given + more)) return false;
    for (size_t i = 0; i < index->given; i++) {
        const size_t pieces = pieces_of(index, i);
        if (pieces) cut_edge(index, i, pieces);
    }
    /* Now, for whether a line has one vertex alone is seen from the vertex before. */
    for (size_t i = index->given; i < index->count; i++)
        set_stop(index, index->pieces[i - index->given].edge, true);
    for (size_t i = index->given; i < index->count; i++)
        set_point(index, i, incmap__ecef_from_coord(incmap__edge_index_coord(index, i)));
    return true;
}

static void fill_behind(incmap__edge_index *index)
{
    for (size_t i = index->count; i % INCMAP__LEAF_EDGES; i++)
        set_stop(index, i, true);
    for (size_t i = 0; i < INCMAP__LEAF_EDGES + 1; i++)
        set_point(index, index->count + i, incmap__edge_index_point(index, index->count - 1));
}

static bool fill_tree(incmap__edge_index *index)
{
    const incmap_allocator *a = &index->allocator;

    index->sagitta = incmap__alloc(a, leaves_of(index), sizeof *index->sagitta);
    index->boxes = incmap__alloc(a, plan_levels(index), sizeof *index->boxes);
    if (!index->sagitta || !index->boxes) return false;
    for (int level = 0; level < index->levels; level++)
        fill_level(index, level);
    return true;
}

incmap_status incmap__edge_index_build(incmap__edge_index *out, const incmap_coord vertices[],
                                       const bool ends[], size_t count, const incmap_allocator *a,
                                       incmap_error *err)
{
    incmap__edge_index index = {
        .allocator = *a, .vertices = vertices, .given = count, .count = count
    };

    if (!fill_given(&index, ends) || !fill_pieces(&index)) goto fail;
    fill_behind(&index);
    if (!fill_tree(&index)) goto fail;
    *out = index;
    return INCMAP_OK;

fail:
    incmap__edge_index_free(&index);
    return incmap__fail_memory(err);
}

void incmap__edge_index_free(incmap__edge_index *index)
{
    if (index->allocator.free) {
        incmap__free(&index->allocator, index->pieces);
        incmap__free(&index->allocator, index->x);
        incmap__free(&index->allocator, index->y);
        incmap__free(&index->allocator, index->z);
        incmap__free(&index->allocator, index->sagitta);
        incmap__free(&index->allocator, index->dead);
        incmap__free(&index->allocator, index->boxes);
    }
    *index = (incmap__edge_index){ .count = 0 };
}

/* ---- lengths ---- */

/* The last vertex of the pieces of a long edge, found by halving: pieces lie in the order of the edges. */
static const incmap__piece_vertex *last_piece(const incmap__edge_index *index, size_t edge)
{
    size_t low = 0, high = index->count - index->given;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (index->pieces[middle].edge <= edge)
            low = middle;
        else
            high = middle;
    }
    return &index->pieces[low];
}

double incmap__edge_index_length(const incmap__edge_index *index, size_t edge)
{
    return incmap__edge_index_stops(index, edge)
               ? last_piece(index, edge)->from_m
               : incmap__edge_arc(incmap__edge_index_point(index, edge),
                                  incmap__edge_index_point(index, edge + 1));
}

void incmap__edge_index_answer(const incmap__edge_index *index, bool at_start, bool at_end,
                               incmap__nearest_edge *found)
{
    const size_t edge = found->edge;

    found->hint = edge;
    found->vertex = INCMAP__NO_VERTEX;
    if (at_start || at_end) found->foot.foot = incmap__edge_index_coord(index, edge + at_end);
    if (edge < index->given) {
        if (at_start || at_end) found->vertex = edge + at_end;
    } else {
        const incmap__piece_vertex *piece = &index->pieces[edge - index->given];
        found->edge = piece->edge;
        found->foot.along_m = at_end ? piece[1].from_m : piece->from_m + found->foot.along_m;
        if (at_start && piece->from_m == 0)
            found->vertex = piece->edge;
        else if (at_end && incmap__edge_index_stops(index, edge + 1))
            found->vertex = piece->edge + (piece[1].from_m > 0 ? 1 : 0);
    }
}
