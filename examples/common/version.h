/* SPDX-License-Identifier: MIT */
/* A version of a dataset by its path: a file of somebody's events, or incmap's own tables. */
#ifndef INCMAP_EXAMPLES_VERSION_H
#define INCMAP_EXAMPLES_VERSION_H

#include "common/data.h"

/* For --help. */
#define VERSION_HELP                                                                               \
    "A dataset is a folder with sources.csv, claimants.csv, incidents.csv and claims.csv as\n"     \
    "data/ has them, or any file that import_incidents reads without a map: UCDP's events, any\n"  \
    "release, ACLED's, VIINA's, or what it wrote itself.\n"

/* Complains and returns an exit status; problems of rows are told one by one. */
int version_load(data *d, const char *path, incmap_dataset **out);

#endif
