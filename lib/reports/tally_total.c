/* SPDX-License-Identifier: MIT */
/* Sums over incidents, with their ranges and with what is unknown counted apart. An incident that is
 * part of another may be in that one's figures already. */
#include <math.h>

#include "reports/tally.h"

/* One incident's contribution to a total; its parts are rolled up into it. */
typedef struct {
    const incmap_tally_overall *own;
    size_t whole;                          /* number of the entry that it is part of; SIZE_MAX */
    size_t waiting;                        /* parts that are not rolled up yet */
    double low, high, part_low, part_high; /* of the lows NaN: nobody gives one */
} entry;

typedef struct {
    incmap_tally *tally;
    const incmap_dataset *d;
    incmap__tally_item *items; /* overalls, total by total */
    entry *entries;            /* of one total */
    size_t *entry_of;          /* by incident; SIZE_MAX: none in this total */
    size_t *stack;
} adder;

static bool has_figure(const incmap_tally_overall *overall)
{
    return !isnan(overall->low) || !isnan(overall->high) || overall->high_open;
}

static bool asserts(const incmap_tally_overall *overall)
{
    return overall->claims > overall->denials + overall->doubts;
}

/* The nearest incident above that has claims in this total. */
static size_t whole_of(const adder *a, size_t incident)
{
    for (;;) {
        incident = incmap_dataset_incident(a->d, incident)->parent;
        if (incident == SIZE_MAX) return SIZE_MAX;
        incident = incmap_dataset_merged(a->d, incident);
        if (a->entry_of[incident] != SIZE_MAX) return a->entry_of[incident];
    }
}

static void count_overall(incmap_tally_total *total, const incmap_tally_overall *own)
{
    total->incidents++;
    if (!has_figure(own)) {
        total->unknown++;
        return;
    }
    total->with_figure++;
    total->best += own->best;
    total->low_open |= isnan(own->low);
    total->high_open |= own->high_open || isnan(own->high);
}

/* Nobody says whether the figures of the whole hold those of its parts: the low is the lesser
 * reading, where both have one, and the high takes both. */
static void close_entry(entry *e)
{
    const double high = isnan(e->own->high) ? 0 : e->own->high;

    e->low = fmin(e->own->low, e->part_low); /* of NaN and a number it is the number */
    e->high = high + e->part_high;
}

/* A lower end that nobody gives is none, and not 0. */
static double add_low(double sum, double low)
{
    return isnan(sum) ? low : isnan(low) ? sum : sum + low;
}

static void roll_up(adder *a, incmap_tally_total *total, size_t n)
{
    size_t ready = 0;

    for (size_t i = 0; i < n; i++)
        if (!a->entries[i].waiting) a->stack[ready++] = i;
    while (ready) {
        entry *e = &a->entries[a->stack[--ready]];
        close_entry(e);
        if (e->whole == SIZE_MAX) {
            total->low = add_low(total->low, e->low);
            total->high += e->high;
            continue;
        }
        entry *whole = &a->entries[e->whole];
        whole->part_low = add_low(whole->part_low, e->low);
        whole->part_high += e->high;
        if (--whole->waiting == 0) a->stack[ready++] = e->whole;
    }
}

static void write_total(adder *a, const incmap__tally_item items[], size_t n,
                        incmap_tally_total *total)
{
    const incmap_tally_overall *first = &a->tally->overalls[items[0].index];
    size_t count = 0;

    *total = (incmap_tally_total){ .type = first->type,
                                   .victim_group = first->victim_group,
                                   .unit = first->unit,
                                   .subject = first->subject,
                                   .low = NAN };
    for (size_t i = 0; i < n; i++) {
        const incmap_tally_overall *own = &a->tally->overalls[items[i].index];
        if (!asserts(own)) continue;
        count_overall(total, own);
        a->entries[count] = (entry){ .own = own, .whole = SIZE_MAX, .part_low = NAN };
        a->entry_of[own->incident] = count++;
    }
    for (size_t i = 0; i < count; i++) {
        entry *e = &a->entries[i];
        e->whole = whole_of(a, e->own->incident);
        if (e->whole == SIZE_MAX) continue;
        a->entries[e->whole].waiting++;
        total->nested++;
    }
    roll_up(a, total, count);
    for (size_t i = 0; i < count; i++)
        a->entry_of[a->entries[i].own->incident] = SIZE_MAX;
    if (total->nested || !total->with_figure) total->best = NAN;
    if (total->high_open || !total->with_figure) total->high = NAN;
}

static incmap_status open_adder(adder *a, const incmap_allocator *allocator, incmap_error *err)
{
    const size_t n = a->tally->overall_count, incidents = a->d->incidents.count;

    a->tally->totals = incmap__alloc(allocator, n, sizeof *a->tally->totals);
    a->items = incmap__alloc_zeroed(allocator, n, sizeof *a->items);
    a->entries = incmap__alloc(allocator, n, sizeof *a->entries);
    a->entry_of = incmap__alloc(allocator, incidents, sizeof *a->entry_of);
    a->stack = incmap__alloc(allocator, n, sizeof *a->stack);
    if (!a->tally->totals || !a->items || !a->entries || !a->entry_of || !a->stack)
        return incmap__fail_memory(err);
    for (size_t i = 0; i < incidents; i++)
        a->entry_of[i] = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const incmap_tally_overall *overall = &a->tally->overalls[i];
        a->items[i].level[0] = (size_t)overall->type;
        a->items[i].level[1] = (size_t)overall->victim_group;
        a->items[i].level[2] = (size_t)overall->unit;
        a->items[i].index = i;
    }
    incmap__tally_order(a->items, n);
    return INCMAP_OK;
}

incmap_status incmap__tally_totals(incmap_tally *tally, const incmap_dataset *d, incmap_error *err)
{
    const incmap_allocator *allocator = &tally->allocator;
    adder a = { .tally = tally, .d = d };
    const incmap_status st = open_adder(&a, allocator, err);
    const size_t n = tally->overall_count;

    for (size_t start = 0, end; !st && start < n; start = end) {
        end = start + 1;
        while (end < n &&
               incmap__tally_same_group(&a.items[start], &a.items[end], INCMAP__TALLY_LEVELS))
            end++;
        write_total(&a, a.items + start, end - start, &tally->totals[tally->total_count++]);
    }
    incmap__free(allocator, a.items);
    incmap__free(allocator, a.entries);
    incmap__free(allocator, a.entry_of);
    incmap__free(allocator, a.stack);
    return st;
}

size_t incmap_tally_total_count(const incmap_tally *tally)
{
    return tally ? tally->total_count : 0;
}

const incmap_tally_total *incmap_tally_total_get(const incmap_tally *tally, size_t i)
{
    return tally && i < tally->total_count ? &tally->totals[i] : NULL;
}
