// SPDX-License-Identifier: GPL-2.0-only
#include "buildheaders.h"

#include <stdlib.h>
#include <string.h>

/* "x.h:12: what" as text, with the path that is shown, and "what" as norm. */
static void add_line(struct build_record *r, const char *line, size_t n,
		     const char *path, const char *shown)
{
	const char *at = memmem(line, n, path, strlen(path)), *rest;

	if (!at)
		return;
	rest = at + strlen(path);
	n -= (size_t)(rest - line);
	sv_addf(&r->texts, "%.*s%s%.*s", (int)(at - line), line, shown, (int)n,
		rest);
	while (n && strchr(":0123456789 ", *rest)) {
		rest++;
		n--;
	}
	sv_addf(&r->norms, "%.*s", (int)n, rest);
}

static void ask(struct build_record *r, const char *script, const char *path,
		const char *shown)
{
	struct job *job = job_new(script, "-none", path, NULL);

	/* Its Python must not write into the tree. */
	sv_add(&job->env, "PYTHONDONTWRITEBYTECODE=1");
	job->merge = true;
	job->deadline = 60;
	if (job_run(job))
		warn("%s: kernel-doc did not run", shown);
	for (const char *s = sb_str(&job->out); *s;) {
		size_t n = strcspn(s, "\n");

		add_line(r, s, n, path, shown);
		s += n + (s[n] == '\n');
	}
	job_free(job);
}

static void free_lines(struct build_record *r)
{
	sv_free(&r->texts);
	sv_free(&r->norms);
}

static void check(const struct build *b, const struct build_unit *u,
		  const char *script, const char *file, struct strvec *fresh)
{
	struct build_record x = {0}, y = {0};
	char *name = xasprintf("after/%s", file);
	char *after = unit_path(b->s, u->unit, name);
	char *before = tree_path(b->s, file);

	if (file_exists(before))
		ask(&x, script, before, file);
	ask(&y, script, after, file);
	build_record_new_warnings(&x, &y, fresh);
	free_lines(&x);
	free_lines(&y);
	free(before);
	free(after);
	free(name);
}

void build_headers_check(const struct build *b, const struct build_unit *u,
			 struct strvec *new_warnings)
{
	char *script = tree_path(b->s, "scripts/kernel-doc");

	for (size_t i = 0; i < u->changed.n && file_exists(script); i++)
		if (ends_with(u->changed.v[i], ".h"))
			check(b, u, script, u->changed.v[i], new_warnings);
	free(script);
}
