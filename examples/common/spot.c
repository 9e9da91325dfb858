/* SPDX-License-Identifier: MIT */
/* Words to positions. Where a word means two places the program does not choose: it lists them with
 * what has to be typed for each. */
#include "common/spot.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h> /* strncasecmp */

#include "common/program.h"
#include "common/text.h"

enum { MOST_CANDIDATES = 64 };

char *place_label(const incmap_place *place)
{
    const incmap_post_side *a, *b;
    char *both, *clean;

    if (!place->post) return text_clean(incmap_place_name_in(place, "en"));
    a = &place->post->sides[0];
    b = &place->post->sides[1];
    if (!a->name_en[0] || !b->name_en[0]) return text_clean(incmap_place_name_in(place, "en"));
    both = text_format("%s / %s", a->name_en, b->name_en);
    clean = text_clean(both);
    free(both);
    return clean;
}

static spot *append(spots *out)
{
    out->items = need(realloc(out->items, (out->n + 1) * sizeof *out->items));
    memset(&out->items[out->n], 0, sizeof *out->items);
    return &out->items[out->n++];
}

void spots_add_place(const data *d, spots *out, const incmap_place *place)
{
    spot *s = append(out);

    s->label = place_label(place);
    s->key = need_copy(place->key);
    s->at = place->at;
    s->place = place;
    s->on_border = data_is_on_border(d, place);
    s->uncertainty_m = incmap_place_uncertainty_m(place);
    s->assumed = isnan(place->coord_uncertainty_m);
}

static void add_position(spots *out, const char *word, const incmap_coord_text *c)
{
    spot *s = append(out);

    s->label = text_clean(word);
    s->key = need_copy("");
    s->at = c->at;
    /* Many decimals are no survey: a typed position is taken as good to a metre at best. */
    s->uncertainty_m = fmax(c->precision_m, 1);
}

void spot_free(spot *s)
{
    free(s->label);
    free(s->key);
}

void spots_free(spots *out)
{
    for (size_t i = 0; i < out->n; i++)
        spot_free(&out->items[i]);
    free(out->items);
    out->items = NULL;
    out->n = 0;
}

/* A word that begins like a number, or with N, S, E, W before one, is no name. */
static bool looks_like_position(const char *word)
{
    word += strspn(word, " ");
    if (strchr("+-", *word) && *word) word++;
    if (isdigit((unsigned char)*word) || (*word == '.' && isdigit((unsigned char)word[1])))
        return true;
    if (!strncasecmp(word, "nan", 3) || !strncasecmp(word, "inf", 3))
        return word[strcspn(word, ",;")] != '\0';
    if (!*word || !strchr("NSEWnsew", *word)) return false;
    word += 1 + strspn(word + 1, " ");
    return isdigit((unsigned char)*word);
}

char *kind_words(incmap_place_kind kind)
{
    char *words = need_copy(incmap_place_kind_text(kind));

    for (char *c = words; *c; c++)
        if (*c == '_') *c = ' ';
    return words;
}

/* `why`: the reason of its being one; "" where there is no need of it. */
static void print_candidate(const incmap_place *p, const char *why)
{
    char *label = place_label(p), *kind = kind_words(p->kind), *line, *clean;

    line = text_format("  key:%-24s %s, %s", p->key, label, kind);
    if (p->admin2[0] && p->kind != INCMAP_PLACE_DISTRICT) text_append(&line, ", %s", p->admin2);
    if (p->admin1[0] && p->kind != INCMAP_PLACE_REGION) text_append(&line, ", %s", p->admin1);
    if (p->country[0]) text_append(&line, ", %s", p->country);
    if (*why) text_append(&line, " (%s)", why);
    clean = text_clean(line);
    fprintf(stderr, "%s\n", clean);
    free(clean);
    free(line);
    free(kind);
    free(label);
}

static int tell_candidates(const char *word, const incmap_match matches[], size_t count)
{
    size_t equal = 1;

    while (equal < count && equal < MOST_CANDIDATES &&
           matches[equal].score >= matches[0].score - INCMAP_SCORE_TIE)
        equal++;
    complain(NO_ANSWER, "\"%s\" is the name of %zu places; say which by typing its key:", word,
             equal);
    for (size_t i = 0; i < equal; i++)
        print_candidate(matches[i].place, "");
    return NO_ANSWER;
}

static int add_located(const data *d, spots *out, const char *word, const incmap_place *place)
{
    if (!place->located)
        return complain(NO_ANSWER, "no position is known for \"%s\" (key:%s)", word, place->key);
    spots_add_place(d, out, place);
    return DONE;
}

static int find_key(const data *d, const char *key, spots *out)
{
    const incmap_place *place = incmap_gazetteer_by_key(d->gazetteer, key);

    if (!place) return complain(NO_ANSWER, "no place has the key \"%s\"", key);
    return add_located(d, out, key, place);
}

/* A name that was found by its spelling alone is not taken in silence, nor one that says near. */
static int add_match(const data *d, spots *out, const char *word, const incmap_match *match)
{
    char reason[512];
    int status;

    if (match->reason == INCMAP_REASON_MISSPELT || match->about_m > 0) {
        (void)incmap_match_reason_text(match, reason, sizeof reason);
        (void)complain(DONE, "\"%s\" is taken for key:%s, %s", word, match->place->key, reason);
    }
    status = add_located(d, out, word, match->place);
    if (status == DONE && match->about_m > 0) {
        out->items[out->n - 1].uncertainty_m += match->about_m;
        out->items[out->n - 1].on_border = false;
    }
    return status;
}

/* What is near in spelling, for a person to choose from; nothing is taken of it. */
static int tell_offers(const char *word, const incmap_match matches[], size_t count)
{
    (void)complain(NO_ANSWER, "no place named \"%s\"%s", word,
                   count ? "; the nearest spellings are" : "");
    for (size_t i = 0; i < count && i < 5; i++) {
        char why[512];
        (void)incmap_match_reason_text(&matches[i], why, sizeof why);
        print_candidate(matches[i].place, why);
    }
    return NO_ANSWER;
}

/* The first name is tried before the complaint about a position, for "1st of May" is a farm. */
static int find_name(const data *d, const char *word, bool position, spots *out)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match matches[MOST_CANDIDATES];
    char *told = position ? text_format("%s", incmap_ctx_message(d->ctx)) : NULL;
    incmap_status st;
    size_t count = 0;
    int status;

    options.spelling = INCMAP_SPELLING_NEAREST;
    st = incmap_gazetteer_find(d->ctx, d->gazetteer, word, &options, matches, MOST_CANDIDATES,
                               &count);
    if (st && st != INCMAP_EPARSE) {
        status = complain_of(d->ctx, st);
    } else if (st || incmap_find_verdict(matches, count) == INCMAP_VERDICT_NONE) {
        status = position ? complain(WRONG_USAGE, "%s", told)
                          : tell_offers(word, matches, st ? 0 : count);
    } else if (incmap_find_verdict(matches, count) == INCMAP_VERDICT_AMBIGUOUS) {
        status = tell_candidates(word, matches, count);
    } else {
        status = add_match(d, out, word, &matches[0]);
    }
    free(told);
    return status;
}

static int find_one(const data *d, const char *word, spots *out)
{
    incmap_coord_text c;
    incmap_status st;

    if (strncmp(word, "key:", 4) == 0) return find_key(d, word + 4, out);
    st = incmap_coord_parse(d->ctx, word, &c);
    if (!st) {
        add_position(out, word, &c);
        return DONE;
    }
    if (st == INCMAP_EDOMAIN) return complain_of(d->ctx, st);
    return find_name(d, word, looks_like_position(word), out);
}

int spots_find(const data *d, const char *const words[], size_t n, spots *out)
{
    int status = DONE, worst = DONE;

    /* All of them are tried, so that one run tells everything there is to mend. */
    for (size_t i = 0; i < n; i++) {
        status = find_one(d, words[i], out);
        if (status > worst) worst = status;
    }
    return worst;
}

void spots_add_named(const data *d, spots *out)
{
    for (size_t i = 0; i < incmap_gazetteer_count(d->gazetteer); i++) {
        const incmap_place *p = incmap_gazetteer_get(d->gazetteer, i);
        const bool ours = p->country[0] && (strcmp(p->country, d->inside.alpha2) == 0 ||
                                            strcmp(p->country, d->outside.alpha2) == 0);
        if (ours && p->located && p->named_in[0] &&
            (INCMAP_PLACE_BIT(p->kind) & INCMAP_PLACE_SETTLEMENTS))
            spots_add_place(d, out, p);
    }
}

int spot_measure(const data *d, const spot *s, incmap_depth *out)
{
    const incmap_status st = incmap_border_measure(d->ctx, d->border, s->at, s->uncertainty_m, out);

    return st ? complain_of(d->ctx, st) : DONE;
}

bool spot_is_area(const spot *s)
{
    const unsigned points = INCMAP_PLACE_SETTLEMENTS | INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST) |
                            INCMAP_PLACE_BIT(INCMAP_PLACE_OTHER);

    return s->place && !(INCMAP_PLACE_BIT(s->place->kind) & points);
}

char *spot_title(const spot *s)
{
    return text_format("%s%s", s->label, spot_is_area(s) ? LINE_BREAK "(a point in it)" : "");
}

static void print_area_note(const spot *s)
{
    char *kind;

    if (!spot_is_area(s)) return;
    kind = kind_words(s->place->kind);
    printf("%s is a %s that reaches about %.0f km around; the figures are for one point in it.\n",
           s->label, kind, ceil(incmap_place_extent(s->place).radius_m / 1000));
    free(kind);
}

void spots_print_notes(const spots *all)
{
    for (size_t i = 0; i < all->n; i++) {
        print_area_note(&all->items[i]);
        if (all->items[i].assumed)
            printf("%s: the data do not say how exact its position is; ±%.0f m is assumed.\n",
                   all->items[i].label, all->items[i].uncertainty_m);
    }
}
