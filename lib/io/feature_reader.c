/* SPDX-License-Identifier: MIT */
/* One way through both kinds of layers, so that whoever loads countries or lines need not know which it
 * is. Vertices are checked here, where file, feature and vertex are still known. */
#include "io/feature_reader.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "io/diskfile.h"
#include "io/geojson.h"

struct incmap__features {
    incmap_allocator allocator;
    char *path;
    incmap__shape_type wanted;
    const char *names[2];
    int fields[2];                /* of a shapefile; -1: none */
    bool seen[2];                 /* GeoJSON: some feature had it */
    incmap__shapefile *shapefile; /* one of the two */
    incmap__geojson *geojson;
    size_t number, count; /* count: features that GeoJSON had so far */
    bool begun;
};

/* Whether the first byte that is no space is a "{": no other kind of layer begins so. */
static incmap_status begins_like_json(const char *path, bool *is, const incmap_allocator *a,
                                      incmap_error *err)
{
    char bytes[64] = "";
    const char *start = bytes;
    incmap__diskfile *file = NULL;
    const incmap_status st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_READ, a, NULL);

    *is = false;
    if (st) return st == INCMAP_ENOMEM ? incmap__fail_memory(err) : INCMAP_OK;
    (void)incmap__diskfile_read(file, bytes, sizeof bytes - 1);
    (void)incmap__diskfile_close(file, false, NULL);
    if (strncmp(start, "\xEF\xBB\xBF", 3) == 0) start += 3;
    *is = start[strspn(start, " \t\r\n")] == '{';
    return INCMAP_OK;
}

incmap_status incmap__features_is_geojson(const char *path, bool *is, const incmap_allocator *a,
                                          incmap_error *err)
{
    const size_t length = strlen(path);

    *is = length >= 4 && incmap__text_same(path + length - 4, "json");
    return *is ? INCMAP_OK : begins_like_json(path, is, a, err);
}

static const char *kind_text(incmap__shape_type type)
{
    return type == INCMAP__SHAPE_POLYGON ? "polygons" : "lines";
}

static incmap_status open_shapefile(incmap__features *f, incmap_error *err)
{
    incmap_status st = incmap__shapefile_open(&f->shapefile, f->path, &f->allocator, err);

    if (!st && incmap__shapefile_type(f->shapefile) != f->wanted)
        st = incmap__fail(err, INCMAP_EDATA, "%s: found no %s, expected a layer of them", f->path,
                          kind_text(f->wanted));
    for (int i = 0; !st && i < 2; i++) {
        f->fields[i] = f->names[i] ? incmap__shapefile_field(f->shapefile, f->names[i]) : -1;
        if (f->names[i] && f->fields[i] < 0)
            st = incmap__fail(err, INCMAP_EDATA, "%s: found no field \"%s\"", f->path, f->names[i]);
    }
    return st;
}

incmap_status incmap__features_open(incmap__features **out, const incmap__features_query *query,
                                    const incmap_allocator *a, incmap_error *err)
{
    const size_t length = strlen(query->path) + 1;
    incmap__features *f = incmap__alloc_zeroed(a, 1, sizeof *f);
    bool is_geojson = false;
    incmap_status st = INCMAP_OK;

    if (!f) return incmap__fail_memory(err);
    f->allocator = *a;
    f->wanted = query->wanted;
    memcpy(f->names, query->fields, sizeof f->names);
    f->path = incmap__alloc(a, length, 1);
    if (!f->path) {
        st = incmap__fail_memory(err);
        goto done;
    }
    memcpy(f->path, query->path, length);
    st = incmap__features_is_geojson(f->path, &is_geojson, a, err);
    if (!st)
        st = is_geojson ? incmap__geojson_open(&f->geojson, f->path, a, err)
                        : open_shapefile(f, err);

done:
    if (st)
        incmap__features_close(f);
    else
        *out = f;
    return st;
}

void incmap__features_close(incmap__features *f)
{
    if (f) {
        const incmap_allocator a = f->allocator;
        incmap__shapefile_close(f->shapefile);
        incmap__geojson_close(f->geojson);
        incmap__free(&a, f->path);
        incmap__free(&a, f);
    }
}

static incmap_status next_geojson(incmap__features *f, bool *found, incmap_error *err)
{
    bool more = false;
    incmap_status st = incmap__geojson_next(f->geojson, &more, err);

    if (!st && more) st = incmap__geojson_check(f->geojson, err);
    if (!st && more) {
        f->number = incmap__geojson_number(f->geojson);
        f->count++;
        for (int i = 0; i < 2; i++)
            if (f->names[i] && incmap__geojson_text(f->geojson, f->names[i])) f->seen[i] = true;
    }
    for (int i = 0; !st && !more && f->count && i < 2; i++)
        if (f->names[i] && !f->seen[i])
            st = incmap__fail(err, INCMAP_EDATA, "%s: found no field \"%s\"", f->path, f->names[i]);
    if (!st) *found = more;
    return st;
}

incmap_status incmap__features_next(incmap__features *f, bool *found, incmap_error *err)
{
    if (f->geojson) return next_geojson(f, found, err);
    if (f->begun) f->number++;
    f->begun = true;
    *found = f->number < incmap__shapefile_count(f->shapefile);
    return INCMAP_OK;
}

size_t incmap__features_number(const incmap__features *f)
{
    return f->number;
}

incmap_status incmap__features_text(incmap__features *f, int which, const char **out,
                                    incmap_error *err)
{
    if (!f->names[which]) {
        *out = "";
        return INCMAP_OK;
    }
    if (f->geojson) {
        const char *text = incmap__geojson_text(f->geojson, f->names[which]);
        *out = text ? text : "";
        return INCMAP_OK;
    }
    return incmap__shapefile_text(f->shapefile, f->number, f->fields[which], out, err);
}

static incmap_status check_vertices(const incmap__features *f, const incmap__shape *shape,
                                    incmap_error *err)
{
    for (size_t i = 0; i < shape->point_count; i++) {
        const incmap_coord c = shape->points[i];
        /* The outlines of countries over the antimeridian may go on past 180 degrees. */
        if (!incmap_coord_is_valid(c) || fabs(c.lon) > 540)
            return incmap__fail(err, INCMAP_EDATA,
                                "%s: feature %zu, vertex %zu (from 0): found lat %s, lon %s, "
                                "expected degrees: lat -90 to 90, lon -540 to 540",
                                f->path, f->number, i, incmap__number(c.lat).text,
                                incmap__number(c.lon).text);
    }
    return INCMAP_OK;
}

incmap_status incmap__features_shape(incmap__features *f, incmap__shape *out, incmap_error *err)
{
    incmap__shape shape;
    incmap_status st = f->geojson ? incmap__geojson_shape(f->geojson, f->wanted, &shape, err)
                                  : incmap__shapefile_read(f->shapefile, f->number, &shape, err);

    if (!st) st = check_vertices(f, &shape, err);
    if (!st) *out = shape;
    return st;
}

bool incmap__features_begins_polygon(const incmap__features *f, size_t part)
{
    return f->geojson ? incmap__geojson_begins_polygon(f->geojson, part) : part == 0;
}
