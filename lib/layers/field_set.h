/* SPDX-License-Identifier: MIT */
/* The fields of a layer: their names in ten letters, their widths as the data need them, and values as
 * the bytes that a .dbf holds. */
#ifndef INCMAP_LAYERS_FIELD_SET_H
#define INCMAP_LAYERS_FIELD_SET_H

#include <incmap/layer_writer.h>

#include "io/shapefile.h"

typedef struct {
    incmap_field_kind kind;
    int given_width; /* 0: from the data */
    int decimals;
    size_t parts_most;
    char separator;
    char name[INCMAP__FIELD_NAME_SIZE];
    int width[INCMAP_FIELD_PARTS_MOST]; /* what each of its fields needs so far */
    size_t parts;                       /* fields that it needs so far, 1 at least */
    size_t first;                       /* number of its first field in the .dbf */
} incmap__layer_field;

typedef struct {
    incmap_allocator allocator;
    incmap__layer_field *fields;
    size_t count;
    bool widths_given; /* none comes from the data */
    char *digits;      /* the numbers of a row as bytes, 32 for each */
    incmap__cell *cells;
    char *packed; /* the bytes of the cells, and INCMAP__CELL_ROOM behind them */
    size_t packed_room;
    /* of the .dbf, once the widths are settled */
    incmap__field *columns;
    char (*column_names)[INCMAP__FIELD_NAME_SIZE];
    incmap__cell *pieces; /* what each holds of a row */
    size_t column_count;
} incmap__field_set;

/* What became of the values of the rows that were put. */
typedef struct {
    size_t cut, split, null;
} incmap__field_counts;

/* A text that was cut: which field of the .dbf. */
typedef void (*incmap__cut_fn)(void *user, const incmap__field *column);

/* INCMAP_EARG with the field at fault, INCMAP_ENOMEM. To be freed in any case. */
incmap_status incmap__field_set_init(incmap__field_set *set, const incmap_field fields[], size_t n,
                                     const incmap_allocator *a, incmap_error *err);
void incmap__field_set_free(incmap__field_set *set);

enum { INCMAP__CELL_MOST = 65534 };

/* The values of row `row` of the layer `path` as set->cells, which live until the next call. For measuring
 * they are told apart only; otherwise their texts are checked to be UTF-8, and their bytes lie one cell
 * behind the other; of a text only so much as its fields can hold and what tells that it is longer, at most
 * INCMAP__CELL_MOST. INCMAP_EARG, INCMAP_EPARSE, INCMAP_EDATA as incmap_layer_writer_add says. */
incmap_status incmap__field_set_take(incmap__field_set *set, const incmap_value values[],
                                     bool measuring, const char *path, size_t row,
                                     incmap_error *err);
/* Makes room for the cells in the widths. */
void incmap__field_set_widen(incmap__field_set *set, const incmap__cell cells[]);
/* Settles columns. INCMAP_EARG: they are wider than a row can be, or too many. */
incmap_status incmap__field_set_settle(incmap__field_set *set, const char *path, incmap_error *err);
/* The cells as set->pieces, one for each of the columns, which live as long as the cells. */
void incmap__field_set_divide(incmap__field_set *set, const incmap__cell cells[],
                              incmap__field_counts *counts, incmap__cut_fn tell_cut, void *user);

#endif
