/* SPDX-License-Identifier: MIT */
/* A version of a dataset by its path: a file of UCDP's events, or a folder with the four tables. */
#ifndef INCMAP_EXAMPLES_VERSION_H
#define INCMAP_EXAMPLES_VERSION_H

#include "common/data.h"

/* For --help. */
#define VERSION_HELP                                                                               \
    "A dataset is a folder with sources.csv, claimants.csv, incidents.csv and claims.csv as\n"     \
    "data/ has them, or a CSV file of UCDP's Georeferenced Event Dataset, any release.\n"

/* Complains and returns an exit status; problems of rows are told one by one. */
int version_load(data *d, const char *path, incmap_dataset **out);

#endif
