// SPDX-License-Identifier: GPL-2.0-only
#include "rulesign.h"

#include <stdlib.h>
#include <string.h>

/* The parameters of a declaration, as far as a rule has to name them. */
struct params {
	const struct ctokens *ts;
	struct cargs args;
	bool named;		/* each of them has a name */
	bool simple;		/* spatch knows the types without being told */
};

static char *helper_params(const struct plan_func *pf)
{
	struct strbuf sb = {0};

	for (unsigned l = LIST_UC; l <= LIST_MC; l <<= 1)
		if (pf->lists & l)
			sb_addf(&sb, "%s%sstruct netdev_hw_addr_list *%s",
				sb.len ? ", " : "",
				pf->read_only ? "const " : "",
				plan_list(pf, l));
	return sb_detach(&sb);
}

/* The lists as the callback gives them to its body: ", uc, mc". */
static char *held_args(const struct plan_func *pf)
{
	return xasprintf("%s%s", pf->lists & LIST_UC ? ", uc" : "",
			 pf->lists & LIST_MC ? ", mc" : "");
}

static void add_held(struct filler *f, const struct session *s,
		     const struct plan_func *pf, const char *name)
{
	char *params = helper_params(pf), *args = held_args(pf);
	char *more = xasprintf("%s%s", pf->lists ? "+\t, " : "", params);
	const struct cfunc *fn = pf->node->f;

	filler_set(f, "fn", fn->name);
	filler_set(f, "inner", pf->inner);
	/* The line with what the body gets. */
	filler_set(f, "more", more);
	filler_set(f, "static", fn->is_static ? "" : "+static");
	filler_set(f, "storage", fn->is_static ? "static " : "");
	filler_set(f, "ret", s->flavour == FLAVOUR_INT ? "int" : "void");
	filler_set(f, "dev", fn->params[0].name);
	filler_set(f, "args", args);
	filler_set(f, "return", s->flavour == FLAVOUR_INT ? "+\n+\treturn 0;" : "");
	filler_piece(f, name);
	free(params);
	free(args);
	free(more);
}

static void add_callback(struct filler *f, const struct session *s,
			 const struct plan_func *pf, const char *name)
{
	filler_set(f, "fn", pf->node->f->name);
	filler_set(f, "ret", s->flavour == FLAVOUR_INT ? "int" : "void");
	/* With its body elsewhere, no name in it is in the way. */
	filler_set(f, "uc", pf->inner ? "uc" : pf->uc);
	filler_set(f, "mc", pf->inner ? "mc" : pf->mc);
	filler_piece(f, name);
}

/* Words that spatch knows as types, or as a part of one. */
static bool is_simple(const struct ctokens *ts, size_t from, size_t to)
{
	static const char *const words[] = {
		"struct", "union", "enum", "const", "void", "char", "short",
		"int", "long", "unsigned", "signed", "*",
	};

	for (size_t i = from; i < to; i++) {
		bool known = false;

		for (size_t k = 0; k < ARRAY_SIZE(words); k++)
			known |= ctoken_is(ts, i, words[k]);
		if (!known && !(i > from && (ctoken_is(ts, i - 1, "struct") ||
					     ctoken_is(ts, i - 1, "union") ||
					     ctoken_is(ts, i - 1, "enum"))))
			return false;
	}
	return true;
}

static void params_read(struct params *ps, const struct ctokens *ts,
			size_t open)
{
	*ps = (struct params){.ts = ts, .named = true, .simple = true};
	cargs_read(&ps->args, ts, open);
	for (size_t i = 0; i < ps->args.n; i++) {
		const struct carg *a = &ps->args.v[i];
		bool simple = is_simple(ts, a->from, a->to);

		/* What is all type has no name. */
		ps->named &= !simple && ctoken_is_word(ts, a->to - 1);
		ps->simple &= simple;
	}
}

/*
 * The parameters that the function will have, with their names: what it has
 * now, and the lists.
 */
static char *all_params(const struct plan_func *pf)
{
	const struct cfunc *fn = pf->node->f;
	char *params = helper_params(pf);
	struct strbuf sb = {0};

	for (size_t i = 0; i < fn->param_count; i++) {
		char *text = ctokens_text(&fn->src->toks, fn->params[i].from,
					  fn->params[i].to);

		sb_addf(&sb, "%s%s", sb.len ? ", " : "",
			pf->drops && i == pf->dropped ? params : text);
		free(text);
	}
	if (!pf->drops && *params)
		sb_addf(&sb, ", %s", params);
	free(params);
	return sb_detach(&sb);
}

/* Has a declaration that names no parameters to get all of the names? */
static bool gets_names(const struct params *ps, const struct cfunc *fn)
{
	return !ps->named && ps->simple && ps->args.n == fn->param_count;
}

static char *all_text(const struct params *ps)
{
	return ctokens_text(ps->ts, ps->args.v[0].from,
			    ps->args.v[ps->args.n - 1].to);
}

/* `old`: the parameter that goes, as it stands there. */
static void add_in_place(struct filler *f, const struct plan_func *pf,
			 const char *name, const char *old)
{
	size_t before = pf->dropped;
	bool last = before + 1 == pf->node->f->param_count;
	char *params = helper_params(pf);
	char *list = before ? xasprintf("parameter list[%zu] ps;", before) :
			      xstrdup("");

	/* What is in front of it, and behind it. */
	filler_set(f, "before", list);
	filler_set(f, "ps", before ? " ps," : "");
	filler_set(f, "after", last ? "" : "parameter list qs;");
	filler_set(f, "qs", last ? "" : " , qs");
	filler_set(f, "fn", pf->node->f->name);
	filler_set(f, "old", old);
	filler_set(f, "params", params);
	filler_piece(f, name);
	free(list);
	free(params);
}

static void add_helper(struct filler *f, const struct plan_func *pf,
		       const char *name)
{
	char *params = helper_params(pf);

	filler_set(f, "fn", pf->node->f->name);
	filler_set(f, "params", params);
	filler_piece(f, name);
	free(params);
}

/* One declaration of a helper, or of a body that is held. */
static void add_prototype(struct filler *f, const struct session *s,
			  const struct plan *p, const struct plan_func *pf,
			  const struct params *ps, bool name_all)
{
	char *old = all_text(ps), *all = all_params(pf);
	bool held = plan_is_held(p, pf);

	if (name_all) {
		filler_set(f, "fn", pf->node->f->name);
		filler_set(f, "new", plan_name(p, pf));
		filler_set(f, "old", old);
		filler_set(f, "all", all);
		filler_piece(f, held ? "held-prototype-unnamed" :
				       "helper-prototype-unnamed");
	} else if (pf->drops) {
		const struct carg *a = &ps->args.v[pf->dropped];
		char *dropped = ctokens_text(ps->ts, a->from, a->to);

		add_in_place(f, pf, "helper-prototype-in-place", dropped);
		free(dropped);
	} else if (held) {
		add_held(f, s, pf, "held-prototype");
	} else {
		add_helper(f, pf, "helper-prototype");
	}
	free(old);
	free(all);
}

typedef void proto_fn(void *data, const struct params *ps);

static void each_prototype(const struct plan *p, const struct plan_func *pf,
			   proto_fn *fn, void *data)
{
	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->proto_count; i++) {
			const struct cfunc *proto = &src->protos[i];
			struct params ps;

			if (!proto->param_count ||
			    !cmodule_declares(p->mod, proto, pf->node->f))
				continue;
			params_read(&ps, &src->toks, proto->open);
			fn(data, &ps);
			cargs_free(&ps.args);
		}
	}
}

/* A function's declarations on their way into the rule. */
struct protos {
	struct filler *f;
	const struct session *s;
	const struct plan *p;
	const struct plan_func *pf;
	bool name_all;		/* all of them get names */
	struct strvec done;
};

static void look_for_names(void *data, const struct params *ps)
{
	struct protos *all = data;

	all->name_all &= gets_names(ps, all->pf->node->f);
}

static void add_one(void *data, const struct params *ps)
{
	struct protos *all = data;
	bool alike = !all->name_all && !all->pf->drops;
	char *key = alike ? xstrdup("") : all_text(ps);

	if (sv_add_once(&all->done, key))
		add_prototype(all->f, all->s, all->p, all->pf, ps,
			      all->name_all);
	free(key);
}

/*
 * Each kind of declaration once: a rule rewrites all that are alike. What gets
 * the lists added to whatever it has would get them again where another rule
 * did that: so all are given names, or none.
 */
static void add_prototypes(struct filler *f, const struct session *s,
			   const struct plan *p, const struct plan_func *pf)
{
	struct protos all = {f, s, p, pf, true, {0}};

	each_prototype(p, pf, look_for_names, &all);
	each_prototype(p, pf, add_one, &all);
	sv_free(&all.done);
}

/* Is the callback declared somewhere with (or without) a parameter's name? */
static bool has_prototype(const struct plan *p, const struct cfunc *f,
			  bool named)
{
	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];

		for (size_t i = 0; i < src->proto_count; i++) {
			const struct cfunc *proto = &src->protos[i];

			if (cmodule_declares(p->mod, proto, f) &&
			    proto->param_count &&
			    !!proto->params[0].name == named)
				return true;
		}
	}
	return false;
}

static void add_definition(struct filler *f, const struct plan_func *pf)
{
	const struct cfunc *fn = pf->node->f;
	char *old;

	if (!pf->drops) {
		add_helper(f, pf, "helper");
		return;
	}
	old = ctokens_text(&fn->src->toks, fn->params[pf->dropped].from,
			   fn->params[pf->dropped].to);
	add_in_place(f, pf, "helper-in-place", old);
	free(old);
}

/* Declarations first: spatch would make them follow a definition by itself. */
static void add_signature(struct filler *f, const struct session *s,
			  const struct plan *p, const struct plan_func *pf)
{
	bool named = has_prototype(p, pf->node->f, true);
	bool unnamed = has_prototype(p, pf->node->f, false);
	bool held = plan_is_held(p, pf);

	if (!pf->node->is_callback || (held && pf->early))
		add_prototypes(f, s, p, pf);
	else if (named || unnamed)
		add_callback(f, s, pf,
			     named ? "prototype" : "prototype-unnamed");
	if (held)
		add_held(f, s, pf, "held");
	else if (!pf->node->is_callback)
		add_definition(f, pf);
	else
		add_callback(f, s, pf,
			     s->flavour == FLAVOUR_INT && !pf->ends_in_macro ?
				     "signature-int" :
				     "signature");
}

/* Each function once, also where several files have a static one so named. */
void rule_signatures(struct filler *f, const struct session *s,
		     const struct plan *p)
{
	struct strvec done = {0};

	for (size_t i = 0; i < p->func_count; i++)
		if (sv_add_once(&done, p->funcs[i].node->f->name))
			add_signature(f, s, p, &p->funcs[i]);
	sv_free(&done);
}

void rule_members(struct filler *f, const struct plan *p)
{
	for (size_t i = 0; i < p->graph->member_count; i++) {
		const struct member *m = p->graph->members[i];
		const struct plan_func *pf = plan_member_func(p, m);
		char *params, *old, *all;
		struct params ps;

		if (!pf)
			continue;
		params_read(&ps, &m->src->toks, m->open);
		params = helper_params(pf);
		old = all_text(&ps);
		all = all_params(pf);
		filler_set(f, "tag", m->tag);
		filler_set(f, "member", m->name);
		if (gets_names(&ps, pf->node->f)) {
			filler_set(f, "old", old);
			filler_set(f, "all", all);
			filler_piece(f, "member-unnamed");
		} else if (pf->drops) {
			const struct carg *a = &ps.args.v[pf->dropped];
			char *dropped = ctokens_text(ps.ts, a->from, a->to);

			add_in_place(f, pf, "member-in-place", dropped);
			free(dropped);
		} else {
			filler_set(f, "params", params);
			filler_piece(f, "member");
		}
		free(params);
		free(old);
		free(all);
		cargs_free(&ps.args);
	}
}
