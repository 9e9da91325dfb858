/* SPDX-License-Identifier: MIT */
/* Datasets written for others and read back: nothing that a comparison sees is lost, and what a format
 * cannot hold is named. */
#include "harness.h"
#include "faulty_tries.h"
#include "scratch.h"
#include "tables.h"

#include <incmap/builtin.h>
#include <incmap/changes.h>
#include <incmap/exchange.h>
#include <incmap/import.h>
#include <incmap/layer.h>
#include <incmap/layer_reader.h>

#include "formats/acled.h"
#include "formats/ucdp.h"
#include "reports/dataset.h"

static incmap_ctx *ctx;
static incmap_report *report;
static incmap_gazetteer *g;
static incmap_dataset *d, *back;

static void setup(void)
{
    scratch_make();
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_builtin(ctx, &g), INCMAP_OK);
    d = back = NULL;
}

static void teardown(void)
{
    incmap_dataset_free(d);
    incmap_dataset_free(back);
    incmap_gazetteer_free(g);
    incmap_report_free(report);
    incmap_ctx_free(ctx);
    scratch_remove();
}

static void import_ucdp(const char *text)
{
    ck_assert_msg(incmap__ucdp_import(ctx, csv_over(ctx, "u.csv", text), report, &d) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
}

static void import_acled(const char *text)
{
    ck_assert_msg(incmap__acled_import(ctx, csv_over(ctx, "a.csv", text), report, &d) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
}

/* Where exports go; the folder holds nothing else. */
static const char *target(void)
{
    return scratch_path("out");
}

static void open_tables(incmap_report *to)
{
    static char paths[4][600];
    static const char *const names[] = { "sources", "claimants", "incidents", "claims" };
    incmap_dataset_files files;

    for (int i = 0; i < 4; i++)
        (void)snprintf(paths[i], sizeof paths[i], "%s_%s.csv", target(), names[i]);
    files = (incmap_dataset_files){ paths[0], paths[1], paths[2], paths[3] };
    ck_assert_msg(incmap_dataset_open(ctx, &files, g, to, &back) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
}

/* One line for each change. */
static void assert_same(void)
{
    incmap_changes *changes = NULL;

    ck_assert_uint_eq(incmap_dataset_incident_count(d), incmap_dataset_incident_count(back));
    ck_assert_int_eq(incmap_changes_new(ctx, d, back, NULL, &changes), INCMAP_OK);
    if (incmap_changes_count(changes)) {
        const incmap_change *c = incmap_changes_get(changes, 0);
        char before[200] = "", after[200] = "";
        const char *field = c->field_count ? c->fields[0] : "";
        (void)incmap_record_field_text(d, c->record, c->before, field, before, sizeof before);
        (void)incmap_record_field_text(back, c->record, c->after, field, after, sizeof after);
        ck_abort_msg("%zu changes; %s %s %s: %s: \"%s\" became \"%s\"",
                     incmap_changes_count(changes), incmap_change_text(c->kind),
                     incmap_record_text(c->record), c->id, field, before, after);
    }
    incmap_changes_free(changes);
}

static void through_csv(bool hxl)
{
    incmap_export_options options = INCMAP_EXPORT_OPTIONS_INIT;

    options.hxl = hxl;
    ck_assert_msg(incmap_dataset_export_csv(ctx, d, target(), &options) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    ck_assert_int_eq(scratch_count(scratch), 4);
    open_tables(NULL);
    assert_same();
}

static void through_geojson(void)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    incmap_format taken = INCMAP_FORMAT_UNKNOWN;
    const char *path = scratch_path("out.geojson");

    ck_assert_msg(incmap_dataset_export_geojson(ctx, d, path, NULL) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    ck_assert_int_eq(scratch_count(scratch), 1);
    options.gazetteer = g;
    ck_assert_msg(incmap_dataset_import(ctx, path, &options, NULL, &taken, &back) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    ck_assert_int_eq(taken, INCMAP_FORMAT_INCMAP);
    assert_same();
}

/* ---- what goes through ---- */

#define UCDP_HEADER                                                                                \
    "id,type_of_violence,dyad_name,side_a,side_b,number_of_sources,where_prec,where_coordinates,"  \
    "where_description,latitude,longitude,date_prec,date_start,date_end,deaths_a,deaths_b,"        \
    "deaths_civilians,deaths_unknown,best,high,low\n"
static const char ucdp_rows[] =
    UCDP_HEADER "7,1,X - Y,X,Y,-1,5,Town,\"near the \"\"mill\"\",\nor so\",50.123456789012345,"
                "36.1,2,2014-01-22,2014-01-24,0,2,1,0,3,5,2\n"
                "8,3,X - Y,X,Y,4,7,Sea,,-0.1,179.99999999999997,1,2014-01-22,2014-01-22,0,0,0,0,"
                "9,2,4\n"
                "9,2,,,Y,4,1,,Козинка,50,36,1,2014-01-22,2014-01-22,0,0,0,0,0,0,0\n";
static const char acled_rows[] =
    "event_id_cnty,event_date,time_precision,latitude,longitude,geo_precision,fatalities,source,"
    "inter1\n"
    "X1,22 May 2023,2,50,36,2,0,A Channel whose name is longer than the sixty-four bytes that an "
    "id once could have; Paper,1\n"
    "X2,2023-05-23,3,50,36,3,,Paper,\n";

START_TEST(the_default_data_come_back_from_csv_as_they_were)
{
    ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &d), INCMAP_OK);
    through_csv(_i == 1);
}
END_TEST

START_TEST(imported_events_come_back_from_csv_as_they_were)
{
    if (_i < 2)
        import_ucdp(ucdp_rows);
    else
        import_acled(acled_rows);
    through_csv(_i % 2 == 1);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), _i < 2 ? 3 : 2);
}
END_TEST

START_TEST(the_default_data_come_back_from_geojson_as_they_were)
{
    ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &d), INCMAP_OK);
    through_geojson();
}
END_TEST

START_TEST(imported_events_come_back_from_geojson_as_they_were)
{
    if (_i == 0) import_ucdp(ucdp_rows);
    if (_i == 1) import_acled(acled_rows);
    if (_i == 2) import_ucdp(UCDP_HEADER);
    through_geojson();
}
END_TEST

/* Whoever has the files of an export needs to name only one of them, and no gazetteer. */
START_TEST(an_export_is_found_by_any_of_its_names)
{
    static const char *const names[] = { "out", "out_incidents.csv", "" };
    incmap_format taken = INCMAP_FORMAT_UNKNOWN;

    ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &d), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_export_csv(ctx, d, target(), NULL), INCMAP_OK);
    ck_assert_msg(incmap_dataset_import(ctx, _i < 2 ? scratch_path(names[_i]) : data_path(""), NULL,
                                        report, &taken, &back) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    ck_assert_int_eq(taken, INCMAP_FORMAT_INCMAP);
    ck_assert_str_eq(report_lines(report), "");
    if (_i < 2) assert_same();
    ck_assert_uint_eq(incmap_dataset_incident_count(back), incmap_dataset_incident_count(d));
}
END_TEST

/* What of a field's changes a layer may make: it has no room for the rest, as exchange.h says. */
static bool is_known_loss(const incmap_change *c, const char *field)
{
    static const char *const lost[][10] = {
        [INCMAP_RECORD_SOURCE] = { "title", "author", "published", "notes", "language", "tier",
                                   "publisher" },
        [INCMAP_RECORD_CLAIMANT] = { "name", "part_of", "side" },
        [INCMAP_RECORD_INCIDENT] = { "precision_code", "uncertainty_m", "merged_into" },
        [INCMAP_RECORD_CLAIM] = { "claimant_text", "verified", "subject" },
    };
    for (size_t i = 0; i < 10 && lost[c->record][i]; i++)
        if (strcmp(lost[c->record][i], field) == 0) return true;
    return false;
}

static void assert_same_but_for_losses(void)
{
    incmap_changes *changes = NULL;
    const incmap_change *c;

    ck_assert_int_eq(incmap_changes_new(ctx, d, back, NULL, &changes), INCMAP_OK);
    for (size_t i = 0; (c = incmap_changes_get(changes, i)) != NULL; i++) {
        const bool of_people = c->record <= INCMAP_RECORD_CLAIMANT;
        ck_assert_msg(of_people || c->kind == INCMAP_CHANGE_CHANGED, "%s %s %s",
                      incmap_change_text(c->kind), incmap_record_text(c->record), c->id);
        for (size_t k = 0; k < c->field_count; k++)
            ck_assert_msg(is_known_loss(c, c->fields[k]), "%s %s: %s",
                          incmap_record_text(c->record), c->id, c->fields[k]);
    }
    for (size_t i = 0; i < incmap_dataset_incident_count(d); i++)
        if (incmap_dataset_incident(d, i)->located) /* one decimal in the layer */
            ck_assert_double_eq_tol(incmap_dataset_incident(d, i)->uncertainty_m,
                                    incmap_dataset_incident(back, i)->uncertainty_m, 0.05 + 1e-9);
    incmap_changes_free(changes);
}

static void through_layers(void)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    incmap_layer_options layer = INCMAP_LAYER_OPTIONS_INIT;
    incmap_format taken = INCMAP_FORMAT_UNKNOWN;

    layer.split_texts = true;
    options.gazetteer = g;
    ck_assert_int_eq(
        incmap_layer_write_incidents(ctx, scratch_path("incidents"), d, NULL, &layer, NULL),
        INCMAP_OK);
    ck_assert_int_eq(incmap_layer_write_claims(ctx, scratch_path("claims"), d, &layer, NULL),
                     INCMAP_OK);
    ck_assert_msg(incmap_dataset_import(ctx, scratch_path("incidents.shp"), &options, report,
                                        &taken, &back) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    ck_assert_int_eq(taken, INCMAP_FORMAT_INCMAP);
    ck_assert_msg(incmap_report_refused(report) == 0, "%s", report_lines(report));
    ck_assert_uint_eq(incmap_dataset_incident_count(back), incmap_dataset_incident_count(d));
    ck_assert_uint_eq(incmap_dataset_claim_count(back), incmap_dataset_claim_count(d));
    assert_same_but_for_losses();
}

START_TEST(layers_give_back_what_they_have_room_for)
{
    switch (_i) {
    case 0: ck_assert_int_eq(incmap_dataset_builtin(ctx, g, &d), INCMAP_OK); break;
    case 1: import_ucdp(ucdp_rows); break;
    case 2: import_acled(acled_rows); break;
    default: import_ucdp(UCDP_HEADER); break;
    }
    through_layers();
}
END_TEST

/* Who must say the same is told by the head that a claimant belongs to. */
START_TEST(corrections_come_back_from_layers)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", "id,relayed_from\na,\nb,a\n"),
        csv_over(ctx, "k.csv", "key,name,part_of\nhead,The Head,\nk,One of it,head\n"),
        csv_over(ctx, "i.csv", "id,title,date_start,place_key\ni,T,2023-05,\n"),
        csv_over(ctx, "c.csv",
                 "claim_id,incident_id,source,claimant_key,polarity,claim_type,figure_value,entry,"
                 "refers_to,contradicts\nc1,i,b,k,asserts,fatalities,3,,,\n"
                 "c2,i,a,head,asserts,fatalities,4,correction,c1,c1\n")
    };

    ck_assert_int_eq(incmap__dataset_build(ctx, tables, g, NULL, &d), INCMAP_OK);
    through_layers();
    ck_assert_uint_eq(incmap_dataset_claim(back, 0)->superseded_by, 1);
    ck_assert_str_eq(
        incmap_dataset_source(back, incmap_dataset_claim(back, 0)->source)->relayed_from, "a");
}
END_TEST

/* incmap_changes does not look at how a place was found. */
START_TEST(how_a_place_was_found_comes_back_from_all_forms)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", "id\n"), csv_over(ctx, "k.csv", "key,name\n"),
        csv_over(ctx, "i.csv",
                 "id,title,date_start,place\ni,T,2023-05,Козинка\nk,T,2023-05,Belgorod\n"),
        csv_over(ctx, "c.csv", "claim_id,incident_id,source,claimant_key,polarity,claim_type\n")
    };

    ck_assert_int_eq(incmap__dataset_build(ctx, tables, g, report, &d), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_incident(d, 1)->place_verdict, INCMAP_VERDICT_AMBIGUOUS);
    if (_i == 0) through_layers();
    if (_i == 1) through_csv(false);
    if (_i == 2) through_geojson();
    for (size_t i = 0; i < 2; i++) {
        const incmap_incident *a = incmap_dataset_incident(d, i);
        const incmap_incident *b = incmap_dataset_incident(back, i);
        ck_assert_str_eq(a->place_asked, b->place_asked);
        ck_assert_int_eq(a->place_verdict, b->place_verdict);
        ck_assert_str_eq(a->place_reason, b->place_reason);
        ck_assert_str_eq(a->place_candidates, b->place_candidates);
    }
}
END_TEST

START_TEST(a_layer_of_incidents_alone_is_read_too)
{
    import_ucdp(ucdp_rows);
    ck_assert_int_eq(
        incmap_layer_write_incidents(ctx, scratch_path("incidents"), d, NULL, NULL, NULL),
        INCMAP_OK);
    ck_assert_int_eq(
        incmap_dataset_import(ctx, scratch_path("incidents.shp"), NULL, report, NULL, &back),
        INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_incident_count(back), 3);
    ck_assert_uint_eq(incmap_dataset_claim_count(back), 0);
}
END_TEST

/* ---- layers in parts ---- */

/* Writes a layer again in parts of one row each, as if 2 GB ended there; returns how many. */
static size_t divide_layer(const char *name)
{
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_layer_result result = { 0 };
    incmap_layer_reader *r = NULL;
    incmap_layer_writer *w = NULL;
    incmap_field fields[64];
    incmap_value values[64];
    incmap_shape shape;
    char path[300];

    (void)snprintf(path, sizeof path, "%s", scratch_path(name));
    ck_assert_msg(incmap_layer_reader_open(ctx, path, NULL, &r) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    const size_t n = incmap_layer_reader_field_count(r);
    ck_assert_uint_le(n, 64);
    for (size_t i = 0; i < n; i++)
        ck_assert(incmap_layer_reader_field(r, i, &fields[i]));
    options.part_bytes = 1;
    ck_assert_msg(incmap_layer_writer_open(ctx, path, incmap_layer_reader_type(r), fields, n,
                                           &options, &w) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    for (size_t row = 0; row < incmap_layer_reader_count(r); row++) {
        ck_assert_int_eq(incmap_layer_reader_read(ctx, r, row, &shape, values), INCMAP_OK);
        ck_assert_msg(incmap_layer_writer_add(ctx, w, &shape, values) == INCMAP_OK, "%s",
                      incmap_ctx_message(ctx));
    }
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, &result), INCMAP_OK);
    incmap_layer_writer_free(w);
    incmap_layer_reader_free(r);
    return result.parts;
}

static void read_divided(incmap_ctx *by, incmap_status expected)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    options.gazetteer = g;
    incmap_dataset_free(back);
    back = NULL;
    const incmap_status st =
        incmap_dataset_import(by, scratch_path("incidents.shp"), &options, report, NULL, &back);
    ck_assert_msg(st == expected, "%d: %s", (int)st, incmap_ctx_message(by));
}

START_TEST(all_parts_of_a_layer_are_read_in_their_order)
{
    import_ucdp(ucdp_rows);
    through_layers();
    ck_assert_uint_eq(divide_layer("incidents"), incmap_dataset_incident_count(d));
    ck_assert_uint_eq(divide_layer("claims"), incmap_dataset_claim_count(d));
    ck_assert_uint_gt(incmap_dataset_incident_count(d), 2);
    read_divided(ctx, INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_incident_count(back), incmap_dataset_incident_count(d));
    ck_assert_uint_eq(incmap_dataset_claim_count(back), incmap_dataset_claim_count(d));
    for (size_t i = 0; i < incmap_dataset_incident_count(d); i++)
        ck_assert_str_eq(incmap_dataset_incident(back, i)->id, incmap_dataset_incident(d, i)->id);
    assert_same_but_for_losses();
}
END_TEST

/* A fault behind the first part is told with the number of its row in the whole layer. */
START_TEST(rows_of_further_parts_are_numbered_on)
{
    incmap_import_options options = INCMAP_IMPORT_OPTIONS_INIT;
    incmap_field fields[2] = { { "ID", INCMAP_FIELD_TEXT, 8, 0, 0, 0 },
                               { "DAY", INCMAP_FIELD_TEXT, 12, 0, 0, 0 } };
    incmap_layer_writer_options parts = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    static const char *const map[] = { "id=ID", "date=DAY" };
    const char *const days[] = { "2023-05-22", "2023-05-23", "2023-05-99" };
    incmap_layer_writer *w = NULL;

    parts.part_bytes = 1;
    ck_assert_int_eq(incmap_layer_writer_open(ctx, scratch_path("own"), INCMAP_SHAPE_POINT, fields,
                                              2, &parts, &w),
                     INCMAP_OK);
    for (size_t i = 0; i < 3; i++) {
        const incmap_coord at = { 50.5, 36.0 + (double)i };
        const incmap_shape shape = { INCMAP_SHAPE_POINT, &at, 1, NULL, 0, NULL, NULL };
        const char id[] = { (char)('a' + i), '\0' };
        incmap_value values[2] = { { INCMAP_VALUE_TEXT, { 0 } }, { INCMAP_VALUE_TEXT, { 0 } } };
        values[0].as.text = id;
        values[1].as.text = days[i];
        ck_assert_int_eq(incmap_layer_writer_add(ctx, w, &shape, values), INCMAP_OK);
    }
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, NULL), INCMAP_OK);
    incmap_layer_writer_free(w);
    options.map = map;
    options.map_count = 2;
    ck_assert_msg(incmap_dataset_import(ctx, scratch_path("own.shp"), &options, report, NULL,
                                        &back) == INCMAP_OK,
                  "%s", incmap_ctx_message(ctx));
    ck_assert_uint_eq(incmap_dataset_incident_count(back), 2);
    ck_assert_str_eq(incmap_dataset_incident(back, 1)->id, "b");
    ck_assert_ptr_nonnull(strstr(report_lines(report), "own.shp:3: "));
    ck_assert_ptr_nonnull(strstr(report_lines(report), "2023-05-99"));
}
END_TEST

START_TEST(a_part_that_is_none_refuses_the_layer)
{
    const incmap_field field = { "OTHER", INCMAP_FIELD_TEXT, 8, 0, 0, 0 };
    incmap_layer_writer *w = NULL;

    import_ucdp(ucdp_rows);
    through_layers();
    incmap_dataset_free(back);
    back = NULL;
    ck_assert_int_eq(incmap_layer_writer_open(ctx, scratch_path("incidents_part2"),
                                              INCMAP_SHAPE_POINT, &field, 1, NULL, &w),
                     INCMAP_OK);
    ck_assert_int_eq(incmap_layer_writer_finish(ctx, w, NULL), INCMAP_OK);
    incmap_layer_writer_free(w);
    read_divided(ctx, INCMAP_EDATA);
    ck_assert_ptr_null(back);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "incidents_part2: found field 1 to be"));
    ck_assert_int_eq(remove(scratch_path("incidents_part2.shp")), 0);
    read_divided(ctx, INCMAP_EIO);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "incidents_part2.shp"));
    scratch_write(scratch_path("incidents_part2.dbf"), "x", 1);
    read_divided(ctx, INCMAP_EIO);
}
END_TEST

static void read_back_with_ever_more_memory(void)
{
    faulty_tries t = faulty_begin();

    incmap_dataset_free(back);
    back = NULL;
    while (faulty_next(&t, back))
        t.st = incmap_dataset_import(t.ctx, scratch_path("incidents.shp"), NULL, NULL, NULL, &back);
    ck_assert_uint_eq(incmap_dataset_incident_count(back), incmap_dataset_incident_count(d));
    incmap_dataset_free(back);
    back = NULL;
    faulty_end(&t, 10);
}

START_TEST(without_memory_reading_parts_is_enomem_and_leaks_nothing)
{
    import_ucdp(ucdp_rows);
    through_layers();
    ck_assert_uint_gt(divide_layer("incidents"), 2);
    read_back_with_ever_more_memory();
}
END_TEST

START_TEST(without_memory_reading_layers_is_enomem_and_leaks_nothing)
{
    import_ucdp(ucdp_rows);
    through_layers();
    read_back_with_ever_more_memory();
}
END_TEST

/* incmap_changes looks at neither. */
START_TEST(extents_and_figures_that_disagree_come_back_too)
{
    const incmap_claim *claim;

    import_ucdp(ucdp_rows);
    through_csv(false);
    ck_assert(incmap_dataset_incident(back, 0)->on_border);
    ck_assert(!incmap_dataset_incident(back, 0)->extent_known);
    claim = incmap_dataset_claim(back, incmap_dataset_incident(back, 1)->claims[0]);
    ck_assert_double_eq(claim->figure_low, 4);
    ck_assert_double_eq(claim->figure_high, 2);
    ck_assert_int_eq(claim->qualifier_kind, INCMAP_QUALIFIER_RANGE);
}
END_TEST

/* And can be undone then: nothing of what was merged went away. */
START_TEST(merges_come_back_with_all_their_sources_and_can_be_undone)
{
    import_acled(acled_rows);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, 0, 1), INCMAP_OK);
    if (_i == 0)
        through_csv(false);
    else
        through_geojson();
    ck_assert_uint_eq(incmap_dataset_merged(back, 0), 1);
    ck_assert_uint_eq(incmap_dataset_source_count(back), incmap_dataset_source_count(d));
    ck_assert_str_eq(incmap_dataset_incident(back, 0)->sources,
                     incmap_dataset_incident(d, 0)->sources);
    ck_assert_uint_eq(incmap_dataset_incident(back, 0)->claim_count, 1);
    ck_assert_int_eq(incmap_dataset_unmerge(ctx, back, 0), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_merged(back, 0), 0);
    ck_assert_int_eq(incmap_dataset_unmerge(ctx, d, 0), INCMAP_OK);
    assert_same();
}
END_TEST

START_TEST(a_chain_of_merges_comes_back)
{
    import_ucdp(ucdp_rows);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, 0, 2), INCMAP_OK);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, 2, 1), INCMAP_OK);
    through_csv(false);
    ck_assert_uint_eq(incmap_dataset_merged(back, 0), 1);
}
END_TEST

START_TEST(a_merge_that_cannot_be_is_told_and_both_incidents_stay)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", "id\n"), csv_over(ctx, "k.csv", "key,name\n"),
        csv_over(ctx, "i.csv",
                 "id,title,date_start,place_key,merged_into\n"
                 "a,A,,,b\nb,B,,,a\nc,C,,,nobody\nd,D,,,d\n"),
        csv_over(ctx, "c.csv", "claim_id,incident_id,source,claimant_key,polarity,claim_type\n")
    };

    ck_assert_int_eq(incmap__dataset_build(ctx, tables, g, report, &back), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_incident_count(back), 4);
    ck_assert_uint_eq(incmap_report_count(report), 3);
    ck_assert_uint_eq(incmap_report_refused(report), 0);
    ck_assert_uint_eq(incmap_report_get(report, 0)->row, 3);
    ck_assert_uint_eq(incmap_dataset_merged(back, 0), 1);
    ck_assert_uint_eq(incmap_dataset_merged(back, 3), 3);
}
END_TEST

/* Without a source, too, from which columns could be known. */
START_TEST(a_dataset_without_any_record_goes_through)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", "id\n"), csv_over(ctx, "k.csv", "key,name\n"),
        csv_over(ctx, "i.csv", "id,title,date_start,place_key\n"),
        csv_over(ctx, "c.csv", "claim_id,incident_id,source,claimant_key,polarity,claim_type\n")
    };

    ck_assert_int_eq(incmap__dataset_build(ctx, tables, g, report, &d), INCMAP_OK);
    if (_i == 0)
        through_csv(false);
    else
        through_geojson();
    ck_assert_uint_eq(incmap_dataset_source_count(back), 0);
    ck_assert_uint_eq(incmap_dataset_incident_count(back), 0);
}
END_TEST

START_TEST(an_empty_dataset_goes_through)
{
    import_ucdp(UCDP_HEADER);
    through_csv(true);
    ck_assert_uint_eq(incmap_dataset_source_count(back), 1);
}
END_TEST

START_TEST(tags_stand_behind_the_header_where_they_are_asked_for)
{
    char *bytes;
    size_t size;

    import_ucdp(ucdp_rows);
    through_csv(true);
    bytes = scratch_bytes(scratch_path("out_incidents.csv"), &size);
    ck_assert_ptr_nonnull(strstr(bytes, "\r\n#event+id,#event+name,#date+start,#date+end,,"));
    free(bytes);
}
END_TEST

/* ---- what does not ---- */

START_TEST(a_failure_leaves_the_earlier_files)
{
    import_ucdp(ucdp_rows);
    ck_assert_int_eq(incmap_dataset_export_csv(ctx, d, "/nowhere/at/all", NULL), INCMAP_EIO);
    ck_assert_int_eq(incmap_dataset_export_geojson(ctx, d, "/nowhere/at/all", NULL), INCMAP_EIO);
    ck_assert_int_eq(incmap_dataset_export_geojson(NULL, d, target(), NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_export_geojson(ctx, NULL, target(), NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_export_geojson(ctx, d, NULL, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_export_csv(NULL, d, target(), NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_export_csv(ctx, NULL, target(), NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_export_csv(ctx, d, NULL, NULL), INCMAP_EARG);
    scratch_write(scratch_path("out_sources.csv"), "earlier", 7);
    ck_assert_int_eq(mkdir(scratch_path("out_claims.csv"), 0777), 0);
    ck_assert_int_eq(incmap_dataset_export_csv(ctx, d, target(), NULL), INCMAP_EIO);
    ck_assert_int_eq(scratch_count(scratch), 2);
    size_t size;
    char *bytes = scratch_bytes(scratch_path("out_sources.csv"), &size);
    ck_assert_str_eq(bytes, "earlier");
    free(bytes);
}
END_TEST

START_TEST(a_date_that_no_file_can_say_is_an_error_and_no_loss)
{
    incmap_source *source;

    import_ucdp(ucdp_rows);
    source = d->sources.items;
    source->published = (incmap_date){ 0, 3, INCMAP_DATE_RANGE, INCMAP_UTC_UNKNOWN };
    ck_assert_int_eq(incmap_dataset_export_csv(ctx, d, target(), NULL), INCMAP_EDATA);
    ck_assert_str_eq(incmap_ctx_message(ctx),
                     "source ucdp: published is neither a day nor a month nor a year");
    ck_assert_int_eq(scratch_count(scratch), 0);
}
END_TEST

START_TEST(without_memory_an_export_is_enomem_and_leaks_nothing)
{
    faulty_tries t = faulty_begin();

    import_ucdp(ucdp_rows);
    while (faulty_next(&t, NULL)) {
        t.st = _i == 0 ? incmap_dataset_export_csv(t.ctx, d, target(), NULL)
                       : incmap_dataset_export_geojson(t.ctx, d, target(), NULL);
        if (t.st) ck_assert_int_eq(scratch_count(scratch), 0);
    }
    faulty_end(&t, 5);
    ck_assert_int_eq(scratch_count(scratch), _i == 0 ? 4 : 1);
}
END_TEST

/* ---- real releases ---- */

static const char *const real[] = { "hdx_ucdp_ukr_b.csv", "hdx_ucdp_ukr_c.csv",
                                    "ucdp_ged191_syria.csv" };

START_TEST(real_releases_come_back_as_they_were)
{
    char path[1024];

    (void)snprintf(path, sizeof path, "%s/%s", getenv("INCMAP_REAL_DATA"), real[_i]);
    ck_assert_int_eq(incmap_dataset_import_ucdp(ctx, path, report, &d), INCMAP_OK);
    through_csv(true);
    incmap_dataset_free(back);
    back = NULL;
    scratch_clear(scratch);
    through_geojson();
    incmap_dataset_free(back);
    back = NULL;
    scratch_clear(scratch);
    incmap_report_free(report);
    report = NULL;
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
    through_layers();
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("exchange");
    TCase *own = tcase_create("own");
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_loop_test(own, the_default_data_come_back_from_csv_as_they_were, 0, 2);
    tcase_add_loop_test(own, imported_events_come_back_from_csv_as_they_were, 0, 4);
    tcase_add_test(own, the_default_data_come_back_from_geojson_as_they_were);
    tcase_add_loop_test(own, imported_events_come_back_from_geojson_as_they_were, 0, 3);
    tcase_add_loop_test(own, an_export_is_found_by_any_of_its_names, 0, 3);
    tcase_add_loop_test(own, layers_give_back_what_they_have_room_for, 0, 4);
    tcase_add_test(own, corrections_come_back_from_layers);
    tcase_add_loop_test(own, how_a_place_was_found_comes_back_from_all_forms, 0, 3);
    tcase_add_test(own, a_layer_of_incidents_alone_is_read_too);
    tcase_add_test(own, all_parts_of_a_layer_are_read_in_their_order);
    tcase_add_test(own, rows_of_further_parts_are_numbered_on);
    tcase_add_test(own, a_part_that_is_none_refuses_the_layer);
    tcase_add_test(own, without_memory_reading_parts_is_enomem_and_leaks_nothing);
    tcase_add_test(own, without_memory_reading_layers_is_enomem_and_leaks_nothing);
    tcase_add_test(own, extents_and_figures_that_disagree_come_back_too);
    tcase_add_loop_test(own, merges_come_back_with_all_their_sources_and_can_be_undone, 0, 2);
    tcase_add_test(own, a_chain_of_merges_comes_back);
    tcase_add_test(own, a_merge_that_cannot_be_is_told_and_both_incidents_stay);
    tcase_add_loop_test(own, a_dataset_without_any_record_goes_through, 0, 2);
    tcase_add_test(own, an_empty_dataset_goes_through);
    tcase_add_test(own, tags_stand_behind_the_header_where_they_are_asked_for);
    tcase_add_test(own, a_failure_leaves_the_earlier_files);
    tcase_add_test(own, a_date_that_no_file_can_say_is_an_error_and_no_loss);
    tcase_add_loop_test(own, without_memory_an_export_is_enomem_and_leaks_nothing, 0, 2);
    suite_add_tcase(suite, own);
    if (getenv("INCMAP_REAL_DATA")) {
        TCase *full = tcase_create("real");
        tcase_add_checked_fixture(full, setup, teardown);
        tcase_add_loop_test(full, real_releases_come_back_as_they_were, 0,
                            sizeof real / sizeof *real);
        suite_add_tcase(suite, full);
    }
    return run_suite(suite);
}
