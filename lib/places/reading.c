/* SPDX-License-Identifier: MIT */
/* All rows of a file or none. */
#include "places/reading.h"

static incmap_status read_all(incmap__reading *reading, incmap__problems *problems,
                              incmap__csv *csv, const incmap__column columns[], size_t n,
                              incmap__row_fn row)
{
    incmap__gazetteer_mark mark;
    incmap_status st;

    st = incmap__gazetteer_begin(reading->g, &mark, &problems->ctx->error);
    if (st) {
        incmap__csv_close(csv);
        return st;
    }
    st = incmap__rows_read(problems, csv, columns, n, row, reading);
    if (st) incmap__gazetteer_rollback(reading->g, &mark);
    return st;
}

incmap_status incmap__gazetteer_read(incmap_ctx *ctx, incmap_gazetteer *g, incmap__csv *csv,
                                     incmap_report *report, const incmap__column columns[],
                                     size_t n, incmap__row_fn row)
{
    incmap__reading reading = { .g = g };
    incmap__problems problems;
    incmap_status st;

    incmap__names_init(&reading.names, &ctx->allocator);
    st = incmap__problems_begin(&problems, ctx, report);
    if (st)
        incmap__csv_close(csv);
    else
        st = read_all(&reading, &problems, csv, columns, n, row);
    incmap__names_free(&reading.names);
    incmap__problems_end(&problems);
    return st;
}

bool incmap__reading_key(const incmap_gazetteer *g, incmap__table *table, size_t column,
                         const char **key)
{
    if (!incmap__table_needed(table, column, key)) return false;
    if (!incmap_gazetteer_by_key(g, *key)) return true;
    incmap__table_refuse(table, column, "a key that no place has yet");
    return false;
}
