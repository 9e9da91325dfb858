/* SPDX-License-Identifier: MIT */
/* The grid's own parts, for the two files that build it and ask it. */
#ifndef INCMAP_GEODESY_SIDE_GRID_PARTS_H
#define INCMAP_GEODESY_SIDE_GRID_PARTS_H

#include "geodesy/side_grid.h"

/* What a cell, a block or an item says: the outlines that hold the cell, or that the edge is one of; for a
 * cell, that an edge which is not of the lines lies in it or in one of the eight around; for an item, that
 * it is not of the lines. Above these bits: a cell's list, a block's number, an item's first vertex. */
enum {
    INCMAP__GRID_INSIDE = 1,
    INCMAP__GRID_OUTSIDE = 2,
    INCMAP__GRID_BOTH = 3,
    INCMAP__GRID_NEAR = 4,
    INCMAP__GRID_OTHER = 4,
    INCMAP__GRID_LIST = 3, /* how many bits */
    INCMAP__GRID_BLOCK = 16,
    INCMAP__GRID_CELLS = INCMAP__GRID_BLOCK * INCMAP__GRID_BLOCK
};

struct incmap__side_grid {
    incmap_allocator allocator;
    const incmap__outline *outlines[2]; /* borrowed */
    const incmap_coord *vertices[2];    /* the outlines' own, or decoded */
    incmap_coord *decoded[2];           /* of packed outlines; else NULL */
    bool turns;                         /* longitudes go past 180 somewhere */
    int per_degree;                     /* cells, each way */
    uint32_t north;                     /* the answer north of all edges */
    /* Blocks from (block_west, block_south) on, rows from the south; what is beyond them is outside of all,
     * or has no edges north of it. */
    int block_west, block_columns, block_south, block_rows;
    int row_end;      /* first row of cells that is north of them */
    uint32_t *blocks; /* bits, and 1 + the number of the block's cells; 0: no edges */
    uint16_t
        *cells; /* INCMAP__GRID_CELLS a block: bits, and 1 + the number of a list in the block */
    uint32_t *first_list; /* of the block's cells */
    uint32_t *starts;     /* of list i, in items; of list i + 1 its end */
    uint32_t *items;
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

static inline const incmap_coord *incmap__grid_edge(const incmap__side_grid *g, uint32_t item)
{
    return g->vertices[item & INCMAP__GRID_INSIDE ? 0 : 1] + (item >> INCMAP__GRID_LIST);
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

static inline uint32_t incmap__grid_cell(const incmap__side_grid *g, int column, int row)
{
    const long at = incmap__grid_block(g, column, row);
    const uint32_t block = at < 0 ? g->north : g->blocks[at], number = block >> INCMAP__GRID_LIST;
    return number == 0 ? block
                       : g->cells[(size_t)(number - 1) * INCMAP__GRID_CELLS +
                                  incmap__grid_in_block(column, row)];
}

static inline uint32_t incmap__grid_list(const incmap__side_grid *g, int column, int row,
                                         uint32_t cell)
{
    const uint32_t block = g->blocks[incmap__grid_block(g, column, row)];
    return g->first_list[(block >> INCMAP__GRID_LIST) - 1] + (cell >> INCMAP__GRID_LIST) - 1;
}

/* The outlines that hold p, whose cell this is, as bits. */
uint32_t incmap__grid_answer(const incmap__side_grid *g, incmap_coord p, int column, int row);

#endif
