/* SPDX-License-Identifier: MIT */
/* How far two spellings are apart, in letters, and the keys by which near ones are found. */
#ifndef INCMAP_PLACES_SPELLING_H
#define INCMAP_PLACES_SPELLING_H

#include <stddef.h>
#include <stdint.h>

/*
 * Least sum of edits that turn one text in the common alphabet (places/sound.h) into the other: a
 * letter put in, left out or taken for another, two neighbours exchanged. A whole edit is 1; what the
 * two languages or two people write differently for one sound costs less: и and е, о and і before two
 * consonants, voiced and unvoiced, neighbours on a keyboard, the ending of a word.
 *
 * Returns INFINITY when it is above `most` or a text is longer than 64 letters.
 * Source: Damerau's distance as the optimal string alignment; no letter is edited twice.
 */
double incmap__spelling_cost(const char *a, size_t a_length, const char *b, size_t b_length,
                             double most);

/* Plain edits between two folded keys in UTF-8, all of 1; `most` + 1 when there are more. */
unsigned incmap__spelling_edits(const char *a, size_t a_length, const char *b, size_t b_length,
                                unsigned most);

/* A text of up to 64 bytes prepared for being compared with many: where each byte stands in it. */
typedef struct {
    uint64_t at[256];
    size_t length;
} incmap__spelling_pattern_of;
void incmap__spelling_pattern(incmap__spelling_pattern_of *pattern, const char *text,
                              size_t length);
/* Plain edits (Levenshtein's: an exchange counts as two) between it and a text, in a step for each byte.
 * Source: Myers, A fast bit-vector algorithm for approximate string matching, J. ACM 46 (1999) 395-415,
 * in the form of Hyyro (2003) for the distance of whole texts. */
unsigned incmap__spelling_far(const incmap__spelling_pattern_of *pattern, const char *text,
                              size_t length);

/*
 * Deletion neighbourhood: texts at most two edits apart have a key in common, namely what is left of
 * the first six letters of each when up to two are left out.
 * Source: Mor and Fraenkel, A hash code method for detecting and correcting spelling errors, CACM 25
 * (1982) 935-938; on beginnings only, since of a common subsequence a beginning is left as well.
 */
enum { INCMAP__NEAR_PREFIX = 6, INCMAP__NEAR_KEYS = 1 + 6 + 15, INCMAP__NEAR_SHORT = 4 };
/* Receives the keys, each once; returns how many. Of texts shorter than INCMAP__NEAR_SHORT one letter
 * is left out at most, of none shorter than 2 any. */
size_t incmap__near_keys(const char *text, size_t length, uint32_t keys[INCMAP__NEAR_KEYS]);

#endif
