/* SPDX-License-Identifier: MIT */
/* What tests of one event format start from: a context, a report of bad rows, and no dataset yet. */
#ifndef INCMAP_TESTS_FIXTURE_IMPORT_H
#define INCMAP_TESTS_FIXTURE_IMPORT_H

#include <incmap/import.h>

#include <check.h>

static incmap_ctx *ctx;
static incmap_report *report;
static incmap_dataset *d;

static inline void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    d = NULL;
}

static inline void teardown(void)
{
    incmap_dataset_free(d);
    incmap_report_free(report);
    incmap_ctx_free(ctx);
}

#endif
