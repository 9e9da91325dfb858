/* SPDX-License-Identifier: MIT */
/* The list of row problems: capped, counted, passed to a callback. Accounts of files and columns, which
 * their readers fill in. */
#include "base/report.h"

#include <string.h>

#include "base/context.h"
#include "base/memory.h"
#include "base/text.h"

enum { DEFAULT_CAPACITY = 1000, FOUND_BYTES = 80 };

struct incmap_report {
    incmap_allocator allocator;
    incmap__arena texts;
    incmap_report_options options;
    incmap_problem *problems;
    size_t listed, room;
    size_t count, refused;
    incmap_report_file *files;
    incmap_report_column *columns;
    size_t file_count, file_room, column_count, column_room;
};

incmap_status incmap_report_new(incmap_ctx *ctx, const incmap_report_options *options,
                                incmap_report **out)
{
    incmap_report *report;

    if (!ctx || !out) return incmap__fail(ctx ? &ctx->error : NULL, INCMAP_EARG, "report: NULL");
    report = incmap__alloc_zeroed(&ctx->allocator, 1, sizeof *report);
    if (!report) return incmap__fail_memory(&ctx->error);
    report->allocator = ctx->allocator;
    report->options = options ? *options : (incmap_report_options)INCMAP_REPORT_OPTIONS_INIT;
    if (!report->options.capacity) report->options.capacity = DEFAULT_CAPACITY;
    incmap__arena_init(&report->texts, &ctx->allocator);
    *out = report;
    return INCMAP_OK;
}

void incmap_report_free(incmap_report *report)
{
    if (report) {
        const incmap_allocator allocator = report->allocator;
        incmap__arena_free(&report->texts);
        incmap__free(&allocator, report->problems);
        incmap__free(&allocator, report->files);
        incmap__free(&allocator, report->columns);
        incmap__free(&allocator, report);
    }
}

size_t incmap_report_count(const incmap_report *report)
{
    return report ? report->count : 0;
}

size_t incmap_report_refused(const incmap_report *report)
{
    return report ? report->refused : 0;
}

size_t incmap_report_listed(const incmap_report *report)
{
    return report ? report->listed : 0;
}

const incmap_problem *incmap_report_get(const incmap_report *report, size_t i)
{
    return report && i < report->listed ? &report->problems[i] : NULL;
}

/* The same few file names and column names come again and again: the last entry's are reused. */
static const char *keep_text(incmap_report *report, const char *text, const char *last)
{
    return last && strcmp(last, text) == 0 ? last
                                           : incmap__arena_text(&report->texts, text, strlen(text));
}

static void keep(incmap_report *report, const incmap_problem *p)
{
    const incmap_problem *last = report->listed ? &report->problems[report->listed - 1] : NULL;
    incmap_problem copy = *p;

    if (report->listed == report->options.capacity) return;
    copy.file = keep_text(report, p->file, last ? last->file : NULL);
    copy.column_name = keep_text(report, p->column_name, last ? last->column_name : NULL);
    copy.found = keep_text(report, p->found, NULL);
    copy.expected = keep_text(report, p->expected, last ? last->expected : NULL);
    if (!copy.file || !copy.column_name || !copy.found || !copy.expected) return;
    if (incmap__grow(&report->allocator, &report->problems, &report->room, report->listed + 1,
                     sizeof *report->problems, NULL))
        return;
    report->problems[report->listed++] = copy;
}

void incmap__report_add(incmap_report *report, const incmap_problem *problem)
{
    char found[FOUND_BYTES + 1];
    incmap_problem p;

    if (!report) return;
    p = *problem;
    incmap__text_copy(found, sizeof found, p.found ? p.found : "");
    p.found = found;
    if (!p.file) p.file = "";
    if (!p.column_name) p.column_name = "";
    if (!p.expected) p.expected = "";
    report->count += p.severity != INCMAP_PROBLEM_CONVERTED;
    if (p.severity == INCMAP_PROBLEM_REFUSED) report->refused++;
    keep(report, &p);
    if (report->options.problem) report->options.problem(report->options.user, &p);
}

/* ---- accounts ---------------------------------------------------------------------------------- */

size_t incmap_report_converted(const incmap_report *report)
{
    size_t converted = 0;

    for (size_t i = 0; report && i < report->column_count; i++)
        converted += report->columns[i].converted;
    return converted;
}

size_t incmap_report_file_count(const incmap_report *report)
{
    return report ? report->file_count : 0;
}

size_t incmap_report_column_count(const incmap_report *report)
{
    return report ? report->column_count : 0;
}

const incmap_report_file *incmap_report_file_get(const incmap_report *report, size_t i)
{
    return report && i < report->file_count ? &report->files[i] : NULL;
}

const incmap_report_column *incmap_report_column_get(const incmap_report *report, size_t i)
{
    return report && i < report->column_count ? &report->columns[i] : NULL;
}

bool incmap__report_lists_converted(const incmap_report *report)
{
    return report && report->options.list_converted;
}

incmap_report_file *incmap__report_file(incmap_report *report, size_t number)
{
    return &report->files[number];
}

incmap_report_column *incmap__report_column(incmap_report *report, size_t i)
{
    return &report->columns[i];
}

incmap_status incmap__report_begin_file(incmap_report *report, const char *file, size_t n,
                                        size_t *number, size_t *first, incmap_error *err)
{
    const incmap_allocator *a = &report->allocator;
    const char *name = incmap__arena_text(&report->texts, file, strlen(file));
    incmap_status st = name ? INCMAP_OK : incmap__fail_memory(err);

    if (!st)
        st = incmap__grow(a, &report->files, &report->file_room, report->file_count + 1,
                          sizeof *report->files, err);
    if (!st)
        st = incmap__grow(a, &report->columns, &report->column_room, report->column_count + n,
                          sizeof *report->columns, err);
    if (st) return st;
    *number = report->file_count++;
    *first = report->column_count;
    report->files[*number] = (incmap_report_file){ .file = name };
    for (size_t i = 0; i < n; i++)
        report->columns[report->column_count++] =
            (incmap_report_column){ .file = name, .name = "", .column = i + 1 };
    return INCMAP_OK;
}

void incmap__report_name_column(incmap_report *report, size_t i, const char *name, size_t length)
{
    const char *copy = incmap__arena_text(&report->texts, name, length);

    if (copy) report->columns[i].name = copy;
}

size_t incmap_problem_text(const incmap_problem *p, char *buffer, size_t size)
{
    size_t used = 0;

    if (!p || !buffer || !size) return 0;
    incmap__text_add(buffer, size, &used, "%s", p->file);
    if (p->row) incmap__text_add(buffer, size, &used, ":%zu", p->row);
    if (p->column) incmap__text_add(buffer, size, &used, ": column %zu", p->column);
    if (p->column_name[0]) incmap__text_add(buffer, size, &used, " (%s)", p->column_name);
    incmap__text_add(buffer, size, &used, ": found \"%s\"", p->found);
    if (p->expected[0])
        incmap__text_add(buffer, size, &used, ", %s %s",
                         p->severity == INCMAP_PROBLEM_CONVERTED ? "taken as" : "expected",
                         p->expected);
    incmap__text_one_line(buffer);
    return used;
}
