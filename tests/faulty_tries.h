/* SPDX-License-Identifier: MIT */
/* A call tried again and again, each time with one allocation more, until it has enough of them. What must
 * hold of every earlier try stands here once: it is told as lack of memory, and leaks nothing. */
#ifndef INCMAP_TESTS_FAULTY_TRIES_H
#define INCMAP_TESTS_FAULTY_TRIES_H

#include "harness.h"
#include "faulty_allocator.h"

typedef struct {
    struct faulty faulty;
    incmap_ctx *ctx;         /* whose memory it is */
    incmap_allocator memory; /* the same, for calls that take no context */
    long own;                /* blocks that are out between tries */
    incmap_status st;
    long done;
    long most;
} faulty_tries;

/* Where more tries than so many mean that the call never has enough. */
static inline faulty_tries faulty_begin_at_most(long most)
{
    return (faulty_tries){ .faulty = { .budget = -1 }, .st = INCMAP_ENOMEM, .most = most };
}

static inline faulty_tries faulty_begin(void)
{
    return faulty_begin_at_most(100000);
}

static inline void faulty_start(faulty_tries *t)
{
    t->ctx = faulty_ctx(&t->faulty);
    ck_assert_ptr_nonnull(t->ctx);
    t->memory = faulty_allocator(&t->faulty);
    t->own = t->faulty.blocks;
    ck_assert_int_eq(t->own, 1);
}

/* Whether to try (again): while (faulty_next(&t, d)) t.st = call(t.ctx, &d); */
static inline bool faulty_next(faulty_tries *t, const void *out)
{
    if (!t->ctx) faulty_start(t);
    if (!t->st) return false;
    if (t->done)
        ck_assert_msg(t->st == INCMAP_ENOMEM, "try %ld: %s, %s", t->done, incmap_status_text(t->st),
                      incmap_ctx_message(t->ctx));
    ck_assert_ptr_null(out);
    ck_assert_int_eq(t->faulty.blocks, t->own);
    ck_assert_int_lt(t->done, t->most);
    t->faulty.budget = t->done++;
    return true;
}

/* Within a try: memory without end for what is not tried, and then again as little as the try has. */
static inline void faulty_pause(faulty_tries *t)
{
    t->faulty.budget = -1;
}

static inline void faulty_resume(faulty_tries *t)
{
    t->faulty.budget = t->done - 1;
}

/* Once the call went well, in at least so many tries: another call from here, what is out now stays. */
static inline void faulty_again(faulty_tries *t, long least)
{
    ck_assert_int_gt(t->done, least);
    t->own = t->faulty.blocks;
    t->st = INCMAP_ENOMEM;
    t->done = 0;
}

/* Once all that was made is freed: the call failed at least so many times, and nothing is left. */
static inline void faulty_end(faulty_tries *t, long least)
{
    ck_assert_int_gt(t->done, least);
    ck_assert_int_eq(t->faulty.blocks, 1);
    t->faulty.budget = -1;
    incmap_ctx_free(t->ctx);
    ck_assert_int_eq(t->faulty.blocks, 0);
}

#endif
