/* SPDX-License-Identifier: MIT */
/* Reading a stated distance: first the figure with its unit and hedge, then what the sentence names,
 * and which of that is located, from where, and on the way to where. */
#include <incmap/statement.h>

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "checks/mention.h"
#include "checks/rounding.h"

const char *incmap_statement_kind_text(incmap_statement_kind kind)
{
    static const char *const names[] = { "unread", "depth",     "distance",   "travel_time",
                                         "length", "adjacency", "qualitative" };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : names[0];
}

const char *incmap_said_unit_text(incmap_said_unit unit)
{
    static const char *const names[] = { "",      "m",    "km",   "mile", "nautical_mile",
                                         "verst", "yard", "foot", "min",  "hour" };
    return (size_t)unit < sizeof names / sizeof *names ? names[unit] : "";
}

double incmap_said_unit_metres(incmap_said_unit unit)
{
    static const double metres[] = { NAN, 1, 1000, 1609.344, 1852, 1066.8, 0.9144, 0.3048 };
    return (size_t)unit < sizeof metres / sizeof *metres ? metres[unit] : NAN;
}

const char *incmap_hedge_text(incmap_hedge hedge)
{
    static const char *const names[INCMAP_HEDGE_COUNT] = {
        "",           "some",      "about",    "roughly",   "nearly",   "just over",
        "just under", "more than", "at least", "less than", "at most",  "within",
        "a couple",   "a few",     "several",  "dozens",    "hundreds", "near",
    };
    return (size_t)hedge < INCMAP_HEDGE_COUNT ? names[hedge] : "";
}

/* ---- the figure ------------------------------------------------------------------------------- */

static bool is_time(incmap_said_unit unit)
{
    return unit == INCMAP_SAID_MINUTE || unit == INCMAP_SAID_HOUR;
}

/* The hedge that ends right before a token; *first goes back to where it begins. */
static void hedge_before(const incmap__tokens *t, size_t *first, incmap_hedge *hedge)
{
    const size_t longest = 4;
    size_t end = *first;

    /* "more than a few", "only about": an article or small word may stand between. */
    if (end > 0 &&
        (strcmp(t->items[end - 1].key, "a") == 0 || strcmp(t->items[end - 1].key, "an") == 0))
        end--;
    for (size_t n = longest; n > 0; n--) {
        incmap_hedge found;
        if (end < n || incmap__words_hedge(t, end - n, &found) != n) continue;
        *first = end - n;
        *hedge = found;
        return;
    }
}

static bool key_is(const incmap__tokens *t, size_t at, const char *key)
{
    return at < t->count && strcmp(t->items[at].key, key) == 0;
}

/* The other end of a range behind a number: "5 to 7 km", "5-7 km", "between 5 and 7 km". */
static size_t range_at(const incmap__tokens *t, size_t at, incmap__stated_number *out)
{
    static const char *const words[] = { "to", "and", "or", "до", "и", "или", "і", "та" };
    size_t n;

    if (at < t->count && t->items[at].hyphenated && t->items[at].is_number)
        return incmap__words_number(t, at, out);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!key_is(t, at, words[i])) continue;
        n = incmap__words_number(t, at + 1, out);
        return n ? n + 1 : 0;
    }
    return 0;
}

/* A range is its middle, rounded to its whole width and that of its ends. */
static void put_number(incmap_statement *out, incmap__stated_number low,
                       const incmap__stated_number *high)
{
    out->value = low.value;
    out->printed_step = low.step;
    out->step = isnan(low.value) ? 0 : incmap__rounding_step(low.value, low.step);
    if (!high || !(high->value > low.value)) return;
    out->value = (low.value + high->value) / 2;
    out->step = high->value - low.value + incmap__rounding_step(low.value, low.step);
}

/* "в километре от границы": one, without a number. */
static size_t single_unit_at(const incmap__tokens *t, size_t at, incmap_statement *out)
{
    static const char *const words[] = { "километре", "кілометрі", "миле", "версте" };
    static const incmap_said_unit units[] = { INCMAP_SAID_KM, INCMAP_SAID_KM, INCMAP_SAID_MILE,
                                              INCMAP_SAID_VERST };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!key_is(t, at, words[i])) continue;
        out->unit = units[i];
        put_number(out, (incmap__stated_number){ 1, 1, true }, NULL);
        out->hedge = INCMAP_HEDGE_NONE;
        return 1;
    }
    return 0;
}

/* Whether a figure, or what stands for one, begins here and has a unit behind it. */
static size_t figure_at(const incmap__tokens *t, size_t at, incmap_statement *out)
{
    incmap__stated_number number = { NAN, 0, false }, high;
    incmap_hedge vague = INCMAP_HEDGE_NONE;
    size_t n = incmap__words_vague(t, at, &vague), unit, half, range;

    if (!n) n = incmap__words_number(t, at, &number);
    if (!n) return single_unit_at(t, at, out);
    range = isnan(number.value) ? 0 : range_at(t, at + n, &high);
    n += range;
    if (key_is(t, at + n, "of")) n++; /* "a quarter of a" */
    if (key_is(t, at + n, "a")) n++;
    unit = incmap__words_unit(t, at + n, &out->unit);
    if (!unit) return 0;
    n += unit;
    half = incmap__words_half(t, at + n);
    if (half) {
        number.value += 0.5;
        number.step = fmin(number.step, 0.5);
    }
    put_number(out, number, range ? &high : NULL);
    out->hedge = vague;
    return n + half;
}

/* The first figure of the sentence: fills in value, unit and hedge, and what tokens they take. */
static bool find_figure(const incmap__tokens *t, size_t from, incmap_statement *out,
                        incmap__taken *taken)
{
    for (size_t at = from; at < t->count; at++) {
        const size_t n = figure_at(t, at, out);
        incmap_hedge behind;
        size_t more;
        if (!n) continue;
        *taken = (incmap__taken){ at, at + n };
        if (out->hedge == INCMAP_HEDGE_NONE) hedge_before(t, &taken->first, &out->hedge);
        more = incmap__words_hedge_behind(t, taken->last, &behind);
        if (more && out->hedge == INCMAP_HEDGE_NONE) out->hedge = behind;
        taken->last += more;
        return true;
    }
    return false;
}

/* "southeast of", "к северо-востоку от", "севернее": a direction counts where it says from what. */
static void find_direction(const incmap__tokens *t, incmap_statement *out)
{
    for (size_t at = 0; at < t->count; at++) {
        double degrees;
        int points;
        incmap__role role = INCMAP__ROLE_NONE;
        const size_t n = incmap__words_direction(t, at, &degrees, &points);
        if (!n) continue;
        (void)incmap__words_role(t, at + n, &role);
        const char *key = t->items[at + n - 1].key;
        const size_t length = strlen(key);
        /* севернее, юго-восточнее, північніше */
        const bool compared = (length > 4 && strcmp(key + length - 4, "ее") == 0) ||
                              (length > 6 && strcmp(key + length - 6, "іше") == 0);
        if (role != INCMAP__ROLE_FROM && !compared) continue;
        out->direction_deg = degrees;
        out->direction_points = points;
        return;
    }
}

/* ---- who is who ------------------------------------------------------------------------------- */

typedef struct {
    const incmap__tokens *t;
    incmap__mentions *m;
    incmap__taken taken;
    bool used[INCMAP__MENTIONS_MOST];
} reader;

static bool is_line(const incmap__mention *m)
{
    return m->end.kind == INCMAP_END_BORDER || m->end.kind == INCMAP_END_LINE;
}

static bool is_country(const incmap__mention *m)
{
    return m->end.kind == INCMAP_END_PLACE && m->end.places[0]->kind == INCMAP_PLACE_COUNTRY;
}

static bool use(reader *r, size_t i, incmap_statement_end *to)
{
    *to = r->m->items[i].end;
    r->used[i] = true;
    return true;
}

/* The first mention with that role that is not used yet. */
static bool take_role(reader *r, incmap__role role, incmap_statement_end *to)
{
    for (size_t i = 0; i < r->m->count; i++)
        if (!r->used[i] && r->m->items[i].role == role) return use(r, i, to);
    return false;
}

/* "into Russia" says in which country; "the border with Ukraine" names what is known already. */
static void take_sides(reader *r, incmap_statement *out)
{
    for (size_t i = 0; i < r->m->count; i++) {
        const incmap__mention *m = &r->m->items[i];
        const bool after_border = i > 0 && r->m->items[i - 1].end.kind == INCMAP_END_BORDER &&
                                  (m->role == INCMAP__ROLE_WITH || m->role == INCMAP__ROLE_AND ||
                                   m->role == INCMAP__ROLE_BETWEEN);
        if (m->role == INCMAP__ROLE_INTO && is_country(m) && !out->into.kind)
            (void)use(r, i, &out->into);
        else if (after_border)
            r->used[i] = true;
        if (after_border && m->role == INCMAP__ROLE_BETWEEN && i + 1 < r->m->count)
            r->used[i + 1] = true;
    }
}

static bool take_after(reader *r, incmap_statement_end *to)
{
    for (size_t i = 0; i < r->m->count; i++) {
        const incmap__mention *m = &r->m->items[i];
        if (r->used[i] || m->first < r->taken.first) continue;
        if (m->role == INCMAP__ROLE_FROM || m->role == INCMAP__ROLE_OVER ||
            (m->role == INCMAP__ROLE_TO) || (m->role == INCMAP__ROLE_INTO && is_line(m)))
            return use(r, i, to);
    }
    return false;
}

/* "From A to B", "between A and B": A is located from B. */
static bool take_pair(reader *r, incmap_statement *out)
{
    for (size_t i = 0; i + 1 < r->m->count; i++) {
        const incmap__role a = r->m->items[i].role, b = r->m->items[i + 1].role;
        if (r->used[i] || r->used[i + 1]) continue;
        if (!((a == INCMAP__ROLE_FROM && b == INCMAP__ROLE_TO) ||
              (a == INCMAP__ROLE_BETWEEN && b == INCMAP__ROLE_AND)))
            continue;
        if (is_line(&r->m->items[i])) { /* "from the border to Kozinka" */
            (void)use(r, i + 1, &out->of);
            return use(r, i, &out->reference);
        }
        (void)use(r, i, &out->of);
        return use(r, i + 1, &out->reference);
    }
    return false;
}

/* A border or another line first, then what stands behind "from", then anything. */
static bool take_reference(reader *r, incmap_statement_end *to)
{
    if (take_after(r, to)) return true;
    for (size_t i = 0; i < r->m->count; i++)
        if (!r->used[i] && is_line(&r->m->items[i])) return use(r, i, to);
    if (take_role(r, INCMAP__ROLE_FROM, to)) return true;
    for (size_t i = 0; i < r->m->count; i++)
        if (!r->used[i] && r->m->items[i].first >= r->taken.last) return use(r, i, to);
    return false;
}

/* Whether a name that no place bears is what is located: a comma, a word for being somewhere or the
 * figure follows it. "Governor Gladkov said" is no place. */
static bool is_subject(const reader *r, const incmap__mention *m)
{
    const size_t next = m->last + 1;

    if (next >= r->t->count || m->first > r->taken.first) return false;
    return next == r->taken.first || !r->t->items[next].joined ||
           incmap__words_is_verb(&r->t->items[next]);
}

/* What is located: a name before the figure, else one behind. Names that are found come first. */
static bool take_of(reader *r, incmap_statement_end *to)
{
    for (int known = 1; known >= 0; known--)
        for (size_t i = 0; i < r->m->count; i++) {
            const incmap__mention *m = &r->m->items[i];
            if (r->used[i] || is_line(m)) continue;
            if (known && m->end.kind != INCMAP_END_PLACE) continue;
            if (!known && m->end.kind == INCMAP_END_UNKNOWN && !is_subject(r, m)) continue;
            return use(r, i, to);
        }
    return false;
}

static void assign_ends(reader *r, incmap_statement *out)
{
    take_sides(r, out);
    (void)take_role(r, INCMAP__ROLE_TOWARD, &out->toward);
    if (!take_pair(r, out)) {
        (void)take_reference(r, &out->reference);
        (void)take_of(r, &out->of);
    }
    /* "Kozinka to Moscow, 600 km": the one that is left is the other end. */
    if (out->reference.kind == INCMAP_END_NONE)
        (void)take_role(r, INCMAP__ROLE_TO, &out->reference);
    if (out->reference.kind == INCMAP_END_NONE && out->of.kind != INCMAP_END_NONE)
        (void)take_of(r, &out->reference);
    /* "500 m into Russia", "five miles inside Russia": counted from its border. */
    if (out->reference.kind == INCMAP_END_NONE && out->into.kind == INCMAP_END_PLACE)
        out->reference.kind = INCMAP_END_BORDER;
}

/* "600-mile front line", "a front line of 600 miles", "600 km long": the line itself is measured. */
static bool is_length(const reader *r)
{
    for (size_t i = 0; i < r->m->count; i++) {
        const incmap__mention *m = &r->m->items[i];
        if (!is_line(m)) continue;
        if (m->first == r->taken.last && m->role == INCMAP__ROLE_NONE) return true;
        if (m->last + 1 == r->taken.first) return true;
        if (m->last + 2 == r->taken.first && strcmp(r->t->items[m->last + 1].key, "of") == 0)
            return true;
        if (m->first == r->taken.last + 1 && strcmp(r->t->items[r->taken.last].key, "long") == 0)
            return true;
        if (m->first < r->taken.first && r->taken.last < r->t->count &&
            strcmp(r->t->items[r->taken.last].key, "long") == 0)
            return true;
    }
    return false;
}

static void choose_kind(const reader *r, incmap_statement *out)
{
    if (is_time(out->unit))
        out->kind = INCMAP_STATEMENT_TRAVEL_TIME;
    else if (is_length(r))
        out->kind = INCMAP_STATEMENT_LENGTH;
    else if (out->reference.kind == INCMAP_END_BORDER)
        out->kind = INCMAP_STATEMENT_DEPTH;
    else
        out->kind = INCMAP_STATEMENT_DISTANCE;
}

/* No figure: a word for nearness or for a common border may be there. */
static bool find_words(const incmap__tokens *t, incmap_statement *out, incmap__taken *taken)
{
    for (int near = 0; near < 2; near++)
        for (size_t at = 0; at < t->count; at++) {
            const size_t n = near ? incmap__words_near(t, at) : incmap__words_adjacent(t, at);
            if (!n) continue;
            *taken = (incmap__taken){ at, at + n };
            out->kind = near ? INCMAP_STATEMENT_QUALITATIVE : INCMAP_STATEMENT_ADJACENCY;
            out->hedge = near ? INCMAP_HEDGE_NEAR : INCMAP_HEDGE_NONE;
            return true;
        }
    return false;
}

static incmap_status fail_unread(const char *text, incmap_error *err)
{
    char start[64];

    (void)incmap__text_copy(start, sizeof start, text);
    return incmap__fail(err, INCMAP_EPARSE,
                        "statement: found no distance in \"%s%s\", expected a number (or a few, "
                        "several) with a unit of length or time, or a word such as near or borders",
                        start, strlen(text) >= sizeof start ? "..." : "");
}

static incmap_status read_tokens(incmap_ctx *ctx, const incmap_gazetteer *g,
                                 const incmap__tokens *t, incmap_statement *out)
{
    incmap__mentions mentions;
    reader r = { .t = t, .m = &mentions, .used = { false } };
    const bool figure = find_figure(t, 0, out, &r.taken);
    incmap_status st;

    if (!figure && !find_words(t, out, &r.taken)) return fail_unread(t->text, &ctx->error);
    if (figure) {
        incmap_statement other = *out;
        incmap__taken second;
        out->more = find_figure(t, r.taken.last, &other, &second);
        find_direction(t, out);
    }
    st = incmap__mentions_find(ctx, g, t, r.taken, &mentions);
    if (st) return st;
    assign_ends(&r, out);
    if (figure) choose_kind(&r, out);
    return INCMAP_OK;
}

incmap_status incmap_statement_read(incmap_ctx *ctx, const incmap_gazetteer *gazetteer,
                                    const char *text, incmap_statement *out)
{
    incmap_statement statement = { .value = NAN, .direction_deg = NAN };
    incmap__tokens tokens;
    incmap_status st;

    if (!ctx || !gazetteer || !text || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "read statement: NULL");
    st = incmap__tokens_read(&tokens, text, &ctx->allocator, &ctx->error);
    if (!st) st = read_tokens(ctx, gazetteer, &tokens, &statement);
    if (!st) *out = statement;
    return st;
}
