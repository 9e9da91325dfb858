/* SPDX-License-Identifier: MIT */
/* How a layer looks in QGIS, as tables: rules with symbols, labels, tips and the time. style.c makes
 * the .qml of them; the tables stand in style_*.c.
 *
 * In expressions {NAME} is the field of that name, and {NAME_@} the one that ends in EN, RU or UK, as
 * the language has it; {=NAME=} or {=expression=} is its text for HTML, so that what others wrote does
 * not become markup of a tip. */
#ifndef INCMAP_LAYERS_STYLE_H
#define INCMAP_LAYERS_STYLE_H

#include "io/shapefile.h"
#include "layers/words.h"

/* A name of QGIS's and its value: a text, or an expression where it says computed. A list of them
 * ends at a name that is NULL. */
typedef struct {
    const char *name, *value;
} incmap__property;

typedef struct incmap__symbol incmap__symbol;

typedef struct {
    const char *kind; /* "SimpleMarker", "SimpleLine" ... as QGIS names its classes */
    const incmap__property *fixed;
    const incmap__property *computed; /* NULL: nothing */
    const incmap__symbol *inside;     /* of a MarkerLine; NULL */
} incmap__symbol_layer;

struct incmap__symbol {
    const char *type;                   /* "marker", "line", "fill" */
    const incmap__symbol_layer *layers; /* drawn in this order; ends at a kind that is NULL */
    const incmap__property *computed;   /* of the symbol as a whole; NULL */
};

/* A line of the legend with what it draws. A feature is drawn by every rule that it meets. */
typedef struct {
    bool below; /* stands below the last one that does not */
    incmap__words label;
    const char *filter;           /* NULL: every feature */
    const incmap__symbol *symbol; /* NULL: a heading */
    int scale_most;               /* drawn from 1:1 to 1:scale_most; 0: at all scales */
} incmap__rule;

typedef struct {
    incmap__words expression;
    const incmap__property *text;      /* attributes of QGIS's <text-style> */
    const incmap__property *placement; /* of <placement> */
    const incmap__property *rendering; /* of <rendering> */
    const incmap__property *computed;  /* data-defined properties */
} incmap__label;

typedef struct {
    incmap__words title; /* the layer's name in a project */
    const incmap__rule *rules;
    size_t rule_count;
    const incmap__label *label; /* NULL: none */
    const char *order_by;       /* expression, largest first; NULL: file order */
    const char *start, *end;    /* Date fields, first and last day; NULL: no time */
    const char *display;        /* expression that names a feature; NULL */
    incmap__words tip;          /* HTML with [% expressions %]; in[0] NULL: none */
} incmap__style;

/* The styles of the layers that incmap makes. */
extern const incmap__style incmap__style_incidents, incmap__style_places, incmap__style_posts,
    incmap__style_border, incmap__style_claims, incmap__style_connectors, incmap__style_tracks,
    incmap__style_areas, incmap__style_belts;

typedef struct {
    const incmap__style *style; /* NULL: one plain symbol */
    const char *kind;           /* whose words incmap__dictionary_find has; NULL: no aliases */
    incmap__shape_type type;
    const incmap__field *fields; /* as they were written */
    size_t field_count;
    incmap__language language;
} incmap__style_job;

/* Writes the .qml, synced, to a file that is not there yet. */
incmap_status incmap__style_write(const incmap__style_job *job, const char *path,
                                  const incmap_allocator *a, incmap_error *err);

#endif
