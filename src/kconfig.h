/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's configuration: what a .config says, and enough of the Kconfig
 * language to tell why a symbol is off in it.
 */
#ifndef RXA_KCONFIG_H
#define RXA_KCONFIG_H

#include "util.h"

/* A .config. */
struct dotconfig;

/* -errno in *error and NULL where it cannot be read. */
struct dotconfig *dotconfig_read(const char *path, int *error);
struct dotconfig *dotconfig_parse(const char *text);
void dotconfig_free(struct dotconfig *dc);
/* 'y', 'm', or 'n' for all else; with or without the CONFIG_ in front. */
char dotconfig_get(const struct dotconfig *dc, const char *symbol);
/* Its value as text where that is a number or a string; else NULL. */
const char *dotconfig_text(const struct dotconfig *dc, const char *symbol);
static inline bool dotconfig_on(const struct dotconfig *dc, const char *symbol)
{
	return dotconfig_get(dc, symbol) != 'n';
}

/* An expression of symbols; lives as long as its struct kconfig. */
struct kexpr {
	enum kexpr_type {
		KEXPR_ATOM,
		KEXPR_NOT,
		KEXPR_AND,
		KEXPR_OR,
		KEXPR_COMPARE
	} type;
	char *name; /* of an atom; the operator of a comparison */
	struct kexpr *a, *b;
};

/* One "config X" in one Kconfig file. */
struct kdef {
	char *name;	  /* without CONFIG_ */
	const char *file; /* tree-relative */
	int line;
	/*
	 * All must hold: its own "depends on" and those of what encloses it
	 * (if, menu, choice).
	 */
	struct kexpr **depends;
	size_t depend_count, depend_cap;
	bool prompt;   /* a user can set it */
	bool tristate; /* can be a module */
	int choice;    /* the choice that it is in, from 1; or 0 */
	struct kexpr *prompt_if; /* NULL: always */
	struct krelation *relations;
	size_t relation_count, relation_cap;
};

/* "default VALUE if COND" or "select SYMBOL if COND"; cond NULL: always. */
struct krelation {
	bool select;
	struct kexpr *value, *cond; /* of a select, value is the symbol */
};

struct kconfig {
	struct kdef *defs; /* by name, file, line */
	size_t count, cap;
	struct strvec files;
	uint64_t hash; /* of all text that was read */

	/* Private. */
	struct kexpr **exprs;
	size_t expr_count, expr_cap;
	int choices;
	char *srcarch, *arch;
	const char *tree;
};

/* "x86_64" -> "x86": the folder under arch/ that the ARCH= lives in. */
const char *kconfig_srcarch(const char *arch);

/*
 * Reads the tree's Kconfig and all that it sources for this ARCH. -ENOENT
 * where the tree has none.
 */
int kconfig_read(struct kconfig *kc, const char *tree, const char *arch);
/* Reads a text as if it were that file; sources follow where tree is set. */
void kconfig_parse(struct kconfig *kc, const char *file, const char *text);
/* After the last kconfig_parse(). */
void kconfig_sort(struct kconfig *kc);
void kconfig_free(struct kconfig *kc);

/* The definitions of a symbol, *n of them in a row; NULL where it has none. */
const struct kdef *kconfig_find(const struct kconfig *kc, const char *symbol,
				size_t *n);
/*
 * Adds to the list what its symbols plainly depend on ("depends on PCI", not
 * "A || B"), and what that depends on, as CONFIG_X.
 */
void kconfig_add_needs(const struct kconfig *kc, struct strvec *symbols);

/*
 * In words, why the symbol is off in a .config for this ARCH: "CONFIG_MACSONIC
 * depends on MAC, which x86_64 does not define". The caller frees it.
 */
char *kconfig_why_off(const struct kconfig *kc, const struct dotconfig *dc,
		      const char *arch, const char *symbol);

#endif
