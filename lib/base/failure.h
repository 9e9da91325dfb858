/* SPDX-License-Identifier: MIT */
/* The last error: a status and one line, in a fixed buffer so that saying "out of memory" needs
 * none. The lowest function that knows the cause writes it; callers pass the status up. */
#ifndef INCMAP_BASE_FAILURE_H
#define INCMAP_BASE_FAILURE_H

#include <incmap/status.h>

typedef struct incmap_error {
    incmap_status status;
    char message[512];
} incmap_error;

#if defined(__GNUC__) || defined(__clang__)
#define INCMAP__PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))
#else
#define INCMAP__PRINTF(format_at, args_at)
#endif

/* Sets both and returns the status, so that `st = incmap__fail(...)` reads in one line. A message
 * too long for the buffer is cut between UTF-8 characters; control bytes become spaces. err may be
 * NULL: only the status is returned then. */
incmap_status incmap__fail(incmap_error *err, incmap_status status, const char *format, ...)
    INCMAP__PRINTF(3, 4);

/* The one wording of ENOMEM. */
incmap_status incmap__fail_memory(incmap_error *err);

#endif
