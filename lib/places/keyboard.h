/* SPDX-License-Identifier: MIT */
/* Texts typed while the keyboard was set to the other script: "Rjpbyrf" is Козинка, "Пкфнмщкщт" Grayvoron. */
#ifndef INCMAP_PLACES_KEYBOARD_H
#define INCMAP_PLACES_KEYBOARD_H

#include <stdbool.h>
#include <stddef.h>

enum { INCMAP__KEYBOARD_MOST = 256 };

typedef enum {
    INCMAP__KEYBOARD_RUSSIAN = 0,
    INCMAP__KEYBOARD_UKRAINIAN = 1,
    INCMAP__KEYBOARDS = 2
} incmap__keyboard;

/* What the same keys give on the other side: of a folded key in Latin letters the Cyrillic ones of that
 * keyboard, of one in Cyrillic the Latin ones. Returns its length, folded; 0 where a character is on no key of
 * letters, or there are too many. */
size_t incmap__keyboard_other(incmap__keyboard keyboard, const char *key, size_t length,
                              char out[INCMAP__KEYBOARD_MOST]);

#endif
