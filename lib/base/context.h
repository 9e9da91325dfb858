/* SPDX-License-Identifier: MIT */
/* The inside of a context. It knows no dependency: what a room makes lazily it keeps itself. */
#ifndef INCMAP_BASE_CONTEXT_H
#define INCMAP_BASE_CONTEXT_H

#include <incmap/context.h>

#include "base/failure.h"
#include "base/memory.h"

struct incmap_ctx {
    incmap_allocator allocator;
    incmap_log_fn log;
    void *log_user;
    incmap_error error;
};

/* Passes one line to the caller's log, if there is one. ctx may be NULL. */
void incmap__log(const incmap_ctx *ctx, incmap_log_level level, const char *format, ...)
    INCMAP__PRINTF(3, 4);

#endif
