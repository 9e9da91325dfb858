/* SPDX-License-Identifier: MIT */
/* Incidents, claims and sources as one object, placed and measured. Nothing is merged.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_DATASET_H
#define INCMAP_DATASET_H

#include <incmap/border.h>
#include <incmap/date.h>
#include <incmap/gazetteer.h>
#include <incmap/report.h>

INCMAP_BEGIN_DECLS

/** Opaque; built by one thread, then read by any. */
typedef struct incmap_dataset incmap_dataset;

/* In all records below: texts are "" when not given, never NULL, and live as long as the dataset;
 * lists inside a text are joined by "|". */

/** How near a source stands to what it reports. */
typedef enum {
    INCMAP_TIER_UNKNOWN = 0,
    INCMAP_TIER_ORIGINAL = 1,  /**< its own reporting, or the first hand itself */
    INCMAP_TIER_SECONDARY = 2, /**< quotes or weighs what others report */
    INCMAP_TIER_RELAY = 3      /**< a re-post: no source of its own */
} incmap_source_tier;

/** "original", "secondary", "relay", "unknown"; static. */
INCMAP_API const char *incmap_source_tier_text(incmap_source_tier tier);

typedef struct {
    const char *id, *publisher, *title, *author;
    incmap_date published;
    const char *relayed_from; /**< id of the original of a re-post; "" */
    const char *notes;
    const char *language; /**< "en", "ru" ...; "" */
    incmap_source_tier tier;
} incmap_source;

typedef struct {
    const char *key, *name;
    const char *side;    /**< "russia", "ukraine", "media" ... as the data have it */
    const char *part_of; /**< key of the claimant that it belongs to; "" */
} incmap_claimant;

typedef enum {
    INCMAP_POLARITY_ASSERTS = 0,
    INCMAP_POLARITY_DENIES = 1,
    INCMAP_POLARITY_DOUBTS = 2
} incmap_polarity;

/** What a claim is about. Types that fit none keep their own word in incmap_claim.type. */
typedef enum {
    INCMAP_SUBJECT_OTHER = 0,
    INCMAP_SUBJECT_KILLED = 1,
    INCMAP_SUBJECT_INJURED = 2,
    INCMAP_SUBJECT_CAPTURED = 3,
    INCMAP_SUBJECT_DESTROYED = 4,
    INCMAP_SUBJECT_USED = 5,
    INCMAP_SUBJECT_CONTROLS = 6,
    INCMAP_SUBJECT_MOVED = 7, /**< people displaced or evacuated, things brought elsewhere */
    INCMAP_SUBJECT_DISTANCE = 8,
    INCMAP_SUBJECT_LOCATION = 9,
    INCMAP_SUBJECT_CAUSE = 10,
    INCMAP_SUBJECT_KILLED_OR_INJURED = 11 /**< casualties, victims: not told apart */
} incmap_subject;

/** "killed", "injured" ... "other"; static. */
INCMAP_API const char *incmap_subject_text(incmap_subject subject);

/** What the word before a figure says of it. The word itself is in incmap_claim.qualifier. Readers warn of
 *  a word that incmap does not know, and of none before a figure above 0. */
typedef enum {
    INCMAP_QUALIFIER_UNSTATED = 0,
    INCMAP_QUALIFIER_EXACT = 1,
    INCMAP_QUALIFIER_ABOUT = 2,
    INCMAP_QUALIFIER_AT_LEAST = 3,  /**< also "or more" */
    INCMAP_QUALIFIER_MORE_THAN = 4, /**< also "over" */
    INCMAP_QUALIFIER_AT_MOST = 5,   /**< also "up to" */
    INCMAP_QUALIFIER_LESS_THAN = 6,
    INCMAP_QUALIFIER_NEARLY = 7, /**< an upper end; nothing is said of the lower */
    INCMAP_QUALIFIER_RANGE = 8,
    INCMAP_QUALIFIER_SEVERAL = 9, /**< this and the next two: a number, but no one says which */
    INCMAP_QUALIFIER_A_FEW = 10,
    INCMAP_QUALIFIER_MANY = 11,
    INCMAP_QUALIFIER_NONE = 12, /**< a stated zero */
    INCMAP_QUALIFIER_OTHER = 13 /**< a word that incmap does not know */
} incmap_qualifier;

/** "exact", "about", "at_least" ... as in the CSV files; static. */
INCMAP_API const char *incmap_qualifier_text(incmap_qualifier qualifier);

/** What an entry of the ledger does. Nothing is overwritten: all but a claim refer to an earlier
 *  entry, which stays. */
typedef enum {
    INCMAP_ENTRY_CLAIM = 0,
    INCMAP_ENTRY_CORRECTION = 1,  /**< its claimant now says this instead */
    INCMAP_ENTRY_WITHDRAWAL = 2,  /**< its claimant no longer says it; says nothing instead */
    INCMAP_ENTRY_VERIFICATION = 3 /**< somebody checked it, or a part of it; by anybody */
} incmap_entry;

/** "claim", "correction", "withdrawal", "verification"; static. */
INCMAP_API const char *incmap_entry_text(incmap_entry entry);

typedef struct {
    const char *id;
    size_t incident;           /**< index into the incidents */
    size_t source;             /**< index into the sources */
    size_t claimant;           /**< index into the claimants */
    const char *claimant_text; /**< as the source words it: "Governor Vyacheslav Gladkov" */
    incmap_polarity polarity;
    const char *type; /**< "fatalities", "injuries", "territorial_control" ... */
    const char *victim_group;
    double figure; /**< the printed number; NaN: none */
    /** NaN: open or not stated. "more than 70" is 71 and open. An "exact" figure outside of them is
     *  refused. */
    double figure_low, figure_high;
    const char
        *qualifier; /**< as the file has it: "exact", "more_than", "More than", "several" ...; "" */
    const char *unit;
    const char *verification, *verified_by;
    const char *summary;
    incmap_subject subject;          /**< by the column subject, else by type */
    incmap_qualifier qualifier_kind; /**< what qualifier amounts to */
    const char *hedge;    /**< the words that make it less sure: "reportedly", "may have"; "" */
    incmap_date said;     /**< when the claimant said it */
    incmap_date verified; /**< when it was verified */
    const char *verified_part; /**< what of it was verified: "place", "figure" ...; "": all of it */
    const char *contradicts;   /**< ids of claims that it contradicts, as the data say it, joined by
                                    "|": what no figure shows */
    incmap_entry entry;
    size_t refers_to; /**< index of the earlier entry that it corrects, withdraws or verifies;
                               SIZE_MAX for a claim */
    size_t
        superseded_by; /**< index of the last entry that corrects or withdraws this one; SIZE_MAX:
                               it stands */
} incmap_claim;

/** How exactly an incident's location is known, from widest meaning to narrowest. */
typedef enum {
    INCMAP_LOCATION_UNKNOWN = 0,
    INCMAP_LOCATION_COUNTRY = 1,
    INCMAP_LOCATION_REGION = 2,
    INCMAP_LOCATION_DISTRICT = 3,
    INCMAP_LOCATION_SETTLEMENT = 4,
    INCMAP_LOCATION_EXACT_SITE = 5
} incmap_location_precision;

/** "exact_site", "settlement" ... as in the CSV files; static. */
INCMAP_API const char *incmap_location_precision_text(incmap_location_precision precision);

typedef struct {
    const char *id, *title;
    incmap_date when;
    const char *date_basis;
    const char *place_key, *post_key; /**< "" */
    incmap_location_precision location_precision;
    int acled_geo_precision;                 /**< 1 to 3 as ACLED has it; -1: not given */
    const char *event_type, *sub_event_type; /**< ACLED's vocabulary */
    const char *actor1, *actor2;
    size_t parent;       /**< index of the incident that it is part of; SIZE_MAX */
    const char *sources; /**< ids joined by "|" */
    const char *notes;
    const size_t *claims; /**< indices of its claims, in file order */
    size_t claim_count;

    bool located;               /**< false: nobody says where; at and the rest mean nothing */
    incmap_coord at;            /**< its own coordinates, else the post's, else the place's */
    const incmap_place *place;  /**< NULL if it has none; lives as long as the gazetteer */
    const incmap_place *post;   /**< likewise */
    double uncertainty_m;       /**< the larger of the position's coordinate uncertainty and the
                                    radius that the location precision leaves open, and
                                    place_about_m with it; 2,000 m stand
                                    for a coordinate uncertainty that nobody states; NaN when not
                                    located */
    bool extent_known;          /**< false: that radius is an upper bound for the kind of place */
    bool on_border;             /**< the position was computed from the border, or is only known to
                                    lie on it: no depth */
    const char *precision_code; /**< of the location, as the data's origin codes it: "where_prec 5";
                                     "" */
    size_t merged_into;         /**< index of the incident that it is taken to be the same as
                                     (incmap_dataset_merge); SIZE_MAX: none */
    const char *place_asked; /**< the name by which its place was to be found; "" where a key named
                                     it, or nothing did */
    incmap_verdict
        place_verdict;        /**< what that came to; NONE also when nothing was asked. A place is
                                     taken with UNIQUE and BEST only */
    double place_score;       /**< of that match (incmap_match); NaN */
    double place_about_m;     /**< how far off that place the name says it was, in metres
                                     (incmap_match); 0: at it */
    const char *place_reason; /**< why it matched, in words (incmap_match_reason_text); "" */
    const char *place_candidates; /**< keys, joined by "|", of places that it may be: as good as one
                                     another with AMBIGUOUS, near in spelling with NONE; at most ten,
                                     and "..." for more; "" */
} incmap_incident;

/** Files of a dataset, as data/ has them. */
typedef struct {
    const char *sources, *claimants, *incidents, *claims;
} incmap_dataset_files;

/**
 * Load a dataset. Rows that cannot be used go to the report: an incident whose place key is in no
 * gazetteer, a claim about an incident that does not exist, a bad date. What refers to a refused
 * row is refused too.
 *
 * @param files      borrowed; all four are needed
 * @param gazetteer  borrowed; must outlive the dataset
 * @param report     borrowed; NULL: the first refused row ends the call with INCMAP_EDATA and its
 *                   problem as the message
 * @param out        owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG, INCMAP_EIO
 * @return INCMAP_EDATA  a needed column is missing
 *
 * A row that leads back to itself through relayed_from, part_of or parent_id is refused.
 * Incidents may carry lon_deg, lat_deg and coord_uncertainty_m columns of their own; they win over
 * the place's position. Those of an export (incmap/exchange.h) also carry uncertainty_m, extent_known,
 * on_border, precision_code and merged_into, which win over what place and precision would give; its
 * claims carry figures_disagree, true where the original had a low above its high, which is refused
 * otherwise. date_start and date_end are both days of the incident. An empty date_start is
 * open; an empty date_end, or none, means the date of date_start alone, but is open where
 * date_precision says range or season. Needed columns: of sources id; of
 * claimants key, name; of incidents id, title, date_start, and place_key or place; of claims claim_id,
 * incident_id, source, claimant_key, polarity, claim_type.
 *
 * The column place holds a name as a report has it, for rows without a place_key: it is found as
 * incmap_gazetteer_find() finds it, in the country, region and district of the columns place_country
 * (ISO code), place_region and place_district where they say one, and likelier near the incident's own
 * coordinates. A name that is ambiguous or unknown is a problem of severity WARNING with its candidates,
 * and the incident is kept without a place.
 *
 * A row of claims whose column entry says correction, withdrawal or verification names in refers_to
 * a claim of an earlier row and of the same incident; only those whose claimant it is, or who have
 * the same head, may correct or withdraw it. Each entry keeps its own row, source and date.
 */
INCMAP_API incmap_status incmap_dataset_open(incmap_ctx *ctx, const incmap_dataset_files *files,
                                             const incmap_gazetteer *gazetteer,
                                             incmap_report *report, incmap_dataset **out);

/** Free it; NULL does nothing. */
INCMAP_API void incmap_dataset_free(incmap_dataset *dataset);

INCMAP_API size_t incmap_dataset_source_count(const incmap_dataset *dataset);
INCMAP_API size_t incmap_dataset_claimant_count(const incmap_dataset *dataset);
INCMAP_API size_t incmap_dataset_incident_count(const incmap_dataset *dataset);
INCMAP_API size_t incmap_dataset_claim_count(const incmap_dataset *dataset);

/** Record i in file order; lives as long as the dataset; NULL past the end. */
INCMAP_API const incmap_source *incmap_dataset_source(const incmap_dataset *dataset, size_t i);
INCMAP_API const incmap_claimant *incmap_dataset_claimant(const incmap_dataset *dataset, size_t i);
INCMAP_API const incmap_incident *incmap_dataset_incident(const incmap_dataset *dataset, size_t i);
INCMAP_API const incmap_claim *incmap_dataset_claim(const incmap_dataset *dataset, size_t i);

/**
 * Take one incident as the same as another. Both stay, with their claims and their sources; a tally
 * counts them as one. incmap_duplicates_find proposes what may be the same.
 *
 * @param from, into  indices of two incidents
 * @return INCMAP_OK, INCMAP_EARG (dataset is NULL)
 * @return INCMAP_ENOTFOUND  no such incident
 * @return INCMAP_EEXIST     from is merged already; into is, through others, merged into from; or an
 *                           incident would become a part of itself
 *
 * Threads:  one thread per ctx, and no other in the dataset
 */
INCMAP_API incmap_status incmap_dataset_merge(incmap_ctx *ctx, incmap_dataset *dataset, size_t from,
                                              size_t into);

/** Undo that. @return INCMAP_OK, INCMAP_EARG, INCMAP_ENOTFOUND (no such incident, or not merged) */
INCMAP_API incmap_status incmap_dataset_unmerge(incmap_ctx *ctx, incmap_dataset *dataset,
                                                size_t from);

/** The incident at the end of the chain of merges; i itself when it is not merged. */
INCMAP_API size_t incmap_dataset_merged(const incmap_dataset *dataset, size_t i);

/**
 * The original behind a source: the end of its chain of relayed_from; i itself for an original.
 * Sources with one original are one witness, however many they are.
 */
INCMAP_API size_t incmap_dataset_original(const incmap_dataset *dataset, size_t i);

/** What an incident's depth amounts to. */
typedef enum {
    INCMAP_PLACED_NOWHERE = 0, /**< no position: depth is all unknown */
    INCMAP_PLACED_ON_BORDER =
        1, /**< its position was computed from the border, or is only known to lie
                                     on it: depth is filled in for the chainage, but is no
                                     measurement. By a border that passes farther from a computed
                                     position than the band it was not computed from that: MEASURED */
    INCMAP_PLACED_MEASURED = 2
} incmap_placed;

/**
 * Depth of an incident behind a border, with its uncertainty in the band.
 *
 * @param depth   receives the answer; with NOWHERE side UNKNOWN and NaN
 * @param placed  receives what that answer amounts to
 * @return INCMAP_OK, INCMAP_EARG
 */
INCMAP_API incmap_status incmap_incident_measure(incmap_ctx *ctx, const incmap_incident *incident,
                                                 const incmap_border *border, incmap_depth *depth,
                                                 incmap_placed *placed);

INCMAP_END_DECLS

#endif
