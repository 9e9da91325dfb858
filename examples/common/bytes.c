/* SPDX-License-Identifier: MIT */
/* Numbers and fields as bytes, put together from whole numbers two digits at a time. */
#include "common/bytes.h"

#include <stdint.h>
#include <stdlib.h>

#include "common/program.h"

void bytes_grow(bytes *b, size_t more)
{
    const size_t least = b->used + more;

    b->room = b->room * 2 > least ? b->room * 2 : least;
    b->text = need(realloc(b->text, b->room));
}

void bytes_repeat(bytes *b, char c, size_t times)
{
    bytes_reserve(b, times);
    if (times) memset(b->text + b->used, c, times);
    b->used += times;
}

/* Writes a number of `count` decimal digits so that it ends before `end`. */
static inline void put_digits(char *end, uint32_t number, int count)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";

    for (; count >= 2; count -= 2) {
        end -= 2;
        memcpy(end, pairs + number % 100 * 2, 2);
        number /= 100;
    }
    if (count) end[-1] = (char)('0' + number % 10);
}

static inline int count_digits(uint32_t number)
{
    if (number < 100) return 1 + (number >= 10);
    if (number < 10000) return 3 + (number >= 1000);
    if (number < 1000000) return 5 + (number >= 100000);
    return 7 + (number >= 10000000) + (number >= 100000000) + (number >= 1000000000);
}

/* In line with its last three arguments constant, so that the compiler divides by constants. */
static inline void put_fixed(bytes *b, double value, int decimals, double power, uint64_t unit)
{
    const double scaled = value * power;
    const int64_t whole = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    const uint64_t number = whole < 0 ? (uint64_t)-whole : (uint64_t)whole;
    const uint32_t before = (uint32_t)(number / unit);
    const int digits = count_digits(before);
    char *at;

    bytes_reserve(b, 32);
    at = b->text + b->used;
    if (whole < 0) *at++ = '-';
    at += digits;
    put_digits(at, before, digits);
    if (decimals) {
        *at = '.';
        at += 1 + decimals;
        put_digits(at, (uint32_t)(number % unit), decimals);
    }
    b->used = (size_t)(at - b->text);
}

void bytes_fixed(bytes *b, double value, int decimals)
{
    switch (decimals) {
    case 0: put_fixed(b, value, 0, 1, 1); break;
    case 1: put_fixed(b, value, 1, 1e1, 10); break;
    case 2: put_fixed(b, value, 2, 1e2, 100); break;
    case 3: put_fixed(b, value, 3, 1e3, 1000); break;
    default: put_fixed(b, value, 7, 1e7, 10000000);
    }
}

void bytes_quoted(bytes *b, const char *text, size_t length)
{
    bytes_reserve(b, 2 * length + 2);
    b->text[b->used++] = '"';
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '"') b->text[b->used++] = '"';
        b->text[b->used++] = text[i];
    }
    b->text[b->used++] = '"';
}

void bytes_field(bytes *b, const char *text, char separator)
{
    const char special[] = { separator, '"', '\r', '\n', '\0' };

    if (text[strcspn(text, special)])
        bytes_quoted(b, text, strlen(text));
    else
        bytes_text(b, text);
}
