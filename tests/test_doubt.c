/* SPDX-License-Identifier: MIT */
/* Rows that look wrong: each doubt by a row made for it, and the shares on a postal file of which many
 * points are wrong. */
#include "harness.h"
#include "faulty_allocator.h"
#include "scratch.h"
#include "tables.h"

#include <math.h>

#include <incmap/builtin.h>
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
                                 .located = true,
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

START_TEST(every_kind_of_wrong_row_is_told_with_its_reason)
{
    const incmap_doubt_options options = { .version = 1, .reference = reference };

    add_district("east", 50.8013, 38.0007);
    add_district("west", 50.5511, 36.4013);
    add_village("far", "Дальнее", "east", 50.6017, 36.4713);
    add_village("abroad", "Заречное", "east", 53.2013, 44.9007);
    add_village("exchanged", "Обратное", "east", 38.0211, 50.8117);
    add_village("twice", "Деревня east A", "east", 50.8014, 38.0008);
    add_village("minutes", "Круглое", "east", 50.85, 38.05);
    add_village("shared", "Чужое", "west", 50.8013 + 0.0503, 38.0007);
    add_village("without", "Ничьё", "", 50.8123, 38.0217);
    ck_assert_uint_eq(check_all(&options), 6);
    ck_assert_uint_eq(doubts_of("east5"), 0);
    ck_assert_uint_eq(doubts_of("far"),
                      INCMAP_DOUBT_FAR_FROM_SIBLINGS | INCMAP_DOUBT_OTHERS_AROUND);
    ck_assert_uint_eq(doubts_of("abroad") & INCMAP_DOUBT_OUTSIDE_REGION,
                      INCMAP_DOUBT_OUTSIDE_REGION);
    ck_assert_ptr_nonnull(strstr(text_of("abroad"), " km from the middle of its region"));
    ck_assert_uint_eq(doubts_of("exchanged") & INCMAP_DOUBT_EXCHANGED, INCMAP_DOUBT_EXCHANGED);
    ck_assert_uint_eq(doubts_of("twice"), INCMAP_DOUBT_DUPLICATE);
    ck_assert_str_eq(text_of("twice"), "may be the same as Деревня east A");
    ck_assert_uint_eq(doubts_of("east0"), INCMAP_DOUBT_DUPLICATE);
    ck_assert_uint_eq(doubts_of("minutes"), INCMAP_DOUBT_WHOLE_MINUTES);
    ck_assert_uint_eq(doubts_of("shared") & INCMAP_DOUBT_SHARED_POINT, INCMAP_DOUBT_SHARED_POINT);
    ck_assert_uint_eq(doubts_of("without"), INCMAP_DOUBT_NO_DISTRICT);
    ck_assert_str_eq(text_of("without"),
                     "names no district, so that there are no siblings to compare");
}
END_TEST

START_TEST(a_place_across_the_border_and_one_on_its_namesake_are_told)
{
    incmap_doubt_options options = { .version = 1, .reference = reference };
    incmap_border *border = NULL;

    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    options.border = border;
    options.inside = "RU";
    options.outside = "UA";
    add_district("east", 50.8013, 38.0007);
    add_village("over", "Заречное", "east", 50.3013, 36.0007); /* 10 km inside Ukraine */
    add_village("namesake", "Козинка", "east", 50.4614, 35.6025);
    (void)check_all(&options);
    ck_assert_uint_eq(doubts_of("over") & INCMAP_DOUBT_WRONG_SIDE, INCMAP_DOUBT_WRONG_SIDE);
    ck_assert_uint_eq(doubts_of("east3") & INCMAP_DOUBT_WRONG_SIDE, 0);
    ck_assert_uint_eq(doubts_of("namesake") & INCMAP_DOUBT_HOMONYM, INCMAP_DOUBT_HOMONYM);
    ck_assert_ptr_nonnull(strstr(text_of("namesake"), "lies where there is another Kozinka"));
    incmap_border_free(border);
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
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    size_t n = 42;
    long tries = 0;
    incmap_status st;

    add_district("east", 50.8013, 38.0007);
    ck_assert_int_eq(incmap_gazetteer_prepare(ctx, reference), INCMAP_OK);
    do {
        faulty.budget = tries++;
        st = incmap_gazetteer_check(poor, g, &options, NULL, NULL, &n);
        ck_assert_int_eq(faulty.blocks, 1); /* the context's own */
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_uint_eq(n, 42);
        }
    } while (st);
    ck_assert_int_gt(tries, 5);
    incmap_ctx_free(poor);
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

START_TEST(a_postal_file_with_wrong_points_is_told_apart)
{
    const char *folder = getenv("INCMAP_REAL_DATA");
    const incmap_doubt_options options = { .version = 1, .reference = reference };
    size_t far = 0, far_told = 0, far_with = 0, far_with_told = 0, rest_told = 0, without = 0;
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
        bool suspicious = false;
        for (size_t k = 0; k < told_count; k++)
            if (strcmp(told[k].key, p->key) == 0) suspicious = told[k].suspicious;
        without += (doubts_of(p->key) & INCMAP_DOUBT_NO_DISTRICT) != 0;
        if (lies_far(i)) {
            far++;
            far_told += suspicious;
            far_with += p->admin2[0] != '\0';
            far_with_told += p->admin2[0] && suspicious;
        } else {
            rest_told += suspicious;
        }
    }
    printf(
        "postal file: of %zu rows far from the median of their district %zu told (%.1f%%), of the "
        "%zu of them that name a district %zu (%.1f%%); of the other %zu rows %zu (%.1f%%); %zu "
        "name no district\n",
        far, far_told, 100.0 * (double)far_told / (double)far, far_with, far_with_told,
        100.0 * (double)far_with_told / (double)far_with, 610 - far, rest_told,
        100.0 * (double)rest_told / (double)(610 - far), without);
    ck_assert_uint_eq(far, 264);
    ck_assert_uint_eq(without, 89);
    /* Of the 68 far rows without a district many are where they belong (Valuyki, Shebekino): they are
     * far only from the middle of all such rows. */
    ck_assert_uint_ge(far_with_told * 100, far_with * 90);
    ck_assert_uint_le(rest_told * 100, (610 - far) * 5);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("doubt");
    TCase *tcase = tcase_create("doubt");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, every_kind_of_wrong_row_is_told_with_its_reason);
    tcase_add_test(tcase, a_place_across_the_border_and_one_on_its_namesake_are_told);
    tcase_add_test(tcase, no_default_place_is_suspicious);
    tcase_add_test(tcase, what_the_header_forbids_is_told);
    tcase_add_test(tcase, without_memory_a_check_is_enomem_and_leaks_nothing);
    tcase_add_test(tcase, a_postal_file_with_wrong_points_is_told_apart);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
