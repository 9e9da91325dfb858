/* SPDX-License-Identifier: MIT */
/* Rows on the disk in the order in which they came, for layers whose widths are known only when the
 * last row is. */
#ifndef INCMAP_LAYERS_ROW_SPOOL_H
#define INCMAP_LAYERS_ROW_SPOOL_H

#include "layers/field_set.h"

typedef struct incmap__row_spool incmap__row_spool;

/* Makes the file at path. Rows have so many cells. */
incmap_status incmap__row_spool_new(incmap__row_spool **out, const char *path, size_t cells,
                                    const incmap_allocator *a, incmap_error *err);
/* shape NULL: none. The cells lie as incmap__field_set_take leaves them. */
incmap_status incmap__row_spool_add(incmap__row_spool *spool, const incmap_shape *shape,
                                    const incmap__cell cells[], incmap_error *err);
/* Goes to the first row, for reading. */
incmap_status incmap__row_spool_rewind(incmap__row_spool *spool, incmap_error *err);
/* The next row, which must be there; both live until the next call, and the cells have
 * room as those of a field set. */
incmap_status incmap__row_spool_next(incmap__row_spool *spool, incmap_shape *shape,
                                     incmap__cell cells[], incmap_error *err);
/* The file is left to whoever removes its folder. */
void incmap__row_spool_free(incmap__row_spool *spool);

#endif
