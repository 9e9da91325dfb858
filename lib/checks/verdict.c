/* SPDX-License-Identifier: MIT */
/* Checking a statement: its ends are resolved to places, the quantity is measured with its budget, and
 * judged with unknown extents as zero and at their bounds. */
#include "checks/verdict.h"

#include <math.h>

#include <incmap/distance.h>

#include "base/text.h"
#include "checks/mention.h"

const char *incmap_check_verdict_text(incmap_check_verdict verdict)
{
    static const char *const texts[] = { "cannot tell", "consistent", "inconsistent",
                                         "not a distance" };
    return (size_t)verdict < sizeof texts / sizeof *texts ? texts[verdict] : texts[0];
}

const char *incmap_check_why_word(incmap_check_why why)
{
    static const char *const words[] = {
        "none",      "within",  "outside",   "on_the_way",  "direction",   "side",
        "extent",    "band",    "limit",     "name",        "no_line",     "no_place",
        "not_named", "no_side", "on_border", "length",      "travel_time", "nearness",
        "no_figure", "unread",  "denied",    "denied_open", "area",        "elsewhere",
    };
    return (size_t)why < sizeof words / sizeof *words ? words[why] : words[0];
}

/* What all checks begin with: nothing measured. */
static incmap_check blank_check(void)
{
    const incmap_check check = {
        .measured_m = NAN,
        .band_m = NAN,
        .band_most_m = NAN,
        .least_m = NAN,
        .most_m = NAN,
        .depth = { .depth_m = NAN,
                   .band_m = NAN,
                   .nearest = { NAN, NAN },
                   .azimuth_deg = NAN,
                   .along_m = NAN,
                   .line = -1 },
        .azimuth_deg = NAN,
        .azimuth_band_deg = NAN,
        .converted = NAN,
        .deciding_m = NAN,
        .at = { NAN, NAN },
        .at_m = NAN,
        .before_m = NAN,
        .behind_m = NAN,
        .speed_least_kmh = NAN,
        .speed_most_kmh = NAN,
    };
    return check;
}

static void settle(incmap_check *check, incmap_check_verdict verdict, incmap_check_why why)
{
    check->verdict = check->with_zero = check->with_most = verdict;
    check->why = why;
}

/* ---- which country ---------------------------------------------------------------------------- */

static bool bears_name(const incmap_place *place, const char *name)
{
    for (size_t i = 0; i < place->name_count; i++)
        if (incmap__text_same(place->names[i].text, name)) return true;
    return incmap__text_same(place->country, name);
}

/* INSIDE, OUTSIDE: the country of the border that the place is; UNKNOWN: neither. */
static incmap_side country_of(const incmap_border *border, const incmap_place *place)
{
    if (place->kind != INCMAP_PLACE_COUNTRY) return INCMAP_SIDE_UNKNOWN;
    if (bears_name(place, incmap_border_inside(border))) return INCMAP_SIDE_INSIDE;
    if (bears_name(place, incmap_border_outside(border))) return INCMAP_SIDE_OUTSIDE;
    return INCMAP_SIDE_UNKNOWN;
}

static incmap_side other_side(incmap_side side)
{
    if (side == INCMAP_SIDE_INSIDE) return INCMAP_SIDE_OUTSIDE;
    return side == INCMAP_SIDE_OUTSIDE ? INCMAP_SIDE_INSIDE : INCMAP_SIDE_UNKNOWN;
}

/* The side that the words say; UNKNOWN: none, or a country that this border does not part. What is so
 * far from a country lies in the other. */
static incmap_side said_side(const incmap__case *c)
{
    const incmap_statement_end *into = &c->s->into, *from = &c->s->reference;

    if (into->kind == INCMAP_END_PLACE) return country_of(c->border, into->places[0]);
    if (into->kind == INCMAP_END_UNKNOWN && into->name[0]) {
        if (incmap__text_same(into->name, incmap_border_inside(c->border)))
            return INCMAP_SIDE_INSIDE;
        if (incmap__text_same(into->name, incmap_border_outside(c->border)))
            return INCMAP_SIDE_OUTSIDE;
        return INCMAP_SIDE_UNKNOWN;
    }
    if (from->kind == INCMAP_END_PLACE && from->count == 1)
        return other_side(country_of(c->border, from->places[0]));
    return INCMAP_SIDE_UNKNOWN;
}

/* How far from a country counts to its border, when the border is the one that is asked about. */
static bool counts_from_border(const incmap__case *c)
{
    const incmap_statement_end *end = &c->s->reference;
    return end->kind == INCMAP_END_BORDER ||
           (end->kind == INCMAP_END_PLACE && end->count == 1 &&
            country_of(c->border, end->places[0]) != INCMAP_SIDE_UNKNOWN);
}

/* ---- measuring -------------------------------------------------------------------------------- */

static incmap_status measure_depth(const incmap__case *c, const incmap_place *of,
                                   incmap__measured *m, incmap_check *check)
{
    const double accuracy = incmap_border_accuracy_m(c->border);
    incmap_status st;
    double apart;

    st = incmap_border_measure(c->ctx, c->border, of->at, incmap_place_uncertainty_m(of),
                               &check->depth);
    if (st) return st;
    apart = fmax(0, check->depth.band_m - incmap_place_uncertainty_m(of) - accuracy);
    m->low = m->high = m->away_m = fabs(check->depth.depth_m);
    /* As seen from the border: the other way round. */
    m->azimuth_deg = fmod(check->depth.azimuth_deg + 180, 360);
    m->fixed_m += accuracy;
    incmap__budget_add(check, (incmap_budget_line){ .kind = INCMAP_BUDGET_BORDER,
                                                    .least_m = accuracy,
                                                    .most_m = accuracy,
                                                    .reason = "how far its line may lie off" });
    if (apart <= 1e-6) return INCMAP_OK;
    m->fixed_m += apart;
    incmap__budget_add(check, (incmap_budget_line){ .kind = INCMAP_BUDGET_UNMATCHED,
                                                    .least_m = apart,
                                                    .most_m = apart,
                                                    .reason = "both count as border there" });
    return INCMAP_OK;
}

static incmap_status measure_distance(const incmap__case *c, const incmap_place *of,
                                      const incmap_place *reference, incmap__measured *m)
{
    incmap_geodesic geodesic;
    const incmap_status st = incmap_inverse(c->ctx, reference->at, of->at, &geodesic);

    if (st) return st;
    m->low = m->high = m->away_m = geodesic.distance_m;
    m->azimuth_deg = geodesic.azimuth_deg;
    return INCMAP_OK;
}

/* Signs a depth by the side that the words say. False when the data give none. */
static bool sign_by_side(const incmap__case *c, incmap__measured *m, const incmap_check *check)
{
    const incmap_side said = said_side(c);

    if (said == INCMAP_SIDE_UNKNOWN) return true;
    if (check->depth.side != INCMAP_SIDE_INSIDE && check->depth.side != INCMAP_SIDE_OUTSIDE)
        return false;
    m->is_signed = true;
    if (check->depth.side != said) {
        const double low = m->low;
        m->low = -m->high;
        m->high = -low;
    }
    return true;
}

/* Of a distance from a place: the words may say a side all the same. True: that settles it. */
static incmap_status judge_side(const incmap__case *c, incmap_check *check, bool *settled)
{
    const incmap_side said = c->s->into.kind ? said_side(c) : INCMAP_SIDE_UNKNOWN;
    const incmap_place *of = check->of;
    incmap_status st;

    *settled = false;
    if (said == INCMAP_SIDE_UNKNOWN) return INCMAP_OK;
    st = incmap_border_measure(c->ctx, c->border, of->at, incmap_place_uncertainty_m(of),
                               &check->depth);
    if (st || (check->depth.side == said && check->depth.side_certain)) return st;
    *settled = true;
    if (check->depth.side == other_side(said) && check->depth.side_certain)
        settle(check, INCMAP_CHECK_INCONSISTENT, INCMAP_WHY_SIDE);
    else
        settle(check, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_NO_SIDE);
    return INCMAP_OK;
}

static incmap_status measure(const incmap__case *c, incmap_check *check, incmap__measured *m)
{
    const incmap_place *of = check->of, *reference = check->reference;
    const incmap_place *toward =
        c->s->toward.kind == INCMAP_END_PLACE ? c->s->toward.places[0] : NULL;
    incmap_status st;

    *m = (incmap__measured){ .azimuth_deg = NAN };
    incmap__budget_place(check, of, m);
    if (reference) incmap__budget_place(check, reference, m);
    st = reference ? measure_distance(c, of, reference, m) : measure_depth(c, of, m, check);
    if (!st && toward) {
        st = incmap__way_measure(c, of, toward, reference, m);
        m->azimuth_deg = NAN; /* it changes on the way */
    }
    return st;
}

/* ---- judging ---------------------------------------------------------------------------------- */

/* The largest unknown extent of the budget. */
static const incmap_place *largest_unknown(const incmap_check *check)
{
    const incmap_budget_line *largest = NULL;

    for (size_t i = 0; i < check->budget_count; i++) {
        const incmap_budget_line *line = &check->budget[i];
        if (line->kind != INCMAP_BUDGET_EXTENT || line->least_m >= line->most_m) continue;
        if (!largest || line->most_m > largest->most_m) largest = line;
    }
    return largest ? largest->place : NULL;
}

static void judge(const incmap__case *c, const incmap__measured *m, const incmap__allowed *allowed,
                  incmap_check *check)
{
    incmap_check_why zero, most;

    check->band_m = m->fixed_m;
    check->band_most_m = m->fixed_m + m->unknown_m;
    check->with_zero = incmap__judge(m, check->band_m, allowed, c->s, &zero);
    check->with_most = incmap__judge(m, check->band_most_m, allowed, c->s, &most);
    check->verdict = check->with_zero;
    check->why = zero;
    if (check->with_zero == check->with_most) return;
    check->verdict = INCMAP_CHECK_CANNOT_TELL;
    check->why = INCMAP_WHY_EXTENT;
    check->deciding_place = largest_unknown(check);
    if (check->with_zero == INCMAP_CHECK_INCONSISTENT && zero == INCMAP_WHY_OUTSIDE)
        check->deciding_m =
            fmax(allowed->low - (m->high + check->band_m), m->low - check->band_m - allowed->high);
}

static incmap_status judge_way(const incmap__case *c, incmap_check *check,
                               const incmap__allowed *allowed, const incmap__measured *m)
{
    double said = isnan(c->s->value) || isinf(allowed->high) ? allowed->low
                                                             : (allowed->low + allowed->high) / 2;
    incmap_status st;

    if (!isnan(c->s->value)) said = c->s->value * incmap_said_unit_metres(c->s->unit);
    check->measured_m = fmin(m->high, fmax(m->low, said));
    if (check->verdict != INCMAP_CHECK_CONSISTENT) return INCMAP_OK;
    st = incmap__way_locate(c, check->of, c->s->toward.places[0], check->reference, said, check);
    if (!st) check->why = INCMAP_WHY_ON_THE_WAY;
    return st;
}

/* All that bear the name are areas: of a region, a district or a far country the data have a point and
 * a size, but no outline. */
static bool is_area(const incmap_statement_end *end)
{
    for (size_t i = 0; i < end->count && i < INCMAP_END_PLACES; i++) {
        const incmap_place_kind kind = end->places[i]->kind;
        if (kind != INCMAP_PLACE_REGION && kind != INCMAP_PLACE_DISTRICT &&
            kind != INCMAP_PLACE_COUNTRY)
            return false;
    }
    return end->kind == INCMAP_END_PLACE;
}

/* Where an area ends is not known; that it reaches no farther than three times the radius of the circle
 * of its size is what even the longest of them keep to. */
static void judge_area(const incmap__case *c, const incmap__measured *m,
                       const incmap__allowed *allowed, incmap_check *check)
{
    const double times = 3;
    double reach = 0;
    incmap_check_why why;

    if (is_area(&c->s->of)) reach += times * incmap_check_extent_of(check->of).radius_m;
    if (check->reference && is_area(&c->s->reference))
        reach += times * incmap_check_extent_of(check->reference).radius_m;
    if (reach <= 0) return;
    if (incmap__judge(m, check->band_most_m + reach, allowed, c->s, &why) ==
            INCMAP_CHECK_INCONSISTENT &&
        why == INCMAP_WHY_OUTSIDE)
        settle(check, INCMAP_CHECK_INCONSISTENT, why);
    else
        settle(check, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_AREA);
}

/* "is not 7 km": that two agree does not show that the denial is wrong, unless all that was measured
 * lies within what it denies. "Is not 7 km from the border in Ukraine" may deny either, so that a wrong
 * side settles nothing. */
static void judge_denial(const incmap__case *c, const incmap__measured *m,
                         const incmap__allowed *allowed, incmap_check *check)
{
    if (!c->s->denied || check->why == INCMAP_WHY_AREA) return;
    if (check->verdict == INCMAP_CHECK_INCONSISTENT && check->why != INCMAP_WHY_SIDE)
        settle(check, INCMAP_CHECK_CONSISTENT, INCMAP_WHY_DENIED);
    else if (check->verdict == INCMAP_CHECK_CONSISTENT && c->s->toward.kind == INCMAP_END_NONE &&
             isnan(c->s->direction_deg) && incmap__all_within(m, check->band_most_m, allowed))
        settle(check, INCMAP_CHECK_INCONSISTENT, INCMAP_WHY_DENIED);
    else
        settle(check, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_DENIED_OPEN);
}

/* A time allows no verdict on the distance, but says how fast one would have to go. */
static void judge_time(const incmap__measured *m, const incmap__allowed *allowed,
                       const incmap_check_options *options, incmap_check *check)
{
    const double least = options->speed_least_kmh > 0 ? options->speed_least_kmh : 10;
    const double most = options->speed_most_kmh > 0 ? options->speed_most_kmh : 130;
    const double kmh = 3.6;

    check->band_m = m->fixed_m;
    check->band_most_m = m->fixed_m + m->unknown_m;
    check->speed_least_kmh = fmax(0, m->low - check->band_most_m) / allowed->high * kmh;
    check->speed_most_kmh = (m->high + check->band_most_m) / allowed->low * kmh;
    check->plausible = check->speed_least_kmh <= most && check->speed_most_kmh >= least;
    settle(check, INCMAP_CHECK_NOT_A_DISTANCE, INCMAP_WHY_TRAVEL_TIME);
}

/* One choice of candidates. */
static incmap_status try_places(const incmap__case *c, const incmap_check_options *options,
                                const incmap_hedge_width widths[], incmap_check *check)
{
    const bool time = c->s->kind == INCMAP_STATEMENT_TRAVEL_TIME;
    bool settled = false;
    incmap__measured m;
    incmap__allowed allowed;
    incmap_status st = measure(c, check, &m);

    if (st) return st;
    check->measured_m = (m.low + m.high) / 2;
    if (!check->reference && check->of->post && check->of->post->on_border) {
        settle(check, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_ON_BORDER);
        return INCMAP_OK;
    }
    if (!time && !check->reference && !sign_by_side(c, &m, check)) {
        settle(check, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_NO_SIDE);
        return INCMAP_OK;
    }
    if (!isnan(c->s->direction_deg) && !isnan(m.azimuth_deg)) {
        check->azimuth_deg = m.azimuth_deg;
        check->azimuth_band_deg = incmap__direction_band(c->s, m.away_m, m.fixed_m);
    }
    allowed = incmap__allowed_of(c->s, widths, check);
    if (!allowed.known) {
        settle(check, INCMAP_CHECK_NOT_A_DISTANCE, INCMAP_WHY_NO_FIGURE);
        return INCMAP_OK;
    }
    if (time) {
        check->least_m = check->most_m = NAN;
        judge_time(&m, &allowed, options, check);
        return INCMAP_OK;
    }
    judge(c, &m, &allowed, check);
    judge_area(c, &m, &allowed, check);
    if (check->reference && check->verdict == INCMAP_CHECK_CONSISTENT)
        st = judge_side(c, check, &settled);
    if (!st && !settled && c->s->toward.kind == INCMAP_END_PLACE)
        st = judge_way(c, check, &allowed, &m);
    if (!st) judge_denial(c, &m, &allowed, check);
    return st;
}

/* ---- the whole ---------------------------------------------------------------------------------- */

/* Whether an end names places that can be measured from; else why not. */
static bool is_usable(const incmap_statement_end *end, incmap_check_why *why)
{
    *why = INCMAP_WHY_NOT_NAMED;
    if (end->kind == INCMAP_END_NONE || end->kind == INCMAP_END_BORDER) return false;
    *why = end->kind == INCMAP_END_LINE ? INCMAP_WHY_NO_LINE : INCMAP_WHY_NO_PLACE;
    if (end->kind != INCMAP_END_PLACE) return false;
    *why = INCMAP_WHY_NAME; /* more than were kept: not all can be tried */
    if (end->count > INCMAP_END_PLACES) return false;
    *why = INCMAP_WHY_NO_PLACE;
    for (size_t i = 0; i < end->count; i++)
        if (!end->places[i]->located) return false;
    return true;
}

/* A way needs one end. */
static bool is_usable_way(const incmap_statement_end *toward, incmap_check_why *why)
{
    if (toward->kind == INCMAP_END_NONE) return true;
    if (!is_usable(toward, why)) return false;
    *why = INCMAP_WHY_NAME;
    return toward->count == 1;
}

/* What needs no measuring; false when the statement has to be measured. */
static bool settle_by_words(const incmap__case *c, bool border, incmap_check *check)
{
    incmap_check_why why;

    switch (c->s->kind) {
    case INCMAP_STATEMENT_ADJACENCY:
    case INCMAP_STATEMENT_QUALITATIVE:
        settle(check, INCMAP_CHECK_NOT_A_DISTANCE, INCMAP_WHY_NEARNESS);
        return true;
    case INCMAP_STATEMENT_LENGTH:
        settle(check, INCMAP_CHECK_CANNOT_TELL,
               c->s->reference.kind == INCMAP_END_BORDER ? INCMAP_WHY_LENGTH : INCMAP_WHY_NO_LINE);
        return true;
    case INCMAP_STATEMENT_UNREAD:
        settle(check, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_NO_FIGURE);
        return true;
    default: break;
    }
    if (c->s->unread[0] || (c->s->into.kind && said_side(c) == INCMAP_SIDE_UNKNOWN)) {
        settle(check, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_UNREAD);
        return true;
    }
    if ((border || is_usable(&c->s->reference, &why)) && is_usable(&c->s->of, &why) &&
        is_usable_way(&c->s->toward, &why))
        return false;
    settle(check, INCMAP_CHECK_CANNOT_TELL, why);
    return true;
}

/* Whether it lies in the region or district that the words name, if they do. */
static bool is_within(const incmap_statement *s, const incmap_place *of)
{
    return s->within.kind != INCMAP_END_PLACE || incmap__lies_in(of, s->within.places[0]);
}

/* Two choices of candidates with different verdicts: which of their ends differs is what bears the name. */
static void lead_apart(incmap_check *one, const incmap_check *other)
{
    const bool is_of = one->of != other->of;

    one->namesakes[0] = is_of ? one->of : one->reference;
    one->namesakes[1] = is_of ? other->of : other->reference;
    one->verdicts[0] = one->verdict;
    one->verdicts[1] = other->verdict;
    one->verdict = INCMAP_CHECK_CANNOT_TELL;
    one->why = INCMAP_WHY_NAME;
}

/* Every choice of candidates; where their verdicts differ nobody can tell. */
static incmap_status try_all(const incmap__case *c, bool border,
                             const incmap_check_options *options, const incmap_hedge_width widths[],
                             incmap_check *out)
{
    const size_t references = border ? 1 : c->s->reference.count;
    incmap_status st = INCMAP_OK;
    bool first = true;

    settle(out, INCMAP_CHECK_CANNOT_TELL, INCMAP_WHY_ELSEWHERE);
    for (size_t i = 0; i < c->s->of.count; i++) {
        if (!is_within(c->s, c->s->of.places[i])) continue;
        for (size_t j = 0; j < references; j++) {
            incmap_check check = blank_check();
            check.of = c->s->of.places[i];
            check.reference = border ? NULL : c->s->reference.places[j];
            st = try_places(c, options, widths, &check);
            if (st) return st;
            if (first) {
                *out = check;
            } else if (check.verdict != out->verdict) {
                lead_apart(out, &check);
                return INCMAP_OK;
            }
            first = false;
        }
    }
    return st;
}

incmap_status incmap_check_statement(incmap_ctx *ctx, const incmap_statement *statement,
                                     const incmap_border *border, const incmap_gazetteer *gazetteer,
                                     const incmap_check_options *options, incmap_check *out)
{
    const incmap_check_options defaults = INCMAP_CHECK_OPTIONS_INIT;
    const incmap__case c = { ctx, statement, border, gazetteer };
    incmap_hedge_width table[INCMAP_HEDGE_COUNT];
    incmap_check check = blank_check();
    incmap_status st = INCMAP_OK;

    if (!ctx || !statement || !border || !gazetteer || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "check statement: NULL");
    for (int i = 0; i < INCMAP_HEDGE_COUNT; i++)
        table[i] = incmap_hedge_width_of((incmap_hedge)i);
    if (!options) options = &defaults;
    const bool from_border = counts_from_border(&c);
    if (!settle_by_words(&c, from_border, &check))
        st = try_all(&c, from_border, options, options->widths ? options->widths : table, &check);
    if (!st) *out = check;
    return st;
}
