/* SPDX-License-Identifier: MIT */
/* What every program does alike: its name before its messages, its exit statuses, and no silence
 * about an output that could not be written. */
#ifndef INCMAP_EXAMPLES_PROGRAM_H
#define INCMAP_EXAMPLES_PROGRAM_H

#include <incmap/incmap.h>

/* Exit statuses. */
enum {
    DONE = 0,
    NO_ANSWER = 1,   /* the question has no answer, or an ambiguous one */
    WRONG_USAGE = 2, /* an option or argument that cannot be meant */
    FAILED = 3       /* input or output failed */
};

/* First line of main. */
void program_start(const char *argv0);
const char *program_name(void);

/* "PROGRAM: message" and a newline on standard error; control characters in the message become
 * spaces. Returns `status`, so that a caller can complain and return at once. */
int complain(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Complains in the words of the context; returns the exit status that fits `status`. */
int complain_of(const incmap_ctx *ctx, incmap_status status);

/* The block; without one the program ends here. Examples have no way on without memory. */
void *need(void *block);
char *need_copy(const char *text);

/* Last line of main: writes out what standard output still holds. Returns `status`, or FAILED with a
 * message when the output did not reach its file. */
int program_end(int status);

#endif
