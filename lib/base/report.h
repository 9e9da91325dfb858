/* SPDX-License-Identifier: MIT */
/* Adding to a report, for the readers of files. */
#ifndef INCMAP_BASE_REPORT_H
#define INCMAP_BASE_REPORT_H

#include <incmap/report.h>

/* Adds one problem. Texts are copied; `found` is cut between characters. report NULL does nothing.
 * When there is no memory for the list entry the counts and the callback still get it. */
void incmap__report_add(incmap_report *report, const incmap_problem *problem);

#endif
