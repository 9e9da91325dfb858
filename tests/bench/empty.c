/* SPDX-License-Identifier: MIT */
/* A program that does nothing but be linked to what incmap is linked to: the floor of its start. */
#include <proj.h>
#include <shapefil.h>
#include <utf8proc.h>

int main(void)
{
    /* Named, or the linker would leave the libraries out as not needed. */
    void (*volatile proj)(void) = (void (*)(void))proj_info;
    void (*volatile shapelib)(void) = (void (*)(void))SHPOpen;
    void (*volatile utf8)(void) = (void (*)(void))utf8proc_version;
    return proj && shapelib && utf8 ? 0 : 1;
}
