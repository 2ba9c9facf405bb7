/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A unit whose callback does its deferred work itself: the module's text with
 * that change, on which the plan is made as on any other, and the rules that
 * make it.
 */
#ifndef RXA_COLLAPSE_H
#define RXA_COLLAPSE_H

#include "defer.h"

struct collapse {
	struct defer defer;
	struct cmodule *before;	/* the module as it is in the tree */
	bool only_queued;	/* the callbacks did nothing else themselves */
	struct strvec called;	/* what the callbacks reach there, by place */
};

/* Takes the defer over. Each line of the new module's files is where it was. */
struct collapse *collapse_make(struct defer *d, struct cmodule *before);
struct cmodule *collapse_module(const struct collapse *c);
void collapse_free(struct collapse *c);

/* Notes what the callbacks of that plan reach, before it is collapsed. */
void collapse_note_called(struct collapse *c, const struct plan *before);
/*
 * Does only the work get to that place, in the tree as it is? Then nothing
 * there has ever had the old callback's context.
 */
bool collapse_was_work(const struct plan *p, const struct csource *src,
		       size_t tok);

/* The file as it is in the tree. */
const struct csource *collapse_before(const struct plan *p, const char *path);
/* Files that change by it, added to the list. */
void collapse_files(const struct collapse *c, struct strvec *files);
/* Notes what became of the hazards that go with a deferral. */
void collapse_hazards(struct unit *u);
/*
 * The file as it is in the tree, but for comments on what goes: they would
 * stay, and seem to be about something else.
 */
void collapse_comments(const struct plan *p, const struct csource *src,
		       struct strbuf *text);
/*
 * Lays out what the conversion left: the member's lines in kernel-doc go, calls
 * of another name have their arguments aligned.
 */
void collapse_docs(const struct collapse *c, struct strbuf *text);
/* What is left of the work in the new text, in a line; or NULL. */
char *collapse_leftover(const struct collapse *c, const struct cmodule *mod);

#endif
