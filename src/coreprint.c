// SPDX-License-Identifier: GPL-2.0-only
#include "coreprint.h"

#include <stdlib.h>
#include <string.h>

static const char *plural(size_t n)
{
	return n == 1 ? "" : "es";
}

/* Is the tree a folder of some larger repository? */
static bool is_nested(const char *tree)
{
	char *dir = xstrdup(tree), *slash;
	bool found = false;

	while (!found && (slash = strrchr(dir, '/')) && slash > dir) {
		char *git;

		*slash = '\0';
		git = xasprintf("%s/.git", dir);
		found = file_exists(git);
		free(git);
	}
	free(dir);
	return found;
}

/* A job as one pastes it; frees the job. */
static char *command(struct job *job)
{
	char *text = job_command(job);

	job_free(job);
	return text;
}

static char *our_command(const struct session *s, const struct core_fit *fit,
			 const char *option)
{
	struct job *job = job_new("rxasync", "-t", s->tree, "core", option,
				  NULL);
	const char *env = getenv("RXASYNC_PATCHES");

	if (fit->after == FLAVOUR_INT) {
		sv_add(&job->argv, "--flavour");
		sv_add(&job->argv, "int");
	}
	if (fit->patches) {
		sv_add(&job->argv, "--patches");
		sv_add(&job->argv, fit->patches);
	} else if (env) {
		sv_addf(&job->env, "RXASYNC_PATCHES=%s", env);
	}
	return command(job);
}

/* "rxasync ... --mbox | git am"; the caller frees it. */
static char *by_hand(const struct session *s, const struct core_fit *fit)
{
	char *dot_git = tree_path(s, ".git");
	bool git = file_exists(dot_git);
	struct job *job = job_new("git", "-C", s->tree, git ? "am" : "apply",
				  NULL);
	char *mbox = our_command(s, fit, "--mbox"), *rest, *text;

	/* Else git apply would look for the files at the repository's top. */
	if (!git && is_nested(s->tree))
		sv_addf(&job->env, "GIT_CEILING_DIRECTORIES=%.*s",
			(int)(strrchr(s->tree, '/') - s->tree), s->tree);
	rest = command(job);
	text = xasprintf("%s | %s", mbox, rest);
	free(dot_git);
	free(mbox);
	free(rest);
	return text;
}

static void print_native(FILE *out, const struct session *s)
{
	fprintf(out,
		"Linux %s in %s has ndo_set_rx_mode_async, flavour %s: it needs no core patch.\n",
		s->version, s->tree, flavour_name(s->flavour));
}

static void print_complaints(FILE *out, const struct core_fit *fit)
{
	for (size_t i = 0; i < fit->said.n; i++) {
		const char *said = fit->said.v[i];
		char *text;
		long line;

		/* Follows the one with the hunk. */
		if (i && ends_with(said, ": patch does not apply"))
			continue;
		text = core_complaint(fit, said, NULL, &line);
		fprintf(out, "  %s: %s\n",
			fit->series.patches[fit->failed].name, text);
		free(text);
	}
}

void core_print_short(FILE *out, const struct session *s,
		      const struct core_fit *fit)
{
	const char *line = core_series_line(&fit->series);
	size_t n = fit->upto - fit->there;

	if (out == stderr && fit->state != CORE_AHEAD)
		fputs("rxasync: ", out);
	switch (fit->state) {
	case CORE_NATIVE:
		print_native(out, s);
		break;
	case CORE_AHEAD:
		break;
	case CORE_THERE:
		fprintf(out, "Linux %s in %s has %s already, %zu of its %zu patches, flavour %s\n",
			s->version, s->tree, line, fit->there,
			fit->series.count, flavour_name(s->flavour));
		break;
	case CORE_APPLIES:
		fprintf(out, "%s applies cleanly to Linux %s in %s: %zu patch%s, %zu file%s, flavour %s after it",
			line, s->version, s->tree, n, plural(n),
			fit->changes.n, fit->changes.n == 1 ? "" : "s",
			flavour_name(fit->after));
		if (fit->there)
			fprintf(out, "; %zu %s there", fit->there,
				fit->there == 1 ? "is" : "are");
		if (fit->other_line)
			fputs("; it was made for another line", out);
		fputc('\n', out);
		break;
	case CORE_CONFLICT:
		fprintf(out, "%s does not apply to Linux %s in %s:\n", line,
			s->version, s->tree);
		print_complaints(out, fit);
	}
}

static const char *mark(const struct core_fit *fit, size_t i)
{
	if (i < fit->there)
		return "  (is in the tree)";
	if (i + 1 == fit->series.count && fit->upto < fit->series.count)
		return "  (only with --flavour int)";
	return fit->state == CORE_CONFLICT && i == fit->failed ?
		       "  (does not apply)" : "";
}

static void print_state(const struct core_fit *fit)
{
	fputs("State:    ", stdout);
	switch (fit->state) {
	case CORE_NATIVE:
		break;
	case CORE_AHEAD:
	case CORE_THERE:
		puts("in the tree, nothing is left to do");
		break;
	case CORE_APPLIES:
		printf("applies cleanly, %zu file%s to write\n",
		       fit->changes.n, fit->changes.n == 1 ? "" : "s");
		break;
	case CORE_CONFLICT:
		puts("does not apply:");
		print_complaints(stdout, fit);
	}
}

void core_print(const struct session *s, const struct core_fit *fit)
{
	const struct core_series *cs = &fit->series;
	char *ours, *hand;

	if (fit->state == CORE_NATIVE) {
		print_native(stdout, s);
		return;
	}
	printf("Tree:     %s, Linux %s, flavour %s\n", s->tree, s->version,
	       flavour_name(s->flavour));
	printf("Series:   %s%s\n", cs->dir,
	       fit->other_line ? " (made for another line)" : "");
	for (size_t i = 0; i < cs->count; i++)
		printf("  %.4s %s%s\n", cs->patches[i].name,
		       cs->patches[i].subject, mark(fit, i));
	print_state(fit);
	if (fit->state != CORE_APPLIES && fit->state != CORE_CONFLICT)
		return;
	printf("After it: flavour %s\n", flavour_name(fit->after));
	ours = our_command(s, fit, "--apply");
	hand = by_hand(s, fit);
	if (fit->state == CORE_APPLIES)
		printf("Apply:    %s\n", ours);
	printf("By hand:  %s\n", hand);
	free(ours);
	free(hand);
}

void core_print_applied(const struct session *s, const struct core_fit *fit,
			const struct core_way *way)
{
	size_t n = fit->upto - fit->there;

	printf("%s applied to Linux %s in %s: %zu patch%s, ",
	       core_series_line(&fit->series), s->version, s->tree, n,
	       plural(n));
	if (way->why_not)
		printf("files written, no commits (%s)", way->why_not);
	else
		printf("as commits on top of %.12s", way->git.head);
	printf("; flavour %s\n", flavour_name(s->flavour));
	if (fit->there && fit->after == FLAVOUR_INT)
		warn("drivers converted for flavour void have to be converted again");
}

static json_t *failure_json(const struct core_fit *fit)
{
	json_t *places = json_array();

	if (fit->state != CORE_CONFLICT) {
		json_decref(places);
		return json_null();
	}
	for (size_t i = 0; i < fit->said.n; i++) {
		char *file, *text;
		long line;

		if (i && ends_with(fit->said.v[i], ": patch does not apply"))
			continue;
		text = core_complaint(fit, fit->said.v[i], &file, &line);
		json_array_append_new(
			places, json_pack("{ss? sI ss}", "file", file, "line",
					  (json_int_t)line, "text", text));
		free(file);
		free(text);
	}
	return json_pack("{ss so}", "patch",
			 fit->series.patches[fit->failed].name, "places",
			 places);
}

static json_t *series_json(const struct core_fit *fit)
{
	const struct core_series *cs = &fit->series;
	json_t *patches = json_array(), *files = json_array();

	if (fit->state == CORE_NATIVE) {
		json_decref(patches);
		json_decref(files);
		return json_null();
	}
	for (size_t i = 0; i < cs->count; i++)
		json_array_append_new(
			patches,
			json_pack("{ss ss sb sb}", "file", cs->patches[i].name,
				  "subject", cs->patches[i].subject, "there",
				  i < fit->there, "wanted", i < fit->upto));
	for (size_t i = 0; i < fit->changes.n; i++)
		json_array_append_new(files,
				      json_string(fit->changes.v[i] + 2));
	return json_pack("{ss ss sb so so}", "line", core_series_line(cs),
			 "folder", cs->dir, "other_line", fit->other_line,
			 "patches", patches, "files", files);
}

void core_print_json(const struct session *s, const struct core_fit *fit,
		     const struct core_way *way)
{
	static const char *const states[] = {
		[CORE_NATIVE] = "native", [CORE_APPLIES] = "applies",
		[CORE_THERE] = "there",	  [CORE_AHEAD] = "ahead",
		[CORE_CONFLICT] = "conflict",
	};
	const char *how = !way ? NULL : way->why_not ? "files" : "commits";
	json_t *j = json_pack(
		"{s{ss ss ss} ss ss ss? so so}", "tree", "path", s->tree,
		"version", s->version, "flavour", flavour_name(s->flavour),
		"state", way ? "applied" : states[fit->state], "after",
		flavour_name(fit->after), "applied", how, "series",
		series_json(fit), "failure", failure_json(fit));

	json_dumpf(j, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
	putchar('\n');
	json_decref(j);
}
