/* SPDX-License-Identifier: MIT */
/* Importing any table whose columns somebody names: KEY=COLUMN, or KEY:=TEXT for what all rows have. */
#include "formats/column_map.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "formats/importer.h"
#include "formats/written_date.h"
#include "places/place.h"
#include "reports/claim.h"
#include "reports/place_name.h"
#include "reports/precision.h"

enum key {
    ID,
    DATE,
    DATE_END,
    LAT,
    LON,
    POSITION,
    PLACE,
    COUNTRY,
    REGION,
    PLACE_KEY,
    TITLE,
    EVENT_TYPE,
    SUB_EVENT_TYPE,
    ACTOR1,
    ACTOR2,
    NOTES,
    PRECISION_CODE,
    DATE_BASIS,
    LOCATION,
    UNCERTAINTY,
    FIGURE,
    LOW,
    HIGH,
    QUALIFIER,
    VICTIM_GROUP,
    UNIT,
    CLAIM_TYPE,
    POLARITY,
    SUMMARY,
    HEDGE,
    SOURCE,
    CLAIMANT,
    KEYS
};

static const char *const key_names[KEYS] = {
    [ID] = "id",
    [DATE] = "date",
    [DATE_END] = "date_end",
    [LAT] = "lat",
    [LON] = "lon",
    [POSITION] = "position",
    [PLACE] = "place",
    [COUNTRY] = "country",
    [REGION] = "region",
    [PLACE_KEY] = "place_key",
    [TITLE] = "title",
    [EVENT_TYPE] = "event_type",
    [SUB_EVENT_TYPE] = "sub_event_type",
    [ACTOR1] = "actor1",
    [ACTOR2] = "actor2",
    [NOTES] = "notes",
    [PRECISION_CODE] = "precision_code",
    [DATE_BASIS] = "date_basis",
    [LOCATION] = "location_precision",
    [UNCERTAINTY] = "uncertainty_m",
    [FIGURE] = "figure",
    [LOW] = "low",
    [HIGH] = "high",
    [QUALIFIER] = "qualifier",
    [VICTIM_GROUP] = "victim_group",
    [UNIT] = "unit",
    [CLAIM_TYPE] = "claim_type",
    [POLARITY] = "polarity",
    [SUMMARY] = "summary",
    [HEDGE] = "hedge",
    [SOURCE] = "source",
    [CLAIMANT] = "claimant",
};

/* No header has a column of that name: control characters are no text. */
#define NO_COLUMN "\x1f"

enum { MOST_NUMBER = 4096 };
static const double figure_most = 1e15; /* whole numbers up to here are exact in a double */

typedef struct {
    incmap_ctx *ctx;
    const incmap_import_options *options;
    const char *fixed[KEYS]; /* NULL: none */
    size_t number[KEYS];     /* of a column without a header, from 1; 0: none */
    incmap__column columns[KEYS];
    incmap__column *by_number; /* without a header: one for each field */
    size_t fields;
    size_t index_of[KEYS]; /* of the table's columns */
} map;

/* ---- the map itself ---------------------------------------------------------------------------- */

static int key_of(const char *text, size_t length)
{
    for (int i = 0; i < KEYS; i++)
        if (strlen(key_names[i]) == length && memcmp(key_names[i], text, length) == 0) return i;
    return -1;
}

static size_t number_of(const char *text)
{
    int64_t number;

    return incmap__text_to_int(text, strlen(text), &number) && number >= 1 && number <= MOST_NUMBER
               ? (size_t)number
               : 0;
}

static bool has_column(const incmap__map_file *file, const char *name)
{
    for (size_t i = 0; i < file->n; i++)
        if (incmap__text_same(file->header[i].text, name)) return true;
    return false;
}

/* A number stands for the column's name, unless a column is called by that number. */
static incmap_status set_column(map *m, int key, const char *column, const incmap__map_file *file,
                                incmap_error *err)
{
    const size_t number = number_of(column);

    if (m->options->no_header) {
        m->number[key] = number;
        if (number > m->fields) m->fields = number;
        if (number) return INCMAP_OK;
        return incmap__fail(err, INCMAP_EARG,
                            "map: found %s=%.60s, expected the number of a column, from 1: there "
                            "is no header",
                            key_names[key], column);
    }
    m->columns[key] = (incmap__column){ column, true };
    if (!number || has_column(file, column)) return INCMAP_OK;
    if (number > file->n || !file->header[number - 1].text[0])
        return incmap__fail(err, INCMAP_EDATA,
                            "map: found %s=%zu, expected a column that the file has and that has a "
                            "name: it has %zu",
                            key_names[key], number, file->n);
    m->columns[key].name = file->header[number - 1].text;
    return INCMAP_OK;
}

static bool is_number(const char *text, double most)
{
    double number;
    return incmap__text_to_double(text, strlen(text), &number) && number >= 0 && number <= most;
}

static bool find_location(const char *text, incmap_location_precision *out)
{
    for (int i = INCMAP_LOCATION_UNKNOWN; i <= INCMAP_LOCATION_EXACT_SITE; i++)
        if (incmap__text_same(text, incmap_location_precision_text((incmap_location_precision)i))) {
            *out = (incmap_location_precision)i;
            return true;
        }
    return false;
}

static bool find_polarity(const char *text, incmap_polarity *out)
{
    static const char *const names[] = { "asserts", "denies", "doubts" };

    for (int i = 0; i < 3; i++)
        if (incmap__text_same(text, names[i])) {
            *out = (incmap_polarity)i;
            return true;
        }
    return false;
}

static bool is_place_key(const incmap_gazetteer *g, const char *key)
{
    return !g || !key[0] || incmap_gazetteer_by_key(g, key);
}

static const char polarities[] = "asserts, denies, doubts or nothing";
static const char a_position[] = "a position as 50.4614 35.6025";
static const char a_place_key[] = "the key of a place of the gazetteer, or nothing";

/* NULL: the text does for all rows. Told once, and not in every row of a file that has no such column. */
static const char *expected_of(const map *m, int key, const char *text)
{
    incmap_location_precision location;
    incmap_polarity polarity;
    incmap_coord_text position;
    incmap_date date;
    const char *expected;

    switch (key) {
    case DATE:
    case DATE_END:
        if (!text[0] || incmap__written_date(text, m->options->date_order, &date, &expected))
            return NULL;
        return expected;
    case ID: return "a column: ids differ";
    case LAT:
    case LON: return "a column; position:=TEXT is one for all rows";
    case UNCERTAINTY: return is_number(text, INCMAP__RADIUS_MOST) ? NULL : "metres, 0 or more";
    case FIGURE:
    case LOW:
    case HIGH: return is_number(text, figure_most) ? NULL : "a number, 0 or more";
    case LOCATION: return find_location(text, &location) ? NULL : "a word as in data/incidents.csv";
    case POLARITY: return !text[0] || find_polarity(text, &polarity) ? NULL : polarities;
    case POSITION:
        return !text[0] || !incmap_coord_parse(m->ctx, text, &position) ? NULL : a_position;
    case PLACE_KEY: return is_place_key(m->options->gazetteer, text) ? NULL : a_place_key;
    default: return NULL;
    }
}

static incmap_status set_fixed(map *m, int key, const char *text, incmap_error *err)
{
    const char *expected = expected_of(m, key, text);

    if (expected)
        return incmap__fail(err, INCMAP_EARG, "map: found %s:=%.60s, expected %s", key_names[key],
                            text, expected);
    m->fixed[key] = text;
    return INCMAP_OK;
}

static incmap_status add_entry(map *m, const char *entry, const incmap__map_file *file,
                               incmap_error *err)
{
    const char *equals = strchr(entry, '=');
    const bool fixed = equals && equals > entry && equals[-1] == ':';
    const int key = equals ? key_of(entry, (size_t)(equals - entry) - fixed) : -1;

    if (key < 0)
        return incmap__fail(
            err, INCMAP_EARG,
            "map: found \"%.60s\", expected KEY=COLUMN or KEY:=TEXT with a key such "
            "as date, lat, lon, place, title, figure, source",
            entry);
    if (m->fixed[key] || m->columns[key].required || m->number[key])
        return incmap__fail(err, INCMAP_EARG, "map: found %s twice, expected it once",
                            key_names[key]);
    return fixed ? set_fixed(m, key, equals + 1, err) : set_column(m, key, equals + 1, file, err);
}

static bool has_key(const map *m, int key)
{
    return m->fixed[key] || m->columns[key].required || m->number[key];
}

static incmap_status check_map(const map *m, incmap_error *err)
{
    if (!has_key(m, DATE))
        return incmap__fail(err, INCMAP_EARG, "map: found no date, expected date=COLUMN");
    if (has_key(m, LAT) != has_key(m, LON))
        return incmap__fail(err, INCMAP_EARG, "map: found only one of lat and lon, expected both");
    if (has_key(m, PLACE) && !m->options->gazetteer)
        return incmap__fail(err, INCMAP_EARG,
                            "map: found place, expected a gazetteer to look it up in");
    return INCMAP_OK;
}

/* Without a header every field is a column, most of them of nobody. */
static incmap_status number_columns(map *m, const incmap__map_file *file, const incmap_allocator *a,
                                    incmap_error *err)
{
    if (m->fields > file->n)
        return incmap__fail(err, INCMAP_EDATA,
                            "map: found the column number %zu, expected one that the file has: %zu",
                            m->fields, file->n);
    m->fields = file->n;
    m->by_number = incmap__alloc(a, m->fields + KEYS, sizeof *m->by_number);
    if (!m->by_number) return incmap__fail_memory(err);
    for (size_t i = 0; i < m->fields + KEYS; i++)
        m->by_number[i] = (incmap__column){ "", false };
    for (int key = 0; key < KEYS; key++) {
        /* What is not mapped stands behind the last field, where the table finds nothing. */
        m->index_of[key] = m->number[key] ? m->number[key] - 1 : m->fields + (size_t)key;
        m->by_number[m->index_of[key]].name = key_names[key];
    }
    return INCMAP_OK;
}

static incmap_status make_map(map *m, incmap_ctx *ctx, const incmap_import_options *options,
                              const incmap__map_file *file)
{
    incmap_error *err = &ctx->error;
    incmap_status st = INCMAP_OK;

    *m = (map){ .ctx = ctx, .options = options };
    for (int key = 0; key < KEYS; key++) {
        m->columns[key] = (incmap__column){ NO_COLUMN, false };
        m->index_of[key] = (size_t)key;
    }
    for (size_t i = 0; !st && i < options->map_count; i++)
        st = add_entry(m, options->map[i], file, err);
    if (!st && file->lat && !has_key(m, LAT) && !has_key(m, LON) && !has_key(m, POSITION)) {
        m->columns[LAT] = (incmap__column){ file->lat, true };
        m->columns[LON] = (incmap__column){ file->lon, true };
    }
    if (!st) st = check_map(m, err);
    return !st && options->no_header ? number_columns(m, file, &ctx->allocator, err) : st;
}

/* ---- a row ------------------------------------------------------------------------------------- */

typedef struct {
    incmap__importer *im;
    incmap__table *table;
    const map *m;
} row;

static size_t at(const row *r, int key)
{
    return r->m->index_of[key];
}

static const char *text_of(const row *r, int key)
{
    return r->m->fixed[key] ? r->m->fixed[key] : incmap__table_text(r->table, at(r, key));
}

static const char *keep(const row *r, int key)
{
    const char *text = text_of(r, key);
    return incmap__import_keep(r->im, text, strlen(text));
}

/* Empty is NAN. */
static bool read_number(const row *r, int key, double most, double *out)
{
    const char *fixed = r->m->fixed[key];

    if (!fixed) return incmap__table_number(r->table, at(r, key), 0, most, out);
    return incmap__text_to_double(fixed, strlen(fixed), out);
}

static bool read_location(const row *r, incmap_location_precision *out)
{
    const char *fixed = r->m->fixed[LOCATION];
    return fixed ? find_location(fixed, out) : incmap__row_location(r->table, at(r, LOCATION), out);
}

static bool read_id(const row *r, const char **id)
{
    char made[40];
    size_t used = 0;

    if (has_key(r->m, ID)) {
        if (!incmap__import_id(r->im, r->table, at(r, ID), id)) return false;
        *id = incmap__import_keep(r->im, *id, strlen(*id));
        return true;
    }
    incmap__text_add(made, sizeof made, &used, "row:%zu", incmap__table_line(r->table));
    *id = incmap__import_keep(r->im, made, used);
    return true; /* no two rows have one number */
}

static bool read_one_date(const row *r, int key, incmap_date *out)
{
    const char *text = text_of(r, key), *expected;
    char iso[INCMAP_DATE_TEXT_SIZE];

    if (!text[0]) {
        *out = INCMAP__DATE_NONE;
        return true;
    }
    if (!incmap__written_date(text, r->m->options->date_order, out, &expected)) {
        incmap__table_refuse(r->table, at(r, key), expected);
        return false;
    }
    if (strcmp(incmap_date_text(out, iso), text) != 0)
        incmap__table_convert(r->table, at(r, key), iso);
    return true;
}

static bool read_dates(const row *r, incmap_date *when)
{
    incmap_date start, end;
    bool good = read_one_date(r, DATE, &start);

    good &= read_one_date(r, DATE_END, &end);
    if (!good) return false;
    *when = start;
    if (!text_of(r, DATE_END)[0]) return true;
    if (end.before <= start.earliest && start.earliest != INCMAP_DAY_OPEN) {
        incmap__table_refuse(r->table, at(r, DATE_END), "a date that is not before date");
        return false;
    }
    when->before = end.before;
    if (start.earliest == INCMAP_DAY_OPEN)
        when->precision = INCMAP_DATE_BEFORE;
    else if (start.earliest != end.earliest || start.before != end.before)
        when->precision = INCMAP_DATE_RANGE;
    return true;
}

static bool read_position(const row *r, incmap__own_position *own)
{
    incmap_coord_text read;
    const char *text = text_of(r, POSITION);

    if (!incmap__row_coord(r->table, at(r, LON), at(r, LAT), &own->located, &own->at)) return false;
    if (own->located || !text[0]) return true;
    if (incmap_coord_parse(r->im->ctx, text, &read)) {
        incmap__table_refuse(r->table, at(r, POSITION), a_position);
        return false;
    }
    own->located = true;
    own->at = read.at;
    own->uncertainty_m = read.precision_m;
    incmap__table_convert(r->table, at(r, POSITION), "degrees");
    return true;
}

/* A name that several places have is never decided for the reader of the table. */
static incmap_status find_place(const row *r, const incmap__own_position *own,
                                incmap_incident *incident)
{
    const incmap__asked_place asked = {
        .name = text_of(r, PLACE),
        .country = text_of(r, COUNTRY),
        .region = text_of(r, REGION),
        .district = "",
        .near = own->located ? &own->at : NULL,
        .column = at(r, PLACE),
    };
    incmap_status st;

    if (!asked.name[0]) return INCMAP_OK;
    if (incident->place) return incmap__place_about(r->im->ctx, asked.name, incident);
    st = incmap__place_by_name(r->im->ctx, r->im->d, r->m->options->gazetteer, r->table, &asked,
                               incident);
    if (!st && incident->place) incmap__table_convert(r->table, at(r, PLACE), incident->place_key);
    return st;
}

static bool read_place_key(const row *r, incmap_incident *incident)
{
    const incmap_gazetteer *g = r->m->options->gazetteer;

    incident->place_key = keep(r, PLACE_KEY);
    if (!incident->place_key[0] || !g) return true;
    incident->place = incmap_gazetteer_by_key(g, incident->place_key);
    if (incident->place) return true;
    incmap__table_refuse(r->table, at(r, PLACE_KEY), a_place_key);
    return false;
}

static bool read_where(const row *r, incmap_incident *incident, incmap__own_position *own)
{
    double uncertainty_m = NAN;
    bool good = read_position(r, own);

    good &= read_place_key(r, incident);
    good &= read_location(r, &incident->location_precision);
    good &= read_number(r, UNCERTAINTY, INCMAP__RADIUS_MOST, &uncertainty_m);
    if (good && !isnan(uncertainty_m)) own->uncertainty_m = uncertainty_m;
    return good;
}

static void read_texts(const row *r, incmap_incident *incident)
{
    incident->title = keep(r, TITLE);
    if (!incident->title[0]) incident->title = keep(r, PLACE);
    incident->event_type = keep(r, EVENT_TYPE);
    incident->sub_event_type = keep(r, SUB_EVENT_TYPE);
    incident->actor1 = keep(r, ACTOR1);
    incident->actor2 = keep(r, ACTOR2);
    incident->notes = keep(r, NOTES);
    incident->precision_code = keep(r, PRECISION_CODE);
    incident->date_basis = keep(r, DATE_BASIS);
}

/* ---- its claim --------------------------------------------------------------------------------- */

/* A type or a summary that all rows have makes none alone: it says what a figure would mean. */
static bool has_claim(const row *r)
{
    static const int keys[] = { FIGURE, LOW, HIGH, CLAIM_TYPE, SUMMARY };

    if (r->m->fixed[FIGURE] || r->m->fixed[LOW] || r->m->fixed[HIGH]) return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (incmap__table_length(r->table, at(r, keys[i]))) return true;
    return false;
}

static bool read_figures(const row *r, incmap_claim *claim)
{
    bool good = read_number(r, FIGURE, figure_most, &claim->figure);

    good &= read_number(r, LOW, figure_most, &claim->figure_low);
    good &= read_number(r, HIGH, figure_most, &claim->figure_high);
    if (!good) return false;
    if (claim->figure_low > claim->figure_high)
        incmap__table_warn(r->table, at(r, LOW), "a number that is not above high");
    else if (claim->figure < claim->figure_low || claim->figure > claim->figure_high)
        incmap__table_warn(r->table, at(r, FIGURE), "a number from low to high");
    return true;
}

/* Empty is an assertion here: most tables only have such. */
static bool read_polarity(const row *r, incmap_polarity *out)
{
    const char *text = text_of(r, POLARITY);

    *out = INCMAP_POLARITY_ASSERTS;
    if (!text[0] || find_polarity(text, out)) return true;
    incmap__table_refuse(r->table, at(r, POLARITY), polarities);
    return false;
}

/* Told, since without it the figure reads as exact; a qualifier for all rows is no row's fault. */
static void check_qualifier(const row *r, const incmap_claim *claim)
{
    const char *expected = incmap__qualifier_fault(claim);

    if (expected && incmap__table_has(r->table, at(r, QUALIFIER)))
        incmap__table_warn(r->table, at(r, QUALIFIER), expected);
}

static void fill_claim(const row *r, incmap_claim *claim)
{
    if (text_of(r, CLAIM_TYPE)[0]) {
        claim->type = keep(r, CLAIM_TYPE);
        claim->subject = incmap__subject_of_type(claim->type);
    }
    claim->victim_group = keep(r, VICTIM_GROUP);
    claim->unit = text_of(r, UNIT)[0]    ? keep(r, UNIT)
                  : isnan(claim->figure) ? ""
                                         : incmap__import_keep(r->im, "people", 6);
    claim->qualifier = keep(r, QUALIFIER);
    claim->qualifier_kind = incmap__qualifier_of(claim->qualifier);
    check_qualifier(r, claim);
    claim->hedge = keep(r, HEDGE);
    claim->summary = keep(r, SUMMARY);
    if (isnan(claim->figure_low) && isnan(claim->figure_high) && !claim->qualifier[0])
        claim->figure_low = claim->figure_high = claim->figure;
}

static incmap_status find_claimant(const row *r, size_t *number, incmap_error *err)
{
    incmap__importer *im = r->im;
    const char *key = text_of(r, CLAIMANT);
    incmap_claimant claimant = { .side = "", .part_of = "" };
    incmap_status st;

    *number = key[0] ? incmap__records_find(&im->d->claimants, key) : 0;
    if (*number != INCMAP__NO_RECORD) return INCMAP_OK;
    claimant.key = claimant.name = keep(r, CLAIMANT);
    st = incmap__records_add(&im->d->claimants, &im->d->allocator, &claimant, err);
    *number = im->d->claimants.count - 1;
    return st;
}

static incmap_status add_claim(const row *r, incmap_claim *claim, size_t source, const char *id,
                               incmap_error *err)
{
    incmap_claim made = incmap__import_deaths(r->im, id, "");
    incmap_status st;

    made.figure = claim->figure;
    made.figure_low = claim->figure_low;
    made.figure_high = claim->figure_high;
    made.polarity = claim->polarity;
    made.source = source;
    fill_claim(r, &made);
    st = find_claimant(r, &made.claimant, err);
    return st ? st : incmap__import_add_claim(r->im, &made, err);
}

static incmap_status add_incident(const row *r, incmap_incident *incident,
                                  const incmap__own_position *own, incmap_claim *claim,
                                  incmap_error *err)
{
    incmap__importer *im = r->im;
    size_t source = 0;
    incmap_status st = find_place(r, own, incident);

    if (st) return st;
    incmap__incident_place(incident, own);
    read_texts(r, incident);
    st = incmap__import_sources(im, text_of(r, SOURCE), "|;", incident, &source, err);
    if (!st) st = incmap__records_add(&im->d->incidents, &im->d->allocator, incident, err);
    if (!st && has_claim(r)) st = add_claim(r, claim, source, incident->id, err);
    return !st && im->failed ? incmap__fail_memory(err) : st;
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__importer *im = user;
    const row r = { im, table, im->own };
    incmap_incident incident = incmap__import_incident();
    incmap__own_position own = { .located = false, .uncertainty_m = NAN };
    incmap_claim claim = { .figure = NAN, .figure_low = NAN, .figure_high = NAN };
    bool good = read_id(&r, &incident.id);

    good &= read_dates(&r, &incident.when);
    good &= read_where(&r, &incident, &own);
    good &= read_figures(&r, &claim);
    good &= read_polarity(&r, &claim.polarity);
    if (!good) return im->failed ? incmap__fail_memory(err) : INCMAP_OK;
    return add_incident(&r, &incident, &own, &claim, err);
}

/* Number 0 of either, for rows that name none. */
static incmap_status begin(incmap__importer *im, incmap_error *err)
{
    size_t number;
    const incmap_status st = incmap__import_claimant(im, "unstated", "unstated", err);

    if (st) return st;
    ((incmap_claimant *)im->d->claimants.items)[0].side = "";
    return incmap__import_source(im, "unstated", 8, "unstated", "", &number, err);
}

incmap_status incmap__map_import(incmap_ctx *ctx, incmap__csv *csv,
                                 const incmap_import_options *options, const incmap__map_file *file,
                                 incmap_report *report, incmap_dataset **out)
{
    map m;
    incmap_status st = make_map(&m, ctx, options, file);
    incmap__import_plan plan = { .columns = m.columns,
                                 .n = KEYS,
                                 .row = add_row,
                                 .begin = begin,
                                 .gazetteer = options->gazetteer,
                                 .own = &m };

    if (st) {
        incmap__csv_close(csv);
    } else {
        if (options->no_header) {
            plan.columns = m.by_number;
            plan.n = m.fields + KEYS;
            plan.fields = m.fields;
            plan.headless = true;
        }
        st = incmap__import_with(ctx, csv, report, &plan, out);
    }
    incmap__free(&ctx->allocator, m.by_number);
    return st;
}
