/* SPDX-License-Identifier: MIT */
/* What a shape must be to become a feature of a layer: what the format and its readers take for
 * granted. */
#ifndef INCMAP_LAYERS_SHAPE_CHECK_H
#define INCMAP_LAYERS_SHAPE_CHECK_H

#include <incmap/shape.h>

#include "base/failure.h"

typedef struct {
    const char *path; /* of the layer, for messages */
    incmap_shape_type type;
    bool has_z, has_m;
} incmap__shape_rules;

/* Shape of feature `row`, in degrees. INCMAP_EARG: of another kind than the layer's, parts that are not its
 * points; INCMAP_EDATA: lines and rings that are none; INCMAP_EDOMAIN: a point that is no place. */
incmap_status incmap__shape_check(const incmap__shape_rules *rules, const incmap_shape *shape,
                                  size_t row, incmap_error *err);

#endif
