/* SPDX-License-Identifier: MIT */
/* Several points side by side, so that the processor's vector units take them in one go: how many, and
 * how a function is built for several instruction sets, the best picked when the program starts. */
#ifndef INCMAP_GEODESY_LANES_H
#define INCMAP_GEODESY_LANES_H

/* Doubles in two registers of AVX2 or one of AVX-512, floats in one of AVX2. Loops over the lanes have
 * this constant length and no branch, which is what compilers ask for to make vectors of them. */
enum { INCMAP__LANES = 8 };

/* The loader picks, through a function that must run before the thread sanitizer is up. What is picked
 * is file-local: compilers export its helpers otherwise, or name it differently from file to file. But
 * clang's helpers are seen by all files, so no two such functions may have one name. */
#if defined(__SANITIZE_THREAD__)
#define INCMAP_NO_CLONES
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define INCMAP_NO_CLONES
#endif
#endif

#if defined(__x86_64__) && defined(__GLIBC__) && defined(__has_attribute) &&                       \
    !defined(INCMAP_NO_CLONES)
#if __has_attribute(target_clones)
#define INCMAP__CLONES __attribute__((target_clones("avx2", "default")))
#endif
#endif
#ifndef INCMAP__CLONES
#define INCMAP__CLONES
#endif

/* Before a loop over lanes: without it gcc unrolls short ones too early to make vectors of them. */
#if defined(__GNUC__) && !defined(__clang__)
#define INCMAP__LANE_LOOP _Pragma("GCC unroll 1")
#else
#define INCMAP__LANE_LOOP
#endif

/* What a cloned function calls has to become part of it, or it stays plain. */
#if defined(__GNUC__)
#define INCMAP__INLINE static inline __attribute__((always_inline))
#else
#define INCMAP__INLINE static inline
#endif

#endif
