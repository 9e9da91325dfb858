/* SPDX-License-Identifier: MIT */
/* UCDP's files from memory. */
#ifndef INCMAP_FORMATS_UCDP_H
#define INCMAP_FORMATS_UCDP_H

#include <incmap/import.h>

#include "io/table.h"

/* As incmap_dataset_import_ucdp, over a scanner that it closes, also on failure. */
incmap_status incmap__ucdp_import(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                  incmap_dataset **out);
/* The columns that it knows. */
const incmap__column *incmap__ucdp_columns(size_t *n);

#endif
