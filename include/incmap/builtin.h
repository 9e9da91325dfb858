/* SPDX-License-Identifier: MIT */
/* The default data, compiled into the library: no path and no environment variable is needed.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_BUILTIN_H
#define INCMAP_BUILTIN_H

#include <incmap/border.h>
#include <incmap/dataset.h>
#include <incmap/gazetteer.h>
#include <incmap/statement.h>

INCMAP_BEGIN_DECLS

/**
 * The default gazetteer: the places and border posts of data/.
 *
 * @param out  owned by the caller, who may add rows of their own; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_gazetteer_builtin(incmap_ctx *ctx, incmap_gazetteer **out);

/**
 * The border between Russia and Ukraine by OpenStreetMap of November 2017, positive inside Russia,
 * with both countries' outlines at full resolution. Its credit, incmap_border_attribution(), goes
 * with everything that is made from it (ODbL 1.0).
 *
 * The data are what one map showed at one time. They are no statement about whose any land is: where
 * both outlines hold a point the answer says so.
 *
 * @param out  owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 */
INCMAP_API incmap_status incmap_border_builtin(incmap_ctx *ctx, incmap_border **out);

/**
 * The default dataset: incidents of the May 2023 raid on the Belgorod region, the claims about them
 * and their sources.
 *
 * @param gazetteer  borrowed; must hold the places and posts of the default one, and outlive the
 *                   dataset
 * @param out        owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EDATA  the gazetteer lacks a place that an incident names
 */
INCMAP_API incmap_status incmap_dataset_builtin(incmap_ctx *ctx, const incmap_gazetteer *gazetteer,
                                                incmap_dataset **out);

/**
 * The distances that the sources of the default dataset state (data/distance_claims.csv).
 *
 * @param gazetteer  borrowed; must hold the places of the default one, and outlive the statements
 * @param out        owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EDATA  the gazetteer lacks a place that a statement names
 */
INCMAP_API incmap_status incmap_statements_builtin(incmap_ctx *ctx,
                                                   const incmap_gazetteer *gazetteer,
                                                   incmap_statements **out);

/** Credits of all default data, one line each, joined by newlines; static. */
INCMAP_API const char *incmap_builtin_attribution(void);

INCMAP_END_DECLS

#endif
