// SPDX-License-Identifier: GPL-2.0-only
#include "defer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memberuse.h"

const struct keep_reason keep_reasons[] = {
	{"no-work", "it does not go through a work item of its own"},
	{"delayed", "the work is delayed, or arms itself anew"},
	{"queued-twice", "the work is queued from several places"},
	{"caller", "others call the callback or a part of it that queues"},
	{"lock-held", "the work is queued with a spin lock held"},
	{"own-queue", "the work has an ordered queue, or one of its own"},
	{"other-use", "the work's member has uses that are not understood"},
	{"other-module", "another module uses the work's member, too"},
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
	if (vasprintf(&note, fmt, ap) < 0)
		note = xstrdup("");
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
	}
	free(d->changes);
	free(d->note);
	free(d->object);
	free(d->field);
	free(d->tag);
	free(d->var);
	*d = (struct defer){0};
}

static bool is_one_of(const struct ctokens *ts, size_t i,
		      const char *const *words)
{
	for (; *words; words++)
		if (ctoken_is(ts, i, *words))
			return true;
	return false;
}

static bool is_queueing(const struct ctokens *ts, size_t i)
{
	static const char *const words[] = {
		"schedule_work", "queue_work", "schedule_work_on",
		"queue_work_on", "schedule_delayed_work",
		"queue_delayed_work", "mod_delayed_work", "tasklet_schedule",
		"tasklet_hi_schedule", "ieee80211_queue_work",
		"wiphy_work_queue", "kthread_queue_work",
		"kthread_queue_delayed_work", "mod_timer", NULL,
	};

	return ctoken_is(ts, i + 1, "(") && is_one_of(ts, i, words);
}

static bool is_delayed(const struct ctokens *ts, size_t i)
{
	static const char *const words[] = {
		"schedule_delayed_work", "queue_delayed_work",
		"mod_delayed_work", "kthread_queue_delayed_work", "mod_timer",
		NULL,
	};

	return is_one_of(ts, i, words);
}

/* The one place on the callbacks' paths that queues something. */
static bool find_queueing(const struct plan *p, struct defer *d)
{
	struct csource *first = NULL;
	size_t places = 0;

	for (size_t k = 0; k < p->graph->count; k++) {
		struct cfunc *f = p->graph->nodes[k]->f;

		for (size_t i = f->body; i < f->end; i++) {
			if (!is_queueing(&f->src->toks, i))
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

/* "ifp" in f: is it declared "struct tag *ifp" there, and nothing else? */
static bool is_pointer_to(const struct cfunc *f, const char *var,
			  const char *tag)
{
	const struct ctokens *ts = &f->src->toks;
	bool found = false;

	for (size_t i = f->open; i < f->end; i++) {
		if (!ctoken_is(ts, i, var) || !ctoken_is(ts, i - 1, "*") ||
		    !ctoken_is_word(ts, i - 2) ||
		    ctoken_is(ts, i - 2, "return"))
			continue;
		if (!ctoken_is(ts, i - 2, tag) ||
		    !ctoken_is(ts, i - 3, "struct"))
			return false;
		found = true;
	}
	return found;
}

/* At "& var -> field )": takes var and field over; both plain words. */
static bool read_work(const struct ctokens *ts, size_t from, size_t to,
		      char **var, char **field)
{
	if (to != from + 4 || !ctoken_is(ts, from, "&") ||
	    !ctoken_is_word(ts, from + 1) || !ctoken_is(ts, from + 2, "->") ||
	    !ctoken_is_word(ts, from + 3))
		return false;
	*var = ctoken_dup(ts, from + 1);
	*field = ctoken_dup(ts, from + 3);
	return true;
}

/* schedule_work(&var->field) or queue_work(queue, &var->field). */
static bool read_queueing(struct defer *d)
{
	struct csource *src = d->in->src;
	const struct ctokens *ts = &src->toks;
	bool own = ctoken_is(ts, d->queue, "queue_work"), good;
	struct cargs args;

	if (!own && !ctoken_is(ts, d->queue, "schedule_work"))
		return defer_keep(d, is_delayed(ts, d->queue) ? "delayed" :
								"no-work",
				  src, d->queue, "%.*s() queues no plain work",
				  (int)ts->v[d->queue].len,
				  ts->text + ts->v[d->queue].off);
	cargs_read(&args, ts, d->queue + 1);
	d->queue_end = args.close + 1;
	good = args.n == 1 + (size_t)own &&
	       read_work(ts, args.v[own].from, args.v[own].to, &d->object,
			 &d->field);
	cargs_free(&args);
	if (!good)
		return defer_keep(d, "no-work", src, d->queue,
				  "the work is no plain member");
	if (!ctoken_is(ts, d->queue_end, ";") ||
	    ctoken_is(ts, d->queue - 1, "=") ||
	    ctoken_is(ts, d->queue - 1, "return"))
		return defer_keep(d, "no-work", src, d->queue,
				  "what the queueing returns is used");
	if (own && !(ctoken_begins(ts, d->queue + 2, "system_")))
		return defer_keep(d, "own-queue", src, d->queue,
				  "the work has a queue that is not the "
				  "system's: its order may count");
	return true;
}

/* Of "struct work_struct field;": the tag of the struct around it. */
static char *struct_around(const struct ctokens *ts, size_t tok)
{
	size_t depth = 0;

	while (tok--) {
		if (ctoken_is(ts, tok, "}"))
			depth++;
		else if (ctoken_is(ts, tok, "{") && !depth--)
			return tok > 1 && ctoken_is_word(ts, tok - 1) &&
			       ctoken_is(ts, tok - 2, "struct") ?
				       ctoken_dup(ts, tok - 1) :
				       NULL;
	}
	return NULL;
}

/* A statement of its own, so that it can go without leaving a hole? */
static bool stands_alone(const struct ctokens *ts, size_t from, size_t to)
{
	if (!ctoken_is(ts, to, ";") ||
	    (!ctoken_is(ts, from - 1, ";") && !ctoken_is(ts, from - 1, "{") &&
	     !ctoken_is(ts, from - 1, "}") && !ctoken_is(ts, from - 1, ":")))
		return false;
	/* A block that it fills, a label that it ends. */
	return !(ctoken_is(ts, to + 1, "}") &&
		 (ctoken_is(ts, from - 1, "{") ||
		  ctoken_is(ts, from - 1, ":")));
}

/* Would the variable have no use left, were from..to not there? */
static bool leaves_unused(const struct cfunc *f, const char *var, size_t from,
			  size_t to)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++)
		if ((i < from || i >= to) && ctoken_is(ts, i, var) &&
		    !ctoken_is(ts, i - 1, "->") && !ctoken_is(ts, i - 1, ".") &&
		    !ctoken_is(ts, i - 1, "*") && !ctoken_is(ts, i + 1, "="))
			return false;
	return true;
}

/* A statement "word(&var->field, ...);" that goes. */
static bool drop_statement(struct defer *d, struct csource *src, size_t word)
{
	const struct ctokens *ts = &src->toks;
	size_t end = ctokens_match(ts, word + 1, ts->n) + 1;
	struct cfunc *f = csource_func_at(src, word);
	char *var, *field;
	bool good;

	if (!f || !stands_alone(ts, word, end))
		return defer_keep(d, "other-use", src, word,
				  "the statement can't just be taken out");
	if (!read_work(ts, word + 2, word + 6, &var, &field))
		return defer_keep(d, "other-use", src, word,
				  "the work is reached in another way");
	good = is_pointer_to(f, var, d->tag) &&
	       !leaves_unused(f, var, word, end);
	free(var);
	free(field);
	if (!good)
		return defer_keep(d, "other-use", src, word,
				  "whose work this is can't be shown");
	defer_change(d, CHANGE_DROP, src, word, end + 1, NULL);
	return true;
}

static bool take_function(const struct plan *p, struct defer *d,
			  struct csource *src, size_t init)
{
	const struct ctokens *ts = &src->toks;
	struct cfunc *f = NULL;
	struct cargs args;
	char *name;

	cargs_read(&args, ts, init + 1);
	if (args.n == 2 && args.v[1].to == args.v[1].from + 1) {
		name = ctoken_dup(ts, args.v[1].from);
		f = cmodule_func(p->mod, src, name);
		free(name);
	}
	cargs_free(&args);
	if (!f || (d->body && d->body != f))
		return defer_keep(d, "body", src, init,
				  "the work's function is not one of this "
				  "module's");
	d->body = f;
	return true;
}

static bool look_at_field(const struct plan *p, struct defer *d,
			  struct csource *src, size_t i)
{
	static const char *const waits[] = {
		"cancel_work_sync", "flush_work", "disable_work_sync",
		"cancel_work", NULL,
	};
	const struct ctokens *ts = &src->toks;
	size_t word = i > 4 ? i - 5 : 0;

	if (ctoken_is(ts, i - 1, "work_struct") && ctoken_is(ts, i + 1, ";"))
		return true;
	if (ctoken_is(ts, i - 1, ",") && ctoken_is(ts, i + 1, ")") && d->body &&
	    csource_func_at(src, i) == d->body)
		return true;
	if (!ctoken_is(ts, i - 1, "->"))
		return defer_keep(d, "other-use", src, i,
				  "%s is used in another way", d->field);
	if (d->in->src == src && i > d->queue && i < d->queue_end)
		return true;
	if (ctoken_is(ts, word, "INIT_WORK") && ctoken_is(ts, i + 1, ","))
		return drop_statement(d, src, word);
	if (is_one_of(ts, word, waits) && ctoken_is(ts, i + 1, ")"))
		return drop_statement(d, src, word) &&
		       defer_wait_is_needless(p, d, src, word);
	if (is_queueing(ts, word) || ctoken_is(ts, i - 7, "queue_work"))
		return defer_keep(d, "queued-twice", src, word,
				  "%s is queued here, too", d->field);
	return defer_keep(d, "other-use", src, i, "%s is used in another way",
			  d->field);
}

/* The declaration, the struct around it, and the function set for it. */
static bool find_declaration(const struct plan *p, struct defer *d)
{
	struct csource *where = NULL;
	size_t decl = 0;

	for (size_t s = 0; s < p->mod->count; s++) {
		struct csource *src = p->mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 6; i + 1 < ts->n; i++) {
			if (!ctoken_is(ts, i, d->field))
				continue;
			if (ctoken_is(ts, i - 1, "work_struct") &&
			    ctoken_is(ts, i + 1, ";")) {
				if (where)
					return defer_keep(d, "other-use", src,
							  i, "two structs have "
							  "a %s", d->field);
				where = src;
				decl = i;
			}
			if (ctoken_is(ts, i - 5, "INIT_WORK") &&
			    !take_function(p, d, src, i - 5))
				return false;
		}
	}
	d->tag = where ? struct_around(&where->toks, decl) : NULL;
	if (!d->tag)
		return defer_keep(d, "other-use", d->in->src, d->queue,
				  "%s is declared nowhere here as a member of "
				  "a struct with a name", d->field);
	if (!d->body)
		return defer_keep(d, "body", d->in->src, d->queue,
				  "no INIT_WORK() for %s", d->field);
	if (!is_pointer_to(d->in, d->object, d->tag))
		return defer_keep(d, "other-use", d->in->src, d->queue,
				  "whose work this is can't be shown");
	defer_change(d, CHANGE_FIELD, where, decl - 2, decl + 2, NULL);
	return true;
}

/* A macro that names the member would be broken, or use it unseen. */
static bool macros_leave_it(const struct plan *p, struct defer *d)
{
	for (size_t s = 0; s < p->mod->count; s++) {
		struct csource *src = p->mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 0; i < ts->n; i++) {
			struct ctokens in;
			bool named = false;

			if (ts->v[i].kind != TOK_DIRECTIVE)
				continue;
			ctokens_read_body(&in, ts->text + ts->v[i].off,
					  ts->v[i].len);
			for (size_t k = 0; k < in.n && !named; k++)
				named = ctoken_is(&in, k, d->field) ||
					ctoken_is(&in, k, d->body->name);
			ctokens_free(&in);
			if (named)
				return defer_keep(d, "other-use", src, i,
						  "a macro names the work");
		}
	}
	return true;
}

static bool look_at_uses(const struct plan *p, struct defer *d)
{
	for (size_t s = 0; s < p->mod->count; s++) {
		struct csource *src = p->mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 1; i + 1 < ts->n; i++)
			if (ctoken_is(ts, i, d->field) &&
			    !look_at_field(p, d, src, i))
				return false;
	}
	return macros_leave_it(p, d);
}

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

/* rtnl and the address lock are the core's business now. */
static bool drop_locks(struct defer *d)
{
	static const char *const words[] = {
		"rtnl_lock", "rtnl_unlock", "netif_addr_lock_bh",
		"netif_addr_unlock_bh", NULL,
	};
	struct csource *src = d->body->src;
	const struct ctokens *ts = &src->toks;
	size_t locked = 0;

	for (size_t i = d->body->body; i < d->body->end; i++) {
		size_t end;

		if (!is_one_of(ts, i, words) || !ctoken_is(ts, i + 1, "("))
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

/* The parameter is used once: in container_of(). */
static bool read_body(struct defer *d)
{
	struct cfunc *f = d->body;
	struct csource *src = f->src;
	const struct ctokens *ts = &src->toks;
	const char *work = f->param_count == 1 ? f->params[0].name : NULL;
	size_t use = 0, uses = 0, from;
	bool set;

	if (!work || !f->is_void || !f->is_static || src != d->in->src ||
	    ctokens_match(ts, f->open, ts->n) != f->open + 5 ||
	    !ctoken_is(ts, f->open + 2, "work_struct"))
		return defer_keep(d, "body", src, f->name_tok,
				  "%s() is no static function of that file "
				  "with a work alone", f->name);
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(ts, i, work) && !ctoken_is(ts, i - 1, "->") &&
		    !ctoken_is(ts, i - 1, ".")) {
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
	return drop_locks(d);
}

/* Is the function declared before it is called? Else it has to be. */
static void declare_body(const struct plan *p, struct defer *d)
{
	struct csource *src = d->in->src;
	bool declared = d->body->start < d->in->start;
	size_t start = d->in->start;

	for (size_t i = 0; i < src->proto_count; i++) {
		const struct cfunc *proto = &src->protos[i];

		if (strcmp(proto->name, d->body->name))
			continue;
		declared = true;
		defer_change(d, CHANGE_PROTO, src, proto->open + 1,
			     ctokens_match(&src->toks, proto->open,
					   src->toks.n),
			     xasprintf("struct %s *%s", d->tag, d->var));
	}
	if (!declared)
		defer_change(d, CHANGE_DECLARE, src, start, start,
			     xasprintf("static void %s(struct %s *%s);",
				       d->body->name, d->tag, d->var));
	(void)p;
}

/* A call where it was queued, or behind the unlock that follows. */
static bool place_call(const struct plan *p, struct defer *d)
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

/* What a header declares, files of other modules may use. */
static bool is_private(const struct plan *p, struct defer *d)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct change *c = &d->changes[i];
		char *user;

		if (c->kind != CHANGE_FIELD || ends_with(c->src->path, ".c"))
			continue;
		user = member_user(p->mod, c->src->path, d->field);
		if (user)
			defer_keep(d, "other-module", c->src, c->from,
				   "%s uses %s, too", user, d->field);
		free(user);
	}
	return !d->keeps;
}

bool defer_find(const struct plan *p, struct defer *d)
{
	*d = (struct defer){0};
	if (!find_queueing(p, d))
		return twin_find(p, d);
	if (d->keeps || !read_queueing(d) || !find_declaration(p, d) ||
	    !read_body(d) || !is_only_work(p, d) || !look_at_uses(p, d) ||
	    !defer_body_is_filter(p, d) || !is_private(p, d) || !place_call(p, d) ||
	    !defer_callers_fit(p, d, d->in) || !defer_body_fits_rtnl(p, d))
		return true;
	declare_body(p, d);
	return true;
}
