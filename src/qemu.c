// SPDX-License-Identifier: GPL-2.0-only
#include "qemu.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define MONITOR QEMU_LINES
#define ENDS (QEMU_LINES + 1)
/* More than any guest says; what goes on longer is no result. */
#define TEXT_MAX (32u << 20)
/* Seconds between a guest's last words and the machine's end. */
#define PARTING 3

static const char *const names[ENDS] = {"console", "results", "monitor"};

struct qemu *qemu_new(const char *program, const char *accel,
		      const struct strvec *options)
{
	static const char *const always[] = {
		"-nodefaults", "-display", "none", "-no-reboot", "-S",
	};
	struct qemu *q = xcalloc(1, sizeof(*q));
	const char *tmp = getenv("TMPDIR");

	q->listening = -1;
	for (int i = 0; i < ENDS; i++)
		q->conn[i] = -1;
	q->qmp.fd = -1;
	/* A socket's path has 108 bytes at most. */
	if (!tmp || *tmp != '/' || strlen(tmp) > 60 || strpbrk(tmp, ", "))
		tmp = "/tmp";
	q->dir = xasprintf("%s/rxasync-%d-%p", tmp, (int)getpid(), (void *)q);
	sv_add(&q->words, program);
	sv_add(&q->words, "-accel");
	sv_add(&q->words, accel);
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		sv_add(&q->words, always[i]);
	sv_addv(&q->words, options);
	return q;
}

static void chardev(struct qemu *q, int i)
{
	sv_add(&q->words, "-chardev");
	sv_addf(&q->words, "%s,id=%s,path=%s/%s",
		i == MONITOR ? "socket" : "file", names[i], q->dir, names[i]);
}

void qemu_lines(struct qemu *q, bool results)
{
	for (int i = 0; i < (results ? QEMU_LINES : 1); i++) {
		chardev(q, i);
		sv_add(&q->words, "-serial");
		sv_addf(&q->words, "chardev:%s", names[i]);
	}
	chardev(q, MONITOR);
	sv_add(&q->words, "-mon");
	sv_addf(&q->words, "chardev=%s,mode=control", names[MONITOR]);
}

const char *qemu_net(struct qemu *q, unsigned int repeat)
{
	size_t i = q->nic_count++;
	const char *net;

	q->nics = xrealloc(q->nics, q->nic_count * sizeof(*q->nics));
	inject_on(&q->nics[i], -1, repeat);
	sv_addf(&q->nets, "net%zu", i);
	net = q->nets.v[i];
	sv_add(&q->words, "-netdev");
	sv_addf(&q->words,
		"dgram,id=%s,local.type=unix,local.path=%s/%s.q,"
		"remote.type=unix,remote.path=%s/%s.h",
		net, q->dir, net, q->dir, net);
	return net;
}

void qemu_kernel(struct qemu *q, const char *image, const char *initrd,
		 const char *dtb, const char *append)
{
	const char *const pairs[][2] = {
		{"-kernel", image}, {"-initrd", initrd},
		{"-dtb", dtb},	    {"-append", append},
	};

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		if (!pairs[i][1])
			continue;
		sv_add(&q->words, pairs[i][0]);
		sv_add(&q->words, pairs[i][1]);
	}
}

static int listen_at(const char *path, int *fd)
{
	struct sockaddr_un sa = {.sun_family = AF_UNIX};

	if (strlen(path) >= sizeof(sa.sun_path))
		return -ENAMETOOLONG;
	strcpy(sa.sun_path, path);
	*fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (*fd < 0 || bind(*fd, (struct sockaddr *)&sa, sizeof(sa)) ||
	    listen(*fd, 1))
		return -errno;
	return 0;
}

/* For writing as well: so it has no end before QEMU has begun. */
static int open_pipe(const char *path, int *fd)
{
	if (mkfifo(path, 0600))
		return -errno;
	*fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	return *fd < 0 ? -errno : 0;
}

int qemu_listen(struct qemu *q)
{
	int ret = remove_tree(q->dir);

	if (!ret)
		ret = make_dirs(q->dir);
	for (int i = 0; i < ENDS && !ret; i++) {
		char *path = xasprintf("%s/%s", q->dir, names[i]);

		ret = i == MONITOR ? listen_at(path, &q->listening) :
				     open_pipe(path, &q->conn[i]);
		free(path);
	}
	for (size_t i = 0; i < q->nic_count && !ret; i++) {
		char *local = xasprintf("%s/%s.h", q->dir, q->nets.v[i]);
		char *remote = xasprintf("%s/%s.q", q->dir, q->nets.v[i]);

		ret = inject_open(&q->nics[i], local, remote,
				  q->nics[i].repeat);
		free(local);
		free(remote);
	}
	return ret;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void take_monitor(struct qemu *q)
{
	int fd;

	if (q->listening < 0)
		return;
	fd = accept4(q->listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0)
		return;
	q->conn[MONITOR] = q->qmp.fd = fd;
	close_fd(&q->listening);
}

/* The text may have come in pieces. */
static void look_for_farewell(struct qemu *q, int i, size_t before, double age)
{
	size_t n = q->farewell ? strlen(q->farewell) : 0;
	size_t from = before > n ? before - n : 0;

	if (n && !q->parted && q->text[i].len > from &&
	    memmem(q->text[i].buf + from, q->text[i].len - from, q->farewell,
		   n))
		q->parted = age;
}

/* True where anything came. */
static bool read_line(struct qemu *q, int i, double age)
{
	size_t before = q->text[i].len;
	char chunk[16384];
	bool any = false;
	ssize_t n;

	if (q->conn[i] < 0)
		return false;
	while ((n = read(q->conn[i], chunk, sizeof(chunk))) > 0) {
		any = true;
		/* No text has a NUL in it; a line that breaks may. */
		for (ssize_t k = 0; k < n; k++)
			if (!chunk[k])
				chunk[k] = ' ';
		if (q->text[i].len < TEXT_MAX)
			sb_add(&q->text[i], chunk, (size_t)n);
	}
	if (!n || (errno != EAGAIN && errno != EINTR))
		close_fd(&q->conn[i]);
	look_for_farewell(q, i, before, age);
	return any;
}

static void tend_monitor(struct qemu *q, double age)
{
	if (q->conn[MONITOR] < 0)
		return;
	if (qmp_step(&q->qmp))
		close_fd(&q->conn[MONITOR]);
	/* It waits for us. */
	if (q->qmp.ready && !q->started) {
		q->started = true;
		qmp_command(&q->qmp, "cont");
		if (q->conn[MONITOR] >= 0 && qmp_step(&q->qmp))
			close_fd(&q->conn[MONITOR]);
	}
	if (q->parted && age - q->parted > PARTING && !q->told) {
		q->told = true;
		qmp_command(&q->qmp, "quit");
	}
}

/*
 * Some models don't say when they can take frames again, and QEMU waits for
 * them for ever. It looks anew, at all of them, when the machine goes on.
 */
static void wake(struct qemu *q, struct inject *nic)
{
	if (!nic->stuck || !q->started)
		return;
	nic->stuck = false;
	qmp_command(&q->qmp, "stop");
	qmp_command(&q->qmp, "cont");
}

static void tend(struct job *job)
{
	struct qemu *q = job->talk;
	bool heard = false;
	double age = job_age(job);

	take_monitor(q);
	for (int i = 0; i < QEMU_LINES; i++)
		heard |= read_line(q, i, age);
	tend_monitor(q, age);
	for (size_t i = 0; i < q->nic_count; i++) {
		size_t asked = q->nics[i].asked;

		inject_step(&q->nics[i]);
		wake(q, &q->nics[i]);
		heard |= q->nics[i].asked != asked;
	}
	if (heard)
		q->heard = age;
	if (age > 0)
		q->seconds = (int)(age + 0.5);
	if (q->idle && age - q->heard > q->idle && !q->late) {
		q->late = true;
		job_kill(job);
	}
	q->late |= job->timed_out;
}

static size_t watch(struct job *job, struct pollfd *fds)
{
	struct qemu *q = job->talk;
	size_t n = 0;

	if (q->listening >= 0)
		fds[n++] = (struct pollfd){q->listening, POLLIN, 0};
	for (int i = 0; i < ENDS; i++) {
		bool out = i == MONITOR && qmp_wants_write(&q->qmp);

		if (q->conn[i] >= 0)
			fds[n++] = (struct pollfd){
				q->conn[i], out ? POLLIN | POLLOUT : POLLIN, 0};
	}
	for (size_t i = 0; i < q->nic_count && n < JOB_WATCHED; i++) {
		bool out = inject_wants_write(&q->nics[i]);

		if (q->nics[i].fd >= 0 && !q->nics[i].error)
			fds[n++] = (struct pollfd){
				q->nics[i].fd, out ? POLLIN | POLLOUT : POLLIN,
				0};
	}
	return n;
}

struct job *qemu_job(struct qemu *q, int deadline)
{
	struct job *job = job_new(q->words.v[0], NULL);

	for (size_t i = 1; i < q->words.n; i++)
		sv_add(&job->argv, q->words.v[i]);
	job->deadline = deadline;
	job->merge = true;
	job->watch = watch;
	job->tend = tend;
	job->talk = q;
	return job;
}


void qemu_free(struct qemu *q)
{
	if (!q)
		return;
	close_fd(&q->listening);
	for (int i = 0; i < ENDS; i++)
		close_fd(&q->conn[i]);
	for (size_t i = 0; i < q->nic_count; i++)
		inject_close(&q->nics[i]);
	remove_tree(q->dir);
	for (int i = 0; i < QEMU_LINES; i++)
		sb_free(&q->text[i]);
	qmp_free(&q->qmp);
	sv_free(&q->words);
	sv_free(&q->nets);
	free(q->nics);
	free(q->dir);
	free(q);
}
