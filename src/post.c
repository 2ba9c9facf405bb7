// SPDX-License-Identifier: GPL-2.0-only
#include "post.h"

#include <stdlib.h>
#include <string.h>

#include "collapse.h"

/* Everything that a check needs. */
struct post {
	const struct session *s;
	const struct unit *u;
	const struct plan *p;
	struct cmodule *mod;	/* the module with the new files in place */
	struct graph *graph;	/* from the same callbacks */
};

static struct csource *copy_source(const char *path, const struct strbuf *text)
{
	struct strbuf copy = {0};

	sb_add(&copy, sb_str(text), text->len);
	return csource_parse(path, &copy);
}

/* Spatch's tokens and those laid out are the same. */
static char *check_layout(const struct converted_file *f)
{
	struct ctokens raw, new;
	char *why = NULL;

	ctokens_read(&raw, sb_str(&f->raw), f->raw.len, false);
	ctokens_read(&new, sb_str(&f->new), f->new.len, false);
	if (!ctokens_same(&raw, &new))
		why = xasprintf("%s: the layout changed more than white space",
				f->path);
	ctokens_free(&raw);
	ctokens_free(&new);
	return why;
}

static char *check_changed(const struct converted_file *f)
{
	if (f->old.len == f->new.len &&
	    !memcmp(sb_str(&f->old), sb_str(&f->new), f->old.len))
		return xasprintf("%s: spatch changed nothing", f->path);
	return NULL;
}

static void read_after(struct post *c, const struct converted_file *files,
		       size_t n)
{
	const struct cmodule *old = c->p->mod;
	struct csource **sources = xcalloc(old->count, sizeof(*sources));

	for (size_t i = 0; i < old->count; i++) {
		const struct csource *src = old->sources[i];
		const struct strbuf *text = &src->text;

		for (size_t k = 0; k < n; k++)
			if (!strcmp(files[k].path, src->path))
				text = &files[k].new;
		sources[i] = copy_source(src->path, text);
	}
	c->mod = cmodule_of(sources, old->count);
	c->graph = graph_new(c->mod);
	free(sources);
}

/* Each assignment stands in its file, under the new name. */
static char *check_assignments(struct post *c)
{
	for (size_t i = 0; i < c->u->assignment_count; i++) {
		const struct assignment *a = &c->u->assignments[i];
		struct csource *src = cmodule_source(c->mod, a->file);
		struct ndo_uses old = {0}, new = {0};
		size_t wanted = 0, found = 0;
		char *why = NULL;
		struct cfunc *f;

		ndo_uses_read(&old, src, NDO_LEGACY);
		ndo_uses_read(&new, src, NDO_ASYNC);
		for (size_t k = 0; k < c->u->assignment_count; k++)
			wanted += !strcmp(c->u->assignments[k].file, a->file) &&
				  !strcmp(c->u->assignments[k].callback,
					  a->callback);
		for (size_t k = 0; k < new.n; k++)
			found += ndo_assigns(new.v[k].kind) &&
				 !strcmp(new.v[k].callback, a->callback);
		for (size_t k = 0; k < old.n && !why; k++)
			if (ndo_assigns(old.v[k].kind) ||
			    old.v[k].kind == NDO_CALL)
				why = xasprintf("%s:%d: still legacy", a->file,
						old.v[k].line);
		if (!why && found != wanted)
			why = xasprintf("%s: %s is set %zu times, not %zu",
					a->file, a->callback, found, wanted);
		f = cmodule_func(c->mod, src, a->callback);
		if (!why && !f)
			why = xasprintf("%s: %s() has gone", a->file,
					a->callback);
		if (!why)
			graph_add_callback(c->graph, f);
		ndo_uses_free(&old);
		ndo_uses_free(&new);
		if (why)
			return why;
	}
	graph_close(c->graph);
	return NULL;
}

/* No use of a device's own list is left on the callbacks' paths. */
static char *check_live_lists(struct post *c)
{
	for (size_t i = 0; i < c->graph->count; i++) {
		const struct node *n = c->graph->nodes[i];

		for (size_t k = 0; k < n->uses.n; k++) {
			char *place, *why;

			if (n->uses.v[k].kind == USE_TOLD)
				continue;
			place = csource_place(n->f->src, n->uses.v[k].tok);
			why = xasprintf("%s: %s() still uses a live list",
					place, n->f->name);

			free(place);
			return why;
		}
	}
	if (c->graph->indirect.n)
		return xasprintf("%s() still uses a live list",
				 c->graph->indirect.v[0].what);
	return NULL;
}

static bool param_is_list(const struct cfunc *f, size_t i, const char *name)
{
	const struct ctokens *ts = &f->src->toks;
	size_t from = f->params[i].from;

	if (ctoken_is(ts, from, "const"))
		from++;
	return ctoken_is(ts, from, "struct") &&
	       ctoken_is(ts, from + 1, "netdev_hw_addr_list") &&
	       ctoken_is(ts, from + 2, "*") && f->params[i].name &&
	       !strcmp(f->params[i].name, name);
}

static size_t count_lists(const struct plan_func *pf)
{
	return !!(pf->lists & LIST_UC) + !!(pf->lists & LIST_MC);
}

/* Each macro that returns has its 0; true where the last statement is one. */
static bool check_macros(const struct post *c, const struct plan_func *pf,
			 const struct cfunc *f, char **why)
{
	const struct ctokens *ts = &f->src->toks;
	bool last = false;

	for (size_t i = 0; i < c->p->return_count && !*why; i++) {
		const struct plan_return *r = &c->p->returns[i];
		char *name;

		if (!r->is_macro || r->in != pf->node->f)
			continue;
		name = ctoken_dup(&r->in->src->toks, r->tok);
		for (size_t k = f->body; k < f->end && !*why; k++) {
			if (!ctoken_is(ts, k, name))
				continue;
			last = k + 5 == f->end;
			if (!ctoken_is(ts, k + 2, "0"))
				*why = xasprintf("%s() still has %s()", f->name,
						 name);
		}
		free(name);
	}
	return last;
}

/* "return f(...);", f being another of the callbacks. */
static bool returns_callback(const struct post *c, const struct cfunc *f,
			     size_t ret)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = 0; i < c->p->func_count; i++)
		if (c->p->funcs[i].node->is_callback && !c->p->held &&
		    ctoken_is(ts, ret + 1, c->p->funcs[i].node->f->name) &&
		    ctoken_is(ts, ret + 2, "("))
			return true;
	return false;
}

static bool ends_in_return(const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->end; i-- > f->body;)
		if (ctoken_is(ts, i, "return"))
			return i + 3 == f->end ||
			       (ctoken_is(ts, i + 2, "(") &&
				ctokens_match(ts, i + 2, f->end) + 2 == f->end);
	return false;
}

static char *check_returns(const struct post *c, const struct plan_func *pf,
			   const struct cfunc *f)
{
	char *why = NULL;
	const struct ctokens *ts = &f->src->toks;

	if (c->s->flavour != FLAVOUR_INT)
		return f->is_void ? NULL : xasprintf("%s() is not void", f->name);
	if (f->is_void || !ctoken_is(ts, f->name_tok - 1, "int"))
		return xasprintf("%s() does not return int", f->name);
	for (size_t i = f->body; i < f->end; i++)
		if (ctoken_is(ts, i, "return") &&
		    !ctoken_is(ts, i + 1, "0") && !returns_callback(c, f, i))
			return xasprintf("%s:%d: %s() returns no 0",
					 f->src->path, csource_line(f->src, i),
					 f->name);
	if (check_macros(c, pf, f, &why) || why)
		return why;
	if (!ends_in_return(f))
		return xasprintf("%s() does not end with a return", f->name);
	return NULL;
}

/* All declarations of the function have as many parameters. */
static char *check_declarations(struct post *c, const struct cfunc *f)
{
	for (size_t s = 0; s < c->mod->count; s++) {
		const struct csource *other = c->mod->sources[s];

		for (size_t i = 0; i < other->proto_count; i++)
			if (cmodule_declares(c->mod, &other->protos[i], f) &&
			    other->protos[i].param_count != f->param_count)
				return xasprintf("%s:%d: declares the old %s()",
						 other->path,
						 other->protos[i].line,
						 f->name);
	}
	return NULL;
}

/* A callback that is held does nothing but call its body under the lock. */
static char *check_held(struct post *c, const struct plan_func *pf)
{
	struct csource *src = cmodule_source(c->mod, pf->node->f->src->path);
	const struct cfunc *f = csource_func(src, pf->node->f->name);
	const char *dev = pf->node->f->params[0].name;
	char *body, *wanted, *why;
	bool same;

	if (!f || f->param_count != 3 || !param_is_list(f, 1, "uc") ||
	    !param_is_list(f, 2, "mc") ||
	    f->is_static != pf->node->f->is_static)
		return xasprintf("%s() is not the new callback",
				 pf->node->f->name);
	body = ctokens_text(&src->toks, f->body, f->end + 1);
	wanted = xasprintf("{ netif_addr_lock_bh(%s); %s(%s%s%s); "
			   "netif_addr_unlock_bh(%s);%s }", dev, pf->inner, dev,
			   pf->lists & LIST_UC ? ", uc" : "",
			   pf->lists & LIST_MC ? ", mc" : "", dev,
			   c->s->flavour == FLAVOUR_INT ? " return 0;" : "");
	same = !strcmp(body, wanted);
	free(body);
	free(wanted);
	if (!same)
		return xasprintf("%s() does not keep the lock around %s()",
				 f->name, pf->inner);
	why = check_declarations(c, f);
	return why ? why : check_returns(c, pf, f);
}

/* Of several definitions the one in the same place. */
static const struct cfunc *definition(const struct csource *new,
				      const struct cfunc *was, const char *name)
{
	size_t k = 0;

	for (size_t i = 0; &was->src->funcs[i] != was; i++)
		k += !strcmp(was->src->funcs[i].name, was->name);
	for (size_t i = 0; i < new->func_count; i++)
		if (!strcmp(new->funcs[i].name, name) && !k--)
			return &new->funcs[i];
	return NULL;
}

/* Definition and declarations of a planned function. */
static char *check_function(struct post *c, const struct plan_func *pf)
{
	const struct cfunc *was = pf->node->f;
	const char *name = plan_name(c->p, pf);
	struct csource *src = cmodule_source(c->mod, was->src->path);
	size_t lists = count_lists(pf);
	size_t n = was->param_count + lists - pf->drops;
	/* Behind the lists. */
	size_t end = pf->drops ? pf->dropped + lists : n;
	const struct cfunc *f = definition(src, was, name);
	bool held = plan_is_held(c->p, pf);
	char *why;

	if (!f || f->param_count != n)
		return xasprintf("%s() does not have %zu parameters", name, n);
	if ((pf->lists & LIST_UC && !param_is_list(f, end - lists, pf->uc)) ||
	    (pf->lists & LIST_MC && !param_is_list(f, end - 1, pf->mc)))
		return xasprintf("%s() does not get its lists", name);
	if (held && (!f->is_static || !f->is_void))
		return xasprintf("%s() is not 'static void'", name);
	why = check_declarations(c, f);
	if (why)
		return why;
	if (held)
		return check_held(c, pf);
	return pf->node->is_callback ? check_returns(c, pf, f) : NULL;
}

/* Every call has as many arguments as its function parameters. */
static char *check_calls(struct post *c, const struct plan_func *pf)
{
	struct csource *src =
		cmodule_source(c->mod, pf->node->f->src->path);
	const struct cfunc *f = csource_func(src, plan_name(c->p, pf));
	struct crefs refs = {0};
	char *why = NULL;
	/* The callback around a body that is held is one more caller. */
	size_t calls = 0, wanted = plan_is_held(c->p, pf);

	cmodule_refs(c->mod, f, &refs);
	for (size_t i = 0; i < refs.n && !why; i++) {
		struct cargs args;

		if (!refs.v[i].is_call)
			continue;
		calls++;
		cargs_read(&args, &refs.v[i].src->toks, refs.v[i].tok + 1);
		if (args.n != f->param_count)
			why = xasprintf("%s:%d: calls %s() with %zu arguments",
					refs.v[i].src->path,
					csource_line(refs.v[i].src,
						     refs.v[i].tok),
					f->name, args.n);
		cargs_free(&args);
	}
	crefs_free(&refs);
	for (size_t i = 0; i < c->p->call_count; i++)
		wanted += !c->p->calls[i].via && c->p->calls[i].callee == pf;
	if (!why && calls != wanted)
		why = xasprintf("%s() is called %zu times, not %zu", f->name,
				calls, wanted);
	return why;
}

/* Every followed member is declared, set and called as planned. */
static char *check_members(struct post *c)
{
	const struct graph *old = c->p->graph;

	for (size_t i = 0; i < old->member_count; i++) {
		const struct member *was = old->members[i];
		const struct plan_func *pf = plan_member_func(c->p, was);
		struct member *m;
		char *why = NULL;

		if (!pf)
			continue;
		m = member_read(c->mod, was->name);
		if (m->why)
			why = xasprintf("%s: %s", m->name, m->why);
		else if (m->param_count !=
			 was->param_count + count_lists(pf) - pf->drops)
			why = xasprintf("%s does not get its lists", m->name);
		else if (m->call_count != was->call_count ||
			 m->targets.n != was->targets.n)
			why = xasprintf("%s is not set and called as before",
					m->name);
		member_free(m);
		if (why)
			return why;
	}
	return NULL;
}

static bool is_planned(const struct plan *p, const struct cfunc *f)
{
	for (size_t i = 0; i < p->func_count; i++)
		if (p->funcs[i].node->f == f)
			return true;
	for (size_t i = 0; i < p->call_count; i++)
		if (p->calls[i].in == f)
			return true;
	for (size_t i = 0; i < p->ndo_call_count; i++)
		if (p->ndo_calls[i].in == f)
			return true;
	for (size_t i = 0; i < p->bh_locks.n; i++)
		if (p->bh_locks.v[i] == f)
			return true;
	return false;
}

static bool sets_ops(const struct unit *u, const struct cfunc *f)
{
	for (size_t i = 0; i < u->assignment_count; i++)
		if (!strcmp(u->assignments[i].file, f->src->path) &&
		    u->assignments[i].line >= csource_line(f->src, f->start) &&
		    u->assignments[i].line <= csource_line(f->src, f->end))
			return true;
	return false;
}

/* Functions that the plan does not name are as they were. */
static char *check_others(struct post *c, const char *path)
{
	const struct csource *old = cmodule_source(c->p->mod, path);
	const struct csource *new = cmodule_source(c->mod, path);
	size_t added = 0;

	for (size_t i = 0; i < c->p->func_count; i++)
		added += plan_is_held(c->p, &c->p->funcs[i]) &&
			 c->p->funcs[i].node->f->src == old;
	if (old->func_count + added != new->func_count)
		return xasprintf("%s: has %zu functions, not %zu", path,
				 new->func_count, old->func_count + added);
	for (size_t i = 0, k = 0; i < old->func_count; i++, k++) {
		const struct cfunc *a = &old->funcs[i], *b = &new->funcs[k];
		struct plan_func *pf = plan_func_of(c->p, a);
		char *x, *y;
		bool same;

		/* The new callback stands right below its body. */
		k += pf && plan_is_held(c->p, pf);
		if (is_planned(c->p, a) || sets_ops(c->u, a))
			continue;
		x = ctokens_text(&old->toks, a->start, a->end + 1);
		y = ctokens_text(&new->toks, b->start, b->end + 1);
		same = !strcmp(x, y);
		free(x);
		free(y);
		if (!same)
			return xasprintf("%s:%d: %s() was not to change", path,
					 b->line, b->name);
	}
	return NULL;
}

static char *run_checks(struct post *c, const struct converted_file *files,
			size_t n)
{
	char *why = check_assignments(c);

	if (!why)
		why = check_live_lists(c);
	for (size_t i = 0; i < c->p->func_count && !why; i++) {
		why = check_function(c, &c->p->funcs[i]);
		if (!why)
			why = check_calls(c, &c->p->funcs[i]);
	}
	if (!why)
		why = check_members(c);
	for (size_t i = 0; i < n && !why; i++)
		why = check_others(c, files[i].path);
	if (!why)
		why = collapse_leftover(c->p->collapse, c->mod);
	return why;
}

char *post_check(const struct session *s, const struct unit *u,
		 const struct converted_file *files, size_t n)
{
	struct post c = {.s = s, .u = u, .p = u->plan};
	char *why = NULL;

	for (size_t i = 0; i < n && !why; i++) {
		why = check_changed(&files[i]);
		if (!why)
			why = check_layout(&files[i]);
	}
	if (why)
		return why;
	read_after(&c, files, n);
	why = run_checks(&c, files, n);
	graph_free(c.graph);
	cmodule_free(c.mod);
	return why;
}
