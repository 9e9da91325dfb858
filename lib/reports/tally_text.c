/* SPDX-License-Identifier: MIT */
/* The figures of a tally line in words, each as it was stated: "more than 70" is not 71. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "reports/tally.h"

/* "several", "large number": the word that stands instead of a number, or before one. */
static void add_words(const char *qualifier, char *buffer, size_t size, size_t *used)
{
    while (*qualifier) {
        const size_t length = strcspn(qualifier, "_");
        incmap__text_add(buffer, size, used, "%.*s%s", (int)length, qualifier,
                         qualifier[length] ? " " : "");
        qualifier += length + (qualifier[length] != '\0');
    }
}

/* The printed number behind the words that the claim puts before it. */
static void add_printed(const incmap_claim *claim, char *buffer, size_t size, size_t *used)
{
    const bool bare = !claim->qualifier[0] || claim->qualifier_kind == INCMAP_QUALIFIER_EXACT;

    if (incmap__qualifier_is("or_more", claim->qualifier)) {
        incmap__text_add(buffer, size, used, "%s or more", incmap__number(claim->figure).text);
        return;
    }
    if (!bare) add_words(claim->qualifier, buffer, size, used);
    incmap__text_add(buffer, size, used, "%s%s", bare ? "" : " ",
                     incmap__number(claim->figure).text);
}

/* One statement as it was made: the printed number with its qualifier where the table has it, else
 * the two ends. "Nearly 12" is not "up to 12", and who says "more than 70" does not say 71. */
static void add_statement(const incmap_claim *claim, char *buffer, size_t size, size_t *used)
{
    const incmap__range range = incmap__claim_range(claim);
    const bool span = range.low < range.high && claim->qualifier_kind == INCMAP_QUALIFIER_RANGE;

    if (!isnan(claim->figure) && !span)
        add_printed(claim, buffer, size, used);
    else if (isnan(range.low))
        incmap__text_add(buffer, size, used, "up to %s", incmap__number(range.high).text);
    else if (isnan(range.high))
        incmap__text_add(buffer, size, used, "%s or more", incmap__number(range.low).text);
    else if (range.low == range.high)
        incmap__text_add(buffer, size, used, "%s", incmap__number(range.low).text);
    else
        incmap__text_add(buffer, size, used, "%s to %s", incmap__number(range.low).text,
                         incmap__number(range.high).text);
}

static bool is_same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Whether two claims with a figure say the same. Qualifiers are kept once each in the dataset. */
static bool is_same_statement(const incmap_claim *a, const incmap_claim *b)
{
    return incmap__range_has_figure(incmap__claim_range(b)) && a->qualifier == b->qualifier &&
           is_same_number(a->figure, b->figure) && is_same_number(a->figure_low, b->figure_low) &&
           is_same_number(a->figure_high, b->figure_high);
}

/* Whether an earlier claim of the line said the same. */
static bool is_repeated(const incmap_dataset *d, const incmap_tally_line *line, size_t i)
{
    const incmap_claim *claim = incmap_dataset_claim(d, line->claim_indices[i]);
    const bool figure = incmap__range_has_figure(incmap__claim_range(claim));

    for (size_t j = 0; j < i; j++) {
        const incmap_claim *earlier = incmap_dataset_claim(d, line->claim_indices[j]);
        if (figure ? is_same_statement(claim, earlier)
                   : !incmap__range_has_figure(incmap__claim_range(earlier)) &&
                         earlier->qualifier == claim->qualifier)
            return true;
    }
    return false;
}

size_t incmap_tally_figure_text(const incmap_dataset *dataset, const incmap_tally_line *line,
                                char *buffer, size_t size)
{
    size_t used = 0;

    if (!dataset || !line || !buffer || !size) return 0;
    buffer[0] = '\0';
    if (!line->claims) incmap__text_add(buffer, size, &used, "withdrawn");
    for (int words = 0; words < 2; words++) /* numbers first */
        for (size_t i = 0; i < line->claims; i++) {
            const incmap_claim *claim = incmap_dataset_claim(dataset, line->claim_indices[i]);
            if (incmap__range_has_figure(incmap__claim_range(claim)) == (words == 1) ||
                is_repeated(dataset, line, i))
                continue;
            if (used) incmap__text_add(buffer, size, &used, ", ");
            if (!words)
                add_statement(claim, buffer, size, &used);
            else
                add_words(claim->qualifier[0] ? claim->qualifier : "no_figure", buffer, size,
                          &used);
        }
    return used;
}
