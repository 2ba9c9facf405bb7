// SPDX-License-Identifier: GPL-2.0-only
/* References from one function's code to another function. */
#include <elf.h>
#include <string.h>

#include "objinsn.h"
#include "objsame.h"

static bool has_base(const struct obj_symbol *s, const char *name)
{
	size_t len;
	const char *base = obj_base_name(s->name, &len);

	return strlen(name) == len && !memcmp(base, name, len);
}

/* Relocations against a symbol of that name, or the place where it begins. */
static int by_reloc(const struct objfile *o, const struct obj_section *sec,
		    uint64_t from, uint64_t to, const char *callee)
{
	int n = 0;

	for (size_t i = obj_section_reloc(sec, from);
	     i < sec->reloc_count && sec->relocs[i].offset < to; i++) {
		const struct obj_reloc *r = &sec->relocs[i];
		const struct obj_symbol *s = &o->symbols[r->symbol];

		if (r->symbol && s->type == STT_SECTION && s->section) {
			/* Beside a program counter that is ahead. */
			const struct obj_symbol *t = objfile_at(
				o, s->section, (uint64_t)r->addend);

			if (!t || !has_base(t, callee))
				t = objfile_at(o, s->section,
					       (uint64_t)r->addend + 4);
			s = t;
		}
		n += r->symbol && s && has_base(s, callee);
	}
	return n;
}

/* Calls that the assembler resolved. */
static int by_branch(const struct objfile *o, const struct obj_symbol *in,
		     uint64_t size, const char *callee)
{
	const struct obj_section *sec = &o->sections[in->section];
	int n = 0;

	if (!sec->data || in->value > sec->size ||
	    size > sec->size - in->value)
		return 0;
	for (uint64_t i = 0; i < size; i++) {
		const unsigned char *code = sec->data + in->value;
		struct obj_field f;

		for (unsigned k = 0; objinsn_field(o, code, size, in->value, i,
						   k, &f); k++) {
			const struct obj_symbol *s;

			if (f.from == f.to || f.from != i || !f.branch)
				continue;
			s = objfile_at(o, in->section, f.value);
			if (s && s->value == f.value && has_base(s, callee)) {
				n++;
				break;
			}
		}
	}
	return n;
}

int objfile_references(const struct objfile *o, const char *in,
		       const char *callee)
{
	int n = -1;

	for (size_t i = 0; i < o->symbol_count; i++) {
		const struct obj_symbol *s = &o->symbols[i];
		uint64_t size = s->size;

		if (s->type != STT_FUNC || !s->section || !has_base(s, in) ||
		    starts_with(s->name, "__pfx_") ||
		    starts_with(s->name, "__cfi_"))
			continue;
		if (!size)
			size = objfile_next(o, s->section, s->value) - s->value;
		if (n < 0)
			n = 0;
		n += by_reloc(o, &o->sections[s->section], s->value,
			      s->value + size, callee);
		n += by_branch(o, s, size, callee);
	}
	return n;
}
