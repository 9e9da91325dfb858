/* SPDX-License-Identifier: MIT */
/* A table for people: aligned columns that hold with any script, long texts wrapped. */
#ifndef INCMAP_EXAMPLES_TABLE_H
#define INCMAP_EXAMPLES_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct table table;

typedef enum {
    ALIGN_LEFT,
    ALIGN_RIGHT,
    ALIGN_POINT, /* decimal points under one another */
    ALIGN_BAND   /* the signs "±" under one another */
} table_align;

table *table_new(void);
void table_free(table *t);

/* Adds a column. The head may hold LINE_BREAKs. Cells wider than `most` columns are wrapped;
 * 0: never. */
void table_column(table *t, const char *head, table_align align, size_t most);

/* Adds the next cell, row by row; the text is copied and cleaned. It may hold LINE_BREAKs. */
void table_cell(table *t, const char *text);
/* The same with a text made by malloc, which it frees. */
void table_take(table *t, char *text);
void table_cellf(table *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An empty line before the row whose first cell comes next. */
void table_gap(table *t);

/* Columns that the whole takes. */
size_t table_width(const table *t);

/* Heads, a rule, rows; two spaces between columns, none at the ends of lines. */
void table_print(const table *t, FILE *file);

#endif
