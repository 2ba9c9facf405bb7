// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "ksolve.h"

#define MAX_STEPS 10000

struct selector {
	const char *symbol;
	const struct kdef *by;
	const struct kexpr *cond;
};

struct decision {
	const char *symbol;
	uint64_t hash;	/* of it */
	bool on;
	bool told;	/* has to stand in the configuration */
};

struct ksolver {
	const struct kconfig *kc;
	const struct dotconfig *dc;
	struct selector *selectors;	/* by symbol */
	size_t selector_count, selector_cap;
	const struct kdef **members;	/* of choices, by choice */
	size_t member_count, member_cap;
	struct decision *v;
	size_t n, cap;
	int steps;
	bool loose;	/* what is on stays on, whatever put it on */
};

/*
 * What is still to be reached, once what is tried now has been. Each function
 * that takes a goal as `rest` returns true when that was reached, too; so
 * where one way leads to nothing later on, the next way is tried.
 */
struct goal {
	enum { EXPR, SYMBOL, DEF_OFF, SELECTOR_OFF } kind;
	const struct kexpr *e;
	const char *symbol;
	bool on;
	const struct kdef *d;
	const struct selector *by;
	const struct goal *next;
};

static bool go_on(struct ksolver *s, const struct goal *rest);
static bool want_symbol(struct ksolver *s, const char *symbol, bool on,
			const struct goal *rest);

static int by_symbol(const void *a, const void *b)
{
	const struct selector *x = a, *y = b;
	int r = strcmp(x->symbol, y->symbol);

	if (!r)
		r = strcmp(x->by->name, y->by->name);
	return r ? r : x->by->line - y->by->line;
}

static int by_choice(const void *a, const void *b)
{
	const struct kdef *const *x = a, *const *y = b;

	if ((*x)->choice != (*y)->choice)
		return (*x)->choice - (*y)->choice;
	return (*x)->line - (*y)->line;
}

static void index_def(struct ksolver *s, const struct kdef *d)
{
	for (size_t i = 0; i < d->relation_count; i++) {
		const struct krelation *r = &d->relations[i];

		if (!r->select || !r->value || r->value->type != KEXPR_ATOM)
			continue;
		GROW(s->selectors, s->selector_count, s->selector_cap);
		s->selectors[s->selector_count++] = (struct selector){
			.symbol = r->value->name,
			.by = d,
			.cond = r->cond,
		};
	}
	if (!d->choice)
		return;
	GROW(s->members, s->member_count, s->member_cap);
	s->members[s->member_count++] = d;
}

struct ksolver *ksolver_new(const struct kconfig *kc,
			    const struct dotconfig *dc)
{
	struct ksolver *s = xcalloc(1, sizeof(*s));

	s->kc = kc;
	s->dc = dc;
	for (size_t i = 0; i < kc->count; i++)
		index_def(s, &kc->defs[i]);
	if (s->selector_count)
		qsort(s->selectors, s->selector_count, sizeof(*s->selectors),
		      by_symbol);
	if (s->member_count)
		qsort(s->members, s->member_count, sizeof(*s->members),
		      by_choice);
	return s;
}

void ksolver_free(struct ksolver *s)
{
	if (!s)
		return;
	free(s->selectors);
	free(s->members);
	free(s->v);
	free(s);
}

/* The first of those that select it, *n in a row. */
static const struct selector *selectors_of(const struct ksolver *s,
					   const char *symbol, size_t *n)
{
	size_t lo = 0, hi = s->selector_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (strcmp(s->selectors[mid].symbol, symbol) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (*n = 0; lo + *n < s->selector_count &&
		     !strcmp(s->selectors[lo + *n].symbol, symbol);)
		(*n)++;
	return s->selectors + lo;
}

static const struct decision *decided(const struct ksolver *s,
				      const char *symbol)
{
	uint64_t hash = hash_str(HASH_INIT, symbol);

	for (size_t i = s->n; i-- > 0;)
		if (s->v[i].hash == hash && !strcmp(s->v[i].symbol, symbol))
			return &s->v[i];
	return NULL;
}

static void decide(struct ksolver *s, const char *symbol, bool on, bool told)
{
	GROW(s->v, s->n, s->cap);
	s->v[s->n++] = (struct decision){
		symbol, hash_str(HASH_INIT, symbol), on, told};
}

static bool base_on(const struct ksolver *s, const char *symbol)
{
	return s->dc && dotconfig_on(s->dc, symbol);
}

/* What the words of a comparison stand for; NULL where that is not known. */
static const char *text_of(const struct ksolver *s, const char *name)
{
	const char *text;
	size_t n;

	if (!strcmp(name, "$(SRCARCH)"))
		return s->kc->srcarch;
	if (!strcmp(name, "$(ARCH)"))
		return s->kc->arch;
	if (strchr(name, '$'))
		return NULL;
	if (!kconfig_find(s->kc, name, &n))
		return name;
	text = s->dc ? dotconfig_text(s->dc, name) : NULL;
	return text;
}

static bool compare(const char *a, const char *op, const char *b)
{
	char *ea, *eb;
	long x = strtol(a, &ea, 0), y = strtol(b, &eb, 0);
	long r = *ea || *eb || !*a || !*b ? strcmp(a, b) : (x > y) - (x < y);

	switch (*op) {
	case '=':
		return !r;
	case '!':
		return r;
	case '<':
		return op[1] ? r <= 0 : r < 0;
	default:
		return op[1] ? r >= 0 : r > 0;
	}
}

/* 1 and 0 as it is known to hold; -1 where a symbol has to be looked at. */
static int compare_known(struct ksolver *s, const struct kexpr *e)
{
	const char *a, *b, *word;
	size_t n;

	/* Of what is not known yet, all is possible. */
	if (e->a->type != KEXPR_ATOM || e->b->type != KEXPR_ATOM)
		return 2;
	word = e->b->name;
	if (kconfig_find(s->kc, e->a->name, &n) && strlen(word) == 1 &&
	    strchr("ymn", *word) && strchr("=!", *e->name))
		return -1;
	a = text_of(s, e->a->name);
	b = text_of(s, word);
	return !a || !b ? 2 : compare(a, e->name, b);
}

/* Does "SYMBOL = n" and its like ask for the symbol to be on? */
static bool asks_on(const struct kexpr *e)
{
	return (*e->b->name != 'n') == (*e->name == '=');
}

/* As it stands now, without any further decision. */
static bool holds(struct ksolver *s, const struct kexpr *e)
{
	const struct decision *d;
	const char *symbol = e->name;
	int known;

	switch (e->type) {
	case KEXPR_NOT:
		return !holds(s, e->a);
	case KEXPR_AND:
		return holds(s, e->a) && holds(s, e->b);
	case KEXPR_OR:
		return holds(s, e->a) || holds(s, e->b);
	case KEXPR_COMPARE:
		known = compare_known(s, e);
		if (known >= 0)
			return known;
		symbol = e->a->name;
		d = decided(s, symbol);
		return (d ? d->on : base_on(s, symbol)) == asks_on(e);
	default:
		if (!strcmp(symbol, "y") || !strcmp(symbol, "m") ||
		    strchr(symbol, '$'))
			return true;
		d = decided(s, symbol);
		return d ? d->on : base_on(s, symbol);
	}
}

/* 1 and 0 by what is decided; -1 where that does not say. */
static int known(struct ksolver *s, const struct kexpr *e)
{
	const struct decision *d;
	int a, b;

	switch (e->type) {
	case KEXPR_NOT:
		a = known(s, e->a);
		return a < 0 ? a : !a;
	case KEXPR_COMPARE:
		return -1;
	case KEXPR_ATOM:
		d = decided(s, e->name);
		return d ? d->on : -1;
	default:
		a = known(s, e->a);
		b = known(s, e->b);
		if (e->type == KEXPR_AND)
			return !a || !b ? 0 : a < 0 || b < 0 ? -1 : 1;
		return a == 1 || b == 1 ? 1 : a < 0 || b < 0 ? -1 : 0;
	}
}

/* How much speaks for that side of an alternative. */
static int rank(struct ksolver *s, const struct kexpr *e, bool on)
{
	return known(s, e) == on ? 2 : holds(s, e) == on;
}

static bool want(struct ksolver *s, const struct kexpr *e, bool on,
		 const struct goal *rest);

/* Either side will do: first the one that holds already. */
static bool want_either(struct ksolver *s, const struct kexpr *e, bool on,
			const struct goal *rest)
{
	size_t mark = s->n;
	bool second = rank(s, e->b, on) > rank(s, e->a, on);

	for (int i = 0; i < 2; i++) {
		if (want(s, (i == 0) == second ? e->b : e->a, on, rest))
			return true;
		s->n = mark;
	}
	return false;
}

static bool want(struct ksolver *s, const struct kexpr *e, bool on,
		 const struct goal *rest)
{
	struct goal second = {.kind = EXPR, .on = on, .next = rest};
	int known;

	switch (e->type) {
	case KEXPR_NOT:
		return want(s, e->a, !on, rest);
	case KEXPR_COMPARE:
		known = compare_known(s, e);
		if (known < 0)
			return want_symbol(s, e->a->name, asks_on(e) == on,
					   rest);
		return (known == 2 || known == on) && go_on(s, rest);
	case KEXPR_ATOM:
		return want_symbol(s, e->name, on, rest);
	default:
		if ((e->type == KEXPR_AND) != on)
			return want_either(s, e, on, rest);
		second.e = e->b;
		return want(s, e->a, on, &second);
	}
}

/* All that it depends on, then two more (NULL: nothing), then the rest. */
static bool want_depends(struct ksolver *s, const struct kdef *d,
			 const struct kexpr *e, const struct kexpr *f,
			 const struct goal *rest)
{
	size_t n = d->depend_count + 2;
	struct goal *goals = xcalloc(n, sizeof(*goals));
	bool good;

	for (size_t i = 0; i < n; i++) {
		const struct kexpr *want = i == 0   ? e
					   : i == 1 ? f
						    : d->depends[i - 2];

		goals[i] = (struct goal){
			.kind = EXPR, .e = want, .on = true, .next = rest};
		rest = &goals[i];
	}
	good = go_on(s, rest);
	free(goals);
	return good;
}

/* The others of its choice go off by themselves. */
static bool leave_choice(struct ksolver *s, const struct kdef *d)
{
	for (size_t i = 0; i < s->member_count; i++) {
		const struct kdef *m = s->members[i];
		const struct decision *old;

		if (m->choice != d->choice || !strcmp(m->name, d->name))
			continue;
		old = decided(s, m->name);
		if (old && old->on)
			return false;
		if (!old)
			decide(s, m->name, false, false);
	}
	return true;
}

static bool by_prompt(struct ksolver *s, const struct kdef *d,
		      const struct goal *rest)
{
	if (!d->prompt)
		return false;
	decide(s, d->name, true, d->choice && !base_on(s, d->name));
	return (!d->choice || leave_choice(s, d)) &&
	       want_depends(s, d, d->prompt_if, NULL, rest);
}

static bool by_default(struct ksolver *s, const struct kdef *d,
		       const struct goal *rest)
{
	size_t mark = s->n;

	for (size_t i = 0; i < d->relation_count; i++) {
		const struct krelation *r = &d->relations[i];

		if (r->select || !r->value)
			continue;
		decide(s, d->name, true, false);
		if (want_depends(s, d, r->value, r->cond, rest))
			return true;
		s->n = mark;
	}
	return false;
}

static bool by_select(struct ksolver *s, const char *symbol,
		      const struct goal *rest)
{
	size_t n, mark = s->n;
	const struct selector *v = selectors_of(s, symbol, &n);

	/* First those that are on. */
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < n; i++) {
			struct goal cond = {.kind = EXPR,
					    .e = v[i].cond,
					    .on = true,
					    .next = rest};

			if (base_on(s, v[i].by->name) == (round == 1))
				continue;
			decide(s, symbol, true, false);
			if (want_symbol(s, v[i].by->name, true, &cond))
				return true;
			s->n = mark;
		}
	}
	return false;
}

static bool want_on(struct ksolver *s, const char *symbol,
		    const struct goal *rest)
{
	size_t n, mark = s->n;
	const struct kdef *d = kconfig_find(s->kc, symbol, &n);

	/* What is on may hang on something that is to go off. */
	for (size_t i = 0; i < n && base_on(s, symbol); i++) {
		if (!d[i].prompt && !s->loose)
			continue;
		decide(s, symbol, true, false);
		if (want_depends(s, &d[i], NULL, NULL, rest))
			return true;
		s->n = mark;
	}
	for (size_t i = 0; i < n; i++) {
		if (by_prompt(s, &d[i], rest))
			return true;
		s->n = mark;
		if (by_default(s, &d[i], rest))
			return true;
		s->n = mark;
	}
	return d && by_select(s, symbol, rest);
}

/* Another of its choice has to be on then. */
static bool choose_other(struct ksolver *s, const struct kdef *d,
			 const struct goal *rest)
{
	size_t mark = s->n;

	for (size_t i = 0; i < s->member_count; i++) {
		const struct kdef *m = s->members[i];

		if (m->choice == d->choice && strcmp(m->name, d->name) &&
		    want_symbol(s, m->name, true, rest))
			return true;
		s->n = mark;
	}
	return false;
}

/* It may not be asked for now, but then when the others are decided. */
static void tell_off(struct ksolver *s, const struct kdef *d)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->v[i].symbol, d->name))
			s->v[i].told = true;
}

/* One default does not put it on, nor do those behind it. */
static bool default_off(struct ksolver *s, const struct kdef *d,
			const struct krelation *r, const struct goal *rest)
{
	size_t mark = s->n;

	if (want(s, r->value, false, rest))
		return true;
	s->n = mark;
	if (r->cond && want(s, r->cond, false, rest))
		return true;
	s->n = mark;
	for (size_t k = 0; k < d->depend_count; k++) {
		if (want(s, d->depends[k], false, rest))
			return true;
		s->n = mark;
	}
	return false;
}

/* One definition does not put it on. */
static bool want_def_off(struct ksolver *s, const struct kdef *d,
			 const struct goal *rest)
{
	for (size_t i = 0; i < d->depend_count; i++)
		if (!holds(s, d->depends[i]))
			return go_on(s, rest);
	if (d->prompt && !d->choice)
		tell_off(s, d);
	if (d->prompt && (!d->prompt_if || holds(s, d->prompt_if)))
		return d->choice ? choose_other(s, d, rest) : go_on(s, rest);
	for (size_t i = 0; i < d->relation_count; i++)
		if (!d->relations[i].select && d->relations[i].value)
			return default_off(s, d, &d->relations[i], rest);
	return go_on(s, rest);
}

static bool want_selector_off(struct ksolver *s, const struct selector *by,
			      const struct goal *rest)
{
	const struct decision *old = decided(s, by->by->name);
	size_t mark = s->n;

	if (!(old ? old->on : base_on(s, by->by->name)) ||
	    (by->cond && !holds(s, by->cond)))
		return go_on(s, rest);
	if (want_symbol(s, by->by->name, false, rest))
		return true;
	s->n = mark;
	return by->cond && want(s, by->cond, false, rest);
}

static bool want_off(struct ksolver *s, const char *symbol,
		     const struct goal *rest)
{
	size_t n, m;
	const struct kdef *d = kconfig_find(s->kc, symbol, &n);
	const struct selector *v = selectors_of(s, symbol, &m);
	struct goal *goals;
	bool good;

	decide(s, symbol, false, false);
	if (!d || (s->dc && !base_on(s, symbol)))
		return go_on(s, rest);
	goals = xcalloc(n + m, sizeof(*goals));
	for (size_t i = 0; i < n + m; i++) {
		goals[i].next = rest;
		goals[i].kind = i < m ? SELECTOR_OFF : DEF_OFF;
		if (i < m)
			goals[i].by = &v[i];
		else
			goals[i].d = &d[i - m];
		rest = &goals[i];
	}
	good = go_on(s, rest);
	free(goals);
	return good;
}

static bool want_symbol(struct ksolver *s, const char *symbol, bool on,
			const struct goal *rest)
{
	const struct decision *old;

	/* What a command of make's would say is not known. */
	if (strchr(symbol, '$'))
		return go_on(s, rest);
	if (!strcmp(symbol, "y") || !strcmp(symbol, "m") ||
	    !strcmp(symbol, "n"))
		return (*symbol != 'n') == on && go_on(s, rest);
	old = decided(s, symbol);
	if (old)
		return old->on == on && go_on(s, rest);
	if (++s->steps > MAX_STEPS)
		return false;
	return on ? want_on(s, symbol, rest) : want_off(s, symbol, rest);
}

static bool go_on(struct ksolver *s, const struct goal *rest)
{
	if (!rest)
		return true;
	switch (rest->kind) {
	case EXPR:
		/* A condition that is not there holds. */
		return rest->e ? want(s, rest->e, rest->on, rest->next)
			       : go_on(s, rest->next);
	case DEF_OFF:
		return want_def_off(s, rest->d, rest->next);
	case SELECTOR_OFF:
		return want_selector_off(s, rest->by, rest->next);
	default:
		return want_symbol(s, rest->symbol, rest->on, rest->next);
	}
}

static bool reach(struct ksolver *s, const struct goal *goals, bool loose)
{
	s->n = 0;
	s->steps = 0;
	s->loose = loose;
	return go_on(s, goals);
}

bool ksolver_solve(struct ksolver *s, const struct strvec *symbols,
		   struct strvec *picks)
{
	struct goal *goals = xcalloc(symbols->n + 1, sizeof(*goals));
	const struct goal *rest = NULL;
	bool good;

	for (size_t i = 0; i < symbols->n; i++) {
		const char *symbol = symbols->v[i];

		goals[i] = (struct goal){
			.kind = SYMBOL,
			.symbol = symbol + 7 * starts_with(symbol, "CONFIG_"),
			.on = true,
			.next = rest,
		};
		rest = &goals[i];
	}
	good = reach(s, rest, false);
	/* Rather an answer that may be wrong than none for want of time. */
	if (!good && s->steps > MAX_STEPS)
		good = reach(s, rest, true);
	for (size_t i = 0; good && i < s->n; i++) {
		char *pick = xasprintf("%c%s", s->v[i].on ? '+' : '-',
				       s->v[i].symbol);

		if (s->v[i].told)
			sv_add_once(picks, pick);
		free(pick);
	}
	sv_sort(picks);
	free(goals);
	return good;
}
