// SPDX-License-Identifier: GPL-2.0-only
#include "objsame.h"

#include <ctype.h>
#include <elf.h>
#include <string.h>

#include "objinsn.h"

/* Of one entry of x86's __bug_table, to which a warning's code refers. */
#define BUG_ENTRY 16

/* Data that refers to data that refers ... */
#define MAX_DEPTH 6
#define MAX_BESIDE 256
#define MAX_WORK 1000000

/* A place: in a section, or beside a symbol that is defined elsewhere. */
struct place {
	const struct obj_symbol *outside;	/* NULL for one in a section */
	size_t section;
	uint64_t offset;
};

static bool same_data(const struct objpair *p, size_t sec_a, uint64_t at_a,
		      size_t sec_b, uint64_t at_b, uint64_t size, int depth);

/* What two names have to have in common; the length of it in the first. */
static size_t name_length(const char *name)
{
	size_t n = strlen(name);
	bool unique = starts_with(name, "__UNIQUE_ID_");

	for (;;) {
		size_t k = n;

		while (k > 1 && isdigit((unsigned char)name[k - 1]))
			k--;
		if (k == n || (name[k - 1] != '.' && !unique))
			return n;
		n = name[k - 1] == '.' ? k - 1 : k;
		unique = false;
	}
}

const char *obj_base_name(const char *name, size_t *len)
{
	if (starts_with(name, "__cfi_") || starts_with(name, "__pfx_"))
		name += 6;
	/* Descriptors and entries of old powerpc begin with a dot. */
	*len = *name == '.' ? 1 + strcspn(name + 1, ".") : strcspn(name, ".");
	return name;
}

static bool same_name(const struct obj_symbol *a, const struct obj_symbol *b)
{
	size_t n = name_length(a->name);

	return n == name_length(b->name) && !memcmp(a->name, b->name, n);
}

/* Is line a of a changed file line b now? */
static bool line_moved(const struct objlines *lines, uint64_t a, uint64_t b)
{
	for (size_t i = 0; lines && i < lines->count; i++) {
		const struct linediff *d = &lines->files[i];

		if (b && b <= d->new_lines && a &&
		    d->old_of[b - 1] == (int64_t)a - 1)
			return true;
	}
	return false;
}

/* Two texts, equal but for line numbers. */
static bool same_text(const struct objpair *p, const char *a, const char *b)
{
	while (*a || *b) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			uint64_t x = 0, y = 0;

			for (; isdigit((unsigned char)*a); a++)
				x = 10 * x + (uint64_t)(*a - '0');
			for (; isdigit((unsigned char)*b); b++)
				y = 10 * y + (uint64_t)(*b - '0');
			if (x != y && !line_moved(p->lines, x, y))
				return false;
		} else if (*a++ != *b++) {
			return false;
		}
	}
	return true;
}

static const char *text_at(const struct obj_section *s, uint64_t offset)
{
	if (!s->data || offset >= s->size ||
	    !memchr(s->data + offset, 0, s->size - offset))
		return NULL;
	return (const char *)s->data + offset;
}

static bool is_text(const struct obj_section *s)
{
	return s->flags & SHF_STRINGS;
}

/* What nobody named: the same bytes up to where something else begins. */
static bool same_nameless(const struct objpair *p, const struct place *a,
			  const struct place *b, int depth)
{
	const struct obj_section *x = &p->a->sections[a->section];
	uint64_t na = objfile_next(p->a, a->section, a->offset);
	uint64_t nb = objfile_next(p->b, b->section, b->offset);
	uint64_t n;

	if (a->offset > na || b->offset > nb)
		return false;
	na -= a->offset;
	nb -= b->offset;
	n = na < nb ? na : nb;
	if ((x->flags & SHF_MERGE) && x->entsize)
		n = x->entsize;
	if (!strcmp(x->name, ".toc"))
		n = 8;
	if (!strcmp(x->name, "__bug_table") && n > BUG_ENTRY)
		n = BUG_ENTRY;
	return same_data(p, a->section, a->offset, b->section, b->offset, n,
			 depth + 1);
}

/*
 * Compilers refer to places in front of a variable, from which a loop counts
 * on, and behind it, where one ends; what lies there is nothing to them.
 */
static bool same_beside(const struct objpair *p, const struct place *a,
			const struct place *b)
{
	uint64_t na = objfile_next(p->a, a->section, a->offset);
	uint64_t nb = objfile_next(p->b, b->section, b->offset);
	const struct obj_symbol *s, *t;

	s = objfile_before(p->a, a->section, a->offset);
	t = objfile_before(p->b, b->section, b->offset);
	if (s && t && same_name(s, t) && s->size == t->size &&
	    a->offset - s->value == b->offset - t->value &&
	    a->offset - s->value - s->size < MAX_BESIDE)
		return true;
	if (na <= a->offset || na - a->offset > MAX_BESIDE ||
	    na - a->offset != nb - b->offset)
		return false;
	s = objfile_at(p->a, a->section, na);
	t = objfile_at(p->b, b->section, nb);
	return s && t && same_name(s, t);
}

static bool same_inside(const struct objpair *p, const struct place *a,
			const struct place *b, int depth)
{
	const struct obj_section *x = &p->a->sections[a->section];
	const struct obj_section *y = &p->b->sections[b->section];
	const struct obj_symbol *s, *t;

	if (is_text(x) != is_text(y) ||
	    (x->flags & SHF_EXECINSTR) != (y->flags & SHF_EXECINSTR))
		return false;
	if (is_text(x)) {
		const char *t1 = text_at(x, a->offset);
		const char *t2 = text_at(y, b->offset);

		return t1 && t2 && same_text(p, t1, t2);
	}
	s = objfile_at(p->a, a->section, a->offset);
	t = objfile_at(p->b, b->section, b->offset);
	if (s && t && same_name(s, t) &&
	    a->offset - s->value == b->offset - t->value)
		return true;
	if (x->flags & SHF_EXECINSTR)
		return !s && !t && !strcmp(x->name, y->name) &&
		       a->offset == b->offset;
	if (!s && !t && same_nameless(p, a, b, depth))
		return true;
	return same_beside(p, a, b);
}

static bool same_place(const struct objpair *p, const struct place *a,
		       const struct place *b, int depth)
{
	if (!a->outside != !b->outside)
		return false;
	if (a->outside)
		return same_name(a->outside, b->outside) &&
		       a->offset == b->offset;
	if (a->section >= p->a->section_count ||
	    b->section >= p->b->section_count)
		return false;
	return same_inside(p, a, b, depth);
}

/* It says something of the instruction, and names no place. */
static bool is_remark(const struct objfile *o, uint32_t type)
{
	return o->machine == EM_ALPHA &&
	       (type == R_ALPHA_GPDISP || type == R_ALPHA_LITUSE);
}

static struct place place_of(const struct objfile *o, const struct obj_reloc *r)
{
	const struct obj_symbol *s = r->symbol ? &o->symbols[r->symbol] : NULL;

	if (is_remark(o, r->type))
		return (struct place){
			.outside = &o->symbols[0],
			.offset = (uint64_t)r->addend,
		};
	if (!s || !s->section)
		return (struct place){
			.outside = s ? s : &o->symbols[0],
			.offset = (uint64_t)r->addend,
		};
	return (struct place){
		.section = s->section,
		.offset = s->value + (uint64_t)r->addend,
	};
}

/*
 * Beside the program counter: x86's is ahead of the field by four bytes, and
 * by more where a number stands behind it; s390's is two bytes behind, where
 * the instruction begins.
 */
static bool is_ahead(const struct objfile *o, uint32_t type)
{
	if (o->machine == EM_S390)
		return type == R_390_PC32DBL || type == R_390_PLT32DBL ||
		       type == R_390_GOTENT;
	if (o->machine == EM_X86_64)
		return type == R_X86_64_PC32 || type == R_X86_64_PLT32 ||
		       type == R_X86_64_GOTPCREL ||
		       type == R_X86_64_GOTPCRELX ||
		       type == R_X86_64_REX_GOTPCRELX;
	if (o->machine == EM_386)
		return type == R_386_PC32 || type == R_386_PLT32;
	return false;
}

static bool same_target(const struct objpair *p, const struct obj_reloc *ra,
			const struct obj_reloc *rb, bool code, int depth)
{
	static const int x86[] = {4, 5, 6, 8}, s390[] = {-2};
	const int *ahead = p->a->machine == EM_S390 ? s390 : x86;
	size_t ways = p->a->machine == EM_S390 ? 1 : ARRAY_SIZE(x86);
	struct place a, b;

	if (ra->type != rb->type || ra->width != rb->width)
		return false;
	a = place_of(p->a, ra);
	b = place_of(p->b, rb);
	if (a.outside || !code || !is_ahead(p->a, ra->type))
		return same_place(p, &a, &b, depth);
	for (size_t i = 0; i < ways; i++) {
		struct place x = a, y = b;

		x.offset += (uint64_t)(int64_t)ahead[i];
		y.offset += (uint64_t)(int64_t)ahead[i];
		if (same_place(p, &x, &y, depth))
			return true;
		/* A text behind a number would be another text. */
		if (x.section < p->a->section_count &&
		    is_text(&p->a->sections[x.section]))
			break;
	}
	return false;
}

/* One range of a section, with its relocations from `next` on. */
struct range {
	const struct objfile *o;
	const struct obj_section *sec;
	uint64_t at;
	size_t next;
};

static bool range_begin(struct range *r, const struct objfile *o, size_t sec,
			uint64_t at, uint64_t size)
{
	if (sec >= o->section_count)
		return false;
	*r = (struct range){.o = o, .sec = &o->sections[sec], .at = at};
	if (at > r->sec->size || size > r->sec->size - at)
		return false;
	r->next = obj_section_reloc(r->sec, at);
	return true;
}

/* The relocation at byte i, taken; NULL where there is none. */
static const struct obj_reloc *take_reloc(struct range *r, uint64_t i)
{
	if (r->next == r->sec->reloc_count ||
	    r->sec->relocs[r->next].offset != r->at + i)
		return NULL;
	return &r->sec->relocs[r->next++];
}

static bool same_masked(const struct range *x, const struct range *y,
			uint64_t i, const struct obj_reloc *r, uint64_t size)
{
	uint64_t a, b;

	if (i + r->width > size)
		return false;
	a = objfile_number(x->o, x->sec->data + x->at + i, r->width);
	b = objfile_number(y->o, y->sec->data + y->at + i, r->width);
	return !((a ^ b) & ~(uint64_t)r->mask &
		 (r->width < 8 ? (1ull << 8 * r->width) - 1 : ~0ull));
}

/* Two bytes that differ: the same call, or the same line? Where it ends. */
static uint64_t same_field(const struct objpair *p, const struct range *x,
			   const struct range *y, size_t sec_a, size_t sec_b,
			   uint64_t i, uint64_t size, bool code)
{
	struct obj_field f, g;

	for (unsigned k = 0;; k++) {
		const unsigned char *c = x->sec->data + x->at;
		const unsigned char *d = y->sec->data + y->at;

		if (!objinsn_field(p->a, c, size, x->at, i, k, &f) ||
		    !objinsn_field(p->b, d, size, y->at, i, k, &g))
			return 0;
		if (f.from > i || f.to <= i || f.from != g.from || f.to != g.to ||
		    f.rest != g.rest || f.branch != g.branch)
			continue;
		if (!f.branch && line_moved(p->lines, f.value, g.value))
			return f.to;
		if (f.branch && code) {
			struct place a = {.section = sec_a, .offset = f.value};
			struct place b = {.section = sec_b, .offset = g.value};

			if (same_place(p, &a, &b, 0))
				return f.to;
		}
	}
}

static bool same_bytes(const struct objpair *p, size_t sec_a, uint64_t at_a,
		       size_t sec_b, uint64_t at_b, uint64_t size, bool code,
		       int depth)
{
	struct range x, y;

	if (!range_begin(&x, p->a, sec_a, at_a, size) ||
	    !range_begin(&y, p->b, sec_b, at_b, size) ||
	    !x.sec->data != !y.sec->data)
		return false;
	if (depth > MAX_DEPTH || ++*p->work > MAX_WORK)
		return false;
	for (uint64_t i = 0, skip = 0; x.sec->data && i < size; i++) {
		const struct obj_reloc *ra, *rb;

		while ((ra = take_reloc(&x, i))) {
			rb = take_reloc(&y, i);
			if (!rb || !same_target(p, ra, rb, code, depth))
				return false;
			if (!ra->width)
				continue;
			if (ra->mask != rb->mask ||
			    !same_masked(&x, &y, i, ra, size))
				return false;
			if (i + ra->width > skip)
				skip = i + ra->width;
		}
		if (take_reloc(&y, i))
			return false;
		if (i < skip ||
		    x.sec->data[at_a + i] == y.sec->data[at_b + i])
			continue;
		skip = same_field(p, &x, &y, sec_a, sec_b, i, size, code);
		if (!skip)
			return false;
	}
	return true;
}

static bool same_data(const struct objpair *p, size_t sec_a, uint64_t at_a,
		      size_t sec_b, uint64_t at_b, uint64_t size, int depth)
{
	return same_bytes(p, sec_a, at_a, sec_b, at_b, size, false, depth);
}

bool obj_same_data(const struct objpair *p, size_t sec_a, uint64_t at_a,
		   size_t sec_b, uint64_t at_b, uint64_t size)
{
	return same_data(p, sec_a, at_a, sec_b, at_b, size, 0);
}

bool obj_same_code(const struct objpair *p, size_t sec_a, uint64_t at_a,
		   size_t sec_b, uint64_t at_b, uint64_t size)
{
	return same_bytes(p, sec_a, at_a, sec_b, at_b, size, true, 0);
}
