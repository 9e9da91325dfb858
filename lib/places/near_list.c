/* SPDX-License-Identifier: MIT */
/* The pass over signatures, length by length: of another length, fewer bits may differ. */
#include "places/near_list.h"

#include <stdbool.h>
#include <string.h>

#include "places/spelling.h"

struct pass {
    const incmap__near_list *list;
    const char *text;
    incmap__spelling_pattern_of pattern;
    uint64_t signature;
    incmap__near_fn *found;
    void *user;
};

/* "abc" and "ca" among the same letters: two exchanged, and one between them left out. Counted as edits one
 * after another these are three, since no letter is edited twice there; hands make two. */
static bool is_turned_around(const char *longer, const char *shorter, size_t length)
{
    size_t at = 0;

    while (at < length && longer[at] == shorter[at])
        at++;
    return at + 2 <= length && longer[at] == shorter[at + 1] && longer[at + 2] == shorter[at] &&
           memcmp(longer + at + 3, shorter + at + 2, length - at - 2) == 0;
}

/* The letter that one of them has more is all that their signatures can differ by. */
static bool is_turned(const struct pass *pass, const char *text, size_t length, uint64_t signature)
{
    const uint64_t differ = signature ^ pass->signature;

    if (differ & (differ - 1)) return false;
    if (length == pass->pattern.length + 1) return is_turned_around(text, pass->text, length - 1);
    return length + 1 == pass->pattern.length && is_turned_around(pass->text, text, length);
}

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
            const char *text = list->bytes + item->text;
            unsigned edits = incmap__spelling_far(&pass->pattern, text, length, INCMAP__NEAR_EDITS);
            if (edits > INCMAP__NEAR_EDITS &&
                is_turned(pass, text, length, list->signatures[at + near[i]]))
                edits = INCMAP__NEAR_EDITS;
            if (edits <= INCMAP__NEAR_EDITS) pass->found(pass->user, item->of, length, edits);
        }
    }
}

void incmap__near_list_find(const incmap__near_list *list, incmap__alphabet alphabet,
                            const char *text, size_t length, incmap__near_fn *found, void *user)
{
    struct pass pass = { .list = list, .text = text, .found = found, .user = user };
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
