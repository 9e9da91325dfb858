/* SPDX-License-Identifier: MIT */
/* Gathering the names of one row. */
#include "places/names.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

void incmap__names_init(incmap__names *names, const incmap_allocator *a)
{
    *names = (incmap__names){ .allocator = *a };
}

void incmap__names_clear(incmap__names *names)
{
    while (names->made_count > 0)
        incmap__free(&names->allocator, names->made[--names->made_count]);
    names->count = 0;
    names->failed = false;
}

void incmap__names_free(incmap__names *names)
{
    incmap__names_clear(names);
    incmap__free(&names->allocator, names->made);
    incmap__free(&names->allocator, names->items);
    names->made = NULL;
    names->items = NULL;
    names->made_room = names->room = 0;
}

/* Only so many names are compared with, so that a field of a million names takes no hour. */
enum { COMPARED = 256 };

static bool is_there(const incmap__names *names, const char *text, const char *language,
                     bool alternate)
{
    const size_t n = names->count < COMPARED ? names->count : COMPARED;

    for (size_t i = 0; i < n; i++) {
        const incmap_place_name *there = &names->items[i];
        if (strcmp(there->text, text) != 0) continue;
        /* Грайворон is the main name in two languages, and both are kept. */
        if (alternate || strcmp(there->language, language) == 0) return true;
    }
    return false;
}

/* A zeroed block of size bytes that lives until the list is cleared. */
static char *make_block(incmap__names *names, size_t size)
{
    char *block = NULL;

    if (!incmap__grow(&names->allocator, &names->made, &names->made_room, names->made_count + 1,
                      sizeof *names->made, NULL))
        block = incmap__alloc_zeroed(&names->allocator, size, 1);
    if (block)
        names->made[names->made_count++] = block;
    else
        names->failed = true;
    return block;
}

static void add_whole(incmap__names *names, const char *text, const char *language, bool alternate)
{
    if (is_there(names, text, language, alternate)) return;
    if (incmap__grow(&names->allocator, &names->items, &names->room, names->count + 1,
                     sizeof *names->items, NULL)) {
        names->failed = true;
        return;
    }
    names->items[names->count++] = (incmap_place_name){ text, language, alternate };
}

void incmap__names_add(incmap__names *names, const char *text, size_t length, const char *language,
                       bool alternate)
{
    char *block;

    while (length > 0 && text[length - 1] == ' ')
        length--;
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    if (length == 0) return;
    if (text[length] == '\0') {
        add_whole(names, text, language, alternate);
        return;
    }
    block = make_block(names, length + 1);
    if (!block) return;
    memcpy(block, text, length);
    add_whole(names, block, language, alternate);
}

void incmap__names_add_made(incmap__names *names, const char *language, bool alternate,
                            const char *format, ...)
{
    va_list args, again;
    char *block;
    int length;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    block = length > 0 ? make_block(names, (size_t)length + 1) : NULL;
    if (block) {
        (void)vsnprintf(block, (size_t)length + 1, format, again);
        add_whole(names, block, language, alternate);
    }
    va_end(again);
    va_end(args);
}

enum { UKRAINIAN = 1, RUSSIAN = 2, NOT_BELARUSIAN = 4, NEITHER = 8 };

/* ї and є are Ukrainian alone. ы, э, ё are Russian and Belarusian, of which only Russian has и, щ and
 * ъ. і is Ukrainian and Belarusian. Letters past я's block and without a rule here (ў, қ, ө, Serbian
 * ones) belong to neither language. */
static int evidence(uint32_t c)
{
    switch (c) {
    case 0x0404:
    case 0x0454:
    case 0x0407:
    case 0x0457: return UKRAINIAN;
    case 0x042B:
    case 0x044B:
    case 0x042D:
    case 0x044D:
    case 0x0401:
    case 0x0451: return RUSSIAN;
    case 0x0418:
    case 0x0438:
    case 0x0429:
    case 0x0449:
    case 0x042A:
    case 0x044A: return NOT_BELARUSIAN;
    case 0x0406:
    case 0x0456:
    case 0x0490:
    case 0x0491: return 0;
    default: return (c >= 0x0400 && c < 0x0410) || (c >= 0x0450 && c < 0x0530) ? NEITHER : 0;
    }
}

const char *incmap__names_guess_language(const char *text, size_t length)
{
    int seen = 0;
    bool dotted = false;

    for (size_t at = 0; at < length;) {
        uint32_t c;
        const size_t n = incmap__utf8_next(text + at, length - at, &c);
        if (!n) return "";
        seen |= evidence(c);
        dotted = dotted || c == 0x0406 || c == 0x0456 || c == 0x0490 || c == 0x0491;
        at += n;
    }
    if ((seen & ~NOT_BELARUSIAN) == UKRAINIAN) return "uk";
    if (seen == (RUSSIAN | NOT_BELARUSIAN) && !dotted) return "ru";
    return "";
}
