/* SPDX-License-Identifier: MIT */
/* CSV by column name: the header, rows of the right number of fields, and values that are checked
 * where they are taken. What is wrong goes to the report with line and column. */
#include "io/table.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/report.h"
#include "base/text.h"

#define NO_FIELD SIZE_MAX

struct incmap__table {
    incmap_allocator allocator;
    incmap__csv *csv;
    const incmap__column *columns;
    size_t column_count;
    size_t *field_of; /* of each column; NO_FIELD when the file lacks it */
    incmap_report *report;
    size_t header_count;
    bool headless; /* header_count is what the kind of file says */
    incmap__csv_row row;
    bool row_refused, row_left_out;
    bool pending; /* the row in hand is in no account yet */
    bool begun;   /* a row was read behind the header */
    size_t rows, refused;
    size_t file, first_column;    /* of the report's accounts */
    incmap__broken_row_fn broken; /* NULL: none */
    void *broken_user;
    unsigned char *marks; /* what befell each field of the row in hand; NULL without a report */
};

/* From harmless to worst: a value counts as the worst that befell it. */
enum mark { KEPT, CONVERTED, DOUBTFUL, AT_FAULT };

/* ---- the header ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Without regard to ASCII case and to spaces around the field's text. */
static bool is_named(const incmap__csv_field *field, const char *name)
{
    const size_t length = strlen(name);
    size_t start = 0, end = field->length;

    while (start < end && is_space(field->text[start]))
        start++;
    while (end > start && is_space(field->text[end - 1]))
        end--;
    if (end - start != length) return false;
    for (size_t i = 0; i < length; i++)
        if (lower(field->text[start + i]) != lower(name[i])) return false;
    return true;
}

static incmap_status find_column(incmap__table *table, size_t column, incmap_error *err)
{
    const incmap__csv_row *row = &table->row;

    table->field_of[column] = NO_FIELD;
    for (size_t i = 0; i < row->count; i++) {
        if (!is_named(&row->fields[i], table->columns[column].name)) continue;
        if (table->field_of[column] != NO_FIELD)
            return incmap__fail(err, INCMAP_EDATA,
                                "%s:%zu: found the column \"%s\" twice (fields %zu and %zu), "
                                "expected it once",
                                incmap__csv_name(table->csv), row->line,
                                table->columns[column].name, table->field_of[column] + 1, i + 1);
        table->field_of[column] = i;
    }
    return INCMAP_OK;
}

/* The usual reason why no column is found at all. */
static const char *separator_hint(const incmap__csv_row *row)
{
    if (row->count != 1) return "";
    if (strchr(row->fields[0].text, ';')) return "; its fields seem to be separated by ;";
    if (strchr(row->fields[0].text, '\t')) return "; its fields seem to be separated by tabs";
    return "";
}

static incmap_status check_required(const incmap__table *table, incmap_error *err)
{
    char missing[256] = "";
    size_t used = 0, count = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].required || table->field_of[i] != NO_FIELD) continue;
        incmap__text_add(missing, sizeof missing, &used, "%s%s", count++ ? ", " : "",
                         table->columns[i].name);
    }
    if (!count) return INCMAP_OK;
    return incmap__fail(err, INCMAP_EDATA, "%s:%zu: found a header without %s, expected %s in it%s",
                        incmap__csv_name(table->csv), table->row.line, missing,
                        count == 1 ? "this column" : "these columns", separator_hint(&table->row));
}

/* The names go into the report as the header has them, but for spaces around. */
static incmap_status begin_account(incmap__table *table, bool named, incmap_error *err)
{
    const size_t n = table->header_count;
    incmap_status st;

    if (!table->report) return INCMAP_OK;
    table->marks = incmap__alloc_zeroed(&table->allocator, n, sizeof *table->marks);
    if (!table->marks) return incmap__fail_memory(err);
    st = incmap__report_begin_file(table->report, incmap__csv_name(table->csv), n, &table->file,
                                   &table->first_column, err);
    for (size_t i = 0; !st && named && i < n; i++)
        incmap__report_name_column(table->report, table->first_column + i,
                                   table->row.fields[i].text, table->row.fields[i].length);
    for (size_t i = 0; !st && i < table->column_count; i++)
        if (table->field_of[i] != NO_FIELD)
            incmap__report_column(table->report, table->first_column + table->field_of[i])->read =
                table->columns[i].name[0] != '\0';
    return st;
}

static incmap_status read_header(incmap__table *table, incmap_error *err)
{
    bool found;
    incmap_status st = incmap__csv_next(table->csv, &table->row, &found, err);

    if (st) return st;
    if (!found)
        return incmap__fail(err, INCMAP_EDATA, "%s: found no row at all, expected a header",
                            incmap__csv_name(table->csv));
    if (table->row.fault)
        return incmap__fail(
            err, INCMAP_EDATA, "%s:%zu: found %s at byte %llu in the header, expected %s",
            incmap__csv_name(table->csv), table->row.line,
            incmap__csv_fault_found(table->row.fault), (unsigned long long)table->row.fault_offset,
            incmap__csv_fault_expected(table->row.fault));
    table->header_count = table->row.count;
    for (size_t i = 0; i < table->column_count && !st; i++)
        st = find_column(table, i, err);
    if (!st) st = check_required(table, err);
    if (!st) st = begin_account(table, true, err);
    table->row.count = 0; /* the header's texts are no row's */
    return st;
}

/* A table without its header read yet; takes csv over in any case. */
static incmap__table *make_table(incmap__csv *csv, const incmap__column columns[], size_t n,
                                 incmap_report *report, const incmap_allocator *a,
                                 incmap_error *err)
{
    incmap__table *table = incmap__alloc_zeroed(a, 1, sizeof *table);

    if (!table) {
        incmap__csv_close(csv);
        (void)incmap__fail_memory(err);
        return NULL;
    }
    table->allocator = *a;
    table->csv = csv;
    table->columns = columns;
    table->column_count = n;
    table->report = report;
    table->field_of = incmap__alloc(a, n, sizeof *table->field_of);
    if (table->field_of) return table;
    (void)incmap__fail_memory(err);
    incmap__table_close(table);
    return NULL;
}

incmap_status incmap__table_open(incmap__table **out, incmap__csv *csv,
                                 const incmap__column columns[], size_t n, incmap_report *report,
                                 const incmap_allocator *a, incmap_error *err)
{
    incmap__table *table = make_table(csv, columns, n, report, a, err);
    incmap_status st;

    if (!table) return INCMAP_ENOMEM;
    st = read_header(table, err);
    if (st)
        incmap__table_close(table);
    else
        *out = table;
    return st;
}

incmap_status incmap__table_open_headless(incmap__table **out, incmap__csv *csv,
                                          const incmap__column columns[], size_t n, size_t fields,
                                          incmap_report *report, const incmap_allocator *a,
                                          incmap_error *err)
{
    incmap__table *table = make_table(csv, columns, n, report, a, err);
    incmap_status st;

    if (!table) return INCMAP_ENOMEM;
    for (size_t i = 0; i < n; i++)
        table->field_of[i] = i < fields ? i : NO_FIELD;
    table->header_count = fields;
    table->headless = true;
    table->begun = true; /* no header, no tags behind it */
    st = begin_account(table, false, err);
    if (st)
        incmap__table_close(table);
    else
        *out = table;
    return st;
}

/* ---- accounts ---- */

static void settle_value(incmap_report_column *column, bool empty, const incmap__table *table,
                         unsigned mark)
{
    if (table->row_refused) {
        column->refused += !empty;
        column->empty += empty;
        column->at_fault += mark == AT_FAULT;
    } else if (mark == CONVERTED) {
        column->converted++; /* an empty field may stand for "unknown" */
    } else if (empty) {
        column->empty++;
    } else if (!column->read || table->row_left_out) {
        column->unread++;
    } else if (mark == DOUBTFUL) {
        column->doubtful++;
    } else {
        column->kept++;
    }
}

/* Puts the row in hand into the accounts, once nothing more can befall it. */
static void settle(incmap__table *table)
{
    incmap_report_file *file;

    if (!table->pending || !table->marks) return;
    table->pending = false;
    file = incmap__report_file(table->report, table->file);
    file->rows++;
    file->refused += table->row_refused;
    file->left_out += !table->row_refused && table->row_left_out;
    file->kept += !table->row_refused && !table->row_left_out;
    for (size_t i = 0; i < table->header_count; i++)
        settle_value(incmap__report_column(table->report, table->first_column + i),
                     table->row.fields[i].length == 0, table, table->marks[i]);
    memset(table->marks, KEPT, table->header_count);
}

static void settle_unreadable(incmap__table *table)
{
    incmap_report_file *file;

    if (!table->marks) return;
    file = incmap__report_file(table->report, table->file);
    file->rows++;
    file->refused++;
    file->unreadable++;
}

static void set_mark(incmap__table *table, size_t column, enum mark mark)
{
    const size_t field = table->field_of[column];

    if (table->marks && field < table->header_count && table->marks[field] < mark)
        table->marks[field] = (unsigned char)mark;
}

void incmap__table_close(incmap__table *table)
{
    if (table) {
        const incmap_allocator allocator = table->allocator;
        settle(table);
        incmap__csv_close(table->csv);
        incmap__free(&allocator, table->marks);
        incmap__free(&allocator, table->field_of);
        incmap__free(&allocator, table);
    }
}

/* ---- rows ---- */

/* Name of a field that a column of the reader stands for; "" for the others. */
static const char *name_of_field(const incmap__table *table, size_t field)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (table->field_of[i] == field) return table->columns[i].name;
    return "";
}

static void refuse_row(incmap__table *table, incmap_problem problem)
{
    problem.severity = INCMAP_PROBLEM_REFUSED;
    problem.file = incmap__csv_name(table->csv);
    problem.row = table->row.line;
    incmap__report_add(table->report, &problem);
    if (!table->row_refused) table->refused++;
    table->row_refused = true;
}

static void refuse_broken(incmap__table *table)
{
    const incmap__csv_row *row = &table->row;
    char found[128];
    size_t used = 0;

    incmap__text_add(found, sizeof found, &used, "%s at byte %llu",
                     incmap__csv_fault_found(row->fault), (unsigned long long)row->fault_offset);
    refuse_row(table, (incmap_problem){ .column = row->fault_column,
                                        .column_name = name_of_field(table, row->fault_column - 1),
                                        .found = found,
                                        .expected = incmap__csv_fault_expected(row->fault) });
}

static void refuse_count(incmap__table *table)
{
    char found[64], expected[64];
    size_t used = 0, expected_used = 0;

    incmap__text_add(found, sizeof found, &used, "%zu field%s", table->row.count,
                     table->row.count == 1 ? "" : "s");
    incmap__text_add(expected, sizeof expected, &expected_used,
                     table->headless ? "%zu" : "%zu as in the header", table->header_count);
    refuse_row(table, (incmap_problem){ .found = found, .expected = expected });
}

static incmap_status step_over(incmap__table *table, incmap_error *err)
{
    if (table->row.fault)
        refuse_broken(table);
    else
        refuse_count(table);
    settle_unreadable(table);
    return table->broken ? table->broken(table->broken_user, table, err) : INCMAP_OK;
}

void incmap__table_on_broken(incmap__table *table, incmap__broken_row_fn fn, void *user)
{
    table->broken = fn;
    table->broken_user = user;
}

void incmap__table_leave_out(incmap__table *table)
{
    table->row_left_out = true;
}

bool incmap__table_row_refused(const incmap__table *table)
{
    return table->row_refused;
}

/* Humanitarian data carry their meanings as a second header: "#event+id,#date+start,". */
static bool is_tags(const incmap__csv_row *row)
{
    size_t tags = 0;

    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->fields[i].text;
        if (!text[0]) continue;
        if (text[0] != '#' || lower(text[1]) < 'a' || lower(text[1]) > 'z') return false;
        tags++;
    }
    return tags > 0;
}

/* A file that has a header may have nothing behind it; one without is then what a download left that failed. */
static incmap_status end_rows(incmap__table *table, bool *row_found, incmap_error *err)
{
    table->row.count = 0; /* nothing of an earlier row is left to be read */
    if (table->headless && table->rows + table->refused == 0)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: found no row at all, expected rows of %zu fields",
                            incmap__csv_name(table->csv), table->header_count);
    *row_found = false;
    return INCMAP_OK;
}

incmap_status incmap__table_next(incmap__table *table, bool *row_found, incmap_error *err)
{
    settle(table);
    for (;;) {
        bool found;
        const incmap_status st = incmap__csv_next(table->csv, &table->row, &found, err);
        const bool first = !table->begun;

        table->begun = true;
        table->row_refused = table->row_left_out = false;
        if (st) table->row.count = 0;
        if (st) return st;
        if (!found) return end_rows(table, row_found, err);
        if (first && !table->row.fault && is_tags(&table->row)) {
            if (table->marks) incmap__report_file(table->report, table->file)->has_tags = true;
        } else if (table->row.fault || table->row.count != table->header_count) {
            const incmap_status told = step_over(table, err);
            if (told) return told;
        } else {
            table->pending = true;
            table->rows++;
            *row_found = true;
            return INCMAP_OK;
        }
    }
}

size_t incmap__table_line(const incmap__table *table)
{
    return table->row.line;
}

size_t incmap__table_rows(const incmap__table *table)
{
    return table->rows;
}

size_t incmap__table_refused(const incmap__table *table)
{
    return table->refused;
}

bool incmap__table_has(const incmap__table *table, size_t column)
{
    return table->field_of[column] != NO_FIELD;
}

size_t incmap__table_field(const incmap__table *table, size_t column)
{
    return incmap__table_has(table, column) ? table->field_of[column] + 1 : 0;
}

/* ---- values ---- */

static const incmap__csv_field *field_at(const incmap__table *table, size_t column)
{
    static const incmap__csv_field none = { .text = "" };
    const size_t field = table->field_of[column];
    return field < table->row.count ? &table->row.fields[field] : &none;
}

const char *incmap__table_text(const incmap__table *table, size_t column)
{
    return field_at(table, column)->text;
}

size_t incmap__table_length(const incmap__table *table, size_t column)
{
    return field_at(table, column)->length;
}

static incmap_problem problem_at(const incmap__table *table, size_t column, const char *expected)
{
    return (incmap_problem){ .severity = INCMAP_PROBLEM_WARNING,
                             .file = incmap__csv_name(table->csv),
                             .row = table->row.line,
                             .column = incmap__table_field(table, column),
                             .column_name = table->columns[column].name,
                             .found = incmap__table_text(table, column),
                             .expected = expected };
}

void incmap__table_refuse(incmap__table *table, size_t column, const char *expected)
{
    set_mark(table, column, AT_FAULT);
    refuse_row(table, problem_at(table, column, expected));
}

void incmap__table_warn(incmap__table *table, size_t column, const char *expected)
{
    const incmap_problem problem = problem_at(table, column, expected);
    set_mark(table, column, DOUBTFUL);
    incmap__report_add(table->report, &problem);
}

void incmap__table_convert(incmap__table *table, size_t column, const char *became)
{
    incmap_problem problem;

    if (!incmap__table_has(table, column)) return;
    set_mark(table, column, CONVERTED);
    if (!incmap__report_lists_converted(table->report)) return;
    problem = problem_at(table, column, became);
    problem.severity = INCMAP_PROBLEM_CONVERTED;
    incmap__report_add(table->report, &problem);
}

bool incmap__table_number(incmap__table *table, size_t column, double least, double most,
                          double *out)
{
    const incmap__csv_field *field = field_at(table, column);
    char expected[96];
    size_t used = 0;
    double value = NAN;

    if (field->length == 0 || (incmap__text_to_double(field->text, field->length, &value) &&
                               value >= least && value <= most)) {
        *out = value;
        return true;
    }
    incmap__text_add(expected, sizeof expected, &used, "a number");
    if (isfinite(least) && isfinite(most))
        incmap__text_add(expected, sizeof expected, &used, " from %s to %s",
                         incmap__number(least).text, incmap__number(most).text);
    else if (isfinite(least))
        incmap__text_add(expected, sizeof expected, &used, " of at least %s",
                         incmap__number(least).text);
    else if (isfinite(most))
        incmap__text_add(expected, sizeof expected, &used, " of at most %s",
                         incmap__number(most).text);
    incmap__table_refuse(table, column, expected);
    return false;
}

bool incmap__table_int(incmap__table *table, size_t column, int64_t least, int64_t most,
                       int64_t *out)
{
    const incmap__csv_field *field = field_at(table, column);
    char expected[96];
    size_t used = 0;
    int64_t value = INT64_MIN;

    if (field->length == 0 || (incmap__text_to_int(field->text, field->length, &value) &&
                               value >= least && value <= most)) {
        *out = value;
        return true;
    }
    incmap__text_add(expected, sizeof expected, &used, "a whole number from %lld to %lld",
                     (long long)least, (long long)most);
    incmap__table_refuse(table, column, expected);
    return false;
}

bool incmap__table_date(incmap__table *table, size_t column, incmap_date *out)
{
    const incmap__csv_field *field = field_at(table, column);
    incmap_status st;

    if (field->length == 0) {
        *out = INCMAP__DATE_NONE;
        return true;
    }
    st = incmap__date_parse(field->text, field->length, out, NULL);
    if (st)
        incmap__table_refuse(table, column,
                             st == INCMAP_EDOMAIN ? "a date that exists"
                                                  : "a date as 2023-05-22, 2023-05 or 2023");
    return !st;
}

bool incmap__table_enum(incmap__table *table, size_t column, const char *const names[], size_t n,
                        int missing, int *out)
{
    const incmap__csv_field *field = field_at(table, column);
    char expected[256];
    size_t used = 0;

    if (field->length == 0) {
        *out = missing;
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        if (strcmp(field->text, names[i]) == 0) {
            *out = (int)i;
            return true;
        }
    }
    incmap__text_add(expected, sizeof expected, &used, n == 1 ? "" : "one of ");
    for (size_t i = 0; i < n; i++)
        incmap__text_add(expected, sizeof expected, &used, "%s%s", i ? ", " : "", names[i]);
    incmap__table_refuse(table, column, expected);
    return false;
}

bool incmap__table_needed(incmap__table *table, size_t column, const char **out)
{
    if (incmap__table_length(table, column) == 0) {
        incmap__table_refuse(table, column, "a value");
        return false;
    }
    *out = incmap__table_text(table, column);
    return true;
}
