// SPDX-License-Identifier: GPL-2.0-only
/*
 * Process 1 of the core patch's test. On the kernel's command line: mode=
 * direct, stress (the default) or bench; rounds=, seed=, unloads= for stress.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "churn.h"
#include "direct.h"
#include "kernlog.h"
#include "ktap.h"
#include "machine.h"
#include "unload.h"

static bool load(const char *name, const char *params)
{
	int err = machine_load(name, params);

	if (!ktap_ok(!err, "load %s", name))
		ktap_note("%s", strerror(-err));
	return !err;
}

static void unload(const char *name)
{
	int err = machine_unload(name);

	if (!ktap_ok(!err, "unload %s", name))
		ktap_note("%s", strerror(-err));
}

static void run_stress(void)
{
	long rounds = machine_number("rounds", 300);
	bool dummy = machine_has_module("dummy");

	if (!load("rx_mode_stress", ""))
		return;
	direct_run();
	unload("rx_mode_stress");
	kernlog_drain();

	unload_run(machine_number("unloads", 5));
	kernlog_drain();

	load("rx_mode_stress", "");
	if (dummy)
		load("dummy", "numdummies=0");
	churn_run(rounds, machine_number("seed", 1));
	unload("rx_mode_stress");
	if (dummy)
		unload("dummy");
}

static void run_direct(void)
{
	if (!load("rx_mode_stress", ""))
		return;
	direct_run();
	unload("rx_mode_stress");
}

static void run_bench(void)
{
	if (!load("rx_mode_stress", "sleep_us=0"))
		return;
	bench_run();
	unload("rx_mode_stress");
}

static void check_leaks(void)
{
	static char text[16384];
	int leaks = kernlog_leaks(text, sizeof(text));

	if (leaks < 0) {
		ktap_skip("no leak", "no kmemleak");
		return;
	}
	if (!ktap_ok(!leaks, "no leak"))
		printf("%s\n", text);
}

static void check_kernel(void)
{
	unsigned long taint;

	check_leaks();
	taint = kernlog_taint();
	ktap_ok(!taint, "kernel not tainted");
	if (taint)
		ktap_note("taint %#lx", taint);
	ktap_ok(kernlog_lockdep(), "lockdep still on");
	if (!ktap_ok(!kernlog_drain(), "nothing in the kernel's log"))
		ktap_note("%s", kernlog_first());
}

int main(void)
{
	const char *mode;

	machine_start();
	mode = machine_param("mode", "stress");
	ktap_begin();
	kernlog_open();
	if (!strcmp(mode, "bench"))
		run_bench();
	else if (!strcmp(mode, "direct"))
		run_direct();
	else
		run_stress();
	check_kernel();
	ktap_end();
	machine_stop();
}
