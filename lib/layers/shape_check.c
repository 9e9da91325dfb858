/* SPDX-License-Identifier: MIT */
/* Each fault is told with layer, feature and what was found, before anything of the row is written. */
#include "layers/shape_check.h"

#include <math.h>

#include "base/text.h"

static incmap_status fail_shape(const incmap__shape_rules *rules, size_t row, incmap_status st,
                                const char *found, incmap_error *err)
{
    return incmap__fail(err, st, "%s: feature %zu (from 0): %s", rules->path, row, found);
}

static incmap_status check_part(const incmap__shape_rules *rules, const incmap_shape *shape,
                                size_t row, size_t from, size_t to, incmap_error *err)
{
    const incmap_coord *p = shape->points;

    if (to > shape->point_count || from > to)
        return fail_shape(rules, row, INCMAP_EARG, "a part that is not within its points", err);
    if (rules->type == INCMAP_SHAPE_LINE && to - from < 2)
        return fail_shape(rules, row, INCMAP_EDATA, "a line of fewer than two points", err);
    if (rules->type != INCMAP_SHAPE_POLYGON) return INCMAP_OK;
    if (to - from < 4)
        return fail_shape(rules, row, INCMAP_EDATA, "a ring of fewer than four points", err);
    if (p[from].lat != p[to - 1].lat || p[from].lon != p[to - 1].lon)
        return fail_shape(rules, row, INCMAP_EDATA, "a ring whose last point is not its first",
                          err);
    return INCMAP_OK;
}

static incmap_status check_points(const incmap__shape_rules *rules, const incmap_shape *shape,
                                  size_t row, incmap_error *err)
{
    for (size_t i = 0; i < shape->point_count; i++) {
        const incmap_coord at = shape->points[i];
        if (!isfinite(at.lon) || !(fabs(at.lat) <= 90))
            return incmap__fail(err, INCMAP_EDOMAIN,
                                "%s: feature %zu (from 0): point %zu at lat %s, lon %s, expected "
                                "-90 to 90 and a finite lon",
                                rules->path, row, i, incmap__number(at.lat).text,
                                incmap__number(at.lon).text);
        if ((rules->has_z && !isfinite(shape->z[i])) || (rules->has_m && isinf(shape->m[i])))
            return fail_shape(rules, row, INCMAP_EDOMAIN, "a z or m that is not finite", err);
    }
    return INCMAP_OK;
}

incmap_status incmap__shape_check(const incmap__shape_rules *rules, const incmap_shape *shape,
                                  size_t row, incmap_error *err)
{
    const bool parted = shape->part_starts && shape->part_count;
    const size_t parts = parted ? shape->part_count : 1;
    incmap_status st = INCMAP_OK;

    if (shape->type != rules->type || !shape->points || (rules->has_z && !shape->z) ||
        (rules->has_m && !shape->m))
        return fail_shape(rules, row, INCMAP_EARG, "a shape of another kind than the layer's", err);
    if (rules->type == INCMAP_SHAPE_POINT && shape->point_count != 1)
        return fail_shape(rules, row, INCMAP_EARG, "a point of several points", err);
    if (parted && (shape->part_starts[0] != 0 || shape->part_starts[parts] != shape->point_count))
        return fail_shape(rules, row, INCMAP_EARG, "parts that are not all of its points", err);
    for (size_t p = 0; !st && rules->type != INCMAP_SHAPE_POINT && p < parts; p++)
        st = check_part(rules, shape, row, parted ? shape->part_starts[p] : 0,
                        parted ? shape->part_starts[p + 1] : shape->point_count, err);
    return st ? st : check_points(rules, shape, row, err);
}
