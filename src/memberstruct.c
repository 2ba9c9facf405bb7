// SPDX-License-Identifier: GPL-2.0-only
#include "memberstruct.h"

#include <stdlib.h>
#include <string.h>

#include "includers.h"

/* The "{" around token i, with no "(" between the two; SIZE_MAX for none. */
static size_t brace_around(const struct ctokens *ts, size_t i)
{
	size_t braces = 0, parens = 0;

	while (i-- > 0) {
		if (ctoken_is(ts, i, "}"))
			braces++;
		else if (ctoken_is(ts, i, ")"))
			parens++;
		else if (ctoken_is(ts, i, "(") && !parens--)
			break;
		else if (ctoken_is(ts, i, "{") && !braces--)
			return i;
	}
	return SIZE_MAX;
}

/* The tag of the struct whose body begins at the "{"; NULL where none does. */
static char *tag_before(const struct ctokens *ts, size_t open)
{
	if (open == SIZE_MAX || !open)
		return NULL;
	if (ctoken_is(ts, open - 1, "struct") ||
	    ctoken_is(ts, open - 1, "union"))
		return xstrdup("");
	if (open > 1 && ctoken_is_word(ts, open - 1) &&
	    ctoken_is(ts, open - 2, "struct"))
		return ctoken_dup(ts, open - 1);
	return NULL;
}

char *member_struct_around(const struct ctokens *ts, size_t tok)
{
	return tok < 2 ? NULL : tag_before(ts, brace_around(ts, tok - 2));
}

/* Does the initialiser at the "{" name what it sets? */
static bool is_designated(const struct cmodule *mod, const struct ctokens *ts,
			  size_t open)
{
	const struct cmacro *macro;
	char *word;

	if (ctoken_is(ts, open + 1, ".") || ctoken_is(ts, open + 1, "}"))
		return true;
	if (ctoken_is(ts, open + 1, "0") && ctoken_is(ts, open + 2, "}"))
		return true;
	if (!ctoken_is_word(ts, open + 1))
		return false;
	word = ctoken_dup(ts, open + 1);
	macro = cmodule_macro(mod, word);
	free(word);
	return macro && macro->body[strspn(macro->body, " \t\\\n")] == '.';
}

/* The same for each element where it is an array. */
static bool all_designated(const struct cmodule *mod, const struct ctokens *ts,
			   size_t open, bool array)
{
	size_t close = ctokens_match(ts, open, ts->n);

	if (!array)
		return is_designated(mod, ts, open);
	for (size_t i = open + 1; i < close; i++) {
		if (ctoken_is(ts, i, "{")) {
			if (!is_designated(mod, ts, i))
				return false;
			i = ctokens_match(ts, i, close);
		} else if (ctoken_is(ts, i, "[")) {
			i = ctokens_match(ts, i, close);
		} else if (!ctoken_is(ts, i, ",") && !ctoken_is(ts, i, "=")) {
			return false;
		}
	}
	return true;
}

static bool set_gap(struct member_gap *gap, const struct csource *src,
		    size_t tok, char *why)
{
	gap->src = src;
	gap->tok = tok;
	gap->why = why;
	return true;
}

/* Somewhere, ".name = { f }" in the initialiser of a struct around it. */
static bool is_set_inside(const struct cmodule *mod, const char *name,
			  struct member_gap *gap)
{
	for (size_t s = 0; s < mod->count; s++) {
		const struct ctokens *ts = &mod->sources[s]->toks;

		for (size_t i = 1; i + 2 < ts->n; i++)
			if (ctoken_is(ts, i, name) &&
			    ctoken_is(ts, i - 1, ".") &&
			    ctoken_is(ts, i + 1, "=") &&
			    ctoken_is(ts, i + 2, "{") &&
			    !is_designated(mod, ts, i + 2))
				return set_gap(gap, mod->sources[s], i,
					       xasprintf("%s is set by position",
							 name));
	}
	return false;
}

static bool find_gap(const struct cmodule *mod, const char *tag, int depth,
		     struct member_gap *gap);

/* At "struct tag" at token i: what is declared there? */
static bool look_at_tag(const struct cmodule *mod, const struct csource *src,
			size_t i, const char *tag, int depth,
			struct member_gap *gap)
{
	const struct ctokens *ts = &src->toks;
	size_t at = i + 2;
	bool array = false, found = false;
	char *outer, *name;

	if (i && ctoken_is(ts, i - 1, "typedef"))
		return set_gap(gap, src, i,
			       xasprintf("struct %s has a typedef", tag));
	if (ctoken_is(ts, at, ")") && ctoken_is(ts, at + 1, "{") &&
	    !is_designated(mod, ts, at + 1))
		return set_gap(gap, src, i,
			       xasprintf("a struct %s is set by position", tag));
	if (!ctoken_is_word(ts, at))
		return false;
	name = ctoken_dup(ts, at++);
	while (ctoken_is(ts, at, "[")) {
		array = true;
		at = ctokens_match(ts, at, ts->n) + 1;
	}
	while (ctoken_is_word(ts, at))
		at++;
	outer = tag_before(ts, brace_around(ts, i));
	if (ctoken_is(ts, at, "=") && ctoken_is(ts, at + 1, "{") &&
	    !all_designated(mod, ts, at + 1, array))
		found = set_gap(gap, src, i,
				xasprintf("struct %s %s is set by position",
					  tag, name));
	else if (outer && ctoken_is(ts, at, ";"))
		found = is_set_inside(mod, name, gap) ||
			(*outer && strcmp(outer, tag) &&
			 find_gap(mod, outer, depth - 1, gap));
	free(outer);
	free(name);
	return found;
}

static bool find_gap(const struct cmodule *mod, const char *tag, int depth,
		     struct member_gap *gap)
{
	for (size_t s = 0; s < mod->count && depth; s++) {
		const struct csource *src = mod->sources[s];

		for (size_t i = 0; i + 1 < src->toks.n; i++)
			if (ctoken_is(&src->toks, i, "struct") &&
			    ctoken_is(&src->toks, i + 1, tag) &&
			    look_at_tag(mod, src, i, tag, depth, gap))
				return true;
	}
	return false;
}

bool member_struct_gap(const struct cmodule *mod, const char *tag,
		       struct member_gap *gap)
{
	return find_gap(mod, tag, 4, gap);
}

/* Is there ".name" or "->name" in the file, or one of the macros? */
static bool uses_member(const char *tree, const char *path, const char *name,
			const struct strvec *macros)
{
	struct csource *src;
	bool uses = false;
	int error;

	src = csource_read(tree, path, &error);
	/* What can't be read may do anything. */
	if (!src)
		return true;
	for (size_t i = 1; i < src->toks.n && !uses; i++) {
		uses = ctoken_is(&src->toks, i, name) &&
		       ctoken_is_member(&src->toks, i);
		for (size_t k = 0; k < macros->n && !uses; k++)
			uses = ctoken_is(&src->toks, i, macros->v[k]);
	}
	for (size_t i = 0; i < src->macro_count && !uses; i++)
		uses = strstr(src->macros[i].body, name);
	csource_free(src);
	return uses;
}

/* The folder above the one that the file is in. */
static char *folder_above(const char *path)
{
	char *dir = xstrdup(path);

	for (int i = 0; i < 2; i++) {
		char *slash = strrchr(dir, '/');

		if (slash)
			*slash = '\0';
	}
	return dir;
}

void member_struct_elsewhere(const struct cmodule *mod,
			     const struct csource *header, const char *member,
			     const struct strvec *macros,
			     struct strvec *outside)
{
	struct strvec sources = {0};
	struct includers *db;
	char *dir;

	if (!*mod->tree || !ends_with(header->path, ".h"))
		return;
	dir = folder_above(header->path);
	db = includers_open(mod->tree);
	includers_scan(db, dir);
	includers_find(db, header->path, &sources);
	for (size_t i = 0; i < sources.n; i++)
		if (!cmodule_source(mod, sources.v[i]) &&
		    uses_member(mod->tree, sources.v[i], member, macros))
			sv_add_once(outside, sources.v[i]);
	includers_close(db);
	sv_free(&sources);
	free(dir);
}
