/* SPDX-License-Identifier: MIT */
/* Writing a dataset as the four tables that lib/reports reads. */
#include <incmap/exchange.h>

#include <string.h>

#include "base/context.h"
#include "formats/record_fields.h"
#include "io/diskfile.h"
#include "io/staging.h"

enum { TABLES = 4 };

/* By type of record. */
static const char *const endings[TABLES] = { "_sources.csv", "_claimants.csv", "_incidents.csv",
                                             "_claims.csv" };

static void put(incmap__diskfile *file, const char *text)
{
    (void)incmap__diskfile_write(file, text, strlen(text));
}

/* In quotes only where it must be, as RFC 4180 has it. */
static void put_field(incmap__diskfile *file, const char *text, bool first)
{
    if (!first) put(file, ",");
    if (!strpbrk(text, "\",\r\n")) {
        put(file, text);
        return;
    }
    put(file, "\"");
    while (*text) {
        const size_t n = strcspn(text, "\"");
        (void)incmap__diskfile_write(file, text, n);
        if (text[n]) put(file, "\"\"");
        text += n + (text[n] == '"');
    }
    put(file, "\"");
}

static void put_header(incmap__diskfile *file, const incmap__record_field fields[], size_t n,
                       bool hxl)
{
    for (size_t i = 0; i < n; i++)
        put_field(file, fields[i].name, i == 0);
    put(file, "\r\n");
    if (!hxl) return;
    for (size_t i = 0; i < n; i++)
        put_field(file, fields[i].tag, i == 0);
    put(file, "\r\n");
}

static incmap_status put_rows(incmap__diskfile *file, const incmap_dataset *d, incmap_record record,
                              bool hxl, incmap_error *err)
{
    size_t n;
    const incmap__record_field *fields = incmap__record_fields(record, &n);
    const size_t rows = incmap__record_count(d, record);
    incmap_status st = INCMAP_OK;

    put_header(file, fields, n, hxl);
    for (size_t row = 0; !st && row < rows; row++) {
        for (size_t i = 0; !st && i < n; i++) {
            incmap__value_room room;
            const char *text = "";
            st = incmap__record_value(d, record, row, &fields[i], &room, &text, err);
            if (!st) put_field(file, text, i == 0);
        }
        put(file, "\r\n");
        if (!st) st = incmap__diskfile_check(file, err);
    }
    return st;
}

static incmap_status write_table(incmap_ctx *ctx, const char *path, const incmap_dataset *d,
                                 incmap_record record, bool hxl)
{
    incmap__diskfile *file = NULL;
    incmap_status closed, st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_CREATE,
                                                     &ctx->allocator, &ctx->error);

    if (!st) st = put_rows(file, d, record, hxl, &ctx->error);
    closed = incmap__diskfile_close(file, true, st ? NULL : &ctx->error);
    return st ? st : closed;
}

incmap_status incmap_dataset_export_csv(incmap_ctx *ctx, const incmap_dataset *dataset,
                                        const char *path, const incmap_export_options *options)
{
    const incmap__staging_set set = { .extensions = endings, .count = TABLES };
    const bool hxl = options && options->hxl;
    incmap__staging *staging = NULL;
    incmap_status st;

    if (!ctx || !dataset || !path)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "export CSV: NULL");
    st = incmap__staging_new(&staging, path, &set, &ctx->allocator, &ctx->error);
    for (int i = 0; !st && i < TABLES; i++)
        st = write_table(ctx, incmap__staging_file(staging, endings[i]), dataset, (incmap_record)i,
                         hxl);
    if (!st) st = incmap__staging_commit(staging, &ctx->error);
    (void)incmap__staging_free(staging);
    return st;
}
