/* SPDX-License-Identifier: MIT */
/* The inside of a border, and how one is put together from two outlines. */
#ifndef INCMAP_GEODESY_BORDER_H
#define INCMAP_GEODESY_BORDER_H

#include <incmap/border.h>

#include "geodesy/border_match.h"
#include "geodesy/edge_index.h"
#include "geodesy/gather.h"
#include "geodesy/hint_grid.h"
#include "geodesy/outline.h"
#include "geodesy/side_grid.h"

/* Lines lie one behind the other in `vertices`. */
typedef struct {
    size_t first; /* vertex */
    incmap_border_line info;
    size_t start_answer, end_answer; /* vertices that answer for its first and last one */
} incmap__border_piece;

/* What tells the side of a point: the countries' outlines, or the hand of the lines on which the inside
 * lies, if any does. */
typedef enum {
    INCMAP__SIDES_OUTLINES = 0,
    INCMAP__SIDES_NONE = 1,
    INCMAP__SIDES_LEFT = 2,
    INCMAP__SIDES_RIGHT = 3
} incmap__sides;

struct incmap_border {
    incmap_allocator allocator;
    incmap__arena texts;
    const char *name, *attribution, *data_date, *inside_name, *outside_name;
    double accuracy_m;
    bool accuracy_assumed; /* nobody stated it */
    incmap__sides sides;
    incmap__outline inside, outside; /* empty for a border of plain lines */
    incmap_coord *vertices;
    double *chainage_m; /* of every other vertex, from the first on */
    size_t vertex_count;
    incmap__border_piece *lines;
    size_t line_count;
    incmap__edge_index index;
    /* NULL until incmap_border_prepare, the first for ever where it would be no use */
    incmap__side_grid *grid;
    incmap__hint_grid *hints;
};

/* Everything that a border is made from. The texts are copied; the outlines are taken over on
 * success and zeroed. */
typedef struct {
    const char *name, *attribution, *data_date, *inside_name, *outside_name;
    double accuracy_m;
    incmap__outline *inside, *outside;
    const incmap__border_parts *parts; /* borrowed; at least one part */
    /* Or, without parts and outlines, plain lines: borrowed, at least one, of two vertices or more. */
    const incmap__gathered *lines;
    incmap__sides sides;
    bool accuracy_assumed;
} incmap__border_plan;

incmap_status incmap__border_assemble(const incmap__border_plan *plan, incmap_border **out,
                                      const incmap_allocator *a, incmap_error *err);

/* Finds for the ends of all lines which vertex answers for them. INCMAP_ENOMEM. */
incmap_status incmap__border_join_ends(incmap_border *b, incmap_error *err);

/* The line that holds a vertex: the last one that begins at or before it. */
size_t incmap__border_line_of(const incmap_border *b, size_t vertex);

/* The position of a line's vertex along the border, in metres. */
double incmap__border_chainage(const incmap_border *b, const incmap__border_piece *line,
                               size_t vertex);

/* The vertex that answers for one of the line's: that of an unmatched line which ends there, or itself. */
size_t incmap__border_answering(const incmap__border_piece *line, size_t vertex);

/* Reads the rings of all features whose code_field says `code` (ASCII case aside), their edges taken as
 * geodesics. INCMAP_ENOTFOUND when there is none, INCMAP_EDATA when the file holds no polygons or lacks
 * the field. */
incmap_status incmap__outline_load(incmap__outline *out, const char *path, const char *code_field,
                                   const char *code, const incmap_allocator *a, incmap_error *err);

/* The options with their defaults; INCMAP_EARG and INCMAP_EPARSE for what the header forbids. */
incmap_status incmap__border_options_read(const incmap_border_options *given,
                                          incmap_border_options *out, incmap_error *err);

#endif
