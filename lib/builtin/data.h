/* SPDX-License-Identifier: MIT */
/* The files of data/ as bytes; the arrays are made by make_data.c when the library is built. */
#ifndef INCMAP_BUILTIN_DATA_H
#define INCMAP_BUILTIN_DATA_H

#include <stddef.h>

#define INCMAP__DATA(name)                                                                         \
    extern const unsigned char incmap__data_##name[];                                              \
    extern const size_t incmap__data_##name##_size;

INCMAP__DATA(border)
INCMAP__DATA(places)
INCMAP__DATA(border_posts)
INCMAP__DATA(sources)
INCMAP__DATA(claimants)
INCMAP__DATA(incidents)
INCMAP__DATA(claims)
INCMAP__DATA(distance_claims)

#endif
