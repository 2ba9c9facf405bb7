/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kbuild, and the compilers and checkers that it runs, said: which
 * objects were made, which failed, and the warnings of each.
 *
 * The log must have been made with make -O (--output-sync), so that all lines
 * of an object stand behind its "  CC      path.o".
 */
#ifndef RXA_KBUILDLOG_H
#define RXA_KBUILDLOG_H

#include "util.h"

struct kdiag {
	bool error;
	char *file;	/* tree-relative where it lies in the tree */
	char *text;	/* "file:line:col: warning: ..." */
	/*
	 * The same without what shifts when lines move: no line and column,
	 * no sizes, but with the function's name. Two are the same warning
	 * where these are equal.
	 */
	char *norm;
};

struct kobject_log {
	char *object;		/* tree-relative */
	bool module;		/* kbuild marked it "[M]" */
	bool failed;
	struct strbuf text;	/* all its lines */
	struct kdiag *diags;
	size_t count, cap;
};

struct kbuildlog {
	struct kobject_log *objects;	/* in order of appearance */
	size_t count, cap;
	struct strbuf rest;	/* lines that belong to no object */
	char *first_error;	/* the first of those that tells an error */

	/* Private. */
	struct strvec prefixes;
	size_t current;		/* 1 + index, 0 for none */
	char *function;
};

/*
 * `source` is the source folder as make saw it; that and "../" are taken off
 * the paths.
 */
void kbuildlog_init(struct kbuildlog *log, const char *source);
void kbuildlog_line(struct kbuildlog *log, const char *line);
void kbuildlog_text(struct kbuildlog *log, const char *text);
void kbuildlog_free(struct kbuildlog *log);

/*
 * A line of progress such as "  CC [M]  path.o": the path in it, NULL for any
 * other line. *what gets "CC" (8 bytes at most), *module the "[M]".
 */
const char *kbuildlog_progress(const char *line, char what[16], bool *module);
/* The norm of a diagnostic of that function (may be NULL); the caller frees. */
char *kdiag_norm(const char *text, const char *function);

#endif
