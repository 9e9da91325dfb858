/* SPDX-License-Identifier: MIT */
/* iconv() does it; here the names that shapefiles bear are brought to those that it knows. */
#include "io/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct incmap__decoder {
    incmap_allocator allocator;
    bool plain; /* the texts are UTF-8 as they are */
    bool opened;
    iconv_t way;
    char *text;
    size_t room;
};

/* Bytes of the .dbf's head that are met in the field; 87 says no more than "ANSI". */
static const struct {
    int byte, page;
} language_bytes[] = {
    { 1, 437 },   { 2, 850 },   { 3, 1252 },   { 38, 866 },   { 87, 1252 },  { 88, 1252 },
    { 100, 852 }, { 101, 866 }, { 200, 1250 }, { 201, 1251 }, { 202, 1254 }, { 203, 1253 },
};

static int page_of_language(int byte)
{
    for (size_t i = 0; i < sizeof language_bytes / sizeof *language_bytes; i++)
        if (language_bytes[i].byte == byte) return language_bytes[i].page;
    return 0;
}

/* "ANSI 1251" and "1251" are CP1251, 88595 is ISO-8859-5, 65001 is UTF-8. */
static void name_page(char name[64], int page)
{
    if (page == 65001)
        (void)snprintf(name, 64, "UTF-8");
    else if (page > 88590 && page < 88600)
        (void)snprintf(name, 64, "ISO-8859-%d", page - 88590);
    else
        (void)snprintf(name, 64, "CP%d", page);
}

static void name_of(char name[64], const char *said)
{
    char word[64];
    (void)incmap__text_copy(word, sizeof word, said);
    word[strcspn(word, "\r\n")] = '\0';
    for (size_t n = strlen(word); n > 0 && word[n - 1] == ' ';)
        word[--n] = '\0';
    (void)snprintf(name, 64, "%s", word);
    if (!word[0] || incmap__text_same(word, "UTF8"))
        (void)snprintf(name, 64, "UTF-8");
    else if (strncmp(word, "LDID/", 5) == 0)
        name_page(name, page_of_language(atoi(word + 5)));
    else if (strncmp(word, "ANSI ", 5) == 0)
        name_page(name, atoi(word + 5));
    else if (strspn(word, "0123456789") == strlen(word))
        name_page(name, atoi(word));
}

incmap_status incmap__decoder_new(incmap__decoder **out, const char *said,
                                  const incmap_allocator *a, incmap_error *err)
{
    incmap__decoder *decoder = incmap__alloc_zeroed(a, 1, sizeof *decoder);
    char name[64];

    if (!decoder) return incmap__fail_memory(err);
    decoder->allocator = *a;
    name_of(name, said);
    decoder->plain = incmap__text_same(name, "UTF-8");
    if (!decoder->plain) {
        decoder->way = iconv_open("UTF-8", name);
        decoder->opened = decoder->way != (iconv_t)-1;
        if (!decoder->opened) {
            incmap__decoder_free(decoder);
            return incmap__fail(err, INCMAP_EDATA,
                                "encoding \"%.40s\" (%s) is not known, expected one like UTF-8 or "
                                "1251",
                                said, name);
        }
    }
    *out = decoder;
    return INCMAP_OK;
}

void incmap__decoder_free(incmap__decoder *decoder)
{
    if (decoder) {
        const incmap_allocator a = decoder->allocator;
        if (decoder->opened) (void)iconv_close(decoder->way);
        incmap__free(&a, decoder->text);
        incmap__free(&a, decoder);
    }
}

bool incmap__decoder_is_plain(const incmap__decoder *decoder)
{
    return decoder->plain;
}

const char *incmap__decode_bytes(incmap__decoder *decoder, const char *bytes, size_t *length,
                                 bool *memory)
{
    char *from, *to;
    size_t left = *length, room;

    memcpy(&from, &bytes, sizeof from); /* iconv() reads it, but takes no const */
    *memory = true;
    if (decoder->plain) {
        const size_t good = incmap__utf8_check(bytes, *length);
        *memory = good == *length;
        *length = good;
        return *memory ? bytes : NULL;
    }
    /* No character of one byte takes more than four in UTF-8. */
    if (incmap__grow(&decoder->allocator, &decoder->text, &decoder->room, 4 * left + 1, 1, NULL))
        return NULL;
    to = decoder->text;
    room = decoder->room - 1;
    (void)iconv(decoder->way, NULL, NULL, NULL, NULL);
    *memory = iconv(decoder->way, &from, &left, &to, &room) != (size_t)-1;
    *to = '\0';
    *length = *memory ? (size_t)(to - decoder->text) : *length - left;
    return *memory ? decoder->text : NULL;
}

const char *incmap__decode(incmap__decoder *decoder, const char *text, bool *memory)
{
    size_t length = strlen(text);
    return incmap__decode_bytes(decoder, text, &length, memory);
}
