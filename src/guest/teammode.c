// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/genetlink.h>
#include <linux/if_team.h>
#include <linux/netlink.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "teammode.h"

/* The kernel's NLA_STRING, which is what an option's type is said by. */
#define TYPE_STRING 5

struct message {
	struct nlmsghdr h;
	struct genlmsghdr g;
	uint8_t body[512];
};

static struct nlattr *attr(struct message *m, int type, const void *data,
			   size_t len)
{
	struct nlattr *at =
		(void *)((uint8_t *)m + NLMSG_ALIGN(m->h.nlmsg_len));

	at->nla_type = type;
	at->nla_len = NLA_HDRLEN + len;
	if (len)
		memcpy((uint8_t *)at + NLA_HDRLEN, data, len);
	m->h.nlmsg_len = NLMSG_ALIGN(m->h.nlmsg_len) + NLA_ALIGN(at->nla_len);
	return at;
}

static void nest_end(struct message *m, struct nlattr *nest)
{
	nest->nla_len = (uint8_t *)m + m->h.nlmsg_len - (uint8_t *)nest;
}

static void begin(struct message *m, int family, int cmd, int version)
{
	memset(m, 0, sizeof(*m));
	m->h.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN);
	m->h.nlmsg_type = family;
	m->h.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	m->g.cmd = cmd;
	m->g.version = version;
}

static void take_family(const struct nlmsghdr *h, int *family)
{
	const uint8_t *at = (const uint8_t *)h + NLMSG_LENGTH(GENL_HDRLEN);
	const uint8_t *end = (const uint8_t *)h + h->nlmsg_len;
	struct nlattr a;
	uint16_t id;

	for (; at + NLA_HDRLEN <= end; at += NLA_ALIGN(a.nla_len)) {
		memcpy(&a, at, sizeof(a));
		if (a.nla_len < NLA_HDRLEN)
			return;
		if (a.nla_type == CTRL_ATTR_FAMILY_ID) {
			memcpy(&id, at + NLA_HDRLEN, sizeof(id));
			*family = id;
		}
	}
}

/* Sends, and waits for the acknowledgement. */
static int ask(int fd, struct message *m, int *family)
{
	union {
		struct nlmsghdr h;
		char bytes[8192];
	} buf;

	if (send(fd, m, m->h.nlmsg_len, 0) < 0)
		return -errno;
	for (;;) {
		int got = recv(fd, &buf, sizeof(buf), 0);
		struct nlmsghdr *h = &buf.h;

		if (got < 0)
			return -errno;
		for (; NLMSG_OK(h, (unsigned int)got); h = NLMSG_NEXT(h, got)) {
			if (h->nlmsg_type == NLMSG_ERROR)
				return ((struct nlmsgerr *)NLMSG_DATA(h))->error;
			if (family)
				take_family(h, family);
		}
	}
}

static int find_family(int fd)
{
	struct message m;
	int family = -ENOENT, err;

	begin(&m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1);
	attr(&m, CTRL_ATTR_FAMILY_NAME, TEAM_GENL_NAME, sizeof(TEAM_GENL_NAME));
	err = ask(fd, &m, &family);
	return err ? err : family;
}

static int set(int fd, int family, uint32_t index, const char *mode)
{
	struct nlattr *list, *item;
	uint8_t type = TYPE_STRING;
	struct message m;

	begin(&m, family, TEAM_CMD_OPTIONS_SET, TEAM_GENL_VERSION);
	attr(&m, TEAM_ATTR_TEAM_IFINDEX, &index, sizeof(index));
	list = attr(&m, TEAM_ATTR_LIST_OPTION | NLA_F_NESTED, NULL, 0);
	item = attr(&m, TEAM_ATTR_ITEM_OPTION | NLA_F_NESTED, NULL, 0);
	attr(&m, TEAM_ATTR_OPTION_NAME, "mode", sizeof("mode"));
	attr(&m, TEAM_ATTR_OPTION_TYPE, &type, sizeof(type));
	attr(&m, TEAM_ATTR_OPTION_DATA, mode, strlen(mode) + 1);
	nest_end(&m, item);
	nest_end(&m, list);
	return ask(fd, &m, NULL);
}

int teammode_set(int index, const char *mode)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	int family, err;

	if (fd < 0)
		return -errno;
	family = find_family(fd);
	err = family < 0 ? family : set(fd, family, index, mode);
	close(fd);
	/* The mode is set, and nobody listens to the news of it. */
	return err == -ESRCH ? 0 : err;
}
