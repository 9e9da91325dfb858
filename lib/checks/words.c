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
static size_t phrase_at(const incmap__tokens *t, size_t at, const char *phrase)
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
        const size_t taken = phrase_at(t, at, words[i].phrase);
        if (taken <= longest) continue;
        longest = taken;
        *value = words[i].value;
    }
    return longest;
}

size_t incmap__words_unit(const incmap__tokens *t, size_t at, incmap_said_unit *out)
{
    static const word words[] = {
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
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap_said_unit)value;
    return taken;
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
        { "as much as", INCMAP_HEDGE_AT_MOST },
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
        { "почти", INCMAP_HEDGE_NEARLY },
        { "чуть более", INCMAP_HEDGE_JUST_OVER },
        { "чуть больше", INCMAP_HEDGE_JUST_OVER },
        { "чуть менее", INCMAP_HEDGE_JUST_UNDER },
        { "чуть меньше", INCMAP_HEDGE_JUST_UNDER },
        { "более", INCMAP_HEDGE_MORE_THAN },
        { "более чем", INCMAP_HEDGE_MORE_THAN },
        { "более чем в", INCMAP_HEDGE_MORE_THAN },
        { "больше", INCMAP_HEDGE_MORE_THAN },
        { "больше чем", INCMAP_HEDGE_MORE_THAN },
        { "свыше", INCMAP_HEDGE_MORE_THAN },
        { "не менее", INCMAP_HEDGE_AT_LEAST },
        { "не меньше", INCMAP_HEDGE_AT_LEAST },
        { "минимум", INCMAP_HEDGE_AT_LEAST },
        { "менее", INCMAP_HEDGE_LESS_THAN },
        { "менее чем", INCMAP_HEDGE_LESS_THAN },
        { "менее чем в", INCMAP_HEDGE_LESS_THAN },
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
        { "or so", INCMAP_HEDGE_ABOUT },        { "or thereabouts", INCMAP_HEDGE_ABOUT },
        { "or more", INCMAP_HEDGE_AT_LEAST },   { "or less", INCMAP_HEDGE_AT_MOST },
        { "at most", INCMAP_HEDGE_AT_MOST },    { "at least", INCMAP_HEDGE_AT_LEAST },
        { "или более", INCMAP_HEDGE_AT_LEAST }, { "или около того", INCMAP_HEDGE_ABOUT },
    };
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap_hedge)value;
    return taken;
}

size_t incmap__words_vague(const incmap__tokens *t, size_t at, incmap_hedge *out)
{
    static const word words[] = {
        { "a couple", INCMAP_HEDGE_A_COUPLE },    { "a couple of", INCMAP_HEDGE_A_COUPLE },
        { "couple of", INCMAP_HEDGE_A_COUPLE },   { "пара", INCMAP_HEDGE_A_COUPLE },
        { "пару", INCMAP_HEDGE_A_COUPLE },        { "паре", INCMAP_HEDGE_A_COUPLE },
        { "a few", INCMAP_HEDGE_A_FEW },          { "few", INCMAP_HEDGE_A_FEW },
        { "a handful of", INCMAP_HEDGE_A_FEW },   { "несколько", INCMAP_HEDGE_SEVERAL },
        { "нескольких", INCMAP_HEDGE_SEVERAL },   { "several", INCMAP_HEDGE_SEVERAL },
        { "кілька", INCMAP_HEDGE_SEVERAL },       { "кількох", INCMAP_HEDGE_SEVERAL },
        { "декілька", INCMAP_HEDGE_SEVERAL },     { "декількох", INCMAP_HEDGE_SEVERAL },
        { "dozens of", INCMAP_HEDGE_DOZENS },     { "tens of", INCMAP_HEDGE_DOZENS },
        { "десятки", INCMAP_HEDGE_DOZENS },       { "десятках", INCMAP_HEDGE_DOZENS },
        { "hundreds of", INCMAP_HEDGE_HUNDREDS }, { "сотни", INCMAP_HEDGE_HUNDREDS },
        { "сотнях", INCMAP_HEDGE_HUNDREDS },      { "сотні", INCMAP_HEDGE_HUNDREDS },
    };
    int value = 0;
    const size_t taken = find(t, at, words, COUNT(words), &value);

    if (taken) *out = (incmap_hedge)value;
    return taken;
}

/* ---- numbers ---------------------------------------------------------------------------------- */

/* In halves, so that "half" and "полтора" are whole numbers here. */
static size_t small_number(const incmap__tokens *t, size_t at, int *halves)
{
    static const word words[] = {
        { "half", 1 },        { "half a", 1 },       { "half an", 1 },       { "one", 2 },
        { "two", 4 },         { "three", 6 },        { "four", 8 },          { "five", 10 },
        { "six", 12 },        { "seven", 14 },       { "eight", 16 },        { "nine", 18 },
        { "ten", 20 },        { "eleven", 22 },      { "twelve", 24 },       { "a dozen", 24 },
        { "dozen", 24 },      { "two dozen", 48 },   { "thirteen", 26 },     { "fourteen", 28 },
        { "fifteen", 30 },    { "sixteen", 32 },     { "seventeen", 34 },    { "eighteen", 36 },
        { "nineteen", 38 },   { "twenty", 40 },      { "thirty", 60 },       { "forty", 80 },
        { "fifty", 100 },     { "sixty", 120 },      { "seventy", 140 },     { "eighty", 160 },
        { "ninety", 180 },    { "пол", 1 },          { "полтора", 3 },       { "полутора", 3 },
        { "півтора", 3 },     { "полторы", 3 },      { "пів", 1 },           { "один", 2 },
        { "одном", 2 },       { "одного", 2 },       { "одна", 2 },          { "одной", 2 },
        { "одну", 2 },        { "одному", 2 },       { "два", 4 },           { "две", 4 },
        { "двух", 4 },        { "дві", 4 },          { "двох", 4 },          { "три", 6 },
        { "трех", 6 },        { "трьох", 6 },        { "четыре", 8 },        { "четырех", 8 },
        { "чотири", 8 },      { "чотирьох", 8 },     { "пять", 10 },         { "пяти", 10 },
        { "п'ять", 10 },      { "п'яти", 10 },       { "шесть", 12 },        { "шести", 12 },
        { "шість", 12 },      { "семь", 14 },        { "семи", 14 },         { "сім", 14 },
        { "восемь", 16 },     { "восьми", 16 },      { "вісім", 16 },        { "девять", 18 },
        { "девяти", 18 },     { "дев'ять", 18 },     { "дев'яти", 18 },      { "десять", 20 },
        { "десяти", 20 },     { "двенадцать", 24 },  { "двенадцати", 24 },   { "дванадцять", 24 },
        { "дванадцяти", 24 }, { "пятнадцать", 30 },  { "пятнадцати", 30 },   { "п'ятнадцять", 30 },
        { "двадцать", 40 },   { "двадцати", 40 },    { "двадцять", 40 },     { "двадцяти", 40 },
        { "тридцать", 60 },   { "тридцати", 60 },    { "тридцять", 60 },     { "тридцяти", 60 },
        { "сорок", 80 },      { "сорока", 80 },      { "пятьдесят", 100 },   { "пятидесяти", 100 },
        { "п'ятдесят", 100 }, { "шестьдесят", 120 }, { "шестидесяти", 120 }, { "шістдесят", 120 },
        { "сто", 200 },       { "ста", 200 },        { "двести", 400 },      { "двухсот", 400 },
        { "двісті", 400 },    { "триста", 600 },     { "трехсот", 600 },     { "четыреста", 800 },
        { "чотириста", 800 }, { "пятьсот", 1000 },   { "пятисот", 1000 },    { "п'ятсот", 1000 },
        { "шестьсот", 1200 }, { "шестисот", 1200 },  { "шістсот", 1200 },
    };

    return find(t, at, words, COUNT(words), halves);
}

static size_t scale_word(const incmap__tokens *t, size_t at, int *scale)
{
    static const word words[] = {
        { "hundred", 100 }, { "thousand", 1000 }, { "тысяча", 1000 }, { "тысячи", 1000 },
        { "тысяч", 1000 },  { "тысячу", 1000 },   { "тыс", 1000 },    { "тисяча", 1000 },
        { "тисячі", 1000 }, { "тисяч", 1000 },    { "тис", 1000 },
    };

    return find(t, at, words, COUNT(words), scale);
}

static bool key_is(const incmap__tokens *t, size_t at, const char *key)
{
    return at < t->count && strcmp(t->items[at].key, key) == 0;
}

size_t incmap__words_half(const incmap__tokens *t, size_t at)
{
    size_t taken = phrase_at(t, at, "and a half");
    if (!taken) taken = phrase_at(t, at, "с половиной");
    return taken ? taken : phrase_at(t, at, "з половиною");
}

/* One that is printed in digits: its step is that of the last digit, "600 thousand" apart. */
static size_t digits(const incmap__tokens *t, size_t at, incmap__stated_number *out)
{
    const incmap__token *token = &t->items[at];
    int scale = 1;
    size_t taken;

    *out = (incmap__stated_number){ token->value, pow(10, -token->decimals), false };
    taken = 1 + scale_word(t, at + 1, &scale);
    out->value *= scale;
    out->step *= scale;
    return taken;
}

size_t incmap__words_number(const incmap__tokens *t, size_t at, incmap__stated_number *out)
{
    double sum = 0, part = 0;
    size_t from = at, taken;
    int halves, scale;

    if (at >= t->count) return 0;
    if (t->items[at].is_number) return digits(t, at, out);
    for (;;) {
        if ((taken = small_number(t, at, &halves)) > 0) {
            part += halves / 2.0;
        } else if ((taken = scale_word(t, at, &scale)) > 0) {
            part = (part > 0 ? part : 1) * scale;
            if (scale == 1000) {
                sum += part;
                part = 0;
            }
        } else if ((taken = at > from ? incmap__words_half(t, at) : 0) > 0) {
            part += 0.5;
        } else if (at == from && (key_is(t, at, "a") || key_is(t, at, "an")) &&
                   (scale_word(t, at + 1, &scale) || key_is(t, at + 1, "mile") ||
                    key_is(t, at + 1, "kilometre") || key_is(t, at + 1, "kilometer") ||
                    key_is(t, at + 1, "hour") || key_is(t, at + 1, "verst"))) {
            taken = 1;
            if (!scale_word(t, at + 1, &scale)) part = 1;
        } else if (at > from && key_is(t, at, "and") && small_number(t, at + 1, &halves)) {
            taken = 1;
        } else {
            break;
        }
        at += taken;
    }
    if (at == from) return 0;
    sum += part;
    *out = (incmap__stated_number){ sum, sum == floor(sum) ? 1 : 0.5, true };
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
        { "in", INCMAP__ROLE_AT },
        { "в", INCMAP__ROLE_AT },
        { "у", INCMAP__ROLE_AT },
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
    };

    return is_one_of(token, words, COUNT(words));
}
