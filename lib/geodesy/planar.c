/* SPDX-License-Identifier: MIT */
/* GEOS behind incmap's terms, through its reentrant functions. Nothing else in the library includes
 * geos_c.h. */
#include "geodesy/planar.h"

#include <geos_c.h>
#include <math.h>

#include "base/text.h"

struct incmap__plane {
    incmap_allocator allocator;
    GEOSContextHandle_t geos;
    GEOSGeometry **heap;
    size_t count, capacity;
    char said[256]; /* the last error that GEOS told */
};

static const GEOSGeometry *geometry_of(const incmap__polygons *shape)
{
    return (const GEOSGeometry *)(const void *)shape;
}

static incmap__polygons *shape_of(GEOSGeometry *geometry)
{
    return (incmap__polygons *)(void *)geometry;
}

static void listen(const char *message, void *user)
{
    incmap__plane *plane = user;
    (void)incmap__text_copy(plane->said, sizeof plane->said, message);
}

static incmap_status fail_geos(incmap__plane *plane, const char *what, incmap_error *err)
{
    return incmap__fail(err, INCMAP_ELIBRARY, "GEOS cannot %s: %s", what,
                        plane->said[0] ? plane->said : "no reason given");
}

incmap_status incmap__plane_open(incmap__plane **out, const incmap_allocator *a, incmap_error *err)
{
    incmap__plane *plane = incmap__alloc_zeroed(a, 1, sizeof *plane);

    if (!plane) return incmap__fail_memory(err);
    plane->allocator = *a;
    plane->geos = GEOS_init_r();
    if (!plane->geos) {
        incmap__free(a, plane);
        return incmap__fail_memory(err);
    }
    (void)GEOSContext_setErrorMessageHandler_r(plane->geos, listen, plane);
    *out = plane;
    return INCMAP_OK;
}

void incmap__polygons_free(incmap__plane *plane, incmap__polygons *shape)
{
    if (shape) GEOSGeom_destroy_r(plane->geos, (GEOSGeometry *)(void *)shape);
}

static void empty_heap(incmap__plane *plane)
{
    for (size_t i = 0; i < plane->count; i++)
        GEOSGeom_destroy_r(plane->geos, plane->heap[i]);
    plane->count = 0;
}

void incmap__plane_close(incmap__plane *plane)
{
    if (plane) {
        const incmap_allocator allocator = plane->allocator;
        empty_heap(plane);
        GEOS_finish_r(plane->geos);
        incmap__free(&allocator, plane->heap);
        incmap__free(&allocator, plane);
    }
}

/* Takes the geometry over, whether there is room for it or not. */
static incmap_status put(incmap__plane *plane, GEOSGeometry *geometry, const char *what,
                         incmap_error *err)
{
    incmap_status st;
    if (!geometry) return fail_geos(plane, what, err);
    st = incmap__grow(&plane->allocator, &plane->heap, &plane->capacity, plane->count + 1,
                      sizeof(GEOSGeometry *), err);
    if (st)
        GEOSGeom_destroy_r(plane->geos, geometry);
    else
        plane->heap[plane->count++] = geometry;
    return st;
}

/* Coordinates moved by shift degrees of longitude; NULL when GEOS fails. */
static GEOSCoordSequence *sequence(incmap__plane *plane, const incmap_coord at[], size_t n,
                                   double shift)
{
    GEOSCoordSequence *s =
        n <= UINT32_MAX ? GEOSCoordSeq_create_r(plane->geos, (unsigned)n, 2) : NULL;
    for (size_t i = 0; s && i < n; i++)
        (void)GEOSCoordSeq_setXY_r(plane->geos, s, (unsigned)i, at[i].lon + shift, at[i].lat);
    return s;
}

static GEOSGeometry *polygon(incmap__plane *plane, const incmap_coord ring[], size_t n,
                             double shift)
{
    GEOSCoordSequence *s = sequence(plane, ring, n, shift);
    GEOSGeometry *shell = s ? GEOSGeom_createLinearRing_r(plane->geos, s) : NULL;
    return shell ? GEOSGeom_createPolygon_r(plane->geos, shell, NULL, 0) : NULL;
}

static GEOSGeometry *world(incmap__plane *plane)
{
    static const incmap_coord box[] = {
        { -90, -180 }, { 90, -180 }, { 90, 180 }, { -90, 180 }, { -90, -180 }
    };
    return polygon(plane, box, sizeof box / sizeof box[0], 0);
}

/* The part of a polygon that lies on the map after a shift. */
static GEOSGeometry *cut(incmap__plane *plane, const incmap_coord ring[], size_t n, double shift)
{
    GEOSGeometry *whole = polygon(plane, ring, n, shift), *box = world(plane), *part = NULL;
    if (whole && box) part = GEOSIntersection_r(plane->geos, whole, box);
    if (whole) GEOSGeom_destroy_r(plane->geos, whole);
    if (box) GEOSGeom_destroy_r(plane->geos, box);
    return part;
}

/* Where a polygon only touches the edge of the map, lines and points are left beyond it: not wanted. */
static incmap_status put_areas(incmap__plane *plane, GEOSGeometry *parts, const char *what,
                               incmap_error *err)
{
    const int n = parts ? GEOSGetNumGeometries_r(plane->geos, parts) : 0;
    incmap_status st = parts ? INCMAP_OK : fail_geos(plane, what, err);

    for (int i = 0; !st && i < n; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(plane->geos, parts, i);
        if (GEOSGeomTypeId_r(plane->geos, part) == GEOS_POLYGON &&
            GEOSisEmpty_r(plane->geos, part) == 0)
            st = put(plane, GEOSGeom_clone_r(plane->geos, part), what, err);
    }
    if (parts) GEOSGeom_destroy_r(plane->geos, parts);
    return st;
}

incmap_status incmap__plane_add_polygon(incmap__plane *plane, const incmap_coord ring[], size_t n,
                                        incmap_error *err)
{
    static const char what[] = "make a polygon";
    double west = ring[0].lon, east = ring[0].lon;
    incmap_status st = INCMAP_OK;

    for (size_t i = 1; i < n; i++) {
        west = fmin(west, ring[i].lon);
        east = fmax(east, ring[i].lon);
    }
    if (west >= -180 && east <= 180) return put(plane, polygon(plane, ring, n, 0), what, err);
    for (double turn = floor((west + 180) / 360); !st && turn * 360 - 180 < east; turn++)
        st = put_areas(plane, cut(plane, ring, n, -360 * turn), what, err);
    return st;
}

incmap_status incmap__plane_add_line(incmap__plane *plane, const incmap_coord line[], size_t n,
                                     incmap_error *err)
{
    GEOSCoordSequence *s = sequence(plane, line, n, 0);
    return put(plane, s ? GEOSGeom_createLineString_r(plane->geos, s) : NULL, "make a line", err);
}

incmap_status incmap__plane_add_outline(incmap__plane *plane, const incmap__polygons *shape,
                                        incmap_error *err)
{
    return put(plane, GEOSBoundary_r(plane->geos, geometry_of(shape)), "take an outline", err);
}

/* Everything on the heap, united: polygons to polygons, lines to lines that meet in their ends
 * alone. */
static GEOSGeometry *unite(incmap__plane *plane)
{
    const unsigned count = (unsigned)plane->count;
    GEOSGeometry *all =
        GEOSGeom_createCollection_r(plane->geos, GEOS_GEOMETRYCOLLECTION, plane->heap, count);
    GEOSGeometry *united = all ? GEOSUnaryUnion_r(plane->geos, all) : NULL;
    plane->count = 0; /* the collection owns them now */
    if (all) GEOSGeom_destroy_r(plane->geos, all);
    return united;
}

incmap_status incmap__plane_unite(incmap__plane *plane, incmap__polygons **out, incmap_error *err)
{
    GEOSGeometry *united = unite(plane);
    if (!united) return fail_geos(plane, "unite polygons", err);
    *out = shape_of(united);
    return INCMAP_OK;
}

static bool point_in(incmap__plane *plane, const GEOSGeometry *face, incmap_coord *at)
{
    GEOSGeometry *point = GEOSPointOnSurface_r(plane->geos, face);
    const bool found = point && GEOSGeomGetX_r(plane->geos, point, &at->lon) == 1 &&
                       GEOSGeomGetY_r(plane->geos, point, &at->lat) == 1;
    if (point) GEOSGeom_destroy_r(plane->geos, point);
    return found;
}

static bool holds(incmap__plane *plane, const GEOSPreparedGeometry *within, incmap_coord at)
{
    GEOSGeometry *point = GEOSGeom_createPointFromXY_r(plane->geos, at.lon, at.lat);
    const bool held = point && GEOSPreparedContains_r(plane->geos, within, point) == 1;
    if (point) GEOSGeom_destroy_r(plane->geos, point);
    return held;
}

/* The faces between lines, on the heap those that are wanted. */
static incmap_status choose(incmap__plane *plane, const GEOSGeometry *faces,
                            const GEOSPreparedGeometry *within,
                            bool (*wanted)(const void *user, incmap_coord point), const void *user,
                            incmap_error *err)
{
    const int n = GEOSGetNumGeometries_r(plane->geos, faces);
    incmap_status st = INCMAP_OK;

    for (int i = 0; !st && i < n; i++) {
        const GEOSGeometry *face = GEOSGetGeometryN_r(plane->geos, faces, i);
        incmap_coord at;
        if (!point_in(plane, face, &at)) {
            st = fail_geos(plane, "find a point in a face", err);
        } else if (holds(plane, within, at) && wanted(user, at)) {
            st = put(plane, GEOSGeom_clone_r(plane->geos, face), "copy a face", err);
        }
    }
    return st;
}

incmap_status incmap__plane_faces(incmap__plane *plane, const incmap__polygons *within,
                                  bool (*wanted)(const void *user, incmap_coord point),
                                  const void *user, incmap__polygons **out, incmap_error *err)
{
    const GEOSPreparedGeometry *prepared = NULL;
    GEOSGeometry *lines = unite(plane), *faces = NULL;
    incmap_status st = INCMAP_OK;

    if (lines) faces = GEOSPolygonize_r(plane->geos, (const GEOSGeometry *const *)&lines, 1);
    if (faces) prepared = GEOSPrepare_r(plane->geos, geometry_of(within));
    st = prepared ? choose(plane, faces, prepared, wanted, user, err)
                  : fail_geos(plane, "find the faces between lines", err);
    if (!st) st = incmap__plane_unite(plane, out, err);
    if (prepared) GEOSPreparedGeom_destroy_r(plane->geos, prepared);
    if (faces) GEOSGeom_destroy_r(plane->geos, faces);
    if (lines) GEOSGeom_destroy_r(plane->geos, lines);
    empty_heap(plane);
    return st;
}

incmap_status incmap__plane_subtract(incmap__plane *plane, const incmap__polygons *a,
                                     const incmap__polygons *b, incmap__polygons **out,
                                     incmap_error *err)
{
    GEOSGeometry *left = GEOSDifference_r(plane->geos, geometry_of(a), geometry_of(b));
    if (!left) return fail_geos(plane, "subtract polygons", err);
    *out = shape_of(left);
    return INCMAP_OK;
}

incmap_status incmap__plane_check(incmap__plane *plane, const incmap__polygons *shape,
                                  incmap_error *err)
{
    char *reason;
    const char valid = GEOSisValid_r(plane->geos, geometry_of(shape));

    if (valid == 1) return INCMAP_OK;
    reason = valid ? NULL : GEOSisValidReason_r(plane->geos, geometry_of(shape));
    if (reason) (void)incmap__text_copy(plane->said, sizeof plane->said, reason);
    if (reason) GEOSFree_r(plane->geos, reason);
    return fail_geos(plane, "make a valid polygon", err);
}

/* A buffer for the vertices of one ring. */
struct reader {
    incmap_coord *ring;
    size_t capacity;
};

static incmap_status read_ring(incmap__plane *plane, struct reader *reader,
                               const GEOSGeometry *ring, size_t *n, incmap_error *err)
{
    const GEOSCoordSequence *s = ring ? GEOSGeom_getCoordSeq_r(plane->geos, ring) : NULL;
    unsigned count = 0;
    incmap_status st;

    if (!s || !GEOSCoordSeq_getSize_r(plane->geos, s, &count))
        return fail_geos(plane, "read a ring", err);
    st = incmap__grow(&plane->allocator, &reader->ring, &reader->capacity, count,
                      sizeof *reader->ring, err);
    for (unsigned i = 0; !st && i < count; i++)
        (void)GEOSCoordSeq_getXY_r(plane->geos, s, i, &reader->ring[i].lon, &reader->ring[i].lat);
    *n = count;
    return st;
}

static incmap_status read_part(incmap__plane *plane, struct reader *reader, size_t number,
                               const GEOSGeometry *part, incmap__take_ring take, void *user,
                               incmap_error *err)
{
    const int holes = GEOSGetNumInteriorRings_r(plane->geos, part);
    incmap_status st = holes < 0 ? fail_geos(plane, "count holes", err) : INCMAP_OK;

    for (int i = -1; !st && i < holes; i++) {
        const GEOSGeometry *ring = i < 0 ? GEOSGetExteriorRing_r(plane->geos, part)
                                         : GEOSGetInteriorRingN_r(plane->geos, part, i);
        size_t n = 0;
        st = read_ring(plane, reader, ring, &n, err);
        if (!st) st = take(user, number, i < 0, reader->ring, n, err);
    }
    return st;
}

incmap_status incmap__plane_read(incmap__plane *plane, const incmap__polygons *shape,
                                 incmap__take_ring take, void *user, incmap_error *err)
{
    GEOSGeometry *ordered = GEOSGeom_clone_r(plane->geos, geometry_of(shape));
    struct reader reader = { NULL, 0 };
    size_t number = 0;
    incmap_status st = INCMAP_OK;
    int parts;

    if (!ordered || GEOSNormalize_r(plane->geos, ordered) != 0) {
        st = fail_geos(plane, "put rings in order", err);
        goto done;
    }
    parts = GEOSGetNumGeometries_r(plane->geos, ordered);
    for (int i = 0; !st && i < parts; i++) {
        const GEOSGeometry *part = GEOSGetGeometryN_r(plane->geos, ordered, i);
        /* A union may leave a line or a point where two polygons only touch: no area, so no part. */
        if (part && GEOSGeomTypeId_r(plane->geos, part) == GEOS_POLYGON &&
            GEOSisEmpty_r(plane->geos, part) == 0)
            st = read_part(plane, &reader, number++, part, take, user, err);
    }

done:
    if (ordered) GEOSGeom_destroy_r(plane->geos, ordered);
    incmap__free(&plane->allocator, reader.ring);
    return st;
}
