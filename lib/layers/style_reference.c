/* SPDX-License-Identifier: MIT */
/* How the ground looks on which incidents are drawn: border, places, posts. Quiet, so that what was
 * reported stands out; where two outlines run apart the border is dashed, for it is not settled. */
#include "layers/style.h"
#include "layers/style_parts.h"

#include <stddef.h>

/* ---- border ---- */

#define STROKE(id, colour, width, dash)                                                            \
    static const incmap__property id[] = {                                                         \
        { "line_color", colour },    { "line_width", width },                                      \
        { "capstyle", "round" },     { "joinstyle", "round" },                                     \
        { "use_custom_dash", dash }, { "customdash", "3;2" },                                      \
        { "customdash_unit", "MM" }, { NULL, NULL },                                               \
    }

STROKE(border_halo, STYLE_BORDER_SOFT, "2.6", "0");
STROKE(border_core, STYLE_BORDER, "0.6", "0");
STROKE(border_dash, STYLE_BORDER, "0.6", "1");

static const incmap__symbol_layer matched_layers[] = {
    { "SimpleLine", border_halo, NULL, NULL },
    { "SimpleLine", border_core, NULL, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol_layer unmatched_layers[] = {
    { "SimpleLine", border_dash, NULL, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol matched = { "line", matched_layers, NULL };
static const incmap__symbol unmatched = { "line", unmatched_layers, NULL };

/* clang-format off */
static const incmap__rule border_rules[] = {
    { false, { { "border in the data", "граница по данным", "кордон за даними" } },
      "{STATUS} = 'matched'", &matched, 0 },
    { false, { { "outlines run apart: both are shown", "контуры расходятся: показаны оба",
                 "контури розходяться: показано обидва" } },
      "{STATUS} <> 'matched'", &unmatched, 0 },
};
/* clang-format on */

#define BORDER_TIP(of, accuracy, assumed, note)                                                    \
    "<b>[% {=BORDER=} %]</b><br>" of " [% {=DATA_DATE=} %], " accuracy                             \
    " [% to_int({ACCURACY_M}) %] m [% if({ACC_BASIS} = 'assumed', '" assumed                       \
    "', '') %]<br><i>" note "</i>"

const incmap__style incmap__style_border = {
    .title = { { "Border", "Граница", "Кордон" } },
    .rules = border_rules,
    .rule_count = sizeof border_rules / sizeof *border_rules,
    .display = "{BORDER}",
    .tip = { { BORDER_TIP("Data of", "taken as good to", "(nobody states it)",
                          "What one map showed, no statement on sovereignty."),
               BORDER_TIP("Данные за", "точность принята равной", "(никем не указана)",
                          "Так показала одна карта; это не суждение о суверенитете."),
               BORDER_TIP("Дані за", "точність прийнято рівною", "(ніким не вказана)",
                          "Так показала одна карта; це не судження про суверенітет.") } },
};

/* ---- places ---- */

#define DOT(id, size)                                                                              \
    static const incmap__property id##_fixed[] = {                                                 \
        { "name", "circle" },                                                                      \
        { "color", "150,156,162,255" },                                                            \
        { "outline_color", STYLE_WHITE },                                                          \
        { "outline_width", "0.2" },                                                                \
        { "size", size },                                                                          \
        { NULL, NULL },                                                                            \
    };                                                                                             \
    static const incmap__symbol_layer id##_layers[] = {                                            \
        { "SimpleMarker", id##_fixed, NULL, NULL },                                                \
        { NULL, NULL, NULL, NULL },                                                                \
    };                                                                                             \
    static const incmap__symbol id = { "marker", id##_layers, NULL }

DOT(city, "2");
DOT(town, "1.6");
DOT(village, "1.2");

/* clang-format off */
static const incmap__rule place_rules[] = {
    { false, { { "city", "крупный город", "велике місто" } }, "{KIND} = 'city'", &city, 12000000 },
    { false, { { "town", "город, посёлок", "місто, селище" } },
      "{KIND} IN ('town','urban_type_settlement')", &town, 1500000 },
    { false, { { "village", "село", "село" } },
      "{KIND} IN ('village','settlement','other')", &village, 400000 },
};
/* clang-format on */

/* Regions and countries are names alone: a dot in their middle would say that something is there. */
static const incmap__property place_text[] = {
    { "fontSize", "7.5" },
    { "textColor", STYLE_QUIET },
    { NULL, NULL },
};
static const incmap__property place_placement[] = {
    { "placement", "6" }, /* by cartographic preference around the point */
    { "predefinedPositionOrder", "TR,R,BR,TL,L,BL" },
    { "dist", "0.6" },
    { "distUnits", "MM" },
    { "offsetType", "1" },
    { "priority", "2" },
    { NULL, NULL },
};
static const incmap__property place_rendering[] = {
    { "obstacle", "0" },
    { NULL, NULL },
};
static const incmap__property place_computed[] = {
    /* where incidents lie the name stands with them */
    { "Show",
      "@map_scale < coalesce(map_get(map('country',60000000,'region',6000000,'district',0,"
      "'historical_country',0,'city',6000000,'town',1500000,'urban_type_settlement',"
      "900000),{KIND}),250000) AND @map_scale > coalesce(map_get(map('country',2500000,"
      "'region',1200000),{KIND}),0) AND NOT coalesce(try(array_contains(aggregate(" STYLE_LAYER(
          "incidents") ",'array_agg',{PLACE_KEY},{PLACED}<>'on_border' AND {LOC_PREC} IN "
                       "('exact_site','settlement')),{KEY}),FALSE),FALSE)" },
    { "Size", "coalesce(map_get(map('country',12,'city',8.5,'town',8),{KIND}),7)" },
    { "Italic", "{KIND} = 'region'" },
    { "FontLetterSpacing", "CASE WHEN {KIND} = 'country' THEN 4 ELSE 0 END" },
    { "Priority", "coalesce(map_get(map('city',5,'town',3),{KIND}),1)" },
    { NULL, NULL },
};
#define PLACE_NAME "coalesce({NAME_@},{NAME},{NAME_EN},{KEY})"
static const incmap__label place_label = {
    { { PLACE_NAME } }, place_text, place_placement, place_rendering, place_computed,
};

#define PLACE_TIP(depth, km, point)                                                                \
    "<b>[% {=" PLACE_NAME "=} %]</b><br>"                                                          \
    "[% {=NAME_EN=} %] / [% {=NAME_RU=} %] / [% {=NAME_UK=} %]<br>"                                \
    "[% CASE WHEN {DEPTH_TXT} IS NOT NULL THEN '" depth ": ' || {DEPTH_TXT} || ' " km "' || "      \
    "CASE WHEN {SIDE_SURE}=0 THEN ' ?' ELSE '' END || '<br>' ELSE '' END %]" point                 \
    " ± [% coalesce(to_string(to_int({UNCERT_M})),'?') %] m"

const incmap__style incmap__style_places = {
    .title = { { "Places", "Места", "Місця" } },
    .rules = place_rules,
    .rule_count = sizeof place_rules / sizeof *place_rules,
    .label = &place_label,
    .display = PLACE_NAME,
    .tip = { { PLACE_TIP("Behind the border", "km", "point"),
               PLACE_TIP("За границей", "км", "точка"), PLACE_TIP("За кордоном", "км", "точка") } },
};

/* ---- posts ---- */

#define POST(id, fill)                                                                             \
    static const incmap__property id##_fixed[] = {                                                 \
        { "name", "square" },        { "color", fill }, { "outline_color", STYLE_BORDER },         \
        { "outline_width", "0.35" }, { "size", "2" },   { NULL, NULL },                            \
    };                                                                                             \
    static const incmap__symbol_layer id##_layers[] = {                                            \
        { "SimpleMarker", id##_fixed, NULL, NULL },                                                \
        { NULL, NULL, NULL, NULL },                                                                \
    };                                                                                             \
    static const incmap__symbol id = { "marker", id##_layers, NULL }

POST(computed_post, STYLE_WHITE);
POST(placed_post, STYLE_BORDER);

/* clang-format off */
static const incmap__rule post_rules[] = {
    { false, { { "border post, put on the border", "пункт пропуска, помещён на границу",
                 "пункт пропуску, розміщено на кордоні" } },
      "{ON_BORDER} = 1", &computed_post, 1500000 },
    { false, { { "border post, position of its own", "пункт пропуска, собственные координаты",
                 "пункт пропуску, власні координати" } },
      "{ON_BORDER} = 0", &placed_post, 1500000 },
};
/* clang-format on */

static const incmap__property post_computed[] = {
    { "Show", "@map_scale < 500000" },
    { NULL, NULL },
};
static const incmap__property post_text[] = {
    { "fontSize", "7" },
    { "textColor", STYLE_BORDER },
    { "fontItalic", "1" },
    { NULL, NULL },
};
/* the name to print is English already */
#define POST_NAME "coalesce({NAME},{KEY})"
#define POST_OWN_NAME "coalesce({NAME_@},{NAME},{KEY})"
static const incmap__label post_label = {
    { { POST_NAME, POST_OWN_NAME, POST_OWN_NAME } },
    post_text,
    place_placement,
    place_rendering,
    post_computed,
};

#define POST_TIP(name, point)                                                                      \
    "<b>[% {=" name "=} %]</b><br>[% {=NAME_1=} %] / [% {=NAME_2=} %]<br>"                         \
    "[% {=STATUS=} %]<br>" point " ± [% coalesce(to_string(to_int({UNCERT_M})),'?') %] m"

const incmap__style incmap__style_posts = {
    .title = { { "Border posts", "Пункты пропуска", "Пункти пропуску" } },
    .rules = post_rules,
    .rule_count = sizeof post_rules / sizeof *post_rules,
    .label = &post_label,
    .display = POST_NAME,
    .tip = { { POST_TIP(POST_NAME, "point"), POST_TIP(POST_OWN_NAME, "точка"),
               POST_TIP(POST_OWN_NAME, "точка") } },
};

/* ---- claims: a table, nothing to draw ---- */

const incmap__style incmap__style_claims = {
    .title = { { "Claims", "Утверждения", "Твердження" } },
    .display = "coalesce({CLAIM_BY},'?') || ': ' || coalesce({SUMMARY},{CLAIM_ID})",
};
