// SPDX-License-Identifier: GPL-2.0-only
#include "inject.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* So many READYs for END alone, and it has not come. */
#define POKES_STUCK 3

static int set_address(struct sockaddr_un *sa, const char *path)
{
	*sa = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(sa->sun_path))
		return -ENAMETOOLONG;
	strcpy(sa->sun_path, path);
	return 0;
}

void inject_on(struct inject *in, int fd, unsigned int repeat)
{
	*in = (struct inject){.fd = fd, .repeat = repeat ? repeat : 1,
			      .connected = true};
}

int inject_open(struct inject *in, const char *local, const char *remote,
		unsigned int repeat)
{
	struct sockaddr_un sa;
	int ret = set_address(&sa, local);

	inject_on(in, -1, repeat);
	in->connected = false;
	if (ret)
		return ret;
	in->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (in->fd < 0)
		return -errno;
	if (bind(in->fd, (struct sockaddr *)&sa, sizeof(sa))) {
		ret = -errno;
		close(in->fd);
		in->fd = -1;
		return ret;
	}
	in->local = xstrdup(local);
	in->remote = xstrdup(remote);
	return 0;
}

void inject_close(struct inject *in)
{
	if (in->fd >= 0)
		close(in->fd);
	if (in->local)
		unlink(in->local);
	if (in->remote)
		unlink(in->remote);
	free(in->local);
	free(in->remote);
	*in = (struct inject){.fd = -1};
}

/* QEMU has made its end by the time that it sends something. */
static void join(struct inject *in)
{
	struct sockaddr_un sa;

	if (in->connected || set_address(&sa, in->remote))
		return;
	if (connect(in->fd, (struct sockaddr *)&sa, sizeof(sa)))
		in->error = -errno;
	else
		in->connected = true;
}

static size_t make_frame(const struct inject *in, uint8_t *buf)
{
	static const uint8_t host[] = BOOTWIRE_HOST;
	size_t frames = (size_t)in->ready.count * in->repeat;
	struct bootwire w = {
		.kind = in->next < frames ? BOOTWIRE_FRAME : BOOTWIRE_END,
		.row = in->ready.row,
		.attempt = in->ready.attempt,
		.tag = in->ready.tag,
	};
	size_t index = in->ready.count ? in->next % in->ready.count : 0;

	if (w.kind == BOOTWIRE_FRAME)
		w.count = (uint16_t)index;
	memcpy(w.dst, w.kind == BOOTWIRE_FRAME ? in->ready.addr[index] :
						 in->ready.src, 6);
	memcpy(w.src, host, sizeof(host));
	return bootwire_encode(&w, buf);
}

static void send_frames(struct inject *in)
{
	uint8_t buf[BOOTWIRE_ROOM];

	while (in->next < in->total && !in->error) {
		size_t len = make_frame(in, buf);

		if (len && send(in->fd, buf, len, MSG_NOSIGNAL) < 0) {
			if (errno == EINTR)
				continue;
			/* A guest that is on its way out reads no more. */
			if (errno != EAGAIN && errno != ENOBUFS)
				in->error = -errno;
			return;
		}
		in->sent++;
		in->next++;
	}
}

void inject_step(struct inject *in)
{
	uint8_t buf[65536];
	struct bootwire w;
	ssize_t n;

	while (in->fd >= 0 && !in->error) {
		n = recv(in->fd, buf, sizeof(buf), MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		if (!bootwire_decode(&w, buf, (size_t)n) ||
		    w.kind != BOOTWIRE_READY)
			continue;
		/* The guest waits for this one now, for no older one. */
		in->ready = w;
		in->next = 0;
		in->total = ((size_t)w.count + 1) * in->repeat;
		in->asked++;
		in->pokes = w.count ? 0 : in->pokes + 1;
		in->stuck |= in->pokes == POKES_STUCK;
		join(in);
	}
	if (in->fd >= 0)
		send_frames(in);
}

bool inject_wants_write(const struct inject *in)
{
	return in->next < in->total && !in->error;
}
