/* SPDX-License-Identifier: MIT */
/* What a report says of a distance, read from its words: number, unit, hedge, direction, and from
 * where to where. Whether it is so is asked in <incmap/checks.h>.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_STATEMENT_H
#define INCMAP_STATEMENT_H

#include <incmap/gazetteer.h>

INCMAP_BEGIN_DECLS

typedef enum {
    INCMAP_STATEMENT_UNREAD = 0,
    INCMAP_STATEMENT_DEPTH = 1,       /**< how far behind or from the border */
    INCMAP_STATEMENT_DISTANCE = 2,    /**< how far from a place or another line */
    INCMAP_STATEMENT_TRAVEL_TIME = 3, /**< how long on the way from there */
    INCMAP_STATEMENT_LENGTH = 4,      /**< how long a line is */
    INCMAP_STATEMENT_ADJACENCY = 5,   /**< "borders Ukraine" */
    INCMAP_STATEMENT_QUALITATIVE = 6  /**< "near" */
} incmap_statement_kind;

/** "depth", "distance", "travel_time" ... as in data/distance_claims.csv; static. */
INCMAP_API const char *incmap_statement_kind_text(incmap_statement_kind kind);

/** Units in which reports speak. */
typedef enum {
    INCMAP_SAID_NONE = 0,
    INCMAP_SAID_M = 1,
    INCMAP_SAID_KM = 2,
    INCMAP_SAID_MILE = 3,          /**< international mile, 1609.344 m */
    INCMAP_SAID_NAUTICAL_MILE = 4, /**< 1852 m */
    INCMAP_SAID_VERST = 5,         /**< 500 sazhen of 7 feet, 1066.8 m */
    INCMAP_SAID_YARD = 6,          /**< 0.9144 m */
    INCMAP_SAID_FOOT = 7,          /**< 0.3048 m */
    INCMAP_SAID_MINUTE = 8,
    INCMAP_SAID_HOUR = 9
} incmap_said_unit;

/** "m", "km", "mile", "nautical_mile", "verst", "yard", "foot", "min", "hour", ""; static. */
INCMAP_API const char *incmap_said_unit_text(incmap_said_unit unit);
/** Metres in one of the unit; NaN for a unit of time and for none. */
INCMAP_API double incmap_said_unit_metres(incmap_said_unit unit);

/** The word that makes a figure less sharp, or stands for one. */
typedef enum {
    INCMAP_HEDGE_NONE = 0,
    INCMAP_HEDGE_SOME = 1,
    INCMAP_HEDGE_ABOUT = 2, /**< also "around", "approximately", "or so" */
    INCMAP_HEDGE_ROUGHLY = 3,
    INCMAP_HEDGE_NEARLY = 4,    /**< also "almost" */
    INCMAP_HEDGE_JUST_OVER = 5, /**< also "slightly more than" */
    INCMAP_HEDGE_JUST_UNDER = 6,
    INCMAP_HEDGE_MORE_THAN = 7, /**< also "over" */
    INCMAP_HEDGE_AT_LEAST = 8,  /**< also "or more", "no less than" */
    INCMAP_HEDGE_LESS_THAN = 9, /**< also "under" */
    INCMAP_HEDGE_AT_MOST = 10,  /**< also "up to", "no more than" */
    INCMAP_HEDGE_WITHIN = 11,
    INCMAP_HEDGE_A_COUPLE = 12, /**< this and those below come without a figure */
    INCMAP_HEDGE_A_FEW = 13,
    INCMAP_HEDGE_SEVERAL = 14,
    INCMAP_HEDGE_DOZENS = 15, /**< also "tens" */
    INCMAP_HEDGE_HUNDREDS = 16,
    INCMAP_HEDGE_NEAR = 17,   /**< "near", "close to", "not far from" */
    INCMAP_HEDGE_A_DOZEN = 18 /**< comes without a figure too */
} incmap_hedge;

enum { INCMAP_HEDGE_COUNT = 19 };

/** "some", "about", "more than", "a few" ...; "" for none; static. */
INCMAP_API const char *incmap_hedge_text(incmap_hedge hedge);

/** What stands at one end of a stated distance. */
typedef enum {
    INCMAP_END_NONE = 0,   /**< the words name nothing there */
    INCMAP_END_PLACE = 1,  /**< one place, or several that bear the name */
    INCMAP_END_BORDER = 2, /**< the border that is asked about */
    INCMAP_END_LINE = 3,   /**< another line: "the front line" */
    INCMAP_END_UNKNOWN = 4 /**< a name that the gazetteer does not have */
} incmap_end_kind;

enum { INCMAP_END_PLACES = 8, INCMAP_END_NAME_SIZE = 96 };

typedef struct {
    incmap_end_kind kind;
    char name[INCMAP_END_NAME_SIZE]; /**< as it is written; cut between characters; "" */
    size_t count;                    /**< how many places bear the name */
    const incmap_place *places[INCMAP_END_PLACES]; /**< the first of them; live as long as the
                                                        gazetteer; NULL behind */
} incmap_statement_end;

/** A statement as it was read. A plain value: copied freely, nothing to free. */
typedef struct {
    incmap_statement_kind kind;
    double value; /**< in the unit; of a range ("5 to 7 km") the middle of what it allows; NaN: the
                       words give none ("a few miles") */
    double step;  /**< what the printed figure was probably rounded to, in the unit (600: 100); of a
                      range its width added; 0 without a value */
    double printed_step; /**< one unit of its last printed digit: 1 for 600, 0.1 for 3.5 */
    incmap_said_unit unit;
    incmap_hedge hedge;
    double direction_deg;        /**< from the reference toward what is located; NaN: none */
    int direction_points;        /**< how many directions its word is one of: 4, 8, 16; 0: none */
    incmap_statement_end of;     /**< what is located */
    incmap_statement_end toward; /**< where it was going: it lies somewhere on the way there */
    incmap_statement_end reference; /**< from where the distance counts */
    incmap_statement_end into;      /**< the country that it lies in, as the words say */
    bool more;                      /**< the words state another distance too, which was not read */
    bool denied; /**< the words say that it is not so: "is not 7 km from the border" */
    incmap_statement_end within; /**< the region or district that it lies in, as the words say */
    char unread[INCMAP_END_NAME_SIZE]; /**< words that change what is stated and could not be read:
                                            "other side", "by road"; "" if there are none */
    double low, high; /**< of a range ("5 to 7 km", "at least 5 and at most 10 km") its two ends, in
                           the unit; both 0 for a single figure */
} incmap_statement;

/**
 * Read a distance from words: "some 600 meters over the border", "Belgorod, roughly 373 miles from
 * Moscow", "about 76 km southeast of Sumy", "3.5 miles over the border into Russia", "a few miles
 * from the border", "a 30-minute drive from the border", "в 12 км от границы". English, Russian and
 * Ukrainian; numbers in digits ("1,200", "1 200", "3.5", "3,5") or words up to thousands, and
 * ranges of two of them ("5-7 km", "в семи-восьми километрах", "at least 5 and at most 10 km", "от 5 км
 * до 10 км"), fractions ("1 1/2") and bands ("1.8 ± 0.2").
 *
 * @param gazetteer  borrowed; the statement's places live as long
 * @param text       UTF-8, borrowed
 * @param out        receives the statement; unchanged on failure
 *
 * @return INCMAP_OK      also when an end is not named or not found: the ends say so
 * @return INCMAP_EPARSE  no distance can be read: no number with a unit, and no word for nearness or
 *                        a common border; digits beside it that do not belong to it, or that have
 *                        no one meaning ("1.000 km", "-5 km", "7e3 m"), or that measure something
 *                        else ("240 metres high", "60 km/h", "5 km²"): the message names them;
 *                        more than 200 words; not UTF-8
 * @return INCMAP_EARG, INCMAP_ENOMEM
 *
 * Words that say on which side ("on the Ukrainian side", "на территории Украины") are read into
 * `into`, a denial into `denied`; what turns the distance and is not understood into `unread`.
 *
 * Of several distances the first is read; heights, speeds, areas, widths, kilometre posts of roads and
 * times of no way, where the words tell them, are none. A name is looked up as it is written and, in Russian and
 * Ukrainian, with the usual case endings taken off.
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_statement_read(incmap_ctx *ctx, const incmap_gazetteer *gazetteer,
                                               const char *text, incmap_statement *out);

/** A statement of a table, with where it comes from. Texts live as long as the table; "" if none. */
typedef struct {
    const char *id, *source, *subject;
    const char *text; /**< the words, when the table gives words */
    incmap_statement statement;
} incmap_stated;

/** Opaque; built by one thread, then read by any. */
typedef struct incmap_statements incmap_statements;

/**
 * Load statements from CSV. Each row has an id and either words in a column `text`, or their parts in
 * the columns of data/distance_claims.csv: measure, of_key, toward_key, reference (`border`, the key
 * of a place, or the name of another line), claimed_value, claimed_unit, hedge. of_key and toward_key
 * may stand beside a text, where they win. Words that cannot be read refuse the row.
 *
 * @param gazetteer  borrowed; must outlive the statements
 * @param report     borrowed; NULL: the first refused row ends the call with INCMAP_EDATA
 * @param out        owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG, INCMAP_EIO
 * @return INCMAP_EDATA  no column id, or neither text nor measure
 */
INCMAP_API incmap_status incmap_statements_open(incmap_ctx *ctx, const char *path,
                                                const incmap_gazetteer *gazetteer,
                                                incmap_report *report, incmap_statements **out);

/** Free them; NULL does nothing. */
INCMAP_API void incmap_statements_free(incmap_statements *statements);
INCMAP_API size_t incmap_statements_count(const incmap_statements *statements);
/** Statement i in file order; lives as long as the table; NULL past the end. */
INCMAP_API const incmap_stated *incmap_statements_get(const incmap_statements *statements,
                                                      size_t i);

INCMAP_END_DECLS

#endif
