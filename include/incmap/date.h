/* SPDX-License-Identifier: MIT */
/* Dates as reports give them: half-open intervals of days with the precision that was stated.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_DATE_H
#define INCMAP_DATE_H

#include <incmap/context.h>

INCMAP_BEGIN_DECLS

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
typedef int32_t incmap_day;

#define INCMAP_DAY_OPEN INT32_MIN /**< this end of the interval is not known */

typedef enum {
    INCMAP_DATE_UNKNOWN = 0,
    INCMAP_DATE_DAY = 1,
    INCMAP_DATE_MONTH = 2,
    INCMAP_DATE_SEASON = 3,
    INCMAP_DATE_YEAR = 4,
    INCMAP_DATE_RANGE = 5, /**< a series of events, or one that lasted */
    INCMAP_DATE_BEFORE = 6 /**< start unknown */
} incmap_date_precision;

typedef struct {
    incmap_day earliest; /**< first day that it can be; INCMAP_DAY_OPEN */
    incmap_day before;   /**< first day that it can no longer be; INCMAP_DAY_OPEN */
    incmap_date_precision precision;
    int32_t utc_offset_min; /**< minutes east of UTC in which the days are counted;
                                 INCMAP_UTC_UNKNOWN */
} incmap_date;

#define INCMAP_UTC_UNKNOWN INT32_MIN

/** Longest text of incmap_day_text and incmap_date_text, with the final zero. */
#define INCMAP_DATE_TEXT_SIZE 48

/**
 * The day of a calendar date.
 *
 * @param year   -9999 to 9999 (0 is 1 BC)
 * @param out    receives the day; unchanged when the date does not exist
 * @return false for 2023-02-29, month 13, ...
 *
 * Source:   the days-from-civil count of the Gregorian calendar's 400-year cycle.
 * Threads:  any
 * Since:    0.1
 */
INCMAP_API bool incmap_day_from_civil(int year, int month, int day, incmap_day *out);

/** The reverse. @param day not INCMAP_DAY_OPEN */
INCMAP_API void incmap_day_to_civil(incmap_day day, int *year, int *month, int *mday);

/**
 * Read "2023-05-22", "2023-05" or "2023": the interval that it covers, with its precision.
 *
 * @return INCMAP_OK, INCMAP_EPARSE, INCMAP_EDOMAIN (no such day), INCMAP_EARG
 */
INCMAP_API incmap_status incmap_date_parse(incmap_ctx *ctx, const char *text, incmap_date *out);

/**
 * "2023-05-22", "2023-05", "2022-09-01 to 2022-11-30" (a season or range, by its first
 * and last day), "from 2023-05-22", "before 2023-05-22", "unknown": as exact as the precision and no
 * more.
 *
 * @param buffer  at least INCMAP_DATE_TEXT_SIZE bytes
 * @return buffer
 */
INCMAP_API const char *incmap_date_text(const incmap_date *date, char *buffer);

/** "day", "month", "season", "year", "range", "before", "unknown"; static. */
INCMAP_API const char *incmap_date_precision_text(incmap_date_precision precision);

INCMAP_END_DECLS

#endif
