/* SPDX-License-Identifier: MIT */
/* Which rows of a gazetteer look wrong? Lists them with the reasons, beside what the places that are
 * known already say, and changes nothing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <incmap/doubt.h>

#include "common/csv_out.h"
#include "common/program.h"
#include "common/table.h"
#include "common/text.h"
#include "common/wording.h"

enum { TEXT_SIZE = 2048, BITS = 32 };

static data_options chosen;
static const char *format, *columns, *separator, *reference;
static bool all, as_csv;

typedef struct {
    data d; /* its gazetteer is what the file is compared with */
    incmap_gazetteer *file;
    const char *path;
    size_t listed, remarks, suspicious;
    size_t counts[BITS], suspicious_counts[BITS];
    table *table;
    csv_out csv;
} job;

/* ---- loading ---------------------------------------------------------------------------------- */

/* What a file is, by its first line: saved ones have their mark, GeoNames' are told by their tabs. */
static const char *guess_format(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t tabs = 0, n = 0;
    char start[8] = { 0 };

    for (int c; file && (c = getc(file)) != EOF && c != '\n'; n++) {
        if (n < sizeof start) start[n] = (char)c;
        tabs += c == '\t';
    }
    if (file) fclose(file);
    if (memcmp(start, "INCMAPGZ", 8) == 0) return "saved";
    return tabs == 18 ? "geonames" : tabs == 11 ? "postal" : "places";
}

/* One "name=HEADER" of --columns, cut where it stands. */
static int read_column(char *word, incmap_column_map *map)
{
    const struct {
        const char *name;
        const char **header;
    } known[] = {
        { "name", &map->name },
        { "lat", &map->lat },
        { "lon", &map->lon },
        { "key", &map->key },
        { "alternates", &map->alternates },
        { "kind", &map->kind },
        { "country", &map->country },
        { "admin1", &map->admin1 },
        { "admin2", &map->admin2 },
        { "population", &map->population },
        { "uncertainty", &map->uncertainty_m },
    };
    char *equals = strchr(word, '=');

    for (size_t i = 0; equals && equals[1] && i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == (size_t)(equals - word) &&
            strncmp(word, known[i].name, (size_t)(equals - word)) == 0) {
            *known[i].header = equals + 1;
            return DONE;
        }
    return wrong_usage("--columns: found \"%s\", expected name=HEADER, lat=HEADER, lon=HEADER and, "
                       "of the same kind, key, alternates, kind, country, admin1, admin2, "
                       "population, uncertainty",
                       word);
}

static int load_table(job *j)
{
    incmap_column_map map = INCMAP_COLUMN_MAP_INIT;
    char *words = need_copy(columns);
    int status = DONE;
    incmap_status st;

    map.default_kind = INCMAP_PLACE_SETTLEMENT;
    map.separator = separator ? separator[0] : '\0';
    for (char *word = words, *next; !status && word; word = next) {
        next = strchr(word, ',');
        if (next) *next++ = '\0';
        status = read_column(word, &map);
    }
    if (!status && (!map.name || !map.lat || !map.lon))
        status = wrong_usage("--columns names no name, no lat or no lon");
    if (!status) {
        st = incmap_gazetteer_add_table(j->d.ctx, j->file, j->path, &map, j->d.report);
        if (st) status = complain_of(j->d.ctx, st);
    }
    free(words);
    return status;
}

static int load_known(job *j, const char *kind)
{
    incmap_ctx *ctx = j->d.ctx;
    incmap_status st;

    if (strcmp(kind, "geonames") == 0)
        st = incmap_gazetteer_add_geonames(ctx, j->file, j->path, NULL, j->d.report);
    else if (strcmp(kind, "postal") == 0)
        st = incmap_gazetteer_add_postal(ctx, j->file, j->path, j->d.report);
    else if (strcmp(kind, "places") == 0)
        st = incmap_gazetteer_add_places(ctx, j->file, j->path, j->d.report);
    else if (strcmp(kind, "saved") == 0) {
        incmap_gazetteer_free(j->file);
        j->file = NULL;
        st = incmap_gazetteer_open(ctx, j->path, &j->file);
    } else
        return wrong_usage("--format: found \"%s\", expected geonames, postal, places or saved",
                           kind);
    return st ? complain_of(ctx, st) : DONE;
}

static int load(job *j)
{
    incmap_status st = INCMAP_OK;

    if (columns && format) return wrong_usage("--columns is for a table, --format for the others");
    if (separator && (!columns || strlen(separator) != 1))
        return wrong_usage("--separator: expected one byte, and --columns with it");
    if (reference)
        st = incmap_gazetteer_add_geonames(j->d.ctx, j->d.gazetteer, reference, NULL, j->d.report);
    if (!st) st = incmap_gazetteer_new(j->d.ctx, &j->file);
    if (st) return complain_of(j->d.ctx, st);
    return columns ? load_table(j) : load_known(j, format ? format : guess_format(j->path));
}

/* ---- the answer ------------------------------------------------------------------------------- */

static void count_doubts(job *j, const incmap_doubt *doubt)
{
    for (unsigned i = 0; i < BITS; i++) {
        if (!(doubt->doubts >> i & 1)) continue;
        j->counts[i]++;
        j->suspicious_counts[i] += doubt->suspicious;
    }
}

static void print_row(const job *j, const incmap_doubt *doubt, const char *why)
{
    const incmap_place *p = doubt->place;

    table_cell(j->table, p->names[0].text);
    table_cell(j->table, p->admin2[0] ? p->admin2 : "-");
    table_take(j->table, p->located ? text_format("%.4f, %.4f", p->at.lat, p->at.lon)
                                    : need_copy("not known"));
    table_cell(j->table, why);
    table_cellf(j->table, "key:%s", p->key);
}

/* The words of the bits, joined by "|". */
static void csv_words(csv_out *csv, unsigned doubts)
{
    char *text = NULL;

    for (unsigned bit = 1; bit && bit <= doubts; bit <<= 1)
        if (doubts & bit) text_append(&text, "%s%s", text ? "|" : "", incmap_doubt_word(bit));
    csv_text(csv, text ? text : "");
    free(text);
}

static void csv_key(csv_out *csv, const incmap_place *place)
{
    csv_text(csv, place ? place->key : "");
}

static void csv_row(csv_out *csv, const incmap_doubt *doubt, const char *why)
{
    const incmap_place *p = doubt->place;

    csv_text(csv, p->key);
    csv_text(csv, p->names[0].text);
    csv_text(csv, p->country);
    csv_text(csv, p->admin1);
    csv_text(csv, p->admin2);
    csv_number(csv, p->located ? p->at.lat : NAN, 7);
    csv_number(csv, p->located ? p->at.lon : NAN, 7);
    csv_bool(csv, doubt->suspicious);
    csv_words(csv, doubt->doubts);
    csv_number(csv, doubt->region_m, 0);
    csv_number(csv, doubt->siblings_m, 0);
    csv_key(csv, doubt->other);
    csv_key(csv, doubt->around);
    csv_number(csv, doubt->around_m, 0);
    csv_key(csv, doubt->own);
    csv_number(csv, doubt->own_m, 0);
    csv_key(csv, doubt->known);
    csv_number(csv, doubt->known_m, 0);
    csv_text(csv, why);
    csv_end(csv);
}

static void note(void *user, const incmap_doubt *doubt)
{
    job *j = user;
    char why[TEXT_SIZE];

    count_doubts(j, doubt);
    j->remarks += !doubt->suspicious;
    if (!all && !doubt->suspicious) return;
    j->listed++;
    (void)incmap_doubt_text(doubt, why, sizeof why);
    if (as_csv)
        csv_row(&j->csv, doubt, why);
    else
        print_row(j, doubt, why);
}

static void begin(job *j)
{
    if (as_csv) {
        j->csv.file = stdout;
        csv_head(&j->csv, "key,name,country,admin1,admin2,lat,lon,suspicious,doubts,region_m,"
                          "siblings_m,other_key,around_key,around_m,own_key,own_m,known_key,"
                          "known_m,why");
        return;
    }
    j->table = table_new();
    table_column(j->table, "place", ALIGN_LEFT, 28);
    table_column(j->table, "district", ALIGN_LEFT, 24);
    table_column(j->table, "position", ALIGN_LEFT, 0);
    table_column(j->table, "what looks wrong", ALIGN_LEFT, 60);
    table_column(j->table, "key", ALIGN_LEFT, 0);
}

static void print_counts(const job *j)
{
    table *t = table_new();

    table_column(t, "reason", ALIGN_LEFT, 0);
    table_column(t, "rows", ALIGN_RIGHT, 0);
    table_column(t, "of them suspicious", ALIGN_RIGHT, 0);
    for (unsigned i = 0; i < BITS; i++) {
        if (!j->counts[i]) continue;
        table_cell(t, incmap_doubt_word(1u << i));
        table_cellf(t, "%zu", j->counts[i]);
        table_cellf(t, "%zu", j->suspicious_counts[i]);
    }
    table_print(t, stdout);
    table_free(t);
}

static void print_all(job *j)
{
    const size_t n = incmap_gazetteer_count(j->file);

    if (j->listed) table_print(j->table, stdout);
    printf("%s%zu of %zu places look wrong; of %zu more something is said%s\n",
           j->listed ? "\n" : "", j->suspicious, n, j->remarks,
           all || !j->remarks ? "" : " (--all)");
    if (j->suspicious + j->remarks) {
        printf("\n");
        print_counts(j);
    }
    printf("\nCompared with:\n");
    data_write_credit(&j->d, stdout);
}

static int check(job *j)
{
    incmap_doubt_options options = INCMAP_DOUBT_OPTIONS_INIT;
    incmap_status st;

    options.reference = j->d.gazetteer;
    if (!j->d.of_lines && j->d.inside.alpha2[0] && j->d.outside.alpha2[0]) {
        options.border = j->d.border;
        options.inside = j->d.inside.alpha2;
        options.outside = j->d.outside.alpha2;
    }
    begin(j);
    st = incmap_gazetteer_check(j->d.ctx, j->file, &options, note, j, &j->suspicious);
    if (!st && !as_csv) print_all(j);
    table_free(j->table);
    return st ? complain_of(j->d.ctx, st) : DONE;
}

static int run(void *user, const char *const words[], size_t n)
{
    job *j = user;
    int status;

    if (n != 1) return wrong_usage("expected one file");
    j->path = words[0];
    status = data_load(&j->d, &chosen, false);
    if (!status) status = load(j);
    return status ? status : check(j);
}

int main(int argc, char *argv[])
{
    const option own[] = {
        { "format", "KIND",
          "geonames (a country dump), postal (GeoNames' postal codes), places\n"
          "(this project's CSV), saved; without it the first line tells",
          NULL, &format },
        { "columns", "LIST",
          "any CSV: which columns hold what, as name=Ort,lat=Breite,lon=Laenge\n"
          "and key, alternates, kind, country, admin1, admin2, population,\n"
          "uncertainty",
          NULL, &columns },
        { "separator", "C", "of that CSV (,)", NULL, &separator },
        { "reference", "FILE", "compare with a country dump of GeoNames as well", NULL,
          &reference },
        { "all", NULL, "also what is no reason to take a position for wrong", &all, NULL },
        { "csv", NULL, "one CSV row per place", &as_csv, NULL },
    };
    option data_rows[DATA_OPTION_COUNT];
    const option_group groups[] = {
        { "Options", own, sizeof own / sizeof *own },
        { "Other places and border to compare with than the built-in", data_rows,
          DATA_OPTION_COUNT },
    };
    const command cmd = {
        "FILE",
        "Lists the rows of a gazetteer that look wrong, each with the reasons: outside its "
        "region,\n"
        "far from its siblings, where another place of that name is, on the wrong side of the\n"
        "border, duplicated, rounded, exchanged. It changes nothing, and where there is nothing\n"
        "to compare with it says so.\n",
        " RU_postal.txt\n"
        " UA.txt --csv --all\n"
        " depots.csv --columns name=Ort,lat=Breite,lon=Laenge --separator ';'\n",
        groups, sizeof groups / sizeof *groups
    };
    job j = { .path = NULL };
    int status;

    program_start(argv[0]);
    data_options_table(&chosen, data_rows);
    status = data_run(&cmd, argc, argv, run, &j, &j.d);
    incmap_gazetteer_free(j.file);
    data_free(&j.d);
    return program_end(status);
}

/* What it prints, with all its ways to end: tests/examples/check_gazetteer-*.expected */
