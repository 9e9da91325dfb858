/* SPDX-License-Identifier: MIT */
/* The parts of a check: what the words allow, what was measured with which band, and how the two
 * compare. */
#ifndef INCMAP_CHECKS_VERDICT_H
#define INCMAP_CHECKS_VERDICT_H

#include <incmap/checks.h>

#include "base/context.h"

/* What the words allow. */
typedef struct {
    double low, high; /* metres (or seconds, of a time); high may be INFINITY */
    bool is_limit;    /* the words set a limit on one side ("more than", "within"), no value */
    bool known;       /* false: the words give nothing to compare with */
} incmap__allowed;

/* Fills in the check's least, most, conversion and budget lines of the words. */
incmap__allowed incmap__allowed_of(const incmap_statement *s, const incmap_hedge_width widths[],
                                   incmap_check *check);

/* What was measured, for one choice of candidates. */
typedef struct {
    double low, high;   /* values that it has without any band: the same, but on a way */
    double fixed_m;     /* band from what is known */
    double unknown_m;   /* what the upper bounds of unknown extents add */
    bool is_signed;     /* low and high are negative on the other side */
    double azimuth_deg; /* from the reference; NaN */
    double away_m;      /* how far the two ends lie apart, for the angle that the band leaves */
} incmap__measured;

/* The verdict for a band of so many metres. */
incmap_check_verdict incmap__judge(const incmap__measured *m, double band_m,
                                   const incmap__allowed *allowed, const incmap_statement *s,
                                   incmap_check_why *why);

/* Whether every value measured, with that band, is one that the words allow. */
bool incmap__all_within(const incmap__measured *m, double band_m, const incmap__allowed *allowed);

/* How far off a said direction may be, degrees, with that band. */
double incmap__direction_band(const incmap_statement *s, double away_m, double band_m);

void incmap__budget_add(incmap_check *check, incmap_budget_line line);
/* Adds a place's coordinate and extent to the budget and to the measured band. */
void incmap__budget_place(incmap_check *check, const incmap_place *place, incmap__measured *m);

/* What the checks of one statement share. */
typedef struct {
    incmap_ctx *ctx;
    const incmap_statement *s;
    const incmap_border *border;
    const incmap_gazetteer *gazetteer;
} incmap__case;

/* Depths or distances along the way from `of` toward a place: fills in m->low and m->high. */
incmap_status incmap__way_measure(const incmap__case *c, const incmap_place *of,
                                  const incmap_place *toward, const incmap_place *reference,
                                  incmap__measured *m);
/* Where on that way the said value is reached, and between which settlements by it. */
incmap_status incmap__way_locate(const incmap__case *c, const incmap_place *of,
                                 const incmap_place *toward, const incmap_place *reference,
                                 double value_m, incmap_check *check);

#endif
