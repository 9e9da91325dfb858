/* SPDX-License-Identifier: MIT */
/* Signatures of texts, and the pass over many of them: eight side by side, since nearly all groups of
 * eight have none that is near. */
#include "places/signature.h"

#include "geodesy/lanes.h"

/* Where the bits of a letter begin and how many it has, by how often it comes twice and more in the names
 * of Ukraine's and Russia's settlements. Digits share five, one each; letters without bits are told
 * apart by the comparison alone. */
static const struct bits {
    unsigned char at, count;
} letter_bits[INCMAP__ALPHABETS][128] = {
    [INCMAP__ALPHABET_ROOT] = { ['o'] = { 0, 6 },  ['a'] = { 6, 4 },  ['n'] = { 10, 3 },
                                ['k'] = { 13, 3 }, ['v'] = { 16, 3 }, ['r'] = { 19, 3 },
                                ['l'] = { 22, 2 }, ['s'] = { 24, 3 }, ['d'] = { 27, 2 },
                                ['t'] = { 29, 2 }, ['b'] = { 31, 2 }, ['m'] = { 33, 2 },
                                ['g'] = { 35, 2 }, ['p'] = { 37, 2 }, ['u'] = { 39, 2 },
                                ['z'] = { 41, 2 }, ['q'] = { 43, 1 }, ['h'] = { 44, 2 },
                                ['c'] = { 46, 2 }, ['j'] = { 48, 2 }, ['w'] = { 50, 2 },
                                ['f'] = { 52, 1 }, ['y'] = { 53, 1 }, ['0'] = { 54, 1 },
                                ['1'] = { 55, 1 }, ['2'] = { 56, 1 }, ['3'] = { 57, 1 },
                                ['4'] = { 58, 1 }, ['5'] = { 54, 1 }, ['6'] = { 55, 1 },
                                ['7'] = { 56, 1 }, ['8'] = { 57, 1 }, ['9'] = { 58, 1 } },
    [INCMAP__ALPHABET_LATIN] = { ['a'] = { 0, 4 },  ['o'] = { 4, 4 },  ['i'] = { 8, 3 },
                                 ['k'] = { 11, 3 }, ['v'] = { 14, 3 }, ['e'] = { 17, 3 },
                                 ['n'] = { 20, 3 }, ['s'] = { 23, 3 }, ['r'] = { 26, 3 },
                                 ['l'] = { 29, 3 }, ['y'] = { 32, 2 }, ['h'] = { 34, 2 },
                                 ['t'] = { 36, 2 }, ['u'] = { 38, 2 }, ['m'] = { 40, 2 },
                                 ['d'] = { 42, 2 }, ['b'] = { 44, 2 }, ['z'] = { 46, 2 },
                                 ['c'] = { 48, 2 }, ['p'] = { 50, 2 }, ['g'] = { 52, 2 },
                                 ['j'] = { 54, 1 }, ['w'] = { 55, 1 }, ['f'] = { 56, 1 },
                                 ['q'] = { 57, 1 }, ['x'] = { 58, 1 }, ['0'] = { 59, 1 },
                                 ['1'] = { 60, 1 }, ['2'] = { 61, 1 }, ['3'] = { 62, 1 },
                                 ['4'] = { 63, 1 }, ['5'] = { 59, 1 }, ['6'] = { 60, 1 },
                                 ['7'] = { 61, 1 }, ['8'] = { 62, 1 }, ['9'] = { 63, 1 } },
    [INCMAP__ALPHABET_CYRILLIC] = { [0x40] = { 0, 4 },  [0x4E] = { 4, 4 },  [0x48] = { 8, 3 },
                                    [0x4A] = { 11, 3 }, [0x42] = { 14, 3 }, [0x45] = { 17, 3 },
                                    [0x4D] = { 20, 3 }, [0x50] = { 23, 3 }, [0x4B] = { 26, 3 },
                                    [0x60] = { 29, 3 }, [0x51] = { 32, 2 }, [0x52] = { 34, 2 },
                                    [0x53] = { 36, 2 }, [0x4C] = { 38, 2 }, [0x44] = { 40, 2 },
                                    [0x4F] = { 42, 2 }, [0x5C] = { 44, 1 }, [0x41] = { 45, 1 },
                                    [0x47] = { 46, 1 }, [0x5F] = { 47, 1 }, [0x43] = { 48, 1 },
                                    [0x55] = { 49, 1 }, [0x57] = { 50, 1 }, [0x58] = { 51, 1 },
                                    [0x46] = { 52, 1 }, [0x56] = { 53, 1 }, [0x5B] = { 54, 1 },
                                    [0x5E] = { 55, 1 }, [0x59] = { 56, 1 }, [0x54] = { 57, 1 },
                                    [0x61] = { 58, 1 }, ['0'] = { 59, 1 },  ['1'] = { 60, 1 },
                                    ['2'] = { 61, 1 },  ['3'] = { 62, 1 },  ['4'] = { 63, 1 },
                                    ['5'] = { 59, 1 },  ['6'] = { 60, 1 },  ['7'] = { 61, 1 },
                                    ['8'] = { 62, 1 },  ['9'] = { 63, 1 } },
};

uint64_t incmap__signature(incmap__alphabet alphabet, const char *text, size_t length)
{
    const struct bits *table = letter_bits[alphabet];
    unsigned char seen[64] = { 0 };
    uint64_t signature = 0;

    for (size_t i = 0; i < length; i++) {
        const struct bits letter = table[text[i] & 127];
        if (seen[letter.at] < letter.count)
            signature |= UINT64_C(1) << (letter.at + seen[letter.at]++);
    }
    return signature;
}

/* What is left of a number when its lowest `n` set bits are taken: 0 when it has no more. Counting them
 * all would take twice the steps where the processor has no instruction for it. */
INCMAP__INLINE uint64_t take_bits(uint64_t x, unsigned n)
{
    x = n > 0 ? x & (x - 1) : x;
    x = n > 1 ? x & (x - 1) : x;
    x = n > 2 ? x & (x - 1) : x;
    return n > 3 ? x & (x - 1) : x;
}

INCMAP__INLINE size_t find_near(const uint64_t signatures[], size_t n, uint64_t signature,
                                unsigned bits, uint32_t found[])
{
    size_t count = 0, i = 0;

    for (; i + INCMAP__LANES <= n; i += INCMAP__LANES) {
        uint64_t left[INCMAP__LANES], any = 0;
        INCMAP__LANE_LOOP
        for (size_t k = 0; k < INCMAP__LANES; k++) {
            left[k] = take_bits(signatures[i + k] ^ signature, bits);
            any |= left[k] == 0;
        }
        for (size_t k = 0; any && k < INCMAP__LANES; k++)
            if (left[k] == 0) found[count++] = (uint32_t)(i + k);
    }
    for (; i < n; i++)
        if (take_bits(signatures[i] ^ signature, bits) == 0) found[count++] = (uint32_t)i;
    return count;
}

INCMAP__CLONES static size_t find_four(const uint64_t s[], size_t n, uint64_t signature,
                                       uint32_t found[])
{
    return find_near(s, n, signature, 4, found);
}

INCMAP__CLONES static size_t find_three(const uint64_t s[], size_t n, uint64_t signature,
                                        uint32_t found[])
{
    return find_near(s, n, signature, 3, found);
}

INCMAP__CLONES static size_t find_two(const uint64_t s[], size_t n, uint64_t signature,
                                      uint32_t found[])
{
    return find_near(s, n, signature, 2, found);
}

size_t incmap__signatures_near(const uint64_t signatures[], size_t n, uint64_t signature,
                               unsigned bits, uint32_t found[INCMAP__SIGNATURES_AT_ONCE])
{
    if (n > INCMAP__SIGNATURES_AT_ONCE) n = INCMAP__SIGNATURES_AT_ONCE;
    if (bits == 4) return find_four(signatures, n, signature, found);
    if (bits == 3) return find_three(signatures, n, signature, found);
    if (bits == 2) return find_two(signatures, n, signature, found);
    return find_near(signatures, n, signature, bits, found);
}
