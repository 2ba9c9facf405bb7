// SPDX-License-Identifier: GPL-2.0-only
/* Memory, RCU's delayed free, the address lock: as far as tests need them. */
#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif
#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

#include "stand_in.h"

static int fail_in, live, waiting, locks;
static bool failed;
static struct rcu_head *pool;
static struct net_device *guarded;

void stand_in_fail(int n)
{
	fail_in = n;
}

bool stand_in_failed(void)
{
	bool was = failed;

	failed = false;
	return was;
}

int stand_in_live(void)
{
	return live;
}

int stand_in_waiting(void)
{
	return waiting;
}

void *kmalloc(size_t size, gfp_t gfp)
{
	void *p;

	if (gfp == GFP_KERNEL && locks)
		stand_in_die("an allocation may sleep under the address lock");
	if (fail_in && !--fail_in) {
		failed = true;
		return NULL;
	}
	p = malloc(size);
	if (!p)
		abort();
	/* Nobody may count on fresh memory. */
	memset(p, 0x5a, size);
	live++;
	return p;
}

void *kzalloc(size_t size, gfp_t gfp)
{
	void *p = kmalloc(size, gfp);

	return p ? memset(p, 0, size) : NULL;
}

void kfree(const void *p)
{
	if (p)
		live--;
	free((void *)p);
}

/*
 * A reader follows list.next and reads the address. The counters and the node
 * of the tree are the writers', who must not look at a freed entry any more.
 */
void stand_in_free_rcu(struct netdev_hw_addr *ha, struct rcu_head *head)
{
	head->object = ha;
	head->next = pool;
	pool = head;
	waiting++;
	live--;
	ASAN_POISON_MEMORY_REGION(&ha->node, sizeof(ha->node));
	ASAN_POISON_MEMORY_REGION(&ha->sync_cnt, sizeof(*ha) -
				  offsetof(struct netdev_hw_addr, sync_cnt));
}

void stand_in_quiescent(void)
{
	while (pool) {
		struct netdev_hw_addr *ha =
			container_of(pool, struct netdev_hw_addr, rcu_head);

		ASAN_UNPOISON_MEMORY_REGION(ha, sizeof(*ha));
		pool = pool->next;
		free(ha);
		waiting--;
	}
}

void stand_in_guard_device(struct net_device *dev)
{
	dev->next_guarded = guarded;
	guarded = dev;
}

void stand_in_guard(const struct rb_root *root)
{
	for (const struct net_device *d = guarded; d; d = d->next_guarded)
		if ((root == &d->uc.tree || root == &d->mc.tree) &&
		    !d->addr_locked)
			stand_in_die("a list changes without the lock");
}

void stand_in_reset(void)
{
	guarded = NULL;
	fail_in = 0;
	failed = false;
}

void netif_addr_lock(struct net_device *dev)
{
	if (dev->addr_locked)
		stand_in_die("the address lock is taken twice");
	dev->addr_locked = true;
	locks++;
}

void netif_addr_unlock(struct net_device *dev)
{
	if (!dev->addr_locked)
		stand_in_die("the address lock is not held");
	dev->addr_locked = false;
	locks--;
}

void __dev_set_rx_mode(struct net_device *dev)
{
	if (!dev->addr_locked)
		stand_in_die("__dev_set_rx_mode() without the address lock");
}
