// SPDX-License-Identifier: GPL-2.0-only
/* libFuzzer: any bytes as C: facts, uses of the member and of the lists. */
#include <stdlib.h>

#include "context.h"
#include "graph.h"
#include "ndouse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What holds of any text. */
static void check_facts(const struct csource *src)
{
	size_t at = 0;

	for (size_t i = 0; i < src->func_count; i++) {
		const struct cfunc *f = &src->funcs[i];

		if (f->start < at || f->body > f->end ||
		    f->end >= src->toks.n || f->close >= f->body)
			abort();
		at = f->end + 1;
	}
}

static void walk(const struct cmodule *mod, struct csource *src)
{
	for (size_t i = 0; i < src->func_count && i < 4; i++) {
		struct cfunc *f = &src->funcs[i];
		struct graph *g = graph_new(mod);
		struct crefs refs = {0};
		char *why;

		graph_add_callback(g, f);
		graph_close(g);
		for (size_t n = 0; n < g->count && n < 8; n++) {
			char *chain = graph_chain(g->nodes[n]);

			graph_device(g, g->nodes[n]);
			free(chain);
		}
		cmodule_refs(mod, f, &refs);
		crefs_free(&refs);
		context_at(mod, f, f->end, &why);
		free(why);
		graph_free(g);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const members[] = {NDO_LEGACY, NDO_ASYNC};
	struct strbuf text = {0};
	struct list_uses lists = {0};
	struct csource *src;
	struct cmodule *mod;

	sb_add(&text, data, size);
	src = csource_parse("x.c", &text);
	check_facts(src);
	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		struct ndo_uses uses = {0};

		ndo_uses_read(&uses, src, members[i]);
		for (size_t k = 0; k < uses.n; k++)
			if (!uses.v[k].ops || !uses.v[k].callback ||
			    uses.v[k].line < 1)
				abort();
		ndo_uses_free(&uses);
	}
	mod = cmodule_of(&src, 1);
	list_uses_read(&lists, mod, src, 0, src->toks.n);
	list_uses_free(&lists);
	walk(mod, src);
	cmodule_free(mod);
	return 0;
}
