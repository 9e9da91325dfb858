/* SPDX-License-Identifier: MIT */
/* The few ways in which a call can end. Numbers never change; new ones are appended. */
#ifndef INCMAP_STATUS_H
#define INCMAP_STATUS_H

#include <incmap/export.h>

INCMAP_BEGIN_DECLS

typedef enum {
    INCMAP_OK = 0,
    INCMAP_ENOMEM = 1,    /**< an allocation failed */
    INCMAP_EARG = 2,      /**< a NULL or an option that the header forbids: a fault of the caller */
    INCMAP_EDOMAIN = 3,   /**< a number outside its range: latitude 95, NaN */
    INCMAP_EPARSE = 4,    /**< a text that cannot be read as what was asked for */
    INCMAP_EIO = 5,       /**< a file or folder cannot be opened, read or written; disk full */
    INCMAP_EDATA = 6,     /**< a file was read, but its content is not what it must be */
    INCMAP_ENOTFOUND = 7, /**< no such place, incident, country ... */
    INCMAP_EAMBIGUOUS = 8, /**< several answers are as good as one another */
    INCMAP_EPARTIAL =
        9, /**< done, but some of many inputs could not be used; the message says how many */
    INCMAP_EEXIST = 10,  /**< the output is there already and may not be overwritten */
    INCMAP_ELIBRARY = 11 /**< a library below (PROJ, GEOS ...) failed; the message says which */
} incmap_status;

/**
 * Short English text of a status, for instance "out of memory".
 *
 * @param status  any value
 * @return static text, never NULL; "unknown status" for a value not listed
 *
 * Threads:  any
 * Since:    0.1
 */
INCMAP_API const char *incmap_status_text(incmap_status status);

INCMAP_END_DECLS

#endif
