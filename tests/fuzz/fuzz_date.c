/* SPDX-License-Identifier: MIT */
/* Any bytes as a date. What is read is a day, a month or a year that comes back as it was written;
 * and any record of four numbers is worded within the buffer. */
#include "fuzz.h"

#include <string.h>

#include <incmap/date.h>

#include "base/date.h"

static void check_date(const incmap_date *date, const char *text, size_t length)
{
    static const int most_days[] = {
        [INCMAP_DATE_DAY] = 1, [INCMAP_DATE_MONTH] = 31, [INCMAP_DATE_YEAR] = 366
    };
    char buffer[INCMAP_DATE_TEXT_SIZE];
    int year, month, mday;
    incmap_day back;

    FUZZ_CHECK(date->precision == INCMAP_DATE_DAY || date->precision == INCMAP_DATE_MONTH ||
               date->precision == INCMAP_DATE_YEAR);
    FUZZ_CHECK(date->earliest < date->before);
    FUZZ_CHECK(date->before - date->earliest <= most_days[date->precision]);
    incmap_day_to_civil(date->earliest, &year, &month, &mday);
    FUZZ_CHECK(incmap_day_from_civil(year, month, mday, &back) && back == date->earliest);
    /* The year -0000 is the year 0000. */
    if (length > 5 && strncmp(text, "-0000", 5) == 0) text++, length--;
    if (length == 5 && strncmp(text, "-0000", 5) == 0) text++, length--;
    FUZZ_CHECK(strlen(incmap_date_text(date, buffer)) == length);
    FUZZ_CHECK(memcmp(buffer, text, length) == 0);
}

static void check_wording(const uint8_t *data, size_t size)
{
    char buffer[INCMAP_DATE_TEXT_SIZE + 1];
    incmap_date date = INCMAP__DATE_NONE;

    memcpy(&date, data, size < sizeof date ? size : sizeof date);
    buffer[INCMAP_DATE_TEXT_SIZE] = '#';
    FUZZ_CHECK(incmap_date_text(&date, buffer) == buffer);
    FUZZ_CHECK(buffer[INCMAP_DATE_TEXT_SIZE] == '#');
    FUZZ_CHECK(memchr(buffer, '\0', INCMAP_DATE_TEXT_SIZE));
    FUZZ_CHECK(incmap_date_precision_text(date.precision)[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const incmap_date untouched = { 1, 2, INCMAP_DATE_RANGE, 3 };
    incmap_date date = untouched;
    incmap_error err = { .status = INCMAP_OK };
    char *text = malloc(size + 1);

    FUZZ_CHECK(text);
    if (size) memcpy(text, data, size);
    text[size] = '\0';
    if (incmap__date_parse(text, size, &date, &err) == INCMAP_OK) {
        check_date(&date, text, size);
    } else {
        FUZZ_CHECK(memcmp(&date, &untouched, sizeof date) == 0);
        FUZZ_CHECK(err.status == INCMAP_EPARSE || err.status == INCMAP_EDOMAIN);
        FUZZ_CHECK(strncmp(err.message, "date: found \"", 13) == 0);
        for (const char *c = err.message; *c; c++)
            FUZZ_CHECK((unsigned char)*c >= ' ');
    }
    if (size) check_wording(data, size);
    free(text);
    return 0;
}
