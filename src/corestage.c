// SPDX-License-Identifier: GPL-2.0-only
#include "corestage.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "git.h"

int core_stage_open(struct core_stage *st)
{
	static const struct git_tree none;
	const char *tmp = getenv("TMPDIR");

	*st = (struct core_stage){0};
	st->dir = xasprintf("%s/rxasync-core.XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(st->dir)) {
		err("no temporary folder can be made as %s: %s; set TMPDIR",
		    st->dir, strerror(errno));
		free(st->dir);
		st->dir = NULL;
		return EXIT_ENVIRONMENT;
	}
	st->repo = xasprintf("%s/git", st->dir);
	st->index = xasprintf("%s/index", st->dir);
	return git_init_private(st->repo, &none) ? EXIT_ENVIRONMENT : 0;
}

void core_stage_close(struct core_stage *st)
{
	if (st->dir)
		remove_tree(st->dir);
	free(st->dir);
	free(st->repo);
	free(st->index);
	free(st->base);
	*st = (struct core_stage){0};
}

static struct job *stage_job(const struct core_stage *st, const char *command)
{
	struct job *job = git_job(st->repo, command, NULL);

	sv_addf(&job->env, "GIT_INDEX_FILE=%s", st->index);
	job->dir = xstrdup(st->dir);
	return job;
}

static int run(struct job *job, char **out)
{
	return git_run(job, out) ? EXIT_ENVIRONMENT : 0;
}

/* Runs and frees the job; its stdout, byte for byte. */
static int run_bytes(struct job *job, struct strbuf *out)
{
	int ret = job_run(job);

	if (!ret && !job->code) {
		sb_reset(out);
		sb_add(out, job->out.buf, job->out.len);
		job_free(job);
		return 0;
	}
	if (ret != -EINTR)
		err("git: %s", ret ? strerror(-ret) : sb_str(&job->err));
	job_free(job);
	return EXIT_ENVIRONMENT;
}

/* Taken back, a patch names the files as they were before it. */
static int add_paths(struct core_stage *st, const struct core_series *cs,
		     bool reverse, struct strvec *paths)
{
	struct job *job = stage_job(st, "apply");
	struct strbuf out = {0};
	int ret;

	sv_add(&job->argv, "--numstat");
	sv_add(&job->argv, "-z");
	if (reverse)
		sv_add(&job->argv, "--reverse");
	for (size_t i = 0; i < cs->count; i++)
		sv_add(&job->argv, cs->patches[i].path);
	ret = run_bytes(job, &out);
	/* "added\tdeleted\tpath\0", and so on. */
	for (size_t at = 0; !ret && at < out.len;) {
		const char *row = out.buf + at;
		const char *path = strchr(row, '\t');

		path = path ? strchr(path + 1, '\t') : NULL;
		if (path)
			sv_add_once(paths, path + 1);
		at += strlen(row) + 1;
	}
	sb_free(&out);
	return ret;
}

int core_stage_paths(struct core_stage *st, const struct core_series *cs,
		     struct strvec *paths)
{
	int ret = add_paths(st, cs, false, paths);

	if (!ret)
		ret = add_paths(st, cs, true, paths);
	for (size_t i = 0; i < paths->n && !ret; i++) {
		/* git would quote them. */
		if (!strchr(paths->v[i], '\n') && *paths->v[i] != '"')
			continue;
		err("%s touches a file with a name that git quotes", cs->dir);
		ret = EXIT_ENVIRONMENT;
	}
	if (!ret)
		sv_sort(paths);
	return ret;
}

/* Those of the paths that are files in the tree, and their modes. */
static void look_up(const char *tree, const struct strvec *paths,
		    struct strvec *there, struct strbuf *full,
		    struct strvec *modes)
{
	for (size_t i = 0; i < paths->n; i++) {
		char *path = xasprintf("%s/%s", tree, paths->v[i]);
		struct stat st;

		/* Through links: a tree may be a farm of them. */
		if (!stat(path, &st) && S_ISREG(st.st_mode)) {
			sv_add(there, paths->v[i]);
			sb_addf(full, "%s\n", path);
			sv_add(modes, st.st_mode & S_IXUSR ? "100755" :
							     "100644");
		}
		free(path);
	}
}

/* From the lines of hash-object to those of update-index. */
static char *index_info(const char *hashes, const struct strvec *there,
			const struct strvec *modes)
{
	struct strbuf info = {0};
	struct strvec blobs = {0};

	sv_split(&blobs, hashes, "\n");
	for (size_t i = 0; i < there->n && i < blobs.n; i++)
		sb_addf(&info, "%s %s\t%s\n", modes->v[i], blobs.v[i],
			there->v[i]);
	sv_free(&blobs);
	return sb_detach(&info);
}

int core_stage_load(struct core_stage *st, const char *tree,
		    const struct strvec *paths)
{
	struct strvec there = {0}, modes = {0};
	struct job *job = stage_job(st, "hash-object");
	struct strbuf full = {0};
	char *hashes = NULL;
	int ret;

	free(st->base);
	st->base = NULL;
	remove(st->index);
	look_up(tree, paths, &there, &full, &modes);
	sv_add(&job->argv, "-w");
	sv_add(&job->argv, "--no-filters");
	sv_add(&job->argv, "--stdin-paths");
	job->input = sb_detach(&full);
	ret = run(job, &hashes);
	if (!ret) {
		job = stage_job(st, "update-index");
		sv_add(&job->argv, "--add");
		sv_add(&job->argv, "--index-info");
		job->input = index_info(hashes, &there, &modes);
		ret = run(job, NULL);
	}
	if (!ret)
		ret = run(stage_job(st, "write-tree"), &st->base);
	free(hashes);
	sv_free(&there);
	sv_free(&modes);
	return ret;
}

int core_stage_reset(struct core_stage *st)
{
	struct job *job = stage_job(st, "read-tree");

	sv_add(&job->argv, st->base);
	return run(job, NULL);
}

static void add_complaints(struct strvec *said, const char *text)
{
	struct strvec lines = {0};

	sv_split(&lines, text, "\n");
	for (size_t i = 0; i < lines.n; i++)
		if (starts_with(lines.v[i], "error: "))
			sv_add(said, lines.v[i] + strlen("error: "));
	if (!said->n)
		sv_add(said, lines.n ? lines.v[0] : "git says nothing");
	sv_free(&lines);
}

int core_stage_apply(struct core_stage *st, const struct core_patch *p,
		     bool reverse, struct strvec *said)
{
	struct job *job = stage_job(st, "apply");
	int ret;

	sv_add(&job->argv, "--cached");
	sv_add(&job->argv, "--whitespace=nowarn");
	if (reverse)
		sv_add(&job->argv, "--reverse");
	sv_add(&job->argv, p->path);
	ret = job_run(job);
	if (ret) {
		if (ret != -EINTR)
			err("git: %s", strerror(-ret));
		ret = EXIT_ENVIRONMENT;
	} else if (job->code) {
		if (said)
			add_complaints(said, sb_str(&job->err));
		ret = 1;
	}
	job_free(job);
	return ret;
}

int core_stage_changes(struct core_stage *st, struct strvec *changes)
{
	struct job *job = stage_job(st, "diff-index");
	struct strbuf out = {0};
	int ret;

	sv_add(&job->argv, "--cached");
	sv_add(&job->argv, "--name-status");
	sv_add(&job->argv, "--no-renames");
	sv_add(&job->argv, "-z");
	sv_add(&job->argv, st->base);
	ret = run_bytes(job, &out);
	/* "M\0path\0", and so on. */
	for (size_t at = 0; !ret && at < out.len;) {
		const char *status = out.buf + at;
		const char *path = status + strlen(status) + 1;

		sv_addf(changes, "%c\t%s", *status, path);
		at = (size_t)(path + strlen(path) + 1 - out.buf);
	}
	sb_free(&out);
	return ret;
}

int core_stage_read(struct core_stage *st, const char *path,
		    struct strbuf *text)
{
	struct job *job = stage_job(st, "cat-file");
	int ret;

	sb_reset(text);
	sv_add(&job->argv, "blob");
	sv_addf(&job->argv, ":%s", path);
	ret = job_run(job);
	if (!ret && !job->code)
		sb_add(text, job->out.buf, job->out.len);
	job_free(job);
	return ret ? EXIT_ENVIRONMENT : 0;
}

int core_stage_write(struct core_stage *st, const char *dir,
		     const struct strvec *changes)
{
	struct job *job = stage_job(st, "checkout-index");
	struct strbuf paths = {0};

	sv_addf(&job->env, "GIT_WORK_TREE=%s", dir);
	sv_add(&job->argv, "--force");
	sv_add(&job->argv, "--stdin");
	for (size_t i = 0; i < changes->n; i++)
		if (*changes->v[i] != 'D')
			sb_addf(&paths, "%s\n", changes->v[i] + 2);
	free(job->dir);
	job->dir = xstrdup(dir);
	job->input = sb_detach(&paths);
	return run(job, NULL);
}
