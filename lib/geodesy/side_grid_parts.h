/* SPDX-License-Identifier: MIT */
/* The grid's own parts, for the two files that build it and ask it. */
#ifndef INCMAP_GEODESY_SIDE_GRID_PARTS_H
#define INCMAP_GEODESY_SIDE_GRID_PARTS_H

#include "base/byte_lanes.h"
#include "geodesy/lanes.h"
#include "geodesy/outline.h"
#include "geodesy/side_grid.h"

/* What a cell, a block or an edge says: the outlines that hold the cell, or that the edge is one of; for a
 * cell, that an edge which is not of the lines lies in it or in one of the eight around; for an edge, that
 * it is not of the lines. Above these bits: a block's number, an edge's first vertex. */
enum {
    INCMAP__GRID_INSIDE = 1,
    INCMAP__GRID_OUTSIDE = 2,
    INCMAP__GRID_BOTH = 3,
    INCMAP__GRID_NEAR = 4,
    INCMAP__GRID_OTHER = 4,
    INCMAP__GRID_ABOVE = 3, /* how many bits */
    INCMAP__GRID_BLOCK = 16,
    INCMAP__GRID_CELLS = INCMAP__GRID_BLOCK * INCMAP__GRID_BLOCK,
    INCMAP__GRID_WORDS = INCMAP__GRID_CELLS / 64
};

/* The cells of a block that edges touch, a bit for each, row by row from the south. Lists of edges are
 * numbered in the order of their cells. */
typedef struct {
    uint64_t inside[INCMAP__GRID_WORDS], outside[INCMAP__GRID_WORDS], near[INCMAP__GRID_WORDS];
    uint64_t listed[INCMAP__GRID_WORDS]; /* there is a list */
    uint32_t first_list;
    uint8_t before[INCMAP__GRID_WORDS]; /* how many lists the words before have */
} incmap__grid_cells;

struct incmap__side_grid {
    incmap_allocator allocator;
    const incmap__outline *outlines[2]; /* borrowed */
    /* The outlines' own, of which there is one or the other, but for packed outlines' steps, which are
     * decoded for the grid. */
    const incmap_coord *vertices[2];
    const incmap__steps *steps[2];
    incmap__steps *decoded[2];
    bool turns;     /* longitudes go past 180 somewhere */
    int per_degree; /* cells, each way */
    uint32_t north; /* the answer north of all edges */
    /* Blocks from (block_west, block_south) on, rows from the south; what is beyond them is outside of all,
     * or has no edges north of it. */
    int block_west, block_columns, block_south, block_rows;
    int row_end;      /* first row of cells that is north of them */
    uint32_t *blocks; /* bits, and 1 + the number of the block's cells; 0: no edges */
    incmap__grid_cells *cells;
    uint32_t *starts; /* of list i, in chains; of list i + 1 its end */
    /* Chains of consecutive edges of one outline: bits and the first edge's first vertex; how many. */
    uint32_t *firsts;
    uint8_t *counts;
    float *cell_m; /* of every row of blocks: the least width of its cells and those around */
    size_t block_count, list_count;
};

/* The box of an edge with its bulge. */
typedef struct {
    double west, east, south, north;
} incmap__grid_span;

static inline incmap__grid_span incmap__grid_span_of(incmap_coord a, incmap_coord b)
{
    const bool up = a.lat < b.lat, right = a.lon < b.lon;
    incmap__grid_span s = { right ? a.lon : b.lon, right ? b.lon : a.lon, up ? a.lat : b.lat,
                            up ? b.lat : a.lat };
    const double rise = incmap__edge_bulge(s.east - s.west);
    s.south -= rise;
    s.north += rise;
    return s;
}

/* Divided as unpacking does it, so that the bits are the same. */
static inline double incmap__grid_lon(const incmap__side_grid *g, int outline, size_t i)
{
    const incmap__steps *steps = g->steps[outline];
    return steps ? steps[i].lon / INCMAP__STEPS : g->vertices[outline][i].lon;
}

static inline incmap_coord incmap__grid_vertex(const incmap__side_grid *g, int outline, size_t i)
{
    const incmap__steps *steps = g->steps[outline];
    return steps ? incmap__steps_coord(steps[i]) : g->vertices[outline][i];
}

/* Which outline a chain is of, and the first vertex. */
static inline int incmap__grid_outline(const incmap__side_grid *g, size_t chain)
{
    return g->firsts[chain] & INCMAP__GRID_INSIDE ? 0 : 1;
}

static inline size_t incmap__grid_first(const incmap__side_grid *g, size_t chain)
{
    return g->firsts[chain] >> INCMAP__GRID_ABOVE;
}

/* For lon from -180 up to 540. */
static inline int incmap__grid_column(const incmap__side_grid *g, double lon)
{
    const int all = 360 * g->per_degree, c = (int)((lon + 180) * g->per_degree);
    return c < all ? c : c % all;
}

static inline int incmap__grid_row(const incmap__side_grid *g, double lat)
{
    const int last = 180 * g->per_degree - 1, r = (int)((lat + 90) * g->per_degree);
    return r < 0 || lat < -90 ? 0 : r < last ? r : last;
}

/* Which block, from the first on; -1: beyond them. */
static inline long incmap__grid_block(const incmap__side_grid *g, int column, int row)
{
    const int x = column / INCMAP__GRID_BLOCK - g->block_west;
    const int y = row / INCMAP__GRID_BLOCK - g->block_south;
    const bool in = x >= 0 && x < g->block_columns && y >= 0 && y < g->block_rows;
    return in ? (long)y * g->block_columns + x : -1;
}

static inline size_t incmap__grid_in_block(int column, int row)
{
    return (size_t)(row % INCMAP__GRID_BLOCK * INCMAP__GRID_BLOCK + column % INCMAP__GRID_BLOCK);
}

typedef struct {
    uint32_t bits;
    uint32_t list; /* 1 + the number of its list; 0: no edges */
} incmap__grid_cell;

static inline incmap__grid_cell incmap__grid_cell_at(const incmap__side_grid *g, int column,
                                                     int row)
{
    const long at = incmap__grid_block(g, column, row);
    const uint32_t block = at < 0 ? g->north : g->blocks[at], number = block >> INCMAP__GRID_ABOVE;
    const size_t k = incmap__grid_in_block(column, row), word = k / 64, bit = k % 64;
    incmap__grid_cell cell = { block, 0 };
    const incmap__grid_cells *cells;

    if (number == 0) return cell;
    cells = &g->cells[number - 1];
    cell.bits = (uint32_t)(cells->inside[word] >> bit & 1) |
                (uint32_t)(cells->outside[word] >> bit & 1) << 1 |
                (uint32_t)(cells->near[word] >> bit & 1) << 2;
    if (cells->listed[word] >> bit & 1)
        cell.list = 1 + cells->first_list + cells->before[word] +
                    incmap__count_bits(cells->listed[word] & ((UINT64_C(1) << bit) - 1));
    return cell;
}

/* The outlines that hold p, whose cell this is, as bits. */
uint32_t incmap__grid_answer(const incmap__side_grid *g, incmap_coord p, int column, int row);

#endif
