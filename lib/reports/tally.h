/* SPDX-License-Identifier: MIT */
/* The inside of a tally, and the sorting into groups that its parts share. */
#ifndef INCMAP_REPORTS_TALLY_H
#define INCMAP_REPORTS_TALLY_H

#include <incmap/tally.h>

#include "reports/claim.h"
#include "reports/dataset.h"

struct incmap_tally {
    incmap_allocator allocator;
    incmap_tally_line *lines;
    size_t count;
    size_t *claims; /* indices, line by line */
    incmap_tally_overall *overalls;
    size_t overall_count;
    size_t *overall_lines; /* indices of lines, overall by overall */
    incmap_conflict *conflicts;
    size_t conflict_count, conflict_room;
    incmap_tally_total *totals;
    size_t total_count;
};

/* Something that is sorted into groups by up to LEVELS values, the widest first, and within a group
 * by whether it comes last and by its index. Texts are kept once each in the dataset, so their
 * address stands for them. */
enum { INCMAP__TALLY_LEVELS = 7 };

typedef struct {
    size_t level[INCMAP__TALLY_LEVELS];
    bool last;
    size_t index;
} incmap__tally_item;

/* Groups come in the order of the least index in each, on every level. */
void incmap__tally_order(incmap__tally_item items[], size_t count);
bool incmap__tally_same_group(const incmap__tally_item *a, const incmap__tally_item *b, int levels);

/* Tells witnesses apart: numbers of originals and of publishers by source, and marks. */
typedef struct {
    const incmap_dataset *d;
    const size_t *heads; /* by claimant; borrowed */
    size_t *original, *publisher;
    size_t *source_mark, *original_mark, *publisher_mark, *claimant_mark, *head_mark;
    size_t turn;
} incmap__witness_book;

incmap_status incmap__witness_open(incmap__witness_book *book, const incmap_dataset *d,
                                   const size_t heads[], const incmap_allocator *a,
                                   incmap_error *err);
void incmap__witness_close(incmap__witness_book *book, const incmap_allocator *a);
/* Starts a new count. */
void incmap__witness_begin(incmap__witness_book *book);
void incmap__witness_add(incmap__witness_book *book, size_t claim, incmap_witnesses *to);
/* True the first time that a claimant, or a head, comes in this count. */
bool incmap__witness_new_claimant(incmap__witness_book *book, size_t claimant);
bool incmap__witness_new_head(incmap__witness_book *book, size_t head);

/* Fill in the parts of a tally whose lines are there. */
incmap_status incmap__tally_overalls(incmap_tally *tally, incmap__witness_book *book,
                                     incmap_error *err);
incmap_status incmap__tally_conflicts(incmap_tally *tally, const incmap_dataset *d,
                                      const size_t heads[], incmap_error *err);
incmap_status incmap__tally_totals(incmap_tally *tally, const incmap_dataset *d, incmap_error *err);

#endif
