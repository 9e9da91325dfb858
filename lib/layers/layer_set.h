/* SPDX-License-Identifier: MIT */
/* What the writers of layers share: a plan of columns and rows becomes a whole set of files. A writer
 * fills rows; widths, NULL, cutting, the reference system, credit and staging are settled here. */
#ifndef INCMAP_LAYERS_LAYER_SET_H
#define INCMAP_LAYERS_LAYER_SET_H

#include <incmap/border.h>
#include <incmap/date.h>
#include <incmap/layer.h>

#include "base/context.h"
#include "geodesy/crs.h"
#include "io/shapefile.h"
#include "layers/style.h"

typedef enum {
    INCMAP__COLUMN_TEXT = 0, /* long ones go on like a list's where the options say so */
    INCMAP__COLUMN_LIST = 1, /* ids joined by "|": what one field cannot hold goes on in NAME_2 to
                                NAME_9, cut between ids; the name has at most 8 bytes */
    INCMAP__COLUMN_INT = 2,
    INCMAP__COLUMN_NUMBER = 3,
    INCMAP__COLUMN_DATE = 4
} incmap__column_kind;

typedef struct {
    const char *name; /* 1 to 10 bytes of A-Z, 0-9, _ */
    incmap__column_kind kind;
    int decimals; /* NUMBER only */
} incmap__layer_column;

typedef struct {
    incmap_value *values; /* one for each column; texts are borrowed until the row is filled anew */
    incmap__shape shape;  /* type NULL: no position */
    incmap_coord at;      /* holds the point of a shape of one */
    bool measuring; /* the first pass, which looks at the values alone: a shape that takes time need
                       not be made */
} incmap__layer_row;

/* An empty text, NaN and an open day stay NULL. */
void incmap__row_text(incmap__layer_row *row, size_t column, const char *text);
void incmap__row_int(incmap__layer_row *row, size_t column, int64_t whole);
void incmap__row_number(incmap__layer_row *row, size_t column, double number);
void incmap__row_day(incmap__layer_row *row, size_t column, incmap_day day);
void incmap__row_point(incmap__layer_row *row, incmap_coord at);

/* The columns of a depth, in this order wherever a layer has them. */
enum {
    INCMAP__DEPTH_M,      /* signed; NULL where the sign has no meaning */
    INCMAP__DEPTH_DIST_M, /* to the border, never signed */
    INCMAP__DEPTH_BAND_M,
    INCMAP__DEPTH_SIDE,
    INCMAP__DEPTH_SIDE_SURE,
    INCMAP__DEPTH_UNMATCHED,
    INCMAP__DEPTH_ALONG_M,
    INCMAP__DEPTH_COLUMNS
};

/* clang-format off */
#define INCMAP__DEPTH_COLUMN_LIST                                                                  \
    { "DEPTH_M", INCMAP__COLUMN_NUMBER, 1 }, { "DIST_M", INCMAP__COLUMN_NUMBER, 1 },               \
    { "BAND_M", INCMAP__COLUMN_NUMBER, 1 }, { "SIDE", INCMAP__COLUMN_TEXT, 0 },                    \
    { "SIDE_SURE", INCMAP__COLUMN_INT, 0 }, { "UNMATCHED", INCMAP__COLUMN_INT, 0 },                \
    { "ALONG_M", INCMAP__COLUMN_NUMBER, 1 }
/* clang-format on */

/* Fills the columns of a depth from `first` on. Of a point computed from the border only ALONG_M is
 * filled: its depth is no measurement. */
void incmap__row_depth(incmap__layer_row *row, size_t first, const incmap_depth *depth,
                       bool on_border);

/* Fills row i; its values and shape are NULL before. Called twice for each row, first to find the
 * widths, and must give the same both times. */
typedef incmap_status (*incmap__row_fill)(void *user, size_t i, incmap__layer_row *row,
                                          incmap_error *err);

typedef struct {
    const char *path;
    incmap__shape_type type; /* NULL: a table, of .dbf and no shapes */
    bool has_m;              /* every shape carries measures */
    const incmap__layer_column
        *columns; /* the first holds the key that names a feature in the log */
    size_t column_count;
    size_t row_count;
    incmap__row_fill fill;
    void *user;
    const char *title;     /* for people: PATH.qmd */
    const char *abstract;  /* plain text; "" */
    const char *credit;    /* of the data; "" */
    const char *data_date; /* how old they are; "" */
    const incmap_border
        *depths_behind;         /* the border that depths are measured against; NULL: none */
    const char *kind;           /* whose words the dictionary has: "incidents"; NULL: no words */
    const incmap__style *style; /* NULL: QGIS's default */
} incmap__layer_plan;

/* Writes the set. *result is set on success only; may be NULL. */
incmap_status incmap__layer_write(incmap_ctx *ctx, const incmap__layer_plan *plan,
                                  const incmap_layer_options *options, incmap_layer_result *result);

/* What the metadata tell besides the plan. */
typedef struct {
    const char *credit; /* lines besides the plan's own; NULL: none */
    incmap__language language;
    incmap__crs_about crs;
} incmap__layer_about;

/* The plan's PATH.qmd, QGIS's metadata of a layer, to a file. */
incmap_status incmap__layer_metadata(const incmap__layer_plan *plan,
                                     const incmap__layer_about *about, const char *path,
                                     const incmap_allocator *a, incmap_error *err);

#endif
