// SPDX-License-Identifier: GPL-2.0-only
#include "collapserule.h"

#include <stdlib.h>
#include <string.h>

static void call_later(struct filler *f, const struct defer *d,
		       const struct change *c)
{
	const struct ctokens *ts = &c->src->toks;
	char *queue = ctokens_text(ts, c->from, d->queue_end);
	char *unlock = ctokens_text(ts, d->queue_end + 1, c->to);
	char *call = xasprintf("%s(%s)", d->body->name, d->object);

	filler_set(f, "in", c->in->name);
	filler_set(f, "old", queue);
	filler_set(f, "unlock", unlock);
	filler_set(f, "new", call);
	filler_piece(f, "collapse-call-later");
	free(queue);
	free(unlock);
	free(call);
}

/*
 * A statement with the work's member goes wherever it stands: no function
 * around it for spatch to find a way through.
 */
static bool goes_everywhere(const struct defer *d, const struct change *c)
{
	return c->kind == CHANGE_DROP && d->field && strstr(c->old, d->field);
}

static void one_change(struct filler *f, const struct defer *d,
		       const struct change *c)
{
	static const char *const pieces[] = {
		[CHANGE_DROP] = "collapse-drop",
		[CHANGE_CALL] = "collapse-call",
		[CHANGE_BODY] = "collapse-body",
		[CHANGE_BODY_SET] = "collapse-body-set",
		[CHANGE_PROTO] = "collapse-prototype",
		[CHANGE_DECLARE] = "collapse-declare",
		[CHANGE_FIELD] = "collapse-field",
		[CHANGE_SYNC] = "collapse-sync",
		[CHANGE_FLAG] = "collapse-flag",
		[CHANGE_GONE] = "collapse-gone",
	};

	if (c->kind == CHANGE_PART || c->kind == CHANGE_NONE)
		return;
	if (c->kind == CHANGE_CALL_LATER) {
		call_later(f, d, c);
		return;
	}
	filler_set(f, "in", c->in ? c->in->name : "");
	filler_set(f, "fn", d->body ? d->body->name : "");
	filler_set(f, "old", c->old);
	filler_set(f, "new", c->kind == CHANGE_FLAG ? c->more :
			     c->text ? c->text : "");
	filler_set(f, "tag", d->tag ? d->tag : "");
	filler_set(f, "var", d->var ? d->var : "");
	filler_set(f, "type", d->type ? d->type : "");
	filler_set(f, "more", c->more ? c->more : "");
	filler_piece(f, c->kind == CHANGE_SYNC && c->more ? "collapse-sync-more" :
			goes_everywhere(d, c) ? "collapse-drop-all" :
						pieces[c->kind]);
}

void collapse_rules(struct filler *f, const struct collapse *c)
{
	/* A prototype before the definition, which would take it along. */
	static const enum change_kind order[] = {
		CHANGE_PROTO, CHANGE_BODY, CHANGE_BODY_SET, CHANGE_CALL,
		CHANGE_CALL_LATER, CHANGE_DECLARE, CHANGE_DROP, CHANGE_FIELD,
		CHANGE_SYNC, CHANGE_FLAG, CHANGE_GONE,
	};
	struct strvec done = {0};

	for (size_t k = 0; c && k < ARRAY_SIZE(order); k++) {
		for (size_t i = 0; i < c->defer.count; i++) {
			const struct change *ch = &c->defer.changes[i];
			char *key;

			if (ch->kind != order[k])
				continue;
			key = xasprintf("%d %s %s", ch->kind,
					ch->in && !goes_everywhere(&c->defer,
								   ch) ?
						ch->in->name : "", ch->old);
			if (sv_add_once(&done, key))
				one_change(f, &c->defer, ch);
			free(key);
		}
	}
	sv_free(&done);
}
