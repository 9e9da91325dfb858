/* SPDX-License-Identifier: MIT */
/* The incidents that layers are timed with: made from a seed, Cyrillic, quotes, line breaks in quotes,
 * notes of up to 600 bytes; and how a program reads them and writes them as a layer. */
#include "incident_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "random.h"

void bench_stop(const char *what)
{
    fprintf(stderr, "layer benchmark: %s\n", what);
    exit(1);
}

const incident_column incident_columns[INCIDENT_COLUMNS] = {
    { "EVENT_ID", INCMAP_FIELD_TEXT, 0, "String(12)" },
    { "EVENT_DATE", INCMAP_FIELD_DATE, 0, "Date" },
    { "YEAR", INCMAP_FIELD_INT, 0, "Integer(4)" },
    { "TIME_PREC", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "EVENT_TYPE", INCMAP_FIELD_TEXT, 0, "String(27)" },
    { "SUB_TYPE", INCMAP_FIELD_TEXT, 0, "String(35)" },
    { "ACTOR1", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "ASSOC1", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "INTER1", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "ACTOR2", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "INTER2", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "COUNTRY", INCMAP_FIELD_TEXT, 0, "String(20)" },
    { "ADMIN1", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "ADMIN2", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "LOCATION", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "LATITUDE", INCMAP_FIELD_NUMBER, 5, "Real(9.5)" },
    { "LONGITUDE", INCMAP_FIELD_NUMBER, 5, "Real(10.5)" },
    { "GEO_PREC", INCMAP_FIELD_INT, 0, "Integer(1)" },
    { "SOURCE", INCMAP_FIELD_TEXT, 0, "String(105)" },
    { "SRC_SCALE", INCMAP_FIELD_TEXT, 0, "String(20)" },
    { "NOTES", INCMAP_FIELD_TEXT, 0, "String(254)" },
    { "FATALITIES", INCMAP_FIELD_INT, 0, "Integer(4)" },
    { "DEPTH_M", INCMAP_FIELD_NUMBER, 1, "Real(10.1)" },
    { "STAMP", INCMAP_FIELD_INT, 0, "Integer64(12)" },
};
/* ---- the incidents ---- */

static const char *const words[] = {
    "\u043E\u0431\u0441\u0442\u0440\u0456\u043B",
    "artillery",
    "near",
    "\u0441\u0435\u043B\u043E",
    "reported",
    "\"heavy\"",
    "\u043F\u0440\u0438\u043A\u043E\u0440\u0434\u043E\u043D\u043D\u044F",
    "fire",
    "and,",
    "\u0443\u0434\u0430\u0440",
    "of",
    "the",
    "\u0414\u0420\u0413",
    "forces",
    "\u0413\u0440\u0430\u0439\u0432\u043E\u0440\u043E\u043D",
    "crossed",
    "coded\nas",
    "unknown",
    "\u0433\u0440\u0430\u043D\u0438\u0446\u0430",
    "casualties",
};

/* From `least` to `most` bytes of words, few of them many, as names and notes are; a quoted field. */
static void put_words(FILE *f, test_random *r, double least, double most)
{
    const double u = random_between(r, 0, 1);
    const size_t wanted = (size_t)(least + (most - least) * u * u * u);
    size_t length = 0;
    fputc('"', f);
    while (length < wanted) {
        const char *word = words[random_bits(r) % (sizeof words / sizeof *words)];
        if (length) fputc(' ', f);
        for (const char *c = word; *c; c++) {
            if (*c == '"') fputc('"', f);
            fputc(*c, f);
        }
        length += strlen(word) + 1;
    }
    fputc('"', f);
}

static void put_row(FILE *f, test_random *r, size_t i)
{
    const double lat = random_between(r, 44, 53), lon = random_between(r, 22, 42);
    fprintf(f, "UKR%zu,%d-%02d-%02d,%d,%d,", i, 2018 + (int)(i % 7), 1 + (int)(i % 12),
            1 + (int)(i % 28), 2018 + (int)(i % 7), 1 + (int)(i % 3));
    fprintf(f, "%s,%s,", i % 3 ? "Explosions/Remote violence" : "Battles",
            i % 3 ? "Shelling/artillery/missile attack" : "Armed clash");
    fprintf(f, "Military Forces of %s (20%02zu-),", i % 2 ? "Ukraine" : "Russia", i % 23);
    if (i % 4) fputs("\u0412\u0456\u0439\u0441\u044C\u043A\u043E\u0432\u0456", f);
    fprintf(f, ",%zu,", i % 8);
    put_words(f, r, 6, 90);
    fprintf(f, ",%zu,%s,", i % 8, i % 2 ? "Ukraine" : "Russia");
    put_words(f, r, 6, 90);
    fputc(',', f);
    put_words(f, r, 6, 90);
    fputc(',', f);
    put_words(f, r, 4, 90);
    fprintf(f, ",%.5f,%.5f,%zu,", lat, lon, 1 + i % 3);
    put_words(f, r, 6, 90);
    fputs(i % 2 ? ",National," : ",Subnational-National,", f);
    put_words(f, r, 60, 590);
    if (i % 9)
        fprintf(f, ",%zu,", i % 40);
    else
        fputs(",,", f);
    fprintf(f, "%.1f,%zu\n", random_between(r, -150000, 150000), 1600000000 + i);
}

void incident_csv_make(const char *folder, size_t rows)
{
    char path[600];
    test_random r = { test_seed(23) };
    FILE *f, *types;
    (void)snprintf(path, sizeof path, "%s/incidents.csv", folder);
    f = fopen(path, "wb");
    (void)snprintf(path, sizeof path, "%s/incidents.csvt", folder);
    types = fopen(path, "wb");
    if (!f || !types) bench_stop("cannot write into the folder");
    for (int c = 0; c < INCIDENT_COLUMNS; c++) {
        fprintf(f, "%s%s", c ? "," : "", incident_columns[c].name);
        fprintf(types, "%s%s", c ? "," : "", incident_columns[c].csvt);
    }
    fputc('\n', f);
    for (size_t i = 0; i < rows; i++)
        put_row(f, &r, i);
    if (fclose(f) != 0 || fclose(types) != 0) bench_stop("the disk is full");
}

/* ---- reading them ---- */

static void take_value(incmap_value *value, int column, const incmap__csv_field *field)
{
    incmap_date date;
    value->kind = INCMAP_VALUE_NULL;
    if (field->length == 0) return;
    switch (incident_columns[column].kind) {
    case INCMAP_FIELD_TEXT:
        value->as.text = field->text;
        value->kind = INCMAP_VALUE_TEXT;
        break;
    case INCMAP_FIELD_INT:
        if (!incmap__text_to_int(field->text, field->length, &value->as.whole))
            bench_stop("no int");
        value->kind = INCMAP_VALUE_INT;
        break;
    case INCMAP_FIELD_NUMBER:
        if (!incmap__text_to_double(field->text, field->length, &value->as.number))
            bench_stop("no number");
        value->kind = INCMAP_VALUE_NUMBER;
        break;
    case INCMAP_FIELD_DATE:
        if (incmap__date_parse(field->text, field->length, &date, NULL)) bench_stop("no date");
        value->as.day = date.earliest;
        value->kind = INCMAP_VALUE_DAY;
        break;
    }
}

incmap__csv *incident_csv_open(const char *folder)
{
    static const incmap__csv_options options = { 0, false, 0 };
    const incmap_allocator a = incmap__allocator_default();
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    char path[600];
    bool found;
    (void)snprintf(path, sizeof path, "%s/incidents.csv", folder);
    if (incmap__csv_open(&csv, path, &options, &a, NULL) ||
        incmap__csv_next(csv, &row, &found, NULL) || row.count != INCIDENT_COLUMNS)
        bench_stop("the CSV file cannot be read");
    return csv;
}

bool incident_csv_next(incmap__csv *csv, incmap_value values[INCIDENT_COLUMNS])
{
    incmap__csv_row row;
    bool found = false;
    if (incmap__csv_next(csv, &row, &found, NULL) ||
        (found && (row.fault || row.count != INCIDENT_COLUMNS)))
        bench_stop("a row of the CSV file cannot be read");
    for (int c = 0; found && c < INCIDENT_COLUMNS; c++)
        take_value(&values[c], c, &row.fields[c]);
    return found;
}

/* ---- as a layer ---- */

incmap_layer_writer *incident_layer_open(incmap_ctx *ctx, const char *path, bool index,
                                         const int text_widths[INCIDENT_COLUMNS])
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_field fields[INCIDENT_COLUMNS];
    incmap_layer_writer *w = NULL;
    memset(fields, 0, sizeof fields);
    for (int c = 0; c < INCIDENT_COLUMNS; c++) {
        fields[c].name = incident_columns[c].name;
        fields[c].kind = incident_columns[c].kind;
        fields[c].decimals = incident_columns[c].decimals;
        if (text_widths)
            fields[c].width = incident_columns[c].kind ? INCIDENT_NUMBER_WIDTH : text_widths[c];
    }
    options.no_index = !index;
    if (incmap_layer_writer_open(ctx, path, INCMAP_SHAPE_POINT, fields, INCIDENT_COLUMNS, &options,
                                 &w))
        bench_stop(incmap_ctx_message(ctx));
    return w;
}

void incident_layer_add(incmap_ctx *ctx, incmap_layer_writer *w,
                        const incmap_value values[INCIDENT_COLUMNS])
{
    const incmap_coord at = { values[INCIDENT_LATITUDE].as.number,
                              values[INCIDENT_LONGITUDE].as.number };
    const incmap_shape shape = { INCMAP_SHAPE_POINT, &at, 1, NULL, 0, NULL, NULL };
    if (incmap_layer_writer_add(ctx, w, &shape, values)) bench_stop(incmap_ctx_message(ctx));
}

void incident_layer_finish(incmap_ctx *ctx, incmap_layer_writer *w, incmap_layer_result *result)
{
    if (incmap_layer_writer_finish(ctx, w, result)) bench_stop(incmap_ctx_message(ctx));
    incmap_layer_writer_free(w);
    incmap_ctx_free(ctx);
}

void incident_layer_write(const char *folder, bool index, incmap_layer_result *result)
{
    incmap_value values[INCIDENT_COLUMNS];
    incmap__csv *csv = incident_csv_open(folder);
    incmap_layer_writer *w;
    incmap_ctx *ctx = NULL;
    char path[600];

    (void)snprintf(path, sizeof path, "%s/ours", folder);
    if (incmap_ctx_new(NULL, &ctx)) bench_stop("no context");
    w = incident_layer_open(ctx, path, index, NULL);
    while (incident_csv_next(csv, values))
        incident_layer_add(ctx, w, values);
    incident_layer_finish(ctx, w, result);
    incmap__csv_close(csv);
}
