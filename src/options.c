// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"

/* getopt's own code of a row: its letter, or a number past all letters. */
static int code_of(const struct option_row *row)
{
	return row->letter ? row->letter : 256 + (int)(row - option_rows);
}

static const struct option_row *row_of(int code)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if (code_of(row) == code)
			return row;
	return NULL;
}

/* The row of an own option's word, "-a" or "--apply". */
static const struct option_row *row_named(const char *word)
{
	const struct option_row *row = option_rows;

	while (row->name && (word[1] == '-' ? strcmp(row->name, word + 2) :
					      row->letter != word[1]))
		row++;
	return row;
}

/* The leading '-' makes getopt hand out the other words in their order. */
static struct option *make_getopt(struct strbuf *letters)
{
	struct option *longs;
	size_t n = 0;

	while (option_rows[n].name)
		n++;
	longs = xcalloc(n + 1, sizeof(*longs));
	sb_addc(letters, '-');
	sb_addc(letters, ':');
	for (size_t i = 0; i < n; i++) {
		const struct option_row *row = &option_rows[i];

		longs[i].name = row->name;
		longs[i].has_arg = row->arg ? required_argument : no_argument;
		longs[i].val = code_of(row);
		if (row->letter)
			sb_addc(letters, row->letter);
		if (row->letter && row->arg)
			sb_addc(letters, ':');
	}
	return longs;
}

static void set(char **where, const char *value)
{
	free(*where);
	*where = xstrdup(value);
}

static int set_jobs(struct session *s, const char *value)
{
	s->jobs = (int)number_up_to(value, 4096);
	if (s->jobs)
		return 0;
	err("-j %s: give a number of jobs from 1 to 4096", value);
	return EXIT_USAGE;
}

static int take_option(struct options *o, struct session *s, int code,
		       const char *value)
{
	const struct option_row *row = row_of(code);

	switch (code) {
	case 't':
		set(&s->tree, value);
		return 0;
	case 'w':
		set(&s->ws, value);
		return 0;
	case 'j':
		return set_jobs(s, value);
	case 'k':
		s->keep_going = true;
		return 0;
	case 'n':
		s->dry_run = true;
		return 0;
	case 'v':
		s->verbose = true;
		return 0;
	case 'h':
		o->help = true;
		return 0;
	}
	if (!strcmp(row->name, "json")) {
		s->json = true;
	} else if (!strcmp(row->name, "job")) {
		s->job = true;
	} else if (!strcmp(row->name, "version")) {
		o->version = true;
	} else {
		if (row->letter)
			sv_addf(&o->own, "-%c", row->letter);
		else
			sv_addf(&o->own, "--%s", row->name);
		if (row->arg)
			sv_add(&o->own, value);
		o->about |= !strcmp(row->name, "reasons");
	}
	return 0;
}

static bool is_assignment(const char *word)
{
	size_t n = word_length(word);

	return n && word[n] == '=' && !isdigit((unsigned char)*word);
}

/* "VAR=value": a few are ours, all others go to kbuild. */
static int take_assignment(struct session *s, const char *word)
{
	const char *value = strchr(word, '=') + 1;

	if (starts_with(word, "TREE="))
		set(&s->tree, value);
	else if (starts_with(word, "WS="))
		set(&s->ws, value);
	else if (starts_with(word, "UNITS="))
		sv_split(&s->units, value, " \t\n,");
	else if (starts_with(word, "J="))
		return set_jobs(s, value);
	else if (starts_with(word, "V="))
		s->verbose = *value && strcmp(value, "0");
	else
		sv_add(&s->kvars, word);
	return 0;
}

static int take_word(struct options *o, struct session *s, const char *word)
{
	if (is_assignment(word))
		return take_assignment(s, word);
	if (!o->command)
		o->command = word;
	else
		sv_add(&s->units, word);
	return 0;
}

/* Are the own options really the command's? */
static int check_own(const struct options *o)
{
	for (size_t i = 0; i < o->own.n; i++) {
		const char *word = o->own.v[i];
		const struct option_row *row = row_named(word);

		if (!option_is_for(row, o->command)) {
			err("'%s' takes no %s: it is for %s, see 'rxasync help %s'",
			    o->command, word, row->commands, o->command);
			return EXIT_USAGE;
		}
		i += !!row->arg;
	}
	return 0;
}

int options_read(struct options *o, struct session *s, int argc, char **argv)
{
	struct strbuf letters = {0};
	struct option *longs = make_getopt(&letters);
	int code, ret = 0;

	optind = 0;
	opterr = 0;
	while (!ret && (code = getopt_long(argc, argv, sb_str(&letters), longs,
					   NULL)) != -1) {
		if (code == 1) {
			ret = take_word(o, s, optarg);
		} else if (code == ':') {
			err("%s wants a value, see 'rxasync help'",
			    argv[optind - 1]);
			ret = EXIT_USAGE;
		} else if (code == '?') {
			err("there is no option %s, see 'rxasync help'",
			    argv[optind - 1]);
			ret = EXIT_USAGE;
		} else {
			ret = take_option(o, s, code, optarg);
		}
	}
	for (; !ret && optind < argc; optind++)
		ret = take_word(o, s, argv[optind]);
	if (!ret && o->command && command_find(o->command))
		ret = check_own(o);
	sb_free(&letters);
	free(longs);
	return ret;
}

void options_pick(struct strvec *to, const struct strvec *own,
		  const char *command)
{
	for (size_t i = 0; i < own->n; i++) {
		const struct option_row *row = row_named(own->v[i]);

		if (option_is_for(row, command))
			sv_add(to, own->v[i]);
		if (row->arg && option_is_for(row, command))
			sv_add(to, own->v[i + 1]);
		i += !!row->arg;
	}
}
