/* SPDX-License-Identifier: MIT */
/* The words of the dictionary, field by field. What several layers have stands once, under no kind. */
#include "layers/dictionary.h"

#include <string.h>

#define DICTIONARY_SIDES                                                                           \
    "inside: in the country asked about; outside: in the other; both: in both outlines, which "    \
    "says that it is contested in the data; neither: in neither"

/* clang-format off */
static const incmap__field_words table[] = {
    /* ---- every layer ---- */
    { NULL, "TITLE", { { "Title", "Название", "Назва" } }, "", "what was reported, in short", "" },
    { NULL, "DATE_FROM", { { "First day", "Первый день", "Перший день" } }, "",
      "first day that it can have been; NULL: not known", "a date" },
    { NULL, "DATE_TO", { { "Last day", "Последний день", "Останній день" } }, "",
      "last day that it can have been; NULL: not known", "a date" },
    { NULL, "DATE_UNTIL", { { "Until (not included)", "До (не включая)", "До (не включно)" } }, "",
      "first day that it can no longer have been: the day after DATE_TO, at which QGIS's time slider "
      "lets go of it", "a date" },
    { NULL, "DATE_ISO", { { "Date as reported", "Дата по сообщению", "Дата за повідомленням" } }, "",
      "the date in ISO 8601, as exact as it was reported and no more",
      "2023-05-22; 2023-05; 2023; 2023-05-22/2023-05-23 from the one day to the other; "
      "../2023-05-21 some time until then" },
    { NULL, "DATE_PREC", { { "Precision of the date", "Точность даты", "Точність дати" } }, "",
      "how exactly the date is known", "day; month; season; year; range; before; unknown" },
    { NULL, "PLACE_KEY", { { "Place (key)", "Место (ключ)", "Місце (ключ)" } }, "",
      "KEY of the place in the layer of places", "" },
    { NULL, "PLACE_EN", { { "Place (English)", "Место (англ.)", "Місце (англ.)" } }, "",
      "its name in English", "" },
    { NULL, "PLACE_RU", { { "Place (Russian)", "Место (рус.)", "Місце (рос.)" } }, "",
      "its name in Russian", "" },
    { NULL, "PLACE_UK", { { "Place (Ukrainian)", "Место (укр.)", "Місце (укр.)" } }, "",
      "its name in Ukrainian", "" },
    { NULL, "LOC_PREC", { { "Precision of the place", "Точность места", "Точність місця" } }, "",
      "how exactly the place is known",
      "exact_site; settlement; district; region; country; unknown" },
    { NULL, "UNCERT_M", { { "Radius of uncertainty", "Радиус неопределённости",
      "Радіус невизначеності" } }, "m", "the true point is believed to lie within it", "0 or more" },
    { NULL, "DEPTH_M", { { "Depth behind the border", "Глубина за границей",
      "Глибина за кордоном" } }, "m",
      "geodesic distance to the border, positive inside the country asked about, negative in the "
      "other; NULL where the side gives no sign or nothing was measured", "" },
    { NULL, "DIST_M", { { "Distance to the border", "Расстояние до границы",
      "Відстань до кордону" } }, "m", "the same without a sign", "0 or more" },
    { NULL, "BAND_M", { { "Plus-minus of the depth", "Погрешность глубины",
      "Похибка глибини" } }, "m",
      "a bound, not a probability: uncertainty of the point and accuracy of the border's data, added",
      "0 or more" },
    { NULL, "DEPTH_TXT", { { "Depth in words", "Глубина словами", "Глибина словами" } }, "km",
      "the depth (the distance where it has no sign) rounded as its plus-minus allows",
      "1.8 ±0.9" },
    { NULL, "SIDE", { { "Side", "Сторона", "Бік" } }, "", "whose outline the point lies in",
      DICTIONARY_SIDES },
    { NULL, "SIDE_SURE", { { "Side certain", "Сторона достоверна", "Бік певний" } }, "",
      "whether the side is certain", "1: yes; 0: no, an outline of a country lies within BAND_M" },
    { NULL, "UNMATCHED", { { "Outlines run apart", "Контуры расходятся", "Контури розходяться" } },
      "", "whether the two countries' outlines run apart at the nearest point",
      "1: yes, their separation is in BAND_M; 0: no" },
    { NULL, "ALONG_M", { { "Position along the border", "Положение вдоль границы",
      "Положення вздовж кордону" } }, "m",
      "of the nearest point, from the start of the border's first line", "0 or more" },
    { NULL, "PLACED", { { "How it was measured", "Как измерено", "Як виміряно" } }, "",
      "what the depth amounts to",
      "measured; on_border: the point was computed from the border, so it has no depth; nowhere: "
      "nobody says where" },
    { NULL, "N_CLAIMS", { { "Number of claims", "Число утверждений", "Кількість тверджень" } }, "",
      "how many claims it rests on", "0 or more" },
    { NULL, "CLAIMS", { { "Claims", "Утверждения", "Твердження" } }, "",
      "CLAIM_ID of the claims that it rests on, joined by |", "" },
    { NULL, "SOURCES", { { "Sources", "Источники", "Джерела" } }, "",
      "ids of the sources that it rests on, joined by |", "" },
    { NULL, "INCIDENTS", { { "Incidents", "Происшествия", "Події" } }, "",
      "ID of the incidents, joined by |", "" },
    { NULL, "N_INCID", { { "Number of incidents", "Число происшествий", "Кількість подій" } }, "",
      "how many incidents", "1 or more" },
    { NULL, "NOTES", { { "Notes", "Примечания", "Примітки" } }, "", "remarks of the data", "" },
    { NULL, "EVENT_TYPE", { { "Type of event", "Тип события", "Тип події" } }, "",
      "in ACLED's vocabulary",
      "Battles; Explosions/Remote violence; Violence against civilians; Protests; Riots; Strategic "
      "developments" },
    { NULL, "ACTOR_1", { { "Actors", "Участники", "Учасники" } }, "",
      "who acted, as reported, joined by |", "" },
    { NULL, "CREDIT", { { "Credit", "Авторство данных", "Авторство даних" } }, "",
      "credit and licence of the data: goes with whatever is made of them", "" },
    { NULL, "DATA_DATE", { { "Date of the data", "Дата данных", "Дата даних" } }, "",
      "how old the data are", "" },
    { NULL, "ACCURACY_M", { { "Accuracy of the data", "Точность данных", "Точність даних" } }, "m",
      "how far the line may lie off the true border", "0 or more" },
    { NULL, "BORDER", { { "Border", "Граница", "Кордон" } }, "", "name of the border's data", "" },
    { NULL, "INSIDE", { { "Inside", "Внутри", "Всередині" } }, "",
      "the country asked about: depths in it are positive", "" },
    { NULL, "OUTSIDE", { { "Outside", "Снаружи", "Ззовні" } }, "", "the other country", "" },
    { NULL, "COORD_SRC", { { "Source of the position", "Источник координат",
      "Джерело координат" } }, "", "where the coordinates are from", "" },

    /* ---- incidents ---- */
    { NULL, "ID", { { "Incident", "Происшествие", "Подія" } }, "", "id of the incident", "" },
    { "incidents", "DATE_BASIS", { { "Basis of the date", "Основание даты", "Підстава дати" } }, "",
      "what the date rests on", "" },
    { "incidents", "SUB_TYPE", { { "Sub-type of event", "Подтип события", "Підтип події" } }, "",
      "in ACLED's vocabulary", "" },
    { "incidents", "ACTOR_2", { { "Other actors", "Другие участники", "Інші учасники" } }, "",
      "whom it was directed at, or who took part, joined by |", "" },
    { "incidents", "POST_KEY", { { "Border post (key)", "Пункт пропуска (ключ)",
      "Пункт пропуску (ключ)" } }, "", "KEY of the border post in the layer of posts", "" },
    { "incidents", "GEO_PREC", { { "ACLED's geo-precision", "Геоточность ACLED",
      "Геоточність ACLED" } }, "", "the code of the data", "1: exact; 2: near; 3: region" },
    { "incidents", "EXT_KNOWN", { { "Extent known", "Размер известен", "Розмір відомий" } }, "",
      "whether what the place covers is known", "1: yes; 0: UNCERT_M is a bound for its kind" },
    { "incidents", "PART_OF", { { "Part of", "Часть события", "Частина події" } }, "",
      "ID of the incident that it is part of", "" },
    { "incidents", "VERIF", { { "What the claims amount to", "К чему сводятся утверждения",
      "До чого зводяться твердження" } }, "",
      "a summary of the claims' own VERIF and POLARITY; the claims themselves stand in the table",
      "contested: some are disputed, denied or doubted; part_verif: at least one was verified, or "
      "confirmed by both sides, and none contested; claimed: neither; no_claims" },
    { NULL, "SPOT_NO", { { "Turn at this point", "Номер в точке", "Номер у точці" } }, "",
      "turn of the incident among those at the very same point, the most exactly placed first; the "
      "style draws them side by side by it", "1 or more" },
    { NULL, "SPOT_OF", { { "Incidents at this point", "Происшествий в точке",
      "Подій у точці" } }, "", "how many incidents have that point", "1 or more" },

    /* ---- claims ---- */
    { "claims", "CLAIM_ID", { { "Claim", "Утверждение", "Твердження" } }, "", "id of the claim", "" },
    { "claims", "INCIDENT", { { "Incident", "Происшествие", "Подія" } }, "",
      "ID of the incident that it is about", "" },
    { "claims", "SOURCE", { { "Source", "Источник", "Джерело" } }, "",
      "id of the source that passes it on", "" },
    { "claims", "PUBLISHER", { { "Publisher", "Издание", "Видання" } }, "", "of that source", "" },
    { "claims", "RELAYED", { { "Re-post of", "Перепечатка", "Передрук" } }, "",
      "id of the source that it was taken from: no independent one", "" },
    { "claims", "CLAIMANT", { { "Claimant (key)", "Кто утверждает (ключ)",
      "Хто стверджує (ключ)" } }, "", "key of who says so", "" },
    { "claims", "CLAIM_BY", { { "Who says so", "Кто утверждает", "Хто стверджує" } }, "",
      "as the source words it", "" },
    { "claims", "UNDER", { { "Claimant's head", "В составе", "У складі" } }, "",
      "name of the claimant that it belongs to in the end", "" },
    { "claims", "PARTY", { { "Party", "Сторона", "Сторона" } }, "",
      "on whose part, as the data have it", "russia; ukraine; militia; media ..." },
    { "claims", "POLARITY", { { "Says", "Характер", "Характер" } }, "", "what is done with it",
      "asserts; denies; doubts" },
    { "claims", "TYPE", { { "Type of claim", "Вид утверждения", "Вид твердження" } }, "",
      "what it is about", "fatalities; injuries; casualties; territorial_control ..." },
    { "claims", "VICTIMS", { { "Group of victims", "Группа пострадавших",
      "Група постраждалих" } }, "", "as claimed", "fighters; civilians; people ..." },
    { "claims", "FIGURE", { { "Figure", "Число", "Число" } }, "",
      "the printed number; NULL: none, which is not zero", "" },
    { "claims", "FIG_LOW", { { "At least", "Не менее", "Щонайменше" } }, "",
      "least number that it means; NULL: open or not stated", "" },
    { "claims", "FIG_HIGH", { { "At most", "Не более", "Щонайбільше" } }, "",
      "greatest; NULL: open or not stated", "" },
    { "claims", "QUALIFIER", { { "Qualifier", "Уточнение", "Уточнення" } }, "",
      "how the number is put", "exact; more_than; at_least; nearly; several; dozens ..." },
    { "claims", "UNIT", { { "Unit", "Единица", "Одиниця" } }, "", "what is counted", "" },
    { "claims", "VERIF", { { "Verification", "Проверка", "Перевірка" } }, "",
      "as the source has it",
      "asserted; claimed; verified; not_independently_verified; disputed; unclear; assessed; "
      "confirmed_by_both_sides" },
    { "claims", "VERIF_BY", { { "Verified by", "Кем проверено", "Ким перевірено" } }, "",
      "who verified it", "" },
    { "claims", "VERIF_OF", { { "What was verified", "Что проверено", "Що перевірено" } }, "",
      "which part of it; NULL: all of it, where it was verified", "place; figure ..." },
    { "claims", "ENTRY", { { "Kind of entry", "Вид записи", "Вид запису" } }, "",
      "what the row does", "claim; correction; withdrawal; verification" },
    { "claims", "REFERS_TO", { { "Refers to", "Относится к", "Стосується" } }, "",
      "CLAIM_ID of the earlier entry that it corrects, withdraws or verifies", "" },
    { "claims", "SUPERSEDED", { { "Superseded by", "Заменено", "Замінено" } }, "",
      "CLAIM_ID of the entry that corrected or withdrew it; NULL: it stands", "" },
    { "claims", "CONTRAD", { { "Contradicts", "Противоречит", "Суперечить" } }, "",
      "CLAIM_ID of claims that it contradicts, as the data say it, joined by |", "" },
    { "claims", "HEDGE", { { "Hedge", "Оговорка", "Застереження" } }, "",
      "words that make it less sure", "reportedly; may have ..." },
    { "claims", "SAID", { { "Said on", "Когда сказано", "Коли сказано" } }, "",
      "when the claimant said it, in ISO 8601", "" },
    { "claims", "SUMMARY", { { "What is claimed", "Что утверждается", "Що стверджується" } }, "",
      "in short", "" },

    /* ---- places, posts ---- */
    { NULL, "KEY", { { "Key", "Ключ", "Ключ" } }, "", "unique in the gazetteer", "" },
    { NULL, "NAME", { { "Name", "Название", "Назва" } }, "", "the name to print", "" },
    { NULL, "NAME_EN", { { "Name (English)", "Название (англ.)", "Назва (англ.)" } }, "",
      "in English; NULL: none known", "" },
    { NULL, "NAME_RU", { { "Name (Russian)", "Название (рус.)", "Назва (рос.)" } }, "",
      "in Russian; NULL: none known", "" },
    { NULL, "NAME_UK", { { "Name (Ukrainian)", "Название (укр.)", "Назва (укр.)" } }, "",
      "in Ukrainian; NULL: none known", "" },
    { "places", "ALT_NAME", { { "Other names", "Другие названия", "Інші назви" } }, "",
      "joined by |", "" },
    { "places", "KIND", { { "Kind of place", "Вид места", "Вид місця" } }, "", "what it is",
      "country; historical_country; region; district; city; town; urban_type_settlement; village; "
      "settlement; other" },
    { "places", "COUNTRY", { { "Country", "Страна", "Країна" } }, "",
      "as the gazetteer has it, no statement on sovereignty", "ISO 3166-1 alpha-2" },
    { "places", "REGION", { { "Region", "Область", "Область" } }, "",
      "first level of administration", "" },
    { "places", "DISTRICT", { { "District", "Район", "Район" } }, "", "second level", "" },
    { "places", "EXTENT_M", { { "Extent", "Протяжённость", "Протяжність" } }, "m",
      "radius of the circle of the area that it covers; NULL is unknown, not zero", "0 or more" },
    { "places", "POP", { { "Population", "Население", "Населення" } }, "", "people; NULL: unknown",
      "0 or more" },
    { "places", "POP_YEAR", { { "Year of population", "Год населения", "Рік населення" } }, "",
      "of that count", "" },
    { "places", "COORD_BY", { { "How placed", "Как определено", "Як визначено" } }, "",
      "how the coordinates were got", "source; derived; none" },
    { "places", "NAMED_IN", { { "Named in", "Упомянуто в", "Згадано в" } }, "",
      "ids of the sources that name it, joined by |", "" },
    { "border_posts", "COUNTRY_1", { { "Country, side 1", "Страна, сторона 1",
      "Країна, бік 1" } }, "", "of the first side", "ISO 3166-1 alpha-2" },
    { "border_posts", "COUNTRY_2", { { "Country, side 2", "Страна, сторона 2",
      "Країна, бік 2" } }, "", "of the second side", "ISO 3166-1 alpha-2" },
    { "border_posts", "NAME_EN_1", { { "Name, side 1 (English)", "Название, сторона 1 (англ.)",
      "Назва, бік 1 (англ.)" } }, "", "the post's name there, in English", "" },
    { "border_posts", "NAME_EN_2", { { "Name, side 2 (English)", "Название, сторона 2 (англ.)",
      "Назва, бік 2 (англ.)" } }, "", "the post's name there, in English", "" },
    { "border_posts", "NAME_1", { { "Name, side 1", "Название, сторона 1", "Назва, бік 1" } }, "",
      "in that side's language", "" },
    { "border_posts", "NAME_2", { { "Name, side 2", "Название, сторона 2", "Назва, бік 2" } }, "",
      "in that side's language", "" },
    { "border_posts", "REGION_1", { { "Region, side 1", "Область, сторона 1",
      "Область, бік 1" } }, "", "first level of administration", "" },
    { "border_posts", "REGION_2", { { "Region, side 2", "Область, сторона 2",
      "Область, бік 2" } }, "", "first level of administration", "" },
    { "border_posts", "PLACE_1", { { "Place, side 1 (key)", "Место, сторона 1 (ключ)",
      "Місце, бік 1 (ключ)" } }, "", "KEY of the settlement that it is tied to", "" },
    { "border_posts", "PLACE_2", { { "Place, side 2 (key)", "Место, сторона 2 (ключ)",
      "Місце, бік 2 (ключ)" } }, "", "KEY of the settlement that it is tied to", "" },
    { "border_posts", "MODES", { { "Open to", "Виды сообщения", "Види сполучення" } }, "",
      "kinds of traffic, joined by |", "road; rail; pedestrian" },
    { "border_posts", "CATEGORY", { { "Category", "Категория", "Категорія" } }, "",
      "as the data have it", "" },
    { "border_posts", "STATUS", { { "Status", "Состояние", "Стан" } }, "",
      "what is known of its working", "" },
    { "border_posts", "PAIR_BASIS", { { "Basis of the pair", "Основание пары",
      "Підстава пари" } }, "", "how the names of both sides were brought together", "" },
    { "border_posts", "POS_METHOD", { { "How placed", "Как определено", "Як визначено" } }, "",
      "how the position was got", "" },
    { "border_posts", "ON_BORDER", { { "Put on the border", "Помещён на границу",
      "Розміщено на кордоні" } }, "", "whether the position was computed from the border",
      "1: yes, it lies on it by construction; 0: no" },

    /* ---- the border and what is drawn from it ---- */
    { "border", "LINE", { { "Line", "Линия", "Лінія" } }, "", "its number in the border", "0 or more" },
    { "border", "STATUS", { { "Do the outlines meet", "Сходятся ли контуры",
      "Чи сходяться контури" } }, "", "whether both outlines have this line",
      "matched; unmatched: they run apart here, and both are given" },
    { "border", "OUTLINE", { { "Whose outline", "Чей контур", "Чий контур" } }, "",
      "of an unmatched line: the country whose outline it is", "" },
    { "border", "START_M", { { "Starts at", "Начало", "Початок" } }, "m", "along the border", "" },
    { "border", "END_M", { { "Ends at", "Конец", "Кінець" } }, "m", "along the border", "" },
    { "border", "LENGTH_M", { { "Length", "Длина", "Довжина" } }, "m", "of this line", "" },
    { "border", "SEPAR_M", { { "Separation", "Расхождение", "Розходження" } }, "m",
      "how far the outlines lie apart at most, where they run apart", "0 or more" },
    { "belts", "BELT", { { "Belt", "Полоса", "Смуга" } }, "", "what it is, in words", "" },
    { "belts", "FROM_M", { { "From", "От", "Від" } }, "m",
      "least distance to the border of a point in it", "0 or more" },
    { "belts", "TO_M", { { "To", "До", "До" } }, "m", "greatest distance", "above 0" },
    { "belts", "SIDE", { { "Side", "Сторона", "Бік" } }, "", "on which side of the border",
      "inside; outside; both" },
    { "belts", "COUNTRY", { { "Country", "Страна", "Країна" } }, "",
      "name of the country on that side", "" },
    { "connectors", "NEAR_LAT", { { "Nearest point, latitude", "Ближайшая точка, широта",
      "Найближча точка, широта" } }, "degrees", "of the border, WGS 84", "" },
    { "connectors", "NEAR_LON", { { "Nearest point, longitude", "Ближайшая точка, долгота",
      "Найближча точка, довгота" } }, "degrees", "of the border, WGS 84", "" },
    { "connectors", "AZIMUTH", { { "Azimuth", "Азимут", "Азимут" } }, "degrees",
      "from the incident to the nearest point, clockwise from north", "0 to 360" },
    { "tracks", "TRACK", { { "Track of", "Ход события", "Перебіг події" } }, "",
      "ID of the incident whose parts it joins", "" },
    { "tracks", "ORDER_BY", { { "Order by", "Порядок по", "Порядок за" } }, "",
      "what the order of its points rests on",
      "dates: each comes after the one before; file: the dates leave it open, the order is that of "
      "the data" },
    { "tracks", "TIMES", { { "Dates of its points", "Даты точек", "Дати точок" } }, "",
      "in ISO 8601, joined by |", "" },
    { "tracks", "DEPTHS_M", { { "Depths of its points", "Глубины точек", "Глибини точок" } }, "m",
      "as the line's M values, joined by |; ? where there is none", "" },
    { "tracks", "BANDS_M", { { "Plus-minus of the depths", "Погрешности глубин",
      "Похибки глибин" } }, "m", "joined by |; ? where there is none", "" },
    { "tracks", "REACH_M", { { "Greatest depth", "Наибольшая глубина", "Найбільша глибина" } }, "m",
      "of its points; NULL: none has one", "" },
};
/* clang-format on */

/* The entry of that very name: the kind's own before the common one. */
static const incmap__field_words *find_exact(const char *kind, const char *field, size_t length)
{
    const incmap__field_words *found = NULL;

    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const incmap__field_words *w = &table[i];
        if (strlen(w->field) != length || memcmp(w->field, field, length) != 0) continue;
        if (w->kind && strcmp(w->kind, kind) == 0) return w;
        if (!w->kind) found = w;
    }
    return found;
}

const incmap__field_words *incmap__dictionary_find(const char *kind, const char *field, int *part)
{
    const size_t length = strlen(field);
    const incmap__field_words *found;

    *part = 1;
    if (!kind) return NULL;
    found = find_exact(kind, field, length);
    if (found || length < 3 || field[length - 2] != '_') return found;
    if (field[length - 1] < '2' || field[length - 1] > '9') return NULL;
    found = find_exact(kind, field, length - 2);
    if (found) *part = field[length - 1] - '0';
    return found;
}
