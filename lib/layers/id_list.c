/* SPDX-License-Identifier: MIT */
/* The growing buffer behind list columns. */
#include "layers/id_list.h"

#include <string.h>

incmap_status incmap__id_list_start(incmap__id_list *list, incmap_error *err)
{
    const incmap_status st = incmap__grow(list->allocator, &list->text, &list->room, 1, 1, err);
    list->length = 0;
    if (!st) list->text[0] = '\0';
    return st;
}

incmap_status incmap__id_list_add(incmap__id_list *list, const char *text, incmap_error *err)
{
    const size_t n = strlen(text);
    incmap_status st;

    if (n == 0) return INCMAP_OK;
    st = incmap__grow(list->allocator, &list->text, &list->room, list->length + n + 2, 1, err);
    if (st) return st;
    if (list->length > 0) list->text[list->length++] = '|';
    memcpy(list->text + list->length, text, n + 1);
    list->length += n;
    return INCMAP_OK;
}

void incmap__id_list_free(incmap__id_list *list)
{
    incmap__free(list->allocator, list->text);
    list->text = NULL;
    list->length = list->room = 0;
}
