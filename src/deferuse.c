// SPDX-License-Identifier: GPL-2.0-only
/* The work's member: where it is declared, set up, waited for. */
#include <stdlib.h>
#include <string.h>

#include "defer.h"
#include "deferword.h"
#include "memberuse.h"

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

static const char *const inits[] = {"INIT_WORK", "kthread_init_work"};

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
		"cancel_work", "kthread_cancel_work_sync",
		"kthread_flush_work",
	};
	const struct ctokens *ts = &src->toks;
	size_t word = i > 4 ? i - 5 : 0;
	bool queued = false;

	for (size_t k = i > 12 ? i - 12 : 0; k < i; k++)
		queued = queued || (defer_queues(ts, k) &&
				    ctokens_match(ts, k + 1, ts->n) == i + 1);

	if (ctoken_is(ts, i - 1, d->type) && ctoken_is(ts, i + 1, ";"))
		return true;
	if (ctoken_is(ts, i - 1, ",") && ctoken_is(ts, i + 1, ")") && d->body &&
	    csource_func_at(src, i) == d->body)
		return true;
	if (!ctoken_is(ts, i - 1, "->"))
		return defer_keep(d, "other-use", src, i,
				  "%s is used in another way", d->field);
	if (d->in->src == src && i > d->queue && i < d->queue_end)
		return true;
	if (TOKEN_IN(ts, word, inits) && ctoken_is(ts, i + 1, ","))
		return drop_statement(d, src, word);
	if (TOKEN_IN(ts, word, waits) && ctoken_is(ts, i + 1, ")"))
		return drop_statement(d, src, word) &&
		       defer_wait_is_needless(p, d, src, word);
	if (queued)
		return defer_keep(d, "queued-twice", src, word,
				  "%s is queued here, too", d->field);
	return defer_keep(d, "other-use", src, i, "%s is used in another way",
			  d->field);
}

bool defer_find_declaration(const struct plan *p, struct defer *d)
{
	struct csource *where = NULL;
	size_t decl = 0;

	for (size_t s = 0; s < p->mod->count; s++) {
		struct csource *src = p->mod->sources[s];
		const struct ctokens *ts = &src->toks;

		for (size_t i = 6; i + 1 < ts->n; i++) {
			if (!ctoken_is(ts, i, d->field))
				continue;
			if (ctoken_is(ts, i - 1, d->type) &&
			    ctoken_is(ts, i + 1, ";")) {
				if (where)
					return defer_keep(d, "other-use", src,
							  i, "two structs have "
							  "a %s", d->field);
				where = src;
				decl = i;
			}
			if (TOKEN_IN(ts, i - 5, inits) &&
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

bool defer_look_at_uses(const struct plan *p, struct defer *d)
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

/*
 * Does the file set the member up for a function of its own? Then its module
 * has works of its own there, and nothing to do with this one's.
 */
static bool has_its_own(const struct cmodule *mod, const char *path,
			const char *field)
{
	int error;
	struct csource *src = csource_read(mod->tree, path, &error);
	bool own = false;

	for (size_t i = 5; src && i + 3 < src->toks.n && !own; i++) {
		const struct ctokens *ts = &src->toks;
		char *name;

		if (!ctoken_is(ts, i, field) || !ctoken_is(ts, i + 1, ",") ||
		    !TOKEN_IN(ts, i - 5, inits) || !ctoken_is(ts, i + 3, ")"))
			continue;
		name = ctoken_dup(ts, i + 2);
		own = csource_func(src, name) &&
		      csource_func(src, name)->is_static;
		free(name);
	}
	csource_free(src);
	return own;
}

/* Nothing of the change is left, as what it took away has to stay. */
static void stays(struct defer *d, struct change *c, const char *user)
{
	c->kind = CHANGE_NONE;
	c->to = c->from;
	d->field_user = xstrdup(user);
}

bool defer_is_private(const struct plan *p, struct defer *d)
{
	for (size_t i = 0; i < d->count && !d->keeps; i++) {
		struct change *c = &d->changes[i];
		struct strvec users = {0};

		if (c->kind != CHANGE_FIELD || ends_with(c->src->path, ".c"))
			continue;
		member_users(p->mod, c->src->path, d->field, &users);
		for (size_t k = 0; k < users.n && !d->keeps; k++)
			if (!has_its_own(p->mod, users.v[k], d->field))
				defer_keep(d, "other-module", c->src, c->from,
					   "%s uses %s, too", users.v[k],
					   d->field);
		if (users.n && !d->keeps)
			stays(d, c, users.v[0]);
		sv_free(&users);
	}
	return !d->keeps;
}
