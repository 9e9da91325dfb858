/* SPDX-License-Identifier: MIT */
/* Features as rows: a header from the names of their attributes, then one row of texts for each.
 *
 *     {"type": "Feature", "properties": {"id": 7, "best": 3}, "geometry": {... [36.5, 50.1]}}
 *     longitude,latitude,id,best
 *     36.5,50.1,7,3
 */
#include "formats/feature_rows.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "geodesy/crs.h"
#include "io/diskfile.h"
#include "io/encoding.h"
#include "io/geojson.h"
#include "io/shapefile.h"

enum { PRJ_MOST = 16 << 10, NAMES_MOST = 4096 };

#define NO_TEXT SIZE_MAX

typedef struct {
    incmap__feature_rows_spec spec;
    incmap_allocator allocator;
    incmap__arena arena; /* the names */
    const char **names;
    size_t name_count, name_room, guess;
    incmap__geojson *geojson;
    incmap__shapefile *shapefile;
    incmap__decoder *decoder;
    incmap__crs *crs;                  /* NULL: degrees on WGS 84 */
    incmap__shapefile_column *columns; /* of the first part, in the arena */
    int column_count;
    size_t part;   /* of the layer, from 1 */
    size_t before; /* rows of the parts before this one */
    bool header_given, at_feature;
    size_t handed_out; /* rows of GeoJSON */
    size_t number;     /* of the next feature of a shapefile, or object of a list */
    char *bytes;       /* of the row in hand, text behind text, each with a zero */
    size_t *starts;    /* of each field in them; NO_TEXT */
    size_t *lengths;   /* likewise */
    incmap__csv_field *fields;
    size_t used, room;
    bool bad_bytes;
    size_t bad_column;
} feature_rows;

static void close_rows(void *user)
{
    feature_rows *f = user;
    const incmap_allocator a = f->allocator;

    incmap__geojson_close(f->geojson);
    incmap__shapefile_close(f->shapefile);
    incmap__decoder_free(f->decoder);
    incmap__crs_free(f->crs);
    incmap__arena_free(&f->arena);
    incmap__free(&a, f->names);
    incmap__free(&a, f->bytes);
    incmap__free(&a, f->starts);
    incmap__free(&a, f->lengths);
    incmap__free(&a, f->fields);
    incmap__free(&a, f);
}

/* ---- names ---- */

static incmap_status add_name(feature_rows *f, const char *name, incmap_error *err)
{
    incmap_status st;

    /* Each feature has a field for each of them. */
    if (f->name_count == NAMES_MOST)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: found more than %d names of properties, expected at most so many",
                            f->spec.path, NAMES_MOST);
    st = incmap__grow(&f->allocator, &f->names, &f->name_room, f->name_count + 1, sizeof *f->names,
                      err);
    const char *copy = st ? NULL : incmap__arena_text(&f->arena, name, strlen(name));

    if (!st && !copy) st = incmap__fail_memory(err);
    if (!st) f->names[f->name_count++] = copy;
    return st;
}

/* A property's name as a column's: not that of the geometry. */
static const char *column_name(const feature_rows *f, const char *name, char *buffer, size_t size)
{
    size_t used = 0;

    if (!f->spec.lon_name ||
        (!incmap__text_same(name, f->spec.lon_name) && !incmap__text_same(name, f->spec.lat_name)))
        return name;
    incmap__text_add(buffer, size, &used, "properties.%s", name);
    return buffer;
}

/* Features name their properties in one order, so that the next name is most often the one behind the
 * last. */
static size_t find_name(feature_rows *f, const char *name)
{
    char buffer[256];
    const char *wanted = column_name(f, name, buffer, sizeof buffer);

    for (size_t k = 0; k < f->name_count; k++) {
        const size_t i = (f->guess + k) % f->name_count;
        if (strcmp(f->names[i], wanted) != 0) continue;
        f->guess = i + 1;
        return i;
    }
    return NO_TEXT;
}

static bool is_skipped(const feature_rows *f, const char *name)
{
    return f->spec.skip && strcmp(name, f->spec.skip) == 0;
}

static incmap_status collect_name(void *user, const char *name, const char *text, bool nested,
                                  incmap_error *err)
{
    feature_rows *f = user;
    char buffer[256];

    (void)text;
    (void)nested;
    if (is_skipped(f, name) || find_name(f, name) != NO_TEXT) return INCMAP_OK;
    return add_name(f, column_name(f, name, buffer, sizeof buffer), err);
}

static incmap_status begin_names(feature_rows *f, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    if (f->spec.lon_name) st = add_name(f, f->spec.lon_name, err);
    if (!st && f->spec.lat_name) st = add_name(f, f->spec.lat_name, err);
    for (size_t i = 0; !st && !f->spec.shapefile && i < f->spec.n_known; i++)
        if (find_name(f, f->spec.known[i].name) == NO_TEXT) {
            char buffer[256];
            const char *name = f->spec.known[i].name;
            /* Not the geometry's own. */
            if (column_name(f, name, buffer, sizeof buffer) == name) st = add_name(f, name, err);
        }
    return st;
}

/* ---- the row in hand ---- */

static void clear_row(feature_rows *f)
{
    f->used = 0;
    f->guess = 0;
    f->bad_bytes = false;
    for (size_t i = 0; i < f->name_count; i++)
        f->starts[i] = NO_TEXT;
}

static incmap_status set_field(feature_rows *f, size_t i, const char *text, incmap_error *err)
{
    const size_t length = strlen(text);
    const incmap_status st =
        incmap__grow(&f->allocator, &f->bytes, &f->room, f->used + length + 1, 1, err);

    if (st) return st;
    memcpy(f->bytes + f->used, text, length + 1);
    f->starts[i] = f->used;
    f->lengths[i] = length;
    f->used += length + 1;
    return INCMAP_OK;
}

static incmap_status take_member(void *user, const char *name, const char *text, bool nested,
                                 incmap_error *err)
{
    feature_rows *f = user;
    const size_t i = is_skipped(f, name) ? NO_TEXT : find_name(f, name);

    (void)nested;
    return i == NO_TEXT ? INCMAP_OK : set_field(f, i, text, err);
}

static void hand_out(feature_rows *f, size_t line, incmap__csv_row *row)
{
    for (size_t i = 0; i < f->name_count; i++) {
        const bool there = f->starts[i] != NO_TEXT;
        f->fields[i] = (incmap__csv_field){ .text = there ? f->bytes + f->starts[i] : "",
                                            .length = there ? f->lengths[i] : 0 };
    }
    *row = (incmap__csv_row){ .line = line, .fields = f->fields, .count = f->name_count };
    if (!f->bad_bytes) return;
    row->fault = INCMAP__CSV_ROW_UTF8;
    row->fault_column = f->bad_column + 1;
}

static void hand_out_header(feature_rows *f, incmap__csv_row *row)
{
    for (size_t i = 0; i < f->name_count; i++)
        f->fields[i] = (incmap__csv_field){ .text = f->names[i], .length = strlen(f->names[i]) };
    *row = (incmap__csv_row){ .line = 1, .fields = f->fields, .count = f->name_count };
    f->header_given = true;
}

/* ---- GeoJSON ---- */

static incmap_status open_geojson(feature_rows *f, incmap_error *err)
{
    const incmap_status st = incmap__geojson_open(&f->geojson, f->spec.path, &f->allocator, err);

    if (!st && f->spec.kept) incmap__geojson_keep(f->geojson, f->spec.list);
    f->at_feature = false;
    f->number = 0;
    return st;
}

/* To the next feature or object of a list; *found false at the end. What is kept may stand behind the
 * features, so that all of these are passed over first. */
static incmap_status step(feature_rows *f, bool *found, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    for (;;) {
        if (f->spec.list && f->at_feature &&
            f->number < incmap__geojson_list_length(f->geojson, f->spec.list, f->spec.kept)) {
            f->number++;
            *found = true;
            return INCMAP_OK;
        }
        if (f->spec.kept && f->at_feature) break;
        st = incmap__geojson_next(f->geojson, found, err);
        while (!st && f->spec.kept && *found)
            st = incmap__geojson_next(f->geojson, found, err);
        if (st) return st;
        f->number = 0;
        f->at_feature = true;
        if (f->spec.kept) continue;
        if (!*found || !f->spec.list) return INCMAP_OK;
    }
    *found = false;
    return INCMAP_OK;
}

static incmap_status each_member(feature_rows *f, incmap__geojson_member_fn fn, incmap_error *err)
{
    if (f->spec.list)
        return incmap__geojson_each_of(f->geojson, f->spec.list, f->spec.kept, f->number - 1, fn, f,
                                       err);
    return incmap__geojson_each(f->geojson, fn, f, err);
}

static incmap_status collect_names(feature_rows *f, incmap_error *err)
{
    bool found = false;
    incmap_status st = open_geojson(f, err);

    if (!st) st = step(f, &found, err);
    while (!st && found) {
        st = each_member(f, collect_name, err);
        if (!st) st = step(f, &found, err);
    }
    incmap__geojson_close(f->geojson);
    f->geojson = NULL;
    return st ? st : open_geojson(f, err);
}

static incmap_status next_geojson(feature_rows *f, incmap__csv_row *row, bool *row_found,
                                  incmap_error *err)
{
    const char *lon, *lat;
    bool found = false;
    incmap_status st = step(f, &found, err);

    if (st || !found) {
        if (!st) *row_found = false;
        return st;
    }
    clear_row(f);
    if (f->spec.lon_name) {
        (void)incmap__geojson_point(f->geojson, &lon, &lat);
        st = set_field(f, 0, lon, err);
        if (!st) st = set_field(f, 1, lat, err);
    }
    if (!st) st = each_member(f, take_member, err);
    if (st) return st;
    hand_out(f, ++f->handed_out, row);
    *row_found = true;
    return INCMAP_OK;
}

/* ---- shapefiles ---- */

/* Ten bytes are all that a .dbf has for a name. */
static const char *whole_name(const feature_rows *f, const char *name)
{
    const char *whole = NULL;

    if (strlen(name) != 10) return name;
    for (size_t i = 0; i < f->spec.n_known; i++) {
        char start[11];
        (void)incmap__text_copy(start, sizeof start, f->spec.known[i].name);
        if (!incmap__text_same(start, name)) continue;
        if (whole) return name;
        whole = f->spec.known[i].name;
    }
    return whole ? whole : name;
}

/* Bytes of a path without the ending of a .shp, where it has one. */
static size_t base_length(const char *path)
{
    const size_t length = strlen(path);
    return length > 4 && incmap__text_same(path + length - 4, ".shp") ? length - 4 : length;
}

/* At most PRJ_MOST bytes of a file, ended by a zero; the failure of one that is there and cannot be read,
 * for without it projected metres would be taken as degrees. */
static incmap_status read_text(const char *path, char *text, const incmap_allocator *a,
                               incmap_error *err)
{
    incmap__diskfile *file = NULL;
    incmap_status closed, st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_READ, a, err);

    if (st) return st;
    text[incmap__diskfile_read(file, text, PRJ_MOST)] = '\0';
    st = incmap__diskfile_check(file, err);
    closed = incmap__diskfile_close(file, false, st ? NULL : err);
    return st ? st : closed;
}

/* Without a .prj, coordinates are taken as degrees. */
static incmap_status read_prj(feature_rows *f, const char *set, incmap_error *err)
{
    static const char *const endings[] = { ".prj", ".PRJ" };
    const size_t length = base_length(set);
    char *path = incmap__alloc(&f->allocator, length + 5, 1);
    char *wkt = incmap__alloc(&f->allocator, PRJ_MOST + 1, 1);
    incmap_status st = path && wkt ? INCMAP_OK : incmap__fail_memory(err);

    if (!st) {
        memcpy(path, set, length);
        wkt[0] = '\0';
    }
    for (int i = 0; !st && !wkt[0] && i < 2; i++) {
        memcpy(path + length, endings[i], 5);
        if (access(path, F_OK) == 0) st = read_text(path, wkt, &f->allocator, err);
    }
    if (!st && wkt[strspn(wkt, " \t\r\n")]) st = incmap__crs_new(&f->crs, wkt, &f->allocator, err);
    incmap__free(&f->allocator, path);
    incmap__free(&f->allocator, wkt);
    return st;
}

/* The set at `path`: the layer itself, or a part that it goes on in. */
static incmap_status open_set(feature_rows *f, const char *path, incmap_error *err)
{
    const char *encoding = f->spec.encoding;
    incmap_status st = f->spec.table
                           ? incmap__shapefile_open_table(&f->shapefile, path, &f->allocator, err)
                           : incmap__shapefile_open(&f->shapefile, path, &f->allocator, err);

    if (st) return st;
    if (!f->spec.table && incmap__shapefile_type(f->shapefile) != INCMAP__SHAPE_POINT)
        return incmap__fail(err, INCMAP_EDATA, "%s: found no points, expected a layer of them",
                            path);
    if (!encoding) encoding = incmap__shapefile_encoding(f->shapefile);
    st = incmap__decoder_new(&f->decoder, encoding, &f->allocator, err);
    return !st && !f->spec.table ? read_prj(f, path, err) : st;
}

static void close_set(feature_rows *f)
{
    incmap__shapefile_close(f->shapefile);
    incmap__decoder_free(f->decoder);
    incmap__crs_free(f->crs);
    f->shapefile = NULL;
    f->decoder = NULL;
    f->crs = NULL;
}

static incmap_status open_shapefile(feature_rows *f, incmap_error *err)
{
    incmap_status st = open_set(f, f->spec.path, err);
    const int n = st ? 0 : incmap__shapefile_field_count(f->shapefile);

    f->part = 1;
    f->columns = incmap__arena_alloc(&f->arena, (size_t)n, sizeof *f->columns);
    if (!st && !f->columns) st = incmap__fail_memory(err);
    for (int i = 0; !st && i < n; i++) {
        char buffer[256];
        f->columns[i] = incmap__shapefile_column_at(f->shapefile, i);
        st = add_name(f, column_name(f, whole_name(f, f->columns[i].name), buffer, sizeof buffer),
                      err);
    }
    f->column_count = n;
    return st;
}

/* ---- parts of a layer ---- */

/* "X_part2" for "X.shp", without an ending; NULL where the layer does not go on. The .dbf is what a table has
 * too. */
static incmap_status find_part(const feature_rows *f, size_t part, char **out, incmap_error *err)
{
    const size_t length = base_length(f->spec.path), size = length + 40;
    char *path = incmap__alloc(&f->allocator, size, 1);
    size_t used = length, base;
    struct stat about;

    if (!path) return incmap__fail_memory(err);
    memcpy(path, f->spec.path, length);
    incmap__text_add(path, size, &used, "_part%zu", part);
    base = used;
    incmap__text_add(path, size, &used, ".dbf");
    if (stat(path, &about) == 0) {
        path[base] = '\0';
        *out = path;
    } else {
        incmap__free(&f->allocator, path);
        *out = NULL;
    }
    return INCMAP_OK;
}

/* What bears the name of a part and has other fields is none, and nobody can say where its rows belong. */
static incmap_status check_part(const feature_rows *f, const char *path, incmap_error *err)
{
    const int n = incmap__shapefile_field_count(f->shapefile);

    for (int i = 0; i < n && i < f->column_count; i++) {
        const incmap__shapefile_column column = incmap__shapefile_column_at(f->shapefile, i);
        if (strcmp(column.name, f->columns[i].name) != 0 || column.type != f->columns[i].type)
            return incmap__fail(
                err, INCMAP_EDATA,
                "%s: found field %d to be %s of type %c, expected %s of type %c as in %s, "
                "which goes on here",
                path, i + 1, column.name, column.type, f->columns[i].name, f->columns[i].type,
                f->spec.path);
    }
    if (n == f->column_count) return INCMAP_OK;
    return incmap__fail(err, INCMAP_EDATA,
                        "%s: found %d fields, expected %d as in %s, which goes on here", path, n,
                        f->column_count, f->spec.path);
}

/* Past 2 GB a layer goes on in sets of their own (layers/layer_parts.h). */
static incmap_status open_next_part(feature_rows *f, bool *there, incmap_error *err)
{
    const size_t rows = incmap__shapefile_count(f->shapefile);
    char *path = NULL;
    incmap_status st = find_part(f, f->part + 1, &path, err);

    *there = path != NULL;
    if (st || !path) return st;
    close_set(f);
    st = open_set(f, path, err);
    if (!st) st = check_part(f, path, err);
    f->part++;
    f->before += rows;
    f->number = 0;
    incmap__free(&f->allocator, path);
    return st;
}

/* A position that cannot be read is a text that no reader takes for a number. */
static incmap_status take_point(feature_rows *f, size_t row, incmap_error *err)
{
    incmap__shape shape = { .type = INCMAP__SHAPE_NULL };
    incmap_status st = incmap__shapefile_read(f->shapefile, row, &shape, err);
    incmap_coord at;

    if (st == INCMAP_EDATA) return set_field(f, 0, "a shape that cannot be read", err);
    if (st || shape.type == INCMAP__SHAPE_NULL || !shape.point_count) return st;
    at = shape.points[0];
    if (f->crs && !incmap__crs_is_wgs84(f->crs) && incmap__crs_inverse(f->crs, &at, 1, err))
        return set_field(f, 0, "a point outside of the layer's reference system", err);
    for (size_t i = 0; !st && i < 2; i++) {
        char text[40];
        size_t used = 0;
        incmap__text_add(text, sizeof text, &used, "%.17g", i == 0 ? at.lon : at.lat);
        incmap__text_point(text);
        st = set_field(f, i, text, err);
    }
    return st;
}

/* "20230522" as 2023-05-22; anything else as it is. */
static const char *date_text(const char *text, char buffer[16])
{
    size_t used = 0;

    if (strlen(text) != 8 || strspn(text, "0123456789") != 8) return text;
    incmap__text_add(buffer, 16, &used, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
    return buffer;
}

static incmap_status take_value(feature_rows *f, size_t row, int field, size_t column,
                                incmap_error *err)
{
    const char type = incmap__shapefile_column_at(f->shapefile, field).type;
    const char *text = "";
    bool memory = true;
    char buffer[16];
    incmap_status st = incmap__shapefile_text(f->shapefile, row, field, &text, err);

    if (st == INCMAP_EDATA) text = NULL;
    if (st && text) return st;
    if (text && type != 'C') text += strspn(text, " ");
    if (text && type == 'C') text = incmap__decode(f->decoder, text, &memory);
    if (!text && memory && !st) return incmap__fail_memory(err);
    if (!text) {
        f->bad_bytes = true;
        f->bad_column = column;
        return INCMAP_OK;
    }
    return set_field(f, column, type == 'D' ? date_text(text, buffer) : text, err);
}

/* To the next feature that is not deleted, in the next part where this one has no more. */
static incmap_status step_shape(feature_rows *f, bool *found, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    for (*found = true; !st && *found;) {
        while (f->number < incmap__shapefile_count(f->shapefile) &&
               incmap__shapefile_is_deleted(f->shapefile, f->number))
            f->number++;
        if (f->number < incmap__shapefile_count(f->shapefile)) break;
        st = open_next_part(f, found, err);
    }
    return st;
}

static incmap_status next_shape(feature_rows *f, incmap__csv_row *row, bool *row_found,
                                incmap_error *err)
{
    const size_t first = f->spec.lon_name ? 2 : 0;
    bool found = false;
    incmap_status st = f->shapefile ? step_shape(f, &found, err) : INCMAP_OK;

    if (st || !found) {
        if (!st) *row_found = false;
        return st;
    }
    clear_row(f);
    if (first) st = take_point(f, f->number, err);
    for (size_t i = first; !st && i < f->name_count; i++)
        st = take_value(f, f->number, (int)(i - first), i, err);
    if (st) return st;
    hand_out(f, f->before + ++f->number, row);
    *row_found = true;
    return INCMAP_OK;
}

/* ---- opening ---- */

static incmap_status next_row(void *user, incmap__csv_row *row, bool *row_found, incmap_error *err)
{
    feature_rows *f = user;

    if (!f->header_given) {
        hand_out_header(f, row);
        *row_found = f->name_count > 0;
        return INCMAP_OK;
    }
    return f->spec.shapefile ? next_shape(f, row, row_found, err)
                             : next_geojson(f, row, row_found, err);
}

static incmap_status make_room(feature_rows *f, incmap_error *err)
{
    f->starts = incmap__alloc(&f->allocator, f->name_count, sizeof *f->starts);
    f->lengths = incmap__alloc(&f->allocator, f->name_count, sizeof *f->lengths);
    f->fields = incmap__alloc(&f->allocator, f->name_count, sizeof *f->fields);
    return f->starts && f->lengths && f->fields ? INCMAP_OK : incmap__fail_memory(err);
}

incmap_status incmap__feature_rows_open(incmap__csv **out, const incmap__feature_rows_spec *spec,
                                        const incmap_allocator *a, incmap_error *err)
{
    feature_rows *f = incmap__alloc_zeroed(a, 1, sizeof *f);
    incmap_status st;

    if (!f) return incmap__fail_memory(err);
    f->spec = *spec;
    f->allocator = *a;
    incmap__arena_init(&f->arena, a);
    st = begin_names(f, err);
    if (!st) st = spec->shapefile ? open_shapefile(f, err) : collect_names(f, err);
    if (!st) st = make_room(f, err);
    if (st) {
        close_rows(f);
        return st;
    }
    f->spec.known = NULL; /* no longer needed */
    f->spec.n_known = 0;
    const incmap__csv_source source = { next_row, close_rows, f };
    return incmap__csv_open_rows(out, spec->path, &source, a, err);
}
