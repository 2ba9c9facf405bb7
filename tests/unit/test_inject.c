// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "inject.h"

static const uint8_t nic[6] = {0x52, 0x54, 0, 0x12, 0x34, 0x56};

static struct bootwire ready(unsigned int row, unsigned int count)
{
	static const uint8_t host[] = BOOTWIRE_HOST;
	struct bootwire w = {
		.kind = BOOTWIRE_READY,
		.row = (uint16_t)row,
		.attempt = 7,
		.count = (uint16_t)count,
	};

	memcpy(w.dst, host, 6);
	memcpy(w.src, nic, 6);
	for (unsigned int i = 0; i < count; i++) {
		w.addr[i][0] = 1;
		w.addr[i][5] = (uint8_t)i;
	}
	return w;
}

static void ask(int fd, const struct bootwire *w)
{
	uint8_t buf[BOOTWIRE_ROOM];
	size_t len = bootwire_encode(w, buf);

	if (send(fd, buf, len, 0) != (ssize_t)len)
		ok(false, "cannot send");
}

/* The next frame that came, or false. */
static bool get(int fd, struct bootwire *w)
{
	uint8_t buf[BOOTWIRE_ROOM];
	ssize_t n = recv(fd, buf, sizeof(buf), MSG_DONTWAIT);

	return n > 0 && bootwire_decode(w, buf, (size_t)n);
}

static void check_answer(int fd, struct inject *in)
{
	struct bootwire w = ready(3, 2), got;
	int frames = 0, ends = 0, wrong = 0;

	w.tag = 5;
	ask(fd, &w);
	inject_step(in);
	while (get(fd, &got)) {
		bool end = got.kind == BOOTWIRE_END;

		wrong += got.row != 3 || got.attempt != 7;
		wrong += got.src[0] != 2 || got.src[5] != 1;
		if (end) {
			wrong += memcmp(got.dst, nic, 6) != 0;
			ends++;
			continue;
		}
		wrong += ends != 0 || got.count != frames % 2;
		wrong += memcmp(got.dst, w.addr[frames % 2], 6) != 0;
		wrong += got.tag != 5;
		frames++;
	}
	ok(frames == 6, "two addresses, three times: %d", frames);
	ok(ends == 3, "then END, as often: %d", ends);
	ok(!wrong, "each as asked for");
	ok(in->asked == 1 && in->sent == 9 && !inject_wants_write(in),
	   "counted");
}

/* A guest that does not read for a while, and then asks anew. */
static void check_full(int fd, struct inject *in)
{
	struct bootwire w = ready(4, BOOTWIRE_ADDRS), got;
	size_t frames = 0, late = 0;

	in->repeat = 50;
	ask(fd, &w);
	inject_step(in);
	ok(inject_wants_write(in), "what has no room waits");
	w = ready(5, 1);
	ask(fd, &w);
	do {
		inject_step(in);
		while (get(fd, &got)) {
			frames += got.row == 4;
			late += got.row == 5;
		}
	} while (inject_wants_write(in));
	while (get(fd, &got))
		late += got.row == 5;
	ok(frames && frames < 50 * BOOTWIRE_ADDRS,
	   "an old question is dropped: %zu of its frames", frames);
	ok(late == 100, "the new one is answered: %zu", late);
}

static void check_noise(int fd, struct inject *in)
{
	struct bootwire w = ready(6, 1), got;
	size_t asked = in->asked;

	send(fd, "short", 5, 0);
	w.kind = BOOTWIRE_FRAME;
	ask(fd, &w);
	inject_step(in);
	ok(in->asked == asked && !get(fd, &got), "others' frames say nothing");
}

static bool stuck_after(int fd, struct inject *in, unsigned int pokes)
{
	struct bootwire w = ready(7, 1), got;

	in->stuck = false;
	ask(fd, &w);
	w.count = 0;
	for (unsigned int i = 0; i < pokes; i++)
		ask(fd, &w);
	inject_step(in);
	while (get(fd, &got))
		;
	return in->stuck;
}

static void check_stuck(int fd, struct inject *in)
{
	in->repeat = 1;
	ok(!stuck_after(fd, in, 2), "END was asked for twice");
	ok(!stuck_after(fd, in, 2), "and twice for another attempt");
	ok(stuck_after(fd, in, 3), "a third time: it can't be heard");
}

static void check_paths(void)
{
	char dir[] = "/tmp/test_inject.XXXXXX", local[64], remote[64];
	struct inject in = {0};
	char longer[200];

	if (!mkdtemp(dir))
		ok(false, "cannot make %s", dir);
	snprintf(local, sizeof(local), "%s/h", dir);
	snprintf(remote, sizeof(remote), "%s/q", dir);
	ok(!inject_open(&in, local, remote, 1) && file_exists(local),
	   "a socket of its own");
	inject_close(&in);
	ok(!file_exists(local), "it goes when it is closed");
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	ok(inject_open(&in, longer, remote, 1) < 0, "too long a path");
	inject_close(&in);
	rmdir(dir);
}

int main(void)
{
	struct inject in;
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, fd))
		return 1;
	fcntl(fd[1], F_SETFL, O_NONBLOCK);
	inject_on(&in, fd[1], 3);
	check_answer(fd[0], &in);
	check_full(fd[0], &in);
	check_noise(fd[0], &in);
	check_stuck(fd[0], &in);
	inject_close(&in);
	close(fd[0]);
	check_paths();
	return done_testing();
}
