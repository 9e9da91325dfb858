/* SPDX-License-Identifier: MIT */
/* The staging folder lies beside the set, so that a rename never crosses a file system:
 *
 *     out/places.shp                         the set that stands
 *     out/.places.incmap/lock                held by the one who writes
 *     out/.places.incmap/places.shp          the new set, while it is written
 *     out/.places.incmap/places.shp.old      the earlier one, while the new is put in place
 *     out/.places.incmap/journal             from here on the new set will stand, whatever happens
 *     out/.places.incmap/undo                from here on the earlier one will again
 *
 * The file that makes the set whole goes first and comes last: who looks in between finds no layer, and
 * never half of two. */
#include "io/staging.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/diskfile.h"

enum { LOCK_TRIES = 100, JOURNAL_MOST = 1 << 16 };

static const char journal_head[] = "incmap journal 1\n";
static const char journal_tail[] = "end\n";

struct file {
    char ending[INCMAP__STAGING_ENDING_MOST + 1];
    bool stale;
};

struct incmap__staging {
    incmap_allocator allocator;
    bool no_overwrite;
    bool keep;          /* the folder holds what recovery needs */
    int lock;           /* descriptor; -1: not held */
    struct file *files; /* in the order of placing; the last makes the set whole */
    size_t count, room;
    char *folder; /* where the set goes, with a slash at its end; "" for the working folder */
    char *name;   /* the set's name without folder and extension */
    char *staged; /* the staging folder */
    char *base;   /* staged/name */
    char *file;   /* base with an ending */
    char *place;  /* final name with an ending */
    char *old;    /* base with an ending and .old */
    char *inside; /* staged with a name of its own */
};

static const char *place_of(incmap__staging *s, const char *ending)
{
    (void)sprintf(s->place, "%s%s%s", s->folder, s->name, ending);
    return s->place;
}

static const char *old_of(incmap__staging *s, const char *ending)
{
    (void)sprintf(s->old, "%s%s.old", s->base, ending);
    return s->old;
}

static const char *inside(incmap__staging *s, const char *name)
{
    (void)sprintf(s->inside, "%s/%s", s->staged, name);
    return s->inside;
}

static const char *folder_of(const incmap__staging *s)
{
    return s->folder[0] ? s->folder : ".";
}

const char *incmap__staging_file(incmap__staging *s, const char *ending)
{
    (void)sprintf(s->file, "%s%s", s->base, ending);
    return s->file;
}

static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
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

/* ---- names ---- */

/* All texts, each with room for the longest that stands in it. */
static incmap_status make_names(incmap__staging *s, const char *path, incmap_error *err)
{
    const char *slash = strrchr(path, '/');
    const size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    const size_t room = 2 * strlen(path) + 2 * INCMAP__STAGING_ENDING_MOST + 32;
    char **const texts[] = { &s->folder, &s->name,  &s->staged, &s->base,
                             &s->file,   &s->place, &s->old,    &s->inside };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = incmap__alloc(&s->allocator, room, 1);
        if (!*texts[i]) return incmap__fail_memory(err);
    }
    (void)sprintf(s->folder, "%.*s", (int)folder, path);
    (void)sprintf(s->name, "%s", path + folder);
    (void)sprintf(s->staged, "%s.%s.incmap", s->folder, s->name);
    (void)sprintf(s->base, "%s/%s", s->staged, s->name);
    if (!s->name[0] || strcmp(s->name, ".") == 0 || strcmp(s->name, "..") == 0)
        return incmap__fail(err, INCMAP_EIO, "%s: expected the name of a layer, not of a folder",
                            path);
    return INCMAP_OK;
}

static bool is_ending(const char *ending)
{
    const size_t length = strlen(ending);
    return length >= 2 && length <= INCMAP__STAGING_ENDING_MOST &&
           (ending[0] == '.' || ending[0] == '_') && strchr(ending, '/') == NULL &&
           strchr(ending, '\n') == NULL;
}

/* Behind all others, so that adding in front goes through add_front. */
static incmap_status add_back(incmap__staging *s, const char *ending, bool stale, incmap_error *err)
{
    const incmap_status st =
        incmap__grow(&s->allocator, &s->files, &s->room, s->count + 1, sizeof *s->files, err);
    if (st) return st;
    (void)snprintf(s->files[s->count].ending, sizeof s->files->ending, "%s", ending);
    s->files[s->count++].stale = stale;
    return INCMAP_OK;
}

incmap_status incmap__staging_add(incmap__staging *s, const char *ending, bool stale,
                                  incmap_error *err)
{
    struct file last;
    const incmap_status st = add_back(s, ending, stale, err);
    if (st) return st;
    last = s->files[s->count - 1];
    memmove(s->files + 1, s->files, (s->count - 1) * sizeof *s->files);
    s->files[0] = last;
    return INCMAP_OK;
}

/* A rename would take away whatever bears the name of a file of the set: a device such as /dev/full, a pipe
 * that somebody reads, a link whose file then stays as it was. Only a file is replaced. */
static incmap_status check_places(incmap__staging *s, incmap_error *err)
{
    struct stat about;

    for (size_t i = 0; i < s->count; i++) {
        const char *place = place_of(s, s->files[i].ending);
        if (s->files[i].stale) continue;
        if (lstat(place, &about) != 0) {
            if (errno == ENOENT) continue;
            return incmap__fail_file(err, place, "cannot be written", errno);
        }
        if (S_ISDIR(about.st_mode))
            return incmap__fail_file(err, place, "cannot be written", EISDIR);
        if (!S_ISREG(about.st_mode))
            return incmap__fail(err, INCMAP_EIO, "%s: found %s, expected a file or nothing", place,
                                S_ISLNK(about.st_mode) ? "a symbolic link" : "a device or pipe");
        if (s->no_overwrite) return incmap__fail(err, INCMAP_EEXIST, "%s: is there already", place);
    }
    return INCMAP_OK;
}

/* ---- the lock ---- */

/* Whether the descriptor is still the file of that name: its last holder may have removed it. */
static bool is_same(int fd, const char *path)
{
    struct stat held, named;
    return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

/* One try: INCMAP_OK with s->lock held, or still -1 when the folder went away in between. */
static incmap_status try_lock(incmap__staging *s, incmap_error *err)
{
    const char *path = inside(s, "lock");
    const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);

    if (fd < 0) {
        const int code = errno;
        if (code == ENOENT) return INCMAP_OK;
        (void)rmdir(s->staged); /* where nobody else is in it */
        return incmap__fail_file(err, path, "cannot be written", code);
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        const int code = errno;
        (void)close(fd);
        if (code == EWOULDBLOCK)
            return incmap__fail(err, INCMAP_EIO, "%s%s: another writer is at work on it", s->folder,
                                s->name);
        return incmap__fail_file(err, path, "cannot be locked", code);
    }
    if (is_same(fd, path))
        s->lock = fd;
    else
        (void)close(fd);
    return INCMAP_OK;
}

static incmap_status take_lock(incmap__staging *s, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    for (int i = 0; !st && s->lock < 0 && i < LOCK_TRIES; i++) {
        if (mkdir(s->staged, 0777) != 0 && errno != EEXIST) {
            const int code = errno;
            return incmap__fail_file(err, folder_of(s), "cannot write into this folder", code);
        }
        st = try_lock(s, err);
    }
    if (!st && s->lock < 0)
        st = incmap__fail(err, INCMAP_EIO, "%s: the lock of this folder is taken again and again",
                          s->staged);
    return st;
}

/* The journals go before all else: with one of them and half of the files a later write would go on
 * where nothing is to be gone on with. */
static bool drop_journals(incmap__staging *s)
{
    return (unlink(inside(s, "journal")) == 0 || errno == ENOENT) &&
           (unlink(inside(s, "undo")) == 0 || errno == ENOENT);
}

/* Everything in the staging folder but the lock. */
static bool clear(incmap__staging *s)
{
    DIR *dir;
    bool gone = true;

    if (!drop_journals(s)) return false;
    dir = opendir(s->staged);
    if (!dir) return false;
    for (const struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (strcmp(e->d_name, "lock") == 0) continue;
        if (unlinkat(dirfd(dir), e->d_name, 0) != 0 && errno != ENOENT) gone = false;
    }
    (void)closedir(dir);
    return gone;
}

/* ---- the journal ---- */

static incmap_status write_journal(incmap__staging *s, incmap_error *err)
{
    const size_t room = sizeof journal_head + s->count * (INCMAP__STAGING_ENDING_MOST + 8) + 8;
    char *text = incmap__alloc(&s->allocator, room, 1);
    size_t length;
    incmap_status st;

    if (!text) return incmap__fail_memory(err);
    length = (size_t)sprintf(text, "%s", journal_head);
    for (size_t i = 0; i < s->count; i++)
        length += (size_t)sprintf(text + length, "%s %s\n", s->files[i].stale ? "drop" : "put",
                                  s->files[i].ending);
    length += (size_t)sprintf(text + length, "%s", journal_tail);
    st = sync_folder(s->staged, err);
    if (!st)
        st = incmap__diskfile_write_whole(inside(s, "journal.new"), text, length, &s->allocator,
                                          err);
    incmap__free(&s->allocator, text);
    if (st) return st;
    (void)sprintf(s->file, "%s/journal", s->staged);
    if (rename(s->inside, s->file) != 0)
        return incmap__fail_file(err, s->file, "cannot be put in place", errno);
    return sync_folder(s->staged, err);
}

/* One line: "put .dbf" or "drop .qix". */
static incmap_status take_line(incmap__staging *s, char *line, incmap_error *err)
{
    const bool stale = strncmp(line, "drop ", 5) == 0;
    const char *ending = line + (stale ? 5 : 4);

    if ((!stale && strncmp(line, "put ", 4) != 0) || !is_ending(ending))
        return incmap__fail(err, INCMAP_EDATA, "%s: found \"%s\", expected put or drop and a name",
                            s->inside, line);
    return add_back(s, ending, stale, err);
}

static incmap_status parse_journal(incmap__staging *s, char *text, size_t length, incmap_error *err)
{
    const size_t head = sizeof journal_head - 1, tail = sizeof journal_tail - 1;
    incmap_status st = INCMAP_OK;
    char *line, *next;

    if (length < head + tail || strncmp(text, journal_head, head) != 0 ||
        strcmp(text + length - tail, journal_tail) != 0)
        return incmap__fail(err, INCMAP_EDATA, "%s: is no journal of incmap", s->inside);
    text[length - tail] = '\0';
    s->count = 0;
    for (line = text + head; !st && *line; line = next) {
        next = strchr(line, '\n');
        if (!next) return incmap__fail(err, INCMAP_EDATA, "%s: ends within a line", s->inside);
        *next++ = '\0';
        st = take_line(s, line, err);
    }
    return st;
}

/* The files of the journal at s->inside in place of the set's. */
static incmap_status read_journal(incmap__staging *s, incmap_error *err)
{
    incmap__diskfile *file = NULL;
    char *text = incmap__alloc(&s->allocator, JOURNAL_MOST + 1, 1);
    size_t length = 0;
    incmap_status st, closed;

    if (!text) return incmap__fail_memory(err);
    st = incmap__diskfile_open(&file, s->inside, INCMAP__DISKFILE_READ, &s->allocator, err);
    if (!st) length = incmap__diskfile_read(file, text, JOURNAL_MOST);
    closed = incmap__diskfile_close(file, false, st ? NULL : err);
    if (!st) st = closed;
    text[length] = '\0';
    if (!st) st = parse_journal(s, text, length, err);
    incmap__free(&s->allocator, text);
    return st;
}

/* ---- moving ---- */

static incmap_status move(const char *from, const char *to, const char *told, incmap_error *err)
{
    if (rename(from, to) == 0 || errno == ENOENT) return INCMAP_OK;
    return incmap__fail_file(err, told, "cannot be replaced", errno);
}

/* The new set in place. Each step asks what is there, so that it may be done again from any point at
 * which an earlier try ended. */
static incmap_status go_forward(incmap__staging *s, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    for (size_t i = s->count; !st && i-- > 0;) {
        const char *ending = s->files[i].ending;
        if (s->files[i].stale || is_there(incmap__staging_file(s, ending)))
            st = move(place_of(s, ending), old_of(s, ending), s->place, err);
    }
    for (size_t i = 0; !st && i < s->count; i++) {
        const char *ending = s->files[i].ending;
        if (!s->files[i].stale)
            st = move(incmap__staging_file(s, ending), place_of(s, ending), s->place, err);
    }
    return st ? st : sync_folder(folder_of(s), err);
}

/* The earlier set in place again; may be done again likewise. */
static incmap_status go_back(incmap__staging *s, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    for (size_t i = s->count; !st && i-- > 0;) {
        const char *ending = s->files[i].ending;
        if (!s->files[i].stale && !is_there(incmap__staging_file(s, ending)))
            st = move(place_of(s, ending), s->file, s->place, err);
    }
    for (size_t i = 0; !st && i < s->count; i++)
        st = move(old_of(s, s->files[i].ending), place_of(s, s->files[i].ending), s->place, err);
    /* Synced as well as it can be: that the disk does so no more is no reason to leave remains. */
    if (!st) (void)sync_folder(folder_of(s), NULL);
    return st;
}

/* What an interrupted write left, mended; the lock is held. */
static incmap_status mend(incmap__staging *s, incmap__staging_outcome *outcome, incmap_error *err)
{
    incmap__staging_outcome found = INCMAP__STAGING_CLEARED;
    incmap_status st = INCMAP_OK;

    if (is_there(inside(s, "undo"))) {
        found = INCMAP__STAGING_RESTORED;
        st = read_journal(s, err);
        if (!st) st = go_back(s, err);
    } else if (is_there(inside(s, "journal"))) {
        found = INCMAP__STAGING_COMPLETED;
        st = read_journal(s, err);
        if (!st) st = go_forward(s, err);
    }
    s->count = 0;
    if (st) {
        s->keep = true;
        return st;
    }
    if (!clear(s)) return incmap__fail_file(err, s->staged, "cannot be cleared", errno);
    *outcome = found;
    return sync_folder(s->staged, err);
}

/* ---- the whole ---- */

static incmap_status add_all(incmap__staging *s, const incmap__staging_set *set, incmap_error *err)
{
    incmap_status st = INCMAP_OK;
    s->no_overwrite = set->no_overwrite;
    for (size_t i = 0; !st && i < set->stale_count; i++)
        st = add_back(s, set->stale[i], true, err);
    for (size_t i = 0; !st && i < set->count; i++)
        st = add_back(s, set->extensions[i], false, err);
    return st;
}

static incmap_status new_staging(incmap__staging **out, const char *path, const incmap_allocator *a,
                                 incmap_error *err)
{
    incmap__staging *s = incmap__alloc_zeroed(a, 1, sizeof *s);
    incmap_status st;

    if (!s) return incmap__fail_memory(err);
    s->allocator = *a;
    s->lock = -1;
    st = make_names(s, path, err);
    if (st)
        (void)incmap__staging_free(s);
    else
        *out = s;
    return st;
}

/* Whether the folder held something besides its lock. */
static bool has_remains(incmap__staging *s)
{
    DIR *dir = opendir(s->staged);
    bool any = false;

    for (const struct dirent *e = dir ? readdir(dir) : NULL; e && !any; e = readdir(dir))
        any = strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
              strcmp(e->d_name, "lock") != 0;
    if (dir) (void)closedir(dir);
    return any;
}

incmap_status incmap__staging_new(incmap__staging **out, const char *path,
                                  const incmap__staging_set *set, const incmap_allocator *a,
                                  incmap_error *err)
{
    incmap__staging_outcome outcome;
    incmap__staging *s = NULL;
    incmap_status st = new_staging(&s, path, a, err);

    if (!st) st = take_lock(s, err);
    if (!st && has_remains(s)) st = mend(s, &outcome, err);
    if (!st) st = add_all(s, set, err);
    if (!st) st = check_places(s, err);
    if (st)
        (void)incmap__staging_free(s);
    else
        *out = s;
    return st;
}

/* After a step that failed: the earlier set back, or where that fails too, said so that it can be later. */
static void undo(incmap__staging *s, incmap_error *err)
{
    bool back;
    (void)sprintf(s->file, "%s/undo", s->staged);
    back = rename(inside(s, "journal"), s->file) == 0 && go_back(s, NULL) == INCMAP_OK;
    if (back) return;
    s->keep = true;
    (void)incmap__fail(err, err ? err->status : INCMAP_EIO,
                       "%s; the files are kept in %s until the next write of this layer",
                       err ? err->message : "", s->staged);
}

/* One file needs no journal: the rename that puts it in place takes the earlier one away in the same
 * step, so that who opens it meanwhile finds one of the two. */
static incmap_status put_alone(incmap__staging *s, incmap_error *err)
{
    const char *ending = s->files[0].ending, *place = place_of(s, ending);

    if (rename(incmap__staging_file(s, ending), place) != 0)
        return incmap__fail_file(err, place, "cannot be put in place", errno);
    return sync_folder(folder_of(s), err);
}

incmap_status incmap__staging_commit(incmap__staging *s, incmap_error *err)
{
    incmap_status st = check_places(s, err);

    if (!st && s->count == 1 && !s->files[0].stale) return put_alone(s, err);
    if (!st) st = write_journal(s, err);
    if (st) return st;
    st = go_forward(s, err);
    if (st) undo(s, err);
    return st;
}

bool incmap__staging_free(incmap__staging *s)
{
    bool gone = true;

    if (!s) return true;
    if (s->lock >= 0) {
        if (!s->keep) {
            gone = clear(s);
            if (unlink(inside(s, "lock")) != 0 || rmdir(s->staged) != 0) gone = false;
        }
        /* The lock goes with the descriptor, and only when nothing is left to guard. */
        (void)close(s->lock);
    }
    const incmap_allocator a = s->allocator;
    char *const texts[] = { s->folder, s->name,  s->staged, s->base,
                            s->file,   s->place, s->old,    s->inside };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        incmap__free(&a, texts[i]);
    incmap__free(&a, s->files);
    incmap__free(&a, s);
    return gone;
}

/* ---- after an interruption ---- */

incmap_status incmap__staging_recover(const char *path, incmap__staging_outcome *outcome,
                                      const incmap_allocator *a, incmap_error *err)
{
    incmap__staging_outcome found = INCMAP__STAGING_NOTHING;
    incmap__staging *s = NULL;
    incmap_status st = new_staging(&s, path, a, err);

    if (!st && is_there(s->staged)) {
        st = take_lock(s, err);
        if (!st) st = mend(s, &found, err);
    }
    if (!st) *outcome = found;
    (void)incmap__staging_free(s);
    return st;
}

bool incmap__staging_is_interrupted(const char *path, const incmap_allocator *a)
{
    incmap__staging *s = NULL;
    bool interrupted = false;

    if (new_staging(&s, path, a, NULL) == INCMAP_OK)
        interrupted = is_there(inside(s, "journal")) || is_there(inside(s, "undo"));
    (void)incmap__staging_free(s);
    return interrupted;
}
