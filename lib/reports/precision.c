/* SPDX-License-Identifier: MIT */
/* Words for how exactly a date or a location is known. */
#include "reports/precision.h"

/* In the order of their values. */
static const char *const date_names[] = { "unknown", "day",   "month", "season",
                                          "year",    "range", "before" };
static const char *const location_names[] = { "unknown",  "country",    "region",
                                              "district", "settlement", "exact_site" };

bool incmap__row_precision(incmap__table *table, size_t column, incmap_date *date)
{
    int precision = date->precision;

    if (!incmap__table_enum(table, column, date_names, sizeof date_names / sizeof *date_names,
                            precision, &precision))
        return false;
    date->precision = (incmap_date_precision)precision;
    return true;
}

bool incmap__row_location(incmap__table *table, size_t column, incmap_location_precision *precision)
{
    int value = INCMAP_LOCATION_UNKNOWN;

    if (!incmap__table_enum(table, column, location_names,
                            sizeof location_names / sizeof *location_names, value, &value))
        return false;
    *precision = (incmap_location_precision)value;
    return true;
}

const char *incmap_location_precision_text(incmap_location_precision precision)
{
    const size_t n = sizeof location_names / sizeof *location_names;
    return (size_t)precision < n ? location_names[precision] : location_names[0];
}
