/* SPDX-License-Identifier: MIT */
/* Sorting numbers by small integer keys, in time that grows with how many they are. */
#ifndef INCMAP_GEODESY_KEYED_SORT_H
#define INCMAP_GEODESY_KEYED_SORT_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t key, number;
} incmap__keyed;

/* Sorts by key, those of one key staying in order; keys have `bits` bits. `room` is as long as `items`, and
 * which of the two holds the result is returned. */
incmap__keyed *incmap__keyed_sort(incmap__keyed items[], incmap__keyed room[], size_t n, int bits);

#endif
