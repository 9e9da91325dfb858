/* SPDX-License-Identifier: MIT */
/* A call tried again and again, each time with one allocation more, until it has enough of them. What must
 * hold of every earlier try stands here once: it is told as lack of memory, and leaks nothing. */
#ifndef INCMAP_TESTS_FAULTY_TRIES_H
#define INCMAP_TESTS_FAULTY_TRIES_H

#include "harness.h"
#include "faulty_allocator.h"

typedef struct {
    struct faulty faulty;
    incmap_ctx *ctx; /* whose memory it is */
    incmap_status st;
    long done;
} faulty_tries;

static inline faulty_tries faulty_begin(void)
{
    return (faulty_tries){ .faulty = { .budget = -1 }, .st = INCMAP_ENOMEM };
}

/* Whether to try (again): while (faulty_next(&t, d)) t.st = call(t.ctx, &d); */
static inline bool faulty_next(faulty_tries *t, const void *out)
{
    if (!t->ctx) t->ctx = faulty_ctx(&t->faulty);
    if (!t->st) return false;
    if (t->done) ck_assert_msg(t->st == INCMAP_ENOMEM, "%s", incmap_ctx_message(t->ctx));
    ck_assert_ptr_null(out);
    ck_assert_int_eq(t->faulty.blocks, 1);
    t->faulty.budget = t->done++;
    return true;
}

/* Once what the last try made is freed: it took at least so many tries, and nothing is left. */
static inline void faulty_end(faulty_tries *t, long least)
{
    ck_assert_int_gt(t->done, least);
    ck_assert_int_eq(t->faulty.blocks, 1);
    t->faulty.budget = -1;
    incmap_ctx_free(t->ctx);
}

#endif
