/* SPDX-License-Identifier: MIT */
/* The rows of data/incidents.csv, each tied to its place, by key or by name, and its post in the
 * gazetteer. */
#include <math.h>
#include <string.h>

#include "base/report.h"
#include "base/text.h"
#include "places/place.h"
#include "reports/dataset.h"
#include "reports/place_name.h"
#include "reports/precision.h"

enum column {
    ID,
    TITLE,
    DATE_START,
    DATE_END,
    DATE_PRECISION,
    DATE_BASIS,
    PLACE,
    POST,
    LOCATION,
    ACLED,
    EVENT,
    SUB_EVENT,
    ACTOR1,
    ACTOR2,
    PARENT,
    SOURCES,
    NOTES,
    LON,
    LAT,
    UNCERTAINTY,
    RADIUS,
    EXTENT_KNOWN,
    ON_BORDER,
    PRECISION_CODE,
    MERGED_INTO,
    NAME,
    NAME_COUNTRY,
    NAME_REGION,
    NAME_DISTRICT,
    VERDICT,
    SCORE,
    REASON,
    CANDIDATES,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "id", true },
    [TITLE] = { "title", true },
    [DATE_START] = { "date_start", true },
    [DATE_END] = { "date_end", false },
    [DATE_PRECISION] = { "date_precision", false },
    [DATE_BASIS] = { "date_basis", false },
    [PLACE] = { "place_key", false },
    [POST] = { "border_post_key", false },
    [LOCATION] = { "location_precision", false },
    [ACLED] = { "acled_geo_precision", false },
    [EVENT] = { "event_type", false },
    [SUB_EVENT] = { "sub_event_type", false },
    [ACTOR1] = { "actor1", false },
    [ACTOR2] = { "actor2", false },
    [PARENT] = { "parent_id", false },
    [SOURCES] = { "sources", false },
    [NOTES] = { "notes", false },
    [LON] = { "lon_deg", false },
    [LAT] = { "lat_deg", false },
    [UNCERTAINTY] = { "coord_uncertainty_m", false },
    /* What an export has: results, which then win over what the place and its precision would give. */
    [RADIUS] = { "uncertainty_m", false },
    [EXTENT_KNOWN] = { "extent_known", false },
    [ON_BORDER] = { "on_border", false },
    [PRECISION_CODE] = { "precision_code", false },
    [MERGED_INTO] = { "merged_into", false },
    [NAME] = { "place", false },
    [NAME_COUNTRY] = { "place_country", false },
    [NAME_REGION] = { "place_region", false },
    [NAME_DISTRICT] = { "place_district", false },
    /* Results of an export likewise. */
    [VERDICT] = { "place_verdict", false },
    [SCORE] = { "place_score", false },
    [REASON] = { "place_reason", false },
    [CANDIDATES] = { "place_candidates", false },
};

/* Which incident is taken to be the same as which; ids, since rows may yet be refused. */
struct incmap__merge {
    const char *from, *into;
    size_t line;
};

/* An incident that lasted, whose end is not known, says so by its precision; of any other an empty
 * end means the one date. */
static bool may_be_open(const incmap__table *table)
{
    const char *precision = incmap__table_text(table, DATE_PRECISION);
    return strcmp(precision, "range") == 0 || strcmp(precision, "season") == 0;
}

/* Both dates are days (or months, years) that belong to the incident. */
static bool read_dates(incmap__table *table, incmap_date *when)
{
    incmap_date start, end;
    bool good;

    good = incmap__table_date(table, DATE_START, &start);
    good &= incmap__table_date(table, DATE_END, &end);
    if (!good) return false;
    if (!incmap__table_length(table, DATE_END) && !may_be_open(table)) end = start;
    *when = start;
    when->before = end.before;
    if (start.earliest != INCMAP_DAY_OPEN && end.before != INCMAP_DAY_OPEN &&
        end.before <= start.earliest) {
        incmap__table_refuse(table, DATE_END, "a date that is not before date_start");
        return false;
    }
    if (start.earliest == INCMAP_DAY_OPEN)
        when->precision = end.before == INCMAP_DAY_OPEN ? INCMAP_DATE_UNKNOWN : INCMAP_DATE_BEFORE;
    else if (start.earliest != end.earliest || start.before != end.before)
        when->precision = INCMAP_DATE_RANGE;
    return incmap__row_precision(table, DATE_PRECISION, when);
}

static bool read_place(const incmap_gazetteer *g, incmap__table *table, size_t column,
                       bool border_post, const incmap_place **out)
{
    const char *key = incmap__table_text(table, column);
    const incmap_place *place = incmap_gazetteer_by_key(g, key);

    if (place && border_post && place->kind != INCMAP_PLACE_BORDER_POST) place = NULL;
    *out = place;
    if (place || !key[0] || !g) return true; /* without a gazetteer the key alone is kept */
    incmap__table_refuse(table, column,
                         border_post ? "the key of a border post of the gazetteer, or nothing"
                                     : "the key of a place of the gazetteer, or nothing");
    return false;
}

/* Ids joined by "|", each that of a source. */
static bool check_sources(const incmap_dataset *d, incmap__table *table)
{
    const char *list = incmap__table_text(table, SOURCES);

    while (*list) {
        const size_t length = strcspn(list, "|");
        char id[512], expected[160];
        size_t used = 0;
        if (length < sizeof id) {
            memcpy(id, list, length);
            id[length] = '\0';
        }
        if (length >= sizeof id || incmap__records_find(&d->sources, id) == INCMAP__NO_RECORD) {
            incmap__text_add(expected, sizeof expected, &used,
                             "ids of sources joined by |: %.*s is none",
                             length < 64 ? (int)length : 63, list);
            incmap__table_refuse(table, SOURCES, expected);
            return false;
        }
        list += length + (list[length] == '|');
    }
    return true;
}

/* The results of an export; NaN and -1 where the file has none. */
typedef struct {
    double radius_m;
    int extent_known, on_border;
} results;

static bool read_results(incmap__table *table, results *r)
{
    static const char *const names[] = { "false", "true" };
    bool good = incmap__table_number(table, RADIUS, 0, INCMAP__RADIUS_MOST, &r->radius_m);

    good &= incmap__table_enum(table, EXTENT_KNOWN, names, 2, -1, &r->extent_known);
    good &= incmap__table_enum(table, ON_BORDER, names, 2, -1, &r->on_border);
    return good;
}

static void apply_results(const results *r, incmap_incident *incident)
{
    if (!incident->located) return;
    if (!isnan(r->radius_m)) incident->uncertainty_m = r->radius_m;
    if (r->extent_known >= 0) incident->extent_known = r->extent_known;
    if (r->on_border >= 0) incident->on_border = r->on_border;
}

static bool read_values(const incmap_dataset *d, incmap__table *table, incmap_incident *incident,
                        incmap__own_position *own)
{
    int64_t acled = -1;
    bool good;

    good = read_dates(table, &incident->when);
    good &= read_place(d->gazetteer, table, PLACE, false, &incident->place);
    good &= read_place(d->gazetteer, table, POST, true, &incident->post);
    good &= incmap__row_location(table, LOCATION, &incident->location_precision);
    good &= incmap__table_int(table, ACLED, 1, 3, &acled);
    good &= check_sources(d, table);
    good &= incmap__row_coord(table, LON, LAT, &own->located, &own->at);
    good &= incmap__table_number(table, UNCERTAINTY, 0, INCMAP__RADIUS_MOST, &own->uncertainty_m);
    incident->acled_geo_precision = acled < 0 ? -1 : (int)acled;
    return good;
}

static void read_texts(incmap__loader *loader, const incmap__table *table,
                       incmap_incident *incident)
{
    incident->title = incmap__loader_text(loader, table, TITLE);
    incident->date_basis = incmap__loader_text(loader, table, DATE_BASIS);
    incident->place_key = incmap__loader_text(loader, table, PLACE);
    incident->post_key = incmap__loader_text(loader, table, POST);
    incident->event_type = incmap__loader_text(loader, table, EVENT);
    incident->sub_event_type = incmap__loader_text(loader, table, SUB_EVENT);
    incident->actor1 = incmap__loader_text(loader, table, ACTOR1);
    incident->actor2 = incmap__loader_text(loader, table, ACTOR2);
    incident->sources = incmap__loader_text(loader, table, SOURCES);
    incident->notes = incmap__loader_text(loader, table, NOTES);
    incident->precision_code = incmap__loader_text(loader, table, PRECISION_CODE);
}

/* How an earlier reading found the place. Where the file now has a key for a name that had none, or that
 * several have, somebody has decided, and the key says all; where it still has none, that is told again. */
static bool read_found(incmap__loader *loader, incmap__table *table, incmap_incident *incident)
{
    static const char *const names[] = { "none", "unique", "best", "ambiguous" };
    int verdict = INCMAP_VERDICT_NONE;
    double score = NAN;
    bool good = incmap__table_enum(table, VERDICT, names, 4, verdict, &verdict), found;

    good &= incmap__table_number(table, SCORE, 0, 1, &score);
    found = verdict == INCMAP_VERDICT_UNIQUE || verdict == INCMAP_VERDICT_BEST;
    if (!good || found != (incident->place_key[0] != '\0')) return good;
    incident->place_verdict = (incmap_verdict)verdict;
    incident->place_score = score;
    incident->place_reason = incmap__loader_text(loader, table, REASON);
    incident->place_candidates = incmap__loader_text(loader, table, CANDIDATES);
    if (!found && incmap__table_length(table, VERDICT))
        incmap__table_warn(table, NAME,
                           "a place_key beside it, which decides, or no place_verdict, to have it "
                           "looked up again");
    return true;
}

/* A key wins over a name, and the results of an export over a new search. */
static incmap_status read_name(incmap__loader *loader, incmap__table *table,
                               const incmap__own_position *own, incmap_incident *incident,
                               bool *good)
{
    const incmap__asked_place asked = {
        .name = incmap__table_text(table, NAME),
        .country = incmap__table_text(table, NAME_COUNTRY),
        .region = incmap__table_text(table, NAME_REGION),
        .district = incmap__table_text(table, NAME_DISTRICT),
        .near = own->located ? &own->at : NULL,
        .column = NAME,
    };

    incident->place_asked = incmap__loader_text(loader, table, NAME);
    if (!incident->place_asked[0]) return INCMAP_OK;
    if (!incident->place_key[0] && !incmap__table_length(table, VERDICT) && loader->d->gazetteer)
        return incmap__place_by_name(loader->problems->ctx, loader->d, loader->d->gazetteer, table,
                                     &asked, incident);
    *good = read_found(loader, table, incident);
    return *good ? incmap__place_about(loader->problems->ctx, incident->place_asked, incident)
                 : INCMAP_OK;
}

static incmap_status check_columns(const incmap__loader *loader, const incmap__table *table,
                                   incmap_error *err)
{
    if (incmap__table_has(table, PLACE) || incmap__table_has(table, NAME)) return INCMAP_OK;
    return incmap__fail(err, INCMAP_EDATA,
                        "%s: found a header without place_key and place, expected at least one of "
                        "these columns",
                        loader->links.file);
}

static incmap_status note_merge(incmap__loader *loader, const incmap__table *table,
                                const char *from, incmap_error *err)
{
    incmap_status st;

    if (!incmap__table_length(table, MERGED_INTO)) return INCMAP_OK;
    st = incmap__grow(&loader->d->allocator, &loader->merges, &loader->merge_room,
                      loader->merge_count + 1, sizeof *loader->merges, err);
    if (st) return st;
    loader->merges[loader->merge_count++] =
        (struct incmap__merge){ from, incmap__loader_text(loader, table, MERGED_INTO),
                                incmap__table_line(table) };
    return loader->failed ? incmap__fail_memory(err) : INCMAP_OK;
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__loader *loader = user;
    incmap__records *records = &loader->d->incidents;
    incmap_incident incident = { .parent = SIZE_MAX,
                                 .precision_code = "",
                                 .merged_into = SIZE_MAX,
                                 .place_asked = "",
                                 .place_score = NAN,
                                 .place_reason = "",
                                 .place_candidates = "" };
    incmap__own_position own = { .located = false };
    results given = { NAN, -1, -1 };
    incmap_status st = check_columns(loader, table, err);
    bool good;

    if (st) return st;
    good = incmap__loader_id(loader, records, table, ID, &incident.id);
    good &= read_values(loader->d, table, &incident, &own);
    good &= read_results(table, &given);
    if (!good) return INCMAP_OK;
    read_texts(loader, table, &incident);
    st = read_name(loader, table, &own, &incident, &good);
    if (st || !good) return st;
    incmap__incident_place(&incident, &own);
    apply_results(&given, &incident);
    st = note_merge(loader, table, incident.id, err);
    if (st) return st;
    return incmap__loader_add(loader, records, table, PARENT, &incident,
                              incmap__loader_text(loader, table, PARENT), err);
}

/* A merge that cannot be is told, and both incidents stay as they are. */
static void apply_merge(incmap__loader *loader, const struct incmap__merge *merge)
{
    const incmap__records *records = &loader->d->incidents;
    const size_t from = incmap__records_find(records, merge->from);
    const size_t into = incmap__records_find(records, merge->into);
    const incmap_problem problem = {
        .severity = INCMAP_PROBLEM_WARNING,
        .file = loader->links.file,
        .row = merge->line,
        .column_name = columns[MERGED_INTO].name,
        .found = merge->into,
        .expected = "the id of another incident that is not refused, not part of this one and not "
                    "merged into it",
    };

    if (from == INCMAP__NO_RECORD) return; /* the row itself was refused */
    if (into == INCMAP__NO_RECORD ||
        incmap_dataset_merge(loader->problems->ctx, loader->d, from, into))
        incmap__report_add(loader->problems->report, &problem);
}

incmap_status incmap__loader_incidents(incmap__loader *loader, incmap__csv *csv)
{
    incmap__records *records = &loader->d->incidents;
    const incmap_status st =
        incmap__loader_read(loader, csv, columns, COLUMNS, add_row, records, PARENT);
    incmap_incident *incidents = records->items;

    for (size_t i = 0; !st && i < records->count; i++)
        if (loader->links.items[i].to[0])
            incidents[i].parent = incmap__records_find(records, loader->links.items[i].to);
    for (size_t i = 0; !st && i < loader->merge_count; i++)
        apply_merge(loader, &loader->merges[i]);
    incmap__free(&loader->d->allocator, loader->merges);
    loader->merges = NULL;
    return st;
}
