// SPDX-License-Identifier: GPL-2.0-only

#include "cmd.h"
#include "tap.h"

static struct session s;
static struct options o;
static struct strvec argv;

/* Reads a command line, given as words with blanks between. */
static int read_line(const char *line)
{
	session_free(&s);
	sv_free(&o.own);
	sv_free(&argv);
	s = (struct session){.jobs = 2};
	o = (struct options){0};
	sv_add(&argv, "rxasync");
	sv_split(&argv, line, " ");
	return options_read(&o, &s, (int)argv.n, argv.v);
}

static void good_lines(void)
{
	ok(!read_line("-t /a -w b -j3 -kn convert --json x y -v"), "globals");
	is(s.tree, "/a", "the tree");
	is(s.ws, "b", "the workspace");
	ok(s.jobs == 3 && s.keep_going && s.dry_run && s.verbose && s.json,
	   "on both sides of the command");
	is(o.command, "convert", "the command");
	ok(s.units.n == 2, "two units");

	ok(!read_line("ARCH=arm64 build -a m68k TREE=/b -Kx y W=1 V=1 J=4"),
	   "assignments and the command's own options");
	is(s.tree, "/b", "TREE= is the tree");
	ok(s.verbose && s.jobs == 4, "V=1 and J= are ours");
	ok(s.kvars.n == 2 && sv_has(&s.kvars, "ARCH=arm64") &&
		   sv_has(&s.kvars, "W=1"), "the others are kbuild's");
	ok(o.own.n == 4, "its own options, with their values");
	is(o.own.v[1], "m68k", "the value");
	is(s.units.n == 1 ? s.units.v[0] : NULL, "y", "no value is a unit");

	ok(!read_line("scan V=0 UNITS=a,b -- -c"), "UNITS= and --");
	ok(!s.verbose && s.units.n == 3, "three units");
	is(s.units.v[2], "-c", "a unit that looks like an option");
	ok(!read_line("scan --reasons") && o.about, "about the tool itself");
	ok(!read_line("") && !o.command, "nothing at all");
}

static void bad_lines(void)
{
	static const char *const lines[] = {
		"-j0 scan", "-j x scan", "-j 99999999999999999999 scan", "-j",
		"scan --nothing", "scan -Z", "scan --apply", "--json=3 scan",
		"convert -a m68k", "scan J=0", "scan -t",
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		ok(read_line(lines[i]) == EXIT_USAGE, "refused: %s", lines[i]);
}

static void likes(void)
{
	static const struct {
		const char *typed, *meant;
	} cases[] = {
		{"biuld", "build"}, {"scna", "scan"}, {"reprot", "report"},
		{"covert", "convert"}, {"xyzzy", NULL}, {"q", NULL},
		{"a-very-long-word-that-nobody-means-at-all", NULL},
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const struct command *c = command_like(cases[i].typed);

		is(c ? c->name : NULL, cases[i].meant, "%s is near to %s",
		   cases[i].typed, cases[i].meant ? cases[i].meant : "none");
	}
}

int main(void)
{
	struct strvec picked = {0};

	/* The refusals' words; the sanitizers' go to descriptor 2. */
	stderr = fopen("/dev/null", "w");
	good_lines();
	bad_lines();
	likes();
	ok(!read_line("run -a m68k --config x"), "options for the stages");
	options_pick(&picked, &o.own, "build");
	ok(picked.n == 4, "build takes them");
	options_pick(&picked, &o.own, "scan");
	ok(picked.n == 4, "scan takes none");
	sv_free(&picked);
	session_free(&s);
	sv_free(&o.own);
	sv_free(&argv);
	return done_testing();
}
