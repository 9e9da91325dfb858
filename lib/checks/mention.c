/* SPDX-License-Identifier: MIT */
/* Finding names in a sentence: the longest run of words that the gazetteer knows, as it is written or
 * with a Russian or Ukrainian case ending put back into the nominative. */
#include "checks/mention.h"

#include <string.h>

#include "base/text.h"

enum { WORDS_MOST = 4, CANDIDATES = 32, NAME_MOST = 128 };

/* What may be taken: a listed name, or (by rule) the same one in another case, language or script. */
static bool is_reason(const incmap_match *match, bool by_rule)
{
    if (match->other_kind) return false;
    if (match->reason == INCMAP_REASON_NAME || match->reason == INCMAP_REASON_ALTERNATE ||
        match->reason == INCMAP_REASON_POST_SIDE)
        return true;
    return by_rule &&
           (match->reason == INCMAP_REASON_FORM || match->reason == INCMAP_REASON_SPELLING);
}

static bool is_settlement(const incmap_place *place)
{
    return (INCMAP_PLACE_BIT(place->kind) & INCMAP_PLACE_SETTLEMENTS) != 0;
}

static bool is_area(const incmap_place *place)
{
    return place->kind == INCMAP_PLACE_REGION || place->kind == INCMAP_PLACE_DISTRICT;
}

/* Keeps those that are as good as the best, and have a position; settlements first, since a distance
 * is more often stated of them. */
static void take_matches(const incmap_match matches[], size_t n, bool by_rule,
                         incmap_statement_end *end)
{
    for (int areas = 0; areas < 2; areas++)
        for (size_t i = 0; i < n && matches[i].score >= matches[0].score; i++) {
            if (!is_reason(&matches[i], by_rule) || !matches[i].place->located) continue;
            if (is_settlement(matches[i].place) == areas) continue;
            if (end->count < INCMAP_END_PLACES) end->places[end->count] = matches[i].place;
            end->count++;
        }
    if (end->count) end->kind = INCMAP_END_PLACE;
}

/* end->count stays 0 when no place bears the name. */
static incmap_status look_up(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                             bool by_rule, incmap_statement_end *end)
{
    incmap_match matches[CANDIDATES];
    size_t count = 0;
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_status st;

    options.spelling = INCMAP_SPELLING_LISTED;
    st = incmap_gazetteer_find(ctx, g, name, &options, matches, CANDIDATES, &count);
    if (st == INCMAP_EPARSE) return INCMAP_OK; /* no letter in it: no name */
    if (!st) take_matches(matches, count < CANDIDATES ? count : CANDIDATES, by_rule, end);
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
        st = look_up(ctx, g, other, false, end);
    }
    return st;
}

static bool is_large(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0x410 && c <= 0x42F) || (c >= 0x400 && c <= 0x40F) ||
           c == 0x490 || (c >= 0xC0 && c <= 0xDE);
}

static bool starts_large(const char *text)
{
    uint32_t c = 0;

    if (!text[0]) return false;
    (void)incmap__utf8_next(text, strlen(text), &c);
    return is_large(c);
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
    st = look_up(ctx, g, copy, false, &end);
    if (!st && !end.count) st = look_up_bent(ctx, g, copy, &end);
    if (!st && !end.count && starts_large(copy)) st = look_up(ctx, g, copy, true, &end);
    if (!st) *out = end;
    return st;
}

static bool bears(const incmap_place *area, const char *name)
{
    for (size_t i = 0; i < area->name_count; i++)
        if (incmap__text_same(area->names[i].text, name)) return true;
    return false;
}

bool incmap__lies_in(const incmap_place *place, const incmap_place *area)
{
    if (place == area) return true;
    if (strcmp(place->country, area->country) != 0) return false;
    if (area->kind == INCMAP_PLACE_COUNTRY) return true;
    return bears(area, area->kind == INCMAP_PLACE_REGION ? place->admin1 : place->admin2);
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
    return is_large(c);
}

static bool is_taken(incmap__taken taken, size_t at)
{
    return at >= taken.first && at < taken.last;
}

/* A word that has its own part in the sentence and begins no name, unless it is written as one. */
static bool is_plain_word(const incmap__tokens *t, size_t at)
{
    incmap__role role;
    incmap_hedge hedge;
    incmap_said_unit unit;

    if (t->items[at].is_number || t->items[at].is_sign) return true;
    if (is_capital(t, at) && at > 0) return false;
    return incmap__words_is_filler(&t->items[at]) || incmap__words_role(t, at, &role) ||
           incmap__words_hedge(t, at, &hedge) || incmap__words_unit(t, at, &unit);
}

static incmap_status read_end(incmap_ctx *ctx, const incmap_gazetteer *g, const incmap__tokens *t,
                              size_t at, size_t n, incmap_statement_end *end)
{
    const size_t start = t->items[at].start;
    return incmap__end_of_name(ctx, g, t->text + start, t->items[at + n - 1].end - start, end);
}

/* "in" parts a name from the area that it lies in, but for "Rostov-on-Don". */
static bool parts_names(const incmap__tokens *t, size_t at)
{
    incmap__role role;

    return !is_capital(t, at) && !t->items[at].hyphenated && incmap__words_role(t, at, &role) &&
           (role == INCMAP__ROLE_IN || role == INCMAP__ROLE_INTO || role == INCMAP__ROLE_AT);
}

/* How many tokens from here on may be one name. */
static size_t run_at(const incmap__tokens *t, incmap__taken taken, size_t at, size_t limit)
{
    size_t most = 1;

    while (most < limit && at + most < t->count && t->items[at + most].joined &&
           !is_taken(taken, at + most) && !parts_names(t, at + most))
        most++;
    return most;
}

/* Leaves only areas, or only settlements; no place of that kind: the name is unknown. */
static void keep_kind(incmap_statement_end *end, incmap__kind_said kind)
{
    const size_t n = end->count < INCMAP_END_PLACES ? end->count : INCMAP_END_PLACES;
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        const incmap_place *place = end->places[i];
        if (kind == INCMAP__KIND_AREA ? is_area(place) : is_settlement(place))
            end->places[kept++] = place;
    }
    end->count = kept;
    for (size_t i = kept; i < INCMAP_END_PLACES; i++)
        end->places[i] = NULL;
    if (!kept) end->kind = INCMAP_END_UNKNOWN;
}

/* The whole of name and kind, as it is written, for an end that no place bears. */
static void name_whole(const incmap__tokens *t, size_t at, size_t n, incmap_statement_end *end)
{
    const size_t start = t->items[at].start, length = t->items[at + n - 1].end - start;
    char name[NAME_MOST];
    const size_t cut =
        incmap__utf8_cut(t->text + start, length, length < sizeof name ? length : sizeof name - 1);

    memcpy(name, t->text + start, cut);
    name[cut] = '\0';
    (void)incmap__text_copy(end->name, sizeof end->name, name);
}

/* "Belgorod region", "Сумской области": the word of kind is part of the name, and where no area of
 * that name is known the town that bears it is not meant. Plain words may not stand between. */
static incmap_status name_with_kind(incmap_ctx *ctx, const incmap_gazetteer *g,
                                    const incmap__tokens *t, incmap__taken taken, size_t at,
                                    incmap_statement_end *end, size_t *words)
{
    const size_t most = run_at(t, taken, at, WORDS_MOST);

    *words = 0;
    for (size_t n = 2; n <= most; n++) {
        incmap__kind_said kind;
        incmap_status st;
        if (!incmap__words_kind(t, at + n - 1, &kind)) {
            if (is_plain_word(t, at + n - 1)) return INCMAP_OK;
            continue;
        }
        if (!is_capital(t, at)) return INCMAP_OK;
        st = read_end(ctx, g, t, at, n, end);
        if (st) return st;
        /* "Козинка Грайворонского района" is one village, which that word does not belong to. */
        if (end->kind == INCMAP_END_PLACE && n == 2) keep_kind(end, kind);
        if (end->kind != INCMAP_END_PLACE) {
            st = read_end(ctx, g, t, at, n - 1, end);
            if (st) return st;
            if (end->kind == INCMAP_END_PLACE) keep_kind(end, kind);
        }
        name_whole(t, at, n, end);
        *words = n;
        return INCMAP_OK;
    }
    return INCMAP_OK;
}

/* The kind that is said before a name: "the city of Belgorod", "город Белгород". */
static bool kind_before(const incmap__tokens *t, size_t at, incmap__kind_said *kind)
{
    if (at > 1 && strcmp(t->items[at - 1].key, "of") == 0 && t->items[at - 1].joined) at--;
    if (at == 0 || !t->items[at].joined || !incmap__words_kind(t, at - 1, kind)) return false;
    /* "Belgorod region Kozinka": that word is the name's before it. */
    return at < 2 || !is_capital(t, at - 2);
}

/* The longest name from this token on; *words 0 when there is none. */
static incmap_status name_at(incmap_ctx *ctx, const incmap_gazetteer *g, const incmap__tokens *t,
                             incmap__taken taken, size_t at, incmap_statement_end *end,
                             size_t *words)
{
    const size_t most = run_at(t, taken, at, WORDS_MOST);
    incmap__kind_said kind;
    incmap_status st = name_with_kind(ctx, g, t, taken, at, end, words);

    if (st || *words) return st;
    for (size_t n = most; n > 0; n--) {
        if (n > 1 && is_plain_word(t, at + n - 1)) continue;
        st = read_end(ctx, g, t, at, n, end);
        if (st) return st;
        if (end->kind != INCMAP_END_PLACE) continue;
        if (is_capital(t, at) && kind_before(t, at, &kind)) keep_kind(end, kind);
        *words = n;
        return INCMAP_OK;
    }
    return INCMAP_OK;
}

/* ---- sides ---- */

static incmap_status country_named(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                                   incmap_statement_end *end)
{
    const incmap_status st = incmap__end_of_name(ctx, g, name, strlen(name), end);

    if (st || end->kind != INCMAP_END_PLACE || end->places[0]->kind == INCMAP_PLACE_COUNTRY)
        return st;
    *end = (incmap_statement_end){ .kind = INCMAP_END_UNKNOWN };
    (void)incmap__text_copy(end->name, sizeof end->name, name);
    return st;
}

/* Behind "territory", "территории": "of Ukraine", "Украины". */
static incmap_status side_of(incmap_ctx *ctx, const incmap_gazetteer *g, const incmap__tokens *t,
                             incmap__taken taken, size_t at, incmap_statement_end *end,
                             size_t *words)
{
    size_t next = at, n;
    incmap_status st;

    while (next < t->count && t->items[next].joined &&
           (strcmp(t->items[next].key, "of") == 0 || strcmp(t->items[next].key, "the") == 0))
        next++;
    *words = 0;
    if (next >= t->count || !t->items[next].joined || is_taken(taken, next)) return INCMAP_OK;
    for (n = run_at(t, taken, next, 2); n > 0; n--) {
        st = read_end(ctx, g, t, next, n, end);
        if (st) return st;
        if (end->kind != INCMAP_END_PLACE || end->places[0]->kind != INCMAP_PLACE_COUNTRY) continue;
        *words = next + n - at;
        return INCMAP_OK;
    }
    return INCMAP_OK;
}

/* "Ukrainian side", "territory of Ukraine", "российской территории"; of "other side" and the like
 * the words are kept, for nobody here knows which that is. */
static incmap_status side_at(incmap_ctx *ctx, const incmap_gazetteer *g, const incmap__tokens *t,
                             incmap__taken taken, size_t at, incmap_statement_end *end,
                             size_t *words)
{
    const char *country;
    size_t noun = at, more;
    incmap_status st = INCMAP_OK;

    *words = 0;
    if (incmap__words_country(t, at, &country)) {
        noun = at + 1;
        if (noun < t->count && strcmp(t->items[noun].key, "own") == 0) noun++;
        if (noun >= t->count || is_taken(taken, noun) || !incmap__words_side(t, noun))
            return INCMAP_OK;
        *words = noun - at + 1;
        return country_named(ctx, g, country, end);
    }
    if (!incmap__words_side(t, at)) return INCMAP_OK;
    st = side_of(ctx, g, t, taken, at + 1, end, &more);
    *words = 1 + more;
    if (st || more) return st;
    *end = (incmap_statement_end){ .kind = INCMAP_END_UNKNOWN };
    if (at > 0 && t->items[at].joined && !is_taken(taken, at - 1))
        name_whole(t, at - 1, 2, end);
    else
        name_whole(t, at, 1, end);
    return INCMAP_OK;
}

/* "inside the Ukrainian border" says the side; "over the Ukrainian border" may be said from either. */
static incmap_status side_of_border(incmap_ctx *ctx, const incmap_gazetteer *g,
                                    const incmap__tokens *t, size_t at, incmap__role role,
                                    incmap_statement_end *end, bool *found)
{
    const char *country;

    *found = (role == INCMAP__ROLE_INTO || role == INCMAP__ROLE_IN || role == INCMAP__ROLE_OVER) &&
             at > 0 && incmap__words_country(t, at - 1, &country);
    if (!*found) return INCMAP_OK;
    if (role != INCMAP__ROLE_OVER) return country_named(ctx, g, country, end);
    *end = (incmap_statement_end){ .kind = INCMAP_END_UNKNOWN };
    name_whole(t, at - 1, 2, end);
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

static void add(incmap__mentions *out, incmap__mention mention, size_t words)
{
    mention.last = mention.first + words - 1;
    if (out->count < INCMAP__MENTIONS_MOST) out->items[out->count++] = mention;
}

/* What the sentence names from this token on; *words 0: nothing. */
static incmap_status mention_at(incmap_ctx *ctx, const incmap_gazetteer *g, const incmap__tokens *t,
                                incmap__taken taken, incmap__mention *m, incmap__mentions *out,
                                size_t *words)
{
    const size_t at = m->first;
    const char *country; /* "Russia's Belgorod region": it names no place by itself */
    incmap__mention side = *m;
    incmap_status st = side_at(ctx, g, t, taken, at, &side.end, words);

    if (st || *words) {
        m->is_side = true;
        m->role = INCMAP__ROLE_INTO;
        m->end = side.end;
        return st;
    }
    *words = line_at(t, at, &m->end);
    if (*words && m->end.kind == INCMAP_END_BORDER) {
        st = side_of_border(ctx, g, t, at, m->role, &side.end, &side.is_side);
        side.role = INCMAP__ROLE_INTO;
        if (!st && side.is_side) add(out, side, *words);
        return st;
    }
    if (*words || is_plain_word(t, at) || incmap__words_country(t, at, &country)) return INCMAP_OK;
    st = name_at(ctx, g, t, taken, at, &m->end, words);
    if (!st && !*words) *words = unknown_at(t, taken, at, &m->end);
    return st;
}

incmap_status incmap__mentions_find(incmap_ctx *ctx, const incmap_gazetteer *g,
                                    const incmap__tokens *t, incmap__taken taken,
                                    incmap__mentions *out)
{
    incmap__role role = INCMAP__ROLE_NONE;
    size_t role_at = 0;

    out->count = 0;
    for (size_t at = 0, words; at < t->count; at += words) {
        incmap__mention m = { .role = role, .role_at = role ? role_at : at, .first = at };
        const char *country;
        incmap__role next;
        incmap_status st;
        words = 1;
        if (is_taken(taken, at)) {
            role = INCMAP__ROLE_NONE;
            continue;
        }
        st = mention_at(ctx, g, t, taken, &m, out, &words);
        if (st) return st;
        if (words) {
            add(out, m, words);
            role = INCMAP__ROLE_NONE;
            continue;
        }
        words = incmap__words_role(t, at, &next);
        if (words) {
            role = next;
            role_at = at;
            continue;
        }
        words = 1;
        if (!incmap__words_is_filler(&t->items[at]) && !incmap__words_country(t, at, &country))
            role = INCMAP__ROLE_NONE;
    }
    return INCMAP_OK;
}
