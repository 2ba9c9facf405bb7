/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that the callbacks of a unit can reach inside their module, and
 * where the callback's own device is in it: what is proved to be it, and what
 * is not.
 */
#ifndef RXA_GRAPH_H
#define RXA_GRAPH_H

#include "cmodule.h"
#include "listuse.h"
#include "member.h"
#include "value.h"

struct edge {
	struct node *to;
	size_t tok;		/* the callee's name in the caller's file */
	struct cargs args;
	/* Called through that member, whose name is at tok; else NULL. */
	const struct member *via;
};

struct node {
	struct cfunc *f;
	bool is_callback;
	struct node *from;	/* who reached it first; NULL for a callback */
	enum value_kind *params;	/* f->param_count of them */
	char (*tags)[64];	/* struct tags of PRIV parameters */
	struct list_uses uses;
	struct edge *edges;
	size_t edge_count, edge_cap;
	unsigned needs;		/* lists that it has to be given */
	bool reads;		/* a list is used in it or below it */
	/* The followed member that it is set to: all others there get the same
	 * lists; or NULL.
	 */
	const struct member *member;
};

/* A call that can't be followed, or something found on the way. */
struct remark {
	struct node *node;
	size_t tok;
	char *what;
};

struct remarks {
	struct remark *v;
	size_t n, cap;
};

struct graph {
	const struct cmodule *mod;
	struct node **nodes;
	size_t count, cap;
	/* Functions that use the lists and are called through a pointer. */
	struct remarks indirect;
	/* Macros on the path that hide a list or a return, and functions of a
	 * file that includes the caller's, which differ from file to file.
	 */
	struct remarks macros;
	/* Macros in a callback that return from it, and hide no more. */
	struct remarks returns;
	/* Members behind which lists are used; not all can be followed. */
	struct member **members;
	size_t member_count, member_cap;
	/* Calls of functions that a header of the driver's declares and
	 * another module defines, or through members that another module sets.
	 */
	struct remarks foreign;
};

struct graph *graph_new(const struct cmodule *mod);
void graph_free(struct graph *g);
/* Adds a callback, in each of its definitions, and all that it reaches. */
void graph_add_callback(struct graph *g, struct cfunc *callback);
/* Follows the device through all calls and sums up the needs. Call it last. */
void graph_close(struct graph *g);
struct node *graph_node(const struct graph *g, const struct cfunc *f);

/*
 * The node and all that it can reach, nearest first; how many. The caller frees
 * the array.
 */
size_t graph_below(const struct graph *g, const struct node *n,
		   const struct node ***all);
/* Is a list used between two tokens, there or in what is called there? */
bool graph_range_uses_lists(const struct graph *g, const struct csource *src,
			    size_t from, size_t to);
/* "a <- b <- callback"; the caller frees it. */
char *graph_chain(const struct node *node);

#endif
