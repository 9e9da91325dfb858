/* SPDX-License-Identifier: MIT */
/* Names of ten letters that people can still read, made from names of any length. */
#ifndef INCMAP_LAYERS_FIELD_NAMES_H
#define INCMAP_LAYERS_FIELD_NAMES_H

#include <stddef.h>

#include "io/shapefile.h"

/* A name of at most `most` bytes (4 to 10) of A-Z, 0-9 and _, beginning with a letter: words are what
 * other characters stand between, and become shorter from the longest on, vowels first. "F" for a name
 * without a letter or digit of ASCII. */
void incmap__field_name_make(char name[INCMAP__FIELD_NAME_SIZE], const char *from, size_t most);

/* Puts _number at the end of a name, in place of its own end where it would be longer than ten. */
void incmap__field_name_number(char name[INCMAP__FIELD_NAME_SIZE], const char *from, size_t number);

#endif
