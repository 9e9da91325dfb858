/* SPDX-License-Identifier: MIT */
/* The vocabulary of claims: which words are taken for the same, and the range of numbers behind a
 * figure with its qualifier. */
#include "reports/claim.h"

#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* In the order of their values. */
static const char *const subjects[] = { "other",     "killed",   "injured",  "captured",
                                        "destroyed", "used",     "controls", "moved",
                                        "distance",  "location", "cause",    "killed_or_injured" };
static const char *const qualifiers[] = { "",        "exact",     "about",  "at_least", "more_than",
                                          "at_most", "less_than", "nearly", "range",    "several",
                                          "a_few",   "many",      "none",   "other" };
static const char *const entries[] = { "claim", "correction", "withdrawal", "verification" };

const char *incmap_subject_text(incmap_subject subject)
{
    return (size_t)subject < COUNT(subjects) ? subjects[subject] : subjects[0];
}

const char *incmap_qualifier_text(incmap_qualifier qualifier)
{
    return (size_t)qualifier < COUNT(qualifiers) ? qualifiers[qualifier] : "other";
}

const char *incmap_entry_text(incmap_entry entry)
{
    return (size_t)entry < COUNT(entries) ? entries[entry] : entries[0];
}

static bool find_word(const char *const words[], size_t n, const char *text, size_t *out)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return true;
        }
    return false;
}

bool incmap__subject_parse(const char *text, incmap_subject *out)
{
    size_t i;

    if (!find_word(subjects, COUNT(subjects), text, &i)) return false;
    *out = (incmap_subject)i;
    return true;
}

bool incmap__entry_parse(const char *text, incmap_entry *out)
{
    size_t i = INCMAP_ENTRY_CLAIM;

    if (text[0] && !find_word(entries, COUNT(entries), text, &i)) return false;
    *out = (incmap_entry)i;
    return true;
}

incmap_subject incmap__subject_of_type(const char *type)
{
    static const struct {
        const char *type;
        incmap_subject subject;
    } types[] = {
        { "fatalities", INCMAP_SUBJECT_KILLED },
        { "injuries", INCMAP_SUBJECT_INJURED },
        { "casualties", INCMAP_SUBJECT_KILLED_OR_INJURED },
        { "victims", INCMAP_SUBJECT_KILLED_OR_INJURED },
        { "captures", INCMAP_SUBJECT_CAPTURED },
        { "prisoners", INCMAP_SUBJECT_CAPTURED },
        { "equipment_captured", INCMAP_SUBJECT_CAPTURED },
        { "equipment_destroyed", INCMAP_SUBJECT_DESTROYED },
        { "equipment_used", INCMAP_SUBJECT_USED },
        { "territorial_control", INCMAP_SUBJECT_CONTROLS },
        { "displacement", INCMAP_SUBJECT_MOVED },
    };
    incmap_subject subject = INCMAP_SUBJECT_OTHER;

    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i].type, type) == 0) return types[i].subject;
    (void)incmap__subject_parse(type, &subject);
    return subject;
}

bool incmap__qualifier_is(const char *word, const char *text)
{
    for (; *word && *text; word++, text++) {
        const bool capital = *text >= 'A' && *text <= 'Z';
        const char c = capital ? (char)(*text - 'A' + 'a') : *text;
        if ((c == ' ' || c == '-' ? '_' : c) != *word) return false;
    }
    return *word == *text;
}

incmap_qualifier incmap__qualifier_of(const char *word)
{
    static const struct {
        const char *word;
        incmap_qualifier qualifier;
    } others[] = {
        { "or_more", INCMAP_QUALIFIER_AT_LEAST },    { "no_fewer_than", INCMAP_QUALIFIER_AT_LEAST },
        { "over", INCMAP_QUALIFIER_MORE_THAN },      { "up_to", INCMAP_QUALIFIER_AT_MOST },
        { "or_fewer", INCMAP_QUALIFIER_AT_MOST },    { "fewer_than", INCMAP_QUALIFIER_LESS_THAN },
        { "under", INCMAP_QUALIFIER_LESS_THAN },     { "almost", INCMAP_QUALIFIER_NEARLY },
        { "between", INCMAP_QUALIFIER_RANGE },       { "some", INCMAP_QUALIFIER_ABOUT },
        { "around", INCMAP_QUALIFIER_ABOUT },        { "roughly", INCMAP_QUALIFIER_ABOUT },
        { "approximately", INCMAP_QUALIFIER_ABOUT }, { "few", INCMAP_QUALIFIER_A_FEW },
        { "dozens", INCMAP_QUALIFIER_MANY },         { "hundreds", INCMAP_QUALIFIER_MANY },
        { "large_number", INCMAP_QUALIFIER_MANY },   { "no", INCMAP_QUALIFIER_NONE },
    };

    for (size_t i = 0; i < COUNT(qualifiers); i++)
        if (incmap__qualifier_is(qualifiers[i], word)) return (incmap_qualifier)i;
    for (size_t i = 0; i < COUNT(others); i++)
        if (incmap__qualifier_is(others[i].word, word)) return others[i].qualifier;
    return INCMAP_QUALIFIER_OTHER;
}

const char *incmap__qualifier_fault(const incmap_claim *claim)
{
    if (claim->qualifier_kind == INCMAP_QUALIFIER_OTHER)
        return "exact, about, at_least, more_than, at_most, less_than, nearly, range, several, "
               "a_few, "
               "many, none or nothing; a figure with another word is taken as it stands";
    if (claim->qualifier_kind == INCMAP_QUALIFIER_NONE &&
        (claim->figure > 0 || claim->figure_low > 0 || claim->figure_high > 0))
        return "none only where the figure is 0 or not given";
    return NULL;
}

/* Where a table gives the printed number alone, its qualifier says which end it is. */
incmap__range incmap__claim_range(const incmap_claim *claim)
{
    incmap__range range = { claim->figure_low, claim->figure_high };

    if (!isnan(range.low) || !isnan(range.high)) return range;
    range = (incmap__range){ claim->figure, claim->figure };
    switch (claim->qualifier_kind) {
    case INCMAP_QUALIFIER_AT_LEAST:
    case INCMAP_QUALIFIER_MORE_THAN: range.high = NAN; break;
    case INCMAP_QUALIFIER_AT_MOST:
    case INCMAP_QUALIFIER_LESS_THAN:
    case INCMAP_QUALIFIER_NEARLY: range.low = NAN; break;
    case INCMAP_QUALIFIER_NONE:
        if (isnan(claim->figure)) range = (incmap__range){ 0, 0 };
        break;
    default: break;
    }
    return range;
}

bool incmap__range_has_figure(incmap__range range)
{
    return !isnan(range.low) || !isnan(range.high);
}

/* The range with no end open, for comparing; false when the claim says nothing of how many. What a
 * bare "more than 70" leaves out is not in it; "several" is a plural and so excludes none and one. */
bool incmap__claim_span(const incmap_claim *claim, incmap__range *out)
{
    const double about = 0.1;
    const bool bare = isnan(claim->figure_low) && isnan(claim->figure_high);
    const incmap_qualifier kind = claim->qualifier_kind;

    *out = incmap__claim_range(claim);
    if (!incmap__range_has_figure(*out)) {
        if (kind < INCMAP_QUALIFIER_SEVERAL || kind > INCMAP_QUALIFIER_MANY) return false;
        out->low = 2;
    }
    if (kind == INCMAP_QUALIFIER_ABOUT && bare) {
        out->low *= 1 - about;
        out->high *= 1 + about;
    }
    if (isnan(out->low)) out->low = -INFINITY;
    if (isnan(out->high)) out->high = INFINITY;
    if (bare && kind == INCMAP_QUALIFIER_MORE_THAN) out->low = nextafter(out->low, INFINITY);
    if (bare && kind == INCMAP_QUALIFIER_LESS_THAN) out->high = nextafter(out->high, -INFINITY);
    return true;
}
