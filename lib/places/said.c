/* SPDX-License-Identifier: MIT */
/* Taking texts apart that name areas beside a place. Which part is the place is told by the words for areas
 * in the others; where no part has any, the first is it, as people write. */
#include "places/said.h"

#include <string.h>

#include <incmap/place.h>

#include "base/text.h"
#include "places/sound.h"

/* Countries by what reports call them, and by ISO 3166-1 alpha-3. Folded: й and ї with their marks apart. */
static const struct {
    const char *name, *code;
} countries[] = {
    { "rus", "RU" },
    { "russia", "RU" },
    { "russian federation", "RU" },
    { "россия", "RU" },
    { "россии", "RU" },
    { "росія", "RU" },
    { "росіі\xCC\x88", "RU" },
    { "рф", "RU" },
    { "russland", "RU" },
    { "russie", "RU" },
    { "rosja", "RU" },
    { "россии\xCC\x86ская федерация", "RU" },
    { "росіи\xCC\x86ська федерація", "RU" },
    { "ukr", "UA" },
    { "ukraine", "UA" },
    { "украина", "UA" },
    { "украины", "UA" },
    { "украине", "UA" },
    { "украі\xCC\x88на", "UA" },
    { "украі\xCC\x88ни", "UA" },
    { "украі\xCC\x88ні", "UA" },
    { "ukraina", "UA" },
    { "blr", "BY" },
    { "belarus", "BY" },
    { "беларусь", "BY" },
    { "беларуси", "BY" },
    { "білорусь", "BY" },
    { "білорусі", "BY" },
    { "белоруссия", "BY" },
    { "mda", "MD" },
    { "moldova", "MD" },
    { "молдова", "MD" },
    { "молдавия", "MD" },
    { "pol", "PL" },
    { "poland", "PL" },
    { "польша", "PL" },
    { "польща", "PL" },
    { "polska", "PL" },
    { "rou", "RO" },
    { "romania", "RO" },
    { "румыния", "RO" },
    { "румунія", "RO" },
    { "hun", "HU" },
    { "hungary", "HU" },
    { "венгрия", "HU" },
    { "угорщина", "HU" },
    { "svk", "SK" },
    { "slovakia", "SK" },
    { "словакия", "SK" },
    { "словаччина", "SK" },
    { "ltu", "LT" },
    { "lithuania", "LT" },
    { "литва", "LT" },
    { "lva", "LV" },
    { "latvia", "LV" },
    { "латвия", "LV" },
    { "латвія", "LV" },
    { "est", "EE" },
    { "estonia", "EE" },
    { "эстония", "EE" },
    { "естонія", "EE" },
    { "geo", "GE" },
    { "georgia", "GE" },
    { "грузия", "GE" },
    { "грузія", "GE" },
    { "kaz", "KZ" },
    { "kazakhstan", "KZ" },
    { "казахстан", "KZ" },
    { "tur", "TR" },
    { "turkey", "TR" },
    { "турция", "TR" },
    { "туреччина", "TR" },
    { "bgr", "BG" },
    { "bulgaria", "BG" },
    { "болгария", "BG" },
    { "болгарія", "BG" },
};

const char *incmap__said_country(const char *text)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (strcmp(countries[i].name, text) == 0) return countries[i].code;
    return NULL;
}

static bool names_country(const char *text)
{
    return incmap__said_country(text) != NULL;
}

bool incmap__said_is_country(const char *text, const char *code)
{
    const char *named = incmap__said_country(text);
    return incmap__text_same(text, code) || (named && strcmp(named, code) == 0);
}

/* The kinds of area that a part's words allow; 0: it has no such word. */
static unsigned area_kinds(const char *text, size_t length)
{
    incmap__sound sound;

    if (!incmap__sound_of(&sound, text, length, 0) || !sound.area) return 0;
    return sound.kinds &
           (INCMAP_PLACE_BIT(INCMAP_PLACE_REGION) | INCMAP_PLACE_BIT(INCMAP_PLACE_DISTRICT));
}

/* ---- areas at the end ------------------------------------------------------------------------- */

/* How many words to take for each area, of those that the text ends with. */
struct cut {
    unsigned outer; /* for the last of them: so many more than the fewest that name one */
    unsigned inner; /* for those before it */
    bool one;       /* area and no more, but for countries */
};

static const struct cut cuts[] = {
    { 0, 0, false }, { 0, 0, true }, { 1, 0, false }, { 0, 1, false }, { 2, 0, false },
};

enum { CUTS = sizeof cuts / sizeof *cuts };
_Static_assert(INCMAP__SAID_WAYS == CUTS + 1, "one way more where separators part the text");

/* "Kherson and Kherson hromada" names two places, not one in the other. */
static bool ends_with_and(const char *text, size_t length)
{
    static const char *const words[] = { " and", " ta", " та", " и", " і", " und", " et" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const size_t n = strlen(words[i]);
        if (length >= n && memcmp(text + length - n, words[i], n) == 0) return true;
    }
    return false;
}

/* Codes of three letters are words of many languages, which a text may end with. */
static bool is_country_word(const char *end, size_t length)
{
    return length > 3 && names_country(end);
}

/* Where the name of a country or an area begins that the text ends with, `more` words longer than needed; 0: there
 * is none, or nothing before it. */
static size_t find_end(const char *text, size_t length, unsigned more, unsigned *kinds)
{
    for (size_t at = length; at-- > 1;) {
        if (text[at] != ' ') continue;
        *kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_COUNTRY);
        if (is_country_word(text + at + 1, length - at - 1)) return at + 1;
        *kinds = area_kinds(text + at + 1, length - at - 1);
        if (*kinds && !more--) return at + 1;
    }
    return 0;
}

/* "village of" without its "of": what it is of was cut off. */
static size_t without_link(const char *text, size_t length)
{
    static const char *const links[] = { " of", " of the", " in", " in the", " в", " у" };

    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const size_t n = strlen(links[i]);
        if (length > n && memcmp(text + length - n, links[i], n) == 0) return length - n;
    }
    return length;
}

/* "село Козинка | Грайворонского района | Белгородской области", from its end. False where another way of cutting
 * comes to the same, and for a country alone, which slogans and villages called New Ukraine end with. */
static bool cut_areas(incmap__said *said, char *text, const struct cut *cut)
{
    size_t length = strlen(text), areas = 0, at = 0;
    unsigned kinds = 0;

    said->name = text;
    while (said->area_count < INCMAP__SAID_AREAS) {
        at = find_end(text, length, areas ? cut->inner : cut->outer, &kinds);
        if (!at || (cut->one && areas > 0)) break;
        said->areas[said->area_count++] = (incmap__said_area){ text + at, kinds };
        areas += kinds != INCMAP_PLACE_BIT(INCMAP_PLACE_COUNTRY);
        length = without_link(text, at - 1);
        text[length] = '\0';
        if (ends_with_and(text, length)) return false;
    }
    return areas > 0 && (!cut->one || at) && (!cut->inner || areas > 1);
}

/* ---- parts ------------------------------------------------------------------------------------ */

struct parts {
    struct {
        char *text;
        unsigned kinds;
    } items[INCMAP__SAID_AREAS + 1];
    size_t count;
};

static bool is_separator(char c)
{
    return c && strchr(",;()[]", c);
}

static bool add_part(struct parts *parts, char *text, size_t length)
{
    while (length > 0 && text[0] == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (!length) return true;
    if (parts->count == sizeof parts->items / sizeof *parts->items) return false;
    text[length] = '\0';
    parts->items[parts->count].text = text;
    parts->items[parts->count++].kinds =
        names_country(text) ? INCMAP_PLACE_BIT(INCMAP_PLACE_COUNTRY) : area_kinds(text, length);
    return true;
}

static bool cut_parts(struct parts *parts, char *bytes, size_t length)
{
    size_t start = 0;

    for (size_t i = 0; i <= length; i++) {
        if (i < length && !is_separator(bytes[i])) continue;
        if (!add_part(parts, bytes + start, i - start)) return false;
        start = i + 1;
    }
    return parts->count > 1;
}

/* The first part that is no area. */
static size_t find_name(const struct parts *parts)
{
    size_t i = 0;
    while (i < parts->count && parts->items[i].kinds)
        i++;
    return i;
}

/* The first part that an area is only the end of. */
static size_t find_cut(const struct parts *parts, const struct cut *cut)
{
    unsigned kinds;
    size_t i = 0;

    while (i < parts->count &&
           !find_end(parts->items[i].text, strlen(parts->items[i].text), cut->outer, &kinds))
        i++;
    return i;
}

/* Where all parts have words for areas, a name may stand in one of them, before its area: "село Козинка
 * Грайворонского района, Белгородская область". */
static bool split_parts(incmap__said *said, size_t length, unsigned way)
{
    const struct cut *cut = way ? &cuts[way - 1] : NULL;
    struct parts parts = { .count = 0 };
    size_t name;

    if (!cut_parts(&parts, said->bytes, length)) return false;
    name = find_name(&parts);
    if (name < parts.count && cut) return false;
    if (name == parts.count) name = cut ? find_cut(&parts, cut) : 0;
    if (name == parts.count) return false;
    said->name = parts.items[name].text;
    for (size_t i = 0; i < parts.count; i++)
        if (i != name)
            said->areas[said->area_count++] =
                (incmap__said_area){ parts.items[i].text, parts.items[i].kinds };
    return !cut || cut_areas(said, parts.items[name].text, cut);
}

bool incmap__said_split(incmap__said *said, const char *key, size_t length, unsigned way)
{
    bool separated = false;

    if (length + 1 > sizeof said->bytes) return false;
    memcpy(said->bytes, key, length);
    said->bytes[length] = '\0';
    said->area_count = 0;
    for (size_t i = 0; i < length; i++)
        separated = separated || is_separator(key[i]);
    if (separated) return split_parts(said, length, way);
    return way < CUTS && cut_areas(said, said->bytes, &cuts[way]);
}

/* ---- several names ---------------------------------------------------------------------------- */

bool incmap__said_names_split(incmap__said_names *names, const char *key, size_t length)
{
    bool in_name = false;

    names->count = 0;
    if (length + 1 > sizeof names->bytes) return false;
    memcpy(names->bytes, key, length);
    names->bytes[length] = '\0';
    for (char *at = names->bytes; *at; at++) {
        if (strchr("/()[]", *at)) {
            *at = '\0';
            in_name = false;
            continue;
        }
        if (in_name || *at == ' ') continue;
        if (names->count == INCMAP__SAID_NAMES) return false;
        names->items[names->count++] = at;
        in_name = true;
    }
    return names->count > 1;
}
