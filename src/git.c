// SPDX-License-Identifier: GPL-2.0-only
#include "git.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session.h"

/* GIT_CONFIG_GLOBAL came with 2.32. */
#define GIT_MAJOR 2
#define GIT_MINOR 32

int git_probe(char **version)
{
	/* Set by a hook or by git rebase --exec, they would lead us astray. */
	static const char *const strays[] = {
		"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR",
		"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
		"GIT_PREFIX", "GIT_NAMESPACE", "GIT_CONFIG", "GIT_EXTERNAL_DIFF",
		"GIT_DIFF_OPTS", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT",
	};
	struct job *job = job_new("git", "--version", NULL);
	int major = 0, minor = 0, ret;

	*version = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(strays); i++)
		unsetenv(strays[i]);
	job->deadline = 30;
	ret = job_run(job);
	if (ret || job->code) {
		err("git does not run (%s): install the package git",
		    ret ? strerror(-ret) : "it failed");
		job_free(job);
		return EXIT_ENVIRONMENT;
	}
	/* Nothing at all is what a dry run sees. */
	if (job->out.len &&
	    (sscanf(sb_str(&job->out), "git version %d.%d", &major, &minor) <
		     2 ||
	     major < GIT_MAJOR || (major == GIT_MAJOR && minor < GIT_MINOR))) {
		err("git is too old: %d.%d or later is needed (package git)",
		    GIT_MAJOR, GIT_MINOR);
		job_free(job);
		return EXIT_ENVIRONMENT;
	}
	*version = xstrndup(sb_str(&job->out), strcspn(sb_str(&job->out), "\n"));
	job_free(job);
	return 0;
}

/* The words of a call, from the command on. */
static void add_words(struct job *job, const char *command, va_list ap)
{
	for (const char *s = command; s; s = va_arg(ap, const char *))
		sv_add(&job->argv, s);
}

struct job *git_job(const char *git_dir, const char *command, ...)
{
	struct job *job = job_new("git", NULL);
	va_list ap;

	sv_add(&job->env, "GIT_CONFIG_GLOBAL=/dev/null");
	sv_add(&job->env, "GIT_CONFIG_NOSYSTEM=1");
	sv_add(&job->env, "LC_ALL=C");
	sv_addf(&job->argv, "--git-dir=%s", git_dir);
	va_start(ap, command);
	add_words(job, command, ap);
	va_end(ap);
	return job;
}

struct job *git_tree_job(const struct git_tree *gt, const char *command, ...)
{
	struct job *job = job_new("git", "-C", gt->path, NULL);
	va_list ap;

	sv_add(&job->env, "GIT_OPTIONAL_LOCKS=0");
	sv_add(&job->env, "LC_ALL=C");
	va_start(ap, command);
	add_words(job, command, ap);
	va_end(ap);
	return job;
}

static void strip_newline(char *s)
{
	size_t n = strlen(s);

	if (n && s[n - 1] == '\n')
		s[n - 1] = '\0';
}

/* "am" of "git --git-dir=X -c a=b am ...". */
static const char *command_word(const struct job *job)
{
	for (size_t i = 1; i < job->argv.n; i++) {
		const char *word = job->argv.v[i];

		if (!strcmp(word, "-c") || !strcmp(word, "-C"))
			i++;
		else if (*word != '-')
			return word;
	}
	return "";
}

int git_run(struct job *job, char **out)
{
	int ret = job_run(job);

	if (ret && ret != -EINTR)
		err("git: %s", strerror(-ret));
	if (!ret && job->code) {
		const char *said = sb_str(&job->err);

		err("git %s: %.*s", command_word(job),
		    (int)(*said ? strcspn(said, "\n") : INT_MAX),
		    *said ? said : "it failed without a word (see -v)");
		ret = -EIO;
	}
	if (out) {
		*out = ret ? NULL : sb_detach(&job->out);
		if (*out)
			strip_newline(*out);
	}
	job_free(job);
	return ret;
}

/* As git_run(), where a "no" of git is an answer: NULL then. */
static char *ask(struct job *job)
{
	char *answer = NULL;

	if (!job_run(job) && !job->code) {
		answer = sb_detach(&job->out);
		strip_newline(answer);
	}
	job_free(job);
	return answer;
}

static int refuse_owner(const char *tree)
{
	err("git does not trust %s since another user owns it: git config "
	    "--global --add safe.directory '%s'", tree, tree);
	return EXIT_ENVIRONMENT;
}

int git_tree_open(struct git_tree *gt, const char *tree)
{
	struct job *job;
	char *dot_git = xasprintf("%s/.git", tree);
	bool has_git = file_exists(dot_git);
	int ret = 0;

	free(dot_git);
	*gt = (struct git_tree){.path = xstrdup(tree)};
	if (!has_git)
		return 0;
	job = git_tree_job(gt, "rev-parse", "--git-dir", NULL);
	if (!job_run(job) && job->code &&
	    strstr(sb_str(&job->err), "safe.directory"))
		ret = refuse_owner(tree);
	job_free(job);
	if (ret)
		return ret;
	gt->head = ask(git_tree_job(gt, "rev-parse", "--quiet", "--verify",
				    "HEAD^{commit}", NULL));
	if (!gt->head)
		return 0;
	gt->objects = ask(git_tree_job(gt, "rev-parse", "--path-format=absolute",
				       "--git-path", "objects", NULL));
	gt->format = ask(git_tree_job(gt, "rev-parse", "--show-object-format",
				      NULL));
	if (!gt->objects || !gt->format) {
		err("git can't say where the objects of %s are", tree);
		return EXIT_ENVIRONMENT;
	}
	return 0;
}

void git_tree_free(struct git_tree *gt)
{
	free(gt->path);
	free(gt->head);
	free(gt->objects);
	free(gt->format);
	*gt = (struct git_tree){0};
}

char *git_identity(const struct git_tree *gt)
{
	struct job *job = git_tree_job(gt, "-c", "user.useConfigOnly=true",
				       "var", "GIT_AUTHOR_IDENT", NULL);
	char *ident = ask(job);
	char *end = ident ? strrchr(ident, '>') : NULL;

	if (end) {
		end[1] = '\0';
		return ident;
	}
	free(ident);
	warn("git does not know who you are, the patches are from "
	     "rxasync@localhost: git config --global user.email, user.name");
	return xstrdup("rxasync <rxasync@localhost>");
}

long long git_date(const struct git_tree *gt)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *makefile, *said, *end;
	long long date = -1;
	struct stat st;

	if (epoch && *epoch) {
		date = strtoll(epoch, &end, 10);
		if (!*end && date >= 0)
			return date;
		warn("SOURCE_DATE_EPOCH=%s is no number and is left out", epoch);
		date = -1;
	}
	if (gt->head) {
		said = ask(git_tree_job(gt, "log", "-1", "--format=%ct",
					gt->head, NULL));
		if (said && *said)
			date = strtoll(said, NULL, 10);
		free(said);
	}
	if (date >= 0)
		return date;
	/* A tarball keeps the date of the release there. */
	makefile = xasprintf("%s/Makefile", gt->path);
	date = stat(makefile, &st) ? 0 : (long long)st.st_mtime;
	free(makefile);
	return date;
}

int git_init_private(const char *dir, const struct git_tree *gt)
{
	struct job *job = git_job(dir, "init", "--bare", "--quiet",
				  "--template=", NULL);
	struct strbuf text = {0};
	char *path;
	int ret;

	if (gt->format)
		sv_addf(&job->argv, "--object-format=%s", gt->format);
	sv_add(&job->argv, dir);
	ret = git_run(job, NULL);
	if (ret || !gt->objects || !is_dir(dir))
		return ret;
	path = xasprintf("%s/objects/info/alternates", dir);
	sb_addf(&text, "%s\n", gt->objects);
	ret = make_parents(path);
	if (!ret)
		ret = file_write(path, text.buf, text.len);
	sb_free(&text);
	free(path);
	return ret;
}
