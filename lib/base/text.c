/* SPDX-License-Identifier: MIT */
/* UTF-8 stepping and cutting, and numbers that do not depend on the locale. */
#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/byte_lanes.h"

size_t incmap__utf8_next(const char *text, size_t length, uint32_t *code_point)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *s = (const unsigned char *)text;
    size_t n;
    uint32_t c;

    if (s[0] < 0x80) {
        *code_point = s[0];
        return 1;
    }
    if (s[0] >= 0xF8 || s[0] < 0xC0) return 0;
    n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (n > length) return 0;
    c = s[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
        c = c << 6 | (s[i] & 0x3Fu);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return 0;
    *code_point = c;
    return n;
}

size_t incmap__utf8_put(uint32_t c, char buffer[4])
{
    if (c < 0x80) {
        buffer[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        buffer[0] = (char)(0xC0 | c >> 6);
        buffer[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c >= 0xD800 && c <= 0xDFFF) return 0;
    if (c < 0x10000) {
        buffer[0] = (char)(0xE0 | c >> 12);
        buffer[1] = (char)(0x80 | (c >> 6 & 0x3F));
        buffer[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    if (c > 0x10FFFF) return 0;
    buffer[0] = (char)(0xF0 | c >> 18);
    buffer[1] = (char)(0x80 | (c >> 12 & 0x3F));
    buffer[2] = (char)(0x80 | (c >> 6 & 0x3F));
    buffer[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* Length of the run of ASCII at the front, found eight bytes at a time. */
static size_t ascii_run(const char *text, size_t length)
{
    size_t at = 0;
    uint64_t eight;

    for (; length - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, text + at, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080)) break;
    }
    while (at < length && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

/* How many bytes are looked at in one go, and how many before them can say what a byte must be. */
enum { BLOCK = INCMAP__BYTE_LANES, BEHIND = 3, SHORT_MOST = 4 * BLOCK };

typedef incmap__bytes lanes;
typedef incmap__truths truths;

static inline truths continue_one(lanes b)
{
    return (truths)b < -64; /* 80 to BF, as signed numbers */
}

/* Which bytes, behind the three before them, are none that UTF-8 has there.
 * A byte continues a character exactly where the one before begins a character, the second before one of
 * three bytes or the third before one of four; E0, ED, F0 and F4 narrow the byte that follows them, and
 * C0, C1 and all from F5 on are never there. */
static inline truths are_wrong(const unsigned char *text)
{
    const lanes b = incmap__bytes_load(text), before = incmap__bytes_load(text - 1);
    const truths continues = continue_one(b);
    const truths expected = (before >= 0xC0) | (incmap__bytes_load(text - 2) >= 0xE0) |
                            (incmap__bytes_load(text - 3) >= 0xF0);
    const truths never = ((b & 0xFE) == 0xC0) | (b >= 0xF5);
    const truths narrowed = ((before == 0xE0) & (b < 0xA0)) | ((before == 0xED) & (b > 0x9F)) |
                            ((before == 0xF0) & (b < 0x90)) | ((before == 0xF4) & (b > 0x8F));
    return (continues ^ expected) | never | narrowed;
}

/* What blocks can be. With characters of three bytes they must be asked more, whatever else they seem. */
typedef enum { GOOD, WRONG, LARGE } finding;

/* The same where no character of three bytes is near: half of the questions are none. */
static inline truths are_wrong_small(const unsigned char *text, lanes b)
{
    return (continue_one(b) ^ (incmap__bytes_load(text - 1) >= 0xC0)) | ((b & 0xFE) == 0xC0);
}

/* Few texts have such characters, so that they are looked for in all blocks at once. */
static finding check_blocks(const unsigned char *text, size_t blocks)
{
    truths wrong = { 0 }, large = { 0 };

    for (; blocks > 0; blocks--, text += BLOCK) {
        const lanes b = incmap__bytes_load(text);
        wrong |= are_wrong_small(text, b);
        large |= b >= 0xE0;
    }
    return incmap__truths_any(large) ? LARGE : incmap__truths_any(wrong) ? WRONG : GOOD;
}

/* Of a text that has some: apostrophes and dashes mostly, a few in many blocks. */
static finding check_large_blocks(const unsigned char *text, size_t blocks)
{
    truths wrong = { 0 };

    for (; blocks > 0; blocks--, text += BLOCK) {
        const lanes b = incmap__bytes_load(text);
        const bool large =
            incmap__truths_any((b >= 0xE0) | (incmap__bytes_load(text - BEHIND) >= 0xE0));
        wrong |= large ? are_wrong(text) : are_wrong_small(text, b);
    }
    return incmap__truths_any(wrong) ? WRONG : GOOD;
}

/* A text in pieces: its first block behind zeros, since what stands before it is not its own, the blocks
 * that lie whole in it, and the rest before zeros, of which the first shows a character that is broken
 * off. */
struct pieces {
    const unsigned char *text[3];
    size_t blocks[3];
    size_t count;
    unsigned char first[BEHIND + BLOCK], last[BEHIND + BLOCK];
};

static void take_pieces(struct pieces *p, const unsigned char *text, size_t length)
{
    const size_t first = length < BLOCK ? length : BLOCK, rest = (length - first) % BLOCK;

    memset(p->first, 0, sizeof p->first);
    memcpy(p->first + BEHIND, text, first);
    p->text[0] = p->first + BEHIND;
    p->blocks[0] = p->count = 1;
    if (first < BLOCK) return;
    memset(p->last, 0, sizeof p->last);
    memcpy(p->last, text + length - rest - BEHIND, BEHIND + rest);
    p->text[1] = text + BLOCK;
    p->blocks[1] = (length - BLOCK) / BLOCK;
    p->text[2] = p->last + BEHIND;
    p->blocks[2] = 1;
    p->count = 3;
}

static bool is_utf8(const unsigned char *text, size_t length)
{
    struct pieces p;
    finding worst = GOOD;

    take_pieces(&p, text, length);
    for (size_t i = 0; i < p.count; i++) {
        const finding found = check_blocks(p.text[i], p.blocks[i]);
        if (found > worst) worst = found;
    }
    if (worst != LARGE) return worst == GOOD;
    for (size_t i = 0; i < p.count; i++)
        if (check_large_blocks(p.text[i], p.blocks[i]) != GOOD) return false;
    return true;
}

size_t incmap__utf8_check(const char *text, size_t length)
{
    size_t at = length < SHORT_MOST ? ascii_run(text, length) : 0;

    if (at == length || is_utf8((const unsigned char *)text, length)) return length;
    while (at < length) {
        uint32_t c;
        const size_t n = incmap__utf8_next(text + at, length - at, &c);
        if (!n) break;
        at += n;
    }
    return at;
}

size_t incmap__utf8_cut(const char *text, size_t length, size_t most)
{
    size_t start;
    uint32_t c;

    if (most > length) most = length;
    /* Back over the bytes that continue a character to the one that begins the last. */
    for (start = most; start > 0 && most - start < 4;) {
        start--;
        if (((unsigned char)text[start] & 0xC0) != 0x80) break;
    }
    if (most == 0 || incmap__utf8_next(text + start, most - start, &c) == most - start) return most;
    /* The last one is cut, or the bytes are no UTF-8 at all: then they may go as they are. */
    return (unsigned char)text[start] >= 0xC0 ? start : most;
}

size_t incmap__text_copy(char *buffer, size_t size, const char *text)
{
    const size_t length = strlen(text);
    const size_t n = length < size ? length : incmap__utf8_cut(text, length, size - 1);
    memcpy(buffer, text, n);
    buffer[n] = '\0';
    return n;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool incmap__text_same(const char *a, const char *b)
{
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}

void incmap__text_one_line(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F) *text = ' ';
}

void incmap__text_add(char *buffer, size_t size, size_t *used, const char *format, ...)
{
    const bool room = *used < size;
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(room ? buffer + *used : NULL, room ? size - *used : 0, format, args);
    va_end(args);
    if (n > 0) *used += (size_t)n;
    if (room && *used >= size) buffer[incmap__utf8_cut(buffer, size - 1, size - 1)] = '\0';
}

void incmap__text_point(char *digits)
{
    char *to = digits;

    for (const char *from = digits; *from; from++) {
        const bool letter = (*from >= 'a' && *from <= 'z') || (*from >= 'A' && *from <= 'Z');
        const bool digit = *from >= '0' && *from <= '9';
        if (letter || digit || *from == '-' || *from == '+')
            *to++ = *from;
        else if (to == digits || to[-1] != '.')
            *to++ = '.'; /* for a point of several bytes too */
    }
    *to = '\0';
}

incmap__number_text incmap__number(double value)
{
    incmap__number_text number;

    (void)snprintf(number.text, sizeof number.text, "%.15g", value);
    incmap__text_point(number.text);
    return number;
}

/* Up to 15 digits with a point among them: both they, as a whole number, and the power of ten are exact,
 * and so their quotient is the nearest double, as strtod's is (W. D. Clinger, How to read floating point
 * numbers accurately, 1990). False for anything else. */
static bool read_plain(const char *text, size_t length, double *out)
{
    static const double powers[] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    const bool minus = length > 0 && text[0] == '-';
    size_t digits = 0, point = length;
    int64_t whole = 0;

    for (size_t i = minus; i < length; i++) {
        if (text[i] == '.' && point == length) {
            point = i;
        } else {
            if (text[i] < '0' || text[i] > '9' || ++digits > 15) return false;
            whole = whole * 10 + (text[i] - '0');
        }
    }
    if (digits == 0) return false;
    *out = (double)whole / powers[point < length ? length - point - 1 : 0];
    if (minus) *out = -*out;
    return true;
}

/* A decimal between two doubles has at most 767 digits that count; of more it matters only whether any is
 * not zero. */
enum { DIGITS_MOST = 770, EXPONENT_MOST = 9999 };

/* A number on its way to strtod: as a whole number with an exponent, which no locale writes otherwise. */
typedef struct {
    size_t count;
    int64_t exponent; /* of ten, behind the digits */
    bool any;         /* a digit was there, if only a zero */
    char digits[DIGITS_MOST + 8];
} decimal;

static void take_digit(decimal *d, char digit, bool behind_point)
{
    d->any = true;
    if (d->count < DIGITS_MOST) {
        if (d->count > 0 || digit != '0') d->digits[d->count++] = digit;
        d->exponent -= behind_point;
    } else {
        if (digit != '0') d->digits[DIGITS_MOST - 1] |= 1; /* no longer on a half */
        d->exponent += !behind_point;
    }
}

/* "e5", "E-05" to the end of the text. */
static bool take_exponent(const char *text, size_t length, decimal *d)
{
    const bool sign = length > 1 && (text[1] == '-' || text[1] == '+');
    const size_t from = 1 + (size_t)sign;
    int64_t exponent = 0;

    if (from >= length) return false;
    for (size_t i = from; i < length; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        if (exponent < INT64_MAX / 20) exponent = exponent * 10 + (text[i] - '0');
    }
    d->exponent += text[1] == '-' ? -exponent : exponent;
    return true;
}

static bool read_decimal(const char *text, size_t length, decimal *d)
{
    size_t i = length > 0 && (text[0] == '-' || text[0] == '+');
    bool point = false;

    d->count = 0;
    d->exponent = 0;
    d->any = false;
    for (; i < length; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            take_digit(d, text[i], point);
        else if (text[i] == '.' && !point)
            point = true;
        else
            break;
    }
    if (!d->any) return false;
    if (i == length) return true;
    return (text[i] == 'e' || text[i] == 'E') && take_exponent(text + i, length - i, d);
}

/* Into the digits, as "e-0012". */
static void put_exponent(decimal *d)
{
    const bool minus = d->exponent < 0;
    const int64_t size = minus ? -d->exponent : d->exponent;
    int left = size < EXPONENT_MOST ? (int)size : EXPONENT_MOST;
    char *to = d->digits + d->count;

    to[0] = 'e';
    to[1] = minus ? '-' : '+';
    for (int i = 5; i > 1; i--, left /= 10)
        to[i] = (char)('0' + left % 10);
    to[6] = '\0';
}

/* By strtod, which gives the nearest double. */
bool incmap__text_to_double(const char *text, size_t length, double *out)
{
    decimal d;
    double value = 0;

    if (read_plain(text, length, out)) return true;
    if (!read_decimal(text, length, &d)) return false;
    if (d.count > 0) {
        put_exponent(&d);
        value = strtod(d.digits, NULL);
    }
    if (!isfinite(value)) return false;
    *out = text[0] == '-' ? -value : value;
    return true;
}

bool incmap__text_to_int(const char *text, size_t length, int64_t *out)
{
    char copy[32];
    char *end;
    long long value = 0;

    if (length == 0 || length >= sizeof copy) return false;
    for (size_t i = 0; i < length; i++) {
        const bool sign = i == 0 && length > 1 && (text[i] == '+' || text[i] == '-');
        if (!sign && (text[i] < '0' || text[i] > '9')) return false;
    }
    if (length <= 18) { /* no sum of so many digits leaves 64 bits */
        const bool sign = text[0] == '+' || text[0] == '-';
        for (size_t i = sign; i < length; i++)
            value = value * 10 + (text[i] - '0');
        *out = text[0] == '-' ? -value : value;
        return true;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    errno = 0;
    value = strtoll(copy, &end, 10);
    if (errno || *end) return false;
    *out = value;
    return true;
}
