/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H

#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#define IFF_UP BIT(0)
#define IFF_PROMISC BIT(8)
#define IFF_ALLMULTI BIT(9)
#define IFF_MULTICAST BIT(12)

struct net_device;

struct netdev_hw_addr {
	struct list_head list;
	u8 addr[32];
	int refcount;
	int sync_cnt;
	bool synced;
};

struct netdev_hw_addr_list {
	struct list_head list;
	int count;
};

#define netdev_hw_addr_list_count(l) ((l)->count)
#define netdev_hw_addr_list_empty(l) (netdev_hw_addr_list_count(l) == 0)
#define netdev_hw_addr_list_for_each(ha, l) \
	list_for_each_entry(ha, &(l)->list, list)

#define netdev_uc_count(dev) netdev_hw_addr_list_count(&(dev)->uc)
#define netdev_uc_empty(dev) netdev_hw_addr_list_empty(&(dev)->uc)
#define netdev_for_each_uc_addr(ha, dev) \
	netdev_hw_addr_list_for_each(ha, &(dev)->uc)
#define netdev_mc_count(dev) netdev_hw_addr_list_count(&(dev)->mc)
#define netdev_mc_empty(dev) netdev_hw_addr_list_empty(&(dev)->mc)
#define netdev_for_each_mc_addr(ha, dev) \
	netdev_hw_addr_list_for_each(ha, &(dev)->mc)

/*
 * A toy of the real struct. In a comment, void (*ndo_set_rx_mode_async)(...)
 * says nothing about the tree.
 */
struct net_device_ops {
	int			(*ndo_open)(struct net_device *dev);
	int			(*ndo_stop)(struct net_device *dev);
	int			(*ndo_start_xmit)(void *skb,
						  struct net_device *dev);
	void			(*ndo_set_rx_mode)(struct net_device *dev);
	int			(*ndo_set_rx_mode_async)(
					struct net_device *dev,
					struct netdev_hw_addr_list *uc,
					struct netdev_hw_addr_list *mc);
	void			(*ndo_tx_timeout)(struct net_device *dev,
						  unsigned int txqueue);
};

struct net_device {
	const struct net_device_ops *netdev_ops;
	unsigned int flags;
	unsigned int mtu;
	u8 dev_addr[32];
	spinlock_t addr_list_lock;
	struct netdev_hw_addr_list uc;
	struct netdev_hw_addr_list mc;
	int irq;
	void *priv;
};

static inline void *netdev_priv(const struct net_device *dev)
{
	return dev->priv;
}

void msleep(unsigned int msecs);
void netif_addr_lock_bh(struct net_device *dev);
void netif_addr_unlock_bh(struct net_device *dev);
void netif_start_queue(struct net_device *dev);
void netif_stop_queue(struct net_device *dev);
struct net_device *alloc_etherdev(int size);
void free_netdev(struct net_device *dev);
int register_netdev(struct net_device *dev);
void unregister_netdev(struct net_device *dev);
void rtnl_lock(void);
void rtnl_unlock(void);

int __hw_addr_sync_dev(struct netdev_hw_addr_list *list,
		       struct net_device *dev,
		       int (*sync)(struct net_device *, const unsigned char *),
		       int (*unsync)(struct net_device *,
				     const unsigned char *));
void __hw_addr_unsync_dev(struct netdev_hw_addr_list *list,
			  struct net_device *dev,
			  int (*unsync)(struct net_device *,
					const unsigned char *));

static inline int __dev_uc_sync(struct net_device *dev,
				int (*sync)(struct net_device *,
					    const unsigned char *),
				int (*unsync)(struct net_device *,
					      const unsigned char *))
{
	return __hw_addr_sync_dev(&dev->uc, dev, sync, unsync);
}

static inline int __dev_mc_sync(struct net_device *dev,
				int (*sync)(struct net_device *,
					    const unsigned char *),
				int (*unsync)(struct net_device *,
					      const unsigned char *))
{
	return __hw_addr_sync_dev(&dev->mc, dev, sync, unsync);
}

static inline void __dev_mc_unsync(struct net_device *dev,
				   int (*unsync)(struct net_device *,
						 const unsigned char *))
{
	__hw_addr_unsync_dev(&dev->mc, dev, unsync);
}

int dev_uc_sync(struct net_device *to, struct net_device *from);
int dev_mc_sync(struct net_device *to, struct net_device *from);

#endif
