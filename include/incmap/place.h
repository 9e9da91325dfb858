/* SPDX-License-Identifier: MIT */
/* A place: something with a name and a position.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_PLACE_H
#define INCMAP_PLACE_H

#include <incmap/coord.h>

INCMAP_BEGIN_DECLS

typedef enum {
    INCMAP_PLACE_OTHER = 0,
    INCMAP_PLACE_COUNTRY = 1,
    INCMAP_PLACE_HISTORICAL_COUNTRY = 2,
    INCMAP_PLACE_REGION = 3,
    INCMAP_PLACE_DISTRICT = 4,
    INCMAP_PLACE_CITY = 5,
    INCMAP_PLACE_TOWN = 6,
    INCMAP_PLACE_URBAN_TYPE_SETTLEMENT = 7,
    INCMAP_PLACE_VILLAGE = 8,
    INCMAP_PLACE_SETTLEMENT = 9,
    INCMAP_PLACE_BORDER_POST = 10
} incmap_place_kind;

/** The bit of a kind in a mask of kinds. */
#define INCMAP_PLACE_BIT(kind) (1u << (kind))
/** City, town, urban-type settlement, village, settlement. */
#define INCMAP_PLACE_SETTLEMENTS 0x3E0u

/** "village", "border_post" ... as in the CSV files; static. */
INCMAP_API const char *incmap_place_kind_text(incmap_place_kind kind);
/** The reverse; false, and *out unchanged, for any other text. */
INCMAP_API bool incmap_place_kind_parse(const char *text, incmap_place_kind *out);

typedef struct {
    const char *text;     /**< UTF-8 */
    const char *language; /**< "en", "ru", "uk"; "" when not stated */
    bool alternate;       /**< another name than the main one of its language */
} incmap_place_name;

/** One side of a border post. Texts are "" when not known. */
typedef struct {
    const char *country; /**< ISO 3166-1 alpha-2 */
    const char *name_en, *name_native;
    const char *admin1;
    const char *place_key; /**< settlement that it is tied to; "" */
} incmap_post_side;

/** What a border post has beside a place. */
typedef struct {
    incmap_post_side sides[2]; /**< Russian, Ukrainian in the default data */
    const char *modes;         /**< "road", "rail", "pedestrian", joined by "|" */
    const char *category, *status, *pair_basis;
    const char *method; /**< how its position was got, "none" without one */
    bool on_border;     /**< its position was computed from the border: its depth is zero by
                             construction and no measurement */
    const char *source; /**< of its names, modes and status */
} incmap_post;

/** Texts are "" when not known, never NULL; numbers are NaN or -1. */
typedef struct {
    const char *key; /**< unique in its gazetteer */
    incmap_place_kind kind;
    bool located; /**< false: at has no meaning (a state of the past, a post nobody
                       has placed) */
    incmap_coord at;
    double coord_uncertainty_m;  /**< radius within which the true point is believed to lie; NaN */
    double extent_radius_m;      /**< radius of the circle of equal area that the place covers; NaN
                                      is unknown, not zero */
    const char *country;         /**< ISO 3166-1 alpha-2 */
    const char *admin1, *admin2; /**< region, district */
    const incmap_place_name *names; /**< the first is the one to print */
    size_t name_count;              /**< at least 1 */
    int64_t population;             /**< -1 */
    int population_year;            /**< -1 */
    const char *coord_method;       /**< "source", "derived", "none" */
    const char *coord_source, *extent_source, *population_source;
    const char *named_in; /**< ids of the sources that name it, joined by "|" */
    const char *notes;
    const incmap_post *post; /**< NULL unless kind is BORDER_POST */
} incmap_place;

/**
 * Name of a place in a language.
 *
 * @param language  "en", "ru", "uk"
 * @return its main name in that language, else its first name; lives as long as the place
 */
INCMAP_API const char *incmap_place_name_in(const incmap_place *place, const char *language);

/** A radius that a place is taken to cover, and whether that is known. */
typedef struct {
    double radius_m;
    bool known; /**< false: an upper bound for the kind of place, since its extent is unknown */
} incmap_extent;

/**
 * What a place covers: its own extent where the data have it, else an upper bound for its kind, so
 * that unknown is never taken as zero: village and settlement 1 km, town and urban-type settlement
 * 2.5 km, city and any other kind 10 km, district 30 km, region 150 km, country 2,500 km. A border
 * post is a site: it is known to cover nothing.
 *
 * Reason: Grayvoron's 10 km2 (6,404 people) have a radius of 1,784 m; scaled by the root of the
 * population a village of 1,100 has 740 m and a town of 12,000 has 2.4 km. Belgorod's city radius
 * is near 7 km; the largest district and oblast of the data 17 and 106 km.
 */
INCMAP_API incmap_extent incmap_place_extent(const incmap_place *place);

/**
 * Radius in metres to measure with: the coordinate's uncertainty where the data state it, else, so
 * that unknown is never taken as zero, what the place may cover and at least 2 km. NaN for NULL.
 *
 * Reason: between two sources the points of 23 settlements of the default data lie 626 m apart in the
 * median and 1,844 m at most.
 */
INCMAP_API double incmap_place_uncertainty_m(const incmap_place *place);

INCMAP_END_DECLS

#endif
