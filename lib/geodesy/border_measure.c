/* SPDX-License-Identifier: MIT */
/* Depth of a point: the nearest edge by the index, the side by the two outlines. */
#include "geodesy/border.h"

#include <math.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/border_line_side.h"
#include "geodesy/point_order.h"

const char *incmap_side_text(incmap_side side)
{
    switch (side) {
    case INCMAP_SIDE_UNKNOWN: break;
    case INCMAP_SIDE_INSIDE: return "inside";
    case INCMAP_SIDE_OUTSIDE: return "outside";
    case INCMAP_SIDE_BOTH: return "both";
    case INCMAP_SIDE_NEITHER: return "neither";
    }
    return "unknown";
}

/* Line and chainage of the nearest point. */
struct position {
    size_t line;
    double along_m;
};

static struct position position_of(const incmap_border *b, const incmap__nearest_edge *nearest)
{
    const size_t line = incmap__border_line_of(b, nearest->edge);
    size_t vertex;

    if (nearest->vertex == INCMAP__NO_VERTEX)
        return (struct position){ line, b->chainage_m[nearest->edge] + nearest->foot.along_m };
    vertex = incmap__border_answering(&b->lines[line], nearest->vertex);
    return (struct position){ vertex == nearest->vertex ? line : incmap__border_line_of(b, vertex),
                              b->chainage_m[vertex] };
}

static incmap__containment containment(const incmap_border *b, const incmap__side_grid *grid,
                                       incmap_coord point)
{
    return grid ? incmap__side_grid_contains(grid, point)
                : (incmap__containment){ incmap__outline_contains(&b->inside, point),
                                         incmap__outline_contains(&b->outside, point) };
}

static incmap_side side_of(incmap__containment c)
{
    if (c.inside && c.outside) return INCMAP_SIDE_BOTH;
    if (c.inside) return INCMAP_SIDE_INSIDE;
    return c.outside ? INCMAP_SIDE_OUTSIDE : INCMAP_SIDE_NEITHER;
}

static bool is_certain(const incmap_border *b, const incmap__side_grid *grid, incmap_coord point,
                       const incmap_depth *d)
{
    if (fabs(d->depth_m) <= d->band_m) return false;
    return grid ? !incmap__side_grid_is_near(grid, point, d->band_m)
                : !incmap__outline_is_near(&b->inside, point, d->band_m) &&
                      !incmap__outline_is_near(&b->outside, point, d->band_m);
}

static incmap_depth depth_of(const incmap_border *b, const incmap__side_grid *grid,
                             incmap_coord point, double uncertainty_m,
                             const incmap__nearest_edge *nearest)
{
    const struct position at = position_of(b, nearest);
    const incmap_border_line *info = &b->lines[at.line].info;
    incmap_depth d = { .depth_m = nearest->foot.distance_m,
                       .nearest = nearest->foot.foot,
                       .azimuth_deg = nearest->azimuth_deg,
                       .along_m = at.along_m,
                       .line = (int)at.line,
                       .unmatched = info->unmatched };

    d.band_m = uncertainty_m + b->accuracy_m + (info->unmatched ? info->separation_m : 0);
    if (b->sides == INCMAP__SIDES_OUTLINES) {
        d.side = side_of(containment(b, grid, point));
        d.side_certain = is_certain(b, grid, point, &d);
    } else {
        incmap__line_side(b, point, nearest, &d);
    }
    if (d.side == INCMAP_SIDE_OUTSIDE) d.depth_m = -d.depth_m;
    return d;
}

static incmap_depth no_depth(void)
{
    return (incmap_depth){ .depth_m = NAN,
                           .band_m = NAN,
                           .nearest = { NAN, NAN },
                           .azimuth_deg = NAN,
                           .along_m = NAN,
                           .line = -1 };
}

static bool is_measurable(incmap_coord point, double uncertainty_m)
{
    return incmap_coord_is_valid(point) && uncertainty_m >= 0 && isfinite(uncertainty_m);
}

incmap_status incmap_border_measure(incmap_ctx *ctx, const incmap_border *border,
                                    incmap_coord point, double uncertainty_m, incmap_depth *out)
{
    incmap__nearest_edge nearest;

    if (!ctx) return INCMAP_EARG;
    if (!border || !out)
        return incmap__fail(&ctx->error, INCMAP_EARG, "border or result of a measure is NULL");
    if (!is_measurable(point, uncertainty_m))
        return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                            "found lat %s, lon %s, uncertainty %s m, expected a latitude of "
                            "-90 to 90, finite numbers, 0 m or more",
                            incmap__number(point.lat).text, incmap__number(point.lon).text,
                            incmap__number(uncertainty_m).text);
    nearest = incmap__edge_index_nearest(&border->index, point, 0);
    *out = depth_of(border, border->grid, point, uncertainty_m, &nearest);
    return INCMAP_OK;
}

/* From so many points on it pays to put them in order, and from so many to make a grid for the call if
 * the border has none: that takes as long as measuring some eight thousand points without it. */
enum { MANY = 4096, MANY_FOR_GRID = 8192 };

/* What a call of measure_many works on. */
struct work {
    const incmap_border *border;
    const incmap__side_grid *grid;
    const uint32_t *order; /* NULL: as they come */
    const incmap_coord *points;
    const double *uncertainty_m;
    size_t n, bad, first_bad;
    incmap_depth *out;
    size_t hint;
};

/* Points that are measured together. */
struct packet {
    size_t count, number[INCMAP__LANES];
    incmap_coord points[INCMAP__LANES];
};

static double uncertainty_at(const struct work *w, size_t i)
{
    return w->uncertainty_m ? w->uncertainty_m[i] : 0;
}

static void measure_packet(struct work *w, struct packet *p)
{
    incmap__nearest_edge nearest[INCMAP__LANES];

    if (p->count == 0) return;
    incmap__edge_index_nearest_many(&w->border->index, p->points, p->count, w->hint, nearest);
    w->hint = nearest[0].hint;
    for (size_t k = 0; k < p->count; k++) {
        const size_t i = p->number[k];
        w->out[i] = depth_of(w->border, w->grid, p->points[k], uncertainty_at(w, i), &nearest[k]);
    }
    p->count = 0;
}

static void measure_all(struct work *w)
{
    struct packet packet = { .count = 0 };

    for (size_t k = 0; k < w->n; k++) {
        const size_t i = w->order ? w->order[k] : k;
        if (is_measurable(w->points[i], uncertainty_at(w, i))) {
            packet.points[packet.count] = w->points[i];
            packet.number[packet.count++] = i;
            if (packet.count == INCMAP__LANES) measure_packet(w, &packet);
        } else {
            w->out[i] = no_depth();
            if (w->bad++ == 0 || i < w->first_bad) w->first_bad = i;
        }
    }
    measure_packet(w, &packet);
}

incmap_status incmap_border_measure_many(incmap_ctx *ctx, const incmap_border *border,
                                         const incmap_coord points[], const double uncertainty_m[],
                                         size_t n, incmap_depth out[])
{
    incmap__side_grid *own = NULL;
    uint32_t *order = NULL;
    struct work work = {
        .border = border, .points = points, .uncertainty_m = uncertainty_m, .n = n, .out = out
    };

    if (!ctx) return INCMAP_EARG;
    if (!border || (n && (!points || !out)))
        return incmap__fail(&ctx->error, INCMAP_EARG, "border, points or results are NULL");
    /* Both only save time: without the memory for them the answers are the same. */
    if (n >= MANY) order = incmap__point_order(points, n, &ctx->allocator);
    if (n >= MANY_FOR_GRID && !border->grid && border->sides == INCMAP__SIDES_OUTLINES)
        (void)incmap__side_grid_build(&own, &border->inside, &border->outside, &ctx->allocator,
                                      NULL);
    work.order = order;
    work.grid = own ? own : border->grid;
    measure_all(&work);
    incmap__side_grid_free(own);
    incmap__free(&ctx->allocator, order);
    return work.bad ? incmap__fail(&ctx->error, INCMAP_EPARTIAL,
                                   "%zu of %zu points are no coordinates; the first is number %zu",
                                   work.bad, n, work.first_bad)
                    : INCMAP_OK;
}

incmap_status incmap_border_prepare(incmap_ctx *ctx, incmap_border *border)
{
    if (!ctx) return INCMAP_EARG;
    if (!border) return incmap__fail(&ctx->error, INCMAP_EARG, "border is NULL");
    if (border->grid || border->sides != INCMAP__SIDES_OUTLINES) return INCMAP_OK;
    return incmap__side_grid_build(&border->grid, &border->inside, &border->outside,
                                   &border->allocator, &ctx->error);
}
