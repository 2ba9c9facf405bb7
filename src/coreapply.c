// SPDX-License-Identifier: GPL-2.0-only
#include "coreapply.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Seconds: a commit hook or a signature may take its time. */
#define AM_DEADLINE 1800

/* Where git keeps it, in this work tree; the caller frees it. NULL on error. */
static char *git_path(const struct git_tree *gt, const char *name)
{
	char *path = NULL;

	git_run(git_tree_job(gt, "rev-parse", "--path-format=absolute",
			     "--git-path", name, NULL), &path);
	return path;
}

static bool git_has(const struct git_tree *gt, const char *name)
{
	char *path = git_path(gt, name);
	bool there = path && file_exists(path);

	free(path);
	return there;
}

/* git am would refuse, and its --abort would spoil what is going on. */
static int check_idle(const struct git_tree *gt)
{
	static const struct {
		const char *file, *what;
	} states[] = {
		{"rebase-apply", "am or rebase"},
		{"rebase-merge", "rebase"},
		{"MERGE_HEAD", "merge"},
		{"CHERRY_PICK_HEAD", "cherry-pick"},
		{"REVERT_HEAD", "revert"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(states); i++) {
		if (!git_has(gt, states[i].file))
			continue;
		err("git %s is under way in %s: end it first, see 'git status'",
		    states[i].what, gt->path);
		return EXIT_UNIT_FAILED;
	}
	return 0;
}

/* 0 and the answer: does the command say anything, or end with 1? */
static int ask(struct job *job, bool *yes)
{
	int ret = job_run(job);

	*yes = job->code == 1 || job->out.len;
	if (!ret && job->code > 1) {
		err("git: %s", sb_str(&job->err));
		ret = -EIO;
	}
	job_free(job);
	return ret ? EXIT_ENVIRONMENT : 0;
}

/* Have the series' files changes that no commit has? Ignored ones count. */
static int ask_dirty(const struct git_tree *gt, const struct strvec *paths,
		     bool *dirty)
{
	struct job *job = git_tree_job(gt, "status", "--porcelain",
				       "--untracked-files=all", "--ignored",
				       "--", NULL);

	for (size_t i = 0; i < paths->n; i++)
		sv_addf(&job->argv, ":(top,literal)%s", paths->v[i]);
	return ask(job, dirty);
}

int core_way_find(struct core_way *way, const struct session *s,
		  const struct core_fit *fit)
{
	bool dirty = false, staged = false;
	int ret;

	*way = (struct core_way){0};
	ret = git_tree_open(&way->git, s->tree);
	if (ret)
		return ret;
	if (!way->git.head) {
		way->why_not = xstrdup("the tree is no git repository");
		return 0;
	}
	if (s->dry_run)
		return 0;
	ret = check_idle(&way->git);
	if (!ret)
		ret = ask_dirty(&way->git, &fit->paths, &dirty);
	if (!ret)
		ret = ask(git_tree_job(&way->git, "diff-index", "--cached",
				       "--quiet", "HEAD", NULL), &staged);
	if (dirty)
		way->why_not = xstrdup("files that the series touches have changes of your own");
	else if (staged)
		way->why_not = xstrdup("git's index has changes that are not committed");
	return ret;
}

void core_way_free(struct core_way *way)
{
	git_tree_free(&way->git);
	free(way->why_not);
	*way = (struct core_way){0};
}

int core_lock(struct tree_write *w, const struct session *s)
{
	int ret = tree_write_lock(w, s->tree);

	if (ret == -EWOULDBLOCK)
		err("another rxasync is applying the core series to %s: wait for it",
		    s->tree);
	else if (ret)
		err("cannot write in %s: %s", s->tree, strerror(-ret));
	return ret ? EXIT_ENVIRONMENT : 0;
}

/* What has begun is not to be left half-done by ^C. */
static void hold_signals(sigset_t *held, sigset_t *old)
{
	sigemptyset(held);
	sigaddset(held, SIGINT);
	sigaddset(held, SIGTERM);
	sigaddset(held, SIGHUP);
	sigprocmask(SIG_BLOCK, held, old);
}

/* One that came meanwhile comes too late to stop anything. */
static void release_signals(const sigset_t *held, const sigset_t *old)
{
	static const struct timespec at_once;

	while (sigtimedwait(held, NULL, &at_once) > 0)
		;
	sigprocmask(SIG_SETMASK, old, NULL);
}

static int check_committer(const struct git_tree *gt)
{
	struct job *job = git_tree_job(gt, "var", "GIT_COMMITTER_IDENT", NULL);
	int ret = job_run(job);

	if (!ret && job->code) {
		err("git does not know who commits: git config --global user.email, user.name");
		ret = -EINVAL;
	}
	job_free(job);
	return ret ? EXIT_ENVIRONMENT : 0;
}

static void abort_am(const struct git_tree *gt)
{
	struct job *job;

	/* Where git am refused at once, there is nothing to take back. */
	if (git_has(gt, "rebase-apply")) {
		job = git_tree_job(gt, "am", "--abort", NULL);
		if (job_run(job) || job->code) {
			err("git am --abort failed too, see 'git status' in %s: %s",
			    gt->path, sb_str(&job->err));
			job_free(job);
			return;
		}
		job_free(job);
	}
	err("the series was not applied, %s is as it was", gt->path);
}

static int apply_commits(const struct core_fit *fit, const struct git_tree *gt)
{
	struct job *job;
	int ret = check_committer(gt);

	if (ret)
		return ret;
	job = git_tree_job(gt, "-c", "gc.auto=0", "-c", "maintenance.auto=false",
			   "am", "--quiet", "--no-3way", "--no-scissors",
			   "--whitespace=nowarn", "--", NULL);
	job->deadline = AM_DEADLINE;
	for (size_t i = fit->there; i < fit->upto; i++)
		sv_add(&job->argv, fit->series.patches[i].path);
	ret = git_run(job, NULL);
	if (!ret)
		return 0;
	abort_am(gt);
	return EXIT_UNIT_FAILED;
}

static int apply_files(struct tree_write *w, struct core_fit *fit)
{
	int ret = tree_write_begin(w);

	if (!ret && core_stage_write(&fit->stage, w->new_files, &fit->changes))
		return EXIT_ENVIRONMENT;
	if (!ret)
		ret = tree_write_commit(w, &fit->changes);
	if (ret == -EXDEV)
		err("%s: files of the series lie behind a link that leads out of the tree, nothing was written",
		    w->tree);
	else if (ret)
		err("cannot write in %s: %s; it is as it was", w->tree,
		    strerror(-ret));
	return ret ? EXIT_ENVIRONMENT : 0;
}

int core_apply(struct tree_write *w, const struct session *s,
	       struct core_fit *fit, const struct core_way *way)
{
	sigset_t held, old;
	int ret;

	hold_signals(&held, &old);
	if (!way->why_not)
		ret = apply_commits(fit, &way->git);
	else if (!s->dry_run)
		ret = apply_files(w, fit);
	else
		ret = core_stage_write(&fit->stage, s->tree, &fit->changes);
	release_signals(&held, &old);
	return ret;
}
