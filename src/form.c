// SPDX-License-Identifier: GPL-2.0-only
#include "form.h"

#include <string.h>

#include "macroreturn.h"

static bool has_directive(const struct cfunc *f, size_t end)
{
	for (size_t i = f->start; i < end; i++)
		if (f->src->toks.v[i].kind == TOK_DIRECTIVE)
			return true;
	return false;
}

/* The void value at tok is returned: a call that can be split off? */
static void check_return(struct unit *u, struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	struct plan *p = u->plan;

	if (!ctoken_is_word(ts, tok) || !ctoken_is(ts, tok + 1, "(") ||
	    !ctoken_is(ts, ctokens_match(ts, tok + 1, f->end) + 1, ";")) {
		plan_refuse(u, "return-call", "H15", f->src, tok - 1,
			    "%s() returns the value of a void function",
			    f->name);
		return;
	}
	GROW(p->returns, p->return_count, p->return_cap);
	p->returns[p->return_count++] = (struct plan_return){f, tok, false};
}

/* A body that is held may return what it did. */
void form_note_returns(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t i = 0; i < p->return_count && !p->held; i++) {
		const struct plan_return *r = &p->returns[i];

		plan_hazard(u, "H15", MENDED, r->in->src, r->tok,
			    r->is_macro ? "a macro returns from %s(): it is "
					  "given the 0" :
					  "%s() returned the value of a void "
					  "function: the call stands by itself",
			    r->in->name);
	}
}

static bool has_plain_return(const struct cfunc *f)
{
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(&f->src->toks, i, "return") &&
		    ctoken_is(&f->src->toks, i + 1, ";"))
			return true;
	return false;
}

/* Macros that return: "RET();" becomes "RET(0);". */
static void check_macro_returns(struct unit *u, struct plan_func *pf)
{
	struct plan *p = u->plan;
	struct cfunc *f = pf->node->f;
	size_t seen = 0;

	for (size_t i = 0; i < p->graph->returns.n; i++) {
		const struct remark *r = &p->graph->returns.v[i];

		if (r->node != pf->node || r->tok == seen)
			continue;
		seen = r->tok;
		if (macro_return_is_last(f, seen))
			pf->ends_in_macro = true;
		if (!macro_return_takes_value(p->mod, f->src, seen) ||
		    (pf->ends_in_macro && has_plain_return(f))) {
			plan_refuse(u, "macro", "H15", f->src, seen,
				    "%s hides a return", r->what);
			continue;
		}
		GROW(p->returns, p->return_count, p->return_cap);
		p->returns[p->return_count++] =
			(struct plan_return){f, seen, true};
	}
}

static bool is_called(const struct plan *p, const struct cfunc *f)
{
	struct crefs refs = {0};
	bool called = false;

	cmodule_refs(p->mod, csource_func(f->src, f->name), &refs);
	for (size_t i = 0; i < refs.n; i++)
		called |= refs.v[i].is_call;
	crefs_free(&refs);
	return called;
}

/*
 * Several definitions under #ifdef: a rule rewrites all of them by their name,
 * if they are callbacks that get lists of the same names and nothing else.
 */
static bool may_differ(const struct plan *p, const struct plan_func *pf)
{
	const struct cfunc *f = pf->node->f;

	if (!pf->node->is_callback || is_called(p, f))
		return false;
	for (size_t i = 0; i < p->func_count; i++) {
		const struct plan_func *other = &p->funcs[i];

		if (other->node->f->src == f->src &&
		    !strcmp(other->node->f->name, f->name) &&
		    (!other->node->is_callback || strcmp(other->uc, pf->uc) ||
		     strcmp(other->mc, pf->mc)))
			return false;
	}
	return true;
}

/* What in a function's form keeps a rule from rewriting it. */
void form_check(struct unit *u, struct plan_func *pf)
{
	struct cfunc *f = pf->node->f;
	const struct ctokens *ts = &f->src->toks;

	if (has_directive(f, f->body) ||
	    (csource_definitions(f->src, f->name) > 1 &&
	     !may_differ(u->plan, pf)))
		plan_refuse(u, "conditional", NULL, f->src, f->name_tok,
			    "%s() is defined conditionally", f->name);
	if (!pf->node->is_callback)
		return;
	if (f->param_count != 1 || !f->params[0].is_netdev || !f->is_void)
		plan_refuse(u, "signature", NULL, f->src, f->name_tok,
			    "%s() is not 'void %s(struct net_device *)'",
			    f->name, f->name);
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(ts, i, "return") && !ctoken_is(ts, i + 1, ";"))
			check_return(u, f, i + 1);
	check_macro_returns(u, pf);
}
