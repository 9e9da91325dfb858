/* SPDX-License-Identifier: MIT */
/* Whose a style or project is: the last line of a .qml or .qgs of incmap's holds the hash of all before
 * it. QGIS leaves the line out when it saves one, and who edits by hand changes what it stands for, so that
 * what a map-maker did is told from what may be written anew. */
#include "layers/edit_mark.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io/diskfile.h"

/* A project of a hundred layers has a quarter of it; what is larger is not ours. */
enum { FILE_MOST = 64 << 20, MARK_SIZE = 96 };

/* FNV-1a of 64 bits: byte by byte, so that it is the same on every processor. It need not withstand
 * anybody who wants his edits lost. */
static unsigned long long hash_of(const char *bytes, size_t size)
{
    unsigned long long hash = 0xCBF29CE484222325ULL;

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001B3ULL;
    return hash;
}

static size_t make_mark(char mark[MARK_SIZE], const char *bytes, size_t size)
{
    return (size_t)snprintf(mark, MARK_SIZE, "<!-- incmap %016llx: what was edited is kept -->\n",
                            hash_of(bytes, size));
}

void incmap__edit_mark_add(incmap__xml *xml)
{
    char mark[MARK_SIZE];

    if (xml->status) return;
    incmap__xml_add_bytes(xml, mark, make_mark(mark, xml->text, xml->length));
}

static bool is_marked(const char *bytes, size_t size)
{
    char mark[MARK_SIZE];
    const size_t length = make_mark(mark, "", 0);

    if (size < length) return false;
    (void)make_mark(mark, bytes, size - length);
    return memcmp(bytes + size - length, mark, length) == 0;
}

static incmap_status read_mark(incmap__diskfile *file, bool *edited, const incmap_allocator *a,
                               incmap_error *err)
{
    uint64_t size = 0;
    char *bytes;
    size_t got;

    if (!incmap__diskfile_size(file, &size)) return incmap__diskfile_check(file, err);
    *edited = true;
    if (size > FILE_MOST) return INCMAP_OK;
    bytes = incmap__alloc(a, (size_t)size + 1, 1);
    if (!bytes) return incmap__fail_memory(err);
    got = incmap__diskfile_read(file, bytes, (size_t)size);
    *edited = !is_marked(bytes, got);
    incmap__free(a, bytes);
    return incmap__diskfile_check(file, err);
}

incmap_status incmap__edit_mark_look(const char *base, const char *ending, bool *edited,
                                     const incmap_allocator *a, incmap_error *err)
{
    const size_t room = strlen(base) + strlen(ending) + 1;
    char *path = incmap__alloc(a, room, 1);
    incmap__diskfile *file = NULL;
    bool changed = false;
    incmap_status st = INCMAP_OK, closed;

    if (!path) return incmap__fail_memory(err);
    (void)snprintf(path, room, "%s%s", base, ending);
    if (access(path, F_OK) == 0) {
        st = incmap__diskfile_open(&file, path, INCMAP__DISKFILE_READ, a, err);
        if (!st) st = read_mark(file, &changed, a, err);
        closed = incmap__diskfile_close(file, false, st ? NULL : err);
        if (!st) st = closed;
    }
    incmap__free(a, path);
    if (!st) *edited = changed;
    return st;
}
