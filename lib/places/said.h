/* SPDX-License-Identifier: MIT */
/* Texts that name a place and the areas which it lies in: "Козинка, Грайворонский район", "Bakhmut (Donetsk
 * Oblast)", "Сумська область, Хотінь", "село Гора-Подол Грайворонского района". */
#ifndef INCMAP_PLACES_SAID_H
#define INCMAP_PLACES_SAID_H

#include <stdbool.h>
#include <stddef.h>

enum { INCMAP__SAID_AREAS = 5, INCMAP__SAID_MOST = 224, INCMAP__SAID_WAYS = 6 };

typedef struct {
    const char *text; /* ended by a zero */
    unsigned kinds;   /* bits of region, district or country; 0: any of them */
} incmap__said_area;

/* It points into itself and must not be moved. */
typedef struct {
    char bytes[INCMAP__SAID_MOST];
    const char *name; /* ended by a zero */
    incmap__said_area areas[INCMAP__SAID_AREAS];
    size_t area_count; /* at least 1 */
} incmap__said;

/* Takes a folded key apart in one of INCMAP__SAID_WAYS ways, the likeliest first: at commas and brackets, and before
 * the last words where these are areas'. False where that way leads to nothing, or to what one before it does. */
bool incmap__said_split(incmap__said *said, const char *key, size_t length, unsigned way);

enum { INCMAP__SAID_NAMES = 3 };

/* It points into itself and must not be moved. */
typedef struct {
    char bytes[INCMAP__SAID_MOST];
    const char *items[INCMAP__SAID_NAMES]; /* ended by zeros */
    size_t count;                          /* at least 2 */
} incmap__said_names;

/* Takes a folded key apart that gives one place several names: "Козинка (Kozinka)", "Козинка/Kozinka". False
 * where it does not look so. */
bool incmap__said_names_split(incmap__said_names *names, const char *key, size_t length);

/* Code of the country that a folded text names, or has for alpha-3 code; NULL. */
const char *incmap__said_country(const char *text);
/* Whether a text is a name of the country with that code, or the code. */
bool incmap__said_is_country(const char *text, const char *code);

#endif
