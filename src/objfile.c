// SPDX-License-Identifier: GPL-2.0-only
#include "objfile.h"

#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

static const char *string_at(Elf *elf, size_t table, size_t offset)
{
	const char *s = elf_strptr(elf, table, offset);

	return s ? s : "";
}

static int read_sections(struct objfile *o, Elf *elf)
{
	size_t n, names;

	if (elf_getshdrnum(elf, &n) || elf_getshdrstrndx(elf, &names))
		return -ENOEXEC;
	o->sections = xcalloc(n + 1, sizeof(*o->sections));
	o->section_count = n;
	for (size_t i = 1; i < n; i++) {
		struct obj_section *sec = &o->sections[i];
		Elf_Scn *scn = elf_getscn(elf, i);
		GElf_Shdr sh;
		Elf_Data *data;

		if (!scn || !gelf_getshdr(scn, &sh))
			return -ENOEXEC;
		sec->name = string_at(elf, names, sh.sh_name);
		sec->type = sh.sh_type;
		sec->flags = sh.sh_flags;
		sec->size = sh.sh_size;
		sec->entsize = sh.sh_entsize;
		if (sh.sh_type == SHT_NOBITS || sh.sh_type == SHT_NULL)
			continue;
		data = elf_rawdata(scn, NULL);
		if (!data || data->d_size < sh.sh_size ||
		    (sh.sh_size && !data->d_buf))
			return -ENOEXEC;
		sec->data = data->d_buf;
	}
	return 0;
}

static int read_symbols(struct objfile *o, Elf *elf)
{
	for (size_t i = 1; i < o->section_count; i++) {
		Elf_Scn *scn = elf_getscn(elf, i);
		Elf_Data *data;
		GElf_Shdr sh;
		GElf_Sym sym;
		size_t n;

		if (o->sections[i].type != SHT_SYMTAB ||
		    !gelf_getshdr(scn, &sh))
			continue;
		data = elf_getdata(scn, NULL);
		if (!data || !sh.sh_entsize || o->symbols)
			return -ENOEXEC;
		n = data->d_size / sh.sh_entsize;
		o->symbols = xcalloc(n + 1, sizeof(*o->symbols));
		for (size_t k = 0; k < n; k++) {
			struct obj_symbol *s = &o->symbols[k];

			if (!gelf_getsym(data, (int)k, &sym))
				return -ENOEXEC;
			s->name = string_at(elf, sh.sh_link, sym.st_name);
			s->value = sym.st_value;
			s->size = sym.st_size;
			s->type = GELF_ST_TYPE(sym.st_info);
			s->bind = GELF_ST_BIND(sym.st_info);
			if (sym.st_shndx < SHN_LORESERVE &&
			    sym.st_shndx < o->section_count)
				s->section = sym.st_shndx;
			/* Thumb functions have their lowest bit set. */
			if (o->machine == EM_ARM && s->type == STT_FUNC)
				s->value &= ~(uint64_t)1;
			o->symbol_count++;
		}
	}
	return 0;
}

static int add_reloc(struct objfile *o, struct obj_section *sec,
		     uint64_t offset, uint64_t info, int64_t addend)
{
	uint64_t symbol = GELF_R_SYM(info);

	if (symbol >= o->symbol_count && symbol)
		return -ENOEXEC;
	GROW(sec->relocs, sec->reloc_count, sec->reloc_cap);
	sec->relocs[sec->reloc_count++] = (struct obj_reloc){
		.offset = offset,
		.type = (uint32_t)GELF_R_TYPE(info),
		.symbol = symbol,
		.addend = addend,
	};
	return 0;
}

/* 64-bit MIPS in little endian has the parts of r_info in another order. */
static uint64_t fix_info(const struct objfile *o, uint64_t info)
{
	if (o->machine != EM_MIPS || !o->is64 || o->big_endian)
		return info;
	return info << 32 | (info >> 56 & 0xff) | (info >> 40 & 0xff00) |
	       (info >> 24 & 0xff0000) | (info >> 8 & 0xff000000);
}

static int by_offset(const void *a, const void *b)
{
	const struct obj_reloc *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return x->type < y->type ? -1 : x->type > y->type;
}

static int read_relocs_of(struct objfile *o, Elf_Scn *scn, bool rel)
{
	Elf_Data *data = elf_getdata(scn, NULL);
	struct obj_section *sec;
	GElf_Shdr sh;
	size_t n;

	if (!gelf_getshdr(scn, &sh) || !data || !sh.sh_entsize ||
	    sh.sh_info >= o->section_count)
		return -ENOEXEC;
	sec = &o->sections[sh.sh_info];
	n = data->d_size / sh.sh_entsize;
	for (size_t k = 0; k < n; k++) {
		GElf_Rela rela = {0};
		GElf_Rel r;
		int ret;

		if (rel && gelf_getrel(data, (int)k, &r)) {
			rela.r_offset = r.r_offset;
			rela.r_info = r.r_info;
		} else if (rel || !gelf_getrela(data, (int)k, &rela)) {
			return -ENOEXEC;
		}
		ret = add_reloc(o, sec, rela.r_offset, fix_info(o, rela.r_info),
				rela.r_addend);
		if (ret)
			return ret;
	}
	if (sec->reloc_count)
		qsort(sec->relocs, sec->reloc_count, sizeof(*sec->relocs),
		      by_offset);
	objfile_addends(o, sec, rel);
	return 0;
}

static int read_relocs(struct objfile *o, Elf *elf)
{
	int ret = 0;

	for (size_t i = 1; !ret && i < o->section_count; i++) {
		uint32_t type = o->sections[i].type;

		if (type == SHT_REL || type == SHT_RELA)
			ret = read_relocs_of(o, elf_getscn(elf, i),
					     type == SHT_REL);
	}
	return ret;
}

static int by_place(const void *a, const void *b, void *data)
{
	const struct objfile *o = data;
	const struct obj_symbol *x = &o->symbols[*(const size_t *)a];
	const struct obj_symbol *y = &o->symbols[*(const size_t *)b];

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	/* Of two names for a place, a function's or variable's own counts. */
	if (!!x->size != !!y->size)
		return x->size ? 1 : -1;
	if (x->bind != y->bind)
		return x->bind > y->bind ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Labels of the assembler's and marks of what follows are no names. */
static bool is_named(const struct obj_symbol *s)
{
	if (!s->section || !*s->name || *s->name == '.' || *s->name == '$')
		return false;
	return s->type == STT_FUNC || s->type == STT_OBJECT ||
	       s->type == STT_NOTYPE || s->type == STT_GNU_IFUNC;
}

static void sort_symbols(struct objfile *o)
{
	o->order = xcalloc(o->symbol_count + 1, sizeof(*o->order));
	for (size_t i = 0; i < o->symbol_count; i++)
		if (is_named(&o->symbols[i]))
			o->order[o->order_count++] = i;
	if (o->order_count)
		qsort_r(o->order, o->order_count, sizeof(*o->order), by_place,
			o);
}

int objfile_parse(struct objfile *o, struct strbuf *bytes)
{
	GElf_Ehdr header;
	Elf *elf;
	int ret;

	*o = (struct objfile){.bytes = *bytes};
	*bytes = (struct strbuf){0};
	if (elf_version(EV_CURRENT) == EV_NONE || o->bytes.len < EI_NIDENT)
		return -ENOEXEC;
	elf = elf_memory(o->bytes.buf, o->bytes.len);
	o->elf = elf;
	if (!elf || elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &header) ||
	    header.e_type != ET_REL)
		return -ENOEXEC;
	o->machine = header.e_machine;
	o->big_endian = header.e_ident[EI_DATA] == ELFDATA2MSB;
	o->is64 = header.e_ident[EI_CLASS] == ELFCLASS64;
	ret = read_sections(o, elf);
	if (!ret)
		ret = read_symbols(o, elf);
	if (!ret)
		ret = read_relocs(o, elf);
	/* Cut short, it seems to be an object with nothing in it. */
	if (!ret && !o->symbol_count)
		ret = -ENOEXEC;
	if (ret)
		return ret;
	sort_symbols(o);
	return 0;
}

int objfile_read(struct objfile *o, const char *path)
{
	struct strbuf bytes = {0};
	int ret = file_read(path, &bytes);

	if (ret) {
		sb_free(&bytes);
		*o = (struct objfile){0};
		return ret;
	}
	return objfile_parse(o, &bytes);
}

void objfile_free(struct objfile *o)
{
	for (size_t i = 0; i < o->section_count; i++)
		free(o->sections[i].relocs);
	free(o->sections);
	free(o->symbols);
	free(o->order);
	if (o->elf)
		elf_end(o->elf);
	sb_free(&o->bytes);
	*o = (struct objfile){0};
}

/* The first of the order that begins behind the place. */
static size_t behind(const struct objfile *o, size_t section, uint64_t offset)
{
	size_t from = 0, to = o->order_count;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		const struct obj_symbol *s = &o->symbols[o->order[mid]];

		if (s->section > section ||
		    (s->section == section && s->value > offset))
			to = mid;
		else
			from = mid + 1;
	}
	return from;
}

const struct obj_symbol *objfile_before(const struct objfile *o,
					size_t section, uint64_t offset)
{
	size_t i = behind(o, section, offset);

	if (!i || o->symbols[o->order[i - 1]].section != section)
		return NULL;
	return &o->symbols[o->order[i - 1]];
}

const struct obj_symbol *objfile_at(const struct objfile *o, size_t section,
				    uint64_t offset)
{
	const struct obj_symbol *s = objfile_before(o, section, offset);

	return s && s->size && offset - s->value >= s->size ? NULL : s;
}

uint64_t objfile_next(const struct objfile *o, size_t section, uint64_t offset)
{
	size_t i = behind(o, section, offset);

	if (i < o->order_count &&
	    o->symbols[o->order[i]].section == section)
		return o->symbols[o->order[i]].value;
	return o->sections[section].size;
}

size_t obj_section_reloc(const struct obj_section *sec, uint64_t offset)
{
	size_t from = 0, to = sec->reloc_count;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (sec->relocs[mid].offset >= offset)
			to = mid;
		else
			from = mid + 1;
	}
	return from;
}

uint64_t objfile_number(const struct objfile *o, const unsigned char *p,
			unsigned width)
{
	uint64_t v = 0;

	for (unsigned i = 0; i < width; i++)
		v |= (uint64_t)p[i] << 8 * (o->big_endian ? width - 1 - i : i);
	return v;
}
