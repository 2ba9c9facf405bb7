// SPDX-License-Identifier: GPL-2.0-only
#include "defer.h"

#include <stdlib.h>

const struct keep_reason keep_reasons[] = {
	{"no-work", "it does not go through a work item of its own"},
	{"delayed", "the work is delayed, or arms itself anew"},
	{"queued-twice", "the work is queued from several places"},
	{"caller", "others call the callback or a part of it that queues"},
	{"lock-held", "the work is queued with a spin lock held"},
	{"own-queue", "the work has a queue whose order or turns may count"},
	{"other-use", "the work's member has uses that are not understood"},
	{"other-module", "another module uses the work's member, too"},
	{"shared-work", "the work does other things, which can't be told apart"},
	{"body", "the work's function has a form that no rule rewrites"},
	{"no-filter", "the work is not seen to set the filter"},
	{"wait", "somebody waits for the work and may still have to"},
	{"no-twin", "a write that does not wait has no twin that does the same"},
	{"under-rtnl", "the body takes or waits for what may need rtnl"},
	{"collapsed", "with the body in the callback, a person must decide"},
	{0},
};

bool defer_keep(struct defer *d, const char *code, const struct csource *src,
		size_t tok, const char *fmt, ...)
{
	char *note, *place;
	va_list ap;

	if (d->keeps)
		return false;
	va_start(ap, fmt);
	note = xvasprintf(fmt, ap);
	va_end(ap);
	place = csource_place(src, tok);
	d->keeps = code;
	d->note = xasprintf("%s: %s", place, note);
	free(place);
	free(note);
	return false;
}

void defer_change(struct defer *d, enum change_kind kind, struct csource *src,
		  size_t from, size_t to, char *text)
{
	struct change *c;

	GROW(d->changes, d->count, d->cap);
	c = &d->changes[d->count++];
	*c = (struct change){
		.kind = kind,
		.src = src,
		.in = csource_func_at(src, from),
		.from = from,
		.to = to,
		.old = ctokens_text(&src->toks, from, to),
		.text = text,
	};
	if (!c->in)
		for (size_t i = 0; i < src->func_count; i++)
			if (from >= src->funcs[i].start &&
			    from < src->funcs[i].body)
				c->in = &src->funcs[i];
}

void defer_free(struct defer *d)
{
	for (size_t i = 0; i < d->count; i++) {
		free(d->changes[i].old);
		free(d->changes[i].text);
		free(d->changes[i].more);
	}
	free(d->changes);
	free(d->note);
	free(d->object);
	free(d->field);
	free(d->wq);
	free(d->wq_note);
	free(d->flag);
	free(d->work);
	free(d->mutex);
	free(d->field_user);
	free(d->tag);
	free(d->var);
	*d = (struct defer){0};
}

bool defer_find(const struct plan *p, struct defer *d)
{
	*d = (struct defer){0};
	if (!defer_find_queueing(p, d))
		return twin_find(p, d);
	if (!d->keeps && defer_find_flag(p, d))
		return true;
	if (d->keeps || !defer_read_queueing(d) || !defer_find_declaration(p, d) ||
	    !defer_read_body(p, d) || !defer_look_at_uses(p, d) ||
	    !defer_body_is_filter(p, d) || !defer_is_private(p, d) ||
	    !defer_queue_fits(p, d) || !defer_place_call(p, d) ||
	    !defer_callers_fit(p, d, d->in) || !defer_body_fits_rtnl(p, d))
		return true;
	defer_declare_body(p, d);
	return true;
}
