/* SPDX-License-Identifier: MIT */
/* Words for people in the three languages that layers speak. */
#include "layers/words.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *code, *suffix;
} languages[INCMAP__LANGUAGES] = { { "en", "EN" }, { "ru", "RU" }, { "uk", "UK" } };

bool incmap__language_parse(const char *text, incmap__language *out)
{
    if (!text) {
        *out = INCMAP__ENGLISH;
        return true;
    }
    for (int i = 0; i < INCMAP__LANGUAGES; i++)
        if (strcmp(text, languages[i].code) == 0) {
            *out = (incmap__language)i;
            return true;
        }
    return false;
}

const char *incmap__language_suffix(incmap__language language)
{
    return languages[language].suffix;
}

const char *incmap__word(const incmap__words *words, incmap__language language)
{
    return words->in[language] ? words->in[language] : words->in[INCMAP__ENGLISH];
}
