/* SPDX-License-Identifier: MIT */
/* What tests start from that draw the built-in incidents: the default gazetteer, border and dataset, and a
 * folder for the layers. */
#ifndef INCMAP_TESTS_FIXTURE_BUILTIN_H
#define INCMAP_TESTS_FIXTURE_BUILTIN_H

#include <incmap/builtin.h>

#include "scratch.h"

static incmap_ctx *ctx;
static incmap_gazetteer *gazetteer;
static incmap_border *border;
static incmap_dataset *dataset;

static inline void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &gazetteer), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_builtin(ctx, gazetteer, &dataset), INCMAP_OK);
    scratch_make();
}

static inline void teardown(void)
{
    scratch_remove();
    incmap_dataset_free(dataset);
    incmap_border_free(border);
    incmap_gazetteer_free(gazetteer);
    incmap_ctx_free(ctx);
}

#endif
