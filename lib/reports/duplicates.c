/* SPDX-License-Identifier: MIT */
/* Proposing pairs of incidents that may be the same: swept in the order of their dates, so that only
 * those within the window of days meet. */
#include <incmap/duplicates.h>

#include <math.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/ellipsoid.h"
#include "reports/dataset.h"
#include "reports/sorting.h"

struct incmap_duplicates {
    incmap_allocator allocator;
    incmap_duplicate *items;
    size_t count, room, skipped;
};

/* An incident on the line of time: whole days, both ends known. */
typedef struct {
    int64_t first, last;
    size_t incident;
} span;

typedef struct {
    const incmap_dataset *d;
    double distance_m;
    int days;
    bool any_actors;
    span *spans;
    size_t count;
    incmap_duplicates *out;
} sweep;

static int compare_spans(const void *a, const void *b)
{
    const span *x = a, *y = b;

    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return x->incident < y->incident ? -1 : x->incident > y->incident;
}

static int compare_pairs(const void *a, const void *b)
{
    const incmap_duplicate *x = a, *y = b;

    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Of an open end the known one counts; false when neither is known, or there is no position. */
static bool span_of(const incmap_incident *incident, size_t i, span *out)
{
    const bool open_start = incident->when.earliest == INCMAP_DAY_OPEN;
    const bool open_end = incident->when.before == INCMAP_DAY_OPEN;

    if (!incident->located || (open_start && open_end)) return false;
    out->first = open_start ? (int64_t)incident->when.before - 1 : incident->when.earliest;
    out->last = open_end ? (int64_t)incident->when.earliest : (int64_t)incident->when.before - 1;
    out->incident = i;
    return true;
}

/* One name of a list joined by "|"; false past the last. */
static bool next_actor(const char **list, const char **start, size_t *length)
{
    if (!**list) return false;
    *start = *list;
    *length = strcspn(*list, "|");
    *list += *length + ((*list)[*length] == '|');
    return true;
}

static bool has_actor(const char *list, const char *name, size_t length)
{
    const char *start;
    size_t n;

    while (next_actor(&list, &start, &n))
        if (n == length && memcmp(start, name, n) == 0) return true;
    return false;
}

static size_t count_shared(const char *list, const incmap_incident *other)
{
    const char *start;
    size_t length, shared = 0;

    while (next_actor(&list, &start, &length))
        shared +=
            has_actor(other->actor1, start, length) || has_actor(other->actor2, start, length);
    return shared;
}

static bool is_part_of(const incmap_dataset *d, size_t part, size_t whole)
{
    for (size_t at = part; at != SIZE_MAX; at = incmap_dataset_incident(d, at)->parent)
        if (at == whole) return true;
    return false;
}

/* Degrees of latitude are never less than 110.5 km apart; a cheap look before the geodesic. */
static bool is_far(const sweep *s, const incmap_incident *a, const incmap_incident *b)
{
    return fabs(a->at.lat - b->at.lat) * 110500 > s->distance_m + 1;
}

/* Fills in the pair; false when it is none. */
static bool compare(const sweep *s, const span *x, const span *y, incmap_duplicate *pair)
{
    const bool swap = x->incident > y->incident;
    const size_t first = swap ? y->incident : x->incident;
    const size_t second = swap ? x->incident : y->incident;
    const incmap_incident *a = incmap_dataset_incident(s->d, first);
    const incmap_incident *b = incmap_dataset_incident(s->d, second);
    const int64_t gap = y->first - x->last;

    if (is_far(s, a, b)) return false;
    *pair = (incmap_duplicate){ .a = first, .b = second, .days = gap > 0 ? (int)gap : 0 };
    incmap__geodesic_inverse(a->at, b->at, &pair->distance_m, NULL, NULL);
    if (pair->distance_m > s->distance_m) return false;
    pair->band_m = a->uncertainty_m + b->uncertainty_m;
    pair->actors_unknown = !(a->actor1[0] || a->actor2[0]) || !(b->actor1[0] || b->actor2[0]);
    pair->actors = count_shared(a->actor1, b) + count_shared(a->actor2, b);
    pair->same_type = strcmp(a->event_type, b->event_type) == 0 &&
                      strcmp(a->sub_event_type, b->sub_event_type) == 0;
    if (!s->any_actors && !pair->actors && !pair->actors_unknown) return false;
    return !is_part_of(s->d, first, second) && !is_part_of(s->d, second, first) &&
           incmap_dataset_merged(s->d, first) != incmap_dataset_merged(s->d, second);
}

static incmap_status run(sweep *s, incmap_error *err)
{
    incmap_duplicates *out = s->out;
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < s->count; i++)
        for (size_t j = i + 1; !st && j < s->count; j++) {
            incmap_duplicate pair;
            if (s->spans[j].first > s->spans[i].last + s->days) break;
            if (!compare(s, &s->spans[i], &s->spans[j], &pair)) continue;
            st = incmap__grow(&out->allocator, &out->items, &out->room, out->count + 1,
                              sizeof *out->items, err);
            if (!st) out->items[out->count++] = pair;
        }
    incmap__heap_sort(out->items, out->count, sizeof *out->items, compare_pairs);
    return st;
}

static incmap_status open_sweep(sweep *s, const incmap_allocator *a, incmap_error *err)
{
    const size_t incidents = s->d->incidents.count;

    s->out = incmap__alloc_zeroed(a, 1, sizeof *s->out);
    if (!s->out) return incmap__fail_memory(err);
    s->out->allocator = *a;
    s->spans = incmap__alloc(a, incidents, sizeof *s->spans);
    if (!s->spans) return incmap__fail_memory(err);
    for (size_t i = 0; i < incidents; i++) {
        if (span_of(incmap_dataset_incident(s->d, i), i, &s->spans[s->count]))
            s->count++;
        else
            s->out->skipped++;
    }
    incmap__heap_sort(s->spans, s->count, sizeof *s->spans, compare_spans);
    return INCMAP_OK;
}

incmap_status incmap_duplicates_find(incmap_ctx *ctx, const incmap_dataset *dataset,
                                     const incmap_duplicate_options *options,
                                     incmap_duplicates **out)
{
    const incmap_duplicate_options defaults = INCMAP_DUPLICATE_OPTIONS_INIT;
    sweep s = { .d = dataset };
    incmap_status st;

    if (!ctx || !dataset || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "find duplicates: NULL");
    if (!options) options = &defaults;
    if (!isfinite(options->distance_m))
        return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                            "the distance between duplicates is %s m, expected a number",
                            incmap__number(options->distance_m).text);
    s.distance_m = options->distance_m == 0 ? 5000 : fmax(0, options->distance_m);
    s.days = options->days == 0 ? 1 : options->days < 0 ? 0 : options->days;
    s.any_actors = options->any_actors;
    st = open_sweep(&s, &ctx->allocator, &ctx->error);
    if (!st) st = run(&s, &ctx->error);
    incmap__free(&ctx->allocator, s.spans);
    if (st)
        incmap_duplicates_free(s.out);
    else
        *out = s.out;
    return st;
}

void incmap_duplicates_free(incmap_duplicates *duplicates)
{
    if (duplicates) {
        const incmap_allocator a = duplicates->allocator;
        incmap__free(&a, duplicates->items);
        incmap__free(&a, duplicates);
    }
}

size_t incmap_duplicates_count(const incmap_duplicates *duplicates)
{
    return duplicates ? duplicates->count : 0;
}

const incmap_duplicate *incmap_duplicates_get(const incmap_duplicates *duplicates, size_t i)
{
    return duplicates && i < duplicates->count ? &duplicates->items[i] : NULL;
}

size_t incmap_duplicates_skipped(const incmap_duplicates *duplicates)
{
    return duplicates ? duplicates->skipped : 0;
}
