/* SPDX-License-Identifier: MIT */
/* The default data: all of data/ is there, and nothing else than memory can keep it from opening. */
#include "harness.h"

#include <incmap/builtin.h>

#include <math.h>
#include <string.h>

#include "faulty_allocator.h"

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

START_TEST(every_failing_allocation_is_told_and_leaks_nothing)
{
    struct faulty f;
    incmap_ctx *ctx = faulty_ctx(&f);
    const long own = f.blocks;
    incmap_gazetteer *g = NULL;
    incmap_dataset *d = NULL;
    incmap_status st = INCMAP_ENOMEM;

    for (long budget = 0; st; budget++) {
        ck_assert_int_lt(budget, 10000);
        f.budget = budget;
        st = incmap_gazetteer_builtin(ctx, &g);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_ptr_null(g);
            ck_assert_int_eq(f.blocks, own);
        }
    }
    const long with_gazetteer = f.blocks;
    st = INCMAP_ENOMEM;
    for (long budget = 0; st; budget++) {
        ck_assert_int_lt(budget, 10000);
        f.budget = budget;
        st = incmap_dataset_builtin(ctx, g, &d);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_ptr_null(d);
            ck_assert_int_eq(f.blocks, with_gazetteer);
        }
    }
    incmap_dataset_free(d);
    incmap_gazetteer_free(g);
    ck_assert_int_eq(f.blocks, own);
    incmap_ctx_free(ctx);
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
    tcase_add_test(tc, every_failing_allocation_is_told_and_leaks_nothing);
    tcase_add_test(tc, missing_arguments_are_refused);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
