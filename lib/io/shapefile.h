/* SPDX-License-Identifier: MIT */
/* The only door to Shapelib: shapefile sets in and out as plain records, no geography. Its error
 * hook prints to stderr and its close calls return nothing, so I/O goes through hooks of our own
 * that keep the first failure. */
#ifndef INCMAP_IO_SHAPEFILE_H
#define INCMAP_IO_SHAPEFILE_H

#include <incmap/shape.h>

#include "base/failure.h"
#include "base/memory.h"

/* As in the public headers, whose points are lon in x and lat in y; of a system in metres easting and
 * northing stand there. What was read lives until the next read. */
typedef incmap_shape_type incmap__shape_type;
typedef incmap_shape incmap__shape;

#define INCMAP__SHAPE_NULL INCMAP_SHAPE_NULL
#define INCMAP__SHAPE_POINT INCMAP_SHAPE_POINT
#define INCMAP__SHAPE_LINE INCMAP_SHAPE_LINE
#define INCMAP__SHAPE_POLYGON INCMAP_SHAPE_POLYGON

/* ---- reading ---- */

typedef struct incmap__shapefile incmap__shapefile;

/* path with or without ".shp". INCMAP_EIO when it cannot be opened, INCMAP_EDATA when it is no
 * shapefile, a part has fewer bytes than its head announces, or .shp, .shx and .dbf disagree in their
 * counts. */
incmap_status incmap__shapefile_open(incmap__shapefile **out, const char *path,
                                     const incmap_allocator *a, incmap_error *err);
/* The .dbf of a set alone, as a layer of type NULL whose features have no position. */
incmap_status incmap__shapefile_open_table(incmap__shapefile **out, const char *path,
                                           const incmap_allocator *a, incmap_error *err);
void incmap__shapefile_close(incmap__shapefile *file);
incmap__shape_type incmap__shapefile_type(const incmap__shapefile *file);
size_t incmap__shapefile_count(const incmap__shapefile *file);
/* Number of the field of that name, without regard to ASCII case; -1. */
int incmap__shapefile_field(const incmap__shapefile *file, const char *name);
typedef struct {
    char name[12]; /* as it stands in the file */
    char type;     /* 'C', 'N', 'F', 'D', 'L' ... */
    int width, decimals;
} incmap__shapefile_column;

int incmap__shapefile_field_count(const incmap__shapefile *file);
incmap__shapefile_column incmap__shapefile_column_at(const incmap__shapefile *file, int field);
/* What .cpg says of the encoding, or "LDID/87" for the head's byte; "" where nothing is said. */
const char *incmap__shapefile_encoding(const incmap__shapefile *file);
/* Whether the row is marked as deleted. */
bool incmap__shapefile_is_deleted(incmap__shapefile *file, size_t row);
/* Text of a value without trailing spaces; lives until the next read. "" for NULL. */
incmap_status incmap__shapefile_text(incmap__shapefile *file, size_t row, int field,
                                     const char **out, incmap_error *err);
incmap_status incmap__shapefile_read(incmap__shapefile *file, size_t row, incmap__shape *out,
                                     incmap_error *err);

/* ---- writing ---- */

typedef struct incmap__shapewriter incmap__shapewriter;

typedef enum {
    INCMAP__FIELD_TEXT = 0,
    INCMAP__FIELD_INT = 1,
    INCMAP__FIELD_NUMBER = 2,
    INCMAP__FIELD_DATE = 3 /* a day since 1970 */
} incmap__field_type;

typedef struct {
    const char *name; /* 1 to 10 bytes of A-Z, 0-9, _; unique in the layer */
    incmap__field_type type;
    int width;    /* bytes; text: at most 254, numbers: at most INCMAP__NUMBER_WIDTH_MOST */
    int decimals; /* NUMBER only */
} incmap__field;

enum {
    INCMAP__TEXT_WIDTH_MOST = 254,
    INCMAP__NUMBER_WIDTH_MOST = 32,
    INCMAP__FIELD_NAME_SIZE = 11,
    INCMAP__RINGS_TURNED_MOST = 4096,
    INCMAP__RECORD_MOST = 65535, /* bytes of a row, which the .dbf counts in 16 bits */
    INCMAP__CELL_ROOM = INCMAP__TEXT_WIDTH_MOST + 18 /* the next multiple of 16, and 16 */
};

typedef struct {
    incmap__shape_type type; /* NULL: a table, of .dbf and .cpg alone */
    bool has_z, has_m;       /* what every shape carries besides x and y */
    const incmap__field *fields;
    size_t n_fields;
    const char *prj;   /* WKT text; NULL: no .prj */
    int32_t dated;     /* day since 1970 that the .dbf bears as that of its last change */
    size_t row_number; /* of the first row in messages: of a second part it is not 0 */
    bool
        roomy_cells; /* from where each cell begins, an empty one too, INCMAP__CELL_ROOM bytes can be
                         read, whatever they are: that is faster */
} incmap__shapespec;

/* 2000-01-01, for whoever knows no better day: never the clock's, for the same input gives the same
 * bytes. */
enum { INCMAP__SHAPE_DATED = 10957 };

/* Makes .shp .shx .dbf .prj .cpg at base (path without extension; nothing may be there yet). */
incmap_status incmap__shapewriter_open(incmap__shapewriter **out, const char *base,
                                       const incmap__shapespec *spec, const incmap_allocator *a,
                                       incmap_error *err);
/* A value as the bytes that a .dbf holds; none: NULL. */
typedef struct {
    const char *bytes;
    size_t length;
} incmap__cell;

/* Adds a feature, with a cell for each field; its row number is the count of those before. Numbers stand at
 * the right end of their field, all else at the left. part_starts has part_count + 1
 * entries; both may be NULL for a point. shape NULL: a null shape. Rings of a polygon may turn either
 * way: outer ones are turned clockwise, holes counter-clockwise, as the format wants them; but of more than
 * INCMAP__RINGS_TURNED_MOST they stay as they are, since each is compared with every other.
 * INCMAP_EDATA: a coordinate that is not finite, a cell that is longer than its field. */
incmap_status incmap__shapewriter_add(incmap__shapewriter *w, const incmap__shape *shape,
                                      const incmap__cell cells[], incmap_error *err);
size_t incmap__shapewriter_rows(const incmap__shapewriter *w);
/* Bytes that the .shp and the .dbf come to with `shape` added as a row. */
void incmap__shapewriter_size_with(const incmap__shapewriter *w, const incmap__shape *shape,
                                   uint64_t *shp_bytes, uint64_t *dbf_bytes);
/* Writes what is buffered, syncs every file of the set and closes. NULL does nothing. The first
 * failure of any write since the start is what it returns, with file and reason. */
incmap_status incmap__shapewriter_close(incmap__shapewriter *w, incmap_error *err);

#endif
