/* SPDX-License-Identifier: MIT */
/* Building outlines and reading their vertices; the questions to them are in outline_query.c. */
#include "geodesy/outline.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "geodesy/outline_pack.h"

/* Taking a turn of longitude off rounds by less than this: 0.1 um. */
static const double rounding_deg = 1e-12;

static bool same_point(incmap_coord a, incmap_coord b)
{
    return a.lat == b.lat && fabs(a.lon - b.lon) <= rounding_deg;
}

/* A point with the longitude that goes on from the vertex before it. */
static incmap_coord continued(incmap_coord before, incmap_coord point)
{
    if (fabs(point.lon - before.lon) > 180)
        point.lon = before.lon + remainder(point.lon - before.lon, 360);
    return point;
}

/* Copies a ring, closed, with continuous longitudes and without edges of no length, which would tear a
 * line where only one of two neighbours says a vertex twice. Returns how many vertices that makes, 0 for
 * a ring that bounds nothing. */
static size_t copy_ring(incmap_coord *to, const incmap_coord *from, size_t n)
{
    size_t kept = 0;

    while (n > 1 && same_point(from[0], from[n - 1]))
        n--;
    for (size_t i = 0; i < n; i++) {
        to[kept] = i ? continued(to[kept - 1], from[i]) : from[i];
        if (i == 0 || !same_point(to[kept - 1], to[kept])) kept++;
    }
    if (kept < 3) return 0;
    to[kept] = continued(to[kept - 1], to[0]);
    return same_point(to[kept - 1], to[kept]) ? kept : kept + 1;
}

static incmap__run make_run(const incmap_coord *vertices, size_t first, unsigned edges)
{
    const incmap_coord *v = vertices + first;
    incmap__run run = { .west = v->lon,
                        .east = v->lon,
                        .south = v->lat,
                        .north = v->lat,
                        .start = v[0],
                        .end = v[edges],
                        .first = first,
                        .edges = edges };
    for (unsigned i = 1; i <= edges; i++) {
        run.west = fmin(run.west, v[i].lon);
        run.east = fmax(run.east, v[i].lon);
        run.south = fmin(run.south, v[i].lat);
        run.north = fmax(run.north, v[i].lat);
    }
    return run;
}

/* Appends a ring whose vertices are in place already. There is room. */
static void add_ring(incmap__outline *o, size_t first, size_t edges)
{
    o->rings[o->ring_count++] = (incmap__ring){ .first_run = o->run_count, .edges = edges };
    o->edge_count += edges;
    for (size_t at = 0; at < edges; at += INCMAP__RUN_EDGES) {
        const size_t left = edges - at;
        const unsigned n = left < INCMAP__RUN_EDGES ? (unsigned)left : INCMAP__RUN_EDGES;
        o->runs[o->run_count++] = make_run(o->vertices, first + at, n);
    }
}

size_t incmap__outline_group_count(const incmap__outline *o)
{
    return (o->run_count + INCMAP__GROUP_RUNS - 1) / INCMAP__GROUP_RUNS;
}

incmap_status incmap__outline_group(incmap__outline *o, incmap_error *err)
{
    const size_t count = incmap__outline_group_count(o);

    o->groups = incmap__alloc(&o->allocator, count, sizeof *o->groups);
    if (!o->groups) return incmap__fail_memory(err);
    for (size_t i = 0; i < o->run_count; i++) {
        const incmap__run *run = &o->runs[i];
        incmap__run *group = &o->groups[i / INCMAP__GROUP_RUNS];
        if (i % INCMAP__GROUP_RUNS == 0) *group = *run;
        group->west = fmin(group->west, run->west);
        group->east = fmax(group->east, run->east);
        group->south = fmin(group->south, run->south);
        group->north = fmax(group->north, run->north);
    }
    return INCMAP_OK;
}

static incmap_status check_points(const incmap_coord points[], size_t n, incmap_error *err)
{
    for (size_t i = 0; i < n; i++) {
        if (!incmap_coord_is_valid(points[i]) || fabs(points[i].lon) > 540)
            return incmap__fail(
                err, INCMAP_EDATA, "vertex %zu: found lat %s, lon %s, expected degrees", i,
                incmap__number(points[i].lat).text, incmap__number(points[i].lon).text);
    }
    return INCMAP_OK;
}

incmap_status incmap__outline_build(incmap__outline *out, const incmap_coord points[],
                                    const size_t starts[], size_t ring_count,
                                    const incmap_allocator *a, incmap_error *err)
{
    incmap__outline o = { .allocator = *a };
    const size_t n = starts[ring_count] - starts[0];
    size_t used = 0;
    incmap_status st = check_points(points + starts[0], n, err);

    if (st) goto done;
    /* Closing may add a vertex to each ring; every ring may end in a run that is not full. */
    o.vertices = incmap__alloc(a, n + ring_count, sizeof *o.vertices);
    o.rings = incmap__alloc(a, ring_count, sizeof *o.rings);
    o.runs = incmap__alloc(a, n / INCMAP__RUN_EDGES + 2 * ring_count, sizeof *o.runs);
    if (!o.vertices || !o.rings || !o.runs) {
        st = incmap__fail_memory(err);
        goto done;
    }
    for (size_t r = 0; r < ring_count; r++) {
        const size_t count =
            copy_ring(o.vertices + used, points + starts[r], starts[r + 1] - starts[r]);
        if (count) add_ring(&o, used, count - 1);
        used += count;
    }
    o.holds_north_pole = incmap__outline_find_pole(&o);
    st = incmap__outline_group(&o, err);
    if (!st) *out = o;

done:
    if (st) incmap__outline_free(&o);
    return st;
}

/* The steps are written over the vertices, of which they take half, so that no memory is needed. */
void incmap__outline_shrink(incmap__outline *o)
{
    const incmap__run *last = o->run_count ? &o->runs[o->run_count - 1] : NULL;
    const size_t n = o->vertices && last ? last->first + last->edges + 1 : 0;
    bool whole = n > 0;
    void *kept;

    for (size_t i = 0; i < n && whole; i++) {
        const incmap_coord back = incmap__steps_coord(incmap__steps_of(o->vertices[i]));
        whole = back.lat == o->vertices[i].lat && back.lon == o->vertices[i].lon;
    }
    if (!whole) return;
    for (size_t i = 0; i < n; i++) {
        const incmap__steps steps = incmap__steps_of(o->vertices[i]);
        memcpy((char *)o->vertices + i * sizeof steps, &steps, sizeof steps);
    }
    kept = incmap__realloc(&o->allocator, o->vertices, n, sizeof *o->steps);
    o->steps = kept ? kept : (void *)o->vertices; /* which stays as it is where it cannot shrink */
    o->vertices = NULL;
}

void incmap__outline_free(incmap__outline *o)
{
    if (o->allocator.free) {
        incmap__free(&o->allocator, o->vertices);
        incmap__free(&o->allocator, o->steps);
        incmap__free(&o->allocator, o->rings);
        incmap__free(&o->allocator, o->runs);
        incmap__free(&o->allocator, o->groups);
    }
    *o = (incmap__outline){ .ring_count = 0 };
}

const incmap_coord *incmap__outline_run(const incmap__outline *o, size_t run,
                                        incmap_coord buffer[INCMAP__RUN_EDGES + 1])
{
    const incmap__run *r = &o->runs[run];
    if (o->vertices) return o->vertices + r->first;
    if (o->steps)
        for (unsigned i = 0; i <= r->edges; i++)
            buffer[i] = incmap__steps_coord(o->steps[r->first + i]);
    else
        incmap__outline_unpack_run(o, r, buffer);
    return buffer;
}

void incmap__outline_copy(const incmap__outline *o, size_t ring, size_t offset, size_t edges,
                          incmap_coord out[])
{
    const incmap__ring *r = &o->rings[ring];
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    size_t at = offset % r->edges, written = 0;

    while (written <= edges) {
        const size_t run = r->first_run + at / INCMAP__RUN_EDGES;
        const size_t skip = at % INCMAP__RUN_EDGES;
        const incmap_coord *v = incmap__outline_run(o, run, buffer);
        size_t n = o->runs[run].edges - skip; /* its last vertex is the next run's first */
        if (n > edges + 1 - written) n = edges + 1 - written;
        memcpy(out + written, v + skip, n * sizeof *out);
        written += n;
        at = (at + n) % r->edges;
    }
}
