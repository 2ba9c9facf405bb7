// SPDX-License-Identifier: GPL-2.0-only
#include "spatch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_older(const char *version, const char *oldest)
{
	int a[3] = {0}, b[3] = {0};

	sscanf(version, "%d.%d.%d", &a[0], &a[1], &a[2]);
	sscanf(oldest, "%d.%d.%d", &b[0], &b[1], &b[2]);
	for (int i = 0; i < 3; i++)
		if (a[i] != b[i])
			return a[i] < b[i];
	return false;
}

int spatch_probe(struct session *s)
{
	struct job *job = job_new("spatch", "--version", NULL);
	int major = 0, minor = 0, patch = 0, n, ret = 0;

	if (s->dry_run) {
		s->spatch_version = xstrdup("unknown");
		job_free(job);
		return 0;
	}
	job->deadline = 20;
	if (job_run(job)) {
		err("spatch is missing: install the package 'coccinelle'");
		ret = EXIT_ENVIRONMENT;
		goto out;
	}
	n = sscanf(sb_str(&job->out), "spatch version %d.%d.%d", &major, &minor,
		   &patch);
	if (n < 2) {
		err("spatch does not tell its version%s: is '%s' Coccinelle's?",
		    job->timed_out ? " within 20 s" : "", job->argv.v[0]);
		ret = EXIT_ENVIRONMENT;
		goto out;
	}
	s->spatch_version = xasprintf("%d.%d.%d", major, minor, patch);
	if (is_older(s->spatch_version, SPATCH_OLDEST)) {
		err("spatch %s is too old: %s or later is needed (package 'coccinelle')",
		    s->spatch_version, SPATCH_OLDEST);
		ret = EXIT_ENVIRONMENT;
	}
out:
	job_free(job);
	return ret;
}

int spatch_deadline(void)
{
	const char *s = getenv("RXASYNC_SPATCH_DEADLINE");
	int seconds = s ? atoi(s) : 0;

	return seconds > 0 ? seconds : 300;
}

/* " = File "x.c", line 12, column 3, ..." of that file: the line, or 0. */
static int error_line(const char *line, const char *file)
{
	const char *p = strstr(line, "File \"");
	size_t len = strlen(file);
	int n = 0;

	if (!p || strncmp(p + 6, file, len) || p[6 + len] != '"')
		return 0;
	return sscanf(p + 6 + len, "\", line %d", &n) == 1 ? n : 0;
}

void parse_gaps_read(struct parse_gaps *gaps, const char *file,
		     const char *output)
{
	int line = 0, before = 0, after = 0;
	bool seen = false;

	for (const char *p = output; *p;) {
		size_t len = strcspn(p, "\n");
		char *text = xstrndup(p, len);
		int at = error_line(text, file);

		p += len + (p[len] == '\n');
		if (at) {
			line = at;
			before = after = 0;
			seen = false;
		} else if (line && starts_with(text, "BAD:")) {
			seen = true;
		} else if (line && starts_with(text, "bad:")) {
			if (seen)
				after++;
			else
				before++;
		} else if (line && seen) {
			GROW(gaps->v, gaps->n, gaps->cap);
			gaps->v[gaps->n++] = (struct parse_gap){
				line, line - before, line + after};
			line = 0;
		}
		free(text);
	}
	if (line && seen) {
		GROW(gaps->v, gaps->n, gaps->cap);
		gaps->v[gaps->n++] =
			(struct parse_gap){line, line - before, line + after};
	}
}

void parse_gaps_free(struct parse_gaps *gaps)
{
	free(gaps->v);
	*gaps = (struct parse_gaps){0};
}

char *spatch_macro_file(void)
{
	char *dir = data_dir("cocci", "RXASYNC_COCCI", RXASYNC_COCCI_DIR);
	char *path = xasprintf("%s/macros.h", dir);

	free(dir);
	return path;
}

struct job *spatch_parse_job(const struct session *s, const char *file,
			     const char *macros)
{
	struct job *job = job_new("spatch", "--parse-c", file,
				  macros ? "--macro-file" : NULL, macros, NULL);

	job->dir = xstrdup(s->tree);
	job->deadline = spatch_deadline();
	return job;
}

struct job *spatch_apply_job(const char *dir, const char *cocci,
			     const struct strvec *files)
{
	struct job *job = job_new("spatch", "--very-quiet", "--no-includes",
				  "--in-place", "--sp-file", cocci, NULL);

	sv_addv(&job->argv, files);
	job->dir = xstrdup(dir);
	job->deadline = spatch_deadline();
	return job;
}

/* The line around p; the caller frees it. */
static char *line_at(const char *text, const char *p)
{
	while (p > text && p[-1] != '\n')
		p--;
	return xstrndup(p, strcspn(p, "\n"));
}

char *spatch_failure(const struct job *job)
{
	static const char *const signs[] = {
		"Fatal error", "EXN:", "Failure(", "already tagged token",
		"exception", "timeout", "Out of memory",
	};
	const char *text = sb_str(&job->err);

	if (job->error)
		return xasprintf("spatch did not start: %s",
				 strerror(-job->error));
	if (job->timed_out)
		return xasprintf("spatch did not end within %d s",
				 job->deadline);
	for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
		const char *p = strstr(text, signs[i]);

		if (p)
			return line_at(text, p);
	}
	if (job->code)
		return xasprintf("spatch ended with exit code %d", job->code);
	return NULL;
}
