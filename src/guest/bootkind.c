// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "bootkind.h"
#include "bootnic.h"
#include "machine.h"
#include "teammode.h"

#define NETDEVSIM "/sys/bus/netdevsim/"
#define DSA_LOOP "/sys/bus/mdio_bus/drivers/dsa-loop/"
#define DSA_LOOP_DEVICE "fixed-0:1f"
/* The name of the device that dsa_loop looks for. */
#define DSA_LOOP_BELOW "eth0"

static int add(const struct bootkind *k, struct nlink *nl, const char *name,
	       int lower)
{
	struct nlink_new new = { .kind = k->rtnl ? k->rtnl : k->name,
				 .name = name, .lower = lower,
				 .option = k->option };

	while (new.options < 3 && k->option[new.options].data)
		new.options++;
	return nlink_add(nl, &new);
}

static int made_by(int index, struct bootmade *made)
{
	made->index = index > 0 ? index : 0;
	return index > 0 ? 0 : index;
}

static int make_alone(const struct bootkind *k, struct nlink *nl,
		      struct bootmade *made)
{
	return made_by(add(k, nl, made->name, 0), made);
}

static int make_on(const struct bootkind *k, struct nlink *nl,
		   struct bootmade *made)
{
	return made_by(add(k, nl, made->name, made->lower), made);
}

static int drop(const struct bootkind *k, struct nlink *nl,
		struct bootmade *made)
{
	int err = nlink_del(nl, made->index);

	(void)k;
	if (made->other)
		nlink_del(nl, made->other);
	made->other = 0;
	return err;
}

/* Takes the NIC below as its port. */
static int enslave(const struct bootkind *k, struct nlink *nl,
		   struct bootmade *made)
{
	int err;

	if (!made->lower)
		return 0;
	/* Some want it down. */
	nlink_down(nl, made->lower);
	err = nlink_master(nl, made->lower, made->index);
	nlink_up(nl, made->lower);
	if (err)
		drop(k, nl, made);
	return err;
}

static int make_team(const struct bootkind *k, struct nlink *nl,
		     struct bootmade *made)
{
	struct nlink_info below;
	int err = make_alone(k, nl, made);

	if (err)
		return err;
	err = teammode_set(made->index, "roundrobin");
	/* As a bond does; not every card's model keeps another address. */
	if (!err && made->lower && !nlink_info(nl, made->lower, &below))
		err = nlink_addr(nl, made->index, below.addr);
	if (err)
		drop(k, nl, made);
	return err ? err : enslave(k, nl, made);
}

static int make_master(const struct bootkind *k, struct nlink *nl,
		       struct bootmade *made)
{
	int err = make_alone(k, nl, made);

	return err ? err : enslave(k, nl, made);
}

static int make_hsr(const struct bootkind *k, struct nlink *nl,
		    struct bootmade *made)
{
	struct nlink_new second = { .kind = "dummy", .name = "second" };
	uint32_t slave[2];
	struct bootkind copy = *k;
	int err;

	made->other = nlink_add(nl, &second);
	if (made->other < 0) {
		err = made->other;
		made->other = 0;
		return err;
	}
	nlink_up(nl, made->other);
	slave[0] = made->lower;
	slave[1] = made->other;
	copy.option[0] = (struct nlink_option){ IFLA_HSR_SLAVE1, 4, &slave[0] };
	copy.option[1] = (struct nlink_option){ IFLA_HSR_SLAVE2, 4, &slave[1] };
	err = make_alone(&copy, nl, made);
	if (err) {
		nlink_del(nl, made->other);
		made->other = 0;
	}
	return err;
}

static int make_vxlan(const struct bootkind *k, struct nlink *nl,
		      struct bootmade *made)
{
	uint32_t group = htonl(0xef010101), link = made->lower;
	struct bootkind copy = *k;

	if (made->lower) {
		copy.option[1] = (struct nlink_option){ IFLA_VXLAN_GROUP, 4,
							&group };
		copy.option[2] = (struct nlink_option){ IFLA_VXLAN_LINK, 4,
							&link };
	}
	return make_alone(&copy, nl, made);
}

static int make_tap(const struct bootkind *k, struct nlink *nl,
		    struct bootmade *made)
{
	struct ifreq ifr = { .ifr_flags = IFF_TAP | IFF_NO_PI };

	(void)k;
	(void)nl;
	made->fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (made->fd < 0)
		return -errno;
	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", made->name);
	if (ioctl(made->fd, TUNSETIFF, &ifr))
		return -errno;
	made->index = if_nametoindex(made->name);
	return made->index ? 0 : -ENODEV;
}

static int drop_tap(const struct bootkind *k, struct nlink *nl,
		    struct bootmade *made)
{
	(void)k;
	(void)nl;
	close(made->fd);
	made->fd = -1;
	return 0;
}

static int by_driver(struct bootmade *made, const char *driver)
{
	made->index = bootnic_by_driver(driver);
	return made->index ? 0 : -ENODEV;
}

static int make_there(const struct bootkind *k, struct nlink *nl,
		      struct bootmade *made)
{
	(void)k;
	(void)nl;
	return by_driver(made, made->driver);
}

static int drop_there(const struct bootkind *k, struct nlink *nl,
		      struct bootmade *made)
{
	(void)k;
	return nlink_down(nl, made->index);
}

static int make_netdevsim(const struct bootkind *k, struct nlink *nl,
			  struct bootmade *made)
{
	int err = machine_write(NETDEVSIM "new_device", "7 1");

	(void)k;
	(void)nl;
	return err ? err : by_driver(made, "netdevsim");
}

static int drop_netdevsim(const struct bootkind *k, struct nlink *nl,
			  struct bootmade *made)
{
	(void)k;
	(void)nl;
	(void)made;
	return machine_write(NETDEVSIM "del_device", "7");
}

static void rename_dev(struct nlink *nl, const char *from, const char *to)
{
	int index = if_nametoindex(from);

	if (index && strcmp(from, to)) {
		nlink_down(nl, index);
		nlink_rename(nl, index, to);
	}
}

static int drop_dsa(const struct bootkind *k, struct nlink *nl,
		    struct bootmade *made)
{
	int err = machine_write(DSA_LOOP "unbind", DSA_LOOP_DEVICE);

	(void)k;
	rename_dev(nl, DSA_LOOP_BELOW, made->lower_name);
	rename_dev(nl, "aside", DSA_LOOP_BELOW);
	nlink_up(nl, made->lower);
	return err;
}

static int make_dsa(const struct bootkind *k, struct nlink *nl,
		    struct bootmade *made)
{
	int err;

	if (access(DSA_LOOP "bind", W_OK))
		return -ENOENT;
	if (strcmp(made->lower_name, DSA_LOOP_BELOW))
		rename_dev(nl, DSA_LOOP_BELOW, "aside");
	rename_dev(nl, made->lower_name, DSA_LOOP_BELOW);
	nlink_up(nl, made->lower);
	err = machine_write(DSA_LOOP "bind", DSA_LOOP_DEVICE);
	if (!err)
		err = by_driver(made, "dsa");
	if (err)
		drop_dsa(k, nl, made);
	return err;
}

void bootkind_release(void)
{
	if (!access(DSA_LOOP DSA_LOOP_DEVICE, F_OK))
		machine_write(DSA_LOOP "unbind", DSA_LOOP_DEVICE);
}

static const uint8_t mode_0 = 0, mode_1 = 1, mode_4 = 4;
static const uint16_t ipvlan_l2 = 0, vlan_id = 5;
static const uint32_t miimon = 100, vxlan_id = 7, bridge_mode = 4,
		      passthru_mode = 8;

#define ALL .mc = true, .uc = true, .allmulti = true, .promisc = true

static const struct bootkind kinds[] = {
	{ .name = "vlan", .make = make_on, .drop = drop,
	  .frames = BOOT_FRAMES_TAGGED, ALL,
	  .option = { { IFLA_VLAN_ID, 2, &vlan_id } } },
	{ .name = "macvlan", .make = make_on, .drop = drop,
	  .frames = BOOT_FRAMES_PLAIN, .mc = true, .uc = true,
	  .allmulti = true,
	  .option = { { IFLA_MACVLAN_MODE, 4, &bridge_mode } } },
	{ .name = "macvlan-passthru", .rtnl = "macvlan", .make = make_on,
	  .drop = drop, .frames = BOOT_FRAMES_PLAIN, .mc = true, .uc = true,
	  .option = { { IFLA_MACVLAN_MODE, 4, &passthru_mode } } },
	{ .name = "macvtap", .make = make_on, .drop = drop,
	  .frames = BOOT_FRAMES_PLAIN, .mc = true, .uc = true,
	  .allmulti = true,
	  .option = { { IFLA_MACVLAN_MODE, 4, &bridge_mode } } },
	{ .name = "ipvlan", .make = make_on, .drop = drop,
	  .frames = BOOT_FRAMES_PLAIN, .mc = true, .uc = true,
	  .allmulti = true,
	  .option = { { IFLA_IPVLAN_MODE, 2, &ipvlan_l2 } } },
	{ .name = "macsec", .make = make_on, .drop = drop,
	  .frames = BOOT_FRAMES_PLAIN, ALL },
	{ .name = "bond", .make = make_master, .drop = drop,
	  .frames = BOOT_FRAMES_PLAIN, ALL,
	  .option = { { IFLA_BOND_MODE, 1, &mode_1 },
		      { IFLA_BOND_MIIMON, 4, &miimon } } },
	{ .name = "bond-rr", .rtnl = "bond", .make = make_master, .drop = drop,
	  .frames = BOOT_FRAMES_PLAIN, ALL,
	  .option = { { IFLA_BOND_MODE, 1, &mode_0 },
		      { IFLA_BOND_MIIMON, 4, &miimon } } },
	{ .name = "bond-lacp", .rtnl = "bond", .make = make_master,
	  .drop = drop, ALL,
	  .option = { { IFLA_BOND_MODE, 1, &mode_4 },
		      { IFLA_BOND_MIIMON, 4, &miimon } } },
	{ .name = "team", .make = make_team, .drop = drop,
	  .frames = BOOT_FRAMES_PLAIN, ALL },
	{ .name = "bridge", .make = make_master, .drop = drop,
	  .frames = BOOT_FRAMES_OWN },
	{ .name = "batadv", .make = make_master, .drop = drop },
	{ .name = "hsr", .make = make_hsr, .drop = drop, .mc = true,
	  .uc = true, .lingers = true, .leaves = true },
	{ .name = "vxlan", .make = make_vxlan, .drop = drop,
	  .option = { { IFLA_VXLAN_ID, 4, &vxlan_id } } },
	{ .name = "veth", .alone = true, .make = make_alone, .drop = drop },
	{ .name = "dummy", .alone = true, .make = make_alone, .drop = drop },
	{ .name = "ifb", .alone = true, .make = make_alone, .drop = drop },
	{ .name = "netkit", .alone = true, .make = make_alone, .drop = drop },
	{ .name = "tap", .alone = true, .make = make_tap, .drop = drop_tap },
	{ .name = "netdevsim", .alone = true, .make = make_netdevsim,
	  .drop = drop_netdevsim },
	{ .name = "dsa", .make = make_dsa, .drop = drop_dsa },
};

/* Others that are there already, or are found under another name. */
#define DRIVER "driver:"
static const struct {
	const char *name, *means;
} aliases[] = {
	{ "tun", "tap" },
	{ "hwsim", DRIVER "mac80211_hwsim" },
	{ "net_failover", DRIVER "net_failover" },
};

static const struct bootkind there = { .alone = true, .make = make_there,
				       .drop = drop_there };

const char *bootkind_driver(const char *name)
{
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (!strcmp(aliases[i].name, name))
			name = aliases[i].means;
	return strncmp(name, DRIVER, strlen(DRIVER)) ? NULL :
						       name + strlen(DRIVER);
}

const struct bootkind *bootkind_find(const char *name)
{
	static struct bootkind other = { .make = make_on, .drop = drop };

	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (!strcmp(aliases[i].name, name))
			name = aliases[i].means;
	if (bootkind_driver(name))
		return &there;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].name, name))
			return &kinds[i];
	other.name = name;
	return &other;
}
