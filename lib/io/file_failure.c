/* SPDX-License-Identifier: MIT */
/* The message of a file that could not be used. Apart from diskfile.c, which asks the system for GNU's
 * calls and would get GNU's strerror_r with them, which answers in another way. */
#include "io/diskfile.h"

#include <stdio.h>
#include <string.h>

incmap_status incmap__fail_file(incmap_error *err, const char *path, const char *what, int code)
{
    char reason[128];
    if (strerror_r(code, reason, sizeof reason) != 0)
        (void)snprintf(reason, sizeof reason, "error %d", code);
    return incmap__fail(err, INCMAP_EIO, "%s: %s: %s", path, what, reason);
}
