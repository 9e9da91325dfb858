/* SPDX-License-Identifier: MIT */
/* VIINA's files from memory. */
#ifndef INCMAP_FORMATS_VIINA_H
#define INCMAP_FORMATS_VIINA_H

#include <incmap/import.h>

#include "io/table.h"

/* As incmap_dataset_import_viina, over a scanner that it closes, also on failure. */
incmap_status incmap__viina_import(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                   incmap_dataset **out);
/* The columns that it knows. */
const incmap__column *incmap__viina_columns(size_t *n);

#endif
