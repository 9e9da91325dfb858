/* SPDX-License-Identifier: MIT */
/* GeoNames' alternateNamesV2: names with their language, of places that another file has. */
#ifndef INCMAP_PLACES_ALTERNATE_NAMES_H
#define INCMAP_PLACES_ALTERNATE_NAMES_H

#include <incmap/report.h>

#include "places/names.h"
#include "places/pool.h"

/* Names of the places expected, in chains from each. */
typedef struct {
    incmap__pool pool;
    incmap__index ids; /* entry i is places[i] */
    struct incmap__alternate_place {
        const char *id;
        uint32_t first, last; /* names; UINT32_MAX: none */
    } * places;
    size_t place_room;
    struct incmap__alternate_name {
        const char *text, *language;
        bool preferred;
        uint32_t next;
    } * names;
    size_t name_count, name_room;
} incmap__alternate_names;

void incmap__alternate_names_init(incmap__alternate_names *all, const incmap_allocator *a);
void incmap__alternate_names_free(incmap__alternate_names *all);
/* Names of this place are to be kept. */
incmap_status incmap__alternate_names_expect(incmap__alternate_names *all, const char *id,
                                             incmap_error *err);
/* Reads the file and keeps the names of the places expected. Rows of links, codes and readings are no
 * names. */
incmap_status incmap__alternate_names_read(incmap__alternate_names *all, incmap_ctx *ctx,
                                           const char *path, incmap_report *report);
/* Adds the names of a place: the preferred one of each language as its main name. */
void incmap__alternate_names_give(const incmap__alternate_names *all, const char *id,
                                  incmap__names *names);

#endif
