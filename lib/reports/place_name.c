/* SPDX-License-Identifier: MIT */
/* Incidents whose place is given by a name, as a report has it: found in the gazetteer, with the reason
 * and the score kept. Where the name means several places none is taken, and all are told. */
#include "reports/place_name.h"

#include <string.h>

#include <incmap/coord.h>

#include "base/context.h"
#include "base/text.h"
#include "places/about.h"
#include "places/fold.h"

enum { MOST_MATCHES = 64, MOST_KEYS = 10, OFFERED = 5 };

/* What a find gave, and texts made from it. */
typedef struct {
    incmap_dataset *d;
    incmap__table *table;
    const incmap__asked_place *asked;
    incmap_match matches[MOST_MATCHES];
    size_t count;
    bool failed; /* there was no memory for a text */
    char expected[512], keys[512];
} answer;

static const char *unless_empty(const char *text)
{
    return *text ? text : NULL;
}

/* A text without a letter, or no UTF-8, is a name that no place has. */
static incmap_status look_up(incmap_ctx *ctx, const incmap_gazetteer *g, answer *a)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_status st;

    options.country = unless_empty(a->asked->country);
    options.admin1 = unless_empty(a->asked->region);
    options.admin2 = unless_empty(a->asked->district);
    options.near = a->asked->near;
    options.spelling = INCMAP_SPELLING_OFFER;
    st = incmap_gazetteer_find(ctx, g, a->asked->name, &options, a->matches, MOST_MATCHES,
                               &a->count);
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

static const char *keep(answer *a, const char *text)
{
    const char *kept = incmap__pool_text(&a->d->pool, text, strlen(text));

    if (!kept) a->failed = true;
    return kept ? kept : "";
}

static void take(answer *a, incmap_incident *incident)
{
    const incmap_match *match = &a->matches[0];
    char reason[512];
    size_t used = 0;

    (void)incmap_match_reason_text(match, reason, sizeof reason);
    incident->place = match->place;
    incident->place_key = keep(a, match->place->key);
    incident->place_score = match->score;
    incident->place_about_m = match->about_m;
    incident->place_reason = keep(a, reason);
    if (match->reason != INCMAP_REASON_MISSPELT) return;
    incmap__text_add(a->expected, sizeof a->expected, &used,
                     "a listed name; it is taken for key %s, %s", match->place->key, reason);
    incmap__table_warn(a->table, a->asked->column, a->expected);
}

static void tell_several(answer *a, incmap_incident *incident)
{
    const size_t n = count_tied(a);
    size_t used = 0;

    join_keys(a, n, "|", a->keys, sizeof a->keys);
    incident->place_candidates = keep(a, a->keys);
    join_keys(a, n, ", ", a->keys, sizeof a->keys);
    incmap__text_add(
        a->expected, sizeof a->expected, &used,
        "the name of one place: %s%zu have it (%s), and a key, a country, a region or a "
        "district would decide",
        n == MOST_MATCHES ? "at least " : "", n, a->keys);
    incmap__table_warn(a->table, a->asked->column, a->expected);
}

/* What of the row's country, region and district no place lies in, whatever its name. */
static incmap_status tell_fault(incmap_ctx *ctx, const incmap_gazetteer *g, answer *a, size_t *used)
{
    static const char *const words[] = { "", "country", "region", "district" };
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_context_fault fault = INCMAP_CONTEXT_GOOD;
    incmap_status st = INCMAP_OK;

    options.country = unless_empty(a->asked->country);
    options.admin1 = unless_empty(a->asked->region);
    options.admin2 = unless_empty(a->asked->district);
    if (options.country || options.admin1 || options.admin2)
        st = incmap_gazetteer_check_context(ctx, g, &options, &fault);
    if (fault == INCMAP_CONTEXT_GOOD) return st;
    incmap__text_add(a->expected, sizeof a->expected, used,
                     "; no place of it lies in a %s called \"%s\"", words[fault],
                     fault == INCMAP_CONTEXT_COUNTRY  ? options.country
                     : fault == INCMAP_CONTEXT_REGION ? options.admin1
                                                      : options.admin2);
    if (fault != INCMAP_CONTEXT_COUNTRY && options.country)
        incmap__text_add(a->expected, sizeof a->expected, used, " of the country \"%s\"",
                         options.country);
    return INCMAP_OK;
}

static bool is_position(incmap_ctx *ctx, const char *text)
{
    incmap_coord_text read;
    return incmap_coord_parse(ctx, text, &read) == INCMAP_OK;
}

static incmap_status tell_none(incmap_ctx *ctx, const incmap_gazetteer *g, answer *a,
                               incmap_incident *incident)
{
    const size_t n = a->count < OFFERED ? a->count : OFFERED;
    incmap_status st;
    size_t used = 0;

    join_keys(a, n, "|", a->keys, sizeof a->keys);
    incident->place_candidates = keep(a, a->keys);
    join_keys(a, n, ", ", a->keys, sizeof a->keys);
    incmap__text_add(a->expected, sizeof a->expected, &used,
                     "the name of a place of the gazetteer");
    if (n)
        incmap__text_add(a->expected, sizeof a->expected, &used,
                         "; nearest in spelling are those with the keys %s", a->keys);
    if (is_position(ctx, a->asked->name))
        incmap__text_add(a->expected, sizeof a->expected, &used,
                         "; positions have columns of their own");
    st = tell_fault(ctx, g, a, &used);
    incmap__table_warn(a->table, a->asked->column, a->expected);
    return st;
}

static bool has_name(const incmap_place *place, const char *name)
{
    for (size_t i = 0; i < place->name_count; i++)
        if (incmap__text_same(place->names[i].text, name)) return true;
    return false;
}

incmap_status incmap__place_about(incmap_ctx *ctx, const char *name, incmap_incident *incident)
{
    incmap__folder folder;
    incmap__about about;
    incmap_status st;

    if (!incident->place || has_name(incident->place, name)) return INCMAP_OK;
    incmap__folder_init(&folder, &ctx->allocator);
    st = incmap__fold(&folder, name, strlen(name), &ctx->error);
    if (!st && incmap__about_read(&about, folder.key, folder.length))
        incident->place_about_m = about.radius_m;
    incmap__folder_free(&folder);
    return st == INCMAP_EPARSE ? INCMAP_OK : st; /* what is no UTF-8 says nothing */
}

incmap_status incmap__place_by_name(incmap_ctx *ctx, incmap_dataset *d, const incmap_gazetteer *g,
                                    incmap__table *table, const incmap__asked_place *asked,
                                    incmap_incident *incident)
{
    answer a = { .d = d, .table = table, .asked = asked };
    incmap_status st = look_up(ctx, g, &a);

    if (st) return st;
    if (incmap_name_says_none(asked->name, a.matches, a.count)) {
        incident->place_asked = "";
        incmap__table_convert(table, asked->column, "no place given");
        return INCMAP_OK;
    }
    incident->place_asked = keep(&a, asked->name);
    incident->place_verdict = incmap_find_verdict(a.matches, a.count);
    switch (incident->place_verdict) {
    case INCMAP_VERDICT_UNIQUE:
    case INCMAP_VERDICT_BEST: take(&a, incident); break;
    case INCMAP_VERDICT_AMBIGUOUS: tell_several(&a, incident); break;
    case INCMAP_VERDICT_NONE: st = tell_none(ctx, g, &a, incident); break;
    }
    if (st) return st;
    return a.failed ? incmap__fail_memory(&ctx->error) : INCMAP_OK;
}
