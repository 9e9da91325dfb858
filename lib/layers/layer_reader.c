/* SPDX-License-Identifier: MIT */
/* Features of a shapefile as values. What Shapelib and the adapter let pass but a caller could not use
 * safely is refused here: open rings, coordinates that are none, digits that are no number. */
#include <incmap/layer_reader.h>

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/crs.h"
#include "io/diskfile.h"
#include "io/encoding.h"
#include "io/shapefile.h"
#include "io/staging.h"

enum { PRJ_MOST = 1 << 16, VALUE_MOST = 256 };

struct column {
    incmap__shapefile_column file;
    incmap_field_kind kind;
};

struct incmap_layer_reader {
    incmap_allocator allocator;
    char *path; /* without ".shp" */
    incmap__shapefile *file;
    incmap__decoder *decoder;
    incmap__crs *crs; /* NULL: coordinates as they are */
    bool stored;
    char *prj;
    struct column *columns;
    size_t column_count;
    incmap_value *values;
    char *texts; /* of the feature read last */
    size_t text_room, text_used;
    incmap_coord *points;
    size_t point_room;
};

/* ---- opening ---- */

static const char *with_ending(const incmap_layer_reader *r, char *buffer, size_t size,
                               const char *ending)
{
    (void)snprintf(buffer, size, "%s%s", r->path, ending);
    return buffer;
}

static incmap_status take_path(incmap_layer_reader *r, const char *path, incmap_error *err)
{
    size_t length = strlen(path);
    const char *end = length >= 4 ? path + length - 4 : "";

    if (incmap__text_same(end, ".shp") || incmap__text_same(end, ".dbf")) length -= 4;
    r->path = incmap__alloc(&r->allocator, length + 1, 1);
    if (!r->path) return incmap__fail_memory(err);
    memcpy(r->path, path, length);
    r->path[length] = '\0';
    return INCMAP_OK;
}

/* The .shp, the .SHP, or where there is neither the table. */
static incmap_status open_file(incmap_layer_reader *r, incmap_error *err)
{
    const incmap_allocator *a = &r->allocator;
    const size_t size = strlen(r->path) + 8;
    char *name = incmap__alloc(a, size, 1);
    incmap_status st;
    bool shapes, table;

    if (!name) return incmap__fail_memory(err);
    shapes = access(with_ending(r, name, size, ".shp"), F_OK) == 0 ||
             access(with_ending(r, name, size, ".SHP"), F_OK) == 0;
    table = access(with_ending(r, name, size, ".dbf"), F_OK) == 0;
    st = shapes || !table ? incmap__shapefile_open(&r->file, r->path, a, err)
                          : incmap__shapefile_open_table(&r->file, r->path, a, err);
    incmap__free(a, name);
    if (st == INCMAP_EIO && incmap__staging_is_interrupted(r->path, a))
        return incmap__fail(
            err, st, "%s: its writing was interrupted: incmap_layer_recover mends it", r->path);
    return st;
}

static incmap_status read_prj(incmap_layer_reader *r, incmap_error *err)
{
    const size_t size = strlen(r->path) + 8;
    incmap__diskfile *file = NULL;
    char *name = incmap__alloc(&r->allocator, size, 1);
    size_t length = 0;
    incmap_status st = INCMAP_OK;

    r->prj = incmap__alloc(&r->allocator, PRJ_MOST + 1, 1);
    if (!name || !r->prj) st = incmap__fail_memory(err);
    if (!st && access(with_ending(r, name, size, ".prj"), F_OK) == 0)
        st = incmap__diskfile_open(&file, name, INCMAP__DISKFILE_READ, &r->allocator, err);
    if (file) length = incmap__diskfile_read(file, r->prj, PRJ_MOST);
    if (!st) st = incmap__diskfile_close(file, false, err);
    if (r->prj) r->prj[length] = '\0';
    incmap__free(&r->allocator, name);
    return st;
}

static incmap_status find_crs(incmap_layer_reader *r, incmap_error *err)
{
    incmap_status st = read_prj(r, err);
    if (!st && !r->stored && r->prj[strspn(r->prj, " \t\r\n")])
        st = incmap__crs_new(&r->crs, r->prj, &r->allocator, err);
    return st;
}

/* Up to 18 digits fit 64 bits. */
static incmap_field_kind kind_of(const incmap__shapefile_column *column)
{
    if (column->type == 'D') return INCMAP_FIELD_DATE;
    if (column->type != 'N' && column->type != 'F') return INCMAP_FIELD_TEXT;
    return column->decimals == 0 && column->width <= 18 ? INCMAP_FIELD_INT : INCMAP_FIELD_NUMBER;
}

static incmap_status take_columns(incmap_layer_reader *r, incmap_error *err)
{
    const int n = incmap__shapefile_field_count(r->file);

    r->column_count = n > 0 ? (size_t)n : 0;
    r->columns = incmap__alloc(&r->allocator, r->column_count, sizeof *r->columns);
    r->values = incmap__alloc(&r->allocator, r->column_count, sizeof *r->values);
    if (!r->columns || !r->values) return incmap__fail_memory(err);
    for (int i = 0; i < n; i++) {
        r->columns[i].file = incmap__shapefile_column_at(r->file, i);
        r->columns[i].kind = kind_of(&r->columns[i].file);
    }
    return INCMAP_OK;
}

incmap_status incmap_layer_reader_open(incmap_ctx *ctx, const char *path,
                                       const incmap_layer_reader_options *options,
                                       incmap_layer_reader **out)
{
    const char *encoding = options ? options->encoding : NULL;
    incmap_layer_reader *r;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !out)
        return incmap__fail(&ctx->error, INCMAP_EARG, "layer reader: path or out is NULL");
    r = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *r);
    if (!r) return incmap__fail_memory(&ctx->error);
    r->allocator = ctx->allocator;
    r->stored = options && options->stored;
    st = take_path(r, path, &ctx->error);
    if (!st) st = open_file(r, &ctx->error);
    if (!st)
        st = incmap__decoder_new(&r->decoder,
                                 encoding ? encoding : incmap__shapefile_encoding(r->file),
                                 &r->allocator, &ctx->error);
    if (!st) st = find_crs(r, &ctx->error);
    if (!st) st = take_columns(r, &ctx->error);
    if (st)
        incmap_layer_reader_free(r);
    else
        *out = r;
    return st;
}

void incmap_layer_reader_free(incmap_layer_reader *r)
{
    if (r) {
        const incmap_allocator a = r->allocator;
        incmap__shapefile_close(r->file);
        incmap__decoder_free(r->decoder);
        incmap__crs_free(r->crs);
        incmap__free(&a, r->path);
        incmap__free(&a, r->prj);
        incmap__free(&a, r->columns);
        incmap__free(&a, r->values);
        incmap__free(&a, r->texts);
        incmap__free(&a, r->points);
        incmap__free(&a, r);
    }
}

/* ---- what it is ---- */

incmap_shape_type incmap_layer_reader_type(const incmap_layer_reader *r)
{
    return r ? incmap__shapefile_type(r->file) : INCMAP_SHAPE_NULL;
}

size_t incmap_layer_reader_count(const incmap_layer_reader *r)
{
    return r ? incmap__shapefile_count(r->file) : 0;
}

size_t incmap_layer_reader_field_count(const incmap_layer_reader *r)
{
    return r ? r->column_count : 0;
}

bool incmap_layer_reader_field(const incmap_layer_reader *r, size_t i, incmap_field *out)
{
    if (!r || !out || i >= r->column_count) return false;
    *out = (incmap_field){ .name = r->columns[i].file.name,
                           .kind = r->columns[i].kind,
                           .width = r->columns[i].file.width,
                           .decimals = r->columns[i].file.decimals };
    return true;
}

size_t incmap_layer_reader_find(const incmap_layer_reader *r, const char *name)
{
    for (size_t i = 0; r && name && i < r->column_count; i++)
        if (incmap__text_same(r->columns[i].file.name, name)) return i;
    return SIZE_MAX;
}

const char *incmap_layer_reader_crs(const incmap_layer_reader *r)
{
    return r ? r->prj : "";
}

bool incmap_layer_reader_is_deleted(incmap_layer_reader *r, size_t row)
{
    return r && incmap__shapefile_is_deleted(r->file, row);
}

/* ---- shapes ---- */

static incmap_status refuse_shape(const incmap_layer_reader *r, size_t row, const char *found,
                                  incmap_error *err)
{
    return incmap__fail(err, INCMAP_EDATA, "%s.shp: feature %zu (from 0): %s", r->path, row, found);
}

static incmap_status check_rings(const incmap_layer_reader *r, size_t row,
                                 const incmap__shape *shape, incmap_error *err)
{
    for (size_t p = 0; p < shape->part_count; p++) {
        const size_t from = shape->part_starts[p], to = shape->part_starts[p + 1];
        const incmap_coord *first = &shape->points[from];

        if (to - from < 4) return refuse_shape(r, row, "a ring of fewer than four points", err);
        if (first->lat != shape->points[to - 1].lat || first->lon != shape->points[to - 1].lon)
            return refuse_shape(r, row, "a ring whose last point is not its first", err);
    }
    return INCMAP_OK;
}

static incmap_status check_points(const incmap_layer_reader *r, size_t row,
                                  const incmap__shape *shape, incmap_error *err)
{
    const bool degrees = !r->stored;

    for (size_t i = 0; i < shape->point_count; i++) {
        const incmap_coord at = shape->points[i];
        if (!isfinite(at.lat) || !isfinite(at.lon) || (degrees && fabs(at.lat) > 90))
            return incmap__fail(err, INCMAP_EDATA,
                                "%s.shp: feature %zu (from 0): point %zu at lat %s, lon %s is none",
                                r->path, row, i, incmap__number(at.lat).text,
                                incmap__number(at.lon).text);
    }
    return INCMAP_OK;
}

/* To degrees on WGS 84. */
static incmap_status bring(incmap_layer_reader *r, size_t row, incmap__shape *shape,
                           incmap_error *err)
{
    const size_t n = shape->point_count;
    char why[256];
    incmap_status st;

    if (!r->crs || incmap__crs_is_wgs84(r->crs) || !n) return INCMAP_OK;
    st = incmap__grow(&r->allocator, &r->points, &r->point_room, n, sizeof *r->points, err);
    if (st) return st;
    memcpy(r->points, shape->points, n * sizeof *r->points);
    st = incmap__crs_inverse(r->crs, r->points, n, err);
    if (st) {
        (void)incmap__text_copy(why, sizeof why, err ? err->message : "");
        return incmap__fail(err, st, "%s.shp: feature %zu (from 0): %s", r->path, row, why);
    }
    shape->points = r->points;
    return INCMAP_OK;
}

static incmap_status read_shape(incmap_layer_reader *r, size_t row, incmap_shape *out,
                                incmap_error *err)
{
    incmap__shape shape;
    incmap_status st = incmap__shapefile_read(r->file, row, &shape, err);

    if (!st && shape.type == INCMAP_SHAPE_POLYGON) st = check_rings(r, row, &shape, err);
    if (!st) st = bring(r, row, &shape, err);
    if (!st) st = check_points(r, row, &shape, err);
    if (!st) *out = shape;
    return st;
}

/* ---- values ---- */

static incmap_status refuse_value(const incmap_layer_reader *r, size_t row, size_t i,
                                  const char *found, const char *expected, incmap_error *err)
{
    return incmap__fail(err, INCMAP_EDATA,
                        "%s.dbf: feature %zu (from 0), field %s: found \"%.60s\", expected %s",
                        r->path, row, r->columns[i].file.name, found, expected);
}

/* Until all texts of a feature are there the block may move: values hold where theirs begin. */
static incmap_status take_text(incmap_layer_reader *r, size_t row, size_t i, const char *raw,
                               incmap_error *err)
{
    bool memory = true;
    const char *text = incmap__decode(r->decoder, raw, &memory);
    size_t size;
    incmap_status st;

    if (!text && memory) return incmap__fail_memory(err);
    if (!text)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s.dbf: feature %zu (from 0), field %s: bytes that are not of the "
                            "encoding, which .cpg or an option would tell",
                            r->path, row, r->columns[i].file.name);
    size = strlen(text) + 1;
    st = incmap__grow(&r->allocator, &r->texts, &r->text_room, r->text_used + size, 1, err);
    if (st) return st;
    memcpy(r->texts + r->text_used, text, size);
    r->values[i].kind = INCMAP_VALUE_TEXT;
    r->values[i].as.whole = (int64_t)r->text_used;
    r->text_used += size;
    return INCMAP_OK;
}

static incmap_status take_day(incmap_layer_reader *r, size_t row, size_t i, const char *text,
                              incmap_error *err)
{
    int numbers[3] = { 0, 0, 0 };
    static const int lengths[] = { 4, 2, 2 };
    size_t at = 0;

    if (strlen(text) != 8 || strspn(text, "0123456789") != 8)
        return refuse_value(r, row, i, text, "a day as YYYYMMDD", err);
    for (int n = 0; n < 3; n++)
        for (int k = 0; k < lengths[n]; k++)
            numbers[n] = numbers[n] * 10 + (text[at++] - '0');
    if (!incmap_day_from_civil(numbers[0], numbers[1], numbers[2], &r->values[i].as.day))
        return refuse_value(r, row, i, text, "a day of the calendar", err);
    r->values[i].kind = INCMAP_VALUE_DAY;
    return INCMAP_OK;
}

static incmap_status take_number(incmap_layer_reader *r, size_t row, size_t i, const char *text,
                                 incmap_error *err)
{
    incmap_value *value = &r->values[i];

    text += strspn(text, " ");
    if (r->columns[i].kind == INCMAP_FIELD_INT) {
        if (!incmap__text_to_int(text, strlen(text), &value->as.whole))
            return refuse_value(r, row, i, text, "a whole number", err);
        value->kind = INCMAP_VALUE_INT;
        return INCMAP_OK;
    }
    if (!incmap__text_to_double(text, strlen(text), &value->as.number))
        return refuse_value(r, row, i, text, "a number", err);
    value->kind = INCMAP_VALUE_NUMBER;
    return INCMAP_OK;
}

static incmap_status read_value(incmap_layer_reader *r, size_t row, size_t i, incmap_error *err)
{
    const char *text = "";
    incmap_status st = incmap__shapefile_text(r->file, row, (int)i, &text, err);

    r->values[i].kind = INCMAP_VALUE_NULL;
    if (st || !text[strspn(text, " ")]) return st;
    switch (r->columns[i].kind) {
    case INCMAP_FIELD_TEXT: return take_text(r, row, i, text, err);
    case INCMAP_FIELD_DATE: return take_day(r, row, i, text, err);
    case INCMAP_FIELD_INT:
    case INCMAP_FIELD_NUMBER: break;
    }
    return take_number(r, row, i, text, err);
}

static incmap_status read_values(incmap_layer_reader *r, size_t row, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    r->text_used = 0;
    for (size_t i = 0; !st && i < r->column_count; i++)
        st = read_value(r, row, i, err);
    for (size_t i = 0; !st && i < r->column_count; i++)
        if (r->values[i].kind == INCMAP_VALUE_TEXT)
            r->values[i].as.text = r->texts + (size_t)r->values[i].as.whole;
    return st;
}

incmap_status incmap_layer_reader_read(incmap_ctx *ctx, incmap_layer_reader *r, size_t row,
                                       incmap_shape *shape, incmap_value values[])
{
    incmap_shape read = { INCMAP_SHAPE_NULL, NULL, 0, NULL, 0, NULL, NULL };
    incmap_status st = INCMAP_OK;

    if (!ctx) return INCMAP_EARG;
    if (!r) return incmap__fail(&ctx->error, INCMAP_EARG, "layer reader: reader is NULL");
    if (row >= incmap__shapefile_count(r->file))
        return incmap__fail(&ctx->error, INCMAP_EARG, "%s: no feature %zu (from 0)", r->path, row);
    if (shape) st = read_shape(r, row, &read, &ctx->error);
    if (!st && values) st = read_values(r, row, &ctx->error);
    if (st) return st;
    if (shape) *shape = read;
    if (values) memcpy(values, r->values, r->column_count * sizeof *values);
    return INCMAP_OK;
}
