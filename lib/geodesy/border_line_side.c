/* SPDX-License-Identifier: MIT */
/* Left or right of a line. Where the nearest point is a vertex, the two edges there may see the point on
 * different hands; it then lies on the outside of the turn:
 *
 *          | e2         the line turns left at V, and only points on its right
 *          |            can have V for their nearest: the wedge between the
 *   -------V  p         two perpendiculars
 *     e1
 */
#include "geodesy/border_line_side.h"

#include <math.h>

#define RADIANS (3.14159265358979323846 / 180)

/* Nearer to a vertex than this the foot is that vertex: some hundred times what a foot is good to. */
static const double vertex_m = 1e-6;

enum hand { NO_HAND, LEFT, RIGHT };

static bool is_closed(const incmap_border *b, const incmap__border_piece *line)
{
    const incmap_coord first = b->vertices[line->first];
    const incmap_coord last = b->vertices[line->first + line->info.vertices - 1];
    return first.lat == last.lat && first.lon == last.lon && line->info.vertices > 2;
}

static double edge_length(const incmap_border *b, size_t edge)
{
    return incmap__edge_index_length(&b->index, edge);
}

/* The edge that leads to a vertex of the line, and the one that leads away: over edges of no length, and
 * round and round where the line is closed. False where the line ends. */
static bool edge_before(const incmap_border *b, const incmap__border_piece *line, size_t vertex,
                        size_t *edge)
{
    const size_t n = line->info.vertices - 1; /* edges */
    const bool closed = is_closed(b, line);
    size_t at = vertex - line->first;

    for (size_t tried = 0; tried < n; tried++) {
        if (at == 0 && !closed) return false;
        at = at == 0 ? n - 1 : at - 1;
        *edge = line->first + at;
        if (edge_length(b, *edge) > 0) return true;
    }
    return false;
}

static bool edge_after(const incmap_border *b, const incmap__border_piece *line, size_t vertex,
                       size_t *edge)
{
    const size_t n = line->info.vertices - 1;
    const bool closed = is_closed(b, line);
    size_t at = vertex - line->first;

    for (size_t tried = 0; tried < n; tried++) {
        if (at == n && !closed) return false;
        *edge = line->first + at % n;
        at = at % n + 1;
        if (edge_length(b, *edge) > 0) return true;
    }
    return false;
}

/* The turn from one azimuth to another as a hand. */
static enum hand hand_of(double from_deg, double to_deg)
{
    const double s = sin((to_deg - from_deg) * RADIANS);
    return s < 0 ? LEFT : s > 0 ? RIGHT : NO_HAND;
}

static double azimuth_from(incmap_coord from, incmap_coord to)
{
    double azimuth;
    incmap__geodesic_inverse(from, to, NULL, &azimuth, NULL);
    return azimuth;
}

static double azimuth_at_end(incmap_coord from, incmap_coord to)
{
    double azimuth;
    incmap__geodesic_inverse(from, to, NULL, NULL, &azimuth);
    return azimuth;
}

static enum hand hand_at_vertex(const incmap_border *b, const incmap__border_piece *line,
                                size_t vertex, double point_azimuth)
{
    size_t before, after;
    double in, out;
    enum hand by_first, by_second, turn;

    if (!edge_before(b, line, vertex, &before) || !edge_after(b, line, vertex, &after))
        return NO_HAND; /* a loose end */
    in = azimuth_at_end(b->vertices[before], b->vertices[before + 1]);
    out = azimuth_from(b->vertices[after], b->vertices[after + 1]);
    by_first = hand_of(in, point_azimuth);
    by_second = hand_of(out, point_azimuth);
    if (by_first == by_second) return by_first;
    turn = hand_of(in, out);
    return turn == LEFT ? RIGHT : turn == RIGHT ? LEFT : NO_HAND;
}

/* The edge's direction at the foot, by the farther of its ends. */
static double azimuth_at_foot(const incmap_border *b, size_t edge, const incmap__edge_foot *foot)
{
    return foot->along_m > edge_length(b, edge) / 2
               ? azimuth_at_end(b->vertices[edge], foot->foot)
               : azimuth_from(foot->foot, b->vertices[edge + 1]);
}

static enum hand hand_of_point(const incmap_border *b, incmap_coord point,
                               const incmap__nearest_edge *nearest)
{
    const incmap__edge_foot *foot = &nearest->foot;
    const incmap__border_piece *line = &b->lines[incmap__border_line_of(b, nearest->edge)];
    double point_azimuth;

    if (foot->distance_m < vertex_m) return NO_HAND; /* on the line, as far as anyone can tell */
    point_azimuth = azimuth_from(foot->foot, point);
    if (nearest->vertex != INCMAP__NO_VERTEX)
        return hand_at_vertex(b, line, nearest->vertex, point_azimuth);
    if (foot->along_m <= vertex_m) return hand_at_vertex(b, line, nearest->edge, point_azimuth);
    if (foot->along_m >= edge_length(b, nearest->edge) - vertex_m)
        return hand_at_vertex(b, line, nearest->edge + 1, point_azimuth);
    return hand_of(azimuth_at_foot(b, nearest->edge, foot), point_azimuth);
}

static incmap_side side_of(const incmap_border *b, incmap_coord point,
                           const incmap__nearest_edge *nearest)
{
    const enum hand inside = b->sides == INCMAP__SIDES_LEFT ? LEFT : RIGHT;
    const enum hand hand = hand_of_point(b, point, nearest);

    if (b->sides == INCMAP__SIDES_NONE || hand == NO_HAND) return INCMAP_SIDE_UNKNOWN;
    return hand == inside ? INCMAP_SIDE_INSIDE : INCMAP_SIDE_OUTSIDE;
}

/* The same side all around, as far off as the band. */
static bool is_certain(const incmap_border *b, incmap_coord point,
                       const incmap__nearest_edge *nearest, const incmap_depth *d)
{
    enum { AROUND = 8 };
    bool same = d->side != INCMAP_SIDE_UNKNOWN && d->depth_m > d->band_m;

    for (int i = 0; same && i < AROUND; i++) {
        const incmap_coord p = incmap__geodesic_direct(point, i * 360.0 / AROUND, d->band_m, NULL);
        const incmap__nearest_edge n = incmap__edge_index_nearest(&b->index, p, nearest->edge);
        same = side_of(b, p, &n) == d->side;
    }
    return same;
}

void incmap__line_side(const incmap_border *b, incmap_coord point,
                       const incmap__nearest_edge *nearest, incmap_depth *d)
{
    d->side = side_of(b, point, nearest);
    d->side_certain = is_certain(b, point, nearest, d);
}
