/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What net/core/dev_addr_lists.c and hw_addr_snapshot.c need to compile in
 * user space. struct netdev_hw_addr and its list come from the kernel tree
 * (hw_addr.h, made by the Makefile), so they can't drift from it.
 */
#ifndef STAND_IN_NETDEVICE_H
#define STAND_IN_NETDEVICE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/types.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/export.h>
#include <linux/slab.h>

#define MAX_ADDR_LEN	32
#define L1_CACHE_BYTES	64

struct rcu_head {
	struct rcu_head *next;
	void *object;
};

#include "hw_addr.h"

struct net_device {
	struct netdev_hw_addr_list uc, mc, dev_addrs;
	const unsigned char *dev_addr;
	unsigned char dev_addr_shadow[MAX_ADDR_LEN];
	unsigned char addr_len;
	bool addr_locked;
	struct net_device *next_guarded;
};

/* The list.h of tools/include is older than the kernel's own. */
#ifndef list_entry_is_head
#define list_entry_is_head(pos, head, member) (&(pos)->member == (head))
#endif

/* RCU: writers' side, and a delayed free. */
#define list_add_tail_rcu(new, head) list_add_tail(new, head)
#define list_add_rcu(new, head) list_add(new, head)

/* A reader that stands on the entry can go on. */
static inline void list_del_rcu(struct list_head *entry)
{
	__list_del_entry(entry);
	entry->prev = LIST_POISON2;
}

#define list_for_each_entry_rcu(pos, head, member) \
	list_for_each_entry(pos, head, member)
#define kfree_rcu(p, member) stand_in_free_rcu(p, &(p)->member)

/* Frees ha when no reader is left; until then only readers may look at it. */
void stand_in_free_rcu(struct netdev_hw_addr *ha, struct rcu_head *head);

/* The address lock: each aborts on a second lock or unlock. */
void netif_addr_lock(struct net_device *dev);
void netif_addr_unlock(struct net_device *dev);
#define netif_addr_lock_bh(dev) netif_addr_lock(dev)
#define netif_addr_unlock_bh(dev) netif_addr_unlock(dev)

#define stand_in_die(...) \
	do { \
		fprintf(stderr, __VA_ARGS__); \
		fputc('\n', stderr); \
		abort(); \
	} while (0)

#undef WARN_ON
#define WARN_ON(cond) \
	({ \
		bool warn_on = !!(cond); \
		if (warn_on) \
			stand_in_die("%s:%d: %s", __FILE__, __LINE__, #cond); \
		warn_on; \
	})
#undef WARN_ON_ONCE
#define WARN_ON_ONCE(cond) WARN_ON(cond)
#define netdev_warn(dev, ...) ((void)(dev))
#define netdev_WARN(dev, text) stand_in_die("netdev_WARN: " text)
#define ASSERT_RTNL()
#define NETDEV_CHANGEADDR 1
#define call_netdevice_notifiers(what, dev) ((void)(what), (void)(dev))
#define dev_pre_changeaddr_notify(dev, addr, extack) ((void)(addr), 0)

/* In net/core/dev_addr_lists.c, with the prototypes of the kernel. */
void __hw_addr_init(struct netdev_hw_addr_list *list);
int __hw_addr_sync(struct netdev_hw_addr_list *to,
		   struct netdev_hw_addr_list *from, int addr_len);
void __hw_addr_unsync(struct netdev_hw_addr_list *to,
		      struct netdev_hw_addr_list *from, int addr_len);
int __hw_addr_sync_dev(struct netdev_hw_addr_list *list,
		       struct net_device *dev,
		       int (*sync)(struct net_device *, const unsigned char *),
		       int (*unsync)(struct net_device *,
				     const unsigned char *));
void __hw_addr_unsync_dev(struct netdev_hw_addr_list *list,
			  struct net_device *dev,
			  int (*unsync)(struct net_device *,
					const unsigned char *));
int __hw_addr_ref_sync_dev(struct netdev_hw_addr_list *list,
			   struct net_device *dev,
			   int (*sync)(struct net_device *,
				       const unsigned char *, int),
			   int (*unsync)(struct net_device *,
					 const unsigned char *, int));
void __hw_addr_ref_unsync_dev(struct netdev_hw_addr_list *list,
			      struct net_device *dev,
			      int (*unsync)(struct net_device *,
					    const unsigned char *, int));
void dev_addr_check(struct net_device *dev);
void dev_addr_flush(struct net_device *dev);
int dev_addr_init(struct net_device *dev);
void dev_addr_mod(struct net_device *dev, unsigned int offset,
		  const void *addr, size_t len);
int dev_addr_add(struct net_device *dev, const unsigned char *addr,
		 unsigned char addr_type);
int dev_addr_del(struct net_device *dev, const unsigned char *addr,
		 unsigned char addr_type);

/* The same for both lists of a device. */
#define DECLARE_LIST(x) \
	int dev_##x##_add_excl(struct net_device *dev, \
			       const unsigned char *addr); \
	int dev_##x##_add(struct net_device *dev, const unsigned char *addr); \
	int dev_##x##_del(struct net_device *dev, const unsigned char *addr); \
	int dev_##x##_sync(struct net_device *to, struct net_device *from); \
	int dev_##x##_sync_multiple(struct net_device *to, \
				    struct net_device *from); \
	void dev_##x##_unsync(struct net_device *to, \
			      struct net_device *from); \
	void dev_##x##_flush(struct net_device *dev); \
	void dev_##x##_init(struct net_device *dev)

DECLARE_LIST(uc);
DECLARE_LIST(mc);
int dev_mc_add_global(struct net_device *dev, const unsigned char *addr);
int dev_mc_del_global(struct net_device *dev, const unsigned char *addr);

/* In stand_in.c: under the lock, and nothing else. */
void __dev_set_rx_mode(struct net_device *dev);

#endif
