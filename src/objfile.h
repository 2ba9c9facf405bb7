/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A relocatable ELF object, of any class and byte order: its sections with
 * their relocations, and its symbols.
 */
#ifndef RXA_OBJFILE_H
#define RXA_OBJFILE_H

#include "util.h"

struct obj_reloc {
	uint64_t offset;	/* in its section */
	uint32_t type;		/* of the machine */
	size_t symbol;		/* index into the symbols, 0 for none */
	int64_t addend;		/* also where the section's bytes hold it */
	unsigned width;		/* bytes at offset that it may change */
	uint32_t mask;		/* of a REL word: the bits of the addend */
};

struct obj_section {
	const char *name;
	uint32_t type;		/* SHT_* */
	uint64_t flags, size, entsize;
	/* NULL for SHT_NOBITS; `size` bytes otherwise. */
	const unsigned char *data;
	struct obj_reloc *relocs;	/* by offset */
	size_t reloc_count, reloc_cap;
};

struct obj_symbol {
	const char *name;
	uint64_t value, size;
	size_t section;		/* 0 for one that is not defined here */
	unsigned char type, bind;
};

struct objfile {
	unsigned machine;	/* EM_* */
	bool big_endian, is64;
	struct obj_section *sections;
	size_t section_count;
	struct obj_symbol *symbols;
	size_t symbol_count;
	/* Those that name a place, by section and value; see objfile_at(). */
	size_t *order;
	size_t order_count;

	/* Private. */
	void *elf;
	struct strbuf bytes;
};

/*
 * Reads the object; objfile_free() in any case. -errno; -ENOEXEC for what is
 * no relocatable object, or a broken one.
 */
int objfile_read(struct objfile *o, const char *path);
/* The same of bytes, which are taken over. */
int objfile_parse(struct objfile *o, struct strbuf *bytes);
void objfile_free(struct objfile *o);

/*
 * The symbol that covers the place, the last that begins in front of it; NULL
 * where none does.
 */
const struct obj_symbol *objfile_at(const struct objfile *o, size_t section,
				    uint64_t offset);
/* The same, also where the place is behind the symbol's end. */
const struct obj_symbol *objfile_before(const struct objfile *o,
					size_t section, uint64_t offset);
/* Where the next symbol behind the place begins, or the section ends. */
uint64_t objfile_next(const struct objfile *o, size_t section, uint64_t offset);
/* The index of the first relocation at or behind the offset. */
size_t obj_section_reloc(const struct obj_section *sec, uint64_t offset);

/* A number of 1, 2, 4 or 8 bytes in the object's order. */
uint64_t objfile_number(const struct objfile *o, const unsigned char *p,
			unsigned width);

/*
 * objreloc.c: fills width, mask and, where the bytes hold it (`rel`), the
 * addend. The section's relocations are all there.
 */
void objfile_addends(const struct objfile *o, struct obj_section *sec,
		     bool rel);

#endif
