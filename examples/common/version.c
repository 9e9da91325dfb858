/* SPDX-License-Identifier: MIT */
/* Loading a version of a dataset, in whatever form it comes. */
#include "common/version.h"

#include "common/program.h"

int version_load(data *d, const char *path, incmap_dataset **out)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    incmap_status st;

    options.gazetteer = d->gazetteer;
    st = incmap_dataset_import(d->ctx, path, &options, d->report, NULL, out);
    return st ? complain_of(d->ctx, st) : DONE;
}
