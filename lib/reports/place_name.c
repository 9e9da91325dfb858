/* SPDX-License-Identifier: MIT */
/* Incidents whose place is given by a name, as a report has it: found in the gazetteer, with the reason
 * and the score kept. Where the name means several places none is taken, and all are told. */
#include "reports/place_name.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { MOST_MATCHES = 64, MOST_KEYS = 10, OFFERED = 5 };

/* What a find gave, and texts made from it. */
typedef struct {
    incmap_match matches[MOST_MATCHES];
    size_t count;
    char expected[512], keys[512];
} answer;

static const char *given(const incmap__table *table, size_t column)
{
    return incmap__table_length(table, column) ? incmap__table_text(table, column) : NULL;
}

/* A text without a letter, or no UTF-8, is a name that no place has. */
static incmap_status look_up(incmap__loader *loader, const incmap__table *table,
                             const incmap__name_columns *c, const incmap_coord *near, answer *a)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_status st;

    options.country = given(table, c->country);
    options.admin1 = given(table, c->region);
    options.admin2 = given(table, c->district);
    options.near = near;
    options.spelling = INCMAP_SPELLING_OFFER;
    a->count = 0;
    st = incmap_gazetteer_find(loader->problems->ctx, loader->d->gazetteer,
                               incmap__table_text(table, c->name), &options, a->matches,
                               MOST_MATCHES, &a->count);
    return st == INCMAP_EPARSE ? INCMAP_OK : st;
}

/* How many candidates are as good as the first. */
static size_t count_tied(const answer *a)
{
    size_t n = 1;

    while (n < a->count && n < MOST_MATCHES &&
           a->matches[n].score >= a->matches[0].score - INCMAP_SCORE_TIE)
        n++;
    return n;
}

/* Keys of the first n candidates, at most MOST_KEYS, with `between` between them. */
static void join_keys(const answer *a, size_t n, const char *between, char *buffer, size_t size)
{
    size_t used = 0;

    buffer[0] = '\0';
    for (size_t i = 0; i < n && i < MOST_KEYS; i++)
        incmap__text_add(buffer, size, &used, "%s%s", i ? between : "", a->matches[i].place->key);
    if (n > MOST_KEYS) incmap__text_add(buffer, size, &used, "%s...", between);
}

static const char *keep(incmap__loader *loader, const char *text)
{
    const char *kept = incmap__pool_text(&loader->d->pool, text, strlen(text));

    if (!kept) loader->failed = true;
    return kept ? kept : "";
}

static const char *keep_reason(incmap__loader *loader, const incmap_match *match)
{
    char reason[512];

    (void)incmap_match_reason_text(match, reason, sizeof reason);
    return keep(loader, reason);
}

static void take(incmap__loader *loader, incmap__table *table, const incmap__name_columns *c,
                 answer *a, incmap_incident *incident)
{
    const incmap_match *match = &a->matches[0];
    size_t used = 0;

    incident->place = match->place;
    incident->place_key = keep(loader, match->place->key);
    incident->place_score = match->score;
    incident->place_reason = keep_reason(loader, match);
    if (match->reason != INCMAP_REASON_MISSPELT) return;
    incmap__text_add(a->expected, sizeof a->expected, &used,
                     "a listed name; it is taken for key %s, %s", match->place->key,
                     incident->place_reason);
    incmap__table_warn(table, c->name, a->expected);
}

static void tell_several(incmap__loader *loader, incmap__table *table,
                         const incmap__name_columns *c, answer *a, incmap_incident *incident)
{
    const size_t n = count_tied(a);
    size_t used = 0;

    join_keys(a, n, "|", a->keys, sizeof a->keys);
    incident->place_candidates = keep(loader, a->keys);
    join_keys(a, n, ", ", a->keys, sizeof a->keys);
    incmap__text_add(a->expected, sizeof a->expected, &used,
                     "the name of one place, and %s%zu have it (%s): its key, or its country, "
                     "region or district, would decide",
                     n == MOST_MATCHES ? "at least " : "", n, a->keys);
    incmap__table_warn(table, c->name, a->expected);
}

static void tell_none(incmap__loader *loader, incmap__table *table, const incmap__name_columns *c,
                      answer *a, incmap_incident *incident)
{
    const size_t n = a->count < OFFERED ? a->count : OFFERED;
    size_t used = 0;

    join_keys(a, n, "|", a->keys, sizeof a->keys);
    incident->place_candidates = keep(loader, a->keys);
    join_keys(a, n, ", ", a->keys, sizeof a->keys);
    incmap__text_add(a->expected, sizeof a->expected, &used,
                     "the name of a place of the gazetteer");
    if (n)
        incmap__text_add(a->expected, sizeof a->expected, &used,
                         "; nearest in spelling are those with the keys %s", a->keys);
    incmap__table_warn(table, c->name, a->expected);
}

incmap_status incmap__place_by_name(incmap__loader *loader, incmap__table *table,
                                    const incmap__name_columns *c, const incmap__own_position *own,
                                    incmap_incident *incident)
{
    answer a;
    const incmap_status st = look_up(loader, table, c, own->located ? &own->at : NULL, &a);

    if (st) return st;
    incident->place_verdict = incmap_find_verdict(a.matches, a.count);
    switch (incident->place_verdict) {
    case INCMAP_VERDICT_UNIQUE:
    case INCMAP_VERDICT_BEST: take(loader, table, c, &a, incident); break;
    case INCMAP_VERDICT_AMBIGUOUS: tell_several(loader, table, c, &a, incident); break;
    case INCMAP_VERDICT_NONE: tell_none(loader, table, c, &a, incident); break;
    }
    return loader->failed ? incmap__fail_memory(&loader->problems->ctx->error) : INCMAP_OK;
}
