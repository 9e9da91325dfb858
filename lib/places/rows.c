/* SPDX-License-Identifier: MIT */
/* The loop over rows, and the first refusal of a call without a report. */
#include "places/rows.h"

#include <math.h>

static void note_problem(void *user, const incmap_problem *problem)
{
    incmap__problems *problems = user;
    char text[sizeof problems->first];

    (void)incmap_problem_text(problem, text, sizeof text);
    if (problem->severity == INCMAP_PROBLEM_WARNING) {
        incmap__log(problems->ctx, INCMAP_LOG_WARNING, "%s", text);
    } else if (!problems->refused) {
        problems->refused = true;
        (void)incmap_problem_text(problem, problems->first, sizeof problems->first);
    }
}

incmap_status incmap__problems_begin(incmap__problems *problems, incmap_ctx *ctx,
                                     incmap_report *report)
{
    incmap_report_options options = INCMAP_REPORT_OPTIONS_INIT;

    *problems = (incmap__problems){ .ctx = ctx, .report = report };
    if (report) return INCMAP_OK;
    options.capacity = 1;
    options.problem = note_problem;
    options.user = problems;
    const incmap_status st = incmap_report_new(ctx, &options, &problems->own);
    problems->report = problems->own;
    return st;
}

void incmap__problems_end(incmap__problems *problems)
{
    incmap_report_free(problems->own);
}

incmap_status incmap__problems_check(const incmap__problems *problems)
{
    if (!problems->refused) return INCMAP_OK;
    return incmap__fail(&problems->ctx->error, INCMAP_EDATA, "%s", problems->first);
}

static incmap_status read_rows(incmap__problems *problems, incmap__table *table, incmap__row_fn row,
                               void *user)
{
    incmap_error *err = &problems->ctx->error;
    incmap_status st = INCMAP_OK;
    bool found = true;

    incmap__table_on_broken(table, problems->refused_row, user);
    while (!st) {
        st = incmap__table_next(table, &found, err);
        /* The table itself may have refused rows on its way to this one. */
        if (!st) st = incmap__problems_check(problems);
        if (st || !found) break;
        st = row(user, table, err);
        if (!st && problems->refused_row && incmap__table_row_refused(table))
            st = problems->refused_row(user, table, err);
        if (!st) st = incmap__problems_check(problems);
    }
    incmap__table_close(table);
    return st;
}

incmap_status incmap__rows_read(incmap__problems *problems, incmap__csv *csv,
                                const incmap__column columns[], size_t n, incmap__row_fn row,
                                void *user)
{
    incmap__table *table = NULL;
    const incmap_status st = incmap__table_open(&table, csv, columns, n, problems->report,
                                                &problems->ctx->allocator, &problems->ctx->error);

    return st ? st : read_rows(problems, table, row, user);
}

incmap_status incmap__rows_read_headless(incmap__problems *problems, incmap__csv *csv,
                                         const incmap__column columns[], size_t n, size_t fields,
                                         incmap__row_fn row, void *user)
{
    incmap__table *table = NULL;
    const incmap_status st =
        incmap__table_open_headless(&table, csv, columns, n, fields, problems->report,
                                    &problems->ctx->allocator, &problems->ctx->error);

    return st ? st : read_rows(problems, table, row, user);
}

bool incmap__row_coord(incmap__table *table, size_t lon_column, size_t lat_column, bool *located,
                       incmap_coord *at)
{
    incmap_coord c = { 0 };

    /* Both are read before either is judged, so that a row with two bad numbers is told both. */
    const bool lon_good = incmap__table_number(table, lon_column, -180, 180, &c.lon);
    const bool lat_good = incmap__table_number(table, lat_column, -90, 90, &c.lat);
    if (!lon_good || !lat_good) return false;
    if (isnan(c.lon) != isnan(c.lat)) {
        incmap__table_refuse(table, isnan(c.lon) ? lon_column : lat_column,
                             "degrees here too, or in neither column of the position");
        return false;
    }
    *located = !isnan(c.lon);
    if (*located) *at = c;
    return true;
}
