/* SPDX-License-Identifier: MIT */
/* Texts in the order of their lengths, and which of them are at most two edits from one asked for, an
 * exchange of neighbours being one edit, even where the other puts a letter between them: by one pass
 * over signatures, and a comparison of what that leaves.
 *
 *   starts  [0, 0, 0, 2, 5, ...]        of each length, the first
 *   signatures, texts                   hul lug | glev grab lisa | ...
 */
#ifndef INCMAP_PLACES_NEAR_LIST_H
#define INCMAP_PLACES_NEAR_LIST_H

#include "places/signature.h"

enum {
    INCMAP__NEAR_EDITS = 2,
    INCMAP__NEAR_SHORTEST = 2, /* of one letter nothing is left when one is wrong */
    INCMAP__NEAR_LONGEST = 64,
    INCMAP__NEAR_STARTS = INCMAP__NEAR_LONGEST + 2 /* the last is the end of all */
};

/* Where a text begins among the bytes, and where that lies which it is the text of. */
typedef struct {
    uint32_t text, of;
} incmap__near_text;

/* It holds no pointers of its own making, so that a saved one is used where it was mapped. */
typedef struct {
    const uint64_t *signatures;
    const incmap__near_text *texts;
    const uint32_t *starts; /* INCMAP__NEAR_STARTS of them */
    const char *bytes;      /* what the texts lie in */
} incmap__near_list;

typedef void incmap__near_fn(void *user, uint32_t of, size_t length, unsigned edits);

/* Calls `found` with each such text of INCMAP__NEAR_SHORTEST letters or more once, the shortest first; with
 * none for a text that is shorter. */
void incmap__near_list_find(const incmap__near_list *list, incmap__alphabet alphabet,
                            const char *text, size_t length, incmap__near_fn *found, void *user);

#endif
