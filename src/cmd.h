/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The commands and the options: two tables, from which the command line is
 * read and the help is made. doc/ and completion/ follow them.
 */
#ifndef RXA_CMD_H
#define RXA_CMD_H

#include "session.h"

/*
 * A command gets its name and its own options in argv; the global options
 * and the UNIT words are in the session, whose tree is probed and whose
 * workspace is open and locked. It prints the last word and returns the exit
 * code.
 */
typedef int command_fn(struct session *s, int argc, char **argv);

command_fn cmd_scan, cmd_convert, cmd_build, cmd_jobs, cmd_boot, cmd_series, cmd_report,
	cmd_core, cmd_lint, cmd_run;

enum {
	CMD_TREE = 1 << 0,	/* wants the tree probed */
	CMD_WORKSPACE = 1 << 1,	/* wants the workspace open */
	CMD_ASYNC = 1 << 2,	/* wants a tree with the async callback */
	CMD_WHOLE = 1 << 3,	/* is about the whole tree: takes no UNIT */
};

struct command {
	const char *name;
	command_fn *fn;
	const char *description;
	unsigned int needs;
};

struct option_row {
	const char *name;
	char letter;		/* 0 for none */
	const char *arg;	/* what its value is called, or NULL */
	const char *help;
	const char *commands;	/* names that take it; NULL for all */
};

/* Both end with a row without a name. */
extern const struct command commands[];
extern const struct option_row option_rows[];

const struct command *command_find(const char *name);
/* The command whose name is nearest to a mistyped one, or NULL. */
const struct command *command_like(const char *name);
bool option_is_for(const struct option_row *row, const char *command);

struct options {
	const char *command;	/* points into argv; NULL where none was given */
	struct strvec own;	/* options that are not global, as words */
	bool help, version, about;
};

/*
 * Reads the command line into the session and `o`. 0, or EXIT_USAGE after a
 * message.
 */
int options_read(struct options *o, struct session *s, int argc, char **argv);
/* Adds to `to` those of the own options that the command takes. */
void options_pick(struct strvec *to, const struct strvec *own,
		  const char *command);

/* On stdout: the usage, with the commands; or that of one command. */
void help_usage(const struct command *c);

#endif
