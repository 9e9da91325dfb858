/* SPDX-License-Identifier: MIT */
/* Finding names in a sentence: the longest run of words that the gazetteer knows, as it is written or
 * with a Russian or Ukrainian case ending put back into the nominative. */
#include "checks/mention.h"

#include <string.h>

#include "base/text.h"

enum { WORDS_MOST = 4, CANDIDATES = 32, NAME_MOST = 128 };

static bool is_candidate(const incmap_match *match, bool settlement)
{
    const bool by_name = match->reason == INCMAP_REASON_NAME ||
                         match->reason == INCMAP_REASON_ALTERNATE ||
                         match->reason == INCMAP_REASON_POST_SIDE;
    const bool is_one = (INCMAP_PLACE_BIT(match->place->kind) & INCMAP_PLACE_SETTLEMENTS) != 0;
    return by_name && match->place->located && is_one == settlement;
}

/* Keeps those that are as good as the best, and have a position; settlements first, since a distance
 * is more often stated of them. */
static void take_matches(const incmap_match matches[], size_t n, incmap_statement_end *end)
{
    for (int areas = 0; areas < 2; areas++)
        for (size_t i = 0; i < n && matches[i].score >= matches[0].score; i++) {
            if (!is_candidate(&matches[i], !areas)) continue;
            if (end->count < INCMAP_END_PLACES) end->places[end->count] = matches[i].place;
            end->count++;
        }
    if (end->count) end->kind = INCMAP_END_PLACE;
}

/* end->count stays 0 when no place bears the name. */
static incmap_status look_up(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                             incmap_statement_end *end)
{
    incmap_match matches[CANDIDATES];
    size_t count = 0;
    const incmap_status st = incmap_gazetteer_find(ctx, g, name, NULL, matches, CANDIDATES, &count);

    if (st == INCMAP_EPARSE) return INCMAP_OK; /* no letter in it: no name */
    if (!st) take_matches(matches, count < CANDIDATES ? count : CANDIDATES, end);
    return st;
}

/* Endings of the oblique cases and what the nominative may have instead. */
static const char *const endings[][2] = {
    { "ого", "ое" }, { "ого", "ый" }, { "ого", "ий" }, { "ого", "е" }, { "ому", "ое" },
    { "ой", "ая" },  { "ой", "а" },   { "ої", "а" },   { "ами", "ы" }, { "ах", "ы" },
    { "ова", "ів" }, { "ева", "їв" }, { "єва", "їв" }, { "ом", "" },   { "ем", "ь" },
    { "ы", "а" },    { "и", "а" },    { "и", "я" },    { "и", "ь" },   { "і", "а" },
    { "ї", "я" },    { "у", "а" },    { "ю", "я" },    { "а", "" },    { "а", "о" },
    { "а", "е" },    { "у", "" },     { "у", "о" },    { "е", "" },    { "е", "а" },
    { "я", "ь" },    { "я", "е" },    { "я", "й" },    { "ю", "ь" },   { "", "ы" },
    { "", "и" },
};

/* Only words in Cyrillic letters of four letters and more, or what is left is no name. */
static incmap_status look_up_bent(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                                  incmap_statement_end *end)
{
    const size_t length = strlen(name);
    char other[NAME_MOST + 8];
    incmap_status st = INCMAP_OK;

    if (length < 6 || (unsigned char)name[0] < 0xD0 || (unsigned char)name[0] > 0xD3)
        return INCMAP_OK;
    for (size_t i = 0; !st && !end->count && i < sizeof endings / sizeof *endings; i++) {
        const size_t cut = strlen(endings[i][0]);
        if (length < cut + 4 || strcmp(name + length - cut, endings[i][0]) != 0) continue;
        memcpy(other, name, length - cut);
        memcpy(other + length - cut, endings[i][1], strlen(endings[i][1]) + 1);
        st = look_up(ctx, g, other, end);
    }
    return st;
}

incmap_status incmap__end_of_name(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                                  size_t length, incmap_statement_end *out)
{
    incmap_statement_end end = { .kind = INCMAP_END_UNKNOWN };
    char copy[NAME_MOST];
    incmap_status st;

    if (length >= sizeof copy) length = incmap__utf8_cut(name, length, sizeof copy - 1);
    memcpy(copy, name, length);
    copy[length] = '\0';
    (void)incmap__text_copy(end.name, sizeof end.name, copy);
    st = look_up(ctx, g, copy, &end);
    if (!st && !end.count) st = look_up_bent(ctx, g, copy, &end);
    if (!st) *out = end;
    return st;
}

incmap_statement_end incmap__end_of_place(const incmap_place *place)
{
    incmap_statement_end end = { .kind = INCMAP_END_PLACE, .count = 1, .places = { place } };
    (void)incmap__text_copy(end.name, sizeof end.name, incmap_place_name_in(place, "en"));
    return end;
}

/* ---- in a sentence ---- */

static bool is_capital(const incmap__tokens *t, size_t at)
{
    uint32_t c = 0;

    (void)incmap__utf8_next(t->text + t->items[at].start, t->items[at].end - t->items[at].start,
                            &c);
    return (c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F) || (c >= 0x400 && c <= 0x40F) ||
           c == 0x490 || (c >= 0xC0 && c <= 0xDE);
}

/* A word that has its own part in the sentence and begins no name, unless it is written as one. */
static bool is_plain_word(const incmap__tokens *t, size_t at)
{
    incmap__role role;
    incmap_hedge hedge;
    incmap_said_unit unit;

    if (t->items[at].is_number) return true;
    if (is_capital(t, at) && at > 0) return false;
    return incmap__words_is_filler(&t->items[at]) || incmap__words_role(t, at, &role) ||
           incmap__words_hedge(t, at, &hedge) || incmap__words_unit(t, at, &unit);
}

static bool is_taken(incmap__taken taken, size_t at)
{
    return at >= taken.first && at < taken.last;
}

/* The longest name from this token on; *words 0 when there is none. */
static incmap_status name_at(incmap_ctx *ctx, const incmap_gazetteer *g, const incmap__tokens *t,
                             incmap__taken taken, size_t at, incmap_statement_end *end,
                             size_t *words)
{
    size_t most = 1;

    *words = 0;
    while (most < WORDS_MOST && at + most < t->count && t->items[at + most].joined &&
           !is_taken(taken, at + most))
        most++;
    for (size_t n = most; n > 0; n--) {
        const size_t start = t->items[at].start;
        incmap_status st;
        if (n > 1 && is_plain_word(t, at + n - 1)) continue;
        st = incmap__end_of_name(ctx, g, t->text + start, t->items[at + n - 1].end - start, end);
        if (st) return st;
        if (end->kind != INCMAP_END_PLACE) continue;
        *words = n;
        return INCMAP_OK;
    }
    return INCMAP_OK;
}

/* A word of the vocabulary, however it is written: "The", "Monday". */
static bool is_known_word(const incmap__tokens *t, size_t at)
{
    incmap__role role;
    incmap_hedge hedge;

    return incmap__words_is_filler(&t->items[at]) || incmap__words_is_date(&t->items[at]) ||
           incmap__words_role(t, at, &role) || incmap__words_hedge(t, at, &hedge);
}

/* A run of capitalised words that no place bears is a name all the same. */
static size_t unknown_at(const incmap__tokens *t, incmap__taken taken, size_t at,
                         incmap_statement_end *end)
{
    size_t n = 0;
    char name[NAME_MOST];

    while (at + n < t->count && n < WORDS_MOST && !is_taken(taken, at + n) &&
           is_capital(t, at + n) && !t->items[at + n].is_number &&
           (n == 0 || t->items[at + n].joined) && !is_known_word(t, at + n))
        n++;
    if (!n) return 0;
    const size_t start = t->items[at].start;
    size_t length = t->items[at + n - 1].end - start;
    if (length >= sizeof name) length = incmap__utf8_cut(t->text + start, length, sizeof name - 1);
    memcpy(name, t->text + start, length);
    name[length] = '\0';
    *end = (incmap_statement_end){ .kind = INCMAP_END_UNKNOWN };
    (void)incmap__text_copy(end->name, sizeof end->name, name);
    return n;
}

static size_t line_at(const incmap__tokens *t, size_t at, incmap_statement_end *end)
{
    size_t n = incmap__words_line(t, at);
    incmap_end_kind kind = INCMAP_END_LINE;

    if (!n) {
        n = incmap__words_border(t, at);
        kind = INCMAP_END_BORDER;
    }
    if (n) {
        const size_t start = t->items[at].start;
        char name[NAME_MOST];
        size_t length = t->items[at + n - 1].end - start;
        if (length >= sizeof name) length = sizeof name - 1;
        memcpy(name, t->text + start, length);
        name[incmap__utf8_cut(t->text + start, length, length)] = '\0';
        *end = (incmap_statement_end){ .kind = kind };
        (void)incmap__text_copy(end->name, sizeof end->name, name);
    }
    return n;
}

static void add(incmap__mentions *out, const incmap_statement_end *end, incmap__role role,
                size_t at, size_t words)
{
    if (out->count < INCMAP__MENTIONS_MOST)
        out->items[out->count++] = (incmap__mention){ *end, role, at, at + words - 1 };
}

incmap_status incmap__mentions_find(incmap_ctx *ctx, const incmap_gazetteer *g,
                                    const incmap__tokens *t, incmap__taken taken,
                                    incmap__mentions *out)
{
    incmap__role role = INCMAP__ROLE_NONE;
    incmap_status st;

    out->count = 0;
    for (size_t at = 0, words; at < t->count; at += words) {
        incmap_statement_end end;
        incmap__role next;
        if (is_taken(taken, at)) {
            words = 1;
            role = INCMAP__ROLE_NONE;
            continue;
        }
        words = line_at(t, at, &end);
        if (!words && !is_plain_word(t, at)) {
            st = name_at(ctx, g, t, taken, at, &end, &words);
            if (st) return st;
            if (!words) words = unknown_at(t, taken, at, &end);
        }
        if (words) {
            add(out, &end, role, at, words);
            role = INCMAP__ROLE_NONE;
            continue;
        }
        words = incmap__words_role(t, at, &next);
        if (words) {
            role = next;
        } else {
            words = 1;
            if (!incmap__words_is_filler(&t->items[at])) role = INCMAP__ROLE_NONE;
        }
    }
    return INCMAP_OK;
}
