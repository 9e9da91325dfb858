/* SPDX-License-Identifier: MIT */
/* Assembling a dataset from its four tables, each of which may refer to those before it, and handing
 * out its records. */
#include "reports/dataset.h"

#include <string.h>

const char *incmap__loader_text(incmap__loader *loader, const incmap__table *table, size_t column)
{
    const char *text = incmap__pool_text(&loader->d->pool, incmap__table_text(table, column),
                                         incmap__table_length(table, column));
    if (!text) loader->failed = true;
    return text ? text : "";
}

bool incmap__loader_id(incmap__loader *loader, const incmap__records *records, incmap__table *table,
                       size_t column, const char **id)
{
    const char *text;

    if (!incmap__table_needed(table, column, &text)) return false;
    if (incmap__records_find(records, text) != INCMAP__NO_RECORD) {
        incmap__table_refuse(table, column, "an id that no earlier row has");
        return false;
    }
    *id = incmap__loader_text(loader, table, column);
    return true;
}

incmap_status incmap__loader_add(incmap__loader *loader, incmap__records *records,
                                 const incmap__table *table, size_t link_column, const void *item,
                                 const char *to, incmap_error *err)
{
    const incmap_allocator *a = &loader->d->allocator;
    incmap_status st;

    if (loader->failed) return incmap__fail_memory(err);
    if (link_column != INCMAP__NO_RECORD)
        loader->links.field = incmap__table_field(table, link_column);
    st = incmap__links_add(&loader->links, a, to, incmap__table_line(table), err);
    return st ? st : incmap__records_add(records, a, item, err);
}

incmap_status incmap__dataset_add_refused(incmap_dataset *d, incmap_record record, const char *id,
                                          const char *file, size_t row, incmap_error *err)
{
    incmap__records *refused = &d->refused[record];
    incmap__refused_row noted = { .row = row };

    if (!id[0] || incmap__records_find(refused, id) != INCMAP__NO_RECORD) return INCMAP_OK;
    noted.id = incmap__pool_text(&d->pool, id, strlen(id));
    noted.file = incmap__pool_text(&d->pool, file, strlen(file));
    if (!noted.id || !noted.file) return incmap__fail_memory(err);
    return incmap__records_add(refused, &d->allocator, &noted, err);
}

static incmap_status note_refused_id(void *user, const char *id, size_t line, incmap_error *err)
{
    const incmap__loader *loader = user;
    return incmap__dataset_add_refused(loader->d, loader->record, id, loader->links.file, line,
                                       err);
}

/* The id is the first column of every table. */
static incmap_status note_refused_row(void *user, incmap__table *table, incmap_error *err)
{
    return note_refused_id(user, incmap__table_text(table, 0), incmap__table_line(table), err);
}

static incmap_record type_of(const incmap_dataset *d, const incmap__records *records)
{
    return records == &d->sources     ? INCMAP_RECORD_SOURCE
           : records == &d->claimants ? INCMAP_RECORD_CLAIMANT
           : records == &d->incidents ? INCMAP_RECORD_INCIDENT
                                      : INCMAP_RECORD_CLAIM;
}

incmap_status incmap__loader_read(incmap__loader *loader, incmap__csv *csv,
                                  const incmap__column columns[], size_t n, incmap__row_fn row,
                                  incmap__records *records, size_t link_column)
{
    const char *name = incmap__csv_name(csv);
    incmap_status st;

    loader->links = (incmap__links){ .refused = note_refused_id, .user = loader };
    loader->record = type_of(loader->d, records);
    loader->problems->refused_row = note_refused_row;
    loader->links.file = incmap__pool_text(&loader->d->pool, name, strlen(name));
    if (!loader->links.file) {
        incmap__csv_close(csv);
        return incmap__fail_memory(&loader->problems->ctx->error);
    }
    if (link_column != INCMAP__NO_RECORD) loader->links.column_name = columns[link_column].name;
    st = incmap__rows_read(loader->problems, csv, columns, n, row, loader);
    if (!st && link_column != INCMAP__NO_RECORD)
        st =
            incmap__links_resolve(&loader->links, records, &loader->d->allocator, loader->problems);
    return st;
}

/* Claims are in file order, so that filling each list from its start keeps that order. */
incmap_status incmap__dataset_list_claims(incmap_dataset *d, incmap_error *err)
{
    incmap_incident *incidents = d->incidents.items;
    const incmap_claim *claims = d->claims.items;
    size_t start = 0;

    d->claim_lists = incmap__alloc(&d->allocator, d->claims.count, sizeof *d->claim_lists);
    if (!d->claim_lists) return incmap__fail_memory(err);
    for (size_t i = 0; i < d->claims.count; i++)
        incidents[claims[i].incident].claim_count++;
    for (size_t i = 0; i < d->incidents.count; i++) {
        incidents[i].claims = d->claim_lists + start;
        start += incidents[i].claim_count;
        incidents[i].claim_count = 0;
    }
    for (size_t i = 0; i < d->claims.count; i++) {
        incmap_incident *incident = &incidents[claims[i].incident];
        d->claim_lists[(size_t)(incident->claims - d->claim_lists) + incident->claim_count++] = i;
    }
    return INCMAP_OK;
}

static incmap_status load(incmap_dataset *d, incmap__problems *problems,
                          const incmap__dataset_tables *tables)
{
    static incmap_status (*const readers[])(
        incmap__loader *, incmap__csv *) = { incmap__loader_sources, incmap__loader_claimants,
                                             incmap__loader_incidents, incmap__loader_claims };
    incmap__csv *const csvs[] = { tables->sources, tables->claimants, tables->incidents,
                                  tables->claims };
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; i < sizeof csvs / sizeof *csvs; i++) {
        incmap__loader loader = { .d = d, .problems = problems };
        if (st) {
            incmap__csv_close(csvs[i]);
            continue;
        }
        st = readers[i](&loader, csvs[i]);
        incmap__links_free(&loader.links, &d->allocator);
    }
    return st ? st : incmap__dataset_list_claims(d, &problems->ctx->error);
}

static void close_tables(const incmap__dataset_tables *tables)
{
    incmap__csv_close(tables->sources);
    incmap__csv_close(tables->claimants);
    incmap__csv_close(tables->incidents);
    incmap__csv_close(tables->claims);
}

incmap_dataset *incmap__dataset_make(incmap_ctx *ctx, const incmap_gazetteer *gazetteer)
{
    incmap_dataset *d = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *d);

    if (!d) {
        (void)incmap__fail_memory(&ctx->error);
        return NULL;
    }
    d->allocator = ctx->allocator;
    d->gazetteer = gazetteer;
    incmap__pool_init(&d->pool, &ctx->allocator);
    d->sources.item_size = sizeof(incmap_source);
    d->claimants.item_size = sizeof(incmap_claimant);
    d->incidents.item_size = sizeof(incmap_incident);
    d->claims.item_size = sizeof(incmap_claim);
    for (int i = 0; i <= INCMAP_RECORD_CLAIM; i++)
        d->refused[i].item_size = sizeof(incmap__refused_row);
    return d;
}

incmap_status incmap__dataset_build(incmap_ctx *ctx, incmap__dataset_tables tables,
                                    const incmap_gazetteer *gazetteer, incmap_report *report,
                                    incmap_dataset **out)
{
    incmap__problems problems = { 0 };
    incmap_dataset *d = incmap__dataset_make(ctx, gazetteer);
    incmap_status st = d ? incmap__problems_begin(&problems, ctx, report) : INCMAP_ENOMEM;

    if (st)
        close_tables(&tables);
    else
        st = load(d, &problems, &tables);
    incmap__problems_end(&problems);
    if (st)
        incmap_dataset_free(d);
    else
        *out = d;
    return st;
}

/* Opens the four files or none. */
static incmap_status open_tables(incmap_ctx *ctx, const incmap_dataset_files *files,
                                 incmap__dataset_tables *tables)
{
    const struct {
        const char *path;
        incmap__csv **to;
    } each[] = { { files->sources, &tables->sources },
                 { files->claimants, &tables->claimants },
                 { files->incidents, &tables->incidents },
                 { files->claims, &tables->claims } };
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < sizeof each / sizeof *each; i++)
        st = incmap__csv_open(each[i].to, each[i].path, NULL, &ctx->allocator, &ctx->error);
    if (st) close_tables(tables);
    return st;
}

incmap_status incmap_dataset_open(incmap_ctx *ctx, const incmap_dataset_files *files,
                                  const incmap_gazetteer *gazetteer, incmap_report *report,
                                  incmap_dataset **out)
{
    incmap__dataset_tables tables = { 0 };
    incmap_status st;

    if (!ctx || !files || !gazetteer || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "dataset: NULL");
    if (!files->sources || !files->claimants || !files->incidents || !files->claims)
        return incmap__fail(&ctx->error, INCMAP_EARG, "dataset: one of its four files is NULL");
    st = open_tables(ctx, files, &tables);
    return st ? st : incmap__dataset_build(ctx, tables, gazetteer, report, out);
}

void incmap_dataset_free(incmap_dataset *d)
{
    if (d) {
        const incmap_allocator a = d->allocator;
        incmap__records_free(&d->sources, &a);
        incmap__records_free(&d->claimants, &a);
        incmap__records_free(&d->incidents, &a);
        incmap__records_free(&d->claims, &a);
        for (int i = 0; i <= INCMAP_RECORD_CLAIM; i++)
            incmap__records_free(&d->refused[i], &a);
        incmap__free(&a, d->claim_lists);
        incmap__pool_free(&d->pool);
        incmap__free(&a, d);
    }
}

size_t incmap_dataset_source_count(const incmap_dataset *d)
{
    return d ? d->sources.count : 0;
}

size_t incmap_dataset_claimant_count(const incmap_dataset *d)
{
    return d ? d->claimants.count : 0;
}

size_t incmap_dataset_incident_count(const incmap_dataset *d)
{
    return d ? d->incidents.count : 0;
}

size_t incmap_dataset_claim_count(const incmap_dataset *d)
{
    return d ? d->claims.count : 0;
}

const incmap_source *incmap_dataset_source(const incmap_dataset *d, size_t i)
{
    return d && i < d->sources.count ? (const incmap_source *)d->sources.items + i : NULL;
}

const incmap_claimant *incmap_dataset_claimant(const incmap_dataset *d, size_t i)
{
    return d && i < d->claimants.count ? (const incmap_claimant *)d->claimants.items + i : NULL;
}

const incmap_incident *incmap_dataset_incident(const incmap_dataset *d, size_t i)
{
    return d && i < d->incidents.count ? (const incmap_incident *)d->incidents.items + i : NULL;
}

const incmap_claim *incmap_dataset_claim(const incmap_dataset *d, size_t i)
{
    return d && i < d->claims.count ? (const incmap_claim *)d->claims.items + i : NULL;
}
