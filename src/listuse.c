// SPDX-License-Identifier: GPL-2.0-only
#include "listuse.h"

#include <stdlib.h>
#include <string.h>

/* The net core's interface to the lists: which argument is the device. */
static const struct accessor {
	const char *name;
	enum use_kind kind;
	unsigned list;
	size_t dev_arg;
} accessors[] = {
	{"netdev_for_each_uc_addr", USE_WALK, LIST_UC, 1},
	{"netdev_for_each_mc_addr", USE_WALK, LIST_MC, 1},
	{"netdev_uc_count", USE_COUNT, LIST_UC, 0},
	{"netdev_mc_count", USE_COUNT, LIST_MC, 0},
	{"netdev_uc_empty", USE_EMPTY, LIST_UC, 0},
	{"netdev_mc_empty", USE_EMPTY, LIST_MC, 0},
	{"__dev_uc_sync", USE_SYNC, LIST_UC, 0},
	{"__dev_mc_sync", USE_SYNC, LIST_MC, 0},
	{"__dev_uc_unsync", USE_UNSYNC, LIST_UC, 0},
	{"__dev_mc_unsync", USE_UNSYNC, LIST_MC, 0},
	{"dev_uc_sync", USE_STACKED, LIST_UC, 1},
	{"dev_mc_sync", USE_STACKED, LIST_MC, 1},
	{"dev_uc_sync_multiple", USE_STACKED, LIST_UC, 1},
	{"dev_mc_sync_multiple", USE_STACKED, LIST_MC, 1},
	{"dev_uc_unsync", USE_STACKED, LIST_UC, 1},
	{"dev_mc_unsync", USE_STACKED, LIST_MC, 1},
	{"dev_uc_add", USE_CHANGE, LIST_UC, 0},
	{"dev_uc_add_excl", USE_CHANGE, LIST_UC, 0},
	{"dev_uc_del", USE_CHANGE, LIST_UC, 0},
	{"dev_uc_flush", USE_CHANGE, LIST_UC, 0},
	{"dev_mc_add", USE_CHANGE, LIST_MC, 0},
	{"dev_mc_add_excl", USE_CHANGE, LIST_MC, 0},
	{"dev_mc_add_global", USE_CHANGE, LIST_MC, 0},
	{"dev_mc_del", USE_CHANGE, LIST_MC, 0},
	{"dev_mc_del_global", USE_CHANGE, LIST_MC, 0},
	{"dev_mc_flush", USE_CHANGE, LIST_MC, 0},
	{"netdev_for_each_synced_uc_addr", USE_REF, LIST_UC, 1},
	{"netdev_for_each_synced_mc_addr", USE_REF, LIST_MC, 1},
	{"__hw_addr_ref_sync_dev", USE_REF, LIST_UC | LIST_MC, 1},
	{"__hw_addr_ref_unsync_dev", USE_REF, LIST_UC | LIST_MC, 1},
};

const char *list_name(unsigned list)
{
	return list == LIST_UC ? "uc" : "mc";
}

static const struct accessor *find_accessor(const struct ctokens *ts, size_t i)
{
	for (size_t k = 0; k < ARRAY_SIZE(accessors); k++)
		if (ctoken_is(ts, i, accessors[k].name))
			return &accessors[k];
	return NULL;
}

static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *p = text; (p = strstr(p, word)); p += n) {
		char before = p > text ? p[-1] : ' ', after = p[n];

		if (!is_word_char(before) && !is_word_char(after))
			return true;
	}
	return false;
}

bool list_use_in_text(const char *text)
{
	for (size_t k = 0; k < ARRAY_SIZE(accessors); k++)
		if (has_word(text, accessors[k].name))
			return true;
	return strstr(text, "->mc.") || strstr(text, "->uc.") ||
	       has_word(text, "netdev_hw_addr_list_for_each");
}

size_t chain_start(const struct ctokens *ts, size_t last)
{
	size_t i = last;

	for (;;) {
		/* From a "]" or ")" to its partner. */
		while (ctoken_is(ts, i, "]") || ctoken_is(ts, i, ")")) {
			size_t depth = 0, k = i;

			do {
				if (ctoken_is(ts, k, "]") ||
				    ctoken_is(ts, k, ")"))
					depth++;
				else if (ctoken_is(ts, k, "[") ||
					 ctoken_is(ts, k, "("))
					depth--;
			} while (depth && k-- > 0);
			if (depth)
				return i;
			i = k;
			if (!i || !(ctoken_is_word(ts, i - 1) ||
				    ctoken_is(ts, i - 1, "]") ||
				    ctoken_is(ts, i - 1, ")")))
				return i;
			i--;
		}
		if (i < 2 || !ctoken_is_member(ts, i))
			return i;
		i -= 2;
	}
}

static void add_use(struct list_uses *uses, struct list_use use)
{
	GROW(uses->v, uses->n, uses->cap);
	uses->v[uses->n++] = use;
}

/* Is a member of that name declared "struct net_device *name" anywhere? */
static bool netdev_member(const struct cmodule *mod, const char *name)
{
	for (size_t s = 0; s < mod->count; s++) {
		const struct ctokens *ts = &mod->sources[s]->toks;

		for (size_t i = 1; i + 3 < ts->n; i++)
			if (ctoken_is(ts, i, "net_device") &&
			    ctoken_is(ts, i - 1, "struct") &&
			    ctoken_is(ts, i + 1, "*") &&
			    ctoken_is(ts, i + 2, name))
				return true;
	}
	return false;
}

/* At the "->" or "." in front of a member named uc or mc. */
static bool is_netdev_list(const struct cmodule *mod,
			   const struct csource *src, size_t op)
{
	const struct ctokens *ts = &src->toks;
	char *name;
	bool is;

	if (!ctoken_is(ts, op, "->") || !op || !ctoken_is_word(ts, op - 1))
		return false;
	name = ctoken_dup(ts, op - 1);
	is = netdev_member(mod, name);
	free(name);
	return is;
}

static void read_member(struct list_uses *uses, const struct ctokens *ts,
			size_t tok)
{
	size_t start = chain_start(ts, tok);
	struct list_use use = {
		.kind = USE_FIELD,
		.list = ctoken_is(ts, tok, "uc") ? LIST_UC : LIST_MC,
		.tok = tok,
		.from = start,
		.to = tok - 1,
	};

	if (ctoken_is(ts, tok + 1, ".")) {
		if (ctoken_is(ts, tok + 2, "count"))
			use.kind = USE_FIELD_COUNT;
	} else if (start && ctoken_is(ts, start - 1, "&") &&
		   (ctoken_is(ts, tok + 1, ",") || ctoken_is(ts, tok + 1, ")") ||
		    ctoken_is(ts, tok + 1, ";"))) {
		use.kind = USE_ADDRESS;
	}
	add_use(uses, use);
}

static void read_accessor(struct list_uses *uses, const struct ctokens *ts,
			  size_t tok, const struct accessor *a)
{
	struct list_use use = {.kind = a->kind, .list = a->list, .tok = tok};
	struct cargs args;

	cargs_read(&args, ts, tok + 1);
	if (a->dev_arg < args.n) {
		use.from = args.v[a->dev_arg].from;
		use.to = args.v[a->dev_arg].to;
	}
	cargs_free(&args);
	add_use(uses, use);
}

void list_uses_read(struct list_uses *uses, const struct cmodule *mod,
		    const struct csource *src, size_t from, size_t to)
{
	const struct ctokens *ts = &src->toks;

	for (size_t i = from; i < to; i++) {
		const struct accessor *a;

		if (!ctoken_is_word(ts, i))
			continue;
		if ((ctoken_is(ts, i, "uc") || ctoken_is(ts, i, "mc")) && i &&
		    is_netdev_list(mod, src, i - 1))
			read_member(uses, ts, i);
		else if ((ctoken_is(ts, i, "refcount") ||
			  ctoken_is(ts, i, "synced") ||
			  ctoken_is(ts, i, "sync_cnt")) &&
			 i > 1 && ctoken_is(ts, i - 1, "->") &&
			 (ctoken_is(ts, i - 2, "ha") ||
			  ctoken_is(ts, i - 2, "hw_addr")))
			add_use(uses, (struct list_use){
					      .kind = USE_ENTRY,
					      .list = LIST_UC | LIST_MC,
					      .tok = i});
		else if (ctoken_is(ts, i + 1, "(") && (a = find_accessor(ts, i)))
			read_accessor(uses, ts, i, a);
	}
}

void list_uses_free(struct list_uses *uses)
{
	free(uses->v);
	*uses = (struct list_uses){0};
}
