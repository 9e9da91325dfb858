/* SPDX-License-Identifier: MIT */
/* Which country is this point in: a whole layer of countries, or of regions, districts, any areas with
 * codes.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_COUNTRIES_H
#define INCMAP_COUNTRIES_H

#include <incmap/border.h>

INCMAP_BEGIN_DECLS

/** Opaque and immutable: any number of threads may query it, each with its own ctx. */
typedef struct incmap_countries incmap_countries;

typedef struct {
    int version;             /**< 1 */
    const char *name_field;  /**< attribute with the countries' names; NULL: the codes serve */
    const char *attribution; /**< credit of the data; copied; NULL: none */
    const char *data_date;   /**< how old the data are; copied; NULL: unknown */
    double accuracy_m;       /**< how far an outline may lie off the true one; 0: 100 m */
    incmap_edges edges;
} incmap_countries_options;

#define INCMAP_COUNTRIES_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Read all countries of a polygon layer. Features with the same code (without regard to case) are one
 * country, which holds what any of them holds; so a feature that stands in the file twice does no harm.
 *
 * @param path        shapefile of polygons, with or without ".shp", or GeoJSON; lon/lat on WGS 84
 * @param code_field  attribute or property that holds the country's code; a feature whose code is
 *                    empty (disputed or unassigned areas) is a country of its own, coded ""
 * @param options     borrowed; NULL: all defaults
 * @param out         receives the countries, owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG       a pointer is NULL, an accuracy below 0 or not finite, unknown edges
 * @return INCMAP_EPARSE     a text of the options, or a code or name of the file, is not UTF-8
 * @return INCMAP_EIO        the file cannot be opened or read
 * @return INCMAP_EDATA      no polygons, no such field, no correct GeoJSON, or a vertex that is no
 *                           coordinate; the message says where in the file
 * @return INCMAP_ENOTFOUND  no polygon in the file
 *
 * Takes 16 bytes a vertex and some 4 more for the index.
 *
 * Threads:  one thread per ctx; the countries afterwards from any
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_countries_open(incmap_ctx *ctx, const char *path,
                                               const char *code_field,
                                               const incmap_countries_options *options,
                                               incmap_countries **out);

/** Free countries; NULL does nothing. No other thread may still use them. */
INCMAP_API void incmap_countries_free(incmap_countries *countries);

/** How many countries there are, numbered from 0 in the order of their first features. */
INCMAP_API size_t incmap_countries_count(const incmap_countries *countries);
/** Code and name of country i as the file writes them (at its first feature); "" past the end. They live
 *  as long as the countries. */
INCMAP_API const char *incmap_countries_code(const incmap_countries *countries, size_t i);
INCMAP_API const char *incmap_countries_name(const incmap_countries *countries, size_t i);
/** Credit, age and accuracy of the data as the options gave them: "" where they gave none, 100 m. */
INCMAP_API const char *incmap_countries_attribution(const incmap_countries *countries);
INCMAP_API const char *incmap_countries_data_date(const incmap_countries *countries);
INCMAP_API double incmap_countries_accuracy_m(const incmap_countries *countries);

/** A country that holds a point, or may hold it. */
typedef struct {
    size_t country; /**< its number */
    bool holds;     /**< its outline holds the point */
    bool
        certain; /**< none of its outlines lies within the point's uncertainty and the accuracy of the
                         data. A country that does not hold the point and is certain is not listed */
} incmap_country_hit;

/**
 * The countries that hold a point, and those that may. Where several hold it the territory is contested
 * between the outlines of the data: all are answered, incmap chooses none. None: sea, or no man's land.
 *
 * @param point          degrees
 * @param uncertainty_m  radius within which the true point is believed to lie; 0 or more
 * @param hits           receives at most capacity of them: those that hold the point first, each group in
 *                       the order of their numbers; NULL with a capacity of 0
 * @param count          receives how many there are, which may be more than capacity
 *
 * @return INCMAP_OK
 * @return INCMAP_EDOMAIN  a latitude beyond 90, a value not finite, an uncertainty below 0
 * @return INCMAP_EARG     a pointer is NULL
 *
 * hits and count are unchanged on failure. Edges are geodesics; of a border that two neighbours share,
 * each point is held by just one of them.
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_countries_find(incmap_ctx *ctx, const incmap_countries *countries,
                                               incmap_coord point, double uncertainty_m,
                                               incmap_country_hit hits[], size_t capacity,
                                               size_t *count);

/** What count is for a point that is no coordinate. */
#define INCMAP_COUNTRIES_NO_POINT ((size_t)-1)

/**
 * The same for many points.
 *
 * @param uncertainty_m  n radii; NULL: all zero
 * @param hits           n rows of `capacity` hits, as incmap_countries_find fills them
 * @param counts         receives n counts; INCMAP_COUNTRIES_NO_POINT for a point that is no coordinate
 *                       (or whose uncertainty is below 0 or not finite)
 *
 * @return INCMAP_OK
 * @return INCMAP_EPARTIAL  some points are no coordinates; the message says how many and the first
 * @return INCMAP_EARG      a pointer is NULL while n > 0
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_countries_find_many(incmap_ctx *ctx,
                                                    const incmap_countries *countries,
                                                    const incmap_coord points[],
                                                    const double uncertainty_m[], size_t n,
                                                    incmap_country_hit hits[], size_t capacity,
                                                    size_t counts[]);

INCMAP_END_DECLS

#endif
