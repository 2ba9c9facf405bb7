// SPDX-License-Identifier: GPL-2.0-only
#include "macroreturn.h"

#include <stdlib.h>
#include <string.h>

/* What the body has for "args..." or "...", or NULL; the caller frees it. */
static char *variadic(const struct cmacro *m)
{
	size_t len = m->params ? strlen(m->params) : 0;

	if (len < 3 || strchr(m->params, ',') || !ends_with(m->params, "..."))
		return NULL;
	return len == 3 ? xstrdup("__VA_ARGS__") :
			  xstrndup(m->params, len - 3);
}

/* One "return", and the arguments behind it. */
static bool returns_args(const struct cmacro *m)
{
	char *args = variadic(m);
	size_t returns = 0, good = 0;
	struct ctokens ts;

	if (!args)
		return false;
	ctokens_read_body(&ts, m->body, strlen(m->body));
	for (size_t i = 0; i < ts.n; i++) {
		if (!ctoken_is(&ts, i, "return"))
			continue;
		returns++;
		good += ctoken_is(&ts, i + 1, args) &&
			(i + 2 == ts.n || ctoken_is(&ts, i + 2, ";"));
	}
	ctokens_free(&ts);
	free(args);
	return returns == 1 && good == 1;
}

bool macro_return_takes_value(const struct cmodule *mod,
			      const struct csource *src, size_t tok)
{
	const struct ctokens *ts = &src->toks;
	char *name = ctoken_dup(ts, tok);
	const struct cmacro *m;
	bool takes = ctoken_is(ts, tok + 1, "(") &&
		     ctoken_is(ts, tok + 2, ")") && ctoken_is(ts, tok + 3, ";");

	for (size_t k = 0; takes && (m = cmodule_macro_at(mod, name, k)); k++)
		takes = returns_args(m);
	free(name);
	return takes;
}

bool macro_return_is_last(const struct cfunc *f, size_t tok)
{
	return tok + 4 == f->end;
}
