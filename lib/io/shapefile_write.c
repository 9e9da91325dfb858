/* SPDX-License-Identifier: MIT */
/* Shapefiles out: .shp .shx .dbf .prj .cpg. Values are formatted here, not by Shapelib, whose
 * numbers follow the locale and become asterisks where they do not fit. */
#include "io/shapefile.h"

#include <incmap/date.h>

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "io/shapelib_hooks.h"

enum { TEXT_MOST = 254, NUMBER_MOST = 32, NAME_MOST = 10, RECORD_MOST = 65535 };

struct incmap__shapewriter {
    incmap_allocator allocator;
    incmap__shape_io io;
    char *path;  /* base with room for an extension */
    size_t stem; /* length of base */
    SHPHandle shp;
    DBFHandle dbf;
    incmap__shape_type type;
    incmap__field *fields; /* the names are not kept */
    size_t n_fields;
    int rows;
    double *xy; /* x of all points, then y */
    int *starts;
    size_t xy_room, start_room;
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
    switch (field->type) {
    case INCMAP__FIELD_TEXT: return field->width >= 1 && field->width <= TEXT_MOST;
    case INCMAP__FIELD_INT: return field->width >= 1 && field->width <= NUMBER_MOST;
    case INCMAP__FIELD_NUMBER:
        return field->width >= 1 && field->width <= NUMBER_MOST && field->decimals >= 0 &&
               (field->decimals == 0 || field->decimals <= field->width - 2);
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
    if (n == 0 || n > (RECORD_MOST - 33) / 32 || record > RECORD_MOST)
        return incmap__fail(err, INCMAP_EARG,
                            "%s.dbf: %zu fields of %zu bytes in all, expected 1 to %d bytes", base,
                            n, record, RECORD_MOST);
    return INCMAP_OK;
}

static incmap_status allocate(incmap__shapewriter *w, const char *base,
                              const incmap__field fields[], size_t n, incmap_error *err)
{
    w->stem = strlen(base);
    w->path = incmap__alloc(&w->allocator, w->stem + sizeof ".shp", 1);
    w->fields = incmap__alloc(&w->allocator, n, sizeof *w->fields);
    if (!w->path || !w->fields) return incmap__fail_memory(err);
    memcpy(w->path, base, w->stem + 1);
    memcpy(w->fields, fields, n * sizeof *w->fields);
    for (size_t i = 0; i < n; i++)
        w->fields[i].name = NULL;
    w->n_fields = n;
    return INCMAP_OK;
}

/* The field types as characters, since Shapelib makes wide numbers 'F' where GIS expect 'N'. */
static bool add_fields(DBFHandle dbf, const incmap__field fields[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char type = "CNND"[fields[i].type];
        const int decimals = fields[i].type == INCMAP__FIELD_NUMBER ? fields[i].decimals : 0;
        if (DBFAddNativeFieldType(dbf, fields[i].name, type, width_of(&fields[i]), decimals) < 0)
            return false;
    }
    return true;
}

static incmap_status create(incmap__shapewriter *w, const incmap__field fields[], incmap_error *err)
{
    incmap__shape_io *before = incmap__shape_io_use(&w->io);
    bool whole = false;
    SAHooks hooks;

    incmap__shape_io_hooks(&hooks);
    w->shp = SHPCreateLL(with_extension(w, ".shp"), (int)w->type, &hooks);
    /* Without a code page: DBFCreate would stamp 87, "ANSI", and readers trust that before .cpg. */
    if (w->shp) w->dbf = DBFCreateLL(with_extension(w, ".dbf"), NULL, &hooks);
    if (w->dbf) {
        /* Not today's date: the same input gives the same bytes. */
        DBFSetLastModifiedDate(w->dbf, 100, 1, 1);
        whole = add_fields(w->dbf, fields, w->n_fields);
    }
    (void)incmap__shape_io_use(before);
    if (!whole || w->io.failure.status) return incmap__shape_io_fail(&w->io, w->path, err);
    return INCMAP_OK;
}

incmap_status incmap__shapewriter_new(incmap__shapewriter **out, const char *base,
                                      incmap__shape_type type, const incmap__field fields[],
                                      size_t n_fields, const char *prj, const incmap_allocator *a,
                                      incmap_error *err)
{
    incmap__shapewriter *w;
    incmap_status st = check_fields(base, fields, n_fields, err);

    if (st) return st;
    w = incmap__alloc_zeroed(a, 1, sizeof *w);
    if (!w) return incmap__fail_memory(err);
    w->allocator = w->io.allocator = *a;
    w->type = type;
    st = allocate(w, base, fields, n_fields, err);
    if (!st) st = create(w, fields, err);
    if (!st) st = incmap__diskfile_write_whole(with_extension(w, ".prj"), prj, strlen(prj), a, err);
    if (!st) st = incmap__diskfile_write_whole(with_extension(w, ".cpg"), "UTF-8", 5, a, err);
    if (st)
        (void)incmap__shapewriter_close(w, NULL);
    else
        *out = w;
    return st;
}

/* ---- features ---- */

static incmap_status split_points(incmap__shapewriter *w, const incmap__shape *shape,
                                  incmap_error *err)
{
    const size_t n = shape->point_count, parts = shape->part_count;
    incmap_status st = INCMAP_OK;

    if (n > INT_MAX / 16 || parts > INT_MAX / 16)
        return incmap__fail(err, INCMAP_EDATA, "%s: a shape of %zu points is too large",
                            with_extension(w, ".shp"), n);
    st = incmap__grow(&w->allocator, &w->xy, &w->xy_room, 2 * n, sizeof *w->xy, err);
    if (!st)
        st = incmap__grow(&w->allocator, &w->starts, &w->start_room, parts, sizeof *w->starts, err);
    if (st) return st;
    for (size_t i = 0; i < n; i++) {
        w->xy[i] = shape->points[i].lon;
        w->xy[n + i] = shape->points[i].lat;
    }
    for (size_t p = 0; p < parts; p++)
        w->starts[p] = (int)shape->part_starts[p];
    return INCMAP_OK;
}

/* With the first field the .dbf gets its row, all blank: NULL for every reader. */
static incmap_status append(incmap__shapewriter *w, SHPObject *object, incmap_error *err)
{
    incmap__shape_io *before = incmap__shape_io_use(&w->io);
    char blank[] = "";
    const bool done = SHPWriteObject(w->shp, -1, object) == w->rows &&
                      DBFWriteAttributeDirectly(w->dbf, w->rows, 0, blank);
    (void)incmap__shape_io_use(before);
    if (!done || w->io.failure.status)
        return incmap__shape_io_fail(&w->io, with_extension(w, ".shp"), err);
    w->rows++;
    return INCMAP_OK;
}

incmap_status incmap__shapewriter_add(incmap__shapewriter *w, const incmap__shape *shape,
                                      incmap_error *err)
{
    const bool empty = !shape || shape->type == INCMAP__SHAPE_NULL || shape->point_count == 0;
    const size_t n = empty ? 0 : shape->point_count;
    const int parts = empty || w->type == INCMAP__SHAPE_POINT ? 0 : (int)shape->part_count;
    SHPObject *object;
    incmap_status st;

    if (!empty) {
        st = split_points(w, shape, err);
        if (st) return st;
    }
    object = SHPCreateObject(empty ? SHPT_NULL : (int)w->type, -1, parts, parts ? w->starts : NULL,
                             NULL, (int)n, w->xy, w->xy ? w->xy + n : NULL, NULL, NULL);
    if (!object) return incmap__fail_memory(err);
    st = append(w, object, err);
    SHPDestroyObject(object);
    return st;
}

/* ---- values ---- */

static incmap_status put(incmap__shapewriter *w, size_t field, char *value, incmap_error *err)
{
    incmap__shape_io *before = incmap__shape_io_use(&w->io);
    const int done = DBFWriteAttributeDirectly(w->dbf, w->rows - 1, (int)field, value);
    (void)incmap__shape_io_use(before);
    if (!done || w->io.failure.status)
        return incmap__shape_io_fail(&w->io, with_extension(w, ".dbf"), err);
    return INCMAP_OK;
}

/* Numbers stand at the right end of their field. */
static incmap_status put_right(incmap__shapewriter *w, size_t field, const char *digits,
                               incmap_error *err)
{
    const size_t width = (size_t)w->fields[field].width, length = strlen(digits);
    char value[NUMBER_MOST + 1];

    if (length > width)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: feature %d (from 0): %s does not fit field %zu of %zu bytes",
                            with_extension(w, ".dbf"), w->rows - 1, digits, field + 1, width);
    memset(value, ' ', width - length);
    memcpy(value + width - length, digits, length + 1);
    return put(w, field, value, err);
}

incmap_status incmap__shapewriter_put_text(incmap__shapewriter *w, size_t field, const char *value,
                                           bool *cut, incmap_error *err)
{
    const size_t length = strlen(value), width = (size_t)w->fields[field].width;
    const size_t kept = incmap__utf8_cut(value, length, width);
    char copy[TEXT_MOST + 1];

    memcpy(copy, value, kept);
    copy[kept] = '\0';
    *cut = kept < length;
    return put(w, field, copy, err);
}

incmap_status incmap__shapewriter_put_int(incmap__shapewriter *w, size_t field, int64_t value,
                                          incmap_error *err)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%" PRId64, value);
    return put_right(w, field, digits, err);
}

/* DBL_MAX has 309 digits before the point. */
enum { DIGITS_SIZE = 400 };

static void format_number(char digits[DIGITS_SIZE], double value, int decimals)
{
    (void)snprintf(digits, DIGITS_SIZE, "%.*f", decimals, value);
    incmap__text_point(digits);
    /* No minus before a zero. */
    if (digits[0] == '-' && strspn(digits + 1, "0.") == strlen(digits + 1))
        memmove(digits, digits + 1, strlen(digits));
}

size_t incmap__shapefile_number_width(double value, int decimals)
{
    char digits[DIGITS_SIZE];
    if (!isfinite(value)) return 0;
    format_number(digits, value, decimals);
    return strlen(digits);
}

incmap_status incmap__shapewriter_put_number(incmap__shapewriter *w, size_t field, double value,
                                             incmap_error *err)
{
    char digits[DIGITS_SIZE];

    if (isnan(value)) return INCMAP_OK;
    if (isinf(value))
        return incmap__fail(err, INCMAP_EDATA, "%s: feature %d (from 0): field %zu is infinite",
                            with_extension(w, ".dbf"), w->rows - 1, field + 1);
    format_number(digits, value, w->fields[field].decimals);
    return put_right(w, field, digits, err);
}

incmap_status incmap__shapewriter_put_date(incmap__shapewriter *w, size_t field, int32_t day,
                                           incmap_error *err)
{
    int year = 0, month = 0, mday = 0;
    char text[48];

    incmap_day_to_civil(day, &year, &month, &mday);
    if (year < 1 || year > 9999)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: feature %d (from 0): year %d does not fit a date field",
                            with_extension(w, ".dbf"), w->rows - 1, year);
    (void)snprintf(text, sizeof text, "%04d%02d%02d", year, month, mday);
    return put(w, field, text, err);
}

incmap_status incmap__shapewriter_close(incmap__shapewriter *w, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    if (!w) return INCMAP_OK;
    incmap__shape_io *before = incmap__shape_io_use(&w->io);
    w->io.sync = true;
    if (w->shp) SHPClose(w->shp);
    if (w->dbf) DBFClose(w->dbf);
    (void)incmap__shape_io_use(before);
    /* What Shapelib itself said while closing is a failure too: a header it could not make. */
    if (w->io.failure.status || w->io.said[0]) st = incmap__shape_io_fail(&w->io, w->path, err);

    const incmap_allocator a = w->allocator;
    incmap__free(&a, w->path);
    incmap__free(&a, w->fields);
    incmap__free(&a, w->xy);
    incmap__free(&a, w->starts);
    incmap__free(&a, w);
    return st;
}
