/* SPDX-License-Identifier: MIT */
/* Memory that a program goes through from end to end over and over. */
#ifndef INCMAP_EXAMPLES_LARGE_ROOM_H
#define INCMAP_EXAMPLES_LARGE_ROOM_H

#include <stddef.h>

/* So many bytes for realloc and free, in large pages where the system has such: some thousand small ones
 * are more than a processor keeps the addresses of. Ends the program when there is no memory. */
void *large_room(size_t size);

#endif
