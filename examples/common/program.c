/* SPDX-License-Identifier: MIT */
/* What every program does alike. The name is the only thing held outside of main. */
#include "common/program.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"

static const char *name = "incmap";

void program_start(const char *argv0)
{
    const char *slash = argv0 ? strrchr(argv0, '/') : NULL;

    if (argv0 && argv0[0]) name = slash ? slash + 1 : argv0;
#ifdef SIGXFSZ
    /* Where files may only grow so far (ulimit -f), a write then fails and is told, as on a full disk. */
    (void)signal(SIGXFSZ, SIG_IGN);
#endif
}

const char *program_name(void)
{
    return name;
}

int complain(int status, const char *format, ...)
{
    char *message, *clean;
    va_list list;

    va_start(list, format);
    message = text_format_list(format, list);
    va_end(list);
    clean = text_clean(message);
    fprintf(stderr, "%s: %s\n", name, clean);
    free(clean);
    free(message);
    return status;
}

int complain_of(const incmap_ctx *ctx, incmap_status status)
{
    const char *message = incmap_ctx_message(ctx);
    int code = FAILED;

    if (status == INCMAP_ENOTFOUND || status == INCMAP_EAMBIGUOUS) code = NO_ANSWER;
    if (status == INCMAP_EDOMAIN || status == INCMAP_EPARSE || status == INCMAP_EARG)
        code = WRONG_USAGE;
    return complain(code, "%s", message[0] ? message : incmap_status_text(status));
}

void *need(void *block)
{
    if (!block) {
        fprintf(stderr, "%s: out of memory\n", name);
        exit(FAILED);
    }
    return block;
}

char *need_copy(const char *text)
{
    const size_t size = strlen(text) + 1;

    return memcpy(need(malloc(size)), text, size);
}

int program_end(int status)
{
    const bool earlier = ferror(stdout) != 0;

    errno = 0;
    if (fclose(stdout) == 0 && !earlier) return status;
    return complain(FAILED, "standard output cannot be written: %s",
                    errno ? strerror(errno) : "an earlier write failed");
}
