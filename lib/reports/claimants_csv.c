/* SPDX-License-Identifier: MIT */
/* The rows of data/claimants.csv: who says things, and to whom they belong. */
#include "reports/dataset.h"

enum column { KEY, NAME, SIDE, PART_OF, COLUMNS };

static const incmap__column columns[COLUMNS] = {
    [KEY] = { "key", true },
    [NAME] = { "name", true },
    [SIDE] = { "side", false },
    [PART_OF] = { "part_of", false },
};

static incmap_status add_row(void *user, incmap__table *table, incmap_error *err)
{
    incmap__loader *loader = user;
    incmap__records *records = &loader->d->claimants;
    incmap_claimant claimant = { .key = NULL };
    const char *name = NULL;
    bool good;

    good = incmap__loader_id(loader, records, table, KEY, &claimant.key);
    good &= incmap__table_needed(table, NAME, &name);
    if (!good) return INCMAP_OK;
    claimant.name = incmap__loader_text(loader, table, NAME);
    claimant.side = incmap__loader_text(loader, table, SIDE);
    claimant.part_of = incmap__loader_text(loader, table, PART_OF);
    return incmap__loader_add(loader, records, table, PART_OF, &claimant, claimant.part_of, err);
}

incmap_status incmap__loader_claimants(incmap__loader *loader, incmap__csv *csv)
{
    return incmap__loader_read(loader, csv, columns, COLUMNS, add_row, &loader->d->claimants,
                               PART_OF);
}
