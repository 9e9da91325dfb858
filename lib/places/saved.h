/* SPDX-License-Identifier: MIT */
/* A gazetteer in one file that is used where it is mapped: a head, then arrays of fixed records that
 * point at one another by number, and one block of texts, each ended by a zero.
 *
 *   head | places | names | extras | posts | languages | keys | joins | index of names (12 arrays) | texts
 *
 * Numbers are in the byte order of the machine that wrote it; another order is refused. Every number is
 * checked when the file is opened, so that no bytes, however made, lead a reader out of it.
 */
#ifndef INCMAP_PLACES_SAVED_H
#define INCMAP_PLACES_SAVED_H

#include <incmap/place.h>

#include "places/name_index.h"

enum { INCMAP__SAVED_VERSION = 3 };

enum {
    INCMAP__SAVED_PLACES,
    INCMAP__SAVED_NAMES,
    INCMAP__SAVED_EXTRAS,
    INCMAP__SAVED_POSTS,
    INCMAP__SAVED_LANGUAGES, /* texts */
    INCMAP__SAVED_KEYS,      /* places by hash of key, number + 1; 0: free. A power of two */
    INCMAP__SAVED_JOINS,     /* by lower */
    INCMAP__SAVED_TREE,
    INCMAP__SAVED_SLOTS,
    INCMAP__SAVED_SIGNATURES, /* these three for each list by length, one behind the other */
    INCMAP__SAVED_NEAR_TEXTS,
    INCMAP__SAVED_STARTS,
    INCMAP__SAVED_LETTERS = INCMAP__SAVED_SIGNATURES + 3 * INCMAP__ALPHABETS,
    INCMAP__SAVED_TEXTS,
    INCMAP__SAVED_SECTIONS
};

typedef struct {
    uint64_t at, count; /* bytes from the start of the file; items */
} incmap__saved_section;

typedef struct {
    char magic[8];
    uint32_t version, order; /* INCMAP__SAVED_VERSION; 0x01020304 as the machine writes it */
    uint64_t size, checksum; /* of the whole; of what is behind the two */
    uint64_t seed[2];        /* of the hashes */
    incmap__saved_section sections[INCMAP__SAVED_SECTIONS];
} incmap__saved_head;

/* Texts are numbers of bytes into the block of texts. */
typedef struct {
    double lat, lon;
    int64_t population;
    uint32_t key, country, admin1, admin2;
    uint32_t first_name, extra, post; /* post: number + 1, or 0 */
    uint16_t name_count;
    uint8_t kind, located; /* located: 0 or 1, and twice the number of the layer */
    uint32_t unused[2];    /* so that each fills one line of the cache */
} incmap__saved_place;

enum {
    INCMAP__SAVED_LAYERS = 128,
    INCMAP__SAVED_ALIGNED = 64 /* where sections begin */
};

typedef struct {
    uint32_t text;
    uint16_t language;
    uint8_t alternate, unused;
} incmap__saved_name;

/* What many places have alike. */
typedef struct {
    double uncertainty_m, extent_m;
    int32_t population_year;
    uint32_t coord_method, coord_source, extent_source, population_source, named_in, notes, unused;
} incmap__saved_extra;

typedef struct {
    struct {
        uint32_t country, name_en, name_native, admin1, place_key;
    } sides[2];
    uint32_t modes, category, status, pair_basis, method, source, on_border;
} incmap__saved_post;

/* Two places that are one, and how far apart; places/join.h finds them. */
typedef struct {
    uint32_t lower, upper;
    double apart_m; /* -1: the one names the other's number */
} incmap__join;

/* An open file. */
typedef struct {
    void *map;
    size_t map_size;
    const incmap__saved_place *places;
    const incmap__saved_name *names;
    const incmap__saved_extra *extras;
    const incmap__saved_post *posts;
    const incmap__join *joins;
    const uint32_t *languages, *keys;
    const char *texts;
    size_t count, name_count, key_slots, join_count;
    uint64_t seed[2];
    incmap__name_index index;
    incmap__arena made; /* of places asked for */
} incmap__saved;

/* Maps the file and checks it. INCMAP_EIO, INCMAP_EDATA, INCMAP_ENOMEM. */
incmap_status incmap__saved_open(incmap__saved *saved, const char *path, const incmap_allocator *a,
                                 incmap_error *err);
/* The same over bytes in memory, which are borrowed and must be aligned for a double; saved->made is ready. */
incmap_status incmap__saved_open_memory(incmap__saved *saved, const void *bytes, size_t size,
                                        const char *name, incmap_error *err);
void incmap__saved_close(incmap__saved *saved);

/* The place as others see it, in memory of the arena; NULL when there is none. */
const incmap_place *incmap__saved_make(incmap__saved *saved, size_t i);
/* Number of the place with that key, or count. */
size_t incmap__saved_by_key(const incmap__saved *saved, const char *key);

/* Of a whole file of `size` bytes, what stands before its seed left out. */
uint64_t incmap__saved_checksum(const void *file, size_t size);

#endif
