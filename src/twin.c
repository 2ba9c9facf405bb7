// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control writes that do not wait for their end, since the callback could not:
 * x_async() becomes its twin x(), which is shown to write the same.
 */
#include <stdlib.h>
#include <string.h>

#include "callwalk.h"
#include "defer.h"

#define ASYNC_WRITE "usbnet_write_cmd_async"
#define SYNC_WRITE "usbnet_write_cmd"

/* A function's statements as texts, in order. */
static void statements(const struct cfunc *f, struct strvec *out)
{
	const struct ctokens *ts = &f->src->toks;
	size_t from = f->body + 1, depth = 0;

	for (size_t i = from; i < f->end; i++) {
		char *text;

		depth += ctoken_is(ts, i, "(");
		depth -= ctoken_is(ts, i, ")");
		if (depth || (!ctoken_is(ts, i, ";") &&
			      !ctoken_is(ts, i, "{") && !ctoken_is(ts, i, "}")))
			continue;
		text = ctokens_text(ts, from, i);
		sv_add(out, text);
		free(text);
		from = i + 1;
	}
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The arguments of a call as one text, in an order of their own. */
static char *argument_set(const struct ctokens *ts, size_t call)
{
	struct strvec sv = {0};
	struct strbuf sb = {0};
	struct cargs args;

	cargs_read(&args, ts, call + 1);
	for (size_t i = 0; i < args.n; i++) {
		char *text = ctokens_text(ts, args.v[i].from, args.v[i].to);

		sv_add(&sv, text);
		free(text);
	}
	cargs_free(&args);
	if (sv.n)
		qsort(sv.v, sv.n, sizeof(*sv.v), compare_texts);
	for (size_t i = 0; i < sv.n; i++)
		sb_addf(&sb, "%s\n", sv.v[i]);
	sv_free(&sv);
	return sb_detach(&sb);
}

static bool has_call_with(const struct cfunc *f, const char *set)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		char *other;
		bool same;

		if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
			continue;
		other = argument_set(ts, i);
		same = !strcmp(set, other);
		free(other);
		if (same)
			return true;
	}
	return false;
}

/* The same parameters by type and name, whatever is const. */
static bool same_params(const struct cfunc *a, const struct cfunc *b)
{
	struct strbuf x = {0}, y = {0};
	bool same;

	for (size_t i = a->open; i <= a->close; i++)
		if (!ctoken_is(&a->src->toks, i, "const")) {
			char *text = ctoken_dup(&a->src->toks, i);

			sb_addf(&x, "%s ", text);
			free(text);
		}
	for (size_t i = b->open; i <= b->close; i++)
		if (!ctoken_is(&b->src->toks, i, "const")) {
			char *text = ctoken_dup(&b->src->toks, i);

			sb_addf(&y, "%s ", text);
			free(text);
		}
	same = !strcmp(sb_str(&x), sb_str(&y));
	sb_free(&x);
	sb_free(&y);
	return same;
}

static bool is_async(const struct ctokens *ts, size_t i)
{
	return ctoken_is_word(ts, i) && ctoken_is(ts, i + 1, "(") &&
	       ts->v[i].len > 6 &&
	       !memcmp(ts->text + ts->v[i].off + ts->v[i].len - 6, "_async", 6);
}

/* The name without "_async"; the caller frees it. */
static char *twin_name(const struct ctokens *ts, size_t i)
{
	return xstrndup(ts->text + ts->v[i].off, ts->v[i].len - 6);
}

static bool writes_with_pm(const struct cfunc *f, size_t tok, void *data)
{
	const struct ctokens *ts = &f->src->toks;

	(void)data;
	return ctoken_is(ts, tok, SYNC_WRITE) ||
	       ctoken_is(ts, tok, "usb_autopm_get_interface");
}

/* What usbnet's own function does besides: the device awake, the bytes copied. */
static bool look_for_write(const struct cfunc *f, size_t tok, void *data)
{
	const struct ctokens *ts = &f->src->toks;
	unsigned *seen = data;

	if (ctoken_is(ts, tok, SYNC_WRITE))
		*seen |= 7;
	if (ctoken_is(ts, tok, "usb_autopm_get_interface"))
		*seen |= 1;
	if (ctoken_is(ts, tok, "kmemdup"))
		*seen |= 2;
	if (ctoken_is(ts, tok, "usb_control_msg"))
		*seen |= 4;
	return *seen == 7;
}

static bool names_write(const struct cmodule *mod, const struct cfunc *f)
{
	unsigned seen = 0;

	return callwalk(mod, f, f->body, f->end, look_for_write, &seen);
}

/* Does `b` do what `a` does, but for the waiting? */
static bool is_twin(const struct cmodule *mod, const struct cfunc *a,
		    const struct cfunc *b)
{
	const struct ctokens *ts = &a->src->toks;
	struct strvec of_a = {0}, of_b = {0};
	bool same = same_params(a, b) && names_write(mod, b);

	for (size_t i = b->start; i < b->name_tok; i++)
		same = same && !ctoken_is(&b->src->toks, i, "__must_check");
	statements(a, &of_a);
	statements(b, &of_b);
	for (size_t i = 0; i < of_a.n && same; i++)
		same = !*of_a.v[i] || strstr(of_a.v[i], "_async(") ||
		       sv_has(&of_b, of_a.v[i]);
	sv_free(&of_a);
	sv_free(&of_b);
	for (size_t i = a->body; i < a->end && same; i++) {
		char *set, *name;
		const struct cfunc *c, *t;

		if (!is_async(ts, i))
			continue;
		set = argument_set(ts, i);
		same = has_call_with(b, set);
		free(set);
		if (ctoken_is(ts, i, ASYNC_WRITE))
			continue;
		name = ctoken_dup(ts, i);
		c = cmodule_func(mod, a->src, name);
		free(name);
		name = twin_name(ts, i);
		t = cmodule_func(mod, a->src, name);
		free(name);
		same = same && c && t && c != a && is_twin(mod, c, t);
	}
	return same;
}

static bool reaches_write(const struct cfunc *f, size_t tok, void *data)
{
	(void)data;
	return ctoken_is(&f->src->toks, tok, ASYNC_WRITE);
}

/* One call of x_async() on the callbacks' paths. */
static bool take_call(const struct plan *p, struct defer *d, struct cfunc *f,
		      size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, tok), *other = twin_name(ts, tok);
	const struct cfunc *a = cmodule_func(p->mod, f->src, name);
	const struct cfunc *b = cmodule_func(p->mod, f->src, other);
	size_t end = ctokens_match(ts, tok + 1, ts->n);
	bool direct = ctoken_is(ts, tok, ASYNC_WRITE), good;

	good = direct || (a && b && is_twin(p->mod, a, b));
	if (!good)
		defer_keep(d, "no-twin", f->src, tok,
			   "no %s() is shown to write the same and wait",
			   other);
	else if (!ctoken_is(ts, end + 1, ";") ||
		 (!ctoken_is(ts, tok - 1, ";") &&
		  !ctoken_is(ts, tok - 1, "{") &&
		  !ctoken_is(ts, tok - 1, "}") &&
		  !ctoken_is(ts, tok - 1, ")") &&
		  !ctoken_is(ts, tok - 1, "else")))
		defer_keep(d, "no-twin", f->src, tok,
			   "what %s() returns is used", name);
	else if (context_lock_at(p->mod, f, tok))
		defer_keep(d, "lock-held", f->src, tok,
			   "%s() is called with a lock held", name);
	else
		defer_change(d, CHANGE_SYNC, f->src, tok, tok + 1,
			     xstrdup(other));
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
	bool writes = callwalk(p->mod, f, f->body, r->tok, writes_with_pm,
			       NULL) ||
		      callwalk(p->mod, f, r->tok + 1, f->end, writes_with_pm,
			       NULL);

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
			if (is_async(&c->src->toks, i) &&
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

/* Would a resume want rtnl while the callback, with rtnl, waits for it? */
static bool resume_fits(const struct plan *p, struct defer *d)
{
	static const char *const members[] = {"resume", "reset_resume",
					      "suspend", "runtime_resume"};

	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		struct cfuncs targets = {0};

		cmodule_targets(p->mod, members[i], &targets);
		for (size_t k = 0; k < targets.n; k++) {
			const struct cfunc *f = targets.v[k];

			if (defer_takes_rtnl(p->mod, f))
				defer_keep(d, "under-rtnl", f->src,
					   f->name_tok, "%s() takes rtnl",
					   f->name);
		}
		free(targets.v);
	}
	return !d->keeps;
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

			if (is_async(&f->src->toks, i))
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
	return found;
}
