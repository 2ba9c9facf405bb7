/* SPDX-License-Identifier: GPL-2.0-only */
/* What the cases need of the kernel, and no more: they must compile with it. */
#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef _Bool bool;

#define NULL ((void *)0)
#define true 1
#define false 0
#define __iomem
#define __always_unused __attribute__((unused))
#define IFF_UP 0x1
#define IFF_PROMISC 0x100
#define IFF_ALLMULTI 0x200
#define ETH_ALEN 6
#define EBUSY 16
#define GFP_ATOMIC 0
#define GFP_KERNEL 1
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define container_of(p, type, member) \
	((type *)((char *)(p) - __builtin_offsetof(type, member)))
#define min(a, b) ((a) < (b) ? (a) : (b))

#define MODULE_LICENSE(text) extern int module_license
#define EXPORT_SYMBOL(name) extern typeof(name) name
#define EXPORT_SYMBOL_GPL(name) extern typeof(name) name

typedef int irqreturn_t;
typedef int netdev_tx_t;
enum { IRQ_NONE, IRQ_HANDLED };
enum { NETDEV_TX_OK };

typedef struct {
	int lock;
} spinlock_t;
struct mutex {
	int lock;
};
struct work_struct {
	void (*func)(struct work_struct *work);
};
struct timer_list {
	int timer;
};
struct device;
struct sk_buff;
struct list_head {
	struct list_head *next, *prev;
};

struct netdev_hw_addr {
	struct netdev_hw_addr *next;
	u8 addr[32];
	int refcount, sync_cnt;
	bool synced;
};
struct netdev_hw_addr_list {
	struct netdev_hw_addr *first;
	int count;
};

struct net_device;
struct net_device_ops {
	int (*ndo_open)(struct net_device *dev);
	int (*ndo_stop)(struct net_device *dev);
	netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb,
				      struct net_device *dev);
	void (*ndo_set_rx_mode)(struct net_device *dev);
	int (*ndo_set_rx_mode_async)(struct net_device *dev,
				     struct netdev_hw_addr_list *uc,
				     struct netdev_hw_addr_list *mc);
	int (*ndo_change_mtu)(struct net_device *dev, int mtu);
	int (*ndo_set_features)(struct net_device *dev, u64 features);
	void (*ndo_tx_timeout)(struct net_device *dev, unsigned int queue);
	int (*ndo_set_mac_address)(struct net_device *dev, void *addr);
	int (*ndo_validate_addr)(struct net_device *dev);
};
struct net_device {
	const struct net_device_ops *netdev_ops;
	unsigned int flags, mtu, irq;
	u8 dev_addr[32];
	spinlock_t addr_list_lock;
	struct netdev_hw_addr_list uc, mc;
	void *priv;
};

#define netdev_hw_addr_list_count(l) ((l)->count)
#define netdev_hw_addr_list_empty(l) (netdev_hw_addr_list_count(l) == 0)
#define netdev_hw_addr_list_for_each(ha, l) \
	for (ha = (l)->first; ha; ha = ha->next)
#define netdev_uc_count(dev) netdev_hw_addr_list_count(&(dev)->uc)
#define netdev_uc_empty(dev) netdev_hw_addr_list_empty(&(dev)->uc)
#define netdev_for_each_uc_addr(ha, dev) \
	netdev_hw_addr_list_for_each(ha, &(dev)->uc)
#define netdev_mc_count(dev) netdev_hw_addr_list_count(&(dev)->mc)
#define netdev_mc_empty(dev) netdev_hw_addr_list_empty(&(dev)->mc)
#define netdev_for_each_mc_addr(ha, dev) \
	netdev_hw_addr_list_for_each(ha, &(dev)->mc)

void *netdev_priv(const struct net_device *dev);
struct net_device *alloc_etherdev(int size);
int register_netdev(struct net_device *dev);
bool netif_running(const struct net_device *dev);
void netif_addr_lock_bh(struct net_device *dev);
void netif_addr_unlock_bh(struct net_device *dev);
void netdev_err(const struct net_device *dev, const char *format, ...);
void netdev_warn(const struct net_device *dev, const char *format, ...);
void netif_stop_queue(struct net_device *dev);
void netif_start_queue(struct net_device *dev);
void netif_wake_queue(struct net_device *dev);
void netif_napi_del(struct net_device *dev);
#define ASSERT_RTNL() do { } while (0)
void rtnl_lock(void);
int rtnl_trylock(void);
void rtnl_unlock(void);
void dev_set_promiscuity(struct net_device *dev, int inc);

typedef int hw_addr_fn(struct net_device *dev, const unsigned char *addr);
int __hw_addr_sync(struct netdev_hw_addr_list *to,
		   struct netdev_hw_addr_list *from, int len);
void __hw_addr_unsync(struct netdev_hw_addr_list *to,
		      struct netdev_hw_addr_list *from, int len);
int __hw_addr_sync_dev(struct netdev_hw_addr_list *list, struct net_device *dev,
		       hw_addr_fn *sync, hw_addr_fn *unsync);
int __hw_addr_ref_sync_dev(struct netdev_hw_addr_list *list,
			   struct net_device *dev,
			   int (*sync)(struct net_device *dev,
				       const unsigned char *addr, int n),
			   int (*unsync)(struct net_device *dev,
					 const unsigned char *addr, int n));
int __dev_uc_sync(struct net_device *dev, hw_addr_fn *sync, hw_addr_fn *unsync);
int __dev_mc_sync(struct net_device *dev, hw_addr_fn *sync, hw_addr_fn *unsync);
void __dev_uc_unsync(struct net_device *dev, hw_addr_fn *unsync);
void __dev_mc_unsync(struct net_device *dev, hw_addr_fn *unsync);
int dev_uc_sync(struct net_device *to, struct net_device *from);
int dev_mc_sync(struct net_device *to, struct net_device *from);
int dev_mc_add(struct net_device *dev, const unsigned char *addr);
int dev_mc_del(struct net_device *dev, const unsigned char *addr);

void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_lock_bh(spinlock_t *lock);
void spin_unlock_bh(spinlock_t *lock);
void spin_lock_irq(spinlock_t *lock);
void spin_unlock_irq(spinlock_t *lock);
#define spin_lock_irqsave(lock, flags) ((void)(lock), (flags) = 0)
#define spin_unlock_irqrestore(lock, flags) ((void)(lock), (void)(flags))
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void msleep(unsigned int ms);
void udelay(unsigned int us);
void *kmalloc(unsigned int size, int flags);
void kfree(void *p);
bool schedule_work(struct work_struct *work);
struct workqueue_struct;
bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool enable_work(struct work_struct *work);
bool disable_work_sync(struct work_struct *work);
struct completion {
	int done;
};
void wait_for_completion(struct completion *done);
void unregister_netdev(struct net_device *dev);
bool flush_work(struct work_struct *work);
bool cancel_work_sync(struct work_struct *work);
#define INIT_WORK(work, fn) ((work)->func = (fn))
struct workqueue_struct *create_singlethread_workqueue(const char *name);
void destroy_workqueue(struct workqueue_struct *wq);
struct kthread_worker {
	void *task;
};
struct kthread_work {
	void (*func)(struct kthread_work *work);
};
bool kthread_queue_work(struct kthread_worker *worker,
			struct kthread_work *work);
#define kthread_init_work(work, fn) ((work)->func = (fn))
void free_netdev(struct net_device *dev);
bool test_and_clear_bit(long nr, unsigned long *addr);
bool test_bit(long nr, unsigned long *addr);
void clear_bit(long nr, unsigned long *addr);
void set_bit(long nr, unsigned long *addr);
int request_irq(unsigned int irq, irqreturn_t (*handler)(int irq, void *arg),
		unsigned long flags, const char *name, void *arg);
#define timer_setup(timer, fn, flags) ((void)(timer), (void)(fn))
u32 ether_crc(int len, const unsigned char *data);
void iowrite32(u32 value, void *where);
u32 ioread32(void *where);
void writew(u16 value, void *where);
void pr_debug(const char *fmt, ...);
void *memcpy(void *to, const void *from, unsigned long n);
void *memset(void *to, int value, unsigned long n);
#define netdev_dbg(dev, ...) ((void)(dev), pr_debug(__VA_ARGS__))

#endif
