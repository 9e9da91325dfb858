/* SPDX-License-Identifier: MIT */
/* Weighted edit distance, plain edit distance over characters, and deletion keys. */
#include "places/spelling.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "places/sound.h"

enum { MOST = INCMAP__SOUND_MOST };

/* ---- what a letter stands in ------------------------------------------------------------------ */

enum { ENDING = 1, CLOSED = 2 };

static bool ends_word(const char *text, size_t length, size_t at)
{
    return at >= length || text[at] == ' ';
}

static bool is_consonant(const char *text, size_t length, size_t at)
{
    return !ends_word(text, length, at) && !incmap__sound_is_vowel(text[at]);
}

/* ENDING: a vowel with none but vowels up to the end of its word. CLOSED: a vowel before a consonant
 * that no vowel follows, where Ukrainian has і for a Russian о or е. */
static void look_around(const char *text, size_t length, unsigned char flags[MOST])
{
    bool ending = true;

    for (size_t i = length; i-- > 0;) {
        const bool vowel = incmap__sound_is_vowel(text[i]);
        if (text[i] == ' ') {
            ending = true;
        } else {
            ending = ending && vowel;
        }
        flags[i] = 0;
        if (ending && text[i] != ' ') flags[i] |= ENDING;
        if (vowel && is_consonant(text, length, i + 1) &&
            (is_consonant(text, length, i + 2) || ends_word(text, length, i + 2)))
            flags[i] |= CLOSED;
    }
}

/* ---- costs ------------------------------------------------------------------------------------ */

static bool is_pair(char a, char b, const char *pairs)
{
    for (; *pairs; pairs += 2)
        if ((pairs[0] == a && pairs[1] == b) || (pairs[0] == b && pairs[1] == a)) return true;
    return false;
}

static double cost_of_vowels(char a, char b, unsigned flags)
{
    if (flags & ENDING) return 0.5;
    if (is_pair(a, b, "ie")) return 0.35;
    if (is_pair(a, b, "oi")) return flags & CLOSED ? 0.3 : 0.95;
    if (is_pair(a, b, "oe")) return flags & CLOSED ? 0.5 : 0.95;
    if (is_pair(a, b, "oa")) return 0.7;
    return 0.9;
}

static double cost_of_change(char a, char b, unsigned flags)
{
    if (a == b) return 0;
    if (a == ' ' || b == ' ') return 1.5;
    if (incmap__sound_is_vowel(a) && incmap__sound_is_vowel(b)) return cost_of_vowels(a, b, flags);
    if (is_pair(a, b, "gh")) return 0.5;
    if (is_pair(a, b, "dtbpzsvfgkjwcqwqwyyqhkkqckvuzjcs")) return 0.75;
    return 1;
}

static double cost_of_letter(char c, unsigned flags)
{
    if (c == ' ') return 0.1;
    if (flags & ENDING) return 0.5;
    if (c == 'i') return 0.8;
    return 1;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

struct texts {
    const char *a, *b;
    size_t a_length, b_length;
    unsigned char a_flags[MOST], b_flags[MOST];
};

/* Row i of the table from the two before it; returns its least value. */
static double fill_row(const struct texts *t, size_t i, const double two[], const double one[],
                       double row[])
{
    const char a = t->a[i - 1];
    double lowest;

    row[0] = one[0] + cost_of_letter(a, t->a_flags[i - 1]);
    lowest = row[0];
    for (size_t j = 1; j <= t->b_length; j++) {
        const char b = t->b[j - 1];
        const unsigned both = t->a_flags[i - 1] & t->b_flags[j - 1];
        double cost = one[j - 1] + cost_of_change(a, b, both);
        cost = least(cost, one[j] + cost_of_letter(a, t->a_flags[i - 1]));
        cost = least(cost, row[j - 1] + cost_of_letter(b, t->b_flags[j - 1]));
        if (i > 1 && j > 1 && a == t->b[j - 2] && b == t->a[i - 2] && a != b)
            cost = least(cost, two[j - 2] + 0.9);
        row[j] = cost;
        lowest = least(lowest, cost);
    }
    return lowest;
}

double incmap__spelling_cost(const char *a, size_t a_length, const char *b, size_t b_length,
                             double most)
{
    double rows[3][MOST + 1];
    struct texts t = { a, b, a_length, b_length, { 0 }, { 0 } };

    if (a_length == b_length && memcmp(a, b, a_length) == 0) return 0;
    if (a_length > MOST || b_length > MOST) return INFINITY;
    look_around(a, a_length, t.a_flags);
    look_around(b, b_length, t.b_flags);
    rows[0][0] = 0;
    for (size_t j = 1; j <= b_length; j++)
        rows[0][j] = rows[0][j - 1] + cost_of_letter(b[j - 1], t.b_flags[j - 1]);
    for (size_t i = 1; i <= a_length; i++) {
        const double lowest = fill_row(&t, i, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]);
        /* A swap reaches two rows back, and costs nearly one: the bound holds from there on. */
        if (lowest > most + 1) return INFINITY;
    }
    return rows[a_length % 3][b_length] <= most ? rows[a_length % 3][b_length] : INFINITY;
}

/* ---- characters ------------------------------------------------------------------------------- */

/* Code points of a text; MOST + 1 when there are more. */
static size_t widen(const char *text, size_t length, uint32_t points[MOST])
{
    size_t n = 0;

    for (size_t at = 0; at < length;) {
        uint32_t c;
        const size_t step = incmap__utf8_next(text + at, length - at, &c);
        if (!step || n == MOST) return MOST + 1;
        points[n++] = c;
        at += step;
    }
    return n;
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned count_edits(const uint32_t a[], size_t na, const uint32_t b[], size_t nb)
{
    unsigned rows[3][MOST + 1];

    for (size_t j = 0; j <= nb; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= na; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *one = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= nb; j++) {
            row[j] = smaller(one[j - 1] + (a[i - 1] != b[j - 1]), smaller(one[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], two[j - 2] + 1);
        }
    }
    return rows[na % 3][nb];
}

unsigned incmap__spelling_edits(const char *a, size_t a_length, const char *b, size_t b_length,
                                unsigned most)
{
    uint32_t wide_a[MOST], wide_b[MOST];
    const size_t na = widen(a, a_length, wide_a), nb = widen(b, b_length, wide_b);
    unsigned edits;

    if (na > MOST || nb > MOST || (na > nb ? na - nb : nb - na) > most) return most + 1;
    edits = count_edits(wide_a, na, wide_b, nb);
    return smaller(edits, most + 1);
}

/* ---- deletion keys ---------------------------------------------------------------------------- */

/* Seven letters are a number; its hash by multiplication (Knuth, vol. 3, 6.4). */
static uint32_t key_of(const char *text, size_t length, size_t without, size_t and_without)
{
    uint64_t packed = 0;

    for (size_t i = 0; i < length; i++)
        if (i != without && i != and_without) packed = packed << 8 | (unsigned char)text[i];
    return (uint32_t)((packed + 1) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static size_t add_key(uint32_t keys[], size_t n, uint32_t key)
{
    for (size_t i = 0; i < n; i++)
        if (keys[i] == key) return n;
    keys[n] = key;
    return n + 1;
}

size_t incmap__near_keys(const char *text, size_t length, uint32_t keys[INCMAP__NEAR_KEYS])
{
    const size_t prefix = length < INCMAP__NEAR_PREFIX ? length : INCMAP__NEAR_PREFIX;
    size_t n = 0;

    if (length < 2) return 0;
    n = add_key(keys, n, key_of(text, prefix, SIZE_MAX, SIZE_MAX));
    for (size_t i = 0; i < prefix; i++)
        n = add_key(keys, n, key_of(text, prefix, i, SIZE_MAX));
    if (length < INCMAP__NEAR_SHORT) return n;
    for (size_t i = 0; i < prefix; i++)
        for (size_t j = i + 1; j < prefix; j++)
            n = add_key(keys, n, key_of(text, prefix, i, j));
    return n;
}
