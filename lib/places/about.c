/* SPDX-License-Identifier: MIT */
/* The words come off the front one by one, and count when they say enough: "near" by itself, a compass point
 * with "of", a distance with "from". */
#include "places/about.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* й in folded keys: the letter and its mark. */
#define SHORT_I "и\xCC\x86"

/* What a word says. Some begin many: околица, околиці, околицях. */
enum says { LINK, NEAR, COMPASS };

struct word {
    const char *text;
    enum says says;
    bool begins; /* any word that begins so */
};

static const struct word words[] = {
    /* English */
    { "near", NEAR, false },
    { "nearby", NEAR, false },
    { "around", NEAR, false },
    { "outside", NEAR, false },
    { "outskirt", NEAR, true },
    { "suburb", NEAR, true },
    { "vicinity", NEAR, false },
    { "surroundings", NEAR, false },
    { "close", NEAR, false },
    { "far", NEAR, false }, /* not far from */
    { "toward", NEAR, true },
    { "direction", NEAR, false },
    { "north", COMPASS, true },
    { "south", COMPASS, true },
    { "east", COMPASS, true },
    { "west", COMPASS, true },
    { "of", LINK, false },
    { "from", LINK, false },
    { "to", LINK, false },
    { "the", LINK, false },
    { "in", LINK, false },
    { "on", LINK, false },
    { "at", LINK, false },
    { "not", LINK, false },
    { "about", LINK, false },
    { "some", LINK, false },
    /* Russian */
    { "под", NEAR, false },
    { "близ", NEAR, false },
    { "вблизи", NEAR, false },
    { "возле", NEAR, false },
    { "около", NEAR, false },
    { "недалеко", NEAR, false },
    { "неподалеку", NEAR, false },
    { "рядом", NEAR, false },
    { "окраин", NEAR, true },
    { "окрестност", NEAR, true },
    { "пригород", NEAR, true },
    { "ра" SHORT_I "оне", NEAR, false }, /* в районе Козинки */
    { "направлении", NEAR, false },
    { "сторону", NEAR, false },
    { "севернее", NEAR, false },
    { "южнее", NEAR, false },
    { "восточнее", NEAR, false },
    { "западнее", NEAR, false },
    { "север", COMPASS, true },
    { "северо", COMPASS, false },
    { "юг", COMPASS, true },
    { "юго", COMPASS, false },
    { "восток", COMPASS, true },
    { "запад", COMPASS, true },
    { "от", LINK, false },
    { "к", LINK, false },
    { "с", LINK, false },
    { "в", LINK, false },
    { "на", LINK, false },
    { "примерно", LINK, false },
    /* Ukrainian */
    { "біля", NEAR, false },
    { "поблизу", NEAR, false },
    { "неподалік", NEAR, false },
    { "поряд", NEAR, false },
    { "навколо", NEAR, false },
    { "довкола", NEAR, false },
    { "околиц", NEAR, true },
    { "передміст", NEAR, true },
    { "ра" SHORT_I "оні", NEAR, false },
    { "напрямку", NEAR, false },
    { "північніше", NEAR, false },
    { "південніше", NEAR, false },
    { "східніше", NEAR, false },
    { "західніше", NEAR, false },
    { "північ", COMPASS, false },
    { "південь", COMPASS, false },
    { "схід", COMPASS, false },
    { "захід", COMPASS, false },
    { "від", LINK, false },
    { "із", LINK, false },
    { "з", LINK, false },
    { "зі", LINK, false },
    { "за", LINK, false },
    { "у", LINK, false },
    { "приблизно", LINK, false },
};

/* At the end of a name; "Козинки район" is a raion. */
static const char *const behind[] = { "area", "vicinity", "outskirts", "suburbs", "surroundings" };

static const struct {
    const char *text;
    double metres;
    bool begins;
} units[] = {
    { "km", 1000, true },       { "kilomet", 1000, true },  { "км", 1000, false },
    { "километр", 1000, true }, { "кілометр", 1000, true }, { "m", 1, false },
    { "м", 1, false },          { "metre", 1, true },       { "meter", 1, true },
    { "метр", 1, true },        { "mile", 1609.344, true }, { "миль", 1609.344, false },
};

/* ---- words ------------------------------------------------------------------------------------ */

struct reader {
    const char *key;
    size_t length, at;
    double number; /* read, and waiting for its unit; negative: none is */
    double radius_m;
    bool near, compass, link;
};

static bool is_gap(char c)
{
    return c == ' ' || c == ',' || c == '~';
}

static void skip_gaps(struct reader *r)
{
    while (r->at < r->length && is_gap(r->key[r->at]))
        r->at++;
}

static size_t word_length(const struct reader *r)
{
    size_t end = r->at;
    while (end < r->length && !is_gap(r->key[end]))
        end++;
    return end - r->at;
}

static bool is_word(const char *text, size_t length, const char *word, bool begins)
{
    const size_t n = strlen(word);
    return (begins ? length >= n : length == n) && memcmp(text, word, n) == 0;
}

/* "4", "4.5", "4,5", whatever stands behind it at once: "4km". Of two, "4-5 km", the larger. */
static bool take_number(struct reader *r)
{
    char text[16];
    size_t n = 0;
    double number;

    for (size_t at = r->at; at < r->length && n < sizeof text; at++, n++) {
        const char c = r->key[at];
        if (!(c >= '0' && c <= '9') && !(n > 0 && (c == '.' || c == ','))) break;
        text[n] = c;
        if (c == ',') text[n] = '.';
    }
    if (!incmap__text_to_double(text, n, &number)) return false;
    r->number = fmax(r->number, number);
    r->at += n;
    return true;
}

static bool take_unit(struct reader *r)
{
    const size_t length = word_length(r);

    if (r->number < 0) return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!is_word(r->key + r->at, length, units[i].text, units[i].begins)) continue;
        r->radius_m = r->number * units[i].metres;
        r->number = -1;
        r->at += length;
        return true;
    }
    return false;
}

static bool take_word(struct reader *r)
{
    const size_t length = word_length(r);

    for (size_t i = 0; length && i < sizeof words / sizeof *words; i++) {
        if (!is_word(r->key + r->at, length, words[i].text, words[i].begins)) continue;
        r->near = r->near || words[i].says == NEAR;
        r->compass = r->compass || words[i].says == COMPASS;
        /* The one before the name is what links. */
        r->link = words[i].says == LINK;
        r->at += length;
        return true;
    }
    return false;
}

static bool says_enough(const struct reader *r)
{
    return r->near || ((r->compass || r->radius_m > 0) && r->link);
}

/* The words before a name. */
static bool read_front(struct reader *r)
{
    size_t enough = 0;

    for (skip_gaps(r); r->at < r->length; skip_gaps(r)) {
        if (!take_number(r) && (r->number >= 0 ? !take_unit(r) : !take_word(r))) break;
        if (says_enough(r) && r->number < 0) enough = r->at;
    }
    r->at = enough;
    skip_gaps(r);
    return enough > 0;
}

/* The word behind a name: how long the name is, or 0. */
static size_t read_back(const char *key, size_t length)
{
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
        const size_t n = strlen(behind[i]);
        if (length > n + 1 && key[length - n - 1] == ' ' &&
            memcmp(key + length - n, behind[i], n) == 0)
            return length - n - 1;
    }
    return 0;
}

bool incmap__about_read(incmap__about *about, const char *key, size_t length)
{
    struct reader r = { .key = key, .length = length, .number = -1 };
    const size_t name = read_back(key, length);

    if (read_front(&r) && r.at < length) {
        *about =
            (incmap__about){ r.at, length - r.at, r.radius_m > 0 ? r.radius_m : INCMAP__ABOUT_M };
        return true;
    }
    *about = (incmap__about){ 0, name, INCMAP__ABOUT_M };
    return name > 0;
}
