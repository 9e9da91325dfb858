/* SPDX-License-Identifier: MIT */
/* The greater of the two directed Hausdorff distances, by halving edges. A way of L metres changes the distance
 * to a line by no more than L, so on an edge whose ends lie d and e from the other line no point lies farther
 * than (d + e + L) / 2: most edges need no halving. */
#include "geodesy/separation.h"

#include <math.h>

static const double tolerance_m = 1;

enum { DEEPEST = 40 };

/* The search over one line for its point farthest from the other. */
struct search {
    const incmap__edge_index *other;
    double most_m;  /* found so far, of both directions */
    double limit_m; /* beyond it the search may end */
    size_t hint;
};

/* A point and how far it lies from the other line. */
struct reach {
    incmap_coord at;
    double distance_m;
};

static struct reach reach_at(struct search *s, incmap_coord at)
{
    const incmap_coord wrapped = incmap_coord_wrap(at);
    const incmap__nearest_edge n = incmap__edge_index_nearest(s->other, wrapped, s->hint);
    s->hint = n.edge;
    if (n.foot.distance_m > s->most_m) s->most_m = n.foot.distance_m;
    return (struct reach){ wrapped, n.foot.distance_m };
}

static void search_edge(struct search *s, struct reach a, struct reach b, double length_m,
                        int depth)
{
    const bool may_hold = (a.distance_m + b.distance_m + length_m) / 2 > s->most_m + tolerance_m;

    if (may_hold && depth < DEEPEST && s->most_m <= s->limit_m) {
        double azimuth;
        struct reach middle;
        incmap__geodesic_inverse(a.at, b.at, NULL, &azimuth, NULL);
        middle = reach_at(s, incmap__geodesic_direct(a.at, azimuth, length_m / 2, NULL));
        search_edge(s, a, middle, length_m / 2, depth + 1);
        search_edge(s, middle, b, length_m / 2, depth + 1);
    }
}

static void search_line(struct search *s, const incmap_coord v[], size_t n)
{
    struct reach before;

    s->hint = 0;
    (void)reach_at(s, v[n / 2]); /* outlines that part soon are told off here */
    if (s->most_m > s->limit_m) return;
    s->hint = 0;
    before = reach_at(s, v[0]);
    for (size_t i = 1; i < n && s->most_m <= s->limit_m; i++) {
        const struct reach now = reach_at(s, v[i]);
        double length_m;
        incmap__geodesic_inverse(before.at, now.at, &length_m, NULL, NULL);
        search_edge(s, before, now, length_m, 0);
        before = now;
    }
}

incmap_status incmap__strand_make(incmap__strand *l, const incmap_coord v[], size_t n,
                                  const incmap_allocator *a, incmap_error *err)
{
    l->vertices = incmap__alloc(a, n, sizeof *l->vertices);
    l->ends = incmap__alloc_zeroed(a, n, sizeof *l->ends);
    if (!l->vertices || !l->ends) return incmap__fail_memory(err);
    for (size_t i = 0; i < n; i++)
        l->vertices[i] = incmap_coord_wrap(v[i]);
    l->ends[n - 1] = true;
    l->count = n;
    return incmap__edge_index_build(&l->index, l->vertices, l->ends, n, a, err);
}

void incmap__strand_free(incmap__strand *l, const incmap_allocator *a)
{
    incmap__edge_index_free(&l->index);
    incmap__free(a, l->vertices);
    incmap__free(a, l->ends);
}

double incmap__strand_distance(const incmap__strand *l, incmap_coord point, size_t *hint)
{
    const incmap__nearest_edge n =
        incmap__edge_index_nearest(&l->index, incmap_coord_wrap(point), *hint);
    *hint = n.edge;
    return n.foot.distance_m;
}

incmap_status incmap__separation(const incmap_coord a[], size_t n_a, const incmap_coord b[],
                                 size_t n_b, double most_m, double *separation_m,
                                 const incmap_allocator *allocator, incmap_error *err)
{
    incmap__strand la = { .vertices = NULL }, lb = { .vertices = NULL };
    struct search s = { .limit_m = most_m };
    incmap_status st = incmap__strand_make(&la, a, n_a, allocator, err);

    if (!st) st = incmap__strand_make(&lb, b, n_b, allocator, err);
    if (!st) {
        s.other = &lb.index;
        search_line(&s, a, n_a);
        s.other = &la.index;
        if (s.most_m <= s.limit_m) search_line(&s, b, n_b);
        *separation_m = s.most_m + tolerance_m;
    }
    incmap__strand_free(&la, allocator);
    incmap__strand_free(&lb, allocator);
    return st;
}
