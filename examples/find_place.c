/* SPDX-License-Identifier: MIT */
/* Which place does a report mean? Prints the candidates for each name, best first, with the reason of
 * each, and what the answer amounts to: unique, best of several, ambiguous, none. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/name_answers.h"
#include "common/program.h"
#include "common/table.h"
#include "common/text.h"
#include "common/wording.h"

enum { MOST_ROWS = 1000, ROWS_SHOWN = 10 };

static data_options chosen;
static const char *country, *region, *district, *near_text, *kind, *belt_km, *geonames, *alternates;
static const char *saved, *save_to, *most_text;
static bool together, populous, explain, as_csv, all_features;

typedef struct {
    data d;
    incmap_find_options find;
    incmap_coord near;
    size_t most; /* candidates shown of each name */
    incmap_match *matches;
    size_t *counts;
    size_t loaded; /* places, before those of GeoNames */
} job;

/* ---- options ---------------------------------------------------------------------------------- */

static int read_near(job *j)
{
    incmap_coord_text text;

    if (!near_text) return DONE;
    if (incmap_coord_parse(j->d.ctx, near_text, &text))
        return wrong_usage("--near: %s", incmap_ctx_message(j->d.ctx));
    j->near = text.at;
    j->find.near = &j->near;
    return DONE;
}

static int read_kind(job *j)
{
    if (kind && !name_kinds_parse(kind, &j->find.kinds))
        return wrong_usage("--kind: found \"%s\", expected settlement, city, village, region, "
                           "district, border_post ...",
                           kind);
    return DONE;
}

static int read_number(const char *name, const char *text, double most, double *out)
{
    char *end;

    if (!text) return DONE;
    *out = strtod(text, &end);
    if (end == text || *end || !(*out >= 0) || *out > most)
        return wrong_usage("--%s: found \"%s\", expected a number from 0 to %.0f", name, text,
                           most);
    return DONE;
}

static int read_options(job *j)
{
    double belt = NAN, most = ROWS_SHOWN;
    int status = read_near(j);

    if (!status) status = read_kind(j);
    if (!status) status = read_number("belt", belt_km, 20000, &belt);
    if (!status) status = read_number("most", most_text, MOST_ROWS, &most);
    j->find.version = 1;
    j->find.country = country;
    j->find.admin1 = region;
    j->find.admin2 = district;
    j->find.populous = populous;
    j->find.spelling = INCMAP_SPELLING_NEAREST;
    j->most = most < 1 ? 1 : (size_t)most;
    if (belt_km) {
        j->find.border = j->d.border;
        j->find.belt_m = belt * 1000;
    }
    return status;
}

/* ---- data ------------------------------------------------------------------------------------- */

/* A saved gazetteer stands in place of the built-in one; a dump of GeoNames is added to what there
 * is. */
static int load_gazetteer(job *j)
{
    incmap_geonames_options options = INCMAP_GEONAMES_OPTIONS_INIT;
    incmap_gazetteer *opened = NULL;
    incmap_status st = INCMAP_OK;

    if (!geonames && (alternates || all_features))
        return wrong_usage("--%s goes with --geonames",
                           alternates ? "alternate-names" : "all-features");
    if (saved && (j->d.places_path || j->d.added_path || j->d.posts_path))
        return wrong_usage(
            "--gazetteer stands for all places: --places, --add-places and --posts do "
            "not go with it");
    if (saved) {
        st = incmap_gazetteer_open(j->d.ctx, saved, &opened);
        if (st) return complain_of(j->d.ctx, st);
        incmap_gazetteer_free(j->d.gazetteer);
        j->d.gazetteer = opened;
    }
    j->loaded = incmap_gazetteer_count(j->d.gazetteer);
    options.alternate_names = alternates;
    options.all_features = all_features;
    if (geonames)
        st = incmap_gazetteer_add_geonames(j->d.ctx, j->d.gazetteer, geonames, &options,
                                           j->d.report);
    if (!st && save_to) st = incmap_gazetteer_save(j->d.ctx, j->d.gazetteer, save_to);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

/* An area that nobody has heard of is not a name that no place there bears. */
static int check_context(const job *j)
{
    incmap_context_fault fault = INCMAP_CONTEXT_GOOD;
    const incmap_status st =
        incmap_gazetteer_check_context(j->d.ctx, j->d.gazetteer, &j->find, &fault);

    if (st) return complain_of(j->d.ctx, st);
    switch (fault) {
    case INCMAP_CONTEXT_GOOD: break;
    case INCMAP_CONTEXT_COUNTRY:
        return wrong_usage("--country: no place known here lies in a country called \"%s\"",
                           country);
    case INCMAP_CONTEXT_REGION:
        return wrong_usage("--region: no place known here lies in a region called \"%s\"%s%s",
                           region, country ? " of the country " : "", country ? country : "");
    case INCMAP_CONTEXT_DISTRICT:
        return wrong_usage("--district: no place known here lies in a district called \"%s\"",
                           district);
    }
    return DONE;
}

/* ---- asking ----------------------------------------------------------------------------------- */

static int find_all(job *j, const char *const words[], size_t n)
{
    incmap_status st = INCMAP_OK;

    j->matches = need(calloc(n * MOST_ROWS, sizeof *j->matches));
    j->counts = need(calloc(n, sizeof *j->counts));
    if (together)
        st = incmap_gazetteer_find_together(j->d.ctx, j->d.gazetteer, words, n, &j->find,
                                            j->matches, MOST_ROWS, j->counts);
    for (size_t i = 0; !together && !st && i < n; i++)
        st = incmap_gazetteer_find(j->d.ctx, j->d.gazetteer, words[i], &j->find,
                                   j->matches + i * MOST_ROWS, MOST_ROWS, &j->counts[i]);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

static size_t shown(const job *j, size_t i)
{
    return j->counts[i] < j->most ? j->counts[i] : j->most;
}

/* ---- the answer ------------------------------------------------------------------------------- */

static char *reason_of(const incmap_match *match)
{
    const size_t length = incmap_match_reason_text(match, (char[1]){ 0 }, 1);
    char *text = need(malloc(length + 1));

    (void)incmap_match_reason_text(match, text, length + 1);
    return text;
}

static char *where_of(const incmap_place *p)
{
    char *text = NULL;

    if (p->admin2[0] && p->kind != INCMAP_PLACE_DISTRICT) text_append(&text, "%s, ", p->admin2);
    if (p->admin1[0] && p->kind != INCMAP_PLACE_REGION) text_append(&text, "%s, ", p->admin1);
    text_append(&text, "%s", p->country);
    return text;
}

static char *position_of(const incmap_place *p)
{
    return p->located ? text_format("%.4f, %.4f", p->at.lat, p->at.lon) : need_copy("not known");
}

static void add_columns(table *t)
{
    table_column(t, "score", ALIGN_POINT, 0);
    table_column(t, "place", ALIGN_LEFT, 30);
    table_column(t, "kind", ALIGN_LEFT, 14);
    table_column(t, "in", ALIGN_LEFT, 36);
    table_column(t, "why", ALIGN_LEFT, explain ? 44 : 52);
    if (!explain) return;
    table_column(t, "position", ALIGN_LEFT, 0);
    table_column(t, "key", ALIGN_LEFT, 0);
}

static void print_candidates(const job *j, size_t i)
{
    table *t = table_new();

    add_columns(t);
    for (size_t k = 0; k < shown(j, i); k++) {
        const incmap_match *match = &j->matches[i * MOST_ROWS + k];
        table_cellf(t, "%.2f", match->score);
        table_take(t, place_label(match->place));
        table_take(t, kind_words(match->place->kind));
        table_take(t, where_of(match->place));
        table_take(t, reason_of(match));
        if (!explain) continue;
        table_take(t, position_of(match->place));
        table_cellf(t, "key:%s", match->place->key);
    }
    table_print(t, stdout);
    table_free(t);
}

/* A listed name that is only offered is one of another area than the text says. */
static bool is_elsewhere(const incmap_match *match)
{
    return match->only_offered &&
           (match->reason == INCMAP_REASON_NAME || match->reason == INCMAP_REASON_ALTERNATE);
}

static const char *verdict_words(incmap_verdict verdict, const incmap_match matches[], size_t count)
{
    switch (verdict) {
    case INCMAP_VERDICT_UNIQUE: return "one place";
    case INCMAP_VERDICT_BEST: return count == 1 ? "likely this place" : "the first is the best";
    case INCMAP_VERDICT_AMBIGUOUS: return "ambiguous: the first are as good as one another";
    case INCMAP_VERDICT_NONE: break;
    }
    if (count && is_elsewhere(&matches[0]))
        return "no place of that name in the area that is named; elsewhere there is";
    return count ? "no place of that name; the nearest spellings are"
                 : "no place of that name, and no spelling near it";
}

static void print_answers(const job *j, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const incmap_match *matches = j->matches + i * MOST_ROWS;
        const incmap_verdict verdict = incmap_find_verdict(matches, j->counts[i]);
        char *word = text_clean(words[i]);
        printf("%s%s: %s\n", i ? "\n" : "", word, verdict_words(verdict, matches, j->counts[i]));
        free(word);
        if (!j->counts[i]) continue;
        printf("\n");
        print_candidates(j, i);
        if (shown(j, i) < j->counts[i])
            printf("... and %zu more (--most)\n", j->counts[i] - shown(j, i));
    }
}

/* Where what was not found may still be: a place that no gazetteer has is found in none. */
static void print_searched(const job *j)
{
    const size_t count = incmap_gazetteer_count(j->d.gazetteer);

    printf("\nSearched %zu places: ", count);
    if (saved)
        printf("%zu saved in %s", j->loaded, saved);
    else if (j->d.places_path)
        printf("%zu of %s", j->loaded, j->d.places_path);
    else
        printf("%zu built in, border posts among them", j->loaded);
    if (!saved && j->d.added_path) printf(" and of %s", j->d.added_path);
    if (!saved && j->d.posts_path) printf(" and of %s", j->d.posts_path);
    if (geonames) printf(", %zu of %s", count - j->loaded, geonames);
    printf("\n");
}

static void csv_row(const job *j, csv_out *csv, const char *word, size_t i, size_t k)
{
    const incmap_match *matches = j->matches + i * MOST_ROWS;
    const incmap_place *p = matches[k].place;
    char *reason = reason_of(&matches[k]);

    csv_text(csv, word);
    csv_text(csv, incmap_verdict_text(incmap_find_verdict(matches, j->counts[i])));
    csv_count(csv, j->counts[i]);
    csv_count(csv, k + 1);
    csv_number(csv, matches[k].score, 3);
    csv_text(csv, p->key);
    csv_text(csv, p->names[0].text);
    csv_text(csv, incmap_place_kind_text(p->kind));
    csv_text(csv, p->country);
    csv_text(csv, p->admin1);
    csv_text(csv, p->admin2);
    csv_number(csv, p->located ? p->at.lat : NAN, 7);
    csv_number(csv, p->located ? p->at.lon : NAN, 7);
    csv_text(csv, matches[k].name);
    csv_text(csv, matches[k].language);
    csv_number(csv, matches[k].near_m, 0);
    csv_number(csv, matches[k].about_m, 0);
    csv_text(csv, reason);
    csv_end(csv);
    free(reason);
}

/* A name that nothing is found for has a row too: nothing is dropped in silence. */
static void print_csv(const job *j, const char *const words[], size_t n)
{
    csv_out csv = { stdout, 0 };

    csv_head(&csv,
             "asked,verdict,candidates,rank,score,key,name,kind,country,admin1,admin2,lat,lon,"
             "matched_name,matched_language,near_m,about_m,reason");
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < shown(j, i); k++)
            csv_row(j, &csv, words[i], i, k);
        if (j->counts[i]) continue;
        csv_text(&csv, words[i]);
        csv_text(&csv, "none");
        csv_count(&csv, 0);
        csv_empty(&csv, 15);
        csv_end(&csv);
    }
}

static int status_of(const job *j, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const incmap_verdict verdict =
            incmap_find_verdict(j->matches + i * MOST_ROWS, j->counts[i]);
        if (verdict == INCMAP_VERDICT_NONE || verdict == INCMAP_VERDICT_AMBIGUOUS) return NO_ANSWER;
    }
    return DONE;
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    int status;

    if (!n && !save_to) return wrong_usage("no name to look for");
    status = data_load(&j->d, &chosen, false);
    if (!status) status = load_gazetteer(j);
    if (!status) status = read_options(j);
    if (!status) status = check_context(j);
    if (!status && n) status = find_all(j, words, n);
    if (status || !n) return status;
    if (as_csv) {
        print_csv(j, words, n);
    } else {
        print_answers(j, words, n);
        if (explain) print_searched(j);
        printf("\n");
        data_write_credit(&j->d, stdout);
    }
    return status_of(j, n);
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "country", "NAME", "only places of this country: its name, or ISO code", NULL, &country },
        { "region", "NAME", "only of this region: its name in any language, or code", NULL,
          &region },
        { "district", "NAME", "only of this district", NULL, &district },
        { "kind", "KIND", "settlement (any of them), city, village, region, border_post ...", NULL,
          &kind },
        { "near", "LAT,LON", "likelier the nearer to this point", NULL, &near_text },
        { "belt", "KM", "only within so many kilometres of the border", NULL, &belt_km },
        { "together", NULL, "the names are out of one text: they lie near one another", &together,
          NULL },
        { "populous", NULL, "of equals, one with ten times the people is likelier", &populous,
          NULL },
        { "most", "N", "candidates shown of each name (10)", NULL, &most_text },
        { "explain", NULL, "position and key as well, and what was searched", &explain, NULL },
        { "csv", NULL, "one CSV row per candidate", &as_csv, NULL },
    };
    const option files[] = {
        { "gazetteer", "FILE", "a saved gazetteer in place of the built-in places", NULL, &saved },
        { "geonames", "FILE", "add a country dump of GeoNames", NULL, &geonames },
        { "all-features", NULL, "of it rivers, stations and farms too", &all_features, NULL },
        { "alternate-names", "FILE", "with its names out of alternateNamesV2", NULL, &alternates },
        { "save", "FILE", "save the whole, for --gazetteer", NULL, &save_to },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, sizeof own / sizeof *own },
        { "Gazetteers", files, sizeof files / sizeof *files },
        { "Other data than the built-in", data_rows, DATA_OPTION_COUNT },
    };
    const command cmd = {
        "NAME... [--region NAME] [--near LAT,LON] [--together]",
        "Finds the place that a report means, in any script, language and romanisation, with "
        "letters\n"
        "wrong and with words such as \"city of\" or \"с.\", and says why. It does not guess: "
        "where\n"
        "places are as good as one another it lists them, and ends with status 1.\n",
        " Graivoron\n"
        " Козинка Глотово \"Гора-Поділ\" --together\n"
        " --geonames UA.txt --save ua.gaz\n"
        " --gazetteer ua.gaz Іванівка --region \"Сумська область\" --near 50.9,34.8\n",
        groups, sizeof groups / sizeof *groups
    };
    job j = { .find = INCMAP_FIND_OPTIONS_INIT };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    free(j.matches);
    free(j.counts);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/find_place-*.expected */
