/* SPDX-License-Identifier: MIT */
/* What is built and then only read serves many threads at once, each with its own context; the thread
 * sanitizer says more about these tests than their answers do. */
#include "harness.h"

#include <incmap/incmap.h>

#include <pthread.h>
#include <string.h>

#include "scratch.h"

enum { THREADS = 4, ROUNDS = 20, NAMES = 4, MOST = 8 };

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_border *border;
static incmap_dataset *dataset;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_border_builtin(ctx, &border), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &dataset), INCMAP_OK);
    scratch_make();
}

static void teardown(void)
{
    scratch_remove();
    incmap_dataset_free(dataset);
    incmap_border_free(border);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

/* What one thread came to. Padding is zeroed, so that two of them compare as bytes. */
struct answer {
    int number;
    size_t failures;
    size_t counts[NAMES];
    const incmap_place *found[NAMES][MOST];
    const incmap_place *near[MOST];
    size_t lines;
    double depth_m;
};

static size_t ask_names(incmap_ctx *own, struct answer *a)
{
    static const char *const names[NAMES] = { "Козинка", "BELGOROD", "Graivoron", "Гора-Поділ" };
    size_t failures = 0;

    for (int n = 0; n < NAMES; n++) {
        incmap_match matches[MOST];
        failures += incmap_gazetteer_find(own, g, names[n], NULL, matches, MOST, &a->counts[n]) !=
                    INCMAP_OK;
        for (size_t i = 0; i < a->counts[n] && i < MOST; i++)
            a->found[n][i] = matches[i].place;
    }
    failures += !incmap_gazetteer_by_key(g, "kozinka");
    failures +=
        incmap_gazetteer_find(own, g, "\xFF", NULL, NULL, 0, &a->counts[0]) != INCMAP_EPARSE;
    return failures;
}

static size_t ask_near(incmap_ctx *own, struct answer *a)
{
    incmap_near near[MOST];
    size_t count = 0;
    const bool failed = incmap_gazetteer_nearest(own, g, (incmap_coord){ 50.46, 35.6 }, NULL, MOST,
                                                 near, &count) != INCMAP_OK;

    for (size_t i = 0; i < count; i++)
        a->near[i] = near[i].place;
    return failed || count != MOST;
}

static size_t ask_dataset(incmap_ctx *own, struct answer *a)
{
    incmap_tally *tally = NULL;
    size_t failures = incmap_tally_new(own, dataset, SIZE_MAX, NULL, 0, &tally) != INCMAP_OK;

    a->lines = incmap_tally_count(tally);
    incmap_tally_free(tally);
    a->depth_m = 0;
    for (size_t i = 0; i < incmap_dataset_incident_count(dataset); i++) {
        incmap_placed placed;
        incmap_depth d;
        failures += incmap_incident_measure(own, incmap_dataset_incident(dataset, i), border, &d,
                                            &placed) != INCMAP_OK;
        if (placed == INCMAP_PLACED_MEASURED) a->depth_m += d.depth_m;
    }
    return failures;
}

static void *ask(void *user)
{
    struct answer *a = user;
    incmap_ctx *own = NULL;

    if (incmap_ctx_new(NULL, &own)) a->failures++;
    for (int round = 0; own && round < ROUNDS; round++)
        a->failures += ask_names(own, a) + ask_near(own, a) + ask_dataset(own, a);
    incmap_ctx_free(own);
    return NULL;
}

static void run_threads(void *(*body)(void *), struct answer answers[THREADS])
{
    pthread_t threads[THREADS];

    memset(answers, 0, THREADS * sizeof *answers);
    for (int t = 0; t < THREADS; t++) {
        answers[t].number = t;
        ck_assert_int_eq(pthread_create(&threads[t], NULL, body, &answers[t]), 0);
    }
    for (int t = 0; t < THREADS; t++)
        pthread_join(threads[t], NULL);
    for (int t = 0; t < THREADS; t++)
        ck_assert_uint_eq(answers[t].failures, 0);
}

START_TEST(threads_share_a_gazetteer_and_a_dataset)
{
    static struct answer answers[THREADS];

    run_threads(ask, answers);
    ck_assert_uint_ge(answers[0].counts[1], 2); /* the city and the region */
    ck_assert_uint_gt(answers[0].lines, 0);
    for (int t = 1; t < THREADS; t++) {
        answers[t].number = 0;
        ck_assert_mem_eq(&answers[t], &answers[0], sizeof answers[0]);
    }
}
END_TEST

/* scratch/KIND-T.EXTENSION; scratch_path() keeps its texts for one thread. */
static void layer_path(char *path, size_t size, const char *kind, int thread, const char *extension)
{
    (void)snprintf(path, size, "%s/%s-%d%s", scratch, kind, thread, extension);
}

static void *write_layers(void *user)
{
    struct answer *a = user;
    incmap_ctx *own = NULL;
    char path[512];

    if (incmap_ctx_new(NULL, &own)) a->failures++;
    for (int round = 0; own && round < 3; round++) {
        layer_path(path, sizeof path, "incidents", a->number, "");
        a->failures +=
            incmap_layer_write_incidents(own, path, dataset, border, NULL, NULL) != INCMAP_OK;
        layer_path(path, sizeof path, "border", a->number, "");
        a->failures += incmap_layer_write_border(own, path, border, NULL, NULL) != INCMAP_OK;
        /* Failing is a matter of one's own context, too. */
        a->failures +=
            incmap_layer_write_border(own, "/no/such/folder/x", border, NULL, NULL) != INCMAP_EIO;
    }
    incmap_ctx_free(own);
    return NULL;
}

START_TEST(threads_write_layers_side_by_side)
{
    static const char *const extensions[] = { ".shp", ".shx", ".dbf", ".prj", ".cpg" };
    static struct answer answers[THREADS];
    char first[512], other[512];

    run_threads(write_layers, answers);
    for (int t = 1; t < THREADS; t++)
        for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
            layer_path(first, sizeof first, "incidents", 0, extensions[i]);
            layer_path(other, sizeof other, "incidents", t, extensions[i]);
            assert_same_file(first, other);
            layer_path(first, sizeof first, "border", 0, extensions[i]);
            layer_path(other, sizeof other, "border", t, extensions[i]);
            assert_same_file(first, other);
        }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("threads");
    TCase *tc = tcase_create("threads");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, threads_share_a_gazetteer_and_a_dataset);
    tcase_add_test(tc, threads_write_layers_side_by_side);
    suite_add_tcase(suite, tc);
    return run_suite(suite);
}
