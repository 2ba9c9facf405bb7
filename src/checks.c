// SPDX-License-Identifier: GPL-2.0-only
#include "checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checkpatch.h"
#include "inlines.h"
#include "recipients.h"

struct checks {
	struct commits *c;
	struct pool *pool;
	char *dir;		/* where the scripts may leave what they like */
	struct check *list;
	size_t done, total;
	size_t unchecked, unaddressed;
	char *words;		/* of the first script that failed */
};

struct check {
	struct checks *all;
	struct patch *p;
	struct complaints complaints;
};

static void note_failure(struct checks *all, size_t *counter,
			 const struct job *job)
{
	const char *said = sb_str(&job->err);

	*counter += 1;
	if (!all->words)
		all->words = job->timed_out ?
				     xstrdup("it took too long") :
				     xstrndup(said, strcspn(said, "\n"));
}

static void settle(struct check *ch)
{
	struct strvec remarks = {0};

	ch->p->checkpatch = complaints_to_json(&ch->complaints);
	inlines_check(ch->p->text, &remarks);
	for (size_t i = 0; i < remarks.n; i++)
		json_array_append_new(ch->p->checkpatch,
				      json_string(remarks.v[i]));
	sv_free(&remarks);
	complaints_free(&ch->complaints);
}

/* checkpatch on the reverse patch: what it says there is older than we. */
static void reverse_checked(struct job *job)
{
	struct check *ch = job->data;
	struct complaints reverse = {0};

	if (checkpatch_read(&reverse, job))
		note_failure(ch->all, &ch->all->unchecked, job);
	else
		complaints_compare(&ch->complaints, &reverse, ch->p->text);
	complaints_free(&reverse);
	settle(ch);
}

static void reverse_made(struct job *job)
{
	struct check *ch = job->data;
	struct job *next;

	if (job->error || job->code) {
		note_failure(ch->all, &ch->all->unchecked, job);
		settle(ch);
		return;
	}
	next = checkpatch_job(ch->all->c->s, ch->all->dir, "-");
	next->input = sb_detach(&job->out);
	next->done = reverse_checked;
	next->data = ch;
	pool_add(ch->all->pool, next);
}

static void checked(struct job *job)
{
	struct check *ch = job->data;
	struct checks *all = ch->all;
	struct job *next;
	char *parent;

	say_count(++all->done, all->total);
	say("CHECK", "%s", ch->p->name);
	if (all->c->s->dry_run)
		return;
	if (checkpatch_read(&ch->complaints, job)) {
		note_failure(all, &all->unchecked, job);
		complaints_free(&ch->complaints);
		return;
	}
	if (!complaints_at_lines(&ch->complaints)) {
		settle(ch);
		return;
	}
	parent = xasprintf("%s~1", ch->p->commit);
	next = git_job(all->c->repo, "diff", "--no-renames", ch->p->commit,
		       parent, NULL);
	free(parent);
	next->done = reverse_made;
	next->data = ch;
	pool_add(all->pool, next);
}

static void addressed(struct job *job)
{
	struct check *ch = job->data;

	if (ch->all->c->s->dry_run)
		return;
	if (job->error || job->code)
		note_failure(ch->all, &ch->all->unaddressed, job);
	else
		recipients_parse(sb_str(&job->out), &ch->p->to, &ch->p->cc);
}

/* What an earlier run found for the very same patch. */
static bool remembered(struct patch *p)
{
	const json_t *old = p->u->series;
	json_t *checkpatch = json_object_get(old, "checkpatch");
	char hex[17];

	snprintf(hex, sizeof(hex), "%016llx", (unsigned long long)p->check_key);
	if (strcmp(json_str(old, "check_key"), hex) ||
	    !json_is_array(checkpatch) ||
	    !json_array_size(json_object_get(old, "cc")))
		return false;
	p->checkpatch = json_incref(checkpatch);
	json_strings(json_object_get(old, "to"), &p->to);
	json_strings(json_object_get(old, "cc"), &p->cc);
	return true;
}

static void add_jobs(struct checks *all, struct patch *p)
{
	struct commits *c = all->c;
	char *path = xasprintf("%s/%s", c->dir, p->name);
	struct check *ch = &all->list[all->total++];
	struct job *job;

	*ch = (struct check){.all = all, .p = p};
	job = checkpatch_job(c->s, all->dir, path);
	job->done = checked;
	job->data = ch;
	pool_add(all->pool, job);
	job = recipients_job(c->s, c->gt->head, path);
	job->done = addressed;
	job->data = ch;
	pool_add(all->pool, job);
	free(path);
}

int checks_run(struct commits *c, struct patch *patches, size_t n)
{
	struct checks all = {.c = c, .pool = pool_new(c->s->jobs)};
	int ret = 0;

	all.dir = xasprintf("%s/check", c->dir);
	if (!c->s->dry_run)
		ret = make_dirs(all.dir);
	all.list = xcalloc(n, sizeof(*all.list));
	for (size_t i = 0; i < n; i++)
		if (!remembered(&patches[i]))
			add_jobs(&all, &patches[i]);
	if (!ret)
		ret = pool_run(all.pool);
	say_count(0, 0);
	if (!c->s->dry_run)
		remove_tree(all.dir);
	if (all.unchecked)
		warn("checkpatch did not run as it should on %zu patches: %s",
		     all.unchecked, all.words);
	if (all.unaddressed)
		warn("get_maintainer did not run on %zu patches, which have no recipients: %s",
		     all.unaddressed, all.words);
	for (size_t i = 0; i < all.total; i++)
		complaints_free(&all.list[i].complaints);
	pool_free(all.pool);
	free(all.list);
	free(all.dir);
	free(all.words);
	return ret;
}
