/* SPDX-License-Identifier: MIT */
/* Cutting a sentence into words and numbers. What is no letter, digit or apostrophe parts them; a
 * point or comma inside a number belongs to it. */
#include "checks/tokens.h"

#include <string.h>

#include "base/text.h"
#include "places/fold.h"

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2B9;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x2009 ||
           c == 0x202F;
}

/* Letters of any script; signs of the blocks that texts use for punctuation are none. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
    return c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF) && (c < 0x3000 || c > 0x303F) &&
           c != 0xFEFF;
}

typedef struct {
    incmap__tokens *tokens;
    incmap__folder folder;
    size_t length;
    size_t at;
} cutter;

static uint32_t peek(const cutter *c, size_t at, size_t *bytes)
{
    uint32_t point = 0;
    *bytes = at < c->length ? incmap__utf8_next(c->tokens->text + at, c->length - at, &point) : 0;
    return point;
}

static uint32_t peek_at(const cutter *c, size_t at)
{
    size_t bytes;
    return peek(c, at, &bytes);
}

static size_t digits_at(const cutter *c, size_t at)
{
    size_t n = 0;
    while (is_digit(peek_at(c, at + n)))
        n++;
    return n;
}

static double digits_value(const cutter *c, size_t at, size_t n, double value)
{
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (c->tokens->text[at + i] - '0');
    return value;
}

static bool is_separator(uint32_t c)
{
    return c == ',' || c == '.' || is_apostrophe(c) || (is_space(c) && c != '\n');
}

/* Groups of three digits behind a separator, all parted by the same: "1,200", "1 200 000". */
static size_t count_groups(const cutter *c, size_t at, uint32_t separator, size_t bytes)
{
    size_t n = 0;

    while (peek_at(c, at) == separator && digits_at(c, at + bytes) == 3) {
        at += bytes + 3;
        n++;
    }
    return n;
}

/* A mark of decimals, with digits behind it. */
static bool is_decimal_at(const cutter *c, size_t at, uint32_t mark)
{
    return mark && peek_at(c, at) == mark && digits_at(c, at + 1) > 0;
}

/* Thousands in groups behind up to three digits. One group behind a comma is English thousands, but a
 * Russian or Ukrainian decimal; one behind a point is a German thousand or an English decimal, and no
 * text says which, unless a second group or the other mark follows. */
static size_t read_groups(incmap__token *t, const cutter *c, size_t at, size_t first)
{
    size_t bytes, n;
    const uint32_t separator = peek(c, at, &bytes);
    const uint32_t mark = separator == '.' ? ',' : '.';

    if (first > 3 || (first == 1 && t->value == 0) || !is_separator(separator)) return at;
    n = count_groups(c, at, separator, bytes);
    if (n == 1 && !is_decimal_at(c, at + bytes + 3, mark)) {
        t->one_comma = separator == ',';
        if (separator == '.')
            t->doubt = "a point before three digits may part thousands or decimals";
    }
    for (; n > 0; n--) {
        t->value = digits_value(c, at + bytes, 3, t->value);
        at += bytes + 3;
    }
    return at;
}

static size_t read_decimals(incmap__token *t, const cutter *c, size_t at)
{
    double scale = 1;
    size_t n;

    if (!is_decimal_at(c, at, '.') && !is_decimal_at(c, at, ',')) return at;
    n = digits_at(c, at + 1);
    for (size_t i = 0; i < n; i++)
        scale *= 10;
    t->value += digits_value(c, at + 1, n, 0) / scale;
    t->step = 1 / scale;
    return at + 1 + n;
}

/* "½" and its like: parts of how many; 0 for any other character. */
static int fraction_sign(uint32_t c, int *parts)
{
    static const struct {
        uint32_t sign;
        int top, parts;
    } signs[] = { { 0xBC, 1, 4 },   { 0xBD, 1, 2 },   { 0xBE, 3, 4 },   { 0x2153, 1, 3 },
                  { 0x2154, 2, 3 }, { 0x2155, 1, 5 }, { 0x2156, 2, 5 }, { 0x2157, 3, 5 },
                  { 0x2158, 4, 5 }, { 0x2159, 1, 6 }, { 0x215A, 5, 6 }, { 0x215B, 1, 8 },
                  { 0x215C, 3, 8 }, { 0x215D, 5, 8 }, { 0x215E, 7, 8 } };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].sign == c) {
            *parts = signs[i].parts;
            return signs[i].top;
        }
    return 0;
}

/* A fraction from here on, "1/2" or "½"; returns its bytes, 0 if there is none. Only parts in which
 * people measure: "5/7" may mean five to seven. */
static size_t fraction_at(const cutter *c, size_t at, double *value, double *step)
{
    const size_t n = digits_at(c, at);
    size_t bytes, parts_n;
    int parts = 0, top = fraction_sign(peek(c, at, &bytes), &parts);

    if (!top && n == 1) {
        uint32_t bar = peek(c, at + 1, &bytes);
        parts_n = digits_at(c, at + 1 + bytes);
        if ((bar != '/' && bar != 0x2044) || parts_n < 1 || parts_n > 2) return 0;
        top = (int)digits_value(c, at, 1, 0);
        parts = (int)digits_value(c, at + 1 + bytes, parts_n, 0);
        bytes += 1 + parts_n;
        if (top < 1 || top >= parts || (parts > 5 && parts != 8 && parts != 10)) return 0;
        if (peek_at(c, at + bytes) == '/') return 0; /* a date */
    }
    if (!top) return 0;
    *value = (double)top / parts;
    *step = 1.0 / parts;
    return bytes;
}

/* "1½", "1 1/2", "1-1/2": behind a whole number. */
static size_t read_mixed(incmap__token *t, const cutter *c, size_t at)
{
    size_t start = at, bytes, taken;
    double part, step;
    uint32_t point;

    while (point = peek(c, start, &bytes), is_space(point) || point == '-')
        start += bytes;
    taken = fraction_at(c, start, &part, &step);
    if (!taken || (start == at && digits_at(c, at))) return at;
    t->value += part;
    t->step = step;
    return start + taken;
}

/* Digits that go on behind what was read, as in "7:30", "22/05/2023" or "1.5.2", are no number. */
static size_t read_rest(incmap__token *t, const cutter *c, size_t at)
{
    for (;;) {
        size_t bytes;
        const uint32_t point = peek(c, at, &bytes);
        if (point != '.' && point != ',' && point != ':' && point != '/' && point != 0x2044)
            return at;
        if (!digits_at(c, at + bytes)) return at;
        at += bytes + digits_at(c, at + bytes);
        t->doubt = "so parted, digits may be a date, a time or several numbers";
    }
}

static void read_number(incmap__token *t, cutter *c)
{
    const size_t most = 24;
    const size_t first = digits_at(c, c->at);
    size_t at = fraction_at(c, c->at, &t->value, &t->step);

    t->is_number = true;
    if (at) {
        at += c->at;
    } else {
        size_t whole;
        t->step = 1;
        t->value = digits_value(c, c->at, first, 0);
        at = read_groups(t, c, c->at + first, first);
        whole = at;
        at = read_decimals(t, c, at);
        if (at == whole) at = read_mixed(t, c, at);
    }
    at = read_rest(t, c, at);
    /* More than a double holds; what comes of it would have no steps. */
    if (at - c->at > most) {
        t->value = 0;
        t->step = 1;
        t->doubt = "so many digits are no distance";
    }
    c->at = at;
}

/* Digits that belong to what stands before them, and signs that turn them. */
static void doubt_digits(incmap__token *t, const incmap__token *before)
{
    const char *text = NULL;

    if (before && t->glued && !before->is_sign && !before->is_number)
        text = "digits joined to letters are part of a name or formula";
    if (before && t->glued && before->is_number)
        text = "digits joined to other digits have no one meaning";
    if (text) t->doubt = text;
}

/* Raised digits: a power, or a note's number. */
static bool is_raised(uint32_t c)
{
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x2079);
}

static const struct {
    const char *text, *key;
} signs[] = {
    { "<=", "<=" }, { ">=", ">=" },  { "≤", "<=" },  { "≥", ">=" }, { "⩽", "<=" },
    { "⩾", ">=" },  { "<", "<" },    { ">", ">" },   { "~", "~" },  { "≈", "~" },
    { "∼", "~" },   { "+/-", "+-" }, { "+-", "+-" }, { "±", "+-" }, { "+", "+" },
};

/* Bytes of a sign that counts beside a number; 0: none. */
static size_t sign_at(const cutter *c, size_t at, const char **key)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const size_t n = strlen(signs[i].text);
        if (c->length - at < n || memcmp(c->tokens->text + at, signs[i].text, n) != 0) continue;
        *key = signs[i].key;
        return n;
    }
    return 0;
}

static void read_word(cutter *c)
{
    size_t bytes;

    for (;;) {
        const uint32_t point = peek(c, c->at, &bytes);
        /* An apostrophe is part of a word only with a letter behind it. */
        if (!is_letter(point) && point != 0x301 &&
            !(is_apostrophe(point) && is_letter(peek_at(c, c->at + bytes))))
            return;
        c->at += bytes;
    }
}

/* What begins a number. */
static bool is_figure(uint32_t c)
{
    int parts;
    return is_digit(c) || is_raised(c) || fraction_sign(c, &parts);
}

/* Steps over what parts two words; says whether that keeps them one name. */
static void skip(cutter *c, incmap__token *next)
{
    const size_t from = c->at;
    const char *key;
    size_t bytes, hyphens = 0;
    uint32_t before = 0;

    next->joined = true;
    while (c->at < c->length) {
        const uint32_t point = peek(c, c->at, &bytes);
        if (is_letter(point) || is_figure(point) || sign_at(c, c->at, &key)) break;
        if (is_hyphen(point)) {
            next->hyphenated = true;
            hyphens++;
        } else if (!is_space(point) && !is_apostrophe(point)) {
            next->joined = false;
        }
        before = point;
        c->at += bytes;
    }
    next->glued = c->at == from;
    /* "-5 km", but neither "5 -7 km" nor "Kozinka - 5 km" nor "Kozinka-2". */
    if ((before == '-' || before == 0x2212 || before == 0x2013) && hyphens == 1 &&
        is_figure(peek_at(c, c->at)) && (c->at - from > 1 + (before != '-') * 2 || from == 0))
        next->doubt = "a distance has no minus sign";
}

/* Folding takes й and ї apart; the tables of words have them whole. Writes over the key itself. */
static size_t put_together(char *key, size_t length)
{
    static const struct {
        const char *apart, *whole;
    } letters[] = { { "\u0438\u0306", "\u0439" }, { "\u0456\u0308", "\u0457" } };
    size_t to = 0;

    for (size_t from = 0; from < length;) {
        bool found = false;
        for (size_t i = 0; !found && i < sizeof letters / sizeof *letters; i++) {
            if (from + 4 > length || memcmp(key + from, letters[i].apart, 4) != 0) continue;
            memcpy(key + to, letters[i].whole, 2);
            from += 4;
            to += 2;
            found = true;
        }
        if (!found) key[to++] = key[from++];
    }
    return to;
}

static incmap_status fold_token(cutter *c, incmap__token *t, incmap_error *err)
{
    incmap_status st;

    if (t->is_sign) return INCMAP_OK;
    st = incmap__fold(&c->folder, c->tokens->text + t->start, t->end - t->start, err);
    if (st) return st;
    if (c->folder.length < sizeof t->key) {
        memcpy(t->key, c->folder.key, c->folder.length);
        t->key[put_together(t->key, c->folder.length)] = '\0';
    }
    return INCMAP_OK;
}

/* The token that begins here. */
static void read_token(cutter *c, incmap__token *t, const incmap__token *before)
{
    const char *key = "", *minus = t->doubt;
    const size_t sign = sign_at(c, c->at, &key);
    const uint32_t point = peek_at(c, c->at);
    size_t bytes;

    t->start = c->at;
    t->doubt = NULL;
    if (before && before->is_sign) t->joined = false;
    if (sign) {
        t->is_sign = true;
        t->joined = false;
        memcpy(t->key, key, strlen(key) + 1);
        c->at += sign;
    } else if (is_raised(point)) {
        (void)peek(c, c->at, &bytes);
        *t = (incmap__token){ .start = c->at,
                              .is_number = true,
                              .value = 1,
                              .step = 1,
                              .glued = t->glued,
                              .joined = t->joined,
                              .doubt = "a raised digit is a power or a note" };
        c->at += bytes;
    } else if (is_figure(point)) {
        read_number(t, c);
        if (minus && !(before && before->is_number)) t->doubt = minus;
        doubt_digits(t, before);
    } else {
        read_word(c);
    }
    t->end = c->at;
}

bool incmap__token_is(const incmap__tokens *t, size_t at, const char *key)
{
    return at < t->count && strcmp(t->items[at].key, key) == 0;
}

bool incmap__token_is_one_of(const incmap__tokens *t, size_t at, const char *const keys[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (incmap__token_is(t, at, keys[i])) return true;
    return false;
}

incmap_status incmap__tokens_read(incmap__tokens *tokens, const char *text,
                                  const incmap_allocator *a, incmap_error *err)
{
    cutter c = { .tokens = tokens, .length = strlen(text) };
    incmap_status st = INCMAP_OK;

    tokens->text = text;
    tokens->count = 0;
    if (incmap__utf8_check(text, c.length) < c.length)
        return incmap__fail(err, INCMAP_EPARSE, "statement: found bytes that are not UTF-8");
    incmap__folder_init(&c.folder, a);
    while (!st) {
        incmap__token t = { .start = 0 };
        skip(&c, &t);
        if (c.at >= c.length) break;
        if (tokens->count == INCMAP__TOKENS_MOST) {
            st = incmap__fail(err, INCMAP_EPARSE,
                              "statement: found more than %d words, expected one sentence",
                              INCMAP__TOKENS_MOST);
            break;
        }
        read_token(&c, &t, tokens->count ? &tokens->items[tokens->count - 1] : NULL);
        st = fold_token(&c, &t, err);
        tokens->items[tokens->count++] = t;
    }
    incmap__folder_free(&c.folder);
    return st;
}
