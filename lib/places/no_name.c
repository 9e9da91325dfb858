/* SPDX-License-Identifier: MIT */
/* What tables write where they have no place: words for "unknown", and signs for "nothing". Who looked for a
 * place of that name would tell of one that nobody knows, where nobody named one. */
#include <incmap/gazetteer.h>

#include <string.h>

#include "base/text.h"

enum { MOST = 64 }; /* bytes of a word below */

/* Letters alone: "N/A", "n. a." and "NA" are one. */
static const char *const words[] = {
    /* spreadsheets, databases and programs, where a value is missing */
    "na",
    "none",
    "null",
    "nil",
    "tbd",
    /* people, in English */
    "unknown",
    "notknown",
    "nodata",
    "noplace",
    "notgiven",
    "notstated",
    "notspecified",
    "unspecified",
    "notavailable",
    "notapplicable",
    "locationunknown",
    "unknownlocation",
    /* Russian; н/д stands for "нет данных", "немає даних" as well */
    "нд",
    "нет",
    "неизвестно",
    "неизвестное",
    "неизвестен",
    "нетданных",
    "неуказано",
    "неуказан",
    "местонеизвестно",
    /* Ukrainian */
    "нема",
    "немає",
    "невідомо",
    "невідоме",
    "немаєданих",
    "невказано",
    "незазначено",
    "місценевідоме",
};

/* Small letters of Latin without marks and of Russian and Ukrainian; 0 for all else. */
static uint32_t small_letter(uint32_t c)
{
    if (c >= 'A' && c <= 'Z') return c + ('a' - 'A');
    if (c >= 0x410 && c <= 0x42F) return c + 0x20;
    if (c == 0x404 || c == 0x406 || c == 0x407) return c + 0x50;
    return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44F) || c == 0x454 || c == 0x456 ||
                   c == 0x457
               ? c
               : 0;
}

static bool is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0xA0;
}

/* What stands for nothing where it stands alone. Dots and quotation marks do not: they may mean the same as
 * above. */
static bool is_for_nothing(uint32_t c)
{
    return c == '-' || c == '_' || c == '?' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* What may stand about a word. */
static bool is_sign(uint32_t c)
{
    return is_blank(c) || is_for_nothing(c) ||
           (c < 0x80 && strchr("/\\.,:;()[]{}<>\"'*#", (int)c) != NULL) || c == 0x2026 ||
           c == 0xAB || c == 0xBB;
}

/* The letters of a text; false when there are too many, or anything else but signs. *plain: all signs are for
 * nothing. */
static bool take_letters(const char *text, char letters[MOST], bool *plain)
{
    const size_t length = strlen(text);
    size_t used = 0;

    *plain = true;
    for (size_t at = 0; at < length;) {
        uint32_t c, small;
        const size_t step = incmap__utf8_next(text + at, length - at, &c);
        if (!step) return false;
        at += step;
        *plain = *plain && (is_blank(c) || is_for_nothing(c));
        if (is_sign(c)) continue;
        small = small_letter(c);
        if (!small || used + 3 > MOST) return false;
        used += incmap__utf8_put(small, letters + used);
    }
    letters[used] = '\0';
    return true;
}

static bool is_listed(const incmap_match matches[], size_t count)
{
    return matches && count > 0 &&
           (matches[0].reason == INCMAP_REASON_NAME ||
            matches[0].reason == INCMAP_REASON_ALTERNATE);
}

bool incmap_name_says_none(const char *name, const incmap_match matches[], size_t count)
{
    char letters[MOST];
    bool plain;

    if (!name || is_listed(matches, count) || !take_letters(name, letters, &plain)) return false;
    if (!letters[0]) return plain;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(letters, words[i]) == 0) return true;
    return false;
}
