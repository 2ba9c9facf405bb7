// SPDX-License-Identifier: GPL-2.0-only
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "direct.h"
#include "filter.h"
#include "iface.h"
#include "ktap.h"
#include "machine.h"
#include "nlink.h"

#define NAME "direct0"
#define MANY 100

static const uint8_t all_hosts4[] = { 0x01, 0x00, 0x5e, 0x00, 0x00, 0x01 };
static const uint8_t all_hosts6[] = { 0x33, 0x33, 0x00, 0x00, 0x00, 0x01 };
static const uint8_t group[] = { 0x03, 0x00, 0x00, 0x00, 0x00, 0x01 };
static const uint8_t unicast[] = { 0x02, 0x00, 0x00, 0x00, 0x00, 0x02 };
static const uint8_t upper_addr[] = { 0x02, 0x00, 0x00, 0x00, 0x00, 0x03 };

struct direct {
	const char *kind;
	bool unicast_flt;
	bool rx_flags;
	int index;
	int io;
	struct nlink nl;
};

/* Whether a unicast address is let through. */
static bool lets_in(const struct direct *d, const uint8_t *addr)
{
	struct filter f;
	bool there = false;

	if (!filter_of_driver(&f, NAME))
		there = d->unicast_flt ? addrset_has(&f.uc, addr) : f.promisc;
	filter_clear(&f);
	return there;
}

/* err: of the system call. have: what the filter says, now. */
static void result(const struct direct *d, const char *what, int err, bool have,
		   bool wanted)
{
	if (!ktap_ok(!err && have == wanted, "direct %s: %s", d->kind, what))
		ktap_note("error %d, filter has it: %d, wanted %d", err, have,
			  wanted);
}

static bool has(const uint8_t *addr)
{
	struct filter f;
	bool there = false;

	if (!filter_of_driver(&f, NAME))
		there = addrset_has(addr[0] & 1 ? &f.mc : &f.uc, addr);
	filter_clear(&f);
	return there;
}

static bool has_flag(unsigned int flag)
{
	struct filter f;
	bool there = false;

	if (!filter_of_driver(&f, NAME))
		there = flag == IFF_PROMISC ? f.promisc : f.allmulti;
	filter_clear(&f);
	return there;
}

static unsigned int rx_flags_calls(void)
{
	struct filter f;
	unsigned int calls = 0;

	if (!filter_of_driver(&f, NAME))
		calls = f.rx_flags;
	filter_clear(&f);
	return calls;
}

static void test_ioctl(struct direct *d)
{
	int err;

	err = iface_group(d->io, NAME, group, true);
	result(d, "SIOCADDMULTI", err, has(group), true);
	err = iface_group(d->io, NAME, group, false);
	result(d, "SIOCDELMULTI", err, has(group), false);
	err = iface_flags(d->io, NAME, IFF_PROMISC, true);
	result(d, "SIOCSIFFLAGS +promisc", err, has_flag(IFF_PROMISC), true);
	err = iface_flags(d->io, NAME, IFF_PROMISC, false);
	result(d, "SIOCSIFFLAGS -promisc", err, has_flag(IFF_PROMISC), false);
	err = iface_flags(d->io, NAME, IFF_ALLMULTI, true);
	result(d, "SIOCSIFFLAGS +allmulti", err, has_flag(IFF_ALLMULTI), true);
	err = iface_flags(d->io, NAME, IFF_ALLMULTI, false);
	result(d, "SIOCSIFFLAGS -allmulti", err, has_flag(IFF_ALLMULTI), false);
	err = iface_sysfs_flags(NAME, IFF_PROMISC, true);
	result(d, "sysfs +promisc", err, has_flag(IFF_PROMISC), true);
	err = iface_sysfs_flags(NAME, IFF_PROMISC, false);
	result(d, "sysfs -promisc", err, has_flag(IFF_PROMISC), false);
}

static void test_netlink(struct direct *d)
{
	unsigned int calls = rx_flags_calls();
	int err;

	err = nlink_fdb(&d->nl, d->index, unicast, true);
	result(d, "RTM_NEWNEIGH", err, lets_in(d, unicast), true);
	result(d, "promiscuous with a second unicast address", 0,
	       has_flag(IFF_PROMISC), !d->unicast_flt);
	/* Another change must not lose it. */
	iface_group(d->io, NAME, group, true);
	result(d, "promiscuous still", 0, has_flag(IFF_PROMISC),
	       !d->unicast_flt);
	iface_group(d->io, NAME, group, false);
	err = nlink_fdb(&d->nl, d->index, unicast, false);
	result(d, "RTM_DELNEIGH", err, lets_in(d, unicast), false);
	result(d, "promiscuous without one", 0, has_flag(IFF_PROMISC), false);
	if (d->rx_flags)
		ktap_ok(rx_flags_calls() == calls + 2,
			"direct %s: ndo_change_rx_flags called", d->kind);

	err = nlink_flags(&d->nl, d->index, IFF_PROMISC, IFF_PROMISC);
	result(d, "RTM_NEWLINK +promisc", err, has_flag(IFF_PROMISC), true);
	err = nlink_flags(&d->nl, d->index, 0, IFF_PROMISC);
	result(d, "RTM_NEWLINK -promisc", err, has_flag(IFF_PROMISC), false);
	err = nlink_flags(&d->nl, d->index, IFF_ALLMULTI, IFF_ALLMULTI);
	result(d, "RTM_NEWLINK +allmulti", err, has_flag(IFF_ALLMULTI), true);
	err = nlink_flags(&d->nl, d->index, 0, IFF_ALLMULTI);
	result(d, "RTM_NEWLINK -allmulti", err, has_flag(IFF_ALLMULTI), false);
}

static void test_ip(struct direct *d)
{
	static const uint8_t mac4[] = { 0x01, 0x00, 0x5e, 0x01, 0x02, 0x03 };
	static const uint8_t mac6[] = { 0x33, 0x33, 0x12, 0x34, 0x56, 0x78 };
	static const uint8_t group6[16] = { 0xff, 0x02, [12] = 0x12, 0x34, 0x56,
					    0x78 };
	int udp4 = iface_udp(AF_INET), udp6 = iface_udp(AF_INET6);
	int err;

	err = iface_join4(udp4, d->index, 0xef010203, true);
	result(d, "IP_ADD_MEMBERSHIP", err, has(mac4), true);
	err = iface_join4(udp4, d->index, 0xef010203, false);
	result(d, "IP_DROP_MEMBERSHIP", err, has(mac4), false);
	err = iface_join6(udp6, d->index, group6, true);
	result(d, "IPV6_JOIN_GROUP", err, has(mac6), true);
	err = iface_join6(udp6, d->index, group6, false);
	result(d, "IPV6_LEAVE_GROUP", err, has(mac6), false);
	close(udp4);
	close(udp6);
}

static void test_packet(struct direct *d)
{
	int fd = iface_packet();
	int err;

	err = iface_member(fd, d->index, PACKET_MR_MULTICAST, group, true);
	result(d, "PACKET_MR_MULTICAST +", err, has(group), true);
	err = iface_member(fd, d->index, PACKET_MR_MULTICAST, group, false);
	result(d, "PACKET_MR_MULTICAST -", err, has(group), false);
	err = iface_member(fd, d->index, PACKET_MR_UNICAST, unicast, true);
	result(d, "PACKET_MR_UNICAST +", err, lets_in(d, unicast), true);
	err = iface_member(fd, d->index, PACKET_MR_UNICAST, unicast, false);
	result(d, "PACKET_MR_UNICAST -", err, lets_in(d, unicast), false);
	err = iface_member(fd, d->index, PACKET_MR_PROMISC, NULL, true);
	result(d, "PACKET_MR_PROMISC +", err, has_flag(IFF_PROMISC), true);
	err = iface_member(fd, d->index, PACKET_MR_PROMISC, NULL, false);
	result(d, "PACKET_MR_PROMISC -", err, has_flag(IFF_PROMISC), false);
	err = iface_member(fd, d->index, PACKET_MR_ALLMULTI, NULL, true);
	result(d, "PACKET_MR_ALLMULTI +", err, has_flag(IFF_ALLMULTI), true);
	err = iface_member(fd, d->index, PACKET_MR_ALLMULTI, NULL, false);
	result(d, "PACKET_MR_ALLMULTI -", err, has_flag(IFF_ALLMULTI), false);
	close(fd);
}

/* A device above puts its addresses into this one's lists. */
static void test_upper(struct direct *d, const struct nlink_new *new)
{
	char what[64];
	int index = nlink_add(&d->nl, new);
	int err = index < 0 ? index : nlink_up(&d->nl, index);

	snprintf(what, sizeof(what), "%s above, up", new->kind);
	result(d, what, err, lets_in(d, upper_addr), true);
	err = iface_group(d->io, new->name, group, true);
	snprintf(what, sizeof(what), "%s above, SIOCADDMULTI", new->kind);
	result(d, what, err, has(group), true);
	err = nlink_del(&d->nl, index);
	snprintf(what, sizeof(what), "%s above, deleted", new->kind);
	result(d, what, err, lets_in(d, upper_addr) || has(group), false);
}

static void test_many(struct direct *d)
{
	char text[200];
	int i, err = 0;

	for (i = 0; i < MANY && !err; i++) {
		uint8_t g[] = { 0x03, 1, 0, 0, 0, i }, u[] = { 2, 1, 0, 0, 0, i };

		err = iface_group(d->io, NAME, g, true);
		if (!err)
			err = nlink_fdb(&d->nl, d->index, u, true);
	}
	if (!ktap_ok(!err && filter_right(&d->nl, NAME, 0, text, sizeof(text)),
		     "direct %s: %d groups and %d unicast addresses", d->kind,
		     MANY, MANY))
		ktap_note("error %d, filter:%s", err, text);
}

/* What is there comes back when the device does; while it is down, changes. */
static void test_down_up(struct direct *d)
{
	struct filter f;
	char text[200];
	int i, err;

	err = nlink_down(&d->nl, d->index);
	filter_of_driver(&f, NAME);
	ktap_ok(!err && !f.uc.count && !f.mc.count && !f.promisc && !f.allmulti,
		"direct %s: down, filter empty", d->kind);
	filter_clear(&f);

	err = iface_group(d->io, NAME, group, true);
	result(d, "SIOCADDMULTI while down", err, has(group), false);
	for (i = 0; i < MANY && !err; i += 2) {
		uint8_t g[] = { 0x03, 1, 0, 0, 0, i }, u[] = { 2, 1, 0, 0, 0, i };

		err = iface_group(d->io, NAME, g, false);
		if (!err)
			err = nlink_fdb(&d->nl, d->index, u, false);
	}
	if (!err)
		err = nlink_up(&d->nl, d->index);
	result(d, "up again, what was asked for while down", err, has(group),
	       true);
	/* IPv6 looks for its address, and joins a group for that, a bit later. */
	if (!ktap_ok(!err && filter_right(&d->nl, NAME, 2, text, sizeof(text)),
		     "direct %s: up again, filter as the lists", d->kind))
		ktap_note("error %d, filter:%s", err, text);
}

/* Nobody waits for that: it gets there by itself. */
static void test_close(struct direct *d)
{
	static const uint8_t mac4[] = { 0x01, 0x00, 0x5e, 0x01, 0x02, 0x03 };
	int udp = iface_udp(AF_INET), fd = iface_packet();
	bool had, gone = false;
	int i;

	iface_join4(udp, d->index, 0xef010203, true);
	iface_member(fd, d->index, PACKET_MR_PROMISC, NULL, true);
	had = has(mac4) && has_flag(IFF_PROMISC);
	close(udp);
	close(fd);
	for (i = 0; i < 50 && !gone; i++) {
		machine_sleep(0.1);
		gone = !has(mac4) && has_flag(IFF_PROMISC) == !d->unicast_flt;
	}
	ktap_ok(had && gone, "direct %s: closed sockets leave in the end",
		d->kind);
}

/* The core tries again when the callback fails. */
static void test_retry(struct direct *d)
{
	bool there;
	int i;

	filter_set("fail", 1000);
	iface_group(d->io, NAME, group, true);
	there = has(group);
	filter_set("fail", 0);
	for (i = 0; i < 100 && !has(group); i++)
		machine_sleep(0.1);
	ktap_ok(!there && has(group), "direct %s: tried again", d->kind);
	iface_group(d->io, NAME, group, false);
}

static void run_kind(const char *kind, bool unicast_flt, bool rx_flags,
		     bool retries)
{
	const struct nlink_new new = { .kind = kind, .name = NAME };
	struct direct d = { .kind = kind,
			    .unicast_flt = unicast_flt,
			    .rx_flags = rx_flags };
	struct nlink_new vlan = { .kind = "vlan", .name = "directv",
				  .vlan = 5, .addr = upper_addr };
	struct nlink_new macvlan = { .kind = "macvlan", .name = "directm",
				     .macvlan = MACVLAN_MODE_BRIDGE,
				     .addr = upper_addr };
	int err;

	d.io = iface_open();
	err = nlink_open(&d.nl);
	if (!err) {
		d.index = nlink_add(&d.nl, &new);
		err = d.index < 0 ? d.index : nlink_up(&d.nl, d.index);
	}
	result(&d, "up", err, has(all_hosts4) && has(all_hosts6), true);
	if (!err) {
		vlan.lower = macvlan.lower = d.index;
		test_ioctl(&d);
		test_netlink(&d);
		test_ip(&d);
		test_packet(&d);
		test_upper(&d, &vlan);
		test_upper(&d, &macvlan);
		if (retries)
			test_retry(&d);
		test_many(&d);
		test_down_up(&d);
		test_close(&d);
		err = nlink_del(&d.nl, d.index);
		ktap_ok(!err, "direct %s: deleted", kind);
	}
	nlink_close(&d.nl);
	close(d.io);
}

void direct_run(void)
{
	bool retries = filter_flavour_int();

	filter_set("fail", 0);
	filter_set("churn_us", 0);
	/* Long enough that a callback in a worker would come too late. */
	filter_set("sleep_min_us", 5000);
	filter_set("sleep_us", 6000);
	run_kind("rxs", true, false, retries);
	run_kind("rxsnouc", false, false, retries);
	run_kind("rxsflags", false, true, retries);
	run_kind("rxsold", true, false, false);
}
