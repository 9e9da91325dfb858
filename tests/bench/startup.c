/* SPDX-License-Identifier: MIT */
/* From the start of main to the depth of Kozinka, out of the data compiled in: one line with the
 * microseconds of each step and of the whole. A fresh process each time is startup.py's work. */
#include <incmap/incmap.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static struct timespec begun;

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun.tv_sec) * 1e6 + (double)(now.tv_nsec - begun.tv_nsec) / 1e3;
}

static void need(incmap_ctx *ctx, incmap_status st)
{
    if (!st) return;
    fprintf(stderr, "%s: %s\n", incmap_status_text(st), incmap_ctx_message(ctx));
    exit(EXIT_FAILURE);
}

int main(void)
{
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *gazetteer = NULL;
    incmap_border *border = NULL;
    incmap_match match;
    incmap_depth depth;
    size_t count = 0;
    double gazetteer_us, found_us, border_us, measured_us;

    clock_gettime(CLOCK_MONOTONIC, &begun);
    need(ctx, incmap_ctx_new(NULL, &ctx));
    need(ctx, incmap_gazetteer_builtin(ctx, &gazetteer));
    gazetteer_us = microseconds();
    need(ctx, incmap_gazetteer_find(ctx, gazetteer, "Kozinka", NULL, &match, 1, &count));
    need(ctx, count ? INCMAP_OK : INCMAP_ENOTFOUND);
    found_us = microseconds();
    need(ctx, incmap_border_builtin(ctx, &border));
    border_us = microseconds();
    need(ctx, incmap_border_measure(ctx, border, match.place->at, match.place->coord_uncertainty_m,
                                    &depth));
    measured_us = microseconds();

    /* The depth is printed so that nothing can be left out, and to see that it is the right one. */
    printf("gazetteer %.0f find %.0f border %.0f measure %.0f all %.0f us; depth %.0f m\n",
           gazetteer_us, found_us - gazetteer_us, border_us - found_us, measured_us - border_us,
           measured_us, depth.depth_m);
    incmap_border_free(border);
    incmap_gazetteer_free(gazetteer);
    incmap_ctx_free(ctx);
    return EXIT_SUCCESS;
}
