/* SPDX-License-Identifier: MIT */
/* Layers that tests write for themselves: GeoJSON texts and small shapefiles. */
#ifndef INCMAP_TESTS_LAYERS_MADE_H
#define INCMAP_TESTS_LAYERS_MADE_H

#include <check.h>
#include <string.h>

#include "base/memory.h"
#include "scratch.h"
#include "shapes_made.h"

static inline const char *write_text(const char *name, const char *text)
{
    scratch_write(scratch_path(name), text, strlen(text));
    return scratch_path(name);
}

/* A collection of features given as the text between its brackets. */
static inline const char *write_collection(const char *name, const char *features)
{
    static char text[1 << 16];
    ck_assert_int_lt(snprintf(text, sizeof text,
                              "{\"type\": \"FeatureCollection\", \"features\": [%s]}\n", features),
                     (int)sizeof text);
    return write_text(name, text);
}

#define FEATURE(code, geometry)                                                                    \
    "{\"type\": \"Feature\", \"properties\": {\"A3\": \"" code "\"}, \"geometry\": " geometry "}"
#define POLYGON(rings) "{\"type\": \"Polygon\", \"coordinates\": [" rings "]}"
#define LINE(positions) "{\"type\": \"LineString\", \"coordinates\": [" positions "]}"
#define LINES(lines) "{\"type\": \"MultiLineString\", \"coordinates\": [" lines "]}"

/* One shape of one part, in a set with the field A3. */
static inline const char *write_shape(const char *name, incmap__shape_type type,
                                      const incmap_coord points[], size_t n, const char *code)
{
    const incmap_allocator a = incmap__allocator_default();
    const incmap__field field = { "A3", INCMAP__FIELD_TEXT, 8, 0 };
    const size_t starts[] = { 0, n };
    const incmap__shape shape = {
        .type = type, .points = points, .point_count = n, .part_starts = starts, .part_count = 1
    };
    const incmap__cell cell = cell_of(code);
    incmap__shapewriter *w = NULL;

    ck_assert_int_eq(shapes_open(&w, scratch_path(name), type, &field, 1, "", &a, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_add(w, &shape, &cell, NULL), INCMAP_OK);
    ck_assert_int_eq(incmap__shapewriter_close(w, NULL), INCMAP_OK);
    return scratch_path(name);
}

#endif
