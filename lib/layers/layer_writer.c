/* SPDX-License-Identifier: MIT */
/* Rows to a shapefile set: into a spool while the widths are open, else at once; over the limit of a
 * file's size into the next part; then the indexes, and all of it in place at one time. */
#include "layers/layer_writer.h"

#include <string.h>
#include <unistd.h>

#include "base/context.h"
#include "base/text.h"
#include "layers/field_set.h"
#include "layers/layer_parts.h"
#include "layers/row_spool.h"
#include "layers/shape_check.h"
#include "layers/whole_steps.h"

enum { KEY_MOST = 60 }; /* bytes of the first value, in the log */

typedef enum {
    STATE_OPEN,      /* nothing came yet */
    STATE_MEASURING, /* rows for the widths */
    STATE_SPOOLING,
    STATE_WRITING,
    STATE_CLOSED, /* the shapes are whole */
    STATE_DONE,
    STATE_BROKEN /* the disk failed */
} writer_state;

struct incmap_layer_writer {
    incmap_allocator allocator;
    char *path;
    incmap_shape_type type;
    incmap__crs *crs;
    char *prj; /* NULL: a table */
    incmap__field_set fields;
    incmap__layer_parts parts;
    incmap__row_spool *spool;
    writer_state state;
    size_t rows;          /* handed in */
    incmap_coord *points; /* of a shape in the layer's reference system */
    size_t point_room;
    incmap_layer_result result;
};

/* ---- opening ---- */

static incmap_status check_open(incmap_ctx *ctx, const char *path, incmap_shape_type type,
                                const incmap_field fields[], const incmap_layer_writer_options *o,
                                incmap_layer_writer **out)
{
    if (!path || !fields || !out)
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "layer writer: a path, fields or out is NULL");
    if (type != INCMAP_SHAPE_NULL && type != INCMAP_SHAPE_POINT && type != INCMAP_SHAPE_LINE &&
        type != INCMAP_SHAPE_POLYGON)
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "%s: shapes of type %d, expected points, lines, polygons or none", path,
                            (int)type);
    if (o && (o->part_bytes > INCMAP__PART_BYTES_MOST || (!type && (o->has_z || o->has_m))))
        return incmap__fail(
            &ctx->error, INCMAP_EARG, "%s: options of %llu bytes a part%s, expected at most %llu",
            path, (unsigned long long)o->part_bytes, o->has_z || o->has_m ? " with z or m" : "",
            (unsigned long long)INCMAP__PART_BYTES_MOST);
    return INCMAP_OK;
}

static incmap_status copy_text(char **out, const char *text, const incmap_allocator *a,
                               incmap_error *err)
{
    const size_t size = strlen(text) + 1;
    *out = incmap__alloc(a, size, 1);
    if (!*out) return incmap__fail_memory(err);
    memcpy(*out, text, size);
    return INCMAP_OK;
}

static void take_options(incmap_layer_writer *w, const incmap_layer_writer_options *o)
{
    incmap__layer_parts *parts = &w->parts;

    parts->allocator = w->allocator;
    parts->bytes_most = o && o->part_bytes ? o->part_bytes : INCMAP__PART_BYTES_MOST;
    parts->spec.type = w->type;
    parts->spec.roomy_cells = true;
    parts->spec.dated = o && o->dated ? o->dated : INCMAP__SHAPE_DATED;
    if (o) {
        parts->spec.has_z = o->has_z;
        parts->spec.has_m = o->has_m;
        parts->no_index = o->no_index;
        parts->no_overwrite = o->no_overwrite;
    }
}

static incmap_status find_crs(incmap_layer_writer *w, const char *name, incmap_error *err)
{
    const char *prj = NULL;
    incmap_status st = incmap__crs_new(&w->crs, name, &w->allocator, err);
    if (!st && w->type) st = incmap__crs_esri_wkt(w->crs, &prj, err);
    if (!st && w->type) st = copy_text(&w->prj, prj, &w->allocator, err);
    return st;
}

incmap_status incmap__layer_writer_open(incmap_ctx *ctx, const char *path, incmap_shape_type type,
                                        const incmap_field fields[], size_t n,
                                        const incmap_layer_writer_options *options,
                                        const char *const companions[], size_t n_companions,
                                        incmap_layer_writer **out)
{
    incmap_error *err = &ctx->error;
    incmap_layer_writer *w;
    incmap_status st = check_open(ctx, path, type, fields, options, out);

    if (st) return st;
    w = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *w);
    if (!w) return incmap__fail_memory(err);
    w->allocator = ctx->allocator;
    w->type = type;
    take_options(w, options);
    st = incmap__field_set_init(&w->fields, fields, n, &w->allocator, err);
    if (!st) st = copy_text(&w->path, path, &w->allocator, err);
    if (!st) st = find_crs(w, options ? options->crs : NULL, err);
    w->parts.path = w->path;
    w->parts.spec.prj = w->prj;
    if (!st) st = incmap__layer_parts_start(&w->parts, companions, n_companions, err);
    if (st)
        incmap_layer_writer_free(w);
    else
        *out = w;
    return st;
}

incmap_status incmap_layer_writer_open(incmap_ctx *ctx, const char *path, incmap_shape_type type,
                                       const incmap_field fields[], size_t n,
                                       const incmap_layer_writer_options *options,
                                       incmap_layer_writer **out)
{
    if (!ctx) return INCMAP_EARG;
    return incmap__layer_writer_open(ctx, path, type, fields, n, options, NULL, 0, out);
}

void incmap_layer_writer_free(incmap_layer_writer *w)
{
    if (w) {
        const incmap_allocator a = w->allocator;
        incmap__row_spool_free(w->spool);
        (void)incmap__layer_parts_free(&w->parts);
        incmap__field_set_free(&w->fields);
        incmap__crs_free(w->crs);
        incmap__free(&a, w->path);
        incmap__free(&a, w->prj);
        incmap__free(&a, w->points);
        incmap__free(&a, w);
    }
}

const char *incmap_layer_writer_field_name(const incmap_layer_writer *w, size_t i)
{
    return w && i < w->fields.count ? w->fields.fields[i].name : "";
}

/* ---- rows ---- */

static void make_whole(incmap_coord points[], size_t n, bool degrees)
{
    for (size_t i = 0; i < n; i++)
        points[i] = degrees ? incmap__whole_coord(points[i])
                            : (incmap_coord){ .lat = incmap__whole_metres(points[i].lat),
                                              .lon = incmap__whole_metres(points[i].lon) };
}

/* In the layer's reference system. */
static incmap_status bring(incmap_layer_writer *w, incmap_shape *shape, incmap_error *err)
{
    const size_t n = shape->point_count;
    char why[256];
    incmap_status st;

    if (incmap__crs_is_wgs84(w->crs) || !n) return INCMAP_OK;
    st = incmap__grow(&w->allocator, &w->points, &w->point_room, n, sizeof *w->points, err);
    if (st) return st;
    memcpy(w->points, shape->points, n * sizeof *w->points);
    st = incmap__crs_forward(w->crs, w->points, n, err);
    if (st) {
        (void)incmap__text_copy(why, sizeof why, err->message);
        return incmap__fail(err, st, "%s: feature %zu (from 0): %s", w->path, w->result.features,
                            why);
    }
    make_whole(w->points, n, incmap__crs_tell(w->crs).is_geographic);
    shape->points = w->points;
    return INCMAP_OK;
}

struct cut_place {
    incmap_layer_writer *w;
    incmap_ctx *ctx;
    const incmap__cell *key;
};

static void tell_cut(void *user, const incmap__field *column)
{
    const struct cut_place *at = user;
    const char *key = at->key->length ? at->key->bytes : "";
    incmap__log(at->ctx, INCMAP_LOG_WARNING, "%s: feature %zu (from 0) %.*s: %s cut at %d bytes",
                at->w->path, at->w->result.features,
                (int)incmap__utf8_cut(key, at->key->length, KEY_MOST), key, column->name,
                column->width);
}

static incmap_status write_row(incmap_layer_writer *w, incmap_ctx *ctx, incmap_shape shape,
                               const incmap__cell cells[])
{
    incmap__field_counts counts = { 0, 0, 0 };
    struct cut_place at = { w, ctx, &cells[0] };
    incmap_status st = bring(w, &shape, &ctx->error);

    if (st) return st;
    incmap__field_set_divide(&w->fields, cells, &counts, tell_cut, &at);
    st = incmap__layer_parts_add(&w->parts, ctx, shape, w->fields.pieces);
    if (st) return st;
    w->result.features++;
    w->result.unlocated += w->type && !shape.point_count;
    w->result.cut_texts += counts.cut;
    w->result.split_texts += counts.split;
    w->result.null_values += counts.null;
    return INCMAP_OK;
}

static incmap_status begin_writing(incmap_layer_writer *w, incmap_error *err)
{
    incmap_status st = incmap__field_set_settle(&w->fields, w->path, err);
    w->parts.spec.fields = w->fields.columns;
    w->parts.spec.n_fields = w->fields.column_count;
    if (!st) st = incmap__layer_parts_open(&w->parts, err);
    if (!st) w->state = STATE_WRITING;
    return st;
}

static incmap_status begin_spooling(incmap_layer_writer *w, incmap_error *err)
{
    const incmap_status st =
        incmap__row_spool_new(&w->spool, incmap__staging_file(w->parts.staging, ".spool"),
                              w->fields.count, &w->allocator, err);
    if (!st) w->state = STATE_SPOOLING;
    return st;
}

static incmap_status begin(incmap_layer_writer *w, incmap_error *err)
{
    if (w->state == STATE_MEASURING || (w->state == STATE_OPEN && w->fields.widths_given))
        return begin_writing(w, err);
    return w->state == STATE_OPEN ? begin_spooling(w, err) : INCMAP_OK;
}

static incmap_status fail_state(const incmap_layer_writer *w, const char *what, incmap_error *err)
{
    return incmap__fail(err, INCMAP_EARG, "%s: %s, but %s", w->path, what,
                        w->state == STATE_BROKEN   ? "an earlier call failed"
                        : w->state >= STATE_CLOSED ? "the layer is finished"
                                                   : "rows were added already");
}

incmap_status incmap_layer_writer_measure(incmap_ctx *ctx, incmap_layer_writer *w,
                                          const incmap_value values[])
{
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!w || !values)
        return incmap__fail(&ctx->error, INCMAP_EARG, "layer writer: writer or values is NULL");
    if (w->state > STATE_MEASURING) return fail_state(w, "a row to be measured", &ctx->error);
    st = incmap__field_set_take(&w->fields, values, true, w->path, w->rows, &ctx->error);
    if (st) return st;
    incmap__field_set_widen(&w->fields, w->fields.cells);
    w->state = STATE_MEASURING;
    return INCMAP_OK;
}

static incmap_status check_shape(const incmap_layer_writer *w, const incmap_shape *shape,
                                 incmap_error *err)
{
    const incmap__shape_rules rules = { w->path, w->type, w->parts.spec.has_z,
                                        w->parts.spec.has_m };
    return incmap__shape_check(&rules, shape, w->rows, err);
}

/* A shape without points is none. */
static incmap_shape shape_of(const incmap_shape *shape)
{
    const incmap_shape none = { INCMAP_SHAPE_NULL, NULL, 0, NULL, 0, NULL, NULL };
    return shape && shape->type && shape->point_count ? *shape : none;
}

incmap_status incmap_layer_writer_add(incmap_ctx *ctx, incmap_layer_writer *w,
                                      const incmap_shape *given, const incmap_value values[])
{
    const incmap_shape shape = shape_of(given);
    incmap_status st = INCMAP_OK;

    if (!ctx) return INCMAP_EARG;
    if (!w || !values)
        return incmap__fail(&ctx->error, INCMAP_EARG, "layer writer: writer or values is NULL");
    if (w->state > STATE_WRITING) return fail_state(w, "a row to be added", &ctx->error);
    if (shape.point_count) st = check_shape(w, &shape, &ctx->error);
    if (!st) st = incmap__field_set_take(&w->fields, values, false, w->path, w->rows, &ctx->error);
    if (!st) st = begin(w, &ctx->error);
    if (st) return st;
    if (w->state == STATE_SPOOLING) {
        incmap__field_set_widen(&w->fields, w->fields.cells);
        st = incmap__row_spool_add(w->spool, &shape, w->fields.cells, &ctx->error);
    } else {
        st = write_row(w, ctx, shape, w->fields.cells);
    }
    if (st == INCMAP_EIO || st == INCMAP_ENOMEM || st == INCMAP_ELIBRARY) w->state = STATE_BROKEN;
    if (!st) w->rows++;
    return st;
}

/* ---- finishing ---- */

static incmap_status write_spooled(incmap_layer_writer *w, incmap_ctx *ctx)
{
    incmap_error *err = &ctx->error;
    incmap_shape shape;
    incmap_status st = incmap__row_spool_rewind(w->spool, err);

    if (!st) st = begin_writing(w, err);
    for (size_t i = 0; !st && i < w->rows; i++) {
        st = incmap__row_spool_next(w->spool, &shape, w->fields.cells, err);
        if (!st) st = write_row(w, ctx, shape, w->fields.cells);
    }
    incmap__row_spool_free(w->spool);
    w->spool = NULL;
    /* Its room is free before the index is made. */
    (void)unlink(incmap__staging_file(w->parts.staging, ".spool"));
    return st;
}

incmap_status incmap__layer_writer_close(incmap_ctx *ctx, incmap_layer_writer *w)
{
    incmap_error *err = &ctx->error;
    incmap_status st = INCMAP_OK;

    if (w->state > STATE_WRITING) return fail_state(w, "to be finished", err);
    if (w->state == STATE_SPOOLING)
        st = write_spooled(w, ctx);
    else if (w->state < STATE_WRITING)
        st = begin_writing(w, err);
    if (!st) st = incmap__layer_parts_close(&w->parts, err);
    w->result.parts = w->parts.count;
    w->state = st ? STATE_BROKEN : STATE_CLOSED;
    return st;
}

incmap_status incmap__layer_writer_commit(incmap_ctx *ctx, incmap_layer_writer *w,
                                          incmap_layer_result *result)
{
    const incmap_status st = incmap__staging_commit(w->parts.staging, &ctx->error);

    w->state = st ? STATE_BROKEN : STATE_DONE;
    if (!st && result) *result = w->result;
    if (!incmap__layer_parts_free(&w->parts))
        incmap__log(ctx, INCMAP_LOG_WARNING, "%s: the staging folder beside it was not removed",
                    w->path);
    return st;
}

incmap_status incmap_layer_writer_finish(incmap_ctx *ctx, incmap_layer_writer *w,
                                         incmap_layer_result *result)
{
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!w) return incmap__fail(&ctx->error, INCMAP_EARG, "layer writer: writer is NULL");
    st = incmap__layer_writer_close(ctx, w);
    return st ? st : incmap__layer_writer_commit(ctx, w, result);
}

incmap_status incmap__layer_writer_companion(incmap_layer_writer *w, const char *ending,
                                             incmap_error *err)
{
    return incmap__staging_add(w->parts.staging, ending, false, err);
}

const char *incmap__layer_writer_file(incmap_layer_writer *w, const char *ending)
{
    return incmap__staging_file(w->parts.staging, ending);
}

const incmap__field *incmap__layer_writer_columns(const incmap_layer_writer *w, size_t *n)
{
    *n = w->fields.column_count;
    return w->fields.columns;
}

const incmap__crs *incmap__layer_writer_crs(const incmap_layer_writer *w)
{
    return w->crs;
}

/* ---- after an interruption ---- */

incmap_status incmap_layer_recover(incmap_ctx *ctx, const char *path, incmap_recovery *recovery)
{
    incmap__staging_outcome outcome = INCMAP__STAGING_NOTHING;
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path) return incmap__fail(&ctx->error, INCMAP_EARG, "layer to recover: path is NULL");
    st = incmap__staging_recover(path, &outcome, &ctx->allocator, &ctx->error);
    /* Both enumerations count alike. */
    if (!st && recovery) *recovery = (incmap_recovery)outcome;
    return st;
}
