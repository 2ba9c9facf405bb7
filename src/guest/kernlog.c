// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernlog.h"
#include "machine.h"

#define KMEMLEAK "/sys/kernel/debug/kmemleak"
/* kmemleak does not report what is younger than five seconds. */
#define LEAK_AGE 6

/* TAINT_OOT_MODULE, TAINT_UNSIGNED_MODULE, TAINT_TEST */
#define TAINT_GOOD (1UL << 12 | 1UL << 13 | 1UL << 18)

static const char *const complaints[] = {
	"WARNING:",
	"BUG:",
	"Oops:",
	"INFO: task",
	"INFO: rcu",
	"INFO: trying to register non-static key",
	"INFO: possible",
	"blocked for more than",
	"suspicious RCU usage",
	"Kernel panic",
	"general protection",
	"refcount_t:",
	"ref_tracker:",
	"ODEBUG:",
	"list_add corruption",
	"list_del corruption",
	"Slab",
	"unregister_netdevice: waiting",
	"workqueue lockup",
	"soft lockup",
	"page allocation failure",
	"scheduling while atomic",
};

static int log_fd = -1;
static int count;
static char first[256];
static void (*tell)(const char *line);
static const char *own_lines;
static const char *const *also;

void kernlog_tell(void (*each)(const char *line), const char *own)
{
	tell = each;
	own_lines = own;
}

void kernlog_also(const char *const *texts)
{
	also = texts;
}

int kernlog_open(void)
{
	log_fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return log_fd < 0 ? -errno : 0;
}

static void complain(const char *what)
{
	if (!count++)
		snprintf(first, sizeof(first), "%.200s", what);
}

static bool is_complaint(const char *text)
{
	for (size_t i = 0; i < sizeof(complaints) / sizeof(*complaints); i++)
		if (strstr(text, complaints[i]))
			return true;
	for (const char *const *at = also; at && *at; at++)
		if (strstr(text, *at))
			return true;
	return false;
}

/* A record is "PRIORITY,NUMBER,TIME,FLAGS;TEXT\n" and lines with more. */
static void look_at(char *record)
{
	char *text = strchr(record, ';');

	if (!text)
		return;
	text++;
	text[strcspn(text, "\n")] = '\0';
	if (own_lines && !strncmp(text, own_lines, strlen(own_lines)))
		return;
	if (is_complaint(text))
		complain(text);
	if (count && tell)
		tell(text);
}

int kernlog_drain(void)
{
	char record[8192];
	ssize_t n;

	while (log_fd >= 0) {
		n = read(log_fd, record, sizeof(record) - 1);
		if (n > 0) {
			record[n] = '\0';
			look_at(record);
		} else if (n < 0 && errno == EPIPE) {
			complain("lines of the kernel's log were lost");
		} else if (n == 0 || errno != EINTR) {
			break;
		}
	}
	return count;
}

const char *kernlog_first(void)
{
	return first;
}

unsigned long kernlog_taint(void)
{
	char text[32];

	machine_read("/proc/sys/kernel/tainted", text, sizeof(text));
	return strtoul(text, NULL, 0) & ~TAINT_GOOD;
}

bool kernlog_has_lockdep(void)
{
	return !access("/proc/lockdep_stats", R_OK);
}

bool kernlog_lockdep(void)
{
	static char text[16384];
	const char *at;

	if (machine_read("/proc/lockdep_stats", text, sizeof(text)))
		return true;
	at = strstr(text, "debug_locks:");
	return at && strtol(at + strlen("debug_locks:"), NULL, 10) == 1;
}

int kernlog_leaks(char *text, int size)
{
	const char *at;
	int err, leaks = 0;

	text[0] = '\0';
	if (access(KMEMLEAK, W_OK))
		return -ENOENT;
	machine_sleep(LEAK_AGE);
	err = machine_write(KMEMLEAK, "scan");
	if (!err)
		err = machine_write(KMEMLEAK, "scan");
	if (!err)
		err = machine_read(KMEMLEAK, text, size);
	if (err)
		return err;
	for (at = text; (at = strstr(at, "unreferenced object")); at++)
		leaks++;
	return leaks;
}

void kernlog_leaks_clear(void)
{
	machine_write(KMEMLEAK, "clear");
}
