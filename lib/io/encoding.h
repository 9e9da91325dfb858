/* SPDX-License-Identifier: MIT */
/* Texts of other encodings as UTF-8. */
#ifndef INCMAP_IO_ENCODING_H
#define INCMAP_IO_ENCODING_H

#include <stdbool.h>

#include "base/failure.h"
#include "base/memory.h"

typedef struct incmap__decoder incmap__decoder;

/* said: what a .cpg holds ("UTF-8", "1251", "CP1251", "ANSI 1251", "88595"), "LDID/201" for the byte in a
 * .dbf's head, or a name that iconv() knows; "" is UTF-8. INCMAP_EDATA for one that is not known. */
incmap_status incmap__decoder_new(incmap__decoder **out, const char *said,
                                  const incmap_allocator *a, incmap_error *err);
void incmap__decoder_free(incmap__decoder *decoder);
/* The text in UTF-8; lives until the next call. NULL with *memory false: its bytes are not of the
 * encoding. */
const char *incmap__decode(incmap__decoder *decoder, const char *text, bool *memory);
/* The same for bytes that may hold zeros, as those of UTF-16 do. *length is how many there are, and then that
 * of the text; where it fails, how many bytes before the first that is not of the encoding. */
const char *incmap__decode_bytes(incmap__decoder *decoder, const char *bytes, size_t *length,
                                 bool *memory);
/* Whether the encoding is UTF-8: the text is then the bytes that were given. */
bool incmap__decoder_is_plain(const incmap__decoder *decoder);

#endif
