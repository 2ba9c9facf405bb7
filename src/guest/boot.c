// SPDX-License-Identifier: GPL-2.0-only
/*
 * Process 1 of the boot check: runs /boot.plan. What it says, and to whom, is
 * in bootwire.h.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../bootplan.h"
#include "../bootwire.h"
#include "bootkind.h"
#include "bootnic.h"
#include "bootsoft.h"
#include "kernlog.h"
#include "ktap.h"
#include "machine.h"

/* As much as a child's exit status can say. */
#define WRONG_MOST 100
#define WRONG_NONE 110 /* BOOTSOFT_NONE */
#define WRONG_ERROR 120

#define REAP_POLL 0.05

static int log_lines;
static bool in_log;

static void tell(const char *line)
{
	if (log_lines++ < BOOTWIRE_LOG_LINES)
		ktap_line("log %.700s", line);
}

/*
 * Without a line of its own, each line is a record of the kernel's log: nothing
 * cuts into it then.
 */
static void open_output(void)
{
	const char *tap = machine_param("tap", "");
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/dev/%s", tap);
	if (*tap && !access(path, W_OK))
		return;
	in_log = true;
	/* Else ten records in five seconds; it wants the newline. */
	machine_write("/proc/sys/kernel/printk_devkmsg", "on\n");
	fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		ktap_output(STDOUT_FILENO, BOOTWIRE_PREFIX);
	else
		ktap_output(fd, "<4>" BOOTWIRE_PREFIX);
}

/* Groups of IPv6 would come and go on their own. */
static void quiet(void)
{
	machine_write("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1");
	machine_write("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
	bootkind_release();
}

static bool read_plan(struct bootplan *plan)
{
	static char text[65536];
	char why[128] = "";
	int err = machine_read(BOOTWIRE_PLAN, text, sizeof(text));

	if (!err)
		err = bootplan_parse(plan, text, why, sizeof(why));
	if (!ktap_ok(!err, "plan"))
		ktap_note("%s: %s", BOOTWIRE_PLAN, *why ? why : strerror(-err));
	return !err;
}

static int status_of(int wrong)
{
	if (wrong < 0) {
		ktap_note("%s", strerror(-wrong));
		return WRONG_ERROR;
	}
	if (wrong == BOOTSOFT_NONE)
		return WRONG_NONE;
	return wrong < WRONG_MOST ? wrong : WRONG_MOST;
}

static void report(const char *what, const char *name, const char *over,
		   int status)
{
	bool good = WIFEXITED(status) && !WEXITSTATUS(status);

	if (WIFEXITED(status) && WEXITSTATUS(status) == WRONG_NONE)
		ktap_skip(name, "could not be had");
	else
		ktap_ok(good, "%s %s%s%s", what, name, *over ? " over " : "",
			over);
	if (WIFSIGNALED(status))
		ktap_note("killed by signal %d", WTERMSIG(status));
	else if (!good && WEXITSTATUS(status) <= WRONG_MOST)
		ktap_note("%d rows wrong", WEXITSTATUS(status));
	kernlog_drain();
}

/*
 * Waits for one of the children; which, or -1. The kernel's log has no room for
 * all that is said meanwhile.
 */
static int reap(pid_t *pid, int count, int *status)
{
	for (;;) {
		pid_t done = waitpid(-1, status, WNOHANG);

		if (done < 0 && errno != EINTR)
			return -1;
		if (!done) {
			kernlog_drain();
			machine_sleep(REAP_POLL);
		}
		for (int i = 0; i < count; i++) {
			if (done > 0 && pid[i] == done) {
				pid[i] = 0;
				return i;
			}
		}
	}
}

static void run_nics(const struct bootplan *plan, const int *index)
{
	pid_t pid[BOOTPLAN_NICS] = { 0 };
	int running = 0, next = 0;

	while (next < plan->nics || running) {
		const struct bootplan_nic *nic = &plan->nic[next];
		int done, status;

		if (next < plan->nics && running < plan->jobs) {
			if (index[next] && strcmp(nic->rows, "none")) {
				pid[next] = fork();
				if (!pid[next])
					_exit(status_of(bootnic_run(
						plan, nic, index[next])));
				running += pid[next] > 0;
			}
			next++;
			continue;
		}
		done = reap(pid, plan->nics, &status);
		if (done < 0)
			break;
		running--;
		report("nic", plan->nic[done].name, "", status);
	}
}

static void run_soft(const struct bootplan *plan,
		     const struct bootplan_soft *soft, const int *index)
{
	int below = soft->nic < 0 ? 0 : index[soft->nic];
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(status_of(bootsoft_run(plan, soft, below)));
	if (pid < 0 || reap(&pid, 1, &status) < 0)
		status = WRONG_ERROR << 8;
	report("soft", soft->kind, soft->over, status);
}

/* Those that leave something behind on the card come last. */
static void run_softs(const struct bootplan *plan, const int *index)
{
	for (int last = 0; last < 2; last++)
		for (int i = 0; i < plan->softs; i++)
			if (bootkind_find(plan->soft[i].kind)->leaves == last)
				run_soft(plan, &plan->soft[i], index);
}

static void check_kernel(int nics_ms)
{
	unsigned long taint = kernlog_taint();
	const char *lockdep = "none";
	int complaints = kernlog_drain();

	if (kernlog_has_lockdep())
		lockdep = kernlog_lockdep() ? "on" : "off";
	ktap_ok(!taint, "kernel not tainted");
	ktap_ok(strcmp(lockdep, "off"), "lockdep");
	ktap_ok(!complaints, "nothing in the kernel's log");
	ktap_line("state taint=%lu lockdep=%s complaints=%d nics_ms=%d", taint,
		  lockdep, complaints, nics_ms);
}

int main(void)
{
	static const char *const also[] = {
		"rx_mode retry limit reached",
		"receive filter not programmed",
		NULL,
	};
	static struct bootplan plan;
	int index[BOOTPLAN_NICS], nics_ms = 0;
	double start;

	machine_start();
	open_output();
	ktap_begin();
	kernlog_also(also);
	kernlog_tell(tell, BOOTWIRE_PREFIX);
	kernlog_open();
	kernlog_drain();
	if (read_plan(&plan)) {
		quiet();
		bootnic_find(&plan, index);
		start = machine_now();
		run_nics(&plan, index);
		nics_ms = machine_ms_since(start);
		run_softs(&plan, index);
	}
	check_kernel(nics_ms);
	ktap_end();
	/* Else machine_stop() says it. */
	if (in_log)
		ktap_line("%s", MACHINE_END);
	machine_stop();
}
