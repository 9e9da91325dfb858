/* SPDX-License-Identifier: MIT */
/* The keys of the Latin keyboard of the United States and those of the Russian and the Ukrainian one, as they lie
 * on one another; only letters are looked at, and what stands on their keys. */
#include "places/keyboard.h"

#include <string.h>

/* Folded: й and ї with their marks apart, before и and і, of which they are more. */
static const struct {
    char plain, shifted;
    const char *letters[INCMAP__KEYBOARDS];
} keys[] = {
    { 'q', 'q', { "и\xCC\x86", "и\xCC\x86" } },
    { 'w', 'w', { "ц", "ц" } },
    { 'e', 'e', { "у", "у" } },
    { 'r', 'r', { "к", "к" } },
    { 't', 't', { "е", "е" } },
    { 'y', 'y', { "н", "н" } },
    { 'u', 'u', { "г", "г" } },
    { 'i', 'i', { "ш", "ш" } },
    { 'o', 'o', { "щ", "щ" } },
    { 'p', 'p', { "з", "з" } },
    { '[', '{', { "х", "х" } },
    { ']', '}', { "ъ", "і\xCC\x88" } },
    { 'a', 'a', { "ф", "ф" } },
    { 's', 's', { "ы", "і" } },
    { 'd', 'd', { "в", "в" } },
    { 'f', 'f', { "а", "а" } },
    { 'g', 'g', { "п", "п" } },
    { 'h', 'h', { "р", "р" } },
    { 'j', 'j', { "о", "о" } },
    { 'k', 'k', { "л", "л" } },
    { 'l', 'l', { "д", "д" } },
    { ';', ':', { "ж", "ж" } },
    { '\'', '"', { "э", "є" } },
    { 'z', 'z', { "я", "я" } },
    { 'x', 'x', { "ч", "ч" } },
    { 'c', 'c', { "с", "с" } },
    { 'v', 'v', { "м", "м" } },
    { 'b', 'b', { "и", "и" } },
    { 'n', 'n', { "т", "т" } },
    { 'm', 'm', { "ь", "ь" } },
    { ',', '<', { "б", "б" } },
    { '.', '>', { "ю", "ю" } },
};
enum { KEYS = sizeof keys / sizeof *keys };

/* Bytes read of the text, and what they become; 0 where the character is on no key. */
static size_t other_side(incmap__keyboard keyboard, const char *text, size_t length,
                         const char **other, size_t *other_length)
{
    *other = text;
    *other_length = 1;
    if (*text == ' ' || (*text >= '0' && *text <= '9')) return 1;
    for (size_t i = 0; i < KEYS; i++) {
        const char *letter = keys[i].letters[keyboard];
        const size_t n = strlen(letter);
        if (*text == keys[i].plain || *text == keys[i].shifted) {
            *other = letter;
            *other_length = n;
            return 1;
        }
        if (n <= length && memcmp(text, letter, n) == 0) {
            *other = &keys[i].plain;
            return keys[i].plain >= 'a' && keys[i].plain <= 'z' ? n : 0;
        }
    }
    return 0;
}

size_t incmap__keyboard_other(incmap__keyboard keyboard, const char *key, size_t length,
                              char out[INCMAP__KEYBOARD_MOST])
{
    size_t used = 0;

    for (size_t at = 0; at < length;) {
        const char *other;
        size_t n;
        const size_t step = other_side(keyboard, key + at, length - at, &other, &n);
        if (!step || used + n > INCMAP__KEYBOARD_MOST) return 0;
        memcpy(out + used, other, n);
        used += n;
        at += step;
    }
    return used;
}
