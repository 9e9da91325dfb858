/* SPDX-License-Identifier: MIT */
/* The slow judge of borders: every edge by the exact method, every ring by counting crossings to the south
 * with no box before it. Shares with the library the geodesics of PROJ and incmap__edge_nearest. */
#ifndef INCMAP_TESTS_SLOW_JUDGE_H
#define INCMAP_TESTS_SLOW_JUDGE_H

#include <incmap/border.h>

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "geodesy/edge.h"
#include "worlds.h"

/* The vertices of a line, of which *n receives the number; the caller frees them. */
static inline incmap_coord *slow_line(const incmap_border *b, size_t line, size_t *n)
{
    incmap_coord *v;
    *n = incmap_border_line_vertices(b, line, NULL, 0);
    v = malloc((*n + 1) * sizeof *v);
    ck_assert_ptr_nonnull(v);
    incmap_border_line_vertices(b, line, v, *n);
    return v;
}

/* Vertex i of the whole border, counted round. */
static inline incmap_coord slow_vertex(const incmap_border *b, size_t i)
{
    size_t count = 0, n;
    for (size_t line = 0; line < incmap_border_line_count(b); line++)
        count += incmap_border_line_vertices(b, line, NULL, 0);
    i %= count;
    for (size_t line = 0;; line++) {
        incmap_coord *v = slow_line(b, line, &n), found = v[i < n ? i : 0];
        free(v);
        if (i < n) return found;
        i -= n;
    }
}

struct slow_nearest {
    double distance_m;
    incmap_coord foot;
};

static inline struct slow_nearest slow_nearest(const incmap_border *b, incmap_coord p)
{
    struct slow_nearest best = { INFINITY, { 0, 0 } };
    for (size_t line = 0; line < incmap_border_line_count(b); line++) {
        size_t n;
        incmap_coord *v = slow_line(b, line, &n);
        for (size_t i = 0; i + 1 < n; i++) {
            const incmap__edge_foot f = incmap__edge_nearest(v[i], v[i + 1], p);
            if (f.distance_m < best.distance_m)
                best = (struct slow_nearest){ f.distance_m, f.foot };
        }
        free(v);
    }
    return best;
}

/* The point of a line at a chainage of the border. */
static inline incmap_coord slow_at_chainage(const incmap_border *b, int line, double along_m)
{
    incmap_border_line info;
    size_t n;
    incmap_coord *v = slow_line(b, (size_t)line, &n), at;

    ck_assert(incmap_border_line_get(b, (size_t)line, &info));
    along_m -= info.start_m;
    at = v[n - 1];
    for (size_t i = 0; i + 1 < n; i++) {
        double length, azimuth;
        incmap__geodesic_inverse(v[i], v[i + 1], &length, &azimuth, NULL);
        if (along_m <= length) {
            at = incmap__geodesic_direct(v[i], azimuth, along_m, NULL);
            break;
        }
        along_m -= length;
    }
    free(v);
    return at;
}

/* Whether the geodesic a-b crosses the point's meridian south of it. */
static inline bool slow_is_south(incmap_coord a, incmap_coord b, incmap_coord p)
{
    const double to_b = remainder(b.lon - a.lon, 360), to_p = remainder(p.lon - a.lon, 360);
    const double from_p = remainder(a.lon - p.lon, 360);
    double edge, point;

    if ((from_p > 0) == (from_p + to_b > 0)) return false;
    if (to_p == 0) return a.lat < p.lat;
    incmap__geodesic_inverse(a, b, NULL, &edge, NULL);
    incmap__geodesic_inverse(a, p, NULL, &point, NULL);
    /* North of an edge that runs east is its left. */
    return (sin((point - edge) * 0.017453292519943295) < 0) == (to_b > 0);
}

/* Whether a ring that was cut at the edge of the map goes around the south pole, where a look south
 * ends. */
static inline bool slow_holds_south_pole(const struct world_ring *ring)
{
    double around = 0;
    bool touches = false;
    for (size_t i = 0; i < ring->n; i++) {
        around += remainder(ring->v[(i + 1) % ring->n].lon - ring->v[i].lon, 360);
        touches = touches || ring->v[i].lat == -90;
    }
    return touches && fabs(around) > 180;
}

static inline bool slow_contains(const struct world *w, char country, incmap_coord p)
{
    bool in = false;
    for (size_t k = 0; k < w->count; k++) {
        const struct world_ring *ring = &w->rings[k];
        if (ring->country == country && slow_holds_south_pole(ring)) in = !in;
        for (size_t i = 0; ring->country == country && i < ring->n; i++)
            if (slow_is_south(ring->v[i], ring->v[(i + 1) % ring->n], p)) in = !in;
    }
    return in;
}

/* To the nearest edge of a country that is no cut at the edge of the map. */
static inline double slow_outline_distance(const struct world *w, char country, incmap_coord p)
{
    double least = INFINITY;
    for (size_t k = 0; k < w->count; k++) {
        const struct world_ring *ring = &w->rings[k];
        for (size_t i = 0; ring->country == country && i < ring->n; i++) {
            const incmap_coord a = ring->v[i], b = ring->v[(i + 1) % ring->n];
            if (fabs(a.lon) == 180 && a.lon == b.lon) continue;
            if (fabs(a.lat) == 90 && a.lat == b.lat) continue;
            least = fmin(least, incmap__edge_nearest(a, b, p).distance_m);
        }
    }
    return least;
}

#endif
