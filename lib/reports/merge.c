/* SPDX-License-Identifier: MIT */
/* Chains in a dataset: incidents that are taken to be the same, and re-posts of one original. Both
 * leave every record where it is. */
#include "base/context.h"
#include "reports/dataset.h"

static incmap_incident *incident_at(incmap_dataset *d, size_t i)
{
    incmap_incident *incidents = d->incidents.items;
    return &incidents[i];
}

static incmap_status check_incident(incmap_ctx *ctx, const incmap_dataset *d, size_t i)
{
    if (i < d->incidents.count) return INCMAP_OK;
    return incmap__fail(&ctx->error, INCMAP_ENOTFOUND,
                        "there is no incident %zu: the dataset has %zu", i, d->incidents.count);
}

size_t incmap_dataset_merged(const incmap_dataset *d, size_t i)
{
    const incmap_incident *incident;

    while ((incident = incmap_dataset_incident(d, i)) != NULL && incident->merged_into != SIZE_MAX)
        i = incident->merged_into;
    return i;
}

/* Whether the wholes above an incident lead back to it. Before a merge none does, and one that the
 * merge closes goes through the incident that is merged into. */
static bool is_part_of_itself(const incmap_dataset *d, size_t i)
{
    size_t at = i;

    do {
        at = incmap_dataset_incident(d, at)->parent;
        if (at == SIZE_MAX) return false;
        at = incmap_dataset_merged(d, at);
    } while (at != i);
    return true;
}

incmap_status incmap_dataset_merge(incmap_ctx *ctx, incmap_dataset *dataset, size_t from,
                                   size_t into)
{
    incmap_status st;

    if (!ctx || !dataset) return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "merge: NULL");
    st = check_incident(ctx, dataset, from);
    if (!st) st = check_incident(ctx, dataset, into);
    if (st) return st;
    if (incident_at(dataset, from)->merged_into != SIZE_MAX)
        return incmap__fail(&ctx->error, INCMAP_EEXIST,
                            "incident %s is merged into another already",
                            incident_at(dataset, from)->id);
    if (incmap_dataset_merged(dataset, into) == from)
        return incmap__fail(&ctx->error, INCMAP_EEXIST,
                            "incident %s is %s itself, or merged into it",
                            incident_at(dataset, into)->id, incident_at(dataset, from)->id);
    incident_at(dataset, from)->merged_into = into;
    if (is_part_of_itself(dataset, incmap_dataset_merged(dataset, into))) {
        incident_at(dataset, from)->merged_into = SIZE_MAX;
        return incmap__fail(&ctx->error, INCMAP_EEXIST,
                            "incident %s cannot be %s too: the one would be a part of itself",
                            incident_at(dataset, from)->id, incident_at(dataset, into)->id);
    }
    return INCMAP_OK;
}

incmap_status incmap_dataset_unmerge(incmap_ctx *ctx, incmap_dataset *dataset, size_t from)
{
    incmap_status st;

    if (!ctx || !dataset)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "undo a merge: NULL");
    st = check_incident(ctx, dataset, from);
    if (st) return st;
    if (incident_at(dataset, from)->merged_into == SIZE_MAX)
        return incmap__fail(&ctx->error, INCMAP_ENOTFOUND, "incident %s is not merged",
                            incident_at(dataset, from)->id);
    incident_at(dataset, from)->merged_into = SIZE_MAX;
    return INCMAP_OK;
}

size_t incmap_dataset_original(const incmap_dataset *d, size_t i)
{
    const incmap_source *source;

    /* The chain ends: the dataset refuses one that goes round. */
    while ((source = incmap_dataset_source(d, i)) != NULL && source->relayed_from[0])
        i = incmap__records_find(&d->sources, source->relayed_from);
    return i;
}
