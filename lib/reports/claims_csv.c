/* SPDX-License-Identifier: MIT */
/* The rows of data/claims.csv: one statement each, tied to incident, source and claimant. */
#include <math.h>
#include <string.h>

#include "reports/claim.h"
#include "reports/dataset.h"
#include "reports/precision.h"

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
    SUBJECT,
    HEDGE,
    SAID,
    SAID_PRECISION,
    VERIFIED,
    VERIFIED_PART,
    CONTRADICTS,
    ENTRY,
    REFERS_TO,
    DISAGREE,
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
    [SUBJECT] = { "subject", false },
    [HEDGE] = { "hedge", false },
    [SAID] = { "said", false },
    [SAID_PRECISION] = { "said_precision", false },
    [VERIFIED] = { "verified", false },
    [VERIFIED_PART] = { "verified_part", false },
    [CONTRADICTS] = { "contradicts", false },
    [ENTRY] = { "entry", false },
    [REFERS_TO] = { "refers_to", false },
    [DISAGREE] = { "figures_disagree", false },
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
    static const char *const answers[] = { "false", "true" };
    const double most = 1e15; /* whole numbers up to here are exact in a double */
    int disagree = 0;
    bool good;

    claim->qualifier_kind = incmap__qualifier_of(incmap__table_text(table, QUALIFIER));
    good = incmap__table_number(table, FIGURE, 0, most, &claim->figure);
    good &= incmap__table_number(table, LOW, 0, most, &claim->figure_low);
    good &= incmap__table_number(table, HIGH, 0, most, &claim->figure_high);
    good &= incmap__table_enum(table, DISAGREE, answers, 2, 0, &disagree);
    /* Some original had them so, and whoever wrote this table kept and marked them. */
    if (good && disagree) return true;
    if (good && claim->figure_low > claim->figure_high) {
        incmap__table_refuse(table, LOW, "a number that is not above figure_high");
        good = false;
    }
    /* Which of the two would a table print? */
    if (good && claim->qualifier_kind == INCMAP_QUALIFIER_EXACT &&
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
    claim->hedge = incmap__loader_text(loader, table, HEDGE);
    claim->verified_part = incmap__loader_text(loader, table, VERIFIED_PART);
    claim->contradicts = incmap__loader_text(loader, table, CONTRADICTS);
}

/* What its words amount to; a subject that is given wins over that of the type. */
static bool read_words(incmap__table *table, incmap_claim *claim)
{
    const char *subject = incmap__table_text(table, SUBJECT);

    claim->subject = incmap__subject_of_type(incmap__table_text(table, TYPE));
    if (!subject[0] || incmap__subject_parse(subject, &claim->subject)) return true;
    incmap__table_refuse(table, SUBJECT,
                         "killed, injured, killed_or_injured, captured, destroyed, used, controls, "
                         "moved, distance, location, cause, other or nothing");
    return false;
}

static bool read_dates(incmap__table *table, incmap_claim *claim)
{
    bool good = incmap__table_date(table, SAID, &claim->said);

    good &= incmap__row_precision(table, SAID_PRECISION, &claim->said);
    good &= incmap__table_date(table, VERIFIED, &claim->verified);
    return good;
}

/* The claimant at the head of a chain of part_of, which ends: the claimants are read. */
static const incmap_claimant *head_of(const incmap_dataset *d, size_t claimant)
{
    const incmap_claimant *all = d->claimants.items;

    while (all[claimant].part_of[0])
        claimant = incmap__records_find(&d->claimants, all[claimant].part_of);
    return &all[claimant];
}

/* The entry that a correction, withdrawal or verification is about. */
static bool read_reference(const incmap_dataset *d, incmap__table *table, incmap_claim *claim)
{
    const incmap_claim *claims = d->claims.items, *other;
    const char *expected = NULL;

    if (!incmap__entry_parse(incmap__table_text(table, ENTRY), &claim->entry)) {
        incmap__table_refuse(table, ENTRY,
                             "claim, correction, withdrawal, verification or nothing");
        return false;
    }
    if (claim->entry == INCMAP_ENTRY_CLAIM) {
        if (!incmap__table_length(table, REFERS_TO)) return true;
        incmap__table_refuse(table, REFERS_TO, "nothing, since this entry is a claim");
        return false;
    }
    if (!find_record(table, REFERS_TO, &d->claims,
                     "the id of a claim in an earlier row that is not refused", &claim->refers_to))
        return false;
    other = &claims[claim->refers_to];
    if (other->incident != claim->incident)
        expected = "the id of a claim about the same incident";
    else if (claim->entry != INCMAP_ENTRY_VERIFICATION &&
             head_of(d, other->claimant) != head_of(d, claim->claimant))
        expected = "the id of a claim of the same claimant, or of one with the same head";
    if (expected) incmap__table_refuse(table, REFERS_TO, expected);
    return !expected;
}

/* A word that is not known is told, for without it the figure reads as exact; the claim stands. */
static void check_qualifier(incmap__table *table, const incmap_claim *claim)
{
    const char *expected = incmap__qualifier_fault(claim);
    if (expected) incmap__table_warn(table, QUALIFIER, expected);
}

/* The ids of contradicts, each that of an earlier row. One that is none is told; the claim stands. */
static void check_contradicts(const incmap_dataset *d, incmap__table *table)
{
    const char *list = incmap__table_text(table, CONTRADICTS);

    while (*list) {
        const size_t length = strcspn(list, "|");
        char id[128];
        if (length < sizeof id) {
            memcpy(id, list, length);
            id[length] = '\0';
        }
        if (length >= sizeof id || incmap__records_find(&d->claims, id) == INCMAP__NO_RECORD) {
            incmap__table_warn(table, CONTRADICTS,
                               "ids of claims in earlier rows that are not refused, joined by |");
            return;
        }
        list += length + (list[length] == '|');
    }
}

/* What it corrects or withdraws is superseded, and with it what that one had superseded stays so. */
static void supersede(incmap_dataset *d, const incmap_claim *claim)
{
    incmap_claim *claims = d->claims.items;

    if (claim->entry == INCMAP_ENTRY_CORRECTION || claim->entry == INCMAP_ENTRY_WITHDRAWAL)
        claims[claim->refers_to].superseded_by = d->claims.count - 1;
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__loader *loader = user;
    incmap_dataset *d = loader->d;
    incmap_claim claim = { .refers_to = SIZE_MAX, .superseded_by = SIZE_MAX };
    const char *type;
    incmap_status st;
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
    good &= read_words(table, &claim);
    good &= read_dates(table, &claim);
    if (good) good = read_reference(d, table, &claim);
    if (!good) return INCMAP_OK;
    check_qualifier(table, &claim);
    check_contradicts(d, table);
    read_texts(loader, table, &claim);
    st = incmap__loader_add(loader, &d->claims, table, INCMAP__NO_RECORD, &claim, "", err);
    if (!st) supersede(d, &claim);
    return st;
}

incmap_status incmap__loader_claims(incmap__loader *loader, incmap__csv *csv)
{
    return incmap__loader_read(loader, csv, columns, COLUMNS, add_row, &loader->d->claims,
                               INCMAP__NO_RECORD);
}
