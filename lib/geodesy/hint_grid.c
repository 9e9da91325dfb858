/* SPDX-License-Identifier: MIT */
/* The grid of hints: blocks over the extent of the edges, as many as the edges warrant, each cut into
 * cells the smaller the nearer the edges are, for what a hint from a cell's middle leaves open is about as
 * much as the cell's size over the distance says. */
#include "geodesy/hint_grid.h"

#include <math.h>

#include "geodesy/trig.h"

/* A block is halved up to FINEST_BITS times each way, until half its cells' diagonal is at most the distance
 * over FINER. The finer all these are, the fewer leaves are left to try, and the larger is the grid: some
 * nine bytes an edge for B2 of tests/bench/border_speed.c, three of which would do at the price of a seventh of
 * its time near the border. */
enum {
    FINEST_BITS = 4,
    FINER = 5,
    EDGES_PER_BLOCK = 2,
    SOME_BLOCKS = 512,
    MARGIN = 6,
    FINEST_PER_DEGREE = 2
};
enum { FINEST = 1 << FINEST_BITS, MOST_CELLS = FINEST * FINEST, HALVINGS = 8 };

struct incmap__hint_grid {
    incmap_allocator allocator;
    double west, south, per_degree; /* blocks */
    int columns, rows;
    unsigned shift;   /* cells hold leaves without their last bits, so that 16 are enough */
    uint32_t *blocks; /* HALVINGS times the first cell, and how often the block is halved */
    uint16_t *cells;
    size_t count, room; /* of cells */
};

/* ---- asking ---- */

static double wrapped(double lon)
{
    return lon >= -180 && lon < 180 ? lon : incmap_coord_wrap((incmap_coord){ 0, lon }).lon;
}

size_t incmap__hint_grid_at(const incmap__hint_grid *g, incmap_coord p)
{
    const double x = (wrapped(p.lon) - g->west) * g->per_degree,
                 y = (p.lat - g->south) * g->per_degree;
    unsigned column, row, halved, coarser;
    uint32_t block;
    size_t cell;

    if (!(x >= 0 && x < g->columns && y >= 0 && y < g->rows)) return INCMAP__NO_HINT;
    column = (unsigned)(x * FINEST);
    row = (unsigned)(y * FINEST);
    block = g->blocks[(size_t)(row / FINEST) * (size_t)g->columns + column / FINEST];
    halved = block % HALVINGS;
    coarser = FINEST_BITS - halved;
    cell = (row % FINEST >> coarser << halved) + (column % FINEST >> coarser);
    return ((size_t)g->cells[block / HALVINGS + cell] << g->shift) * INCMAP__LEAF_EDGES;
}

/* ---- building ---- */

/* With some blocks around the edges, or once around the earth. */
static void set_blocks(incmap__hint_grid *g, double per_degree, const double low[2],
                       const double high[2])
{
    const double margin = MARGIN / per_degree;
    const bool around = high[1] - low[1] + 2 * margin >= 360;

    g->per_degree = per_degree;
    g->south = low[0] - margin;
    g->west = around ? -180 : low[1] - margin;
    g->rows = (int)((high[0] + margin - g->south) * per_degree) + 1;
    g->columns = (int)((around ? 360 : high[1] + margin - g->west) * per_degree) + 1;
}

static void set_extent(incmap__hint_grid *g, const incmap__edge_index *index)
{
    const size_t most = index->count / EDGES_PER_BLOCK + SOME_BLOCKS;
    double low[2] = { 90, 180 }, high[2] = { -90, -180 };

    for (size_t i = 0; i < index->given; i++) {
        const double at[2] = { index->vertices[i].lat, wrapped(index->vertices[i].lon) };
        for (int k = 0; k < 2; k++) {
            low[k] = at[k] < low[k] ? at[k] : low[k];
            high[k] = at[k] > high[k] ? at[k] : high[k];
        }
    }
    set_blocks(g, FINEST_PER_DEGREE, low, high);
    while ((size_t)g->columns * (size_t)g->rows > most)
        set_blocks(g, g->per_degree / 2, low, high);
}

/* In blocks, from the grid's corner. */
static incmap_coord position(const incmap__hint_grid *g, double x, double y)
{
    const double lat = g->south + y / g->per_degree;
    return (incmap_coord){ lat > 90    ? 90
                           : lat < -90 ? -90
                                       : lat,
                           wrapped(g->west + x / g->per_degree) };
}

/* Half the diagonal of a block, about. */
static double reach_m(const incmap__hint_grid *g, incmap_coord middle)
{
    const double degree_m = 111.2e3, across = cos(middle.lat * INCMAP__RADIANS_PER_DEGREE);
    return sqrt(1 + across * across) * degree_m / (2 * g->per_degree);
}

static unsigned halvings(double reach_m, double distance_m)
{
    unsigned n = 0;
    while (n < FINEST_BITS && reach_m * FINER > distance_m) {
        reach_m /= 2;
        n++;
    }
    return n;
}

/* The hint is that of the block's middle, and of a block that is one cell the answer. */
static bool fill_block(incmap__hint_grid *g, const incmap__edge_index *index, int column, int row,
                       unsigned halved, size_t hint)
{
    const int side = 1 << halved;
    const size_t count = (size_t)(side * side);
    incmap_coord middles[MOST_CELLS];
    uint16_t *cells;

    if (incmap__grow(&g->allocator, &g->cells, &g->room, g->count + count, sizeof *cells, NULL))
        return false;
    cells = g->cells + g->count;
    cells[0] = (uint16_t)(hint / INCMAP__LEAF_EDGES >> g->shift);
    for (int k = 0; k < side * side; k++)
        middles[k] = position(g, column + (k % side + 0.5) / side, row + (k / side + 0.5) / side);
    for (size_t k = 0; count > 1 && k < count; k += INCMAP__LANES) {
        const size_t n = count - k < INCMAP__LANES ? count - k : INCMAP__LANES;
        incmap__nearest_edge found[INCMAP__LANES];
        incmap__edge_index_nearest_many(index, middles + k, n, hint, found);
        for (size_t i = 0; i < n; i++)
            cells[k + i] = (uint16_t)(found[i].hint / INCMAP__LEAF_EDGES >> g->shift);
        hint = found[n - 1].hint;
    }
    g->blocks[(size_t)row * (size_t)g->columns + (size_t)column] =
        (uint32_t)(g->count * HALVINGS + halved);
    g->count += count;
    return true;
}

static bool fill(incmap__hint_grid *g, const incmap__edge_index *index)
{
    size_t hint = 0;
    for (int row = 0; row < g->rows; row++)
        for (int k = 0; k < g->columns; k++) {
            /* there and back, so that the last block is always a neighbour */
            const int column = row % 2 ? g->columns - 1 - k : k;
            const incmap_coord middle = position(g, column + 0.5, row + 0.5);
            const incmap__nearest_edge n = incmap__edge_index_nearest(index, middle, hint);
            hint = n.hint;
            if (!fill_block(g, index, column, row, halvings(reach_m(g, middle), n.foot.distance_m),
                            hint))
                return false;
        }
    return true;
}

incmap_status incmap__hint_grid_build(incmap__hint_grid **out, const incmap__edge_index *index,
                                      const incmap_allocator *a, incmap_error *err)
{
    incmap__hint_grid *g = incmap__alloc_zeroed(a, 1, sizeof *g);
    uint16_t *cells;

    if (!g) return incmap__fail_memory(err);
    g->allocator = *a;
    while (index->count / INCMAP__LEAF_EDGES >> g->shift > UINT16_MAX)
        g->shift++;
    set_extent(g, index);
    g->blocks = incmap__alloc(a, (size_t)g->columns * (size_t)g->rows, sizeof *g->blocks);
    if (!g->blocks || !fill(g, index)) {
        incmap__hint_grid_free(g);
        return incmap__fail_memory(err);
    }
    /* It grew by doubling; where the rest cannot be given back, it stays. */
    cells = incmap__realloc(a, g->cells, g->count, sizeof *cells);
    if (cells) g->cells = cells;
    *out = g;
    return INCMAP_OK;
}

void incmap__hint_grid_free(incmap__hint_grid *g)
{
    if (g) {
        const incmap_allocator a = g->allocator;
        incmap__free(&a, g->blocks);
        incmap__free(&a, g->cells);
        incmap__free(&a, g);
    }
}
