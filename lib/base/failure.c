/* SPDX-License-Identifier: MIT */
/* Writing the last error. */
#include "base/failure.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

incmap_status incmap__fail(incmap_error *err, incmap_status status, const char *format, ...)
{
    if (err) {
        /* The arguments may point into the old message, so the new one is made beside it. */
        char text[sizeof err->message];
        va_list args;
        va_start(args, format);
        const int length = vsnprintf(text, sizeof text, format, args);
        va_end(args);
        if (length >= (int)sizeof text)
            text[incmap__utf8_cut(text, sizeof text - 1, sizeof text - 1)] = '\0';
        incmap__text_one_line(text);
        memcpy(err->message, text, sizeof text);
        err->status = status;
    }
    return status;
}

incmap_status incmap__fail_memory(incmap_error *err)
{
    return incmap__fail(err, INCMAP_ENOMEM, "out of memory");
}
