// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "kmakeexpand.h"

/* Bounds against files that refer to themselves or explode. */
#define MAX_DEPTH 12
#define MAX_WORDS 5000
#define MAX_STEPS 20000

/* The first ')' or '}' that closes the one before s; NULL where none does. */
const char *kmake_closing(const char *s)
{
	int depth = 1;

	for (; *s; s++) {
		if (*s == '(' || *s == '{')
			depth++;
		else if ((*s == ')' || *s == '}') && !--depth)
			return s;
	}
	return NULL;
}

bool kmake_is_ref(const char *s)
{
	return s[0] == '$' && (s[1] == '(' || s[1] == '{');
}

char *kmake_trimmed(const char *s, size_t n)
{
	while (n && isspace((unsigned char)*s))
		s++, n--;
	while (n && isspace((unsigned char)s[n - 1]))
		n--;
	return xstrndup(s, n);
}

void kmake_free_words(struct kmake_words *ws)
{
	for (size_t i = 0; i < ws->n; i++) {
		free(ws->v[i].text);
		sv_free(&ws->v[i].configs);
	}
	free(ws->v);
}

static void add_word(struct kmake_reader *r, struct kmake_words *ws, char *text,
		     const struct strvec *configs)
{
	if (!*text || r->words >= MAX_WORDS) {
		free(text);
		return;
	}
	r->words++;
	GROW(ws->v, ws->n, ws->cap);
	ws->v[ws->n] = (struct kmake_word){.text = text};
	for (size_t i = 0; i < configs->n; i++)
		sv_add_once(&ws->v[ws->n].configs, configs->v[i]);
	ws->n++;
}

/* Does "$(ref)" mean this assignment? foo-y also means foo-$(CONFIG_X). */
static bool refers_to(const struct kmake_assign *a, const char *ref)
{
	size_t n;

	if (!strcmp(a->name, ref))
		return true;
	if (!a->symbols.n || (!ends_with(ref, "-y") && !ends_with(ref, "-m")))
		return false;
	n = strlen(ref) - 2;
	return !strncmp(a->base, ref, n) && !a->base[n];
}

static void expand_variable(struct kmake_reader *r, const char *ref,
			    const struct strvec *configs,
			    struct kmake_words *out, int depth)
{
	r->steps += r->n / 16;
	for (size_t i = 0; i < r->n; i++) {
		const struct kmake_assign *a = &r->v[i];
		struct strvec all = {0};

		if (!refers_to(a, ref))
			continue;
		sv_addv(&all, configs);
		sv_addv(&all, &a->symbols);
		sv_addv(&all, &a->conds);
		kmake_expand(r, a->value, strlen(a->value), &all, out,
			     depth + 1);
		sv_free(&all);
	}
}

/* $(name:A=B): the ending A becomes B. */
static void substitute(struct kmake_words *ws, const char *rule)
{
	const char *equal = strchr(rule, '=');
	const char *to;
	char *from;

	if (!equal)
		return;
	to = equal + 1;
	from = kmake_trimmed(rule, (size_t)(equal - rule));
	if (*from == '%' && *to == '%') {
		memmove(from, from + 1, strlen(from));
		to++;
	}
	for (size_t i = 0; i < ws->n; i++) {
		char *old = ws->v[i].text;

		if (!ends_with(old, from))
			continue;
		ws->v[i].text = xasprintf(
			"%.*s%s", (int)(strlen(old) - strlen(from)), old, to);
		free(old);
	}
	free(from);
}

/* The length of the first argument of a function: to its comma. */
static size_t argument(const char *s)
{
	size_t i;

	for (i = 0; s[i] && s[i] != ','; i++) {
		if (kmake_is_ref(s + i)) {
			const char *end = kmake_closing(s + i + 2);

			if (!end)
				return strlen(s);
			i = (size_t)(end - s);
		}
	}
	return i;
}

/*
 * $(addprefix a/,b.o) and $(addsuffix .o,b) are computed; of any other
 * function all words of its arguments are taken.
 */
static void expand_call(struct kmake_reader *r, const char *name,
			const char *args, const struct strvec *configs,
			struct kmake_words *out, int depth)
{
	bool prefix = !strcmp(name, "addprefix");
	size_t len = argument(args);
	struct kmake_words list = {0};
	char *affix;

	if (!prefix && strcmp(name, "addsuffix")) {
		while (*args) {
			len = argument(args);
			kmake_expand(r, args, len, configs, out, depth + 1);
			args += len + (args[len] == ',');
		}
		return;
	}
	affix = kmake_trimmed(args, len);
	args += len + (args[len] == ',');
	kmake_expand(r, args, strlen(args), configs, &list, depth + 1);
	for (size_t i = 0; i < list.n; i++)
		add_word(r, out,
			 prefix ? xasprintf("%s%s", affix, list.v[i].text)
				: xasprintf("%s%s", list.v[i].text, affix),
			 &list.v[i].configs);
	kmake_free_words(&list);
	free(affix);
}

/* What stands between "$(" and ")". */
static void expand_reference(struct kmake_reader *r, const char *inner,
			     const struct strvec *configs,
			     struct kmake_words *out, int depth)
{
	size_t len = strcspn(inner, " \t:");
	char *name = xstrndup(inner, len);

	if (inner[len] == ':') {
		struct kmake_words ws = {0};

		expand_variable(r, name, configs, &ws, depth);
		substitute(&ws, inner + len + 1);
		for (size_t i = 0; i < ws.n; i++)
			add_word(r, out, xstrdup(ws.v[i].text),
				 &ws.v[i].configs);
		kmake_free_words(&ws);
	} else if (inner[len]) {
		const char *args = inner + len;

		args += strspn(args, " \t");
		expand_call(r, name, args, configs, out, depth);
	} else {
		expand_variable(r, name, configs, out, depth);
	}
	free(name);
}

/* One word that may hold a reference: "a$(b)c". */
static void expand_word(struct kmake_reader *r, const char *s, size_t n,
			const struct strvec *configs, struct kmake_words *out,
			int depth)
{
	const char *ref = s, *end;
	struct kmake_words inner = {0}, tail = {0};

	while (ref + 1 < s + n && !kmake_is_ref(ref))
		ref++;
	end = ref + 1 < s + n ? kmake_closing(ref + 2) : NULL;
	if (!end || end >= s + n) {
		add_word(r, out, xstrndup(s, n), configs);
		return;
	}
	char *text = xstrndup(ref + 2, (size_t)(end - ref - 2));
	expand_reference(r, text, configs, &inner, depth);
	free(text);
	end++;
	if (end < s + n)
		expand_word(r, end, (size_t)(s + n - end), configs, &tail,
			    depth + 1);
	/* An unknown name, like $(obj), is empty. */
	for (size_t i = 0; i < inner.n || !i; i++)
		for (size_t j = 0; j < tail.n || !j; j++)
			add_word(r, out,
				 xasprintf("%.*s%s%s", (int)(ref - s), s,
					   inner.n ? inner.v[i].text : "",
					   tail.n ? tail.v[j].text : ""),
				 inner.n ? &inner.v[i].configs : configs);
	kmake_free_words(&inner);
	kmake_free_words(&tail);
}

void kmake_expand(struct kmake_reader *r, const char *s, size_t n,
		  const struct strvec *configs, struct kmake_words *out,
		  int depth)
{
	const char *end = s + n;

	if (depth > MAX_DEPTH || r->steps > MAX_STEPS)
		return;
	r->steps += n / 64 + 1;
	while (s < end) {
		const char *start = s;

		if (isspace((unsigned char)*s)) {
			s++;
			continue;
		}
		while (s < end && !isspace((unsigned char)*s)) {
			const char *close = NULL;

			if (kmake_is_ref(s))
				close = kmake_closing(s + 2);
			if (close && close < end)
				s = close;
			s++;
		}
		expand_word(r, start, (size_t)(s - start), configs, out, depth);
	}
}
