/* SPDX-License-Identifier: MIT */
/* Shortening: the longest word gives a letter at a time, its last vowel but never its first letter, and
 * when there are no vowels left its last letter. */
#include "layers/field_names.h"

#include <stdio.h>
#include <string.h>

enum { WORK_SIZE = 256, NAME_MOST = INCMAP__FIELD_NAME_SIZE - 1 };

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_word(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Words joined by single bars. */
static void take_words(char work[WORK_SIZE], const char *from)
{
    size_t length = 0;
    bool gap = false;

    for (; *from && length < WORK_SIZE - 3; from++) {
        const char c = upper(*from);
        if (!is_word(c)) {
            gap = length > 0;
            continue;
        }
        if (gap) work[length++] = '_';
        /* ArcGIS wants a letter first. */
        if (length == 0 && c >= '0' && c <= '9') work[length++] = 'F';
        work[length++] = c;
        gap = false;
    }
    if (length == 0) work[length++] = 'F';
    work[length] = '\0';
}

/* The longest word, of several the last. */
static char *longest_word(char *work, size_t *length)
{
    char *word = work, *longest = work;
    *length = 0;
    for (;;) {
        const size_t n = strcspn(word, "_");
        if (n >= *length) {
            longest = word;
            *length = n;
        }
        if (!word[n]) return longest;
        word += n + 1;
    }
}

static void drop(char *at)
{
    memmove(at, at + 1, strlen(at));
}

/* A name of many short words has no letter to give: then a word goes. */
static void shorten(char *work)
{
    size_t length;
    char *word = longest_word(work, &length);

    if (length == 1) {
        *strrchr(work, '_') = '\0';
        return;
    }
    for (size_t i = length; i-- > 1;)
        if (strchr("AEIOUY", word[i])) {
            drop(word + i);
            return;
        }
    drop(word + length - 1);
}

void incmap__field_name_make(char name[INCMAP__FIELD_NAME_SIZE], const char *from, size_t most)
{
    char work[WORK_SIZE];

    take_words(work, from);
    while (strlen(work) > most)
        shorten(work);
    (void)snprintf(name, INCMAP__FIELD_NAME_SIZE, "%.10s", work);
}

void incmap__field_name_number(char name[INCMAP__FIELD_NAME_SIZE], const char *from, size_t number)
{
    char end[24], work[2 * INCMAP__FIELD_NAME_SIZE + 24];
    const size_t length = (size_t)snprintf(end, sizeof end, "_%zu", number);
    size_t kept = strlen(from);

    if (length > NAME_MOST - 1) return; /* more than a hundred million of one name */
    if (kept > NAME_MOST - length) kept = NAME_MOST - length;
    memcpy(work, from, kept);
    memcpy(work + kept, end, length + 1);
    memcpy(name, work, kept + length + 1);
}
