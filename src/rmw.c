// SPDX-License-Identifier: GPL-2.0-only
#include "rmw.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "hold.h"
#include "softirq.h"
#include "txqueue.h"

/*
 * What a call does to a register can only be told by its name. A macro that
 * does both at once counts as a write.
 */
static bool name_has(const struct ctokens *ts, size_t i,
		     const char *const *parts, size_t count)
{
	bool has = false;
	char *w;

	if (!ctoken_is_word(ts, i) || !ctoken_is(ts, i + 1, "("))
		return false;
	w = ctoken_dup(ts, i);
	for (size_t k = 0; k < count && !has; k++)
		has = strcasestr(w, parts[k]);
	free(w);
	return has;
}

static bool is_read(const struct ctokens *ts, size_t i)
{
	static const char *const parts[] = {
		"read", "load", "inb", "inw", "inl", "ior", "_r8", "_r16",
		"_r32",
	};

	return name_has(ts, i, parts, ARRAY_SIZE(parts));
}

static bool is_write(const struct ctokens *ts, size_t i)
{
	static const char *const parts[] = {
		"write", "save", "outb", "outw", "outl", "iow", "_w8", "_w16",
		"_w32", "regor", "regand",
	};

	return name_has(ts, i, parts, ARRAY_SIZE(parts));
}

static bool is_upper(const struct ctokens *ts, size_t i)
{
	size_t upper = 0;

	for (size_t k = 0; k < ts->v[i].len; k++) {
		unsigned char c = ts->text[ts->v[i].off + k];

		if (islower(c))
			return false;
		upper += isupper(c) != 0;
	}
	return upper > 1;
}

/*
 * "regs + MAC_RXCFG" or "&regs->control" (a macro takes the address itself):
 * the register's word, or 0.
 */
static size_t register_of(const struct ctokens *ts, size_t call,
			  const struct carg *arg)
{
	size_t last = arg->to - 1;

	while (last > arg->from && ctoken_is(ts, last, ")"))
		last--;
	if (arg->to <= arg->from || !ctoken_is_word(ts, last))
		return 0;
	if (ctoken_is(ts, last - 1, "->"))
		return ctoken_is(ts, arg->from, "&") || is_upper(ts, call) ?
			       last :
			       0;
	return is_upper(ts, last) ? last : 0;
}

/* Has the call at i an argument for the register? */
static bool is_for(const struct ctokens *ts, size_t i, const char *reg)
{
	struct cargs args;
	bool is = false;

	cargs_read(&args, ts, i + 1);
	for (size_t k = 0; k < args.n && !is; k++) {
		size_t at = register_of(ts, i, &args.v[k]);

		is = at && ctoken_is(ts, at, reg);
	}
	cargs_free(&args);
	return is;
}

/* The function's first write of the register from token i on, or 0. */
static size_t write_from(const struct cfunc *f, size_t i, const char *reg)
{
	for (; i < f->end; i++)
		if (is_write(&f->src->toks, i) && is_for(&f->src->toks, i, reg))
			return i;
	return 0;
}

/*
 * The register that is read at token i and written back behind it, which other
 * code in softirq context writes, too: its name, for the caller to free.
 */
static char *updated(const struct cfunc *f, size_t i, const struct cfuncs *soft,
		     const struct cfunc **other)
{
	const struct ctokens *ts = &f->src->toks;
	struct cargs args;
	char *reg = NULL;

	cargs_read(&args, ts, i + 1);
	for (size_t k = 0; k < args.n && !reg; k++) {
		size_t at = register_of(ts, i, &args.v[k]);

		*other = NULL;
		if (!at)
			continue;
		reg = ctoken_dup(ts, at);
		for (size_t s = 0; s < soft->n && !*other; s++)
			if (write_from(soft->v[s], soft->v[s]->body, reg))
				*other = soft->v[s];
		if (!*other || !write_from(f, i, reg)) {
			free(reg);
			reg = NULL;
		}
	}
	cargs_free(&args);
	return reg;
}

void find_register_updates(struct unit *u, const struct node *n)
{
	const struct plan *p = u->plan;
	const struct ctokens *ts = &n->f->src->toks;
	struct cfuncs soft = {0};

	for (size_t i = n->f->body; i < n->f->end; i++) {
		const struct cfunc *other;
		char *reg, *lock;

		if (!is_read(ts, i) || is_write(ts, i) ||
		    context_lock_at(p->mod, n->f, i))
			continue;
		if (!soft.n)
			softirq_data_path(p->mod, &soft);
		lock = held_on_path(p->graph, n, i);
		reg = lock ? NULL : updated(n->f, i, &soft, &other);
		if (reg) {
			hold_doubt(u, "register-update", "H8", n->f->src, i,
				   "%s() reads %s and writes it back without "
				   "a lock; %s(), in softirq context, writes "
				   "it, too", n->f->name, reg, other->name);
			i = n->f->end;
		}
		free(reg);
		free(lock);
	}
	free(soft.v);
}
