/* SPDX-License-Identifier: MIT */
/* An order of points in which neighbours in the list are mostly neighbours on the map, so that each
 * search begins where the last one ended and finds its memory warm. */
#ifndef INCMAP_GEODESY_POINT_ORDER_H
#define INCMAP_GEODESY_POINT_ORDER_H

#include <incmap/coord.h>

#include "base/memory.h"

/* Numbers of the n points in Morton order of longitude and latitude within the box of them all; what
 * is no coordinate comes anywhere. Freed by the caller with incmap__free. NULL when there is no
 * memory, or n does not fit 32 bits. */
uint32_t *incmap__point_order(const incmap_coord points[], size_t n, const incmap_allocator *a);

#endif
