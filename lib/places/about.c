/* SPDX-License-Identifier: MIT */
/* The words come off the front one by one, and count when they say enough: "near" by itself, a compass point
 * with "of", a distance with "from". */
#include "places/about.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

/* й in folded keys: the letter and its mark. */
#define SHORT_I "и\xCC\x86"

/* What a word says: nothing; what links it to the name; near, by itself; or near where a link follows. They are
 * whole words, since names begin with them: Пригородное, Лесное, Северодонецк. */
enum says { LINK, FROM, NEAR, NEEDS };

struct word {
    const char *text;
    size_t length;
    enum says says;
};

#define WORD(text) text, sizeof(text) - 1

static const struct word words[] = {
    /* English */
    { WORD("near"), NEAR },
    { WORD("nearby"), NEAR },
    { WORD("around"), NEAR },
    { WORD("outside"), NEAR },
    { WORD("outskirts"), NEAR },
    { WORD("outskirt"), NEAR },
    { WORD("suburb"), NEAR },
    { WORD("suburbs"), NEAR },
    { WORD("vicinity"), NEAR },
    { WORD("surroundings"), NEAR },
    { WORD("toward"), NEAR },
    { WORD("towards"), NEAR },
    { WORD("close"), NEEDS },
    { WORD("next"), NEEDS },
    { WORD("adjacent"), NEEDS },
    { WORD("far"), NEEDS },
    { WORD("direction"), NEEDS },
    { WORD("area"), NEEDS },
    { WORD("edge"), NEEDS },
    { WORD("north"), NEEDS },
    { WORD("south"), NEEDS },
    { WORD("east"), NEEDS },
    { WORD("west"), NEEDS },
    { WORD("northeast"), NEEDS },
    { WORD("northwest"), NEEDS },
    { WORD("southeast"), NEEDS },
    { WORD("southwest"), NEEDS },
    { WORD("northern"), NEEDS },
    { WORD("southern"), NEEDS },
    { WORD("eastern"), NEEDS },
    { WORD("western"), NEEDS },
    { WORD("of"), FROM },
    { WORD("from"), FROM },
    { WORD("to"), FROM },
    { WORD("the"), LINK },
    { WORD("in"), LINK },
    { WORD("on"), LINK },
    { WORD("at"), LINK },
    { WORD("not"), LINK },
    { WORD("about"), LINK },
    { WORD("some"), LINK },
    { WORD("a"), LINK },
    /* what was there, and of which nothing else is said */
    { WORD("village"), LINK },
    { WORD("settlement"), LINK },
    { WORD("forest"), LINK },
    { WORD("forests"), LINK },
    { WORD("field"), LINK },
    { WORD("fields"), LINK },
    { WORD("road"), LINK },
    { WORD("highway"), LINK },
    /* Russian */
    { WORD("под"), NEAR },
    { WORD("близ"), NEAR },
    { WORD("вблизи"), NEAR },
    { WORD("возле"), NEAR },
    { WORD("около"), NEAR },
    { WORD("недалеко"), NEAR },
    { WORD("неподалеку"), NEAR },
    { WORD("рядом"), NEAR },
    { WORD("окраина"), NEAR },
    { WORD("окраины"), NEAR },
    { WORD("окраине"), NEAR },
    { WORD("окраину"), NEAR },
    { WORD("окраинах"), NEAR },
    { WORD("окраин"), NEAR },
    { WORD("окрестности"), NEAR },
    { WORD("окрестностях"), NEAR },
    { WORD("окрестносте" SHORT_I ""), NEAR },
    { WORD("пригород"), NEAR },
    { WORD("пригорода"), NEAR },
    { WORD("пригороде"), NEAR },
    { WORD("пригороды"), NEAR },
    { WORD("пригородах"), NEAR },
    { WORD("ра" SHORT_I "оне"), NEAR },
    { WORD("направлении"), NEAR },
    { WORD("сторону"), NEAR },
    { WORD("севернее"), NEAR },
    { WORD("южнее"), NEAR },
    { WORD("восточнее"), NEAR },
    { WORD("западнее"), NEAR },
    { WORD("север"), NEEDS },
    { WORD("севера"), NEEDS },
    { WORD("северу"), NEEDS },
    { WORD("севере"), NEEDS },
    { WORD("северо"), NEEDS },
    { WORD("юг"), NEEDS },
    { WORD("юга"), NEEDS },
    { WORD("югу"), NEEDS },
    { WORD("юге"), NEEDS },
    { WORD("юго"), NEEDS },
    { WORD("восток"), NEEDS },
    { WORD("востока"), NEEDS },
    { WORD("востоку"), NEEDS },
    { WORD("востоке"), NEEDS },
    { WORD("западу"), NEEDS },
    { WORD("западе"), NEEDS },
    { WORD("запада"), NEEDS },
    { WORD("запад"), NEEDS },
    { WORD("от"), FROM },
    { WORD("к"), LINK },
    { WORD("с"), LINK },
    { WORD("в"), LINK },
    { WORD("на"), LINK },
    { WORD("примерно"), LINK },
    { WORD("село"), LINK },
    { WORD("поселок"), LINK },
    { WORD("хутор"), LINK },
    { WORD("лес"), LINK },
    { WORD("лесу"), LINK },
    { WORD("леса"), LINK },
    { WORD("поле"), LINK },
    { WORD("поля"), LINK },
    { WORD("полях"), LINK },
    { WORD("дорога"), LINK },
    { WORD("дороге"), LINK },
    { WORD("дорогу"), LINK },
    { WORD("трасса"), LINK },
    { WORD("трассе"), LINK },
    { WORD("трассу"), LINK },
    /* Ukrainian */
    { WORD("біля"), NEAR },
    { WORD("поблизу"), NEAR },
    { WORD("неподалік"), NEAR },
    { WORD("поряд"), NEAR },
    { WORD("навколо"), NEAR },
    { WORD("довкола"), NEAR },
    { WORD("околиця"), NEAR },
    { WORD("околиці"), NEAR },
    { WORD("околицю"), NEAR },
    { WORD("околицях"), NEAR },
    { WORD("околиць"), NEAR },
    { WORD("передмістя"), NEAR },
    { WORD("передмісті"), NEAR },
    { WORD("ра" SHORT_I "оні"), NEAR },
    { WORD("напрямку"), NEAR },
    { WORD("північніше"), NEAR },
    { WORD("південніше"), NEAR },
    { WORD("східніше"), NEAR },
    { WORD("західніше"), NEAR },
    { WORD("північ"), NEEDS },
    { WORD("південь"), NEEDS },
    { WORD("схід"), NEEDS },
    { WORD("захід"), NEEDS },
    { WORD("від"), FROM },
    { WORD("із"), LINK },
    { WORD("з"), LINK },
    { WORD("зі"), LINK },
    { WORD("за"), LINK },
    { WORD("у"), LINK },
    { WORD("приблизно"), LINK },
    { WORD("селище"), LINK },
    { WORD("ліс"), LINK },
    { WORD("лісі"), LINK },
    { WORD("шосе"), LINK },
    { WORD("дорозі"), LINK },
    { WORD("трасі"), LINK },
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
    bool near, needs, linked;
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
        if (!is_word(r->key + r->at, length, words[i].text, words[i].length, false)) continue;
        r->near = r->near || words[i].says == NEAR;
        r->needs = r->needs || words[i].says == NEEDS;
        r->linked = words[i].says == FROM || (r->linked && words[i].says == LINK);
        r->at += length;
        return true;
    }
    return false;
}

static bool says_enough(const struct reader *r)
{
    return r->near || ((r->needs || r->radius_m > 0) && r->linked);
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
