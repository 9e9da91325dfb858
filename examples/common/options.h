/* SPDX-License-Identifier: MIT */
/* The command line: long options from a table that also makes the --help, so that the two cannot
 * differ. A word such as -33.9,151.2 is an argument, which getopt would take for options. */
#ifndef INCMAP_EXAMPLES_OPTIONS_H
#define INCMAP_EXAMPLES_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    const char *name;     /* without the dashes */
    const char *argument; /* how the help names its value; NULL: a flag */
    const char *help;
    bool *flag;         /* set to true; of a flag */
    const char **value; /* set to the text; of an option with an argument. If that ends with "...",
                           an array of OPTION_REPEATS, NULL behind the last one given */
} option;

enum { OPTION_REPEATS = 8 };

/* Options that several programs have, as rows of their tables. */
#define OPTION_UNIT(name)                                                                          \
    {                                                                                              \
        "unit", "m|km|mi|nmi", "unit of the table (km); CSV is always in metres", NULL, &(name)    \
    }

typedef struct {
    const char *title;
    const option *options;
    size_t n;
} option_group;

typedef struct {
    const char *usage;    /* behind the program's name */
    const char *about;    /* what it answers; lines end with newlines */
    const char *examples; /* what stands behind the program's name; lines end with newlines */
    const option_group *groups;
    size_t n_groups;
} command;

/* Reads the command line. arguments[argc] receives the words that are no options, *n_arguments
 * their number. Answers --help and --version itself.
 *
 * Returns -1 to go on, else the exit status to end with. */
int options_read(const command *cmd, int argc, char *argv[], const char *arguments[],
                 size_t *n_arguments);

/* "PROGRAM: message" and the hint to try --help. Returns WRONG_USAGE. */
int wrong_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
