/* SPDX-License-Identifier: MIT */
/* The growing buffer behind list columns. */
#include "layers/id_list.h"

#include <stdbool.h>
#include <string.h>

incmap_status incmap__id_list_start(incmap__id_list *list, incmap_error *err)
{
    const incmap_status st = incmap__grow(list->allocator, &list->text, &list->room, 1, 1, err);
    list->length = 0;
    if (!st) list->text[0] = '\0';
    return st;
}

static incmap_status add_bytes(incmap__id_list *list, const char *text, size_t n, incmap_error *err)
{
    incmap_status st;

    if (n == 0) return INCMAP_OK;
    st = incmap__grow(list->allocator, &list->text, &list->room, list->length + n + 2, 1, err);
    if (st) return st;
    if (list->length > 0) list->text[list->length++] = '|';
    memcpy(list->text + list->length, text, n);
    list->length += n;
    list->text[list->length] = '\0';
    return INCMAP_OK;
}

incmap_status incmap__id_list_add(incmap__id_list *list, const char *text, incmap_error *err)
{
    return add_bytes(list, text, strlen(text), err);
}

static bool holds(const incmap__id_list *list, const char *text, size_t n)
{
    for (const char *at = list->text; *at;) {
        const size_t length = strcspn(at, "|");
        if (length == n && memcmp(at, text, n) == 0) return true;
        at += length + (at[length] == '|');
    }
    return false;
}

incmap_status incmap__id_list_merge(incmap__id_list *list, const char *joined, incmap_error *err)
{
    incmap_status st = INCMAP_OK;

    while (!st && *joined) {
        const size_t n = strcspn(joined, "|");
        if (!holds(list, joined, n)) st = add_bytes(list, joined, n, err);
        joined += n + (joined[n] == '|');
    }
    return st;
}

void incmap__id_list_free(incmap__id_list *list)
{
    incmap__free(list->allocator, list->text);
    list->text = NULL;
    list->length = list->room = 0;
}
