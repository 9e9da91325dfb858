/* SPDX-License-Identifier: MIT */
/* Claims as a table without shapes, joined to the incidents by their ids. Each stays as its source has
 * it: nothing is merged, a denial is no zero. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/digits.h"
#include "layers/incident_row.h"

enum column {
    CLAIM_ID,
    INCIDENT,
    SOURCE,
    PUBLISHER,
    RELAYED,
    CLAIMANT,
    CLAIM_BY,
    UNDER,
    PARTY,
    POLARITY,
    TYPE,
    VICTIMS,
    FIGURE,
    FIG_LOW,
    FIG_HIGH,
    QUALIFIER,
    UNIT,
    VERIF,
    VERIF_BY,
    VERIF_OF,
    ENTRY,
    REFERS_TO,
    SUPERSEDED,
    CONTRADICT,
    HEDGE,
    SAID,
    SUMMARY,
    COLUMNS
};

static const incmap__layer_column columns[COLUMNS] = {
    [CLAIM_ID] = { "CLAIM_ID", INCMAP__COLUMN_TEXT, 0 },
    [INCIDENT] = { "INCIDENT", INCMAP__COLUMN_TEXT, 0 },
    [SOURCE] = { "SOURCE", INCMAP__COLUMN_TEXT, 0 },
    [PUBLISHER] = { "PUBLISHER", INCMAP__COLUMN_TEXT, 0 },
    [RELAYED] = { "RELAYED", INCMAP__COLUMN_TEXT, 0 },
    [CLAIMANT] = { "CLAIMANT", INCMAP__COLUMN_TEXT, 0 },
    [CLAIM_BY] = { "CLAIM_BY", INCMAP__COLUMN_TEXT, 0 },
    [UNDER] = { "UNDER", INCMAP__COLUMN_TEXT, 0 },
    [PARTY] = { "PARTY", INCMAP__COLUMN_TEXT, 0 },
    [POLARITY] = { "POLARITY", INCMAP__COLUMN_TEXT, 0 },
    [TYPE] = { "TYPE", INCMAP__COLUMN_TEXT, 0 },
    [VICTIMS] = { "VICTIMS", INCMAP__COLUMN_TEXT, 0 },
    [FIGURE] = { "FIGURE", INCMAP__COLUMN_NUMBER, 0 }, /* decimals from the data, as the widths */
    [FIG_LOW] = { "FIG_LOW", INCMAP__COLUMN_NUMBER, 0 },
    [FIG_HIGH] = { "FIG_HIGH", INCMAP__COLUMN_NUMBER, 0 },
    [QUALIFIER] = { "QUALIFIER", INCMAP__COLUMN_TEXT, 0 },
    [UNIT] = { "UNIT", INCMAP__COLUMN_TEXT, 0 },
    [VERIF] = { "VERIF", INCMAP__COLUMN_TEXT, 0 },
    [VERIF_BY] = { "VERIF_BY", INCMAP__COLUMN_TEXT, 0 },
    [VERIF_OF] = { "VERIF_OF", INCMAP__COLUMN_TEXT, 0 },
    [ENTRY] = { "ENTRY", INCMAP__COLUMN_TEXT, 0 },
    [REFERS_TO] = { "REFERS_TO", INCMAP__COLUMN_TEXT, 0 },
    [SUPERSEDED] = { "SUPERSEDED", INCMAP__COLUMN_TEXT, 0 },
    [CONTRADICT] = { "CONTRAD", INCMAP__COLUMN_LIST, 0 },
    [HEDGE] = { "HEDGE", INCMAP__COLUMN_TEXT, 0 },
    [SAID] = { "SAID", INCMAP__COLUMN_TEXT, 0 },
    [SUMMARY] = { "SUMMARY", INCMAP__COLUMN_TEXT, 0 },
};

enum { KEY_MOST = 60, FIGURES = 3, DECIMALS_LEAST = 3, DECIMALS_MOST = 15 };

struct rows {
    incmap_ctx *ctx;
    const char *path;
    const incmap_dataset *dataset;
    size_t *heads; /* by claimant */
    int decimals[FIGURES];
    size_t cut; /* figures of which the decimals were not enough */
    char said[INCMAP_DATE_TEXT_SIZE];
};

static const char *polarity_text(incmap_polarity polarity)
{
    switch (polarity) {
    case INCMAP_POLARITY_DENIES: return "denies";
    case INCMAP_POLARITY_DOUBTS: return "doubts";
    default: return "asserts";
    }
}

/* ---- who belongs to whom ---- */

struct key {
    const char *text;
    size_t claimant;
};

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct key *)a)->text, ((const struct key *)b)->text);
}

/* What a claimant belongs to; itself at the head of a chain. */
static size_t above(const incmap_dataset *dataset, const struct key keys[], size_t n, size_t i)
{
    const struct key wanted = { incmap_dataset_claimant(dataset, i)->part_of, 0 };
    const struct key *found =
        *wanted.text ? bsearch(&wanted, keys, n, sizeof *keys, compare_keys) : NULL;
    return found ? found->claimant : i;
}

/* The head of each claimant, once for all claims. A dataset holds none that is part of itself, so
 * every chain ends; those of heads that are known end there. */
static incmap_status find_heads(struct rows *rows, const incmap_allocator *a, incmap_error *err)
{
    const size_t n = incmap_dataset_claimant_count(rows->dataset);
    struct key *keys = incmap__alloc(a, n, sizeof *keys);

    rows->heads = incmap__alloc(a, n, sizeof *rows->heads);
    if (!keys || !rows->heads) {
        incmap__free(a, keys);
        return incmap__fail_memory(err);
    }
    for (size_t i = 0; i < n; i++)
        keys[i] = (struct key){ incmap_dataset_claimant(rows->dataset, i)->key, i };
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 0; i < n; i++)
        rows->heads[i] = above(rows->dataset, keys, n, i);
    for (size_t i = 0; i < n; i++) {
        size_t head = i;
        while (rows->heads[head] != head)
            head = rows->heads[head];
        for (size_t k = i; rows->heads[k] != k;) {
            const size_t next = rows->heads[k];
            rows->heads[k] = head;
            k = next;
        }
    }
    incmap__free(a, keys);
    return INCMAP_OK;
}

/* ---- figures ---- */

static double figure_of(const incmap_claim *claim, int which)
{
    return which == 0 ? claim->figure : which == 1 ? claim->figure_low : claim->figure_high;
}

/* Whether a number written with so many decimals is read again as it is. */
static bool is_kept(double value, int decimals)
{
    char digits[INCMAP__DIGITS_SIZE];
    const size_t length = incmap__digits_number(digits, value, decimals);
    double back = 0;
    return incmap__text_to_double(digits, length, &back) && back == value;
}

/* As many as one of the figures needs, as far as the longest of them leaves room: before its decimals
 * stand its digits, the point, and where it rounds to none a minus. An infinite one is refused where it
 * is written. */
static int decimals_for(const incmap_dataset *dataset, int which)
{
    char digits[INCMAP__DIGITS_SIZE];
    int wanted = DECIMALS_LEAST, front = 1;

    for (size_t i = 0; i < incmap_dataset_claim_count(dataset); i++) {
        const double value = figure_of(incmap_dataset_claim(dataset, i), which);
        int length;
        if (!isfinite(value)) continue;
        length = (int)incmap__digits_number(digits, value, 0) + (value > -1 && value < 0);
        if (length > front) front = length;
        while (wanted < DECIMALS_MOST && !is_kept(value, wanted))
            wanted++;
    }
    while (wanted > DECIMALS_LEAST && front + 1 + wanted > INCMAP__NUMBER_WIDTH_MOST)
        wanted--;
    return wanted;
}

static void set_decimals(struct rows *rows, incmap__layer_column own[COLUMNS])
{
    memcpy(own, columns, sizeof columns);
    for (int f = 0; f < FIGURES; f++)
        own[FIGURE + f].decimals = rows->decimals[f] = decimals_for(rows->dataset, f);
}

/* What a cut text is, a cut figure is too. */
static void count_cut(struct rows *rows, size_t i, const incmap_claim *claim)
{
    for (int f = 0; f < FIGURES; f++) {
        const double value = figure_of(claim, f);
        if (!isfinite(value) || is_kept(value, rows->decimals[f])) continue;
        rows->cut++;
        incmap__log(rows->ctx, INCMAP_LOG_WARNING,
                    "%s: feature %zu (from 0) %.*s: %s %s cut at %d decimals", rows->path, i,
                    (int)incmap__utf8_cut(claim->id, strlen(claim->id), KEY_MOST), claim->id,
                    columns[FIGURE + f].name, incmap__number(value).text, rows->decimals[f]);
    }
}

/* ---- rows ---- */

static void fill_figures(incmap__layer_row *row, const incmap_claim *claim)
{
    for (int f = 0; f < FIGURES; f++)
        incmap__row_number(row, FIGURE + (size_t)f, figure_of(claim, f));
    incmap__row_text(row, QUALIFIER, claim->qualifier);
    incmap__row_text(row, UNIT, claim->unit);
}

/* Nothing is overwritten: a correction is a row of its own and says what it corrects. */
static void fill_ledger(incmap__layer_row *row, const incmap_dataset *dataset,
                        const incmap_claim *claim, char *said)
{
    incmap__row_text(row, ENTRY, incmap_entry_text(claim->entry));
    if (claim->refers_to != SIZE_MAX)
        incmap__row_text(row, REFERS_TO, incmap_dataset_claim(dataset, claim->refers_to)->id);
    if (claim->superseded_by != SIZE_MAX)
        incmap__row_text(row, SUPERSEDED, incmap_dataset_claim(dataset, claim->superseded_by)->id);
    incmap__row_text(row, CONTRADICT, claim->contradicts);
    incmap__row_text(row, HEDGE, claim->hedge);
    incmap__row_text(row, SAID, incmap__date_iso(&claim->said, said));
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct rows *rows = user;
    const incmap_dataset *dataset = rows->dataset;
    const incmap_claim *claim = incmap_dataset_claim(dataset, i);
    const incmap_source *source = incmap_dataset_source(dataset, claim->source);
    const incmap_claimant *claimant = incmap_dataset_claimant(dataset, claim->claimant);

    (void)err;
    incmap__row_text(row, CLAIM_ID, claim->id);
    incmap__row_text(row, INCIDENT, incmap_dataset_incident(dataset, claim->incident)->id);
    incmap__row_text(row, SOURCE, source->id);
    incmap__row_text(row, PUBLISHER, source->publisher);
    incmap__row_text(row, RELAYED, source->relayed_from);
    incmap__row_text(row, CLAIMANT, claimant->key);
    incmap__row_text(row, CLAIM_BY, *claim->claimant_text ? claim->claimant_text : claimant->name);
    incmap__row_text(row, UNDER,
                     incmap_dataset_claimant(dataset, rows->heads[claim->claimant])->name);
    incmap__row_text(row, PARTY, claimant->side);
    incmap__row_text(row, POLARITY, polarity_text(claim->polarity));
    incmap__row_text(row, TYPE, claim->type);
    incmap__row_text(row, VICTIMS, claim->victim_group);
    fill_figures(row, claim);
    if (!row->measuring) count_cut(rows, i, claim);
    incmap__row_text(row, VERIF, claim->verification);
    incmap__row_text(row, VERIF_BY, claim->verified_by);
    incmap__row_text(row, VERIF_OF, claim->verified_part);
    fill_ledger(row, dataset, claim, rows->said);
    incmap__row_text(row, SUMMARY, claim->summary);
    return INCMAP_OK;
}

incmap_status incmap_layer_write_claims(incmap_ctx *ctx, const char *path,
                                        const incmap_dataset *dataset,
                                        const incmap_layer_options *options,
                                        incmap_layer_result *result)
{
    struct rows rows = { .ctx = ctx, .path = path, .dataset = dataset };
    incmap__layer_column own[COLUMNS];
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !dataset)
        return incmap__fail(&ctx->error, INCMAP_EARG, "claims table: path or dataset is NULL");
    st = find_heads(&rows, &ctx->allocator, &ctx->error);
    set_decimals(&rows, own);
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "claims",
        .style = &incmap__style_claims,
        .type = INCMAP__SHAPE_NULL,
        .columns = own,
        .column_count = COLUMNS,
        .row_count = incmap_dataset_claim_count(dataset),
        .fill = fill,
        .user = &rows,
        .title = "Claims",
        .abstract =
            "What is claimed about the incidents, by whom, through which source: INCIDENT is "
            "the ID of the layer of incidents. Contradicting claims stand side by side. A "
            "FIGURE that is NULL is unknown, which is not zero.",
        .credit = "",
        .data_date = "",
    };
    if (!st) st = incmap__layer_write(ctx, &plan, options, result);
    if (!st && result) result->cut_texts += rows.cut;
    incmap__free(&ctx->allocator, rows.heads);
    return st;
}
