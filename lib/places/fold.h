/* SPDX-License-Identifier: MIT */
/* The key of a name: texts that people take for the same name have the same bytes as their key. The
 * only door to utf8proc, into buffers of our own. */
#ifndef INCMAP_PLACES_FOLD_H
#define INCMAP_PLACES_FOLD_H

#include "base/failure.h"
#include "base/memory.h"

enum { INCMAP__FOLD_SMALL = 128 };

/* Makes one key after another. Names of up to 128 characters need no allocation. It must not be
 * moved while in use: it points into itself. */
typedef struct {
    incmap_allocator allocator;
    const char *key; /* of the last text; lives until the next; not ended by a zero */
    size_t length;   /* bytes; 0: nothing but spaces, hyphens and characters without a shape */
    bool has_word;   /* there is a letter or a digit in it */
    bool is_ascii;   /* so was the text */
    int32_t *points;
    size_t point_room;
    char *bytes;
    int32_t small_points[INCMAP__FOLD_SMALL];
    char small_bytes[INCMAP__FOLD_SMALL * 4];
} incmap__folder;

void incmap__folder_init(incmap__folder *folder, const incmap_allocator *a);
void incmap__folder_free(incmap__folder *folder);

/*
 * Full case folding and compatibility decomposition (NFKD) by Unicode, and on top:
 *   - ё is е; the dotless ı and the İ of Turkic names are i, since I is the capital or the small
 *     letter of each somewhere; й, ї and ў stay letters of their own
 *   - a stress mark (U+0301) on a Cyrillic vowel is dropped: dictionaries print Грайво́рон
 *   - every character that serves as an apostrophe is U+0027
 *   - a run of spaces, hyphens and dashes is one space; at both ends it is dropped
 *   - characters without a shape (BOM, soft hyphen, zero-width ones) are dropped
 * Folding a key gives the same key.
 *
 * INCMAP_EPARSE when the text is not UTF-8, INCMAP_ENOMEM; the key is empty then.
 */
incmap_status incmap__fold(incmap__folder *folder, const char *text, size_t length,
                           incmap_error *err);

/* Largest cut <= most that does not split what readers see as one character of text (length bytes of
 * UTF-8): a letter with its marks, a flag, a family of emoji. Where the first of them is longer than
 * that, between code points. */
size_t incmap__grapheme_cut(const char *text, size_t length, size_t most);

#endif
