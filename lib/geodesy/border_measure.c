/* SPDX-License-Identifier: MIT */
/* Measuring one point. */
#include <incmap/border.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/border_depth.h"

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

incmap_status incmap_border_measure(incmap_ctx *ctx, const incmap_border *border,
                                    incmap_coord point, double uncertainty_m, incmap_depth *out)
{
    incmap__nearest_edge nearest;

    if (!ctx) return INCMAP_EARG;
    if (!border || !out)
        return incmap__fail(&ctx->error, INCMAP_EARG, "border or result of a measure is NULL");
    if (!incmap__border_is_measurable(point, uncertainty_m))
        return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                            "found lat %s, lon %s, uncertainty %s m, expected a latitude of "
                            "-90 to 90, finite numbers, 0 m or more",
                            incmap__number(point.lat).text, incmap__number(point.lon).text,
                            incmap__number(uncertainty_m).text);
    nearest = incmap__edge_index_nearest(&border->index, point,
                                         border->hints ? incmap__hint_grid_at(border->hints, point)
                                                       : INCMAP__NO_HINT);
    incmap__border_depth(border, border->grid, point, uncertainty_m, &nearest, out);
    return INCMAP_OK;
}

incmap_status incmap_border_prepare(incmap_ctx *ctx, incmap_border *border)
{
    incmap_status st = INCMAP_OK;

    if (!ctx) return INCMAP_EARG;
    if (!border) return incmap__fail(&ctx->error, INCMAP_EARG, "border is NULL");
    if (!border->grid && border->sides == INCMAP__SIDES_OUTLINES)
        st = incmap__border_make_grid(border, &border->grid, &border->allocator, &ctx->error);
    if (!st && !border->hints)
        st = incmap__hint_grid_build(&border->hints, &border->index, &border->allocator,
                                     &ctx->error);
    return st;
}
