/* SPDX-License-Identifier: MIT */
/* Building the grid: every edge into the cells that it touches, sorted by cell; then the answers of the
 * cells without edges, from the north down. */
#include <math.h>
#include <string.h>

#include "geodesy/keyed_sort.h"
#include "geodesy/side_grid_parts.h"

/* The finest cells, and what the grid may take: cells are made coarser until it is enough. An edge of an outline
 * of a million edges then has a few neighbours in its cell, as one of ten thousand has. */
enum { FINEST_PER_DEGREE = 256, MOST_ITEMS_PER_EDGE = 3, SOME_ITEMS = 4096 };
static const size_t cell_bytes_per_edge = 6, some_bytes = 32768;

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
    size_t bytes;                  /* of blocks and cells, while the fineness is chosen */
    size_t most_items, most_bytes; /* that the grid may have */
};

/* How an edge is listed: 0 when it is not, as its twin in the other outline stands for both. */
static uint32_t item_of(const struct builder *b, int outline, incmap_coord from, incmap_coord to,
                        size_t vertex)
{
    const incmap__line_edge line = find_line(&b->known, from, to);
    uint32_t bits = outline == 0 ? INCMAP__GRID_INSIDE : INCMAP__GRID_OUTSIDE;

    if (line == INCMAP__LINE_SHARED) {
        if (outline == 1) return 0;
        bits = INCMAP__GRID_BOTH;
    }
    if (line == INCMAP__LINE_STOPS && !incmap__edge_is_cut(from, to)) bits |= INCMAP__GRID_OTHER;
    return (uint32_t)vertex << INCMAP__GRID_ABOVE | bits;
}

/* The cells that an edge touches: columns from the west on, round and round, and rows. */
struct touched {
    int west, columns, south, north;
};

/* Columns get a hair on either side: the same meridian may be met as 180.05 and as -179.95, which round
 * differently. Rows may not: the row where an edge begins decides in which cell it is counted. */
static struct touched cells_touched(const incmap__side_grid *g, incmap_coord from, incmap_coord to)
{
    const double hair = 1e-9, past = 720; /* keeps what is cut off to whole numbers positive */
    const incmap__grid_span s = incmap__grid_span_of(from, to);
    const int all = 360 * g->per_degree, turns = (int)past * g->per_degree;
    const int west = (int)((s.west - hair + 180 + past) * g->per_degree) - turns;
    const int east = (int)((s.east + hair + 180 + past) * g->per_degree) - turns;

    return (struct touched){ .west = (west + 2 * all) % all,
                             .columns = east - west + 1 < all ? east - west + 1 : all,
                             .south = incmap__grid_row(g, s.south),
                             .north = incmap__grid_row(g, s.north) };
}

static incmap_status list_edge(struct builder *b, incmap_coord from, incmap_coord to, uint32_t item)
{
    const incmap__side_grid *g = b->g;
    const struct touched t = cells_touched(g, from, to);
    const size_t more = (size_t)t.columns * (size_t)(t.north - t.south + 1);
    const int all = 360 * g->per_degree;
    incmap_status st =
        incmap__grow(&g->allocator, &b->items, &b->room, b->count + more, sizeof *b->items, NULL);

    for (int row = t.south; row <= t.north && !st; row++)
        for (int c = 0; c < t.columns; c++) {
            const int column = (t.west + c) % all;
            b->items[b->count++] = (incmap__keyed){
                (uint32_t)(incmap__grid_block(g, column, row) * INCMAP__GRID_CELLS) +
                    (uint32_t)incmap__grid_in_block(column, row),
                item
            };
        }
    return st;
}

/* Calls `visit` for every edge of both outlines until it says no. */
typedef bool visit_edge(struct builder *b, int outline, incmap_coord from, incmap_coord to,
                        size_t vertex);

static bool visit_edges(struct builder *b, visit_edge *visit)
{
    bool more = true;

    for (int which = 0; which < 2; which++) {
        const incmap__outline *o = b->g->outlines[which];
        size_t decoded = 0;
        for (size_t i = 0; i < o->run_count && more; i++) {
            const size_t first = o->packed ? decoded : o->runs[i].first;
            incmap_coord from = incmap__grid_vertex(b->g, which, first);
            decoded += o->runs[i].edges + 1;
            for (size_t e = first; e < first + o->runs[i].edges && more; e++) {
                const incmap_coord to = incmap__grid_vertex(b->g, which, e + 1);
                more = visit(b, which, from, to, e);
                from = to;
            }
        }
    }
    return more;
}

/* False: no memory. */
static bool list_one(struct builder *b, int outline, incmap_coord from, incmap_coord to,
                     size_t vertex)
{
    const uint32_t item = item_of(b, outline, from, to, vertex);
    return !item || !list_edge(b, from, to, item);
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
static void set_extent(incmap__side_grid *g)
{
    double west = 180, east = -180, south = 90, north = -90;

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
}

/* ---- lists ---- */

static size_t block_of(const incmap__keyed *item)
{
    return item->key / INCMAP__GRID_CELLS;
}

static bool same_cell(const incmap__keyed *item, const incmap__keyed *next)
{
    return item->key == next->key;
}

/* A chain that has so many edges takes the next item too: the next edge of the same outline, in the same
 * cell. */
static bool goes_on(const incmap__keyed *item, const incmap__keyed *next, size_t length)
{
    return same_cell(item, next) && item->number + (1u << INCMAP__GRID_ABOVE) == next->number &&
           length < UINT8_MAX;
}

static void count_parts(const struct builder *b, size_t *blocks, size_t *lists, size_t *chains)
{
    const incmap__keyed *items = b->items;
    size_t length = 1;
    *blocks = *lists = *chains = b->count > 0;
    for (size_t i = 1; i < b->count; i++) {
        length = goes_on(&items[i - 1], &items[i], length) ? length + 1 : 1;
        *chains += length == 1;
        *lists += !same_cell(&items[i - 1], &items[i]);
        *blocks += block_of(&items[i]) != block_of(&items[i - 1]);
    }
}

static void begin_list(incmap__side_grid *g, size_t block, size_t cell, size_t first_chain)
{
    incmap__grid_cells *cells;

    if (!(g->blocks[block] >> INCMAP__GRID_ABOVE)) {
        g->cells[g->block_count++].first_list = (uint32_t)g->list_count;
        g->blocks[block] = (uint32_t)g->block_count << INCMAP__GRID_ABOVE;
    }
    cells = &g->cells[g->block_count - 1];
    cells->listed[cell / 64] |= UINT64_C(1) << cell % 64;
    for (size_t word = cell / 64 + 1; word < INCMAP__GRID_WORDS; word++)
        cells->before[word]++;
    g->starts[g->list_count++] = (uint32_t)first_chain;
}

static bool make_lists(struct builder *b)
{
    incmap__side_grid *g = b->g;
    const incmap_allocator *a = &g->allocator;
    size_t blocks, lists, chains, at = 0;

    count_parts(b, &blocks, &lists, &chains);
    g->cells = incmap__alloc_zeroed(a, blocks, sizeof *g->cells);
    g->starts = incmap__alloc(a, lists + 1, sizeof *g->starts);
    g->firsts = incmap__alloc(a, chains, sizeof *g->firsts);
    g->counts = incmap__alloc(a, chains, sizeof *g->counts);
    if (!g->cells || !g->starts || !g->firsts || !g->counts) return false;
    for (size_t i = 0; i < b->count; i++) {
        const incmap__keyed *item = &b->items[i];
        if (i > 0 && goes_on(item - 1, item, g->counts[at - 1])) {
            g->counts[at - 1]++;
            continue;
        }
        if (i == 0 || !same_cell(item - 1, item))
            begin_list(g, block_of(item), item->key % INCMAP__GRID_CELLS, at);
        g->firsts[at] = item->number;
        g->counts[at++] = 1;
    }
    g->starts[g->list_count] = (uint32_t)at;
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
    const uint32_t number = g->blocks[at] >> INCMAP__GRID_ABOVE;
    incmap__grid_cells *cells;

    if (number == 0) {
        g->blocks[at] |= answer_of_middle(g, column, row + INCMAP__GRID_BLOCK - 1);
        return;
    }
    cells = &g->cells[number - 1];
    for (size_t k = INCMAP__GRID_CELLS; k-- > 0;) {
        const int r = row + (int)k / INCMAP__GRID_BLOCK, c = column + (int)k % INCMAP__GRID_BLOCK;
        const uint64_t bit = UINT64_C(1) << k % 64;
        uint32_t answer;
        if (cells->listed[k / 64] & bit) continue;
        answer = answer_of_middle(g, c, r);
        if (answer & INCMAP__GRID_INSIDE) cells->inside[k / 64] |= bit;
        if (answer & INCMAP__GRID_OUTSIDE) cells->outside[k / 64] |= bit;
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
    const int all = 360 * g->per_degree, c = (column + all) % all;
    const long at = incmap__grid_block(g, c, row);
    const uint32_t number = at < 0 ? 0 : g->blocks[at] >> INCMAP__GRID_ABOVE;
    const size_t k = number ? incmap__grid_in_block(c, row) : 0;

    if (number)
        g->cells[number - 1].near[k / 64] |= UINT64_C(1) << k % 64;
    else if (at >= 0)
        g->blocks[at] |= INCMAP__GRID_NEAR;
}

static bool has_other(const incmap__side_grid *g, uint32_t list)
{
    bool other = false;
    for (uint32_t i = g->starts[list]; i < g->starts[list + 1] && !other; i++)
        other = g->firsts[i] & INCMAP__GRID_OTHER;
    return other;
}

static void mark_block(incmap__side_grid *g, size_t at)
{
    const uint32_t number = g->blocks[at] >> INCMAP__GRID_ABOVE;
    const int west = (g->block_west + (int)at % g->block_columns) * INCMAP__GRID_BLOCK;
    const int south = (g->block_south + (int)at / g->block_columns) * INCMAP__GRID_BLOCK;

    for (int k = 0; number && k < INCMAP__GRID_CELLS; k++) {
        const int column = west + k % INCMAP__GRID_BLOCK, row = south + k / INCMAP__GRID_BLOCK;
        const uint32_t list = incmap__grid_cell_at(g, column, row).list;
        if (!list || !has_other(g, list - 1)) continue;
        for (int turn = 0; turn < 9; turn++)
            mark_cell(g, column + turn % 3 - 1, row + turn / 3 - 1);
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

/* ---- vertices, and items in order ---- */

/* Packed outlines are decoded once. */
static bool set_vertices(incmap__side_grid *g, int which)
{
    const incmap__outline *o = g->outlines[which];
    incmap_coord buffer[INCMAP__RUN_EDGES + 1];
    incmap__steps *to;

    g->vertices[which] = o->vertices;
    g->steps[which] = o->steps;
    if (o->vertices || o->steps || o->run_count == 0) return true;
    to = incmap__alloc(&g->allocator, o->edge_count + o->run_count, sizeof *to);
    g->steps[which] = g->decoded[which] = to;
    for (size_t i = 0; to && i < o->run_count; i++) {
        const incmap_coord *v = incmap__outline_run(o, i, buffer);
        for (size_t k = 0; k <= o->runs[i].edges; k++)
            *to++ = incmap__steps_of(v[k]);
    }
    return to != NULL;
}

static bool sort_items(struct builder *b)
{
    const incmap__side_grid *g = b->g;
    const incmap_allocator *a = &g->allocator;
    const size_t keys = (size_t)g->block_columns * (size_t)g->block_rows * INCMAP__GRID_CELLS;
    incmap__keyed *room = incmap__alloc(a, b->count, sizeof *room), *sorted;
    int bits = 1;

    if (!room) return false;
    while (bits < 32 && keys >> bits)
        bits++;
    sorted = incmap__keyed_sort(b->items, room, b->count, bits);
    if (sorted == room) {
        room = b->items;
        b->items = sorted;
    }
    incmap__free(a, room);
    return true;
}

/* ---- how fine ---- */

/* False once the grid would be too large. Edges that both outlines share count twice here. */
static bool weigh_one(struct builder *b, int outline, incmap_coord from, incmap_coord to,
                      size_t vertex)
{
    incmap__side_grid *g = b->g;
    const struct touched t = cells_touched(g, from, to);
    const int all = 360 * g->per_degree, step = INCMAP__GRID_BLOCK;
    (void)outline;
    (void)vertex;

    b->count += (size_t)t.columns * (size_t)(t.north - t.south + 1);
    if (b->count > b->most_items) return false;
    for (int row = t.south / step; row <= t.north / step; row++)
        for (int c = 0; c < t.columns + step; c += step) {
            const int column = (t.west + (c < t.columns ? c : t.columns - 1)) % all;
            uint32_t *block = &g->blocks[incmap__grid_block(g, column, row * step)];
            b->bytes += *block ? 0 : sizeof *g->cells;
            *block = 1;
        }
    return b->bytes <= b->most_bytes;
}

/* Whether a grid of this fineness is not too large. Its blocks are empty afterwards. False in *has_memory:
 * there is none. */
static bool is_fitting(struct builder *b, bool *has_memory)
{
    incmap__side_grid *g = b->g;
    size_t blocks;
    bool fits;

    set_extent(g);
    blocks = (size_t)g->block_columns * (size_t)g->block_rows;
    b->count = 0;
    b->bytes = blocks * sizeof *g->blocks;
    if (b->bytes > b->most_bytes) return false;
    incmap__free(&g->allocator, g->blocks);
    g->blocks = incmap__alloc_zeroed(&g->allocator, blocks, sizeof *g->blocks);
    *has_memory = g->blocks != NULL;
    fits = *has_memory && visit_edges(b, weigh_one);
    if (*has_memory) memset(g->blocks, 0, blocks * sizeof *g->blocks);
    b->count = 0;
    return fits;
}

/* The finest cells that fit. *fits is false where not even cells of a degree do. */
static bool choose_cells(struct builder *b, bool *fits)
{
    const size_t edges = b->g->outlines[0]->edge_count + b->g->outlines[1]->edge_count;
    bool has_memory = true;

    b->most_items = MOST_ITEMS_PER_EDGE * edges + SOME_ITEMS;
    b->most_bytes = cell_bytes_per_edge * edges + some_bytes;
    *fits = false;
    for (int fine = FINEST_PER_DEGREE; fine > 0 && has_memory && !*fits; fine /= 2) {
        b->g->per_degree = fine;
        *fits = is_fitting(b, &has_memory);
    }
    return has_memory;
}

/* ---- the whole ---- */

static bool fill(incmap__side_grid *g, struct builder *b)
{
    const bool made = visit_edges(b, list_one) && sort_items(b) && make_lists(b) && fill_widths(g);
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
           (!lines || know_lines(&b.known, lines, a)) && choose_cells(&b, &fits) &&
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
        incmap__free(&a, g->starts);
        incmap__free(&a, g->firsts);
        incmap__free(&a, g->counts);
        incmap__free(&a, g->cell_m);
        incmap__free(&a, g);
    }
}
