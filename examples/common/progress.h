/* SPDX-License-Identifier: MIT */
/* A bar on a terminal for work that takes its time. Nothing where standard error is no terminal, and
 * nothing for what is done in half a second. */
#ifndef INCMAP_EXAMPLES_PROGRESS_H
#define INCMAP_EXAMPLES_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

typedef struct {
    const char *what;   /* stands before the bar */
    size_t step, steps; /* of the whole work; the bar goes on within a step */
    bool terminal, drawn;
    struct timespec started;
    int shown; /* thousandths on the screen, -1: none yet */
} progress;

void progress_start(progress *p, size_t steps);
/* Begins a step, from 0 on. */
void progress_step(progress *p, size_t step, const char *what);
/* So much of the step is done; fits incmap_progress_fn. */
void progress_tell(void *p, size_t done, size_t total);
/* Takes the bar off the line: before any other output. */
void progress_clear(progress *p);

#endif
