/* SPDX-License-Identifier: MIT */
/* Any table with a header into a gazetteer, its columns named by the caller. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "places/place.h"
#include "places/reading.h"

enum column {
    NAME,
    LAT,
    LON,
    KEY,
    ALTERNATES,
    KIND,
    COUNTRY,
    ADMIN1,
    ADMIN2,
    POPULATION,
    UNCERTAINTY,
    COLUMNS
};

/* No header has a column of that name: control characters are no text. */
#define NO_COLUMN "\x1f"

static void fill_columns(const incmap_column_map *map, incmap__column columns[COLUMNS])
{
    const char *const names[COLUMNS] = {
        [NAME] = map->name,
        [LAT] = map->lat,
        [LON] = map->lon,
        [KEY] = map->key,
        [ALTERNATES] = map->alternates,
        [KIND] = map->kind,
        [COUNTRY] = map->country,
        [ADMIN1] = map->admin1,
        [ADMIN2] = map->admin2,
        [POPULATION] = map->population,
        [UNCERTAINTY] = map->uncertainty_m,
    };
    /* What the caller names must be there: a column misspelt in the map is no column left out. */
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = (incmap__column){ names[i] ? names[i] : NO_COLUMN, names[i] != NULL };
}

static void read_names(incmap__names *names, const incmap__table *table, const char *language)
{
    const char *list = incmap__table_text(table, ALTERNATES);
    const char *name = incmap__table_text(table, NAME);

    incmap__names_clear(names);
    incmap__names_add(names, name, strlen(name),
                      language ? language : incmap__names_guess_language(name, strlen(name)),
                      false);
    while (*list) {
        const size_t length = strcspn(list, "|");
        incmap__names_add(names, list, length, incmap__names_guess_language(list, length), true);
        list += length + (list[length] == '|');
    }
}

enum { KEY_SIZE = 96 };

static bool read_key(const incmap__reading *reading, incmap__table *table, char made[KEY_SIZE],
                     const char **key)
{
    const incmap_column_map *map = reading->own;
    int n;

    if (map->key) return incmap__reading_key(reading->g, table, KEY, key);
    n = snprintf(made, KEY_SIZE, "%s%zu",
                 map->key_prefix ? map->key_prefix : "row:", incmap__table_line(table));
    *key = made;
    if (n > 0 && n < KEY_SIZE && !incmap_gazetteer_by_key(reading->g, made)) return true;
    incmap__table_refuse(table, NAME, "a key_prefix whose keys no place has yet");
    return false;
}

static bool read_numbers(incmap__table *table, incmap_place_kind otherwise, incmap_place *place)
{
    int kind = otherwise;
    bool good;

    good = incmap__table_enum(table, KIND, incmap__place_kind_names, INCMAP__PLACE_KINDS, otherwise,
                              &kind);
    good &= incmap__row_coord(table, LON, LAT, &place->located, &place->at);
    good &= incmap__table_number(table, UNCERTAINTY, 0, INCMAP__RADIUS_MOST,
                                 &place->coord_uncertainty_m);
    good &= incmap__table_int(table, POPULATION, 0, 20000000000, &place->population);
    place->kind = (incmap_place_kind)kind;
    place->extent_radius_m = NAN;
    if (place->population < 0) place->population = -1;
    place->population_year = -1;
    return good;
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__reading *reading = user;
    const incmap_column_map *map = reading->own;
    incmap_place place = { .post = NULL };
    char made[KEY_SIZE];
    bool good;

    good = read_key(reading, table, made, &place.key);
    good &= read_numbers(table, map->default_kind, &place);
    read_names(&reading->names, table, map->language);
    if (reading->names.failed) return incmap__fail_memory(err);
    if (reading->names.count == 0) {
        incmap__table_refuse(table, NAME, "a name");
        good = false;
    }
    if (!good) return INCMAP_OK;
    place.names = reading->names.items;
    place.name_count = reading->names.count;
    place.country = incmap__table_text(table, COUNTRY);
    if (!place.country[0]) place.country = map->default_country;
    place.admin1 = incmap__table_text(table, ADMIN1);
    place.admin2 = incmap__table_text(table, ADMIN2);
    place.coord_method = place.located ? "source" : "none";
    return incmap__gazetteer_add(reading->g, &place, err);
}

incmap_status incmap_gazetteer_add_table(incmap_ctx *ctx, incmap_gazetteer *g, const char *path,
                                         const incmap_column_map *map, incmap_report *report)
{
    incmap__column columns[COLUMNS];
    incmap__csv_options options = { .longest_row = INCMAP__ROW_LONGEST };
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !g || !path || !map || !map->name || !map->lat || !map->lon)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG,
                            "add table: NULL, or a map without name, lat or lon");
    if ((unsigned)map->default_kind >= INCMAP__PLACE_KINDS ||
        map->default_kind == INCMAP_PLACE_BORDER_POST)
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "add table: a default kind that such a table cannot have");
    fill_columns(map, columns);
    options.separator = map->separator;
    st = incmap__csv_open(&csv, path, &options, &ctx->allocator, &ctx->error);
    if (st) return st;
    incmap_column_map own = *map;
    const incmap__reading_plan plan = { columns, COLUMNS, 0, add_row, &own };
    return incmap__gazetteer_read_plan(ctx, g, csv, report, &plan);
}
