/* SPDX-License-Identifier: MIT */
/* Decimals through whole numbers: a value times a power of ten is rounded as printf rounds it, half to
 * even on the exact product, and its digits are set two at a time from the back. */
#include "io/digits.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

/* Digits of a whole number, ending before `end`; returns where they begin. */
static char *set_digits(char *end, uint64_t value)
{
    while (value >= 100) {
        end -= 2;
        memcpy(end, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        end -= 2;
        memcpy(end, pairs + 2 * value, 2);
        return end;
    }
    *--end = (char)('0' + value);
    return end;
}

static size_t put_front(char *digits, const char *from, const char *end)
{
    const size_t length = (size_t)(end - from);
    memcpy(digits, from, length);
    digits[length] = '\0';
    return length;
}

size_t incmap__digits_int(char digits[INCMAP__DIGITS_SIZE], int64_t value)
{
    char work[24], *const end = work + sizeof work;
    /* As unsigned, since the least of all has no positive. */
    char *from = set_digits(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
    if (value < 0) *--from = '-';
    return put_front(digits, from, end);
}

/* The whole number next to value * scale, both positive, the product below 2^52. The rounded product
 * is off by less than its last bit, and a half is a multiple of that bit: only where it is a half can
 * the exact one lie on the other side, and fma tells on which. */
static uint64_t round_scaled(double value, double scale)
{
    const double product = value * scale;
    const uint64_t whole = (uint64_t)product;
    const double rest = product - (double)whole;
    double beyond;

    if (rest < 0.5) return whole;
    if (rest > 0.5) return whole + 1;
    beyond = fma(value, scale, -product);
    if (beyond != 0) return whole + (beyond > 0);
    return whole + (whole & 1);
}

static size_t print_number(char digits[INCMAP__DIGITS_SIZE], double value, int decimals)
{
    (void)snprintf(digits, INCMAP__DIGITS_SIZE, "%.*f", decimals, value);
    incmap__text_point(digits);
    if (digits[0] == '-' && strspn(digits + 1, "0.") == strlen(digits + 1))
        memmove(digits, digits + 1, strlen(digits));
    return strlen(digits);
}

size_t incmap__digits_number(char digits[INCMAP__DIGITS_SIZE], double value, int decimals)
{
    static const double scales[] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14 };
    char work[32], *const end = work + sizeof work, *from;
    const double size = fabs(value);
    uint64_t whole;

    if (decimals < 0 || decimals >= (int)(sizeof scales / sizeof *scales) ||
        !(size * scales[decimals] < 4503599627370496.0)) /* 2^52 */
        return print_number(digits, value, decimals);
    whole = round_scaled(size, scales[decimals]);
    from = set_digits(end, whole);
    if (decimals > 0) {
        /* At least one digit stands before the point. */
        while (end - from <= decimals)
            *--from = '0';
        memmove(from - 1, from, (size_t)(end - from) - (size_t)decimals);
        from--;
        end[-decimals - 1] = '.';
    }
    if (value < 0 && whole > 0) *--from = '-';
    return put_front(digits, from, end);
}

void incmap__digits_day(char digits[9], int year, int month, int day)
{
    memcpy(digits, pairs + 2 * (year / 100), 2);
    memcpy(digits + 2, pairs + 2 * (year % 100), 2);
    memcpy(digits + 4, pairs + 2 * month, 2);
    memcpy(digits + 6, pairs + 2 * day, 2);
    digits[8] = '\0';
}
