/* SPDX-License-Identifier: MIT */
/* Putting a border together, and reading what it is made of. Measuring is in border_measure.c,
 * loading in border_load.c. */
#include "geodesy/border.h"

#include <math.h>
#include <string.h>

#include "geodesy/edge.h"

static incmap_status keep_text(incmap_border *b, const char *text, const char **out,
                               incmap_error *err)
{
    const char *given = text ? text : "";
    *out = incmap__arena_text(&b->texts, given, strlen(given));
    return *out ? INCMAP_OK : incmap__fail_memory(err);
}

static incmap_status keep_texts(incmap_border *b, const incmap__border_plan *plan,
                                incmap_error *err)
{
    incmap_status st = keep_text(b, plan->name, &b->name, err);
    if (!st) st = keep_text(b, plan->attribution, &b->attribution, err);
    if (!st) st = keep_text(b, plan->data_date, &b->data_date, err);
    if (!st) st = keep_text(b, plan->inside_name, &b->inside_name, err);
    if (!st) st = keep_text(b, plan->outside_name, &b->outside_name, err);
    return st;
}

static size_t vertices_of(const incmap__border_plan *plan, size_t line)
{
    return plan->lines ? plan->lines->starts[line + 1] - plan->lines->starts[line]
                       : plan->parts->parts[line].edges + 1;
}

static incmap_status make_room(incmap_border *b, const incmap__border_plan *plan, incmap_error *err)
{
    b->line_count = plan->lines ? plan->lines->count : plan->parts->count;
    for (size_t i = 0; i < b->line_count; i++)
        b->vertex_count += vertices_of(plan, i);
    b->vertices = incmap__alloc(&b->allocator, b->vertex_count, sizeof *b->vertices);
    b->chainage_m = incmap__alloc(&b->allocator, (b->vertex_count + 1) / 2, sizeof *b->chainage_m);
    b->lines = incmap__alloc(&b->allocator, b->line_count, sizeof *b->lines);
    return b->vertices && b->chainage_m && b->lines ? INCMAP_OK : incmap__fail_memory(err);
}

/* Copies the vertices of all lines, one line behind the other. Outlines go past 180 degrees where
 * they cross the antimeridian; answers do not. */
static void lay_vertices(incmap_border *b, const incmap__border_plan *plan)
{
    size_t at = 0;
    for (size_t i = 0; i < b->line_count; i++) {
        const size_t n = vertices_of(plan, i);
        if (plan->lines)
            memcpy(b->vertices + at, plan->lines->points + plan->lines->starts[i],
                   n * sizeof *b->vertices);
        else
            incmap__border_part_vertices(&plan->parts->parts[i], plan->inside, plan->outside,
                                         b->vertices + at);
        b->lines[i] = (incmap__border_piece){ .first = at };
        at += n;
    }
    for (size_t i = 0; i < at; i++)
        if (fabs(b->vertices[i].lon) > 180) b->vertices[i] = incmap_coord_wrap(b->vertices[i]);
}

static incmap_status build_index(incmap_border *b, incmap_error *err)
{
    bool *ends = incmap__alloc_zeroed(&b->allocator, b->vertex_count, sizeof *ends);
    incmap_status st;

    if (!ends) return incmap__fail_memory(err);
    for (size_t i = 1; i < b->line_count; i++)
        ends[b->lines[i].first - 1] = true;
    ends[b->vertex_count - 1] = true;
    st =
        incmap__edge_index_build(&b->index, b->vertices, ends, b->vertex_count, &b->allocator, err);
    incmap__free(&b->allocator, ends);
    return st;
}

/* Every other vertex is enough, for an edge's length is reckoned as quickly as it is read. */
static void keep_chainage(incmap_border *b, size_t vertex, double along_m)
{
    if (vertex % 2 == 0) b->chainage_m[vertex / 2] = along_m;
}

static incmap_border_line measure_line(incmap_border *b, size_t first, size_t edges, double start_m)
{
    double along_m = start_m;

    keep_chainage(b, first, along_m);
    for (size_t i = first; i < first + edges; i++) {
        along_m += incmap__edge_index_length(&b->index, i);
        keep_chainage(b, i + 1, along_m);
    }
    return (incmap_border_line){ .vertices = edges + 1,
                                 .start_m = start_m,
                                 .length_m = along_m - start_m };
}

double incmap__border_chainage(const incmap_border *b, const incmap__border_piece *line,
                               size_t vertex)
{
    const double kept = b->chainage_m[vertex / 2];

    if (vertex % 2 == 0) return kept;
    if (vertex == line->first) return line->info.start_m;
    return kept + incmap__edge_index_length(&b->index, vertex - 1);
}

/* Chainage runs through the lines in order. Both outlines of an unmatched stretch begin where the
 * line before them ended; what follows goes on from the end of the inside country's. */
static void measure_lines(incmap_border *b, const incmap__border_plan *plan)
{
    static const incmap__border_part plain = { .outside = false };
    double end_m = 0;
    for (size_t i = 0; i < b->line_count; i++) {
        const incmap__border_part *part = plan->lines ? &plain : &plan->parts->parts[i];
        const bool beside = part->outside && part->unmatched && i; /* the line before */
        const double start_m = beside ? b->lines[i - 1].info.start_m : end_m;
        incmap_border_line *info = &b->lines[i].info;

        *info = measure_line(b, b->lines[i].first, vertices_of(plan, i) - 1, start_m);
        info->unmatched = part->unmatched;
        info->separation_m = part->separation_m;
        info->enclosed = part->enclosed;
        if (part->unmatched || part->enclosed)
            info->outline = part->outside ? INCMAP_SIDE_OUTSIDE : INCMAP_SIDE_INSIDE;
        if (!beside) end_m = start_m + info->length_m;
    }
}

incmap_status incmap__border_assemble(const incmap__border_plan *plan, incmap_border **out,
                                      const incmap_allocator *a, incmap_error *err)
{
    incmap_border *b = incmap__alloc_zeroed(a, 1, sizeof *b);
    incmap_status st;

    if (!b) return incmap__fail_memory(err);
    b->allocator = *a;
    b->accuracy_m = plan->accuracy_m;
    b->accuracy_assumed = plan->accuracy_assumed;
    b->sides = plan->sides;
    incmap__arena_init(&b->texts, a);
    st = keep_texts(b, plan, err);
    if (!st) st = make_room(b, plan, err);
    if (st) goto done;
    lay_vertices(b, plan);
    st = build_index(b, err);
    if (st) goto done;
    measure_lines(b, plan);
    st = incmap__border_join_ends(b, err);
    if (st) goto done;
    if (!plan->lines) {
        b->inside = *plan->inside;
        b->outside = *plan->outside;
        incmap__outline_shrink(&b->inside);
        incmap__outline_shrink(&b->outside);
        *plan->inside = *plan->outside = (incmap__outline){ .ring_count = 0 };
    }
    *out = b;

done:
    if (st) incmap_border_free(b);
    return st;
}

void incmap_border_free(incmap_border *b)
{
    if (b) {
        const incmap_allocator allocator = b->allocator;
        incmap__edge_index_free(&b->index);
        incmap__side_grid_free(b->grid);
        incmap__hint_grid_free(b->hints);
        incmap__outline_free(&b->inside);
        incmap__outline_free(&b->outside);
        incmap__free(&allocator, b->vertices);
        incmap__free(&allocator, b->chainage_m);
        incmap__free(&allocator, b->lines);
        incmap__arena_free(&b->texts);
        incmap__free(&allocator, b);
    }
}

const char *incmap_border_name(const incmap_border *b)
{
    return b ? b->name : "";
}

double incmap_border_accuracy_m(const incmap_border *b)
{
    return b ? b->accuracy_m : 0;
}

bool incmap_border_accuracy_is_stated(const incmap_border *b)
{
    return b && !b->accuracy_assumed;
}

const char *incmap_border_attribution(const incmap_border *b)
{
    return b ? b->attribution : "";
}

const char *incmap_border_data_date(const incmap_border *b)
{
    return b ? b->data_date : "";
}

const char *incmap_border_inside(const incmap_border *b)
{
    return b ? b->inside_name : "";
}

const char *incmap_border_outside(const incmap_border *b)
{
    return b ? b->outside_name : "";
}

bool incmap_border_has_sides(const incmap_border *b)
{
    return b && b->sides != INCMAP__SIDES_NONE;
}

size_t incmap_border_line_count(const incmap_border *b)
{
    return b ? b->line_count : 0;
}

bool incmap_border_line_get(const incmap_border *b, size_t i, incmap_border_line *out)
{
    const bool found = b && out && i < b->line_count;
    if (found) *out = b->lines[i].info;
    return found;
}

size_t incmap_border_line_vertices(const incmap_border *b, size_t i, incmap_coord vertices[],
                                   size_t capacity)
{
    size_t count = 0;
    if (b && i < b->line_count) {
        count = b->lines[i].info.vertices;
        if (capacity && vertices)
            memcpy(vertices, b->vertices + b->lines[i].first,
                   (count < capacity ? count : capacity) * sizeof *vertices);
    }
    return count;
}
