/* SPDX-License-Identifier: MIT */
/* A gazetteer: places found by name, by key and by nearness.
 *
 * Layers: each file added, and each run of places added one by one, lies on top of those before it, the
 * dumps of GeoNames below all others and its postal file lowest. A place on top is the same as one below,
 * and stands for it, where
 *   - both are settlements, or both of one other kind; of districts both raions or both hromadas
 *   - their countries do not differ
 *   - a name of one, main or alternate, has the same letters as one of the other, or coord_source of the
 *     one is "GeoNames" and the number of the other
 *   - their points lie within 2 km; of districts 10 km, regions 50 km, countries 100 km
 *   - of settlements at most one of these speaks against it, where no number names the other: another region,
 *     another district, a city or town that is a village elsewhere, ten times the people
 *   - of all in that layer that it could stand for this is the nearest.
 * incmap_gazetteer_find() then finds the upper one by the names of both, with what it says of itself; the
 * lower one is no candidate beside it, but incmap_gazetteer_by_key() still leads to it. Filters let
 * the place through by what either says. Saved files keep their layers.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_GAZETTEER_H
#define INCMAP_GAZETTEER_H

#include <incmap/border.h>
#include <incmap/context.h>
#include <incmap/place.h>
#include <incmap/report.h>

INCMAP_BEGIN_DECLS

/** Opaque. Built by one thread; afterwards any number may query it, each with its own ctx. */
typedef struct incmap_gazetteer incmap_gazetteer;

/**
 * An empty gazetteer.
 * @param out  owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 */
INCMAP_API incmap_status incmap_gazetteer_new(incmap_ctx *ctx, incmap_gazetteer **out);

/** Free it with all its places; NULL does nothing. */
INCMAP_API void incmap_gazetteer_free(incmap_gazetteer *g);

/**
 * Add the places of a CSV file, in the columns of data/places.csv. Needed: key, name_en, kind,
 * lon_deg, lat_deg; all others may be missing. Rows with a bad value, or a key that is there
 * already, go to the report and are not added; the others are.
 *
 * @param path    borrowed
 * @param report  borrowed; NULL: the first refused row ends the call with INCMAP_EDATA, its problem
 *                as the message, and nothing of the file is added
 *
 * @return INCMAP_OK (also when rows were refused: ask the report), INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EIO    the file cannot be opened or read
 * @return INCMAP_EDATA  a needed column is missing; nothing is added
 */
INCMAP_API incmap_status incmap_gazetteer_add_places(incmap_ctx *ctx, incmap_gazetteer *g,
                                                     const char *path, incmap_report *report);

/** The same for border posts, in the columns of data/border_posts.csv. Needed: key, lon_deg,
 *  lat_deg, ru_place_key, ua_place_key. A place key must be in the gazetteer already or be empty. */
INCMAP_API incmap_status incmap_gazetteer_add_posts(incmap_ctx *ctx, incmap_gazetteer *g,
                                                    const char *path, incmap_report *report);

/** What of GeoNames' files to take. */
typedef struct {
    int version;                 /**< 1 */
    const char *alternate_names; /**< path of an alternateNamesV2 file, whose names then bear their
                                      language; NULL: none */
    bool
        all_features; /**< false: populated places and administrative areas (classes P and A), which
                            is what reports name, the others counted as left out in the report;
                            true: rivers, stations, farms as well */
} incmap_geonames_options;

#define INCMAP_GEONAMES_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Add the places of a country dump of GeoNames: tab-separated, 19 columns, no header
 * (download.geonames.org/export/dump/readme.txt). Keys are "geonames:" and the number; names of
 * regions and districts stand for their codes, which are among the names of these as "UA.07" and
 * "UA.07.6312".
 *
 * @param path     borrowed; read twice
 * @param options  borrowed; NULL: all defaults
 * @param report   as for incmap_gazetteer_add_places()
 * @return as incmap_gazetteer_add_places(); INCMAP_EDATA also for a file without any row, here and in the
 *         next call
 *
 * A row of more than 1 MiB is a broken one, here and in the two calls below.
 *
 * GeoNames tells no village from a town: a capital of a country or region, or 50,000 people, make a
 * city here, 10,000 a town, and all else is a settlement. Its population 0 is unknown. It does not say
 * how good a coordinate is, so that this is unknown too. Credit: GeoNames (geonames.org), CC BY 4.0.
 */
INCMAP_API incmap_status incmap_gazetteer_add_geonames(incmap_ctx *ctx, incmap_gazetteer *g,
                                                       const char *path,
                                                       const incmap_geonames_options *options,
                                                       incmap_report *report);

/**
 * Add the places of a postal code file of GeoNames: tab-separated, 12 columns, no header. Keys are
 * "postal:", country, "-" and code, with ":2" and so on behind it where a code has several places. Many
 * points of these files are wrong; incmap_gazetteer_check() tells which look so.
 */
INCMAP_API incmap_status incmap_gazetteer_add_postal(incmap_ctx *ctx, incmap_gazetteer *g,
                                                     const char *path, incmap_report *report);

/** Columns of somebody's own table, by the names in its header; NULL: there is none such. */
typedef struct {
    int version;            /**< 1 */
    char separator;         /**< 0: comma */
    const char *name;       /**< needed */
    const char *lat, *lon;  /**< needed; degrees */
    const char *key;        /**< NULL: key_prefix and the line number */
    const char *alternates; /**< further names, separated by "|" */
    const char *kind;       /**< words of incmap_place_kind_text() */
    const char *country, *admin1, *admin2, *population, *uncertainty_m;
    const char *key_prefix;         /**< of keys made; NULL: "row:" */
    const char *language;           /**< of the names; NULL: not known */
    const char *default_country;    /**< where there is no such column or its field is empty */
    incmap_place_kind default_kind; /**< likewise */
} incmap_column_map;

#define INCMAP_COLUMN_MAP_INIT INCMAP_INIT_VERSION(1)

/**
 * Add the places of any table with a header.
 * @return as incmap_gazetteer_add_places(); INCMAP_EARG also for a map without name, lat or lon
 */
INCMAP_API incmap_status incmap_gazetteer_add_table(incmap_ctx *ctx, incmap_gazetteer *g,
                                                    const char *path, const incmap_column_map *map,
                                                    incmap_report *report);

/**
 * Add one place; all of it is copied. A NULL text counts as "".
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG (no key or no name)
 * @return INCMAP_EEXIST   the key is there already
 * @return INCMAP_EPARSE   a text is not UTF-8
 * @return INCMAP_EDOMAIN  located, but at is no coordinate; a radius below 0 or above 20,003,932 m
 *
 * INCMAP_EARG also for a kind that is none, and for a post in a place of another kind.
 */
INCMAP_API incmap_status incmap_gazetteer_add(incmap_ctx *ctx, incmap_gazetteer *g,
                                              const incmap_place *place);

/**
 * Save all places, with the index of their names, to one file that incmap_gazetteer_open() uses as it
 * is. Written beside and renamed when it is whole: a failure leaves the earlier file, and who has that
 * one open keeps it. The same places in the same order give the same bytes, on machines of the same byte
 * order.
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EIO  the file cannot be written
 */
INCMAP_API incmap_status incmap_gazetteer_save(incmap_ctx *ctx, const incmap_gazetteer *g,
                                               const char *path);

/**
 * Open a saved gazetteer. The file is mapped, so that processes share its pages, and checked whole:
 * version, checksum, and every number in it. Places are made from it as they are asked for, in memory of
 * the allocator of ctx, which then must do for every thread that asks. Places of one's own may be added
 * on top.
 *
 * @param out  owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EIO    it cannot be opened or mapped
 * @return INCMAP_EDATA  it is no such file, of another version or byte order, or damaged
 *
 * The file must not be changed in place while it is open; saving to its name is safe.
 */
INCMAP_API incmap_status incmap_gazetteer_open(incmap_ctx *ctx, const char *path,
                                               incmap_gazetteer **out);

/** Number of places. */
INCMAP_API size_t incmap_gazetteer_count(const incmap_gazetteer *g);
/** Place i in the order of adding; lives as long as g; NULL past the end. Of an opened file also when
 *  there is no memory to make it, here and in the next. */
INCMAP_API const incmap_place *incmap_gazetteer_get(const incmap_gazetteer *g, size_t i);
/** Place of that very key; lives as long as g; NULL if there is none. */
INCMAP_API const incmap_place *incmap_gazetteer_by_key(const incmap_gazetteer *g, const char *key);

/** How far from a listed name a text may be and still find it. */
typedef enum {
    INCMAP_SPELLING_TOLERANT = 0, /**< one letter off, two in names of nine letters and more */
    INCMAP_SPELLING_LISTED = 1,   /**< none off: listed names, and by rule the same names in another
                                       script, romanisation, language or case */
    INCMAP_SPELLING_OFFER = 2,    /**< also what is farther off, down to half the score: to offer to
                                       a person, never to take. The verdict on it alone is none */
    INCMAP_SPELLING_NEAREST =
        3 /**< where even so nothing is found also the five nearest of all names
                                       that the options let through, however far off, to tell a person
                                       who waits for an answer. It compares the text with all names, which
                                       takes milliseconds where they are many; for tables take OFFER */
} incmap_spelling;

/** Which places to look among, and what makes one of them likelier. The first group leaves places
 *  out, the second only orders them. A border post is in the country, region and district of either of
 *  its sides; where one side's name is asked for, and no word says post, in that side's. */
typedef struct {
    int version; /**< 1 */
    const char
        *country; /**< only places of this country, by its ISO code of two letters; by its code
                              of three or its name in English, Russian or Ukrainian where it is Ukraine
                              or one around it; or by its name where it is a place of the
                              gazetteer; NULL: any */
    const char *admin1; /**< only places of this region, by its name in any language and spelling or
                              by its code ("UA-63", "UA.07", with country "07"); NULL: any */
    const char *admin2; /**< only places of this district, likewise; NULL: any */
    unsigned kinds;     /**< only these kinds, bits of INCMAP_PLACE_BIT; 0: any */
    int64_t population_least;    /**< only places of so many people, those of unknown number left
                                      out; 0: any */
    const incmap_border *border; /**< with belt_m: only places within so many metres of it, what is
                                      not known of the point added; NULL: any */
    double belt_m;

    const incmap_coord *near; /**< likelier the nearer to this point; NULL: no matter */
    double near_m;            /**< what counts as near, metres; 0: 50 km */
    bool populous;            /**< of equals the one with at least ten times the people of the next
                                   is likelier */
    incmap_spelling spelling;
} incmap_find_options;

#define INCMAP_FIND_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/** Why a candidate matched. Codes are only ever appended. */
typedef enum {
    INCMAP_REASON_NONE = 0,
    INCMAP_REASON_NAME = 1,      /**< the main name of a language */
    INCMAP_REASON_ALTERNATE = 2, /**< another listed name */
    INCMAP_REASON_POST_SIDE = 3, /**< a border post named after this place */
    INCMAP_REASON_SPELLING = 4,  /**< a listed name in another script or romanisation */
    INCMAP_REASON_FORM = 5, /**< the same name by rule in the other language, or in another case */
    INCMAP_REASON_MISSPELT = 6 /**< a listed name with letters wrong */
} incmap_reason;

typedef struct {
    const incmap_place *place; /**< lives as long as the gazetteer */
    double score;              /**< 1: as good as can be; compared between candidates of one call */
    incmap_reason reason;
    const char *name;     /**< the listed name that matched; lives as long as the gazetteer */
    const char *language; /**< of that name; "" */
    const char *asked_in; /**< what the text asked for is written in: "ru", "uk", "Cyrl" where it
                                   may be either, "Latn", else ""; static */
    unsigned edits;       /**< letters wrong; 0 unless reason is INCMAP_REASON_MISSPELT */
    bool other_kind;      /**< a word in the text names another kind of place */
    bool populous;        /**< put first for its population */
    bool area_said;       /**< the text names an area too, which the place lies in; false where
                                it is only near a hromada named */
    bool other_keyboard;  /**< the name came out as the same keys give it in the other script */
    double about_m;    /**< metres off the place that the text says it was, at most: "4 km north of
                                   Kozinka"; 25,000 for "near", "outskirts of" and the like, as UCDP's
                                   codebook has it for events near a known point; 0: at the place */
    bool about_stated; /**< those metres are the text's own */
    double near_m;     /**< metres to the point asked about, or to near_place; NaN */
    const incmap_place
        *near_place; /**< of incmap_gazetteer_find_together: the nearest of the others that were
                          named; else, without options->near, the hromada that the text names, of
                          which the place lies within 30 km in the same region: few gazetteers
                          tell which places lie in one; lives as long as the gazetteer; NULL */
    const incmap_place *stands_for; /**< the same place in a layer below, which this one stands for;
                                         lives as long as the gazetteer; NULL */
    bool
        only_offered; /**< too far off to be taken for the name asked for, whatever its score: where it
                            is the first the verdict is none */
} incmap_match;

/** Candidates whose scores differ by no more are as good as one another. */
#define INCMAP_SCORE_TIE 0.05
/** Below it a candidate is only something to offer. */
#define INCMAP_SCORE_LEAST 0.7

/**
 * Candidates for a name, best first; equals in the order of adding.
 *
 * @param name     UTF-8. "Грайворон", "Grajworon", "г. Грайворон", "в Грайвороне", "Grayvoron city":
 *                 words that name a kind of place, and prepositions, are understood. Where the
 *                 whole is no name it may be one with its region, district or country, "Козинка,
 *                 Грайворонский район", "Bakhmut (Donetsk Oblast)", "село Козинка Грайворонского района
 *                 Белгородской области": then only places of these are
 *                 candidates; or several names of one place, "Козинка/Kozinka": those that bear all; or
 *                 have words that say near, "outskirts of", "4 km north of", "вблизи", "біля": about_m of
 *                 the candidates tells how far off then
 * @param options  borrowed; NULL: no restriction
 * @param matches  receives at most capacity candidates; may be NULL when capacity is 0
 * @param count    receives how many candidates there are; min(count, capacity) are written
 *
 * @return INCMAP_OK       also when there is none: *count is 0 then
 * @return INCMAP_EPARSE   name is not UTF-8 or has no letter or digit
 * @return INCMAP_EDOMAIN  options->near is no position, or a length in the options is negative
 * @return INCMAP_EARG     a pointer is NULL
 * @return INCMAP_ENOMEM
 *
 * Score: 1 for a listed name, main or alternate (Belgorod is a city and a region), without regard to
 * case, ё, stress marks, kind of apostrophe, hyphen or space. 0.97 to 0.9 for the same name by rule:
 * another script or romanisation, the Russian form of a Ukrainian name and the reverse, another
 * grammatical case. Below 0.9 the more, the more letters are wrong, in proportion to its length;
 * misspellings are looked for only where nothing better is found. They are taken for the name, and not
 * only offered, with one letter wrong of seven or more, or two of nine or more; in a region, a district or a
 * belt with one of four or more. The same name by rule is taken where all but the ending is the same, in
 * three letters of a Cyrillic text or six of a Latin one, one letter in four being another of е, и, і, о. Taken off is 0.1 for a post that
 * bears a settlement's name, 0.12 for another kind than the words say (what is no area is only offered where
 * they say region or district, for the seat Kursk is not Kursk Oblast; nor is a hromada the raion of its name, or
 * a border post the village), 0.08 for an area found without a
 * word that says area, 0.06 for a district where "region" may mean an oblast, 0.12 for a name typed with the
 * keyboard set to the other script ("Rjpbyrf"), looked for where there is nothing else, up to 0.15 for lying
 * far from the point asked about.
 *
 * With INCMAP_SPELLING_NEAREST a text that nothing is found for gets the five names that have the fewest letters
 * wrong, counted as letters put in, left out, taken for another and neighbours exchanged; of equals those that
 * share more runs of three letters, then more of their beginning and their end. No place comes twice and no
 * spelling: of the places that bear one the one with most people stands for all. Compared are names in the script of
 * the text, and where none of these is near names in another by their sounds. At most two letters of three
 * may be wrong, and a text of fewer than three letters is near nothing, so that there may be fewer than five,
 * or none. They bear their true number of edits, a score of 0.9 times the share of letters that are right, and
 * only_offered: the verdict is none. Where the text names an area beside the place these are of that area; where
 * nothing there is near, of any, so that a place of that very name somewhere else is told.
 *
 * The first call after places were added indexes all names; see incmap_gazetteer_prepare().
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_gazetteer_find(incmap_ctx *ctx, const incmap_gazetteer *g,
                                               const char *name, const incmap_find_options *options,
                                               incmap_match matches[], size_t capacity,
                                               size_t *count);

/**
 * The same for names out of one text, which lie near one another more often than not: Kozinka,
 * Gora-Podol, Glotovo and Grayvoron tell each other which Kozinka is meant. Candidates far from any of
 * the others' lose up to 0.15 of their score; a name that nothing is found for says nothing, and a name says
 * nothing for itself, in whatever spelling it comes again.
 *
 * @param names     n texts
 * @param matches   receives the candidates of name i from matches[i * capacity] on
 * @param capacity  at least 1
 * @param counts    receives for each name how many candidates there are
 *
 * @return as incmap_gazetteer_find(); INCMAP_EPARSE also tells which name; of all or none
 *
 * Of each name the best 64 candidates count as neighbours.
 */
INCMAP_API incmap_status incmap_gazetteer_find_together(incmap_ctx *ctx, const incmap_gazetteer *g,
                                                        const char *const names[], size_t n,
                                                        const incmap_find_options *options,
                                                        incmap_match matches[], size_t capacity,
                                                        size_t counts[]);

/**
 * Index the names now, so that no later find has to: those then neither wait for one another nor
 * take memory of the gazetteer's allocator. Without it the first find does it, under a lock.
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 */
INCMAP_API incmap_status incmap_gazetteer_prepare(incmap_ctx *ctx, const incmap_gazetteer *g);

typedef enum {
    INCMAP_VERDICT_NONE = 0,   /**< no candidate, or none that is more than something to offer */
    INCMAP_VERDICT_UNIQUE = 1, /**< one candidate, whose name it is */
    INCMAP_VERDICT_BEST = 2,   /**< the first is better than the second; or there is but one, and it
                                      is near in spelling only, or not of the kind or at the place that
                                      was asked about */
    INCMAP_VERDICT_AMBIGUOUS = 3 /**< the first two are as good as one another */
} incmap_verdict;

/** What the answer of a find amounts to. @param count  as find gave it; with 2 or more, matches
 *  must hold at least two. */
INCMAP_API incmap_verdict incmap_find_verdict(const incmap_match matches[], size_t count);
/** "none", "unique", "best", "ambiguous"; static. */
INCMAP_API const char *incmap_verdict_text(incmap_verdict verdict);

/**
 * The reason in words: `Ukrainian name of Kozinka`, `Ukrainian spelling of Glotovo`, `one letter from
 * Grayvoron`, `Russian name of Kozinka; 3 km from Glotovo, named in the same text`.
 * @param buffer  receives the text, cut between characters if it must be
 * @return length of the text before any cut
 */
INCMAP_API size_t incmap_match_reason_text(const incmap_match *match, char *buffer, size_t size);

/**
 * Whether what stands where a table has names of places says that none is given: no text, dashes or
 * question marks alone, or a word such as "N/A", "unknown", "not specified", "неизвестно", "нет данных",
 * "невідомо", in any case and with any signs about it; but not where a place has that very name. The readers of
 * tables take such a field for an empty one.
 * @param name     UTF-8; NULL: false
 * @param matches  borrowed; what incmap_gazetteer_find() gave for it, of which the first tells; may be NULL
 *                 when count is 0
 * @param count    how many there are
 *
 * Threads:  any
 * Since:    0.1
 */
INCMAP_API bool incmap_name_says_none(const char *name, const incmap_match matches[], size_t count);

/** What of the options leaves no place at all, whatever its name. */
typedef enum {
    INCMAP_CONTEXT_GOOD = 0,
    INCMAP_CONTEXT_COUNTRY = 1, /**< no place of the gazetteer lies in a country called so */
    INCMAP_CONTEXT_REGION = 2,  /**< ... of that country in a region called so */
    INCMAP_CONTEXT_DISTRICT = 3 /**< ... of those in a district called so */
} incmap_context_fault;

/**
 * Whether a find that gave nothing was asked in a country, region or district that is not known.
 *
 * @param options  borrowed; only its country, admin1 and admin2 are looked at
 * @param fault    receives the first that is at fault; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG (a pointer is NULL)
 *
 * Looks through all places, some milliseconds for a country's dump.
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_gazetteer_check_context(incmap_ctx *ctx, const incmap_gazetteer *g,
                                                        const incmap_find_options *options,
                                                        incmap_context_fault *fault);

/** A place and how far it is. */
typedef struct {
    const incmap_place *place; /**< lives as long as the gazetteer */
    double distance_m;         /**< geodesic */
} incmap_near;

/**
 * The k places nearest to a point, nearest first, that the options let through.
 *
 * @param nearest  receives at most k
 * @param count    receives how many were written
 * @return INCMAP_OK, INCMAP_EDOMAIN (no coordinate), INCMAP_EARG, INCMAP_ENOMEM
 *
 * Places without a position are passed over, and those that one on top stands for. The order is that of
 * the geodesic distances.
 */
INCMAP_API incmap_status incmap_gazetteer_nearest(incmap_ctx *ctx, const incmap_gazetteer *g,
                                                  incmap_coord point,
                                                  const incmap_find_options *options, size_t k,
                                                  incmap_near nearest[], size_t *count);

INCMAP_END_DECLS

#endif
