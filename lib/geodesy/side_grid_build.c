/* SPDX-License-Identifier: MIT */
/* Building the grid: every edge into the cells that it touches, sorted by cell; then the answers of the
 * cells without edges, from the north down. */
#include <math.h>
#include <string.h>

#include "geodesy/keyed_sort.h"
#include "geodesy/side_grid_parts.h"

/* The finest cells, and what the grid may take: cells are made coarser until it is enough. */
enum { FINEST_PER_DEGREE = 32, MOST_ITEMS_PER_EDGE = 3, SOME_ITEMS = 4096 };
static const size_t cell_bytes_per_edge = 10, some_bytes = 16384;

/* ---- the lines' edges, by their ends ---- */

/* Open addressing: 1 + the number of the edge's first vertex; 0 is empty. */
struct known {
    const incmap__side_lines *lines;
    uint32_t *slots;
    size_t mask;
};

static uint64_t hash_coord(incmap_coord c)
{
    uint64_t lat, lon;
    memcpy(&lat, &c.lat, sizeof lat);
    memcpy(&lon, &c.lon, sizeof lon);
    lat = (lat ^ (lon << 29 | lon >> 35)) * 0x9E3779B97F4A7C15u;
    return lat ^ lat >> 31;
}

static size_t hash_edge(incmap_coord a, incmap_coord b)
{
    const uint64_t sum = hash_coord(a) + hash_coord(b); /* the same both ways */
    return (size_t)(sum ^ sum >> 32);
}

static bool same(incmap_coord a, incmap_coord b)
{
    return a.lat == b.lat && a.lon == b.lon;
}

static bool know_lines(struct known *known, const incmap__side_lines *lines,
                       const incmap_allocator *a)
{
    size_t size = 16;

    known->lines = lines;
    while (size < 2 * lines->count)
        size *= 2;
    known->mask = size - 1;
    known->slots = incmap__alloc_zeroed(a, size, sizeof *known->slots);
    for (size_t i = 0; known->slots && i < lines->count; i++) {
        size_t at;
        if (lines->edges[i] == INCMAP__LINE_STOPS) continue;
        at = hash_edge(lines->vertices[i], lines->vertices[i + 1]) & known->mask;
        while (known->slots[at])
            at = (at + 1) & known->mask;
        known->slots[at] = (uint32_t)i + 1;
    }
    return known->slots != NULL;
}

static incmap__line_edge find_line(const struct known *known, incmap_coord a, incmap_coord b)
{
    size_t at;

    if (!known->slots) return INCMAP__LINE_STOPS;
    if (fabs(a.lon) > 180) a = incmap_coord_wrap(a); /* as the lines have them */
    if (fabs(b.lon) > 180) b = incmap_coord_wrap(b);
    for (at = hash_edge(a, b) & known->mask; known->slots[at]; at = (at + 1) & known->mask) {
        const size_t i = known->slots[at] - 1;
        const incmap_coord *v = known->lines->vertices + i;
        if ((same(v[0], a) && same(v[1], b)) || (same(v[0], b) && same(v[1], a)))
            return (incmap__line_edge)known->lines->edges[i];
    }
    return INCMAP__LINE_STOPS;
}

/* ---- items ---- */

struct builder {
    incmap__side_grid *g;
    struct known known;
    incmap__keyed *items;
    size_t count, room;
    size_t most; /* items that the grid may have */
};

/* How an edge is listed: 0 when it is not, as its twin in the other outline stands for both. */
static uint32_t item_of(const struct builder *b, int outline, const incmap_coord v[2],
                        size_t vertex)
{
    const incmap__line_edge line = find_line(&b->known, v[0], v[1]);
    uint32_t bits = outline == 0 ? INCMAP__GRID_INSIDE : INCMAP__GRID_OUTSIDE;

    if (line == INCMAP__LINE_SHARED) {
        if (outline == 1) return 0;
        bits = INCMAP__GRID_BOTH;
    }
    if (line == INCMAP__LINE_STOPS && !incmap__edge_is_cut(v[0], v[1])) bits |= INCMAP__GRID_OTHER;
    return (uint32_t)vertex << INCMAP__GRID_LIST | bits;
}

/* Columns get a hair on either side: the same meridian may be met as 180.05 and as -179.95, which round
 * differently. Rows may not: the row where an edge begins decides in which cell it is counted. */
static incmap_status list_edge(struct builder *b, const incmap_coord v[2], uint32_t item)
{
    const incmap__side_grid *g = b->g;
    const double hair = 1e-9, past = 720; /* keeps what is cut off to whole numbers positive */
    const incmap__grid_span s = incmap__grid_span_of(v[0], v[1]);
    const int all = 360 * g->per_degree, turns = (int)past * g->per_degree;
    const int west = (int)((s.west - hair + 180 + past) * g->per_degree) - turns;
    const int east = (int)((s.east + hair + 180 + past) * g->per_degree) - turns;
    const int south = incmap__grid_row(g, s.south), north = incmap__grid_row(g, s.north);
    const size_t columns = east - west + 1 < all ? (size_t)(east - west + 1) : (size_t)all;
    const size_t more = columns * (size_t)(north - south + 1);
    incmap_status st = INCMAP_OK;

    if (b->count + more > b->most) {
        b->count = b->most + 1;
        return INCMAP_OK;
    }
    st = incmap__grow(&g->allocator, &b->items, &b->room, b->count + more, sizeof *b->items, NULL);
    for (int row = south; row <= north && !st; row++)
        for (int c = 0; c < (int)columns; c++) {
            const int column = (west + c + 2 * all) % all;
            b->items[b->count++] = (incmap__keyed){
                (uint32_t)(incmap__grid_block(g, column, row) * INCMAP__GRID_CELLS) +
                    (uint32_t)incmap__grid_in_block(column, row),
                item
            };
        }
    return st;
}

static incmap_status list_outline(struct builder *b, int which)
{
    const incmap__outline *o = b->g->outlines[which];
    const incmap_coord *vertices = b->g->vertices[which];
    size_t decoded = 0;
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; i < o->run_count && !st && b->count <= b->most; i++) {
        const size_t first = o->vertices ? o->runs[i].first : decoded;
        decoded += o->runs[i].edges + 1;
        for (size_t e = first; e < first + o->runs[i].edges && !st && b->count <= b->most; e++) {
            const uint32_t item = item_of(b, which, vertices + e, e);
            if (item) st = list_edge(b, vertices + e, item);
        }
    }
    return st;
}

/* ---- extent ---- */

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

/* With a block more on every side, so that what lies beyond is near no edge. */
static void set_blocks(incmap__side_grid *g, double west, double east, double south, double north)
{
    const int columns = (360 * g->per_degree - 1) / INCMAP__GRID_BLOCK + 1;
    const int rows = (180 * g->per_degree - 1) / INCMAP__GRID_BLOCK + 1;
    const int x0 = incmap__grid_column(g, west) / INCMAP__GRID_BLOCK - 1;
    const int x1 = incmap__grid_column(g, east) / INCMAP__GRID_BLOCK + 2;
    const int y0 = incmap__grid_row(g, south) / INCMAP__GRID_BLOCK - 1;
    const int y1 = incmap__grid_row(g, north) / INCMAP__GRID_BLOCK + 2;

    g->block_west = x0 > 0 ? x0 : 0;
    g->block_columns = lesser(x1, columns) - g->block_west;
    g->block_south = y0 > 0 ? y0 : 0;
    g->block_rows = lesser(y1, rows) - g->block_south;
    g->row_end = lesser((g->block_south + g->block_rows) * INCMAP__GRID_BLOCK, 180 * g->per_degree);
}

/* Blocks that any edge can touch. Longitudes past 180 take all columns. */
static bool set_extent(incmap__side_grid *g)
{
    double west = 180, east = -180, south = 90, north = -90;
    size_t blocks;

    g->turns = false;
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < g->outlines[k]->run_count; i++) {
            const incmap__run *run = &g->outlines[k]->runs[i];
            const double rise = incmap__edge_bulge(run->east - run->west);
            if (run->west < west) west = run->west;
            if (run->east > east) east = run->east;
            if (run->south - rise < south) south = run->south - rise;
            if (run->north + rise > north) north = run->north + rise;
        }
    g->turns = west < -180 || east > 180;
    if (g->turns || east - west > 350 || west < -179 || east > 179) {
        west = -180;
        east = 179.999;
    }
    if (west > east || south > north) west = east = south = north = 0; /* no edges at all */
    set_blocks(g, west, east, south, north);
    blocks = (size_t)g->block_columns * (size_t)g->block_rows;
    incmap__free(&g->allocator, g->blocks);
    g->blocks = incmap__alloc_zeroed(&g->allocator, blocks, sizeof *g->blocks);
    return g->blocks != NULL;
}

/* ---- lists ---- */

static size_t block_of(const incmap__keyed *item)
{
    return item->key / INCMAP__GRID_CELLS;
}

static void count_parts(const struct builder *b, size_t *blocks, size_t *lists)
{
    *blocks = *lists = 0;
    for (size_t i = 0; i < b->count; i++) {
        *lists += i == 0 || b->items[i].key != b->items[i - 1].key;
        *blocks += i == 0 || block_of(&b->items[i]) != block_of(&b->items[i - 1]);
    }
}

static bool make_lists(struct builder *b)
{
    incmap__side_grid *g = b->g;
    const incmap_allocator *a = &g->allocator;
    size_t blocks, lists;

    count_parts(b, &blocks, &lists);
    g->cells = incmap__alloc_zeroed(a, blocks * INCMAP__GRID_CELLS, sizeof *g->cells);
    g->first_list = incmap__alloc(a, blocks, sizeof *g->first_list);
    g->starts = incmap__alloc(a, lists + 1, sizeof *g->starts);
    g->items = incmap__alloc(a, b->count, sizeof *g->items);
    if (!g->cells || !g->first_list || !g->starts || !g->items) return false;
    for (size_t i = 0; i < b->count; i++) {
        const incmap__keyed *item = &b->items[i];
        g->items[i] = item->number;
        if (i > 0 && item->key == b->items[i - 1].key) continue;
        if (i == 0 || block_of(item) != block_of(&b->items[i - 1])) {
            g->first_list[g->block_count++] = (uint32_t)g->list_count;
            g->blocks[block_of(item)] = (uint32_t)g->block_count << INCMAP__GRID_LIST;
        }
        g->starts[g->list_count++] = (uint32_t)i;
        g->cells[(g->block_count - 1) * INCMAP__GRID_CELLS + item->key % INCMAP__GRID_CELLS] =
            (uint16_t)((g->list_count - g->first_list[g->block_count - 1]) << INCMAP__GRID_LIST);
    }
    g->starts[g->list_count] = (uint32_t)b->count;
    return true;
}

/* ---- answers ---- */

/* The answer of a cell without edges is that of its middle, found like any point's from the cells
 * north of it, which have theirs already. */
static uint32_t answer_of_middle(const incmap__side_grid *g, int column, int row)
{
    const incmap_coord middle = { .lat = (row + 0.5) / g->per_degree - 90,
                                  .lon = (column + 0.5) / g->per_degree - 180 };
    return incmap__grid_answer(g, middle, column, row + 1);
}

static void answer_block(incmap__side_grid *g, size_t at, int column, int row)
{
    const uint32_t number = g->blocks[at] >> INCMAP__GRID_LIST;
    uint16_t *cells;

    if (number == 0) {
        g->blocks[at] |= answer_of_middle(g, column, row + INCMAP__GRID_BLOCK - 1);
        return;
    }
    cells = g->cells + (size_t)(number - 1) * INCMAP__GRID_CELLS;
    for (int r = INCMAP__GRID_BLOCK - 1; r >= 0; r--)
        for (int c = 0; c < INCMAP__GRID_BLOCK; c++) {
            uint16_t *cell = &cells[r * INCMAP__GRID_BLOCK + c];
            if (!(*cell >> INCMAP__GRID_LIST))
                *cell = (uint16_t)(*cell | answer_of_middle(g, column + c, row + r));
        }
}

static void fill_answers(incmap__side_grid *g)
{
    for (int y = g->block_rows - 1; y >= 0; y--)
        for (int x = 0; x < g->block_columns; x++)
            answer_block(g, (size_t)y * (size_t)g->block_columns + (size_t)x,
                         (g->block_west + x) * INCMAP__GRID_BLOCK,
                         (g->block_south + y) * INCMAP__GRID_BLOCK);
}

/* ---- what is near ---- */

static void mark_cell(incmap__side_grid *g, int column, int row)
{
    const int all = 360 * g->per_degree;
    const long at = incmap__grid_block(g, (column + all) % all, row);
    const uint32_t number = at < 0 ? 0 : g->blocks[at] >> INCMAP__GRID_LIST;

    if (number)
        g->cells[(size_t)(number - 1) * INCMAP__GRID_CELLS +
                 incmap__grid_in_block((column + all) % all, row)] |= INCMAP__GRID_NEAR;
    else if (at >= 0)
        g->blocks[at] |= INCMAP__GRID_NEAR;
}

static bool has_other(const incmap__side_grid *g, uint32_t list)
{
    bool other = false;
    for (uint32_t i = g->starts[list]; i < g->starts[list + 1] && !other; i++)
        other = g->items[i] & INCMAP__GRID_OTHER;
    return other;
}

static void mark_block(incmap__side_grid *g, size_t at)
{
    const uint32_t number = g->blocks[at] >> INCMAP__GRID_LIST;
    const int west = (g->block_west + (int)at % g->block_columns) * INCMAP__GRID_BLOCK;
    const int south = (g->block_south + (int)at / g->block_columns) * INCMAP__GRID_BLOCK;

    for (int k = 0; number && k < INCMAP__GRID_CELLS; k++) {
        const uint32_t list =
            g->cells[(size_t)(number - 1) * INCMAP__GRID_CELLS + (size_t)k] >> INCMAP__GRID_LIST;
        if (!list || !has_other(g, g->first_list[number - 1] + list - 1)) continue;
        for (int turn = 0; turn < 9; turn++)
            mark_cell(g, west + k % INCMAP__GRID_BLOCK + turn % 3 - 1,
                      south + k / INCMAP__GRID_BLOCK + turn / 3 - 1);
    }
}

static void fill_near(incmap__side_grid *g)
{
    for (size_t at = 0; at < (size_t)g->block_columns * (size_t)g->block_rows; at++)
        mark_block(g, at);
}

/* From the poleward side of the cells around the row's own. */
static bool fill_widths(incmap__side_grid *g)
{
    const int rows = 180 * g->per_degree / INCMAP__GRID_BLOCK + 1;
    const double cell = 1.0 / g->per_degree, block = cell * INCMAP__GRID_BLOCK;

    g->cell_m = incmap__alloc(&g->allocator, (size_t)rows, sizeof *g->cell_m);
    for (int y = 0; g->cell_m && y < rows; y++) {
        const double south = y * block - 90 - 2 * cell, north = south + block + 4 * cell;
        const double across = cell / incmap__lon_reach(1, south, north);
        const double along = cell / incmap__lat_reach(1);
        g->cell_m[y] = nextafterf((float)(across < along ? across : along), 0);
    }
    return g->cell_m != NULL;
}

/* ---- the whole ---- */

static bool set_vertices(incmap__side_grid *g, int which)
{
    const incmap__outline *o = g->outlines[which];
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    size_t at = 0;

    g->vertices[which] = o->vertices;
    if (o->vertices || o->run_count == 0) return true;
    g->decoded[which] =
        incmap__alloc(&g->allocator, o->edge_count + o->run_count, sizeof **g->decoded);
    g->vertices[which] = g->decoded[which];
    if (!g->decoded[which]) return false;
    for (size_t i = 0; i < o->run_count; i++) {
        const size_t n = o->runs[i].edges + 1;
        memcpy(g->decoded[which] + at, incmap__outline_run(o, i, buffer), n * sizeof *buffer);
        at += n;
    }
    return true;
}

/* All edges as items, at one fineness. */
static bool list_edges(struct builder *b)
{
    const size_t edges = b->g->outlines[0]->edge_count + b->g->outlines[1]->edge_count;
    b->count = 0;
    b->most = MOST_ITEMS_PER_EDGE * edges + SOME_ITEMS;
    return set_extent(b->g) && !list_outline(b, 0) && !list_outline(b, 1);
}

static bool sort_items(struct builder *b)
{
    const incmap_allocator *a = &b->g->allocator;
    incmap__keyed *room = incmap__alloc(a, b->count, sizeof *room), *sorted;

    if (!room) return false;
    sorted = incmap__keyed_sort(b->items, room, b->count, 32);
    if (sorted == room) {
        room = b->items;
        b->items = sorted;
    }
    incmap__free(a, room);
    return true;
}

static bool is_small_enough(const struct builder *b)
{
    const size_t edges = b->g->outlines[0]->edge_count + b->g->outlines[1]->edge_count;
    size_t blocks, lists;
    count_parts(b, &blocks, &lists);
    return blocks * INCMAP__GRID_CELLS * sizeof *b->g->cells <=
           cell_bytes_per_edge * edges + some_bytes;
}

/* Coarser and coarser cells, until the items and the cells are few enough. *fits is false where not even
 * cells of a degree are. */
static bool list_fittingly(struct builder *b, bool *fits)
{
    incmap__side_grid *g = b->g;

    *fits = false;
    for (g->per_degree = FINEST_PER_DEGREE; g->per_degree > 0; g->per_degree /= 2) {
        if (!list_edges(b)) return false;
        if (b->count > b->most) continue;
        if (!sort_items(b)) return false;
        *fits = is_small_enough(b);
        if (*fits) break; /* and keep per_degree */
    }
    return true;
}

static bool fill(incmap__side_grid *g, struct builder *b)
{
    const bool made = make_lists(b) && fill_widths(g);
    if (made) {
        fill_answers(g);
        fill_near(g);
    }
    return made;
}

incmap_status incmap__side_grid_build(incmap__side_grid **out, const incmap__outline *inside,
                                      const incmap__outline *outside,
                                      const incmap__side_lines *lines, const incmap_allocator *a,
                                      incmap_error *err)
{
    struct builder b = { .g = incmap__alloc_zeroed(a, 1, sizeof *b.g) };
    bool made = false, fits = false;

    if (!b.g) return incmap__fail_memory(err);
    b.g->allocator = *a;
    b.g->outlines[0] = inside;
    b.g->outlines[1] = outside;
    b.g->north = (inside->holds_north_pole ? INCMAP__GRID_INSIDE : 0u) |
                 (outside->holds_north_pole ? INCMAP__GRID_OUTSIDE : 0u);
    made = set_vertices(b.g, 0) && set_vertices(b.g, 1) &&
           (!lines || know_lines(&b.known, lines, a)) && list_fittingly(&b, &fits) &&
           (!fits || fill(b.g, &b));
    incmap__free(a, b.known.slots);
    incmap__free(a, b.items);
    if (made && fits)
        *out = b.g;
    else
        incmap__side_grid_free(b.g);
    if (made && !fits) *out = NULL;
    return made ? INCMAP_OK : incmap__fail_memory(err);
}

void incmap__side_grid_free(incmap__side_grid *g)
{
    if (g) {
        const incmap_allocator a = g->allocator;
        incmap__free(&a, g->decoded[0]);
        incmap__free(&a, g->decoded[1]);
        incmap__free(&a, g->blocks);
        incmap__free(&a, g->cells);
        incmap__free(&a, g->first_list);
        incmap__free(&a, g->starts);
        incmap__free(&a, g->items);
        incmap__free(&a, g->cell_m);
        incmap__free(&a, g);
    }
}
