/* SPDX-License-Identifier: MIT */
/* Making of B1, B2 and P1 to P4. All of it is seeded: the same on every machine but for the last
 * digits of libm. */
#include "border_sets.h"

#include <incmap/builtin.h>

#include <math.h>
#include <stdlib.h>

#include "base/context.h"
#include "geodesy/border.h"
#include "random.h"

/* Ring `ring` of an outline as an outline of its own. */
static bool only_ring(incmap__outline *out, const incmap__outline *all, size_t ring,
                      const incmap_allocator *a)
{
    const size_t starts[2] = { 0, all->rings[ring].edges };
    incmap_coord *points = malloc((starts[1] + 1) * sizeof *points);
    bool done = false;
    if (points) {
        incmap__outline_copy(all, ring, 0, starts[1], points);
        done = incmap__outline_build(out, points, starts, 1, a, NULL) == INCMAP_OK;
    }
    free(points);
    return done;
}

static size_t biggest_ring(const incmap__outline *all)
{
    size_t biggest = 0;
    for (size_t i = 0; i < all->ring_count; i++)
        if (all->rings[i].edges > all->rings[biggest].edges) biggest = i;
    return biggest;
}

/* The ring with the most edges is the biggest polygon's outer one. Its holes are taken with it: rings
 * whose first vertex it holds. */
static bool with_holes(incmap__outline *out, const incmap__outline *all, const incmap_allocator *a,
                       incmap_error *err)
{
    const size_t biggest = biggest_ring(all);
    incmap_coord *points = malloc((all->edge_count + all->ring_count) * sizeof *points);
    size_t *starts = malloc((all->ring_count + 1) * sizeof *starts);
    incmap__outline outer = { .ring_count = 0 };
    size_t rings = 0, used = 0;
    bool done = points && starts && only_ring(&outer, all, biggest, a);

    for (size_t i = 0; done && i < all->ring_count; i++) {
        incmap__outline_copy(all, i, 0, all->rings[i].edges, points + used);
        if (i != biggest && !incmap__outline_contains(&outer, points[used])) continue;
        starts[rings++] = used;
        used += all->rings[i].edges + 1;
    }
    if (done) {
        starts[rings] = used;
        done = !incmap__outline_build(out, points, starts, rings, a, err);
        incmap__outline_free(&outer);
    }
    free(points);
    free(starts);
    return done;
}

bool border_sets_outline(incmap__outline *out, const char *countries, const incmap_allocator *a,
                         incmap_error *err)
{
    incmap__outline all;
    bool done;

    if (incmap__outline_load(&all, countries, "A3", "RUS", a, err)) return false;
    done = with_holes(out, &all, a, err);
    incmap__outline_free(&all);
    return done;
}

incmap_border *border_sets_rings(incmap_ctx *ctx, incmap__outline *outline, const char *name)
{
    const incmap_allocator *a = &ctx->allocator;
    incmap__outline outside = { .allocator = *a };
    incmap__border_parts parts = { NULL, 0 };
    incmap_border *border = NULL;
    const incmap__border_plan plan = { .name = name,
                                       .inside_name = "RUS",
                                       .outside_name = "",
                                       .accuracy_m = 100,
                                       .inside = outline,
                                       .outside = &outside,
                                       .parts = &parts };

    parts.parts = incmap__alloc_zeroed(a, outline->ring_count, sizeof *parts.parts);
    for (; parts.parts && parts.count < outline->ring_count; parts.count++)
        parts.parts[parts.count] =
            (incmap__border_part){ .ring = parts.count,
                                   .edges = outline->rings[parts.count].edges };
    if (incmap__border_assemble(&plan, &border, a, &ctx->error)) border = NULL;
    incmap__free(a, parts.parts);
    return border;
}

incmap_border *border_sets_b1(incmap_ctx *ctx)
{
    incmap_border *border = NULL;
    return incmap_border_builtin(ctx, &border) ? NULL : border;
}

incmap_border *border_sets_b2(incmap_ctx *ctx, const char *countries)
{
    incmap__outline outline;
    incmap_border *border;

    if (!border_sets_outline(&outline, countries, &ctx->allocator, &ctx->error)) return NULL;
    border = border_sets_rings(ctx, &outline, "B2");
    incmap__outline_free(&outline);
    return border;
}

/* Two independent gaussians by Box and Muller, metres, no farther out than 20 km. */
static incmap_coord around(test_random *r, incmap_coord v)
{
    double east, north;
    do {
        const double radius = 8e3 * sqrt(-2 * log(1 - random_between(r, 0, 1)));
        const double angle = random_between(r, 0, 6.283185307179586);
        east = radius * cos(angle);
        north = radius * sin(angle);
    } while (east * east + north * north > 20e3 * 20e3);
    return (incmap_coord){ v.lat + north / 111200,
                           v.lon + east / (111320 * cos(v.lat * 0.017453292519943295)) };
}

void border_sets_points(const incmap_border *b1, size_t n, incmap_coord p1[], incmap_coord p2[])
{
    test_random r = { 2023 };
    for (size_t i = 0; i < n; i++) {
        p1[i].lat = random_between(&r, 44, 54);
        p1[i].lon = random_between(&r, 30, 41);
        p2[i] = around(&r, b1->vertices[random_bits(&r) % b1->vertex_count]);
    }
}

void border_sets_anywhere(size_t n, incmap_coord p3[])
{
    test_random r = { 2024 };
    for (size_t i = 0; i < n; i++)
        p3[i] = random_coord(&r);
}

void border_sets_hugging(const incmap_border *b, size_t n, incmap_coord p4[])
{
    test_random r = { 2025 };
    for (size_t i = 0; i < n; i++) {
        const size_t edge = random_bits(&r) % b->vertex_count;
        const incmap__border_piece *line = &b->lines[incmap__border_line_of(b, edge)];
        const size_t end = edge + 1 < line->first + line->info.vertices ? edge + 1 : edge;
        const double part = random_between(&r, 0, 1), off = random_log(&r, 1e-5, 10);
        const double turn = random_bits(&r) & 1 ? 90 : -90;
        double length, azimuth;
        incmap__geodesic_inverse(b->vertices[edge], b->vertices[end], &length, &azimuth, NULL);
        /* One in eight at a vertex, in any direction. */
        if (i % 8 == 0) azimuth = random_between(&r, 0, 360);
        p4[i] = incmap__geodesic_direct(b->vertices[edge], azimuth, i % 8 ? part * length : 0,
                                        &azimuth);
        p4[i] = incmap__geodesic_direct(p4[i], azimuth + turn, off, NULL);
    }
}
