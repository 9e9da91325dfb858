/* SPDX-License-Identifier: MIT */
/* Reading ACLED's event files by the names of their columns, in the form of 2023 (31 columns) and in
 * older ones. No row of ACLED's is part of this project: the tests invent theirs. */
#include "formats/acled.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "formats/importer.h"
#include "formats/written_date.h"

enum column {
    ID,
    DATE,
    LATITUDE,
    LONGITUDE,
    PRECISION,
    FATALITIES,
    TIME,
    TYPE,
    SUB_TYPE,
    ACTOR1,
    ASSOCIATED1,
    INTER1,
    ACTOR2,
    ASSOCIATED2,
    INTER2,
    LOCATION,
    SOURCE,
    NOTES,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "event_id_cnty", true },
    [DATE] = { "event_date", true },
    [LATITUDE] = { "latitude", true },
    [LONGITUDE] = { "longitude", true },
    [PRECISION] = { "geo_precision", true },
    [FATALITIES] = { "fatalities", true },
    [TIME] = { "time_precision", false },
    [TYPE] = { "event_type", false },
    [SUB_TYPE] = { "sub_event_type", false },
    [ACTOR1] = { "actor1", false },
    [ASSOCIATED1] = { "assoc_actor_1", false },
    [INTER1] = { "inter1", false },
    [ACTOR2] = { "actor2", false },
    [ASSOCIATED2] = { "assoc_actor_2", false },
    [INTER2] = { "inter2", false },
    [LOCATION] = { "location", false },
    [SOURCE] = { "source", false },
    [NOTES] = { "notes", false },
};

/* ---- dates ------------------------------------------------------------------------------------- */

/* What time_precision leaves open: the day; the week, of which the day is one; the month. */
static bool read_date(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    static const int open_days[] = { 0, 0, 6, 30 };
    int64_t precision = 1;
    char code[32];
    size_t used = 0;
    const char *expected;
    incmap_date when;
    incmap_day day;
    bool good = incmap__table_int(table, TIME, 1, 3, &precision);

    if (!incmap__written_date(incmap__table_text(table, DATE), INCMAP_DATE_ORDER_DMY, &when,
                              &expected) ||
        when.precision != INCMAP_DATE_DAY) {
        incmap__table_refuse(table, DATE, "a day as 2023-05-22, 22-05-2023 or 22 May 2023");
        good = false;
    }
    if (!good) return false;
    day = when.earliest;
    incmap__import_day_converted(table, DATE, day);
    if (precision < 1) precision = 1; /* the column may be empty or missing */
    if (precision > 1)
        incmap__table_convert(
            table, TIME, precision == 2 ? "six days to either side" : "thirty days to either side");
    incident->when =
        (incmap_date){ day - open_days[precision], day + 1 + open_days[precision],
                       precision == 1 ? INCMAP_DATE_DAY : INCMAP_DATE_RANGE, INCMAP_UTC_UNKNOWN };
    incmap__text_add(code, sizeof code, &used, "time_precision %d", (int)precision);
    incident->date_basis = incmap__import_keep(im, code, used);
    return true;
}

/* ---- the rest of an event ----------------------------------------------------------------------- */

static bool read_place(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    static const incmap__import_radius radii[] = { { INCMAP_LOCATION_UNKNOWN, NAN },
                                                   { INCMAP_LOCATION_SETTLEMENT, 10e3 },
                                                   { INCMAP_LOCATION_DISTRICT, 30e3 },
                                                   { INCMAP_LOCATION_REGION, 150e3 } };
    int64_t precision = 0;
    bool good = incmap__row_coord(table, LONGITUDE, LATITUDE, &incident->located, &incident->at);

    if (good && !incident->located) {
        incmap__table_refuse(table, LATITUDE, "degrees");
        good = false;
    }
    good &= incmap__table_int(table, PRECISION, 1, 3, &precision);
    if (good && precision < 1) {
        incmap__table_refuse(table, PRECISION, "1, 2 or 3");
        good = false;
    }
    if (!good) return false;
    incident->acled_geo_precision = (int)precision;
    incmap__import_location(im, table, PRECISION, "geo_precision",
                            incmap__table_text(table, PRECISION), &radii[precision], incident);
    return true;
}

/* The words of ACLED's codebook of 2023, and those of earlier ones where they differ. */
static const char *const types[] = {
    "Battles",
    "Protests",
    "Riots",
    "Explosions/Remote violence",
    "Strategic developments",
    "Violence against civilians",
    "Riots/Protests",
    "Remote violence",
    "Strategic development",
    "Battle-No change of territory",
    "Battle-Government regains territory",
    "Battle-Non-state actor overtakes territory",
    "Headquarters or base established",
    "Non-violent transfer of territory",
};
static const char *const sub_types[] = {
    "Armed clash",
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Peaceful protest",
    "Protest with intervention",
    "Excessive force against protesters",
    "Violent demonstration",
    "Mob violence",
    "Chemical weapon",
    "Air/drone strike",
    "Suicide bomb",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Grenade",
    "Sexual violence",
    "Attack",
    "Abduction/forced disappearance",
    "Agreement",
    "Arrests",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
};

/* A word that the codebook lacks is kept, and told: it may be new, or a slip of the pen. */
static const char *read_word(incmap__importer *im, incmap__table *table, size_t column,
                             const char *const words[], size_t n, const char *expected)
{
    const char *text = incmap__table_text(table, column);
    bool known = !text[0];

    for (size_t i = 0; i < n && !known; i++)
        known = incmap__text_same(text, words[i]);
    if (!known) incmap__table_warn(table, column, expected);
    return incmap__import_column(im, table, column);
}

/* The code of an actor, a digit in older files, in the words of the newer ones; empty is unknown, and what is no
 * code stays as it is. */
static const char *read_inter(incmap__table *table, size_t column)
{
    static const char *const names[] = {
        "unknown", "State forces", "Rebel group", "Political militia",    "Identity militia",
        "Rioters", "Protesters",   "Civilians",   "External/Other forces"
    };
    const char *text = incmap__table_text(table, column);

    if (!text[0]) {
        incmap__table_convert(table, column, names[0]);
        return names[0];
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((text[0] == (char)('0' + i) && !text[1]) || incmap__text_same(text, names[i]) ||
            (i == 8 && incmap__text_same(text, "Other forces"))) {
            if (strcmp(text, names[i]) != 0) incmap__table_convert(table, column, names[i]);
            return names[i];
        }
    incmap__table_warn(table, column, "a code from 0 to 8, or its words");
    return text;
}

/* "Some Channel; Paper". An event without a source rests on ACLED alone, number 0. */
static incmap_status read_sources(incmap__importer *im, incmap__table *table,
                                  incmap_incident *incident, size_t *first, incmap_error *err)
{
    const char *list = incmap__table_text(table, SOURCE);

    if (strchr(list, ';')) incmap__table_convert(table, SOURCE, "several sources");
    return incmap__import_sources(im, list, ";|", incident, first, err);
}

static void read_texts(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    const char *inters;

    incident->event_type = read_word(im, table, TYPE, types, sizeof types / sizeof *types,
                                     "an event type of ACLED's codebook");
    incident->sub_event_type =
        read_word(im, table, SUB_TYPE, sub_types, sizeof sub_types / sizeof *sub_types,
                  "a sub-event type of ACLED's codebook");
    incident->title = incmap__import_joined(im, incident->sub_event_type, ": ",
                                            incmap__table_text(table, LOCATION));
    incident->actor1 = incmap__import_joined(im, incmap__table_text(table, ACTOR1), "|",
                                             incmap__table_text(table, ASSOCIATED1));
    incident->actor2 = incmap__import_joined(im, incmap__table_text(table, ACTOR2), "|",
                                             incmap__table_text(table, ASSOCIATED2));
    /* Joined, not printed into a room of some size: a code may be any text. */
    inters = incmap__import_joined(im, "inter1", " ", read_inter(table, INTER1));
    inters = incmap__import_joined(im, inters, "; inter2 ", read_inter(table, INTER2));
    incident->notes = incmap__import_joined(im, inters, "; ", incmap__table_text(table, NOTES));
}

static incmap_status add_claim(incmap__importer *im, const incmap_incident *incident,
                               double fatalities, size_t source, incmap_error *err)
{
    incmap_claim claim = incmap__import_deaths(im, incident->id, "people");

    claim.source = source;
    claim.figure = claim.figure_low = claim.figure_high = fatalities;
    if (fatalities == 0) {
        /* ACLED writes 0 for nobody and for nobody reported alike. */
        claim.qualifier = "";
        claim.qualifier_kind = INCMAP_QUALIFIER_UNSTATED;
        claim.hedge = incmap__import_keep(im, "none reported", 13);
    }
    return incmap__import_add_claim(im, &claim, err);
}

static void count_zero(incmap__table *table, int64_t fatalities)
{
    if (fatalities == 0) incmap__table_convert(table, FATALITIES, "none reported");
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    const int64_t most = 1000000000;
    incmap__importer *im = user;
    incmap_incident incident = incmap__import_incident();
    int64_t fatalities = INT64_MIN;
    const char *id = NULL;
    size_t source = 0;
    incmap_status st;
    bool good = incmap__import_id(im, table, ID, &id);

    good &= read_date(im, table, &incident);
    good &= read_place(im, table, &incident);
    good &= incmap__table_int(table, FATALITIES, 0, most, &fatalities);
    if (!good) return INCMAP_OK;
    count_zero(table, fatalities);
    incident.id = incmap__import_keep(im, id, strlen(id));
    read_texts(im, table, &incident);
    st = read_sources(im, table, &incident, &source, err);
    if (!st) st = incmap__records_add(&im->d->incidents, &im->d->allocator, &incident, err);
    if (!st)
        st = add_claim(im, &incident, fatalities == INT64_MIN ? NAN : (double)fatalities, source,
                       err);
    return !st && im->failed ? incmap__fail_memory(err) : st;
}

static incmap_status begin(incmap__importer *im, incmap_error *err)
{
    const char *name = "Armed Conflict Location & Event Data Project";
    size_t number;
    const incmap_status st = incmap__import_claimant(im, "acled", name, err);

    return st ? st : incmap__import_source(im, "acled", 5, name, "ACLED", &number, err);
}

const incmap__column *incmap__acled_columns(size_t *n)
{
    *n = COLUMNS;
    return columns;
}

incmap_status incmap__acled_import(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                   incmap_dataset **out)
{
    return incmap__import_run(ctx, csv, report, columns, COLUMNS, add_row, begin, out);
}

incmap_status incmap_dataset_import_acled(incmap_ctx *ctx, const char *path, incmap_report *report,
                                          incmap_dataset **out)
{
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !path || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "import ACLED: NULL");
    st = incmap__csv_open(&csv, path, NULL, &ctx->allocator, &ctx->error);
    return st ? st : incmap__acled_import(ctx, csv, report, out);
}
