/* SPDX-License-Identifier: MIT */
/* One file of a set, read or written through a buffer, that keeps its first failure: a disk that
 * fills up is often seen only when the file is flushed, synced or closed. */
#ifndef INCMAP_IO_DISKFILE_H
#define INCMAP_IO_DISKFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/failure.h"
#include "base/memory.h"

typedef enum {
    INCMAP__DISKFILE_READ = 0,   /* must be there */
    INCMAP__DISKFILE_CREATE = 1, /* made or emptied, 0666 less the umask; to write and read back */
    INCMAP__DISKFILE_UPDATE = 2  /* must be there; to write and read back */
} incmap__diskfile_mode;

typedef struct incmap__diskfile incmap__diskfile;

/* INCMAP_EIO with path and reason, INCMAP_ENOMEM. A folder is refused. */
incmap_status incmap__diskfile_open(incmap__diskfile **out, const char *path,
                                    incmap__diskfile_mode mode, const incmap_allocator *a,
                                    incmap_error *err);
/* Bytes read or taken over; fewer at the end of the file or after a failure. */
size_t incmap__diskfile_read(incmap__diskfile *file, void *bytes, size_t size);
size_t incmap__diskfile_write(incmap__diskfile *file, const void *bytes, size_t size);
uint64_t incmap__diskfile_tell(const incmap__diskfile *file);
void incmap__diskfile_seek(incmap__diskfile *file, uint64_t at);
/* False when the size is not to be had; *size includes what is still in the buffer. */
bool incmap__diskfile_size(incmap__diskfile *file, uint64_t *size);
/* Hands the buffer to the system; false after any failure so far. */
bool incmap__diskfile_flush(incmap__diskfile *file);
/* Gives the room of the bytes of [from, to) back, where the system can: they are not needed any more. */
void incmap__diskfile_drop(incmap__diskfile *file, uint64_t from, uint64_t to);
/* Whether any call so far failed. */
bool incmap__diskfile_has_failed(const incmap__diskfile *file);
/* INCMAP_OK, or the first failure so far with path and reason. */
incmap_status incmap__diskfile_check(const incmap__diskfile *file, incmap_error *err);
/* Flushes, with sync brings the file to the disk, and closes. What it returns is the first failure
 * since the file was opened, with path and reason. NULL does nothing. */
incmap_status incmap__diskfile_close(incmap__diskfile *file, bool sync, incmap_error *err);

/* Writes a whole small file, synced. */
incmap_status incmap__diskfile_write_whole(const char *path, const void *bytes, size_t size,
                                           const incmap_allocator *a, incmap_error *err);

/* "PATH: cannot be written: No space left on device", INCMAP_EIO; code is an errno. */
incmap_status incmap__fail_file(incmap_error *err, const char *path, const char *what, int code);

#endif
