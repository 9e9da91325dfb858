/* SPDX-License-Identifier: MIT */
/* The files of a layer, in their staging folder: what would grow past the limit of a file's size goes on
 * in a next part, NAME_part2 and so on, and all of them are put in place at one time. */
#ifndef INCMAP_LAYERS_LAYER_PARTS_H
#define INCMAP_LAYERS_LAYER_PARTS_H

#include "base/context.h"
#include "io/shapefile.h"
#include "io/staging.h"

/* Every reader can take a file of less than 2 GB. */
#define INCMAP__PART_BYTES_MOST UINT64_C(2147483647)

typedef struct {
    /* set before the start; path and spec.prj borrowed as long as the parts are there */
    incmap_allocator allocator;
    const char *path;       /* of the layer, without ending */
    incmap__shapespec spec; /* its fields are known only when rows are written */
    bool no_index, no_overwrite;
    uint64_t bytes_most; /* of a .shp and of a .dbf */
    /* what comes of them */
    incmap__staging *staging;
    incmap__shapewriter *file; /* of the part that is written */
    size_t count;
} incmap__layer_parts;

/* Makes the staging folder. companions: endings of files that the caller writes beside the shapes.
 * INCMAP_EIO, INCMAP_EEXIST, INCMAP_ENOMEM. To be freed in any case. */
incmap_status incmap__layer_parts_start(incmap__layer_parts *parts, const char *const companions[],
                                        size_t n, incmap_error *err);
/* Makes the first part; spec has the fields now. */
incmap_status incmap__layer_parts_open(incmap__layer_parts *parts, incmap_error *err);
/* Adds a feature, in the next part where it would not fit: that is logged. A shape without parts is one
 * part. */
incmap_status incmap__layer_parts_add(incmap__layer_parts *parts, incmap_ctx *ctx,
                                      incmap_shape shape, const incmap__cell cells[]);
/* Writes the last index, and sees to parts of an earlier, larger layer. */
incmap_status incmap__layer_parts_close(incmap__layer_parts *parts, incmap_error *err);
/* False when the staging folder could not be removed. */
bool incmap__layer_parts_free(incmap__layer_parts *parts);

#endif
