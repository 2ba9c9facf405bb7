/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a kernel's console says: its complaints ("splats"), each with a
 * fingerprint by which the same one is known again on another boot.
 */
#ifndef RXA_BOOTCLASS_H
#define RXA_BOOTCLASS_H

#include "util.h"

struct splat {
	char *title;		/* its first line, without time and numbers */
	char *print;		/* title and the first functions of the trace */
	size_t line;		/* of the console, from 1 */
	bool fatal;		/* panic or Oops */
};

struct splats {
	struct splat *v;
	size_t n, cap;
};

/* All splats of the console's text, in order. */
void splats_find(struct splats *s, const char *console);
bool splats_have(const struct splats *s, const char *print);
/* The first fatal one, or NULL. */
const struct splat *splats_fatal(const struct splats *s);
void splats_free(struct splats *s);

/* The console's text from the splat on, at most so many lines. */
void splat_text(struct strbuf *sb, const char *console, size_t line,
		size_t lines);

/* How a machine ended, from best to worst. */
enum boot_end {
	BOOT_ENDED,	/* with the token, by itself */
	BOOT_QUIT,	/* without the token, and no reason is seen */
	BOOT_CRASH,
	BOOT_HANG,	/* nothing came for too long, it was killed */
	BOOT_NO_START,	/* QEMU refused; the kernel never ran */
};
const char *boot_end_name(enum boot_end e);

struct boot_signs {
	bool token;		/* the guest's last line was there */
	bool late;		/* killed at its deadline */
	bool spoke;		/* there was anything on the console */
	int code;		/* QEMU's exit code */
};
enum boot_end boot_end_of(const struct boot_signs *signs,
			  const struct splats *splats);

#endif
