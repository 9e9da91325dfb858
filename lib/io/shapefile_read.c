/* SPDX-License-Identifier: MIT */
/* Shapefiles in, as plain records. What Shapelib hands over is checked once more where a hostile
 * file could make it point outside itself. */
#include "io/shapefile.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "io/shape_heads.h"
#include "io/shapelib_hooks.h"

struct incmap__shapefile {
    incmap_allocator allocator;
    incmap__shape_io io;
    char *path; /* as it was opened */
    SHPHandle shp;
    DBFHandle dbf;
    incmap__shape_type type;
    size_t count;
    bool has_z, has_m; /* the kind of the file has them; m may yet be left out */
    incmap_coord *points;
    size_t *part_starts;
    double *z, *m;
    size_t point_room, part_room, z_room, m_room;
};

/* Z and M kinds count as the plain one; false for multipoints, multipatches and unknown kinds. */
static bool plain_type(int shapelib_type, incmap__shape_type *out)
{
    switch (shapelib_type) {
    case SHPT_NULL: *out = INCMAP__SHAPE_NULL; return true;
    case SHPT_POINT:
    case SHPT_POINTZ:
    case SHPT_POINTM: *out = INCMAP__SHAPE_POINT; return true;
    case SHPT_ARC:
    case SHPT_ARCZ:
    case SHPT_ARCM: *out = INCMAP__SHAPE_LINE; return true;
    case SHPT_POLYGON:
    case SHPT_POLYGONZ:
    case SHPT_POLYGONM: *out = INCMAP__SHAPE_POLYGON; return true;
    default: return false;
    }
}

static void close_handles(incmap__shapefile *file)
{
    incmap__shape_io *before = incmap__shape_io_use(&file->io);
    if (file->shp) SHPClose(file->shp);
    if (file->dbf) DBFClose(file->dbf);
    (void)incmap__shape_io_use(before);
}

/* A head that announces more rows than the file can hold would keep its reader busy for hours. */
static incmap_status check_rows(incmap__shapefile *file, incmap_error *err)
{
    const int rows = DBFGetRecordCount(file->dbf);
    const uint64_t row_bytes =
        file->dbf->nRecordLength > 0 ? (uint64_t)file->dbf->nRecordLength : 1;
    uint64_t size = 0;

    if (!incmap__diskfile_size((incmap__diskfile *)(void *)file->dbf->fp, &size) || rows < 0 ||
        (uint64_t)rows > size / row_bytes)
        return incmap__fail(
            err, INCMAP_EDATA, "%s: the .dbf announces %d rows of %llu bytes and has %llu bytes",
            file->path, rows, (unsigned long long)row_bytes, (unsigned long long)size);
    file->count = (size_t)rows;
    return INCMAP_OK;
}

/* Why Shapelib opened nothing: what it says of a part that is broken off does not help. */
static incmap_status fail_open(const incmap__shapefile *file, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    if (!file->io.failure.status && !file->io.not_opened.status)
        st = incmap__shape_heads_check(file->path, &file->allocator, err);
    return st ? st : incmap__shape_io_fail(&file->io, file->path, err);
}

static incmap_status open_table(incmap__shapefile *file, incmap_error *err)
{
    incmap__shape_io *before = incmap__shape_io_use(&file->io);
    SAHooks hooks;

    incmap__shape_io_hooks(&hooks);
    file->dbf = DBFOpenLL(file->path, "rb", &hooks);
    (void)incmap__shape_io_use(before);
    if (!file->dbf || file->io.failure.status) return fail_open(file, err);
    return check_rows(file, err);
}

/* Shapelib takes the length that the .shp's head announces for the file's own. */
static incmap_status check_length(const incmap__shapefile *file, incmap_error *err)
{
    uint64_t size = 0;

    if (incmap__diskfile_size((incmap__diskfile *)(void *)file->shp->fpSHP, &size) &&
        size >= file->shp->nFileSize)
        return INCMAP_OK;
    return incmap__shape_heads_fail(file->path, size, file->shp->nFileSize, err);
}

static incmap_status open_handles(incmap__shapefile *file, incmap_error *err)
{
    incmap__shape_io *before = incmap__shape_io_use(&file->io);
    SAHooks hooks;

    incmap__shape_io_hooks(&hooks);
    file->shp = SHPOpenLL(file->path, "rb", &hooks);
    if (file->shp) file->dbf = DBFOpenLL(file->path, "rb", &hooks);
    (void)incmap__shape_io_use(before);
    if (!file->shp || !file->dbf || file->io.failure.status) return fail_open(file, err);
    return check_length(file, err);
}

static incmap_status check_header(incmap__shapefile *file, incmap_error *err)
{
    int shapes = 0, type = -1;
    const int rows = DBFGetRecordCount(file->dbf);

    SHPGetInfo(file->shp, &shapes, &type, NULL, NULL);
    if (!plain_type(type, &file->type))
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: shapes of type %d, expected points, lines or polygons", file->path,
                            type);
    if (shapes < 0 || shapes != rows)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: %d shapes but %d rows in the .dbf, expected as many", file->path,
                            shapes, rows);
    file->count = (size_t)shapes;
    file->has_z = type / 10 == 1;
    file->has_m = type / 10 >= 1;
    SHPSetFastModeReadObject(file->shp, 1);
    return INCMAP_OK;
}

/* "PATH.shp" for PATH, so that a dot in the name itself is not taken for the extension's. */
static char *path_of(const char *path, const incmap_allocator *a)
{
    const size_t length = strlen(path);
    const char *end = length >= 4 ? path + length - 4 : "";
    const bool named = strcmp(end, ".shp") == 0 || strcmp(end, ".SHP") == 0;
    char *copy = incmap__alloc(a, length + 5, 1);
    if (copy) {
        memcpy(copy, path, length + 1);
        if (!named) memcpy(copy + length, ".shp", 5);
    }
    return copy;
}

static incmap_status open_set(incmap__shapefile **out, const char *path, bool table,
                              const incmap_allocator *a, incmap_error *err)
{
    incmap__shapefile *file = incmap__alloc_zeroed(a, 1, sizeof *file);
    incmap_status st;

    if (!file) return incmap__fail_memory(err);
    file->allocator = *a;
    file->io.allocator = *a;
    file->path = path_of(path, a);
    st = !file->path ? incmap__fail_memory(err)
         : table     ? open_table(file, err)
                     : open_handles(file, err);
    if (!st && !table) st = check_header(file, err);
    if (st)
        incmap__shapefile_close(file);
    else
        *out = file;
    return st;
}

incmap_status incmap__shapefile_open(incmap__shapefile **out, const char *path,
                                     const incmap_allocator *a, incmap_error *err)
{
    return open_set(out, path, false, a, err);
}

incmap_status incmap__shapefile_open_table(incmap__shapefile **out, const char *path,
                                           const incmap_allocator *a, incmap_error *err)
{
    return open_set(out, path, true, a, err);
}

void incmap__shapefile_close(incmap__shapefile *file)
{
    if (file) {
        const incmap_allocator a = file->allocator;
        close_handles(file);
        incmap__free(&a, file->points);
        incmap__free(&a, file->part_starts);
        incmap__free(&a, file->z);
        incmap__free(&a, file->m);
        incmap__free(&a, file->path);
        incmap__free(&a, file);
    }
}

incmap__shape_type incmap__shapefile_type(const incmap__shapefile *file)
{
    return file->type;
}

size_t incmap__shapefile_count(const incmap__shapefile *file)
{
    return file->count;
}

int incmap__shapefile_field(const incmap__shapefile *file, const char *name)
{
    return DBFGetFieldIndex(file->dbf, name);
}

int incmap__shapefile_field_count(const incmap__shapefile *file)
{
    return DBFGetFieldCount(file->dbf);
}

incmap__shapefile_column incmap__shapefile_column_at(const incmap__shapefile *file, int field)
{
    incmap__shapefile_column column = { "", 'C', 0, 0 };
    (void)DBFGetFieldInfo(file->dbf, field, column.name, &column.width, &column.decimals);
    column.type = DBFGetNativeFieldType(file->dbf, field);
    return column;
}

const char *incmap__shapefile_encoding(const incmap__shapefile *file)
{
    const char *code_page = DBFGetCodePage(file->dbf);
    return code_page ? code_page : "";
}

bool incmap__shapefile_is_deleted(incmap__shapefile *file, size_t row)
{
    incmap__shape_io *before = incmap__shape_io_use(&file->io);
    const bool deleted = row < file->count && DBFIsRecordDeleted(file->dbf, (int)row) != 0;
    (void)incmap__shape_io_use(before);
    return deleted;
}

/* What a failed read amounts to: Shapelib's word names the shape, ours the file. */
static incmap_status fail_row(incmap__shapefile *file, size_t row, incmap_error *err)
{
    if (file->io.failure.status) return incmap__shape_io_fail(&file->io, file->path, err);
    return incmap__fail(err, INCMAP_EDATA, "%s: feature %zu (from 0): %s", file->path, row,
                        file->io.said[0] ? file->io.said : "cannot be read");
}

incmap_status incmap__shapefile_text(incmap__shapefile *file, size_t row, int field,
                                     const char **out, incmap_error *err)
{
    incmap__shape_io *before;
    const char *text;

    if (row >= file->count || field < 0 || field >= DBFGetFieldCount(file->dbf))
        return incmap__fail(err, INCMAP_EARG, "%s: no feature %zu with a field %d", file->path, row,
                            field);
    file->io.said[0] = '\0';
    before = incmap__shape_io_use(&file->io);
    text = DBFReadStringAttribute(file->dbf, (int)row, field);
    /* A NULL may be written as asterisks or as zeros. */
    if (text && DBFIsAttributeNULL(file->dbf, (int)row, field)) text = "";
    (void)incmap__shape_io_use(before);
    if (!text || file->io.said[0] || file->io.failure.status) return fail_row(file, row, err);
    *out = text;
    return INCMAP_OK;
}

static incmap_status copy_points(incmap__shapefile *file, const SHPObject *object,
                                 incmap_error *err)
{
    const size_t n = (size_t)object->nVertices;
    const incmap_status st = incmap__grow(&file->allocator, &file->points, &file->point_room, n,
                                          sizeof *file->points, err);
    for (size_t i = 0; !st && i < n; i++)
        file->points[i] = (incmap_coord){ .lat = object->padfY[i], .lon = object->padfX[i] };
    return st;
}

static incmap_status copy_doubles(incmap__shapefile *file, const double from[], size_t n,
                                  double **to, size_t *room, incmap_error *err)
{
    const incmap_status st = incmap__grow(&file->allocator, to, room, n, sizeof **to, err);
    if (!st && n) memcpy(*to, from, n * sizeof **to);
    return st;
}

/* A measure below -1e38 is none. */
static incmap_status copy_z_and_m(incmap__shapefile *file, const SHPObject *object,
                                  incmap__shape *shape, incmap_error *err)
{
    const size_t n = (size_t)object->nVertices;
    incmap_status st = INCMAP_OK;

    if (file->has_z && object->padfZ) {
        st = copy_doubles(file, object->padfZ, n, &file->z, &file->z_room, err);
        if (!st) shape->z = file->z;
    }
    if (!st && file->has_m && object->bMeasureIsUsed && object->padfM) {
        st = copy_doubles(file, object->padfM, n, &file->m, &file->m_room, err);
        for (size_t i = 0; !st && i < n; i++)
            if (file->m[i] < -1e38) file->m[i] = NAN;
        if (!st) shape->m = file->m;
    }
    return st;
}

/* Parts must begin in order and within the points. A point has one part of itself. */
static incmap_status copy_parts(incmap__shapefile *file, const SHPObject *object,
                                size_t *part_count, incmap_error *err)
{
    const size_t n = object->nParts > 0 ? (size_t)object->nParts : object->nVertices > 0 ? 1 : 0;
    int before = 0;
    const incmap_status st = incmap__grow(&file->allocator, &file->part_starts, &file->part_room,
                                          n + 1, sizeof *file->part_starts, err);
    if (st) return st;
    for (size_t p = 0; p < n; p++) {
        const int start = object->nParts > 0 ? object->panPartStart[p] : 0;
        if (start < before || start > object->nVertices)
            return incmap__fail(err, INCMAP_EDATA,
                                "%s: feature %d (from 0): part %zu begins at vertex %d of %d",
                                file->path, object->nShapeId, p, start, object->nVertices);
        file->part_starts[p] = (size_t)start;
        before = start;
    }
    file->part_starts[n] = (size_t)object->nVertices;
    *part_count = n;
    return INCMAP_OK;
}

static incmap_status copy_shape(incmap__shapefile *file, const SHPObject *object,
                                incmap__shape *out, incmap_error *err)
{
    incmap__shape shape = { .type = INCMAP__SHAPE_NULL };
    incmap_status st;

    if (!plain_type(object->nSHPType, &shape.type) ||
        (shape.type != INCMAP__SHAPE_NULL && shape.type != file->type))
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: feature %d (from 0): shape of type %d, expected the file's",
                            file->path, object->nShapeId, object->nSHPType);
    st = copy_points(file, object, err);
    if (!st) st = copy_parts(file, object, &shape.part_count, err);
    if (!st) st = copy_z_and_m(file, object, &shape, err);
    if (st) return st;
    shape.points = file->points;
    shape.point_count = (size_t)object->nVertices;
    shape.part_starts = file->part_starts;
    *out = shape;
    return INCMAP_OK;
}

incmap_status incmap__shapefile_read(incmap__shapefile *file, size_t row, incmap__shape *out,
                                     incmap_error *err)
{
    incmap__shape_io *before;
    SHPObject *object;
    incmap_status st;

    if (row >= file->count)
        return incmap__fail(err, INCMAP_EARG, "%s: no feature %zu (from 0)", file->path, row);
    if (!file->shp) {
        *out = (incmap__shape){ .type = INCMAP__SHAPE_NULL };
        return INCMAP_OK;
    }
    file->io.said[0] = '\0';
    before = incmap__shape_io_use(&file->io);
    object = SHPReadObject(file->shp, (int)row);
    (void)incmap__shape_io_use(before);
    st = object && !file->io.failure.status ? copy_shape(file, object, out, err)
                                            : fail_row(file, row, err);
    if (object) SHPDestroyObject(object);
    return st;
}
