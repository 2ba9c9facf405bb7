// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../bootwire.h"
#include "bootrx.h"
#include "machine.h"

/* Seconds, times the scale. */
#define END_WAIT 0.25 /* for END at first; twice as long each time */
#define END_MOST 2.0
#define POKES 5 /* only END is asked for again */
#define POKE_WAIT 0.15
#define SILENCE 10.0 /* without any END */
#define SILENCE_AGAIN 2.0 /* after a row without one */
#define WRONG 3.0
#define GAP 0.3
/*
 * So many answers, or none so often, as well: where the host stands still, a
 * single attempt may take all that time.
 */
#define WRONG_LEAST 8
#define SILENCE_LEAST 4
#define AGAIN 0.02 /* between two attempts; twice as long each time */
#define AGAIN_MOST 0.2

#define RECEIVE_ROOM (1 << 20)

int bootrx_open(struct bootrx *rx, int nic, int scale)
{
	int room = RECEIVE_ROOM;

	memset(rx, 0, sizeof(*rx));
	rx->nic = nic;
	rx->scale = scale;
	/* Frames that others have asked for are none of ours. */
	rx->attempt = getpid() * 251;
	rx->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
			htons(BOOTWIRE_ETHERTYPE));
	if (rx->fd < 0)
		return -errno;
	setsockopt(rx->fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	return 0;
}

void bootrx_close(struct bootrx *rx)
{
	close(rx->fd);
}

static int send_ready(struct bootrx *rx, const struct bootask *ask, int count)
{
	struct bootwire w = { .dst = BOOTWIRE_HOST, .kind = BOOTWIRE_READY,
			      .row = ask->row, .attempt = rx->attempt,
			      .count = count, .tag = ask->tag };
	struct sockaddr_ll to = { .sll_family = AF_PACKET,
				  .sll_protocol = htons(BOOTWIRE_ETHERTYPE),
				  .sll_ifindex = rx->nic, .sll_halen = 6 };
	uint8_t buf[BOOTWIRE_ROOM];
	size_t len;

	memcpy(w.src, rx->own, 6);
	memcpy(w.addr, ask->addr, sizeof(ask->addr));
	memcpy(to.sll_addr, w.dst, 6);
	len = bootwire_encode(&w, buf);
	if (sendto(rx->fd, buf, len, 0, (struct sockaddr *)&to,
		   sizeof(to)) < 0)
		return -errno;
	return 0;
}

static bool counts(const struct bootask *ask, int index)
{
	for (const int *at = ask->index; *at; at++)
		if (*at == index)
			return true;
	return false;
}

/* Takes a frame from the socket. Whether it was the END that is waited for. */
static bool take(struct bootrx *rx, const struct bootask *ask, char *got,
		 bool *empty)
{
	struct sockaddr_ll from;
	socklen_t size = sizeof(from);
	uint8_t buf[BOOTWIRE_ROOM + 64];
	struct bootwire w;
	ssize_t n = recvfrom(rx->fd, buf, sizeof(buf), 0,
			     (struct sockaddr *)&from, &size);

	*empty = n < 0 && errno != EINTR;
	if (n < 0 || from.sll_pkttype == PACKET_OUTGOING ||
	    !bootwire_decode(&w, buf, n) || w.row != ask->row ||
	    w.attempt != rx->attempt)
		return false;
	if (w.kind == BOOTWIRE_FRAME && w.count < BOOT_PROBES &&
	    counts(ask, from.sll_ifindex))
		got[w.count] = '1';
	return w.kind == BOOTWIRE_END;
}

static void drain(struct bootrx *rx, const struct bootask *ask)
{
	char none[BOOT_PROBES];
	bool empty = false;

	while (!empty)
		take(rx, ask, none, &empty);
}

/* False: no END within so many seconds. */
static bool listen_for(struct bootrx *rx, const struct bootask *ask,
		       double wait, char *got)
{
	double until = machine_now() + wait, now;

	while ((now = machine_now()) < until) {
		struct pollfd pfd = { .fd = rx->fd, .events = POLLIN };
		bool empty = false;

		if (poll(&pfd, 1, (int)((until - now) * 1000) + 1) <= 0)
			continue;
		while (!empty)
			if (take(rx, ask, got, &empty))
				return true;
	}
	return false;
}

/*
 * Once. Frames may be waiting in the card for the next interrupt; another END
 * makes one, and comes behind them.
 */
static bool attempt(struct bootrx *rx, const struct bootask *ask, double wait,
		    char *got)
{
	drain(rx, ask);
	memset(got, '0', BOOT_PROBES);
	got[BOOT_PROBES] = '\0';
	rx->attempt++;
	send_ready(rx, ask, BOOT_PROBES);
	if (listen_for(rx, ask, wait, got))
		return true;
	for (int i = 0; i < POKES; i++) {
		send_ready(rx, ask, 0);
		if (listen_for(rx, ask, POKE_WAIT * rx->scale, got))
			return true;
	}
	return false;
}

bool bootrx_right(const char *want, const char *got)
{
	for (; *want && *got; want++, got++)
		if (*want != 'x' && *want != *got)
			return false;
	return *want == *got;
}

static double most(double a, double b)
{
	return a < b ? a : b;
}

int bootrx_settle(struct bootrx *rx, const struct bootask *ask, char *got)
{
	double start = machine_now(), end_wait = END_WAIT, again = AGAIN;
	double silence = rx->silent ? SILENCE_AGAIN : SILENCE;
	double patience = ask->gap ? GAP : WRONG;
	/* What is not judged must have settled as well. */
	bool twice = strchr(ask->want, 'x');
	int least = ask->gap ? 0 : WRONG_LEAST;
	int silent_least = rx->silent ? 0 : SILENCE_LEAST;
	char before[BOOT_PROBES + 1] = "";
	int tries = 0, silent = 0;

	for (;;) {
		double waited;
		bool same;

		tries++;
		if (!attempt(rx, ask, end_wait * rx->scale, got)) {
			silent++;
			waited = machine_now() - start;
			if (waited > silence * rx->scale &&
			    silent >= silent_least)
				break;
			end_wait = most(end_wait * 2, END_MOST);
			continue;
		}
		rx->silent = false;
		same = !strcmp(before, got);
		if (bootrx_right(ask->want, got) && (same || !twice))
			return tries;
		waited = machine_now() - start;
		if (tries >= least && waited > patience * rx->scale &&
		    (same || waited > 2 * WRONG * rx->scale))
			return tries;
		strcpy(before, got);
		machine_sleep(again * rx->scale);
		again = most(again * 2, AGAIN_MOST);
	}
	rx->silent = true;
	strcpy(got, "-");
	return tries;
}

void bootrx_stir(struct bootrx *rx, const struct bootask *ask)
{
	rx->attempt++;
	send_ready(rx, ask, BOOT_PROBES);
	drain(rx, ask);
}
