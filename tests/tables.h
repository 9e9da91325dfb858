/* SPDX-License-Identifier: MIT */
/* Tables for tests: the default data by name, tables written in the test itself, and what a report
 * says of them, line by line. */
#ifndef INCMAP_TESTS_TABLES_H
#define INCMAP_TESTS_TABLES_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <incmap/gazetteer.h>
#include <incmap/report.h>

#include "base/context.h"
#include "io/csv.h"

/* data/NAME; up to eight results live at a time. */
static inline const char *data_path(const char *name)
{
    static char paths[8][1024];
    static int turn;
    char *path = paths[turn++ % 8];
    const char *folder = getenv("INCMAP_TEST_DATA");
    ck_assert_msg(folder != NULL, "INCMAP_TEST_DATA names no folder");
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* A scanner over a text, which must outlive it. */
static inline incmap__csv *csv_over(incmap_ctx *ctx, const char *name, const char *text)
{
    incmap__csv *csv = NULL;
    ck_assert_int_eq(
        incmap__csv_open_memory(&csv, name, text, strlen(text), NULL, &ctx->allocator, &ctx->error),
        INCMAP_OK);
    return csv;
}

static inline void load_default_places(incmap_ctx *ctx, incmap_gazetteer *g)
{
    ck_assert_msg(incmap_gazetteer_add_places(ctx, g, data_path("places.csv"), NULL) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    ck_assert_msg(incmap_gazetteer_add_posts(ctx, g, data_path("border_posts.csv"), NULL) ==
                      INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
}

/* All problems of a report, one a line. */
static inline const char *report_lines(const incmap_report *report)
{
    static char lines[8192];
    size_t used = 0;
    lines[0] = '\0';
    for (size_t i = 0; i < incmap_report_listed(report); i++) {
        used += incmap_problem_text(incmap_report_get(report, i), lines + used,
                                    sizeof lines - used - 1);
        ck_assert_uint_lt(used, sizeof lines - 2);
        lines[used++] = '\n';
        lines[used] = '\0';
    }
    return lines;
}

#endif
