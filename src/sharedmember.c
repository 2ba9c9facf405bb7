// SPDX-License-Identifier: GPL-2.0-only
#include "sharedmember.h"

#include <stdlib.h>
#include <string.h>

#include "callwalk.h"

size_t member_start(const struct ctokens *ts, size_t i)
{
	while (i > 1 && ctoken_is_member(ts, i) && ctoken_is_word(ts, i - 2))
		i -= 2;
	return i;
}

char *tag_between(const struct ctokens *ts, size_t from, size_t to,
		  const char *word)
{
	for (size_t i = from + 3; i < to; i++)
		if (ctoken_is(ts, i, word) && ctoken_is(ts, i - 1, "*") &&
		    ctoken_is_word(ts, i - 2) &&
		    ctoken_is(ts, i - 3, "struct"))
			return ctoken_dup(ts, i - 2);
	return NULL;
}

/* Members that functions name, and those of them that they may change. */
struct members {
	struct strvec named, changed;
};

/* "set_bit(FLAG, &xp->flags)": nobody has to be kept apart for that. */
static bool is_atomic(const struct ctokens *ts, size_t start)
{
	static const char *const words[] = {
		"set_bit", "clear_bit", "test_bit", "test_and_set_bit",
		"test_and_clear_bit",
	};

	return ctoken_is(ts, start - 2, ",") &&
	       ctoken_is(ts, start - 4, "(") && TOKEN_IN(ts, start - 5, words);
}

static bool is_changed(const struct ctokens *ts, size_t i)
{
	static const char *const ops[] = {
		"=", "+=", "-=", "|=", "&=", "^=", "<<=", ">>=", "++", "--",
	};
	size_t start = member_start(ts, i), end = i + 1;

	while (ctoken_is(ts, end, "["))
		end = ctokens_match(ts, end, ts->n) + 1;
	if (ctoken_is(ts, end, "->") || ctoken_is(ts, end, "."))
		return false;
	return TOKEN_IN(ts, end, ops) || ctoken_is(ts, start - 1, "++") ||
	       ctoken_is(ts, start - 1, "--") ||
	       (ctoken_is(ts, start - 1, "&") && !is_atomic(ts, start) &&
		(ctoken_is(ts, start - 2, "(") ||
		 ctoken_is(ts, start - 2, ",") ||
		 ctoken_is(ts, start - 2, "=")));
}

/* "member tag", the tag being that of "struct tag *xp" in "xp->member". */
static char *member_key(const struct cfunc *f, size_t i)
{
	const struct ctokens *ts = &f->src->toks;
	char *member = ctoken_dup(ts, i), *var = NULL, *tag = NULL, *key;

	if (ctoken_is(ts, i - 1, "->") && ctoken_is_word(ts, i - 2) &&
	    !ctoken_is_member(ts, i - 2))
		var = ctoken_dup(ts, i - 2);
	if (var)
		tag = tag_between(ts, f->open, f->end, var);
	key = xasprintf("%s %s", member, tag ? tag : "");
	free(member);
	free(var);
	free(tag);
	return key;
}

/* May both be the same member? One whose struct is not known may be any. */
static bool same_member(const char *a, const char *b)
{
	size_t n = (size_t)(strchr(a, ' ') - a) + 1;

	return !strncmp(a, b, n) && (!a[n] || !b[n] || !strcmp(a, b));
}

/* "rule.qpn" of a "struct tag rule" that the function has declared. */
static bool is_local(const struct cfunc *f, size_t i)
{
	const struct ctokens *ts = &f->src->toks;
	size_t start = member_start(ts, i);
	char *var;
	bool local = false;

	/* ".qpn = 1" of an initialiser. */
	if (ctoken_is(ts, i - 2, "{") || ctoken_is(ts, i - 2, ","))
		return true;
	for (size_t k = start; k < i; k++)
		if (ctoken_is(ts, k, "->"))
			return false;
	var = ctoken_dup(ts, start);
	for (size_t k = f->body + 2; k < start && !local; k++)
		local = ctoken_is(ts, k, var) && ctoken_is_word(ts, k - 1) &&
			ctoken_is(ts, k - 2, "struct") &&
			!ctoken_is(ts, k - 3, "static");
	free(var);
	return local;
}

static void read_members(const struct cfunc *f, struct members *m)
{
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body + 1; i < f->end; i++) {
		char *word;

		if (!ctoken_is_word(ts, i) || !ctoken_is_member(ts, i) ||
		    is_local(f, i))
			continue;
		word = member_key(f, i);
		sv_add_once(&m->named, word);
		if (is_changed(ts, i))
			sv_add_once(&m->changed, word);
		free(word);
	}
}

static void reached_members(const struct cmodule *mod, struct cfunc *f,
			    struct members *m)
{
	struct cfuncs reached = {0};

	callwalk_reached(mod, f, &reached);
	for (size_t i = 0; i < reached.n; i++)
		read_members(reached.v[i], m);
	free(reached.v);
}

static const char *common(const struct strvec *a, const struct strvec *b)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++)
			if (same_member(a->v[i], b->v[k]))
				return a->v[i];
	return NULL;
}

char *shared_member(const struct cmodule *mod, struct cfunc *x,
		    struct cfunc *y)
{
	struct members a = {0}, b = {0};
	const char *name;
	char *shared;

	reached_members(mod, x, &a);
	reached_members(mod, y, &b);
	name = common(&a.changed, &b.named);
	if (!name)
		name = common(&b.changed, &a.named);
	shared = name ? xstrndup(name, strcspn(name, " ")) : NULL;
	sv_free(&a.named);
	sv_free(&a.changed);
	sv_free(&b.named);
	sv_free(&b.changed);
	return shared;
}
