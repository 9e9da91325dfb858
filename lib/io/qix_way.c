/* SPDX-License-Identifier: MIT */
/* A box is halved across its longer side, and each half again. What the box holds already needs to be
 * compared only with the cut; of points many go down side by side. */
#include "io/qix_way.h"

#define SPLIT_RATIO 0.55

/* Two overlapping halves of a box, cut across its longer side: where the first ends, where the second
 * begins. */
struct halves {
    int d;
    double first_most, second_least;
};

static inline struct halves halve(const incmap__qix_box *box)
{
    const int d = box->most[0] - box->least[0] > box->most[1] - box->least[1] ? 0 : 1;
    const double range = box->most[d] - box->least[d];

    return (struct halves){ d, box->least[d] + range * SPLIT_RATIO,
                            box->most[d] - range * SPLIT_RATIO };
}

static inline incmap__qix_box half_of(const incmap__qix_box *box, const struct halves *halves,
                                      int second)
{
    incmap__qix_box half = *box;
    if (second)
        half.least[halves->d] = halves->second_least;
    else
        half.most[halves->d] = halves->first_most;
    return half;
}

void incmap__qix_quarter(const incmap__qix_box *box, incmap__qix_box quarters[4])
{
    const struct halves across = halve(box);
    for (int i = 0; i < 2; i++) {
        const incmap__qix_box half = half_of(box, &across, i);
        const struct halves along = halve(&half);
        quarters[2 * i] = half_of(&half, &along, 0);
        quarters[2 * i + 1] = half_of(&half, &along, 1);
    }
}

bool incmap__qix_holds(const incmap__qix_box *box, const incmap__qix_box *shape)
{
    return !(shape->least[0] < box->least[0] || shape->most[0] > box->most[0] ||
             shape->least[1] < box->least[1] || shape->most[1] > box->most[1]);
}

/* Of a shape that the whole box holds: then only where it was cut has to be looked at. */
static inline bool half_holds(const struct halves *halves, int second, const incmap__qix_box *shape)
{
    return second ? !(shape->least[halves->d] < halves->second_least)
                  : !(shape->most[halves->d] > halves->first_most);
}

/* From a box to the first of its quadrants that holds the shape; which, from 1, or 0 for none. Halves
 * are made as they are needed: of most boxes two of the six. */
static inline uint32_t step_down(incmap__qix_box *at, const incmap__qix_box *shape)
{
    const struct halves across = halve(at);

    for (int i = 0; i < 2; i++) {
        if (!half_holds(&across, i, shape)) continue;
        const incmap__qix_box half = half_of(at, &across, i);
        const struct halves along = halve(&half);
        for (int j = 0; j < 2; j++)
            if (half_holds(&along, j, shape)) {
                *at = half_of(&half, &along, j);
                return (uint32_t)(2 * i + j) + 1;
            }
    }
    return 0;
}

uint32_t incmap__qix_way(const incmap__qix_tree *tree, const incmap__qix_box *shape)
{
    incmap__qix_box at = tree->root;
    uint32_t way = 0, digit = incmap__qix_holds(&at, shape);

    for (int level = 0; digit && level < tree->levels; level++) {
        digit = step_down(&at, shape);
        way += digit * tree->place[level];
    }
    return way;
}

/* ---- many points ---- */

struct lanes {
    double least[2][INCMAP__QIX_BATCH], most[2][INCMAP__QIX_BATCH];
    double way
        [INCMAP__QIX_BATCH]; /* a whole number; as wide as the rest, for the sake of the vectors */
};

/* As halve and half_of do along one side: a point that the first half does not hold the second does, for
 * they overlap. */
static void halve_along(double *restrict leasts, double *restrict mosts, const double *restrict at,
                        double *restrict way, double step)
{
    for (int i = 0; i < INCMAP__QIX_BATCH; i++) {
        const double least = leasts[i], most = mosts[i];
        const double cut = (most - least) * SPLIT_RATIO;
        const double first_most = least + cut, second_least = most - cut;
        /* with the question put once gcc finds branches, which keep it from vectors */
        const double new_least = at[i] > first_most ? second_least : least;
        const double new_most = at[i] > first_most ? most : first_most;
        const double new_step = at[i] > first_most ? step : 0;
        leasts[i] = new_least;
        mosts[i] = new_most;
        way[i] += new_step;
    }
}

static void halve_one(struct lanes *l, const incmap__qix_points *points, int i, double step)
{
    const incmap__qix_box box = { { l->least[0][i], l->least[1][i] },
                                  { l->most[0][i], l->most[1][i] } };
    const struct halves halves = halve(&box);
    const int d = halves.d;

    if (points->at[d][i] > halves.first_most) {
        l->least[d][i] = halves.second_least;
        l->way[i] += step;
    } else {
        l->most[d][i] = halves.first_most;
    }
}

/* How many of the boxes are wider than high. */
static int count_wide(const struct lanes *l)
{
    int n = 0;
    for (int i = 0; i < INCMAP__QIX_BATCH; i++)
        n += l->most[0][i] - l->least[0][i] > l->most[1][i] - l->least[1][i];
    return n;
}

/* Boxes of a level are of one size but for the last bits, so that their longer sides are nearly always
 * the same one. */
static void halve_lanes(struct lanes *l, const incmap__qix_points *points, double step)
{
    const int wide = count_wide(l);

    if (wide == INCMAP__QIX_BATCH || wide == 0) {
        const int d = wide ? 0 : 1;
        halve_along(l->least[d], l->most[d], points->at[d], l->way, step);
    } else {
        for (int i = 0; i < INCMAP__QIX_BATCH; i++)
            halve_one(l, points, i, step);
    }
}

void incmap__qix_ways(const incmap__qix_tree *tree, incmap__qix_points *points)
{
    struct lanes l;

    for (int i = 0; i < INCMAP__QIX_BATCH; i++) {
        for (int d = 0; d < 2; d++) {
            l.least[d][i] = tree->root.least[d];
            l.most[d][i] = tree->root.most[d];
        }
        l.way[i] = 0;
    }
    for (int level = 0; level < tree->levels; level++) {
        const double place = tree->place[level];
        halve_lanes(&l, points, 2 * place);
        halve_lanes(&l, points, place);
        for (int i = 0; i < INCMAP__QIX_BATCH; i++)
            l.way[i] += place;
    }
    for (int i = 0; i < INCMAP__QIX_BATCH; i++)
        points->way[i] = (uint32_t)l.way[i];
}
