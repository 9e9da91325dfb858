/* SPDX-License-Identifier: MIT */
/* Reading the figure: a number or what stands for one, one that has two ends, its hedges before and
 * behind, and whether all that has one meaning. */
#include "checks/figure.h"

#include <incmap/checks.h>

#include <math.h>
#include <string.h>

#include "checks/measure_words.h"
#include "checks/rounding.h"
#include "checks/words.h"

#define IS_ONE_OF(t, at, keys) incmap__token_is_one_of(t, at, keys, sizeof(keys) / sizeof *(keys))

static void doubt(incmap__figure *f, const char *why, size_t from, size_t to)
{
    if (f->doubt) return;
    f->doubt = why;
    f->from = from;
    f->to = to;
}

/* The hedge that ends right before a token; *first goes back to where it begins. */
static bool hedge_ending(const incmap__tokens *t, size_t end, size_t *first, incmap_hedge *hedge)
{
    const size_t longest = 4;

    for (size_t n = longest; n > 0; n--) {
        incmap_hedge found;
        if (end < n || incmap__words_hedge(t, end - n, &found) != n) continue;
        *first = end - n;
        *hedge = found;
        return true;
    }
    return false;
}

/* "more than a few", "почти в 70 км": an article or preposition may stand between. */
static bool hedge_right_before(const incmap__tokens *t, size_t *first, incmap_hedge *hedge)
{
    static const char *const between[] = { "a", "an", "at", "in", "в", "во", "за", "на", "у" };
    size_t end = *first;

    while (!hedge_ending(t, end, first, hedge)) {
        if (end == 0 || !t->items[end].joined || !IS_ONE_OF(t, end - 1, between)) return false;
        end--;
    }
    return true;
}

/* Words that say on which side of the figure, not only how near to it. */
static bool is_sided(incmap_hedge hedge)
{
    return hedge >= INCMAP_HEDGE_NEARLY && hedge <= INCMAP_HEDGE_WITHIN;
}

static bool is_upper(incmap_hedge hedge)
{
    return hedge == INCMAP_HEDGE_LESS_THAN || hedge == INCMAP_HEDGE_AT_MOST ||
           hedge == INCMAP_HEDGE_WITHIN;
}

static bool is_lower(incmap_hedge hedge)
{
    return hedge == INCMAP_HEDGE_MORE_THAN || hedge == INCMAP_HEDGE_AT_LEAST;
}

/* "more than a few miles": the limit is the most loosely meant end of what the few may be. */
static bool limit_vague(incmap_statement *out, incmap_hedge limit)
{
    const incmap_hedge_width range = incmap_hedge_width_of(out->hedge);

    if (!is_upper(limit) && !is_lower(limit)) return limit < INCMAP_HEDGE_NEARLY;
    out->value = is_upper(limit) ? range.most : range.least;
    out->step = out->printed_step = 1;
    out->hedge = is_upper(limit) ? INCMAP_HEDGE_AT_MOST : INCMAP_HEDGE_AT_LEAST;
    return true;
}

/* Two words of the kind: "no more than about 10 km" is a limit, whichever stands nearer. */
static bool combine(incmap_statement *out, incmap_hedge other)
{
    if (out->hedge >= INCMAP_HEDGE_A_COUPLE && isnan(out->value)) return limit_vague(out, other);
    if (out->hedge == INCMAP_HEDGE_NONE || !is_sided(out->hedge)) {
        if (out->hedge == INCMAP_HEDGE_NONE || is_sided(other)) out->hedge = other;
        return true;
    }
    return !is_sided(other) || other == out->hedge;
}

/* Of bounds the hedge before them says which end it is, and nothing more. */
static void read_hedges(const incmap__tokens *t, incmap_statement *out, incmap__figure *f)
{
    incmap_hedge hedge;
    bool passed = false;
    size_t n;

    while (f->taken.first > 0 && hedge_right_before(t, &f->taken.first, &hedge))
        if (f->is_bounds && !passed)
            passed = true;
        else if (!combine(out, hedge))
            doubt(f, "these words set two limits", f->taken.first, f->taken.last);
    n = incmap__words_hedge_behind(t, f->taken.last, &hedge);
    if (n && !combine(out, hedge))
        doubt(f, "these words set two limits", f->taken.first, f->taken.last + n);
    f->taken.last += n;
}

/* ---- two ends --------------------------------------------------------------------------------- */

/* What is read of a number that may have two ends. */
typedef struct {
    incmap__stated_number low, high;
    bool is_range;
    bool low_sharp, high_sharp; /* "more than", "less than": not rounded beyond that end */
    incmap_said_unit low_unit;  /* of the one that is read first; NONE: that of the other end */
    double low_factor;          /* what the lower end was multiplied with for the unit of both */
} span;

/* Small words between a hedge and its number: "менее чем в 5". */
static bool is_small(const incmap__tokens *t, size_t at)
{
    static const char *const words[] = { "at", "in", "в", "во", "за", "на", "у" };
    return IS_ONE_OF(t, at, words);
}

/* Whether one of these words stands before a token, over hedges and small words. */
static bool is_behind(const incmap__tokens *t, size_t at, const char *const words[], size_t n)
{
    incmap_hedge hedge;

    while (at > 0) {
        if (incmap__token_is_one_of(t, at - 1, words, n)) return true;
        if (is_small(t, at - 1))
            at--;
        else if (!hedge_ending(t, at, &at, &hedge))
            return false;
    }
    return false;
}

/* What leads from one end of a range to the other, behind the end that begins at `from`: a hyphen, "to",
 * "or"; "and" only behind "between", for "2 and 7 km" may be of two places. *taken: its tokens. */
static bool link_at(const incmap__tokens *t, size_t from, size_t at, size_t *taken)
{
    static const char *const words[] = { "to", "or", "до", "или", "або" };
    static const char *const ands[] = { "and", "и", "і", "та", "й" };
    static const char *const openers[] = { "between", "между", "між" };

    *taken = 0;
    if (at < t->count && t->items[at].hyphenated && t->items[at].joined) return true;
    *taken = incmap__words_phrase(t, at, "up to");
    if (*taken) return true;
    *taken = 1;
    if (IS_ONE_OF(t, at, words)) return true;
    return IS_ONE_OF(t, at, ands) && is_behind(t, from, openers, sizeof openers / sizeof *openers);
}

/* The other end of a range behind a number: "5 to 7 km", "5-7 km", "в семи-восьми километрах", "от 5 км до
 * 10 км". Both ends have units, or the other one has it for both. */
static size_t range_at(const incmap__tokens *t, size_t from, size_t at, span *s)
{
    incmap_said_unit other;
    size_t unit = incmap__words_unit(t, at, &s->low_unit), link, n;
    const bool is_or = incmap__token_is(t, at + unit, "or") ||
                       incmap__token_is(t, at + unit, "или") ||
                       incmap__token_is(t, at + unit, "або");

    if (!link_at(t, from, at + unit, &link) || (unit && is_or)) return 0;
    n = incmap__words_number(t, at + unit + link, &s->high);
    if (!n || (unit && !incmap__words_unit(t, at + unit + link + n, &other))) return 0;
    if (!unit) s->low_unit = INCMAP_SAID_NONE;
    return unit + link + n;
}

/* "at least 5 and at most 10 km", "не менее 5 км, но не более 10 км": one limit before the number that
 * begins at `from`, the other behind it. */
static size_t bounds_at(const incmap__tokens *t, size_t from, size_t at, span *s)
{
    static const char *const links[] = {
        "and", "but", "и", "но", "а", "і", "й", "та", "але", "yet"
    };
    incmap_hedge one, other;
    incmap_said_unit unit;
    const size_t start = at;
    size_t n;

    if (!hedge_right_before(t, &from, &one) || !(is_lower(one) || is_upper(one))) return 0;
    n = incmap__words_unit(t, at, &s->low_unit);
    if (!n) s->low_unit = INCMAP_SAID_NONE;
    at += n;
    if (IS_ONE_OF(t, at, links)) at++;
    n = incmap__words_hedge(t, at, &other);
    if (!n || !(is_lower(one) ? is_upper(other) : is_lower(other))) return 0;
    at += n;
    while (is_small(t, at))
        at++;
    n = incmap__words_number(t, at, &s->high);
    if (!n || !incmap__words_unit(t, at + n, &unit)) return 0;
    s->low_sharp = one == INCMAP_HEDGE_MORE_THAN || other == INCMAP_HEDGE_MORE_THAN;
    s->high_sharp = one == INCMAP_HEDGE_LESS_THAN || other == INCMAP_HEDGE_LESS_THAN;
    if (is_upper(one)) {
        const incmap__stated_number high = s->low;
        s->low = s->high;
        s->high = high;
    }
    return at + n - start;
}

/* "1.8 ± 0.2": from 1.6 to 2.0. */
static size_t band_at(const incmap__tokens *t, size_t at, span *s)
{
    incmap__stated_number band;
    size_t n;

    if (!incmap__token_is(t, at, "+-")) return 0;
    n = incmap__words_number(t, at + 1, &band);
    if (!n) return 0;
    s->high = s->low;
    s->high.value += band.value;
    s->high.doubt = band.doubt;
    s->low.value = fmax(0, s->low.value - band.value);
    return n + 1;
}

/* Both ends in the unit of the one behind; false: a time and a length. */
static bool same_unit(span *s, bool is_upper_first, incmap_said_unit unit)
{
    incmap__stated_number *first = is_upper_first ? &s->high : &s->low;
    double factor;

    s->low_factor = 1;
    if (s->low_unit == INCMAP_SAID_NONE || s->low_unit == unit) return true;
    factor = incmap_said_unit_metres(s->low_unit) / incmap_said_unit_metres(unit);
    if (isnan(factor)) return false;
    first->value *= factor;
    first->step *= factor;
    if (!is_upper_first) s->low_factor = factor;
    return true;
}

/* A single figure is rounded to its step. */
static void put_single(incmap_statement *out, incmap__stated_number number)
{
    out->value = number.value;
    out->printed_step = number.step;
    out->step = isnan(number.value) ? 0 : incmap__rounding_step(number.value, number.step);
    if (out->value == 0) out->step = number.step;
}

/* A range is its middle, and as wide as from end to end, each rounded as the lower one is, unless
 * the words make it sharp. */
static void put_span(incmap_statement *out, const span *s)
{
    const double factor = s->low_factor;
    const double half =
        factor * incmap__rounding_step(s->low.value / factor, s->low.step / factor) / 2;
    const double low = s->low.value - (s->low_sharp ? 0 : half);
    const double high = s->high.value + (s->high_sharp ? 0 : half);

    put_single(out, s->low);
    if (!(s->high.value > s->low.value)) return;
    out->value = (low + high) / 2;
    out->step = high - low;
    out->low = s->low.value;
    out->high = s->high.value;
}

/* ---- the figure ------------------------------------------------------------------------------- */

/* Whether what stands before "километре" lets it mean one: a preposition or hedge; behind an ordinal
 * it is a place on a road. */
static bool is_single(const incmap__tokens *t, size_t at, bool any_case)
{
    static const char *const words[] = { "чем", "ніж", "як", "от", "від", "лишь", "лише" };
    incmap_hedge hedge;
    incmap__role role = INCMAP__ROLE_NONE;
    size_t first = at, behind = at + 1;
    double degrees;
    int points;

    if (any_case) {
        if (incmap__words_direction(t, behind, &degrees, &points)) return true;
        (void)incmap__words_role(t, behind, &role);
        if (role != INCMAP__ROLE_FROM && role != INCMAP__ROLE_TO) return false;
    }
    return at == 0 || is_small(t, at - 1) || hedge_ending(t, at, &first, &hedge) ||
           IS_ONE_OF(t, at - 1, words) || (any_case && !t->items[at].joined);
}

/* "в километре от границы", "полкилометра": one or half of one, without a number. */
static size_t single_unit_at(const incmap__tokens *t, size_t at, incmap_statement *out)
{
    incmap_said_unit unit;
    size_t n = incmap__words_half_unit(t, at, &unit);
    const double value = n ? 0.5 : 1;

    if (!n) {
        n = incmap__words_single_unit(t, at, false, &unit);
        if (n && !is_single(t, at, false)) return 0;
    }
    if (!n) {
        n = incmap__words_single_unit(t, at, true, &unit);
        if (n && !is_single(t, at, true)) return 0;
    }
    if (!n) return 0;
    out->unit = unit;
    put_single(out, (incmap__stated_number){ value, value, true, NULL });
    return n;
}

/* A unit behind a number: also the singular of "в 21 километре", where the number ends in one. */
static size_t unit_at(const incmap__tokens *t, size_t at, double value, incmap_said_unit *out)
{
    const size_t n = incmap__words_unit(t, at, out);

    if (n || fmod(value, 10) != 1 || fmod(value, 100) == 11) return n;
    return incmap__words_single_unit(t, at, false, out);
}

/* What follows a number and is part of it: the other end, a band, "10+". */
static size_t number_end(const incmap__tokens *t, size_t from, size_t at, span *s, bool *is_least,
                         incmap__figure *f)
{
    size_t n = range_at(t, from, at, s);

    if (!n) {
        n = bounds_at(t, from, at, s);
        f->is_bounds = n > 0;
    }
    if (!n) {
        s->low_unit = INCMAP_SAID_NONE;
        n = band_at(t, at, s);
    }
    s->is_range = n > 0;
    *is_least = !n && incmap__token_is(t, at, "+") && t->items[at].glued;
    return n + *is_least;
}

static void doubt_span(const span *s, incmap__figure *f, size_t from, size_t to)
{
    if (s->low.doubt || s->high.doubt)
        doubt(f, s->low.doubt ? s->low.doubt : s->high.doubt, from, to);
    if (s->is_range && !(s->high.value > s->low.value))
        doubt(f, "the second figure is not above the first", from, to);
}

/* Whether a figure, or what stands for one, begins here and has a unit behind it. */
static size_t figure_at(const incmap__tokens *t, size_t at, incmap_statement *out,
                        incmap__figure *f)
{
    span s = { .low = { NAN, 0, false, NULL }, .high = { NAN, 0, false, NULL } };
    incmap_hedge vague = INCMAP_HEDGE_NONE;
    bool is_least = false, swapped;
    size_t n = incmap__words_vague(t, at, &vague), unit, half;

    if (!n) n = incmap__words_number(t, at, &s.low);
    if (!n) return single_unit_at(t, at, out);
    const double first = s.low.value;
    if (!isnan(first)) n += number_end(t, at, at + n, &s, &is_least, f);
    swapped = f->is_bounds && s.low.value != first;
    if (incmap__token_is(t, at + n, "of")) n++; /* "a quarter of a" */
    if (incmap__token_is(t, at + n, "a")) n++;
    unit = unit_at(t, at + n, s.is_range ? s.high.value : s.low.value, &out->unit);
    if (!unit) return 0;
    n += unit;
    if (!same_unit(&s, swapped, out->unit))
        doubt(f, "one end is a time, the other a length", at, at + n);
    half = incmap__words_half(t, at + n);
    if (half) {
        incmap__stated_number *last = s.is_range ? &s.high : &s.low;
        last->value += 0.5;
        last->step = fmin(last->step, 0.5);
    }
    put_span(out, &s);
    out->hedge = is_least ? INCMAP_HEDGE_AT_LEAST : vague;
    doubt_span(&s, f, at, at + n);
    return n + half;
}

/* A number, in digits or words. */
static bool is_number_at(const incmap__tokens *t, size_t at)
{
    incmap__stated_number number;
    return t->items[at].is_number || incmap__words_is_numeral(&t->items[at]) ||
           incmap__words_number(t, at, &number) > 0;
}

/* "7, 8 km": not so behind a date, "on May 22, 8 km", "in 2023, 8 km". */
static bool follows_list(const incmap__tokens *t, size_t at)
{
    const incmap__token *before = at ? &t->items[at - 1] : NULL;

    if (!before || !before->is_number || t->items[at].start < before->end + 1) return false;
    if (at > 1 && before->glued && !t->items[at - 2].is_sign) return false; /* "5 km2, 3 km" */
    if (t->text[before->end] != ',' || (before->value >= 1900 && before->value < 2100))
        return false;
    return at < 2 || !incmap__words_is_date(&t->items[at - 2]);
}

/* A number right beside the figure, or with nothing but such words between, belongs to it somehow; to
 * read one of them alone would be a guess. */
static void doubt_beside(const incmap__tokens *t, incmap__figure *f)
{
    static const char *const links[] = { "but", "and", "or",  "to",  "than", "x",
                                         "by",  "и",   "или", "но",  "до",   "чем",
                                         "і",   "або", "але", "ніж", "plus", "minus" };
    static const char *const units[] = { "to", "or", "до", "или", "або" };
    static const char *const why = "these figures have no one meaning together";
    const size_t last = f->taken.last;
    incmap_hedge hedge;
    incmap_said_unit unit;

    if (follows_list(t, f->taken.first)) doubt(f, why, f->taken.first - 1, last);
    for (size_t at = f->taken.first; at > 0; at--) {
        const bool glued =
            t->items[at].start > t->items[at - 1].end &&
            !memchr(t->text + t->items[at - 1].end, ' ', t->items[at].start - t->items[at - 1].end);
        if (!t->items[at].joined && !t->items[at - 1].is_sign && !t->items[at].is_sign &&
            !(glued && t->items[at - 1].is_number))
            break;
        if (is_number_at(t, at - 1)) {
            doubt(f, why, at - 1, last);
            return;
        }
        if (!IS_ONE_OF(t, at - 1, links) && !t->items[at - 1].is_sign &&
            !incmap__words_hedge(t, at - 1, &hedge))
            break;
    }
    if (last >= t->count) return;
    if (t->items[last].is_sign || (t->items[last].joined && is_number_at(t, last)))
        doubt(f, why, f->taken.first, last + 1);
    else if (IS_ONE_OF(t, last, units) && last + 2 < t->count && is_number_at(t, last + 1) &&
             incmap__words_unit(t, last + 2, &unit))
        doubt(f, why, f->taken.first, last + 3);
}

/* The figure that begins here, with its hedges and doubts; false: none does. */
static bool figure_with_hedges(const incmap__tokens *t, size_t at, incmap_statement *out,
                               incmap__figure *f)
{
    const size_t n = figure_at(t, at, out, f);

    if (!n) return false;
    f->taken = (incmap__taken){ at, at + n };
    read_hedges(t, out, f);
    doubt_beside(t, f);
    return true;
}

/* "600 km (373 miles)": one distance in two units, each rounded. */
static bool say_the_same(const incmap_statement *a, const incmap_statement *b)
{
    const double one = a->value * incmap_said_unit_metres(a->unit);
    const double other = b->value * incmap_said_unit_metres(b->unit);

    return fabs(one - other) <= 0.1 * fmax(one, other);
}

/* Whether nothing speaks against taking it before all that follow. */
static bool is_settled(const incmap__tokens *t, const incmap_statement *s, const incmap__figure *f)
{
    if (incmap__words_is_time(s->unit))
        return incmap__words_way_time(t, f->taken) == INCMAP__WAY_SURE;
    return incmap__words_has_end(t, f->taken);
}

bool incmap__figure_find(const incmap__tokens *t, size_t from, incmap_statement *out,
                         incmap__figure *f)
{
    const incmap_statement blank = *out;
    incmap__figure first = { .doubt = NULL };
    bool has_first = false;

    for (size_t at = from; at < t->count; at++) {
        incmap_statement tried = blank;
        incmap__figure found = { .doubt = NULL };
        if (!figure_with_hedges(t, at, &tried, &found)) continue;
        const char *other = incmap__words_other_measure(t, found.taken, tried.unit);
        at = found.taken.last - 1;
        if (other) {
            if (f->other) continue;
            f->other = other;
            f->other_at = found.taken;
        } else if (!has_first || is_settled(t, &tried, &found)) {
            if (has_first && say_the_same(out, &tried)) break;
            found.skipped = has_first;
            *out = tried;
            first = found;
            if (has_first || found.doubt || is_settled(t, &tried, &found)) {
                *f = first;
                return true;
            }
            has_first = true;
        }
    }
    if (has_first) *f = first;
    return has_first;
}
