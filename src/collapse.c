// SPDX-License-Identifier: GPL-2.0-only
#include "collapse.h"

#include <stdlib.h>

#include "edit.h"

struct collapse *collapse_make(struct defer *d, struct cmodule *before)
{
	struct collapse *c = xcalloc(1, sizeof(*c));

	c->defer = *d;
	c->before = before;
	*d = (struct defer){0};
	return c;
}

void collapse_free(struct collapse *c)
{
	if (!c)
		return;
	defer_free(&c->defer);
	cmodule_free(c->before);
	sv_free(&c->called);
	free(c);
}

static char *place_of(const struct cfunc *f)
{
	return xasprintf("%s %s", f->src->path, f->name);
}

void collapse_note_called(struct collapse *c, const struct plan *before)
{
	for (size_t i = 0; i < before->graph->count; i++) {
		char *place = place_of(before->graph->nodes[i]->f);

		sv_add_once(&c->called, place);
		free(place);
	}
}

bool collapse_was_work(const struct plan *p, const struct csource *src,
		       size_t tok)
{
	const struct cfunc *f = csource_func_at(src, tok);
	bool called = true;
	char *place;

	if (p->collapse && p->collapse->defer.body && f &&
	    graph_node(p->graph, f)) {
		place = place_of(f);
		called = sv_has(&p->collapse->called, place);
		free(place);
	}
	return !called;
}

/* The new text for a change, with as many line ends as the old one. */
static char *same_lines(const struct change *c, size_t from, size_t to)
{
	struct strbuf sb = {0};

	sb_adds(&sb, c->text ? c->text : " ");
	if (from == to)
		sb_addc(&sb, ' ');
	for (size_t i = from; i < to; i++)
		if (c->src->toks.text[i] == '\n')
			sb_addc(&sb, '\n');
	return sb_detach(&sb);
}

static void apply(const struct collapse *c, const struct csource *src,
		  struct strbuf *text)
{
	struct edits es = {0};

	for (size_t i = 0; i < c->defer.count; i++) {
		const struct change *ch = &c->defer.changes[i];
		const struct ctoken *v = ch->src->toks.v;
		size_t from = v[ch->from].off, to = from;

		if (ch->src != src || ch->kind == CHANGE_NONE)
			continue;
		if (ch->to > ch->from)
			to = v[ch->to - 1].off + v[ch->to - 1].len;
		edit_add(&es, from, to, same_lines(ch, from, to));
	}
	edits_apply(&es, text);
}

struct cmodule *collapse_module(const struct collapse *c)
{
	const struct cmodule *old = c->before;
	struct csource **sources = xcalloc(old->count, sizeof(*sources));
	struct cmodule *mod;

	for (size_t i = 0; i < old->count; i++) {
		const struct csource *src = old->sources[i];
		struct strbuf text = {0};

		sb_add(&text, sb_str(&src->text), src->text.len);
		apply(c, src, &text);
		sources[i] = csource_parse(src->path, &text);
	}
	mod = cmodule_of(sources, old->count);
	mod->tree = old->tree;
	free(sources);
	return mod;
}

const struct csource *collapse_before(const struct plan *p, const char *path)
{
	return cmodule_source(p->collapse ? p->collapse->before : p->mod, path);
}

void collapse_files(const struct collapse *c, struct strvec *files)
{
	for (size_t i = 0; c && i < c->defer.count; i++)
		if (c->defer.changes[i].kind != CHANGE_NONE)
			sv_add_once(files, c->defer.changes[i].src->path);
}

static bool drops(const struct change *c, const char *word)
{
	return c->kind == CHANGE_DROP && starts_with(c->old, word);
}

void collapse_hazards(struct unit *u)
{
	const struct plan *p = u->plan;
	const struct defer *d = &p->collapse->defer;

	if (!d->body) {
		plan_hazard(u, "H12", MENDED, d->in->src, d->queue,
			    "%s() waits for its writes: none is left behind",
			    d->in->name);
		return;
	}
	if (d->flag)
		plan_hazard(u, "H12", MENDED, d->in->src, d->queue,
			    "%s() calls %s() itself, and sets no %s: the work "
			    "stays for its other uses", d->in->name,
			    d->body->name, d->flag);
	else
		plan_hazard(u, "H12", MENDED, d->in->src, d->queue,
			    "%s() calls %s() itself: the work is gone with all that "
		    "set it up or waited for it", d->in->name, d->body->name);
	if (d->field_user)
		plan_hazard(u, "H12", RULED_OUT, d->in->src, d->queue,
			    "the member %s stays for %s, which has works of "
			    "its own there", d->field, d->field_user);
	plan_hazard(u, "H14", RULED_OUT, d->in->src, d->queue, "%s",
		    d->wq_note ? d->wq_note : "the work was on a queue of the "
					      "system's, without order");
	for (size_t i = 0; i < d->count; i++) {
		const struct change *c = &d->changes[i];

		if (drops(c, "rtnl_lock"))
			plan_hazard(u, "H10", MENDED, c->src, c->from,
				    "the work took rtnl, which the core holds "
				    "for the callback");
		else if (drops(c, "netif_addr_lock_bh"))
			plan_hazard(u, "H8", MENDED, c->src, c->from,
				    "no list or queueing is left for %s() to "
				    "take the address lock for", c->in->name);
		else if (drops(c, "cancel_work") || drops(c, "flush_work") ||
			 drops(c, "disable_work"))
			plan_hazard(u, "H11", RULED_OUT, c->src, c->from,
				    "the wait in %s() is not needed: %s",
				    c->in->name,
				    "with rtnl held, or behind or just before "
				    "the device's end, no callback runs");
	}
}

char *collapse_leftover(const struct collapse *c, const struct cmodule *mod)
{
	for (size_t s = 0; c && c->defer.field && s < mod->count; s++) {
		const struct csource *src = mod->sources[s];

		for (size_t i = 0; i < src->toks.n; i++)
			if (ctoken_is(&src->toks, i, c->defer.field) &&
			    !(c->defer.field_user &&
			      ctoken_is(&src->toks, i - 1, c->defer.type)))
				return xasprintf("%s:%d: %s is still there",
						 src->path,
						 csource_line(src, i),
						 c->defer.field);
	}
	return NULL;
}
