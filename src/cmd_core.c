// SPDX-License-Identifier: GPL-2.0-only
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "coreapply.h"
#include "coreprint.h"

enum mode { MODE_NONE, MODE_PRINT, MODE_CHECK, MODE_APPLY, MODE_MBOX };

struct core_options {
	enum mode mode;
	enum flavour flavour;	/* FLAVOUR_NONE where none was asked for */
	const char *patches;
};

static int take_flavour(struct core_options *o, const char *value)
{
	if (!strcmp(value, "void")) {
		o->flavour = FLAVOUR_VOID;
	} else if (!strcmp(value, "int")) {
		o->flavour = FLAVOUR_INT;
	} else {
		err("--flavour %s: it is void or int", value);
		return EXIT_USAGE;
	}
	return 0;
}

static int read_options(struct core_options *o, int argc, char **argv)
{
	static const struct option longs[] = {
		{"print", no_argument, NULL, MODE_PRINT},
		{"check", no_argument, NULL, MODE_CHECK},
		{"apply", no_argument, NULL, MODE_APPLY},
		{"mbox", no_argument, NULL, MODE_MBOX},
		{"flavour", required_argument, NULL, 'f'},
		{"patches", required_argument, NULL, 'p'},
		{0},
	};
	int c, ret = 0;

	optind = 0;
	while (!ret && (c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (c == 'f') {
			ret = take_flavour(o, optarg);
		} else if (c == 'p') {
			o->patches = optarg;
		} else if (c == '?') {
			ret = EXIT_USAGE;
		} else if (o->mode && o->mode != (enum mode)c) {
			err("core does one thing at a time: --print, --check, --apply or --mbox");
			ret = EXIT_USAGE;
		} else {
			o->mode = (enum mode)c;
		}
	}
	if (!o->mode)
		o->mode = MODE_PRINT;
	return ret;
}

/* The states with which there is nothing to do but to say so. */
static int settled(const struct session *s, const struct core_fit *fit,
		   enum flavour wanted)
{
	const struct core_series *cs = &fit->series;

	if (fit->state == CORE_AHEAD) {
		err("%s has all of %s, flavour int: for void take back %s, with git revert or git apply --reverse",
		    s->tree, core_series_line(cs),
		    cs->patches[cs->count - 1].name);
		return EXIT_UNIT_FAILED;
	}
	if (fit->state == CORE_NATIVE && wanted != FLAVOUR_NONE &&
	    wanted != s->flavour) {
		err("ndo_set_rx_mode_async in Linux %s is not from a series that is here, flavour %s: none makes %s of it",
		    s->version, flavour_name(s->flavour), flavour_name(wanted));
		return EXIT_ENVIRONMENT;
	}
	return EXIT_GOOD;
}

static int print_mbox(const struct core_fit *fit)
{
	struct strbuf text = {0};
	int ret = 0;

	for (size_t i = fit->there; i < fit->upto && !ret; i++) {
		const char *path = fit->series.patches[i].path;

		ret = file_read(path, &text);
		if (ret)
			err("%s: %s", path, strerror(-ret));
		else
			fwrite(text.buf, 1, text.len, stdout);
		if (!ret && text.len && text.buf[text.len - 1] != '\n')
			putchar('\n');
	}
	sb_free(&text);
	return ret ? EXIT_ENVIRONMENT : 0;
}

/* All that only looks: --print, --check, --mbox. */
static int look(const struct session *s, const struct core_options *o,
		const struct core_fit *fit)
{
	int ret = settled(s, fit, o->flavour);
	bool conflict = fit->state == CORE_CONFLICT;

	if (o->mode == MODE_MBOX) {
		if (fit->state != CORE_APPLIES)
			core_print_short(stderr, s, fit);
		if (!ret)
			ret = print_mbox(fit);
		return ret ? ret : conflict;
	}
	if (s->json)
		core_print_json(s, fit, NULL);
	else if (o->mode == MODE_PRINT)
		core_print(s, fit);
	else
		core_print_short(conflict ? stderr : stdout, s, fit);
	return ret ? ret : o->mode == MODE_CHECK && conflict;
}

static int write_series(struct tree_write *w, struct session *s,
			struct core_fit *fit)
{
	struct core_way way;
	int ret = core_way_find(&way, s, fit);

	if (!ret)
		ret = core_apply(w, s, fit, &way);
	/* What it is now is asked of the sources again. */
	if (!ret && !s->dry_run)
		ret = session_probe_tree(s);
	if (!ret && !s->dry_run) {
		if (s->json)
			core_print_json(s, fit, &way);
		else
			core_print_applied(s, fit, &way);
	}
	core_way_free(&way);
	return ret;
}

static int apply(struct session *s, const struct core_options *o)
{
	struct tree_write w = {.fd = -1};
	struct core_fit fit = {0};
	int ret = 0;

	if (!s->dry_run) {
		ret = core_lock(&w, s);
		if (ret)
			return ret;
		/* A killed run may just have been taken back. */
		ret = session_probe_tree(s);
	}
	if (!ret)
		ret = core_fit_find(&fit, s, o->patches, o->flavour);
	if (!ret && fit.state == CORE_APPLIES) {
		ret = write_series(&w, s, &fit);
	} else if (!ret) {
		ret = settled(s, &fit, o->flavour);
		if (s->json)
			core_print_json(s, &fit, NULL);
		else if (!ret)
			core_print_short(fit.state == CORE_CONFLICT ? stderr :
								      stdout,
					 s, &fit);
		if (fit.state == CORE_CONFLICT)
			ret = EXIT_UNIT_FAILED;
	}
	core_fit_free(&fit);
	if (w.fd >= 0)
		tree_write_end(&w);
	return ret;
}

static int inspect(const struct session *s, const struct core_options *o)
{
	struct core_fit fit = {0};
	int ret;

	if (tree_write_left(s->tree)) {
		err("a 'core --apply' was killed in %s: rxasync -t %s core --apply takes it back and begins again",
		    s->tree, s->tree);
		return EXIT_UNIT_FAILED;
	}
	ret = core_fit_find(&fit, s, o->patches, o->flavour);
	if (!ret && !s->dry_run)
		ret = look(s, o, &fit);
	core_fit_free(&fit);
	return ret;
}

int cmd_core(struct session *s, int argc, char **argv)
{
	struct core_options o = {0};
	char *git = NULL;
	int ret = read_options(&o, argc, argv);

	if (!ret && s->units.n) {
		err("core is about the whole tree and takes no UNIT: '%s'",
		    s->units.v[0]);
		ret = EXIT_USAGE;
	}
	if (!ret)
		ret = git_probe(&git);
	free(git);
	if (ret)
		return ret;
	return o.mode == MODE_APPLY ? apply(s, &o) : inspect(s, &o);
}
