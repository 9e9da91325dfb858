/* SPDX-License-Identifier: MIT */
/* The list of row problems: capped, counted, passed to a callback. */
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
    report->count++;
    if (p.severity == INCMAP_PROBLEM_REFUSED) report->refused++;
    keep(report, &p);
    if (report->options.problem) report->options.problem(report->options.user, &p);
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
    if (p->expected[0]) incmap__text_add(buffer, size, &used, ", expected %s", p->expected);
    incmap__text_one_line(buffer);
    return used;
}
