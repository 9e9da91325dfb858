/* SPDX-License-Identifier: MIT */
/* Shapefiles of other people, feature by feature: points, lines and polygons with their attributes, and
 * tables. Whatever bytes the files hold, a call ends with an answer or an error.
 *
 * Threads: one thread per reader at a time, with a ctx of that thread. */
#ifndef INCMAP_LAYER_READER_H
#define INCMAP_LAYER_READER_H

#include <incmap/layer_writer.h>

INCMAP_BEGIN_DECLS

typedef struct incmap_layer_reader incmap_layer_reader;

typedef struct {
    int version; /**< 1 */
    bool
        stored; /**< true: coordinates as they stand in the file, x in lon and y in lat, whatever the
                      .prj says; false: degrees on WGS 84 */
    const char *encoding; /**< borrowed for the call; of the texts, where the file says nothing or
                               something wrong: "CP1251"; as iconv() knows it. NULL: what the .cpg or the
                               .dbf says, else UTF-8 */
} incmap_layer_reader_options;

#define INCMAP_LAYER_READER_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Open a layer: PATH.shp with .shx and .dbf, or where there is no .shp the table PATH.dbf. Kinds with Z
 * and M count as the plain ones; multipoints and multipatches are refused.
 *
 * @param path     with or without ".shp"; copied
 * @param options  NULL: all defaults
 * @param out      receives the reader, owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EIO       a file cannot be opened; where the writing of the layer was interrupted the
 *                          message says so: see incmap_layer_recover
 * @return INCMAP_EDATA     no shapefile, or .shp and .dbf disagree in their counts; an encoding that
 *                          nobody knows
 * @return INCMAP_ELIBRARY  PROJ makes nothing of the .prj
 *
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_layer_reader_open(incmap_ctx *ctx, const char *path,
                                                  const incmap_layer_reader_options *options,
                                                  incmap_layer_reader **out);

/** @param r  NULL does nothing */
INCMAP_API void incmap_layer_reader_free(incmap_layer_reader *r);

/** What its shapes are; INCMAP_SHAPE_NULL: a table. */
INCMAP_API incmap_shape_type incmap_layer_reader_type(const incmap_layer_reader *r);

/** Features, with those that are marked as deleted. */
INCMAP_API size_t incmap_layer_reader_count(const incmap_layer_reader *r);

INCMAP_API size_t incmap_layer_reader_field_count(const incmap_layer_reader *r);

/**
 * A field as the file describes it: name (lives as long as r), width, decimals, and the kind that its
 * values come as: numbers without decimals and of up to 18 bytes as INT, other numbers as NUMBER,
 * everything that is neither number nor date as TEXT.
 *
 * @return false for an i out of range; *out is unchanged then
 */
INCMAP_API bool incmap_layer_reader_field(const incmap_layer_reader *r, size_t i,
                                          incmap_field *out);

/** Number of the field of that name, without regard to the case of ASCII letters; SIZE_MAX: none. */
INCMAP_API size_t incmap_layer_reader_find(const incmap_layer_reader *r, const char *name);

/** Text of the .prj; "" where there is none: then the coordinates are taken for lon/lat on WGS 84. */
INCMAP_API const char *incmap_layer_reader_crs(const incmap_layer_reader *r);

/** Whether a feature is marked as deleted: other programs do not show it. */
INCMAP_API bool incmap_layer_reader_is_deleted(incmap_layer_reader *r, size_t row);

/**
 * Read a feature.
 *
 * @param row     from 0
 * @param shape   receives it; lives until the next read; NULL: not wanted
 * @param values  receives one value for each field, texts in UTF-8 that live until the next read; NULL:
 *                not wanted
 *
 * Both are unchanged on failure.
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG     a NULL, or a row out of range
 * @return INCMAP_EDATA    the shape is broken: parts out of its points, a ring that does not close, a
 *                         coordinate that is none; or a value is: digits that are none, a day that is
 *                         not in the calendar, bytes that are not of the encoding. The message names
 *                         file, feature and field
 * @return INCMAP_EDOMAIN  a point has no place on WGS 84
 * @return INCMAP_EIO      the file cannot be read
 *
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_layer_reader_read(incmap_ctx *ctx, incmap_layer_reader *r,
                                                  size_t row, incmap_shape *shape,
                                                  incmap_value values[]);

INCMAP_END_DECLS

#endif
