/* SPDX-License-Identifier: MIT */
/* What every public header needs: visibility, C linkage. */
#ifndef INCMAP_EXPORT_H
#define INCMAP_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__) || defined(__clang__)
#define INCMAP_API __attribute__((visibility("default")))
#else
#define INCMAP_API
#endif

/* Starts an options struct: the version, its first member, and zero in all others. C++ knows member
 * names here only since 2020. */
#ifdef __cplusplus
#define INCMAP_INIT_VERSION(number)                                                                \
    {                                                                                              \
        number                                                                                     \
    }
#else
#define INCMAP_INIT_VERSION(number)                                                                \
    {                                                                                              \
        .version = (number)                                                                        \
    }
#endif

#ifdef __cplusplus
#define INCMAP_BEGIN_DECLS extern "C" {
#define INCMAP_END_DECLS }
#else
#define INCMAP_BEGIN_DECLS
#define INCMAP_END_DECLS
#endif

#endif
