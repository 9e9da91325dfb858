/* SPDX-License-Identifier: MIT */
/* Output that is put together in memory, for programs that write millions of rows: what printf does
 * for one number takes longer than measuring it. Knows nothing of incmap. */
#ifndef INCMAP_EXAMPLES_BYTES_H
#define INCMAP_EXAMPLES_BYTES_H

#include <stddef.h>
#include <string.h>

/* Zeroed: empty. text is owned, and freed by who made it. */
typedef struct {
    char *text;
    size_t used, room;
} bytes;

/* Sees to it that so many more bytes fit; ends the program when there is no memory. */
void bytes_grow(bytes *b, size_t more);

static inline void bytes_reserve(bytes *b, size_t more)
{
    if (b->room - b->used < more) bytes_grow(b, more);
}

static inline void bytes_put(bytes *b, const char *text, size_t length)
{
    bytes_reserve(b, length);
    if (length) memcpy(b->text + b->used, text, length);
    b->used += length;
}

static inline void bytes_char(bytes *b, char c)
{
    bytes_reserve(b, 1);
    b->text[b->used++] = c;
}

static inline void bytes_text(bytes *b, const char *text)
{
    bytes_put(b, text, strlen(text));
}

/* The same character so many times. */
void bytes_repeat(bytes *b, char c, size_t times);

/* "-1794.534": a value below 4e9 in magnitude with 0 to 3 or 7 decimals, rounded half away from zero. */
void bytes_fixed(bytes *b, double value, int decimals);

/* The same from `at` on, where so many bytes may be written; behind the number. */
enum { BYTES_FIXED = 24 };
char *bytes_fixed_at(char *at, double value, int decimals);

/* In quotes, each quote in it doubled. */
void bytes_quoted(bytes *b, const char *text, size_t length);

/* As a field of a CSV with that separator: quoted where it must be. */
void bytes_field(bytes *b, const char *text, char separator);

#endif
