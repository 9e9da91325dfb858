/* SPDX-License-Identifier: MIT */
/* The inside of the layer writer, for the layers that incmap makes itself: files beside the shapes that
 * belong to the set, and what they need to know of it. */
#ifndef INCMAP_LAYERS_LAYER_WRITER_H
#define INCMAP_LAYERS_LAYER_WRITER_H

#include <incmap/layer_writer.h>

#include "geodesy/crs.h"
#include "io/shapefile.h"

/* As incmap_layer_writer_open, with endings of files that the caller writes itself to
 * incmap__layer_writer_file before it commits: ".qmd". */
incmap_status incmap__layer_writer_open(incmap_ctx *ctx, const char *path, incmap_shape_type type,
                                        const incmap_field fields[], size_t n,
                                        const incmap_layer_writer_options *options,
                                        const char *const companions[], size_t n_companions,
                                        incmap_layer_writer **out);
/* incmap_layer_writer_finish in two: the shapes whole in the staging folder; the set in place. */
incmap_status incmap__layer_writer_close(incmap_ctx *ctx, incmap_layer_writer *w);
incmap_status incmap__layer_writer_commit(incmap_ctx *ctx, incmap_layer_writer *w,
                                          incmap_layer_result *result);

/* One more companion, told of before the set is closed or after. */
incmap_status incmap__layer_writer_companion(incmap_layer_writer *w, const char *ending,
                                             incmap_error *err);
/* Where a companion is to be written; lives until the next call. */
const char *incmap__layer_writer_file(incmap_layer_writer *w, const char *ending);
/* The fields of the .dbf, once closed; live as long as the writer. */
const incmap__field *incmap__layer_writer_columns(const incmap_layer_writer *w, size_t *n);
const incmap__crs *incmap__layer_writer_crs(const incmap_layer_writer *w);

#endif
