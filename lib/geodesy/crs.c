/* SPDX-License-Identifier: MIT */
/* PROJ's second adapter: its database of reference systems and its operations between them. Each system
 * has a PROJ context of its own, so that two threads never meet in one. */
#include "geodesy/crs.h"

#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char wgs84[] = "EPSG:4326";

struct incmap__crs {
    incmap_allocator allocator;
    PJ_CONTEXT *proj;
    PJ *system;
    PJ *from_wgs84; /* NULL: the coordinates are the same */
    char said[256]; /* the first line that PROJ said; later ones are consequences */
    char name[128]; /* as it was asked for, cut */
    char authority[64];
};

static void listen(void *user, int level, const char *message)
{
    incmap__crs *crs = user;
    (void)level;
    if (!crs->said[0]) {
        (void)incmap__text_copy(crs->said, sizeof crs->said, message);
        crs->said[strcspn(crs->said, "\r\n")] = '\0';
    }
}

static incmap_status fail(incmap__crs *crs, const char *what, incmap_error *err)
{
    return incmap__fail(err, INCMAP_ELIBRARY, "PROJ has no %s %s: %s", what, crs->name,
                        crs->said[0] ? crs->said : "no reason given");
}

static void name_authority(incmap__crs *crs)
{
    const char *authority = proj_get_id_auth_name(crs->system, 0);
    const char *code = proj_get_id_code(crs->system, 0);
    if (authority && code)
        (void)snprintf(crs->authority, sizeof crs->authority, "%s:%s", authority, code);
}

/* From lon, lat in degrees to east, north; none where both are the same. */
static incmap_status find_way(incmap__crs *crs, incmap_error *err)
{
    PJ *from = proj_create(crs->proj, wgs84), *way = NULL;
    incmap_status st = from ? INCMAP_OK : fail(crs, wgs84, err);

    if (!st &&
        !proj_is_equivalent_to(from, crs->system, PJ_COMP_EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS)) {
        way = proj_create_crs_to_crs_from_pj(crs->proj, from, crs->system, NULL, NULL);
        if (way) crs->from_wgs84 = proj_normalize_for_visualization(crs->proj, way);
        if (!crs->from_wgs84) st = fail(crs, "way from WGS 84 to", err);
    }
    proj_destroy(way);
    proj_destroy(from);
    return st;
}

/* A text of axes may say more than one system: a height with it has no place in a shapefile. */
static bool is_flat(PJ *system)
{
    const PJ_TYPE type = proj_get_type(system);
    return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_PROJECTED_CRS ||
           type == PJ_TYPE_BOUND_CRS || type == PJ_TYPE_ENGINEERING_CRS;
}

incmap_status incmap__crs_new(incmap__crs **out, const char *name, const incmap_allocator *a,
                              incmap_error *err)
{
    incmap__crs *crs = incmap__alloc_zeroed(a, 1, sizeof *crs);
    incmap_status st = INCMAP_OK;

    if (!crs) return incmap__fail_memory(err);
    crs->allocator = *a;
    (void)incmap__text_copy(crs->name, sizeof crs->name, name ? name : wgs84);
    crs->proj = proj_context_create();
    if (!crs->proj) {
        incmap__crs_free(crs);
        return incmap__fail_memory(err);
    }
    proj_log_func(crs->proj, crs, listen);
    crs->system = proj_create(crs->proj, name ? name : wgs84);
    if (!crs->system)
        st = fail(crs, "reference system", err);
    else if (!is_flat(crs->system))
        st = incmap__fail(err, INCMAP_ELIBRARY,
                          "%s: is no reference system of two dimensions, expected one like "
                          "EPSG:32637",
                          crs->name);
    if (!st) st = find_way(crs, err);
    if (!st) name_authority(crs);
    if (st)
        incmap__crs_free(crs);
    else
        *out = crs;
    return st;
}

void incmap__crs_free(incmap__crs *crs)
{
    if (crs) {
        const incmap_allocator a = crs->allocator;
        proj_destroy(crs->from_wgs84);
        proj_destroy(crs->system);
        if (crs->proj) proj_context_destroy(crs->proj);
        incmap__free(&a, crs);
    }
}

incmap__crs_about incmap__crs_tell(const incmap__crs *crs)
{
    const char *name = proj_get_name(crs->system);
    return (incmap__crs_about){
        .authority = crs->authority,
        .name = name ? name : "",
        .is_geographic = proj_get_type(crs->system) == PJ_TYPE_GEOGRAPHIC_2D_CRS,
    };
}

incmap_status incmap__crs_esri_wkt(incmap__crs *crs, const char **out, incmap_error *err)
{
    static const char *const one_line[] = { "MULTILINE=NO", NULL };
    const char *wkt = proj_as_wkt(crs->proj, crs->system, PJ_WKT1_ESRI, one_line);
    if (!wkt) return fail(crs, "ESRI text for", err);
    *out = wkt;
    return INCMAP_OK;
}

bool incmap__crs_is_wgs84(const incmap__crs *crs)
{
    return !crs->from_wgs84;
}

static incmap_status transform(incmap__crs *crs, PJ_DIRECTION direction, incmap_coord coords[],
                               size_t n, incmap_error *err)
{
    const size_t step = sizeof *coords;

    if (!crs->from_wgs84) return INCMAP_OK;
    for (size_t i = 0; i < n; i++)
        if (!isfinite(coords[i].lat) || !isfinite(coords[i].lon))
            return incmap__fail(err, INCMAP_EDOMAIN, "point %zu (from 0): is not finite", i);
    (void)proj_trans_generic(crs->from_wgs84, direction, &coords->lon, step, n, &coords->lat, step,
                             n, NULL, 0, 0, NULL, 0, 0);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(coords[i].lat) || !isfinite(coords[i].lon))
            return incmap__fail(err, INCMAP_EDOMAIN, "point %zu (from 0): has no place in %s", i,
                                direction == PJ_FWD ? crs->name : wgs84);
    return INCMAP_OK;
}

incmap_status incmap__crs_forward(incmap__crs *crs, incmap_coord coords[], size_t n,
                                  incmap_error *err)
{
    return transform(crs, PJ_FWD, coords, n, err);
}

incmap_status incmap__crs_inverse(incmap__crs *crs, incmap_coord coords[], size_t n,
                                  incmap_error *err)
{
    return transform(crs, PJ_INV, coords, n, err);
}
