/* SPDX-License-Identifier: MIT */
/* Sixteen bytes side by side, one register of any processor of 64 bits: gcc's and clang's own vectors, which
 * neither makes of a loop that ends where something is found. */
#ifndef INCMAP_BASE_BYTE_LANES_H
#define INCMAP_BASE_BYTE_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { INCMAP__BYTE_LANES = 16 };

typedef unsigned char incmap__bytes __attribute__((vector_size(INCMAP__BYTE_LANES)));
/* Of a comparison: each all ones or 0. */
typedef signed char incmap__truths __attribute__((vector_size(INCMAP__BYTE_LANES)));

static inline incmap__bytes incmap__bytes_load(const unsigned char *from)
{
    incmap__bytes v;
    memcpy(&v, from, sizeof v);
    return v;
}

/* Which are true, the first in the lowest bit, so that the first is found without a branch. */
static inline unsigned incmap__truths_bits(incmap__truths v)
{
#ifdef __SSE2__
    typedef char bytes __attribute__((vector_size(INCMAP__BYTE_LANES)));
    return (unsigned)__builtin_ia32_pmovmskb128((bytes)v);
#else
    /* Each byte leaves a bit of its own, and the product adds them up in its highest byte. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    const uint64_t own = UINT64_C(0x0102040810204080);
#else
    const uint64_t own = UINT64_C(0x8040201008040201);
#endif
    const uint64_t sum = UINT64_C(0x0101010101010101);
    uint64_t half[2];
    memcpy(half, &v, sizeof v);
    return (unsigned)((half[0] & own) * sum >> 56 | (half[1] & own) * sum >> 56 << 8);
#endif
}

static inline bool incmap__truths_any(incmap__truths v)
{
    uint64_t half[2];

    memcpy(half, &v, sizeof v);
    return (half[0] | half[1]) != 0;
}

/* In a register, whatever the processor: compilers make one instruction of it where there is one, so in
 * functions built for several processors it has to become part of them. */
static inline __attribute__((always_inline)) unsigned incmap__count_bits(uint64_t v)
{
    v -= v >> 1 & UINT64_C(0x5555555555555555);
    v = (v & UINT64_C(0x3333333333333333)) + (v >> 2 & UINT64_C(0x3333333333333333));
    v = (v + (v >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (unsigned)(v * UINT64_C(0x0101010101010101) >> 56);
}

#endif
