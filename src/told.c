// SPDX-License-Identifier: GPL-2.0-only
#include "told.h"

#include <stdlib.h>
#include <string.h>

static bool is_message(const struct ctokens *ts, size_t tok)
{
	static const char *const families[] = {"netdev", "dev", "pr"};
	static const char *const levels[] = {
		"emerg", "alert", "crit", "err", "warn", "notice", "info",
		"dbg", "debug",
	};
	static const char *const rests[] = {"", "_once", "_ratelimited"};
	char *word = ctoken_dup(ts, tok);
	bool is = !strcmp(word, "printk");

	for (size_t f = 0; f < ARRAY_SIZE(families) && !is; f++)
		for (size_t l = 0; l < ARRAY_SIZE(levels) && !is; l++)
			for (size_t r = 0; r < ARRAY_SIZE(rests) && !is; r++) {
				char *name = xasprintf("%s_%s%s", families[f],
						       levels[l], rests[r]);

				is = !strcmp(word, name);
				free(name);
			}
	free(word);
	return is;
}

/* Does the token stand in the arguments of a message, as a value? */
static bool in_message(const struct ctokens *ts, size_t tok)
{
	size_t call = ctokens_taker(ts, tok);

	if (!call || !is_message(ts, call))
		return false;
	/* "v = 1" and "&v" in there would do more. */
	for (size_t i = call + 2; i < tok; i++)
		if (ctoken_is(ts, i, "&") || ctoken_is(ts, i, "="))
			return false;
	return true;
}

/* Is each use of the variable but the one at `set` in a message? */
static bool only_told(const struct cfunc *f, size_t set)
{
	const struct ctokens *ts = &f->src->toks;
	char *name = ctoken_dup(ts, set);
	bool told = true;

	for (size_t i = f->body; i < f->end && told; i++)
		if (i != set && ctoken_is(ts, i, name) &&
		    !ctoken_is_member(ts, i))
			told = in_message(ts, i) &&
			       (ctoken_is(ts, i + 1, ",") ||
				ctoken_is(ts, i + 1, ")"));
	free(name);
	return told;
}

bool use_is_told(const struct cfunc *f, const struct list_use *use)
{
	const struct ctokens *ts = &f->src->toks;
	size_t end;

	if (use->kind != USE_COUNT)
		return false;
	if (in_message(ts, use->tok))
		return true;
	end = ctokens_match(ts, use->tok + 1, f->end) + 1;
	/* "int count = netdev_mc_count(dev);" */
	return ctoken_is(ts, end, ";") && ctoken_is(ts, use->tok - 1, "=") &&
	       ctoken_is_word(ts, use->tok - 2) &&
	       ctoken_is_word(ts, use->tok - 3) &&
	       only_told(f, use->tok - 2);
}
