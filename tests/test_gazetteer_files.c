/* SPDX-License-Identifier: MIT */
/* Files of a gazetteer: GeoNames' dumps, alternate names and postal codes, tables with a map of columns,
 * and the saved file, also broken and hostile ones. */
#include "harness.h"
#include "faulty_tries.h"
#include "random.h"

#include <math.h>

#include <incmap/builtin.h>

#include "places/gazetteer.h"

#include "gazetteer_rows.h"

/* ---- GeoNames ---- */

/* Region, historical district, town, village, river; then what is wrong. */
#define REGION                                                                                     \
    "692196\tSumska Oblast\tSumska Oblast\tSumy,Сумська "                                   \
    "область\t51\t34\tA\tADM1\tUA\t\t21\t\t\t\t"                                            \
    "1060000\t\t128\tEurope/Kyiv\t2024-01-01\n"
#define DISTRICT                                                                                   \
    "1\tKrasnopilskyi Raion\tKrasnopilskyi "                                                       \
    "Raion\t\t50.8\t35.2\tA\tADM2H\tUA\t\t21\t5902\t\t\t0\t\t1\t"                                  \
    "Europe/Kyiv\t2024-01-01\n"
#define TOWN TOWN_ROW("692194", "Sumy", "Sumi,Суми,Сумы")
#define VILLAGE                                                                                          \
    "2\tZrazkove\tZrazkove\tЗразкове\t50.85\t35.25\tP\tPPL\tUA\t\t21\t5902\t\t\t0\t\t1\tEurope/" \
    "Kyiv\t"                                                                                             \
    "2024-01-01\n"
#define RIVER                                                                                      \
    "3\tPsel\tPsel\t\t50.9\t34.9\tH\tSTM\tUA\t\t21\t\t\t\t0\t\t1\tEurope/Kyiv\t2024-01-01\n"

START_TEST(a_dump_of_geonames_is_loaded_with_the_names_of_its_areas)
{
    const char *path = file_of("UA.txt", VILLAGE TOWN REGION DISTRICT RIVER);
    incmap_geonames_options all = INCMAP_GEONAMES_OPTIONS_INIT;
    const incmap_place *p;

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, path, NULL, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_report_count(report), 0);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 4); /* a river is no place that reports name */
    ck_assert_uint_eq(incmap_report_file_get(report, 0)->rows, 5);
    ck_assert_uint_eq(incmap_report_file_get(report, 0)->kept, 4);
    ck_assert_uint_eq(incmap_report_file_get(report, 0)->left_out, 1);
    p = incmap_gazetteer_by_key(g, "geonames:2");
    ck_assert_str_eq(p->admin1, "Sumska Oblast");
    ck_assert_str_eq(p->admin2, "Krasnopilskyi Raion");
    ck_assert_int_eq(p->kind, INCMAP_PLACE_SETTLEMENT);
    ck_assert_int_eq(p->population, -1); /* GeoNames' 0 is not known */
    ck_assert(isnan(p->coord_uncertainty_m));
    p = incmap_gazetteer_by_key(g, "geonames:692194");
    ck_assert_int_eq(p->kind, INCMAP_PLACE_CITY);
    ck_assert_int_eq(p->population, 294456);
    ck_assert_str_eq(p->admin2, "5900"); /* a code that the file has no name for */
    ck_assert_str_eq(p->names[2].text, "Суми");
    ck_assert_str_eq(incmap_gazetteer_by_key(g, "geonames:1")->notes,
                     "GeoNames: historical district");
    const incmap_find_options coded = { .version = 1, .country = "UA", .admin1 = "21" };
    size_t count = 0;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "Зразкове", &coded, NULL, 0, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 1);
    incmap_gazetteer *whole = NULL;
    all.all_features = true;
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &whole), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, whole, path, &all, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(whole), 5);
    ck_assert_uint_eq(incmap_report_file_get(report, 1)->left_out, 0);
    ck_assert_uint_eq(incmap_report_file_get(report, 1)->kept, 5);
    incmap_gazetteer_free(whole);
}
END_TEST

/* Both are districts to incmap, and most raions have a hromada of the same name. */
START_TEST(a_raion_and_a_hromada_of_one_name_are_told_apart)
{
    static const struct {
        const char *asked, *key;
        incmap_verdict verdict;
    } areas[] = {
        { "Sumskyi raion", "geonames:4", INCMAP_VERDICT_BEST },
        { "Сумський район", "geonames:4", INCMAP_VERDICT_BEST },
        { "Сумской р-н", "geonames:4", INCMAP_VERDICT_BEST },
        { "Sumska hromada", "geonames:5", INCMAP_VERDICT_BEST },
        { "Сумська територіальна громада", "geonames:5", INCMAP_VERDICT_BEST },
        { "m. Sumy ta Sumska terytorialna hromada", "geonames:5", INCMAP_VERDICT_BEST },
        /* No word says which. */
        { "Sumskyi municipality", "geonames:4", INCMAP_VERDICT_AMBIGUOUS },
    };
    const char *path = file_of(
        "UA.txt", TOWN REGION "4\tSumskyi Raion\tSumskyi "
                              "Raion\t\t50.9\t34.7\tA\tADM2\tUA\t\t21\t5903\t\t\t0\t\t1\tx\ty\n"
                              "5\tSumska Terytorialna Hromada\tSumska Terytorialna "
                              "Hromada\t\t50.9\t34.8\tA\tADM3\tUA\t\t21\t5903\t\t\t0\t\t1\tx\ty\n");

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, path, NULL, report), INCMAP_OK);
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        incmap_match matches[8];
        size_t count = 0;
        ck_assert_int_eq(incmap_gazetteer_find(ctx, g, areas[i].asked, NULL, matches, 8, &count),
                         INCMAP_OK);
        ck_assert_msg(count > 1 && strcmp(matches[0].place->key, areas[i].key) == 0, "%s",
                      areas[i].asked);
        ck_assert_msg(incmap_find_verdict(matches, count) == areas[i].verdict, "%s",
                      areas[i].asked);
    }
}
END_TEST

#define HROMADA(id, name, lat, lon)                                                                \
    id "\t" name "\t" name "\t\t" lat "\t" lon "\tA\tADM3\tUA\t\t21\t5903\t\t\t0\t\t1\tx\ty\n"
#define HAMLET(id, name, lat, lon)                                                                 \
    id "\t" name "\t" name "\t\t" lat "\t" lon "\tP\tPPL\tUA\t\t21\t5903\t\t\t0\t\t1\tx\ty\n"

#define RAION                                                                                      \
    "4\tSumskyi Raion\tSumskyi "                                                                   \
    "Raion\t\t50.9\t34.7\tA\tADM2\tUA\t\t21\t5903\t\t\t0\t\t1\tx\ty\n"
#define TWO_HAMLETS                                                                                \
    HAMLET("6", "Basivka", "51.18", "35.08") HAMLET("7", "Basivka", "50.75", "33.41")
#define SEAT HAMLET("12", "Yunakivka", "51.10", "35.03")
#define THREE_HROMADAS                                                                             \
    HROMADA("8", "Yunakivska Terytorialna Hromada", "51.1024", "35.0319")                          \
    HROMADA("9", "Romenska Terytorialna Hromada", "50.74", "33.48")                                \
    HROMADA("10", "Okhtyrska Terytorialna Hromada", "50.31", "34.90")

/* A dump does not say in which hromada a settlement lies. */
START_TEST(a_settlement_lies_in_the_hromada_that_it_is_near)
{
    static const struct {
        const char *asked, *key; /* NULL: none is found */
        bool lies_in;            /* another area besides */
    } texts[] = {
        { "с. Басівка, Юнаківська громада", "geonames:6", false },
        { "с. Басівка, Юнаківська громада, Сумський район, Сумська область", "geonames:6", true },
        { "Басівка Юнаківської громади Сумського району", "geonames:6", true },
        { "Basivka, Yunakivka community", "geonames:6", false },
        { "Basivka, Romenska hromada", "geonames:7", false },
        { "Basivka, Okhtyrska hromada", NULL, false },  /* both lie farther off */
        { "Basivka, Vovchanska hromada", NULL, false }, /* there is none such */
        { "Basivka, Sumska hromada", NULL, false },     /* a raion is called so, no hromada */
        { "Basyvka, Yunakivska hromada", "geonames:6", false },
        { "Basinka, Yunakivska hromada", NULL, false }, /* a letter wrong, and only near */
        { "Romenka hromada", NULL, false },             /* no Romenka lies there */
        { "Yunakivka hromada", "geonames:8", false },
    };
    const char *path = file_of("UA.txt", REGION TWO_HAMLETS SEAT THREE_HROMADAS RAION);

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, path, NULL, report), INCMAP_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        incmap_match matches[8];
        size_t count = 0;
        bool none;
        ck_assert_int_eq(incmap_gazetteer_find(ctx, g, texts[i].asked, NULL, matches, 8, &count),
                         INCMAP_OK);
        none = incmap_find_verdict(matches, count) == INCMAP_VERDICT_NONE;
        ck_assert_msg(none == !texts[i].key, "%s", texts[i].asked);
        if (none) continue;
        ck_assert_msg(strcmp(matches[0].place->key, texts[i].key) == 0, "%s", texts[i].asked);
        if (matches[0].place->kind != INCMAP_PLACE_SETTLEMENT) continue;
        ck_assert_ptr_nonnull(matches[0].near_place);
        ck_assert(matches[0].near_m > 1000 && matches[0].near_m < 30000);
        ck_assert(matches[0].area_said == texts[i].lies_in);
    }
}
END_TEST

/* Villages are called New Ukraine and Free Ukraine. */
START_TEST(a_country_without_a_comma_is_part_of_a_name)
{
    const char *path = file_of("UA.txt", REGION HAMLET("6", "Vilna Ukraina", "51.18", "35.08")
                                             HAMLET("7", "Vilne", "50.75", "33.41")
                                                 HAMLET("8", "Basivka", "50.75", "33.41"));
    static const char *const texts[][2] = { { "Vilnah Ukraina", "geonames:6" },
                                            { "Basivka, Ukraina", "geonames:8" } };

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, path, NULL, report), INCMAP_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        incmap_match match;
        size_t count = 0;
        ck_assert_int_eq(incmap_gazetteer_find(ctx, g, texts[i][0], NULL, &match, 1, &count),
                         INCMAP_OK);
        ck_assert_msg(count && strcmp(match.place->key, texts[i][1]) == 0, "%s: %s", texts[i][0],
                      count ? match.place->key : "none");
    }
}
END_TEST

/* Kyiv is a region of its own besides the region around it; each has the other's name among its own. */
START_TEST(an_oblast_is_told_from_a_city_of_that_rank_and_from_a_raion_called_region)
{
    static const struct {
        const char *asked, *key;
        incmap_verdict verdict;
    } areas[] = {
        { "Kyivska oblast", "geonames:7", INCMAP_VERDICT_BEST },
        { "Киевская область", "geonames:7", INCMAP_VERDICT_BEST },
        { "Київський регіон", "geonames:7", INCMAP_VERDICT_BEST },
        { "Киевский регион", "geonames:7", INCMAP_VERDICT_BEST },
        { "Kyiv region", "geonames:7", INCMAP_VERDICT_BEST },
        { "Kyivskyi raion", "geonames:9", INCMAP_VERDICT_BEST },
        { "Misto Kyiv", "geonames:8", INCMAP_VERDICT_BEST },
        { "Kyiv", "geonames:7", INCMAP_VERDICT_AMBIGUOUS },
        { "Obukhiv region", "geonames:10", INCMAP_VERDICT_BEST }, /* there is no such oblast */
    };
    const char *path = file_of(
        "UA.txt",
        "7\tKyiv Oblast\tKyiv Oblast\tKiev,Kyiv,Київська "
        "область\t50.2\t30.5\tA\tADM1\tUA\t\t13\t\t\t\t0\t\t1\tx\ty\n"
        "8\tMisto Kyiv\tMisto Kyiv\tKiev,Kyiv\t50.4\t30.5\tA\tADM1\tUA\t\t12\t\t\t\t0\t\t1\tx\ty\n"
        "9\tKyyiv District\tKyyiv "
        "District\t\t49.6\t34.5\tA\tADM2\tUA\t\t18\t90\t\t\t0\t\t1\tx\ty\n"
        "10\tObukhiv Raion\tObukhiv "
        "Raion\t\t50.1\t30.6\tA\tADM2\tUA\t\t13\t91\t\t\t0\t\t1\tx\ty\n");

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, path, NULL, report), INCMAP_OK);
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        incmap_match matches[8];
        size_t count = 0;
        ck_assert_int_eq(incmap_gazetteer_find(ctx, g, areas[i].asked, NULL, matches, 8, &count),
                         INCMAP_OK);
        ck_assert_msg(count > 0 && strcmp(matches[0].place->key, areas[i].key) == 0, "%s: %s",
                      areas[i].asked, count ? matches[0].place->key : "nothing");
        ck_assert_msg(incmap_find_verdict(matches, count) == areas[i].verdict, "%s: verdict %d",
                      areas[i].asked, incmap_find_verdict(matches, count));
    }
}
END_TEST

START_TEST(broken_rows_of_a_dump_are_told_and_the_rest_is_loaded)
{
    const char *path =
        file_of("bad.txt",
                "\xEF\xBB\xBF" TOWN "4\ttoo few\n"
                "5\tNorth\tNorth\t\t95\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n"
                "6\tCaf\xE9\tCafe\t\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n"
                "seven\tSeven\tSeven\t\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n"
                "8\t\t\t\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n"
                "9\tNine\tNine\t\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\tmany\t\t1\tx\ty\n"
                "692194\tAgain\tAgain\t\t50\t35\tP\tPPL\tUA\t\t21\t\t\t\t0\t\t1\tx\ty\n" VILLAGE);
    const char *lines;

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, path, NULL, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 2);
    ck_assert_uint_eq(incmap_report_refused(report), 7);
    lines = report_lines(report);
    ck_assert_ptr_nonnull(strstr(lines, "bad.txt:2: "));
    ck_assert_ptr_nonnull(strstr(lines, "bad.txt:3: column 5 (latitude): found \"95\""));
    ck_assert_ptr_nonnull(strstr(lines, "bad.txt:4: "));
    ck_assert_ptr_nonnull(
        strstr(lines, "bad.txt:5: column 1 (geonameid): found \"seven\", expected a number"));
    ck_assert_ptr_nonnull(strstr(lines, "bad.txt:6: column 2 (name)"));
    ck_assert_ptr_nonnull(strstr(lines, "bad.txt:7: column 15 (population): found \"many\""));
    ck_assert_ptr_nonnull(strstr(lines, "expected a number that no place has yet"));
    /* Without a report the first of them ends it, and nothing is added. */
    incmap_gazetteer *strict = NULL;
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &strict), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, strict, path, NULL, NULL), INCMAP_EDATA);
    ck_assert_uint_eq(incmap_gazetteer_count(strict), 0);
    incmap_gazetteer_free(strict);
    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, "/nowhere", NULL, NULL), INCMAP_EIO);
    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, NULL, path, NULL, NULL), INCMAP_EARG);
}
END_TEST

/* A download that failed leaves such: all was searched, and nothing was there, without a word. */
START_TEST(a_dump_without_a_row_is_told)
{
    incmap_geonames_options options = INCMAP_GEONAMES_OPTIONS_INIT;
    const char *empty = file_of("empty.txt", "");

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, empty, NULL, report), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx),
                                 "empty.txt: found no row at all, expected rows of 19 fields"));
    ck_assert_int_eq(incmap_gazetteer_add_postal(ctx, g, empty, report), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "expected rows of 12 fields"));
    options.alternate_names = file_of("alternate.txt", "");
    ck_assert_int_eq(
        incmap_gazetteer_add_geonames(ctx, g, file_of("UA.txt", TOWN), &options, report),
        INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "alternate.txt: found no row at all"));
    ck_assert_uint_eq(incmap_gazetteer_count(g), 0);
    /* A broken row is told as that, and none is left then. */
    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, file_of("UA.txt", "1\n"), NULL, report),
                     INCMAP_OK);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
}
END_TEST

START_TEST(alternate_names_bring_their_language_and_the_preferred_one_is_main)
{
    incmap_geonames_options options = INCMAP_GEONAMES_OPTIONS_INIT;
    const char *path = file_of("UA.txt", TOWN REGION);
    const incmap_place *p;
    size_t count = 0;

    options.alternate_names =
        file_of("alternate.txt", "1\t692194\tuk\tСуми\t1\t\t\t\t\t\n"
                                 "2\t692194\tru\tСумы\t1\t\t\t\t\t\n"
                                 "3\t692194\tde\tSsumy\t\t\t\t\t\t\n"
                                 "4\t692194\tlink\thttps://example.org\t\t\t\t\t\t\n"
                                 "5\t999\ten\tElsewhere\t\t\t\t\t\t\n"
                                 "6\t692194\ten\n");
    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, path, &options, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    ck_assert_ptr_nonnull(strstr(report_lines(report), "alternate.txt:6: "));
    p = incmap_gazetteer_by_key(g, "geonames:692194");
    ck_assert_str_eq(incmap_place_name_in(p, "uk"), "Суми");
    ck_assert_str_eq(incmap_place_name_in(p, "ru"), "Сумы");
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "Ssumy", NULL, NULL, 0, &count), INCMAP_OK);
    ck_assert_uint_ge(count, 1);
    for (size_t i = 0; i < p->name_count; i++)
        ck_assert_ptr_null(strstr(p->names[i].text, "example"));
}
END_TEST

START_TEST(postal_codes_and_tables_of_ones_own_are_loaded)
{
    const char *postal = file_of(
        "postal.txt", "RU\t309370\tГрайворон\tБелгородская Область\t\tГРАЙВОРОНСКИЙ РАЙОН\t\t\t\t"
                      "50.4783\t35.6658\t4\n"
                      "RU\t309370\tГора-Подол\tБелгородская Область\t\t\t\t\t\t50.47\t35.64\t\n"
                      "RU\t309371\tКозинка\tБелгородская Область\t\t\t\t\t\tx\t35.64\t\n");
    const char *own = file_of("own.csv", "id;Ort;Breite;Laenge;Einwohner\n"
                                         "k;Козинка;50.4614;35.6025;1071\n"
                                         "d;Depot 7;50.5;;\n"
                                         "e;Depot 8;50.5;35.5;\n");
    incmap_column_map map = INCMAP_COLUMN_MAP_INIT;

    ck_assert_int_eq(incmap_gazetteer_add_postal(ctx, g, postal, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 2);
    ck_assert_str_eq(incmap_gazetteer_by_key(g, "postal:RU-309370:2")->names[0].text, "Гора-Подол");
    ck_assert_str_eq(incmap_gazetteer_by_key(g, "postal:RU-309370")->admin2, "ГРАЙВОРОНСКИЙ РАЙОН");
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    map.separator = ';';
    map.name = "ort";
    map.lat = "breite";
    map.lon = "laenge";
    map.population = "Einwohner";
    map.default_country = "RU";
    map.default_kind = INCMAP_PLACE_VILLAGE;
    map.key_prefix = "own:";
    ck_assert_int_eq(incmap_gazetteer_add_table(ctx, g, own, &map, report), INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 4);
    ck_assert_int_eq(incmap_gazetteer_by_key(g, "own:2")->population, 1071);
    ck_assert_str_eq(incmap_gazetteer_by_key(g, "own:4")->country, "RU");
    ck_assert_uint_eq(incmap_report_refused(report), 2);
    map.admin1 = "Kreis";
    ck_assert_int_eq(incmap_gazetteer_add_table(ctx, g, own, &map, report), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "Kreis"));
    map.lat = NULL;
    ck_assert_int_eq(incmap_gazetteer_add_table(ctx, g, own, &map, report), INCMAP_EARG);
}
END_TEST

START_TEST(without_memory_a_dump_is_enomem_leaks_nothing_and_adds_nothing)
{
    const char *path = file_of("UA.txt", VILLAGE TOWN REGION DISTRICT);
    incmap_geonames_options options = INCMAP_GEONAMES_OPTIONS_INIT;
    faulty_tries t = faulty_begin();

    options.alternate_names = file_of("alternate.txt", "1\t692194\tuk\tСуми\t1\t\t\t\t\t\n");
    while (faulty_next(&t, NULL)) {
        incmap_gazetteer *own = NULL;
        t.st = incmap_gazetteer_new(t.ctx, &own);
        if (!t.st) t.st = incmap_gazetteer_add_geonames(t.ctx, own, path, &options, NULL);
        if (t.st) ck_assert_uint_eq(incmap_gazetteer_count(own), 0);
        incmap_gazetteer_free(own);
    }
    faulty_end(&t, 20);
}
END_TEST

/* ---- the saved file ---- */

static incmap_gazetteer *builtin(void)
{
    incmap_gazetteer *made = NULL;
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &made), INCMAP_OK);
    return made;
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static void assert_same_side(const incmap_post_side *a, const incmap_post_side *b)
{
    ck_assert_str_eq(a->country, b->country);
    ck_assert_str_eq(a->name_en, b->name_en);
    ck_assert_str_eq(a->name_native, b->name_native);
    ck_assert_str_eq(a->admin1, b->admin1);
    ck_assert_str_eq(a->place_key, b->place_key);
}

static void assert_same_place(const incmap_place *a, const incmap_place *b)
{
    ck_assert_str_eq(a->key, b->key);
    ck_assert_int_eq(a->kind, b->kind);
    ck_assert_int_eq(a->located, b->located);
    if (a->located) ck_assert(a->at.lat == b->at.lat && a->at.lon == b->at.lon);
    ck_assert(same_number(a->coord_uncertainty_m, b->coord_uncertainty_m));
    ck_assert(same_number(a->extent_radius_m, b->extent_radius_m));
    ck_assert_str_eq(a->country, b->country);
    ck_assert_str_eq(a->admin1, b->admin1);
    ck_assert_str_eq(a->admin2, b->admin2);
    ck_assert_uint_eq(a->name_count, b->name_count);
    for (size_t i = 0; i < a->name_count; i++) {
        ck_assert_str_eq(a->names[i].text, b->names[i].text);
        ck_assert_str_eq(a->names[i].language, b->names[i].language);
        ck_assert_int_eq(a->names[i].alternate, b->names[i].alternate);
    }
    ck_assert_int_eq(a->population, b->population);
    ck_assert_int_eq(a->population_year, b->population_year);
    ck_assert_str_eq(a->coord_method, b->coord_method);
    ck_assert_str_eq(a->coord_source, b->coord_source);
    ck_assert_str_eq(a->extent_source, b->extent_source);
    ck_assert_str_eq(a->population_source, b->population_source);
    ck_assert_str_eq(a->named_in, b->named_in);
    ck_assert_str_eq(a->notes, b->notes);
    ck_assert_int_eq(a->post == NULL, b->post == NULL);
    if (!a->post) return;
    assert_same_side(&a->post->sides[0], &b->post->sides[0]);
    assert_same_side(&a->post->sides[1], &b->post->sides[1]);
    ck_assert_str_eq(a->post->status, b->post->status);
    ck_assert_str_eq(a->post->method, b->post->method);
    ck_assert_int_eq(a->post->on_border, b->post->on_border);
}

START_TEST(an_opened_gazetteer_holds_and_finds_what_was_saved)
{
    incmap_gazetteer *from = builtin(), *opened = NULL;
    const char *path = scratch_path("places.gaz");

    ck_assert_int_eq(incmap_gazetteer_save(ctx, from, path), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, path, &opened), INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(opened), incmap_gazetteer_count(from));
    for (size_t i = 0; i < incmap_gazetteer_count(from); i++) {
        const incmap_place *a = incmap_gazetteer_get(from, i), *b = incmap_gazetteer_get(opened, i);
        assert_same_place(a, b);
        ck_assert_ptr_eq(incmap_gazetteer_by_key(opened, a->key), b);
        for (size_t k = 0; k < a->name_count; k++) {
            incmap_match x[64], y[64];
            size_t n = 0, m = 0;
            ck_assert_int_eq(incmap_gazetteer_find(ctx, from, a->names[k].text, NULL, x, 64, &n),
                             INCMAP_OK);
            ck_assert_int_eq(incmap_gazetteer_find(ctx, opened, a->names[k].text, NULL, y, 64, &m),
                             INCMAP_OK);
            ck_assert_uint_eq(n, m);
            for (size_t j = 0; j < n && j < 64; j++) {
                ck_assert_str_eq(x[j].place->key, y[j].place->key);
                ck_assert_double_eq(x[j].score, y[j].score);
                ck_assert_int_eq(x[j].reason, y[j].reason);
            }
        }
    }
    ck_assert_ptr_null(incmap_gazetteer_by_key(opened, "atlantis"));
    incmap_gazetteer_free(opened);
    incmap_gazetteer_free(from);
}
END_TEST

START_TEST(the_same_places_give_the_same_bytes_and_a_copy_of_a_copy_too)
{
    incmap_gazetteer *from = builtin(), *opened = NULL;

    ck_assert_int_eq(incmap_gazetteer_save(ctx, from, scratch_path("a.gaz")), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_save(ctx, from, scratch_path("b.gaz")), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, scratch_path("b.gaz"), &opened), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_save(ctx, opened, scratch_path("c.gaz")), INCMAP_OK);
    /* Onto the very file that is open: who has it open keeps it. */
    ck_assert_int_eq(incmap_gazetteer_save(ctx, opened, scratch_path("b.gaz")), INCMAP_OK);
    ck_assert_str_eq(incmap_gazetteer_get(opened, 5)->key, incmap_gazetteer_get(from, 5)->key);
    assert_same_file(scratch_path("a.gaz"), scratch_path("b.gaz"));
    assert_same_file(scratch_path("a.gaz"), scratch_path("c.gaz"));
    incmap_gazetteer_free(opened);
    incmap_gazetteer_free(from);
}
END_TEST

START_TEST(rows_of_ones_own_go_on_top_of_an_opened_file)
{
    incmap_gazetteer *from = builtin(), *opened = NULL;
    const incmap_place_name name = { "Козинка", "ru", false };
    incmap_place place = { .key = "own",
                           .kind = INCMAP_PLACE_VILLAGE,
                           .located = true,
                           .at = { 50.45, 37.85 },
                           .coord_uncertainty_m = NAN,
                           .extent_radius_m = NAN,
                           .country = "RU",
                           .names = &name,
                           .name_count = 1,
                           .population = -1,
                           .population_year = -1 };
    const incmap_coord east = { 50.4, 37.8 };
    const incmap_find_options options = { .version = 1, .near = &east };
    incmap_near near[2];
    incmap_match match;
    size_t count = 0;

    ck_assert_int_eq(incmap_gazetteer_save(ctx, from, scratch_path("a.gaz")), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, scratch_path("a.gaz"), &opened), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_add(ctx, opened, &place), INCMAP_OK);
    place.key = "kozinka";
    ck_assert_int_eq(incmap_gazetteer_add(ctx, opened, &place), INCMAP_EEXIST);
    ck_assert_uint_eq(incmap_gazetteer_count(opened), incmap_gazetteer_count(from) + 1);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, opened, "Козинка", &options, &match, 1, &count),
                     INCMAP_OK);
    ck_assert_str_eq(match.place->key, "own");
    ck_assert_uint_ge(count, 2);
    ck_assert_int_eq(incmap_gazetteer_nearest(ctx, opened, east, NULL, 2, near, &count), INCMAP_OK);
    ck_assert_str_eq(near[0].place->key, "own");
    incmap_gazetteer_free(opened);
    incmap_gazetteer_free(from);
}
END_TEST

/* Two layers, of which one place is the same. */
START_TEST(an_opened_file_knows_what_stands_for_what_until_places_come)
{
    static const char row[] =
        "1\tKupyansk\tKupyansk\t\t49.71003\t37.61581\tP\tPPLA2\tUA\t\t07\t\t\t\t"
        "900\t\t1\tx\ty\n";
    const incmap_place_name name = { "Kupiansk", "en", false };
    const incmap_place own = { .key = "own",
                               .kind = INCMAP_PLACE_CITY,
                               .located = true,
                               .at = { 49.71, 37.62 },
                               .coord_uncertainty_m = NAN,
                               .extent_radius_m = NAN,
                               .country = "UA",
                               .names = &name,
                               .name_count = 1,
                               .population = -1,
                               .population_year = -1 };
    const char *path = scratch_path("joined.gaz");
    incmap_gazetteer *from = builtin(), *opened = NULL;
    incmap_match match;
    size_t count = 0;

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, from, file_of("UA.txt", row), NULL, report),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_save(ctx, from, path), INCMAP_OK);
    ck_assert_uint_eq(from->join_count, 1);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, path, &opened), INCMAP_OK);
    ck_assert_uint_eq(atomic_load(&opened->joined), incmap_gazetteer_count(opened));
    ck_assert_uint_eq(opened->join_count, 1);
    ck_assert_mem_eq(opened->joins, from->joins, 2 * sizeof *from->joins);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, opened, "Kupiansk", NULL, &match, 1, &count),
                     INCMAP_OK);
    ck_assert_ptr_nonnull(match.stands_for);
    ck_assert_int_eq(incmap_gazetteer_add(ctx, opened, &own), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_find(ctx, opened, "Kupiansk", NULL, &match, 1, &count),
                     INCMAP_OK);
    ck_assert_uint_eq(opened->join_count, 2);
    ck_assert_str_eq(match.place->key, "own");
    incmap_gazetteer_free(opened);
    incmap_gazetteer_free(from);
}
END_TEST

static void expect_within(void *user, uint32_t of, size_t length, unsigned edits)
{
    const incmap__name_index *index = user;
    ck_assert_uint_ge(of, INCMAP__TREE_START);
    ck_assert_uint_lt(of, index->words);
    ck_assert_uint_le(length, 8);
    ck_assert_uint_le(edits, 2);
}

/* Down to the listings, which end where the sound does. */
static void walk_names(const incmap__name_index *index, size_t places)
{
    incmap__name_node root, sound;

    for (uint32_t at = INCMAP__TREE_START; at < index->words; at = root.end) {
        root = incmap__name_node_at(index, at);
        (void)incmap__name_index_root(index, root.text, root.length);
        for (uint32_t of = root.first; of < root.end; of = sound.end) {
            uint32_t form;
            sound = incmap__name_node_at(index, of);
            for (form = sound.first; form < sound.end; form = incmap__form_end(index, form))
                ck_assert_uint_lt(incmap__listing_at(index, form + INCMAP__FORM_LISTINGS).place,
                                  places);
            ck_assert_uint_eq(form, sound.end);
        }
        ck_assert_uint_eq(sound.end, root.end);
    }
}

/* Opens the bytes, resealed with a right checksum; true when they are taken. What is taken is walked
 * through: under a sanitizer nothing may lie outside. */
static bool opens(unsigned char *bytes, size_t size, bool reseal)
{
    incmap__saved saved = { 0 };
    incmap_error err = { 0 };
    incmap__saved_head head;
    bool good;

    if (reseal && size >= sizeof head) {
        memcpy(&head, bytes, sizeof head);
        head.checksum = incmap__saved_checksum(bytes, size);
        memcpy(bytes, &head, sizeof head);
    }
    incmap__arena_init(&saved.made, &ctx->allocator);
    good = incmap__saved_open_memory(&saved, bytes, size, "saved", &err) == INCMAP_OK;
    if (!good) ck_assert_int_eq(err.status, INCMAP_EDATA);
    for (size_t i = 0; good && i < saved.count; i++) {
        const incmap_place *place = incmap__saved_make(&saved, i);
        ck_assert_ptr_nonnull(place);
        (void)incmap__saved_by_key(&saved, place->key);
    }
    if (good) walk_names(&saved.index, saved.count);
    for (int k = 0; good && k < INCMAP__ALPHABETS; k++)
        incmap__near_list_find(&saved.index.near[k], (incmap__alphabet)k, "kozonk", 6,
                               expect_within, &saved.index);
    incmap__saved_close(&saved);
    return good;
}

START_TEST(damaged_bytes_are_refused_and_hostile_ones_lead_nowhere)
{
    incmap_gazetteer *from = builtin();
    const char *path = scratch_path("a.gaz");
    const uint64_t seed = test_seed(20230522);
    test_random r = { seed };
    size_t size = 0, taken = 0;
    unsigned char *bytes;

    ck_assert_int_eq(incmap_gazetteer_save(ctx, from, path), INCMAP_OK);
    bytes = (unsigned char *)scratch_bytes(path, &size);
    ck_assert(opens(bytes, size, false));
    /* The seed of the hashes, by which names are looked up, is no less part of it. */
    for (size_t at = 0; at < sizeof(incmap__saved_head); at++) {
        bytes[at] ^= 1;
        ck_assert_msg(!opens(bytes, size, false), "byte %zu of the head", at);
        bytes[at] ^= 1;
    }
    /* Any bit that is not what it was is found by the checksum. */
    for (int i = 0; i < 300; i++) {
        const size_t at = random_bits(&r) % size;
        const unsigned char bit = (unsigned char)(1u << (random_bits(&r) % 8));
        bytes[at] ^= bit;
        ck_assert_msg(!opens(bytes, size, false), "seed %llu: byte %zu", (unsigned long long)seed,
                      at);
        bytes[at] ^= bit;
    }
    /* Whoever writes the checksum anew is met by the checks of every number. */
    for (int i = 0; i < 1500; i++) {
        const size_t at = random_bits(&r) % (i % 3 ? size - 4 : sizeof(incmap__saved_head));
        unsigned char kept[4];
        const uint32_t word = i % 2 ? (uint32_t)random_bits(&r) : UINT32_MAX - (uint32_t)(i % 7);
        memcpy(kept, bytes + at, 4);
        memcpy(bytes + at, &word, 4);
        taken += opens(bytes, size, true);
        memcpy(bytes + at, kept, 4);
    }
    ck_assert_uint_gt(taken,
                      10); /* coordinates, populations, letters: nothing is wrong with them */
    ck_assert_uint_lt(taken, 1400);
    for (size_t cut = 0; cut < size; cut += 1 + size / 97)
        ck_assert(!opens(bytes, cut, cut >= sizeof(incmap__saved_head)));
    free(bytes);
    incmap_gazetteer_free(from);
}
END_TEST

START_TEST(what_is_no_saved_gazetteer_is_told)
{
    incmap_gazetteer *opened = (incmap_gazetteer *)ctx;
    const char *path = file_of("text.gaz", "key,name_en\n");

    ck_assert_int_eq(incmap_gazetteer_open(ctx, path, &opened), INCMAP_EDATA);
    ck_assert_ptr_nonnull(
        strstr(incmap_ctx_message(ctx),
               "found another kind of file, expected a gazetteer saved by incmap"));
    ck_assert_int_eq(incmap_gazetteer_open(ctx, scratch_path("none.gaz"), &opened), INCMAP_EIO);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, scratch, &opened), INCMAP_EDATA);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, NULL, &opened), INCMAP_EARG);
    ck_assert_ptr_eq(opened, (incmap_gazetteer *)ctx);
    ck_assert_int_eq(incmap_gazetteer_save(ctx, g, "/nowhere/a.gaz"), INCMAP_EIO);
    ck_assert_int_eq(incmap_gazetteer_save(ctx, NULL, path), INCMAP_EARG);
    /* Nothing at all can be saved and opened as well. */
    ck_assert_int_eq(incmap_gazetteer_save(ctx, g, scratch_path("empty.gaz")), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_open(ctx, scratch_path("empty.gaz"), &opened), INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(opened), 0);
    size_t count = 7;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, opened, "Kozinka", NULL, NULL, 0, &count),
                     INCMAP_OK);
    ck_assert_uint_eq(count, 0);
    incmap_gazetteer_free(opened);
}
END_TEST

START_TEST(without_memory_saving_and_opening_are_enomem_and_leak_nothing)
{
    const char *path = scratch_path("a.gaz");
    faulty_tries t = faulty_begin();
    const char *dump = file_of("UA.txt", VILLAGE TOWN REGION DISTRICT);

    ck_assert_int_eq(incmap_gazetteer_add_geonames(ctx, g, dump, NULL, NULL), INCMAP_OK);
    while (faulty_next(&t, NULL))
        t.st = incmap_gazetteer_save(t.ctx, g, path);
    ck_assert_int_eq(t.faulty.blocks, 1);
    faulty_again(&t, 20);
    while (faulty_next(&t, NULL)) {
        incmap_gazetteer *opened = NULL;
        incmap_match match = { .score = 42 };
        size_t count = 7;
        t.st = incmap_gazetteer_open(t.ctx, path, &opened);
        if (!t.st) t.st = incmap_gazetteer_find(t.ctx, opened, "Суми", NULL, &match, 1, &count);
        if (t.st) {
            ck_assert_uint_eq(count, 7);
            ck_assert_double_eq(match.score, 42);
        }
        incmap_gazetteer_free(opened);
    }
    faulty_end(&t, 2);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("gazetteer_files");
    TCase *tcase = tcase_create("gazetteer_files");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_dump_of_geonames_is_loaded_with_the_names_of_its_areas);
    tcase_add_test(tcase, a_raion_and_a_hromada_of_one_name_are_told_apart);
    tcase_add_test(tcase, a_settlement_lies_in_the_hromada_that_it_is_near);
    tcase_add_test(tcase, a_country_without_a_comma_is_part_of_a_name);
    tcase_add_test(tcase,
                   an_oblast_is_told_from_a_city_of_that_rank_and_from_a_raion_called_region);
    tcase_add_test(tcase, broken_rows_of_a_dump_are_told_and_the_rest_is_loaded);
    tcase_add_test(tcase, a_dump_without_a_row_is_told);
    tcase_add_test(tcase, alternate_names_bring_their_language_and_the_preferred_one_is_main);
    tcase_add_test(tcase, postal_codes_and_tables_of_ones_own_are_loaded);
    tcase_add_test(tcase, without_memory_a_dump_is_enomem_leaks_nothing_and_adds_nothing);
    tcase_add_test(tcase, an_opened_gazetteer_holds_and_finds_what_was_saved);
    tcase_add_test(tcase, the_same_places_give_the_same_bytes_and_a_copy_of_a_copy_too);
    tcase_add_test(tcase, rows_of_ones_own_go_on_top_of_an_opened_file);
    tcase_add_test(tcase, an_opened_file_knows_what_stands_for_what_until_places_come);
    tcase_add_test(tcase, damaged_bytes_are_refused_and_hostile_ones_lead_nowhere);
    tcase_add_test(tcase, what_is_no_saved_gazetteer_is_told);
    tcase_add_test(tcase, without_memory_saving_and_opening_are_enomem_and_leak_nothing);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
