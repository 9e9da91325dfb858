/* SPDX-License-Identifier: MIT */
/* Who puts how many: claims counted by claimant and victim group, side by side; what they amount to
 * together, where they contradict each other, and how many witnesses stand behind them.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_TALLY_H
#define INCMAP_TALLY_H

#include <incmap/dataset.h>

INCMAP_BEGIN_DECLS

/** How many witnesses stand behind some claims. Ten papers that print one agency's text are one. */
typedef struct {
    size_t sources;     /**< different sources that carry the claims */
    size_t independent; /**< different originals: re-posts of one original count once */
    size_t publishers;  /**< different publishers of those originals; one that is not named counts
                             as one of its own */
} incmap_witnesses;

/**
 * One line of a tally: what one claimant says about one type of claim and one group of victims
 * in one incident. Different claimants, groups and polarities are different lines. Figures are those
 * of claims that stand: one that was corrected or withdrawn is counted apart.
 */
typedef struct {
    size_t incident;  /**< of incidents that are merged, the one that they are merged into */
    const char *type; /**< "fatalities", "injuries", "casualties" */
    const char *victim_group; /**< "fighters", "civilians", "people" ...; as claimed */
    size_t claimant;          /**< index of the claimant itself */
    size_t under;             /**< index of the claimant at the head of its part_of chain */
    incmap_polarity polarity;
    size_t claims;         /**< how many claims that stand are behind the line */
    size_t without_figure; /**< how many of them name no number ("several"): unknown, not zero */
    double low;            /**< least figure of those with one; NaN: none of them gives one */
    double high;           /**< greatest; NaN: open ("more than 70") or none */
    bool high_open;        /**< at least one of them leaves the upper end open */
    const char *unit;
    const size_t *claim_indices; /**< claims of them, then the superseded ones; lives as long as the
                                      tally */
    size_t superseded;           /**< how many were corrected or withdrawn since */
    incmap_subject subject;
    double best; /**< the number that all of them with a figure print; NaN: none, or they differ */
    incmap_witnesses witnesses; /**< of the claims that stand */
} incmap_tally_line;

typedef struct incmap_tally incmap_tally;

/**
 * Count the claims of the given types.
 *
 * @param dataset   borrowed; must outlive the tally
 * @param incident  index of one incident; SIZE_MAX: all of them
 * @param types     claim types, borrowed; NULL: fatalities, injuries, casualties, or every type
 *                  there is with n_types SIZE_MAX
 * @param n_types   how many
 * @param out       owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG, INCMAP_ENOTFOUND (no such incident)
 *
 * Lines come by incident, type, group, head claimant, claimant, each in the order of its first
 * claim in the file. Incidents that are merged count as one; one of them asked for is all of them.
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
 * dozens", "nearly 12", "60 to 80", "8, several", "no figure"; "withdrawn" where none stands. Two ends
 * of which no claim prints the number itself are "71 or more", "up to 12".
 * @param buffer  receives the text, cut if it must be
 * @return length before any cut
 */
INCMAP_API size_t incmap_tally_figure_text(const incmap_dataset *dataset,
                                           const incmap_tally_line *line, char *buffer,
                                           size_t size);

/** All lines of one incident, type, group and unit together: a hull, no judgement. Figures are those
 *  of claims that assert. */
typedef struct {
    size_t incident;
    const char *type, *victim_group, *unit;
    incmap_subject subject;
    const size_t *lines; /**< indices of its lines; lives as long as the tally */
    size_t line_count;
    size_t claimants;      /**< different claimants */
    size_t heads;          /**< different heads that they belong to */
    size_t claims;         /**< that stand, of any polarity */
    size_t without_figure; /**< of those that assert: unknown, not zero */
    size_t denials, doubts;
    double low;  /**< least that anybody asserts; NaN: nobody gives a lower end */
    double best; /**< the one number that all who give one print; NaN: none, or they differ */
    double high; /**< greatest; NaN: open or none */
    bool high_open;
    incmap_witnesses witnesses; /**< of the claims that assert */
} incmap_tally_overall;

INCMAP_API size_t incmap_tally_overall_count(const incmap_tally *tally);
/** In the order of their first lines; lives as long as the tally; NULL past the end. */
INCMAP_API const incmap_tally_overall *incmap_tally_overall_get(const incmap_tally *tally,
                                                                size_t i);

typedef enum {
    INCMAP_CONFLICT_FIGURES = 1, /**< what the one asserts leaves out every number of the other */
    INCMAP_CONFLICT_DENIED = 2,  /**< a asserts, b denies */
    INCMAP_CONFLICT_DOUBTED = 3, /**< a asserts, b doubts */
    INCMAP_CONFLICT_STATED = 4 /**< the data say that a contradicts b (incmap_claim.contradicts) */
} incmap_conflict_kind;

/** "figures", "denied", "doubted", "stated"; static. */
INCMAP_API const char *incmap_conflict_text(incmap_conflict_kind kind);

/** Two claims about one incident, both of which stand, that contradict each other. */
typedef struct {
    incmap_conflict_kind kind;
    size_t a,
        b; /**< claims. FIGURES: the highest lower end against the lowest upper end. DENIED and
                      DOUBTED: the first of each */
    size_t a_count, b_count; /**< how many claims stand on either side, these two among them */
    bool same_head;          /**< both claimants have the same head: one side contradicts itself */
} incmap_conflict;

/** Conflicts, in the order of the overall lines; those that the data state come last. FIGURES, DENIED
 *  and DOUBTED are told where type, group and unit are the same, and of denials and doubts only those
 *  whose subject is not OTHER: there, one type holds statements about different things. */
INCMAP_API size_t incmap_tally_conflict_count(const incmap_tally *tally);
INCMAP_API const incmap_conflict *incmap_tally_conflict_get(const incmap_tally *tally, size_t i);

/** One type, group and unit summed over the incidents of the tally. */
typedef struct {
    const char *type, *victim_group, *unit;
    incmap_subject subject;
    size_t incidents;   /**< with a claim that asserts */
    size_t with_figure; /**< of them those with any figure */
    size_t unknown;     /**< of them those without: not zero, and in no sum */
    size_t nested;      /**< of them those that are part of another one of them */
    double low;  /**< sum of the least asserted, of those incidents that have a lower end; NaN: none
                             of them has */
    double best; /**< sum, where each incident with a figure has a best; else NaN */
    double high; /**< sum of the greatest; NaN: open */
    bool low_open;  /**< some incident has a figure and no lower end: "nearly 12" */
    bool high_open; /**< some incident leaves the upper end open */
} incmap_tally_total;

/**
 * Sums, in the order of the first overall line of each. An incident that is part of another
 * (incmap_incident.parent) may or may not be in the figures of the whole; nobody says. So the low of
 * the whole is the lesser of its own and of its parts' sum, its high is both together, and such a
 * total has no best.
 */
INCMAP_API size_t incmap_tally_total_count(const incmap_tally *tally);
INCMAP_API const incmap_tally_total *incmap_tally_total_get(const incmap_tally *tally, size_t i);

INCMAP_END_DECLS

#endif
