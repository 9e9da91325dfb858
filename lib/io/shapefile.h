/* SPDX-License-Identifier: MIT */
/* The only door to Shapelib: shapefile sets in and out as plain records, no geography. Its error
 * hook prints to stderr and its close calls return nothing, so I/O goes through hooks of our own
 * that keep the first failure. */
#ifndef INCMAP_IO_SHAPEFILE_H
#define INCMAP_IO_SHAPEFILE_H

#include <incmap/coord.h>

#include "base/failure.h"
#include "base/memory.h"

/* Values as in the file format. */
typedef enum {
    INCMAP__SHAPE_NULL = 0,
    INCMAP__SHAPE_POINT = 1,
    INCMAP__SHAPE_LINE = 3,
    INCMAP__SHAPE_POLYGON = 5
} incmap__shape_type;

/* ---- reading ---- */

typedef struct incmap__shapefile incmap__shapefile;

/* One shape; lives until the next read. Z and M are passed over. */
typedef struct {
    incmap__shape_type type;
    const incmap_coord *points; /* x is lon, y is lat */
    size_t point_count;
    const size_t *part_starts; /* part p goes from part_starts[p] to part_starts[p + 1] */
    size_t part_count;
} incmap__shape;

/* path with or without ".shp". INCMAP_EIO when it cannot be opened, INCMAP_EDATA when it is no
 * shapefile or .shp, .shx and .dbf disagree in their counts. */
incmap_status incmap__shapefile_open(incmap__shapefile **out, const char *path,
                                     const incmap_allocator *a, incmap_error *err);
void incmap__shapefile_close(incmap__shapefile *file);
incmap__shape_type incmap__shapefile_type(const incmap__shapefile *file);
size_t incmap__shapefile_count(const incmap__shapefile *file);
/* Number of the field of that name, without regard to ASCII case; -1. */
int incmap__shapefile_field(const incmap__shapefile *file, const char *name);
/* Text of a value without trailing spaces; lives until the next read. "" for NULL. */
incmap_status incmap__shapefile_text(incmap__shapefile *file, size_t row, int field,
                                     const char **out, incmap_error *err);
incmap_status incmap__shapefile_read(incmap__shapefile *file, size_t row, incmap__shape *out,
                                     incmap_error *err);

/* ---- writing ---- */

typedef struct incmap__shapewriter incmap__shapewriter;

typedef enum {
    INCMAP__FIELD_TEXT = 0,
    INCMAP__FIELD_INT = 1,
    INCMAP__FIELD_NUMBER = 2,
    INCMAP__FIELD_DATE = 3 /* a day since 1970 */
} incmap__field_type;

typedef struct {
    const char *name; /* 1 to 10 bytes of A-Z, 0-9, _; unique in the layer */
    incmap__field_type type;
    int width;    /* bytes; text: at most 254 */
    int decimals; /* NUMBER only */
} incmap__field;

/* Makes .shp .shx .dbf .prj .cpg at base (path without extension; nothing may be there yet) in the
 * given type. prj is the WKT text. */
incmap_status incmap__shapewriter_new(incmap__shapewriter **out, const char *base,
                                      incmap__shape_type type, const incmap__field fields[],
                                      size_t n_fields, const char *prj, const incmap_allocator *a,
                                      incmap_error *err);
/* Adds a feature; its row number is the count of those before. part_starts has part_count + 1
 * entries; both may be NULL for a point. shape NULL: a null shape. */
incmap_status incmap__shapewriter_add(incmap__shapewriter *w, const incmap__shape *shape,
                                      incmap_error *err);
/* Values of the row added last; NULL when never put. A text that is too long is cut between
 * characters and *cut is set. A number that does not fit its width is INCMAP_EDATA, never asterisks. */
incmap_status incmap__shapewriter_put_text(incmap__shapewriter *w, size_t field, const char *value,
                                           bool *cut, incmap_error *err);
incmap_status incmap__shapewriter_put_int(incmap__shapewriter *w, size_t field, int64_t value,
                                          incmap_error *err);
/* Bytes that a number takes with so many decimals; for choosing a width. */
size_t incmap__shapefile_number_width(double value, int decimals);
/* A NaN is NULL. */
incmap_status incmap__shapewriter_put_number(incmap__shapewriter *w, size_t field, double value,
                                             incmap_error *err);
incmap_status incmap__shapewriter_put_date(incmap__shapewriter *w, size_t field, int32_t day,
                                           incmap_error *err);
/* Writes what is buffered, syncs every file of the set and closes. NULL does nothing. The first
 * failure of any write since the start is what it returns, with file and reason. */
incmap_status incmap__shapewriter_close(incmap__shapewriter *w, incmap_error *err);

#endif
