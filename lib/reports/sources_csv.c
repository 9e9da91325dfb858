/* SPDX-License-Identifier: MIT */
/* The rows of data/sources.csv: publications, and which of them are re-posts. */
#include "reports/dataset.h"
#include "reports/precision.h"

enum column {
    ID,
    PUBLISHER,
    TITLE,
    AUTHOR,
    PUBLISHED,
    PRECISION,
    RELAYED_FROM,
    NOTES,
    LANGUAGE,
    TIER,
    COLUMNS
};

static const incmap__column columns[COLUMNS] = {
    [ID] = { "id", true },
    [PUBLISHER] = { "publisher", false },
    [TITLE] = { "title", false },
    [AUTHOR] = { "author", false },
    [PUBLISHED] = { "published", false },
    [PRECISION] = { "published_precision", false },
    [RELAYED_FROM] = { "relayed_from", false },
    [NOTES] = { "notes", false },
    [LANGUAGE] = { "language", false },
    [TIER] = { "tier", false },
};

/* In the order of their values. */
static const char *const tiers[] = { "unknown", "original", "secondary", "relay" };

const char *incmap_source_tier_text(incmap_source_tier tier)
{
    return (size_t)tier < sizeof tiers / sizeof *tiers ? tiers[tier] : tiers[0];
}

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__loader *loader = user;
    incmap__records *records = &loader->d->sources;
    incmap_source source = { .id = NULL };
    int tier = INCMAP_TIER_UNKNOWN;
    bool good;

    good = incmap__loader_id(loader, records, table, ID, &source.id);
    good &= incmap__table_date(table, PUBLISHED, &source.published);
    good &= incmap__row_precision(table, PRECISION, &source.published);
    good &= incmap__table_enum(table, TIER, tiers, sizeof tiers / sizeof *tiers, tier, &tier);
    if (!good) return INCMAP_OK;
    source.publisher = incmap__loader_text(loader, table, PUBLISHER);
    source.title = incmap__loader_text(loader, table, TITLE);
    source.author = incmap__loader_text(loader, table, AUTHOR);
    source.relayed_from = incmap__loader_text(loader, table, RELAYED_FROM);
    source.notes = incmap__loader_text(loader, table, NOTES);
    source.language = incmap__loader_text(loader, table, LANGUAGE);
    source.tier = (incmap_source_tier)tier;
    return incmap__loader_add(loader, records, table, RELAYED_FROM, &source, source.relayed_from,
                              err);
}

incmap_status incmap__loader_sources(incmap__loader *loader, incmap__csv *csv)
{
    return incmap__loader_read(loader, csv, columns, COLUMNS, add_row, &loader->d->sources,
                               RELAYED_FROM);
}
