/* SPDX-License-Identifier: MIT */
/* The hash index: chains through an array of entries, grown before it is full. */
#include "places/index.h"

#include <string.h>
#include <time.h>

enum { FIRST_HEADS = 64 };

void incmap__index_free(incmap__index *index, const incmap_allocator *a)
{
    incmap__free(a, index->entries);
    incmap__free(a, index->heads);
    *index = (incmap__index){ 0 };
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static void sip_round(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32) + v[3];
    v[2] += v[1];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

/* SipHash-1-3: one round for each eight bytes, three at the end. Aumasson and Bernstein, SipHash: a
 * fast short-input PRF (2012). Words are taken in the machine's byte order: a stored hash holds on
 * machines of the same order alone. */
uint32_t incmap__index_hash(const uint64_t seed[2], const char *bytes, size_t length)
{
    const uint64_t k0 = seed[0], k1 = seed[1];
    uint64_t v[4] = { k0 ^ UINT64_C(0x736F6D6570736575), k1 ^ UINT64_C(0x646F72616E646F6D),
                      k0 ^ UINT64_C(0x6C7967656E657261), k1 ^ UINT64_C(0x7465646279746573) };
    uint64_t word;

    for (size_t left = length;; left -= sizeof word, bytes += sizeof word) {
        const bool last = left < sizeof word;
        word = last ? (uint64_t)length << 56 : 0;
        memcpy(&word, bytes, last ? left : sizeof word);
        v[3] ^= word;
        sip_round(v);
        v[0] ^= word;
        if (last) break;
    }
    v[2] ^= 0xFF;
    for (int i = 0; i < 3; i++)
        sip_round(v);
    word = v[0] ^ v[1] ^ v[2] ^ v[3];
    return (uint32_t)(word ^ word >> 32);
}

/* From what somebody who writes a file cannot know: the time to the nanosecond, and where the loader
 * and the allocator put things. Chains come in the order of adding, so no answer depends on it. */
static void choose_seed(incmap__index *index, const void *block)
{
    struct timespec now = { 0 };

    (void)clock_gettime(CLOCK_REALTIME, &now);
    index->seed[0] =
        (uint64_t)now.tv_sec << 32 ^ (uint64_t)now.tv_nsec ^ (uint64_t)(uintptr_t)block;
    index->seed[1] = (uint64_t)(uintptr_t)index << 32 ^ (uint64_t)(uintptr_t)&now;
}

static uint32_t *head_of(const incmap__index *index, uint32_t hash)
{
    return &index->heads[hash & (index->head_count - 1)];
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
    if (!index->heads) choose_seed(index, heads);
    incmap__free(a, index->heads);
    index->heads = heads;
    index->head_count = wanted;
    memset(heads, 0xFF, wanted * sizeof *heads); /* INCMAP__INDEX_END in every one */
    /* In the old order, so that every chain keeps its newest entry first. */
    for (size_t i = 0; i < index->count; i++)
        link_entry(index, (uint32_t)i);
    return INCMAP_OK;
}

incmap_status incmap__index_add(incmap__index *index, const incmap_allocator *a, const char *key,
                                size_t length, incmap_error *err)
{
    incmap_status st;

    if (index->count >= INCMAP__INDEX_END) return incmap__fail_memory(err);
    st = incmap__grow(a, &index->entries, &index->room, index->count + 1, sizeof *index->entries,
                      err);
    if (!st && index->count >= index->head_count) st = grow_heads(index, a, err);
    if (st) return st;
    index->entries[index->count].hash = incmap__index_hash(index->seed, key, length);
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

uint32_t incmap__index_first(const incmap__index *index, const char *key, size_t length)
{
    uint32_t hash;

    if (!index->head_count) return INCMAP__INDEX_END;
    hash = incmap__index_hash(index->seed, key, length);
    return skip_others(index, *head_of(index, hash), hash);
}

uint32_t incmap__index_next(const incmap__index *index, uint32_t entry)
{
    return skip_others(index, index->entries[entry].next, index->entries[entry].hash);
}
