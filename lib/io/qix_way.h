/* SPDX-License-Identifier: MIT */
/* The boxes of the spatial index and the way of a shape down through them, as shptree.c of Shapelib 1.5
 * goes: quadrants overlap by a tenth, and a shape goes to the first that holds it whole. */
#ifndef INCMAP_IO_QIX_WAY_H
#define INCMAP_IO_QIX_WAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As many digits of base 5 as 32 bits hold, less two. */
enum { INCMAP__QIX_LEVELS_MOST = 11, INCMAP__QIX_BATCH = 64 };

typedef struct {
    double least[2], most[2]; /* x, y */
} incmap__qix_box;

typedef struct {
    incmap__qix_box root;
    int levels;                                  /* below the root */
    uint32_t place[INCMAP__QIX_LEVELS_MOST + 1]; /* 5 to the power of the digits behind a level's */
} incmap__qix_tree;

bool incmap__qix_holds(const incmap__qix_box *box, const incmap__qix_box *shape);
void incmap__qix_quarter(const incmap__qix_box *box, incmap__qix_box quarters[4]);
/* The way: one digit a level, the root's first; 0: it stays in this node, 1 to 4: it goes on in that
 * quadrant. */
uint32_t incmap__qix_way(const incmap__qix_tree *tree, const incmap__qix_box *shape);

/* The same for points side by side, each of which the root must hold. */
typedef struct {
    double at[2][INCMAP__QIX_BATCH]; /* x, y */
    uint32_t way[INCMAP__QIX_BATCH]; /* receives it */
} incmap__qix_points;

void incmap__qix_ways(const incmap__qix_tree *tree, incmap__qix_points *points);

#endif
