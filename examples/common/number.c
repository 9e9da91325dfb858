/* SPDX-License-Identifier: MIT */
/* Plain decimals are taken as one whole number, up to eight digits behind their point at once, and divided
 * once; where that would round twice, and for exponents, strtod reads them. */
#include "common/number.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"

/* Digits up to the first other byte, which it returns; the first `room` of them go into the number. */
static const char *take_digits(const char *text, const char *end, int *room, uint64_t *number)
{
    const char *most = end - text > *room ? text + *room : end, *start = text;
    unsigned digit;

    for (; text < most && (digit = (unsigned)*text - '0') <= 9; text++)
        *number = *number * 10 + digit;
    *room -= (int)(text - start);
    return text;
}

static const double powers[] = { 1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };

/* The last n of the eight bytes before `end` as digits, all in one register: each is put together with its
 * neighbour, then these pairs, then the pairs of pairs. False when one is no digit. */
static inline bool take_last(const char *end, size_t n, uint64_t *number)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030), past_nine = UINT64_C(0x7676767676767676);
    const size_t others = 64 - 8 * n;
    uint64_t digits;

    memcpy(&digits, end - sizeof digits, sizeof digits);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    digits = __builtin_bswap64(digits);
#endif
    digits = (digits ^ zeros) >> others << others;
    if (((digits + past_nine) | digits) & UINT64_C(0x8080808080808080)) return false;
    digits = (digits * (10 << 8 | 1) >> 8) & UINT64_C(0x00FF00FF00FF00FF);
    digits = (digits * (100 << 16 | 1) >> 16) & UINT64_C(0x0000FFFF0000FFFF);
    *number = digits * (UINT64_C(10000) << 32 | 1) >> 32;
    return true;
}

/* "35.602500", as most tables have them: eight bytes or more, up to three digits, a point, and up to eight.
 * Exact, as below. */
static inline bool parse_degrees(const char *text, const char *end, double *out)
{
    static const uint32_t wholes[] = {
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000
    };
    const char *point = text;
    uint64_t whole = 0, behind;
    unsigned digit;
    size_t n;

    if (end - text < 8) return false;
    for (int i = 0; i < 3 && (digit = (unsigned)*point - '0') <= 9; i++, point++)
        whole = whole * 10 + digit;
    n = (size_t)(end - point) - 1;
    if (point == text || *point != '.' || n < 1 || n > 8) return false;
    if (!take_last(end, n, &behind)) return false;
    *out = (double)(int64_t)(whole * wholes[n] + behind) / powers[n];
    return true;
}

/* Up to 18 digits, zeros in front not counted, as a whole number below 2^53: both it and the power of ten
 * are doubles, and so the quotient is the nearest one (W. D. Clinger, How to read floating point numbers
 * accurately, 1990). False for anything else. */
static bool parse_plain(const char *text, const char *end, double *out)
{
    const char *start = text;
    uint64_t number = 0;
    int room = 18, behind;
    bool point;

    while (text < end && *text == '0')
        text++;
    text = take_digits(text, end, &room, &number);
    behind = room;
    point = text < end && *text == '.';
    if (point) text = take_digits(text + 1, end, &room, &number);
    if (text < end || text - start == point || number >> 53) return false;
    *out = (double)number / powers[behind - room];
    return true;
}

static const char *skip_digits(const char *text)
{
    while (*text >= '0' && *text <= '9')
        text++;
    return text;
}

/* Digits, one point, an exponent, and the end: strtod alone would take "0x1p3", "nan". */
static bool is_decimal(const char *text)
{
    const char *start = text;
    bool point;

    text = skip_digits(text);
    point = *text == '.';
    if (point) text = skip_digits(text + 1);
    if (text - start == point) return false;
    if (*text == 'e' || *text == 'E') {
        text += text[1] == '-' || text[1] == '+' ? 2 : 1;
        start = text;
        text = skip_digits(text);
        if (text == start) return false;
    }
    return *text == '\0';
}

/* The programs set no locale, and so strtod's point is the point. */
static bool parse_any(const char *text, const char *end, double *out)
{
    enum { USUAL = 64 };
    const size_t length = (size_t)(end - text);
    char usual[USUAL], *copy = length < USUAL ? usual : need(malloc(length + 1));
    bool good;

    memcpy(copy, text, length);
    copy[length] = '\0';
    good = strlen(copy) == length && is_decimal(copy);
    if (good) *out = strtod(copy, NULL);
    if (copy != usual) free(copy);
    return good;
}

/* Out of line, for it is seldom called and has much to put by. */
__attribute__((noinline)) static bool parse_signed(const char *text, const char *end, double *out)
{
    bool negative = false;

    while (text < end && *text == ' ')
        text++;
    while (end > text && end[-1] == ' ')
        end--;
    if (text < end && (*text == '-' || *text == '+')) negative = *text++ == '-';
    if (!parse_plain(text, end, out) && !parse_any(text, end, out)) return false;
    if (negative) *out = -*out;
    return true;
}

bool number_parse(const char *text, size_t length, double *out)
{
    const char *end = text + length;
    const bool negative = length && *text == '-';

    if (!parse_degrees(text + negative, end, out)) return parse_signed(text, end, out);
    if (negative) *out = -*out;
    return true;
}
