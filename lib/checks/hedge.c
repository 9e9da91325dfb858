/* SPDX-License-Identifier: MIT */
/* How much the words of a statement leave open: the hedge's width, the rounding of its figure and, if
 * it seems converted, of the figure before. */
#include <math.h>

#include "checks/rounding.h"
#include "checks/verdict.h"

#define REACH(below, above, reason)                                                                \
    {                                                                                              \
        below, above, NAN, NAN, reason                                                             \
    }
#define RANGE(least, most, reason)                                                                 \
    {                                                                                              \
        0, 0, least, most, reason                                                                  \
    }

/* No standard says how wide these are. The widths are what an editor would let pass, and each has
 * its reason, so that who judges otherwise can put another table in its place. */
static const incmap_hedge_width table[INCMAP_HEDGE_COUNT] = {
    [INCMAP_HEDGE_NONE] = REACH(0, 0, "a bare figure: its rounding alone"),
    [INCMAP_HEDGE_SOME] = REACH(0.1, 0.1, "\"some\" before a number: about, within a tenth"),
    [INCMAP_HEDGE_ABOUT] = REACH(0.1, 0.1, "\"about\": within a tenth"),
    [INCMAP_HEDGE_ROUGHLY] = REACH(0.15, 0.15, "\"roughly\": looser than about"),
    [INCMAP_HEDGE_NEARLY] = REACH(0.15, 0, "\"nearly\": below the figure, not by much"),
    [INCMAP_HEDGE_JUST_OVER] = REACH(0, 0.15, "\"just over\": above the figure, not by much"),
    [INCMAP_HEDGE_JUST_UNDER] = REACH(0.15, 0, "\"just under\": below the figure, not by much"),
    [INCMAP_HEDGE_MORE_THAN] = REACH(0, INFINITY, "\"more than\": a lower limit"),
    [INCMAP_HEDGE_AT_LEAST] = REACH(0, INFINITY, "\"at least\": a lower limit, itself included"),
    [INCMAP_HEDGE_LESS_THAN] = REACH(INFINITY, 0, "\"less than\": an upper limit"),
    [INCMAP_HEDGE_AT_MOST] = REACH(INFINITY, 0, "\"at most\": an upper limit, itself included"),
    [INCMAP_HEDGE_WITHIN] = REACH(INFINITY, 0, "\"within\": an upper limit, itself included"),
    [INCMAP_HEDGE_A_COUPLE] = RANGE(1.5, 3, "\"a couple\": two, loosely up to three"),
    [INCMAP_HEDGE_A_FEW] = RANGE(2, 6,
                                 "\"a few\": more than one, fewer than people call several "
                                 "or many; most stop at five or six"),
    [INCMAP_HEDGE_SEVERAL] = RANGE(3, 10, "\"several\": more than two, below ten"),
    [INCMAP_HEDGE_DOZENS] = RANGE(20, 100,
                                  "\"dozens\", \"tens\": at least two of them, below a "
                                  "hundred"),
    [INCMAP_HEDGE_HUNDREDS] = RANGE(150, 1000,
                                    "\"hundreds\": about two at the least, below a "
                                    "thousand"),
    [INCMAP_HEDGE_A_DOZEN] = RANGE(10, 14,
                                   "\"a dozen\": twelve, loosely from ten; people say it of what "
                                   "they did not count"),
    [INCMAP_HEDGE_NEAR] = REACH(INFINITY, INFINITY, "\"near\": no figure"),
};

incmap_hedge_width incmap_hedge_width_of(incmap_hedge hedge)
{
    return table[(size_t)hedge < INCMAP_HEDGE_COUNT ? hedge : INCMAP_HEDGE_NEAR];
}

static bool is_time(incmap_said_unit unit)
{
    return unit == INCMAP_SAID_MINUTE || unit == INCMAP_SAID_HOUR;
}

/* Metres, or seconds for a time. */
static double factor_of(incmap_said_unit unit)
{
    if (unit == INCMAP_SAID_MINUTE) return 60;
    if (unit == INCMAP_SAID_HOUR) return 3600;
    return incmap_said_unit_metres(unit);
}

/* Words that draw a line at the figure itself: rounding reaches to one side only. */
static bool ends_at_figure(incmap_hedge hedge, bool above)
{
    if (above)
        return hedge == INCMAP_HEDGE_NEARLY || hedge == INCMAP_HEDGE_JUST_UNDER ||
               hedge == INCMAP_HEDGE_LESS_THAN;
    return hedge == INCMAP_HEDGE_JUST_OVER || hedge == INCMAP_HEDGE_MORE_THAN;
}

static void add_rounding(const incmap_statement *s, incmap__allowed *allowed, incmap_check *check)
{
    const double factor = factor_of(s->unit), half = s->step / 2 * factor;
    const bool is_range = s->high > s->low;
    incmap__origin origin = { NAN, INCMAP_SAID_NONE };
    double rounded;

    /* The middle of a range is no figure that somebody converted. */
    if (!is_range) origin = incmap__rounding_origin(s->value, s->printed_step, s->unit);

    allowed->low -= half;
    allowed->high += half;
    incmap__budget_add(
        check, (incmap_budget_line){ .kind = INCMAP_BUDGET_ROUNDING,
                                     .least_m = half,
                                     .most_m = half,
                                     .above_m = half,
                                     .is_time = is_time(s->unit),
                                     .reason = is_range ? "half the width of the range, its ends "
                                                          "rounded"
                                                        : "half the step of its last digit "
                                                          "that counts" });
    if (isnan(origin.value)) return;
    check->converted = origin.value;
    check->converted_unit = origin.unit;
    rounded = incmap__rounding_step(origin.value, 1) / 2 * incmap_said_unit_metres(origin.unit);
    allowed->low = fmin(allowed->low, origin.value * factor_of(origin.unit) - rounded);
    allowed->high = fmax(allowed->high, origin.value * factor_of(origin.unit) + rounded);
    incmap__budget_add(check, (incmap_budget_line){ .kind = INCMAP_BUDGET_CONVERSION,
                                                    .least_m = rounded,
                                                    .most_m = rounded,
                                                    .above_m = rounded,
                                                    .reason = "half the step of the round figure "
                                                              "that it was converted from" });
}

incmap__allowed incmap__allowed_of(const incmap_statement *s, const incmap_hedge_width widths[],
                                   incmap_check *check)
{
    const incmap_hedge_width *width = &widths[s->hedge];
    const double factor = factor_of(s->unit), figure = s->value * factor;
    incmap__allowed allowed = { figure, figure, false, true };

    if (isnan(s->value)) {
        allowed.low = width->least * factor;
        allowed.high = width->most * factor;
        allowed.known = !isnan(allowed.low) && !isnan(allowed.high);
        if (!allowed.known) return allowed;
        check->least_m = allowed.low;
        check->most_m = allowed.high;
        return allowed;
    }
    add_rounding(s, &allowed, check);
    if (ends_at_figure(s->hedge, true)) allowed.high = figure;
    if (ends_at_figure(s->hedge, false)) allowed.low = figure;
    allowed.is_limit = isinf(width->below) || isinf(width->above);
    allowed.low = fmax(0, allowed.low - width->below * figure);
    allowed.high += width->above * figure;
    if (figure == 0) {
        /* Nothing times no end is not a number. "0 km" is good to half of its last digit, as any. */
        allowed.low = 0;
        allowed.high = isinf(width->above) ? INFINITY : s->step / 2 * factor;
    }
    if (s->hedge != INCMAP_HEDGE_NONE)
        incmap__budget_add(check, (incmap_budget_line){ .kind = INCMAP_BUDGET_HEDGE,
                                                        .least_m = 0,
                                                        .most_m = width->below * figure,
                                                        .above_m = width->above * figure,
                                                        .is_time = is_time(s->unit),
                                                        .reason = width->reason });
    check->least_m = allowed.low;
    check->most_m = allowed.high;
    return allowed;
}
