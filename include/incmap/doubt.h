/* SPDX-License-Identifier: MIT */
/* Rows of a gazetteer that look wrong, each with the reasons: what a person should look at before
 * anything is measured from them. Nothing is changed.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_DOUBT_H
#define INCMAP_DOUBT_H

#include <incmap/border.h>
#include <incmap/gazetteer.h>

INCMAP_BEGIN_DECLS

/** What may be wrong with a place; bits. */
enum {
    INCMAP_DOUBT_OUTSIDE_REGION = 1,    /**< farther from the region's own point than the region is
                                             wide */
    INCMAP_DOUBT_FAR_FROM_SIBLINGS = 2, /**< far from the middle of its district's places */
    INCMAP_DOUBT_SCATTERED = 4,         /**< the places of its district lie so scattered that they
                                             tell nothing, so that any of them may be wrong */
    INCMAP_DOUBT_OTHERS_AROUND = 8,     /**< the places around it are of other districts */
    INCMAP_DOUBT_WRONG_SIDE = 16,       /**< certainly on the other side of the border */
    INCMAP_DOUBT_SHARED_POINT = 32, /**< has the very coordinates of a place in another district */
    INCMAP_DOUBT_DUPLICATE = 64,    /**< the same name in the same district within 1 km */
    INCMAP_DOUBT_WHOLE_MINUTES = 128, /**< both coordinates are whole minutes of arc: good to a
                                             kilometre at best */
    INCMAP_DOUBT_EXCHANGED = 256,     /**< with latitude and longitude exchanged it is in its
                                             region, as it stands it is not */
    INCMAP_DOUBT_HOMONYM = 512,       /**< it lies where the reference has another place of that
                                             name, of another region or district */
    INCMAP_DOUBT_NO_DISTRICT = 1024,  /**< names no district: there are no siblings to compare */
    INCMAP_DOUBT_NO_POSITION = 2048   /**< has no position */
};

/** One place that something is said of. */
typedef struct {
    const incmap_place *place; /**< lives as long as the gazetteer */
    unsigned doubts;           /**< bits as above */
    bool suspicious;           /**< the doubts together say that the position is likely wrong;
                                    WHOLE_MINUTES, SHARED_POINT, NO_DISTRICT, NO_POSITION alone, and
                                    only one of FAR_FROM_SIBLINGS and OTHERS_AROUND, do not */
    double region_m;           /**< metres to the region's own point; NaN */
    double siblings_m;         /**< to the middle of its district's places; NaN */
    const incmap_place
        *other; /**< of DUPLICATE, SHARED_POINT and HOMONYM: the other one; lives as long
                                    as its gazetteer; NULL */
} incmap_doubt;

/** Called for each place that something is said of, in the order of adding. `doubt` is borrowed. */
typedef void (*incmap_doubt_fn)(void *user, const incmap_doubt *doubt);

typedef struct {
    int version; /**< 1 */
    const incmap_gazetteer
        *reference;               /**< knows the regions, with position and extent, and places to
                                            compare with; NULL: the gazetteer itself */
    const incmap_border *border;  /**< NULL: sides are not looked at */
    const char *inside, *outside; /**< with border: ISO codes of its two countries */
} incmap_doubt_options;

#define INCMAP_DOUBT_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Look at every settlement of a gazetteer.
 *
 * @param options     borrowed; NULL: all defaults
 * @param suspicious  receives how many are suspicious; may be NULL
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG  a NULL; a border without the codes of its countries
 *
 * Region: 1.65 times the radius of the circle of equal area around its point, and its coordinate's
 * uncertainty. Siblings: the median of latitudes and of longitudes of the places in one district that
 * are within their region; far is over two and a half times the median distance from it and over 30 km. Scattered:
 * more than half of a district's places are outside the region. Around: of the eight nearest places with
 * a district and within their region at most one is of its own.
 */
INCMAP_API incmap_status incmap_gazetteer_check(incmap_ctx *ctx, const incmap_gazetteer *g,
                                                const incmap_doubt_options *options,
                                                incmap_doubt_fn doubt, void *user,
                                                size_t *suspicious);

/**
 * The doubts in words: `209 km from the middle of its region; 120 km from the other places of its
 * district`.
 * @param buffer  receives the text, cut between characters if it must be
 * @return length of the text before any cut
 */
INCMAP_API size_t incmap_doubt_text(const incmap_doubt *doubt, char *buffer, size_t size);

INCMAP_END_DECLS

#endif
