/* SPDX-License-Identifier: MIT */
/* Asking the grid. It has blocks of 16 x 16 cells; an edge is listed in every cell that its box in
 * longitude and latitude touches, and a block without edges is a single answer.
 *
 *   a point in a cell without edges has the cell's own answer;
 *   else its meridian is followed north, edge crossings counted, through cells with edges up to the
 *   first without, whose answer is turned round as often as the way crossed:
 *
 *         +------+
 *         | out  |   no edges: known
 *         +------+
 *         |  /   |   1 crossing
 *         +-/----+
 *         |/ p   |   none north of p  ->  p: out, turned round once: in
 *         +------+
 */
#include "geodesy/side_grid_parts.h"

#include <math.h>

#include "geodesy/edge.h"

/* How many cells a search for near edges looks through before it asks the outlines instead. */
enum { MOST_NEAR_CELLS = 1024 };

/* The meridian of a point, a turn on where the edge is: rings over the antimeridian go past 180. */
static double beside(double a, double b, double lon)
{
    const double west = a < b ? a : b, east = a < b ? b : a;
    if (lon < west && lon + 360 <= east)
        lon += 360;
    else if (lon > east && lon - 360 >= west)
        lon -= 360;
    return lon;
}

/* Whether an edge that straddles the meridian crosses it north of p and is counted here: edges that come up
 * from below `row` were counted in a cell below. */
static bool counts(const incmap__side_grid *g, int outline, size_t edge, incmap_coord p, int row)
{
    const incmap_coord a = incmap__grid_vertex(g, outline, edge);
    const incmap_coord b = incmap__grid_vertex(g, outline, edge + 1);
    const incmap__grid_span span = incmap__grid_span_of(a, b);

    if (span.north < p.lat || (row > 0 && incmap__grid_row(g, span.south) < row)) return false;
    return span.south > p.lat || incmap__edge_crosses_north(a, b, p);
}

/* The point whose meridian is followed. A vertex in steps lies at it or west of it when its step is
 * at most `step`: whole numbers are compared sooner than divided. */
struct walker {
    incmap_coord p;
    int32_t step;
};

static struct walker walker_at(incmap_coord p)
{
    struct walker w = { p, (int32_t)(p.lon * INCMAP__STEPS) };
    /* Products and what is cut off them are one off at most. */
    w.step += 2;
    while (w.step / INCMAP__STEPS > p.lon)
        w.step--;
    return w;
}

/* Whether the edges of a chain cross an odd number of times. Few of them straddle the meridian. */
static bool steps_cross_oddly(const incmap__side_grid *g, int outline, size_t first, size_t end,
                              const struct walker *w, int row)
{
    const incmap__steps *steps = g->steps[outline];
    bool odd = false, before = steps[first].lon <= w->step;

    for (size_t e = first; e < end; e++) {
        const bool after = steps[e + 1].lon <= w->step;
        if (before != after && counts(g, outline, e, w->p, row)) odd = !odd;
        before = after;
    }
    return odd;
}

/* The same for vertices of any kind, and for rings that go past the antimeridian. */
static bool edges_cross_oddly(const incmap__side_grid *g, int outline, size_t first, size_t end,
                              const struct walker *w, int row)
{
    double a = incmap__grid_lon(g, outline, first);
    incmap_coord at = w->p;
    bool odd = false;

    for (size_t e = first; e < end; e++) {
        const double b = incmap__grid_lon(g, outline, e + 1);
        if (g->turns) at.lon = beside(a, b, w->p.lon);
        if ((a <= at.lon) != (b <= at.lon) && counts(g, outline, e, at, row)) odd = !odd;
        a = b;
    }
    return odd;
}

/* Crossings north of a point by the edges of a list, as bits to turn round. */
static uint32_t crossings(const incmap__side_grid *g, uint32_t list, const struct walker *w,
                          int row)
{
    const uint32_t end = g->starts[list + 1];
    uint32_t turned = 0;

    for (uint32_t i = g->starts[list]; i < end; i++) {
        const int outline = incmap__grid_outline(g, i);
        const size_t first = incmap__grid_first(g, i), last = first + g->counts[i];
        const bool odd = g->steps[outline] && !g->turns
                             ? steps_cross_oddly(g, outline, first, last, w, row)
                             : edges_cross_oddly(g, outline, first, last, w, row);
        if (odd) turned ^= g->firsts[i] & INCMAP__GRID_BOTH;
    }
    return turned;
}

uint32_t incmap__grid_answer(const incmap__side_grid *g, incmap_coord p, int column, int row)
{
    const struct walker w = walker_at(p);
    uint32_t turned = 0, value = g->north;

    if (row < g->block_south * INCMAP__GRID_BLOCK) row = g->block_south * INCMAP__GRID_BLOCK;
    for (int r = row; r < g->row_end; r++) {
        const incmap__grid_cell cell = incmap__grid_cell_at(g, column, r);
        if (!cell.list) {
            value = cell.bits;
            break;
        }
        turned ^= crossings(g, cell.list - 1, &w, r == row ? 0 : r);
    }
    return (value ^ turned) & INCMAP__GRID_BOTH;
}

/* ---- near edges ---- */

/* The box around a point that a radius reaches. */
struct reach {
    incmap_coord point;
    double radius_m, lat, lon;
};

static bool edge_is_near(incmap_coord a, incmap_coord b, const struct reach *reach)
{
    const incmap__grid_span span = incmap__grid_span_of(a, b);
    const double off = fabs(remainder(reach->point.lon - (span.west + span.east) / 2, 360));

    return span.south <= reach->point.lat + reach->lat &&
           span.north >= reach->point.lat - reach->lat &&
           off <= (span.east - span.west) / 2 + reach->lon &&
           incmap__edge_is_within(a, b, reach->point, reach->radius_m);
}

static bool chain_is_near(const incmap__side_grid *g, size_t chain, const struct reach *reach)
{
    const int outline = incmap__grid_outline(g, chain);
    const size_t first = incmap__grid_first(g, chain), end = first + g->counts[chain];
    bool near = false;

    for (size_t i = first; i < end && !near; i++)
        near = edge_is_near(incmap__grid_vertex(g, outline, i),
                            incmap__grid_vertex(g, outline, i + 1), reach);
    return near;
}

static bool list_is_near(const incmap__side_grid *g, uint32_t list, const struct reach *reach)
{
    bool near = false;
    for (uint32_t i = g->starts[list]; i < g->starts[list + 1] && !near; i++)
        near = g->firsts[i] & INCMAP__GRID_OTHER && chain_is_near(g, i, reach);
    return near;
}

static bool cells_are_near(const incmap__side_grid *g, const struct reach *reach)
{
    const int south = incmap__grid_row(g, reach->point.lat - reach->lat);
    const int north = incmap__grid_row(g, reach->point.lat + reach->lat);
    const double columns = 2 * reach->lon * g->per_degree + 2;
    const int all = 360 * g->per_degree,
              west = incmap__grid_column(g, reach->point.lon - reach->lon + 360);
    bool near = false;

    if (columns * (north - south + 1) > MOST_NEAR_CELLS || columns > all)
        return incmap__outline_is_near(g->outlines[0], reach->point, reach->radius_m) ||
               incmap__outline_is_near(g->outlines[1], reach->point, reach->radius_m);
    for (int row = south; row <= north; row++)
        for (int c = 0; c < (int)columns && !near; c++) {
            const incmap__grid_cell cell = incmap__grid_cell_at(g, (west + c) % all, row);
            if (cell.list) near = list_is_near(g, cell.list - 1, reach);
        }
    return near;
}

static bool is_near(const incmap__side_grid *g, incmap_coord p, int column, int row,
                    double radius_m)
{
    struct reach reach = { p, radius_m, incmap__lat_reach(radius_m), 0 };

    if (radius_m < 0) return false;
    /* Nothing but the lines in the cells around, and the radius leads no farther. */
    if (radius_m <= (double)g->cell_m[row / INCMAP__GRID_BLOCK] &&
        !(incmap__grid_cell_at(g, column, row).bits & INCMAP__GRID_NEAR))
        return false;
    reach.lon = incmap__lon_reach(radius_m, p.lat, p.lat);
    return cells_are_near(g, &reach);
}

incmap__sides_at incmap__side_grid_at(const incmap__side_grid *g, incmap_coord point,
                                      double radius_m)
{
    const incmap_coord p = point.lon >= -180 && point.lon < 180 ? point : incmap_coord_wrap(point);
    const int column = incmap__grid_column(g, p.lon), row = incmap__grid_row(g, p.lat);
    const uint32_t answer = incmap__grid_answer(g, p, column, row);

    return (incmap__sides_at){ (answer & INCMAP__GRID_INSIDE) != 0,
                               (answer & INCMAP__GRID_OUTSIDE) != 0,
                               is_near(g, p, column, row, radius_m) };
}
