/* SPDX-License-Identifier: MIT */
/* All lines of one incident, type, group and unit together, and where their claims contradict each
 * other. Nothing is chosen: ends are the outermost that anybody asserts. */
#include <math.h>
#include <string.h>

#include "reports/tally.h"

/* ---- overall ---------------------------------------------------------------------------------- */

static void add_claims(incmap_tally_overall *overall, const incmap_tally_line *line,
                       incmap__witness_book *book)
{
    overall->claimants += incmap__witness_new_claimant(book, line->claimant);
    overall->heads += incmap__witness_new_head(book, line->under);
    overall->claims += line->claims;
    if (line->polarity == INCMAP_POLARITY_DENIES) overall->denials += line->claims;
    if (line->polarity == INCMAP_POLARITY_DOUBTS) overall->doubts += line->claims;
    if (line->polarity != INCMAP_POLARITY_ASSERTS) return;
    overall->without_figure += line->without_figure;
    for (size_t i = 0; i < line->claims; i++)
        incmap__witness_add(book, line->claim_indices[i], &overall->witnesses);
}

/* Figures of a line that asserts. `first` is whether no other one with figures came before. */
static void add_figures(incmap_tally_overall *overall, const incmap_tally_line *line, bool first)
{
    overall->low = fmin(overall->low, line->low);
    overall->high = fmax(overall->high, line->high);
    overall->high_open |= line->high_open;
    if (first)
        overall->best = line->best;
    else if (overall->best != line->best)
        overall->best = NAN;
}

static void write_overall(incmap_tally *tally, incmap_tally_overall *overall,
                          incmap__witness_book *book)
{
    const incmap_tally_line *line = &tally->lines[overall->lines[0]];
    bool first = true;

    overall->incident = line->incident;
    overall->type = line->type;
    overall->victim_group = line->victim_group;
    overall->unit = line->unit;
    overall->subject = line->subject;
    overall->low = overall->best = overall->high = NAN;
    incmap__witness_begin(book);
    for (size_t i = 0; i < overall->line_count; i++) {
        line = &tally->lines[overall->lines[i]];
        add_claims(overall, line, book);
        if (line->polarity != INCMAP_POLARITY_ASSERTS || line->claims == line->without_figure)
            continue;
        add_figures(overall, line, first);
        first = false;
    }
    if (overall->high_open) overall->high = NAN;
}

incmap_status incmap__tally_overalls(incmap_tally *tally, incmap__witness_book *book,
                                     incmap_error *err)
{
    const incmap_allocator *a = &tally->allocator;
    incmap__tally_item *items = incmap__alloc_zeroed(a, tally->count, sizeof *items);

    tally->overalls = incmap__alloc_zeroed(a, tally->count, sizeof *tally->overalls);
    tally->overall_lines = incmap__alloc(a, tally->count, sizeof *tally->overall_lines);
    if (!items || !tally->overalls || !tally->overall_lines) {
        incmap__free(a, items);
        return incmap__fail_memory(err);
    }
    for (size_t i = 0; i < tally->count; i++) {
        const incmap_tally_line *line = &tally->lines[i];
        items[i] = (incmap__tally_item){ { line->incident, (size_t)line->type,
                                           (size_t)line->victim_group, (size_t)line->unit },
                                         false,
                                         i };
    }
    incmap__tally_order(items, tally->count);
    for (size_t i = 0; i < tally->count; i++) {
        incmap_tally_overall *overall;
        if (i == 0 || !incmap__tally_same_group(&items[i - 1], &items[i], INCMAP__TALLY_LEVELS))
            tally->overalls[tally->overall_count++].lines = tally->overall_lines + i;
        overall = &tally->overalls[tally->overall_count - 1];
        tally->overall_lines[i] = items[i].index;
        overall->line_count++;
    }
    for (size_t i = 0; i < tally->overall_count; i++)
        write_overall(tally, &tally->overalls[i], book);
    incmap__free(a, items);
    return INCMAP_OK;
}

size_t incmap_tally_overall_count(const incmap_tally *tally)
{
    return tally ? tally->overall_count : 0;
}

const incmap_tally_overall *incmap_tally_overall_get(const incmap_tally *tally, size_t i)
{
    return tally && i < tally->overall_count ? &tally->overalls[i] : NULL;
}

/* ---- conflicts -------------------------------------------------------------------------------- */

const char *incmap_conflict_text(incmap_conflict_kind kind)
{
    switch (kind) {
    case INCMAP_CONFLICT_FIGURES: return "figures";
    case INCMAP_CONFLICT_DENIED: return "denied";
    case INCMAP_CONFLICT_DOUBTED: return "doubted";
    case INCMAP_CONFLICT_STATED: return "stated";
    }
    return "unknown";
}

typedef struct {
    incmap_tally *tally;
    const incmap_dataset *d;
    const size_t *heads;
    incmap_error *err;
} finder;

static incmap_status add_conflict(finder *f, incmap_conflict conflict)
{
    incmap_tally *tally = f->tally;
    const size_t of_a = incmap_dataset_claim(f->d, conflict.a)->claimant;
    const size_t of_b = incmap_dataset_claim(f->d, conflict.b)->claimant;
    const incmap_status st =
        incmap__grow(&tally->allocator, &tally->conflicts, &tally->conflict_room,
                     tally->conflict_count + 1, sizeof *tally->conflicts, f->err);

    conflict.same_head = f->heads[of_a] == f->heads[of_b];
    if (!st) tally->conflicts[tally->conflict_count++] = conflict;
    return st;
}

/* Visits the claims that stand of an overall's lines of one polarity. */
typedef struct {
    const incmap_tally *tally;
    const incmap_tally_overall *overall;
    incmap_polarity polarity;
    size_t line, claim;
} walker;

static bool next_claim(walker *w, size_t *claim)
{
    for (; w->line < w->overall->line_count; w->line++, w->claim = 0) {
        const incmap_tally_line *line = &w->tally->lines[w->overall->lines[w->line]];
        if (line->polarity != w->polarity || w->claim >= line->claims) continue;
        *claim = line->claim_indices[w->claim++];
        return true;
    }
    return false;
}

static incmap_status find_figures(finder *f, const incmap_tally_overall *overall)
{
    incmap_conflict conflict = { INCMAP_CONFLICT_FIGURES, 0, 0, 0, 0, false };
    walker w = { f->tally, overall, INCMAP_POLARITY_ASSERTS, 0, 0 };
    incmap__range most = { -INFINITY, INFINITY }, range; /* highest low, lowest high */
    size_t claim;

    while (next_claim(&w, &claim)) {
        if (!incmap__claim_span(incmap_dataset_claim(f->d, claim), &range)) continue;
        if (range.low > most.low) {
            most.low = range.low;
            conflict.a = claim;
        }
        if (range.high < most.high) {
            most.high = range.high;
            conflict.b = claim;
        }
    }
    /* A claim whose own low is above its high contradicts nobody else. */
    if (!(most.low > most.high) || conflict.a == conflict.b) return INCMAP_OK;
    w = (walker){ f->tally, overall, INCMAP_POLARITY_ASSERTS, 0, 0 };
    while (next_claim(&w, &claim)) {
        if (!incmap__claim_span(incmap_dataset_claim(f->d, claim), &range)) continue;
        conflict.a_count += range.low > most.high;
        conflict.b_count += range.high < most.low;
    }
    return add_conflict(f, conflict);
}

static incmap_status find_opposed(finder *f, const incmap_tally_overall *overall,
                                  incmap_polarity polarity, incmap_conflict_kind kind)
{
    walker for_it = { f->tally, overall, INCMAP_POLARITY_ASSERTS, 0, 0 };
    walker against = { f->tally, overall, polarity, 0, 0 };
    incmap_conflict conflict = { kind, 0, 0, 0, 0, false };
    size_t claim;

    if (overall->subject == INCMAP_SUBJECT_OTHER) return INCMAP_OK;
    while (next_claim(&for_it, &claim))
        if (!conflict.a_count++) conflict.a = claim;
    while (next_claim(&against, &claim))
        if (!conflict.b_count++) conflict.b = claim;
    return conflict.a_count && conflict.b_count ? add_conflict(f, conflict) : INCMAP_OK;
}

/* A text of ids joined by "|", one after the other; false past the last. */
static bool next_id(const char **list, char id[128])
{
    const size_t length = strcspn(*list, "|");

    if (!**list) return false;
    id[0] = '\0';
    if (length < 128) {
        memcpy(id, *list, length);
        id[length] = '\0';
    }
    *list += length + ((*list)[length] == '|');
    return true;
}

static incmap_status find_stated(finder *f, size_t claim)
{
    const incmap_claim *a = incmap_dataset_claim(f->d, claim);
    const char *list = a->contradicts;
    incmap_status st = INCMAP_OK;
    char id[128];

    while (!st && next_id(&list, id)) {
        const size_t other = incmap__records_find(&f->d->claims, id);
        if (other == INCMAP__NO_RECORD) continue; /* told when the row was read */
        if (incmap_dataset_claim(f->d, other)->superseded_by != SIZE_MAX) continue;
        st =
            add_conflict(f, (incmap_conflict){ INCMAP_CONFLICT_STATED, claim, other, 1, 1, false });
    }
    return st;
}

incmap_status incmap__tally_conflicts(incmap_tally *tally, const incmap_dataset *d,
                                      const size_t heads[], incmap_error *err)
{
    finder f = { tally, d, heads, err };
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < tally->overall_count; i++) {
        const incmap_tally_overall *overall = &tally->overalls[i];
        st = find_figures(&f, overall);
        if (!st) st = find_opposed(&f, overall, INCMAP_POLARITY_DENIES, INCMAP_CONFLICT_DENIED);
        if (!st) st = find_opposed(&f, overall, INCMAP_POLARITY_DOUBTS, INCMAP_CONFLICT_DOUBTED);
    }
    for (size_t i = 0; !st && i < tally->count; i++)
        for (size_t k = 0; !st && k < tally->lines[i].claims; k++)
            st = find_stated(&f, tally->lines[i].claim_indices[k]);
    return st;
}

size_t incmap_tally_conflict_count(const incmap_tally *tally)
{
    return tally ? tally->conflict_count : 0;
}

const incmap_conflict *incmap_tally_conflict_get(const incmap_tally *tally, size_t i)
{
    return tally && i < tally->conflict_count ? &tally->conflicts[i] : NULL;
}
