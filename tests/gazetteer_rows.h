/* SPDX-License-Identifier: MIT */
/* What tests of gazetteers' files share: an empty gazetteer with its report, a folder for files, and rows as
 * GeoNames writes them. Included last, since what it names so shortly others have as parameters. */
#ifndef INCMAP_TESTS_GAZETTEER_ROWS_H
#define INCMAP_TESTS_GAZETTEER_ROWS_H

#include <check.h>
#include <string.h>

#include <incmap/gazetteer.h>
#include <incmap/report.h>

#include "scratch.h"
#include "tables.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_report *report;

static inline void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    scratch_make();
}

static inline void teardown(void)
{
    scratch_remove();
    incmap_report_free(report);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

/* The path of a file that holds the text. */
static inline const char *file_of(const char *name, const char *text)
{
    const char *path = scratch_path(name);
    scratch_write(path, text, strlen(text));
    return path;
}

/* A town of Sumy's people, code and district: number, name, other names by commas. */
#define TOWN_ROW(id, name, others)                                                                 \
    id "\t" name "\t" name "\t" others "\t50.9216\t34."                                            \
       "80029\tP\tPPLA\tUA\t\t21\t5900\t\t\t294456\t\t1\tEurope/Kyiv\t2024-01-01\n"

#endif
