/* SPDX-License-Identifier: MIT */
/* The tables of words. A phrase is written with spaces between its words, as it folds; the longest
 * phrase that fits wins. */
#include "checks/words.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct {
    const char *phrase;
    int value;
} word;

/* How many tokens the phrase takes at this place; 0 when it does not stand there. */
size_t incmap__words_phrase(const incmap__tokens *t, size_t at, const char *phrase)
{
    size_t taken = 0;

    while (*phrase) {
        const size_t length = strcspn(phrase, " ");
        if (at + taken >= t->count) return 0;
        const char *key = t->items[at + taken].key;
        if (strncmp(key, phrase, length) != 0 || key[length] != '\0') return 0;
        taken++;
        phrase += length + (phrase[length] == ' ');
    }
    return taken;
}

static size_t find(const incmap__tokens *t, size_t at, const word words[], size_t n, int *value)
{
    size_t longest = 0;

    for (size_t i = 0; i < n; i++) {
        const size_t taken = incmap__words_phrase(t, at, words[i].phrase);
        if (taken <= longest) continue;
        longest = taken;
        *value = words[i].value;
    }
    return longest;
}

static const word units[] = {
    { "m", INCMAP_SAID_M },
    { "metre", INCMAP_SAID_M },
    { "metres", INCMAP_SAID_M },
    { "meter", INCMAP_SAID_M },
    { "meters", INCMAP_SAID_M },
    { "м", INCMAP_SAID_M },
    { "метр", INCMAP_SAID_M },
    { "метра", INCMAP_SAID_M },
    { "метров", INCMAP_SAID_M },
    { "метрах", INCMAP_SAID_M },
    { "метрам", INCMAP_SAID_M },
    { "метрами", INCMAP_SAID_M },
    { "метри", INCMAP_SAID_M },
    { "метрів", INCMAP_SAID_M },
    { "km", INCMAP_SAID_KM },
    { "kms", INCMAP_SAID_KM },
    { "kilometre", INCMAP_SAID_KM },
    { "kilometres", INCMAP_SAID_KM },
    { "kilometer", INCMAP_SAID_KM },
    { "kilometers", INCMAP_SAID_KM },
    { "км", INCMAP_SAID_KM },
    { "километр", INCMAP_SAID_KM },
    { "километра", INCMAP_SAID_KM },
    { "километров", INCMAP_SAID_KM },
    { "километрах", INCMAP_SAID_KM },
    { "километрам", INCMAP_SAID_KM },
    { "километрами", INCMAP_SAID_KM },
    { "кілометр", INCMAP_SAID_KM },
    { "кілометра", INCMAP_SAID_KM },
    { "кілометри", INCMAP_SAID_KM },
    { "кілометрів", INCMAP_SAID_KM },
    { "кілометрах", INCMAP_SAID_KM },
    { "mi", INCMAP_SAID_MILE },
    { "mile", INCMAP_SAID_MILE },
    { "miles", INCMAP_SAID_MILE },
    { "миля", INCMAP_SAID_MILE },
    { "мили", INCMAP_SAID_MILE },
    { "миль", INCMAP_SAID_MILE },
    { "милю", INCMAP_SAID_MILE },
    { "милях", INCMAP_SAID_MILE },
    { "милями", INCMAP_SAID_MILE },
    { "милі", INCMAP_SAID_MILE },
    { "nm", INCMAP_SAID_NAUTICAL_MILE },
    { "nmi", INCMAP_SAID_NAUTICAL_MILE },
    { "nautical mile", INCMAP_SAID_NAUTICAL_MILE },
    { "nautical miles", INCMAP_SAID_NAUTICAL_MILE },
    { "sea miles", INCMAP_SAID_NAUTICAL_MILE },
    { "морских миль", INCMAP_SAID_NAUTICAL_MILE },
    { "морские мили", INCMAP_SAID_NAUTICAL_MILE },
    { "морских милях", INCMAP_SAID_NAUTICAL_MILE },
    { "морських миль", INCMAP_SAID_NAUTICAL_MILE },
    { "морські милі", INCMAP_SAID_NAUTICAL_MILE },
    { "verst", INCMAP_SAID_VERST },
    { "versts", INCMAP_SAID_VERST },
    { "верста", INCMAP_SAID_VERST },
    { "версты", INCMAP_SAID_VERST },
    { "верст", INCMAP_SAID_VERST },
    { "версту", INCMAP_SAID_VERST },
    { "верстах", INCMAP_SAID_VERST },
    { "версти", INCMAP_SAID_VERST },
    { "yard", INCMAP_SAID_YARD },
    { "yards", INCMAP_SAID_YARD },
    { "foot", INCMAP_SAID_FOOT },
    { "feet", INCMAP_SAID_FOOT },
    { "ft", INCMAP_SAID_FOOT },
    { "min", INCMAP_SAID_MINUTE },
    { "mins", INCMAP_SAID_MINUTE },
    { "minute", INCMAP_SAID_MINUTE },
    { "minutes", INCMAP_SAID_MINUTE },
    { "мин", INCMAP_SAID_MINUTE },
    { "минута", INCMAP_SAID_MINUTE },
    { "минуты", INCMAP_SAID_MINUTE },
    { "минут", INCMAP_SAID_MINUTE },
    { "минутах", INCMAP_SAID_MINUTE },
    { "хвилин", INCMAP_SAID_MINUTE },
    { "хвилини", INCMAP_SAID_MINUTE },
    { "хвилинах", INCMAP_SAID_MINUTE },
    { "хв", INCMAP_SAID_MINUTE },
    { "hour", INCMAP_SAID_HOUR },
    { "hours", INCMAP_SAID_HOUR },
    { "hr", INCMAP_SAID_HOUR },
    { "hrs", INCMAP_SAID_HOUR },
    { "час", INCMAP_SAID_HOUR },
    { "часа", INCMAP_SAID_HOUR },
    { "часов", INCMAP_SAID_HOUR },
    { "часе", INCMAP_SAID_HOUR },
    { "часах", INCMAP_SAID_HOUR },
    { "година", INCMAP_SAID_HOUR },
    { "години", INCMAP_SAID_HOUR },
    { "годин", INCMAP_SAID_HOUR },
    { "годину", INCMAP_SAID_HOUR },
    { "годинах", INCMAP_SAID_HOUR },
};

size_t incmap__words_unit(const incmap__tokens *t, size_t at, incmap_said_unit *out)
{
    int value = 0;
    const size_t taken = find(t, at, units, COUNT(units), &value);

    if (taken) *out = (incmap_said_unit)value;
    return taken;
}

bool incmap__words_is_time(incmap_said_unit unit)
{
    return unit == INCMAP_SAID_MINUTE || unit == INCMAP_SAID_HOUR;
}

/* One of them, in the case that stands behind "в" and "у"; a number that ends in one may stand before
 * it, any other makes an ordinal: "на 10 километре трассы". */
static const word singular[] = {
    { "километре", INCMAP_SAID_KM }, { "кілометрі", INCMAP_SAID_KM }, { "миле", INCMAP_SAID_MILE },
    { "версте", INCMAP_SAID_VERST }, { "метре", INCMAP_SAID_M },      { "метрі", INCMAP_SAID_M },
};

/* And in the cases behind "за", "менее", or nothing. */
static const word singular_else[] = {
    { "километр", INCMAP_SAID_KM },  { "километра", INCMAP_SAID_KM },
    { "кілометр", INCMAP_SAID_KM },  { "кілометра", INCMAP_SAID_KM },
    { "миля", INCMAP_SAID_MILE },    { "милю", INCMAP_SAID_MILE },
    { "мили", INCMAP_SAID_MILE },    { "верста", INCMAP_SAID_VERST },
    { "версту", INCMAP_SAID_VERST }, { "версты", INCMAP_SAID_VERST },
};

size_t incmap__words_single_unit(const incmap__tokens *t, size_t at, bool any_case,
                                 incmap_said_unit *out)
{
    int value = 0;
    size_t taken = find(t, at, singular, COUNT(singular), &value);

    if (!taken && any_case) taken = find(t, at, singular_else, COUNT(singular_else), &value);
    if (taken) *out = (incmap_said_unit)value;
    return taken;
}

static bool unit_of(const char *key, const word words[], size_t n, incmap_said_unit *out)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(key, words[i].phrase) == 0) {
            *out = (incmap_said_unit)words[i].value;
            return true;
        }
    return false;
}

size_t incmap__words_half_unit(const incmap__tokens *t, size_t at, incmap_said_unit *out)
{
    static const char *const halves[] = { "полу", "пол", "пів" };

    for (size_t i = 0; at < t->count && i < COUNT(halves); i++) {
        const char *key = t->items[at].key, *rest = key + strlen(halves[i]);
        if (strncmp(key, halves[i], strlen(halves[i])) != 0) continue;
        if (unit_of(rest, units, COUNT(units), out) ||
            unit_of(rest, singular, COUNT(singular), out))
            return 1;
    }
    return 0;
}

size_t incmap__words_hedge(const incmap__tokens *t, size_t at, incmap_hedge *out)
{
    static const word words[] = {
        { "some", INCMAP_HEDGE_SOME },
        { "about", INCMAP_HEDGE_ABOUT },
        { "around", INCMAP_HEDGE_ABOUT },
        { "approximately", INCMAP_HEDGE_ABOUT },
        { "approx", INCMAP_HEDGE_ABOUT },
        { "circa", INCMAP_HEDGE_ABOUT },
        { "ca", INCMAP_HEDGE_ABOUT },
        { "estimated", INCMAP_HEDGE_ABOUT },
        { "an estimated", INCMAP_HEDGE_ABOUT },
        { "roughly", INCMAP_HEDGE_ROUGHLY },
        { "nearly", INCMAP_HEDGE_NEARLY },
        { "almost", INCMAP_HEDGE_NEARLY },
        { "close to", INCMAP_HEDGE_NEARLY },
        { "just over", INCMAP_HEDGE_JUST_OVER },
        { "slightly over", INCMAP_HEDGE_JUST_OVER },
        { "a little over", INCMAP_HEDGE_JUST_OVER },
        { "slightly more than", INCMAP_HEDGE_JUST_OVER },
        { "a little more than", INCMAP_HEDGE_JUST_OVER },
        { "just under", INCMAP_HEDGE_JUST_UNDER },
        { "slightly less than", INCMAP_HEDGE_JUST_UNDER },
        { "a little less than", INCMAP_HEDGE_JUST_UNDER },
        { "more than", INCMAP_HEDGE_MORE_THAN },
        { "over", INCMAP_HEDGE_MORE_THAN },
        { "above", INCMAP_HEDGE_MORE_THAN },
        { "at least", INCMAP_HEDGE_AT_LEAST },
        { "no less than", INCMAP_HEDGE_AT_LEAST },
        { "not less than", INCMAP_HEDGE_AT_LEAST },
        { "not fewer than", INCMAP_HEDGE_AT_LEAST },
        { "no fewer than", INCMAP_HEDGE_AT_LEAST },
        { "no closer than", INCMAP_HEDGE_AT_LEAST },
        { "no nearer than", INCMAP_HEDGE_AT_LEAST },
        { "not closer than", INCMAP_HEDGE_AT_LEAST },
        { "as much as", INCMAP_HEDGE_AT_MOST },
        { "closer than", INCMAP_HEDGE_LESS_THAN },
        { "nearer than", INCMAP_HEDGE_LESS_THAN },
        { "further than", INCMAP_HEDGE_MORE_THAN },
        { "farther than", INCMAP_HEDGE_MORE_THAN },
        { "ближе чем", INCMAP_HEDGE_LESS_THAN },
        { "ближе", INCMAP_HEDGE_LESS_THAN },
        { "дальше чем", INCMAP_HEDGE_MORE_THAN },
        { "далее чем", INCMAP_HEDGE_MORE_THAN },
        { "дальше", INCMAP_HEDGE_MORE_THAN },
        { "ближче ніж", INCMAP_HEDGE_LESS_THAN },
        { "далі ніж", INCMAP_HEDGE_MORE_THAN },
        { "as far as", INCMAP_HEDGE_AT_MOST },
        { "no further than", INCMAP_HEDGE_AT_MOST },
        { "no farther than", INCMAP_HEDGE_AT_MOST },
        { "not further than", INCMAP_HEDGE_AT_MOST },
        { "not farther than", INCMAP_HEDGE_AT_MOST },
        { "never more than", INCMAP_HEDGE_AT_MOST },
        { "a maximum of", INCMAP_HEDGE_AT_MOST },
        { "a minimum of", INCMAP_HEDGE_AT_LEAST },
        { "never less than", INCMAP_HEDGE_AT_LEAST },
        { "barely", INCMAP_HEDGE_ABOUT },
        { "hardly", INCMAP_HEDGE_ABOUT },
        { "scarcely", INCMAP_HEDGE_ABOUT },
        { "c", INCMAP_HEDGE_ABOUT },
        { "cca", INCMAP_HEDGE_ABOUT },
        { "~", INCMAP_HEDGE_ABOUT },
        { "+-", INCMAP_HEDGE_ABOUT },
        { "<", INCMAP_HEDGE_LESS_THAN },
        { "<=", INCMAP_HEDGE_AT_MOST },
        { ">", INCMAP_HEDGE_MORE_THAN },
        { ">=", INCMAP_HEDGE_AT_LEAST },
        { "less than", INCMAP_HEDGE_LESS_THAN },
        { "fewer than", INCMAP_HEDGE_LESS_THAN },
        { "under", INCMAP_HEDGE_LESS_THAN },
        { "below", INCMAP_HEDGE_LESS_THAN },
        { "at most", INCMAP_HEDGE_AT_MOST },
        { "up to", INCMAP_HEDGE_AT_MOST },
        { "no more than", INCMAP_HEDGE_AT_MOST },
        { "not more than", INCMAP_HEDGE_AT_MOST },
        { "within", INCMAP_HEDGE_WITHIN },
        { "около", INCMAP_HEDGE_ABOUT },
        { "примерно", INCMAP_HEDGE_ABOUT },
        { "приблизительно", INCMAP_HEDGE_ABOUT },
        { "порядка", INCMAP_HEDGE_ABOUT },
        { "где то", INCMAP_HEDGE_ROUGHLY },
        { "ориентировочно", INCMAP_HEDGE_ABOUT },
        { "едва", INCMAP_HEDGE_ABOUT },
        { "почти", INCMAP_HEDGE_NEARLY },
        { "без малого", INCMAP_HEDGE_NEARLY },
        { "чуть более чем", INCMAP_HEDGE_JUST_OVER },
        { "чуть больше чем", INCMAP_HEDGE_JUST_OVER },
        { "чуть менее чем", INCMAP_HEDGE_JUST_UNDER },
        { "чуть меньше чем", INCMAP_HEDGE_JUST_UNDER },
        { "немногим более", INCMAP_HEDGE_JUST_OVER },
        { "немногим более чем", INCMAP_HEDGE_JUST_OVER },
        { "немногим больше чем", INCMAP_HEDGE_JUST_OVER },
        { "немногим менее", INCMAP_HEDGE_JUST_UNDER },
        { "немногим менее чем", INCMAP_HEDGE_JUST_UNDER },
        { "чуть более", INCMAP_HEDGE_JUST_OVER },
        { "чуть больше", INCMAP_HEDGE_JUST_OVER },
        { "чуть менее", INCMAP_HEDGE_JUST_UNDER },
        { "чуть меньше", INCMAP_HEDGE_JUST_UNDER },
        { "более", INCMAP_HEDGE_MORE_THAN },
        { "более чем", INCMAP_HEDGE_MORE_THAN },
        { "больше", INCMAP_HEDGE_MORE_THAN },
        { "больше чем", INCMAP_HEDGE_MORE_THAN },
        { "свыше", INCMAP_HEDGE_MORE_THAN },
        { "не менее", INCMAP_HEDGE_AT_LEAST },
        { "не меньше", INCMAP_HEDGE_AT_LEAST },
        { "минимум", INCMAP_HEDGE_AT_LEAST },
        { "менее", INCMAP_HEDGE_LESS_THAN },
        { "менее чем", INCMAP_HEDGE_LESS_THAN },
        { "меньше чем", INCMAP_HEDGE_LESS_THAN },
        { "не более чем", INCMAP_HEDGE_AT_MOST },
        { "не больше чем", INCMAP_HEDGE_AT_MOST },
        { "не далее чем", INCMAP_HEDGE_AT_MOST },
        { "не дальше чем", INCMAP_HEDGE_AT_MOST },
        { "не далее", INCMAP_HEDGE_AT_MOST },
        { "не дальше", INCMAP_HEDGE_AT_MOST },
        { "максимум", INCMAP_HEDGE_AT_MOST },
        { "не менее чем", INCMAP_HEDGE_AT_LEAST },
        { "не меньше чем", INCMAP_HEDGE_AT_LEAST },
        { "не ближе чем", INCMAP_HEDGE_AT_LEAST },
        { "не ближе", INCMAP_HEDGE_AT_LEAST },
        { "как минимум", INCMAP_HEDGE_AT_LEAST },
        { "по меньшей мере", INCMAP_HEDGE_AT_LEAST },
        { "меньше", INCMAP_HEDGE_LESS_THAN },
        { "не более", INCMAP_HEDGE_AT_MOST },
        { "не больше", INCMAP_HEDGE_AT_MOST },
        { "до", INCMAP_HEDGE_AT_MOST },
        { "в пределах", INCMAP_HEDGE_WITHIN },
        { "близько", INCMAP_HEDGE_ABOUT },
        { "приблизно", INCMAP_HEDGE_ABOUT },
        { "орієнтовно", INCMAP_HEDGE_ABOUT },
        { "майже", INCMAP_HEDGE_NEARLY },
        { "понад", INCMAP_HEDGE_MORE_THAN },
        { "більше", INCMAP_HEDGE_MORE_THAN },
        { "більш ніж", INCMAP_HEDGE_MORE_THAN },
        { "більше ніж", INCMAP_HEDGE_MORE_THAN },
        { "більш як", INCMAP_HEDGE_MORE_THAN },
        { "більше як", INCMAP_HEDGE_MORE_THAN },
        { "менш як", INCMAP_HEDGE_LESS_THAN },
        { "не більше ніж", INCMAP_HEDGE_AT_MOST },
        { "не більш ніж", INCMAP_HEDGE_AT_MOST },
        { "не більше як", INCMAP_HEDGE_AT_MOST },
        { "не далі ніж", INCMAP_HEDGE_AT_MOST },
        { "не далі", INCMAP_HEDGE_AT_MOST },
        { "не менше ніж", INCMAP_HEDGE_AT_LEAST },
        { "не менш ніж", INCMAP_HEDGE_AT_LEAST },
        { "не менше як", INCMAP_HEDGE_AT_LEAST },
        { "не ближче ніж", INCMAP_HEDGE_AT_LEAST },
        { "не ближче", INCMAP_HEDGE_AT_LEAST },
        { "десь", INCMAP_HEDGE_ROUGHLY },
        { "щонайменше", INCMAP_HEDGE_AT_LEAST },
        { "не менше", INCMAP_HEDGE_AT_LEAST },
        { "менше", INCMAP_HEDGE_LESS_THAN },
        { "менш ніж", INCMAP_HEDGE_LESS_THAN },
        { "менше ніж", INCMAP_HEDGE_LESS_THAN },
        { "не більше", INCMAP_HEDGE_AT_MOST },
        { "щонайбільше", INCMAP_HEDGE_AT_MOST },
        { "в межах", INCMAP_HEDGE_WITHIN },
        { "у межах", INCMAP_HEDGE_WITHIN },
    };
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap_hedge)value;
    return taken;
}

size_t incmap__words_hedge_behind(const incmap__tokens *t, size_t at, incmap_hedge *out)
{
    static const word words[] = {
        { "or so", INCMAP_HEDGE_ABOUT },         { "or thereabouts", INCMAP_HEDGE_ABOUT },
        { "or more", INCMAP_HEDGE_AT_LEAST },    { "or less", INCMAP_HEDGE_AT_MOST },
        { "at most", INCMAP_HEDGE_AT_MOST },     { "at least", INCMAP_HEDGE_AT_LEAST },
        { "или более", INCMAP_HEDGE_AT_LEAST },  { "или около того", INCMAP_HEDGE_ABOUT },
        { "или больше", INCMAP_HEDGE_AT_LEAST }, { "или менее", INCMAP_HEDGE_AT_MOST },
        { "или меньше", INCMAP_HEDGE_AT_MOST },  { "або більше", INCMAP_HEDGE_AT_LEAST },
        { "або менше", INCMAP_HEDGE_AT_MOST },   { "и более", INCMAP_HEDGE_AT_LEAST },
        { "and more", INCMAP_HEDGE_AT_LEAST },
    };
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap_hedge)value;
    return taken;
}

static size_t vague_word(const incmap__tokens *t, size_t at, incmap_hedge *out)
{
    static const word words[] = {
        { "a couple", INCMAP_HEDGE_A_COUPLE },     { "a couple of", INCMAP_HEDGE_A_COUPLE },
        { "couple of", INCMAP_HEDGE_A_COUPLE },    { "пара", INCMAP_HEDGE_A_COUPLE },
        { "пару", INCMAP_HEDGE_A_COUPLE },         { "паре", INCMAP_HEDGE_A_COUPLE },
        { "a few", INCMAP_HEDGE_A_FEW },           { "few", INCMAP_HEDGE_A_FEW },
        { "a handful of", INCMAP_HEDGE_A_FEW },    { "несколько", INCMAP_HEDGE_SEVERAL },
        { "нескольких", INCMAP_HEDGE_SEVERAL },    { "several", INCMAP_HEDGE_SEVERAL },
        { "кілька", INCMAP_HEDGE_SEVERAL },        { "кількох", INCMAP_HEDGE_SEVERAL },
        { "декілька", INCMAP_HEDGE_SEVERAL },      { "декількох", INCMAP_HEDGE_SEVERAL },
        { "dozens of", INCMAP_HEDGE_DOZENS },      { "tens of", INCMAP_HEDGE_DOZENS },
        { "десятки", INCMAP_HEDGE_DOZENS },        { "десятках", INCMAP_HEDGE_DOZENS },
        { "hundreds of", INCMAP_HEDGE_HUNDREDS },  { "сотни", INCMAP_HEDGE_HUNDREDS },
        { "сотнях", INCMAP_HEDGE_HUNDREDS },       { "сотні", INCMAP_HEDGE_HUNDREDS },
        { "a dozen", INCMAP_HEDGE_A_DOZEN },       { "dozen", INCMAP_HEDGE_A_DOZEN },
        { "a dozen or so", INCMAP_HEDGE_A_DOZEN }, { "дюжина", INCMAP_HEDGE_A_DOZEN },
        { "дюжине", INCMAP_HEDGE_A_DOZEN },        { "дюжину", INCMAP_HEDGE_A_DOZEN },
        { "дюжині", INCMAP_HEDGE_A_DOZEN },        { "десятків", INCMAP_HEDGE_DOZENS },
        { "пари", INCMAP_HEDGE_A_COUPLE },         { "парі", INCMAP_HEDGE_A_COUPLE },
    };
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap_hedge)value;
    return taken;
}

/* "a few hundred", "несколько десятков": the larger word says how many. */
size_t incmap__words_vague(const incmap__tokens *t, size_t at, incmap_hedge *out)
{
    static const word scales[] = {
        { "hundred", INCMAP_HEDGE_HUNDREDS }, { "hundreds of", INCMAP_HEDGE_HUNDREDS },
        { "сот", INCMAP_HEDGE_HUNDREDS },     { "сотен", INCMAP_HEDGE_HUNDREDS },
        { "сотнях", INCMAP_HEDGE_HUNDREDS },  { "сотень", INCMAP_HEDGE_HUNDREDS },
        { "dozen", INCMAP_HEDGE_DOZENS },     { "dozens of", INCMAP_HEDGE_DOZENS },
        { "десятков", INCMAP_HEDGE_DOZENS },  { "десятках", INCMAP_HEDGE_DOZENS },
        { "десятків", INCMAP_HEDGE_DOZENS },
    };
    const size_t taken = vague_word(t, at, out);
    int value = 0;
    size_t scale = 0;

    if (!taken) return 0;
    if (*out == INCMAP_HEDGE_A_FEW || *out == INCMAP_HEDGE_SEVERAL || *out == INCMAP_HEDGE_A_COUPLE)
        scale = find(t, at + taken, scales, COUNT(scales), &value);
    if (scale) *out = (incmap_hedge)value;
    return taken + scale;
}

/* ---- numbers ---------------------------------------------------------------------------------- */

/* In halves, so that "half" and "полтора" are whole numbers here. Every case that stands behind "в",
 * "за", "от" and "до" is there: a missing one would leave the word behind it as the number. */
static size_t small_number(const incmap__tokens *t, size_t at, int *halves)
{
    static const word words[] = {
        { "half", 1 },
        { "half a", 1 },
        { "half an", 1 },
        { "пол", 1 },
        { "пів", 1 },
        { "one", 2 },
        { "один", 2 },
        { "одна", 2 },
        { "одне", 2 },
        { "одним", 2 },
        { "одно", 2 },
        { "одного", 2 },
        { "одной", 2 },
        { "одном", 2 },
        { "одному", 2 },
        { "одною", 2 },
        { "одну", 2 },
        { "одній", 2 },
        { "однієї", 2 },
        { "полтора", 3 },
        { "полторы", 3 },
        { "полутора", 3 },
        { "півтора", 3 },
        { "півтори", 3 },
        { "two", 4 },
        { "два", 4 },
        { "две", 4 },
        { "двом", 4 },
        { "двома", 4 },
        { "двох", 4 },
        { "двум", 4 },
        { "двумя", 4 },
        { "двух", 4 },
        { "дві", 4 },
        { "three", 6 },
        { "трем", 6 },
        { "тремя", 6 },
        { "трех", 6 },
        { "три", 6 },
        { "трьом", 6 },
        { "трьома", 6 },
        { "трьох", 6 },
        { "four", 8 },
        { "четыре", 8 },
        { "четырем", 8 },
        { "четырех", 8 },
        { "четырьмя", 8 },
        { "чотири", 8 },
        { "чотирма", 8 },
        { "чотирьом", 8 },
        { "чотирьох", 8 },
        { "five", 10 },
        { "п'яти", 10 },
        { "п'ять", 10 },
        { "п'ятьох", 10 },
        { "пяти", 10 },
        { "пять", 10 },
        { "пятью", 10 },
        { "six", 12 },
        { "шести", 12 },
        { "шесть", 12 },
        { "шестью", 12 },
        { "шість", 12 },
        { "шістьох", 12 },
        { "seven", 14 },
        { "семи", 14 },
        { "семь", 14 },
        { "семью", 14 },
        { "сім", 14 },
        { "сімох", 14 },
        { "eight", 16 },
        { "восемь", 16 },
        { "восемью", 16 },
        { "восьми", 16 },
        { "восьмью", 16 },
        { "вісьмох", 16 },
        { "вісім", 16 },
        { "nine", 18 },
        { "дев'яти", 18 },
        { "дев'ять", 18 },
        { "дев'ятьох", 18 },
        { "девяти", 18 },
        { "девять", 18 },
        { "девятью", 18 },
        { "ten", 20 },
        { "десяти", 20 },
        { "десять", 20 },
        { "десятьох", 20 },
        { "десятью", 20 },
        { "eleven", 22 },
        { "одинадцяти", 22 },
        { "одинадцять", 22 },
        { "одиннадцати", 22 },
        { "одиннадцать", 22 },
        { "одиннадцатью", 22 },
        { "twelve", 24 },
        { "дванадцяти", 24 },
        { "дванадцять", 24 },
        { "двенадцати", 24 },
        { "двенадцать", 24 },
        { "двенадцатью", 24 },
        { "thirteen", 26 },
        { "тринадцати", 26 },
        { "тринадцать", 26 },
        { "тринадцатью", 26 },
        { "тринадцяти", 26 },
        { "тринадцять", 26 },
        { "fourteen", 28 },
        { "четырнадцати", 28 },
        { "четырнадцать", 28 },
        { "четырнадцатью", 28 },
        { "чотирнадцяти", 28 },
        { "чотирнадцять", 28 },
        { "fifteen", 30 },
        { "п'ятнадцяти", 30 },
        { "п'ятнадцять", 30 },
        { "пятнадцати", 30 },
        { "пятнадцать", 30 },
        { "пятнадцатью", 30 },
        { "sixteen", 32 },
        { "шестнадцати", 32 },
        { "шестнадцать", 32 },
        { "шестнадцатью", 32 },
        { "шістнадцяти", 32 },
        { "шістнадцять", 32 },
        { "seventeen", 34 },
        { "семнадцати", 34 },
        { "семнадцать", 34 },
        { "семнадцатью", 34 },
        { "сімнадцяти", 34 },
        { "сімнадцять", 34 },
        { "eighteen", 36 },
        { "восемнадцати", 36 },
        { "восемнадцать", 36 },
        { "восемнадцатью", 36 },
        { "вісімнадцяти", 36 },
        { "вісімнадцять", 36 },
        { "nineteen", 38 },
        { "дев'ятнадцяти", 38 },
        { "дев'ятнадцять", 38 },
        { "девятнадцати", 38 },
        { "девятнадцать", 38 },
        { "девятнадцатью", 38 },
        { "twenty", 40 },
        { "двадцати", 40 },
        { "двадцать", 40 },
        { "двадцатью", 40 },
        { "двадцяти", 40 },
        { "двадцять", 40 },
        { "thirty", 60 },
        { "тридцати", 60 },
        { "тридцать", 60 },
        { "тридцатью", 60 },
        { "тридцяти", 60 },
        { "тридцять", 60 },
        { "forty", 80 },
        { "сорок", 80 },
        { "сорока", 80 },
        { "fifty", 100 },
        { "п'ятдесят", 100 },
        { "п'ятдесяти", 100 },
        { "пятидесяти", 100 },
        { "пятьдесят", 100 },
        { "sixty", 120 },
        { "шестидесяти", 120 },
        { "шестьдесят", 120 },
        { "шістдесят", 120 },
        { "шістдесяти", 120 },
        { "seventy", 140 },
        { "семидесяти", 140 },
        { "семьдесят", 140 },
        { "сімдесят", 140 },
        { "сімдесяти", 140 },
        { "eighty", 160 },
        { "восемьдесят", 160 },
        { "восьмидесяти", 160 },
        { "вісімдесят", 160 },
        { "вісімдесяти", 160 },
        { "ninety", 180 },
        { "дев'яноста", 180 },
        { "дев'яносто", 180 },
        { "девяноста", 180 },
        { "девяносто", 180 },
        { "ста", 200 },
        { "сто", 200 },
        { "двести", 400 },
        { "двохсот", 400 },
        { "двохстах", 400 },
        { "двухсот", 400 },
        { "двухстах", 400 },
        { "двісті", 400 },
        { "трехсот", 600 },
        { "трехстах", 600 },
        { "триста", 600 },
        { "трьохсот", 600 },
        { "трьохстах", 600 },
        { "четыреста", 800 },
        { "четырехсот", 800 },
        { "четырехстах", 800 },
        { "чотириста", 800 },
        { "чотирьохсот", 800 },
        { "чотирьохстах", 800 },
        { "п'ятисот", 1000 },
        { "п'ятистах", 1000 },
        { "п'ятсот", 1000 },
        { "пятисот", 1000 },
        { "пятистах", 1000 },
        { "пятьсот", 1000 },
        { "шестисот", 1200 },
        { "шестистах", 1200 },
        { "шестьсот", 1200 },
        { "шістсот", 1200 },
        { "семисот", 1400 },
        { "семистах", 1400 },
        { "семьсот", 1400 },
        { "сімсот", 1400 },
        { "восемьсот", 1600 },
        { "восьмисот", 1600 },
        { "восьмистах", 1600 },
        { "вісімсот", 1600 },
        { "дев'ятисот", 1800 },
        { "дев'ятсот", 1800 },
        { "девятисот", 1800 },
        { "девятистах", 1800 },
        { "девятьсот", 1800 },
    };

    return find(t, at, words, COUNT(words), halves);
}

/* What multiplies the number before it. */
static size_t scale_word(const incmap__tokens *t, size_t at, int *scale)
{
    static const word words[] = {
        { "hundred", 100 },  { "thousand", 1000 }, { "тысяча", 1000 }, { "тысячи", 1000 },
        { "тысяч", 1000 },   { "тысячу", 1000 },   { "тыс", 1000 },    { "тысяче", 1000 },
        { "тысячах", 1000 }, { "тисяча", 1000 },   { "тисячі", 1000 }, { "тисяч", 1000 },
        { "тисячу", 1000 },  { "тис", 1000 },      { "dozen", 12 },    { "дюжины", 12 },
        { "десяток", 10 },   { "десятка", 10 },    { "десятке", 10 },  { "десятку", 10 },
        { "десятков", 10 },  { "десятків", 10 },
    };

    return find(t, at, words, COUNT(words), scale);
}

/* Of those the ones that need no number before them: "тысяча", "a hundred", "десяток". Without one
 * "few thousand" would be read as a thousand. */
static bool stands_alone(const incmap__tokens *t, size_t at)
{
    static const word words[] = {
        { "тысяча", 1 }, { "тысячу", 1 },  { "тысяче", 1 },  { "тисяча", 1 },
        { "тисячу", 1 }, { "десяток", 1 }, { "десятке", 1 }, { "десятку", 1 },
    };
    int value;

    return find(t, at, words, COUNT(words), &value) > 0;
}

size_t incmap__words_half(const incmap__tokens *t, size_t at)
{
    size_t taken = incmap__words_phrase(t, at, "and a half");
    if (!taken) taken = incmap__words_phrase(t, at, "с половиной");
    return taken ? taken : incmap__words_phrase(t, at, "з половиною");
}

bool incmap__words_is_numeral(const incmap__token *token)
{
    static const char *const parts[] = { "дцат",     "дцят",    "десят",   "дев'ян",  "девян",
                                         "сотен",    "сотень",  "тысяч",   "тисяч",   "teen",
                                         "thousand", "hundred", "million", "миллион", "мільйон" };

    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(token->key, parts[i])) return true;
    return false;
}

/* "5-ти", "600-х": the end of a numeral behind its digits. Those of ordinals ("10-й", "10-м") are not
 * among them. */
static size_t digits_ending(const incmap__tokens *t, size_t at)
{
    static const char *const endings[] = { "ти", "х",  "ми",   "мя",  "тью",
                                           "ка", "ма", "тьох", "ьох", "рьох" };
    const incmap__token *token = &t->items[at];

    if (at >= t->count || !token->hyphenated || !token->joined ||
        memchr(t->text + t->items[at - 1].end, ' ', token->start - t->items[at - 1].end))
        return 0;
    return incmap__token_is_one_of(t, at, endings, COUNT(endings));
}

/* One that is printed in digits: its step is that of the last digit, "600 thousand" apart. */
static size_t digits(const incmap__tokens *t, size_t at, incmap__stated_number *out)
{
    const incmap__token *token = &t->items[at];
    int scale = 1;
    size_t taken;

    *out = (incmap__stated_number){ token->value, token->step, false, token->doubt };
    taken = 1 + digits_ending(t, at + 1);
    taken += scale_word(t, at + taken, &scale);
    /* "1,200 км": in Russian and Ukrainian a comma marks decimals, and English thousands are copied. */
    if (token->one_comma && at + taken < t->count &&
        (unsigned char)t->items[at + taken].key[0] >= 0xD0)
        out->doubt = "a comma before three digits may part thousands or decimals";
    out->value *= scale;
    out->step *= scale;
    return taken;
}

/* Whether a small number goes on with the part of a number before it: "twenty" with "five", "сто"
 * with "двадцать", but not "seven" with "eight". */
static bool goes_on(double part, double value)
{
    const double rest = fmod(part, 100);

    if (part == 0) return true;
    if (value < 1 || value != floor(value) || part != floor(part)) return false;
    if (value < 10) return rest == 0 || (rest >= 20 && fmod(rest, 10) == 0);
    return value < 100 && rest == 0;
}

typedef struct {
    double sum, part;
    double dozens; /* of so many; "two dozen" is meant loosely */
    bool closed;   /* half of one ends it */
} spoken;

/* A scale word behind a number, or alone. */
static size_t speak_scale(const incmap__tokens *t, size_t at, bool first, spoken *n)
{
    int scale = 1;
    const size_t taken = scale_word(t, at, &scale);

    if (!taken || n->part > 1e6 || (n->part == 0 && !(first ? stands_alone(t, at) : n->sum == 0)))
        return 0;
    n->part = (n->part > 0 ? n->part : 1) * scale;
    if (scale < 100) n->dozens = n->part;
    if (scale == 1000) {
        n->sum += n->part;
        n->part = 0;
    }
    return taken;
}

/* "a" before a scale or a unit: one. */
static size_t speak_article(const incmap__tokens *t, size_t at, spoken *n)
{
    static const char *const ones[] = { "mile", "kilometre", "kilometer", "hour", "verst" };
    int scale;

    if (!incmap__token_is(t, at, "a") && !incmap__token_is(t, at, "an")) return 0;
    if (scale_word(t, at + 1, &scale)) return 1;
    for (size_t i = 0; i < COUNT(ones); i++)
        if (incmap__token_is(t, at + 1, ones[i])) {
            n->part = 1;
            return 1;
        }
    return 0;
}

/* The next word or two of a number in words; 0 where it ends. */
static size_t speak(const incmap__tokens *t, size_t at, bool first, spoken *n)
{
    int halves;
    size_t taken = small_number(t, at, &halves);

    if (n->closed) return 0;
    if (taken && goes_on(n->part, halves / 2.0)) {
        n->part += halves / 2.0;
        return taken;
    }
    if (taken) return 0;
    taken = speak_scale(t, at, first, n);
    if (taken) return taken;
    if (first) return speak_article(t, at, n);
    taken = incmap__words_half(t, at);
    if (taken) {
        n->part += 0.5;
        n->closed = true;
        return taken;
    }
    return incmap__token_is(t, at, "and") && n->part >= 100 && small_number(t, at + 1, &halves) &&
                   goes_on(n->part, halves / 2.0)
               ? 1
               : 0;
}

size_t incmap__words_number(const incmap__tokens *t, size_t at, incmap__stated_number *out)
{
    const size_t from = at;
    spoken n = { 0, 0, 0, false };
    size_t taken;
    double value;

    if (at >= t->count) return 0;
    if (t->items[at].is_number) return digits(t, at, out);
    while ((taken = speak(t, at, at == from, &n)) > 0)
        at += taken;
    if (at == from) return 0;
    value = n.sum + n.part;
    *out = (incmap__stated_number){ value, value == floor(value) ? 1 : 0.5, true, NULL };
    /* "half a dozen", "two dozen", "десяток": a sixth of it either way, as of one dozen. */
    if (n.dozens > 0) out->step = n.dozens / 3;
    return at - from;
}

/* ---- directions ------------------------------------------------------------------------------- */

/* The stem of a direction at the start of a word, and where the rest of the word begins. */
static const char *stem(const char *key, double *degrees)
{
    static const struct {
        const char *text;
        double degrees;
    } stems[] = {
        { "north", 0 },   { "east", 90 },   { "south", 180 }, { "west", 270 },    { "север", 0 },
        { "восто", 90 },  { "юг", 180 },    { "юж", 180 },    { "запад", 270 },   { "північ", 0 },
        { "північ", 0 },  { "схід", 90 },   { "сход", 90 },   { "південь", 180 }, { "півден", 180 },
        { "півдн", 180 }, { "захід", 270 }, { "заход", 270 },
    };

    for (size_t i = 0; i < COUNT(stems); i++)
        if (strncmp(key, stems[i].text, strlen(stems[i].text)) == 0) {
            *degrees = stems[i].degrees;
            return key + strlen(stems[i].text);
        }
    return NULL;
}

/* English words end as these do; in Russian and Ukrainian any case ending may follow. */
static bool is_ending(const char *rest)
{
    static const char *const endings[] = { "", "ern", "erly", "ward", "wards" };

    for (size_t i = 0; i < COUNT(endings); i++)
        if (strcmp(rest, endings[i]) == 0) return true;
    return (unsigned char)rest[0] >= 0xD0; /* Cyrillic */
}

/* "NE", "SSW": only in capitals, for "ne" and "se" are words. */
static size_t letters(const incmap__tokens *t, size_t at, double parts[3])
{
    const incmap__token *token = &t->items[at];
    const size_t n = token->end - token->start;
    static const char names[] = "NESW";

    if (n < 1 || n > 3) return 0;
    for (size_t i = 0; i < n; i++) {
        const char c = t->text[token->start + i];
        const char *found = c ? strchr(names, c) : NULL;
        if (!found) return 0;
        parts[i] = 90.0 * (double)(found - names);
    }
    return n;
}

/* The directions in one word: "southeast" has two. */
static size_t parts_of(const char *key, double parts[3])
{
    size_t n = 0;
    const char *rest = stem(key, &parts[0]);

    while (rest) {
        n++;
        if (is_ending(rest) || n == 3) return is_ending(rest) ? n : 0;
        /* "северо-восток" comes as two words, "north" + "east" as one. */
        rest = stem(rest, &parts[n]);
    }
    return 0;
}

/* The direction halfway between two that are less than half a turn apart. */
static bool halfway(double a, double b, double *out)
{
    double turn = fmod(b - a + 540, 360) - 180;

    if (fabs(turn) >= 180 || turn == 0) return false;
    *out = fmod(a + turn / 2 + 360, 360);
    return true;
}

size_t incmap__words_direction(const incmap__tokens *t, size_t at, double *degrees, int *points)
{
    double parts[9], between;
    size_t n, taken = 1;

    if (at >= t->count) return 0;
    n = parts_of(t->items[at].key, parts);
    if (!n) n = letters(t, at, parts);
    while (n && n < 3 && at + taken < t->count && t->items[at + taken].joined) {
        const size_t more = parts_of(t->items[at + taken].key, parts + n);
        if (!more) break;
        n += more;
        taken++;
    }
    if (n == 1) {
        *degrees = parts[0];
        *points = 4;
        return taken;
    }
    if (n == 2 && halfway(parts[0], parts[1], degrees)) {
        *points = 8;
        return taken;
    }
    if (n == 3 && halfway(parts[1], parts[2], &between) && halfway(parts[0], between, degrees)) {
        *points = 16;
        return taken;
    }
    return 0;
}

/* ---- words that turn what is stated ------------------------------------------------------------ */

size_t incmap__words_denial(const incmap__tokens *t, size_t at, incmap__denial *out)
{
    static const word words[] = {
#define W INCMAP__DENIAL_WORD
#define S INCMAP__DENIAL_SENTENCE
        { "not", W },
        { "never", W },
        { "no", W },
        { "nor", W },
        { "neither", W },
        { "cannot", W },
        { "nowhere", W },
        { "не", W },
        { "нет", W },
        { "ни", W },
        { "никогда", W },
        { "нигде", W },
        { "ні", W },
        { "ніколи", W },
        { "ніде", W },
        { "немає", W },
        { "вовсе не", W },
        { "отнюдь не", W },
        { "false that", S },
        { "untrue that", S },
        { "not true that", S },
        { "wrong that", S },
        { "incorrect that", S },
        { "not the case that", S },
        { "denied that", S },
        { "denies that", S },
        { "deny that", S },
        { "неправда что", S },
        { "неверно что", S },
        { "не правда что", S },
        { "неправда що", S },
        { "невірно що", S },
        { "не правда що", S },
        { "ложь что", S },
        { "опроверг что", S },
        { "отрицает что", S },
        { "заперечив що", S },
        { "спростував що", S },
        { "заперечує що", S },
        { "false", W },
        { "untrue", W },
        { "wrong", W },
        { "incorrect", W },
        { "denied", W },
        { "denies", W },
        { "deny", W },
        { "неправда", W },
        { "неверно", W },
        { "опроверг", W },
        { "опровергли", W },
        { "отрицает", W },
        { "отрицают", W },
        { "невірно", W },
        { "заперечив", W },
        { "спростував", W },
        { "спростували", W },
        { "ложь", W },
        { "hardly any", W },
        { "refuted", W },
        { "refutes", W },
        { "rejected", W },
        { "rejects", W },
        { "without", W },
#undef W
#undef S
    };
    int value = 0;
    size_t taken = find(t, at, words, COUNT(words), &value);

    if (!taken && at < t->count) {
        const char *key = t->items[at].key;
        const size_t length = strlen(key);
        taken = length > 3 && strcmp(key + length - 3, "n't") == 0;
        value = INCMAP__DENIAL_WORD;
    }
    if (taken) *out = (incmap__denial)value;
    return taken;
}

size_t incmap__words_turn(const incmap__tokens *t, size_t at)
{
    static const word words[] = {
        { "by road", 1 },   { "road", 1 },      { "twice", 1 },      { "double", 1 },
        { "triple", 1 },    { "times", 1 },     { "closer", 1 },     { "nearer", 1 },
        { "further", 1 },   { "farther", 1 },   { "deeper", 1 },     { "if", 1 },
        { "unless", 1 },    { "would", 1 },     { "instead of", 1 }, { "rather than", 1 },
        { "по дороге", 1 }, { "по трассе", 1 }, { "вдвое", 1 },      { "втрое", 1 },
        { "ближе", 1 },     { "дальше", 1 },    { "глубже", 1 },     { "если", 1 },
        { "бы", 1 },        { "вместо", 1 },    { "по дорозі", 1 },  { "по трасі", 1 },
        { "дорогою", 1 },   { "удвічі", 1 },    { "вдвічі", 1 },     { "ближче", 1 },
        { "далі", 1 },      { "глибше", 1 },    { "якщо", 1 },       { "замість", 1 },
        { "drive", 1 },     { "walk", 1 },      { "ride", 1 },       { "march", 1 },
        { "езды", 1 },      { "їзди", 1 },      { "пути", 1 },       { "square", 1 },
        { "радиусе", 1 },   { "радіусі", 1 },
    };
    int value;
    return find(t, at, words, COUNT(words), &value);
}

/* ---- ends and the words around them ------------------------------------------------------------ */

size_t incmap__words_border(const incmap__tokens *t, size_t at)
{
    static const word words[] = {
        { "border", 1 },  { "frontier", 1 },    { "state border", 1 }, { "границы", 1 },
        { "границу", 1 }, { "границей", 1 },    { "граница", 1 },      { "границе", 1 },
        { "рубежа", 1 },  { "госграницы", 1 },  { "госграницу", 1 },   { "кордону", 1 },
        { "кордон", 1 },  { "кордоном", 1 },    { "кордоні", 1 },      { "держкордону", 1 },
        { "рубежем", 1 }, { "border line", 1 }, { "borderline", 1 },
    };
    int value;
    return find(t, at, words, COUNT(words), &value);
}

size_t incmap__words_line(const incmap__tokens *t, size_t at)
{
    static const word words[] = {
        { "front", 1 },
        { "front line", 1 },
        { "front lines", 1 },
        { "frontline", 1 },
        { "frontlines", 1 },
        { "line of contact", 1 },
        { "contact line", 1 },
        { "line of control", 1 },
        { "линии фронта", 1 },
        { "линию фронта", 1 },
        { "линия фронта", 1 },
        { "фронта", 1 },
        { "линии соприкосновения", 1 },
        { "линии разграничения", 1 },
        { "лінії фронту", 1 },
        { "лінія фронту", 1 },
        { "фронту", 1 },
        { "лінії зіткнення", 1 },
        { "лінії розмежування", 1 },
    };
    int value;
    return find(t, at, words, COUNT(words), &value);
}

size_t incmap__words_country(const incmap__tokens *t, size_t at, const char **name)
{
    /* Each with the letters that its word begins with; adjectives are bent behind them. */
    static const struct {
        const char *stem, *name;
        bool whole;
    } words[] = {
        { "russian", "Russia", true },      { "russia's", "Russia", true },
        { "ukrainian", "Ukraine", true },   { "ukraine's", "Ukraine", true },
        { "belarusian", "Belarus", true },  { "belarus's", "Belarus", true },
        { "belarussian", "Belarus", true }, { "polish", "Poland", true },
        { "poland's", "Poland", true },     { "moldovan", "Moldova", true },
        { "moldova's", "Moldova", true },   { "romanian", "Romania", true },
        { "hungarian", "Hungary", true },   { "slovak", "Slovakia", true },
        { "georgian", "Georgia", true },    { "estonian", "Estonia", true },
        { "latvian", "Latvia", true },      { "lithuanian", "Lithuania", true },
        { "finnish", "Finland", true },     { "norwegian", "Norway", true },
        { "kazakh", "Kazakhstan", true },   { "turkish", "Turkey", true },
        { "израильск", "Israel", false },   { "israeli", "Israel", true },
        { "lebanese", "Lebanon", true },    { "syrian", "Syria", true },
        { "российск", "Russia", false },    { "русск", "Russia", false },
        { "украинск", "Ukraine", false },   { "белорусск", "Belarus", false },
        { "беларуск", "Belarus", false },   { "польск", "Poland", false },
        { "молдавск", "Moldova", false },   { "румынск", "Romania", false },
        { "російськ", "Russia", false },    { "українськ", "Ukraine", false },
        { "білоруськ", "Belarus", false },  { "польськ", "Poland", false },
        { "молдовськ", "Moldova", false },  { "румунськ", "Romania", false },
    };

    if (at >= t->count) return 0;
    for (size_t i = 0; i < COUNT(words); i++) {
        const char *key = t->items[at].key;
        if (words[i].whole ? strcmp(key, words[i].stem) != 0
                           : strncmp(key, words[i].stem, strlen(words[i].stem)) != 0)
            continue;
        *name = words[i].name;
        return 1;
    }
    return 0;
}

size_t incmap__words_side(const incmap__tokens *t, size_t at)
{
    static const word words[] = {
        { "side", 1 },        { "sides", 1 },      { "territory", 1 },  { "territories", 1 },
        { "soil", 1 },        { "территория", 1 }, { "территории", 1 }, { "территорию", 1 },
        { "территорией", 1 }, { "сторона", 1 },    { "стороны", 1 },    { "стороне", 1 },
        { "сторону", 1 },     { "стороной", 1 },   { "територія", 1 },  { "території", 1 },
        { "територію", 1 },   { "територією", 1 }, { "бік", 1 },        { "боці", 1 },
        { "боку", 1 },        { "земле", 1 },      { "землі", 1 },      { "bank", 1 },
        { "берегу", 1 },      { "березі", 1 },
    };
    int value;
    return find(t, at, words, COUNT(words), &value);
}

size_t incmap__words_kind(const incmap__tokens *t, size_t at, incmap__kind_said *out)
{
    static const word words[] = {
#define S INCMAP__KIND_SETTLEMENT
#define A INCMAP__KIND_AREA
        { "city", S },    { "town", S },     { "village", S },  { "settlement", S },
        { "region", A },  { "oblast", A },   { "district", A }, { "raion", A },
        { "rayon", A },   { "province", A }, { "krai", A },     { "okrug", A },
        { "area", A },    { "hromada", A },  { "город", S },    { "города", S },
        { "городу", S },  { "городе", S },   { "городом", S },  { "село", S },
        { "села", S },    { "селе", S },     { "селу", S },     { "селом", S },
        { "деревня", S }, { "деревни", S },  { "деревне", S },  { "поселок", S },
        { "поселка", S }, { "поселке", S },  { "місто", S },    { "міста", S },
        { "місті", S },   { "селище", S },   { "селища", S },   { "селищі", S },
        { "область", A }, { "области", A },  { "областью", A }, { "областей", A },
        { "район", A },   { "района", A },   { "районе", A },   { "районом", A },
        { "району", A },  { "районі", A },   { "області", A },  { "областю", A },
        { "край", A },    { "края", A },     { "крае", A },     { "округ", A },
        { "округа", A },  { "округе", A },   { "громада", A },  { "громади", A },
        { "громаді", A },
#undef S
#undef A
    };
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap__kind_said)value;
    return taken;
}

size_t incmap__words_adjacent(const incmap__tokens *t, size_t at)
{
    static const word words[] = {
        { "borders", 1 },    { "bordering", 1 },
        { "adjoins", 1 },    { "adjacent to", 1 },
        { "abuts", 1 },      { "граничит", 1 },
        { "граничащий", 1 }, { "граничащая", 1 },
        { "межує", 1 },      { "shares a border with", 1 },
    };
    int value;
    return find(t, at, words, COUNT(words), &value);
}

size_t incmap__words_near(const incmap__tokens *t, size_t at)
{
    static const word words[] = {
        { "near", 1 },          { "nearby", 1 },       { "close to", 1 },
        { "not far from", 1 },  { "next to", 1 },      { "close by", 1 },
        { "along", 1 },         { "рядом с", 1 },      { "вблизи", 1 },
        { "возле", 1 },         { "недалеко от", 1 },  { "неподалеку от", 1 },
        { "поблизости от", 1 }, { "у границы", 1 },    { "біля", 1 },
        { "поблизу", 1 },       { "недалеко від", 1 }, { "неподалік від", 1 },
        { "поруч з", 1 },
    };
    int value;
    return find(t, at, words, COUNT(words), &value);
}

size_t incmap__words_role(const incmap__tokens *t, size_t at, incmap__role *out)
{
    static const word words[] = {
        { "from", INCMAP__ROLE_FROM },
        { "of", INCMAP__ROLE_FROM },
        { "off", INCMAP__ROLE_FROM },
        { "away from", INCMAP__ROLE_FROM },
        { "outside", INCMAP__ROLE_FROM },
        { "от", INCMAP__ROLE_FROM },
        { "до", INCMAP__ROLE_TO },
        { "від", INCMAP__ROLE_FROM },
        { "over", INCMAP__ROLE_OVER },
        { "across", INCMAP__ROLE_OVER },
        { "beyond", INCMAP__ROLE_OVER },
        { "behind", INCMAP__ROLE_OVER },
        { "past", INCMAP__ROLE_OVER },
        { "за", INCMAP__ROLE_OVER },
        { "через", INCMAP__ROLE_OVER },
        { "вглубь", INCMAP__ROLE_INTO },
        { "inside", INCMAP__ROLE_INTO },
        { "into", INCMAP__ROLE_INTO },
        { "deep into", INCMAP__ROLE_INTO },
        { "deep inside", INCMAP__ROLE_INTO },
        { "вглиб", INCMAP__ROLE_INTO },
        { "toward", INCMAP__ROLE_TOWARD },
        { "towards", INCMAP__ROLE_TOWARD },
        { "on the way to", INCMAP__ROLE_TOWARD },
        { "in the direction of", INCMAP__ROLE_TOWARD },
        { "в сторону", INCMAP__ROLE_TOWARD },
        { "в направлении", INCMAP__ROLE_TOWARD },
        { "у напрямку", INCMAP__ROLE_TOWARD },
        { "в бік", INCMAP__ROLE_TOWARD },
        { "to", INCMAP__ROLE_TO },
        { "with", INCMAP__ROLE_WITH },
        { "between", INCMAP__ROLE_BETWEEN },
        { "между", INCMAP__ROLE_BETWEEN },
        { "між", INCMAP__ROLE_BETWEEN },
        { "and", INCMAP__ROLE_AND },
        { "и", INCMAP__ROLE_AND },
        { "і", INCMAP__ROLE_AND },
        { "та", INCMAP__ROLE_AND },
        { "с", INCMAP__ROLE_WITH },
        { "з", INCMAP__ROLE_WITH },
        { "at", INCMAP__ROLE_AT },
        { "in", INCMAP__ROLE_IN },
        { "within", INCMAP__ROLE_IN },
        { "в", INCMAP__ROLE_IN },
        { "во", INCMAP__ROLE_IN },
        { "у", INCMAP__ROLE_IN },
        { "на", INCMAP__ROLE_IN },
        { "deep in", INCMAP__ROLE_INTO },
        { "over into", INCMAP__ROLE_INTO },
        { "внутри", INCMAP__ROLE_INTO },
        { "внутрь", INCMAP__ROLE_INTO },
        { "в глубь", INCMAP__ROLE_INTO },
        { "в глубине", INCMAP__ROLE_INTO },
        { "всередині", INCMAP__ROLE_INTO },
        { "углиб", INCMAP__ROLE_INTO },
        { "у глиб", INCMAP__ROLE_INTO },
        { "near", INCMAP__ROLE_AT },
    };
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap__role)value;
    return taken;
}

static bool is_one_of(const incmap__token *token, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(token->key, words[i]) == 0) return true;
    return false;
}

bool incmap__words_is_verb(const incmap__token *token)
{
    static const char *const words[] = { "is",   "lies",      "lay",   "was",         "are",
                                         "were", "находится", "лежит", "знаходиться", "лежить" };
    return is_one_of(token, words, COUNT(words));
}

bool incmap__words_is_date(const incmap__token *token)
{
    static const char *const words[] = {
        "monday",  "tuesday",   "wednesday", "thursday", "friday",   "saturday", "sunday",
        "january", "february",  "march",     "april",    "may",      "june",     "july",
        "august",  "september", "october",   "november", "december",
    };
    return is_one_of(token, words, COUNT(words));
}

bool incmap__words_is_filler(const incmap__token *token)
{
    static const char *const words[] = {
        "the",
        "a",
        "an",
        "its",
        "their",
        "our",
        "is",
        "are",
        "was",
        "were",
        "lies",
        "lay",
        "away",
        "drive",
        "walk",
        "ride",
        "by",
        "car",
        "road",
        "city",
        "town",
        "village",
        "settlement",
        "capital",
        "region",
        "oblast",
        "district",
        "that",
        "this",
        "which",
        "where",
        "there",
        "on",
        "as",
        "it",
        "they",
        "he",
        "she",
        "had",
        "has",
        "have",
        "been",
        "be",
        "only",
        "just",
        "город",
        "города",
        "городе",
        "село",
        "села",
        "селе",
        "деревня",
        "деревни",
        "поселок",
        "поселка",
        "находится",
        "лежит",
        "расположен",
        "расположено",
        "всего",
        "місто",
        "міста",
        "селище",
        "знаходиться",
        "лежить",
        "русско",
        "российско",
        "украинской",
        "російсько",
        "українського",
        "state",
        "international",
        "russian",
        "ukrainian",
        "russia's",
        "ukraine's",
        "государственной",
        "державного",
        "long",
        "езды",
        "їзди",
        "minute's",
        "stretch",
        "located",
        "situated",
        "lie",
        "even",
        "расположена",
        "стоит",
        "находятся",
        "розташований",
        "розташована",
        "розташоване",
        "знаходяться",
        "deep",
        "own",
    };

    return is_one_of(token, words, COUNT(words));
}
