// SPDX-License-Identifier: GPL-2.0-only
/* The commits as mails, and the proof that git am takes them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "commits.h"

/* netdev wants a cover letter from so many patches on. */
#define COVER_FROM 3

/* git's notion of who makes the mails, the same on every run. */
static void add_committer(struct job *job, const struct commits *c)
{
	size_t name = strcspn(c->identity, "<");
	const char *mail = c->identity + name + (c->identity[name] == '<');

	sv_addf(&job->env, "GIT_COMMITTER_NAME=%.*s",
		(int)(name && c->identity[name - 1] == ' ' ? name - 1 : name),
		c->identity);
	sv_addf(&job->env, "GIT_COMMITTER_EMAIL=%.*s",
		(int)strcspn(mail, ">"), mail);
	sv_addf(&job->env, "GIT_COMMITTER_DATE=@%lld +0000", c->date);
}

/* From the list of files that format-patch printed. */
static int take_names(struct commits *c, struct patch *patches, size_t n,
		      const char *out)
{
	size_t skip = strlen(c->dir) + 1;
	struct strvec files = {0};
	size_t cover, i;

	sv_split(&files, out, "\n");
	cover = files.n && strstr(files.v[0], "/0000-") ? 1 : 0;
	for (i = 0; i < n && i + cover < files.n; i++)
		if (strlen(files.v[i + cover]) > skip)
			patches[i].name = xstrdup(files.v[i + cover] + skip);
	cover = files.n - cover;
	sv_free(&files);
	return cover == n && i == n ? 0 : -EIO;
}

int commits_format(struct commits *c, struct patch *patches, size_t n)
{
	struct job *job = git_job(c->repo, "format-patch", "--no-renames",
				  "--signature=rxasync " RXASYNC_VERSION,
				  NULL);
	char *prefix = xasprintf("PATCH %s", patches[0].tree), *out;
	int ret;

	sv_addf(&job->argv, "--subject-prefix=%s",
		c->prefix ? c->prefix : prefix);
	sv_addf(&job->argv, "--output-directory=%s/wave-%02zu", c->dir,
		patches[0].wave);
	if (n >= COVER_FROM)
		sv_add(&job->argv, "--cover-letter");
	if (c->gt->head)
		sv_addf(&job->argv, "--base=%s", c->base);
	sv_addf(&job->argv, "%s..refs/heads/%s-wave-%02zu", c->base, c->branch,
		patches[0].wave);
	add_committer(job, c);
	free(prefix);
	ret = git_run(job, &out);
	if (!ret && c->s->dry_run)
		for (size_t i = 0; i < n; i++) {
			char *file = patch_file_name(i + 1, patches[i].subject);

			patches[i].name = xasprintf("wave-%02zu/%s",
						    patches[i].wave, file);
			free(file);
		}
	else if (!ret)
		ret = take_names(c, patches, n, out);
	free(out);
	return ret;
}

/* A clone with nothing in it but a way to our objects. */
static int make_scratch(struct commits *c, const char *dir)
{
	struct job *job = job_new("git", "init", "--quiet", "--template=",
				  NULL);
	char *path = xasprintf("%s/.git/objects/info/alternates", dir);
	char *text = xasprintf("%s/objects\n", c->repo);
	int ret;

	sv_add(&job->env, "GIT_CONFIG_GLOBAL=/dev/null");
	sv_add(&job->env, "GIT_CONFIG_NOSYSTEM=1");
	if (c->gt->format)
		sv_addf(&job->argv, "--object-format=%s", c->gt->format);
	sv_add(&job->argv, dir);
	ret = git_run(job, NULL);
	if (!ret && !c->s->dry_run) {
		ret = make_parents(path);
		if (!ret)
			ret = file_write(path, text, strlen(text));
	}
	free(path);
	free(text);
	return ret;
}

/* The blob that a file has once the whole wave is in. */
static const char *final_blob(struct patch *patches, size_t n, const char *path)
{
	const char *blob = NULL;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < patches[i].file_count; k++)
			if (!strcmp(patches[i].files[k].path, path))
				blob = patches[i].files[k].after;
	return blob;
}

/* `raw` is git diff-tree's list of what am has changed. */
static int compare_result(struct patch *patches, size_t n, const char *raw)
{
	struct strvec wanted = {0}, lines = {0};
	size_t good = 0, total;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < patches[i].file_count; k++)
			sv_add_once(&wanted, patches[i].files[k].path);
	sv_split(&lines, raw, "\n");
	for (size_t i = 0; i < lines.n; i++) {
		const char *tab = strchr(lines.v[i], '\t');
		const char *blob = tab ? final_blob(patches, n, tab + 1) : NULL;
		char *ending = blob ? xasprintf(" %s M\t", blob) : NULL;

		good += ending && strstr(lines.v[i], ending);
		free(ending);
	}
	total = lines.n;
	sv_free(&lines);
	n = wanted.n;
	sv_free(&wanted);
	return good == n && total == n ? 0 : -EIO;
}

static struct job *scratch_job(struct commits *c, const char *dir,
			       const char *git_dir, const char *command)
{
	struct job *job = git_job(git_dir, "-c", "core.autocrlf=false",
				  NULL);

	sv_addf(&job->argv, "--work-tree=%s", dir);
	sv_add(&job->argv, command);
	sv_add(&job->argv, "--quiet");
	add_committer(job, c);
	job->dir = c->s->dry_run ? NULL : xstrdup(dir);
	return job;
}

int commits_verify(struct commits *c, struct patch *patches, size_t n)
{
	char *dir = xasprintf("%s/am", c->dir), *out = NULL;
	char *git_dir = xasprintf("%s/.git", dir);
	struct job *job;
	int ret = make_scratch(c, dir);

	if (!ret) {
		job = scratch_job(c, dir, git_dir, "checkout");
		sv_add(&job->argv, "--detach");
		sv_add(&job->argv, c->sparse);
		ret = git_run(job, NULL);
	}
	if (!ret) {
		job = scratch_job(c, dir, git_dir, "am");
		for (size_t i = 0; i < n; i++)
			sv_addf(&job->argv, "%s/%s", c->dir, patches[i].name);
		ret = git_run(job, NULL);
	}
	if (!ret)
		ret = git_run(git_job(git_dir, "-c", "core.quotePath=false",
				      "diff-tree", "-r", "--no-renames",
				      c->sparse, "HEAD", NULL), &out);
	if (!ret && !c->s->dry_run && compare_result(patches, n, out)) {
		err("wave %zu: git am does not reproduce the converted files",
		    patches[0].wave);
		ret = -EIO;
	}
	if (!c->s->dry_run)
		remove_tree(dir);
	free(out);
	free(git_dir);
	free(dir);
	return ret;
}
