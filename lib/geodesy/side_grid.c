/* SPDX-License-Identifier: MIT */
/* The grid: blocks of a quarter degree, and where any edge comes, 16 x 16 cells in a block. An edge is
 * listed in every cell that its box in longitude and latitude touches.
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
#include "geodesy/side_grid.h"

#include <math.h>
#include <string.h>

#include "geodesy/edge.h"

enum {
    PER_DEGREE = 64,
    PER_BLOCK = 16,
    CELLS = PER_BLOCK * PER_BLOCK,
    COLUMNS = 360 * PER_DEGREE,
    ROWS = 180 * PER_DEGREE,
    BLOCK_COLUMNS = COLUMNS / PER_BLOCK,
    BLOCK_ROWS = ROWS / PER_BLOCK,
    KNOWN = 4 /* cell values below are an answer: bit 0 inside, bit 1 outside; others lists */
};

/* How many cells a search for near edges looks through before it takes all edges instead. */
enum { MOST_NEAR_CELLS = 4096 };

struct incmap__side_grid {
    incmap_allocator allocator;
    incmap_coord
        *vertices; /* of the inside outline's runs, then of the outside one's, with a NaN behind
                               each; edge i runs from vertex i to i + 1 */
    size_t count, inside_count;
    uint32_t north;   /* the answer at the north pole, where every look north ends */
    uint32_t *blocks; /* rows from the south: an answer, or number of cells + KNOWN */
    uint32_t
        *cells; /* CELLS a block, rows from the south: an answer, or number of a list + KNOWN */
    size_t block_count, block_room;
    float
        *lon_per_m; /* of every row: degrees of longitude that a metre can be, up to a row beyond */
    uint32_t *starts; /* of list i, in items; of list i + 1 its end */
    uint32_t *items;  /* edges */
    size_t list_count;
};

/* An edge as it is looked at. */
struct edge {
    incmap_coord a, b;
    double south, north; /* with its bulge */
};

static struct edge edge_at(const incmap__side_grid *g, size_t i)
{
    const incmap_coord a = g->vertices[i], b = g->vertices[i + 1];
    const double rise = incmap__edge_bulge(fabs(b.lon - a.lon));
    return (struct edge){ a, b, fmin(a.lat, b.lat) - rise, fmax(a.lat, b.lat) + rise };
}

/* The next edge from i on; false past the last. */
static bool next_edge(const incmap__side_grid *g, size_t *i)
{
    while (*i + 1 < g->count && (isnan(g->vertices[*i].lat) || isnan(g->vertices[*i + 1].lat)))
        ++*i;
    return *i + 1 < g->count;
}

/* ---- cells ---- */

static int column_of(double lon)
{
    int c = (int)floor((lon + 180) * PER_DEGREE);
    if (c < 0 || c >= COLUMNS) c = (c % COLUMNS + COLUMNS) % COLUMNS;
    return c;
}

static int row_of(double lat)
{
    const int r = (int)floor((lat + 90) * PER_DEGREE);
    return r < 0 ? 0 : r < ROWS ? r : ROWS - 1;
}

static size_t block_at(int column, int row)
{
    return (size_t)(row / PER_BLOCK) * BLOCK_COLUMNS + (size_t)(column / PER_BLOCK);
}

static size_t cell_in(int column, int row)
{
    return (size_t)(row % PER_BLOCK) * PER_BLOCK + (size_t)(column % PER_BLOCK);
}

static uint32_t value_at(const incmap__side_grid *g, int column, int row)
{
    const uint32_t block = g->blocks[block_at(column, row)];
    return block < KNOWN ? block : g->cells[(size_t)(block - KNOWN) * CELLS + cell_in(column, row)];
}

static double bottom_of(int row)
{
    return (double)row / PER_DEGREE - 90;
}

/* ---- the questions ---- */

/* The meridian of a point, a turn on where the edge is: rings over the antimeridian go past 180. */
static double beside(incmap_coord a, incmap_coord b, double lon)
{
    const double west = a.lon < b.lon ? a.lon : b.lon, east = a.lon < b.lon ? b.lon : a.lon;
    if (lon < west && lon + 360 <= east)
        lon += 360;
    else if (lon > east && lon - 360 >= west)
        lon -= 360;
    return lon;
}

/* Crossings north of p by the edges of a list, as bits to turn round. Edges that come up from below
 * `row` were counted in a cell below. */
static uint32_t crossings(const incmap__side_grid *g, uint32_t list, incmap_coord point, int row)
{
    const uint32_t end = g->starts[list + 1];
    uint32_t turned = 0;

    for (uint32_t i = g->starts[list]; i < end; i++) {
        const uint32_t item = g->items[i];
        const incmap_coord a = g->vertices[item], b = g->vertices[item + 1];
        const double lon = beside(a, b, point.lon);
        /* Few edges of a cell get past this. */
        if ((a.lon <= lon) == (b.lon <= lon)) continue;
        const struct edge e = edge_at(g, item);
        if (e.north < point.lat || (row > 0 && row_of(e.south) < row)) continue;
        if (e.south > point.lat ||
            incmap__edge_crosses_north(a, b, (incmap_coord){ point.lat, lon }))
            turned ^= item < g->inside_count ? 1u : 2u;
    }
    return turned;
}

/* From cell (column, row) on north. */
static uint32_t answer_at(const incmap__side_grid *g, incmap_coord p, int column, int row)
{
    uint32_t turned = 0, value = g->north;

    for (int r = row; r < ROWS; r++) {
        value = value_at(g, column, r);
        if (value < KNOWN) break;
        turned ^= crossings(g, value - KNOWN, p, r == row ? 0 : r);
        value = g->north;
    }
    return value ^ turned;
}

incmap__containment incmap__side_grid_contains(const incmap__side_grid *g, incmap_coord point)
{
    const incmap_coord p = incmap_coord_wrap(point);
    const uint32_t answer = answer_at(g, p, column_of(p.lon), row_of(p.lat));
    return (incmap__containment){ (answer & 1) != 0, (answer & 2) != 0 };
}

/* The box around a point that a radius reaches. */
struct reach {
    incmap_coord point;
    double radius_m, lat, lon;
};

static bool edge_is_near(const incmap__side_grid *g, size_t i, const struct reach *reach)
{
    const incmap_coord a = g->vertices[i], b = g->vertices[i + 1];
    const double west = fmin(a.lon, b.lon) - reach->lon, east = fmax(a.lon, b.lon) + reach->lon;
    bool beside_it = false;
    struct edge e;

    for (int turn = -1; turn <= 1; turn++)
        beside_it = beside_it || (west <= reach->point.lon + 360 * turn &&
                                  east >= reach->point.lon + 360 * turn);
    if (!beside_it) return false;
    e = edge_at(g, i);
    return e.south <= reach->point.lat + reach->lat && e.north >= reach->point.lat - reach->lat &&
           !incmap__edge_is_cut(a, b) &&
           incmap__edge_is_within(a, b, reach->point, reach->radius_m);
}

static bool list_is_near(const incmap__side_grid *g, uint32_t list, const struct reach *reach)
{
    bool near = false;
    for (uint32_t i = g->starts[list]; i < g->starts[list + 1] && !near; i++)
        near = edge_is_near(g, g->items[i], reach);
    return near;
}

/* Wide searches, over more cells than there is to gain from. */
static bool any_is_near(const incmap__side_grid *g, const struct reach *reach)
{
    bool near = false;
    for (size_t i = 0; !near && next_edge(g, &i); i++)
        near = edge_is_near(g, i, reach);
    return near;
}

bool incmap__side_grid_is_near(const incmap__side_grid *g, incmap_coord point, double radius_m)
{
    const incmap_coord p = incmap_coord_wrap(point);
    struct reach reach = { p, radius_m, incmap__lat_reach(radius_m), 0 };
    const int south = row_of(p.lat - reach.lat), north = row_of(p.lat + reach.lat);
    double columns;
    int west;
    bool near = false;

    reach.lon = reach.lat * PER_DEGREE < 1 ? radius_m * (double)g->lon_per_m[row_of(p.lat)]
                                           : incmap__lon_reach(radius_m, p.lat, p.lat);
    columns = floor(2 * reach.lon * PER_DEGREE) + 2;
    if (columns * (north - south + 1) > MOST_NEAR_CELLS || columns > COLUMNS)
        return any_is_near(g, &reach);
    west = column_of(p.lon - reach.lon);
    for (int row = south; row <= north; row++)
        for (int c = 0; c < (int)columns && !near; c++) {
            const int column = west + c;
            const uint32_t value = value_at(g, column < COLUMNS ? column : column - COLUMNS, row);
            if (value >= KNOWN) near = list_is_near(g, value - KNOWN, &reach);
        }
    return near;
}

/* ---- building ---- */

static size_t vertices_of(const incmap__outline *o)
{
    return o->edge_count + 2 * o->run_count;
}

static size_t copy_vertices(incmap__side_grid *g, const incmap__outline *o, size_t at)
{
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    for (size_t i = 0; i < o->run_count; i++) {
        const size_t n = o->runs[i].edges + 1;
        memcpy(g->vertices + at, incmap__outline_run(o, i, buffer), n * sizeof *buffer);
        g->vertices[at + n] = (incmap_coord){ NAN, NAN };
        at += n + 1;
    }
    return at;
}

/* Rows and columns that an edge's box touches. Columns get a hair on either side: the same meridian
 * may be met as 180.05 and as -179.95, which round differently. Rows may not: the row where an edge
 * begins decides in which cell it is counted. */
struct span {
    int west, columns, south, north;
};

static struct span span_of(const struct edge *e)
{
    const double hair = 1e-9;
    const double west = fmin(e->a.lon, e->b.lon) - hair, east = fmax(e->a.lon, e->b.lon) + hair;
    const int columns =
        (int)(floor((east + 180) * PER_DEGREE) - floor((west + 180) * PER_DEGREE)) + 1;
    return (struct span){ column_of(west), columns < COLUMNS ? columns : COLUMNS, row_of(e->south),
                          row_of(e->north) };
}

/* The cell's place in `cells`; its block is made if it is not there. NULL: no memory. */
static uint32_t *open_cell(incmap__side_grid *g, int column, int row)
{
    uint32_t *block = &g->blocks[block_at(column, row)];
    if (*block < KNOWN) {
        if (incmap__grow(&g->allocator, &g->cells, &g->block_room, g->block_count + 1,
                         CELLS * sizeof *g->cells, NULL))
            return NULL;
        memset(g->cells + g->block_count * CELLS, 0, CELLS * sizeof *g->cells);
        *block = (uint32_t)g->block_count++ + KNOWN;
    }
    return &g->cells[(size_t)(*block - KNOWN) * CELLS + cell_in(column, row)];
}

/* First round: how many edges each cell gets. */
static bool count_items(incmap__side_grid *g)
{
    for (size_t i = 0; next_edge(g, &i); i++) {
        const struct edge e = edge_at(g, i);
        const struct span s = span_of(&e);
        for (int row = s.south; row <= s.north; row++)
            for (int c = 0; c < s.columns; c++) {
                uint32_t *cell = open_cell(g, (s.west + c) % COLUMNS, row);
                if (!cell) return false;
                ++*cell;
            }
    }
    return true;
}

/* Turns counts into numbers of lists, and lays the lists out one behind the other. */
static bool lay_lists(incmap__side_grid *g)
{
    size_t total = 0, list = 0;

    for (size_t i = 0; i < g->block_count * CELLS; i++) {
        g->list_count += g->cells[i] > 0;
        total += g->cells[i];
    }
    /* Edges that go far round the earth would fill it with their lists: no memory is worth that. */
    if (total > 64 * g->count + (1u << 22) || total >= UINT32_MAX - KNOWN) return false;
    g->starts = incmap__alloc(&g->allocator, g->list_count + 2, sizeof *g->starts);
    g->items = incmap__alloc(&g->allocator, total, sizeof *g->items);
    if (!g->starts || !g->items) return false;
    total = 0;
    /* starts[list + 1] is the list's own start for now: filling moves it on to its end. */
    g->starts[0] = 0;
    for (size_t i = 0; i < g->block_count * CELLS; i++) {
        if (g->cells[i] == 0) continue;
        const uint32_t count = g->cells[i];
        g->cells[i] = (uint32_t)list + KNOWN;
        g->starts[++list] = (uint32_t)total;
        total += count;
    }
    return true;
}

static void fill_lists(incmap__side_grid *g)
{
    for (size_t i = 0; next_edge(g, &i); i++) {
        const struct edge e = edge_at(g, i);
        const struct span s = span_of(&e);
        for (int row = s.south; row <= s.north; row++)
            for (int c = 0; c < s.columns; c++) {
                const uint32_t list = value_at(g, (s.west + c) % COLUMNS, row) - KNOWN;
                g->items[g->starts[list + 1]++] = (uint32_t)i;
            }
    }
}

/* Rounded up, and from the poleward side of the rows around. */
static void fill_reach(incmap__side_grid *g)
{
    for (int row = 0; row < ROWS; row++) {
        const double per_m = incmap__lon_reach(1, bottom_of(row) - 2.0 / PER_DEGREE,
                                               bottom_of(row) + 3.0 / PER_DEGREE);
        g->lon_per_m[row] = nextafterf((float)per_m, INFINITY);
    }
}

/* The answer of a cell without edges is that of its middle, found like any point's from the cells
 * north of it, which have theirs already. */
static uint32_t answer_of_middle(const incmap__side_grid *g, int column, int row)
{
    const incmap_coord middle = { .lat = bottom_of(row) + 0.5 / PER_DEGREE,
                                  .lon = (column + 0.5) / PER_DEGREE - 180 };
    return answer_at(g, middle, column, row + 1);
}

static void answer_block(incmap__side_grid *g, int column, int row)
{
    uint32_t *block = &g->blocks[block_at(column, row)];
    if (*block < KNOWN) {
        *block = answer_of_middle(g, column, row + PER_BLOCK - 1);
        return;
    }
    uint32_t *cells = g->cells + (size_t)(*block - KNOWN) * CELLS;
    for (int r = PER_BLOCK - 1; r >= 0; r--)
        for (int c = 0; c < PER_BLOCK; c++) {
            uint32_t *cell = &cells[r * PER_BLOCK + c];
            if (*cell < KNOWN) *cell = answer_of_middle(g, column + c, row + r);
        }
}

incmap_status incmap__side_grid_build(incmap__side_grid **out, const incmap__outline *inside,
                                      const incmap__outline *outside, const incmap_allocator *a,
                                      incmap_error *err)
{
    incmap__side_grid *g = incmap__alloc_zeroed(a, 1, sizeof *g);
    bool made = false;

    if (!g) return incmap__fail_memory(err);
    g->allocator = *a;
    g->north = (inside->holds_north_pole ? 1u : 0u) | (outside->holds_north_pole ? 2u : 0u);
    g->inside_count = vertices_of(inside);
    g->count = g->inside_count + vertices_of(outside);
    g->vertices = incmap__alloc(a, g->count, sizeof *g->vertices);
    g->blocks = incmap__alloc_zeroed(a, (size_t)BLOCK_COLUMNS * BLOCK_ROWS, sizeof *g->blocks);
    g->lon_per_m = incmap__alloc(a, ROWS, sizeof *g->lon_per_m);
    if (g->vertices && g->blocks && g->lon_per_m && g->count < UINT32_MAX) {
        (void)copy_vertices(g, outside, copy_vertices(g, inside, 0));
        made = count_items(g) && lay_lists(g);
    }
    if (made) {
        fill_lists(g);
        fill_reach(g);
        for (int row = ROWS - PER_BLOCK; row >= 0; row -= PER_BLOCK)
            for (int column = 0; column < COLUMNS; column += PER_BLOCK)
                answer_block(g, column, row);
        *out = g;
    } else {
        incmap__side_grid_free(g);
    }
    return made ? INCMAP_OK : incmap__fail_memory(err);
}

void incmap__side_grid_free(incmap__side_grid *g)
{
    if (g) {
        const incmap_allocator a = g->allocator;
        incmap__free(&a, g->vertices);
        incmap__free(&a, g->blocks);
        incmap__free(&a, g->cells);
        incmap__free(&a, g->lon_per_m);
        incmap__free(&a, g->starts);
        incmap__free(&a, g->items);
        incmap__free(&a, g);
    }
}
