/* SPDX-License-Identifier: MIT */
/* A folder of a test's own: made, looked into, removed. */
#ifndef INCMAP_TESTS_SCRATCH_H
#define INCMAP_TESTS_SCRATCH_H

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char scratch[256];

static inline void scratch_make(void)
{
    /* In memory where that can be: some tests write a file a thousand times. */
    const char *parent = getenv("TMPDIR");
    if (!parent) parent = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(scratch, sizeof scratch, "%s/incmap-test-XXXXXX", parent);
    ck_assert_ptr_nonnull(mkdtemp(scratch));
}

/* scratch/name; up to four results live at a time. */
static inline const char *scratch_path(const char *name)
{
    static char paths[4][512];
    static int turn;
    char *path = paths[turn++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", scratch, name);
    return path;
}

/* Files in the folder; -1: no folder. */
static inline int scratch_count(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = 0;
    if (!dir) return -1;
    for (struct dirent *e = readdir(dir); e; e = readdir(dir))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) n++;
    closedir(dir);
    return n;
}

static inline void scratch_clear(const char *folder)
{
    DIR *dir = opendir(folder);
    char path[1300];
    if (!dir) return;
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        struct stat about;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (snprintf(path, sizeof path, "%s/%s", folder, e->d_name) >= (int)sizeof path) continue;
        if (lstat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
            scratch_clear(path);
            (void)rmdir(path);
        } else {
            (void)unlink(path);
        }
    }
    closedir(dir);
}

static inline void scratch_remove(void)
{
    scratch_clear(scratch);
    (void)rmdir(scratch);
}

/* The bytes of a file, ended by a zero; the caller frees them. NULL: it is not there. */
static inline char *scratch_bytes(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    long end;
    if (!f) return NULL;
    ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
    end = ftell(f);
    rewind(f);
    bytes = malloc((size_t)end + 1);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, (size_t)end, f), (size_t)end);
    bytes[end] = '\0';
    fclose(f);
    *size = (size_t)end;
    return bytes;
}

static inline void scratch_write(const char *path, const void *bytes, size_t size)
{
    FILE *f = fopen(path, "wb");
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
    ck_assert_int_eq(fclose(f), 0);
}

/* One byte of a file in place. */
static inline void scratch_poke(const char *path, size_t at, unsigned char byte)
{
    FILE *f = fopen(path, "r+b");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fseek(f, (long)at, SEEK_SET), 0);
    ck_assert_int_eq(fputc(byte, f), byte);
    ck_assert_int_eq(fclose(f), 0);
}

static inline void assert_same_file(const char *a, const char *b)
{
    size_t na = 0, nb = 0;
    char *in_a = scratch_bytes(a, &na), *in_b = scratch_bytes(b, &nb);
    ck_assert_msg(in_a && in_b && na == nb && memcmp(in_a, in_b, na) == 0, "%s and %s differ", a,
                  b);
    free(in_a);
    free(in_b);
}

#endif
