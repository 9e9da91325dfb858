/* SPDX-License-Identifier: MIT */
/* UTF-8 text as a terminal shows it: columns, not bytes. Knows nothing of incmap. */
#ifndef INCMAP_EXAMPLES_TEXT_H
#define INCMAP_EXAMPLES_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Breaks a line inside a table's cell. A control character, so that no sane text has it. */
#define LINE_BREAK "\x1f"

/* Columns that a text takes on a terminal: a letter one, its combining marks none, CJK two. */
size_t text_width(const char *text);

/* Bytes at the start of text that fit in so many columns; a letter keeps its combining marks. */
size_t text_cut(const char *text, size_t columns);

/* Bytes of the first line when text is wrapped at so many columns: broken at a space;
 * behind a hyphen, a slash or a bar where that leaves the line less than a third full; inside a word
 * only when the word is longer than the line. *next
 * receives the offset where the next line begins, the length of text at the end. */
size_t text_wrap(const char *text, size_t columns, size_t *next);

/* A copy for a terminal, owned by the caller: control characters (a newline, an escape sequence in
 * somebody's CSV) become spaces, marks that turn the direction of writing vanish, bytes that are no
 * UTF-8 become U+FFFD. LINE_BREAK stays. */
char *text_clean(const char *text);

/* A list joined by "|" with ", " between; owned by the caller. */
char *text_list(const char *list);

/* printf into a text owned by the caller. */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

char *text_format_list(const char *format, va_list list) __attribute__((format(printf, 1, 0)));

/* printf onto the end of *text, which is owned by the caller and may be NULL at first. */
void text_append(char **text, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
