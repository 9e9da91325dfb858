/* SPDX-License-Identifier: MIT */
/* What is offered for a name that is near no listed one: the nearest spellings of all, by a rank that a plain
 * slow comparison with every name gives as well, and never to be taken. */
#include "harness.h"
#include "faulty_allocator.h"
#include "random.h"
#include "tables.h"

#include <math.h>

#include <incmap/builtin.h>

enum { MOST = 8, OFFERED = 5 };

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_match matches[MOST];

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
}

static void setup_empty(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
}

static void teardown(void)
{
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static size_t find(const char *name, incmap_find_options options)
{
    size_t count = 9999;
    options.version = 1;
    ck_assert_msg(incmap_gazetteer_find(ctx, g, name, &options, matches, MOST, &count) == INCMAP_OK,
                  "%s: %s", name, incmap_ctx_message(ctx));
    return count;
}

static size_t find_nearest(const char *name)
{
    return find(name, (incmap_find_options){ .spelling = INCMAP_SPELLING_NEAREST });
}

static const char *reason(const incmap_match *match)
{
    static char text[512];
    (void)incmap_match_reason_text(match, text, sizeof text);
    return text;
}

/* A place with up to four names, NULL after the last. */
static void add(const char *key, const char *const names[4], const char *country,
                int64_t population)
{
    incmap_place_name list[4];
    incmap_place place = { .key = key,
                           .kind = INCMAP_PLACE_VILLAGE,
                           .located = true,
                           .at = { 50, 35 },
                           .coord_uncertainty_m = 1000,
                           .extent_radius_m = NAN,
                           .country = country,
                           .names = list,
                           .population = population,
                           .population_year = -1 };
    for (; place.name_count < 4 && names[place.name_count]; place.name_count++)
        list[place.name_count] =
            (incmap_place_name){ names[place.name_count], "", place.name_count > 0 };
    place.at.lat += (double)incmap_gazetteer_count(g) * 0.05;
    ck_assert_msg(incmap_gazetteer_add(ctx, g, &place) == INCMAP_OK, "%s", incmap_ctx_message(ctx));
}

static void add_one(const char *key, const char *name)
{
    add(key, (const char *const[4]){ name }, "UA", -1);
}

/* ---- what is offered ---- */

static const struct {
    const char *asked, *first; /* its reason */
} far_off[] = {
    { "Atlantis", "five letters from Latvia" },
    { "Mordor", "three letters from Moscow" },
    { "Gotham", "four letters from Glotowo, name of Glotovo" },
    { "Springfield", "seven letters from Stroitel', name of Stroitel" },
    { "Эльдорадо", "six letters from Дорогощ, Ukrainian name of Dorogoshch" },
    { "Лемурия", "three letters from Венгрия, Russian name of Hungary" },
    { "city of Gotham", "four letters from Moskau, name of Moscow" }, /* a city */
};

START_TEST(a_name_near_nothing_gets_the_nearest_spellings_with_their_letters_counted)
{
    const char *asked = far_off[_i].asked;
    const size_t count = find_nearest(asked);

    ck_assert_msg(count >= 1 && count <= OFFERED, "%s: %zu", asked, count);
    ck_assert_str_eq(reason(&matches[0]), far_off[_i].first);
    ck_assert_int_eq(incmap_find_verdict(matches, count), INCMAP_VERDICT_NONE);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(matches[i].only_offered, "%s", asked);
        ck_assert_msg(matches[i].score > 0 && matches[i].score <= 0.6, "%s: %g", asked,
                      matches[i].score);
        ck_assert_int_eq(matches[i].reason, INCMAP_REASON_MISSPELT);
        ck_assert_msg(i == 0 || matches[i].edits >= matches[i - 1].edits || matches[i].other_kind,
                      "%s: %zu", asked, i);
    }
    /* Who asks for a table does not pay for it. */
    ck_assert_uint_eq(find(asked, (incmap_find_options){ .spelling = INCMAP_SPELLING_OFFER }), 0);
}
END_TEST

START_TEST(what_is_found_is_answered_as_without_it)
{
    static const char *const names[] = { "Kozinka", "Belgorod", "Grayvorn", "Bozimka", "Rjpbyrf" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        incmap_match before[MOST];
        const size_t n = find(names[i], (incmap_find_options){ .spelling = INCMAP_SPELLING_OFFER });
        memcpy(before, matches, sizeof before);
        ck_assert_uint_eq(find_nearest(names[i]), n);
        for (size_t k = 0; k < n && k < MOST; k++) {
            ck_assert_ptr_eq(matches[k].place, before[k].place);
            ck_assert_double_eq(matches[k].score, before[k].score);
            ck_assert_int_eq(matches[k].only_offered, before[k].only_offered);
        }
    }
}
END_TEST

static const struct {
    const char *why, *asked;
} near_nothing[] = {
    { "two letters", "Oz" },
    { "digits alone", "4812162342" },
    { "two letters and digits", "X9 2000" },
    { "no letter of any name", "Qqqqqq" },
    { "a script that has no sounds here", "ატლანტიდა" },
    { "more letters than any name has", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoc"
                                        "hllanfairpwllgwyngyll" },
};

START_TEST(nonsense_is_near_nothing)
{
    ck_assert_msg(find_nearest(near_nothing[_i].asked) == 0, "%s", near_nothing[_i].why);
}
END_TEST

START_TEST(nothing_is_offered_out_of_the_context_asked_for)
{
    incmap_find_options options = { .spelling = INCMAP_SPELLING_NEAREST };
    size_t count;

    options.country = "RU";
    count = find("Атлантида", options);
    ck_assert_uint_ge(count, 1);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(matches[i].place->country, "RU");
    options.country = NULL;
    options.kinds = INCMAP_PLACE_BIT(INCMAP_PLACE_COUNTRY);
    count = find("Атлантида", options);
    ck_assert_uint_ge(count, 1);
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(matches[i].place->kind, INCMAP_PLACE_COUNTRY);
    options.kinds = 0;
    options.admin1 = "Sumy Oblast";
    count = find("Атлантида", options);
    ck_assert_uint_ge(count, 1);
    for (size_t i = 0; i < count; i++)
        ck_assert_str_eq(matches[i].place->admin1, "Sumy Oblast");
}
END_TEST

START_TEST(an_area_that_the_text_names_is_context_too)
{
    const size_t count = find_nearest("Атлантида (Сумская область)");
    ck_assert_uint_ge(count, 1);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(matches[i].place->admin1, "Sumy Oblast");
        ck_assert(matches[i].area_said);
    }
}
END_TEST

START_TEST(a_place_of_that_very_name_in_another_area_is_offered_alone)
{
    ck_assert_uint_eq(find_nearest("Козинка, Харьковская область"), 1);
    ck_assert_str_eq(matches[0].place->key, "kozinka");
    ck_assert_str_eq(reason(&matches[0]), "Russian name of Kozinka");
    ck_assert_uint_eq(matches[0].edits, 0);
    ck_assert(matches[0].only_offered && !matches[0].area_said);
    ck_assert_int_eq(incmap_find_verdict(matches, 1), INCMAP_VERDICT_NONE);
}
END_TEST

START_TEST(of_places_that_share_a_spelling_the_largest_stands_for_all)
{
    add("small", (const char *const[4]){ "Kazantip" }, "UA", 200);
    add("large", (const char *const[4]){ "Kazantip" }, "UA", 3000);
    add("unknown", (const char *const[4]){ "Kazantip" }, "UA", -1);
    add("abroad", (const char *const[4]){ "Kazantip" }, "RU", 90000);
    ck_assert_uint_eq(
        find("Atlantis",
             (incmap_find_options){ .country = "UA", .spelling = INCMAP_SPELLING_NEAREST }),
        1);
    ck_assert_str_eq(matches[0].place->key, "large");
    ck_assert_str_eq(reason(&matches[0]), "four letters from Kazantip");
}
END_TEST

START_TEST(names_in_another_script_only_are_offered_by_their_sounds)
{
    add_one("latin", "Kazantip");
    add_one("other", "Zzyzx");
    ck_assert_uint_eq(find_nearest("Атлантида"), 1);
    ck_assert_str_eq(matches[0].place->key, "latin");
    /* atlontida and kozontip: as both are read, without regard to а and о. */
    ck_assert_str_eq(reason(&matches[0]), "five letters from Kazantip");
    /* One in the script of the text is compared by its letters, and wins. */
    add_one("cyrillic", "Патлаївка");
    ck_assert_uint_eq(find_nearest("Атлантида"), 1);
    ck_assert_str_eq(matches[0].place->key, "cyrillic");
}
END_TEST

START_TEST(what_is_only_offered_is_no_neighbour_of_what_is_named_beside_it)
{
    static const char *const names[] = { "Glotovo", "Atlantis" };
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    incmap_match alone, found[2][MOST];
    size_t counts[2];

    options.spelling = INCMAP_SPELLING_NEAREST;
    ck_assert_uint_ge(find("Glotovo", options), 1);
    alone = matches[0];
    ck_assert_int_eq(
        incmap_gazetteer_find_together(ctx, g, names, 2, &options, &found[0][0], MOST, counts),
        INCMAP_OK);
    ck_assert_ptr_eq(found[0][0].place, alone.place);
    ck_assert_double_eq(found[0][0].score, alone.score);
    ck_assert_ptr_null(found[0][0].near_place);
    ck_assert_uint_ge(counts[1], 1);
    ck_assert_int_eq(incmap_find_verdict(found[1], counts[1]), INCMAP_VERDICT_NONE);
}
END_TEST

/* ---- the slow way ---- */

enum { LETTERS = 24, PLACES = 400, NAMES = 3 };

static char name_texts[PLACES][NAMES][LETTERS];
static int name_counts[PLACES];

/* What a name's rank is made of; smaller is nearer. */
struct rank {
    int edits, runs, begin, end;
    int place, name;
};

/* The textbook table: a letter put in, left out, taken for another, two neighbours exchanged. */
static int count_edits(const char *a, const char *b)
{
    static int table[LETTERS + 1][LETTERS + 1];
    const int n = (int)strlen(a), m = (int)strlen(b);

    for (int i = 0; i <= n; i++)
        for (int k = 0; k <= m; k++) {
            int least = i > k ? i : k;
            if (i && k) {
                least = table[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
                if (table[i - 1][k] + 1 < least) least = table[i - 1][k] + 1;
                if (table[i][k - 1] + 1 < least) least = table[i][k - 1] + 1;
                if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1] &&
                    table[i - 2][k - 2] + 1 < least)
                    least = table[i - 2][k - 2] + 1;
            }
            table[i][k] = least;
        }
    return table[n][m];
}

static struct rank rank_of(const char *asked, const char *name)
{
    const size_t n = strlen(asked), m = strlen(name);
    struct rank rank = { .edits = count_edits(asked, name) };

    for (size_t i = 0; i + 3 <= m; i++) {
        const char run[4] = { name[i], name[i + 1], name[i + 2], '\0' };
        rank.runs -= strstr(asked, run) != NULL;
    }
    while (asked[-rank.begin] && asked[-rank.begin] == name[-rank.begin])
        rank.begin--;
    while ((size_t)-rank.end < n && (size_t)-rank.end < m &&
           asked[n - 1 - (size_t)-rank.end] == name[m - 1 - (size_t)-rank.end])
        rank.end--;
    return rank;
}

static int compare(const struct rank *x, const struct rank *y)
{
    if (x->edits != y->edits) return x->edits - y->edits;
    if (x->runs != y->runs) return x->runs - y->runs;
    return x->begin != y->begin ? x->begin - y->begin : x->end - y->end;
}

static int by_rank(const void *a, const void *b)
{
    return compare(a, b);
}

static void make_name(test_random *r, char name[LETTERS])
{
    /* Few letters, so that many names are as far off as one another. */
    static const char letters[] = "adklmnorst";
    const int n = 4 + (int)random_between(r, 0, 12);

    for (int i = 0; i < n; i++)
        name[i] = letters[(int)random_between(r, 0, 10)];
    name[n] = '\0';
}

static void make_world(test_random *r)
{
    char key[16];

    for (int p = 0; p < PLACES; p++) {
        const char *names[4] = { NULL };
        name_counts[p] = 1 + (int)random_between(r, 0, NAMES);
        for (int i = 0; i < name_counts[p]; i++) {
            const int other = (int)random_between(r, 0, p + 1);
            /* One in eight is another place's, one in eight nearly one of its own. */
            const double chance = random_between(r, 0, 8);
            if (chance < 1 && other < p)
                memcpy(name_texts[p][i], name_texts[other][0], LETTERS);
            else
                make_name(r, name_texts[p][i]);
            if (chance > 7 && i) {
                memcpy(name_texts[p][i], name_texts[p][0], LETTERS);
                name_texts[p][i][1] = 'u';
            }
            names[i] = name_texts[p][i];
        }
        (void)snprintf(key, sizeof key, "k%d", p);
        add(key, names, "UA", -1);
        /* Asking in between makes layers of the index. */
        if (p % 97 == 0) (void)find_nearest("adkadk");
    }
}

/* The nearest names, no place and no spelling twice; how many. */
static size_t expect(const char *asked, struct rank out[OFFERED])
{
    static struct rank all[PLACES * NAMES];
    const int most = (int)strlen(asked) * 2 / 3;
    size_t n = 0, kept = 0;

    for (int p = 0; p < PLACES; p++)
        for (int i = 0; i < name_counts[p]; i++) {
            all[n] = rank_of(asked, name_texts[p][i]);
            all[n].place = p;
            all[n].name = i;
            n += all[n].edits <= most;
        }
    qsort(all, n, sizeof *all, by_rank);
    for (size_t i = 0; i < n && kept < OFFERED; i++) {
        bool again = false;
        for (size_t k = 0; k < kept; k++)
            again |=
                out[k].place == all[i].place || strcmp(name_texts[out[k].place][out[k].name],
                                                       name_texts[all[i].place][all[i].name]) == 0;
        if (!again) out[kept++] = all[i];
    }
    return kept;
}

START_TEST(the_rank_is_that_of_a_plain_distance_to_every_name)
{
    const uint64_t seed = test_seed(20230522);
    test_random r = { seed };
    int compared = 0, full = 0;

    make_world(&r);
    for (int q = 0; q < 600; q++) {
        struct rank expected[OFFERED];
        char asked[LETTERS];
        size_t n, count;
        make_name(&r, asked);
        if (find(asked, (incmap_find_options){ .spelling = INCMAP_SPELLING_OFFER })) continue;
        n = expect(asked, expected);
        count = find_nearest(asked);
        ck_assert_msg(count == n, "seed %llu, %s: %zu, expected %zu", (unsigned long long)seed,
                      asked, count, n);
        for (size_t i = 0; i < n; i++) {
            const struct rank got = rank_of(asked, matches[i].name);
            ck_assert_msg(compare(&got, &expected[i]) == 0 &&
                              matches[i].edits == (unsigned)got.edits,
                          "seed %llu, %s: place %zu is %s, %u edits, expected %s, %d",
                          (unsigned long long)seed, asked, i, matches[i].name, matches[i].edits,
                          name_texts[expected[i].place][expected[i].name], expected[i].edits);
        }
        compared++;
        full += n == OFFERED;
    }
    ck_assert_msg(compared > 100 && full > 50, "%d compared, %d of five", compared, full);
}
END_TEST

/* ---- memory ---- */

/* More marks than the room for folding, which needs an allocation then, and no other letters. */
static const char *with_marks(const char *name)
{
    static char text[512];
    size_t used = strlen(name);

    memcpy(text, name, used);
    for (int i = 0; i < 140; i++) {
        memcpy(text + used, "\u0301", 2);
        used += 2;
    }
    text[used] = '\0';
    return text;
}

/* In a gazetteer of one name, with an allocation for the text asked for or for the name. */
static const struct {
    const char *why, *listed, *asked;
    bool marked; /* the text asked for */
} poor[] = {
    { "folding what is asked for", "Kazantip", "Atlantis", true },
    { "folding what is listed, to see its script", "Kazantip", "Атлантида", false },
};

START_TEST(without_memory_offering_is_enomem_leaks_nothing_and_leaves_the_output)
{
    struct faulty faulty = { 0, 0 };
    incmap_ctx *with = faulty_ctx(&faulty);
    incmap_find_options options = INCMAP_FIND_OPTIONS_INIT;
    const char *asked = poor[_i].asked;
    long tries = 0;
    incmap_status st;

    options.spelling = INCMAP_SPELLING_NEAREST;
    add_one("listed", poor[_i].marked ? poor[_i].listed : with_marks(poor[_i].listed));
    if (poor[_i].marked) asked = with_marks(asked);
    ck_assert_int_eq(incmap_gazetteer_prepare(ctx, g), INCMAP_OK);
    do {
        incmap_match found = { .score = 42 };
        size_t count = 7;
        faulty.budget = tries++;
        st = incmap_gazetteer_find(with, g, asked, &options, &found, 1, &count);
        if (st) {
            ck_assert_msg(st == INCMAP_ENOMEM, "%s", poor[_i].why);
            ck_assert_double_eq(found.score, 42);
            ck_assert_uint_eq(count, 7);
        } else {
            ck_assert_uint_eq(count, 1);
            ck_assert(found.only_offered);
        }
        ck_assert_int_eq(faulty.blocks, 1); /* the context's own */
    } while (st);
    ck_assert_msg(tries > 1, "%s: nothing was allocated", poor[_i].why);
    incmap_ctx_free(with);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("far_names");
    TCase *built_in = tcase_create("built in"), *own = tcase_create("own");
    tcase_add_checked_fixture(built_in, setup, teardown);
    tcase_add_loop_test(built_in,
                        a_name_near_nothing_gets_the_nearest_spellings_with_their_letters_counted,
                        0, sizeof far_off / sizeof *far_off);
    tcase_add_test(built_in, what_is_found_is_answered_as_without_it);
    tcase_add_loop_test(built_in, nonsense_is_near_nothing, 0,
                        sizeof near_nothing / sizeof *near_nothing);
    tcase_add_test(built_in, nothing_is_offered_out_of_the_context_asked_for);
    tcase_add_test(built_in, an_area_that_the_text_names_is_context_too);
    tcase_add_test(built_in, a_place_of_that_very_name_in_another_area_is_offered_alone);
    tcase_add_test(built_in, what_is_only_offered_is_no_neighbour_of_what_is_named_beside_it);
    tcase_add_checked_fixture(own, setup_empty, teardown);
    tcase_add_test(own, of_places_that_share_a_spelling_the_largest_stands_for_all);
    tcase_add_test(own, names_in_another_script_only_are_offered_by_their_sounds);
    tcase_add_test(own, the_rank_is_that_of_a_plain_distance_to_every_name);
    tcase_add_loop_test(own, without_memory_offering_is_enomem_leaks_nothing_and_leaves_the_output,
                        0, sizeof poor / sizeof *poor);
    suite_add_tcase(suite, built_in);
    suite_add_tcase(suite, own);
    return run_suite(suite);
}
