/* SPDX-License-Identifier: MIT */
/* How incidents look: a symbol and colour for the type of event, smaller and paler the vaguer the
 * place is known, a ring for what the claims amount to. No colour is that of a party. */
#include "layers/style.h"
#include "layers/style_parts.h"

#include <stddef.h>

/* Those at the very same point stand around it: on a circle up to eight, beyond that in a spiral
 * that keeps them apart (the golden angle, 2.39996 rad), so that none hides another. In mm. */
#define AROUND                                                                                     \
    "with_variable('n', coalesce({SPOT_OF},1), with_variable('i', coalesce({SPOT_NO},1)-1, "       \
    "CASE WHEN @n<2 THEN '0,0' WHEN @n<=8 THEN "                                                   \
    "to_string(max(2.7,0.78*@n)*sin(6.283185*@i/@n)) || ',' || "                                   \
    "to_string(-max(2.7,0.78*@n)*cos(6.283185*@i/@n)) ELSE "                                       \
    "to_string(2.5*sqrt(min(@i,400)+0.6)*sin(2.39996*@i)) || ',' || "                              \
    "to_string(-2.5*sqrt(min(@i,400)+0.6)*cos(2.39996*@i)) END))"

#define SIZE                                                                                       \
    "CASE WHEN {LOC_PREC}='exact_site' THEN 4.6 WHEN {LOC_PREC}='settlement' THEN 4 "              \
    "WHEN {LOC_PREC}='district' THEN 3.2 WHEN {LOC_PREC}='region' THEN 2.7 ELSE 2.3 END"

static const incmap__property event_computed[] = {
    { "size", SIZE },
    { "offset", AROUND },
    { NULL, NULL },
};

static const incmap__property triangle_computed[] = {
    { "size", "1.12*" SIZE },
    { "offset", AROUND },
    { NULL, NULL },
};

static const incmap__property paler_if_vague[] = {
    { "alpha", "CASE WHEN {LOC_PREC} IN ('exact_site','settlement') THEN 100 ELSE 62 END" },
    { NULL, NULL },
};

/* Around a crowded point a dot says where it is; once is enough. */
static const incmap__property dot_fixed[] = {
    { "name", "circle" },       { "color", STYLE_INK }, { "outline_color", "255,255,255,255" },
    { "outline_width", "0.2" }, { "size", "1.1" },      { NULL, NULL },
};
static const incmap__property dot_computed[] = {
    { "enabled", "coalesce({SPOT_OF},1)>1 AND {SPOT_NO}=1" },
    { NULL, NULL },
};

#define EVENT(id, shape, colour, computed)                                                         \
    static const incmap__property id##_fixed[] = {                                                 \
        { "name", shape },                                                                         \
        { "color", colour },                                                                       \
        { "outline_color", "255,255,255,255" },                                                    \
        { "outline_width", "0.3" },                                                                \
        { "joinstyle", "miter" },                                                                  \
        { "size", "4" },                                                                           \
        { NULL, NULL },                                                                            \
    };                                                                                             \
    static const incmap__symbol_layer id##_layers[] = {                                            \
        { "SimpleMarker", dot_fixed, dot_computed, NULL },                                         \
        { "SimpleMarker", id##_fixed, computed, NULL },                                            \
        { NULL, NULL, NULL, NULL },                                                                \
    };                                                                                             \
    static const incmap__symbol id = { "marker", id##_layers, paler_if_vague }

/* Colours that the colour-blind tell apart, and shapes that differ in grey. */
EVENT(battle, "circle", "194,65,12,255", event_computed);
EVENT(explosion, "triangle", "232,163,23,255", triangle_computed);
EVENT(violence, "square", "142,44,111,255", event_computed);
EVENT(protest, "star", "27,138,107,255", triangle_computed);
EVENT(riot, "pentagon", "110,130,30,255", event_computed);
EVENT(development, "diamond", "72,88,110,255", triangle_computed);
EVENT(other, "circle", "140,140,140,255", event_computed);

/* The ring stands clear of the symbol. */
static const incmap__property ring_computed[] = {
    { "size", "2+" SIZE },
    { "offset", AROUND },
    { NULL, NULL },
};

#define RING(id, line, width)                                                                      \
    static const incmap__property id##_fixed[] = {                                                 \
        { "name", "circle" },                                                                      \
        { "color", "0,0,0,0" },                                                                    \
        { "outline_color", STYLE_INK },                                                            \
        { "outline_style", line },                                                                 \
        { "outline_width", width },                                                                \
        { "size", "6" },                                                                           \
        { NULL, NULL },                                                                            \
    };                                                                                             \
    static const incmap__symbol_layer id##_layers[] = {                                            \
        { "SimpleMarker", id##_fixed, ring_computed, NULL },                                       \
        { NULL, NULL, NULL, NULL },                                                                \
    };                                                                                             \
    static const incmap__symbol id = { "marker", id##_layers, NULL }

RING(contested, "dot", "0.5");
RING(verified, "solid", "0.35");

/* In the legend alone: no feature meets a filter that is never true. */
static const incmap__property exact_fixed[] = {
    { "name", "circle" },
    { "color", "190,190,190,255" },
    { "outline_color", "110,110,110,255" },
    { "outline_width", "0.2" },
    { "size", "4.6" },
    { NULL, NULL },
};
static const incmap__symbol_layer exact_layers[] = {
    { "SimpleMarker", exact_fixed, NULL, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol exact = { "marker", exact_layers, NULL };
static const incmap__property vague_fixed[] = {
    { "name", "circle" },
    { "color", "190,190,190,140" },
    { "outline_color", "110,110,110,160" },
    { "outline_width", "0.2" },
    { "size", "2.7" },
    { NULL, NULL },
};
static const incmap__symbol_layer vague_layers[] = {
    { "SimpleMarker", vague_fixed, NULL, NULL },
    { NULL, NULL, NULL, NULL },
};
static const incmap__symbol vague = { "marker", vague_layers, NULL };

/* clang-format off */
static const incmap__rule rules[] = {
    { false, { { "Type of event, as reported", "Тип события, по сообщениям",
                 "Тип події, за повідомленнями" } }, NULL, NULL, 0 },
    { true, { { "Battles", "Бои", "Бої" } }, "{EVENT_TYPE} = 'Battles'", &battle, 0 },
    { true, { { "Explosions, remote violence", "Взрывы, удалённое насилие",
                "Вибухи, віддалене насильство" } },
      "{EVENT_TYPE} = 'Explosions/Remote violence'", &explosion, 0 },
    { true, { { "Violence against civilians", "Насилие против гражданских лиц",
                "Насильство проти цивільних" } },
      "{EVENT_TYPE} = 'Violence against civilians'", &violence, 0 },
    { true, { { "Protests", "Протесты", "Протести" } }, "{EVENT_TYPE} = 'Protests'", &protest, 0 },
    { true, { { "Riots", "Беспорядки", "Заворушення" } }, "{EVENT_TYPE} = 'Riots'", &riot, 0 },
    { true, { { "Strategic developments", "Стратегические события", "Стратегічні події" } },
      "{EVENT_TYPE} = 'Strategic developments'", &development, 0 },
    { true, { { "other or not stated", "другое или не указано", "інше або не вказано" } }, "ELSE",
      &other, 0 },
    { false, { { "What the claims amount to", "К чему сводятся утверждения",
                 "До чого зводяться твердження" } }, NULL, NULL, 0 },
    { true, { { "contested: disputed, denied or doubted", "спорно: оспаривается, отрицается "
                "или ставится под сомнение", "спірно: заперечується або піддається сумніву" } },
      "{VERIF} = 'contested'", &contested, 0 },
    { true, { { "verified in part", "частично подтверждено", "частково підтверджено" } },
      "{VERIF} = 'part_verif'", &verified, 0 },
    { false, { { "How exactly it is placed", "Насколько точно известно место",
                 "Наскільки точно відоме місце" } }, NULL, NULL, 0 },
    { true, { { "a site or settlement", "объект или населённый пункт",
                "об'єкт або населений пункт" } }, "FALSE", &exact, 0 },
    { true, { { "a district, region or country only", "только район, область или страна",
                "лише район, область або країна" } }, "FALSE", &vague, 0 },
};
/* clang-format on */

/* Names stand once for each point. What is known only by district or wider is named in grey. */
static const incmap__property label_text[] = {
    { "fontSize", "9" },
    { "textColor", STYLE_INK },
    { "multilineHeight", "0.95" },
    { NULL, NULL },
};
static const incmap__property label_placement[] = {
    { "placement", "6" }, /* around the point, where it is free */
    { "predefinedPositionOrder", "BR,TR,R,BL,TL,L,BSR,TSR" },
    { "offsetType", "0" },
    { "distUnits", "MM" },
    { "dist", "1.7" },
    { "priority", "9" },
    { NULL, NULL },
};
static const incmap__property label_rendering[] = {
    { "obstacle", "1" },
    { "obstacleFactor", "1.5" },
    { NULL, NULL },
};
static const incmap__property label_computed[] = {
    { "Show", "coalesce({SPOT_NO},1)=1 AND ({LOC_PREC} IN ('exact_site','settlement') OR "
              "@map_scale > 400000)" },
    { "Size", "CASE WHEN {LOC_PREC} IN ('exact_site','settlement') THEN 9 ELSE 7.5 END" },
    { "Color", "CASE WHEN {LOC_PREC} IN ('exact_site','settlement') THEN '" STYLE_INK
               "' ELSE '" STYLE_QUIET "' END" },
    { "Bold", "{LOC_PREC} IN ('exact_site','settlement')" },
    { "Priority", "CASE WHEN {LOC_PREC}='exact_site' THEN 9 WHEN {LOC_PREC}='settlement' THEN 10 "
                  "ELSE 3 END" },
    /* a post on the border has settlements on both sides: its name stands apart from theirs */
    { "PredefinedPositionOrder",
      "CASE WHEN {PLACED}='on_border' THEN 'BL,L,TL,BR,TR,R' ELSE 'BR,TR,R,BL,TL,L' END" },
    /* clear of the symbols around the point */
    { "LabelDistance", "CASE WHEN coalesce({SPOT_OF},1)<2 THEN 2.4 WHEN {SPOT_OF}<=8 THEN "
                       "2.2+max(2.7,0.78*{SPOT_OF}) ELSE 2.4+2.5*sqrt(min({SPOT_OF},400)) END" },
    { NULL, NULL },
};

#define NAME_OF_PLACE "coalesce({PLACE_@},{PLACE_EN},{PLACE_RU},{PLACE_UK},{TITLE})"
#define LABEL(post, on_border, km)                                                                 \
    NAME_OF_PLACE                                                                                  \
    " || CASE WHEN {PLACED}='on_border' THEN '" post "' ELSE '' END"                               \
    " || CASE WHEN {SPOT_OF}>1 THEN ' (' || to_string({SPOT_OF}) || ')' ELSE '' END"               \
    " || CASE WHEN {LOC_PREC} NOT IN ('exact_site','settlement') THEN ''"                          \
    " WHEN {PLACED}='on_border' THEN '\\n" on_border "'"                                           \
    " WHEN {DEPTH_TXT} IS NOT NULL THEN '\\n' || {DEPTH_TXT} || ' " km "' ||"                      \
    " CASE WHEN {SIDE_SURE}=0 THEN ' ?' ELSE '' END ELSE '' END"

static const incmap__label label = {
    { { LABEL(", border post", "on the border", "km"),
        LABEL(", пункт пропуска", "на границе", "км"),
        LABEL(", пункт пропуску", "на кордоні", "км") } },
    label_text,
    label_placement,
    label_rendering,
    label_computed,
};

/* The claims stand in a table of their own, in the project or beside the layer. Where it is not
 * there, their ids do. */
#define TIP(claims, sources, ids, km, note)                                                        \
    "<b>[% {=TITLE=} %]</b><br>"                                                                   \
    "[% {=DATE_ISO=} %] &middot; [% {=EVENT_TYPE=} %], [% {=SUB_TYPE=} %]<br>"                     \
    "[% {=" NAME_OF_PLACE "=} %] ([% {=LOC_PREC=} %])"                                             \
    "[% CASE WHEN {DEPTH_TXT} IS NOT NULL THEN ' &middot; ' || {DEPTH_TXT} || ' " km "' || "       \
    "CASE WHEN {SIDE_SURE}=0 THEN ' ?' ELSE '' END ELSE '' END %]<br>"                             \
    "<b>" claims " ([% {N_CLAIMS} %], [% {=VERIF=} %])</b><ul>"                                    \
    "[% try(aggregate(layer:=" STYLE_LAYER(                                                        \
        "claims") ", aggregate:='concatenate', expression:="                                       \
                  "'<li><i>' || {=CLAIM_BY=} || '</i> ' || {POLARITY} || ': ' || {=SUMMARY=} || "  \
                  "coalesce(' (' || {=QUALIFIER=} || ' ' || to_string({FIGURE}) || ')','') || "    \
                  "' [' || {=VERIF=} || ', ' || {=SOURCE=} || CASE WHEN {SUPERSEDED} IS NULL "     \
                  "THEN '' "                                                                       \
                  "ELSE ' &rarr; ' || {=SUPERSEDED=} END || ']</li>', "                            \
                  "filter:={INCIDENT}=attribute(@parent,'ID')), '<li>" ids                         \
                  " ' || {=CLAIMS=} || '</li>') %]</ul>" sources ": [% {=SOURCES=} %]<br><i>" note \
                  "</i>"

const incmap__style incmap__style_incidents = {
    .title = { { "Reported incidents", "Происшествия по сообщениям", "Події за повідомленнями" } },
    .rules = rules,
    .rule_count = sizeof rules / sizeof *rules,
    .label = &label,
    .order_by = "{UNCERT_M}",
    .start = "DATE_FROM",
    .end = "DATE_TO",
    .display = "{TITLE}",
    .tip = { { TIP("Claims", "Sources", "claims", "km",
                   "What is shown was reported; that does not make it a finding."),
               TIP("Утверждения", "Источники", "утверждения", "км",
                   "Показано то, о чём сообщалось; это не установленный факт."),
               TIP("Твердження", "Джерела", "твердження", "км",
                   "Показано те, про що повідомляли; це не встановлений факт.") } },
};
