/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of a tree: its assignments of ndo_set_rx_mode, the units that
 * they form, and what each stage found. In memory for the stages, as JSON in
 * the workspace and in report.json.
 */
#ifndef RXA_MODEL_H
#define RXA_MODEL_H

#include <jansson.h>

#include "util.h"

/* From best to worst: a unit has its assignments' worst word. */
enum verdict { CONVERTED, KEPT, MANUAL, FAILED };
const char *verdict_name(enum verdict v);
/* -EINVAL for a word that is none. */
int verdict_parse(const char *word);

enum outcome { RULED_OUT, MENDED, OPEN };
const char *outcome_name(enum outcome o);

/* The closed list of reason codes. NULL-terminated by a row without a code. */
struct reason {
	const char *code, *text;
	enum verdict verdict;
};
extern const struct reason reasons[];
const struct reason *reason_find(const char *code);

/* What can go wrong in a conversion, by id, with a line on each. */
struct hazard_kind {
	const char *id, *title;
};
extern const struct hazard_kind hazard_kinds[];
const char *hazard_title(const char *id);

struct hazard {
	char *id;		/* "H7" */
	char *at;		/* "file:line" */
	enum outcome outcome;
	char *note;
};

struct hazards {
	struct hazard *v;
	size_t n, cap;
};
/* Takes note and `at` over; the same id, place and outcome stands once. */
void hazard_add(struct hazards *hs, const char *id, char *at,
		enum outcome outcome, char *note);

struct assignment {
	char *file;		/* path inside the tree */
	int line, col, col_end;	/* of the member's name; from 1, end included */
	char *ops;		/* the ops struct's name */
	char *callback;
	char *config;		/* what switches its file on, or NULL */
	char *form;		/* designated, array, runtime, macro */
	char *class;		/* where the lists are: see class.c */
	enum verdict verdict;
	char *reason;		/* a code of the list, or NULL */
	char *note;		/* the reason in words, with the place */
};

struct unit {
	char *name;
	struct strvec files;	/* paths inside the tree that a patch touches */
	char *config;		/* "CONFIG_8139TOO", or NULL */
	char *status;		/* MAINTAINERS: Maintained, Orphan, ... or NULL */
	char *subsystem;	/* title of that MAINTAINERS entry, or NULL */
	struct assignment *assignments;
	size_t assignment_count, assignment_cap;
	struct hazards hazards;
	enum verdict verdict;
	char *reason;
	char *note;
	/*
	 * A callback that hands its work on: "collapsed", "could-collapse" or
	 * "kept", with a code of keep_reasons; NULL where none does.
	 */
	char *deferral, *keeps, *keeps_note;
	/* What later stages found, as they wrote it; NULL before. */
	json_t *convert, *build, *boot, *series;
	void *plan;		/* the plan stage's own; NULL when loaded */
};

struct model {
	struct unit **units;	/* by name */
	size_t count, cap;
};

/* An empty unit in the model; the name is copied. */
struct unit *model_add(struct model *m, const char *name);
struct unit *model_find(const struct model *m, const char *name);
void model_sort(struct model *m);
/* The assignments of `from` become `to`'s; `from` is gone then. */
void model_join(struct model *m, struct unit *to, struct unit *from);
void model_free(struct model *m);

struct assignment *unit_add_assignment(struct unit *u);
/* Forgets hazards and files, for another plan. */
void unit_reset(struct unit *u);
/* Sets verdict, reason and note of the unit and of all its assignments. */
void unit_decide(struct unit *u, enum verdict v, const char *reason,
		 const char *note_fmt, ...) __printf_like(4, 5);
/* Sets what became of its deferral; the strings are copied. */
void unit_defers(struct unit *u, const char *what, const char *keeps,
		 const char *note);
void hazards_free(struct hazards *hs);
/* Is that what convert said, whatever later stages made of it? */
bool unit_was_converted(const struct unit *u);

/*
 * One unit as JSON: "assignments" in it carry file, line, col, col_end, ops,
 * callback, form, class, verdict, reason, note. The caller owns the result.
 */
json_t *unit_to_json(const struct unit *u);
/* -EINVAL where the JSON is not what unit_to_json() writes. */
int unit_from_json(struct model *m, const json_t *j);

/*
 * The tree's scan (scan.json), with what each unit's folder adds: convert.json
 * may turn the verdict, a "fail" in build.json or boot.json makes it `failed`.
 * -ENOENT where there was no scan yet.
 */
struct session;
int model_load(struct session *s, struct model *m);

#endif
