/* SPDX-License-Identifier: MIT */
/* Loading. Whatever is not named on the command line is the library's built-in data, so that the
 * programs answer without any file. */
#include "common/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/country.h"
#include "common/program.h"
#include "common/text.h"

void data_options_table(data_options *o, option out[DATA_OPTION_COUNT])
{
    const option options[DATA_OPTION_COUNT] = {
        { "places", "FILE", "places (CSV) instead of the built-in places and posts", NULL,
          &o->places },
        { "posts", "FILE", "border posts (CSV), with --places or on top of the built-in ones", NULL,
          &o->posts },
        { "add-places", "FILE", "places (CSV) on top of the others", NULL, &o->add_places },
        { "border", "FILE",
          "border of this layer, shapefile or GeoJSON: of two countries of it, or\n"
          "of its lines; or the word builtin",
          NULL, o->border },
        { "inside", "CODE", "country whose side counts as positive", NULL, o->inside },
        { "outside", "CODE", "the other country", NULL, o->outside },
        { "line-inside", "HAND",
          "instead of countries: the layer holds lines, and the positive side\n"
          "is on their left, on their right, or unknown",
          NULL, o->line_inside },
        { "code-field", "NAME", "field that holds the countries' codes (A3)", NULL, o->code_field },
        { "border-edges", "KIND", "geodesic, or straight in longitude and latitude (geodesic)",
          NULL, o->edges },
        { "border-accuracy", "M", "how far that layer may lie off, in metres (100)", NULL,
          o->accuracy_m },
        { "border-date", "TEXT", "how old that layer's data are, for instance 2017-11", NULL,
          o->date },
        { "border-credit", "TEXT", "credit of that layer, printed under every table", NULL,
          o->credit },
        { "strict", NULL, "refused rows make the exit status 3", &o->strict, NULL },
        { "all-notes", NULL, "tell every doubtful value, and not only the first of a kind",
          &o->all_notes, NULL },
    };
    memcpy(out, options, sizeof options);
}

void data_options_repeat(option rows[DATA_OPTION_COUNT])
{
    static const struct {
        const char *once, *repeated;
    } words[] = { { "FILE", "FILE..." }, { "CODE", "CODE..." }, { "HAND", "HAND..." },
                  { "NAME", "NAME..." }, { "KIND", "KIND..." }, { "M", "M..." },
                  { "TEXT", "TEXT..." } };

    for (size_t i = 3; i + 2 < DATA_OPTION_COUNT; i++) /* from --border on, but the last two */
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (strcmp(rows[i].argument, words[k].once) == 0) rows[i].argument = words[k].repeated;
}

void dataset_options_table(data_options *o, option out[DATASET_OPTION_COUNT])
{
    const option options[DATASET_OPTION_COUNT] = {
        { "incidents", "FILE", "incidents (CSV); these four go together", NULL, &o->incidents },
        { "claims", "FILE", "claims (CSV)", NULL, &o->claims },
        { "claimants", "FILE", "claimants (CSV)", NULL, &o->claimants },
        { "sources", "FILE", "sources (CSV)", NULL, &o->sources },
    };
    memcpy(out, options, sizeof options);
}

static void print_log(void *user, incmap_log_level level, const char *text)
{
    (void)user;
    if (level >= INCMAP_LOG_WARNING) complain(DONE, "%s", text);
}

static void count_row(data *d, const incmap_problem *problem)
{
    char file[sizeof d->refused.file];

    snprintf(file, sizeof file, "%s", problem->file);
    if (d->refused.rows && d->refused.row == problem->row && strcmp(d->refused.file, file) == 0)
        return;
    d->refused.rows++;
    d->refused.row = problem->row;
    memcpy(d->refused.file, file, sizeof file);
}

/* Each row that is refused, and each conversion, which only those get who ask for them. */
static bool is_told(data *d, const incmap_problem *problem)
{
    return d->all_notes || problem->severity != INCMAP_PROBLEM_WARNING ||
           notes_take(&d->notes, problem);
}

static void print_problem(void *user, const incmap_problem *problem)
{
    data *d = user;
    char start[1];
    const size_t size = incmap_problem_text(problem, start, sizeof start) + 1;
    char *text;

    if (problem->severity == INCMAP_PROBLEM_REFUSED) count_row(d, problem);
    if (!is_told(d, problem)) return;
    text = need(malloc(size));
    incmap_problem_text(problem, text, size);
    complain(DONE, "%s%s", problem->severity == INCMAP_PROBLEM_REFUSED ? "" : "note: ", text);
    free(text);
}

static size_t times(const char *const values[OPTION_REPEATS])
{
    size_t n = 0;

    while (n < OPTION_REPEATS && values[n])
        n++;
    return n;
}

/* What was said for border i: once for all, or for each. */
static const char *said(const char *const values[OPTION_REPEATS], size_t i)
{
    return values[1] ? values[i] : values[0];
}

static bool is_builtin(const char *border)
{
    return strcmp(border, "builtin") == 0;
}

/* Whether each border has two countries, or lines and a hand. */
static int check_sides(const data_options *o, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *inside = said(o->inside, i), *outside = said(o->outside, i);
        if (is_builtin(o->border[i])) continue;
        if (said(o->line_inside, i) && (inside || outside))
            return wrong_usage("--line-inside is for lines, --inside and --outside for countries");
        if (!said(o->line_inside, i) && !(inside && outside))
            return wrong_usage("--border, --inside and --outside go together: --%s is missing",
                               inside ? "outside" : "inside");
    }
    return DONE;
}

static int check_borders(const data_options *o)
{
    const struct {
        const char *name;
        const char *const *values;
    } all[] = { { "inside", o->inside },           { "outside", o->outside },
                { "line-inside", o->line_inside }, { "code-field", o->code_field },
                { "border-edges", o->edges },      { "border-accuracy", o->accuracy_m },
                { "border-date", o->date },        { "border-credit", o->credit } };
    const size_t n = times(o->border);

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const size_t given = times(all[i].values);
        if (given && !n)
            return i < 2 ? wrong_usage("--border, --inside and --outside go together: --border is "
                                       "missing")
                         : wrong_usage("--%s goes with --border only", all[i].name);
        if (given > 1 && given != n)
            return wrong_usage("--%s is given %zu times for %zu borders: give it once, or for each",
                               all[i].name, given, n);
    }
    return check_sides(o, n);
}

/* What cannot be meant is told before any file is read. */
static int check_options(const data_options *o, bool with_dataset)
{
    const char *const files[] = { o->incidents, o->claims, o->claimants, o->sources };
    const char *const names[] = { "incidents", "claims", "claimants", "sources" };
    size_t given = 0;

    const int status = check_borders(o);

    if (status) return status;
    for (size_t i = 0; with_dataset && i < 4; i++)
        given += files[i] != NULL;
    for (size_t i = 0; given && i < 4; i++)
        if (!files[i])
            return wrong_usage("--incidents, --claims, --claimants and --sources go together: "
                               "--%s is missing",
                               names[i]);
    return DONE;
}

static incmap_status load_gazetteer(data *d, const data_options *o)
{
    incmap_status st;

    d->builtin_places = !o->places;
    d->places_path = o->places;
    d->posts_path = o->posts;
    d->added_path = o->add_places;
    st = o->places ? incmap_gazetteer_new(d->ctx, &d->gazetteer)
                   : incmap_gazetteer_builtin(d->ctx, &d->gazetteer);
    if (!st && d->builtin_places) d->n_builtin = incmap_gazetteer_count(d->gazetteer);
    if (!st && o->places)
        st = incmap_gazetteer_add_places(d->ctx, d->gazetteer, o->places, d->report);
    if (!st && o->add_places)
        st = incmap_gazetteer_add_places(d->ctx, d->gazetteer, o->add_places, d->report);
    if (!st && o->posts) st = incmap_gazetteer_add_posts(d->ctx, d->gazetteer, o->posts, d->report);
    return st;
}

/* "left", "right", "unknown"; "geodesic", "straight": the number of the word, -1 for another. */
static int number_of(const char *word, const char *const words[], int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0) return i;
    return -1;
}

static int read_border_options(const data_options *o, size_t i, incmap_border_options *out)
{
    static const char *const hands[] = { "unknown", "left", "right" };
    static const char *const kinds[] = { "geodesic", "straight" };
    const char *accuracy = said(o->accuracy_m, i), *hand = said(o->line_inside, i);
    const char *edges = said(o->edges, i);
    char *end;

    if (accuracy) {
        out->accuracy_m = strtod(accuracy, &end);
        if (*end || !(out->accuracy_m > 0 && out->accuracy_m < 1e7))
            return wrong_usage("--border-accuracy is \"%s\", expected metres above 0", accuracy);
    }
    if (hand && number_of(hand, hands, 3) < 0)
        return wrong_usage("--line-inside is \"%s\", expected left, right or unknown", hand);
    if (edges && number_of(edges, kinds, 2) < 0)
        return wrong_usage("--border-edges is \"%s\", expected geodesic or straight", edges);
    if (hand) out->inside_at = (incmap_line_side)number_of(hand, hands, 3);
    if (edges) out->edges = (incmap_edges)number_of(edges, kinds, 2);
    out->attribution = said(o->credit, i);
    out->data_date = said(o->date, i);
    return DONE;
}

static int load_border(data *d, const data_options *o, size_t i)
{
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    const char *path = o->border[i], *field = said(o->code_field, i);
    const char *accuracy = said(o->accuracy_m, i);
    const int status = read_border_options(o, i, &options);
    incmap_status st;

    if (status) return status;
    d->are_builtin[i] = !path || is_builtin(path);
    d->accuracy_assumed[i] = !d->are_builtin[i] && !accuracy;
    if (d->are_builtin[i])
        st = incmap_border_builtin(d->ctx, &d->borders[i]);
    else if (said(o->line_inside, i))
        st = incmap_border_from_lines(d->ctx, path, &options, &d->borders[i]);
    else
        st = incmap_border_between(d->ctx, path, field ? field : "A3", said(o->inside, i),
                                   said(o->outside, i), &options, &d->borders[i]);
    return st ? complain_of(d->ctx, st) : DONE;
}

/* A coarse layer taken for a good one makes wrong sides certain. Once for each file. */
static void tell_assumed(const data *d, const data_options *o, size_t i)
{
    if (!d->accuracy_assumed[i]) return;
    for (size_t k = 0; k < i; k++)
        if (d->accuracy_assumed[k] && strcmp(o->border[k], o->border[i]) == 0) return;
    complain(DONE,
             "%s: nobody says how far this border may lie off: taken as %.0f m; give "
             "--border-accuracy",
             o->border[i], incmap_border_accuracy_m(d->borders[i]));
}

static int load_borders(data *d, const data_options *o)
{
    int status = DONE;

    d->n_borders = times(o->border) ? times(o->border) : 1;
    for (size_t i = 0; i < d->n_borders && !status; i++) {
        status = load_border(d, o, i);
        if (!status) tell_assumed(d, o, i);
    }
    d->border = d->borders[0];
    d->builtin_border = d->are_builtin[0];
    d->of_lines = !d->builtin_border && said(o->line_inside, 0);
    return status;
}

static incmap_status load_dataset(data *d, const data_options *o)
{
    const incmap_dataset_files files = { o->sources, o->claimants, o->incidents, o->claims };

    d->builtin_dataset = !o->incidents;
    if (!o->incidents) return incmap_dataset_builtin(d->ctx, d->gazetteer, &d->dataset);
    return incmap_dataset_open(d->ctx, &files, d->gazetteer, d->report, &d->dataset);
}

/* ---- posts ------------------------------------------------------------------------------------ */

/* All built-in posts are Russia's and Ukraine's, whoever drew the line between the two. */
static bool has_builtin_posts(const data *d, size_t i)
{
    const char *a = d->insides[i].alpha2, *b = d->outsides[i].alpha2;

    if (!d->builtin_places || d->are_builtin[i]) return true;
    return (strcmp(a, "RU") == 0 && strcmp(b, "UA") == 0) ||
           (strcmp(a, "UA") == 0 && strcmp(b, "RU") == 0);
}

/* A gazetteer of nothing but the posts that the command line gave. */
static incmap_status load_given_posts(data *d)
{
    incmap_status st = incmap_gazetteer_new(d->ctx, &d->given_posts);

    for (size_t i = d->n_builtin; !st && i < incmap_gazetteer_count(d->gazetteer); i++) {
        const incmap_place *p = incmap_gazetteer_get(d->gazetteer, i);
        if (p->kind == INCMAP_PLACE_BORDER_POST)
            st = incmap_gazetteer_add(d->ctx, d->given_posts, p);
    }
    return st;
}

static incmap_status choose_posts(data *d)
{
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < d->n_borders; i++) {
        d->posts[i] = d->gazetteer;
        if (has_builtin_posts(d, i)) continue;
        if (!d->given_posts) st = load_given_posts(d);
        d->posts[i] = d->given_posts;
    }
    return st;
}

bool data_lacks_posts(const data *d, size_t i)
{
    return d->posts[i] == d->given_posts && !incmap_gazetteer_count(d->given_posts);
}

bool data_is_on_border(const data *d, const incmap_place *place)
{
    if (!place->post || !place->post->on_border) return false;
    for (size_t i = 0; !d->builtin_border && i < d->n_builtin; i++)
        if (incmap_gazetteer_get(d->gazetteer, i) == place) return false;
    return true;
}

/* ---- the whole -------------------------------------------------------------------------------- */

/* The country that the gazetteer knows under the border's code, or under that very name, since
 * layers name their countries either way. own: what the border itself calls it. False when there is
 * none, which leaves that. */
static bool name_country(const data *d, const char *code, const char *own, data_country *out)
{
    char *clean;

    snprintf(out->name, sizeof out->name, "%s", own);
    country_alpha2(code, out->alpha2);
    for (size_t i = 0; i < incmap_gazetteer_count(d->gazetteer); i++) {
        const incmap_place *p = incmap_gazetteer_get(d->gazetteer, i);
        if (p->kind != INCMAP_PLACE_COUNTRY) continue;
        if (out->alpha2[0] ? strcmp(p->country, out->alpha2) != 0
                           : strcmp(incmap_place_name_in(p, "en"), code) != 0)
            continue;
        snprintf(out->alpha2, sizeof out->alpha2, "%s", p->country);
        clean = text_clean(incmap_place_name_in(p, "en"));
        clean[text_cut(clean, 20)] = '\0';
        snprintf(out->name, sizeof out->name, "%s", clean);
        free(clean);
        return true;
    }
    return false;
}

/* The built-in border calls its countries by name, which a gazetteer without the two would not
 * lead to their codes. A name beside a code would read as if they were of two kinds: then both
 * are called as the border calls them. */
static void name_countries(data *d)
{
    for (size_t i = 0; i < d->n_borders; i++) {
        const char *inside = incmap_border_inside(d->borders[i]);
        const char *outside = incmap_border_outside(d->borders[i]);
        const bool named =
            name_country(d, d->are_builtin[i] ? "RUS" : inside, inside, &d->insides[i]);
        if (name_country(d, d->are_builtin[i] ? "UKR" : outside, outside, &d->outsides[i]) == named)
            continue;
        snprintf(d->insides[i].name, sizeof d->insides[i].name, "%s", inside);
        snprintf(d->outsides[i].name, sizeof d->outsides[i].name, "%s", outside);
    }
    d->inside = d->insides[0];
    d->outside = d->outsides[0];
}

int data_load(data *d, const data_options *o, bool with_dataset)
{
    incmap_ctx_options ctx_options = INCMAP_CTX_OPTIONS_INIT;
    incmap_report_options report_options = INCMAP_REPORT_OPTIONS_INIT;
    incmap_status st;
    int status;

    memset(d, 0, sizeof *d);
    d->strict = o->strict;
    d->all_notes = o->all_notes;
    status = check_options(o, with_dataset);
    if (status) return status;
    ctx_options.log = print_log;
    report_options.problem = print_problem;
    report_options.user = d;
    report_options.capacity = 1; /* each is printed as it comes */
    report_options.list_converted = o->converted;
    st = incmap_ctx_new(&ctx_options, &d->ctx);
    if (!st) st = incmap_report_new(d->ctx, &report_options, &d->report);
    if (!st) st = load_gazetteer(d, o);
    if (st) return complain_of(d->ctx, st);
    status = load_borders(d, o);
    if (status) return status;
    if (with_dataset) st = load_dataset(d, o);
    if (st) return complain_of(d->ctx, st);
    name_countries(d);
    st = choose_posts(d);
    return st ? complain_of(d->ctx, st) : DONE;
}

void data_free(data *d)
{
    incmap_dataset_free(d->dataset);
    for (size_t i = 0; i < d->n_borders; i++)
        incmap_border_free(d->borders[i]);
    incmap_gazetteer_free(d->given_posts);
    incmap_gazetteer_free(d->gazetteer);
    incmap_report_free(d->report);
    incmap_ctx_free(d->ctx);
    notes_free(&d->notes);
    memset(d, 0, sizeof *d);
}

/* Of these files only country dumps hold rows that nobody asks for. */
static void tell_left_out(const incmap_report *report)
{
    const incmap_report_file *f;

    for (size_t i = 0; (f = incmap_report_file_get(report, i)) != NULL; i++)
        if (f->left_out)
            complain(DONE,
                     "%s: %zu of %zu rows are neither populated places nor administrative areas "
                     "and were left out",
                     f->file, f->left_out, f->rows);
}

int data_end(const data *d, int status)
{
    notes_end(&d->notes);
    tell_left_out(d->report);
    if (!d->refused.rows) return status;
    complain(DONE, "%zu row%s refused: what stands there is in none of the figures",
             d->refused.rows, d->refused.rows == 1 ? "" : "s");
    return d->strict && status == DONE ? FAILED : status;
}

int data_run(const command *cmd, int argc, char *argv[], data_answer_fn *answer, void *job,
             const data *d)
{
    const char **words = need(calloc((size_t)argc + 1, sizeof *words));
    size_t n;
    int status = options_read(cmd, argc, argv, words, &n);

    if (status < 0) status = data_end(d, answer(job, words, n));
    free(words);
    return status;
}

/* The line of the library's credits that begins with these words. */
static void append_builtin(char **text, const char *start)
{
    for (const char *line = incmap_builtin_attribution(); *line;
         line += strcspn(line, "\n") + (line[strcspn(line, "\n")] != '\0'))
        if (strncmp(line, start, strlen(start)) == 0)
            text_append(text, "%.*s\n", (int)strcspn(line, "\n"), line);
}

char *data_places_credit(const data *d)
{
    char *text = need_copy("");

    if (d->builtin_places) append_builtin(&text, "Places:");
    if (d->places_path) text_append(&text, "Places: from %s\n", d->places_path);
    if (d->added_path) text_append(&text, "More places: from %s\n", d->added_path);
    if (d->builtin_places) append_builtin(&text, "Border posts:");
    if (d->posts_path)
        text_append(&text, "%s: from %s\n",
                    d->builtin_places ? "More border posts" : "Border posts", d->posts_path);
    return text;
}

static void write_border_credit(const data *d, size_t i, FILE *file)
{
    const incmap_border *border = d->borders[i];
    const char *date = incmap_border_data_date(border);
    const char *credit = incmap_border_attribution(border);
    char *text = need_copy("");

    fprintf(file, "Border: %s, data of %s, %s %.0f m. Not a survey.\n", incmap_border_name(border),
            date[0] ? date : "unknown date",
            d->accuracy_assumed[i] ? "accuracy not stated, taken as" : "taken as good to",
            incmap_border_accuracy_m(border));
    if (d->are_builtin[i])
        append_builtin(&text, "Border:");
    else
        text_append(&text, "Border: %s\n", credit[0] ? credit : "no credit stated");
    fputs(text, file);
    free(text);
}

void data_write_credit(const data *d, FILE *file)
{
    char *text = data_places_credit(d);

    for (size_t i = 0; i < d->n_borders; i++)
        write_border_credit(d, i, file);
    fputs(text, file);
    free(text);
}
