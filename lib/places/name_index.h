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
 * one. Roots are found by hash. For texts with letters wrong there are lists by length and signature
 * (places/near_list.h): of the roots, and of the bare letters of all forms in Latin and in Cyrillic.
 */
#ifndef INCMAP_PLACES_NAME_INDEX_H
#define INCMAP_PLACES_NAME_INDEX_H

#include "base/failure.h"
#include "base/memory.h"
#include "places/fold.h"
#include "places/near_list.h"
#include "places/sound.h"

/* Where a text begins, and the first of what it leads to; those of the next item are the ends. */
typedef struct {
    uint32_t text, first;
} incmap__span;

typedef struct {
    uint32_t hash, first; /* of the folded key; first listing */
} incmap__form;

/* Number of the place; number of the name in it (24 bits), kind of the place (5), alternate (1): what a
 * search asks of every candidate, so that it need not look at the place. */
typedef struct {
    uint32_t place, what;
} incmap__listing;

static inline uint32_t incmap__listing_name(incmap__listing listing)
{
    return listing.what & 0xFFFFFF;
}

static inline unsigned incmap__listing_kind(incmap__listing listing)
{
    return listing.what >> 24 & 31;
}

static inline bool incmap__listing_alternate(incmap__listing listing)
{
    return listing.what >> 29 & 1;
}

enum { INCMAP__LISTING_NAMES = 0xFFFFFF };

typedef struct {
    /* Each array has one item more than its count, an end for the last. */
    const incmap__span *roots, *sounds;
    const incmap__form *forms;
    const incmap__listing *listings;
    const char *bytes;
    const uint32_t *slots; /* roots by hash, each stored as its number + 1; 0: free */
    /* Of roots that can be misspelt, by their number; of the letters of forms, by theirs. */
    incmap__near_list near[INCMAP__ALPHABETS];
    uint32_t root_count, sound_count, form_count, listing_count;
    uint32_t byte_count, slot_count /* a power of two */;
    uint64_t seed[2];
    void *block; /* what was allocated; NULL: the arrays are somebody else's */
} incmap__name_index;

/* One name to build from. */
typedef struct {
    const char *text;
    unsigned kind; /* of its place */
    bool alternate;
} incmap__listed_name;

/* The names to build from. */
typedef struct {
    size_t places;
    /* Name i of a place; false past its last. */
    bool (*name)(const void *user, size_t place, size_t i, incmap__listed_name *name);
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
