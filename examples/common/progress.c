/* SPDX-License-Identifier: MIT */
/* A bar on a terminal for work that takes its time. */
#include "common/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { BAR = 30 };

void progress_start(progress *p, size_t steps)
{
    *p = (progress){ .what = "", .steps = steps, .terminal = isatty(STDERR_FILENO), .shown = -1 };
    clock_gettime(CLOCK_MONOTONIC, &p->started);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void draw(progress *p, double share)
{
    const int full = (int)(share * BAR);

    fprintf(stderr, "\r%-14s [", p->what);
    for (int i = 0; i < BAR; i++)
        fputc(i < full ? '#' : ' ', stderr);
    fprintf(stderr, "] %3d %%", (int)(share * 100));
    fflush(stderr);
    p->drawn = true;
}

void progress_tell(void *user, size_t done, size_t total)
{
    progress *p = user;
    const double part = total ? (double)done / (double)total : 1;
    const double share = ((double)p->step + part) / (double)p->steps;
    const int thousandths = (int)(share * 1000);

    if (!p->terminal || thousandths == p->shown || seconds_since(&p->started) < 0.5) return;
    p->shown = thousandths;
    draw(p, share);
}

void progress_step(progress *p, size_t step, const char *what)
{
    p->step = step;
    p->what = what;
    progress_tell(p, 0, 1);
}

void progress_clear(progress *p)
{
    if (!p->drawn) return;
    fprintf(stderr, "\r%*s\r", BAR + 24, "");
    fflush(stderr);
    p->drawn = false;
    p->shown = -1;
}
