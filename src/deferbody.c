// SPDX-License-Identifier: GPL-2.0-only
/* The work's function, as one that the callback calls. */
#include <stdlib.h>
#include <string.h>

#include "callwalk.h"
#include "defer.h"
#include "deferword.h"

/* Is the function's address taken by INIT_WORK() alone, and called never? */
static bool is_only_work(const struct plan *p, struct defer *d)
{
	const struct cfunc *f = d->body;
	struct crefs refs = {0};
	bool only = true;

	cmodule_refs(p->mod, f, &refs);
	for (size_t i = 0; i < refs.n && only; i++) {
		const struct cref *r = &refs.v[i];

		if (r->is_call || !ctoken_is(&r->src->toks, r->tok - 1, ",") ||
		    !ctoken_is(&r->src->toks, r->tok - 2, d->field))
			only = defer_keep(d, "queued-twice", r->src, r->tok,
					  "%s() is used here, too", f->name);
	}
	crefs_free(&refs);
	return only;
}

static const char *const addr_locks[] = {
	"netif_addr_lock_bh", "netif_addr_unlock_bh",
};

/* rtnl and the address lock are the core's business now. */
static bool drop_locks(struct defer *d)
{
	struct csource *src = d->body->src;
	const struct ctokens *ts = &src->toks;
	size_t locked = 0;

	for (size_t i = d->body->body; i < d->body->end; i++) {
		size_t end;

		if (!IS_CALL_OF(ts, i, addr_locks) &&
		    !ctoken_is(ts, i, "rtnl_lock") &&
		    !ctoken_is(ts, i, "rtnl_unlock"))
			continue;
		end = ctokens_match(ts, i + 1, ts->n) + 1;
		if (!stands_alone(ts, i, end))
			return defer_keep(d, "body", src, i,
					  "the lock can't just be taken out");
		locked += ctoken_is(ts, i, "rtnl_lock");
		defer_change(d, CHANGE_DROP, src, i, end + 1, NULL);
	}
	if (locked > 1)
		return defer_keep(d, "body", src, d->body->name_tok,
				  "takes rtnl %zu times", locked);
	return true;
}

static bool is_reached(const struct cfuncs *reached, const struct cfunc *f)
{
	for (size_t i = 0; i < reached->n; i++)
		if (reached->v[i] == f)
			return true;
	return false;
}

/* Is the function called by those of the list alone, and static? */
static bool is_theirs(const struct plan *p, const struct cfuncs *reached,
		      const struct cfunc *f)
{
	struct crefs refs = {0};
	bool theirs = f->is_static;

	cmodule_refs(p->mod, f, &refs);
	for (size_t i = 0; i < refs.n && theirs; i++)
		theirs = refs.v[i].is_call && is_reached(reached, refs.v[i].in);
	crefs_free(&refs);
	return theirs;
}

/* All of the function's address locks can be taken out. */
static bool locks_stand_alone(const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++)
		if (IS_CALL_OF(ts, i, addr_locks) &&
		    !stands_alone(ts, i, ctokens_match(ts, i + 1, ts->n) + 1))
			return false;
	return true;
}

/*
 * Below the body, too, they but kept the real list still: a snapshot is. Only
 * where nobody else gets there.
 */
static void drop_locks_below(const struct plan *p, struct defer *d)
{
	struct cfuncs reached = {0};

	callwalk_reached(p->mod, d->body, &reached);
	for (size_t k = 0; k < reached.n; k++) {
		struct cfunc *f = reached.v[k];
		const struct ctokens *ts = &f->src->toks;

		if (f == d->body || !locks_stand_alone(f) ||
		    !is_theirs(p, &reached, f))
			continue;
		for (size_t i = f->body; i < f->end; i++)
			if (IS_CALL_OF(ts, i, addr_locks))
				defer_change(d, CHANGE_DROP, f->src, i,
					     ctokens_match(ts, i + 1, ts->n) +
						     2, NULL);
	}
	free(reached.v);
}

/* In the callback's file and static, or of a header that it includes. */
static bool can_be_called(const struct plan *p, const struct defer *d)
{
	const struct cfunc *f = d->body;

	if (f->src == d->in->src)
		return !sv_has(&f->src->exports, f->name);
	return !f->is_static && !sv_has(&f->src->exports, f->name) &&
	       cmodule_is_local(p->mod, f->name);
}

bool defer_read_body(const struct plan *p, struct defer *d)
{
	struct cfunc *f = d->body;
	struct csource *src = f->src;
	const struct ctokens *ts = &src->toks;
	const char *work = f->param_count == 1 ? f->params[0].name : NULL;
	size_t use = 0, uses = 0, from;
	bool set;

	if (!work || !f->is_void || !can_be_called(p, d) ||
	    ctokens_match(ts, f->open, ts->n) != f->open + 5 ||
	    !ctoken_is(ts, f->open + 2, d->type))
		return defer_keep(d, "body", src, f->name_tok,
				  "%s() is no void function with a work alone "
				  "that could be called", f->name);
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(ts, i, work) && !ctoken_is_member(ts, i)) {
			use = i;
			uses++;
		}
	/* var = container_of(work, struct tag, field); */
	if (uses != 1 || !ctoken_is(ts, use - 2, "container_of") ||
	    !ctoken_is(ts, use + 2, "struct") ||
	    !ctoken_is(ts, use + 3, d->tag) ||
	    !ctoken_is(ts, use + 5, d->field) || !ctoken_is(ts, use + 7, ";") ||
	    !ctoken_is(ts, use - 3, "=") || !ctoken_is_word(ts, use - 4))
		return defer_keep(d, "body", src, use ? use : f->name_tok,
				  "%s() takes more from its work than "
				  "container_of() once", f->name);
	d->var = ctoken_dup(ts, use - 4);
	set = !ctoken_is(ts, use - 5, "*");
	from = set ? use - 4 : use - 7;
	if (!is_pointer_to(f, d->var, d->tag) ||
	    (set && !stands_alone(ts, from, use + 7)))
		return defer_keep(d, "body", src, use,
				  "%s is no plain pointer", d->var);
	if (set) {
		size_t decl = f->body;

		while (decl < f->end && !(ctoken_is(ts, decl, d->var) &&
					  ctoken_is(ts, decl - 1, "*")))
			decl++;
		if (!ctoken_is(ts, decl + 1, ";") ||
		    !ctoken_is(ts, decl - 3, "struct"))
			return defer_keep(d, "body", src, decl,
					  "%s is not declared by itself",
					  d->var);
		defer_change(d, CHANGE_PART, src, decl - 3, decl + 2, NULL);
	}
	defer_change(d, set ? CHANGE_BODY_SET : CHANGE_BODY, src, f->open + 1,
		     f->open + 4 + 1,
		     xasprintf("struct %s *%s", d->tag, d->var));
	defer_change(d, CHANGE_PART, src, from, use + 8, NULL);
	if (!is_only_work(p, d) || !drop_locks(d))
		return false;
	drop_locks_below(p, d);
	return true;
}

void defer_declare_body(const struct plan *p, struct defer *d)
{
	struct csource *src = d->in->src;
	bool declared = d->body->src != src || d->body->start < d->in->start;
	size_t start = d->in->start;

	for (size_t s = 0; s < p->mod->count; s++) {
		struct csource *from = p->mod->sources[s];

		for (size_t i = 0; i < from->proto_count; i++) {
			const struct cfunc *proto = &from->protos[i];

			if (strcmp(proto->name, d->body->name) ||
			    !cmodule_declares(p->mod, proto, d->body))
				continue;
			declared = true;
			defer_change(d, CHANGE_PROTO, from, proto->open + 1,
				     ctokens_match(&from->toks, proto->open,
						   from->toks.n),
				     xasprintf("struct %s *%s", d->tag,
					       d->var));
		}
	}
	if (!declared)
		defer_change(d, CHANGE_DECLARE, src, start, start,
			     xasprintf("static void %s(struct %s *%s);",
				       d->body->name, d->tag, d->var));
}
