/* SPDX-License-Identifier: MIT */
/* Finding the place that a report means, through the public door: spellings, misspellings, context,
 * names of one text, and what it says when it cannot tell. */
#include "harness.h"
#include "faulty_allocator.h"
#include "tables.h"

#include <math.h>

#include <incmap/builtin.h>

static incmap_ctx *ctx;
static incmap_gazetteer *g;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
}

static void teardown(void)
{
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static incmap_match matches[64];

static size_t find(const char *name, const incmap_find_options *options)
{
    size_t count = 9999;
    ck_assert_msg(incmap_gazetteer_find(ctx, g, name, options, matches, 64, &count) == INCMAP_OK,
                  "%s: %s", name, incmap_ctx_message(ctx));
    return count;
}

static const char *reason(const incmap_match *match)
{
    static char text[512];
    (void)incmap_match_reason_text(match, text, sizeof text);
    return text;
}

/* ---- spellings ---- */

static const struct {
    const char *asked, *key, *reason;
} spellings[] = {
    { "Graivoron", "grayvoron", "another name of Grayvoron" },
    { "Grajvoron", "grayvoron", "another name of Grayvoron" },
    { "Hraivoron", "grayvoron", "another name of Grayvoron" },
    { "Грайворон", "grayvoron", "Russian name of Grayvoron" },
    { "Грайворона", "grayvoron", "another form of Grayvoron" },
    { "Грайвороном", "grayvoron", "another form of Grayvoron" },
    { "GRAYVORON", "grayvoron", "English name of Grayvoron" },
    { "Grayvoron city", "grayvoron", "another name of Grayvoron" },
    { "Gora-Podil", "gora_podol", "another name of Gora-Podol" },
    { "Hora Podil", "gora_podol", "another name of Gora-Podol" },
    { "Glotove", "glotovo", "another name of Glotovo" },
    { "Глотовому", "glotovo", "another form of Glotovo" },
    { "Kozinka checkpoint", "kozinka_velyka_pysarivka",
      "romanised spelling of Kozinka, English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "КПП Козинка", "kozinka_velyka_pysarivka",
      "Cyrillic spelling of Kozinka, English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "с. Козинка", "kozinka", "Cyrillic spelling of Kozinka" },
    { "у Козинці", "kozinka", "another form of Kozinka" },
    { "до Грайворону", "grayvoron", "another form of Grayvoron" },
    { "border post Kozinka", "kozinka_velyka_pysarivka",
      "romanised spelling of Kozinka, English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "border crossing Kozinka", "kozinka_velyka_pysarivka",
      "romanised spelling of Kozinka, English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "пограничный переход Козинка", "kozinka_velyka_pysarivka",
      "Russian spelling of Kozinka, English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "контрольно-пропускной пункт Козинка", "kozinka_velyka_pysarivka",
      "Cyrillic spelling of Kozinka, English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "прикордонний пункт Козинка", "kozinka_velyka_pysarivka",
      "Cyrillic spelling of Kozinka, English name of Grayvoron (Kozinka) – Velyka Pysarivka" },
    { "Кози\u0301нка", "kozinka", "Russian name of Kozinka" },
    { "Šebekino", "shebekino", "romanised spelling of Shebekino" },
    { "Schebekino", "shebekino", "romanised spelling of Shebekino" },
    { "Бєлгородська обл.", "belgorod_oblast", "Ukrainian spelling of Belgorod Oblast" },
    { "Grayvorn", "grayvoron", "one letter from Grayvoron" },
    { "Kozinak", "kozinka", "one letter from Kozinka" },
    { "Grvaoron", "grayvoron", "two letters from Grayvoron" }, /* y left out, a and v exchanged */
};

START_TEST(spellings_of_reports_find_their_place_and_say_why)
{
    const size_t count = find(spellings[_i].asked, NULL);
    ck_assert_msg(count > 0, "%s", spellings[_i].asked);
    ck_assert_msg(strcmp(matches[0].place->key, spellings[_i].key) == 0, "%s: %s",
                  spellings[_i].asked, matches[0].place->key);
    ck_assert_int_ne(incmap_find_verdict(matches, count), INCMAP_VERDICT_NONE);
    ck_assert_int_ne(incmap_find_verdict(matches, count), INCMAP_VERDICT_AMBIGUOUS);
    ck_assert_str_eq(reason(&matches[0]), spellings[_i].reason);
}
END_TEST

START_TEST(a_misspelt_name_is_best_and_never_unique)
{
    const incmap_find_options villages = { .version = 1, .kinds = INCMAP_PLACE_SETTLEMENTS };
    const size_t count = find("Kozinak", &villages);
    ck_assert_uint_eq(count, 1);
    ck_assert_int_eq(incmap_find_verdict(matches, count), INCMAP_VERDICT_BEST);
    ck_assert_uint_eq(matches[0].edits, 1);
    ck_assert_double_lt(matches[0].score, 0.9);
}
END_TEST

START_TEST(how_far_off_a_spelling_may_be_is_for_the_caller_to_say)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    size_t count;

    ck_assert_uint_eq(find("Atlantis", NULL), 0);
    options.spelling = INCMAP_SPELLING_LISTED;
    ck_assert_uint_eq(find("Grayvorn", &options), 0);
    ck_assert_uint_ge(find("Грайворона", &options), 1); /* a case is no misspelling */
    options.spelling = INCMAP_SPELLING_OFFER;
    count = find("Bozimka", &options);
    ck_assert_uint_ge(count, 1);
    ck_assert_double_lt(matches[0].score, INCMAP_SCORE_LEAST);
    ck_assert_int_eq(incmap_find_verdict(matches, count), INCMAP_VERDICT_NONE);
}
END_TEST

static void add(const char *key, const char *name, double lat, double lon, int64_t population)
{
    const incmap_place_name names = { name, "uk", false };
    const incmap_place place = { .key = key,
                                 .kind = INCMAP_PLACE_VILLAGE,
                                 .located = true,
                                 .at = { lat, lon },
                                 .coord_uncertainty_m = 1000,
                                 .extent_radius_m = NAN,
                                 .country = "UA",
                                 .names = &names,
                                 .name_count = 1,
                                 .population = population,
                                 .population_year = -1 };
    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
}

static const struct {
    const char *why, *listed, *asked, *reason; /* NULL: it is the place asked for */
} far_off[] = {
    { "by sounds alone", "Lendin", "London", "two letters from Lendin" },
    { "the same in Cyrillic", "Lendin", "Лондон", "two letters from Lendin" },
    { "a short name and its vowels", "Rommy", "Roma", "two letters from Rommy" },
    { "one letter of five", "Basar", "Basra", "one letter from Basar" },
    { "one of six, long enough to be chance", "Badana", "Badama", "one letter from Badana" },
    { "many letters that sound alike", "Printsfeld", "Springfield",
      "four letters from Printsfeld" },
    { "a code of three capitals is none at all", "VIN", "Vienna", "" },
    { "one letter of seven", "Shumbar", "Shumdar", NULL },
    { "two of nine", "Shumbarivka", "Shumdarifka", NULL },
    { "two exchanged and one left out", "Zeleninka", "Zlneinka", NULL },
    { "a case of a short name", "Суми", "Сумах", NULL },
    { "the other language's vowel", "Медвидивка", "Медведевка", NULL },
};

/* A wrong place on a map does more harm than one that a person must confirm. */
START_TEST(what_is_only_near_by_chance_is_offered_with_a_true_reason_and_not_taken)
{
    incmap_match *first = matches;
    size_t count = 0;

    incmap_gazetteer_free(g);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    add("listed", far_off[_i].listed, 50, 35, -1);
    count = find(far_off[_i].asked, &(incmap_find_options){ .spelling = INCMAP_SPELLING_OFFER });
    if (!far_off[_i].reason) {
        ck_assert_msg(count == 1 && incmap_find_verdict(matches, count) != INCMAP_VERDICT_NONE,
                      "%s", far_off[_i].why);
        ck_assert(!first->only_offered);
        return;
    }
    ck_assert_msg(incmap_find_verdict(matches, count) == INCMAP_VERDICT_NONE, "%s",
                  far_off[_i].why);
    ck_assert_msg(!count == !far_off[_i].reason[0], "%s", far_off[_i].why);
    if (count) ck_assert_str_eq(reason(first), far_off[_i].reason);
}
END_TEST

START_TEST(a_region_is_found_by_what_people_call_it)
{
    static const char *const sumy[] = { "Сумщина", "Сумщини", "на Сумщині", "Sumshchyna" };
    for (size_t i = 0; i < sizeof sumy / sizeof *sumy; i++) {
        ck_assert_msg(find(sumy[i], NULL) == 1, "%s", sumy[i]);
        ck_assert_str_eq(matches[0].place->key, "sumy_oblast");
        ck_assert_int_eq(matches[0].reason, INCMAP_REASON_FORM);
    }
    ck_assert_uint_ge(find("Белгородчина", NULL), 1);
    ck_assert_str_eq(matches[0].place->key, "belgorod_oblast");
    /* A village that is called so makes it ambiguous, and no other village is meant. */
    add("village", "Сумщина", 50, 30, -1);
    ck_assert_uint_eq(find("Сумщина", NULL), 2);
    ck_assert_str_eq(matches[0].place->key, "village");
    ck_assert_int_eq(incmap_find_verdict(matches, 2), INCMAP_VERDICT_AMBIGUOUS);
}
END_TEST

/* ---- the keyboard ---- */

static const struct {
    const char *asked, *key, *name;
} typed[] = {
    { "Rjpbyrf", "kozinka", "Козинка" },
    { "RJPBYRF", "kozinka", "Козинка" },
    { "Ujhf-Gjljk", "gora_podol", "Гора-Подол" },
    { "Ujhf-Gjlsk", "gora_podol", "Гора-Поділ" }, /* the Ukrainian keyboard's і */
    { "<jhbcjdrf", "borisovka", "Борисовка" },    /* Б stands on a key of no Latin letter */
    { "Пкфнмщкщт", "grayvoron", "Grayvoron" },    /* Latin typed with the Cyrillic one set */
    { "Лщяштлф", "kozinka", "Kozinka" },
    { "Ырууиулштщ", "shebekino", "Shebekino" }, /* s is Russian ы ... */
    { "Ірууиулштщ", "shebekino", "Shebekino" }, /* ... and Ukrainian і */
    { "ИЩКШЫЩМЛФ", "borisovka", "Borisovka" },
};

START_TEST(a_name_typed_on_the_other_keyboard_is_found_and_never_unique)
{
    const incmap_find_options villages = { .version = 1, .kinds = INCMAP_PLACE_SETTLEMENTS };
    const incmap_find_options listed = { .version = 1, .spelling = INCMAP_SPELLING_LISTED };
    const size_t count = find(typed[_i].asked, &villages);

    ck_assert_uint_ge(count, 1);
    ck_assert_str_eq(matches[0].place->key, typed[_i].key);
    ck_assert_str_eq(matches[0].name, typed[_i].name);
    ck_assert(matches[0].other_keyboard);
    ck_assert_ptr_nonnull(strstr(reason(&matches[0]), "; typed on the other script's keyboard"));
    ck_assert_int_eq(incmap_find_verdict(matches, count), INCMAP_VERDICT_BEST);
    ck_assert_uint_eq(find(typed[_i].asked, &listed), 0);
}
END_TEST

/* ---- a place and its area in one text ---- */

static const struct {
    const char *asked, *key; /* NULL: none is found */
    const char *why;
} with_area[] = {
    { "Gora-Podol, Belgorod Region", "gora_podol", "behind a comma" },
    { "Глотово (Грайворонский район)", "glotovo", "in brackets" },
    { "Белгородская область, Козинка", "kozinka", "the larger first, as lists have it" },
    { "Козинка, Грайворонский р-н, Белгородская обл., Россия", "kozinka", "three levels" },
    { "село Гора-Подол Грайворонского района", "gora_podol", "in the genitive, no comma" },
    { "Козинка Грайворонский городской округ", "kozinka", "an area of three words" },
    { "село Козинка Грайворонского района Белгородской области", "kozinka", "two, one in another" },
    { "в селе Козинка Грайворонского округа Белгородской области РФ", "kozinka",
      "and the country" },
    { "село Козинка Грайворонского района, Белгородская область", "kozinka", "one before a comma" },
    { "Белгородская область, село Козинка Грайворонского района", "kozinka", "one behind it" },
    { "Kozinka village of the Grayvoron district of Belgorod region", "kozinka", "with of" },
    { "Козинка Грайворонский городской округ Белгородской области", "kozinka", "of three and two" },
    { "Kozinka Russia", NULL, "without a comma a country may be part of a name" },
    { "Козинка Белгородской области РФ", "kozinka", "a region and a country without" },
    { "Козинка, Грайворонский район, Белгородская область, РФ, Европа", NULL, "no area there is" },
    { "в Грайворонском районе Белгородской области", "grayvoronsky_district", "an area in one" },
    { "Козинка Шебекинского района Белгородской области", NULL, "the nearer is another" },
    { "Козинка Грайворонского района Сумской области", NULL, "the outer is another" },
    { "Kozinka and Glotovo of Grayvoron district Belgorod region", NULL, "two places in it" },
    { "Kozinka, RU", "kozinka", "a code" },
    { "Kozinak, Belgorod Oblast", "kozinka", "a letter wrong" },
    { "Bakhmut (Donetsk Oblast)", "bakhmut", "another country's" },
    { "Belgorod, Kharkiv Oblast", NULL, "it lies in another" },
    { "Козинка, Глотово и Гора-Подол", NULL, "what is behind the comma is no area" },
    { "Грайворонского района Козинка Глотово", NULL, "the area comes first without a comma" },
    { "Козинка, Шебекинский район", NULL, "it lies in another district" },
    { "Kozinka and Grayvoron district", NULL, "two places, not one in the other" },
};

/* ---- one place by several names, or with its kind behind it ---- */

static const struct {
    const char *asked, *key; /* NULL: none is found */
    const char *why;
} by_several[] = {
    { "Козинка (Kozinka)", "kozinka", "the second in brackets" },
    { "Козинка/Kozinka", "kozinka", "a stroke" },
    { "Kozinka / Козинка / Козінка", "kozinka", "three" },
    { "Козинка/Kozinka, Belgorod Oblast", "kozinka", "and an area" },
    { "Козинка [Kozinka]", "kozinka", "square brackets" },
    { "КПП Hoptivka/Nekhoteyevka", "nekhoteyevka_hoptivka", "both sides of a post" },
    { "Kozinka/Grayvoron", NULL, "a post has both names, and two places one each" },
    { "село Kozinka/Grayvoron", NULL, "a village is no post" },
    { "Belgorod / Grayvoron", NULL, "two places" },
    { "Козинка (Ququx)", NULL, "one of them is no name" },
    { "Козинка/", "kozinka", "one only" },
    { "Козинка/Kozinka/Козінка/Kosinka", NULL, "more than are read" },
    { "Козинка (село)", "kozinka", "its kind in brackets" },
    { "Козинка, село", "kozinka", "its kind behind a comma" },
    { "Козинка с.", "kozinka", "its kind behind it, abbreviated" },
    { "Грайворонский горокруг", "grayvoronsky_district", "an abbreviation for the okrug" },
    { "Kozinka [RU]", "kozinka", "a code in square brackets" },
};

START_TEST(a_text_may_give_a_place_several_names_or_its_kind_behind_it)
{
    const size_t count = find(by_several[_i].asked, NULL);
    const bool none = incmap_find_verdict(matches, count) == INCMAP_VERDICT_NONE;

    ck_assert_msg(none == !by_several[_i].key, "%s: %s", by_several[_i].asked, by_several[_i].why);
    if (!none)
        ck_assert_msg(strcmp(matches[0].place->key, by_several[_i].key) == 0, "%s: %s",
                      by_several[_i].asked, matches[0].place->key);
}
END_TEST

START_TEST(a_text_may_name_the_area_beside_the_place)
{
    const size_t count = find(with_area[_i].asked, NULL);
    const char *why = with_area[_i].why;

    if (!with_area[_i].key) {
        ck_assert_msg(incmap_find_verdict(matches, count) == INCMAP_VERDICT_NONE, "%s", why);
        return;
    }
    ck_assert_msg(count > 0, "%s", why);
    ck_assert_str_eq(matches[0].place->key, with_area[_i].key);
    ck_assert_msg(matches[0].area_said, "%s", why);
    ck_assert_ptr_nonnull(strstr(reason(&matches[0]), "; in the area that the text names"));
}
END_TEST

static const struct {
    const char *asked, *key;
    double about_m; /* 0: it was there */
} by_distance[] = {
    { "Kozinka", "kozinka", 0 },
    { "in Kozinka", "kozinka", 0 },
    { "в Козинке", "kozinka", 0 },
    { "near Kozinka", "kozinka", 25e3 },
    { "outskirts of Grayvoron", "grayvoron", 25e3 },
    { "in the vicinity of Grayvoron", "grayvoron", 25e3 },
    { "close to the village of Kozinka", "kozinka", 25e3 },
    { "not far from Glotovo", "glotovo", 25e3 },
    { "за 5 км на північний захід від Козинки", "kozinka", 5e3 },
    { "на південному сході від Козинки", "kozinka", 25e3 },
    { "a few km from Kozinka", "kozinka", 25e3 },
    { "в нескольких километрах от Козинки", "kozinka", 25e3 },
    { "за кілька кілометрів від Козинки", "kozinka", 25e3 },
    { "north of Grayvoron", "grayvoron", 25e3 },
    { "Kozinka area", "kozinka", 25e3 },
    { "4 km north-east of Kozinka, Belgorod Oblast", "kozinka", 4e3 },
    { "4.5km from Kozinka", "kozinka", 4.5e3 },
    { "3-4 km from Kozinka", "kozinka", 4e3 },
    { "2 miles south of Kozinka", "kozinka", 3218.688 },
    { "300 m from Kozinka", "kozinka", 300 },
    { "вблизи Козинки", "kozinka", 25e3 },
    { "в районе села Козинка", "kozinka", 25e3 },
    { "окраина Грайворона", "grayvoron", 25e3 },
    { "недалеко от села Козинка Грайворонского района", "kozinka", 25e3 },
    { "в 3 км к северу от Грайворона", "grayvoron", 3e3 },
    { "в 2,5 км севернее Козинки", "kozinka", 2.5e3 },
    { "на околицях Козинки", "kozinka", 25e3 },
    { "за 7 км на північ від Козинки", "kozinka", 7e3 },
    { "біля Козинки", "kozinka", 25e3 },
    { "село под Грайвороном", "grayvoron", 25e3 },
    { "a field 3 km from Kozinka", "kozinka", 3e3 },
    { "in the area of Kozinka", "kozinka", 25e3 },
    { "over Grayvoron", "grayvoron", 0 },
    { "25 km from Kozinka", "kozinka", 25e3 },
};

START_TEST(a_text_may_say_that_it_was_near_a_place)
{
    const size_t count = find(by_distance[_i].asked, NULL);
    const double about_m = by_distance[_i].about_m;
    char said[64];

    ck_assert_msg(count > 0, "%s", by_distance[_i].asked);
    ck_assert_str_eq(matches[0].place->key, by_distance[_i].key);
    ck_assert(incmap_find_verdict(matches, count) == INCMAP_VERDICT_UNIQUE ||
              incmap_find_verdict(matches, count) == INCMAP_VERDICT_BEST);
    /* Thousands and tenths in binary: to the last digit or so. */
    ck_assert_msg(fabs(matches[0].about_m - about_m) < 1e-9 * about_m + 1e-12, "%s: %f",
                  by_distance[_i].asked, matches[0].about_m);
    ck_assert_int_eq(matches[0].about_stated, strpbrk(by_distance[_i].asked, "0123456789") != NULL);
    (void)snprintf(said, sizeof said, "; the text says %s %g %s off",
                   matches[0].about_stated ? "up to" : "near it, taken as up to",
                   round(about_m) / (about_m < 1000 ? 1 : 1000), about_m < 1000 ? "m" : "km");
    ck_assert_int_eq(strstr(reason(&matches[0]), said) != NULL, about_m > 0);
    ck_assert_int_eq(strstr(reason(&matches[0]), "the text says") != NULL, about_m > 0);
}
END_TEST

static const char *const never_taken[] = {
    "Курская область", "Курской области",   "Курский район",
    "Kursk raion",     "3 km from Ukraine", "near Russia",
};

/* An area is not the town that it is called after, nor what is near a country its middle. */
START_TEST(what_is_of_another_rank_is_offered_and_not_taken)
{
    const size_t count = find(never_taken[_i], NULL);
    ck_assert_msg(incmap_find_verdict(matches, count) == INCMAP_VERDICT_NONE, "%s: %s",
                  never_taken[_i], count ? matches[0].place->key : "");
}
END_TEST

START_TEST(near_is_not_read_where_only_listed_names_are_asked_for)
{
    const incmap_find_options listed = { .version = 1, .spelling = INCMAP_SPELLING_LISTED };
    const size_t count = find("near Kozinka", &listed);
    ck_assert_int_eq(incmap_find_verdict(matches, count), INCMAP_VERDICT_NONE);
}
END_TEST

START_TEST(a_place_that_is_called_near_another_is_there)
{
    const incmap_place_name name = { "Near Kozinka", "en", false };
    const incmap_place place = { .key = "near_kozinka",
                                 .kind = INCMAP_PLACE_VILLAGE,
                                 .coord_uncertainty_m = NAN,
                                 .extent_radius_m = NAN,
                                 .country = "RU",
                                 .names = &name,
                                 .name_count = 1,
                                 .population = -1 };

    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
    ck_assert_uint_ge(find("near Kozinka", NULL), 1);
    ck_assert_str_eq(matches[0].place->key, "near_kozinka");
    ck_assert_double_eq(matches[0].about_m, 0);
}
END_TEST

START_TEST(a_name_that_is_listed_whole_is_not_taken_apart)
{
    ck_assert_uint_ge(find("Belgorod Oblast", NULL), 1);
    ck_assert_str_eq(matches[0].place->key, "belgorod_oblast");
    ck_assert(!matches[0].area_said);
    ck_assert_uint_ge(find("Grayvoron (Kozinka) – Velyka Pysarivka", NULL), 1);
    ck_assert_str_eq(matches[0].place->key, "kozinka_velyka_pysarivka");
    ck_assert(!matches[0].area_said);
}
END_TEST

START_TEST(what_the_whole_text_is_near_to_is_still_offered_where_its_parts_lead_to_nothing)
{
    const incmap_find_options offer = { .version = 1, .spelling = INCMAP_SPELLING_OFFER };
    /* Neither "Velyka" nor "Velyka" in such a raion is anything. */
    ck_assert_uint_ge(find("Velyka Psiarika raion", &offer), 1);
    ck_assert_str_eq(matches[0].place->key, "velyka_pysarivka");
    ck_assert(!matches[0].area_said);
}
END_TEST

/* ---- context ---- */

START_TEST(a_region_goes_by_any_of_its_names_and_codes)
{
    static const char *const names[] = { "Sumy Oblast",  "sumy oblast",   "Сумська область",
                                         "Сумская обл.", "Sumska oblast", "Sumy",
                                         "UA-59" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const incmap_find_options options = { .version = 1, .country = "UA", .admin1 = names[i] };
        ck_assert_msg(find("Velyka Pysarivka", &options) >= 1, "%s", names[i]);
        ck_assert_str_eq(matches[0].place->key, "velyka_pysarivka");
    }
    const incmap_find_options other = { .version = 1, .admin1 = "Харьковская область" };
    for (size_t i = 0, n = find("Velyka Pysarivka", &other); i < n; i++)
        ck_assert_str_ne(matches[i].place->key, "velyka_pysarivka");
}
END_TEST

/* "Cherkasy" and "Cherkaska" sound otherwise; the region lists both. */
START_TEST(a_country_goes_by_its_names_and_codes)
{
    static const char *const names[] = { "RU",
                                         "ru",
                                         "rus",
                                         "Russia",
                                         "Россия",
                                         "РОССИЯ",
                                         "России",
                                         "Росія",
                                         "Росії",
                                         "РФ",
                                         "Russian Federation",
                                         "Russland" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ck_assert_msg(find("Козинка", &(incmap_find_options){ .country = names[i] }) > 0, "%s",
                      names[i]);
        ck_assert_str_eq(matches[0].place->key, "kozinka");
        ck_assert_msg(find("Харків", &(incmap_find_options){ .country = names[i] }) == 0, "%s",
                      names[i]);
    }
    ck_assert_uint_gt(find("Харків", &(incmap_find_options){ .country = "Україна" }), 0);
    /* One that is a place of the gazetteer. */
    ck_assert_uint_eq(find("United States", &(incmap_find_options){ .country = "United States" }),
                      1);
}
END_TEST

static const struct {
    const char *country, *region, *district;
    incmap_context_fault fault;
} contexts[] = {
    { NULL, NULL, NULL, INCMAP_CONTEXT_GOOD },
    { "Russia", "Белгородская область", "Грайворонский район", INCMAP_CONTEXT_GOOD },
    { "Narnia", NULL, NULL, INCMAP_CONTEXT_COUNTRY },
    { "Narnia", "Белгородская область", NULL, INCMAP_CONTEXT_COUNTRY },
    { NULL, "Narnia", NULL, INCMAP_CONTEXT_REGION },
    { "Ukraine", "Белгородская область", NULL, INCMAP_CONTEXT_REGION },
    { NULL, "Belgorod Oblast", "Narnia", INCMAP_CONTEXT_DISTRICT },
};

START_TEST(of_a_context_that_leaves_no_place_it_is_told_what_is_at_fault)
{
    const incmap_find_options options = { .country = contexts[_i].country,
                                          .admin1 = contexts[_i].region,
                                          .admin2 = contexts[_i].district };
    incmap_context_fault fault = (incmap_context_fault)42;
    ck_assert_int_eq(incmap_gazetteer_check_context(ctx, g, NULL, &fault), INCMAP_EARG);
    ck_assert_int_eq(fault, 42);
    ck_assert_int_eq(incmap_gazetteer_check_context(ctx, g, &options, &fault), INCMAP_OK);
    ck_assert_int_eq(fault, contexts[_i].fault);
}
END_TEST

START_TEST(without_memory_checking_a_context_is_enomem_and_leaves_the_output)
{
    /* So long that folding it takes memory. */
    static char region[400];
    const incmap_find_options options = { .country = "Russia",
                                          .admin1 = memset(region, 'n', sizeof region - 1) };
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    long tries = 0;
    incmap_status st;

    ck_assert_int_eq(incmap_gazetteer_prepare(ctx, g), INCMAP_OK);
    do {
        incmap_context_fault fault = (incmap_context_fault)42;
        faulty.budget = tries++;
        st = incmap_gazetteer_check_context(poor, g, &options, &fault);
        ck_assert_int_eq(fault, st ? 42 : INCMAP_CONTEXT_REGION);
        if (st) ck_assert_int_eq(st, INCMAP_ENOMEM);
        ck_assert_int_eq(faulty.blocks, 1);
    } while (st);
    ck_assert_int_gt(tries, 1);
    incmap_ctx_free(poor);
}
END_TEST

START_TEST(a_region_goes_by_the_names_that_it_lists)
{
    const incmap_place_name region[] = { { "Cherkasy Oblast", "en", false },
                                         { "Черкаська область", "uk", false } };
    const incmap_place_name village = { "Зразкове", "uk", false };
    incmap_place place = { .key = "cherkasy_oblast",
                           .kind = INCMAP_PLACE_REGION,
                           .coord_uncertainty_m = NAN,
                           .extent_radius_m = NAN,
                           .country = "UA",
                           .names = region,
                           .name_count = 2,
                           .population = -1 };
    const incmap_find_options options = { .version = 1, .admin1 = "Cherkaska oblast" };

    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
    place.key = "zrazkove";
    place.kind = INCMAP_PLACE_VILLAGE;
    place.admin1 = "Cherkasy Oblast";
    place.names = &village;
    place.name_count = 1;
    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
    ck_assert_uint_eq(find("Зразкове", &options), 1);
}
END_TEST

/* What of a list of Ukrainian names Russian ones find, and nothing but that. */
static const struct {
    const char *why, *asked, *key;
    incmap_reason reason;
} words[] = {
    { "a translated first word", "Красный Кут", "kut", INCMAP_REASON_FORM },
    { "the same word stays itself", "Красный Яр", "red", INCMAP_REASON_SPELLING },
    { "an ordinal behind", "Александровка-Вторая", "second", INCMAP_REASON_FORM },
    { "the adjective behind", "Коровенцы Малые", "small", INCMAP_REASON_FORM },
    { "both", "Кагановичи Первые", "first", INCMAP_REASON_FORM },
    { "great is великий", "Большая Знаменка", "great", INCMAP_REASON_FORM },
    { "Большовцы is no great place", "Большовцы", "bilshivtsi", INCMAP_REASON_FORM },
    { "a given name", "Константиновка", "konst", INCMAP_REASON_FORM },
};

START_TEST(words_that_the_other_language_translates_or_turns_round_are_found)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;

    options.spelling = INCMAP_SPELLING_LISTED;
    add("kut", "Червоний Кут", 50.1, 30.0, -1);
    add("red", "Красний Яр", 50.2, 30.0, -1);
    add("not_red", "Червоний Яр", 50.3, 30.0, -1);
    add("second", "Олександрівка Друга", 50.4, 30.0, -1);
    add("small", "Малі Коровинці", 50.5, 30.0, -1);
    add("first", "Перші Кагановичі", 50.6, 30.0, -1);
    add("great", "Велика Знам'янка", 50.7, 30.0, -1);
    add("bilshivtsi", "Більшівці", 50.8, 30.0, -1);
    add("konst", "Костянтинівка", 50.9, 30.0, -1);
    ck_assert_msg(find(words[_i].asked, &options) == 1, "%s", words[_i].why);
    ck_assert_msg(strcmp(matches[0].place->key, words[_i].key) == 0, "%s: got %s", words[_i].why,
                  matches[0].place->key);
    ck_assert_msg(matches[0].reason == words[_i].reason, "%s", words[_i].why);
}
END_TEST

START_TEST(nearness_decides_between_namesakes_and_is_told)
{
    const incmap_coord here = { 50.43, 35.59 };
    const incmap_find_options options = { .version = 1, .near = &here };

    add("kozinka_east", "Козинка", 50.45, 37.85, -1); /* 160 km east */
    ck_assert_int_eq(incmap_find_verdict(matches, find("Козинка", NULL)), INCMAP_VERDICT_AMBIGUOUS);
    ck_assert_int_eq(incmap_find_verdict(matches, find("Козинка", &options)), INCMAP_VERDICT_BEST);
    ck_assert_str_eq(matches[0].place->key, "kozinka");
    ck_assert_double_eq_tol(matches[0].near_m, 3600, 200);
    ck_assert_str_eq(reason(&matches[0]), "Russian name of Kozinka; 3.6 km from the point given");
}
END_TEST

START_TEST(namesakes_equally_far_stay_ambiguous)
{
    const incmap_coord between = { 50.0, 30.05 };
    const incmap_find_options options = { .version = 1, .near = &between };
    add("a", "Зразкове", 50.0, 30.0, -1);
    add("b", "Зразкове", 50.0, 30.1, -1);
    ck_assert_int_eq(incmap_find_verdict(matches, find("Зразкове", &options)),
                     INCMAP_VERDICT_AMBIGUOUS);
}
END_TEST

START_TEST(population_narrows_and_on_request_prefers)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;

    add("small", "Зразкове", 50.0, 30.0, 300);
    add("large", "Зразкове", 48.0, 33.0, 30000);
    add("unknown", "Зразкове", 49.0, 31.0, -1);
    ck_assert_int_eq(incmap_find_verdict(matches, find("Зразкове", NULL)),
                     INCMAP_VERDICT_AMBIGUOUS);
    options.populous = true;
    ck_assert_int_eq(incmap_find_verdict(matches, find("Зразкове", &options)), INCMAP_VERDICT_BEST);
    ck_assert_str_eq(matches[0].place->key, "large");
    ck_assert(matches[0].populous);
    options = (incmap_find_options){ .version = 1, .population_least = 100 };
    ck_assert_uint_eq(find("Зразкове", &options), 2);
}
END_TEST

START_TEST(a_belt_along_the_border_leaves_out_what_is_beyond)
{
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_border *border = NULL;

    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    options.border = border;
    options.belt_m = 10000;
    ck_assert_uint_ge(find("Kozinka", &options), 1);
    ck_assert_uint_eq(find("Kyiv", &options), 0);
    options.belt_m = -1;
    size_t count = 7;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, "Kyiv", &options, NULL, 0, &count),
                     INCMAP_EDOMAIN);
    ck_assert_uint_eq(count, 7);
    incmap_border_free(border);
}
END_TEST

/* ---- together ---- */

START_TEST(names_of_one_text_fix_each_other)
{
    static const char *const names[] = { "Козинка", "Гора-Поділ", "Glotovo", "Graivoron" };
    static const char *const keys[] = { "kozinka", "gora_podol", "glotovo", "grayvoron" };
    static incmap_match found[4][8];
    size_t counts[4];

    add("kozinka_east", "Козинка", 50.45, 37.85, -1);
    ck_assert_int_eq(
        incmap_gazetteer_find_together(ctx, g, names, 4, NULL, &found[0][0], 8, counts), INCMAP_OK);
    for (int i = 0; i < 4; i++) {
        ck_assert_str_eq(found[i][0].place->key, keys[i]);
        ck_assert_int_ne(incmap_find_verdict(found[i], counts[i]), INCMAP_VERDICT_AMBIGUOUS);
    }
    ck_assert_str_eq(reason(&found[0][0]),
                     "Russian name of Kozinka; 3.2 km from Glotovo, named in the same text");
}
END_TEST

/* No other name of the text tells which of them is meant, and a post between it and another is not named. */
START_TEST(a_name_said_twice_says_nothing_for_itself)
{
    static const char *const names[] = { "Kozinka", "Козинку", "Kozinka" };
    static incmap_match found[3][8];
    size_t counts[3];

    add("kozinka_east", "Козинка", 50.45, 37.85, -1);
    const size_t alone = find("Козинка", NULL);
    ck_assert_int_eq(incmap_find_verdict(matches, alone), INCMAP_VERDICT_AMBIGUOUS);
    ck_assert_int_eq(
        incmap_gazetteer_find_together(ctx, g, names, 3, NULL, &found[0][0], 8, counts), INCMAP_OK);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(incmap_find_verdict(found[i], counts[i]), INCMAP_VERDICT_AMBIGUOUS);
        ck_assert_ptr_null(found[i][0].near_place);
    }
}
END_TEST

START_TEST(a_name_that_nothing_is_found_for_says_nothing)
{
    static const char *const names[] = { "Козинка", "Атлантида" };
    static incmap_match found[2][4];
    size_t counts[2];

    ck_assert_int_eq(
        incmap_gazetteer_find_together(ctx, g, names, 2, NULL, &found[0][0], 4, counts), INCMAP_OK);
    ck_assert_str_eq(found[0][0].place->key, "kozinka");
    ck_assert_double_eq(found[0][0].score, 1);
    ck_assert_ptr_null(found[0][0].near_place);
    ck_assert_uint_eq(counts[1], 0);
}
END_TEST

START_TEST(names_together_are_all_found_or_none)
{
    static const char *const bad[] = { "Козинка", "\xFF" }, *const none[] = { "Козинка", NULL };
    incmap_match found[8] = { { .score = 42 } };
    size_t counts[2] = { 7, 7 };

    ck_assert_int_eq(incmap_gazetteer_find_together(ctx, g, bad, 2, NULL, found, 4, counts),
                     INCMAP_EPARSE);
    ck_assert_str_eq(incmap_ctx_message(ctx), "name 2 of 2 is not UTF-8 or has no letter");
    ck_assert_int_eq(incmap_gazetteer_find_together(ctx, g, none, 2, NULL, found, 4, counts),
                     INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_find_together(ctx, g, bad, 2, NULL, found, 0, counts),
                     INCMAP_EARG);
    ck_assert_double_eq(found[0].score, 42);
    ck_assert_uint_eq(counts[0], 7);
}
END_TEST

/* ---- growing ---- */

/* libc's, and how many bytes were asked for in all. */
static size_t bytes_asked;

static void *count_alloc(void *user, size_t size)
{
    (void)user;
    bytes_asked += size;
    return malloc(size);
}

static void *count_realloc(void *user, void *block, size_t size)
{
    (void)user;
    bytes_asked += size;
    return realloc(block, size);
}

static void count_free(void *user, void *block)
{
    (void)user;
    free(block);
}

/* Bytes that it takes to add so many places and to find each, in both scripts, right after. */
static size_t grow(int count)
{
    const incmap_ctx_options counting = {
        .version = 1, .allocator = { count_alloc, count_realloc, count_free, NULL }
    };
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    char key[16], name[32];

    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
    g = NULL;
    ck_assert_int_eq(incmap_ctx_new(&counting, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    bytes_asked = 0;
    options.spelling = INCMAP_SPELLING_LISTED;
    for (int i = 0; i < count; i++) {
        (void)snprintf(key, sizeof key, "k%d", i);
        (void)snprintf(name, sizeof name, "Зразкове %d", i);
        add(key, name, 50, 30 + i * 0.01, -1);
        ck_assert_uint_eq(find(name, &options), 1);
        ck_assert_str_eq(matches[0].place->key, key);
        (void)snprintf(name, sizeof name, "Zrazkove %d", i / 2);
        ck_assert_uint_eq(find(name, &options), 1);
    }
    return bytes_asked;
}

START_TEST(places_added_one_by_one_are_found_at_once_and_few_are_indexed_again)
{
    const size_t once = grow(300), twice = grow(600);
    /* Twice the places, each indexed log(600) / log(300) times as often: 2.2. All of them again with each
     * would be 4. */
    ck_assert_msg((double)twice < 2.8 * (double)once, "%zu and %zu bytes", once, twice);
}
END_TEST

/* ---- no name ---- */

static const struct {
    const char *text, *why;
    bool none;
} no_names[] = {
    { "", "an empty field", true },
    { " - ", "a dash", true },
    { "—", "a long one", true },
    { "???", "question marks", true },
    { "?!", "a sign that says something", false },
    { "...", "dots may mean the same as above", false },
    { "\"", "and so may this", false },
    { "N/A", "a spreadsheet's", true },
    { "n. a.", "the same, written out", true },
    { "(Unknown)", "in brackets", true },
    { "NOT SPECIFIED", "capitals", true },
    { "Неизвестно", "Russian", true },
    { "НЕВІДОМО", "Ukrainian", true },
    { "н/д", "an abbreviation of both", true },
    { "немає даних", "two words", true },
    { "Unknown Village", "a word more", false },
    { "N/A 2", "a digit", false },
    { "Ñ/A", "another letter", false },
    { "Naha", "a name that begins so", false },
    { "\xFF", "no UTF-8", false },
    { "unknownunknownunknownunknownunknownunknownunknownunknownunknownunknown", "long", false },
};

START_TEST(words_for_no_place_are_told_from_names)
{
    ck_assert_msg(incmap_name_says_none(no_names[_i].text, NULL, 0) == no_names[_i].none, "%s: %s",
                  no_names[_i].text, no_names[_i].why);
    ck_assert(!incmap_name_says_none(NULL, NULL, 0));
}
END_TEST

/* ---- memory ---- */

START_TEST(without_memory_finding_is_enomem_leaks_nothing_and_leaves_the_output)
{
    static const char *const names[] = { "Козинка", "Graivoron" };
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    long tries = 0;
    incmap_status st;

    do {
        incmap_gazetteer *own = NULL;
        incmap_match found[8] = { { .score = 42 } };
        size_t counts[2] = { 7, 7 };
        faulty.budget = -1;
        ck_assert_int_eq(incmap_gazetteer_builtin(poor, &own), INCMAP_OK);
        faulty.budget = tries;
        st = incmap_gazetteer_find_together(poor, own, names, 2, NULL, found, 4, counts);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_double_eq(found[0].score, 42);
            ck_assert_uint_eq(counts[0], 7);
        }
        incmap_gazetteer_free(own);
        ck_assert_int_eq(faulty.blocks, 1); /* the context's own */
        tries += tries < 40 ? 1 : 7;        /* indexing takes some hundred */
    } while (st);
    ck_assert_int_gt(tries, 20);
    incmap_ctx_free(poor);
}
END_TEST

static const char *const many[] = { "Зразкове", "Зразкове, Україна" };

START_TEST(without_memory_for_many_candidates_a_find_is_enomem_and_tells_no_fewer)
{
    enum { NAMESAKES = 300 };
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    long tries = 0;
    incmap_status st;
    char key[16];

    for (int i = 0; i < NAMESAKES; i++) {
        (void)snprintf(key, sizeof key, "k%d", i);
        add(key, i % 2 ? "Зразкове" : "Зразково", 50, 30 + i * 0.01, -1);
    }
    ck_assert_int_eq(incmap_gazetteer_prepare(ctx, g), INCMAP_OK);
    do {
        incmap_match found[8] = { { .score = 42 } };
        size_t count = 7;
        faulty.budget = tries++;
        st = incmap_gazetteer_find(poor, g, many[_i], NULL, found, 8, &count);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_double_eq(found[0].score, 42);
            ck_assert_uint_eq(count, 7);
        } else {
            ck_assert_uint_eq(count, NAMESAKES);
            ck_assert_str_eq(found[0].place->key, "k1"); /* equals in the order of adding */
            ck_assert_str_eq(found[1].place->key, "k3");
        }
        ck_assert_int_eq(faulty.blocks, 1);
    } while (st);
    ck_assert_int_gt(tries, 2);
    incmap_ctx_free(poor);
}
END_TEST

START_TEST(a_prepared_gazetteer_is_searched_without_its_allocator)
{
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    incmap_gazetteer *own = NULL;
    size_t count;

    ck_assert_int_eq(incmap_gazetteer_builtin(poor, &own), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_prepare(poor, own), INCMAP_OK);
    faulty.budget = 0;
    ck_assert_int_eq(incmap_gazetteer_find(ctx, own, "Kozinak", NULL, matches, 64, &count),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_prepare(poor, own), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_prepare(NULL, own), INCMAP_EARG);
    incmap_gazetteer_free(own);
    incmap_ctx_free(poor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("find");
    TCase *tcase = tcase_create("find");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, spellings_of_reports_find_their_place_and_say_why, 0,
                        sizeof spellings / sizeof *spellings);
    tcase_add_test(tcase, a_misspelt_name_is_best_and_never_unique);
    tcase_add_loop_test(tcase,
                        what_is_only_near_by_chance_is_offered_with_a_true_reason_and_not_taken, 0,
                        sizeof far_off / sizeof *far_off);
    tcase_add_test(tcase, a_region_is_found_by_what_people_call_it);
    tcase_add_loop_test(tcase, a_name_typed_on_the_other_keyboard_is_found_and_never_unique, 0,
                        sizeof typed / sizeof *typed);
    tcase_add_loop_test(tcase, a_text_may_give_a_place_several_names_or_its_kind_behind_it, 0,
                        sizeof by_several / sizeof *by_several);
    tcase_add_loop_test(tcase, a_text_may_name_the_area_beside_the_place, 0,
                        sizeof with_area / sizeof *with_area);
    tcase_add_loop_test(tcase, a_text_may_say_that_it_was_near_a_place, 0,
                        sizeof by_distance / sizeof *by_distance);
    tcase_add_loop_test(tcase, what_is_of_another_rank_is_offered_and_not_taken, 0,
                        sizeof never_taken / sizeof *never_taken);
    tcase_add_test(tcase, near_is_not_read_where_only_listed_names_are_asked_for);
    tcase_add_test(tcase, a_place_that_is_called_near_another_is_there);
    tcase_add_test(tcase, a_name_that_is_listed_whole_is_not_taken_apart);
    tcase_add_test(tcase,
                   what_the_whole_text_is_near_to_is_still_offered_where_its_parts_lead_to_nothing);
    tcase_add_test(tcase, how_far_off_a_spelling_may_be_is_for_the_caller_to_say);
    tcase_add_test(tcase, a_region_goes_by_any_of_its_names_and_codes);
    tcase_add_test(tcase, a_country_goes_by_its_names_and_codes);
    tcase_add_loop_test(tcase, of_a_context_that_leaves_no_place_it_is_told_what_is_at_fault, 0,
                        sizeof contexts / sizeof *contexts);
    tcase_add_test(tcase, without_memory_checking_a_context_is_enomem_and_leaves_the_output);
    tcase_add_test(tcase, a_region_goes_by_the_names_that_it_lists);
    tcase_add_loop_test(tcase, words_that_the_other_language_translates_or_turns_round_are_found, 0,
                        sizeof words / sizeof *words);
    tcase_add_test(tcase, places_added_one_by_one_are_found_at_once_and_few_are_indexed_again);
    tcase_add_test(tcase, nearness_decides_between_namesakes_and_is_told);
    tcase_add_test(tcase, namesakes_equally_far_stay_ambiguous);
    tcase_add_test(tcase, population_narrows_and_on_request_prefers);
    tcase_add_test(tcase, a_belt_along_the_border_leaves_out_what_is_beyond);
    tcase_add_test(tcase, names_of_one_text_fix_each_other);
    tcase_add_test(tcase, a_name_said_twice_says_nothing_for_itself);
    tcase_add_test(tcase, a_name_that_nothing_is_found_for_says_nothing);
    tcase_add_test(tcase, names_together_are_all_found_or_none);
    tcase_add_loop_test(tcase, words_for_no_place_are_told_from_names, 0,
                        sizeof no_names / sizeof *no_names);
    tcase_add_test(tcase, without_memory_finding_is_enomem_leaks_nothing_and_leaves_the_output);
    tcase_add_loop_test(tcase,
                        without_memory_for_many_candidates_a_find_is_enomem_and_tells_no_fewer, 0,
                        sizeof many / sizeof *many);
    tcase_add_test(tcase, a_prepared_gazetteer_is_searched_without_its_allocator);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
