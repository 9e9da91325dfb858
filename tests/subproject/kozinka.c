/* SPDX-License-Identifier: MIT */
/* A user's program: one include, no path, no environment variable. It prints one line, which
 * test_install.py expects. */
#include <incmap/incmap.h>

#include <stdio.h>

int main(void)
{
    incmap_ctx *ctx = NULL;
    incmap_gazetteer *gazetteer = NULL;
    incmap_border *border = NULL;
    incmap_match match;
    incmap_depth depth;
    size_t count = 0;
    incmap_status st = incmap_ctx_new(NULL, &ctx);

    if (!st) st = incmap_gazetteer_builtin(ctx, &gazetteer);
    if (!st) st = incmap_border_builtin(ctx, &border);
    if (!st) st = incmap_gazetteer_find(ctx, gazetteer, "Kozinka", NULL, &match, 1, &count);
    if (!st && count == 0) st = INCMAP_ENOTFOUND;
    if (!st)
        st = incmap_border_measure(ctx, border, match.place->at, match.place->coord_uncertainty_m,
                                   &depth);
    if (st)
        fprintf(stderr, "%s: %s\n", incmap_status_text(st), incmap_ctx_message(ctx));
    else
        printf("Kozinka: %.0f m %s, incmap %s\n", depth.depth_m, incmap_side_text(depth.side),
               incmap_version());
    incmap_border_free(border);
    incmap_gazetteer_free(gazetteer);
    incmap_ctx_free(ctx);
    return st ? 1 : 0;
}
