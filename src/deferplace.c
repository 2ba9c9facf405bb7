// SPDX-License-Identifier: GPL-2.0-only
/* Where a callback queues its work, and where the work is done instead. */
#include <stdlib.h>

#include "defer.h"
#include "deferword.h"

bool defer_queues(const struct ctokens *ts, size_t i)
{
	static const char *const words[] = {
		"schedule_work", "queue_work", "schedule_work_on",
		"queue_work_on", "schedule_delayed_work",
		"queue_delayed_work", "mod_delayed_work", "tasklet_schedule",
		"tasklet_hi_schedule", "ieee80211_queue_work",
		"wiphy_work_queue", "kthread_queue_work",
		"kthread_queue_delayed_work", "mod_timer",
	};

	return ctoken_is(ts, i + 1, "(") && TOKEN_IN(ts, i, words);
}

static bool is_delayed(const struct ctokens *ts, size_t i)
{
	static const char *const words[] = {
		"schedule_delayed_work", "queue_delayed_work",
		"mod_delayed_work", "kthread_queue_delayed_work", "mod_timer",
	};

	return TOKEN_IN(ts, i, words);
}

bool defer_find_queueing(const struct plan *p, struct defer *d)
{
	struct csource *first = NULL;
	size_t places = 0;

	for (size_t k = 0; k < p->graph->count; k++) {
		struct cfunc *f = p->graph->nodes[k]->f;

		for (size_t i = f->body; i < f->end; i++) {
			if (!defer_queues(&f->src->toks, i))
				continue;
			if (!places++) {
				d->in = f;
				d->queue = i;
				first = f->src;
			}
		}
	}
	if (places > 1)
		defer_keep(d, "queued-twice", first, d->queue,
			   "the callback queues in %zu places", places);
	return places;
}

/* The last word of "priv->mdev->queue": how the queue is known, or NULL. */
static char *queue_word(const struct ctokens *ts, const struct carg *arg)
{
	size_t i = arg->from;

	if (ctoken_is(ts, i, "&"))
		i++;
	for (; i + 1 < arg->to; i += 2)
		if (!ctoken_is_word(ts, i) ||
		    (!ctoken_is(ts, i + 1, "->") && !ctoken_is(ts, i + 1, ".")))
			return NULL;
	return i + 1 == arg->to && ctoken_is_word(ts, i) ? ctoken_dup(ts, i) :
							   NULL;
}

/* queue_work(queue, &var->field), or without the queue. */
static bool read_arguments(struct defer *d, bool queued)
{
	const struct ctokens *ts = &d->in->src->toks;
	struct cargs args;
	bool good;

	cargs_read(&args, ts, d->queue + 1);
	d->queue_end = args.close + 1;
	good = args.n == 1 + (size_t)queued &&
	       read_work(ts, args.v[queued].from, args.v[queued].to, &d->object,
			 &d->field);
	if (!good)
		defer_keep(d, "no-work", d->in->src, d->queue,
			   "the work is no plain member");
	if (good && queued && !ctoken_begins(ts, args.v[0].from, "system_")) {
		d->wq = queue_word(ts, &args.v[0]);
		good = d->wq || defer_keep(d, "own-queue", d->in->src, d->queue,
					   "the work's queue is no plain "
					   "member");
	}
	cargs_free(&args);
	return good;
}

bool defer_read_queueing(struct defer *d)
{
	struct csource *src = d->in->src;
	const struct ctokens *ts = &src->toks;
	bool thread = ctoken_is(ts, d->queue, "kthread_queue_work");

	d->type = thread ? "kthread_work" : "work_struct";
	if (!thread && !ctoken_is(ts, d->queue, "queue_work") &&
	    !ctoken_is(ts, d->queue, "schedule_work"))
		return defer_keep(d, is_delayed(ts, d->queue) ? "delayed" :
								"no-work",
				  src, d->queue, "%.*s() queues no plain work",
				  (int)ts->v[d->queue].len,
				  ts->text + ts->v[d->queue].off);
	if (!read_arguments(d, !ctoken_is(ts, d->queue, "schedule_work")))
		return false;
	if (!ctoken_is(ts, d->queue_end, ";") ||
	    ctoken_is(ts, d->queue - 1, "=") ||
	    ctoken_is(ts, d->queue - 1, "return"))
		return defer_keep(d, "no-work", src, d->queue,
				  "what the queueing returns is used");
	return true;
}

bool defer_place_call(const struct plan *p, struct defer *d)
{
	struct csource *src = d->in->src;
	const struct ctokens *ts = &src->toks;
	size_t lock = context_lock_at(p->mod, d->in, d->queue);
	char *call = xasprintf("%s(%s)", d->body->name, d->object);
	size_t after = d->queue_end + 1, end;

	if (!lock) {
		defer_change(d, CHANGE_CALL, src, d->queue, d->queue_end, call);
		return true;
	}
	end = ctokens_match(ts, after + 1, ts->n) + 1;
	if (!ctoken_begins(ts, after, "spin_unlock") || end >= d->in->end ||
	    !ctoken_is(ts, end, ";") ||
	    !stands_alone(ts, d->queue, d->queue_end) ||
	    context_lock_at(p->mod, d->in, end)) {
		free(call);
		return defer_keep(d, "lock-held", src, d->queue,
				  "%s is queued with a lock held that is taken "
				  "at line %d", d->field,
				  csource_line(src, lock));
	}
	/* The unlock's statement stays, so the text is both. */
	{
		char *unlock = ctokens_text(ts, after, end + 1);
		char *both = xasprintf("%s %s", unlock, call);

		free(call);
		free(unlock);
		defer_change(d, CHANGE_CALL_LATER, src, d->queue, end, both);
	}
	return true;
}
