/* SPDX-License-Identifier: MIT */
/* The default data: all of data/ is there, and nothing else than memory can keep it from opening. */
#include "harness.h"

#include <incmap/builtin.h>

#include <math.h>
#include <string.h>

#include "faulty_tries.h"

START_TEST(default_data_are_whole)
{
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g = NULL;
    incmap_dataset *d = NULL;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &d), INCMAP_OK);
    /* Rows as data/README.md counts them. */
    ck_assert_uint_eq(incmap_gazetteer_count(g), 159 + 41);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 25);
    ck_assert_uint_eq(incmap_dataset_claim_count(d), 123);
    ck_assert_uint_eq(incmap_dataset_claimant_count(d), 26);
    ck_assert_uint_eq(incmap_dataset_source_count(d), 7);
    incmap_dataset_free(d);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}
END_TEST

START_TEST(border_posts_of_the_default_data_lie_on_the_default_border)
{
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g = NULL;
    incmap_border *b = NULL;
    int posts = 0;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &b), INCMAP_OK);
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *p = incmap_gazetteer_get(g, i);
        incmap_depth depth;
        if (!p->post || !p->post->on_border) continue;
        ck_assert_int_eq(incmap_border_measure(ctx, b, p->at, 0, &depth), INCMAP_OK);
        /* Positions are given to five decimals, half of one being 0.7 m across, and were computed with
         * edges straight in degrees, which leaves their geodesics by as much. */
        ck_assert_msg(fabs(depth.depth_m) < 2, "%s: %.3f m", p->key, depth.depth_m);
        posts++;
    }
    ck_assert_int_eq(posts, 36);
    incmap_border_free(b);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}
END_TEST

/* ---- names ---- */

/* First, or as good as the first with the verdict ambiguous. */
static bool resolves_to(incmap_ctx *ctx, const incmap_gazetteer *g, const char *name,
                        unsigned kinds, const incmap_place *place)
{
    const incmap_find_options options = { .version = 1, .kinds = kinds };
    static incmap_match matches[64];
    size_t count = 0, i = 0;

    ck_assert_int_eq(incmap_gazetteer_find(ctx, g, name, &options, matches, 64, &count), INCMAP_OK);
    while (i < count && i < 64 && matches[i].place != place)
        i++;
    if (i == count || i == 64) return false;
    if (matches[0].score - matches[i].score > INCMAP_SCORE_TIE) return false;
    return i == 0 || incmap_find_verdict(matches, count) == INCMAP_VERDICT_AMBIGUOUS;
}

/* A post that bears a settlement's name stands behind that; among posts it is the first. */
START_TEST(every_spelling_of_the_default_data_resolves_to_its_own_place)
{
    const unsigned post = INCMAP_PLACE_BIT(INCMAP_PLACE_BORDER_POST);
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g = NULL;
    size_t names = 0;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    for (size_t i = 0; i < incmap_gazetteer_count(g); i++) {
        const incmap_place *place = incmap_gazetteer_get(g, i);
        for (size_t k = 0; k < place->name_count; k++, names++)
            ck_assert_msg(resolves_to(ctx, g, place->names[k].text, place->post ? post : 0, place),
                          "%s: %s", place->key, place->names[k].text);
    }
    ck_assert_uint_gt(names, 900);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}
END_TEST

/* Spellings that reports use, most of which no list has. */
START_TEST(spellings_of_the_press_resolve_to_their_place)
{
    static const struct {
        const char *spelling, *key;
    } known[] = {
        { "Graivoron", "grayvoron" },      { "Grajvoron", "grayvoron" },
        { "Hraivoron", "grayvoron" },      { "Грайворон", "grayvoron" },
        { "Грайворона", "grayvoron" },     { "GRAYVORON", "grayvoron" },
        { "Grayvoron city", "grayvoron" }, { "Gora-Podil", "gora_podol" },
        { "Glotove", "glotovo" },          { "Kozinka checkpoint", "kozinka_velyka_pysarivka" },
    };
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g = NULL;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const incmap_place *place = incmap_gazetteer_by_key(g, known[i].key);
        ck_assert_msg(resolves_to(ctx, g, known[i].spelling, 0, place), "%s", known[i].spelling);
    }
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}
END_TEST

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(10000);
    incmap_gazetteer *g = NULL;
    incmap_dataset *d = NULL;

    while (faulty_next(&t, g))
        t.st = incmap_gazetteer_builtin(t.ctx, &g);
    faulty_again(&t, 100);
    while (faulty_next(&t, d))
        t.st = incmap_dataset_builtin(t.ctx, g, &d);
    incmap_dataset_free(d);
    incmap_gazetteer_free(g);
    faulty_end(&t, 50);
}
END_TEST

START_TEST(missing_arguments_are_refused)
{
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *g = NULL;
    incmap_dataset *d = NULL;

    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(NULL, &g), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_border_builtin(ctx, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_builtin(ctx, NULL, &d), INCMAP_EARG);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    /* A gazetteer without the places that the incidents name. */
    ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &d), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "incidents.csv:2"));
    ck_assert_ptr_null(d);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("builtin");
    TCase *tc = tcase_create("builtin");
    tcase_add_test(tc, default_data_are_whole);
    tcase_add_test(tc, border_posts_of_the_default_data_lie_on_the_default_border);
    tcase_add_test(tc, every_spelling_of_the_default_data_resolves_to_its_own_place);
    tcase_add_test(tc, spellings_of_the_press_resolve_to_their_place);
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    tcase_add_test(tc, missing_arguments_are_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
