/* SPDX-License-Identifier: MIT */
/* Linux makes holes in files. In a file of its own, since what declares that call declares another
 * strerror_r too. */
#define _GNU_SOURCE

#include "io/file_room.h"

#include <fcntl.h>

void incmap__file_room_drop(int fd, uint64_t from, uint64_t to)
{
#ifdef FALLOC_FL_PUNCH_HOLE
    (void)fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, (off_t)from,
                    (off_t)(to - from));
#else
    (void)fd;
    (void)from;
    (void)to;
#endif
}
