/* SPDX-License-Identifier: MIT */
/* The area within a distance of a whole border: its lines cut into pieces, a ring around each, and
 * all of them united. */
#include "geodesy/zone.h"

#include <math.h>

/* What the steps below share. */
struct work {
    const incmap__zone_rule *rule;
    const incmap_border *border;
    incmap__plane *plane;
    incmap__zone_loop loop; /* emptied for each piece */
    incmap_error *err;
};

static double chord(const struct work *w, size_t a, size_t b)
{
    return incmap__chord_length(incmap__edge_index_point(&w->border->index, a),
                                incmap__edge_index_point(&w->border->index, b));
}

/* From a vertex on, the last one up to which all edges are short and near to it. */
static size_t reach(const struct work *w, size_t from, size_t last)
{
    const double near_m = w->rule->distance_m / 2;
    size_t at = from;
    while (at < last && chord(w, at, at + 1) <= near_m && chord(w, from, at + 1) <= near_m)
        at++;
    return at;
}

static bool all_near(const struct work *w, size_t from, size_t to, size_t centre)
{
    bool near = true;
    for (size_t i = from; near && i <= to; i++)
        near = chord(w, i, centre) <= w->rule->distance_m / 2;
    return near;
}

/* Lays the ring around the piece that begins at vertex `from`; *end receives the vertex in which it
 * ends. The centre is a vertex from which the run reaches as far back as it does forward, unless it
 * bends so that its start would be too far off. */
static incmap_status lay_piece(struct work *w, size_t from, size_t last, size_t *end)
{
    const incmap_coord *v = w->border->vertices;
    const incmap__edge_index *all = &w->border->index;
    size_t centre = reach(w, from, last), to = centre;
    incmap_status st;

    w->loop.count = 0;
    w->loop.pole = 0;
    if (centre == from) {
        to = from + 1;
        st = incmap__zone_around_edge(w->rule, all, v[from], v[to], &w->loop, w->err);
    } else {
        if (all_near(w, from, centre, centre))
            to = reach(w, centre, last);
        else
            centre = from;
        st = incmap__zone_around_run(w->rule, all, v + from, to - from + 1, centre - from, &w->loop,
                                     w->err);
    }
    if (!st) st = incmap__zone_lay(&w->loop, w->plane, w->err);
    *end = to;
    return st;
}

incmap_status incmap__zone_around_border(const incmap__zone_rule *rule, const incmap_border *border,
                                         incmap__plane *plane, incmap__polygons **out,
                                         const incmap_allocator *a, incmap_error *err)
{
    struct work w = {
        .rule = rule, .border = border, .plane = plane, .loop = { .allocator = *a }, .err = err
    };
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < border->line_count; i++) {
        const size_t last = border->lines[i].first + border->lines[i].info.vertices - 1;
        for (size_t at = border->lines[i].first; !st && at < last;)
            st = lay_piece(&w, at, last, &at);
    }
    if (!st) st = incmap__plane_unite(plane, out, err);
    incmap__free(a, w.loop.at);
    return st;
}
