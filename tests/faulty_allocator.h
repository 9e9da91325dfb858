/* SPDX-License-Identifier: MIT */
/* An allocator that grants a number of allocations and then none, and counts what is out, so that
 * a test can make every allocation of a call fail in turn and see that nothing leaks. */
#ifndef INCMAP_TESTS_FAULTY_ALLOCATOR_H
#define INCMAP_TESTS_FAULTY_ALLOCATOR_H

#include <incmap/context.h>

#include <stdbool.h>
#include <stdlib.h>

/* A budget of so much and n: n are granted, one is refused, and those after it are granted again. */
enum { FAULTY_ONCE = 1 << 30 };

struct faulty {
    long budget; /* allocations still granted; negative: without end */
    long blocks; /* out at the moment */
};

static inline bool faulty_grant(struct faulty *f)
{
    if (f->budget == 0) return false;
    if (f->budget == FAULTY_ONCE) {
        f->budget = -1;
        return false;
    }
    if (f->budget > 0) f->budget--;
    return true;
}

static inline void *faulty_alloc(void *user, size_t size)
{
    struct faulty *f = user;
    void *block = faulty_grant(f) ? malloc(size) : NULL;
    if (block) f->blocks++;
    return block;
}

static inline void *faulty_realloc(void *user, void *old, size_t size)
{
    struct faulty *f = user;
    void *block = faulty_grant(f) ? realloc(old, size) : NULL;
    if (block && !old) f->blocks++;
    return block;
}

static inline void faulty_free(void *user, void *block)
{
    struct faulty *f = user;
    if (block) f->blocks--;
    free(block);
}

static inline incmap_allocator faulty_allocator(struct faulty *f)
{
    return (incmap_allocator){ faulty_alloc, faulty_realloc, faulty_free, f };
}

/* A context whose own block was granted; f->budget is then free to be set. */
static inline incmap_ctx *faulty_ctx(struct faulty *f)
{
    incmap_ctx_options options = INCMAP_CTX_OPTIONS_INIT;
    incmap_ctx *ctx = NULL;
    *f = (struct faulty){ .budget = -1 };
    options.allocator = faulty_allocator(f);
    return incmap_ctx_new(&options, &ctx) == INCMAP_OK ? ctx : NULL;
}

#endif
