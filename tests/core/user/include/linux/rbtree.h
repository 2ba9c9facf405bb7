/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tree's own tools/include/linux/rbtree.h, and a look at the lock before
 * the tree of a device's list is changed.
 */
#ifndef STAND_IN_RBTREE_H
#define STAND_IN_RBTREE_H

#include_next <linux/rbtree.h>

/* Aborts where root is of a device whose address lock nobody holds. */
void stand_in_guard(const struct rb_root *root);

#define rb_insert_color(node, root) \
	(stand_in_guard(root), rb_insert_color(node, root))
#define rb_erase(node, root) (stand_in_guard(root), rb_erase(node, root))
#define rb_link_node_rcu(node, parent, link) rb_link_node(node, parent, link)

#endif
