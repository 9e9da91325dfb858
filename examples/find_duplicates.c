/* SPDX-License-Identifier: MIT */
/* Which incidents may be one and the same? Proposes pairs within windows of place, time and actors,
 * and merges none. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "common/csv_out.h"
#include "common/program.h"
#include "common/table.h"
#include "common/text.h"
#include "common/version.h"
#include "common/wording.h"

static data_options chosen;
static const char *distance, *days;
static bool as_csv, any_actors;

typedef struct {
    data d;
    incmap_dataset *own; /* loaded from a path; NULL: the built-in one */
    const incmap_dataset *dataset;
    incmap_duplicates *found;
} job;

static int read_windows(incmap_duplicate_options *options)
{
    char *end;

    options->any_actors = any_actors;
    if (distance) {
        options->distance_m = strtod(distance, &end) * 1000;
        if (*end || !(options->distance_m >= 0 && options->distance_m < 1e8))
            return wrong_usage("--distance is \"%s\", expected kilometres, 0 or more", distance);
        if (options->distance_m == 0) options->distance_m = -1;
    }
    if (days) {
        const long value = strtol(days, &end, 10);
        if (*end || value < 0 || value > 36525)
            return wrong_usage("--days is \"%s\", expected a whole number, 0 or more", days);
        options->days = value ? (int)value : -1;
    }
    return DONE;
}

static int ask(job *j, const char *const words[], size_t n)
{
    incmap_duplicate_options options = INCMAP_DUPLICATE_OPTIONS_INIT;
    incmap_status st;
    int status = n > 1 ? wrong_usage("expected one dataset or none") : read_windows(&options);

    if (!status) status = data_load(&j->d, &chosen, n == 0);
    if (!status && n) status = version_load(&j->d, words[0], &j->own);
    if (status) return status;
    j->dataset = j->own ? j->own : j->d.dataset;
    st = incmap_duplicates_find(j->d.ctx, j->dataset, &options, &j->found);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

static const char *date_of(const incmap_incident *incident, char *buffer)
{
    return incmap_date_text(&incident->when, buffer);
}

/* Title, type, date and id, a line each. */
static void incident_cell(table *t, const incmap_incident *incident)
{
    char date[INCMAP_DATE_TEXT_SIZE];
    const char *type = incident->event_type, *sub_type = incident->sub_event_type;
    const bool typed = type[0] || sub_type[0];

    table_cellf(t, "%s" LINE_BREAK "%s%s%s%s%s" LINE_BREAK "[%s]", incident->title, type,
                type[0] && sub_type[0] ? ": " : "", sub_type, typed ? LINE_BREAK : "",
                date_of(incident, date), incident->id);
}

static void print_pairs(const job *j)
{
    const incmap_duplicate *pair;
    table *t = table_new();

    table_column(t, "incident", ALIGN_LEFT, 34);
    table_column(t, "may also be", ALIGN_LEFT, 34);
    table_column(t, "km apart", ALIGN_BAND, 0);
    table_column(t, "days", ALIGN_RIGHT, 0);
    table_column(t, "actors in common", ALIGN_RIGHT, 0);
    table_column(t, "same type", ALIGN_LEFT, 0);
    for (size_t i = 0; (pair = incmap_duplicates_get(j->found, i)) != NULL; i++) {
        const incmap_incident *a = incmap_dataset_incident(j->dataset, pair->a);
        const incmap_incident *b = incmap_dataset_incident(j->dataset, pair->b);
        if (i) table_gap(t);
        incident_cell(t, a);
        incident_cell(t, b);
        table_take(t, distance_text(pair->distance_m, pair->band_m, INCMAP_UNIT_KM));
        table_cellf(t, "%d", pair->days);
        if (pair->actors_unknown)
            table_cell(t, "not named");
        else
            table_cellf(t, "%zu", pair->actors);
        table_cell(t, pair->same_type ? "yes" : "no");
    }
    printf("Incidents that may be one and the same (%zu pairs): proposed, none is merged\n\n",
           incmap_duplicates_count(j->found));
    if (incmap_duplicates_count(j->found)) {
        table_print(t, stdout);
        printf("\n");
    }
    if (incmap_duplicates_skipped(j->found))
        printf("%zu without a position or a date could not be compared.\n",
               incmap_duplicates_skipped(j->found));
    table_free(t);
}

static void csv_types(csv_out *csv, const incmap_incident *incident)
{
    csv_text(csv, incident->event_type);
    csv_text(csv, incident->sub_event_type);
}

static void print_csv(const job *j)
{
    csv_out csv = { stdout, 0 };
    const incmap_duplicate *pair;

    csv_head(&csv, "a,b,distance_m,band_m,days,actors,actors_unknown,same_type,a_event_type,"
                   "a_sub_event_type,b_event_type,b_sub_event_type");
    for (size_t i = 0; (pair = incmap_duplicates_get(j->found, i)) != NULL; i++) {
        csv_text(&csv, incmap_dataset_incident(j->dataset, pair->a)->id);
        csv_text(&csv, incmap_dataset_incident(j->dataset, pair->b)->id);
        csv_number(&csv, pair->distance_m, 3);
        csv_number(&csv, pair->band_m, 3);
        csv_count(&csv, (size_t)pair->days);
        csv_count(&csv, pair->actors);
        csv_bool(&csv, pair->actors_unknown);
        csv_bool(&csv, pair->same_type);
        csv_types(&csv, incmap_dataset_incident(j->dataset, pair->a));
        csv_types(&csv, incmap_dataset_incident(j->dataset, pair->b));
        csv_end(&csv);
    }
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    const int status = ask(j, words, n);

    if (status) return status;
    if (as_csv)
        print_csv(j);
    else
        print_pairs(j);
    return DONE;
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "distance", "KM", "at most so far apart (5)", NULL, &distance },
        { "days", "N", "at most so many days apart (1)", NULL, &days },
        { "any-actors", NULL, "also where no actor is the same", &any_actors, NULL },
        { "csv", NULL, "one CSV row per pair", &as_csv, NULL },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, 4 },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT },
    };
    const command cmd = {
        "[DATASET]",
        "Which incidents may be one and the same: pairs within windows of place, time and actors.\n"
        "None is merged. " VERSION_HELP "Without one: the built-in incidents.\n",
        "\n"
        " --distance 2 --days 0\n"
        " ged_ukraine.csv --csv\n",
        groups,
        2,
    };
    job j = { .own = NULL };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    incmap_duplicates_free(j.found);
    incmap_dataset_free(j.own);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/find_duplicates-*.expected */
