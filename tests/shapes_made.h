/* SPDX-License-Identifier: MIT */
/* What tests need to write a shapefile set row by row: shapes without z and m, and texts as the cells of
 * a row. */
#ifndef INCMAP_TESTS_SHAPES_MADE_H
#define INCMAP_TESTS_SHAPES_MADE_H

#include <string.h>

#include "io/shapefile.h"

static inline incmap_status shapes_open(incmap__shapewriter **out, const char *base,
                                        incmap__shape_type type, const incmap__field fields[],
                                        size_t n, const char *prj, const incmap_allocator *a,
                                        incmap_error *err)
{
    const incmap__shapespec spec = {
        .type = type, .fields = fields, .n_fields = n, .prj = prj, .dated = INCMAP__SHAPE_DATED
    };
    return incmap__shapewriter_open(out, base, &spec, a, err);
}

/* "": NULL. */
static inline incmap__cell cell_of(const char *text)
{
    return (incmap__cell){ text, strlen(text) };
}

#endif
