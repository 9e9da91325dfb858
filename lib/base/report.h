/* SPDX-License-Identifier: MIT */
/* Adding to a report, for the readers of files: problems, and accounts of files and columns. */
#ifndef INCMAP_BASE_REPORT_H
#define INCMAP_BASE_REPORT_H

#include <incmap/report.h>

#include "base/failure.h"

/* Adds one problem. Texts are copied; `found` is cut between characters. report NULL does nothing.
 * When there is no memory for the list entry the counts and the callback still get it. */
void incmap__report_add(incmap_report *report, const incmap_problem *problem);

/* Whether conversions are to be added: else they are only counted in their columns. */
bool incmap__report_lists_converted(const incmap_report *report);

/* Begins the account of a file with n columns; its columns come one after the other from *first on.
 * INCMAP_ENOMEM leaves no account. */
incmap_status incmap__report_begin_file(incmap_report *report, const char *file, size_t n,
                                        size_t *number, size_t *first, incmap_error *err);
/* Accounts to be filled in; until the next begin. */
incmap_report_file *incmap__report_file(incmap_report *report, size_t number);
incmap_report_column *incmap__report_column(incmap_report *report, size_t i);
/* Names column i. Without memory its name is "". */
void incmap__report_name_column(incmap_report *report, size_t i, const char *name, size_t length);

#endif
