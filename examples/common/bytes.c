/* SPDX-License-Identifier: MIT */
/* Numbers and fields as bytes, put together from whole numbers three digits at a time. */
#include "common/bytes.h"

#include <math.h>
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

/* "000001002..." to 999: numbers are put together three digits at a time. */
#define ONES(p) p "0" p "1" p "2" p "3" p "4" p "5" p "6" p "7" p "8" p "9"
#define TENS(p)                                                                                    \
    ONES(p "0")                                                                                    \
    ONES(p "1")                                                                                    \
    ONES(p "2") ONES(p "3") ONES(p "4") ONES(p "5") ONES(p "6") ONES(p "7") ONES(p "8") ONES(p "9")

static const char threes[] = TENS("0") TENS("1") TENS("2") TENS("3") TENS("4") TENS("5") TENS("6")
    TENS("7") TENS("8") TENS("9");

/* A number below 1000 as three digits; one byte behind them is written too, for four go at once. Behind
 * the digits. */
static inline char *put_three(char *at, uint32_t number)
{
    memcpy(at, threes + number * 3, 4);
    return at + 3;
}

/* The same without zeros in front. No branch, for the lengths of numbers in a table follow no rule that
 * a processor could guess. */
static inline char *put_first(char *at, uint32_t number)
{
    const uint32_t zeros = (number < 100) + (number < 10);

    memcpy(at, threes + number * 3 + zeros, 4); /* 999 is whole: none reads past the table */
    return at + 3 - zeros;
}

/* Few numbers of a table are so long. */
static char *put_long(char *at, uint32_t number)
{
    return put_three(number < 1000000 ? put_first(at, number / 1000) : put_long(at, number / 1000),
                     number % 1000);
}

static inline char *put_whole(char *at, uint32_t number)
{
    if (number >= 1000000) return put_long(at, number);
    if (number < 1000) return put_first(at, number);
    return put_three(put_first(at, number / 1000), number % 1000);
}

static inline char *put_decimals(char *at, uint32_t number, int decimals)
{
    if (decimals < 4) { /* from the left: what is behind the last one is overwritten or not used */
        (void)put_three(at, decimals == 1 ? number * 100 : decimals == 2 ? number * 10 : number);
        return at + decimals;
    }
    at = put_three(at, number / 10000);
    at = put_three(at, number / 10 % 1000);
    *at = (char)('0' + number % 10);
    return at + 1;
}

/* In line with its last three arguments constant, so that the compiler divides by constants. */
static inline char *put_fixed(char *at, double value, int decimals, double power, uint64_t unit)
{
    const uint64_t number = (uint64_t)(int64_t)(fabs(value) * power + 0.5);

    *at = '-';
    at = put_whole(at + (value < 0 && number), (uint32_t)(number / unit));
    if (!decimals) return at;
    *at = '.';
    return put_decimals(at + 1, (uint32_t)(number % unit), decimals);
}

char *bytes_fixed_at(char *at, double value, int decimals)
{
    switch (decimals) {
    case 0: return put_fixed(at, value, 0, 1, 1);
    case 1: return put_fixed(at, value, 1, 1e1, 10);
    case 2: return put_fixed(at, value, 2, 1e2, 100);
    case 3: return put_fixed(at, value, 3, 1e3, 1000);
    default: return put_fixed(at, value, 7, 1e7, 10000000);
    }
}

void bytes_fixed(bytes *b, double value, int decimals)
{
    bytes_reserve(b, BYTES_FIXED);
    b->used = (size_t)(bytes_fixed_at(b->text + b->used, value, decimals) - b->text);
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
