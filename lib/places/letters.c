/* SPDX-License-Identifier: MIT */
/* Taking the letters out of a key. A script that is neither Latin nor Cyrillic has letters that one byte
 * does not hold, and names of it are not looked for with letters wrong. */
#include "places/letters.h"

#include <string.h>

#include "base/text.h"
#include "places/kind_words.h"

enum { CYRILLIC = 0x40, UKRAINIAN_I = CYRILLIC + 32, UKRAINIAN_E, UKRAINIAN_G, OTHER_CYRILLIC };
enum { OTHER_LATIN = '{' };

/* 0 for what is no letter, UINT32_MAX for a letter of another script. */
static uint32_t letter_of(uint32_t c, incmap__alphabet *alphabet)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xDF && c < 0x250 && c != 0xF7)) {
        *alphabet = INCMAP__ALPHABET_LATIN;
        return c <= 'z' ? c : (uint32_t)OTHER_LATIN;
    }
    if (c >= 0x0400 && c < 0x0530) {
        *alphabet = INCMAP__ALPHABET_CYRILLIC;
        if (c >= 0x0430 && c < 0x0450) return CYRILLIC + (c - 0x0430);
        return c == 0x0456   ? (uint32_t)UKRAINIAN_I
               : c == 0x0454 ? (uint32_t)UKRAINIAN_E
               : c == 0x0491 ? (uint32_t)UKRAINIAN_G
                             : (uint32_t)OTHER_CYRILLIC;
    }
    /* Beyond Latin's marks and before punctuation lie the other scripts. */
    return (c >= 0x0370 && c < 0x2000) || c >= 0x2C00 ? UINT32_MAX : 0;
}

size_t incmap__letters(const char *key, size_t length, char out[INCMAP__LETTERS_MOST],
                       incmap__alphabet *alphabet)
{
    incmap__alphabet found = INCMAP__ALPHABET_ROOT, here = INCMAP__ALPHABET_ROOT;
    size_t n = 0;

    for (size_t at = 0; at < length;) {
        uint32_t c = (unsigned char)key[at], letter;
        at += c < 0x80 ? 1 : incmap__utf8_next(key + at, length - at, &c);
        letter = c >= '0' && c <= '9' ? c : letter_of(c, &here);
        if (letter == 0) continue;
        if (letter == UINT32_MAX || n == INCMAP__LETTERS_MOST ||
            (found != INCMAP__ALPHABET_ROOT && here != found))
            return 0;
        found = here;
        out[n++] = (char)letter;
    }
    *alphabet = found == INCMAP__ALPHABET_ROOT ? INCMAP__ALPHABET_LATIN : found;
    return n;
}

size_t incmap__letters_of_name(const char *key, size_t length, char out[INCMAP__LETTERS_MOST],
                               incmap__alphabet *alphabet)
{
    char text[INCMAP__LETTERS_MOST * 4];
    incmap__words words;
    size_t used = 0;

    if (!incmap__words_cut(&words, key, length)) return 0;
    for (size_t i = 0; i < words.count; i++) {
        if (used + words.items[i].length > sizeof text) return 0;
        memcpy(text + used, words.items[i].text, words.items[i].length);
        used += words.items[i].length;
    }
    return incmap__letters(text, used, out, alphabet);
}
