/* SPDX-License-Identifier: MIT */
/* Notes on values of a file, so many that nobody reads them when each is told: a table of ten thousand names
 * that the gazetteer lacks. The first of a kind are told, and of the others how many there were. */
#ifndef INCMAP_EXAMPLES_NOTES_H
#define INCMAP_EXAMPLES_NOTES_H

#include <stddef.h>

#include <incmap/report.h>

/* Different values of a kind that are told. */
enum { NOTES_TOLD = 20 };

/* Notes are of a kind when they are on the same column of the same file and expect the same. */
typedef struct {
    char *file, *column_name, *expected;
    size_t column;
    char *told[NOTES_TOLD]; /* what was found */
    size_t n_told, untold;
} note_kind;

/* Zeroed: none yet. */
typedef struct {
    note_kind *kinds;
    size_t count, room;
} note_kinds;

/* Counts a note; true when it is to be told: its value is new, and one of the first of its kind. */
bool notes_take(note_kinds *all, const incmap_problem *note);

/* Tells how many were not told, a line for each kind. */
void notes_end(const note_kinds *all);
void notes_free(note_kinds *all);

#endif
