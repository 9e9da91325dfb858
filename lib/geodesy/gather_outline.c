/* SPDX-License-Identifier: MIT */
/* An outline of polygons that may cover one another. Outlines count crossings: where two polygons of one
 * country lay over one another, a point would cross both and seem to be outside. So a polygon that another
 * one covers is left out first. */
#include <math.h>
#include <string.h>

#include "geodesy/gather.h"
#include "geodesy/ring_within.h"

struct polygon {
    size_t first, count; /* rings */
    double west, east, south, north;
    bool covered;
};

struct polygons {
    const incmap__gathered *rings;
    struct polygon *items;
    size_t count;
};

static const incmap_coord *outer_ring(const struct polygons *p, size_t i, size_t *n)
{
    const size_t ring = p->items[i].first;
    *n = p->rings->starts[ring + 1] - p->rings->starts[ring];
    return p->rings->points + p->rings->starts[ring];
}

static void measure_box(const struct polygons *p, size_t i)
{
    struct polygon *box = &p->items[i];
    size_t n;
    const incmap_coord *v = outer_ring(p, i, &n);

    box->west = box->south = INFINITY;
    box->east = box->north = -INFINITY;
    for (size_t k = 0; k < n; k++) {
        box->west = fmin(box->west, v[k].lon);
        box->east = fmax(box->east, v[k].lon);
        box->south = fmin(box->south, v[k].lat);
        box->north = fmax(box->north, v[k].lat);
    }
}

static bool box_holds(const struct polygon *a, const struct polygon *b)
{
    /* Written over the antimeridian in two ways, a box may look elsewhere: those are let through. */
    const bool around = a->east > 180 || a->west < -180 || a->east - a->west > 180;
    return a->south <= b->south && a->north >= b->north &&
           (around || (a->west <= b->west && a->east >= b->east));
}

static bool is_copy(const struct polygons *p, size_t i, size_t j)
{
    size_t n, m;
    const incmap_coord *a = outer_ring(p, i, &n), *b = outer_ring(p, j, &m);
    return n == m && memcmp(a, b, n * sizeof *a) == 0;
}

/* Marks what polygon i covers; its outline is made when the first candidate shows up. */
static incmap_status mark_covered(const struct polygons *p, size_t i, const incmap_allocator *a,
                                  incmap_error *err)
{
    const struct polygon *cover = &p->items[i];
    incmap__outline o = { .ring_count = 0 };
    bool made = false;
    incmap_status st = INCMAP_OK;

    for (size_t j = 0; !st && j < p->count; j++) {
        size_t n;
        const incmap_coord *ring = outer_ring(p, j, &n);
        if (j == i || p->items[j].covered || !box_holds(cover, &p->items[j])) continue;
        if (is_copy(p, i, j)) {
            p->items[j].covered = true;
            continue;
        }
        if (!made)
            st = incmap__outline_build(&o, p->rings->points, p->rings->starts + cover->first,
                                       cover->count, a, err);
        made = true;
        if (!st) p->items[j].covered = incmap__ring_is_within(ring, n, &o);
    }
    if (made && !st) incmap__outline_free(&o);
    return st;
}

static incmap_status find_polygons(struct polygons *p, const incmap_allocator *a, incmap_error *err)
{
    const incmap__gathered *g = p->rings;
    incmap_status st = INCMAP_OK;

    p->items = incmap__alloc_zeroed(a, g->count, sizeof *p->items);
    if (!p->items) return incmap__fail_memory(err);
    for (size_t r = 0; r < g->count; r++) {
        if (g->outer[r] || !p->count) p->items[p->count++].first = r;
        p->items[p->count - 1].count++;
    }
    for (size_t i = 0; i < p->count; i++)
        measure_box(p, i);
    for (size_t i = 0; !st && p->count > 1 && i < p->count; i++)
        if (!p->items[i].covered) st = mark_covered(p, i, a, err);
    return st;
}

/* Takes the rings of covered polygons out. */
static void drop_covered(incmap__gathered *g, const struct polygons *p)
{
    size_t points = 0, rings = 0;

    for (size_t i = 0; i < p->count; i++) {
        for (size_t r = p->items[i].first; r < p->items[i].first + p->items[i].count; r++) {
            const size_t start = g->starts[r], n = g->starts[r + 1] - start;
            if (p->items[i].covered) continue;
            memmove(g->points + points, g->points + start, n * sizeof *g->points);
            g->outer[rings] = g->outer[r];
            g->starts[rings++] = points;
            points += n;
        }
    }
    g->count = rings;
    g->point_count = points;
    g->starts[rings] = points;
}

incmap_status incmap__gathered_outline(incmap__gathered *g, incmap__outline *out,
                                       const incmap_allocator *a, incmap_error *err)
{
    struct polygons p = { .rings = g };
    incmap_status st = find_polygons(&p, a, err);

    if (!st) {
        bool any = false;
        for (size_t i = 0; i < p.count; i++)
            any = any || p.items[i].covered;
        if (any) drop_covered(g, &p);
        st = incmap__outline_build(out, g->points, g->starts, g->count, a, err);
    }
    incmap__free(a, p.items);
    return st;
}
