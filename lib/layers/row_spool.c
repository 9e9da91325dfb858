/* SPDX-License-Identifier: MIT */
/* A row is in the order and the sizes of this machine, which alone reads it:
 *
 *     head     bytes that follow (a multiple of 8), type, points, parts, whether there are z and m
 *     numbers  points (lat, lon), z, m, part starts: first, so that they lie as they must in memory
 *     cells    the length of each in two bytes, then the bytes of all */
#include "layers/row_spool.h"

#include <string.h>

#include "io/diskfile.h"

enum { BLOCK_BYTES = 1 << 18, PAGE_BYTES = 4096, ALIGN = sizeof(double) };

struct head {
    uint64_t bytes; /* behind the head */
    uint64_t points, starts;
    uint32_t type;
    uint32_t has; /* 1: z, 2: m */
};

struct incmap__row_spool {
    incmap_allocator allocator;
    incmap__diskfile *file;
    size_t cell_count;
    char *block;      /* rows one behind the other, written and read many at a time */
    size_t room;      /* with INCMAP__CELL_ROOM behind them */
    size_t used;      /* bytes in it */
    size_t at;        /* reading: of the next row */
    uint64_t dropped; /* reading: bytes at the front whose room was given back */
};

incmap_status incmap__row_spool_new(incmap__row_spool **out, const char *path, size_t cells,
                                    const incmap_allocator *a, incmap_error *err)
{
    incmap__row_spool *spool = incmap__alloc_zeroed(a, 1, sizeof *spool);
    incmap_status st;

    if (!spool) return incmap__fail_memory(err);
    spool->allocator = *a;
    spool->cell_count = cells;
    st = incmap__diskfile_open(&spool->file, path, INCMAP__DISKFILE_CREATE, a, err);
    if (st)
        incmap__row_spool_free(spool);
    else
        *out = spool;
    return st;
}

void incmap__row_spool_free(incmap__row_spool *spool)
{
    if (spool) {
        const incmap_allocator a = spool->allocator;
        (void)incmap__diskfile_close(spool->file, false, NULL);
        incmap__free(&a, spool->block);
        incmap__free(&a, spool);
    }
}

/* ---- writing ---- */

/* The head of a row and behind it what the head tells of, put together here and written at once. */
static char *put(char *to, const void *bytes, size_t size)
{
    if (size) memcpy(to, bytes, size);
    return to + size;
}

static char *put_shape(char *to, const incmap_shape *shape, const struct head *head)
{
    const size_t n = (size_t)head->points;
    to = put(to, shape->points, n * sizeof *shape->points);
    if (head->has & 1) to = put(to, shape->z, n * sizeof *shape->z);
    if (head->has & 2) to = put(to, shape->m, n * sizeof *shape->m);
    return put(to, shape->part_starts, (size_t)head->starts * sizeof *shape->part_starts);
}

static size_t cell_bytes(const incmap__row_spool *spool, const incmap__cell cells[])
{
    const incmap__cell *last = &cells[spool->cell_count - 1];
    return (size_t)(last->bytes + last->length - cells[0].bytes);
}

static char *put_cells(char *to, const incmap__row_spool *spool, const incmap__cell cells[])
{
    for (size_t i = 0; i < spool->cell_count; i++) {
        const uint16_t length = (uint16_t)cells[i].length;
        to = put(to, &length, sizeof length);
    }
    return put(to, cells[0].bytes, cell_bytes(spool, cells));
}

static incmap_status write_block(incmap__row_spool *spool, incmap_error *err)
{
    (void)incmap__diskfile_write(spool->file, spool->block, spool->used);
    spool->used = 0;
    return incmap__diskfile_check(spool->file, err);
}

/* For a block as large as they usually are, or for a row that is larger, and behind it what its last cell
 * may be read past its end. */
static incmap_status make_room(incmap__row_spool *spool, size_t bytes, incmap_error *err)
{
    const size_t wanted = spool->used + bytes > BLOCK_BYTES ? spool->used + bytes : BLOCK_BYTES;
    return incmap__grow(&spool->allocator, &spool->block, &spool->room, wanted + INCMAP__CELL_ROOM,
                        1, err);
}

static struct head head_of(const incmap_shape *shape)
{
    struct head head = { 0, 0, 0, INCMAP_SHAPE_NULL, 0 };

    if (shape && shape->type && shape->point_count) {
        head.type = (uint32_t)shape->type;
        head.points = shape->point_count;
        head.starts = shape->part_starts && shape->part_count ? shape->part_count + 1 : 0;
        head.has = (shape->z ? 1u : 0) | (shape->m ? 2u : 0);
    }
    head.bytes =
        head.starts * sizeof(size_t) +
        head.points * (sizeof(incmap_coord) + sizeof(double) * ((head.has & 1) + (head.has >> 1)));
    return head;
}

incmap_status incmap__row_spool_add(incmap__row_spool *spool, const incmap_shape *shape,
                                    const incmap__cell cells[], incmap_error *err)
{
    struct head head = head_of(shape);
    incmap_status st;
    char *to;

    head.bytes += spool->cell_count * sizeof(uint16_t) + cell_bytes(spool, cells);
    head.bytes = (head.bytes + ALIGN - 1) / ALIGN * ALIGN;
    if (spool->used && spool->used + sizeof head + head.bytes > BLOCK_BYTES) {
        st = write_block(spool, err);
        if (st) return st;
    }
    st = make_room(spool, sizeof head + (size_t)head.bytes, err);
    if (st) return st;
    to = put(spool->block + spool->used, &head, sizeof head);
    if (head.points) to = put_shape(to, shape, &head);
    to = put_cells(to, spool, cells);
    spool->used += sizeof head + (size_t)head.bytes;
    memset(to, 0, (size_t)(spool->block + spool->used - to));
    return INCMAP_OK;
}

/* ---- reading ---- */

incmap_status incmap__row_spool_rewind(incmap__row_spool *spool, incmap_error *err)
{
    const incmap_status st = spool->used ? write_block(spool, err) : INCMAP_OK;
    if (st) return st;
    (void)incmap__diskfile_flush(spool->file);
    incmap__diskfile_seek(spool->file, 0);
    return incmap__diskfile_check(spool->file, err);
}

/* Gives back the room of what was read, so that the layer can have it: a spool and its layer are then
 * hardly larger than the larger of the two, and pages that are warm are used again. By whole pages. */
static void drop_read(incmap__row_spool *spool)
{
    const uint64_t read = incmap__diskfile_tell(spool->file) / PAGE_BYTES * PAGE_BYTES;
    if (read > spool->dropped) incmap__diskfile_drop(spool->file, spool->dropped, read);
    spool->dropped = read;
}

/* Sees to it that so many bytes of the next row lie in the block. */
static incmap_status read_on(incmap__row_spool *spool, size_t bytes, incmap_error *err)
{
    const size_t left = spool->used - spool->at;
    incmap_status st;

    if (left >= bytes) return INCMAP_OK;
    if (left) memmove(spool->block, spool->block + spool->at, left);
    spool->at = 0;
    spool->used = left;
    st = make_room(spool, bytes - left, err);
    if (st) return st;
    drop_read(spool);
    spool->used += incmap__diskfile_read(spool->file, spool->block + left,
                                         spool->room - INCMAP__CELL_ROOM - left);
    if (spool->used >= bytes) return INCMAP_OK;
    if (incmap__diskfile_has_failed(spool->file)) return incmap__diskfile_check(spool->file, err);
    return incmap__fail(err, INCMAP_EIO, "the spool file ends too soon: somebody changed it");
}

/* What is announced and what is there agree, since this program wrote both. */
static const char *take_shape(const char *at, const struct head *head, incmap_shape *shape)
{
    const size_t n = (size_t)head->points;

    *shape = (incmap_shape){ .type = (incmap_shape_type)head->type, .point_count = n };
    if (!n) return at;
    shape->points = (const incmap_coord *)(const void *)at;
    at += n * sizeof *shape->points;
    if (head->has & 1) {
        shape->z = (const double *)(const void *)at;
        at += n * sizeof *shape->z;
    }
    if (head->has & 2) {
        shape->m = (const double *)(const void *)at;
        at += n * sizeof *shape->m;
    }
    if (head->starts) {
        shape->part_starts = (const size_t *)(const void *)at;
        shape->part_count = (size_t)head->starts - 1;
        at += head->starts * sizeof *shape->part_starts;
    }
    return at;
}

static void take_cells(const incmap__row_spool *spool, const char *at, incmap__cell cells[])
{
    const char *bytes = at + spool->cell_count * sizeof(uint16_t);

    for (size_t i = 0; i < spool->cell_count; i++) {
        uint16_t length;
        memcpy(&length, at + i * sizeof length, sizeof length);
        cells[i] = (incmap__cell){ bytes, length };
        bytes += length;
    }
}

incmap_status incmap__row_spool_next(incmap__row_spool *spool, incmap_shape *shape,
                                     incmap__cell cells[], incmap_error *err)
{
    struct head head;
    incmap_status st = read_on(spool, sizeof head, err);

    if (st) return st;
    memcpy(&head, spool->block + spool->at, sizeof head);
    st = read_on(spool, sizeof head + (size_t)head.bytes, err);
    if (st) return st;
    take_cells(spool, take_shape(spool->block + spool->at + sizeof head, &head, shape), cells);
    spool->at += sizeof head + (size_t)head.bytes;
    return INCMAP_OK;
}
