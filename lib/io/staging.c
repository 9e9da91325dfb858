/* SPDX-License-Identifier: MIT */
/* The staging folder:
 *
 *     out/places.shp                    the set that stands
 *     out/.incmap-XXXXXX/places.shp     the new one, while it is written
 *     out/.incmap-XXXXXX/.shp.old       the earlier one, while the new is put in place
 *
 * It lies beside the set, so that a rename never crosses a file system. */
#include "io/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/diskfile.h"

enum { EXTENSION_MOST = 15 };

static const char folder_pattern[] = ".incmap-XXXXXX";

struct incmap__staging {
    incmap_allocator allocator;
    incmap__staging_set set;
    bool made;    /* the folder is there */
    char *folder; /* where the set goes, with a slash at its end; "" for the working folder */
    char *name;   /* the set's name without folder and extension */
    char *staged; /* the staging folder */
    char *base;   /* staged/name */
    char *file;   /* base with an extension */
    char *place;  /* final name with an extension */
    char *old;    /* staged/.EXTENSION.old */
};

static const char *extension_at(const incmap__staging *s, size_t i)
{
    return i < s->set.count ? s->set.extensions[i] : s->set.stale[i - s->set.count];
}

static size_t all_count(const incmap__staging *s)
{
    return s->set.count + s->set.stale_count;
}

static const char *place_of(incmap__staging *s, const char *extension)
{
    (void)sprintf(s->place, "%s%s%s", s->folder, s->name, extension);
    return s->place;
}

static const char *old_of(incmap__staging *s, const char *extension)
{
    (void)sprintf(s->old, "%s/%s.old", s->staged, extension);
    return s->old;
}

const char *incmap__staging_file(incmap__staging *s, const char *extension)
{
    (void)sprintf(s->file, "%s%s", s->base, extension);
    return s->file;
}

const char *incmap__staging_base(const incmap__staging *s)
{
    return s->base;
}

/* ---- making it ---- */

/* All texts, each with room for an extension. */
static incmap_status make_names(incmap__staging *s, const char *path, incmap_error *err)
{
    const char *slash = strrchr(path, '/');
    const size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    const size_t room = strlen(path) + sizeof folder_pattern + EXTENSION_MOST + 8;
    char **const texts[] = { &s->folder, &s->name,  &s->staged, &s->base,
                             &s->file,   &s->place, &s->old };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = incmap__alloc(&s->allocator, room, 1);
        if (!*texts[i]) return incmap__fail_memory(err);
    }
    (void)sprintf(s->folder, "%.*s", (int)folder, path);
    (void)sprintf(s->name, "%s", path + folder);
    (void)sprintf(s->staged, "%s%s", s->folder, folder_pattern);
    return INCMAP_OK;
}

/* A name that can be a file's, and no folder that bears it already. */
static incmap_status check_places(incmap__staging *s, const char *path, incmap_error *err)
{
    struct stat about;

    if (!s->name[0] || strcmp(s->name, ".") == 0 || strcmp(s->name, "..") == 0)
        return incmap__fail(err, INCMAP_EIO, "%s: expected the name of a layer, not of a folder",
                            path);
    for (size_t i = 0; i < s->set.count; i++) {
        const char *place = place_of(s, s->set.extensions[i]);
        if (lstat(place, &about) != 0) {
            if (errno == ENOENT) continue;
            return incmap__fail_file(err, place, "cannot be written", errno);
        }
        if (S_ISDIR(about.st_mode))
            return incmap__fail_file(err, place, "cannot be written", EISDIR);
        if (s->set.no_overwrite)
            return incmap__fail(err, INCMAP_EEXIST, "%s: is there already", place);
    }
    return INCMAP_OK;
}

static incmap_status make_folder(incmap__staging *s, incmap_error *err)
{
    if (!mkdtemp(s->staged)) {
        const int code = errno;
        return incmap__fail_file(err, s->folder[0] ? s->folder : ".",
                                 "cannot write into this folder", code);
    }
    s->made = true;
    (void)sprintf(s->base, "%s/%s", s->staged, s->name);
    return INCMAP_OK;
}

incmap_status incmap__staging_new(incmap__staging **out, const char *path,
                                  const incmap__staging_set *set, const incmap_allocator *a,
                                  incmap_error *err)
{
    incmap__staging *s = incmap__alloc_zeroed(a, 1, sizeof *s);
    incmap_status st;

    if (!s) return incmap__fail_memory(err);
    s->allocator = *a;
    s->set = *set;
    st = make_names(s, path, err);
    if (!st) st = check_places(s, path, err);
    if (!st) st = make_folder(s, err);
    if (st)
        (void)incmap__staging_free(s);
    else
        *out = s;
    return st;
}

/* ---- putting in place ---- */

/* Keeps the earlier file under another name; false with errno. A link leaves it standing until the
 * new one takes its name; file systems without links get it moved. */
static bool keep_old(incmap__staging *s, const char *extension, bool stale)
{
    const char *place = place_of(s, extension), *old = old_of(s, extension);
    if (!stale && link(place, old) == 0) return true;
    return rename(place, old) == 0 || errno == ENOENT;
}

/* Undoes the first n steps: the earlier file back where there was one, else none. False when an
 * earlier file is still only in the staging folder. */
static bool put_back(incmap__staging *s, size_t n)
{
    bool whole = true;
    while (n-- > 0) {
        const char *extension = extension_at(s, n);
        const char *place = place_of(s, extension), *old = old_of(s, extension);
        struct stat about;
        if (lstat(old, &about) == 0)
            whole = rename(old, place) == 0 && whole;
        else if (n < s->set.count)
            (void)unlink(place);
    }
    return whole;
}

/* Puts back, and where that fails too leaves the folder standing and says so. */
static void undo(incmap__staging *s, size_t n, incmap_error *err)
{
    if (!put_back(s, n)) {
        s->made = false;
        (void)incmap__fail(err, INCMAP_EIO, "%s; the earlier files are kept in %s",
                           err ? err->message : "", s->staged);
    }
}

/* Brings the names of a folder to the disk. Some file systems have no such call: EINVAL. */
static incmap_status sync_folder(const char *path, incmap_error *err)
{
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int code = 0;
    if (fd < 0) return incmap__fail_file(err, path, "cannot be synced", errno);
    if (fsync(fd) != 0 && errno != EINVAL) code = errno;
    if (close(fd) != 0 && !code) code = errno;
    return code ? incmap__fail_file(err, path, "cannot be synced", code) : INCMAP_OK;
}

incmap_status incmap__staging_commit(incmap__staging *s, incmap_error *err)
{
    incmap_status st = check_places(s, s->name, err);
    size_t kept = 0;

    while (!st && kept < all_count(s)) {
        const char *extension = extension_at(s, kept);
        if (!keep_old(s, extension, kept >= s->set.count))
            st = incmap__fail_file(err, s->place, "cannot be replaced", errno);
        else
            kept++;
    }
    for (size_t i = 0; !st && i < s->set.count; i++) {
        const char *from = incmap__staging_file(s, s->set.extensions[i]);
        if (rename(from, place_of(s, s->set.extensions[i])) != 0)
            st = incmap__fail_file(err, s->place, "cannot be put in place", errno);
    }
    if (!st) st = sync_folder(s->folder[0] ? s->folder : ".", err);
    if (st) undo(s, kept, err);
    return st;
}

/* ---- taking it down ---- */

static bool remove_file(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

static bool remove_folder(incmap__staging *s)
{
    bool gone = true;
    for (size_t i = 0; i < all_count(s); i++) {
        const char *extension = extension_at(s, i);
        if (!remove_file(incmap__staging_file(s, extension))) gone = false;
        if (!remove_file(old_of(s, extension))) gone = false;
    }
    return rmdir(s->staged) == 0 && gone;
}

bool incmap__staging_free(incmap__staging *s)
{
    bool gone = true;

    if (!s) return true;
    if (s->made) gone = remove_folder(s);
    const incmap_allocator a = s->allocator;
    incmap__free(&a, s->folder);
    incmap__free(&a, s->name);
    incmap__free(&a, s->staged);
    incmap__free(&a, s->base);
    incmap__free(&a, s->file);
    incmap__free(&a, s->place);
    incmap__free(&a, s->old);
    incmap__free(&a, s);
    return gone;
}
