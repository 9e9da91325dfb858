/* SPDX-License-Identifier: MIT */
/* The rows of data/claims.csv: one statement each, tied to incident, source and claimant. */
#include <math.h>
#include <string.h>

#include "reports/dataset.h"

enum column {
    ID,
    INCIDENT,
    SOURCE,
    CLAIMANT_KEY,
    CLAIMANT,
    POLARITY,
    TYPE,
    GROUP,
    FIGURE,
    QUALIFIER,
    LOW,
    HIGH,
    UNIT,
    VERIFICATION,
    VERIFIED_BY,
    SUMMARY,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "claim_id", true },
    [INCIDENT] = { "incident_id", true },
    [SOURCE] = { "source", true },
    [CLAIMANT_KEY] = { "claimant_key", true },
    [CLAIMANT] = { "claimant", false },
    [POLARITY] = { "polarity", true },
    [TYPE] = { "claim_type", true },
    [GROUP] = { "victim_group", false },
    [FIGURE] = { "figure_value", false },
    [QUALIFIER] = { "figure_qualifier", false },
    [LOW] = { "figure_low", false },
    [HIGH] = { "figure_high", false },
    [UNIT] = { "figure_unit", false },
    [VERIFICATION] = { "verification", false },
    [VERIFIED_BY] = { "verified_by", false },
    [SUMMARY] = { "summary", false },
};

static bool find_record(incmap__table *table, size_t column, const incmap__records *records,
                        const char *expected, size_t *out)
{
    const char *id;

    if (!incmap__table_needed(table, column, &id)) return false;
    *out = incmap__records_find(records, id);
    if (*out != INCMAP__NO_RECORD) return true;
    incmap__table_refuse(table, column, expected);
    return false;
}

/* Whether a claim asserts or denies is never guessed: an empty polarity refuses the row. */
static bool read_polarity(incmap__table *table, incmap_polarity *out)
{
    static const char *const names[] = { "asserts", "denies", "doubts" };
    const char *text;
    int value = 0;

    if (!incmap__table_needed(table, POLARITY, &text) ||
        !incmap__table_enum(table, POLARITY, names, 3, 0, &value))
        return false;
    *out = (incmap_polarity)value;
    return true;
}

static bool read_figures(incmap__table *table, incmap_claim *claim)
{
    const double most = 1e15; /* whole numbers up to here are exact in a double */
    bool good;

    good = incmap__table_number(table, FIGURE, 0, most, &claim->figure);
    good &= incmap__table_number(table, LOW, 0, most, &claim->figure_low);
    good &= incmap__table_number(table, HIGH, 0, most, &claim->figure_high);
    if (good && claim->figure_low > claim->figure_high) {
        incmap__table_refuse(table, LOW, "a number that is not above figure_high");
        good = false;
    }
    /* Which of the two would a table print? */
    if (good && strcmp(incmap__table_text(table, QUALIFIER), "exact") == 0 &&
        (claim->figure < claim->figure_low || claim->figure > claim->figure_high)) {
        incmap__table_refuse(table, FIGURE,
                             "a number from figure_low to figure_high, since it is exact");
        good = false;
    }
    return good;
}

static void read_texts(incmap__loader *loader, const incmap__table *table, incmap_claim *claim)
{
    claim->claimant_text = incmap__loader_text(loader, table, CLAIMANT);
    claim->type = incmap__loader_text(loader, table, TYPE);
    claim->victim_group = incmap__loader_text(loader, table, GROUP);
    claim->qualifier = incmap__loader_text(loader, table, QUALIFIER);
    claim->unit = incmap__loader_text(loader, table, UNIT);
    claim->verification = incmap__loader_text(loader, table, VERIFICATION);
    claim->verified_by = incmap__loader_text(loader, table, VERIFIED_BY);
    claim->summary = incmap__loader_text(loader, table, SUMMARY);
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__loader *loader = user;
    incmap_dataset *d = loader->d;
    incmap_claim claim = { .id = NULL };
    const char *type;
    bool good;

    good = incmap__loader_id(loader, &d->claims, table, ID, &claim.id);
    good &= find_record(table, INCIDENT, &d->incidents, "the id of an incident that is not refused",
                        &claim.incident);
    good &= find_record(table, SOURCE, &d->sources, "the id of a source that is not refused",
                        &claim.source);
    good &= find_record(table, CLAIMANT_KEY, &d->claimants,
                        "the key of a claimant that is not refused", &claim.claimant);
    good &= read_polarity(table, &claim.polarity);
    good &= incmap__table_needed(table, TYPE, &type);
    good &= read_figures(table, &claim);
    if (!good) return INCMAP_OK;
    read_texts(loader, table, &claim);
    return incmap__loader_add(loader, &d->claims, table, INCMAP__NO_RECORD, &claim, "", err);
}

incmap_status incmap__loader_claims(incmap__loader *loader, incmap__csv *csv)
{
    return incmap__loader_read(loader, csv, columns, COLUMNS, add_row, &loader->d->claims,
                               INCMAP__NO_RECORD);
}
