/* SPDX-License-Identifier: MIT */
/* The borders and the points that depths are timed and judged on, so that whoever asks for B2 or P1
 * gets the same as everybody: the benchmarks here, and the judge in tests/reference. */
#ifndef INCMAP_TESTS_BENCH_BORDER_SETS_H
#define INCMAP_TESTS_BENCH_BORDER_SETS_H

#include <incmap/border.h>

#include "geodesy/outline.h"

/* B2's outline: the ring with the most edges of the country RUS, and its holes, in the file's order.
 * False, with the reason in err where there is one. */
bool border_sets_outline(incmap__outline *out, const char *countries, const incmap_allocator *a,
                         incmap_error *err);

/* A border whose lines are whole rings of an outline, which it takes over; there is no country
 * outside. NULL: out of memory. */
incmap_border *border_sets_rings(incmap_ctx *ctx, incmap__outline *outline, const char *name);

/* B1, the default border between Russia and Ukraine; and B2, all rings of Russia's biggest polygon,
 * from data/countries. NULL, with the reason in ctx. */
incmap_border *border_sets_b1(incmap_ctx *ctx);
incmap_border *border_sets_b2(incmap_ctx *ctx, const char *countries);

/* P1: uniform in lon 30 to 41, lat 44 to 54. P2: a vertex of B1 and a gaussian of 8 km an axis, cut
 * at 20 km. Both come from one stream, seeded, so that the first n of a longer set are a set of n. */
void border_sets_points(const incmap_border *b1, size_t n, incmap_coord p1[], incmap_coord p2[]);
/* P3: uniform over the whole earth. */
void border_sets_anywhere(size_t n, incmap_coord p3[]);
/* P4: on edges of the border given and 10 um to 10 m off them, evenly by magnitude, on either side. */
void border_sets_hugging(const incmap_border *border, size_t n, incmap_coord p4[]);

#endif
