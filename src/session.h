/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One call of rxasync: the options, the kernel tree, the workspace.
 *
 * The workspace:
 *	rxasync.json		format, tool version, tree (path, version, flavour)
 *	lock			held (flock) while a command works in it
 *	scan.json		the model as scanned and planned
 *	units/<unit>/		what each stage wrote:
 *		convert.cocci	the semantic patch; convert.patch, what it made
 *		convert.json	{"key", "verdict", "reason", "note", "hazards",
 *				 "deferral", "files", "functions",
 *				 "description"}
 *		convert.log	commands and what they said
 *		after/<path>	the converted files, whole
 *		build.json	{"key", "build": [ ... as in report.json ]}
 *		build.log	kbuild's own lines of the unit, before and after
 *		boot.json	{"key", "boot": [ ... see boot.h ]}
 *		boot-*.log	its tables, and what the machines complained of
 *		series.json	{"key", "wave", "patch", "checkpatch": [s]}
 *	boot/MACHINE/		plan, console and result lines of its last boots
 *	series/wave-NN/		git format-patch's files
 *	report.json, report.html
 */
#ifndef RXA_SESSION_H
#define RXA_SESSION_H

#include <jansson.h>

#include "model.h"
#include "util.h"

struct overrides;

enum flavour { FLAVOUR_NONE, FLAVOUR_VOID, FLAVOUR_INT };
const char *flavour_name(enum flavour f);
/*
 * From the text of include/linux/netdevice.h, which is written over. 0, or
 * -ENOENT where it has no struct net_device_ops.
 */
int flavour_of_text(char *text, enum flavour *flavour);

/* Exit codes (contract). */
enum { EXIT_GOOD, EXIT_UNIT_FAILED, EXIT_USAGE, EXIT_ENVIRONMENT, EXIT_UNTESTED };

#define RXASYNC_VERSION "0.1"
#define WORKSPACE_FORMAT 1

struct session {
	char *tree;		/* absolute path */
	char *ws;		/* absolute path */
	int jobs;
	bool keep_going, dry_run, verbose, json;
	bool ws_is_default;
	bool job;		/* one of several in the workspace, see session_share() */
	bool collapse;		/* convert: do deferred work in the callback */
	struct strvec kvars;	/* VAR=value words for kbuild */
	struct strvec units;	/* the UNIT words; empty for all */

	/* Probed. */
	char *version;		/* "7.3.4" */
	enum flavour flavour;
	char *spatch_version;	/* "1.1.1", by spatch_probe() */
	int lock_fd;
	struct overrides *overrides;	/* while a scan has them; or NULL */
};

/*
 * Checks that s->tree is a kernel tree and fills version and flavour. 0, or
 * an exit code after a message that names the way out.
 */
int session_probe_tree(struct session *s);
/*
 * Makes or opens the workspace and locks it. 0, or an exit code after a
 * message: unwritable, another tree's, another format's, in use.
 */
int session_open(struct session *s);
/*
 * Lets others work in the workspace that are started as jobs of this one
 * (->job), and nobody else. -errno.
 */
int session_share(struct session *s);
void session_close(struct session *s);
/* Closes it and frees all that hangs on it, not the struct itself. */
void session_free(struct session *s);
/*
 * For the stages behind scan: 0, or EXIT_ENVIRONMENT after a message where the
 * tree has no async callback.
 */
int session_need_async(const struct session *s);

/* Does the unit answer to one of the UNIT words (name, source path, folder)? */
bool session_wants(const struct session *s, const struct unit *u);
/* The first UNIT word that no unit of the model answers to, or NULL. */
const char *session_unknown_unit(const struct session *s, const struct model *m);
/* 0, or EXIT_USAGE after a message where there is such a word. */
int session_check_units(const struct session *s, const struct model *m);

/* Paths; the caller frees them. */
char *tree_path(const struct session *s, const char *inside);
char *ws_path(const struct session *s, const char *inside);
char *unit_path(const struct session *s, const struct unit *u, const char *file);

/* JSON in the workspace, written whole. -errno; -EINVAL for broken JSON. */
int json_write(const char *path, const json_t *j);
json_t *json_read(const char *path, int *error);
/* The string under the key, or ""; it belongs to the object. */
const char *json_str(const json_t *object, const char *key);
/* The same as the caller's own; NULL where there is none. */
char *json_str_dup(const json_t *object, const char *key);
/* Adds the array's strings; what is no string, or no array, adds nothing. */
void json_strings(const json_t *array, struct strvec *to);
json_t *json_from_strings(const struct strvec *sv);

#endif
