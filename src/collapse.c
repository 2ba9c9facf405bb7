// SPDX-License-Identifier: GPL-2.0-only
#include "collapse.h"

#include <stdlib.h>
#include <string.h>

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
	free(c);
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

		if (ch->src != src)
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
	plan_hazard(u, "H12", MENDED, d->in->src, d->queue,
		    "%s() calls %s() itself: the work is gone with all that "
		    "set it up or waited for it", d->in->name, d->body->name);
	plan_hazard(u, "H14", RULED_OUT, d->in->src, d->queue,
		    "the work was on a queue of the system's, without order");
	for (size_t i = 0; i < d->count; i++) {
		const struct change *c = &d->changes[i];

		if (drops(c, "rtnl_lock"))
			plan_hazard(u, "H10", MENDED, c->src, c->from,
				    "the work took rtnl, which the core holds "
				    "for the callback");
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
			if (ctoken_is(&src->toks, i, c->defer.field))
				return xasprintf("%s:%d: %s is still there",
						 src->path,
						 csource_line(src, i),
						 c->defer.field);
	}
	return NULL;
}
