// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control writes that do not wait for their end, since the callback could not:
 * x_async() becomes its twin x(), which is shown to write the same.
 */
#include <stdlib.h>

#include "callwalk.h"
#include "defer.h"
#include "twinwrite.h"

/* Somebody who writes and waits, by usbnet's function or by a twin. */
static bool writes_and_waits(const struct cfunc *f, size_t tok, void *data)
{
	const struct ctokens *ts = &f->src->toks;
	const struct defer *d = data;

	for (size_t i = 0; i < d->count; i++)
		if (d->changes[i].kind == CHANGE_SYNC && !d->changes[i].more &&
		    ctoken_is(ts, tok, d->changes[i].text))
			return true;
	return ctoken_is(ts, tok, SYNC_WRITE) ||
	       ctoken_is(ts, tok, "usb_autopm_get_interface");
}

static bool reaches_write(const struct cfunc *f, size_t tok, void *data)
{
	(void)data;
	return ctoken_is(&f->src->toks, tok, ASYNC_WRITE);
}

static bool must_check(const struct cfunc *f)
{
	for (size_t i = f->start; i < f->name_tok; i++)
		if (ctoken_is(&f->src->toks, i, "__must_check"))
			return true;
	return false;
}

/*
 * "ret" in "ret = x_async(...);" where f but asks whether it is negative: what
 * the twin returns may be a count. The caller frees it.
 */
static char *result(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	char *name;

	if (!ctoken_is(ts, tok - 1, "=") || !ctoken_is_word(ts, tok - 2))
		return NULL;
	name = ctoken_dup(ts, tok - 2);
	for (size_t i = f->body; i < f->end && name; i++) {
		if (!ctoken_is(ts, i, name) || ctoken_is(ts, i - 1, "int") ||
		    ctoken_is(ts, i + 1, "=") ||
		    (ctoken_is(ts, i - 2, "if") && ctoken_is(ts, i - 1, "(") &&
		     ctoken_is(ts, i + 1, "<") && ctoken_is(ts, i + 2, "0") &&
		     ctoken_is(ts, i + 3, ")")))
			continue;
		free(name);
		name = NULL;
	}
	return name;
}

/* May the call at the token be one of b, by what it does with the result? */
static bool result_fits(const struct cfunc *f, size_t tok,
			const struct cfunc *b)
{
	const struct ctokens *ts = &f->src->toks;
	size_t end = ctokens_match(ts, tok + 1, ts->n);
	char *name = result(f, tok);
	bool used = name && b && !b->is_void;

	free(name);
	if (!ctoken_is(ts, end + 1, ";"))
		return false;
	return used || ((!b || !must_check(b)) &&
			(ctoken_is_bound(ts, tok - 1) ||
			 ctoken_is(ts, tok - 1, ")") ||
			 ctoken_is(ts, tok - 1, "else")));
}

static void change_call(struct defer *d, struct cfunc *f, size_t tok,
			const char *name, const char *more)
{
	size_t end = ctokens_match(&f->src->toks, tok + 1, f->src->toks.n);

	defer_change(d, CHANGE_SYNC, f->src, tok, tok + 1, xstrdup(name));
	if (!more)
		return;
	d->changes[d->count - 1].more = xstrdup(more);
	defer_change(d, CHANGE_PART, f->src, end, end,
		     xasprintf(", %s", more));
}

/* One call of x_async() on the callbacks' paths. */
static bool take_call(const struct plan *p, struct defer *d, struct cfunc *f,
		      size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, tok), *other = twin_name(ts, tok);
	const struct cfunc *a = cmodule_func(p->mod, f->src, name);
	const struct cfunc *b = cmodule_func(p->mod, f->src, other);
	bool direct = ctoken_is(ts, tok, ASYNC_WRITE);
	char *more = NULL;

	if (!direct && (!a || !b || !twin_is_same(p->mod, a, b, &more)))
		defer_keep(d, "no-twin", f->src, tok,
			   "no %s() is shown to write the same and wait",
			   other);
	else if (!result_fits(f, tok, direct ? NULL : b))
		defer_keep(d, "no-twin", f->src, tok,
			   "what %s() returns is used", name);
	else if (context_lock_at(p->mod, f, tok))
		defer_keep(d, "lock-held", f->src, tok,
			   "%s() is called with a lock held", name);
	else
		change_call(d, f, tok, other, more);
	free(more);
	free(name);
	free(other);
	return !d->keeps;
}

/* Is f one that waits no more itself: x_async() below another? */
static bool is_wrapper(const struct cmodule *mod, const struct cfunc *f)
{
	return ends_with(f->name, "_async") &&
	       callwalk(mod, f, f->body, f->end, reaches_write, NULL);
}

/*
 * Calls from outside: who writes and waits as well may sleep, and be in no
 * resume that the write would wait for; but not with a lock held just there.
 */
static bool caller_fits(const struct plan *p, struct defer *d,
			const struct cref *r, const char *name)
{
	const struct cfunc *f = r->in;
	bool writes = callwalk(p->mod, f, f->body, r->tok, writes_and_waits,
			       d) ||
		      callwalk(p->mod, f, r->tok + 1, f->end, writes_and_waits,
			       d);

	return (writes && !context_lock_at(p->mod, f, r->tok)) ||
	       defer_keep(d, "caller", r->src, r->tok,
			  "%s() calls %s(): that it can wait there is not "
			  "shown", f->name, name);
}

static bool callers_fit(const struct plan *p, struct defer *d,
			const struct cfunc *f, struct strvec *seen)
{
	struct crefs refs = {0};

	if (!sv_add_once(seen, f->name))
		return true;
	cmodule_refs(p->mod, f, &refs);
	for (size_t i = 0; i < refs.n && !d->keeps; i++) {
		const struct cref *r = &refs.v[i];

		if (!r->is_call)
			continue;
		if (!graph_node(p->graph, r->in))
			caller_fits(p, d, r, f->name);
		else if (context_lock_at(p->mod, r->in, r->tok))
			defer_keep(d, "lock-held", r->src, r->tok,
				   "%s() is called with a lock held", f->name);
		else
			callers_fit(p, d, r->in, seen);
	}
	crefs_free(&refs);
	return !d->keeps;
}

/* Is the call one that becomes its twin, or in a function that goes? */
static bool goes(const struct defer *d, const struct cref *r)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct change *c = &d->changes[i];

		if (c->src == r->src && r->tok >= c->from && r->tok < c->to)
			return true;
	}
	return false;
}

/* Static functions that are left without a caller. */
static void drop_unused(const struct plan *p, struct defer *d)
{
	for (size_t n = 0; n < d->count; n++) {
		const struct change *c = &d->changes[n];
		struct crefs refs = {0};
		struct cfunc *f = NULL;
		bool used = false;

		for (size_t i = c->from; i < c->to && !f; i++)
			if (twin_is_async(&c->src->toks, i) &&
			    (c->kind == CHANGE_SYNC || i > c->in->body)) {
				char *name = ctoken_dup(&c->src->toks, i);

				f = cmodule_func(p->mod, c->src, name);
				free(name);
			}
		if (!f || !f->is_static)
			continue;
		cmodule_refs(p->mod, f, &refs);
		for (size_t i = 0; i < refs.n; i++)
			used = used || !goes(d, &refs.v[i]);
		crefs_free(&refs);
		for (size_t i = 0; i < d->count; i++)
			used = used || (d->changes[i].kind == CHANGE_GONE &&
					d->changes[i].from == f->start);
		if (!used)
			defer_change(d, CHANGE_GONE, f->src, f->start,
				     f->end + 1, NULL);
	}
}

/*
 * Is the device awake for as long as the callback may run? usbnet_open() keeps
 * it so unless there is a manage_power(), and the core asks for IFF_UP.
 */
static bool stays_awake(const struct plan *p)
{
	struct cfuncs opens = {0};
	size_t usbnet = 0, others;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct ctokens *ts = &p->mod->sources[s]->toks;

		for (size_t i = 2; i + 2 < ts->n; i++) {
			if (ctoken_is(ts, i, "manage_power") &&
			    ctoken_is_member(ts, i))
				return false;
			if (ctoken_is(ts, i, "ndo_open") &&
			    ctoken_is(ts, i - 1, ".")) {
				if (!ctoken_is(ts, i + 2, "usbnet_open"))
					return false;
				usbnet++;
			}
		}
	}
	cmodule_targets(p->mod, "ndo_open", &opens);
	others = opens.n;
	free(opens.v);
	return usbnet && !others;
}

/* Would a resume want rtnl while the callback, with rtnl, waits for it? */
static bool resume_fits(const struct plan *p, struct defer *d)
{
	static const char *const members[] = {"resume", "reset_resume",
					      "suspend", "runtime_resume"};

	if (stays_awake(p))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		struct cfuncs targets = {0};

		cmodule_targets(p->mod, members[i], &targets);
		for (size_t k = 0; k < targets.n; k++) {
			const struct cfunc *f = targets.v[k];

			if (defer_rtnl_between(p->mod, f, f->body, f->end))
				defer_keep(d, "under-rtnl", f->src,
					   f->name_tok, "%s() takes rtnl",
					   f->name);
		}
		free(targets.v);
	}
	return !d->keeps;
}

/* A control message sent by hand, with nobody there to wait for its end. */
static bool find_urb(const struct plan *p, struct defer *d)
{
	for (size_t k = 0; k < p->graph->count; k++) {
		struct cfunc *f = p->graph->nodes[k]->f;
		const struct ctokens *ts = &f->src->toks;

		for (size_t i = f->body; i < f->end; i++) {
			size_t end;

			if (!ctoken_is(ts, i, "usb_submit_urb") ||
			    !ctoken_is(ts, i + 1, "("))
				continue;
			end = ctokens_match(ts, i + 1, ts->n);
			if (!ctoken_is(ts, end - 1, "GFP_ATOMIC"))
				continue;
			d->in = f;
			d->queue = i;
			defer_keep(d, "no-twin", f->src, i,
				   "%s() sends an URB of its own and does not "
				   "wait: no function is known that does",
				   f->name);
			return true;
		}
	}
	return false;
}

bool twin_find(const struct plan *p, struct defer *d)
{
	bool found = false;

	for (size_t k = 0; k < p->graph->count; k++) {
		struct cfunc *f = p->graph->nodes[k]->f;
		struct strvec seen = {0};
		bool calls = false;

		if (is_wrapper(p->mod, f))
			continue;
		for (size_t i = f->body; i < f->end && !d->keeps; i++) {
			char *name = ctoken_dup(&f->src->toks, i);
			const struct cfunc *a = NULL;

			if (twin_is_async(&f->src->toks, i))
				a = cmodule_func(p->mod, f->src, name);
			free(name);
			if (!ctoken_is(&f->src->toks, i, ASYNC_WRITE) &&
			    (!a || !is_wrapper(p->mod, a)))
				continue;
			found = calls = true;
			if (!d->in) {
				d->in = f;
				d->queue = i;
			}
			take_call(p, d, f, i);
		}
		if (calls && !d->keeps)
			callers_fit(p, d, f, &seen);
		sv_free(&seen);
	}
	if (found && !d->keeps && resume_fits(p, d))
		drop_unused(p, d);
	return found || find_urb(p, d);
}
