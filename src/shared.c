// SPDX-License-Identifier: GPL-2.0-only
#include "shared.h"

#include <stdlib.h>

/* The last member of a chain. */
static bool is_member(const struct ctokens *ts, size_t i)
{
	return ctoken_is_word(ts, i) && ctoken_is_member(ts, i) &&
	       !ctoken_is(ts, i + 1, "->") && !ctoken_is(ts, i + 1, ".");
}

/* Is the member at i assigned to, or given to what sets bits or copies? */
static bool is_written(const struct ctokens *ts, size_t i)
{
	static const char *const ops[] = {"=",	"|=", "&=", "^=",  "+=",
					  "-=", "++", "--", "<<=", ">>="};
	/* With the argument that they write to. */
	static const struct {
		const char *name;
		size_t arg;
	} setters[] = {
		{"set_bit", 1}, {"clear_bit", 1}, {"change_bit", 1},
		{"__set_bit", 1}, {"__clear_bit", 1}, {"test_and_set_bit", 1},
		{"test_and_clear_bit", 1}, {"memcpy", 0}, {"memset", 0},
		{"ether_addr_copy", 0}, {"WRITE_ONCE", 0}, {"bitmap_zero", 0},
		{"list_add", 1}, {"list_add_tail", 1}, {"list_del", 0},
	};
	size_t next = i + 1, open = i, commas = 0;

	if (ctoken_is(ts, next, "["))
		next = ctokens_match(ts, next, ts->n) + 1;
	if (TOKEN_IN(ts, next, ops))
		return true;
	while (open && !ctoken_is(ts, open, "(") && !ctoken_is(ts, open, ";") &&
	       !ctoken_is(ts, open, "{"))
		commas += ctoken_is(ts, open--, ",");
	for (size_t k = 0; open && k < ARRAY_SIZE(setters); k++)
		if (ctoken_is(ts, open - 1, setters[k].name) &&
		    commas == setters[k].arg)
			return true;
	return false;
}

/* A call that writes to the hardware, by its name. */
static bool writes_register(const struct ctokens *ts, size_t i)
{
	static const char *const names[] = {
		"iowrite8", "iowrite16", "iowrite32", "writeb", "writew",
		"writel", "writeq", "outb", "outw", "outl", "regmap_write",
		"regmap_update_bits", "__raw_writel", "writel_relaxed",
	};

	return IS_CALL_OF(ts, i, names);
}

static bool range_has_register(const struct ctokens *ts, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (writes_register(ts, i))
			return true;
	return false;
}

/* On the callbacks' paths: is the member there, and is it written? */
static bool path_has(const struct graph *g, const char *member, bool written)
{
	for (size_t k = 0; k < g->count; k++) {
		const struct cfunc *f = g->nodes[k]->f;
		const struct ctokens *ts = &f->src->toks;

		for (size_t i = f->body; i < f->end; i++)
			if (ctoken_is(ts, i, member) && is_member(ts, i) &&
			    (!written || is_written(ts, i)))
				return true;
	}
	return false;
}

char *shared_state(const struct graph *g, const struct csource *src,
		   size_t from, size_t to)
{
	const struct ctokens *ts = &src->toks;

	for (size_t i = from; i < to; i++) {
		char *member;

		if (!is_member(ts, i))
			continue;
		member = ctoken_dup(ts, i);
		if (path_has(g, member, !is_written(ts, i)))
			return member;
		free(member);
	}
	if (range_has_register(ts, from, to))
		for (size_t k = 0; k < g->count; k++)
			if (range_has_register(&g->nodes[k]->f->src->toks,
					       g->nodes[k]->f->body,
					       g->nodes[k]->f->end))
				return xstrdup("the device's registers");
	return NULL;
}
