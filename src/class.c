// SPDX-License-Identifier: GPL-2.0-only
#include "class.h"

#include <stdlib.h>

/* Where on the path the lists are touched. */
static const char *classify(const struct plan *p, const struct node *callback)
{
	static const char *const queueing[] = {
		"schedule_work", "queue_work", "schedule_delayed_work",
		"queue_delayed_work", "mod_delayed_work", "queue_work_on",
		"tasklet_schedule", "ieee80211_queue_work", "wiphy_work_queue",
		"kthread_queue_work",
	};
	bool counts = false, queues = false, helper = false;

	if (p->graph->indirect.n || p->graph->member_count)
		return "ops-table";
	for (size_t i = 0; i < p->graph->count; i++) {
		const struct node *n = p->graph->nodes[i];

		for (size_t k = 0; k < n->uses.n; k++) {
			enum use_kind kind = n->uses.v[k].kind;

			if (kind == USE_STACKED)
				return "stacked";
			if (kind == USE_TOLD)
				continue;
			if (kind == USE_COUNT || kind == USE_EMPTY ||
			    kind == USE_FIELD_COUNT) {
				counts = true;
				continue;
			}
			if (n->is_callback)
				continue;
			if (n->f->src != callback->f->src)
				return "other-file";
			if (n->from && !n->from->is_callback)
				return "helper-deep";
			helper = true;
		}
	}
	if (helper)
		return "helper";
	for (size_t k = 0; k < callback->uses.n; k++)
		if (callback->uses.v[k].kind == USE_WALK ||
		    callback->uses.v[k].kind == USE_SYNC ||
		    callback->uses.v[k].kind >= USE_ADDRESS)
			return "walk";
	if (counts)
		return "count";
	for (size_t i = 0; i < p->graph->count; i++)
		for (size_t k = 0; k < ARRAY_SIZE(queueing); k++)
			queues |= cfunc_has_word(p->graph->nodes[i]->f,
						 queueing[k]);
	if (queues)
		return "deferred";
	return callback->f->end == callback->f->body + 1 ? "stub" : "flags";
}

void class_decide(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < u->assignment_count; i++) {
		struct assignment *a = &u->assignments[i];
		struct csource *src = cmodule_source(p->mod, a->file);
		struct cfunc *f =
			src ? cmodule_func(p->mod, src, a->callback) : NULL;
		struct node *n = f ? graph_node(p->graph, f) : NULL;

		free(a->class);
		a->class = xstrdup(n ? classify(p, n) : "other-file");
	}
}
