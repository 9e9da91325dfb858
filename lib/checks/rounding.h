/* SPDX-License-Identifier: MIT */
/* The rounding hidden in a printed number, and numbers that were converted from another unit. */
#ifndef INCMAP_CHECKS_ROUNDING_H
#define INCMAP_CHECKS_ROUNDING_H

#include <incmap/statement.h>

/* What a number was probably rounded to: the largest of 1, 2.5 and 5 times a power of ten that
 * divides it and is at most a quarter of it. 600: 100; 373: 1; 3.5: 0.5; 76: 1; 30: 5. At least
 * `printed`, one unit of its last digit (but not behind a printed decimal zero: "600.0" is good to
 * 0.1). 0 for 0. */
double incmap__rounding_step(double value, double printed);

/* A number with fewer digits in another unit that says the same: 373 miles are 600 km. */
typedef struct {
    double value; /* NaN: none */
    incmap_said_unit unit;
} incmap__origin;

incmap__origin incmap__rounding_origin(double value, double printed, incmap_said_unit unit);

#endif
