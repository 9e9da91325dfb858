/* SPDX-License-Identifier: MIT */
/* The context: last error, allocator and log of one thread's calls. */
#ifndef INCMAP_CONTEXT_H
#define INCMAP_CONTEXT_H

#include <incmap/export.h>
#include <incmap/status.h>

INCMAP_BEGIN_DECLS

/** Opaque. One context per thread; different contexts share nothing. */
typedef struct incmap_ctx incmap_ctx;

/**
 * Where incmap's own memory comes from. All three functions or none: with `alloc` NULL
 * libc's are used. PROJ, GEOS, Shapelib and json-c keep their own allocators.
 *
 * alloc(user, size)            size > 0; NULL when there is none
 * realloc(user, old, size)     old may be NULL; size > 0
 * free(user, block)            block may be NULL
 *
 * Here and in all other functions that a program hands to incmap: they must return, so no exception
 * and no longjmp() may leave them.
 */
typedef struct {
    void *(*alloc)(void *user, size_t size);
    void *(*realloc)(void *user, void *block, size_t size);
    void (*free)(void *user, void *block);
    void *user;
} incmap_allocator;

typedef enum {
    INCMAP_LOG_DEBUG = 0,
    INCMAP_LOG_WARNING = 1, /**< worth a look; the call goes on */
    INCMAP_LOG_ERROR = 2    /**< what a library below said before it failed */
} incmap_log_level;

/** `text` is one line without a newline, borrowed for the call. */
typedef void (*incmap_log_fn)(void *user, incmap_log_level level, const char *text);

typedef struct {
    int version;                /**< 1 */
    incmap_allocator allocator; /**< copied; zeroed: libc */
    incmap_log_fn log;          /**< NULL: silent */
    void *log_user;
} incmap_ctx_options;

#define INCMAP_CTX_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Make a context.
 *
 * @param options  borrowed; NULL: all defaults
 * @param out      receives the context, owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK
 * @return INCMAP_ENOMEM
 * @return INCMAP_EARG  out is NULL, or the allocator has some functions but not all
 *
 * Cheap: no file is read, no library below is started.
 *
 * Threads:  any
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_ctx_new(const incmap_ctx_options *options, incmap_ctx **out);

/**
 * Free a context. Objects made with it (gazetteer, border, dataset) are separate and stay
 * usable; they keep a copy of its allocator.
 *
 * @param ctx  NULL does nothing
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API void incmap_ctx_free(incmap_ctx *ctx);

/**
 * What went wrong in the last failed call, in one line without a newline: what was found,
 * where, and what was expected.
 *
 * @param ctx  borrowed; NULL gives the text for a missing context
 * @return lives as long as ctx, changed by the next failure; "" before the first; never NULL
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API const char *incmap_ctx_message(const incmap_ctx *ctx);

/**
 * Status of the last failed call with this context; INCMAP_OK before the first.
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_ctx_status(const incmap_ctx *ctx);

INCMAP_END_DECLS

#endif
