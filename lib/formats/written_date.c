/* SPDX-License-Identifier: MIT */
/* Reading the dates of other people's tables, without guessing: a date that two orders of its numbers
 * make different days of is none until somebody says the order. */
#include "formats/written_date.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

enum { LONGEST = 32 };

/* 1 to 12; 0 for no English month. Three letters are enough for all of them. */
static int month_of(const char *word)
{
    static const char *const months[] = { "january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december" };
    const size_t length = strlen(word);

    for (int i = 0; i < 12; i++) {
        char start[16];
        (void)snprintf(start, sizeof start, "%.*s", (int)length, months[i]);
        if (length >= 3 && incmap__text_same(start, word)) return i + 1;
    }
    return 0;
}

static bool day_of(int year, int month, int day, incmap_date *out)
{
    incmap_day first;

    if (year < 1000 || !incmap_day_from_civil(year, month, day, &first)) return false;
    *out = (incmap_date){ first, first + 1, INCMAP_DATE_DAY, INCMAP_UTC_UNKNOWN };
    return true;
}

/* Without a time of day behind it. false: too long for a date, or the rest is no time. */
static bool cut_time(const char *text, char date[LONGEST])
{
    const size_t length = strlen(text);
    const char *colon = strchr(text, ':');
    size_t end = length;

    if (colon) {
        end = (size_t)(colon - text);
        while (end > 0 && text[end - 1] >= '0' && text[end - 1] <= '9')
            end--;
        if (end == 0 || end == (size_t)(colon - text) ||
            (text[end - 1] != ' ' && text[end - 1] != 'T'))
            return false;
        end--;
        if (strspn(colon, "0123456789:.+-ZAPMapm ") != strlen(colon)) return false;
    }
    while (end > 0 && text[end - 1] == ' ')
        end--;
    while (end > 0 && *text == ' ') {
        text++;
        end--;
    }
    if (end == 0 || end >= LONGEST) return false;
    memcpy(date, text, end);
    date[end] = '\0';
    return true;
}

static bool in_words(const char *text, incmap_date *out)
{
    char word[16], rest[2];
    int day, year;

    if (sscanf(text, "%2d%*1[- .]%15[A-Za-z]%*1[- .]%4d%1s", &day, word, &year, rest) == 3)
        return month_of(word) && day_of(year, month_of(word), day, out);
    if (sscanf(text, "%15[A-Za-z] %2d, %4d%1s", word, &day, &year, rest) == 3)
        return month_of(word) && day_of(year, month_of(word), day, out);
    return false;
}

/* Year first: nobody writes that in two ways. */
static bool year_first(const char *text, incmap_date *out)
{
    char rest[2];
    int y, m, d;

    if (incmap__date_parse(text, strlen(text), out, NULL) == INCMAP_OK) return true;
    if (strlen(text) == 8 && strspn(text, "0123456789") == 8 &&
        sscanf(text, "%4d%2d%2d", &y, &m, &d) == 3)
        return day_of(y, m, d, out);
    if (sscanf(text, "%4d%*1[./]%2d%*1[./]%2d%1s", &y, &m, &d, rest) == 3 && y >= 1000)
        return day_of(y, m, d, out);
    return false;
}

bool incmap__written_date(const char *text, incmap_date_order order, incmap_date *out,
                          const char **expected)
{
    char date[LONGEST], rest[2];
    incmap_date day_first = { 0, 0, INCMAP_DATE_DAY, 0 }, month_first = day_first;
    int a, b, year;
    bool may_be_day, may_be_month;

    *expected = "a date that exists, as 2023-05-22 or 22 May 2023";
    if (!cut_time(text, date)) return false;
    if (year_first(date, out) || in_words(date, out)) return true;
    if (sscanf(date, "%2d%*1[-./]%2d%*1[-./]%4d%1s", &a, &b, &year, rest) != 3) return false;
    may_be_day = order != INCMAP_DATE_ORDER_MDY && day_of(year, b, a, &day_first);
    may_be_month = order != INCMAP_DATE_ORDER_DMY && day_of(year, a, b, &month_first);
    if (may_be_day && may_be_month && a != b) {
        *expected = "a date that can be read in one way only, or to be told whether the day or the "
                    "month comes first";
        return false;
    }
    if (!may_be_day && !may_be_month) return false;
    *out = may_be_day ? day_first : month_first;
    return true;
}
