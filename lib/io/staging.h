/* SPDX-License-Identifier: MIT */
/* A set of files written as one: in a folder beside their final name, then put in place by renames
 * in a fixed order. Until the last of them stands the earlier set can be, and is, put back. */
#ifndef INCMAP_IO_STAGING_H
#define INCMAP_IO_STAGING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct incmap__staging incmap__staging;

typedef struct {
    const char *const *extensions; /* ".dbf" ... in the order in which they are put in place; the
                                      last makes the set whole. Borrowed */
    size_t count;
    const char *const *stale; /* files of an earlier set, such as indexes, that must not outlive
                                 it; taken away with it. Borrowed */
    size_t stale_count;
    bool no_overwrite; /* INCMAP_EEXIST when a file of the set is there */
} incmap__staging_set;

/* Makes the folder. path is the final name without extension; its folder must exist. INCMAP_EIO with
 * path and reason, also when a folder has the name of a file of the set. */
incmap_status incmap__staging_new(incmap__staging **out, const char *path,
                                  const incmap__staging_set *set, const incmap_allocator *a,
                                  incmap_error *err);
/* Where to write: the final name in the staging folder, without extension. */
const char *incmap__staging_base(const incmap__staging *staging);
/* The same with an extension, up to 15 bytes; lives until the next call. */
const char *incmap__staging_file(incmap__staging *staging, const char *extension);
/* Puts the set in place. Every file of it must have been written and synced. On failure the earlier
 * set stands as it was. */
incmap_status incmap__staging_commit(incmap__staging *staging, incmap_error *err);
/* Removes the folder with what is left in it. False when something could not be removed; the set
 * itself is not touched. NULL does nothing. */
bool incmap__staging_free(incmap__staging *staging);

#endif
