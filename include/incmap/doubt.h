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
                                             name, or among the places of another district that has
                                             one: the two may be swapped */
    INCMAP_DOUBT_NO_DISTRICT = 1024,  /**< names no district: there are no siblings to compare */
    INCMAP_DOUBT_NO_POSITION = 2048,  /**< has no position */
    INCMAP_DOUBT_OTHERS_KNOWN =
        4096, /**< around it the reference knows places of another district or
                                             region, and those of its own far away */
    INCMAP_DOUBT_KNOWN_ELSEWHERE =
        8192 /**< the reference has it, in the same district, or as a town
                                             where the row names no district, but far away */
};

/** One place that something is said of. */
typedef struct {
    const incmap_place *place; /**< lives as long as the gazetteer */
    unsigned doubts;           /**< bits as above */
    bool suspicious;           /**< the doubts together say that the position is likely wrong, or
                                    that the row is there twice; see below */
    double region_m;           /**< metres to the region's own point; NaN */
    double siblings_m;         /**< to the middle of its district's places; NaN */
    const incmap_place
        *other; /**< of DUPLICATE, SHARED_POINT and HOMONYM: the other one; lives as long
                                    as its gazetteer; NULL */
    /* NULL and NaN without the doubt; places of the reference, as long as it lives. */
    double other_m;             /**< of HOMONYM: metres to it; NaN where it has no position */
    const incmap_place *around; /**< of OTHERS_KNOWN: the nearest known place of another area */
    double around_m;
    const incmap_place *own; /**< ... and the nearest known one of its own */
    double own_m;
    const incmap_place *known; /**< of KNOWN_ELSEWHERE */
    double known_m;
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
 * a district and within their region at most one is of its own. Known around: the nearest place of its own
 * district that the reference knows, else of its region, is over 30 km away and twice as far as one of
 * another. Known elsewhere: over 20 km away, and none of that name in the region nearer; a number behind
 * a name is no part of it.
 *
 * Suspicious: OUTSIDE_REGION, SCATTERED, WRONG_SIDE, DUPLICATE, EXCHANGED, HOMONYM or KNOWN_ELSEWHERE, or two of
 * FAR_FROM_SIBLINGS, OTHERS_AROUND and OTHERS_KNOWN. Where the reference has the place itself within 5 km,
 * only WRONG_SIDE and DUPLICATE.
 */
INCMAP_API incmap_status incmap_gazetteer_check(incmap_ctx *ctx, const incmap_gazetteer *g,
                                                const incmap_doubt_options *options,
                                                incmap_doubt_fn doubt, void *user,
                                                size_t *suspicious);

/** One bit as a word for tables and files: "outside_region", "far_from_siblings"; "" for none of the
 *  above, or for several; static. */
INCMAP_API const char *incmap_doubt_word(unsigned doubt);

/**
 * The doubts in words: `209 km from the middle of its region; 120 km from the other places of its
 * district`.
 * @param buffer  receives the text, cut between characters if it must be
 * @return length of the text before any cut
 */
INCMAP_API size_t incmap_doubt_text(const incmap_doubt *doubt, char *buffer, size_t size);

INCMAP_END_DECLS

#endif
