/* SPDX-License-Identifier: MIT */
/* The one sentence that says why a check came out as it did, with the figures that led there. */
#include <math.h>
#include <string.h>

#include <incmap/checks.h>
#include <incmap/distance.h>

#include "base/text.h"

typedef struct {
    char *buffer;
    size_t size, used;
    const incmap_statement *s;
    const incmap_check *check;
    incmap_unit unit;
} writer;

#define ADD(w, ...) incmap__text_add((w)->buffer, (w)->size, &(w)->used, __VA_ARGS__)

/* The statement's own unit, but kilometres where metres would be many. */
static incmap_unit unit_of(const incmap_statement *s, const incmap_check *check)
{
    if (s->unit == INCMAP_SAID_MILE) return INCMAP_UNIT_MI;
    if (s->unit == INCMAP_SAID_NAUTICAL_MILE) return INCMAP_UNIT_NMI;
    return s->unit == INCMAP_SAID_M && check->measured_m + check->band_m < 1000 ? INCMAP_UNIT_M
                                                                                : INCMAP_UNIT_KM;
}

static void add_band(writer *w, double value_m, double band_m)
{
    char text[INCMAP_MEASURE_TEXT_SIZE];

    ADD(w, "%s %s", incmap_measure_text(value_m, band_m, w->unit, text), incmap_unit_text(w->unit));
}

static size_t end_text(const writer *w, double metres, int decimals, char *text, size_t size)
{
    size_t length = 0;

    incmap__text_add(text, size, &length, "%.*f", decimals, metres / incmap_unit_metres(w->unit));
    incmap__text_point(text);
    /* Zeros behind the point say nothing here. */
    while (decimals > 0 && text[length - 1] == '0') {
        text[--length] = '\0';
        decimals--;
    }
    if (text[length - 1] == '.') text[length - 1] = '\0';
    return length;
}

/* Decimals for three digits. */
static int decimals_of(const writer *w, double metres)
{
    int decimals = 0;

    for (double v = metres / incmap_unit_metres(w->unit); decimals < 3 && v < 100; v *= 10)
        decimals++;
    return w->unit == INCMAP_UNIT_M ? 0 : decimals;
}

/* An end of an interval. */
static void add_end(writer *w, double metres)
{
    char text[48];

    (void)end_text(w, metres, decimals_of(w, metres), text, sizeof text);
    ADD(w, "%s", text);
}

/* Both ends, with so many digits that they are not the same: "755.5 to 756.5", not "756 to 756". */
static void add_ends(writer *w, double low, double high)
{
    const int most = 3;
    char first[48], second[48];

    for (int more = 0; more <= most; more++) {
        const int at_low = decimals_of(w, low) + more, at_high = decimals_of(w, high) + more;
        (void)end_text(w, low, at_low < most ? at_low : most, first, sizeof first);
        (void)end_text(w, high, at_high < most ? at_high : most, second, sizeof second);
        if (strcmp(first, second) != 0) break;
    }
    ADD(w, "%s to %s", first, second);
}

static void add_allowed(writer *w)
{
    const incmap_check *c = w->check;

    ADD(w, w->s->denied ? "the words deny " : "the words allow ");
    if (isinf(c->most_m)) {
        add_end(w, c->least_m);
        ADD(w, " %s and more", incmap_unit_text(w->unit));
        return;
    }
    add_ends(w, c->least_m, c->most_m);
    ADD(w, " %s", incmap_unit_text(w->unit));
    if (!isnan(c->converted))
        ADD(w, " (it reads as %s %s converted)", incmap__number(c->converted).text,
            incmap_said_unit_text(c->converted_unit));
}

static const char *name_of(const incmap_place *place)
{
    return place ? incmap_place_name_in(place, "en") : "";
}

static void add_measured(writer *w)
{
    const incmap_check *c = w->check;

    ADD(w, "measured ");
    add_band(w, c->measured_m, c->band_m);
    if (c->band_most_m > c->band_m) {
        ADD(w, " (±");
        add_end(w, c->band_most_m);
        ADD(w, " with unknown extents at their most)");
    }
    ADD(w, ", ");
    add_allowed(w);
}

static void add_extent(writer *w)
{
    const incmap_check *c = w->check;

    add_measured(w);
    if (!isnan(c->deciding_m)) {
        ADD(w, ": not so for the point of %s, but possible for its edge if it reaches ",
            name_of(c->deciding_place));
        const incmap_unit unit = w->unit;
        if (c->deciding_m < 1000) w->unit = INCMAP_UNIT_M;
        add_end(w, c->deciding_m);
        ADD(w, " %s or more around that point; its extent, which nobody gives, would decide",
            incmap_unit_text(w->unit));
        w->unit = unit;
        return;
    }
    ADD(w,
        ": %s for the point of %s, %s for what it may cover; its extent, which nobody gives, would "
        "decide",
        incmap_check_verdict_text(c->with_zero), name_of(c->deciding_place),
        incmap_check_verdict_text(c->with_most));
}

static void add_way(writer *w)
{
    const incmap_check *c = w->check;
    char text[INCMAP_MEASURE_TEXT_SIZE];

    ADD(w, "reached on the way from %s toward %s, ", name_of(c->of),
        w->s->toward.count ? name_of(w->s->toward.places[0]) : "");
    if (isnan(c->at_m)) {
        ADD(w, "within the band of its end");
    } else {
        ADD(w, "%s km along it",
            incmap_measure_text(c->at_m, fmax(c->band_m, 100), INCMAP_UNIT_KM, text));
    }
    if (c->before || c->behind) {
        ADD(w, ", %s", c->before && c->behind ? "between " : c->before ? "beyond " : "short of ");
        if (c->before) {
            ADD(w, "%s (", name_of(c->before));
            add_end(w, c->before_m);
            ADD(w, " %s)%s", incmap_unit_text(w->unit), c->behind ? " and " : "");
        }
        if (c->behind) {
            ADD(w, "%s (", name_of(c->behind));
            add_end(w, c->behind_m);
            ADD(w, " %s)", incmap_unit_text(w->unit));
        }
    }
    ADD(w, "; ");
    add_allowed(w);
}

static void add_time(writer *w)
{
    const incmap_check *c = w->check;

    ADD(w, "a time is no distance; over the ");
    add_band(w, c->measured_m, c->band_most_m);
    ADD(w, " as the crow flies it takes %.0f to %.0f km/h, which is %splausible; roads are longer",
        c->speed_least_kmh, c->speed_most_kmh, c->plausible ? "" : "not ");
}

static const char *end_name(const incmap_statement_end *end)
{
    return end->name[0] ? end->name : "the other end";
}

/* The end that is not there. */
static const incmap_statement_end *missing(const incmap_statement *s, incmap_end_kind kind)
{
    if (s->of.kind == kind) return &s->of;
    return s->reference.kind == kind ? &s->reference : &s->toward;
}

static const char *side_words(incmap_side side)
{
    if (side == INCMAP_SIDE_INSIDE || side == INCMAP_SIDE_OUTSIDE)
        return "so near the border that the side is not certain";
    return side == INCMAP_SIDE_BOTH ? "in both countries' outlines"
                                    : "in neither country's outline";
}

static void add_unread(writer *w)
{
    const incmap_statement *s = w->s;

    if (s->unread[0])
        ADD(w, "the words \"%s\" may change what is stated, and were not understood", s->unread);
    else
        ADD(w,
            "the words put it in or on \"%s\", which was not understood as a side of this border",
            s->into.name);
}

/* The area whose outline is not known. */
static void add_area(writer *w)
{
    const incmap_check *c = w->check;
    const bool reference = c->reference && w->s->reference.count &&
                           c->reference->kind != INCMAP_PLACE_BORDER_POST &&
                           !(INCMAP_PLACE_BIT(c->reference->kind) & INCMAP_PLACE_SETTLEMENTS);

    ADD(w, "where %s ends is not known: the data have a point and a size of it, but no outline",
        name_of(reference ? c->reference : c->of));
}

static void add_denied(writer *w)
{
    static const char *const texts[] = {
        [INCMAP_CHECK_CANNOT_TELL] = "what they deny may be so or not",
        [INCMAP_CHECK_CONSISTENT] = "what they deny is not so by the data",
        [INCMAP_CHECK_INCONSISTENT] = "all that was measured lies within what they deny",
    };

    add_measured(w);
    if (w->check->verdict == INCMAP_CHECK_CANNOT_TELL && w->s->into.kind)
        ADD(w, ": they may deny the distance or the side");
    else if (w->check->verdict <= INCMAP_CHECK_INCONSISTENT)
        ADD(w, ": %s", texts[w->check->verdict]);
}

/* By their kinds, which the words may say; two of one kind by their keys. */
static void add_namesakes(writer *w)
{
    const incmap_check *c = w->check;

    if (!c->namesakes[0] || !c->namesakes[1]) return;
    for (int i = 0; i < 2; i++) {
        const incmap_place *p = c->namesakes[i];
        const bool by_kind = c->namesakes[0]->kind != c->namesakes[1]->kind;
        ADD(w, "%s %s for %s%s", i ? "," : ":", incmap_check_verdict_text(c->verdicts[i]),
            by_kind ? "the " : "", by_kind ? incmap_place_kind_text(p->kind) : p->key);
    }
}

static void add_plain(writer *w)
{
    const incmap_check *c = w->check;
    const incmap_statement *s = w->s;

    switch (c->why) {
    case INCMAP_WHY_NAME:
        ADD(w, "%s is the name of %zu places, which do not lead to one verdict",
            end_name(s->of.count > 1       ? &s->of
                     : s->toward.count > 1 ? &s->toward
                                           : &s->reference),
            s->of.count > 1       ? s->of.count
            : s->toward.count > 1 ? s->toward.count
                                  : s->reference.count);
        add_namesakes(w);
        break;
    case INCMAP_WHY_NO_LINE:
        ADD(w, "the data hold no such line: %s", end_name(missing(s, INCMAP_END_LINE)));
        break;
    case INCMAP_WHY_NO_PLACE:
        ADD(w, "no place with a position is known by the name %s",
            end_name(s->of.kind == INCMAP_END_PLACE && s->of.count && !s->of.places[0]->located
                         ? &s->of
                         : missing(s, INCMAP_END_UNKNOWN)));
        break;
    case INCMAP_WHY_NOT_NAMED:
        ADD(w, "the words do not say %s",
            s->of.kind == INCMAP_END_NONE ? "what lies there" : "from where the distance counts");
        break;
    case INCMAP_WHY_NO_SIDE:
        ADD(w, "%s lies %s by the data: no side", name_of(c->of), side_words(c->depth.side));
        break;
    case INCMAP_WHY_ON_BORDER:
        ADD(w, "the position of %s was computed from the border: it is no measurement",
            name_of(c->of));
        break;
    case INCMAP_WHY_UNREAD: add_unread(w); break;
    case INCMAP_WHY_AREA: add_area(w); break;
    case INCMAP_WHY_ELSEWHERE:
        ADD(w, "the data do not show %s in %s: another place may be meant", end_name(&s->of),
            end_name(&s->within));
        break;
    case INCMAP_WHY_LENGTH: ADD(w, "how long a border is depends on how finely it is drawn"); break;
    case INCMAP_WHY_NEARNESS: ADD(w, "the words give no figure that could be measured"); break;
    default: ADD(w, "the words give no figure to compare with"); break;
    }
}

static void add_direction(writer *w)
{
    const incmap_check *c = w->check;

    add_measured(w);
    ADD(w, "; but it lies %s (%.0f°) of %s, not %s", incmap_compass_text(c->azimuth_deg, 16),
        c->azimuth_deg, c->reference ? name_of(c->reference) : "the border",
        incmap_compass_text(w->s->direction_deg, 16));
}

size_t incmap_check_why_text(const incmap_statement *statement, const incmap_check *check,
                             char *buffer, size_t size)
{
    writer w = { buffer, size, 0, statement, check, INCMAP_UNIT_KM };

    if (!statement || !check || !buffer || !size) return 0;
    buffer[0] = '\0';
    w.unit = unit_of(statement, check);
    switch (check->why) {
    case INCMAP_WHY_WITHIN:
        add_measured(&w);
        ADD(&w, ": they agree");
        if (!isnan(check->azimuth_deg))
            ADD(&w, ", and so does the direction, %s (%.0f°)",
                incmap_compass_text(check->azimuth_deg, 16), check->azimuth_deg);
        break;
    case INCMAP_WHY_OUTSIDE:
        add_measured(&w);
        ADD(&w, ": they have nothing in common");
        break;
    case INCMAP_WHY_BAND:
        add_measured(&w);
        ADD(&w, ": half and twice the figure would agree as well");
        break;
    case INCMAP_WHY_LIMIT:
        add_measured(&w);
        ADD(&w, ": too near that limit to say");
        break;
    case INCMAP_WHY_SIDE:
        add_measured(&w);
        ADD(&w, "; but %s lies on the other side, and that is certain", name_of(check->of));
        break;
    case INCMAP_WHY_DIRECTION: add_direction(&w); break;
    case INCMAP_WHY_EXTENT: add_extent(&w); break;
    case INCMAP_WHY_ON_THE_WAY: add_way(&w); break;
    case INCMAP_WHY_TRAVEL_TIME: add_time(&w); break;
    case INCMAP_WHY_DENIED:
    case INCMAP_WHY_DENIED_OPEN: add_denied(&w); break;
    default: add_plain(&w); break;
    }
    if (w.used >= size) buffer[incmap__utf8_cut(buffer, size - 1, size - 1)] = '\0';
    return w.used;
}
