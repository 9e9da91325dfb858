/* SPDX-License-Identifier: MIT */
/* Reading VIINA's event reports by the names of their columns: version 1, and of version 2 both the single
 * reports and those of one day and place together. */
#include "formats/viina.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "formats/importer.h"
#include "formats/written_date.h"

enum column {
    ID,
    ID_1PD,
    DATE,
    TIME,
    LONGITUDE,
    LATITUDE,
    PRECISION,
    API,
    NAME,
    ADDRESS,
    SOURCE,
    SOURCES,
    REPORTS,
    URL,
    TEXT,
    LABELS, /* and all behind it */
    A_RUS = LABELS,
    A_UKR,
    A_RUS_INIT,
    A_UKR_INIT,
    A_CIV,
    A_OTHER,
    T_ARTILLERY,
    T_AIRSTRIKE,
    T_UAV,
    T_IED,
    T_AAD,
    T_FIREFIGHT,
    T_ARMOR,
    T_RAID,
    T_MIL,
    T_NMIL,
    T_LOC,
    T_SAN,
    T_AIRALERT,
    T_ARREST,
    T_CONTROL,
    T_OCCUPY,
    T_PROPERTY,
    T_CYBER,
    T_HOSPITAL,
    T_MILCAS,
    T_CIVCAS,
    T_RETREAT,
    T_KILLING,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "event_id", false },
    [ID_1PD] = { "event_id_1pd", false },
    [DATE] = { "date", true },
    [TIME] = { "time", false },
    [LONGITUDE] = { "longitude", true },
    [LATITUDE] = { "latitude", true },
    [PRECISION] = { "GEO_PRECISION", true },
    [API] = { "GEO_API", false },
    [NAME] = { "asciiname", false },
    [ADDRESS] = { "address", false },
    [SOURCE] = { "source", false },
    [SOURCES] = { "sources", false },
    [REPORTS] = { "n_reports", false },
    [URL] = { "url", false },
    [TEXT] = { "text", false },
    [A_RUS] = { "a_rus_b", false },
    [A_UKR] = { "a_ukr_b", false },
    [A_RUS_INIT] = { "a_rus_init_b", false },
    [A_UKR_INIT] = { "a_ukr_init_b", false },
    [A_CIV] = { "a_civ_b", false },
    [A_OTHER] = { "a_other_b", false },
    [T_ARTILLERY] = { "t_artillery_b", false },
    [T_AIRSTRIKE] = { "t_airstrike_b", false },
    [T_UAV] = { "t_uav_b", false },
    [T_IED] = { "t_ied_b", false },
    [T_AAD] = { "t_aad_b", false },
    [T_FIREFIGHT] = { "t_firefight_b", false },
    [T_ARMOR] = { "t_armor_b", false },
    [T_RAID] = { "t_raid_b", false },
    [T_MIL] = { "t_mil_b", false },
    [T_NMIL] = { "t_nmil_b", false },
    [T_LOC] = { "t_loc_b", false },
    [T_SAN] = { "t_san_b", false },
    [T_AIRALERT] = { "t_airalert_b", false },
    [T_ARREST] = { "t_arrest_b", false },
    [T_CONTROL] = { "t_control_b", false },
    [T_OCCUPY] = { "t_occupy_b", false },
    [T_PROPERTY] = { "t_property_b", false },
    [T_CYBER] = { "t_cyber_b", false },
    [T_HOSPITAL] = { "t_hospital_b", false },
    [T_MILCAS] = { "t_milcas_b", false },
    [T_CIVCAS] = { "t_civcas_b", false },
    [T_RETREAT] = { "t_retreat_b", false },
    [T_KILLING] = { "t_killing_b", false },
};

/* ---- where and when ---------------------------------------------------------------------------- */

static bool read_place(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    static const struct {
        const char *code;
        incmap__import_radius radius;
    } known[] = {
        { "STREET", { INCMAP_LOCATION_EXACT_SITE, 1e3 } },
        { "ADM3", { INCMAP_LOCATION_SETTLEMENT, 10e3 } },
        { "ADM2", { INCMAP_LOCATION_DISTRICT, 30e3 } },
        { "ADM1", { INCMAP_LOCATION_REGION, 150e3 } },
    };
    const char *code = incmap__table_text(table, PRECISION);
    bool good = incmap__row_coord(table, LONGITUDE, LATITUDE, &incident->located, &incident->at);

    if (good && !incident->located) {
        incmap__table_refuse(table, LATITUDE, "degrees");
        good = false;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!incmap__text_same(code, known[i].code)) continue;
        if (good)
            incmap__import_location(im, table, PRECISION, "GEO_PRECISION", code, &known[i].radius,
                                    incident);
        return good;
    }
    incmap__table_refuse(table, PRECISION, "STREET, ADM3, ADM2 or ADM1");
    return false;
}

/* "13:45", with or without seconds. */
static bool is_time(const char *text)
{
    const size_t length = strlen(text);

    if ((length != 5 && length != 8) || text[2] != ':') return false;
    if (strspn(text, "0123456789:") != length || (length == 8 && text[5] != ':')) return false;
    return text[0] <= '2' && (text[0] < '2' || text[1] <= '3') && text[3] <= '5';
}

/* Nearly half of all times are 00:00: the reports that came without one. */
static const char *time_of(incmap__table *table)
{
    const char *text = incmap__table_text(table, TIME);

    if (strcmp(text, "00:00") == 0 || strcmp(text, "00:00:00") == 0) {
        incmap__table_convert(table, TIME, "unknown");
        return "time unknown";
    }
    if (is_time(text)) return text;
    if (text[0]) incmap__table_warn(table, TIME, "a time as 13:45");
    return "time unknown";
}

static bool read_date(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    const char *expected;

    if (!incmap__written_date(incmap__table_text(table, DATE), INCMAP_DATE_ORDER_UNSTATED,
                              &incident->when, &expected) ||
        incident->when.precision != INCMAP_DATE_DAY) {
        incmap__table_refuse(table, DATE, "a day as 20230522");
        return false;
    }
    incmap__import_day_converted(table, DATE, incident->when.earliest);
    incident->date_basis = incmap__import_joined(im, "date of the report", ", ", time_of(table));
    return true;
}

/* ---- what it is about -------------------------------------------------------------------------- */

static bool has_label(incmap__table *table, size_t column)
{
    const char *text = incmap__table_text(table, column);

    if (strcmp(text, "1") == 0) return true;
    if (text[0] && strcmp(text, "0") != 0) incmap__table_warn(table, column, "0 or 1");
    return false;
}

typedef struct {
    bool given[COLUMNS];
} labels;

static labels read_labels(incmap__table *table)
{
    labels l = { .given = { false } };

    for (size_t i = LABELS; i < COLUMNS; i++)
        l.given[i] = has_label(table, i);
    return l;
}

static bool has_any(const labels *l, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        if (l->given[i]) return true;
    return false;
}

/* Where the classifier names both, which of them it was is not known. */
static const char *event_type(const labels *l)
{
    const bool explosions = has_any(l, T_ARTILLERY, T_AAD);
    const bool battles = has_any(l, T_FIREFIGHT, T_RAID);

    if (explosions == battles) return "";
    return explosions ? "Explosions/Remote violence" : "Battles";
}

/* "a_rus|t_mil|t_artillery", without the ending that marks a label of 0 or 1. */
static const char *labels_text(incmap__importer *im, const labels *l)
{
    const char *text = "";

    for (size_t i = LABELS; i < COLUMNS; i++) {
        const size_t length = strlen(columns[i].name) - 2;
        if (l->given[i])
            text = incmap__import_joined(im, text, "|",
                                         incmap__import_keep(im, columns[i].name, length));
    }
    return text;
}

static const char *noted(incmap__importer *im, const char *notes, const char *what,
                         const char *text)
{
    if (!text[0]) return notes;
    return incmap__import_joined(im, notes, "; ", incmap__import_joined(im, what, " ", text));
}

static void read_texts(incmap__importer *im, incmap__table *table, incmap_incident *incident)
{
    const labels l = read_labels(table);
    const char *type = event_type(&l), *notes = "";
    const size_t title = incmap__table_length(table, NAME) ? NAME : ADDRESS;

    incident->title = incmap__import_column(im, table, title);
    incident->event_type = incmap__import_keep(im, type, strlen(type));
    notes = noted(im, notes, "labels", labels_text(im, &l));
    notes = noted(im, notes, "n_reports", incmap__table_text(table, REPORTS));
    notes = noted(im, notes, "GEO_API", incmap__table_text(table, API));
    if (title != ADDRESS) notes = noted(im, notes, "address", incmap__table_text(table, ADDRESS));
    incident->notes = noted(im, notes, "url", incmap__table_text(table, URL));
}

static incmap_status add_claim(incmap__importer *im, const incmap__table *table, const char *id,
                               size_t source, incmap_error *err)
{
    incmap_claim claim = incmap__import_deaths(im, id, "");

    claim.source = source;
    claim.type = incmap__import_keep(im, "event_report", 12);
    claim.subject = INCMAP_SUBJECT_OTHER;
    claim.unit = claim.qualifier = "";
    claim.qualifier_kind = INCMAP_QUALIFIER_UNSTATED;
    claim.summary = incmap__import_column(im, table, TEXT);
    return incmap__import_add_claim(im, &claim, err);
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__importer *im = user;
    incmap_incident incident = incmap__import_incident();
    const size_t of_id = incmap__table_has(table, ID) ? ID : ID_1PD;
    const size_t of_source = incmap__table_has(table, SOURCE) ? SOURCE : SOURCES;
    const char *id = NULL;
    size_t source = 0;
    incmap_status st;
    bool good = incmap__import_id(im, table, of_id, &id);

    good &= read_date(im, table, &incident);
    good &= read_place(im, table, &incident);
    if (!good) return INCMAP_OK;
    incident.id = incmap__import_keep(im, id, strlen(id));
    read_texts(im, table, &incident);
    st = incmap__import_sources(im, incmap__table_text(table, of_source), ";,|", &incident, &source,
                                err);
    if (!st) st = incmap__records_add(&im->d->incidents, &im->d->allocator, &incident, err);
    if (!st) st = add_claim(im, table, incident.id, source, err);
    return !st && im->failed ? incmap__fail_memory(err) : st;
}

static incmap_status begin(incmap__importer *im, incmap_error *err)
{
    const char *name = "Violent Incident Information from News Articles";
    size_t number;
    const incmap_status st = incmap__import_claimant(im, "viina", name, err);

    return st ? st : incmap__import_source(im, "viina", 5, name, "VIINA", &number, err);
}

const incmap__column *incmap__viina_columns(size_t *n)
{
    *n = COLUMNS;
    return columns;
}

incmap_status incmap__viina_import(incmap_ctx *ctx, incmap__csv *csv, incmap_report *report,
                                   incmap_dataset **out)
{
    return incmap__import_run(ctx, csv, report, columns, COLUMNS, add_row, begin, out);
}

incmap_status incmap_dataset_import_viina(incmap_ctx *ctx, const char *path, incmap_report *report,
                                          incmap_dataset **out)
{
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !path || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "import VIINA: NULL");
    st = incmap__csv_open(&csv, path, NULL, &ctx->allocator, &ctx->error);
    return st ? st : incmap__viina_import(ctx, csv, report, out);
}
