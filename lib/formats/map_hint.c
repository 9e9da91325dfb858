/* SPDX-License-Identifier: MIT */
/* Guessing from their names what columns hold: a word of the name begins like one that such columns are
 * often called by, in English, German, Russian or Ukrainian. */
#include "formats/map_hint.h"

#include <string.h>

#include "base/text.h"

enum { DATE, LAT, LON, PLACE, FIGURE, KEYS, LONGEST = 40 };

static const struct {
    const char *key, *words[12];
} guesses[KEYS] = {
    [DATE] = { "date", { "date", "day", "start", "when", "time", "datum", "tag", "дата", "Дата" } },
    [LAT] = { "lat", { "lat", "breite", "широта", "Широта" } },
    [LON] = { "lon", { "lon", "lng", "länge", "долгота", "Долгота", "довгота", "Довгота" } },
    [PLACE] = { "place",
                { "place", "settlement", "village", "town", "city", "location", "ort", "hromada",
                  "место", "Место", "місце", "Місце" } },
    [FIGURE] = { "figure",
                 { "killed", "dead", "death", "fatal", "casualt", "victim", "tote", "погиб",
                   "Погиб", "загиб", "Загиб" } },
};

/* Without regard to the case of ASCII letters. */
static bool begins(const char *text, const char *word)
{
    for (; *word; text++, word++) {
        const char lower = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        if (lower != *word) return false;
    }
    return true;
}

static bool has_word(const char *name, int key)
{
    const size_t most = sizeof guesses[key].words / sizeof *guesses[key].words;

    for (const char *at = name; *at;) {
        for (size_t i = 0; i < most && guesses[key].words[i]; i++)
            if (begins(at, guesses[key].words[i])) return true;
        at += strcspn(at, " _-.");
        at += strspn(at, " _-.");
    }
    return false;
}

/* How precise a date or a place is, as in time_precision, date_prec and geo_precision, is neither. */
static bool tells_precision(const char *name)
{
    for (; *name; name++)
        if (begins(name, "prec")) return true;
    return false;
}

/* Number from 0; n: none. */
static size_t column_of(const incmap__csv_field header[], size_t first, size_t n, int key)
{
    for (size_t i = first; i < n; i++)
        if (has_word(header[i].text, key) && !tells_precision(header[i].text)) return i;
    return n;
}

/* By its name, or by its number where the name would not do in a list. */
static void add_entry(const incmap__csv_field header[], size_t i, int key, char *buffer,
                      size_t size, size_t *used)
{
    const char *name = header[i].text, *between = *used ? "," : "";

    if (!name[0] || strlen(name) > LONGEST || strpbrk(name, ",=\"\r\n"))
        incmap__text_add(buffer, size, used, "%s%s=%zu", between, guesses[key].key, i + 1);
    else
        incmap__text_add(buffer, size, used, "%s%s=%s", between, guesses[key].key, name);
}

void incmap__map_hint(const incmap__csv_field header[], size_t n, bool has_points, char *buffer,
                      size_t size)
{
    const size_t first = has_points && n >= 2 ? 2 : 0; /* before it the two of the points */
    size_t column[KEYS], used = 0;

    buffer[0] = '\0';
    for (int key = 0; key < KEYS; key++)
        column[key] = column_of(header, first, n, key);
    if (has_points || column[LAT] == n || column[LON] == n) column[LAT] = column[LON] = n;
    if (has_points || column[LAT] < n) column[PLACE] = n;
    if (column[DATE] == n) incmap__text_add(buffer, size, &used, "date:=");
    for (int key = 0; key < KEYS; key++)
        if (column[key] < n && (key == DATE || column[key] != column[DATE]))
            add_entry(header, column[key], key, buffer, size, &used);
}
