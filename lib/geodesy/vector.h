/* SPDX-License-Identifier: MIT */
/* One function, several instruction sets, chosen when the program starts. Only loops of plain IEEE
 * operations without reductions are built this way, and contraction is off, so every version gives the
 * same bits. */
#ifndef INCMAP_GEODESY_VECTOR_H
#define INCMAP_GEODESY_VECTOR_H

#include <limits.h> /* says __GLIBC__ */

/* The choice is made by the loader: before the thread sanitizer is up, whose instrumented code fails
 * there, and not at all outside glibc. */
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
#define INCMAP__VECTOR __attribute__((target_clones("avx2", "default")))
#endif
#endif
#ifndef INCMAP__VECTOR
#define INCMAP__VECTOR
#endif

#endif
