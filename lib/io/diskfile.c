/* SPDX-License-Identifier: MIT */
/* A descriptor with one buffer, which holds either what was read ahead or what is yet to be
 * written. Plain system calls instead of stdio, so that every write, sync and close can be seen to
 * fail. */
#include "io/diskfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file_room.h"

/* What is at least so large is not worth copying into the buffer first. */
enum { BUFFER_BYTES = 1 << 18, LARGE_BYTES = BUFFER_BYTES / 4 };

struct incmap__diskfile {
    incmap_allocator allocator;
    char *path;
    int fd;
    int failure; /* errno of the first failure, 0: none */
    bool failed_writing;
    bool dirty;         /* the buffer is to be written; otherwise it was read */
    uint64_t at;        /* where the next byte is read or written */
    uint64_t fd_at;     /* where the system stands in the file */
    uint64_t buffer_at; /* place of the buffer's first byte */
    size_t filled;
    unsigned char buffer[BUFFER_BYTES];
};

static void note_failure(incmap__diskfile *file, int code, bool writing)
{
    if (file->failure) return;
    file->failure = code ? code : EIO;
    file->failed_writing = writing;
}

static int open_fd(const char *path, incmap__diskfile_mode mode)
{
    static const int flags[] = { O_RDONLY, O_RDWR | O_CREAT | O_TRUNC, O_RDWR };
    int fd;
    do
        fd = open(path, flags[mode] | O_CLOEXEC | O_NOCTTY, 0666);
    while (fd < 0 && errno == EINTR);
    return fd;
}

static bool is_folder(int fd)
{
    struct stat about;
    return fstat(fd, &about) == 0 && S_ISDIR(about.st_mode);
}

incmap_status incmap__diskfile_open(incmap__diskfile **out, const char *path,
                                    incmap__diskfile_mode mode, const incmap_allocator *a,
                                    incmap_error *err)
{
    const char *what = mode == INCMAP__DISKFILE_READ ? "cannot be opened" : "cannot be written";
    const size_t length = strlen(path) + 1;
    incmap__diskfile *file = incmap__alloc(a, 1, sizeof *file);
    char *copy = incmap__alloc(a, length, 1);
    incmap_status st = INCMAP_OK;

    if (!file || !copy) {
        st = incmap__fail_memory(err);
        goto done;
    }
    memcpy(copy, path, length);
    memset(file, 0, offsetof(incmap__diskfile, buffer));
    file->allocator = *a;
    file->path = copy;
    file->fd = open_fd(path, mode);
    if (file->fd < 0) {
        st = incmap__fail_file(err, path, what, errno);
    } else if (is_folder(file->fd)) {
        st = incmap__fail_file(err, path, what, EISDIR);
        (void)close(file->fd);
    }
done:
    if (st) {
        incmap__free(a, copy);
        incmap__free(a, file);
    } else {
        *out = file;
    }
    return st;
}

/* Brings the system to `at`; the calls between are spared when it stands there already. */
static bool go_to(incmap__diskfile *file, uint64_t at)
{
    if (file->fd_at != at) {
        if (lseek(file->fd, (off_t)at, SEEK_SET) < 0) return false;
        file->fd_at = at;
    }
    return true;
}

static bool write_out(incmap__diskfile *file, uint64_t at, const unsigned char *bytes, size_t size)
{
    if (!go_to(file, at)) {
        note_failure(file, errno, true);
        return false;
    }
    while (size > 0) {
        const ssize_t n = write(file->fd, bytes, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            note_failure(file, n < 0 ? errno : ENOSPC, true);
            return false;
        }
        file->fd_at += (uint64_t)n;
        bytes += n;
        size -= (size_t)n;
    }
    return true;
}

bool incmap__diskfile_flush(incmap__diskfile *file)
{
    if (file->dirty && !file->failure)
        (void)write_out(file, file->buffer_at, file->buffer, file->filled);
    file->dirty = false;
    file->filled = 0;
    return !file->failure;
}

/* Reads up to `size` bytes at file->at; 0 at the end and after a failure. */
static size_t read_in(incmap__diskfile *file, uint64_t at, unsigned char *bytes, size_t size)
{
    ssize_t n;
    if (!go_to(file, at)) {
        note_failure(file, errno, false);
        return 0;
    }
    do
        n = read(file->fd, bytes, size);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        note_failure(file, errno, false);
        return 0;
    }
    file->fd_at += (uint64_t)n;
    return (size_t)n;
}

/* Bytes of the buffer from file->at on, filled anew when there are none. */
static size_t look_ahead(incmap__diskfile *file)
{
    if (file->at < file->buffer_at || file->at >= file->buffer_at + file->filled) {
        file->buffer_at = file->at;
        file->filled = read_in(file, file->at, file->buffer, sizeof file->buffer);
    }
    return (size_t)(file->buffer_at + file->filled - file->at);
}

size_t incmap__diskfile_read(incmap__diskfile *file, void *bytes, size_t size)
{
    unsigned char *to = bytes;
    size_t got = 0;

    if (file->dirty) (void)incmap__diskfile_flush(file);
    while (got < size && !file->failure) {
        const size_t wanted = size - got;
        const bool buffered =
            file->at >= file->buffer_at && file->at < file->buffer_at + file->filled;
        size_t n;
        if (!buffered && wanted >= LARGE_BYTES) {
            n = read_in(file, file->at, to + got, wanted);
        } else {
            n = look_ahead(file);
            if (n > wanted) n = wanted;
            memcpy(to + got, file->buffer + (file->at - file->buffer_at), n);
        }
        if (n == 0) break;
        file->at += n;
        got += n;
    }
    return got;
}

/* Whether the bytes go into what is yet to be written, at its end or over a part of it: Shapelib
 * sets an end mark after each row and the next row over it. */
static bool fits_pending(const incmap__diskfile *file, size_t size)
{
    return file->dirty && file->at >= file->buffer_at &&
           file->at <= file->buffer_at + file->filled &&
           size <= sizeof file->buffer - (size_t)(file->at - file->buffer_at);
}

size_t incmap__diskfile_write(incmap__diskfile *file, const void *bytes, size_t size)
{
    const bool pending = fits_pending(file, size);
    if (!pending) {
        (void)incmap__diskfile_flush(file);
        file->buffer_at = file->at;
    }
    if (file->failure) return 0;
    if (!pending && size >= LARGE_BYTES) {
        if (!write_out(file, file->at, bytes, size)) return 0;
    } else {
        const size_t from = (size_t)(file->at - file->buffer_at);
        memcpy(file->buffer + from, bytes, size);
        if (from + size > file->filled) file->filled = from + size;
        file->dirty = true;
    }
    file->at += size;
    return size;
}

uint64_t incmap__diskfile_tell(const incmap__diskfile *file)
{
    return file->at;
}

void incmap__diskfile_seek(incmap__diskfile *file, uint64_t at)
{
    file->at = at;
}

bool incmap__diskfile_size(incmap__diskfile *file, uint64_t *size)
{
    struct stat about;
    if (file->dirty && !incmap__diskfile_flush(file)) return false;
    if (fstat(file->fd, &about) != 0 || about.st_size < 0) return false;
    *size = (uint64_t)about.st_size;
    return true;
}

void incmap__diskfile_drop(incmap__diskfile *file, uint64_t from, uint64_t to)
{
    incmap__file_room_drop(file->fd, from, to);
}

bool incmap__diskfile_has_failed(const incmap__diskfile *file)
{
    return file->failure != 0;
}

incmap_status incmap__diskfile_check(const incmap__diskfile *file, incmap_error *err)
{
    if (!file->failure) return INCMAP_OK;
    return incmap__fail_file(err, file->path,
                             file->failed_writing ? "cannot be written" : "cannot be read",
                             file->failure);
}

incmap_status incmap__diskfile_close(incmap__diskfile *file, bool sync, incmap_error *err)
{
    incmap_status st;

    if (!file) return INCMAP_OK;
    (void)incmap__diskfile_flush(file);
    if (sync && !file->failure && fsync(file->fd) != 0) note_failure(file, errno, true);
    /* After EINTR the descriptor is gone on Linux: no second try. */
    if (close(file->fd) != 0 && errno != EINTR) note_failure(file, errno, true);
    st = incmap__diskfile_check(file, err);
    const incmap_allocator a = file->allocator;
    incmap__free(&a, file->path);
    incmap__free(&a, file);
    return st;
}

incmap_status incmap__diskfile_write_whole(const char *path, const void *bytes, size_t size,
                                           const incmap_allocator *a, incmap_error *err)
{
    incmap__diskfile *file = NULL;
    incmap_status st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_CREATE, a, err);
    if (st) return st;
    (void)incmap__diskfile_write(file, bytes, size);
    return incmap__diskfile_close(file, true, err);
}
