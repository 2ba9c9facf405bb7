// SPDX-License-Identifier: GPL-2.0-only
#include "tap.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "qmp.h"

static const char greeting[] =
	"{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 22, \"minor\": 2, "
	"\"major\": 7}, \"package\": \"\"}, \"capabilities\": [\"oob\"]}}\r\n";

static void check_talk(int fd, struct qmp *q)
{
	char text[256] = "";

	ok(!qmp_step(q) && !q->ready, "it waits to be greeted");
	/* In pieces, as a socket may give it. */
	send(fd, greeting, 20, 0);
	ok(!qmp_step(q) && !q->ready, "half a greeting");
	send(fd, greeting + 20, strlen(greeting) - 20, 0);
	ok(!qmp_step(q) && q->ready, "greeted");
	is(q->version, "7.2.22", "the version");
	ok(recv(fd, text, sizeof(text) - 1, 0) > 0 &&
	   !strcmp(text, "{\"execute\": \"qmp_capabilities\"}\n"),
	   "answered");
	qmp_command(q, "cont");
	ok(qmp_wants_write(q), "a command waits");
	ok(!qmp_step(q) && !qmp_wants_write(q), "and goes out");
}

static void check_events(void)
{
	struct qmp q = {.fd = -1};

	ok(!qmp_take(&q, "{\"return\": {}}") && !q.error, "an answer");
	ok(!qmp_take(&q, "{\"error\": {\"class\": \"GenericError\", "
			 "\"desc\": \"no such thing\"}}"), "an error");
	is(q.error, "no such thing", "its text");
	ok(!qmp_take(&q, "{\"event\": \"RESET\", \"data\": {}}") && !q.ended,
	   "another event");
	qmp_take(&q, "{\"event\": \"SHUTDOWN\", \"data\": "
		     "{\"guest\": true, \"reason\": \"guest-reset\"}}");
	is(q.ended, "guest-reset", "why it ends");
	ok(qmp_take(&q, "{\"QMP\"") == -EINVAL, "a broken line");
	ok(qmp_take(&q, "[]") == -EINVAL, "a line that is none of QEMU's");
	qmp_free(&q);
}

int main(void)
{
	struct qmp q = {0};
	int fd[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd))
		return 1;
	fcntl(fd[1], F_SETFL, O_NONBLOCK);
	q.fd = fd[1];
	check_talk(fd[0], &q);
	close(fd[0]);
	ok(qmp_step(&q) < 0, "QEMU is gone");
	close(fd[1]);
	qmp_free(&q);
	check_events();
	return done_testing();
}
