// SPDX-License-Identifier: GPL-2.0-only
/*
 * A queue of the driver's own: what else is on it, so that the order or the
 * turns of its works may count, and who waits for all that is on it.
 */
#include <stdlib.h>
#include <string.h>

#include "callwalk.h"
#include "defer.h"
#include "sharedmember.h"
#include "undermutex.h"

/* Of a member that has but one type in the module: what it points to. */
static char *member_tag(const struct cmodule *mod, const char *member)
{
	char *tag = NULL;

	for (size_t s = 0; s < mod->count; s++) {
		const struct csource *src = mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 3; i + 1 < ts->n; i++) {
			char *other;

			if (!ctoken_is(ts, i, member) ||
			    !ctoken_is(ts, i + 1, ";") ||
			    csource_func_at(src, i))
				continue;
			other = tag_between(ts, i - 3, i + 1, member);
			if (!other || (tag && strcmp(tag, other))) {
				free(tag);
				free(other);
				return NULL;
			}
			free(tag);
			tag = other;
		}
	}
	return tag;
}

/* The tag of what the word in front of "->queue" points to, or NULL. */
static char *owner_tag(const struct cmodule *mod, const struct csource *src,
		       size_t queue)
{
	const struct ctokens *ts = &src->toks;
	const struct cfunc *f = csource_func_at(src, queue);
	char *word, *tag;

	if (!f || !ctoken_is(ts, queue - 1, "->") ||
	    !ctoken_is_word(ts, queue - 2))
		return NULL;
	word = ctoken_dup(ts, queue - 2);
	tag = ctoken_is(ts, queue - 3, "->") ?
		      member_tag(mod, word) :
		      tag_between(ts, f->open, f->end, word);
	free(word);
	return tag;
}

struct queue {
	const struct plan *p;
	struct defer *d;
	size_t declared;	/* in how many structs, or as a variable */
	char *tag;		/* whose member it is, where it matters */
	char *mutex;		/* that the whole body is under, or NULL */
	bool others;		/* works besides the callback's */
};

static bool is_declaration(const struct ctokens *ts, size_t i)
{
	return (ctoken_is(ts, i - 1, "*") &&
		ctoken_is(ts, i - 2, "workqueue_struct")) ||
	       ctoken_is(ts, i - 1, "kthread_worker");
}

/* Of several members of that name: is it surely another one? */
static bool is_another(const struct queue *q, const struct csource *src,
		       size_t i)
{
	char *tag;
	bool another;

	if (q->tag && !ctoken_is_member(&src->toks, i))
		return true;
	if (q->declared < 2)
		return false;
	tag = owner_tag(q->p->mod, src, i);
	another = tag && q->tag && strcmp(tag, q->tag);
	free(tag);
	return another;
}

static bool takes_mutex(const struct cfunc *f, size_t tok, void *data)
{
	static const char *const words[] = {
		"mutex_lock", "mutex_trylock", "mutex_lock_interruptible",
	};
	char *name;
	bool same;

	if (!TOKEN_IN(&f->src->toks, tok, words))
		return false;
	name = mutex_word(&f->src->toks, tok);
	same = name && !strcmp(name, data);
	free(name);
	return same;
}

static bool other_fits(struct queue *q, struct cfunc *other,
		       const struct csource *src, size_t tok)
{
	char *shared;

	q->others = true;
	if (q->mutex && callwalk(q->p->mod, other, other->body, other->end,
				 takes_mutex, q->mutex))
		return true;
	shared = shared_member(q->p->mod, q->d->body, other);
	if (shared)
		defer_keep(q->d, "own-queue", src, tok,
			   "%s() is on that queue, too, and both use %s: only "
			   "the queue is seen to keep them apart", other->name,
			   shared);
	free(shared);
	return !q->d->keeps;
}

void defer_work_functions(const struct cmodule *mod, const char *member,
			  struct cfuncs *out)
{
	static const char *const inits[] = {
		"INIT_WORK", "INIT_DELAYED_WORK", "INIT_DEFERRABLE_WORK",
		"kthread_init_work", "kthread_init_delayed_work",
	};

	for (size_t s = 0; s < mod->count; s++) {
		const struct csource *src = mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 4; i + 3 < ts->n; i++) {
			size_t start;
			char *name;
			struct cfunc *f;

			if (!ctoken_is(ts, i, member) ||
			    !ctoken_is(ts, i + 1, ","))
				continue;
			start = member_start(ts, i);
			if (start < 3 || !TOKEN_IN(ts, start - 3, inits))
				continue;
			name = ctoken_dup(ts, i + 2);
			f = cmodule_func(mod, src, name);
			free(name);
			if (!f)
				continue;
			GROW(out->v, out->n, out->cap);
			out->v[out->n++] = f;
		}
	}
}

/* "queue_work(queue, &x->other)" at the word. */
static bool queued_fits(struct queue *q, const struct csource *src, size_t word)
{
	const struct ctokens *ts = &src->toks;
	struct cfuncs funcs = {0};
	struct cargs args;
	char *member = NULL;

	if (src == q->d->in->src && word == q->d->queue)
		return true;
	cargs_read(&args, ts, word + 1);
	if (args.n >= 2 && ctoken_is(ts, args.v[1].from, "&") &&
	    ctoken_is_word(ts, args.v[1].to - 1))
		member = ctoken_dup(ts, args.v[1].to - 1);
	cargs_free(&args);
	if (member)
		defer_work_functions(q->p->mod, member, &funcs);
	if (!funcs.n)
		defer_keep(q->d, "own-queue", src, word,
			   "what is queued here is not known: the queue may be "
			   "what keeps it and the body apart");
	for (size_t i = 0; i < funcs.n && !q->d->keeps; i++)
		other_fits(q, funcs.v[i], src, word);
	free(funcs.v);
	free(member);
	return !q->d->keeps;
}

/* "if (queue", "if (!queue". */
static bool is_test(const struct ctokens *ts, size_t start)
{
	if (ctoken_is(ts, start - 1, "!"))
		start--;
	return ctoken_is(ts, start - 1, "(") && ctoken_is(ts, start - 2, "if");
}

static bool use_fits(struct queue *q, struct csource *src, size_t i)
{
	static const char *const queues[] = {
		"queue_work", "queue_delayed_work", "mod_delayed_work",
		"kthread_queue_work", "kthread_queue_delayed_work",
	};
	static const char *const waits[] = {
		"destroy_workqueue", "flush_workqueue", "drain_workqueue",
		"kthread_flush_worker", "kthread_destroy_worker",
	};
	static const char *const made[] = {
		"create_singlethread_workqueue", "alloc_workqueue",
		"alloc_ordered_workqueue", "create_workqueue", "NULL",
		"create_freezable_workqueue",
	};
	const struct ctokens *ts = &src->toks;
	size_t start = member_start(ts, i);

	if (is_declaration(ts, i) || is_another(q, src, i) ||
	    (ctoken_is(ts, i + 1, "=") && TOKEN_IN(ts, i + 2, made)) ||
	    is_test(ts, start))
		return true;
	if (ctoken_is(ts, start - 1, "&"))
		start--;
	if (ctoken_is(ts, start - 1, "(") && TOKEN_IN(ts, start - 2, queues))
		return queued_fits(q, src, start - 2);
	if (ctoken_is(ts, start - 1, "(") && TOKEN_IN(ts, start - 2, waits))
		return defer_wait_is_needless(q->p, q->d, src, start - 2);
	if ((ctoken_is(ts, start - 1, "(") &&
	     ctoken_is(ts, start - 2, "kthread_init_worker")) ||
	    (ctoken_is(ts, start - 1, ",") &&
	     ctoken_is(ts, start - 2, "kthread_worker_fn")))
		return true;
	return defer_keep(q->d, "own-queue", src, i,
			  "the queue is used in a way that is not understood: "
			  "its order may count");
}

static void count_declarations(struct queue *q)
{
	for (size_t s = 0; s < q->p->mod->count; s++) {
		const struct ctokens *ts = &q->p->mod->sources[s]->toks;

		for (size_t i = 2; i + 1 < ts->n; i++)
			if (ctoken_is(ts, i, q->d->wq) &&
			    is_declaration(ts, i))
				q->declared++;
	}
}

bool defer_queue_fits(const struct plan *p, struct defer *d)
{
	struct queue q = {.p = p, .d = d};
	struct csource *src = d->in->src;
	size_t at = d->queue;

	if (!d->wq)
		return true;
	while (!ctoken_is(&src->toks, at, d->wq))
		at++;
	count_declarations(&q);
	q.tag = owner_tag(p->mod, src, at);
	q.mutex = under_mutex(d->body);
	if (!q.declared)
		defer_keep(d, "own-queue", src, d->queue,
			   "the queue is declared elsewhere: what else is on "
			   "it is not known");
	for (size_t s = 0; s < p->mod->count && !d->keeps; s++) {
		src = p->mod->sources[s];
		for (size_t i = 3; i + 1 < src->toks.n && !d->keeps; i++)
			if (ctoken_is(&src->toks, i, d->wq))
				use_fits(&q, src, i);
	}
	d->wq_note = !q.others ?
			     xasprintf("no other work is on %s", d->wq) :
		     q.mutex ?
			     xasprintf("%s() is under %s, which keeps it and "
				       "the others on %s apart", d->body->name,
				       q.mutex, d->wq) :
			     xasprintf("the other works on %s share nothing "
				       "with %s()", d->wq, d->body->name);
	free(q.tag);
	free(q.mutex);
	return !d->keeps;
}
