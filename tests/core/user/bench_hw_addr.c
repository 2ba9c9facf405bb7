// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a run costs (two snapshots, one __hw_addr_sync_dev(), reconcile) by the
 * number of addresses, and against one __hw_addr_sync_dev() on the list itself
 * as ndo_set_rx_mode() has it. Nothing is asserted.
 */
#include <time.h>

#include "dev.h"
#include "stand_in.h"

#define ROUNDS	15

static struct net_device dev;
static struct netdev_hw_addr_list cache;

static int take(struct net_device *d, const unsigned char *addr)
{
	return d->addr_len != 6 || !(addr[0] & 1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Scattered as hashes are; the tree does not see them in order. */
static void group(unsigned char *addr, unsigned int i)
{
	unsigned int n = i * 2654435761u;

	addr[0] = 0x33;
	addr[1] = 0x33;
	memcpy(addr + 2, &n, 4);
}

static void change(unsigned int i, bool there)
{
	unsigned char addr[6];

	group(addr, i);
	if (there)
		dev_mc_add(&dev, addr);
	else
		dev_mc_del(&dev, addr);
}

static void legacy(void)
{
	netif_addr_lock_bh(&dev);
	__hw_addr_sync_dev(&dev.mc, &dev, take, take);
	netif_addr_unlock_bh(&dev);
}

static void run(void)
{
	struct netdev_hw_addr_list work, ref;

	__hw_addr_init(&work);
	__hw_addr_init(&ref);
	__hw_addr_cache_fill(&cache, 2 * dev.mc.count);
	netif_addr_lock_bh(&dev);
	__hw_addr_list_snapshot(&work, &dev.mc, 6, &cache);
	__hw_addr_list_snapshot(&ref, &dev.mc, 6, &cache);
	netif_addr_unlock_bh(&dev);
	__hw_addr_sync_dev(&work, &dev, take, take);
	netif_addr_lock_bh(&dev);
	__hw_addr_list_reconcile(&dev.mc, &work, &ref, 6, &cache);
	__hw_addr_cache_trim(&cache, 2 * dev.mc.count);
	netif_addr_unlock_bh(&dev);
}

struct cost {
	double one, all;	/* ns per address: one is new, all are */
};

/* The best of some rounds, so that others on the machine count less. */
static struct cost measure(unsigned int n, void (*program)(void))
{
	struct cost best = {1e18, 1e18};

	for (int round = 0; round < ROUNDS; round++) {
		double start;

		for (unsigned int i = 0; i < n; i++)
			change(i, true);
		start = now();
		program();
		if (now() - start < best.all * n)
			best.all = (now() - start) / n;
		for (int toggle = 0; toggle < 8; toggle++) {
			change(n, !(toggle & 1));
			start = now();
			program();
			if (now() - start < best.one * n)
				best.one = (now() - start) / n;
		}
		dev_mc_flush(&dev);
		__hw_addr_cache_trim(&cache, 0);
		stand_in_quiescent();
	}
	return best;
}

int main(void)
{
	static const unsigned int counts[] = {100, 250, 500, 1000, 2000, 4000,
					      8000};
	struct cost first = {0};

	dev.addr_len = 6;
	dev_mc_init(&dev);
	__hw_addr_init(&cache);
	printf("a run for the async callback, ns per address\n"
	       "growth: against %u addresses\n"
	       "ratio: against one __hw_addr_sync_dev() on the list itself\n"
	       "            one new or gone           all new, empty cache\n"
	       "addresses     ns growth  ratio        ns growth  ratio\n",
	       counts[0]);
	for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
		struct cost a = measure(counts[i], run);
		struct cost l = measure(counts[i], legacy);

		if (!i)
			first = a;
		printf("%9u %6.1f %6.2f %6.2f    %6.1f %6.2f %6.2f\n",
		       counts[i], a.one, a.one / first.one, a.one / l.one,
		       a.all, a.all / first.all, a.all / l.all);
	}
	return 0;
}
