/* SPDX-License-Identifier: MIT */
/* How a name sounds, whatever it is written in: Cyrillic and all romanisations of it come to the same
 * letters, and from these to a root that Russian and Ukrainian forms of one name share.
 *
 *   Грайворон  Grayvoron  Graivoron  Grajworon        ->  graivoron       ->  graovoron
 *   Гора-Подол  Gora-Podil  Гора-Поділ                ->  gora podol/podil ->  gorpodol
 *   Белгородская область  Belgorod Oblast             ->  belgorod        ->  bolgorod
 */
#ifndef INCMAP_PLACES_SOUND_H
#define INCMAP_PLACES_SOUND_H

#include <stdbool.h>
#include <stddef.h>

#include "places/kind_words.h"

enum {
    INCMAP__SOUND_MOST = 64, /* bytes; longer names are compared by their folded key only */
    INCMAP__SOUND_READINGS = 8
};

/* Letters that systems read in two ways; a text is read in one of them throughout. */
enum {
    INCMAP__READ_H_AS_KH = 1,   /* ISO 9 and German h: х */
    INCMAP__READ_CH_AS_KH = 2,  /* German and Polish ch: х */
    INCMAP__READ_J_AS_ZH = 4,   /* French and Turkish j: ж */
    INCMAP__READ_X_AS_KH = 8,   /* GOST 7.79 x: х */
    INCMAP__READ_OU_AS_U = 16,  /* French ou: у */
    INCMAP__READ_CZ_AS_TS = 32, /* GOST 7.79 cz: ц, where Polish has ч */
    INCMAP__READ_C_AS_K = 64,   /* Latin, Romance */
    INCMAP__READ_Z_AS_TS = 128  /* German z: ц */
};

typedef struct {
    /* Words separated by a space. Letters of the common alphabet: a b v g d e j(ж) z i k l m n o p r
     * s t u f h(х) c(ц) q(ч) w(ш) y(щ), digits; other characters as they are. */
    char text[INCMAP__SOUND_MOST];
    size_t length;
    char root[INCMAP__SOUND_MOST]; /* without endings and spaces, e, i and o alike */
    size_t root_length;
    bool plain;       /* nothing but the common alphabet: misspellings of it can be looked for */
    unsigned choices; /* INCMAP__READ_* that would read this text otherwise */
    unsigned kinds;   /* as incmap__words */
    bool kind_word;   /* a word was taken off that names a kind */
    bool area;        /* ... of a region or district */
    incmap__area_level level; /* of a district */
} incmap__sound;

/* Reads a folded key. False when it has more than INCMAP__SOUND_MOST letters, too many words, or
 * nothing that sounds. */
bool incmap__sound_of(incmap__sound *sound, const char *key, size_t length, unsigned readings);

/* The root of the last word less a further ending of a case (-ом, -ах, -ого), into `root`; 0 when
 * there is none. */
size_t incmap__sound_shorter_root(const incmap__sound *sound, char root[INCMAP__SOUND_MOST]);

/* Of "Сумщина", "Belgorodchina" and their cases what stands before -щина, as a region's name; false for
 * any other. */
bool incmap__sound_land(const incmap__sound *sound, incmap__sound *land);
/* The seat that an area is called after where that ends in -sk itself, which the area's name has but once:
 * Kupianskyi raion of Kupiansk. False for what is no area. */
bool incmap__sound_seat(const incmap__sound *sound, incmap__sound *seat);
enum { INCMAP__AREA_WAYS = 3 };
/* The other way round, where an area is asked for by its seat: "Okhtyrka district" is the Okhtyrskyi one. False for
 * what is no area, or ends otherwise. */
bool incmap__sound_area_of(const incmap__sound *sound, unsigned way, incmap__sound *area);
/* Ukrainian cases turn the last consonant: у Козинці of Козинка, на Волзі of Волга. The name itself; false for
 * what does not end so. */
bool incmap__sound_turned_back(const incmap__sound *sound, incmap__sound *name);

/* Other words for the same name: translated as the two languages do with what is an adjective or a number
 * (Красный Кут and Червоний Кут, Вторая and Друга), the last word put first (Малі Коровинці, Коровенцы
 * Малые), or both. False when that changes nothing. */
typedef enum {
    INCMAP__WORDS_TRANSLATED = 1,
    INCMAP__WORDS_TURNED = 2,
    INCMAP__WORDS_BOTH = 3
} incmap__other_words;
bool incmap__sound_other_words(const incmap__sound *sound, incmap__other_words how,
                               incmap__sound *out);

static inline bool incmap__sound_is_vowel(char c)
{
    const unsigned letter = (unsigned char)c - 'a';
    const unsigned vowels = 1U << ('a' - 'a') | 1U << ('e' - 'a') | 1U << ('i' - 'a') |
                            1U << ('o' - 'a') | 1U << ('u' - 'a');
    return letter < 26 && (vowels >> letter & 1);
}

#endif
