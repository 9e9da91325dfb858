/* SPDX-License-Identifier: MIT */
/* How that looks which is computed from incidents and border: areas of uncertainty, connectors,
 * tracks, belts. Light, for they say how sure a point is, and not that something is there. */
#include "layers/style.h"
#include "layers/style_parts.h"

#include <stddef.h>

/* ---- areas of uncertainty ---- */

#define AREA(id, fill, line, stroke)                                                               \
    static const incmap__property id##_fixed[] = {                                                 \
        { "color", fill },           { "outline_color", line }, { "outline_style", stroke },       \
        { "outline_width", "0.26" }, { "joinstyle", "round" },  { NULL, NULL },                    \
    };                                                                                             \
    static const incmap__symbol_layer id##_layers[] = {                                            \
        { "SimpleFill", id##_fixed, NULL, NULL },                                                  \
        { NULL, NULL, NULL, NULL },                                                                \
    };                                                                                             \
    static const incmap__symbol id = { "fill", id##_layers, NULL }

AREA(near_area, "194,65,12,20", "150,80,50,170", "dash");
/* Without a fill: those of a region and a country would lie on everything. */
AREA(wide_area, "0,0,0,0", "120,126,132,130", "dot");

/* clang-format off */
static const incmap__rule area_rules[] = {
    { false, { { "the true point is believed to lie within", "истинная точка, вероятно, внутри",
                 "справжня точка, ймовірно, всередині" } },
      "{LOC_PREC} IN ('exact_site','settlement')", &near_area, 3000000 },
    { false, { { "known only by district or wider", "известен только район или шире",
                 "відомий лише район або ширше" } },
      "{LOC_PREC} IS NULL OR {LOC_PREC} NOT IN ('exact_site','settlement')", &wide_area, 0 },
};
/* clang-format on */

#define AREA_TIP(text)                                                                             \
    "<b>[% {=coalesce({PLACE_@},{PLACE_EN},{PLACE_RU},{PLACE_UK})=} %]</b><br>" text               \
    " [% to_int({UNCERT_M}) %] m<br>[% {=INCID=} %]"

const incmap__style incmap__style_areas = {
    .title = { { "Uncertainty", "Неопределённость места", "Невизначеність місця" } },
    .rules = area_rules,
    .rule_count = sizeof area_rules / sizeof *area_rules,
    .order_by = "{UNCERT_M}",
    .start = "DATE_FROM",
    .end = "DATE_TO",
    .display = "{INCID}",
    .tip = { { AREA_TIP("The true point is believed to lie within"),
               AREA_TIP("Истинная точка, вероятно, в пределах"),
               AREA_TIP("Справжня точка, ймовірно, в межах") } },
};

/* ---- connectors ---- */

static const incmap__property connector_fixed[] = {
    { "line_color", "109,114,120,170" }, { "line_width", "0.26" },    { "use_custom_dash", "1" },
    { "customdash", "0.8;0.8" },         { "customdash_unit", "MM" }, { NULL, NULL },
};
static const incmap__symbol_layer connector_layers[] = {
    { "SimpleLine", connector_fixed, NULL, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol connector = { "line", connector_layers, NULL };

/* From the middle of a region a line to the border would measure nothing that was reported. */
static const incmap__rule connector_rules[] = {
    { false,
      { { "shortest way to the border", "кратчайший путь до границы",
          "найкоротший шлях до кордону" } },
      "{LOC_PREC} IN ('exact_site','settlement')",
      &connector,
      1500000 },
};

#define CONNECTOR_TIP(km)                                                                          \
    "<b>[% {=TITLE=} %]</b><br>[% {=DEPTH_TXT=} %] " km                                            \
    "[% CASE WHEN {SIDE_SURE}=0 THEN ' ?' ELSE '' END %]"

const incmap__style incmap__style_connectors = {
    .title = { { "Shortest way to the border", "Кратчайший путь до границы",
                 "Найкоротший шлях до кордону" } },
    .rules = connector_rules,
    .rule_count = 1,
    .start = "DATE_FROM",
    .end = "DATE_TO",
    .display = "{TITLE}",
    .tip = { { CONNECTOR_TIP("km"), CONNECTOR_TIP("км"), CONNECTOR_TIP("км") } },
};

/* ---- tracks ---- */

static const incmap__property arrow_fixed[] = {
    { "name", "arrowhead" },     { "color", "0,0,0,0" }, { "outline_color", STYLE_INK },
    { "outline_width", "0.45" }, { "size", "2.6" },      { NULL, NULL },
};
static const incmap__symbol_layer arrow_layers[] = {
    { "SimpleMarker", arrow_fixed, NULL, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol arrow = { "marker", arrow_layers, NULL };

static const incmap__property arrows_fixed[] = {
    { "placement", "segmentcenter" },
    { "rotate", "1" },
    { NULL, NULL },
};
static const incmap__property sure_fixed[] = {
    { "line_color", STYLE_INK },
    { "line_width", "0.45" },
    { NULL, NULL },
};
static const incmap__property unsure_fixed[] = {
    { "line_color", "38,40,43,170" }, { "line_width", "0.4" },     { "use_custom_dash", "1" },
    { "customdash", "2;1.4" },        { "customdash_unit", "MM" }, { NULL, NULL },
};
static const incmap__symbol_layer sure_layers[] = {
    { "SimpleLine", sure_fixed, NULL, NULL },
    { "MarkerLine", arrows_fixed, NULL, &arrow },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol_layer unsure_layers[] = {
    { "SimpleLine", unsure_fixed, NULL, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol sure = { "line", sure_layers, NULL };
static const incmap__symbol unsure = { "line", unsure_layers, NULL };

/* clang-format off */
static const incmap__rule track_rules[] = {
    { false, { { "reported incidents in the order of their dates",
                 "происшествия в порядке их дат", "події в порядку їх дат" } },
      "{ORDER_BY} = 'dates'", &sure, 0 },
    { false, { { "the same, order not known from the dates",
                 "то же, порядок из дат не следует", "те саме, порядок з дат не випливає" } },
      "{ORDER_BY} <> 'dates'", &unsure, 0 },
};
/* clang-format on */

#define TRACK_TIP(points, depths, note)                                                            \
    "<b>[% {=TITLE=} %]</b><br>" points ": [% {=INCID=} %]<br>[% {=TIMES=} %]<br>" depths          \
    ": [% {=DEPTHS_M=} %]<br><i>" note "</i>"

const incmap__style incmap__style_tracks = {
    .title = { { "Tracks through incidents", "Ход событий", "Перебіг подій" } },
    .rules = track_rules,
    .rule_count = sizeof track_rules / sizeof *track_rules,
    .start = "DATE_FROM",
    .end = "DATE_TO",
    .display = "{TITLE}",
    .tip = { { TRACK_TIP("Points", "Depths, m",
                         "Joins points at which something was reported; it is no route."),
               TRACK_TIP("Точки", "Глубины, м",
                         "Соединяет точки, о которых сообщалось; это не маршрут."),
               TRACK_TIP("Точки", "Глибини, м",
                         "З'єднує точки, про які повідомляли; це не маршрут.") } },
};

/* ---- belts ---- */

/* The nearer the border the darker, whatever the distances are. */
static const incmap__property belt_fixed[] = {
    { "color", "91,58,107,22" },
    { "outline_color", "91,58,107,80" },
    { "outline_width", "0.2" },
    { "joinstyle", "round" },
    { NULL, NULL },
};
static const incmap__property belt_computed[] = {
    { "fillColor", "color_rgba(91,58,107,to_int(7+15*exp(-{FROM_M}/20000)))" },
    { NULL, NULL },
};
static const incmap__symbol_layer belt_layers[] = {
    { "SimpleFill", belt_fixed, belt_computed, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol belt = { "fill", belt_layers, NULL };

static const incmap__rule belt_rules[] = {
    { false,
      { { "within these distances of the border", "в пределах этих расстояний от границы",
          "у межах цих відстаней від кордону" } },
      NULL,
      &belt,
      0 },
};

const incmap__style incmap__style_belts = {
    .title = { { "Belts along the border", "Полосы вдоль границы", "Смуги вздовж кордону" } },
    .rules = belt_rules,
    .rule_count = 1,
    .order_by = "{TO_M}",
    .display = "{BELT}",
    .tip = { { "<b>[% {=BELT=} %]</b>" } },
};
