// SPDX-License-Identifier: GPL-2.0-only
/* Waits for its own issue. It says so and does nothing. */
#include "cmd.h"

int cmd_boot(struct session *s, int argc, char **argv)
{
	(void)s;
	(void)argc;
	(void)argv;
	err("the boot check is not there yet, nothing was booted: see README.md, 'What is not there yet'");
	return EXIT_UNTESTED;
}
