/* SPDX-License-Identifier: MIT */
/* System calls that fail when a test says so: the N-th from now, or all from the N-th on, as on a
 * full disk. The linker puts these in place of libc's (--wrap, see tests/meson.build), so that the
 * library needs no door for tests. */
#ifndef INCMAP_TESTS_FAULTY_CALLS_H
#define INCMAP_TESTS_FAULTY_CALLS_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/types.h>

/* Kinds of calls that can be made to fail. */
enum {
    CALL_OPEN = 1,
    CALL_WRITE = 2,
    CALL_SYNC = 4,
    CALL_CLOSE = 8,
    CALL_RENAME = 16,
    CALL_FOLDER = 32
};

static struct {
    int kinds;  /* which calls count */
    long grant; /* how many of them go well; negative: all */
    bool lasting;
    int code; /* errno of the failure */
    long failed;
    long syncs; /* that went well */
    long again; /* after the first failure how many go well until a second; negative: all */
} calls = { 0, -1, false, ENOSPC, 0, 0, -1 };

static inline void calls_fail(int kinds, long after, bool lasting, int code)
{
    calls.kinds = kinds;
    calls.grant = after;
    calls.lasting = lasting;
    calls.code = code;
    calls.failed = 0;
    calls.again = -1;
}

static inline void calls_work(void)
{
    calls.grant = -1;
}

static inline bool call_fails(int kind)
{
    if (!(calls.kinds & kind) || calls.grant < 0) return false;
    if (calls.grant > 0) {
        calls.grant--;
        return false;
    }
    if (!calls.lasting) calls.grant = calls.again;
    calls.again = -1;
    calls.failed++;
    errno = calls.code;
    return true;
}

int __real_open(const char *path, int flags, ...);
int __real_open64(const char *path, int flags, ...);
ssize_t __real_write(int fd, const void *bytes, size_t size);
int __real_close(int fd);
int __real_rename(const char *from, const char *to);
int __real_mkdir(const char *path, mode_t mode);

int __wrap_open(const char *path, int flags, int mode);
int __wrap_open64(const char *path, int flags, int mode);
ssize_t __wrap_write(int fd, const void *bytes, size_t size);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_rename(const char *from, const char *to);
int __wrap_mkdir(const char *path, mode_t mode);

int __wrap_open(const char *path, int flags, int mode)
{
    return call_fails(CALL_OPEN) ? -1 : __real_open(path, flags, mode);
}

int __wrap_open64(const char *path, int flags, int mode)
{
    return call_fails(CALL_OPEN) ? -1 : __real_open64(path, flags, mode);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t size)
{
    return call_fails(CALL_WRITE) ? -1 : __real_write(fd, bytes, size);
}

int __wrap_fsync(int fd)
{
    /* Thousands of these wait for the disk, and no test pulls the plug: only that it is open. */
    if (call_fails(CALL_SYNC) || fcntl(fd, F_GETFD) < 0) return -1;
    calls.syncs++;
    return 0;
}

int __wrap_close(int fd)
{
    /* The descriptor is gone in any case, as on Linux. */
    const int real = __real_close(fd);
    return call_fails(CALL_CLOSE) ? -1 : real;
}

int __wrap_rename(const char *from, const char *to)
{
    return call_fails(CALL_RENAME) ? -1 : __real_rename(from, to);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return call_fails(CALL_FOLDER) ? -1 : __real_mkdir(path, mode);
}

#endif
