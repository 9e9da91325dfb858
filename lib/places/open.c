/* SPDX-License-Identifier: MIT */
/* The door to a saved gazetteer. */
#include "places/gazetteer.h"
#include "places/join.h"

static unsigned count_saved_layers(const incmap__saved *saved)
{
    unsigned most = 0;

    for (size_t i = 0; i < saved->count; i++)
        if (saved->places[i].located >> 1 > (int)most) most = saved->places[i].located >> 1;
    return saved->count ? most + 1 : 0;
}

incmap_status incmap_gazetteer_open(incmap_ctx *ctx, const char *path, incmap_gazetteer **out)
{
    incmap_gazetteer *g = NULL;
    incmap_status st;

    if (!ctx || !path || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "open gazetteer: NULL");
    st = incmap_gazetteer_new(ctx, &g);
    if (!st) st = incmap__saved_open(&g->saved, path, &g->allocator, &ctx->error);
    if (!st) {
        g->saved_layers = count_saved_layers(&g->saved);
        g->saved_places =
            incmap__alloc_zeroed(&g->allocator, g->saved.count, sizeof *g->saved_places);
        if (!g->saved_places) st = incmap__fail_memory(&ctx->error);
        if (!st) st = incmap__join_take_saved(g, &ctx->error);
    }
    if (st)
        incmap_gazetteer_free(g);
    else
        *out = g;
    return st;
}
