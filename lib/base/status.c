/* SPDX-License-Identifier: MIT */
/* Texts of the status values, and the version. */
#include <incmap/status.h>
#include <incmap/version.h>

const char *incmap_status_text(incmap_status status)
{
    switch (status) {
    case INCMAP_OK: return "done";
    case INCMAP_ENOMEM: return "out of memory";
    case INCMAP_EARG: return "wrong argument";
    case INCMAP_EDOMAIN: return "value outside its range";
    case INCMAP_EPARSE: return "text cannot be read";
    case INCMAP_EIO: return "input or output failed";
    case INCMAP_EDATA: return "wrong data";
    case INCMAP_ENOTFOUND: return "not found";
    case INCMAP_EAMBIGUOUS: return "ambiguous";
    case INCMAP_EPARTIAL: return "some inputs could not be used";
    case INCMAP_EEXIST: return "exists already";
    case INCMAP_ELIBRARY: return "a library below failed";
    }
    return "unknown status";
}

const char *incmap_version(void)
{
    return INCMAP_VERSION_STRING;
}
