/* SPDX-License-Identifier: MIT */
/* Rows of the tables in tests/reference: commas, no quotes, a header line. Read without the
 * library's own reader, which is under test itself. */
#ifndef INCMAP_TESTS_REFERENCE_TABLE_H
#define INCMAP_TESTS_REFERENCE_TABLE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REFERENCE_FIELDS = 16 };

struct reference_row {
    char line[512];
    const char *field[REFERENCE_FIELDS];
    int fields;
};

/* Opens tests/reference/NAME and skips its header; fails the test when it is not there. */
static inline FILE *reference_open(const char *name)
{
    const char *source = getenv("INCMAP_TEST_SOURCE");
    char path[1024];
    struct reference_row header;
    FILE *file;
    snprintf(path, sizeof path, "%s/tests/reference/%s", source ? source : ".", name);
    file = fopen(path, "r");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    ck_assert(fgets(header.line, sizeof header.line, file) != NULL);
    return file;
}

static inline int reference_next(FILE *file, struct reference_row *row)
{
    char *at = row->line;
    if (!fgets(row->line, sizeof row->line, file)) return 0;
    row->line[strcspn(row->line, "\n")] = '\0';
    for (row->fields = 0; at && row->fields < REFERENCE_FIELDS; row->fields++) {
        row->field[row->fields] = at;
        at = strchr(at, ',');
        if (at) *at++ = '\0';
    }
    return 1;
}

static inline double reference_number(const struct reference_row *row, int field)
{
    ck_assert_int_lt(field, row->fields);
    return strtod(row->field[field], NULL);
}

#endif
