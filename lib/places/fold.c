/* SPDX-License-Identifier: MIT */
/* Folding: one pass through utf8proc into code points, one over these into the key. */
#include "places/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

_Static_assert(sizeof(utf8proc_int32_t) == sizeof(int32_t), "utf8proc's code points are int32_t");

void incmap__folder_init(incmap__folder *folder, const incmap_allocator *a)
{
    folder->allocator = *a;
    folder->key = folder->bytes = folder->small_bytes;
    folder->points = folder->small_points;
    folder->point_room = INCMAP__FOLD_SMALL;
    folder->length = 0;
    folder->has_word = false;
}

void incmap__folder_free(incmap__folder *folder)
{
    if (folder->bytes != folder->small_bytes) incmap__free(&folder->allocator, folder->bytes);
    if (folder->points != folder->small_points) incmap__free(&folder->allocator, folder->points);
    incmap__folder_init(folder, &folder->allocator);
}

/* Room for n points and the bytes that they can become. What was there is not kept. */
static incmap_status make_room(incmap__folder *folder, size_t n, incmap_error *err)
{
    const incmap_allocator *a = &folder->allocator;

    if (n <= folder->point_room) return INCMAP_OK;
    incmap__folder_free(folder);
    folder->points = incmap__alloc(a, n, sizeof *folder->points);
    folder->bytes = incmap__alloc(a, n, 4);
    if (!folder->points || !folder->bytes) {
        incmap__free(a, folder->points);
        incmap__free(a, folder->bytes);
        incmap__folder_init(folder, a);
        return incmap__fail_memory(err);
    }
    folder->key = folder->bytes;
    folder->point_room = n;
    return INCMAP_OK;
}

/* Before decomposition, since U+00B4 would fall apart into a space and a stress mark. The list: what
 * GeoNames, Wikipedia and keyboards put into Куп'янськ and Sen'kivka. */
static utf8proc_int32_t unify_apostrophe(utf8proc_int32_t c, void *unused)
{
    static const utf8proc_int32_t apostrophes[] = {
        0x0060, 0x00B4, 0x02B9, 0x02BA, 0x02BB, 0x02BC, 0x02BD, 0x02C8,
        0x02CA, 0x02CB, 0x0374, 0x055A, 0x1FBD, 0x1FBF, 0x2018, 0x2019,
        0x201B, 0x2032, 0x2035, 0xA78B, 0xA78C, 0xFF07, 0xFF40,
    };
    (void)unused;
    if ((c > 0x0060 && c < 0x00B4) || (c >= 0x0400 && c < 0x0500)) return c;
    for (size_t i = 0; i < sizeof apostrophes / sizeof *apostrophes; i++)
        if (c == apostrophes[i]) return '\'';
    return c;
}

static incmap_status decompose(incmap__folder *folder, const char *text, size_t length, size_t *n,
                               incmap_error *err)
{
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t got = 0;

    for (int attempt = 0; attempt < 2; attempt++) {
        got = utf8proc_decompose_custom(bytes, (utf8proc_ssize_t)length, folder->points,
                                        (utf8proc_ssize_t)folder->point_room, how, unify_apostrophe,
                                        NULL);
        if (got < 0 || (size_t)got <= folder->point_room) break;
        const incmap_status st = make_room(folder, (size_t)got, err);
        if (st) return st;
    }
    if (got < 0)
        return incmap__fail(err, INCMAP_EPARSE, "the name is not UTF-8 from byte %zu on",
                            incmap__utf8_check(text, length) + 1);
    *n = (size_t)got;
    return INCMAP_OK;
}

enum shape { WORD, OTHER, MARK, GAP };

/* The kinds of character that folding tells apart; the ranges that nearly every name stays within
 * need no look into the tables. */
static enum shape shape_of(int32_t c)
{
    if (c < 0x80) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (letter || (c >= '0' && c <= '9')) return WORD;
        return c <= ' ' || c == '-' || c == 0x7F ? GAP : OTHER;
    }
    if (c >= 0x0400 && c < 0x0482) return WORD;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return WORD;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return MARK;
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC: return GAP;
    default: return c == 0x2212 ? GAP : OTHER; /* the minus sign stands in for a dash */
    }
}

static bool is_cyrillic_vowel(int32_t c)
{
    static const int32_t vowels[] = { 0x0430, 0x0435, 0x0438, 0x043E, 0x0443, 0x044B,
                                      0x044D, 0x044E, 0x044F, 0x0454, 0x0456 };
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (c == vowels[i]) return true;
    return false;
}

/* Whether a mark says nothing here, on the letter that it stands on. */
static bool is_dropped(int32_t mark, int32_t base)
{
    return (mark == 0x0308 && base == 0x0435) ||          /* ё */
           (mark == 0x0301 && is_cyrillic_vowel(base)) || /* stress */
           (mark == 0x0307 && base == 'i');               /* İ */
}

static void append(incmap__folder *folder, int32_t c)
{
    folder->length += incmap__utf8_put((uint32_t)c, folder->bytes + folder->length);
}

static void write_key(incmap__folder *folder, size_t n)
{
    bool gap = false;
    int32_t base = 0;

    for (size_t i = 0; i < n; i++) {
        const int32_t c = folder->points[i] == 0x0131 ? 'i' : folder->points[i];
        const enum shape shape = shape_of(c);
        if (shape == GAP) {
            gap = true;
            base = 0;
            continue;
        }
        if (shape == MARK && is_dropped(c, base)) continue;
        if (shape != MARK) base = c;
        if (shape == WORD) folder->has_word = true;
        if (gap && folder->length) append(folder, ' ');
        gap = false;
        append(folder, c);
    }
}

/* ---- the short way ---------------------------------------------------------------------------- */

/* What folding makes of one of the letters that Russian and Ukrainian are written with, all of two bytes;
 * NULL for any other character. */
static const char *fold_cyrillic(const char *text, size_t length)
{
    static const char *const letters[32] = {
        "а", "б", "в", "г", "д", "е", "ж", "з", "и", "и\xCC\x86", "к", "л", "м", "н", "о", "п",
        "р", "с", "т", "у", "ф", "х", "ц", "ч", "ш", "щ",         "ъ", "ы", "ь", "э", "ю", "я",
    };
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned code;

    if (length < 2 || bytes[0] < 0xD0 || bytes[0] > 0xD2 || (bytes[1] & 0xC0) != 0x80) return NULL;
    code = (bytes[0] & 31U) << 6 | (bytes[1] & 63U);
    if (code >= 0x0410 && code < 0x0450) return letters[(code - 0x0410) & 31];
    switch (code) {
    case 0x0401:
    case 0x0451: return "е";
    case 0x0404:
    case 0x0454: return "є";
    case 0x0406:
    case 0x0456: return "і";
    case 0x0407:
    case 0x0457: return "і\xCC\x88";
    case 0x0490:
    case 0x0491: return "ґ";
    default: return NULL;
    }
}

struct plain {
    char *at;
    bool gap, has_word;
};

static void put_ascii(struct plain *out, unsigned char c, const char *start)
{
    const enum shape shape = shape_of(c);

    if (shape == GAP) {
        out->gap = true;
        return;
    }
    if (out->gap && out->at > start) *out->at++ = ' ';
    out->gap = false;
    out->has_word = out->has_word || shape == WORD;
    *out->at++ = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c == '`' ? '\'' : c);
}

static void put_letter(struct plain *out, const char *letter, const char *start)
{
    if (out->gap && out->at > start) *out->at++ = ' ';
    out->gap = false;
    out->has_word = true;
    while (*letter)
        *out->at++ = *letter++;
}

/* The same key in a tenth of the time, for texts of ASCII and of the letters of Russian and Ukrainian alone:
 * nearly all names. False for any other. No byte becomes more than two. */
static bool fold_plain(incmap__folder *folder, const char *text, size_t length)
{
    struct plain out = { folder->bytes, false, false };

    folder->is_ascii = true;
    if (length > folder->point_room) return false;
    for (size_t i = 0; i < length;) {
        const char *letter;
        if ((unsigned char)text[i] < 0x80) {
            put_ascii(&out, (unsigned char)text[i++], folder->bytes);
            continue;
        }
        folder->is_ascii = false;
        letter = fold_cyrillic(text + i, length - i);
        if (!letter) return false;
        put_letter(&out, letter, folder->bytes);
        i += 2;
    }
    folder->length = (size_t)(out.at - folder->bytes);
    folder->has_word = out.has_word;
    return true;
}

incmap_status incmap__fold(incmap__folder *folder, const char *text, size_t length,
                           incmap_error *err)
{
    incmap_status st;
    size_t n = 0;

    folder->length = 0;
    folder->has_word = false;
    if (fold_plain(folder, text, length)) return INCMAP_OK;
    folder->is_ascii = false;
    st = decompose(folder, text, length, &n, err);
    if (!st) write_key(folder, n);
    return st;
}

/* Letters, digits, signs and blanks that never join what stands before or behind them, so that between
 * two of them there is always a break: most of Latin, Cyrillic without its combining signs. A carriage
 * return is left out for the line feed that may follow it. */
static bool stands_alone(uint32_t c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || (c >= 0xC0 && c < 0x300) ||
           (c >= 0x400 && c < 0x483) || (c >= 0x48A && c < 0x530);
}

/* Whether both sides of `at`, a place between two characters, are such. */
static bool is_plain_break(const char *text, size_t length, size_t at)
{
    size_t before = at;
    uint32_t left = 0, right = 0;

    while (before > 0 && at - before < 4 && ((unsigned char)text[--before] & 0xC0) == 0x80)
        continue;
    return at > 0 && at < length && incmap__utf8_next(text + before, at - before, &left) &&
           incmap__utf8_next(text + at, length - at, &right) && stands_alone(left) &&
           stands_alone(right);
}

size_t incmap__grapheme_cut(const char *text, size_t length, size_t most)
{
    const size_t limit = incmap__utf8_cut(text, length, most);
    size_t at = 0, cut = 0;
    utf8proc_int32_t before = 0, state = 0;

    if (limit == length || is_plain_break(text, length, limit)) return limit;
    while (at < length && at <= limit) {
        uint32_t c = 0;
        const size_t n = incmap__utf8_next(text + at, length - at, &c);
        if (!n) break;
        if (at > 0 && utf8proc_grapheme_break_stateful(before, (utf8proc_int32_t)c, &state))
            cut = at;
        before = (utf8proc_int32_t)c;
        at += n;
    }
    return cut > 0 ? cut : limit;
}
