/* SPDX-License-Identifier: MIT */
/* Weighted edit distance, and plain edit distances over characters and over bits. */
#include "places/spelling.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "places/sound.h"

enum { MOST = INCMAP__SOUND_MOST };

/* ---- what a letter stands in ------------------------------------------------------------------ */

enum { ENDING = 1, CLOSED = 2, VOWELS = 4 };

static bool ends_word(const char *text, size_t length, size_t at)
{
    return at >= length || text[at] == ' ';
}

static bool is_vowel(const char *text, size_t length, size_t at)
{
    return at < length && incmap__sound_is_vowel(text[at]);
}

static bool is_consonant(const char *text, size_t length, size_t at)
{
    return !ends_word(text, length, at) && !incmap__sound_is_vowel(text[at]);
}

/* Whether what follows a consonant shuts the syllable before it; -жжя and -лля do, which were -жье. */
static bool is_shut(const char *text, size_t length, size_t at)
{
    return !is_vowel(text, length, at) || (text[at] == 'i' && is_vowel(text, length, at + 1));
}

/* ENDING: a vowel with none but vowels up to the end of its word. CLOSED: a vowel before a consonant
 * that no vowel follows, where Ukrainian has і for a Russian о or е. */
static unsigned flags_at(const char *text, size_t length, size_t at)
{
    unsigned flags = VOWELS;
    size_t end = at + 1;

    if (!incmap__sound_is_vowel(text[at])) return 0;
    while (is_vowel(text, length, end))
        end++;
    if (ends_word(text, length, end)) flags |= ENDING;
    if (is_consonant(text, length, at + 1) && is_shut(text, length, at + 2)) flags |= CLOSED;
    return flags;
}

static void look_around(const char *text, size_t length, unsigned char flags[MOST])
{
    for (size_t i = 0; i < length; i++)
        flags[i] = (unsigned char)flags_at(text, length, i);
}

/* ---- costs ------------------------------------------------------------------------------------ */

/* Consonants that voices, hands and scripts take for one another; those that share a bit: gh dt bp zs vf
 * gk jw cq wq wy yq hk kq ck vu zj cs. */
#define IS(letter) ((letter) - 'a')
static const uint32_t near_letters[26] = {
    [IS('b')] = 0x00004, [IS('c')] = 0x12080, [IS('d')] = 0x00002, [IS('f')] = 0x00010,
    [IS('g')] = 0x00021, [IS('h')] = 0x00801, [IS('j')] = 0x08040, [IS('k')] = 0x03820,
    [IS('p')] = 0x00004, [IS('q')] = 0x01580, [IS('s')] = 0x10008, [IS('t')] = 0x00002,
    [IS('u')] = 0x04000, [IS('v')] = 0x04010, [IS('w')] = 0x00340, [IS('y')] = 0x00600,
    [IS('z')] = 0x08008
};

static bool is_either(char a, char b, char one, char other)
{
    return (a == one && b == other) || (a == other && b == one);
}

/* Of two vowels that stand for one another. */
static unsigned join_flags(unsigned a, unsigned b)
{
    return (a & b & ENDING) | ((a | b) & CLOSED);
}

static float cost_of_vowels(char a, char b, unsigned flags)
{
    if (flags & ENDING) return 0.3F;
    if (is_either(a, b, 'i', 'e')) return 0.35F;
    if (is_either(a, b, 'o', 'i')) return flags & CLOSED ? 0.3F : 1.3F;
    if (is_either(a, b, 'o', 'e')) return flags & CLOSED ? 0.5F : 1.3F;
    return is_either(a, b, 'o', 'a') ? 0.7F : 0.9F;
}

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Of two that are not the same and not both vowels. */
static float cost_of_change(char a, char b)
{
    if (!is_letter(a) || !is_letter(b)) return a == ' ' || b == ' ' ? 1.5F : 1;
    if (is_either(a, b, 'g', 'h')) return 0.5F;
    return near_letters[IS(a)] & near_letters[IS(b)] ? 0.75F : 1;
}

static float cost_of_letter(char c, unsigned flags)
{
    if (c == ' ') return 0.1F;
    if (flags & ENDING) return 0.2F;
    if (c == 'i') return 0.8F;
    return 1;
}

/* Another ending of the whole may be a case, and may be another name: it costs apart from its letters. */
static float cost_of_endings(const char *a, size_t a_length, const char *b, size_t b_length)
{
    while (a_length > 0 && b_length > 0 && a[a_length - 1] == b[b_length - 1]) {
        if (!incmap__sound_is_vowel(a[a_length - 1])) return 0;
        a_length--;
        b_length--;
    }
    return (a_length > 0 && incmap__sound_is_vowel(a[a_length - 1])) ||
                   (b_length > 0 && incmap__sound_is_vowel(b[b_length - 1]))
               ? 0.4F
               : 0;
}

static float least(float a, float b)
{
    return a < b ? a : b;
}

struct texts {
    const char *a, *b;
    size_t a_length, b_length;
    unsigned char a_flags[MOST], b_flags[MOST];
    float b_out[MOST]; /* what leaving out each letter of b costs */
};

static float cost_between(const struct texts *t, size_t i, size_t j)
{
    const unsigned a = t->a_flags[i], b = t->b_flags[j];

    if (a & b & VOWELS) return cost_of_vowels(t->a[i], t->b[j], join_flags(a, b));
    return cost_of_change(t->a[i], t->b[j]);
}

/* Row i of the table from the two before it; returns its least value. */
static float fill_row(const struct texts *t, size_t i, const float two[], const float one[],
                      float row[])
{
    const char a = t->a[i - 1];
    const float out = cost_of_letter(a, t->a_flags[i - 1]);
    float lowest;

    row[0] = one[0] + out;
    lowest = row[0];
    for (size_t j = 1; j <= t->b_length; j++) {
        const char b = t->b[j - 1];
        float cost = one[j - 1];
        if (a != b) cost += cost_between(t, i - 1, j - 1);
        cost = least(cost, one[j] + out);
        cost = least(cost, row[j - 1] + t->b_out[j - 1]);
        if (j > 1 && i > 1 && a != b && a == t->b[j - 2] && b == t->a[i - 2])
            cost = least(cost, two[j - 2] + 0.9F);
        row[j] = cost;
        lowest = least(lowest, cost);
    }
    return lowest;
}

/* The least sum, by filling the table; INFINITY once it is above `most`. */
static float cost_of_edits(struct texts *t, double most)
{
    float rows[3][MOST + 1], before = 0;

    look_around(t->a, t->a_length, t->a_flags);
    look_around(t->b, t->b_length, t->b_flags);
    rows[0][0] = 0;
    for (size_t j = 1; j <= t->b_length; j++) {
        t->b_out[j - 1] = cost_of_letter(t->b[j - 1], t->b_flags[j - 1]);
        rows[0][j] = rows[0][j - 1] + t->b_out[j - 1];
    }
    for (size_t i = 1; i <= t->a_length; i++) {
        const float lowest = fill_row(t, i, rows[(i + 1) % 3], rows[(i + 2) % 3], rows[i % 3]);
        /* A swap reaches two rows back, so two rows must be above. */
        if ((double)lowest > most && (double)before > most) return INFINITY;
        before = lowest;
    }
    return rows[t->a_length % 3][t->b_length];
}

/* Below what any letter inside a word costs to put in or leave out. */
#define LEAST_INSIDE 0.8F

/* The cost of two texts of one length that differ by single vowels alone, each between letters that are the
 * same: as it is for nearly all names of one root. Nothing is cheaper then than taking each for the other,
 * since what is put in must be left out elsewhere, and letters between would be others: sounds never have
 * two alike side by side. Above LEAST_INSIDE when it is not so plain. */
static float cost_of_single_vowels(const char *a, const char *b, size_t length)
{
    float cost = 0;
    bool differs = false;

    for (size_t i = 0; i < length; i++) {
        const bool before = differs;
        differs = a[i] != b[i];
        if (!differs) continue;
        if (before || !incmap__sound_is_vowel(a[i]) || !incmap__sound_is_vowel(b[i]))
            return INFINITY;
        cost +=
            cost_of_vowels(a[i], b[i], join_flags(flags_at(a, length, i), flags_at(b, length, i)));
    }
    return cost;
}

double incmap__spelling_cost(const char *a, size_t a_length, const char *b, size_t b_length,
                             double most)
{
    float cost = INFINITY;

    if (a_length == b_length && memcmp(a, b, a_length) == 0) return 0;
    if (a_length > MOST || b_length > MOST) return INFINITY;
    if (a_length == b_length) cost = cost_of_single_vowels(a, b, a_length);
    if (!(cost < LEAST_INSIDE)) {
        struct texts t;
        t.a = a;
        t.b = b;
        t.a_length = a_length;
        t.b_length = b_length;
        cost = cost_of_edits(&t, most);
    }
    cost += cost_of_endings(a, a_length, b, b_length);
    return cost <= most ? cost : INFINITY;
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

/* ---- roots ------------------------------------------------------------------------------------- */

void incmap__spelling_pattern(incmap__spelling_pattern_of *pattern, const char *text, size_t length)
{
    memset(pattern->at, 0, sizeof pattern->at);
    pattern->length = length <= MOST ? length : MOST;
    for (size_t i = 0; i < pattern->length; i++)
        pattern->at[text[i] & 127] |= UINT64_C(1) << i;
}

unsigned incmap__spelling_far(const incmap__spelling_pattern_of *pattern, const char *text,
                              size_t length, unsigned most)
{
    const uint64_t last = pattern->length ? UINT64_C(1) << (pattern->length - 1) : 0;
    uint64_t plus = UINT64_MAX, minus = 0, same = UINT64_MAX, before = 0;
    size_t far = pattern->length;

    for (size_t i = 0; i < length && last; i++) {
        const uint64_t equal = pattern->at[text[i] & 127];
        const uint64_t swapped = (~same & equal) << 1 & before;
        uint64_t up, down;
        same = (((equal & plus) + plus) ^ plus) | equal | minus | swapped;
        up = minus | ~(same | plus);
        down = plus & same;
        far += (up & last) != 0;
        far -= (down & last) != 0;
        up = up << 1 | 1;
        down <<= 1;
        plus = down | ~(same | up);
        minus = up & same;
        before = equal;
        /* Each letter to come takes off one at most. */
        if (far > most + (length - i - 1)) return most + 1;
    }
    return (unsigned)(last ? far : length);
}
