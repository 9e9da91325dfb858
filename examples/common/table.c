/* SPDX-License-Identifier: MIT */
/* Aligned columns. A column's cells are split at a mark (a decimal point, a plus-minus sign); the
 * parts before it are set flush right, those behind it flush left, and so the marks stand under one
 * another. Left and right alignment are the cases where one part is empty. */
#include "common/table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/text.h"

typedef struct {
    char *head;
    table_align align;
    size_t most;
} column;

struct table {
    column *columns;
    size_t n_columns;
    char **cells; /* row by row */
    size_t n_cells, room;
    bool *gaps; /* per cell that begins a row */
};

/* Columns left and right of the mark, and in all. */
typedef struct {
    size_t left, right, all;
} extent;

table *table_new(void)
{
    return need(calloc(1, sizeof(table)));
}

void table_free(table *t)
{
    if (!t) return;
    for (size_t i = 0; i < t->n_columns; i++)
        free(t->columns[i].head);
    for (size_t i = 0; i < t->n_cells; i++)
        free(t->cells[i]);
    free(t->columns);
    free(t->cells);
    free(t->gaps);
    free(t);
}

void table_column(table *t, const char *head, table_align align, size_t most)
{
    t->columns = need(realloc(t->columns, (t->n_columns + 1) * sizeof *t->columns));
    t->columns[t->n_columns++] = (column){ text_clean(head), align, most };
}

static void make_room(table *t)
{
    const size_t known = t->room;

    if (t->n_cells + 1 < t->room) return;
    t->room = t->room ? 2 * t->room : 64;
    t->cells = need(realloc(t->cells, t->room * sizeof *t->cells));
    t->gaps = need(realloc(t->gaps, t->room * sizeof *t->gaps));
    for (size_t i = known; i < t->room; i++)
        t->gaps[i] = false;
}

void table_gap(table *t)
{
    make_room(t);
    t->gaps[t->n_cells] = true;
}

void table_cell(table *t, const char *text)
{
    make_room(t);
    t->cells[t->n_cells++] = text_clean(text);
}

void table_take(table *t, char *text)
{
    table_cell(t, text);
    free(text);
}

void table_cellf(table *t, const char *format, ...)
{
    va_list list;
    char *text;

    va_start(list, format);
    text = text_format_list(format, list);
    va_end(list);
    table_cell(t, text);
    free(text);
}

/* Where a line of a cell is split. */
static size_t mark(const char *line, size_t length, table_align align)
{
    if (align == ALIGN_LEFT) return 0;
    for (size_t i = 0; i < length; i++) {
        if (align == ALIGN_POINT && line[i] == '.') return i;
        if (align == ALIGN_BAND && strncmp(line + i, "±", strlen("±")) == 0) return i;
    }
    return align == ALIGN_BAND ? 0 : length;
}

/* Copy of a part of a line, for measuring. */
static size_t width_of(const char *line, size_t length)
{
    char *part = need(malloc(length + 1));
    size_t width;

    memcpy(part, line, length);
    part[length] = '\0';
    width = text_width(part);
    free(part);
    return width;
}

/* The next line of a cell when it is wrapped, without spaces at its end. *at begins as the cell, moves
 * behind the line and is NULL after the last; false then. */
static bool next_line(const char **at, size_t most, const char **line, size_t *length)
{
    size_t next;

    if (!*at) return false;
    *line = *at;
    *length = text_wrap(*at, most ? most : (size_t)-1 / 2, &next);
    *at += next;
    if (!**at && !(next && (*at)[-1] == LINE_BREAK[0])) *at = NULL;
    while (*length && (*line)[*length - 1] == ' ')
        (*length)--;
    return true;
}

static void widen(extent *e, const char *cell, size_t most, table_align align)
{
    const char *line;
    size_t length, left, right;

    while (next_line(&cell, most, &line, &length)) {
        const size_t split = mark(line, length, align);
        left = width_of(line, split);
        right = width_of(line + split, length - split);
        /* A text without the mark, such as "on the border", does not move the mark. */
        if (align == ALIGN_BAND && !split) left = right = 0;
        if (left > e->left) e->left = left;
        if (right > e->right) e->right = right;
        if (width_of(line, length) > e->all) e->all = width_of(line, length);
    }
    if (e->left + e->right > e->all) e->all = e->left + e->right;
}

static extent column_extent(const table *t, size_t c)
{
    extent body = { 0, 0, 0 }, head = { 0, 0, 0 };

    for (size_t i = c; i < t->n_cells; i += t->n_columns)
        widen(&body, t->cells[i], t->columns[c].most, t->columns[c].align);
    widen(&head, t->columns[c].head, 0, ALIGN_LEFT);
    if (head.all > body.all) body.all = head.all;
    return body;
}

size_t table_width(const table *t)
{
    size_t width = 0;

    for (size_t c = 0; c < t->n_columns; c++)
        width += column_extent(t, c).all + (c ? 2 : 0);
    return width;
}

static void spaces(FILE *file, size_t n)
{
    for (; n; n--)
        fputc(' ', file);
}

/* Spaces before a line of a cell, so that its mark stands where the column has it. */
static size_t indent(const char *line, size_t length, table_align align, const extent *e)
{
    const size_t split = mark(line, length, align);

    if (align == ALIGN_LEFT || (align == ALIGN_BAND && !split)) return 0;
    if (align == ALIGN_RIGHT) return e->all - width_of(line, length);
    /* The block of marks stands at the right end of the column, under a right-set head. */
    return e->all - e->left - e->right + e->left - width_of(line, split);
}

/* Prints the next line of each cell of a row, from at[column] on; false when no cell has one. Spaces
 * are held back until something follows them. */
static bool print_line(const table *t, const char *at[], const extent e[], bool head, FILE *file)
{
    size_t owed = 0, length, before;
    bool any = false;
    const char *line;

    for (size_t c = 0; c < t->n_columns; c++) {
        table_align align = t->columns[c].align;
        if (head && align != ALIGN_LEFT) align = ALIGN_RIGHT;
        if (!next_line(&at[c], head ? 0 : t->columns[c].most, &line, &length)) {
            owed += e[c].all + 2;
            continue;
        }
        any = true;
        before = indent(line, length, align, &e[c]);
        owed += before;
        if (length) {
            spaces(file, owed);
            fwrite(line, 1, length, file);
            owed = 0;
        }
        owed += e[c].all - before - width_of(line, length) + 2;
    }
    if (any) fputc('\n', file);
    return any;
}

static void print_rule(const table *t, const extent e[], FILE *file)
{
    for (size_t c = 0; c < t->n_columns; c++) {
        if (c) fputs("  ", file);
        for (size_t i = 0; i < e[c].all; i++)
            fputc('-', file);
    }
    fputc('\n', file);
}

/* A row of cells, or with NULL the heads. */
static void print_row(const table *t, char *const cells[], const extent e[], FILE *file)
{
    const char **at = need(calloc(t->n_columns + 1, sizeof *at));

    for (size_t c = 0; c < t->n_columns; c++)
        at[c] = cells ? cells[c] : t->columns[c].head;
    while (print_line(t, at, e, !cells, file)) {
    }
    free(at);
}

void table_print(const table *t, FILE *file)
{
    extent *e = need(calloc(t->n_columns + 1, sizeof *e));

    for (size_t c = 0; c < t->n_columns; c++)
        e[c] = column_extent(t, c);
    print_row(t, NULL, e, file);
    print_rule(t, e, file);
    for (size_t i = 0; i + t->n_columns <= t->n_cells; i += t->n_columns) {
        if (t->gaps[i]) fputc('\n', file);
        print_row(t, t->cells + i, e, file);
    }
    free(e);
}
