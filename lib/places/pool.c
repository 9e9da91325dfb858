/* SPDX-License-Identifier: MIT */
/* Texts kept once each. */
#include "places/pool.h"

#include <string.h>

void incmap__pool_init(incmap__pool *pool, const incmap_allocator *a)
{
    *pool = (incmap__pool){ 0 };
    incmap__arena_init(&pool->arena, a);
}

void incmap__pool_free(incmap__pool *pool)
{
    const incmap_allocator *a = &pool->arena.allocator;
    incmap__index_free(&pool->index, a);
    incmap__free(a, pool->texts);
    pool->texts = NULL;
    pool->room = 0;
    incmap__arena_free(&pool->arena);
}

static const char *find_text(const incmap__pool *pool, const char *text, size_t length)
{
    uint32_t i = incmap__index_first(&pool->index, text, length);
    while (i != INCMAP__INDEX_END) {
        const char *there = pool->texts[i];
        if (strncmp(there, text, length) == 0 && there[length] == '\0') return there;
        i = incmap__index_next(&pool->index, i);
    }
    return NULL;
}

const char *incmap__pool_text(incmap__pool *pool, const char *text, size_t length)
{
    const incmap_allocator *a = &pool->arena.allocator;
    const char *there;

    if (length == 0) return "";
    there = find_text(pool, text, length);
    if (there) return there;
    if (incmap__grow(a, &pool->texts, &pool->room, pool->index.count + 1, sizeof *pool->texts,
                     NULL))
        return NULL;
    there = incmap__arena_text(&pool->arena, text, length);
    if (!there || incmap__index_add(&pool->index, a, text, length, NULL)) return NULL;
    pool->texts[pool->index.count - 1] = there;
    return there;
}
