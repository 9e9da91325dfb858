/* SPDX-License-Identifier: MIT */
/* A pool: an arena whose texts are kept once each. Region names, kinds of sources and language codes
 * come thousands of times in a file. */
#ifndef INCMAP_PLACES_POOL_H
#define INCMAP_PLACES_POOL_H

#include "places/index.h"

typedef struct {
    incmap__arena arena;
    incmap__index index;
    const char **texts;
    size_t room;
} incmap__pool;

void incmap__pool_init(incmap__pool *pool, const incmap_allocator *a);
void incmap__pool_free(incmap__pool *pool);

/* The pool's copy of a text, which lives until the pool is freed: the same address for the same
 * bytes. `text` may be NULL with length 0. NULL when there is no memory. */
const char *incmap__pool_text(incmap__pool *pool, const char *text, size_t length);

#endif
