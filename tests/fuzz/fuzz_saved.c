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
    FUZZ_CHECK(edits <= 2 && length <= 8 && of < saved->index.words);
}

static void walk_names(const incmap__name_index *index, size_t places)
{
    incmap__name_node root, sound;

    for (uint32_t at = INCMAP__TREE_START; at < index->words; at = root.end) {
        root = incmap__name_node_at(index, at);
        for (uint32_t of = root.first; of < root.end; of = sound.end) {
            sound = incmap__name_node_at(index, of);
            for (uint32_t form = sound.first; form < sound.end;
                 form = incmap__form_end(index, form))
                FUZZ_CHECK(incmap__listing_at(index, form + INCMAP__FORM_LISTINGS).place < places);
        }
    }
}

static void walk(incmap__saved *saved)
{
    for (size_t i = 0; i < saved->count; i++) {
        const incmap_place *place = incmap__saved_make(saved, i);
        FUZZ_CHECK(place && place->name_count > 0 && strlen(place->names[0].text) < MOST_BYTES);
        (void)incmap__saved_by_key(saved, place->key);
    }
    for (int k = 0; k < INCMAP__ALPHABETS; k++)
        incmap__near_list_find(&saved->index.near[k], (incmap__alphabet)k, "kozonk", 6, look_at,
                               saved);
    (void)incmap__name_index_root(&saved->index, "kozonk", 6);
    walk_names(&saved->index, saved->count);
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
