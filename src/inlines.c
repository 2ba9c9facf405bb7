// SPDX-License-Identifier: GPL-2.0-only
#include "inlines.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool has_inline(const char *line, size_t n)
{
	for (size_t i = 1; i + 6 <= n; i++)
		if (!strncasecmp(line + i, "inline", 6) &&
		    !is_word_char(line[i - 1]) &&
		    (i + 6 == n || !is_word_char(line[i + 6])))
			return true;
	return false;
}

/* "+static int f(...", and not inline. */
static bool is_plain_static(const char *line, size_t n)
{
	return n > 8 && !strncmp(line, "+static ", 8) &&
	       memchr(line, '(', n) && strncmp(line + 8, "inline", 6) &&
	       strncmp(line + 8, "__always_inline", 15);
}

static void end_file(char **file, int *balance, struct strvec *remarks)
{
	if (*file && *balance)
		sv_addf(remarks, "%s: %d %s with \"inline\" in a .c file", *file,
			abs(*balance), *balance > 0 ? "more lines" :
						      "fewer lines");
	free(*file);
	*file = NULL;
	*balance = 0;
}

void inlines_check(const char *patch, struct strvec *remarks)
{
	char *file = NULL;
	int balance = 0;

	while (*patch) {
		size_t n = strcspn(patch, "\n");

		if (starts_with(patch, "diff --git ")) {
			end_file(&file, &balance, remarks);
		} else if (starts_with(patch, "+++ b/")) {
			free(file);
			file = xstrndup(patch + 6, n - 6);
		} else if (file && ends_with(file, ".c")) {
			if (*patch == '+' || *patch == '-')
				balance += has_inline(patch, n) *
					   (*patch == '+' ? 1 : -1);
		} else if (file && ends_with(file, ".h") &&
			   is_plain_static(patch, n)) {
			sv_addf(remarks,
				"%s: a static function without \"inline\" in a header: %.*s",
				file, (int)n - 1, patch + 1);
		}
		patch += n + (patch[n] == '\n');
	}
	end_file(&file, &balance, remarks);
}
