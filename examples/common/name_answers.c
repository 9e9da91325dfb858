/* SPDX-License-Identifier: MIT */
/* A table of names already asked. Where a name means several places as good as one another none is
 * taken: their keys are told, and a person chooses. */
#include "common/name_answers.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "common/program.h"
#include "common/text.h"

enum {
    SLOTS = 1 << 15,
    MOST_KEPT = 1 << 14, /* answers, between two uses */
    MOST_MATCHES = 64,
    MOST_KEYS = 10
};

typedef struct entry {
    struct entry *next; /* in its slot */
    char *key;          /* what was asked, joined */
    name_answer answer;
} entry;

struct name_answers {
    const data *d;
    char separator;
    unsigned kinds;
    size_t count;
    entry *slots[SLOTS];
};

bool name_kinds_parse(const char *word, unsigned *kinds)
{
    incmap_place_kind one;

    if (strcmp(word, "settlement") == 0)
        *kinds = INCMAP_PLACE_SETTLEMENTS;
    else if (incmap_place_kind_parse(word, &one))
        *kinds = INCMAP_PLACE_BIT(one);
    else
        return false;
    return true;
}

name_answers *name_answers_new(const data *d, char separator, unsigned kinds)
{
    name_answers *all = need(calloc(1, sizeof *all));

    all->d = d;
    all->separator = separator;
    all->kinds = kinds;
    return all;
}

static void forget(name_answers *all)
{
    for (size_t i = 0; i < SLOTS; i++) {
        entry *next;
        for (entry *e = all->slots[i]; e; e = next) {
            next = e->next;
            free(e->key);
            free(e->answer.columns);
            free(e->answer.error);
            free(e);
        }
        all->slots[i] = NULL;
    }
    all->count = 0;
}

void name_answers_free(name_answers *all)
{
    if (!all) return;
    forget(all);
    free(all);
}

void name_answers_tidy(name_answers *all)
{
    if (all->count > MOST_KEPT) forget(all);
}

/* ---- the columns of an answer --------------------------------------------------------------------- */

static void put_keys(const name_answers *all, bytes *out, const incmap_match matches[], size_t n)
{
    char *keys = need_copy("");

    for (size_t i = 0; i < n && i < MOST_KEYS; i++)
        text_append(&keys, "%s%s", i ? "|" : "", matches[i].place->key);
    if (n > MOST_KEYS) text_append(&keys, "|...");
    bytes_field(out, keys, all->separator);
    free(keys);
}

/* A point stands for all of a country, region or district, and for what the name says was near it. */
static double radius_of(const incmap_match *match)
{
    const incmap_place *place = match->place;
    const unsigned points = INCMAP_PLACE_SETTLEMENTS | INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST) |
                            INCMAP_PLACE_BIT(INCMAP_PLACE_OTHER);
    const double radius_m = incmap_place_uncertainty_m(place);

    if (INCMAP_PLACE_BIT(place->kind) & points) return radius_m + match->about_m;
    return fmax(radius_m, incmap_place_extent(place).radius_m) + match->about_m;
}

/* The built-in posts were put on the built-in border. */
static bool is_on_border(const name_answers *all, const incmap_match *match)
{
    const incmap_post *post = match->place->post;
    return all->d->builtin_border && post && post->on_border && !(match->about_m > 0);
}

static void put_place(const name_answers *all, bytes *out, const incmap_match *match)
{
    const incmap_place *place = match->place;
    const size_t length = incmap_match_reason_text(match, (char[1]){ 0 }, 1);
    char *reason = need(malloc(length + 1));

    (void)incmap_match_reason_text(match, reason, length + 1);
    bytes_field(out, place->key, all->separator);
    bytes_char(out, all->separator);
    bytes_field(out, incmap_place_name_in(place, "en"), all->separator);
    bytes_char(out, all->separator);
    bytes_field(out, incmap_place_kind_text(place->kind), all->separator);
    bytes_char(out, all->separator);
    if (place->located) bytes_fixed(out, place->at.lat, 7);
    bytes_char(out, all->separator);
    if (place->located) bytes_fixed(out, place->at.lon, 7);
    bytes_char(out, all->separator);
    if (place->located) bytes_fixed(out, radius_of(match), 1);
    bytes_char(out, all->separator);
    bytes_text(out, is_on_border(all, match) ? "true" : "false");
    bytes_char(out, all->separator);
    bytes_fixed(out, match->score, 3);
    bytes_char(out, all->separator);
    bytes_field(out, reason, all->separator);
    bytes_char(out, all->separator);
    free(reason);
}

/* How many of the candidates are as good as the first. */
static size_t tied(const incmap_match matches[], size_t count)
{
    size_t equal = 1;

    while (equal < count && equal < MOST_MATCHES &&
           matches[equal].score >= matches[0].score - INCMAP_SCORE_TIE)
        equal++;
    return equal;
}

static void tell_why(name_answer *answer, const incmap_match matches[], size_t count)
{
    switch (answer->state) {
    case NAME_PLACED: break;
    case NAME_EMPTY: answer->error = need_copy("no place name"); break;
    case NAME_UNKNOWN: answer->error = need_copy("no place of that name"); break;
    case NAME_WITHOUT_POSITION:
        answer->error = need_copy("no position is known of that place");
        break;
    case NAME_AMBIGUOUS: {
        const size_t equal = tied(matches, count);
        answer->error =
            text_format("%s%zu places of that name", equal == MOST_MATCHES ? "over " : "",
                        equal - (equal == MOST_MATCHES));
    }
    }
}

static void fill(const name_answers *all, name_answer *answer, const incmap_match matches[],
                 size_t count)
{
    const incmap_verdict verdict = incmap_find_verdict(matches, count);
    const char *word = incmap_verdict_text(verdict);
    bytes columns = { NULL, 0, 0 };

    answer->state = NAME_PLACED;
    bytes_text(&columns, word);
    bytes_char(&columns, all->separator);
    if (verdict == INCMAP_VERDICT_NONE || verdict == INCMAP_VERDICT_AMBIGUOUS) {
        const bool several = verdict == INCMAP_VERDICT_AMBIGUOUS;
        answer->state = several ? NAME_AMBIGUOUS : NAME_UNKNOWN;
        bytes_repeat(&columns, all->separator, NAME_COLUMN_COUNT - 2);
        put_keys(all, &columns, matches,
                 several     ? tied(matches, count)
                 : count < 5 ? count
                             : (size_t)5);
    } else {
        if (!matches[0].place->located) answer->state = NAME_WITHOUT_POSITION;
        answer->at = matches[0].place->at;
        answer->inexact =
            matches[0].reason == INCMAP_REASON_MISSPELT || matches[0].reason == INCMAP_REASON_FORM;
        answer->uncertainty_m = radius_of(&matches[0]);
        answer->on_border = is_on_border(all, &matches[0]);
        put_place(all, &columns, &matches[0]);
    }
    bytes_char(&columns, '\0');
    answer->columns = columns.text;
    tell_why(answer, matches, count);
}

static void fill_empty(const name_answers *all, name_answer *answer)
{
    bytes columns = { NULL, 0, 0 };

    bytes_repeat(&columns, all->separator, NAME_COLUMN_COUNT - 1);
    bytes_char(&columns, '\0');
    answer->columns = columns.text;
    answer->state = NAME_EMPTY;
    tell_why(answer, NULL, 0);
}

/* ---- asking --------------------------------------------------------------------------------------- */

static const char *unless_empty(const char *text)
{
    return *text ? text : NULL;
}

/* What is no name at all, or no UTF-8, is a name that nobody has: *why then says so. */
static incmap_status look_up(const name_answers *all, const asked_place *asked,
                             incmap_match matches[MOST_MATCHES], size_t *count, char **why)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_status st;

    options.country = unless_empty(asked->text[ASKED_COUNTRY]);
    options.admin1 = unless_empty(asked->text[ASKED_REGION]);
    options.admin2 = unless_empty(asked->text[ASKED_DISTRICT]);
    options.kinds = all->kinds;
    options.spelling = INCMAP_SPELLING_OFFER;
    *count = 0;
    st = incmap_gazetteer_find(all->d->ctx, all->d->gazetteer, asked->text[ASKED_NAME], &options,
                               matches, MOST_MATCHES, count);
    if (st == INCMAP_EPARSE) *why = need_copy(incmap_ctx_message(all->d->ctx));
    return st == INCMAP_EPARSE ? INCMAP_OK : st;
}

/* Separated by a character that no sane name has, so that no two lists of texts give the same. */
static char *join(const asked_place *asked)
{
    return text_format("%s\x1f%s\x1f%s\x1f%s", asked->text[ASKED_NAME], asked->text[ASKED_COUNTRY],
                       asked->text[ASKED_REGION], asked->text[ASKED_DISTRICT]);
}

/* FNV-1a. */
static size_t slot_of(const char *key)
{
    uint64_t hash = 14695981039346656037u;

    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32) % SLOTS;
}

/* A context that is not known is at fault, and not the name. */
static bool tell_context(const name_answers *all, const asked_place *asked, name_answer *answer)
{
    static const int columns[] = { ASKED_COUNTRY, ASKED_REGION, ASKED_DISTRICT };
    static const char *const words[] = { "country", "region", "district" };
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_context_fault fault = INCMAP_CONTEXT_GOOD;

    options.country = unless_empty(asked->text[ASKED_COUNTRY]);
    options.admin1 = unless_empty(asked->text[ASKED_REGION]);
    options.admin2 = unless_empty(asked->text[ASKED_DISTRICT]);
    if (!options.country && !options.admin1 && !options.admin2) return true;
    if (incmap_gazetteer_check_context(all->d->ctx, all->d->gazetteer, &options, &fault))
        return false;
    if (fault == INCMAP_CONTEXT_GOOD) return true;
    free(answer->error);
    answer->error = text_format("no place known lies in a %s called \"%s\"", words[fault - 1],
                                asked->text[columns[fault - 1]]);
    if (fault != INCMAP_CONTEXT_COUNTRY && options.country)
        text_append(&answer->error, " of the country \"%s\"", options.country);
    return true;
}

/* A position that stands where names do. */
static void tell_position(const name_answers *all, const asked_place *asked, name_answer *answer)
{
    incmap_coord_text read;

    if (incmap_coord_parse(all->d->ctx, asked->text[ASKED_NAME], &read)) return;
    free(answer->error);
    answer->error = need_copy("a position, expected a name: positions have columns of their own");
}

static const name_answer *add(name_answers *all, char *key, const asked_place *asked)
{
    incmap_match matches[MOST_MATCHES];
    size_t count = 0;
    char *why = NULL;
    entry *e;
    entry **slot = &all->slots[slot_of(key)];
    bool empty = !asked->text[ASKED_NAME][strspn(asked->text[ASKED_NAME], " \t")];

    if (!empty && look_up(all, asked, matches, &count, &why)) {
        free(key);
        return NULL;
    }
    empty = empty || incmap_name_says_none(asked->text[ASKED_NAME], matches, count);
    e = need(calloc(1, sizeof *e));
    e->key = key;
    e->next = *slot;
    *slot = e;
    all->count++;
    if (empty)
        fill_empty(all, &e->answer);
    else
        fill(all, &e->answer, matches, count);
    if (why && empty) {
        free(why);
    } else if (why) {
        free(e->answer.error);
        e->answer.error = why;
    } else if (e->answer.state == NAME_UNKNOWN) {
        if (!tell_context(all, asked, &e->answer)) return NULL;
        tell_position(all, asked, &e->answer);
    }
    return &e->answer;
}

const name_answer *name_answers_get(name_answers *all, const asked_place *asked)
{
    char *key = join(asked);

    for (entry *e = all->slots[slot_of(key)]; e; e = e->next)
        if (strcmp(e->key, key) == 0) {
            free(key);
            return &e->answer;
        }
    return add(all, key, asked);
}
