/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an expression stands for on a callback's path: its own device, the
 * private part of that, or something that is not proved to be either.
 */
#ifndef RXA_VALUE_H
#define RXA_VALUE_H

#include <stddef.h>

struct cmodule;
struct csource;
struct graph;
struct node;

enum value_kind {
	VALUE_UNSET,	/* no call seen yet */
	VALUE_DEV,	/* the callback's own device */
	VALUE_PRIV,	/* its netdev_priv() */
	VALUE_OTHER,	/* not proved to be either */
};

/* What an expression stands for. */
struct value {
	enum value_kind kind;
	/* For DEV and PRIV: the parameter that it comes from, -1 for none, */
	int param;
	/* and what to put behind it to have the device: "", "->netdev". */
	char suffix[96];
	char tag[64];		/* PRIV: the struct's tag, "" where unknown */
};

/* What the tokens from..to-1 in the node's body stand for. */
struct value graph_value(const struct graph *g, const struct node *node,
			 size_t from, size_t to);
/*
 * The device of the node in terms of its parameters, for a caller: the value
 * of the first use that needs a list, through the calls where it has none.
 */
struct value graph_device(const struct graph *g, const struct node *node);

/* The tag of the struct whose member stands there, "" where it is not seen. */
void value_struct_tag(const struct cmodule *mod, const struct csource *src,
		      size_t member, char tag[64]);

#endif
