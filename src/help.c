// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "cmd.h"

static const char *const exits[] = {
	"good",
	"some unit failed",
	"usage",
	"the environment lacks something",
	"nothing was tested",
};

static void print_option(const struct option_row *row)
{
	char left[64];

	snprintf(left, sizeof(left), "%c%c%s --%s%s%s",
		 row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
		 row->letter ? "," : " ", row->name, row->arg ? " " : "",
		 row->arg ? row->arg : "");
	printf("  %-22s  %s\n", left, row->help);
}

/* The options of all commands, or those that only this one takes. */
static void print_options(const char *command)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if (command ? row->commands && option_is_for(row, command) :
			      !row->commands)
			print_option(row);
}

static bool has_own(const char *command)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if (row->commands && option_is_for(row, command))
			return true;
	return false;
}

void help_usage(const struct command *c)
{
	bool units = !c || !(c->needs & CMD_WHOLE);

	printf("Usage: rxasync [GLOBAL OPTIONS] %s%s%s [VAR=value...]\n",
	       c ? c->name : "COMMAND",
	       c && !has_own(c->name) ? "" : " [OPTIONS]",
	       units ? " [UNIT...]" : "");
	if (c) {
		printf("\n%s: %s\n", c->name, c->description);
		if (has_own(c->name))
			puts("\nOptions:");
		print_options(c->name);
	} else {
		puts("\nTurns a kernel tree's ndo_set_rx_mode callbacks into "
		     "ndo_set_rx_mode_async.\n\nCommands:");
		for (c = commands; c->name; c++)
			printf("  %-8s  %s\n", c->name, c->description);
	}
	puts("\nGlobal options:");
	print_options(NULL);
	puts(units ? "\nA UNIT is a unit's name, a source file or a folder of the "
		     "tree; none means all." :
		     "");
	puts("VAR=value words (ARCH=, CROSS_COMPILE=, LLVM=, W=, C=, "
	     "KCFLAGS=) go to kbuild.\n\nExit codes:");
	for (size_t i = 0; i < ARRAY_SIZE(exits); i++)
		printf("  %zu  %s\n", i, exits[i]);
}
