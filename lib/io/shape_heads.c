/* SPDX-License-Identifier: MIT */
/* Heads as the formats have them: ESRI Shapefile Technical Description (1998), pages 3 to 5 and 23, for
 * .shp and .shx; dBASE III for .dbf. */
#include "io/shape_heads.h"

#include <string.h>

#include "io/diskfile.h"

enum { SHAPE_HEAD = 100, TABLE_HEAD = 32 };

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t little_endian(const unsigned char *at, int bytes)
{
    uint32_t value = 0;
    while (bytes-- > 0)
        value = value << 8 | at[bytes];
    return value;
}

/* Bytes of a .shp or .shx, which counts them in words of two; 0: it is none. */
static uint64_t shapes_announced(const unsigned char head[TABLE_HEAD], size_t got)
{
    uint64_t bytes;

    if (got < TABLE_HEAD) return SHAPE_HEAD;
    if (big_endian(head) != 9994) return 0;
    bytes = 2 * (uint64_t)big_endian(head + 24);
    return bytes > SHAPE_HEAD ? bytes : SHAPE_HEAD;
}

/* Bytes of a .dbf: of its head and its rows. */
static uint64_t rows_announced(const unsigned char head[TABLE_HEAD], size_t got)
{
    if (got < TABLE_HEAD) return TABLE_HEAD;
    return little_endian(head + 8, 2) +
           (uint64_t)little_endian(head + 4, 4) * little_endian(head + 10, 2);
}

incmap_status incmap__shape_heads_fail(const char *path, uint64_t found, uint64_t announced,
                                       incmap_error *err)
{
    return incmap__fail(err, INCMAP_EDATA,
                        "%s: found %llu bytes, expected the %llu that its head announces", path,
                        (unsigned long long)found, (unsigned long long)announced);
}

static incmap_status check_part(const char *path, bool is_table, const incmap_allocator *a,
                                incmap_error *err)
{
    unsigned char head[TABLE_HEAD];
    incmap__diskfile *file = NULL;
    incmap_error ignored;
    uint64_t size = 0, announced;
    size_t got;
    incmap_status st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_READ, a, &ignored);

    if (st == INCMAP_ENOMEM) return incmap__fail_memory(err);
    if (st) return INCMAP_OK; /* Shapelib tells what is missing */
    got = incmap__diskfile_read(file, head, sizeof head);
    announced = is_table ? rows_announced(head, got) : shapes_announced(head, got);
    if (incmap__diskfile_size(file, &size) && size < announced)
        st = incmap__shape_heads_fail(path, size, announced, err);
    const incmap_status closed = incmap__diskfile_close(file, false, st ? &ignored : err);
    return st ? st : closed;
}

incmap_status incmap__shape_heads_check(const char *path, const incmap_allocator *a,
                                        incmap_error *err)
{
    static const char *const endings[] = { ".shp", ".SHP", ".shx", ".SHX", ".dbf", ".DBF" };
    const size_t base = strlen(path) - 4;
    char *part = incmap__alloc(a, base + 5, 1);
    incmap_status st = INCMAP_OK;

    if (!part) return incmap__fail_memory(err);
    memcpy(part, path, base);
    for (size_t i = 0; !st && i < sizeof endings / sizeof *endings; i++) {
        memcpy(part + base, endings[i], 5);
        st = check_part(part, i >= 4, a, err);
    }
    incmap__free(a, part);
    return st;
}
