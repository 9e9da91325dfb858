/* SPDX-License-Identifier: MIT */
/* The version of the header and of the library that runs. */
#ifndef INCMAP_VERSION_H
#define INCMAP_VERSION_H

#include <incmap/export.h>

#define INCMAP_VERSION_MAJOR 0
#define INCMAP_VERSION_MINOR 1
#define INCMAP_VERSION_PATCH 0
#define INCMAP_VERSION_STRING "0.1.0"

INCMAP_BEGIN_DECLS

/**
 * Version of the library that is linked in, which may differ from the header's.
 *
 * @return "major.minor.patch"; static, never NULL
 *
 * Threads:  any
 * Since:    0.1
 */
INCMAP_API const char *incmap_version(void);

INCMAP_END_DECLS

#endif
