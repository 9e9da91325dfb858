/* SPDX-License-Identifier: MIT */
/* The ledger: corrections and withdrawals beside what they replace, witnesses told from re-posts,
 * conflicts named, sums with their ranges, and incidents merged and parted again. */
#include "harness.h"
#include "faulty_allocator.h"
#include "tables.h"

#include <math.h>

#include <incmap/tally.h>

#include "reports/dataset.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_report *report;
static incmap_dataset *d;
static incmap_tally *tally;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
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
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, NULL, SIZE_MAX, &tally), INCMAP_OK);
}

static void teardown(void)
{
    incmap_tally_free(tally);
    incmap_dataset_free(d);
    incmap_report_free(report);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

/* ---- tables written here ---- */

#define SOURCES                                                                                    \
    "id,publisher,relayed_from,language,tier\n"                                                    \
    "a,Agency,,ru,original\nb,Blog,a,en,relay\nc,Courier,b,,relay\nd,Daily,,,secondary\n"          \
    "e,Daily,,,\nf,,,,\ng,,,,\n"
#define CLAIMANTS "key,name,part_of\nmod,Ministry,state\nstate,State,\nother,Other,\n"
#define INCIDENTS                                                                                  \
    "id,title,date_start,place_key,parent_id\nwhole,W,,,\np1,P,,,whole\np2,P,,,p1\nlone,L,,,\n"
#define HEADER                                                                                     \
    "claim_id,incident_id,source,claimant_key,polarity,claim_type,victim_group,figure_value,"      \
    "figure_qualifier,figure_unit,entry,refers_to,subject,hedge,said,said_precision,verified,"     \
    "verified_part,contradicts\n"

static void build(const char *claims, incmap_report *to)
{
    const incmap__dataset_tables tables = {
        csv_over(ctx, "s.csv", SOURCES),
        csv_over(ctx, "k.csv", CLAIMANTS),
        csv_over(ctx, "i.csv", INCIDENTS),
        csv_over(ctx, "c.csv", claims),
    };
    ck_assert_msg(incmap__dataset_build(ctx, tables, g, to, &d) == INCMAP_OK, "%s",
                  incmap_ctx_message(ctx));
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, NULL, SIZE_MAX, &tally), INCMAP_OK);
}

static const incmap_claim *claim_of(const char *id)
{
    const size_t i = incmap__records_find(&d->claims, id);
    ck_assert_msg(i != INCMAP__NO_RECORD, "no claim %s", id);
    return incmap_dataset_claim(d, i);
}

static size_t incident_number(const char *id)
{
    const size_t i = incmap__records_find(&d->incidents, id);
    ck_assert_msg(i != INCMAP__NO_RECORD, "no incident %s", id);
    return i;
}

static bool is_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* ---- records ---- */

START_TEST(a_claim_keeps_its_words_and_what_they_amount_to)
{
    const incmap_claim *claim;

    build(HEADER "c1,lone,a,mod,asserts,fatalities,people,70,more_than,people,,,,reportedly,"
                 "2023-05-23,,2023-05-24,place,\n"
                 "c2,lone,d,other,asserts,casualties,people,,a_few,people,,,,,2023-05,,,,\n"
                 "c3,lone,d,other,asserts,seizure,tanks,,umpteen,tanks,,,captured,,,,,,\n",
          NULL);
    claim = claim_of("c1");
    ck_assert_int_eq(claim->subject, INCMAP_SUBJECT_KILLED);
    ck_assert_int_eq(claim->qualifier_kind, INCMAP_QUALIFIER_MORE_THAN);
    ck_assert_str_eq(claim->hedge, "reportedly");
    ck_assert_str_eq(claim->verified_part, "place");
    ck_assert_int_eq(claim->said.precision, INCMAP_DATE_DAY);
    ck_assert_int_eq(claim->verified.earliest - claim->said.earliest, 1);
    ck_assert_int_eq(claim->entry, INCMAP_ENTRY_CLAIM);
    ck_assert_uint_eq(claim->refers_to, SIZE_MAX);
    ck_assert_uint_eq(claim->superseded_by, SIZE_MAX);
    ck_assert_int_eq(claim_of("c2")->subject, INCMAP_SUBJECT_KILLED_OR_INJURED);
    ck_assert_int_eq(claim_of("c2")->qualifier_kind, INCMAP_QUALIFIER_A_FEW);
    ck_assert_int_eq(claim_of("c2")->said.precision, INCMAP_DATE_MONTH);
    ck_assert_int_eq(claim_of("c3")->subject, INCMAP_SUBJECT_CAPTURED);
    ck_assert_int_eq(claim_of("c3")->qualifier_kind, INCMAP_QUALIFIER_OTHER);
    ck_assert_str_eq(claim_of("c3")->qualifier, "umpteen");
    ck_assert_str_eq(incmap_dataset_source(d, 0)->language, "ru");
    ck_assert_int_eq(incmap_dataset_source(d, 0)->tier, INCMAP_TIER_ORIGINAL);
    ck_assert_int_eq(incmap_dataset_source(d, 4)->tier, INCMAP_TIER_UNKNOWN);
}
END_TEST

static const struct {
    const char *word, *figure, *why;
    incmap_qualifier kind;
    const char *expected; /* of the note; NULL: none */
} worded[] = {
    { "More than", "70", "as people write it", INCMAP_QUALIFIER_MORE_THAN, NULL },
    { "at-least", "70", "with a hyphen", INCMAP_QUALIFIER_AT_LEAST, NULL },
    { "up to", "70", "another word for it, with a space", INCMAP_QUALIFIER_AT_MOST, NULL },
    { "EXACT", "70", "in capitals", INCMAP_QUALIFIER_EXACT, NULL },
    { "none", "", "a stated zero", INCMAP_QUALIFIER_NONE, NULL },
    { "none", "0", "the same in a digit", INCMAP_QUALIFIER_NONE, NULL },
    { "none", "7", "none, and seven", INCMAP_QUALIFIER_NONE, "none only where the figure is 0" },
    { "more", "70", "a part of a word", INCMAP_QUALIFIER_OTHER, "exact, about, at_least" },
    { "at mostly", "70", "more than the word", INCMAP_QUALIFIER_OTHER, "exact, about, at_least" },
};

/* "up to 70" was taken for 70 to 70, without a word. */
START_TEST(qualifiers_are_known_as_people_write_them_and_others_are_told)
{
    const incmap_problem *problem;
    char rows[1024];

    (void)snprintf(rows, sizeof rows,
                   HEADER "c1,lone,a,mod,asserts,fatalities,people,%s,%s,people,,,,,,,,,\n",
                   worded[_i].figure, worded[_i].word);
    build(rows, report);
    ck_assert_msg(claim_of("c1")->qualifier_kind == worded[_i].kind, "%s", worded[_i].why);
    ck_assert_str_eq(claim_of("c1")->qualifier, worded[_i].word);
    ck_assert_msg(incmap_report_count(report) == (worded[_i].expected != NULL), "%s",
                  worded[_i].why);
    if (!worded[_i].expected) return;
    problem = incmap_report_get(report, 0);
    ck_assert_int_eq(problem->severity, INCMAP_PROBLEM_WARNING);
    ck_assert_str_eq(problem->column_name, "figure_qualifier");
    ck_assert_str_eq(problem->found, worded[_i].word);
    ck_assert_ptr_eq(strstr(problem->expected, worded[_i].expected), problem->expected);
}
END_TEST

START_TEST(words_of_the_ledger_have_texts)
{
    ck_assert_str_eq(incmap_subject_text(INCMAP_SUBJECT_KILLED), "killed");
    ck_assert_str_eq(incmap_subject_text(INCMAP_SUBJECT_KILLED_OR_INJURED), "killed_or_injured");
    ck_assert_str_eq(incmap_subject_text((incmap_subject)99), "other");
    ck_assert_str_eq(incmap_qualifier_text(INCMAP_QUALIFIER_MORE_THAN), "more_than");
    ck_assert_str_eq(incmap_qualifier_text(INCMAP_QUALIFIER_NONE), "none");
    ck_assert_str_eq(incmap_qualifier_text((incmap_qualifier)99), "other");
    ck_assert_str_eq(incmap_entry_text(INCMAP_ENTRY_VERIFICATION), "verification");
    ck_assert_str_eq(incmap_source_tier_text(INCMAP_TIER_RELAY), "relay");
    ck_assert_str_eq(incmap_conflict_text(INCMAP_CONFLICT_STATED), "stated");
    ck_assert_str_eq(incmap_conflict_text((incmap_conflict_kind)9), "unknown");
}
END_TEST

START_TEST(the_default_claims_have_subjects_and_qualifiers_that_incmap_knows)
{
    static const struct {
        const char *id;
        incmap_subject subject;
    } some[] = { { "c000_20", INCMAP_SUBJECT_KILLED },   { "c004_06", INCMAP_SUBJECT_INJURED },
                 { "c000_01", INCMAP_SUBJECT_USED },     { "c004_08", INCMAP_SUBJECT_DESTROYED },
                 { "c000_04", INCMAP_SUBJECT_CONTROLS }, { "c002_11", INCMAP_SUBJECT_MOVED },
                 { "c003_08", INCMAP_SUBJECT_DISTANCE }, { "c001_09", INCMAP_SUBJECT_CAUSE },
                 { "c000_13", INCMAP_SUBJECT_OTHER } };

    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        ck_assert_msg(claim_of(some[i].id)->subject == some[i].subject, "%s", some[i].id);
    for (size_t i = 0; i < incmap_dataset_claim_count(d); i++)
        ck_assert_int_ne(incmap_dataset_claim(d, i)->qualifier_kind, INCMAP_QUALIFIER_OTHER);
    ck_assert_str_eq(claim_of("c001_01")->hedge, "reportedly");
    ck_assert_str_eq(incmap_dataset_source(d, 2)->language, "en");
    ck_assert_int_eq(incmap_dataset_source(d, 2)->tier, INCMAP_TIER_RELAY);
}
END_TEST

/* ---- corrections ---- */

START_TEST(a_correction_stands_beside_what_it_replaces_and_only_it_is_counted)
{
    const incmap_tally_line *line;
    char text[64];

    build(HEADER "c1,lone,a,mod,asserts,fatalities,people,70,exact,people,,,,,,,,,\n"
                 "c2,lone,a,mod,asserts,fatalities,people,50,exact,people,correction,c1,,,,,,,\n"
                 "c3,lone,d,state,asserts,fatalities,people,52,exact,people,correction,c2,,,,,,,\n"
                 "c4,lone,d,other,asserts,fatalities,people,9,exact,people,,,,,,,,,\n"
                 "c5,lone,d,other,asserts,fatalities,people,,,people,withdrawal,c4,,,,,,,\n"
                 "c6,lone,e,other,asserts,fatalities,people,52,exact,people,verification,c3,,,,,,,"
                 "\n",
          NULL);
    ck_assert_uint_eq(incmap_dataset_claim_count(d), 6);
    ck_assert_str_eq(incmap_dataset_claim(d, claim_of("c1")->superseded_by)->id, "c2");
    ck_assert_str_eq(incmap_dataset_claim(d, claim_of("c2")->superseded_by)->id, "c3");
    ck_assert_str_eq(incmap_dataset_claim(d, claim_of("c4")->superseded_by)->id, "c5");
    ck_assert_uint_eq(claim_of("c3")->superseded_by, SIZE_MAX);
    ck_assert_str_eq(incmap_dataset_claim(d, claim_of("c6")->refers_to)->id, "c3");
    ck_assert_uint_eq(incmap_tally_count(tally), 3); /* the ministry, the state, the other */
    line = incmap_tally_get(tally, 0);
    ck_assert_uint_eq(line->claims, 0);
    ck_assert_uint_eq(line->superseded, 2);
    ck_assert_str_eq(incmap_dataset_claim(d, line->claim_indices[0])->id, "c1");
    ck_assert(isnan(line->low) && isnan(line->best));
    incmap_tally_figure_text(d, line, text, sizeof text);
    ck_assert_str_eq(text, "withdrawn");
    line = incmap_tally_get(tally, 1);
    ck_assert_double_eq(line->best, 52);
    ck_assert_uint_eq(line->claims, 1);
    ck_assert_uint_eq(incmap_tally_get(tally, 2)->superseded, 1);
    ck_assert_double_eq(incmap_tally_overall_get(tally, 0)->high, 52);
    ck_assert_uint_eq(incmap_tally_overall_get(tally, 0)->claims, 1);
    ck_assert_uint_eq(incmap_tally_conflict_count(tally), 0); /* 70 and 9 are no longer said */
}
END_TEST

static const struct {
    const char *why, *row, *line;
} bad[] = {
    { "a correction of nothing", "x,lone,a,mod,asserts,fatalities,,,,,correction,,,,,,,,\n",
      "c.csv:3: column 12 (refers_to): found \"\", expected a value\n" },
    { "a later or unknown claim", "x,lone,a,mod,asserts,fatalities,,,,,withdrawal,y,,,,,,,\n",
      "c.csv:3: column 12 (refers_to): found \"y\", expected the id of a claim in an earlier row "
      "that is not refused\n" },
    { "itself", "x,lone,a,mod,asserts,fatalities,,,,,correction,x,,,,,,,\n",
      "c.csv:3: column 12 (refers_to): found \"x\", expected the id of a claim in an earlier row "
      "that is not refused\n" },
    { "another incident", "x,p1,a,mod,asserts,fatalities,,,,,correction,c1,,,,,,,\n",
      "c.csv:3: column 12 (refers_to): found \"c1\", expected the id of a claim about the same "
      "incident\n" },
    { "somebody else's claim", "x,lone,a,other,asserts,fatalities,,,,,withdrawal,c1,,,,,,,\n",
      "c.csv:3: column 12 (refers_to): found \"c1\", expected the id of a claim of the same "
      "claimant, or of one with the same head\n" },
    { "a claim that refers", "x,lone,a,mod,asserts,fatalities,,,,,,c1,,,,,,,\n",
      "c.csv:3: column 12 (refers_to): found \"c1\", expected nothing, since this entry is a "
      "claim\n" },
    { "an entry of no kind", "x,lone,a,mod,asserts,fatalities,,,,,rumour,c1,,,,,,,\n",
      "c.csv:3: column 11 (entry): found \"rumour\", expected claim, correction, withdrawal, "
      "verification or nothing\n" },
    { "a subject of no kind", "x,lone,a,mod,asserts,fatalities,,,,,,,eaten,,,,,,\n",
      "c.csv:3: column 13 (subject): found \"eaten\", expected killed, injured, "
      "killed_or_injured, captured, destroyed, used, controls, moved, distance, location, cause, "
      "other or nothing\n" },
    { "31 February", "x,lone,a,mod,asserts,fatalities,,,,,,,,,2023-02-31,,,,\n", NULL },
};

START_TEST(an_entry_that_refers_to_nothing_it_may_refer_to_is_refused)
{
    char claims[1024];
    (void)snprintf(claims, sizeof claims,
                   "%sc1,lone,a,mod,asserts,fatalities,people,70,exact,people,,,,,,,,,\n%s", HEADER,
                   bad[_i].row);
    build(claims, report);
    ck_assert_uint_eq(incmap_report_refused(report), 1);
    if (bad[_i].line) ck_assert_str_eq(report_lines(report), bad[_i].line);
    ck_assert_uint_eq(incmap_dataset_claim_count(d), 1);
    ck_assert_uint_eq(claim_of("c1")->superseded_by, SIZE_MAX);
}
END_TEST

START_TEST(a_contradiction_with_a_claim_that_is_not_there_is_told_and_the_claim_stays)
{
    build(HEADER "c1,lone,a,mod,asserts,fatalities,,,,,,,,,,,,,\n"
                 "c2,lone,a,mod,asserts,fatalities,,,,,,,,,,,,,c1|c9\n",
          report);
    ck_assert_uint_eq(incmap_report_count(report), 1);
    ck_assert_uint_eq(incmap_report_refused(report), 0);
    ck_assert_uint_eq(incmap_dataset_claim_count(d), 2);
    ck_assert_uint_eq(incmap_tally_conflict_count(tally), 1);
    ck_assert_int_eq(incmap_tally_conflict_get(tally, 0)->kind, INCMAP_CONFLICT_STATED);
}
END_TEST

/* ---- witnesses ---- */

static const struct {
    const char *why, *sources; /* one letter a claim */
    incmap_witnesses expected;
} witnesses[] = {
    { "one", "a", { 1, 1, 1 } },
    { "twice the same", "aa", { 1, 1, 1 } },
    { "a re-post and a re-post of that", "abc", { 3, 1, 1 } },
    { "re-posts alone, the original not among them", "bc", { 2, 1, 1 } },
    { "two texts of one publisher", "de", { 2, 2, 1 } },
    { "two that name no publisher", "fg", { 2, 2, 2 } },
    { "all", "abcdefg", { 7, 5, 4 } },
};

START_TEST(re_posts_of_one_original_are_one_witness)
{
    char claims[2048] = HEADER;
    const incmap_witnesses *expected = &witnesses[_i].expected, *got;
    size_t used = strlen(claims);

    for (size_t i = 0; witnesses[_i].sources[i]; i++)
        used +=
            (size_t)snprintf(claims + used, sizeof claims - used,
                             "c%zu,lone,%c,%s,asserts,fatalities,people,5,exact,people,,,,,,,,,\n",
                             i, witnesses[_i].sources[i], "mod");
    build(claims, NULL);
    got = &incmap_tally_get(tally, 0)->witnesses;
    ck_assert_msg(got->sources == expected->sources && got->independent == expected->independent &&
                      got->publishers == expected->publishers,
                  "%s: %zu, %zu, %zu", witnesses[_i].why, got->sources, got->independent,
                  got->publishers);
    got = &incmap_tally_overall_get(tally, 0)->witnesses;
    ck_assert_uint_eq(got->sources, expected->sources);
    ck_assert_uint_eq(got->independent, expected->independent);
}
END_TEST

START_TEST(the_original_of_a_source_is_the_end_of_its_chain)
{
    build(HEADER, NULL);
    ck_assert_uint_eq(incmap_dataset_original(d, 2), 0);
    ck_assert_uint_eq(incmap_dataset_original(d, 1), 0);
    ck_assert_uint_eq(incmap_dataset_original(d, 3), 3);
}
END_TEST

/* ---- overall and conflicts ---- */

static const incmap_tally_overall *overall_of(const char *incident, const char *type,
                                              const char *group)
{
    for (size_t i = 0; i < incmap_tally_overall_count(tally); i++) {
        const incmap_tally_overall *o = incmap_tally_overall_get(tally, i);
        if (o->incident == incident_number(incident) && strcmp(o->type, type) == 0 &&
            strcmp(o->victim_group, group) == 0)
            return o;
    }
    ck_abort_msg("no %s %s %s", incident, type, group);
    return NULL;
}

static const incmap_conflict *conflict_of(const char *incident, const char *type,
                                          incmap_conflict_kind kind)
{
    for (size_t i = 0; i < incmap_tally_conflict_count(tally); i++) {
        const incmap_conflict *c = incmap_tally_conflict_get(tally, i);
        const incmap_claim *a = incmap_dataset_claim(d, c->a);
        if (c->kind == kind && a->incident == incident_number(incident) &&
            strcmp(a->type, type) == 0)
            return c;
    }
    return NULL;
}

START_TEST(seventy_and_more_than_seventy_are_a_conflict_with_both_sides_named)
{
    const incmap_tally_overall *o = overall_of("bel23_counter_operation", "fatalities", "fighters");
    const incmap_conflict *c =
        conflict_of("bel23_counter_operation", "fatalities", INCMAP_CONFLICT_FIGURES);

    ck_assert_uint_eq(o->claims, 5);
    ck_assert_uint_eq(o->without_figure, 1); /* "dozens" */
    ck_assert_uint_eq(o->claimants, 3);
    ck_assert_uint_eq(o->heads, 1); /* all are Russia's */
    ck_assert_double_eq(o->low, 70);
    ck_assert_double_eq(o->best, 70);
    ck_assert(isnan(o->high) && o->high_open);
    /* Four texts; two of them one publisher's. */
    ck_assert_uint_eq(o->witnesses.sources, 4);
    ck_assert_uint_eq(o->witnesses.independent, 4);
    ck_assert_uint_eq(o->witnesses.publishers, 3);
    ck_assert_ptr_nonnull(c);
    ck_assert_str_eq(incmap_dataset_claim(d, c->a)->id, "c000_20");
    ck_assert_double_eq(incmap_dataset_claim(d, c->b)->figure, 70);
    ck_assert_uint_eq(c->a_count, 1);
    ck_assert_uint_eq(c->b_count, 3);
    ck_assert(c->same_head);
}
END_TEST

START_TEST(each_figure_of_the_texts_stays_visible)
{
    const incmap_tally_overall *o = overall_of("bel23_raid", "injuries", "people");

    ck_assert_double_eq(o->low, 8); /* eight in one text, several in another */
    ck_assert_double_eq(o->high, 8);
    ck_assert_uint_eq(o->without_figure, 1);
    ck_assert_ptr_null(conflict_of("bel23_raid", "injuries", INCMAP_CONFLICT_FIGURES));
    o = overall_of("bel23_raid", "fatalities", "civilians");
    ck_assert_double_eq(o->best, 1);
    o = overall_of("bel23_drones_overnight", "casualties", "people");
    ck_assert_double_eq(o->best, 0); /* "no victims" is a number */
    ck_assert_uint_eq(o->without_figure, 0);
}
END_TEST

START_TEST(control_that_is_claimed_and_denied_is_a_conflict)
{
    const incmap_conflict *c =
        conflict_of("bakhmut23_capture", "territorial_control", INCMAP_CONFLICT_DENIED);

    ck_assert_ptr_nonnull(c);
    ck_assert_uint_eq(c->a_count, 4);
    ck_assert_uint_eq(c->b_count, 1);
    ck_assert_str_eq(incmap_dataset_claim(d, c->b)->id, "c002_32");
    ck_assert(!c->same_head);
    ck_assert_uint_eq(overall_of("bakhmut23_capture", "territorial_control", "")->denials, 1);
}
END_TEST

START_TEST(whether_it_was_the_first_raid_is_a_conflict_that_the_data_state)
{
    const incmap_conflict *c = conflict_of("bel23_raid", "comparison", INCMAP_CONFLICT_STATED);

    ck_assert_ptr_nonnull(c);
    ck_assert_str_eq(incmap_dataset_claim(d, c->a)->id, "c003_07");
    ck_assert_str_eq(incmap_dataset_claim(d, c->b)->id, "c000_07");
    /* Denials of responsibility are about different things: none is told as a conflict. */
    ck_assert_ptr_null(conflict_of("bel23_raid", "responsibility", INCMAP_CONFLICT_DENIED));
}
END_TEST

static const struct {
    const char *a, *b; /* figure and qualifier */
    bool conflict;
} pairs[] = {
    { "70,exact", "70,more_than", true },
    { "70,exact", "70,at_least", false },
    { "70,exact", "69,more_than", false },
    { "70,exact", "70,less_than", true },
    { "63,exact", "60,about", false },
    { "67,exact", "60,about", true },
    { ",several", "8,exact", false },
    { ",several", "0,exact", true },
    { ",several", ",none", true },
    { ",many", ",several", false },
    { "12,nearly", "12,exact", false },
    { "12,nearly", "13,exact", true },
    { ",", "0,exact", false },
    { "5,exact", "5,exact", false },
};

START_TEST(claims_conflict_when_no_number_fits_both)
{
    char claims[1024];
    (void)snprintf(claims, sizeof claims,
                   "%sc1,lone,a,mod,asserts,fatalities,people,%s,people,,,,,,,,,\n"
                   "c2,lone,d,other,asserts,fatalities,people,%s,people,,,,,,,,,\n",
                   HEADER, pairs[_i].a, pairs[_i].b);
    build(claims, NULL);
    ck_assert_msg((incmap_tally_conflict_count(tally) == 1) == pairs[_i].conflict, "%s | %s",
                  pairs[_i].a, pairs[_i].b);
}
END_TEST

/* ---- sums ---- */

static const struct {
    const char *why, *claims;
    incmap_tally_total expected;
} sums[] = {
    { "two incidents, one of them unknown",
      "c1,lone,a,mod,asserts,fatalities,people,5,exact,people,,,,,,,,,\n"
      "c2,whole,a,mod,asserts,fatalities,people,,several,people,,,,,,,,,\n",
      { .incidents = 2, .with_figure = 1, .unknown = 1, .low = 5, .best = 5, .high = 5 } },
    { "two claimants differ: a range and no best",
      "c1,lone,a,mod,asserts,fatalities,people,5,exact,people,,,,,,,,,\n"
      "c2,lone,d,other,asserts,fatalities,people,9,exact,people,,,,,,,,,\n"
      "c3,whole,a,mod,asserts,fatalities,people,2,exact,people,,,,,,,,,\n",
      { .incidents = 2, .with_figure = 2, .low = 7, .best = NAN, .high = 11 } },
    { "an open end stays open",
      "c1,lone,a,mod,asserts,fatalities,people,5,more_than,people,,,,,,,,,\n"
      "c2,whole,a,mod,asserts,fatalities,people,12,nearly,people,,,,,,,,,\n",
      { .incidents = 2,
        .with_figure = 2,
        .low = 5,
        .best = 17,
        .high = NAN,
        .low_open = true,
        .high_open = true } },
    { "the whole may hold its part",
      "c1,whole,a,mod,asserts,fatalities,people,5,exact,people,,,,,,,,,\n"
      "c2,p1,a,mod,asserts,fatalities,people,3,exact,people,,,,,,,,,\n"
      "c3,lone,a,mod,asserts,fatalities,people,1,exact,people,,,,,,,,,\n",
      { .incidents = 3, .with_figure = 3, .nested = 1, .low = 4, .best = NAN, .high = 9 } },
    { "a part of a part, the middle without a claim",
      "c1,p2,a,mod,asserts,fatalities,people,3,exact,people,,,,,,,,,\n"
      "c2,whole,a,mod,asserts,fatalities,people,2,exact,people,,,,,,,,,\n",
      { .incidents = 2, .with_figure = 2, .nested = 1, .low = 2, .best = NAN, .high = 5 } },
    { "a whole of which nobody says how many",
      "c1,p1,a,mod,asserts,fatalities,people,3,exact,people,,,,,,,,,\n"
      "c2,whole,a,mod,asserts,fatalities,people,,many,people,,,,,,,,,\n",
      { .incidents = 2,
        .with_figure = 1,
        .unknown = 1,
        .nested = 1,
        .low = 3,
        .best = NAN,
        .high = 3 } },
    { "a lower end that nobody gives is not 0",
      "c1,lone,a,mod,asserts,fatalities,people,8,up_to,people,,,,,,,,,\n"
      "c2,whole,a,mod,asserts,fatalities,people,12,nearly,people,,,,,,,,,\n",
      { .incidents = 2, .with_figure = 2, .low = NAN, .best = 20, .high = 20, .low_open = true } },
    { "a part without a lower end leaves the whole's",
      "c1,whole,a,mod,asserts,fatalities,people,5,exact,people,,,,,,,,,\n"
      "c2,p1,a,mod,asserts,fatalities,people,12,nearly,people,,,,,,,,,\n",
      { .incidents = 2,
        .with_figure = 2,
        .nested = 1,
        .low = 5,
        .best = NAN,
        .high = 17,
        .low_open = true } },
    { "nothing but unknown",
      "c1,lone,a,mod,asserts,fatalities,people,,several,people,,,,,,,,,\n",
      { .incidents = 1, .unknown = 1, .low = NAN, .best = NAN, .high = NAN } },
    { "a denied figure is in no sum",
      "c1,lone,a,mod,asserts,fatalities,people,5,exact,people,,,,,,,,,\n"
      "c2,lone,d,other,denies,fatalities,people,70,exact,people,,,,,,,,,\n"
      "c3,whole,d,other,denies,fatalities,people,9,exact,people,,,,,,,,,\n",
      { .incidents = 1, .with_figure = 1, .low = 5, .best = 5, .high = 5 } },
};

START_TEST(sums_carry_ranges_and_count_the_unknown)
{
    char claims[2048];
    const incmap_tally_total *want = &sums[_i].expected, *got;

    (void)snprintf(claims, sizeof claims, "%s%s", HEADER, sums[_i].claims);
    build(claims, NULL);
    ck_assert_uint_eq(incmap_tally_total_count(tally), 1);
    got = incmap_tally_total_get(tally, 0);
    ck_assert_msg(got->incidents == want->incidents && got->with_figure == want->with_figure &&
                      got->unknown == want->unknown && got->nested == want->nested,
                  "%s: %zu incidents, %zu with, %zu unknown, %zu nested", sums[_i].why,
                  got->incidents, got->with_figure, got->unknown, got->nested);
    ck_assert_msg(is_number(got->low, want->low) && is_number(got->best, want->best) &&
                      is_number(got->high, want->high),
                  "%s: %g, %g, %g", sums[_i].why, got->low, got->best, got->high);
    ck_assert_int_eq(got->low_open, want->low_open);
    ck_assert_int_eq(got->high_open, want->high_open);
    ck_assert_int_eq(got->subject, INCMAP_SUBJECT_KILLED);
    ck_assert_ptr_null(incmap_tally_total_get(tally, 1));
    ck_assert_ptr_null(incmap_tally_overall_get(tally, 9));
    ck_assert_ptr_null(incmap_tally_conflict_get(tally, 9));
}
END_TEST

/* ---- merging ---- */

START_TEST(merged_incidents_count_as_one_until_they_are_parted_again)
{
    size_t lone, whole, p1, p2;

    build(HEADER "c1,lone,a,mod,asserts,fatalities,people,5,exact,people,,,,,,,,,\n"
                 "c2,p2,d,mod,asserts,fatalities,people,5,exact,people,,,,,,,,,\n",
          NULL);
    lone = incident_number("lone");
    whole = incident_number("whole");
    p1 = incident_number("p1");
    p2 = incident_number("p2");
    ck_assert_uint_eq(incmap_tally_count(tally), 2);
    ck_assert_double_eq(incmap_tally_total_get(tally, 0)->low, 10);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, p2, lone), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_merged(d, p2), lone);
    incmap_tally_free(tally);
    ck_assert_int_eq(incmap_tally_new(ctx, d, p2, NULL, 0, &tally), INCMAP_OK);
    ck_assert_uint_eq(incmap_tally_count(tally), 1);
    ck_assert_uint_eq(incmap_tally_get(tally, 0)->claims, 2);
    ck_assert_uint_eq(incmap_tally_get(tally, 0)->witnesses.sources, 2); /* each source is kept */
    ck_assert_uint_eq(incmap_tally_get(tally, 0)->incident, lone);
    ck_assert_double_eq(incmap_tally_total_get(tally, 0)->low, 5);
    ck_assert_uint_eq(incmap_dataset_incident_count(d), 4);
    ck_assert_uint_eq(claim_of("c2")->incident, p2);

    ck_assert_int_eq(incmap_dataset_merge(ctx, d, p2, whole), INCMAP_EEXIST);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, lone, p2), INCMAP_EEXIST);
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, lone, lone), INCMAP_EEXIST);
    /* p1 is a part of the whole: were the whole p1, p1 would be a part of itself. */
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, whole, p1), INCMAP_EEXIST);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "a part of itself"));
    ck_assert_int_eq(incmap_dataset_merge(ctx, d, lone, 4), INCMAP_ENOTFOUND);
    ck_assert_int_eq(incmap_dataset_merge(NULL, d, lone, p1), INCMAP_EARG);
    ck_assert_int_eq(incmap_dataset_unmerge(ctx, d, lone), INCMAP_ENOTFOUND);
    ck_assert_int_eq(incmap_dataset_unmerge(ctx, d, 4), INCMAP_ENOTFOUND);
    ck_assert_int_eq(incmap_dataset_unmerge(NULL, d, p2), INCMAP_EARG);

    ck_assert_int_eq(incmap_dataset_unmerge(ctx, d, p2), INCMAP_OK);
    ck_assert_uint_eq(incmap_dataset_merged(d, p2), p2);
    incmap_tally_free(tally);
    ck_assert_int_eq(incmap_tally_new(ctx, d, SIZE_MAX, NULL, 0, &tally), INCMAP_OK);
    ck_assert_uint_eq(incmap_tally_count(tally), 2);
    ck_assert_double_eq(incmap_tally_total_get(tally, 0)->low, 10);
}
END_TEST

START_TEST(without_memory_a_full_tally_is_enomem_and_leaks_nothing)
{
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    incmap_tally *out = NULL;
    incmap_status st;
    long tries = 0;

    do {
        faulty.budget = tries++;
        st = incmap_tally_new(poor, d, SIZE_MAX, NULL, SIZE_MAX, &out);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_ptr_null(out);
            ck_assert_int_eq(faulty.blocks, 1);
        }
    } while (st);
    ck_assert_int_gt(tries, 20);
    incmap_tally_free(out);
    ck_assert_int_eq(faulty.blocks, 1);
    incmap_ctx_free(poor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("ledger");
    TCase *own = tcase_create("own"), *full = tcase_create("default");
    tcase_add_checked_fixture(full, setup_default, teardown);
    tcase_add_test(full, the_default_claims_have_subjects_and_qualifiers_that_incmap_knows);
    tcase_add_test(full, seventy_and_more_than_seventy_are_a_conflict_with_both_sides_named);
    tcase_add_test(full, each_figure_of_the_texts_stays_visible);
    tcase_add_test(full, control_that_is_claimed_and_denied_is_a_conflict);
    tcase_add_test(full, whether_it_was_the_first_raid_is_a_conflict_that_the_data_state);
    tcase_add_test(full, without_memory_a_full_tally_is_enomem_and_leaks_nothing);
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_test(own, a_claim_keeps_its_words_and_what_they_amount_to);
    tcase_add_loop_test(own, qualifiers_are_known_as_people_write_them_and_others_are_told, 0,
                        sizeof worded / sizeof *worded);
    tcase_add_test(own, words_of_the_ledger_have_texts);
    tcase_add_test(own, a_correction_stands_beside_what_it_replaces_and_only_it_is_counted);
    tcase_add_loop_test(own, an_entry_that_refers_to_nothing_it_may_refer_to_is_refused, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(own, a_contradiction_with_a_claim_that_is_not_there_is_told_and_the_claim_stays);
    tcase_add_loop_test(own, re_posts_of_one_original_are_one_witness, 0,
                        sizeof witnesses / sizeof *witnesses);
    tcase_add_test(own, the_original_of_a_source_is_the_end_of_its_chain);
    tcase_add_loop_test(own, claims_conflict_when_no_number_fits_both, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(own, sums_carry_ranges_and_count_the_unknown, 0,
                        sizeof sums / sizeof *sums);
    tcase_add_test(own, merged_incidents_count_as_one_until_they_are_parted_again);
    suite_add_tcase(suite, full);
    suite_add_tcase(suite, own);
    return run_suite(suite);
}
