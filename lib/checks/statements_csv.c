/* SPDX-License-Identifier: MIT */
/* The rows of data/distance_claims.csv, or of a table with a column of words: one statement each. */
#include "checks/statements.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "checks/mention.h"
#include "checks/rounding.h"
#include "places/pool.h"
#include "places/rows.h"
#include "reports/records.h"

struct incmap_statements {
    incmap_allocator allocator;
    incmap__pool pool;     /* every text */
    incmap__records items; /* of incmap_stated */
};

enum column {
    ID,
    SOURCE,
    SUBJECT,
    TEXT,
    MEASURE,
    OF,
    TOWARD,
    REFERENCE,
    VALUE,
    UNIT,
    HEDGE,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "id", true },
    [SOURCE] = { "source", false },
    [SUBJECT] = { "subject", false },
    [TEXT] = { "text", false },
    [MEASURE] = { "measure", false },
    [OF] = { "of_key", false },
    [TOWARD] = { "toward_key", false },
    [REFERENCE] = { "reference", false },
    [VALUE] = { "claimed_value", false },
    [UNIT] = { "claimed_unit", false },
    [HEDGE] = { "hedge", false },
};

typedef struct {
    incmap_ctx *ctx;
    const incmap_gazetteer *g;
    incmap_statements *all;
    bool failed; /* there was no memory for a text */
    const char *file;
} loader;

static const char *keep(loader *l, const incmap__table *table, size_t column)
{
    const char *text = incmap__pool_text(&l->all->pool, incmap__table_text(table, column),
                                         incmap__table_length(table, column));
    if (!text) l->failed = true;
    return text ? text : "";
}

/* A place by its key; an empty one leaves the end as it is. */
static bool read_key(const loader *l, incmap__table *table, size_t column,
                     incmap_statement_end *end)
{
    const char *key = incmap__table_text(table, column);
    const incmap_place *place = incmap_gazetteer_by_key(l->g, key);

    if (!key[0]) return true;
    if (place) {
        *end = incmap__end_of_place(place);
        return true;
    }
    incmap__table_refuse(table, column, "the key of a place of the gazetteer, or nothing");
    return false;
}

/* "border", the key of a place, or the name of another line. */
static bool read_reference(const loader *l, incmap__table *table, incmap_statement_end *end)
{
    const char *text = incmap__table_text(table, REFERENCE);
    const incmap_place *place = incmap_gazetteer_by_key(l->g, text);

    if (!text[0]) return true;
    if (place) {
        *end = incmap__end_of_place(place);
        return true;
    }
    *end = (incmap_statement_end){ .kind = strcmp(text, "border") == 0 ? INCMAP_END_BORDER
                                                                       : INCMAP_END_LINE };
    (void)incmap__text_copy(end->name, sizeof end->name, text);
    return true;
}

/* One unit of the last printed digit: 1 for "600", 0.1 for "3.5". */
static double printed_step(const char *number)
{
    const char *point = strchr(number, '.');
    return point ? pow(10, -(double)strspn(point + 1, "0123456789")) : 1;
}

static bool read_figure(incmap__table *table, incmap_statement *s)
{
    static const char *const units[] = { "",      "m",    "km",   "mile", "nautical_mile",
                                         "verst", "yard", "foot", "min",  "hour" };
    int unit = INCMAP_SAID_NONE;
    bool good = incmap__table_number(table, VALUE, 0, 1e9, &s->value);

    good &= incmap__table_enum(table, UNIT, units, sizeof units / sizeof *units, unit, &unit);
    if (!good) return false;
    s->unit = (incmap_said_unit)unit;
    if (!isnan(s->value)) {
        if (unit == INCMAP_SAID_NONE) {
            incmap__table_refuse(table, UNIT, "a unit, since there is a value");
            return false;
        }
        s->printed_step = printed_step(incmap__table_text(table, VALUE));
        s->step = incmap__rounding_step(s->value, s->printed_step);
    }
    return true;
}

/* The hedge's word, as any sentence may have it. */
static incmap_status read_hedge(const loader *l, incmap__table *table, incmap_statement *s,
                                bool *good, incmap_error *err)
{
    const char *text = incmap__table_text(table, HEDGE);
    incmap__tokens tokens;
    incmap_status st;

    if (!text[0]) return INCMAP_OK;
    st = incmap__tokens_read(&tokens, text, &l->ctx->allocator, err);
    if (st == INCMAP_ENOMEM) return st;
    if (!st && tokens.count &&
        (incmap__words_hedge(&tokens, 0, &s->hedge) == tokens.count ||
         incmap__words_vague(&tokens, 0, &s->hedge) == tokens.count))
        return INCMAP_OK;
    if (!st && incmap__words_near(&tokens, 0) == tokens.count && tokens.count) {
        s->hedge = INCMAP_HEDGE_NEAR;
        return INCMAP_OK;
    }
    incmap__table_refuse(table, HEDGE, "a hedge such as some, about, more than, a few, or nothing");
    *good = false;
    return INCMAP_OK;
}

static bool read_kind(incmap__table *table, incmap_statement *s)
{
    static const char *const kinds[] = { "unread", "depth",     "distance",   "travel_time",
                                         "length", "adjacency", "qualitative" };
    int kind = INCMAP_STATEMENT_UNREAD;

    if (!incmap__table_length(table, MEASURE)) {
        incmap__table_refuse(table, MEASURE,
                             "depth, distance, travel_time, length, adjacency or qualitative, or "
                             "words in the column text");
        return false;
    }
    if (!incmap__table_enum(table, MEASURE, kinds + 1, 6, kind, &kind)) return false;
    s->kind = (incmap_statement_kind)(kind + 1);
    return true;
}

/* Words; they have to be read now, so that a row that cannot be is told with its line. */
static incmap_status read_words(const loader *l, incmap__table *table, incmap_statement *s,
                                bool *good)
{
    const incmap_status st =
        incmap_statement_read(l->ctx, l->g, incmap__table_text(table, TEXT), s);

    if (st != INCMAP_EPARSE) return st;
    incmap__table_refuse(table, TEXT,
                         "a sentence with a number and a unit of length or time, or a word such as "
                         "near or borders");
    *good = false;
    return INCMAP_OK;
}

static incmap_status read_parts(const loader *l, incmap__table *table, incmap_statement *s,
                                bool *good, incmap_error *err)
{
    *good &= read_kind(table, s);
    *good &= read_reference(l, table, &s->reference);
    *good &= read_figure(table, s);
    return read_hedge(l, table, s, good, err);
}

static bool is_new_id(const loader *l, incmap__table *table)
{
    const char *id;

    if (!incmap__table_needed(table, ID, &id)) return false;
    if (incmap__records_find(&l->all->items, id) == INCMAP__NO_RECORD) return true;
    incmap__table_refuse(table, ID, "an id that no earlier row has");
    return false;
}

/* Told once: without both no row could say anything. */
static incmap_status check_columns(const loader *l, const incmap__table *table, incmap_error *err)
{
    if (incmap__table_has(table, TEXT) || incmap__table_has(table, MEASURE)) return INCMAP_OK;
    return incmap__fail(
        err, INCMAP_EDATA,
        "%s: found a header without text and measure, expected the words in text, or "
        "measure and claimed_value beside it",
        l->file);
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    loader *l = user;
    incmap_statements *all = l->all;
    incmap_stated stated = { .statement = { .value = NAN, .direction_deg = NAN } };
    bool good = is_new_id(l, table);
    incmap_status st = check_columns(l, table, err);

    if (st) return st;
    if (incmap__table_length(table, TEXT))
        st = read_words(l, table, &stated.statement, &good);
    else
        st = read_parts(l, table, &stated.statement, &good, err);
    if (st) return st;
    good &= read_key(l, table, OF, &stated.statement.of);
    good &= read_key(l, table, TOWARD, &stated.statement.toward);
    if (!good) return INCMAP_OK;
    stated.id = keep(l, table, ID);
    stated.source = keep(l, table, SOURCE);
    stated.subject = keep(l, table, SUBJECT);
    stated.text = keep(l, table, TEXT);
    if (l->failed) return incmap__fail_memory(err);
    return incmap__records_add(&all->items, &all->allocator, &stated, err);
}

incmap_status incmap__statements_build(incmap_ctx *ctx, incmap__csv *csv,
                                       const incmap_gazetteer *gazetteer, incmap_report *report,
                                       incmap_statements **out)
{
    incmap__problems problems = { 0 };
    incmap_statements *all = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *all);
    loader l = { ctx, gazetteer, all, false, incmap__csv_name(csv) };
    incmap_status st;

    if (!all) {
        incmap__csv_close(csv);
        return incmap__fail_memory(&ctx->error);
    }
    all->allocator = ctx->allocator;
    incmap__pool_init(&all->pool, &ctx->allocator);
    all->items.item_size = sizeof(incmap_stated);
    st = incmap__problems_begin(&problems, ctx, report);
    if (st)
        incmap__csv_close(csv);
    else
        st = incmap__rows_read(&problems, csv, columns, COLUMNS, add_row, &l);
    incmap__problems_end(&problems);
    if (st)
        incmap_statements_free(all);
    else
        *out = all;
    return st;
}

incmap_status incmap_statements_open(incmap_ctx *ctx, const char *path,
                                     const incmap_gazetteer *gazetteer, incmap_report *report,
                                     incmap_statements **out)
{
    incmap__csv *csv = NULL;
    incmap_status st;

    if (!ctx || !path || !gazetteer || !out)
        return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "statements: NULL");
    st = incmap__csv_open(&csv, path, NULL, &ctx->allocator, &ctx->error);
    return st ? st : incmap__statements_build(ctx, csv, gazetteer, report, out);
}

void incmap_statements_free(incmap_statements *statements)
{
    if (statements) {
        const incmap_allocator a = statements->allocator;
        incmap__records_free(&statements->items, &a);
        incmap__pool_free(&statements->pool);
        incmap__free(&a, statements);
    }
}

size_t incmap_statements_count(const incmap_statements *statements)
{
    return statements ? statements->items.count : 0;
}

const incmap_stated *incmap_statements_get(const incmap_statements *statements, size_t i)
{
    return statements && i < statements->items.count
               ? (const incmap_stated *)statements->items.items + i
               : NULL;
}
