/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Patches, sources and logs as HTML.
 */
#ifndef RXA_DIFFHTML_H
#define RXA_DIFFHTML_H

#include "util.h"

struct diffstat {
	size_t files, added, removed;
};

/* Counts by the hunks' headers, so that a "--- x" inside a hunk is a line. */
void diff_stat(struct diffstat *st, const char *diff, size_t len);

/*
 * A <pre> of a unified diff with the lines marked: <ins>, <del>, and <b> for
 * the headers of files and hunks. Past `limit` bytes (a whole line) it is cut
 * and says so.
 */
void diff_html(struct strbuf *out, const char *diff, size_t len, size_t limit);

/*
 * A <pre> of a log's first `head` and last `tail` lines; a note between them
 * tells how many are left out. Long lines are cut.
 */
void log_html(struct strbuf *out, const char *text, size_t len, size_t head,
	      size_t tail);

#endif
