/* SPDX-License-Identifier: MIT */
/* The bare letters of a name, one byte each: what people count when they say how many letters are wrong. */
#ifndef INCMAP_PLACES_LETTERS_H
#define INCMAP_PLACES_LETTERS_H

#include "places/signature.h"

enum { INCMAP__LETTERS_MOST = 64 };

/* Of a folded key, without marks, spaces and all that is no letter or digit: a to z for Latin, codes from
 * 0x40 for Cyrillic, where й is и and ї is і. Returns how many, 0 when there is none, there are more than
 * INCMAP__LETTERS_MOST, or some are of another script than others or of none of these two. */
size_t incmap__letters(const char *key, size_t length, char out[INCMAP__LETTERS_MOST],
                       incmap__alphabet *alphabet);
/* The same without words for kinds (places/kind_words.h). */
size_t incmap__letters_of_name(const char *key, size_t length, char out[INCMAP__LETTERS_MOST],
                               incmap__alphabet *alphabet);

#endif
