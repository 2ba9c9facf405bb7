// SPDX-License-Identifier: GPL-2.0-only
#include "qmp.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void qmp_command(struct qmp *q, const char *name)
{
	sb_addf(&q->out, "{\"execute\": \"%s\"}\n", name);
}

static void keep(char **where, const json_t *text, const char *otherwise)
{
	const char *s = json_string_value(text);

	if (!*where)
		*where = xstrdup(s ? s : otherwise);
}

static void greeted(struct qmp *q, const json_t *greeting)
{
	static const char *const parts[] = {"major", "minor", "micro"};
	const json_t *version =
		json_object_get(json_object_get(greeting, "version"), "qemu");
	int n[3];

	if (q->version)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(n); i++)
		n[i] = (int)json_integer_value(
			json_object_get(version, parts[i]));
	q->version = xasprintf("%d.%d.%d", n[0], n[1], n[2]);
	qmp_command(q, "qmp_capabilities");
	q->ready = true;
}

int qmp_take(struct qmp *q, const char *line)
{
	json_t *j = json_loads(line, 0, NULL);
	const json_t *part;
	const char *event;

	if (!json_is_object(j)) {
		json_decref(j);
		return -EINVAL;
	}
	event = json_string_value(json_object_get(j, "event"));
	part = json_object_get(j, "QMP");
	if (part)
		greeted(q, part);
	part = json_object_get(j, "error");
	if (part)
		keep(&q->error, json_object_get(part, "desc"), "an error");
	if (event && !strcmp(event, "SHUTDOWN"))
		keep(&q->ended,
		     json_object_get(json_object_get(j, "data"), "reason"),
		     "shutdown");
	json_decref(j);
	return 0;
}

static int take_lines(struct qmp *q)
{
	int ret = 0;
	char *end;

	while (q->in.len && (end = memchr(q->in.buf, '\n', q->in.len))) {
		size_t n = (size_t)(end - q->in.buf) + 1;

		*end = '\0';
		if (strspn(q->in.buf, " \t\r") != n - 1)
			ret = qmp_take(q, q->in.buf);
		memmove(q->in.buf, q->in.buf + n, q->in.len - n + 1);
		q->in.len -= n;
		if (ret)
			return ret;
	}
	return 0;
}

int qmp_step(struct qmp *q)
{
	char chunk[4096];
	ssize_t n;
	int ret;

	while ((n = read(q->fd, chunk, sizeof(chunk))) > 0)
		sb_add(&q->in, chunk, (size_t)n);
	ret = n < 0 && errno != EAGAIN && errno != EINTR ? -errno : 0;
	if (!ret)
		ret = take_lines(q);
	if (!ret && !n)
		return -EPIPE;
	if (!ret && q->out.len) {
		n = send(q->fd, q->out.buf, q->out.len, MSG_NOSIGNAL);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -errno;
		memmove(q->out.buf, q->out.buf + n, q->out.len - (size_t)n + 1);
		q->out.len -= (size_t)n;
	}
	return ret;
}

bool qmp_wants_write(const struct qmp *q)
{
	return q->ready && q->out.len;
}

void qmp_free(struct qmp *q)
{
	free(q->version);
	free(q->ended);
	free(q->error);
	sb_free(&q->in);
	sb_free(&q->out);
	*q = (struct qmp){.fd = -1};
}
