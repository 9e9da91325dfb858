/* SPDX-License-Identifier: MIT */
/* Making and freeing contexts, reading their last error, writing to their log. */
#include "base/context.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static bool allocator_is_whole(const incmap_allocator *a)
{
    return (a->alloc && a->realloc && a->free) || (!a->alloc && !a->realloc && !a->free);
}

incmap_status incmap_ctx_new(const incmap_ctx_options *options, incmap_ctx **out)
{
    const incmap_ctx_options opt = options ? *options : (incmap_ctx_options)INCMAP_CTX_OPTIONS_INIT;
    incmap_allocator allocator = opt.allocator;
    incmap_ctx *ctx;

    if (!out || !allocator_is_whole(&allocator)) return INCMAP_EARG;
    if (!allocator.alloc) allocator = incmap__allocator_default();
    ctx = incmap__alloc_zeroed(&allocator, 1, sizeof *ctx);
    if (!ctx) return INCMAP_ENOMEM;
    ctx->allocator = allocator;
    ctx->log = opt.log;
    ctx->log_user = opt.log_user;
    *out = ctx;
    return INCMAP_OK;
}

void incmap_ctx_free(incmap_ctx *ctx)
{
    if (ctx) {
        const incmap_allocator allocator = ctx->allocator;
        incmap__free(&allocator, ctx);
    }
}

const char *incmap_ctx_message(const incmap_ctx *ctx)
{
    return ctx ? ctx->error.message : "no context was given";
}

incmap_status incmap_ctx_status(const incmap_ctx *ctx)
{
    return ctx ? ctx->error.status : INCMAP_EARG;
}

void incmap__log(const incmap_ctx *ctx, incmap_log_level level, const char *format, ...)
{
    if (ctx && ctx->log) {
        char text[512];
        va_list args;
        va_start(args, format);
        (void)vsnprintf(text, sizeof text, format, args);
        va_end(args);
        /* A cut may have gone through a character. */
        text[incmap__utf8_cut(text, strlen(text), sizeof text - 1)] = '\0';
        incmap__text_one_line(text);
        ctx->log(ctx->log_user, level, text);
    }
}
