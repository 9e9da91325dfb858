/* SPDX-License-Identifier: MIT */
/* The border between two countries, and how deep behind it a point lies.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_BORDER_H
#define INCMAP_BORDER_H

#include <incmap/context.h>
#include <incmap/coord.h>

INCMAP_BEGIN_DECLS

/** Opaque and immutable: any number of threads may query one border, each with its own ctx. */
typedef struct incmap_border incmap_border;

typedef enum {
    INCMAP_SIDE_UNKNOWN = 0, /**< not measured: the point is no coordinate; or not told: plain lines
                                  without a stated hand, a point beyond a line's end */
    INCMAP_SIDE_INSIDE = 1,  /**< in the country asked about, and not in the other */
    INCMAP_SIDE_OUTSIDE = 2, /**< in the other country, and not in the one asked about */
    INCMAP_SIDE_BOTH =
        3, /**< both countries' outlines hold the point: the data show it as both's */
    INCMAP_SIDE_NEITHER = 4 /**< sea, a third country, or a strip between outlines that run apart */
} incmap_side;

/** "inside", "outside", "both", "neither", "unknown"; static. */
INCMAP_API const char *incmap_side_text(incmap_side side);

typedef struct {
    double depth_m;       /**< geodesic distance to the border, 0 to 20003931.5 m; positive INSIDE,
                               negative OUTSIDE; without a meaning to its sign (never negative) where
                               side is BOTH, NEITHER or UNKNOWN; NaN for a point that is none */
    double band_m;        /**< plus-minus: the point's uncertainty + the border's accuracy + where
                               unmatched the outlines' separation. The true point lies within the first
                               of the point, the true border within the second of the data's and, where
                               there are two, within the third of either: by the triangle inequality a
                               depth is off by no more than their sum. Added, not squared: the three are
                               bounds of which nobody knows that they are independent, and so is this;
                               it is no probability */
    incmap_coord nearest; /**< the border's nearest point; lon in [-180, 180] */
    double azimuth_deg;   /**< from the point to nearest, clockwise from north, 0 <= azimuth < 360;
                               0 where the point lies on the border */
    double along_m;       /**< chainage of nearest: metres from the start of the border, through its
                               lines in order; its line begins at incmap_border_line.start_m */
    int line;             /**< which line of the border holds nearest, from 0; -1: none */
    incmap_side side;
    bool side_certain; /**< false when either country's outline, not only the border, lies within
                               the band of the point */
    bool unmatched;    /**< nearest lies where the two outlines run apart, the vertices where they
                            part included */
} incmap_depth;

/** What the edges between a layer's vertices are. */
typedef enum {
    INCMAP_EDGES_GEODESIC = 0, /**< shortest lines on the ellipsoid */
    INCMAP_EDGES_STRAIGHT = 1 /**< straight in lon/lat, as GeoJSON means them: a parallel stays one.
                                    Cut at loading into geodesics that stay within 1 mm of them. An edge
                                    of more than 180 degrees of longitude goes the other way round */
} incmap_edges;

/** Where the country asked about lies of a line, seen in the direction in which the line runs. */
typedef enum {
    INCMAP_LINE_SIDE_UNKNOWN = 0, /**< not stated: depths carry no sign */
    INCMAP_LINE_SIDE_LEFT = 1,
    INCMAP_LINE_SIDE_RIGHT = 2
} incmap_line_side;

typedef struct {
    int version;             /**< 1 */
    const char *name;        /**< of the data, for tables; copied; NULL: made from the codes */
    const char *attribution; /**< credit of the data; copied; NULL: none */
    const char
        *data_date; /**< how old the data are, for instance "2017-11"; copied; NULL: unknown */
    const char *inside_name, *outside_name; /**< the countries' names, for tables; copied; NULL: the
                                                 codes */
    /** How far the data may lie off the true border. 0: nobody says it, and 100 m are taken, which is no
        property of the data: a layer that lies off by more then gets bands too narrow, and a wrong side may be
        called certain. State it for coarse layers; a world map at 1:10 million may lie off by kilometres. */
    double accuracy_m;
    /** Where the two countries' outlines part and meet again, both of them count as border, unmatched, if
        - the two points where they part and meet lie at most this far apart in a straight line, neither
          outline goes a longer way between them than four times that and 1 km, and the outlines run
          nowhere farther apart than this; or else if
        - the outlines run nowhere farther apart than half of this, however long the stretch.
        Where neither holds, as at a coast or a third country, both count from the point where they part on,
        as far as they stay within a tenth of this of one another, if that is at least as long as this.
        0: 10,000 m; negative: nothing of it counts, only edges that both outlines have. */
    double gap_max_m;
    incmap_edges edges;
    incmap_line_side inside_at; /**< incmap_border_from_lines only */
} incmap_border_options;

#define INCMAP_BORDER_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/** One line of a border. */
typedef struct {
    size_t vertices; /**< at least 2 */
    double start_m;  /**< chainage where it begins; both outlines of an unmatched stretch begin
                          alike, and the border goes on from the end of the inside country's */
    double length_m; /**< sum of its geodesic edges */
    bool unmatched;  /**< one country's outline where the two run apart */
    incmap_side
        outline; /**< of an unmatched or enclosed line: whose outline, INSIDE or OUTSIDE; else
                              UNKNOWN */
    double separation_m; /**< of an unmatched line: bound on how far the two outlines run apart */
    bool enclosed; /**< an outline that lies wholly in the other country, whose data have no hole
                              for it: what it holds is in both */
} incmap_border_line;

/**
 * The border between two countries of a polygon layer: the edges that both outlines have, in
 * opposite directions. Edges in the same direction (two polygons that both claim a coast) are no
 * border. Where two matched lines end near one another and both outlines go on, apart, to the same
 * two ends, the stretch is unmatched and both outlines count as border. An enclave for which the other
 * country's polygon has no hole is border all around, and marked enclosed.
 *
 * @param countries_path  shapefile of polygons, with or without ".shp", or GeoJSON; lon/lat on WGS 84
 * @param code_field      attribute or property that holds the country's code; codes are compared
 *                        without regard to case
 * @param inside          code of the country whose side counts as positive
 * @param outside         code of the other
 * @param options         borrowed; NULL: all defaults
 * @param out             receives the border, owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG       a pointer is NULL, both codes are the same, an accuracy below 0 or not
 *                           finite, a gap_max_m that is NaN
 * @return INCMAP_EPARSE     a code, or a text of the options, is not UTF-8
 * @return INCMAP_EIO        the file cannot be opened or read
 * @return INCMAP_EDATA      no polygons, no such field, no correct GeoJSON, or a vertex that is no
 *                           coordinate; the message says where in the file
 * @return INCMAP_ENOTFOUND  a code that no feature has, or two countries that share no edge; the message
 *                           says how near to one another their outlines come
 *
 * A country may come in several features and polygons; one that lies wholly in another adds nothing, but
 * they must not overlap in part. Rings may be in either rotation so
 * long as one country's are alike. Lines run as the inside country's outline does. Of GeoJSON, one
 * feature at a time is held as a tree of ten to twenty times its text; a shapefile loads several times as
 * fast.
 *
 * Threads:  one thread per ctx; the border afterwards from any
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_border_between(incmap_ctx *ctx, const char *countries_path,
                                               const char *code_field, const char *inside,
                                               const char *outside,
                                               const incmap_border_options *options,
                                               incmap_border **out);

/**
 * A border from plain lines: whatever a layer holds, with no countries behind it. Lines of which one ends
 * where another begins are joined, so that a border in pieces is whole; each is then a line of the border.
 *
 * @param path     shapefile of lines, with or without ".shp", or GeoJSON with LineStrings and
 *                 MultiLineStrings; lon/lat on WGS 84
 * @param options  borrowed; NULL: all defaults. inside_at says on which hand the inside lies, for all
 *                 lines alike; the names are by default those of the hands
 * @param out      receives the border, owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EPARSE, INCMAP_EIO as incmap_border_between
 * @return INCMAP_EARG       as incmap_border_between, or an inside_at that is none
 * @return INCMAP_EDATA      other shapes than lines, a line of one vertex, a vertex that is no
 *                           coordinate, no correct GeoJSON; with inside_at: two lines that meet head to
 *                           head, so that their hands contradict one another
 * @return INCMAP_ENOTFOUND  no line in the file
 *
 * Measuring answers side INSIDE or OUTSIDE by the hand on which the point lies of the nearest edge, and
 * UNKNOWN (a depth without a sign, never certain) where inside_at is UNKNOWN, for points on the line, and
 * for points whose nearest is a loose end: beyond it the line says nothing. A side is certain when it is
 * the same, at that depth, at the point and at eight points around it, as far off as the band.
 *
 * Threads:  one thread per ctx; the border afterwards from any
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_border_from_lines(incmap_ctx *ctx, const char *path,
                                                  const incmap_border_options *options,
                                                  incmap_border **out);

/**
 * Make single measurements fast: without it most of a measurement's time goes into
 * the side of the point. Makes a grid of sides and one of edges that are nearly the nearest. The answers
 * are the same.
 *
 * @param border  changed: to be called by one thread before others use the border
 *
 * @return INCMAP_OK (also when it was done before), INCMAP_ENOMEM, INCMAP_EARG
 *
 * Takes some 60 ms and 4 MB for the default border, 0.15 s for Russia's mainland with its 127,000 edges.
 * incmap_border_measure_many makes the grid of sides for
 * itself when it is given more than some ten thousand points. A border of few but very long edges
 * gets none, and needs none, to be fast.
 *
 * Threads:  one thread per ctx, and no other in the border
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_border_prepare(incmap_ctx *ctx, incmap_border *border);

/** Free a border; NULL does nothing. No other thread may still use it. */
INCMAP_API void incmap_border_free(incmap_border *border);

/**
 * Depth of a point behind the border.
 *
 * @param point          degrees
 * @param uncertainty_m  radius within which the true point is believed to lie; 0 or more
 * @param out            receives the answer; unchanged on failure
 *
 * @return INCMAP_OK
 * @return INCMAP_EDOMAIN  a latitude beyond 90, a value not finite, an uncertainty below 0
 * @return INCMAP_EARG     a pointer is NULL
 *
 * The minimum is the true one on the ellipsoid over every edge taken as a geodesic, to 0.1 mm.
 * Points on the line itself have depth 0 and a side that is never certain.
 *
 * Method:   box tree over chords in earth-centred coordinates for the edges that can hold the
 *           minimum; the foot on each by Newton's method on half the squared distance: within
 *           1,000 km on a series for the geodesic from its chord (distances good to 2 um), beyond on
 *           PROJ's geodesics, with reduced length and scale. Side: parity of crossings of the
 *           meridian north of the point by geodesic edges.
 * Source:   Karney, doi:10.1007/s00190-012-0578-z, sections 3 and 4
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_border_measure(incmap_ctx *ctx, const incmap_border *border,
                                               incmap_coord point, double uncertainty_m,
                                               incmap_depth *out);

/**
 * Depths of many points.
 *
 * @param uncertainty_m  n radii; NULL: all zero
 * @param out            receives n answers; a point that is no coordinate (or whose uncertainty is
 *                       below 0 or not finite) gets side UNKNOWN and NaN
 *
 * @return INCMAP_OK
 * @return INCMAP_EPARTIAL  some points are no coordinates; the message says how many and the first
 * @return INCMAP_EARG      a pointer is NULL while n > 0; out is unchanged
 */
INCMAP_API incmap_status incmap_border_measure_many(incmap_ctx *ctx, const incmap_border *border,
                                                    const incmap_coord points[],
                                                    const double uncertainty_m[], size_t n,
                                                    incmap_depth out[]);

/** Name of the data, once for all answers; lives as long as the border. */
INCMAP_API const char *incmap_border_name(const incmap_border *border);
/** How far the data may lie off the true border, metres. */
INCMAP_API double incmap_border_accuracy_m(const incmap_border *border);
/** Whether somebody stated that; false: 100 m are taken, and layers say so in the field ACC_BASIS. */
INCMAP_API bool incmap_border_accuracy_is_stated(const incmap_border *border);
/** Credit that goes with every figure made from the border; "" if none; lives as long as it. */
INCMAP_API const char *incmap_border_attribution(const incmap_border *border);
/** How old the data are, as ISO date or month; "" if not known; lives as long as the border. */
INCMAP_API const char *incmap_border_data_date(const incmap_border *border);
/** Names of the two countries: those of the options, else the codes; live as long as the border. */
INCMAP_API const char *incmap_border_inside(const incmap_border *border);
INCMAP_API const char *incmap_border_outside(const incmap_border *border);

/** Whether measuring tells sides: false only for plain lines without a stated hand. */
INCMAP_API bool incmap_border_has_sides(const incmap_border *border);

/** Number of lines: matched ones and, between them, both outlines of each unmatched stretch. */
INCMAP_API size_t incmap_border_line_count(const incmap_border *border);
/** Line i; false, and *out unchanged, past the end. */
INCMAP_API bool incmap_border_line_get(const incmap_border *border, size_t i,
                                       incmap_border_line *out);
/**
 * Vertices of line i, in order of chainage; lon in [-180, 180].
 *
 * @param vertices  receives at most capacity of them; NULL: none
 * @return how many the line has; 0 past the end
 */
INCMAP_API size_t incmap_border_line_vertices(const incmap_border *border, size_t i,
                                              incmap_coord vertices[], size_t capacity);

INCMAP_END_DECLS

#endif
