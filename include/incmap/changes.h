/* SPDX-License-Identifier: MIT */
/* Two versions of a dataset compared: what was added, what is gone, what changed and in which fields.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_CHANGES_H
#define INCMAP_CHANGES_H

#include <incmap/dataset.h>

INCMAP_BEGIN_DECLS

typedef enum {
    INCMAP_RECORD_SOURCE = 0,
    INCMAP_RECORD_CLAIMANT = 1,
    INCMAP_RECORD_INCIDENT = 2,
    INCMAP_RECORD_CLAIM = 3
} incmap_record;

/** "source", "claimant", "incident", "claim"; static. */
INCMAP_API const char *incmap_record_text(incmap_record record);

typedef enum {
    INCMAP_CHANGE_ADDED = 1,
    INCMAP_CHANGE_WITHDRAWN = 2, /**< the later version no longer has it */
    INCMAP_CHANGE_CHANGED = 3,
    INCMAP_CHANGE_REFUSED =
        4 /**< in one of the datasets only, since its row in the file of the other was
                                   refused, or with a claim that of its incident */
} incmap_change_kind;

/** "added", "withdrawn", "changed", "refused"; static. */
INCMAP_API const char *incmap_change_text(incmap_change_kind kind);

/** What became of one record. */
typedef struct {
    incmap_change_kind kind;
    incmap_record record;
    const char *id;            /**< lives as long as the dataset that it is in */
    size_t before, after;      /**< its index in either dataset; SIZE_MAX: it is not there */
    const char *const *fields; /**< names of the fields that changed, static; of CHANGED */
    size_t field_count;
    double moved_m; /**< of an incident whose position changed: geodesic distance; else NaN */
    const char
        *refused_file; /**< of REFUSED: the file, as it was opened, and the row as a report has it;
                                   lives as long as the dataset. Else NULL and 0 */
    size_t refused_row;
} incmap_change;

typedef struct incmap_changes incmap_changes;

typedef struct {
    int version;          /**< 1 */
    double tolerance_deg; /**< positions nearer than that in both coordinates are the same; 0: only
                               equal ones are */
} incmap_changes_options;

#define INCMAP_CHANGES_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Compare two datasets, record by record with the same id.
 *
 * @param before, after  borrowed; must outlive the changes
 * @param options        borrowed; NULL: all defaults
 * @param out            owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG (also for a tolerance below 0 or NaN)
 *
 * Order: sources, claimants, incidents, claims; in each those of `before` in file order, changed or
 * withdrawn or refused in the later one, then those added, or refused in the earlier one, in the order of
 * `after`. Records that stayed as they were are not listed. A row that was refused is known by its id: one
 * whose id cannot be read either is not. Fields bear the names of the records' members; the position of an incident is "at". A
 * reference to another record changes when the other's id does.
 */
INCMAP_API incmap_status incmap_changes_new(incmap_ctx *ctx, const incmap_dataset *before,
                                            const incmap_dataset *after,
                                            const incmap_changes_options *options,
                                            incmap_changes **out);

/** Free them; NULL does nothing. */
INCMAP_API void incmap_changes_free(incmap_changes *changes);

INCMAP_API size_t incmap_changes_count(const incmap_changes *changes);
/** Change i; lives as long as the changes; NULL past the end. */
INCMAP_API const incmap_change *incmap_changes_get(const incmap_changes *changes, size_t i);

/** How many records of that type were added, withdrawn, changed or refused. */
INCMAP_API size_t incmap_changes_number(const incmap_changes *changes, incmap_record record,
                                        incmap_change_kind kind);
/** How many records of that type have a change in that field. */
INCMAP_API size_t incmap_changes_in_field(const incmap_changes *changes, incmap_record record,
                                          const char *field);

/**
 * The value of a field in words: "70", "2023-05-22", "50.46139, 35.6025"; "" when there is none.
 * @param index   of the record
 * @param field   as incmap_change.fields has it
 * @param buffer  receives the text, cut between characters if it must be
 * @return length before any cut; 0 for no such record or field
 */
INCMAP_API size_t incmap_record_field_text(const incmap_dataset *dataset, incmap_record record,
                                           size_t index, const char *field, char *buffer,
                                           size_t size);

INCMAP_END_DECLS

#endif
