/* SPDX-License-Identifier: MIT */
/* All rows of a file or none. */
#include "places/reading.h"

static incmap_status read_all(incmap__reading *reading, incmap__problems *problems,
                              incmap__csv *csv, const incmap__reading_plan *plan)
{
    incmap__gazetteer_mark mark;
    incmap_status st;

    st = incmap__gazetteer_begin(reading->g, &mark, &problems->ctx->error);
    if (st) {
        incmap__csv_close(csv);
        return st;
    }
    st = plan->fields ? incmap__rows_read_headless(problems, csv, plan->columns, plan->column_count,
                                                   plan->fields, plan->row, reading)
                      : incmap__rows_read(problems, csv, plan->columns, plan->column_count,
                                          plan->row, reading);
    if (st) incmap__gazetteer_rollback(reading->g, &mark);
    return st;
}

incmap_status incmap__gazetteer_read_plan(incmap_ctx *ctx, incmap_gazetteer *g, incmap__csv *csv,
                                          incmap_report *report, const incmap__reading_plan *plan)
{
    incmap__reading reading = { .g = g, .own = plan->own };
    incmap__problems problems;
    incmap_status st;

    incmap__names_init(&reading.names, &ctx->allocator);
    st = incmap__problems_begin(&problems, ctx, report);
    if (st)
        incmap__csv_close(csv);
    else
        st = read_all(&reading, &problems, csv, plan);
    incmap__names_free(&reading.names);
    incmap__problems_end(&problems);
    return st;
}

incmap_status incmap__gazetteer_read(incmap_ctx *ctx, incmap_gazetteer *g, incmap__csv *csv,
                                     incmap_report *report, const incmap__column columns[],
                                     size_t n, incmap__row_fn row)
{
    const incmap__reading_plan plan = { columns, n, 0, row, NULL };
    return incmap__gazetteer_read_plan(ctx, g, csv, report, &plan);
}

bool incmap__reading_key(const incmap_gazetteer *g, incmap__table *table, size_t column,
                         const char **key)
{
    if (!incmap__table_needed(table, column, key)) return false;
    if (!incmap_gazetteer_by_key(g, *key)) return true;
    incmap__table_refuse(table, column, "a key that no place has yet");
    return false;
}
