/* SPDX-License-Identifier: MIT */
/* What a number with a unit measures when it is no distance. A newsroom's sentence gives heights, speeds
 * and areas beside distances, and whichever stands first must not be taken for how far something is. */
#include "checks/measure_words.h"

#include <string.h>

#include "checks/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct {
    const char *phrase, *what;
} named;

static const char height[] = "a height, no distance";
static const char width[] = "a size, no distance";
static const char area[] = "an area, no distance";
static const char speed[] = "a speed, no distance";
static const char post[] = "a kilometre post of a road, no distance";
static const char money[] = "a sum or a count, no distance";
static const char span[] = "a time, not that of a way";

/* Right behind the figure. */
static const named behind[] = {
    { "high", height },        { "tall", height },         { "in height", height },
    { "in altitude", height }, { "altitude", height },     { "above", height },
    { "underground", height }, { "below ground", height }, { "below the ground", height },
    { "под землей", height },  { "під землею", height },   { "над", height },
    { "в высоту", height },    { "в висоту", height },     { "у висоту", height },
    { "заввишки", height },    { "wide", width },          { "thick", width },
    { "in diameter", width },  { "in width", width },      { "in length", width },
    { "in depth", width },     { "in size", width },       { "в диаметре", width },
    { "в ширину", width },     { "в длину", width },       { "в толщину", width },
    { "в діаметрі", width },   { "у діаметрі", width },    { "у ширину", width },
    { "у довжину", width },    { "завширшки", width },     { "завдовжки", width },
    { "завглибшки", width },   { "завтовшки", width },     { "squared", area },
    { "per hour", speed },     { "an hour", speed },       { "per second", speed },
    { "a day", speed },        { "per day", speed },       { "a week", speed },
    { "per week", speed },     { "в час", speed },         { "в секунду", speed },
    { "в день", speed },       { "в сутки", speed },       { "в неделю", speed },
    { "на годину", speed },    { "на секунду", speed },    { "на день", speed },
    { "на добу", speed },      { "mark", post },           { "marker", post },
    { "post", post },          { "трассы", post },         { "трасси", post },
    { "траси", post },         { "автодороги", post },     { "автотрассы", post },
    { "автошляху", post },     { "дороги", post },         { "шоссе", post },
    { "people", money },       { "dollars", money },       { "euros", money },
    { "rubles", money },       { "roubles", money },       { "hryvnias", money },
};

/* Right before the figure and its hedges. */
static const named before[] = {
    { "altitude of", height },   { "altitude", height },   { "height of", height },
    { "height", height },        { "высоте", height },     { "высоту", height },
    { "высоты", height },        { "высотой", height },    { "высота", height },
    { "висоті", height },        { "висоту", height },     { "висоти", height },
    { "висотою", height },       { "висота", height },     { "width of", width },
    { "diameter of", width },    { "length of", width },   { "thickness of", width },
    { "depth of", width },       { "шириной", width },     { "ширина", width },
    { "диаметром", width },      { "длиной", width },      { "длина", width },
    { "протяженностью", width }, { "протяжністю", width }, { "толщиной", width },
    { "шириною", width },        { "діаметром", width },   { "довжиною", width },
    { "завдовжки", width },      { "завширшки", width },   { "глубиной", width },
    { "глибиною", width },       { "area of", area },      { "площадью", area },
    { "площадь", area },         { "площею", area },       { "площа", area },
    { "speed of", speed },       { "speeds of", speed },   { "скоростью", speed },
    { "скорости", speed },       { "скорость", speed },    { "швидкістю", speed },
    { "швидкості", speed },      { "швидкість", speed },
};

static const named times_behind[] = {
    { "ago", span },    { "later", span },   { "earlier", span }, { "after", span },
    { "before", span }, { "спустя", span },  { "назад", span },   { "тому", span },
    { "позже", span },  { "пізніше", span }, { "утра", span },    { "вечера", span },
    { "ночи", span },   { "дня", span },     { "ранку", span },   { "вечора", span },
    { "ночі", span },   { "подряд", span },  { "поспіль", span }, { "в сутки", span },
};

static const named times_before[] = {
    { "after", span },     { "for", span },    { "lasted", span },    { "lasting", span },
    { "during", span },    { "past", span },   { "last", span },      { "next", span },
    { "after the", span }, { "спустя", span }, { "в течение", span }, { "протягом", span },
    { "впродовж", span },  { "после", span },  { "последние", span }, { "останні", span },
    { "упродовж", span },  { "длился", span }, { "тривав", span },
};

static size_t behind_at(const incmap__tokens *t, size_t at, const named words[], size_t n,
                        const char **what)
{
    for (size_t i = 0; i < n; i++) {
        const size_t taken = incmap__words_phrase(t, at, words[i].phrase);
        if (!taken) continue;
        *what = words[i].what;
        return taken;
    }
    return 0;
}

/* The word or two that end right before a token. */
static size_t before_at(const incmap__tokens *t, size_t end, const named words[], size_t n,
                        const char **what)
{
    for (size_t i = 0; i < n; i++)
        for (size_t length = 1; length <= 2 && length <= end; length++)
            if (incmap__words_phrase(t, end - length, words[i].phrase) == length) {
                *what = words[i].what;
                return length;
            }
    return 0;
}

static bool is_apart(const incmap__tokens *t, size_t at, char sign)
{
    return at > 0 && at < t->count && t->items[at].start == t->items[at - 1].end + 1 &&
           t->text[t->items[at - 1].end] == sign;
}

/* "60 km/h", "60 км/ч", "5 km²", "5 km2". */
static const char *formula(const incmap__tokens *t, size_t at)
{
    if (at >= t->count) return NULL;
    if (t->items[at].is_number && t->items[at].glued) return area;
    return is_apart(t, at, '/') && !t->items[at].is_number ? speed : NULL;
}

/* "5 km long", of something that is neither border nor line: those may be as long as that. */
static bool is_long(const incmap__tokens *t, incmap__taken figure)
{
    if (!incmap__words_phrase(t, figure.last, "long")) return false;
    for (size_t i = 0; i <= figure.last + 1 && i < t->count; i++)
        if (incmap__words_border(t, i) || incmap__words_line(t, i)) return false;
    return true;
}

/* "A trench 2 metres deep", but neither "2 km deep" nor "600 m deep into Russia". */
static bool is_deep(const incmap__tokens *t, incmap__taken figure, incmap_said_unit unit)
{
    incmap__role role;

    return (unit == INCMAP_SAID_M || unit == INCMAP_SAID_FOOT || unit == INCMAP_SAID_YARD) &&
           incmap__words_phrase(t, figure.last, "deep") &&
           !incmap__words_role(t, figure.last, &role) &&
           !incmap__words_role(t, figure.last + 1, &role);
}

/* "$600m", "€5 m": the sign is no token. */
static bool is_money(const incmap__tokens *t, incmap__taken figure, incmap_said_unit unit)
{
    static const char *const signs[] = { "$", "£", "€", "₴", "₽" };
    const size_t end = t->items[figure.first].start;

    for (size_t i = 0; unit == INCMAP_SAID_M && i < COUNT(signs); i++) {
        const size_t n = strlen(signs[i]);
        if (end >= n && memcmp(t->text + end - n, signs[i], n) == 0) return true;
    }
    return false;
}

/* "на 10-м километре": an ordinal's ending, no metres. */
static bool is_ordinal(const incmap__tokens *t, incmap__taken figure)
{
    const size_t last = figure.last - 1;
    incmap_said_unit unit;

    return last > figure.first && incmap__token_is(t, last, "м") && t->items[last].hyphenated &&
           (incmap__words_single_unit(t, figure.last, true, &unit) ||
            incmap__words_unit(t, figure.last, &unit));
}

static const char *time_measure(const incmap__tokens *t, incmap__taken figure)
{
    const char *what = NULL;

    if (incmap__words_way_time(t, figure) == INCMAP__WAY_SURE) return NULL;
    if (behind_at(t, figure.last, times_behind, COUNT(times_behind), &what)) return what;
    if (before_at(t, figure.first, times_before, COUNT(times_before), &what)) return what;
    return incmap__words_way_time(t, figure) == INCMAP__WAY_NO ? span : NULL;
}

const char *incmap__words_other_measure(const incmap__tokens *t, incmap__taken figure,
                                        incmap_said_unit unit)
{
    const char *what = NULL;

    if (incmap__words_is_time(unit)) return time_measure(t, figure);
    if (is_money(t, figure, unit)) return money;
    if (is_ordinal(t, figure)) return post;
    what = formula(t, figure.last);
    if (what) return what;
    if (is_long(t, figure) || is_deep(t, figure, unit)) return width;
    if (behind_at(t, figure.last, behind, COUNT(behind), &what)) return what;
    if (before_at(t, figure.first, before, COUNT(before), &what)) return what;
    return NULL;
}

/* Words for being on the way. */
static bool is_drive(const incmap__tokens *t, size_t at)
{
    static const char *const words[] = {
        "drive",  "driving", "walk",    "walking", "ride",   "march",  "journey", "trip",
        "flight", "car",     "foot",    "away",    "travel", "езды",   "пути",    "ходьбы",
        "ходу",   "дороги",  "поездки", "лета",    "полета", "машине", "пешком",  "їзди",
        "шляху",  "дорозі",  "ходи",    "машині",  "пішки",  "авто",   "льоту",   "польоту",
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (incmap__words_phrase(t, at, words[i])) return true;
    return false;
}

/* "takes" and the like say nothing; "minutes' drive", "minutes by car". */
static bool leads_on(const incmap__tokens *t, size_t at)
{
    return incmap__words_is_filler(&t->items[at]) || incmap__words_phrase(t, at, "s") ||
           incmap__words_phrase(t, at, "на") || incmap__words_phrase(t, at, "minute's");
}

/* "from Kharkiv", "to the border"; "of" only in "within two hours of Kharkiv", not "2 hours of fighting". */
static bool is_end(const incmap__tokens *t, size_t at, bool within, bool from_only)
{
    incmap__role role = INCMAP__ROLE_NONE;

    if (!incmap__words_role(t, at, &role)) return false;
    if (incmap__token_is(t, at, "of") && !within) return false;
    if (role == INCMAP__ROLE_FROM) return true;
    return !from_only && (role == INCMAP__ROLE_TO || role == INCMAP__ROLE_OVER);
}

incmap__way_time incmap__words_way_time(const incmap__tokens *t, incmap__taken figure)
{
    const bool within = incmap__token_is(t, figure.first, "within");
    size_t at = figure.last;

    while (at < t->count && !is_drive(t, at) && leads_on(t, at))
        at++;
    if (is_drive(t, at) || is_end(t, at, within, false)) return INCMAP__WAY_SURE;
    for (size_t i = 0; i < t->count; i++)
        if (is_drive(t, i) || is_end(t, i, false, true)) return INCMAP__WAY_MAYBE;
    return INCMAP__WAY_NO;
}

bool incmap__words_has_end(const incmap__tokens *t, incmap__taken figure)
{
    incmap__role role = INCMAP__ROLE_NONE;
    size_t at = figure.last, n;
    double degrees;
    int points;

    for (size_t i = 0; i < figure.first; i++)
        if (incmap__words_role(t, i, &role) &&
            (role == INCMAP__ROLE_FROM || role == INCMAP__ROLE_BETWEEN) &&
            !incmap__token_is(t, i, "of"))
            return true;
    while (at < t->count && leads_on(t, at))
        at++;
    n = incmap__words_direction(t, at, &degrees, &points);
    if (n) return true;
    return incmap__words_role(t, at, &role) &&
           (role == INCMAP__ROLE_FROM || role == INCMAP__ROLE_TO || role == INCMAP__ROLE_OVER ||
            role == INCMAP__ROLE_INTO);
}
