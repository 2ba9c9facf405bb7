// SPDX-License-Identifier: GPL-2.0-only
static void inc_kick(struct net_device *dev);

static void inc_set_rx_mode(struct net_device *dev)
{
	inc_kick(dev);
	inc_program(dev); /* here */
}
