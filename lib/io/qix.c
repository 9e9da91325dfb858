/* SPDX-License-Identifier: MIT */
/* Shapelib makes a node and a list for each quadrant and a call for each shape. Here a shape becomes the
 * number of its way down the tree, one digit a level, and the sorted ways are the tree:
 *
 *     digit   0 it stays in this node, 1 to 4 it goes on in that quadrant
 *     way     digits of base 5, the root's first; at most 11 of them, so that 32 bits hold one
 *
 * Format and rules after shptree.c of Shapelib 1.5: quadrants overlap by a tenth, a shape goes to the
 * first that holds it whole, empty nodes are left out, a node of one child and no shapes is its child. */
#include "io/qix.h"

#include <stdint.h>
#include <string.h>

#include "io/diskfile.h"
#include "io/qix_way.h"

enum { LEVELS_MOST = INCMAP__QIX_LEVELS_MOST, HEADER_BYTES = 100, SHAPE_MOST = INT32_MAX };

/* Way and number of a shape, so that sorting by way keeps the order of the file. */
struct entry {
    uint32_t way, shape;
};

struct index {
    const incmap_allocator *allocator;
    incmap_error *err;
    struct entry *entries;
    size_t count, room;
    incmap__qix_tree tree;
    incmap__diskfile *out;
};

/* ---- bytes ---- */

static uint32_t from_big(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static uint32_t from_little(const unsigned char *b)
{
    return (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
}

static double double_from(const unsigned char *b)
{
    const uint64_t bits = (uint64_t)from_little(b + 4) << 32 | from_little(b);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void to_little(unsigned char *b, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        b[i] = (unsigned char)(value >> 8 * i);
}

static void double_to(unsigned char *b, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    to_little(b, (uint32_t)bits);
    to_little(b + 4, (uint32_t)(bits >> 32));
}

/* About eight shapes a node, and no deeper than twelve; as Shapelib counts the depth, one more than
 * there are levels below the root. */
static int depth_for(size_t shapes)
{
    int depth = 0;
    for (size_t nodes = 1; nodes * 4 < shapes && depth <= LEVELS_MOST; nodes *= 2)
        depth++;
    return depth;
}

static void set_depth(incmap__qix_tree *tree, size_t shapes)
{
    const int depth = depth_for(shapes);
    uint32_t place = 1;

    tree->levels = depth > 1 ? depth - 1 : 0;
    tree->place[tree->levels] = 0; /* below the last level no digit counts */
    for (int level = tree->levels - 1; level >= 0; level--, place *= 5)
        tree->place[level] = place;
}

/* ---- reading the .shp ---- */

static bool read_exactly(incmap__diskfile *file, unsigned char *bytes, size_t size)
{
    return incmap__diskfile_read(file, bytes, size) == size;
}

/* The next record; false at the end and where there is none. *is_null: it has no box. */
static bool next_box(incmap__diskfile *file, incmap__qix_box *box, bool *is_null)
{
    unsigned char bytes[44]; /* head, type, box */
    const uint64_t at = incmap__diskfile_tell(file);
    uint64_t content;

    if (!read_exactly(file, bytes, 12)) return false;
    content = 2 * (uint64_t)from_big(bytes + 4);
    *is_null = from_little(bytes + 8) == 0;
    if (!*is_null) {
        const bool is_point = from_little(bytes + 8) % 10 == 1;
        if (content < (is_point ? 20u : 36u) || !read_exactly(file, bytes + 12, is_point ? 16 : 32))
            return false;
        for (int d = 0; d < 2; d++) {
            box->least[d] = double_from(bytes + 12 + 8 * d);
            box->most[d] = is_point ? box->least[d] : double_from(bytes + 28 + 8 * d);
        }
    }
    incmap__diskfile_seek(file, at + 8 + content);
    return true;
}

/* A first pass, since the depth of the tree goes by the number of shapes. */
static incmap_status count_shapes(incmap__diskfile *shp, const char *path, size_t *count,
                                  struct index *index)
{
    uint64_t size = 0;
    incmap__qix_box box;
    bool is_null;

    *count = 0;
    if (!incmap__diskfile_size(shp, &size)) return incmap__diskfile_check(shp, index->err);
    incmap__diskfile_seek(shp, HEADER_BYTES);
    while (incmap__diskfile_tell(shp) < size) {
        if (!next_box(shp, &box, &is_null) || *count == SHAPE_MOST)
            return incmap__fail(index->err, INCMAP_EDATA, "%s: shape %zu (from 0) is broken off",
                                path, *count);
        ++*count;
    }
    return INCMAP_OK;
}

/* Points whose way is not known yet, and the entries that wait for it. */
struct waiting {
    incmap__qix_points points;
    struct entry *entries[INCMAP__QIX_BATCH];
    int count;
};

static void send_off(struct waiting *waiting, const incmap__qix_tree *tree)
{
    /* The lanes behind the last point hold earlier ones. */
    incmap__qix_ways(tree, &waiting->points);
    for (int i = 0; i < waiting->count; i++)
        waiting->entries[i]->way = waiting->points.way[i];
    waiting->count = 0;
}

static void find_way(struct index *index, struct waiting *waiting, struct entry *entry,
                     const incmap__qix_box *box)
{
    const bool is_point = box->least[0] == box->most[0] && box->least[1] == box->most[1];

    if (!is_point || !incmap__qix_holds(&index->tree.root, box)) {
        entry->way = incmap__qix_way(&index->tree, box);
        return;
    }
    waiting->points.at[0][waiting->count] = box->least[0];
    waiting->points.at[1][waiting->count] = box->least[1];
    waiting->entries[waiting->count++] = entry;
    if (waiting->count == INCMAP__QIX_BATCH) send_off(waiting, &index->tree);
}

static incmap_status read_shapes(struct index *index, incmap__diskfile *shp, size_t shapes)
{
    incmap_status st = incmap__grow(index->allocator, &index->entries, &index->room, shapes,
                                    sizeof *index->entries, index->err);
    struct waiting waiting;
    incmap__qix_box box;
    bool is_null;

    memset(&waiting, 0, sizeof waiting);
    incmap__diskfile_seek(shp, HEADER_BYTES);
    for (size_t i = 0; !st && i < shapes; i++) {
        if (!next_box(shp, &box, &is_null))
            return incmap__fail(index->err, INCMAP_EIO, "shape %zu (from 0) cannot be read again",
                                i);
        if (is_null) continue;
        index->entries[index->count].shape = (uint32_t)i;
        find_way(index, &waiting, &index->entries[index->count++], &box);
    }
    send_off(&waiting, &index->tree);
    return st;
}

static incmap_status read_header(struct index *index, incmap__diskfile *shp, const char *path)
{
    unsigned char bytes[HEADER_BYTES];

    if (!read_exactly(shp, bytes, sizeof bytes) || from_big(bytes) != 9994)
        return incmap__fail(index->err, INCMAP_EDATA, "%s: is no .shp file", path);
    for (int d = 0; d < 2; d++) {
        index->tree.root.least[d] = double_from(bytes + 36 + 8 * d);
        index->tree.root.most[d] = double_from(bytes + 52 + 8 * d);
    }
    return INCMAP_OK;
}

/* Three passes of nine bits hold 5 to the power of 11. */
static incmap_status sort_entries(struct index *index)
{
    enum { BITS = 9, BUCKETS = 1 << BITS, PASSES = 3 };
    struct entry *from = index->entries, *to, *spare;
    size_t starts[BUCKETS];

    spare = to = incmap__alloc(index->allocator, index->count, sizeof *to);
    if (!spare) return incmap__fail_memory(index->err);
    for (int pass = 0; pass < PASSES; pass++) {
        struct entry *swap = from;
        size_t sum = 0;
        memset(starts, 0, sizeof starts);
        for (size_t i = 0; i < index->count; i++)
            starts[from[i].way >> BITS * pass & (BUCKETS - 1)]++;
        for (size_t b = 0; b < BUCKETS; b++) {
            const size_t n = starts[b];
            starts[b] = sum;
            sum += n;
        }
        for (size_t i = 0; i < index->count; i++)
            to[starts[from[i].way >> BITS * pass & (BUCKETS - 1)]++] = from[i];
        from = to;
        to = swap;
    }
    /* After an odd number of passes the sorted ones lie in the spare. */
    incmap__free(index->allocator, index->entries);
    index->entries = spare;
    return INCMAP_OK;
}

/* ---- writing the tree ---- */

/* First entry of [from, to) with a way of at least `way`. */
static size_t lower_bound(const struct index *index, size_t from, size_t to, uint64_t way)
{
    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (index->entries[middle].way < way)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* The quadrants that are left, in the order in which trimming leaves them: the last one takes the place
 * of one that is empty. */
static int trim(const size_t starts[6], int left[4])
{
    int n = 4;
    for (int q = 0; q < 4; q++)
        left[q] = q;
    for (int i = 0; i < n; i++)
        if (starts[left[i] + 1] == starts[left[i] + 2]) left[i--] = left[--n];
    return n;
}

/* offset, box, count, shapes, children; the offset is set when all below is written. */
static void put_node(struct index *index, const incmap__qix_box *box, size_t from, size_t to,
                     int children)
{
    unsigned char bytes[40] = { 0 };

    for (int d = 0; d < 2; d++) {
        double_to(bytes + 4 + 8 * d, box->least[d]);
        double_to(bytes + 20 + 8 * d, box->most[d]);
    }
    to_little(bytes + 36, (uint32_t)(to - from));
    (void)incmap__diskfile_write(index->out, bytes, 40);
    for (size_t i = from; i < to; i++) {
        to_little(bytes, index->entries[i].shape);
        (void)incmap__diskfile_write(index->out, bytes, 4);
    }
    to_little(bytes, (uint32_t)children);
    (void)incmap__diskfile_write(index->out, bytes, 4);
}

/* How far it is over all that lies below a node. */
static void put_offset(struct index *index, uint64_t node, uint64_t below)
{
    const uint64_t end = incmap__diskfile_tell(index->out);
    unsigned char bytes[4];

    if (end == below) return;
    to_little(bytes, (uint32_t)(end - below));
    incmap__diskfile_seek(index->out, node);
    (void)incmap__diskfile_write(index->out, bytes, 4);
    incmap__diskfile_seek(index->out, end);
}

/* The entries [from, to) share their first `level` digits, which make `way`. At most 12 calls deep. */
static void write_node(struct index *index, incmap__qix_box box, size_t from, size_t to, int level,
                       uint32_t way)
{
    size_t starts[6] = { from, to, to, to, to, to }; /* of those that stay, then of each quadrant */
    incmap__qix_box quarters[4];
    uint64_t node, below;
    int left[4], n;

    if (level < index->tree.levels)
        for (uint32_t digit = 1; digit <= 4; digit++)
            starts[digit] = lower_bound(index, starts[digit - 1], to,
                                        way + (uint64_t)digit * index->tree.place[level]);
    n = trim(starts, left);
    if (n > 0) incmap__qix_quarter(&box, quarters);
    if (n == 1 && starts[1] == from) {
        write_node(index, quarters[left[0]], from, to, level + 1,
                   way + ((uint32_t)left[0] + 1) * index->tree.place[level]);
        return;
    }
    node = incmap__diskfile_tell(index->out);
    put_node(index, &box, from, starts[1], n);
    below = incmap__diskfile_tell(index->out);
    for (int i = 0; i < n; i++) {
        const int q = left[i];
        write_node(index, quarters[q], starts[q + 1], starts[q + 2], level + 1,
                   way + ((uint32_t)q + 1) * index->tree.place[level]);
    }
    put_offset(index, node, below);
}

static incmap_status write_index(struct index *index, const char *path, size_t shapes)
{
    unsigned char head[16] = { 'S', 'Q', 'T', 1 /* little-endian */, 1 /* version */ };
    incmap_status st = incmap__diskfile_open(&index->out, path, INCMAP__DISKFILE_CREATE,
                                             index->allocator, index->err);
    if (st) return st;
    to_little(head + 8, (uint32_t)shapes);
    to_little(head + 12, (uint32_t)depth_for(shapes));
    (void)incmap__diskfile_write(index->out, head, sizeof head);
    write_node(index, index->tree.root, 0, index->count, 0, 0);
    return incmap__diskfile_close(index->out, true, index->err);
}

incmap_status incmap__qix_write(const char *shp_path, const char *qix_path,
                                const incmap_allocator *a, incmap_error *err)
{
    struct index index = { .allocator = a, .err = err };
    incmap__diskfile *shp = NULL;
    size_t shapes = 0;
    incmap_status closed, st = incmap__diskfile_open(&shp, shp_path, INCMAP__DISKFILE_READ, a, err);

    if (st) return st;
    st = read_header(&index, shp, shp_path);
    if (!st) st = count_shapes(shp, shp_path, &shapes, &index);
    set_depth(&index.tree, shapes);
    if (!st) st = read_shapes(&index, shp, shapes);
    closed = incmap__diskfile_close(shp, false, st ? NULL : err);
    if (!st) st = closed;
    if (!st) st = sort_entries(&index);
    if (!st) st = write_index(&index, qix_path, shapes);
    incmap__free(a, index.entries);
    return st;
}
