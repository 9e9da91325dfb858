/* SPDX-License-Identifier: MIT */
/* The list of a place's names while its row is read: a growing array over texts of the row and texts
 * made from them, which all live until the next row. */
#ifndef INCMAP_PLACES_NAMES_H
#define INCMAP_PLACES_NAMES_H

#include <incmap/place.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct {
    incmap_allocator allocator;
    incmap_place_name *items;
    size_t count, room;
    char **made; /* blocks of the texts made; their address is kept by items */
    size_t made_count, made_room;
    bool failed; /* there was no memory: the list is not whole */
} incmap__names;

void incmap__names_init(incmap__names *names, const incmap_allocator *a);
void incmap__names_free(incmap__names *names);
/* Empties the list for the next row. */
void incmap__names_clear(incmap__names *names);

/* Adds a text of `length` bytes without the spaces around it; an empty one, and one that is there
 * already as a name of the same language or as a main name, is passed over. */
void incmap__names_add(incmap__names *names, const char *text, size_t length, const char *language,
                       bool alternate);
/* The same for a text put together: it is copied. */
void incmap__names_add_made(incmap__names *names, const char *language, bool alternate,
                            const char *format, ...)
#if defined(__GNUC__) || defined(__clang__)
    __attribute__((format(printf, 4, 5)))
#endif
    ;

/* "ru" or "uk" where a letter leaves no doubt, else "". */
const char *incmap__names_guess_language(const char *text, size_t length);

#endif
