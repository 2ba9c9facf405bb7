// SPDX-License-Identifier: GPL-2.0-only
#include "membermacro.h"

#include <stdlib.h>
#include <string.h>

#include "listuse.h"

#define DEPTH 8
#define PLACEHOLDER "rxasync_arg_"

/* The one macro of that name; NULL where there are several, or none. */
static const struct cmacro *only_macro(const struct cmodule *mod,
				       const char *name)
{
	const struct cmacro *found = NULL;

	for (size_t s = 0; s < mod->count; s++)
		for (size_t i = 0; i < mod->sources[s]->macro_count; i++) {
			const struct cmacro *m = &mod->sources[s]->macros[i];

			if (strcmp(m->name, name) != 0)
				continue;
			if (found)
				return NULL;
			found = m;
		}
	return found;
}

static bool uses_member(const struct cmodule *mod, const struct cmacro *macro,
			const char *member, int depth)
{
	struct ctokens ts;
	bool uses = false;

	ctokens_read_body(&ts, macro->body, strlen(macro->body));
	for (size_t i = 0; i < ts.n && !uses; i++) {
		const struct cmacro *inner;
		char *word;

		if (!ctoken_is_word(&ts, i))
			continue;
		word = ctoken_dup(&ts, i);
		if (!strcmp(word, member)) {
			bool sets = i && ctoken_is(&ts, i - 1, ".") &&
				    ctoken_is(&ts, i + 1, "=");
			/* A function or macro of that name. */
			bool other = ctoken_is(&ts, i + 1, "(") &&
				     !ctoken_is_member(&ts, i) &&
				     !ctoken_is(&ts, i - 1, "##");

			uses = !sets && !other;
		} else {
			inner = cmodule_macro(mod, word);
			uses = inner && inner != macro && depth &&
			       uses_member(mod, inner, member, depth - 1);
		}
		free(word);
	}
	ctokens_free(&ts);
	return uses;
}

bool member_macro_uses(const struct cmodule *mod, const struct cmacro *macro,
		       const char *member)
{
	return uses_member(mod, macro, member, DEPTH);
}

/* The macro's parameters; the last one may take all the rest. */
static bool read_names(const struct cmacro *macro, struct strvec *names)
{
	bool variadic = false;

	sv_split(names, macro->params ? macro->params : "", ", \t\\\n");
	for (size_t i = 0; i < names->n; i++) {
		char *dots = strstr(names->v[i], "...");

		if (!dots)
			continue;
		variadic = i + 1 == names->n;
		*dots = '\0';
		if (!*names->v[i]) {
			free(names->v[i]);
			names->v[i] = xstrdup("__VA_ARGS__");
		}
	}
	return variadic;
}

/*
 * Gives each parameter its argument. False where the numbers do not fit, or
 * nothing is left for the rest: then a comma in front of it would go.
 */
static bool bind(const struct cmacro *macro, const struct strvec *args,
		 struct strvec *names, struct strvec *values)
{
	bool variadic = read_names(macro, names);

	if (!macro->has_params || args->n < names->n ||
	    (!variadic && args->n != names->n))
		return false;
	for (size_t i = 0; i < args->n; i++) {
		if (i < names->n) {
			sv_add(values, args->v[i]);
		} else {
			char **last = &values->v[values->n - 1];
			char *all = xasprintf("%s, %s", *last, args->v[i]);

			free(*last);
			*last = all;
		}
	}
	return true;
}

static bool expand(const struct cmodule *mod, const struct cmacro *macro,
		   const struct strvec *args, int depth, struct strbuf *out);

/* Expands the macro calls in the text, which has no parameters left. */
static bool expand_calls(const struct cmodule *mod, const struct cmacro *self,
			 const char *text, int depth, struct strbuf *out)
{
	struct ctokens ts;
	bool fine = true;

	ctokens_read_body(&ts, text, strlen(text));
	for (size_t i = 0; i < ts.n && fine; i++) {
		char *word = ctoken_dup(&ts, i);
		const struct cmacro *inner = NULL;

		if (ctoken_is_word(&ts, i) && strcmp(word, self->name) != 0 &&
		    cmodule_macro(mod, word)) {
			inner = only_macro(mod, word);
			fine = inner && depth;
		}
		if (fine && inner && inner->has_params &&
		    ctoken_is(&ts, i + 1, "(")) {
			struct strvec values = {0};
			struct cargs args;

			cargs_read(&args, &ts, i + 1);
			for (size_t k = 0; k < args.n; k++) {
				char *v = ctokens_text(&ts, args.v[k].from,
						       args.v[k].to);

				sv_add(&values, v);
				free(v);
			}
			fine = expand(mod, inner, &values, depth - 1, out);
			i = args.close;
			cargs_free(&args);
			sv_free(&values);
		} else if (fine && inner && !inner->has_params) {
			sb_addc(out, ' ');
			fine = expand_calls(mod, inner, inner->body, depth - 1,
					    out);
		} else {
			sb_addf(out, " %s", word);
		}
		free(word);
	}
	ctokens_free(&ts);
	return fine;
}

static bool expand(const struct cmodule *mod, const struct cmacro *macro,
		   const struct strvec *args, int depth, struct strbuf *out)
{
	struct strvec names = {0}, values = {0};
	struct strbuf text = {0};
	struct ctokens ts;
	bool fine = bind(macro, args, &names, &values);

	ctokens_read_body(&ts, macro->body, strlen(macro->body));
	for (size_t i = 0; i < ts.n && fine; i++) {
		char *word = ctoken_dup(&ts, i);
		size_t p = 0;

		while (p < names.n && strcmp(names.v[p], word) != 0)
			p++;
		/* ", ##rest" is ", rest"; other names can't be made up. */
		if (ctoken_is(&ts, i, "##"))
			fine = i && ctoken_is(&ts, i - 1, ",");
		else if (ctoken_is(&ts, i, "#"))
			fine = false;
		else if (!ctoken_is(&ts, i, "\\"))
			sb_addf(&text, " %s", p < names.n ? values.v[p] : word);
		free(word);
	}
	ctokens_free(&ts);
	fine = fine && expand_calls(mod, macro, sb_str(&text), depth, out);
	sb_free(&text);
	sv_free(&names);
	sv_free(&values);
	return fine;
}

/* "if (x->f", "x->f)" and the like: asked whether it is there. */
bool member_is_test(const struct ctokens *ts, size_t start, size_t tok)
{
	static const char *const words[] = {
		"if", "while", "likely", "unlikely", "WARN_ON", "WARN_ON_ONCE",
		"BUG_ON",
	};

	if (ctoken_is(ts, tok + 1, "==") || ctoken_is(ts, tok + 1, "!="))
		return true;
	if (!ctoken_is(ts, tok + 1, ")") && !ctoken_is(ts, tok + 1, "&&") &&
	    !ctoken_is(ts, tok + 1, "||"))
		return false;
	if (ctoken_is(ts, start - 1, "!") || ctoken_is(ts, start - 1, "&&") ||
	    ctoken_is(ts, start - 1, "||"))
		return true;
	return IS_CALL_OF(ts, start - 2, words);
}

/* The number of the placeholder, alone or in parentheses; SIZE_MAX for none. */
static size_t placeholder(const struct ctokens *ts, size_t from, size_t to)
{
	size_t n = SIZE_MAX;
	char *word;

	while (to - from == 3 && ctoken_is(ts, from, "(")) {
		from++;
		to--;
	}
	if (to - from != 1)
		return n;
	word = ctoken_dup(ts, from);
	if (starts_with(word, PLACEHOLDER))
		n = strtoul(word + strlen(PLACEHOLDER), NULL, 10);
	free(word);
	return n;
}

/* At a call's "(": are its arguments the last of the n, as they come? */
static bool takes_last(const struct ctokens *ts, size_t open, size_t n,
		       size_t *skip)
{
	struct cargs args;
	bool last;

	cargs_read(&args, ts, open);
	last = args.n && args.n <= n;
	for (size_t k = 0; k < args.n && last; k++)
		last = placeholder(ts, args.v[k].from, args.v[k].to) ==
		       n - args.n + k;
	*skip = n - args.n;
	cargs_free(&args);
	return last;
}

static bool calls_with(const struct cmodule *mod, const struct cmacro *macro,
		       const char *member, size_t n, size_t *skip)
{
	struct strbuf text = {0};
	struct strvec args = {0};
	struct ctokens ts;
	size_t calls = 0;
	bool fine;

	for (size_t i = 0; i < n; i++)
		sv_addf(&args, PLACEHOLDER "%zu", i);
	fine = only_macro(mod, macro->name) == macro &&
	       expand(mod, macro, &args, DEPTH, &text);
	ctokens_read_body(&ts, sb_str(&text), text.len);
	for (size_t i = 1; i < ts.n && fine; i++) {
		size_t start;

		if (!ctoken_is(&ts, i, member))
			continue;
		start = chain_start(&ts, i);
		if (start == i) {
			fine = ctoken_is(&ts, i + 1, "(");
		} else if (ctoken_is(&ts, i + 1, "(")) {
			size_t old = *skip;

			fine = takes_last(&ts, i + 1, n, skip) &&
			       (!calls || *skip == old);
			calls++;
		} else {
			fine = member_is_test(&ts, start, i);
		}
	}
	ctokens_free(&ts);
	sb_free(&text);
	sv_free(&args);
	return fine && calls;
}

bool member_macro_calls(const struct cmodule *mod, const struct cmacro *macro,
			const char *member, size_t n, size_t *skip)
{
	size_t more;

	return calls_with(mod, macro, member, n, skip) &&
	       calls_with(mod, macro, member, n + 2, &more) && more == *skip;
}
