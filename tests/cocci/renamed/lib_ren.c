// SPDX-License-Identifier: GPL-2.0-only
/* A source that three modules include, one of them under another name. */
static inline void ren_hash(u32 *hash, struct net_device *dev)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, dev) {
		*hash |= 1u << (ha->addr[5] & 31);
	}
}

static void __ren_set_rx_mode(struct net_device *dev)
{
	u32 hash = 0;

	ren_hash(&hash, dev);
	iowrite32(hash, netdev_priv(dev));
}
