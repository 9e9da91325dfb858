/* SPDX-License-Identifier: MIT */
/* What the words of a claim amount to: its subject, its qualifier, and the numbers that it allows. */
#ifndef INCMAP_REPORTS_CLAIM_H
#define INCMAP_REPORTS_CLAIM_H

#include <incmap/dataset.h>

/* Least and greatest that a claim states; NaN: open. Both NaN: it names no number. */
typedef struct {
    double low, high;
} incmap__range;

incmap__range incmap__claim_range(const incmap_claim *claim);
bool incmap__range_has_figure(incmap__range range);

/* The same with no end open (infinite instead), for telling whether two claims exclude one another;
 * false when the claim says nothing of how many. An approximate figure reaches a tenth to either
 * side here: 63 does not contradict "about 60". */
bool incmap__claim_span(const incmap_claim *claim, incmap__range *out);

/* The subject that a type of claim stands for. */
incmap_subject incmap__subject_of_type(const char *type);
/* The reverse of incmap_subject_text; false, and *out unchanged, for any other text. */
bool incmap__subject_parse(const char *text, incmap_subject *out);
/* Whether the text is that word: "More than", "more-than" and "more_than" are one. */
bool incmap__qualifier_is(const char *word, const char *text);
/* Of any word, in capitals too and with spaces or hyphens ("More than"); INCMAP_QUALIFIER_OTHER for one
 * that is not known. */
incmap_qualifier incmap__qualifier_of(const char *word);
/* What was expected of the qualifier of a claim just read; NULL where nothing is wrong with it. */
const char *incmap__qualifier_fault(const incmap_claim *claim);
/* The reverse of incmap_entry_text; an empty text is a claim. */
bool incmap__entry_parse(const char *text, incmap_entry *out);

#endif
