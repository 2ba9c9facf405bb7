// SPDX-License-Identifier: GPL-2.0-only
#include "ndouse.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "listuse.h"

const char *ndo_kind_name(enum ndo_kind kind)
{
	static const char *const names[] = {
		[NDO_DESIGNATED] = "designated", [NDO_ARRAY] = "array",
		[NDO_RUNTIME] = "runtime",	 [NDO_MACRO] = "macro",
		[NDO_CALL] = "call",		 [NDO_OTHER] = "other",
	};

	return names[kind];
}

bool ndo_assigns(enum ndo_kind kind)
{
	return kind <= NDO_MACRO;
}

/* The value behind "=": up to the comma, semicolon or brace that ends it. */
static void read_value(struct ndo_use *use, const struct ctokens *ts,
		       size_t eq)
{
	size_t from = eq + 1, to = from;

	if (ctoken_is(ts, from, "&"))
		to = ++from;
	while (to < ts->n && !ctoken_is(ts, to, ",") &&
	       !ctoken_is(ts, to, ";") && !ctoken_is(ts, to, "}") &&
	       ts->v[to].kind != TOK_DIRECTIVE) {
		if (ctoken_is(ts, to, "("))
			to = ctokens_match(ts, to, ts->n);
		to++;
	}
	use->callback = ctokens_text(ts, from, to);
	use->is_name = to == from + 1 && ctoken_is_word(ts, from) &&
		       !ctoken_is(ts, from, "NULL");
}

/* The brace around token i, or 0. */
static size_t enclosing_brace(const struct ctokens *ts, size_t i)
{
	size_t depth = 1;

	while (i-- > 0) {
		if (ctoken_is(ts, i, "}"))
			depth++;
		else if (ctoken_is(ts, i, "{") && !--depth)
			return i;
	}
	return 0;
}

/* ".member = f" inside an initialiser: the variable's name, array or not. */
static void read_initialiser(struct ndo_use *use, const struct ctokens *ts)
{
	size_t open = enclosing_brace(ts, use->tok), name;

	use->kind = NDO_DESIGNATED;
	while (open && !ctoken_is(ts, open - 1, "=")) {
		/* "{ {", ", {" or ") {" */
		if (!ctoken_is(ts, open - 1, ")"))
			use->kind = NDO_ARRAY;
		open = enclosing_brace(ts, open);
	}
	if (open < 2) {
		use->ops = xstrdup("?");
		return;
	}
	name = open - 2;
	if (ctoken_is(ts, name, "]")) {
		/* "name[] = {", or an element "[X] = {" of an array. */
		name = chain_start(ts, name);
		if (!ctoken_is_word(ts, name)) {
			size_t outer = enclosing_brace(ts, name);

			name = outer > 2 ? chain_start(ts, outer - 2) : name;
		}
		use->kind = NDO_ARRAY;
	}
	use->ops = ctoken_dup(ts, name);
}

static void add(struct ndo_uses *uses, struct ndo_use use)
{
	GROW(uses->v, uses->n, uses->cap);
	uses->v[uses->n++] = use;
}

static void read_use(struct ndo_uses *uses, const struct csource *src,
		     size_t i)
{
	const struct ctokens *ts = &src->toks;
	const struct ctoken *t = &ts->v[i];
	struct ndo_use use = {
		.kind = NDO_OTHER,
		.tok = i,
		.line = (int)t->line,
		.col = (int)t->col,
		.col_end = (int)(t->col + t->len - 1),
	};
	bool arrow = i && ctoken_is(ts, i - 1, "->");
	bool dot = i && ctoken_is(ts, i - 1, ".");

	if (!arrow && !dot)
		return;
	if (ctoken_is(ts, i + 1, "(")) {
		use.kind = NDO_CALL;
	} else if (ctoken_is(ts, i + 1, "=")) {
		bool designator = dot && (i < 2 || ctoken_is(ts, i - 2, "{") ||
					  ctoken_is(ts, i - 2, ",") ||
					  ts->v[i - 2].kind == TOK_DIRECTIVE);

		read_value(&use, ts, i + 1);
		if (designator)
			read_initialiser(&use, ts);
		else
			use.kind = NDO_RUNTIME;
	}
	if (!use.ops)
		use.ops = ctokens_text(ts, chain_start(ts, i), i - 1);
	if (!use.callback)
		use.callback = xstrdup("");
	add(uses, use);
}

/* A #define that holds "member =". */
static void read_macro(struct ndo_uses *uses, const struct csource *src,
		       const struct ctoken *t, const char *member)
{
	const char *text = src->toks.text + t->off;
	struct ctokens ts;

	ctokens_read_body(&ts, text, t->len);
	for (size_t i = 1; i < ts.n; i++) {
		struct ndo_use use = {
			.kind = NDO_MACRO,
			.line = (int)(t->line + ts.v[i].line - 1),
			.col = (int)ts.v[i].col,
			.col_end = (int)(ts.v[i].col + ts.v[i].len - 1),
		};

		if (!ctoken_is(&ts, i, member) || !ctoken_is(&ts, i + 1, "="))
			continue;
		read_value(&use, &ts, i + 1);
		use.ops = xstrdup("#define");
		use.is_name = false;
		add(uses, use);
	}
	ctokens_free(&ts);
}

void ndo_uses_read(struct ndo_uses *uses, const struct csource *src,
		   const char *member)
{
	const struct ctokens *ts = &src->toks;

	for (size_t i = 0; i < ts->n; i++) {
		if (ts->v[i].kind == TOK_DIRECTIVE)
			read_macro(uses, src, &ts->v[i], member);
		else if (ctoken_is(ts, i, member))
			read_use(uses, src, i);
	}
}

void ndo_uses_free(struct ndo_uses *uses)
{
	for (size_t i = 0; i < uses->n; i++) {
		free(uses->v[i].ops);
		free(uses->v[i].callback);
	}
	free(uses->v);
	*uses = (struct ndo_uses){0};
}

/* Is the member assigned at p? */
static bool assigned_at(const char *p, const char *text, const char *end)
{
	size_t len = strlen(NDO_LEGACY);

	if ((size_t)(end - p) < len || memcmp(p, NDO_LEGACY, len) ||
	    (p > text && is_word_char(p[-1])))
		return false;
	for (p += len; p < end && isspace((unsigned char)*p); p++)
		;
	return p < end && *p == '=' && (p + 1 == end || p[1] != '=');
}

void ndo_lines_read(struct ndo_lines *lines, const char *text, size_t len)
{
	enum { CODE, BLOCK, LINE, STRING, CHAR } state = CODE;
	const char *end = text + len;
	int line = 1;

	for (const char *p = text; p < end; p++) {
		char next = p + 1 < end ? p[1] : '\0';

		if (*p == '\n') {
			line++;
			if (state == STRING || state == CHAR ||
			    (state == LINE && p[-1] != '\\'))
				state = CODE;
			continue;
		}
		switch (state) {
		case CODE:
			if (*p == '/' && next == '*') {
				state = BLOCK;
				p++;
			} else if (*p == '/' && next == '/') {
				state = LINE;
			} else if (*p == '"') {
				state = STRING;
			} else if (*p == '\'') {
				state = CHAR;
			} else if (*p == 'n' && assigned_at(p, text, end)) {
				GROW(lines->v, lines->n, lines->cap);
				lines->v[lines->n++] = line;
			}
			break;
		case BLOCK:
			if (*p == '*' && next == '/') {
				state = CODE;
				p++;
			}
			break;
		case STRING:
		case CHAR:
			if (*p == '\\' && next && next != '\n')
				p++;
			else if (*p == (state == STRING ? '"' : '\''))
				state = CODE;
			break;
		case LINE:
			break;
		}
	}
}

void ndo_lines_free(struct ndo_lines *lines)
{
	free(lines->v);
	*lines = (struct ndo_lines){0};
}
