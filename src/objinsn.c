// SPDX-License-Identifier: GPL-2.0-only
#include "objinsn.h"

#include <elf.h>
#include <string.h>

/* Bytes in front of the one that differs at which its field may begin. */
#define MAX_INSN 8

/* Instructions of 32 bits with a field of neighbouring bits in them. */
static const struct word_insn {
	unsigned machine;
	uint32_t mask, match;
	bool branch;
	unsigned shift, bits;
	unsigned scale;		/* of a branch, as a shift */
	unsigned ahead;		/* what the program counter is ahead */
} word_insns[] = {
	/* b, bl; movz, movn */
	{EM_AARCH64, 0x7c000000, 0x14000000, true, 0, 26, 2, 0},
	{EM_AARCH64, 0x1f800000, 0x12800000, false, 5, 16, 0, 0},
	/* b, bl */
	{EM_ARM, 0x0e000000, 0x0a000000, true, 0, 24, 2, 8},
	/* b, bl */
	{EM_PPC, 0xfc000000, 0x48000000, true, 2, 24, 2, 0},
	{EM_PPC64, 0xfc000000, 0x48000000, true, 2, 24, 2, 0},
	/* call; or %g0, simm13 */
	{EM_SPARC, 0xc0000000, 0x40000000, true, 0, 30, 2, 0},
	{EM_SPARC32PLUS, 0xc0000000, 0x40000000, true, 0, 30, 2, 0},
	{EM_SPARCV9, 0xc0000000, 0x40000000, true, 0, 30, 2, 0},
	{EM_SPARC, 0xc1ffe000, 0x80102000, false, 0, 13, 0, 0},
	{EM_SPARC32PLUS, 0xc1ffe000, 0x80102000, false, 0, 13, 0, 0},
	{EM_SPARCV9, 0xc1ffe000, 0x80102000, false, 0, 13, 0, 0},
	/* ldi */
	{EM_PARISC, 0xffe0c001, 0x34000000, false, 1, 13, 0, 0},
	/* bal */
	{EM_MIPS, 0xffff0000, 0x04110000, true, 0, 16, 2, 4},
	/* br, bsr */
	{EM_ALPHA, 0xfc000000, 0xc0000000, true, 0, 21, 2, 4},
	{EM_ALPHA, 0xfc000000, 0xd0000000, true, 0, 21, 2, 4},
};

static uint64_t extend(uint64_t v, unsigned bits)
{
	uint64_t top = 1ull << (bits - 1);

	return ((v & (top | (top - 1))) ^ top) - top;
}

static void read_word(const struct objfile *o, const unsigned char *code,
		      size_t size, uint64_t base, size_t at,
		      const struct word_insn *insn, struct obj_field *f)
{
	size_t from = at & ~(size_t)3;
	uint32_t word, bits = insn->bits == 32 ? ~0u : (1u << insn->bits) - 1;

	if (o->machine != insn->machine || from + 4 > size)
		return;
	word = (uint32_t)objfile_number(o, code + from, 4);
	if ((word & insn->mask) != insn->match)
		return;
	f->from = from;
	f->to = from + 4;
	f->branch = insn->branch;
	f->rest = word & ~(bits << insn->shift);
	f->value = word >> insn->shift & bits;
	if (insn->branch)
		f->value = base + from + insn->ahead +
			   (extend(f->value, insn->bits) << insn->scale);
}

static uint32_t rotate(uint32_t v, unsigned n)
{
	return n ? v >> n | v << (32 - n) : v;
}

/* arm's movw has its number in two parts, mov rotates it. */
static void read_arm(const struct objfile *o, const unsigned char *code,
		     size_t size, size_t at, struct obj_field *f)
{
	size_t from = at & ~(size_t)3;
	uint32_t word;

	if (o->machine != EM_ARM || from + 4 > size)
		return;
	word = (uint32_t)objfile_number(o, code + from, 4);
	if ((word & 0x0ff00000) == 0x03000000)
		f->value = (word >> 4 & 0xf000) | (word & 0xfff);
	else if ((word & 0x0fff0000) == 0x03a00000)
		f->value = rotate(word & 0xff, word >> 7 & 0x1e);
	else
		return;
	f->from = from;
	f->to = from + 4;
	f->rest = word & 0xf000f000;
}

/* Thumb's movw, and mov of eight bits that are moved but not repeated. */
static void read_thumb(const struct objfile *o, const unsigned char *code,
		       size_t size, uint64_t base, size_t from,
		       struct obj_field *f)
{
	uint32_t first, second, imm, sign;

	if (from % 2 || from + 4 > size)
		return;
	first = (uint32_t)objfile_number(o, code + from, 2);
	second = (uint32_t)objfile_number(o, code + from + 2, 2);
	/* b.w, bl: both in the same code, so that no mode changes. */
	if ((first & 0xf800) == 0xf000 && (second & 0x9000) == 0x9000) {
		sign = first >> 10 & 1;
		imm = sign << 24 | !((second >> 13 & 1) ^ sign) << 23 |
		      !((second >> 11 & 1) ^ sign) << 22 |
		      (first & 0x3ff) << 12 | (second & 0x7ff) << 1;
		*f = (struct obj_field){
			.from = from,
			.to = from + 4,
			.branch = true,
			.value = base + from + 4 + extend(imm, 25),
			.rest = second & 0x4000,
		};
		return;
	}
	imm = (first << 1 & 0x800) | (second >> 4 & 0x700) | (second & 0xff);
	if ((first & 0xfbf0) == 0xf240 && !(second & 0x8000))
		f->value = (first << 12 & 0xf000) | imm;
	else if ((first & 0xfbff) == 0xf04f && !(second & 0x8000) &&
		 imm >= 0x400)
		f->value = rotate(0x80 | (imm & 0x7f), imm >> 7);
	else
		return;
	f->from = from;
	f->to = from + 4;
	f->rest = second & 0x0f00;
}

/* riscv: li of up to 32 bits, that is lui or c.lui in front of an addi. */
static void read_riscv(const struct objfile *o, const unsigned char *code,
		       size_t size, size_t from, struct obj_field *f)
{
	uint32_t first, add, rd;
	size_t n = 4;

	if (from % 2 || from + 4 > size)
		return;
	first = (uint32_t)objfile_number(o, code + from, 4);
	if ((first & 0x000ff07f) == 0x00000013) {
		f->from = from;
		f->to = from + 4;
		f->value = first >> 20;
		f->rest = first & 0xfffff;
		return;
	}
	if ((first & 0x7f) == 0x37) {
		f->value = first & 0xfffff000;
	} else if ((first & 0xf003) == 0x6001) {
		f->value = (first & 0x7c) << 10;
		n = 2;
	} else {
		return;
	}
	rd = first >> 7 & 0x1f;
	if (from + n + 4 > size)
		return;
	add = (uint32_t)objfile_number(o, code + from + n, 4);
	if ((add & 0x7077) != 0x0013 || (add >> 7 & 0x1f) != rd ||
	    (add >> 15 & 0x1f) != rd)
		return;
	f->from = from;
	f->to = from + n + 4;
	f->value = (f->value + extend(add >> 20, 12)) & 0xffffffff;
	f->rest = rd;
}

/* A displacement of `width` bytes behind an opcode. */
static void displace(const struct objfile *o, const unsigned char *code,
		     uint64_t base, size_t from, unsigned width, uint64_t pc,
		     unsigned scale, struct obj_field *f)
{
	uint64_t v = extend(objfile_number(o, code + from, width), 8 * width);

	*f = (struct obj_field){
		.from = from,
		.to = from + width,
		.branch = true,
		.value = base + pc + (v << scale),
	};
}

/* Does a call or jump have its displacement at w? */
static void read_x86(const struct objfile *o, const unsigned char *code,
		     size_t size, uint64_t base, size_t w, struct obj_field *f)
{
	bool near = w >= 1 && (code[w - 1] & 0xfe) == 0xe8;
	bool cond = w >= 2 && code[w - 2] == 0x0f &&
		    (code[w - 1] & 0xf0) == 0x80;

	if ((near || cond) && w + 4 <= size)
		displace(o, code, base, w, 4, w + 4, 0, f);
}

/* brasl, brcl, larl: half-words. */
static void read_s390(const struct objfile *o, const unsigned char *code,
		      size_t size, uint64_t base, size_t w, struct obj_field *f)
{
	if (w % 2 || w < 2 || w + 4 > size || code[w - 2] != 0xc0)
		return;
	if ((code[w - 1] & 0xf) == 5 || (code[w - 1] & 0xf) == 4 ||
	    (code[w - 1] & 0xf) == 0)
		displace(o, code, base, w, 4, w - 2, 1, f);
}

/*
 * bsr.l, bra.l, bsr.w, bra.w, and jsr, jmp, lea, pea and whatever else has an
 * operand beside the program counter.
 */
static void read_m68k(const struct objfile *o, const unsigned char *code,
		      size_t size, uint64_t base, size_t w, struct obj_field *f)
{
	unsigned op;

	if (w % 2 || w < 2)
		return;
	op = (unsigned)code[w - 2] << 8 | code[w - 1];
	if ((op == 0x61ff || op == 0x60ff) && w + 4 <= size)
		displace(o, code, base, w, 4, w, 0, f);
	else if ((op == 0x6100 || op == 0x6000 || (op & 0x3f) == 0x3a) &&
		 w + 2 <= size)
		displace(o, code, base, w, 2, w, 0, f);
}

static void read_bytes(const struct objfile *o, const unsigned char *code,
		       size_t size, uint64_t base, size_t w,
		       struct obj_field *f)
{
	if (o->machine == EM_386 || o->machine == EM_X86_64)
		read_x86(o, code, size, base, w, f);
	else if (o->machine == EM_S390)
		read_s390(o, code, size, base, w, f);
	else if (o->machine == EM_68K)
		read_m68k(o, code, size, base, w, f);
	else if (o->machine == EM_RISCV)
		read_riscv(o, code, size, w, f);
	else if (o->machine == EM_ARM)
		read_thumb(o, code, size, base, w, f);
}

/* Any number of that width that the byte may be part of. */
static void read_number(const struct objfile *o, const unsigned char *code,
			size_t size, size_t from, unsigned width,
			struct obj_field *f)
{
	if (from + width > size)
		return;
	f->from = from;
	f->to = from + width;
	f->value = objfile_number(o, code + from, width);
}

bool objinsn_knows(const struct objfile *o)
{
	/* The old ABI of 64-bit powerpc: functions are descriptors. */
	for (size_t i = 1; i < o->section_count; i++)
		if (!strcmp(o->sections[i].name, ".opd"))
			return false;
	switch (o->machine) {
	case EM_386:
	case EM_68K:
	case EM_AARCH64:
	case EM_ALPHA:
	case EM_ARM:
	case EM_MIPS:
	case EM_PARISC:
	case EM_PPC:
	case EM_PPC64:
	case EM_RISCV:
	case EM_S390:
	case EM_SH:
	case EM_SPARC:
	case EM_SPARC32PLUS:
	case EM_SPARCV9:
	case EM_X86_64:
		return true;
	default:
		return false;
	}
}

bool objinsn_field(const struct objfile *o, const unsigned char *code,
		   size_t size, uint64_t base, size_t at, unsigned k,
		   struct obj_field *f)
{
	*f = (struct obj_field){0};
	if (k < ARRAY_SIZE(word_insns)) {
		read_word(o, code, size, base, at, &word_insns[k], f);
		return true;
	}
	k -= ARRAY_SIZE(word_insns);
	if (!k) {
		read_arm(o, code, size, at, f);
		return true;
	}
	k--;
	if (k < MAX_INSN) {
		if (at >= k)
			read_bytes(o, code, size, base, at - k, f);
		return true;
	}
	k -= MAX_INSN;
	if (k < 4) {
		if (at >= k)
			read_number(o, code, size, at - k, 4, f);
		return true;
	}
	k -= 4;
	if (k < 2 && at >= k)
		read_number(o, code, size, at - k, 2, f);
	return k < 2;
}
