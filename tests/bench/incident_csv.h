/* SPDX-License-Identifier: MIT */
/* A table of incidents as CSV, of any number of rows, and the layer that incmap makes of it; what fails
 * ends the program. */
#ifndef INCMAP_TESTS_BENCH_INCIDENT_CSV_H
#define INCMAP_TESTS_BENCH_INCIDENT_CSV_H

#include <incmap/layer_writer.h>

#include "io/csv.h"

enum {
    INCIDENT_COLUMNS = 24,
    INCIDENT_LATITUDE = 15,
    INCIDENT_LONGITUDE = 16,
    INCIDENT_NUMBER_WIDTH = 12 /* where widths are given */
};

typedef struct {
    const char *name;
    incmap_field_kind kind;
    int decimals;
    const char *csvt; /* for ogr2ogr: as wide as the data are */
} incident_column;

extern const incident_column incident_columns[INCIDENT_COLUMNS];

void bench_stop(const char *what);

/* FOLDER/incidents.csv with its types for ogr2ogr in incidents.csvt. */
void incident_csv_make(const char *folder, size_t rows);
/* Behind the row of names. */
incmap__csv *incident_csv_open(const char *folder);
/* Texts live until the next call; false at the end. */
bool incident_csv_next(incmap__csv *csv, incmap_value values[INCIDENT_COLUMNS]);

/* text_widths NULL: all widths from the data. */
incmap_layer_writer *incident_layer_open(incmap_ctx *ctx, const char *path, bool index,
                                         const int text_widths[INCIDENT_COLUMNS]);
void incident_layer_add(incmap_ctx *ctx, incmap_layer_writer *w,
                        const incmap_value values[INCIDENT_COLUMNS]);
/* Frees both. */
void incident_layer_finish(incmap_ctx *ctx, incmap_layer_writer *w, incmap_layer_result *result);
/* The whole way, from FOLDER/incidents.csv to FOLDER/ours.shp, through a spool. */
void incident_layer_write(const char *folder, bool index, incmap_layer_result *result);

#endif
