/* SPDX-License-Identifier: MIT */
/* From a plan to the files: rows are filled once for the widths and once more to be written, so that
 * any number of them takes the memory of one. */
#include "layers/layer_set.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "geodesy/crs.h"
#include "io/staging.h"
#include "layers/dictionary.h"

enum { TEXT_MOST = 254, PARTS_MOST = 9, NAME_SIZE = 11 };

/* The .shp comes last: with it the layer is there. */
static const char *const set_order[] = { ".dbf", ".shx", ".prj",        ".cpg",
                                         ".qmd", ".qml", ".fields.csv", ".shp" };
/* A table has no shapes: one of a layer with them would be taken for its own. */
static const char *const table_order[] = { ".cpg", ".qmd", ".qml", ".fields.csv", ".dbf" };
static const char *const table_stale[] = { ".shp", ".shx", ".prj", ".qix", ".sbn",
                                           ".sbx", ".idm", ".ind", ".qpj" };
/* Indexes and projections that other programs put beside a layer; of the earlier one they would make
 * readers miss features of the new. */
static const char *const set_stale[] = { ".qix", ".sbn", ".sbx", ".idm", ".ind", ".qpj" };

/* What a column came to over all rows. */
struct measure {
    int width[PARTS_MOST]; /* of each of its fields */
    size_t parts;          /* fields: 1, more for a long list */
    size_t field;          /* number of its first field */
};

struct job {
    incmap_ctx *ctx;
    const incmap__layer_plan *plan;
    incmap__layer_row row;
    struct measure *measures;
    incmap__field *fields;
    char (*names)[NAME_SIZE];
    size_t field_count;
    incmap__language language;
    incmap__crs *crs;
    incmap_layer_result result;
};

/* ---- rows ---- */

void incmap__row_text(incmap__layer_row *row, size_t column, const char *text)
{
    if (text && *text) {
        row->values[column].as.text = text;
        row->values[column].set = true;
    }
}

void incmap__row_int(incmap__layer_row *row, size_t column, int64_t whole)
{
    row->values[column].as.whole = whole;
    row->values[column].set = true;
}

void incmap__row_number(incmap__layer_row *row, size_t column, double number)
{
    if (!isnan(number)) {
        row->values[column].as.number = number;
        row->values[column].set = true;
    }
}

void incmap__row_day(incmap__layer_row *row, size_t column, incmap_day day)
{
    if (day != INCMAP_DAY_OPEN) {
        row->values[column].as.day = day;
        row->values[column].set = true;
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

/* ---- first pass: widths ---- */

/* Bytes of the part of a list that one field holds: whole ids where that can be, else characters. */
static size_t list_part(const char *list)
{
    const size_t length = strlen(list);
    size_t cut = TEXT_MOST;

    if (length <= TEXT_MOST) return length;
    while (cut > 0 && list[cut] != '|')
        cut--;
    return cut > 0 ? cut : incmap__utf8_cut(list, length, TEXT_MOST);
}

/* What follows a part of a list, without the separator between. */
static const char *list_rest(const char *list)
{
    list += list_part(list);
    return *list == '|' ? list + 1 : list;
}

static void widen(struct measure *m, size_t part, size_t width)
{
    if (width > TEXT_MOST) width = TEXT_MOST;
    if ((int)width > m->width[part]) m->width[part] = (int)width;
    if (part >= m->parts) m->parts = part + 1;
}

static size_t width_of_int(int64_t whole)
{
    char digits[24];
    return (size_t)snprintf(digits, sizeof digits, "%lld", (long long)whole);
}

static void measure_value(struct measure *m, const incmap__layer_column *column,
                          const incmap__layer_value *value)
{
    size_t part = 0;
    switch (column->kind) {
    case INCMAP__COLUMN_TEXT: widen(m, 0, strlen(value->as.text)); break;
    case INCMAP__COLUMN_LIST:
        for (const char *list = value->as.text; *list && part < PARTS_MOST; list = list_rest(list))
            widen(m, part++, list_part(list));
        break;
    case INCMAP__COLUMN_INT: widen(m, 0, width_of_int(value->as.whole)); break;
    case INCMAP__COLUMN_NUMBER:
        widen(m, 0, incmap__shapefile_number_width(value->as.number, column->decimals));
        break;
    case INCMAP__COLUMN_DATE: break;
    }
}

static incmap_status measure_rows(struct job *job)
{
    const incmap__layer_plan *plan = job->plan;

    for (size_t c = 0; c < plan->column_count; c++)
        widen(&job->measures[c], 0,
              plan->columns[c].decimals > 0 ? (size_t)plan->columns[c].decimals + 2 : 1);
    for (size_t i = 0; i < plan->row_count; i++) {
        const incmap_status st = fill_row(job, i);
        if (st) return st;
        for (size_t c = 0; c < plan->column_count; c++)
            if (job->row.values[c].set)
                measure_value(&job->measures[c], &plan->columns[c], &job->row.values[c]);
    }
    return INCMAP_OK;
}

static incmap__field_type field_type(incmap__column_kind kind)
{
    switch (kind) {
    case INCMAP__COLUMN_INT: return INCMAP__FIELD_INT;
    case INCMAP__COLUMN_NUMBER: return INCMAP__FIELD_NUMBER;
    case INCMAP__COLUMN_DATE: return INCMAP__FIELD_DATE;
    default: return INCMAP__FIELD_TEXT;
    }
}

static void add_fields(struct job *job, size_t c)
{
    const incmap__layer_column *column = &job->plan->columns[c];
    struct measure *m = &job->measures[c];

    m->field = job->field_count;
    for (size_t part = 0; part < m->parts; part++) {
        char *name = job->names[job->field_count];
        if (part == 0)
            (void)snprintf(name, NAME_SIZE, "%s", column->name);
        else
            (void)snprintf(name, NAME_SIZE, "%.8s_%d", column->name, (int)(part + 1) % 10);
        job->fields[job->field_count++] =
            (incmap__field){ name, field_type(column->kind), m->width[part], column->decimals };
    }
}

static incmap_status make_fields(struct job *job)
{
    const incmap_allocator *a = &job->ctx->allocator;
    size_t n = 0;

    for (size_t c = 0; c < job->plan->column_count; c++)
        n += job->measures[c].parts;
    job->fields = incmap__alloc(a, n, sizeof *job->fields);
    job->names = incmap__alloc(a, n, sizeof *job->names);
    if (!job->fields || !job->names) return incmap__fail_memory(&job->ctx->error);
    for (size_t c = 0; c < job->plan->column_count; c++)
        add_fields(job, c);
    return INCMAP_OK;
}

/* ---- second pass: writing ---- */

static void tell_cut(struct job *job, size_t i, size_t field)
{
    const incmap__layer_value *key = &job->row.values[0];
    job->result.cut_texts++;
    incmap__log(job->ctx, INCMAP_LOG_WARNING, "%s: feature %zu (from 0) %s: %s cut at %d bytes",
                job->plan->path, i, key->set ? key->as.text : "", job->names[field],
                job->fields[field].width);
}

static incmap_status write_list(struct job *job, incmap__shapewriter *w, size_t i,
                                const struct measure *m, const char *list)
{
    char part_text[TEXT_MOST + 1];
    incmap_status st = INCMAP_OK;
    bool cut = false;
    size_t part = 0;

    for (; !st && *list && part < PARTS_MOST; part++) {
        const size_t length = list_part(list);
        memcpy(part_text, list, length);
        part_text[length] = '\0';
        list = list_rest(list);
        st = incmap__shapewriter_put_text(w, m->field + part, part_text, &cut, &job->ctx->error);
    }
    if (!st && *list) tell_cut(job, i, m->field + part - 1);
    return st;
}

static incmap_status write_value(struct job *job, incmap__shapewriter *w, size_t i, size_t c)
{
    const incmap__layer_value *value = &job->row.values[c];
    const size_t field = job->measures[c].field;
    incmap_error *err = &job->ctx->error;
    incmap_status st = INCMAP_OK;
    bool cut = false;

    switch (job->plan->columns[c].kind) {
    case INCMAP__COLUMN_TEXT:
        st = incmap__shapewriter_put_text(w, field, value->as.text, &cut, err);
        if (cut) tell_cut(job, i, field);
        return st;
    case INCMAP__COLUMN_LIST: return write_list(job, w, i, &job->measures[c], value->as.text);
    case INCMAP__COLUMN_INT: return incmap__shapewriter_put_int(w, field, value->as.whole, err);
    case INCMAP__COLUMN_NUMBER:
        return incmap__shapewriter_put_number(w, field, value->as.number, err);
    case INCMAP__COLUMN_DATE: return incmap__shapewriter_put_date(w, field, value->as.day, err);
    }
    return st;
}

static incmap_status write_row(struct job *job, incmap__shapewriter *w, size_t i)
{
    incmap_status st = fill_row(job, i);

    if (!st) st = incmap__shapewriter_add(w, &job->row.shape, &job->ctx->error);
    for (size_t c = 0; !st && c < job->plan->column_count; c++)
        if (job->row.values[c].set) st = write_value(job, w, i, c);
    job->result.features++;
    if (job->row.shape.type != job->plan->type) job->result.unlocated++;
    return st;
}

static incmap_status write_shapes(struct job *job, const char *base, const char *prj)
{
    incmap_ctx *ctx = job->ctx;
    incmap__shapewriter *w = NULL;
    const incmap__shapespec spec = { .type = job->plan->type,
                                     .has_m = job->plan->has_m,
                                     .fields = job->fields,
                                     .n_fields = job->field_count,
                                     .prj = prj,
                                     .dated = INCMAP__SHAPE_DATED };
    incmap_status st, closed;

    st = incmap__shapewriter_open(&w, base, &spec, &ctx->allocator, &ctx->error);
    for (size_t i = 0; !st && i < job->plan->row_count; i++)
        st = write_row(job, w, i);
    /* Buffered rows reach the disk only here, so closing can be the failure; it must not hide an
     * earlier one. */
    closed = incmap__shapewriter_close(w, st ? NULL : &ctx->error);
    return st ? st : closed;
}

/* What stands beside the shapes: metadata, style, dictionary. */
static incmap_status write_companions(struct job *job, const incmap_layer_options *options,
                                      incmap__staging *staging)
{
    const incmap__layer_plan *plan = job->plan;
    const incmap_allocator *a = &job->ctx->allocator;
    incmap_error *err = &job->ctx->error;
    const incmap_border *border = plan->depths_behind;
    const char *credit = options ? options->credit : NULL;
    const incmap__layer_about about = { credit, job->language, incmap__crs_tell(job->crs) };
    const incmap__style_job style = { plan->style, plan->kind,       plan->type,
                                      job->fields, job->field_count, job->language };
    const incmap__dictionary_job dictionary = {
        plan->kind,
        job->fields,
        job->field_count,
        plan->title,
        plan->abstract,
        plan->credit,
        credit,
        border ? incmap_border_inside(border) : NULL,
        border ? incmap_border_outside(border) : NULL,
    };
    incmap_status st =
        incmap__layer_metadata(plan, &about, incmap__staging_file(staging, ".qmd"), a, err);
    if (!st) st = incmap__style_write(&style, incmap__staging_file(staging, ".qml"), a, err);
    if (!st)
        st = incmap__dictionary_write(&dictionary, incmap__staging_file(staging, ".fields.csv"), a,
                                      err);
    return st;
}

static incmap_status write_set(struct job *job, const incmap_layer_options *options,
                               const char *prj)
{
    const bool table = job->plan->type == INCMAP__SHAPE_NULL;
    const incmap__staging_set set = {
        table ? table_order : set_order,
        table ? sizeof table_order / sizeof *table_order : sizeof set_order / sizeof *set_order,
        table ? table_stale : set_stale,
        table ? sizeof table_stale / sizeof *table_stale : sizeof set_stale / sizeof *set_stale,
        options && options->no_overwrite
    };
    incmap_ctx *ctx = job->ctx;
    incmap__staging *staging = NULL;
    incmap_status st;

    st = incmap__staging_new(&staging, job->plan->path, &set, &ctx->allocator, &ctx->error);
    if (!st) st = write_shapes(job, incmap__staging_base(staging), table ? NULL : prj);
    if (!st) st = write_companions(job, options, staging);
    if (!st) st = incmap__staging_commit(staging, &ctx->error);
    if (!incmap__staging_free(staging))
        incmap__log(ctx, INCMAP_LOG_WARNING, "%s: the staging folder beside it was not removed",
                    job->plan->path);
    return st;
}

incmap_status incmap__layer_write(incmap_ctx *ctx, const incmap__layer_plan *plan,
                                  const incmap_layer_options *options, incmap_layer_result *result)
{
    const incmap_allocator *a = &ctx->allocator;
    struct job job = { .ctx = ctx, .plan = plan };
    const char *prj = NULL;
    incmap_status st;

    if (!incmap__language_parse(options ? options->language : NULL, &job.language))
        return incmap__fail(&ctx->error, INCMAP_EARG,
                            "layer options: language is \"%s\", expected en, ru or uk",
                            options->language);
    job.row.values = incmap__alloc(a, plan->column_count, sizeof *job.row.values);
    job.measures = incmap__alloc_zeroed(a, plan->column_count, sizeof *job.measures);
    st = job.row.values && job.measures ? INCMAP_OK : incmap__fail_memory(&ctx->error);
    if (!st) st = measure_rows(&job);
    if (!st) st = make_fields(&job);
    if (!st) st = incmap__crs_new(&job.crs, NULL, a, &ctx->error);
    if (!st) st = incmap__crs_esri_wkt(job.crs, &prj, &ctx->error);
    if (!st) st = write_set(&job, options, prj);
    if (!st && result) *result = job.result;

    incmap__crs_free(job.crs);
    incmap__free(a, job.names);
    incmap__free(a, job.fields);
    incmap__free(a, job.measures);
    incmap__free(a, job.row.values);
    return st;
}
