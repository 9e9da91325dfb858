/* SPDX-License-Identifier: MIT */
/* Claims gathered into lines: one claimant, one type, one group, one incident each. Nothing is added
 * up here and no two claimants are merged. */
#include "reports/tally.h"

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "reports/sorting.h"

enum { LEVELS = INCMAP__TALLY_LEVELS };

/* What tells lines apart, from the widest: incident, type, group, head claimant, claimant,
 * polarity, unit. */
struct items {
    incmap__tally_item *all;
    size_t count;
};

static int compare(const void *one, const void *other)
{
    const incmap__tally_item *a = one, *b = other;

    for (int i = 0; i < LEVELS; i++)
        if (a->level[i] != b->level[i]) return a->level[i] < b->level[i] ? -1 : 1;
    if (a->last != b->last) return a->last ? 1 : -1;
    return a->index < b->index ? -1 : a->index > b->index;
}

static void sort(incmap__tally_item items[], size_t count)
{
    incmap__heap_sort(items, count, sizeof *items, compare);
}

bool incmap__tally_same_group(const incmap__tally_item *a, const incmap__tally_item *b, int levels)
{
    return memcmp(a->level, b->level, (size_t)levels * sizeof a->level[0]) == 0;
}

/* Puts in the place of each value of a level the first item of its group, so that groups sort by
 * their first item. The narrowest level comes first, for the wider ones tell its groups apart. */
void incmap__tally_order(incmap__tally_item items[], size_t count)
{
    sort(items, count);
    for (int level = LEVELS - 1; level >= 0; level--) {
        for (size_t start = 0, end; start < count; start = end) {
            size_t first = items[start].index;
            for (end = start + 1; end < count; end++) {
                if (!incmap__tally_same_group(&items[start], &items[end], level + 1)) break;
                if (items[end].index < first) first = items[end].index;
            }
            while (start < end)
                items[start++].level[level] = first;
        }
    }
    sort(items, count);
}

/* The claimant that one belongs to; itself when it belongs to none. Chains end: the dataset sees to it. */
static size_t next_of(const incmap_dataset *d, size_t claimant)
{
    const char *whole = incmap_dataset_claimant(d, claimant)->part_of;
    return whole[0] ? incmap__records_find(&d->claimants, whole) : claimant;
}

/* The head of each claimant's chain. No chain is gone twice, however long it is. */
static void find_heads(const incmap_dataset *d, size_t heads[])
{
    for (size_t i = 0; i < d->claimants.count; i++)
        heads[i] = INCMAP__NO_RECORD;
    for (size_t i = 0; i < d->claimants.count; i++) {
        size_t end = i;
        while (heads[end] == INCMAP__NO_RECORD && next_of(d, end) != end)
            end = next_of(d, end);
        if (heads[end] != INCMAP__NO_RECORD) end = heads[end];
        for (size_t at = i; heads[at] == INCMAP__NO_RECORD; at = next_of(d, at))
            heads[at] = end;
    }
}

static bool is_asked_for(const char *type, const char *const types[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(type, types[i]) == 0) return true;
    return false;
}

/* Whether a claim belongs into the lines: a verification and a withdrawal state nothing of their
 * own. */
static bool is_statement(const incmap_claim *claim)
{
    return claim->entry == INCMAP_ENTRY_CLAIM || claim->entry == INCMAP_ENTRY_CORRECTION;
}

static void gather(const incmap_dataset *d, size_t incident, const char *const types[], size_t n,
                   const size_t heads[], struct items *items)
{
    const bool every = n == SIZE_MAX;

    for (size_t i = 0; i < d->claims.count; i++) {
        const incmap_claim *claim = incmap_dataset_claim(d, i);
        const size_t of = incmap_dataset_merged(d, claim->incident);
        if (incident != SIZE_MAX && of != incident) continue;
        if (!is_statement(claim) || !(every || is_asked_for(claim->type, types, n))) continue;
        items->all[items->count++] = (incmap__tally_item){
            { of, (size_t)claim->type, (size_t)claim->victim_group, heads[claim->claimant],
              claim->claimant, (size_t)claim->polarity, (size_t)claim->unit },
            claim->superseded_by != SIZE_MAX,
            i,
        };
    }
}

/* The number that all print: NaN once two differ. */
static void count_best(incmap_tally_line *line, double figure, bool first)
{
    if (first)
        line->best = figure;
    else if (line->best != figure)
        line->best = NAN;
}

static void count_claim(incmap_tally_line *line, const incmap_claim *claim)
{
    const incmap__range range = incmap__claim_range(claim);

    if (claim->superseded_by != SIZE_MAX) {
        line->superseded++;
        return;
    }
    line->claims++;
    if (!incmap__range_has_figure(range)) {
        line->without_figure++;
        return;
    }
    /* fmin and fmax pass over a NaN. */
    line->low = fmin(line->low, range.low);
    line->high = fmax(line->high, range.high);
    if (isnan(range.high)) line->high_open = true;
    count_best(line, claim->figure, line->claims - line->without_figure == 1);
}

static incmap_tally_line line_of(const incmap_claim *claim, size_t incident, const size_t heads[])
{
    return (incmap_tally_line){ .incident = incident,
                                .type = claim->type,
                                .victim_group = claim->victim_group,
                                .claimant = claim->claimant,
                                .under = heads[claim->claimant],
                                .polarity = claim->polarity,
                                .low = NAN,
                                .high = NAN,
                                .best = NAN,
                                .unit = claim->unit,
                                .subject = claim->subject };
}

static void write_lines(incmap_tally *tally, incmap__witness_book *book, const struct items *items)
{
    const incmap_dataset *d = book->d;

    for (size_t i = 0; i < items->count; i++) {
        const size_t number = items->all[i].index;
        const incmap_claim *claim = incmap_dataset_claim(d, number);
        incmap_tally_line *line;
        if (i == 0 ||
            !incmap__tally_same_group(&items->all[i - 1], &items->all[i], INCMAP__TALLY_LEVELS)) {
            line = &tally->lines[tally->count++];
            *line = line_of(claim, incmap_dataset_merged(d, claim->incident), book->heads);
            line->claim_indices = tally->claims + i;
            incmap__witness_begin(book);
        }
        line = &tally->lines[tally->count - 1];
        tally->claims[i] = number;
        count_claim(line, claim);
        if (claim->superseded_by == SIZE_MAX) incmap__witness_add(book, number, &line->witnesses);
    }
    for (size_t i = 0; i < tally->count; i++)
        if (tally->lines[i].high_open) tally->lines[i].high = NAN;
}

static incmap_status make_tally(incmap_ctx *ctx, size_t claims, incmap_tally **out)
{
    incmap_tally *tally = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *tally);

    if (!tally) return incmap__fail_memory(&ctx->error);
    tally->allocator = ctx->allocator;
    tally->lines = incmap__alloc(&ctx->allocator, claims, sizeof *tally->lines);
    tally->claims = incmap__alloc(&ctx->allocator, claims, sizeof *tally->claims);
    *out = tally;
    return tally->lines && tally->claims ? INCMAP_OK : incmap__fail_memory(&ctx->error);
}

static incmap_status check_arguments(incmap_ctx *ctx, const incmap_dataset *d, size_t incident,
                                     const char *const types[], size_t n, incmap_tally **out)
{
    if (!ctx || !d || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "tally: NULL");
    for (size_t i = 0; types && i < n; i++)
        if (!types[i]) return incmap__fail(&ctx->error, INCMAP_EARG, "tally: type %zu is NULL", i);
    if (incident != SIZE_MAX && incident >= d->incidents.count)
        return incmap__fail(&ctx->error, INCMAP_ENOTFOUND,
                            "there is no incident %zu: the dataset has %zu", incident,
                            d->incidents.count);
    return INCMAP_OK;
}

/* Lines first, the rest is made from them. */
static incmap_status fill(incmap_ctx *ctx, incmap__witness_book *book, const struct items *items,
                          incmap_tally **out)
{
    incmap_error *err = &ctx->error;
    incmap_status st = make_tally(ctx, items->count, out);

    if (st) return st;
    write_lines(*out, book, items);
    st = incmap__tally_overalls(*out, book, err);
    if (!st) st = incmap__tally_conflicts(*out, book->d, book->heads, err);
    if (!st) st = incmap__tally_totals(*out, book->d, err);
    return st;
}

incmap_status incmap_tally_new(incmap_ctx *ctx, const incmap_dataset *dataset, size_t incident,
                               const char *const types[], size_t n_types, incmap_tally **out)
{
    static const char *const victims[] = { "fatalities", "injuries", "casualties" };
    struct items items = { NULL, 0 };
    incmap__witness_book book = { .d = NULL };
    size_t *heads = NULL;
    incmap_tally *tally = NULL;
    incmap_status st = check_arguments(ctx, dataset, incident, types, n_types, out);

    if (st) return st;
    if (!types && n_types != SIZE_MAX) {
        types = victims;
        n_types = sizeof victims / sizeof *victims;
    }
    if (incident != SIZE_MAX) incident = incmap_dataset_merged(dataset, incident);
    items.all = incmap__alloc(&ctx->allocator, dataset->claims.count, sizeof *items.all);
    heads = incmap__alloc(&ctx->allocator, dataset->claimants.count, sizeof *heads);
    if (!items.all || !heads) {
        st = incmap__fail_memory(&ctx->error);
        goto done;
    }
    find_heads(dataset, heads);
    gather(dataset, incident, types, n_types, heads, &items);
    incmap__tally_order(items.all, items.count);
    st = incmap__witness_open(&book, dataset, heads, &ctx->allocator, &ctx->error);
    if (!st) st = fill(ctx, &book, &items, &tally);
    if (!st) *out = tally;

done:
    if (st) incmap_tally_free(tally);
    incmap__witness_close(&book, &ctx->allocator);
    incmap__free(&ctx->allocator, heads);
    incmap__free(&ctx->allocator, items.all);
    return st;
}

void incmap_tally_free(incmap_tally *tally)
{
    if (tally) {
        const incmap_allocator a = tally->allocator;
        incmap__free(&a, tally->lines);
        incmap__free(&a, tally->claims);
        incmap__free(&a, tally->overalls);
        incmap__free(&a, tally->overall_lines);
        incmap__free(&a, tally->conflicts);
        incmap__free(&a, tally->totals);
        incmap__free(&a, tally);
    }
}

size_t incmap_tally_count(const incmap_tally *tally)
{
    return tally ? tally->count : 0;
}

const incmap_tally_line *incmap_tally_get(const incmap_tally *tally, size_t i)
{
    return tally && i < tally->count ? &tally->lines[i] : NULL;
}
