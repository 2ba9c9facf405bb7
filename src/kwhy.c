// SPDX-License-Identifier: GPL-2.0-only
/* Why a symbol is off: the part of kconfig.h that speaks in words. */
#include <stdlib.h>
#include <string.h>

#include "kconfig.h"

#define MAX_DEPTH 4   /* of "X depends on Y, Y depends on Z" */
#define MAX_WORDS 160 /* bytes of an expression that still get printed */

struct why {
	const struct kconfig *kc;
	const struct dotconfig *dc;
	const char *arch;
	struct strbuf text;
	struct strvec told; /* symbols explained already */
};

enum { NO, MOD, YES };

static int value(const struct why *w, const struct kexpr *e);

static int atom_value(const struct why *w, const char *name)
{
	if (!strcmp(name, "y") || strchr(name, '$'))
		return YES;
	if (!strcmp(name, "m"))
		return MOD;
	switch (dotconfig_get(w->dc, name)) {
	case 'y':
		return YES;
	case 'm':
		return MOD;
	default:
		return NO;
	}
}

/* "GCC_VERSION < 90100", where the .config has the number. */
static bool compare_numbers(const struct why *w, const struct kexpr *e,
			    bool *holds)
{
	const char *text = e->a->type == KEXPR_ATOM
				   ? dotconfig_text(w->dc, e->a->name)
				   : NULL;
	char *end, *end_b;
	long a, b;

	if (!text || e->b->type != KEXPR_ATOM)
		return false;
	a = strtol(text, &end, 0);
	b = strtol(e->b->name, &end_b, 0);
	if (*end || *end_b || end == text || end_b == e->b->name)
		return false;
	switch (*e->name) {
	case '<':
		*holds = e->name[1] ? a <= b : a < b;
		break;
	case '>':
		*holds = e->name[1] ? a >= b : a > b;
		break;
	default:
		*holds = (a == b) == (*e->name == '=');
	}
	return true;
}

/* Of strings nothing is known: taken to hold. */
static int compare_value(const struct why *w, const struct kexpr *e)
{
	const char *b = e->b->type == KEXPR_ATOM ? e->b->name : "";
	bool equal = !strcmp(e->name, "="), holds;
	int wanted;

	if (compare_numbers(w, e, &holds))
		return holds ? YES : NO;
	if (e->a->type != KEXPR_ATOM || strchr(e->a->name, '$') ||
	    (!equal && strcmp(e->name, "!=")))
		return YES;
	if (!strcmp(b, "y"))
		wanted = YES;
	else if (!strcmp(b, "m"))
		wanted = MOD;
	else if (!strcmp(b, "n"))
		wanted = NO;
	else
		return YES;
	return (value(w, e->a) == wanted) == equal ? YES : NO;
}

static int value(const struct why *w, const struct kexpr *e)
{
	int a, b;

	if (e->type == KEXPR_ATOM)
		return atom_value(w, e->name);
	if (e->type == KEXPR_COMPARE)
		return compare_value(w, e);
	a = value(w, e->a);
	if (e->type == KEXPR_NOT)
		return YES - a;
	b = value(w, e->b);
	if (e->type == KEXPR_AND)
		return a < b ? a : b;
	return a > b ? a : b;
}

static void print(struct strbuf *sb, const struct kexpr *e, bool inside)
{
	static const char *const ops[] = {
		[KEXPR_AND] = " && ",
		[KEXPR_OR] = " || ",
	};

	switch (e->type) {
	case KEXPR_ATOM:
		sb_adds(sb, e->name);
		return;
	case KEXPR_NOT:
		sb_addc(sb, '!');
		print(sb, e->a, true);
		return;
	case KEXPR_COMPARE:
		print(sb, e->a, true);
		sb_addf(sb, strchr("<>", *e->name) ? " %s " : "%s", e->name);
		print(sb, e->b, true);
		return;
	default:
		if (inside)
			sb_addc(sb, '(');
		print(sb, e->a, e->a->type != e->type);
		sb_adds(sb, ops[e->type]);
		print(sb, e->b, e->b->type != e->type);
		if (inside)
			sb_addc(sb, ')');
	}
}

static bool is_defined(const struct why *w, const char *name)
{
	size_t n;

	return !strcmp(name, "y") || !strcmp(name, "m") || !strcmp(name, "n") ||
	       strchr(name, '$') || kconfig_find(w->kc, name, &n) ||
	       dotconfig_on(w->dc, name);
}

/* A number that nobody can set, such as a compiler's version, is not right. */
static bool is_fixed(const struct why *w, const struct kexpr *e)
{
	bool holds;
	size_t n;
	const struct kdef *d;

	if (!compare_numbers(w, e, &holds) || holds)
		return false;
	d = kconfig_find(w->kc, e->a->name, &n);
	for (size_t i = 0; i < n; i++)
		if (d[i].prompt)
			return false;
	return true;
}

/* Can the expression not hold since what it names is not there at all? */
static bool impossible(const struct why *w, const struct kexpr *e)
{
	switch (e->type) {
	case KEXPR_COMPARE:
		return is_fixed(w, e);
	case KEXPR_ATOM:
		return !is_defined(w, e->name);
	case KEXPR_AND:
		return impossible(w, e->a) || impossible(w, e->b);
	case KEXPR_OR:
		return impossible(w, e->a) && impossible(w, e->b);
	default:
		return false;
	}
}

static void explain(struct why *w, const char *symbol, int depth);

/* "depends on" has been said: what, and why it does not hold. */
static void blame(struct why *w, const struct kexpr *e, int depth)
{
	size_t start = w->text.len;

	/* Of an && only the side that fails is to blame. */
	while (e->type == KEXPR_AND)
		e = value(w, e->a) == NO && (impossible(w, e->a) ||
					     !impossible(w, e->b))
			    ? e->a
		    : value(w, e->b) == NO ? e->b
					   : e->a;
	print(&w->text, e, false);
	if (w->text.len - start > MAX_WORDS) {
		w->text.len = start + MAX_WORDS;
		w->text.buf[w->text.len] = '\0';
		sb_adds(&w->text, "...");
	}
	if (e->type == KEXPR_ATOM && !is_defined(w, e->name)) {
		sb_addf(&w->text, ", which %s does not define", w->arch);
	} else if (e->type == KEXPR_COMPARE && e->a->type == KEXPR_ATOM &&
		   dotconfig_text(w->dc, e->a->name)) {
		sb_addf(&w->text, ", and %s is %s", e->a->name,
			dotconfig_text(w->dc, e->a->name));
	} else if (impossible(w, e)) {
		sb_addf(&w->text, ", %s of which %s defines",
			e->type == KEXPR_OR ? "none" : "not all", w->arch);
	} else if (e->type == KEXPR_ATOM) {
		sb_adds(&w->text, ", which is off");
		if (depth < MAX_DEPTH && !sv_has(&w->told, e->name)) {
			sb_adds(&w->text, ": ");
			explain(w, e->name, depth + 1);
		}
	} else if (e->type == KEXPR_NOT && e->a->type == KEXPR_ATOM) {
		sb_addf(&w->text, ", and %s is on", e->a->name);
	} else {
		sb_adds(&w->text, e->type == KEXPR_OR
					  ? ", none of which holds"
					  : ", which does not hold");
	}
}

/* The failing dependency that says most: one that can never hold. */
static const struct kexpr *worst_depend(const struct why *w,
					const struct kdef *d, size_t *failing)
{
	const struct kexpr *worst = NULL;

	*failing = 0;
	for (size_t i = 0; i < d->depend_count; i++) {
		const struct kexpr *e = d->depends[i];

		if (value(w, e) != NO)
			continue;
		++*failing;
		if (!worst || (!impossible(w, worst) && impossible(w, e)))
			worst = e;
	}
	return worst;
}

/* The only definition that selects it; NULL where there are more or none. */
static const struct kdef *only_selector(const struct why *w, const char *symbol)
{
	const struct kdef *only = NULL;

	for (size_t i = 0; i < w->kc->count; i++) {
		const struct kdef *d = &w->kc->defs[i];

		for (size_t k = 0; k < d->relation_count; k++) {
			const struct krelation *r = &d->relations[k];

			if (!r->select || !r->value ||
			    r->value->type != KEXPR_ATOM ||
			    strcmp(r->value->name, symbol))
				continue;
			if (only && strcmp(only->name, d->name))
				return NULL;
			only = d;
		}
	}
	return only;
}

/* It has no prompt: another would have to put it on. */
static void explain_select(struct why *w, const char *symbol, int depth)
{
	const struct kdef *by = only_selector(w, symbol);

	sb_adds(&w->text, "cannot be set by hand, and ");
	if (!by || depth >= MAX_DEPTH || sv_has(&w->told, by->name) ||
	    dotconfig_on(w->dc, by->name)) {
		sb_adds(&w->text, "nothing that is on selects it");
		return;
	}
	sb_adds(&w->text, "only this would select it: ");
	explain(w, by->name, depth + 1);
}

static void explain(struct why *w, const char *symbol, int depth)
{
	size_t n, failing, least = (size_t)-1;
	const struct kdef *d = kconfig_find(w->kc, symbol, &n);
	const struct kexpr *worst = NULL;
	bool prompt = false;

	sv_add_once(&w->told, symbol);
	sb_addf(&w->text, "%s%s ", depth ? "" : "CONFIG_", symbol);
	if (!d) {
		sb_addf(&w->text, "is in no Kconfig file that %s reads",
			w->arch);
		return;
	}
	/* Several definitions: the one that came nearest. */
	for (size_t i = 0; i < n; i++) {
		const struct kexpr *e = worst_depend(w, &d[i], &failing);

		prompt |= d[i].prompt;
		if (failing < least) {
			least = failing;
			worst = e;
		}
	}
	if (worst) {
		sb_adds(&w->text, "depends on ");
		blame(w, worst, depth);
	} else if (!prompt) {
		explain_select(w, symbol, depth);
	} else {
		sb_adds(&w->text,
			"is off in this config, though its dependencies hold");
	}
}

char *kconfig_why_off(const struct kconfig *kc, const struct dotconfig *dc,
		      const char *arch, const char *symbol)
{
	struct why w = {.kc = kc, .dc = dc, .arch = arch};

	if (starts_with(symbol, "CONFIG_"))
		symbol += 7;
	explain(&w, symbol, 0);
	sv_free(&w.told);
	return sb_detach(&w.text);
}
