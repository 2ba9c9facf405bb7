/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * KTAP on standard output. A result is one write(), so that lines of several
 * processes don't mix; only the process that calls ktap_begin() may report.
 */
#ifndef KTAP_H
#define KTAP_H

#include <stdbool.h>

/* The version line. */
void ktap_begin(void);
/* One result; returns good. The name has no newline. */
bool ktap_ok(bool good, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* A result that could not be had, and why. */
void ktap_skip(const char *name, const char *why);
/* A line that tools don't read, with "# " in front. */
void ktap_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* A line as it is. */
void ktap_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Lines go there from now on, and begin with the text. */
void ktap_output(int fd, const char *text);
/* Writes the plan. Returns how many have failed. */
int ktap_end(void);

#endif
