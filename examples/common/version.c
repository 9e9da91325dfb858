/* SPDX-License-Identifier: MIT */
/* Loading a version of a dataset. What is a folder is taken for four tables. */
#include "common/version.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "common/program.h"
#include "common/text.h"

static incmap_status load_folder(data *d, const char *path, incmap_dataset **out)
{
    static const char *const names[] = { "sources", "claimants", "incidents", "claims" };
    char *paths[4];
    incmap_dataset_files files;
    incmap_status st;

    for (int i = 0; i < 4; i++)
        paths[i] = text_format("%s/%s.csv", path, names[i]);
    files = (incmap_dataset_files){ paths[0], paths[1], paths[2], paths[3] };
    st = incmap_dataset_open(d->ctx, &files, d->gazetteer, d->report, out);
    for (int i = 0; i < 4; i++)
        free(paths[i]);
    return st;
}

int version_load(data *d, const char *path, incmap_dataset **out)
{
    struct stat info;
    const bool folder = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    const incmap_status st = folder ? load_folder(d, path, out)
                                    : incmap_dataset_import_ucdp(d->ctx, path, d->report, out);

    return st ? complain_of(d->ctx, st) : DONE;
}
