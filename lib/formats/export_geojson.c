/* SPDX-License-Identifier: MIT */
/* Writing a dataset as a FeatureCollection whose features are its incidents. */
#include <incmap/exchange.h>

#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "formats/record_fields.h"
#include "io/diskfile.h"
#include "io/staging.h"

typedef struct {
    incmap__diskfile *file;
    const incmap_dataset *d;
    incmap_error *err;
} writer;

static void put(const writer *w, const char *text)
{
    (void)incmap__diskfile_write(w->file, text, strlen(text));
}

/* In quotes; what JSON does not take as it is stands as an escape. */
static void put_string(const writer *w, const char *text)
{
    put(w, "\"");
    while (*text) {
        size_t n = 0;
        char escape[8];
        while ((unsigned char)text[n] >= 0x20 && text[n] != '"' && text[n] != '\\')
            n++;
        (void)incmap__diskfile_write(w->file, text, n);
        text += n;
        if (!*text) break;
        (void)snprintf(escape, sizeof escape, *text == '"' || *text == '\\' ? "\\%c" : "\\u%04x",
                       (unsigned char)*text);
        put(w, escape);
        text++;
    }
    put(w, "\"");
}

static bool is_position(const incmap__record_field *field)
{
    return strcmp(field->name, "lon_deg") == 0 || strcmp(field->name, "lat_deg") == 0;
}

/* Members of an object, without its braces. */
static incmap_status put_members(const writer *w, incmap_record record, size_t i)
{
    size_t n;
    const incmap__record_field *fields = incmap__record_fields(record, &n);
    bool first = true;

    for (size_t k = 0; k < n; k++) {
        incmap__value_room room;
        const char *text = "";
        incmap_status st;
        if (is_position(&fields[k])) continue; /* the geometry has it */
        st = incmap__record_value(w->d, record, i, &fields[k], &room, &text, w->err);
        if (st) return st;
        put(w, first ? "" : ", ");
        first = false;
        put_string(w, fields[k].name);
        put(w, ": ");
        if (!text[0])
            put(w, "null");
        else if (fields[k].type == INCMAP__VALUE_TEXT)
            put_string(w, text);
        else
            put(w, text);
    }
    return incmap__diskfile_check(w->file, w->err);
}

static incmap_status put_list(const writer *w, const char *name, incmap_record record)
{
    const size_t n = incmap__record_count(w->d, record);
    incmap_status st = INCMAP_OK;

    put_string(w, name);
    put(w, ": [");
    for (size_t i = 0; !st && i < n; i++) {
        put(w, i ? ",\n{" : "\n{");
        st = put_members(w, record, i);
        put(w, "}");
    }
    put(w, "\n],\n");
    return st;
}

static incmap_status put_claims(const writer *w, const incmap_incident *incident)
{
    incmap_status st = INCMAP_OK;

    put(w, ", \"claims\": [");
    for (size_t i = 0; !st && i < incident->claim_count; i++) {
        put(w, i ? ", {" : "{");
        st = put_members(w, INCMAP_RECORD_CLAIM, incident->claims[i]);
        put(w, "}");
    }
    put(w, "]");
    return st;
}

static incmap_status put_geometry(const writer *w, size_t i)
{
    const char *names[] = { "lon_deg", "lat_deg" };
    size_t n;
    const incmap__record_field *fields = incmap__record_fields(INCMAP_RECORD_INCIDENT, &n);
    incmap_status st = INCMAP_OK;

    if (!incmap_dataset_incident(w->d, i)->located) {
        put(w, "\"geometry\": null, ");
        return INCMAP_OK;
    }
    put(w, "\"geometry\": {\"type\": \"Point\", \"coordinates\": [");
    for (size_t a = 0; a < 2; a++)
        for (size_t k = 0; !st && k < n; k++) {
            incmap__value_room room;
            const char *text = "";
            if (strcmp(fields[k].name, names[a]) != 0) continue;
            st = incmap__record_value(w->d, INCMAP_RECORD_INCIDENT, i, &fields[k], &room, &text,
                                      w->err);
            put(w, a ? ", " : "");
            put(w, text);
        }
    put(w, "]}, ");
    return st;
}

static incmap_status put_all(const writer *w)
{
    const size_t n = incmap_dataset_incident_count(w->d);
    incmap_status st;

    put(w, "{\"type\": \"FeatureCollection\",\n");
    st = put_list(w, "sources", INCMAP_RECORD_SOURCE);
    if (!st) st = put_list(w, "claimants", INCMAP_RECORD_CLAIMANT);
    put(w, "\"features\": [");
    for (size_t i = 0; !st && i < n; i++) {
        put(w, i ? ",\n{\"type\": \"Feature\", " : "\n{\"type\": \"Feature\", ");
        st = put_geometry(w, i);
        put(w, "\"properties\": {");
        if (!st) st = put_members(w, INCMAP_RECORD_INCIDENT, i);
        if (!st) st = put_claims(w, incmap_dataset_incident(w->d, i));
        put(w, "}}");
    }
    put(w, "\n]}\n");
    return st;
}

static incmap_status write_file(incmap_ctx *ctx, const char *path, const incmap_dataset *d)
{
    writer w = { NULL, d, &ctx->error };
    incmap_status closed, st = incmap__diskfile_open(&w.file, path, INCMAP__DISKFILE_CREATE,
                                                     &ctx->allocator, &ctx->error);

    if (!st) st = put_all(&w);
    closed = incmap__diskfile_close(w.file, true, st ? NULL : &ctx->error);
    return st ? st : closed;
}

incmap_status incmap_dataset_export_geojson(incmap_ctx *ctx, const incmap_dataset *dataset,
                                            const char *path, const incmap_export_options *options)
{
    static const char *const endings[] = { "" };
    const incmap__staging_set set = { .extensions = endings, .count = 1 };
    incmap__staging *staging = NULL;
    incmap_status st;

    (void)options;
    if (!ctx || !dataset || !path)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "export GeoJSON: NULL");
    st = incmap__staging_new(&staging, path, &set, &ctx->allocator, &ctx->error);
    if (!st) st = write_file(ctx, incmap__staging_file(staging, ""), dataset);
    if (!st) st = incmap__staging_commit(staging, &ctx->error);
    (void)incmap__staging_free(staging);
    return st;
}
