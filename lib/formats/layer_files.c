/* SPDX-License-Identifier: MIT */
/* Layers back into tables: fields under the columns' names, texts that went on in further fields joined
 * again, and the sources and claimants gathered from the claims. */
#include "formats/layer_files.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "formats/feature_rows.h"
#include "reports/dataset.h"

enum { PARTS_MOST = 9, FIELDS_MOST = 32 };

typedef enum {
    AS_IT_IS,
    LIST,      /* parts were divided at the bars between its texts */
    TRUTH,     /* 1 or 0 */
    ON_BORDER, /* one of several words */
    ALWAYS     /* `from` itself in every row */
} change;

typedef struct {
    const char *from, *to;
    change change;
} renaming;

static const renaming incident_fields[] = {
    { "lon_deg", "lon_deg", AS_IT_IS },
    { "lat_deg", "lat_deg", AS_IT_IS },
    { "ID", "id", AS_IT_IS },
    { "TITLE", "title", AS_IT_IS },
    { "DATE_FROM", "date_start", AS_IT_IS },
    { "DATE_TO", "date_end", AS_IT_IS },
    { "DATE_PREC", "date_precision", AS_IT_IS },
    { "DATE_BASIS", "date_basis", AS_IT_IS },
    { "EVENT_TYPE", "event_type", AS_IT_IS },
    { "SUB_TYPE", "sub_event_type", AS_IT_IS },
    { "ACTOR_1", "actor1", LIST },
    { "ACTOR_2", "actor2", LIST },
    { "PLACE_KEY", "place_key", AS_IT_IS },
    { "LOC_PREC", "location_precision", AS_IT_IS },
    { "POST_KEY", "border_post_key", AS_IT_IS },
    { "GEO_PREC", "acled_geo_precision", AS_IT_IS },
    { "PLACED", "on_border", ON_BORDER },
    { "UNCERT_M", "uncertainty_m", AS_IT_IS },
    { "EXT_KNOWN", "extent_known", TRUTH },
    { "PART_OF", "parent_id", AS_IT_IS },
    { "SOURCES", "sources", LIST },
    { "NOTES", "notes", AS_IT_IS },
    { "PLACE_ASK", "place", AS_IT_IS },
    { "ASK_RESULT", "place_verdict", AS_IT_IS },
    { "ASK_SCORE", "place_score", AS_IT_IS },
    { "ASK_REASON", "place_reason", AS_IT_IS },
    { "ASK_KEYS", "place_candidates", LIST },
};
enum { INCIDENT_SOURCES = 20 };

static const renaming claim_fields[] = {
    { "CLAIM_ID", "claim_id", AS_IT_IS },
    { "INCIDENT", "incident_id", AS_IT_IS },
    { "SOURCE", "source", AS_IT_IS },
    { "CLAIMANT", "claimant_key", AS_IT_IS },
    { "CLAIM_BY", "claimant", AS_IT_IS },
    { "POLARITY", "polarity", AS_IT_IS },
    { "TYPE", "claim_type", AS_IT_IS },
    { "VICTIMS", "victim_group", AS_IT_IS },
    { "FIGURE", "figure_value", AS_IT_IS },
    { "FIG_LOW", "figure_low", AS_IT_IS },
    { "FIG_HIGH", "figure_high", AS_IT_IS },
    { "QUALIFIER", "figure_qualifier", AS_IT_IS },
    { "UNIT", "figure_unit", AS_IT_IS },
    { "VERIF", "verification", AS_IT_IS },
    { "VERIF_BY", "verified_by", AS_IT_IS },
    { "VERIF_OF", "verified_part", AS_IT_IS },
    { "ENTRY", "entry", AS_IT_IS },
    { "REFERS_TO", "refers_to", AS_IT_IS },
    { "CONTRAD", "contradicts", LIST },
    { "HEDGE", "hedge", AS_IT_IS },
    { "SAID", "said", AS_IT_IS },
    { "SUMMARY", "summary", AS_IT_IS },
    /* A layer has no mark of figures that disagree; they stood in a dataset before. */
    { "true", "figures_disagree", ALWAYS },
    { "PUBLISHER", "publisher", AS_IT_IS },
    { "RELAYED", "relayed_from", AS_IT_IS },
    { "UNDER", "part_of", AS_IT_IS },
    { "PARTY", "side", AS_IT_IS },
};
enum {
    CLAIM_SOURCE = 2,
    CLAIM_CLAIMANT = 3,
    CLAIM_PUBLISHER = 23,
    CLAIM_RELAYED = 24,
    CLAIM_UNDER = 25,
    CLAIM_PARTY = 26
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
_Static_assert(COUNT(incident_fields) <= FIELDS_MOST && COUNT(claim_fields) <= FIELDS_MOST,
               "room for all fields");

static size_t find_field(const incmap__csv_field header[], size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (incmap__text_same(header[i].text, name)) return i;
    return SIZE_MAX;
}

bool incmap__layer_is_own(const incmap__csv_field header[], size_t n)
{
    static const char *const marks[] = { "ID", "TITLE", "DATE_FROM", "LOC_PREC", "PLACED" };

    for (size_t i = 0; i < COUNT(marks); i++)
        if (find_field(header, n, marks[i]) == SIZE_MAX) return false;
    return true;
}

/* ---- rows under other names -------------------------------------------------------------------- */

typedef struct {
    incmap_allocator allocator;
    incmap__csv *inner;
    const renaming *fields;
    size_t n;
    bool begun;
    size_t parts[FIELDS_MOST][PARTS_MOST]; /* of the layer's fields; SIZE_MAX: none */
    incmap__csv_field row[FIELDS_MOST];
    char *joined; /* texts of several parts */
    size_t used, room;
} renamed;

static void close_renamed(void *user)
{
    renamed *r = user;
    const incmap_allocator a = r->allocator;

    incmap__csv_close(r->inner);
    incmap__free(&a, r->joined);
    incmap__free(&a, r);
}

/* NOTES, NOTES_2 ... NOTES_9; the number takes two of a name's ten letters. */
static void find_parts(renamed *r, const incmap__csv_row *header)
{
    for (size_t i = 0; i < r->n; i++) {
        r->parts[i][0] = find_field(header->fields, header->count, r->fields[i].from);
        for (int part = 2; part <= PARTS_MOST; part++) {
            char name[32];
            (void)snprintf(name, sizeof name, "%.8s_%d", r->fields[i].from, part);
            r->parts[i][part - 1] = find_field(header->fields, header->count, name);
        }
    }
    /* Two actors of one name in two columns are no parts of one text. */
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->n; k++)
            for (int part = 1; part < PARTS_MOST; part++)
                if (r->parts[i][part] != SIZE_MAX && r->parts[i][part] == r->parts[k][0])
                    r->parts[i][part] = SIZE_MAX;
}

static const char *changed(const renaming *field, const char *text)
{
    switch (field->change) {
    case ALWAYS: return field->from;
    case TRUTH: return !text[0] ? "" : strcmp(text, "1") == 0 ? "true" : "false";
    case ON_BORDER: return strcmp(text, "on_border") == 0 ? "true" : "false";
    case AS_IT_IS:
    case LIST: break;
    }
    return text;
}

static incmap_status append(renamed *r, const char *text, incmap_error *err)
{
    const size_t length = strlen(text);
    const incmap_status st =
        incmap__grow(&r->allocator, &r->joined, &r->room, r->used + length + 1, 1, err);
    if (st) return st;
    memcpy(r->joined + r->used, text, length + 1);
    r->used += length;
    return INCMAP_OK;
}

/* Joined texts may still move: only where they begin is kept, in `offset`. */
static incmap_status take_field(renamed *r, const incmap__csv_row *from, size_t i,
                                incmap_error *err)
{
    const size_t first = r->parts[i][0];
    const char *text = first < from->count ? from->fields[first].text : "";
    incmap_status st = INCMAP_OK;
    const size_t start = r->used;
    bool any = false;

    for (int part = 1; !st && part < PARTS_MOST; part++) {
        const size_t k = r->parts[i][part];
        if (k >= from->count || !from->fields[k].text[0]) continue;
        if (!any) st = append(r, text, err);
        any = true;
        if (!st && r->fields[i].change == LIST) st = append(r, "|", err);
        if (!st) st = append(r, from->fields[k].text, err);
    }
    if (any) r->used++; /* the zero behind it */
    r->row[i] =
        (incmap__csv_field){ .text = any ? NULL : changed(&r->fields[i], text), .offset = start };
    return st;
}

static incmap_status next_renamed(void *user, incmap__csv_row *row, bool *row_found,
                                  incmap_error *err)
{
    renamed *r = user;
    incmap__csv_row from;
    incmap_status st = incmap__csv_next(r->inner, &from, row_found, err);

    if (st || !*row_found) return st;
    *row = from;
    row->fields = r->row;
    row->count = r->n;
    if (!r->begun) {
        find_parts(r, &from);
        r->begun = true;
        for (size_t i = 0; i < r->n; i++)
            r->row[i] =
                (incmap__csv_field){ .text = r->fields[i].to, .length = strlen(r->fields[i].to) };
        return INCMAP_OK;
    }
    r->used = 0;
    for (size_t i = 0; !st && i < r->n; i++)
        st = take_field(r, &from, i, err);
    for (size_t i = 0; !st && i < r->n; i++) {
        if (!r->row[i].text) r->row[i].text = r->joined + r->row[i].offset;
        r->row[i].offset = 0;
        r->row[i].length = strlen(r->row[i].text);
    }
    return st;
}

static incmap_status open_layer(incmap_ctx *ctx, const incmap__feature_rows_spec *spec,
                                const renaming fields[], size_t n, incmap__csv **out)
{
    renamed *r = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *r);
    incmap_status st;

    if (!r) return incmap__fail_memory(&ctx->error);
    r->allocator = ctx->allocator;
    r->fields = fields;
    r->n = n;
    st = incmap__feature_rows_open(&r->inner, spec, &ctx->allocator, &ctx->error);
    if (st) {
        close_renamed(r);
        return st;
    }
    const incmap__csv_source source = { next_renamed, close_renamed, r };
    return incmap__csv_open_rows(out, spec->path, &source, &ctx->allocator, &ctx->error);
}

static incmap_status open_incidents(incmap_ctx *ctx, const char *path, const char *encoding,
                                    incmap__csv **out)
{
    const incmap__feature_rows_spec spec = { .path = path,
                                             .shapefile = true,
                                             .lon_name = "lon_deg",
                                             .lat_name = "lat_deg",
                                             .encoding = encoding };
    return open_layer(ctx, &spec, incident_fields, COUNT(incident_fields), out);
}

static incmap_status open_claims(incmap_ctx *ctx, const char *path, const char *encoding,
                                 incmap__csv **out)
{
    static const char empty[] = "claim_id,incident_id,source,claimant_key,polarity,claim_type\n";
    const incmap__feature_rows_spec spec = {
        .path = path, .shapefile = true, .table = true, .encoding = encoding
    };

    if (!path)
        return incmap__csv_open_memory(out, "no claims", empty, sizeof empty - 1, NULL,
                                       &ctx->allocator, &ctx->error);
    return open_layer(ctx, &spec, claim_fields, COUNT(claim_fields), out);
}

/* ---- sources and claimants --------------------------------------------------------------------- */

/* One of either: what a layer says of it. */
typedef struct {
    const char *id, *words[3];
} party;

typedef struct {
    incmap_ctx *ctx;
    incmap__arena arena;
    incmap__records sources, claimants; /* of party */
} parties;

static incmap_status note(parties *p, incmap__records *records, const char *id, size_t length,
                          const char *const words[3])
{
    incmap_error *err = &p->ctx->error;
    party made = { .id = incmap__arena_text(&p->arena, id, length) };

    if (!made.id) return incmap__fail_memory(err);
    if (!made.id[0] || incmap__records_find(records, made.id) != INCMAP__NO_RECORD)
        return INCMAP_OK;
    for (int i = 0; i < 3; i++) {
        made.words[i] = incmap__arena_text(&p->arena, words[i], strlen(words[i]));
        if (!made.words[i]) return incmap__fail_memory(err);
    }
    return incmap__records_add(records, &p->ctx->allocator, &made, err);
}

/* A claimant's own name is not in the layer: its key stands for it. Who belongs to whom is there by the
 * name of the head alone, which becomes a claimant of that name. */
static incmap_status note_claim(parties *p, const incmap__csv_row *row)
{
    static const char *const nothing[3] = { "", "", "" };
    const incmap__csv_field *f = row->fields;
    const char *under = f[CLAIM_UNDER].text, *key = f[CLAIM_CLAIMANT].text;
    const char *source[3] = { f[CLAIM_PUBLISHER].text, f[CLAIM_RELAYED].text, "" };
    const char *claimant[3] = { key, f[CLAIM_PARTY].text, strcmp(under, key) == 0 ? "" : under };
    const char *head[3] = { under, f[CLAIM_PARTY].text, "" };
    incmap_status st = note(p, &p->sources, f[CLAIM_SOURCE].text, f[CLAIM_SOURCE].length, source);

    if (!st) st = note(p, &p->claimants, key, strlen(key), claimant);
    if (!st) st = note(p, &p->claimants, under, strlen(under), head);
    if (!st) st = note(p, &p->sources, f[CLAIM_RELAYED].text, f[CLAIM_RELAYED].length, nothing);
    return st;
}

static incmap_status note_incident(parties *p, const incmap__csv_row *row)
{
    static const char *const nothing[3] = { "", "", "" };
    const char *list = row->fields[INCIDENT_SOURCES].text;
    incmap_status st = INCMAP_OK;

    while (!st && *list) {
        const size_t n = strcspn(list, "|");
        st = note(p, &p->sources, list, n, nothing);
        list += n + (list[n] == '|');
    }
    return st;
}

/* Closes csv. Broken rows are told when they are read as records. */
static incmap_status gather(parties *p, incmap__csv *csv, bool claims)
{
    incmap__csv_row row;
    bool found = true, header = true;
    incmap_status st = INCMAP_OK;

    while (!st && found) {
        st = incmap__csv_next(csv, &row, &found, &p->ctx->error);
        if (!st && found && !header && !row.fault)
            st = claims ? note_claim(p, &row) : note_incident(p, &row);
        header = false;
    }
    incmap__csv_close(csv);
    return st;
}

/* ---- as tables --------------------------------------------------------------------------------- */

typedef struct {
    char *bytes;
    size_t used, room;
} text;

static incmap_status put(parties *p, text *t, const char *word, const char *behind)
{
    const size_t most = 2 * strlen(word) + 4;
    incmap_status st =
        incmap__grow(&p->ctx->allocator, &t->bytes, &t->room, t->used + most, 1, &p->ctx->error);
    if (st) return st;
    t->bytes[t->used++] = '"';
    for (; *word; word++) {
        if (*word == '"') t->bytes[t->used++] = '"';
        t->bytes[t->used++] = *word;
    }
    t->bytes[t->used++] = '"';
    t->bytes[t->used++] = *behind;
    return INCMAP_OK;
}

static incmap_status write_table(parties *p, const incmap__records *records,
                                 const char *const names[4], text *t)
{
    const party *all = records->items;
    incmap_status st = INCMAP_OK;

    for (int i = 0; !st && i < 4; i++)
        st = put(p, t, names[i], i < 3 ? "," : "\n");
    for (size_t k = 0; !st && k < records->count; k++) {
        st = put(p, t, all[k].id, ",");
        for (int i = 0; !st && i < 3; i++)
            st = put(p, t, all[k].words[i], i < 2 ? "," : "\n");
    }
    return st;
}

static incmap_status open_text(incmap_ctx *ctx, const char *name, const text *t, incmap__csv **out)
{
    return incmap__csv_open_memory(out, name, t->bytes, t->used, NULL, &ctx->allocator,
                                   &ctx->error);
}

/* "X/claims" for "X/incidents.shp", without an ending; NULL where there is no such table. */
static incmap_status claims_path(incmap_ctx *ctx, const char *path, char **out)
{
    static const char name[] = "incidents.shp";
    const size_t length = strlen(path), n = sizeof name - 1;
    struct stat info;
    char *made;

    if (length < n || !incmap__text_same(path + length - n, name)) return INCMAP_OK;
    made = incmap__alloc(&ctx->allocator, length + 8, 1);
    if (!made) return incmap__fail_memory(&ctx->error);
    memcpy(made, path, length - n);
    memcpy(made + length - n, "claims.dbf", 11);
    if (stat(made, &info) == 0) {
        made[length - n + 6] = '\0';
        *out = made;
    } else {
        incmap__free(&ctx->allocator, made);
    }
    return INCMAP_OK;
}

static incmap_status gather_all(parties *p, const char *path, const char *claims,
                                const char *encoding)
{
    incmap__csv *csv = NULL;
    incmap_status st = open_claims(p->ctx, claims, encoding, &csv);

    if (!st) st = gather(p, csv, claims != NULL);
    if (!st) st = open_incidents(p->ctx, path, encoding, &csv);
    return st ? st : gather(p, csv, false);
}

static incmap_status build(parties *p, const char *path, const char *claims,
                           const incmap_import_options *options, incmap_report *report,
                           incmap_dataset **out)
{
    static const char *const source_names[] = { "id", "publisher", "relayed_from", "notes" };
    static const char *const claimant_names[] = { "key", "name", "side", "part_of" };
    text sources = { NULL, 0, 0 }, claimants = { NULL, 0, 0 };
    incmap__dataset_tables tables = { NULL, NULL, NULL, NULL };
    incmap_ctx *ctx = p->ctx;
    incmap_status st = write_table(p, &p->sources, source_names, &sources);

    if (!st) st = write_table(p, &p->claimants, claimant_names, &claimants);
    if (!st) st = open_text(ctx, "sources of the claims", &sources, &tables.sources);
    if (!st) st = open_text(ctx, "claimants of the claims", &claimants, &tables.claimants);
    if (!st) st = open_incidents(ctx, path, options->encoding, &tables.incidents);
    if (!st) st = open_claims(ctx, claims, options->encoding, &tables.claims);
    if (st) {
        incmap__csv_close(tables.sources);
        incmap__csv_close(tables.claimants);
        incmap__csv_close(tables.incidents);
        incmap__csv_close(tables.claims);
    } else {
        st = incmap__dataset_build(ctx, tables, options->gazetteer, report, out);
    }
    incmap__free(&ctx->allocator, sources.bytes);
    incmap__free(&ctx->allocator, claimants.bytes);
    return st;
}

incmap_status incmap__layer_import(incmap_ctx *ctx, const char *path,
                                   const incmap_import_options *options, incmap_report *report,
                                   incmap_dataset **out)
{
    parties p = { .ctx = ctx,
                  .sources = { .item_size = sizeof(party) },
                  .claimants = { .item_size = sizeof(party) } };
    char *claims = NULL;
    incmap_status st = claims_path(ctx, path, &claims);

    incmap__arena_init(&p.arena, &ctx->allocator);
    if (!st) st = gather_all(&p, path, claims, options->encoding);
    if (!st) st = build(&p, path, claims, options, report, out);
    incmap__records_free(&p.sources, &ctx->allocator);
    incmap__records_free(&p.claimants, &ctx->allocator);
    incmap__arena_free(&p.arena);
    incmap__free(&ctx->allocator, claims);
    return st;
}
