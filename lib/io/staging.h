/* SPDX-License-Identifier: MIT */
/* A set of files written as one: in a folder beside their final name, then put in place by renames
 * in a fixed order under a lock, with a journal from which an interrupted placing is completed. */
#ifndef INCMAP_IO_STAGING_H
#define INCMAP_IO_STAGING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct incmap__staging incmap__staging;

/* Longest ending of a name: ".dbf", "_part2.shp". */
enum { INCMAP__STAGING_ENDING_MOST = 23 };

typedef struct {
    const char *const *extensions; /* ".dbf" ... in the order in which they are put in place; the
                                      last makes the set whole. Borrowed for the call */
    size_t count;
    const char *const *stale; /* files of an earlier set, such as indexes, that must not outlive
                                 it; taken away with it. Borrowed for the call */
    size_t stale_count;
    bool no_overwrite; /* INCMAP_EEXIST when a file of the set is there */
} incmap__staging_set;

/* What was found of an interrupted write. */
typedef enum {
    INCMAP__STAGING_NOTHING = 0,
    INCMAP__STAGING_CLEARED = 1,   /* a set that was never whole is gone; the earlier one stands */
    INCMAP__STAGING_COMPLETED = 2, /* the new set is in place */
    INCMAP__STAGING_RESTORED = 3   /* the earlier one is in place again */
} incmap__staging_outcome;

/* Makes the folder and holds its lock until it is freed; what an interrupted write left is mended
 * first. path is the final name without extension; its folder must exist. INCMAP_EIO with path and
 * reason, also when a folder, link, device or pipe has the name of a file of the set or somebody else
 * writes it now. */
incmap_status incmap__staging_new(incmap__staging **out, const char *path,
                                  const incmap__staging_set *set, const incmap_allocator *a,
                                  incmap_error *err);
/* One more file, put in place before all others so far; or, stale, one to be taken away. */
incmap_status incmap__staging_add(incmap__staging *staging, const char *ending, bool stale,
                                  incmap_error *err);
/* Where to write: the final name in the staging folder, with an ending, which may be ""; lives until the
 * next call. */
const char *incmap__staging_file(incmap__staging *staging, const char *ending);
/* Puts the set in place. Every file of it must have been written and synced. On failure the earlier
 * set stands as it was; but a set of one file is put in place by one rename, and the new one stands where
 * only syncing the folder failed behind it. */
incmap_status incmap__staging_commit(incmap__staging *staging, incmap_error *err);
/* Removes the folder with what is left in it. False when something could not be removed; the set
 * itself is not touched. NULL does nothing. */
bool incmap__staging_free(incmap__staging *staging);

/* Mends what an interrupted write of the set at path left. INCMAP_EIO when somebody writes it now, or
 * a file cannot be moved; INCMAP_EDATA when the journal is none. */
incmap_status incmap__staging_recover(const char *path, incmap__staging_outcome *outcome,
                                      const incmap_allocator *a, incmap_error *err);
/* Whether such remains lie there: then the set at path may be missing. */
bool incmap__staging_is_interrupted(const char *path, const incmap_allocator *a);

#endif
