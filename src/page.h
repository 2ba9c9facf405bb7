/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report.html: one static page that needs no network and no script. page.c
 * has the frame and the totals, pageunit.c a unit's row and details,
 * pageboot.c its boots, pagefiles.c its patch and logs, pagestyle.c the style
 * sheet and the script for the filters.
 */
#ifndef RXA_PAGE_H
#define RXA_PAGE_H

#include "model.h"
#include "session.h"
#include "util.h"

extern const char page_css[], page_js[];

void page_write(struct strbuf *out, const struct session *s,
		const struct model *m);

/* The unit's <tbody>: its row, and a row with the details. */
#define PAGE_COLUMNS 8
void page_unit(struct strbuf *out, const struct session *s,
	       const struct unit *u);

/* What the boot check found, with the tables of both drivers. */
void page_boot(struct strbuf *out, const struct unit *u);
/* Its patch, semantic patch and logs, as far as they are there. */
void page_files(struct strbuf *out, const struct session *s,
		const struct unit *u, bool patched);
/* The commands that repeat by hand what was done. */
void page_by_hand(struct strbuf *out, const struct session *s,
		  const struct unit *u, bool patched);

/* The verdict as a coloured word. */
void page_verdict(struct strbuf *out, enum verdict v);

#endif
