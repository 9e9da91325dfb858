/* SPDX-License-Identifier: MIT */
/* The public doors to zones: belts along a border and circles about a point; and reading their rings. */
#include "geodesy/zone.h"

#include <math.h>

#include "base/context.h"
#include "base/text.h"

/* Farther than this no two pieces of a zone around a pole could be told from one around both. */
static const double distance_max_m = 5000e3;
static const double tolerance_default_m = 0.5, tolerance_min_m = 0.01, tolerance_max_m = 10e3;

incmap__zone_rule incmap__zone_rule_for(double distance_m, double tolerance_m)
{
    return (incmap__zone_rule){ distance_m, 0.6 * tolerance_m, 0.2 * tolerance_m };
}

static incmap_zone_options effective(const incmap_zone_options *options)
{
    incmap_zone_options opt = options ? *options : (incmap_zone_options)INCMAP_ZONE_OPTIONS_INIT;
    if (opt.tolerance_m == 0) opt.tolerance_m = tolerance_default_m;
    return opt;
}

static bool is_side(incmap_side side)
{
    return (int)side >= INCMAP_SIDE_UNKNOWN && (int)side <= INCMAP_SIDE_NEITHER;
}

static incmap_status check_options(const incmap_zone_options *opt, incmap_error *err)
{
    if (!is_side(opt->side))
        return incmap__fail(err, INCMAP_EARG, "side %d of a zone: expected an incmap_side",
                            (int)opt->side);
    if (!(opt->tolerance_m >= tolerance_min_m && opt->tolerance_m <= tolerance_max_m))
        return incmap__fail(err, INCMAP_EARG,
                            "tolerance of a zone: found %s m, expected 0.01 to 10000 m, or 0",
                            incmap__number(opt->tolerance_m).text);
    return INCMAP_OK;
}

/* A ring's vertices, in the rotation that shapefiles want: outer rings clockwise, holes the other way. */
static void lay_ring(incmap_coord to[], const incmap_coord ring[], size_t n, bool outer)
{
    double twice_area = 0; /* positive: counterclockwise */

    for (size_t i = 0; i + 1 < n; i++)
        twice_area += (ring[i].lon - ring[0].lon) * (ring[i + 1].lat - ring[0].lat) -
                      (ring[i + 1].lon - ring[0].lon) * (ring[i].lat - ring[0].lat);
    for (size_t i = 0; i < n; i++)
        to[i] = ring[(twice_area > 0) == outer ? n - 1 - i : i];
}

static incmap_status take_ring(void *user, size_t part, bool outer, const incmap_coord ring[],
                               size_t n, incmap_error *err)
{
    incmap_zone *z = user;
    const incmap_allocator *a = &z->allocator;
    incmap_status st = incmap__grow(a, &z->vertices, &z->vertex_capacity, z->vertex_count + n,
                                    sizeof *z->vertices, err);

    if (!st)
        st =
            incmap__grow(a, &z->rings, &z->ring_capacity, z->ring_count + 1, sizeof *z->rings, err);
    if (!st && outer)
        st = incmap__grow(a, &z->parts, &z->part_capacity, part + 2, sizeof *z->parts, err);
    if (st) return st;
    lay_ring(z->vertices + z->vertex_count, ring, n, outer);
    z->rings[z->ring_count] = (incmap__zone_ring){ z->vertex_count, n, outer };
    z->vertex_count += n;
    if (outer) z->parts[part] = z->ring_count;
    z->part_count = part + 1;
    z->parts[z->part_count] = ++z->ring_count;
    return INCMAP_OK;
}

/* The zone of a shape, which must be valid: what is not would be refused by whoever reads it. */
static incmap_status finish(incmap__plane *plane, const incmap__polygons *shape, incmap_zone **out,
                            const incmap_allocator *a, incmap_error *err)
{
    incmap_zone *zone = NULL;
    incmap_status st = incmap__plane_check(plane, shape, err);

    if (st) return st;
    zone = incmap__alloc_zeroed(a, 1, sizeof *zone);
    if (!zone) return incmap__fail_memory(err);
    zone->allocator = *a;
    st = incmap__plane_read(plane, shape, take_ring, zone, err);
    if (st)
        incmap_zone_free(zone);
    else
        *out = zone;
    return st;
}

static incmap_status check_belt(const incmap_border *border, double inner_m, double outer_m,
                                incmap_zone **out, incmap_error *err)
{
    if (!border || !out)
        return incmap__fail(err, INCMAP_EARG, "border or result of a belt is NULL");
    if (!(inner_m >= 0 && outer_m >= inner_m + 1 && outer_m <= distance_max_m))
        return incmap__fail(err, INCMAP_EDOMAIN,
                            "belt: found %s to %s m, expected 0 m or more, wider than 1 m, up to "
                            "5000000 m",
                            incmap__number(inner_m).text, incmap__number(outer_m).text);
    return INCMAP_OK;
}

static incmap_status check_sides(const incmap_border *border, incmap_side side, incmap_error *err)
{
    const bool any = border->inside.ring_count || border->outside.ring_count;
    if (any || side == INCMAP_SIDE_UNKNOWN) return INCMAP_OK;
    return incmap__fail(err, INCMAP_EARG,
                        "belt on side \"%s\": the border has no countries' outlines behind it",
                        incmap_side_text(side));
}

/* All shapes of a belt on the way to it. */
struct belt {
    incmap__polygons *outer, *inner, *ring, *side;
};

static incmap_status shape_belt(struct belt *belt, incmap__plane *plane,
                                const incmap_border *border, double inner_m, double outer_m,
                                const incmap_zone_options *opt, const incmap_allocator *a,
                                incmap_error *err, const incmap__polygons **shape)
{
    /* What is no wider than the tolerance would be lost in it. */
    const double narrow = fmin(outer_m - inner_m, inner_m > 0 ? inner_m : outer_m) / 10;
    const double tolerance_m = fmin(opt->tolerance_m, narrow);
    const incmap__zone_rule rule = incmap__zone_rule_for(outer_m, tolerance_m);
    const incmap__zone_rule inner_rule = incmap__zone_rule_for(inner_m, tolerance_m);
    incmap_status st = incmap__zone_around_border(&rule, border, plane, &belt->outer, a, err);

    *shape = belt->outer;
    if (!st && inner_m > 0) {
        st = incmap__zone_around_border(&inner_rule, border, plane, &belt->inner, a, err);
        if (!st) st = incmap__plane_subtract(plane, *shape, belt->inner, &belt->ring, err);
        *shape = belt->ring;
    }
    if (!st && opt->side != INCMAP_SIDE_UNKNOWN) {
        st = incmap__zone_take_side(&rule, border, opt->side, *shape, plane, &belt->side, err);
        *shape = belt->side;
    }
    return st;
}

incmap_status incmap_zone_belt(incmap_ctx *ctx, const incmap_border *border, double inner_m,
                               double outer_m, const incmap_zone_options *options,
                               incmap_zone **out)
{
    const incmap_zone_options opt = effective(options);
    struct belt belt = { NULL, NULL, NULL, NULL };
    const incmap__polygons *shape = NULL;
    incmap__plane *plane = NULL;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    st = check_belt(border, inner_m, outer_m, out, &ctx->error);
    if (!st) st = check_options(&opt, &ctx->error);
    if (!st) st = check_sides(border, opt.side, &ctx->error);
    if (!st) st = incmap__plane_open(&plane, &ctx->allocator, &ctx->error);
    if (!st)
        st = shape_belt(&belt, plane, border, inner_m, outer_m, &opt, &ctx->allocator, &ctx->error,
                        &shape);
    if (!st) st = finish(plane, shape, out, &ctx->allocator, &ctx->error);
    incmap__polygons_free(plane, belt.outer);
    incmap__polygons_free(plane, belt.inner);
    incmap__polygons_free(plane, belt.ring);
    incmap__polygons_free(plane, belt.side);
    incmap__plane_close(plane);
    return st;
}

static incmap_status check_circle(incmap_coord centre, double radius_m,
                                  const incmap_zone_options *opt, incmap_zone **out,
                                  incmap_error *err)
{
    if (!out) return incmap__fail(err, INCMAP_EARG, "result of a circle is NULL");
    if (opt->side != INCMAP_SIDE_UNKNOWN)
        return incmap__fail(err, INCMAP_EARG, "a circle has no side, found \"%s\"",
                            incmap_side_text(opt->side));
    if (!incmap_coord_is_valid(centre) || !(radius_m >= 1 && radius_m <= distance_max_m))
        return incmap__fail(err, INCMAP_EDOMAIN,
                            "circle: found lat %s, lon %s, radius %s m, expected a latitude of -90 "
                            "to 90, finite numbers, 1 to 5000000 m",
                            incmap__number(centre.lat).text, incmap__number(centre.lon).text,
                            incmap__number(radius_m).text);
    return INCMAP_OK;
}

incmap_status incmap_zone_circle(incmap_ctx *ctx, incmap_coord centre, double radius_m,
                                 const incmap_zone_options *options, incmap_zone **out)
{
    const incmap_zone_options opt = effective(options);
    incmap__zone_rule rule;
    incmap__zone_loop loop = { .count = 0 };
    incmap__plane *plane = NULL;
    incmap__polygons *shape = NULL;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    st = check_options(&opt, &ctx->error);
    if (!st) st = check_circle(centre, radius_m, &opt, out, &ctx->error);
    if (!st) st = incmap__plane_open(&plane, &ctx->allocator, &ctx->error);
    if (st) return st;
    rule = incmap__zone_rule_for(radius_m, fmin(opt.tolerance_m, radius_m / 10));
    loop.allocator = ctx->allocator;
    centre = incmap_coord_wrap(centre);
    st = incmap__zone_around_edge(&rule, NULL, centre, centre, &loop, &ctx->error);
    if (!st) st = incmap__zone_lay(&loop, plane, &ctx->error);
    if (!st) st = incmap__plane_unite(plane, &shape, &ctx->error);
    if (!st) st = finish(plane, shape, out, &ctx->allocator, &ctx->error);
    incmap__free(&loop.allocator, loop.at);
    incmap__polygons_free(plane, shape);
    incmap__plane_close(plane);
    return st;
}

void incmap_zone_free(incmap_zone *z)
{
    if (z) {
        const incmap_allocator allocator = z->allocator;
        incmap__free(&allocator, z->vertices);
        incmap__free(&allocator, z->rings);
        incmap__free(&allocator, z->parts);
        incmap__free(&allocator, z);
    }
}

size_t incmap_zone_part_count(const incmap_zone *z)
{
    return z ? z->part_count : 0;
}

size_t incmap_zone_ring_count(const incmap_zone *z, size_t part)
{
    return z && part < z->part_count ? z->parts[part + 1] - z->parts[part] : 0;
}

const incmap_coord *incmap_zone_ring(const incmap_zone *z, size_t part, size_t ring, size_t *count)
{
    const bool found = ring < incmap_zone_ring_count(z, part);
    const incmap__zone_ring *r = found ? &z->rings[z->parts[part] + ring] : NULL;
    if (count) *count = r ? r->count : 0;
    return r ? z->vertices + r->first : NULL;
}
