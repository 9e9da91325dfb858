/* SPDX-License-Identifier: MIT */
/* Blocks, growing arrays and the arena, all through the caller's allocator. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *libc_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *libc_realloc(void *user, void *block, size_t size)
{
    (void)user;
    return realloc(block, size);
}

static void libc_free(void *user, void *block)
{
    (void)user;
    free(block);
}

incmap_allocator incmap__allocator_default(void)
{
    return (incmap_allocator){ libc_alloc, libc_realloc, libc_free, NULL };
}

/* 0 when the product overflows; never 0 otherwise. */
static size_t product(size_t count, size_t size)
{
    if (count == 0 || size == 0) return 1;
    return count > SIZE_MAX / size ? 0 : count * size;
}

void *incmap__alloc(const incmap_allocator *a, size_t count, size_t size)
{
    const size_t bytes = product(count, size);
    return bytes ? a->alloc(a->user, bytes) : NULL;
}

void *incmap__alloc_zeroed(const incmap_allocator *a, size_t count, size_t size)
{
    void *block = incmap__alloc(a, count, size);
    if (block) memset(block, 0, count * size);
    return block;
}

void *incmap__realloc(const incmap_allocator *a, void *block, size_t count, size_t size)
{
    const size_t bytes = product(count, size);
    return bytes ? a->realloc(a->user, block, bytes) : NULL;
}

void incmap__free(const incmap_allocator *a, void *block)
{
    if (block) a->free(a->user, block);
}

incmap_status incmap__grow(const incmap_allocator *a, void *items, size_t *capacity, size_t needed,
                           size_t item_size, incmap_error *err)
{
    size_t wanted = *capacity;
    void *block;

    if (needed <= *capacity) return INCMAP_OK;
    wanted = wanted > SIZE_MAX / 2 ? needed : wanted * 2;
    if (wanted < needed) wanted = needed;
    if (wanted < 8) wanted = 8;
    memcpy(&block, items, sizeof block);
    block = incmap__realloc(a, block, wanted, item_size);
    if (!block) return incmap__fail_memory(err);
    memcpy(items, &block, sizeof block);
    *capacity = wanted;
    return INCMAP_OK;
}

/* Blocks form a list from the newest back; each payload follows its head, aligned by the union. */
struct incmap__arena_block {
    union {
        incmap__arena_block *previous;
        max_align_t align;
    } head;
};

enum { ARENA_FIRST_BYTES = 4096, ARENA_MOST_BYTES = 1 << 20 };

void incmap__arena_init(incmap__arena *arena, const incmap_allocator *a)
{
    *arena = (incmap__arena){ .allocator = *a };
}

void incmap__arena_free(incmap__arena *arena)
{
    incmap__arena_block *block = arena->last;
    while (block) {
        incmap__arena_block *previous = block->head.previous;
        incmap__free(&arena->allocator, block);
        block = previous;
    }
    arena->last = NULL;
    arena->used = arena->capacity = 0;
}

static bool arena_add_block(incmap__arena *arena, size_t needed)
{
    size_t bytes = arena->capacity ? arena->capacity * 2 : ARENA_FIRST_BYTES;
    incmap__arena_block *block;

    if (bytes > ARENA_MOST_BYTES) bytes = ARENA_MOST_BYTES;
    if (bytes < needed) bytes = needed;
    if (bytes > SIZE_MAX - sizeof *block) return false;
    block = incmap__alloc(&arena->allocator, sizeof *block + bytes, 1);
    if (!block) return false;
    block->head.previous = arena->last;
    arena->last = block;
    arena->used = 0;
    arena->capacity = bytes;
    return true;
}

/* Takes `bytes` at a position that is a multiple of `align`. */
static void *arena_take(incmap__arena *arena, size_t bytes, size_t align)
{
    size_t at = (arena->used + align - 1) / align * align;
    if (at > arena->capacity || bytes > arena->capacity - at) {
        if (!arena_add_block(arena, bytes)) return NULL;
        at = 0;
    }
    arena->used = at + bytes;
    return (char *)(arena->last + 1) + at;
}

void *incmap__arena_alloc(incmap__arena *arena, size_t count, size_t size)
{
    const size_t bytes = product(count, size);
    return bytes ? arena_take(arena, bytes, sizeof(max_align_t)) : NULL;
}

char *incmap__arena_text(incmap__arena *arena, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? arena_take(arena, length + 1, 1) : NULL;
    if (copy) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}
