/* SPDX-License-Identifier: MIT */
/* Reading a file of places into a gazetteer: what the readers of places and of border posts share. */
#ifndef INCMAP_PLACES_READING_H
#define INCMAP_PLACES_READING_H

#include "places/gazetteer.h"
#include "places/names.h"
#include "places/rows.h"

/* What a row function is given as its `user`. */
typedef struct {
    incmap_gazetteer *g;
    incmap__names names;
} incmap__reading;

/* Reads all rows of csv, which it closes, or adds nothing at all. */
incmap_status incmap__gazetteer_read(incmap_ctx *ctx, incmap_gazetteer *g, incmap__csv *csv,
                                     incmap_report *report, const incmap__column columns[],
                                     size_t n, incmap__row_fn row);

/* The row's key, if it has one that no place has yet; else the row is refused. */
bool incmap__reading_key(const incmap_gazetteer *g, incmap__table *table, size_t column,
                         const char **key);

#endif
