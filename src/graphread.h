/* SPDX-License-Identifier: GPL-2.0-only */
/* How a graph grows; for graph.c and graphread.c alone. */
#ifndef RXA_GRAPHREAD_H
#define RXA_GRAPHREAD_H

#include "graph.h"

/* The function's node, which is new where it had none; `from` reached it. */
struct node *graph_add_node(struct graph *g, struct cfunc *f,
			    struct node *from);
/* A call at that token; `via` a member, whose caller adds the arguments. */
void graph_add_edge(struct node *n, struct node *to, size_t tok,
		    const struct member *via);
/* Adds all that the node's text leads to. */
void graph_read_node(struct graph *g, struct node *n);

#endif
