// SPDX-License-Identifier: GPL-2.0-only
#include "member.h"

#include <stdlib.h>
#include <string.h>

#include "listuse.h"
#include "membermacro.h"
#include "memberstruct.h"

/* The first reason stays. */
static void give_up(struct member *m, const struct csource *src, size_t tok,
		    char *why)
{
	if (m->why) {
		free(why);
		return;
	}
	m->why = why;
	m->why_src = src;
	m->why_tok = tok;
}

static void add_target(struct member *m, struct cfunc *f)
{
	for (size_t i = 0; i < m->targets.n; i++)
		if (m->targets.v[i] == f)
			return;
	GROW(m->targets.v, m->targets.n, m->targets.cap);
	m->targets.v[m->targets.n++] = f;
}

/* The value begins at token i: a function of the module, or none at all. */
static void read_value(struct member *m, const struct cmodule *mod,
		       struct csource *src, size_t i)
{
	const struct ctokens *ts = &src->toks;
	struct cfunc *f;
	size_t end;
	char *name;

	if (ctoken_is(ts, i, "&"))
		i++;
	end = i + 1;
	name = ctoken_dup(ts, i);
	f = ctoken_is_word(ts, i) ? cmodule_func(mod, src, name) : NULL;
	if (!ctoken_is(ts, end, ",") && !ctoken_is(ts, end, ";") &&
	    !ctoken_is(ts, end, "}"))
		f = NULL;
	else if (!strcmp(name, "NULL"))
		goto out;
	if (f)
		add_target(m, f);
	else
		give_up(m, src, i,
			xasprintf("%s is set to what is no function of this "
				  "module", m->name));
out:
	free(name);
}

static void add_call(struct member *m, struct csource *src, size_t tok,
		     size_t open)
{
	struct member_call c = {
		.src = src,
		.in = csource_func_at(src, tok),
		.tok = tok,
		.open = open,
	};

	if (!c.in) {
		give_up(m, src, tok, xasprintf("%s is called outside of any "
					       "function", m->name));
		return;
	}
	GROW(m->calls, m->call_count, m->call_cap);
	m->calls[m->call_count++] = c;
}

/* A macro that uses the member, at its name. */
static void read_macro_use(struct member *m, const struct cmodule *mod,
			   struct csource *src, size_t tok,
			   const struct cmacro *macro)
{
	const struct ctokens *ts = &src->toks;
	struct cargs args = {0};
	size_t skip = 0;

	if (ctoken_is(ts, tok + 1, "("))
		cargs_read(&args, ts, tok + 1);
	if (args.n && member_macro_calls(mod, macro, m->name, args.n, &skip)) {
		size_t n = m->call_count;

		add_call(m, src, tok, tok + 1);
		if (m->call_count > n) {
			m->calls[n].is_macro = true;
			m->calls[n].skip = skip;
		}
	} else {
		give_up(m, src, tok, xasprintf("macro %s uses %s", macro->name,
					       m->name));
	}
	cargs_free(&args);
}

/* "x->f" or ".f" with the name at tok. */
static void read_use(struct member *m, const struct cmodule *mod,
		     struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;
	size_t start = chain_start(ts, tok);

	if (ctoken_is(ts, tok + 1, "="))
		read_value(m, mod, src, tok + 2);
	else if (ctoken_is(ts, tok + 1, "("))
		add_call(m, src, tok, tok + 1);
	else if (ctoken_is(ts, tok + 1, ")") && ctoken_is(ts, tok + 2, "(") &&
		 ctoken_is(ts, start - 1, "*") && ctoken_is(ts, start - 2, "("))
		add_call(m, src, tok, tok + 2);
	else if (!member_is_test(ts, start, tok))
		give_up(m, src, tok,
			xasprintf("%s is used as a value here", m->name));
}

/* "(*f)(" in a struct's body. */
static void read_declaration(struct member *m, struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;
	char *tag = member_struct_around(ts, tok);
	struct cargs args;

	if (!tag)
		return;
	if (m->src || !*tag) {
		give_up(m, src, tok, xasprintf(m->src ?
			"%s is declared in more than one struct" :
			"%s is declared in a struct without a name", m->name));
		free(tag);
		return;
	}
	free(m->tag);
	m->tag = tag;
	m->src = src;
	m->tok = tok;
	m->open = tok + 2;
	cargs_read(&args, ts, m->open);
	m->param_count = args.n;
	if (!ctoken_is(ts, args.close + 1, ";"))
		give_up(m, src, tok, xasprintf("%s is not declared as a plain "
					       "function pointer", m->name));
	cargs_free(&args);
}

static void read_source(struct member *m, const struct cmodule *mod,
			struct csource *src, const struct strvec *macros)
{
	const struct ctokens *ts = &src->toks;

	for (size_t i = 2; i < ts->n; i++) {
		for (size_t k = 0; k < macros->n; k++)
			if (ctoken_is(ts, i, macros->v[k]))
				read_macro_use(m, mod, src, i,
					       cmodule_macro(mod,
							     macros->v[k]));
		if (!ctoken_is(ts, i, m->name))
			continue;
		if (ctoken_is_member(ts, i))
			read_use(m, mod, src, i);
		else if (ctoken_is(ts, i - 1, "*") &&
			 ctoken_is(ts, i - 2, "(") &&
			 ctoken_is(ts, i + 1, ")") &&
			 ctoken_is(ts, i + 2, "("))
			read_declaration(m, src, i);
	}
}

/* A macro that sets the member to a function of the module. */
static void read_macro_sets(struct member *m, const struct cmodule *mod,
			    struct csource *src, const struct cmacro *macro)
{
	struct ctokens ts;

	ctokens_read_body(&ts, macro->body, strlen(macro->body));
	for (size_t i = 1; i + 1 < ts.n; i++) {
		size_t v = i + 2 + ctoken_is(&ts, i + 2, "&");
		struct cfunc *f = NULL;
		char *name;

		if (!ctoken_is(&ts, i, m->name) || !ctoken_is(&ts, i - 1, ".") ||
		    !ctoken_is(&ts, i + 1, "="))
			continue;
		if (ctoken_is_word(&ts, v) &&
		    (v + 1 == ts.n || ctoken_is(&ts, v + 1, ","))) {
			name = ctoken_dup(&ts, v);
			f = cmodule_func(mod, src, name);
			free(name);
		}
		if (f)
			add_target(m, f);
		else
			give_up(m, src, 0,
				xasprintf("macro %s (line %d) sets %s to what "
					  "is no function of this module",
					  macro->name, macro->line, m->name));
	}
	ctokens_free(&ts);
}

/* Reads what macros set, and lists those that use it. */
static void read_macros(struct member *m, const struct cmodule *mod,
			struct strvec *users)
{
	for (size_t s = 0; s < mod->count; s++) {
		struct csource *src = mod->sources[s];

		for (size_t i = 0; i < src->macro_count; i++) {
			read_macro_sets(m, mod, src, &src->macros[i]);
			if (member_macro_uses(mod, &src->macros[i], m->name))
				sv_add_once(users, src->macros[i].name);
		}
	}
}

/* Everything that is called or set has the declared number of parameters. */
static void check_counts(struct member *m)
{
	for (size_t i = 0; i < m->targets.n; i++) {
		const struct cfunc *f = m->targets.v[i];

		if (f->param_count != m->param_count)
			give_up(m, f->src, f->name_tok,
				xasprintf("%s() does not have the parameters "
					  "of %s", f->name, m->name));
	}
	for (size_t i = 0; i < m->call_count; i++) {
		const struct member_call *c = &m->calls[i];
		struct cargs args;

		member_call_args(c, &args);
		if (args.n != m->param_count)
			give_up(m, c->src, c->tok,
				xasprintf("%s is called with %zu arguments",
					  m->name, args.n));
		cargs_free(&args);
	}
}

struct member *member_read(const struct cmodule *mod, const char *name)
{
	struct member *m = xcalloc(1, sizeof(*m));
	struct member_gap gap = {0};
	struct strvec macros = {0};

	m->name = xstrdup(name);
	m->tag = xstrdup("");
	read_macros(m, mod, &macros);
	for (size_t s = 0; s < mod->count; s++)
		read_source(m, mod, mod->sources[s], &macros);
	if (!m->src) {
		give_up(m, mod->sources[0], 0,
			xasprintf("%s is not declared in this module's files",
				  name));
		sv_free(&macros);
		return m;
	}
	check_counts(m);
	if (member_struct_gap(mod, m->tag, &gap))
		give_up(m, gap.src, gap.tok, gap.why);
	member_struct_elsewhere(mod, m->src, m->name, &macros,
				&m->outside);
	sv_free(&macros);
	if (m->outside.n)
		give_up(m, m->src, m->tok,
			xasprintf("%s, which is no part of this module, uses "
				  "%s", m->outside.v[0], m->name));
	return m;
}

void member_free(struct member *m)
{
	if (!m)
		return;
	free(m->name);
	free(m->tag);
	free(m->targets.v);
	free(m->calls);
	sv_free(&m->outside);
	free(m->why);
	free(m);
}

size_t member_call_start(const struct member_call *c)
{
	size_t start = chain_start(&c->src->toks, c->tok);

	if (c->is_macro)
		return c->tok;
	return c->open == c->tok + 1 ? start : start - 2;
}

void member_call_args(const struct member_call *c, struct cargs *args)
{
	cargs_read(args, &c->src->toks, c->open);
	if (!c->skip || args->n < c->skip)
		return;
	args->n -= c->skip;
	memmove(args->v, args->v + c->skip, args->n * sizeof(*args->v));
}

bool member_set_in(const struct member *m, const struct cmacro *macro,
		   const char *func)
{
	struct ctokens ts;
	bool only = true;

	ctokens_read_body(&ts, macro->body, strlen(macro->body));
	for (size_t i = 0; i < ts.n && only; i++) {
		size_t at = i && ctoken_is(&ts, i - 1, "&") ? i - 1 : i;

		if (ctoken_is(&ts, i, func) && !(i && ctoken_is(&ts, i - 1, ".")))
			only = at > 2 && ctoken_is(&ts, at - 1, "=") &&
			       ctoken_is(&ts, at - 2, m->name) &&
			       ctoken_is(&ts, at - 3, ".");
	}
	ctokens_free(&ts);
	return only && strcmp(macro->name, func);
}
