// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "nlink.h"

/* IFLA_ALLMULTI, which older headers don't have. */
#define LINK_ALLMULTI 61

struct request {
	struct nlmsghdr h;
	uint8_t body[512];
};

int nlink_open(struct nlink *nl)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };

	nl->seq = 0;
	nl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (nl->fd < 0)
		return -errno;
	if (bind(nl->fd, (struct sockaddr *)&sa, sizeof(sa))) {
		int err = -errno;

		nlink_close(nl);
		return err;
	}
	return 0;
}

void nlink_close(struct nlink *nl)
{
	close(nl->fd);
	nl->fd = -1;
}

static void *append(struct request *rq, const void *data, size_t len)
{
	void *at = (uint8_t *)&rq->h + NLMSG_ALIGN(rq->h.nlmsg_len);

	if (len)
		memcpy(at, data, len);
	rq->h.nlmsg_len = NLMSG_ALIGN(rq->h.nlmsg_len) + len;
	return at;
}

static void begin(struct request *rq, int type, int flags, const void *body,
		  size_t len)
{
	memset(rq, 0, sizeof(*rq));
	rq->h.nlmsg_len = NLMSG_HDRLEN;
	rq->h.nlmsg_type = type;
	rq->h.nlmsg_flags = NLM_F_REQUEST | flags;
	append(rq, body, len);
}

/* Returns the attribute, to be given to nest_end() if it holds others. */
static struct rtattr *attr(struct request *rq, int type, const void *data,
			   size_t len)
{
	struct rtattr a = { .rta_type = type, .rta_len = RTA_LENGTH(len) };
	struct rtattr *at = append(rq, &a, sizeof(a));

	append(rq, data, len);
	return at;
}

static void nest_end(struct request *rq, struct rtattr *nest)
{
	nest->rta_len =
		(uint8_t *)&rq->h + rq->h.nlmsg_len - (uint8_t *)nest;
}

static int send_request(struct nlink *nl, struct request *rq)
{
	struct sockaddr_nl sa = { .nl_family = AF_NETLINK };

	rq->h.nlmsg_seq = ++nl->seq;
	if (sendto(nl->fd, &rq->h, rq->h.nlmsg_len, 0, (struct sockaddr *)&sa,
		   sizeof(sa)) < 0)
		return -errno;
	return 0;
}

/*
 * Reads answers until the last one. The kernel ends a request with an
 * NLMSG_ERROR (which is 0 where all is well), a dump with an NLMSG_DONE.
 */
static int receive(struct nlink *nl,
		   void (*each)(const struct nlmsghdr *h, void *arg), void *arg)
{
	union {
		struct nlmsghdr h;
		char bytes[32768];
	} buf;

	for (;;) {
		ssize_t got = recv(nl->fd, &buf, sizeof(buf), 0);
		struct nlmsghdr *h = &buf.h;

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		for (; NLMSG_OK(h, got); h = NLMSG_NEXT(h, got)) {
			const struct nlmsgerr *e = NLMSG_DATA(h);

			if (h->nlmsg_seq != nl->seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR)
				return e->error;
			if (h->nlmsg_type == NLMSG_DONE)
				return *(int *)NLMSG_DATA(h);
			if (each)
				each(h, arg);
		}
	}
}

static int ask(struct nlink *nl, struct request *rq)
{
	int err;

	rq->h.nlmsg_flags |= NLM_F_ACK;
	err = send_request(nl, rq);
	return err ? err : receive(nl, NULL, NULL);
}

static void begin_link(struct request *rq, int type, int flags, int index)
{
	struct ifinfomsg ifi = { .ifi_index = index };

	begin(rq, type, flags, &ifi, sizeof(ifi));
}

static void add_linkinfo(struct request *rq, const struct nlink_new *new)
{
	struct rtattr *info, *data;

	info = attr(rq, IFLA_LINKINFO, NULL, 0);
	attr(rq, IFLA_INFO_KIND, new->kind, strlen(new->kind));
	if (new->vlan || new->macvlan || new->options) {
		data = attr(rq, IFLA_INFO_DATA, NULL, 0);
		for (int i = 0; i < new->options; i++)
			attr(rq, new->option[i].type, new->option[i].data,
			     new->option[i].len);
		if (new->vlan)
			attr(rq, IFLA_VLAN_ID, &new->vlan, sizeof(new->vlan));
		else if (new->macvlan)
			attr(rq, IFLA_MACVLAN_MODE, &new->macvlan,
			     sizeof(new->macvlan));
		nest_end(rq, data);
	}
	nest_end(rq, info);
}

int nlink_add(struct nlink *nl, const struct nlink_new *new)
{
	struct request rq;
	int err;

	begin_link(&rq, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
	attr(&rq, IFLA_IFNAME, new->name, strlen(new->name) + 1);
	if (new->lower)
		attr(&rq, IFLA_LINK, &new->lower, sizeof(new->lower));
	if (new->addr)
		attr(&rq, IFLA_ADDRESS, new->addr, 6);
	add_linkinfo(&rq, new);
	err = ask(nl, &rq);
	if (err)
		return err;
	err = if_nametoindex(new->name);
	return err ? err : -ENODEV;
}

int nlink_del(struct nlink *nl, int index)
{
	struct request rq;

	begin_link(&rq, RTM_DELLINK, 0, index);
	return ask(nl, &rq);
}

int nlink_flags(struct nlink *nl, int index, unsigned int flags,
		unsigned int mask)
{
	struct ifinfomsg ifi = { .ifi_index = index, .ifi_flags = flags,
				 .ifi_change = mask };
	struct request rq;

	begin(&rq, RTM_NEWLINK, 0, &ifi, sizeof(ifi));
	return ask(nl, &rq);
}

int nlink_up(struct nlink *nl, int index)
{
	return nlink_flags(nl, index, IFF_UP, IFF_UP);
}

int nlink_down(struct nlink *nl, int index)
{
	return nlink_flags(nl, index, 0, IFF_UP);
}

static int set(struct nlink *nl, int index, int type, const void *data,
	       size_t len)
{
	struct request rq;

	begin_link(&rq, RTM_NEWLINK, 0, index);
	attr(&rq, type, data, len);
	return ask(nl, &rq);
}

int nlink_addr(struct nlink *nl, int index, const uint8_t *addr)
{
	return set(nl, index, IFLA_ADDRESS, addr, 6);
}

int nlink_mtu(struct nlink *nl, int index, uint32_t mtu)
{
	return set(nl, index, IFLA_MTU, &mtu, sizeof(mtu));
}

int nlink_rename(struct nlink *nl, int index, const char *name)
{
	return set(nl, index, IFLA_IFNAME, name, strlen(name) + 1);
}

int nlink_master(struct nlink *nl, int index, int master)
{
	return set(nl, index, IFLA_MASTER, &master, sizeof(master));
}

int nlink_netns(struct nlink *nl, int index, int netns_fd)
{
	return set(nl, index, IFLA_NET_NS_FD, &netns_fd, sizeof(netns_fd));
}

static void read_info(const struct nlmsghdr *h, void *arg)
{
	const struct ifinfomsg *ifi = NLMSG_DATA(h);
	const struct rtattr *a = IFLA_RTA(ifi);
	size_t len = IFLA_PAYLOAD(h);
	struct nlink_info *info = arg;

	info->flags = ifi->ifi_flags;
	for (; RTA_OK(a, len); a = RTA_NEXT(a, len)) {
		const void *data = RTA_DATA(a);

		switch (a->rta_type) {
		case IFLA_PROMISCUITY:
			memcpy(&info->promiscuity, data, 4);
			break;
		case LINK_ALLMULTI:
			memcpy(&info->allmulti, data, 4);
			break;
		case IFLA_MTU:
			memcpy(&info->mtu, data, 4);
			break;
		case IFLA_ADDRESS:
			if (RTA_PAYLOAD(a) == sizeof(info->addr))
				memcpy(info->addr, data, sizeof(info->addr));
			break;
		case IFLA_IFNAME:
			strncpy(info->name, data, sizeof(info->name) - 1);
			break;
		}
	}
}

int nlink_info(struct nlink *nl, int index, struct nlink_info *info)
{
	struct request rq;
	int err;

	memset(info, 0, sizeof(*info));
	begin_link(&rq, RTM_GETLINK, NLM_F_ACK, index);
	err = send_request(nl, &rq);
	return err ? err : receive(nl, read_info, info);
}

int nlink_ipv4(struct nlink *nl, int index, uint32_t addr, int prefix, bool add)
{
	struct ifaddrmsg ifa = { .ifa_family = AF_INET, .ifa_index = index,
				 .ifa_prefixlen = prefix };
	struct request rq;

	addr = htonl(addr);
	begin(&rq, add ? RTM_NEWADDR : RTM_DELADDR,
	      add ? NLM_F_CREATE | NLM_F_EXCL : 0, &ifa, sizeof(ifa));
	attr(&rq, IFA_LOCAL, &addr, sizeof(addr));
	return ask(nl, &rq);
}

int nlink_fdb(struct nlink *nl, int index, const uint8_t *addr, bool add)
{
	struct ndmsg nd = { .ndm_family = AF_BRIDGE, .ndm_ifindex = index,
			    .ndm_state = NUD_PERMANENT, .ndm_flags = NTF_SELF };
	struct request rq;

	begin(&rq, add ? RTM_NEWNEIGH : RTM_DELNEIGH,
	      add ? NLM_F_CREATE | NLM_F_EXCL : 0, &nd, sizeof(nd));
	attr(&rq, NDA_LLADDR, addr, 6);
	return ask(nl, &rq);
}

struct fdb_dump {
	int index;
	void (*each)(const uint8_t *addr, void *arg);
	void *arg;
};

static void read_neigh(const struct nlmsghdr *h, void *arg)
{
	const struct ndmsg *nd = NLMSG_DATA(h);
	const struct rtattr *a = (const void *)(nd + 1);
	size_t len = NLMSG_PAYLOAD(h, sizeof(*nd));
	const struct fdb_dump *d = arg;

	if (h->nlmsg_type != RTM_NEWNEIGH || nd->ndm_ifindex != d->index)
		return;
	for (; RTA_OK(a, len); a = RTA_NEXT(a, len))
		if (a->rta_type == NDA_LLADDR && RTA_PAYLOAD(a) == 6)
			d->each(RTA_DATA(a), d->arg);
}

int nlink_fdb_dump(struct nlink *nl, int index,
		   void (*each)(const uint8_t *addr, void *arg), void *arg)
{
	struct ndmsg nd = { .ndm_family = AF_BRIDGE, .ndm_ifindex = index };
	struct fdb_dump d = { index, each, arg };
	struct request rq;
	int err;

	begin(&rq, RTM_GETNEIGH, NLM_F_DUMP, &nd, sizeof(nd));
	err = send_request(nl, &rq);
	return err ? err : receive(nl, read_neigh, &d);
}
