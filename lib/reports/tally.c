/* SPDX-License-Identifier: MIT */
/* Claims gathered into lines: one claimant, one type, one group, one incident each. Nothing is added
 * up and no two claimants are merged. */
#include <incmap/tally.h>

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "reports/dataset.h"

struct incmap_tally {
    incmap_allocator allocator;
    incmap_tally_line *lines;
    size_t count;
    size_t *claims; /* indices, line by line */
};

/* What tells lines apart, from the widest: incident, type, group, head claimant, claimant,
 * polarity, unit. Texts are kept once each in the dataset, so their address stands for them. */
enum { LEVELS = 7 };

struct item {
    size_t level[LEVELS];
    size_t claim;
};

struct items {
    struct item *all;
    size_t count;
};

static int compare(const struct item *a, const struct item *b)
{
    for (int i = 0; i < LEVELS; i++)
        if (a->level[i] != b->level[i]) return a->level[i] < b->level[i] ? -1 : 1;
    return a->claim < b->claim ? -1 : a->claim > b->claim;
}

static void sink(struct item *items, size_t i, size_t count)
{
    for (;;) {
        size_t most = 2 * i + 1;
        if (most >= count) return;
        if (most + 1 < count && compare(&items[most], &items[most + 1]) < 0) most++;
        if (compare(&items[i], &items[most]) >= 0) return;
        const struct item t = items[i];
        items[i] = items[most];
        items[most] = t;
        i = most;
    }
}

/* Heap sort: qsort of some C libraries allocates, and not through our allocator. */
static void sort(struct items *items)
{
    for (size_t i = items->count / 2; i-- > 0;)
        sink(items->all, i, items->count);
    for (size_t end = items->count; end-- > 1;) {
        const struct item t = items->all[0];
        items->all[0] = items->all[end];
        items->all[end] = t;
        sink(items->all, 0, end);
    }
}

static bool is_same_group(const struct item *a, const struct item *b, int levels)
{
    return memcmp(a->level, b->level, (size_t)levels * sizeof a->level[0]) == 0;
}

/* Puts in the place of each value of a level the first claim of its group, so that groups sort by
 * their first claim. The narrowest level comes first, for the wider ones tell its groups apart. */
static void order_by_first_claim(struct items *items)
{
    sort(items);
    for (int level = LEVELS - 1; level >= 0; level--) {
        for (size_t start = 0, end; start < items->count; start = end) {
            size_t first = items->all[start].claim;
            for (end = start + 1; end < items->count; end++) {
                if (!is_same_group(&items->all[start], &items->all[end], level + 1)) break;
                if (items->all[end].claim < first) first = items->all[end].claim;
            }
            while (start < end)
                items->all[start++].level[level] = first;
        }
    }
    sort(items);
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

static void gather(const incmap_dataset *d, size_t incident, const char *const types[], size_t n,
                   const size_t heads[], struct items *items)
{
    for (size_t i = 0; i < d->claims.count; i++) {
        const incmap_claim *claim = incmap_dataset_claim(d, i);
        if (incident != SIZE_MAX && claim->incident != incident) continue;
        if (!is_asked_for(claim->type, types, n)) continue;
        items->all[items->count++] = (struct item){
            { claim->incident, (size_t)claim->type, (size_t)claim->victim_group,
              heads[claim->claimant], claim->claimant, (size_t)claim->polarity,
              (size_t)claim->unit },
            i,
        };
    }
}

/* Least and greatest that a claim states; NaN: open. Both NaN: it names no number. */
struct range {
    double low, high;
};

/* Where a table gives the printed number alone, its qualifier says which end it is. */
static struct range range_of(const incmap_claim *claim)
{
    static const char *const lows[] = { "more_than", "at_least", "over", "or_more" };
    static const char *const highs[] = { "nearly",  "almost",    "up_to",
                                         "at_most", "less_than", "fewer_than" };
    struct range range = { claim->figure_low, claim->figure_high };

    if (!isnan(range.low) || !isnan(range.high) || isnan(claim->figure)) return range;
    range = (struct range){ claim->figure, claim->figure };
    if (is_asked_for(claim->qualifier, lows, sizeof lows / sizeof *lows)) range.high = NAN;
    if (is_asked_for(claim->qualifier, highs, sizeof highs / sizeof *highs)) range.low = NAN;
    return range;
}

static bool has_figure(struct range range)
{
    return !isnan(range.low) || !isnan(range.high);
}

static void count_claim(incmap_tally_line *line, const incmap_claim *claim)
{
    const struct range range = range_of(claim);

    line->claims++;
    if (!has_figure(range)) {
        line->without_figure++;
        return;
    }
    /* fmin and fmax pass over a NaN. */
    line->low = fmin(line->low, range.low);
    line->high = fmax(line->high, range.high);
    if (isnan(range.high)) line->high_open = true;
}

static incmap_tally_line line_of(const incmap_claim *claim, const size_t heads[])
{
    return (incmap_tally_line){ .incident = claim->incident,
                                .type = claim->type,
                                .victim_group = claim->victim_group,
                                .claimant = claim->claimant,
                                .under = heads[claim->claimant],
                                .polarity = claim->polarity,
                                .low = NAN,
                                .high = NAN,
                                .unit = claim->unit };
}

static void write_lines(incmap_tally *tally, const incmap_dataset *d, const size_t heads[],
                        const struct items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        const incmap_claim *claim = incmap_dataset_claim(d, items->all[i].claim);
        if (i == 0 || !is_same_group(&items->all[i - 1], &items->all[i], LEVELS)) {
            tally->lines[tally->count] = line_of(claim, heads);
            tally->lines[tally->count++].claim_indices = tally->claims + i;
        }
        tally->claims[i] = items->all[i].claim;
        count_claim(&tally->lines[tally->count - 1], claim);
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

incmap_status incmap_tally_new(incmap_ctx *ctx, const incmap_dataset *dataset, size_t incident,
                               const char *const types[], size_t n_types, incmap_tally **out)
{
    static const char *const victims[] = { "fatalities", "injuries", "casualties" };
    struct items items = { NULL, 0 };
    size_t *heads = NULL;
    incmap_tally *tally = NULL;
    incmap_status st = check_arguments(ctx, dataset, incident, types, n_types, out);

    if (st) return st;
    if (!types) {
        types = victims;
        n_types = sizeof victims / sizeof *victims;
    }
    items.all = incmap__alloc(&ctx->allocator, dataset->claims.count, sizeof *items.all);
    heads = incmap__alloc(&ctx->allocator, dataset->claimants.count, sizeof *heads);
    if (!items.all || !heads) {
        st = incmap__fail_memory(&ctx->error);
        goto done;
    }
    find_heads(dataset, heads);
    gather(dataset, incident, types, n_types, heads, &items);
    order_by_first_claim(&items);
    st = make_tally(ctx, items.count, &tally);
    if (st) goto done;
    write_lines(tally, dataset, heads, &items);
    *out = tally;

done:
    if (st) incmap_tally_free(tally);
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

/* "several", "large number": the word that stands instead of a number, or before one. */
static void add_words(const char *qualifier, char *buffer, size_t size, size_t *used)
{
    while (*qualifier) {
        const size_t length = strcspn(qualifier, "_");
        incmap__text_add(buffer, size, used, "%.*s%s", (int)length, qualifier,
                         qualifier[length] ? " " : "");
        qualifier += length + (qualifier[length] != '\0');
    }
}

/* The printed number behind the words that the claim puts before it. */
static void add_printed(const incmap_claim *claim, char *buffer, size_t size, size_t *used)
{
    const bool bare = !claim->qualifier[0] || strcmp(claim->qualifier, "exact") == 0;

    if (strcmp(claim->qualifier, "or_more") == 0) {
        incmap__text_add(buffer, size, used, "%s or more", incmap__number(claim->figure).text);
        return;
    }
    if (!bare) add_words(claim->qualifier, buffer, size, used);
    incmap__text_add(buffer, size, used, "%s%s", bare ? "" : " ",
                     incmap__number(claim->figure).text);
}

/* One statement as it was made: the printed number with its qualifier where the table has it, else
 * the two ends. "Nearly 12" is not "up to 12", and who says "more than 70" does not say 71. */
static void add_statement(const incmap_claim *claim, char *buffer, size_t size, size_t *used)
{
    static const char *const spans[] = { "range", "between" };
    const struct range range = range_of(claim);
    const bool span = range.low < range.high &&
                      is_asked_for(claim->qualifier, spans, sizeof spans / sizeof *spans);

    if (!isnan(claim->figure) && !span)
        add_printed(claim, buffer, size, used);
    else if (isnan(range.low))
        incmap__text_add(buffer, size, used, "up to %s", incmap__number(range.high).text);
    else if (isnan(range.high))
        incmap__text_add(buffer, size, used, "%s or more", incmap__number(range.low).text);
    else if (range.low == range.high)
        incmap__text_add(buffer, size, used, "%s", incmap__number(range.low).text);
    else
        incmap__text_add(buffer, size, used, "%s to %s", incmap__number(range.low).text,
                         incmap__number(range.high).text);
}

static bool is_same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Whether two claims with a figure say the same. Qualifiers are kept once each in the dataset. */
static bool is_same_statement(const incmap_claim *a, const incmap_claim *b)
{
    return has_figure(range_of(b)) && a->qualifier == b->qualifier &&
           is_same_number(a->figure, b->figure) && is_same_number(a->figure_low, b->figure_low) &&
           is_same_number(a->figure_high, b->figure_high);
}

/* Whether an earlier claim of the line said the same. */
static bool is_repeated(const incmap_dataset *d, const incmap_tally_line *line, size_t i)
{
    const incmap_claim *claim = incmap_dataset_claim(d, line->claim_indices[i]);
    const bool figure = has_figure(range_of(claim));

    for (size_t j = 0; j < i; j++) {
        const incmap_claim *earlier = incmap_dataset_claim(d, line->claim_indices[j]);
        if (figure ? is_same_statement(claim, earlier)
                   : !has_figure(range_of(earlier)) && earlier->qualifier == claim->qualifier)
            return true;
    }
    return false;
}

size_t incmap_tally_figure_text(const incmap_dataset *dataset, const incmap_tally_line *line,
                                char *buffer, size_t size)
{
    size_t used = 0;

    if (!dataset || !line || !buffer || !size) return 0;
    buffer[0] = '\0';
    for (int words = 0; words < 2; words++) /* numbers first */
        for (size_t i = 0; i < line->claims; i++) {
            const incmap_claim *claim = incmap_dataset_claim(dataset, line->claim_indices[i]);
            if (has_figure(range_of(claim)) == (words == 1) || is_repeated(dataset, line, i))
                continue;
            if (used) incmap__text_add(buffer, size, &used, ", ");
            if (!words)
                add_statement(claim, buffer, size, &used);
            else
                add_words(claim->qualifier[0] ? claim->qualifier : "no_figure", buffer, size,
                          &used);
        }
    return used;
}
