/* SPDX-License-Identifier: MIT */
/* Tables of statements, and the door for data in memory. */
#ifndef INCMAP_CHECKS_STATEMENTS_H
#define INCMAP_CHECKS_STATEMENTS_H

#include <incmap/statement.h>

#include "io/csv.h"

/* As incmap_statements_open, over a scanner that it closes, also on failure. */
incmap_status incmap__statements_build(incmap_ctx *ctx, incmap__csv *csv,
                                       const incmap_gazetteer *gazetteer, incmap_report *report,
                                       incmap_statements **out);

#endif
