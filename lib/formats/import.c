/* SPDX-License-Identifier: MIT */
/* One door for the files of the field: what a file is, by its kind and the names of its columns, and who
 * reads it. */
#include <incmap/import.h>

#include <string.h>

#include "base/text.h"
#include "formats/acled.h"
#include "formats/column_map.h"
#include "formats/encoded_rows.h"
#include "formats/feature_rows.h"
#include "formats/importer.h"
#include "formats/layer_files.h"
#include "formats/map_hint.h"
#include "formats/own_files.h"
#include "formats/ucdp.h"
#include "formats/viina.h"
#include "io/feature_reader.h"
#include "io/geojson.h"

enum { KNOWN_MOST = 160 };

/* What a format is called, and the columns by which it is known. */
static const struct {
    const char *name;
    const char *marks[4];
} formats[] = {
    [INCMAP_FORMAT_UNKNOWN] = { "unknown", { NULL } },
    [INCMAP_FORMAT_UCDP] = { "ucdp", { "id", "where_prec", "date_start", "best" } },
    [INCMAP_FORMAT_ACLED] = { "acled", { "event_id_cnty", "event_date", NULL } },
    [INCMAP_FORMAT_VIINA] = { "viina", { "date", "GEO_PRECISION", NULL } },
    [INCMAP_FORMAT_INCMAP] = { "incmap", { "id", "title", "date_start", "place_key" } },
    [INCMAP_FORMAT_MAP] = { "map", { NULL } },
};

const char *incmap_format_text(incmap_format format)
{
    return (size_t)format < sizeof formats / sizeof *formats ? formats[format].name : "unknown";
}

incmap_format incmap_format_parse(const char *text)
{
    for (size_t i = 0; text && i < sizeof formats / sizeof *formats; i++)
        if (incmap__text_same(text, formats[i].name)) return (incmap_format)i;
    return INCMAP_FORMAT_UNKNOWN;
}

/* ---- opening ----------------------------------------------------------------------------------- */

typedef enum { CSV, GEOJSON, SHAPEFILE } kind;

typedef struct {
    incmap_ctx *ctx;
    const char *path;
    const incmap_import_options *options;
    kind kind;
    incmap__column known[KNOWN_MOST]; /* of all formats, for names that were cut */
    size_t n_known;
} opener;

static incmap_status find_kind(opener *o)
{
    const size_t length = strlen(o->path);
    bool geojson = false;
    incmap_status st = INCMAP_OK;

    o->kind = SHAPEFILE;
    if (length >= 4 && incmap__text_same(o->path + length - 4, ".shp")) return st;
    st = incmap__features_is_geojson(o->path, &geojson, &o->ctx->allocator, &o->ctx->error);
    o->kind = geojson ? GEOJSON : CSV;
    return st;
}

static void list_known(opener *o)
{
    const incmap__column *(*const lists[])(
        size_t *) = { incmap__ucdp_columns, incmap__acled_columns, incmap__viina_columns };

    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        size_t n;
        const incmap__column *columns = lists[k](&n);
        for (size_t i = 0; i < n && o->n_known < KNOWN_MOST; i++)
            o->known[o->n_known++] = columns[i];
    }
}

static incmap_status open_rows(const opener *o, incmap__csv **out)
{
    const incmap_allocator *a = &o->ctx->allocator;
    const incmap__csv_options csv_options = { .separator = o->options->separator };
    const incmap__feature_rows_spec spec = { .path = o->path,
                                             .shapefile = o->kind == SHAPEFILE,
                                             .lon_name = "longitude",
                                             .lat_name = "latitude",
                                             .known = o->known,
                                             .n_known = o->kind == SHAPEFILE ? o->n_known : 0,
                                             .encoding = o->options->encoding };

    if (o->kind != CSV) return incmap__feature_rows_open(out, &spec, a, &o->ctx->error);
    if (o->options->encoding)
        return incmap__encoded_rows_open(out, o->path, o->options->encoding, &csv_options, a,
                                         &o->ctx->error);
    return incmap__csv_open(out, o->path, &csv_options, a, &o->ctx->error);
}

/* ---- recognising ------------------------------------------------------------------------------- */

/* A copy of the file's first row, without spaces around its texts. */
typedef struct {
    incmap__arena arena;
    incmap__csv_field *fields;
    size_t n;
} header;

static incmap_status copy_field(header *h, const incmap__csv_field *from, incmap__csv_field *to,
                                incmap_error *err)
{
    size_t start = strspn(from->text, " \t"), end = from->length;

    if (start > end) start = end;
    while (end > start && (from->text[end - 1] == ' ' || from->text[end - 1] == '\t'))
        end--;
    to->length = end - start;
    to->text = incmap__arena_text(&h->arena, from->text + start, to->length);
    return to->text ? INCMAP_OK : incmap__fail_memory(err);
}

static incmap_status read_header(const opener *o, header *h)
{
    incmap_error *err = &o->ctx->error;
    incmap__csv *csv = NULL;
    incmap__csv_row row;
    bool found = false;
    incmap_status st = open_rows(o, &csv);

    if (!st) st = incmap__csv_next(csv, &row, &found, err);
    if (!st && found && row.fault)
        st = incmap__fail(err, INCMAP_EDATA, "%s:%zu: found %s at byte %llu, expected %s%s",
                          o->path, row.line, incmap__csv_fault_found(row.fault),
                          (unsigned long long)row.fault_offset,
                          incmap__csv_fault_expected(row.fault),
                          row.fault == INCMAP__CSV_ROW_NUL    ? "; is it UTF-16? say its encoding"
                          : row.fault == INCMAP__CSV_ROW_UTF8 ? "; say its encoding"
                                                              : "");
    if (!st && found) {
        h->fields = incmap__arena_alloc(&h->arena, row.count, sizeof *h->fields);
        if (!h->fields) st = incmap__fail_memory(err);
        for (size_t i = 0; !st && i < row.count; i++)
            st = copy_field(h, &row.fields[i], &h->fields[i], err);
        if (!st) h->n = row.count;
    }
    incmap__csv_close(csv);
    return st;
}

static bool has_column(const header *h, const char *name)
{
    for (size_t i = 0; i < h->n; i++)
        if (incmap__text_same(h->fields[i].text, name)) return true;
    return false;
}

static bool is_format(const header *h, incmap_format format)
{
    const size_t most = sizeof formats[format].marks / sizeof *formats[format].marks;
    size_t i = 0;

    for (; i < most && formats[format].marks[i]; i++)
        if (!has_column(h, formats[format].marks[i])) return false;
    return i > 0;
}

static incmap_status refuse_format(const opener *o, const header *h)
{
    const char *hint = "";
    char names[300] = "", map[300] = "";
    size_t used = 0;

    if (h->n == 1 && strchr(h->fields[0].text, ';'))
        hint = "; its fields seem to be separated by ;";
    if (h->n == 1 && strchr(h->fields[0].text, '\t'))
        hint = "; its fields seem to be separated by tabs";
    if (h->n && !hint[0]) incmap__map_hint(h->fields, h->n, o->kind != CSV, map, sizeof map);

    for (size_t i = 0; i < h->n && used < 200; i++)
        incmap__text_add(names, sizeof names, &used, "%s%.40s", i ? ", " : "", h->fields[i].text);
    return incmap__fail(&o->ctx->error, INCMAP_EDATA,
                        "%s: found the columns %s%s; expected those of UCDP, ACLED, VIINA or "
                        "incmap, or a map of them%s%s%s%s",
                        o->path, h->n ? names : "of no header", used >= 200 ? " ..." : "",
                        map[0] ? ", such as \"" : "", map, map[0] ? "\"" : "", hint);
}

/* Whether GeoJSON has a list that an export writes, though it may be empty: with no incident there are no
 * columns. */
static incmap_status find_own_list(const opener *o, bool *found)
{
    static const char list[] = "claimants";
    incmap__geojson *file = NULL;
    bool feature;
    incmap_status st;

    *found = false;
    if (o->kind != GEOJSON) return INCMAP_OK;
    st = incmap__geojson_open(&file, o->path, &o->ctx->allocator, &o->ctx->error);
    if (!st) {
        incmap__geojson_keep(file, list);
        st = incmap__geojson_next(file, &feature, &o->ctx->error);
    }
    if (!st) *found = incmap__geojson_has_list(file, list, true);
    incmap__geojson_close(file);
    return st == INCMAP_ENOMEM ? st : INCMAP_OK; /* what is broken has no such list */
}

static incmap_status recognise(const opener *o, const header *h, incmap_format *format)
{
    bool own = false;
    incmap_status st;

    *format = o->options->format;
    if (o->options->map_count) *format = INCMAP_FORMAT_MAP;
    if (!*format && o->kind == SHAPEFILE && incmap__layer_is_own(h->fields, h->n))
        *format = INCMAP_FORMAT_INCMAP;
    for (int i = INCMAP_FORMAT_UCDP; !*format && i < INCMAP_FORMAT_MAP; i++)
        if (is_format(h, (incmap_format)i)) *format = (incmap_format)i;
    if (*format) return INCMAP_OK;
    st = find_own_list(o, &own);
    if (st) return st;
    if (own) *format = INCMAP_FORMAT_INCMAP;
    return *format ? INCMAP_OK : refuse_format(o, h);
}

/* ---- reading ----------------------------------------------------------------------------------- */

static incmap_status read_rows(const opener *o, const header *h, incmap_format format,
                               incmap_report *report, incmap_dataset **out)
{
    const bool features = o->kind != CSV;
    const incmap__map_file file = { h->fields, h->n, features ? "latitude" : NULL,
                                    features ? "longitude" : NULL };
    incmap__csv *csv = NULL;
    incmap_status st;

    if (format == INCMAP_FORMAT_INCMAP && o->kind == SHAPEFILE)
        return incmap__layer_is_own(h->fields, h->n)
                   ? incmap__layer_import(o->ctx, o->path, o->options, report, out)
                   : refuse_format(o, h);
    if (format == INCMAP_FORMAT_INCMAP)
        return incmap__own_import(o->ctx, o->path, features, o->options, report, out);
    st = open_rows(o, &csv);
    if (st) return st;
    switch (format) {
    case INCMAP_FORMAT_UCDP: return incmap__ucdp_import(o->ctx, csv, report, out);
    case INCMAP_FORMAT_ACLED: return incmap__acled_import(o->ctx, csv, report, out);
    case INCMAP_FORMAT_VIINA: return incmap__viina_import(o->ctx, csv, report, out);
    default: return incmap__map_import(o->ctx, csv, o->options, &file, report, out);
    }
}

static incmap_status check_options(incmap_ctx *ctx, const incmap_import_options *options)
{
    const char *why = NULL;

    if ((size_t)options->format >= sizeof formats / sizeof *formats)
        why = "a format that is none";
    else if (options->map_count && options->format && options->format != INCMAP_FORMAT_MAP)
        why = "a map for a format that has columns of its own";
    else if (!options->map_count && (options->format == INCMAP_FORMAT_MAP || options->no_header))
        why = "no map";
    for (size_t i = 0; !why && i < options->map_count; i++)
        if (!options->map || !options->map[i]) why = "a map of NULL";
    return why ? incmap__fail(&ctx->error, INCMAP_EARG, "import: %s", why) : INCMAP_OK;
}

static incmap_status import(opener *o, incmap_report *report, incmap_format *taken,
                            incmap_dataset **out)
{
    const incmap_allocator *a = &o->ctx->allocator;
    const incmap_format wanted = o->options->format;
    incmap_format format = INCMAP_FORMAT_INCMAP;
    header h = { .n = 0 };
    bool own = false;
    incmap_status st = INCMAP_OK;

    if (!o->options->map_count && (!wanted || wanted == INCMAP_FORMAT_INCMAP))
        st = incmap__own_is_tables(o->path, &own, a, &o->ctx->error);
    if (!st && own) {
        st = incmap__own_import(o->ctx, o->path, false, o->options, report, out);
    } else if (!st) {
        list_known(o);
        incmap__arena_init(&h.arena, a);
        st = find_kind(o);
        if (!st) st = read_header(o, &h);
        if (!st) st = recognise(o, &h, &format);
        if (!st) st = read_rows(o, &h, format, report, out);
        incmap__arena_free(&h.arena);
    }
    if (!st && taken) *taken = format;
    return st;
}

incmap_status incmap_dataset_import(incmap_ctx *ctx, const char *path,
                                    const incmap_import_options *options, incmap_report *report,
                                    incmap_format *taken, incmap_dataset **out)
{
    const incmap_import_options defaults = INCMAP_IMPORT_OPTIONS_INIT;
    opener o = { .ctx = ctx, .path = path, .options = options ? options : &defaults };
    incmap_status st;

    if (!ctx || !path || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "import: NULL");
    st = check_options(ctx, o.options);
    return st ? st : import(&o, report, taken, out);
}
