/* SPDX-License-Identifier: MIT */
/* What was reported, when, where and by whom? Prints the incidents in the order of time with their
 * depth behind the border, and who puts how many killed and injured, side by side. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/table.h"
#include "common/text.h"
#include "common/wording.h"

static data_options chosen;
static const char *unit_name, *only;
static bool as_csv, with_claims, only_tally;

typedef struct {
    data d;
    size_t *order; /* indices of the incidents to print */
    size_t n;
    incmap_depth *depths; /* by index of incident */
    incmap_placed *placed;
    incmap_unit unit;
} job;

static const incmap_incident *incident(const job *j, size_t i)
{
    return incmap_dataset_incident(j->d.dataset, i);
}

/* ---- choosing and measuring ------------------------------------------------------------------- */

typedef struct {
    int64_t first, before;
    size_t index;
} time_key;

/* What has no known beginning stands by its end. */
static time_key key_of(const incmap_incident *inc, size_t index)
{
    const int64_t before = inc->when.before == INCMAP_DAY_OPEN ? INT64_MAX : inc->when.before;
    const int64_t first = inc->when.earliest != INCMAP_DAY_OPEN ? inc->when.earliest
                          : before == INT64_MAX                 ? INT64_MAX
                                                                : before - 1;

    return (time_key){ first, before, index };
}

static int earlier_first(const void *a, const void *b)
{
    const time_key *x = a, *y = b;

    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void sort_all(job *j)
{
    time_key *keys = need(calloc(j->n + 1, sizeof *keys));

    for (size_t i = 0; i < j->n; i++)
        keys[i] = key_of(incident(j, j->order[i]), j->order[i]);
    qsort(keys, j->n, sizeof *keys, earlier_first);
    for (size_t i = 0; i < j->n; i++)
        j->order[i] = keys[i].index;
    free(keys);
}

static int choose(job *j)
{
    const size_t count = incmap_dataset_incident_count(j->d.dataset);

    j->order = need(calloc(count + 1, sizeof *j->order));
    j->depths = need(calloc(count + 1, sizeof *j->depths));
    j->placed = need(calloc(count + 1, sizeof *j->placed));
    for (size_t i = 0; i < count; i++)
        if (!only || strcmp(incident(j, i)->id, only) == 0) j->order[j->n++] = i;
    if (only && !j->n) return complain(NO_ANSWER, "no incident has the id \"%s\"", only);
    sort_all(j);
    return DONE;
}

static int ask(job *j, size_t n_words)
{
    incmap_status st = INCMAP_OK;
    int status = read_unit(unit_name, &j->unit);

    if (!status && n_words) status = wrong_usage("this program takes options only");
    if (!status && with_claims && only_tally)
        status = wrong_usage("--list-claims and --tally exclude one another");
    if (!status) status = data_load(&j->d, &chosen, true);
    if (!status) status = choose(j);
    for (size_t i = 0; !status && !st && i < j->n; i++)
        st = incmap_incident_measure(j->d.ctx, incident(j, j->order[i]), j->d.border,
                                     &j->depths[j->order[i]], &j->placed[j->order[i]]);
    return st ? complain_of(j->d.ctx, st) : status;
}

/* ---- wording ---------------------------------------------------------------------------------- */

/* The date, broken before its second end, and the precision where the figures do not show it. */
static char *date_words(const incmap_date *when)
{
    char buffer[INCMAP_DATE_TEXT_SIZE], *text = NULL;
    const char *whole = incmap_date_text(when, buffer), *to = strstr(whole, " to ");

    if (to) {
        text_append(&text, "%.*s to" LINE_BREAK "%s", (int)(to - whole), whole, to + 4);
    } else {
        text_append(&text, "%s", whole);
    }
    if (when->precision == INCMAP_DATE_SEASON || when->precision == INCMAP_DATE_RANGE)
        text_append(&text, LINE_BREAK "(%s)", incmap_date_precision_text(when->precision));
    return text;
}

static char *place_words(const incmap_incident *inc)
{
    const incmap_place *p = inc->post ? inc->post : inc->place;
    char *label = p ? place_label(p) : need_copy(inc->located ? "at a position" : "-");

    if (inc->post) text_append(&label, "%s", " (border post)");
    if (!p && inc->place_asked[0]) {
        char *asked = text_clean(inc->place_asked);
        const bool several = inc->place_verdict == INCMAP_VERDICT_AMBIGUOUS;
        text_append(&label, LINE_BREAK "\"%s\" %s", asked, several ? "is ambiguous" : "not found");
        free(asked);
    }
    text_append(&label, LINE_BREAK "%s", "");
    if (p && inc->located && (p->at.lat != inc->at.lat || p->at.lon != inc->at.lon))
        text_append(&label, "%s", "own position, ");
    if (inc->location_precision == INCMAP_LOCATION_UNKNOWN) {
        text_append(&label, "%s", "precision unknown");
    } else {
        const char *precision = incmap_location_precision_text(inc->location_precision);
        text_append(&label, "%s",
                    inc->location_precision == INCMAP_LOCATION_EXACT_SITE ? "exact site"
                                                                          : precision);
        if (inc->location_precision < INCMAP_LOCATION_SETTLEMENT)
            text_append(&label, "%s", " only");
    }
    return label;
}

/* Known only to lie in an area that reaches the border: the side that its one point has is no
 * answer. */
static bool is_open(const job *j, size_t i)
{
    const incmap_depth *depth = &j->depths[i];

    return j->placed[i] == INCMAP_PLACED_MEASURED && !depth->side_certain &&
           incident(j, i)->location_precision < INCMAP_LOCATION_SETTLEMENT &&
           (depth->side == INCMAP_SIDE_INSIDE || depth->side == INCMAP_SIDE_OUTSIDE);
}

static char *depth_words(const job *j, size_t i)
{
    incmap_depth shown = j->depths[i];
    char *depth, *side, *text;

    if (j->placed[i] == INCMAP_PLACED_NOWHERE) return need_copy("no position");
    if (j->placed[i] == INCMAP_PLACED_ON_BORDER) return need_copy("on the border");
    if (is_open(j, i)) { /* a sign would be a side */
        shown.depth_m = fabs(shown.depth_m);
        shown.side = INCMAP_SIDE_NEITHER;
    }
    depth = depth_text(&shown, j->unit);
    side = is_open(j, i) ? need_copy("side open") : side_words(&j->d, &j->depths[i]);
    text = text_format("%s" LINE_BREAK "%s", depth, side);
    free(depth);
    free(side);
    return text;
}

/* The claimant at the head of a part_of chain. The walk ends after as many steps as there are
 * claimants, for somebody's table may go round in a circle. */
static const incmap_claimant *head_of(const job *j, const incmap_claimant *c)
{
    const size_t count = incmap_dataset_claimant_count(j->d.dataset);

    for (size_t steps = 0; c->part_of[0] && steps < count; steps++)
        for (size_t i = 0; i < count; i++) {
            const incmap_claimant *other = incmap_dataset_claimant(j->d.dataset, i);
            if (strcmp(other->key, c->part_of) != 0) continue;
            c = other;
            break;
        }
    return c;
}

/* Counts of equal texts in the order in which they were met. */
typedef struct {
    struct {
        const char *text; /* borrowed */
        size_t all, denies, doubts;
    } * items;
    size_t n;
} counts;

static void count(counts *c, const char *text, incmap_polarity polarity)
{
    size_t i = 0;

    while (i < c->n && strcmp(c->items[i].text, text) != 0)
        i++;
    if (i == c->n) {
        c->items = need(realloc(c->items, (c->n + 1) * sizeof *c->items));
        memset(&c->items[c->n], 0, sizeof *c->items);
        c->items[c->n++].text = text;
    }
    c->items[i].all++;
    c->items[i].denies += polarity == INCMAP_POLARITY_DENIES;
    c->items[i].doubts += polarity == INCMAP_POLARITY_DOUBTS;
}

/* Ends the counts. */
static char *counts_words(counts *c)
{
    char *text = need_copy("");

    for (size_t i = 0; i < c->n; i++) {
        const size_t denies = c->items[i].denies, doubts = c->items[i].doubts;
        text_append(&text, "%s%s\u00A0%zu", i ? ", " : "", c->items[i].text, c->items[i].all);
        if (denies && doubts)
            text_append(&text, " (denies %zu, doubts %zu)", denies, doubts);
        else if (denies)
            text_append(&text, " (denies %zu)", denies);
        else if (doubts)
            text_append(&text, " (doubts %zu)", doubts);
    }
    free(c->items);
    return text;
}

static char *claimants_words(const job *j, const incmap_incident *inc)
{
    counts c = { NULL, 0 };

    for (size_t i = 0; i < inc->claim_count; i++) {
        const incmap_claim *claim = incmap_dataset_claim(j->d.dataset, inc->claims[i]);
        const incmap_claimant *who = incmap_dataset_claimant(j->d.dataset, claim->claimant);
        count(&c, head_of(j, who)->name, claim->polarity);
    }
    return c.n ? counts_words(&c) : need_copy("no claim");
}

/* "not_independently_verified" for people. */
static const char *verification_text(const char *word)
{
    static const char *const words[][2] = {
        { "not_independently_verified", "not verified" },
        { "confirmed_by_both_sides", "both sides confirm" },
        { "", "not stated" },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i][0]) == 0) return words[i][1];
    return word;
}

static char *verification_words(const job *j, const size_t claims[], size_t n)
{
    counts c = { NULL, 0 };

    for (size_t i = 0; i < n; i++)
        count(&c, verification_text(incmap_dataset_claim(j->d.dataset, claims[i])->verification),
              INCMAP_POLARITY_ASSERTS);
    return counts_words(&c);
}

/* ---- the timeline ------------------------------------------------------------------------------- */

static char *what_words(const incmap_incident *inc)
{
    char *text = text_format("%s" LINE_BREAK "%s", inc->title, inc->event_type);

    if (inc->sub_event_type[0]) text_append(&text, ": %s", inc->sub_event_type);
    text_append(&text, LINE_BREAK "[%s]", inc->id);
    return text;
}

static void print_timeline(const job *j)
{
    table *t = table_new();

    table_column(t, "date", ALIGN_LEFT, 15); /* "from 2024-03-02" */
    table_column(t, "place", ALIGN_LEFT, 18);
    table_column(t, "depth", ALIGN_LEFT, 18);
    table_column(t, "what was reported", ALIGN_LEFT, 32);
    table_column(t, "who claims it (claims)", ALIGN_LEFT, 23);
    table_column(t, "verification", ALIGN_LEFT, 14);
    for (size_t k = 0; k < j->n; k++) {
        const incmap_incident *inc = incident(j, j->order[k]);
        if (k) table_gap(t);
        table_take(t, date_words(&inc->when));
        table_take(t, place_words(inc));
        table_take(t, depth_words(j, j->order[k]));
        table_take(t, what_words(inc));
        table_take(t, claimants_words(j, inc));
        table_take(t, verification_words(j, inc->claims, inc->claim_count));
    }
    printf("Reported incidents by date (%zu), depth behind the border in %s\n\n", j->n,
           incmap_unit_text(j->unit));
    table_print(t, stdout);
    table_free(t);
    printf("\n");
}

/* ---- killed and injured ------------------------------------------------------------------------- */

static const char *harm_text(const char *type)
{
    if (strcmp(type, "fatalities") == 0) return "killed";
    if (strcmp(type, "injuries") == 0) return "injured";
    return strcmp(type, "casualties") == 0 ? "killed or injured" : type;
}

static const char *polarity_text(incmap_polarity polarity)
{
    return polarity == INCMAP_POLARITY_DENIES   ? "denies"
           : polarity == INCMAP_POLARITY_DOUBTS ? "doubts"
                                                : "asserts";
}

/* As the library words it, however long; owned by the caller. */
static char *figure_text(const job *j, const incmap_tally_line *line)
{
    char start[1], *text;
    const size_t size = incmap_tally_figure_text(j->d.dataset, line, start, sizeof start) + 1;

    text = need(malloc(size));
    incmap_tally_figure_text(j->d.dataset, line, text, size);
    return text;
}

static char *figure_words(const job *j, const incmap_tally_line *line)
{
    char *figure, *text;

    if (line->polarity == INCMAP_POLARITY_ASSERTS) return figure_text(j, line);
    if (line->without_figure == line->claims) return need_copy(polarity_text(line->polarity));
    figure = figure_text(j, line);
    text = text_format("%s %s", polarity_text(line->polarity), figure);
    free(figure);
    return text;
}

static char *claimant_words(const job *j, const incmap_tally_line *line)
{
    const incmap_claimant *c = incmap_dataset_claimant(j->d.dataset, line->claimant);
    const incmap_claimant *head = incmap_dataset_claimant(j->d.dataset, line->under);

    if (line->claimant == line->under) return need_copy(c->name);
    return text_format("%s (%s)", c->name, head->name);
}

/* Sources of a line's claims, each once, with the originals of re-posts. */
static char *source_words(const job *j, const incmap_tally_line *line)
{
    counts c = { NULL, 0 };
    char *text = need_copy("");

    for (size_t i = 0; i < line->claims; i++) {
        const incmap_claim *claim = incmap_dataset_claim(j->d.dataset, line->claim_indices[i]);
        count(&c, incmap_dataset_source(j->d.dataset, claim->source)->id, INCMAP_POLARITY_ASSERTS);
    }
    for (size_t i = 0; i < c.n; i++)
        text_append(&text, "%s%s", i ? ", " : "", c.items[i].text);
    if (line->witnesses.independent < line->witnesses.sources)
        text_append(&text, LINE_BREAK "(%zu\u00A0independent)", line->witnesses.independent);
    else if (line->witnesses.publishers < line->witnesses.independent)
        text_append(&text, LINE_BREAK "(%zu\u00A0publisher%s)", line->witnesses.publishers,
                    line->witnesses.publishers == 1 ? "" : "s");
    if (line->superseded) text_append(&text, LINE_BREAK "(%zu\u00A0superseded)", line->superseded);
    free(c.items);
    return text;
}

static bool same_question(const incmap_tally_line *a, const incmap_tally_line *b)
{
    return a && a->incident == b->incident && strcmp(a->type, b->type) == 0 &&
           strcmp(a->victim_group, b->victim_group) == 0;
}

static void tally_row(const job *j, table *t, const incmap_tally_line *line,
                      const incmap_tally_line *last)
{
    const bool again = same_question(last, line);

    if (last && !again) table_gap(t);
    table_cell(t,
               last && last->incident == line->incident ? "" : incident(j, line->incident)->title);
    table_cell(t, again ? "" : harm_text(line->type));
    table_cell(t, again ? "" : line->victim_group);
    table_take(t, figure_words(j, line));
    table_take(t, claimant_words(j, line));
    table_take(t, verification_words(j, line->claim_indices, line->claims));
    table_take(t, source_words(j, line));
}

static void tally_columns(table *t)
{
    table_column(t, "incident", ALIGN_LEFT, 30);
    table_column(t, "claimed", ALIGN_LEFT, 0);
    table_column(t, "of whom", ALIGN_LEFT, 14);
    table_column(t, "how many", ALIGN_LEFT, 14);
    table_column(t, "who claims it", ALIGN_LEFT, 26);
    table_column(t, "verification", ALIGN_LEFT, 16);
    table_column(t, "sources", ALIGN_LEFT, 12);
}

/* A sum of which one end is open; NaN: nobody gives one. */
static void total_cell(table *t, double value, bool open)
{
    table_cellf(t, isnan(value) ? "%s" : "%s%.15g", isnan(value) ? open ? "open" : "?" : "", value);
}

static void print_totals(const incmap_tally *tally)
{
    const incmap_tally_total *total;
    table *t = table_new();
    bool low_open = false;

    table_column(t, "claimed", ALIGN_LEFT, 0);
    table_column(t, "of whom", ALIGN_LEFT, 0);
    table_column(t, "incidents", ALIGN_RIGHT, 0);
    table_column(t, "unknown", ALIGN_RIGHT, 0);
    table_column(t, "low", ALIGN_RIGHT, 0);
    table_column(t, "best", ALIGN_RIGHT, 0);
    table_column(t, "high", ALIGN_RIGHT, 0);
    for (size_t i = 0; (total = incmap_tally_total_get(tally, i)) != NULL; i++) {
        table_cell(t, harm_text(total->type));
        table_cell(t, total->victim_group);
        table_cellf(t, "%zu", total->incidents);
        table_cellf(t, "%zu", total->unknown);
        total_cell(t, total->low, total->low_open);
        total_cell(t, total->best, false);
        total_cell(t, total->high, total->high_open);
        low_open |= total->low_open;
    }
    if (!incmap_tally_total_count(tally)) {
        table_free(t);
        return;
    }
    printf(
        "Sums over the incidents, group by group: least and greatest that anybody claims. Unknown: "
        "incidents\nwithout a figure; they are in no sum and are not zero. Groups may overlap, so "
        "they are not added up.\n");
    if (low_open)
        printf("Low is open where nobody gives a lower end, as in \"nearly 12\"; an incident that "
               "lacks "
               "one beside\nothers adds nothing to it.\n");
    printf("\n");
    table_print(t, stdout);
    printf("\n");
    table_free(t);
}

static char *claim_says(const incmap_claim *claim);

/* ---- contradictions --------------------------------------------------------------------------- */

static char *side_of_conflict(const job *j, size_t i, size_t count)
{
    const incmap_claim *claim = incmap_dataset_claim(j->d.dataset, i);
    char *says = claim_says(claim), *text;

    text = text_format("%s [%s]" LINE_BREAK "%s",
                       claim->claimant_text[0]
                           ? claim->claimant_text
                           : incmap_dataset_claimant(j->d.dataset, claim->claimant)->name,
                       claim->id, says);
    if (count > 1) text_append(&text, LINE_BREAK "(and %zu more)", count - 1);
    free(says);
    return text;
}

static int print_conflicts(job *j)
{
    const incmap_conflict *conflict;
    incmap_tally *tally = NULL;
    bool any = false;
    table *t;
    incmap_status st = incmap_tally_new(j->d.ctx, j->d.dataset, SIZE_MAX, NULL, SIZE_MAX, &tally);

    if (st) return complain_of(j->d.ctx, st);
    t = table_new();
    table_column(t, "incident", ALIGN_LEFT, 26);
    table_column(t, "one says", ALIGN_LEFT, 40);
    table_column(t, "another says", ALIGN_LEFT, 40);
    for (size_t k = 0; k < j->n; k++)
        for (size_t i = 0; (conflict = incmap_tally_conflict_get(tally, i)) != NULL; i++) {
            if (incmap_dataset_claim(j->d.dataset, conflict->a)->incident != j->order[k]) continue;
            if (any) table_gap(t);
            any = true;
            table_cellf(t, "%s%s", incident(j, j->order[k])->title,
                        conflict->same_head ? LINE_BREAK "(one side contradicts itself)" : "");
            table_take(t, side_of_conflict(j, conflict->a, conflict->a_count));
            table_take(t, side_of_conflict(j, conflict->b, conflict->b_count));
        }
    if (any) {
        printf("Contradictions, as far as figures, denials and the data themselves show them\n\n");
        table_print(t, stdout);
        printf("\n");
    }
    table_free(t);
    incmap_tally_free(tally);
    return DONE;
}

static int print_tally(job *j)
{
    const incmap_tally_line *line, *last = NULL;
    incmap_tally *tally = NULL;
    table *t;
    incmap_status st = incmap_tally_new(j->d.ctx, j->d.dataset, SIZE_MAX, NULL, 0, &tally);

    if (st) return complain_of(j->d.ctx, st);
    t = table_new();
    tally_columns(t);
    for (size_t k = 0; k < j->n; k++) /* in the order of time, as above */
        for (size_t i = 0; (line = incmap_tally_get(tally, i)) != NULL; i++) {
            if (line->incident != j->order[k]) continue;
            tally_row(j, t, line, last);
            last = line;
        }
    printf(
        "Killed and injured, as claimed: each claimant and group of victims apart, nothing added "
        "up\n\n");
    if (last) table_print(t, stdout);
    printf("%s\n", last ? "" : "no claim\n");
    table_free(t);
    if (!only) print_totals(tally);
    incmap_tally_free(tally);
    return print_conflicts(j);
}

/* ---- single claims ------------------------------------------------------------------------------ */

static char *claim_figure_words(const incmap_claim *claim)
{
    char *text = need_copy("");

    if (!isnan(claim->figure)) text_append(&text, "%g", claim->figure);
    if (claim->qualifier[0] && strcmp(claim->qualifier, "exact") != 0) {
        char *word = need_copy(claim->qualifier);
        for (char *c = word; *c; c++)
            if (*c == '_') *c = ' ';
        free(text);
        text = isnan(claim->figure) ? need_copy(word) : text_format("%s %g", word, claim->figure);
        free(word);
    }
    if (text[0] && claim->unit[0]) text_append(&text, " %s", claim->unit);
    return text;
}

static char *claim_says(const incmap_claim *claim)
{
    char *figure = claim_figure_words(claim), *type = need_copy(claim->type), *text;

    for (char *c = type; *c; c++)
        if (*c == '_') *c = ' ';
    text = text_format("%s%s: %s",
                       claim->polarity == INCMAP_POLARITY_ASSERTS  ? ""
                       : claim->polarity == INCMAP_POLARITY_DENIES ? "DENIES "
                                                                   : "DOUBTS ",
                       type, claim->summary);
    if (claim->victim_group[0] && (!figure[0] || strcmp(claim->victim_group, claim->unit) != 0))
        text_append(&text, " [%s]", claim->victim_group);
    if (figure[0]) text_append(&text, " (%s)", figure);
    free(type);
    free(figure);
    return text;
}

static void print_claims(const job *j, const incmap_incident *inc)
{
    table *t = table_new();
    char *title = text_format("%s [%s]", inc->title, inc->id), *clean = text_clean(title);

    table_column(t, "claim", ALIGN_LEFT, 0);
    table_column(t, "who", ALIGN_LEFT, 28);
    table_column(t, "says", ALIGN_LEFT, 46);
    table_column(t, "verification", ALIGN_LEFT, 18);
    table_column(t, "source", ALIGN_LEFT, 0);
    for (size_t i = 0; i < inc->claim_count; i++) {
        const incmap_claim *claim = incmap_dataset_claim(j->d.dataset, inc->claims[i]);
        table_cell(t, claim->id);
        table_cell(t, claim->claimant_text[0]
                          ? claim->claimant_text
                          : incmap_dataset_claimant(j->d.dataset, claim->claimant)->name);
        table_take(t, claim_says(claim));
        table_cellf(t, "%s%s%s", verification_text(claim->verification),
                    claim->verified_by[0] ? " by " : "", claim->verified_by);
        table_cell(t, incmap_dataset_source(j->d.dataset, claim->source)->id);
    }
    printf("%s\n\n", clean);
    if (inc->claim_count) table_print(t, stdout);
    printf("%s\n", inc->claim_count ? "" : "no claim\n");
    free(title);
    free(clean);
    table_free(t);
}

/* ---- the lines below ---------------------------------------------------------------------------- */

static void print_sources(const job *j)
{
    printf("Sources:\n");
    for (size_t i = 0; i < incmap_dataset_source_count(j->d.dataset); i++) {
        const incmap_source *s = incmap_dataset_source(j->d.dataset, i);
        char date[INCMAP_DATE_TEXT_SIZE], *line, *clean;
        line = text_format("  %s: %s%s%s, %s%s%s", s->id,
                           s->publisher[0] ? s->publisher : "publisher not shown",
                           s->title[0] ? ", " : "", s->title, incmap_date_text(&s->published, date),
                           s->relayed_from[0] ? "; re-post of " : "", s->relayed_from);
        clean = text_clean(line);
        printf("%s\n", clean);
        free(line);
        free(clean);
    }
}

static void print_notes(const job *j)
{
    bool uncertain = false, unmatched = false, on_border = false, open = false;
    size_t unnamed = 0;

    for (size_t k = 0; !only_tally && k < j->n; k++) {
        const size_t i = j->order[k];
        const bool measured = j->placed[i] == INCMAP_PLACED_MEASURED;
        open |= is_open(j, i);
        uncertain |= measured && !j->depths[i].side_certain && !is_open(j, i);
        unmatched |= measured && j->depths[i].unmatched && !is_open(j, i);
        on_border |= j->placed[i] == INCMAP_PLACED_ON_BORDER;
        unnamed += incident(j, i)->place_asked[0] && !incident(j, i)->place;
    }
    if (!only_tally) {
        print_legend(&j->d, uncertain, unmatched);
        printf(
            "The point's part of ± is the larger of its own uncertainty and of the area that the "
            "report leaves open.\n");
        if (open)
            printf(
                "side open: all that is known is an area that reaches to the border or across it; "
                "the depth is\nthat of one point in it and has no sign.\n");
        if (on_border)
            printf("on the border: put there by construction, so there is no depth to measure.\n");
        if (unnamed)
            printf(
                "Of %zu of %zu incidents the name of the place is ambiguous or not found: no place "
                "is guessed, and --csv\nlists the candidates.\n",
                unnamed, j->n);
    }
    printf(
        "Dates are as the sources state them. Verification is what the source says of the claim, "
        "nobody's later\njudgement; \"asserted\" is the outlet in its own voice. Claims of offices "
        "and officials count under the head\nthat they belong to. Several sources are not as many "
        "confirmations: some repeat others.\n\n");
    print_sources(j);
    printf("\n");
    data_write_credit(&j->d, stdout);
}

/* ---- CSV -------------------------------------------------------------------------------------- */

static void csv_day(csv_out *csv, incmap_day day)
{
    char text[32];
    int year, month, mday;

    if (day == INCMAP_DAY_OPEN) {
        csv_empty(csv, 1);
        return;
    }
    incmap_day_to_civil(day, &year, &month, &mday);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, mday);
    csv_text(csv, text);
}

static void csv_incident(const job *j, csv_out *csv, size_t i)
{
    static const char *const placed[] = { "nowhere", "on_border", "measured" };
    const incmap_incident *inc = incident(j, i);
    const incmap_incident *parent = inc->parent == SIZE_MAX ? NULL : incident(j, inc->parent);

    csv_text(csv, inc->id);
    csv_text(csv, inc->title);
    csv_day(csv, inc->when.earliest);
    csv_day(csv, inc->when.before);
    csv_text(csv, incmap_date_precision_text(inc->when.precision));
    csv_text(csv, inc->place_key);
    csv_text(csv, inc->post_key);
    csv_text(csv, incmap_location_precision_text(inc->location_precision));
    csv_text(csv, inc->event_type);
    csv_text(csv, inc->sub_event_type);
    csv_text(csv, inc->actor1);
    csv_text(csv, inc->actor2);
    csv_text(csv, parent ? parent->id : "");
    csv_text(csv, inc->sources);
    csv_count(csv, inc->claim_count);
    csv_number(csv, inc->located ? inc->at.lat : NAN, 7);
    csv_number(csv, inc->located ? inc->at.lon : NAN, 7);
    csv_number(csv, inc->located ? inc->uncertainty_m : NAN, 3);
    csv_bool(csv, inc->extent_known);
    csv_text(csv, placed[j->placed[i]]);
    csv_depth(csv, j->placed[i] == INCMAP_PLACED_NOWHERE ? NULL : &j->depths[i],
              j->placed[i] == INCMAP_PLACED_ON_BORDER);
    csv_credit(csv, &j->d);
    csv_text(csv, inc->place_asked);
    csv_text(csv, inc->place_asked[0] ? incmap_verdict_text(inc->place_verdict) : "");
    csv_number(csv, inc->place_score, 3);
    csv_text(csv, inc->place_reason);
    csv_text(csv, inc->place_candidates);
    csv_end(csv);
}

static void csv_claim(const job *j, csv_out *csv, const incmap_incident *inc, size_t i)
{
    const incmap_claim *claim = incmap_dataset_claim(j->d.dataset, i);
    const incmap_claimant *who = incmap_dataset_claimant(j->d.dataset, claim->claimant);

    csv_text(csv, claim->id);
    csv_text(csv, inc->id);
    csv_text(csv, incmap_dataset_source(j->d.dataset, claim->source)->id);
    csv_text(csv, who->key);
    csv_text(csv, who->name);
    csv_text(csv, head_of(j, who)->key);
    csv_text(csv, who->side);
    csv_text(csv, claim->claimant_text);
    csv_text(csv, polarity_text(claim->polarity));
    csv_text(csv, claim->type);
    csv_text(csv, claim->victim_group);
    csv_figure(csv, claim->figure);
    csv_figure(csv, claim->figure_low);
    csv_figure(csv, claim->figure_high);
    csv_text(csv, claim->qualifier);
    csv_text(csv, claim->unit);
    csv_text(csv, claim->verification);
    csv_text(csv, claim->verified_by);
    csv_text(csv, claim->summary);
    csv_text(csv, incmap_subject_text(claim->subject));
    csv_text(csv, claim->hedge);
    csv_text(csv, claim->contradicts);
    csv_text(csv, incmap_entry_text(claim->entry));
    csv_text(csv, claim->refers_to == SIZE_MAX
                      ? ""
                      : incmap_dataset_claim(j->d.dataset, claim->refers_to)->id);
    csv_text(csv, claim->superseded_by == SIZE_MAX
                      ? ""
                      : incmap_dataset_claim(j->d.dataset, claim->superseded_by)->id);
    csv_end(csv);
}

static void csv_tally_line(const job *j, csv_out *csv, const incmap_tally_line *line)
{
    const incmap_claimant *who = incmap_dataset_claimant(j->d.dataset, line->claimant);
    const incmap_claimant *head = incmap_dataset_claimant(j->d.dataset, line->under);
    char *figure = figure_text(j, line);

    csv_text(csv, incident(j, line->incident)->id);
    csv_text(csv, line->type);
    csv_text(csv, line->victim_group);
    csv_text(csv, who->key);
    csv_text(csv, who->name);
    csv_text(csv, head->key);
    csv_text(csv, polarity_text(line->polarity));
    csv_text(csv, figure);
    csv_figure(csv, line->low);
    csv_figure(csv, line->high);
    csv_bool(csv, line->high_open);
    csv_text(csv, line->unit);
    csv_count(csv, line->claims);
    csv_count(csv, line->without_figure);
    csv_figure(csv, line->best);
    csv_count(csv, line->superseded);
    csv_count(csv, line->witnesses.sources);
    csv_count(csv, line->witnesses.independent);
    csv_count(csv, line->witnesses.publishers);
    csv_end(csv);
    free(figure);
}

static int csv_tally(const job *j, csv_out *csv)
{
    incmap_tally *tally = NULL;
    incmap_status st = incmap_tally_new(j->d.ctx, j->d.dataset, SIZE_MAX, NULL, 0, &tally);

    if (st) return complain_of(j->d.ctx, st);
    csv_head(csv, "incident_id,type,victim_group,claimant_key,claimant,under_key,polarity,"
                  "figure_text,low,high,high_open,unit,claims,without_figure,best,superseded,"
                  "sources,independent,publishers");
    for (size_t k = 0; k < j->n; k++)
        for (size_t i = 0; i < incmap_tally_count(tally); i++)
            if (incmap_tally_get(tally, i)->incident == j->order[k])
                csv_tally_line(j, csv, incmap_tally_get(tally, i));
    incmap_tally_free(tally);
    return DONE;
}

static int print_csv(const job *j)
{
    csv_out csv = { stdout, 0 };

    if (only_tally) return csv_tally(j, &csv);
    csv_head(&csv,
             with_claims
                 ? "claim_id,incident_id,source,claimant_key,claimant,under_key,claimant_side,"
                   "claimant_text,polarity,type,victim_group,figure,figure_low,figure_high,"
                   "qualifier,unit,verification,verified_by,summary,subject,hedge,contradicts,"
                   "entry,refers_to,superseded_by"
                 : "id,title,earliest,before,date_precision,place_key,post_key,"
                   "location_precision,event_type,sub_event_type,actor1,actor2,parent_id,"
                   "sources,claim_count,lat,lon,uncertainty_m,extent_known,placed," DEPTH_COLUMNS
                   "," CREDIT_COLUMNS
                   ",place_asked,place_verdict,place_score,place_reason,place_candidates");
    for (size_t k = 0; k < j->n; k++) {
        const incmap_incident *inc = incident(j, j->order[k]);
        if (!with_claims) csv_incident(j, &csv, j->order[k]);
        for (size_t i = 0; with_claims && i < inc->claim_count; i++)
            csv_claim(j, &csv, inc, inc->claims[i]);
    }
    return DONE;
}

static int answer(job *j)
{
    int status = DONE;

    if (as_csv) return print_csv(j);
    if (!only_tally) print_timeline(j);
    for (size_t k = 0; with_claims && k < j->n; k++)
        print_claims(j, incident(j, j->order[k]));
    status = print_tally(j);
    if (!status) print_notes(j);
    return status;
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    const int status = ask(j, n);

    (void)words; /* none is allowed */
    return status ? status : answer(j);
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "incident", "ID", "only this incident", NULL, &only },
        { "list-claims", NULL, "each claim too; with --csv one row per claim", &with_claims, NULL },
        { "tally", NULL, "only who claims how many killed and injured", &only_tally, NULL },
        OPTION_UNIT(unit_name),
        { "csv", NULL, "one CSV row per incident", &as_csv, NULL },
    };
    option files[DATASET_OPTION_COUNT], data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, 5 },
        { "Other incidents than the built-in", files, DATASET_OPTION_COUNT },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT }
    };
    const command cmd = {
        "[--incident ID] [--list-claims|--tally]",
        "Reported incidents in the order of time: date, place, depth behind the border, what was\n"
        "reported, who claims it and how far it is verified; then who puts how many killed and\n"
        "injured, side by side.\n",
        "\n"
        " --incident bel23_border_post --list-claims\n"
        " --csv > incidents.csv\n",
        groups, 3
    };
    job j = { .unit = INCMAP_UNIT_KM };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    dataset_options_table(&chosen, files);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    free(j.order);
    free(j.depths);
    free(j.placed);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/incident_table-*.expected */
