/* SPDX-License-Identifier: MIT */
/* Incidents that may be one and the same: proposed, never merged by themselves. Who finds that two
 * are the same merges them with incmap_dataset_merge, and can undo it.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_DUPLICATES_H
#define INCMAP_DUPLICATES_H

#include <incmap/dataset.h>

INCMAP_BEGIN_DECLS

/** Windows within which two incidents may be the same. */
typedef struct {
    int version; /**< 1 */
    double
        distance_m;  /**< between the two positions; 0: 5,000 m; negative: the very same position */
    int days;        /**< between the two dates; 0: 1; negative: they must have a day in common */
    bool any_actors; /**< also when no actor of the one is one of the other */
} incmap_duplicate_options;

#define INCMAP_DUPLICATE_OPTIONS_INIT INCMAP_INIT_VERSION(1)

typedef struct {
    size_t a, b;       /**< incidents, a < b */
    double distance_m; /**< geodesic */
    double band_m;     /**< uncertainty of both positions, added */
    int days;          /**< from the end of the one to the start of the other; 0: they have a day in
                              common */
    size_t actors;     /**< how many actors both have, on whichever side */
    bool actors_unknown; /**< one of them names no actor: nothing to compare */
    bool same_type;      /**< event_type and sub_event_type are the same */
} incmap_duplicate;

typedef struct incmap_duplicates incmap_duplicates;

/**
 * Pairs of incidents within the windows. Left out: incidents without a position or without any date
 * (counted), an incident and what it is a part of, and pairs that are merged already. Of a date
 * with an open end the known end counts.
 *
 * @param dataset  borrowed
 * @param options  borrowed; NULL: all defaults
 * @param out      owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EDOMAIN  a distance that is not finite
 *
 * Order: by a, then by b. Time grows with the incidents times those within the window of days.
 */
INCMAP_API incmap_status incmap_duplicates_find(incmap_ctx *ctx, const incmap_dataset *dataset,
                                                const incmap_duplicate_options *options,
                                                incmap_duplicates **out);

/** Free them; NULL does nothing. */
INCMAP_API void incmap_duplicates_free(incmap_duplicates *duplicates);

INCMAP_API size_t incmap_duplicates_count(const incmap_duplicates *duplicates);
/** Pair i; lives as long as the duplicates; NULL past the end. */
INCMAP_API const incmap_duplicate *incmap_duplicates_get(const incmap_duplicates *duplicates,
                                                         size_t i);
/** How many incidents could not be compared, for they have no position or no date. */
INCMAP_API size_t incmap_duplicates_skipped(const incmap_duplicates *duplicates);

INCMAP_END_DECLS

#endif
