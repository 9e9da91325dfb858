/* SPDX-License-Identifier: MIT */
/* Memory through the caller's allocator: blocks, growing arrays, and an arena for objects that
 * are built once and freed whole. Sizes are checked for overflow here and nowhere else. */
#ifndef INCMAP_BASE_MEMORY_H
#define INCMAP_BASE_MEMORY_H

#include <incmap/context.h>

#include "base/failure.h"

/* libc's functions. */
incmap_allocator incmap__allocator_default(void);

/* count * size bytes; NULL when there are none, or when the product overflows. A zero product
 * gives one byte, so that NULL always means failure. */
void *incmap__alloc(const incmap_allocator *a, size_t count, size_t size);
void *incmap__alloc_zeroed(const incmap_allocator *a, size_t count, size_t size);
void *incmap__realloc(const incmap_allocator *a, void *block, size_t count, size_t size);
void incmap__free(const incmap_allocator *a, void *block);

/* Room for at least `needed` items in *items, doubling; *items and *capacity change together and
 * only on success. `items` is the address of a typed pointer. */
incmap_status incmap__grow(const incmap_allocator *a, void *items, size_t *capacity, size_t needed,
                           size_t item_size, incmap_error *err);

/* An arena: allocations live until the whole is freed. */
typedef struct incmap__arena_block incmap__arena_block;
typedef struct {
    incmap_allocator allocator;
    incmap__arena_block *last;
    size_t used;     /* in the last block */
    size_t capacity; /* of the last block */
} incmap__arena;

void incmap__arena_init(incmap__arena *arena, const incmap_allocator *a);
void incmap__arena_free(incmap__arena *arena);
/* Aligned for any object; NULL when there is no memory. */
void *incmap__arena_alloc(incmap__arena *arena, size_t count, size_t size);
/* A copy of length bytes with a zero behind; NULL when there is no memory. */
char *incmap__arena_text(incmap__arena *arena, const char *text, size_t length);

#endif
