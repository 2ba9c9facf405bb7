// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "kexpr.h"

#define MAX_NESTING 100

static struct kexpr *new_expr(struct kconfig *kc, enum kexpr_type type,
			      char *name, struct kexpr *a, struct kexpr *b)
{
	struct kexpr *e = xcalloc(1, sizeof(*e));

	GROW(kc->exprs, kc->expr_count, kc->expr_cap);
	kc->exprs[kc->expr_count++] = e;
	*e = (struct kexpr){.type = type, .name = name, .a = a, .b = b};
	return e;
}

/* Expressions, from loose to tight: ||, &&, comparison, !. */
struct cursor {
	struct kconfig *kc;
	const char *s;
	int depth;
};

static struct kexpr *parse_or(struct cursor *c);

static void skip_space(struct cursor *c)
{
	while (*c->s == ' ' || *c->s == '\t')
		c->s++;
}

/* The length of "$(...)", a "quoted" text or a plain word. */
size_t kexpr_word(const char *s)
{
	size_t i = 0, open = 0;

	if (*s == '"' || *s == '\'') {
		for (i = 1; s[i] && s[i] != *s; i++)
			if (s[i] == '\\' && s[i + 1])
				i++;
		return s[i] ? i + 1 : i;
	}
	for (; s[i]; i++) {
		if (s[i] == '$' && s[i + 1] == '(') {
			open++;
			i++;
		} else if (open && s[i] == '(') {
			open++;
		} else if (open && s[i] == ')') {
			open--;
		} else if (!open && !isalnum((unsigned char)s[i]) &&
			   !strchr("_-./", s[i])) {
			break;
		}
	}
	return i;
}

static struct kexpr *parse_word(struct cursor *c)
{
	size_t n = kexpr_word(c->s);
	bool quoted = *c->s == '"' || *c->s == '\'';
	struct kexpr *e;

	if (!n)
		return NULL;
	e = new_expr(c->kc, KEXPR_ATOM,
		     quoted ? xstrndup(c->s + 1, n > 1 ? n - 2 : 0)
			    : xstrndup(c->s, n),
		     NULL, NULL);
	c->s += n;
	return e;
}

static struct kexpr *parse_unary(struct cursor *c)
{
	struct kexpr *e;

	skip_space(c);
	if (c->depth > MAX_NESTING)
		return NULL;
	if (*c->s == '!' && c->s[1] != '=') {
		c->s++;
		c->depth++;
		e = parse_unary(c);
		c->depth--;
		return e ? new_expr(c->kc, KEXPR_NOT, NULL, e, NULL) : NULL;
	}
	if (*c->s == '(') {
		c->s++;
		c->depth++;
		e = parse_or(c);
		c->depth--;
		skip_space(c);
		if (*c->s == ')')
			c->s++;
		return e;
	}
	return parse_word(c);
}

static struct kexpr *parse_compare(struct cursor *c)
{
	static const char *const ops[] = {"!=", "<=", ">=", "=", "<", ">"};
	struct kexpr *a = parse_unary(c);

	skip_space(c);
	for (size_t i = 0; a && i < ARRAY_SIZE(ops); i++) {
		struct kexpr *b;

		if (!starts_with(c->s, ops[i]))
			continue;
		c->s += strlen(ops[i]);
		b = parse_unary(c);
		return b ? new_expr(c->kc, KEXPR_COMPARE, xstrdup(ops[i]), a, b)
			 : a;
	}
	return a;
}

static struct kexpr *parse_binary(struct cursor *c, const char *op,
				  enum kexpr_type type,
				  struct kexpr *(*next)(struct cursor *c))
{
	struct kexpr *a = next(c);

	while (a) {
		struct kexpr *b;

		skip_space(c);
		if (!starts_with(c->s, op))
			break;
		c->s += 2;
		b = next(c);
		if (!b)
			break;
		a = new_expr(c->kc, type, NULL, a, b);
	}
	return a;
}

static struct kexpr *parse_and(struct cursor *c)
{
	return parse_binary(c, "&&", KEXPR_AND, parse_compare);
}

static struct kexpr *parse_or(struct cursor *c)
{
	return parse_binary(c, "||", KEXPR_OR, parse_and);
}

struct kexpr *kexpr_parse(struct kconfig *kc, const char *s)
{
	struct cursor c = {.kc = kc, .s = s};

	return parse_or(&c);
}
