// SPDX-License-Identifier: GPL-2.0-only
/* The tables. A new command is a file, a prototype in cmd.h and a row here. */
#include <string.h>

#include "cmd.h"

#define STAGE (CMD_TREE | CMD_WORKSPACE)

const struct command commands[] = {
	{"scan", cmd_scan,
	 "find every legacy user and say what will become of it", STAGE},
	{"convert", cmd_convert,
	 "write units/<unit>/convert.patch (--apply: into the tree)",
	 STAGE | CMD_ASYNC},
	{"build", cmd_build, "compile each converted unit, before and after",
	 STAGE | CMD_ASYNC},
	{"jobs", cmd_jobs, "print what build would do, a command for each job",
	 STAGE | CMD_ASYNC},
	{"boot", cmd_boot, "boot legacy and converted kernels and compare",
	 STAGE | CMD_ASYNC},
	{"series", cmd_series,
	 "commits on a branch, mailable waves under series/",
	 STAGE | CMD_ASYNC},
	{"report", cmd_report, "report.json and report.html from what is there",
	 STAGE},
	{"core", cmd_core,
	 "print, check or apply the core patch that fits a tree of flavour none",
	 CMD_TREE | CMD_WHOLE},
	{"lint", cmd_lint,
	 "look for hazards in drivers that have the async callback already",
	 CMD_TREE},
	{"run", cmd_run,
	 "scan, convert, build, (--boot: boot,) series and report in one go",
	 STAGE},
	{0},
};

const struct option_row option_rows[] = {
	{"tree", 't', "DIR", "the kernel tree (also TREE=DIR; default: here)",
	 NULL},
	{"workspace", 'w', "DIR",
	 "where all results go (also WS=DIR; default: under ~/.cache/rxasync/ws)",
	 NULL},
	{"jobs", 'j', "N", "how many jobs at a time (default: as many as CPUs)",
	 NULL},
	{"keep-going", 'k', NULL, "go on after a unit has failed", NULL},
	{"dry-run", 'n', NULL, "print the commands and run none", NULL},
	{"verbose", 'v', NULL, "show whole commands (also V=1)", NULL},
	{"json", 0, NULL, "the result on stdout as JSON", NULL},
	{"help", 'h', NULL, "this text", NULL},
	{"version", 0, NULL, "the version", NULL},
	{"reasons", 0, NULL, "print the closed list of reason codes", "scan"},
	{"lines", 0, NULL, "a line for each place, \"file:line:col-col: message\"",
	 "scan"},
	{"explain", 0, NULL, "the facts and places behind each unit's verdict",
	 "scan"},
	{"apply", 0, NULL,
	 "write the conversions, or the core series, into the tree",
	 "convert core"},
	{"collapse", 0, NULL,
	 "let a callback do what it only deferred, where that is proved",
	 "convert"},
	{"print", 0, NULL, "the series that fits and what it would do (default)",
	 "core"},
	{"check", 0, NULL, "would the series apply cleanly? Nothing is written",
	 "core"},
	{"mbox", 0, NULL, "the patches themselves on stdout, for git am",
	 "core"},
	{"flavour", 0, "void|int", "what the callback shall return (default: void)",
	 "core"},
	{"patches", 0, "DIR", "the series, or a folder of linux-X.Y/ with series",
	 "core"},
	{"arch", 'a', "ARCH", "an architecture to build for, auto or all (repeatable)",
	 "build jobs run"},
	{"config", 'K', "CONFIG", "a configuration to build with (repeatable)",
	 "build jobs run"},
	{"runner", 0, "WORDS", "put this in front of each job, such as 'srun -Q'",
	 "build run"},
	{"chunk", 0, "N", "at most so many units a job", "build jobs run"},
	{"commits", 0, NULL,
	 "does each commit of the series build, in its order?", "build"},
	{"job", 0, NULL, "be one of several jobs in the workspace", "build"},
	{"machine", 'M', "NAME",
	 "a machine to boot on (repeatable; \"all\"; default: those of ARCH)",
	 "boot run"},
	{"variant", 0, "NAME",
	 "the kernels' variant: lockdep (default), bench, kasan",
	 "boot run"},
	{"accel", 0, "kvm|tcg", "what QEMU runs with (default: by a short trial)",
	 "boot run"},
	{"again", 0, NULL, "also what was booted already", "boot run"},
	{"timeout", 0, "SECONDS",
	 "so long without a word is a hang (default: 60 with KVM, 240 without)",
	 "boot run"},
	{"boot", 0, NULL, "boot the converted drivers in QEMU as well", "run"},
	{"max", 0, "N", "at most so many patches a wave (default: 15)",
	 "series run"},
	{"branch", 0, "NAME", "the branch's name (default: rxasync/VERSION-FLAVOUR)",
	 "series run"},
	{"prefix", 0, "WORDS",
	 "in the mails' subjects (default: by tree, \"PATCH net-next\")",
	 "series run"},
	{"tested-only", 0, NULL, "leave out what was not compiled", "series run"},
	{0},
};

const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; name && c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Levenshtein's distance; words longer than the row are far from all. */
static size_t distance(const char *a, const char *b)
{
	size_t row[32], n = strlen(b);

	if (strlen(a) >= ARRAY_SIZE(row) || n >= ARRAY_SIZE(row))
		return ARRAY_SIZE(row);
	for (size_t k = 0; k <= n; k++)
		row[k] = k;
	for (size_t i = 1; *a; a++, i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t k = 1; k <= n; k++) {
			size_t change = corner + (*a != b[k - 1]);

			corner = row[k];
			row[k] = least(change,
				       least(row[k], row[k - 1]) + 1);
		}
	}
	return row[n];
}

const struct command *command_like(const char *name)
{
	const struct command *best = NULL;
	size_t shortest = 4;

	for (const struct command *c = commands; c->name; c++) {
		size_t d = distance(name, c->name);

		if (d < shortest && d < strlen(c->name)) {
			shortest = d;
			best = c;
		}
	}
	return best;
}

bool option_is_for(const struct option_row *row, const char *command)
{
	struct strvec names = {0};
	bool found;

	if (!row->commands)
		return true;
	sv_split(&names, row->commands, " ");
	found = sv_has(&names, command);
	sv_free(&names);
	return found;
}
