/* SPDX-License-Identifier: MIT */
/* Copying a few bytes without a call. The cells of a table are some ten bytes each, of which the C library's
 * memcpy takes longer to find out how many they are than to copy them. */
#ifndef INCMAP_BASE_COPY_H
#define INCMAP_BASE_COPY_H

#include <stddef.h>
#include <string.h>

/* As memcpy: exactly so many bytes are read and written. Pieces from the front and one from the back, which
 * may lie over one another. */
static inline void incmap__copy(char *to, const char *from, size_t n)
{
    if (n > 64) {
        memcpy(to, from, n);
    } else if (n >= 16) {
        for (size_t i = 0; i + 16 < n; i += 16)
            memcpy(to + i, from + i, 16);
        memcpy(to + n - 16, from + n - 16, 16);
    } else if (n >= 8) {
        memcpy(to, from, 8);
        memcpy(to + n - 8, from + n - 8, 8);
    } else if (n >= 4) {
        memcpy(to, from, 4);
        memcpy(to + n - 4, from + n - 4, 4);
    } else if (n > 0) {
        to[0] = from[0];
        to[n / 2] = from[n / 2];
        to[n - 1] = from[n - 1];
    }
}

#endif
