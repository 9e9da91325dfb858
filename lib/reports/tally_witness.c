/* SPDX-License-Identifier: MIT */
/* Counting witnesses: sources, the originals behind them, and who published those. Marks instead of
 * sets, so that each count costs no more than its claims. */
#include "reports/tally.h"

/* Sources with the same publisher get the number of the first of them; one without a name its own. */
static incmap_status number_publishers(incmap__witness_book *book, const incmap_allocator *a,
                                       incmap_error *err)
{
    const size_t count = book->d->sources.count;
    const incmap_source *sources = book->d->sources.items;
    incmap__tally_item *items = incmap__alloc_zeroed(a, count, sizeof *items);

    if (!items) return incmap__fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        const char *name = sources[i].publisher;
        items[i].level[0] = name[0] ? (size_t)name : 0;
        items[i].level[1] = name[0] ? 0 : i;
        items[i].index = i;
    }
    incmap__tally_order(items, count);
    for (size_t i = 0, first = 0; i < count; i++) {
        if (!incmap__tally_same_group(&items[first], &items[i], INCMAP__TALLY_LEVELS)) first = i;
        book->publisher[items[i].index] = items[first].index;
    }
    incmap__free(a, items);
    return INCMAP_OK;
}

static size_t *make_marks(const incmap_allocator *a, size_t count)
{
    return incmap__alloc_zeroed(a, count, sizeof(size_t));
}

static size_t relayed_by(const incmap_dataset *d, size_t source)
{
    const incmap_source *sources = d->sources.items;
    const char *from = sources[source].relayed_from;
    return from[0] ? incmap__records_find(&d->sources, from) : source;
}

/* No chain of re-posts is gone twice, however long it is. */
static void find_originals(incmap__witness_book *book)
{
    const size_t count = book->d->sources.count;

    for (size_t i = 0; i < count; i++)
        book->original[i] = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t end = i, next;
        while (book->original[end] == SIZE_MAX && (next = relayed_by(book->d, end)) != end)
            end = next;
        if (book->original[end] != SIZE_MAX) end = book->original[end];
        for (size_t at = i; book->original[at] == SIZE_MAX; at = next) {
            next = relayed_by(book->d, at);
            book->original[at] = end;
        }
    }
}

incmap_status incmap__witness_open(incmap__witness_book *book, const incmap_dataset *d,
                                   const size_t heads[], const incmap_allocator *a,
                                   incmap_error *err)
{
    const size_t sources = d->sources.count, claimants = d->claimants.count;

    *book = (incmap__witness_book){ .d = d, .heads = heads };
    book->original = make_marks(a, sources);
    book->publisher = make_marks(a, sources);
    book->source_mark = make_marks(a, sources);
    book->original_mark = make_marks(a, sources);
    book->publisher_mark = make_marks(a, sources);
    book->claimant_mark = make_marks(a, claimants);
    book->head_mark = make_marks(a, claimants);
    if (!book->original || !book->publisher || !book->source_mark || !book->original_mark ||
        !book->publisher_mark || !book->claimant_mark || !book->head_mark)
        return incmap__fail_memory(err);
    find_originals(book);
    return number_publishers(book, a, err);
}

void incmap__witness_close(incmap__witness_book *book, const incmap_allocator *a)
{
    incmap__free(a, book->original);
    incmap__free(a, book->publisher);
    incmap__free(a, book->source_mark);
    incmap__free(a, book->original_mark);
    incmap__free(a, book->publisher_mark);
    incmap__free(a, book->claimant_mark);
    incmap__free(a, book->head_mark);
}

void incmap__witness_begin(incmap__witness_book *book)
{
    book->turn++;
}

static bool is_new(const incmap__witness_book *book, size_t *mark)
{
    const bool fresh = *mark != book->turn;
    *mark = book->turn;
    return fresh;
}

void incmap__witness_add(incmap__witness_book *book, size_t claim, incmap_witnesses *to)
{
    const size_t source = incmap_dataset_claim(book->d, claim)->source;
    const size_t original = book->original[source];

    to->sources += is_new(book, &book->source_mark[source]);
    to->independent += is_new(book, &book->original_mark[original]);
    to->publishers += is_new(book, &book->publisher_mark[book->publisher[original]]);
}

bool incmap__witness_new_claimant(incmap__witness_book *book, size_t claimant)
{
    return is_new(book, &book->claimant_mark[claimant]);
}

bool incmap__witness_new_head(incmap__witness_book *book, size_t head)
{
    return is_new(book, &book->head_mark[head]);
}
