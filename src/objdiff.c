// SPDX-License-Identifier: GPL-2.0-only
#include "objdiff.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "objinsn.h"
#include "objsame.h"

void objlines_add(struct objlines *l, const struct strbuf *before,
		  const struct strbuf *after)
{
	GROW(l->files, l->count, l->cap);
	linediff_read(&l->files[l->count++], sb_str(before), before->len,
		      sb_str(after), after->len);
}

void objlines_free(struct objlines *l)
{
	for (size_t i = 0; i < l->count; i++)
		linediff_free(&l->files[i]);
	free(l->files);
	*l = (struct objlines){0};
}

/* Tables that name places of the code; the code is compared itself. */
static bool is_annotation(const char *section)
{
	static const char *const prefixes[] = {
		"__bug_table", "__jump_table", "__dyndbg", "__mcount_loc",
		"__patchable_function_entries", "__ex_table", "__ftr_",
		"__lwsync", "alloc_tags", "codetag", ".altinstr", ".discard",
		".printk_index", ".modinfo", ".retpoline", ".return_sites",
		".call_sites", ".orc_", ".debug", ".comment", ".note", ".eh_",
		".smp_locks", ".alternatives", ".hotpatch", ".kcfi_traps",
		".export_symbol", "__tracepoints", ".initcall",
	};

	return STARTS_IN(section, prefixes);
}

/* A function or variable of an object. */
struct item {
	const char *base;
	size_t len;
	bool data;
	const struct obj_symbol *sym;
	uint64_t size;
};

struct items {
	struct item *v;
	size_t n, cap;
};

static int compare_base(const struct item *x, const struct item *y)
{
	size_t n = x->len < y->len ? x->len : y->len;
	int c = memcmp(x->base, y->base, n);

	if (!c && x->len != y->len)
		c = x->len < y->len ? -1 : 1;
	return c ? c : (int)x->data - (int)y->data;
}

static int by_name(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int c = compare_base(x, y);

	if (!c)
		c = strcmp(x->sym->name, y->sym->name);
	if (!c && x->sym->value != y->sym->value)
		c = x->sym->value < y->sym->value ? -1 : 1;
	return c;
}

/* No name of the source's: made by the compiler, and its number shifts. */
static bool is_made_up(const char *name)
{
	return starts_with(name, "__UNIQUE_ID_") ||
	       starts_with(name, "__pfx_") || starts_with(name, "__initcall_") ||
	       starts_with(name, "__addressable_") ||
	       starts_with(name, "_entry.") || starts_with(name, "__kstrtab") || starts_with(name, "__func__.") ||
	       starts_with(name, "__FUNCTION__.") ||
	       starts_with(name, "__PRETTY_FUNCTION__.");
}

/* "init_module" for a static function: that one's name is in the source. */
static bool is_alias(const struct objfile *o, const struct obj_symbol *s)
{
	const struct obj_symbol *t =
		objfile_before(o, s->section, s->value);

	return t && t != s && t->value == s->value && t->type == s->type &&
	       s->bind != STB_LOCAL && t->bind == STB_LOCAL;
}

static void find_items(const struct objfile *o, struct items *items)
{
	for (size_t i = 0; i < o->symbol_count; i++) {
		const struct obj_symbol *s = &o->symbols[i];
		const struct obj_section *sec = &o->sections[s->section];
		bool code = s->type == STT_FUNC;
		struct item it = {.sym = s, .data = !code, .size = s->size};

		if (!s->section || (!code && s->type != STT_OBJECT) ||
		    !(sec->flags & SHF_ALLOC) || is_annotation(sec->name) ||
		    is_made_up(s->name) || is_alias(o, s))
			continue;
		if (!code && (sec->flags & SHF_EXECINSTR))
			continue;
		if (!it.size)
			it.size = objfile_next(o, s->section, s->value) -
				  s->value;
		it.base = obj_base_name(s->name, &it.len);
		GROW(items->v, items->n, items->cap);
		items->v[items->n++] = it;
	}
	if (items->n)
		qsort(items->v, items->n, sizeof(*items->v), by_name);
}

static void add_entry(struct objdiff *d, const struct item *it,
		      enum objchange change)
{
	GROW(d->v, d->n, d->cap);
	d->v[d->n++] = (struct objdiff_entry){
		.name = xstrndup(it->base, it->len),
		.data = it->data,
		.change = change,
	};
}

static bool same_item(const struct objpair *p, const struct item *x,
		      const struct item *y)
{
	if (x->size != y->size)
		return false;
	return x->data ? obj_same_data(p, x->sym->section, x->sym->value,
				       y->sym->section, y->sym->value, x->size)
		       : obj_same_code(p, x->sym->section, x->sym->value,
				       y->sym->section, y->sym->value, x->size);
}

/* How many from i on have the same source name. */
static size_t group(const struct items *items, size_t i)
{
	size_t n = 1;

	while (i + n < items->n &&
	       !compare_base(&items->v[i], &items->v[i + n]))
		n++;
	return n;
}

/* The parts of one function: its body, what is cold, what was split off. */
static bool same_group(const struct objpair *p, const struct item *x, size_t n,
		       const struct item *y, size_t m)
{
	bool *used = xcalloc(m + 1, sizeof(*used));
	bool same = n == m;

	/* Of locals of one name, which comes first is a matter of chance. */
	for (size_t i = 0; same && i < n; i++) {
		size_t k = 0;

		while (k < m && (used[k] || !same_item(p, &x[i], &y[k])))
			k++;
		same = k < m;
		used[k] = true;
	}
	free(used);
	return same;
}

int objdiff_compare(struct objdiff *d, const struct objfile *before,
		    const struct objfile *after, const struct objlines *lines)
{
	size_t work = 0;
	struct objpair p = {before, after, lines, &work};
	struct items x = {0}, y = {0};
	size_t i = 0, k = 0;

	*d = (struct objdiff){0};
	if (before->machine != after->machine ||
	    before->big_endian != after->big_endian ||
	    before->is64 != after->is64)
		return -ENOEXEC;
	if (!objinsn_knows(before))
		return -EOPNOTSUPP;
	find_items(before, &x);
	find_items(after, &y);
	while (i < x.n || k < y.n) {
		int c = i == x.n ? 1
			: k == y.n ? -1
				   : compare_base(&x.v[i], &y.v[k]);
		size_t n = c <= 0 ? group(&x, i) : 0;
		size_t m = c >= 0 ? group(&y, k) : 0;

		if (c < 0)
			add_entry(d, &x.v[i], OBJ_REMOVED);
		else if (c > 0)
			add_entry(d, &y.v[k], OBJ_ADDED);
		else if (!same_group(&p, &x.v[i], n, &y.v[k], m))
			add_entry(d, &x.v[i], OBJ_CHANGED);
		i += n;
		k += m;
	}
	free(x.v);
	free(y.v);
	return 0;
}

void objdiff_free(struct objdiff *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->v[i].name);
	free(d->v);
	*d = (struct objdiff){0};
}
