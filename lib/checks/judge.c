/* SPDX-License-Identifier: MIT */
/* Two intervals compared: what was measured, plus-minus its band, and what the words allow. */
#include <math.h>

#include "checks/verdict.h"

typedef struct {
    double low, high;
} span;

static bool meet(span a, span b)
{
    return a.low <= b.high && b.low <= a.high;
}

static bool lies_in(span a, span b)
{
    return a.low >= b.low && a.high <= b.high;
}

/* Whether a measurement is too coarse to say anything of the words: half and twice every value that
 * both allow would agree as well. "Every", so that words which allow more never fare worse than
 * words within them: the more values, the likelier is one whose half or double is refuted. With the
 * ends of the words halved and doubled instead, "2 km" (1.5 to 2.5) met a wide band that "1.8 km" did
 * not. */
static bool is_coarse(span measured, span words)
{
    const double low = fmax(measured.low, words.low), high = fmin(measured.high, words.high);
    return low / 2 >= measured.low && high * 2 <= measured.high;
}

/* Compass words are few: of four directions each covers 45 degrees to either side, of eight 22.5, of
 * sixteen 11.25; people judge them by eye, so those of eight and sixteen may miss by half of that
 * again. The word of a text that says "north" may be one of four. */
double incmap__direction_band(const incmap_statement *s, double away_m, double band_m)
{
    const double half = s->direction_points ? 180.0 / s->direction_points : 180;
    const double by_eye = s->direction_points > 4 ? half / 2 : 0;
    const double degrees = 57.29577951308232;
    const double angle = band_m < away_m ? asin(band_m / away_m) * degrees : 180;

    return fmin(180, half + by_eye + angle);
}

static bool direction_fits(const incmap__measured *m, double band_m, const incmap_statement *s)
{
    double turn;

    if (isnan(s->direction_deg) || isnan(m->azimuth_deg)) return true;
    turn = fabs(fmod(m->azimuth_deg - s->direction_deg + 540, 360) - 180);
    return turn <= incmap__direction_band(s, m->away_m, band_m);
}

/* A limit is kept, broken, or too near to say. */
static incmap_check_verdict judge_limit(span measured, span words, incmap_check_why *why)
{
    *why = INCMAP_WHY_OUTSIDE;
    if (!meet(measured, words)) return INCMAP_CHECK_INCONSISTENT;
    *why = INCMAP_WHY_WITHIN;
    if (lies_in(measured, words)) return INCMAP_CHECK_CONSISTENT;
    *why = INCMAP_WHY_LIMIT;
    return INCMAP_CHECK_CANNOT_TELL;
}

incmap_check_verdict incmap__judge(const incmap__measured *m, double band_m,
                                   const incmap__allowed *allowed, const incmap_statement *s,
                                   incmap_check_why *why)
{
    const span words = { allowed->low, allowed->high };
    span measured = { m->low - band_m, m->high + band_m };

    *why = INCMAP_WHY_SIDE;
    if (m->is_signed && measured.high < 0) return INCMAP_CHECK_INCONSISTENT;
    measured.low = fmax(0, measured.low);
    if (allowed->is_limit) {
        const incmap_check_verdict verdict = judge_limit(measured, words, why);
        if (verdict != INCMAP_CHECK_CONSISTENT) return verdict;
    } else {
        *why = INCMAP_WHY_OUTSIDE;
        if (!meet(measured, words)) return INCMAP_CHECK_INCONSISTENT;
        *why = INCMAP_WHY_BAND;
        if (is_coarse(measured, words)) return INCMAP_CHECK_CANNOT_TELL;
    }
    *why = INCMAP_WHY_DIRECTION;
    if (!direction_fits(m, band_m, s)) return INCMAP_CHECK_INCONSISTENT;
    *why = INCMAP_WHY_WITHIN;
    return INCMAP_CHECK_CONSISTENT;
}

bool incmap__all_within(const incmap__measured *m, double band_m, const incmap__allowed *allowed)
{
    const span measured = { fmax(0, m->low - band_m), m->high + band_m };
    return lies_in(measured, (span){ allowed->low, allowed->high });
}
