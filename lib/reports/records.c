/* SPDX-License-Identifier: MIT */
/* Records by id, and chains of links among them. */
#include "reports/records.h"

#include <string.h>

#include "base/report.h"

static char *item_at(const incmap__records *records, size_t i)
{
    return (char *)records->items + i * records->item_size;
}

static const char *id_of(const void *item)
{
    const char *id;
    memcpy(&id, item, sizeof id);
    return id;
}

static incmap_status index_id(incmap__records *records, const incmap_allocator *a, const char *id,
                              incmap_error *err)
{
    return incmap__index_add(&records->ids, a, id, strlen(id), err);
}

void incmap__records_free(incmap__records *records, const incmap_allocator *a)
{
    incmap__free(a, records->items);
    incmap__index_free(&records->ids, a);
    records->items = NULL;
    records->count = records->room = 0;
}

incmap_status incmap__records_add(incmap__records *records, const incmap_allocator *a,
                                  const void *item, incmap_error *err)
{
    incmap_status st = incmap__grow(a, &records->items, &records->room, records->count + 1,
                                    records->item_size, err);

    if (!st) st = index_id(records, a, id_of(item), err);
    if (!st) memcpy(item_at(records, records->count++), item, records->item_size);
    return st;
}

size_t incmap__records_find(const incmap__records *records, const char *id)
{
    uint32_t i = incmap__index_first(&records->ids, id, strlen(id));
    while (i != INCMAP__INDEX_END && strcmp(id_of(item_at(records, i)), id) != 0)
        i = incmap__index_next(&records->ids, i);
    return i == INCMAP__INDEX_END ? INCMAP__NO_RECORD : i;
}

void incmap__links_free(incmap__links *links, const incmap_allocator *a)
{
    incmap__free(a, links->items);
    links->items = NULL;
    links->count = links->room = 0;
}

enum { UNSEEN, ON_PATH, GOOD, REFUSED };

incmap_status incmap__links_add(incmap__links *links, const incmap_allocator *a, const char *to,
                                size_t line, incmap_error *err)
{
    const incmap_status st =
        incmap__grow(a, &links->items, &links->room, links->count + 1, sizeof *links->items, err);
    if (!st) links->items[links->count++] = (incmap__link){ to, line, UNSEEN };
    return st;
}

static void refuse(const incmap__links *links, incmap__link *link, incmap__problems *problems,
                   const char *expected)
{
    const incmap_problem problem = { .severity = INCMAP_PROBLEM_REFUSED,
                                     .file = links->file,
                                     .row = link->line,
                                     .column = links->field,
                                     .column_name = links->column_name,
                                     .found = link->to,
                                     .expected = expected };
    link->state = REFUSED;
    incmap__report_add(problems->report, &problem);
}

/* How the chain from a record ends: GOOD, REFUSED (a row that is not there or not used), or ON_PATH
 * when it comes back to a row of its own, whose number *back then is. Marks its way. */
static int walk(incmap__links *links, const incmap__records *records, size_t from, size_t *back)
{
    size_t at = from;

    while (links->items[at].state == UNSEEN) {
        links->items[at].state = ON_PATH;
        if (!links->items[at].to[0]) return GOOD;
        at = incmap__records_find(records, links->items[at].to);
        if (at == INCMAP__NO_RECORD) return REFUSED;
    }
    *back = at;
    return links->items[at].state;
}

/* Goes the marked way again and settles it. Of a circle each row is told that it is in one; the rows
 * that lead there or to a refused row are told that. */
static void settle(incmap__links *links, const incmap__records *records, size_t from, int end,
                   size_t circle, incmap__problems *problems)
{
    bool round = false;
    size_t at = from;

    while (at != INCMAP__NO_RECORD && links->items[at].state == ON_PATH) {
        incmap__link *link = &links->items[at];
        const size_t next =
            link->to[0] ? incmap__records_find(records, link->to) : INCMAP__NO_RECORD;
        round = round || (end == ON_PATH && at == circle);
        if (end == GOOD)
            link->state = GOOD;
        else if (round)
            refuse(links, link, problems, "a chain of rows that ends, not one that comes back");
        else
            refuse(links, link, problems, "the id of a row of this file that is not refused");
        at = next;
    }
}

/* Moves the records that stay down over the refused ones, and numbers their ids anew. */
static incmap_status take_out_refused(incmap__links *links, incmap__records *records,
                                      const incmap_allocator *a, incmap_error *err)
{
    const size_t count = records->count;
    incmap_status st = INCMAP_OK;

    incmap__index_truncate(&records->ids, 0);
    records->count = 0;
    for (size_t i = 0; !st && i < count; i++) {
        if (links->items[i].state == REFUSED) {
            if (links->refused)
                st = links->refused(links->user, id_of(item_at(records, i)), links->items[i].line,
                                    err);
            continue;
        }
        links->items[records->count] = links->items[i];
        memmove(item_at(records, records->count), item_at(records, i), records->item_size);
        st = index_id(records, a, id_of(item_at(records, records->count)), err);
        records->count++;
    }
    links->count = records->count;
    return st;
}

incmap_status incmap__links_resolve(incmap__links *links, incmap__records *records,
                                    const incmap_allocator *a, incmap__problems *problems)
{
    const size_t refused = incmap_report_refused(problems->report);
    incmap_status st;

    for (size_t i = 0; i < links->count; i++) {
        size_t circle = INCMAP__NO_RECORD;
        if (links->items[i].state != UNSEEN) continue;
        const int end = walk(links, records, i, &circle);
        settle(links, records, i, end, circle, problems);
    }
    st = incmap__problems_check(problems);
    if (!st && incmap_report_refused(problems->report) > refused)
        st = take_out_refused(links, records, a, &problems->ctx->error);
    return st;
}
