/* SPDX-License-Identifier: MIT */
/* The tally: who puts how many, with contradictions side by side. */
#include "harness.h"
#include "faulty_tries.h"
#include "tables.h"

#include <math.h>

#include <incmap/tally.h>

#include "reports/dataset.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_dataset *d;
static incmap_tally *tally;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    d = NULL;
    tally = NULL;
}

static void setup_default(void)
{
    const incmap_dataset_files files = { data_path("sources.csv"), data_path("claimants.csv"),
                                         data_path("incidents.csv"), data_path("claims.csv") };
    setup();
    load_default_places(ctx, g);
    ck_assert_int_eq(incmap_dataset_open(ctx, &files, g, NULL, &d), INCMAP_OK);
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, NULL, 0, &tally), INCMAP_OK);
}

static void teardown(void)
{
    incmap_tally_free(tally);
    incmap_dataset_free(d);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

#define CLAIM_HEADER                                                                               \
    "claim_id,incident_id,source,claimant_key,polarity,claim_type,victim_group,figure_value,"      \
    "figure_qualifier,figure_low,figure_high,figure_unit\n"

static void build(const char *claims)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", "id\ns\n"),
        csv_over(ctx, "k.csv",
                 "key,name,part_of\nmod,Ministry,state\nstate,State,\nother,Other,\n"
                 "unit,Unit,mod\n"),
        csv_over(ctx, "i.csv", "id,title,date_start,place_key\ni1,One,,\ni2,Two,,\n"),
        csv_over(ctx, "c.csv", claims),
    };
    ck_assert_msg(incmap__dataset_build(ctx, tables, g, NULL, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, NULL, 0, &tally), INCMAP_OK);
}

static size_t number_of(const char *incident)
{
    for (size_t i = 0; i < incmap_dataset_incident_count(d); i++)
        if (strcmp(incmap_dataset_incident(d, i)->id, incident) == 0) return i;
    ck_abort_msg("no incident %s", incident);
    return 0;
}

/* The line of the default tally, which must be there once. */
static const incmap_tally_line *line_of(const char *incident, const char *type, const char *group,
                                        const char *claimant)
{
    const incmap_tally_line *found = NULL;
    for (size_t i = 0; i < incmap_tally_count(tally); i++) {
        const incmap_tally_line *line = incmap_tally_get(tally, i);
        if (line->incident != number_of(incident) || strcmp(line->type, type) != 0 ||
            strcmp(line->victim_group, group) != 0 ||
            strcmp(incmap_dataset_claimant(d, line->claimant)->key, claimant) != 0)
            continue;
        ck_assert_ptr_null(found);
        found = line;
    }
    ck_assert_msg(found != NULL, "no line of %s %s %s %s", incident, type, group, claimant);
    return found;
}

static const char *text_of(const incmap_tally_line *line)
{
    static char text[128];
    ck_assert_uint_eq(incmap_tally_figure_text(d, line, text, sizeof text), strlen(text));
    return text;
}

static const struct {
    const char *incident, *type, *group, *claimant, *under, *text;
    double low, high; /* NaN: open or none */
    bool high_open;
    size_t claims, without_figure;
} lines[] = {
    { "bel23_counter_operation", "fatalities", "fighters", "kremlin", "russia", "70", 70, 70, false,
      1, 0 },
    { "bel23_counter_operation", "fatalities", "fighters", "russia", "russia", "70", 70, 70, false,
      1, 0 },
    /* The minister's "more than 70", the ministry's 70 and its "dozens". */
    { "bel23_counter_operation", "fatalities", "fighters", "ru_mod", "russia",
      "more than 70, 70, dozens", 70, NAN, true, 3, 1 },
    { "bel23_raid", "fatalities", "civilians", "gladkov", "russia", "1", 1, 1, false, 1, 0 },
    { "bel23_raid", "fatalities", "people", "gladkov", "russia", "1", 1, 1, false, 1, 0 },
    /* "several" in one text, eight in another. */
    { "bel23_raid", "injuries", "people", "gladkov", "russia", "8, several", 8, 8, false, 2, 1 },
    { "bel23_raid", "injuries", "civilians", "gladkov", "russia", "2", 2, 2, false, 1, 0 },
    /* A stated zero is a number, of a type of its own. */
    { "bel23_drones_overnight", "casualties", "people", "gladkov", "russia", "0", 0, 0, false, 1,
      0 },
    /* "nearly" twelve is not "up to" twelve: twelve is the upper end and nothing is said of the lower. */
    { "bel22_training_ground", "fatalities", "soldiers", "19fortyfive", "19fortyfive", "nearly 12",
      NAN, 12, false, 1, 0 },
    { "bel22_grenade_store", "fatalities", "people", "19fortyfive", "19fortyfive", "3", 3, 3, false,
      1, 0 },
    { "bel22_grenade_store", "injuries", "people", "19fortyfive", "19fortyfive", "many", NAN, NAN,
      false, 1, 1 },
    { "bel23_border_post", "fatalities", "border guards", "footage", "footage", "at least 1", 1,
      NAN, true, 1, 0 },
    { "bel23_grayvoron_admin", "injuries", "officials", "ru_milbloggers", "ru_milbloggers", "1", 1,
      1, false, 1, 0 },
};

static bool is_same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

START_TEST(each_claimant_keeps_a_line_of_its_own_in_the_default_data)
{
    const incmap_tally_line *line =
        line_of(lines[_i].incident, lines[_i].type, lines[_i].group, lines[_i].claimant);
    ck_assert_str_eq(text_of(line), lines[_i].text);
    ck_assert_msg(is_same_number(line->low, lines[_i].low) &&
                      is_same_number(line->high, lines[_i].high),
                  "%g to %g", line->low, line->high);
    ck_assert_int_eq(line->high_open, lines[_i].high_open);
    ck_assert_uint_eq(line->claims, lines[_i].claims);
    ck_assert_uint_eq(line->without_figure, lines[_i].without_figure);
    ck_assert_str_eq(incmap_dataset_claimant(d, line->under)->key, lines[_i].under);
    ck_assert_int_eq(line->polarity, INCMAP_POLARITY_ASSERTS);
    ck_assert_str_eq(line->unit, "people");
}
END_TEST

START_TEST(every_claim_of_the_types_stands_behind_one_line)
{
    size_t claims = 0, behind = 0;
    bool seen[200] = { false };

    for (size_t i = 0; i < incmap_dataset_claim_count(d); i++) {
        const char *type = incmap_dataset_claim(d, i)->type;
        claims += strcmp(type, "fatalities") == 0 || strcmp(type, "injuries") == 0 ||
                  strcmp(type, "casualties") == 0;
    }
    for (size_t i = 0; i < incmap_tally_count(tally); i++) {
        const incmap_tally_line *line = incmap_tally_get(tally, i);
        for (size_t j = 0; j < line->claims; j++, behind++) {
            const incmap_claim *claim = incmap_dataset_claim(d, line->claim_indices[j]);
            ck_assert(!seen[line->claim_indices[j]]);
            seen[line->claim_indices[j]] = true;
            ck_assert_uint_eq(claim->incident, line->incident);
            ck_assert_uint_eq(claim->claimant, line->claimant);
            ck_assert_int_eq(claim->polarity, line->polarity);
            ck_assert_str_eq(claim->type, line->type);
            ck_assert_str_eq(claim->victim_group, line->victim_group);
        }
    }
    ck_assert_uint_eq(claims, 16);
    ck_assert_uint_eq(behind, claims);
    ck_assert_uint_eq(incmap_tally_count(tally), sizeof lines / sizeof *lines);
    ck_assert_ptr_null(incmap_tally_get(tally, incmap_tally_count(tally)));
}
END_TEST

START_TEST(one_incident_and_other_types_may_be_asked_for)
{
    static const char *const types[] = { "equipment_used", "equipment_destroyed" };
    incmap_tally *one = NULL;

    ck_assert_int_eq(incmap_tally_new(ctx, d, number_of("bel23_counter_operation"), NULL, 0, &one),
                     INCMAP_OK);
    ck_assert_uint_eq(incmap_tally_count(one), 3);
    incmap_tally_free(one);
    ck_assert_int_eq(incmap_tally_new(ctx, d, number_of("bel23_counter_operation"), types, 2, &one),
                     INCMAP_OK);
    /* Four infantry vehicles and five pickup trucks are no nine of anything. */
    ck_assert_uint_eq(incmap_tally_count(one), 2);
    ck_assert_str_eq(incmap_tally_get(one, 0)->unit, "infantry vehicles");
    ck_assert_str_eq(incmap_tally_get(one, 1)->unit, "pickup trucks");
    incmap_tally_free(one);
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, types, 0, &one), INCMAP_OK);
    ck_assert_uint_eq(incmap_tally_count(one), 0);
    incmap_tally_free(one);
}
END_TEST

START_TEST(polarities_groups_and_claimants_are_never_merged)
{
    build(CLAIM_HEADER "c1,i1,s,mod,asserts,fatalities,people,5,exact,5,5,people\n"
                       "c2,i1,s,mod,denies,fatalities,people,5,exact,5,5,people\n"
                       "c3,i1,s,mod,asserts,fatalities,soldiers,5,exact,5,5,people\n"
                       "c4,i1,s,state,asserts,fatalities,people,5,exact,5,5,people\n"
                       "c5,i1,s,unit,asserts,fatalities,people,6,exact,6,6,people\n"
                       "c6,i2,s,mod,asserts,fatalities,people,5,exact,5,5,people\n");
    ck_assert_uint_eq(incmap_tally_count(tally), 6);
    for (size_t i = 0; i < 6; i++) {
        ck_assert_uint_eq(incmap_tally_get(tally, i)->claims, 1);
        ck_assert_uint_eq(incmap_tally_get(tally, i)->under, 1); /* the state, by part_of */
    }
}
END_TEST

START_TEST(lines_come_by_the_first_claim_of_each_group)
{
    static const char *const order[] = { "c1", "c6", "c3", "c4", "c7", "c5", "c2" };

    build(CLAIM_HEADER "c1,i2,s,other,asserts,injuries,people,1,,,,\n"
                       "c2,i1,s,mod,asserts,fatalities,people,1,,,,\n"
                       "c3,i2,s,other,asserts,injuries,soldiers,1,,,,\n"
                       "c4,i2,s,mod,asserts,fatalities,people,1,,,,\n"
                       "c5,i2,s,other,asserts,fatalities,people,1,,,,\n"
                       "c6,i2,s,state,asserts,injuries,people,1,,,,\n"
                       "c7,i2,s,state,asserts,fatalities,people,1,,,,\n");
    ck_assert_uint_eq(incmap_tally_count(tally), 7);
    for (size_t i = 0; i < 7; i++)
        ck_assert_str_eq(incmap_dataset_claim(d, incmap_tally_get(tally, i)->claim_indices[0])->id,
                         order[i]);
}
END_TEST

static const struct {
    const char *claims, *text;
} figures[] = {
    { "exact,70,70", "70" },
    { "more_than,71,", "71 or more" },
    { "nearly,,12", "up to 12" },
    { "several,,", "several" },
    { "large_number,,", "large number" },
    { ",,", "no figure" },
    { "exact,0,0", "0" },
    { "about,60,80", "60 to 80" },
    { "exact,3.5,3.5", "3.5" },
    { "exact,12345678901,12345678901", "12345678901" },
};

START_TEST(a_figure_is_worded_as_it_was_given)
{
    char claims[512];
    (void)snprintf(claims, sizeof claims, "%sc,i1,s,mod,asserts,fatalities,people,,%s,people\n",
                   CLAIM_HEADER, figures[_i].claims);
    build(claims);
    ck_assert_str_eq(text_of(incmap_tally_get(tally, 0)), figures[_i].text);
}
END_TEST

START_TEST(statements_of_one_claimant_stand_side_by_side)
{
    build(CLAIM_HEADER "c1,i1,s,mod,asserts,fatalities,people,50,more_than,,,people\n"
                       "c2,i1,s,mod,asserts,fatalities,people,70,exact,70,70,people\n"
                       "c3,i1,s,mod,asserts,fatalities,people,,dozens,,,people\n"
                       "c4,i1,s,mod,asserts,fatalities,people,70,exact,70,70,people\n"
                       "c5,i1,s,mod,asserts,fatalities,people,60,range,60,80,people\n");
    ck_assert_uint_eq(incmap_tally_count(tally), 1);
    ck_assert_str_eq(text_of(incmap_tally_get(tally, 0)), "more than 50, 70, 60 to 80, dozens");
}
END_TEST

/* The printed number alone, as other people's tables have it. */
static const struct {
    const char *qualifier, *text;
} alone[] = {
    { "exact", "9" },
    { "", "9" },
    { "at_least", "at least 9" },
    { "more_than", "more than 9" },
    { "nearly", "nearly 9" },
    { "up_to", "up to 9" },
    { "or_more", "9 or more" },
    { "Or-more", "9 or more" },
    { "fewer_than", "fewer than 9" },
};

START_TEST(a_number_without_low_and_high_is_taken_by_its_qualifier)
{
    char claims[512];
    (void)snprintf(claims, sizeof claims, "%sc,i1,s,mod,asserts,fatalities,people,9,%s,,,people\n",
                   CLAIM_HEADER, alone[_i].qualifier);
    build(claims);
    ck_assert_str_eq(text_of(incmap_tally_get(tally, 0)), alone[_i].text);
}
END_TEST

START_TEST(a_text_is_cut_to_the_room_that_there_is)
{
    char small[4];
    const incmap_tally_line *line =
        line_of("bel23_counter_operation", "fatalities", "fighters", "ru_mod");
    ck_assert_uint_eq(incmap_tally_figure_text(d, line, small, sizeof small),
                      strlen("more than 70, 70, dozens"));
    ck_assert_str_eq(small, "mor");
    ck_assert_uint_eq(incmap_tally_figure_text(d, line, NULL, 0), 0);
    ck_assert_uint_eq(incmap_tally_figure_text(NULL, line, small, sizeof small), 0);
}
END_TEST

START_TEST(bad_arguments_are_told_and_leave_the_output_alone)
{
    static const char *const types[] = { "fatalities", NULL };
    incmap_tally *none = NULL;

    ck_assert_int_eq(incmap_tally_new(ctx, d, 25, NULL, 0, &none), INCMAP_ENOTFOUND);
    ck_assert_str_eq(incmap_ctx_message(ctx), "there is no incident 25: the dataset has 25");
    ck_assert_int_eq(incmap_tally_new(NULL, d, SIZE_MAX, NULL, 0, &none), INCMAP_EARG);
    ck_assert_int_eq(incmap_tally_new(ctx, NULL, SIZE_MAX, NULL, 0, &none), INCMAP_EARG);
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, NULL, 0, NULL), INCMAP_EARG);
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, types, 2, &none), INCMAP_EARG);
    ck_assert_ptr_null(none);
    incmap_tally_free(NULL);
}
END_TEST

START_TEST(without_memory_a_tally_is_enomem_and_leaks_nothing)
{
    faulty_tries t = faulty_begin();
    incmap_tally *out = NULL;

    while (faulty_next(&t, out))
        t.st = incmap_tally_new(t.ctx, d, SIZE_MAX, NULL, 0, &out);
    ck_assert_int_eq(t.done, 23);
    incmap_tally_free(out);
    faulty_end(&t, 22);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("tally");
    TCase *own = tcase_create("own"), *full = tcase_create("default");
    tcase_add_checked_fixture(full, setup_default, teardown);
    tcase_add_loop_test(full, each_claimant_keeps_a_line_of_its_own_in_the_default_data, 0,
                        sizeof lines / sizeof *lines);
    tcase_add_test(full, every_claim_of_the_types_stands_behind_one_line);
    tcase_add_test(full, one_incident_and_other_types_may_be_asked_for);
    tcase_add_test(full, a_text_is_cut_to_the_room_that_there_is);
    tcase_add_test(full, bad_arguments_are_told_and_leave_the_output_alone);
    tcase_add_test(full, without_memory_a_tally_is_enomem_and_leaks_nothing);
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_test(own, polarities_groups_and_claimants_are_never_merged);
    tcase_add_test(own, lines_come_by_the_first_claim_of_each_group);
    tcase_add_test(own, statements_of_one_claimant_stand_side_by_side);
    tcase_add_loop_test(own, a_figure_is_worded_as_it_was_given, 0,
                        sizeof figures / sizeof *figures);
    tcase_add_loop_test(own, a_number_without_low_and_high_is_taken_by_its_qualifier, 0,
                        sizeof alone / sizeof *alone);
    suite_add_tcase(suite, full);
    suite_add_tcase(suite, own);
    return run_suite(suite);
}
