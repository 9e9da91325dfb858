/* SPDX-License-Identifier: MIT */
/* Any bytes as the body of a saved gazetteer under a true head, and as changes to a good one: what is
 * taken is walked through, and nothing may lie outside. */
#include "fuzz.h"

#include <string.h>

#include <incmap/builtin.h>

#include "base/context.h"
#include "places/saved.h"

enum { MOST_BYTES = 1 << 16 };

static void look_at(void *user, uint32_t of, size_t length, unsigned edits)
{
    const incmap__saved *saved = user;
    FUZZ_CHECK(edits <= 2 && length <= 8 &&
               (of < saved->index.root_count || of < saved->index.form_count));
}

static void walk(incmap__saved *saved)
{
    for (size_t i = 0; i < saved->count; i++) {
        const incmap_place *place = incmap__saved_make(saved, i);
        FUZZ_CHECK(place && place->name_count > 0 && strlen(place->names[0].text) < MOST_BYTES);
        (void)incmap__saved_by_key(saved, place->key);
    }
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        incmap__near_list_find(&saved->index.near[k], (incmap__alphabet)k, saved->index.bytes,
                               "kozonk", 6, look_at, saved);
    (void)incmap__name_index_root(&saved->index, "kozonk", 6);
}

static void open_sealed(unsigned char *bytes, size_t size)
{
    const incmap_allocator a = incmap__allocator_default();
    incmap__saved saved = { 0 };
    incmap__saved_head head;

    if (size < sizeof head) return;
    memcpy(&head, bytes, sizeof head);
    memcpy(head.magic, "INCMAPGZ", 8);
    head.version = INCMAP__SAVED_VERSION;
    head.order = 0x01020304;
    head.size = size;
    memcpy(bytes, &head, sizeof head);
    head.checksum = incmap__saved_checksum(bytes, size);
    memcpy(bytes, &head, sizeof head);
    incmap__arena_init(&saved.made, &a);
    if (incmap__saved_open_memory(&saved, bytes, size, "fuzz", NULL) == INCMAP_OK) walk(&saved);
    incmap__saved_close(&saved);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint64_t room[MOST_BYTES / 8];
    unsigned char *bytes = (unsigned char *)room;

    if (size > MOST_BYTES) return 0;
    memcpy(bytes, data, size);
    open_sealed(bytes, size);
    return 0;
}
