/* SPDX-License-Identifier: MIT */
/* Steps of rounding. Nobody writes how a figure was rounded; what can be said is to which steps it
 * may have been, and the coarsest of them is taken, since too narrow a band would call true
 * statements false. */
#include "checks/rounding.h"

#include <math.h>

/* Whether step goes into value without a rest, as far as printed decimals can tell. */
static bool divides(double step, double value)
{
    const double times = value / step;
    return fabs(times - round(times)) < 1e-6 * fmax(1, times);
}

double incmap__rounding_step(double value, double printed)
{
    static const double leads[] = { 5, 2.5, 1 };
    double power;

    if (!(value > 0) || isinf(value) || !(printed > 0)) return 0;
    /* A printed zero behind the point is there to say how exact the figure is. */
    if (printed < 1 && divides(printed * 10, value)) return printed;
    for (power = pow(10, floor(log10(value))); power >= printed * 0.99; power /= 10)
        for (int i = 0; i < 3; i++) {
            const double step = leads[i] * power;
            if (step <= value / 4 && step >= printed * 0.99 && divides(step, value)) return step;
        }
    return printed;
}

/* How many digits it takes to write a whole number or one with up to six decimals. */
static int digits_of(double value)
{
    int n = 0;

    for (double power = pow(10, floor(log10(value))); n < 12; power /= 10) {
        n++;
        if (divides(power, value)) return n;
    }
    return n;
}

/* The number with the fewest digits between two. */
static double roundest_between(double low, double high)
{
    for (double power = pow(10, floor(log10(high))); power > high * 1e-6; power /= 10) {
        const double number = floor(high / power * (1 + 1e-12)) * power;
        if (number >= low) return number;
    }
    return NAN;
}

incmap__origin incmap__rounding_origin(double value, double printed, incmap_said_unit unit)
{
    static const incmap_said_unit metric[] = { INCMAP_SAID_KM };
    static const incmap_said_unit others[] = { INCMAP_SAID_MILE, INCMAP_SAID_NAUTICAL_MILE };
    const bool is_metric = unit == INCMAP_SAID_KM || unit == INCMAP_SAID_M;
    const incmap_said_unit *from = is_metric ? others : metric;
    incmap__origin origin = { NAN, INCMAP_SAID_NONE };
    int digits;

    /* A figure that is round itself was not converted, or not from a rounder one; one that is
     * printed too coarsely fits a round figure anyway. */
    if (!(value >= 20 * printed) || incmap__rounding_step(value, printed) > printed * 1.01)
        return origin;
    digits = digits_of(value);
    for (int i = 0; i < (is_metric ? 2 : 1) && digits > 1; i++) {
        const double factor = incmap_said_unit_metres(unit) / incmap_said_unit_metres(from[i]);
        const double found =
            roundest_between((value - printed / 2) * factor, (value + printed / 2) * factor);
        /* Two digits fewer do not come about by chance; one fewer does, but for a single digit
         * it happens once in some fifteen figures only. */
        if (isnan(found) || !(digits_of(found) == 1 || digits_of(found) <= digits - 2)) continue;
        if (!isnan(origin.value)) continue;
        origin = (incmap__origin){ found, from[i] };
    }
    if (origin.unit == INCMAP_SAID_KM && origin.value < 1)
        origin = (incmap__origin){ origin.value * 1000, INCMAP_SAID_M };
    return origin;
}
