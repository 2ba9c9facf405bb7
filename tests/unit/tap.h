/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * TAP from C. A test file has a main() that calls ok() and is() and ends with
 * "return done_testing();".
 */
#ifndef TAP_H
#define TAP_H

#include <stdio.h>
#include <string.h>

static int tap_run, tap_failed;

#define ok(cond, ...) tap_ok(!!(cond), #cond, __FILE__, __LINE__, __VA_ARGS__)

#define tap_ok(good, what, file, line, ...)                                    \
	do {                                                                   \
		int tap_good = (good);                                         \
		printf("%sok %d - ", tap_good ? "" : "not ", ++tap_run);       \
		printf(__VA_ARGS__);                                           \
		putchar('\n');                                                 \
		if (!tap_good) {                                               \
			tap_failed++;                                          \
			printf("# %s:%d: %s\n", file, line, what);             \
		}                                                              \
	} while (0)

/* Two strings, either of which may be NULL. */
#define is(got, wanted, ...)                                                   \
	do {                                                                   \
		const char *tap_g = (got), *tap_w = (wanted);                  \
		int tap_same = tap_g && tap_w ? !strcmp(tap_g, tap_w) :        \
						tap_g == tap_w;                \
		tap_ok(tap_same, #got, __FILE__, __LINE__, __VA_ARGS__);       \
		if (!tap_same)                                                 \
			printf("# got    '%s'\n# wanted '%s'\n",               \
			       tap_g ? tap_g : "(null)",                       \
			       tap_w ? tap_w : "(null)");                      \
	} while (0)

static inline int done_testing(void)
{
	printf("1..%d\n", tap_run);
	return tap_failed != 0;
}

#endif
