/* SPDX-License-Identifier: MIT */
/* All names of a list of places, by how they sound. Built whole, then only read; it holds numbers and
 * no pointers, so that a saved one is used where it was mapped.
 *
 *   root  bolgorod ─┬─ sound  belgorod ─┬─ form  Белгород, BELGOROD ─┬─ place 30, name 0
 *                   │                   │                            └─ place 9, name 4
 *                   │                   └─ form  Бєлгород ─── place 30, name 2
 *                   └─ sound  bilgorod ─── form  Bilhorod ─── place 30, name 5
 *
 * A form is what one folded key has; of it only a hash is kept, since names of one sound seldom share
 * one. Roots are found by hash, and those near a misspelt one by what is left of both when letters are
 * left out (places/spelling.h).
 */
#ifndef INCMAP_PLACES_NAME_INDEX_H
#define INCMAP_PLACES_NAME_INDEX_H

#include "base/failure.h"
#include "base/memory.h"
#include "places/fold.h"
#include "places/sound.h"

/* Where a text begins, and the first of what it leads to; those of the next item are the ends. */
typedef struct {
    uint32_t text, first;
} incmap__span;

typedef struct {
    uint32_t hash, first; /* of the folded key; first listing */
} incmap__form;

typedef struct {
    uint32_t place, name; /* number of the place, and of the name in it */
} incmap__listing;

typedef struct {
    /* Each array has one item more than its count, an end for the last. */
    const incmap__span *roots, *sounds;
    const incmap__form *forms;
    const incmap__listing *listings;
    const char *bytes;
    const uint32_t *slots; /* roots by hash, each stored as its number + 1; 0: free */
    const uint32_t *near_heads, *near_roots; /* bucket i: near_roots[heads[i] .. heads[i+1]) */
    uint32_t root_count, sound_count, form_count, listing_count;
    uint32_t byte_count, slot_count, bucket_count,
        near_count; /* slots and buckets: powers of two */
    uint64_t seed[2];
    void *block; /* what was allocated; NULL: the arrays are somebody else's */
} incmap__name_index;

/* The names to build from. */
typedef struct {
    size_t places;
    /* Text of name i of a place, NULL past its last. */
    const char *(*name)(const void *user, size_t place, size_t i);
    const void *user;
} incmap__name_list;

/* INCMAP_ENOMEM; INCMAP_EPARSE for a text that is not UTF-8. *out is unchanged then. */
incmap_status incmap__name_index_build(incmap__name_index *out, const incmap__name_list *list,
                                       const incmap_allocator *a, incmap_error *err);
void incmap__name_index_free(incmap__name_index *index, const incmap_allocator *a);

/* What a folded key is looked up by; also for texts that have no sound: then root and text are the
 * beginning of the key itself. */
void incmap__sound_or_key(incmap__sound *sound, const char *key, size_t length, unsigned readings);

/* Number of the root, or root_count. */
uint32_t incmap__name_index_root(const incmap__name_index *index, const char *root, size_t length);
/* Hash by which a form of this index is known. */
uint32_t incmap__name_index_form(const incmap__name_index *index, const char *key, size_t length);

#endif
