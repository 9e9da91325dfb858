/* SPDX-License-Identifier: MIT */
/* What became of the rows and values of files: problems with file, row, column, what was found and what
 * was expected, and for every file and column how much was kept, converted and refused. Loading goes on
 * past a problem; nothing is dropped without an entry here.
 *
 * Threads: a function that takes a ctx, one thread per ctx; one that changes an object, no other
 * thread in that object. What only reads may be called from any thread. */
#ifndef INCMAP_REPORT_H
#define INCMAP_REPORT_H

#include <incmap/context.h>

INCMAP_BEGIN_DECLS

typedef struct incmap_report incmap_report;

typedef enum {
    INCMAP_PROBLEM_WARNING = 0, /**< the row is used, one value of it is not or is doubtful */
    INCMAP_PROBLEM_REFUSED = 1, /**< the row cannot be used */
    INCMAP_PROBLEM_CONVERTED =
        2 /**< no problem, and not counted as one: the value is used in another form, which
               `expected` tells. Only with list_converted */
} incmap_severity;

typedef struct {
    incmap_severity severity;
    const char *file;        /**< as it was opened; never NULL */
    size_t row;              /**< line number in the file where the row begins, from 1 (the header
                                  is a line like any other), or the number of a feature, from 1, of
                                  GeoJSON and shapefiles; 0: the file as a whole */
    size_t column;           /**< field number from 1; 0: the row as a whole */
    const char *column_name; /**< from the header; "" when unknown */
    const char *found;       /**< what stands there, cut at 80 bytes between characters */
    const char *expected;    /**< what should stand there */
} incmap_problem;

/** Called for every problem, also past the capacity of the list. `problem` is borrowed. */
typedef void (*incmap_problem_fn)(void *user, const incmap_problem *problem);

typedef struct {
    int version;               /**< 1 */
    size_t capacity;           /**< how many problems the list keeps; 0: 1000 */
    incmap_problem_fn problem; /**< NULL: none */
    void *user;
    bool list_converted; /**< also list every conversion, and hand it to `problem` */
} incmap_report_options;

#define INCMAP_REPORT_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/**
 * Make an empty report.
 *
 * @param options  borrowed; NULL: all defaults
 * @param out      receives the report, owned by the caller; unchanged on failure
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG (ctx or out is NULL)
 *
 * Threads:  one thread per report
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_report_new(incmap_ctx *ctx, const incmap_report_options *options,
                                           incmap_report **out);

/** Free a report; NULL does nothing. */
INCMAP_API void incmap_report_free(incmap_report *report);

/** How many problems there were, including those that the list had no room for. */
INCMAP_API size_t incmap_report_count(const incmap_report *report);

/** How many of them were of severity INCMAP_PROBLEM_REFUSED. */
INCMAP_API size_t incmap_report_refused(const incmap_report *report);

/** How many values were used in another form than the one in which they stand in their file. */
INCMAP_API size_t incmap_report_converted(const incmap_report *report);

/** How many problems, and with list_converted conversions, the list holds: at most the capacity. */
INCMAP_API size_t incmap_report_listed(const incmap_report *report);

/**
 * Problem i of the list, in the order in which they were met.
 *
 * @param i  below incmap_report_listed()
 * @return lives as long as the report; NULL past the end
 */
INCMAP_API const incmap_problem *incmap_report_get(const incmap_report *report, size_t i);

/** What became of a file's rows. The header is none; nor is a row of HXL tags. */
typedef struct {
    const char *file; /**< as it was opened */
    size_t rows;      /**< kept, refused and left out together */
    size_t kept;      /**< a row that is refused only later, for what it refers to, is among them */
    size_t refused;   /**< each once, however many problems it has */
    size_t
        left_out; /**< of a kind that was not asked for, their values unread: the rivers of a dump */
    size_t unreadable; /**< of them: broken, or with more or fewer fields than the header: their
                            values are in no column's account */
    bool has_tags;     /**< behind the header stood a row of HXL tags */
} incmap_report_file;

/** What became of the values of one column: each is counted once. */
typedef struct {
    const char *file;
    const char *name; /**< as the header has it; "" in a file without one */
    size_t column;    /**< field number from 1 */
    bool read;        /**< false: the reader knows no such column */
    size_t empty;     /**< nothing stands there */
    size_t kept;      /**< taken as it stands */
    size_t converted; /**< taken in another form: a code as metres, a mark as "unknown" */
    size_t doubtful;  /**< warned of */
    size_t unread;    /**< taken by nobody: of a column that is not read, or of a row left out */
    size_t refused;   /**< stands in a refused row */
    size_t at_fault;  /**< of those: the row was refused for it */
} incmap_report_column;

/** How many files were read, and in which way each of their columns went: in the order of reading. */
INCMAP_API size_t incmap_report_file_count(const incmap_report *report);
INCMAP_API size_t incmap_report_column_count(const incmap_report *report);

/** Account i; lives until the next call that reads a file with this report; NULL past the end. */
INCMAP_API const incmap_report_file *incmap_report_file_get(const incmap_report *report, size_t i);
INCMAP_API const incmap_report_column *incmap_report_column_get(const incmap_report *report,
                                                                size_t i);

/**
 * One line for people: `places.csv:17: column 10 (lon_deg): found "95x", expected degrees ...`, or for
 * a conversion `... found "5", taken as region, 150 km`.
 *
 * @param buffer  receives the text, cut between characters if it must be; always ended by a zero
 * @param size    of the buffer, in bytes, at least 1
 * @return length of the text before any cut
 */
INCMAP_API size_t incmap_problem_text(const incmap_problem *problem, char *buffer, size_t size);

INCMAP_END_DECLS

#endif
