// SPDX-License-Identifier: GPL-2.0-only
/*
 * A helper that got its device for nothing but the lists gets the lists in the
 * device's place: no parameter is left that nobody uses.
 */
#include <stdlib.h>
#include <string.h>

#include "plan.h"

#define MACRO_DEPTH 4

/* Is the word in the macro's text, other than for one of its own parameters? */
static bool macro_names(const struct cmodule *mod, const struct cmacro *m,
			const char *word, int depth)
{
	struct ctokens ts;
	bool found = false;

	ctokens_read_body(&ts, m->body, strlen(m->body));
	for (size_t i = 0; i < ts.n && !found; i++) {
		struct cmacro *inner;
		char *name;

		if (!ctoken_is_word(&ts, i))
			continue;
		found = ctoken_is(&ts, i, word);
		name = ctoken_dup(&ts, i);
		inner = depth ? cmodule_macro(mod, name) : NULL;
		free(name);
		if (!found && inner && inner != m)
			found = macro_names(mod, inner, word, depth - 1);
	}
	ctokens_free(&ts);
	return found;
}

bool replace_in_macros(const struct plan *p, const struct cfunc *f,
		       const char *word)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body; i < f->end; i++) {
		struct cmacro *m;
		char *name;
		bool found = false;

		if (!ctoken_is_word(ts, i))
			continue;
		name = ctoken_dup(ts, i);
		for (size_t k = 0;
		     !found && (m = cmodule_macro_at(p->mod, name, k)); k++)
			found = macro_names(p->mod, m, word, MACRO_DEPTH);
		free(name);
		if (found)
			return true;
	}
	return false;
}

/* The parenthesis of a call's arguments, also behind "(*ops->f)". */
static size_t call_open(const struct plan_call *c)
{
	return ctoken_is(&c->in->src->toks, c->tok + 1, ")") ? c->tok + 2 :
							       c->tok + 1;
}

/* The argument that the lists take the place of in that call. */
static struct carg replaced_arg(const struct plan_call *c)
{
	struct carg arg = {0};
	struct cargs args;

	cargs_read(&args, &c->in->src->toks, call_open(c));
	if (c->callee->dropped < args.n)
		arg = args.v[c->callee->dropped];
	cargs_free(&args);
	return arg;
}

/* Does a call of a function that gets no device any more take it away? */
static bool call_takes(const struct plan *p, const struct cfunc *in, size_t tok)
{
	for (size_t i = 0; i < p->call_count; i++) {
		const struct plan_call *c = &p->calls[i];
		struct carg arg;

		if (c->in != in || !c->callee->drops)
			continue;
		arg = replaced_arg(c);
		if (tok >= arg.from && tok < arg.to)
			return true;
	}
	return false;
}

static bool text_has_word(const struct ctokens *ts, size_t i, const char *word)
{
	char *text = ctoken_dup(ts, i);
	bool found = strstr(text, word);

	free(text);
	return found;
}

/*
 * Is every use of that parameter taken away, and was there one? Among several
 * functions behind a member, one that never used it is no obstacle.
 */
static bool is_left_unused(const struct plan *p, const struct plan_func *pf,
			   size_t k)
{
	const struct cfunc *f = pf->node->f;
	const struct ctokens *ts = &f->src->toks;
	const char *name = f->params[k].name;
	bool any = false;

	for (size_t i = f->body; i < f->end; i++) {
		if (ts->v[i].kind == TOK_DIRECTIVE &&
		    text_has_word(ts, i, name))
			return false;
		if (!ctoken_is(ts, i, name) || ctoken_is_member(ts, i))
			continue;
		if (!plan_use_takes(pf, i) && !call_takes(p, f, i))
			return false;
		any = true;
	}
	return (any || pf->node->member) && !replace_in_macros(p, f, name);
}

/* Do all functions behind the same member agree, and has one of them a use? */
static bool others_agree(const struct plan *p, const struct plan_func *pf)
{
	bool any = false;

	if (!pf->node->member)
		return true;
	for (size_t i = 0; i < p->func_count; i++) {
		const struct plan_func *other = &p->funcs[i];

		if (other->node->member != pf->node->member)
			continue;
		if (!other->drops || other->dropped != pf->dropped)
			return false;
		any |= other->node->uses.n > 0;
	}
	return any;
}

static bool is_macro_call(const struct plan_call *c)
{
	for (size_t i = 0; c->via && i < c->via->call_count; i++)
		if (c->via->calls[i].in == c->in &&
		    c->via->calls[i].tok == c->tok &&
		    (c->via->calls[i].is_macro || c->via->calls[i].skip))
			return true;
	return false;
}

/* "*name;", or its value is set: nothing reads it there. */
static bool is_no_read(const struct ctokens *ts, size_t i)
{
	return ctoken_is(ts, i + 1, "=") ||
	       (ctoken_is(ts, i - 1, "*") && ctoken_is_word(ts, i - 2) &&
		(ctoken_is(ts, i + 1, ";") || ctoken_is(ts, i + 1, ",")));
}

/*
 * What a planned caller gave: the variable that it begins with must have
 * another use there, or be a parameter.
 */
static bool caller_is_left_one(const struct plan *p, const struct plan_call *c,
			       const struct carg *arg)
{
	const struct cfunc *f = c->in;
	const struct ctokens *ts = &f->src->toks;
	struct plan_func *pf = plan_func_of(p, f);
	char *word = ctoken_dup(ts, arg->from);
	bool left = false;

	for (size_t i = f->body; i < f->end; i++)
		left |= ctoken_is(ts, i, word) && !ctoken_is_member(ts, i) &&
			!is_no_read(ts, i) && !plan_use_takes(pf, i) &&
			!call_takes(p, f, i);
	for (size_t i = 0; i < f->param_count; i++)
		left |= f->params[i].name && !strcmp(f->params[i].name, word);
	free(word);
	return left;
}

/* Nothing is lost where the argument is not computed any more. */
static bool is_plain(const struct ctokens *ts, const struct carg *arg)
{
	for (size_t i = arg->from; i < arg->to; i++)
		if (!ctoken_is_word(ts, i) && !ctoken_is(ts, i, "->") &&
		    !ctoken_is(ts, i, "."))
			return false;
	return arg->to > arg->from;
}

/* Is another call that changes among the arguments? */
static bool is_nested(const struct plan *p, const struct plan_call *c)
{
	size_t open = call_open(c);
	size_t close = ctokens_match(&c->in->src->toks, open,
				     c->in->src->toks.n);

	for (size_t i = 0; i < p->call_count; i++)
		if (p->calls[i].in == c->in && p->calls[i].tok > open &&
		    p->calls[i].tok < close)
			return true;
	return false;
}

static bool calls_agree(const struct plan *p, const struct plan_func *pf)
{
	for (size_t i = 0; i < p->call_count; i++) {
		const struct plan_call *c = &p->calls[i];
		struct carg arg;

		if (c->callee != pf)
			continue;
		arg = replaced_arg(c);
		if (is_macro_call(c) || c->lock || is_nested(p, c) ||
		    !is_plain(&c->in->src->toks, &arg) ||
		    (plan_func_of(p, c->in) && !caller_is_left_one(p, c, &arg)))
			return false;
	}
	return true;
}

/* Is it the only function of that name, with declarations like it? */
static bool is_unique(const struct plan *p, const struct cfunc *f)
{
	size_t count = 0;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		count += csource_definitions(src, f->name);
		for (size_t i = 0; i < src->proto_count; i++)
			if (!strcmp(src->protos[i].name, f->name) &&
			    src->protos[i].param_count != f->param_count)
				return false;
	}
	return count == 1;
}

/* The one device among the parameters; SIZE_MAX for none, or several. */
static size_t device_param(const struct cfunc *f)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < f->param_count; i++)
		if (f->params[i].is_netdev && f->params[i].name) {
			if (found != SIZE_MAX)
				return SIZE_MAX;
			found = i;
		}
	return found;
}

static void set_all(struct plan_call *c)
{
	const struct ctokens *ts = &c->in->src->toks;
	struct strbuf sb = {0};
	struct cargs args;

	cargs_read(&args, ts, call_open(c));
	for (size_t i = 0; i < args.n; i++) {
		char *text = ctokens_text(ts, args.v[i].from, args.v[i].to);

		sb_addf(&sb, "%s%s", i ? ", " : "",
			i == c->callee->dropped ? c->more : text);
		free(text);
	}
	cargs_free(&args);
	c->all = sb_detach(&sb);
}

void replace_params(struct plan *p)
{
	bool again = true;

	for (size_t i = 0; i < p->func_count; i++) {
		struct plan_func *pf = &p->funcs[i];

		pf->dropped = device_param(pf->node->f);
		pf->drops = !pf->node->is_callback && pf->dropped != SIZE_MAX &&
			    is_unique(p, pf->node->f);
	}
	/* Each that falls out may take the use of another's away. */
	while (again) {
		again = false;
		for (size_t i = 0; i < p->func_count; i++) {
			struct plan_func *pf = &p->funcs[i];

			if (!pf->drops ||
			    (is_left_unused(p, pf, pf->dropped) &&
			     others_agree(p, pf) && calls_agree(p, pf)))
				continue;
			pf->drops = false;
			again = true;
		}
	}
	for (size_t i = 0; i < p->call_count; i++)
		if (p->calls[i].callee->drops)
			set_all(&p->calls[i]);
}
