/* SPDX-License-Identifier: MIT */
/* The gazetteer: adding places, finding them by every name, and what it says when it cannot. */
#include "harness.h"
#include "faulty_tries.h"
#include "tables.h"

#include <math.h>
#include <time.h>
#include <utf8proc.h>

#include "base/text.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
}

static void teardown(void)
{
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static void setup_default(void)
{
    setup();
    load_default_places(ctx, g);
}

/* All candidates, at most 256. */
static incmap_match matches[256];

static size_t find(const char *name, const incmap_find_options *options)
{
    size_t count = 9999;
    const incmap_status st = incmap_gazetteer_find(ctx, g, name, options, matches, 256, &count);
    ck_assert_msg(st == INCMAP_OK, "%s: %s", name, incmap_ctx_message(ctx));
    ck_assert_uint_le(count, 256);
    return count;
}

static bool finds(const char *name, const incmap_place *place)
{
    const size_t count = find(name, NULL);
    for (size_t i = 0; i < count; i++)
        if (matches[i].place == place) return true;
    return false;
}

/* ---- places ---- */

static incmap_place village(const char *key, const incmap_place_name *names, size_t n)
{
    return (incmap_place){ .key = key,
                           .kind = INCMAP_PLACE_VILLAGE,
                           .located = true,
                           .at = { 50.46139, 35.6025 },
                           .coord_uncertainty_m = 800,
                           .extent_radius_m = NAN,
                           .country = "RU",
                           .names = names,
                           .name_count = n,
                           .population = -1,
                           .population_year = -1 };
}

START_TEST(an_added_place_is_copied_whole)
{
    char key[] = "kozinka", text[] = "Kozinka", language[] = "en", notes[] = "a note";
    const incmap_place_name names[] = { { text, language, false }, { "Козинка", "ru", false } };
    incmap_place place = village(key, names, 2);
    const incmap_place *there;

    place.notes = notes;
    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
    key[0] = text[0] = language[0] = notes[0] = 'X';
    ck_assert_uint_eq(incmap_gazetteer_count(g), 1);
    there = incmap_gazetteer_get(g, 0);
    ck_assert_ptr_eq(there, incmap_gazetteer_by_key(g, "kozinka"));
    ck_assert_str_eq(there->key, "kozinka");
    ck_assert_str_eq(there->names[0].text, "Kozinka");
    ck_assert_str_eq(there->names[0].language, "en");
    ck_assert_str_eq(there->notes, "a note");
    ck_assert_str_eq(there->admin1, ""); /* a NULL text counts as "" */
    ck_assert_double_eq(there->at.lat, 50.46139);
    ck_assert_ptr_null(incmap_gazetteer_get(g, 1));
    ck_assert_ptr_null(incmap_gazetteer_by_key(g, "Kozinka"));
    ck_assert_ptr_null(incmap_gazetteer_by_key(g, NULL));
}
END_TEST

START_TEST(a_place_that_cannot_be_added_is_told_and_leaves_nothing)
{
    const incmap_place_name name = { "Kozinka", "en", false }, bad = { "Koz\xFFnka", "en", false };
    const incmap_place_name empty = { "", "en", false };
    const incmap_post post = { .on_border = false };
    incmap_place good = village("kozinka", &name, 1);
    const struct {
        incmap_status status;
        const char *message;
        incmap_place place;
    } cases[] = {
        { INCMAP_EARG, "a place needs a key", village(NULL, &name, 1) },
        { INCMAP_EARG, "a place needs a key", village("", &name, 1) },
        { INCMAP_EARG, "place k needs a name", village("k", &name, 0) },
        { INCMAP_EARG, "place k needs a name", village("k", &empty, 1) },
        { INCMAP_EEXIST, "place kozinka is there already", village("kozinka", &name, 1) },
        { INCMAP_EPARSE, "place k: one of its texts is not UTF-8", village("k", &bad, 1) },
        { INCMAP_EPARSE,
          "place k: one of its texts is not UTF-8",
          { .key = "k", .notes = "caf\xE9", .names = &name, .name_count = 1 } },
        { INCMAP_EDOMAIN,
          "place k: lat 95, lon 35 is no position: degrees, |lat| <= 90",
          { .key = "k", .located = true, .at = { 95, 35 }, .names = &name, .name_count = 1 } },
        { INCMAP_EDOMAIN,
          "place k: a radius of -1 m, expected 0 to 20003932 m or NaN",
          { .key = "k", .coord_uncertainty_m = -1, .names = &name, .name_count = 1 } },
        { INCMAP_EARG,
          "place k: its kind is none of those known",
          { .key = "k", .kind = (incmap_place_kind)99, .names = &name, .name_count = 1 } },
        { INCMAP_EARG,
          "place k: only a border post has the sides of one",
          { .key = "k",
            .kind = INCMAP_PLACE_TOWN,
            .post = &post,
            .names = &name,
            .name_count = 1 } },
    };

    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &good), INCMAP_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &cases[i].place), cases[i].status);
        ck_assert_str_eq(incmap_ctx_message(ctx), cases[i].message);
        ck_assert_uint_eq(incmap_gazetteer_count(g), 1);
        ck_assert_uint_eq(find("Kozinka", NULL), 1);
    }
    ck_assert_int_eq(incmap_gazetteer_add(NULL, g, &good), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_add(ctx, NULL, &good), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_new(NULL, NULL), INCMAP_EARG);
    incmap_gazetteer_free(NULL);
}
END_TEST

START_TEST(pointers_to_places_stay_good_while_more_are_added)
{
    const incmap_place_name name = { "Ivanivka", "en", false };
    const incmap_place *first = NULL;
    for (int i = 0; i < 3000; i++) {
        char key[32];
        incmap_place place;
        (void)snprintf(key, sizeof key, "ivanivka_%d", i);
        place = village(key, &name, 1);
        ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
        if (!first) first = incmap_gazetteer_get(g, 0);
    }
    ck_assert_ptr_eq(first, incmap_gazetteer_by_key(g, "ivanivka_0"));
    ck_assert_str_eq(first->names[0].text, "Ivanivka");
}
END_TEST

/* ---- kinds and extents ---- */

START_TEST(every_kind_of_place_has_a_text_that_reads_back)
{
    for (int i = INCMAP_PLACE_OTHER; i <= INCMAP_PLACE_BORDER_POST; i++) {
        incmap_place_kind kind = (incmap_place_kind)99;
        ck_assert(incmap_place_kind_parse(incmap_place_kind_text((incmap_place_kind)i), &kind));
        ck_assert_int_eq(kind, i);
    }
    ck_assert_str_eq(incmap_place_kind_text((incmap_place_kind)99), "other");
    incmap_place_kind kind = INCMAP_PLACE_TOWN;
    ck_assert(!incmap_place_kind_parse("Town", &kind));
    ck_assert(!incmap_place_kind_parse(NULL, &kind));
    ck_assert_int_eq(kind, INCMAP_PLACE_TOWN);
}
END_TEST

START_TEST(an_unknown_extent_is_a_bound_and_never_zero)
{
    for (int i = INCMAP_PLACE_OTHER; i < INCMAP_PLACE_BORDER_POST; i++) {
        const incmap_place place = { .kind = (incmap_place_kind)i, .extent_radius_m = NAN };
        const incmap_extent extent = incmap_place_extent(&place);
        ck_assert(!extent.known);
        ck_assert_double_ge(extent.radius_m, 1000);
    }
    const incmap_place known = { .kind = INCMAP_PLACE_TOWN, .extent_radius_m = 1784 };
    ck_assert(incmap_place_extent(&known).known);
    ck_assert_double_eq(incmap_place_extent(&known).radius_m, 1784);
    const incmap_place post = { .kind = INCMAP_PLACE_BORDER_POST, .extent_radius_m = NAN };
    ck_assert(incmap_place_extent(&post).known);
    ck_assert_double_eq(incmap_place_extent(&post).radius_m, 0);
    ck_assert(isnan(incmap_place_extent(NULL).radius_m));
}
END_TEST

START_TEST(an_unstated_uncertainty_is_a_bound_and_never_zero)
{
    for (int i = INCMAP_PLACE_OTHER; i <= INCMAP_PLACE_BORDER_POST; i++) {
        const incmap_place place = { .kind = (incmap_place_kind)i,
                                     .coord_uncertainty_m = NAN,
                                     .extent_radius_m = NAN };
        /* 1,844 m is the most that two sources of the data differ by. */
        ck_assert_double_ge(incmap_place_uncertainty_m(&place), 2000);
        ck_assert_double_ge(incmap_place_uncertainty_m(&place),
                            incmap_place_extent(&place).radius_m);
    }
    const incmap_place stated = { .coord_uncertainty_m = 30, .extent_radius_m = 5000 };
    ck_assert_double_eq(incmap_place_uncertainty_m(&stated), 30);
    ck_assert(isnan(incmap_place_uncertainty_m(NULL)));
}
END_TEST

START_TEST(a_place_is_named_in_a_language_or_by_its_first_name)
{
    const incmap_place *place = incmap_gazetteer_by_key(g, "gora_podol");
    ck_assert_str_eq(incmap_place_name_in(place, "uk"), "Гора-Поділ");
    ck_assert_str_eq(incmap_place_name_in(place, "ru"), "Гора-Подол");
    ck_assert_str_eq(incmap_place_name_in(place, "de"), "Gora-Podol");
    ck_assert_str_eq(incmap_place_name_in(place, NULL), "Gora-Podol");
    ck_assert_str_eq(incmap_place_name_in(NULL, "en"), "");
}
END_TEST

/* ---- finding ---- */

/* The text with every character in upper or lower case. */
static const char *cased(const char *text, bool upper)
{
    static char out[2048];
    size_t used = 0;
    uint32_t c;
    for (size_t at = 0, n, length = strlen(text); at < length; at += n) {
        n = incmap__utf8_next(text + at, length - at, &c);
        ck_assert_uint_gt(n, 0);
        c = (uint32_t)(upper ? utf8proc_toupper((utf8proc_int32_t)c)
                             : utf8proc_tolower((utf8proc_int32_t)c));
        used += incmap__utf8_put(c, out + used);
    }
    out[used] = '\0';
    return out;
}

static const char *const apostrophes[] = { "'", "\u2019", "\u02BC", "\u02B9", "\u2018",
                                           "`", "\u00B4", "\u02BB", "\u2032" };

/* The text with each apostrophe in it replaced by one. */
static const char *with_apostrophe(const char *text, const char *apostrophe)
{
    static char out[2048];
    size_t used = 0;
    while (*text) {
        size_t n = 0;
        for (size_t i = 0; !n && i < sizeof apostrophes / sizeof *apostrophes; i++)
            if (strncmp(text, apostrophes[i], strlen(apostrophes[i])) == 0)
                n = strlen(apostrophes[i]);
        used += (size_t)snprintf(out + used, sizeof out - used, "%.*s", n ? 99 : 1,
                                 n ? apostrophe : text);
        text += n ? n : 1;
    }
    return out;
}

START_TEST(every_listed_name_of_every_default_place_finds_it)
{
    size_t names = 0, with = 0;
    ck_assert_uint_eq(incmap_gazetteer_count(g), 200);
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *place = incmap_gazetteer_get(g, i);
        for (size_t j = 0; j < place->name_count; j++, names++) {
            const char *text = place->names[j].text;
            ck_assert_msg(finds(text, place), "%s: %s", place->key, text);
            ck_assert_msg(finds(cased(text, true), place), "%s: %s", place->key, cased(text, true));
            ck_assert_msg(finds(cased(text, false), place), "%s: %s", place->key,
                          cased(text, false));
            with += strcmp(with_apostrophe(text, "#"), text) != 0;
            for (size_t k = 0; k < sizeof apostrophes / sizeof *apostrophes; k++)
                ck_assert_msg(finds(with_apostrophe(text, apostrophes[k]), place), "%s: %s",
                              place->key, with_apostrophe(text, apostrophes[k]));
        }
    }
    ck_assert_uint_gt(names, 900);
    ck_assert_uint_gt(with, 10);
}
END_TEST

static const struct {
    const char *asked, *keys; /* of the candidates, best first */
    incmap_verdict verdict;
    const char *reason; /* of the first */
} asked[] = {
    { "Belgorod", "belgorod_oblast belgorod", INCMAP_VERDICT_AMBIGUOUS,
      "another name of Belgorod Oblast" },
    { "Белгород", "belgorod belgorod_oblast", INCMAP_VERDICT_BEST, "Russian name of Belgorod" },
    { "Kozinka", "kozinka kozinka_velyka_pysarivka", INCMAP_VERDICT_BEST,
      "English name of Kozinka" },
    { "КОЗИНКА", "kozinka kozinka_velyka_pysarivka", INCMAP_VERDICT_BEST,
      "Russian name of Kozinka" },
    { "gora podil", "gora_podol", INCMAP_VERDICT_UNIQUE, "another name of Gora-Podol" },
    { "Гора-Поділ", "gora_podol", INCMAP_VERDICT_UNIQUE, "Ukrainian name of Gora-Podol" },
    { "Graivoron", "grayvoron grayvoronsky_district kozinka_velyka_pysarivka", INCMAP_VERDICT_BEST,
      "another name of Grayvoron" },
    { "Куп\u2019янськ", "kupiansk", INCMAP_VERDICT_UNIQUE, "Ukrainian name of Kupiansk" },
    { "Журавлевка", "zhuravlyovka", INCMAP_VERDICT_UNIQUE, "Russian name of Zhuravlyovka" },
    { "Grayvoron (Kozinka) - Velyka Pysarivka", "kozinka_velyka_pysarivka", INCMAP_VERDICT_UNIQUE,
      "English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "kozinka border post", "kozinka_velyka_pysarivka kozinka", INCMAP_VERDICT_BEST,
      "another name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "Nekhoteyevka", "nekhoteyevka_hoptivka", INCMAP_VERDICT_BEST,
      "name of one side of Nekhoteyevka – Hoptivka" },
    { "Графовка", "grafovka_ky grafovka_sh", INCMAP_VERDICT_AMBIGUOUS, "Russian name of Grafovka" },
    { "Grafovka", "grafovka_ky grafovka_sh", INCMAP_VERDICT_AMBIGUOUS, "English name of Grafovka" },
    { "Atlantis", "", INCMAP_VERDICT_NONE, "" },
    { "Kozink", "kozinka kozinka_velyka_pysarivka", INCMAP_VERDICT_BEST,
      "another form of Kozinka" },
};

START_TEST(candidates_come_with_rank_verdict_and_reason)
{
    const size_t count = find(asked[_i].asked, NULL);
    char keys[512] = "", reason[256] = "";
    size_t used = 0;

    for (size_t i = 0; i < count; i++)
        incmap__text_add(keys, sizeof keys, &used, "%s%s", i ? " " : "", matches[i].place->key);
    ck_assert_str_eq(keys, asked[_i].keys);
    ck_assert_int_eq(incmap_find_verdict(matches, count), asked[_i].verdict);
    if (!count) return;
    ck_assert_uint_eq(incmap_match_reason_text(&matches[0], reason, sizeof reason), strlen(reason));
    ck_assert_str_eq(reason, asked[_i].reason);
}
END_TEST

START_TEST(options_narrow_the_candidates)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    options.kinds = INCMAP_PLACE_SETTLEMENTS;
    ck_assert_uint_eq(find("Belgorod", &options), 1);
    ck_assert_str_eq(matches[0].place->key, "belgorod");
    options = (incmap_find_options){ .version = 1, .admin2 = "Shebekinsky District" };
    ck_assert_uint_eq(find("Графовка", &options), 1);
    ck_assert_str_eq(matches[0].place->key, "grafovka_sh");
    options = (incmap_find_options){ .version = 1, .country = "ru" };
    ck_assert_uint_eq(find("Донецк", &options), 3);
    ck_assert_str_eq(matches[0].place->key, "donetsk_ru");
    options = (incmap_find_options){ .version = 1, .country = "UA" };
    /* The city and the region; the two posts of that name have it from the Russian town. */
    ck_assert_uint_eq(find("Донецк", &options), 2);
    ck_assert_str_eq(matches[0].place->key, "donetsk");
    ck_assert_str_eq(matches[1].place->key, "donetsk_oblast");
}
END_TEST

/* A post lies in no area, but its sides do; without a word for post the side of that name has to pass. */
START_TEST(a_post_is_in_the_areas_of_its_sides)
{
    static const struct {
        const char *name, *country, *admin1, *admin2;
        bool found;
    } areas[] = {
        { "Kozinka", "RU", NULL, NULL, true },
        { "Kozinka", NULL, "Belgorod Oblast", NULL, true },
        { "Kozinka", "UA", NULL, NULL, false },
        { "Kozinka", NULL, "Sumy Oblast", NULL, false },
        { "Kozinka", NULL, NULL, "Okhtyrka Raion", false },
        { "Kozinka border post", "UA", NULL, NULL, true },
        { "Kozinka border post", NULL, "Sumy Oblast", NULL, true },
        { "Kozinka border post", NULL, NULL, "Okhtyrka Raion", true },
        { "Velyka Pysarivka", "UA", NULL, NULL, true },
        { "Велика Писарівка", NULL, "Sumy Oblast", NULL, true },
        { "Grayvoron (Kozinka) – Velyka Pysarivka", "UA", NULL, NULL, true },
        /* Both have to be the same side's. */
        { "Kozinka border post", "UA", "Belgorod Oblast", NULL, false },
    };

    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        const incmap_find_options options = { .version = 1,
                                              .country = areas[i].country,
                                              .admin1 = areas[i].admin1,
                                              .admin2 = areas[i].admin2,
                                              .kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST) };
        const size_t count = find(areas[i].name, &options);
        const bool found =
            count > 0 && strcmp(matches[0].place->key, "kozinka_velyka_pysarivka") == 0;
        ck_assert_msg(found == areas[i].found, "%zu: %s", i, areas[i].name);
    }
}
END_TEST

START_TEST(a_find_counts_all_and_writes_no_more_than_there_is_room)
{
    incmap_match two[3] = { { .score = 42 }, { .score = 42 }, { .score = 42 } };
    size_t count = 0;

    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "Донецк", NULL, two, 2, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 5);
    ck_assert_str_eq(two[0].place->key, "donetsk_ru");
    ck_assert_str_eq(two[1].place->key, "donetsk");
    ck_assert_double_eq(two[2].score, 42);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "Донецк", NULL, NULL, 0, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 5);
    ck_assert_int_eq(incmap_find_verdict(two, count), INCMAP_VERDICT_AMBIGUOUS);
}
END_TEST

START_TEST(what_cannot_be_looked_up_is_told)
{
    size_t count = 42;
    incmap_match match = { .score = 42 };

    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, " - ", NULL, &match, 1, &count), INCMAP_EPARSE);
    ck_assert_str_eq(incmap_ctx_message(ctx), "the name has no letter and no digit");
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "Koz\xFF", NULL, &match, 1, &count),
                     INCMAP_EPARSE);
    ck_assert_str_eq(incmap_ctx_message(ctx), "the name is not UTF-8 from byte 4 on");
    ck_assert_int_eq(incmap_gazetteer_find(NULL, g, "a", NULL, &match, 1, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, NULL, "a", NULL, &match, 1, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, NULL, NULL, &match, 1, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "a", NULL, NULL, 1, &count), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "a", NULL, &match, 1, NULL), INCMAP_EARG);
    ck_assert_uint_eq(count, 42);
    ck_assert_double_eq(match.score, 42);
}
END_TEST

START_TEST(verdicts_have_texts_and_reasons_are_cut_between_characters)
{
    char buffer[35];
    ck_assert_str_eq(incmap_verdict_text(INCMAP_VERDICT_NONE), "none");
    ck_assert_str_eq(incmap_verdict_text(INCMAP_VERDICT_UNIQUE), "unique");
    ck_assert_str_eq(incmap_verdict_text(INCMAP_VERDICT_BEST), "best");
    ck_assert_str_eq(incmap_verdict_text(INCMAP_VERDICT_AMBIGUOUS), "ambiguous");
    ck_assert_uint_eq(find("Nekhoteyevka", NULL), 1);
    /* Bytes 34 to 36 of the whole are the dash of "Nekhoteyevka – Hoptivka". */
    ck_assert_uint_eq(incmap_match_reason_text(&matches[0], buffer, sizeof buffer), 45);
    ck_assert_str_eq(buffer, "name of one side of Nekhoteyevka ");
    ck_assert_uint_eq(incmap_match_reason_text(NULL, buffer, sizeof buffer), 0);
}
END_TEST

/* ---- memory ---- */

START_TEST(without_memory_adding_is_enomem_leaks_nothing_and_leaves_what_was)
{
    faulty_tries t = faulty_begin();
    const incmap_place_name names[] = { { "Kozinka", "en", false }, { "Козинка", "ru", false } };
    const incmap_place place = village("kozinka", names, 2);

    while (faulty_next(&t, NULL)) {
        incmap_gazetteer *poor_g = NULL;
        t.st = incmap_gazetteer_new(t.ctx, &poor_g);
        if (!t.st) t.st = incmap_gazetteer_add(t.ctx, poor_g, &place);
        if (t.st) ck_assert_str_eq(incmap_ctx_message(t.ctx), "out of memory");
        if (t.st && poor_g) {
            incmap_match match;
            size_t count = 1;
            ck_assert_uint_eq(incmap_gazetteer_count(poor_g), 0);
            faulty_pause(&t);
            ck_assert_int_eq(
                incmap_gazetteer_find(t.ctx, poor_g, "Kozinka", NULL, &match, 1, &count),
                INCMAP_OK);
            ck_assert_uint_eq(count, 0);
            ck_assert_int_eq(incmap_gazetteer_add(t.ctx, poor_g, &place), INCMAP_OK);
            ck_assert_uint_eq(incmap_gazetteer_count(poor_g), 1);
        }
        incmap_gazetteer_free(poor_g);
    }
    faulty_end(&t, 5);
}
END_TEST

START_TEST(without_memory_a_find_of_a_long_name_is_enomem)
{
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    char name[1001];
    size_t count = 42;

    memset(name, 'a', 1000);
    memcpy(name, "Я", 2);
    name[1000] = '\0';
    for (long budget = 0; budget < 2; budget++) {
        faulty.budget = budget;
        ck_assert_int_eq(incmap_gazetteer_find(poor, g, name, NULL, NULL, 0, &count),
                         INCMAP_ENOMEM);
        ck_assert_uint_eq(count, 42);
        ck_assert_int_eq(faulty.blocks, 1);
    }
    faulty.budget = 0; /* a name of usual length needs none */
    ck_assert_int_eq(incmap_gazetteer_find(poor, g, "Козинка", NULL, NULL, 0, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 2);
    incmap_ctx_free(poor);
}
END_TEST

/* ---- a large gazetteer ---- */

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* A row of GeoNames' country dump as a place. Its alternate names carry no language. No ck_assert in
 * here: each writes to a file, which takes longer than adding the place. */
static bool add_geonames_row(const incmap__csv_row *row)
{
    static incmap_place_name names[512];
    static char alternates[32768];
    incmap_place place = { .kind = INCMAP_PLACE_SETTLEMENT, .located = true };
    size_t n = 1;

    if (row->fault || row->count != 19 || row->fields[3].length >= sizeof alternates) return false;
    if (!incmap__text_to_double(row->fields[4].text, row->fields[4].length, &place.at.lat) ||
        !incmap__text_to_double(row->fields[5].text, row->fields[5].length, &place.at.lon))
        return false;
    place.key = row->fields[0].text;
    place.country = row->fields[8].text;
    place.admin1 = row->fields[10].text;
    place.coord_uncertainty_m = place.extent_radius_m = NAN;
    names[0] = (incmap_place_name){ row->fields[1].text, "", false };
    memcpy(alternates, row->fields[3].text, row->fields[3].length + 1);
    for (char *next = strtok(alternates, ","); next && n < 512; next = strtok(NULL, ","))
        names[n++] = (incmap_place_name){ next, "", true };
    place.names = names;
    place.name_count = n;
    return incmap_gazetteer_add(ctx, g, &place) == INCMAP_OK;
}

static void load_geonames(const char *path)
{
    const incmap__csv_options options = { .separator = '\t', .no_quotes = true };
    incmap__csv *csv = NULL;
    incmap__csv_row row = { 0 };
    bool found = true, good = true;

    ck_assert_msg(incmap__csv_open(&csv, path, &options, &ctx->allocator, &ctx->error) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    while (good && found) {
        good = incmap__csv_next(csv, &row, &found, &ctx->error) == INCMAP_OK;
        if (good && found) good = add_geonames_row(&row);
    }
    incmap__csv_close(csv);
    ck_assert_msg(good, "line %zu: %s", row.line, incmap_ctx_message(ctx));
}

/* True when the place is among the candidates, of which there may be hundreds. */
static bool is_among_all(const char *name, const incmap_place *place)
{
    static incmap_match all[4096];
    size_t count = 0;
    if (incmap_gazetteer_find(ctx, g, name, NULL, all, 4096, &count)) return false;
    for (size_t i = 0; i < count && i < 4096; i++)
        if (all[i].place == place) return true;
    return false;
}

static size_t count_lost(void)
{
    size_t lost = 0;
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *place = incmap_gazetteer_get(g, i);
        for (size_t j = 0; j < place->name_count; j++)
            if (!is_among_all(place->names[j].text, place)) {
                printf("not found: %s under %s\n", place->key, place->names[j].text);
                lost++;
            }
    }
    return lost;
}

static size_t count_names(void)
{
    size_t n = 0;
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++)
        n += incmap_gazetteer_get(g, i)->name_count;
    return n;
}

START_TEST(a_country_of_geonames_is_loaded_and_every_name_found)
{
    const char *folder = getenv("INCMAP_REAL_DATA");
    char path[1024];
    double start, loaded, done;

    if (!folder) {
        printf("skipped: INCMAP_REAL_DATA names no folder with geonames_UA_20260729.txt\n");
        return;
    }
    (void)snprintf(path, sizeof path, "%s/geonames_UA_20260729.txt", folder);
    start = seconds();
    load_geonames(path);
    loaded = seconds();
    ck_assert_uint_eq(incmap_gazetteer_count(g), 45086);
    ck_assert_uint_eq(count_lost(), 0);
    done = seconds();
    printf("%zu places with %zu names loaded in %.3f s, a name found in %.2f us\n",
           incmap_gazetteer_count(g), count_names(), loaded - start,
           (done - loaded) / (double)count_names() * 1e6);
}
END_TEST

START_TEST(a_thousand_places_of_one_name_are_all_found_in_their_order)
{
    const incmap_place_name name = { "Іванівка", "uk", false };
    static incmap_match all[1000];
    size_t count;

    for (int i = 0; i < 1000; i++) {
        char key[32];
        incmap_place place;
        (void)snprintf(key, sizeof key, "i%d", i);
        place = village(key, &name, 1);
        ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
    }
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "ІВАНІВКА", NULL, all, 1000, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 1000);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_ptr_eq(all[i].place, incmap_gazetteer_get(g, i));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gazetteer");
    TCase *empty = tcase_create("empty"), *full = tcase_create("default");
    tcase_add_checked_fixture(empty, setup, teardown);
    tcase_add_test(empty, an_added_place_is_copied_whole);
    tcase_add_test(empty, a_place_that_cannot_be_added_is_told_and_leaves_nothing);
    tcase_add_test(empty, pointers_to_places_stay_good_while_more_are_added);
    tcase_add_test(empty, every_kind_of_place_has_a_text_that_reads_back);
    tcase_add_test(empty, an_unknown_extent_is_a_bound_and_never_zero);
    tcase_add_test(empty, an_unstated_uncertainty_is_a_bound_and_never_zero);
    tcase_add_test(empty, without_memory_adding_is_enomem_leaks_nothing_and_leaves_what_was);
    tcase_add_test(empty, a_country_of_geonames_is_loaded_and_every_name_found);
    tcase_add_test(empty, a_thousand_places_of_one_name_are_all_found_in_their_order);
    tcase_add_checked_fixture(full, setup_default, teardown);
    tcase_add_test(full, a_place_is_named_in_a_language_or_by_its_first_name);
    tcase_add_test(full, every_listed_name_of_every_default_place_finds_it);
    tcase_add_loop_test(full, candidates_come_with_rank_verdict_and_reason, 0,
                        sizeof asked / sizeof *asked);
    tcase_add_test(full, options_narrow_the_candidates);
    tcase_add_test(full, a_post_is_in_the_areas_of_its_sides);
    tcase_add_test(full, a_find_counts_all_and_writes_no_more_than_there_is_room);
    tcase_add_test(full, what_cannot_be_looked_up_is_told);
    tcase_add_test(full, verdicts_have_texts_and_reasons_are_cut_between_characters);
    tcase_add_test(full, without_memory_a_find_of_a_long_name_is_enomem);
    suite_add_tcase(suite, empty);
    suite_add_tcase(suite, full);
    return run_suite(suite);
}
