/* SPDX-License-Identifier: MIT */
/* From a plan to the files: rows are filled once for the widths and once more to be written, so that
 * any number of them takes the memory of one. */
#include "layers/layer_set.h"

#include <math.h>
#include <string.h>

#include "layers/dictionary.h"
#include "layers/edit_mark.h"
#include "layers/layer_writer.h"

/* What stands beside the shapes. */
static const char *const companions[] = { ".qmd", ".fields.csv" };

struct job {
    incmap_ctx *ctx;
    const incmap__layer_plan *plan;
    const incmap_layer_options *options; /* NULL: all defaults */
    incmap__layer_row row;
    incmap__language language;
    incmap_layer_writer *writer;
    bool style_kept;
};

/* ---- rows ---- */

void incmap__row_text(incmap__layer_row *row, size_t column, const char *text)
{
    if (text && *text) {
        row->values[column].as.text = text;
        row->values[column].kind = INCMAP_VALUE_TEXT;
    }
}

void incmap__row_int(incmap__layer_row *row, size_t column, int64_t whole)
{
    row->values[column].as.whole = whole;
    row->values[column].kind = INCMAP_VALUE_INT;
}

void incmap__row_number(incmap__layer_row *row, size_t column, double number)
{
    if (!isnan(number)) {
        row->values[column].as.number = number;
        row->values[column].kind = INCMAP_VALUE_NUMBER;
    }
}

void incmap__row_day(incmap__layer_row *row, size_t column, incmap_day day)
{
    if (day != INCMAP_DAY_OPEN) {
        row->values[column].as.day = day;
        row->values[column].kind = INCMAP_VALUE_DAY;
    }
}

void incmap__row_point(incmap__layer_row *row, incmap_coord at)
{
    row->at = incmap_coord_wrap(at);
    row->shape =
        (incmap__shape){ .type = INCMAP__SHAPE_POINT, .points = &row->at, .point_count = 1 };
}

void incmap__row_depth(incmap__layer_row *row, size_t first, const incmap_depth *depth,
                       bool on_border)
{
    const bool has_sign = depth->side == INCMAP_SIDE_INSIDE || depth->side == INCMAP_SIDE_OUTSIDE;

    if (depth->side == INCMAP_SIDE_UNKNOWN) return;
    incmap__row_number(row, first + INCMAP__DEPTH_ALONG_M, depth->along_m);
    if (on_border) return;
    if (has_sign) incmap__row_number(row, first + INCMAP__DEPTH_M, depth->depth_m);
    incmap__row_number(row, first + INCMAP__DEPTH_DIST_M, fabs(depth->depth_m));
    incmap__row_number(row, first + INCMAP__DEPTH_BAND_M, depth->band_m);
    incmap__row_text(row, first + INCMAP__DEPTH_SIDE, incmap_side_text(depth->side));
    incmap__row_int(row, first + INCMAP__DEPTH_SIDE_SURE, depth->side_certain);
    incmap__row_int(row, first + INCMAP__DEPTH_UNMATCHED, depth->unmatched);
}

static incmap_status fill_row(struct job *job, size_t i)
{
    const incmap__layer_plan *plan = job->plan;
    memset(job->row.values, 0, plan->column_count * sizeof *job->row.values);
    job->row.shape = (incmap__shape){ .type = INCMAP__SHAPE_NULL };
    return plan->fill(plan->user, i, &job->row, &job->ctx->error);
}

/* ---- both passes ---- */

static void tell_progress(const struct job *job, size_t done)
{
    const incmap_layer_options *o = job->options;
    const size_t total = 2 * job->plan->row_count;

    if (o && o->progress && (done % 1024 == 0 || done == total))
        o->progress(o->progress_user, done, total);
}

static incmap_status measure_rows(struct job *job)
{
    incmap_status st = INCMAP_OK;
    job->row.measuring = true;
    for (size_t i = 0; !st && i < job->plan->row_count; i++) {
        st = fill_row(job, i);
        if (!st) st = incmap_layer_writer_measure(job->ctx, job->writer, job->row.values);
        if (!st) tell_progress(job, i + 1);
    }
    return st;
}

static incmap_status write_rows(struct job *job)
{
    incmap_status st = INCMAP_OK;
    job->row.measuring = false;
    for (size_t i = 0; !st && i < job->plan->row_count; i++) {
        st = fill_row(job, i);
        if (!st)
            st = incmap_layer_writer_add(job->ctx, job->writer, &job->row.shape, job->row.values);
        if (!st) tell_progress(job, job->plan->row_count + i + 1);
    }
    return st;
}

/* ---- the set ---- */

static incmap_field field_of(const incmap__layer_column *column, bool split_texts)
{
    const bool list = column->kind == INCMAP__COLUMN_LIST;
    /* A name of more than eight letters has no room for a number. */
    const bool split =
        split_texts && column->kind == INCMAP__COLUMN_TEXT && strlen(column->name) <= 8;
    incmap_field field = { .name = column->name, .decimals = column->decimals };

    switch (column->kind) {
    case INCMAP__COLUMN_INT: field.kind = INCMAP_FIELD_INT; break;
    case INCMAP__COLUMN_NUMBER: field.kind = INCMAP_FIELD_NUMBER; break;
    case INCMAP__COLUMN_DATE: field.kind = INCMAP_FIELD_DATE; break;
    case INCMAP__COLUMN_TEXT:
    case INCMAP__COLUMN_LIST: field.kind = INCMAP_FIELD_TEXT; break;
    }
    field.parts = list || split ? INCMAP_FIELD_PARTS_MOST : 1;
    field.separator = list ? '|' : '\0';
    return field;
}

static incmap_status open_writer(struct job *job)
{
    const incmap__layer_plan *plan = job->plan;
    const incmap_layer_options *o = job->options;
    const incmap_allocator *a = &job->ctx->allocator;
    incmap_layer_writer_options options = INCMAP_LAYER_WRITER_OPTIONS_INIT;
    incmap_field *fields = incmap__alloc(a, plan->column_count, sizeof *fields);
    incmap_status st;

    if (!fields) return incmap__fail_memory(&job->ctx->error);
    for (size_t c = 0; c < plan->column_count; c++)
        fields[c] = field_of(&plan->columns[c], o && o->split_texts);
    options.has_m = plan->has_m;
    options.no_overwrite = o && o->no_overwrite;
    options.crs = o ? o->crs : NULL;
    options.dated = o ? o->dated : 0;
    st = incmap__layer_writer_open(job->ctx, plan->path, plan->type, fields, plan->column_count,
                                   &options, companions, sizeof companions / sizeof *companions,
                                   &job->writer);
    incmap__free(a, fields);
    return st;
}

/* A style that somebody edited is no part of the set: neither put in place nor taken away. */
static incmap_status write_style(struct job *job, const incmap__field fields[], size_t n)
{
    const incmap__layer_plan *plan = job->plan;
    const incmap_allocator *a = &job->ctx->allocator;
    incmap_error *err = &job->ctx->error;
    const incmap__style_job style = {
        plan->style, plan->kind, plan->type, fields, n, job->language
    };
    incmap_status st = INCMAP_OK;

    job->style_kept = false;
    if (!job->options || !job->options->restyle)
        st = incmap__edit_mark_look(plan->path, ".qml", &job->style_kept, a, err);
    if (st || job->style_kept) return st;
    st = incmap__layer_writer_companion(job->writer, ".qml", err);
    if (!st)
        st = incmap__style_write(&style, incmap__layer_writer_file(job->writer, ".qml"), a, err);
    return st;
}

/* Metadata, style, dictionary. */
static incmap_status write_companions(struct job *job)
{
    const incmap__layer_plan *plan = job->plan;
    const incmap_allocator *a = &job->ctx->allocator;
    incmap_error *err = &job->ctx->error;
    const incmap_border *border = plan->depths_behind;
    const char *credit = job->options ? job->options->credit : NULL;
    const incmap__layer_about about = { credit, job->language,
                                        incmap__crs_tell(incmap__layer_writer_crs(job->writer)) };
    size_t n = 0;
    const incmap__field *fields = incmap__layer_writer_columns(job->writer, &n);
    const incmap__dictionary_job dictionary = {
        plan->kind,
        fields,
        n,
        plan->title,
        plan->abstract,
        plan->credit,
        credit,
        border ? incmap_border_inside(border) : NULL,
        border ? incmap_border_outside(border) : NULL,
    };
    incmap_status st = incmap__layer_metadata(
        plan, &about, incmap__layer_writer_file(job->writer, ".qmd"), a, err);
    if (!st) st = write_style(job, fields, n);
    if (!st)
        st = incmap__dictionary_write(
            &dictionary, incmap__layer_writer_file(job->writer, ".fields.csv"), a, err);
    return st;
}

incmap_status incmap__layer_write(incmap_ctx *ctx, const incmap__layer_plan *plan,
                                  const incmap_layer_options *options, incmap_layer_result *result)
{
    struct job job = { .ctx = ctx, .plan = plan, .options = options };
    incmap_status st;

    if (!incmap__language_parse(options ? options->language : NULL, &job.language))
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "layer options: language is \"%s\", expected en, ru or uk",
                            options->language);
    job.row.values = incmap__alloc(&ctx->allocator, plan->column_count, sizeof *job.row.values);
    st = job.row.values ? open_writer(&job) : incmap__fail_memory(&ctx->error);
    if (!st) st = measure_rows(&job);
    if (!st) st = write_rows(&job);
    if (!st) st = incmap__layer_writer_close(ctx, job.writer);
    if (!st) st = write_companions(&job);
    if (!st) st = incmap__layer_writer_commit(ctx, job.writer, result);
    if (!st && result) result->style_kept = job.style_kept;
    incmap_layer_writer_free(job.writer);
    incmap__free(&ctx->allocator, job.row.values);
    return st;
}
