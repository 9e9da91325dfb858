/* SPDX-License-Identifier: MIT */
/* How long a depth takes, against one inverse geodesic of PROJ in the same run: the borders B1 (Russia
 * and Ukraine) and B2 (every ring of Russia's biggest polygon), the points P1 (anywhere around) and P2
 * (near B1). Prints medians of several rounds. border_speed COUNTRIES.shp [POINTS] */
#include <stdio.h>
#include <stdlib.h>

#include "border_sets.h"
#include "border_timing.h"

int main(int argc, char **argv)
{
    const size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
    incmap_coord *points[2] = { malloc(n * sizeof(incmap_coord)),
                                malloc(n * sizeof(incmap_coord)) };
    incmap_depth *out = malloc(n * sizeof *out);
    incmap_ctx *ctx = NULL;
    incmap_border *b[2] = { NULL, NULL };
    double inverse;

    if (argc < 2 || !points[0] || !points[1] || !out || incmap_ctx_new(NULL, &ctx) ||
        !(b[0] = border_sets_b1(ctx)) || !(b[1] = border_sets_b2(ctx, argv[1]))) {
        fprintf(stderr, "usage: border_speed COUNTRIES.shp [POINTS]\n%s\n",
                incmap_ctx_message(ctx));
        return EXIT_FAILURE;
    }
    border_sets_points(b[0], n, points[0], points[1]);
    inverse = inverse_ns(ctx, points[0], n < 100000 ? n : 100000);
    printf("one geod_inverse between two of P1: %.0f ns; %zu points a set\n", inverse, n);
    printf("border  points   measure_many        measure\n");
    for (int i = 0; i < 2; i++) {
        if (incmap_border_prepare(ctx, b[i])) return EXIT_FAILURE;
        for (int k = 0; k < 2; k++) {
            const double many = many_ns(ctx, b[i], points[k], n, out);
            const double single = single_ns(ctx, b[i], points[k], n < 200000 ? n : 200000, out);
            printf("B%d      P%d     %6.0f ns %5.2f   %6.0f ns %5.2f\n", i + 1, k + 1, many,
                   many / inverse, single, single / inverse);
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
