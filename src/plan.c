// SPDX-License-Identifier: GPL-2.0-only
#include "plan.h"

#include <stdlib.h>
#include <string.h>

#include "class.h"
#include "addrlock.h"
#include "collapse.h"
#include "family.h"
#include "form.h"
#include "hold.h"

struct plan_func *plan_func_of(const struct plan *p, const struct cfunc *f)
{
	for (size_t i = 0; i < p->func_count; i++)
		if (p->funcs[i].node->f == f)
			return &p->funcs[i];
	return NULL;
}

bool plan_use_takes(const struct plan_func *pf, size_t tok)
{
	for (size_t i = 0; i < pf->node->uses.n; i++) {
		const struct list_use *use = &pf->node->uses.v[i];

		if (use->kind <= USE_ADDRESS && use->kind != USE_SYNC &&
		    use->kind != USE_UNSYNC && tok >= use->from &&
		    tok < use->to)
			return true;
	}
	return false;
}

struct plan_func *plan_member_func(const struct plan *p,
				   const struct member *m)
{
	for (size_t i = 0; i < p->func_count; i++)
		if (p->funcs[i].node->member == m)
			return &p->funcs[i];
	return NULL;
}

bool plan_is_held(const struct plan *p, const struct plan_func *pf)
{
	return p->held && pf->node->is_callback;
}

const char *plan_name(const struct plan *p, const struct plan_func *pf)
{
	return plan_is_held(p, pf) ? pf->inner : pf->node->f->name;
}

const char *plan_list(const struct plan_func *pf, unsigned list)
{
	return list == LIST_UC ? pf->uc : pf->mc;
}

/* Is the word a variable, a macro or the like where the function stands? */
static bool name_is_taken(const struct plan *p, const struct cfunc *f,
			  const char *name)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->open; i < f->end; i++)
		if (ctoken_is(ts, i, name) && !ctoken_is_member(ts, i))
			return true;
	return cmodule_macro(p->mod, name) || csource_func(f->src, name);
}

static char *free_name(const struct plan *p, const struct cfunc *f,
		       unsigned list)
{
	static const char *const forms[] = {"%s", "%s_list", "%s_addrs",
					    "rx_mode_%s"};
	char *name = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		free(name);
		/* The forms above are all that it can be. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		name = xasprintf(forms[i], list_name(list));
#pragma GCC diagnostic pop
		if (!name_is_taken(p, f, name))
			break;
	}
	return name;
}

static bool only_reads(const struct plan *p, const struct node *n, int depth);

/* Does everything under it but read the lists? */
static bool only_reads_itself(const struct plan *p, const struct node *n,
			      int depth)
{
	for (size_t i = 0; i < n->uses.n; i++)
		if (n->uses.v[i].kind == USE_SYNC ||
		    n->uses.v[i].kind == USE_UNSYNC ||
		    n->uses.v[i].kind == USE_ADDRESS)
			return false;
	for (size_t i = 0; i < n->edge_count; i++)
		if (n->edges[i].to->needs && n->edges[i].to != n &&
		    (!depth || n->edges[i].to->is_callback ||
		     !only_reads(p, n->edges[i].to, depth - 1)))
			return false;
	return true;
}

/* Functions behind one member have one type. */
static bool only_reads(const struct plan *p, const struct node *n, int depth)
{
	if (!n->member)
		return only_reads_itself(p, n, depth);
	for (size_t i = 0; i < p->graph->count; i++)
		if (p->graph->nodes[i]->member == n->member &&
		    !only_reads_itself(p, p->graph->nodes[i], depth))
			return false;
	return true;
}

bool plan_only_reads(const struct plan *p, const struct node *n)
{
	return only_reads(p, n, 16);
}

static void plan_functions(struct unit *u)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < p->graph->count; i++) {
		struct node *n = p->graph->nodes[i];
		struct plan_func pf = {.node = n};

		pf.lists = n->is_callback ? LIST_UC | LIST_MC : n->needs;
		if (!pf.lists)
			continue;
		pf.uc = pf.lists & LIST_UC ? free_name(p, n->f, LIST_UC) : NULL;
		pf.mc = pf.lists & LIST_MC ? free_name(p, n->f, LIST_MC) : NULL;
		pf.read_only = !n->is_callback && plan_only_reads(p, n);
		GROW(p->funcs, p->func_count, p->func_cap);
		p->funcs[p->func_count++] = pf;
	}
}

/* Does a macro of the file make names that end like this one, by "x##_end"? */
static bool makes_name(const struct csource *src, const char *name)
{
	for (size_t i = 0; i < src->macro_count; i++) {
		const char *p = src->macros[i].body;

		while ((p = strstr(p, "##"))) {
			size_t n;

			p += 2;
			p += strspn(p, " \t");
			n = word_length(p);
			if (n && n < strlen(name) &&
			    !strncmp(name + strlen(name) - n, p, n))
				return true;
		}
	}
	return false;
}

/* One word, and not the one that stands for no callback at all. */
static bool is_identifier(const char *text)
{
	return *text && !text[word_length(text)] && strcmp(text, "NULL");
}

static struct cfunc *find_callback(struct unit *u, const struct assignment *a)
{
	struct plan *p = u->plan;
	struct csource *src = cmodule_source(p->mod, a->file);
	struct cfunc *f = src ? cmodule_func(p->mod, src, a->callback) : NULL;

	if (f)
		return f;
	if (!is_identifier(a->callback)) {
		p->reason = strchr(a->callback, '(') ? "macro-callback" :
						       "callback-value";
		p->note = xasprintf("%s:%d: '%s' is no function's name",
				    a->file, a->line, a->callback);
		return NULL;
	}
	p->reason = "other-module";
	for (size_t s = 0; s < p->mod->count; s++)
		if (csource_macro(p->mod->sources[s], a->callback) ||
		    makes_name(p->mod->sources[s], a->callback))
			p->reason = "macro-callback";
	p->note = xasprintf("%s:%d: %s() is not defined in this module's files",
			    a->file, a->line, a->callback);
	return NULL;
}

/* The body of a callback that is held gets a name of its own, once. */
static void check_held(struct unit *u)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < p->func_count && p->held; i++) {
		const struct cfunc *f = p->funcs[i].node->f;

		if (plan_is_held(p, &p->funcs[i]) &&
		    csource_definitions(f->src, f->name) > 1)
			plan_refuse(u, "conditional", NULL, f->src, f->name_tok,
				    "%s() is defined conditionally", f->name);
	}
}

/* All files whose text the conversion would change. */
static void find_files(struct unit *u)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < u->assignment_count; i++)
		sv_add_once(&u->files, u->assignments[i].file);
	for (size_t i = 0; i < p->func_count; i++) {
		sv_add_once(&u->files, p->funcs[i].node->f->src->path);
		for (size_t s = 0; s < p->mod->count; s++) {
			const struct csource *src = p->mod->sources[s];

			for (size_t k = 0; k < src->proto_count; k++)
				if (cmodule_declares(p->mod, &src->protos[k],
						     p->funcs[i].node->f))
					sv_add_once(&u->files, src->path);
		}
	}
	for (size_t i = 0; i < p->call_count; i++)
		sv_add_once(&u->files, p->calls[i].in->src->path);
	for (size_t i = 0; i < p->ndo_call_count; i++)
		sv_add_once(&u->files, p->ndo_calls[i].in->src->path);
	for (size_t i = 0; i < p->graph->member_count; i++)
		if (plan_member_func(p, p->graph->members[i]))
			sv_add_once(&u->files,
				    p->graph->members[i]->src->path);
	collapse_files(p->collapse, &u->files);
	sv_sort(&u->files);
}

static bool changes_attributes(const struct plan *p)
{
	bool found = false;

	for (size_t i = 0; i < p->func_count && !found; i++)
		found = cfunc_has_word(p->funcs[i].node->f, "__attribute__");
	for (size_t i = 0; i < p->call_count && !found; i++)
		found = cfunc_has_word(p->calls[i].in, "__attribute__");
	return found;
}

static void decide(struct unit *u)
{
	struct plan *p = u->plan;
	const struct reason *r = reason_find(p->reason);

	unit_decide(u, r ? r->verdict : CONVERTED, p->reason, "%s",
		    p->note ? p->note : "");
}

static void plan_callbacks(struct unit *u)
{
	struct plan *p = u->plan;

	for (size_t i = 0; i < u->assignment_count; i++) {
		struct assignment *a = &u->assignments[i];
		struct cfunc *f = p->reason ? NULL : find_callback(u, a);

		if (f)
			graph_add_callback(p->graph, f);
	}
	graph_close(p->graph);
	class_decide(u);
}

static void check_readable(struct plan *p)
{
	if (!p->mod->missing.n)
		return;
	p->reason = "unreadable";
	p->note = xstrdup(p->mod->missing.v[0]);
}

/*
 * All of the plan but the reading of the module; with `db`, what joins the
 * family on the way is read, too.
 */
static void make_plan(const struct session *s, struct kmakefile_db *db,
		      struct unit *u)
{
	struct plan *p = u->plan;

	check_readable(p);
	for (size_t i = 0; i < u->assignment_count && !p->reason; i++) {
		const struct assignment *a = &u->assignments[i];

		if (!strcmp(a->form, "macro") || !strcmp(a->callback, "")) {
			p->reason = "macro-callback";
			p->note = xasprintf("%s:%d: assigned in a macro",
					    a->file, a->line);
		}
	}
	plan_callbacks(u);
	if (!p->reason && db && family_join(s, db, u)) {
		check_readable(p);
		plan_callbacks(u);
	}
	if (!p->reason || !strcmp(p->reason, "other-module")) {
		plan_functions(u);
		for (size_t i = 0; i < p->func_count; i++)
			form_check(u, &p->funcs[i]);
		hazards_find(u);
		check_held(u);
		form_note_returns(u);
		calls_plan(u);
		last_calls(p);
		if (!p->reason)
			replace_params(p);
	}
	p->attributes = changes_attributes(p);
	find_files(u);
	decide(u);
}

static void free_plan(struct plan *p)
{
	hold_free(p);
	for (size_t i = 0; i < p->func_count; i++) {
		free(p->funcs[i].uc);
		free(p->funcs[i].mc);
	}
	for (size_t i = 0; i < p->call_count; i++) {
		free(p->calls[i].fn);
		free(p->calls[i].args);
		free(p->calls[i].more);
		free(p->calls[i].all);
		free(p->calls[i].lock);
		free(p->calls[i].why);
	}
	free(p->funcs);
	free(p->calls);
	free(p->returns);
	for (size_t i = 0; i < p->ndo_call_count; i++)
		free(p->ndo_calls[i].dev);
	free(p->ndo_calls);
	free(p->bh_locks.v);
	sv_free(&p->family);
	sv_free(&p->may_override);
	sv_free(&p->wanted);
	free(p->note);
	graph_free(p->graph);
	cmodule_free(p->mod);
	collapse_free(p->collapse);
	free(p);
}

/* Plans the unit anew on the collapsed module; the old plan gives it up. */
static struct plan *collapsed_plan(struct unit *u, struct defer *d)
{
	struct plan *old = u->plan, *p = xcalloc(1, sizeof(*p));

	p->collapse = collapse_make(d, old->mod);
	p->collapse->only_queued = callbacks_only_queue(u);
	collapse_note_called(p->collapse, old);
	p->mod = collapse_module(p->collapse);
	p->graph = graph_new(p->mod);
	sv_addv(&p->family, &old->family);
	sv_addv(&p->wanted, &old->wanted);
	p->overrides = old->overrides;
	u->plan = p;
	make_plan(NULL, NULL, u);
	/* Under the address lock, the body could not do what it had to defer. */
	if (!p->reason && p->held) {
		p->reason = "addr-lock";
		p->note = xstrdup("the callback has to keep the address lock");
	}
	return p;
}

/*
 * Where a callback defers: is the unit converted with its work done in place,
 * too? Only that counts, and only where it was asked for.
 */
static void plan_deferral(struct unit *u, bool wanted)
{
	struct plan *old = u->plan, *p;
	struct unit was = *u;
	struct defer d;

	if (!defer_find(old, &d))
		return;
	if (d.keeps) {
		unit_defers(u, "kept", d.keeps, d.note);
		defer_free(&d);
		return;
	}
	u->files = (struct strvec){0};
	u->hazards = (struct hazards){0};
	p = collapsed_plan(u, &d);
	if (wanted && !p->reason) {
		collapse_hazards(u);
		unit_defers(u, "collapsed", NULL, "");
		old->mod = NULL;
		free_plan(old);
		sv_free(&was.files);
		hazards_free(&was.hazards);
		return;
	}
	unit_defers(u, p->reason ? "kept" : "could-collapse",
		    p->reason ? "collapsed" : NULL, p->note ? p->note : "");
	p->collapse->before = NULL;
	free_plan(p);
	sv_free(&u->files);
	hazards_free(&u->hazards);
	u->files = was.files;
	u->hazards = was.hazards;
	u->plan = old;
	class_decide(u);
	decide(u);
}

void plan_unit(const struct session *s, struct kmakefile_db *db,
	       const struct word_index *named, const struct strvec *helpers,
	       struct unit *u)
{
	struct plan *p = xcalloc(1, sizeof(*p));

	u->plan = p;
	p->overrides = s->overrides;
	family_read(s, db, named, helpers, u);
	make_plan(s, db, u);
	plan_deferral(u, s->collapse);
}

void plan_free(struct unit *u)
{
	if (u->plan)
		free_plan(u->plan);
	u->plan = NULL;
}
