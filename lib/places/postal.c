/* SPDX-License-Identifier: MIT */
/* Postal code files of GeoNames into a gazetteer. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "places/reading.h"

enum column {
    COUNTRY,
    POSTAL_CODE,
    NAME,
    ADMIN1,
    CODE1,
    ADMIN2,
    CODE2,
    ADMIN3,
    CODE3,
    LAT,
    LON,
    ACCURACY,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [COUNTRY] = { "country code", true }, [POSTAL_CODE] = { "postal code", true },
    [NAME] = { "place name", true },      [ADMIN1] = { "admin name1", true },
    [CODE1] = { "admin code1", true },    [ADMIN2] = { "admin name2", true },
    [CODE2] = { "admin code2", true },    [ADMIN3] = { "admin name3", true },
    [CODE3] = { "admin code3", true },    [LAT] = { "latitude", true },
    [LON] = { "longitude", true },        [ACCURACY] = { "accuracy", true },
};

enum { KEY_SIZE = 80 };

/* The code, with a number behind it for the second place and those after it. */
static bool make_key(const incmap_gazetteer *g, incmap__table *table, char key[KEY_SIZE])
{
    const char *country, *code;

    if (!incmap__table_needed(table, COUNTRY, &country) ||
        !incmap__table_needed(table, POSTAL_CODE, &code))
        return false;
    for (int turn = 1; turn < 1000; turn++) {
        const int n = turn == 1 ? snprintf(key, KEY_SIZE, "postal:%s-%s", country, code)
                                : snprintf(key, KEY_SIZE, "postal:%s-%s:%d", country, code, turn);
        if (n < 0 || n >= KEY_SIZE) break;
        if (!incmap_gazetteer_by_key(g, key)) return true;
    }
    incmap__table_refuse(table, POSTAL_CODE, "a postal code of fewer than 1,000 places");
    return false;
}

static const char *note_of(const char *accuracy, char note[64])
{
    if (!accuracy[0]) return "";
    (void)snprintf(note, 64, "GeoNames postal codes: accuracy %.8s of 1 to 6", accuracy);
    return note;
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__reading *reading = user;
    incmap_place place = { .kind = INCMAP_PLACE_SETTLEMENT,
                           .population = -1,
                           .population_year = -1 };
    char key[KEY_SIZE], note[64];
    const char *name;
    bool good;

    good = make_key(reading->g, table, key);
    good &= incmap__table_needed(table, NAME, &name);
    good &= incmap__row_coord(table, LON, LAT, &place.located, &place.at);
    if (!good) return INCMAP_OK;
    incmap__names_clear(&reading->names);
    incmap__names_add(&reading->names, name, incmap__table_length(table, NAME),
                      incmap__names_guess_language(name, strlen(name)), false);
    if (reading->names.failed) return incmap__fail_memory(err);
    if (reading->names.count == 0) {
        incmap__table_refuse(table, NAME, "a name");
        return INCMAP_OK;
    }
    place.key = key;
    place.names = reading->names.items;
    place.name_count = reading->names.count;
    place.coord_uncertainty_m = place.extent_radius_m = NAN;
    place.country = incmap__table_text(table, COUNTRY);
    place.admin1 = incmap__table_text(table, ADMIN1);
    place.admin2 = incmap__table_text(table, ADMIN2);
    place.coord_method = place.located ? "source" : "none";
    place.coord_source = "GeoNames postal codes";
    place.notes = note_of(incmap__table_text(table, ACCURACY), note);
    return incmap__gazetteer_add(reading->g, &place, err);
}

incmap_status incmap_gazetteer_add_postal(incmap_ctx *ctx, incmap_gazetteer *g, const char *path,
                                          incmap_report *report)
{
    const incmap__csv_options tabs = { .separator = '\t',
                                       .no_quotes = true,
                                       .longest_row = INCMAP__ROW_LONGEST };
    const incmap__reading_plan plan = { columns, COLUMNS, COLUMNS, add_row, NULL };
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !g || !path)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "add postal codes: NULL");
    st = incmap__csv_open(&csv, path, &tabs, &ctx->allocator, &ctx->error);
    return st ? st : incmap__gazetteer_read_plan(ctx, g, csv, report, &plan);
}
