/* SPDX-License-Identifier: MIT */
/* The gazetteer and the dataset that are compiled in: the CSV files of data/ through the same doors
 * as anybody's. */
#include <incmap/builtin.h>

#include "base/context.h"
#include "builtin/data.h"
#include "checks/statements.h"
#include "places/gazetteer.h"
#include "reports/dataset.h"

#define TABLE(name) #name ".csv", incmap__data_##name, incmap__data_##name##_size

static incmap_status open_table(incmap__csv **out, incmap_ctx *ctx, const char *name,
                                const void *bytes, size_t size)
{
    return incmap__csv_open_memory(out, name, bytes, size, NULL, &ctx->allocator, &ctx->error);
}

incmap_status incmap_gazetteer_builtin(incmap_ctx *ctx, incmap_gazetteer **out)
{
    incmap_gazetteer *g = NULL;
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!out) return incmap__fail(&ctx->error, INCMAP_EARG, "result of a gazetteer is NULL");
    st = incmap_gazetteer_new(ctx, &g);
    if (!st) st = open_table(&csv, ctx, TABLE(places));
    if (!st) st = incmap__gazetteer_add_places_csv(ctx, g, csv, NULL);
    if (!st) st = open_table(&csv, ctx, TABLE(border_posts));
    if (!st) st = incmap__gazetteer_add_posts_csv(ctx, g, csv, NULL);
    if (st)
        incmap_gazetteer_free(g);
    else
        *out = g;
    return st;
}

incmap_status incmap_statements_builtin(incmap_ctx *ctx, const incmap_gazetteer *gazetteer,
                                        incmap_statements **out)
{
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!gazetteer || !out)
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "gazetteer or result of the statements is NULL");
    st = open_table(&csv, ctx, TABLE(distance_claims));
    return st ? st : incmap__statements_build(ctx, csv, gazetteer, NULL, out);
}

incmap_status incmap_dataset_builtin(incmap_ctx *ctx, const incmap_gazetteer *gazetteer,
                                     incmap_dataset **out)
{
    incmap__dataset_tables tables = { NULL, NULL, NULL, NULL };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!gazetteer || !out)
        return incmap__fail(&ctx->error, INCMAP_EARG, "gazetteer or result of a dataset is NULL");
    st = open_table(&tables.sources, ctx, TABLE(sources));
    if (!st) st = open_table(&tables.claimants, ctx, TABLE(claimants));
    if (!st) st = open_table(&tables.incidents, ctx, TABLE(incidents));
    if (!st) st = open_table(&tables.claims, ctx, TABLE(claims));
    if (!st) {
        st = incmap__dataset_build(ctx, tables, gazetteer, NULL, out);
    } else {
        incmap__csv_close(tables.sources);
        incmap__csv_close(tables.claimants);
        incmap__csv_close(tables.incidents);
        incmap__csv_close(tables.claims);
    }
    return st;
}
