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
    size_t length;
    enum says says;
    bool begins; /* any word that begins so */
};

#define WORD(text) text, sizeof(text) - 1

static const struct word words[] = {
    /* English */
    { WORD("near"), NEAR, false },
    { WORD("nearby"), NEAR, false },
    { WORD("around"), NEAR, false },
    { WORD("outside"), NEAR, false },
    { WORD("outskirt"), NEAR, true },
    { WORD("suburb"), NEAR, true },
    { WORD("vicinity"), NEAR, false },
    { WORD("surroundings"), NEAR, false },
    { WORD("close"), NEAR, false },
    { WORD("far"), NEAR, false }, /* not far from */
    { WORD("toward"), NEAR, true },
    { WORD("direction"), NEAR, false },
    { WORD("north"), COMPASS, true },
    { WORD("south"), COMPASS, true },
    { WORD("east"), COMPASS, true },
    { WORD("west"), COMPASS, true },
    { WORD("of"), LINK, false },
    { WORD("from"), LINK, false },
    { WORD("to"), LINK, false },
    { WORD("the"), LINK, false },
    { WORD("in"), LINK, false },
    { WORD("on"), LINK, false },
    { WORD("at"), LINK, false },
    { WORD("not"), LINK, false },
    { WORD("about"), LINK, false },
    { WORD("some"), LINK, false },
    /* Russian */
    { WORD("под"), NEAR, false },
    { WORD("близ"), NEAR, false },
    { WORD("вблизи"), NEAR, false },
    { WORD("возле"), NEAR, false },
    { WORD("около"), NEAR, false },
    { WORD("недалеко"), NEAR, false },
    { WORD("неподалеку"), NEAR, false },
    { WORD("рядом"), NEAR, false },
    { WORD("окраин"), NEAR, true },
    { WORD("окрестност"), NEAR, true },
    { WORD("пригород"), NEAR, true },
    { WORD("ра" SHORT_I "оне"), NEAR, false }, /* в районе Козинки */
    { WORD("направлении"), NEAR, false },
    { WORD("сторону"), NEAR, false },
    { WORD("севернее"), NEAR, false },
    { WORD("южнее"), NEAR, false },
    { WORD("восточнее"), NEAR, false },
    { WORD("западнее"), NEAR, false },
    { WORD("север"), COMPASS, true },
    { WORD("северо"), COMPASS, false },
    { WORD("юг"), COMPASS, true },
    { WORD("юго"), COMPASS, false },
    { WORD("восток"), COMPASS, true },
    { WORD("запад"), COMPASS, true },
    { WORD("от"), LINK, false },
    { WORD("к"), LINK, false },
    { WORD("с"), LINK, false },
    { WORD("в"), LINK, false },
    { WORD("на"), LINK, false },
    { WORD("примерно"), LINK, false },
    /* Ukrainian */
    { WORD("біля"), NEAR, false },
    { WORD("поблизу"), NEAR, false },
    { WORD("неподалік"), NEAR, false },
    { WORD("поряд"), NEAR, false },
    { WORD("навколо"), NEAR, false },
    { WORD("довкола"), NEAR, false },
    { WORD("околиц"), NEAR, true },
    { WORD("передміст"), NEAR, true },
    { WORD("ра" SHORT_I "оні"), NEAR, false },
    { WORD("напрямку"), NEAR, false },
    { WORD("північніше"), NEAR, false },
    { WORD("південніше"), NEAR, false },
    { WORD("східніше"), NEAR, false },
    { WORD("західніше"), NEAR, false },
    { WORD("північ"), COMPASS, false },
    { WORD("південь"), COMPASS, false },
    { WORD("схід"), COMPASS, false },
    { WORD("захід"), COMPASS, false },
    { WORD("від"), LINK, false },
    { WORD("із"), LINK, false },
    { WORD("з"), LINK, false },
    { WORD("зі"), LINK, false },
    { WORD("за"), LINK, false },
    { WORD("у"), LINK, false },
    { WORD("приблизно"), LINK, false },
};

/* At the end of a name; "Козинки район" is a raion. */
static const char *const behind[] = { "area", "vicinity", "outskirts", "suburbs", "surroundings" };

static const struct {
    const char *text;
    size_t length;
    double metres;
    bool begins;
} units[] = {
    { WORD("km"), 1000, true },       { WORD("kilomet"), 1000, true },
    { WORD("км"), 1000, false },      { WORD("километр"), 1000, true },
    { WORD("кілометр"), 1000, true }, { WORD("m"), 1, false },
    { WORD("м"), 1, false },          { WORD("metre"), 1, true },
    { WORD("meter"), 1, true },       { WORD("метр"), 1, true },
    { WORD("mile"), 1609.344, true }, { WORD("миль"), 1609.344, false },
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

static bool is_word(const char *text, size_t length, const char *word, size_t n, bool begins)
{
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
        if (!is_word(r->key + r->at, length, units[i].text, units[i].length, units[i].begins))
            continue;
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
        if (!is_word(r->key + r->at, length, words[i].text, words[i].length, words[i].begins))
            continue;
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
    size_t name;

    /* One word is a name, as most texts are. */
    if (!length || !memchr(key, ' ', length)) return false;
    name = read_back(key, length);
    if (read_front(&r) && r.at < length) {
        *about =
            (incmap__about){ r.at, length - r.at, r.radius_m > 0 ? r.radius_m : INCMAP__ABOUT_M };
        return true;
    }
    *about = (incmap__about){ 0, name, INCMAP__ABOUT_M };
    return name > 0;
}
