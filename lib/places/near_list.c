/* SPDX-License-Identifier: MIT */
/* The pass over signatures, length by length: of another length, fewer bits may differ. */
#include "places/near_list.h"

#include "places/spelling.h"

struct pass {
    const incmap__near_list *list;
    const char *bytes;
    incmap__spelling_pattern_of pattern;
    uint64_t signature;
    incmap__near_fn *found;
    void *user;
};

static void look_through(struct pass *pass, size_t length)
{
    const incmap__near_list *list = pass->list;
    const size_t asked = pass->pattern.length;
    const unsigned bits = incmap__signature_bits(
        INCMAP__NEAR_EDITS, (unsigned)(length > asked ? length - asked : asked - length));
    const uint32_t end = list->starts[length + 1];
    uint32_t near[INCMAP__SIGNATURES_AT_ONCE];

    for (uint32_t at = list->starts[length]; at < end; at += INCMAP__SIGNATURES_AT_ONCE) {
        const size_t count =
            incmap__signatures_near(list->signatures + at, end - at, pass->signature, bits, near);
        for (size_t i = 0; i < count; i++) {
            const incmap__near_text *item = &list->texts[at + near[i]];
            const unsigned edits = incmap__spelling_far(&pass->pattern, pass->bytes + item->text,
                                                        length, INCMAP__NEAR_EDITS);
            if (edits <= INCMAP__NEAR_EDITS) pass->found(pass->user, item->of, edits);
        }
    }
}

void incmap__near_list_find(const incmap__near_list *list, incmap__alphabet alphabet,
                            const char *bytes, const char *text, size_t length,
                            incmap__near_fn *found, void *user)
{
    struct pass pass = { .list = list, .bytes = bytes, .found = found, .user = user };
    const size_t least = length > INCMAP__NEAR_EDITS + INCMAP__NEAR_SHORTEST
                             ? length - INCMAP__NEAR_EDITS
                             : INCMAP__NEAR_SHORTEST;
    const size_t most = length + INCMAP__NEAR_EDITS;

    if (length < INCMAP__NEAR_SHORTEST || length > INCMAP__NEAR_LONGEST || !list->starts) return;
    pass.signature = incmap__signature(alphabet, text, length);
    incmap__spelling_pattern(&pass.pattern, text, length);
    for (size_t n = least; n <= most && n <= INCMAP__NEAR_LONGEST; n++)
        look_through(&pass, n);
}
