/* SPDX-License-Identifier: MIT */
/* The public doors to distances, azimuths and destinations, which check what comes in; and how a
 * measured length is written for people. */
#include <incmap/distance.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/ellipsoid.h"

static incmap_status check_coord(incmap_error *err, const char *which, incmap_coord c)
{
    if (incmap_coord_is_valid(c)) return INCMAP_OK;
    if (!isfinite(c.lat) || !isfinite(c.lon))
        return incmap__fail(err, INCMAP_EDOMAIN,
                            "%s (latitude %s, longitude %s) is not finite; expected degrees", which,
                            incmap__number(c.lat).text, incmap__number(c.lon).text);
    return incmap__fail(err, INCMAP_EDOMAIN,
                        "latitude %s of %s is beyond the pole; expected -90 to 90",
                        incmap__number(c.lat).text, which);
}

static incmap_status check_pair(incmap_error *err, incmap_coord a, incmap_coord b)
{
    incmap_status st = check_coord(err, "the first point", a);
    if (!st) st = check_coord(err, "the second point", b);
    return st;
}

static incmap_status fail_null(incmap_ctx *ctx, const char *what)
{
    return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "%s is NULL",
                        ctx ? what : "the context");
}

incmap_status incmap_distance(incmap_ctx *ctx, incmap_coord a, incmap_coord b, double *distance_m)
{
    incmap_status st;
    if (!ctx || !distance_m) return fail_null(ctx, "the place for the distance");
    st = check_pair(&ctx->error, a, b);
    if (!st) incmap__geodesic_inverse(a, b, distance_m, NULL, NULL);
    return st;
}

/* 0 <= azimuth < 360 from -360 to 540; a tiny negative angle must not become 360. */
static double full_circle(double azimuth_deg)
{
    if (azimuth_deg < 0) azimuth_deg += 360;
    if (azimuth_deg >= 360) azimuth_deg -= 360;
    return azimuth_deg + 0.0; /* no minus zero */
}

incmap_status incmap_inverse(incmap_ctx *ctx, incmap_coord a, incmap_coord b, incmap_geodesic *out)
{
    incmap_status st;
    double there, onward;

    if (!ctx || !out) return fail_null(ctx, "the place for the answer");
    st = check_pair(&ctx->error, a, b);
    if (st) return st;
    incmap__geodesic_inverse(a, b, &out->distance_m, &there, &onward);
    out->azimuth_deg = out->distance_m > 0 ? full_circle(there) : 0;
    out->back_azimuth_deg = out->distance_m > 0 ? full_circle(onward + 180) : 0;
    return INCMAP_OK;
}

incmap_status incmap_destination(incmap_ctx *ctx, incmap_coord from, double azimuth_deg,
                                 double distance_m, incmap_coord *out)
{
    incmap_status st;
    if (!ctx || !out) return fail_null(ctx, "the place for the destination");
    st = check_coord(&ctx->error, "the start", from);
    if (st) return st;
    if (!isfinite(azimuth_deg) || !isfinite(distance_m))
        return incmap__fail(&ctx->error, INCMAP_EDOMAIN,
                            "azimuth %s, distance %s m: both must be finite",
                            incmap__number(azimuth_deg).text, incmap__number(distance_m).text);
    *out = incmap__geodesic_direct(from, azimuth_deg, distance_m, NULL);
    return INCMAP_OK;
}

static void fill_row(incmap_coord from, const incmap_coord to[], size_t n, double metres[])
{
    const bool from_valid = incmap_coord_is_valid(from);
    for (size_t i = 0; i < n; i++) {
        metres[i] = NAN;
        if (from_valid && incmap_coord_is_valid(to[i]))
            incmap__geodesic_inverse(from, to[i], &metres[i], NULL, NULL);
    }
}

/* How many of the points are no coordinates; *first is the place of the first of them. */
static size_t count_bad(const incmap_coord points[], size_t n, size_t *first)
{
    size_t bad = 0;
    for (size_t i = 0; i < n; i++)
        if (!incmap_coord_is_valid(points[i]) && bad++ == 0) *first = i;
    return bad;
}

static incmap_status partial(incmap_error *err, size_t bad, size_t n, const char *list,
                             size_t first, incmap_coord c)
{
    return incmap__fail(err, INCMAP_EPARTIAL,
                        "%zu of %zu points are no coordinates; the first is %s[%zu], latitude %s, "
                        "longitude %s; expected finite degrees, latitude -90 to 90",
                        bad, n, list, first, incmap__number(c.lat).text,
                        incmap__number(c.lon).text);
}

incmap_status incmap_distance_many(incmap_ctx *ctx, incmap_coord from, const incmap_coord to[],
                                   size_t n, double metres[])
{
    incmap_status st;
    size_t first = 0, bad;

    if (!ctx || (n > 0 && (!to || !metres))) return fail_null(ctx, "a list of points or distances");
    st = check_coord(&ctx->error, "the start", from);
    if (st) return st;
    fill_row(from, to, n, metres);
    bad = count_bad(to, n, &first);
    return bad ? partial(&ctx->error, bad, n, "to", first, to[first]) : INCMAP_OK;
}

incmap_status incmap_distance_matrix(incmap_ctx *ctx, const incmap_coord from[], size_t n_from,
                                     const incmap_coord to[], size_t n_to, double *metres)
{
    size_t first_from = 0, first_to = 0, bad_from, bad_to, bad;
    const bool any = n_from > 0 && n_to > 0;

    if (!ctx || (n_from > 0 && !from) || (n_to > 0 && !to) || (any && !metres))
        return fail_null(ctx, "a list of points or distances");
    for (size_t i = 0; i < n_from && any; i++)
        fill_row(from[i], to, n_to, metres + i * n_to);
    bad_from = count_bad(from, n_from, &first_from);
    bad_to = count_bad(to, n_to, &first_to);
    bad = bad_from + bad_to;
    if (bad_from)
        return partial(&ctx->error, bad, n_from + n_to, "from", first_from, from[first_from]);
    if (bad_to) return partial(&ctx->error, bad, n_from + n_to, "to", first_to, to[first_to]);
    return INCMAP_OK;
}

static const struct {
    const char *text;
    double metres;
} units[] = {
    [INCMAP_UNIT_M] = { "m", 1 },
    [INCMAP_UNIT_KM] = { "km", 1000 },
    [INCMAP_UNIT_MI] = { "mi", 1609.344 },
    [INCMAP_UNIT_NMI] = { "nmi", 1852 },
};
enum { UNITS = sizeof units / sizeof units[0] };

static bool is_unit(incmap_unit unit)
{
    return (int)unit >= 0 && (int)unit < UNITS;
}

double incmap_unit_metres(incmap_unit unit)
{
    return is_unit(unit) ? units[unit].metres : NAN;
}

const char *incmap_unit_text(incmap_unit unit)
{
    return is_unit(unit) ? units[unit].text : "";
}

bool incmap_unit_parse(const char *text, incmap_unit *out)
{
    for (int i = 0; text && out && i < UNITS; i++) {
        if (strcmp(text, units[i].text) != 0) continue;
        *out = (incmap_unit)i;
        return true;
    }
    return false;
}

const char *incmap_compass_text(double azimuth_deg, int points)
{
    static const char *const names[16] = { "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE",
                                           "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW" };
    double turn;
    int point;

    if (!isfinite(azimuth_deg) || (points != 8 && points != 16)) return "";
    turn = fmod(azimuth_deg, 360) / 360;
    if (turn < 0) turn += 1;
    point = (int)floor(turn * points + 0.5) % points;
    return names[point * (16 / points)];
}

/* Beyond this no length on Earth lies; within it a count of the finest steps fits in 53 bits. */
#define MEASURE_LIMIT_M 1e9
/* A micrometre in metres: what geodesics are good for. */
#define MEASURE_PLACES 6

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* A number of steps of 10^place. Written digit by digit: printf's "%f" follows the locale. */
static void add_steps(char *buffer, size_t *used, int64_t steps, int place)
{
    const int decimals = place < 0 ? -place : 0;
    const uint64_t size = (uint64_t)(steps < 0 ? -steps : steps);
    const uint64_t whole = (uint64_t)power_of_ten(decimals);
    const uint64_t scale = (uint64_t)power_of_ten(place > 0 ? place : 0);
    const size_t room = INCMAP_MEASURE_TEXT_SIZE - *used;
    int n;

    if (decimals)
        n = snprintf(buffer + *used, room, "%s%" PRIu64 ".%0*" PRIu64, steps < 0 ? "-" : "",
                     size / whole, decimals, size % whole);
    else
        n = snprintf(buffer + *used, room, "%s%" PRIu64, steps < 0 ? "-" : "", size * scale);
    *used += (size_t)n;
}

static double in_steps(double value, int place)
{
    return place < 0 ? value * (double)power_of_ten(-place) : value / (double)power_of_ten(place);
}

/* Rounds the band up to one digit, or two where the first is a 1: steps of 10^*place. */
static int64_t round_band_up(double band, int *place)
{
    double steps;
    *place = (int)fmax(floor(log10(band)), -MEASURE_PLACES);
    if (in_steps(band, *place) < 2 && *place > -MEASURE_PLACES) --*place;
    /* A thousand millionth is taken off, so that 1.1, which is no double, stays 1.1. */
    steps = ceil(in_steps(band, *place) * (1 - 1e-9));
    if (steps == 20) {
        /* 1.95 has become 2.0, whose first digit is no 1 any more. */
        steps = 2;
        ++*place;
    }
    return (int64_t)fmax(steps, 1);
}

const char *incmap_measure_text(double value_m, double band_m, incmap_unit unit, char *buffer)
{
    const double metres = incmap_unit_metres(unit);
    const bool banded = band_m > 0;
    int place = unit == INCMAP_UNIT_M ? 0 : -3;
    int64_t band = 0;
    size_t used = 0;

    if (!buffer) return "";
    if (!(fabs(value_m) <= MEASURE_LIMIT_M) || band_m > MEASURE_LIMIT_M || isnan(metres)) {
        memcpy(buffer, "?", 2);
        return buffer;
    }
    if (banded) band = round_band_up(band_m / metres, &place);
    add_steps(buffer, &used, (int64_t)round(in_steps(value_m / metres, place)), place);
    if (banded) {
        memcpy(buffer + used, " \xC2\xB1", 4);
        used += 3;
        add_steps(buffer, &used, band, place);
    }
    return buffer;
}
