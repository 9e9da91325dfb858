/* SPDX-License-Identifier: MIT */
/* Heap sort over items of any size. */
#include "reports/sorting.h"

typedef struct {
    char *items;
    size_t size;
    int (*compare)(const void *a, const void *b);
} heap;

static char *at(const heap *h, size_t i)
{
    return h->items + i * h->size;
}

static void swap(const heap *h, size_t i, size_t j)
{
    char *a = at(h, i), *b = at(h, j);

    for (size_t k = 0; k < h->size; k++) {
        const char t = a[k];
        a[k] = b[k];
        b[k] = t;
    }
}

static void sink(const heap *h, size_t i, size_t count)
{
    for (;;) {
        size_t most = 2 * i + 1;
        if (most >= count) return;
        if (most + 1 < count && h->compare(at(h, most), at(h, most + 1)) < 0) most++;
        if (h->compare(at(h, i), at(h, most)) >= 0) return;
        swap(h, i, most);
        i = most;
    }
}

void incmap__heap_sort(void *items, size_t count, size_t size,
                       int (*compare)(const void *a, const void *b))
{
    const heap h = { items, size, compare };

    for (size_t i = count / 2; i-- > 0;)
        sink(&h, i, count);
    for (size_t end = count; end-- > 1;) {
        swap(&h, 0, end);
        sink(&h, 0, end);
    }
}
