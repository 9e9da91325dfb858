/* SPDX-License-Identifier: MIT */
/* The border that is compiled in. */
#include <incmap/builtin.h>

#include "base/context.h"
#include "builtin/data.h"
#include "geodesy/border_pack.h"

incmap_status incmap_border_builtin(incmap_ctx *ctx, incmap_border **out)
{
    if (!ctx) return INCMAP_EARG;
    if (!out) return incmap__fail(&ctx->error, INCMAP_EARG, "result of a border is NULL");
    return incmap__border_unpack(incmap__data_border, incmap__data_border_size, out,
                                 &ctx->allocator, &ctx->error);
}

const char *incmap_builtin_attribution(void)
{
    return "Border: (c) OpenStreetMap contributors, ODbL 1.0, through "
           "@geo-maps/countries-coastline-1m 0.6.0 (November 2017)\n"
           "Places: GeoNames (geonames.org), CC BY 4.0; Who's On First, CC BY; facts of Wikipedia\n"
           "Border posts: computed from the border, a derivative database under ODbL 1.0";
}
