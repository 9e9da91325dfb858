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

/* Three digits behind a separator, and no fourth: "1,200", "1 200". */
static bool is_group(const cutter *c, size_t at)
{
    return digits_at(c, at) == 3;
}

static void add_digits(incmap__token *t, const cutter *c, size_t at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        t->value = t->value * 10 + (c->tokens->text[at + i] - '0');
}

/* Thousands in groups behind up to three digits. A comma before three digits is taken for one of
 * them: "1,200 km" is no one and a fifth. */
static size_t read_groups(incmap__token *t, const cutter *c, size_t at, size_t first)
{
    size_t bytes;
    uint32_t separator = peek(c, at, &bytes);

    if (first > 3 || (first == 1 && t->value == 0)) return at;
    if (separator != ',' && separator != ' ' && separator != 0xA0 && separator != 0x2009 &&
        separator != 0x202F && !is_apostrophe(separator))
        return at;
    while (peek(c, at, &bytes) == separator && is_group(c, at + bytes)) {
        add_digits(t, c, at + bytes, 3);
        at += bytes + 3;
    }
    return at;
}

static void read_number(incmap__token *t, cutter *c)
{
    const size_t first = digits_at(c, c->at);
    size_t at = c->at + first, n;

    t->is_number = true;
    add_digits(t, c, c->at, first);
    at = read_groups(t, c, at, first);
    if ((peek_at(c, at) == '.' || peek_at(c, at) == ',') && (n = digits_at(c, at + 1)) > 0) {
        double scale = 1;
        incmap__token behind = { .value = 0 };
        add_digits(&behind, c, at + 1, n);
        for (size_t i = 0; i < n; i++)
            scale *= 10;
        t->value += behind.value / scale;
        t->decimals = (int)n;
        at += 1 + n;
    }
    c->at = at;
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

/* Steps over what parts two words; says whether that keeps them one name. */
static void skip(cutter *c, incmap__token *next)
{
    size_t bytes;

    next->joined = true;
    while (c->at < c->length) {
        const uint32_t point = peek(c, c->at, &bytes);
        if (is_letter(point) || is_digit(point)) return;
        if (is_hyphen(point))
            next->hyphenated = true;
        else if (!is_space(point) && !is_apostrophe(point))
            next->joined = false;
        c->at += bytes;
    }
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
    const incmap_status st =
        incmap__fold(&c->folder, c->tokens->text + t->start, t->end - t->start, err);

    if (st) return st;
    if (c->folder.length < sizeof t->key) {
        memcpy(t->key, c->folder.key, c->folder.length);
        t->key[put_together(t->key, c->folder.length)] = '\0';
    }
    return INCMAP_OK;
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
        t.start = c.at;
        if (is_digit(peek_at(&c, c.at)))
            read_number(&t, &c);
        else
            read_word(&c);
        t.end = c.at;
        st = fold_token(&c, &t, err);
        tokens->items[tokens->count++] = t;
    }
    incmap__folder_free(&c.folder);
    return st;
}
