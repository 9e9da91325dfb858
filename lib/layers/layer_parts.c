/* SPDX-License-Identifier: MIT */
/* Parts are sets of their own with one staging folder and one journal, so that a reader finds all of them
 * or none, and none of an earlier, larger layer. */
#include "layers/layer_parts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io/qix.h"

/* In the order in which they are put in place: the .shp comes last, with it the layer is there. */
static const char *const shape_endings[] = { ".dbf", ".shx", ".prj", ".cpg", ".qix", ".shp" };
static const char *const table_endings[] = { ".cpg", ".dbf" };
/* Indexes and projections of an earlier layer would make readers miss features of the new one; a table
 * beside an old .shp would be taken for its own. */
static const char *const stale_always[] = { ".sbn", ".sbx", ".idm", ".ind", ".qpj" };
static const char *const stale_of_table[] = { ".shp", ".shx", ".prj", ".qix" };

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- the set ---- */

incmap_status incmap__layer_parts_start(incmap__layer_parts *parts, const char *const companions[],
                                        size_t n, incmap_error *err)
{
    const char *endings[COUNT_OF(shape_endings) + 8];
    size_t count = 0;

    for (size_t i = 0; i < n && count < 8; i++)
        endings[count++] = companions[i];
    for (size_t i = 0; parts->spec.type && i < COUNT_OF(shape_endings); i++)
        if (!parts->no_index || strcmp(shape_endings[i], ".qix") != 0)
            endings[count++] = shape_endings[i];
    for (size_t i = 0; !parts->spec.type && i < COUNT_OF(table_endings); i++)
        endings[count++] = table_endings[i];
    const incmap__staging_set set = { .extensions = endings,
                                      .count = count,
                                      .stale = stale_always,
                                      .stale_count = COUNT_OF(stale_always),
                                      .no_overwrite = parts->no_overwrite };
    incmap_status st =
        incmap__staging_new(&parts->staging, parts->path, &set, &parts->allocator, err);
    if (!st && parts->no_index) st = incmap__staging_add(parts->staging, ".qix", true, err);
    for (size_t i = 0; !st && !parts->spec.type && i < COUNT_OF(stale_of_table); i++)
        st = incmap__staging_add(parts->staging, stale_of_table[i], true, err);
    return st;
}

/* ---- parts ---- */

/* "out/.l.incmap/l" or, of a later part, "out/.l.incmap/l_part2", with an ending. */
static const char *part_file(incmap__layer_parts *parts, size_t part, const char *ending)
{
    char whole[INCMAP__STAGING_ENDING_MOST + 1];
    if (part == 1) return incmap__staging_file(parts->staging, ending);
    (void)snprintf(whole, sizeof whole, "_part%zu%s", part, ending);
    return incmap__staging_file(parts->staging, whole);
}

static size_t row_count(const incmap__layer_parts *parts)
{
    return parts->spec.row_number + (parts->file ? incmap__shapewriter_rows(parts->file) : 0);
}

incmap_status incmap__layer_parts_open(incmap__layer_parts *parts, incmap_error *err)
{
    parts->count++;
    return incmap__shapewriter_open(&parts->file, part_file(parts, parts->count, ""), &parts->spec,
                                    &parts->allocator, err);
}

/* Two names at a time are needed: one of them is copied. */
static incmap_status index_part(incmap__layer_parts *parts, incmap_error *err)
{
    const char *name = part_file(parts, parts->count, ".shp");
    const size_t size = strlen(name) + 1;
    char *shp = incmap__alloc(&parts->allocator, size, 1);
    incmap_status st;

    if (!shp) return incmap__fail_memory(err);
    memcpy(shp, name, size);
    st = incmap__qix_write(shp, part_file(parts, parts->count, ".qix"), &parts->allocator, err);
    incmap__free(&parts->allocator, shp);
    return st;
}

static incmap_status close_part(incmap__layer_parts *parts, incmap_error *err)
{
    incmap_status st = incmap__shapewriter_close(parts->file, err);
    parts->file = NULL;
    if (!st && parts->spec.type && !parts->no_index) st = index_part(parts, err);
    return st;
}

/* The files of a part beyond the first become files of the set, its .shp last. */
static incmap_status stage_part(incmap__layer_parts *parts, size_t part, bool stale,
                                incmap_error *err)
{
    char ending[INCMAP__STAGING_ENDING_MOST + 1];
    const char *const *endings = parts->spec.type || stale ? shape_endings : table_endings;
    size_t n = parts->spec.type || stale ? COUNT_OF(shape_endings) : COUNT_OF(table_endings);
    incmap_status st = INCMAP_OK;

    while (!st && n-- > 0) {
        const bool none = parts->no_index && !stale && strcmp(endings[n], ".qix") == 0;
        (void)snprintf(ending, sizeof ending, "_part%zu%s", part, endings[n]);
        st = incmap__staging_add(parts->staging, ending, stale || none, err);
    }
    return st;
}

static incmap_status next_part(incmap__layer_parts *parts, incmap_ctx *ctx)
{
    const size_t row = row_count(parts);
    incmap_status st = close_part(parts, &ctx->error);

    parts->spec.row_number = row;
    if (!st) st = incmap__layer_parts_open(parts, &ctx->error);
    if (!st) st = stage_part(parts, parts->count, false, &ctx->error);
    if (!st)
        incmap__log(
            ctx, INCMAP_LOG_WARNING,
            "%s: past %llu bytes: feature %zu (from 0) and those after it are in %s_part%zu",
            parts->path, (unsigned long long)parts->bytes_most, row, parts->path, parts->count);
    return st;
}

incmap_status incmap__layer_parts_add(incmap__layer_parts *parts, incmap_ctx *ctx,
                                      incmap_shape shape, const incmap__cell cells[])
{
    const size_t whole[2] = { 0, shape.point_count };
    incmap_status st = INCMAP_OK;
    uint64_t shp, dbf;

    if (!shape.part_starts || !shape.part_count) {
        shape.part_starts = whole;
        shape.part_count = 1;
    }
    incmap__shapewriter_size_with(parts->file, &shape, &shp, &dbf);
    /* A part has one row at least, however large. */
    if ((shp > parts->bytes_most || dbf > parts->bytes_most) &&
        incmap__shapewriter_rows(parts->file) > 0)
        st = next_part(parts, ctx);
    return st ? st : incmap__shapewriter_add(parts->file, &shape, cells, &ctx->error);
}

/* ---- closing ---- */

/* Parts of an earlier, larger layer, which would be taken for more of this one. */
static incmap_status drop_old_parts(incmap__layer_parts *parts, incmap_error *err)
{
    char *path =
        incmap__alloc(&parts->allocator, strlen(parts->path) + INCMAP__STAGING_ENDING_MOST + 1, 1);
    incmap_status st = INCMAP_OK;
    bool more = path != NULL;

    if (!path) return incmap__fail_memory(err);
    for (size_t part = parts->count + 1; !st && more; part++) {
        (void)sprintf(path, "%s_part%zu.dbf", parts->path, part);
        more = access(path, F_OK) == 0;
        if (more) st = stage_part(parts, part, true, err);
    }
    incmap__free(&parts->allocator, path);
    return st;
}

incmap_status incmap__layer_parts_close(incmap__layer_parts *parts, incmap_error *err)
{
    const incmap_status st = close_part(parts, err);
    return st ? st : drop_old_parts(parts, err);
}

bool incmap__layer_parts_free(incmap__layer_parts *parts)
{
    incmap__staging *staging = parts->staging;
    (void)incmap__shapewriter_close(parts->file, NULL);
    parts->file = NULL;
    parts->staging = NULL;
    return incmap__staging_free(staging);
}
