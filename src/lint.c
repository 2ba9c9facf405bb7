// SPDX-License-Identifier: GPL-2.0-only
#include "lint.h"

#include <stdlib.h>
#include <string.h>

#include "comments.h"
#include "family.h"
#include "group.h"
#include "txqueue.h"
#include "units.h"

static void add_finding(struct lint *l, struct finding f)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct finding *old = &l->v[i];

		if (!strcmp(old->id, f.id) && old->line == f.line &&
		    !strcmp(old->file, f.file)) {
			free(f.file);
			free(f.text);
			free(f.chain);
			return;
		}
	}
	GROW(l->v, l->n, l->cap);
	l->v[l->n++] = f;
}

void lint_find(struct lint *l, const struct unit *u, const char *id,
	       const struct csource *src, size_t tok, char *chain,
	       const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = xvasprintf(fmt, ap);
	va_end(ap);
	add_finding(l, (struct finding){
			       .id = id,
			       .file = xstrdup(src->path),
			       .line = csource_line(src, tok),
			       .text = text,
			       .chain = chain,
			       .unit = u->name,
		       });
}

static int compare_findings(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;
	int c = strcmp(x->file, y->file);

	if (!c)
		c = x->line - y->line;
	return c ? c : strcmp(x->id, y->id);
}

/* The files that assign the new callback. */
static size_t read_files(struct group_file *files, struct ndo_hits *hits)
{
	size_t n = 0;

	for (size_t i = 0; i < hits->n; i++) {
		struct group_file *f = &files[n];
		bool assigns = false;

		if (!strstr(sb_str(&hits->v[i].text), NDO_ASYNC))
			continue;
		f->src = csource_parse(hits->v[i].path, &hits->v[i].text);
		f->uses = (struct ndo_uses){0};
		ndo_uses_read(&f->uses, f->src, NDO_ASYNC);
		for (size_t k = 0; k < f->uses.n; k++)
			assigns = assigns || ndo_assigns(f->uses.v[k].kind);
		if (assigns) {
			n++;
		} else {
			ndo_uses_free(&f->uses);
			csource_free(f->src);
		}
	}
	return n;
}

static int find_drivers(const struct session *s, struct lint *l)
{
	struct group_file *files;
	struct ndo_hits hits = {0};
	size_t n;
	int ret;

	say("LINT", "%s", s->tree);
	ret = ndo_search(&hits, s->tree);
	if (ret) {
		err("%s: %s: name a tree that can be read with -t", s->tree,
		    strerror(-ret));
		return EXIT_ENVIRONMENT;
	}
	for (size_t i = 0; i < hits.unread.n; i++)
		warn("%s: it was not searched", hits.unread.v[i]);
	files = xcalloc(hits.n + 1, sizeof(*files));
	n = read_files(files, &hits);
	ndo_hits_free(&hits);
	group_files(files, n, l->makefiles);
	units_make(&l->model, files, n, l->makefiles);
	/* By these, too, a unit may be named. */
	for (size_t i = 0; i < l->model.count; i++) {
		struct unit *u = l->model.units[i];

		for (size_t k = 0; k < u->assignment_count; k++)
			sv_add_once(&u->files, u->assignments[k].file);
	}
	for (size_t i = 0; i < n; i++) {
		ndo_uses_free(&files[i].uses);
		csource_free(files[i].src);
		free(files[i].module);
	}
	free(files);
	model_sort(&l->model);
	return 0;
}

/* The plan's functions: here, those whose comments are about the callback. */
static void add_func(struct plan *p, struct node *n)
{
	GROW(p->funcs, p->func_count, p->func_cap);
	p->funcs[p->func_count++] = (struct plan_func){.node = n};
}

static void read_unit(const struct session *s, struct lint *l, struct unit *u)
{
	static const struct word_index nothing;
	struct plan *p = xcalloc(1, sizeof(*p));

	u->plan = p;
	family_read(s, l->makefiles, &nothing, NULL, u);
	for (size_t i = 0; i < p->mod->missing.n; i++)
		warn("%s: it was not looked at", p->mod->missing.v[i]);
	for (size_t i = 0; i < u->assignment_count; i++) {
		const struct assignment *a = &u->assignments[i];
		struct csource *src = cmodule_source(p->mod, a->file);
		struct cfunc *f =
			src ? cmodule_func(p->mod, src, a->callback) : NULL;

		if (f)
			graph_add_callback(p->graph, f);
		else
			warn("%s:%d: %s is not defined in this module: it was not looked at",
			     a->file, a->line, a->callback);
	}
	graph_close(p->graph);
	for (size_t i = 0; i < p->graph->count; i++)
		if (p->graph->nodes[i]->is_callback) {
			add_func(p, p->graph->nodes[i]);
			l->callbacks++;
		}
}

/* What the detectors that a conversion has as well have noted as open. */
static void take_hazards(struct lint *l, const struct unit *u)
{
	for (size_t i = 0; i < u->hazards.n; i++) {
		const struct hazard *h = &u->hazards.v[i];
		const char *colon = strrchr(h->at, ':');

		if (h->outcome != OPEN || !colon)
			continue;
		for (const struct hazard_kind *k = hazard_kinds; k->id; k++)
			if (!strcmp(k->id, h->id))
				add_finding(l, (struct finding){
						       .id = k->id,
						       .file = xstrndup(h->at,
									(size_t)(colon - h->at)),
						       .line = atoi(colon + 1),
						       .text = xstrdup(h->note),
						       .unit = u->name,
					       });
	}
}

/* The old member, which this driver does not set any more. */
static void find_old_calls(struct lint *l, const struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t s = 0; s < p->mod->count; s++) {
		const struct csource *src = p->mod->sources[s];
		struct ndo_uses uses = {0};

		ndo_uses_read(&uses, src, NDO_LEGACY);
		for (size_t i = 0; i < uses.n; i++)
			if (uses.v[i].kind == NDO_CALL)
				lint_find(l, u, "H18", src, uses.v[i].tok, NULL,
					  "%s->ndo_set_rx_mode is called: it "
					  "is NULL in a driver that has the "
					  "async callback", uses.v[i].ops);
		ndo_uses_free(&uses);
	}
}

static void look_at(const struct session *s, struct lint *l, struct unit *u)
{
	const struct plan *p;

	say("LINT", "%s", u->assignments[0].file);
	read_unit(s, l, u);
	p = u->plan;
	l->drivers++;
	lint_lists(l, u);
	lint_locks(l, u);
	lint_works(l, u);
	lint_returns(l, u);
	find_old_calls(l, u);
	for (size_t i = 0; i < p->graph->count; i++)
		find_index_registers(u, p->graph->nodes[i]);
	find_stale_comments(u);
	take_hazards(l, u);
}

int lint_run(struct session *s, struct lint *l)
{
	int ret;

	*l = (struct lint){.makefiles = kmakefile_open(s->tree)};
	ret = find_drivers(s, l);
	for (size_t i = 0; !ret && i < l->model.count; i++)
		if (session_wants(s, l->model.units[i]))
			look_at(s, l, l->model.units[i]);
	say_end();
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), compare_findings);
	return ret;
}

void lint_free(struct lint *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].file);
		free(l->v[i].text);
		free(l->v[i].chain);
	}
	free(l->v);
	for (size_t i = 0; i < l->model.count; i++)
		plan_free(l->model.units[i]);
	model_free(&l->model);
	if (l->makefiles)
		kmakefile_close(l->makefiles);
}
