// SPDX-License-Identifier: GPL-2.0-only
/* The parts that wait for their own issue. They say so and do nothing. */
#include <stdio.h>

#include "cmd.h"

int cmd_core(struct session *s, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	if (s->flavour != FLAVOUR_NONE) {
		printf("Linux %s has ndo_set_rx_mode_async, flavour %s: it needs no core patch.\n",
		       s->version, flavour_name(s->flavour));
		return EXIT_GOOD;
	}
	err("the core patch for Linux %s is not there yet, see patches/README.md: until then take a tree of 7.1 or later",
	    s->version);
	return EXIT_ENVIRONMENT;
}

int cmd_boot(struct session *s, int argc, char **argv)
{
	(void)s;
	(void)argc;
	(void)argv;
	err("the boot check is not there yet, nothing was booted: see README.md, 'What is not there yet'");
	return EXIT_UNTESTED;
}
