// SPDX-License-Identifier: GPL-2.0-only
#include "undermutex.h"

#include <stdlib.h>
#include <string.h>

char *mutex_word(const struct ctokens *ts, size_t call)
{
	size_t close = ctokens_match(ts, call + 1, ts->n);

	return ctoken_is_word(ts, close - 1) ? ctoken_dup(ts, close - 1) : NULL;
}

/* Up to the token, does the function but declare and look its data up? */
static bool only_declares(const struct cfunc *f, size_t to)
{
	static const char *const fine[] = {"container_of", "netdev_priv"};
	const struct ctokens *ts = &f->src->toks;

	for (size_t i = f->body + 1; i < to; i++)
		if ((ctoken_is(ts, i, "(") && !TOKEN_IN(ts, i - 1, fine)) ||
		    ctoken_is(ts, i, "{") ||
		    (ctoken_is(ts, i, "=") && !ctoken_is(ts, i - 2, "*") &&
		     !ctoken_is(ts, i + 1, "container_of") &&
		     ctoken_is(ts, i - 2, "->")))
			return false;
	return true;
}

static size_t first_lock(const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;
	size_t i = f->body;

	while (i < f->end && !(ctoken_is(ts, i, "mutex_lock") &&
			       ctoken_is(ts, i + 1, "(")))
		i++;
	return i;
}

char *under_mutex(const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;
	size_t lock = first_lock(f), last = 0;
	char *name;

	if (lock == f->end || !only_declares(f, lock))
		return NULL;
	name = mutex_word(ts, lock);
	for (size_t i = lock; i < f->end && name; i++) {
		char *other;

		if (!ctoken_is(ts, i, "mutex_unlock"))
			continue;
		other = mutex_word(ts, i);
		last = ctokens_match(ts, i + 1, ts->n) + 2;
		/* Once it is let go, there is but the end. */
		if (!other || strcmp(name, other) ||
		    !(last == f->end || (ctoken_is(ts, last, "return") &&
					 ctoken_is(ts, last + 1, ";")))) {
			free(name);
			name = NULL;
		}
		free(other);
	}
	if (!last) {
		free(name);
		return NULL;
	}
	return name;
}

char *under_mutex_if(const struct cfunc *f)
{
	const struct ctokens *ts = &f->src->toks;
	size_t i, end;

	i = ctokens_match(ts, first_lock(f) + 1, ts->n) + 2;
	/* "if (xp->running)", then one call or block, then the unlock. */
	if (i >= f->end || !ctoken_is(ts, i, "if") ||
	    ctokens_match(ts, i + 1, ts->n) != i + 5 ||
	    !ctoken_is(ts, i + 3, "->") || !ctoken_is_word(ts, i + 4))
		return NULL;
	if (ctoken_is(ts, i + 6, "{"))
		end = ctokens_match(ts, i + 6, ts->n) + 1;
	else if (ctoken_is(ts, i + 7, "("))
		end = ctokens_match(ts, i + 7, ts->n) + 2;
	else
		return NULL;
	return ctoken_is(ts, end, "mutex_unlock") ? ctoken_dup(ts, i + 4) :
						    NULL;
}

/* Does the token stand in the function's own block, in no other? */
static bool is_outermost(const struct cfunc *f, size_t tok)
{
	size_t level = 0;

	for (size_t i = f->body; i < tok; i++) {
		level += ctoken_is(&f->src->toks, i, "{");
		level -= ctoken_is(&f->src->toks, i, "}");
	}
	return level == 1;
}

/* "mutex_lock(...);" of that mutex at i, a statement for itself? */
static bool locks(const struct cfunc *f, size_t i, const char *word,
		  const char *mutex)
{
	const struct ctokens *ts = &f->src->toks;
	char *name;
	bool same;

	if (!ctoken_is(ts, i, word) || !ctoken_is(ts, i + 1, "(") ||
	    ctoken_is(ts, i - 1, ")") || !is_outermost(f, i))
		return false;
	name = mutex_word(ts, i);
	same = name && !strcmp(name, mutex);
	free(name);
	return same;
}

bool cleared_under_mutex(const struct cfunc *f, size_t tok, const char *mutex,
			 const char *var, const char *flag)
{
	const struct ctokens *ts = &f->src->toks;
	bool held = false, cleared = false, done = false;

	for (size_t i = f->body + 1; i < tok; i++) {
		if (locks(f, i, "mutex_lock", mutex))
			held = true;
		if (locks(f, i, "mutex_unlock", mutex)) {
			done = done || (held && cleared);
			held = false;
		}
		if (!ctoken_is(ts, i, flag) || !ctoken_is(ts, i - 1, "->") ||
		    !ctoken_is(ts, i + 1, "="))
			continue;
		/* Set again, or somebody else's: nothing is proved. */
		if (!ctoken_is(ts, i + 2, "false") || !ctoken_is(ts, i - 2, var))
			return false;
		cleared = held && is_outermost(f, i) &&
			  !ctoken_is(ts, i - 3, ")");
	}
	return done;
}

char *mutex_taken(const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	bool guard = (ctoken_is(ts, tok, "guard") ||
		      ctoken_is(ts, tok, "scoped_guard")) &&
		     ctoken_begins(ts, tok + 2, "mutex");
	size_t close;
	char *name;

	if (!ctoken_is(ts, tok + 1, "(") ||
	    (!guard && !ctoken_begins(ts, tok, "mutex_lock") &&
	     !ctoken_is(ts, tok, "mutex_trylock")))
		return NULL;
	close = ctokens_match(ts, tok + 1, ts->n);
	if (guard && ctoken_is(ts, close + 1, "("))
		close = ctokens_match(ts, close + 1, ts->n);
	name = ctoken_is_word(ts, close - 1) ? ctoken_dup(ts, close - 1) : NULL;
	return name ? name : xstrdup("?");
}

static const struct cfunc *called_at(const struct cmodule *mod,
				     const struct cfunc *f, size_t tok)
{
	const struct ctokens *ts = &f->src->toks;
	const struct cfunc *g;
	char *name;

	if (!ctoken_is_word(ts, tok) || !ctoken_is(ts, tok + 1, "(") ||
	    ctoken_is_member(ts, tok))
		return NULL;
	name = ctoken_dup(ts, tok);
	g = cmodule_func(mod, f->src, name);
	free(name);
	return g == f ? NULL : g;
}

static bool unlocks(const struct cfunc *f, size_t tok, const char *mutex)
{
	const struct ctokens *ts = &f->src->toks;
	char *name;
	bool same;

	if (!ctoken_is(ts, tok, "mutex_unlock") || !ctoken_is(ts, tok + 1, "("))
		return false;
	name = mutex_word(ts, tok);
	same = !name || !strcmp(mutex, "?") || !strcmp(name, mutex);
	free(name);
	return same;
}

/* What is taken in the function, and not let go there. */
static char *left_taken(const struct cfunc *f)
{
	for (size_t i = f->body; i < f->end; i++) {
		char *name = ctoken_is(&f->src->toks, i, "guard") ?
				     NULL :
				     mutex_taken(f, i);
		bool let_go = false;

		for (size_t k = i; name && k < f->end && !let_go; k++)
			let_go = unlocks(f, k, name);
		if (name && !let_go)
			return name;
		free(name);
	}
	return NULL;
}

char *mutex_kept(const struct cmodule *mod, const struct cfunc *f, size_t tok)
{
	char *name = mutex_taken(f, tok);
	const struct cfunc *g = name ? NULL : called_at(mod, f, tok);

	return g ? left_taken(g) : name;
}

bool mutex_let_go(const struct cmodule *mod, const struct cfunc *f, size_t tok,
		  const char *mutex)
{
	const struct cfunc *g = called_at(mod, f, tok);

	if (unlocks(f, tok, mutex))
		return true;
	for (size_t i = g ? g->body : 0; g && i < g->end; i++)
		if (unlocks(g, i, mutex)) {
			for (size_t k = g->body; k < i; k++) {
				char *name = mutex_taken(g, k);

				free(name);
				if (name)
					return false;
			}
			return true;
		}
	return false;
}
