/* SPDX-License-Identifier: MIT */
/* Reading alternateNamesV2. The world's file has 16 million rows: only what a country's dump expects is
 * kept. */
#include "places/alternate_names.h"

#include <string.h>

#include "places/rows.h"

enum column { NAME_ID, PLACE_ID, LANGUAGE, NAME, PREFERRED, COLUMNS };

/* The file has five more: short, colloquial, historic, from, to. */
enum { FIELDS = 10 };

static const incmap__column columns[COLUMNS] = {
    [NAME_ID] = { "alternateNameId", true },   [PLACE_ID] = { "geonameid", true },
    [LANGUAGE] = { "isolanguage", true },      [NAME] = { "alternate name", true },
    [PREFERRED] = { "isPreferredName", true },
};

void incmap__alternate_names_init(incmap__alternate_names *all, const incmap_allocator *a)
{
    *all = (incmap__alternate_names){ 0 };
    incmap__pool_init(&all->pool, a);
}

void incmap__alternate_names_free(incmap__alternate_names *all)
{
    const incmap_allocator a = all->pool.arena.allocator;
    incmap__index_free(&all->ids, &a);
    incmap__free(&a, all->places);
    incmap__free(&a, all->names);
    incmap__pool_free(&all->pool);
}

static struct incmap__alternate_place *find_place(const incmap__alternate_names *all,
                                                  const char *id)
{
    uint32_t i = incmap__index_first(&all->ids, id, strlen(id));

    while (i != INCMAP__INDEX_END && strcmp(all->places[i].id, id) != 0)
        i = incmap__index_next(&all->ids, i);
    return i == INCMAP__INDEX_END ? NULL : &all->places[i];
}

incmap_status incmap__alternate_names_expect(incmap__alternate_names *all, const char *id,
                                             incmap_error *err)
{
    const incmap_allocator *a = &all->pool.arena.allocator;
    struct incmap__alternate_place place = { NULL, UINT32_MAX, UINT32_MAX };
    incmap_status st;

    if (find_place(all, id)) return INCMAP_OK;
    place.id = incmap__arena_text(&all->pool.arena, id, strlen(id));
    if (!place.id) return incmap__fail_memory(err);
    st = incmap__grow(a, &all->places, &all->place_room, all->ids.count + 1, sizeof place, err);
    if (!st) st = incmap__index_add(&all->ids, a, id, strlen(id), err);
    if (!st) all->places[all->ids.count - 1] = place;
    return st;
}

/* Pseudo-languages of GeoNames: links, postal and airport codes, wikidata numbers, readings. */
static bool is_language(const char *text)
{
    static const char *const none[] = { "link", "post", "iata", "icao", "faac", "tcid",
                                        "unlc", "wkdt", "phon", "piny", "abbr" };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (strcmp(text, none[i]) == 0) return false;
    return true;
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__alternate_names *all = user;
    const incmap_allocator *a = &all->pool.arena.allocator;
    struct incmap__alternate_place *place = find_place(all, incmap__table_text(table, PLACE_ID));
    const char *language = incmap__table_text(table, LANGUAGE);
    struct incmap__alternate_name name = { .next = UINT32_MAX };
    incmap_status st;

    if (!place || !is_language(language)) return INCMAP_OK;
    if (!incmap__table_length(table, NAME)) {
        incmap__table_refuse(table, NAME, "a name");
        return INCMAP_OK;
    }
    name.text = incmap__arena_text(&all->pool.arena, incmap__table_text(table, NAME),
                                   incmap__table_length(table, NAME));
    name.language = incmap__pool_text(&all->pool, language, strlen(language));
    if (!name.text || !name.language) return incmap__fail_memory(err);
    name.preferred = strcmp(incmap__table_text(table, PREFERRED), "1") == 0;
    st = incmap__grow(a, &all->names, &all->name_room, all->name_count + 1, sizeof name, err);
    if (st) return st;
    if (place->last == UINT32_MAX)
        place->first = (uint32_t)all->name_count;
    else
        all->names[place->last].next = (uint32_t)all->name_count;
    place->last = (uint32_t)all->name_count;
    all->names[all->name_count++] = name;
    return INCMAP_OK;
}

incmap_status incmap__alternate_names_read(incmap__alternate_names *all, incmap_ctx *ctx,
                                           const char *path, incmap_report *report)
{
    const incmap__csv_options tabs = { .separator = '\t',
                                       .no_quotes = true,
                                       .longest_row = INCMAP__ROW_LONGEST };
    incmap__problems problems;
    incmap__csv *csv = NULL;
    incmap_status st;

    st = incmap__csv_open(&csv, path, &tabs, &ctx->allocator, &ctx->error);
    if (st) return st;
    st = incmap__problems_begin(&problems, ctx, report);
    if (st)
        incmap__csv_close(csv);
    else
        st = incmap__rows_read_headless(&problems, csv, columns, COLUMNS, FIELDS, add_row, all);
    incmap__problems_end(&problems);
    return st;
}

static bool has_main(const incmap__names *names, const char *language)
{
    for (size_t i = 0; i < names->count; i++)
        if (!names->items[i].alternate && strcmp(names->items[i].language, language) == 0)
            return true;
    return false;
}

void incmap__alternate_names_give(const incmap__alternate_names *all, const char *id,
                                  incmap__names *names)
{
    const struct incmap__alternate_place *place = find_place(all, id);

    /* The preferred ones first: a name that is there as another's alternate is no main name. */
    for (int preferred = 1; place && preferred >= 0; preferred--)
        for (uint32_t i = place->first; i != UINT32_MAX; i = all->names[i].next) {
            const struct incmap__alternate_name *name = &all->names[i];
            if (name->preferred != (preferred == 1)) continue;
            incmap__names_add(names, name->text, strlen(name->text), name->language,
                              !preferred || !name->language[0] || has_main(names, name->language));
        }
}
