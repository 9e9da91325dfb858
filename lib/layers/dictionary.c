/* SPDX-License-Identifier: MIT */
/* PATH.fields.csv: one row for each field as it was written, and the credit that goes with them. */
#include "layers/dictionary.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "io/diskfile.h"

struct csv {
    char *text;
    size_t length, room;
    const incmap_allocator *allocator;
    incmap_error *err;
    incmap_status status; /* after the first failure nothing is added */
};

static void add_bytes(struct csv *csv, const char *bytes, size_t n)
{
    if (!csv->status)
        csv->status =
            incmap__grow(csv->allocator, &csv->text, &csv->room, csv->length + n, 1, csv->err);
    if (!csv->status) {
        memcpy(csv->text + csv->length, bytes, n);
        csv->length += n;
    }
}

/* A field of RFC 4180: in quotes, each quote in it twice, whatever it holds. */
static void add_quoted(struct csv *csv, const char *text, size_t length)
{
    add_bytes(csv, "\"", 1);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"') add_bytes(csv, "\"", 1);
        add_bytes(csv, text + i, 1);
    }
    add_bytes(csv, "\"", 1);
}

static void add_row(struct csv *csv, const char *const values[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0) add_bytes(csv, ",", 1);
        if (values[i][0]) add_quoted(csv, values[i], strlen(values[i]));
    }
    add_bytes(csv, "\r\n", 2);
}

const char *incmap__dictionary_name(const char *kind, const char *field, incmap__language language,
                                    incmap__field_name *name)
{
    int part = 1;
    const incmap__field_words *words = incmap__dictionary_find(kind, field, &part);
    const char *text = words ? incmap__word(&words->name, language) : field;

    if (part > 1)
        (void)snprintf(name->text, sizeof name->text, "%s (%d)", text, part);
    else
        (void)incmap__text_copy(name->text, sizeof name->text, text);
    return name->text;
}

static const char *type_text(incmap__field_type type)
{
    switch (type) {
    case INCMAP__FIELD_INT: return "whole number";
    case INCMAP__FIELD_NUMBER: return "number";
    case INCMAP__FIELD_DATE: return "date";
    default: return "text";
    }
}

static void add_field(struct csv *csv, const incmap__dictionary_job *job, size_t i)
{
    const char *field = job->fields[i].name;
    int part = 1;
    const incmap__field_words *words = incmap__dictionary_find(job->kind, field, &part);
    incmap__field_name names[INCMAP__LANGUAGES];

    for (int l = 0; l < INCMAP__LANGUAGES; l++)
        (void)incmap__dictionary_name(job->kind, field, (incmap__language)l, &names[l]);
    const char *const row[] = { field,
                                names[INCMAP__ENGLISH].text,
                                words ? words->unit : "",
                                words ? words->meaning : "",
                                words ? words->values : "",
                                type_text(job->fields[i].type),
                                names[INCMAP__RUSSIAN].text,
                                names[INCMAP__UKRAINIAN].text };
    add_row(csv, row, sizeof row / sizeof *row);
}

/* What concerns the layer as a whole stands below the fields, under names that no field can have. */
static void add_note(struct csv *csv, const char *name, const char *full_name, const char *text)
{
    const char *const row[] = { name, full_name, "", text, "", "", "", "" };
    if (text && *text) add_row(csv, row, sizeof row / sizeof *row);
}

static void add_more_credit(struct csv *csv, const char *lines)
{
    while (lines && *lines) {
        const size_t length = strcspn(lines, "\n");
        if (length) {
            add_bytes(csv, "(credit),Credit,,", 17);
            add_quoted(csv, lines, length);
            add_bytes(csv, ",,,,\r\n", 6);
        }
        lines += length + (lines[length] == '\n');
    }
}

incmap_status incmap__dictionary_write(const incmap__dictionary_job *job, const char *path,
                                       const incmap_allocator *a, incmap_error *err)
{
    static const char *const head[] = { "field",  "full_name", "unit",         "meaning",
                                        "values", "type",      "full_name_ru", "full_name_uk" };
    struct csv csv = { .allocator = a, .err = err };

    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        if (i > 0) add_bytes(&csv, ",", 1);
        add_bytes(&csv, head[i], strlen(head[i]));
    }
    add_bytes(&csv, "\r\n", 2);
    for (size_t i = 0; i < job->field_count; i++)
        add_field(&csv, job, i);
    add_note(&csv, "(layer)", job->title, job->abstract);
    add_note(&csv, "(inside)", "Depths are positive in", job->inside);
    add_note(&csv, "(outside)", "Depths are negative in", job->outside);
    add_note(&csv, "(credit)", "Credit", job->credit);
    add_more_credit(&csv, job->more_credit);
    if (!csv.status) csv.status = incmap__diskfile_write_whole(path, csv.text, csv.length, a, err);
    incmap__free(a, csv.text);
    return csv.status;
}
