/* SPDX-License-Identifier: MIT */
/* The rows of data/border_posts.csv into a gazetteer: each a place under the names of the pair and of
 * either side. A post stands between two countries, so its own country and region stay empty. */
#include <math.h>
#include <string.h>

#include "places/place.h"
#include "places/reading.h"

enum column {
    KEY,
    RU_EN,
    RU_NATIVE,
    UA_EN,
    UA_NATIVE,
    PAIR_BASIS,
    RU_ADMIN1,
    UA_ADMIN1,
    MODES,
    CATEGORY,
    STATUS,
    LON,
    LAT,
    METHOD,
    UNCERTAINTY,
    RU_PLACE,
    UA_PLACE,
    SOURCE,
    NOTES,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [KEY] = { "key", true },
    [RU_EN] = { "name_ru_side_en", false },
    [RU_NATIVE] = { "name_ru_side_native", false },
    [UA_EN] = { "name_ua_side_en", false },
    [UA_NATIVE] = { "name_ua_side_native", false },
    [PAIR_BASIS] = { "name_pair_basis", false },
    [RU_ADMIN1] = { "ru_admin1", false },
    [UA_ADMIN1] = { "ua_admin1", false },
    [MODES] = { "modes", false },
    [CATEGORY] = { "category", false },
    [STATUS] = { "status", false },
    [LON] = { "lon_deg", true },
    [LAT] = { "lat_deg", true },
    [METHOD] = { "method", false },
    [UNCERTAINTY] = { "coord_uncertainty_m", false },
    [RU_PLACE] = { "ru_place_key", true },
    [UA_PLACE] = { "ua_place_key", true },
    [SOURCE] = { "source", false },
    [NOTES] = { "notes", false },
};

/* What differs between the two sides: columns, country, the language of the native name. */
static const struct side_columns {
    enum column name_en, name_native, admin1, place_key;
    const char *country, *language;
} side_columns[2] = {
    { RU_EN, RU_NATIVE, RU_ADMIN1, RU_PLACE, "RU", "ru" },
    { UA_EN, UA_NATIVE, UA_ADMIN1, UA_PLACE, "UA", "uk" },
};

/* A side without a name of its own goes by that of the settlement it is tied to. */
static bool read_side(const incmap_gazetteer *g, incmap__table *table, int i,
                      incmap_post_side *side)
{
    const struct side_columns *c = &side_columns[i];
    const incmap_place *tied = NULL;

    *side = (incmap_post_side){
        .country = c->country,
        .name_en = incmap__table_text(table, c->name_en),
        .name_native = incmap__table_text(table, c->name_native),
        .admin1 = incmap__table_text(table, c->admin1),
        .place_key = incmap__table_text(table, c->place_key),
    };
    if (!side->place_key[0]) return true;
    tied = incmap_gazetteer_by_key(g, side->place_key);
    if (!tied) {
        incmap__table_refuse(table, c->place_key,
                             "the key of a place of the gazetteer, or nothing");
        return false;
    }
    if (!side->name_en[0] && !side->name_native[0]) side->name_en = tied->names[0].text;
    return true;
}

/* "Kozinka border post", which says that no village is meant. */
static void add_post_names(incmap__names *names, const char *side)
{
    const char *start;
    size_t length;

    for (int part = 0; incmap__post_side_part(side, part, &start, &length); part++)
        incmap__names_add_made(names, "en", true, "%.*s" INCMAP__POST_WORDS, (int)length, start);
}

static void add_side_names(incmap__names *names, const char *side, const char *language)
{
    const char *start;
    size_t length;

    for (int part = 0; incmap__post_side_part(side, part, &start, &length); part++)
        incmap__names_add(names, start, length, language, true);
}

/* "Grayvoron (Kozinka) – Velyka Pysarivka", and "Kozinka – Velyka Pysarivka" as others. */
static void add_pair(incmap__names *names, const char *one, const char *other, const char *language)
{
    const char *a, *b;
    size_t a_length, b_length;

    for (int i = 0; incmap__post_side_part(one, i, &a, &a_length); i++)
        for (int j = 0; incmap__post_side_part(other, j, &b, &b_length); j++)
            incmap__names_add_made(names, language, i + j > 0, "%.*s – %.*s", (int)a_length, a,
                                   (int)b_length, b);
}

static void gather_names(incmap__names *names, const incmap_post_side sides[2])
{
    const char *ru = sides[0].name_native, *uk = sides[1].name_native;
    const char *en[2];

    incmap__names_clear(names);
    for (int i = 0; i < 2; i++)
        en[i] = sides[i].name_en[0] ? sides[i].name_en : sides[i].name_native;
    add_pair(names, en[0], en[1], "en");
    if (!en[0][0] || !en[1][0]) {
        const char *one = en[0][0] ? en[0] : en[1];
        if (one[0]) incmap__names_add_made(names, "en", false, "%s" INCMAP__POST_WORDS, one);
    }
    add_pair(names, ru, uk, "ru");
    add_pair(names, uk, ru, "uk");
    for (int i = 0; i < 2; i++) {
        add_side_names(names, sides[i].name_en, "en");
        add_side_names(names, sides[i].name_native, side_columns[i].language);
    }
    for (int i = 0; i < 2; i++)
        add_post_names(names, sides[i].name_en);
}

static bool read_numbers(incmap__table *table, incmap_place *place)
{
    bool good;

    good = incmap__row_coord(table, LON, LAT, &place->located, &place->at);
    good &= incmap__table_number(table, UNCERTAINTY, 0, INCMAP__RADIUS_MOST,
                                 &place->coord_uncertainty_m);
    place->extent_radius_m = NAN;
    place->population = -1;
    place->population_year = -1;
    return good;
}

static void read_texts(const incmap__table *table, incmap_place *place, incmap_post *post)
{
    const char *method = incmap__table_text(table, METHOD);
    const bool derived = strncmp(method, "derived:", 8) == 0;

    post->modes = incmap__table_text(table, MODES);
    post->category = incmap__table_text(table, CATEGORY);
    post->status = incmap__table_text(table, STATUS);
    post->pair_basis = incmap__table_text(table, PAIR_BASIS);
    post->method = place->located ? method : "none";
    post->on_border = derived && place->located;
    post->source = incmap__table_text(table, SOURCE);
    place->coord_method = !place->located ? "none" : derived ? "derived" : "source";
    place->coord_source = place->located ? method : "";
    place->notes = incmap__table_text(table, NOTES);
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__reading *reading = user;
    incmap_post post = { .on_border = false };
    incmap_place place = { .kind = INCMAP_PLACE_BORDER_POST, .post = &post };
    bool good;

    good = incmap__reading_key(reading->g, table, KEY, &place.key);
    good &= read_numbers(table, &place);
    for (int i = 0; i < 2; i++)
        good &= read_side(reading->g, table, i, &post.sides[i]);
    if (!good) return INCMAP_OK;
    gather_names(&reading->names, post.sides);
    if (reading->names.failed) return incmap__fail_memory(err);
    if (reading->names.count == 0) {
        incmap__table_refuse(table, KEY, "a row with a name or a place for at least one side");
        return INCMAP_OK;
    }
    read_texts(table, &place, &post);
    place.names = reading->names.items;
    place.name_count = reading->names.count;
    return incmap__gazetteer_add(reading->g, &place, err);
}

incmap_status incmap__gazetteer_add_posts_csv(incmap_ctx *ctx, incmap_gazetteer *g,
                                              incmap__csv *csv, incmap_report *report)
{
    return incmap__gazetteer_read(ctx, g, csv, report, columns, COLUMNS, add_row);
}

incmap_status incmap_gazetteer_add_posts(incmap_ctx *ctx, incmap_gazetteer *g, const char *path,
                                         incmap_report *report)
{
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !g || !path)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "add border posts: NULL");
    st = incmap__csv_open(&csv, path, NULL, &ctx->allocator, &ctx->error);
    return st ? st : incmap__gazetteer_add_posts_csv(ctx, g, csv, report);
}
