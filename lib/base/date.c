/* SPDX-License-Identifier: MIT */
/* Days of the proleptic Gregorian calendar, and dates as exact as they were stated. The day count
 * follows H. Hinnant's days_from_civil: years that begin in March, in cycles of 400. */
#include "base/date.h"

#include <string.h>

#include "base/context.h"
#include "base/text.h"

enum { DAYS_IN_CYCLE = 146097, DAYS_TO_1970 = 719468 /* from 0000-03-01 */ };

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool incmap_day_from_civil(int year, int month, int day, incmap_day *out)
{
    int y, cycle, year_of_cycle, day_of_year;

    if (!out || year < -9999 || year > 9999 || month < 1 || month > 12) return false;
    if (day < 1 || day > days_in_month(year, month)) return false;
    y = month <= 2 ? year - 1 : year;
    cycle = (y >= 0 ? y : y - 399) / 400;
    year_of_cycle = y - cycle * 400;
    day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    *out = cycle * DAYS_IN_CYCLE + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 +
           day_of_year - DAYS_TO_1970;
    return true;
}

void incmap_day_to_civil(incmap_day day, int *year, int *month, int *mday)
{
    /* In 64 bits, since the shift of the epoch leaves the range of a day at its far end. */
    const int64_t shifted = (int64_t)day + DAYS_TO_1970;
    const int64_t cycle = (shifted >= 0 ? shifted : shifted - (DAYS_IN_CYCLE - 1)) / DAYS_IN_CYCLE;
    const int in_cycle = (int)(shifted - cycle * DAYS_IN_CYCLE);
    const int year_of_cycle =
        (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / (DAYS_IN_CYCLE - 1)) / 365;
    const int day_of_year =
        in_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    const int month_from_march = (5 * day_of_year + 2) / 153;
    const int m = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

    if (mday) *mday = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    if (month) *month = m;
    if (year) *year = (int)(cycle * 400 + year_of_cycle + (m <= 2));
}

/* ---- reading ---- */

/* YYYY, YYYY-MM or YYYY-MM-DD, a minus before the year allowed; how many numbers, or 0. */
static int split(const char *text, size_t length, int numbers[3])
{
    static const size_t widths[] = { 4, 2, 2 };
    const bool negative = length > 0 && text[0] == '-';
    size_t at = negative;

    for (int n = 0; n < 3; n++) {
        numbers[n] = 0;
        if (length - at < widths[n]) return 0;
        for (size_t i = 0; i < widths[n]; i++, at++) {
            if (text[at] < '0' || text[at] > '9') return 0;
            numbers[n] = numbers[n] * 10 + (text[at] - '0');
        }
        if (n == 0 && negative) numbers[0] = -numbers[0];
        if (at == length) return n + 1;
        if (text[at++] != '-') return 0;
    }
    return 0;
}

incmap_status incmap__date_parse(const char *text, size_t length, incmap_date *out,
                                 incmap_error *err)
{
    static const incmap_date_precision precisions[] = { INCMAP_DATE_YEAR, INCMAP_DATE_MONTH,
                                                        INCMAP_DATE_DAY };
    const int shown = (int)incmap__utf8_cut(text, length, 60);
    int p[3];
    const int count = split(text, length, p);
    const int last_month = count >= 2 ? p[1] : 12;
    incmap_day first, last;

    if (!count)
        return incmap__fail(err, INCMAP_EPARSE,
                            "date: found \"%.*s\", expected YYYY-MM-DD, YYYY-MM or YYYY", shown,
                            text);
    if (last_month < 1 || last_month > 12)
        return incmap__fail(err, INCMAP_EDOMAIN, "date: found \"%.*s\", expected a month 01 to 12",
                            shown, text);
    if (!incmap_day_from_civil(p[0], count >= 2 ? p[1] : 1, count == 3 ? p[2] : 1, &first) ||
        !incmap_day_from_civil(p[0], last_month,
                               count == 3 ? p[2] : days_in_month(p[0], last_month), &last))
        return incmap__fail(err, INCMAP_EDOMAIN,
                            "date: found \"%.*s\", expected a day 01 to %d of that month", shown,
                            text, days_in_month(p[0], last_month));
    *out = (incmap_date){ first, last + 1, precisions[count - 1], INCMAP_UTC_UNKNOWN };
    return INCMAP_OK;
}

incmap_status incmap_date_parse(incmap_ctx *ctx, const char *text, incmap_date *out)
{
    if (!ctx || !text || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "date: a pointer is NULL");
    return incmap__date_parse(text, strlen(text), out, &ctx->error);
}

/* ---- writing ---- */

/* A day as far as the precision goes. */
static void add_day(char *buffer, size_t *used, incmap_day day, incmap_date_precision precision)
{
    int year, month, mday;

    incmap_day_to_civil(day, &year, &month, &mday);
    incmap__text_add(buffer, INCMAP_DATE_TEXT_SIZE, used, year < 0 ? "-%04d" : "%04d",
                     year < 0 ? -year : year);
    if (precision == INCMAP_DATE_YEAR) return;
    incmap__text_add(buffer, INCMAP_DATE_TEXT_SIZE, used, "-%02d", month);
    if (precision == INCMAP_DATE_MONTH) return;
    incmap__text_add(buffer, INCMAP_DATE_TEXT_SIZE, used, "-%02d", mday);
}

/* Both ends as texts, joined where they differ. */
static void add_interval(char *buffer, const incmap_date *date)
{
    char last[INCMAP_DATE_TEXT_SIZE] = "";
    size_t used = 0, last_used = 0;

    add_day(buffer, &used, date->earliest, date->precision);
    if (date->before > date->earliest) {
        add_day(last, &last_used, date->before - 1, date->precision);
        if (strcmp(last, buffer) != 0)
            incmap__text_add(buffer, INCMAP_DATE_TEXT_SIZE, &used, " to %s", last);
    }
}

const char *incmap_date_text(const incmap_date *date, char *buffer)
{
    size_t used = 0;
    bool starts, ends;

    if (!buffer) return "";
    buffer[0] = '\0';
    starts = date && date->precision != INCMAP_DATE_UNKNOWN &&
             date->precision != INCMAP_DATE_BEFORE && date->earliest != INCMAP_DAY_OPEN;
    ends = date && date->precision != INCMAP_DATE_UNKNOWN && date->before != INCMAP_DAY_OPEN;
    if (starts && ends) {
        add_interval(buffer, date);
    } else if (starts) {
        incmap__text_add(buffer, INCMAP_DATE_TEXT_SIZE, &used, "from ");
        add_day(buffer, &used, date->earliest, date->precision);
    } else if (ends) {
        incmap__text_add(buffer, INCMAP_DATE_TEXT_SIZE, &used, "before ");
        add_day(buffer, &used, date->before, INCMAP_DATE_DAY);
    } else {
        incmap__text_add(buffer, INCMAP_DATE_TEXT_SIZE, &used, "unknown");
    }
    return buffer;
}

const char *incmap_date_precision_text(incmap_date_precision precision)
{
    switch (precision) {
    case INCMAP_DATE_UNKNOWN: return "unknown";
    case INCMAP_DATE_DAY: return "day";
    case INCMAP_DATE_MONTH: return "month";
    case INCMAP_DATE_SEASON: return "season";
    case INCMAP_DATE_YEAR: return "year";
    case INCMAP_DATE_RANGE: return "range";
    case INCMAP_DATE_BEFORE: return "before";
    }
    return "unknown";
}
