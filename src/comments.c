// SPDX-License-Identifier: GPL-2.0-only
#include "comments.h"

#include <stdlib.h>
#include <string.h>

#include "stale.h"

/* What only the old callback's context explains. */
static bool sounds_stale(const char *text)
{
	static const char *const signs[] = {
		"addr_list_lock", "addr_lock", "can't sleep", "cannot sleep",
		"can not sleep", "not sleep", "atomic", "bh disabled",
		"bhs disabled", "with bh", "xmit_lock", "tx_lock",
		"return errors", "interrupt context", "spinlock held",
	};

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (strcasestr(text, signs[i]))
			return true;
	return false;
}

/* A comment counts from the end of what stands before the function. */
static bool belongs_to(const struct cfunc *f, const struct ctoken *comment)
{
	const struct ctoken *v = f->src->toks.v;
	uint32_t from = f->start ? v[f->start - 1].off + v[f->start - 1].len : 0;

	return comment->off >= from && comment->off < v[f->end].off;
}

static void look_at_file(struct unit *u, const struct csource *src)
{
	const struct plan *p = u->plan;
	struct ctokens all;

	ctokens_read(&all, sb_str(&src->text), src->text.len, true);
	for (size_t i = 0; i < all.n; i++) {
		char *text;

		if (all.v[i].kind != TOK_COMMENT)
			continue;
		text = ctoken_dup(&all, i);
		for (size_t k = 0; sounds_stale(text) && k < p->func_count;
		     k++) {
			const struct cfunc *f = p->funcs[k].node->f;
			bool gone;

			if (f->src != src || !belongs_to(f, &all.v[i]))
				continue;
			gone = !p->held && p->funcs[k].node->is_callback &&
			       all.v[i].off < src->toks.v[f->start].off &&
			       stale_claims(text, strlen(text));
			hazard_add(&u->hazards, "H26",
				   xasprintf("%s:%u", src->path,
					     all.v[i].line),
				   p->held ? RULED_OUT : gone ? MENDED : OPEN,
				   xasprintf("a comment of %s() %s the old "
					     "context%s", f->name,
					     gone ? "described" : "may describe",
					     p->held ? ", which is kept" :
					     gone ? ": it is gone" : ""));
			break;
		}
		free(text);
	}
	ctokens_free(&all);
}

void find_stale_comments(struct unit *u)
{
	const struct plan *p = u->plan;

	for (size_t s = 0; s < p->mod->count; s++) {
		bool planned = false;

		for (size_t i = 0; i < p->func_count; i++)
			planned |= p->funcs[i].node->f->src ==
				   p->mod->sources[s];
		if (planned)
			look_at_file(u, p->mod->sources[s]);
	}
}
