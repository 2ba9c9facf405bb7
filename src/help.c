// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <string.h>

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
	printf("Usage: rxasync [GLOBAL OPTIONS] %s%s [UNIT...] [VAR=value...]\n",
	       c ? c->name : "COMMAND",
	       c && !has_own(c->name) ? "" : " [OPTIONS]");
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
	puts("\nA UNIT is a unit's name, a source file or a folder of the tree; none "
	     "means all.\nVAR=value words (ARCH=, CROSS_COMPILE=, LLVM=, W=, C=, "
	     "KCFLAGS=) go to kbuild.\n\nExit codes:");
	for (size_t i = 0; i < ARRAY_SIZE(exits); i++)
		printf("  %zu  %s\n", i, exits[i]);
}

/* Text as roff: a leading dot and a hyphen would mean something else. */
static void roff(const char *s)
{
	for (; *s; s++)
		fputs(*s == '-' ? "\\-" : (char[]){*s, '\0'}, stdout);
}

void help_man(void)
{
	puts(".TH RXASYNC 1\n.SH NAME\nrxasync \\- convert ndo_set_rx_mode "
	     "callbacks of Linux network drivers\n.SH SYNOPSIS\n.B rxasync\n"
	     "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIUNIT\\fR...] "
	     "[\\fIVAR=value\\fR...]\n.SH COMMANDS");
	for (const struct command *c = commands; c->name; c++) {
		printf(".TP\n.B %s\n", c->name);
		roff(c->description);
		putchar('\n');
	}
	puts(".SH OPTIONS");
	for (const struct option_row *row = option_rows; row->name; row++) {
		puts(".TP");
		if (row->letter)
			printf("\\fB\\-%c\\fR, ", row->letter);
		fputs("\\fB\\-\\-", stdout);
		roff(row->name);
		printf("\\fR%s%s%s\n", row->arg ? " \\fI" : "",
		       row->arg ? row->arg : "", row->arg ? "\\fR" : "");
		if (row->commands)
			printf("(%s) ", row->commands);
		roff(row->help);
		putchar('\n');
	}
	puts(".SH UNITS\nA unit is named by its name, a source file or a folder "
	     "of the tree; none means all.\n.SH EXIT STATUS");
	for (size_t i = 0; i < ARRAY_SIZE(exits); i++)
		printf(".TP\n%zu\n%s\n", i, exits[i]);
	puts(".SH FILES\n.TP\n~/.cache/rxasync/ws/\nthe workspaces, where "
	     "none is given\n.SH SEE ALSO\n.BR spatch (1),\n.BR git (1)");
}

void help_completion(void)
{
	puts("# bash completion for rxasync\n_rxasync()\n{\n"
	     "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	     "\tcase ${COMP_WORDS[COMP_CWORD-1]} in\n"
	     "\t-t|--tree|-w|--workspace)\n"
	     "\t\tmapfile -t COMPREPLY < <(compgen -d -- \"$cur\")\n"
	     "\t\treturn ;;\n\tesac\n\tif [[ $cur == -* ]]; then");
	fputs("\t\tmapfile -t COMPREPLY < <(compgen -W '", stdout);
	for (const struct option_row *row = option_rows; row->name; row++)
		printf("--%s ", row->name);
	fputs("' -- \"$cur\")\n\telse\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -f -W '", stdout);
	for (const struct command *c = commands; c->name; c++)
		printf("%s ", c->name);
	puts("help' -- \"$cur\")\n\tfi\n}\ncomplete -F _rxasync rxasync");
}
