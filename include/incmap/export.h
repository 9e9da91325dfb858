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

#ifdef __cplusplus
#define INCMAP_BEGIN_DECLS extern "C" {
#define INCMAP_END_DECLS }
#else
#define INCMAP_BEGIN_DECLS
#define INCMAP_END_DECLS
#endif

#endif
