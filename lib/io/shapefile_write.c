/* SPDX-License-Identifier: MIT */
/* Shapefiles out: .shp .shx .dbf .prj .cpg. Shapelib makes the heads and the shapes. A row of the .dbf is
 * put together here and goes through Shapelib's handle and our hooks whole: its calls for one value follow
 * the locale, write asterisks and take most of the time, and DBFWriteTuple of 1.5 blanks each row byte by
 * byte before it copies it, which took a quarter of the time of a layer. */
#include "io/shapefile.h"

#include <incmap/date.h>

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/byte_lanes.h"
#include "base/copy.h"
#include "base/text.h"
#include "io/shapelib_hooks.h"

enum {
    NAME_MOST = INCMAP__FIELD_NAME_SIZE - 1,
    POINTS_MOST = INT_MAX / 64,
    SHOWN_MOST = 40, /* bytes of a value that does not fit, in a message */
    BLOCK_BYTES = 1 << 17,
    LANES =
        INCMAP__BYTE_LANES /* bytes set at a time, also past the end of a field: what comes there
                                  comes later */
};

/* Any measure below -1e38 is none; readers print this one so. */
#define NO_MEASURE (-1e39)

struct column {
    char name[INCMAP__FIELD_NAME_SIZE];
    incmap__field_type type;
    bool is_number;
    int width, decimals;
    size_t at; /* in the row */
};

struct incmap__shapewriter {
    incmap_allocator allocator;
    incmap__shape_io io;
    char *path;  /* base with room for an extension */
    size_t stem; /* length of base */
    SHPHandle shp;
    DBFHandle dbf;
    incmap__shape_type type;
    bool has_z, has_m;
    bool roomy; /* the cells are */
    int shapelib_type;
    struct column *columns;
    size_t column_count;
    int rows;
    size_t first_row; /* number of row 0 in messages */
    char *block;      /* rows as the .dbf will have them, written many at a time */
    size_t block_used, row_bytes;
    double *xyzm; /* x of all points, then y, z, m */
    int *starts;
    size_t xyzm_room, start_room;
    bool any_point;
    double least[4], most[4]; /* over all shapes; Shapelib's own forget a first point at 0, 0 */
};

static const char *with_extension(incmap__shapewriter *w, const char *extension)
{
    memcpy(w->path + w->stem, extension, strlen(extension) + 1);
    return w->path;
}

/* ---- making the set ---- */

static bool is_field_name(const char *name)
{
    const size_t length = strlen(name);
    return length >= 1 && length <= NAME_MOST &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == length;
}

static bool width_is_good(const incmap__field *field)
{
    const int width = field->width;
    switch (field->type) {
    case INCMAP__FIELD_TEXT: return width >= 1 && width <= INCMAP__TEXT_WIDTH_MOST;
    case INCMAP__FIELD_INT: return width >= 1 && width <= INCMAP__NUMBER_WIDTH_MOST;
    case INCMAP__FIELD_NUMBER:
        return width >= 1 && width <= INCMAP__NUMBER_WIDTH_MOST && field->decimals >= 0 &&
               (field->decimals == 0 || field->decimals <= width - 2);
    case INCMAP__FIELD_DATE: return true;
    }
    return false;
}

static int width_of(const incmap__field *field)
{
    return field->type == INCMAP__FIELD_DATE ? 8 : field->width;
}

static incmap_status check_fields(const char *base, const incmap__field fields[], size_t n,
                                  incmap_error *err)
{
    size_t record = 1;
    for (size_t i = 0; i < n; i++) {
        if (!is_field_name(fields[i].name) || !width_is_good(&fields[i]))
            return incmap__fail(err, INCMAP_EARG,
                                "%s.dbf: field \"%s\" of width %d: not a name or width that fits",
                                base, fields[i].name, fields[i].width);
        for (size_t j = 0; j < i; j++)
            if (strcmp(fields[i].name, fields[j].name) == 0)
                return incmap__fail(err, INCMAP_EARG, "%s.dbf: field %s is there twice", base,
                                    fields[i].name);
        record += (size_t)width_of(&fields[i]);
    }
    /* The file format counts the header and a record in 16 bits each. */
    if (n == 0 || n > (INCMAP__RECORD_MOST - 33) / 32 || record > INCMAP__RECORD_MOST)
        return incmap__fail(err, INCMAP_EARG,
                            "%s.dbf: %zu fields of %zu bytes in all, expected 1 to %d bytes", base,
                            n, record, INCMAP__RECORD_MOST);
    return INCMAP_OK;
}

static void take_columns(incmap__shapewriter *w, const incmap__field fields[])
{
    w->row_bytes = 1; /* the first tells whether the row was deleted: a blank for no */
    for (size_t i = 0; i < w->column_count; i++) {
        struct column *c = &w->columns[i];
        (void)incmap__text_copy(c->name, sizeof c->name, fields[i].name);
        c->type = fields[i].type;
        c->is_number = c->type == INCMAP__FIELD_INT || c->type == INCMAP__FIELD_NUMBER;
        c->width = width_of(&fields[i]);
        c->decimals = fields[i].type == INCMAP__FIELD_NUMBER ? fields[i].decimals : 0;
        c->at = w->row_bytes;
        w->row_bytes += (size_t)c->width;
    }
}

static incmap_status allocate(incmap__shapewriter *w, const char *base,
                              const incmap__shapespec *spec, incmap_error *err)
{
    w->stem = strlen(base);
    w->column_count = spec->n_fields;
    w->path = incmap__alloc(&w->allocator, w->stem + sizeof ".shp", 1);
    w->columns = incmap__alloc(&w->allocator, spec->n_fields, sizeof *w->columns);
    w->block = incmap__alloc(&w->allocator, BLOCK_BYTES + INCMAP__CELL_ROOM, 1);
    if (!w->path || !w->columns || !w->block) return incmap__fail_memory(err);
    memcpy(w->path, base, w->stem + 1);
    take_columns(w, spec->fields);
    return INCMAP_OK;
}

/* The field types as characters, since Shapelib makes wide numbers 'F' where GIS expect 'N'. */
static bool add_fields(incmap__shapewriter *w)
{
    for (size_t i = 0; i < w->column_count; i++) {
        const struct column *c = &w->columns[i];
        if (DBFAddNativeFieldType(w->dbf, c->name, "CNND"[c->type], c -> width, c -> decimals) < 0)
            return false;
    }
    return true;
}

/* The header has a byte for the years since 1900. */
static void set_date(DBFHandle dbf, int32_t day)
{
    int year = 2000, month = 1, mday = 1;
    incmap_day_to_civil(day, &year, &month, &mday);
    if (year < 1900) DBFSetLastModifiedDate(dbf, 0, 1, 1);
    if (year > 2155) DBFSetLastModifiedDate(dbf, 255, 12, 31);
    if (year >= 1900 && year <= 2155) DBFSetLastModifiedDate(dbf, year - 1900, month, mday);
}

static int shapelib_type(incmap__shape_type type, bool has_z, bool has_m)
{
    return (int)type + (has_z ? 10 : has_m ? 20 : 0);
}

static incmap_status create(incmap__shapewriter *w, int32_t dated, incmap_error *err)
{
    incmap__shape_io *before = incmap__shape_io_use(&w->io);
    bool whole = false;
    SAHooks hooks;

    incmap__shape_io_hooks(&hooks);
    if (w->type) w->shp = SHPCreateLL(with_extension(w, ".shp"), w->shapelib_type, &hooks);
    /* Without a code page: DBFCreate would stamp 87, "ANSI", and readers trust that before .cpg. */
    if (w->shp || !w->type) w->dbf = DBFCreateLL(with_extension(w, ".dbf"), NULL, &hooks);
    if (w->dbf) {
        set_date(w->dbf, dated);
        DBFSetWriteEndOfFileChar(w->dbf, 0); /* that comes behind the last row, from here */
        whole = add_fields(w);
        if (whole) DBFUpdateHeader(w->dbf);
        w->dbf->sHooks.FSeek(w->dbf->fp, (SAOffset)w->dbf->nHeaderLength, SEEK_SET);
    }
    (void)incmap__shape_io_use(before);
    if (!whole || w->io.failure.status) return incmap__shape_io_fail(&w->io, w->path, err);
    return INCMAP_OK;
}

incmap_status incmap__shapewriter_open(incmap__shapewriter **out, const char *base,
                                       const incmap__shapespec *spec, const incmap_allocator *a,
                                       incmap_error *err)
{
    incmap__shapewriter *w;
    incmap_status st = check_fields(base, spec->fields, spec->n_fields, err);

    if (st) return st;
    w = incmap__alloc_zeroed(a, 1, sizeof *w);
    if (!w) return incmap__fail_memory(err);
    w->allocator = w->io.allocator = *a;
    w->type = spec->type;
    w->has_z = spec->has_z;
    w->has_m = spec->has_m;
    w->shapelib_type = shapelib_type(spec->type, spec->has_z, spec->has_m);
    w->first_row = spec->row_number;
    w->roomy = spec->roomy_cells;
    st = allocate(w, base, spec, err);
    if (!st) st = create(w, spec->dated, err);
    if (!st && spec->prj)
        st = incmap__diskfile_write_whole(with_extension(w, ".prj"), spec->prj, strlen(spec->prj),
                                          a, err);
    if (!st) st = incmap__diskfile_write_whole(with_extension(w, ".cpg"), "UTF-8", 5, a, err);
    if (st)
        (void)incmap__shapewriter_close(w, NULL);
    else
        *out = w;
    return st;
}

/* ---- features ---- */

static bool is_empty(const incmap__shape *shape)
{
    return !shape || shape->type == INCMAP__SHAPE_NULL || shape->point_count == 0;
}

static size_t row_number(const incmap__shapewriter *w)
{
    return w->first_row + (size_t)w->rows;
}

static incmap_status check_shape(incmap__shapewriter *w, const incmap__shape *shape,
                                 incmap_error *err)
{
    const size_t n = shape->point_count;

    if (shape->type != w->type || (w->has_z && !shape->z) || (w->has_m && !shape->m))
        return incmap__fail(err, INCMAP_EARG,
                            "%s: feature %zu (from 0): shape of type %d, expected %d%s%s",
                            with_extension(w, ".shp"), row_number(w), (int)shape->type,
                            (int)w->type, w->has_z ? " with Z" : "", w->has_m ? " with M" : "");
    if (n > POINTS_MOST || shape->part_count > POINTS_MOST)
        return incmap__fail(err, INCMAP_EDATA, "%s: a shape of %zu points is too large",
                            with_extension(w, ".shp"), n);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(shape->points[i].lon) || !isfinite(shape->points[i].lat) ||
            (w->has_z && !isfinite(shape->z[i])) || (w->has_m && isinf(shape->m[i])))
            return incmap__fail(err, INCMAP_EDATA,
                                "%s: feature %zu (from 0): vertex %zu is not finite",
                                with_extension(w, ".shp"), row_number(w), i);
    return INCMAP_OK;
}

/* The points as Shapelib wants them, one array for each dimension. */
static incmap_status split_points(incmap__shapewriter *w, const incmap__shape *shape,
                                  incmap_error *err)
{
    const size_t n = shape->point_count, parts = shape->part_count;
    incmap_status st =
        incmap__grow(&w->allocator, &w->xyzm, &w->xyzm_room, 4 * n, sizeof *w->xyzm, err);
    if (!st)
        st = incmap__grow(&w->allocator, &w->starts, &w->start_room, parts, sizeof *w->starts, err);
    if (st) return st;
    for (size_t i = 0; i < n; i++) {
        w->xyzm[i] = shape->points[i].lon;
        w->xyzm[n + i] = shape->points[i].lat;
        w->xyzm[2 * n + i] = w->has_z ? shape->z[i] : 0;
        w->xyzm[3 * n + i] = w->has_m ? (isnan(shape->m[i]) ? NO_MEASURE : shape->m[i]) : 0;
        /* No minus zero: the same place gives the same bytes. */
        for (size_t d = 0; d < 4; d++)
            if (w->xyzm[d * n + i] == 0) w->xyzm[d * n + i] = 0;
    }
    for (size_t p = 0; p < parts; p++)
        w->starts[p] = (int)shape->part_starts[p];
    return INCMAP_OK;
}

/* Least and most of one dimension; of measures only those that are. */
static void bounds_of(const double values[], size_t n, double *least, double *most)
{
    *least = DBL_MAX;
    *most = -DBL_MAX;
    for (size_t i = 0; i < n; i++) {
        if (values[i] < -1e38) continue;
        if (values[i] < *least) *least = values[i];
        if (values[i] > *most) *most = values[i];
    }
    if (*least > *most) *least = *most = NO_MEASURE;
}

static void widen_bounds(incmap__shapewriter *w, const double least[4], const double most[4])
{
    for (size_t d = 0; d < 4; d++) {
        const bool first = !w->any_point || w->least[d] < -1e38;
        if (least[d] < -1e38 && w->any_point) continue;
        if (first || least[d] < w->least[d]) w->least[d] = least[d];
        if (first || most[d] > w->most[d]) w->most[d] = most[d];
    }
    w->any_point = true;
}

/* An object that points into the writer's own arrays: for points the making and freeing of one would
 * take longer than the writing. */
static SHPObject object_of(incmap__shapewriter *w, const incmap__shape *shape)
{
    SHPObject object;
    double least[4], most[4];
    size_t n;

    memset(&object, 0, sizeof object);
    object.nSHPType = SHPT_NULL;
    object.nShapeId = -1;
    if (is_empty(shape)) return object;
    n = shape->point_count;
    object.nSHPType = w->shapelib_type;
    object.nVertices = (int)n;
    object.nParts = w->type == INCMAP__SHAPE_POINT ? 0 : (int)shape->part_count;
    object.panPartStart = w->starts;
    object.padfX = w->xyzm;
    object.padfY = w->xyzm + n;
    object.padfZ = w->xyzm + 2 * n;
    object.padfM = w->xyzm + 3 * n;
    object.bMeasureIsUsed = w->has_m;
    for (size_t d = 0; d < 4; d++)
        bounds_of(w->xyzm + d * n, n, &least[d], &most[d]);
    widen_bounds(w, least, most);
    object.dfXMin = least[0], object.dfYMin = least[1];
    object.dfZMin = least[2], object.dfMMin = least[3];
    object.dfXMax = most[0], object.dfYMax = most[1];
    object.dfZMax = most[2], object.dfMMax = most[3];
    return object;
}

static incmap_status fail_cell(incmap__shapewriter *w, const struct column *c,
                               const incmap__cell *cell, incmap_error *err)
{
    const size_t shown = incmap__utf8_cut(cell->bytes, cell->length, SHOWN_MOST);
    return incmap__fail(
        err, INCMAP_EDATA,
        "%s: feature %zu (from 0), field %s: %.*s%s has %zu bytes, expected at most %d",
        with_extension(w, ".dbf"), row_number(w), c->name, (int)shown, cell->bytes,
        shown < cell->length ? "..." : "", cell->length, c->width);
}

static inline void set_blanks(char *to, size_t n)
{
    for (size_t i = 0; i < n; i += LANES)
        memset(to + i, ' ', LANES);
}

static void set_cell(char *to, const struct column *c, const incmap__cell *cell)
{
    const size_t length = cell->length, width = (size_t)c->width;

    if (c->is_number) {
        set_blanks(to, width - length);
        incmap__copy(to + width - length, cell->bytes, length);
    } else {
        incmap__copy(to, cell->bytes, length);
        set_blanks(to + length, width - length);
    }
}

/* All ones for the bytes of a text that ends ENDS bytes behind where it begins here, else 0. */
enum { ENDS = 256 };
#define SIXTEEN(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
static const unsigned char within[2 * ENDS] = {
    SIXTEEN(255), SIXTEEN(255), SIXTEEN(255), SIXTEEN(255), SIXTEEN(255), SIXTEEN(255),
    SIXTEEN(255), SIXTEEN(255), SIXTEEN(255), SIXTEEN(255), SIXTEEN(255), SIXTEEN(255),
    SIXTEEN(255), SIXTEEN(255), SIXTEEN(255), SIXTEEN(255)
};

/* The same of a cell with room: as many steps as the field is wide, however long the cell, since processors
 * foresee the same number in each row and not another. */
static void set_roomy_cell(char *to, const struct column *c, const incmap__cell *cell)
{
    const size_t length = cell->length, width = (size_t)c->width;
    const unsigned char *const mask = within + ENDS - length;

    if (c->is_number) {
        set_blanks(to, width);
        for (size_t i = 0; i < width; i += LANES)
            memcpy(to + width - length + i, cell->bytes + i, LANES);
        return;
    }
    for (size_t i = 0; i < width; i += LANES) {
        const incmap__bytes in = incmap__bytes_load(mask + i);
        const incmap__bytes text = incmap__bytes_load((const unsigned char *)cell->bytes + i) & in;
        const incmap__bytes all = text | (~in & ' ');
        memcpy(to + i, &all, LANES);
    }
}

/* Behind the rows of the block, where room was made for it. */
static incmap_status set_row(incmap__shapewriter *w, const incmap__cell cells[], incmap_error *err)
{
    const struct column *const columns = w->columns;
    const size_t count = w->column_count;
    const bool roomy = w->roomy;
    char *const row = w->block + w->block_used;

    row[0] = ' ';
    for (size_t i = 0; i < count; i++) {
        const struct column *c = &columns[i];
        if (cells[i].length > (size_t)c->width) return fail_cell(w, c, &cells[i], err);
        if (roomy)
            set_roomy_cell(row + c->at, c, &cells[i]);
        else
            set_cell(row + c->at, c, &cells[i]);
    }
    return INCMAP_OK;
}

/* Rows come one behind the other, so that the file stands where the next ones go. */
static bool write_block(incmap__shapewriter *w)
{
    const size_t bytes = w->block_used;

    w->block_used = 0;
    return bytes == 0 || w->dbf->sHooks.FWrite(w->block, (SAOffset)bytes, 1, w->dbf->fp) == 1;
}

/* The row that was set is one of the file's. */
static bool append_row(incmap__shapewriter *w)
{
    w->block_used += w->row_bytes;
    w->dbf->nRecords++;
    return w->block_used + w->row_bytes <= BLOCK_BYTES || write_block(w);
}

static incmap_status append(incmap__shapewriter *w, SHPObject *object, incmap_error *err)
{
    incmap__shape_io *before = incmap__shape_io_use(&w->io);
    bool done = append_row(w);

    if (done && w->shp) {
        if (w->type == INCMAP__SHAPE_POLYGON && object->nParts <= INCMAP__RINGS_TURNED_MOST)
            (void)SHPRewindObject(w->shp, object);
        done = SHPWriteObject(w->shp, -1, object) == w->rows;
    }
    (void)incmap__shape_io_use(before);
    if (!done || w->io.failure.status)
        return incmap__shape_io_fail(&w->io, with_extension(w, w->shp ? ".shp" : ".dbf"), err);
    w->rows++;
    return INCMAP_OK;
}

incmap_status incmap__shapewriter_add(incmap__shapewriter *w, const incmap__shape *shape,
                                      const incmap__cell cells[], incmap_error *err)
{
    incmap_status st = INCMAP_OK;
    SHPObject object;

    if (w->rows == INT_MAX)
        return incmap__fail(err, INCMAP_EDATA, "%s: more than %d rows", w->path, INT_MAX);
    if (!is_empty(shape)) {
        st = check_shape(w, shape, err);
        if (!st) st = split_points(w, shape, err);
    }
    if (!st) st = set_row(w, cells, err);
    if (st) return st;
    object = object_of(w, shape);
    return append(w, &object, err);
}

/* Of the format: a record head of 8 bytes, the type, and for lines and polygons a box, two counts and
 * the starts of the parts. */
static uint64_t shape_bytes(const incmap__shapewriter *w, const incmap__shape *shape)
{
    const uint64_t dimensions = 2u + w->has_z + w->has_m;

    if (is_empty(shape)) return 12;
    if (w->type == INCMAP__SHAPE_POINT) return 12 + 8 * dimensions;
    return 12 + 40 + 4 * (uint64_t)shape->part_count + 16u * (w->has_z + w->has_m) +
           8 * dimensions * (uint64_t)shape->point_count;
}

size_t incmap__shapewriter_rows(const incmap__shapewriter *w)
{
    return (size_t)w->rows;
}

void incmap__shapewriter_size_with(const incmap__shapewriter *w, const incmap__shape *shape,
                                   uint64_t *shp_bytes, uint64_t *dbf_bytes)
{
    *shp_bytes = w->shp ? w->shp->nFileSize + shape_bytes(w, shape) : 0;
    *dbf_bytes =
        32 + 32 * (uint64_t)w->column_count + 2 + ((uint64_t)w->rows + 1) * (uint64_t)w->row_bytes;
}

/* ---- closing ---- */

static void set_bounds(incmap__shapewriter *w)
{
    for (size_t d = 0; d < 4; d++) {
        w->shp->adBoundsMin[d] = w->any_point ? w->least[d] : 0;
        w->shp->adBoundsMax[d] = w->any_point ? w->most[d] : 0;
    }
}

/* What does not get there has told why to the hooks. */
static void end_rows(incmap__shapewriter *w)
{
    char end[] = "\x1A";
    (void)write_block(w);
    (void)w->dbf->sHooks.FWrite(end, 1, 1, w->dbf->fp);
    w->dbf->bUpdated = 1; /* so that closing writes the number of rows */
}

incmap_status incmap__shapewriter_close(incmap__shapewriter *w, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    if (!w) return INCMAP_OK;
    incmap__shape_io *before = incmap__shape_io_use(&w->io);
    w->io.sync = true;
    if (w->dbf) end_rows(w);
    if (w->shp) {
        set_bounds(w);
        SHPClose(w->shp);
    }
    if (w->dbf) DBFClose(w->dbf);
    (void)incmap__shape_io_use(before);
    /* What Shapelib itself said while closing is a failure too: a header it could not make. */
    if (w->io.failure.status || w->io.said[0]) st = incmap__shape_io_fail(&w->io, w->path, err);

    const incmap_allocator a = w->allocator;
    incmap__free(&a, w->path);
    incmap__free(&a, w->columns);
    incmap__free(&a, w->block);
    incmap__free(&a, w->xyzm);
    incmap__free(&a, w->starts);
    incmap__free(&a, w);
    return st;
}
