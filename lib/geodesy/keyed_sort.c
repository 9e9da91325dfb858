/* SPDX-License-Identifier: MIT */
/* A radix sort, from the last digit to the first. */
#include "geodesy/keyed_sort.h"

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS };

static void sort_pass(const incmap__keyed from[], incmap__keyed to[], size_t n, int shift)
{
    size_t at[DIGITS] = { 0 }, sum = 0;

    for (size_t i = 0; i < n; i++)
        at[from[i].key >> shift & (DIGITS - 1)]++;
    for (size_t k = 0; k < DIGITS; k++) {
        const size_t count = at[k];
        at[k] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[at[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

incmap__keyed *incmap__keyed_sort(incmap__keyed items[], incmap__keyed room[], size_t n, int bits)
{
    for (int shift = 0; shift < bits; shift += DIGIT_BITS) {
        incmap__keyed *swap = items;
        sort_pass(items, room, n, shift);
        items = room;
        room = swap;
    }
    return items;
}
