/* SPDX-License-Identifier: MIT */
/* UTF-8 text as a terminal shows it. Widths of characters are utf8proc's, which follows Unicode;
 * wcwidth() would need a locale. */
#include "common/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "common/program.h"

enum { REPLACEMENT = 0xFFFD };

/* Bytes of the character at text and its columns. A byte that begins none counts one column, as
 * the replacement character does. */
static size_t step(const char *text, utf8proc_int32_t *code_point, size_t *columns)
{
    const utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)text, -1, code_point);

    if (length <= 0 || *code_point < 0) {
        *code_point = REPLACEMENT;
        *columns = 1;
        return 1;
    }
    *columns = (size_t)utf8proc_charwidth(*code_point);
    return (size_t)length;
}

size_t text_width(const char *text)
{
    size_t width = 0, columns;
    utf8proc_int32_t code_point;

    while (*text) {
        text += step(text, &code_point, &columns);
        width += columns;
    }
    return width;
}

size_t text_cut(const char *text, size_t columns)
{
    size_t at = 0, used = 0, wide, length;
    utf8proc_int32_t code_point;

    while (text[at]) {
        length = step(text + at, &code_point, &wide);
        if (used + wide > columns) break;
        used += wide;
        at += length;
    }
    return at;
}

/* The longest start of text[0, most) that ends at a space, which stays outside the line, or behind
 * one of the marks; 0 if there is none. */
static size_t break_point(const char *text, size_t most, const char *marks)
{
    for (size_t end = most; end > 0; end--) {
        if (text[end] == ' ' && text[end - 1] != ' ') return end;
        if (strchr(marks, text[end - 1]) && end > 1 && text[end] != ' ') return end;
    }
    return 0;
}

/* Spaces first: a hyphen (2023-05-22) or a slash breaks only where the line would otherwise be less
 * than a third full. */
static size_t best_break(const char *text, size_t most)
{
    const size_t space = break_point(text, most, "");

    return 3 * space >= most ? space : break_point(text, most, "-/|");
}

size_t text_wrap(const char *text, size_t columns, size_t *next)
{
    size_t most = text_cut(text, columns), end = most;
    /* Looked for in this line alone: a text of many lines is walked once. */
    const char *forced = memchr(text, LINE_BREAK[0], most + (text[most] != '\0'));

    if (forced || !text[most]) {
        end = forced ? (size_t)(forced - text) : most;
        *next = end + (forced ? 1 : 0);
        return end;
    }
    end = best_break(text, most);
    if (!end) end = most;
    if (!end) { /* a wide letter in a column too narrow for it: print it all the same */
        utf8proc_int32_t code_point;
        end = step(text, &code_point, &most);
    }
    *next = end + strspn(text + end, " ");
    return end;
}

/* Embeddings, overrides and isolates: they would turn round what stands behind them in the line. */
static bool turns_direction(utf8proc_int32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
           c == 0x200F;
}

char *text_clean(const char *text)
{
    /* The replacement of one bad byte takes three. */
    char *clean = need(malloc(3 * strlen(text) + 1));
    size_t used = 0, length, columns;
    utf8proc_int32_t c;

    for (; *text; text += length) {
        length = step(text, &c, &columns);
        if (turns_direction(c)) continue;
        if ((c < 0x20 && c != LINE_BREAK[0]) || (c >= 0x7F && c < 0xA0)) c = ' ';
        used += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)clean + used);
    }
    clean[used] = '\0';
    return clean;
}

char *text_list(const char *list)
{
    char *text = need(malloc(2 * strlen(list) + 1));
    size_t used = 0;

    for (; *list; list++) {
        if (*list != '|') text[used++] = *list;
        if (*list == '|') text[used++] = ',', text[used++] = ' ';
    }
    text[used] = '\0';
    return text;
}

char *text_format_list(const char *format, va_list list)
{
    va_list again;
    int length;
    char *text;

    va_copy(again, list);
    length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = need(malloc((size_t)(length < 0 ? 0 : length) + 1));
    text[0] = '\0';
    if (length >= 0) vsnprintf(text, (size_t)length + 1, format, list);
    return text;
}

char *text_format(const char *format, ...)
{
    va_list list;
    char *text;

    va_start(list, format);
    text = text_format_list(format, list);
    va_end(list);
    return text;
}

void text_append(char **text, const char *format, ...)
{
    const size_t length = *text ? strlen(*text) : 0;
    va_list list;
    char *more;

    va_start(list, format);
    more = text_format_list(format, list);
    va_end(list);
    *text = need(realloc(*text, length + strlen(more) + 1));
    memcpy(*text + length, more, strlen(more) + 1);
    free(more);
}
