/* SPDX-License-Identifier: GPL-2.0-only */
void foo_filter(struct foo *foo)
{
	struct netdev_hw_addr *ha;

	netdev_for_each_mc_addr(ha, foo->ndev)
		foo_add(ha->addr);
}
