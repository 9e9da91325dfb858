/* SPDX-License-Identifier: MIT */
/* Giving room of a file back to the disk while the rest of it is still needed. */
#ifndef INCMAP_IO_FILE_ROOM_H
#define INCMAP_IO_FILE_ROOM_H

#include <stdint.h>

/* The bytes of [from, to) read as zeros from then on. Where the system has no such call nothing is done,
 * and nothing is lost by that but room. */
void incmap__file_room_drop(int fd, uint64_t from, uint64_t to);

#endif
