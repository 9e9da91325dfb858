/* SPDX-License-Identifier: MIT */
/* Rows that look wrong: each doubt by a row made for it, and the shares on a postal file of which many
 * points are wrong. */
#include "harness.h"
#include "faulty_tries.h"
#include "scratch.h"
#include "tables.h"

#include <math.h>

#include <incmap/builtin.h>
#include <incmap/distance.h>
#include <incmap/doubt.h>

static incmap_ctx *ctx;
static incmap_gazetteer *g, *reference;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &reference), INCMAP_OK);
    scratch_make();
}

static void teardown(void)
{
    scratch_remove();
    incmap_gazetteer_free(reference);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

/* What was said of each key: bits, whether suspicious, and the words. */
static struct {
    char key[64], text[512];
    unsigned doubts;
    bool suspicious;
} told[1024];
static size_t told_count;

static void note(void *user, const incmap_doubt *doubt)
{
    ck_assert_ptr_null(user);
    ck_assert_uint_lt(told_count, 1024);
    (void)snprintf(told[told_count].key, sizeof told[0].key, "%s", doubt->place->key);
    (void)incmap_doubt_text(doubt, told[told_count].text, sizeof told[0].text);
    told[told_count].doubts = doubt->doubts;
    told[told_count++].suspicious = doubt->suspicious;
}

static size_t check_all(const incmap_doubt_options *options)
{
    size_t suspicious = 0;
    told_count = 0;
    ck_assert_msg(incmap_gazetteer_check(ctx, g, options, note, NULL, &suspicious) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    return suspicious;
}

static unsigned doubts_of(const char *key)
{
    for (size_t i = 0; i < told_count; i++)
        if (strcmp(told[i].key, key) == 0) return told[i].doubts;
    return 0;
}

static bool is_suspicious(const char *key)
{
    for (size_t i = 0; i < told_count; i++)
        if (strcmp(told[i].key, key) == 0) return told[i].suspicious;
    return false;
}

static const char *text_of(const char *key)
{
    for (size_t i = 0; i < told_count; i++)
        if (strcmp(told[i].key, key) == 0) return told[i].text;
    return "";
}

/* ---- each doubt ---- */

/* Twelve villages of one district on a grid of 0.05 degrees around a point, then single rows. */
static void add_village(const char *key, const char *name, const char *district, double lat,
                        double lon)
{
    const incmap_place_name names = { name, "ru", false };
    const incmap_place place = { .key = key,
                                 .kind = INCMAP_PLACE_VILLAGE,
                                 .located = !isnan(lat),
                                 .at = { lat, lon },
                                 .coord_uncertainty_m = 1000,
                                 .extent_radius_m = NAN,
                                 .country = "RU",
                                 .admin1 = "Белгородская область",
                                 .admin2 = district,
                                 .names = &names,
                                 .name_count = 1,
                                 .population = -1,
                                 .population_year = -1 };
    ck_assert_int_eq(incmap_gazetteer_add(ctx, g, &place), INCMAP_OK);
}

static void add_district(const char *district, double lat, double lon)
{
    for (int i = 0; i < 12; i++) {
        char key[64], name[64];
        (void)snprintf(key, sizeof key, "%s%d", district, i);
        (void)snprintf(name, sizeof name, "Деревня %s %c", district, 'A' + i);
        add_village(key, name, district, lat + 0.0503 * (i / 4), lon + 0.0507 * (i % 4));
    }
}

/* Each row that looks wrong, among two districts of twelve villages each that look right. */
static const struct {
    const char *why, *key, *name, *district;
    double lat, lon;
    unsigned doubts;
    bool suspicious;
    const char *text;
} wrong[] = {
    /* The distances are GeographicLib's, rounded. */
    { "outside its region", "abroad", "Заречное", "east", 53.2013, 44.9007,
      INCMAP_DOUBT_OUTSIDE_REGION | INCMAP_DOUBT_FAR_FROM_SIBLINGS, true,
      "579 km from the middle of its region, outside it; 536 km from the middle of its district's "
      "places" },
    { "far from its siblings", "far", "Дальнее", "east", 50.6017, 36.4713,
      INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OTHERS_AROUND, true,
      "115 km from the middle of its district's places; the places around it are of other "
      "districts" },
    { "latitude and longitude exchanged", "exchanged", "Обратное", "east", 38.0211, 50.8117,
      INCMAP_DOUBT_OUTSIDE_REGION | INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_EXCHANGED, true,
      "with latitude and longitude exchanged it is in its region" },
    { "the same village twice", "twice", "Деревня east A", "east", 50.8014, 38.0008,
      INCMAP_DOUBT_DUPLICATE, true,
      "has the name of Деревня east A (east) less than a km away, key:east0: may be there twice" },
    { "rounded to whole minutes", "minutes", "Круглое", "east", 50.85, 38.05,
      INCMAP_DOUBT_WHOLE_MINUTES, false,
      "given in whole minutes of arc: good to a kilometre at best" },
    { "whole minutes to four decimals", "decimals", "Ровное", "east", 50.8667, 38.0833,
      INCMAP_DOUBT_WHOLE_MINUTES, false,
      "given in whole minutes of arc: good to a kilometre at best" },
    { "two decimals tell nothing of minutes", "coarse", "Грубое", "east", 50.86, 38.07, 0, false,
      "" },
    { "the very point of a place elsewhere", "shared", "Чужое", "west", 50.8013 + 0.0503, 38.0007,
      INCMAP_DOUBT_SHARED_POINT | INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OTHERS_AROUND, true,
      "has the very coordinates of Деревня east E (east)" },
    { "no district to compare with", "without", "Ничьё", "", 50.8123, 38.0217,
      INCMAP_DOUBT_NO_DISTRICT, false,
      "names no district, so that there are no siblings to compare" },
    { "one of two of a name, each at the other's place", "swapped1", "Сменное", "east", 50.5813,
      36.4217, INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OTHERS_AROUND | INCMAP_DOUBT_HOMONYM,
      true, "lies among the places of west, which has another Сменное: may be swapped with it" },
    { "the other", "swapped2", "Сменное", "west", 50.8317, 38.0511,
      INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OTHERS_AROUND | INCMAP_DOUBT_HOMONYM, true,
      "lies among the places of east, which has another Сменное: may be swapped with it" },
    { "where the reference has another of that name", "namesake", "Козинка", "east", 50.4614,
      35.6025, INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OTHERS_AROUND | INCMAP_DOUBT_HOMONYM,
      true, "lies where there is another Kozinka (Grayvoronsky District): may be swapped with it" },
    { "among places known to be of other districts", "others", "Новое", "ВЕЙДЕЛЕВСКИЙ РАЙОН",
      50.4714, 35.6525, INCMAP_DOUBT_OTHERS_AROUND | INCMAP_DOUBT_OTHERS_KNOWN, true,
      "0.5 km from Gora-Podol (Grayvoronsky District), but 200 km from Klimenki (Veydelevsky "
      "District), the nearest known of its own; the places around it are of other districts" },
    { "a town's post office far from the town", "elsewhere", "Старый Оскол 10", "", 51.2222,
      38.5488, INCMAP_DOUBT_NO_DISTRICT | INCMAP_DOUBT_KNOWN_ELSEWHERE, true,
      "Stary Oskol (Stary Oskol Urban Okrug) is known to be 50 km away; names no district, so that "
      "there are no siblings to compare" },
    { "a town's post office in the town", "town", "Старый Оскол 9", "", 51.2967, 37.8417,
      INCMAP_DOUBT_NO_DISTRICT, false, NULL },
    { "no position", "nowhere", "Никакое", "east", NAN, NAN, INCMAP_DOUBT_NO_POSITION, false,
      "has no position" },
};

START_TEST(each_kind_of_wrong_row_is_told_with_its_reason_in_words)
{
    const incmap_doubt_options options = { .version = 1, .reference = reference };

    add_district("east", 50.8013, 38.0007);
    add_district("west", 50.5511, 36.4013);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (i == (size_t)_i ||
            (strncmp(wrong[_i].key, "swapped", 7) == 0 && strncmp(wrong[i].key, "swapped", 7) == 0))
            add_village(wrong[i].key, wrong[i].name, wrong[i].district, wrong[i].lat, wrong[i].lon);
    (void)check_all(&options);
    ck_assert_msg(doubts_of(wrong[_i].key) == wrong[_i].doubts, "%s: %x: %s", wrong[_i].why,
                  doubts_of(wrong[_i].key), text_of(wrong[_i].key));
    ck_assert_msg(is_suspicious(wrong[_i].key) == wrong[_i].suspicious, "%s", wrong[_i].why);
    if (wrong[_i].text)
        ck_assert_msg(strstr(text_of(wrong[_i].key), wrong[_i].text) != NULL, "%s: %s",
                      wrong[_i].why, text_of(wrong[_i].key));
    /* The villages that look right stay so, but for the one that another bears the name or point of. */
    for (size_t i = 0; i < told_count; i++)
        if (strcmp(told[i].key, wrong[_i].key) != 0 && strncmp(told[i].key, "swapped", 7) != 0)
            ck_assert_msg(told[i].doubts == INCMAP_DOUBT_DUPLICATE ||
                              told[i].doubts == INCMAP_DOUBT_SHARED_POINT,
                          "%s: %s", told[i].key, told[i].text);
}
END_TEST

START_TEST(a_district_of_which_most_places_are_outside_its_region_tells_nothing_of_any)
{
    const incmap_doubt_options options = { .version = 1, .reference = reference };

    add_village("a", "Первое", "north", 53.2013, 44.9007);
    add_village("b", "Второе", "north", 54.2013, 42.9007);
    add_village("c", "Третье", "north", 50.8013, 38.0007);
    ck_assert_uint_eq(check_all(&options), 3);
    ck_assert_uint_eq(doubts_of("c"), INCMAP_DOUBT_SCATTERED);
    ck_assert_str_eq(text_of("c"),
                     "the places of its district lie too scattered to tell which are right");
}
END_TEST

START_TEST(a_place_that_the_reference_has_there_is_not_suspicious)
{
    const incmap_doubt_options options = { .version = 1, .reference = reference };

    /* Korocha is where it is; its district's other places are given 100 km to the west of it. */
    add_district("Корочанский район", 50.8013, 35.7007);
    add_village("korocha", "Короча", "Корочанский район", 50.8132, 37.186);
    (void)check_all(&options);
    ck_assert_uint_eq(doubts_of("korocha"), INCMAP_DOUBT_FAR_FROM_SIBLINGS);
    ck_assert(!is_suspicious("korocha"));
}
END_TEST

START_TEST(the_far_end_of_a_long_region_is_no_doubt_while_its_places_go_on_to_there)
{
    const incmap_doubt_options options = { .version = 1, .reference = reference };

    /* 153 km is as far as Belgorod Oblast goes by its area: a chain of villages eastward to 174 km. */
    for (int i = 0; i < 12; i++) {
        char key[16], name[32];
        (void)snprintf(key, sizeof key, "chain%d", i);
        (void)snprintf(name, sizeof name, "Деревня %c", 'A' + i);
        add_village(key, name, "chain", 50.7003 + 0.001 * i, 38.4007 + 0.14 * i);
    }
    ck_assert_uint_eq(check_all(&options), 0);
    ck_assert_uint_eq(doubts_of("chain0"), 0);
    ck_assert_uint_eq(doubts_of("chain11") & INCMAP_DOUBT_OUTSIDE_REGION,
                      INCMAP_DOUBT_OUTSIDE_REGION);
}
END_TEST

START_TEST(a_place_across_the_border_is_told)
{
    incmap_doubt_options options = { .version = 1, .reference = reference };
    incmap_border *border = NULL;

    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    options.border = border;
    options.inside = "RU";
    options.outside = "UA";
    add_district("east", 50.8013, 38.0007);
    add_village("over", "Заречное", "east", 50.3013, 36.0007); /* 10 km inside Ukraine */
    (void)check_all(&options);
    ck_assert_uint_eq(doubts_of("over") & INCMAP_DOUBT_WRONG_SIDE, INCMAP_DOUBT_WRONG_SIDE);
    ck_assert(is_suspicious("over"));
    ck_assert_ptr_nonnull(strstr(text_of("over"), "on the other side of the border"));
    ck_assert_uint_eq(doubts_of("east3") & INCMAP_DOUBT_WRONG_SIDE, 0);
    incmap_border_free(border);
}
END_TEST

START_TEST(each_doubt_has_a_word_of_its_own)
{
    char seen[4096] = "|";

    for (unsigned bit = 1; bit <= INCMAP_DOUBT_KNOWN_ELSEWHERE; bit <<= 1) {
        const char *word = incmap_doubt_word(bit);
        char framed[64];
        (void)snprintf(framed, sizeof framed, "|%s|", word);
        ck_assert_msg(word[0] && !strstr(seen, framed), "%u: %s", bit, word);
        (void)snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%s|", word);
    }
    ck_assert_str_eq(incmap_doubt_word(INCMAP_DOUBT_HOMONYM), "homonym");
    ck_assert_str_eq(incmap_doubt_word(INCMAP_DOUBT_OUTSIDE_REGION), "outside_region");
    ck_assert_str_eq(incmap_doubt_word(0), "");
    ck_assert_str_eq(incmap_doubt_word(3), "");
    ck_assert_str_eq(incmap_doubt_word(1u << 31), "");
}
END_TEST

START_TEST(no_default_place_is_suspicious)
{
    incmap_gazetteer_free(g);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    /* Demidovka lies 146 km from the middle of an oblast whose circle of equal area has 93 km. */
    ck_assert_uint_eq(check_all(NULL), 0);
}
END_TEST

START_TEST(what_the_header_forbids_is_told)
{
    const incmap_doubt_options half = { .version = 1, .border = (const incmap_border *)ctx };
    size_t n = 42;
    char buffer[8];

    ck_assert_int_eq(incmap_gazetteer_check(NULL, g, NULL, NULL, NULL, &n), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_check(ctx, NULL, NULL, NULL, NULL, &n), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_check(ctx, g, &half, NULL, NULL, &n), INCMAP_EARG);
    ck_assert_uint_eq(n, 42);
    ck_assert_int_eq(incmap_gazetteer_check(ctx, g, NULL, NULL, NULL, &n), INCMAP_OK);
    ck_assert_uint_eq(n, 0);
    ck_assert_uint_eq(incmap_doubt_text(NULL, buffer, sizeof buffer), 0);
}
END_TEST

START_TEST(without_memory_a_check_is_enomem_and_leaks_nothing)
{
    const incmap_doubt_options options = { .version = 1, .reference = reference };
    faulty_tries t = faulty_begin();
    size_t n = 42;

    add_district("east", 50.8013, 38.0007);
    ck_assert_int_eq(incmap_gazetteer_prepare(ctx, reference), INCMAP_OK);
    while (faulty_next(&t, NULL)) {
        t.st = incmap_gazetteer_check(t.ctx, g, &options, NULL, NULL, &n);
        if (t.st) ck_assert_uint_eq(n, 42);
    }
    faulty_end(&t, 5);
}
END_TEST

/* ---- a file of which many points are wrong ---- */

static double median_of(double numbers[], size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && numbers[k - 1] > numbers[k]; k--) {
            const double t = numbers[k];
            numbers[k] = numbers[k - 1];
            numbers[k - 1] = t;
        }
    return n % 2 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
}

/* Whether place i lies more than 60 km from the median of its district, by a measure of the test's own:
 * on a sphere, among all places that name the same district, or none. */
static bool lies_far(size_t i)
{
    static double lat[1024], lon[1024];
    const incmap_place *p = incmap_gazetteer_get(g, i);
    size_t n = 0;

    for (size_t k = 0; k < incmap_gazetteer_count(g); k++) {
        const incmap_place *q = incmap_gazetteer_get(g, k);
        if (strcmp(p->admin2, q->admin2) != 0) continue;
        lat[n] = q->at.lat;
        lon[n++] = q->at.lon;
    }
    const double y = median_of(lat, n), x = median_of(lon, n);
    const double north = (p->at.lat - y) * 111.195;
    const double east = (p->at.lon - x) * 111.195 * cos((p->at.lat + y) / 2 / 57.29577951308232);
    return hypot(north, east) > 60;
}

/* Where the seat of each raion is, and the town of each row that names none; by the built-in places. */
static const struct {
    const char *area, *key;
} seats[] = {
    { "АЛЕКСЕЕВСКИЙ РАЙОН", "alexeyevka" },
    { "БЕЛГОРОДСКИЙ РАЙОН", "belgorod" },
    { "БОРИСОВСКИЙ РАЙОН", "borisovka" },
    { "ВАЛУЙСКИЙ РАЙОН", "valuyki" },
    { "ВЕЙДЕЛЕВСКИЙ РАЙОН", "veydelevka" },
    { "ВОЛОКОНОВСКИЙ РАЙОН", "volokonovka" },
    { "ГРАЙВОРОНСКИЙ РАЙОН", "grayvoron" },
    { "ГУБКИНСКИЙ РАЙОН", "gubkin" },
    { "ИВНЯНСКИЙ РАЙОН", "ivnya" },
    { "КОРОЧАНСКИЙ РАЙОН", "korocha" },
    { "КРАСНЕНСКИЙ РАЙОН", "krasnoye" },
    { "КРАСНОГВАРДЕЙСКИЙ РАЙОН", "biryuch" },
    { "КРАСНОЯРУЖСКИЙ РАЙОН", "krasnaya_yaruga" },
    { "НОВООСКОЛЬСКИЙ РАЙОН", "novy_oskol" },
    { "ПРОХОРОВСКИЙ РАЙОН", "prokhorovka" },
    { "РАКИТЯНСКИЙ РАЙОН", "rakitnoye" },
    { "РОВЕНЬСКИЙ РАЙОН", "rovenki" },
    { "СТАРООСКОЛЬСКИЙ РАЙОН", "stary_oskol" },
    { "ЧЕРНЯНСКИЙ РАЙОН", "chernyanka" },
    { "ШЕБЕКИНСКИЙ РАЙОН", "shebekino" },
    { "ЯКОВЛЕВСКИЙ РАЙОН", "stroitel" },
    { "Белгород", "belgorod" },
    { "Губкин", "gubkin" },
    { "Шебекино", "shebekino" },
    { "Старый Оскол", "stary_oskol" },
    { "Алексеевка", "alexeyevka" },
    { "Валуйки", "valuyki" },
};

static double from_seat_km(const incmap_place *p)
{
    const char *area = p->admin2[0] ? p->admin2 : p->names[0].text;
    double metres = NAN;

    for (size_t i = 0; i < sizeof seats / sizeof *seats; i++) {
        const incmap_place *seat = incmap_gazetteer_by_key(reference, seats[i].key);
        ck_assert_msg(seat != NULL, "%s", seats[i].key);
        if (strncmp(area, seats[i].area, strlen(seats[i].area)) == 0)
            ck_assert_int_eq(incmap_distance(ctx, p->at, seat->at, &metres), INCMAP_OK);
    }
    return metres / 1000;
}

/* Of a group of rows, how many there are and how many of them are suspicious. */
struct share {
    const char *what;
    size_t rows, told;
};

static void count(struct share *share, bool counts, bool suspicious)
{
    share->rows += counts;
    share->told += counts && suspicious;
}

START_TEST(a_postal_file_with_wrong_points_is_told_apart)
{
    const char *folder = getenv("INCMAP_REAL_DATA");
    const incmap_doubt_options options = { .version = 1, .reference = reference };
    enum { FAR, FAR_RAION, FAR_NONE, FAR_NONE_THERE, REST, REST_NEAR, SEAT_FAR, SEAT_NEAR, SHARES };
    struct share shares[SHARES] = {
        [FAR] = { "over 60 km from the median of their raion, or of all without one", 0, 0 },
        [FAR_RAION] = { "  of them, with a raion", 0, 0 },
        [FAR_NONE] = { "  of them, without", 0, 0 },
        [FAR_NONE_THERE] = { "    of these, within 5 km of the town they name", 0, 0 },
        [REST] = { "all others", 0, 0 },
        [REST_NEAR] = { "  of them, within 30 km of the seat of their raion", 0, 0 },
        [SEAT_FAR] = { "over 60 km from the seat of their raion, or the town they name", 0, 0 },
        [SEAT_NEAR] = { "within 30 km of it", 0, 0 },
    };
    size_t without = 0;
    char path[1024];

    if (!folder) {
        printf("skipped: INCMAP_REAL_DATA names no folder with geonames_postal_belgorod.txt\n");
        return;
    }
    (void)snprintf(path, sizeof path, "%s/geonames_postal_belgorod.txt", folder);
    ck_assert_int_eq(incmap_gazetteer_add_postal(ctx, g, path, NULL), INCMAP_OK);
    ck_assert_uint_eq(incmap_gazetteer_count(g), 610);
    (void)check_all(&options);
    for (size_t i = 0; i < 610; i++) {
        const incmap_place *p = incmap_gazetteer_get(g, i);
        const bool doubted = is_suspicious(p->key), far = lies_far(i), raion = p->admin2[0] != '\0';
        const double seat_km = from_seat_km(p);
        without += (doubts_of(p->key) & INCMAP_DOUBT_NO_DISTRICT) != 0;
        count(&shares[FAR], far, doubted);
        count(&shares[FAR_RAION], far && raion, doubted);
        count(&shares[FAR_NONE], far && !raion, doubted);
        count(&shares[FAR_NONE_THERE], far && !raion && seat_km < 5, doubted);
        count(&shares[REST], !far, doubted);
        count(&shares[REST_NEAR], !far && seat_km < 30, doubted);
        count(&shares[SEAT_FAR], seat_km > 60, doubted);
        count(&shares[SEAT_NEAR], seat_km < 30, doubted);
    }
    for (size_t i = 0; i < SHARES; i++)
        printf("postal file: %-66s %3zu rows, %3zu suspicious (%.1f %%)\n", shares[i].what,
               shares[i].rows, shares[i].told,
               100.0 * (double)shares[i].told / (double)shares[i].rows);
    printf("postal file: %zu name no raion\n", without);
    ck_assert_uint_eq(shares[FAR].rows, 264);
    ck_assert_uint_eq(without, 89);
    ck_assert_uint_ge(shares[FAR_RAION].told * 100, shares[FAR_RAION].rows * 90);
    /* Of the 68 far rows without a raion those in the town that they name are where they belong, and far
     * from the middle of all such rows only; all others are told. */
    ck_assert_uint_eq(shares[FAR_NONE_THERE].told, 0);
    ck_assert_uint_eq(shares[FAR_NONE].told + shares[FAR_NONE_THERE].rows, shares[FAR_NONE].rows);
    ck_assert_uint_ge(shares[SEAT_FAR].told * 100, shares[SEAT_FAR].rows * 98);
    ck_assert_uint_le(shares[SEAT_NEAR].told * 100, shares[SEAT_NEAR].rows * 5);
    ck_assert_uint_le(shares[REST_NEAR].told * 100, shares[REST_NEAR].rows * 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("doubt");
    TCase *tcase = tcase_create("doubt");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_loop_test(tcase, each_kind_of_wrong_row_is_told_with_its_reason_in_words, 0,
                        sizeof wrong / sizeof *wrong);
    tcase_add_test(tcase,
                   a_district_of_which_most_places_are_outside_its_region_tells_nothing_of_any);
    tcase_add_test(tcase, a_place_that_the_reference_has_there_is_not_suspicious);
    tcase_add_test(tcase, the_far_end_of_a_long_region_is_no_doubt_while_its_places_go_on_to_there);
    tcase_add_test(tcase, a_place_across_the_border_is_told);
    tcase_add_test(tcase, each_doubt_has_a_word_of_its_own);
    tcase_add_test(tcase, no_default_place_is_suspicious);
    tcase_add_test(tcase, what_the_header_forbids_is_told);
    tcase_add_test(tcase, without_memory_a_check_is_enomem_and_leaks_nothing);
    tcase_add_test(tcase, a_postal_file_with_wrong_points_is_told_apart);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
