/* SPDX-License-Identifier: MIT */
/* UTF-8 as bytes: checking, stepping, cutting between characters. No tables: folding and
 * normalising are a library's work, in lib/places. */
#ifndef INCMAP_BASE_TEXT_H
#define INCMAP_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the character at text (length bytes left, at least 1). Returns how many bytes it takes
 * and its code point, or 0 for a byte that begins no valid character (overlong forms, surrogates
 * and values past U+10FFFF included). */
size_t incmap__utf8_next(const char *text, size_t length, uint32_t *code_point);

/* Writes a code point as UTF-8 into buffer (4 bytes); returns how many bytes, 0 if it is none. */
size_t incmap__utf8_put(uint32_t code_point, char buffer[4]);

/* Offset of the first byte that is not valid UTF-8, or length. */
size_t incmap__utf8_check(const char *text, size_t length);

/* Largest cut <= most that does not split a character of text (length bytes of UTF-8, which may
 * itself end in the middle of one: that rest is cut off too). */
size_t incmap__utf8_cut(const char *text, size_t length, size_t most);

/* Copies text into buffer, cut between characters, ended by a zero; returns bytes copied. */
size_t incmap__text_copy(char *buffer, size_t size, const char *text);

/* Whether two texts are the same but for the case of ASCII letters, in every locale. */
bool incmap__text_same(const char *a, const char *b);

/* Makes one line of a text that others wrote: control bytes become spaces. */
void incmap__text_one_line(char *text);

/* snprintf onto the end of a text of *used bytes in a buffer of `size`: *used grows by what the
 * whole would take, as snprintf counts, and nothing is written past the end. */
void incmap__text_add(char *buffer, size_t size, size_t *used, const char *format, ...)
#if defined(__GNUC__) || defined(__clang__)
    __attribute__((format(printf, 4, 5)))
#endif
    ;

/* In a number that printf wrote, whatever the locale has for a decimal point becomes a point. */
void incmap__text_point(char *digits);

/* A number for a message, of up to 15 digits, with a point in every locale:
 * incmap__fail(err, st, "latitude %s", incmap__number(lat).text). */
typedef struct {
    char text[32];
} incmap__number_text;
incmap__number_text incmap__number(double value);

/* A number from the whole of text (length bytes, no spaces), decimal point ".", optional sign and
 * exponent, independent of the locale. False for an empty text, other signs, inf and nan. */
bool incmap__text_to_double(const char *text, size_t length, double *out);
/* A whole number from the whole of text, with optional sign. */
bool incmap__text_to_int(const char *text, size_t length, int64_t *out);

#endif
