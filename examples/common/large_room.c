/* SPDX-License-Identifier: MIT */
/* Asks Linux for large pages, which it gives unasked or not at all as it is set up; other systems are not
 * asked. */
#define _DEFAULT_SOURCE /* madvise */
#include "common/large_room.h"

#include <stdlib.h>
#include <sys/mman.h>

#include "common/program.h"

enum { LARGE_PAGE = 2 << 20 };

void *large_room(size_t size)
{
    const size_t pages = (size + LARGE_PAGE - 1) / LARGE_PAGE;
    void *room = need(aligned_alloc(LARGE_PAGE, pages * LARGE_PAGE));

#ifdef MADV_HUGEPAGE
    (void)madvise(room, pages * LARGE_PAGE, MADV_HUGEPAGE); /* only saves time */
#endif
    return room;
}
