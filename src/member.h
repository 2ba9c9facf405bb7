/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A function pointer in a struct of the module: where it is declared, which
 * functions it is set to, and who calls through it. Found by its name, which
 * only one struct of the module may have; whatever else is done with it, or
 * with that struct, means that it can't be followed.
 */
#ifndef RXA_MEMBER_H
#define RXA_MEMBER_H

#include "cmodule.h"

struct member_call {
	struct csource *src;
	struct cfunc *in;
	size_t tok;		/* the member's name, or a macro's that calls it */
	size_t open;		/* the parenthesis of its arguments */
	bool is_macro;
	size_t skip;		/* arguments that the macro does not pass on */
};

struct member {
	char *name;
	char *tag;		/* of the struct, "" where not found */
	/* Its declaration: name, parentheses of the parameters. */
	struct csource *src;
	size_t tok, open;
	size_t param_count;
	struct cfuncs targets;
	struct member_call *calls;
	size_t call_count, call_cap;
	/* Sources of other modules that use it. */
	struct strvec outside;
	/* Why it can't be followed, with the place; NULL where it can be. */
	char *why;
	const struct csource *why_src;
	size_t why_tok;
};

struct member *member_read(const struct cmodule *mod, const char *name);
void member_free(struct member *m);

/*
 * The first token of the called expression: "hw" in "hw->ops.f(a)", the "("
 * in "(*ops->f)(a)".
 */
size_t member_call_start(const struct member_call *c);
/* Its arguments: those that the member gets; free with cargs_free(). */
void member_call_args(const struct member_call *c, struct cargs *args);
/* Is the function set to it in that macro, and named there for nothing else? */
bool member_set_in(const struct member *m, const struct cmacro *macro,
		   const char *func);

#endif
