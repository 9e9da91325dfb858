/* SPDX-License-Identifier: MIT */
/* Words for people in the three languages that layers speak: names of fields, legends, tips. */
#ifndef INCMAP_LAYERS_WORDS_H
#define INCMAP_LAYERS_WORDS_H

#include <stdbool.h>

typedef enum {
    INCMAP__ENGLISH = 0,
    INCMAP__RUSSIAN = 1,
    INCMAP__UKRAINIAN = 2,
    INCMAP__LANGUAGES = 3
} incmap__language;

/* One text in each language; the English one is never NULL and stands in for the others. */
typedef struct {
    const char *in[INCMAP__LANGUAGES];
} incmap__words;

/* Of "en", "ru", "uk"; NULL is English. False, and *out unchanged, for any other text. */
bool incmap__language_parse(const char *text, incmap__language *out);
/* "EN", "RU", "UK", as names of fields end. */
const char *incmap__language_suffix(incmap__language language);
const char *incmap__word(const incmap__words *words, incmap__language language);

#endif
