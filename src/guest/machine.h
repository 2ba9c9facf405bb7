/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The guest as a machine, for its process 1. Modules lie in /lib/NAME.ko.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>

/* The last line on the console, without which nothing has passed. */
#define MACHINE_END "rxasync-guest: end"

/*
 * Mounts /dev, /proc, /sys and debugfs; what did not work is said on stderr.
 * tap=ttyS1 on the kernel's command line takes the output there.
 */
void machine_start(void);
/* Writes the end token and reboots: QEMU is to run with -no-reboot. */
void machine_stop(void) __attribute__((noreturn));

/* NAME=VALUE of the kernel's command line. */
const char *machine_param(const char *name, const char *otherwise);
long machine_number(const char *name, long otherwise);

/* 0 or a negative errno. The file's text, or nothing where it can't be read. */
int machine_write(const char *path, const char *text);
int machine_read(const char *path, char *text, int size);

bool machine_has_module(const char *name);
/* 0 or a negative errno. Parameters as for insmod. */
int machine_load(const char *name, const char *params);
int machine_unload(const char *name);

/* Seconds, of CLOCK_MONOTONIC. */
double machine_now(void);
int machine_ms_since(double start);
void machine_sleep(double seconds);

#endif
