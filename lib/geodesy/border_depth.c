/* SPDX-License-Identifier: MIT */
/* Depth, band, chainage and side of a point whose nearest edge is known; the side by the two outlines,
 * through the grid where there is one. */
#include "geodesy/border_depth.h"

#include <math.h>

#include "geodesy/border_line_side.h"

bool incmap__border_is_measurable(incmap_coord point, double uncertainty_m)
{
    return fabs(point.lat) <= 90 && fabs(point.lon) < INFINITY && uncertainty_m >= 0 &&
           uncertainty_m < INFINITY;
}

static incmap_side side_of(incmap__sides_at at)
{
    if (at.inside && at.outside) return INCMAP_SIDE_BOTH;
    if (at.inside) return INCMAP_SIDE_INSIDE;
    return at.outside ? INCMAP_SIDE_OUTSIDE : INCMAP_SIDE_NEITHER;
}

/* near is false without a look when radius_m is negative. */
static incmap__sides_at sides_at(const incmap_border *b, const incmap__side_grid *grid,
                                 incmap_coord point, double radius_m)
{
    if (grid) return incmap__side_grid_at(grid, point, radius_m);
    return (incmap__sides_at){ incmap__outline_contains(&b->inside, point),
                               incmap__outline_contains(&b->outside, point),
                               radius_m >= 0 &&
                                   (incmap__outline_is_near(&b->inside, point, radius_m) ||
                                    incmap__outline_is_near(&b->outside, point, radius_m)) };
}

/* Both outlines count for certainty, not only the border. */
static void set_side(const incmap_border *b, const incmap__side_grid *grid, incmap_coord point,
                     incmap_depth *d)
{
    const bool is_deep = d->depth_m > d->band_m;
    const incmap__sides_at at = sides_at(b, grid, point, is_deep ? d->band_m : -1);
    d->side = side_of(at);
    d->side_certain = is_deep && !at.near;
}

void incmap__border_depth(const incmap_border *b, const incmap__side_grid *grid, incmap_coord point,
                          double uncertainty_m, const incmap__nearest_edge *nearest,
                          incmap_depth *d)
{
    size_t line = incmap__border_line_of(b, nearest->edge), vertex = nearest->vertex;
    const incmap_border_line *info;

    if (vertex != INCMAP__NO_VERTEX) {
        vertex = incmap__border_answering(&b->lines[line], vertex);
        if (vertex != nearest->vertex) line = incmap__border_line_of(b, vertex);
    }
    info = &b->lines[line].info;
    d->depth_m = nearest->foot.distance_m;
    d->band_m = uncertainty_m + b->accuracy_m + (info->unmatched ? info->separation_m : 0);
    d->nearest = nearest->foot.foot;
    d->azimuth_deg = nearest->azimuth_deg;
    d->along_m =
        vertex == INCMAP__NO_VERTEX
            ? incmap__border_chainage(b, &b->lines[line], nearest->edge) + nearest->foot.along_m
            : incmap__border_chainage(b, &b->lines[line], vertex);
    d->line = (int)line;
    d->unmatched = info->unmatched;
    if (b->sides == INCMAP__SIDES_OUTLINES)
        set_side(b, grid, point, d);
    else
        incmap__line_side(b, point, nearest, d);
    if (d->side == INCMAP_SIDE_OUTSIDE) d->depth_m = -d->depth_m;
}

incmap_status incmap__border_make_grid(const incmap_border *b, incmap__side_grid **out,
                                       const incmap_allocator *a, incmap_error *err)
{
    unsigned char *edges = incmap__alloc(a, b->vertex_count, sizeof *edges);
    const incmap__side_lines lines = { b->vertices, edges, b->vertex_count };
    incmap_status st;

    if (!edges) return incmap__fail_memory(err);
    for (size_t i = 0; i < b->line_count; i++) {
        const size_t first = b->lines[i].first, last = first + b->lines[i].info.vertices - 1;
        const incmap_border_line *info = &b->lines[i].info;
        const bool both = !info->unmatched && !info->enclosed && b->outside.edge_count > 0;
        for (size_t v = first; v < last; v++)
            edges[v] = both ? INCMAP__LINE_SHARED : INCMAP__LINE_ALONE;
        edges[last] = INCMAP__LINE_STOPS;
    }
    st = incmap__side_grid_build(out, &b->inside, &b->outside, &lines, a, err);
    incmap__free(a, edges);
    return st;
}
