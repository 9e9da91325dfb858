/* SPDX-License-Identifier: MIT */
/* A CSV file with a header row, read by column name. Getters check a value, and on a bad one add a
 * problem to the report with file, line, column, what was found and what was expected. */
#ifndef INCMAP_IO_TABLE_H
#define INCMAP_IO_TABLE_H

#include <incmap/coord.h>
#include <incmap/date.h>
#include <incmap/report.h>

#include "io/csv.h"

/* One column that the reader knows. */
typedef struct {
    const char *name;
    bool required; /* the file is refused (INCMAP_EDATA) without this column */
} incmap__column;

typedef struct incmap__table incmap__table;

/* Takes over csv and closes it with the table, also when opening fails. Reads the header: names are
 * compared without spaces around and without regard to ASCII case; unknown columns are let be;
 * a required one that is missing, or one that is there twice, is INCMAP_EDATA with file and line,
 * and names all that are missing. columns[n] is borrowed until close. report may be NULL. */
incmap_status incmap__table_open(incmap__table **out, incmap__csv *csv,
                                 const incmap__column columns[], size_t n, incmap_report *report,
                                 const incmap_allocator *a, incmap_error *err);
/* The same for a file without a header: columns[i] is field i + 1, and rows have `fields` of them. One
 * whose name is empty is read by nobody. Without a row, broken ones too, reading it is INCMAP_EDATA. */
incmap_status incmap__table_open_headless(incmap__table **out, incmap__csv *csv,
                                          const incmap__column columns[], size_t n, size_t fields,
                                          incmap_report *report, const incmap_allocator *a,
                                          incmap_error *err);
void incmap__table_close(incmap__table *table);

/* Called for every row that is stepped over; its fields can be read as far as there are any. */
typedef incmap_status (*incmap__broken_row_fn)(void *user, incmap__table *table, incmap_error *err);
void incmap__table_on_broken(incmap__table *table, incmap__broken_row_fn fn, void *user);

/* The next whole row; *row_found false at the end. Rows that are broken, or have more or fewer fields
 * than the header, are reported as refused, counted, and stepped over. A row of HXL tags right behind the
 * header ("#event+id", at least one, and else nothing but tags and empty fields) is passed over. */
incmap_status incmap__table_next(incmap__table *table, bool *row_found, incmap_error *err);

/* Whether the row in hand was refused. */
bool incmap__table_row_refused(const incmap__table *table);
size_t incmap__table_line(const incmap__table *table);
/* Rows handed out, and rows refused so far (by the table or through incmap__table_refuse). */
size_t incmap__table_rows(const incmap__table *table);
size_t incmap__table_refused(const incmap__table *table);
/* True if the file has columns[column]. */
bool incmap__table_has(const incmap__table *table, size_t column);
/* Number of its field from 1, for problems that are only seen once all rows are read; 0 when the
 * file lacks it. */
size_t incmap__table_field(const incmap__table *table, size_t column);

/* The text of columns[column] in this row: "" when the file lacks the column. Lives until the next
 * row. No spaces are taken off. */
const char *incmap__table_text(const incmap__table *table, size_t column);
size_t incmap__table_length(const incmap__table *table, size_t column);

/* The row cannot be used: adds a refused problem for columns[column] with its text as found.
 * A second refusal of one row adds its problem but does not count the row twice. */
void incmap__table_refuse(incmap__table *table, size_t column, const char *expected);
/* The value is doubtful or not used, the row is. */
void incmap__table_warn(incmap__table *table, size_t column, const char *expected);
/* The value is used in another form: counted in the report, and listed where that was asked for. */
void incmap__table_convert(incmap__table *table, size_t column, const char *became);

/* The row is of a kind that was not asked for, whatever stands in it: counted in the report. */
void incmap__table_leave_out(incmap__table *table);

/* Each returns true and sets *out when the value is good; an empty text sets *out to NaN, INT64_MIN
 * or the unknown date and returns true. A bad value refuses the row and returns false. */
bool incmap__table_number(incmap__table *table, size_t column, double least, double most,
                          double *out);
bool incmap__table_int(incmap__table *table, size_t column, int64_t least, int64_t most,
                       int64_t *out);
/* ISO dates as incmap_date_parse reads them. */
bool incmap__table_date(incmap__table *table, size_t column, incmap_date *out);
/* A text that must be one of names[n]; an empty text or a missing column gives `missing`. */
bool incmap__table_enum(incmap__table *table, size_t column, const char *const names[], size_t n,
                        int missing, int *out);
/* A text that must not be empty. */
bool incmap__table_needed(incmap__table *table, size_t column, const char **out);

#endif
