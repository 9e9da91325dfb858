/* SPDX-License-Identifier: MIT */
/* Where lines of a border meet. A vertex that ends a matched line and an unmatched stretch is answered for by
 * the stretch, which has the larger band: so the answer depends neither on which line was met first nor on
 * which country is asked about.
 *
 *   ====matched====*~~inside's outline~~*====matched====     at both * an unmatched line answers
 *                   ~~outside's outline~
 */
#include <stdlib.h>

#include "geodesy/border.h"

/* A vertex with which a line begins or ends. */
struct end {
    incmap_coord at; /* in one writing */
    double separation_m;
    size_t vertex;
};

/* Ends at one place beside one another, the answering one first: the widest, the first line. */
static int compare(const void *x, const void *y)
{
    const struct end *a = x, *b = y;
    if (a->at.lat != b->at.lat) return a->at.lat < b->at.lat ? -1 : 1;
    if (a->at.lon != b->at.lon) return a->at.lon < b->at.lon ? -1 : 1;
    if (a->separation_m != b->separation_m) return a->separation_m > b->separation_m ? -1 : 1;
    return (a->vertex > b->vertex) - (a->vertex < b->vertex);
}

static size_t last_vertex(const incmap__border_piece *line)
{
    return line->first + line->info.vertices - 1;
}

static struct end end_of(const incmap_border *b, const incmap__border_piece *line, size_t vertex)
{
    return (struct end){ .at = incmap__one_writing(b->vertices[vertex]),
                         .separation_m = line->info.unmatched ? line->info.separation_m : -1,
                         .vertex = vertex };
}

static void answer_for(incmap_border *b, size_t vertex, size_t answering)
{
    incmap__border_piece *line = &b->lines[incmap__border_line_of(b, vertex)];
    if (vertex == line->first)
        line->start_answer = answering;
    else
        line->end_answer = answering;
}

incmap_status incmap__border_join_ends(incmap_border *b, incmap_error *err)
{
    struct end *ends;
    size_t unmatched = 0, best = 0;

    for (size_t i = 0; i < b->line_count; i++) {
        b->lines[i].start_answer = b->lines[i].first;
        b->lines[i].end_answer = last_vertex(&b->lines[i]);
        unmatched += b->lines[i].info.unmatched;
    }
    if (unmatched == 0) return INCMAP_OK;
    ends = incmap__alloc(&b->allocator, 2 * b->line_count, sizeof *ends);
    if (!ends) return incmap__fail_memory(err);
    for (size_t i = 0; i < b->line_count; i++) {
        ends[2 * i] = end_of(b, &b->lines[i], b->lines[i].first);
        ends[2 * i + 1] = end_of(b, &b->lines[i], last_vertex(&b->lines[i]));
    }
    qsort(ends, 2 * b->line_count, sizeof *ends, compare);
    for (size_t i = 0; i < 2 * b->line_count; i++) {
        const struct end *e = &ends[i], *first = &ends[best];
        if (e->at.lat != first->at.lat || e->at.lon != first->at.lon) best = i;
        if (ends[best].separation_m >= 0) answer_for(b, e->vertex, ends[best].vertex);
    }
    incmap__free(&b->allocator, ends);
    return INCMAP_OK;
}

size_t incmap__border_line_of(const incmap_border *b, size_t vertex)
{
    size_t line = 0;
    /* Every search takes the same steps, so that the processor need not guess which. */
    for (size_t left = b->line_count; left > 1;) {
        const size_t half = left / 2;
        line += b->lines[line + half].first <= vertex ? half : 0;
        left -= half;
    }
    return line;
}

size_t incmap__border_answering(const incmap__border_piece *line, size_t vertex)
{
    if (vertex == line->first) return line->start_answer;
    return vertex == last_vertex(line) ? line->end_answer : vertex;
}
