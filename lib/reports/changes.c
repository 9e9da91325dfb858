/* SPDX-License-Identifier: MIT */
/* Comparing two datasets by tables of the fields that each type of record has. */
#include <incmap/changes.h>

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/context.h"
#include "base/text.h"
#include "geodesy/ellipsoid.h"
#include "reports/dataset.h"

enum { RECORDS = 4, FIELDS_MOST = 32 };

typedef enum { TEXT, NUMBER, WHOLE, DATE, INDEX, POSITION, FLAG } field_type;

/* A member of a record. INDEX: into the records of type `to`. */
typedef struct {
    const char *name;
    field_type type;
    size_t offset;
    incmap_record to;
} field;

#define MEMBER(type, member, kind)                                                                 \
    {                                                                                              \
#member, kind, offsetof(type, member), INCMAP_RECORD_SOURCE                                \
    }
#define LINK(type, member, to)                                                                     \
    {                                                                                              \
#member, INDEX, offsetof(type, member), to                                                 \
    }

static const field source_fields[] = {
    MEMBER(incmap_source, publisher, TEXT),    MEMBER(incmap_source, title, TEXT),
    MEMBER(incmap_source, author, TEXT),       MEMBER(incmap_source, published, DATE),
    MEMBER(incmap_source, relayed_from, TEXT), MEMBER(incmap_source, notes, TEXT),
    MEMBER(incmap_source, language, TEXT),     MEMBER(incmap_source, tier, WHOLE),
};

static const field claimant_fields[] = {
    MEMBER(incmap_claimant, name, TEXT),
    MEMBER(incmap_claimant, side, TEXT),
    MEMBER(incmap_claimant, part_of, TEXT),
};

static const field incident_fields[] = {
    MEMBER(incmap_incident, title, TEXT),
    MEMBER(incmap_incident, when, DATE),
    MEMBER(incmap_incident, date_basis, TEXT),
    MEMBER(incmap_incident, place_key, TEXT),
    MEMBER(incmap_incident, place_asked, TEXT),
    MEMBER(incmap_incident, post_key, TEXT),
    MEMBER(incmap_incident, location_precision, WHOLE),
    MEMBER(incmap_incident, acled_geo_precision, WHOLE),
    MEMBER(incmap_incident, event_type, TEXT),
    MEMBER(incmap_incident, sub_event_type, TEXT),
    MEMBER(incmap_incident, actor1, TEXT),
    MEMBER(incmap_incident, actor2, TEXT),
    LINK(incmap_incident, parent, INCMAP_RECORD_INCIDENT),
    MEMBER(incmap_incident, sources, TEXT),
    MEMBER(incmap_incident, notes, TEXT),
    MEMBER(incmap_incident, at, POSITION),
    MEMBER(incmap_incident, uncertainty_m, NUMBER),
    MEMBER(incmap_incident, on_border, FLAG),
    MEMBER(incmap_incident, precision_code, TEXT),
    LINK(incmap_incident, merged_into, INCMAP_RECORD_INCIDENT),
};

static const field claim_fields[] = {
    LINK(incmap_claim, incident, INCMAP_RECORD_INCIDENT),
    LINK(incmap_claim, source, INCMAP_RECORD_SOURCE),
    LINK(incmap_claim, claimant, INCMAP_RECORD_CLAIMANT),
    MEMBER(incmap_claim, claimant_text, TEXT),
    MEMBER(incmap_claim, polarity, WHOLE),
    MEMBER(incmap_claim, type, TEXT),
    MEMBER(incmap_claim, victim_group, TEXT),
    MEMBER(incmap_claim, figure, NUMBER),
    MEMBER(incmap_claim, figure_low, NUMBER),
    MEMBER(incmap_claim, figure_high, NUMBER),
    MEMBER(incmap_claim, qualifier, TEXT),
    MEMBER(incmap_claim, unit, TEXT),
    MEMBER(incmap_claim, verification, TEXT),
    MEMBER(incmap_claim, verified_by, TEXT),
    MEMBER(incmap_claim, summary, TEXT),
    MEMBER(incmap_claim, subject, WHOLE),
    MEMBER(incmap_claim, hedge, TEXT),
    MEMBER(incmap_claim, said, DATE),
    MEMBER(incmap_claim, verified, DATE),
    MEMBER(incmap_claim, verified_part, TEXT),
    MEMBER(incmap_claim, contradicts, TEXT),
    MEMBER(incmap_claim, entry, WHOLE),
    LINK(incmap_claim, refers_to, INCMAP_RECORD_CLAIM),
    LINK(incmap_claim, superseded_by, INCMAP_RECORD_CLAIM),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* By type of record. */
static const struct {
    const char *name;
    const field *fields;
    size_t count;
} types[RECORDS] = {
    { "source", source_fields, COUNT(source_fields) },
    { "claimant", claimant_fields, COUNT(claimant_fields) },
    { "incident", incident_fields, COUNT(incident_fields) },
    { "claim", claim_fields, COUNT(claim_fields) },
};

struct incmap_changes {
    incmap_allocator allocator;
    incmap__arena arena; /* the lists of fields */
    incmap_change *items;
    size_t count, room;
};

const char *incmap_record_text(incmap_record record)
{
    return (size_t)record < RECORDS ? types[record].name : "unknown";
}

const char *incmap_change_text(incmap_change_kind kind)
{
    switch (kind) {
    case INCMAP_CHANGE_ADDED: return "added";
    case INCMAP_CHANGE_WITHDRAWN: return "withdrawn";
    case INCMAP_CHANGE_REFUSED: return "refused";
    case INCMAP_CHANGE_CHANGED: return "changed";
    }
    return "unknown";
}

/* ---- reading a field -------------------------------------------------------------------------- */

static const incmap__records *records_of(const incmap_dataset *d, incmap_record record)
{
    switch (record) {
    case INCMAP_RECORD_SOURCE: return &d->sources;
    case INCMAP_RECORD_CLAIMANT: return &d->claimants;
    case INCMAP_RECORD_INCIDENT: return &d->incidents;
    case INCMAP_RECORD_CLAIM: return &d->claims;
    }
    return NULL;
}

static const char *item_of(const incmap__records *records, size_t i)
{
    return (const char *)records->items + i * records->item_size;
}

/* The first member of every record. */
static const char *id_of(const char *item)
{
    const char *id;
    memcpy(&id, item, sizeof id);
    return id;
}

static const char *text_of(const char *item, const field *f)
{
    const char *text;
    memcpy(&text, item + f->offset, sizeof text);
    return text;
}

static double number_of(const char *item, const field *f)
{
    double number;
    memcpy(&number, item + f->offset, sizeof number);
    return number;
}

/* Enumerations are of int's size in every ABI that we build for; the assertion holds us to it. */
_Static_assert(sizeof(incmap_polarity) == sizeof(int), "enumerations are ints");

static int whole_of(const char *item, const field *f)
{
    int whole;
    memcpy(&whole, item + f->offset, sizeof whole);
    return whole;
}

static incmap_date date_of(const char *item, const field *f)
{
    incmap_date date;
    memcpy(&date, item + f->offset, sizeof date);
    return date;
}

static bool flag_of(const char *item, const field *f)
{
    bool flag;
    memcpy(&flag, item + f->offset, sizeof flag);
    return flag;
}

/* The id of the record that an index leads to; "" for none. */
static const char *linked_id(const incmap_dataset *d, const char *item, const field *f)
{
    const incmap__records *records = records_of(d, f->to);
    size_t index;

    memcpy(&index, item + f->offset, sizeof index);
    return index < records->count ? id_of(item_of(records, index)) : "";
}

/* ---- comparing -------------------------------------------------------------------------------- */

typedef struct {
    const incmap_dataset *before, *after;
    double tolerance_deg;
    incmap_changes *out;
    incmap_error *err;
} comparer;

static bool is_same_position(const comparer *c, const char *a, const char *b)
{
    const incmap_incident *x = (const void *)a, *y = (const void *)b;

    if (x->located != y->located) return false;
    if (!x->located) return true;
    return fabs(x->at.lat - y->at.lat) <= c->tolerance_deg &&
           fabs(x->at.lon - y->at.lon) <= c->tolerance_deg;
}

static bool is_same(const comparer *c, const char *a, const char *b, const field *f)
{
    switch (f->type) {
    case TEXT: return strcmp(text_of(a, f), text_of(b, f)) == 0;
    case WHOLE: return whole_of(a, f) == whole_of(b, f);
    case FLAG: return flag_of(a, f) == flag_of(b, f);
    case INDEX: return strcmp(linked_id(c->before, a, f), linked_id(c->after, b, f)) == 0;
    case POSITION: return is_same_position(c, a, b);
    case NUMBER: {
        const double x = number_of(a, f), y = number_of(b, f);
        return x == y || (isnan(x) && isnan(y));
    }
    case DATE: {
        const incmap_date x = date_of(a, f), y = date_of(b, f);
        return x.earliest == y.earliest && x.before == y.before && x.precision == y.precision;
    }
    }
    return true;
}

static incmap_status add(comparer *c, const incmap_change *change)
{
    incmap_changes *out = c->out;
    const incmap_status st = incmap__grow(&out->allocator, &out->items, &out->room, out->count + 1,
                                          sizeof *out->items, c->err);
    if (!st) out->items[out->count++] = *change;
    return st;
}

static double moved_m(const char *a, const char *b)
{
    const incmap_incident *x = (const void *)a, *y = (const void *)b;
    double metres = NAN;

    if (x->located && y->located) incmap__geodesic_inverse(x->at, y->at, &metres, NULL, NULL);
    return metres;
}

static incmap_status compare_records(comparer *c, incmap_change change, const char *a,
                                     const char *b)
{
    const char *names[FIELDS_MOST], **kept;

    _Static_assert(COUNT(claim_fields) <= FIELDS_MOST, "room for all fields");
    for (size_t i = 0; i < types[change.record].count; i++) {
        const field *f = &types[change.record].fields[i];
        if (is_same(c, a, b, f)) continue;
        names[change.field_count++] = f->name;
        if (f->type == POSITION) change.moved_m = moved_m(a, b);
    }
    if (!change.field_count) return INCMAP_OK;
    kept = incmap__arena_alloc(&c->out->arena, change.field_count, sizeof *kept);
    if (!kept) return incmap__fail_memory(c->err);
    memcpy(kept, names, change.field_count * sizeof *kept);
    change.fields = kept;
    return add(c, &change);
}

/* The row of d's file that would have been that record of the other dataset; NULL: none was refused. */
static const incmap__refused_row *refused_of(const incmap_dataset *d, const incmap_dataset *other,
                                             incmap_record record, const char *item)
{
    const incmap__records *refused = &d->refused[record];
    size_t i = incmap__records_find(refused, id_of(item));

    if (i == INCMAP__NO_RECORD && record == INCMAP_RECORD_CLAIM) {
        const incmap_claim *claim = (const void *)item;
        refused = &d->refused[INCMAP_RECORD_INCIDENT];
        i = incmap__records_find(refused, incmap_dataset_incident(other, claim->incident)->id);
    }
    return i == INCMAP__NO_RECORD ? NULL : (const incmap__refused_row *)refused->items + i;
}

/* A record that only one of the datasets has; refused: its row in the other. */
static incmap_status add_lone(comparer *c, incmap_change change, const incmap__refused_row *refused)
{
    if (refused) {
        change.kind = INCMAP_CHANGE_REFUSED;
        change.refused_file = refused->file;
        change.refused_row = refused->row;
    }
    return add(c, &change);
}

static incmap_status compare_type(comparer *c, incmap_record record)
{
    const incmap__records *before = records_of(c->before, record);
    const incmap__records *after = records_of(c->after, record);
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < before->count; i++) {
        const char *item = item_of(before, i);
        const size_t other = incmap__records_find(after, id_of(item));
        incmap_change change = { .kind = INCMAP_CHANGE_CHANGED,
                                 .record = record,
                                 .id = id_of(item),
                                 .before = i,
                                 .after = other,
                                 .moved_m = NAN };
        if (other != INCMAP__NO_RECORD) {
            st = compare_records(c, change, item, item_of(after, other));
            continue;
        }
        change.kind = INCMAP_CHANGE_WITHDRAWN;
        st = add_lone(c, change, refused_of(c->after, c->before, record, item));
    }
    for (size_t i = 0; !st && i < after->count; i++) {
        const char *item = item_of(after, i), *id = id_of(item);
        const incmap_change change = { .kind = INCMAP_CHANGE_ADDED,
                                       .record = record,
                                       .id = id,
                                       .before = SIZE_MAX,
                                       .after = i,
                                       .moved_m = NAN };
        if (incmap__records_find(before, id) == INCMAP__NO_RECORD)
            st = add_lone(c, change, refused_of(c->before, c->after, record, item));
    }
    return st;
}

incmap_status incmap_changes_new(incmap_ctx *ctx, const incmap_dataset *before,
                                 const incmap_dataset *after, const incmap_changes_options *options,
                                 incmap_changes **out)
{
    const double tolerance = options ? options->tolerance_deg : 0;
    incmap_changes *changes = NULL;
    incmap_status st = INCMAP_OK;

    if (!ctx || !before || !after || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "compare datasets: NULL");
    if (!(tolerance >= 0))
        return incmap__fail(&ctx->error, INCMAP_EARG, "tolerance is %s degrees, expected 0 or more",
                            incmap__number(tolerance).text);
    changes = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *changes);
    if (!changes) return incmap__fail_memory(&ctx->error);
    changes->allocator = ctx->allocator;
    incmap__arena_init(&changes->arena, &ctx->allocator);
    comparer c = { before, after, tolerance, changes, &ctx->error };
    for (int record = 0; !st && record < RECORDS; record++)
        st = compare_type(&c, (incmap_record)record);
    if (st)
        incmap_changes_free(changes);
    else
        *out = changes;
    return st;
}

void incmap_changes_free(incmap_changes *changes)
{
    if (changes) {
        const incmap_allocator a = changes->allocator;
        incmap__free(&a, changes->items);
        incmap__arena_free(&changes->arena);
        incmap__free(&a, changes);
    }
}

size_t incmap_changes_count(const incmap_changes *changes)
{
    return changes ? changes->count : 0;
}

const incmap_change *incmap_changes_get(const incmap_changes *changes, size_t i)
{
    return changes && i < changes->count ? &changes->items[i] : NULL;
}

size_t incmap_changes_number(const incmap_changes *changes, incmap_record record,
                             incmap_change_kind kind)
{
    size_t number = 0;

    for (size_t i = 0; i < incmap_changes_count(changes); i++)
        number += changes->items[i].record == record && changes->items[i].kind == kind;
    return number;
}

size_t incmap_changes_in_field(const incmap_changes *changes, incmap_record record,
                               const char *field_name)
{
    size_t number = 0;

    for (size_t i = 0; field_name && i < incmap_changes_count(changes); i++) {
        const incmap_change *change = &changes->items[i];
        if (change->record != record) continue;
        for (size_t k = 0; k < change->field_count; k++)
            number += strcmp(change->fields[k], field_name) == 0;
    }
    return number;
}

/* ---- values in words -------------------------------------------------------------------------- */

static void add_whole(const char *item, const field *f, char *buffer, size_t size, size_t *used)
{
    const int whole = whole_of(item, f);
    const char *text = NULL;

    if (strcmp(f->name, "tier") == 0) text = incmap_source_tier_text((incmap_source_tier)whole);
    if (strcmp(f->name, "subject") == 0) text = incmap_subject_text((incmap_subject)whole);
    if (strcmp(f->name, "entry") == 0) text = incmap_entry_text((incmap_entry)whole);
    if (strcmp(f->name, "location_precision") == 0)
        text = incmap_location_precision_text((incmap_location_precision)whole);
    if (strcmp(f->name, "polarity") == 0)
        text = whole == INCMAP_POLARITY_DENIES   ? "denies"
               : whole == INCMAP_POLARITY_DOUBTS ? "doubts"
                                                 : "asserts";
    if (text)
        incmap__text_add(buffer, size, used, "%s", text);
    else if (whole >= 0)
        incmap__text_add(buffer, size, used, "%d", whole);
}

static void add_position(const char *item, char *buffer, size_t size, size_t *used)
{
    const incmap_incident *incident = (const void *)item;

    if (incident->located)
        incmap__text_add(buffer, size, used, "%s, %s", incmap__number(incident->at.lat).text,
                         incmap__number(incident->at.lon).text);
}

static void add_value(const incmap_dataset *d, const char *item, const field *f, char *buffer,
                      size_t size, size_t *used)
{
    char date[INCMAP_DATE_TEXT_SIZE];
    incmap_date when;

    switch (f->type) {
    case TEXT: incmap__text_add(buffer, size, used, "%s", text_of(item, f)); break;
    case INDEX: incmap__text_add(buffer, size, used, "%s", linked_id(d, item, f)); break;
    case WHOLE: add_whole(item, f, buffer, size, used); break;
    case POSITION: add_position(item, buffer, size, used); break;
    case FLAG: incmap__text_add(buffer, size, used, flag_of(item, f) ? "true" : "false"); break;
    case NUMBER:
        if (!isnan(number_of(item, f)))
            incmap__text_add(buffer, size, used, "%s", incmap__number(number_of(item, f)).text);
        break;
    case DATE:
        when = date_of(item, f);
        if (when.precision != INCMAP_DATE_UNKNOWN)
            incmap__text_add(buffer, size, used, "%s", incmap_date_text(&when, date));
        break;
    }
}

size_t incmap_record_field_text(const incmap_dataset *dataset, incmap_record record, size_t index,
                                const char *field_name, char *buffer, size_t size)
{
    const incmap__records *records;
    size_t used = 0;

    if (!buffer || !size) return 0;
    buffer[0] = '\0';
    if (!dataset || !field_name || (size_t)record >= RECORDS) return 0;
    records = records_of(dataset, record);
    for (size_t i = 0; index < records->count && i < types[record].count; i++)
        if (strcmp(types[record].fields[i].name, field_name) == 0)
            add_value(dataset, item_of(records, index), &types[record].fields[i], buffer, size,
                      &used);
    if (used >= size) buffer[incmap__utf8_cut(buffer, size - 1, size - 1)] = '\0';
    return used;
}
