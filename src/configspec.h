/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What -K says: a configuration that make knows (allmodconfig, defconfig,
 * multi_v7_defconfig, 44x/canyonlands_defconfig, randconfig), with symbols to
 * set or to unset behind it ("allmodconfig+MACH_DECSTATION-64BIT"); randconfig
 * with its seed ("randconfig-0x1234ABCD"); or the absolute path of a .config or
 * a part of one.
 */
#ifndef RXA_CONFIGSPEC_H
#define RXA_CONFIGSPEC_H

#include "util.h"

struct configspec {
	char *base;		/* make's target, or the path */
	bool file;
	char *seed;		/* of a randconfig: "0x1234ABCD"; or NULL */
	struct strvec picks;	/* "+SYMBOL", "-SYMBOL" */
};

/* -EINVAL where it is none of these. */
int configspec_parse(struct configspec *c, const char *text);
void configspec_free(struct configspec *c);
/* Is it one that sets all symbols, and reads KCONFIG_ALLCONFIG? */
bool configspec_is_all(const struct configspec *c);
/* "allmodconfig" and picks as one word; the caller frees it. */
char *configspec_join(const char *base, const struct strvec *picks);
/* A seed for a randconfig that has none: "randconfig-0x..."; to be freed. */
char *configspec_seeded(void);
/* The picks as lines of a .config. */
void configspec_lines(const struct configspec *c, struct strbuf *to);

#endif
