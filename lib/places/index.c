/* SPDX-License-Identifier: MIT */
/* The hash index: chains through an array of entries, grown before it is full. */
#include "places/index.h"

#include <string.h>

enum { FIRST_HEADS = 64 };

void incmap__index_free(incmap__index *index, const incmap_allocator *a)
{
    incmap__free(a, index->entries);
    incmap__free(a, index->heads);
    *index = (incmap__index){ 0 };
}

uint32_t incmap__hash(const char *bytes, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    return hash;
}

/* FNV's low bits are its weak ones for short texts: the high half is mixed in. */
static uint32_t *head_of(const incmap__index *index, uint32_t hash)
{
    return &index->heads[(hash ^ hash >> 15) & (index->head_count - 1)];
}

static void link_entry(incmap__index *index, uint32_t entry)
{
    uint32_t *head = head_of(index, index->entries[entry].hash);
    index->entries[entry].next = *head;
    *head = entry;
}

static incmap_status grow_heads(incmap__index *index, const incmap_allocator *a, incmap_error *err)
{
    const size_t wanted = index->head_count ? index->head_count * 2 : FIRST_HEADS;
    uint32_t *heads = incmap__alloc(a, wanted, sizeof *heads);

    if (!heads) return incmap__fail_memory(err);
    incmap__free(a, index->heads);
    index->heads = heads;
    index->head_count = wanted;
    memset(heads, 0xFF, wanted * sizeof *heads); /* INCMAP__INDEX_END in every one */
    /* In the old order, so that every chain keeps its newest entry first. */
    for (size_t i = 0; i < index->count; i++)
        link_entry(index, (uint32_t)i);
    return INCMAP_OK;
}

incmap_status incmap__index_add(incmap__index *index, const incmap_allocator *a, uint32_t hash,
                                incmap_error *err)
{
    incmap_status st;

    if (index->count >= INCMAP__INDEX_END) return incmap__fail_memory(err);
    st = incmap__grow(a, &index->entries, &index->room, index->count + 1, sizeof *index->entries,
                      err);
    if (!st && index->count >= index->head_count) st = grow_heads(index, a, err);
    if (st) return st;
    index->entries[index->count].hash = hash;
    link_entry(index, (uint32_t)index->count++);
    return INCMAP_OK;
}

void incmap__index_truncate(incmap__index *index, size_t count)
{
    while (index->count > count) {
        const incmap__index_entry *last = &index->entries[--index->count];
        *head_of(index, last->hash) = last->next;
    }
}

static uint32_t skip_others(const incmap__index *index, uint32_t entry, uint32_t hash)
{
    while (entry != INCMAP__INDEX_END && index->entries[entry].hash != hash)
        entry = index->entries[entry].next;
    return entry;
}

uint32_t incmap__index_first(const incmap__index *index, uint32_t hash)
{
    return index->head_count ? skip_others(index, *head_of(index, hash), hash) : INCMAP__INDEX_END;
}

uint32_t incmap__index_next(const incmap__index *index, uint32_t entry)
{
    return skip_others(index, index->entries[entry].next, index->entries[entry].hash);
}
