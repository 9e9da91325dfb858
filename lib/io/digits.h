/* SPDX-License-Identifier: MIT */
/* Numbers as a .dbf holds them: plain decimals with a point, in every locale. They are made from whole
 * numbers where that gives what printf would give, since printf takes most of the time of a layer. */
#ifndef INCMAP_IO_DIGITS_H
#define INCMAP_IO_DIGITS_H

#include <stddef.h>
#include <stdint.h>

/* DBL_MAX has 309 digits before the point. */
enum { INCMAP__DIGITS_SIZE = 400, INCMAP__DECIMALS_MOST = 30 };

/* Each writes digits, ended by a zero, and returns how many bytes. */
size_t incmap__digits_int(char digits[INCMAP__DIGITS_SIZE], int64_t value);
/* Digit for digit "%.*f" of a finite value, but without a minus before a zero.
 * decimals: 0 to INCMAP__DECIMALS_MOST */
size_t incmap__digits_number(char digits[INCMAP__DIGITS_SIZE], double value, int decimals);
/* "20230522" of a year from 1 to 9999. */
void incmap__digits_day(char digits[9], int year, int month, int day);

#endif
