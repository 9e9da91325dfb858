/* SPDX-License-Identifier: MIT */
/* How far two outlines miss one another that share no edge: what a user needs to know who took them for
 * neighbours. */
#include <math.h>
#include <string.h>

#include "geodesy/border_match.h"
#include "geodesy/edge_index.h"

/* All rings of an outline as lines of one index. */
struct rings {
    incmap_coord *vertices;
    bool *ends;
    size_t count;
    incmap__edge_index index;
};

static void free_rings(struct rings *r, const incmap_allocator *a)
{
    incmap__edge_index_free(&r->index);
    incmap__free(a, r->vertices);
    incmap__free(a, r->ends);
}

static incmap_status take_rings(struct rings *r, const incmap__outline *o,
                                const incmap_allocator *a, incmap_error *err)
{
    const size_t n = o->edge_count + o->ring_count;

    r->vertices = incmap__alloc(a, n, sizeof *r->vertices);
    r->ends = incmap__alloc_zeroed(a, n, sizeof *r->ends);
    if (!r->vertices || !r->ends) return incmap__fail_memory(err);
    for (size_t i = 0; i < o->ring_count; i++) {
        incmap__outline_copy(o, i, 0, o->rings[i].edges, r->vertices + r->count);
        r->count += o->rings[i].edges + 1;
        r->ends[r->count - 1] = true;
    }
    return incmap__edge_index_build(&r->index, r->vertices, r->ends, r->count, a, err);
}

static double nearest(const struct rings *from, const struct rings *to)
{
    double least = INFINITY;
    size_t hint = 0;

    for (size_t i = 0; i < from->count; i++) {
        const incmap__nearest_edge found =
            incmap__edge_index_nearest(&to->index, incmap_coord_wrap(from->vertices[i]), hint);
        least = fmin(least, found.foot.distance_m);
        hint = found.hint;
    }
    return least;
}

incmap_status incmap__border_miss(const incmap__outline *inside, const incmap__outline *outside,
                                  double *apart_m, const incmap_allocator *a, incmap_error *err)
{
    struct rings in = { .count = 0 }, out = { .count = 0 };
    incmap_status st = INCMAP_OK;

    if (!inside->edge_count || !outside->edge_count) {
        *apart_m = NAN; /* rings that bound nothing */
        return st;
    }
    st = take_rings(&in, inside, a, err);
    if (!st) st = take_rings(&out, outside, a, err);
    if (!st) *apart_m = fmin(nearest(&in, &out), nearest(&out, &in));
    free_rings(&in, a);
    free_rings(&out, a);
    return st;
}
