/* SPDX-License-Identifier: MIT */
/* Gathering parts. What is straight in longitude and latitude is cut here, before outlines are matched
 * and indexed, so that all that comes after knows geodesics only. */
#include "geodesy/gather.h"

#include <string.h>

#include "geodesy/straight.h"

/* A gigabyte of vertices. A small file of edges around the world could ask for any number. */
static const size_t most_points = (size_t)1 << 26;

static incmap_status make_room(incmap__gathered *g, size_t n, const incmap_allocator *a,
                               incmap_error *err)
{
    if (n > most_points || g->point_count + n > most_points)
        return incmap__fail(err, INCMAP_EDATA,
                            "straight edges so long that they take more than %zu points to follow",
                            most_points);
    return incmap__grow(a, &g->points, &g->point_room, g->point_count + n, sizeof *g->points, err);
}

/* Vertex i of a part; behind the last one of a ring comes the first again. */
static incmap_coord vertex(const incmap_coord v[], size_t n, size_t i)
{
    return v[i < n ? i : 0];
}

static incmap_status add_straight(incmap__gathered *g, const incmap_coord v[], size_t n,
                                  bool closed, const incmap_allocator *a, incmap_error *err)
{
    const size_t edges = n ? n - !closed : 0;
    size_t wanted = 1;
    incmap_status st;

    for (size_t i = 0; i < edges && wanted <= most_points; i++)
        wanted += incmap__straight_pieces(v[i], vertex(v, n, i + 1));
    st = make_room(g, wanted, a, err);
    for (size_t i = 0; !st && i < edges; i++) {
        const incmap_coord from = v[i], to = vertex(v, n, i + 1);
        const size_t pieces = incmap__straight_pieces(from, to);
        for (size_t k = 0; k < pieces; k++)
            g->points[g->point_count++] = incmap__straight_point(from, to, k, pieces);
    }
    if (!st && n) g->points[g->point_count++] = vertex(v, n, edges);
    return st;
}

static incmap_status add_part(incmap__gathered *g, const incmap_coord v[], size_t n,
                              incmap_edges edges, bool closed, const incmap_allocator *a,
                              incmap_error *err)
{
    incmap_status st =
        incmap__grow(a, &g->starts, &g->start_room, g->count + 2, sizeof *g->starts, err);

    if (st) return st;
    g->starts[g->count] = g->point_count;
    if (edges == INCMAP_EDGES_STRAIGHT) {
        st = add_straight(g, v, n, closed, a, err);
    } else {
        st = make_room(g, n, a, err);
        if (!st && n) memcpy(g->points + g->point_count, v, n * sizeof *v);
        if (!st) g->point_count += n;
    }
    if (!st) g->starts[++g->count] = g->point_count;
    return st;
}

incmap_status incmap__gather(incmap__gathered *g, incmap__features *file, incmap_edges edges,
                             const incmap_allocator *a, incmap_error *err)
{
    incmap__shape shape;
    incmap_status st = incmap__features_shape(file, &shape, err);
    const bool closed = !st && shape.type == INCMAP__SHAPE_POLYGON;
    bool outer = false; /* of parts without vertices passed over */

    for (size_t p = 0; !st && p < shape.part_count; p++) {
        const size_t start = shape.part_starts[p], n = shape.part_starts[p + 1] - start;
        outer = outer || incmap__features_begins_polygon(file, p);
        if (!n) continue;
        st = incmap__grow(a, &g->outer, &g->outer_room, g->count + 1, sizeof *g->outer, err);
        if (st) break;
        g->outer[g->count] = outer;
        st = add_part(g, shape.points + start, n, edges, closed, a, err);
        outer = false;
    }
    return st;
}

void incmap__gathered_free(incmap__gathered *g, const incmap_allocator *a)
{
    incmap__free(a, g->points);
    incmap__free(a, g->starts);
    incmap__free(a, g->outer);
    *g = (incmap__gathered){ .count = 0 };
}
