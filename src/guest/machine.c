// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "machine.h"

/* Kernel messages up to KERN_WARNING on the console. */
#define CONSOLE_LEVEL 5
#define SYSLOG_CONSOLE_LEVEL 8

static void mount_at(const char *type, const char *path)
{
	mkdir(path, 0755);
	if (mount(type, path, type, 0, NULL) && errno != EBUSY)
		fprintf(stderr, "mount %s: %s\n", path, strerror(errno));
}

/* Results have a serial line of their own: the kernel cuts into ours. */
static void use_line(const char *name)
{
	struct termios tio;
	char path[32];
	int fd;

	if (!*name)
		return;
	snprintf(path, sizeof(path), "/dev/%s", name);
	fd = open(path, O_RDWR | O_NOCTTY);
	if (fd < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return;
	}
	if (!tcgetattr(fd, &tio)) {
		cfmakeraw(&tio);
		tcsetattr(fd, TCSANOW, &tio);
	}
	dup2(fd, STDOUT_FILENO);
	dup2(fd, STDERR_FILENO);
	close(fd);
}

void machine_start(void)
{
	mount_at("devtmpfs", "/dev");
	mount_at("proc", "/proc");
	mount_at("sysfs", "/sys");
	mount_at("debugfs", "/sys/kernel/debug");
	klogctl(SYSLOG_CONSOLE_LEVEL, NULL, CONSOLE_LEVEL);
	use_line(machine_param("tap", ""));
}

void machine_stop(void)
{
	printf("%s\n", MACHINE_END);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	sync();
	/* Every machine can do that, and QEMU ends there with -no-reboot. */
	reboot(RB_AUTOBOOT);
	for (;;)
		pause();
}

/* The kernel gives what it does not know itself to us as environment. */
const char *machine_param(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value ? value : otherwise;
}

long machine_number(const char *name, long otherwise)
{
	const char *value = getenv(name);

	return value ? strtol(value, NULL, 0) : otherwise;
}

int machine_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

int machine_read(const char *path, char *text, int size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int n = 0, got = 0;

	text[0] = '\0';
	if (fd < 0)
		return -errno;
	while (n < size - 1) {
		got = read(fd, text + n, size - 1 - n);
		if (got <= 0)
			break;
		n += got;
	}
	if (got < 0)
		got = -errno;
	close(fd);
	text[n] = '\0';
	return got < 0 ? got : 0;
}

static void module_path(char *path, size_t size, const char *name)
{
	snprintf(path, size, "/lib/%s.ko", name);
}

bool machine_has_module(const char *name)
{
	char path[64];

	module_path(path, sizeof(path), name);
	return !access(path, R_OK);
}

int machine_load(const char *name, const char *params)
{
	char path[64];
	int fd, err = 0;

	module_path(path, sizeof(path), name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (syscall(SYS_finit_module, fd, params, 0))
		err = -errno;
	close(fd);
	return err;
}

int machine_unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? -errno : 0;
}

double machine_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

int machine_ms_since(double start)
{
	return (machine_now() - start) * 1000;
}

void machine_sleep(double seconds)
{
	struct timespec ts = { .tv_sec = seconds };

	ts.tv_nsec = (seconds - ts.tv_sec) * 1e9;
	while (nanosleep(&ts, &ts) && errno == EINTR)
		;
}
