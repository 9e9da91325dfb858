/* SPDX-License-Identifier: MIT */
/* Who puts how many: claims counted by claimant and victim group, side by side.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_TALLY_H
#define INCMAP_TALLY_H

#include <incmap/dataset.h>

INCMAP_BEGIN_DECLS

/**
 * One line of a tally: what one claimant says about one type of claim and one group of victims
 * in one incident. Different claimants, groups and polarities are different lines.
 */
typedef struct {
    size_t incident;
    const char *type;         /**< "fatalities", "injuries", "casualties" */
    const char *victim_group; /**< "fighters", "civilians", "people" ...; as claimed */
    size_t claimant;          /**< index of the claimant itself */
    size_t under;             /**< index of the claimant at the head of its part_of chain */
    incmap_polarity polarity;
    size_t claims;         /**< how many claims stand behind the line */
    size_t without_figure; /**< how many of them name no number ("several"): unknown, not zero */
    double low;            /**< least figure of those with one; NaN: none of them gives one */
    double high;           /**< greatest; NaN: open ("more than 70") or none */
    bool high_open;        /**< at least one of them leaves the upper end open */
    const char *unit;
    const size_t *claim_indices; /**< claims of them; lives as long as the tally */
} incmap_tally_line;

typedef struct incmap_tally incmap_tally;

/**
 * Count the claims of the given types.
 *
 * @param dataset   borrowed; must outlive the tally
 * @param incident  index of one incident; SIZE_MAX: all of them
 * @param types     claim types, borrowed; NULL: fatalities, injuries, casualties
 * @param n_types   how many; ignored with NULL
 * @param out       owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG, INCMAP_ENOTFOUND (no such incident)
 *
 * Lines come by incident, type, group, head claimant, claimant, each in the order of its first
 * claim in the file.
 */
INCMAP_API incmap_status incmap_tally_new(incmap_ctx *ctx, const incmap_dataset *dataset,
                                          size_t incident, const char *const types[],
                                          size_t n_types, incmap_tally **out);

/** Free it; NULL does nothing. */
INCMAP_API void incmap_tally_free(incmap_tally *tally);

INCMAP_API size_t incmap_tally_count(const incmap_tally *tally);
/** Line i; lives as long as the tally; NULL past the end. */
INCMAP_API const incmap_tally_line *incmap_tally_get(const incmap_tally *tally, size_t i);

/**
 * The figures of a line as they were stated, each once, numbers before words: "more than 70, 70,
 * dozens", "nearly 12", "60 to 80", "8, several", "no figure". Two ends of which no claim prints the
 * number itself are "71 or more", "up to 12".
 * @param buffer  receives the text, cut if it must be
 * @return length before any cut
 */
INCMAP_API size_t incmap_tally_figure_text(const incmap_dataset *dataset,
                                           const incmap_tally_line *line, char *buffer,
                                           size_t size);

INCMAP_END_DECLS

#endif
