/* SPDX-License-Identifier: MIT */
/* The project file: relative paths, the layers' own styles, a view and a reference system, and text of
 * others kept text. QGIS opens one in tests/clients. */
#include "harness.h"

#include <incmap/incmap.h>

#include <errno.h>

#include "faulty_tries.h"
#include "scratch.h"

static incmap_ctx *ctx;
static incmap_gazetteer *gazetteer;
static incmap_dataset *dataset;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &gazetteer), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_builtin(ctx, gazetteer, &dataset), INCMAP_OK);
    scratch_make();
    ck_assert_int_eq(
        incmap_layer_write_incidents(ctx, scratch_path("incidents"), dataset, NULL, NULL, NULL),
        INCMAP_OK);
    ck_assert_int_eq(incmap_layer_write_claims(ctx, scratch_path("claims"), dataset, NULL, NULL),
                     INCMAP_OK);
}

static void teardown(void)
{
    scratch_remove();
    incmap_dataset_free(dataset);
    incmap_gazetteer_free(gazetteer);
    incmap_ctx_free(ctx);
}

/* Incidents with their claims. */
static incmap_status write_two(incmap_ctx *c, const char *path,
                               const incmap_project_options *options)
{
    const incmap_project_layer layers[] = {
        { .path = scratch_path("incidents") },
        { .path = scratch_path("claims"), .field = "INCIDENT", .other_field = "ID" },
    };
    return incmap_project_write(c, path, layers, 2, options);
}

static char *project(const char *name)
{
    size_t size = 0;
    char *text = scratch_bytes(scratch_path(name), &size);
    ck_assert_msg(text != NULL, "%s is not there", name);
    return text;
}

static void assert_holds(const char *name, const char *part)
{
    char *text = project(name);
    ck_assert_msg(strstr(text, part) != NULL, "%s: no %s", name, part);
    free(text);
}

START_TEST(ending_may_be_given_or_not)
{
    ck_assert_int_eq(write_two(ctx, scratch_path("a"), NULL), INCMAP_OK);
    ck_assert_int_eq(write_two(ctx, scratch_path("b.qgs"), NULL), INCMAP_OK);
    ck_assert_int_eq(access(scratch_path("a.qgs"), F_OK), 0);
    ck_assert_int_eq(access(scratch_path("b.qgs"), F_OK), 0);
}
END_TEST

START_TEST(paths_lead_from_the_project_to_its_layers)
{
    ck_assert_int_eq(mkdir(scratch_path("sub"), 0700), 0);
    ck_assert_int_eq(mkdir(scratch_path("sub/deep"), 0700), 0);
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), NULL), INCMAP_OK);
    ck_assert_int_eq(write_two(ctx, scratch_path("sub/deep/p"), NULL), INCMAP_OK);
    assert_holds("p.qgs", "<datasource>./incidents.shp</datasource>");
    assert_holds("p.qgs", "<datasource>./claims.dbf</datasource>");
    assert_holds("sub/deep/p.qgs", "<datasource>../../incidents.shp</datasource>");
}
END_TEST

START_TEST(path_with_a_link_or_a_dot_leads_to_the_same_place)
{
    char winding[600];
    const incmap_project_layer layer = { .path = winding };
    ck_assert_int_eq(mkdir(scratch_path("sub"), 0700), 0);
    (void)snprintf(winding, sizeof winding, "%s/sub/.././incidents", scratch);
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &layer, 1, NULL), INCMAP_OK);
    assert_holds("p.qgs", "<datasource>./incidents.shp</datasource>");
    ck_assert_int_eq(symlink(scratch, scratch_path("sub/link")), 0);
    (void)snprintf(winding, sizeof winding, "%s/sub/link/incidents", scratch);
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &layer, 1, NULL), INCMAP_OK);
    assert_holds("p.qgs", "<datasource>./incidents.shp</datasource>");
}
END_TEST

START_TEST(layers_style_and_metadata_stand_in_the_project_as_they_are)
{
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), NULL), INCMAP_OK);
    char *style = project("incidents.qml"), *text = project("p.qgs");
    char *from = strstr(style, "<renderer-v2"), *to = strstr(style, "</qgis>");
    ck_assert_ptr_nonnull(from);
    ck_assert_ptr_nonnull(to);
    *to = '\0';
    ck_assert_ptr_nonnull(strstr(text, from));
    ck_assert_ptr_nonnull(strstr(text, "<layername>Reported incidents</layername>"));
    free(style);
    free(text);
}
END_TEST

START_TEST(text_of_others_is_no_markup_and_no_expression)
{
    incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
    const incmap_project_layer layer = { .path = scratch_path("incidents"),
                                         .name = "</layername><x a=\"1\">" };
    options.title = "<b>&";
    options.credit = "Map: [% file_path('/etc/passwd') %] \"x\"";
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &layer, 1, &options), INCMAP_OK);
    assert_holds("p.qgs", "<title>&lt;b&gt;&amp;</title>");
    assert_holds("p.qgs", "<layername>&lt;/layername&gt;&lt;x a=&quot;1&quot;&gt;</layername>");
    /* on the map QGIS would compute [% %] */
    assert_holds("p.qgs", "<Label type=\"QString\">Map: [ % file_path");
}
END_TEST

START_TEST(map_takes_the_zone_of_its_view_and_what_is_asked_for_instead)
{
    static const struct {
        const char *why, *crs;
        incmap_coord low, high;
        const char *authority;
    } rows[] = {
        { "Kozinka", NULL, { 50.3, 35.4 }, { 50.5, 35.8 }, "EPSG:32636" },
        { "Kozinka to Bakhmut", NULL, { 48.4, 34.8 }, { 50.9, 38.3 }, "EPSG:32637" },
        { "south of the equator", NULL, { -34, 151 }, { -33, 152 }, "EPSG:32756" },
        { "the last zone", NULL, { 10, 179 }, { 11, 180 }, "EPSG:32660" },
        { "wider than two zones", NULL, { 40, 20 }, { 60, 100 }, "EPSG:4326" },
        { "too far north for UTM", NULL, { 78, 15 }, { 82, 16 }, "EPSG:4326" },
        { "asked for", "EPSG:3857", { 50.3, 35.4 }, { 50.5, 35.8 }, "EPSG:3857" },
    };
    char text[96];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
        options.crs = rows[i].crs;
        options.low = rows[i].low;
        options.high = rows[i].high;
        ck_assert_msg(write_two(ctx, scratch_path("p"), &options) == INCMAP_OK, "%s: %s",
                      rows[i].why, incmap_ctx_message(ctx));
        (void)snprintf(text, sizeof text, "<authid>%s</authid>\n</spatialrefsys>\n</projectCrs>",
                       rows[i].authority);
        char *file = project("p.qgs");
        ck_assert_msg(strstr(file, text) != NULL, "%s", rows[i].why);
        free(file);
    }
}
END_TEST

START_TEST(view_in_degrees_is_as_it_was_given)
{
    incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
    options.crs = "EPSG:4326";
    options.low = (incmap_coord){ 50.25, 35.5 };
    options.high = (incmap_coord){ 50.5, 36.75 };
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_OK);
    assert_holds("p.qgs", "<xmin>35.5</xmin>\n<ymin>50.25</ymin>\n<xmax>36.75</xmax>\n"
                          "<ymax>50.5</ymax>");
}
END_TEST

START_TEST(view_that_is_none_is_refused_and_leaves_the_earlier_project)
{
    static const incmap_coord bad[][2] = { { { 95, 0 }, { 96, 1 } },
                                           { { 50, 36 }, { 49, 37 } },
                                           { { 50, 36 }, { 51, 35 } },
                                           { { 50, -200 }, { 51, 35.0 / 0.0 } } };
    char *earlier;
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), NULL), INCMAP_OK);
    earlier = project("p.qgs");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
        options.low = bad[i][0];
        options.high = bad[i][1];
        ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_EDOMAIN);
        char *now = project("p.qgs");
        ck_assert_str_eq(now, earlier);
        free(now);
    }
    free(earlier);
}
END_TEST

START_TEST(every_part_of_a_layer_is_in_the_project_with_its_style)
{
    static const char *const endings[] = { "shp", "dbf", "shx" };
    for (size_t i = 0; i < 3; i++) {
        char from[64], to[64];
        size_t size = 0;
        (void)snprintf(from, sizeof from, "incidents.%s", endings[i]);
        (void)snprintf(to, sizeof to, "incidents_part2.%s", endings[i]);
        char *bytes = scratch_bytes(scratch_path(from), &size);
        scratch_write(scratch_path(to), bytes, size);
        free(bytes);
    }
    const incmap_project_layer layer = { .path = scratch_path("incidents") };
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &layer, 1, NULL), INCMAP_OK);
    assert_holds("p.qgs", "<datasource>./incidents_part2.shp</datasource>");
    assert_holds("p.qgs", "<layername>Reported incidents (2)</layername>");
    char *text = project("p.qgs");
    char *second = strstr(text, "<datasource>./incidents_part2.shp");
    ck_assert_ptr_nonnull(strstr(second, "<renderer-v2"));
    free(text);
}
END_TEST

START_TEST(layers_of_one_name_have_ids_that_differ)
{
    ck_assert_int_eq(mkdir(scratch_path("sub"), 0700), 0);
    ck_assert_int_eq(
        incmap_layer_write_claims(ctx, scratch_path("sub/claims"), dataset, NULL, NULL), INCMAP_OK);
    const incmap_project_layer layers[] = { { .path = scratch_path("claims") },
                                            { .path = scratch_path("sub/claims") } };
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), layers, 2, NULL), INCMAP_OK);
    assert_holds("p.qgs", "<id>incmap_layer_claims</id>");
    assert_holds("p.qgs", "<id>incmap_layer_claims_2</id>");
}
END_TEST

START_TEST(project_of_no_layers_is_one)
{
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), NULL, 0, NULL), INCMAP_OK);
    assert_holds("p.qgs", "</qgis>");
}
END_TEST

START_TEST(what_cannot_be_read_is_named)
{
    static const struct {
        const char *missing, *named;
    } rows[] = {
        { "incidents.qml", "incidents.qml" },
        { "incidents.qmd", "incidents.qmd" },
    };
    const incmap_project_layer nowhere = { .path = scratch_path("nothing") };
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &nowhere, 1, NULL), INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "nothing.dbf"));
    for (size_t i = 0; i < 2; i++) {
        char *text = project(rows[i].missing);
        scratch_write(scratch_path(rows[i].missing), "no xml", 6);
        ck_assert_int_eq(write_two(ctx, scratch_path("p"), NULL), INCMAP_EDATA);
        ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), rows[i].named));
        ck_assert_int_eq(unlink(scratch_path(rows[i].missing)), 0);
        ck_assert_int_eq(write_two(ctx, scratch_path("p"), NULL), INCMAP_EIO);
        ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), rows[i].named));
        scratch_write(scratch_path(rows[i].missing), text, strlen(text));
        free(text);
    }
    scratch_write(scratch_path("incidents.shp"), "short", 5);
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), NULL), INCMAP_EDATA);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "expected a shapefile"));
    ck_assert_int_ne(access(scratch_path("p.qgs"), F_OK), 0);
}
END_TEST

START_TEST(arguments_that_cannot_be_meant_are_refused)
{
    const incmap_project_layer lost = {
        .path = scratch_path("claims"), .field = "INCIDENT", .other_field = "ID", .other = 1
    };
    const incmap_project_layer half = { .path = scratch_path("claims"), .field = "INCIDENT" };
    const incmap_project_layer none = { .path = NULL };
    incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
    ck_assert_int_eq(incmap_project_write(NULL, "p", &lost, 1, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_project_write(ctx, NULL, &lost, 1, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_project_write(ctx, "p", NULL, 1, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &lost, 1, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &half, 1, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_project_write(ctx, scratch_path("p"), &none, 1, NULL), INCMAP_EARG);
    options.crs = "EPSG:1";
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_ELIBRARY);
    ck_assert_int_eq(write_two(ctx, scratch_path("no/such/p"), NULL), INCMAP_EIO);
    ck_assert_int_ne(access(scratch_path("p.qgs"), F_OK), 0);
}
END_TEST

START_TEST(project_that_is_there_stays_when_asked_to)
{
    incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
    options.no_overwrite = true;
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_OK);
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_EEXIST);
}
END_TEST

START_TEST(a_project_that_was_edited_stays_when_asked_to)
{
    incmap_project_options options = INCMAP_PROJECT_OPTIONS_INIT;
    size_t size = 0, now_size = 0;
    char *text, *now;

    options.keep_edited = true;
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_OK);
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_OK); /* not edited */
    text = scratch_bytes(scratch_path("p.qgs"), &size);
    ck_assert_ptr_nonnull(text);
    text[size / 2] = text[size / 2] == 'x' ? 'y' : 'x';
    scratch_write(scratch_path("p.qgs"), text, size);
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_EEXIST);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "p.qgs: was edited"));
    now = scratch_bytes(scratch_path("p.qgs"), &now_size);
    ck_assert(now && now_size == size && memcmp(now, text, size) == 0);
    ck_assert_int_eq(access(scratch_path(".p.incmap"), F_OK), -1);
    options.keep_edited = false;
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_OK);
    options.keep_edited = true;
    ck_assert_int_eq(write_two(ctx, scratch_path("p"), &options), INCMAP_OK);
    free(text);
    free(now);
}
END_TEST

START_TEST(every_failed_allocation_is_out_of_memory_and_leaks_nothing)
{
    faulty_tries t = faulty_begin_at_most(1000);
    const int files = scratch_count(scratch);

    while (faulty_next(&t, NULL)) {
        t.st = write_two(t.ctx, scratch_path("p"), NULL);
        if (t.st) ck_assert_int_eq(scratch_count(scratch), files);
    }
    faulty_end(&t, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("project");
    TCase *tests = tcase_create("project");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, ending_may_be_given_or_not);
    tcase_add_test(tests, paths_lead_from_the_project_to_its_layers);
    tcase_add_test(tests, path_with_a_link_or_a_dot_leads_to_the_same_place);
    tcase_add_test(tests, layers_style_and_metadata_stand_in_the_project_as_they_are);
    tcase_add_test(tests, text_of_others_is_no_markup_and_no_expression);
    tcase_add_test(tests, map_takes_the_zone_of_its_view_and_what_is_asked_for_instead);
    tcase_add_test(tests, view_in_degrees_is_as_it_was_given);
    tcase_add_test(tests, view_that_is_none_is_refused_and_leaves_the_earlier_project);
    tcase_add_test(tests, every_part_of_a_layer_is_in_the_project_with_its_style);
    tcase_add_test(tests, layers_of_one_name_have_ids_that_differ);
    tcase_add_test(tests, project_of_no_layers_is_one);
    tcase_add_test(tests, what_cannot_be_read_is_named);
    tcase_add_test(tests, arguments_that_cannot_be_meant_are_refused);
    tcase_add_test(tests, project_that_is_there_stays_when_asked_to);
    tcase_add_test(tests, a_project_that_was_edited_stays_when_asked_to);
    tcase_add_test(tests, every_failed_allocation_is_out_of_memory_and_leaks_nothing);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
