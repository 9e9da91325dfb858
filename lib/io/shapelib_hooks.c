/* SPDX-License-Identifier: MIT */
/* Shapelib's hooks over our own files: nothing goes to stderr, and the first failure is kept even
 * where Shapelib drops it (SHPClose and DBFClose return nothing). */
#include "io/shapelib_hooks.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* Set only within a call of the adapter, so no two objects ever meet in it. */
static _Thread_local incmap__shape_io *current;

incmap__shape_io *incmap__shape_io_use(incmap__shape_io *io)
{
    incmap__shape_io *before = current;
    current = io;
    return before;
}

static void keep_first(incmap_error *kept, const incmap_error *failure)
{
    if (current && !kept->status && failure->status) *kept = *failure;
}

/* The code page file is one that a set may go without. */
static bool is_optional(const char *path)
{
    const size_t length = strlen(path);
    return length >= 4 &&
           (strcmp(path + length - 4, ".cpg") == 0 || strcmp(path + length - 4, ".CPG") == 0);
}

static SAFile open_file(const char *path, const char *access)
{
    const incmap__diskfile_mode mode = access[0] == 'w'      ? INCMAP__DISKFILE_CREATE
                                       : strchr(access, '+') ? INCMAP__DISKFILE_UPDATE
                                                             : INCMAP__DISKFILE_READ;
    incmap__diskfile *file = NULL;
    incmap_error error = { 0 };
    incmap_status st;

    if (!current) return NULL;
    st = incmap__diskfile_open(&file, path, mode, &current->allocator, &error);
    if (st == INCMAP_ENOMEM || mode != INCMAP__DISKFILE_READ) {
        keep_first(&current->failure, &error);
    } else if (!is_optional(path)) {
        if (st == INCMAP_OK) current->not_opened.status = INCMAP_OK;
        keep_first(&current->not_opened, &error);
    }
    return (SAFile)(void *)file;
}

/* Kept at once, since what Shapelib says of a failure names neither the file nor the cause. */
static void keep_failure_of(const incmap__diskfile *file)
{
    incmap_error error;
    if (!incmap__diskfile_has_failed(file) || !current) return;
    (void)incmap__diskfile_check(file, &error);
    keep_first(&current->failure, &error);
}

static SAOffset hook_read(void *bytes, SAOffset size, SAOffset count, SAFile file)
{
    incmap__diskfile *f = (incmap__diskfile *)(void *)file;
    size_t got;
    if (size == 0) return 0;
    got = incmap__diskfile_read(f, bytes, (size_t)size * (size_t)count);
    keep_failure_of(f);
    return (SAOffset)(got / size);
}

static SAOffset write_file(const void *bytes, SAOffset size, SAOffset count, SAFile file)
{
    incmap__diskfile *f = (incmap__diskfile *)(void *)file;
    size_t put;
    /* A file that could not be opened is kept as the failure already. */
    if (size == 0 || !f) return 0;
    put = incmap__diskfile_write(f, bytes, (size_t)size * (size_t)count);
    keep_failure_of(f);
    return (SAOffset)(put / size);
}

static SAOffset hook_seek(SAFile file, SAOffset offset, int whence)
{
    incmap__diskfile *f = (incmap__diskfile *)(void *)file;
    uint64_t size;
    /* Shapelib goes to places from the start, and to the very end. */
    if (whence == SEEK_END && offset == 0) {
        if (!incmap__diskfile_size(f, &size)) return (SAOffset)-1;
        incmap__diskfile_seek(f, size);
        return 0;
    }
    incmap__diskfile_seek(f, offset + (whence == SEEK_CUR ? incmap__diskfile_tell(f) : 0));
    return 0;
}

static SAOffset hook_tell(SAFile file)
{
    return (SAOffset)incmap__diskfile_tell((incmap__diskfile *)(void *)file);
}

static int hook_flush(SAFile file)
{
    return incmap__diskfile_flush((incmap__diskfile *)(void *)file) ? 0 : EOF;
}

static int hook_close(SAFile file)
{
    incmap_error error = { 0 };
    const incmap_status st =
        incmap__diskfile_close((incmap__diskfile *)(void *)file, current && current->sync, &error);
    if (current) keep_first(&current->failure, &error);
    return st ? EOF : 0;
}

static int remove_file(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT ? 0 : -1;
}

static void hook_error(const char *message)
{
    if (current && !current->said[0])
        (void)incmap__text_copy(current->said, sizeof current->said, message);
}

#if INCMAP__SHAPELIB_16
static SAFile hook_open(const char *path, const char *access, void *user)
{
    (void)user;
    return open_file(path, access);
}

static SAOffset hook_write(const void *bytes, SAOffset size, SAOffset count, SAFile file)
{
    return write_file(bytes, size, count, file);
}

static int hook_remove(const char *path, void *user)
{
    (void)user;
    return remove_file(path);
}
#else
static SAFile hook_open(const char *path, const char *access)
{
    return open_file(path, access);
}

static SAOffset hook_write(void *bytes, SAOffset size, SAOffset count, SAFile file)
{
    return write_file(bytes, size, count, file);
}

static int hook_remove(const char *path)
{
    return remove_file(path);
}
#endif

void incmap__shape_io_hooks(SAHooks *hooks)
{
    /* The rest, and whatever a later Shapelib adds, keeps its default. */
    SASetupDefaultHooks(hooks);
    hooks->FOpen = hook_open;
    hooks->FRead = hook_read;
    hooks->FWrite = hook_write;
    hooks->FSeek = hook_seek;
    hooks->FTell = hook_tell;
    hooks->FFlush = hook_flush;
    hooks->FClose = hook_close;
    hooks->Remove = hook_remove;
    hooks->Error = hook_error;
}

incmap_status incmap__shape_io_fail(const incmap__shape_io *io, const char *path, incmap_error *err)
{
    if (io->failure.status) return incmap__fail(err, io->failure.status, "%s", io->failure.message);
    if (io->not_opened.status)
        return incmap__fail(err, io->not_opened.status, "%s", io->not_opened.message);
    return incmap__fail(err, INCMAP_EDATA, "%s: %s", path,
                        io->said[0] ? io->said : "not a shapefile that can be read");
}
