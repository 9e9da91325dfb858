/* SPDX-License-Identifier: MIT */
/* RFC 4180 on the way out. Texts go out byte for byte, so that what a program reads is what the data
 * have. */
#include "common/csv_out.h"

#include <math.h>
#include <string.h>

static void separate(csv_out *csv)
{
    if (csv->fields++) fputc(',', csv->file);
}

void csv_head(csv_out *csv, const char *names)
{
    fputs(names, csv->file);
    fputs("\r\n", csv->file);
    csv->fields = 0;
}

void csv_text(csv_out *csv, const char *text)
{
    separate(csv);
    if (!text[strcspn(text, ",\"\r\n")]) {
        fputs(text, csv->file);
        return;
    }
    fputc('"', csv->file);
    for (; *text; text++) {
        if (*text == '"') fputc('"', csv->file);
        fputc(*text, csv->file);
    }
    fputc('"', csv->file);
}

void csv_number(csv_out *csv, double value, int decimals)
{
    char digits[512];

    separate(csv);
    if (!isfinite(value)) return;
    snprintf(digits, sizeof digits, "%.*f", decimals, value);
    /* "-0.000" says a sign that the number does not have. */
    fputs(digits[0] == '-' && !digits[strspn(digits, "-0.")] ? digits + 1 : digits, csv->file);
}

void csv_figure(csv_out *csv, double value)
{
    separate(csv);
    if (isfinite(value)) fprintf(csv->file, "%.15g", value);
}

void csv_count(csv_out *csv, size_t value)
{
    separate(csv);
    fprintf(csv->file, "%zu", value);
}

void csv_bool(csv_out *csv, bool value)
{
    csv_text(csv, value ? "true" : "false");
}

void csv_empty(csv_out *csv, size_t fields)
{
    for (; fields; fields--)
        separate(csv);
}

void csv_end(csv_out *csv)
{
    fputs("\r\n", csv->file);
    csv->fields = 0;
}
