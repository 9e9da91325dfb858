/* SPDX-License-Identifier: MIT */
/* Texts joined by "|" in one growing buffer, for list columns. */
#ifndef INCMAP_LAYERS_ID_LIST_H
#define INCMAP_LAYERS_ID_LIST_H

#include "base/failure.h"
#include "base/memory.h"

typedef struct {
    const incmap_allocator *allocator;
    char *text; /* NULL before the first start */
    size_t length, room;
} incmap__id_list;

/* Makes it empty; what was handed out before is no longer valid. */
incmap_status incmap__id_list_start(incmap__id_list *list, incmap_error *err);
/* An empty text adds nothing. */
incmap_status incmap__id_list_add(incmap__id_list *list, const char *text, incmap_error *err);
/* Adds of a text joined by "|" what is not in the list yet. */
incmap_status incmap__id_list_merge(incmap__id_list *list, const char *joined, incmap_error *err);
void incmap__id_list_free(incmap__id_list *list);

#endif
