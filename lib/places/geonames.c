/* SPDX-License-Identifier: MIT */
/* Country dumps of GeoNames into a gazetteer. The file is read twice: first for the names that stand
 * for the codes of regions and districts, then for the places. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "places/alternate_names.h"
#include "places/place.h"
#include "places/reading.h"

enum column {
    ID,
    NAME,
    ASCII_NAME,
    ALTERNATES,
    LAT,
    LON,
    CLASS,
    CODE,
    COUNTRY,
    COUNTRIES,
    ADMIN1,
    ADMIN2,
    ADMIN3,
    ADMIN4,
    POPULATION,
    ELEVATION,
    DEM,
    TIME_ZONE,
    CHANGED,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "geonameid", true },
    [NAME] = { "name", true },
    [ASCII_NAME] = { "asciiname", true },
    [ALTERNATES] = { "alternatenames", true },
    [LAT] = { "latitude", true },
    [LON] = { "longitude", true },
    [CLASS] = { "feature class", true },
    [CODE] = { "feature code", true },
    [COUNTRY] = { "country code", true },
    [COUNTRIES] = { "cc2", true },
    [ADMIN1] = { "admin1 code", true },
    [ADMIN2] = { "admin2 code", true },
    [ADMIN3] = { "admin3 code", true },
    [ADMIN4] = { "admin4 code", true },
    [POPULATION] = { "population", true },
    [ELEVATION] = { "elevation", true },
    [DEM] = { "dem", true },
    [TIME_ZONE] = { "timezone", true },
    [CHANGED] = { "modification date", true },
};

static const incmap__csv_options tabs = { .separator = '\t',
                                          .no_quotes = true,
                                          .longest_row = INCMAP__ROW_LONGEST };

/* ---- areas ------------------------------------------------------------------------------------ */

/* Names of regions and districts by "UA.07" and "UA.07.6312". */
struct areas {
    incmap__pool pool;
    incmap__index index;
    struct area {
        const char *code, *name;
    } * items;
    size_t room;
};

static const char *area_name(const struct areas *areas, const char *code)
{
    uint32_t i = incmap__index_first(&areas->index, code, strlen(code));

    while (i != INCMAP__INDEX_END && strcmp(areas->items[i].code, code) != 0)
        i = incmap__index_next(&areas->index, i);
    return i == INCMAP__INDEX_END ? NULL : areas->items[i].name;
}

static incmap_status add_area(struct areas *areas, const char *code, const char *name,
                              incmap_error *err)
{
    const incmap_allocator *a = &areas->pool.arena.allocator;
    struct area area;
    incmap_status st;

    if (area_name(areas, code)) return INCMAP_OK; /* the first is kept */
    area.code = incmap__pool_text(&areas->pool, code, strlen(code));
    area.name = incmap__pool_text(&areas->pool, name, strlen(name));
    if (!area.code || !area.name) return incmap__fail_memory(err);
    st = incmap__grow(a, &areas->items, &areas->room, areas->index.count + 1, sizeof area, err);
    if (!st) st = incmap__index_add(&areas->index, a, code, strlen(code), err);
    if (!st) areas->items[areas->index.count - 1] = area;
    return st;
}

static void free_areas(struct areas *areas)
{
    const incmap_allocator a = areas->pool.arena.allocator;
    incmap__index_free(&areas->index, &a);
    incmap__free(&a, areas->items);
    incmap__pool_free(&areas->pool);
}

enum { CODE_SIZE = 64 };

/* False for a code without a level-2 part where level 2 is asked for, and for codes too long to be
 * any. */
static bool area_code(char code[CODE_SIZE], const char *country, const char *admin1,
                      const char *admin2)
{
    int n;
    if (!admin1[0] || (admin2 && !admin2[0])) return false;
    n = snprintf(code, CODE_SIZE, "%s.%s%s%s", country, admin1, admin2 ? "." : "",
                 admin2 ? admin2 : "");
    return n > 0 && n < CODE_SIZE;
}

/* Level of an administrative area: 1, 2, else 0. Historical ones (ADM2H) still have places in them. */
static int level_of(const char *code)
{
    if (strcmp(code, "ADM1") == 0) return 1;
    return strcmp(code, "ADM2") == 0 || strcmp(code, "ADM2H") == 0 ? 2 : 0;
}

static incmap_status note_area(struct areas *areas, const incmap__csv_row *row, incmap_error *err)
{
    const incmap__csv_field *f = row->fields;
    const int level = level_of(f[CODE].text);
    char code[CODE_SIZE];

    if (!level || !f[NAME].length) return INCMAP_OK;
    if (!area_code(code, f[COUNTRY].text, f[ADMIN1].text, level == 2 ? f[ADMIN2].text : NULL))
        return INCMAP_OK;
    return add_area(areas, code, f[NAME].text, err);
}

/* Broken rows are passed over here; the second reading tells of them. */
static incmap_status read_areas(incmap_ctx *ctx, const char *path, struct areas *areas,
                                incmap__alternate_names *alternates)
{
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found = true;
    incmap_status st = incmap__csv_open(&csv, path, &tabs, &ctx->allocator, &ctx->error);

    while (!st && found) {
        st = incmap__csv_next(csv, &row, &found, &ctx->error);
        if (st || !found || row.fault || row.count != COLUMNS) continue;
        st = note_area(areas, &row, &ctx->error);
        if (!st && alternates)
            st = incmap__alternate_names_expect(alternates, row.fields[ID].text, &ctx->error);
    }
    incmap__csv_close(csv);
    return st;
}

/* ---- places ----------------------------------------------------------------------------------- */

struct dump {
    struct areas areas;
    incmap__alternate_names alternates;
    bool with_alternates, all_features;
    char key[CODE_SIZE];
};

static incmap_place_kind kind_of(const char *class, const char *code, int64_t population)
{
    if (class[0] == 'A') {
        if (strncmp(code, "PCL", 3) == 0) return INCMAP_PLACE_COUNTRY;
        if (strcmp(code, "ADM1") == 0) return INCMAP_PLACE_REGION;
        return strncmp(code, "ADM", 3) == 0 ? INCMAP_PLACE_DISTRICT : INCMAP_PLACE_OTHER;
    }
    if (class[0] != 'P') return INCMAP_PLACE_OTHER;
    if (strcmp(code, "PPLC") == 0 || strcmp(code, "PPLA") == 0 || population >= 50000)
        return INCMAP_PLACE_CITY;
    return population >= 10000 ? INCMAP_PLACE_TOWN : INCMAP_PLACE_SETTLEMENT;
}

static const char *note_of(const char *code)
{
    static const char *const notes[][2] = {
        { "PPLQ", "GeoNames: abandoned" },
        { "PPLW", "GeoNames: destroyed" },
        { "PPLH", "GeoNames: historical" },
        { "PPLX", "GeoNames: section of a place" },
        { "ADM1H", "GeoNames: historical region" },
        { "ADM2H", "GeoNames: historical district" },
        { "ADM3H", "GeoNames: historical district" },
    };
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (strcmp(notes[i][0], code) == 0) return notes[i][1];
    return "";
}

static void add_list(incmap__names *names, const char *list)
{
    while (*list) {
        const size_t length = strcspn(list, ",");
        incmap__names_add(names, list, length, incmap__names_guess_language(list, length), true);
        list += length + (list[length] == ',');
    }
}

static void read_names(incmap__reading *reading, const incmap__table *table)
{
    struct dump *dump = reading->own;
    incmap__names *names = &reading->names;
    const char *code = incmap__table_text(table, CODE);
    const int level = level_of(code);
    char area[CODE_SIZE];

    incmap__names_clear(names);
    incmap__names_add(names, incmap__table_text(table, NAME), incmap__table_length(table, NAME), "",
                      false);
    if (dump->with_alternates)
        incmap__alternate_names_give(&dump->alternates, incmap__table_text(table, ID), names);
    incmap__names_add(names, incmap__table_text(table, ASCII_NAME),
                      incmap__table_length(table, ASCII_NAME), "", true);
    add_list(names, incmap__table_text(table, ALTERNATES));
    if (level &&
        area_code(area, incmap__table_text(table, COUNTRY), incmap__table_text(table, ADMIN1),
                  level == 2 ? incmap__table_text(table, ADMIN2) : NULL))
        incmap__names_add_made(names, "", true, "%s", area);
}

/* The name for a code, or the code where the file has no such area. */
static const char *read_area(const struct dump *dump, const incmap__table *table, bool level2)
{
    const char *own = incmap__table_text(table, level2 ? ADMIN2 : ADMIN1);
    const char *name;
    char code[CODE_SIZE];

    if (!area_code(code, incmap__table_text(table, COUNTRY), incmap__table_text(table, ADMIN1),
                   level2 ? own : NULL))
        return level2 ? own : strcmp(own, "00") == 0 ? "" : own;
    name = area_name(&dump->areas, code);
    if (name) return name;
    /* 00 is GeoNames' way to say that it does not know. */
    return strcmp(own, "00") == 0 ? "" : own;
}

static bool read_numbers(incmap__table *table, incmap_place *place)
{
    bool good = incmap__row_coord(table, LON, LAT, &place->located, &place->at);

    good &= incmap__table_int(table, POPULATION, 0, 20000000000, &place->population);
    if (place->population <= 0) place->population = -1;
    place->population_year = -1;
    place->coord_uncertainty_m = place->extent_radius_m = NAN;
    return good;
}

static bool read_key(incmap__reading *reading, incmap__table *table, const char **key)
{
    struct dump *dump = reading->own;
    const char *id;
    int n;

    if (!incmap__table_needed(table, ID, &id)) return false;
    n = snprintf(dump->key, sizeof dump->key, "geonames:%s", id);
    if (n < 0 || n >= CODE_SIZE || strspn(id, "0123456789") != strlen(id)) {
        incmap__table_refuse(table, ID, "a number");
        return false;
    }
    if (incmap_gazetteer_by_key(reading->g, dump->key)) {
        incmap__table_refuse(table, ID, "a number that no place has yet");
        return false;
    }
    *key = dump->key;
    return true;
}

static void read_texts(const struct dump *dump, const incmap__table *table, incmap_place *place)
{
    const char *code = incmap__table_text(table, CODE);

    place->kind = kind_of(incmap__table_text(table, CLASS), code, place->population);
    place->country = incmap__table_text(table, COUNTRY);
    place->admin1 = read_area(dump, table, false);
    place->admin2 = read_area(dump, table, true);
    place->coord_method = place->located ? "source" : "none";
    place->coord_source = "GeoNames";
    place->population_source = place->population > 0 ? "GeoNames" : "";
    place->notes = note_of(code);
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__reading *reading = user;
    const struct dump *dump = reading->own;
    const char class = incmap__table_text(table, CLASS)[0];
    incmap_place place = { .post = NULL };
    bool good;

    if (!dump->all_features && class && class != 'P' && class != 'A') {
        incmap__table_leave_out(table);
        return INCMAP_OK;
    }
    good = read_key(reading, table, &place.key);
    good &= read_numbers(table, &place);
    if (!good) return INCMAP_OK;
    read_names(reading, table);
    if (reading->names.failed) return incmap__fail_memory(err);
    if (reading->names.count == 0) {
        incmap__table_refuse(table, NAME, "a name");
        return INCMAP_OK;
    }
    read_texts(dump, table, &place);
    place.names = reading->names.items;
    place.name_count = reading->names.count;
    return incmap__gazetteer_add(reading->g, &place, err);
}

static incmap_status read_dump(incmap_ctx *ctx, incmap_gazetteer *g, const char *path,
                               const incmap_geonames_options *options, struct dump *dump,
                               incmap_report *report)
{
    const incmap__reading_plan plan = { columns, COLUMNS, COLUMNS, add_row, dump };
    incmap__csv *csv = NULL;
    incmap_status st;

    dump->all_features = options && options->all_features;
    dump->with_alternates = options && options->alternate_names;
    st = read_areas(ctx, path, &dump->areas, dump->with_alternates ? &dump->alternates : NULL);
    if (!st && dump->with_alternates)
        st = incmap__alternate_names_read(&dump->alternates, ctx, options->alternate_names, report);
    if (!st) st = incmap__csv_open(&csv, path, &tabs, &ctx->allocator, &ctx->error);
    return st ? st : incmap__gazetteer_read_plan(ctx, g, csv, report, &plan);
}

incmap_status incmap_gazetteer_add_geonames(incmap_ctx *ctx, incmap_gazetteer *g, const char *path,
                                            const incmap_geonames_options *options,
                                            incmap_report *report)
{
    struct dump dump = { .all_features = false };
    incmap_status st;

    if (!ctx || !g || !path)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "add GeoNames places: NULL");
    incmap__pool_init(&dump.areas.pool, &ctx->allocator);
    incmap__alternate_names_init(&dump.alternates, &ctx->allocator);
    st = read_dump(ctx, g, path, options, &dump, report);
    incmap__alternate_names_free(&dump.alternates);
    free_areas(&dump.areas);
    return st;
}
