/* SPDX-License-Identifier: MIT */
/* What each type of record has to be written down for it to be read back: columns with the names that
 * the readers of lib/reports know, and their HXL tags. */
#ifndef INCMAP_FORMATS_RECORD_FIELDS_H
#define INCMAP_FORMATS_RECORD_FIELDS_H

#include <incmap/changes.h>

#include "base/failure.h"

typedef enum {
    INCMAP__VALUE_TEXT = 0,
    INCMAP__VALUE_NUMBER = 1, /* digits that JSON takes as well */
    INCMAP__VALUE_TRUTH = 2   /* "true" or "false" */
} incmap__value_type;

typedef struct {
    const char *name; /* of the column */
    const char *tag;  /* of HXL, "#date+start"; "" */
    incmap__value_type type;
    int kind; /* the rest is record_fields.c's own */
    size_t offset;
    incmap_record to;
} incmap__record_field;

/* Room for a value that is no text of the dataset. */
typedef struct {
    char text[64];
} incmap__value_room;

/* The fields of a type of record, in the order of their columns. */
const incmap__record_field *incmap__record_fields(incmap_record record, size_t *n);
size_t incmap__record_count(const incmap_dataset *d, incmap_record record);
/* The value of one field: in the room, or the dataset's own; "" where there is none. INCMAP_EDATA for a
 * date that no text of a file can say. */
incmap_status incmap__record_value(const incmap_dataset *d, incmap_record record, size_t i,
                                   const incmap__record_field *field, incmap__value_room *room,
                                   const char **out, incmap_error *err);

#endif
