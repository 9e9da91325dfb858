/* SPDX-License-Identifier: MIT */
/* The lines of a border as a layer, each with its chainage, its kind and the credit. */
#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "layers/layer_set.h"

enum column {
    LINE,
    BORDER,
    INSIDE,
    OUTSIDE,
    STATUS,
    OUTLINE,
    START_M,
    END_M,
    LENGTH_M,
    SEPAR_M,
    ACCURACY_M,
    ACC_BASIS,
    DATA_DATE,
    CREDIT,
    COLUMNS
};

static const incmap__layer_column columns[COLUMNS] = {
    [LINE] = { "LINE", INCMAP__COLUMN_INT, 0 },
    [BORDER] = { "BORDER", INCMAP__COLUMN_TEXT, 0 },
    [INSIDE] = { "INSIDE", INCMAP__COLUMN_TEXT, 0 },
    [OUTSIDE] = { "OUTSIDE", INCMAP__COLUMN_TEXT, 0 },
    [STATUS] = { "STATUS", INCMAP__COLUMN_TEXT, 0 },
    [OUTLINE] = { "OUTLINE", INCMAP__COLUMN_TEXT, 0 },
    [START_M] = { "START_M", INCMAP__COLUMN_NUMBER, 1 },
    [END_M] = { "END_M", INCMAP__COLUMN_NUMBER, 1 },
    [LENGTH_M] = { "LENGTH_M", INCMAP__COLUMN_NUMBER, 1 },
    [SEPAR_M] = { "SEPAR_M", INCMAP__COLUMN_NUMBER, 1 },
    [ACCURACY_M] = { "ACCURACY_M", INCMAP__COLUMN_NUMBER, 1 },
    [ACC_BASIS] = { "ACC_BASIS", INCMAP__COLUMN_TEXT, 0 },
    [DATA_DATE] = { "DATA_DATE", INCMAP__COLUMN_TEXT, 0 },
    [CREDIT] = { "CREDIT", INCMAP__COLUMN_TEXT, 0 },
};

struct source {
    const incmap_border *border;
    const incmap_allocator *allocator;
    incmap_coord *vertices;
    size_t room;
    size_t parts[2];
};

static incmap_status take_vertices(struct source *s, size_t i, incmap__layer_row *row,
                                   incmap_error *err)
{
    const size_t n = incmap_border_line_vertices(s->border, i, NULL, 0);
    const incmap_status st =
        incmap__grow(s->allocator, &s->vertices, &s->room, n, sizeof *s->vertices, err);

    if (st) return st;
    (void)incmap_border_line_vertices(s->border, i, s->vertices, n);
    s->parts[0] = 0;
    s->parts[1] = n;
    row->shape = (incmap__shape){ .type = INCMAP__SHAPE_LINE,
                                  .points = s->vertices,
                                  .point_count = n,
                                  .part_starts = s->parts,
                                  .part_count = 1 };
    return INCMAP_OK;
}

static const char *outline_code(const incmap_border *border, incmap_side outline)
{
    if (outline == INCMAP_SIDE_INSIDE) return incmap_border_inside(border);
    if (outline == INCMAP_SIDE_OUTSIDE) return incmap_border_outside(border);
    return "";
}

static incmap_status fill(void *user, size_t i, incmap__layer_row *row, incmap_error *err)
{
    struct source *s = user;
    const incmap_border *border = s->border;
    incmap_border_line line = { 0 };

    (void)incmap_border_line_get(border, i, &line);
    incmap__row_int(row, LINE, (int64_t)i);
    incmap__row_text(row, BORDER, incmap_border_name(border));
    incmap__row_text(row, INSIDE, incmap_border_inside(border));
    incmap__row_text(row, OUTSIDE, incmap_border_outside(border));
    incmap__row_text(row, STATUS, line.unmatched ? "unmatched" : "matched");
    incmap__row_number(row, START_M, line.start_m);
    incmap__row_number(row, END_M, line.start_m + line.length_m);
    incmap__row_number(row, LENGTH_M, line.length_m);
    if (line.unmatched) {
        incmap__row_text(row, OUTLINE, outline_code(border, line.outline));
        incmap__row_number(row, SEPAR_M, line.separation_m);
    }
    incmap__row_number(row, ACCURACY_M, incmap_border_accuracy_m(border));
    incmap__row_text(row, ACC_BASIS,
                     incmap_border_accuracy_is_stated(border) ? "stated" : "assumed");
    incmap__row_text(row, DATA_DATE, incmap_border_data_date(border));
    incmap__row_text(row, CREDIT, incmap_border_attribution(border));
    return take_vertices(s, i, row, err);
}

incmap_status incmap_layer_write_border(incmap_ctx *ctx, const char *path,
                                        const incmap_border *border,
                                        const incmap_layer_options *options,
                                        incmap_layer_result *result)
{
    struct source source = { .border = border };
    incmap_status st;

    if (!ctx) return INCMAP_EARG;
    if (!path || !border)
        return incmap__fail(&ctx->error, INCMAP_EARG, "border layer: path or border is NULL");
    source.allocator = &ctx->allocator;
    const incmap__layer_plan plan = {
        .path = path,
        .kind = "border",
        .style = &incmap__style_border,
        .type = INCMAP__SHAPE_LINE,
        .columns = columns,
        .column_count = COLUMNS,
        .row_count = incmap_border_line_count(border),
        .fill = fill,
        .user = &source,
        .title = incmap_border_name(border),
        .abstract = "The line along which two countries' outlines meet, in the order of START_M. "
                    "STATUS unmatched: the outlines run apart there by up to SEPAR_M, and both "
                    "are given; OUTLINE says whose. ACCURACY_M is how far the data may lie off, "
                    "ACC_BASIS assumed: nobody states it.",
        .credit = incmap_border_attribution(border),
        .data_date = incmap_border_data_date(border),
    };
    st = incmap__layer_write(ctx, &plan, options, result);
    incmap__free(&ctx->allocator, source.vertices);
    return st;
}
