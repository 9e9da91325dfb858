/* SPDX-License-Identifier: MIT */
/* A style that somebody edited outlives every export, whatever becomes of the layer meanwhile; one that
 * nobody touched is written anew. */
#include "harness.h"
#include "faulty_tries.h"
#include "random.h"
#include "scratch.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <incmap/incmap.h>

static incmap_ctx *ctx;
static incmap_gazetteer *gazetteer;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &gazetteer), INCMAP_OK);
    scratch_make();
}

static void teardown(void)
{
    scratch_remove();
    incmap_gazetteer_free(gazetteer);
    incmap_ctx_free(ctx);
}

static incmap_status write_posts(incmap_ctx *with, const char *language, bool restyle, bool *kept)
{
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    incmap_layer_result result = { .features = 0 };
    incmap_status st;

    options.language = language;
    options.restyle = restyle;
    st = incmap_layer_write_posts(with, scratch_path("l"), gazetteer, &options, &result);
    if (!st) *kept = result.style_kept;
    return st;
}

static bool must_write(const char *language, bool restyle)
{
    bool kept = false;
    ck_assert_msg(write_posts(ctx, language, restyle, &kept) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    return kept;
}

static char *style(size_t *size)
{
    char *text = scratch_bytes(scratch_path("l.qml"), size);
    ck_assert_ptr_nonnull(text);
    return text;
}

static void put_style(const char *text, size_t size)
{
    scratch_write(scratch_path("l.qml"), text, size);
}

static void assert_style_is(const char *text, size_t size)
{
    size_t now_size = 0;
    char *now = style(&now_size);
    ck_assert_uint_eq(now_size, size);
    ck_assert_int_eq(memcmp(now, text, size), 0);
    free(now);
}

static const char saved_by_qgis[] =
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    "<qgis version=\"3.34.4-Prizren\" styleCategories=\"AllStyleCategories\">\n"
    "  <renderer-v2 type=\"nullSymbol\"/>\n</qgis>\n";

START_TEST(a_style_that_nobody_touched_is_written_anew)
{
    size_t english_size = 0, russian_size = 0;
    char *english, *russian;

    ck_assert(!must_write("en", false));
    english = style(&english_size);
    ck_assert(!must_write("ru", false));
    russian = style(&russian_size);
    ck_assert(english_size != russian_size || memcmp(english, russian, english_size) != 0);
    ck_assert(!must_write("en", false));
    assert_style_is(english, english_size);
    free(english);
    free(russian);
}
END_TEST

/* What an edit may be; `at` counts from the start, or, negative, from the end. */
static const struct {
    const char *why;
    long at;
    char byte;
} edits[] = {
    { "a byte in the head", 30, 'x' },
    { "a byte near the end of the style", -120, 'x' },
    { "a byte of the mark's hash", -50, 'g' },
    { "a byte of the mark's words", -10, 'X' },
};

START_TEST(a_style_with_one_byte_changed_is_kept_and_told)
{
    size_t size = 0;
    char *text;

    ck_assert(!must_write("en", false));
    text = style(&size);
    text[edits[_i].at >= 0 ? (size_t)edits[_i].at : size - (size_t)-edits[_i].at] = edits[_i].byte;
    put_style(text, size);
    ck_assert_msg(must_write("ru", false), "%s", edits[_i].why);
    assert_style_is(text, size);
    ck_assert(must_write("ru", false)); /* and ever after */
    free(text);
}
END_TEST

/* Styles that incmap did not write. */
static const struct {
    const char *why, *text;
} foreign[] = {
    { "saved by QGIS, which leaves the mark out", saved_by_qgis },
    { "empty", "" },
    { "the mark of an empty style before another",
      "<!-- incmap cbf29ce484222325: what was edited is kept -->\n<qgis/>\n" },
    { "shorter than a mark", "<qgis/>" },
};

START_TEST(a_style_of_others_is_kept_and_the_rest_of_the_set_is_new)
{
    char *shapes, *again;
    size_t size = 0, again_size = 0;

    put_style(foreign[_i].text, strlen(foreign[_i].text));
    ck_assert_msg(must_write("en", false), "%s", foreign[_i].why);
    assert_style_is(foreign[_i].text, strlen(foreign[_i].text));
    shapes = scratch_bytes(scratch_path("l.dbf"), &size);
    ck_assert_int_eq(unlink(scratch_path("l.dbf")), 0);
    ck_assert(must_write("en", false));
    again = scratch_bytes(scratch_path("l.dbf"), &again_size);
    ck_assert(shapes && again && size == again_size && memcmp(shapes, again, size) == 0);
    assert_style_is(foreign[_i].text, strlen(foreign[_i].text));
    ck_assert_int_eq(access(scratch_path(".l.incmap"), F_OK), -1);
    free(shapes);
    free(again);
}
END_TEST

START_TEST(a_style_larger_than_any_of_ours_is_kept)
{
    const size_t size = 5u << 20;
    char *text = malloc(size);

    ck_assert_ptr_nonnull(text);
    memset(text, ' ', size);
    put_style(text, size);
    ck_assert(must_write("en", false));
    assert_style_is(text, size);
    free(text);
}
END_TEST

START_TEST(restyle_writes_an_edited_style_anew)
{
    size_t size = 0;
    char *ours;

    ck_assert(!must_write("en", false));
    ours = style(&size);
    put_style(saved_by_qgis, sizeof saved_by_qgis - 1);
    ck_assert(must_write("en", false));
    ck_assert(!must_write("en", true));
    assert_style_is(ours, size);
    ck_assert(!must_write("en", false));
    free(ours);
}
END_TEST

START_TEST(a_folder_of_the_style_s_name_is_told)
{
    bool kept = true;

    ck_assert_int_eq(mkdir(scratch_path("l.qml"), 0700), 0);
    ck_assert_int_eq(write_posts(ctx, "en", false, &kept), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "l.qml"));
    ck_assert(kept);
    ck_assert_int_eq(write_posts(ctx, "en", true, &kept), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "l.qml"));
    ck_assert_int_eq(access(scratch_path("l.shp"), F_OK), -1);
}
END_TEST

START_TEST(a_project_opens_the_layer_with_the_style_that_was_kept)
{
    char *path = strdup(scratch_path("l"));
    const incmap_project_layer layer = { .path = path };
    size_t size = 0;
    char *text;

    put_style(saved_by_qgis, sizeof saved_by_qgis - 1);
    ck_assert(must_write("en", false));
    ck_assert_msg(incmap_project_write(ctx, scratch_path("p.qgs"), &layer, 1, NULL) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    text = scratch_bytes(scratch_path("p.qgs"), &size);
    ck_assert_ptr_nonnull(text);
    ck_assert_ptr_nonnull(strstr(text, "<renderer-v2 type=\"nullSymbol\"/>"));
    free(text);
    free(path);
}
END_TEST

/* Not even for a moment is it away: it is no part of what is put in place. */
START_TEST(an_edited_style_outlives_a_writer_killed_at_any_moment)
{
    enum { KILLS = 60 };
    test_random r = { test_seed(22) };
    incmap_recovery recovery;

    put_style(saved_by_qgis, sizeof saved_by_qgis - 1);
    ck_assert(must_write("en", false));
    for (int i = 0; i < KILLS; i++) {
        const pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0)
            for (bool kept;;)
                if (write_posts(ctx, i % 2 ? "en" : "ru", false, &kept)) _exit(3);
        const struct timespec pause = { 0, (long)random_between(&r, 0, 40e6) };
        (void)nanosleep(&pause, NULL);
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert_int_eq(waitpid(child, NULL, 0), child);
        assert_style_is(saved_by_qgis, sizeof saved_by_qgis - 1);
        ck_assert_int_eq(incmap_layer_recover(ctx, scratch_path("l"), &recovery), INCMAP_OK);
        assert_style_is(saved_by_qgis, sizeof saved_by_qgis - 1);
    }
    ck_assert(must_write("en", false));
}
END_TEST

START_TEST(without_memory_the_style_stays)
{
    faulty_tries t = faulty_begin();
    bool kept = false;

    put_style(saved_by_qgis, sizeof saved_by_qgis - 1);
    while (faulty_next(&t, NULL)) {
        t.st = write_posts(t.ctx, "en", false, &kept);
        ck_assert(kept == (t.st == INCMAP_OK));
        assert_style_is(saved_by_qgis, sizeof saved_by_qgis - 1);
    }
    faulty_end(&t, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("style_kept");
    TCase *tcase = tcase_create("style_kept");
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_style_that_nobody_touched_is_written_anew);
    tcase_add_loop_test(tcase, a_style_with_one_byte_changed_is_kept_and_told, 0,
                        sizeof edits / sizeof *edits);
    tcase_add_loop_test(tcase, a_style_of_others_is_kept_and_the_rest_of_the_set_is_new, 0,
                        sizeof foreign / sizeof *foreign);
    tcase_add_test(tcase, a_style_larger_than_any_of_ours_is_kept);
    tcase_add_test(tcase, restyle_writes_an_edited_style_anew);
    tcase_add_test(tcase, a_folder_of_the_style_s_name_is_told);
    tcase_add_test(tcase, a_project_opens_the_layer_with_the_style_that_was_kept);
    tcase_add_test(tcase, an_edited_style_outlives_a_writer_killed_at_any_moment);
    tcase_add_test(tcase, without_memory_the_style_stays);
    suite_add_tcase(suite, tcase);
    return run_suite(suite);
}
