/* SPDX-License-Identifier: MIT */
/* What the fields of incmap's layers mean: ten capital letters say little. The names become aliases
 * in QGIS, and all of it PATH.fields.csv. */
#ifndef INCMAP_LAYERS_DICTIONARY_H
#define INCMAP_LAYERS_DICTIONARY_H

#include "io/shapefile.h"
#include "layers/words.h"

typedef struct {
    const char *kind; /* of layer that it is for; NULL: every one that says nothing else */
    const char *field;
    incmap__words name;
    const char *unit;    /* "m"; "" */
    const char *meaning; /* in English */
    const char *values;  /* what can stand there, "" where that is open */
} incmap__field_words;

/* Of a field in a kind of layer ("incidents"). A list that goes on in CLAIMS_2 has the words of
 * CLAIMS, and *part says 2, else 1. NULL: no such field. */
const incmap__field_words *incmap__dictionary_find(const char *kind, const char *field, int *part);

typedef struct {
    char text[128];
} incmap__field_name;

/* The field's name for people, with its part in a list; the field itself where there is none.
 * Lives in *name. */
const char *incmap__dictionary_name(const char *kind, const char *field, incmap__language language,
                                    incmap__field_name *name);

typedef struct {
    const char *kind; /* NULL: the names of the fields are all that is known */
    const incmap__field *fields;
    size_t field_count;
    const char *title, *abstract; /* of the layer */
    const char *credit;           /* of its border's data; "" */
    const char *more_credit;      /* lines; NULL */
    const char *inside, *outside; /* countries of the border; NULL: no depths */
} incmap__dictionary_job;

/* Writes the dictionary as CSV (RFC 4180, UTF-8), synced, to a file that is not there yet. */
incmap_status incmap__dictionary_write(const incmap__dictionary_job *job, const char *path,
                                       const incmap_allocator *a, incmap_error *err);

#endif
