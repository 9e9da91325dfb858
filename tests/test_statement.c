/* SPDX-License-Identifier: MIT */
/* Reading stated distances: figures, units, hedges, directions and ends in three languages, and what
 * is said of words that cannot be read. */
#include "harness.h"
#include "faulty_allocator.h"
#include "random.h"
#include "tables.h"

#include <math.h>

#include <incmap/builtin.h>
#include <incmap/statement.h>

#include "checks/rounding.h"
#include "checks/statements.h"

static incmap_ctx *ctx;
static incmap_gazetteer *g;
static incmap_report *report;

static void setup(void)
{
    ck_assert_int_eq(incmap_ctx_new(NULL, &ctx), INCMAP_OK);
    ck_assert_int_eq(incmap_gazetteer_new(ctx, &g), INCMAP_OK);
    load_default_places(ctx, g);
    ck_assert_int_eq(incmap_report_new(ctx, NULL, &report), INCMAP_OK);
}

static void teardown(void)
{
    incmap_report_free(report);
    incmap_gazetteer_free(g);
    incmap_ctx_free(ctx);
}

static bool is_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* "kozinka", "border", "line:front line", "unknown:Atlantis", "" */
static const char *end_text(const incmap_statement_end *end)
{
    static char texts[4][128];
    static int turn;
    char *text = texts[turn++ % 4];
    const char *prefix = end->kind == INCMAP_END_LINE      ? "line:"
                         : end->kind == INCMAP_END_UNKNOWN ? "unknown:"
                                                           : "";

    if (end->kind == INCMAP_END_BORDER || end->kind == INCMAP_END_NONE)
        return end->kind == INCMAP_END_NONE ? "" : "border";
    (void)snprintf(text, sizeof texts[0], "%s%s", prefix,
                   end->kind == INCMAP_END_PLACE ? end->places[0]->key : end->name);
    return text;
}

/* Each line: the words, and what they amount to. */
static const struct {
    const char *words;
    incmap_statement_kind kind;
    incmap_hedge hedge;
    double value;
    incmap_said_unit unit;
    const char *of, *reference;
} sentences[] = {
#define DEPTH INCMAP_STATEMENT_DEPTH
#define DISTANCE INCMAP_STATEMENT_DISTANCE
#define TIME INCMAP_STATEMENT_TRAVEL_TIME
    /* The texts' own and those of other reports. */
    { "some 600 meters over the border", DEPTH, INCMAP_HEDGE_SOME, 600, INCMAP_SAID_M, "",
      "border" },
    { "Kozinka, some 600 meters over the border", DEPTH, INCMAP_HEDGE_SOME, 600, INCMAP_SAID_M,
      "kozinka", "border" },
    { "Belgorod, roughly 373 miles from Moscow", DISTANCE, INCMAP_HEDGE_ROUGHLY, 373,
      INCMAP_SAID_MILE, "belgorod", "moscow" },
    { "Kozinka, about 76 km southeast of Sumy", DISTANCE, INCMAP_HEDGE_ABOUT, 76, INCMAP_SAID_KM,
      "kozinka", "sumy" },
    { "3.5 miles over the border into Russia", DEPTH, INCMAP_HEDGE_NONE, 3.5, INCMAP_SAID_MILE, "",
      "border" },
    { "Grayvoron, a few miles from the border", DEPTH, INCMAP_HEDGE_A_FEW, NAN, INCMAP_SAID_MILE,
      "grayvoron", "border" },
    { "в 12 км от границы", DEPTH, INCMAP_HEDGE_NONE, 12, INCMAP_SAID_KM, "", "border" },
    { "an approximately 30-minute drive from Belgorod to the border", TIME, INCMAP_HEDGE_ABOUT, 30,
      INCMAP_SAID_MINUTE, "belgorod", "border" },
    { "the 600-mile front line", INCMAP_STATEMENT_LENGTH, INCMAP_HEDGE_NONE, 600, INCMAP_SAID_MILE,
      "", "line:front line" },
    { "a front line of 600 miles", INCMAP_STATEMENT_LENGTH, INCMAP_HEDGE_NONE, 600,
      INCMAP_SAID_MILE, "", "line:front line" },
    { "Belgorod borders Ukraine", INCMAP_STATEMENT_ADJACENCY, INCMAP_HEDGE_NONE, NAN,
      INCMAP_SAID_NONE, "belgorod", "ukraine" },
    { "villages near the border", INCMAP_STATEMENT_QUALITATIVE, INCMAP_HEDGE_NEAR, NAN,
      INCMAP_SAID_NONE, "", "border" },
    /* Numbers. */
    { "Grayvoron is 1,200 km from Kyiv", DISTANCE, INCMAP_HEDGE_NONE, 1200, INCMAP_SAID_KM,
      "grayvoron", "kyiv" },
    { "Грайворон в 1 200 км от Киева", DISTANCE, INCMAP_HEDGE_NONE, 1200, INCMAP_SAID_KM,
      "grayvoron", "kyiv" },
    { "Kozinka is six hundred and fifty metres from the border", DEPTH, INCMAP_HEDGE_NONE, 650,
      INCMAP_SAID_M, "kozinka", "border" },
    { "Kozinka, two and a half miles from the border", DEPTH, INCMAP_HEDGE_NONE, 2.5,
      INCMAP_SAID_MILE, "kozinka", "border" },
    { "a mile and a half from the border", DEPTH, INCMAP_HEDGE_NONE, 1.5, INCMAP_SAID_MILE, "",
      "border" },
    { "half a mile from Kozinka", DISTANCE, INCMAP_HEDGE_NONE, 0.5, INCMAP_SAID_MILE, "",
      "kozinka" },
    { "twenty-five kilometres off Belgorod", DISTANCE, INCMAP_HEDGE_NONE, 25, INCMAP_SAID_KM, "",
      "belgorod" },
    { "two thousand three hundred metres from Kozinka", DISTANCE, INCMAP_HEDGE_NONE, 2300,
      INCMAP_SAID_M, "", "kozinka" },
    { "в полутора километрах от Козинки", DISTANCE, INCMAP_HEDGE_NONE, 1.5, INCMAP_SAID_KM, "",
      "kozinka" },
    { "3,5 км от границы", DEPTH, INCMAP_HEDGE_NONE, 3.5, INCMAP_SAID_KM, "", "border" },
    { "600m from the border", DEPTH, INCMAP_HEDGE_NONE, 600, INCMAP_SAID_M, "", "border" },
    { "between 5 and 7 km from the border", DEPTH, INCMAP_HEDGE_NONE, 6, INCMAP_SAID_KM, "",
      "border" },
    { "5-7 km from the border", DEPTH, INCMAP_HEDGE_NONE, 6, INCMAP_SAID_KM, "", "border" },
    { "some 5 to 7 km from the border", DEPTH, INCMAP_HEDGE_SOME, 6, INCMAP_SAID_KM, "", "border" },
    { "Глотово, менее чем в километре от границы", DEPTH, INCMAP_HEDGE_LESS_THAN, 1, INCMAP_SAID_KM,
      "glotovo", "border" },
    /* Units. */
    { "40 nautical miles from Kyiv", DISTANCE, INCMAP_HEDGE_NONE, 40, INCMAP_SAID_NAUTICAL_MILE, "",
      "kyiv" },
    { "в семи верстах от Белгорода", DISTANCE, INCMAP_HEDGE_NONE, 7, INCMAP_SAID_VERST, "",
      "belgorod" },
    { "300 yards from the frontier", DEPTH, INCMAP_HEDGE_NONE, 300, INCMAP_SAID_YARD, "",
      "border" },
    { "two hours from Kharkiv", TIME, INCMAP_HEDGE_NONE, 2, INCMAP_SAID_HOUR, "", "kharkiv" },
    { "за 40 хвилин їзди від Харкова", TIME, INCMAP_HEDGE_NONE, 40, INCMAP_SAID_MINUTE, "",
      "kharkiv" },
    /* Hedges. */
    { "more than 5 miles from the border", DEPTH, INCMAP_HEDGE_MORE_THAN, 5, INCMAP_SAID_MILE, "",
      "border" },
    { "over 600 m over the border", DEPTH, INCMAP_HEDGE_MORE_THAN, 600, INCMAP_SAID_M, "",
      "border" },
    { "no less than 5 km from the border", DEPTH, INCMAP_HEDGE_AT_LEAST, 5, INCMAP_SAID_KM, "",
      "border" },
    { "just under 5 km from the border", DEPTH, INCMAP_HEDGE_JUST_UNDER, 5, INCMAP_SAID_KM, "",
      "border" },
    { "within 10 km of the border", DEPTH, INCMAP_HEDGE_WITHIN, 10, INCMAP_SAID_KM, "", "border" },
    { "up to 10 km from the border", DEPTH, INCMAP_HEDGE_AT_MOST, 10, INCMAP_SAID_KM, "",
      "border" },
    { "10 km or so from the border", DEPTH, INCMAP_HEDGE_ABOUT, 10, INCMAP_SAID_KM, "", "border" },
    { "10 km or more from the border", DEPTH, INCMAP_HEDGE_AT_LEAST, 10, INCMAP_SAID_KM, "",
      "border" },
    { "several kilometres from the border", DEPTH, INCMAP_HEDGE_SEVERAL, NAN, INCMAP_SAID_KM, "",
      "border" },
    { "a couple of miles from the border", DEPTH, INCMAP_HEDGE_A_COUPLE, NAN, INCMAP_SAID_MILE, "",
      "border" },
    { "dozens of kilometres from Kyiv", DISTANCE, INCMAP_HEDGE_DOZENS, NAN, INCMAP_SAID_KM, "",
      "kyiv" },
    { "не менее 10 км от границы", DEPTH, INCMAP_HEDGE_AT_LEAST, 10, INCMAP_SAID_KM, "", "border" },
    { "около семи километров от границы", DEPTH, INCMAP_HEDGE_ABOUT, 7, INCMAP_SAID_KM, "",
      "border" },
    { "в нескольких километрах от границы", DEPTH, INCMAP_HEDGE_SEVERAL, NAN, INCMAP_SAID_KM, "",
      "border" },
    { "майже 7 кілометрів від кордону", DEPTH, INCMAP_HEDGE_NEARLY, 7, INCMAP_SAID_KM, "",
      "border" },
    /* Ends. */
    { "from Belgorod to Moscow it is 373 miles", DISTANCE, INCMAP_HEDGE_NONE, 373, INCMAP_SAID_MILE,
      "belgorod", "moscow" },
    { "the distance between Kozinka and Gora-Podol is 3 km", DISTANCE, INCMAP_HEDGE_NONE, 3,
      INCMAP_SAID_KM, "kozinka", "gora_podol" },
    { "Grayvoron is 7 km from the border with Ukraine", DEPTH, INCMAP_HEDGE_NONE, 7, INCMAP_SAID_KM,
      "grayvoron", "border" },
    { "Грайворон в 7 км от границы с Украиной", DEPTH, INCMAP_HEDGE_NONE, 7, INCMAP_SAID_KM,
      "grayvoron", "border" },
    { "Glotovo, 500 m into Russia", DEPTH, INCMAP_HEDGE_NONE, 500, INCMAP_SAID_M, "glotovo",
      "border" },
    { "belgorod 373 miles from moscow", DISTANCE, INCMAP_HEDGE_NONE, 373, INCMAP_SAID_MILE,
      "belgorod", "moscow" },
    { "Atlantis is 5 km from Kozinka", DISTANCE, INCMAP_HEDGE_NONE, 5, INCMAP_SAID_KM,
      "unknown:Atlantis", "kozinka" },
    { "Kozinka is 5 km from Atlantis", DISTANCE, INCMAP_HEDGE_NONE, 5, INCMAP_SAID_KM, "kozinka",
      "unknown:Atlantis" },
    { "Bakhmut, 5 km from the line of contact", DISTANCE, INCMAP_HEDGE_NONE, 5, INCMAP_SAID_KM,
      "bakhmut", "line:line of contact" },
    { "On Monday The fighters were 5 km from Kozinka", DISTANCE, INCMAP_HEDGE_NONE, 5,
      INCMAP_SAID_KM, "", "kozinka" },
    { "Governor Gladkov said that Grayvoron was 7 km from the border", DEPTH, INCMAP_HEDGE_NONE, 7,
      INCMAP_SAID_KM, "grayvoron", "border" },
    { "Governor Gladkov said they were 7 km from the border", DEPTH, INCMAP_HEDGE_NONE, 7,
      INCMAP_SAID_KM, "", "border" },
    { "600 m from the border, at Kozinka", DEPTH, INCMAP_HEDGE_NONE, 600, INCMAP_SAID_M, "kozinka",
      "border" },
    { "Козинка в 76 км юго-восточнее Сум", DISTANCE, INCMAP_HEDGE_NONE, 76, INCMAP_SAID_KM,
      "kozinka", "sumy" },
};

START_TEST(words_are_read_as_the_distance_that_they_state)
{
    const char *words = sentences[_i].words;
    incmap_statement s;

    ck_assert_msg(incmap_statement_read(ctx, g, words, &s) == INCMAP_OK, "%s: %s", words,
                  incmap_ctx_message(ctx));
    ck_assert_msg(s.kind == sentences[_i].kind, "%s: %s", words,
                  incmap_statement_kind_text(s.kind));
    ck_assert_msg(s.hedge == sentences[_i].hedge, "%s: \"%s\"", words, incmap_hedge_text(s.hedge));
    ck_assert_msg(is_number(s.value, sentences[_i].value), "%s: %g", words, s.value);
    ck_assert_msg(s.unit == sentences[_i].unit, "%s: %s", words, incmap_said_unit_text(s.unit));
    ck_assert_msg(strcmp(end_text(&s.of), sentences[_i].of) == 0, "%s: of %s", words,
                  end_text(&s.of));
    ck_assert_msg(strcmp(end_text(&s.reference), sentences[_i].reference) == 0, "%s: reference %s",
                  words, end_text(&s.reference));
}
END_TEST

static const struct {
    const char *words;
    double degrees; /* NaN: none */
    int points;
} directions[] = {
    { "76 km southeast of Sumy", 135, 8 },
    { "76 km south-east of Sumy", 135, 8 },
    { "76 km SE of Sumy", 135, 8 },
    { "5 km north of Kozinka", 0, 4 },
    { "5 km west-northwest from Kozinka", 292.5, 16 },
    { "5 km SSW of Kozinka", 202.5, 16 },
    { "в 5 км к северо-востоку от Козинки", 45, 8 },
    { "в 5 км южнее Козинки", 180, 4 },
    { "за 5 км на південь від Козинки", 180, 4 },
    { "5 km from North Kozinka", NAN, 0 },
    { "5 km from Kozinka", NAN, 0 },
};

START_TEST(compass_words_are_read)
{
    incmap_statement s;

    ck_assert_int_eq(incmap_statement_read(ctx, g, directions[_i].words, &s), INCMAP_OK);
    ck_assert_msg(is_number(s.direction_deg, directions[_i].degrees), "%s: %g",
                  directions[_i].words, s.direction_deg);
    ck_assert_int_eq(s.direction_points, directions[_i].points);
}
END_TEST

START_TEST(a_range_is_as_wide_as_both_its_ends)
{
    incmap_statement s;

    ck_assert_int_eq(incmap_statement_read(ctx, g, "5 to 7 km from Kozinka", &s), INCMAP_OK);
    ck_assert_double_eq(s.value, 6);
    ck_assert_double_eq(s.step, 3); /* 4.5 to 7.5 */
}
END_TEST

START_TEST(a_way_and_a_country_are_read)
{
    incmap_statement s;

    ck_assert_int_eq(
        incmap_statement_read(ctx, g,
                              "they were 3.5 miles over the border into Russia from Kozinka toward "
                              "Grayvoron",
                              &s),
        INCMAP_OK);
    ck_assert_str_eq(end_text(&s.of), "kozinka");
    ck_assert_str_eq(end_text(&s.toward), "grayvoron");
    ck_assert_str_eq(end_text(&s.into), "russia");
    ck_assert_str_eq(end_text(&s.reference), "border");
    ck_assert(!s.more);
    ck_assert_int_eq(incmap_statement_read(ctx, g, "600 km (373 miles) from Moscow", &s),
                     INCMAP_OK);
    ck_assert_double_eq(s.value, 600);
    ck_assert(s.more);
    ck_assert_int_eq(incmap_statement_read(ctx, g, "Belgorod is 5 km from Kozinka", &s), INCMAP_OK);
    ck_assert_uint_eq(s.of.count, 2); /* a city and a region; the city first */
    ck_assert_str_eq(s.of.places[0]->key, "belgorod");
    ck_assert_str_eq(s.of.places[1]->key, "belgorod_oblast");
}
END_TEST

/* ---- what was once read as another number ---- */

static const struct {
    const char *words;
    incmap_hedge hedge;
    double value, step; /* step NaN: no matter */
} figures[] = {
    { "Козинка в семи-восьми километрах от границы", INCMAP_HEDGE_NONE, 7.5, 2 },
    { "в пяти-семи километрах от границы", INCMAP_HEDGE_NONE, 6, 3 },
    { "в двух-трёх километрах от границы", INCMAP_HEDGE_NONE, 2.5, 2 },
    { "сім-вісім кілометрів від кордону", INCMAP_HEDGE_NONE, 7.5, 2 },
    { "в полутора-двух километрах от границы", INCMAP_HEDGE_NONE, 1.75, NAN },
    { "двадцать-двадцать пять км от границы", INCMAP_HEDGE_NONE, 22.5, NAN },
    { "ten-fifteen km from the border", INCMAP_HEDGE_NONE, 12.5, NAN },
    { "двадцать пять км от границы", INCMAP_HEDGE_NONE, 25, 5 },
    { "в семидесяти пяти км от границы", INCMAP_HEDGE_NONE, 75, NAN },
    { "сто двадцать км от границы", INCMAP_HEDGE_NONE, 120, NAN },
    { "у сімнадцяти кілометрах від кордону", INCMAP_HEDGE_NONE, 17, NAN },
    { "3/4 mile from the border", INCMAP_HEDGE_NONE, 0.75, 0.25 },
    { "1½ miles from the border", INCMAP_HEDGE_NONE, 1.5, 0.5 },
    { "½ mile from the border", INCMAP_HEDGE_NONE, 0.5, 0.5 },
    { "1 1/2 km from the border", INCMAP_HEDGE_NONE, 1.5, 0.5 },
    { "1-1/2 km from the border", INCMAP_HEDGE_NONE, 1.5, 0.5 },
    { "1.8 ± 0.2 km from the border", INCMAP_HEDGE_NONE, 1.8, 0.5 },
    { "1.8 +/- 0.2 km from the border", INCMAP_HEDGE_NONE, 1.8, 0.5 },
    { "1.234,5 km from the border", INCMAP_HEDGE_NONE, 1234.5, NAN },
    { "1.234.000 m from the border", INCMAP_HEDGE_NONE, 1234000, NAN },
    { "0.750 km from the border", INCMAP_HEDGE_NONE, 0.75, NAN },
    { "10+ km from the border", INCMAP_HEDGE_AT_LEAST, 10, NAN },
    { "0 km from the border", INCMAP_HEDGE_NONE, 0, 1 },
    { "half a dozen km from the border", INCMAP_HEDGE_NONE, 6, 2 },
    { "two dozen km from the border", INCMAP_HEDGE_NONE, 24, 8 },
    { "a dozen km from the border", INCMAP_HEDGE_A_DOZEN, NAN, NAN },
    { "about a dozen km from the border", INCMAP_HEDGE_A_DOZEN, NAN, NAN },
    { "a few hundred metres from the border", INCMAP_HEDGE_HUNDREDS, NAN, NAN },
    { "в нескольких десятках километров от границы", INCMAP_HEDGE_DOZENS, NAN, NAN },
    { "less than a few miles from the border", INCMAP_HEDGE_AT_MOST, 6, NAN },
    { "more than a few miles from the border", INCMAP_HEDGE_AT_LEAST, 2, NAN },
    { "в 5-ти километрах от границы", INCMAP_HEDGE_NONE, 5, 1 },
    { "в 600-х метрах от границы", INCMAP_HEDGE_NONE, 600, 100 },
    { "за 20-ти кілометрів від кордону", INCMAP_HEDGE_NONE, 20, NAN },
    { "в полукилометре от границы", INCMAP_HEDGE_NONE, 0.5, 0.5 },
    { "в полкилометра от границы", INCMAP_HEDGE_NONE, 0.5, 0.5 },
    { "за півкілометра від кордону", INCMAP_HEDGE_NONE, 0.5, 0.5 },
    { "километр от границы", INCMAP_HEDGE_NONE, 1, NAN },
    { "за кілометр від кордону", INCMAP_HEDGE_NONE, 1, NAN },
    { "менее километра от границы", INCMAP_HEDGE_LESS_THAN, 1, NAN },
    { "у кілометрі від кордону", INCMAP_HEDGE_NONE, 1, NAN },
    { "в 21 километре от границы", INCMAP_HEDGE_NONE, 21, NAN },
    { "1,5\u00A0км от границы", INCMAP_HEDGE_NONE, 1.5, NAN },
    { "5km from the border", INCMAP_HEDGE_NONE, 5, 1 },
    /* Hedges. */
    { "<3 km from the border", INCMAP_HEDGE_LESS_THAN, 3, NAN },
    { "< 3 km from the border", INCMAP_HEDGE_LESS_THAN, 3, NAN },
    { ">3 km from the border", INCMAP_HEDGE_MORE_THAN, 3, NAN },
    { "≥ 3 km from the border", INCMAP_HEDGE_AT_LEAST, 3, NAN },
    { "<= 3 km from the border", INCMAP_HEDGE_AT_MOST, 3, NAN },
    { "~2 km from the border", INCMAP_HEDGE_ABOUT, 2, NAN },
    { "≈2 km from the border", INCMAP_HEDGE_ABOUT, 2, NAN },
    { "± 2 km from the border", INCMAP_HEDGE_ABOUT, 2, NAN },
    { "c. 2 km from the border", INCMAP_HEDGE_ABOUT, 2, NAN },
    { "ca. 2 km from the border", INCMAP_HEDGE_ABOUT, 2, NAN },
    { "меньше чем в десяти километрах от границы", INCMAP_HEDGE_LESS_THAN, 10, NAN },
    { "почти в 70 км от границы", INCMAP_HEDGE_NEARLY, 70, NAN },
    { "примерно в 7 км от границы", INCMAP_HEDGE_ABOUT, 7, NAN },
    { "майже за 7 км від кордону", INCMAP_HEDGE_NEARLY, 7, NAN },
    { "не более чем в 10 км от границы", INCMAP_HEDGE_AT_MOST, 10, NAN },
    { "не менее чем в 10 км от границы", INCMAP_HEDGE_AT_LEAST, 10, NAN },
    { "не більше ніж за 10 км від кордону", INCMAP_HEDGE_AT_MOST, 10, NAN },
    { "no more than about 10 km from the border", INCMAP_HEDGE_AT_MOST, 10, NAN },
    { "not more than 10 km from the border", INCMAP_HEDGE_AT_MOST, 10, NAN },
    { "closer than 10 km from the border", INCMAP_HEDGE_LESS_THAN, 10, NAN },
    { "дальше чем в 10 км от границы", INCMAP_HEDGE_MORE_THAN, 10, NAN },
};

START_TEST(figures_and_hedges_are_read_as_they_are_meant)
{
    const char *words = figures[_i].words;
    incmap_statement s;

    ck_assert_msg(incmap_statement_read(ctx, g, words, &s) == INCMAP_OK, "%s: %s", words,
                  incmap_ctx_message(ctx));
    ck_assert_msg(s.hedge == figures[_i].hedge, "%s: \"%s\"", words, incmap_hedge_text(s.hedge));
    ck_assert_msg(isnan(figures[_i].value) ? isnan(s.value)
                                           : fabs(s.value - figures[_i].value) < 1e-9,
                  "%s: %g", words, s.value);
    /* 1.6 and 2.0 are 0.4 apart, and 1.6 is good to 0.1. */
    ck_assert_msg(isnan(figures[_i].step) || fabs(s.step - figures[_i].step) < 1e-9, "%s: step %g",
                  words, s.step);
    ck_assert_msg(!s.denied && !s.unread[0], "%s: %s", words, s.unread);
}
END_TEST

/* ---- two ends in words of their own ---- */

static const struct {
    const char *words;
    double low, high;   /* as printed */
    double least, most; /* what the words allow, with the rounding */
} spans[] = {
    { "between 5 and 10 km from the border", 5, 10, 4.5, 10.5 },
    { "from 5 to 10 km from the border", 5, 10, 4.5, 10.5 },
    { "from 5 km to 10 km from the border", 5, 10, 4.5, 10.5 },
    { "between 5 km and 10 km from the border", 5, 10, 4.5, 10.5 },
    { "from 500 m to 2 km from the border", 0.5, 2, 0.45, 2.05 },
    { "at least 5 and at most 10 km from the border", 5, 10, 4.5, 10.5 },
    { "at least 5 km and at most 10 km from the border", 5, 10, 4.5, 10.5 },
    { "at least 5 km, at most 10 km from the border", 5, 10, 4.5, 10.5 },
    { "at most 10 but at least 5 km from the border", 5, 10, 4.5, 10.5 },
    { "more than 5 but less than 10 km from the border", 5, 10, 5, 10 },
    { "more than 5 and at most 10 km from the border", 5, 10, 5, 10.5 },
    { "no closer than 5 and no further than 10 km from the border", 5, 10, 4.5, 10.5 },
    { "not less than five and not more than ten miles from the border", 5, 10, 4.5, 10.5 },
    { "между 5 и 10 км от границы", 5, 10, 4.5, 10.5 },
    { "от 5 до 10 км от границы", 5, 10, 4.5, 10.5 },
    { "от 5 км до 10 км от границы", 5, 10, 4.5, 10.5 },
    { "от пяти до десяти километров от границы", 5, 10, 4.5, 10.5 },
    { "не менее 5 и не более 10 км от границы", 5, 10, 4.5, 10.5 },
    { "не менее чем в 5 и не более чем в 10 км от границы", 5, 10, 4.5, 10.5 },
    { "более 5, но менее 10 км от границы", 5, 10, 5, 10 },
    { "між 5 і 10 км від кордону", 5, 10, 4.5, 10.5 },
    { "від 5 до 10 км від кордону", 5, 10, 4.5, 10.5 },
    { "від п'яти до десяти кілометрів від кордону", 5, 10, 4.5, 10.5 },
    { "не менше 5 і не більше 10 км від кордону", 5, 10, 4.5, 10.5 },
    { "щонайменше за 5 і щонайбільше за 10 км від кордону", 5, 10, 4.5, 10.5 },
    { "понад 5, але менше 10 км від кордону", 5, 10, 5, 10 },
};

START_TEST(two_ends_in_words_of_their_own_are_one_range)
{
    const char *words = spans[_i].words;
    incmap_statement s;

    ck_assert_msg(incmap_statement_read(ctx, g, words, &s) == INCMAP_OK, "%s: %s", words,
                  incmap_ctx_message(ctx));
    ck_assert_msg(fabs(s.low - spans[_i].low) < 1e-9 && fabs(s.high - spans[_i].high) < 1e-9,
                  "%s: %g to %g", words, s.low, s.high);
    ck_assert_msg(fabs(s.value - s.step / 2 - spans[_i].least) < 1e-9 &&
                      fabs(s.value + s.step / 2 - spans[_i].most) < 1e-9,
                  "%s: %g to %g", words, s.value - s.step / 2, s.value + s.step / 2);
    ck_assert_msg(s.hedge == INCMAP_HEDGE_NONE && s.kind == DEPTH && !s.more && !s.denied &&
                      !s.unread[0] && s.reference.kind == INCMAP_END_BORDER,
                  "%s: \"%s\", unread \"%s\"", words, incmap_hedge_text(s.hedge), s.unread);
}
END_TEST

START_TEST(a_single_figure_has_no_two_ends)
{
    incmap_statement s;

    ck_assert_int_eq(incmap_statement_read(ctx, g, "at least 5 km from the border", &s), INCMAP_OK);
    ck_assert(s.low == 0 && s.high == 0);
    ck_assert_int_eq(incmap_statement_read(ctx, g, "about 5 to 10 km from the border", &s),
                     INCMAP_OK);
    ck_assert_int_eq(s.hedge, INCMAP_HEDGE_ABOUT);
    ck_assert(s.low == 5 && s.high == 10);
}
END_TEST

/* ---- figures of other things ---- */

static const struct {
    const char *words;
    double value; /* of the distance that stands beside it; NaN: there is none */
    const char *told;
} others[] = {
    { "A hill 240 metres high, 5 km from the border", 5, "" },
    { "A drone flew at 300 metres above Kozinka", NAN, "a height" },
    { "A drone at an altitude of about 300 m, 5 km from the border", 5, "" },
    { "Беспилотник сбит на высоте 300 метров в 5 км от границы", 5, "" },
    { "Дрон збили на висоті 300 метрів за 5 км від кордону", 5, "" },
    { "A drone was shot down at 300 metres, 5 km from the border", 5, "" },
    { "Дрон сбит на 300 метрах, в 5 км от границы", 5, "" },
    { "40 minutes on the spot, 5 km from the border", 5, "" },
    { "5 km (3 miles) from the border", 5, "" },
    { "The convoy drove at 60 km/h, 5 km from the border", 5, "" },
    { "The convoy moved at 60 km/h", NAN, "found \"at 60 km/h\": a speed" },
    { "Колонна шла со скоростью 60 км/ч", NAN, "a speed" },
    { "Колона рухалась зі швидкістю 60 км на годину за 5 км від кордону", 5, "" },
    { "They advanced 5 km a day", NAN, "a speed" },
    { "Forces took 5 km² there", NAN, "an area" },
    { "Forces took 5 km2, 3 km from the border", 3, "" },
    { "A crater 5 metres wide, 3 km from the border", 3, "" },
    { "A tunnel 200 metres long, 3 km from the border", 3, "" },
    { "A trench 2 metres deep, 3 km from the border", 3, "" },
    { "2 km deep into Russia", 2, "" },
    { "Воронка диаметром 5 метров в 3 км от границы", 3, "" },
    { "Яма завширшки 5 метрів за 3 км від кордону", 3, "" },
    { "На 10-м километре трассы Белгород - Грайворон", NAN, "a kilometre post" },
    { "На 53 км трассы Белгород - Грайворон", NAN, "a kilometre post" },
    { "На десятом километре трассы Белгород - Грайворон", NAN, "found no distance" },
    { "After 2 hours of fighting, 5 km from the border", 5, "" },
    { "5 hours ago, 3 km from the border", 3, "" },
    { "В 5 часов утра в 3 км от границы", 3, "" },
    { "О 5 годині ранку за 3 км від кордону", 3, "" },
    { "Сапёры нашли 15 мин в Козинке", NAN, "a time" },
    { "A $600m package for Kozinka", NAN, "a sum" },
};

START_TEST(figures_of_other_things_are_no_distances)
{
    const char *words = others[_i].words;
    incmap_statement s = { .value = 42 };
    const incmap_status st = incmap_statement_read(ctx, g, words, &s);

    if (isnan(others[_i].value)) {
        ck_assert_msg(st == INCMAP_EPARSE, "%s: %g", words, s.value);
        ck_assert_msg(strstr(incmap_ctx_message(ctx), others[_i].told), "%s: %s", words,
                      incmap_ctx_message(ctx));
        return;
    }
    ck_assert_msg(st == INCMAP_OK, "%s: %s", words, incmap_ctx_message(ctx));
    ck_assert_msg(fabs(s.value - others[_i].value) < 1e-9 && s.kind == DEPTH, "%s: %g %s", words,
                  s.value, incmap_statement_kind_text(s.kind));
}
END_TEST

static const struct {
    const char *words, *told;
} doubtful[] = {
    { "Kozinka is 7e3 m from the border", "found \"7e3 m\"" },
    { "Kozinka is 1.000 km from the border", "a point before three digits" },
    { "Козинка в 1,200 км от границы", "a comma before three digits" },
    { "Kozinka is -5 km from the border", "found \"-5 km\": a distance has no minus sign" },
    { "Kozinka is 5/7 km from the border", "found \"5/7 km\"" },
    { "Kozinka is 7:30 km from the border", "found \"7:30 km\"" },
    { "Kozinka is 7 km² from the border", "7 km²" },
    { "Kozinka is 7×10³ m from the border", "a raised digit" },
    { "Kozinka is 5 km 300 m from the border", "found \"5 km 300\"" },
    { "Kozinka is 5 km or 7 km from the border", "found \"5 km or 7 km\"" },
    { "Kozinka and Gora-Podol are 2 and 5 km from the border", "found \"2 and 5 km\"" },
    { "Козинка и Гора-Подол в 2 и 5 км от границы", "found \"2 и 5 км\"" },
    { "Kozinka is at least 10 and at most 5 km from the border", "is not above the first" },
    { "Kozinka is at least 5 km and at most 10 minutes from the border", "the other a length" },
    { "Kozinka is at least 5 and 10 km from the border", "no one meaning together" },
    { "Kozinka is 5-7-9 km from the border", "no one meaning together" },
    { "Kozinka is 7-5 km from the border", "the second figure is not above the first" },
    { "Kozinka is 1.8 km ± 200 m from the border", "no one meaning together" },
    { "Козинка в семь восемь километров от границы", "no one meaning together" },
    { "Kozinka is 7, 8 km from the border", "no one meaning together" },
    { "at least at most 5 km from the border", "these words set two limits" },
};

START_TEST(digits_without_one_meaning_are_told_and_not_guessed)
{
    incmap_statement s = { .value = 42 };

    ck_assert_msg(incmap_statement_read(ctx, g, doubtful[_i].words, &s) == INCMAP_EPARSE, "%s: %g",
                  doubtful[_i].words, s.value);
    ck_assert_double_eq(s.value, 42);
    ck_assert_msg(strstr(incmap_ctx_message(ctx), doubtful[_i].told), "%s: %s", doubtful[_i].words,
                  incmap_ctx_message(ctx));
}
END_TEST

/* ---- sides, areas and denials ---- */

static const struct {
    const char *words;
    bool denied;
    const char *into, *within, *unread; /* unread: the words kept; "" */
} arounds[] = {
    { "7 km on the Ukrainian side of the border", false, "ukraine", "", "" },
    { "7 km from the border on the Russian side", false, "russia", "", "" },
    { "7 km from the border in Ukraine", false, "ukraine", "", "" },
    { "7 km from the border on Ukrainian soil", false, "ukraine", "", "" },
    { "7 km from the border on the territory of Ukraine", false, "ukraine", "", "" },
    { "3.5 miles inside Russian territory", false, "russia", "", "" },
    { "2 km inside the Russian border", false, "russia", "", "" },
    { "2 km inside the Ukraine border", false, "ukraine", "", "" },
    { "Grayvoron, in Ukraine, is 7 km from the border", false, "ukraine", "", "" },
    { "в 7 км от границы на территории Украины", false, "ukraine", "", "" },
    { "в 7 км от границы на украинской территории", false, "ukraine", "", "" },
    { "в 7 км от границы с украинской стороны", false, "ukraine", "", "" },
    { "в 7 км от границы со стороны Украины", false, "ukraine", "", "" },
    { "в 7 км от границы в Украине", false, "ukraine", "", "" },
    { "в 7 км вглубь территории России", false, "russia", "", "" },
    { "за 7 км від кордону на території України", false, "ukraine", "", "" },
    { "за 7 км від кордону в Україні", false, "ukraine", "", "" },
    { "за 7 км від кордону на українському боці", false, "ukraine", "", "" },
    { "за 7 км углиб російської території", false, "russia", "", "" },
    { "7 km from the border with Ukraine", false, "", "", "" },
    { "7 km from the Ukrainian border", false, "", "", "" },
    { "7 km from the Russia-Ukraine border", false, "", "", "" },
    { "7 km from the border on the other side", false, "unknown:other side", "", "" },
    { "7 km from the border on the Polish side", false, "unknown:Poland", "", "" },
    { "7 km from the border in Poland", false, "", "", "in Poland" },
    { "7 km over the Ukrainian border", false, "unknown:Ukrainian border", "", "" },
    { "Sources in Ukraine say Grayvoron is 7 km from the border", false, "", "", "in Ukraine" },
    { "Grayvoron is 7 km from the border in Sumy Oblast", false, "", "sumy_oblast", "" },
    { "Kozinka is 2 km from the border in Russia's Belgorod region", false, "", "belgorod_oblast",
      "" },
    { "В Белгородской области Козинка в 2 км от границы", false, "", "belgorod_oblast", "" },
    { "Kozinka is 76 km from Sumy in Ukraine", false, "", "", "" },
    { "Kozinka is 76 km from Sumy in Russia", false, "", "", "in Russia" },
    { "Grayvoron is not 7 km from the border", true, "", "", "" },
    { "Grayvoron isn't 7 km from the border", true, "", "", "" },
    { "Grayvoron isn’t about 7 km from the border", true, "", "", "" },
    { "Grayvoron was never 7 km from the border", true, "", "", "" },
    { "It is false that Grayvoron is 7 km from the border", true, "", "", "" },
    { "It is not true that Grayvoron is 7 km from the border", true, "", "", "" },
    { "Грайворон не в 50 км от границы", true, "", "", "" },
    { "Грайворон не находится в 50 км от границы", true, "", "", "" },
    { "Грайворон не за 50 км від кордону", true, "", "", "" },
    { "Неправда, что Грайворон в 7 км от границы", true, "", "", "" },
    { "Grayvoron is not in Ukraine, 7 km from the border", false, "", "", "not" },
    { "It is false that Grayvoron is not 7 km from the border", true, "", "", "not" },
    { "Grayvoron is no more than 7 km from the border", false, "", "", "" },
    { "Grayvoron is 7 km by road from the border", false, "", "", "by road" },
    { "Grayvoron is a 7-km drive from the border", false, "", "", "drive" },
    { "Grayvoron is 7 km closer to the border", false, "", "", "closer" },
};

START_TEST(sides_areas_and_denials_are_read_or_kept_as_not_read)
{
    const char *words = arounds[_i].words;
    incmap_statement s;

    ck_assert_msg(incmap_statement_read(ctx, g, words, &s) == INCMAP_OK, "%s: %s", words,
                  incmap_ctx_message(ctx));
    ck_assert_msg(s.denied == arounds[_i].denied, "%s", words);
    ck_assert_msg(strcmp(end_text(&s.into), arounds[_i].into) == 0, "%s: into %s", words,
                  end_text(&s.into));
    ck_assert_msg(strcmp(end_text(&s.within), arounds[_i].within) == 0, "%s: within %s", words,
                  end_text(&s.within));
    ck_assert_msg(strcmp(s.unread, arounds[_i].unread) == 0, "%s: unread %s", words, s.unread);
}
END_TEST

static const struct {
    const char *words, *of, *reference;
} kinds[] = {
    { "Kozinka is 2 km inside the Belgorod region", "kozinka", "belgorod_oblast" },
    { "Kozinka is 70 km away from Belgorod city", "kozinka", "belgorod" },
    { "Kozinka is 70 km from the city of Belgorod", "kozinka", "belgorod" },
    { "Козинка в 70 км от города Белгорода", "kozinka", "belgorod" },
    { "Grayvoron is 7 km from Sumy Oblast", "grayvoron", "sumy_oblast" },
    { "Козинка в двух километрах от Сумской области", "kozinka", "sumy_oblast" },
    { "Козинка за 2 км від Сумської області", "kozinka", "sumy_oblast" },
    { "Sumy is 35 km from Kursk Oblast", "sumy", "unknown:Kursk Oblast" },
    { "Село Козинка Грайворонского района в 2 км от границы", "kozinka", "border" },
    { "The border is 2 km from Kozinka", "kozinka", "border" },
    { "On May 22, 2 km from the border, in Kozinka", "kozinka", "border" },
    { "Sumy is 5 km from Grayvoron district", "sumy", "grayvoronsky_district" },
    { "Расстояние от Белгорода до границы 40 км", "belgorod", "border" },
    { "Білгород за 40 кілометрів від кордону", "belgorod", "border" },
};

START_TEST(a_word_of_kind_beside_a_name_says_which_place_is_meant)
{
    const char *words = kinds[_i].words;
    incmap_statement s;

    ck_assert_int_eq(incmap_statement_read(ctx, g, words, &s), INCMAP_OK);
    ck_assert_msg(strcmp(end_text(&s.of), kinds[_i].of) == 0, "%s: of %s", words, end_text(&s.of));
    ck_assert_msg(strcmp(end_text(&s.reference), kinds[_i].reference) == 0, "%s: reference %s",
                  words, end_text(&s.reference));
    ck_assert_msg(s.reference.count < 2, "%s: %zu", words, s.reference.count);
}
END_TEST

static const char *const unreadable[] = {
    "hello world",
    "a few thousand metres from the border",
    "",
    "600",
    "the raid began on 22 May 2023",
    "70 fighters were killed",
    "about km from the border",
    "милиция вошла в Козинку",
    "\xff 5 km from Kozinka",
};

START_TEST(what_cannot_be_read_is_said_and_leaves_the_output_alone)
{
    incmap_statement s = { .value = 42 };

    ck_assert_msg(incmap_statement_read(ctx, g, unreadable[_i], &s) == INCMAP_EPARSE, "%s",
                  unreadable[_i]);
    ck_assert_double_eq(s.value, 42);
    ck_assert_ptr_nonnull(strstr(incmap_ctx_message(ctx), "statement: found"));
}
END_TEST

START_TEST(digits_and_words_without_end_are_no_distance)
{
    incmap_statement s = { .value = 42 };
    char many[1024] = "0.";

    memset(many + 2, '7', 400);
    strcpy(many + 402, " km from the border");
    ck_assert_int_eq(incmap_statement_read(ctx, g, many, &s), INCMAP_EPARSE);
    ck_assert_int_eq(incmap_statement_read(ctx, g, many + 2, &s), INCMAP_EPARSE);
    strcpy(many, "two ");
    for (int i = 0; i < 100; i++)
        strcat(many, "hundred ");
    strcat(many, "km from the border");
    ck_assert_int_eq(incmap_statement_read(ctx, g, many, &s), INCMAP_EPARSE);
    ck_assert_double_eq(s.value, 42);
}
END_TEST

START_TEST(bad_arguments_and_too_many_words_are_told)
{
    incmap_statement s;
    char many[2048] = "";

    for (int i = 0; i < 201; i++)
        strcat(many, "word ");
    ck_assert_int_eq(incmap_statement_read(ctx, g, many, &s), INCMAP_EPARSE);
    ck_assert_int_eq(incmap_statement_read(NULL, g, "5 km", &s), INCMAP_EARG);
    ck_assert_int_eq(incmap_statement_read(ctx, NULL, "5 km", &s), INCMAP_EARG);
    ck_assert_int_eq(incmap_statement_read(ctx, g, NULL, &s), INCMAP_EARG);
    ck_assert_int_eq(incmap_statement_read(ctx, g, "5 km", NULL), INCMAP_EARG);
    ck_assert_str_eq(incmap_statement_kind_text((incmap_statement_kind)99), "unread");
    ck_assert_str_eq(incmap_said_unit_text((incmap_said_unit)99), "");
    ck_assert(isnan(incmap_said_unit_metres(INCMAP_SAID_MINUTE)));
    ck_assert_double_eq(incmap_said_unit_metres(INCMAP_SAID_VERST), 1066.8);
    ck_assert_str_eq(incmap_hedge_text((incmap_hedge)99), "");
}
END_TEST

START_TEST(no_bytes_make_reading_crash_or_find_what_is_not_there)
{
    static const char *const parts[] = { "600",   " km ",   "from ",  "the border", "Kozinka ",
                                         "some ", "\u00A0", "\u0301", "'",          "-",
                                         "от ",   "1,200 ", ",",      "half a ",    "\xD0",
                                         "N",     "\u0439", "(",      "Moscow",     "toward " };
    test_random r = { test_seed(20230522) };
    incmap_statement s;

    for (int i = 0; i < 3000; i++) {
        char text[512] = "";
        const int n = (int)random_between(&r, 0, 14);
        for (int k = 0; k < n; k++)
            strcat(text, parts[random_bits(&r) % (sizeof parts / sizeof *parts)]);
        if (incmap_statement_read(ctx, g, text, &s) == INCMAP_OK) {
            ck_assert_msg(s.kind != INCMAP_STATEMENT_UNREAD, "%s", text);
            ck_assert_msg(isnan(s.value) || s.step > 0 || s.value == 0, "%s", text);
        }
    }
}
END_TEST

/* ---- rounding ---- */

static const struct {
    double value, printed, step;
} steps[] = {
    { 600, 1, 100 }, { 373, 1, 1 },     { 76, 1, 1 },      { 3.5, 0.1, 0.5 },    { 30, 1, 5 },
    { 12, 1, 1 },    { 25, 1, 5 },      { 100, 1, 25 },    { 2, 1, 1 },          { 1200, 1, 100 },
    { 0, 1, 0 },     { 600, 0.1, 0.1 }, { 0.5, 0.1, 0.1 }, { 3.25, 0.01, 0.25 }, { 350, 1, 50 },
};

START_TEST(a_printed_figure_shows_what_it_was_rounded_to)
{
    ck_assert_msg(
        fabs(incmap__rounding_step(steps[_i].value, steps[_i].printed) - steps[_i].step) < 1e-9,
        "%g: %g", steps[_i].value, incmap__rounding_step(steps[_i].value, steps[_i].printed));
}
END_TEST

static const struct {
    double value;
    incmap_said_unit unit;
    double origin; /* NaN: none */
    incmap_said_unit origin_unit;
} origins[] = {
    { 373, INCMAP_SAID_MILE, 600, INCMAP_SAID_KM },
    { 62, INCMAP_SAID_MILE, 100, INCMAP_SAID_KM },
    { 161, INCMAP_SAID_KM, 100, INCMAP_SAID_MILE },
    { 656, INCMAP_SAID_YARD, 600, INCMAP_SAID_M },
    { 76, INCMAP_SAID_KM, NAN, INCMAP_SAID_NONE },
    { 600, INCMAP_SAID_MILE, NAN, INCMAP_SAID_NONE },
    { 358, INCMAP_SAID_MILE, NAN, INCMAP_SAID_NONE },
};

START_TEST(a_converted_figure_is_detected)
{
    const incmap__origin origin = incmap__rounding_origin(origins[_i].value, 1, origins[_i].unit);
    ck_assert_msg(isnan(origins[_i].origin) ? isnan(origin.value)
                                            : fabs(origin.value - origins[_i].origin) < 1e-6,
                  "%g: %g", origins[_i].value, origin.value);
    ck_assert_int_eq(origin.unit, origins[_i].origin_unit);
}
END_TEST

/* ---- tables ---- */

static incmap_status build(incmap_ctx *with, const char *table, incmap_report *to,
                           incmap_statements **out)
{
    return incmap__statements_build(with, csv_over(ctx, "d.csv", table), g, to, out);
}

START_TEST(the_default_table_loads_whole)
{
    incmap_statements *all = NULL, *builtin = NULL;
    const incmap_stated *first;

    ck_assert_int_eq(incmap_statements_open(ctx, data_path("distance_claims.csv"), g, report, &all),
                     INCMAP_OK);
    ck_assert_str_eq(report_lines(report), "");
    ck_assert_uint_eq(incmap_statements_count(all), 8);
    first = incmap_statements_get(all, 0);
    ck_assert_str_eq(first->id, "d000_1");
    ck_assert_str_eq(first->source, "s000");
    ck_assert_double_eq(first->statement.value, 600);
    ck_assert_double_eq(first->statement.step, 100);
    ck_assert_int_eq(first->statement.hedge, INCMAP_HEDGE_SOME);
    ck_assert_str_eq(end_text(&first->statement.of), "kozinka");
    ck_assert_ptr_null(incmap_statements_get(all, 8));
    ck_assert_int_eq(incmap_statements_builtin(ctx, g, &builtin), INCMAP_OK);
    ck_assert_uint_eq(incmap_statements_count(builtin), 8);
    ck_assert_int_eq(incmap_statements_builtin(NULL, g, &builtin), INCMAP_EARG);
    ck_assert_int_eq(incmap_statements_builtin(ctx, NULL, &builtin), INCMAP_EARG);
    incmap_statements_free(all);
    incmap_statements_free(builtin);
    incmap_statements_free(NULL);
    all = NULL;
    ck_assert_int_eq(incmap_statements_open(ctx, "/nowhere.csv", g, report, &all), INCMAP_EIO);
    ck_assert_int_eq(incmap__statements_build(ctx, csv_over(ctx, "d.csv", "id,statement\n1,5 km\n"),
                                              g, report, &all),
                     INCMAP_EDATA);
    ck_assert_str_eq(
        incmap_ctx_message(ctx),
        "d.csv: found a header without text and measure, expected the words in text, or "
        "measure and claimed_value beside it");
    ck_assert_int_eq(incmap_statements_open(ctx, NULL, g, report, &all), INCMAP_EARG);
    ck_assert_int_eq(incmap_statements_open(ctx, "x", g, report, NULL), INCMAP_EARG);
    ck_assert_ptr_null(all);
}
END_TEST

#define PARTS "id,measure,of_key,toward_key,reference,claimed_value,claimed_unit,hedge\n"

static const struct {
    const char *why, *table, *line;
} bad[] = {
    { "words without a distance", "id,text\na,hello\n",
      "d.csv:2: column 2 (text): found \"hello\", expected a sentence with a number and a unit of "
      "length or time, or a word such as near or borders\n" },
    { "neither words nor parts", PARTS "a,,,,,,,\n",
      "d.csv:2: column 2 (measure): found \"\", expected depth, distance, travel_time, length, "
      "adjacency or qualitative, or words in the column text\n" },
    { "a place that is not there", PARTS "a,depth,atlantis,,border,5,km,\n",
      "d.csv:2: column 3 (of_key): found \"atlantis\", expected the key of a place of the "
      "gazetteer, or nothing\n" },
    { "a value without a unit", PARTS "a,depth,kozinka,,border,5,,\n",
      "d.csv:2: column 7 (claimed_unit): found \"\", expected a unit, since there is a value\n" },
    { "a hedge of no kind", PARTS "a,depth,kozinka,,border,5,km,purple\n",
      "d.csv:2: column 8 (hedge): found \"purple\", expected a hedge such as some, about, more "
      "than, a few, or nothing\n" },
    { "an id twice", PARTS "a,depth,kozinka,,border,5,km,\na,depth,kozinka,,border,5,km,\n",
      "d.csv:3: column 1 (id): found \"a\", expected an id that no earlier row has\n" },
};

START_TEST(a_row_that_cannot_be_read_is_refused_with_its_line)
{
    incmap_statements *all = NULL;
    const bool twice = strcmp(bad[_i].why, "an id twice") == 0;

    ck_assert_int_eq(build(ctx, bad[_i].table, report, &all), INCMAP_OK);
    ck_assert_msg(strcmp(report_lines(report), bad[_i].line) == 0, "%s: %s", bad[_i].why,
                  report_lines(report));
    ck_assert_uint_eq(incmap_statements_count(all), twice ? 1 : 0);
    incmap_statements_free(all);
    all = NULL;
    ck_assert_int_eq(build(ctx, bad[_i].table, NULL, &all), INCMAP_EDATA);
    ck_assert_ptr_null(all);
}
END_TEST

START_TEST(keys_win_over_the_words_beside_them)
{
    incmap_statements *all = NULL;

    ck_assert_int_eq(build(ctx,
                           "id,text,of_key,source\n"
                           "a,\"Belgorod is 5 km from Kozinka\",belgorod,s9\n",
                           NULL, &all),
                     INCMAP_OK);
    ck_assert_uint_eq(incmap_statements_get(all, 0)->statement.of.count, 1);
    ck_assert_str_eq(incmap_statements_get(all, 0)->source, "s9");
    ck_assert_str_eq(incmap_statements_get(all, 0)->text, "Belgorod is 5 km from Kozinka");
    incmap_statements_free(all);
}
END_TEST

START_TEST(without_memory_reading_is_enomem_and_leaks_nothing)
{
    struct faulty faulty = { 0, 0 };
    incmap_ctx *poor = faulty_ctx(&faulty);
    incmap_statements *all = NULL;
    incmap_status st;
    long tries = 0;

    do {
        faulty.budget = tries++;
        st = build(poor,
                   "id,text,hedge\na,\"Козинка в 76 км от Сум\",\n"
                   "b,5 km from Kozinka,\nc,\"Козинка не в 7 км от границы на территории "
                   "Украины, в Белгородской области\",\n",
                   NULL, &all);
        if (st) {
            ck_assert_int_eq(st, INCMAP_ENOMEM);
            ck_assert_ptr_null(all);
            ck_assert_int_eq(faulty.blocks, 1);
        }
    } while (st);
    ck_assert_int_gt(tries, 5);
    incmap_statements_free(all);
    ck_assert_int_eq(faulty.blocks, 1);
    incmap_ctx_free(poor);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("statement");
    TCase *own = tcase_create("own");
    tcase_add_checked_fixture(own, setup, teardown);
    tcase_add_loop_test(own, words_are_read_as_the_distance_that_they_state, 0,
                        sizeof sentences / sizeof *sentences);
    tcase_add_loop_test(own, compass_words_are_read, 0, sizeof directions / sizeof *directions);
    tcase_add_test(own, a_range_is_as_wide_as_both_its_ends);
    tcase_add_test(own, a_way_and_a_country_are_read);
    tcase_add_loop_test(own, two_ends_in_words_of_their_own_are_one_range, 0,
                        sizeof spans / sizeof *spans);
    tcase_add_test(own, a_single_figure_has_no_two_ends);
    tcase_add_loop_test(own, figures_of_other_things_are_no_distances, 0,
                        sizeof others / sizeof *others);
    tcase_add_loop_test(own, what_cannot_be_read_is_said_and_leaves_the_output_alone, 0,
                        sizeof unreadable / sizeof *unreadable);
    tcase_add_loop_test(own, figures_and_hedges_are_read_as_they_are_meant, 0,
                        sizeof figures / sizeof *figures);
    tcase_add_loop_test(own, digits_without_one_meaning_are_told_and_not_guessed, 0,
                        sizeof doubtful / sizeof *doubtful);
    tcase_add_loop_test(own, sides_areas_and_denials_are_read_or_kept_as_not_read, 0,
                        sizeof arounds / sizeof *arounds);
    tcase_add_loop_test(own, a_word_of_kind_beside_a_name_says_which_place_is_meant, 0,
                        sizeof kinds / sizeof *kinds);
    tcase_add_test(own, digits_and_words_without_end_are_no_distance);
    tcase_add_test(own, bad_arguments_and_too_many_words_are_told);
    tcase_add_test(own, no_bytes_make_reading_crash_or_find_what_is_not_there);
    tcase_add_loop_test(own, a_printed_figure_shows_what_it_was_rounded_to, 0,
                        sizeof steps / sizeof *steps);
    tcase_add_loop_test(own, a_converted_figure_is_detected, 0, sizeof origins / sizeof *origins);
    tcase_add_test(own, the_default_table_loads_whole);
    tcase_add_loop_test(own, a_row_that_cannot_be_read_is_refused_with_its_line, 0,
                        sizeof bad / sizeof *bad);
    tcase_add_test(own, keys_win_over_the_words_beside_them);
    tcase_add_test(own, without_memory_reading_is_enomem_and_leaks_nothing);
    suite_add_tcase(suite, own);
    return run_suite(suite);
}
