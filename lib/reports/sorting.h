/* SPDX-License-Identifier: MIT */
/* Sorting without memory: qsort of some C libraries allocates, and not through our allocator. */
#ifndef INCMAP_REPORTS_SORTING_H
#define INCMAP_REPORTS_SORTING_H

#include <stddef.h>

/* Heap sort, as qsort is called; not stable, so `compare` must not find two items equal whose order
 * matters. */
void incmap__heap_sort(void *items, size_t count, size_t size,
                       int (*compare)(const void *a, const void *b));

#endif
