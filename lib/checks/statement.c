/* SPDX-License-Identifier: MIT */
/* Reading a stated distance: first the figure with its unit and hedge, then what the sentence names,
 * and which of that is located, from where, and on the way to where. */
#include <incmap/statement.h>

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "checks/figure.h"
#include "checks/mention.h"

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
        "",          "some",     "about",     "roughly", "nearly",  "just over", "just under",
        "more than", "at least", "less than", "at most", "within",  "a couple",  "a few",
        "several",   "dozens",   "hundreds",  "near",    "a dozen",
    };
    return (size_t)hedge < INCMAP_HEDGE_COUNT ? names[hedge] : "";
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

/* ---- what turns it ------------------------------------------------------------------------------ */

/* Keeps the first words that could not be read. */
static void put_unread(const incmap__tokens *t, size_t from, size_t to, incmap_statement *out)
{
    char words[sizeof out->unread];
    const size_t start = t->items[from].start, length = t->items[to - 1].end - start;
    const size_t room = length < sizeof words ? length : sizeof words - 1;
    const size_t cut = incmap__utf8_cut(t->text + start, length, room);

    if (out->unread[0]) return;
    memcpy(words, t->text + start, cut);
    words[cut] = '\0';
    (void)incmap__text_copy(out->unread, sizeof out->unread, words);
}

/* Words that may stand between "not" and the figure that it denies. */
static bool is_bridge(const incmap__tokens *t, size_t at)
{
    static const char *const words[] = { "at", "in", "в",       "во",    "за",
                                         "на", "у",  "exactly", "ровно", "рівно" };
    return incmap__words_is_filler(&t->items[at]) ||
           incmap__token_is_one_of(t, at, words, sizeof words / sizeof *words);
}

static bool is_before_figure(const incmap__tokens *t, size_t at, incmap__taken taken)
{
    if (at > taken.first) return false;
    while (at < taken.first && is_bridge(t, at))
        at++;
    return at == taken.first;
}

/* A denial right before the figure, or of the whole sentence, is one of the distance; any other may
 * deny anything, and two of them nobody can be sure to have understood. */
static void find_denial(const incmap__tokens *t, incmap__taken taken, incmap_statement *out)
{
    for (size_t at = 0; at < t->count;) {
        incmap__denial denial = INCMAP__DENIAL_WORD;
        size_t n = incmap__words_near(t, at); /* "not far from" */
        bool whole;
        if (n || (at >= taken.first && at < taken.last) ||
            !(n = incmap__words_denial(t, at, &denial))) {
            at += n ? n : 1;
            continue;
        }
        whole = denial == INCMAP__DENIAL_SENTENCE && at < taken.first;
        if (!out->denied && (whole || is_before_figure(t, at + n, taken)))
            out->denied = true;
        else
            put_unread(t, at, at + n, out);
        at += n;
    }
}

/* Other words that make another statement of it, and a direction that does not say from what. */
static void find_turns(const incmap__tokens *t, incmap__taken taken, incmap_statement *out)
{
    double degrees;
    int points;

    for (size_t at = 0; at < t->count; at++) {
        const size_t n = incmap__words_turn(t, at);
        if (n && (at < taken.first || at >= taken.last)) put_unread(t, at, at + n, out);
    }
    if (isnan(out->direction_deg) && incmap__words_direction(t, taken.last, &degrees, &points))
        put_unread(t, taken.last, taken.last + 1, out);
}

/* ---- who is who ------------------------------------------------------------------------------- */

typedef struct {
    const incmap__tokens *t;
    incmap__mentions *m;
    incmap__taken taken;
    bool used[INCMAP__MENTIONS_MOST];
    size_t into, within; /* the mentions that say so */
    size_t last_used;
    bool has_figure;
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
    r->last_used = i;
    return true;
}

/* The first mention with that role that is not used yet. */
static bool take_role(reader *r, incmap__role role, incmap_statement_end *to)
{
    for (size_t i = 0; i < r->m->count; i++)
        if (!r->used[i] && r->m->items[i].role == role) return use(r, i, to);
    return false;
}

/* Fillers and adjectives of countries between two tokens are stepped over. */
static bool says_nothing(const incmap__tokens *t, size_t at)
{
    const char *country;
    return incmap__words_is_filler(&t->items[at]) || incmap__words_country(t, at, &country);
}

/* Whether nothing but such words lies between two tokens. */
static bool leads_to(const reader *r, size_t from, size_t to)
{
    while (from < to && says_nothing(r->t, from))
        from++;
    return from == to;
}

/* Whether a mention with its small word stands right behind the figure, the border or the place that
 * it says something of, or opens the sentence right before that place. */
static bool follows(const reader *r, size_t i)
{
    const incmap__mention *m = &r->m->items[i], *before = i ? m - 1 : NULL;

    if (m->role_at >= r->taken.last && leads_to(r, r->taken.last, m->role_at)) return true;
    if (before && before->end.kind != INCMAP_END_UNKNOWN)
        return leads_to(r, before->last + 1, m->role_at);
    return !before && m->role_at == 0 && i + 1 < r->m->count &&
           leads_to(r, m->last + 1, r->m->items[i + 1].role_at);
}

/* Whether a country says where something lies: "into Russia", "in Ukraine", "on Ukrainian soil". */
static bool says_side(const incmap__mention *m)
{
    return m->is_side ||
           (is_country(m) && (m->role == INCMAP__ROLE_INTO || m->role == INCMAP__ROLE_IN));
}

/* "in Ukraine": of a place right before it, which may be the one that is measured from. */
static void take_side(reader *r, size_t i, incmap_statement *out)
{
    const incmap__mention *m = &r->m->items[i];
    const bool loose = m->role == INCMAP__ROLE_IN && !follows(r, i);

    r->used[i] = true;
    if (loose || (m->is_side && m->end.kind == INCMAP_END_UNKNOWN && !m->end.name[0])) {
        put_unread(r->t, m->role_at, m->last + 1, out);
    } else if (out->into.kind) {
        if (strcmp(out->into.name, m->end.name) != 0 &&
            !(m->end.count && out->into.places[0] == m->end.places[0]))
            put_unread(r->t, m->role_at, m->last + 1, out);
    } else {
        out->into = m->end;
        r->into = i;
    }
}

/* "the Russia-Ukraine border": countries right before it name the border, which takes their small word.
 * Of "inside the Ukraine border" the country stays what it is: a side. */
static void name_border(reader *r)
{
    for (size_t i = r->m->count; i-- > 1;) {
        incmap__mention *border = &r->m->items[i], *country = border - 1;
        if (border->end.kind != INCMAP_END_BORDER || !is_country(country) ||
            country->last + 1 != border->first || country->role == INCMAP__ROLE_INTO ||
            country->role == INCMAP__ROLE_IN || country->role == INCMAP__ROLE_OVER)
            continue;
        r->used[i - 1] = true;
        border->role = country->role;
        border->role_at = country->role_at;
        border->first = country->first;
        if (i > 1 && is_country(country - 1) && country[-1].last + 1 == country->first) {
            r->used[i - 2] = true;
            border->role = country[-1].role;
            border->role_at = country[-1].role_at;
            border->first = country[-1].first;
        }
    }
}

/* "into Russia" says in which country; "the border with Ukraine" names what is known already. */
static void take_sides(reader *r, incmap_statement *out)
{
    name_border(r);
    for (size_t i = 0; i < r->m->count; i++) {
        const incmap__mention *m = &r->m->items[i];
        if (r->used[i]) continue;
        const bool after_border = i > 0 && r->m->items[i - 1].end.kind == INCMAP_END_BORDER &&
                                  (m->role == INCMAP__ROLE_WITH || m->role == INCMAP__ROLE_AND ||
                                   m->role == INCMAP__ROLE_BETWEEN);
        if (says_side(m))
            take_side(r, i, out);
        else if (after_border)
            r->used[i] = true;
        if (after_border && m->role == INCMAP__ROLE_BETWEEN && i + 1 < r->m->count)
            r->used[i + 1] = true;
    }
}

/* The region or district among the places that bear a name; NULL: none, or several. */
static const incmap_place *only_area(const incmap_statement_end *end)
{
    const incmap_place *area = NULL;

    for (size_t i = 0; i < end->count && i < INCMAP_END_PLACES; i++) {
        const incmap_place *place = end->places[i];
        if (place->kind != INCMAP_PLACE_REGION && place->kind != INCMAP_PLACE_DISTRICT) continue;
        if (area) return NULL;
        area = place;
    }
    return area;
}

/* "in the Belgorod region", behind the border or the place that lies there. With `rest` whatever is
 * left over: "in Poland", "in Sumy"; without, what can be nothing else. */
static void take_within(reader *r, bool rest, incmap_statement *out)
{
    for (size_t i = 0; i < r->m->count; i++) {
        const incmap__mention *m = &r->m->items[i];
        const incmap_place *area = only_area(&m->end);
        if (r->used[i] || is_line(m)) continue;
        if (m->role != INCMAP__ROLE_IN && !(rest && m->role == INCMAP__ROLE_INTO)) continue;
        if (rest ? !follows(r, i) : !area || m->end.count > 1) continue;
        r->used[i] = true;
        if (out->within.kind || !area || !follows(r, i)) {
            put_unread(r->t, m->role_at, m->last + 1, out);
            continue;
        }
        out->within = m->end;
        out->within.count = 1;
        out->within.places[0] = area;
        for (size_t k = 1; k < INCMAP_END_PLACES; k++)
            out->within.places[k] = NULL;
        r->within = i;
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
    /* A country that nothing joins to the figure may be that of the dateline. */
    for (size_t i = 0; i < r->m->count; i++)
        if (!r->used[i] && r->m->items[i].first >= r->taken.last &&
            !(r->has_figure && is_country(&r->m->items[i])))
            return use(r, i, to);
    return false;
}

/* Whether a name that no place bears is what is located: a comma, a word for being somewhere or the
 * figure follows it. "Governor Gladkov said" is no place. */
static bool is_subject(const reader *r, const incmap__mention *m)
{
    const size_t next = m->last + 1;

    if (next >= r->t->count || m->first > r->taken.first) return false;
    return is_before_figure(r->t, next, r->taken) || !r->t->items[next].joined ||
           incmap__words_is_verb(&r->t->items[next]);
}

/* What is located: a name before the figure, else one behind. Names that are found come first. */
static bool take_of(reader *r, incmap_statement_end *to)
{
    for (int known = 1; known >= 0; known--)
        for (size_t i = 0; i < r->m->count; i++) {
            const incmap__mention *m = &r->m->items[i];
            if (r->used[i] || is_line(m)) continue;
            if (r->has_figure && is_country(m) && m->first >= r->taken.last) continue;
            if (known && m->end.kind != INCMAP_END_PLACE) continue;
            if (!known && m->end.kind == INCMAP_END_UNKNOWN && !is_subject(r, m)) continue;
            return use(r, i, to);
        }
    return false;
}

/* "76 km from Sumy in Ukraine" says where Sumy lies: it has to be so by the data, or another Sumy is
 * meant. */
static void release_qualifiers(const reader *r, size_t reference, incmap_statement *out)
{
    const incmap_statement_end *end = &out->reference;
    const incmap_place *place = end->kind == INCMAP_END_PLACE ? end->places[0] : NULL;

    if (!place || place->kind == INCMAP_PLACE_COUNTRY) return;
    if (out->into.kind && r->into == reference + 1) {
        const incmap_place *in = out->into.count ? out->into.places[0] : NULL;
        if (!in || strcmp(in->country, place->country) != 0)
            put_unread(r->t, r->m->items[r->into].role_at, r->m->items[r->into].last + 1, out);
        out->into = (incmap_statement_end){ .kind = INCMAP_END_NONE };
    }
    if (out->within.kind && r->within == reference + 1) {
        if (!incmap__lies_in(place, out->within.places[0]))
            put_unread(r->t, r->m->items[r->within].role_at, r->m->items[r->within].last + 1, out);
        out->within = (incmap_statement_end){ .kind = INCMAP_END_NONE };
    }
}

/* "The border is 2 km from Kozinka" says the same of Kozinka. */
static void swap_ends(reader *r, incmap_statement *out)
{
    if (out->of.kind != INCMAP_END_NONE || out->reference.kind != INCMAP_END_PLACE) return;
    for (size_t i = 0; i < r->m->count && r->m->items[i].last < r->taken.first; i++) {
        if (r->used[i] || r->m->items[i].end.kind != INCMAP_END_BORDER ||
            r->m->items[i].role != INCMAP__ROLE_NONE)
            continue;
        out->of = out->reference;
        (void)use(r, i, &out->reference);
        return;
    }
}

static void assign_ends(reader *r, incmap_statement *out)
{
    size_t reference = INCMAP__MENTIONS_MOST;

    take_sides(r, out);
    take_within(r, false, out);
    (void)take_role(r, INCMAP__ROLE_TOWARD, &out->toward);
    if (take_pair(r, out)) {
        reference = r->last_used;
    } else {
        if (take_reference(r, &out->reference)) reference = r->last_used;
        (void)take_of(r, &out->of);
    }
    swap_ends(r, out);
    release_qualifiers(r, reference, out);
    /* "Kozinka to Moscow, 600 km": the one that is left is the other end. */
    if (out->reference.kind == INCMAP_END_NONE)
        (void)take_role(r, INCMAP__ROLE_TO, &out->reference);
    if (out->reference.kind == INCMAP_END_NONE && out->of.kind != INCMAP_END_NONE)
        (void)take_of(r, &out->reference);
    /* "500 m into Russia", "five miles inside Russia": counted from its border. */
    if (out->reference.kind == INCMAP_END_NONE && out->into.kind != INCMAP_END_NONE)
        out->reference.kind = INCMAP_END_BORDER;
    if (r->has_figure) take_within(r, true, out);
}

/* "600-mile front line", "a front line of 600 miles", "600 km long": the line itself is measured. */
static bool is_length(const reader *r)
{
    for (size_t i = 0; i < r->m->count; i++) {
        const incmap__mention *m = &r->m->items[i];
        if (!is_line(m)) continue;
        if (m->first == r->taken.last && m->role == INCMAP__ROLE_NONE) return true;
        /* "до границы 40 км" is no length, "граница 2000 км" is one */
        if (m->last + 1 == r->taken.first && m->role == INCMAP__ROLE_NONE) return true;
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
    if (incmap__words_is_time(out->unit))
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

/* The tokens of a figure as they are written, with what is joined to them. */
static void copy_figure(const incmap__tokens *t, size_t first, size_t last, char *words,
                        size_t size)
{
    const size_t end = t->items[last - 1].end;
    size_t start, room;

    while (first > 0 && t->items[first].glued)
        first--;
    start = t->items[first].start;
    if (start > 0 && t->text[start - 1] == '-') start--;
    room = end - start < size ? end - start : size - 1;
    room = incmap__utf8_cut(t->text + start, end - start, room);
    memcpy(words, t->text + start, room);
    words[room] = '\0';
}

/* What stands there cannot be read one way only. */
static incmap_status fail_doubt(const incmap__tokens *t, const incmap__figure *f, incmap_error *err)
{
    char words[96];

    copy_figure(t, f->from, f->to, words, sizeof words);
    return incmap__fail(err, INCMAP_EPARSE,
                        "statement: found \"%s\": %s; expected one number with a unit, a range "
                        "or a fraction such as 1/2",
                        words, f->doubt);
}

/* There are figures, but none of a distance. */
static incmap_status fail_other(const incmap__tokens *t, const incmap__figure *f, incmap_error *err)
{
    /* One word more on either side, for it is what tells. */
    const size_t first = f->other_at.first, last = f->other_at.last;
    char words[96];

    copy_figure(t, first > 0 ? first - 1 : first, last < t->count ? last + 1 : last, words,
                sizeof words);
    return incmap__fail(
        err, INCMAP_EPARSE,
        "statement: found \"%s\": %s; expected how far something is, or a word such "
        "as near or borders",
        words, f->other);
}

/* What else the words say of the figure. */
static void read_around(const incmap__tokens *t, incmap__taken taken, bool skipped,
                        incmap_statement *out)
{
    incmap_statement other = *out;
    incmap__figure second = { .doubt = NULL };

    out->more = incmap__figure_find(t, taken.last, &other, &second) || skipped;
    find_direction(t, out);
    if (!incmap__words_is_time(out->unit)) find_turns(t, taken, out);
}

static incmap_status read_tokens(incmap_ctx *ctx, const incmap_gazetteer *g,
                                 const incmap__tokens *t, incmap_statement *out)
{
    incmap__mentions mentions;
    reader r = { .t = t, .m = &mentions, .used = { false } };
    incmap__figure f = { .doubt = NULL };
    const bool has_figure = incmap__figure_find(t, 0, out, &f);
    incmap_status st;

    if (f.doubt) return fail_doubt(t, &f, &ctx->error);
    r.taken = f.taken;
    r.has_figure = has_figure;
    if (!has_figure && !find_words(t, out, &r.taken))
        return f.other ? fail_other(t, &f, &ctx->error) : fail_unread(t->text, &ctx->error);
    find_denial(t, r.taken, out);
    if (has_figure) read_around(t, r.taken, f.skipped, out);
    st = incmap__mentions_find(ctx, g, t, r.taken, &mentions);
    if (st) return st;
    assign_ends(&r, out);
    if (has_figure) choose_kind(&r, out);
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
