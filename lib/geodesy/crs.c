/* SPDX-License-Identifier: MIT */
/* PROJ's second adapter: its database of reference systems. Its context lives for one call, since a
 * .prj is needed once for a layer. */
#include "geodesy/crs.h"

#include <proj.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* The first line that PROJ says; later ones are consequences. */
struct said {
    char text[256];
};

static void listen(void *user, int level, const char *message)
{
    struct said *said = user;
    (void)level;
    if (!said->text[0]) {
        (void)incmap__text_copy(said->text, sizeof said->text, message);
        said->text[strcspn(said->text, "\r\n")] = '\0';
    }
}

static incmap_status copy_wkt(const char *wkt, char **out, const incmap_allocator *a,
                              incmap_error *err)
{
    const size_t size = strlen(wkt) + 1;
    char *copy = incmap__alloc(a, size, 1);
    if (!copy) return incmap__fail_memory(err);
    memcpy(copy, wkt, size);
    *out = copy;
    return INCMAP_OK;
}

incmap_status incmap__crs_esri_wkt(int epsg, char **out, const incmap_allocator *a,
                                   incmap_error *err)
{
    static const char *const one_line[] = { "MULTILINE=NO", NULL };
    PJ_CONTEXT *proj = proj_context_create();
    struct said said = { "" };
    PJ *crs = NULL;
    const char *wkt = NULL;
    char code[32];
    incmap_status st;

    if (!proj) return incmap__fail_memory(err);
    proj_log_func(proj, &said, listen);
    (void)snprintf(code, sizeof code, "EPSG:%d", epsg);
    crs = proj_create(proj, code);
    if (crs) wkt = proj_as_wkt(proj, crs, PJ_WKT1_ESRI, one_line);
    st = wkt ? copy_wkt(wkt, out, a, err)
             : incmap__fail(err, INCMAP_ELIBRARY, "PROJ has no ESRI text for %s: %s", code,
                            said.text[0] ? said.text : "no reason given");
    (void)proj_destroy(crs);
    (void)proj_context_destroy(proj);
    return st;
}
