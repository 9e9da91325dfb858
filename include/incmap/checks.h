/* SPDX-License-Identifier: MIT */
/* Whether a stated distance can be true: the same quantity measured, with an error budget line by
 * line, against the interval that the words allow.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_CHECKS_H
#define INCMAP_CHECKS_H

#include <incmap/border.h>
#include <incmap/gazetteer.h>
#include <incmap/statement.h>

INCMAP_BEGIN_DECLS

typedef enum {
    INCMAP_CHECK_CANNOT_TELL = 0,
    INCMAP_CHECK_CONSISTENT = 1,
    INCMAP_CHECK_INCONSISTENT = 2,
    INCMAP_CHECK_NOT_A_DISTANCE = 3
} incmap_check_verdict;

/** "consistent", "inconsistent", "cannot tell", "not a distance"; static. */
INCMAP_API const char *incmap_check_verdict_text(incmap_check_verdict verdict);

/** Why. Codes are only ever appended. */
typedef enum {
    INCMAP_WHY_NONE = 0,
    INCMAP_WHY_WITHIN = 1,  /**< what the words allow and what was measured have values in common */
    INCMAP_WHY_OUTSIDE = 2, /**< they have none */
    INCMAP_WHY_ON_THE_WAY = 3, /**< on the way toward a place that depth, or distance, is reached */
    INCMAP_WHY_DIRECTION = 4,  /**< the distance may be right, the direction is not */
    INCMAP_WHY_SIDE = 5,       /**< it lies in the other country, and that is certain */
    INCMAP_WHY_EXTENT = 6,     /**< it turns on an extent that is not known: deciding_place */
    INCMAP_WHY_BAND =
        7, /**< measured so coarsely that half and twice the figure would do as well */
    INCMAP_WHY_LIMIT = 8, /**< so near the limit that the words set that both sides are possible */
    INCMAP_WHY_NAME = 9,  /**< several places bear a name, and they lead to different verdicts */
    INCMAP_WHY_NO_LINE = 10,     /**< the data hold no such line */
    INCMAP_WHY_NO_PLACE = 11,    /**< the gazetteer holds no place of that name, or none with a
                                     position */
    INCMAP_WHY_NOT_NAMED = 12,   /**< the words do not say what is located, or from where */
    INCMAP_WHY_NO_SIDE = 13,     /**< the data show the place as both countries', or as neither's */
    INCMAP_WHY_ON_BORDER = 14,   /**< its position was computed from the border: no measurement */
    INCMAP_WHY_LENGTH = 15,      /**< how long a line is depends on how finely it is drawn */
    INCMAP_WHY_TRAVEL_TIME = 16, /**< a time: see the speed that it takes */
    INCMAP_WHY_NEARNESS = 17,    /**< "near", "borders": no figure to check */
    INCMAP_WHY_NO_FIGURE = 18,   /**< neither figure nor hedge: nothing to compare with */
    INCMAP_WHY_UNREAD = 19,      /**< words that change what is stated were not understood */
    INCMAP_WHY_DENIED = 20,      /**< of a denial: what it denies is inconsistent, or measured so */
    INCMAP_WHY_DENIED_OPEN = 21, /**< of a denial: what it denies may be so or not */
    INCMAP_WHY_AREA = 22, /**< an area without an outline in the data: where it ends is not known */
    INCMAP_WHY_ELSEWHERE = 23 /**< by the data it does not lie in the area that the words name */
} incmap_check_why;

/** "within", "outside", "extent" ...; static. */
INCMAP_API const char *incmap_check_why_word(incmap_check_why why);

/** What the budget is made of. */
typedef enum {
    INCMAP_BUDGET_COORDINATE = 1, /**< how far the place's true point may lie from its coordinate */
    INCMAP_BUDGET_EXTENT = 2,     /**< what the place covers: any point of it may be meant */
    INCMAP_BUDGET_BORDER = 3,     /**< how far the border's data may lie off */
    INCMAP_BUDGET_UNMATCHED = 4,  /**< how far the two countries' outlines run apart there */
    INCMAP_BUDGET_ROUNDING = 5,   /**< half the step that the figure was probably rounded to */
    INCMAP_BUDGET_CONVERSION = 6, /**< the same for the figure that it was converted from */
    INCMAP_BUDGET_HEDGE = 7       /**< the width of the word before the figure */
} incmap_budget_kind;

/** One line. The first four widen what is measured, the others what the words allow. */
typedef struct {
    incmap_budget_kind kind;
    const incmap_place *place; /**< of COORDINATE and EXTENT; lives as long as the gazetteer */
    double least_m, most_m;    /**< metres; least below most where it is not known: an extent is
                                    taken once as zero and once as its upper bound */
    double above_m;            /**< of HEDGE: upward; most_m is downward; INFINITY: no end */
    bool is_time;              /**< of a travel time: seconds, not metres */
    const char *reason;        /**< static */
} incmap_budget_line;

enum { INCMAP_BUDGET_LINES = 12 };

/** How wide a hedge word makes a figure, as fractions of it; of words without a figure, the least and
 *  the most of the unit that they may mean. */
typedef struct {
    double below, above; /**< fractions, 0 or more; INFINITY: no end on that side */
    double least, most;  /**< units, of words that stand for a figure; NaN for the others */
    const char *reason;  /**< static */
} incmap_hedge_width;

/** The table of them: a judgement, with its reasons, open to change through the options. */
INCMAP_API incmap_hedge_width incmap_hedge_width_of(incmap_hedge hedge);

typedef struct {
    int version;                      /**< 1 */
    const incmap_hedge_width *widths; /**< INCMAP_HEDGE_COUNT of them, borrowed; NULL: the table */
    double speed_least_kmh; /**< slowest straight-line speed of a plausible travel time; 0: 10 */
    double speed_most_kmh;  /**< fastest; 0: 130 */
} incmap_check_options;

#define INCMAP_CHECK_OPTIONS_INIT INCMAP_INIT_VERSION(1)

typedef struct {
    incmap_check_verdict verdict;
    incmap_check_why why;
    double measured_m;      /**< distance, or depth without its sign; NaN: not measured */
    double band_m;          /**< plus-minus, with unknown extents as zero */
    double band_most_m;     /**< plus-minus, with unknown extents at their upper bounds */
    double least_m, most_m; /**< what the words allow; most_m may be INFINITY; NaN: nothing */
    incmap_depth depth;     /**< of what is located, where the border is the reference; side UNKNOWN
                                 and NaN where not */
    double azimuth_deg; /**< from the reference to what is located; NaN: no direction was said */
    double azimuth_band_deg; /**< how far off the said direction may be */
    double converted; /**< the rounder figure that it seems to be converted from; NaN: none */
    incmap_said_unit converted_unit;
    incmap_check_verdict with_zero, with_most; /**< the verdicts with unknown extents as zero and at
                                                    their bounds */
    const incmap_place *deciding_place;        /**< whose unknown extent would decide; NULL: none */
    double deciding_m; /**< the extent from which on the statement becomes possible; NaN: none */
    incmap_coord at;   /**< of ON_THE_WAY: where on the way the said value is reached */
    double at_m;       /**< how far along the way that is; NaN */
    const incmap_place *before, *behind;    /**< settlements by the way between whose depths (or
                                              distances) the said one lies; NULL: none */
    double before_m, behind_m;              /**< those */
    double speed_least_kmh, speed_most_kmh; /**< that a travel time takes on a straight line; NaN */
    bool plausible;                         /**< of a travel time */
    const incmap_place *of, *reference;     /**< the candidates that the figures belong to; NULL */
    incmap_budget_line budget[INCMAP_BUDGET_LINES];
    size_t budget_count;
    /** Of WHY_NAME: two places of one name that lead to different verdicts, and these; NULL: none. */
    const incmap_place *namesakes[2];
    incmap_check_verdict verdicts[2];
} incmap_check;

/**
 * Check a statement against the border and the gazetteer.
 *
 * @param statement  as incmap_statement_read or a table gives it
 * @param border     borrowed; "the border" of the statement. A country that it parts counts as that
 *                   border when a distance from the country is stated
 * @param gazetteer  borrowed; for the settlements by a way
 * @param options    borrowed; NULL: all defaults
 * @param out        receives the answer; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 *
 * Measured is plus-minus the sum of the budget: coordinates of both ends, their extents, the border's
 * accuracy. An unknown extent is taken once as zero and once as an upper bound; where the verdicts
 * differ the answer is CANNOT_TELL. CONSISTENT means that the statement agrees with the data within
 * what both can tell, not that it is true; where half and twice every figure that both allow would agree
 * as well the answer is CANNOT_TELL, so that wider words never get a worse answer. A denial ("is not
 * 7 km") is CONSISTENT where what it denies is INCONSISTENT, INCONSISTENT where all that was measured
 * lies within what it denies, and else CANNOT_TELL. A region, a district or a country of no border here
 * has no outline in the data: unless the figure is beyond three times its size the answer is CANNOT_TELL. Where several places bear a name each is tried, and the answer stands when
 * all agree.
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_check_statement(incmap_ctx *ctx, const incmap_statement *statement,
                                                const incmap_border *border,
                                                const incmap_gazetteer *gazetteer,
                                                const incmap_check_options *options,
                                                incmap_check *out);

/** What a place covers, for the budget. */
typedef struct {
    double radius_m;    /**< its own, or an upper bound */
    bool known;         /**< its own */
    const char *reason; /**< of the bound; static */
} incmap_check_extent;

/**
 * The extent of a place: its own where the data have it; else a bound: of a settlement whose
 * population is known Grayvoron's 1,784 m (6,404 people) scaled by the root of the population, which
 * gives 738 m for Kozinka's 1,097; of any other incmap_place_extent's bound for its kind. Cities are
 * built more densely than that town, so that theirs is an upper bound all the more.
 */
INCMAP_API incmap_check_extent incmap_check_extent_of(const incmap_place *place);

/**
 * Why, in one sentence: "measured 1.8 ±0.9 km, the words allow 0.49 to 0.71 km: not so for the point
 * of Kozinka, but possible for its edge if it reaches 185 m or more around that point ...".
 * @param buffer  receives the text, cut between characters if it must be
 * @return length before any cut
 */
INCMAP_API size_t incmap_check_why_text(const incmap_statement *statement,
                                        const incmap_check *check, char *buffer, size_t size);

/** One line of the budget in words: "border data ±100 m (how far its line may lie off)".
 *  @return as above */
INCMAP_API size_t incmap_budget_text(const incmap_budget_line *line, char *buffer, size_t size);

INCMAP_END_DECLS

#endif
