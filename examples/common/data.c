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
        { "border", "FILE.shp", "border between two countries of this polygon layer", NULL,
          &o->border },
        { "inside", "CODE", "country whose side counts as positive", NULL, &o->inside },
        { "outside", "CODE", "the other country", NULL, &o->outside },
        { "code-field", "NAME", "field that holds the countries' codes (A3)", NULL,
          &o->code_field },
        { "border-accuracy", "M", "how far that layer may lie off, in metres (100)", NULL,
          &o->accuracy_m },
        { "border-credit", "TEXT", "credit of that layer, printed under every table", NULL,
          &o->credit },
        { "strict", NULL, "refused rows make the exit status 3", &o->strict, NULL },
    };
    memcpy(out, options, sizeof options);
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

static void print_problem(void *user, const incmap_problem *problem)
{
    char start[1];
    const size_t size = incmap_problem_text(problem, start, sizeof start) + 1;
    char *text = need(malloc(size));

    incmap_problem_text(problem, text, size);
    complain(DONE, "%s%s", problem->severity == INCMAP_PROBLEM_WARNING ? "note: " : "", text);
    if (problem->severity == INCMAP_PROBLEM_REFUSED) count_row(user, problem);
    free(text);
}

/* What cannot be meant is told before any file is read. */
static int check_options(const data_options *o, bool with_dataset)
{
    const char *const files[] = { o->incidents, o->claims, o->claimants, o->sources };
    const char *const names[] = { "incidents", "claims", "claimants", "sources" };
    size_t given = 0;

    if ((o->border || o->inside || o->outside) && !(o->border && o->inside && o->outside))
        return wrong_usage("--border, --inside and --outside go together: --%s is missing",
                           !o->border ? "border" : (!o->inside ? "inside" : "outside"));
    if ((o->code_field || o->accuracy_m || o->credit) && !o->border)
        return wrong_usage("--%s goes with --border only",
                           o->code_field ? "code-field"
                                         : (o->accuracy_m ? "border-accuracy" : "border-credit"));
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
    if (!st && o->places)
        st = incmap_gazetteer_add_places(d->ctx, d->gazetteer, o->places, d->report);
    if (!st && o->add_places)
        st = incmap_gazetteer_add_places(d->ctx, d->gazetteer, o->add_places, d->report);
    if (!st && o->posts) st = incmap_gazetteer_add_posts(d->ctx, d->gazetteer, o->posts, d->report);
    return st;
}

static int load_border(data *d, const data_options *o)
{
    incmap_border_options options = INCMAP_BORDER_OPTIONS_INIT;
    incmap_status st;
    char *end;

    d->builtin_border = !o->border;
    if (!o->border) {
        st = incmap_border_builtin(d->ctx, &d->border);
        return st ? complain_of(d->ctx, st) : DONE;
    }
    if (o->accuracy_m) {
        options.accuracy_m = strtod(o->accuracy_m, &end);
        if (*end || !(options.accuracy_m > 0 && options.accuracy_m < 1e7))
            return wrong_usage("--border-accuracy is \"%s\", expected metres above 0",
                               o->accuracy_m);
    }
    options.attribution = o->credit;
    st = incmap_border_between(d->ctx, o->border, o->code_field ? o->code_field : "A3", o->inside,
                               o->outside, &options, &d->border);
    return st ? complain_of(d->ctx, st) : DONE;
}

static incmap_status load_dataset(data *d, const data_options *o)
{
    const incmap_dataset_files files = { o->sources, o->claimants, o->incidents, o->claims };

    d->builtin_dataset = !o->incidents;
    if (!o->incidents) return incmap_dataset_builtin(d->ctx, d->gazetteer, &d->dataset);
    return incmap_dataset_open(d->ctx, &files, d->gazetteer, d->report, &d->dataset);
}

/* The country that the gazetteer knows under the border's code, or under that very name, since
 * layers name their countries either way. own: what the border itself calls it. */
static void name_country(const data *d, const char *code, const char *own, data_country *out)
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
        return;
    }
}

/* The built-in border calls its countries by name, which a gazetteer without the two would not
 * lead to their codes. */
static void name_countries(data *d)
{
    const char *inside = incmap_border_inside(d->border);
    const char *outside = incmap_border_outside(d->border);

    name_country(d, d->builtin_border ? "RUS" : inside, inside, &d->inside);
    name_country(d, d->builtin_border ? "UKR" : outside, outside, &d->outside);
}

int data_load(data *d, const data_options *o, bool with_dataset)
{
    incmap_ctx_options ctx_options = INCMAP_CTX_OPTIONS_INIT;
    incmap_report_options report_options = INCMAP_REPORT_OPTIONS_INIT;
    incmap_status st;
    int status;

    memset(d, 0, sizeof *d);
    d->strict = o->strict;
    status = check_options(o, with_dataset);
    if (status) return status;
    ctx_options.log = print_log;
    report_options.problem = print_problem;
    report_options.user = d;
    report_options.capacity = 1; /* each is printed as it comes */
    st = incmap_ctx_new(&ctx_options, &d->ctx);
    if (!st) st = incmap_report_new(d->ctx, &report_options, &d->report);
    if (!st) st = load_gazetteer(d, o);
    if (st) return complain_of(d->ctx, st);
    status = load_border(d, o);
    if (status) return status;
    if (with_dataset) st = load_dataset(d, o);
    if (st) return complain_of(d->ctx, st);
    name_countries(d);
    return DONE;
}

void data_free(data *d)
{
    incmap_dataset_free(d->dataset);
    incmap_border_free(d->border);
    incmap_gazetteer_free(d->gazetteer);
    incmap_report_free(d->report);
    incmap_ctx_free(d->ctx);
    memset(d, 0, sizeof *d);
}

int data_end(const data *d, int status)
{
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

void data_write_credit(const data *d, FILE *file)
{
    const char *date = incmap_border_data_date(d->border);
    const char *credit = incmap_border_attribution(d->border);
    char *text = need_copy("");

    fprintf(file, "Border: %s, data of %s, taken as good to %.0f m. Not a survey.\n",
            incmap_border_name(d->border), date[0] ? date : "unknown date",
            incmap_border_accuracy_m(d->border));
    if (d->builtin_border) append_builtin(&text, "Border:");
    if (!d->builtin_border)
        text_append(&text, "Border: %s\n", credit[0] ? credit : "no credit stated");
    fputs(text, file);
    free(text);
    text = data_places_credit(d);
    fputs(text, file);
    free(text);
}
