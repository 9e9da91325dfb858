/* SPDX-License-Identifier: MIT */
/* Reading UCDP's Georeferenced Event Dataset by the names of its columns, which stayed while their
 * number went from 41 to 52. */
#include "formats/ucdp.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "formats/importer.h"

enum column {
    ID,
    LATITUDE,
    LONGITUDE,
    WHERE_PREC,
    DATE_START,
    DATE_END,
    BEST,
    LOW,
    HIGH,
    DATE_PREC,
    TYPE,
    DYAD,
    SIDE_A,
    SIDE_B,
    WHERE,
    DESCRIPTION,
    SOURCES,
    OFFICE,
    DEATHS_A,
    DEATHS_B,
    DEATHS_CIVILIANS,
    DEATHS_UNKNOWN,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "id", true },
    [LATITUDE] = { "latitude", true },
    [LONGITUDE] = { "longitude", true },
    [WHERE_PREC] = { "where_prec", true },
    [DATE_START] = { "date_start", true },
    [DATE_END] = { "date_end", true },
    [BEST] = { "best", true },
    [LOW] = { "low", true },
    [HIGH] = { "high", true },
    [DATE_PREC] = { "date_prec", false },
    [TYPE] = { "type_of_violence", false },
    [DYAD] = { "dyad_name", false },
    [SIDE_A] = { "side_a", false },
    [SIDE_B] = { "side_b", false },
    [WHERE] = { "where_coordinates", false },
    [DESCRIPTION] = { "where_description", false },
    [SOURCES] = { "number_of_sources", false },
    [OFFICE] = { "source_office", false },
    [DEATHS_A] = { "deaths_a", false },
    [DEATHS_B] = { "deaths_b", false },
    [DEATHS_CIVILIANS] = { "deaths_civilians", false },
    [DEATHS_UNKNOWN] = { "deaths_unknown", false },
};

/* ---- what an event says ----------------------------------------------------------------------- */

/* "2014-01-22" or "2014-01-22 00:00:00.000": HDX's editions carry a time that says nothing. */
static bool read_day(incmap__table *table, size_t column, incmap_date *out)
{
    const char *text = incmap__table_text(table, column);
    const size_t length = incmap__table_length(table, column);
    const size_t day = length > 10 && (text[10] == ' ' || text[10] == 'T') ? 10 : length;

    if (incmap__date_parse(text, day, out, NULL) == INCMAP_OK &&
        out->precision == INCMAP_DATE_DAY) {
        incmap__import_day_converted(table, column, out->earliest);
        return true;
    }
    incmap__table_refuse(table, column, "a day as YYYY-MM-DD");
    return false;
}

/* The codebook's five say how many days the interval has that the two dates span. A code that does not
 * fit it is told; the dates stand. */
static void check_date_precision(incmap__table *table, const incmap_date *when)
{
    static const struct {
        int least, most;
        const char *expected;
    } spans[] = {
        { 1, 1, "date_prec 1 for one day" },         { 2, 6, "date_prec 2 for 2 to 6 days" },
        { 7, 7, "date_prec 3 for a week" },          { 8, 31, "date_prec 4 for 8 to 31 days" },
        { 32, 366, "date_prec 5 for up to a year" },
    };
    const char *text = incmap__table_text(table, DATE_PREC);
    const int days = when->before - when->earliest;

    if (!text[0]) return;
    for (int i = 0; i < 5; i++)
        if (days >= spans[i].least && days <= spans[i].most) {
            if (text[0] != '1' + i || text[1])
                incmap__table_warn(table, DATE_PREC, spans[i].expected);
            return;
        }
    incmap__table_warn(table, DATE_PREC, "dates that span a year at the most");
}

static bool read_dates(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    incmap_date start, end;
    const bool good = read_day(table, DATE_START, &start);
    char basis[48];
    size_t used = 0;

    if (!read_day(table, DATE_END, &end) || !good) return false;
    if (end.earliest < start.earliest) {
        incmap__table_refuse(table, DATE_END, "a date that is not before date_start");
        return false;
    }
    incident->when = start;
    incident->when.before = end.before;
    check_date_precision(table, &incident->when);
    if (end.earliest != start.earliest) incident->when.precision = INCMAP_DATE_RANGE;
    basis[0] = '\0';
    if (incmap__table_length(table, DATE_PREC))
        incmap__text_add(basis, sizeof basis, &used, "date_prec %.16s",
                         incmap__table_text(table, DATE_PREC));
    incident->date_basis = incmap__import_keep(im, basis, strlen(basis));
    return true;
}

/* The codebook's seven: the header of import.h gives them with their reasons. */
static const incmap__import_radius where[] = {
    { INCMAP_LOCATION_UNKNOWN, NAN },    { INCMAP_LOCATION_SETTLEMENT, 10e3 },
    { INCMAP_LOCATION_DISTRICT, 25e3 },  { INCMAP_LOCATION_DISTRICT, 30e3 },
    { INCMAP_LOCATION_REGION, 150e3 },   { INCMAP_LOCATION_REGION, 150e3 },
    { INCMAP_LOCATION_COUNTRY, 2500e3 }, { INCMAP_LOCATION_UNKNOWN, 2500e3 },
};

static bool read_place(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    const int64_t along_a_line = 5;
    int64_t prec = 0;
    bool good = incmap__row_coord(table, LONGITUDE, LATITUDE, &incident->located, &incident->at);

    if (good && !incident->located) {
        incmap__table_refuse(table, LATITUDE, "degrees");
        good = false;
    }
    good &= incmap__table_int(table, WHERE_PREC, 1, 7, &prec);
    if (good && prec < 1) {
        incmap__table_refuse(table, WHERE_PREC, "a whole number from 1 to 7");
        good = false;
    }
    if (!good) return false;
    incident->on_border = prec == along_a_line;
    incmap__import_location(im, table, WHERE_PREC, "where_prec",
                            incmap__table_text(table, WHERE_PREC), &where[prec], incident);
    return true;
}

static bool read_deaths(incmap__table *table, size_t column, double *out)
{
    const double most = 1e9;

    return incmap__table_number(table, column, 0, most, out);
}

/* Real releases have a handful of events whose low is above their high. They are told and kept as they
 * are printed, so that sums agree with the file's. */
static bool read_figures(incmap__table *table, incmap_claim *claim)
{
    bool good = read_deaths(table, BEST, &claim->figure);

    good &= read_deaths(table, LOW, &claim->figure_low);
    good &= read_deaths(table, HIGH, &claim->figure_high);
    if (!good) return false;
    if (claim->figure_low > claim->figure_high)
        incmap__table_warn(table, LOW, "a number that is not above high");
    else if (claim->figure < claim->figure_low || claim->figure > claim->figure_high)
        incmap__table_warn(table, BEST, "a number from low to high");
    return true;
}

static const char *event_type(incmap__table *table)
{
    const char *type = incmap__table_text(table, TYPE), *word = "";

    if (strcmp(type, "1") == 0 || strcmp(type, "2") == 0) word = "Battles";
    if (strcmp(type, "3") == 0) word = "Violence against civilians";
    if (word[0])
        incmap__table_convert(table, TYPE, word);
    else if (type[0])
        incmap__table_warn(table, TYPE, "1, 2 or 3");
    return word;
}

/* "type_of_violence 1; number_of_sources 5; Reuters; at the camp" */
static const char *keep_notes(incmap__importer *im, incmap__table *table)
{
    const char *sources = incmap__table_text(table, SOURCES), *notes = "";

    if (strcmp(sources, "-1") == 0) {
        incmap__table_convert(table, SOURCES, "unknown");
        sources = "unknown";
    }
    if (incmap__table_length(table, TYPE))
        notes = incmap__import_joined(im, "type_of_violence ", "", incmap__table_text(table, TYPE));
    if (sources[0]) {
        sources = incmap__import_joined(im, "number_of_sources ", "", sources);
        notes = incmap__import_joined(im, notes, "; ", sources);
    }
    notes = incmap__import_joined(im, notes, "; ", incmap__table_text(table, OFFICE));
    return incmap__import_joined(im, notes, "; ", incmap__table_text(table, DESCRIPTION));
}

static void read_texts(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    const char *type = event_type(table);

    incident->actor1 = incmap__import_column(im, table, SIDE_A);
    incident->actor2 = incmap__import_column(im, table, SIDE_B);
    incident->title = incmap__import_joined(im, incmap__table_text(table, DYAD), ": ",
                                            incmap__table_text(table, WHERE));
    incident->event_type = incmap__import_keep(im, type, strlen(type));
    incident->notes = keep_notes(im, table);
    incident->sources = incmap__import_keep(im, "ucdp", 4);
}

/* ---- records ---------------------------------------------------------------------------------- */

static incmap_status add_total(incmap__importer *im, const incmap_claim *figures, const char *id,
                               incmap_error *err)
{
    incmap_claim claim = incmap__import_deaths(im, id, "people");

    claim.figure = figures->figure;
    claim.figure_low = figures->figure_low;
    claim.figure_high = figures->figure_high;
    if (claim.figure_low != claim.figure_high && !isnan(claim.figure_low) &&
        !isnan(claim.figure_high)) {
        claim.qualifier_kind = INCMAP_QUALIFIER_RANGE;
        claim.qualifier = incmap__import_keep(im, "range", 5);
    }
    return incmap__import_add_claim(im, &claim, err);
}

/* The dead of one side or kind. A zero is left out: it says no more than the total does. */
static incmap_status add_part(incmap__importer *im, const char *id, const char *suffix,
                              const char *group, double deaths, incmap_error *err)
{
    incmap_claim claim;

    if (isnan(deaths) || deaths == 0) return INCMAP_OK;
    claim = incmap__import_deaths(im, incmap__import_joined(im, id, "/", suffix),
                                  group[0] ? group : suffix);
    claim.figure = claim.figure_low = claim.figure_high = deaths;
    return incmap__import_add_claim(im, &claim, err);
}

typedef struct {
    double a, b, civilians, unknown;
} parts;

static bool read_parts(incmap__table *table, parts *p)
{
    bool good = read_deaths(table, DEATHS_A, &p->a);

    good &= read_deaths(table, DEATHS_B, &p->b);
    good &= read_deaths(table, DEATHS_CIVILIANS, &p->civilians);
    good &= read_deaths(table, DEATHS_UNKNOWN, &p->unknown);
    return good;
}

static incmap_status add_claims(incmap__importer *im, const incmap_claim *figures, const parts *p,
                                const incmap_incident *incident, incmap_error *err)
{
    incmap_status st = add_total(im, figures, incident->id, err);

    if (!st) st = add_part(im, incident->id, "a", incident->actor1, p->a, err);
    if (!st) st = add_part(im, incident->id, "b", incident->actor2, p->b, err);
    if (!st) st = add_part(im, incident->id, "civilians", "civilians", p->civilians, err);
    if (!st) st = add_part(im, incident->id, "unknown", "unknown", p->unknown, err);
    return st;
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__importer *im = user;
    incmap_dataset *d = im->d;
    incmap_incident incident = incmap__import_incident();
    incmap_claim figures = { .id = NULL };
    parts p = { 0, 0, 0, 0 };
    const char *id = NULL;
    incmap_status st;
    bool good;

    good = incmap__import_id(im, table, ID, &id);
    good &= read_dates(im, table, &incident);
    good &= read_place(im, table, &incident);
    good &= read_figures(table, &figures);
    good &= read_parts(table, &p);
    if (!good) return INCMAP_OK;
    incident.id = incmap__import_keep(im, id, strlen(id));
    read_texts(im, table, &incident);
    st = incmap__records_add(&d->incidents, &d->allocator, &incident, err);
    if (!st) st = add_claims(im, &figures, &p, &incident, err);
    return !st && im->failed ? incmap__fail_memory(err) : st;
}

static incmap_status begin(incmap__importer *im, incmap_error *err)
{
    const char *publisher = "Uppsala Conflict Data Program";
    size_t number;
    const incmap_status st = incmap__import_claimant(im, "ucdp", publisher, err);

    return st ? st
              : incmap__import_source(im, "ucdp", 4, publisher, "UCDP Georeferenced Event Dataset",
                                      &number, err);
}

const incmap__column *incmap__ucdp_columns(size_t *n)
{
    *n = COLUMNS;
    return columns;
}

incmap_status incmap__ucdp_import(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                  incmap_dataset **out)
{
    return incmap__import_run(ctx, csv, report, columns, COLUMNS, add_row, begin, out);
}

incmap_status incmap_dataset_import_ucdp(incmap_ctx *ctx, const char *path, incmap_report *report,
                                         incmap_dataset **out)
{
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !path || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "import UCDP: NULL");
    st = incmap__csv_open(&csv, path, NULL, &ctx->allocator, &ctx->error);
    return st ? st : incmap__ucdp_import(ctx, csv, report, out);
}
