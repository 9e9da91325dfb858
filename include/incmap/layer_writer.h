/* SPDX-License-Identifier: MIT */
/* A layer of one's own: any fields, any geometry, as a shapefile set with the same guarantees as the
 * layers that incmap writes by itself.
 *
 *     static const incmap_field fields[] = { { "name", INCMAP_FIELD_TEXT, 0, 0, 0, 0 },
 *                                            { "depth_m", INCMAP_FIELD_NUMBER, 0, 1, 0, 0 } };
 *     incmap_layer_writer *w = NULL;
 *     incmap_status st = incmap_layer_writer_open(ctx, "out/mine", INCMAP_SHAPE_POINT, fields, 2,
 *                                                 NULL, &w);
 *     for (size_t i = 0; !st && i < n; i++) {
 *         const incmap_shape shape = { INCMAP_SHAPE_POINT, &at[i], 1, NULL, 0, NULL, NULL };
 *         incmap_value values[2] = { { INCMAP_VALUE_TEXT, { 0 } }, { INCMAP_VALUE_NUMBER, { 0 } } };
 *         values[0].as.text = names[i];
 *         values[1].as.number = depths[i];
 *         st = incmap_layer_writer_add(ctx, w, &shape, values);
 *     }
 *     if (!st) st = incmap_layer_writer_finish(ctx, w, NULL);
 *     incmap_layer_writer_free(w);
 *
 * What is guaranteed:
 *   - The set is .shp .shx .dbf .prj .cpg and the index .qix, written and synced in the folder
 *     .NAME.incmap beside it, and put in place by incmap_layer_writer_finish with a journal and in a
 *     fixed order: the earlier .shp goes first, the new one comes last, so that whoever looks in
 *     between finds no layer, and never half of two. Before that, and after any failure, the earlier
 *     layer stands as it was. Files of it that the new one has not (.qix .sbn .idm ...) go with it.
 *   - A program that is killed, or a machine that stops, leaves the earlier layer, or the new one, or
 *     remains from which the next write of the layer, or incmap_layer_recover, makes one of both.
 *   - NULL is written so that every reader takes it for NULL. No NaN and no minus zero is written.
 *   - A text is cut between what readers see as characters (grapheme clusters), counted and told to
 *     the log. Blanks at its end are lost: the format fills fields with them. An empty text is NULL.
 *   - A number that does not fit its field is an error with row and field, never something else.
 *   - The same calls give the same bytes, on every run and every machine. So that last digits of the C
 *     library's sines, which differ from processor to processor, do not come through, positions in
 *     another system than WGS 84 are whole tenths of a millimetre (1e-9 degrees in a geographic one).
 *   - What would grow past 2 GB goes on in a second set, NAME_part2, and so on.
 *
 * Threads: one thread per writer at a time, with a ctx of that thread. */
#ifndef INCMAP_LAYER_WRITER_H
#define INCMAP_LAYER_WRITER_H

#include <incmap/context.h>
#include <incmap/date.h>
#include <incmap/shape.h>

INCMAP_BEGIN_DECLS

typedef enum {
    INCMAP_FIELD_TEXT = 0,
    INCMAP_FIELD_INT = 1, /**< readers take one of 10 to 18 digits for 64 bits, of 19 for a real */
    INCMAP_FIELD_NUMBER = 2, /**< decimals */
    INCMAP_FIELD_DATE = 3    /**< a day of the years 1 to 9999 */
} incmap_field_kind;

/** Longest list of fields in which a text can go on. */
#define INCMAP_FIELD_PARTS_MOST 9

typedef struct {
    const char *name; /**< any text in UTF-8; the layer's is made of it: see
                                 incmap_layer_writer_field_name */
    incmap_field_kind kind;
    int width;      /**< bytes: 1 to 254 of a text, 1 to 32 of a number with sign and point;
                                 0: as the data need */
    int decimals;   /**< NUMBER: 0 to 15 digits behind the point */
    int parts;      /**< TEXT: what a field cannot hold goes on in up to so many: NOTES,
                                 NOTES_2 ... NOTES_9; the parts joined are the text. 0 or 1: it is cut */
    char separator; /**< TEXT of several parts: divided at this ASCII character alone, which is
                                 dropped there, as '|' in a list of ids; 0: between characters */
} incmap_field;

typedef enum {
    INCMAP_VALUE_NULL = 0,
    INCMAP_VALUE_TEXT = 1,   /**< of a TEXT field; NULL or "" is NULL */
    INCMAP_VALUE_INT = 2,    /**< of an INT or NUMBER field */
    INCMAP_VALUE_NUMBER = 3, /**< of a NUMBER field; NaN is NULL */
    INCMAP_VALUE_DAY = 4     /**< of a DATE field; INCMAP_DAY_OPEN is NULL */
} incmap_value_kind;

typedef struct {
    incmap_value_kind kind;
    union {
        const char *text; /**< UTF-8, ended by a zero; borrowed for the call */
        int64_t whole;
        double number;
        incmap_day day;
    } as;
} incmap_value;

typedef struct {
    int version;       /**< 1 */
    bool no_overwrite; /**< true: a layer that is there already is INCMAP_EEXIST */
    bool has_z, has_m; /**< every shape carries z, m */
    bool no_index;     /**< true: no .qix */
    const char
        *crs; /**< borrowed for the call; "EPSG:32637": into what the coordinates are brought,
                              east first; NULL: EPSG:4326, lon/lat as they are given */
    incmap_day dated; /**< what the .dbf says of its last change, 1900 to 2155, as a day other than
                              1970-01-01; 0: 2000-01-01. Never the clock's */
    uint64_t
        part_bytes; /**< largest .shp or .dbf; 0: 2,147,483,647, which every reader can take; at most
                              that */
} incmap_layer_writer_options;

#define INCMAP_LAYER_WRITER_OPTIONS_INIT INCMAP_INIT_VERSION(1)

/** What was written. */
typedef struct {
    size_t features;  /**< rows of the .dbf */
    size_t unlocated; /**< of them without a position: null shapes */
    size_t cut_texts; /**< values that did not fit their fields and were cut between characters, or
                             the ids of a list, and figures of claims with more than 15 decimals;
                             each is told to the log with feature and field */
    size_t split_texts; /**< values that went on in a second field, whole */
    size_t null_values; /**< values that are NULL */
    size_t parts;       /**< sets: 1, more past 2 GB (NAME, NAME_part2 ...) */
    bool style_kept;    /**< PATH.qml was edited since incmap wrote it, and left as it is; of the
                             layers of incmap/layer.h alone */
} incmap_layer_result;

typedef struct incmap_layer_writer incmap_layer_writer;

/**
 * Begin a layer. Nothing of an earlier one is touched before incmap_layer_writer_finish.
 *
 * Where a field has width 0, rows are kept in a spool file in the staging folder until the layer is
 * finished, since the .dbf's head comes first and tells the widths; so one pass over the data is
 * enough, from a pipe for instance. Its room is given back as it is read, where the system makes holes
 * in files. Whoever can go through the data twice spares the disk that: see incmap_layer_writer_measure;
 * for a CSV file it takes longer.
 *
 * @param path     without extension; its folder must exist; copied
 * @param type     of all shapes, which may be null shapes too; INCMAP_SHAPE_NULL: a table, .dbf and
 *                 .cpg alone
 * @param fields   1 to 255; copied with their names
 * @param options  NULL: all defaults
 * @param out      receives the writer, owned by the caller; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG      a NULL, or a field or option outside its range
 * @return INCMAP_EIO       the folder is missing or cannot be written, somebody else writes this layer,
 *                          a folder bears a name of the set; the message says which and why
 * @return INCMAP_EDATA     remains of an interrupted write cannot be read
 * @return INCMAP_EEXIST    no_overwrite and a file of the set is there
 * @return INCMAP_ELIBRARY  PROJ does not know the reference system or has no .prj text for it
 *
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_layer_writer_open(incmap_ctx *ctx, const char *path,
                                                  incmap_shape_type type,
                                                  const incmap_field fields[], size_t n,
                                                  const incmap_layer_writer_options *options,
                                                  incmap_layer_writer **out);

/**
 * The name that field i has in the file: at most ten of A-Z, 0-9 and _, beginning with a letter, of no
 * other field. A longer name is shortened word by word, vowels first ("event_date_precision":
 * EVN_DAT_PR); of two that come to the same the later gets _2.
 *
 * @return lives as long as the writer; "" for an i out of range
 */
INCMAP_API const char *incmap_layer_writer_field_name(const incmap_layer_writer *w, size_t i);

/**
 * Take the values of a row into account for the widths, without writing it. Once all rows went through
 * here, incmap_layer_writer_add writes at once and needs no spool. A text that proves longer then is
 * cut and counted, a number an error.
 *
 * @param values  one for each field; borrowed
 *
 * @return as incmap_layer_writer_add, but that texts are not looked into; INCMAP_EARG after the first
 *         incmap_layer_writer_add
 *
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_layer_writer_measure(incmap_ctx *ctx, incmap_layer_writer *w,
                                                     const incmap_value values[]);

/**
 * Add a feature. After INCMAP_EARG, INCMAP_EDOMAIN, INCMAP_EPARSE and INCMAP_EDATA the row was not
 * added, and the writer is as before.
 *
 * @param shape   borrowed; NULL or of type NULL: no position. Points in degrees on WGS 84, |lat| <= 90,
 *                any finite lon, written as given where no other crs was asked for. Rings of a polygon
 *                may turn either way and come in any order; of more than 4,096 they must turn as the
 *                format has it, outer ones clockwise, holes the other way
 * @param values  one for each field; borrowed
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EARG     a NULL; a shape or a value of another kind than the layer's or the field's
 * @return INCMAP_EDOMAIN  a coordinate outside its range, or one that has no place in the crs
 * @return INCMAP_EPARSE   a text that is not UTF-8
 * @return INCMAP_EDATA    a number that does not fit its field or 32 bytes, one that is infinite, a day
 *                         before the year 1 or after 9999; a line of one point, a ring that does not
 *                         close or has fewer than four points
 * @return INCMAP_EIO      the disk is full ...; the message says which file
 *
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_layer_writer_add(incmap_ctx *ctx, incmap_layer_writer *w,
                                                 const incmap_shape *shape,
                                                 const incmap_value values[]);

/**
 * Write what is left, make the index, and put the layer in place of an earlier one. The writer can
 * only be freed then.
 *
 * @param result  receives what was written; may be NULL; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM
 * @return INCMAP_EIO    the disk is full, a file cannot be replaced; the earlier layer stands, or the
 *                       message says where the files are kept from which incmap_layer_recover mends it
 * @return INCMAP_EARG   a NULL, or an earlier call failed with the disk
 * @return INCMAP_EDOMAIN, INCMAP_EDATA  of a row that was spooled: a place outside the crs
 *
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_layer_writer_finish(incmap_ctx *ctx, incmap_layer_writer *w,
                                                    incmap_layer_result *result);

/** Free a writer; of a layer that was not finished nothing is left. @param w  NULL does nothing */
INCMAP_API void incmap_layer_writer_free(incmap_layer_writer *w);

typedef enum {
    INCMAP_RECOVERY_NOTHING = 0,   /**< there was nothing to mend */
    INCMAP_RECOVERY_CLEARED = 1,   /**< half a new layer was taken away; the earlier one stands */
    INCMAP_RECOVERY_COMPLETED = 2, /**< the new layer is in place */
    INCMAP_RECOVERY_RESTORED = 3   /**< the earlier layer is in place again */
} incmap_recovery;

/**
 * Mend a layer whose writing was interrupted (a kill, a power cut). The next write of the layer does so
 * by itself; this call is for whoever wants to read it before.
 *
 * @param path      as it was written, without extension
 * @param recovery  receives what was done; may be NULL; unchanged on failure
 *
 * @return INCMAP_OK, INCMAP_ENOMEM, INCMAP_EARG
 * @return INCMAP_EIO    somebody is writing the layer now, or a file cannot be moved
 * @return INCMAP_EDATA  the journal in .NAME.incmap is not incmap's; nothing was touched
 *
 * Threads:  one thread per ctx
 * Since:    0.1
 */
INCMAP_API incmap_status incmap_layer_recover(incmap_ctx *ctx, const char *path,
                                              incmap_recovery *recovery);

INCMAP_END_DECLS

#endif
