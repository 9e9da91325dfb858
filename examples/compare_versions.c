/* SPDX-License-Identifier: MIT */
/* What changed between two versions of a dataset? Prints how many records were added, withdrawn and
 * changed, in which fields, and on request each change with both values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/csv_out.h"
#include "common/program.h"
#include "common/table.h"
#include "common/text.h"
#include "common/version.h"

static data_options chosen;
static const char *tolerance;
static bool as_csv, listed;

typedef struct {
    data d;
    incmap_dataset *before, *after;
    incmap_changes *changes;
    size_t refused_before, refused_after; /* rows of either */
} job;

static int ask(job *j, const char *const words[], size_t n)
{
    incmap_changes_options options = INCMAP_CHANGES_OPTIONS_INIT;
    incmap_status st;
    char *end;
    int status;

    if (n != 2) return wrong_usage("expected two datasets, the earlier one first");
    if (tolerance) {
        options.tolerance_deg = strtod(tolerance, &end);
        if (*end || !(options.tolerance_deg >= 0))
            return wrong_usage("--tolerance is \"%s\", expected degrees, 0 or more", tolerance);
    }
    status = data_load(&j->d, &chosen, false);
    j->refused_before = j->d.refused.rows;
    if (!status) status = version_load(&j->d, words[0], &j->before);
    j->refused_after = j->d.refused.rows;
    j->refused_before = j->refused_after - j->refused_before;
    if (!status) status = version_load(&j->d, words[1], &j->after);
    j->refused_after = j->d.refused.rows - j->refused_after;
    if (status) return status;
    st = incmap_changes_new(j->d.ctx, j->before, j->after, &options, &j->changes);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

/* Owned by the caller. */
static char *value_text(const incmap_dataset *d, incmap_record record, size_t i, const char *field)
{
    char start[1], *text;
    const size_t size = incmap_record_field_text(d, record, i, field, start, sizeof start) + 1;

    text = need(malloc(size));
    incmap_record_field_text(d, record, i, field, text, size);
    return text;
}

/* "ged_c.csv:17"; owned by the caller. */
static char *refused_text(const incmap_change *c)
{
    char *file = text_clean(c->refused_file);
    char *text = text_format("%s:%zu", file, c->refused_row);

    free(file);
    return text;
}

static size_t count_of(const incmap_dataset *d, incmap_record record)
{
    switch (record) {
    case INCMAP_RECORD_SOURCE: return incmap_dataset_source_count(d);
    case INCMAP_RECORD_CLAIMANT: return incmap_dataset_claimant_count(d);
    case INCMAP_RECORD_INCIDENT: return incmap_dataset_incident_count(d);
    case INCMAP_RECORD_CLAIM: return incmap_dataset_claim_count(d);
    }
    return 0;
}

/* ---- for people --------------------------------------------------------------------------------- */

/* Records of one version that the other lacks because a row was refused. */
static size_t count_refused(const job *j, incmap_record record, bool later)
{
    const incmap_change *c;
    size_t n = 0;

    for (size_t i = 0; (c = incmap_changes_get(j->changes, i)) != NULL; i++)
        n += c->record == record && c->kind == INCMAP_CHANGE_REFUSED &&
             later == (c->after == SIZE_MAX);
    return n;
}

static void print_refused(size_t rows, const char *version, const char *instead)
{
    if (rows)
        printf(
            "Rows refused in the %s version: %zu. A record known by its id counts as refused; one "
            "whose id\ncannot be read either may count as %s.\n",
            version, rows, instead);
}

static void print_counts(const job *j)
{
    table *t = table_new();

    table_column(t, "", ALIGN_LEFT, 0);
    table_column(t, "before", ALIGN_RIGHT, 0);
    table_column(t, "withdrawn", ALIGN_RIGHT, 0);
    if (j->refused_after) table_column(t, "refused later", ALIGN_RIGHT, 0);
    table_column(t, "stay", ALIGN_RIGHT, 0);
    table_column(t, "of them changed", ALIGN_RIGHT, 0);
    table_column(t, "added", ALIGN_RIGHT, 0);
    if (j->refused_before) table_column(t, "refused before", ALIGN_RIGHT, 0);
    table_column(t, "after", ALIGN_RIGHT, 0);
    for (int r = INCMAP_RECORD_SOURCE; r <= INCMAP_RECORD_CLAIM; r++) {
        const incmap_record record = (incmap_record)r;
        const size_t gone = incmap_changes_number(j->changes, record, INCMAP_CHANGE_WITHDRAWN);
        const size_t refused = count_refused(j, record, true);
        table_cellf(t, "%ss", incmap_record_text(record));
        table_cellf(t, "%zu", count_of(j->before, record));
        table_cellf(t, "%zu", gone);
        if (j->refused_after) table_cellf(t, "%zu", refused);
        table_cellf(t, "%zu", count_of(j->before, record) - gone - refused);
        table_cellf(t, "%zu", incmap_changes_number(j->changes, record, INCMAP_CHANGE_CHANGED));
        table_cellf(t, "%zu", incmap_changes_number(j->changes, record, INCMAP_CHANGE_ADDED));
        if (j->refused_before) table_cellf(t, "%zu", count_refused(j, record, false));
        table_cellf(t, "%zu", count_of(j->after, record));
    }
    table_print(t, stdout);
    table_free(t);
    print_refused(j->refused_before, "earlier", "added");
    print_refused(j->refused_after, "later", "withdrawn");
    printf("\n");
}

/* A field of a kind of record; of claims, of those about one group of victims. */
typedef struct {
    incmap_record record;
    const char *field, *group;
    size_t changed;
} met_field;

/* In the order that they were met in. */
typedef struct {
    met_field *items;
    size_t n;
} met_fields;

static const char *group_of(const job *j, const incmap_change *c)
{
    return c->record == INCMAP_RECORD_CLAIM ? incmap_dataset_claim(j->after, c->after)->victim_group
                                            : "";
}

/* There are some dozens at the most, so that a look at each is soon done. */
static void count_field(met_fields *met, incmap_record record, const char *field, const char *group)
{
    met_field *m = met->items;

    while (m < met->items + met->n &&
           (m->record != record || strcmp(m->field, field) != 0 || strcmp(m->group, group) != 0))
        m++;
    if (m == met->items + met->n) {
        met->items = need(realloc(met->items, (met->n + 1) * sizeof *met->items));
        m = &met->items[met->n++];
        *m = (met_field){ record, field, group, 0 };
    }
    m->changed++;
}

static void print_fields(const job *j)
{
    table *t = table_new();
    const incmap_change *c;
    met_fields met = { NULL, 0 };

    table_column(t, "record", ALIGN_LEFT, 0);
    table_column(t, "field", ALIGN_LEFT, 0);
    table_column(t, "of", ALIGN_LEFT, 0);
    table_column(t, "changed in", ALIGN_RIGHT, 0);
    for (size_t i = 0; (c = incmap_changes_get(j->changes, i)) != NULL; i++)
        for (size_t k = 0; k < c->field_count; k++)
            count_field(&met, c->record, c->fields[k], group_of(j, c));
    for (size_t i = 0; i < met.n; i++) {
        table_cell(t, incmap_record_text(met.items[i].record));
        table_cell(t, met.items[i].field);
        table_cell(t, met.items[i].group);
        table_cellf(t, "%zu", met.items[i].changed);
    }
    if (met.n) {
        table_print(t, stdout);
        printf("\n");
    }
    table_free(t);
    free(met.items);
}

static void list_row(const job *j, table *t, const incmap_change *c, size_t k)
{
    table_cell(t, k ? "" : incmap_change_text(c->kind));
    table_cell(t, k ? "" : incmap_record_text(c->record));
    table_cell(t, k ? "" : c->id);
    table_cell(t, c->field_count ? c->fields[k] : "");
    if (c->kind == INCMAP_CHANGE_REFUSED) {
        table_take(t, c->after == SIZE_MAX ? need_copy("") : refused_text(c));
        table_take(t, c->after == SIZE_MAX ? refused_text(c) : need_copy(""));
        return;
    }
    if (!c->field_count) {
        table_cell(t, "");
        table_cell(t, "");
        return;
    }
    table_take(t, value_text(j->before, c->record, c->before, c->fields[k]));
    table_take(t, value_text(j->after, c->record, c->after, c->fields[k]));
}

static void print_list(const job *j)
{
    table *t = table_new();
    const incmap_change *c;

    table_column(t, "", ALIGN_LEFT, 0);
    table_column(t, "", ALIGN_LEFT, 0);
    table_column(t, "id", ALIGN_LEFT, 24);
    table_column(t, "field", ALIGN_LEFT, 0);
    table_column(t, "before", ALIGN_LEFT, 32);
    table_column(t, "after", ALIGN_LEFT, 32);
    for (size_t i = 0; (c = incmap_changes_get(j->changes, i)) != NULL; i++)
        for (size_t k = 0; k < c->field_count || k == 0; k++)
            list_row(j, t, c, k);
    table_print(t, stdout);
    table_free(t);
    printf("\n");
}

/* ---- CSV ---------------------------------------------------------------------------------------- */

static void csv_row(const job *j, csv_out *csv, const incmap_change *c, size_t k)
{
    csv_text(csv, incmap_change_text(c->kind));
    csv_text(csv, incmap_record_text(c->record));
    csv_text(csv, c->id);
    if (c->field_count) {
        char *before = value_text(j->before, c->record, c->before, c->fields[k]);
        char *after = value_text(j->after, c->record, c->after, c->fields[k]);
        csv_text(csv, c->fields[k]);
        csv_text(csv, before);
        csv_text(csv, after);
        csv_number(csv, strcmp(c->fields[k], "at") == 0 ? c->moved_m : NAN, 3);
        free(before);
        free(after);
    } else {
        csv_empty(csv, 4);
    }
    csv_text(csv, c->refused_file ? c->refused_file : "");
    if (c->refused_file)
        csv_count(csv, c->refused_row);
    else
        csv_empty(csv, 1);
    csv_end(csv);
}

static void print_csv(const job *j)
{
    csv_out csv = { stdout, 0 };
    const incmap_change *c;

    csv_head(&csv, "change,record,id,field,before,after,moved_m,refused_file,refused_row");
    for (size_t i = 0; (c = incmap_changes_get(j->changes, i)) != NULL; i++)
        for (size_t k = 0; k < c->field_count || k == 0; k++)
            csv_row(j, &csv, c, k);
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    const int status = ask(j, words, n);

    if (status) return status;
    if (as_csv) {
        print_csv(j);
        return DONE;
    }
    print_counts(j);
    print_fields(j);
    if (listed) print_list(j);
    return DONE;
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "list", NULL, "each change too, with the value before and after", &listed, NULL },
        { "tolerance", "DEG", "positions that near are the same (0)", NULL, &tolerance },
        { "csv", NULL, "one CSV row per changed field", &as_csv, NULL },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, 3 },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT },
    };
    const command cmd = {
        "BEFORE AFTER",
        "What changed between two versions of a dataset: records added, withdrawn and changed, and "
        "in\n"
        "which fields. A record whose row was refused in the other version is told as that, with "
        "the row.\n" VERSION_HELP,
        " data newer --list\n"
        " ged_ukraine_b.csv ged_ukraine_c.csv --tolerance 0.0001 --csv\n",
        groups,
        2,
    };
    job j = { .before = NULL };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    incmap_changes_free(j.changes);
    incmap_dataset_free(j.before);
    incmap_dataset_free(j.after);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/compare_versions-*.expected */
