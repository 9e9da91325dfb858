/* SPDX-License-Identifier: MIT */
/* A hash index: entry number i stands for item i of an array that its owner keeps. Entries are only
 * added and taken off again from the end, so that a file that fails halfway leaves no trace. Each
 * index hashes with a seed of its own: no file can be made whose keys all fall into one chain.
 *
 *   heads[hash]  ->  entry 7  ->  entry 3  ->  entry 0  ->  INCMAP__INDEX_END     newest first
 */
#ifndef INCMAP_PLACES_INDEX_H
#define INCMAP_PLACES_INDEX_H

#include "base/failure.h"
#include "base/memory.h"

#define INCMAP__INDEX_END UINT32_MAX

typedef struct {
    uint32_t hash, next;
} incmap__index_entry;

/* Zeroed it is empty; the allocator comes with each call that needs one. */
typedef struct {
    incmap__index_entry *entries;
    size_t count, room;
    uint32_t *heads;
    size_t head_count; /* a power of two, or 0 */
    uint64_t seed[2];
} incmap__index;

void incmap__index_free(incmap__index *index, const incmap_allocator *a);

/* Adds entry number index->count under a key of `length` bytes, which is not kept. INCMAP_ENOMEM
 * leaves the index as it was. */
incmap_status incmap__index_add(incmap__index *index, const incmap_allocator *a, const char *key,
                                size_t length, incmap_error *err);
/* Takes the newest entries off until `count` are left. */
void incmap__index_truncate(incmap__index *index, size_t count);

/* Entries that may be of that key, newest first; INCMAP__INDEX_END after the last. The owner compares
 * the keys, since others may have the same hash. */
uint32_t incmap__index_first(const incmap__index *index, const char *key, size_t length);
uint32_t incmap__index_next(const incmap__index *index, uint32_t entry);

/* The hash that an index with this seed has of a key. */
uint32_t incmap__index_hash(const uint64_t seed[2], const char *bytes, size_t length);

#endif
