/* SPDX-License-Identifier: MIT */
/* The rows of data/places.csv, and of any file with its columns, into a gazetteer. */
#include <math.h>
#include <string.h>

#include "places/place.h"
#include "places/reading.h"

enum column {
    KEY,
    NAME_EN,
    NAME_RU,
    NAME_UK,
    ALT_NAMES,
    KIND,
    COUNTRY,
    ADMIN1,
    ADMIN2,
    LON,
    LAT,
    METHOD,
    UNCERTAINTY,
    EXTENT,
    EXTENT_SOURCE,
    POPULATION,
    POPULATION_YEAR,
    POPULATION_SOURCE,
    COORD_SOURCE,
    NAMED_IN,
    NOTES,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [KEY] = { "key", true },
    [NAME_EN] = { "name_en", true },
    [NAME_RU] = { "name_ru", false },
    [NAME_UK] = { "name_uk", false },
    [ALT_NAMES] = { "alt_names", false },
    [KIND] = { "kind", true },
    [COUNTRY] = { "country_iso2", false },
    [ADMIN1] = { "admin1", false },
    [ADMIN2] = { "admin2", false },
    [LON] = { "lon_deg", true },
    [LAT] = { "lat_deg", true },
    [METHOD] = { "coord_method", false },
    [UNCERTAINTY] = { "coord_uncertainty_m", false },
    [EXTENT] = { "extent_radius_m", false },
    [EXTENT_SOURCE] = { "extent_source", false },
    [POPULATION] = { "population", false },
    [POPULATION_YEAR] = { "population_year", false },
    [POPULATION_SOURCE] = { "population_source", false },
    [COORD_SOURCE] = { "coord_source", false },
    [NAMED_IN] = { "named_in", false },
    [NOTES] = { "notes", false },
};

static void add_alternates(incmap__names *names, const char *list)
{
    while (*list) {
        const size_t length = strcspn(list, "|");
        incmap__names_add(names, list, length, incmap__names_guess_language(list, length), true);
        list += length + (list[length] == '|');
    }
}

static void read_names(incmap__reading *reading, const incmap__table *table)
{
    static const struct {
        enum column column;
        const char *language;
    } mains[] = { { NAME_EN, "en" }, { NAME_RU, "ru" }, { NAME_UK, "uk" } };
    incmap__names *names = &reading->names;

    incmap__names_clear(names);
    for (size_t i = 0; i < sizeof mains / sizeof *mains; i++)
        incmap__names_add(names, incmap__table_text(table, mains[i].column),
                          incmap__table_length(table, mains[i].column), mains[i].language, false);
    add_alternates(names, incmap__table_text(table, ALT_NAMES));
}

/* False when the row was refused. */
static bool read_numbers(incmap__table *table, incmap_place *place)
{
    int64_t year = INT64_MIN;
    int kind = INCMAP_PLACE_OTHER;
    bool good;

    good = incmap__table_enum(table, KIND, incmap__place_kind_names, INCMAP__PLACE_KINDS,
                              INCMAP_PLACE_OTHER, &kind);
    good &= incmap__row_coord(table, LON, LAT, &place->located, &place->at);
    good &= incmap__table_number(table, UNCERTAINTY, 0, INCMAP__RADIUS_MOST,
                                 &place->coord_uncertainty_m);
    good &= incmap__table_number(table, EXTENT, 0, INCMAP__RADIUS_MOST, &place->extent_radius_m);
    good &= incmap__table_int(table, POPULATION, 0, 20000000000, &place->population);
    good &= incmap__table_int(table, POPULATION_YEAR, 0, 9999, &year);
    place->kind = (incmap_place_kind)kind;
    if (place->population < 0) place->population = -1;
    place->population_year = year < 0 ? -1 : (int)year;
    return good;
}

static void read_texts(const incmap__table *table, incmap_place *place)
{
    place->country = incmap__table_text(table, COUNTRY);
    place->admin1 = incmap__table_text(table, ADMIN1);
    place->admin2 = incmap__table_text(table, ADMIN2);
    place->coord_method = incmap__table_text(table, METHOD);
    place->coord_source = incmap__table_text(table, COORD_SOURCE);
    place->extent_source = incmap__table_text(table, EXTENT_SOURCE);
    place->population_source = incmap__table_text(table, POPULATION_SOURCE);
    place->named_in = incmap__table_text(table, NAMED_IN);
    place->notes = incmap__table_text(table, NOTES);
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__reading *reading = user;
    incmap_place place = { .post = NULL };
    bool good;

    good = incmap__reading_key(reading->g, table, KEY, &place.key);
    good &= read_numbers(table, &place);
    read_names(reading, table);
    if (reading->names.failed) return incmap__fail_memory(err);
    if (reading->names.count == 0) {
        incmap__table_refuse(table, NAME_EN, "a name, here or in another language");
        good = false;
    }
    if (!good) return INCMAP_OK;
    read_texts(table, &place);
    place.names = reading->names.items;
    place.name_count = reading->names.count;
    return incmap__gazetteer_add(reading->g, &place, err);
}

incmap_status incmap__gazetteer_add_places_csv(incmap_ctx *ctx, incmap_gazetteer *g,
                                               incmap__csv *csv, incmap_report *report)
{
    return incmap__gazetteer_read(ctx, g, csv, report, columns, COLUMNS, add_row);
}

incmap_status incmap_gazetteer_add_places(incmap_ctx *ctx, incmap_gazetteer *g, const char *path,
                                          incmap_report *report)
{
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !g || !path)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "add places: NULL");
    st = incmap__csv_open(&csv, path, NULL, &ctx->allocator, &ctx->error);
    return st ? st : incmap__gazetteer_add_places_csv(ctx, g, csv, report);
}
