// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a relocation leaves open in the bytes, and the addends that the bytes
 * themselves hold (REL): those of i386, arm and 32-bit mips among Linux'
 * architectures. The others have RELA, sh and parisc with something in the
 * bytes, too.
 */
#include <elf.h>

#include "objfile.h"

static int64_t sign_extend(uint64_t v, unsigned bits)
{
	uint64_t top = 1ull << (bits - 1);

	return (int64_t)((v & (top | (top - 1))) ^ top) - (int64_t)top;
}

static unsigned width_386(uint32_t type)
{
	switch (type) {
	case R_386_16:
	case R_386_PC16:
		return 2;
	case R_386_8:
	case R_386_PC8:
		return 1;
	default:
		return 4;
	}
}

/* The bits of a 32-bit arm instruction that hold the addend. */
static uint32_t mask_arm(uint32_t type)
{
	switch (type) {
	case R_ARM_PC24:
	case R_ARM_CALL:
	case R_ARM_JUMP24:
	case R_ARM_PLT32:
		return 0x00ffffff;
	case R_ARM_MOVW_ABS_NC:
	case R_ARM_MOVT_ABS:
	case R_ARM_MOVW_PREL_NC:
	case R_ARM_MOVT_PREL:
		return 0x000f0fff;
	/* Thumb: two half-words, the first one in the lower half. */
	case R_ARM_THM_MOVW_ABS_NC:
	case R_ARM_THM_MOVT_ABS:
		return 0x70ff040f;
	case R_ARM_THM_PC22:
	case R_ARM_THM_JUMP24:
		return 0x2fff07ff;
	case R_ARM_PREL31:
		return 0x7fffffff;
	case R_ARM_V4BX:
	case R_ARM_NONE:
		return 0;
	default:
		return 0xffffffff;
	}
}

static int64_t addend_thumb_call(uint32_t word)
{
	uint32_t sign = word >> 10 & 1, j1 = word >> 29 & 1, j2 = word >> 27 & 1;
	uint32_t i1 = !(j1 ^ sign), i2 = !(j2 ^ sign);

	return sign_extend(sign << 24 | i1 << 23 | i2 << 22 |
			   (word & 0x3ff) << 12 | (word >> 16 & 0x7ff) << 1,
			   25);
}

static int64_t addend_arm(uint32_t type, uint32_t word)
{
	switch (mask_arm(type)) {
	case 0x00ffffff:
		return sign_extend((uint64_t)word << 2, 26);
	case 0x000f0fff:
		return sign_extend((word >> 4 & 0xf000) | (word & 0xfff), 16);
	case 0x70ff040f:
		return sign_extend((word << 12 & 0xf000) | (word << 1 & 0x800) |
				   (word >> 20 & 0x700) | (word >> 16 & 0xff),
				   16);
	case 0x2fff07ff:
		return addend_thumb_call(word);
	case 0x7fffffff:
		return sign_extend(word, 31);
	case 0:
		return 0;
	default:
		return sign_extend(word, 32);
	}
}

static uint32_t mask_mips(uint32_t type)
{
	switch (type) {
	case R_MIPS_26:
		return 0x03ffffff;
	case R_MIPS_HI16:
	case R_MIPS_LO16:
	case R_MIPS_GPREL16:
	case R_MIPS_LITERAL:
	case R_MIPS_GOT16:
	case R_MIPS_CALL16:
	case R_MIPS_PC16:
	case R_MIPS_16:
		return 0xffff;
	case R_MIPS_NONE:
	case R_MIPS_JALR:
		return 0;
	default:
		return 0xffffffff;
	}
}

static uint32_t word_at(const struct objfile *o, const struct obj_section *sec,
			const struct obj_reloc *r, unsigned width)
{
	if (!sec->data || r->offset > sec->size ||
	    sec->size - r->offset < width)
		return 0;
	return (uint32_t)objfile_number(o, sec->data + r->offset, width);
}

/* The lower half of an address is in the next R_MIPS_LO16 of that symbol. */
static int64_t addend_mips(const struct objfile *o,
			   const struct obj_section *sec, size_t index)
{
	const struct obj_reloc *r = &sec->relocs[index];
	uint32_t word = word_at(o, sec, r, 4);

	if (r->type == R_MIPS_26)
		return (int64_t)(word & 0x03ffffff) << 2;
	if (r->type == R_MIPS_PC16)
		return sign_extend((uint64_t)(word & 0xffff) << 2, 18);
	if (mask_mips(r->type) == 0xffff && r->type != R_MIPS_HI16)
		return sign_extend(word, 16);
	if (r->type != R_MIPS_HI16)
		return mask_mips(r->type) ? sign_extend(word, 32) : 0;
	for (size_t i = index + 1; i < sec->reloc_count; i++) {
		const struct obj_reloc *lo = &sec->relocs[i];

		if (lo->type == R_MIPS_LO16 && lo->symbol == r->symbol)
			return sign_extend((uint64_t)(word & 0xffff) << 16, 32) +
			       sign_extend(word_at(o, sec, lo, 4), 16);
	}
	return sign_extend((uint64_t)(word & 0xffff) << 16, 32);
}

static void fill_rel(const struct objfile *o, struct obj_section *sec,
		     size_t index)
{
	struct obj_reloc *r = &sec->relocs[index];

	r->width = 4;
	r->mask = 0xffffffff;
	switch (o->machine) {
	case EM_386:
		r->width = width_386(r->type);
		r->addend = sign_extend(word_at(o, sec, r, r->width),
					8 * r->width);
		break;
	case EM_ARM:
		r->mask = mask_arm(r->type);
		r->addend = addend_arm(r->type, word_at(o, sec, r, 4));
		break;
	case EM_MIPS:
		r->mask = mask_mips(r->type);
		r->addend = addend_mips(o, sec, index);
		break;
	default:
		r->addend = sign_extend(word_at(o, sec, r, 4), 32);
	}
}

/* RELA, and yet something stands in the bytes. */
static void fill_rela(const struct objfile *o, const struct obj_section *sec,
		      struct obj_reloc *r)
{
	bool added = o->machine == EM_SH &&
		     (r->type == R_SH_DIR32 || r->type == R_SH_REL32);
	/* The addend once more. */
	bool repeated = o->machine == EM_PARISC &&
			(r->type == R_PARISC_DIR32 ||
			 r->type == R_PARISC_PCREL32 ||
			 r->type == R_PARISC_PLABEL32 ||
			 r->type == R_PARISC_SEGREL32);

	if (!added && !repeated)
		return;
	r->width = 4;
	r->mask = 0xffffffff;
	if (added)
		r->addend += sign_extend(word_at(o, sec, r, 4), 32);
}

void objfile_addends(const struct objfile *o, struct obj_section *sec, bool rel)
{
	for (size_t i = 0; i < sec->reloc_count; i++) {
		if (rel)
			fill_rel(o, sec, i);
		else
			fill_rela(o, sec, &sec->relocs[i]);
	}
}
