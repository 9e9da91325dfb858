/* SPDX-License-Identifier: MIT */
/* A line on the map along geodesics. */
#include "layers/geo_line.h"

#include <math.h>

#include "layers/whole_steps.h"

/* A chord of 20 km in longitude and latitude lies less than 10 m off its geodesic at 50 degrees north:
 * s^2/8 * tan(lat)/R. */
static const double step_m = 20000.0;

void incmap__geo_line_start(incmap__geo_line *line)
{
    line->point_count = line->part_count = 0;
}

void incmap__geo_line_free(incmap__geo_line *line)
{
    incmap__free(&line->ctx->allocator, line->points);
    incmap__free(&line->ctx->allocator, line->m);
    incmap__free(&line->ctx->allocator, line->parts);
    line->points = NULL;
    line->m = NULL;
    line->parts = NULL;
    line->point_room = line->m_room = line->part_room = 0;
}

static incmap_status start_part(incmap__geo_line *line)
{
    const incmap_status st =
        incmap__grow(&line->ctx->allocator, &line->parts, &line->part_room, line->part_count + 2,
                     sizeof *line->parts, &line->ctx->error);

    if (!st) line->parts[line->part_count++] = line->point_count;
    return st;
}

static incmap_status add_point(incmap__geo_line *line, incmap_coord at, double m)
{
    const incmap_allocator *a = &line->ctx->allocator;
    incmap_error *err = &line->ctx->error;
    incmap_status st = incmap__grow(a, &line->points, &line->point_room, line->point_count + 1,
                                    sizeof *line->points, err);

    if (!st)
        st = incmap__grow(a, &line->m, &line->m_room, line->point_count + 1, sizeof *line->m, err);
    if (st) return st;
    line->points[line->point_count] = at;
    line->m[line->point_count++] = m;
    return INCMAP_OK;
}

/* A step over the antimeridian ends on it and goes on at its other side. */
static incmap_status step_to(incmap__geo_line *line, incmap_coord to, double m)
{
    const incmap_coord from = line->points[line->point_count - 1];
    const double over = to.lon - from.lon;
    incmap_status st = INCMAP_OK;

    if (fabs(over) > 180.0) {
        const double edge = over < 0 ? 180.0 : -180.0;
        const double whole = over < 0 ? over + 360.0 : over - 360.0;
        const double share = whole != 0 ? (edge - from.lon) / whole : 0;
        incmap_coord cut = { incmap__whole_degrees(from.lat + share * (to.lat - from.lat)), edge };
        st = add_point(line, cut, NAN);
        if (!st) st = start_part(line);
        cut.lon = -edge;
        if (!st) st = add_point(line, cut, NAN);
    }
    return st ? st : add_point(line, to, m);
}

incmap_status incmap__geo_line_to(incmap__geo_line *line, incmap_coord to, double m)
{
    incmap_coord from, at;
    incmap_geodesic way = { 0, 0, 0 };
    incmap_status st;

    to = incmap_coord_wrap(to);
    if (line->point_count == 0) {
        st = start_part(line);
        return st ? st : add_point(line, to, m);
    }
    from = line->points[line->point_count - 1];
    st = incmap_inverse(line->ctx, from, to, &way);
    for (double done = step_m; !st && done < way.distance_m; done += step_m) {
        st = incmap_destination(line->ctx, from, way.azimuth_deg, done, &at);
        if (!st) st = step_to(line, incmap__whole_coord(at), NAN);
    }
    return st ? st : step_to(line, to, m);
}

incmap__shape incmap__geo_line_shape(incmap__geo_line *line, bool with_m)
{
    if (line->point_count < 2) return (incmap__shape){ .type = INCMAP__SHAPE_NULL };
    line->parts[line->part_count] = line->point_count;
    return (incmap__shape){ .type = INCMAP__SHAPE_LINE,
                            .points = line->points,
                            .point_count = line->point_count,
                            .part_starts = line->parts,
                            .part_count = line->part_count,
                            .m = with_m ? line->m : NULL };
}
