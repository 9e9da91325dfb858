/* SPDX-License-Identifier: MIT */
/* What is in this file of incidents? Reads UCDP's, ACLED's, VIINA's and others' files, tells what became of
 * every row and column, sums up, and writes them in another form. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/csv_out.h"
#include "common/data.h"
#include "common/program.h"
#include "common/table.h"
#include "common/text.h"

enum { MAP_MOST = 64, SUMS_MOST = 6 };

static data_options chosen;
static const char *format, *separator, *date_order, *encoding, *tables_path, *geojson_path,
    *layers_folder;
static const char *map_options[OPTION_REPEATS];
static bool no_header, hxl, as_csv;

typedef struct {
    data d;
    const char *file;
    char *map_text[OPTION_REPEATS]; /* copies, cut at their commas */
    const char *map[MAP_MOST];
    incmap_import_options options;
    incmap_format taken;
    incmap_dataset *dataset;
    incmap_tally *tally;
    size_t first_column, first_file; /* of the report: before them stand those of --places */
} job;

/* ---- options ------------------------------------------------------------------------------------ */

/* "date=When,lat=Y,lon=X" as its parts. */
static int read_map(job *j)
{
    for (size_t i = 0; i < OPTION_REPEATS && map_options[i]; i++) {
        char *at = j->map_text[i] = need_copy(map_options[i]);
        while (*at) {
            const size_t length = strcspn(at, ",");
            if (j->options.map_count == MAP_MOST)
                return wrong_usage("--map has more than %d columns", MAP_MOST);
            j->map[j->options.map_count++] = at;
            at += length;
            if (*at) *at++ = '\0';
        }
    }
    j->options.map = j->map;
    return DONE;
}

static int read_separator(incmap_import_options *options)
{
    if (!separator) return DONE;
    options->separator = strcmp(separator, "tab") == 0 ? '\t' : separator[0];
    if (separator[0] && (!separator[1] || options->separator == '\t')) return DONE;
    return wrong_usage("--separator is \"%s\", expected one character or tab", separator);
}

static int read_options(job *j)
{
    incmap_import_options *o = &j->options;
    int status = read_map(j);

    if (!status) status = read_separator(o);
    if (status) return status;
    if (format) o->format = incmap_format_parse(format);
    if (format && (!o->format || o->format == INCMAP_FORMAT_MAP))
        return wrong_usage("--format is \"%s\", expected ucdp, acled, viina or incmap", format);
    if (format && o->map_count) return wrong_usage("--format and --map: expected one of them");
    if (no_header && !o->map_count)
        return wrong_usage("--no-header: expected --map with the numbers of columns");
    if (date_order && strcmp(date_order, "dmy") == 0) o->date_order = INCMAP_DATE_ORDER_DMY;
    if (date_order && strcmp(date_order, "mdy") == 0) o->date_order = INCMAP_DATE_ORDER_MDY;
    if (date_order && !o->date_order)
        return wrong_usage("--date-order is \"%s\", expected dmy or mdy", date_order);
    o->no_header = no_header;
    o->encoding = encoding;
    return DONE;
}

/* ---- what was read ------------------------------------------------------------------------------ */

static const char *format_words(incmap_format taken)
{
    switch (taken) {
    case INCMAP_FORMAT_UCDP: return "UCDP's events";
    case INCMAP_FORMAT_ACLED: return "ACLED's events";
    case INCMAP_FORMAT_VIINA: return "VIINA's event reports";
    case INCMAP_FORMAT_INCMAP: return "incmap's own";
    case INCMAP_FORMAT_MAP: return "columns by the map";
    case INCMAP_FORMAT_UNKNOWN: break;
    }
    return "unknown";
}

static void print_files(const job *j)
{
    const incmap_report_file *f;

    for (size_t i = j->first_file; (f = incmap_report_file_get(j->d.report, i)) != NULL; i++) {
        char *name = text_clean(f->file);
        printf("%s: %s, %zu row%s: %zu kept, %zu refused%s\n", name, format_words(j->taken),
               f->rows, f->rows == 1 ? "" : "s", f->kept, f->refused,
               f->has_tags ? "; behind the header stands a row of HXL tags" : "");
        if (f->unreadable)
            printf("%zu of the refused could not be parted into columns: they are in no column's "
                   "count.\n",
                   f->unreadable);
        free(name);
    }
    printf("\n");
}

static void count_cell(table *t, size_t n)
{
    if (n)
        table_cellf(t, "%zu", n);
    else
        table_cell(t, "");
}

static void column_row(table *t, const incmap_report_column *c)
{
    table_cellf(t, "%zu", c->column);
    table_cell(t, c->name);
    count_cell(t, c->kept);
    count_cell(t, c->converted);
    count_cell(t, c->doubtful);
    count_cell(t, c->empty);
    count_cell(t, c->refused);
    count_cell(t, c->at_fault);
}

static table *new_columns(void)
{
    static const char *const heads[] = { "kept",  "converted", "doubtful",
                                         "empty", "refused",   "at fault" };
    table *t = table_new();

    table_column(t, "no.", ALIGN_RIGHT, 0);
    table_column(t, "column", ALIGN_LEFT, 30);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        table_column(t, heads[i], ALIGN_RIGHT, 0);
    return t;
}

static void print_columns(const job *j)
{
    const incmap_report_column *c;
    char *unread = NULL;
    size_t n_unread = 0;
    table *t = new_columns();

    for (size_t i = j->first_column; (c = incmap_report_column_get(j->d.report, i)) != NULL; i++) {
        if (c->read) {
            column_row(t, c);
        } else if (c->unread) {
            char *name = text_clean(c->name);
            text_append(&unread, "%s%s", n_unread++ ? ", " : "", name);
            free(name);
        }
    }
    table_print(t, stdout);
    table_free(t);
    printf(
        "\nConverted: taken in another form, a code as metres or -1 as unknown. Doubtful: kept as\n"
        "it stands, and told. Refused: in a row that is not used; at fault: the reason for it.\n");
    if (unread) printf("Columns not read, %zu: %s.\n", n_unread, unread);
    printf("\n");
    free(unread);
}

/* ---- sums --------------------------------------------------------------------------------------- */

/* What nobody gives is told apart from what somebody leaves open, and neither is 0. */
static void sum_cell(table *t, double value, bool open)
{
    if (isnan(value))
        table_cell(t, open ? "open" : "?");
    else
        table_cellf(t, "%.0f", value);
}

static void print_sum_notes(bool groups, bool unknown, bool open)
{
    if (groups) printf("Groups may overlap, so they are not to be added up.\n");
    if (unknown)
        printf("Unknown: incidents without a figure; they are in no sum and are not zero.\n");
    if (open)
        printf("Open: nobody gives that end (\"nearly 12\", \"more than 70\"); in low, an incident "
               "that lacks it\nbeside others adds nothing.\n");
}

static void print_sums(const job *j)
{
    const incmap_tally_total *total;
    size_t n = 0;
    bool unknown = false, open = false;
    table *t = table_new();

    table_column(t, "claimed", ALIGN_LEFT, 0);
    table_column(t, "of whom", ALIGN_LEFT, 30);
    table_column(t, "incidents", ALIGN_RIGHT, 0);
    table_column(t, "unknown", ALIGN_RIGHT, 0);
    table_column(t, "low", ALIGN_RIGHT, 0);
    table_column(t, "best", ALIGN_RIGHT, 0);
    table_column(t, "high", ALIGN_RIGHT, 0);
    for (size_t i = 0; (total = incmap_tally_total_get(j->tally, i)) != NULL; i++) {
        if (!total->incidents || n++ >= SUMS_MOST) continue;
        table_cell(t, total->type);
        table_cell(t, total->victim_group[0] ? total->victim_group : "(not said)");
        table_cellf(t, "%zu", total->incidents);
        table_cellf(t, "%zu", total->unknown);
        sum_cell(t, total->low, total->low_open);
        sum_cell(t, total->best, false);
        sum_cell(t, total->high, total->high_open);
        unknown |= total->unknown > 0;
        open |= total->low_open || total->high_open;
    }
    if (n) table_print(t, stdout);
    table_free(t);
    if (n > SUMS_MOST) printf("and %zu more groups\n", n - SUMS_MOST);
    print_sum_notes(n > 1, unknown, open);
    printf("%sIncidents: %zu. Claims: %zu. Sources: %zu.\n", n ? "\n" : "",
           incmap_dataset_incident_count(j->dataset), incmap_dataset_claim_count(j->dataset),
           incmap_dataset_source_count(j->dataset));
}

/* ---- the same as CSV ---------------------------------------------------------------------------- */

static void print_csv(const job *j)
{
    csv_out csv = { stdout, 0 };
    const incmap_report_column *c;

    csv_head(&csv, "file,format,column,name,read,kept,converted,doubtful,empty,unread,refused,"
                   "at_fault");
    for (size_t i = j->first_column; (c = incmap_report_column_get(j->d.report, i)) != NULL; i++) {
        const size_t counts[] = { c->kept,   c->converted, c->doubtful, c->empty,
                                  c->unread, c->refused,   c->at_fault };
        csv_text(&csv, c->file);
        csv_text(&csv, incmap_format_text(j->taken));
        csv_count(&csv, c->column);
        csv_text(&csv, c->name);
        csv_bool(&csv, c->read);
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
            csv_count(&csv, counts[k]);
        csv_end(&csv);
    }
}

/* ---- writing ------------------------------------------------------------------------------------ */

static incmap_status write_layers(const job *j, const char *credit)
{
    incmap_ctx *ctx = j->d.ctx;
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    incmap_project_options project = INCMAP_PROJECT_OPTIONS_INIT;
    incmap_layer_result result;
    char *incidents = text_format("%s/incidents", layers_folder);
    char *claims = text_format("%s/claims", layers_folder);
    char *map = text_format("%s/project.qgs", layers_folder);
    const incmap_project_layer list[] = {
        { .path = incidents },
        { .path = claims, .field = "INCIDENT", .other_field = "ID" },
    };
    incmap_status st;

    options.credit = credit;
    options.split_texts = true;
    st = incmap_layer_write_incidents(ctx, incidents, j->dataset, j->d.border, &options, &result);
    if (!st) st = incmap_layer_write_claims(ctx, claims, j->dataset, &options, &result);
    project.credit = credit;
    project.title = j->file;
    if (!st) st = incmap_project_write(ctx, map, list, 2, &project);
    free(incidents);
    free(claims);
    free(map);
    return st;
}

static int make_layers(const job *j)
{
    char *credit = text_format("Incidents: from %s (%s)", j->file, format_words(j->taken));
    incmap_status st;

    if (mkdir(layers_folder, 0777) != 0 && errno != EEXIST) {
        free(credit);
        return complain(FAILED, "folder %s cannot be made: %s", layers_folder, strerror(errno));
    }
    st = write_layers(j, credit);
    free(credit);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

static int write_all(const job *j)
{
    incmap_export_options options = INCMAP_EXPORT_OPTIONS_INIT;
    incmap_status st = INCMAP_OK;
    const int status = layers_folder ? make_layers(j) : DONE;

    if (status) return status;
    options.hxl = hxl;
    if (tables_path) st = incmap_dataset_export_csv(j->d.ctx, j->dataset, tables_path, &options);
    if (!st && geojson_path)
        st = incmap_dataset_export_geojson(j->d.ctx, j->dataset, geojson_path, &options);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

/* Whoever has such a file needs to know that there is an option. */
static void hint_encoding(const job *j)
{
    const incmap_problem *p;

    for (size_t i = 0; !encoding && (p = incmap_report_get(j->d.report, i)) != NULL; i++)
        if (strstr(p->found, "not UTF-8")) {
            complain(DONE,
                     "note: some texts are not UTF-8: say with --encoding what they are, such "
                     "as CP1251");
            return;
        }
}

/* ---- the question ------------------------------------------------------------------------------- */

static int import_file(job *j)
{
    incmap_status st;

    j->options.gazetteer = j->d.gazetteer;
    j->first_column = incmap_report_column_count(j->d.report);
    j->first_file = incmap_report_file_count(j->d.report);
    st = incmap_dataset_import(j->d.ctx, j->file, &j->options, j->d.report, &j->taken, &j->dataset);
    if (st && !j->options.map_count && strstr(incmap_ctx_message(j->d.ctx), "a map of them")) {
        const int status = complain_of(j->d.ctx, st);
        complain(DONE, "say with --map what the columns hold; --help lists the keys");
        return status;
    }
    if (!st) hint_encoding(j);
    if (!st) st = incmap_tally_new(j->d.ctx, j->dataset, SIZE_MAX, NULL, 0, &j->tally);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    int status = n == 1 ? read_options(j) : wrong_usage("expected one file of incidents");

    if (status) return status;
    j->file = words[0];
    status = data_load(&j->d, &chosen, false);
    if (!status) status = import_file(j);
    if (status) return status;
    if (as_csv) {
        print_csv(j);
    } else {
        print_files(j);
        print_columns(j);
        print_sums(j);
    }
    return write_all(j);
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "format", "NAME", "ucdp, acled, viina or incmap (by the names of the columns)", NULL,
          &format },
        { "map", "KEY=COLUMN,...", "which column holds what, by name or number: see above", NULL,
          map_options },
        { "no-header", NULL, "the first row is one like any other: columns by number", &no_header,
          NULL },
        { "separator", "CHAR", "between the fields of CSV; \"tab\" (,)", NULL, &separator },
        { "date-order", "dmy|mdy", "of dates such as 05/06/2023, which else are refused", NULL,
          &date_order },
        { "encoding", "NAME", "of the texts, such as CP1251 (UTF-8; a shapefile's own)", NULL,
          &encoding },
        { "converted", NULL, "tell every value, too, that is taken in another form",
          &chosen.converted, NULL },
        { "tables", "PATH", "write PATH_incidents.csv and three more", NULL, &tables_path },
        { "hxl", NULL, "with a row of HXL tags behind each header of these", &hxl, NULL },
        { "geojson", "FILE", "write a FeatureCollection", NULL, &geojson_path },
        { "layers", "DIR", "write layers and a project for QGIS", NULL, &layers_folder },
        { "csv", NULL, "tell what became of the columns as CSV, one row each", &as_csv, NULL },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, sizeof own / sizeof *own },
        { "Other places and border than the built-in", data_rows, DATA_OPTION_COUNT },
    };
    const command cmd = {
        "FILE",
        "What is in this file of incidents? Reads UCDP's, ACLED's and VIINA's files, tables that "
        "incmap\n"
        "wrote and any others by a map of their columns, from CSV, points of GeoJSON and points "
        "of\n"
        "shapefiles (.shp). Tells what became of every column, and each row that was refused, sums "
        "up\n"
        "what is claimed, and writes it in another form.\n\n"
        "Keys of --map: date (needed), date_end, id, title, lat, lon, position (both in one text), "
        "place\n"
        "(a name to be found, with country and region), place_key, uncertainty_m, "
        "location_precision,\n"
        "event_type, sub_event_type, actor1, actor2, notes, source, claimant, figure, low, high, "
        "qualifier,\n"
        "victim_group, unit, claim_type, polarity, hedge, summary. KEY:=TEXT gives all rows that "
        "text.\n",
        " ged_ukraine.csv\n"
        " acled.csv --geojson events.geojson --layers out\n"
        " own.csv --separator \";\" --date-order dmy --map \"date=Datum,place=Ort,figure=Tote\"\n",
        groups, 2
    };
    job j = { .options = INCMAP_IMPORT_OPTIONS_INIT };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    incmap_tally_free(j.tally);
    incmap_dataset_free(j.dataset);
    for (size_t i = 0; i < OPTION_REPEATS; i++)
        free(j.map_text[i]);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/import_incidents-*.expected */
