/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text for HTML and JSON: whatever bytes a driver, a patch or a log holds,
 * what comes out is valid UTF-8 and can't break out of its element.
 */
#ifndef RXA_HTML_H
#define RXA_HTML_H

#include "util.h"

/*
 * Appends the bytes as valid UTF-8. Each byte that belongs to no character,
 * and each control character other than tab and newline, becomes U+FFFD;
 * a carriage return before a newline is left out.
 */
void utf8_clean(struct strbuf *out, const char *s, size_t len);
/* The same for a string, which may be NULL; the caller frees the result. */
char *utf8_dup(const char *s);

/* Cleaned and escaped, for the content of elements and quoted attributes. */
void html_text(struct strbuf *out, const char *s, size_t len);

/*
 * printf for markup: the format goes out as it is, each %s as html_text()
 * makes it. Knows %s, %d, %zu and %% only.
 */
void html_addf(struct strbuf *out, const char *fmt, ...) __printf_like(2, 3);

/* A path or name as part of a URL: all but plain characters as %XX. */
void html_url(struct strbuf *out, const char *path);

#endif
