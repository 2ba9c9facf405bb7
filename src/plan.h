/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The decision about one unit: its verdict, its hazards and, where it can be
 * converted, which function gets which list and what happens to each call.
 */
#ifndef RXA_PLAN_H
#define RXA_PLAN_H

#include "context.h"
#include "graph.h"
#include "kmakefile.h"
#include "model.h"
#include "ndosearch.h"
#include "override.h"
#include "session.h"

/* A function whose parameters change. */
struct plan_func {
	struct node *node;
	unsigned lists;		/* parameters that it gets */
	char *uc, *mc;		/* their names, NULL where it gets none */
	bool read_only;		/* const will do */
	/* The lists take the place of a parameter that is left unused. */
	bool drops;
	size_t dropped;
	/* Of a callback that is held: what its body is called from now on, */
	char *inner;
	bool early;		/* and that its declarations are for that. */
	bool ends_in_macro;	/* that returns */
};

/* A call of such a function. */
struct plan_call {
	struct cfunc *in;	/* the caller */
	/* Through a member: one of the functions behind it. */
	struct plan_func *callee;
	const struct member *via;
	char *fn;		/* what is called, as it stands */
	size_t tok;
	char *args;		/* as they stand */
	char *more;		/* what is added behind them: "&dev->uc, ..." */
	/* All arguments, where `more` takes the place of one; else NULL. */
	char *all;
	bool returned;		/* the callback ends by returning the call */
	char *lock;		/* device to lock around the call, or NULL */
	bool has_lock;		/* the caller holds the address lock */
	/* Outside the callbacks' paths: where it runs, in words; else NULL. */
	char *why;
	enum context context;
};

/*
 * "return f(...);" in a callback, f being void as the callback was; or "F();"
 * where F is a macro that returns.
 */
struct plan_return {
	struct cfunc *in;
	size_t tok;		/* f or F */
	bool is_macro;
};

/* "dev->netdev_ops->ndo_set_rx_mode(dev);" */
struct plan_ndo_call {
	struct cfunc *in;
	size_t tok;		/* the member */
	char *dev;
	bool locked;		/* the address lock is taken around it */
};

/* A hazard of the new context that may be mended by keeping the old one. */
struct doubt {
	const char *reason, *id;
	const struct csource *src;
	size_t tok;
	char *note;
	struct cfunc *bh;	/* spin_lock_bh() there would do, else NULL */
};

struct plan {
	struct cmodule *mod;
	struct graph *graph;
	struct plan_func *funcs;
	size_t func_count, func_cap;
	struct plan_call *calls;
	size_t call_count, call_cap;
	struct plan_ndo_call *ndo_calls;
	size_t ndo_call_count, ndo_call_cap;
	struct plan_return *returns;
	size_t return_count, return_cap;
	/* Functions in which spin_lock() becomes spin_lock_bh(). */
	struct cfuncs bh_locks;
	struct doubt *doubts;
	size_t doubt_count, doubt_cap;
	/* The callbacks keep the address lock, see hold.h. */
	bool held;
	/* Exported functions of which all users in the tree are loaded. */
	struct strvec family;
	struct overrides *overrides;	/* the scan's; may be NULL */
	/* A line for the overrides for each refusal that may have one. */
	struct strvec may_override;
	/* Functions of other modules that are given the device. */
	struct strvec wanted;
	/* There are attributes in what changes: spatch needs to know of them. */
	bool attributes;
	/* The callback does its deferred work itself, or NULL. */
	struct collapse *collapse;
	/* Decided so far: the code that the unit gets, or NULL. */
	const char *reason;
	char *note;
};

/* One source file with its uses of ndo_set_rx_mode, as the scan found them. */
struct ndo_file {
	char *path;
	struct ndo_uses uses;
};

/*
 * Reads the unit's module (`named` says where foreign and exported callbacks
 * are named in the tree, and the other modules' `helpers`, if any) and decides:
 * fills class, verdict, reason and note of its assignments, its hazards,
 * u->plan and, for a conversion, u->files.
 */
void plan_unit(const struct session *s, struct kmakefile_db *db,
	       const struct word_index *named, const struct strvec *helpers,
	       struct unit *u);
void plan_free(struct unit *u);

/* The plan's function for that definition, or NULL. */
struct plan_func *plan_func_of(const struct plan *p, const struct cfunc *f);
/* Does a use of the lists in it that is rewritten take the token away? */
bool plan_use_takes(const struct plan_func *pf, size_t tok);
/* One of the functions behind a followed member; NULL where it is not one. */
struct plan_func *plan_member_func(const struct plan *p,
				   const struct member *m);
/* Is it the body of a callback that is held? */
bool plan_is_held(const struct plan *p, const struct plan_func *pf);
/* The name that the function will have. */
const char *plan_name(const struct plan *p, const struct plan_func *pf);
/* Does everything in and under the node but read the lists? */
bool plan_only_reads(const struct plan *p, const struct node *n);
/* The list's parameter in that function: pf->uc or pf->mc. */
const char *plan_list(const struct plan_func *pf, unsigned list);

/* Decides for a reason and notes the hazard behind it (id may be NULL). */
void plan_refuse(struct unit *u, const char *reason, const char *id,
		 const struct csource *src, size_t tok, const char *fmt, ...)
	__printf_like(6, 7);
/*
 * Did a person rule it out (id or reason may be NULL)? Then that is noted as a
 * hazard's outcome.
 */
bool plan_overridden(struct unit *u, const char *reason, const char *id,
		     const struct csource *src, size_t tok, const char *note);
/* A hazard of the unit at that place. */
void plan_hazard(struct unit *u, const char *id, enum outcome outcome,
		 const struct csource *src, size_t tok, const char *fmt, ...)
	__printf_like(6, 7);

/* hazard.c: looks for the hazards on the callbacks' paths and in the module. */
void hazards_find(struct unit *u);
/* hazard.c: refuses entries of that walk that are kept past the return. */
void find_escapes(struct unit *u, const struct node *n,
		  const struct list_use *walk);
/* calls.c: plans the calls and refuses what can't follow. */
void calls_plan(struct unit *u);
/* lastcall.c: finds callbacks that end by calling another. */
void last_calls(struct plan *p);
/* replace.c: finds parameters that the lists take the place of. */
void replace_params(struct plan *p);
/* Does a macro that stands in the function use the word behind its back? */
bool replace_in_macros(const struct plan *p, const struct cfunc *f,
		       const char *word);

#endif
