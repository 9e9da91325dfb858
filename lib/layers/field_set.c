/* SPDX-License-Identifier: MIT */
/* Values become bytes once, whether they are written at once or spooled first: a width is then the
 * length of the longest. */
#include "layers/field_set.h"

#include <math.h>
#include <string.h>

#include "base/copy.h"
#include "base/text.h"
#include "io/digits.h"
#include "layers/field_names.h"
#include "places/fold.h"

enum {
    TEXT_MOST = INCMAP__TEXT_WIDTH_MOST,
    NUMBER_MOST = INCMAP__NUMBER_WIDTH_MOST,
    DECIMALS_MOST = 15,
    FIELDS_MOST = 255,
    DATE_WIDTH = 8
};

/* ---- making ---- */

static bool is_good(const incmap_field *f)
{
    const bool text = f->kind == INCMAP_FIELD_TEXT;
    const int most = text ? TEXT_MOST : NUMBER_MOST;

    if (!f->name || f->kind > INCMAP_FIELD_DATE || f->width < 0 || f->width > most) return false;
    if (f->kind == INCMAP_FIELD_NUMBER && f->width && f->decimals && f->decimals > f->width - 2)
        return false;
    if (f->decimals < 0 || f->decimals > (f->kind == INCMAP_FIELD_NUMBER ? DECIMALS_MOST : 0))
        return false;
    return f->parts >= 0 && f->parts <= (text ? INCMAP_FIELD_PARTS_MOST : 1) &&
           (unsigned char)f->separator < 0x80;
}

static bool is_taken(const incmap__field_set *set, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(set->fields[i].name, name) == 0) return true;
    return false;
}

/* A field of several parts leaves room for the number at the end of theirs. */
static void name_field(incmap__field_set *set, size_t i, const incmap_field *from)
{
    char *name = set->fields[i].name, base[INCMAP__FIELD_NAME_SIZE];

    incmap__field_name_make(base, from->name, from->parts > 1 ? 8 : 10);
    memcpy(name, base, sizeof base);
    for (size_t number = 2; is_taken(set, i, name); number++)
        incmap__field_name_number(name, base, number);
}

static void take_field(incmap__field_set *set, size_t i, const incmap_field *from)
{
    incmap__layer_field *f = &set->fields[i];

    f->kind = from->kind;
    f->given_width = from->kind == INCMAP_FIELD_DATE ? DATE_WIDTH : from->width;
    f->decimals = from->decimals;
    f->parts_most = from->parts > 1 ? (size_t)from->parts : 1;
    f->separator = from->separator;
    f->parts = 1;
    f->width[0] = f->given_width;
    /* A field of nothing but NULL needs a width too. */
    if (!f->given_width) f->width[0] = f->decimals ? f->decimals + 2 : 1;
    if (!f->given_width || f->parts_most > 1) set->widths_given = false;
    name_field(set, i, from);
}

incmap_status incmap__field_set_init(incmap__field_set *set, const incmap_field fields[], size_t n,
                                     const incmap_allocator *a, incmap_error *err)
{
    *set = (incmap__field_set){ .allocator = *a, .widths_given = true };
    if (n == 0 || n > FIELDS_MOST)
        return incmap__fail(err, INCMAP_EARG, "layer of %zu fields, expected 1 to %d", n,
                            FIELDS_MOST);
    for (size_t i = 0; i < n; i++)
        if (!is_good(&fields[i]))
            return incmap__fail(err, INCMAP_EARG,
                                "field %zu (from 0), %s: kind %d, width %d, %d decimals, %d parts "
                                "are out of range",
                                i, fields[i].name ? fields[i].name : "without a name",
                                (int)fields[i].kind, fields[i].width, fields[i].decimals,
                                fields[i].parts);
    set->fields = incmap__alloc_zeroed(a, n, sizeof *set->fields);
    set->cells = incmap__alloc_zeroed(a, n, sizeof *set->cells);
    set->digits = incmap__alloc(a, n, NUMBER_MOST);
    if (!set->fields || !set->cells || !set->digits) return incmap__fail_memory(err);
    set->count = n;
    for (size_t i = 0; i < n; i++)
        take_field(set, i, &fields[i]);
    return INCMAP_OK;
}

void incmap__field_set_free(incmap__field_set *set)
{
    incmap__free(&set->allocator, set->fields);
    incmap__free(&set->allocator, set->cells);
    incmap__free(&set->allocator, set->digits);
    incmap__free(&set->allocator, set->packed);
    incmap__free(&set->allocator, set->pieces);
    incmap__free(&set->allocator, set->columns);
    incmap__free(&set->allocator, set->column_names);
}

/* ---- values as bytes ---- */

/* Where a value stands, for messages. */
struct place {
    const char *path;
    size_t row;
    bool measuring;
    const incmap__layer_field *field;
    incmap_error *err;
};

static incmap_status refuse(const struct place *at, incmap_status st, const char *found,
                            const char *expected)
{
    return incmap__fail(at->err, st, "%s: feature %zu (from 0), field %s: %s, expected %s",
                        at->path, at->row, at->field->name, found, expected);
}

static size_t limit_of(const incmap__layer_field *f)
{
    return f->given_width ? (size_t)f->given_width : (size_t)TEXT_MOST;
}

static incmap_status check_text(const char *text, size_t length, const struct place *at)
{
    if (incmap__utf8_check(text, length) == length) return INCMAP_OK;
    return refuse(at, INCMAP_EPARSE, "bytes that are no UTF-8", "a text in UTF-8");
}

/* Bytes that are kept of a text: of one that goes into one field what the field can hold, and enough behind
 * it to tell that it is cut, and where. Nothing is kept of what is only measured. */
static size_t kept_of(const struct place *at)
{
    enum { BEHIND = 16 };
    const bool all = at->measuring || at->field->parts_most > 1;
    return all ? INCMAP__CELL_MOST : limit_of(at->field) + BEHIND;
}

/* What is not kept of it must be checked here. */
static incmap_status take_text(const char *text, incmap__cell *cell, const struct place *at)
{
    const size_t most = kept_of(at);
    incmap_status st = INCMAP_OK;

    if (!text) return INCMAP_OK;
    *cell = (incmap__cell){ text, strlen(text) };
    if (cell->length > most) {
        st = check_text(text, cell->length, at);
        cell->length = incmap__utf8_cut(text, cell->length, most);
    }
    return st;
}

static incmap_status take_digits(const char *digits, size_t length, char *room, incmap__cell *cell,
                                 const struct place *at)
{
    const size_t most =
        at->field->given_width ? (size_t)at->field->given_width : (size_t)NUMBER_MOST;

    if (length > most)
        return incmap__fail(
            at->err, INCMAP_EDATA,
            "%s: feature %zu (from 0), field %s: %.*s%s has %zu digits, expected at most %zu",
            at->path, at->row, at->field->name, length > 40 ? 40 : (int)length, digits,
            length > 40 ? "..." : "", length, most);
    incmap__copy(room, digits, length);
    *cell = (incmap__cell){ room, length };
    return INCMAP_OK;
}

/* A whole number in a field of decimals: exact also where no double is. */
static size_t whole_with_decimals(char digits[INCMAP__DIGITS_SIZE], int64_t whole, int decimals)
{
    size_t length = incmap__digits_int(digits, whole);
    if (decimals > 0) digits[length++] = '.';
    for (int i = 0; i < decimals; i++)
        digits[length++] = '0';
    return length;
}

static incmap_status take_number(const incmap_value *value, char *room, incmap__cell *cell,
                                 const struct place *at)
{
    char digits[INCMAP__DIGITS_SIZE];
    size_t length;

    if (value->kind == INCMAP_VALUE_INT) {
        length = whole_with_decimals(digits, value->as.whole, at->field->decimals);
    } else {
        if (isnan(value->as.number)) return INCMAP_OK;
        if (isinf(value->as.number))
            return refuse(at, INCMAP_EDATA, "an infinite number", "a finite one");
        length = incmap__digits_number(digits, value->as.number, at->field->decimals);
    }
    return take_digits(digits, length, room, cell, at);
}

static incmap_status take_day(incmap_day day, char *room, incmap__cell *cell,
                              const struct place *at)
{
    int year = 0, month = 0, mday = 0;
    char digits[DATE_WIDTH + 1];

    if (day == INCMAP_DAY_OPEN) return INCMAP_OK;
    incmap_day_to_civil(day, &year, &month, &mday);
    if (year < 1 || year > 9999)
        return incmap__fail(at->err, INCMAP_EDATA,
                            "%s: feature %zu (from 0), field %s: the year %d, expected 1 to 9999",
                            at->path, at->row, at->field->name, year);
    incmap__digits_day(digits, year, month, mday);
    memcpy(room, digits, DATE_WIDTH);
    *cell = (incmap__cell){ room, DATE_WIDTH };
    return INCMAP_OK;
}

static bool kinds_agree(incmap_field_kind field, incmap_value_kind value)
{
    switch (field) {
    case INCMAP_FIELD_TEXT: return value == INCMAP_VALUE_TEXT;
    case INCMAP_FIELD_INT: return value == INCMAP_VALUE_INT;
    case INCMAP_FIELD_NUMBER: return value == INCMAP_VALUE_INT || value == INCMAP_VALUE_NUMBER;
    case INCMAP_FIELD_DATE: return value == INCMAP_VALUE_DAY;
    }
    return false;
}

/* With the set's own in variables: a compiler must take it that the bytes written change them. */
static incmap_status pack(incmap__field_set *set, incmap_error *err)
{
    incmap__cell *const cells = set->cells;
    const size_t count = set->count;
    incmap_status st;
    size_t total = INCMAP__CELL_ROOM;
    char *to;

    for (size_t i = 0; i < count; i++)
        total += cells[i].length;
    st = incmap__grow(&set->allocator, &set->packed, &set->packed_room, total, 1, err);
    if (st) return st;
    to = set->packed;
    for (size_t i = 0; i < count; i++) {
        const size_t length = cells[i].length;
        incmap__copy(to, cells[i].bytes, length);
        cells[i].bytes = to;
        to += length;
    }
    return INCMAP_OK;
}

/* Whether a cell begins within a character that the one before it breaks off. */
static bool any_broken(const incmap__field_set *set)
{
    unsigned broken = 0;

    for (size_t i = 0; i < set->count; i++)
        broken |= set->cells[i].length && ((unsigned char)set->cells[i].bytes[0] & 0xC0) == 0x80;
    return broken;
}

/* All of a row at one time, which takes a fraction of the time of one text after the other. */
static incmap_status check_texts(const incmap__field_set *set, struct place *at)
{
    const incmap__cell *last = &set->cells[set->count - 1];
    const size_t total = (size_t)(last->bytes + last->length - set->packed);
    incmap_status st = INCMAP_OK;

    if (incmap__utf8_check(set->packed, total) == total && !any_broken(set)) return INCMAP_OK;
    for (size_t i = 0; !st && i < set->count; i++) {
        at->field = &set->fields[i];
        st = check_text(set->cells[i].bytes, set->cells[i].length, at);
    }
    return st;
}

incmap_status incmap__field_set_take(incmap__field_set *set, const incmap_value values[],
                                     bool measuring, const char *path, size_t row,
                                     incmap_error *err)
{
    struct place at = { path, row, measuring, NULL, err };
    incmap_status st = INCMAP_OK;

    for (size_t i = 0; !st && i < set->count; i++) {
        const incmap_value *value = &values[i];
        incmap__cell *cell = &set->cells[i];
        char *room = set->digits + i * NUMBER_MOST;

        *cell = (incmap__cell){ NULL, 0 };
        if (value->kind == INCMAP_VALUE_NULL) continue;
        at.field = &set->fields[i];
        if (!kinds_agree(at.field->kind, value->kind))
            st = refuse(&at, INCMAP_EARG, "a value of another kind", "one of the field's");
        else if (at.field->kind == INCMAP_FIELD_TEXT)
            st = take_text(value->as.text, cell, &at);
        else if (at.field->kind == INCMAP_FIELD_DATE)
            st = take_day(value->as.day, room, cell, &at);
        else
            st = take_number(value, room, cell, &at);
    }
    if (st || measuring) return st;
    st = pack(set, err);
    return st ? st : check_texts(set, &at);
}

/* ---- widths and parts ---- */

/* Where a text is divided so that its parts, joined, are the text again: neither at a blank, which
 * readers take off, nor within what is seen as one character. */
static size_t divide(const char *text, size_t length, size_t most)
{
    size_t cut = incmap__grapheme_cut(text, length, most);
    const size_t first = cut;

    while (cut > 0 && (text[cut] == ' ' || text[cut - 1] == ' '))
        cut = incmap__grapheme_cut(text, length, cut - 1);
    return cut > 0 ? cut : first;
}

/* Bytes of what the next field holds of a text that is longer than `most`. */
static size_t part_length(const incmap__layer_field *f, const char *text, size_t length,
                          size_t most)
{
    if (f->parts_most == 1) return incmap__grapheme_cut(text, length, most);
    if (f->separator) {
        size_t cut = most;
        while (cut > 0 && text[cut] != f->separator)
            cut--;
        if (cut > 0) return cut;
    }
    return divide(text, length, most);
}

/* Takes the next part off the front of a text; what a field cannot hold is left. */
static incmap__cell next_part(const incmap__layer_field *f, incmap__cell *rest, size_t most)
{
    incmap__cell part = *rest;

    if (part.length > most) part.length = part_length(f, part.bytes, part.length, most);
    rest->bytes += part.length;
    rest->length -= part.length;
    if (f->separator && rest->length && *rest->bytes == f->separator) {
        rest->bytes++;
        rest->length--;
    }
    return part;
}

static void widen(incmap__layer_field *f, size_t part, size_t width)
{
    if ((int)width > f->width[part]) f->width[part] = (int)width;
    if (part >= f->parts) f->parts = part + 1;
}

void incmap__field_set_widen(incmap__field_set *set, const incmap__cell cells[])
{
    for (size_t i = 0; i < set->count; i++) {
        incmap__layer_field *f = &set->fields[i];
        incmap__cell rest = cells[i];
        const size_t most = limit_of(f);

        if (f->kind != INCMAP_FIELD_TEXT || (rest.length <= most && f->parts_most == 1)) {
            widen(f, 0, rest.length);
            continue;
        }
        for (size_t part = 0; rest.length && part < f->parts_most; part++)
            widen(f, part, next_part(f, &rest, most).length);
    }
}

static incmap__field_type column_type(incmap_field_kind kind)
{
    switch (kind) {
    case INCMAP_FIELD_INT: return INCMAP__FIELD_INT;
    case INCMAP_FIELD_NUMBER: return INCMAP__FIELD_NUMBER;
    case INCMAP_FIELD_DATE: return INCMAP__FIELD_DATE;
    case INCMAP_FIELD_TEXT: break;
    }
    return INCMAP__FIELD_TEXT;
}

/* The names of further parts, NAME_2 and so on, where no other field has them. */
static void name_column(incmap__field_set *set, const incmap__layer_field *f, size_t part)
{
    char *name = set->column_names[set->column_count];
    size_t number = part + 1;
    bool taken = part > 0;

    memcpy(name, f->name, INCMAP__FIELD_NAME_SIZE);
    for (; taken; number += INCMAP_FIELD_PARTS_MOST) {
        incmap__field_name_number(name, f->name, number);
        taken = is_taken(set, set->count, name);
        for (size_t i = 0; !taken && i < set->column_count; i++)
            taken = strcmp(set->column_names[i], name) == 0;
    }
}

static void add_columns(incmap__field_set *set, incmap__layer_field *f)
{
    f->first = set->column_count;
    for (size_t part = 0; part < f->parts; part++) {
        name_column(set, f, part);
        set->columns[set->column_count] =
            (incmap__field){ .name = set->column_names[set->column_count],
                             .type = column_type(f->kind),
                             .width = f->width[part] ? f->width[part] : 1,
                             .decimals = f->decimals };
        set->column_count++;
    }
}

static incmap_status check_size(const incmap__field_set *set, const char *path, incmap_error *err)
{
    size_t bytes = 1;
    for (size_t i = 0; i < set->column_count; i++)
        bytes += (size_t)set->columns[i].width;
    if (set->column_count > FIELDS_MOST || bytes > INCMAP__RECORD_MOST)
        return incmap__fail(err, INCMAP_EDATA,
                            "%s: %zu fields of %zu bytes in all, expected at most %d of %d", path,
                            set->column_count, bytes, FIELDS_MOST, INCMAP__RECORD_MOST);
    return INCMAP_OK;
}

incmap_status incmap__field_set_settle(incmap__field_set *set, const char *path, incmap_error *err)
{
    size_t n = 0;

    for (size_t i = 0; i < set->count; i++)
        n += set->fields[i].parts;
    set->columns = incmap__alloc(&set->allocator, n, sizeof *set->columns);
    set->column_names = incmap__alloc(&set->allocator, n, sizeof *set->column_names);
    set->pieces = incmap__alloc(&set->allocator, n, sizeof *set->pieces);
    if (!set->columns || !set->column_names || !set->pieces) return incmap__fail_memory(err);
    for (size_t i = 0; i < set->count; i++)
        add_columns(set, &set->fields[i]);
    return check_size(set, path, err);
}

/* ---- dividing ---- */

/* A column is as wide as the longest part that was measured for it: what was divided at the limit then
 * is divided in the same place now. */
static void divide_parts(incmap__field_set *set, const incmap__layer_field *f, incmap__cell rest,
                         incmap__field_counts *counts, incmap__cut_fn tell_cut, void *user)
{
    size_t last = f->first, parts = 0;

    for (size_t column = f->first; column < f->first + f->parts; column++) {
        set->pieces[column] = (incmap__cell){ rest.bytes, 0 };
        if (rest.length == 0) continue;
        set->pieces[column] = next_part(f, &rest, (size_t)set->columns[column].width);
        last = column;
        parts++;
    }
    if (rest.length) {
        counts->cut++;
        tell_cut(user, &set->columns[last]);
    } else if (parts > 1) {
        counts->split++;
    }
}

void incmap__field_set_divide(incmap__field_set *set, const incmap__cell cells[],
                              incmap__field_counts *counts, incmap__cut_fn tell_cut, void *user)
{
    for (size_t i = 0; i < set->count; i++) {
        const incmap__layer_field *f = &set->fields[i];

        counts->null += cells[i].length == 0;
        if (f->parts == 1 && (cells[i].length <= (size_t)set->columns[f->first].width ||
                              f->kind != INCMAP_FIELD_TEXT))
            set->pieces[f->first] = cells[i];
        else
            divide_parts(set, f, cells[i], counts, tell_cut, user);
    }
}
