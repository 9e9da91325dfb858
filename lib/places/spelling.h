/* SPDX-License-Identifier: MIT */
/* How far two spellings are apart, in letters. */
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

/* A text of up to 64 bytes of ASCII prepared for being compared with many: where each byte stands in it. */
typedef struct {
    uint64_t at[128];
    size_t length;
} incmap__spelling_pattern_of;
void incmap__spelling_pattern(incmap__spelling_pattern_of *pattern, const char *text,
                              size_t length);
/* Plain edits between it and a text, an exchange of neighbours counted as one, in a step for each byte;
 * more than `most` when there are more, without counting on.
 * Source: Myers, A fast bit-vector algorithm for approximate string matching, J. ACM 46 (1999) 395-415,
 * with Hyyro's exchanges (A bit-vector algorithm for computing Levenshtein and Damerau edit distances,
 * Nordic J. Computing 10 (2003) 29-39), for the distance of whole texts. */
unsigned incmap__spelling_far(const incmap__spelling_pattern_of *pattern, const char *text,
                              size_t length, unsigned most);

#endif
