/* SPDX-License-Identifier: MIT */
/* What stands beside a layer: a style and a dictionary in the reader's language, with hostile text kept
 * text. QGIS itself judges the styles in tests/clients. */
#include "harness.h"

#include <incmap/incmap.h>

#include "dbf_rows.h"
#include "faulty_tries.h"
#include "fixture_builtin.h"
#include "layers/dictionary.h"
#include "layers/incident_row.h"
#include "layers/style.h"
#include "layers/xml_text.h"

/* A file of the folder as text; the caller frees it. */
static char *text_of(const char *name)
{
    size_t size = 0;
    char *text = scratch_bytes(scratch_path(name), &size);
    ck_assert_msg(text != NULL, "%s is not there", name);
    return text;
}

static void assert_holds(const char *name, const char *part, bool expected)
{
    char *text = text_of(name);
    ck_assert_msg((strstr(text, part) != NULL) == expected, "%s: %s \"%s\"", name,
                  expected ? "no" : "holds", part);
    free(text);
}

/* ---- XML ---- */

START_TEST(text_of_others_is_no_markup)
{
    static const struct {
        const char *why, *text, *escaped;
    } rows[] = {
        { "plain", "Козинка", "Козинка" },
        { "an element's end", "</rule>", "&lt;/rule&gt;" },
        { "an attribute's end", "a\" b=\"c", "a&quot; b=&quot;c" },
        { "an entity", "&amp;", "&amp;amp;" },
        { "the end of a CDATA section", "]]>", "]]&gt;" },
        { "control characters, which XML 1.0 forbids", "a\x01\x1f\x7f", "a   " },
        { "a newline, which it allows", "a\nb", "a\nb" },
        { "a byte that is no UTF-8", "a\xff", "a\xEF\xBF\xBD" },
        { "half a character at the end", "a\xd0", "a\xEF\xBF\xBD" },
        { "U+FFFE, which is no character", "\xEF\xBF\xBE", "\xEF\xBF\xBD" },
    };
    const incmap_allocator a = incmap__allocator_default();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        incmap__xml xml = { .allocator = &a };
        incmap__xml_text(&xml, rows[i].text);
        ck_assert_int_eq(xml.status, INCMAP_OK);
        ck_assert_msg(xml.length == strlen(rows[i].escaped) &&
                          memcmp(xml.text, rows[i].escaped, xml.length) == 0,
                      "%s: %.*s", rows[i].why, (int)xml.length, xml.text);
        incmap__free(&a, xml.text);
    }
}
END_TEST

/* ---- dictionary ---- */

static const struct {
    const char *kind;
    bool table;
} kinds[] = {
    { "incidents", false }, { "places", false },     { "border_posts", false },
    { "border", false },    { "connectors", false }, { "tracks", false },
    { "areas", false },     { "belts", false },      { "claims", true },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static incmap_status write_kind(incmap_ctx *c, size_t i, const char *path,
                                const incmap_layer_options *o, incmap_layer_result *r)
{
    static const double belt_m[] = { 20000 };
    switch (i) {
    case 0: return incmap_layer_write_incidents(c, path, dataset, border, o, r);
    case 1: return incmap_layer_write_places(c, path, gazetteer, border, o, r);
    case 2: return incmap_layer_write_posts(c, path, gazetteer, o, r);
    case 3: return incmap_layer_write_border(c, path, border, o, r);
    case 4: return incmap_layer_write_connectors(c, path, dataset, border, o, r);
    case 5: return incmap_layer_write_tracks(c, path, dataset, border, o, r);
    case 6: return incmap_layer_write_areas(c, path, dataset, o, r);
    case 7: return incmap_layer_write_belts(c, path, border, belt_m, 1, o, r);
    default: return incmap_layer_write_claims(c, path, dataset, o, r);
    }
}

START_TEST(every_field_of_every_layer_is_in_the_dictionary_with_its_meaning)
{
    const char *kind = kinds[_i].kind;
    char start[32];
    ck_assert_int_eq(write_kind(ctx, (size_t)_i, scratch_path("l"), NULL, NULL), INCMAP_OK);
    struct dbf d = dbf_open(scratch_path("l.dbf"));
    for (size_t i = 0; i < dbf_fields(&d); i++) {
        const char *field = dbf_field_name(&d, i);
        int part = 0;
        const incmap__field_words *words = incmap__dictionary_find(kind, field, &part);
        ck_assert_msg(words != NULL, "%s: no words for %s", kind, field);
        ck_assert_str_ne(words->meaning, "");
        for (int l = 0; l < INCMAP__LANGUAGES; l++)
            ck_assert_msg(words->name.in[l] && *words->name.in[l], "%s %s", kind, field);
        (void)snprintf(start, sizeof start, "\r\n\"%s\",", field);
        assert_holds("l.fields.csv", start, true);
        (void)snprintf(start, sizeof start, "field=\"%s\"", field);
        assert_holds("l.qml", start, true);
    }
    ck_assert_int_eq(access(scratch_path("l.shp"), F_OK) == 0, !kinds[_i].table);
    dbf_close(&d);
}
END_TEST

START_TEST(field_of_a_list_that_goes_on_has_the_words_of_the_first_with_its_number)
{
    incmap__field_name name;
    int part = 0;
    ck_assert_str_eq(incmap__dictionary_name("incidents", "CLAIMS_3", INCMAP__ENGLISH, &name),
                     "Claims (3)");
    ck_assert_str_eq(incmap__dictionary_name("incidents", "CLAIMS", INCMAP__UKRAINIAN, &name),
                     "Твердження");
    /* posts have a field that is called so */
    ck_assert_ptr_nonnull(incmap__dictionary_find("border_posts", "NAME_2", &part));
    ck_assert_int_eq(part, 1);
    ck_assert_ptr_null(incmap__dictionary_find("incidents", "NO_SUCH_2", &part));
    ck_assert_str_eq(incmap__dictionary_name(NULL, "MINE", INCMAP__RUSSIAN, &name), "MINE");
}
END_TEST

START_TEST(same_field_means_another_thing_in_another_layer)
{
    int part;
    const incmap__field_words *of_claim = incmap__dictionary_find("claims", "VERIF", &part);
    const incmap__field_words *of_incident = incmap__dictionary_find("incidents", "VERIF", &part);
    ck_assert_ptr_ne(of_claim, of_incident);
    ck_assert_ptr_nonnull(strstr(of_incident->values, "contested"));
}
END_TEST

START_TEST(dictionary_tells_the_sign_and_the_credit)
{
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    options.credit = "Places: \"Someone\", CC BY\nMore: else";
    ck_assert_int_eq(write_kind(ctx, 0, scratch_path("l"), &options, NULL), INCMAP_OK);
    assert_holds("l.fields.csv", "\"(inside)\",\"Depths are positive in\",,\"Russia\"", true);
    assert_holds("l.fields.csv", "\"(outside)\",\"Depths are negative in\",,\"Ukraine\"", true);
    assert_holds("l.fields.csv", "OpenStreetMap", true);
    assert_holds("l.fields.csv", "\"Places: \"\"Someone\"\", CC BY\"", true);
    assert_holds("l.fields.csv", "\"More: else\"", true);
}
END_TEST

/* ---- style ---- */

START_TEST(style_speaks_the_language_that_was_asked_for)
{
    static const struct {
        const char *language, *label, *alias, *title;
    } rows[] = {
        { NULL, "PLACE_EN", "name=\"Title\"", "<title>Reported incidents</title>" },
        { "en", "PLACE_EN", "name=\"Title\"", "<title>Reported incidents</title>" },
        { "ru", "PLACE_RU", "name=\"Название\"", "<title>Происшествия по сообщениям</title>" },
        { "uk", "PLACE_UK", "name=\"Назва\"", "<title>Події за повідомленнями</title>" },
    };
    char label[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
        options.language = rows[i].language;
        ck_assert_int_eq(write_kind(ctx, 0, scratch_path("l"), &options, NULL), INCMAP_OK);
        (void)snprintf(label, sizeof label, "fieldName=\"coalesce(&quot;%s&quot;,", rows[i].label);
        assert_holds("l.qml", label, true);
        assert_holds("l.qml", rows[i].alias, true);
        assert_holds("l.qmd", rows[i].title, true);
    }
}
END_TEST

START_TEST(unknown_language_is_refused_before_anything_is_written)
{
    static const char *const languages[] = { "", "EN", "de", "ukr" };
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
        incmap_layer_result result = { .features = 7 };
        options.language = languages[i];
        ck_assert_int_eq(write_kind(ctx, 0, scratch_path("l"), &options, &result), INCMAP_EARG);
        ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "expected en, ru or uk"));
        ck_assert_uint_eq(result.features, 7);
        ck_assert_int_eq(scratch_count(scratch), 0);
    }
}
END_TEST

START_TEST(no_mark_of_the_style_tables_is_left_in_a_style)
{
    ck_assert_int_eq(write_kind(ctx, (size_t)_i, scratch_path("l"), NULL, NULL), INCMAP_OK);
    assert_holds("l.qml", "{=", false);
    assert_holds("l.qml", "=}", false);
    assert_holds("l.qml", "@}", false);
}
END_TEST

START_TEST(layer_without_a_style_has_one_that_names_its_fields_only)
{
    const incmap_allocator a = incmap__allocator_default();
    static const incmap__field fields[] = { { "A&B", INCMAP__FIELD_TEXT, 5, 0 } };
    const incmap__style_job job = { NULL, NULL, INCMAP__SHAPE_POINT, fields, 1, INCMAP__ENGLISH };
    incmap_error err = { 0 };
    ck_assert_int_eq(incmap__style_write(&job, scratch_path("l.qml"), &a, &err), INCMAP_OK);
    assert_holds("l.qml", "field=\"A&amp;B\"", true);
    assert_holds("l.qml", "renderer-v2", false);
}
END_TEST

START_TEST(style_and_dictionary_survive_every_failed_allocation)
{
    static const incmap__field fields[] = { { "ID", INCMAP__FIELD_TEXT, 5, 0 } };
    const incmap__style_job style = {
        &incmap__style_incidents, "incidents", INCMAP__SHAPE_POINT, fields, 1, INCMAP__ENGLISH
    };
    const incmap__dictionary_job words = { "incidents", fields, 1, "T", "A", "C", "D", "I", "O" };
    faulty_tries t = faulty_begin_at_most(100);
    incmap_error err = { 0 };

    while (faulty_next(&t, NULL))
        t.st = _i ? incmap__style_write(&style, scratch_path("l"), &t.memory, &err)
                  : incmap__dictionary_write(&words, scratch_path("l"), &t.memory, &err);
    faulty_end(&t, 3);
}
END_TEST

/* ---- what rows say ---- */

START_TEST(date_is_as_exact_in_iso_8601_as_it_was_stated)
{
    static const struct {
        const char *why;
        incmap_date_precision precision;
        int from[3], before[3]; /* year 0: open */
        const char *iso;
    } rows[] = {
        { "a day", INCMAP_DATE_DAY, { 2023, 5, 22 }, { 2023, 5, 23 }, "2023-05-22" },
        { "two days", INCMAP_DATE_DAY, { 2023, 5, 22 }, { 2023, 5, 24 }, "2023-05-22/2023-05-23" },
        { "a month", INCMAP_DATE_MONTH, { 2023, 4, 1 }, { 2023, 5, 1 }, "2023-04" },
        { "December", INCMAP_DATE_MONTH, { 2022, 12, 1 }, { 2023, 1, 1 }, "2022-12" },
        { "a range that is a month",
          INCMAP_DATE_RANGE,
          { 2023, 4, 1 },
          { 2023, 5, 1 },
          "2023-04-01/2023-04-30" },
        { "a year", INCMAP_DATE_YEAR, { 2014, 1, 1 }, { 2015, 1, 1 }, "2014" },
        { "a season",
          INCMAP_DATE_SEASON,
          { 2022, 9, 1 },
          { 2022, 12, 1 },
          "2022-09-01/2022-11-30" },
        { "start not known", INCMAP_DATE_BEFORE, { 0 }, { 2023, 5, 22 }, "../2023-05-21" },
        { "end not known", INCMAP_DATE_RANGE, { 2022, 2, 24 }, { 0 }, "2022-02-24/.." },
        { "nothing known", INCMAP_DATE_UNKNOWN, { 0 }, { 0 }, "" },
    };
    char text[INCMAP_DATE_TEXT_SIZE];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        incmap_date date = { INCMAP_DAY_OPEN, INCMAP_DAY_OPEN, rows[i].precision,
                             INCMAP_UTC_UNKNOWN };
        const int *f = rows[i].from, *b = rows[i].before;
        if (f[0]) ck_assert(incmap_day_from_civil(f[0], f[1], f[2], &date.earliest));
        if (b[0]) ck_assert(incmap_day_from_civil(b[0], b[1], b[2], &date.before));
        ck_assert_msg(strcmp(incmap__date_iso(&date, text), rows[i].iso) == 0, "%s: %s",
                      rows[i].why, text);
    }
}
END_TEST

static const incmap_incident *incident_of(const char *id)
{
    for (size_t i = 0; i < incmap_dataset_incident_count(dataset); i++)
        if (strcmp(incmap_dataset_incident(dataset, i)->id, id) == 0)
            return incmap_dataset_incident(dataset, i);
    ck_abort_msg("no incident %s", id);
    return NULL;
}

START_TEST(claims_that_contest_one_another_are_told_as_contested)
{
    /* by the columns verification and polarity of data/claims.csv */
    static const struct {
        const char *id, *state;
    } rows[] = {
        { "bel23_raid", "contested" },            /* disputed, denied, doubted */
        { "bakhmut23_capture", "contested" },     /* denied */
        { "bel23_border_post", "part_verif" },    /* footage verified, nobody denies */
        { "bel23_fsb_building", "part_verif" },   /* the damage verified, the cause unclear */
        { "bel23_kozinka_capture", "claimed" },   /* claimed and asserted */
        { "bel23_counter_operation", "claimed" }, /* not independently verified is not verified */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ck_assert_msg(
            strcmp(incmap__claims_state(dataset, incident_of(rows[i].id)), rows[i].state) == 0,
            "%s: %s", rows[i].id, incmap__claims_state(dataset, incident_of(rows[i].id)));
}
END_TEST

START_TEST(incidents_at_one_point_take_turns_the_most_exact_first)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap__spots spots;
    incmap_error err = { 0 };
    const size_t n = incmap_dataset_incident_count(dataset);
    ck_assert_int_eq(incmap__spots_find(&spots, dataset, &a, &err), INCMAP_OK);
    for (size_t i = 0; i < n; i++) {
        const incmap_incident *one = incmap_dataset_incident(dataset, i);
        uint32_t same = 0, earlier = 0;
        for (size_t k = 0; k < n; k++) {
            const incmap_incident *other = incmap_dataset_incident(dataset, k);
            if (!other->located || !one->located || other->at.lat != one->at.lat ||
                other->at.lon != one->at.lon)
                continue;
            same++;
            if (other->location_precision > one->location_precision ||
                (other->location_precision == one->location_precision && k < i))
                earlier++;
        }
        ck_assert_uint_eq(spots.turns[i].count, same);
        ck_assert_uint_eq(spots.turns[i].number, one->located ? earlier + 1 : 0);
    }
    incmap__spots_free(&spots);
}
END_TEST

START_TEST(finding_turns_survives_every_failed_allocation)
{
    faulty_tries t = faulty_begin_at_most(10);
    incmap__spots spots;
    incmap_error err = { 0 };

    while (faulty_next(&t, NULL))
        t.st = incmap__spots_find(&spots, dataset, &t.memory, &err);
    ck_assert_int_eq(t.done, 3);
    incmap__spots_free(&spots);
    faulty_end(&t, 2);
}
END_TEST

/* ---- progress ---- */

struct told {
    size_t calls, last, total;
};

static void keep_progress(void *user, size_t done, size_t total)
{
    struct told *told = user;
    ck_assert_uint_ge(done, told->last);
    ck_assert_uint_le(done, total);
    told->calls++;
    told->last = done;
    told->total = total;
}

START_TEST(progress_grows_until_all_rows_are_written)
{
    struct told told = { 0 };
    incmap_layer_options options = INCMAP_LAYER_OPTIONS_INIT;
    options.progress = keep_progress;
    options.progress_user = &told;
    ck_assert_int_eq(write_kind(ctx, 0, scratch_path("l"), &options, NULL), INCMAP_OK);
    ck_assert_uint_ge(told.calls, 1);
    ck_assert_uint_eq(told.last, told.total);
    ck_assert_uint_eq(told.total, 2 * incmap_dataset_incident_count(dataset));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("styles");
    TCase *tests = tcase_create("styles");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, text_of_others_is_no_markup);
    tcase_add_loop_test(tests, every_field_of_every_layer_is_in_the_dictionary_with_its_meaning, 0,
                        KINDS);
    tcase_add_test(tests, field_of_a_list_that_goes_on_has_the_words_of_the_first_with_its_number);
    tcase_add_test(tests, same_field_means_another_thing_in_another_layer);
    tcase_add_test(tests, dictionary_tells_the_sign_and_the_credit);
    tcase_add_test(tests, style_speaks_the_language_that_was_asked_for);
    tcase_add_test(tests, unknown_language_is_refused_before_anything_is_written);
    tcase_add_loop_test(tests, no_mark_of_the_style_tables_is_left_in_a_style, 0, KINDS);
    tcase_add_test(tests, layer_without_a_style_has_one_that_names_its_fields_only);
    tcase_add_loop_test(tests, style_and_dictionary_survive_every_failed_allocation, 0, 2);
    tcase_add_test(tests, date_is_as_exact_in_iso_8601_as_it_was_stated);
    tcase_add_test(tests, claims_that_contest_one_another_are_told_as_contested);
    tcase_add_test(tests, incidents_at_one_point_take_turns_the_most_exact_first);
    tcase_add_test(tests, finding_turns_survives_every_failed_allocation);
    tcase_add_test(tests, progress_grows_until_all_rows_are_written);
    suite_add_tcase(suite, tests);
    return run_suite(suite);
}
