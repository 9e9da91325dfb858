/* SPDX-License-Identifier: MIT */
/* What tests start from that write files of their own: a context and a folder for the files. */
#ifndef INCMAP_TESTS_FIXTURE_SCRATCH_H
#define INCMAP_TESTS_FIXTURE_SCRATCH_H

#include <incmap/context.h>

#include "scratch.h"

static incmap_ctx *ctx;

static inline void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    scratch_make();
}

static inline void teardown(void)
{
    scratch_remove();
    incmap_ctx_free(ctx);
}

#endif
