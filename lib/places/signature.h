/* SPDX-License-Identifier: MIT */
/* Which letters a text has and how often, in 64 bits: texts few edits apart have signatures few bits apart,
 * so that one pass over many signatures leaves few texts to compare. */
#ifndef INCMAP_PLACES_SIGNATURE_H
#define INCMAP_PLACES_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

/* What letters a text is made of. */
typedef enum {
    INCMAP__ALPHABET_ROOT,  /* of roots (places/sound.h) */
    INCMAP__ALPHABET_LATIN, /* of incmap__letters() (places/letters.h), as the next */
    INCMAP__ALPHABET_CYRILLIC,
    INCMAP__ALPHABETS
} incmap__alphabet;

/* A letter's k-th bit is set when the text has it k times or more; letters are bytes below 128. */
uint64_t incmap__signature(incmap__alphabet alphabet, const char *text, size_t length);

/* Bits by which two texts differ at most when they are `edits` apart and their lengths differ by `longer`:
 * a letter put in or left out changes one, a letter taken for another two, an exchange none. More edits than
 * the lengths need are at worst letters taken for others. */
static inline unsigned incmap__signature_bits(unsigned edits, unsigned longer)
{
    return longer > edits ? 0 : 2 * edits - longer;
}

enum { INCMAP__SIGNATURES_AT_ONCE = 512 };

/* Numbers of those that differ from `signature` in at most `bits` bits, up to 4. At most
 * INCMAP__SIGNATURES_AT_ONCE signatures are looked at in one call, the first `n`. */
size_t incmap__signatures_near(const uint64_t signatures[], size_t n, uint64_t signature,
                               unsigned bits, uint32_t found[INCMAP__SIGNATURES_AT_ONCE]);

#endif
