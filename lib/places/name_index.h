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
 * one. All that a root leads to lies together, in the order of this picture, so that a name is found in
 * one or two lines of the cache and not in one for each level:
 *
 *   root     words of it all | length and letters, filled up to whole words | its sounds
 *   sound    words of it all | length and letters, filled up to whole words | its forms
 *   form     hash | its listings
 *   listing  place | what
 *
 * Roots are found by hash. For texts with letters wrong there are lists by length and signature
 * (places/near_list.h): of the roots, and of the bare letters of all forms in Latin and in Cyrillic.
 */
#ifndef INCMAP_PLACES_NAME_INDEX_H
#define INCMAP_PLACES_NAME_INDEX_H

#include "base/failure.h"
#include "base/memory.h"
#include "places/fold.h"
#include "places/near_list.h"
#include "places/sound.h"

/* Number of the place; number of the name in it (24 bits), kind of the place (5), alternate (1), last of its
 * form (1), a code of letters (1): what a search asks of every candidate, so that it need not look at the place. */
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

#define INCMAP__LISTING_LAST (UINT32_C(1) << 30)

static inline bool incmap__listing_is_last(incmap__listing listing)
{
    return (listing.what & INCMAP__LISTING_LAST) != 0;
}

/* As incmap__trust_is_code(). */
static inline bool incmap__listing_is_code(incmap__listing listing)
{
    return listing.what >> 31;
}

enum { INCMAP__LISTING_NAMES = 0xFFFFFF };

/* Where a root is, by the hash of its letters; word 0 is no root's, so that 0 is a free slot. */
typedef struct {
    uint32_t hash, at;
} incmap__root_slot;

typedef struct {
    const uint32_t *tree; /* as drawn above, behind one word that is 0 */
    const incmap__root_slot *slots;
    const char *letters; /* of forms */
    /* Of roots that can be misspelt, and of the letters of forms, by the words where these begin. */
    incmap__near_list near[INCMAP__ALPHABETS];
    uint32_t words, slot_count /* a power of two */, letter_count;
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

/* Word where the root begins; 0: there is none. */
uint32_t incmap__name_index_root(const incmap__name_index *index, const char *root, size_t length);
/* Hash by which a form of this index is known. */
uint32_t incmap__name_index_form(const incmap__name_index *index, const char *key, size_t length);

/* A root or a sound: its letters, and the words from which to which its sounds, or forms, lie. */
typedef struct {
    const char *text;
    size_t length;
    uint32_t first, end;
} incmap__name_node;

enum {
    INCMAP__TREE_START = 1, /* the first root */
    INCMAP__NODE_TEXT = 1   /* word of a node where its length and letters begin */
};

/* Words that letters take with their length before them. */
static inline uint32_t incmap__name_text_words(size_t length)
{
    return (uint32_t)(1 + length + sizeof(uint32_t) - 1) / (uint32_t)sizeof(uint32_t);
}

static inline incmap__name_node incmap__name_node_at(const incmap__name_index *index, uint32_t at)
{
    const unsigned char *text = (const unsigned char *)(index->tree + at + INCMAP__NODE_TEXT);
    const size_t length = text[0];
    return (incmap__name_node){ (const char *)text + 1, length,
                                at + INCMAP__NODE_TEXT + incmap__name_text_words(length),
                                at + index->tree[at] };
}

enum {
    INCMAP__FORM_LISTINGS = 1, /* word of a form where its first listing is */
    INCMAP__LISTING_WORDS = 2
};

static inline incmap__listing incmap__listing_at(const incmap__name_index *index, uint32_t at)
{
    return (incmap__listing){ index->tree[at], index->tree[at + 1] };
}

/* The word behind a form's listings. */
static inline uint32_t incmap__form_end(const incmap__name_index *index, uint32_t form)
{
    uint32_t at = form + INCMAP__FORM_LISTINGS;

    while (!incmap__listing_is_last(incmap__listing_at(index, at)))
        at += INCMAP__LISTING_WORDS;
    return at + INCMAP__LISTING_WORDS;
}

#endif
