/* SPDX-License-Identifier: MIT */
/* Can a reported distance be true? Measures what each statement says, prints the error budget line by
 * line and the verdict, with the reason in one sentence. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/program.h"
#include "common/text.h"
#include "common/wording.h"

static data_options chosen;
static const char *file_path, *subject;
static bool as_csv, brief;

/* A statement as it came, and what became of it. */
typedef struct {
    char *id, *source, *words; /* owned */
    incmap_statement statement;
    incmap_check check;
    char *unread; /* why the words could not be read; NULL: they were; owned */
} item;

typedef struct {
    data d;
    item *items;
    size_t n;
    const incmap_place *of; /* of --of; NULL */
} job;

/* ---- reading ------------------------------------------------------------------------------------ */

static item *append(job *j, const char *id, const char *source, const char *words)
{
    item *it;

    j->items = need(realloc(j->items, (j->n + 1) * sizeof *j->items));
    it = &j->items[j->n++];
    memset(it, 0, sizeof *it);
    it->id = text_clean(id);
    it->source = text_clean(source);
    it->words = text_clean(words);
    return it;
}

/* What is located, when the words do not say it. */
static void put_subject(const job *j, incmap_statement *s)
{
    if (!j->of || s->of.kind == INCMAP_END_PLACE) return;
    s->of = (incmap_statement_end){ .kind = INCMAP_END_PLACE, .count = 1, .places = { j->of } };
    snprintf(s->of.name, sizeof s->of.name, "%.90s", incmap_place_name_in(j->of, "en"));
}

static int read_words(job *j, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *id = text_format("%zu", i + 1);
        item *it = append(j, id, "", words[i]);
        const incmap_status st =
            incmap_statement_read(j->d.ctx, j->d.gazetteer, words[i], &it->statement);
        free(id);
        if (st == INCMAP_EPARSE)
            it->unread = text_clean(incmap_ctx_message(j->d.ctx));
        else if (st)
            return complain_of(j->d.ctx, st);
        else
            put_subject(j, &it->statement);
    }
    return DONE;
}

static int read_table(job *j)
{
    incmap_statements *all = NULL;
    const incmap_stated *s;
    const incmap_status st =
        file_path ? incmap_statements_open(j->d.ctx, file_path, j->d.gazetteer, j->d.report, &all)
                  : incmap_statements_builtin(j->d.ctx, j->d.gazetteer, &all);

    if (st) return complain_of(j->d.ctx, st);
    for (size_t i = 0; (s = incmap_statements_get(all, i)) != NULL; i++) {
        item *it = append(j, s->id, s->source, s->text[0] ? s->text : s->subject);
        it->statement = s->statement;
        put_subject(j, &it->statement);
    }
    incmap_statements_free(all);
    return DONE;
}

static int find_subject(job *j)
{
    spots found = { NULL, 0 };
    int status = subject ? spots_find(&j->d, &subject, 1, &found) : DONE;

    if (!status && found.n && !found.items[0].place)
        status = wrong_usage("--of is \"%s\", expected the name or key of a place", subject);
    if (!status && found.n) j->of = found.items[0].place;
    spots_free(&found);
    return status;
}

static int ask(job *j, const char *const words[], size_t n)
{
    incmap_status st = INCMAP_OK;
    int status = DONE;

    if (n && file_path) status = wrong_usage("statements and --file exclude one another");
    if (!status) status = data_load(&j->d, &chosen, false);
    if (!status) status = find_subject(j);
    if (!status) status = n ? read_words(j, words, n) : read_table(j);
    for (size_t i = 0; !status && !st && i < j->n; i++)
        if (!j->items[i].unread)
            st = incmap_check_statement(j->d.ctx, &j->items[i].statement, j->d.border,
                                        j->d.gazetteer, NULL, &j->items[i].check);
    return st ? complain_of(j->d.ctx, st) : status;
}

/* ---- for people --------------------------------------------------------------------------------- */

static char *why_words(const item *it)
{
    char text[1024];

    if (it->unread) return need_copy(it->unread);
    incmap_check_why_text(&it->statement, &it->check, text, sizeof text);
    return text_clean(text);
}

static const char *verdict_words(const item *it)
{
    return it->unread ? "cannot read" : incmap_check_verdict_text(it->check.verdict);
}

/* "some 600 m", "a few mi", "30 min". */
static char *figure_words(const incmap_statement *s)
{
    char *text = need_copy(s->denied ? "not " : "");

    text_append(&text, "%s", incmap_hedge_text(s->hedge));
    if (s->high > s->low)
        text_append(&text, "%s%.10g to %.10g", s->hedge ? " " : "", s->low, s->high);
    else if (!isnan(s->value))
        text_append(&text, "%s%.10g", s->hedge ? " " : "", s->value);
    if (s->unit) {
        const char *unit = s->unit == INCMAP_SAID_MILE            ? "mi"
                           : s->unit == INCMAP_SAID_NAUTICAL_MILE ? "nmi"
                                                                  : incmap_said_unit_text(s->unit);
        text_append(&text, "%s%s%s", text[0] ? " " : "",
                    s->hedge == INCMAP_HEDGE_DOZENS || s->hedge == INCMAP_HEDGE_HUNDREDS ? "of "
                                                                                         : "",
                    unit);
    }
    return text;
}

static const char *end_words(const incmap_statement_end *end)
{
    return end->kind == INCMAP_END_BORDER ? "the border" : end->name[0] ? end->name : "?";
}

/* What was understood: "depth: Kozinka, some 600 m from the border". */
static char *reading_words(const incmap_statement *s)
{
    char *figure = figure_words(s), *kind = need_copy(incmap_statement_kind_text(s->kind)), *text;
    const char *direction = incmap_compass_text(s->direction_deg, 16);

    for (char *c = kind; *c; c++)
        if (*c == '_') *c = ' ';
    text = text_format("%s: %s", kind, end_words(&s->of));
    if (s->toward.kind) text_append(&text, " toward %s", end_words(&s->toward));
    text_append(&text, "%s%s%s%s %s %s", figure[0] ? ", " : "", figure, direction[0] ? " " : "",
                direction,
                s->kind == INCMAP_STATEMENT_ADJACENCY     ? "next to"
                : s->kind == INCMAP_STATEMENT_QUALITATIVE ? "to"
                                                          : "from",
                end_words(&s->reference));
    if (s->into.count)
        text_append(&text, ", in %s", incmap_place_name_in(s->into.places[0], "en"));
    else if (s->into.kind)
        text_append(&text, ", on or in \"%s\"", s->into.name);
    if (s->within.kind) text_append(&text, ", in %s", end_words(&s->within));
    free(figure);
    free(kind);
    return text;
}

static void print_wrapped(const char *start, const char *text)
{
    const size_t columns = 100, indent = text_width(start);
    size_t from = 0, next;
    bool first = true;

    while (text[from]) {
        const size_t length = text_wrap(text + from, columns - indent, &next);
        printf("%*s%.*s\n", first ? 0 : (int)indent, first ? start : "", (int)length, text + from);
        from += next;
        first = false;
    }
}

static void print_budget(const incmap_check *check)
{
    for (size_t i = 0; i < check->budget_count; i++) {
        char text[512], *clean;
        incmap_budget_text(&check->budget[i], text, sizeof text);
        clean = text_clean(text);
        print_wrapped("      ", clean);
        free(clean);
    }
}

static void print_item(const item *it)
{
    char *head = text_format("%s  ", it->id), *why = why_words(it), *verdict;

    print_wrapped(head, it->words);
    if (!it->unread) {
        char *reading = reading_words(&it->statement), *clean = text_clean(reading);
        print_wrapped("    read as ", clean);
        if (it->statement.more)
            print_wrapped("    ", "the words state another distance too: it was not read");
        if (it->statement.unread[0]) print_wrapped("    not understood: ", it->statement.unread);
        free(reading);
        free(clean);
    }
    verdict = text_format("    %s: ", verdict_words(it));
    print_wrapped(verdict, why);
    if (!it->unread && !brief) print_budget(&it->check);
    printf("\n");
    free(head);
    free(why);
    free(verdict);
}

static int print_all(const job *j)
{
    size_t counts[5] = { 0 };

    for (size_t i = 0; i < j->n; i++) {
        print_item(&j->items[i]);
        counts[j->items[i].unread ? 4 : j->items[i].check.verdict]++;
    }
    printf("%zu statement%s: %zu consistent, %zu inconsistent, %zu cannot tell, %zu not a distance",
           j->n, j->n == 1 ? "" : "s", counts[INCMAP_CHECK_CONSISTENT],
           counts[INCMAP_CHECK_INCONSISTENT], counts[INCMAP_CHECK_CANNOT_TELL],
           counts[INCMAP_CHECK_NOT_A_DISTANCE]);
    if (counts[4]) printf(", %zu not read", counts[4]);
    printf(
        "\n\nConsistent: the statement agrees with the data within what both can tell; it need not "
        "be true.\nMeasured distances are straight lines on the ellipsoid, not roads. The budget "
        "is a bound, no probability.\n\n");
    data_write_credit(&j->d, stdout);
    return counts[4] ? NO_ANSWER : DONE;
}

/* ---- CSV ---------------------------------------------------------------------------------------- */

static void csv_end_of(csv_out *csv, const incmap_statement_end *end)
{
    if (end->kind == INCMAP_END_BORDER)
        csv_text(csv, "border");
    else if (end->count == 1)
        csv_text(csv, end->places[0]->key);
    else
        csv_text(csv, end->name);
}

static void csv_place(csv_out *csv, const incmap_place *place)
{
    csv_text(csv, place ? place->key : "");
}

static void csv_check(csv_out *csv, const incmap_check *c)
{
    csv_text(csv, incmap_check_why_word(c->why));
    csv_number(csv, c->measured_m, 3);
    csv_number(csv, c->band_m, 3);
    csv_number(csv, c->band_most_m, 3);
    csv_number(csv, c->least_m, 3);
    if (isinf(c->most_m))
        csv_text(csv, "inf");
    else
        csv_number(csv, c->most_m, 3);
    csv_text(csv, incmap_check_verdict_text(c->with_zero));
    csv_text(csv, incmap_check_verdict_text(c->with_most));
    csv_place(csv, c->deciding_place);
    csv_number(csv, c->deciding_m, 3);
    csv_number(csv, c->azimuth_deg, 3);
    csv_number(csv, c->azimuth_band_deg, 3);
    csv_figure(csv, c->converted);
    csv_text(csv, incmap_said_unit_text(c->converted_unit));
    csv_number(csv, c->at.lat, 7);
    csv_number(csv, c->at.lon, 7);
    csv_number(csv, c->at_m, 3);
    csv_place(csv, c->before);
    csv_place(csv, c->behind);
    csv_number(csv, c->speed_least_kmh, 1);
    csv_number(csv, c->speed_most_kmh, 1);
}

enum { CHECK_COLUMNS = 21 };

/* What else the words say: side, area, denial, other distances, and what was not understood. */
static void csv_around(csv_out *csv, const item *it)
{
    const incmap_statement *s = &it->statement;

    csv_end_of(csv, &s->into);
    csv_end_of(csv, &s->within);
    csv_text(csv, it->unread ? "" : s->denied ? "true" : "false");
    csv_text(csv, it->unread ? "" : s->more ? "true" : "false");
    csv_text(csv, s->unread);
    csv_figure(csv, s->high > s->low ? s->low : NAN);
    csv_figure(csv, s->high > s->low ? s->high : NAN);
}

static int print_csv(const job *j)
{
    csv_out csv = { stdout, 0 };
    bool unread = false;

    csv_head(&csv,
             "id,source,text,kind,hedge,value,unit,step,of,toward,reference,verdict,why_text,why,"
             "measured_m,band_m,band_most_m,least_m,most_m,with_zero,with_most,deciding,deciding_m,"
             "azimuth_deg,azimuth_band_deg,converted,converted_unit,at_lat,at_lon,at_m,before,"
             "behind,speed_least_kmh,speed_most_kmh,into,within,denied,more,unread,low,"
             "high," CREDIT_COLUMNS);
    for (size_t i = 0; i < j->n; i++) {
        const item *it = &j->items[i];
        const incmap_statement *s = &it->statement;
        char *why = why_words(it);
        csv_text(&csv, it->id);
        csv_text(&csv, it->source);
        csv_text(&csv, it->words);
        csv_text(&csv, incmap_statement_kind_text(s->kind));
        csv_text(&csv, incmap_hedge_text(s->hedge));
        csv_figure(&csv, it->unread ? NAN : s->value);
        csv_text(&csv, incmap_said_unit_text(s->unit));
        csv_figure(&csv, s->step > 0 ? s->step : NAN);
        csv_end_of(&csv, &s->of);
        csv_end_of(&csv, &s->toward);
        csv_end_of(&csv, &s->reference);
        csv_text(&csv, verdict_words(it));
        csv_text(&csv, why);
        if (it->unread)
            csv_empty(&csv, CHECK_COLUMNS);
        else
            csv_check(&csv, &it->check);
        csv_around(&csv, it);
        csv_credit(&csv, &j->d);
        csv_end(&csv);
        unread |= it->unread != NULL;
        free(why);
    }
    return unread ? NO_ANSWER : DONE;
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    const int status = ask(j, words, n);

    if (status) return status;
    return as_csv ? print_csv(j) : print_all(j);
}

static void free_items(job *j)
{
    for (size_t i = 0; i < j->n; i++) {
        free(j->items[i].id);
        free(j->items[i].source);
        free(j->items[i].words);
        free(j->items[i].unread);
    }
    free(j->items);
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "file", "FILE", "statements (CSV): id and text, or the columns of distance_claims.csv",
          NULL, &file_path },
        { "of", "PLACE", "what is located, where the words do not say it", NULL, &subject },
        { "brief", NULL, "without the error budgets", &brief, NULL },
        { "csv", NULL, "one CSV row per statement", &as_csv, NULL },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, 4 },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT },
    };
    const command cmd = {
        "[STATEMENT...] [--file FILE]",
        "Checks reported distances: measures what each statement says, with an error budget line "
        "by\n"
        "line, against the interval that its words allow. Without a statement: those of the "
        "sources\n"
        "behind the built-in incidents. English, Russian and Ukrainian are read. A side that the\n"
        "words name is judged too, a denial is judged as one, and what was not understood is "
        "told.\n"
        "\n"
        "  $ check_claims --brief \"Kozinka, about 76 km southeast of Sumy\"\n"
        "  1  Kozinka, about 76 km southeast of Sumy\n"
        "      read as distance: Kozinka, about 76 km SE from Sumy\n"
        "      consistent: measured 76.4 ±1.8 km (±13.9 with unknown extents at their most), the\n"
        "                  words allow 67.9 to 84.1 km: they agree, and so does the direction,\n"
        "                  SE (132°)\n",
        "\n"
        " \"Kozinka, some 600 meters over the border\"\n"
        " \"3.5 miles over the border into Russia, from Kozinka toward Grayvoron\"\n"
        " \"в 12 км от границы\" --of Grayvoron --csv\n"
        " --file statements.csv\n",
        groups,
        2,
    };
    job j = { .n = 0 };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    free_items(&j);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/check_claims-*.expected */
