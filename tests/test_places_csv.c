/* SPDX-License-Identifier: MIT */
/* Places and border posts from CSV: what the rows become, and what is said of those that cannot be
 * used. */
#include "harness.h"
#include "faulty_tries.h"
#include "scratch.h"
#include "tables.h"

#include <math.h>

#include "places/gazetteer.h"
#include "places/names.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_report *report;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
}

static void teardown(void)
{
    incmap_report_free(report);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static incmap_status add_places(const char *text, incmap_report *to)
{
    return incmap__gazetteer_add_places_csv(ctx, g, csv_over(ctx, "p.csv", text), to);
}

static incmap_status add_posts(const char *text, incmap_report *to)
{
    return incmap__gazetteer_add_posts_csv(ctx, g, csv_over(ctx, "b.csv", text), to);
}

static size_t count_of(const char *name)
{
    size_t count = 9999;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, name, NULL, NULL, 0, &count), INCMAP_OK);
    return count;
}

#define HEADER "key,name_en,name_ru,alt_names,kind,lon_deg,lat_deg,coord_uncertainty_m,population\n"
#define KOZINKA "kozinka,Kozinka,Козинка,Verbovoye|Вербовое,village,35.6025,50.46139,800,1097\n"

/* ---- what rows become ---- */

START_TEST(a_row_becomes_a_place_with_all_its_values)
{
    const incmap_place *place;

    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, data_path("places.csv"), report),
                     INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_uint_eq(incmap_gazetteer_count(g), 159);
    place = incmap_gazetteer_by_key(g, "grayvoron");
    ck_assert_int_eq(place->kind, INCMAP_PLACE_TOWN);
    ck_assert(place->located);
    ck_assert_double_eq(place->at.lat, 50.4767);
    ck_assert_double_eq(place->at.lon, 35.6773);
    ck_assert_double_eq(place->coord_uncertainty_m, 500);
    ck_assert_double_eq(place->extent_radius_m, 1784);
    ck_assert_str_eq(place->country, "RU");
    ck_assert_str_eq(place->admin1, "Belgorod Oblast");
    ck_assert_str_eq(place->admin2, "Grayvoronsky District");
    ck_assert_int_eq(place->population, 6404);
    ck_assert_int_eq(place->population_year, 2017);
    ck_assert_str_eq(place->coord_method, "source");
    ck_assert_str_eq(place->named_in, "s003|s004");
    ck_assert_ptr_null(place->post);
    ck_assert_uint_eq(place->name_count, 9);
    ck_assert_str_eq(place->names[0].text, "Grayvoron");
    ck_assert(!place->names[2].alternate);
    ck_assert_str_eq(place->names[2].language, "uk");
    ck_assert(place->names[3].alternate);
    ck_assert_str_eq(place->names[3].text, "Graivoron");
}
END_TEST

START_TEST(what_is_empty_is_unknown_and_not_zero)
{
    const incmap_place *place;

    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, data_path("places.csv"), NULL), INCMAP_OK);
    place = incmap_gazetteer_by_key(g, "czechoslovakia");
    ck_assert_int_eq(place->kind, INCMAP_PLACE_HISTORICAL_COUNTRY);
    ck_assert(!place->located);
    ck_assert(isnan(place->coord_uncertainty_m) && isnan(place->extent_radius_m));
    ck_assert_int_eq(place->population, -1);
    ck_assert_int_eq(place->population_year, -1);
    ck_assert_str_eq(place->coord_method, "none");
}
END_TEST

START_TEST(columns_may_come_in_any_order_and_others_may_be_missing)
{
    ck_assert_int_eq(add_places("\xEF\xBB\xBFLAT_DEG,kind,more, Key ,lon_deg,name_en\r\n"
                                "50.5,village,?,a,35.5,Alpha\r\n",
                                report),
                     INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_double_eq(incmap_gazetteer_by_key(g, "a")->at.lat, 50.5);
    ck_assert_double_eq(incmap_gazetteer_by_key(g, "a")->at.lon, 35.5);
}
END_TEST

START_TEST(alternates_lose_the_spaces_around_and_repeat_no_name)
{
    const incmap_place *place;

    ck_assert_int_eq(add_places("key,name_en,name_ru,alt_names,kind,lon_deg,lat_deg\n"
                                "a,Alpha,Альфа, Beta ||Alpha|Альфа|Beta|Вербовое,village,35,50\n",
                                report),
                     INCMAP_OK);
    place = incmap_gazetteer_by_key(g, "a");
    ck_assert_uint_eq(place->name_count, 4);
    ck_assert_str_eq(place->names[2].text, "Beta");
    ck_assert_str_eq(place->names[3].text, "Вербовое");
}
END_TEST

static const struct {
    const char *text, *language;
} guesses[] = {
    { "Вознесенівка", "" }, /* і and и: Ukrainian, but Kazakh has both too */
    { "Київ", "uk" },
    { "Російська Федерація", "" },
    { "Їздецьке", "uk" },
    { "Європа", "uk" },
    { "Бирюч", "" },
    { "Сумы", "" }, /* could be Belarusian */
    { "Мытищи", "ru" },
    { "Дзяржынск", "" },
    { "Мінскі раён", "" },
    { "Kyiv", "" },
    { "Қызылорда", "" },
    { "Орёл", "" },
    { "Белая Берёзка и", "ru" },
    { "Бэлць Їы", "" },
};

START_TEST(the_language_of_another_name_is_guessed_only_where_a_letter_decides)
{
    ck_assert_str_eq(incmap__names_guess_language(guesses[_i].text, strlen(guesses[_i].text)),
                     guesses[_i].language);
}
END_TEST

/* ---- border posts ---- */

START_TEST(a_post_is_tied_to_both_sides)
{
    const incmap_place *place;

    load_default_places(ctx, g);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 200);
    place = incmap_gazetteer_by_key(g, "kozinka_velyka_pysarivka");
    ck_assert_int_eq(place->kind, INCMAP_PLACE_BORDER_POST);
    ck_assert(place->located && place->post->on_border);
    ck_assert_str_eq(place->coord_method, "derived");
    ck_assert_str_eq(place->post->method, "derived:line_intersection");
    ck_assert_str_eq(place->names[0].text, "Grayvoron (Kozinka) – Velyka Pysarivka");
    ck_assert_str_eq(incmap_place_name_in(place, "ru"), "Грайворон (Козинка) – Велика Писарівка");
    ck_assert_str_eq(incmap_place_name_in(place, "uk"), "Велика Писарівка – Грайворон (Козинка)");
    ck_assert_str_eq(place->post->sides[0].country, "RU");
    ck_assert_str_eq(place->post->sides[0].place_key, "kozinka");
    ck_assert_str_eq(place->post->sides[0].admin1, "Belgorod Oblast");
    ck_assert_str_eq(place->post->sides[1].country, "UA");
    ck_assert_str_eq(place->post->sides[1].name_native, "Велика Писарівка");
    ck_assert_str_eq(place->post->sides[1].admin1, "Sumy Oblast");
    ck_assert_str_eq(place->country, "");
    ck_assert_int_eq(strncmp(place->post->source, "Kommersant 2020", 15), 0);
}
END_TEST

START_TEST(a_post_that_nobody_has_placed_has_no_position)
{
    const incmap_place *place;
    size_t unplaced = 0;

    load_default_places(ctx, g);
    place = incmap_gazetteer_by_key(g, "ru_vergelevka");
    ck_assert(!place->located && !place->post->on_border);
    ck_assert_str_eq(place->post->method, "none");
    ck_assert_str_eq(place->names[0].text, "Vergelevka border post");
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        place = incmap_gazetteer_get(g, i);
        unplaced += place->post && !place->located;
    }
    ck_assert_uint_eq(unplaced, 5);
}
END_TEST

START_TEST(a_post_with_a_surveyed_position_is_not_on_the_border_by_construction)
{
    ck_assert_int_eq(add_places(HEADER KOZINKA, NULL), INCMAP_OK);
    ck_assert_int_eq(add_posts("key,lon_deg,lat_deg,method,ru_place_key,ua_place_key\n"
                               "post,35.57,50.45,source,kozinka,\n",
                               report),
                     INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert(!incmap_gazetteer_by_key(g, "post")->post->on_border);
    ck_assert_str_eq(incmap_gazetteer_by_key(g, "post")->coord_method, "source");
    /* Without names of its own it goes by that of its settlement. */
    ck_assert_str_eq(incmap_gazetteer_by_key(g, "post")->names[0].text, "Kozinka border post");
}
END_TEST

static const struct {
    const char *why, *rows, *line;
} bad_posts[] = {
    { "unknown place", "a,A,35,50,atlantis,",
      "b.csv:2: column 5 (ru_place_key): found \"atlantis\", expected the key of a place of the "
      "gazetteer, or nothing\n" },
    { "unknown place on the other side", "a,A,35,50,,atlantis",
      "b.csv:2: column 6 (ua_place_key): found \"atlantis\", expected the key of a place of the "
      "gazetteer, or nothing\n" },
    { "no name and no place", "a,,35,50,,",
      "b.csv:2: column 1 (key): found \"a\", expected a row with a name or a place for at least "
      "one side\n" },
    { "key of a place", "kozinka,A,35,50,,",
      "b.csv:2: column 1 (key): found \"kozinka\", expected a key that no place has yet\n" },
    { "half a position", "a,A,35,,,",
      "b.csv:2: column 4 (lat_deg): found \"\", expected degrees here too, or in neither column of "
      "the position\n" },
};

START_TEST(a_bad_post_is_refused_in_one_line)
{
    char text[512];

    ck_assert_int_eq(add_places(HEADER KOZINKA, NULL), INCMAP_OK);
    (void)snprintf(text, sizeof text,
                   "key,name_ru_side_en,lon_deg,lat_deg,ru_place_key,ua_place_key\n%s\n"
                   "good,Good,35,50,kozinka,\n",
                   bad_posts[_i].rows);
    ck_assert_int_eq(add_posts(text, report), INCMAP_OK);
    ck_assert_str_eq(report_lines(report), bad_posts[_i].line);
    ck_assert_ptr_nonnull(incmap_gazetteer_by_key(g, "good"));
    ck_assert_uint_eq(incmap_gazetteer_count(g), 2);
}
END_TEST

/* ---- rows that cannot be used ---- */

#define KINDS                                                                                      \
    "one of other, country, historical_country, region, district, city, town, "                    \
    "urban_type_settlement, village, settlement, border_post"

static const struct {
    const char *why, *rows, *lines;
} bad[] = {
    { "latitude 95", "a,A,,,village,35,95,,\n",
      "p.csv:2: column 7 (lat_deg): found \"95\", expected a number from -90 to 90\n" },
    { "longitude 181", "a,A,,,village,181,50,,\n",
      "p.csv:2: column 6 (lon_deg): found \"181\", expected a number from -180 to 180\n" },
    { "both bad", "a,A,,,village,181,95,,\n",
      "p.csv:2: column 6 (lon_deg): found \"181\", expected a number from -180 to 180\n"
      "p.csv:2: column 7 (lat_deg): found \"95\", expected a number from -90 to 90\n" },
    { "NaN in words", "a,A,,,village,nan,50,,\n",
      "p.csv:2: column 6 (lon_deg): found \"nan\", expected a number from -180 to 180\n" },
    { "infinity", "a,A,,,village,35,inf,,\n",
      "p.csv:2: column 7 (lat_deg): found \"inf\", expected a number from -90 to 90\n" },
    { "a letter in a number", "a,A,,,village,35.5x,50,,\n",
      "p.csv:2: column 6 (lon_deg): found \"35.5x\", expected a number from -180 to 180\n" },
    { "hexadecimal", "a,A,,,village,0x10,50,,\n",
      "p.csv:2: column 6 (lon_deg): found \"0x10\", expected a number from -180 to 180\n" },
    { "decimal comma", "a,A,,,village,\"35,5\",50,,\n",
      "p.csv:2: column 6 (lon_deg): found \"35,5\", expected a number from -180 to 180\n" },
    { "half a position", "a,A,,,village,35,,,\n",
      "p.csv:2: column 7 (lat_deg): found \"\", expected degrees here too, or in neither column of "
      "the position\n" },
    { "negative uncertainty", "a,A,,,village,35,50,-1,\n",
      "p.csv:2: column 8 (coord_uncertainty_m): found \"-1\", expected a number from 0 to "
      "20003932\n" },
    { "population with a point", "a,A,,,village,35,50,,1.5\n",
      "p.csv:2: column 9 (population): found \"1.5\", expected a whole number from 0 to "
      "20000000000\n" },
    { "unknown kind", "a,A,,,hamlet,35,50,,\n",
      "p.csv:2: column 5 (kind): found \"hamlet\", expected " KINDS "\n" },
    { "no key", ",A,,,village,35,50,,\n",
      "p.csv:2: column 1 (key): found \"\", expected a value\n" },
    { "no name", "a,,,,village,35,50,,\n",
      "p.csv:2: column 2 (name_en): found \"\", expected a name, here or in another language\n" },
    { "a key that is there", "kozinka,A,,,village,35,50,,\n",
      "p.csv:2: column 1 (key): found \"kozinka\", expected a key that no place has yet\n" },
    { "a key twice in the file", "a,A,,,village,35,50,,\na,B,,,village,35,50,,\n",
      "p.csv:3: column 1 (key): found \"a\", expected a key that no place has yet\n" },
    { "a field too few", "a,A,,,village,35,50,\n",
      "p.csv:2: found \"8 fields\", expected 9 as in the header\n" },
    { "a field too many", "a,A,,,village,35,50,,,\n",
      "p.csv:2: found \"10 fields\", expected 9 as in the header\n" },
};

START_TEST(a_bad_row_is_refused_in_one_line_and_the_others_are_used)
{
    char text[1024];
    size_t before;

    ck_assert_int_eq(add_places(HEADER KOZINKA, NULL), INCMAP_OK);
    before = incmap_gazetteer_count(g);
    (void)snprintf(text, sizeof text, "%s%sgood,Good,,,village,35,50,,\n", HEADER, bad[_i].rows);
    ck_assert_int_eq(add_places(text, report), INCMAP_OK);
    ck_assert_str_eq(report_lines(report), bad[_i].lines);
    ck_assert_uint_ge(incmap_report_refused(report), 1);
    ck_assert_ptr_nonnull(incmap_gazetteer_by_key(g, "good"));
    ck_assert_uint_le(incmap_gazetteer_count(g), before + 2);
}
END_TEST

START_TEST(broken_quotes_and_bytes_are_told_with_their_byte)
{
    ck_assert_int_eq(add_places(HEADER "a,\"A,,,village,35,50,,\n"
                                       "b,B\"b,,,village,35,50,,\n"
                                       "c,C\xFF,,,village,35,50,,\n"
                                       "d,D,,,village,35,50,,\n",
                                report),
                     INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 1);
    ck_assert_uint_eq(incmap_report_count(report), 3);
    ck_assert_uint_eq(incmap_report_refused(report), 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(incmap_report_get(report, i)->row, i + 2);
        ck_assert_uint_eq(incmap_report_get(report, i)->column, 2);
        ck_assert_str_eq(incmap_report_get(report, i)->column_name, "name_en");
        ck_assert_ptr_nonnull(strstr(incmap_report_get(report, i)->found, " at byte "));
    }
}
END_TEST

START_TEST(without_a_report_the_first_refusal_is_the_error_and_nothing_is_added)
{
    ck_assert_int_eq(add_places(HEADER KOZINKA, NULL), INCMAP_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[1024], first[512];
        (void)snprintf(text, sizeof text, "%sgood,Good,,,village,35,50,,\n%s", HEADER, bad[i].rows);
        ck_assert_int_eq(add_places(text, NULL), INCMAP_EDATA);
        (void)snprintf(first, sizeof first, "%.*s", (int)strcspn(bad[i].lines, "\n"), bad[i].lines);
        /* One good row more stands above. */
        first[6]++;
        ck_assert_str_eq(incmap_ctx_message(ctx), first);
        ck_assert_uint_eq(incmap_gazetteer_count(g), 1);
        ck_assert_ptr_null(incmap_gazetteer_by_key(g, "good"));
        ck_assert_ptr_nonnull(incmap_gazetteer_by_key(g, "kozinka"));
        ck_assert_uint_eq(count_of("Good"), 0);
        ck_assert_uint_eq(count_of("Козинка"), 1);
    }
    ck_assert_int_eq(add_places(HEADER "good,Good,,,village,35,50,,\n", NULL), INCMAP_OK);
}
END_TEST

START_TEST(a_file_that_fails_again_and_again_takes_no_more_memory)
{
    static const char text[] = HEADER KOZINKA "bad,,,,village,35,50,,\n";
    struct faulty faulty = { 0, 0 };
    incmap_ctx *counting = faulty_ctx(&faulty);
    incmap_gazetteer *counted = NULL;
    long after_first = 0;

    ck_assert_int_eq(incmap_gazetteer_new(counting, &counted), INCMAP_OK);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(
            incmap__gazetteer_add_places_csv(counting, counted, csv_over(ctx, "p.csv", text), NULL),
            INCMAP_EDATA);
        if (i == 0) after_first = faulty.blocks;
        ck_assert_int_eq(faulty.blocks, after_first);
    }
    incmap_gazetteer_free(counted);
    incmap_ctx_free(counting);
    ck_assert_int_eq(faulty.blocks, 0);
}
END_TEST

START_TEST(a_missing_column_refuses_the_file)
{
    static const struct {
        const char *text, *message;
    } files[] = {
        { "key,name_en,lon_deg,lat_deg\na,A,35,50\n",
          "p.csv:1: found a header without kind, expected this column in it" },
        { "name_en,kind\nA,village\n",
          "p.csv:1: found a header without key, lon_deg, lat_deg, expected these columns in it" },
        { "key;name_en;kind;lon_deg;lat_deg\na;A;village;35;50\n",
          "p.csv:1: found a header without key, name_en, kind, lon_deg, lat_deg, expected these "
          "columns in it; its fields seem to be separated by ;" },
        { "", "p.csv: found no row at all, expected a header" },
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ck_assert_int_eq(add_places(files[i].text, report), INCMAP_EDATA);
        ck_assert_str_eq(incmap_ctx_message(ctx), files[i].message);
        ck_assert_uint_eq(incmap_gazetteer_count(g), 0);
    }
}
END_TEST

START_TEST(a_file_that_is_not_there_is_eio_and_a_null_is_earg)
{
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, "/nowhere/places.csv", report),
                     INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "/nowhere/places.csv"));
    ck_assert_int_eq(incmap_gazetteer_add_posts(ctx, g, "/nowhere/posts.csv", report), INCMAP_EIO);
    ck_assert_int_eq(incmap_gazetteer_add_places(NULL, g, "a", report), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, NULL, "a", report), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_add_places(ctx, g, NULL, report), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_add_posts(NULL, g, "a", report), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_add_posts(ctx, NULL, "a", report), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_add_posts(ctx, g, NULL, report), INCMAP_EARG);
}
END_TEST

START_TEST(rows_of_ones_own_go_on_top_of_the_default)
{
    load_default_places(ctx, g);
    ck_assert_int_eq(add_places(HEADER "mine,Kozinka,Козинка,,village,37.8447,50.2425,,\n", report),
                     INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 201);
    incmap_match matches[3];
    size_t count;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "Козинка", NULL, matches, 3, &count), INCMAP_OK);
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(matches[0].place->key, "kozinka");
    ck_assert_str_eq(matches[1].place->key, "mine");
    ck_assert_str_eq(matches[2].place->key, "kozinka_velyka_pysarivka");
    ck_assert_int_eq(incmap_find_verdict(matches, count), INCMAP_VERDICT_AMBIGUOUS);
}
END_TEST

/* ---- memory ---- */

static const char small_posts[] =
    "key,name_ru_side_en,name_ua_side_en,lon_deg,lat_deg,method,ru_place_key,ua_place_key\n"
    "post,Grayvoron (Kozinka),Velyka Pysarivka,35.5,50.4,derived:x,kozinka,\n"
    "bad,,,,,,atlantis,\n";

START_TEST(without_memory_a_file_adds_all_or_nothing_and_leaks_nothing)
{
    faulty_tries t = faulty_begin();

    while (faulty_next(&t, NULL)) {
        incmap_gazetteer *poor_g = NULL;
        incmap__csv *csv = csv_over(ctx, "p.csv", HEADER KOZINKA);
        incmap__csv *posts = csv_over(ctx, "b.csv", small_posts);
        incmap_report *poor_report = NULL;
        long own;
        faulty_pause(&t);
        ck_assert_int_eq(incmap_gazetteer_new(t.ctx, &poor_g), INCMAP_OK);
        ck_assert_int_eq(incmap_report_new(t.ctx, NULL, &poor_report), INCMAP_OK);
        own = t.faulty.blocks;
        faulty_resume(&t);
        t.st = incmap__gazetteer_add_places_csv(t.ctx, poor_g, csv, poor_report);
        if (t.st)
            incmap__csv_close(posts);
        else
            t.st = incmap__gazetteer_add_posts_csv(t.ctx, poor_g, posts, poor_report);
        faulty_pause(&t);
        if (t.st) {
            const size_t n = incmap_gazetteer_count(poor_g);
            ck_assert_uint_le(n, 1); /* the place, when the posts failed */
            ck_assert(!incmap_gazetteer_by_key(poor_g, "post"));
            ck_assert_int_eq(incmap__gazetteer_add_posts_csv(
                                 t.ctx, poor_g, csv_over(ctx, "b.csv", small_posts), poor_report),
                             INCMAP_OK);
            ck_assert_uint_eq(incmap_gazetteer_count(poor_g), 2 * n);
        } else {
            ck_assert_uint_eq(incmap_gazetteer_count(poor_g), 2);
        }
        ck_assert_int_ge(t.faulty.blocks, own);
        incmap_report_free(poor_report);
        incmap_gazetteer_free(poor_g);
    }
    faulty_end(&t, 21); /* more than 20 that failed, and the last */
}
END_TEST

START_TEST(without_memory_a_file_without_report_leaks_nothing)
{
    faulty_tries t = faulty_begin();

    scratch_make();
    scratch_write(scratch_path("p.csv"), HEADER KOZINKA, sizeof HEADER KOZINKA - 1);
    while (faulty_next(&t, NULL)) {
        incmap_gazetteer *poor_g = NULL;
        t.st = incmap_gazetteer_new(t.ctx, &poor_g);
        if (!t.st) t.st = incmap_gazetteer_add_places(t.ctx, poor_g, scratch_path("p.csv"), NULL);
        if (t.st) ck_assert_uint_eq(incmap_gazetteer_count(poor_g), 0);
        incmap_gazetteer_free(poor_g);
    }
    faulty_end(&t, 10);
    scratch_remove();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("places_csv");
    TCase *tc = tcase_create("places_csv");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_row_becomes_a_place_with_all_its_values);
    tcase_add_test(tc, what_is_empty_is_unknown_and_not_zero);
    tcase_add_test(tc, columns_may_come_in_any_order_and_others_may_be_missing);
    tcase_add_test(tc, alternates_lose_the_spaces_around_and_repeat_no_name);
    tcase_add_loop_test(tc, the_language_of_another_name_is_guessed_only_where_a_letter_decides, 0,
                        sizeof guesses / sizeof *guesses);
    tcase_add_test(tc, a_post_is_tied_to_both_sides);
    tcase_add_test(tc, a_post_that_nobody_has_placed_has_no_position);
    tcase_add_test(tc, a_post_with_a_surveyed_position_is_not_on_the_border_by_construction);
    tcase_add_loop_test(tc, a_bad_post_is_refused_in_one_line, 0,
                        sizeof bad_posts / sizeof *bad_posts);
    tcase_add_loop_test(tc, a_bad_row_is_refused_in_one_line_and_the_others_are_used, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(tc, broken_quotes_and_bytes_are_told_with_their_byte);
    tcase_add_test(tc, without_a_report_the_first_refusal_is_the_error_and_nothing_is_added);
    tcase_add_test(tc, a_file_that_fails_again_and_again_takes_no_more_memory);
    tcase_add_test(tc, a_missing_column_refuses_the_file);
    tcase_add_test(tc, a_file_that_is_not_there_is_eio_and_a_null_is_earg);
    tcase_add_test(tc, rows_of_ones_own_go_on_top_of_the_default);
    tcase_add_test(tc, without_memory_a_file_adds_all_or_nothing_and_leaks_nothing);
    tcase_add_test(tc, without_memory_a_file_without_report_leaks_nothing);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
