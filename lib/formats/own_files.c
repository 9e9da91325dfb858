/* SPDX-License-Identifier: MIT */
/* Finding the four tables of a dataset, or their likes in one GeoJSON file, and loading them as any dataset
 * is loaded. */
#include "formats/own_files.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "formats/encoded_rows.h"
#include "formats/feature_rows.h"
#include "formats/record_fields.h"
#include "reports/dataset.h"

enum { TABLES = 4, FIELDS_MOST = 40 };

/* By type of record. */
static const char *const tables[TABLES] = { "sources.csv", "claimants.csv", "incidents.csv",
                                            "claims.csv" };

static bool ends_with(const char *text, const char *ending)
{
    const size_t n = strlen(text), m = strlen(ending);
    return n >= m && strcmp(text + n - m, ending) == 0;
}

/* Whether there is a file of the path's first bytes and an ending. */
static incmap_status find_file(const char *path, size_t length, const char *ending, bool *there,
                               const incmap_allocator *a, incmap_error *err)
{
    const size_t size = length + strlen(ending) + 1;
    char *whole = incmap__alloc(a, size, 1);
    struct stat info;

    if (!whole) return incmap__fail_memory(err);
    (void)snprintf(whole, size, "%.*s%s", (int)length, path, ending);
    *there = stat(whole, &info) == 0 && S_ISREG(info.st_mode);
    incmap__free(a, whole);
    return INCMAP_OK;
}

incmap_status incmap__own_is_tables(const char *path, bool *is, const incmap_allocator *a,
                                    incmap_error *err)
{
    const size_t length = strlen(path);
    struct stat info;

    *is = stat(path, &info) == 0 && S_ISDIR(info.st_mode);
    if (*is) return INCMAP_OK;
    /* Beside a table of incidents that of claims: a file of somebody else's may have such a name too. */
    if (ends_with(path, "incidents.csv"))
        return find_file(path, length - strlen("incidents.csv"), "claims.csv", is, a, err);
    return find_file(path, length, "_incidents.csv", is, a, err);
}

/* What stands before "sources.csv" and the others: its length in path, and what comes between. */
static size_t base_of(const char *path, const char **between)
{
    struct stat info;

    *between = "_";
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) *between = "/";
    if (!ends_with(path, "incidents.csv")) return strlen(path);
    *between = "";
    return strlen(path) - strlen("incidents.csv");
}

static incmap_status open_table(incmap_ctx *ctx, const char *path, const char *table,
                                const incmap_import_options *wanted, incmap__csv **out)
{
    const incmap__csv_options options = { .separator = wanted->separator };
    const char *between;
    const size_t base = base_of(path, &between), size = strlen(path) + strlen(table) + 2;
    char *name = incmap__alloc(&ctx->allocator, size, 1);
    incmap_status st;

    if (!name) return incmap__fail_memory(&ctx->error);
    (void)snprintf(name, size, "%.*s%s%s", (int)base, path, between, table);
    st = wanted->encoding ? incmap__encoded_rows_open(out, name, wanted->encoding, &options,
                                                      &ctx->allocator, &ctx->error)
                          : incmap__csv_open(out, name, &options, &ctx->allocator, &ctx->error);
    incmap__free(&ctx->allocator, name);
    return st;
}

/* ---- GeoJSON: the tables are lists of objects -------------------------------------------------- */

/* The columns of a type of record live as long as the program: their names are static. */
static size_t known_columns(incmap_record record, incmap__column known[FIELDS_MOST])
{
    size_t n;
    const incmap__record_field *fields = incmap__record_fields(record, &n);

    for (size_t i = 0; i < n; i++)
        known[i] = (incmap__column){ fields[i].name, false };
    return n;
}

static incmap_status open_list(incmap_ctx *ctx, const char *path, incmap_record record,
                               incmap__csv **out)
{
    static const char *const lists[TABLES] = { "sources", "claimants", NULL, "claims" };
    incmap__column known[FIELDS_MOST];
    incmap__feature_rows_spec spec = { .path = path,
                                       .list = lists[record],
                                       .kept = record <= INCMAP_RECORD_CLAIMANT,
                                       .known = known };

    spec.n_known = known_columns(record, known);
    if (record == INCMAP_RECORD_INCIDENT) {
        spec.lon_name = "lon_deg";
        spec.lat_name = "lat_deg";
        spec.skip = "claims";
    }
    return incmap__feature_rows_open(out, &spec, &ctx->allocator, &ctx->error);
}

incmap_status incmap__own_import(incmap_ctx *ctx, const char *path, bool geojson,
                                 const incmap_import_options *options, incmap_report *report,
                                 incmap_dataset **out)
{
    incmap__csv *csvs[TABLES] = { NULL };
    incmap_status st = INCMAP_OK;

    for (int i = 0; !st && i < TABLES; i++)
        st = geojson ? open_list(ctx, path, (incmap_record)i, &csvs[i])
                     : open_table(ctx, path, tables[i], options, &csvs[i]);
    if (st) {
        for (int i = 0; i < TABLES; i++)
            incmap__csv_close(csvs[i]);
        return st;
    }
    const incmap__dataset_tables all = { csvs[0], csvs[1], csvs[2], csvs[3] };
    return incmap__dataset_build(ctx, all, options->gazetteer, report, out);
}
