/* SPDX-License-Identifier: MIT */
/* How long a depth takes, against one inverse geodesic of PROJ in the same run: the borders B1 (Russia
 * and Ukraine) and B2 (every ring of Russia's biggest polygon), the points P1 (anywhere around) and P2
 * (near B1). Prints medians of several rounds. border_speed COUNTRIES.shp [POINTS] */
#include <stdio.h>
#include <stdlib.h>

#include "border_sets.h"
#include "border_timing.h"

enum { PAIRS = 100000, SINGLES = 200000 };

/* A round does all three, one after the other, so that whatever else slows the machine down slows
 * them all: what counts is the ratio within a round. */
struct times {
    double inverse[ROUNDS], many[ROUNDS], single[ROUNDS];
};

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void print_row(const char *what, struct times *t)
{
    double many[ROUNDS], single[ROUNDS];
    for (int k = 0; k < ROUNDS; k++) {
        many[k] = t->many[k] / t->inverse[k];
        single[k] = t->single[k] / t->inverse[k];
    }
    printf("%s %6.0f ns     %6.0f ns %5.2f   %6.0f ns %5.2f\n", what, median(t->inverse, ROUNDS),
           median(t->many, ROUNDS), median(many, ROUNDS), median(t->single, ROUNDS),
           median(single, ROUNDS));
}

int main(int argc, char **argv)
{
    const size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
    incmap_coord *points[2] = { malloc(n * sizeof(incmap_coord)),
                                malloc(n * sizeof(incmap_coord)) };
    incmap_depth *out = malloc(n * sizeof *out);
    incmap_ctx *ctx = NULL;
    incmap_border *b[2] = { NULL, NULL };

    if (argc < 2 || !points[0] || !points[1] || !out || incmap_ctx_new(NULL, &ctx) ||
        !(b[0] = border_sets_b1(ctx)) || !(b[1] = border_sets_b2(ctx, argv[1]))) {
        fprintf(stderr, "usage: border_speed COUNTRIES.shp [POINTS]\n%s\n",
                incmap_ctx_message(ctx));
        return EXIT_FAILURE;
    }
    border_sets_points(b[0], n, points[0], points[1]);
    printf("%zu points a set; medians of %d rounds, and of the ratios to geod_inverse in each\n", n,
           ROUNDS);
    printf("work  geod_inverse   measure_many        measure\n");
    for (int i = 0; i < 2; i++) {
        if (incmap_border_prepare(ctx, b[i])) return EXIT_FAILURE;
        for (int k = 0; k < 2; k++) {
            const char what[] = { 'B', (char)('1' + i), ' ', 'P', (char)('1' + k), '\0' };
            struct times t;
            for (int round = 0; round < ROUNDS; round++) {
                t.inverse[round] = inverse_once(points[0], lesser(n, PAIRS));
                t.many[round] = many_once(ctx, b[i], points[k], n, out);
                t.single[round] = single_once(ctx, b[i], points[k], lesser(n, SINGLES), out);
            }
            print_row(what, &t);
        }
    }
    incmap_border_free(b[0]);
    incmap_border_free(b[1]);
    incmap_ctx_free(ctx);
    free(points[0]);
    free(points[1]);
    free(out);
    return EXIT_SUCCESS;
}
